//! Lays one change over the notes that the file holds now, which another program may have changed meanwhile.
//!
//! Invariant: no text that somebody wrote is gone afterwards, unless who removed it had seen it.

use uuid::Uuid;

use crate::notes::Note;

/// A change that is not on disk yet. Notes are boxed: a change is moved about.
#[derive(Debug, Clone)]
pub(super) enum Change {
    /// A new note.
    Add(Box<Note>),
    /// What the reader saw, and what they made of it.
    Update { before: Box<Note>, after: Box<Note> },
    /// What the reader saw and removed.
    Remove(Box<Note>),
}

/// Lays `change` over `notes`; answers the note's id where somebody else had changed it too.
pub(super) fn apply(notes: &mut Vec<Note>, change: &Change) -> Option<Uuid> {
    match change {
        Change::Add(note) => match place(notes, note.id) {
            // It is there already: a save that was reported as failed had reached the disk.
            Some(_) => None,
            None => {
                notes.push(Note::clone(note));
                None
            }
        },
        Change::Update { before, after } => match place(notes, after.id) {
            Some(at) => {
                let merged = merged(before, after, &notes[at]);
                let both = !notes[at].says_the_same(before) && !notes[at].says_the_same(after);
                notes[at] = merged;
                both.then_some(after.id)
            }
            None => {
                notes.push(Note::clone(after));
                Some(after.id)
            }
        },
        Change::Remove(before) => match place(notes, before.id) {
            Some(at) if notes[at].says_the_same(before) => {
                notes.remove(at);
                None
            }
            Some(_) => Some(before.id),
            None => None,
        },
    }
}

fn place(notes: &[Note], id: Uuid) -> Option<usize> {
    notes.iter().position(|note| note.id == id)
}

/// Three-way merge, field by field: what one side changed is taken; where both changed one text, both stand. The unknown
/// fields are those of the file, since nobody here changes them.
fn merged(before: &Note, after: &Note, theirs: &Note) -> Note {
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
