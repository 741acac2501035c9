//! How a pair of sentences stands out from the pairs around it, by what it has in common: nearness that every neighbour has
//! as well says little.
//!
//! Must never decide. Invariant: symmetric in the two sentences. After the idea of cross-domain similarity local scaling
//! (Conneau et al. 2018).

use foldhash::{HashMap, HashMapExt};

use super::candidates::UnitIndex;

/// The best values around every sentence.
pub(super) struct Contrast<const N: usize> {
    /// For a sentence and another article: the values of its candidates there, the best three of each feature, best first.
    best: HashMap<(UnitIndex, u16), [[f32; 3]; N]>,
}

impl<const N: usize> Contrast<N> {
    /// Reads the best values of every sentence; `values` has one entry a pair, with the chosen features of that pair.
    pub(super) fn new(pairs: &[(UnitIndex, UnitIndex)], values: &[[f32; N]]) -> Self {
        let mut best: HashMap<(UnitIndex, u16), [[f32; 3]; N]> = HashMap::new();
        for (&(a, b), values) in pairs.iter().zip(values) {
            for key in [(a, b.article), (b, a.article)] {
                let top = best.entry(key).or_insert([[0.0; 3]; N]);
                for (top, &value) in top.iter_mut().zip(values) {
                    insert(top, value);
                }
            }
        }
        Self { best }
    }

    /// For each chosen feature: by how much this pair leads the best rivals of its sentences, the weaker lead and the stronger.
    pub(super) fn of(&self, (a, b): (UnitIndex, UnitIndex), values: &[f32; N]) -> [[f32; 2]; N] {
        let (from_a, from_b) = (self.best.get(&(a, b.article)), self.best.get(&(b, a.article)));
        std::array::from_fn(|at| {
            let lead = |top: Option<&[[f32; 3]; N]>| {
                let top = top.map_or([0.0; 3], |top| top[at]);
                // The pair itself is among the best: its rivals are the others.
                let rivals: f32 =
                    if values[at] >= top[2] { top[0] + top[1] + top[2] - values[at] } else { top[0] + top[1] };
                values[at] - rivals / 2.0
            };
            let (x, y) = (lead(from_a), lead(from_b));
            [x.min(y), x.max(y)]
        })
    }
}

fn insert(top: &mut [f32; 3], value: f32) {
    if value > top[0] {
        *top = [value, top[0], top[1]];
    } else if value > top[1] {
        *top = [top[0], value, top[1]];
    } else if value > top[2] {
        top[2] = value;
    }
}
