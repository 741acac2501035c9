//! Words close in meaning, compiled into the program: for a stem the stems that can stand for it.
//!
//! Source and format: `data/words/make_close.py`. Never holds a whole table in memory twice: it is read where it lies.
//! Invariant: symmetric, each of two close stems names the other.

use std::ops::Range;
use std::sync::OnceLock;

use super::listed::{self, Listed, little};

static PACKED: &[u8] = include_bytes!("../../data/words/close.bin");

/// The packed table, opened once.
#[derive(Default)]
pub(super) struct CloseWords {
    /// The stems, in alphabetical order.
    stems: Listed,
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
        let (stems, entries, bytes) = (little(packed, 1)?, little(packed, 2)?, little(packed, 3)?);
        if packed.get(..4)? != b"CLO2" {
            return None;
        }
        let (listed, rest) = Listed::split(packed.get(16..)?, bytes, stems)?;
        let (offsets, rest) = rest.split_at_checked(4 * stems)?;
        Some(Self { stems: listed, offsets, entries: rest.get(..ENTRY * entries)? })
    }

    /// The stems close to `stem`, each with its closeness from 0 to 1.
    pub(super) fn of(&self, stem: &str) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        let range = listed::find(stem, self.stems.len(), |at| self.stems.get(at)).map_or(0..0, |at| self.range(at));
        self.entries[range].chunks_exact(ENTRY).filter_map(|entry| {
            let name = self.stems.get(usize::from(u16::from_le_bytes([entry[0], entry[1]])))?;
            Some((name, f32::from(entry[2]) / 255.0))
        })
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

    #[test]
    fn words_for_one_thing_are_close_and_others_are_not() {
        let closeness =
            |a: &str, b: &str| CloseWords::shipped().of(a).find(|near| near.0 == b).map_or(0.0, |near| near.1);
        assert!(closeness("bicycl", "bike") > 0.9);
        assert!(closeness("lorri", "truck") > 0.5);
        assert!(closeness("lorri", "mayor") < 0.1);
        assert!((closeness("truck", "lorri") - closeness("lorri", "truck")).abs() < f32::EPSILON);
    }
}
