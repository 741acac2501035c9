//! The notes file on disk: read once, written whole and atomically at every change.
//!
//! Must never write over a file it cannot read, and never report a change as saved before it is on disk. Invariant: what the
//! file held when it was last read, with the changes still pending laid over it, is what [`Store::notes`] shows.

mod disk;
mod draft;
mod history;
mod merge;
#[cfg(test)]
mod tests;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use uuid::Uuid;

use super::archive::Archive;
use super::jsonld::{FormatError, ItemIndex, NotesFile};
use super::{Note, SourceReference, import};
use crate::source::Article;
use history::{Before, History};
use merge::Change;

pub use draft::Drafts;
pub use history::{Deed, Way};

/// The reader's notes, kept in one file.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    /// The file as it was last read or written; `None` while there is none.
    content: Option<Arc<String>>,
    /// What `content` says.
    file: NotesFile,
    /// Changes that are not on disk yet, oldest first.
    pending: Vec<Change>,
    /// What is shown while something is pending: the file with that laid over it.
    laid_over: Option<NotesFile>,
    /// Whether the file's folder was missing when the store was opened, so that it may be made.
    may_make_folder: bool,
    /// What was done since the store was opened.
    history: History,
}

/// A change that is on disk.
#[derive(Debug, Default)]
pub struct Saved {
    /// Notes that another program had changed as well: both texts were kept, or the note was kept instead of removed.
    pub merged: Vec<Uuid>,
    /// Why a source's text could not be archived beside the notes; the note itself is saved.
    pub not_archived: Option<StoreError>,
}

/// What became of a colleague's notes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Import {
    /// They were not here.
    pub new: u32,
    /// They were here and said something else: both are kept in one note.
    pub joined: u32,
    /// They were here and say nothing new.
    pub known: u32,
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
        let content = disk::read(&disk::real_path(&path))?.map(Arc::new);
        let file = parse(&path, content.as_ref())?;
        let may_make_folder = !path.parent().is_some_and(Path::exists);
        let pending = Vec::new();
        let history = History::default();
        Ok(Self { path, content, file, pending, laid_over: None, may_make_folder, history })
    }

    /// The file's absolute path, as it was asked for.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// All notes in the file's order, with the changes that are still pending.
    pub fn notes(&self) -> &[Note] {
        &self.shown().notes
    }

    /// All links by hand in the file's order, with the changes that are still pending.
    pub fn links(&self) -> &[Note] {
        &self.shown().links
    }

    /// The note or the link by hand with that id.
    pub fn get(&self, id: Uuid) -> Option<&Note> {
        self.shown().get(id)
    }

    fn shown(&self) -> &NotesFile {
        self.laid_over.as_ref().unwrap_or(&self.file)
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
        let deed = note.link.map_or(Deed::Made, |judgement| Deed::of_links(Some(judgement), None));
        self.take_in(deed, vec![note], articles)
    }

    /// Takes in a colleague's notes, as one thing that can be undone. One whose id is there already is joined with the note
    /// that is there.
    ///
    /// # Errors
    /// [`StoreError`]; the notes are then pending.
    pub fn import(&mut self, theirs: Vec<Note>) -> Result<(Saved, Import), StoreError> {
        let mut import = Import::default();
        let mut notes = Vec::new();
        for note in theirs {
            match self.get(note.id) {
                None => {
                    import.new += 1;
                    notes.push(note);
                }
                Some(ours) => {
                    let joined = import::joined(ours, &note);
                    if joined.says_the_same(ours) {
                        import.known += 1;
                    } else {
                        import.joined += 1;
                        notes.push(joined);
                    }
                }
            }
        }
        Ok((self.take_in(Deed::Imported, notes, &[])?, import))
    }

    fn take_in(&mut self, deed: Deed, notes: Vec<Note>, articles: &[Article]) -> Result<Saved, StoreError> {
        if notes.iter().any(|note| note.passages.is_empty()) {
            return Err(StoreError::NoPassage);
        }
        let sources: Vec<SourceReference> = notes.iter().flat_map(Note::sources).cloned().collect();
        let changes = notes.into_iter().map(|note| match self.get(note.id) {
            Some(before) => Change::Update { before: Box::new(before.clone()), after: Box::new(note) },
            None => Change::Add(Box::new(note), None),
        });
        let changes = changes.collect();
        let mut saved = self.perform(deed, changes)?;
        saved.not_archived = self.archive_sources(&sources, articles).err();
        Ok(saved)
    }

    /// Saves a changed note in the place of the one with its id, and the text of every source of it that is among `articles`.
    ///
    /// # Errors
    /// [`StoreError`]; unless the note is unknown, the change is then pending.
    pub fn update(&mut self, note: Note) -> Result<Saved, StoreError> {
        self.update_on(note, &[])
    }

    /// The same for a note that was put on another passage: the text of every source of it among `articles` is archived.
    ///
    /// # Errors
    /// [`StoreError`]; unless the note is unknown, the change is then pending.
    pub fn update_on(&mut self, note: Note, articles: &[Article]) -> Result<Saved, StoreError> {
        self.get(note.id).ok_or(StoreError::UnknownNote(note.id))?;
        self.take_in(Deed::Changed, vec![note], articles)
    }

    /// Removes a note. One that another program has changed meanwhile is kept and named in [`Saved::merged`].
    ///
    /// # Errors
    /// [`StoreError`]; unless the note is unknown, the change is then pending.
    pub fn remove(&mut self, id: Uuid) -> Result<Saved, StoreError> {
        let before = self.get(id).cloned().ok_or(StoreError::UnknownNote(id))?;
        let deed = before.link.map_or(Deed::Removed, |judgement| Deed::of_links(None, Some(judgement)));
        self.perform(deed, vec![Change::Remove(Box::new(before))])
    }

    /// Carries out what a wish about a link changes, as one thing.
    ///
    /// # Errors
    /// [`StoreError`]; the change is then pending.
    pub fn relink(&mut self, gone: &[Uuid], new: Option<Note>, articles: &[Article]) -> Result<Saved, StoreError> {
        let sources: Vec<SourceReference> = new.iter().flat_map(Note::sources).cloned().collect();
        let gone: Vec<Note> = gone.iter().filter_map(|id| self.get(*id).cloned()).collect();
        let deed = Deed::of_links(new.as_ref().and_then(|new| new.link), gone.first().and_then(|gone| gone.link));
        let gone = gone.into_iter().map(|gone| Change::Remove(Box::new(gone)));
        let changes = gone.chain(new.map(|new| Change::Add(Box::new(new), None))).collect();
        let mut saved = self.perform(deed, changes)?;
        saved.not_archived = self.archive_sources(&sources, articles).err();
        Ok(saved)
    }

    /// Undoes the last thing done since the store was opened, or does the last thing undone again; `None` where there is none.
    ///
    /// # Errors
    /// [`StoreError`]; it is then pending, as any change.
    pub fn go(&mut self, way: Way) -> Result<Option<(Deed, Saved)>, StoreError> {
        let Some((deed, changes)) = self.history.changes(way) else { return Ok(None) };
        let before = Before::of(&changes, |id| self.stands(id));
        self.pending.extend(changes);
        let saved = self.flush();
        let mut history = std::mem::take(&mut self.history);
        history.went(way, deed, (before, |id| self.get(id).cloned()));
        self.history = history;
        saved.map(|saved| Some((deed, saved)))
    }

    fn perform(&mut self, deed: Deed, changes: Vec<Change>) -> Result<Saved, StoreError> {
        if changes.is_empty() {
            return self.retry();
        }
        let before = Before::of(&changes, |id| self.stands(id));
        self.pending.extend(changes);
        let saved = self.flush();
        let mut history = std::mem::take(&mut self.history);
        history.record(deed, before, |id| self.get(id).cloned());
        self.history = history;
        saved
    }

    /// A note as it is shown, and where it stands in the file.
    fn stands(&self, id: Uuid) -> (Option<Note>, Option<ItemIndex>) {
        (self.get(id).cloned(), self.file.position(id))
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
        if saved.is_err() {
            self.lay_over();
        }
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
        // A file that vanished cannot be read again should saving fail.
        let vanished = self.content.is_none().then(|| self.file.clone());
        let mut file = std::mem::take(&mut self.file);
        let merged = self.pending.iter().filter_map(|change| merge::apply(&mut file, change)).collect();
        let changed: HashSet<Uuid> = self.pending.iter().map(Change::id).collect();
        let content = file.print_changed(&changed);
        if self.content.as_ref().is_none_or(|known| **known != content)
            && let Err(problem) = disk::save(&path, &content)
        {
            // Back to what the file says: what was to be saved stays pending.
            let known = || self.content.as_ref().and_then(|known| NotesFile::read(known).ok());
            self.file = vanished.or_else(known).unwrap_or_default();
            return Err(problem);
        }
        self.file = file;
        self.content = Some(Arc::new(content));
        self.pending.clear();
        self.may_make_folder = false;
        self.laid_over = None;
        Ok(Saved { merged, not_archived: None })
    }

    /// Reads the file if it is another than the one known. A file that vanished is taken for the one known: its notes are
    /// not lost because somebody took it away.
    fn read_again(&mut self, path: &Path) -> Result<bool, StoreError> {
        let content = disk::read(path)?.map(Arc::new);
        if content.is_none() {
            self.content = None;
            return Ok(false);
        }
        if content == self.content {
            return Ok(false);
        }
        self.file = parse(path, content.as_ref())?;
        self.content = content;
        Ok(true)
    }

    /// Shows what the file says and what is pending.
    fn lay_over(&mut self) {
        self.laid_over = (!self.pending.is_empty()).then(|| {
            let mut file = self.file.clone();
            for change in &self.pending {
                merge::apply(&mut file, change);
            }
            file
        });
    }

    fn archive_sources(&self, sources: &[SourceReference], articles: &[Article]) -> Result<(), StoreError> {
        let archive = self.archive();
        for article in articles.iter().filter(|article| sources.iter().any(|source| source.sha256 == article.sha256)) {
            archive.keep(article)?;
        }
        Ok(())
    }
}

/// Reads a file's content. An empty file without a backup holds nothing that could be lost and counts as a new one.
fn parse(path: &Path, content: Option<&Arc<String>>) -> Result<NotesFile, StoreError> {
    let backup = Some(disk::backup_path(&disk::real_path(path))).filter(|backup| backup.exists());
    match content {
        None => Ok(NotesFile::new()),
        Some(content) if content.trim().is_empty() && backup.is_none() => Ok(NotesFile::new()),
        Some(content) => {
            NotesFile::read(content).map_err(|problem| StoreError::Format { path: path.to_owned(), problem, backup })
        }
    }
}
