//! The learned score: gradient-boosted trees over the features of a pair, trained on labelled events (`benches/train.rs`).
//!
//! Must never be edited by hand: `data/model/links.json` is written by the training command. Invariant: the feature names in
//! the file are those of the program, in order.

use std::sync::OnceLock;

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
    /// The certainty, 0 to 1, that a pair with these features carries one claim.
    pub fn score(&self, row: &[f32]) -> f32 {
        let odds = self.base + self.trees.iter().map(|tree| tree.leaf(row)).sum::<f32>();
        1.0 / (1.0 + (-odds).exp())
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
