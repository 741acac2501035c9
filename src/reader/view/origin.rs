//! What a note was written about, from the archive beside the notes: also when its source is gone.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::rows::rows_of_stretch;
use super::super::state::State;
use super::super::state::listing::Origin;
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::text::{ByteSpan, Column};

/// The widest text that is read with ease, in columns.
const WIDEST: u16 = 76;

/// Draws it over the panes and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, origin: &Origin, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let key = |command| state.setup.keymap.hint(Mode::List, command).unwrap_or_default();
    let (down, up, close) = (key(Command::RowDown), key(Command::RowUp), key(Command::Close));
    let pieces = [
        (" What the note was written about   ".to_owned(), bold(theme.style(Role::Text))),
        (format!("{down} {up} scroll · {close} back to the notes"), theme.style(Role::Quiet)),
    ];
    let pieces: Vec<(&str, Style)> = pieces.iter().map(|(words, style)| (words.as_str(), *style)).collect();
    paint::pieces(buffer, area, &pieces);
    let body = Rect {
        x: area.x + 3.min(area.width),
        y: area.y + 2.min(area.height),
        width: area.width.saturating_sub(6).min(WIDEST),
        height: area.height.saturating_sub(2),
    };
    let lines = lines(origin, Column(body.width));
    let top = usize::from(origin.top).min(lines.len().saturating_sub(usize::from(body.height)));
    for (y, (words, role)) in (body.top()..body.bottom()).zip(lines.iter().skip(top)) {
        paint::words(buffer, Rect { y, height: 1, ..body }, words, theme.style(*role));
    }
    Some(Position { x: body.x, y: body.y })
}

/// Every row with how it is drawn.
fn lines(origin: &Origin, width: Column) -> Vec<(String, Role)> {
    let mut lines = Vec::new();
    for (words, role) in &origin.parts {
        for line in words.lines() {
            let rows = rows_of_stretch(line, ByteSpan::new(0, line.len()), width);
            lines.extend(rows.map(|row| (row.of(line).to_owned(), *role)));
        }
        if words.is_empty() {
            lines.push((String::new(), *role));
        }
    }
    lines
}
