//! A whole article in one column: the strongest mark of each stretch.
//!
//! Must never be made while drawing: it goes through all sentences. Invariant: one mark for each row of the column.

use super::super::rows::Rows;
use super::shelf::Shelf;
use crate::compare::{Agreement, SentenceMark};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteOffset};

/// What a stretch of an article holds, the weakest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    /// Nothing, or nothing is known.
    #[default]
    Plain,
    /// Passages that no other source has.
    OnlyHere,
    /// Shared passages.
    Shared,
    /// A passage in which sources diverge.
    Diverges,
    /// A note.
    Noted,
}

/// What the overview of an article is made of.
pub struct Survey<'a> {
    /// Which article.
    pub index: ArticleIndex,
    /// The article.
    pub article: &'a Article,
    /// Its rows.
    pub rows: &'a Rows,
    /// What is said of its sentences.
    pub marks: &'a [SentenceMark],
}

impl Survey<'_> {
    /// The overview in a column of `height` rows.
    pub fn stretches(&self, shelf: &Shelf, height: u16) -> Vec<Stretch> {
        let mut stretches = vec![Stretch::Plain; usize::from(height)];
        for mark in self.marks {
            let Some(sentence) = self.article.text.sentence(mark.sentence) else { continue };
            let stretch = match mark.agreement {
                Agreement::OnlyHere => Stretch::OnlyHere,
                Agreement::Same | Agreement::Reworded => Stretch::Shared,
                Agreement::Diverges => Stretch::Diverges,
            };
            self.raise(&mut stretches, sentence.span.start, stretch);
        }
        for place in shelf.places(self.index) {
            self.raise(&mut stretches, place.start, Stretch::Noted);
        }
        stretches
    }

    fn raise(&self, stretches: &mut [Stretch], at: ByteOffset, stretch: Stretch) {
        let place = line(self.rows.row_of(at).index(), self.rows.count().index(), stretches.len());
        if let Some(there) = stretches.get_mut(place) {
            *there = (*there).max(stretch);
        }
    }
}

/// The line of a column of `height` that stands for a row of `count`.
pub fn line(row: usize, count: usize, height: usize) -> usize {
    row * height / count.max(1)
}
