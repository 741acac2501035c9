//! Which pairs of sentences are worth scoring: an index over rare words, never all pairs.
//!
//! Must never score. Invariant: a pair is found from either side alike, and the number of pairs grows with the number of
//! sentences, not with its square.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

use super::figures;
use super::parallel;
use super::prepare::{Corpus, Prepared, Unit};
use super::profile::{self, Weighed};
use super::vocabulary::{TermClass, Vocabulary};
use crate::text::ParagraphKind;
use crate::text::values::Value;

/// A sentence of the comparison: article, and its place among that article's sentences.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct UnitIndex {
    pub article: u16,
    pub unit: u32,
}

/// How many counterparts of one sentence in one article are scored at the most, and in all other articles together (up to twice
/// as many, since it goes in steps), as long as every article has its few.
const KEPT: usize = 40;
const KEPT_TOGETHER: usize = 400;
const KEPT_AT_LEAST: usize = 3;
/// In how many parts the sentences are looked up, and how few sentences are no part of their own.
const PARTS: usize = 64;
const FEWEST_AT_ONCE: usize = 16;
/// From so many sentences of one other article on, or of all, a counterpart must share a part of what a sentence weighs: the
/// more there are, the more of them share something by accident.
const LONG: f32 = 250.0;
const LONG_TOGETHER: f32 = 500.0;
/// How much of its weight, for every doubling beyond that, and at the most.
const SHARE_A_DOUBLING: f32 = 0.05;
const LARGEST_SHARE: f32 = 0.3;
/// A term that stands in more sentences of one article than this is not looked up in it.
const COMMONEST: usize = 64;

/// All pairs worth scoring, each once with the smaller article first, sorted.
pub(super) fn candidates(corpus: &Corpus) -> Vec<(UnitIndex, UnitIndex)> {
    let index = Index::new(corpus);
    let matched: Vec<_> = index.units.iter().filter(|&&at| is_matched(corpus.unit(at))).copied().collect();
    let chunks: Vec<_> = matched.chunks((matched.len() / PARTS).max(FEWEST_AT_ONCE)).collect();
    let found = parallel::map(&chunks, |chunk| {
        let mut search = Search::new(&index);
        let best =
            |&at: &UnitIndex| search.best(at, corpus).into_iter().map(move |other| (at.min(other), at.max(other)));
        chunk.iter().flat_map(best).collect::<Vec<_>>()
    });
    let mut pairs = found.concat();
    drop(found);
    parallel::sort(&mut pairs);
    pairs.dedup();
    // Most were found from both sides.
    pairs.shrink_to_fit();
    pairs
}

/// The sentences of all articles by what they have.
struct Index {
    /// All sentences, by their number.
    units: Vec<UnitIndex>,
    /// For every article the numbers of its sentences.
    articles: Vec<Range<u32>>,
    /// For every term the numbers of the sentences that have it, less those of articles in which it is common.
    terms: Vec<Vec<u32>>,
    /// The same for every key of a value.
    values: HashMap<(u8, i64), Vec<u32>>,
}

/// What one equal value weighs beside shared words.
const VALUE_WEIGHT: f32 = 0.6;

/// Lines about the article, not the event, are not matched.
fn is_matched(unit: &Unit) -> bool {
    unit.kind != ParagraphKind::Furniture
}

impl Index {
    fn new(corpus: &Corpus) -> Self {
        let mut index = Self {
            units: Vec::new(),
            articles: Vec::new(),
            terms: vec![Vec::new(); corpus.vocabulary.len()],
            values: HashMap::new(),
        };
        for (article, prepared) in (0u16..).zip(&corpus.articles) {
            let first = index.units.len() as u32;
            for (at, unit) in (0u32..).zip(&prepared.units) {
                index.units.push(UnitIndex { article, unit: at });
                if is_matched(unit) {
                    index.file(first + at, unit, &corpus.vocabulary);
                }
            }
            let own = first..index.units.len() as u32;
            index.leave_out_what_is_common(&own, prepared);
            index.articles.push(own);
        }
        index
    }

    fn file(&mut self, number: u32, unit: &Unit, vocabulary: &Vocabulary) {
        for word in &unit.words {
            let list = &mut self.terms[word.term.0 as usize];
            if vocabulary.term(word.term).class != TermClass::Function && list.last() != Some(&number) {
                list.push(number);
            }
        }
        for key in unit.values.iter().filter_map(filed_under) {
            let list = self.values.entry(key).or_default();
            if list.last() != Some(&number) {
                list.push(number);
            }
        }
    }

    /// Takes an article, the last filed, out of the lists in which too many of its sentences stand.
    fn leave_out_what_is_common(&mut self, own: &Range<u32>, article: &Prepared) {
        // Fewer sentences are too many nowhere.
        if own.len() <= COMMONEST {
            return;
        }
        for term in &article.terms {
            leave_out_if_common(&mut self.terms[term.0 as usize], own.start);
        }
        for key in article.units.iter().flat_map(|unit| &unit.values).filter_map(filed_under) {
            self.values.entry(key).and_modify(|list| leave_out_if_common(list, own.start));
        }
    }
}

/// The key under which a value is filed; it is looked up under all of its keys.
fn filed_under(value: &Value) -> Option<(u8, i64)> {
    let keys = figures::keys(value);
    keys.get(1).or(keys.first()).copied()
}

/// Takes the sentences from `first` on out of a list where they are too many to tell anything.
fn leave_out_if_common(list: &mut Vec<u32>, first: u32) {
    let own = list.partition_point(|&number| number < first);
    if list.len() - own > COMMONEST {
        list.truncate(own);
    }
}

/// Adds up, for one sentence, how much every other sentence shares with it.
struct Search<'i> {
    index: &'i Index,
    shared: Vec<f32>,
    touched: Vec<u32>,
}

impl<'i> Search<'i> {
    fn new(index: &'i Index) -> Self {
        Self { index, shared: vec![0.0; index.units.len()], touched: Vec::new() }
    }

    /// Adds a weight to all sentences of a list (ascending) but those of the article itself.
    fn add(&mut self, list: &[u32], weight: f32, own: &Range<u32>) {
        let before = list.partition_point(|&at| at < own.start);
        let after = before + list[before..].partition_point(|&at| at < own.end);
        for &at in list[..before].iter().chain(&list[after..]) {
            let shared = &mut self.shared[at as usize];
            if *shared == 0.0 {
                self.touched.push(at);
            }
            *shared += weight.max(f32::MIN_POSITIVE);
        }
    }

    /// The sentences of every other article that share most with one.
    fn best(&mut self, of: UnitIndex, corpus: &Corpus) -> Vec<UnitIndex> {
        let (index, vocabulary) = (self.index, &corpus.vocabulary);
        let own = &index.articles[usize::from(of.article)];
        let unit = corpus.unit(of);
        let bag = profile::bag(&unit.words, vocabulary);
        let weight = profile::weight(&bag);
        for Weighed { term, weight, .. } in bag {
            self.add(&index.terms[term.0 as usize], weight, own);
            for &(near, closeness) in &vocabulary.term(term).near {
                self.add(&index.terms[near.0 as usize], weight * closeness * 0.5, own);
            }
        }
        for value in &unit.values {
            for key in figures::keys(value) {
                let filed = index.values.get(&key).map_or(&[][..], Vec::as_slice);
                self.add(filed, VALUE_WEIGHT * figures::telling(value), own);
            }
        }
        self.take_best(weight, own)
    }

    /// Of every article the sentences that share most, best first, if they share enough of a sentence's weight.
    fn take_best(&mut self, weight: f32, own: &Range<u32>) -> Vec<UnitIndex> {
        let (index, shared) = (self.index, &mut self.shared);
        let together = (index.units.len() - own.len()) as f32 / LONG_TOGETHER;
        let least: Vec<f32> =
            index.articles.iter().map(|article| least_share(article.len(), together) * weight).collect();
        let lowest = least.iter().copied().fold(f32::INFINITY, f32::min);
        let mut found = Vec::new();
        for at in self.touched.drain(..) {
            let shared = std::mem::take(&mut shared[at as usize]);
            // Most share less than is asked for anywhere.
            if shared >= lowest {
                let unit = index.units[at as usize];
                if shared >= least[usize::from(unit.article)] {
                    found.push((unit, shared));
                }
            }
        }
        found.sort_unstable_by_key(|&(unit, shared)| place_among_best(unit, shared));
        let kept = kept(index.articles.len() - 1);
        let articles = found.chunk_by(|x, y| x.0.article == y.0.article);
        articles.flat_map(|there| there.iter().take(kept).map(|found| found.0)).collect()
    }
}

/// By article, then by what is shared (never negative), most first, then by place: in one number, which is compared at once.
fn place_among_best(unit: UnitIndex, shared: f32) -> u128 {
    u128::from(unit.article) << 64 | u128::from(!shared.to_bits()) << 32 | u128::from(unit.unit)
}

/// How many counterparts of one sentence in each of some other articles are scored at the most. In steps: one article more mostly
/// leaves the pairs of the others as they are.
fn kept(others: usize) -> usize {
    let at_least = 1 << others.max(1).ilog2();
    (KEPT_TOGETHER / at_least).clamp(KEPT_AT_LEAST, KEPT)
}

/// How much of a sentence's weight a counterpart in an article of so many sentences must share, where all other articles are so
/// many times [`LONG_TOGETHER`].
fn least_share(sentences: usize, together: f32) -> f32 {
    let doublings = (sentences as f32 / LONG).max(together).max(1.0).log2();
    (SHARE_A_DOUBLING * doublings).min(LARGEST_SHARE)
}
