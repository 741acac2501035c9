//! What an action asks of the world: data, carried out by the loop, which reports back with an action.

use std::path::PathBuf;

use uuid::Uuid;

use crate::config::Theme;
use crate::notes::link::Wish;
use crate::notes::{Note, Way};

/// One thing to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    /// Puts a new note on disk; reports [`super::action::Action::NoteSaved`].
    AddNote(Box<Note>),
    /// Puts a changed note on disk; reports [`super::action::Action::NoteSaved`].
    UpdateNote(Box<Note>),
    /// Takes a note out of the file; reports [`super::action::Action::NoteRemoved`].
    RemoveNote(Uuid),
    /// Undoes the last thing done to the notes, or does it again; reports [`super::action::Action::Turned`].
    Turn(Way),
    /// Tries once more to save what is not on disk; reports [`super::action::Action::Retried`].
    Retry,
    /// Looks up what a note was written about; reports [`super::action::Action::Recalled`].
    Recall(Uuid),
    /// Links two passages or parts them, in that reader's name; reports [`super::action::Action::HandLink`].
    HandLink(Wish, Option<String>),
    /// Takes in the sources that changed on disk; reports [`super::action::Action::Reloaded`].
    Reload,
    /// Opens another source beside the others; reports [`super::action::Action::Opened`] or
    /// [`super::action::Action::NotOpened`].
    Open(PathBuf),
    /// Lists the files whose paths begin like this; reports [`super::action::Action::Files`].
    ListFiles(String),
    /// Takes other colours; reports [`super::action::Action::Themed`].
    Theme(Theme),
    /// Writes the notes in the form that the file's name asks for; reports [`super::action::Action::Exported`].
    Export(PathBuf),
    /// Gives words to the clipboard, as the terminal and the system take them; reports
    /// [`super::action::Action::Copied`].
    Copy(Clip),
    /// Opens an address in the browser; reports [`super::action::Action::AddressOpened`].
    OpenAddress(String),
    /// Lets the reader's own editor change a text; reports [`super::action::Action::Edited`].
    Edit(String),
    /// Draws everything anew.
    Redraw,
    /// Turns the mouse on or off.
    ToggleMouse,
    /// Lets the mouse be used, or leaves it to the terminal.
    Mouse(bool),
    /// Stops the program until the shell continues it.
    Suspend,
    /// Ends the program.
    Quit,
}

/// Words for the clipboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clip {
    /// The words.
    pub words: String,
    /// How much that is, for the status line: "12 words with their source".
    pub amount: String,
}
