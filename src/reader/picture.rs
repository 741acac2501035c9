//! The reader's screen as a picture: its own loop over keys given beforehand, into a buffer instead of a terminal.
//!
//! Must never change anything outside: what keys would save, export or copy is shown as done and goes nowhere. Invariant: the
//! same sources, keys and size give the same picture.

use std::collections::VecDeque;
use std::io;
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;

use super::action::{Action, Saved};
use super::effect::Effect;
use super::glyphs::{ASCII, UNICODE};
use super::host::Host;
use super::key::{KeyPress, UnknownKey, typed};
use super::state::State;
use super::svg::{self, Caption};
use super::theme::{Depth, Theme};
use super::view;
use super::world::World;
use super::{ReaderError, Session, cycle, open, setup};
use crate::compare::{Options, compare};
use crate::config;
use crate::notes::Note;
use crate::notes::link::Answer;

/// The most columns or rows of a picture.
const MOST: u16 = 600;

/// The size of a screen, written like `120x40`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ScreenSize {
    columns: u16,
    rows: u16,
}

/// Why words are no size of a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a size is columns and rows, like 120x40, each from 1 to {MOST}")]
pub struct NoSize;

impl FromStr for ScreenSize {
    type Err = NoSize;

    fn from_str(words: &str) -> Result<Self, NoSize> {
        let (columns, rows) = words.split_once(['x', '×']).ok_or(NoSize)?;
        let number = |word: &str| word.parse().ok().filter(|number| (1..=MOST).contains(number)).ok_or(NoSize);
        Ok(Self { columns: number(columns)?, rows: number(rows)? })
    }
}

/// Keys to press, written like `]c]c<tab>`.
#[derive(Debug, Clone)]
pub struct Keys {
    written: String,
    presses: Vec<KeyPress>,
}

impl FromStr for Keys {
    type Err = UnknownKey;

    fn from_str(keys: &str) -> Result<Self, UnknownKey> {
        Ok(Self { written: keys.to_owned(), presses: typed(keys)? })
    }
}

/// Opens the reader on the session's sources, presses the keys, and answers the screen as SVG.
///
/// # Errors
/// [`ReaderError`], of the settings.
pub fn draw(session: Session, size: ScreenSize, keys: &Keys) -> Result<String, ReaderError> {
    let (name, palette) = match session.config.theme {
        config::Theme::Auto | config::Theme::Dark => ("dark", &svg::DARK),
        config::Theme::Light => ("light", &svg::LIGHT),
        config::Theme::Ansi => ("ansi", &svg::DARK),
        config::Theme::None => ("none", &svg::LIGHT),
    };
    let theme = Theme::load(name, if name == "none" { Depth::Mono } else { Depth::True })?;
    let setup = setup(&session.config, &session.notes_path, if session.config.ascii { ASCII } else { UNICODE })?;
    let comparison = compare(&session.articles, &Options::default());
    let mut world = World::compared(Arc::new(session.articles), session.notes_path, comparison);
    let mut state = open(world.articles(), setup, Size::new(size.columns, size.rows), &world);
    let mut canvas = Canvas::new(size, keys, world.notes().unwrap_or_default());
    cycle(&mut canvas, &mut world, &mut state, &theme)?;
    let Ok(cursor) = canvas.terminal.get_cursor_position();
    let buffer = canvas.terminal.backend().buffer();
    Ok(svg::picture(buffer, cursor, palette, &caption(&state, size, keys)))
}

fn caption(state: &State, size: ScreenSize, keys: &Keys) -> Caption {
    let name = |article: &crate::text::ArticleIndex| {
        let source = state.articles.get(article.index()).map(crate::source::Article::label);
        format!("{} {}", article.letter(), source.unwrap_or_default())
    };
    let names: Vec<String> = state.layout.panes.iter().map(|pane| name(&pane.article)).collect();
    let after = if keys.written.is_empty() { String::new() } else { format!(", after the keys {}", keys.written) };
    let passage = state.sentence().and_then(|sentence| {
        let text = &state.article()?.text;
        Some(text.slice(text.sentence(sentence)?.span))
    });
    let title = format!("crossread at {} columns by {} rows{after}", size.columns, size.rows);
    let description =
        format!("Panes from the left: {}. The passage in hand: {}", names.join(", "), passage.unwrap_or("none"));
    Caption { title: crate::text::display::line(&title), description: crate::text::display::line(&description) }
}

/// A screen in memory, with the keys that are going to be pressed.
struct Canvas {
    terminal: Terminal<TestBackend>,
    steps: VecDeque<Vec<Action>>,
    notes: Vec<Note>,
}

impl Canvas {
    fn new(size: ScreenSize, keys: &Keys, notes: Vec<Note>) -> Self {
        let Ok(terminal) = Terminal::new(TestBackend::new(size.columns, size.rows));
        // The first wait brings nothing but the comparison.
        let presses = keys.presses.iter().map(|press| vec![Action::Key(*press)]);
        let steps = std::iter::once(Vec::new()).chain(presses).collect();
        Self { terminal, steps, notes }
    }

    fn saved(&self) -> Result<Saved, String> {
        Ok(Saved { notes: self.notes.clone(), remark: None })
    }
}

impl Host for Canvas {
    fn wait(&mut self, _: Duration) -> io::Result<Option<Vec<Action>>> {
        Ok(self.steps.pop_front())
    }

    fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        self.terminal.draw(|frame| view::draw(frame, state, theme)).map(|_| ()).map_err(|error| match error {})
    }

    /// Whatever would write or run something is answered here, so that it does not reach the world.
    fn carry_out(&mut self, effect: &Effect) -> io::Result<Option<Action>> {
        let nowhere = || "this is a picture".to_owned();
        Ok(match effect {
            Effect::AddNote(note) | Effect::UpdateNote(note) => {
                self.notes.retain(|kept| kept.id != note.id);
                self.notes.push((**note).clone());
                Some(Action::NoteSaved(note.id, self.saved()))
            }
            Effect::RemoveNote(id) => {
                let at = self.notes.iter().position(|note| note.id == *id);
                at.map(|at| {
                    self.notes.remove(at);
                    Action::NoteRemoved(self.saved())
                })
            }
            Effect::Export(path) => Some(Action::Exported(path.clone(), Err(nowhere()))),
            Effect::Copy(clip) => Some(Action::Copied(clip.amount.clone(), "nowhere: this is a picture".to_owned())),
            Effect::OpenAddress(address) => Some(Action::AddressOpened(address.clone(), Err(nowhere()))),
            Effect::Edit(_) => Some(Action::Edited(Err(nowhere()))),
            Effect::HandLink(..) => Some(Action::HandLink(Answer::Nothing, Err(nowhere()))),
            Effect::Open(_) => Some(Action::NotOpened(nowhere())),
            Effect::Turn(way) => Some(Action::Turned(*way, Err(nowhere()))),
            Effect::Retry => Some(Action::Retried(Err(nowhere()))),
            Effect::Recall(_) | Effect::ListFiles(_) | Effect::Theme(_) | Effect::Mouse(_) | Effect::ToggleMouse => {
                None
            }
            Effect::Reload | Effect::Redraw | Effect::Suspend | Effect::Quit => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_columns_and_rows() {
        assert_eq!("120x40".parse(), Ok(ScreenSize { columns: 120, rows: 40 }));
        for wrong in ["120", "0x1", "120x", "x", "9999x9", "-3x4", "12x4x5"] {
            assert_eq!(wrong.parse::<ScreenSize>(), Err(NoSize), "{wrong}");
        }
    }
}
