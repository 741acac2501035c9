//! Word vectors compiled into the program: how close two words are in meaning, and how common a word is.
//!
//! Must never ask for the form of a word that an article happens to use: a stem has the vector and the rank of its commonest form,
//! whatever is compared. Source and format: `data/words/make_vectors.py`, and by stems as `stems.rs` packs it. GloVe 6B (Pennington,
//! Socher, Manning 2014; public domain), 50,000 words, 64 dimensions. It ranks well and separates badly, so it only ever joins
//! words, names and figures.

use std::sync::OnceLock;

use super::listed::{Listed, little};

/// Dimensions of a vector.
pub(super) const DIMENSIONS: usize = 64;

pub(super) static PACKED: &[u8] = include_bytes!("../../data/words/stems/vectors.bin");

/// A direction; of length one where nothing else is said.
pub(super) type Vector = [f32; DIMENSIONS];

/// A word's vector where it lies in the program: of every word of the articles a copy would take more than all else that is known of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Packed {
    row: &'static [u8; DIMENSIONS],
    /// The length it has as it lies; 1 where it has none.
    length: f32,
}

impl Packed {
    fn new(row: &'static [u8; DIMENSIONS]) -> Self {
        let numbers = row.map(number);
        let length = dot(&numbers, &numbers).sqrt();
        Self { row, length: if length > 0.0 { length } else { 1.0 } }
    }

    /// Its numbers, scaled to length one.
    pub(super) fn numbers(&self) -> impl Iterator<Item = f32> + '_ {
        self.row.iter().map(|&byte| number(byte) / self.length)
    }
}

fn number(byte: u8) -> f32 {
    f32::from(i8::from_le_bytes([byte]))
}

/// The packed table, opened once.
#[derive(Default)]
pub(super) struct Vectors {
    /// The stems, in alphabetical order.
    stems: Listed,
    /// For every stem its row, and for every row the rank of its word, as `u16`, little endian; rows go by rank.
    rows: &'static [u8],
    ranks: &'static [u8],
    vectors: &'static [u8],
    words: u32,
}

/// A stem of the table, by its place in the alphabet; the words close in meaning go by the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Stem(pub u16);

impl Vectors {
    /// The table shipped in the program.
    pub(super) fn shipped() -> &'static Self {
        static TABLE: OnceLock<Vectors> = OnceLock::new();
        TABLE.get_or_init(|| Self::open(PACKED).unwrap_or_default())
    }

    fn open(packed: &'static [u8]) -> Option<Self> {
        let (words, stems, bytes) = (little(packed, 1)?, little(packed, 2)?, little(packed, 3)?);
        if packed.get(..4)? != b"GLS1" {
            return None;
        }
        let (listed, rest) = Listed::split(packed.get(16..)?, bytes, stems)?;
        let (rows, rest) = rest.split_at_checked(2 * stems)?;
        let (ranks, vectors) = rest.split_at_checked(2 * stems)?;
        Some(Self { stems: listed, rows, ranks, vectors, words: u32::try_from(words).ok()? })
    }

    /// A stem's place; `None` when none of its forms is in the table.
    pub(super) fn stem(&self, stem: &str) -> Option<Stem> {
        u16::try_from(self.stems.find(stem)?).ok().map(Stem)
    }

    /// How common a stem's commonest form is among all words: 0 for the commonest of the table.
    pub(super) fn rank(&self, stem: Stem) -> u32 {
        self.row(stem).and_then(|row| short(self.ranks, row)).map_or(self.words, u32::from)
    }

    /// How many words the table was made of.
    pub(super) fn words(&self) -> u32 {
        self.words
    }

    /// The vector of a stem's commonest form.
    pub(super) fn vector(&self, stem: Stem) -> Option<Packed> {
        self.vectors.get(self.row(stem)? * DIMENSIONS..)?.first_chunk().map(Packed::new)
    }

    fn row(&self, stem: Stem) -> Option<usize> {
        short(self.rows, usize::from(stem.0)).map(usize::from)
    }
}

/// The number at a place of a table of `u16`, little endian.
fn short(table: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(table.get(2 * at..2 * at + 2)?.try_into().ok()?))
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

    fn stem(word: &str) -> Option<Stem> {
        Vectors::shipped().stem(&crate::text::fold::stem(word))
    }

    fn cosine(a: &str, b: &str) -> f32 {
        let vector = |word| Vectors::shipped().vector(stem(word).unwrap()).unwrap();
        vector(a).numbers().zip(vector(b).numbers()).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn the_shipped_table_opens_and_ranks_by_meaning() {
        assert_eq!(Vectors::shipped().words(), 50_000);
        assert!(cosine("ship", "vessel") > cosine("ship", "teacher") + 0.3);
        assert!((cosine("river", "river") - 1.0).abs() < 1e-5);
    }

    #[test]
    fn common_words_have_low_ranks() {
        let rank = |word| Vectors::shipped().rank(stem(word).unwrap());
        assert!(rank("the") < rank("bridge"));
        assert!(stem("qzxv").is_none());
    }

    #[test]
    fn all_forms_of_a_word_have_the_rank_of_the_commonest() {
        let rank = |word| Vectors::shipped().rank(stem(word).unwrap());
        assert_eq!(rank("bridges"), rank("bridge"));
    }
}
