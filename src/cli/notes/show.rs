//! `crossread notes show`: what notes were written about, from the texts archived beside them, also when the sources are gone.

use std::fmt::Write;

use serde_json::{Value, json};

use super::super::arguments::{Listing, Show};
use super::super::{Outcome, Settings, output};
use super::note_of;
use crate::notes::archive::Remembered;
use crate::notes::{Archive, Note, NotePassage, Store};
use crate::text::display;

/// Shows each note with what it was written about.
pub(super) fn show(asked: &Show, settings: &Settings) -> anyhow::Result<Outcome> {
    let store = Store::open(&settings.notes)?;
    let notes = asked.ids.iter().map(|id| note_of(&store, id)).collect::<anyhow::Result<Vec<Note>>>()?;
    let archive = store.archive();
    match asked.output.format {
        Listing::Text => {
            let texts: Vec<String> = notes.iter().map(|note| text(note, &archive)).collect();
            output::print(&texts.join("\n"))
        }
        Listing::Json => {
            let list: Vec<Value> = notes.iter().map(|note| record(note, &archive)).collect();
            output::print(&format!("{:#}\n", Value::Array(list)))
        }
    }
}

fn text(note: &Note, archive: &Archive) -> String {
    let mut lines = String::new();
    let mut say = |indent: usize, line: &str| {
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{:indent$}{}", "", display::line(line));
    };
    say(0, &format!("{} {}", note.id, note.verdict.as_deref().unwrap_or("note")));
    let by = note.author.as_deref().map(|author| format!(" by {author}")).unwrap_or_default();
    say(2, &format!("made {}, changed {}{by}", note.created, note.modified));
    for kept in &note.passages {
        passage(&mut say, kept.made_on(), archive);
        if kept.first.is_some() {
            say(2, &format!("put by hand on: “{}”", kept.exact));
        }
    }
    for line in note.text.lines() {
        say(2, line);
    }
    if !note.tags.is_empty() {
        say(2, &format!("tags: {}", note.tags.join(", ")));
    }
    for evidence in &note.evidence {
        say(2, &format!("evidence, {}: “{}”", evidence.passage.source.name(), evidence.passage.exact));
        evidence.divergences.iter().for_each(|divergence| say(4, divergence));
    }
    lines
}

fn passage(say: &mut impl FnMut(usize, &str), kept: &NotePassage, archive: &Archive) {
    let source = &kept.source;
    let about = [Some(source.name()), source.title.as_deref().filter(|title| *title != source.name())];
    let mut about: Vec<&str> = about.into_iter().flatten().collect();
    about.extend(source.published.as_deref());
    say(2, &about.join(", "));
    say(2, &source.address);
    let remembered = Remembered::of(kept, archive);
    match (&remembered.archived, remembered.text.is_some()) {
        (Some(when), true) => say(2, &format!("archived {when} as {}", archive.path_of(&source.sha256).display())),
        (None, true) => say(2, &format!("archived as {}", archive.path_of(&source.sha256).display())),
        _ => say(2, "its text is not archived; this is what the note itself keeps"),
    }
    let around = &remembered.around;
    let whole = format!("{}[{}]{}", around.before, around.words, around.after);
    whole.lines().filter(|line| !line.trim().is_empty()).for_each(|line| say(4, line));
}

fn record(note: &Note, archive: &Archive) -> Value {
    let passages = note.passages.iter().map(|kept| {
        let made_on = kept.made_on();
        let source = &made_on.source;
        let remembered = Remembered::of(made_on, archive);
        json!({
            "address": source.address,
            "title": source.title,
            "outlet": source.outlet,
            "published": source.published,
            "sha256": source.sha256,
            "archived": remembered.archived.map(|when| when.to_string()),
            "quote": made_on.exact,
            "start": made_on.position.start,
            "end": made_on.position.end,
            "text": remembered.text,
            "put_by_hand_on": kept.first.is_some().then_some(&kept.exact),
        })
    });
    json!({"id": note.id, "verdict": note.verdict, "text": note.text, "passages": passages.collect::<Vec<_>>()})
}
