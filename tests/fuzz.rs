//! What comes in from outside, broken in every way that chance finds: no reader of it may fail, hang or grow.
//!
//! Seeds are the invented pages, articles and settings of the project and what was once found. `cargo test --test fuzz` is a
//! short look; `CROSSREAD_FUZZ_SECONDS=600 cargo test --release --test fuzz -- --test-threads 2` a long one. A finding is
//! written to a file that its message names: cut it down and keep it in `tests/fuzz/`. The same promises are held, guided by what
//! of the program each input reaches, by the targets in `tests/fuzz/guided/`.

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use crossread::notes::Store;
use crossread::source::{Limits, from_bytes};

#[path = "fuzz/promises.rs"]
mod promises;

use promises::{PARTING, SLOW};

/// Longest input, in bytes.
const LONGEST: usize = 20_000;

/// Pieces that readers of one form or another look for.
const PIECES: [&str; 72] = [
    "<div>",
    "</div>",
    "<p>",
    "</p>",
    "<q>",
    "</q>",
    "<b><div></b>",
    "<table><tr><td>",
    "</table>",
    "<li>",
    "<ul>",
    "<br>",
    "<br><br>",
    "<article>",
    "<h1>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script type=application/ld+json>",
    "</script>",
    "<svg>",
    "<template>",
    "<select>",
    "<frameset>",
    "<plaintext>",
    "&#x202e;",
    "&#0;",
    "&amp",
    "\u{1b}[31m",
    "\u{9b}",
    "\u{202e}",
    "\u{200b}",
    "\u{301}\u{301}\u{301}",
    "\0",
    "\r\n",
    "\n\n",
    "\u{2028}",
    "# ",
    "- ",
    "> > > ",
    "***",
    "```\n",
    "|---|---|\n",
    "[a](",
    "![",
    "[^1]: ",
    "---\n",
    "+++\n",
    "title: ",
    "[[a]]\n",
    "source = \"",
    "\"\"\"",
    "{\"@type\":\"NewsArticle\",",
    "\"@id\":\"#a\"",
    "[[[[[[[[",
    "“",
    "”",
    "‘",
    "\"",
    "1,000",
    "£1.2m",
    "10 March 2026",
    "5.40am",
    "Mr. ",
    "U.S. ",
    "...",
    "Content-Type: multipart/mixed; boundary=x\n\n--x\n",
    "=?utf-8?q?=C3=A9?=",
    "<rss>",
    "<item>",
    "é",
];

/// Repeatable chance (xorshift64*).
struct Chance(u64);

impl Chance {
    fn number(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % below.max(1)
    }

    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let (one, other) = (self.number(length + 1), self.number(length + 1));
        let most = 1 + self.number(200);
        one.min(other)..one.max(other).min(one.min(other) + most)
    }

    /// A broken mixture of the seeds.
    fn input(&mut self, seeds: &[Vec<u8>]) -> Vec<u8> {
        let mut input = seeds[self.number(seeds.len())].clone();
        for _ in 0..1 + self.number(12) {
            let at = self.range(input.len());
            match self.number(8) {
                0 => drop(input.drain(at)),
                1 => {
                    let piece = input[at.clone()].repeat(1 + self.number(40));
                    input.splice(at.end..at.end, piece);
                }
                2 => {
                    let other = &seeds[self.number(seeds.len())];
                    let from = self.range(other.len());
                    input.splice(at, other[from].iter().copied());
                }
                3 => input.truncate(at.end),
                4 => {
                    if let Some(byte) = input.get_mut(at.start) {
                        *byte = u8::try_from(self.number(256)).unwrap();
                    }
                }
                5 => {
                    let piece = PIECES[self.number(PIECES.len())].repeat(1 + self.number(600));
                    input.splice(at.start..at.start, piece.bytes());
                }
                _ => {
                    let piece = PIECES[self.number(PIECES.len())];
                    input.splice(at.start..at.start, piece.bytes());
                }
            }
            input.truncate(LONGEST);
        }
        input
    }
}

fn folder(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder with one of those endings, and what was found before with a name that begins with `target`.
fn seeds(target: &str, path: &str, endings: &[&str]) -> Vec<Vec<u8>> {
    let files = |path: PathBuf| -> Vec<PathBuf> {
        let entries = std::fs::read_dir(path).into_iter().flatten();
        let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        paths
    };
    let wanted = files(folder(path))
        .into_iter()
        .filter(|path| path.extension().is_some_and(|ending| endings.contains(&ending.to_string_lossy().as_ref())));
    let found = files(folder("tests/fuzz"))
        .into_iter()
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(target)));
    let seeds: Vec<Vec<u8>> = wanted.chain(found).map(|path| std::fs::read(path).unwrap()).collect();
    assert!(!seeds.is_empty());
    seeds
}

/// Gives a reader the seeds and then broken inputs, until the time is over.
fn fuzz(target: &str, seeds: &[Vec<u8>], read: impl Fn(&[u8])) {
    let seconds = std::env::var("CROSSREAD_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(2);
    let end = Instant::now() + Duration::from_secs(seconds);
    let mut chance = Chance(0x9E37_79B9_7F4A_7C15 ^ seconds ^ target.bytes().map(u64::from).product::<u64>());
    let mut count = 0;
    let mut next = seeds.iter();
    while Instant::now() < end || next.len() > 0 {
        let input = next.next().cloned().unwrap_or_else(|| chance.input(seeds));
        let begun = Instant::now();
        let held = catch_unwind(AssertUnwindSafe(|| read(&input))).is_ok();
        if !held || begun.elapsed() > Duration::from_secs(SLOW) {
            let path = std::env::temp_dir().join(format!("crossread-{target}-{count}"));
            std::fs::write(&path, &input).unwrap();
            panic!("{target} failed (or took {:?}) on {}", begun.elapsed(), path.display());
        }
        count += 1;
    }
    println!("{target}: {count} inputs");
}

#[test]
fn plain_text_is_read_or_refused() {
    let seeds = seeds("text", "data/events/harbour-bridge", &["txt"]);
    fuzz("text", &seeds, promises::text);
}

#[test]
fn pages_are_read_or_refused() {
    let seeds = seeds("page", "tests/pages", &["html"]);
    fuzz("page", &seeds, promises::page);
}

#[test]
fn markdown_is_read_or_refused() {
    let mut seeds = seeds("markdown", "docs", &["md"]);
    seeds.push(b"---\ntitle: A\nauthors: [B, C]\n---\n# A\n\n- b\n\n> c\n\n|d|e|\n|-|-|\n|f|g|\n".to_vec());
    fuzz("markdown", &seeds, promises::markdown);
}

#[test]
fn messages_are_read_or_refused() {
    let mut seeds = seeds("message", "tests/pages", &["html"]);
    let head = "From: Post <a@b.example>\nSubject: =?utf-8?b?U2hpcA==?=\nDate: Tue, 10 Mar 2026 17:42:00 +0100\nMIME-Version: 1.0\n";
    for seed in &mut seeds {
        let mut message = format!("{head}Content-Type: multipart/alternative; boundary=x\n\n--x\nContent-Type: text/plain\n\nShip.\n\n--x\nContent-Type: text/html\n\n").into_bytes();
        message.append(seed);
        message.extend(b"\n--x--\n");
        *seed = message;
    }
    fuzz("message", &seeds, promises::message);
}

#[test]
fn feeds_are_read_or_refused() {
    let mut seeds = vec![
        b"<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>Ship</title><link>https://x.example/a</link><pubDate>Tue, 10 Mar 2026 17:42:00 GMT</pubDate></item></channel></rss>".to_vec(),
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><title type='html'>&lt;b&gt;Ship&lt;/b&gt;</title><updated>2026-03-10T17:42:00Z</updated><link href='/a'/></entry></feed>".to_vec(),
        br#"{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","url":"https://x.example/a","title":"Ship"}]}"#.to_vec(),
    ];
    seeds.extend(self::seeds("feed", "tests/pages", &["toml"]));
    fuzz("feed", &seeds, promises::feed);
}

#[test]
fn settings_and_reading_lists_are_read_or_refused() {
    let seeds = seeds("settings", "data", &["toml"]);
    fuzz("settings", &seeds, promises::settings);
}

#[test]
fn notes_files_are_read_or_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("notes.jsonld");
    let article =
        from_bytes("a.txt", b"The ship hit the bridge on Tuesday. Nobody was hurt.".to_vec(), &Limits::default())
            .unwrap();
    let mut note = crossread::notes::Note::on(&article, crossread::text::ByteSpan::new(4, 23));
    note.text = "Was **it**?".to_owned();
    Store::open(&path).unwrap().add(note, &[article]).unwrap();
    let mut seeds = vec![std::fs::read(&path).unwrap()];
    seeds.extend(self::seeds("notes", "tests/pages", &["toml"]));
    fuzz("notes", &seeds, |bytes| {
        promises::notes(bytes);
        std::fs::write(&path, bytes).unwrap();
        let _ = Store::open(&path);
        assert_eq!(std::fs::read(&path).unwrap(), bytes, "a damaged file was written over");
    });
}

#[test]
fn anything_can_be_compared() {
    let mut seeds = seeds("compare", "data/events/harbour-bridge", &["txt"]);
    // Each beside the next.
    let after: Vec<Vec<u8>> = seeds.iter().cycle().skip(1).take(seeds.len()).cloned().collect();
    seeds.iter_mut().zip(after).for_each(|(one, other)| one.extend([&[PARTING], &other[..]].concat()));
    fuzz("compare", &seeds, promises::compared);
}
