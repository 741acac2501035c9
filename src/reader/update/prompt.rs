//! One line to type: for a search or a file's name.

use std::path::PathBuf;

use ratatui_textarea::{CursorMove, TextArea};

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::key::{KeyCode, KeyPress};
use super::super::state::{Overlay, Prompt, Purpose, State};
use super::{Order, dialog, find, listing};

/// Asks for a line.
pub fn open(state: &mut State, purpose: Purpose) {
    let line = match purpose {
        Purpose::Search | Purpose::Narrow => String::new(),
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
    state.overlay = Overlay::Prompt(Box::new(Prompt { purpose, line, behind }));
    if purpose == Purpose::Narrow {
        listing::narrow(state, "");
    }
}

/// Does what a command of the prompt asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return Vec::new() };
    let (purpose, line) = (prompt.purpose, prompt.line.lines().join(" "));
    state.overlay = std::mem::take(&mut prompt.behind);
    if order.command != Command::Accept {
        if purpose == Purpose::Narrow {
            listing::narrow(state, "");
        }
        return Vec::new();
    }
    match purpose {
        Purpose::Search => find::begin_search(state, &line),
        Purpose::Narrow => listing::narrow(state, &line),
        Purpose::Export if line.trim().is_empty() => {}
        Purpose::Export => return vec![Effect::Export(PathBuf::from(line.trim()))],
    }
    Vec::new()
}

/// A list shows what is left of it while the words are typed.
pub fn narrowed(state: &mut State) {
    let Overlay::Prompt(prompt) = &state.overlay else { return };
    if prompt.purpose == Purpose::Narrow {
        let line = prompt.line.lines().join(" ");
        listing::narrow(state, &line);
    }
}

/// Types into the line.
pub fn typed(state: &mut State, press: KeyPress) {
    let Overlay::Prompt(prompt) = &mut state.overlay else { return };
    // What ^U does in every shell; the widget's own meaning for it is undo.
    if press.control && press.code == KeyCode::Char('u') {
        prompt.line.delete_line_by_head();
    } else {
        prompt.line.input(dialog::editing(press));
    }
    narrowed(state);
}
