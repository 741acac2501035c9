//! The scores of candidate pairs: each by itself, then among its rivals. What scored before is not scored again.
//!
//! Must never decide what is a link. Invariant: what is known from before changes how long it takes and nothing else.

use std::borrow::Cow;
use std::ops::Range;
use std::time::Instant;

use super::contrast;
use super::kept::Memory;
use super::links::Scored;
use super::once::{self, OfSentences, Pair};
use super::prepare::Corpus;
use super::profile::Profile;
use super::rivals::{self, Among, RivalFeatures};
use super::similarity::{self, Features, Leads};
use super::{Model, Options, parallel};

/// A pair that is no likelier by itself is no link, however it does among its rivals.
const HOPELESS: f32 = 0.004;

/// So many pairs are laid out among their rivals at once: a book has some hundred thousand.
const AMONG_AT_ONCE: usize = 1 << 14;

/// Scores all pairs, or as many as there is time for; what was left out is said.
pub(super) fn score(pairs: &[Pair], corpus: &Corpus, options: &Options) -> (Vec<Scored>, Option<String>) {
    let mut memory = Memory::of(options, pairs, corpus);
    let mut rows = Rows::new(pairs, corpus);
    let unknown: Vec<_> = rows.numbers().filter(|&at| memory.contrasted(at).is_none()).collect();
    let made = rows.make(&unknown, options.deadline);
    let cut = unknown.get(made).map(|&first| {
        rows.pairs = &pairs[..first as usize];
        format!("time ran out: {first} of {} pairs of sentences were compared", pairs.len())
    });
    rows.set_apart(&memory);
    let alone = alone(&mut rows, &mut memory, options.model());
    let scored = among(&mut rows, &alone, &mut memory, options.model());
    if cut.is_none() {
        memory.keep(options);
    }
    (scored, cut)
}

/// The features of every pair by itself.
pub(super) fn rows(pairs: &[Pair], corpus: &Corpus) -> Vec<Features> {
    let mut rows = Rows::new(pairs, corpus);
    rows.make(&rows.numbers().collect::<Vec<_>>(), None);
    rows.set_apart(&Memory::of(&Options::default(), pairs, corpus));
    rows.made
}

/// The score of every pair by itself.
fn alone(rows: &mut Rows, memory: &mut Memory, model: &Model) -> Vec<f32> {
    let mut scores: Vec<_> = rows.numbers().map(|at| memory.alone(at, rows.leads(at))).collect();
    let unknown: Vec<_> = rows.numbers().filter(|&at| scores[at as usize].is_none()).collect();
    rows.make(&unknown, None);
    let of_unknown: Vec<_> = unknown.iter().map(|&at| rows.get(at)).collect();
    for (&at, score) in unknown.iter().zip(model.alone.scores(&of_unknown)) {
        scores[at as usize] = Some(score);
        memory.found_alone(at, similarity::contrasted(rows.get(at)), (rows.leads(at), score));
    }
    scores.into_iter().flatten().collect()
}

/// The score among its rivals of every pair that is not hopeless.
fn among(rows: &mut Rows, alone: &[f32], memory: &mut Memory, model: &Model) -> Vec<Scored> {
    let pairs = rows.pairs;
    let rivals = rivals::Scores::new(pairs, alone, &rows.corpus.lengths());
    let hopeful: Vec<_> = rows.numbers().filter(|&at| alone[at as usize] >= HOPELESS).collect();
    let mut scored = Vec::with_capacity(hopeful.len());
    for some in hopeful.chunks(AMONG_AT_ONCE) {
        let of_pair = |laid: &mut _, &at: &u32| {
            let (a, b) = pairs[at as usize];
            rivals.features(a, b, laid)
        };
        let around = parallel::map_with(some, || rivals.room(), of_pair);
        let known = |(&at, around): (&u32, &RivalFeatures)| memory.among(at, rows.leads(at), around);
        let mut scores: Vec<_> = some.iter().zip(&around).map(known).collect();
        let unknown: Vec<_> = (0..some.len()).filter(|&which| scores[which].is_none()).collect();
        rows.make(&unknown.iter().map(|&which| some[which]).collect::<Vec<_>>(), None);
        let full: Vec<_> = unknown.iter().map(|&which| Among(rows.get(some[which]), &around[which])).collect();
        for (which, score) in unknown.into_iter().zip(model.among.scores(&full)) {
            scores[which] = Some(score);
            memory.found_among(some[which], rows.leads(some[which]), (&around[which], score));
        }
        let of_pair = |(&at, score): (&u32, Option<f32>)| {
            let (a, b) = pairs[at as usize];
            Some(Scored { a, b, score: score? })
        };
        scored.extend(some.iter().zip(scores).filter_map(of_pair));
    }
    scored
}

/// The features of those pairs of which they are wanted.
struct Rows<'r> {
    pairs: &'r [Pair],
    corpus: &'r Corpus<'r>,
    made: Vec<Features>,
    /// For every pair which row it has.
    places: Vec<u32>,
    /// How every pair stands out from the pairs around it; empty until that is known.
    leads: Vec<Leads>,
}

/// The place of a row that is not made.
const NOWHERE: u32 = u32::MAX;

impl<'r> Rows<'r> {
    fn new(pairs: &'r [Pair], corpus: &'r Corpus<'r>) -> Self {
        Self { pairs, corpus, made: Vec::new(), places: vec![NOWHERE; pairs.len()], leads: Vec::new() }
    }

    /// The numbers of all pairs.
    fn numbers(&self) -> Range<u32> {
        0..self.pairs.len() as u32
    }

    /// The row of a pair that has one.
    fn get(&self, at: u32) -> &Features {
        &self.made[self.places[at as usize] as usize]
    }

    /// How a pair stands out from the pairs around it.
    fn leads(&self, at: u32) -> &Leads {
        &self.leads[at as usize]
    }

    /// Makes the rows of those of some pairs (ascending) that have none, of as many as there is time for. Answers how many that were.
    fn make(&mut self, wanted: &[u32], deadline: Option<Instant>) -> usize {
        let missing: Vec<_> = wanted.iter().copied().filter(|&at| self.places[at as usize] == NOWHERE).collect();
        let pairs = if missing.len() == self.pairs.len() {
            Cow::Borrowed(self.pairs)
        } else {
            missing.iter().map(|&at| self.pairs[at as usize]).collect()
        };
        let fresh = features(&pairs, self.corpus, deadline);
        for (&at, place) in missing.iter().zip(self.made.len() as u32..).take(fresh.len()) {
            self.places[at as usize] = place;
        }
        let done = fresh.len();
        // All rows of a book are not copied.
        if self.made.is_empty() {
            self.made = fresh;
        } else {
            self.made.extend(fresh);
        }
        self.lay_leads(&missing[..done]);
        done
    }

    /// Finds out how every pair stands out from the pairs around it, by its row or by what is known of it.
    fn set_apart(&mut self, memory: &Memory) {
        let contrasted = |at| memory.contrasted(at).unwrap_or_else(|| similarity::contrasted(self.get(at)));
        let values: Vec<_> = self.numbers().map(contrasted).collect();
        self.leads = contrast::leads(self.pairs, &values);
        let with_row: Vec<_> = self.numbers().filter(|&at| self.places[at as usize] != NOWHERE).collect();
        self.lay_leads(&with_row);
    }

    /// Writes into the rows of some pairs how these stand out, where that is known.
    fn lay_leads(&mut self, of: &[u32]) {
        if self.leads.is_empty() {
            return;
        }
        for &at in of {
            similarity::set_apart(&mut self.made[self.places[at as usize] as usize], &self.leads[at as usize]);
        }
    }
}

/// What each of the pairs has in common, of as many as there is time for.
fn features(pairs: &[Pair], corpus: &Corpus, deadline: Option<Instant>) -> Vec<Features> {
    let is_over = || deadline.is_some_and(|deadline| Instant::now() >= deadline);
    let of_some = |numbers: &[u32], profiles: &OfSentences<Profile>| {
        (!is_over()).then(|| {
            let pairs: Vec<_> = numbers.iter().map(|&at| pairs[at as usize]).collect();
            similarity::features(&pairs, profiles, corpus)
        })
    };
    once::over(pairs, |sentence| Profile::of(sentence, corpus), of_some)
}
