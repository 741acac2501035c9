//! One line to type: for a search, a file's name or a command.

use std::path::PathBuf;

use ratatui_textarea::{CursorMove, TextArea};

use super::super::command::Command;
use super::super::command_line::{self, Offers};
use super::super::effect::Effect;
use super::super::key::{KeyCode, KeyPress};
use super::super::state::{Overlay, Prompt, Purpose, State};
use super::{Order, command_line as typed_line, dialog, find, listing};

/// Asks for a line.
pub fn open(state: &mut State, purpose: Purpose) {
    let line = match purpose {
        Purpose::Search | Purpose::Narrow | Purpose::Command => String::new(),
        Purpose::Export if state.shelf.entries().is_empty() => {
            let key = state.setup.keymap.hint(state.mode(), Command::NoteNew).unwrap_or_default();
            state.say(format!("there are no notes to export yet · {key} writes one"));
            return;
        }
        Purpose::Export => state.setup.notes_path.with_extension("md").display().to_string(),
    };
    let mut line = TextArea::new(vec![crate::text::display::line(&line)]);
    line.move_cursor(CursorMove::End);
    let behind = std::mem::take(&mut state.overlay);
    state.overlay =
        Overlay::Prompt(Box::new(Prompt { purpose, line, behind, completion: Default::default(), earlier: None }));
    if purpose == Purpose::Narrow {
        listing::narrow(state, "");
    }
    offer(state);
}

/// Does what a command of the prompt asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    match order.command {
        Command::Complete => return complete(state, Step::On),
        Command::CompleteBack => return complete(state, Step::Back),
        Command::LineEarlier => return repeat(state, Step::Back),
        Command::LineLater => return repeat(state, Step::On),
        _ => {}
    }
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    let (purpose, line) = (prompt.purpose, prompt.line.lines().join(" "));
    state.overlay = std::mem::take(&mut prompt.behind);
    if order.command != Command::Accept {
        if purpose == Purpose::Narrow {
            listing::narrow(state, "");
        }
        return Vec::new();
    }
    if !line.trim().is_empty() {
        state.panes.trail.typed(purpose, &line);
    }
    match purpose {
        Purpose::Command => return typed_line::obey(state, &line),
        Purpose::Search => find::begin_search(state, &line),
        Purpose::Narrow => listing::narrow(state, &line),
        Purpose::Export if line.trim().is_empty() => {}
        Purpose::Export => return vec![Effect::Export(PathBuf::from(line.trim()))],
    }
    Vec::new()
}

/// A list shows what is left of it while the words are typed, and a command what may follow.
pub fn changed(state: &mut State) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    prompt.earlier = None;
    if prompt.purpose == Purpose::Narrow {
        let line = prompt.line.lines().join(" ");
        listing::narrow(state, &line);
    }
    offer(state);
}

/// Which way along the offers, or the lines typed before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    On,
    Back,
}

fn offer(state: &mut State) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    let line = prompt.line.lines().join(" ");
    let offers = match prompt.purpose {
        Purpose::Command => command_line::offers(&line).unwrap_or_default(),
        Purpose::Search | Purpose::Narrow | Purpose::Export => Offers::default(),
    };
    prompt.completion = (offers, None);
}

/// Puts the next of what is offered in place of the word being typed; asks for the files there are where that is a file's name.
fn complete(state: &mut State, step: Step) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    let line = prompt.line.lines().join(" ");
    let (offers, chosen) = &prompt.completion;
    if offers.words.is_empty() {
        let file = match prompt.purpose {
            Purpose::Export => Some(line.as_str()),
            Purpose::Command => command_line::file(&line).map(|(_, file)| file),
            Purpose::Search | Purpose::Narrow => None,
        };
        return file.map(|file| Effect::ListFiles(file.to_owned())).into_iter().collect();
    }
    let last = offers.words.len() - 1;
    let next = match (chosen, step) {
        (None, Step::On) => 0,
        (Some(at), Step::On) if *at < last => at + 1,
        (Some(at), Step::Back) if *at > 0 => at - 1,
        (Some(_), Step::On) => 0,
        (None | Some(_), Step::Back) => last,
    };
    let word = &offers.words[next];
    let more = prompt.purpose == Purpose::Command && offers.before.is_empty() && command_line::takes_more(word);
    let completed = format!("{}{word}{}", offers.before, if more { " " } else { "" });
    write(prompt, &completed);
    prompt.completion.1 = Some(next);
    // A word that stands there alone is done: what follows it is offered.
    if last == 0 {
        offer(state);
    }
    Vec::new()
}

fn write(prompt: &mut Prompt, line: &str) {
    prompt.line = TextArea::new(vec![line.to_owned()]);
    prompt.line.move_cursor(CursorMove::End);
}

/// The files whose paths begin like what was typed are these: the first stands there, the others are offered.
pub fn files(state: &mut State, beginning: &str, files: Vec<String>) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    let line = prompt.line.lines().join(" ");
    let Some(before) = line.strip_suffix(beginning).map(str::to_owned) else { return Vec::new() };
    if files.is_empty() {
        state.say("no file begins like this");
        return Vec::new();
    }
    let alone = files.len() == 1;
    prompt.completion = (Offers { before, words: files, help: None }, None);
    let effects = complete(state, Step::On);
    if let (Overlay::Prompt(prompt), true) = (&mut state.overlay, alone) {
        prompt.completion = Default::default();
    }
    effects
}

/// Puts a line typed before in place of the one being typed.
fn repeat(state: &mut State, step: Step) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    let back = match (prompt.earlier, step) {
        (None, Step::Back) => Some(0),
        (Some(at), Step::Back) => Some(at + 1),
        (Some(at), Step::On) => at.checked_sub(1),
        (None, Step::On) => return Vec::new(),
    };
    let line = match back {
        Some(back) => match state.panes.trail.line(prompt.purpose, back) {
            Some(line) => line.to_owned(),
            None => return Vec::new(),
        },
        None => String::new(),
    };
    write(prompt, &line);
    changed(state);
    if let Overlay::Prompt(prompt) = &mut state.overlay {
        prompt.earlier = back;
    }
    Vec::new()
}

/// Types into the line.
pub fn typed(state: &mut State, press: KeyPress) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    let before = prompt.line.lines().join(" ");
    // What ^U does in every shell; the widget's own meaning for it is undo.
    if press.control && press.code == KeyCode::Char('u') {
        prompt.line.delete_line_by_head();
    } else {
        prompt.line.input(dialog::editing(press));
    }
    if prompt.line.lines().join(" ") != before {
        changed(state);
    }
}
