//! What is made of a sentence once for all the pairs that it stands in.
//!
//! Must never hold more sentences than one stretch of pairs has. Invariant: every sentence of the stretch has its own.

use foldhash::{HashMap, HashSet, HashSetExt};

use super::candidates::UnitIndex;
use super::parallel;

/// So many sentences are held at once.
const MOST_AT_ONCE: usize = 2048;

/// A stretch of pairs, and every sentence that stands in one of them, sorted.
pub(super) struct Block<'p> {
    pub pairs: &'p [(UnitIndex, UnitIndex)],
    units: Vec<UnitIndex>,
}

/// The pairs in stretches of which each has no more sentences than are held at once.
pub(super) fn blocks(pairs: &[(UnitIndex, UnitIndex)]) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut seen = HashSet::new();
    let mut from = 0;
    let block = |pairs, seen: &mut HashSet<UnitIndex>| {
        let mut units: Vec<_> = seen.drain().collect();
        units.sort_unstable();
        Block { pairs, units }
    };
    let mut first = None;
    for (at, &(a, b)) in pairs.iter().enumerate() {
        if seen.len() + 2 > MOST_AT_ONCE {
            blocks.push(block(&pairs[from..at], &mut seen));
            (from, first) = (at, None);
        }
        // Pairs of one first sentence stand together.
        if first.replace(a) != Some(a) {
            seen.insert(a);
        }
        seen.insert(b);
    }
    blocks.push(block(&pairs[from..], &mut seen));
    blocks
}

/// What was made of the sentences of some pairs.
pub(super) struct OfSentences<T> {
    made: Vec<T>,
    places: HashMap<UnitIndex, usize>,
}

impl<T: Send> OfSentences<T> {
    /// Makes it of every sentence of a stretch.
    pub(super) fn of(block: &Block, make: impl Fn(UnitIndex) -> T + Sync + Send) -> Self {
        let places = block.units.iter().copied().zip(0..).collect();
        Self { made: parallel::map(&block.units, |&unit| make(unit)), places }
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
