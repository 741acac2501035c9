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
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_crossread"));
    command.args(["demo", "--notes", "notes.jsonld"]);
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
        let pty = native_pty_system();
        let pair = pty.openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
        let before = modes(pair.master.as_ref());
        let child = pair.slave.spawn_command(program(folder)).unwrap();
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
        let end = Instant::now() + PATIENCE;
        loop {
            while let Ok(bytes) = self.output.try_recv() {
                self.take(&bytes);
            }
            if let Some(status) = self.child.try_wait().unwrap() {
                while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
                    self.take(&bytes);
                }
                return status.success();
            }
            assert!(Instant::now() < end, "the program does not end");
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
    reader.wait_for_the_end();
    reader.assert_given_back();
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

#[test]
fn a_terminal_that_closes_ends_the_program() {
    let folder = tempfile::tempdir().unwrap();
    let pty = native_pty_system();
    let pair = pty.openpty(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).unwrap();
    let mut child = pair.slave.spawn_command(program(folder.path())).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let (mut seen, mut buffer) = (Vec::new(), [0; 4096]);
    while !String::from_utf8_lossy(&seen).contains("help") {
        let count = reader.read(&mut buffer).unwrap();
        assert!(count > 0, "the program ended early");
        seen.extend_from_slice(&buffer[..count]);
    }
    drop(reader);
    drop(pair.master);
    let end = Instant::now() + PATIENCE;
    while child.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "the program goes on without a terminal");
        std::thread::sleep(Duration::from_millis(20));
    }
}
