//! How much of some words is found among others, as equal words or close ones.
//!
//! Must never know where the words stand. Invariant: a share lies between 0 and 1.

use super::prepare::Word;
use super::vocabulary::{TermIndex, Vocabulary};

/// How close the closest word must be to be found.
const CLOSE: f32 = 0.4;

/// Some words, with their terms laid out so that others can be looked for among them.
#[derive(Debug)]
pub(super) struct Sought<'w> {
    pub words: &'w [Word],
    terms: Vec<TermIndex>,
}

impl<'w> Sought<'w> {
    pub(super) fn of(words: &'w [Word]) -> Self {
        let mut terms: Vec<_> = words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        Self { words, terms }
    }

    /// How close the closest of these words is to another.
    pub(super) fn closest(&self, to: TermIndex, vocabulary: &Vocabulary) -> f32 {
        vocabulary.closest(to, &self.terms)
    }

    /// Whether one of these words is equal or close to another.
    pub(super) fn has(&self, word: &Word, vocabulary: &Vocabulary) -> bool {
        self.closest(word.term, vocabulary) > CLOSE
    }
}

/// The share of the weight of some words that finds an equal or close word among others.
pub(super) fn share_found(words: &[Word], others: &Sought, vocabulary: &Vocabulary) -> f32 {
    let (mut found, mut all) = (0.0, 0.0);
    for word in words {
        let weight = vocabulary.term(word.term).weight * word.worth;
        if weight == 0.0 {
            continue;
        }
        let best = others.closest(word.term, vocabulary);
        all += weight;
        found += weight * if best > CLOSE { best } else { 0.0 };
    }
    if all > 0.0 { found / all } else { 0.0 }
}

/// The same, the weaker way round.
pub(super) fn shared_both_ways(a: &Sought, b: &Sought, vocabulary: &Vocabulary) -> f32 {
    share_found(a.words, b, vocabulary).min(share_found(b.words, a, vocabulary))
}
