//! The commands of the lists over the panes: notes, claims, help.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::state::{List, Overlay, Purpose, State};
use super::{Order, dialog, find, prompt, trail};

/// Rows that a page of a list scrolls.
const PAGE: i32 = 10;

/// Does what a command of a list asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    if matches!(order.command, Command::Close | Command::Cancel) {
        state.overlay = Overlay::None;
        return Vec::new();
    }
    if order.command == Command::NoteUndo {
        return undo(state);
    }
    let by = steps(order);
    match &mut state.overlay {
        Overlay::Help(top) => {
            if order.command == Command::Help {
                state.overlay = Overlay::None;
            } else {
                let row = i32::from(*top).saturating_add(by).clamp(0, i32::from(u16::MAX));
                *top = u16::try_from(row).unwrap_or(0);
            }
            Vec::new()
        }
        Overlay::Claims(list) => {
            list.step(by, state.findings.comparison().claims.len());
            if order.command == Command::NoteGo {
                go_to_claim(state);
            }
            Vec::new()
        }
        Overlay::Notes(_) => notes(state, order, by),
        _ => Vec::new(),
    }
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
    let count = state.shelf.entries().len();
    let Overlay::Notes(notes) = &mut state.overlay else { return Vec::new() };
    let asked = notes.removing.take();
    notes.list.step(by, count);
    let Some(entry) = state.shelf.entries().get(notes.list.chosen) else { return Vec::new() };
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
                None => state.warn("this note's passage is not in the open sources"),
            }
        }
        Command::NoteRemove if asked == Some(entry.note.id) => return vec![Effect::RemoveNote(entry.note.id)],
        Command::NoteRemove => {
            notes.removing = Some(entry.note.id);
            let key = state.setup.keymap.hint(state.mode(), Command::NoteRemove).unwrap_or_default();
            state.warn(format!("{key} once more removes this note"));
        }
        Command::Export => prompt::open(state, Purpose::Export),
        Command::Help => state.overlay = Overlay::Help(0),
        _ => {}
    }
    Vec::new()
}

/// Brings the note that was removed last back.
pub fn undo(state: &mut State) -> Vec<Effect> {
    match state.shelf.removed.pop() {
        Some(note) => vec![Effect::AddNote(Box::new(note))],
        None => {
            state.say("no note was removed since the program was started");
            Vec::new()
        }
    }
}

/// Opens the table of claims at the claim of the passage in hand.
pub fn open_claims(state: &mut State) {
    let claims = &state.findings.comparison().claims;
    let span =
        state.sentence().and_then(|sentence| state.article()?.text.sentence(sentence)).map(|sentence| sentence.span);
    let here = span.and_then(|span| {
        let inside = |claim: &crate::compare::Claim| {
            claim.members.iter().any(|member| member.article == state.panes.active && member.span.shared(span) > 0)
        };
        claims.iter().position(inside)
    });
    if claims.is_empty() {
        state.say("no claim is shared by two of these sources");
        return;
    }
    state.overlay = Overlay::Claims(List { chosen: here.unwrap_or(0) });
}

fn go_to_claim(state: &mut State) {
    let Overlay::Claims(list) = &state.overlay else { return };
    let Some(claim) = state.findings.comparison().claims.get(list.chosen) else { return };
    let here = claim.members.iter().find(|member| member.article == state.panes.active);
    let Some(member) = here.or(claim.members.first()).copied() else { return };
    state.overlay = Overlay::None;
    trail::leave(state);
    find::go(state, member.article, member.span.start);
}
