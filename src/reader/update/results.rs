//! What comes back from effects and from the comparison: nothing here moves a pane.

use std::path::Path;

use uuid::Uuid;

use super::super::action::Saved;
use super::super::effect::Effect;
use super::super::state::dialog::Outcome;
use super::super::state::findings::{Findings, Stage};
use super::super::state::shelf::Undo;
use super::super::state::{Overlay, State};
use super::scroll::{remap, settle, survey};
use super::{filter, listing};
use crate::compare::{Comparison, Link, LinkIndex};
use crate::notes::Note;
use crate::notes::link::Tally;

/// The comparison is so far.
pub fn comparing(state: &mut State, permille: u16) -> Vec<Effect> {
    if let Stage::Running(done) = &mut state.findings.stage {
        *done = (*done).max(permille);
    }
    Vec::new()
}

/// The comparison is done: marks appear, every pane stays where it is.
pub fn compared(state: &mut State, comparison: Comparison) -> Vec<Effect> {
    if let Some(cut) = &comparison.cut {
        let cut = cut.clone();
        state.warn(cut);
    }
    take(state, comparison);
    Vec::new()
}

/// Links by hand were laid over the comparison: marks change, every pane stays where it is.
pub fn overruled(state: &mut State, comparison: Comparison, tally: Tally) -> Vec<Effect> {
    state.shelf.by_hand.tally = tally;
    take(state, comparison);
    Vec::new()
}

fn take(state: &mut State, comparison: Comparison) {
    let ends = |findings: &Findings, at: LinkIndex| {
        findings.comparison().links.get(at.0 as usize).map(|link| (link.a, link.b))
    };
    let chosen: Vec<_> =
        state.views.iter().map(|view| view.choice.and_then(|link| ends(&state.findings, link))).collect();
    let listing = std::mem::take(&mut state.findings.listing);
    state.findings = Findings::new(comparison, &state.articles);
    state.findings.listing = listing;
    // The counterparts that the reader asked for may have other numbers now.
    for (view, chosen) in state.views.iter_mut().zip(chosen) {
        let links = (0u32..).zip(&state.findings.comparison().links);
        let same = |(_, link): &(u32, &Link)| Some((link.a, link.b)) == chosen;
        view.choice = chosen.and_then(|_| links.into_iter().find(same)).map(|(at, _)| LinkIndex(at));
    }
    state.passage.forget();
    remap(state);
    filter::refresh(state);
    listing::refresh(state);
    survey(state);
    settle(state);
}

/// The notes in the file are these.
pub fn notes(state: &mut State, notes: Vec<Note>) -> Vec<Effect> {
    shelve(state, notes);
    Vec::new()
}

fn shelve(state: &mut State, notes: Vec<Note>) {
    state.shelf.fill(notes, &state.articles);
    filter::refresh(state);
    listing::refresh(state);
    survey(state);
}

/// A note was saved: the dialog closes; or it was not: the dialog stays and says why.
pub fn note_saved(state: &mut State, id: Uuid, result: Result<Saved, String>) -> Vec<Effect> {
    match result {
        Ok(saved) => {
            shelve(state, saved.notes);
            state.shelf.unsaved = 0;
            if matches!(&state.overlay, Overlay::Note(dialog) if dialog.note.id == id) {
                state.overlay = Overlay::None;
            }
            match saved.remark {
                Some(remark) => state.warn(remark),
                None => state.say("note saved"),
            }
        }
        Err(problem) => {
            state.shelf.unsaved += 1;
            if let Overlay::Note(dialog) = &mut state.overlay {
                dialog.outcome = Outcome::Failed(problem);
            } else {
                state.warn(format!("not saved: {problem}"));
            }
        }
    }
    Vec::new()
}

/// A note was removed, or not.
pub fn note_removed(state: &mut State, note: Note, result: Result<Saved, String>) -> Vec<Effect> {
    match result {
        Ok(saved) => {
            shelve(state, saved.notes);
            state.shelf.undo.push(Undo::Removed(Box::new(note)));
            let key = state.setup.keymap.hint(state.mode(), super::Command::NoteUndo).unwrap_or_default();
            match saved.remark {
                Some(remark) => state.warn(remark),
                None => state.say(format!("note removed · {key} brings it back")),
            }
        }
        Err(problem) => state.warn(format!("not removed: {problem}")),
    }
    Vec::new()
}

/// The notes were exported, or not.
pub fn exported(state: &mut State, path: &Path, result: Result<(), String>) -> Vec<Effect> {
    let path = crate::text::display::line(&path.display().to_string());
    match result {
        Ok(()) => state.say(format!("exported to {path}")),
        Err(problem) => state.warn(format!("not exported: {path}: {problem}")),
    }
    Vec::new()
}

/// An address was handed over to be opened, or not.
pub fn address_opened(state: &mut State, address: &str, result: Result<String, String>) -> Vec<Effect> {
    let address = crate::text::display::line(address);
    match result {
        Ok(way) => state.say(format!("handed to {way}: {address}")),
        Err(problem) => state.warn(format!("not opened: {problem}: {address}")),
    }
    Vec::new()
}
