//! What the reader has selected: from where it was begun to the place in hand, by words or by sentences.
//!
//! Must never move anything. Invariant: a selection lies in one source, the one being read, and ends where that changes.

use super::State;
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, Text};

/// A selection under way; its other end is the place in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Selection {
    /// In which source.
    pub article: ArticleIndex,
    /// Where it was begun.
    pub anchor: ByteOffset,
    /// What it grows by.
    pub unit: Unit,
}

/// What a selection grows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Words and punctuation.
    Word,
    /// Sentences.
    Sentence,
}

impl Unit {
    /// The unit of a text that holds a place.
    pub fn around(self, text: &Text, offset: ByteOffset) -> Option<ByteSpan> {
        match self {
            Self::Word => text.word_at(offset),
            Self::Sentence => Some(text.sentence(text.sentence_at(offset).unwrap_or_default())?.span),
        }
    }
}

impl State {
    /// What is selected in the source being read.
    pub fn selected(&self) -> Option<ByteSpan> {
        let selection = self.panes.selection.filter(|selection| selection.article == self.panes.active)?;
        let text = &self.article()?.text;
        let head = selection.unit.around(text, self.view(selection.article)?.cursor)?;
        Some(selection.unit.around(text, selection.anchor)?.join(head))
    }
}
