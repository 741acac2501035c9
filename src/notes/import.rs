//! A colleague's notes: any W3C Web Annotation JSON-LD whose annotations quote their targets, and how one of them is joined
//! with a note that is here already.
//!
//! Must never lose either side's words, keep what an address carries to let its bearer in, or touch a disk. Invariant: taking in
//! the same file twice changes nothing the second time.

use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use uuid::{Builder, Uuid};

use super::Note;
use super::jsonld::address::clean;
use super::jsonld::{FormatError, NotesFile, PART_KEY};

/// What a colleague's file holds.
#[derive(Debug, Default)]
pub struct Imported {
    /// The notes and links by hand.
    pub notes: Vec<Note>,
    /// How many of its annotations quote nothing that could be found again, and were left out.
    pub left_out: u32,
}

/// Reads a file of annotations: a notes file, an `AnnotationPage` or `AnnotationCollection`, a list, or one annotation.
///
/// # Errors
/// [`FormatError`] when it is no JSON, a newer notes file, or holds no annotations.
pub fn read(content: &str) -> Result<Imported, FormatError> {
    let mut value: Value = match serde_json::from_str(content.trim_start_matches('\u{feff}')) {
        Ok(value) => value,
        // The same reading that names the place of the damage.
        Err(_) => return NotesFile::parse(content).map(|_| Imported::default()),
    };
    let had_secrets = clean(&mut value);
    if value.get("crossread:format").is_some() {
        let file = if had_secrets { NotesFile::parse(&value.to_string()) } else { NotesFile::parse(content) }?;
        let left_out = u32::try_from(file.foreign()).unwrap_or(u32::MAX);
        return Ok(Imported { notes: all(file), left_out });
    }
    let Some(annotations) = annotations(value) else {
        return Err(FormatError::Other { what: "it holds no annotations".into() });
    };
    // What is a part of a note comes with that note.
    let annotations = annotations.into_iter().filter(|annotation| annotation.get(PART_KEY).is_none());
    let mut file = NotesFile::new().print();
    let items: Vec<String> = annotations.map(|annotation| in_our_terms(annotation).to_string()).collect();
    file = file.replace("\"items\": []", &format!("\"items\": [{}]", items.join(",")));
    let file = NotesFile::parse(&file)?;
    let left_out = u32::try_from(file.foreign()).unwrap_or(u32::MAX);
    Ok(Imported { notes: all(file), left_out })
}

/// Notes and links alike.
fn all(mut file: NotesFile) -> Vec<Note> {
    file.notes.append(&mut file.links);
    file.notes
}

/// The annotations of a page, of a collection's first page, of a list, or the one there is.
fn annotations(value: Value) -> Option<Vec<Value>> {
    match value {
        Value::Array(items) => Some(items),
        Value::Object(mut object) => {
            if let Some(Value::Array(items)) = object.get_mut("items").map(Value::take) {
                return Some(items);
            }
            if let Some(first) = object.get_mut("first").map(Value::take).filter(Value::is_object) {
                return annotations(first);
            }
            object.contains_key("target").then(|| vec![Value::Object(object)])
        }
        _ => None,
    }
}

/// An annotation with an id of ours, its bodies with their purposes: a plain text is a comment, as the model says.
fn in_our_terms(annotation: Value) -> Value {
    let Value::Object(mut object) = annotation else { return annotation };
    object.remove("@context");
    let id = object.get("id").and_then(Value::as_str).unwrap_or_default().to_owned();
    let known = id.strip_prefix("urn:uuid:").is_some_and(|id| Uuid::parse_str(id).is_ok());
    if !known {
        let own = if id.is_empty() { id_of(&Value::Object(object.clone()).to_string()) } else { id_of(&id) };
        object.insert("id".into(), format!("urn:uuid:{own}").into());
        if !id.is_empty() && !object.contains_key("via") {
            object.insert("via".into(), id.into());
        }
    }
    if let Some(text) = object.remove("bodyValue") {
        object.insert("body".into(), comment(text));
    }
    match object.get_mut("body") {
        Some(Value::Array(bodies)) => bodies.iter_mut().for_each(give_purpose),
        Some(body) => give_purpose(body),
        None => {}
    }
    Value::Object(object)
}

fn comment(text: Value) -> Value {
    let mut body = Map::new();
    body.insert("type".into(), "TextualBody".into());
    body.insert("purpose".into(), "commenting".into());
    body.insert("value".into(), text);
    Value::Object(body)
}

fn give_purpose(body: &mut Value) {
    if let Some(object) = body.as_object_mut()
        && object.get("type").and_then(Value::as_str) == Some("TextualBody")
        && !object.contains_key("purpose")
    {
        object.insert("purpose".into(), "commenting".into());
    }
}

/// An id that the same annotation always gets (RFC 9562, version 8, of the SHA-256 of its own id).
pub(super) fn id_of(text: &str) -> Uuid {
    let hash = Sha256::digest(text.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&hash[..16]);
    Builder::from_custom_bytes(bytes).into_uuid()
}

/// A note that is here joined with a colleague's version of it. Nobody knows what both began with, so what differs is kept
/// of both; the passages stay where they are here.
pub fn joined(ours: &Note, theirs: &Note) -> Note {
    let mut note = ours.clone();
    if let Some(verdict) = &theirs.verdict
        && note.verdict != theirs.verdict
    {
        let said = format!("Verdict of the other version: {verdict}");
        if note.verdict.is_none() {
            note.verdict = Some(verdict.clone());
        } else if !note.text.contains(&said) {
            note.text = [note.text.as_str(), &said]
                .into_iter()
                .filter(|text| !text.is_empty())
                .collect::<Vec<_>>()
                .join("\n\n");
        }
    }
    if !note.text.contains(&theirs.text) {
        note.text = if theirs.text.contains(&ours.text) {
            theirs.text.clone()
        } else {
            format!("{}\n\n---\n\nThe other version:\n\n{}", note.text, theirs.text)
        };
    }
    note.tags.extend(theirs.tags.iter().filter(|tag| !ours.tags.contains(tag)).cloned());
    note.evidence.extend(theirs.evidence.iter().filter(|one| !ours.evidence.contains(one)).cloned());
    note.author = ours.author.clone().or_else(|| theirs.author.clone());
    if !note.says_the_same(ours) {
        note.modified = ours.modified.max(theirs.modified);
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Store;
    use crate::notes::example::{article, note};

    const STORY: &str = "The barge struck the bridge at noon. Nobody was hurt, the harbour board said on Friday.";

    #[test]
    fn annotations_of_other_programs_become_notes_with_the_same_ids_each_time() {
        let annotation = r#"{"@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://example.org/anno/1",
            "type": "Annotation", "bodyValue": "At noon?", "created": "2026-01-14T09:30:00Z",
            "creator": {"type": "Person", "name": "B. Reader"}, "rights": "https://example.org/licence",
            "target": {"source": "https://example.org/story",
                       "selector": {"type": "TextQuoteSelector", "exact": "at noon", "prefix": "the bridge "}}}"#;
        let bare = annotation.replace("\"selector\"", "\"sel\"").replace("anno/1", "anno/2");
        for file in [
            annotation.to_owned(),
            format!("[{annotation}, {bare}]"),
            format!(r#"{{"type": "AnnotationPage", "items": [{annotation}]}}"#),
            format!(r#"{{"type": "AnnotationCollection", "first": {{"items": [{annotation}]}}}}"#),
        ] {
            let imported = read(&file).unwrap();
            let [note] = imported.notes.as_slice() else { panic!("{file}") };
            assert_eq!((note.text.as_str(), note.author.as_deref()), ("At noon?", Some("B. Reader")));
            assert_eq!(note.passages[0].source.address, "https://example.org/story");
            assert!(
                note.unknown.as_ref().unwrap().as_str().contains("example.org/licence"),
                "unknown fields come along"
            );
            assert_eq!(note.id, read(annotation).unwrap().notes[0].id);
            assert_eq!(imported.left_out, u32::from(file.contains("anno/2")));
        }
        assert!(matches!(read("{\"a\": 1}"), Err(FormatError::Other { .. })));
        assert!(matches!(read("{\"a\": "), Err(FormatError::Damaged { line: 1, .. })));
    }

    #[test]
    fn what_an_address_carries_to_let_its_bearer_in_is_not_taken_in() {
        let annotation = r#"{"id": "https://ann:s3cret@example.org/anno/1?token=s3cret", "type": "Annotation", "body": [],
            "target": {"source": {"id": "http://ann:s3cret@h.example/a?token=s3cret&id=4", "canonical": "http://h/?key=s3cret"},
            "selector": {"type": "TextQuoteSelector", "exact": "at noon"}}}"#;
        let file = NotesFile::new().print().replace("\"items\": []", &format!("\"items\": [{annotation}]"));
        for file in [
            annotation.to_owned(),
            file.replace(
                "https://ann:s3cret@example.org/anno/1?token=s3cret",
                "urn:uuid:01a22821-ddc2-77c0-ac9a-9fa1fec70001",
            ),
        ] {
            let imported = read(&file).unwrap();
            let [note] = imported.notes.as_slice() else { panic!("{file}") };
            assert_eq!(note.passages[0].source.address, "http://h.example/a?id=4");
            assert!(
                !format!("{note:?}").contains("s3cret") && !note.unknown.as_ref().unwrap().as_str().contains("s3cret")
            );
        }
        let shown = NotesFile::parse(&file.replace(
            "https://ann:s3cret@example.org/anno/1?token=s3cret",
            "urn:uuid:01a22821-ddc2-77c0-ac9a-9fa1fec70001",
        ))
        .unwrap();
        assert_eq!(shown.notes[0].passages[0].source.address, "http://h.example/a?id=4");
        assert!(!super::super::jsonld::exported(&shown.notes[0])[0].to_string().contains("s3cret"));
    }

    #[test]
    fn both_versions_of_a_note_are_kept_and_twice_is_once() {
        let story = article("lantern", STORY);
        let mut ours = note(&story, "at noon", "Which clock?");
        ours.verdict = Some("open".into());
        let mut theirs = Note { text: "Summer time.".into(), tags: vec!["time".into()], ..ours.clone() };
        theirs.verdict = Some("supported".into());
        let joined = joined(&ours, &theirs);
        for kept in ["Which clock?", "Summer time.", "supported"] {
            assert!(joined.text.contains(kept), "{kept}: {}", joined.text);
        }
        assert_eq!((joined.verdict.as_deref(), joined.tags.len()), (Some("open"), 1));
        assert!(super::joined(&joined, &theirs).says_the_same(&joined));
        assert!(super::joined(&ours, &ours).says_the_same(&ours));
    }

    #[test]
    fn a_file_taken_in_twice_changes_nothing_the_second_time() {
        let folder = tempfile::tempdir().unwrap();
        let story = article("lantern", STORY);
        let theirs = vec![note(&story, "at noon", "one"), note(&story, "Nobody was hurt", "two")];
        let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
        let mut own = theirs[0].clone();
        own.text = "mine".into();
        store.add(own, &[]).unwrap();
        let (_, first) = store.import(theirs.clone()).unwrap();
        assert_eq!((first.new, first.joined, first.known), (1, 1, 0));
        let saved = std::fs::read_to_string(store.path()).unwrap();
        let (_, second) = store.import(theirs).unwrap();
        assert_eq!((second.new, second.joined, second.known), (0, 0, 2));
        assert_eq!(std::fs::read_to_string(store.path()).unwrap(), saved);
        assert!(store.notes()[0].text.contains("mine") && store.notes()[0].text.contains("one"));
    }
}
