//! Where the words of a sentence point, and how close two sentences point once what their articles are about is left out.
//!
//! Must never take in what a third article is about. Invariant: symmetric in the two sentences.

use super::candidates::UnitIndex;
use super::prepare::{Corpus, Word, vector_of};
use super::vectors::{Vector, dot};
use super::vocabulary::Vocabulary;

/// What some words mean.
#[derive(Debug)]
pub(super) struct Directions {
    /// The sum of the words' vectors by weight, of length one; of length zero where no word has one.
    whole: Vector,
    length: f32,
}

/// What two articles are about: the mean of both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic<'c> {
    of_articles: [&'c Vector; 2],
    /// The mean, multiplied with itself.
    square: f32,
}

/// How a direction stands to what two articles are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facing {
    /// How far it goes along that.
    along: f32,
    /// One over the length of what is left without that; 0 where nothing is left.
    apart: f32,
}

/// How close two directions are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Closeness {
    /// As they are.
    pub whole: f32,
    /// Without what the two articles are about.
    pub apart: f32,
}

/// What is shorter is nothing but rounding.
const LEAST_LEFT: f32 = 1e-3;

impl Directions {
    /// What some words mean.
    pub(super) fn of(words: &[Word], vocabulary: &Vocabulary) -> Self {
        let whole = vector_of(words, vocabulary);
        Self { length: dot(&whole, &whole), whole }
    }
}

impl<'c> Topic<'c> {
    /// What the articles of two sentences are about.
    pub(super) fn between(a: UnitIndex, b: UnitIndex, corpus: &'c Corpus) -> Self {
        let [a, b] = [a, b].map(|unit| usize::from(unit.article));
        let of_articles = [a, b].map(|article| &corpus.articles[article].topic);
        Self { of_articles, square: 0.25 * (corpus.topics(a, a) + corpus.topics(b, b) + 2.0 * corpus.topics(a, b)) }
    }

    /// How a direction stands to it.
    pub(super) fn faced_by(&self, direction: &Directions) -> Facing {
        let along = 0.5 * self.of_articles.map(|topic| dot(&direction.whole, topic)).iter().sum::<f32>();
        let left = (direction.length - 2.0 * along + self.square).max(0.0).sqrt();
        Facing { along, apart: if left > LEAST_LEFT { 1.0 / left } else { 0.0 } }
    }

    /// How close two are, each with how it stands to it.
    pub(super) fn closeness(&self, (x, of_x): (&Directions, Facing), (y, of_y): (&Directions, Facing)) -> Closeness {
        let whole = dot(&x.whole, &y.whole);
        let rest = whole - (of_x.along + of_y.along) + self.square;
        Closeness { whole, apart: rest * (of_x.apart * of_y.apart) }
    }
}
