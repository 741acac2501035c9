//! Word vectors compiled into the program: how close two words are in meaning, and how common a word is.
//!
//! Source and format: `data/words/make_vectors.py`. GloVe 6B (Pennington, Socher, Manning 2014; public domain), 50,000 words,
//! 64 dimensions. It ranks well and separates badly, so it only ever joins words, names and figures.

use std::sync::OnceLock;

use super::listed::{self, Listed, little};

/// Dimensions of a vector.
pub(super) const DIMENSIONS: usize = 64;

static PACKED: &[u8] = include_bytes!("../../data/words/words-50000x64.bin");

/// A word's vector, scaled to length one.
pub(super) type Vector = [f32; DIMENSIONS];

/// The packed table, opened once.
#[derive(Default)]
pub(super) struct Vectors {
    /// The words, commonest first.
    words: Listed,
    /// The ranks of the words in alphabetical order, as `u16`, little endian.
    order: &'static [u8],
    rows: &'static [u8],
}

impl Vectors {
    /// The table shipped in the program.
    pub(super) fn shipped() -> &'static Self {
        static TABLE: OnceLock<Vectors> = OnceLock::new();
        TABLE.get_or_init(|| Self::open(PACKED).unwrap_or_default())
    }

    fn open(packed: &'static [u8]) -> Option<Self> {
        let (words, dimensions, bytes) = (little(packed, 1)?, little(packed, 2)?, little(packed, 3)?);
        if packed.get(..4)? != b"GLV2" || dimensions != DIMENSIONS {
            return None;
        }
        let (listed, rest) = Listed::split(packed.get(16..)?, bytes, words)?;
        let (order, rows) = rest.split_at_checked(2 * words)?;
        Some(Self { words: listed, order, rows })
    }

    /// How common a word is: 0 for the commonest of the table; `None` when it is not among them.
    pub(super) fn rank(&self, word: &str) -> Option<u32> {
        let rank = |at: usize| Some(u16::from_le_bytes(self.order.get(2 * at..2 * at + 2)?.try_into().ok()?));
        let at = listed::find(word, self.words.len(), |at| self.words.get(usize::from(rank(at)?)))?;
        rank(at).map(u32::from)
    }

    /// How many words the table holds.
    pub(super) fn words(&self) -> u32 {
        u32::try_from(self.words.len()).unwrap_or(u32::MAX)
    }

    /// The vector of the word with this rank, of length one.
    pub(super) fn vector(&self, rank: u32) -> Option<Box<Vector>> {
        let from = rank as usize * DIMENSIONS;
        let row = self.rows.get(from..from + DIMENSIONS)?;
        let mut vector = Box::new([0.0; DIMENSIONS]);
        for (value, &byte) in vector.iter_mut().zip(row) {
            *value = f32::from(i8::from_le_bytes([byte]));
        }
        normalize(&mut vector);
        Some(vector)
    }
}

/// Scales a vector to length one; a zero vector stays as it is.
pub(super) fn normalize(vector: &mut Vector) {
    let length = dot(vector, vector).sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|value| *value /= length);
    }
}

/// The dot product; the cosine for vectors of length one.
pub(super) fn dot(a: &Vector, b: &Vector) -> f32 {
    let mut lanes = [0.0f32; 8];
    for (a, b) in a.chunks_exact(8).zip(b.chunks_exact(8)) {
        for lane in 0..8 {
            lanes[lane] += a[lane] * b[lane];
        }
    }
    lanes.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cosine(a: &str, b: &str) -> f32 {
        let table = Vectors::shipped();
        let vector = |word| table.vector(table.rank(word).unwrap()).unwrap();
        dot(&vector(a), &vector(b))
    }

    #[test]
    fn the_shipped_table_opens_and_ranks_by_meaning() {
        assert_eq!(Vectors::shipped().words(), 50_000);
        assert!(cosine("ship", "vessel") > cosine("ship", "teacher") + 0.3);
        assert!((cosine("river", "river") - 1.0).abs() < 1e-5);
    }

    #[test]
    fn common_words_have_low_ranks() {
        let table = Vectors::shipped();
        assert!(table.rank("the") < table.rank("bridge"));
        assert_eq!(table.rank("qzxv"), None);
    }
}
