//! The mouse: the wheel scrolls, a press chooses the passage under it.

use ratatui::layout::Position;

use super::super::effect::Effect;
use super::super::layout::Target;
use super::super::state::{Overlay, State};
use super::{list, panes, scroll, trail};
use crate::text::{ArticleIndex, RowIndex};

/// Rows that a notch of the wheel scrolls.
const NOTCH: i32 = 3;

/// The wheel was turned.
pub fn wheel(state: &mut State, at: Position, notches: i32) -> Vec<Effect> {
    let rows = notches.saturating_mul(NOTCH);
    if let Overlay::Help(_) | Overlay::Notes(_) | Overlay::Claims(_) = state.overlay {
        let command = if rows > 0 { super::Command::RowDown } else { super::Command::RowUp };
        let count = Some(rows.unsigned_abs());
        return list::obey(state, super::Order { command, count });
    }
    if !matches!(state.overlay, Overlay::None) {
        return Vec::new();
    }
    match state.layout.hit(at) {
        Some(Target::Panel) => {
            let height = state.layout.panel.height;
            state.passage.scroll(rows, height);
        }
        Some(Target::Text(article, _) | Target::Strip(article, _) | Target::Header(article)) => {
            panes::activate(state, article);
            for _ in 0..rows.unsigned_abs() {
                scroll::by_rows(state, rows.signum());
            }
        }
        None => {}
    }
    Vec::new()
}

/// The mouse was pressed.
pub fn click(state: &mut State, at: Position) -> Vec<Effect> {
    if !matches!(state.overlay, Overlay::None) {
        return Vec::new();
    }
    match state.layout.hit(at) {
        Some(Target::Text(article, row)) => {
            panes::activate(state, article);
            choose(state, article, row);
        }
        Some(Target::Strip(article, row)) => {
            panes::activate(state, article);
            let Some(view) = state.view(article) else { return Vec::new() };
            let count = u64::from(view.rows.count().0);
            let height = u64::from(state.layout.text_height().max(1));
            let row = RowIndex(u32::try_from(u64::from(row) * count / height).unwrap_or(u32::MAX));
            let row = view.rows.text_row_down(row);
            let offset = scroll::offset_on(state, article, row);
            trail::leave(state);
            scroll::to_offset(state, offset, scroll::Pace::Jump);
        }
        Some(Target::Header(article)) => panes::activate(state, article),
        Some(Target::Panel) | None => {}
    }
    Vec::new()
}

/// The passage on a row of a pane becomes the one in hand; the pane stays, the others come level.
fn choose(state: &mut State, article: ArticleIndex, line: u16) {
    let Some(view) = state.view(article) else { return };
    let row = (view.top + i32::from(line)).index().unwrap_or_default();
    let row = view.rows.text_row_up(row);
    let by = crate::reader::rows::RowPosition::from(row) - view.top;
    let offset = scroll::offset_on(state, article, row);
    scroll::choose(state, offset, by);
}
