//! Notes as schema.org `ClaimReview` records, for those that have what one needs: a web address, an author and a verdict.
//!
//! Must never make a verdict or an address up. Invariant: pure; the same notes give the same bytes.

use serde_json::{Value, json};

use super::entry::{self, Material};
use crate::notes::{Note, NotePassage};
use crate::text::display;

/// The longest summary of a claim, in characters (Google's advice).
const SUMMARY: usize = 75;

/// One record for every note on an open source that can have one, as a JSON-LD graph.
pub fn notes(material: &Material) -> String {
    let records: Vec<Value> = material.entries().filter_map(|entry| record(material, entry.note)).collect();
    format!("{:#}\n", json!({"@context": "https://schema.org", "crossread": "export", "@graph": records}))
}

/// How many of the notes on open sources lack what a record needs.
pub fn left_out(material: &Material) -> usize {
    material.entries().filter(|entry| record(material, entry.note).is_none()).count()
}

/// Whether a file is one that this module wrote.
pub fn is_ours(content: &str) -> bool {
    serde_json::from_str::<Value>(content).is_ok_and(|value| value["crossread"] == "export")
}

fn record(material: &Material, note: &Note) -> Option<Value> {
    let (verdict, author) = (note.verdict.as_deref()?, note.author.as_deref()?);
    let claim = note.passages.iter().find(|passage| is_web(passage))?;
    let mut seen: Vec<&str> = Vec::new();
    let counterparts = note.evidence.iter().map(|evidence| &evidence.passage);
    let appearances: Vec<Value> = note
        .passages
        .iter()
        .chain(counterparts)
        .filter(|passage| is_web(passage))
        .filter_map(|passage| {
            let address = passage.source.cited();
            let new = !seen.contains(&address);
            seen.push(address);
            new.then(|| appearance(passage))
        })
        .collect();
    let entry = entry::certain_passage(material, note);
    let sentence = entry.map(|passage| entry::sentence(material.articles, passage));
    let mut item = json!({"@type": "Claim", "text": claim.exact, "appearance": appearances});
    if let Some(outlet) = &claim.source.outlet {
        item["author"] = json!({"@type": "Organization", "name": outlet});
    }
    if let Some(published) = &claim.source.published {
        item["datePublished"] = json!(published);
    }
    let day = |time: jiff::Timestamp| time.to_zoned(jiff::tz::TimeZone::UTC).date().to_string();
    let mut rating = json!({"@type": "Rating", "alternateName": verdict});
    if !note.text.trim().is_empty() {
        rating["ratingExplanation"] = json!(note.text.trim());
    }
    Some(json!({
        "@type": "ClaimReview",
        "@id": format!("urn:uuid:{}", note.id),
        "url": claim.source.cited(),
        "datePublished": day(note.created),
        "dateModified": day(note.modified),
        "author": {"@type": "Person", "name": author},
        "claimReviewed": summary(sentence.as_deref().unwrap_or(&claim.exact)),
        "itemReviewed": item,
        "reviewRating": rating,
    }))
}

fn is_web(passage: &NotePassage) -> bool {
    passage.source.on_the_web().is_some()
}

fn appearance(passage: &NotePassage) -> Value {
    let source = &passage.source;
    let mut appearance = json!({"@type": "NewsArticle", "url": source.cited()});
    if let Some(title) = &source.title {
        appearance["headline"] = json!(title);
    }
    if let Some(published) = &source.published {
        appearance["datePublished"] = json!(published);
    }
    appearance
}

/// A claim in few words, cut at the end of one.
fn summary(text: &str) -> String {
    let line = display::line(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    let Some((cut, _)) = line.char_indices().nth(SUMMARY) else { return line };
    let cut = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", line[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Comparison;
    use crate::notes::example::{article, note};

    #[test]
    fn a_record_needs_an_address_an_author_and_a_verdict() {
        let articles = [article(
            "lantern",
            "At 5.40am on Tuesday the barge Ostrava struck the swing bridge at the harbour's mouth, say they.",
        )];
        let mut made = note(&articles[0], "At 5.40am on Tuesday", "The log says 4.40.");
        made.passages[0].source.address = "https://example.org/lantern".into();
        made.passages[0].source.outlet = Some("The Lantern".into());
        let comparison = Comparison::default();
        let records = |note: &Note| {
            let notes = [note.clone()];
            let material = Material { articles: &articles, comparison: &comparison, notes: &notes };
            let text = super::notes(&material);
            assert!(is_ours(&text));
            let value: Value = serde_json::from_str(&text).unwrap();
            assert_eq!(left_out(&material) + value["@graph"].as_array().unwrap().len(), 1);
            value["@graph"].clone()
        };
        assert_eq!(records(&made), json!([]));
        made.verdict = Some("false".into());
        assert_eq!(records(&made), json!([]));
        made.author = Some("R. Okafor".into());
        let record = &records(&made)[0];
        for (pointer, wanted) in [
            ("/@type", "ClaimReview"),
            ("/url", "https://example.org/lantern"),
            ("/author/name", "R. Okafor"),
            ("/reviewRating/alternateName", "false"),
            ("/reviewRating/ratingExplanation", "The log says 4.40."),
            ("/itemReviewed/text", "At 5.40am on Tuesday"),
            ("/itemReviewed/author/name", "The Lantern"),
            ("/itemReviewed/appearance/0/url", "https://example.org/lantern"),
            ("/claimReviewed", "At 5.40am on Tuesday the barge Ostrava struck the swing bridge at the …"),
        ] {
            assert_eq!(record.pointer(pointer).and_then(Value::as_str), Some(wanted), "{pointer}");
        }
        made.passages[0].source.address = "/home/r/lantern.txt".into();
        assert_eq!(records(&made), json!([]), "a file has no address that others can open");
    }
}
