//! What every reader of something from outside promises, whatever its input: one function a target, which fails when the
//! promise is broken. Held by the seeded harness (`tests/fuzz.rs`) and by the guided one (`fuzz/`).

use std::fmt::Display;
use std::path::Path;
use std::time::{Duration, Instant};

use crossread::compare::{Comparison, Options, compare};
use crossread::config::Config;
use crossread::export::{self, Material};
use crossread::notes::jsonld::NotesFile;
use crossread::notes::{anchor, import};
use crossread::source::{Article, Feed, Limits, ReadingList, from_bytes};
use crossread::text::Passage;

/// Longest time for one input, in seconds: past it, the time is no longer that of its length, on the busiest machine.
pub const SLOW: u64 = 60;

/// What parts the two sources of an input for `compare`.
pub const PARTING: u8 = 0x1d;

/// What an error says is fit for a terminal.
fn refused(error: &dyn Display) {
    let said = error.to_string();
    assert!(!said.contains("reading it failed") && !said.contains("took longer"), "{said}");
    assert!(said.chars().all(|c| !c.is_control()), "{said:?}");
}

/// Opens bytes as a source and looks whether the article keeps its promises.
pub fn opened(name: &str, bytes: &[u8]) -> Option<Article> {
    let limits = Limits { seconds: SLOW, ..Limits::default() };
    let article = from_bytes(name, bytes.to_vec(), &limits).inspect_err(|error| refused(error)).ok()?;
    let content = article.text.content();
    let mut end = 0;
    for paragraph in article.text.paragraphs() {
        assert!(paragraph.span.start.index() >= end && content.get(paragraph.span.range()).is_some());
        end = paragraph.span.end.index();
    }
    assert!(article.label().chars().all(|c| !c.is_control()));
    Some(article)
}

/// The text loader.
pub fn text(bytes: &[u8]) {
    opened("a.txt", bytes);
}

/// HTML.
pub fn page(bytes: &[u8]) {
    opened("a.html", bytes);
}

/// Markdown.
pub fn markdown(bytes: &[u8]) {
    opened("a.md", bytes);
}

/// Messages.
pub fn message(bytes: &[u8]) {
    opened("a.eml", bytes);
}

/// Feeds of all three kinds.
pub fn feed(bytes: &[u8]) {
    if let Err(problem) = Feed::parse(bytes, &Limits::default()) {
        refused(&problem);
    }
}

/// The configuration, reading lists and limits.
pub fn settings(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let _ = Config::parse(&text, Path::new("config.toml"));
    let _ = ReadingList::parse(&text, Path::new(""));
    let _ = Limits::default().set(&text);
}

/// A notes file, or annotations of another program: what is read can be written and is then the same.
pub fn notes(bytes: &[u8]) {
    let Ok(content) = std::str::from_utf8(bytes) else { return };
    let article = opened("a.txt", b"The ship hit the bridge on Tuesday. Nobody was hurt.");
    if let Ok(file) = NotesFile::parse(content) {
        let printed = file.print();
        let again = NotesFile::parse(&printed).map_err(|error| error.to_string());
        assert_eq!(again.as_ref().map(NotesFile::print), Ok(printed), "a notes file changes by being written");
        assert_eq!(again.map(|again| again.notes.len()), Ok(file.notes.len()));
    }
    let Ok(imported) = import::read(content) else { return };
    for passage in imported.notes.iter().flat_map(|note| &note.passages) {
        article.iter().for_each(|article| drop(anchor::place(passage, article)));
    }
    let notes: Vec<_> = imported.notes;
    let material = Material { articles: article.as_slice(), comparison: &Comparison::default(), notes: &notes };
    let _ = export::markdown::notes(article.as_slice(), &Comparison::default(), &notes);
    let _ = (export::html::page(&material), export::csv::notes(&material), export::claim_review::notes(&material));
}

/// Whether a passage is a piece of its article.
fn stands(passage: Passage, articles: &[Article]) -> bool {
    let text = articles.get(passage.article.index()).map(|article| article.text.content());
    text.is_some_and(|text| text.get(passage.span.range()).is_some())
}

/// Two sources, parted by [`PARTING`] (without it: the same twice), compared and exported.
pub fn compared(bytes: &[u8]) {
    let at = bytes.iter().position(|byte| *byte == PARTING);
    let (one, other) = at.map_or((bytes, bytes), |at| (&bytes[..at], &bytes[at + 1..]));
    let (Some(one), Some(other)) = (opened("a.txt", one), opened("b.txt", other)) else { return };
    let articles = [one, other];
    let options = Options { deadline: Some(Instant::now() + Duration::from_secs(5)), ..Options::default() };
    let comparison = compare(&articles, &options);
    for link in &comparison.links {
        assert!(stands(link.a, &articles) && stands(link.b, &articles), "{link:?}");
        assert!(link.a.article < link.b.article && link.score.is_finite(), "{link:?}");
    }
    let report = export::text::report(&articles, &comparison);
    assert!(report.chars().all(|c| c == '\n' || !c.is_control()), "the report would drive a terminal");
    let material = Material { articles: &articles, comparison: &comparison, notes: &[] };
    let _ = (export::json::comparison(&articles, &comparison), export::html::page(&material));
    let _ = (export::markdown::comparison(&articles, &comparison), export::csv::claims(&material));
}
