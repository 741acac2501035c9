//! What pairs of sentences scored in the comparison before, known again by fingerprints of the two sentences: where a source is added
//! or changed, the others are not compared anew.
//!
//! Must never hand out a score of a pair that the forests would tell from this. Invariant: with it or without it a comparison is the
//! same.

use std::borrow::Cow;
use std::sync::Mutex;

use super::Options;
use super::candidates::UnitIndex;
use super::fingerprint::fingerprint;
use super::once::Pair;
use super::parallel;
use super::prepare::{Corpus, Prepared, Unit, Word};
use super::seen::{LeadPlaces, RivalPlaces, Seen};
use super::speech::Speaker;
use super::vocabulary::{TermClass, Vocabulary};

/// What is known of the pairs of the last comparison. Takes some hundred bytes for each.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Before>);

/// What is known of some pairs, and their numbers sorted by their fingerprints.
#[derive(Debug, Default)]
struct Before {
    known: Known,
    by_name: Vec<u32>,
}

impl Before {
    /// The number of the pair with a fingerprint.
    fn find(&self, name: u64) -> Option<u32> {
        let place = self.by_name.binary_search_by_key(&name, |&at| self.known.names[at as usize]).ok()?;
        Some(self.by_name[place])
    }
}

/// What is known of some pairs, of each at its number. List by list, since most is found out of all pairs before anything else is.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// Their fingerprints; none where nothing is kept.
    names: Vec<u64>,
    pub seen: Vec<Seen>,
    pub scores: Vec<Scores>,
}

/// What a pair scored.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Scores {
    /// By itself.
    pub alone: Score,
    /// Among its rivals, where it stands so among them; not known where the pair is hopeless.
    among: Score,
    places: RivalPlaces,
}

/// A score, or none yet, which is told by what no score is (NaN): it takes no more room than a score, and a comparison holds it of all
/// pairs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Score(f32);

impl Default for Score {
    fn default() -> Self {
        Self(f32::NAN)
    }
}

impl Score {
    /// A score that is known.
    pub(super) fn of(score: f32) -> Self {
        Self(score)
    }

    /// The score, where it is known.
    pub(super) fn get(self) -> Option<f32> {
        Some(self.0).filter(|score| !score.is_nan())
    }
}

impl Scores {
    /// The score among its rivals.
    pub(super) fn among(&self) -> Option<f32> {
        self.among.get()
    }

    /// Whether the score among its rivals must be found, where the pair does so among them.
    pub(super) fn is_new_among(&self, places: &RivalPlaces) -> bool {
        self.among().is_none() || self.places != *places
    }

    /// Takes in the score among its rivals.
    pub(super) fn set_among(&mut self, places: RivalPlaces, score: f32) {
        (self.places, self.among) = (places, Score::of(score));
    }
}

impl Known {
    fn with_capacity(count: usize) -> Self {
        let (seen, scores) = (Vec::with_capacity(count), Vec::with_capacity(count));
        Self { names: Vec::with_capacity(count), seen, scores }
    }

    /// Takes in what was known of a pair.
    fn recall(&mut self, before: &Self, at: u32) {
        self.names.push(before.names[at as usize]);
        self.seen.push(before.seen[at as usize]);
        self.scores.push(before.scores[at as usize]);
    }

    /// Takes in how a pair stands out from those around it. Where that is new, its scores are.
    pub(super) fn set_apart(&mut self, at: usize, leads: LeadPlaces) {
        if self.seen[at].set_apart(leads) {
            self.scores[at] = Scores::default();
        }
    }
}

/// What is known of some pairs from the comparison before: of none of them anything where nothing is kept.
#[derive(Debug, Default)]
pub(super) struct Memory {
    /// The pairs' fingerprints; none where nothing is kept.
    names: Vec<u64>,
    before: Before,
    /// The numbers of pairs of which something is known, ascending, each with the number that it had before.
    recalled: Vec<(u32, u32)>,
    /// The numbers of the pairs of which nothing is known.
    unseen: Vec<u32>,
}

impl Memory {
    /// Recalls what the options keep of some pairs.
    pub(super) fn of(options: &Options, pairs: &[Pair], corpus: &Corpus) -> Self {
        let numbers = (0u32..).take(pairs.len());
        let Some(kept) = kept_by(options) else { return Self { unseen: numbers.collect(), ..Self::default() } };
        // Two comparisons at once do not wait for each other: one of them knows nothing.
        let before = kept.0.lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default();
        let sentences = parallel::map_large(&corpus.articles, |article| names(article, &corpus.vocabulary));
        let name = |at: UnitIndex| sentences[usize::from(at.article)][at.unit as usize];
        let names: Vec<_> = pairs.iter().map(|&(a, b)| fingerprint(&(name(a), name(b)))).collect();
        let (mut recalled, mut unseen) = (Vec::new(), Vec::new());
        for (at, name) in numbers.zip(&names) {
            match before.find(*name) {
                Some(known) => recalled.push((at, known)),
                None => unseen.push(at),
            }
        }
        // Nothing of it is needed any more where nothing is recalled.
        let before = if recalled.is_empty() { Before::default() } else { before };
        Self { names, before, recalled, unseen }
    }

    /// Those of the pairs that have not been seen.
    pub(super) fn unseen_of<'p>(&self, pairs: &'p [Pair]) -> Cow<'p, [Pair]> {
        if self.recalled.is_empty() {
            return Cow::Borrowed(pairs);
        }
        self.unseen.iter().map(|&at| pairs[at as usize]).collect()
    }

    /// All pairs, with how those unseen are seen now, in order. If there was no time for some of these, then only the pairs before the
    /// first of them, and beside them what is known of those after it.
    pub(super) fn with(mut self, seen: Vec<Seen>) -> (Known, Known) {
        let all = self.unseen.len() + self.recalled.len();
        let all = self.unseen.get(seen.len()).map_or(all, |&at| at as usize);
        if self.recalled.is_empty() {
            self.names.truncate(all);
            let scores = vec![Scores::default(); all];
            return (Known { names: self.names, seen, scores }, Known::default());
        }
        let before = &self.before.known;
        let (mut recalled, mut seen) = (self.recalled.into_iter().peekable(), seen.into_iter());
        let mut known = Known::with_capacity(all);
        for at in 0..all {
            match recalled.next_if(|(place, _)| *place as usize == at) {
                Some((_, before_at)) => known.recall(before, before_at),
                None => {
                    known.names.extend(self.names.get(at));
                    known.seen.extend(seen.next());
                    known.scores.push(Scores::default());
                }
            }
        }
        let mut rest = Known::default();
        recalled.for_each(|(_, at)| rest.recall(before, at));
        (known, rest)
    }
}

/// Leaves what is known of some pairs, and of those that there was no time for, to the options for the next comparison.
pub(super) fn keep((mut known, rest): (Known, Known), options: &Options) {
    if let Some(mut kept) = kept_by(options).and_then(|kept| kept.0.lock().ok()) {
        (0..).take(rest.names.len()).for_each(|at| known.recall(&rest, at));
        let mut by_name: Vec<u32> = (0..).take(known.names.len()).collect();
        by_name.sort_unstable_by_key(|&at| known.names[at as usize]);
        *kept = Before { known, by_name };
    }
}

/// Where scores are kept. What another model than the shipped one says is not.
fn kept_by<'o>(options: &Options<'o>) -> Option<&'o Kept> {
    options.kept.filter(|_| options.model.is_none())
}

/// For every sentence of an article a fingerprint of all that it brings to its pairs.
fn names(article: &Prepared, vocabulary: &Vocabulary) -> Vec<u64> {
    let word = |word: &Word| (vocabulary.term(word.term).class == TermClass::Name, vocabulary.joined(word.term));
    let speaker = |speaker: &Speaker| {
        let terms: Vec<_> = speaker.terms.iter().map(|&term| vocabulary.term(term).stem.as_str()).collect();
        fingerprint(&(speaker.named, terms))
    };
    let name = |(number, unit): (usize, &Unit)| {
        let words: Vec<_> = unit.words.iter().map(word).collect();
        let meant = unit.meant.map(|meant| (meant.span, vocabulary.term(meant.term).stem.as_str()));
        fingerprint(&(article.print, number, words, meant, unit.speaker.as_ref().map(speaker)))
    };
    article.units.iter().enumerate().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{candidates, compare, order};
    use crate::notes::example::article;
    use crate::source::Article;

    const FIRST: &str = "The ferry Alba struck the north pier on Tuesday. Captain Ada Pell said the steering failed. \
        Six people were hurt. The pier stays closed for a month.";
    const SECOND: &str = "Ada Pell, captain of the Alba, blamed the steering. The ferry hit a pier on Tuesday and hurt six \
        passengers. For a month nobody may walk on the pier.";
    const THIRD: &str = "Rain fell on the north pier. A ferry struck it on Tuesday, and six were hurt.";

    /// Of the pairs of sentences of some articles but the one with the third text how many are known after a comparison of others,
    /// and how many there are.
    fn known(before: &[Article], now: &[Article]) -> (usize, usize) {
        let kept = Kept::default();
        let options = Options { kept: Some(&kept), ..Options::default() };
        compare(before, &options);
        let now: Vec<_> = order::canonical(now).into_iter().map(|at| &now[at.index()]).collect();
        let corpus = Corpus::new(&now);
        let pairs = candidates::candidates(&corpus);
        let memory = Memory::of(&options, &pairs, &corpus);
        let is_third = |at: UnitIndex| now[usize::from(at.article)].text.content() == THIRD;
        let of_two: Vec<_> = (0..pairs.len()).filter(|&at| !is_third(pairs[at].0) && !is_third(pairs[at].1)).collect();
        (of_two.iter().filter(|&&at| !memory.unseen.contains(&(at as u32))).count(), of_two.len())
    }

    #[test]
    fn a_score_is_unknown_until_it_is_told() {
        assert_eq!((Score::default().get(), Score::of(0.0).get()), (None, Some(0.0)));
    }

    #[test]
    fn a_third_source_leaves_what_two_scored_known() {
        let [first, second, third] =
            [("a", FIRST), ("b", SECOND), ("c", THIRD)].map(|(name, text)| article(name, text));
        let two = [first, second];
        let (known, all) = known(&two, &[two.to_vec(), vec![third]].concat());
        assert!(known == all && all > 3, "{known} of {all}");
    }

    #[test]
    fn a_source_that_was_written_again_is_not_known() {
        let again = SECOND.replace("a month", "a year");
        let [first, second, again] =
            [("a", FIRST), ("b", SECOND), ("b", &again)].map(|(name, text)| article(name, text));
        let (known, all) = known(&[first.clone(), second], &[first, again]);
        assert!(known == 0 && all > 3, "{known} of {all}");
    }

    #[test]
    fn another_model_does_not_learn_what_the_shipped_one_says() {
        let model = crate::compare::Model::default();
        let kept = Kept::default();
        compare(
            &[article("a", FIRST), article("b", SECOND)],
            &Options { kept: Some(&kept), model: Some(&model), ..Options::default() },
        );
        assert!(kept.0.lock().unwrap().known.seen.is_empty());
    }
}
