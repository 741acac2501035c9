//! What comes back from effects and from the comparison: nothing here moves a pane.

use std::path::Path;
use std::sync::Arc;

use uuid::Uuid;

use super::super::action::{Recollection, Saved};
use super::super::effect::Effect;
use super::super::state::dialog::Outcome;
use super::super::state::findings::{Findings, Stage};
use super::super::state::listing::Origin;
use super::super::state::{Overlay, STILL_COMPARING, State};
use super::super::theme::Role;
use super::counterpart::remap;
use super::scroll::{settle, survey};
use super::{dialog, filter, list, listing};
use crate::compare::{Comparison, Link, LinkIndex};
use crate::notes::link::Tally;
use crate::notes::{Deed, Note, Way};

/// What is said when everything that waited is on disk.
const ALL_SAVED: &str = "saved: everything is on disk";

/// The comparison is so far.
pub fn comparing(state: &mut State, permille: u16) -> Vec<Effect> {
    if let Stage::Running(done) = &mut state.findings.stage {
        *done = (*done).max(permille);
    }
    Vec::new()
}

/// The comparison is done: marks appear, every pane stays where it is.
pub fn compared(state: &mut State, comparison: Arc<Comparison>) -> Vec<Effect> {
    if let Some(cut) = &comparison.cut {
        let cut = cut.clone();
        state.warn(cut);
    }
    take(state, comparison);
    Vec::new()
}

/// Links by hand were laid over the comparison: marks change, every pane stays where it is.
pub fn overruled(state: &mut State, comparison: Arc<Comparison>, tally: Tally) -> Vec<Effect> {
    state.shelf.by_hand.tally = tally;
    take(state, comparison);
    Vec::new()
}

fn take(state: &mut State, comparison: Arc<Comparison>) {
    state.unsay(STILL_COMPARING);
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
    settle(state);
}

/// A note was saved: the dialog closes; or it was not: the dialog stays and says why.
pub fn note_saved(state: &mut State, id: Uuid, result: Result<Saved, String>) -> Vec<Effect> {
    match result {
        Ok(saved) => {
            shelve(state, saved.notes);
            state.shelf.unsaved = 0;
            if matches!(&state.overlay, Overlay::Note(dialog) if dialog.note.id == id) {
                list::back(state);
            }
            match saved.remark {
                Some(remark) => state.warn(remark),
                None => state.say("note saved"),
            }
        }
        Err(problem) => {
            state.shelf.unsaved = state.shelf.unsaved.max(1);
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
pub fn note_removed(state: &mut State, result: Result<Saved, String>) -> Vec<Effect> {
    match result {
        Ok(saved) => {
            shelve(state, saved.notes);
            state.shelf.unsaved = 0;
            let key = state.setup.keymap.hint(state.mode(), super::Command::NoteUndo).unwrap_or_default();
            match saved.remark {
                Some(remark) => state.warn(remark),
                None => state.say(format!("note removed · {key} brings it back")),
            }
        }
        Err(problem) => state.warn(format!("not removed on disk: {problem}")),
    }
    Vec::new()
}

/// The last thing done was undone, or done again.
pub fn turned(state: &mut State, way: Way, result: Result<Option<(Deed, Saved)>, String>) -> Vec<Effect> {
    let key = |command| state.setup.keymap.hint(state.mode(), command).unwrap_or_default();
    match (result, way) {
        (Ok(Some((deed, saved))), way) => {
            let words = match way {
                Way::Back => format!("undone: {} · {} does it again", deed.words(), key(super::Command::NoteRedo)),
                Way::Forth => format!("done again: {} · {} undoes it", deed.words(), key(super::Command::NoteUndo)),
            };
            shelve(state, saved.notes);
            state.shelf.unsaved = 0;
            match saved.remark {
                Some(remark) => state.warn(remark),
                None => state.say(words),
            }
        }
        (Ok(None), Way::Back) => state.say("nothing was done to the notes since the program was started"),
        (Ok(None), Way::Forth) => state.say("nothing was undone that could be done again"),
        (Err(problem), _) => state.warn(format!("not saved: {problem}")),
    }
    Vec::new()
}

/// Changes are not on disk: they are shown nevertheless, and kept until they are.
pub fn pending(state: &mut State, count: u32, notes: Vec<Note>) -> Vec<Effect> {
    shelve(state, notes);
    state.shelf.unsaved = usize::try_from(count).unwrap_or(usize::MAX);
    if count == 0 {
        on_disk(state);
        state.shelf.told_of_loss = false;
        state.say(ALL_SAVED);
    }
    Vec::new()
}

/// A dialog whose note could not be saved closes, now that it is.
fn on_disk(state: &mut State) {
    let saved = matches!(&state.overlay, Overlay::Note(dialog)
        if matches!(dialog.outcome, Outcome::Failed(_)) && dialog::is_kept(&state.shelf, dialog));
    if saved {
        list::back(state);
    }
}

/// What was not on disk is now, or is not yet.
pub fn retried(state: &mut State, result: Result<Saved, String>) -> Vec<Effect> {
    match result {
        Ok(saved) => {
            let had = std::mem::take(&mut state.shelf.unsaved);
            shelve(state, saved.notes);
            on_disk(state);
            let leaving = std::mem::take(&mut state.shelf.told_of_loss);
            state.say(if had > 0 { ALL_SAVED } else { "everything is saved" });
            if leaving { vec![Effect::Quit] } else { Vec::new() }
        }
        Err(problem) => {
            let changes = crate::text::display::count(state.shelf.unsaved, "change");
            let quit = state.setup.keymap.hint(state.mode(), super::Command::Quit).unwrap_or_default();
            let loss = if state.shelf.told_of_loss { format!(" · {quit} quits and loses it") } else { String::new() };
            state.warn(format!("{changes} not saved{loss} · {problem}"));
            Vec::new()
        }
    }
}

/// What a note was written about.
pub fn recalled(state: &mut State, recollections: &[Recollection]) -> Vec<Effect> {
    let mut parts: Vec<(String, Role)> = Vec::new();
    for one in recollections {
        let (source, remembered) = (&one.source, &one.remembered);
        let day = source.day();
        let about = [Some(source.name()), source.title.as_deref(), day.as_deref()];
        let mut about: Vec<&str> = about.into_iter().flatten().collect();
        about.dedup();
        parts.push((about.join(" · "), Role::Heading));
        parts.push((source.cited().to_owned(), Role::Quiet));
        let archived = match (&remembered.text, remembered.archived) {
            (Some(_), Some(when)) => format!("archived {}", when.strftime("%-d %b %Y %H:%M UTC")),
            (Some(_), None) => "archived".to_owned(),
            (None, _) => "not archived: this is what the note itself keeps".to_owned(),
        };
        parts.push((archived, Role::Quiet));
        parts.push((String::new(), Role::Text));
        let around = &remembered.around;
        let whole = format!("{}«{}»{}", around.before, around.words, around.after);
        parts.push((whole.trim().to_owned(), Role::Text));
        parts.push((String::new(), Role::Text));
        if let Some(words) = &one.put_on {
            parts.push((format!("put by you on: “{words}”"), Role::Quiet));
            parts.push((String::new(), Role::Text));
        }
    }
    let behind = std::mem::take(&mut state.overlay);
    state.overlay = Overlay::Origin(Box::new(Origin { parts, top: 0, behind }));
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
