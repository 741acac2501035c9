//! What can happen: what the reader does, and what comes back from an effect.

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::{Position, Size};
use uuid::Uuid;

use super::key::KeyPress;
use super::state::source::OnDisk;
use crate::compare::Comparison;
use crate::notes::archive::Remembered;
use crate::notes::link::{Answer, Tally};
use crate::notes::{Deed, Note, SourceReference, Way};
use crate::source::Article;
use crate::text::ArticleIndex;

/// One thing that happened.
#[derive(Debug, Clone)]
pub enum Action {
    /// A key was pressed.
    Key(KeyPress),
    /// Text was pasted.
    Paste(String),
    /// The mouse was pressed on a place.
    Click(Position),
    /// The mouse was moved to a place while it was held down.
    Drag(Position),
    /// The mouse was let go.
    Release,
    /// The wheel was turned so many notches, down where positive, over a place.
    Wheel(Position, i32),
    /// The screen has this size now.
    Resize(Size),
    /// The mouse was turned on or off.
    Mouse(bool),
    /// The comparison is so far, in thousandths.
    Comparing(u16),
    /// The comparison is done.
    Compared(Arc<Comparison>),
    /// The notes in the file are these.
    Notes(Vec<Note>),
    /// These notes were being written when the program ended.
    Drafts(Vec<Note>),
    /// A note is on disk, or not.
    NoteSaved(Uuid, Result<Saved, String>),
    /// A note is removed from the file, or not.
    NoteRemoved(Result<Saved, String>),
    /// The last thing done to the notes was undone or done again (what it was, or `None` where there was none), or that is not on
    /// disk.
    Turned(Way, Result<Option<(Deed, Saved)>, String>),
    /// So many changes are not on disk, or none any more; the notes with them laid over.
    Pending(u32, Vec<Note>),
    /// What was not on disk is now, or is not yet.
    Retried(Result<Saved, String>),
    /// What a note was written about.
    Recalled(Vec<Recollection>),
    /// A wish about a link: what came of it, and whether that is on disk (with a remark) or not.
    HandLink(Answer, Result<Option<String>, String>),
    /// The comparison with the links by hand laid over it, and how many those are.
    Overruled(Arc<Comparison>, Tally),
    /// A source's file is another, is gone, or is as it was read.
    OnDisk(ArticleIndex, OnDisk),
    /// Another source is open: all sources, the new one last.
    Opened(Arc<Vec<Article>>),
    /// A source could not be opened, and why.
    NotOpened(String),
    /// The files whose paths begin like this.
    Files(String, Vec<String>),
    /// The colours are those of the theme of this name.
    Themed(String),
    /// Sources were read again; all sources, and which of them are others.
    Reloaded(Arc<Vec<Article>>, Vec<ArticleIndex>),
    /// So many words were given to the clipboard, and by which way.
    Copied(String, String),
    /// An address was handed over, and by which way, or it was not, and why.
    AddressOpened(String, Result<String, String>),
    /// The reader's editor gives a text back, or not, and why.
    Edited(Result<String, String>),
    /// The notes were exported to a file, or not.
    Exported(PathBuf, Result<(), String>),
}

/// What one passage of a note was written about.
#[derive(Debug, Clone)]
pub struct Recollection {
    /// Its source.
    pub source: SourceReference,
    /// What is remembered of it.
    pub remembered: Remembered,
    /// The words that the reader has put the note on since.
    pub put_on: Option<String>,
}

/// What saving changed.
#[derive(Debug, Clone, Default)]
pub struct Saved {
    /// The notes in the file now.
    pub notes: Vec<Note>,
    /// Something the reader should know about it.
    pub remark: Option<String>,
}
