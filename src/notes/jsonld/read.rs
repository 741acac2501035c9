//! An annotation of the file → [`Note`].

use jiff::Timestamp;
use uuid::Uuid;

use super::address::from_iri;
use super::value::Json;
use crate::compare::Judgement;
use crate::notes::{Evidence, Note, NotePassage, SourceReference};
use crate::source::without_secrets;
use crate::text::{CodePoint, CodePointSpan};

/// The note that an annotation holds; `None` where it is not one of ours: no `urn:uuid:` id, no passage with a quote, or a
/// link of a kind that this version does not know.
pub(super) fn annotation(object: &Json) -> Option<Note> {
    let id = text_of(object, "id")?.strip_prefix("urn:uuid:").and_then(|id| Uuid::parse_str(id).ok())?;
    if !list(object.get("type")).any(|kind| kind.as_str() == Some("Annotation")) {
        return None;
    }
    let passages = target_items(object.get("target")?).map(passage).collect::<Option<Vec<_>>>()?;
    if passages.is_empty() {
        return None;
    }
    let link = match object.get("crossread:link") {
        Some(said) => Some(judgement(said).filter(|_| passages.len() == 2)?),
        None => None,
    };
    let created = time_of(object, "created");
    let modified = time_of(object, "modified");
    Some(Note {
        id,
        passages,
        verdict: bodies(object, "assessing").next().map(str::to_owned),
        text: bodies(object, "commenting").collect::<Vec<_>>().join("\n\n"),
        tags: tags(object),
        link,
        evidence: list(object.get("crossread:evidence")).filter_map(evidence).collect(),
        author: object.get("creator").and_then(author),
        created: created.or(modified).unwrap_or(Timestamp::UNIX_EPOCH),
        modified: modified.or(created).unwrap_or(Timestamp::UNIX_EPOCH),
        unknown: None,
    })
}

/// The values of a field that holds one or a list.
fn list<'v, 'a>(value: Option<&'v Json<'a>>) -> impl Iterator<Item = &'v Json<'a>> {
    let (one, many) = match value {
        Some(Json::List(items)) => (None, items.as_slice()),
        other => (other, [].as_slice()),
    };
    one.into_iter().chain(many)
}

/// The members of a target: those of a `Composite`, or the target itself.
fn target_items<'v, 'a>(target: &'v Json<'a>) -> impl Iterator<Item = &'v Json<'a>> {
    list(target.get("items").or(Some(target)))
}

/// Whether a body is one of ours of that purpose.
fn is_body(body: &Json, purpose: &str) -> bool {
    body.get("type").and_then(Json::as_str) == Some("TextualBody")
        && body.get("purpose").and_then(Json::as_str) == Some(purpose)
}

fn bodies<'a>(object: &'a Json<'a>, purpose: &'a str) -> impl Iterator<Item = &'a str> {
    list(object.get("body")).filter(move |body| is_body(body, purpose)).filter_map(|body| body.get("value")?.as_str())
}

fn tags(object: &Json) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for tag in bodies(object, "tagging") {
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// What a link by hand says of its passages.
fn judgement(value: &Json) -> Option<Judgement> {
    match value.as_str()? {
        "made" => Some(Judgement::Made),
        "removed" => Some(Judgement::Removed),
        _ => None,
    }
}

fn author(creator: &Json) -> Option<String> {
    creator.get("name").unwrap_or(creator).as_str().map(str::to_owned)
}

pub(super) fn evidence(value: &Json) -> Option<Evidence> {
    let divergences = list(value.get("crossread:divergences")).filter_map(Json::as_str).map(str::to_owned).collect();
    Some(Evidence { passage: passage(value.get("crossread:passage")?)?, divergences })
}

/// The passage that a `SpecificResource` holds; `None` without a source or a quote. A missing position becomes 0..0, which
/// no quote matches, so that the passage is searched for.
fn passage(resource: &Json) -> Option<NotePassage> {
    let first = resource.get("crossread:first").and_then(one_passage).map(Box::new);
    Some(NotePassage { first, ..one_passage(resource)? })
}

fn one_passage(resource: &Json) -> Option<NotePassage> {
    let selector = |kind: &'static str| {
        list(resource.get("selector")).find(move |selector| selector.get("type").and_then(Json::as_str) == Some(kind))
    };
    let quote = selector("TextQuoteSelector")?;
    let side = |name: &str| quote.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
    let position = selector("TextPositionSelector");
    let offset = |name: &str| {
        let value = position.and_then(|position| position.get(name)).and_then(Json::as_u64).unwrap_or(0);
        CodePoint(u32::try_from(value).unwrap_or(u32::MAX))
    };
    let own = |name: &str| resource.get(name).and_then(Json::as_str).map(str::to_owned);
    let source = resource.get("source")?;
    Some(NotePassage {
        source: SourceReference {
            sha256: own("crossread:sha256").unwrap_or_default(),
            address: from_iri(source.get("id").unwrap_or(source).as_str()?),
            canonical: source.get("canonical").and_then(Json::as_str).map(without_secrets),
            title: own("crossread:title"),
            outlet: own("crossread:outlet"),
            published: own("crossread:published"),
        },
        exact: quote.get("exact")?.as_str()?.to_owned(),
        prefix: side("prefix"),
        suffix: side("suffix"),
        position: CodePointSpan { start: offset("start"), end: offset("end") },
        first: None,
    })
}

fn text_of<'a>(object: &'a Json<'a>, name: &str) -> Option<&'a str> {
    object.get(name)?.as_str()
}

fn time_of(object: &Json, name: &str) -> Option<Timestamp> {
    text_of(object, name)?.parse().ok()
}
