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

/// A forest of regression trees; the sum of their leaves is a log-odds. They are laid out for walking: the splits under split
/// `n` are `2n` and `2n + 1`, the root is 1, and every leaf is as deep as the deepest, so that no step asks where the next split
/// stands or whether it is the last.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Forest {
    /// The features the splits refer to, in order.
    pub features: Vec<String>,
    /// Log-odds before any tree.
    pub base: f32,
    /// The splits, [`LEAVES`] for each tree; the first of these is none.
    pub splits: Vec<Split>,
    /// The log-odds of the leaves, [`LEAVES`] for each tree, lowest first.
    pub leaves: Vec<f32>,
}

/// Where a tree parts.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Split {
    /// The feature that is looked at.
    pub feature: u8,
    /// The value up to which one goes to the low side.
    pub value: f32,
}

impl Split {
    /// Where a tree ends early: everything is on the low side.
    pub const NONE: Self = Self { feature: 0, value: f32::INFINITY };
}

impl Forest {
    /// The certainty, 0 to 1, that a pair with these features carries one claim, for every pair of some, in their order. All
    /// rows are of one length.
    pub fn scores<R: AsRef<[f32]> + Sync>(&self, rows: &[R]) -> Vec<f32> {
        let stretches: Vec<_> = rows.chunks(STRETCH).collect();
        let scored = parallel::map(&stretches, |rows| {
            let mut padded = [[f32::NEG_INFINITY; WIDTH]; ROWS_AT_ONCE];
            let mut scores = Vec::with_capacity(rows.len());
            for rows in rows.chunks(ROWS_AT_ONCE) {
                for (padded, row) in padded.iter_mut().zip(rows) {
                    padded[..row.as_ref().len()].copy_from_slice(row.as_ref());
                }
                let mut sums = [self.base; ROWS_AT_ONCE];
                for (splits, leaves) in self.splits.as_chunks().0.iter().zip(self.leaves.as_chunks().0) {
                    sums.iter_mut().zip(fallen(splits, leaves, &padded)).for_each(|(sum, leaf)| *sum += leaf);
                }
                scores.extend(sums[..rows.len()].iter().map(|sum| 1.0 / (1.0 + (-sum).exp())));
            }
            scores
        });
        scored.concat()
    }
}

/// So many pairs go down a tree side by side: a processor waits for none of them while another goes on.
const ROWS_AT_ONCE: usize = 8;
/// So many rows are the work of one thread at a time.
const STRETCH: usize = 2 * ROWS_AT_ONCE;
/// As many features as a split can name; one that is not there is on the low side of every split.
const WIDTH: usize = 1 << u8::BITS;

/// The leaves of a tree that some rows fall into.
fn fallen(
    splits: &[Split; LEAVES],
    leaves: &[f32; LEAVES],
    rows: &[[f32; WIDTH]; ROWS_AT_ONCE],
) -> [f32; ROWS_AT_ONCE] {
    let mut at = [1usize; ROWS_AT_ONCE];
    for _ in 0..DEPTH {
        for (at, row) in at.iter_mut().zip(rows) {
            let split = splits[*at % LEAVES];
            // A value that is no number is on the high side.
            let low = row[usize::from(split.feature)] <= split.value;
            *at = 2 * *at + usize::from(!low);
        }
    }
    at.map(|at| leaves[at % LEAVES])
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
    fn rows_that_go_down_side_by_side_fall_where_each_falls_alone() {
        let model = shipped();
        let mut seed = 7u32;
        let mut number = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as f32 / 1e6 - 4.0
        };
        for forest in [&model.alone, &model.among, &model.divergences] {
            assert!(!forest.leaves.is_empty());
            assert_eq!(forest.splits.len(), forest.leaves.len());
            let rows: Vec<Vec<f32>> =
                (0..201).map(|_| (0..forest.features.len()).map(|_| number()).collect()).collect();
            let leaf = |splits: &[Split], leaves: &[f32], row: &[f32]| {
                let mut at = 1;
                while at < LEAVES {
                    let split = splits[at];
                    at = if row[usize::from(split.feature)] <= split.value { 2 * at } else { 2 * at + 1 };
                }
                leaves[at - LEAVES]
            };
            let trees = || forest.splits.chunks(LEAVES).zip(forest.leaves.chunks(LEAVES));
            let sum =
                |row: &Vec<f32>| trees().fold(forest.base, |sum, (splits, leaves)| sum + leaf(splits, leaves, row));
            let expected: Vec<f32> = rows.iter().map(|row| 1.0 / (1.0 + (-sum(row)).exp())).collect();
            assert_eq!(forest.scores(&rows), expected);
        }
    }
}
