//! The commands of the panes.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::layout::PanelSize;
use super::super::rows::RowPosition;
use super::super::state::panes::Scrolling;
use super::super::state::selection::Unit;
use super::super::state::{Purpose, State};
use super::scroll::{Pace, alone, by_rows, forget_asides, level, place, to_offset, window};
use super::{Order, about, by_hand, dialog, find, list, panes, prompt, reload, select, trail};
use crate::notes::Way;
use crate::text::{ByteOffset, ParagraphIndex, RowIndex, Sentence, SentenceIndex};

/// Columns by which a pane becomes wider.
const STEP: i32 = 2;

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
        C::PaneNext | C::PanePrevious => pane(state, order),
        C::SourcesForward => panes::rotate(state, order.times()),
        C::SourcesBack => panes::rotate(state, -order.times()),
        C::PanesFewer => panes::more(state, -order.times()),
        C::PanesMore => panes::more(state, order.times()),
        C::PaneRight => panes::reorder(state, order.times()),
        C::PaneLeft => panes::reorder(state, -order.times()),
        C::Zoom => panes::zoom(state),
        C::PaneHide => panes::hide(state),
        C::PaneUnhide => unhide(state),
        C::PaneWider => panes::widen(state, STEP.saturating_mul(order.times())),
        C::PaneNarrower => panes::widen(state, -STEP.saturating_mul(order.times())),
        C::PanesEven => panes::even(state),
        C::AloneDown => alone(state, text_rows(state, order.times())),
        C::AloneUp => alone(state, text_rows(state, -order.times())),
        C::Level => level(state),
        C::ScrollingCycle => scroll_as(state, state.panes.scrolling.next()),
        C::PanelToggle | C::PanelEnlarge | C::PanelSide | C::PanelGrow | C::PanelShrink | C::PanelDown | C::PanelUp => {
            panel(state, order);
        }
        C::NoteNew | C::NoteEdit | C::NoteDraft | C::NotesList | C::Export => notes(state, order),
        C::UnplacedNext => list::unplaced(state, order.times()),
        C::UnplacedPrevious => list::unplaced(state, -order.times()),
        C::NoteUndo => return vec![Effect::Turn(Way::Back)],
        C::NoteRedo => return vec![Effect::Turn(Way::Forth)],
        C::NotesRetry => return vec![Effect::Retry],
        C::Link | C::Unlink => return by_hand::obey(state, order.command),
        C::Reload => return reload::ask(state),
        C::WordNext => select::word(state, order.times()),
        C::WordPrevious => select::word(state, -order.times()),
        C::SelectWords => select::begin(state, Unit::Word),
        C::SelectSentences => select::begin(state, Unit::Sentence),
        C::Copy | C::CopyCited => return select::copy(state, order.command == C::CopyCited),
        C::SourceInfo => about::source(state),
        C::OpenAddress => return select::open_address(state),
        C::Help => list::help(state),
        C::Claims => list::open_claims(state),
        C::Search => prompt::open(state, Purpose::Search),
        C::Close => return vec![Effect::Quit],
        C::Cancel if by_hand::cancel(state) => {}
        C::Cancel => find::forget(state),
        _ => find::obey(state, order),
    }
    Vec::new()
}

fn notes(state: &mut State, order: Order) {
    match order.command {
        Command::NoteNew => dialog::open_new(state),
        Command::NoteEdit => dialog::open_here(state),
        Command::NotesList => list::open_notes(state),
        Command::NoteDraft => dialog::resume_first(state),
        Command::Export => prompt::open(state, Purpose::Export),
        _ => {}
    }
}

/// The next pane or the one before; with a count the source of that place in the order.
fn pane(state: &mut State, order: Order) {
    match order.count {
        Some(number) => panes::nth(state, number),
        None => panes::step(state, order.command == Command::PaneNext),
    }
}

fn rows(state: &mut State, order: Order) {
    let height = i32::from(state.layout.text_height());
    let times = order.times();
    let rows = match order.command {
        Command::RowDown => text_rows(state, times),
        Command::RowUp => text_rows(state, -times),
        Command::HalfPageDown => (height / 2).max(1).saturating_mul(times),
        Command::HalfPageUp => -(height / 2).max(1).saturating_mul(times),
        Command::PageDown => (height - 2).max(1).saturating_mul(times),
        _ => -(height - 2).max(1).saturating_mul(times),
    };
    by_rows(state, rows);
}

/// The rows to the text row so many text rows away: blank ones are not counted, so that `5j` is `j` five times.
fn text_rows(state: &State, times: i32) -> i32 {
    let Some(view) = state.view(state.panes.active).filter(|_| times.abs() > 1) else { return times };
    let from = view.cursor_row();
    let mut row = from;
    for _ in 0..times.abs() {
        let next = if times > 0 {
            view.rows.text_row_down(RowIndex(row.0.saturating_add(1)))
        } else {
            view.rows.text_row_up(RowIndex(row.0.saturating_sub(1)))
        };
        if next == row {
            break;
        }
        row = next;
    }
    RowPosition::from(row) - RowPosition::from(from)
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
    let next = stepped(state, at, by);
    if let Some(sentence) = article.text.sentence(next) {
        let to = sentence.span.start;
        to_offset(state, to, Pace::Step);
    }
}

fn paragraph(state: &mut State, by: i32) {
    let (Some(at), Some(article)) = (state.sentence(), state.article()) else { return };
    let text = &article.text;
    let Some(here) = text.sentence(at).map(|sentence| sentence.paragraph) else { return };
    let Some(view) = state.view(state.panes.active) else { return };
    let start = text.paragraph(here).map_or(ByteOffset(0), |paragraph| paragraph.span.start);
    let to = if view.passing.is_folding() {
        // The first sentence of each paragraph that is not folded away.
        let mut firsts: Vec<&Sentence> = view.passing.sentences().filter_map(|kept| text.sentence(kept)).collect();
        firsts.dedup_by_key(|sentence| sentence.paragraph);
        let starts = firsts.iter().map(|sentence| sentence.span.start);
        let times = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
        if by > 0 {
            starts.filter(|start| *start > view.cursor).take(times).last()
        } else {
            starts.rev().filter(|start| *start < view.cursor).take(times).last()
        }
    } else {
        let by = if by < 0 && view.cursor > start { by + 1 } else { by };
        let next = ParagraphIndex::new(moved(here.0, by, text.paragraphs().len()));
        text.paragraph(next).map(|paragraph| paragraph.span.start)
    };
    if let Some(to) = to {
        to_offset(state, to, Pace::Step);
    }
}

/// The sentence `by` further along than another, of those that are not folded away.
fn stepped(state: &State, at: SentenceIndex, by: i32) -> SentenceIndex {
    let Some(passing) = state.view(state.panes.active).map(|view| &view.passing) else { return at };
    if by == 0 || !passing.is_folding() {
        let count = state.article().map_or(0, |article| article.text.sentences().len());
        return SentenceIndex::new(moved(at.0, by, count));
    }
    let times = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
    if by > 0 {
        passing.sentences().filter(|kept| *kept > at).take(times).last().unwrap_or(at)
    } else {
        let before: Vec<SentenceIndex> = passing.sentences().take_while(|kept| *kept < at).collect();
        before.get(before.len().saturating_sub(times)).copied().unwrap_or(at)
    }
}

fn part(state: &mut State, order: Order) {
    let Some(view) = state.view(state.panes.active) else { return };
    let last = i64::from(view.rows.last().0);
    let row = match (order.command, order.count) {
        (Command::Top, None) => 0,
        (Command::Bottom, None) => last,
        (Command::Percent, None) => {
            state.say("how far down? type a number first, like 30%");
            return;
        }
        (Command::Percent, Some(count)) => last * i64::from(count.min(100)) / 100,
        (_, Some(row)) => i64::from(row).saturating_sub(1),
        (_, None) => 0,
    };
    let by = row - i64::from(view.cursor_row().0);
    trail::leave(state);
    by_rows(state, i32::try_from(by).unwrap_or(i32::MAX));
}

/// Lets the other panes keep up in another way.
pub fn scroll_as(state: &mut State, scrolling: Scrolling) {
    state.panes.scrolling = scrolling;
    forget_asides(state);
    state.say(match scrolling {
        Scrolling::Aligned => "aligned: panes keep level by what they say",
        Scrolling::Offset => "offset: all panes move by the same rows",
        Scrolling::Free => "free: only the pane being read moves",
    });
}

fn unhide(state: &mut State) {
    if !panes::unhide_last(state) {
        state.say("no source is hidden");
    }
}

fn panel(state: &mut State, order: Order) {
    let size = state.panes.panel.size;
    let height = state.layout.panel.height;
    match (order.command, size) {
        (Command::PanelToggle, PanelSize::Hidden) => panes::panel(state, PanelSize::Third),
        (Command::PanelToggle, _) => panes::panel(state, PanelSize::Hidden),
        (Command::PanelEnlarge, PanelSize::Half) => panes::panel(state, PanelSize::Third),
        (Command::PanelEnlarge, _) => panes::panel(state, PanelSize::Half),
        (Command::PanelSide, _) => panes::move_panel(state),
        (Command::PanelGrow, _) => panes::grow_panel(state, order.times()),
        (Command::PanelShrink, _) => panes::grow_panel(state, -order.times()),
        (Command::PanelDown, _) => state.passage.scroll(order.times(), height),
        _ => state.passage.scroll(-order.times(), height),
    }
}
