//! Notes as lines and as JSON.

use std::fmt::Write;
use std::path::Path;

use serde_json::{Value, json};

use crate::notes::anchor::Anchors;
use crate::notes::{AnchorState, Note};
use crate::source::Article;
use crate::text::{ArticleIndex, CodePointIndex, Column, display};

/// The longest quote in a line, in columns.
const QUOTE: Column = Column(60);

/// A note and where its passages stand; `None` for a passage whose source is not open.
pub(super) struct Entry<'a> {
    note: &'a Note,
    places: Vec<Option<(ArticleIndex, AnchorState)>>,
}

impl Entry<'_> {
    /// Whether one of its sources is open.
    pub(super) fn is_open(&self) -> bool {
        self.places.iter().any(Option::is_some)
    }

    /// Whether all its passages whose sources are open stand as they were.
    pub(super) fn is_placed(&self) -> bool {
        self.places.iter().flatten().all(|(_, state)| matches!(state, AnchorState::Placed(_)))
    }
}

/// Finds every note's passages in the open articles.
pub(super) fn entries<'a>(notes: &'a [Note], articles: &[Article]) -> Vec<Entry<'a>> {
    let anchors = Anchors::new(articles);
    let places = |note: &Note| note.passages.iter().map(|passage| anchors.find(passage)).collect();
    notes.iter().map(|note| Entry { note, places: places(note) }).collect()
}

/// Notes as lines: a head for each, its quotes, its text, its tags.
pub(super) fn text(entries: &[Entry], path: &Path) -> String {
    let mut lines = String::new();
    for entry in entries {
        let note = entry.note;
        let verdict = note.verdict.as_deref().unwrap_or("note");
        // Writing to a string does not fail, here and below.
        let _ = writeln!(lines, "{} {}", note.id, display::line(verdict));
        for (passage, place) in note.passages.iter().zip(&entry.places) {
            let state = place.as_ref().map(|(_, state)| format!(" ({})", state.word())).unwrap_or_default();
            let source = display::line(passage.source.name());
            let _ = writeln!(lines, "  {source}: “{}”{state}", display::clipped(&passage.exact, QUOTE));
        }
        for line in note.text.lines() {
            let _ = writeln!(lines, "  {}", display::line(line));
        }
        if !note.tags.is_empty() {
            let _ = writeln!(lines, "  tags: {}", display::line(&note.tags.join(", ")));
        }
    }
    let notes = display::count(entries.len(), "note");
    let _ = writeln!(lines, "{notes} in {}", display::line(&path.to_string_lossy()));
    lines
}

/// One line for each passage of the notes: its state, its source, its words, the note's id, and the reason where it is not
/// certain.
pub(super) fn states(entries: &[Entry]) -> String {
    let mut lines = String::new();
    for entry in entries {
        for (passage, place) in entry.note.passages.iter().zip(&entry.places) {
            let Some((article, state)) = place else { continue };
            let quote = display::clipped(&passage.exact, QUOTE);
            let source = display::line(passage.source.name());
            let _ = writeln!(lines, "{:9} {} {source}: “{quote}” {}", state.word(), article.letter(), entry.note.id);
            match state {
                AnchorState::Changed { after, .. } => {
                    let _ = writeln!(lines, "          now: “{}”", display::clipped(after, QUOTE));
                }
                AnchorState::Suggested { reason, .. } | AnchorState::Unplaced { reason } => {
                    let _ = writeln!(lines, "          {}", display::line(reason));
                }
                AnchorState::Placed(_) => {}
            }
        }
    }
    let placed = entries.iter().filter(|entry| entry.is_placed()).count();
    let _ = writeln!(lines, "{placed} of {} notes placed as they were made", entries.len());
    lines
}

/// Notes as a JSON list. Offsets are code points of the article that is open now.
pub(super) fn json(entries: &[Entry], articles: &[Article]) -> String {
    let indexes: Vec<_> = articles.iter().map(|article| CodePointIndex::new(article.text.content())).collect();
    let list: Vec<Value> = entries.iter().map(|entry| record(entry, &indexes)).collect();
    let mut printed = serde_json::to_string_pretty(&list).unwrap_or_default();
    printed.push('\n');
    printed
}

fn record(entry: &Entry, indexes: &[CodePointIndex]) -> Value {
    let note = entry.note;
    let passages = note.passages.iter().zip(&entry.places).map(|(passage, place)| {
        let state = place.as_ref().map(|(_, state)| state);
        let span = place.as_ref().and_then(|(article, state)| Some((indexes.get(article.index())?, state.span()?)));
        let span = span.map(|(index, span)| index.to_code_points(span));
        let reason = match state {
            Some(AnchorState::Suggested { reason, .. } | AnchorState::Unplaced { reason }) => Some(reason),
            _ => None,
        };
        json!({
            "address": passage.source.address,
            "sha256": passage.source.sha256,
            "quote": passage.exact,
            "article": place.as_ref().map(|(article, _)| article.0),
            "state": state.map(AnchorState::word),
            "start": span.map(|span| span.start),
            "end": span.map(|span| span.end),
            "reason": reason,
        })
    });
    json!({
        "id": note.id,
        "verdict": note.verdict,
        "text": note.text,
        "tags": note.tags,
        "author": note.author,
        "created": note.created.to_string(),
        "modified": note.modified.to_string(),
        "passages": passages.collect::<Vec<_>>(),
    })
}
