//! Lays one change over the notes that the file holds now, which another program may have changed meanwhile.
//!
//! Invariant: no text that somebody wrote is gone afterwards, unless who removed it had seen it.

use uuid::Uuid;

use crate::notes::Note;
use crate::notes::jsonld::{ItemIndex, NotesFile};

/// A change that is not on disk yet. Notes are boxed: a change is moved about.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A new note, behind all others or where it stood before it was removed.
    Add(Box<Note>, Option<ItemIndex>),
    /// What the reader saw, and what they made of it.
    Update { before: Box<Note>, after: Box<Note> },
    /// What the reader saw and removed.
    Remove(Box<Note>),
}

impl Change {
    /// The note it is about.
    pub(super) fn id(&self) -> Uuid {
        match self {
            Self::Add(note, _) | Self::Update { after: note, .. } | Self::Remove(note) => note.id,
        }
    }
}

/// Lays `change` over a file; answers the note's id where somebody else had changed it too.
pub(super) fn apply(file: &mut NotesFile, change: &Change) -> Option<Uuid> {
    let theirs = file.get(change.id());
    match change {
        Change::Add(note, place) => {
            // It may be there already: a save that was reported as failed had reached the disk.
            if theirs.is_none() {
                file.insert(Note::clone(note), *place);
            }
            None
        }
        Change::Update { before, after } => {
            let Some(theirs) = theirs else {
                file.insert(Note::clone(after), None);
                return Some(after.id);
            };
            let both = !theirs.says_the_same(before) && !theirs.says_the_same(after);
            let merged = merged(before, after, theirs);
            file.replace(merged);
            both.then_some(after.id)
        }
        Change::Remove(before) => match theirs {
            Some(theirs) if theirs.says_the_same(before) => {
                file.remove(before.id);
                None
            }
            Some(_) => Some(before.id),
            None => None,
        },
    }
}

/// Three-way merge, field by field: what one side changed is taken; where both changed one text, both stand. The unknown
/// fields are those of the file, since nobody here changes them; a note that nobody else touched becomes what the reader made
/// of it to the byte, so that undoing restores the file.
fn merged(before: &Note, after: &Note, theirs: &Note) -> Note {
    if theirs == before {
        return after.clone();
    }
    let mut lost = String::new();
    let verdict = pick(&before.verdict, &after.verdict, &theirs.verdict).unwrap_or_else(|| {
        lost = format!("\n\nVerdict of the other version: {}", theirs.verdict.as_deref().unwrap_or("none"));
        after.verdict.clone()
    });
    let mut text = pick(&before.text, &after.text, &theirs.text).unwrap_or_else(|| {
        format!("{}\n\n---\n\nThe other version, changed at the same time:\n\n{}", after.text, theirs.text)
    });
    text.push_str(&lost);
    let mut tags = after.tags.clone();
    tags.retain(|tag| theirs.tags.contains(tag) || !before.tags.contains(tag));
    tags.extend(theirs.tags.iter().filter(|tag| !before.tags.contains(tag) && !after.tags.contains(tag)).cloned());
    Note {
        id: after.id,
        passages: pick(&before.passages, &after.passages, &theirs.passages).unwrap_or_else(|| after.passages.clone()),
        verdict,
        text,
        tags,
        link: pick(&before.link, &after.link, &theirs.link).unwrap_or(after.link),
        evidence: pick(&before.evidence, &after.evidence, &theirs.evidence).unwrap_or_else(|| {
            let mut both = after.evidence.clone();
            both.extend(theirs.evidence.iter().filter(|one| !after.evidence.contains(one)).cloned());
            both
        }),
        author: after.author.clone().or_else(|| theirs.author.clone()),
        created: after.created.min(theirs.created),
        modified: after.modified.max(theirs.modified),
        unknown: theirs.unknown.clone(),
    }
}

/// The value of the side that changed it; `None` where both did, differently.
fn pick<T: Clone + PartialEq>(before: &T, after: &T, theirs: &T) -> Option<T> {
    if theirs == before || theirs == after {
        Some(after.clone())
    } else if after == before {
        Some(theirs.clone())
    } else {
        None
    }
}
