//! The program itself in a real pseudo-terminal: it opens, writes a note, exports, quits, and the terminal is as it was.

#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::{Read, Write};
use std::num::NonZero;
use std::path::Path;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest wait for something to appear: a busy machine compares slowly.
const PATIENCE: Duration = Duration::from_secs(120);

/// The program in a terminal.
struct Reader {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    all: Vec<u8>,
    before: String,
}

fn count(cells: u16) -> NonZero<u16> {
    NonZero::new(cells).unwrap()
}

fn modes(master: &dyn MasterPty) -> String {
    format!("{:?}", master.get_termios().unwrap())
}

/// The program with the sample, in an environment of its own.
fn program(folder: &Path) -> CommandBuilder {
    asked(folder, &["demo"])
}

/// The program with those arguments, in an environment of its own.
fn asked(folder: &Path, arguments: &[&str]) -> CommandBuilder {
    started(CommandBuilder::new(env!("CARGO_BIN_EXE_crossread")), folder, arguments)
}

/// The program with the sample under a shell that hears of no closed terminal, so that the program is not told either.
fn unheard(folder: &Path) -> CommandBuilder {
    let mut shell = CommandBuilder::new("sh");
    shell.args(["-c", "trap '' HUP; \"$0\" \"$@\"; true", env!("CARGO_BIN_EXE_crossread")]);
    started(shell, folder, &["demo"])
}

fn started(mut command: CommandBuilder, folder: &Path, arguments: &[&str]) -> CommandBuilder {
    command.args(arguments);
    command.args(["--notes", "notes.jsonld"]);
    command.cwd(folder);
    for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("HOME", folder.to_str().unwrap())] {
        command.env(name, value);
    }
    for name in ["NO_COLOR", "COLORTERM", "LC_ALL", "LC_CTYPE", "XDG_CONFIG_HOME"] {
        command.env_remove(name);
    }
    command
}

impl Reader {
    fn open(folder: &Path) -> Self {
        Self::start(program(folder))
    }

    fn start(command: CommandBuilder) -> Self {
        let pty = native_pty_system();
        let pair = pty.openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = mpsc::channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        let screen = vt100::Parser::new(count(24), count(80), 0);
        Self { child, master: pair.master, writer, output, screen, all: Vec::new(), before }
    }

    fn take(&mut self, bytes: &[u8]) {
        self.all.extend_from_slice(bytes);
        self.screen.process(bytes);
    }

    /// The modes of the terminal's line, written out.
    fn modes(&self) -> String {
        modes(self.master.as_ref())
    }

    /// Waits until the screen shows some words.
    fn wait_for(&mut self, words: &str) {
        let end = Instant::now() + PATIENCE;
        while !self.screen.screen().contents().contains(words) {
            match self.output.recv_timeout(Duration::from_millis(50)) {
                Ok(bytes) => self.take(&bytes),
                Err(_) => assert!(Instant::now() < end, "no “{words}” on\n{}", self.screen.screen().contents()),
            }
        }
    }

    fn press(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Waits for the program to end and answers whether it said that all went well.
    fn wait_for_the_end(&mut self) -> bool {
        self.wait_for_the_exit_code() == 0
    }

    /// Waits for the program to end and answers its exit code.
    fn wait_for_the_exit_code(&mut self) -> u32 {
        let end = Instant::now() + PATIENCE;
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.take(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.take(&bytes);
                }
                return status.exit_code();
            }
            assert!(Instant::now() < end, "the program does not end:\n{}", self.screen.screen().contents());
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// The terminal is as it was before the program was started.
    fn assert_given_back(&self) {
        let screen = self.screen.screen();
        assert!(!screen.alternate_screen(), "the alternate screen was not left");
        assert!(!screen.hide_cursor(), "the cursor is hidden");
        assert!(!screen.bracketed_paste(), "bracketed paste is still on");
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None, "the mouse is still caught");
        assert_eq!(self.modes(), self.before, "raw mode was not left");
    }
}

#[test]
fn a_note_is_written_and_exported_and_the_terminal_is_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open(folder.path());
    reader.wait_for("? help");
    reader.wait_for("≠ 0 of");
    assert!(reader.screen.screen().alternate_screen());
    reader.press("]c");
    reader.wait_for("this passage");
    reader.press("a");
    reader.wait_for("new note");
    reader.press("Which paper is right? 日本 ö");
    reader.wait_for("日本 ö");
    reader.press("\x13");
    reader.wait_for("note saved");
    let notes = std::fs::read_to_string(folder.path().join("notes.jsonld")).unwrap();
    assert!(notes.contains("Which paper is right? 日本 ö"), "{notes}");
    reader.press("x");
    reader.wait_for("export notes to");
    reader.press("\r");
    reader.wait_for("exported to");
    let report = std::fs::read_to_string(folder.path().join("notes.md")).unwrap();
    assert!(report.contains("Which paper is right? 日本 ö"), "{report}");
    reader.press("q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
    assert!(reader.all.windows(8).any(|bytes| bytes == b"\x1b[?2026h"), "drawing is not synchronised");
}

#[test]
fn a_signal_gives_the_terminal_back() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open(folder.path());
    reader.wait_for("? help");
    let id = reader.child.process_id().unwrap().to_string();
    assert!(std::process::Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert_eq!(reader.wait_for_the_exit_code(), 128 + 15);
    reader.assert_given_back();
}

/// The note that was being written when the program ended is offered and kept whole.
fn assert_draft_is_gone_on_with(folder: &Path, words: &str) {
    assert!(!folder.join("notes.jsonld").exists(), "what is half written is no note");
    let mut reader = Reader::open(folder);
    reader.wait_for("left unfinished");
    reader.press("a");
    reader.wait_for("left unfinished when the program ended");
    reader.wait_for(words);
    reader.press("\x13");
    reader.wait_for("note saved");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    assert!(std::fs::read_to_string(folder.join("notes.jsonld")).unwrap().contains(words));
    let left: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("draft")), "{left:?}");
}

#[test]
fn a_note_being_written_outlives_a_signal() {
    for (signal, code) in [("-TERM", 128 + 15), ("-HUP", 128 + 1), ("-KILL", 1)] {
        let folder = tempfile::tempdir().unwrap();
        let mut reader = Reader::open(folder.path());
        reader.wait_for("? help");
        reader.press("a");
        reader.wait_for("new note");
        reader.press("Half a thought");
        reader.wait_for("Half a thought");
        let id = reader.child.process_id().unwrap().to_string();
        assert!(std::process::Command::new("kill").args([signal, &id]).status().unwrap().success());
        assert_eq!(reader.wait_for_the_exit_code(), code, "{signal}");
        assert_draft_is_gone_on_with(folder.path(), "Half a thought");
    }
}

#[test]
fn a_resize_reaches_the_screen() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open(folder.path());
    reader.wait_for("? help");
    reader.screen.screen_mut().set_size(count(30), count(130));
    reader.master.resize(PtySize { rows: 30, cols: 130, pixel_width: 0, pixel_height: 0 }).unwrap();
    // Four panes fit now.
    reader.wait_for(" D  ");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
}

/// A tool of the name by which the reader looks for one.
fn tool(folder: &Path, script: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.join("xclip");
    std::fs::write(&path, script).unwrap();
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_is_copied_goes_to_the_terminal_and_to_the_tool_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    tool(folder.path(), "#!/bin/sh\ncat > copied.txt\n");
    let mut command = program(folder.path());
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", folder.path().display()));
    command.env("DISPLAY", ":99");
    command.env_remove("WAYLAND_DISPLAY");
    let mut reader = Reader::start(command);
    reader.wait_for("? help");
    reader.press("y");
    reader.wait_for("with xclip and through the terminal");
    let copied = std::fs::read_to_string(folder.path().join("copied.txt")).unwrap();
    assert_eq!(copied, "Swing bridge shut for weeks after cargo ship strikes it");
    let sequence = b"\x1b]52;c;U3dpbmcgYnJpZGdl";
    assert!(reader.all.windows(sequence.len()).any(|bytes| bytes == sequence), "the terminal was not asked");
    tool(folder.path(), "#!/bin/sh\nsleep 9\n");
    reader.press("y");
    reader.wait_for("through the terminal (OSC 52), where it allows that; xclip");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
}

#[test]
fn a_terminal_that_closes_ends_the_program() {
    assert_ends_with_its_terminal(program);
}

#[test]
fn a_terminal_that_closes_without_a_signal_ends_the_program() {
    assert_ends_with_its_terminal(unheard);
}

fn assert_ends_with_its_terminal(command: fn(&Path) -> CommandBuilder) {
    let folder = tempfile::tempdir().unwrap();
    let pty = native_pty_system();
    let pair = pty.openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut child = pair.slave.spawn_command(command(folder.path())).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    let mut wait_for = |words: &str| {
        while !String::from_utf8_lossy(&seen).contains(words) {
            let count = reader.read(&mut buffer).unwrap();
            assert!(count > 0, "the program ended early");
            seen.extend_from_slice(&buffer[..count]);
        }
    };
    wait_for("help");
    let mut writer = pair.master.take_writer().unwrap();
    writer.write_all(b"a").unwrap();
    wait_for("new note");
    for letter in "unfinished".chars() {
        writer.write_all(letter.to_string().as_bytes()).unwrap();
        std::thread::sleep(Duration::from_millis(20));
    }
    // Only what the program has read can outlive it.
    let is_kept = || {
        let files = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(std::fs::read_to_string).any(|content| content.contains("unfinished"))
    };
    let end = Instant::now() + PATIENCE;
    while !is_kept() {
        assert!(Instant::now() < end, "what is typed is not kept");
        std::thread::sleep(Duration::from_millis(20));
    }
    drop((writer, reader));
    drop(pair.master);
    let end = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "the program goes on without a terminal");
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_draft_is_gone_on_with(folder.path(), "unfinished");
}

/// Sequences that terminals obey: CSI, OSC (title, clipboard, links, colours), DCS, APC, PM, character sets, resets.
#[rustfmt::skip]
const SEQUENCES: [&str; 27] = [
    "\u{1b}[2J", "\u{1b}[31;1m", "\u{1b}[?1049l", "\u{1b}[?1003h", "\u{1b}[6n", "\u{1b}[c",
    "\u{9b}2J", "\u{1b}c", "\u{1b}]0;owned\u{7}", "\u{1b}]2;owned\u{1b}\\", "\u{9d}2;owned\u{9c}", "\u{1b}]52;c;b3duZWQ=\u{7}",
    "\u{1b}]8;;https://evil.example\u{1b}\\here\u{1b}]8;;\u{1b}\\", "\u{1b}P$q\"p\u{1b}\\", "\u{90}+q544e\u{9c}", "\u{1b}_Gf=100;AAAA\u{1b}\\", "\u{1b}^pm\u{1b}\\", "\u{1b}#8",
    "\u{1b}(0", "\u{1b}]4;1;#ffffff\u{7}", "\u{1b}]11;#ff0000\u{7}", "\u{1b}[>4;2m", "\u{1b}[?2004h", "\u{1b}[20h",
    "\u{1b}[!p", "\u{e}", "\u{1b}[5i",
];

/// Characters that turn the direction, that nobody sees, or that every font draws as it likes.
#[rustfmt::skip]
const CHARACTERS: [&str; 27] = [
    "\u{202a}", "\u{202b}", "\u{202d}", "\u{202e}", "\u{2066}", "\u{2067}",
    "\u{2068}", "\u{200e}", "\u{200f}", "\u{61c}", "\u{200b}", "\u{200c}",
    "\u{200d}", "\u{2060}", "\u{feff}", "\u{ad}", "\u{180e}", "\u{e0041}",
    "\u{e007f}", "\u{e000}", "\u{f0000}", "\u{10fffd}", "\u{fffe}", "\u{fdd0}",
    "\u{378}", "\u{e0fff}", "\u{fff9}",
];

/// Everything that a terminal could obey, or that nobody would see, each between two plain words.
fn hostile() -> String {
    let mut pieces: Vec<String> = (0..0x20).chain(0x7f..0xa0).filter_map(char::from_u32).map(String::from).collect();
    pieces.retain(|piece| !["\0", "\n", "\r", "\u{b}", "\u{c}", "\u{85}"].contains(&piece.as_str()));
    pieces.extend(SEQUENCES.iter().chain(&CHARACTERS).map(|piece| (*piece).to_owned()));
    pieces.push(format!("z{}", "\u{301}\u{489}".repeat(300)));
    let sentences: Vec<String> = pieces.iter().map(|piece| format!("The ship{piece}hit it.")).collect();
    sentences.join("\n\n")
}

/// What of the bytes written to a terminal is not crossread's own: a sequence that it has no use for, or a character that it
/// must never show.
fn foreign(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    let mut rest = text.as_ref();
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\u{1b}' if rest.starts_with('[') => {
                let end = rest[1..].find(|c: char| ('@'..='~').contains(&c)).map_or(rest.len(), |at| at + 2);
                let (sequence, after) = rest.split_at(end);
                rest = after;
                let known = [
                    "[?1049h", "[?1049l", "[?2004h", "[?2004l", "[?1000h", "[?1002h", "[?1000l", "[?1002l", "[?1003l",
                    "[?1006h", "[?1006l", "[?1015l", "[?25h", "[?25l", "[?2026h", "[?2026l", "[c", "[2J", "[J", "[K",
                ];
                let place = sequence.ends_with(['H', 'C'])
                    && sequence[1..sequence.len() - 1].chars().all(|c| c.is_ascii_digit() || c == ';');
                let colours = sequence.ends_with('m')
                    && sequence[1..sequence.len() - 1].chars().all(|c| c.is_ascii_digit() || ";:".contains(c));
                if !place && !colours && !known.contains(&sequence) {
                    found.push(format!("CSI {sequence}"));
                }
            }
            // The questions for the terminal's own colours, which are asked before anything is read.
            '\u{1b}' if ["]10;?", "]11;?"].iter().any(|question| rest.starts_with(question)) => {
                let end = rest.find(['\u{7}', '\\']).map_or(rest.len(), |at| at + 1);
                rest = &rest[end..];
            }
            '\n' | '\r' => {}
            c if c.is_control() => found.push(format!("{c:?} before {:?}", rest.chars().take(9).collect::<String>())),
            '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{e000}'..='\u{f8ff}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{fffe}'
            | '\u{fdd0}'
            | '\u{378}'
            | '\u{ad}'
            | '\u{61c}'
            | '\u{180e}'
            | '\u{e0000}'..='\u{10ffff}' => found.push(format!("{c:?}")),
            _ => {}
        }
    }
    found
}

#[test]
fn a_source_cannot_do_anything_to_the_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let name = "a\u{1b}]0;owned\u{7}\u{202e}.txt";
    std::fs::write(folder.path().join(name), hostile()).unwrap();
    let title = "<!doctype html><title>\u{1b}]2;owned\u{7}Ship&#x202e; &#27;[31mhits</title><meta property=og:site_name content='P&#x9b;31mt'>";
    let page = format!(
        "{title}<body><h1>\u{1b}]2;owned\u{7}Ship hits bridge</h1><p>{}</p></body>",
        hostile().replace('<', "")
    );
    std::fs::write(folder.path().join("b.html"), page).unwrap();
    let feed = "<rss version='2.0'><channel><title>\u{9d}2;owned\u{9c}</title><item><title>&#x202e;x</title></item></channel></rss>";
    std::fs::write(folder.path().join("c.rss"), feed).unwrap();
    let absent = "gone\u{1b}[31m\u{9b}5i\u{202e}.txt";

    let note = hostile().replace("\n\n", " ");
    let quote =
        ["notes", "add", "--notes", "notes.jsonld", "--source", "b.html", "--occurrence", "1", "--quote", "hit it."];
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_crossread"));
    let made = command.current_dir(folder.path()).args(quote).args(["--text", &note, "--tag", &note]).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));

    let mut reader = Reader::start(asked(folder.path(), &[name, "b.html", absent]));
    reader.wait_for("only in A");
    for keys in ["G", "g", "]c", "}", "p", "?", "\x1b", "A", "\r", "\x1b", "a", "\x1b"] {
        reader.press(keys);
        std::thread::sleep(Duration::from_millis(60));
    }
    reader.press("Q");
    reader.press("Q");
    reader.wait_for_the_end();
    reader.assert_given_back();
    assert_eq!(foreign(&reader.all), Vec::<String>::new());
    assert!(String::from_utf8_lossy(&reader.all).contains('␛'), "the escapes are not shown as marks");

    for arguments in [
        &["compare", name, "b.html"][..],
        &["compare", absent, "c.rss", name],
        &["feed", "c.rss", "9"],
        &["notes", "list"],
    ] {
        let mut reader = Reader::start(asked(folder.path(), arguments));
        reader.wait_for_the_end();
        assert!(!reader.all.is_empty());
        assert_eq!(foreign(&reader.all), Vec::<String>::new(), "{arguments:?}");
    }
    let mut reader = Reader::start(asked(folder.path(), &["feed", "c.rss"]));
    reader.wait_for("Open which?");
    reader.press("\r");
    assert!(reader.wait_for_the_end());
    assert_eq!(foreign(&reader.all), Vec::<String>::new());
}

/// The address of a server that begins an answer and never ends it.
fn stalling() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let mut open = Vec::new();
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            stream
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 90000\r\n\r\n<p>12")
                .unwrap();
            open.push(stream);
        }
    });
    address
}

#[test]
fn sources_that_are_slow_to_come_are_shown_with_how_far_they_are() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "The ship hit the bridge on Tuesday.").unwrap();
    let address = stalling();
    let mut reader = Reader::start(asked(folder.path(), &["a.txt", &address]));
    reader.wait_for("1 of 2 are open");
    reader.wait_for("5 bytes");
    reader.press("\r");
    reader.wait_for("this passage");
    assert!(reader.screen.screen().contents().contains("was not waited for"));
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
    let mut reader = Reader::start(asked(folder.path(), &["a.txt", &address]));
    reader.wait_for("1 of 2 are open");
    reader.press("q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
    // Also where it is typed before anything is asked.
    let mut reader = Reader::start(asked(folder.path(), &["a.txt", &address]));
    reader.press("q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
}

#[test]
fn what_is_typed_before_the_reader_is_there_reaches_it_and_the_terminal_is_taken_once() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "The ship hit the bridge on Tuesday.").unwrap();
    let mut reader = Reader::start(asked(folder.path(), &["a.txt", &stalling()]));
    reader.wait_for("1 of 2 are open");
    reader.press("?");
    std::thread::sleep(Duration::from_millis(200));
    assert!(reader.screen.screen().contents().contains("1 of 2 are open"));
    reader.press("\r");
    reader.wait_for("Keys and marks");
    assert!(reader.screen.screen().contents().contains("was not waited for"));
    reader.press("\x1b");
    reader.wait_for("this passage");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
    let taken = String::from_utf8_lossy(&reader.all).matches("\x1b[?1049h").count();
    assert_eq!(taken, 1, "the plain terminal showed between the loading screen and the reader");
    assert!(
        reader.screen.screen().contents().contains("was not waited for"),
        "it is not said once the screen is given back"
    );

    // This terminal does not answer what it is asked about its colours.
    let mut reader = Reader::open(folder.path());
    reader.press("?");
    reader.wait_for("Keys and marks");
    reader.press("\x1b");
    reader.wait_for("? help");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
}

#[test]
fn a_terminal_says_late_that_its_ground_is_dark_and_the_colours_follow() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open(folder.path());
    reader.wait_for("≠ 0 of");
    assert!(String::from_utf8_lossy(&reader.all).contains("\x1b]11;?\x07"), "it was not asked");
    let indexed = |reader: &Reader| String::from_utf8_lossy(&reader.all).contains("48;5;");
    assert!(!indexed(&reader), "grounds of its own on a ground that nobody knows");
    let before = reader.screen.screen().contents();
    reader.press("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\");
    let end = Instant::now() + PATIENCE;
    while !indexed(&reader) {
        assert!(Instant::now() < end, "the colours stay");
        if let Ok(bytes) = reader.output.recv_timeout(Duration::from_millis(50)) {
            reader.take(&bytes);
        }
    }
    assert_eq!(reader.screen.screen().contents(), before, "the answer was taken for keys");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
}

#[test]
fn a_terminal_that_says_late_what_its_ground_is_does_not_undo_the_readers_choice() {
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reader::open(folder.path());
    reader.wait_for("≠ 0 of");
    reader.press(":set theme=ansi\r");
    reader.wait_for("ansi");
    reader.press("\x1b]11;rgb:1e1e/1e1e/1e1e\x1b\\");
    // Once this is there the answer was heard.
    reader.press("?");
    reader.wait_for("Keys and marks");
    assert!(!String::from_utf8_lossy(&reader.all).contains("48;5;"), "the theme is another");
    reader.press("\x1b");
    reader.wait_for("? help");
    reader.press("Q");
    assert!(reader.wait_for_the_end());
    reader.assert_given_back();
}
