//! Notes as W3C Web Annotation JSON-LD for other programs: each note as it is kept, and where it stands on several passages
//! one annotation for each besides, since programs that do not know `Composite` see no target in it.
//!
//! Invariant: importing what was exported gives the notes back, each once.

use serde_json::{Value, json};

use super::entry::Material;
use crate::notes::{Note, jsonld};

/// The notes on the open sources as an `AnnotationPage`.
pub fn notes(material: &Material) -> String {
    let open: Vec<&Note> = material.entries().map(|entry| entry.note).collect();
    let items: Vec<Value> = open.iter().flat_map(|note| jsonld::exported(note)).collect();
    let page = json!({
        "@context": jsonld::context(),
        "type": "AnnotationPage",
        "crossread:export": true,
        "items": items,
    });
    format!("{page:#}\n")
}

/// Whether a file is one that this module wrote.
pub fn is_ours(content: &str) -> bool {
    serde_json::from_str::<Value>(content).is_ok_and(|value| value["crossread:export"] == true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Comparison;
    use crate::notes::example::{article, note};
    use crate::notes::import;

    #[test]
    fn a_note_on_two_sources_is_one_composite_and_two_plain_annotations() {
        let articles = [
            article("lantern", "At 5.40am the barge struck the bridge. Nobody was hurt."),
            article("klaxon", "The barge hit the bridge at 4.40am."),
        ];
        let mut both = note(&articles[0], "At 5.40am", "Which?");
        both.passages.extend(note(&articles[1], "at 4.40am", "").passages);
        let one = note(&articles[0], "Nobody was hurt", "Says who?");
        let comparison = Comparison::default();
        let notes = [both, one];
        let exported = super::notes(&Material { articles: &articles, comparison: &comparison, notes: &notes });
        assert!(is_ours(&exported) && !is_ours("{}") && !is_ours("text"));
        let page: Value = serde_json::from_str(&exported).unwrap();
        let items = page["items"].as_array().unwrap();
        let targets: Vec<_> = items.iter().map(|item| item["target"]["type"].as_str().unwrap()).collect();
        assert_eq!(targets, ["Composite", "SpecificResource", "SpecificResource", "SpecificResource"]);
        let ids: std::collections::HashSet<_> = items.iter().map(|item| item["id"].as_str().unwrap()).collect();
        assert_eq!(ids.len(), 4);
        let whole = items[0]["id"].as_str().unwrap();
        for (at, address) in [(1, "file:///articles/lantern"), (2, "file:///articles/klaxon")] {
            assert_eq!(items[at]["target"]["source"], address);
            assert_eq!(items[at]["crossread:partOf"], whole);
            assert_eq!(items[at]["body"], items[0]["body"]);
        }
        assert_eq!(exported, super::notes(&Material { articles: &articles, comparison: &comparison, notes: &notes }));
        let imported = import::read(&exported).unwrap();
        assert_eq!((imported.notes.len(), imported.left_out), (2, 0));
        assert!(imported.notes.iter().zip(&notes).all(|(there, here)| there.says_the_same(here)));
    }
}
