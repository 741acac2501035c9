//! What pairs of sentences scored in the comparison before, known again by fingerprints of all that their scores are made of: where a
//! source is added or changed, the others are not compared anew.
//!
//! Must never hand out a score that was made of other numbers. Invariant: with it or without it a comparison is the same.

use std::sync::Mutex;

use super::Options;
use super::candidates::UnitIndex;
use super::fingerprint::{fingerprint, of_numbers};
use super::parallel;
use super::prepare::{Corpus, Prepared, Unit, Word};
use super::rivals::RivalFeatures;
use super::similarity::{CONTRASTED, Leads};
use super::speech::Speaker;
use super::vocabulary::{TermClass, Vocabulary};

/// What the pairs of the last comparison scored, sorted by the pairs' fingerprints. Takes some fifty bytes for each.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Vec<(u64, Known)>>);

/// What is known of one pair.
#[derive(Debug, Clone, Copy)]
struct Known {
    /// Those of its features whose contrast with the pairs around is taken.
    contrasted: [f32; CONTRASTED.len()],
    alone: Score,
    /// Among its rivals; of nothing where the pair is hopeless.
    among: Score,
}

/// A score, with a fingerprint of those numbers it was made of that can change while the two sentences stay.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    of: u64,
    score: f32,
}

/// What is known of the pairs in hand; of none of them where nothing is kept.
pub(super) struct Memory {
    names: Vec<u64>,
    known: Vec<Option<Known>>,
}

impl Memory {
    /// Recalls what the options keep of some pairs.
    pub(super) fn of(options: &Options, pairs: &[(UnitIndex, UnitIndex)], corpus: &Corpus) -> Self {
        let Some(kept) = kept_by(options) else { return Self { names: Vec::new(), known: Vec::new() } };
        // Two comparisons at once do not wait for each other: one of them knows nothing.
        let before = kept.0.lock().map(|mut kept| std::mem::take(&mut *kept)).unwrap_or_default();
        let sentences = parallel::map_large(&corpus.articles, |article| names(article, &corpus.vocabulary));
        let name = |at: UnitIndex| sentences[usize::from(at.article)][at.unit as usize];
        let names: Vec<_> = pairs.iter().map(|&(a, b)| fingerprint(&(name(a), name(b)))).collect();
        let known = |name: &u64| before.binary_search_by_key(name, |entry| entry.0).ok().map(|at| before[at].1);
        Self { known: names.iter().map(known).collect(), names }
    }

    /// Those features of a pair whose contrast is taken, where it is known.
    pub(super) fn contrasted(&self, at: u32) -> Option<[f32; CONTRASTED.len()]> {
        self.get(at).map(|known| known.contrasted)
    }

    /// The score of a pair by itself, where it stood out from the pairs around it by as much.
    pub(super) fn alone(&self, at: u32, leads: &Leads) -> Option<f32> {
        let alone = self.get(at)?.alone;
        (alone.of == of_numbers([leads.as_flattened()])).then_some(alone.score)
    }

    /// The score of a pair among its rivals, where these were the same to it.
    pub(super) fn among(&self, at: u32, leads: &Leads, rivals: &RivalFeatures) -> Option<f32> {
        let among = self.get(at)?.among;
        (among.of == of_numbers([leads.as_flattened(), rivals])).then_some(among.score)
    }

    /// Takes note of a pair and its score by itself.
    pub(super) fn found_alone(&mut self, at: u32, contrasted: [f32; CONTRASTED.len()], (leads, score): (&Leads, f32)) {
        if let Some(known) = self.known.get_mut(at as usize) {
            let alone = Score { of: of_numbers([leads.as_flattened()]), score };
            *known = Some(Known { contrasted, alone, among: Score::default() });
        }
    }

    /// Takes note of the score of a pair among its rivals.
    pub(super) fn found_among(&mut self, at: u32, leads: &Leads, (rivals, score): (&RivalFeatures, f32)) {
        if let Some(Some(known)) = self.known.get_mut(at as usize) {
            known.among = Score { of: of_numbers([leads.as_flattened(), rivals]), score };
        }
    }

    /// Leaves it all to the options for the next comparison.
    pub(super) fn keep(self, options: &Options) {
        let known = self.names.into_iter().zip(self.known);
        let mut all: Vec<_> = known.filter_map(|(name, known)| Some((name, known?))).collect();
        all.sort_unstable_by_key(|entry| entry.0);
        if let Some(mut kept) = kept_by(options).and_then(|kept| kept.0.lock().ok()) {
            *kept = all;
        }
    }

    fn get(&self, at: u32) -> Option<&Known> {
        self.known.get(at as usize)?.as_ref()
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
        (of_two.iter().filter(|&&at| memory.contrasted(at as u32).is_some()).count(), of_two.len())
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
        assert!(kept.0.lock().unwrap().is_empty());
    }
}
