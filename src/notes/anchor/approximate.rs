//! Approximate search and comparison of strings of characters: Myers's bit-vector algorithm (JACM 46:3, 1999) in the
//! multi-word form of Hyyrö (2003).
//!
//! Invariant: white space counts as one blank on both sides, so a text that was only wrapped anew has not changed.

use std::collections::HashMap;

use crate::text::ByteSpan;

/// Never more edits than this, however long the passage.
const MOST_EDITS: usize = 256;

/// A place where a pattern was found, in characters of the folded text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) edits: usize,
}

/// A text made ready for searching: its folded characters and where each stands.
pub(super) struct Haystack {
    characters: Vec<char>,
    /// The byte each character begins at, and the text's length.
    bytes: Vec<usize>,
}

impl Haystack {
    pub(super) fn new(content: &str) -> Self {
        let mut characters = Vec::with_capacity(content.len());
        let mut bytes = Vec::with_capacity(content.len() + 1);
        for (at, character) in content.char_indices() {
            let blank = character.is_whitespace();
            if !(blank && characters.last() == Some(&' ')) {
                characters.push(if blank { ' ' } else { character });
                bytes.push(at);
            }
        }
        bytes.push(content.len());
        Self { characters, bytes }
    }

    pub(super) fn len(&self) -> usize {
        self.characters.len()
    }

    /// The bytes of a place; a run of white space belongs to the character before it.
    pub(super) fn bytes(&self, place: &Place) -> ByteSpan {
        ByteSpan::new(self.bytes[place.start], self.bytes[place.end])
    }

    /// Every place where the pattern stands with at most half its length, and 256, edits; of places that end beside each
    /// other, the one with the fewest.
    pub(super) fn places(&self, pattern: &[char]) -> Vec<Place> {
        let budget = (pattern.len() / 2).min(MOST_EDITS);
        let ends = self.ends(pattern, budget);
        let reversed: Vec<char> = pattern.iter().rev().copied().collect();
        let backwards = Pattern::new(&reversed);
        let longest = pattern.len() + budget;
        let start_of = |(end, edits): (usize, usize)| {
            let window = self.characters[end.saturating_sub(longest)..end].iter().rev();
            // Of several starts with the fewest edits, the one that gives a place of the pattern's own length.
            let taken = backwards
                .distances(window, Begin::Fixed)
                .enumerate()
                .min_by_key(|&(at, distance)| (distance, (at + 1).abs_diff(pattern.len())))
                .map_or(0, |(at, _)| at + 1);
            Place { start: end - taken, end, edits }
        };
        ends.into_iter().map(start_of).collect()
    }

    /// Where the distance has a local minimum within the budget; of a plateau, its last place (the pattern's whole length).
    fn ends(&self, pattern: &[char], budget: usize) -> Vec<(usize, usize)> {
        let forwards = Pattern::new(pattern);
        let mut ends = Vec::new();
        let mut before = usize::MAX;
        let mut falling = true;
        for (at, distance) in forwards.distances(self.characters.iter(), Begin::Free).enumerate() {
            if distance > before {
                if falling && before <= budget {
                    ends.push((at, before));
                }
                falling = false;
            } else if distance < before {
                falling = true;
            }
            before = distance;
        }
        if falling && before <= budget {
            ends.push((self.characters.len(), before));
        }
        ends
    }
}

/// A text's characters, every run of white space as one blank.
pub(super) fn folded(text: &str) -> Vec<char> {
    folded_chars(text.chars())
}

/// The same of single characters.
pub(super) fn folded_chars(characters: impl Iterator<Item = char>) -> Vec<char> {
    let mut folded = Vec::new();
    for character in characters {
        if !character.is_whitespace() {
            folded.push(character);
        } else if folded.last() != Some(&' ') {
            folded.push(' ');
        }
    }
    folded
}

/// How alike two strings are, from 0 to 1: one less the edits in the longer one's length.
pub(super) fn similarity(pattern: &[char], text: &[char]) -> f64 {
    let edits = Pattern::new(pattern).distances(text.iter(), Begin::Fixed).last().unwrap_or(pattern.len());
    1.0 - edits as f64 / pattern.len().max(text.len()).max(1) as f64
}

/// How alike a pattern and the best beginning of a text are, from 0 to 1.
pub(super) fn start_similarity(pattern: &[char], text: &[char]) -> f64 {
    let least = Pattern::new(pattern).distances(text.iter(), Begin::Fixed).min().unwrap_or(pattern.len());
    1.0 - least.min(pattern.len()) as f64 / pattern.len().max(1) as f64
}

/// Where a match may begin in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Begin {
    /// Anywhere: searching.
    Free,
    /// At the text's start: comparing.
    Fixed,
}

/// A pattern as bit vectors: for every character, the places of the pattern where it stands.
struct Pattern {
    length: usize,
    masks: HashMap<char, Vec<u64>>,
}

impl Pattern {
    fn new(pattern: &[char]) -> Self {
        let words = pattern.len().div_ceil(64);
        let mut masks: HashMap<char, Vec<u64>> = HashMap::new();
        for (at, &character) in pattern.iter().enumerate() {
            masks.entry(character).or_insert_with(|| vec![0; words])[at / 64] |= 1 << (at % 64);
        }
        Self { length: pattern.len(), masks }
    }

    /// For every character of the text, the least number of edits that turn the pattern into a string ending there.
    fn distances<'a>(
        &'a self,
        text: impl Iterator<Item = &'a char> + 'a,
        begin: Begin,
    ) -> impl Iterator<Item = usize> + 'a {
        let words = self.length.div_ceil(64);
        let mut columns = vec![Column { positive: u64::MAX, negative: 0 }; words];
        let mut distance = self.length;
        text.map(move |character| {
            let mask = self.masks.get(character);
            let mut carry = i8::from(begin == Begin::Fixed);
            for (at, column) in columns.iter_mut().enumerate() {
                let last = if at + 1 == words { (self.length - 1) % 64 } else { 63 };
                carry = column.step(mask.map_or(0, |mask| mask[at]), carry, last);
            }
            distance = distance.saturating_add_signed(isize::from(carry));
            distance
        })
    }
}

/// The vertical differences of 64 rows of the edit matrix.
#[derive(Debug, Clone, Copy)]
struct Column {
    positive: u64,
    negative: u64,
}

impl Column {
    /// Moves on by one character of the text. `carry` is the horizontal difference above the block, and the answer that in
    /// its row `last`.
    fn step(&mut self, equal: u64, carry: i8, last: usize) -> i8 {
        let falls = u64::from(carry < 0);
        let vertical = equal | self.negative;
        let equal = equal | falls;
        let diagonal = ((equal & self.positive).wrapping_add(self.positive) ^ self.positive) | equal;
        let positive = self.negative | !(diagonal | self.positive);
        let negative = self.positive & diagonal;
        let out = ((positive >> last) & 1) as i8 - ((negative >> last) & 1) as i8;
        let positive = positive << 1 | u64::from(carry > 0);
        let negative = negative << 1 | falls;
        self.positive = negative | !(vertical | positive);
        self.negative = positive & vertical;
        out
    }
}
