//! The learned score: gradient-boosted trees over the features of a pair, trained on labelled events (`benches/train.rs`).
//!
//! Must never be edited by hand: `data/model/links.bin` is written by the training command. Invariant: the feature names in
//! the file are those of the program, in order.

use std::sync::OnceLock;

use super::parallel;

use serde::{Deserialize, Serialize};

/// How many splits lie between the root of a tree and a leaf.
pub const DEPTH: usize = 5;
/// How many leaves a tree has.
pub const LEAVES: usize = 1 << DEPTH;

/// A forest of regression trees; the sum of their leaves is a log-odds. It is laid out for many rows at once: the trees part at far
/// fewer values than they have splits, so that each of these is held against the rows once for all trees.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Forest {
    /// The features the splits refer to, in order.
    pub features: Vec<String>,
    /// Log-odds before any tree.
    base: f32,
    /// For every feature the values at which trees part, ascending. They are numbered from 1, feature after feature.
    edges: Vec<Vec<f32>>,
    /// The splits, [`LEAVES`] for each tree, as in a [`Tree`]: the numbers of their edges, 0 where everything is on the low side.
    splits: Vec<u16>,
    /// The log-odds of the leaves, [`LEAVES`] for each tree.
    leaves: Vec<f32>,
}

/// A tree as it is grown. The splits under split `n` are `2n` and `2n + 1`, the root is 1, and every leaf is as deep as the deepest.
#[derive(Debug, Clone)]
pub struct Tree {
    /// The splits; the first is none.
    pub splits: [Split; LEAVES],
    /// The log-odds of the leaves, lowest first.
    pub leaves: [f32; LEAVES],
}

/// The features of one pair.
pub trait Row: Sync {
    /// The value of the feature in that place.
    fn value(&self, feature: usize) -> f32;
}

impl<R: AsRef<[f32]> + Sync> Row for R {
    fn value(&self, feature: usize) -> f32 {
        self.as_ref()[feature]
    }
}

/// Where a tree parts.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    /// The feature that is looked at.
    pub feature: usize,
    /// The value up to which one goes to the low side. A value that is no number is on the high side.
    pub value: f32,
}

impl Split {
    /// Where a tree ends early: everything is on the low side.
    pub const NONE: Self = Self { feature: 0, value: f32::INFINITY };
}

impl Tree {
    /// The log-odds of the leaf that a row of features falls into.
    pub fn leaf(&self, row: &[f32]) -> f32 {
        let mut at = 1;
        while at < LEAVES {
            let split = self.splits[at];
            let is_low = row[split.feature] <= split.value;
            at = 2 * at + usize::from(!is_low);
        }
        self.leaves[at - LEAVES]
    }
}

impl Forest {
    /// Lays out trees over some features, with the log-odds before any tree.
    ///
    /// # Panics
    /// Where the trees part at more than [`MOST_EDGES`] values.
    pub fn new(features: Vec<String>, base: f32, trees: &[Tree]) -> Self {
        let mut edges = vec![Vec::new(); features.len()];
        let splits = || trees.iter().flat_map(|tree| &tree.splits);
        splits().filter(|split| split.value < f32::INFINITY).for_each(|split| edges[split.feature].push(split.value));
        for values in &mut edges {
            values.sort_by(f32::total_cmp);
            values.dedup();
        }
        assert!(edges.iter().map(Vec::len).sum::<usize>() < MOST_EDGES, "too many edges");
        let number = |split: &Split| {
            let before: usize = edges[..split.feature].iter().map(Vec::len).sum();
            let at = edges[split.feature].iter().position(|&edge| edge == split.value);
            at.map_or(0, |at| (before + at + 1) as u16)
        };
        let leaves = trees.iter().flat_map(|tree| tree.leaves).collect();
        Self { splits: splits().map(number).collect(), features, base, edges, leaves }
    }

    /// The certainty, 0 to 1, that a pair with these features carries one claim, for every pair of some, in their order.
    pub fn scores(&self, rows: &[impl Row]) -> Vec<f32> {
        let some: Vec<_> = rows.chunks(ROWS_AT_ONCE).collect();
        parallel::map_large(&some, |rows| {
            self.sums(rows).into_iter().take(rows.len()).map(|sum| 1.0 / (1.0 + (-sum).exp())).collect::<Vec<_>>()
        })
        .concat()
    }

    /// The log-odds of some rows, and what stands for more.
    fn sums(&self, rows: &[impl Row]) -> [f32; ROWS_AT_ONCE] {
        let mut above = [0; MOST_EDGES];
        self.find_above(rows, &mut above);
        let turns: Vec<_> = self.splits.as_chunks().0.iter().map(|splits| turns(splits, &above)).collect();
        let mut sums = [self.base; ROWS_AT_ONCE];
        for (eight, sums) in sums.as_chunks_mut().0.iter_mut().enumerate() {
            for (turns, leaves) in turns.iter().zip(self.leaves.as_chunks().0) {
                add_leaves(sums, turns.map(|turns| turns.to_le_bytes()[eight]), leaves);
            }
        }
        sums
    }

    /// Finds for every edge, by its number, which rows are above it; so far none are.
    fn find_above(&self, rows: &[impl Row], above: &mut [RowSet; MOST_EDGES]) {
        let mut first = 1;
        for (feature, edges) in self.edges.iter().enumerate() {
            let of_feature = &mut above[first..first + edges.len()];
            let mut values = [f32::NEG_INFINITY; ROWS_AT_ONCE];
            values.iter_mut().zip(rows).for_each(|(value, row)| *value = row.value(feature));
            for (at, passed) in passed(edges, &values).into_iter().enumerate() {
                if let Some(highest) = passed.checked_sub(1) {
                    of_feature[highest as usize] |= 1 << at;
                }
            }
            // What is above an edge is above all before it.
            let mut so_far = 0;
            for above in of_feature.iter_mut().rev() {
                so_far |= *above;
                *above = so_far;
            }
            first += edges.len();
        }
    }
}

/// How many of some edges each of some values is above. A value that is no number is above all.
fn passed(edges: &[f32], values: &[f32; ROWS_AT_ONCE]) -> [u32; ROWS_AT_ONCE] {
    let mut passed = [0; ROWS_AT_ONCE];
    for edge in edges {
        for (passed, value) in passed.iter_mut().zip(values) {
            let is_low = value <= edge;
            *passed += u32::from(!is_low);
        }
    }
    passed
}

/// The most values at which the trees of a forest may part, and one.
pub const MOST_EDGES: usize = 2048;

/// So many rows go down a tree side by side.
const ROWS_AT_ONCE: usize = RowSet::BITS as usize;

/// Some of the rows that go down side by side: a bit for each.
type RowSet = u64;

/// Which rows turn to the high side of the split they meet, at every depth of a tree.
fn turns(splits: &[u16; LEAVES], above: &[RowSet; MOST_EDGES]) -> [RowSet; DEPTH] {
    let mut turns = [0; DEPTH];
    for depth in 0..DEPTH {
        let mut width = 1 << depth;
        let mut met = [0; LEAVES / 2];
        for (met, split) in met.iter_mut().zip(&splits[width..2 * width]) {
            *met = above[usize::from(*split) % MOST_EDGES];
        }
        // Of two splits side by side a row meets the one to which it turned.
        for turned in turns[..depth].iter().rev() {
            width /= 2;
            for at in 0..width {
                let (low, high) = (met[2 * at], met[2 * at + 1]);
                met[at] = low ^ (turned & (low ^ high));
            }
        }
        turns[depth] = met[0];
    }
    turns
}

/// Adds to the sums of eight rows the leaves that their turns lead to.
fn add_leaves(sums: &mut [f32; 8], turns: [u8; DEPTH], leaves: &[f32; LEAVES]) {
    let places = turns.into_iter().fold(0, |places, turns| 2 * places + SPREAD[usize::from(turns)]);
    for (sum, place) in sums.iter_mut().zip(places.to_le_bytes()) {
        *sum += leaves[usize::from(place) % LEAVES];
    }
}

/// For every byte its bits in a byte each, the lowest first.
const SPREAD: [u64; 1 << u8::BITS] = {
    let mut spread = [0; 1 << u8::BITS];
    let mut byte = 0;
    while byte < spread.len() {
        let mut bit = 0;
        while bit < u8::BITS {
            spread[byte] |= (byte as u64 >> bit & 1) << (8 * bit);
            bit += 1;
        }
        byte += 1;
    }
    spread
};

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

    /// Numbers from a seed, from -4 on.
    fn numbers() -> impl FnMut() -> f32 {
        let mut seed = 7u32;
        move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            // Few of them, so that some are met twice.
            (seed >> 24) as f32 / 32.0 - 4.0
        }
    }

    #[test]
    fn rows_that_go_down_side_by_side_fall_where_each_falls_alone() {
        let mut number = numbers();
        let mut tree = || {
            let mut splits = [Split::NONE; LEAVES];
            splits.iter_mut().skip(1).for_each(|split| {
                let value = number();
                if value < 2.0 {
                    *split = Split { feature: (number().abs() * 8.0) as usize % 7, value };
                }
            });
            Tree { splits, leaves: std::array::from_fn(|_| number()) }
        };
        let trees: Vec<_> = (0..20).map(|_| tree()).collect();
        let forest = Forest::new((0..7).map(|at| at.to_string()).collect(), 0.25, &trees);
        let mut rows: Vec<Vec<f32>> = (0..201).map(|_| (0..7).map(|_| number()).collect()).collect();
        rows[3][2] = f32::INFINITY;
        rows[70][4] = f32::NEG_INFINITY;
        rows[71][5] = f32::NAN;
        let sum = |row: &Vec<f32>| trees.iter().fold(0.25, |sum, tree| sum + tree.leaf(row));
        let expected: Vec<f32> = rows.iter().map(|row| 1.0 / (1.0 + (-sum(row)).exp())).collect();
        assert_eq!(forest.scores(&rows), expected);
        assert!(forest.scores(&rows[..0]).is_empty());
    }

    #[test]
    fn the_shipped_model_has_trees_for_each_of_its_scores() {
        let model = shipped();
        for forest in [&model.alone, &model.among, &model.divergences] {
            assert!(!forest.leaves.is_empty() && forest.leaves.len().is_multiple_of(LEAVES));
            assert_eq!(forest.splits.len(), forest.leaves.len());
            let edges: usize = forest.edges.iter().map(Vec::len).sum();
            assert!(forest.splits.iter().all(|&split| usize::from(split) <= edges));
        }
    }
}
