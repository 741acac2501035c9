//! Line breaking: where a span of text breaks into rows of a width, by the line breaking rules of UAX #14.
//!
//! Must never look at what a row is used for, and never cut a grapheme cluster. Invariant: the rows tile the span exactly, in
//! order, and a row is no wider than asked unless a single cluster is.

use textwrap::WordSeparator;
use textwrap::core::Fragment;
use textwrap::wrap_algorithms::wrap_first_fit;

mod plain;

use super::display::clusters;
use super::{ByteOffset, ByteSpan, Column};

/// A word with the white space behind it: what a row is made of.
#[derive(Debug, Clone, Copy)]
struct Piece {
    span: ByteSpan,
    /// Columns of the word itself.
    word: usize,
    /// Columns of the white space behind it, which may hang over the edge.
    space: usize,
}

impl Fragment for Piece {
    #[expect(clippy::cast_precision_loss, reason = "textwrap counts columns in floating point")]
    fn width(&self) -> f64 {
        self.word as f64
    }

    #[expect(clippy::cast_precision_loss, reason = "textwrap counts columns in floating point")]
    fn whitespace_width(&self) -> f64 {
        self.space as f64
    }

    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// How wide the rows of one span may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measure {
    /// Columns of the first row; at least 1 are taken.
    pub width: Column,
    /// Columns by which all other rows are narrower (a hanging indent).
    pub hanging: Column,
}

impl Measure {
    /// All rows of one width.
    pub fn even(width: Column) -> Self {
        Self { width, hanging: Column::new(0) }
    }
}

/// Breaks `span` of `content` into rows. White space at a row's end belongs to the row and may hang over its edge. An empty
/// span has no rows.
pub fn wrap(content: &str, span: ByteSpan, measure: Measure) -> Vec<ByteSpan> {
    let first = measure.width.index().max(1);
    let rest = first.saturating_sub(measure.hanging.index()).max(1);
    let pieces = pieces(content, span, rest);
    if pieces.is_empty() {
        return Vec::new();
    }
    let columns = [first, rest].map(|width| f64::from(u32::try_from(width).unwrap_or(u32::MAX)));
    wrap_first_fit(&pieces, &columns)
        .into_iter()
        .filter_map(|row| Some(row.first()?.span.join(row.last()?.span)))
        .collect()
}

/// A row without the white space at its end: what is drawn of it.
pub fn visible(content: &str, row: ByteSpan) -> ByteSpan {
    let text = content.get(row.range()).unwrap_or_default();
    let kept = text.trim_end_matches(breaks_after).len();
    ByteSpan::new(row.start.index(), row.start.index() + kept)
}

/// The row that `offset` lies in: the last one that begins at or before it; `None` where there are no rows.
pub fn row_of(rows: &[ByteSpan], offset: ByteOffset) -> Option<usize> {
    rows.partition_point(|row| row.start <= offset).checked_sub(1).or(if rows.is_empty() { None } else { Some(0) })
}

/// White space that a row may end in; a no-break space holds its words together.
fn breaks_after(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}')
}

fn pieces(content: &str, span: ByteSpan, width: usize) -> Vec<Piece> {
    plain::pieces(content, span, width).unwrap_or_else(|| any_pieces(content, span, width))
}

/// The pieces of any text.
fn any_pieces(content: &str, span: ByteSpan, width: usize) -> Vec<Piece> {
    let text = content.get(span.range()).unwrap_or_default();
    let mut pieces = Vec::new();
    let mut bounds = clusters(content, span).map(|cluster| cluster.span.end.index()).peekable();
    let (mut start, mut at) = (span.start.index(), span.start.index());
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        at += word.word.len() + word.whitespace.len();
        while bounds.next_if(|bound| *bound < at).is_some() {}
        // Some breaks that UAX #14 allows lie inside a cluster (an emoji modifier after a letter).
        if bounds.peek() == Some(&at) {
            push(content, ByteSpan::new(start, at), width, &mut pieces);
            start = at;
        }
    }
    let end = span.start.index() + text.len();
    if start < end {
        push(content, ByteSpan::new(start, end), width, &mut pieces);
    }
    pieces
}

/// Adds one word, cut between clusters where it is wider than a row.
fn push(content: &str, span: ByteSpan, width: usize, pieces: &mut Vec<Piece>) {
    let shown = visible(content, span);
    let space = columns(content, ByteSpan { start: shown.end, end: span.end });
    let mut start = span.start;
    let mut wide = 0;
    for cluster in clusters(content, shown) {
        let columns = cluster.width.index();
        if wide > 0 && wide + columns > width {
            pieces.push(Piece { span: ByteSpan { start, end: cluster.span.start }, word: wide, space: 0 });
            start = cluster.span.start;
            wide = 0;
        }
        wide += columns;
    }
    pieces.push(Piece { span: ByteSpan { start, end: span.end }, word: wide, space });
}

fn columns(content: &str, span: ByteSpan) -> usize {
    clusters(content, span).map(|cluster| cluster.width.index()).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rows(text: &str, width: usize) -> Vec<String> {
        let whole = ByteSpan::new(0, text.len());
        wrap(text, whole, Measure::even(Column::new(width)))
            .into_iter()
            .map(|row| visible(text, row).of(text).to_owned())
            .collect()
    }

    proptest! {
        #[test]
        fn plain_text_breaks_where_any_text_does(
            text in "([a-zA-Zé0-9“”‘’(),.:;!?…%£$&•|\\[\\]\"'–—-]{1,9} {1,2}){0,9}[a-zé0-9“”‘’(),.:;!?…%€\"'–—-]{0,9}",
            width in 1usize..30,
        ) {
            let whole = ByteSpan::new(0, text.len());
            let said = |pieces: &[Piece]| pieces.iter().map(|p| (p.span, p.word, p.space)).collect::<Vec<_>>();
            if let Some(plain) = plain::pieces(&text, whole, width) {
                prop_assert_eq!(said(&plain), said(&any_pieces(&text, whole, width)), "{:?}", text);
            }
        }

        #[test]
        fn running_prose_breaks_where_any_text_does(
            text in "(([“‘(\\[\"']?[A-Za-zé]{1,8}(-[a-z]{1,5}|[’']s|[.,][0-9]{1,3})?[,.;:!?…”’)\\]\"']{0,2}|[–—|•&-]|[£$€][0-9]{1,4}) ){1,12}[a-z]{1,4}[.]",
            width in 1usize..30,
        ) {
            let whole = ByteSpan::new(0, text.len());
            let said = |pieces: &[Piece]| pieces.iter().map(|p| (p.span, p.word, p.space)).collect::<Vec<_>>();
            if let Some(plain) = plain::pieces(&text, whole, width) {
                prop_assert_eq!(said(&plain), said(&any_pieces(&text, whole, width)), "{:?}", text);
            }
        }
    }

    #[test]
    fn most_prose_is_plain() {
        let prose = "“I thought it was a try,” said the well-known coach (aged 51), who’d led 24.5 % less.";
        let typed = "\"I thought it was a try,\" said the coach, who didn't like \"it\".";
        assert!(plain::pieces(typed, ByteSpan::new(0, typed.len()), 20).is_some());
        assert!(plain::pieces(prose, ByteSpan::new(0, prose.len() - 9), 20).is_some());
        assert!(plain::pieces("日本 is far", ByteSpan::new(0, 13), 20).is_none());
    }

    #[test]
    fn words_are_never_cut_while_they_fit() {
        assert_eq!(
            rows("The bow belonged to the Ottilie Krag.", 14),
            ["The bow", "belonged to", "the Ottilie", "Krag."]
        );
    }

    #[test]
    fn a_word_wider_than_the_row_is_cut_between_clusters() {
        assert_eq!(rows("a Donaudampfschiff", 6), ["a", "Donaud", "ampfsc", "hiff"]);
        assert_eq!(rows("👩‍🚒👩‍🚒👩‍🚒", 4), ["👩‍🚒👩‍🚒", "👩‍🚒"]);
        assert_eq!(rows("e\u{301}e\u{301}e\u{301}", 2), ["e\u{301}e\u{301}", "e\u{301}"]);
    }

    #[test]
    fn chinese_breaks_between_characters_but_not_before_a_full_stop() {
        assert_eq!(rows("死者十二人。", 6), ["死者十", "二人。"]);
        assert_eq!(rows("死者十二人。", 10), ["死者十二", "人。"]);
    }

    #[test]
    fn a_no_break_space_holds_its_words_together() {
        assert_eq!(rows("nearly 12\u{a0}people", 10), ["nearly", "12\u{a0}people"]);
    }

    #[test]
    fn an_offset_finds_the_row_it_lies_in() {
        let text = "one two three";
        let rows = wrap(text, ByteSpan::new(0, text.len()), Measure::even(Column::new(4)));
        let found: Vec<_> = [0, 3, 4, 8, 12, 99].map(|at| row_of(&rows, ByteOffset::new(at))).into();
        assert_eq!(found, [Some(0), Some(0), Some(1), Some(2), Some(3), Some(3)]);
        assert_eq!(row_of(&[], ByteOffset::new(0)), None);
    }

    proptest! {
        #[test]
        fn rows_tile_the_text(text in any::<String>(), width in 1usize..40) {
            let rows = wrap(&text, ByteSpan::new(0, text.len()), Measure::even(Column::new(width)));
            let joined: String = rows.iter().map(|row| row.of(&text)).collect();
            prop_assert_eq!(joined, text);
        }

        #[test]
        fn no_row_is_wider_than_asked_unless_one_cluster_is(text in "[a-zéß 日本語👍🏽\u{301}-]{0,80}", width in 2usize..30) {
            for row in wrap(&text, ByteSpan::new(0, text.len()), Measure::even(Column::new(width))) {
                let shown = visible(&text, row);
                // A cluster without width (a mark that stands alone) takes no part.
                let wide = clusters(&text, shown).filter(|cluster| cluster.width > Column::new(0)).count();
                prop_assert!(columns(&text, shown) <= width || wide == 1);
            }
        }

        #[test]
        fn every_offset_lies_in_the_row_found_for_it(text in "[a-z 日本]{1,80}", width in 1usize..20, at in 0usize..200) {
            let rows = wrap(&text, ByteSpan::new(0, text.len()), Measure::even(Column::new(width)));
            let offset = ByteOffset::new(at % text.len());
            let row = row_of(&rows, offset).map(|row| rows[row]);
            prop_assert!(row.is_some_and(|row| row.contains(offset)));
        }
    }
}
