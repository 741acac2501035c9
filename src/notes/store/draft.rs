//! Notes that were being written when the program ended: each in a file of its own beside the notes file, until it is saved or
//! thrown away.
//!
//! Must never pass a draft off as a note: the notes file knows nothing of it. Invariant: a draft's file is written whole or not
//! at all, and goes only when the reader is done with that draft.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use super::{StoreError, disk};
use crate::notes::Note;
use crate::notes::jsonld::NotesFile;

/// What stands between the notes file's name and a draft's id.
const ENDING: &str = ".draft-";

/// The drafts beside a notes file that are known here.
#[derive(Debug)]
pub struct Drafts {
    /// The notes file.
    path: PathBuf,
    known: Vec<Note>,
    /// Whether its folder was missing from the beginning, so that it may be made: one that went away later is a stick.
    may_make_folder: bool,
}

impl Drafts {
    /// The drafts that lie beside the notes file at `path`, oldest first. One that cannot be read is left alone.
    pub fn beside(path: &Path) -> Self {
        let path = disk::real_path(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let name = path.file_name().map(|name| format!("{}{ENDING}", name.to_string_lossy())).unwrap_or_default();
        let entries = path.parent().and_then(|folder| fs::read_dir(folder).ok());
        let drafts = entries.into_iter().flatten().flatten().filter(|entry| {
            let entry = entry.file_name();
            entry.to_str().is_some_and(|entry| entry.starts_with(&name))
        });
        let read = |entry: fs::DirEntry| NotesFile::parse(&fs::read_to_string(entry.path()).ok()?).ok()?.notes.pop();
        let mut known: Vec<Note> = drafts.filter_map(read).collect();
        known.sort_by_key(|note| note.id);
        let may_make_folder = !path.parent().is_some_and(Path::exists);
        Self { path, known, may_make_folder }
    }

    /// Those that are known.
    pub fn notes(&self) -> &[Note] {
        &self.known
    }

    /// Keeps these drafts and no other that is known here: those of programs that run beside this one stay. The disk is not
    /// waited for, since that happens at every key: a draft outlives the program, not the power.
    ///
    /// # Errors
    /// [`StoreError`] for the first that cannot be written; it is tried again the next time.
    pub fn keep(&mut self, wanted: &[Note]) -> Result<(), StoreError> {
        let done: Vec<Note> =
            self.known.extract_if(.., |known| !wanted.iter().any(|note| note.id == known.id)).collect();
        for gone in done {
            // What is gone already is what was wanted.
            let _ = fs::remove_file(self.file(&gone));
        }
        if self.may_make_folder && !wanted.is_empty() {
            disk::make_folder(&self.path)?;
            self.may_make_folder = false;
        }
        for note in wanted {
            let at = self.known.iter().position(|known| known.id == note.id);
            if at.is_some_and(|at| self.known[at].says_the_same(note)) {
                continue;
            }
            let mut file = NotesFile::new();
            file.insert(note.clone(), None);
            disk::put_down(&self.path, &self.file(note), &file.print_changed(&HashSet::from([note.id])))?;
            match at {
                Some(at) => self.known[at] = note.clone(),
                None => self.known.push(note.clone()),
            }
        }
        Ok(())
    }

    fn file(&self, note: &Note) -> PathBuf {
        disk::beside(&self.path, "", &format!("{ENDING}{}", note.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::example::{article, note};

    fn files(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn a_draft_lies_beside_the_notes_until_the_reader_is_done_with_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stick/notes.jsonld");
        let lantern = article("lantern", "The barge struck the bridge at noon.");
        let mut draft = note(&lantern, "at noon", "Whe");
        let mut drafts = Drafts::beside(&path);
        drafts.keep(std::slice::from_ref(&draft)).unwrap();
        draft.text = "When?".to_owned();
        drafts.keep(std::slice::from_ref(&draft)).unwrap();
        assert!(!path.exists(), "a draft is no note");
        let mut again = Drafts::beside(&path);
        assert_eq!(again.notes().len(), 1);
        assert!(again.notes()[0].says_the_same(&draft));
        again.keep(&[]).unwrap();
        assert_eq!(files(&folder.path().join("stick")), 0);
    }

    #[test]
    fn drafts_of_another_program_and_what_is_no_draft_are_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonld");
        let lantern = article("lantern", "The barge struck the bridge at noon.");
        let mut here = Drafts::beside(&path);
        let mut there = Drafts::beside(&path);
        there.keep(&[note(&lantern, "at noon", "Theirs")]).unwrap();
        fs::write(folder.path().join("notes.jsonld.draft-mine"), "not a notes file").unwrap();
        here.keep(&[note(&lantern, "The barge", "Ours")]).unwrap();
        here.keep(&[]).unwrap();
        let left = Drafts::beside(&path);
        assert_eq!(left.notes().iter().map(|note| note.text.as_str()).collect::<Vec<_>>(), ["Theirs"]);
        assert_eq!(files(folder.path()), 2);
    }
}
