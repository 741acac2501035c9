//! The whole table of matching figures: `cargo bench --bench matching`.
//!
//! Every event is scored by a model that was trained without it, so the figures are those of an event never seen. Folders of
//! further labelled events may be named (`-- FOLDER …`): they are scored by the shipped model.

mod learn;

use std::path::Path;

use crossread::compare::{Options, compare};
use learn::event::{read, read_all};
use learn::figures::{figures, table};

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    if !folders.is_empty() {
        let row = |folder: &String| {
            let event = read(Path::new(folder));
            let figures = figures(&event, &compare(&event.articles, &Options::default()));
            (event.name, figures)
        };
        return table(&folders.iter().map(row).collect::<Vec<_>>());
    }
    let events = read_all(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data/events"));
    let lessons: Vec<_> = events.iter().map(learn::lesson).collect();
    let mut rows = Vec::new();
    for (at, event) in events.iter().enumerate() {
        let others: Vec<_> =
            lessons.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, lesson)| lesson).collect();
        let model = learn::train(&others);
        let options = Options { model: Some(&model), ..Options::default() };
        rows.push((event.name.clone(), figures(event, &compare(&event.articles, &options))));
    }
    table(&rows);
}
