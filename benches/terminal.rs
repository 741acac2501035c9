//! crossread beside `vim -d` and `less`, in a real pseudo-terminal: `cargo bench --bench terminal`.
//!
//! Two texts of 1,000 to 1,000,000 words each, made from a seed; 200×50. Measured in one run, the programs by turns so that what
//! else the machine does falls on all of them: from the start of the program to its first full screen, and from a key (a page
//! down) to the settled screen. The fastest of each program's times counts. `less` opens the first text alone, since it shows one.
//! crossread's first screen must not come later than that of `vim -d`; its screen must have settled within 2 ms of `less` and no
//! later than `vim -d`. Figures depend on the machine, so this is no test. Other lengths may be named (`-- 5000`).

#[path = "frame/event.rs"]
#[allow(dead_code, reason = "whole programs compare by themselves")]
mod event;

#[cfg(not(unix))]
fn main() {
    println!("this is measured on Unix alone");
}

#[cfg(unix)]
fn main() {
    unix::main();
}

#[cfg(unix)]
mod unix {
    use std::io::{Read, Write};
    use std::path::Path;
    use std::sync::mpsc::{self, Receiver};
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    use super::event;

    const ROWS: u16 = 50;
    const COLUMNS: u16 = 200;

    /// Words of each text.
    const WORDS: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

    /// How often each program is started, and how many pages it turns each time.
    const STARTS: usize = 5;
    const PAGES: usize = 12;

    /// A screen that was silent so long has settled.
    const SILENCE: Duration = Duration::from_millis(80);

    /// Longest wait for anything.
    const PATIENCE: Duration = Duration::from_secs(180);

    /// The most that a key may take longer than in `less`.
    const BEHIND_LESS: Duration = Duration::from_millis(2);

    /// What is measured of one program.
    #[derive(Debug, Clone)]
    struct Program {
        name: &'static str,
        arguments: &'static [&'static str],
        texts: usize,
        /// What the screen shows as long as it has not settled by itself.
        busy: &'static str,
        page: &'static [u8],
        quit: &'static [u8],
    }

    const PROGRAMS: [Program; 3] = [
        Program {
            name: env!("CARGO_BIN_EXE_crossread"),
            arguments: &["--notes", "notes.jsonld"],
            texts: 2,
            busy: "comparing",
            page: b" ",
            quit: b"Q",
        },
        Program {
            name: "vim",
            arguments: &["-u", "NONE", "-N", "-n", "-d"],
            texts: 2,
            busy: "\u{0}",
            page: b"\x06",
            quit: b"\x1b:qa!\r",
        },
        Program { name: "less", arguments: &[], texts: 1, busy: "\u{0}", page: b" ", quit: b"q" },
    ];

    /// The fastest times of one program at one length.
    #[derive(Debug, Clone, Copy)]
    struct Times {
        first: Duration,
        key: Duration,
    }

    pub fn main() {
        let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
        let sizes = if asked.is_empty() { WORDS.to_vec() } else { asked };
        println!("two texts at {COLUMNS}×{ROWS}; fastest of {STARTS} starts and {} pages\n", STARTS * PAGES);
        println!("{:>9} {:<10} {:>18} {:>22}", "words", "program", "first full screen", "key to settled screen");
        let mut verdicts = Vec::new();
        for words in sizes {
            let times = measure(words);
            for (program, times) in PROGRAMS.iter().zip(&times) {
                let name = Path::new(program.name).file_name().unwrap_or_default().to_string_lossy().into_owned();
                println!("{words:>9} {name:<10} {:>15.1} ms {:>19.2} ms", millis(times.first), millis(times.key));
            }
            let [ours, vim, less] = times;
            verdicts.push((format!("first screen at {words} words, against vim -d"), ours.first, vim.first));
            verdicts.push((format!("key at {words} words, against less and 2 ms"), ours.key, less.key + BEHIND_LESS));
            verdicts.push((format!("key at {words} words, against vim -d"), ours.key, vim.key));
        }
        println!();
        for (what, ours, most) in verdicts {
            let word = if ours <= most { "met" } else { "MISSED" };
            println!("{word}: {what}: {:.2} ms (at most {:.2} ms)", millis(ours), millis(most));
        }
    }

    fn millis(duration: Duration) -> f64 {
        duration.as_secs_f64() * 1e3
    }

    fn measure(words: usize) -> [Times; 3] {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, text) in ["a.txt", "b.txt"].iter().zip(event::texts(words, 2)) {
            std::fs::write(folder.path().join(name), text).expect("a text can be written");
        }
        let mut times = [Times { first: Duration::MAX, key: Duration::MAX }; 3];
        for _ in 0..STARTS {
            for (program, times) in PROGRAMS.iter().zip(&mut times) {
                let mut terminal = Terminal::start(program, folder.path());
                times.first = times.first.min(terminal.first_screen());
                terminal.settle(program);
                for _ in 0..PAGES {
                    times.key = times.key.min(terminal.key(program.page));
                }
                terminal.end(program.quit);
            }
        }
        times
    }

    /// A program in a terminal.
    struct Terminal {
        child: Box<dyn Child + Send + Sync>,
        writer: Box<dyn Write + Send>,
        /// Kept so that the terminal stays open.
        _master: Box<dyn MasterPty + Send>,
        output: Receiver<(Instant, Vec<u8>)>,
        screen: vt100::Parser,
        started: Instant,
    }

    impl Terminal {
        fn start(program: &Program, folder: &Path) -> Self {
            let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).expect("a terminal opens");
            let mut command = CommandBuilder::new(program.name);
            command.args(program.arguments);
            command.args(["a.txt", "b.txt"].iter().take(program.texts));
            command.cwd(folder);
            for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("COLORTERM", "truecolor")] {
                command.env(name, value);
            }
            command.env("HOME", folder);
            command.env_remove("NO_COLOR");
            command.env_remove("LESS");
            let mut reader = pair.master.try_clone_reader().expect("a terminal is read");
            let mut writer = pair.master.take_writer().expect("a terminal is written to");
            let (sender, output) = mpsc::channel();
            std::thread::spawn(move || {
                let mut buffer = vec![0; 1 << 16];
                while let Ok(count @ 1..) = reader.read(&mut buffer) {
                    if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                        break;
                    }
                }
            });
            // A terminal that answers at once what its colours are, as most do.
            writer.write_all(b"").expect("a terminal is written to");
            let started = Instant::now();
            let child = pair.slave.spawn_command(command).expect("the program is installed");
            let rows = std::num::NonZero::new(ROWS).expect("a screen has rows");
            let columns = std::num::NonZero::new(COLUMNS).expect("a screen has columns");
            let screen = vt100::Parser::new(rows, columns, 0);
            Self { child, writer, _master: pair.master, output, screen, started }
        }

        /// Takes in what comes until `patience` is over; answers when it came.
        fn take(&mut self, patience: Duration) -> Option<Instant> {
            let (at, bytes) = self.output.recv_timeout(patience).ok()?;
            self.screen.process(&bytes);
            self.answer(&bytes);
            Some(at)
        }

        /// Answers the questions that a terminal is asked: its colours and what it is.
        fn answer(&mut self, bytes: &[u8]) {
            let asked = |question: &[u8]| bytes.windows(question.len()).any(|window| window == question);
            let answers: [(&[u8], &[u8]); 3] = [
                (b"\x1b]10;?", b"\x1b]10;rgb:eeee/eeee/eeee\x1b\\"),
                (b"\x1b]11;?", b"\x1b]11;rgb:1111/1111/1111\x1b\\"),
                (b"\x1b[c", b"\x1b[?62;22c"),
            ];
            for (question, answer) in answers {
                if asked(question) {
                    self.writer.write_all(answer).expect("a terminal answers");
                }
            }
        }

        /// From the start to a screen that is full: text in most rows and something on the last.
        fn first_screen(&mut self) -> Duration {
            let end = Instant::now() + PATIENCE;
            loop {
                if let Some(at) = self.take(Duration::from_millis(20))
                    && self.is_full()
                {
                    return at - self.started;
                }
                assert!(Instant::now() < end, "no full screen:\n{}", self.screen.screen().contents());
            }
        }

        fn is_full(&self) -> bool {
            let contents = self.screen.screen().contents();
            let rows: Vec<&str> = contents.split('\n').collect();
            let full = rows.iter().filter(|row| !row.trim().is_empty()).count();
            full * 10 >= usize::from(ROWS) * 6 && rows.len() == usize::from(ROWS)
        }

        /// Waits until the program has nothing more to show by itself.
        fn settle(&mut self, program: &Program) {
            let end = Instant::now() + PATIENCE;
            loop {
                let came = self.take(Duration::from_millis(300));
                if came.is_none() && !self.screen.screen().contents().contains(program.busy) {
                    return;
                }
                assert!(Instant::now() < end, "never settles:\n{}", self.screen.screen().contents());
            }
        }

        /// From a key to the last byte before silence.
        fn key(&mut self, key: &[u8]) -> Duration {
            let pressed = Instant::now();
            self.writer.write_all(key).expect("a key is pressed");
            self.writer.flush().expect("a key is pressed");
            let mut last = self.take(PATIENCE).expect("the key is answered");
            while let Some(at) = self.take(SILENCE) {
                last = at;
            }
            last - pressed
        }

        fn end(mut self, keys: &[u8]) {
            // A program that ended by itself is not told to.
            let _ = self.writer.write_all(keys);
            let end = Instant::now() + Duration::from_secs(5);
            while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < end {
                while self.take(Duration::from_millis(5)).is_some() {}
            }
            let _ = self.child.kill();
        }
    }
}
