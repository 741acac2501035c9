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

/// A row of features as far as a forest can tell it from others: of each feature how many of its edges its value is above.
pub(super) trait Placed: Sync {
    /// How many edges of a feature.
    fn place(&self, feature: usize) -> u8;
}

/// Where a tree parts.
#[derive(Debug, Clone, Copy)]
pub struct Split {
    /// The feature that is looked at.
    pub feature: usize,
    /// The value up to which one goes to the low side; where it is infinite, everything does. What is no number is on the high side.
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
            let is_low = split.value == f32::INFINITY || row[split.feature] <= split.value;
            at = 2 * at + usize::from(!is_low);
        }
        self.leaves[at - LEAVES]
    }
}

impl Forest {
    /// Lays out trees over some features, with the log-odds before any tree.
    ///
    /// # Panics
    /// Where the trees part at four thousand values or more, or at more than 255 of one feature, or name one that is not there.
    pub fn new(features: Vec<String>, base: f32, trees: &[Tree]) -> Self {
        let mut edges = vec![Vec::new(); features.len()];
        let splits = || trees.iter().flat_map(|tree| &tree.splits);
        splits().filter(|split| split.value < f32::INFINITY).for_each(|split| edges[split.feature].push(split.value));
        edges.iter_mut().for_each(ascending);
        let number = |split: &Split| {
            let before: usize = edges[..split.feature].iter().map(Vec::len).sum();
            let at = edges[split.feature].iter().position(|&edge| edge == split.value);
            at.map_or(0, |at| (before + at + 1) as u16)
        };
        let splits = splits().map(number).collect();
        let leaves = trees.iter().flat_map(|tree| tree.leaves).collect();
        Self { splits, leaves, features, base, edges: Vec::new() }.on(edges, &[])
    }

    /// Whether every row that has its features can be walked down it.
    fn is_sound(&self) -> bool {
        let edges: usize = self.edges.iter().map(Vec::len).sum();
        self.edges.len() == self.features.len()
            && edges < MOST_EDGES
            && self.edges.iter().all(|edges| edges.len() <= usize::from(u8::MAX))
            && self.splits.len() == self.leaves.len()
            && self.leaves.len().is_multiple_of(LEAVES)
            && self.splits.iter().all(|&split| usize::from(split) <= edges)
    }

    /// The same trees with more edges, of which `before` were the edges so far.
    fn on(self, edges: Vec<Vec<f32>>, before: &[Vec<f32>]) -> Self {
        let mut numbers = vec![0];
        let mut first = 1;
        for (of_feature, before) in edges.iter().zip(before) {
            let number = |edge: &f32| first + of_feature.partition_point(|other| other < edge) as u16;
            numbers.extend(before.iter().map(number));
            first += of_feature.len() as u16;
        }
        let renumbered = |split: u16| numbers.get(usize::from(split)).copied().unwrap_or(split);
        let forest = Self { splits: self.splits.into_iter().map(renumbered).collect(), edges, ..self };
        assert!(forest.is_sound(), "too many edges");
        forest
    }

    /// The certainty, 0 to 1, that a pair with these features carries one claim, for every pair of some, in their order. Every row has
    /// all features.
    pub fn scores<R: AsRef<[f32]> + Sync>(&self, rows: &[R]) -> Vec<f32> {
        self.scores_by(rows, |rows, feature| passed(&self.edges[feature], &column(rows, |row| row.as_ref()[feature])))
    }

    /// The same for rows of which the places are known.
    pub(super) fn scores_of_places(&self, rows: &[impl Placed]) -> Vec<f32> {
        self.scores_by(rows, |rows, feature| {
            let mut places = [0; ROWS_AT_ONCE];
            places.iter_mut().zip(rows).for_each(|(place, row)| *place = row.place(feature));
            places
        })
    }

    fn scores_by<R: Sync>(
        &self,
        rows: &[R],
        places: impl Fn(&[R], usize) -> [u8; ROWS_AT_ONCE] + Sync + Send,
    ) -> Vec<f32> {
        parallel::in_chunks(rows, ROWS_AT_ONCE, |rows| {
            let sums = self.sums(|feature| places(rows, feature));
            sums.into_iter().take(rows.len()).map(|sum| 1.0 / (1.0 + (-sum).exp())).collect()
        })
    }

    /// The places of some rows that have the features from one on.
    pub(super) fn places<const N: usize>(&self, from: usize, rows: &[[f32; N]]) -> Vec<[u8; N]> {
        parallel::in_chunks(rows, ROWS_AT_ONCE, |rows| {
            let mut placed = vec![[0; N]; rows.len()];
            for (feature, edges) in self.edges.iter().skip(from).take(N).enumerate() {
                let places = passed(edges, &column(rows, |row| row[feature]));
                placed.iter_mut().zip(places).for_each(|(row, place)| row[feature] = place);
            }
            placed
        })
    }

    /// The log-odds of some rows, by their places for every feature, and what stands for more.
    fn sums(&self, places: impl Fn(usize) -> [u8; ROWS_AT_ONCE]) -> [f32; ROWS_AT_ONCE] {
        let mut above = [0; MOST_EDGES];
        self.find_above(places, &mut above);
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
    fn find_above(&self, places: impl Fn(usize) -> [u8; ROWS_AT_ONCE], above: &mut [RowSet; MOST_EDGES]) {
        let mut first = 1;
        for (feature, edges) in self.edges.iter().enumerate() {
            let of_feature = &mut above[first..first + edges.len()];
            for (at, place) in places(feature).into_iter().enumerate() {
                if let Some(highest) = place.checked_sub(1) {
                    of_feature[usize::from(highest)] |= 1 << at;
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

/// Puts values in order, none twice.
fn ascending(values: &mut Vec<f32>) {
    values.sort_by(f32::total_cmp);
    values.dedup();
}

/// One feature of some rows; what stands for more is on the low side of every edge.
fn column<R>(rows: &[R], value: impl Fn(&R) -> f32) -> [f32; ROWS_AT_ONCE] {
    let mut values = [f32::NEG_INFINITY; ROWS_AT_ONCE];
    values.iter_mut().zip(rows).for_each(|(place, row)| *place = value(row));
    values
}

/// How many of some edges each of some values is above. A value that is no number is above all.
fn passed(edges: &[f32], values: &[f32; ROWS_AT_ONCE]) -> [u8; ROWS_AT_ONCE] {
    let (mut before, mut place) = (f32::NEG_INFINITY, 0);
    values.map(|value| {
        // Most values of most features are nothing: many rows have the same.
        if value != before {
            let is_low = |edge: &f32| value <= *edge;
            (before, place) = (value, edges.partition_point(|edge| !is_low(edge)) as u8);
        }
        place
    })
}

/// The most edges that a forest may have, and one.
const MOST_EDGES: usize = 4096;

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
    pub(super) alone: Forest,
    /// Scores a pair again, knowing its first score and those of the pairs around it.
    pub(super) among: Forest,
    /// Scores a suspected divergence.
    pub(super) divergences: Forest,
}

impl Model {
    /// A model without divergences. Both forests get the same edges for a pair's own features, so that the places of these are found
    /// once.
    ///
    /// # Panics
    /// Where that are more edges than a forest may have ([`Forest::new`]).
    pub fn new(alone: Forest, among: Forest) -> Self {
        let (of_alone, of_among) = (alone.edges.clone(), among.edges.clone());
        let mut all = of_among.clone();
        for (edges, more) in all.iter_mut().zip(&of_alone) {
            edges.extend(more);
            ascending(edges);
        }
        let own = all[..of_alone.len()].to_vec();
        Self { alone: alone.on(own, &of_alone), among: among.on(all, &of_among), divergences: Forest::default() }
    }

    /// The same with a forest for divergences.
    #[must_use]
    pub fn with_divergences(self, divergences: Forest) -> Self {
        Self { divergences, ..self }
    }

    /// A model as the training command writes it (postcard's wire format); `None` for other bytes.
    pub fn unpacked(packed: &[u8]) -> Option<Self> {
        postcard::from_bytes(packed).ok().filter(Self::is_sound)
    }

    /// Whether the forests can be walked by the places of a pair.
    fn is_sound(&self) -> bool {
        let [alone, among, _] = self.forests();
        self.forests().into_iter().all(Forest::is_sound) && among.edges.starts_with(&alone.edges)
    }

    /// The forests, in the order in which they are asked: for pairs alone, for pairs among their rivals, for divergences.
    pub fn forests(&self) -> [&Forest; 3] {
        [&self.alone, &self.among, &self.divergences]
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

    /// So many trees over so many features.
    fn trees(count: usize, features: usize, number: &mut impl FnMut() -> f32) -> Vec<Tree> {
        let mut split = || {
            let value = number();
            let feature = (number().abs() * 8.0) as usize % features;
            if value < 2.0 { Split { feature, value } } else { Split::NONE }
        };
        let mut splits: Vec<[Split; LEAVES]> = (0..count).map(|_| std::array::from_fn(|_| split())).collect();
        splits.drain(..).map(|splits| Tree { splits, leaves: std::array::from_fn(|_| number()) }).collect()
    }

    fn names(count: usize) -> Vec<String> {
        (0..count).map(|at| at.to_string()).collect()
    }

    #[test]
    fn rows_that_go_down_side_by_side_fall_where_each_falls_alone() {
        let mut number = numbers();
        let trees = trees(20, 7, &mut number);
        let forest = Forest::new(names(7), 0.25, &trees);
        let mut rows: Vec<Vec<f32>> = (0..201).map(|_| (0..7).map(|_| number()).collect()).collect();
        rows[3][2] = f32::INFINITY;
        rows[70][4] = f32::NEG_INFINITY;
        rows[71][5] = f32::NAN;
        rows[72][0] = f32::NAN;
        let sum = |row: &Vec<f32>| trees.iter().fold(0.25, |sum, tree| sum + tree.leaf(row));
        let expected: Vec<f32> = rows.iter().map(|row| 1.0 / (1.0 + (-sum(row)).exp())).collect();
        assert_eq!(forest.scores(&rows), expected);
        assert!(forest.scores(&rows[..0]).is_empty());
    }

    impl<const N: usize> Placed for [u8; N] {
        fn place(&self, feature: usize) -> u8 {
            self[feature]
        }
    }

    #[test]
    fn forests_that_share_their_edges_score_as_before_and_by_the_same_places() {
        let mut number = numbers();
        let alone = Forest::new(names(5), 0.5, &trees(20, 5, &mut number));
        let among = Forest::new(names(7), -0.5, &trees(20, 7, &mut number));
        let model = Model::new(alone.clone(), among.clone());
        assert!(model.alone.edges != alone.edges && model.alone.edges == model.among.edges[..5]);
        let rows: Vec<[f32; 7]> = (0..100).map(|_| std::array::from_fn(|_| number())).collect();
        let own: Vec<_> = rows.iter().map(|row| &row[..5]).collect();
        assert_eq!((model.alone.scores(&own), model.among.scores(&rows)), (alone.scores(&own), among.scores(&rows)));
        let places = model.among.places(0, &rows);
        assert_eq!(model.among.scores_of_places(&places), among.scores(&rows));
        assert_eq!(model.alone.scores_of_places(&places), alone.scores(&own));
    }

    #[test]
    fn the_shipped_model_has_trees_for_each_of_its_scores() {
        let model = shipped();
        assert!(model.is_sound() && model.forests().into_iter().all(|forest| !forest.leaves.is_empty()));
        let unlike = Model { among: model.divergences.clone(), ..model.clone() };
        assert!(Model::unpacked(&unlike.packed()).is_none());
    }
}
