//! Coordinates: every offset, span and index that crosses a module line is a newtype made here.
//!
//! Never holds text. Invariant: a [`ByteSpan`] has `start <= end`; the spans of one article index that article's one string
//! and stand on `char` boundaries.

use std::ops::Range;

use serde::{Deserialize, Serialize};

macro_rules! coordinate {
    ($(#[$doc:meta])* $name:ident($inner:ty)) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub $inner);

        impl $name {
            /// Takes a count or an index of a collection; a value past the type's range becomes its last one.
            pub fn new(value: usize) -> Self {
                Self(<$inner>::try_from(value).unwrap_or(<$inner>::MAX))
            }

            /// The value as an index of a collection.
            pub fn index(self) -> usize {
                self.0 as usize
            }

            /// The values of a half-open range, in order.
            pub fn each(range: Range<Self>) -> impl DoubleEndedIterator<Item = Self> + ExactSizeIterator + Clone {
                (range.start.index()..range.end.index()).map(Self::new)
            }
        }
    };
}

coordinate!(
    /// A byte offset into one article's text (texts are limited to 4 GiB by the loader).
    ByteOffset(u32)
);
coordinate!(
    /// An offset in Unicode code points into one article's text: the unit of files (W3C Web Annotation).
    CodePoint(u32)
);
coordinate!(
    /// Which article: its place in the order given on the command line, from 0. Shown as a letter.
    ArticleIndex(u16)
);
coordinate!(
    /// Which paragraph of an article, from 0.
    ParagraphIndex(u32)
);
coordinate!(
    /// Which sentence of an article, from 0.
    SentenceIndex(u32)
);
coordinate!(
    /// A visual line of a pane, from 0 at the article's first line.
    RowIndex(u32)
);
coordinate!(
    /// A column of the terminal, from 0, or a width in columns.
    Column(u16)
);

impl ArticleIndex {
    /// The letter of the pane: A, B … Z, then AA, AB …
    pub fn letter(self) -> String {
        let mut rest = self.index();
        let mut letters = Vec::new();
        loop {
            letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
            if rest < 26 {
                break;
            }
            rest = rest / 26 - 1;
        }
        letters.iter().rev().collect()
    }
}

/// A half-open range of bytes of one article's text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ByteSpan {
    /// First byte.
    pub start: ByteOffset,
    /// One past the last byte.
    pub end: ByteOffset,
}

impl ByteSpan {
    /// A span from two byte indices of the text; `end` is raised to `start` where it lies before it.
    pub fn new(start: usize, end: usize) -> Self {
        Self { start: ByteOffset::new(start), end: ByteOffset::new(end.max(start)) }
    }

    /// The span as a range for slicing the text it belongs to.
    pub fn range(self) -> Range<usize> {
        self.start.index()..self.end.index()
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end.index() - self.start.index()
    }

    /// Whether the span holds nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `offset` lies inside.
    pub fn contains(self, offset: ByteOffset) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether `other` lies wholly inside.
    pub fn covers(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// How many bytes both spans share.
    pub fn shared(self, other: Self) -> usize {
        self.end.min(other.end).index().saturating_sub(self.start.max(other.start).index())
    }

    /// The smallest span that covers both.
    pub fn join(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// The text that the span covers.
    ///
    /// # Panics
    /// When the span does not belong to `text`.
    pub fn of(self, text: &str) -> &str {
        &text[self.range()]
    }
}

/// A half-open range of Unicode code points of one article's text, as files hold it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct CodePointSpan {
    /// First code point.
    pub start: CodePoint,
    /// One past the last code point.
    pub end: CodePoint,
}

/// A passage: a span of one of the articles under comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Passage {
    /// The article it stands in.
    pub article: ArticleIndex,
    /// Where in that article's text.
    pub span: ByteSpan,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pane_letters_go_on_after_z() {
        let letters: Vec<_> = [0, 25, 26, 51, 52, 701, 702].map(|i| ArticleIndex::new(i).letter()).into();
        assert_eq!(letters, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }

    #[test]
    fn spans_that_only_touch_share_nothing() {
        assert_eq!(ByteSpan::new(0, 4).shared(ByteSpan::new(4, 9)), 0);
        assert_eq!(ByteSpan::new(0, 5).shared(ByteSpan::new(3, 9)), 2);
    }
}
