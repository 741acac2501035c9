//! One source as it is being read: its rows, the place in it and how it stands to the pane being read.
//!
//! Must never look at other sources. Invariant: the place is a position of the text, so it survives any change of width.

use super::super::rows::{RowPosition, Rows};
use super::filter::Passing;
use super::overview::Stretch;
use crate::compare::LinkIndex;
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, Column, RowIndex, Text};

/// One source on its pane, shown or not.
#[derive(Debug, Clone, Default)]
pub struct SourceView {
    /// The rows of its text at the pane's width.
    pub rows: Rows,
    /// The place in hand, when this is the pane being read.
    pub cursor: ByteOffset,
    /// The row on the pane's first line.
    pub top: RowPosition,
    /// Rows by which the reader moved it alone, from where the maps have it.
    pub aside: i32,
    /// What stands on the focus line, for when the rows are laid out anew.
    pub hold: Hold,
    /// Which source was being read, and where, when this one was last on screen.
    pub seen_beside: Option<(ArticleIndex, ByteOffset)>,
    /// The counterpart that the reader asked for, while the passage it belongs to is in hand.
    pub choice: Option<LinkIndex>,
    /// How it stands to the passage in hand.
    pub standing: Standing,
    /// The counterparts of the passage in hand, in order.
    pub counterparts: Vec<ByteSpan>,
    /// Which of its sentences pass the filter in force.
    pub passing: Passing,
    /// The whole article in one column.
    pub overview: Vec<Stretch>,
    /// Whether its file is still what was read.
    pub on_disk: OnDisk,
}

/// How a source's file stands to the text that is open.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnDisk {
    /// As it was read, or it has no file.
    #[default]
    AsRead,
    /// Another text stands in it.
    Changed,
    /// It is not there any more.
    Gone,
}

/// A place that survives a change of width.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hold {
    /// A position of the text.
    pub offset: ByteOffset,
    /// Rows below (or above) the row of that position.
    pub beyond: i32,
}

/// How a source stands to the passage in hand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Standing {
    /// It is the one being read.
    Reading,
    /// Nothing is known: the comparison is not there yet.
    #[default]
    Waiting,
    /// A counterpart stands beside the passage.
    Beside(Counterparts),
    /// The only counterparts stand elsewhere in the order of the story.
    Moved(Counterparts),
    /// No counterpart: rows of the pane being read to the nearest passage with one (negative: back), where there is one.
    Held(Option<i32>),
}

/// Which counterpart of several a pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counterparts {
    /// Which, from 1.
    pub which: u16,
    /// Of how many.
    pub of: u16,
    /// Rows from the focus line to it; 0 when it is level.
    pub off: i32,
}

impl SourceView {
    /// Lays the rows out for a width, unless they are; answers whether they were laid out anew.
    pub fn lay_out(&mut self, text: &Text, width: Column) -> bool {
        if self.rows.width() == width {
            return false;
        }
        self.rows = Rows::folded(text, width, |sentence| self.passing.folds(sentence));
        true
    }

    /// The row that holds the place in hand.
    pub fn cursor_row(&self) -> RowIndex {
        self.rows.row_of(self.cursor)
    }

    /// Keeps what stands `line` rows down the pane as the place: the counterpart that begins there, else the row.
    pub fn remember(&mut self, line: i32) {
        let row = self.top + line;
        let on_row = |offset: ByteOffset| RowPosition::from(self.rows.row_of(offset)) == row;
        if let Some(counterpart) = self.counterparts.iter().find(|span| on_row(span.start)) {
            self.hold = Hold { offset: counterpart.start, beyond: 0 };
            return;
        }
        // A row of another width begins elsewhere: the place would creep.
        if self.hold.beyond == 0 && on_row(self.hold.offset) {
            return;
        }
        let offset = self.rows.offset_at(row);
        self.hold = Hold { offset, beyond: row - RowPosition::from(self.rows.row_of(offset)) };
    }

    /// Puts what was remembered back `line` rows down the pane.
    pub fn restore(&mut self, line: i32) {
        self.top = RowPosition::from(self.rows.row_of(self.hold.offset)) + self.hold.beyond - line;
    }

    /// How far down the text the place in hand is, in per cent of its rows.
    pub fn percent(&self, line: i32) -> u16 {
        let last = i64::from(self.rows.last().0);
        let row = i64::from((self.top + line).0).clamp(0, last);
        u16::try_from(if last == 0 { 100 } else { row * 100 / last }).unwrap_or(100)
    }
}
