//! One line to type: for a search or a file's name.

use std::path::PathBuf;

use ratatui_textarea::{CursorMove, TextArea};

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::key::{KeyCode, KeyPress};
use super::super::state::{Overlay, Prompt, Purpose, State};
use super::{Order, dialog, find};

/// Asks for a line.
pub fn open(state: &mut State, purpose: Purpose) {
    let line = match purpose {
        Purpose::Search => String::new(),
        Purpose::Export if state.shelf.entries().is_empty() => {
            let key = state.setup.keymap.hint(state.mode(), Command::NoteNew).unwrap_or_default();
            state.say(format!("there are no notes to export yet · {key} writes one"));
            return;
        }
        Purpose::Export => state.setup.notes_path.with_extension("md").display().to_string(),
    };
    let mut line = TextArea::new(vec![crate::text::display::line(&line)]);
    line.move_cursor(CursorMove::End);
    state.overlay = Overlay::Prompt(Box::new(Prompt { purpose, line }));
}

/// Does what a command of the prompt asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    let Overlay::Prompt(prompt) = &state.overlay else { return Vec::new() };
    let (purpose, line) = (prompt.purpose, prompt.line.lines().join(" "));
    state.overlay = Overlay::None;
    if order.command != Command::Accept {
        return Vec::new();
    }
    match purpose {
        Purpose::Search => find::begin_search(state, &line),
        Purpose::Export if line.trim().is_empty() => {}
        Purpose::Export => return vec![Effect::Export(PathBuf::from(line.trim()))],
    }
    Vec::new()
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
}
