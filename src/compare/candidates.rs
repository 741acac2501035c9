//! Which pairs of sentences are worth scoring: an index over rare words, never all pairs.
//!
//! Must never score. Invariant: a pair is found from either side alike, and the number of pairs grows with the number of
//! sentences, not with its square.

use std::collections::HashMap;

use super::figures;
use super::prepare::{Corpus, Unit};
use super::vocabulary::{TermClass, Vocabulary};
use crate::text::ParagraphKind;

/// A sentence of the comparison: article, and its place among that article's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct UnitIndex {
    pub article: u16,
    pub unit: u32,
}

/// How many counterparts of one sentence in one article are scored at the most.
const KEPT: usize = 40;
/// A term that stands in more sentences of one article than this is not looked up in it.
const COMMONEST: usize = 64;
/// All pairs worth scoring, each once with the smaller article first, sorted.
pub(super) fn candidates(corpus: &Corpus) -> Vec<(UnitIndex, UnitIndex)> {
    let indexes: Vec<_> = corpus.articles.iter().map(|article| index(&article.units, &corpus.vocabulary)).collect();
    let mut pairs = Vec::new();
    for (here, article) in (0u16..).zip(&corpus.articles) {
        for (there, postings) in (0u16..).zip(&indexes) {
            if here == there {
                continue;
            }
            let mut search = Search::new(corpus.articles[usize::from(there)].units.len());
            for (at, unit) in (0u32..).zip(&article.units).filter(|(_, unit)| is_matched(unit)) {
                let a = UnitIndex { article: here, unit: at };
                for other in search.best(unit, postings, &corpus.vocabulary) {
                    let b = UnitIndex { article: there, unit: other };
                    pairs.push((a.min(b), a.max(b)));
                }
            }
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// The sentences of one article by what they have.
struct Postings {
    /// For every term.
    terms: Vec<Vec<u32>>,
    /// For every key of a value.
    values: HashMap<(u8, i64), Vec<u32>>,
}

/// What one equal value weighs beside shared words.
const VALUE_WEIGHT: f32 = 0.6;

/// Lines about the article, not the event, are not matched.
fn is_matched(unit: &Unit) -> bool {
    unit.kind != ParagraphKind::Furniture
}

fn index(units: &[Unit], vocabulary: &Vocabulary) -> Postings {
    let mut postings = Postings { terms: vec![Vec::new(); vocabulary.len()], values: HashMap::new() };
    for (at, unit) in (0u32..).zip(units).filter(|(_, unit)| is_matched(unit)) {
        for word in &unit.words {
            let list: &mut Vec<u32> = &mut postings.terms[word.term.0 as usize];
            if vocabulary.term(word.term).class != TermClass::Function && list.last() != Some(&at) {
                list.push(at);
            }
        }
        for key in
            unit.values.iter().filter_map(|value| figures::keys(value).get(1).or(figures::keys(value).first()).copied())
        {
            let list = postings.values.entry(key).or_default();
            if list.last() != Some(&at) {
                list.push(at);
            }
        }
    }
    postings
}

/// Adds up, for one sentence, how much every sentence of an article shares with it.
struct Search {
    shared: Vec<f32>,
    touched: Vec<u32>,
}

impl Search {
    fn new(units: usize) -> Self {
        Self { shared: vec![0.0; units], touched: Vec::new() }
    }

    fn add(&mut self, postings: &[u32], weight: f32) {
        if postings.len() > COMMONEST {
            return;
        }
        for &at in postings {
            let shared = &mut self.shared[at as usize];
            if *shared == 0.0 {
                self.touched.push(at);
            }
            *shared += weight.max(f32::MIN_POSITIVE);
        }
    }

    /// The sentences that share most with `unit`.
    fn best(&mut self, unit: &Unit, postings: &Postings, vocabulary: &Vocabulary) -> Vec<u32> {
        let mut terms: Vec<_> = unit.words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            let weight = vocabulary.term(term).weight;
            self.add(&postings.terms[term.0 as usize], weight);
            for &(near, closeness) in &vocabulary.term(term).near {
                self.add(&postings.terms[near.0 as usize], weight * closeness * 0.5);
            }
        }
        for value in &unit.values {
            for key in figures::keys(value) {
                let filed = postings.values.get(&key).map_or(&[][..], Vec::as_slice);
                self.add(filed, VALUE_WEIGHT * figures::telling(value));
            }
        }
        let mut found: Vec<_> =
            self.touched.drain(..).map(|at| (at, std::mem::take(&mut self.shared[at as usize]))).collect();
        found.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
        found.truncate(KEPT);
        found.into_iter().map(|(at, _)| at).collect()
    }
}
