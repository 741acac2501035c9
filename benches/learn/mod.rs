//! Labelled events, the trainer and the scorer, shared by the benchmarks `train` and `matching`.

pub mod event;
pub mod figures;
pub mod forest;

use crossread::compare::Model;
use crossread::compare::training::{self, Candidates, candidate_pairs, names_alone, names_among};
use crossread::text::ArticleIndex;

use self::event::Event;
use self::forest::{Rows, grow};

/// An event with its candidate pairs and their labels.
pub struct Lesson {
    event: Event,
    candidates: Candidates,
    labels: Vec<bool>,
    /// Pairs that look alike and carry different claims: these count for several.
    traps: Vec<usize>,
    /// Which event it is of: what is learned of it and what it is tried on are kept apart by that.
    nth: usize,
}

/// Of the pairs with strangers one in so many is learned from: they are told by what the articles share, and all of them would
/// teach that every name two articles have is a reason to link.
const STRANGE: usize = 10;

/// Prepares an event for training: as it is told, and in long sentences, in which a pair shares more by accident.
pub fn lessons((nth, event): (usize, &Event)) -> [Lesson; 2] {
    [event.clone(), event.in_long_sentences()].map(|event| lesson(nth, event))
}

fn lesson(nth: usize, event: Event) -> Lesson {
    let candidates = candidate_pairs(&event.with_strangers());
    let labels: Vec<bool> = candidates.pairs.iter().map(|pair| event.joined(pair.a, pair.b)).collect();
    let is_trap = |at: &usize| {
        let pair = &candidates.pairs[*at];
        !labels[*at] && event.looks_joined(pair.a, pair.b)
    };
    let traps = (0..labels.len()).filter(is_trap).flat_map(|at| [at; NEVER - 1]).collect();
    Lesson { event, candidates, labels, traps, nth }
}

impl Lesson {
    fn is_strange(&self, at: usize) -> bool {
        let pair = &self.candidates.pairs[at];
        pair.a.article.index().max(pair.b.article.index()) >= self.event.articles.len()
    }

    /// The rows to learn from of pairs among their rivals, each with its pair's place. Every two articles are seen in one company:
    /// by themselves, with a third, with all, with all and the strangers; for a reader opens two as often as five.
    fn among(&self, scores: &[f32]) -> Vec<(usize, Vec<f32>)> {
        let articles = |range: std::ops::Range<usize>| range.map(ArticleIndex::new);
        let own = self.event.articles.len();
        let all = own + event::STRANGERS;
        let mut rows = Vec::new();
        for (a, b) in (0..all).flat_map(|a| (a + 1..all).map(move |b| (a, b))) {
            let third = (0..own).find(|third| ![a, b].contains(third)).unwrap_or(a);
            let company: Vec<_> = match (a + b + self.nth) % 4 {
                0 => [a, b].map(ArticleIndex::new).to_vec(),
                1 => [a, b, third].map(ArticleIndex::new).to_vec(),
                2 if b < own => articles(0..own).collect(),
                _ => articles(0..all).collect(),
            };
            let among = self.candidates.among(scores, [a, b].map(ArticleIndex::new), &company);
            rows.extend(among.into_iter().filter(|(at, _)| !self.is_strange(*at) || at.is_multiple_of(STRANGE)));
        }
        rows
    }
}

/// How many folds the first scores of the later forests' training rows are made in.
const FOLDS: usize = 4;

/// For how many a pair counts that is labelled as one never to be linked, or never to be called divergent.
const NEVER: usize = 4;

/// Trains all forests. Those that learn from the output of others learn from what these say of events they had not seen
/// (stacking), but for an article as a stranger beside another event.
pub fn train(lessons: &[&Lesson]) -> Model {
    let of_fold = |fold: usize| {
        let (inside, others): (Vec<_>, Vec<_>) = lessons.iter().partition(|lesson| lesson.nth % FOLDS == fold);
        let model = train_links(&others);
        let mut suspects = Rows::default();
        for event in inside.iter().map(|lesson| &lesson.event) {
            for suspect in training::suspects(&event.articles, &model) {
                // What must never be flagged counts for several.
                let weight = if event.is_one_value(suspect.a, suspect.b) { NEVER } else { 1 };
                for _ in 0..weight {
                    suspects.labels.push(event.parts(suspect.kind, suspect.a, suspect.b));
                    suspects.rows.push(suspect.row.clone());
                }
            }
        }
        suspects
    };
    let suspects = side_by_side(of_fold).into_iter().fold(Rows::default(), |mut all, fold| {
        all.rows.extend(fold.rows);
        all.labels.extend(fold.labels);
        all
    });
    train_links(lessons).with_divergences(grow(&suspects, training::names_divergence(), 1.5))
}

/// Runs the folds on threads of their own; the results stand in the order of the folds.
fn side_by_side<T: Send>(of_fold: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let of_fold = &of_fold;
    std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || of_fold(fold))).collect();
        folds.into_iter().map(|fold| fold.join().expect("a fold ran to its end")).collect()
    })
}

/// Trains the forests that score links.
fn train_links(lessons: &[&Lesson]) -> Model {
    let alone_rows = |chosen: &dyn Fn(usize) -> bool| {
        let mut rows = Rows::default();
        for lesson in lessons.iter().filter(|lesson| chosen(lesson.nth)) {
            for (at, pair) in lesson.candidates.pairs.iter().enumerate().filter(|(at, _)| !lesson.is_strange(*at)) {
                rows.rows.push(pair.row.clone());
                rows.labels.push(lesson.labels[at]);
            }
            for &trap in &lesson.traps {
                rows.rows.push(lesson.candidates.pairs[trap].row.clone());
                rows.labels.push(false);
            }
        }
        rows
    };
    let folds = side_by_side(|fold| grow(&alone_rows(&|nth| nth % FOLDS != fold), names_alone(), 4.0));
    let mut among = Rows::default();
    for lesson in lessons {
        let scores: Vec<f32> = folds[lesson.nth % FOLDS]
            .scores(&lesson.candidates.pairs.iter().map(|pair| pair.row.as_slice()).collect::<Vec<_>>());
        for (at, row) in lesson.among(&scores) {
            let times = 1 + lesson.traps.iter().filter(|&&trap| trap == at).count();
            among.labels.extend(std::iter::repeat_n(lesson.labels[at], times));
            among.rows.extend(std::iter::repeat_n(row, times));
        }
    }
    let (alone, among) = (grow(&alone_rows(&|_| true), names_alone(), 4.0), grow(&among, names_among(), 4.0));
    Model::new(alone, among)
}
