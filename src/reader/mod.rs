//! The terminal program: the only folder that knows the terminal.

pub mod action;
pub mod command;
pub mod effect;
pub mod glyphs;
pub mod key;
pub mod keymap;
pub mod layout;
pub mod rows;
pub mod state;
pub mod sync;
pub mod theme;
pub mod update;
mod view;
