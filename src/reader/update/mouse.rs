//! The mouse: the wheel scrolls, a press chooses what is under it, dragging selects text or moves a border.

use ratatui::layout::Position;

use super::super::effect::Effect;
use super::super::layout::{PaneArea, Target};
use super::super::rows::RowPosition;
use super::super::state::overview::{Stretch, line};
use super::super::state::panes::Grip;
use super::super::state::passage::PanelRow;
use super::super::state::{Overlay, State};
use super::{Command, Order, dialog, filter, find, list, listing, panes, scroll, select, trail};
use crate::text::{ArticleIndex, ByteOffset, RowIndex};

/// Rows that a notch of the wheel scrolls.
const NOTCH: i32 = 3;

/// The wheel was turned.
pub fn wheel(state: &mut State, at: Position, notches: i32) -> Vec<Effect> {
    let rows = notches.saturating_mul(NOTCH);
    if let Overlay::Help(_) | Overlay::Notes(_) | Overlay::Claims(_) = state.overlay {
        let command = if rows > 0 { Command::RowDown } else { Command::RowUp };
        let count = Some(rows.unsigned_abs());
        return list::obey(state, Order { command, count });
    }
    if !matches!(state.overlay, Overlay::None) {
        return Vec::new();
    }
    match state.layout.hit(at) {
        Some(Target::Panel(_) | Target::PanelBorder) => {
            let height = state.layout.panel.height;
            state.passage.scroll(rows, height);
        }
        Some(
            Target::Text(article, _)
            | Target::Flag(article, _)
            | Target::Strip(article, _)
            | Target::Header(article)
            | Target::Border(article),
        ) => {
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
    state.panes.grip = None;
    match state.overlay {
        Overlay::None => {}
        Overlay::Claims(_) => return entry(state, at),
        _ => return Vec::new(),
    }
    match state.layout.hit(at) {
        Some(Target::Text(article, row)) => {
            if let Some(fold) = fold(state, article, row) {
                filter::open(state, article, fold);
            } else {
                panes::activate(state, article);
                choose(state, article, row);
                state.panes.grip = select::under(state, article, at).map(Grip::Text);
            }
        }
        Some(Target::Flag(article, row)) => {
            panes::activate(state, article);
            choose(state, article, row);
            flag(state);
        }
        // What is meant, the place or the border, is seen when the mouse is let go.
        Some(Target::Strip(article, row)) => state.panes.grip = Some(Grip::Strip(article, row)),
        Some(Target::Border(article)) => state.panes.grip = Some(Grip::Pane(article)),
        Some(Target::PanelBorder) => state.panes.grip = Some(Grip::Panel),
        Some(Target::Header(article)) => panes::activate(state, article),
        Some(Target::Panel(row)) => wording(state, row),
        None => {}
    }
    Vec::new()
}

/// The mouse was moved while it was held down.
pub fn drag(state: &mut State, at: Position) -> Vec<Effect> {
    let edge = |state: &State, article| state.layout.pane(article).map(|pane: &PaneArea| pane.header.right());
    match state.panes.grip {
        Some(Grip::Pane(article)) => {
            if let Some(edge) = edge(state, article) {
                panes::move_border(state, article, i32::from(at.x) + 1 - i32::from(edge));
            }
        }
        Some(Grip::Strip(article, _)) if edge(state, article).is_some_and(|edge| at.x + 1 != edge) => {
            state.panes.grip = Some(Grip::Pane(article));
            return drag(state, at);
        }
        Some(Grip::Panel) => {
            let title = state.layout.panel_title;
            let by = if state.layout.panel_is_beside() {
                i32::from(title.x) - i32::from(at.x)
            } else {
                i32::from(title.y) - i32::from(at.y)
            };
            if by != 0 {
                panes::grow_panel(state, by);
            }
        }
        Some(Grip::Text(anchor)) => select::drag(state, anchor, at),
        Some(Grip::Strip(..)) | None => {}
    }
    Vec::new()
}

/// The mouse was let go.
pub fn release(state: &mut State) -> Vec<Effect> {
    if let Some(Grip::Strip(article, row)) = state.panes.grip.take() {
        panes::activate(state, article);
        if let Some(offset) = marked(state, article, row) {
            trail::leave(state);
            find::go(state, article, offset);
        }
    }
    Vec::new()
}

/// The row of a fold that stands on a line of a pane.
fn fold(state: &State, article: ArticleIndex, line: u16) -> Option<RowIndex> {
    let view = state.view(article)?;
    let row = (view.top + i32::from(line)).index()?;
    view.rows.get(row).filter(|row| row.folded > 0).map(|_| row)
}

/// The passage on a row of a pane becomes the one in hand; the pane stays, the others come level.
fn choose(state: &mut State, article: ArticleIndex, line: u16) {
    let Some(view) = state.view(article) else { return };
    let row = (view.top + i32::from(line)).index().unwrap_or_default();
    let row = view.rows.text_row_up(row);
    let by = RowPosition::from(row) - view.top;
    let offset = scroll::offset_on(state, article, row);
    scroll::choose(state, offset, by);
}

/// Follows the flag beside the passage in hand: to its note, or to its moved counterpart.
fn flag(state: &mut State) {
    let (Some(sentence), Some(article)) = (state.sentence(), state.article()) else { return };
    let Some(span) = article.text.sentence(sentence).map(|sentence| sentence.span) else { return };
    if state.shelf.on(state.panes.active, span).is_some() {
        dialog::open_here(state);
    } else if state.findings.mark(state.panes.active, sentence).is_some_and(|mark| mark.moved) {
        find::obey(state, Order { command: Command::ThereAndBack, count: None });
    }
}

/// The place that a row of the overview stands for: the mark that is drawn there, else where its stretch begins.
fn marked(state: &State, article: ArticleIndex, row: u16) -> Option<ByteOffset> {
    let (view, source) = (state.view(article)?, state.articles.get(article.index())?);
    let (count, height) = (view.rows.count().index(), usize::from(state.layout.text_height().max(1)));
    let stretch_of = |offset| line(view.rows.row_of(offset).index(), count, height);
    let here = |offset: &ByteOffset| stretch_of(*offset) == usize::from(row);
    let starts = |sentence: &crate::text::SentenceIndex| Some(source.text.sentence(*sentence)?.span.start);
    let mark = match view.overview.get(usize::from(row))? {
        Stretch::Noted => state.shelf.places(article).into_iter().map(|span| span.start).find(here),
        Stretch::Diverges => state.findings.diverging_sentences(article).iter().filter_map(starts).find(here),
        Stretch::Plain | Stretch::OnlyHere | Stretch::Shared => None,
    };
    let begins = view.rows.text_row_down(RowIndex::new((usize::from(row) * count).div_ceil(height)));
    Some(mark.unwrap_or_else(|| scroll::offset_on(state, article, begins)))
}

/// Goes to the passage whose wording stands on a row of the panel.
fn wording(state: &mut State, row: u16) {
    let row = state.passage.rows.get(usize::from(state.passage.top) + usize::from(row));
    let Some(PanelRow::Wording { article, shown, .. }) = row else { return };
    let (article, offset) = (*article, shown.start);
    if article != state.panes.active {
        trail::leave(state);
        find::go(state, article, offset);
    }
}

/// Chooses an entry of the table of claims, which does not move; the chosen one leads to its passage.
fn entry(state: &mut State, at: Position) -> Vec<Effect> {
    let Some((row, first)) = listing::claim_at(state, at) else { return Vec::new() };
    let Overlay::Claims(claims) = &mut state.overlay else { return Vec::new() };
    if claims.list.chosen == row {
        return list::obey(state, Order { command: Command::NoteGo, count: None });
    }
    claims.list.chosen = row;
    claims.list.held = Some(first);
    Vec::new()
}
