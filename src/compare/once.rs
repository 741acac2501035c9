//! What is made of a sentence once for all the pairs that it stands in.
//!
//! Must never hold more sentences than one stretch of pairs has. Invariant: every sentence of the stretch has its own.

use foldhash::{HashMap, HashSet, HashSetExt};

use super::candidates::UnitIndex;
use super::parallel;

/// So many sentences are held at once.
const MOST_AT_ONCE: usize = 2048;

/// The pairs in stretches of which each has no more sentences than are held at once.
pub(super) fn blocks(pairs: &[(UnitIndex, UnitIndex)]) -> Vec<&[(UnitIndex, UnitIndex)]> {
    let mut blocks = Vec::new();
    let mut seen = HashSet::new();
    let mut from = 0;
    for (at, &(a, b)) in pairs.iter().enumerate() {
        if seen.len() + 2 > MOST_AT_ONCE {
            blocks.push(&pairs[from..at]);
            seen.clear();
            from = at;
        }
        seen.extend([a, b]);
    }
    blocks.push(&pairs[from..]);
    blocks
}

/// What was made of the sentences of some pairs.
pub(super) struct OfSentences<T> {
    made: Vec<T>,
    places: HashMap<UnitIndex, usize>,
}

impl<T: Send> OfSentences<T> {
    /// Makes it of every sentence that stands in one of the pairs.
    pub(super) fn of(pairs: &[(UnitIndex, UnitIndex)], make: impl Fn(UnitIndex) -> T + Sync + Send) -> Self {
        let mut units: Vec<_> = pairs.iter().flat_map(|&(a, b)| [a, b]).collect();
        units.sort_unstable();
        units.dedup();
        Self { made: parallel::map(&units, |&unit| make(unit)), places: units.into_iter().zip(0..).collect() }
    }

    /// What was made of one of these sentences.
    pub(super) fn get(&self, unit: UnitIndex) -> &T {
        &self.made[self.places[&unit]]
    }

    /// Gives its memory back.
    pub(super) fn discard(self) {
        parallel::discard(self.made);
    }
}
