//! The notes file and its export against the field rules of the W3C Web Annotation Data Model (Recommendation of 23 February
//! 2017), rule by rule.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its desk has failed")]

use crossread::compare::Judgement;
use crossread::notes::jsonld::{NotesFile, exported};
use crossread::notes::{Evidence, Note, NotePassage, import};
use crossread::source::{Article, Limits, open};
use crossread::text::{ArticleIndex, ByteSpan, Passage};
use serde_json::{Value, json};

const MOTIVATIONS: [&str; 13] = [
    "assessing",
    "bookmarking",
    "classifying",
    "commenting",
    "describing",
    "editing",
    "highlighting",
    "identifying",
    "linking",
    "moderating",
    "questioning",
    "replying",
    "tagging",
];

/// The values of a field that holds one or several.
fn each(value: &Value) -> Vec<&Value> {
    match value {
        Value::Array(items) => items.iter().collect(),
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn is_iri(value: &Value) -> bool {
    let scheme = |text: &str| {
        text.split_once(':').is_some_and(|(scheme, rest)| {
            scheme.starts_with(|c: char| c.is_ascii_alphabetic())
                && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
                && !rest.is_empty()
        })
    };
    value
        .as_str()
        .is_some_and(|text| scheme(text) && !text.contains([' ', '<', '>', '"', '\\', '^', '`', '{', '|', '}']))
}

/// `xsd:dateTime` in UTC.
fn is_utc(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.ends_with('Z') && text.parse::<jiff::Timestamp>().is_ok())
}

/// What of an annotation breaks a rule of the model.
fn problems(annotation: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut rule = |holds: bool, rule: &str| {
        if !holds {
            found.push(rule.to_owned());
        }
    };
    rule(is_iri(&annotation["id"]), "id: exactly one IRI");
    rule(each(&annotation["type"]).contains(&&json!("Annotation")), "type: includes Annotation");
    rule(!each(&annotation["target"]).is_empty(), "target: at least one");
    rule(annotation.get("bodyValue").is_none() || annotation.get("body").is_none(), "bodyValue excludes body");
    rule(annotation.get("bodyValue").is_none_or(Value::is_string), "bodyValue: a string");
    let motivations = each(&annotation["motivation"]);
    let known = |value: &&Value| value.as_str().is_some_and(|word| MOTIVATIONS.contains(&word));
    rule(motivations.len() == 1 && motivations.iter().all(known), "motivation: exactly one of the thirteen");
    for agent in ["creator", "generator"].into_iter().flat_map(|role| each(&annotation[role])) {
        let kind = agent["type"].as_str().unwrap_or_default();
        let fits = ["Person", "Organization", "Software"].contains(&kind) && agent["name"].is_string();
        rule(is_iri(agent) || fits, "an agent: an IRI, or a Person, Organization or Software with a name");
    }
    for time in ["created", "modified", "generated"] {
        rule(annotation.get(time).is_none_or(is_utc), "a time: one, in UTC, ending in Z");
    }
    for body in each(&annotation["body"]) {
        body_rules(body, &mut rule);
    }
    for target in each(&annotation["target"]) {
        match target["type"].as_str() {
            Some("Composite" | "List" | "Independents") => {
                let items = each(&target["items"]);
                rule(items.len() > 1, "a Composite: several items");
                items.into_iter().for_each(|item| resource_rules(item, &mut rule));
            }
            _ => resource_rules(target, &mut rule),
        }
    }
    found
}

fn body_rules(body: &Value, rule: &mut impl FnMut(bool, &str)) {
    if body["type"] == "TextualBody" {
        rule(body["value"].is_string(), "TextualBody.value: exactly one string");
        rule(body.get("format").is_none_or(|format| each(format).len() == 1), "TextualBody.format: at most one");
    } else {
        rule(is_iri(body) || body.is_object(), "body: an IRI or a resource");
    }
    let known = |purpose: &Value| purpose.as_str().is_some_and(|word| MOTIVATIONS.contains(&word));
    rule(each(&body["purpose"]).into_iter().all(known), "purpose: of the thirteen motivations");
}

fn resource_rules(resource: &Value, rule: &mut impl FnMut(bool, &str)) {
    if is_iri(resource) {
        return;
    }
    rule(resource["type"] == "SpecificResource", "a target: SpecificResource");
    rule(is_iri(&resource["source"]) || is_iri(&resource["source"]["id"]), "source: exactly one IRI");
    for state in each(&resource["state"]).into_iter().filter(|state| state["type"] == "TimeState") {
        let (one, start, end) = (state.get("sourceDate"), state.get("sourceDateStart"), state.get("sourceDateEnd"));
        let either = one.is_some() != (start.is_some() && end.is_some());
        rule(either && start.is_some() == end.is_some(), "TimeState: sourceDate, or a start and an end");
        rule([one, start, end].into_iter().flatten().all(is_utc), "TimeState: UTC, ending in Z");
        rule(state.get("cached").is_none_or(Value::is_string), "TimeState.cached: at most one");
    }
    for selector in each(&resource["selector"]) {
        match selector["type"].as_str() {
            Some("TextQuoteSelector") => {
                rule(selector["exact"].is_string(), "TextQuoteSelector.exact: exactly one");
                for side in ["prefix", "suffix"] {
                    rule(selector.get(side).is_none_or(Value::is_string), "prefix and suffix: never more than one");
                }
            }
            Some("TextPositionSelector") => {
                let (start, end) = (selector["start"].as_u64(), selector["end"].as_u64());
                let both = start.zip(end).is_some_and(|(start, end)| start <= end);
                rule(both, "TextPositionSelector: start and end, each one, from 0, the end behind");
            }
            _ => rule(selector["type"].is_string(), "a selector has a type"),
        }
    }
}

/// Keys that the model does not define must be defined by the context.
fn unknown_keys(value: &Value, found: &mut Vec<String>) {
    const KNOWN: [&str; 28] = [
        "@context",
        "id",
        "type",
        "items",
        "motivation",
        "created",
        "modified",
        "creator",
        "generator",
        "name",
        "body",
        "target",
        "purpose",
        "format",
        "value",
        "language",
        "source",
        "state",
        "selector",
        "sourceDate",
        "cached",
        "exact",
        "prefix",
        "suffix",
        "start",
        "end",
        "rights",
        "via",
    ];
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                if !KNOWN.contains(&key.as_str()) && !key.starts_with("crossread:") {
                    found.push(key.clone());
                }
                // The context itself defines keys.
                if key != "@context" {
                    unknown_keys(value, found);
                }
            }
        }
        Value::Array(items) => items.iter().for_each(|item| unknown_keys(item, found)),
        _ => {}
    }
}

const LANTERN: &str = "🚨 Officials said 12 people were injured in the fire on Tuesday, and no one died. \u{5e9}\u{5dc}\u{5d5}\u{5dd} \
said the cafe\u{301} owner, 👩‍👩‍👧 beside her.";
const KLAXON: &str = "The hospital said it treated 15 people hurt in Tuesday's fire; police have asked for witnesses.";

fn articles() -> (tempfile::TempDir, Vec<Article>) {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        open(&path, &Limits::default()).unwrap()
    };
    let articles = vec![write("a ü.txt", LANTERN), write("b.txt", KLAXON)];
    (folder, articles)
}

fn span(article: &Article, words: &str) -> ByteSpan {
    let start = article.text.content().find(words).unwrap();
    ByteSpan::new(start, start + words.len())
}

/// Notes with everything a note can have.
fn notes(articles: &[Article]) -> Vec<Note> {
    let mut full = Note::on(&articles[0], span(&articles[0], "12 people were injured"));
    full.passages.push(NotePassage::on(&articles[1], span(&articles[1], "15 people hurt")));
    full.verdict = Some("disputed".into());
    full.text = "Ask the **hospital**.".into();
    full.tags = vec!["figures".into(), "fire".into()];
    full.author = Some("R. Okafor".into());
    full.evidence = vec![Evidence {
        passage: NotePassage::on(&articles[1], span(&articles[1], "15 people")),
        divergences: vec!["number: 12 against 15".into()],
    }];
    let mut put = Note::on(&articles[0], span(&articles[0], "no one died"));
    put.passages[0] = put.passages[0].put_on(&articles[0], span(&articles[0], "on Tuesday"));
    put.verdict = Some("supported".into());
    let passage = |at: usize, words: &str| Passage { article: ArticleIndex::new(at), span: span(&articles[at], words) };
    let pair = (passage(0, "12 people"), passage(1, "15 people"));
    let link = Note::linking(articles, pair, Judgement::Made).unwrap();
    // Cut in the midst of a grapheme, and in a text written from the right.
    let odd = ["\u{301} owner", "\u{5dc}\u{5d5}"].map(|words| Note::on(&articles[0], span(&articles[0], words)));
    [vec![full, put, link, Note::on(&articles[1], span(&articles[1], "police"))], odd.to_vec()].concat()
}

#[test]
fn every_note_keeps_every_rule_of_the_model() {
    let (_folder, articles) = articles();
    let mut file = NotesFile::new();
    file.notes = notes(&articles);
    let page: Value = serde_json::from_str(&file.print()).unwrap();
    let contexts = each(&page["@context"]);
    assert!(contexts.contains(&&json!("http://www.w3.org/ns/anno.jsonld")));
    assert!(contexts.iter().any(|context| context["crossread"].is_string()), "keys of our own are defined");
    assert_eq!((&page["type"], is_iri(&page["id"])), (&json!("AnnotationPage"), true));
    let items = page["items"].as_array().unwrap();
    assert_eq!(items.len(), 6);
    for item in items.iter().cloned().chain(file.notes.iter().flat_map(exported)) {
        assert_eq!(problems(&item), Vec::<String>::new(), "{item:#}");
    }
    let mut unknown = Vec::new();
    unknown_keys(&page, &mut unknown);
    assert_eq!(unknown, Vec::<String>::new());
}

#[test]
fn quotations_and_positions_select_the_same_whole_graphemes_in_logical_order() {
    let (_folder, articles) = articles();
    for note in notes(&articles) {
        for passage in &note.passages {
            let article = articles.iter().find(|article| article.sha256 == passage.source.sha256).unwrap();
            let content = article.text.content();
            let code_points: Vec<char> = content.chars().collect();
            let (start, end) = (passage.position.start.index(), passage.position.end.index());
            let selected: String = code_points[start..end].iter().collect();
            assert_eq!(selected, passage.exact);
            let around = format!("{}{}{}", passage.prefix, passage.exact, passage.suffix);
            assert!(content.contains(&around), "the context is the text's own: {around}");
            assert!(!passage.exact.starts_with('\u{301}') && !passage.suffix.starts_with('\u{301}'));
        }
    }
    let first = &notes(&articles)[0].passages[0];
    assert_eq!((first.position.start.index(), first.position.end.index()), (17, 39));
}

#[test]
fn what_breaks_a_rule_is_found() {
    let (_folder, articles) = articles();
    let good = exported(&notes(&articles)[3]).remove(0);
    assert!(problems(&good).is_empty());
    for (pointer, wrong) in [
        ("/id", json!("no iri")),
        ("/type", json!("Note")),
        ("/target", json!([])),
        ("/motivation", json!(["commenting", "tagging"])),
        ("/motivation", json!("doubting")),
        ("/generator", json!({"type": "Robot", "name": "x"})),
        ("/created", json!("2026-01-14T09:30:00+01:00")),
        ("/target/source", json!("/home/r/a.txt")),
        ("/target/selector/0/exact", json!(["a", "b"])),
        ("/target/selector/1/start", json!(-1)),
        ("/target/selector/1/end", json!(0)),
        ("/target/state/sourceDate", json!("yesterday")),
    ] {
        let mut bad = good.clone();
        *bad.pointer_mut(pointer).unwrap_or_else(|| panic!("{pointer} is not there: {good:#}")) = wrong;
        assert!(!problems(&bad).is_empty(), "{pointer} is not looked at");
    }
}

#[test]
fn an_annotation_as_another_program_writes_it_is_taken_in_whole() {
    let annotation = json!({"@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:uuid:5f0c7b1e-6a52-4b0e-9a43-2d8f1c0e7a11", "type": "Annotation", "motivation": "questioning",
        "creator": {"type": "Person", "name": "R. Okafor"}, "generator": {"type": "Software", "name": "other"},
        "created": "2026-01-14T09:30:00Z", "modified": "2026-01-14T10:05:00Z",
        "body": [{"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "language": "en", "value": "12 or 15?"},
                 {"type": "TextualBody", "purpose": "tagging", "value": "disputed"}],
        "target": {"type": "Composite", "items": [
            {"type": "SpecificResource", "source": "https://example.org/paper-a/fire",
             "state": {"type": "TimeState", "sourceDate": "2026-01-14T09:12:00Z", "cached": "sources/a.txt"},
             "selector": [{"type": "TextQuoteSelector", "exact": "12 people were injured", "prefix": "🚨 Officials said ",
                           "suffix": " in the fire on Tuesday, and no "},
                          {"type": "TextPositionSelector", "start": 17, "end": 39}]},
            {"type": "SpecificResource", "source": "https://example.org/paper-b/blaze",
             "state": {"type": "TimeState", "sourceDate": "2026-01-14T09:13:00Z", "cached": "sources/b.txt"},
             "selector": [{"type": "TextQuoteSelector", "exact": "15 people hurt", "prefix": "The hospital said it treated ",
                           "suffix": " in Tuesday's fire; police have "},
                          {"type": "TextPositionSelector", "start": 29, "end": 43}]}]}});
    assert!(problems(&annotation).is_empty());
    let imported = import::read(&annotation.to_string()).unwrap();
    let [note] = imported.notes.as_slice() else { panic!("not taken in") };
    assert_eq!((note.passages.len(), note.tags.as_slice()), (2, ["disputed".to_owned()].as_slice()));
    let mut again = exported(note).remove(0);
    assert!(problems(&again).is_empty());
    for (key, value) in annotation.as_object().unwrap().iter().filter(|(key, _)| *key != "@context") {
        assert_eq!(again[key].take(), *value, "{key} did not come along");
    }
}
