use proptest::prelude::*;

use super::*;
use crate::notes::example::{article, note};
use crate::notes::{Evidence, NotePassage, SourceReference};
use crate::text::{CodePoint, CodePointSpan};

fn passage() -> impl Strategy<Value = NotePassage> {
    let source = (any::<String>(), "[ -~é漢\\\\/:%]{0,20}", proptest::option::of(any::<String>()));
    (source, any::<String>(), any::<String>(), any::<String>(), any::<(u32, u32)>()).prop_map(
        |((sha256, address, title), exact, prefix, suffix, (start, end))| NotePassage {
            source: SourceReference {
                sha256,
                address,
                canonical: title.clone(),
                outlet: title.clone(),
                published: None,
                title,
            },
            exact,
            prefix,
            suffix,
            position: CodePointSpan { start: CodePoint(start), end: CodePoint(end) },
            first: None,
        },
    )
}

fn any_note() -> impl Strategy<Value = Note> {
    let evidence = (passage(), proptest::collection::vec(any::<String>(), 0..3))
        .prop_map(|(passage, divergences)| Evidence { passage, divergences });
    let words =
        (proptest::option::of(any::<String>()), any::<String>(), proptest::collection::vec(any::<String>(), 0..4));
    let times = (0_i64..4_000_000_000, 0_i64..4_000_000_000);
    (
        proptest::collection::vec(passage(), 1..4),
        proptest::collection::vec(evidence, 0..3),
        words,
        times,
        proptest::option::of(any::<String>()),
    )
        .prop_map(|(passages, evidence, (verdict, text, mut tags), (created, modified), author)| {
            let mut seen = HashSet::new();
            tags.retain(|tag| seen.insert(tag.clone()));
            let time = |second| jiff::Timestamp::from_second(second).unwrap();
            let (created, modified) = (time(created), time(modified));
            let unknown = None;
            let link = None;
            Note {
                id: Uuid::now_v7(),
                passages,
                verdict,
                text,
                tags,
                link,
                evidence,
                author,
                created,
                modified,
                unknown,
            }
        })
}

fn file_of(notes: Vec<Note>) -> NotesFile {
    NotesFile { notes, ..NotesFile::new() }
}

proptest! {
    #[test]
    fn what_is_saved_and_loaded_is_saved_byte_for_byte(notes in proptest::collection::vec(any_note(), 0..4)) {
        let saved = file_of(notes.clone()).print();
        let loaded = NotesFile::parse(&saved).unwrap();
        prop_assert_eq!(loaded.print(), saved);
        prop_assert_eq!(loaded.foreign(), 0);
    }

    #[test]
    fn every_note_comes_back_as_it_was(note in any_note()) {
        let loaded = NotesFile::parse(&file_of(vec![note.clone()]).print()).unwrap();
        // Addresses are normalised: two spellings of one path are one address.
        let mut note = note;
        for passage in note.passages.iter_mut().chain(note.evidence.iter_mut().map(|evidence| &mut evidence.passage)) {
            passage.source.address = address::from_iri(&address::to_iri(&passage.source.address));
        }
        prop_assert!(loaded.notes[0].says_the_same(&note), "{:#?}\n{:#?}", loaded.notes[0], note);
    }

    #[test]
    fn a_changed_note_is_saved_as_changed(held in any_note(), new in any_note()) {
        let mut file = NotesFile::parse(&file_of(vec![held]).print()).unwrap();
        let unknown = std::mem::take(&mut file.notes[0].unknown);
        file.notes[0] = Note { unknown, ..new };
        let again = NotesFile::parse(&file.print()).unwrap();
        let twice = NotesFile::parse(&again.print()).unwrap();
        prop_assert_eq!(&again.notes[0].text, &file.notes[0].text);
        prop_assert_eq!(&again.notes[0].verdict, &file.notes[0].verdict);
        prop_assert_eq!(again.notes[0].passages.len(), file.notes[0].passages.len());
        let tags = |note: &Note| note.tags.iter().cloned().collect::<std::collections::BTreeSet<_>>();
        prop_assert_eq!(tags(&again.notes[0]), tags(&file.notes[0]));
        prop_assert!(again.notes[0].says_the_same(&twice.notes[0]));
    }

    #[test]
    fn no_text_makes_reading_panic(content in any::<String>()) {
        let _ = NotesFile::parse(&content);
    }
}

const WITH_UNKNOWN_FIELDS: &str = r#"{
  "@context": [
    "http://www.w3.org/ns/anno.jsonld",
    {
      "crossread": "urn:crossread:",
      "other": "https://example.org/"
    }
  ],
  "id": "urn:uuid:019b0000-0000-7000-8000-000000000000",
  "type": "AnnotationPage",
  "label": "kept",
  "crossread:format": 1,
  "items": [
    {
      "type": "Annotation",
      "id": "urn:uuid:019b0000-0000-7000-8000-000000000001",
      "rights": "https://creativecommons.org/licenses/by/4.0/",
      "created": "2026-01-14T10:30:00+01:00",
      "body": [
        {
          "type": "TextualBody",
          "purpose": "commenting",
          "language": "en",
          "value": "first"
        },
        {
          "type": "SpecificResource",
          "source": "https://example.org/picture.png"
        }
      ],
      "target": {
        "type": "SpecificResource",
        "styleClass": "yellow",
        "source": "file:///a%20b.txt",
        "selector": {
          "type": "TextQuoteSelector",
          "exact": "12 people",
          "other:weight": 3
        }
      }
    },
    "https://example.org/annotation/7",
    {
      "id": "https://example.org/annotation/8",
      "type": "Annotation",
      "target": "https://example.org/page"
    }
  ]
}
"#;

#[test]
fn unknown_fields_and_items_are_saved_byte_for_byte() {
    let file = NotesFile::parse(WITH_UNKNOWN_FIELDS).unwrap();
    assert_eq!((file.notes.len(), file.foreign()), (1, 2));
    assert_eq!(file.notes[0].passages[0].source.address, "/a b.txt");
    assert_eq!(file.print(), WITH_UNKNOWN_FIELDS);
}

#[test]
fn a_changed_note_keeps_what_is_unknown_in_it() {
    let mut file = NotesFile::parse(WITH_UNKNOWN_FIELDS).unwrap();
    file.notes[0].text = "second".into();
    file.notes[0].tags = vec!["figures".into()];
    file.notes[0].passages[0].exact = "15 people".into();
    let saved = file.print();
    for kept in ["creativecommons", "\"language\": \"en\"", "picture.png", "yellow", "annotation/7", "+01:00"] {
        assert!(saved.contains(kept), "{kept} is gone:\n{saved}");
    }
    for set in ["\"value\": \"second\"", "\"value\": \"figures\"", "15 people"] {
        assert!(saved.contains(set), "{set} is missing:\n{saved}");
    }
    assert!(!saved.contains("\"first\""));
}

#[test]
fn a_new_note_is_an_annotation_by_the_rules_of_the_model() {
    let lantern = article("lantern", "🚨 Officials said 12 people were injured in the fire on Tuesday.");
    let klaxon = article("klaxon", "Fifteen were hurt, the hospital said.");
    let mut note = note(&lantern, "12 people were injured", "Which hour?");
    note.verdict = Some("disputed".into());
    note.tags = vec!["figures".into()];
    note.passages.push(crate::notes::example::note(&klaxon, "Fifteen were hurt", "").passages.remove(0));
    let value: Value = serde_json::from_str(&file_of(vec![note]).print()).unwrap();
    assert_eq!(value["@context"][0], "http://www.w3.org/ns/anno.jsonld");
    let item = &value["items"][0];
    assert!(item["id"].as_str().unwrap().starts_with("urn:uuid:"));
    assert_eq!(item["type"], "Annotation");
    assert_eq!(item["motivation"], "questioning");
    let created = item["created"].as_str().unwrap();
    assert!(created.ends_with('Z'), "{created} is no UTC time");
    let purposes: Vec<_> =
        item["body"].as_array().unwrap().iter().map(|body| body["purpose"].as_str().unwrap()).collect();
    assert_eq!(purposes, ["commenting", "assessing", "tagging"]);
    assert_eq!(item["target"]["type"], "Composite");
    let resource = &item["target"]["items"][0];
    assert_eq!(resource["source"], "file:///articles/lantern");
    assert_eq!(resource["state"]["cached"], format!("sources/{}.txt", lantern.sha256));
    assert_eq!(resource["selector"][0]["exact"], "12 people were injured");
    assert_eq!(resource["selector"][0]["prefix"], "🚨 Officials said ");
    // 17 code points; UTF-16 would say 18, bytes 20.
    assert_eq!((&resource["selector"][1]["start"], &resource["selector"][1]["end"]), (&json!(17), &json!(39)));
}

#[test]
fn damage_is_named_with_its_place() {
    let cut = &WITH_UNKNOWN_FIELDS[..WITH_UNKNOWN_FIELDS.len() - 30];
    let conflict = WITH_UNKNOWN_FIELDS.replace("  \"label\"", "<<<<<<< HEAD\n  \"label\"");
    let at = |content: &str| match NotesFile::parse(content) {
        Err(FormatError::Damaged { line, column, .. }) => (line, column),
        other => panic!("{other:?}"),
    };
    assert_eq!(at(&conflict), (11, 1));
    assert_eq!(at(cut).0, cut.lines().count());
    assert_eq!(at(""), (1, 1));
}

#[test]
fn a_newer_format_and_other_files_are_refused() {
    let newer = WITH_UNKNOWN_FIELDS.replace("\"crossread:format\": 1", "\"crossread:format\": 2");
    assert_eq!(NotesFile::parse(&newer).unwrap_err(), FormatError::Newer { found: 2 });
    for other in ["[]", "{}", "{\"crossread:format\": 1}", "{\"crossread:format\": \"1\", \"items\": []}", "3"] {
        assert!(matches!(NotesFile::parse(other), Err(FormatError::Other { .. })), "{other} is no notes file");
    }
}

#[test]
fn two_notes_under_one_id_are_both_kept() {
    let one = article("lantern", "The bridge was shut at noon.");
    let note = note(&one, "shut at noon", "first");
    let twin = Note { text: "second".into(), ..note.clone() };
    let loaded = NotesFile::parse(&file_of(vec![note, twin]).print()).unwrap();
    let texts: Vec<_> = loaded.notes.iter().map(|note| note.text.as_str()).collect();
    assert_eq!(texts, ["first", "second"]);
    assert_ne!(loaded.notes[0].id, loaded.notes[1].id);
    let again = NotesFile::parse(&loaded.print()).unwrap();
    assert_eq!(again.notes[1].id, loaded.notes[1].id);
}

#[test]
fn paths_become_file_addresses_and_back() {
    for (address, iri) in [
        ("/home/r/a b.txt", "file:///home/r/a%20b.txt"),
        ("/tmp/100%/ü#?.txt", "file:///tmp/100%25/%C3%BC%23%3F.txt"),
        ("C:/texts/a.txt", "file:///C:/texts/a.txt"),
        ("https://example.org/a b", "https://example.org/a b"),
        ("urn:crossread:sample:wire", "urn:crossread:sample:wire"),
    ] {
        assert_eq!(address::to_iri(address), iri);
        assert_eq!(address::from_iri(iri), address);
    }
}
