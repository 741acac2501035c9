//! The learned score: gradient-boosted trees over the features of a pair, trained on labelled events (`benches/train.rs`).
//!
//! Must never be edited by hand: `data/model/links.bin` is written by the training command. Invariant: the feature names in
//! the file are those of the program, in order.

use std::sync::OnceLock;

use super::parallel;

use serde::{Deserialize, Serialize};

/// A forest of regression trees; the sum of their leaves is a log-odds.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Forest {
    /// The features the splits refer to, in order.
    pub features: Vec<String>,
    /// Log-odds before any tree.
    pub base: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

/// One tree, as parallel arrays; node 0 is the root.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Tree {
    /// For an inner node the feature it splits on; -1 for a leaf.
    pub feature: Vec<i16>,
    /// For an inner node the value up to which one goes to `low`; for a leaf its log-odds.
    pub value: Vec<f32>,
    /// The node for values up to `value`.
    pub low: Vec<u16>,
    /// The node for larger values.
    pub high: Vec<u16>,
}

impl Tree {
    /// The leaf that a row of features falls into.
    pub fn leaf(&self, row: &[f32]) -> f32 {
        let mut at = 0;
        loop {
            let value = self.value.get(at).copied().unwrap_or(0.0);
            let Some(feature) = self.feature.get(at).and_then(|&feature| usize::try_from(feature).ok()) else {
                return value;
            };
            let low = row.get(feature).is_none_or(|&seen| seen <= value);
            at = usize::from(if low { self.low[at] } else { self.high[at] });
        }
    }
}

impl Forest {
    /// The certainty, 0 to 1, that a pair with these features carries one claim, for every pair of some, in their order.
    /// The trees are laid out for it first: for one pair alone that is most of the work.
    pub fn scores<R: AsRef<[f32]> + Sync>(&self, rows: &[R]) -> Vec<f32> {
        let trees: Vec<_> = self.trees.iter().map(|tree| (tree, Laid::of(tree))).collect();
        let chunks: Vec<_> = rows.chunks(ROWS_AT_ONCE).collect();
        let scored = parallel::map(&chunks, |chunk| {
            let mut padded = [[f32::NEG_INFINITY; WIDTH]; ROWS_AT_ONCE];
            for (padded, row) in padded.iter_mut().zip(*chunk) {
                padded.iter_mut().zip(row.as_ref()).for_each(|(place, value)| *place = *value);
            }
            let mut sums = [0.0f32; ROWS_AT_ONCE];
            for (tree, laid) in &trees {
                let leaves = match laid {
                    Some(laid) => laid.leaves(&padded),
                    None => std::array::from_fn(|at| tree.leaf(&padded[at])),
                };
                sums.iter_mut().zip(leaves).for_each(|(sum, leaf)| *sum += leaf);
            }
            let score = |sum: &f32| 1.0 / (1.0 + (-(self.base + sum)).exp());
            sums.iter().take(chunk.len()).map(score).collect::<Vec<_>>()
        });
        scored.into_iter().flatten().collect()
    }
}

/// So many pairs go down a tree side by side: a processor waits for none of them while another goes on.
const ROWS_AT_ONCE: usize = 8;
/// More features than a pair has; one that is not there is on the low side of every split.
const WIDTH: usize = 128;
/// How deep the trees are that are laid out.
const DEPTH: usize = 5;

/// A tree laid out for walking: the splits under split `n` are `2n` and `2n + 1`, and every leaf is as deep as the deepest, so
/// that no step asks where the next split stands or whether it is the last.
#[derive(Debug)]
struct Laid {
    splits: [Split; 1 << DEPTH],
    leaves: [f32; 1 << DEPTH],
}

#[derive(Debug, Clone, Copy)]
struct Split {
    feature: u8,
    value: f32,
}

impl Laid {
    /// Lays a tree out; `None` for one that is deeper or has more features.
    fn of(tree: &Tree) -> Option<Self> {
        let mut laid =
            Self { splits: [Split { feature: 0, value: f32::INFINITY }; 1 << DEPTH], leaves: [0.0; 1 << DEPTH] };
        laid.put(tree, 0, 1, 0)?;
        Some(laid)
    }

    /// Puts what is under a node of the tree under the split `at`, so many splits from the root.
    fn put(&mut self, tree: &Tree, node: usize, at: usize, depth: usize) -> Option<()> {
        let value = *tree.value.get(node)?;
        let Ok(feature) = usize::try_from(*tree.feature.get(node)?) else {
            let width = 1 << (DEPTH - depth);
            let first = at * width - (1 << DEPTH);
            self.leaves[first..first + width].fill(value);
            return Some(());
        };
        if depth == DEPTH || feature >= WIDTH {
            return None;
        }
        self.splits[at] = Split { feature: u8::try_from(feature).ok()?, value };
        self.put(tree, usize::from(*tree.low.get(node)?), 2 * at, depth + 1)?;
        self.put(tree, usize::from(*tree.high.get(node)?), 2 * at + 1, depth + 1)
    }

    fn leaves(&self, rows: &[[f32; WIDTH]; ROWS_AT_ONCE]) -> [f32; ROWS_AT_ONCE] {
        let mut at = [1usize; ROWS_AT_ONCE];
        for _ in 0..DEPTH {
            for (at, row) in at.iter_mut().zip(rows) {
                let split = self.splits[*at % (1 << DEPTH)];
                // A value that is no number is on the high side.
                let low = row[usize::from(split.feature) % WIDTH] <= split.value;
                *at = 2 * *at + usize::from(!low);
            }
        }
        at.map(|at| self.leaves[at % (1 << DEPTH)])
    }
}

/// The forests shipped in the program: for pairs alone, for pairs among their rivals, for divergences.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Model {
    /// Scores a pair by itself.
    pub alone: Forest,
    /// Scores a pair again, knowing its first score and those of the pairs around it.
    pub among: Forest,
    /// Scores a suspected divergence.
    pub divergences: Forest,
}

impl Model {
    /// A model as the training command writes it (postcard's wire format); `None` for other bytes.
    pub fn unpacked(packed: &[u8]) -> Option<Self> {
        postcard::from_bytes(packed).ok()
    }

    /// The bytes that [`Model::unpacked`] reads.
    pub fn packed(&self) -> Vec<u8> {
        // Numbers and names cannot fail to be written to memory.
        postcard::to_allocvec(self).unwrap_or_default()
    }
}

/// The model shipped in the program.
pub(super) fn shipped() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| Model::unpacked(include_bytes!("../../data/model/links.bin")).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tree_laid_out_for_walking_has_the_leaves_of_the_tree() {
        let model = shipped();
        let mut seed = 7u32;
        let mut number = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 1e6 - 4.0
        };
        for forest in [&model.alone, &model.among, &model.divergences] {
            assert!(!forest.trees.is_empty());
            let rows: Vec<Vec<f32>> =
                (0..200).map(|_| (0..forest.features.len()).map(|_| number()).collect()).collect();
            let sums = |row: &Vec<f32>| forest.base + forest.trees.iter().map(|tree| tree.leaf(row)).sum::<f32>();
            let expected: Vec<f32> = rows.iter().map(|row| 1.0 / (1.0 + (-sums(row)).exp())).collect();
            assert_eq!(forest.scores(&rows), expected);
        }
    }
}
