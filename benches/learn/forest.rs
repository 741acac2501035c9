//! Gradient-boosted trees with logistic loss (Friedman 2001), grown level by level over binned features.
//!
//! Deterministic: the same rows give the same forest. Written here because a training library would be a dependency of every
//! build, and this is a page.

#[path = "../dice/mod.rs"]
mod dice;

use crossread::compare::{DEPTH, Forest, LEAVES, Split, Tree};
use dice::Dice;

const BINS: usize = 48;
const TREES: usize = 300;
const RATE: f64 = 0.05;
const RIDGE: f64 = 5.0;
/// The share of features a tree may split on, and of rows it is grown from.
const SAMPLE: f64 = 0.65;

/// Rows of features with their labels.
#[derive(Default, Clone)]
pub struct Rows {
    /// One row a pair.
    pub rows: Vec<Vec<f32>>,
    /// Whether the pair carries one claim.
    pub labels: Vec<bool>,
}

/// Grows a forest.
///
/// `least_hessian` is how much evidence a leaf needs: more for many noisy rows, less for few.
pub fn grow(data: &Rows, features: Vec<String>, least_hessian: f64) -> Forest {
    let edges = edges(data, features.len());
    let binned: Vec<Vec<u8>> =
        edges.iter().enumerate().map(|(at, edges)| data.rows.iter().map(|row| bin(row[at], edges)).collect()).collect();
    let positive = data.labels.iter().filter(|label| **label).count().max(1) as f64;
    let base = (positive / (data.labels.len() as f64 - positive).max(1.0)).ln();
    let mut odds = vec![base; data.rows.len()];
    let mut dice = Dice(0x9E37_79B9_7F4A_7C15);
    let mut trees = Vec::with_capacity(TREES);
    for _ in 0..TREES {
        let gradients: Vec<(f64, f64)> = odds
            .iter()
            .zip(&data.labels)
            .map(|(&odds, &label)| {
                let chance = 1.0 / (1.0 + (-odds).exp());
                (f64::from(u8::from(label)) - chance, chance * (1.0 - chance))
            })
            .collect();
        let sample: Vec<u32> = (0u32..).take(data.rows.len()).filter(|_| dice.share() < SAMPLE).collect();
        let allowed: Vec<usize> = (0..edges.len()).filter(|_| dice.share() < SAMPLE).collect();
        let tree = Grower { binned: &binned, edges: &edges, gradients: &gradients, allowed: &allowed, least_hessian }
            .tree(sample);
        odds.iter_mut().zip(&data.rows).for_each(|(odds, row)| *odds += f64::from(tree.leaf(row)));
        trees.push(tree);
    }
    Forest::new(features, base as f32, &trees)
}

/// Bin edges at quantiles, none twice.
fn edges(data: &Rows, features: usize) -> Vec<Vec<f32>> {
    let edges_of = |at: usize| {
        let mut values: Vec<f32> = data.rows.iter().map(|row| row[at]).collect();
        values.sort_by(f32::total_cmp);
        let mut edges: Vec<f32> =
            (1..BINS).filter_map(|part| values.get(part * values.len() / BINS).copied()).collect();
        // The rare large values are what positives have: quantiles of the upper tail, too.
        edges.extend(
            (1..12).filter_map(|part| values.get(values.len().saturating_sub(1 + (values.len() >> part) / 2)).copied()),
        );
        edges.sort_by(f32::total_cmp);
        edges.dedup();
        edges
    };
    (0..features).map(edges_of).collect()
}

fn bin(value: f32, edges: &[f32]) -> u8 {
    u8::try_from(edges.partition_point(|&edge| edge < value)).unwrap_or(u8::MAX)
}

struct Grower<'g> {
    binned: &'g [Vec<u8>],
    edges: &'g [Vec<f32>],
    gradients: &'g [(f64, f64)],
    allowed: &'g [usize],
    least_hessian: f64,
}

/// A cut: feature, bin up to which rows go low, gain.
type Cut = (usize, usize, f64);

impl Grower<'_> {
    fn tree(&self, rows: Vec<u32>) -> Tree {
        let mut tree = Tree { splits: [Split::NONE; LEAVES], leaves: [0.0; LEAVES] };
        self.node(&mut tree, rows, (1, 0));
        tree
    }

    /// Grows what is under the split `at`, so many splits from the root.
    fn node(&self, tree: &mut Tree, rows: Vec<u32>, (at, depth): (usize, usize)) {
        let sums = rows.iter().fold((0.0, 0.0), |sums, &row| add(sums, self.gradients[row as usize]));
        let best = if depth < DEPTH { self.best(&rows, sums) } else { None };
        let Some((feature, bin, _)) = best else {
            let width = LEAVES >> depth;
            let first = at * width - LEAVES;
            tree.leaves[first..first + width].fill((RATE * sums.0 / (sums.1 + RIDGE)) as f32);
            return;
        };
        let (low, high) = rows.into_iter().partition(|&row| usize::from(self.binned[feature][row as usize]) <= bin);
        tree.splits[at] = Split { feature, value: self.edges[feature][bin] };
        self.node(tree, low, (2 * at, depth + 1));
        self.node(tree, high, (2 * at + 1, depth + 1));
    }

    fn best(&self, rows: &[u32], all: (f64, f64)) -> Option<Cut> {
        let worth = |sums: (f64, f64)| sums.0 * sums.0 / (sums.1 + RIDGE);
        let mut best: Option<Cut> = None;
        for &feature in self.allowed {
            let mut bins = vec![(0.0, 0.0); self.edges[feature].len() + 1];
            for &row in rows {
                let at = usize::from(self.binned[feature][row as usize]);
                bins[at] = add(bins[at], self.gradients[row as usize]);
            }
            let mut low = (0.0, 0.0);
            for (bin, &sums) in bins.iter().enumerate().take(self.edges[feature].len()) {
                low = add(low, sums);
                let high = (all.0 - low.0, all.1 - low.1);
                let gain = worth(low) + worth(high) - worth(all);
                if low.1 >= self.least_hessian
                    && high.1 >= self.least_hessian
                    && gain > best.map_or(1e-6, |best| best.2)
                {
                    best = Some((feature, bin, gain));
                }
            }
        }
        best
    }
}

fn add(x: (f64, f64), y: (f64, f64)) -> (f64, f64) {
    (x.0 + y.0, x.1 + y.1)
}
