//! [`Note`] → an annotation of the file: the object it was read from, with what changed set in its place.

use serde_json::{Map, Value, json};

use super::address::to_iri;
use super::read;
use crate::compare::Judgement;
use crate::notes::note::Held;
use crate::notes::{Evidence, Note, NotePassage};

type Object = Map<String, Value>;

/// The annotation of a note, printed as an item of the file. A note that says what its object says gives that object back
/// untouched.
pub(super) fn annotation(note: &Note) -> Held {
    let held = note.unknown.as_ref();
    let before = held.and_then(|held| read::annotation(&serde_json::from_str(held.as_str()).ok()?));
    match (held, before) {
        (Some(held), Some(before)) if note.says_the_same(&before) => held.clone(),
        (Some(held), Some(before)) => {
            let object = serde_json::from_str(held.as_str()).unwrap_or_default();
            pretty(&Value::Object(patched(object, note, &before)), 4).into()
        }
        _ => pretty(&Value::Object(fresh(note)), 4).into(),
    }
}

/// A value printed to stand that many columns in.
pub(super) fn pretty(value: &Value, indent: usize) -> String {
    // Printing a `Value` fails for no value: its keys are strings and its numbers are finite. Strings hold no raw line feed.
    let printed = serde_json::to_string_pretty(value).unwrap_or_default();
    printed.replace('\n', &format!("\n{}", " ".repeat(indent)))
}

fn fresh(note: &Note) -> Object {
    let mut object = Object::new();
    let mut set = |name: &str, value: Value| {
        object.insert(name.to_owned(), value);
    };
    set("id", json!(format!("urn:uuid:{}", note.id)));
    set("type", json!("Annotation"));
    set("motivation", json!(motivation(note)));
    if let Some(author) = &note.author {
        set("creator", json!({"type": "Person", "name": author}));
    }
    set("created", json!(note.created.to_string()));
    set("modified", json!(note.modified.to_string()));
    let bodies = bodies(Vec::new(), note);
    if note.link.is_none() || !bodies.is_empty() {
        set("body", Value::Array(bodies));
    }
    set("target", target(None, note, &[]));
    if let Some(judgement) = note.link {
        set("crossread:link", json!(judgement_word(judgement)));
    }
    if !note.evidence.is_empty() {
        set("crossread:evidence", evidence(Vec::new(), note, &[]));
    }
    object
}

fn patched(mut object: Object, note: &Note, before: &Note) -> Object {
    if note.id != before.id {
        object.insert("id".into(), json!(format!("urn:uuid:{}", note.id)));
    }
    if note.link != before.link {
        match note.link {
            Some(judgement) => object.insert("crossread:link".into(), json!(judgement_word(judgement))),
            None => object.shift_remove("crossread:link"),
        };
    }
    if (&note.verdict, note.link.is_some()) != (&before.verdict, before.link.is_some()) {
        object.insert("motivation".into(), json!(motivation(note)));
    }
    if note.author != before.author {
        set_author(&mut object, note.author.as_deref());
    }
    if note.created != before.created {
        object.insert("created".into(), json!(note.created.to_string()));
    }
    if note.modified != before.modified {
        object.insert("modified".into(), json!(note.modified.to_string()));
    }
    if (&note.text, &note.verdict, &note.tags) != (&before.text, &before.verdict, &before.tags) {
        let held = held(object.get_mut("body"));
        object.insert("body".into(), Value::Array(bodies(held, note)));
    }
    if note.passages != before.passages {
        let held = object.get_mut("target").map(Value::take);
        object.insert("target".into(), target(held, note, &before.passages));
    }
    if note.evidence != before.evidence {
        if note.evidence.is_empty() {
            object.shift_remove("crossread:evidence");
        } else {
            let held = held(object.get_mut("crossread:evidence"));
            object.insert("crossread:evidence".into(), evidence(held, note, &before.evidence));
        }
    }
    object
}

/// What a field held, as a list.
fn held(value: Option<&mut Value>) -> Vec<Value> {
    value.map_or_else(Vec::new, |value| as_list(value.take()))
}

fn as_list(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        Value::Null => Vec::new(),
        one => vec![one],
    }
}

fn judgement_word(judgement: Judgement) -> &'static str {
    match judgement {
        Judgement::Made => "made",
        Judgement::Removed => "removed",
    }
}

fn motivation(note: &Note) -> &'static str {
    match note.verdict.as_deref() {
        _ if note.link.is_some() => "linking",
        Some("disputed") => "questioning",
        Some(_) => "assessing",
        None => "commenting",
    }
}

fn set_author(object: &mut Object, author: Option<&str>) {
    match (object.get_mut("creator"), author) {
        (Some(Value::Object(creator)), Some(name)) => {
            creator.insert("name".into(), json!(name));
        }
        (_, Some(name)) => {
            object.insert("creator".into(), json!({"type": "Person", "name": name}));
        }
        (_, None) => {
            object.shift_remove("creator");
        }
    }
}

/// Whether a body is one of ours of that purpose.
fn is_body(body: &Value, purpose: &str) -> bool {
    body["type"] == "TextualBody" && body["purpose"] == purpose && body["value"].is_string()
}

/// The bodies of a note in the place of those held: ours are set, added or left out, all others stay. The note's text is
/// that of all comments held, so it takes the place of the first and the others go.
fn bodies(held: Vec<Value>, note: &Note) -> Vec<Value> {
    let mut verdict = note.verdict.as_deref();
    let mut verdict_seen = false;
    let mut text = Some(note.text.as_str()).filter(|text| !text.is_empty());
    let mut tags: Vec<&str> = note.tags.iter().map(String::as_str).collect();
    let mut bodies = Vec::with_capacity(held.len() + 2 + tags.len());
    for mut body in held {
        let value = if is_body(&body, "assessing") && !verdict_seen {
            verdict_seen = true;
            verdict.take()
        } else if is_body(&body, "commenting") {
            text.take()
        } else if is_body(&body, "tagging") {
            let tag = body.get("value").and_then(Value::as_str).unwrap_or_default();
            tags.iter().position(|wanted| *wanted == tag).map(|place| tags.remove(place))
        } else {
            bodies.push(body);
            continue;
        };
        if let (Some(value), Some(object)) = (value, body.as_object_mut()) {
            object.insert("value".into(), json!(value));
            bodies.push(body);
        }
    }
    if let Some(text) = text {
        let body = json!({"type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": text});
        bodies.insert(0, body);
    }
    let plain = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
    bodies.extend(verdict.map(|verdict| plain("assessing", verdict)));
    bodies.extend(tags.into_iter().map(|tag| plain("tagging", tag)));
    bodies
}

/// The target of a note: one resource, or a `Composite` (Web Annotation Data Model, appendix D), since several plain targets
/// would each be annotated on their own.
fn target(held: Option<Value>, note: &Note, before: &[NotePassage]) -> Value {
    let (composite, held) = match held {
        Some(Value::Object(mut composite)) if composite.contains_key("items") => {
            let items = self::held(composite.get_mut("items"));
            (Some(composite), items)
        }
        other => (None, other.map_or_else(Vec::new, as_list)),
    };
    let mut held = held.into_iter();
    let items = note.passages.iter().enumerate();
    let mut items: Vec<Value> =
        items.map(|(at, passage)| resource(held.next(), before.get(at), (passage, note))).collect();
    match composite {
        Some(mut composite) => {
            composite.insert("items".into(), Value::Array(items));
            Value::Object(composite)
        }
        None if items.len() == 1 => items.remove(0),
        None => json!({"type": "Composite", "items": items}),
    }
}

/// The evidence of a note in the place of that held; what was held and is none of ours stays behind it.
fn evidence(held: Vec<Value>, note: &Note, before: &[Evidence]) -> Value {
    let ours =
        |value: &Value| serde_json::from_str(&value.to_string()).is_ok_and(|json| read::evidence(&json).is_some());
    let (held, foreign): (Vec<Value>, Vec<Value>) = held.into_iter().partition(ours);
    let mut held = held.into_iter();
    let mut before = before.iter().map(|evidence| &evidence.passage);
    let mut one = |evidence: &Evidence| {
        let mut object = match held.next() {
            Some(Value::Object(object)) => object,
            _ => Map::new(),
        };
        let said = object.get_mut("crossread:passage").map(Value::take);
        let passage = resource(said, before.next(), (&evidence.passage, note));
        object.insert("crossread:passage".into(), passage);
        object.insert("crossread:divergences".into(), json!(evidence.divergences));
        Value::Object(object)
    };
    let ours: Vec<Value> = note.evidence.iter().map(&mut one).collect();
    Value::Array(ours.into_iter().chain(foreign).collect())
}

/// The `SpecificResource` of a passage. One that was held and says the same is given back untouched; of one that says
/// something else, what is unknown in it is kept.
fn resource(held: Option<Value>, before: Option<&NotePassage>, (passage, note): (&NotePassage, &Note)) -> Value {
    let mut object = match held {
        Some(held) if before == Some(passage) => return held,
        Some(Value::Object(object)) => object,
        _ => Map::new(),
    };
    let source = &passage.source;
    let mut set = |name: &str, value: Option<Value>| {
        match value {
            Some(value) => object.insert(name.to_owned(), value),
            None => object.shift_remove(name),
        };
    };
    set("type", Some(json!("SpecificResource")));
    let iri = to_iri(&source.address);
    // `canonical` (Web Annotation Data Model, 3.3.7) tells who it is wherever it was read from.
    set(
        "source",
        Some(match &source.canonical {
            Some(canonical) => json!({"id": iri, "canonical": canonical}),
            None => json!(iri),
        }),
    );
    set("crossread:sha256", Some(json!(source.sha256)));
    set("crossread:title", source.title.as_ref().map(|title| json!(title)));
    set("crossread:outlet", source.outlet.as_ref().map(|outlet| json!(outlet)));
    set("crossread:published", source.published.as_ref().map(|published| json!(published)));
    set("crossread:first", passage.first.as_ref().map(|first| resource(None, None, (first, note))));
    let cached = format!("sources/{}.txt", source.sha256);
    set("state", Some(json!({"type": "TimeState", "sourceDate": note.modified.to_string(), "cached": cached})));
    set("selector", Some(selectors(passage)));
    Value::Object(object)
}

fn selectors(passage: &NotePassage) -> Value {
    let mut quote = json!({"type": "TextQuoteSelector", "exact": passage.exact});
    for (name, side) in [("prefix", &passage.prefix), ("suffix", &passage.suffix)] {
        if !side.is_empty() {
            quote[name] = json!(side);
        }
    }
    let position = json!({
        "type": "TextPositionSelector",
        "start": passage.position.start,
        "end": passage.position.end,
    });
    json!([quote, position])
}
