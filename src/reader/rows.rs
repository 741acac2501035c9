//! The row list of a pane: the sole place that says how many rows a text takes and which text a row holds.
//!
//! Must never draw. Invariant: the text rows tile every paragraph in order; drawing, scrolling, jumping, searching and the
//! mouse read these rows and count none of their own.

use std::ops::{Add, Range, Sub};

use crate::text::display::{clusters, is_right_to_left};
use crate::text::wrap::{Measure, visible, wrap};
use crate::text::{ByteOffset, ByteSpan, Column, Paragraph, ParagraphKind, RowIndex, SentenceIndex, Text};

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

/// Columns by which the further rows of a headline are indented.
const HEADING_HANGS: Column = Column(2);

/// One visual line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// All of its text, with the white space that the line break swallowed; empty for a blank row.
    pub span: ByteSpan,
    /// What is drawn of it.
    pub shown: ByteSpan,
    /// What its paragraph is; `None` for the blank row between two paragraphs and for sentences folded away.
    pub kind: Option<ParagraphKind>,
    /// Columns left blank before it.
    pub indent: Column,
    /// How many sentences are folded away in it; 0 for a row of text and for a blank one.
    pub folded: u32,
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
        Self::folded(text, width, |_| false)
    }

    /// Lays the text out in rows of `width` columns, with one row in place of neighbouring sentences that are folded away.
    pub fn folded(text: &Text, width: Column, folds: impl Fn(SentenceIndex) -> bool) -> Self {
        let mut rows: Vec<Row> = Vec::new();
        let mut before: Option<ParagraphKind> = None;
        for paragraph in text.paragraphs() {
            for run in runs(text, paragraph, &folds) {
                if run.folded > 0 {
                    fold(&run, &mut rows);
                    before = None;
                    continue;
                }
                let begins = run.span.start == paragraph.span.start;
                if begins && before.is_some_and(|before| parted(before, paragraph.kind)) {
                    let span = ByteSpan { start: run.span.start, end: run.span.start };
                    rows.push(Row { span, shown: span, kind: None, indent: Column(0), folded: 0 });
                }
                push(text.content(), paragraph, run.span, (width, &mut rows));
                before = Some(paragraph.kind);
            }
        }
        Self { rows, width }
    }

    /// Whether sentences are folded away.
    pub fn is_folded(&self) -> bool {
        self.rows.iter().any(|row| row.folded > 0)
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

/// Neighbouring sentences of one paragraph that are all shown or all folded away.
struct Run {
    span: ByteSpan,
    /// How many are folded away; 0 where they are shown.
    folded: u32,
}

/// The runs of a paragraph; they tile it.
fn runs(text: &Text, paragraph: &Paragraph, folds: impl Fn(SentenceIndex) -> bool) -> Vec<Run> {
    let mut runs = vec![Run { span: paragraph.span, folded: 0 }];
    for at in paragraph.sentences.start.0..paragraph.sentences.end.0 {
        let folded = folds(SentenceIndex(at));
        let first = at == paragraph.sentences.start.0;
        let Some(run) = runs.last_mut() else { continue };
        if first || folded == (run.folded > 0) {
            run.folded += u32::from(folded);
            continue;
        }
        let Some(start) = text.sentence(SentenceIndex(at)).map(|sentence| sentence.span.start) else { continue };
        run.span.end = start;
        runs.push(Run { span: ByteSpan { start, end: paragraph.span.end }, folded: u32::from(folded) });
    }
    runs
}

/// Adds a run to the row of sentences folded away, or begins one.
fn fold(run: &Run, rows: &mut Vec<Row>) {
    if let Some(row) = rows.last_mut().filter(|row| row.folded > 0) {
        row.span.end = run.span.end;
        row.folded += run.folded;
        return;
    }
    let shown = ByteSpan { start: run.span.start, end: run.span.start };
    rows.push(Row { span: run.span, shown, kind: None, indent: Column(0), folded: run.folded });
}

fn push(content: &str, paragraph: &Paragraph, span: ByteSpan, (width, rows): (Column, &mut Vec<Row>)) {
    let begins = span.start == paragraph.span.start;
    let hanging = match paragraph.kind {
        ParagraphKind::Bullet => bullet_width(content, paragraph.span).min(Column(width.0 / 2)),
        ParagraphKind::Title | ParagraphKind::Heading => HEADING_HANGS.min(Column(width.0 / 2)),
        _ => Column(0),
    };
    let leftward = is_right_to_left(content.get(paragraph.span.range()).unwrap_or_default());
    let measure = if begins {
        Measure { width, hanging }
    } else {
        Measure::even(Column(width.0.saturating_sub(hanging.0).max(1)))
    };
    for (at, span) in wrap(content, span, measure).into_iter().enumerate() {
        let shown = visible(content, span);
        let hang = if begins && at == 0 { Column(0) } else { hanging };
        let indent = if leftward { Column(width.0.saturating_sub(columns(content, shown))) } else { hang };
        rows.push(Row { span, shown, kind: Some(paragraph.kind), indent, folded: 0 });
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
    fn further_rows_of_a_headline_hang() {
        let content = "A headline that is long\n\nFirst words of a paragraph.";
        assert_eq!(drawn(content, 14)[..2], ["A headline", "  that is long"]);
    }

    #[test]
    fn right_to_left_paragraphs_stand_at_the_right() {
        assert_eq!(drawn("שלום עולם", 12), ["   שלום עולם"]);
    }

    fn folded(content: &str, width: u16, kept: &[usize]) -> Vec<String> {
        let text = Text::new(content.to_owned());
        let rows = Rows::folded(&text, Column(width), |sentence| !kept.contains(&sentence.index()));
        let said = |row: &Row| match row.folded {
            0 => " ".repeat(row.indent.index()) + text.slice(row.shown),
            folded => format!("… {folded}"),
        };
        rows.rows.iter().map(said).collect()
    }

    #[test]
    fn sentences_folded_away_take_one_row_across_paragraphs() {
        let content = "One is here. Two is here. Three is here.\n\nFour is here.\n\nFive is here. Six is here.";
        assert_eq!(folded(content, 30, &[1]), ["… 1", "Two is here.", "… 4"]);
        assert_eq!(folded(content, 30, &[0, 5]), ["One is here.", "… 4", "Six is here."]);
        assert_eq!(folded(content, 30, &[2, 3]), ["… 2", "Three is here.", "", "Four is here.", "… 2"]);
        assert_eq!(folded(content, 30, &[]), ["… 6"]);
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
        fn every_place_has_a_row_whatever_is_folded(
            content in "([A-Z][a-z]{2,9} [a-z ]{0,30}[.] ){1,9}\n\n([A-Z][a-z]{2,9} [a-z ]{0,30}[.] ){1,9}",
            width in 1u16..40,
            kept in proptest::collection::vec(proptest::bool::ANY, 20),
        ) {
            let text = Text::new(content);
            let rows = Rows::folded(&text, Column(width), |sentence| !kept[sentence.index() % 20]);
            let starts: Vec<ByteOffset> = rows.rows.iter().map(|row| row.span.start).collect();
            prop_assert!(starts.is_sorted());
            for (at, sentence) in text.sentences().iter().enumerate() {
                let row = rows.get(rows.row_of(sentence.span.start)).copied().unwrap();
                prop_assert_eq!(row.folded == 0, kept[at % 20]);
                prop_assert!(row.span.shared(sentence.span) > 0);
            }
            let shown = |row: &&Row| row.folded == 0;
            let joined: usize = rows.rows.iter().filter(shown).map(|row| row.span.range().len()).sum();
            let hidden: u32 = rows.rows.iter().map(|row| row.folded).sum();
            prop_assert!(joined <= text.content().len());
            prop_assert_eq!(hidden as usize, (0..text.sentences().len()).filter(|at| !kept[at % 20]).count());
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
