//! The scores of candidate pairs: each by itself, then among its rivals. What scored before is not scored again.
//!
//! Must never decide what is a link. Invariant: what is known from before changes how long it takes and nothing else.

use std::time::Instant;

use super::contrast;
use super::kept::{self, Known, Memory, Score};
use super::links::Scored;
use super::once::{self, OfSentences, Pair};
use super::prepare::Corpus;
use super::profile::Profile;
use super::rivals;
use super::seen::{self, Among, RivalPlaces, Seen};
use super::similarity::{self, Features};
use super::{Model, Options, parallel};

/// A pair that is no likelier by itself is no link, however it does among its rivals.
const HOPELESS: f32 = 0.004;

/// So many pairs have all their features in memory at once. Before so many are compared the clock is looked at.
const AT_ONCE: usize = 2048;

/// Scores all pairs, or as many as there is time for; what was left out is said. The pairs are let go of: the links need the room.
pub(super) fn score(pairs: Vec<Pair>, corpus: &Corpus, options: &Options) -> (Vec<Scored>, Option<String>) {
    let model = options.model();
    let memory = Memory::of(options, &pairs, corpus);
    let seen = see(&memory.unseen_of(&pairs), corpus, (model, options.deadline));
    let (mut known, rest) = memory.with(seen);
    let (compared, all) = (known.seen.len(), pairs.len());
    let pairs = &pairs[..compared];
    set_apart(pairs, &mut known, model);
    alone(&mut known, model);
    let scored = among(pairs, &mut known, (corpus, model));
    kept::keep((known, rest), options);
    let cut = || format!("time ran out: {compared} of {all} pairs of sentences were compared");
    (scored, (compared < all).then(cut))
}

/// The features of every pair by itself.
pub(super) fn rows(pairs: &[Pair], corpus: &Corpus) -> Vec<Features> {
    let of_some = |numbers: &[u32], profiles: &OfSentences<Profile>| features(pairs, numbers, profiles, corpus);
    let mut rows = once::over(pairs, |sentence| Profile::of(sentence, corpus), of_some);
    let leads = contrast::leads(pairs, |at| similarity::contrasted(&rows[at]));
    rows.iter_mut().zip(leads).for_each(|(row, leads)| similarity::set_apart(row, &leads));
    rows
}

/// The pairs as the model sees them, of as many as there is time for.
fn see(pairs: &[Pair], corpus: &Corpus, (model, deadline): (&Model, Option<Instant>)) -> Vec<Seen> {
    let is_over = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    let of_some = |numbers: &[u32], profiles: &OfSentences<Profile>| {
        let mut seen = Vec::with_capacity(numbers.len());
        for numbers in numbers.chunks(AT_ONCE) {
            if is_over() {
                break;
            }
            let rows = features(pairs, numbers, profiles, corpus);
            seen.extend(Seen::all(&rows, &model.among));
        }
        seen
    };
    once::over(pairs, |sentence| Profile::of(sentence, corpus), of_some)
}

/// What those of some pairs that have these numbers have in common.
fn features(pairs: &[Pair], numbers: &[u32], profiles: &OfSentences<Profile>, corpus: &Corpus) -> Vec<Features> {
    let pairs: Vec<_> = numbers.iter().map(|&at| pairs[at as usize]).collect();
    similarity::features(&pairs, profiles, corpus)
}

/// Finds out how every pair stands out from the pairs around it. Where that is new, its scores are.
fn set_apart(pairs: &[Pair], known: &mut Known, model: &Model) {
    let leads = contrast::leads(pairs, |at| known.seen[at].contrasted);
    for (first, some) in (0..).step_by(AT_ONCE).zip(leads.chunks(AT_ONCE)) {
        let places = seen::leads(some, &model.among);
        (first..).zip(places).for_each(|(at, places)| known.set_apart(at, places));
    }
}

/// Finds the score by itself of every pair of which it is not known.
fn alone(known: &mut Known, model: &Model) {
    let pairs = || known.seen.iter().zip(&known.scores);
    let seen: Vec<_> = pairs().filter(|(_, scores)| scores.alone.get().is_none()).map(|(seen, _)| seen).collect();
    let scores = model.alone.scores_of_places(&seen);
    let unknown = known.scores.iter_mut().filter(|scores| scores.alone.get().is_none());
    unknown.zip(scores).for_each(|(scores, score)| scores.alone = Score::of(score));
}

/// The score among its rivals of every pair that is not hopeless.
fn among(pairs: &[Pair], known: &mut Known, (corpus, model): (&Corpus, &Model)) -> Vec<Scored> {
    let alone: Vec<f32> = known.scores.iter().map(|scores| scores.alone.get().unwrap_or_default()).collect();
    let rivals = rivals::Scores::new(pairs, &alone, &corpus.lengths());
    let hopeful: Vec<_> = (0u32..).zip(&alone).filter(|(_, score)| **score >= HOPELESS).map(|(at, _)| at).collect();
    let mut scored = Vec::with_capacity(hopeful.len());
    for some in hopeful.chunks(AT_ONCE) {
        let of_pair = |laid: &mut _, &at: &u32| {
            let (a, b) = pairs[at as usize];
            rivals.features(a, b, laid)
        };
        let around = parallel::map_with(some, || rivals.room(), of_pair);
        let places = seen::rivals(&around, &model.among);
        let is_new = |(at, places): &(&u32, RivalPlaces)| known.scores[**at as usize].is_new_among(places);
        let unknown: Vec<_> = some.iter().zip(places).filter(is_new).collect();
        let rows: Vec<_> = unknown.iter().map(|&(&at, places)| Among(&known.seen[at as usize], places)).collect();
        let scores = model.among.scores_of_places(&rows);
        let scored_anew = unknown.into_iter().zip(scores);
        scored_anew.for_each(|((&at, places), score)| known.scores[at as usize].set_among(places, score));
        let of_pair = |&at: &u32| {
            let ((a, b), score) = (pairs[at as usize], known.scores[at as usize].among()?);
            Some(Scored { a, b, score })
        };
        scored.extend(some.iter().filter_map(of_pair));
    }
    scored
}
