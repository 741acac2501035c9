//! A whole article in one column: the strongest mark of each stretch.
//!
//! Must never be made while drawing: it goes through all sentences. Invariant: one mark for each row of the column.

use super::super::rows::Rows;
use super::shelf::Shelf;
use crate::compare::{Agreement, SentenceMark};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteOffset, RowIndex};

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
        let beginnings = self.beginnings(stretches.len());
        let mut place = 0;
        for mark in self.marks {
            let Some(sentence) = self.article.text.sentence(mark.sentence) else { continue };
            // Marks come in the order of the text.
            while beginnings.get(place).is_some_and(|start| *start <= sentence.span.start) {
                place += 1;
            }
            let stretch = match mark.agreement {
                Agreement::OnlyHere => Stretch::OnlyHere,
                Agreement::Same | Agreement::Reworded => Stretch::Shared,
                Agreement::Diverges => Stretch::Diverges,
            };
            raise(&mut stretches, place, stretch);
        }
        for span in shelf.places(self.index) {
            let place = beginnings.partition_point(|start| *start <= span.start);
            raise(&mut stretches, place, Stretch::Noted);
        }
        stretches
    }

    /// Where each stretch but the first begins in the text; those past the end of a short text begin nowhere.
    fn beginnings(&self, height: usize) -> Vec<ByteOffset> {
        let count = self.rows.count().index();
        let first_row = |stretch: usize| RowIndex::new((stretch * count).div_ceil(height));
        (1..height).map_while(|stretch| Some(self.rows.get(first_row(stretch))?.span.start)).collect()
    }
}

fn raise(stretches: &mut [Stretch], place: usize, stretch: Stretch) {
    if let Some(there) = stretches.get_mut(place) {
        *there = (*there).max(stretch);
    }
}

/// The line of a column of `height` that stands for a row of `count`.
pub fn line(row: usize, count: usize, height: usize) -> usize {
    row * height / count.max(1)
}
