//! What ten thousand notes cost: `cargo bench --bench notes`. The fastest of many runs each, since other programs share the
//! machine; the bar for opening, saving one more and listing is 100 ms.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crossread::notes::jsonld::NotesFile;
use crossread::notes::{Note, Store};
use crossread::source::{Article, Limits, open};
use crossread::text::ByteSpan;

const NOTES: usize = 10_000;

fn main() {
    let Some(folder) = folder() else { return };
    let path = folder.join("notes.jsonld");
    let articles = articles();
    let mut file = NotesFile::new();
    file.notes = (0..NOTES).map(|at| note(&articles, at)).collect();
    let content = file.print();
    if std::fs::write(&path, &content).is_err() {
        return println!("the folder for temporary files cannot be written");
    }
    println!("{NOTES} notes, {:.1} MB", content.len() as f64 / 1e6);
    say("opening", fastest(25, || drop(Store::open(&path))));
    let Ok(mut store) = Store::open(&path) else { return println!("the notes cannot be opened") };
    let mut next = NOTES;
    let saving = fastest(25, || {
        next += 1;
        drop(store.add(note(&articles, next), &articles[..1]));
    });
    say("saving one more", saving);
    say("undoing that", fastest(25, || drop(store.go(crossread::notes::Way::Back))));
    let list = |more: &[String]| {
        fastest(25, || {
            let command = Command::new(env!("CARGO_BIN_EXE_crossread"))
                .arg("--notes")
                .arg(&path)
                .args(["notes", "list"])
                .args(more)
                .stdout(Stdio::null())
                .status();
            drop(command);
        })
    };
    say("listing all, the whole program", list(&[]));
    let four: Vec<String> = articles.iter().take(4).map(address).collect();
    say("listing those on four sources", list(&four));
    growth(&mut store, &articles, &path);
    drop(std::fs::remove_dir_all(folder));
}

fn growth(store: &mut Store, articles: &[Article], path: &Path) {
    let size = || std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    let before = size();
    let note = note(articles, NOTES + 500);
    let mut alone = NotesFile::new();
    let empty = alone.print().len();
    alone.notes.push(note.clone());
    let alone = alone.print().len() - empty;
    drop(store.add(note, &[]));
    println!("the file grew by {} bytes for a note that takes {alone} in a file of its own", size() - before);
}

fn folder() -> Option<PathBuf> {
    let folder = std::env::temp_dir().join(format!("crossread-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder).ok().map(|()| folder)
}

fn articles() -> Vec<Article> {
    let mut paths = Vec::new();
    let events = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/events");
    for event in std::fs::read_dir(events).into_iter().flatten().flatten() {
        let texts = std::fs::read_dir(event.path()).into_iter().flatten().flatten().map(|entry| entry.path());
        paths.extend(texts.filter(|path| path.extension().is_some_and(|end| end == "txt")));
    }
    paths.sort();
    paths.iter().filter_map(|path| open(path, &Limits::default()).ok()).collect()
}

fn address(article: &Article) -> String {
    match &article.origin {
        crossread::source::Origin::File(path) => path.to_string_lossy().into_owned(),
        _ => String::new(),
    }
}

/// A note on some sentence, a part of it where that is long.
fn note(articles: &[Article], at: usize) -> Note {
    let article = &articles[at % articles.len()];
    let sentences = article.text.sentences();
    let span = sentences[(at / articles.len() * 7) % sentences.len()].span;
    let words = span.of(article.text.content());
    let end = words.char_indices().filter(|(_, c)| *c == ' ').nth(8).map_or(words.len(), |(end, _)| end);
    let span = ByteSpan::new(span.start.index(), span.start.index() + end);
    let text =
        format!("Note {at}: the figure differs from what the agency gives; ask the **harbour office** for theirs.");
    let verdict = ["disputed", "supported", "needs context"][at % 3].to_owned();
    Note { text, verdict: Some(verdict), tags: vec!["figures".into()], ..Note::on(article, span) }
}

fn fastest(runs: usize, mut run: impl FnMut()) -> Duration {
    let times = (0..runs).map(|_| {
        let began = Instant::now();
        run();
        began.elapsed()
    });
    times.min().unwrap_or_default()
}

fn say(what: &str, time: Duration) {
    println!("{what}: {:.1} ms", time.as_secs_f64() * 1000.0);
}
