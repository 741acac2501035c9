//! The commands of the panes.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::layout::PanelSize;
use super::super::state::selection::Unit;
use super::super::state::{List, NotesList, Overlay, Purpose, State};
use super::scroll::{Pace, alone, by_rows, level, place, to_offset, window};
use super::{Order, dialog, find, list, panes, prompt, select};
use crate::text::{ByteOffset, ParagraphIndex, SentenceIndex};

/// Does what a command of the panes asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    use Command as C;
    match order.command {
        C::RowDown | C::RowUp | C::HalfPageDown | C::HalfPageUp | C::PageDown | C::PageUp => rows(state, order),
        C::SentenceNext => sentence(state, order.times()),
        C::SentencePrevious => sentence(state, -order.times()),
        C::ParagraphNext => paragraph(state, order.times()),
        C::ParagraphPrevious => paragraph(state, -order.times()),
        C::Top | C::Bottom | C::Percent => part(state, order),
        C::ScrollDown => window(state, order.times()),
        C::ScrollUp => window(state, -order.times()),
        C::PlaceTop => place(state, 0),
        C::PlaceThird => place(state, i32::from(state.layout.focus_row())),
        C::PlaceBottom => place(state, i32::from(state.layout.text_height()) - 1),
        C::PaneNext => panes::step(state, true),
        C::PanePrevious => panes::step(state, false),
        C::SourcesForward => panes::rotate(state, order.times()),
        C::SourcesBack => panes::rotate(state, -order.times()),
        C::PanesFewer => panes::more(state, -order.times()),
        C::PanesMore => panes::more(state, order.times()),
        C::PaneRight => panes::reorder(state, order.times()),
        C::PaneLeft => panes::reorder(state, -order.times()),
        C::Zoom => panes::zoom(state),
        C::AloneDown => alone(state, order.times()),
        C::AloneUp => alone(state, -order.times()),
        C::Level => level(state),
        C::ScrollingCycle => cycle(state),
        C::PanelToggle | C::PanelEnlarge | C::PanelDown | C::PanelUp => panel(state, order),
        C::NoteNew | C::NoteEdit | C::NotesList | C::NoteUndo | C::Export => return notes(state, order),
        C::WordNext => select::word(state, order.times()),
        C::WordPrevious => select::word(state, -order.times()),
        C::SelectWords => select::begin(state, Unit::Word),
        C::SelectSentences => select::begin(state, Unit::Sentence),
        C::Copy | C::CopyCited => return select::copy(state, order.command == C::CopyCited),
        C::OpenAddress => return select::open_address(state),
        C::Help => state.overlay = Overlay::Help(0),
        C::Claims => list::open_claims(state),
        C::Search => prompt::open(state, Purpose::Search),
        C::Close => return vec![Effect::Quit],
        C::Cancel => find::forget(state),
        _ => find::obey(state, order),
    }
    Vec::new()
}

fn notes(state: &mut State, order: Order) -> Vec<Effect> {
    match order.command {
        Command::NoteNew => dialog::open_new(state),
        Command::NoteEdit => dialog::open_here(state),
        Command::NotesList => {
            state.overlay = Overlay::Notes(NotesList { list: List::default(), removing: None });
        }
        Command::NoteUndo => return list::undo(state),
        Command::Export => prompt::open(state, Purpose::Export),
        _ => {}
    }
    Vec::new()
}

fn rows(state: &mut State, order: Order) {
    let height = i32::from(state.layout.text_height());
    let times = order.times();
    let rows = match order.command {
        Command::RowDown => times,
        Command::RowUp => -times,
        Command::HalfPageDown => (height / 2).max(1).saturating_mul(times),
        Command::HalfPageUp => -(height / 2).max(1).saturating_mul(times),
        Command::PageDown => (height - 2).max(1).saturating_mul(times),
        _ => -(height - 2).max(1).saturating_mul(times),
    };
    by_rows(state, rows);
}

fn moved(index: u32, by: i32, count: usize) -> usize {
    let last = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX);
    usize::try_from((i64::from(index) + i64::from(by)).clamp(0, last)).unwrap_or(0)
}

fn sentence(state: &mut State, by: i32) {
    let (Some(at), Some(article)) = (state.sentence(), state.article()) else { return };
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let start = article.text.sentence(at).map_or(ByteOffset(0), |sentence| sentence.span.start);
    // Back within a sentence goes to its beginning first.
    let by = if by < 0 && cursor > start { by + 1 } else { by };
    let next = SentenceIndex::new(moved(at.0, by, article.text.sentences().len()));
    if let Some(sentence) = article.text.sentence(next) {
        let to = sentence.span.start;
        to_offset(state, to, Pace::Step);
    }
}

fn paragraph(state: &mut State, by: i32) {
    let (Some(at), Some(article)) = (state.sentence(), state.article()) else { return };
    let text = &article.text;
    let Some(here) = text.sentence(at).map(|sentence| sentence.paragraph) else { return };
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let start = text.paragraph(here).map_or(ByteOffset(0), |paragraph| paragraph.span.start);
    let by = if by < 0 && cursor > start { by + 1 } else { by };
    let next = ParagraphIndex::new(moved(here.0, by, text.paragraphs().len()));
    if let Some(paragraph) = text.paragraph(next) {
        let to = paragraph.span.start;
        to_offset(state, to, Pace::Step);
    }
}

fn part(state: &mut State, order: Order) {
    let Some(view) = state.view(state.panes.active) else { return };
    let last = i64::from(view.rows.last().0);
    let row = match (order.command, order.count) {
        (Command::Top, None) => 0,
        (Command::Bottom, None) => last,
        (Command::Percent, count) => last * i64::from(count.unwrap_or(0).min(100)) / 100,
        (_, Some(row)) => i64::from(row).saturating_sub(1),
        (_, None) => 0,
    };
    let by = row - i64::from(view.cursor_row().0);
    find::remember_jump(state);
    by_rows(state, i32::try_from(by).unwrap_or(i32::MAX));
}

fn cycle(state: &mut State) {
    state.panes.scrolling = state.panes.scrolling.next();
    state.say(match state.panes.scrolling {
        super::super::state::panes::Scrolling::Aligned => "aligned: panes keep level by what they say",
        super::super::state::panes::Scrolling::Offset => "offset: all panes move by the same rows",
        super::super::state::panes::Scrolling::Free => "free: only the pane being read moves",
    });
}

fn panel(state: &mut State, order: Order) {
    let size = state.panes.panel;
    let height = state.layout.panel.height;
    match (order.command, size) {
        (Command::PanelToggle, PanelSize::Hidden) => panes::panel(state, PanelSize::Third),
        (Command::PanelToggle, _) => panes::panel(state, PanelSize::Hidden),
        (Command::PanelEnlarge, PanelSize::Half) => panes::panel(state, PanelSize::Third),
        (Command::PanelEnlarge, _) => panes::panel(state, PanelSize::Half),
        (Command::PanelDown, _) => state.passage.scroll(order.times(), height),
        _ => state.passage.scroll(-order.times(), height),
    }
}
