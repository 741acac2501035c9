//! The notes file on disk: read once, written whole and atomically at every change.
//!
//! Must never write over a file it cannot read, and never report a change as saved before it is on disk. Invariant: what the
//! file held when it was last read, with the changes still pending laid over it, is what [`Store::notes`] shows.

mod disk;
mod merge;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};

use uuid::Uuid;

use super::archive::Archive;
use super::jsonld::{FormatError, NotesFile};
use super::{Note, SourceReference};
use crate::source::Article;
use merge::Change;

/// The reader's notes, kept in one file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// The file as it was last read or written; `None` while there is none.
    content: Option<String>,
    /// What `content` says.
    file: NotesFile,
    /// Changes that are not on disk yet, oldest first.
    pending: Vec<Change>,
    /// What is shown: the file's notes with the pending changes laid over them.
    notes: Vec<Note>,
    /// The links by hand of the same file, likewise.
    links: Vec<Note>,
    /// Whether the file's folder was missing when the store was opened, so that it may be made.
    may_make_folder: bool,
}

/// A change that is on disk.
#[derive(Debug, Default)]
pub struct Saved {
    /// Notes that another program had changed as well: both texts were kept, or the note was kept instead of removed.
    pub merged: Vec<Uuid>,
    /// Why a source's text could not be archived beside the notes; the note itself is saved.
    pub not_archived: Option<StoreError>,
}

/// Why notes could not be read or saved. What was to be saved stays pending.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is damaged, newer, or no notes file. It is left as it is.
    #[error("{path}: {problem}{}", backup_hint(.backup.as_deref()))]
    Format {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        problem: FormatError,
        /// The copy made when it was last saved, where there is one.
        backup: Option<PathBuf>,
    },
    /// The file is marked read-only.
    #[error("{path}: the file is read-only")]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// Another program holds the lock.
    #[error("{path}: another program has been saving for {seconds} seconds")]
    Busy {
        /// The lock file.
        path: PathBuf,
        /// How long was waited.
        seconds: u64,
    },
    /// The disk says no.
    #[error("{path}: {doing}: {source}")]
    Disk {
        /// The file or folder.
        path: PathBuf,
        /// What was tried ("cannot be read").
        doing: &'static str,
        /// What the system says.
        source: std::io::Error,
    },
    /// There is no note with that id.
    #[error("there is no note {0}")]
    UnknownNote(Uuid),
    /// A note must stand on at least one passage.
    #[error("a note needs a passage")]
    NoPassage,
}

fn backup_hint(backup: Option<&Path>) -> String {
    backup.map_or_else(String::new, |path| format!(" (it is left as it is; the copy last saved is {})", path.display()))
}

impl Store {
    /// Opens the notes file at `path`; a missing one is made when the first note is saved.
    ///
    /// # Errors
    /// [`StoreError`] when the file is there but cannot be read or is no notes file this version knows.
    pub fn open(path: impl Into<PathBuf>) -> Result<Self, StoreError> {
        let path = path.into();
        let path = std::path::absolute(&path).unwrap_or(path);
        let content = disk::read(&disk::real_path(&path))?;
        let file = parse(&path, content.as_deref())?;
        let (links, notes) = apart(file.notes.clone());
        let may_make_folder = !path.parent().is_some_and(Path::exists);
        Ok(Self { path, content, file, pending: Vec::new(), notes, links, may_make_folder })
    }

    /// The file's absolute path, as it was asked for.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All notes in the file's order, with the changes that are still pending.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// All links by hand in the file's order, with the changes that are still pending.
    pub fn links(&self) -> &[Note] {
        &self.links
    }

    /// The note or the link by hand with that id.
    pub fn get(&self, id: Uuid) -> Option<&Note> {
        self.notes.iter().chain(&self.links).find(|note| note.id == id)
    }

    /// How many changes are not on disk yet.
    pub fn pending(&self) -> usize {
        self.pending.len()
    }

    /// How many entries of the file are no notes of ours; they are kept as they are.
    pub fn foreign(&self) -> usize {
        self.file.foreign()
    }

    /// Where the texts of the sources are kept.
    pub fn archive(&self) -> Archive {
        Archive::beside(&disk::real_path(&self.path))
    }

    /// Saves a new note, and beside the notes the text of every source of it that is among `articles`.
    ///
    /// # Errors
    /// [`StoreError`]; the note is then pending.
    pub fn add(&mut self, note: Note, articles: &[Article]) -> Result<Saved, StoreError> {
        if note.passages.is_empty() {
            return Err(StoreError::NoPassage);
        }
        let sources: Vec<SourceReference> = note.sources().cloned().collect();
        self.pending.push(Change::Add(Box::new(note)));
        let mut saved = self.flush()?;
        saved.not_archived = self.archive_sources(&sources, articles).err();
        Ok(saved)
    }

    /// Saves a changed note in the place of the one with its id.
    ///
    /// # Errors
    /// [`StoreError`]; unless the note is unknown, the change is then pending.
    pub fn update(&mut self, note: Note) -> Result<Saved, StoreError> {
        if note.passages.is_empty() {
            return Err(StoreError::NoPassage);
        }
        let before = self.get(note.id).cloned().ok_or(StoreError::UnknownNote(note.id))?;
        self.pending.push(Change::Update { before: Box::new(before), after: Box::new(note) });
        self.flush()
    }

    /// Removes a note. One that another program has changed meanwhile is kept and named in [`Saved::merged`].
    ///
    /// # Errors
    /// [`StoreError`]; unless the note is unknown, the change is then pending.
    pub fn remove(&mut self, id: Uuid) -> Result<Saved, StoreError> {
        let before = self.get(id).cloned().ok_or(StoreError::UnknownNote(id))?;
        self.pending.push(Change::Remove(Box::new(before)));
        self.flush()
    }

    /// Tries once more to save what is pending.
    ///
    /// # Errors
    /// [`StoreError`]; everything is then still pending.
    pub fn retry(&mut self) -> Result<Saved, StoreError> {
        if self.pending.is_empty() { Ok(Saved::default()) } else { self.flush() }
    }

    /// Takes in what other programs have written since; answers whether anything was new.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read any more; what is shown stays.
    pub fn refresh(&mut self) -> Result<bool, StoreError> {
        let new = self.read_again(&disk::real_path(&self.path))?;
        self.lay_over();
        Ok(new)
    }

    fn flush(&mut self) -> Result<Saved, StoreError> {
        let saved = self.try_flush();
        self.lay_over();
        saved
    }

    fn try_flush(&mut self) -> Result<Saved, StoreError> {
        let path = disk::real_path(&self.path);
        if self.may_make_folder {
            disk::make_folder(&path)?;
        }
        let _lock = disk::lock(&path)?;
        disk::sweep(&path);
        self.read_again(&path)?;
        let mut file = self.file.clone();
        let merged = self.pending.iter().filter_map(|change| merge::apply(&mut file.notes, change)).collect();
        let content = file.print();
        if self.content.as_deref() != Some(content.as_str()) {
            disk::write(&path, &content)?;
            // The backup is a second chance: that it failed takes nothing from the note that was saved.
            let _ = disk::write(&disk::backup_path(&path), &content);
        }
        // What was written is read back, so that the notes in memory hold the objects of the file.
        self.file = parse(&path, Some(&content)).unwrap_or(file);
        self.content = Some(content);
        self.pending.clear();
        self.may_make_folder = false;
        Ok(Saved { merged, not_archived: None })
    }

    /// Reads the file if it is another than the one known. A file that vanished is taken for the one known: its notes are
    /// not lost because somebody took it away.
    fn read_again(&mut self, path: &Path) -> Result<bool, StoreError> {
        let content = disk::read(path)?;
        if content.is_none() {
            self.content = None;
            return Ok(false);
        }
        if content == self.content {
            return Ok(false);
        }
        self.file = parse(path, content.as_deref())?;
        self.content = content;
        Ok(true)
    }

    fn lay_over(&mut self) {
        let mut notes = self.file.notes.clone();
        for change in &self.pending {
            merge::apply(&mut notes, change);
        }
        (self.links, self.notes) = apart(notes);
    }

    fn archive_sources(&self, sources: &[SourceReference], articles: &[Article]) -> Result<(), StoreError> {
        let archive = self.archive();
        for article in articles.iter().filter(|article| sources.iter().any(|source| source.sha256 == article.sha256)) {
            archive.keep(article)?;
        }
        Ok(())
    }
}

/// Links by hand, and notes: both in the order they had.
fn apart(all: Vec<Note>) -> (Vec<Note>, Vec<Note>) {
    all.into_iter().partition(|note| note.link.is_some())
}

/// Reads a file's content. An empty file without a backup holds nothing that could be lost and counts as a new one.
fn parse(path: &Path, content: Option<&str>) -> Result<NotesFile, StoreError> {
    let backup = Some(disk::backup_path(&disk::real_path(path))).filter(|backup| backup.exists());
    match content {
        None => Ok(NotesFile::new()),
        Some(content) if content.trim().is_empty() && backup.is_none() => Ok(NotesFile::new()),
        Some(content) => {
            NotesFile::parse(content).map_err(|problem| StoreError::Format { path: path.to_owned(), problem, backup })
        }
    }
}
