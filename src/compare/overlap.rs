//! How much of some words is found among others, as equal words or close ones.
//!
//! Must never know where the words stand. Invariant: a share lies between 0 and 1.

use std::borrow::Cow;

use super::prepare::{Unit, Word};
use super::vocabulary::{TermIndex, Vocabulary};

/// How close the closest word must be to be found.
const CLOSE: f32 = 0.4;

/// Some words, laid out to be looked for and to be looked among.
#[derive(Debug)]
pub(super) struct Sought<'w> {
    pub words: Cow<'w, [Word]>,
    /// The words that weigh something, in their order, with what each weighs.
    weighed: Vec<(TermIndex, f32)>,
    /// Every term once, ascending.
    terms: Vec<TermIndex>,
    sieve: Sieve,
}

impl<'w> Sought<'w> {
    pub(super) fn of(words: impl Into<Cow<'w, [Word]>>, vocabulary: &Vocabulary) -> Self {
        let words = words.into();
        let mut terms: Vec<_> = words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        let weight = |word: &Word| (word.term, vocabulary.weight(word));
        let weighed = words.iter().map(weight).filter(|word| word.1 != 0.0).collect();
        Self { weighed, sieve: Sieve::of(&terms), terms, words }
    }

    /// Whether a term is one of theirs.
    pub(super) fn holds(&self, term: TermIndex) -> bool {
        self.sieve.may_hold(term) && self.terms.binary_search(&term).is_ok()
    }

    /// How close the closest of these words is to another.
    pub(super) fn closest(&self, to: TermIndex, vocabulary: &Vocabulary) -> f32 {
        if self.holds(to) {
            return 1.0;
        }
        let near = vocabulary.term(to).near.iter().filter(|near| self.holds(near.0));
        near.map(|near| near.1).fold(0.0, f32::max)
    }

    /// Whether one of these words is equal or close to another.
    pub(super) fn has(&self, word: &Word, vocabulary: &Vocabulary) -> bool {
        self.closest(word.term, vocabulary) > CLOSE
    }
}

/// Which terms are surely not among some: most are told by one bit, without a search.
#[derive(Debug)]
struct Sieve([u64; 4]);

impl Sieve {
    fn of(terms: &[TermIndex]) -> Self {
        let mut bits = [0; 4];
        terms.iter().for_each(|term| bits[Self::row(*term)] |= 1 << (term.0 % 64));
        Self(bits)
    }

    fn may_hold(&self, term: TermIndex) -> bool {
        self.0[Self::row(term)] >> (term.0 % 64) & 1 == 1
    }

    fn row(term: TermIndex) -> usize {
        (term.0 / 64 % 4) as usize
    }
}

/// The share of the weight of some words that finds an equal or close word among others.
pub(super) fn share_found(words: &Sought, others: &Sought, vocabulary: &Vocabulary) -> f32 {
    let (mut found, mut all) = (0.0, 0.0);
    for &(term, weight) in &words.weighed {
        let best = others.closest(term, vocabulary);
        all += weight;
        found += weight * if best > CLOSE { best } else { 0.0 };
    }
    if all > 0.0 { found / all } else { 0.0 }
}

/// The same, the weaker way round.
pub(super) fn shared_both_ways(a: &Sought, b: &Sought, vocabulary: &Vocabulary) -> f32 {
    share_found(a, b, vocabulary).min(share_found(b, a, vocabulary))
}

/// A sentence and its clauses, laid out once for all that it is held against.
#[derive(Debug)]
pub(super) struct Told<'w> {
    pub whole: Sought<'w>,
    pub clauses: Vec<Sought<'w>>,
}

impl<'w> Told<'w> {
    pub(super) fn of(unit: &'w Unit, vocabulary: &Vocabulary) -> Self {
        let clauses = unit.clauses.iter().map(|clause| Sought::of(&unit.words[clause.words.clone()], vocabulary));
        Self { whole: Sought::of(unit.words.as_slice(), vocabulary), clauses: clauses.collect() }
    }
}
