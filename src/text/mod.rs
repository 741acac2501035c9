//! The one owner of coordinates: spans, segmentation, tokens, folding, quotations, values and wrapping.
//!
//! Must never know where a text came from, which texts it is compared with, or a colour. Invariant: nothing here copies or
//! changes the displayed text; every result is a span of the one string an article holds.

mod abbreviation;
pub mod coordinates;
pub mod display;
pub mod fold;
mod inflection;
mod kind;
pub mod masthead;
pub mod quotation;
pub mod segment;
mod sentence;
pub mod span;
mod spelling;
pub mod stamp;
pub mod token;
pub mod values;
pub mod word;
pub mod wrap;

pub use coordinates::{CodePointIndex, grapheme_span};
pub use fold::{fold, stem};
pub use kind::is_credit;
pub use quotation::{Quotation, quotations};
pub use span::{
    ArticleIndex, ByteOffset, ByteSpan, CodePoint, CodePointSpan, Column, ParagraphIndex, Passage, RowIndex,
    SentenceIndex,
};
pub use token::{Token, TokenKind, tokens};

/// An article's text, cut into paragraphs and sentences once, when it is made.
#[derive(Debug, Clone)]
pub struct Text {
    content: String,
    paragraphs: Vec<Paragraph>,
    sentences: Vec<Sentence>,
}

/// What a paragraph is, for display and for matching.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ParagraphKind {
    /// The article's own headline.
    Title,
    /// Outlet, byline, date, links to other pieces, copyright: about the article, not the event.
    Furniture,
    /// Running text.
    Body,
    /// A heading within the article.
    Heading,
    /// An entry of a list.
    Bullet,
    /// A picture's caption.
    Caption,
}

impl ParagraphKind {
    /// Whether it stands beside the story: that no other source has it says nothing.
    pub fn is_beside_the_story(self) -> bool {
        matches!(self, Self::Furniture | Self::Caption)
    }
}

/// One line of the text with something on it (a line feed always ends a paragraph).
#[derive(Debug, Clone)]
pub struct Paragraph {
    /// From the first to the last character that is not white space.
    pub span: ByteSpan,
    /// What it is.
    pub kind: ParagraphKind,
    /// Its sentences, as a half-open range of indices.
    pub sentences: std::ops::Range<SentenceIndex>,
}

/// One sentence.
#[derive(Debug, Clone, Copy)]
pub struct Sentence {
    /// Without the white space around it.
    pub span: ByteSpan,
    /// The paragraph it stands in.
    pub paragraph: ParagraphIndex,
}
