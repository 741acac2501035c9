//! The terminal program: the only folder that knows the terminal.

pub mod command;
pub mod glyphs;
pub mod key;
pub mod keymap;
pub mod layout;
mod rows;
mod sync;
pub mod theme;
