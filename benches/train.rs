//! Trains the matcher's score from the labelled events in `data/events` and writes `data/model/links.bin`:
//! `cargo bench --bench train`.

#[allow(dead_code, reason = "the benchmark `matching` scores, this one only trains")]
mod learn;

use std::path::Path;

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let events = learn::event::read_all(&root.join("data/events"));
    let lessons: Vec<_> = events.iter().enumerate().flat_map(learn::lessons).collect();
    let model = learn::train(&lessons.iter().collect::<Vec<_>>());
    std::fs::write(root.join("data/model/links.bin"), model.packed()).expect("data/model can be written");
    println!("trained on {} events", events.len());
}
