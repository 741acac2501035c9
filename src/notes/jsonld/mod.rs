//! The notes file: a W3C Web Annotation page (`AnnotationPage`) in JSON-LD, pretty-printed with a stable key order.
//!
//! Must never touch a disk, and never drop what it does not know: unknown fields of the file, of a note, of a body and of a
//! target stay where they stand, and items that are no notes of ours are carried along. Invariant: parsing what was printed
//! and printing it again gives the same bytes.
//!
//! Keys of our own carry the prefix `crossread:`, which the second entry of `@context` defines; a JSON-LD processor would
//! drop them otherwise.

mod address;
mod read;
#[cfg(test)]
mod tests;
mod write;

use std::collections::HashSet;

use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::Note;

/// The format this version writes, and the newest it reads.
pub const FORMAT: u64 = 1;

const FORMAT_KEY: &str = "crossread:format";
const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const OWN_CONTEXT: &str = "urn:crossread:";

/// A notes file in memory.
#[derive(Debug, Clone)]
pub struct NotesFile {
    /// The notes, in the file's order.
    pub notes: Vec<Note>,
    /// The file's own object; its `items` are taken out and put back when it is printed.
    head: Map<String, Value>,
    /// Items that are no notes of ours, with the place they had.
    foreign: Vec<(usize, Value)>,
}

/// Why a text is not a notes file that this version can read.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum FormatError {
    /// Not JSON, or cut short.
    #[error("damaged at line {line}, column {column}: {what}")]
    Damaged {
        /// From 1.
        line: usize,
        /// From 1, in bytes.
        column: usize,
        /// What the parser says.
        what: String,
    },
    /// Written by a later version.
    #[error("written in format {found} by a newer crossread (this one knows format {FORMAT})")]
    Newer {
        /// The file's format.
        found: u64,
    },
    /// JSON, but something else.
    #[error("not a crossread notes file: {what}")]
    Other {
        /// What is missing.
        what: String,
    },
}

impl Default for NotesFile {
    fn default() -> Self {
        Self::new()
    }
}

impl NotesFile {
    /// A file without notes.
    pub fn new() -> Self {
        let head = json!({
            "@context": [ANNOTATION_CONTEXT, {"crossread": OWN_CONTEXT}],
            "id": format!("urn:uuid:{}", Uuid::now_v7()),
            "type": "AnnotationPage",
            FORMAT_KEY: FORMAT,
            "items": [],
        });
        let head = if let Value::Object(head) = head { head } else { Map::new() };
        Self { notes: Vec::new(), head, foreign: Vec::new() }
    }

    /// Reads a file's text; a byte order mark is left out.
    ///
    /// # Errors
    /// [`FormatError`] when it is damaged, newer or something else.
    pub fn parse(content: &str) -> Result<Self, FormatError> {
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let value: Value = serde_json::from_str(content).map_err(|error| damaged(&error))?;
        let Value::Object(mut head) = value else {
            return Err(FormatError::Other { what: "its outermost value is no object".into() });
        };
        let format = head.get(FORMAT_KEY).and_then(Value::as_u64);
        match format {
            None => return Err(FormatError::Other { what: format!("it has no \"{FORMAT_KEY}\"") }),
            Some(found) if found > FORMAT => return Err(FormatError::Newer { found }),
            Some(_) => {}
        }
        let items = match head.get_mut("items").map(Value::take) {
            Some(Value::Array(items)) => items,
            _ => return Err(FormatError::Other { what: "its \"items\" are no list".into() }),
        };
        let mut file = Self { notes: Vec::with_capacity(items.len()), head, foreign: Vec::new() };
        file.take(items);
        Ok(file)
    }

    /// The file's text, with a line feed at the end.
    pub fn print(&self) -> String {
        let mut items: Vec<Value> = self.notes.iter().map(|note| Value::Object(write::annotation(note))).collect();
        for (place, item) in &self.foreign {
            items.insert((*place).min(items.len()), item.clone());
        }
        let mut head = self.head.clone();
        head.insert("items".into(), Value::Array(items));
        // Printing a `Value` fails for no value: its keys are strings and its numbers are finite.
        let mut printed = serde_json::to_string_pretty(&head).unwrap_or_default();
        printed.push('\n');
        printed
    }

    /// How many items are carried along because they are no notes of ours.
    pub fn foreign(&self) -> usize {
        self.foreign.len()
    }

    /// Sorts items into notes and others. Two items under one id (a hand-made merge leaves such) are both kept: the second
    /// becomes a note of its own.
    fn take(&mut self, items: Vec<Value>) {
        let mut seen = HashSet::with_capacity(items.len());
        for (place, item) in items.into_iter().enumerate() {
            match item {
                Value::Object(object) => match read::annotation(&object) {
                    Some(mut note) => {
                        if !seen.insert(note.id) {
                            note.id = Uuid::now_v7();
                            seen.insert(note.id);
                        }
                        note.unknown = object;
                        self.notes.push(note);
                    }
                    None => self.foreign.push((place, Value::Object(object))),
                },
                other => self.foreign.push((place, other)),
            }
        }
    }
}

fn damaged(error: &serde_json::Error) -> FormatError {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default().to_owned();
    FormatError::Damaged { line: error.line().max(1), column: error.column().max(1), what }
}
