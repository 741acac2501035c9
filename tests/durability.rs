//! Nothing acknowledged is ever lost: a writing process is killed a thousand times, two write at once, a disk fills.
//!
//! The writer is this program itself, started for its ignored test `writer` with what it is to do in its environment.

#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test that cannot set up its desk has failed")]

use std::collections::HashSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crossread::notes::jsonld::NotesFile;
use crossread::notes::{Note, Store};
use crossread::source::{Article, Limits, open};
use tempfile::TempDir;
use uuid::Uuid;

const STORY: &str = "The barge struck the bridge at noon. Nobody was hurt. The bridge will be shut for six weeks.";

/// What a writer prints before it begins, and before the id of each note that the store reported as saved.
const READY: &str = "ready";
const SAVED: &str = "saved ";

/// A folder with an article and a notes file that is not there yet.
struct Desk {
    folder: TempDir,
}

impl Desk {
    /// In memory where the system has a place for that: a killed process loses nothing to a disk, and the test is quicker.
    fn new() -> Self {
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let desk = Self { folder: folder.unwrap() };
        std::fs::write(desk.folder.path().join("a.txt"), STORY).unwrap();
        desk
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("notes.jsonld")
    }

    /// A writer of so many notes, started by a shell that first runs `before`.
    fn writer(&self, notes: usize, before: &str) -> Child {
        let script = format!("{before}exec \"$0\" --ignored --exact writer --nocapture");
        let mut command = Command::new("sh");
        command.args(["-c", &script]).arg(std::env::current_exe().unwrap());
        command.env("CROSSREAD_WRITER", self.folder.path()).env("CROSSREAD_NOTES", notes.to_string());
        command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// The ids of the notes that the file holds; that it can be read at all is what is tested first.
    fn held(&self) -> HashSet<Uuid> {
        match std::fs::read_to_string(self.notes()) {
            Ok(content) => {
                NotesFile::parse(&content).expect("the file parses").notes.iter().map(|note| note.id).collect()
            }
            Err(_) => HashSet::new(),
        }
    }
}

fn saved(output: &str) -> Vec<Uuid> {
    // A line that the kill cut short was not read to its end by anybody.
    let whole = &output[..output.rfind('\n').map_or(0, |end| end + 1)];
    whole.lines().filter_map(|line| line.strip_prefix(SAVED)?.parse().ok()).collect()
}

fn story(folder: &Path) -> Article {
    open(&folder.join("a.txt"), &Limits::default()).unwrap()
}

#[test]
#[ignore = "the process that the other tests start and kill"]
fn writer() {
    let (Ok(folder), Ok(notes)) = (std::env::var("CROSSREAD_WRITER"), std::env::var("CROSSREAD_NOTES")) else { return };
    let folder = PathBuf::from(folder);
    let article = story(&folder);
    let say = |line: &str| {
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(format!("\n{line}\n").as_bytes()).and_then(|()| out.flush());
    };
    say(READY);
    let mut store = Store::open(folder.join("notes.jsonld")).unwrap();
    let span = article.text.sentences()[0].span;
    let mut refused = 0;
    for number in 0..notes.parse::<usize>().unwrap() {
        let note = Note { text: format!("note {number}"), ..Note::on(&article, span) };
        let id = note.id;
        match store.add(note, std::slice::from_ref(&article)) {
            Ok(_) => say(&format!("{SAVED}{id}")),
            Err(problem) => {
                refused += 1;
                assert_eq!(store.pending(), refused, "what was refused waits");
                assert!(store.notes().iter().any(|note| note.id == id), "and is shown");
                say(&format!("refused: {problem}"));
                if refused == 5 {
                    return;
                }
            }
        }
    }
}

/// Reads what a writer prints up to a line that begins so.
fn until(out: &mut impl BufRead, begins: &str) -> String {
    let mut printed = String::new();
    loop {
        let mut line = String::new();
        assert!(out.read_line(&mut line).unwrap() > 0, "the writer ended: {printed}");
        printed.push_str(&line);
        if line.starts_with(begins) {
            return printed;
        }
    }
}

/// Kills writers one after the other at moments that look like chance, and answers how many notes they had saved.
fn kill_writers(kills: u64, mut chance: u64) -> usize {
    const KILLS_PER_FILE: u64 = 50;
    let mut all = 0;
    let mut done = 0;
    while done < kills {
        let desk = Desk::new();
        let mut acknowledged = HashSet::new();
        for _ in 0..KILLS_PER_FILE.min(kills - done) {
            let mut writer = desk.writer(usize::MAX, "");
            let mut out = BufReader::new(writer.stdout.take().unwrap());
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            // After a few notes, at any moment of the next.
            let mut printed = until(&mut out, READY);
            for _ in 0..(chance >> 60) % 4 {
                printed.push_str(&until(&mut out, SAVED));
            }
            std::thread::sleep(Duration::from_micros((chance >> 33) % 8_000));
            writer.kill().unwrap();
            writer.wait().unwrap();
            let mut rest = Vec::new();
            out.read_to_end(&mut rest).unwrap();
            printed.push_str(&String::from_utf8_lossy(&rest));
            acknowledged.extend(saved(&printed));
            let held = desk.held();
            let lost: Vec<_> = acknowledged.difference(&held).collect();
            assert!(lost.is_empty(), "lost after a kill: {lost:?}");
            done += 1;
        }
        // What the killed ones left does not stand in the way of the next.
        let mut store = Store::open(desk.notes()).unwrap();
        let article = story(desk.folder.path());
        store.add(Note::on(&article, article.text.sentences()[1].span), &[]).unwrap();
        all += acknowledged.len();
    }
    all
}

#[test]
fn a_thousand_kills_lose_no_note_that_was_acknowledged() {
    let halves = std::thread::scope(|scope| {
        let halves = [1, 2].map(|seed| scope.spawn(move || kill_writers(500, seed)));
        halves.map(|half| half.join().unwrap())
    });
    let saved: usize = halves.iter().sum();
    // Where next to nothing was saved, the kills came too early to try anything.
    assert!(saved > 500, "only {saved} notes were saved in a thousand tries");
}

#[test]
fn two_writers_at_once_lose_none_of_a_thousand_notes() {
    let desk = Desk::new();
    let writers = [desk.writer(500, ""), desk.writer(500, "")];
    let mut acknowledged = HashSet::new();
    for writer in writers {
        let output = writer.wait_with_output().unwrap();
        acknowledged.extend(saved(&String::from_utf8_lossy(&output.stdout)));
    }
    assert_eq!(acknowledged.len(), 1000);
    assert_eq!(desk.held(), acknowledged);
}

#[test]
fn a_disk_that_fills_loses_nothing_acknowledged() {
    // With the signal ignored the writer is told that the file may not grow; else it is killed in the midst of writing.
    for (ignoring, refused) in [("trap '' XFSZ; ", 5), ("", 0)] {
        let desk = Desk::new();
        let output = desk.writer(400, &format!("ulimit -f 64; {ignoring}")).wait_with_output().unwrap();
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(printed.matches("refused: ").count(), refused, "{printed}");
        let acknowledged = saved(&printed);
        assert!(acknowledged.len() > 10, "{printed}");
        let held = desk.held();
        assert!(acknowledged.iter().all(|id| held.contains(id)));
        // With room again everything goes on.
        let mut store = Store::open(desk.notes()).unwrap();
        let article = story(desk.folder.path());
        store.add(Note::on(&article, article.text.sentences()[1].span), &[]).unwrap();
        assert!(acknowledged.iter().all(|id| store.get(*id).is_some()));
    }
}
