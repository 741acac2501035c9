//! The notes file: a W3C Web Annotation page (`AnnotationPage`) in JSON-LD, pretty-printed with a stable key order.
//!
//! Must never touch a disk, and never drop what it does not know: unknown fields of the file, of a note, of a body and of a
//! target stay where they stand, and items that are no notes of ours are carried along. Invariant: parsing what was printed
//! and printing it again gives the same bytes.
//!
//! An item that nobody changed is printed as the file held it, to the byte.
//!
//! Keys of our own carry the prefix `crossread:`, which the second entry of `@context` defines; a JSON-LD processor would
//! drop them otherwise.

pub(super) mod address;
mod read;
#[cfg(test)]
mod tests;
mod value;
mod write;

use std::collections::HashSet;
use std::sync::Arc;

use rayon::prelude::*;
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::note::Held;
use super::{Note, import};
use value::{Json, Outline};

/// The format this version writes, and the newest it reads.
pub const FORMAT: u64 = 1;

const ITEMS: &str = "items";
/// So many items are worth a second thread.
const MANY: usize = 1000;

/// In an exported annotation the note that it is one passage of.
pub(crate) const PART_KEY: &str = "crossread:partOf";
const FORMAT_KEY: &str = "crossread:format";
const ANNOTATION_CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
const OWN_CONTEXT: &str = "urn:crossread:";

/// A notes file in memory.
#[derive(Debug, Clone)]
pub struct NotesFile {
    /// The notes, in the file's order.
    pub notes: Vec<Note>,
    /// The links by hand, in the file's order.
    pub links: Vec<Note>,
    /// Items that are neither, as the file held them.
    foreign: Vec<Held>,
    /// Of which kind each item of the file is, in order; what it does not reach to stands behind.
    order: Vec<Kind>,
    /// The file's own object; its `items` are taken out and put back when it is printed.
    head: Map<String, Value>,
}

/// What an item of the file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Note,
    Link,
    Foreign,
}

/// Where an item stands in the file, counted from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemIndex(u32);

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

/// The `@context` of every file with keys of our own.
pub fn context() -> Value {
    json!([ANNOTATION_CONTEXT, {"crossread": OWN_CONTEXT}])
}

/// A note as annotations for other programs: the note itself, and where it stands on several passages one annotation for each
/// of them, which names the note it is a part of.
pub fn exported(note: &Note) -> Vec<Value> {
    let generator = json!({"type": "Software", "name": "crossread"});
    let value = |note: &Note| -> Value {
        let mut value: Value = serde_json::from_str(write::annotation(note).as_str()).unwrap_or_default();
        address::clean(&mut value);
        if value.get("generator").is_none() {
            value["generator"] = generator.clone();
        }
        value
    };
    let mut annotations = vec![value(note)];
    if note.passages.len() > 1 {
        for (at, passage) in note.passages.iter().enumerate() {
            let id = import::id_of(&format!("{} {at}", note.id));
            let part = Note { id, passages: vec![passage.clone()], link: None, unknown: None, ..note.clone() };
            let mut part = value(&part);
            part[PART_KEY] = json!(format!("urn:uuid:{}", note.id));
            annotations.push(part);
        }
    }
    annotations
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
            "@context": context(),
            "id": format!("urn:uuid:{}", Uuid::now_v7()),
            "type": "AnnotationPage",
            FORMAT_KEY: FORMAT,
            "items": [],
        });
        let head = if let Value::Object(head) = head { head } else { Map::new() };
        Self { notes: Vec::new(), links: Vec::new(), foreign: Vec::new(), order: Vec::new(), head }
    }

    /// The note or the link by hand with that id.
    pub fn get(&self, id: Uuid) -> Option<&Note> {
        self.links.iter().chain(&self.notes).rfind(|note| note.id == id)
    }

    /// Where the note or the link with that id stands.
    pub fn position(&self, id: Uuid) -> Option<ItemIndex> {
        let (kind, at) = self.find(id)?;
        self.slot(kind, at).and_then(|slot| u32::try_from(slot).ok()).map(ItemIndex)
    }

    /// Puts a new note or link at a place, or behind all others.
    pub fn insert(&mut self, note: Note, place: Option<ItemIndex>) {
        self.complete();
        let kind = kind_of(&note);
        let slot = place.map_or(self.order.len(), |place| self.order.len().min(place.0 as usize));
        let at = self.order[..slot].iter().filter(|other| **other == kind).count();
        self.order.insert(slot, kind);
        let list = self.list_of(kind);
        list.insert(at.min(list.len()), note);
    }

    /// Puts a note or a link in the place of the one with its id; answers whether there is one.
    pub fn replace(&mut self, note: Note) -> bool {
        match self.find(note.id) {
            Some((kind, at)) if kind == kind_of(&note) => self.list_of(kind)[at] = note,
            Some(_) => {
                let place = self.position(note.id);
                self.remove(note.id);
                self.insert(note, place);
            }
            None => return false,
        }
        true
    }

    /// Takes the note or the link with that id out.
    pub fn remove(&mut self, id: Uuid) {
        self.complete();
        if let Some((kind, at)) = self.find(id) {
            if let Some(slot) = self.slot(kind, at) {
                self.order.remove(slot);
            }
            self.list_of(kind).remove(at);
        }
    }

    fn list_of(&mut self, kind: Kind) -> &mut Vec<Note> {
        if kind == Kind::Link { &mut self.links } else { &mut self.notes }
    }

    /// Which list a note stands in, and where. The one in question is most often one of the last.
    fn find(&self, id: Uuid) -> Option<(Kind, usize)> {
        let of = |list: &[Note], kind| list.iter().rposition(|note| note.id == id).map(|at| (kind, at));
        of(&self.links, Kind::Link).or_else(|| of(&self.notes, Kind::Note))
    }

    /// Where in the order the item stands that is the `at`th of its kind.
    fn slot(&self, kind: Kind, at: usize) -> Option<usize> {
        self.order.iter().enumerate().filter(|(_, other)| **other == kind).nth(at).map(|(slot, _)| slot)
    }

    /// Notes that were put in without a place stand behind all others.
    fn complete(&mut self) {
        for (kind, count) in [(Kind::Note, self.notes.len()), (Kind::Link, self.links.len())] {
            let known = self.order.iter().filter(|other| **other == kind).count();
            self.order.extend(std::iter::repeat_n(kind, count.saturating_sub(known)));
        }
    }

    /// Reads a file's text; a byte order mark is left out.
    ///
    /// # Errors
    /// [`FormatError`] when it is damaged, newer or something else.
    pub fn parse(content: &str) -> Result<Self, FormatError> {
        Self::read(&Arc::new(content.to_owned()))
    }

    /// The same without a copy: the notes hold on to the file's text.
    ///
    /// # Errors
    /// [`FormatError`] when it is damaged, newer or something else.
    pub fn read(file: &Arc<String>) -> Result<Self, FormatError> {
        let content = file.as_str();
        let content = content.strip_prefix('\u{feff}').unwrap_or(content);
        let outline = outline(content)?;
        let mut head = Map::new();
        for (name, value) in outline.members {
            let value = value.map_or(Ok(Value::Null), |value| serde_json::from_str(value.get()));
            head.insert(name, value.map_err(|_| damage_in(content))?);
        }
        match head.get(FORMAT_KEY).and_then(Value::as_u64) {
            None => return Err(FormatError::Other { what: format!("it has no \"{FORMAT_KEY}\"") }),
            Some(found) if found > FORMAT => return Err(FormatError::Newer { found }),
            Some(_) => {}
        }
        let items = outline.items.ok_or_else(|| FormatError::Other { what: "its \"items\" are no list".into() })?;
        let mut notes = Self { head, ..Self::new() };
        notes.take(file, &items)?;
        Ok(notes)
    }

    /// The file's text, with a line feed at the end.
    pub fn print(&self) -> String {
        let print = |notes: &[Note]| notes.iter().map(write::annotation).collect::<Vec<Held>>();
        let (notes, links) = (print(&self.notes), print(&self.links));
        self.assemble(notes.iter(), links.iter())
    }

    /// The same where every note but these says what it said when it was read: only these are printed anew, and then hold
    /// what was printed. What a file of many notes costs to save is the writing.
    pub fn print_changed(&mut self, changed: &HashSet<Uuid>) -> String {
        let anew = |note: &&mut Note| note.unknown.is_none() || changed.contains(&note.id);
        for note in self.notes.iter_mut().chain(&mut self.links).filter(anew) {
            let printed = write::annotation(note);
            // Read back, so that the note in memory is the one in the file.
            let id = note.id;
            if let Some(read) = serde_json::from_str(printed.as_str()).ok().and_then(|json| read::annotation(&json)) {
                *note = Note { id, ..read };
            }
            note.unknown = Some(printed);
        }
        let (notes, links) = (self.notes.iter(), self.links.iter());
        self.assemble(notes.filter_map(|note| note.unknown.as_ref()), links.filter_map(|link| link.unknown.as_ref()))
    }

    /// The file's text from those of its notes and links.
    fn assemble<'h>(
        &'h self,
        mut notes: impl Iterator<Item = &'h Held>,
        mut links: impl Iterator<Item = &'h Held>,
    ) -> String {
        let mut foreign = self.foreign.iter();
        let mut items: Vec<&str> = Vec::with_capacity(self.order.len() + 1);
        let mut next = |kind: &Kind| match kind {
            Kind::Note => notes.next(),
            Kind::Link => links.next(),
            Kind::Foreign => foreign.next(),
        };
        items.extend(self.order.iter().filter_map(&mut next).map(Held::as_str));
        items.extend(notes.chain(links).chain(foreign).map(Held::as_str));
        let mut printed = String::with_capacity(items.iter().map(|item| item.len() + 6).sum::<usize>() + 512);
        let mut before = "{";
        for (name, value) in &self.head {
            printed.push_str(before);
            printed.push_str("\n  ");
            printed.push_str(&Value::from(name.as_str()).to_string());
            printed.push_str(": ");
            if name == ITEMS {
                list(&mut printed, &items);
            } else {
                printed.push_str(&write::pretty(value, 2));
            }
            before = ",";
        }
        printed.push_str("\n}\n");
        printed
    }

    /// How many items are carried along because they are no notes of ours.
    pub fn foreign(&self) -> usize {
        self.foreign.len()
    }

    /// Sorts items into notes and others. Two items under one id (a hand-made merge leaves such) are both kept: the second
    /// becomes a note of its own.
    fn take(&mut self, file: &Arc<String>, items: &[&RawValue]) -> Result<(), FormatError> {
        let mut seen = HashSet::with_capacity(items.len());
        self.notes.reserve(items.len());
        self.order.reserve(items.len());
        for (item, note) in items.iter().zip(read_all(items).ok_or_else(|| damage_in(file))?) {
            let start = item.get().as_ptr() as usize - file.as_ptr() as usize;
            let held = Held::within(file, start..start + item.get().len());
            let Some(mut note) = note else {
                self.order.push(Kind::Foreign);
                self.foreign.push(held);
                continue;
            };
            note.unknown = Some(held);
            if !seen.insert(note.id) {
                note.id = Uuid::now_v7();
                seen.insert(note.id);
                note.unknown = Some(write::annotation(&note));
            }
            let kind = kind_of(&note);
            self.order.push(kind);
            self.list_of(kind).push(note);
        }
        Ok(())
    }
}

fn kind_of(note: &Note) -> Kind {
    if note.link.is_some() { Kind::Link } else { Kind::Note }
}

/// The notes that items hold, `None` for one that holds none of ours; `None` altogether where one cannot be read. Many are
/// read on all processors at once.
fn read_all(items: &[&RawValue]) -> Option<Vec<Option<Note>>> {
    let one = |item: &&RawValue| serde_json::from_str::<Json>(item.get()).ok().map(|json| read::annotation(&json));
    if items.len() < MANY { items.iter().map(one).collect() } else { items.par_iter().map(one).collect() }
}

/// A file taken apart.
fn outline(content: &str) -> Result<Outline<'_>, FormatError> {
    match serde_json::from_str(content) {
        Ok(outline) => Ok(outline),
        Err(error) if error.is_data() => {
            // Something else may be there, or something broken.
            let value: Json = serde_json::from_str(content).map_err(|error| damaged(&error))?;
            let what = if matches!(value, Json::Object(_)) {
                "its \"items\" are no list"
            } else {
                "its outermost value is no object"
            };
            Err(FormatError::Other { what: what.into() })
        }
        Err(error) => Err(damaged(&error)),
    }
}

/// What is wrong with a text in which something is: read as a whole, so that the place counts from its beginning.
fn damage_in(content: &str) -> FormatError {
    let error = serde_json::from_str::<Json>(content).err();
    let unknown = || FormatError::Damaged { line: 1, column: 1, what: "it cannot be read".into() };
    error.as_ref().map_or_else(unknown, damaged)
}

/// A list of values that are printed already.
fn list(printed: &mut String, items: &[&str]) {
    if items.is_empty() {
        printed.push_str("[]");
        return;
    }
    for (at, item) in items.iter().enumerate() {
        printed.push_str(if at == 0 { "[\n    " } else { ",\n    " });
        printed.push_str(item);
    }
    printed.push_str("\n  ]");
}

fn damaged(error: &serde_json::Error) -> FormatError {
    let said = error.to_string();
    let what = said.split(" at line ").next().unwrap_or_default().to_owned();
    FormatError::Damaged { line: error.line().max(1), column: error.column().max(1), what }
}
