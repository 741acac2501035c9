//! Words close in meaning, compiled into the program: for a stem the stems that can stand for it.
//!
//! Source and format: `data/words/make_close.py`. Never holds a whole table in memory twice: it is read where it lies.
//! Invariant: symmetric, each of two close stems names the other.

use std::ops::Range;
use std::sync::OnceLock;

static PACKED: &[u8] = include_bytes!("../../data/words/close.bin");

/// The packed table, opened once.
pub(super) struct CloseWords {
    stems: Vec<&'static str>,
    offsets: &'static [u8],
    entries: &'static [u8],
}

/// Bytes of one entry: which stem, and how close.
const ENTRY: usize = 3;

impl CloseWords {
    /// The table shipped in the program.
    pub(super) fn shipped() -> &'static Self {
        static TABLE: OnceLock<CloseWords> = OnceLock::new();
        TABLE.get_or_init(|| Self::unpack(PACKED).unwrap_or(Self { stems: Vec::new(), offsets: &[], entries: &[] }))
    }

    fn unpack(packed: &'static [u8]) -> Option<Self> {
        let number = |at: usize| Some(u32::from_le_bytes(packed.get(at..at + 4)?.try_into().ok()?) as usize);
        let (stems, entries, bytes) = (number(4)?, number(8)?, number(12)?);
        if packed.get(..4)? != b"CLO1" {
            return None;
        }
        let names = std::str::from_utf8(packed.get(16..16 + bytes)?).ok()?;
        let rest = packed.get(16 + bytes..)?;
        Some(Self {
            stems: names.split('\n').collect(),
            offsets: rest.get(..4 * stems)?,
            entries: rest.get(4 * stems..4 * stems + ENTRY * entries)?,
        })
    }

    /// The stems close to `stem`, each with its closeness from 0 to 1.
    pub(super) fn of(&self, stem: &str) -> impl Iterator<Item = (&'static str, f32)> + '_ {
        let range = self.stems.binary_search(&stem).map_or(0..0, |at| self.range(at));
        self.entries[range].chunks_exact(ENTRY).filter_map(|entry| {
            let name = self.stems.get(usize::from(u16::from_le_bytes([entry[0], entry[1]])))?;
            Some((*name, f32::from(entry[2]) / 255.0))
        })
    }

    fn range(&self, at: usize) -> Range<usize> {
        let offset = |at: usize| {
            let bytes = self.offsets.get(4 * at..4 * at + 4).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(self.entries.len(), |bytes| u32::from_le_bytes(bytes) as usize * ENTRY)
        };
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
