//! The commands of the lists over the panes: notes, claims, help.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::state::findings::Stage;
use super::super::state::listing::{ClaimsList, NotesList};
use super::super::state::{Overlay, Purpose, State};
use super::{Order, dialog, find, listing, placing, prompt, trail};
use crate::notes::Way;

/// Rows that a page of a list scrolls.
const PAGE: i32 = 10;

/// Does what a command of a list asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    if matches!(order.command, Command::Close | Command::Cancel) {
        match std::mem::take(&mut state.overlay) {
            Overlay::Origin(_) => open_notes(state),
            _ => state.overlay = Overlay::None,
        }
        return Vec::new();
    }
    match order.command {
        Command::NoteUndo => return vec![Effect::Turn(Way::Back)],
        Command::NoteRedo => return vec![Effect::Turn(Way::Forth)],
        Command::NotesRetry => return vec![Effect::Retry],
        Command::ListSort => listing::sort(state),
        Command::FilterNext => listing::filter(state, order.count),
        Command::Search if matches!(state.overlay, Overlay::Notes(_) | Overlay::Claims(_)) => {
            prompt::open(state, Purpose::Narrow);
        }
        _ => return moved(state, order),
    }
    Vec::new()
}

/// Moves in the list, and does what is done with its entries.
fn moved(state: &mut State, order: Order) -> Vec<Effect> {
    let by = steps(order);
    match &mut state.overlay {
        Overlay::Help(top) => {
            if order.command == Command::Help {
                state.overlay = Overlay::None;
            } else {
                let row = i32::from(*top).saturating_add(by).clamp(0, i32::from(u16::MAX));
                *top = u16::try_from(row).unwrap_or(0);
            }
        }
        Overlay::Origin(origin) => {
            let row = i32::from(origin.top).saturating_add(by).clamp(0, i32::from(u16::MAX));
            origin.top = u16::try_from(row).unwrap_or(0);
        }
        Overlay::Claims(claims) => {
            claims.list.step(by, claims.rows.len());
            match order.command {
                Command::NoteGo => go_to_claim(state),
                Command::Help => state.overlay = Overlay::Help(0),
                _ => {}
            }
        }
        Overlay::Notes(_) => return notes(state, order, by),
        _ => {}
    }
    Vec::new()
}

fn steps(order: Order) -> i32 {
    match order.command {
        Command::RowDown => order.times(),
        Command::RowUp => -order.times(),
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
    if order.command == Command::Help {
        state.overlay = Overlay::Help(0);
        return Vec::new();
    }
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

/// Opens the table of claims at the row of the passage in hand.
pub fn open_claims(state: &mut State) {
    if matches!(state.findings.stage, Stage::Running(_)) {
        state.say("the sources are still being compared");
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
    let here = row.members.iter().find(|member| member.article == state.panes.active);
    let Some(member) = here.or(row.members.first()).copied() else { return };
    state.overlay = Overlay::None;
    trail::leave(state);
    find::go(state, member.article, member.span.start);
}
