//! Marks and the jump list: going back to where the reader was.

use super::super::command::Command;
use super::super::key::KeyPress;
use super::super::state::State;
use super::super::state::trail::Place;
use super::{Order, find};

/// The letter that leads to before the last jump.
const BEFORE: [char; 2] = ['\'', '`'];

/// Where the reader stands.
pub fn here(state: &State) -> Option<Place> {
    let article = state.panes.active;
    Some(Place { article, offset: state.view(article)?.cursor })
}

/// Keeps the place in hand as one to go back to.
pub fn leave(state: &mut State) {
    if let Some(here) = here(state) {
        state.panes.trail.leave(here);
    }
}

/// Does what a command about marks and jumps asks for.
pub fn obey(state: &mut State, order: Order) {
    match order.command {
        Command::JumpBack => walk(state, order.times()),
        Command::JumpForward => walk(state, -order.times()),
        Command::MarkSet => {
            state.typing.letter_for = Some(Command::MarkSet);
            state.say("mark this place: which letter?");
        }
        Command::MarkGo => {
            state.typing.letter_for = Some(Command::MarkGo);
            let letters: String = state.panes.trail.letters().map(|letter| format!("{letter} ")).collect();
            state.say(format!("go to mark: {letters}· ' is before the last jump"));
        }
        _ => {}
    }
}

fn walk(state: &mut State, steps: i32) {
    let Some(here) = here(state) else { return };
    match state.panes.trail.walk(here, steps) {
        Some(place) => find::go(state, place.article, place.offset),
        None if steps > 0 => state.say("no place further back"),
        None => state.say("no place further on"),
    }
}

/// Takes the key that a command was waiting for.
pub fn letter(state: &mut State, command: Command, press: KeyPress) {
    let (Some(letter), Some(here)) = (press.typed(), here(state)) else { return };
    let place = match command {
        Command::MarkSet if letter.is_alphanumeric() => {
            state.panes.trail.mark(letter, here);
            let key = state.setup.keymap.hint(state.mode(), Command::MarkGo).unwrap_or_default();
            state.say(format!("marked {letter} · {key}{letter} comes back"));
            return;
        }
        Command::MarkSet => {
            state.say("a mark is a letter or a digit");
            return;
        }
        _ if BEFORE.contains(&letter) => state.panes.trail.before(),
        _ => state.panes.trail.marked(letter),
    };
    match place {
        Some(place) => {
            leave(state);
            find::go(state, place.article, place.offset);
        }
        None if BEFORE.contains(&letter) => state.say("no place to go back to"),
        None => state.say(format!("there is no mark {letter}")),
    }
}
