//! What becomes of notes when their source is revised, for crossread beside the rule of Hypothesis's client:
//! `cargo bench --bench anchoring`.
//!
//! The texts are the project's invented reports, two of different events in one text (or twenty, for a long one); a seeded
//! reviser deletes, rewords and moves sentences, changes figures and puts paragraphs in. Every note's own sentence has one of
//! five fates, so what is right is known.

#[path = "anchoring/hypothesis.rs"]
mod hypothesis;
#[path = "anchoring/revision.rs"]
mod revision;

use crossread::notes::{AnchorState, NotePassage, anchor};
use crossread::text::ByteSpan;
use revision::{Fate, Revision, Seed, Story, stories};

/// The lengths of quotes, in words.
const LENGTHS: [usize; 5] = [1, 3, 6, 12, 25];
/// Quotes of each length in each text.
const QUOTES: usize = 4;

/// What became of the notes of one length and one fate.
#[derive(Default)]
struct Tally {
    notes: usize,
    placed: usize,
    changed: usize,
    suggested: usize,
    silently_wrong: usize,
    wrongly_suggested: usize,
    unplaced: usize,
    theirs_right: usize,
    theirs_wrong: usize,
}

fn main() {
    let short = stories(2);
    let long = stories(20);
    println!("Right and wrong in per cent of the notes. `silent` is a wrong place given as placed or changed.");
    let held = measure("two reports in a text", &short, QUOTES);
    measure("twenty reports in a text", &long[..long.len().min(12)], QUOTES);
    if !held {
        println!("\nThe bars do not hold.");
        std::process::exit(1);
    }
    println!("\nThe bars hold: unchanged quotations of six words and more placed, deleted ones not attached silently.");
}

/// Whether the notes of one fate and length are placed as well as they must be.
fn holds(fate: Fate, length: usize, tally: &Tally) -> bool {
    let silent = tally.silently_wrong as f64 / tally.notes as f64;
    match fate {
        Fate::Unchanged if length >= 6 => tally.placed == tally.notes,
        Fate::Deleted if length >= 6 => silent <= 0.005,
        Fate::Deleted => silent <= 0.015,
        _ => true,
    }
}

fn measure(name: &str, stories: &[Story], quotes: usize) -> bool {
    let mut held = true;
    let letters: usize = stories.iter().map(|story| story.article.text.content().chars().count()).sum();
    println!("\n{name}: {} texts of {} characters on average\n", stories.len(), letters / stories.len().max(1));
    println!(
        "| sentence | words | notes | placed | changed | asks, right | unplaced | **silent** | asks, wrong | Hypothesis right | Hypothesis wrong |"
    );
    println!("| --- | --: | --: | --: | --: | --: | --: | --: | --: | --: | --: |");
    for fate in Fate::ALL {
        for length in LENGTHS {
            let tally = tally(stories, fate, (length, quotes));
            if tally.notes > 0 {
                row(fate, length, &tally);
                held &= holds(fate, length, &tally);
            }
        }
    }
    held
}

fn tally(stories: &[Story], fate: Fate, (length, quotes): (usize, usize)) -> Tally {
    let mut tally = Tally::default();
    for (at, story) in stories.iter().enumerate() {
        for quote in 0..quotes {
            let seed = Seed::of([at, fate as usize, length, quote]);
            let Some(revision) = Revision::make(story, &stories[(at + 5) % stories.len()], (fate, length), seed) else {
                continue;
            };
            count(&mut tally, story, &revision);
        }
    }
    tally
}

fn count(tally: &mut Tally, story: &Story, revision: &Revision) {
    let right = |span: ByteSpan| revision.now.is_some_and(|now| now.shared(span) * 2 > now.len().max(span.len()));
    tally.notes += 1;
    match anchor::place(&NotePassage::on(&story.article, revision.quote), &revision.article) {
        AnchorState::Placed(span) if right(span) => tally.placed += 1,
        AnchorState::Changed { span, .. } if right(span) => tally.changed += 1,
        AnchorState::Placed(_) | AnchorState::Changed { .. } => tally.silently_wrong += 1,
        AnchorState::Suggested { span, .. } if right(span) => tally.suggested += 1,
        AnchorState::Suggested { .. } => tally.wrongly_suggested += 1,
        AnchorState::Unplaced { .. } => tally.unplaced += 1,
    }
    match hypothesis::find(story.article.text.content(), revision.quote, revision.article.text.content()) {
        Some(span) if right(span) => tally.theirs_right += 1,
        Some(_) => tally.theirs_wrong += 1,
        None => {}
    }
}

fn row(fate: Fate, length: usize, tally: &Tally) {
    let share = |count: usize| format!("{:.1}", count as f64 * 100.0 / tally.notes as f64);
    println!(
        "| {} | {length} | {} | {} | {} | {} | {} | **{}** | {} | {} | {} |",
        fate.words(),
        tally.notes,
        share(tally.placed),
        share(tally.changed),
        share(tally.suggested),
        share(tally.unplaced),
        share(tally.silently_wrong),
        share(tally.wrongly_suggested),
        share(tally.theirs_right),
        share(tally.theirs_wrong),
    );
}
