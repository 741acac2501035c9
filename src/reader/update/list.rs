//! The commands of the lists over the panes: notes, claims, help.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::layout::claims_foot;
use super::super::state::findings::Stage;
use super::super::state::listing::{ClaimsList, HelpPage, NoteFilter, NotesList};
use super::super::state::shelf::{Certainty, Entry};
use super::super::state::{Overlay, Purpose, STILL_COMPARING, State};
use super::{Order, dialog, find, listing, placing, prompt, trail};
use crate::notes::Way;
use crate::text::Passage;
use uuid::Uuid;

/// Rows that a page of a list scrolls.
const PAGE: i32 = 10;

/// Does what a command of a list asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    match order.command {
        Command::Cancel if listing::widen(state) => {}
        Command::Close | Command::Cancel => back(state),
        Command::NoteUndo => return vec![Effect::Turn(Way::Back)],
        Command::NoteRedo => return vec![Effect::Turn(Way::Forth)],
        Command::NotesRetry => return vec![Effect::Retry],
        Command::ListSort => listing::sort(state),
        Command::FilterNext => listing::filter(state, order.count),
        Command::Search if !matches!(state.overlay, Overlay::Origin(_)) => prompt::open(state, Purpose::Narrow),
        Command::Help if matches!(state.overlay, Overlay::Help(_)) => back(state),
        Command::Help => help(state),
        Command::NoteDraft => dialog::resume_first(state),
        Command::UnplacedNext => unplaced(state, order.times()),
        Command::UnplacedPrevious => unplaced(state, -order.times()),
        _ => return moved(state, order),
    }
    Vec::new()
}

/// Closes what stands over the panes; what it stood over comes back as it was.
pub fn back(state: &mut State) {
    state.overlay = match std::mem::take(&mut state.overlay) {
        Overlay::Origin(origin) => origin.behind,
        Overlay::Help(page) => page.behind,
        Overlay::Note(dialog) => dialog.behind,
        _ => Overlay::None,
    };
    listing::refresh(state);
}

/// Opens the help over what is there.
pub fn help(state: &mut State) {
    let behind = std::mem::take(&mut state.overlay);
    state.overlay = Overlay::Help(Box::new(HelpPage { behind, ..HelpPage::default() }));
}

/// Moves in the list, and does what is done with its entries.
fn moved(state: &mut State, order: Order) -> Vec<Effect> {
    let by = steps(order);
    match &mut state.overlay {
        Overlay::Help(page) => {
            let row = i32::from(page.top).saturating_add(by).clamp(0, i32::from(u16::MAX));
            page.top = u16::try_from(row).unwrap_or(0);
        }
        Overlay::Origin(origin) => {
            let row = i32::from(origin.top).saturating_add(by).clamp(0, i32::from(u16::MAX));
            origin.top = u16::try_from(row).unwrap_or(0);
        }
        Overlay::Claims(claims) => {
            claims.list.step(by, claims.rows.len());
            let (screen, status) = (state.layout.screen.height, state.layout.status.height);
            let height = claims_foot(screen, status, state.articles.len()).saturating_sub(1);
            match order.command {
                Command::PanelDown => claims.panel.scroll(order.times(), height),
                Command::PanelUp => claims.panel.scroll(-order.times(), height),
                _ => {}
            }
            if order.command == Command::NoteGo {
                go_to_claim(state);
            }
        }
        Overlay::Notes(_) => return notes(state, order, by),
        _ => {}
    }
    Vec::new()
}

fn steps(order: Order) -> i32 {
    match order.command {
        // What is listed after a search is what it found.
        Command::RowDown | Command::SearchNext => order.times(),
        Command::RowUp | Command::SearchPrevious => -order.times(),
        Command::HalfPageDown | Command::PageDown => PAGE.saturating_mul(order.times()),
        Command::HalfPageUp | Command::PageUp => -PAGE.saturating_mul(order.times()),
        Command::Top => i32::MIN + 1,
        Command::Bottom => i32::MAX,
        _ => 0,
    }
}

fn notes(state: &mut State, order: Order, by: i32) -> Vec<Effect> {
    let Overlay::Notes(notes) = &mut state.overlay else { return Vec::new() };
    let asked = notes.removing.take();
    notes.list.step(by, notes.shown.len());
    let Some(entry) = notes.chosen().and_then(|id| state.shelf.get(id)) else { return Vec::new() };
    match order.command {
        Command::NoteEdit => {
            let note = entry.note.clone();
            dialog::open(state, note);
        }
        Command::NoteGo => {
            let place = entry.spans().next();
            match place {
                Some((article, span)) => {
                    state.overlay = Overlay::None;
                    trail::leave(state);
                    find::go(state, article, span.start);
                }
                None => {
                    let key = |command| state.setup.keymap.hint(state.mode(), command).unwrap_or_default();
                    let (place, origin) = (key(Command::NotePlace), key(Command::NoteOrigin));
                    state.warn(format!(
                        "its words are not in the open sources · {place} puts it by hand · {origin} shows them"
                    ));
                }
            }
        }
        Command::NotePlace => {
            let id = entry.note.id;
            placing::begin(state, id);
        }
        Command::NoteOrigin => return vec![Effect::Recall(entry.note.id)],
        Command::NoteRemove if asked == Some(entry.note.id) => return vec![Effect::RemoveNote(entry.note.id)],
        Command::NoteRemove => {
            notes.removing = Some(entry.note.id);
            let key = state.setup.keymap.hint(state.mode(), Command::NoteRemove).unwrap_or_default();
            state.warn(format!("{key} once more removes this note"));
        }
        Command::Export => prompt::open(state, Purpose::Export),
        _ => {}
    }
    Vec::new()
}

/// Opens the list of notes.
pub fn open_notes(state: &mut State) {
    state.shelf.listing.wanted.clear();
    state.overlay = Overlay::Notes(NotesList::default());
    listing::refresh(state);
}

/// Chooses a note whose place is not sure, so many on from the one chosen, in the list of all: such a note has no place in
/// the panes.
pub fn unplaced(state: &mut State, by: i32) {
    let unsure = |entry: &&Entry| matches!(entry.certainty(), Certainty::Unplaced | Certainty::Suggested);
    if !state.shelf.entries().iter().any(|entry| unsure(&entry)) {
        state.say("every note of the open sources is placed");
        return;
    }
    let was_open = matches!(state.overlay, Overlay::Notes(_));
    if !was_open {
        state.shelf.listing.filter = NoteFilter::All;
        open_notes(state);
    }
    let Overlay::Notes(notes) = &state.overlay else { return };
    let is_unsure = |id: &Uuid| state.shelf.get(*id).as_ref().is_some_and(unsure);
    let places: Vec<usize> = (0..notes.shown.len()).filter(|at| is_unsure(&notes.shown[*at])).collect();
    let Some(last) = places.len().checked_sub(1) else {
        state.say("no note that is listed here lacks its place");
        return;
    };
    let here = notes.list.chosen;
    let steps = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX).saturating_sub(1);
    // In a circle, as notes are gone through; a list just opened begins at its first or its last.
    let on = places.iter().position(|place| *place > here).filter(|_| was_open);
    let back = places.iter().rposition(|place| *place < here).filter(|_| was_open);
    let at = if by > 0 { on.unwrap_or(0) + steps } else { back.unwrap_or(last).saturating_sub(steps) };
    if let Overlay::Notes(notes) = &mut state.overlay {
        notes.list.chosen = places[at.min(last)];
    }
}

/// Opens the table of claims at the row of the passage in hand.
pub fn open_claims(state: &mut State) {
    if matches!(state.findings.stage, Stage::Running(_)) {
        state.say(STILL_COMPARING);
        return;
    }
    state.findings.listing.wanted.clear();
    state.overlay = Overlay::Claims(ClaimsList::default());
    listing::refresh(state);
    let here = match &state.overlay {
        Overlay::Claims(claims) => listing::row_in_hand(state, &claims.rows),
        _ => None,
    };
    if let (Overlay::Claims(claims), Some(here)) = (&mut state.overlay, here) {
        claims.list.chosen = here;
    }
}

fn go_to_claim(state: &mut State) {
    let Overlay::Claims(claims) = &state.overlay else { return };
    let Some(row) = claims.rows.get(claims.list.chosen) else { return };
    let parted = || row.differences.iter().flat_map(|difference| &difference.sides).map(|(side, _)| side);
    let in_hand = |passage: &&Passage| passage.article == state.panes.active;
    // Where the claim parts, then where it stands; in the pane being read where it does there.
    let where_it_parts = parted().find(in_hand).or_else(|| parted().next());
    let told = where_it_parts.or_else(|| row.members.iter().find(in_hand)).or(row.members.first());
    let Some(member) = told.copied() else { return };
    state.overlay = Overlay::None;
    trail::leave(state);
    find::go(state, member.article, member.span.start);
}
