//! All that an article has between quotation marks, and what of another article's each comes nearest to.
//!
//! Must never judge a difference. Invariant: what is found does not depend on who asks first.

use std::ops::Range;
use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt};

use crate::compare::prepare::{Prepared, Unit, Word};
use crate::compare::vocabulary::{TermIndex, Vocabulary};
use crate::text::{ArticleIndex, ByteSpan};

/// The most that a quotation shares with one of another article, which one that is, and the most with any other.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rivals {
    most: f32,
    of: ByteSpan,
    next: f32,
}

impl Rivals {
    fn take(&mut self, shared: f32, of: ByteSpan) {
        if shared > self.most {
            *self = Self { most: shared, of, next: self.most };
        } else {
            self.next = self.next.max(shared);
        }
    }

    /// The most with any quotation but one.
    pub(super) fn without(&self, but: &[Word]) -> f32 {
        if but[0].span == self.of { self.next } else { self.most }
    }
}

/// The stretches of a sentence inside quotation marks.
fn quoted_runs<'s>(article: &Prepared, unit: &'s Unit) -> Vec<&'s [Word]> {
    let of = |word: &Word| {
        let at = article.quotations.partition_point(|quotation| quotation.inner.start <= word.span.start);
        if word.quoted { Some(at) } else { None }
    };
    unit.words.chunk_by(|x, y| of(x) == of(y)).filter(|run| run.len() > 1 && run[0].quoted).collect()
}

/// The stretches that have a word, ascending, and how often one of them has it at the most.
#[derive(Debug, Default)]
struct Having {
    places: Vec<u32>,
    times: usize,
}

/// The rivals of every stretch in another article, as far as they were asked for.
type Asked = Vec<OnceLock<Rivals>>;

/// All stretches of an article inside quotation marks, and which of them have a word.
#[derive(Debug)]
pub(in crate::compare) struct Quoted<'s> {
    runs: Vec<&'s [Word]>,
    having: HashMap<TermIndex, Having>,
    /// By the other article.
    asked: Vec<OnceLock<Asked>>,
}

impl<'s> Quoted<'s> {
    /// The stretches of one of `articles` articles.
    pub(super) fn of(article: &'s Prepared, articles: usize) -> Self {
        let runs: Vec<_> = article.units.iter().flat_map(|unit| quoted_runs(article, unit)).collect();
        let mut having: HashMap<TermIndex, Having> = HashMap::new();
        for (place, run) in (0..).zip(&runs) {
            for (term, times) in counted(run) {
                let entry = having.entry(term).or_default();
                entry.places.push(place);
                entry.times = entry.times.max(times);
            }
        }
        Self { runs, having, asked: (0..articles).map(|_| OnceLock::new()).collect() }
    }

    /// One of them.
    pub(super) fn run(&self, at: usize) -> &'s [Word] {
        self.runs[at]
    }

    /// The places of the stretches in a sentence.
    pub(super) fn within(&self, sentence: ByteSpan) -> Range<usize> {
        let from = self.runs.partition_point(|run| run[0].span.start < sentence.start);
        from..self.runs.partition_point(|run| run[0].span.start < sentence.end)
    }

    /// What the stretch at a place shares with those of another article.
    pub(super) fn rivals(
        &self,
        at: usize,
        (there, others): (ArticleIndex, &Quoted),
        vocabulary: &Vocabulary,
    ) -> Rivals {
        let asked = self.asked[there.index()].get_or_init(|| self.runs.iter().map(|_| OnceLock::new()).collect());
        *asked[at].get_or_init(|| others.closest(self.runs[at], vocabulary))
    }

    /// What some words share with the stretches, looked up by the rarest of them first: as soon as what is left cannot come to
    /// as much as two stretches share, stretches that have none of the words so far are no rivals.
    fn closest(&self, own: &[Word], vocabulary: &Vocabulary) -> Rivals {
        let having = |(term, times)| {
            let having = self.having.get(&term)?;
            Some((weight(term, vocabulary) * having.times.max(times) as f32, having))
        };
        let mut by_weight: Vec<(f32, &Having)> = counted(own).into_iter().filter_map(having).collect();
        by_weight.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut search = Search { own, runs: &self.runs, vocabulary, near: Vec::new(), rivals: Rivals::default() };
        let mut left: f32 = by_weight.iter().map(|word| word.0).sum();
        let mut most = vec![0.0f32; self.runs.len()];
        for (share, having) in by_weight {
            if having.places.len() > MANY && search.look(&mut most, left, 2).next > left + ROUNDING {
                break;
            }
            for &place in &having.places {
                let most = &mut most[place as usize];
                if *most == 0.0 {
                    search.near.push(place);
                }
                *most += share;
            }
            left -= share;
        }
        *search.look(&mut most, left.max(0.0), usize::MAX)
    }
}

/// A list of so many stretches is only gone through where it must be.
const MANY: usize = 32;

/// The stretches that some words were found in so far.
struct Search<'q> {
    own: &'q [Word],
    runs: &'q [&'q [Word]],
    vocabulary: &'q Vocabulary,
    near: Vec<u32>,
    rivals: Rivals,
}

impl Search<'_> {
    /// Looks at the likeliest of them, at `count` at the most, `most` being what each can share besides what is `left`. One
    /// that was looked at can share nothing more.
    fn look(&mut self, most: &mut [f32], left: f32, count: usize) -> &Rivals {
        let likelier = |x: &u32, y: &u32| most[*y as usize].total_cmp(&most[*x as usize]).then(x.cmp(y));
        if count < self.near.len() {
            self.near.select_nth_unstable_by(count, likelier);
        }
        let looked = count.min(self.near.len());
        self.near[..looked].sort_unstable_by(likelier);
        for &place in &self.near[..looked] {
            let most = &mut most[place as usize];
            if *most == f32::NEG_INFINITY {
                continue;
            }
            if *most + left + ROUNDING < self.rivals.next {
                break;
            }
            let run = self.runs[place as usize];
            self.rivals.take(shared_weight(self.own, run, self.vocabulary), run[0].span);
            *most = f32::NEG_INFINITY;
        }
        &self.rivals
    }
}

/// The terms of some words, ascending, and how often each stands there.
fn counted(words: &[Word]) -> Vec<(TermIndex, usize)> {
    let mut terms: Vec<_> = words.iter().map(|word| word.term).collect();
    terms.sort_unstable();
    terms.chunk_by(|x, y| x == y).map(|same| (same[0], same.len())).collect()
}

/// By how much sums of one set of weights may differ by their order.
const ROUNDING: f32 = 1e-3;

/// What every word of a quotation weighs besides its term's weight.
const COMMON_WEIGHT: f32 = 0.1;

fn weight(term: TermIndex, vocabulary: &Vocabulary) -> f32 {
    COMMON_WEIGHT + vocabulary.term(term).weight
}

/// What the words that both have weigh together.
pub(super) fn shared_weight(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> f32 {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = shorter.iter().filter(|word| longer.iter().any(|other| other.term == word.term));
    shared.map(|word| weight(word.term, vocabulary)).sum()
}
