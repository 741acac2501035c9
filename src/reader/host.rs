//! What the loop needs of a terminal: the seam that a test fills with a size and a list of keys.

use std::io;
use std::time::Duration;

use super::action::Action;
use super::effect::Effect;
use super::ground::Ground;
use super::state::State;
use super::theme::Theme;
use crate::config;

/// A terminal, real or not.
pub trait Host {
    /// Waits no longer than `patience` for something to happen and answers all that did, in order; `None` when nothing will any
    /// more (the terminal is gone, the program is asked to end).
    ///
    /// # Errors
    /// What the terminal says.
    fn wait(&mut self, patience: Duration) -> io::Result<Option<Vec<Action>>>;

    /// Shows the state.
    ///
    /// # Errors
    /// What the terminal says.
    fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<()>;

    /// Carries out an effect on the terminal itself and answers what the reader should be told.
    ///
    /// # Errors
    /// What the terminal says.
    fn carry_out(&mut self, effect: &Effect) -> io::Result<Option<Action>>;

    /// The terminal's ground for a theme that is wanted from now on, where that depends on it and the terminal has told it; where it
    /// has not, it is asked.
    ///
    /// # Errors
    /// What the terminal says.
    fn ground_for(&mut self, _wanted: config::Theme) -> io::Result<Option<Ground>> {
        Ok(None)
    }

    /// The ground, where the terminal has told it since it was last drawn on, and the theme that is wanted depends on it.
    fn news_of_ground(&mut self) -> Option<Ground> {
        None
    }
}
