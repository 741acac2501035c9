//! From a key to the finished frame: `cargo bench --bench frame`.
//!
//! Six sources at 200×50, of 1,000, 10,000 and 100,000 words each. Every key goes through the reader's own update and view into
//! a test terminal. A frame counts as long as the fastest of five times that the same key was pressed at the same place, since
//! what else the machine does is no part of it; the slowest of the round before these is shown as `first time`. The same panes
//! are drawn, scrolled to the same places, by ratatui's `Paragraph` with wrapping, in the same run. A verdict follows on each
//! bar; figures depend on the machine, so this is no test. Other lengths may be named (`-- 5000`).

#[path = "frame/event.rs"]
mod event;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use crossread::config::Config;
use crossread::reader::action::Action;
use crossread::reader::glyphs::UNICODE;
use crossread::reader::key::KeyPress;
use crossread::reader::keymap::Keymap;
use crossread::reader::state::{Setup, State};
use crossread::reader::theme::{Depth, Theme};
use crossread::reader::update::update;
use crossread::reader::view;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use ratatui::widgets::{Paragraph, Wrap};

/// Columns and rows of the screen.
const SCREEN: Size = Size { width: 200, height: 50 };

/// Words of each source.
const WORDS: [usize; 3] = [1_000, 10_000, 100_000];

/// The keys of one round: every one of them is a frame.
const KEYS: &str = "j j j j k d space ] c ] c [ c ) ) ) ( } { tab j d ] m [ m u b t ; , . ctrl-e ctrl-y alt-j alt-k s j s j s \
                    backtab space space p p P P n N z t z z 5 j ctrl-n ctrl-p";

/// How often they are pressed, from how many places of the text (in per cent).
const ROUNDS: usize = 5;
const PLACES: [&str; 6] = ["0", "10", "30", "50", "70", "90"];

/// The most that the slowest frames of the longest texts may take, against those of the shortest.
const MOST_GROWTH: f64 = 1.5;

/// The most that a frame may take against the same one through `Paragraph`.
const MOST_OF_PARAGRAPH: f64 = 0.25;

/// What was measured of one length.
struct Measured {
    words: usize,
    frames: Vec<Duration>,
    first_time: Duration,
    slowest: String,
    paragraph: Duration,
}

fn main() {
    let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
    let sizes = if asked.is_empty() { WORDS.to_vec() } else { asked };
    let measured: Vec<Measured> = sizes.into_iter().map(measure).collect();
    println!("\nkey to finished frame, {} sources at {}×{}", event::SOURCES, SCREEN.width, SCREEN.height);
    println!(
        "{:>8} {:>7} {:>9} {:>9} {:>9} {:>10} {:>11} {:>6}",
        "words", "frames", "median", "p99", "most", "first time", "Paragraph", "ratio"
    );
    for size in &measured {
        println!(
            "{:>8} {:>7} {:>6.0} µs {:>6.0} µs {:>6.0} µs {:>7.0} µs {:>8.0} µs {:>6.3}   slowest key: {}",
            size.words,
            size.frames.len(),
            micros(at(&size.frames, 50)),
            micros(at(&size.frames, 99)),
            micros(at(&size.frames, 100)),
            micros(size.first_time),
            micros(size.paragraph),
            micros(at(&size.frames, 50)) / micros(size.paragraph),
            size.slowest,
        );
    }
    println!();
    if let [first, .., last] = measured.as_slice() {
        let growth = micros(at(&last.frames, 99)) / micros(at(&first.frames, 99));
        verdict(&format!("p99 at {} words against {} words", last.words, first.words), growth, MOST_GROWTH);
    }
    for size in &measured {
        let ratio = micros(at(&size.frames, 50)) / micros(size.paragraph);
        verdict(&format!("median against Paragraph at {} words", size.words), ratio, MOST_OF_PARAGRAPH);
    }
}

fn verdict(what: &str, ratio: f64, most: f64) {
    let word = if ratio <= most { "met" } else { "MISSED" };
    println!("{word}: {what}: {ratio:.3} (at most {most})");
}

fn micros(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e6
}

/// The duration below which `percent` of the sorted ones lie.
fn at(sorted: &[Duration], percent: usize) -> Duration {
    sorted.get((sorted.len() * percent / 100).min(sorted.len().saturating_sub(1))).copied().unwrap_or_default()
}

fn measure(words: usize) -> Measured {
    let (articles, comparison) = event::event(words);
    let mut state = State::new(Arc::new(articles), setup(), SCREEN);
    update(&mut state, Action::Compared(Arc::new(comparison)));
    let theme = Theme::load("dark", Depth::True).expect("a shipped theme loads");
    let mut terminal = Terminal::new(TestBackend::new(SCREEN.width, SCREEN.height)).expect("a test terminal opens");
    let presses: Vec<KeyPress> = KEYS.split_whitespace().map(|key| key.parse().expect("a key is named")).collect();
    let mut least: Vec<(Duration, KeyPress)> = Vec::new();
    let (mut first_time, mut paragraph) = (Duration::ZERO, Vec::new());
    for round in 0..=ROUNDS {
        for (rank, place) in PLACES.into_iter().enumerate() {
            go(&mut state, place);
            for (step, &press) in presses.iter().enumerate() {
                let begun = Instant::now();
                update(&mut state, Action::Key(press));
                terminal.draw(|frame| view::draw(frame, &state, &theme)).expect("a test terminal draws");
                let taken = begun.elapsed();
                let step = rank * presses.len() + step;
                match least.get_mut(step) {
                    _ if round == 0 => first_time = first_time.max(taken),
                    None => least.push((taken, press)),
                    Some(kept) => kept.0 = kept.0.min(taken),
                }
            }
            if round > 0 {
                paragraph.push(through_paragraph(&state));
            }
        }
    }
    let mut frames: Vec<Duration> = least.iter().map(|(taken, _)| *taken).collect();
    frames.sort_unstable();
    paragraph.sort_unstable();
    let slowest = least.into_iter().max().map(|(_, press)| press.to_string()).unwrap_or_default();
    Measured { words, frames, first_time, slowest, paragraph: at(&paragraph, 50) }
}

/// Goes to a place of the text, in per cent, unmeasured.
fn go(state: &mut State, percent: &str) {
    let keys = if percent == "0" {
        vec!["g".to_owned()]
    } else {
        percent.chars().map(String::from).chain(["%".to_owned()]).collect()
    };
    for key in keys {
        update(state, Action::Key(key.parse().expect("a key is named")));
    }
}

/// The panes of the state drawn by `Paragraph` over their whole texts, scrolled to the same rows.
fn through_paragraph(state: &State) -> Duration {
    let mut terminal = Terminal::new(TestBackend::new(SCREEN.width, SCREEN.height)).expect("a test terminal opens");
    let texts: Vec<ratatui::text::Text<'_>> =
        state.articles.iter().map(|article| ratatui::text::Text::raw(article.text.content())).collect();
    let begun = Instant::now();
    let draw = |frame: &mut ratatui::Frame<'_>| {
        for pane in &state.layout.panes {
            let (text, view) = (&texts[pane.article.index()], &state.views[pane.article.index()]);
            let top = u16::try_from(view.top.0.max(0)).unwrap_or(u16::MAX);
            frame.render_widget(Paragraph::new(text.clone()).wrap(Wrap { trim: false }).scroll((top, 0)), pane.text);
        }
    };
    terminal.draw(draw).expect("a test terminal draws");
    begun.elapsed()
}

fn setup() -> Setup {
    let config = Config::shipped();
    Setup {
        keymap: Keymap::patched(&config.keys).expect("the shipped keys are well formed"),
        glyphs: UNICODE,
        verdicts: config.verdicts,
        author: None,
        notes_path: PathBuf::from("notes.jsonld"),
    }
}
