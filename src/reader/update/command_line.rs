//! Obeying a line typed after `:`.
//!
//! Must never do what a key could not: every line is a command, a place, a setting or a file's name.

use super::super::command::Command;
use super::super::command_line::{Line, Setting, parse};
use super::super::effect::Effect;
use super::super::state::{Overlay, State};
use super::{Order, filter, panes, prompt, reading, scroll};

/// Does what a line asks for, or says what is wrong with it.
pub fn obey(state: &mut State, line: &str) -> Vec<Effect> {
    match parse(line) {
        Ok(line) => carry_out(state, line),
        Err(problem) => {
            state.warn(crate::text::display::line(&problem));
            Vec::new()
        }
    }
}

fn carry_out(state: &mut State, line: Line) -> Vec<Effect> {
    let count = |command, count| Order { command, count: Some(count) };
    match line {
        Line::Nothing => {}
        Line::Command(Command::Quit) => return vec![Effect::Quit],
        Line::Command(command) => {
            if !is_of_lists(command) {
                state.overlay = Overlay::None;
            }
            return super::obey(state, Order { command, count: None });
        }
        Line::Row(row) => return in_the_panes(state, count(Command::Bottom, row.max(1))),
        Line::Percent(percent) => return in_the_panes(state, count(Command::Percent, percent)),
        Line::Open(file) => return vec![Effect::Open(file)],
        Line::Export(Some(file)) => return vec![Effect::Export(file)],
        Line::Export(None) => prompt::open(state, super::Purpose::Export),
        Line::Write => write(state),
        Line::Set(setting) => return set(state, setting),
        Line::Settings => settings(state),
    }
    Vec::new()
}

/// Whether an open list obeys it; for everything else the list is closed.
fn is_of_lists(command: Command) -> bool {
    use Command as C;
    matches!(
        command,
        C::Close | C::Cancel | C::NoteUndo | C::FilterNext | C::Search | C::Help | C::Export | C::NoteEdit | C::Redraw
    )
}

fn in_the_panes(state: &mut State, order: Order) -> Vec<Effect> {
    state.overlay = Overlay::None;
    reading::obey(state, order)
}

fn write(state: &mut State) {
    let path = crate::text::display::line(&state.setup.notes_path.display().to_string());
    match state.shelf.unsaved {
        0 => state.say(format!("notes are saved as you write them, in {path}")),
        _ => state.warn(format!("not everything is saved in {path}")),
    }
}

fn set(state: &mut State, setting: Setting) -> Vec<Effect> {
    match setting {
        Setting::Scrolling(scrolling) => reading::scroll_as(state, scrolling),
        Setting::Filter(wanted) => filter::choose(state, wanted),
        Setting::Rest(rest) => {
            state.panes.filtering.rest = rest;
            filter::refresh(state);
        }
        Setting::Panel(size) => panes::panel(state, size),
        Setting::Panes(most) => panes::at_most(state, most),
        Setting::Mouse(on) => return vec![Effect::Mouse(on)],
        Setting::Theme(theme) => return vec![Effect::Theme(theme)],
    }
    if state.panes.scrolling == super::super::state::panes::Scrolling::Aligned {
        scroll::settle(state);
    }
    Vec::new()
}

fn settings(state: &mut State) {
    let filtering = state.panes.filtering;
    let panes = u16::try_from(state.layout.panes.len()).unwrap_or(u16::MAX);
    let settings = [
        Setting::Scrolling(state.panes.scrolling),
        Setting::Filter(filtering.which),
        Setting::Rest(filtering.rest),
        Setting::Panel(state.panes.panel.size),
        Setting::Panes(panes),
    ];
    state.say(settings.map(Setting::written).join(" "));
}
