//! The learned score: gradient-boosted trees over the features of a pair, trained on labelled events (`benches/train.rs`).
//!
//! Must never be edited by hand: `data/model/links.json` is written by the training command. Invariant: the feature names in
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
        let trees: Vec<_> = self.trees.iter().map(Walk::of).collect();
        let chunks: Vec<_> = rows.chunks(ROWS_AT_ONCE).collect();
        let scored = parallel::map(&chunks, |chunk| {
            let padded: Vec<_> = chunk.iter().map(|row| padded(row.as_ref())).collect();
            let mut sums = vec![0.0f32; chunk.len()];
            for tree in &trees {
                sums.iter_mut().zip(&padded).for_each(|(sum, row)| *sum += tree.leaf(row));
            }
            sums.into_iter().map(|sum| 1.0 / (1.0 + (-(self.base + sum)).exp())).collect::<Vec<_>>()
        });
        scored.into_iter().flatten().collect()
    }
}

/// So many pairs are led through one tree after another, while the tree is at hand.
const ROWS_AT_ONCE: usize = 64;
/// More features than a pair has.
const WIDTH: usize = 128;

/// A row of features at a fixed width; a feature that is not there is on the low side of every split.
fn padded(row: &[f32]) -> [f32; WIDTH] {
    let mut padded = [f32::NEG_INFINITY; WIDTH];
    padded.iter_mut().zip(row).for_each(|(place, value)| *place = *value);
    padded
}

/// A tree laid out for walking: a leaf leads to itself, so that no step asks whether it is the last but the walk's end does.
#[derive(Debug)]
struct Walk {
    nodes: Vec<Node>,
    depth: u32,
}

#[derive(Debug, Clone, Copy)]
struct Node {
    feature: u8,
    /// The node for values up to `value`, and the one for larger values.
    next: [u16; 2],
    value: f32,
}

impl Walk {
    fn of(tree: &Tree) -> Self {
        let node = |at: usize| match u8::try_from(tree.feature[at]).ok().filter(|&feature| usize::from(feature) < WIDTH)
        {
            Some(feature) => Node { feature, next: [tree.low[at], tree.high[at]], value: tree.value[at] },
            None => Node { feature: 0, next: [at as u16; 2], value: tree.value[at] },
        };
        let nodes: Vec<_> = (0..tree.feature.len()).map(node).collect();
        // Nodes stand behind the one that leads to them, so one way through gives every depth.
        let mut depths = vec![0u32; nodes.len()];
        for (at, node) in nodes.iter().enumerate() {
            for next in node.next.map(usize::from) {
                if next > at && next < depths.len() {
                    depths[next] = depths[at] + 1;
                }
            }
        }
        Self { depth: depths.into_iter().max().unwrap_or(0), nodes }
    }

    fn leaf(&self, row: &[f32; WIDTH]) -> f32 {
        let Some(mut node) = self.nodes.first() else { return 0.0 };
        for _ in 0..self.depth {
            // A value that is no number is on the high side.
            let low = row[usize::from(node.feature) % WIDTH] <= node.value;
            let Some(next) = self.nodes.get(usize::from(node.next[usize::from(!low)])) else { break };
            node = next;
        }
        node.value
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

/// The model shipped in the program.
pub(super) fn shipped() -> &'static Model {
    static MODEL: OnceLock<Model> = OnceLock::new();
    MODEL.get_or_init(|| serde_json::from_str(include_str!("../../data/model/links.json")).unwrap_or_default())
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
