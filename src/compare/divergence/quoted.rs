//! All that an article has between quotation marks, and what of another article's each comes nearest to.
//!
//! Must never judge a difference. Invariant: what is found does not depend on who asks first.

use std::ops::Range;
use std::sync::{Mutex, OnceLock};

use foldhash::{HashMap, HashMapExt};

use crate::compare::prepare::{Prepared, Unit, Word};
use crate::compare::vocabulary::{TermIndex, Vocabulary};
use crate::text::{ArticleIndex, ByteOffset, ByteSpan};

/// What two quotations share.
pub(super) struct Pair<'p> {
    pub weight: f32,
    pub vocabulary: &'p Vocabulary,
}

/// The most that a quotation shares with one of another article, which one that is, and the most with any other, as far as
/// that is known.
#[derive(Debug, Clone, Copy)]
struct Rivals {
    most: f32,
    of: ByteSpan,
    next: f32,
    /// No quotation that was not looked at shares more.
    unknown: f32,
}

impl Rivals {
    /// Nothing is known yet.
    const UNKNOWN: Self = Self {
        most: 0.0,
        of: ByteSpan { start: ByteOffset(0), end: ByteOffset(0) },
        next: 0.0,
        unknown: f32::INFINITY,
    };

    fn take(&mut self, shared: f32, of: ByteSpan) {
        if shared > self.most {
            (self.most, self.of, self.next) = (shared, of, self.most);
        } else {
            self.next = self.next.max(shared);
        }
    }

    /// Whether a quotation other than `but` shares more than so much; `None` where that is not known.
    fn outdo(&self, weight: f32, but: &[Word]) -> Option<bool> {
        let most = if but[0].span == self.of { self.next } else { self.most };
        if most > weight {
            return Some(true);
        }
        (self.unknown <= weight).then_some(false)
    }
}

/// The stretches of a sentence inside quotation marks.
fn quoted_runs<'s>(article: &Prepared, unit: &'s Unit) -> Vec<&'s [Word]> {
    let of = |word: &Word| {
        let before = || article.quotations.partition_point(|quotation| quotation.inner.start <= word.span.start);
        word.quoted.then(before)
    };
    unit.words.chunk_by(|x, y| of(x) == of(y)).filter(|run| run.len() > 1 && run[0].quoted).collect()
}

/// The stretches that have a word, ascending, each with how often it has it, and the most of these.
#[derive(Debug, Default)]
struct Having {
    places: Vec<(u32, u32)>,
    most: u32,
}

/// The rivals of every stretch in another article, as far as they were asked for.
type Asked = Vec<Mutex<Rivals>>;

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
                entry.places.push((place, times));
                entry.most = entry.most.max(times);
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

    /// Whether the stretch at a place shares more with one of another article than with `but`, which is another's, too.
    pub(super) fn is_outdone(
        &self,
        at: usize,
        (there, others): (ArticleIndex, &Quoted),
        but: &[Word],
        pair: &Pair,
    ) -> bool {
        let nothing = || self.runs.iter().map(|_| Mutex::new(Rivals::UNKNOWN)).collect();
        let asked = &self.asked[there.index()].get_or_init(nothing)[at];
        let weight = pair.weight + ROUNDING;
        let known = asked.lock().ok().and_then(|rivals| rivals.outdo(weight, but));
        known.unwrap_or_else(|| {
            let rivals = others.closest(self.runs[at], weight, pair.vocabulary);
            let outdone = rivals.outdo(weight, but).unwrap_or(false);
            drop(asked.lock().map(|mut asked| *asked = rivals));
            outdone
        })
    }

    /// What some words share with the stretches, those that share more than `weight`: looked up by the rarest words first, until
    /// two are found, or until what is left cannot come to as much.
    fn closest(&self, own: &[Word], weight: f32, vocabulary: &Vocabulary) -> Rivals {
        let having = |(term, times): (TermIndex, u32)| {
            let having = self.having.get(&term)?;
            let weight = self::weight(term, vocabulary);
            Some((weight * having.most.max(times) as f32, weight, times, having))
        };
        let mut by_weight: Vec<(f32, f32, u32, &Having)> = counted(own).into_iter().filter_map(having).collect();
        by_weight.sort_by(|x, y| y.0.total_cmp(&x.0));
        let mut left: f32 = by_weight.iter().map(|word| word.0).sum();
        let (mut sums, mut near) = (vec![0.0f32; self.runs.len()], Vec::new());
        let mut rivals = Rivals { unknown: weight, ..Rivals::UNKNOWN };
        for (most, of_word, times, having) in by_weight {
            if left <= weight - ROUNDING {
                break;
            }
            if having.places.len() > MANY && second(&near, &sums) > weight + ROUNDING {
                rivals.unknown = f32::INFINITY;
                break;
            }
            for &(place, there) in &having.places {
                let at = place as usize;
                if sums[at] == 0.0 {
                    near.push(at);
                }
                // The shorter one's words count, as often as it has them.
                sums[at] += of_word * if own.len() <= self.runs[at].len() { times } else { there } as f32;
            }
            left -= most;
        }
        let least = weight - left.max(0.0) - ROUNDING;
        for run in near.iter().filter(|&&at| sums[at] >= least).map(|&at| self.runs[at]) {
            rivals.take(shared_weight(own, run, vocabulary), run[0].span);
        }
        rivals
    }
}

/// A list of so many stretches is only gone through where it must be.
const MANY: usize = 32;

/// The second of the sums at some places, the largest first.
fn second(places: &[usize], sums: &[f32]) -> f32 {
    let (mut first, mut second) = (0.0f32, 0.0f32);
    for sum in places.iter().map(|&at| sums[at]) {
        second = second.max(sum.min(first));
        first = first.max(sum);
    }
    second
}

/// The terms of some words, ascending, and how often each stands there.
fn counted(words: &[Word]) -> Vec<(TermIndex, u32)> {
    let mut terms: Vec<_> = words.iter().map(|word| word.term).collect();
    terms.sort_unstable();
    terms.chunk_by(|x, y| x == y).map(|same| (same[0], same.len() as u32)).collect()
}

/// By how much sums of one set of weights may differ by their order.
const ROUNDING: f32 = 1e-4;

/// What every word of a quotation weighs besides its term's weight.
const COMMON_WEIGHT: f32 = 0.1;

fn weight(term: TermIndex, vocabulary: &Vocabulary) -> f32 {
    COMMON_WEIGHT + vocabulary.term(term).weight_here
}

/// What the words that both have weigh together.
pub(super) fn shared_weight(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> f32 {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = shorter.iter().filter(|word| longer.iter().any(|other| other.term == word.term));
    shared.map(|word| weight(word.term, vocabulary)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::prepare::Corpus;
    use crate::notes::example::article;

    /// A story of quotations of a few words each.
    fn story(mut seed: u32) -> String {
        let words = ["the", "ship", "bridge", "of", "harbour", "mayor", "never", "went", "to", "sea", "storm", "crew"];
        let mut below = |most: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 16) % most
        };
        let mut quotation = || -> String {
            let count = 2 + below(7);
            (0..count).map(|_| words[below(12) as usize]).collect::<Vec<_>>().join(" ")
        };
        (0..90).map(|_| format!("“We {},” he said.\n\n", quotation())).collect()
    }

    #[test]
    fn a_quotation_is_outdone_just_where_another_shares_more_whoever_asks_first() {
        let articles = [article("a.txt", &story(1)), article("b.txt", &story(2))];
        let corpus = Corpus::new(&articles.iter().collect::<Vec<_>>());
        let [a, b] = [0, 1].map(|at| Quoted::of(&corpus.articles[at], 2));
        assert!(a.runs.len() > MANY * 2 && b.runs.len() > MANY * 2);
        let mut outdone = 0;
        for (at, own) in a.runs.iter().enumerate() {
            for &but in &b.runs {
                let weight = shared_weight(own, but, &corpus.vocabulary);
                let pair = Pair { weight, vocabulary: &corpus.vocabulary };
                let more = |other: &&[Word]| {
                    other[0].span != but[0].span && shared_weight(own, other, &corpus.vocabulary) > weight + ROUNDING
                };
                let expected = b.runs.iter().any(more);
                assert_eq!(a.is_outdone(at, (ArticleIndex(1), &b), but, &pair), expected);
                outdone += usize::from(expected);
            }
        }
        assert!(outdone > 0 && outdone < a.runs.len() * b.runs.len());
    }
}
