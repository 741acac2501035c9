//! The whole table of matching figures: `cargo bench --bench matching`.
//!
//! Every event is scored by a model that was trained without it, so the figures are those of an event never seen. Folders of
//! further labelled events may be named (`-- FOLDER …`): they are scored by the shipped model.

mod learn;

use std::path::Path;

use crossread::compare::{Options, compare};
use learn::event::{Event, FOLDS, read, read_all};
use learn::figures::{FEW, Figures, Strange, figures, table};

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
    let lessons: Vec<_> = events.iter().enumerate().map(learn::lessons).collect();
    let held_out = |fold: usize| -> Vec<(usize, (String, Figures))> {
        let others: Vec<_> =
            lessons.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).flat_map(|(_, both)| both).collect();
        let model = learn::train(&others);
        let score = |event: &Event| {
            let options = Options { model: Some(&model), ..Options::default() };
            let beside_strangers = compare(&event.with_strangers(), &options);
            let of_all = figures(event, &compare(&event.articles, &options));
            let few = FEW.map(|few| {
                let first = event.first(few);
                figures(&first, &compare(&first.articles, &options)).pairs
            });
            let long = event.in_long_sentences();
            let long = figures(&long, &compare(&long.articles, &options)).pairs;
            (event.name.clone(), Figures { strange: Strange::of(event, &beside_strangers), few, long, ..of_all })
        };
        events.iter().enumerate().filter(|(at, _)| at % FOLDS == fold).map(|(at, event)| (at, score(event))).collect()
    };
    let held_out = &held_out;
    let mut rows: Vec<_> = std::thread::scope(|scope| {
        let folds: Vec<_> = (0..FOLDS).map(|fold| scope.spawn(move || held_out(fold))).collect();
        folds.into_iter().flat_map(|fold| fold.join().expect("a fold ran to its end")).collect()
    });
    rows.sort_by_key(|row| row.0);
    table(&rows.into_iter().map(|row| row.1).collect::<Vec<_>>());
}
