//! The row list of a pane: the sole place that says how many rows a text takes and which text a row holds.
//!
//! Must never draw. Invariant: the text rows tile every paragraph in order; drawing, scrolling, jumping, searching and the
//! mouse read these rows and count none of their own.

use std::ops::{Add, Range, Sub};

use crate::text::display::{clusters, is_right_to_left};
use crate::text::wrap::{Measure, visible, wrap};
use crate::text::{ByteOffset, ByteSpan, Column, Paragraph, ParagraphKind, RowIndex, Text};

/// A row counted from the text's first one, which may lie before the text or past it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowPosition(pub i32);

impl Add<i32> for RowPosition {
    type Output = Self;

    fn add(self, rows: i32) -> Self {
        Self(self.0.saturating_add(rows))
    }
}

impl Sub<i32> for RowPosition {
    type Output = Self;

    fn sub(self, rows: i32) -> Self {
        Self(self.0.saturating_sub(rows))
    }
}

impl Sub for RowPosition {
    type Output = i32;

    fn sub(self, other: Self) -> i32 {
        self.0.saturating_sub(other.0)
    }
}

impl From<RowIndex> for RowPosition {
    fn from(row: RowIndex) -> Self {
        Self(i32::try_from(row.0).unwrap_or(i32::MAX))
    }
}

impl RowPosition {
    /// The row of the text that stands there; `None` before its first. (Past its last, looking it up finds nothing.)
    pub fn index(self) -> Option<RowIndex> {
        u32::try_from(self.0).ok().map(RowIndex)
    }
}

/// One visual line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// All of its text, with the white space that the line break swallowed; empty for a blank row.
    pub span: ByteSpan,
    /// What is drawn of it.
    pub shown: ByteSpan,
    /// What its paragraph is; `None` for the blank row between two paragraphs.
    pub kind: Option<ParagraphKind>,
    /// Columns left blank before it.
    pub indent: Column,
}

/// The rows of one text at one width.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    rows: Vec<Row>,
    width: Column,
}

impl Rows {
    /// Lays the text out in rows of `width` columns.
    pub fn new(text: &Text, width: Column) -> Self {
        let mut rows = Vec::new();
        let mut before: Option<ParagraphKind> = None;
        for paragraph in text.paragraphs() {
            if before.is_some_and(|before| parted(before, paragraph.kind)) {
                let span = ByteSpan { start: paragraph.span.start, end: paragraph.span.start };
                rows.push(Row { span, shown: span, kind: None, indent: Column(0) });
            }
            push(text.content(), paragraph, width, &mut rows);
            before = Some(paragraph.kind);
        }
        Self { rows, width }
    }

    /// The width they were laid out for.
    pub fn width(&self) -> Column {
        self.width
    }

    /// How many there are.
    pub fn count(&self) -> RowIndex {
        RowIndex::new(self.rows.len())
    }

    /// One row; `None` past the last.
    pub fn get(&self, row: RowIndex) -> Option<&Row> {
        self.rows.get(row.index())
    }

    /// The row at a position; `None` where no text stands.
    pub fn at(&self, position: RowPosition) -> Option<&Row> {
        self.get(position.index()?)
    }

    /// The last row; the first where there is no text.
    pub fn last(&self) -> RowIndex {
        RowIndex::new(self.rows.len().saturating_sub(1))
    }

    /// The text row that `offset` lies in, or the nearest before it.
    pub fn row_of(&self, offset: ByteOffset) -> RowIndex {
        RowIndex::new(self.rows.partition_point(|row| row.span.start <= offset).saturating_sub(1))
    }

    /// The rows that hold text of `span`, half-open; never empty where there are rows.
    pub fn rows_of(&self, span: ByteSpan) -> Range<RowIndex> {
        let first = self.row_of(span.start);
        let last = self.row_of(ByteOffset::new(span.end.index().saturating_sub(1)).max(span.start));
        first..RowIndex(last.0.saturating_add(1))
    }

    /// Where the text at a position begins: that of the nearest row that there is.
    pub fn offset_at(&self, position: RowPosition) -> ByteOffset {
        let row = position.index().unwrap_or_default().min(self.last());
        self.get(row).map_or(ByteOffset(0), |row| row.span.start)
    }

    /// The nearest row with text on it at or after `row`, else before it.
    pub fn text_row_down(&self, row: RowIndex) -> RowIndex {
        let row = row.min(self.last());
        let below = self.rows[row.index().min(self.rows.len())..].iter().position(|row| row.kind.is_some());
        below.map_or_else(|| self.text_row_up(row), |further| RowIndex::new(row.index() + further))
    }

    /// The nearest row with text on it at or before `row`; the first one where there is none.
    pub fn text_row_up(&self, row: RowIndex) -> RowIndex {
        let row = row.min(self.last());
        let above = self.rows.iter().take(row.index() + 1).rposition(|row| row.kind.is_some());
        RowIndex::new(above.unwrap_or(0))
    }
}

/// The rows of a stretch of text that stands in no pane: what is drawn of each, at most `width` columns wide.
pub fn rows_of_stretch(content: &str, span: ByteSpan, width: Column) -> impl Iterator<Item = ByteSpan> + '_ {
    wrap(content, span, Measure::even(width)).into_iter().map(|row| visible(content, row))
}

/// Whether a blank row stands between two neighbouring paragraphs: not within a list or within the lines about the article.
fn parted(before: ParagraphKind, after: ParagraphKind) -> bool {
    before != after || !matches!(before, ParagraphKind::Bullet | ParagraphKind::Furniture)
}

fn push(content: &str, paragraph: &Paragraph, width: Column, rows: &mut Vec<Row>) {
    let hanging = match paragraph.kind {
        ParagraphKind::Bullet => bullet_width(content, paragraph.span).min(Column(width.0 / 2)),
        _ => Column(0),
    };
    let leftward = is_right_to_left(content.get(paragraph.span.range()).unwrap_or_default());
    for (at, span) in wrap(content, paragraph.span, Measure { width, hanging }).into_iter().enumerate() {
        let shown = visible(content, span);
        let hang = if at == 0 { Column(0) } else { hanging };
        let indent = if leftward { Column(width.0.saturating_sub(columns(content, shown))) } else { hang };
        rows.push(Row { span, shown, kind: Some(paragraph.kind), indent });
    }
}

/// The columns of a list entry's sign and the space behind it.
fn bullet_width(content: &str, span: ByteSpan) -> Column {
    let text = content.get(span.range()).unwrap_or_default();
    let sign = text.find(char::is_whitespace).unwrap_or(0);
    let rest = text[sign..].trim_start();
    let end = span.start.index() + text.len() - rest.len();
    let wide = columns(content, ByteSpan::new(span.start.index(), end));
    if wide > 4 { Column(2) } else { Column(wide) }
}

fn columns(content: &str, span: ByteSpan) -> u16 {
    clusters(content, span).map(|cluster| cluster.width.0).fold(0, u16::saturating_add)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn drawn(content: &str, width: u16) -> Vec<String> {
        let text = Text::new(content.to_owned());
        let rows = Rows::new(&text, Column(width));
        rows.rows.iter().map(|row| " ".repeat(row.indent.index()) + text.slice(row.shown)).collect()
    }

    #[test]
    fn a_blank_row_stands_between_paragraphs_and_list_entries_hang() {
        let content = "A headline\n\nFirst words of a paragraph.\n\n- a point that is long\n- another";
        let expected =
            ["A headline", "", "First words of", "a paragraph.", "", "- a point that", "  is long", "- another"];
        assert_eq!(drawn(content, 14), expected);
    }

    #[test]
    fn right_to_left_paragraphs_stand_at_the_right() {
        assert_eq!(drawn("שלום עולם", 12), ["   שלום עולם"]);
    }

    #[test]
    fn an_empty_text_has_no_rows_and_no_panic() {
        let rows = Rows::new(&Text::new(String::new()), Column(20));
        assert_eq!(rows.count(), RowIndex(0));
        assert_eq!(rows.row_of(ByteOffset(5)), RowIndex(0));
        assert_eq!(rows.text_row_down(RowIndex(3)), RowIndex(0));
        assert_eq!(rows.offset_at(RowPosition(-4)), ByteOffset(0));
    }

    proptest! {
        #[test]
        fn an_offset_leads_to_its_row_and_back(content in "([a-z ,.]{0,60}\n){0,5}[a-z日本 ]{1,60}", width in 1u16..40) {
            let text = Text::new(content);
            let rows = Rows::new(&text, Column(width));
            for (at, row) in rows.rows.iter().enumerate().filter(|(_, row)| row.kind.is_some()) {
                prop_assert_eq!(rows.row_of(row.span.start), RowIndex::new(at));
                prop_assert_eq!(rows.offset_at(RowIndex::new(at).into()), row.span.start);
                let last = ByteOffset::new(row.span.end.index() - 1);
                prop_assert_eq!(rows.row_of(last), RowIndex::new(at));
            }
        }

        #[test]
        fn the_rows_of_a_paragraph_tile_it(content in "([a-zA-Z .]{0,80}\n){0,6}", width in 1u16..50) {
            let text = Text::new(content);
            let rows = Rows::new(&text, Column(width));
            let joined: String = rows.rows.iter().map(|row| text.slice(row.span)).collect();
            let wanted: String = text.paragraphs().iter().map(|paragraph| text.slice(paragraph.span)).collect();
            prop_assert_eq!(joined, wanted);
        }
    }
}
