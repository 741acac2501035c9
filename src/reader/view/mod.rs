//! Draws the state: every view reads it and writes nothing back.

mod claims;
mod dialog;
mod gutter;
mod help;
mod notes;
mod origin;
mod paint;
mod pane;
mod panel;
mod status;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

use super::state::{Overlay, State};
use super::theme::Theme;

/// Draws everything into a frame of the library's own terminal.
pub fn draw(frame: &mut Frame, state: &State, theme: &Theme) {
    let cursor = draw_on(frame.buffer_mut(), state, theme);
    frame.set_cursor_position(cursor);
}

/// Draws everything on blank cells and answers where the terminal's cursor stands: where the reader's attention is, so that
/// screen readers and braille displays follow it.
pub fn draw_on(buffer: &mut Buffer, state: &State, theme: &Theme) -> Position {
    let area = buffer.area;
    if area != state.layout.screen || area.is_empty() {
        return Position::ORIGIN;
    }
    for pane in &state.layout.panes {
        pane::draw(buffer, pane, state, theme);
    }
    panel::draw(buffer, state, theme);
    let typed = status::draw(buffer, state, theme);
    let over = match &state.overlay {
        Overlay::None => Some(pane::cursor(state)),
        Overlay::Prompt(prompt) => {
            list(buffer, &prompt.behind, state, theme);
            typed
        }
        Overlay::Note(dialog) => {
            list(buffer, &dialog.behind, state, theme);
            dialog::draw(buffer, dialog, state, theme)
        }
        over => list(buffer, over, state, theme),
    };
    status::at_length(buffer, state, theme);
    if state.setup.glyphs.is_ascii() {
        paint::in_ascii(buffer, &state.layout.panes);
    }
    let cursor = over.unwrap_or_default();
    Position { x: cursor.x.min(area.width.saturating_sub(1)), y: cursor.y.min(area.height.saturating_sub(1)) }
}

/// Draws what is a list and answers where the cursor stands in it.
fn list(buffer: &mut Buffer, overlay: &Overlay, state: &State, theme: &Theme) -> Option<Position> {
    match overlay {
        Overlay::Help(page) => help::draw(buffer, page, state, theme),
        Overlay::Notes(list) => notes::draw(buffer, list, state, theme),
        Overlay::Claims(list) => claims::draw(buffer, list, state, theme),
        Overlay::Origin(origin) => origin::draw(buffer, origin, state, theme),
        Overlay::None | Overlay::Note(_) | Overlay::Prompt(_) => None,
    }
}
