//! Words close in meaning, compiled into the program: for a stem the stems that can stand for it.
//!
//! Source: `data/words/make_close.py`; as `stems.rs` packs it, by the stems that have a vector. Never holds a whole table in memory
//! twice: it is read where it lies. Invariant: symmetric, each of two close stems names the other.

use std::ops::Range;
use std::sync::OnceLock;

use super::listed::little;
use super::vectors::Stem;

pub(super) static PACKED: &[u8] = include_bytes!("../../data/words/stems/close.bin");

/// The packed table, opened once.
#[derive(Default)]
pub(super) struct CloseWords {
    /// For every stem where its entries begin.
    offsets: &'static [u8],
    entries: &'static [u8],
}

/// Bytes of one entry: which stem, and how close.
const ENTRY: usize = 3;

impl CloseWords {
    /// The table shipped in the program.
    pub(super) fn shipped() -> &'static Self {
        static TABLE: OnceLock<CloseWords> = OnceLock::new();
        TABLE.get_or_init(|| Self::open(PACKED).unwrap_or_default())
    }

    fn open(packed: &'static [u8]) -> Option<Self> {
        if packed.get(..4)? != b"GLC1" {
            return None;
        }
        let (offsets, entries) = packed.get(8..)?.split_at_checked(4 * little(packed, 1)?)?;
        Some(Self { offsets, entries })
    }

    /// The stems close to one, each with its closeness from 0 to 1.
    pub(super) fn of(&self, stem: Stem) -> impl Iterator<Item = (Stem, f32)> + '_ {
        self.entries[self.range(usize::from(stem.0))]
            .chunks_exact(ENTRY)
            .map(|entry| (Stem(u16::from_le_bytes([entry[0], entry[1]])), f32::from(entry[2]) / 255.0))
    }

    fn range(&self, at: usize) -> Range<usize> {
        let offset = |at: usize| little(self.offsets, at).map_or(self.entries.len(), |entry| entry * ENTRY);
        let start = offset(at).min(self.entries.len());
        start..offset(at + 1).clamp(start, self.entries.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::vectors::Vectors;

    #[test]
    fn words_for_one_thing_are_close_and_others_are_not() {
        let stem = |stem| Vectors::shipped().stem(stem).unwrap();
        let closeness =
            |a, b| CloseWords::shipped().of(stem(a)).find(|near| near.0 == stem(b)).map_or(0.0, |near| near.1);
        assert!(closeness("bicycl", "bike") > 0.9);
        assert!(closeness("lorri", "truck") > 0.5);
        assert!(closeness("lorri", "mayor") < 0.1);
        assert!((closeness("truck", "lorri") - closeness("lorri", "truck")).abs() < f32::EPSILON);
    }
}
