//! The command line from outside: what it prints, where, and how it exits.

#![allow(clippy::unwrap_used, reason = "a test that cannot set up its desk has failed")]

use std::fs;
use std::path::PathBuf;

use assert_cmd::Command;
use tempfile::TempDir;

const LANTERN: &str = "Barge hits bridge\n\nAt 5.40am on Tuesday the barge Ostrava struck the swing bridge. Nobody was \
hurt, the harbour board said. The bridge will be shut for six weeks.\n";
const KLAXON: &str = "Bridge out\n\nThe barge Ostrava struck the swing bridge at 4.40am on Tuesday. Nobody was hurt. The \
bridge will be shut for ten weeks.\n";

/// A folder with two articles, and nothing of the machine's own settings and notes.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(desk.path("a.txt"), LANTERN).unwrap();
        fs::write(desk.path("b.txt"), KLAXON).unwrap();
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn crossread(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crossread"));
        command.current_dir(self.folder.path()).args(arguments);
        for (name, folder) in [("HOME", "home"), ("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config")] {
            command.env(name, self.path(folder));
        }
        command
    }

    /// What a command answers: exit code, standard output, standard error.
    fn ask(&self, arguments: &[&str]) -> (i32, String, String) {
        answer(&mut self.crossread(arguments))
    }

    /// Makes a note on `quote` in a.txt and answers its id.
    fn note(&self, quote: &str, text: &str) -> String {
        let (code, out, error) = self.ask(&["notes", "add", "--source", "a.txt", "--quote", quote, "--text", text]);
        assert_eq!(code, 0, "{error}");
        out.trim().to_owned()
    }
}

fn answer(command: &mut Command) -> (i32, String, String) {
    let output = command.output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn nothing_asked_is_a_usage_error_with_the_help() {
    let (code, out, error) = Desk::new().ask(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(error.contains("Usage: crossread") && error.contains("demo"), "{error}");
}

#[test]
fn the_reader_says_what_to_use_where_there_is_no_terminal() {
    let desk = Desk::new();
    for arguments in [&["a.txt", "b.txt"][..], &["demo"]] {
        let (code, _, error) = desk.ask(arguments);
        assert_eq!(code, 2);
        assert!(error.contains("crossread compare") && error.contains("--format text"), "{error}");
    }
}

#[test]
fn compare_prints_text_and_json() {
    let desk = Desk::new();
    let (code, out, error) = desk.ask(&["compare", "a.txt", "b.txt"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("Ostrava"), "{out}");
    let (code, out, _) = desk.ask(&["compare", "--format", "json", "a.txt", "b.txt"]);
    let value: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, value["schema"].as_str()), (0, Some("crossread.comparison/1")));
    assert_eq!(value["articles"].as_array().unwrap().len(), 2);
}

#[test]
fn compare_reads_standard_input() {
    let desk = Desk::new();
    let (code, out, _) = answer(desk.crossread(&["compare", "-", "b.txt"]).write_stdin(LANTERN));
    assert_eq!(code, 0);
    assert!(out.contains("Ostrava"), "{out}");
}

#[test]
fn sources_that_cannot_be_read_are_named_and_the_others_open() {
    let desk = Desk::new();
    fs::write(desk.path("empty.txt"), " \n").unwrap();
    fs::write(desk.path("picture.png"), b"\x89PNG\r\n\x1a\n\0\0\0").unwrap();
    fs::write(desk.path("latin.txt"), b"caf\xe9 au lait").unwrap();
    fs::create_dir(desk.path("folder")).unwrap();
    let broken = ["missing.txt", "empty.txt", "folder", "picture.png", "latin.txt"];
    let mut arguments = vec!["compare", "a.txt"];
    arguments.extend(broken);
    arguments.push("b.txt");
    let (code, out, error) = desk.ask(&arguments);
    assert_eq!(code, 0, "{error}");
    assert!(out.contains("Ostrava"));
    for name in broken {
        assert!(error.lines().any(|line| line.contains(name)), "{name} is not named: {error}");
    }
}

#[test]
fn too_few_sources_are_exit_code_1() {
    let desk = Desk::new();
    let (code, out, error) = desk.ask(&["compare", "missing.txt", "none.txt"]);
    assert_eq!((code, out.as_str()), (1, ""));
    assert!(error.contains("none of the sources could be opened"), "{error}");
    let (code, _, error) = desk.ask(&["compare", "a.txt", "missing.txt"]);
    assert_eq!(code, 1);
    assert!(error.contains("at least 2 sources; 1 of 2"), "{error}");
}

#[test]
fn what_is_wrongly_said_of_a_source_is_exit_code_2_everywhere() {
    let desk = Desk::new();
    for command in [&["compare"][..], &["export", "--format", "csv"], &["screen"]] {
        for said in [["--date", "A=yesterday"], ["--title", "Bridge"], ["--source", "C=Post"]] {
            let (code, out, error) = desk.ask(&[command, &["a.txt", "b.txt"], &said].concat());
            assert_eq!((code, out.as_str()), (2, ""), "{command:?} {said:?}: {error}");
            assert!(error.contains("no date") || error.contains("does not say which"), "{error}");
        }
    }
}

#[test]
fn a_closed_pipe_is_a_quiet_end() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_crossread"))
        .args(["compare", "--demo", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()));
}

#[test]
fn a_note_is_made_listed_changed_and_removed() {
    let desk = Desk::new();
    let arguments = ["notes", "add", "--source", "a.txt", "--quote", "shut for six weeks", "--verdict", "disputed"];
    let rest = ["--text", "Ten in the Klaxon.", "--tag", "time", "--tag", "bridge"];
    let (code, out, error) = desk.ask(&[&arguments[..], &rest[..]].concat());
    assert_eq!((code, error.as_str()), (0, ""));
    let id = out.trim();
    assert!(desk.path("data/crossread/notes.jsonld").exists());
    let (code, out, _) = desk.ask(&["notes", "list"]);
    assert_eq!(code, 0);
    for part in [id, "disputed", "“shut for six weeks”", "Ten in the Klaxon.", "tags: time, bridge", "1 note in"] {
        assert!(out.contains(part), "{part} is missing: {out}");
    }
    let (code, _, error) =
        desk.ask(&["notes", "edit", &id[..18], "--verdict", "supported", "--untag", "time", "--tag", "six"]);
    assert_eq!(code, 0, "{error}");
    let (_, out, _) = desk.ask(&["notes", "list", "--format", "json", "a.txt"]);
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&list[0]["verdict"], &list[0]["tags"]), (&"supported".into(), &serde_json::json!(["bridge", "six"])));
    assert_eq!((&list[0]["passages"][0]["state"], &list[0]["text"]), (&"placed".into(), &"Ten in the Klaxon.".into()));
    assert_eq!(desk.ask(&["notes", "remove", id]).0, 0);
    assert!(desk.ask(&["notes", "list"]).1.starts_with("0 notes in"));
    assert_eq!(desk.ask(&["notes", "remove", id]).0, 1);
}

#[test]
fn a_quote_must_stand_in_the_source_and_in_one_place() {
    let desk = Desk::new();
    let add = |quote: &str, more: &[&str]| {
        desk.ask(&[&["notes", "add", "--source", "a.txt", "--quote", quote, "--text", "x"], more].concat())
    };
    let (code, _, error) = add("not a word of it", &[]);
    assert_eq!(code, 1);
    assert!(error.contains("do not stand in it"), "{error}");
    let (code, _, error) = add("bridge", &[]);
    assert_eq!(code, 1);
    assert!(error.contains("--occurrence 1 to 3"), "{error}");
    let (code, _, error) = add("bridge", &["--occurrence", "4"]);
    assert_eq!(code, 1);
    assert!(error.contains("3 times"), "{error}");
    let (code, _, error) = add("bridge", &["--occurrence", "2"]);
    assert_eq!(code, 0);
    assert!(error.contains("so few words"), "{error}");
}

#[test]
fn a_verdict_must_be_one_of_the_list() {
    let desk = Desk::new();
    let add = ["notes", "add", "--source", "a.txt", "--quote", "Nobody was hurt", "--verdict", "dubious"];
    let (code, _, error) = desk.ask(&add);
    assert_eq!(code, 2);
    assert!(error.contains("mostly supported"), "{error}");
    fs::create_dir_all(desk.path("config/crossread")).unwrap();
    fs::write(desk.path("config/crossread/config.toml"), "verdicts = [\"dubious\"]\nauthor = \"R. Okafor\"").unwrap();
    assert_eq!(desk.ask(&add).0, 0);
    assert!(desk.ask(&["notes", "list", "--format", "json"]).1.contains("R. Okafor"));
}

#[test]
fn wrong_settings_are_named_with_file_and_line() {
    let desk = Desk::new();
    fs::write(desk.path("mine.toml"), "ascii = true\ncolour = 1\n").unwrap();
    let (code, _, error) = desk.ask(&["--config", "mine.toml", "notes", "list"]);
    assert_eq!(code, 2);
    for part in ["mine.toml", "line 2", "colour", "verdicts"] {
        assert!(error.contains(part), "{part} is missing: {error}");
    }
}

#[test]
fn wrong_keys_are_wrong_settings_for_every_command() {
    let desk = Desk::new();
    fs::write(desk.path("mine.toml"), "theme = \"dark\"\n\n[keys]\nfly = \"e\"\n").unwrap();
    for asked in [&["compare", "a.txt", "b.txt"][..], &["notes", "list"], &["man"]] {
        let (code, _, error) = desk.ask(&[&["--config", "mine.toml"], asked].concat());
        assert_eq!(code, 2, "{asked:?}");
        assert!(error.contains("mine.toml, line 4: keys.fly: there is no such command"), "{error}");
    }
    fs::write(desk.path("mine.toml"), "[keys]\nrow-down = \"E\"\n").unwrap();
    let (code, page, error) = desk.ask(&["--config", "mine.toml", "man"]);
    assert_eq!(code, 0, "{error}");
    assert!(page.contains("\\fBE\\fR\ndown a row"), "{page}");
}

#[test]
fn a_text_is_opened_once_whatever_it_is_called() {
    let desk = Desk::new();
    fs::copy(desk.path("a.txt"), desk.path("copy.txt")).unwrap();
    let (code, report, error) = desk.ask(&["compare", "a.txt", "b.txt", "copy.txt"]);
    assert_eq!(code, 0, "{error}");
    assert!(report.starts_with("2 sources"), "{report}");
    assert!(error.contains("copy.txt: holds the same text as a.txt"), "{error}");
    let (code, _, error) = desk.ask(&["compare", "a.txt", "copy.txt"]);
    assert_eq!(code, 1);
    assert!(error.contains("copy.txt: holds the same text as a.txt"), "{error}");
}

#[test]
fn check_answers_1_when_a_note_is_not_placed() {
    let desk = Desk::new();
    desk.note("The bridge will be shut for six weeks", "How long?");
    assert_eq!(desk.ask(&["notes", "check", "a.txt", "b.txt"]).0, 0);
    fs::write(desk.path("a.txt"), LANTERN.replace("six weeks", "eight weeks")).unwrap();
    let (code, out, _) = desk.ask(&["notes", "check", "a.txt"]);
    assert_eq!(code, 1);
    assert!(out.contains("suggested") && out.contains("a figure differs: six against eight"), "{out}");
    fs::write(desk.path("a.txt"), "Something else altogether stands here now.").unwrap();
    let (code, out, _) = desk.ask(&["notes", "check", "a.txt"]);
    assert_eq!(code, 1);
    assert!(out.contains("unplaced") && out.contains("0 of 1 notes placed"), "{out}");
}

#[test]
fn a_note_is_found_after_an_edit_elsewhere() {
    let desk = Desk::new();
    desk.note("The bridge will be shut for six weeks", "How long?");
    fs::write(desk.path("a.txt"), format!("Updated at noon.\n\n{LANTERN}")).unwrap();
    let (code, out, _) = desk.ask(&["notes", "check", "a.txt"]);
    assert_eq!(code, 0, "{out}");
}

#[test]
fn export_writes_markdown_between_its_markers_only() {
    let desk = Desk::new();
    desk.note("The bridge will be shut for six weeks", "How *long*?");
    let (code, out, _) = desk.ask(&["export", "a.txt", "b.txt"]);
    assert_eq!(code, 0);
    assert!(out.contains("How *long*?") && out.contains("## Claims"), "{out}");
    let file = desk.path("notes.md");
    assert_eq!(desk.ask(&["export", "a.txt", "b.txt", "--output", "notes.md"]).0, 0);
    let written = fs::read_to_string(&file).unwrap();
    fs::write(&file, format!("My own words.\n{written}")).unwrap();
    assert_eq!(desk.ask(&["export", "a.txt", "b.txt", "-o", "notes.md"]).0, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("My own words.\n{written}"));
    fs::write(&file, "My essay.").unwrap();
    let (code, _, error) = desk.ask(&["export", "a.txt", "b.txt", "-o", "notes.md"]);
    assert_eq!(code, 1);
    assert!(error.contains("notes.md") && error.contains("--force"), "{error}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "My essay.");
    assert_eq!(desk.ask(&["export", "a.txt", "b.txt", "-o", "notes.md", "--force"]).0, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), written);
}

#[test]
fn the_sample_can_be_exported() {
    let (code, out, _) = Desk::new().ask(&["export", "--demo"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("# Notes on 4 sources") && out.contains("## Claims"), "{out}");
}

#[test]
fn a_damaged_notes_file_is_named_and_kept() {
    let desk = Desk::new();
    let file = desk.path("mine.jsonld");
    fs::write(&file, "{\n  \"items\": [,\n").unwrap();
    for arguments in [
        &["notes", "list", "--notes", "mine.jsonld"][..],
        &["notes", "add", "--notes", "mine.jsonld", "--source", "a.txt", "--quote", "Nobody was hurt"],
    ] {
        let (code, _, error) = desk.ask(arguments);
        assert_eq!(code, 1);
        assert!(error.contains("mine.jsonld: damaged at line 2, column 13"), "{error}");
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\n  \"items\": [,\n");
}

#[test]
fn two_processes_at_once_lose_no_note() {
    let desk = Desk::new();
    std::thread::scope(|scope| {
        for writer in 0..2 {
            let desk = &desk;
            scope.spawn(move || {
                for number in 0..25 {
                    desk.note("Nobody was hurt", &format!("{writer}-{number}"));
                }
            });
        }
    });
    let (_, out, _) = desk.ask(&["notes", "list"]);
    assert!(out.ends_with(&format!("50 notes in {}\n", desk.path("data/crossread/notes.jsonld").display())), "{out}");
}

#[test]
fn what_a_file_says_reaches_no_output_as_a_control_character() {
    let desk = Desk::new();
    fs::write(desk.path("evil\u{1b}[31m.txt"), "").unwrap();
    fs::write(desk.path("e.txt"), "The \u{1b}]0;title\u{7}harbour was shut that day.").unwrap();
    let add = ["notes", "add", "--source", "e.txt", "--quote", "harbour was shut that day.", "--text", "a\u{1b}[2Jb"];
    assert_eq!(desk.ask(&add).0, 0);
    for arguments in [
        &["notes", "list"][..],
        &["notes", "check", "e.txt"],
        &["export", "e.txt"],
        &["compare", "a.txt", "evil\u{1b}[31m.txt", "e.txt"],
    ] {
        let (_, out, error) = desk.ask(arguments);
        assert!(!(out + &error).contains(['\u{1b}', '\u{7}']), "{arguments:?}");
    }
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let desk = Desk::new();
    assert!(desk.ask(&["completions", "bash"]).1.contains("crossread"));
    assert!(desk.ask(&["man"]).1.contains(".TH crossread"));
    assert_eq!(desk.ask(&["completions", "abacus"]).0, 2);
}

/// Whether every element is closed by its own name, every attribute is in quotation marks and no `&` or `<` stands bare.
fn assert_well_formed(xml: &str) {
    let mut open: Vec<&str> = Vec::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        let (text, tag) = rest.split_at(at);
        let entities = ["amp;", "lt;", "gt;", "quot;"];
        assert!(text.split('&').skip(1).all(|after| entities.iter().any(|entity| after.starts_with(entity))), "{text}");
        assert!(!text.contains('>'), "{text}");
        let end = tag.find('>').unwrap();
        let inner = &tag[1..end];
        if let Some(name) = inner.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else {
            assert_eq!(inner.matches('"').count() % 2, 0, "{inner}");
            if !inner.ends_with('/') {
                open.push(inner.split_whitespace().next().unwrap());
            }
        }
        rest = &tag[end + 1..];
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "{open:?} {rest}");
}

#[test]
fn the_screen_is_drawn_as_a_well_formed_picture() {
    let desk = Desk::new();
    fs::write(desk.path("c.txt"), LANTERN.replace("Nobody", "<b>&Nobody")).unwrap();
    let asked = ["screen", "a.txt", "b.txt", "c.txt", "--size", "120x30", "--keys", "]c]cvwww"];
    let (code, svg, error) = desk.ask(&asked);
    assert_eq!((code, error.as_str()), (0, ""));
    assert_well_formed(&svg);
    for words in ["<svg xmlns=", "after the keys ]c]cvwww", "selected", "&lt;b&gt;&amp;Nobody", "≠"] {
        assert!(svg.contains(words), "no {words} in {svg}");
    }
    for forbidden in ["<script", "href", "<b>"] {
        assert!(!svg.contains(forbidden), "{forbidden} in {svg}");
    }
    assert_eq!(desk.ask(&asked).1, svg, "the same keys give the same picture");
}

#[test]
fn a_picture_saves_nothing_and_its_options_are_checked() {
    let desk = Desk::new();
    let keys =
        ["screen", "a.txt", "b.txt", "--notes", "notes.jsonld", "--keys", "aHow long?<ctrl-s>", "--output", "out.svg"];
    assert_eq!(desk.ask(&keys), (0, String::new(), String::new()));
    assert!(fs::read_to_string(desk.path("out.svg")).unwrap().contains("note saved"));
    assert!(!desk.path("notes.jsonld").exists());
    for wrong in [["--size", "120"], ["--keys", "<entr>"], ["--theme", "neon"]] {
        let (code, _, error) = desk.ask(&[&["screen", "a.txt", "b.txt"][..], &wrong].concat());
        assert_eq!(code, 2, "{error}");
        assert!(error.contains(wrong[1]), "{error}");
    }
}

#[test]
fn links_made_by_hand_hold_for_compare_and_export() {
    use crossread::compare::Judgement;
    use crossread::notes::{Note, Store};
    use crossread::source::{Limits, open_all};
    use crossread::text::{ArticleIndex, ByteSpan, Passage};

    let desk = Desk::new();
    fs::write(desk.path("a.txt"), format!("{LANTERN}\nThe mayor sang in the rain.\n")).unwrap();
    fs::write(desk.path("b.txt"), format!("{KLAXON}\nA brass band played until dusk.\n")).unwrap();
    let articles = open_all(&[desk.path("a.txt"), desk.path("b.txt")], &Limits::default()).articles;
    let passage = |at: usize, words: &str| {
        let start = articles[at].text.content().find(words).unwrap();
        Passage { article: ArticleIndex::new(at), span: ByteSpan::new(start, start + words.len()) }
    };
    let pair = (passage(0, "The mayor sang in the rain."), passage(1, "A brass band played until dusk."));
    let mut store = Store::open(desk.path("notes.jsonld")).unwrap();
    store.add(Note::linking(&articles, pair, Judgement::Made).unwrap(), &articles).unwrap();

    let (_, without, _) = desk.ask(&["compare", "a.txt", "b.txt"]);
    assert!(!without.contains("linked by hand"), "{without}");
    let (code, with, error) = desk.ask(&["compare", "a.txt", "b.txt", "--notes", "notes.jsonld"]);
    assert_eq!(code, 0, "{error}");
    assert!(with.contains("linked by hand") && with.contains("A brass band"), "{with}");
    assert!(error.contains("1 link made by hand, as "), "{error}");
    let (code, exported, error) = desk.ask(&["export", "a.txt", "b.txt", "--notes", "notes.jsonld"]);
    assert_eq!(code, 0, "{error}");
    assert!(exported.contains("mayor sang"), "{exported}");
    fs::write(desk.path("notes.jsonld"), "{").unwrap();
    let (code, _, error) = desk.ask(&["compare", "a.txt", "b.txt", "--notes", "notes.jsonld"]);
    assert!(code == 0 && error.contains("links by hand are left out"), "{error}");
}

#[test]
fn a_note_is_placed_by_hand_and_shows_what_it_was_written_about() {
    let desk = Desk::new();
    let id = desk.note("The bridge will be shut for six weeks", "How long?");
    fs::write(desk.path("a.txt"), LANTERN.replace("six weeks", "ten weeks")).unwrap();
    let (code, out, _) = desk.ask(&["notes", "check", "a.txt", "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &list[0]["passages"][0]["state"]), (1, &serde_json::json!("suggested")));
    let place = ["notes", "place", &id[..20], "--source", "a.txt"];
    assert_eq!(desk.ask(&[&place[..], &["--quote", "no such words"]].concat()).0, 1);
    assert_eq!(desk.ask(&[&place[..], &["--passage", "2"]].concat()).0, 1);
    assert_eq!(desk.ask(&place).0, 0, "it goes where it was suggested");
    assert_eq!(desk.ask(&["notes", "check", "a.txt"]).0, 0);
    let (code, out, _) = desk.ask(&[&place[..], &["--quote", "Nobody was hurt", "--format", "json"]].concat());
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((code, &list[0]["passages"][0]["quote"]), (0, &serde_json::json!("Nobody was hurt")));
    for gone in ["a.txt", "b.txt"] {
        fs::remove_file(desk.path(gone)).unwrap();
    }
    let (code, out, _) = desk.ask(&["notes", "show", &id]);
    assert_eq!(code, 0);
    for shown in [
        "[The bridge will be shut for six weeks]",
        "At 5.40am on Tuesday",
        "archived",
        "put by hand on: “Nobody was hurt”",
    ] {
        assert!(out.contains(shown), "{shown} is missing:\n{out}");
    }
    let (_, out, _) = desk.ask(&["notes", "show", &id, "--format", "json"]);
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list[0]["passages"][0]["text"], LANTERN);
}

#[test]
fn a_note_stands_on_two_sources() {
    let desk = Desk::new();
    let add = ["notes", "add", "--source", "a.txt", "--quote", "At 5.40am on Tuesday", "--source", "b.txt"];
    let (code, _, error) = desk.ask(&add);
    assert_eq!(code, 2, "{error}");
    let (code, out, error) = desk.ask(&[&add[..], &["--quote", "at 4.40am on Tuesday", "--format", "json"]].concat());
    assert_eq!(code, 0, "{error}");
    let list: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(list[0]["passages"].as_array().unwrap().len(), 2);
    assert_eq!(list[0]["passages"][1]["state"], "placed");
    let (_, out, _) = desk.ask(&["export", "a.txt", "b.txt", "--format", "json-ld"]);
    let page: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(page["items"].as_array().unwrap().len(), 3);
}

#[test]
fn a_colleagues_notes_are_taken_in_once_with_the_texts_they_were_made_on() {
    let (theirs, ours) = (Desk::new(), Desk::new());
    theirs.note("Nobody was hurt", "theirs");
    ours.note("Nobody was hurt", "ours");
    let file = theirs.path("data/crossread/notes.jsonld");
    let file = file.to_str().unwrap();
    let (code, out, error) = ours.ask(&["notes", "import", file, "--format", "json"]);
    assert_eq!(code, 0, "{error}");
    let told: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!((&told["new"], &told["texts"]), (&serde_json::json!(1), &serde_json::json!(1)));
    let (_, list, _) = ours.ask(&["notes", "list"]);
    assert!(list.contains("theirs") && list.contains("ours"), "{list}");
    let (_, out, _) = ours.ask(&["notes", "import", file]);
    assert!(out.contains("0 new notes") && out.contains("1 known already"), "{out}");
    fs::write(ours.path("bad.jsonld"), "{\"items\": [").unwrap();
    let (code, _, error) = ours.ask(&["notes", "import", "bad.jsonld"]);
    assert!(code == 1 && error.contains("damaged at line 1"), "{error}");
}

#[test]
fn exports_are_written_in_every_form_and_never_over_a_file_of_another() {
    let desk = Desk::new();
    desk.note("At 5.40am on Tuesday", "=1+1 <script>alert(1)</script>");
    for (form, begins, part) in [
        ("markdown", "<!-- crossread:begin", "notes"),
        ("markdown", "<!-- crossread:begin", "claims"),
        ("html", "<!-- crossread:begin", "notes"),
        ("html", "<!-- crossread:begin", "claims"),
        ("csv", "\"note\",\"state\"", "notes"),
        ("csv", "\"claim\",\"told by\"", "claims"),
        ("json-ld", "{", "notes"),
        ("claim-review", "{", "notes"),
    ] {
        let name = format!("{form}-{part}");
        let ask = ["export", "a.txt", "b.txt", "--format", form, "--part", part, "--output", &name];
        let (code, _, error) = desk.ask(&ask);
        assert_eq!(code, 0, "{form}: {error}");
        let written = fs::read_to_string(desk.path(&name)).unwrap();
        assert!(written.starts_with(begins), "{form}: {written}");
        let live = written.replace("\\<script>", "").contains("<script>");
        assert!(!live || ["json-ld", "csv"].contains(&form), "{form}: {written}");
        assert_eq!(desk.ask(&ask).0, 0, "{form}: its own file is written anew");
        assert_eq!(fs::read_to_string(desk.path(&name)).unwrap(), written);
        fs::write(desk.path(&name), "my own\n").unwrap();
        assert_eq!(desk.ask(&ask).0, 1, "{form}");
        assert_eq!(fs::read_to_string(desk.path(&name)).unwrap(), "my own\n");
        assert_eq!(desk.ask(&[&ask[..], &["--force"]].concat()).0, 0, "{form}");
    }
    assert_eq!(desk.ask(&["export", "a.txt", "--format", "json-ld", "--part", "claims"]).0, 2);
}

#[test]
fn a_comparison_is_a_page_or_a_document() {
    let desk = Desk::new();
    let (code, page, _) = desk.ask(&["compare", "a.txt", "b.txt", "--format", "html"]);
    assert!(code == 0 && page.starts_with("<!doctype html>") && page.contains("six weeks"), "{page}");
    let (code, document, _) = desk.ask(&["compare", "a.txt", "b.txt", "--format", "markdown"]);
    assert!(code == 0 && document.starts_with("# 2 sources compared"), "{document}");
    assert!(document.contains("## Claims") && document.contains("**six weeks**"), "{document}");
}

#[test]
fn pages_markdown_folders_and_reading_lists_are_sources() {
    let desk = Desk::new();
    let page = format!("<!doctype html><title>Bridge out - Klaxon</title><p>{}</p>", KLAXON.replace("\n\n", "</p><p>"));
    fs::create_dir(desk.path("bridge-files")).unwrap();
    fs::write(desk.path("bridge-files/b.html"), &page).unwrap();
    fs::write(desk.path("bridge-files/a.md"), format!("---\nsource: Lantern\n---\n# {LANTERN}")).unwrap();
    let list = "[[bridge]]\nsource = \"bridge-files\"\n[[bridge]]\nsource = \"a.txt\"\nlabel = \"Agency\"\n\
        date = \"2026-03-11\"\n";
    fs::write(desk.path("crossread.toml"), list).unwrap();
    let sources = |arguments: &[&str]| -> Vec<String> {
        let (code, out, error) = desk.ask(arguments);
        assert_eq!((code, error.as_str()), (0, ""), "{arguments:?}");
        let value: serde_json::Value = serde_json::from_str(&out).unwrap();
        let line = |article: &serde_json::Value| {
            format!("{}|{}|{}", article["title"], article["source"], article["published"])
        };
        value["articles"].as_array().unwrap().iter().map(line).collect()
    };
    let expected = [
        r#""Barge hits bridge"|"Lantern"|null"#,
        r#""Bridge out"|"Klaxon"|null"#,
        r#""Barge hits bridge"|"Agency"|"2026-03-11""#,
    ];
    assert_eq!(sources(&["compare", "--format", "json", "bridge"]), expected);
    let said = ["--title", "b=Two", "--source", "A=The Post", "--date", "B=2026-03-12"];
    let two = sources(&[&["compare", "--format", "json", "a.txt", "b.txt"], &said[..]].concat());
    assert_eq!(two, [r#""Barge hits bridge"|"The Post"|null"#, r#""Two"|null|"2026-03-12""#]);
    let (code, out, error) = answer(desk.crossread(&["compare", "-", "a.txt"]).write_stdin(page));
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("Klaxon") && !out.contains("<p>"), "{out}");
}

#[test]
fn what_is_said_of_articles_and_limits_has_to_make_sense() {
    let desk = Desk::new();
    for (arguments, expected) in [
        (&["--limit", "seconds"][..], "NAME=NUMBER"),
        (&["--limit", "seconds=0"], "at least 1"),
        (&["--title", "A="], "says nothing"),
        (&["--limit", "bytes=20"], "--limit bytes="),
        (&["--title", "Two"], "which of 2 sources"),
        (&["--date", "A=soon"], "is no date"),
    ] {
        let (code, out, error) = desk.ask(&[&["compare", "a.txt", "b.txt"], arguments].concat());
        assert!(code > 0 && out.is_empty() && error.contains(expected), "{arguments:?}: {code} {error}");
    }
    fs::write(desk.path("config.toml"), "[limits]\nline = 30\n").unwrap();
    let (code, _, error) = desk.ask(&["compare", "a.txt", "b.txt", "--config", "config.toml"]);
    assert!(code == 1 && error.contains("longer than the limit of 30 bytes"), "{error}");
}

#[test]
fn a_feed_is_listed_with_numbers() {
    let desk = Desk::new();
    let feed = "<rss version='2.0'><channel><title>Post</title><item><title>Ship</title><link>https://x.example/ship</link>\
        <pubDate>Tue, 10 Mar 2026 17:42:00 GMT</pubDate></item></channel></rss>";
    fs::write(desk.path("feed.rss"), feed).unwrap();
    let (code, out, error) = desk.ask(&["feed", "feed.rss"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("1  2026-03-10  Ship") && out.contains("https://x.example/ship"), "{out}");
    let (code, _, error) = desk.ask(&["compare", "feed.rss", "a.txt"]);
    assert!(code == 1 && error.contains("crossread feed feed.rss"), "{error}");
    let (code, _, error) = desk.ask(&["feed", "a.txt"]);
    assert!(code == 1 && error.contains("is no feed"), "{error}");
}

#[test]
fn one_processor_gives_the_same_bytes_as_all() {
    let desk = Desk::new();
    let event = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("data/events/river-flood");
    let files: Vec<String> =
        ["wire.txt", "foreign.txt", "liveblog.txt"].map(|name| event.join(name).to_string_lossy().into_owned()).into();
    let arguments: Vec<&str> =
        ["compare", "--format", "json"].into_iter().chain(files.iter().map(String::as_str)).collect();
    let printed = |threads: &str| {
        let output = desk.crossread(&arguments).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(output.status.success() && output.stdout.len() > 1000);
        output.stdout
    };
    assert_eq!(printed("1"), printed("4"));
}

#[test]
fn a_feed_in_a_pipe_has_nothing_that_a_terminal_obeys() {
    let desk = Desk::new();
    let feed = r#"{"version": "https://jsonfeed.org/version/1.1", "title": "J\u001b]0;x\u0007", "items": [
        {"id": "1", "url": "https://x.example/1", "title": "evil \u001b]0;x\u0007 \u202e \u200b\udb40\udd00."}]}"#;
    fs::write(desk.path("feed.rss"), feed).unwrap();
    let (code, out, error) = desk.ask(&["feed", "feed.rss"]);
    assert_eq!((code, error.as_str()), (0, ""));
    assert!(out.contains("J␛]0;x␇") && out.contains("evil ␛]0;x␇ \u{fffd} ."), "{out:?}");
}

#[test]
fn arguments_are_said_back_as_a_terminal_may_have_them() {
    let desk = Desk::new();
    for arguments in [
        &["--\u{1b}]0;x\u{7}\u{202e}"][..],
        &["compare", "a.txt", "--format", "\u{9b}2J\u{1b}]52;c;x"],
        &["notes", "\u{1b}]0;x\u{7}"],
        &["screen", "--demo", "--size", "\u{1b}[2J"],
    ] {
        let (code, out, error) = desk.ask(arguments);
        assert_eq!((code, out.as_str()), (2, ""), "{arguments:?}");
        assert!(error.chars().all(|c| c == '\n' || !c.is_control() && c != '\u{202e}'), "{error:?}");
        assert!(error.starts_with("error: ") && error.contains("For more information, try '--help'."), "{error:?}");
    }
    let (code, _, error) = desk.ask(&["compare", "a.txt", "--for\u{200b}mat", "text"]);
    assert!(code == 2 && error.contains("unexpected argument") && !error.contains('\u{200b}'), "{error:?}");
}

#[test]
fn a_reading_list_that_is_not_used_stops_nothing() {
    let desk = Desk::new();
    fs::write(desk.path("crossread.toml"), "bridge = []\n").unwrap();
    let (code, _, error) = desk.ask(&["compare", "a.txt", "b.txt"]);
    assert_eq!((code, error.as_str()), (0, ""));
    let (code, _, error) = desk.ask(&["compare", "bridge"]);
    assert!(
        code == 1 && error.contains("crossread.toml: ") && error.contains("line 1: \"bridge\" has no sources"),
        "{error}"
    );
}

#[test]
fn what_is_left_out_past_the_limit_is_said_in_one_line() {
    let desk = Desk::new();
    fs::create_dir(desk.path("many")).unwrap();
    for at in 10..30 {
        fs::write(desk.path("many").join(format!("{at}.txt")), format!("{LANTERN}\nCopy {at}.\n")).unwrap();
    }
    let (code, _, error) = desk.ask(&["compare", "many", "--limit", "sources=2"]);
    assert_eq!((code, error.lines().count()), (0, 1), "{error}");
    assert!(error.contains("12.txt: is one source more than the limit of 2, and so are 17 after it"), "{error}");
}

#[cfg(unix)]
#[test]
fn a_pipe_that_never_ends_is_not_waited_for_longer_than_is_allowed() {
    let desk = Desk::new();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crossread"));
    command.current_dir(desk.folder.path()).args(["compare", "a.txt", "-", "--notes", "n.jsonld"]);
    command.args(["--limit", "seconds=1"]).env("HOME", desk.path("home")).stdin(std::process::Stdio::piped());
    let mut child = command.stderr(std::process::Stdio::piped()).stdout(std::process::Stdio::null()).spawn().unwrap();
    let open_end = child.stdin.take();
    let output = child.wait_with_output().unwrap();
    drop(open_end);
    let error = String::from_utf8(output.stderr).unwrap();
    assert!(
        output.status.code() == Some(1) && error.contains("standard input: took longer than the limit of 1"),
        "{error}"
    );
}

#[test]
fn the_pictures_of_the_documents_are_those_that_the_program_draws() {
    let desk = Desk::new();
    for size in ["80x24", "120x40", "200x50"] {
        let arguments = ["screen", "--demo", "--size", size, "--keys", "]c]c]c]c"];
        let drawn = desk.crossread(&arguments).assert().success().get_output().stdout.clone();
        let kept =
            fs::read(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(format!("docs/screens/{size}.svg"))).unwrap();
        let again = format!("crossread {} --output docs/screens/{size}.svg", arguments.join(" "));
        assert!(drawn == kept, "the picture is another now; draw it again: {again}");
    }
}
