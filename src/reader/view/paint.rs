//! Writes text into the screen's buffer, cluster by cluster, with styles laid over spans.
//!
//! Must be the only way in which text reaches the buffer. Invariant: nothing is written outside the area given, a wide cluster
//! is never cut, and only what `text::display` lets through is written.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::super::layout::PaneArea;
use crate::text::display::{clusters, line};
use crate::text::{ByteOffset, ByteSpan, Column};

/// A style for a span of the text.
pub type Overlay = (ByteSpan, Style);

/// What text is written with.
#[derive(Debug, Clone, Copy)]
pub struct Brush<'a> {
    /// The style of all of it.
    pub style: Style,
    /// What is laid over it, the later over the earlier.
    pub over: &'a [Overlay],
}

impl Brush<'_> {
    /// The style at a place of the text, and the stretch from there on over which it stays the same.
    fn at(&self, place: ByteOffset) -> (Style, ByteSpan) {
        let mut until = ByteSpan { start: place, end: ByteOffset(u32::MAX) };
        let mut style = self.style;
        for (span, over) in self.over {
            if span.contains(place) {
                style = style.patch(*over);
                until.end = until.end.min(span.end);
            } else if place < span.start {
                until.end = until.end.min(span.start);
            }
        }
        (style, until)
    }
}

/// Writes a span of `content` on the area's first row and answers the column after it, counted from the screen's left.
pub fn text(buffer: &mut Buffer, area: Rect, (content, span): (&str, ByteSpan), brush: Brush<'_>) -> u16 {
    let area = area.intersection(buffer.area);
    if area.is_empty() {
        return area.x;
    }
    // The row is looked up once: looking up each cell costs as much as writing it.
    let first = buffer.index_of(area.x, area.y);
    let Some(row) = buffer.content.get_mut(first..first + usize::from(area.width)) else { return area.x };
    let (mut style, mut until) = (brush.style, ByteSpan::default());
    let mut column = 0;
    for cluster in clusters(content, span) {
        let wide = cluster.width.index();
        if wide == 0 {
            continue;
        }
        let Some([cell, beyond @ ..]) = row.get_mut(column..column + wide) else { break };
        let start = cluster.span.start;
        if !until.contains(start) {
            (style, until) = brush.at(start);
        }
        fill(cell, &cluster.shown, style);
        for cell in beyond {
            cell.reset();
            cell.set_style(style);
        }
        column += wide;
    }
    area.x + Column::new(column).0
}

/// Writes words of the program's own, or foreign ones made harmless, and answers the column after them.
pub fn words(buffer: &mut Buffer, area: Rect, words: &str, style: Style) -> u16 {
    let brush = Brush { style, over: &[] };
    if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text(buffer, area, (words, ByteSpan::new(0, words.len())), brush);
    }
    let safe = line(words);
    text(buffer, area, (&safe, ByteSpan::new(0, safe.len())), brush)
}

/// Writes several pieces one after another.
pub fn pieces(buffer: &mut Buffer, area: Rect, pieces: &[(&str, Style)]) -> u16 {
    let mut rest = area;
    for (piece, style) in pieces {
        let x = words(buffer, rest, piece, *style);
        rest = Rect { x, width: area.right().saturating_sub(x), ..area };
    }
    rest.x
}

/// Gives an area a style and blanks it.
pub fn clear(buffer: &mut Buffer, area: Rect, style: Style) {
    let area = area.intersection(buffer.area);
    for y in area.top()..area.bottom() {
        for x in area.left()..area.right() {
            if let Some(cell) = buffer.cell_mut((x, y)) {
                cell.reset();
                cell.set_style(style);
            }
        }
    }
}

/// Writes a sign of one column.
pub fn sign(buffer: &mut Buffer, x: u16, y: u16, sign: char, style: Style) {
    if let Some(cell) = buffer.cell_mut((x, y)) {
        fill(cell, sign.encode_utf8(&mut [0; 4]), style);
    }
}

/// Puts ASCII in place of the program's own signs, everywhere but in the texts of the panes.
pub fn in_ascii(buffer: &mut Buffer, panes: &[PaneArea]) {
    let area = buffer.area;
    for position in area.positions().filter(|position| !panes.iter().any(|pane| pane.text.contains(*position))) {
        let Some(cell) = buffer.cell_mut(position) else { continue };
        let plain = match cell.symbol() {
            "·" | "–" | "—" => "-",
            "…" => "~",
            "“" | "”" => "\"",
            "‘" | "’" => "'",
            _ => continue,
        };
        cell.set_symbol(plain);
    }
}

fn fill(cell: &mut Cell, symbol: &str, style: Style) {
    // A cell is blank to begin with; a sixth of all text is blanks.
    if symbol != " " || cell.symbol() != " " {
        cell.set_symbol(symbol);
    }
    cell.set_style(style);
}

#[cfg(test)]
mod tests {
    use ratatui::buffer::CellWidth;

    use super::*;

    #[test]
    fn the_buffer_counts_the_columns_that_the_text_does() {
        let hard =
            ["e\u{301}", "日", "👩‍🚒", "👍🏽", "❤️", "🇬🇧", "لا", "ｶﾞ", "한", "각", "क्ष", "\u{1b}", "\u{202e}", "◌\u{301}"];
        for grapheme in hard {
            for cluster in clusters(grapheme, ByteSpan::new(0, grapheme.len())) {
                assert_eq!(cluster.shown.as_ref().cell_width(), cluster.width.0, "{grapheme:?}");
            }
        }
    }

    #[test]
    fn a_wide_cluster_that_does_not_fit_is_left_out() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 5, 1));
        let after = words(&mut buffer, Rect::new(0, 0, 4, 1), "a日日", Style::new());
        assert_eq!(after, 3);
        assert_eq!(buffer, Buffer::with_lines(["a日  "]));
    }
}
