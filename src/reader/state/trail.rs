//! Where the reader has been, what they marked and what they typed: the jump list, the marks and the lines.
//!
//! Must never move anything. Invariant: no place stands in the list twice, the last one last.

use std::collections::BTreeMap;

use super::Purpose;
use crate::text::{ArticleIndex, ByteOffset};

/// Most places kept.
const MOST_PLACES: usize = 100;

/// A position of one source's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The source.
    pub article: ArticleIndex,
    /// The position in its text.
    pub offset: ByteOffset,
}

/// The jump list and the marks.
#[derive(Debug, Clone, Default)]
pub struct Trail {
    places: Vec<Place>,
    /// How far along the list the reader stands; its length where they stand at its end.
    at: usize,
    /// Where the reader stood before the last jump.
    before: Option<Place>,
    marks: BTreeMap<char, Place>,
    /// The lines typed, the last one last.
    lines: Vec<(Purpose, String)>,
}

impl Trail {
    /// Keeps a line that was typed.
    pub fn typed(&mut self, purpose: Purpose, line: &str) {
        self.lines.retain(|(kept, words)| *kept != purpose || words != line);
        self.lines.push((purpose, line.to_owned()));
        if self.lines.len() > MOST_PLACES {
            self.lines.remove(0);
        }
    }

    /// The line typed for a purpose, `back` before the last one.
    pub fn line(&self, purpose: Purpose, back: usize) -> Option<&str> {
        let mut lines = self.lines.iter().rev().filter(|(kept, _)| *kept == purpose);
        lines.nth(back).map(|(_, line)| line.as_str())
    }

    /// Keeps the place that a jump leaves.
    pub fn leave(&mut self, here: Place) {
        self.places.retain(|kept| *kept != here);
        self.places.push(here);
        if self.places.len() > MOST_PLACES {
            self.places.remove(0);
        }
        self.at = self.places.len();
        self.before = Some(here);
    }

    /// The place `steps` back along the list (on where negative), for a reader who stands `here`; the last there is where it
    /// is shorter. `None` at its end.
    pub fn walk(&mut self, here: Place, steps: i32) -> Option<Place> {
        if steps > 0 && self.at == self.places.len() {
            // What is left at the end of the list is kept, so that walking on comes back to it.
            let before = self.before;
            self.leave(here);
            self.before = before;
            self.at = self.places.len() - 1;
        }
        let last = i64::try_from(self.places.len().checked_sub(1)?).unwrap_or(i64::MAX);
        let from = i64::try_from(self.at).unwrap_or(last);
        let to = usize::try_from((from - i64::from(steps)).clamp(0, last)).unwrap_or(0);
        let place = self.places.get(to).copied().filter(|place| to != self.at && *place != here)?;
        self.at = to;
        self.before = Some(here);
        Some(place)
    }

    /// Where the reader stood before the last jump.
    pub fn before(&self) -> Option<Place> {
        self.before
    }

    /// Marks a place.
    pub fn mark(&mut self, letter: char, place: Place) {
        self.marks.insert(letter, place);
    }

    /// The place with a mark.
    pub fn marked(&self, letter: char) -> Option<Place> {
        self.marks.get(&letter).copied()
    }

    /// Moves the places of one source to where they are in its text as it was read again.
    pub fn carry(&mut self, article: ArticleIndex, to: impl Fn(ByteOffset) -> ByteOffset) {
        let kept = self.places.iter_mut().chain(self.before.as_mut()).chain(self.marks.values_mut());
        kept.filter(|place| place.article == article).for_each(|place| place.offset = to(place.offset));
        let all = std::mem::take(&mut self.places);
        let later = |at: usize| all[at + 1..].iter().any(|place| *place == all[at]);
        self.places = (0..all.len()).filter(|&at| !later(at)).map(|at| all[at]).collect();
        self.at = self.at.min(self.places.len());
    }

    /// The letters that mark a place, in order.
    pub fn letters(&self) -> impl Iterator<Item = char> {
        self.marks.keys().copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(offset: usize) -> Place {
        Place { article: ArticleIndex(0), offset: ByteOffset::new(offset) }
    }

    #[test]
    fn the_list_is_walked_back_and_on_again() {
        let mut trail = Trail::default();
        trail.leave(place(1));
        trail.leave(place(2));
        assert_eq!(trail.walk(place(3), 1), Some(place(2)));
        assert_eq!(trail.walk(place(2), 1), Some(place(1)));
        assert_eq!(trail.walk(place(1), 1), None);
        assert_eq!(trail.walk(place(1), -1), Some(place(2)));
        assert_eq!(trail.walk(place(2), -5), Some(place(3)));
        assert_eq!(trail.walk(place(3), -1), None);
    }

    #[test]
    fn places_are_carried_into_a_text_that_was_read_again_and_fall_together_once() {
        let mut trail = Trail::default();
        trail.leave(place(1));
        trail.leave(place(2));
        trail.mark('a', place(2));
        trail.carry(ArticleIndex(0), |_| ByteOffset::new(7));
        assert_eq!(trail.places, [place(7)]);
        assert_eq!((trail.before(), trail.marked('a')), (Some(place(7)), Some(place(7))));
        trail.carry(ArticleIndex(1), |_| ByteOffset::new(9));
        assert_eq!(trail.places, [place(7)]);
    }

    #[test]
    fn a_place_stands_in_the_list_once_and_the_list_does_not_grow_for_ever() {
        let mut trail = Trail::default();
        (0..500).for_each(|at| trail.leave(place(at % 150)));
        assert_eq!(trail.places.len(), MOST_PLACES);
        trail.leave(place(120));
        assert_eq!(trail.places.iter().filter(|kept| **kept == place(120)).count(), 1);
    }

    #[test]
    fn an_empty_list_leads_nowhere() {
        let mut trail = Trail::default();
        assert_eq!(trail.walk(place(1), -1), None);
        assert_eq!((trail.before(), trail.marked('a')), (None, None));
    }
}
