//! Where the words of a sentence point, and how close two sentences point once what their articles are about is left out.
//!
//! Must never take in what a third article is about. Invariant: symmetric in the two sentences.

use super::prepare::{Prepared, Word, vector_of};
use super::vectors::{Vector, dot};
use super::vocabulary::Vocabulary;

/// What some words mean.
#[derive(Debug)]
pub(super) struct Directions {
    /// The sum of the words' vectors by weight, of length one; of length zero where no word has one.
    whole: Vector,
    length: f32,
    /// How far it goes along what its own article is about.
    along_own: f32,
}

/// What two articles are about: the mean of both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Topic<'p> {
    a: &'p Vector,
    b: &'p Vector,
    /// The mean, multiplied with itself.
    square: f32,
}

/// A direction, as it stands to what two articles are about.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facing<'d> {
    whole: &'d Vector,
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

impl<'p> Topic<'p> {
    pub(super) fn between(a: &'p Prepared, b: &'p Prepared) -> Self {
        let (a, b) = (&a.topic, &b.topic);
        Self { a, b, square: 0.25 * (dot(a, a) + dot(b, b) + 2.0 * dot(a, b)) }
    }

    /// How a direction of the first article stands to it.
    pub(super) fn of_a<'d>(&self, direction: &'d Directions) -> Facing<'d> {
        self.facing(direction, self.b)
    }

    /// How a direction of the second article stands to it.
    pub(super) fn of_b<'d>(&self, direction: &'d Directions) -> Facing<'d> {
        self.facing(direction, self.a)
    }

    fn facing<'d>(&self, direction: &'d Directions, others: &Vector) -> Facing<'d> {
        let along = 0.5 * (direction.along_own + dot(&direction.whole, others));
        let left = (direction.length - 2.0 * along + self.square).max(0.0).sqrt();
        Facing { whole: &direction.whole, along, apart: if left > LEAST_LEFT { 1.0 / left } else { 0.0 } }
    }

    /// How close two are.
    pub(super) fn closeness(&self, x: &Facing, y: &Facing) -> Closeness {
        let whole = dot(x.whole, y.whole);
        let rest = whole - (x.along + y.along) + self.square;
        Closeness { whole, apart: rest * (x.apart * y.apart) }
    }
}

/// What is shorter is nothing but rounding.
const LEAST_LEFT: f32 = 1e-3;

impl Directions {
    /// What some words of an article mean.
    pub(super) fn of(words: &[Word], article: &Prepared, vocabulary: &Vocabulary) -> Self {
        let whole = vector_of(words, vocabulary);
        Self { length: dot(&whole, &whole), along_own: dot(&whole, &article.topic), whole }
    }
}
