//! crossread beside `vim -d` and `less`, in a real pseudo-terminal: `cargo bench --bench terminal`.
//!
//! Two texts of 1,000 to 1,000,000 words each, made from a seed; 200×50. Measured in one run, the programs by turns so that what
//! else the machine does falls on all of them: `vim -d` as it is installed, and `bare`, without settings and add-ons, which nobody
//! runs but which is faster. From the start of the program to its first full screen, and from a key (a page down or up that changes
//! the screen) to the settled screen. Of the starts the fastest counts; of the keys the median, each taken as the fastest of the
//! times that it was pressed at the same place. `less` opens the first text alone, since it shows one.
//! Keys are pressed once crossread has compared; where it compares for longer than a minute they are pressed meanwhile, which is
//! said, and the screen has settled when all but its status line has, where the progress is told.
//! The demo is started beside `less` with a text of 1,000 words, and must take no more than one and a half times as long.
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
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, Instant};

    use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

    use super::event;

    const ROWS: u16 = 50;
    const COLUMNS: u16 = 200;

    /// The files of the texts.
    const TEXTS: [&str; 2] = ["a.txt", "b.txt"];

    /// Words of each text.
    const WORDS: [usize; 4] = [1_000, 10_000, 100_000, 1_000_000];

    /// How often each program is started, and how many keys are pressed each time.
    const STARTS: usize = 5;
    const KEYS: usize = 12;

    /// How often the demo is started, and how many times longer than `less` its first screen may take.
    const DEMO_STARTS: usize = 25;
    const BESIDE_LESS: f64 = 1.5;

    /// A screen that was silent so long has settled.
    const SILENCE: Duration = Duration::from_millis(80);

    /// The longest that a program may go on by itself before keys are pressed meanwhile.
    const BY_ITSELF: Duration = Duration::from_secs(60);

    /// Longest wait for anything.
    const PATIENCE: Duration = Duration::from_secs(120);

    /// The most that a key may take longer than in `less`.
    const BEHIND_LESS: Duration = Duration::from_millis(2);

    /// What is measured of one program.
    #[derive(Debug, Clone)]
    struct Program {
        label: &'static str,
        name: &'static str,
        arguments: &'static [&'static str],
        texts: usize,
        /// What the screen shows as long as it has not settled by itself.
        busy: &'static str,
        /// A page down, and up.
        pages: [&'static [u8]; 2],
        quit: &'static [u8],
    }

    const VIM: Program = Program {
        label: "",
        name: "vim",
        arguments: &[],
        texts: 2,
        busy: "\u{0}",
        pages: [b"\x06", b"\x02"],
        quit: b"\x1b:qa!\r",
    };

    const LESS: Program =
        Program { label: "less", name: "less", arguments: &[], texts: 1, quit: b"q", pages: CROSSREAD.pages, ..VIM };

    const CROSSREAD: Program = Program {
        label: "crossread",
        name: env!("CARGO_BIN_EXE_crossread"),
        arguments: &["--notes", "notes.jsonld"],
        texts: 2,
        busy: "comparing",
        pages: [b" ", b"b"],
        quit: b"Q",
    };

    const DEMO: Program =
        Program { label: "demo", arguments: &["demo", "--notes", "notes.jsonld"], texts: 0, ..CROSSREAD };

    const PROGRAMS: [Program; 4] = [
        CROSSREAD,
        Program { label: "vim -d", arguments: &["-d"], ..VIM },
        Program { label: "bare vim -d", arguments: &["-u", "NONE", "-N", "-n", "-d"], ..VIM },
        LESS,
    ];

    /// The times of one program at one length.
    #[derive(Debug, Clone)]
    struct Times {
        first: Duration,
        /// For each of the keys the fastest.
        keys: Vec<Duration>,
        /// Whether the program was still at work while they were pressed.
        meanwhile: bool,
    }

    impl Times {
        /// The median of the keys that changed the screen.
        fn key(&self) -> Duration {
            let mut keys: Vec<Duration> = self.keys.iter().copied().filter(|key| *key < Duration::MAX).collect();
            keys.sort_unstable();
            keys.get(keys.len() / 2).copied().unwrap_or_default()
        }
    }

    pub fn main() {
        let asked: Vec<usize> = std::env::args().filter_map(|argument| argument.parse().ok()).collect();
        let sizes = if asked.is_empty() { WORDS.to_vec() } else { asked };
        println!("two texts at {COLUMNS}×{ROWS}; {STARTS} starts, {KEYS} keys each\n");
        println!("{:>9} {:<12} {:>18} {:>22}", "words", "program", "first full screen", "key to settled screen");
        let mut verdicts = Vec::new();
        for words in sizes {
            let times = measure(words);
            for (program, times) in PROGRAMS.iter().zip(&times) {
                let name = program.label;
                let meanwhile = if times.meanwhile { "  (while it compares)" } else { "" };
                let (first, key) = (millis(times.first), millis(times.key()));
                println!("{words:>9} {name:<12} {first:>15.1} ms {key:>19.2} ms{meanwhile}");
            }
            let [ours, vim, bare, less] = times;
            for (label, vim) in [("vim -d", &vim), ("a bare vim -d", &bare)] {
                verdicts.push((format!("first screen at {words} words, against {label}"), ours.first, vim.first));
                verdicts.push((format!("key at {words} words, against {label}"), ours.key(), vim.key()));
            }
            let behind_less = less.key() + BEHIND_LESS;
            verdicts.push((format!("key at {words} words, against less and 2 ms"), ours.key(), behind_less));
        }
        let [demo, less] = demo();
        println!(
            "{:>9} {:<12} {:>15.1} ms  (less shows a text of 1,000 words after {:.1} ms)",
            "",
            "demo",
            millis(demo),
            millis(less)
        );
        verdicts.push((
            format!("first screen of the demo, against {BESIDE_LESS} times less"),
            demo,
            less.mul_f64(BESIDE_LESS),
        ));
        println!();
        for (what, ours, most) in verdicts {
            let word = if ours <= most { "met" } else { "MISSED" };
            println!("{word}: {what}: {:.2} ms (at most {:.2} ms)", millis(ours), millis(most));
        }
    }

    fn millis(duration: Duration) -> f64 {
        duration.as_secs_f64() * 1e3
    }

    /// A folder with the two texts.
    fn texts_of(words: usize) -> tempfile::TempDir {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        for (name, text) in TEXTS.iter().zip(event::texts(words, TEXTS.len() as u64)) {
            std::fs::write(folder.path().join(name), text).expect("a text can be written");
        }
        folder
    }

    fn measure(words: usize) -> [Times; 4] {
        let folder = texts_of(words);
        let none = Times { first: Duration::MAX, keys: vec![Duration::MAX; KEYS], meanwhile: false };
        let mut times = [none.clone(), none.clone(), none.clone(), none];
        for _ in 0..STARTS {
            for (program, times) in PROGRAMS.iter().zip(&mut times) {
                let mut terminal = Terminal::start(program, folder.path());
                times.first = times.first.min(terminal.first_screen());
                let patience = if times.meanwhile { Duration::ZERO } else { BY_ITSELF };
                times.meanwhile = !terminal.settle(program, patience);
                // Down and up by turns, so that the end of a short text is not reached.
                for (at, fastest) in times.keys.iter_mut().enumerate() {
                    let (taken, changed) = terminal.key(program.pages[usize::from(at % 2 == 1)]);
                    if changed {
                        *fastest = taken.min(*fastest);
                    }
                }
                terminal.end(program.quit);
            }
        }
        times
    }

    /// Until the first screen of the demo, and of `less` with a short text.
    fn demo() -> [Duration; 2] {
        let folder = texts_of(1_000);
        let mut least = [Duration::MAX; 2];
        for _ in 0..DEMO_STARTS {
            for (program, least) in [DEMO, LESS].iter().zip(&mut least) {
                let mut terminal = Terminal::start(program, folder.path());
                *least = terminal.first_screen().min(*least);
                terminal.settle(program, BY_ITSELF);
                terminal.end(program.quit);
            }
        }
        least
    }

    fn write(writer: &Mutex<Box<dyn Write + Send>>, bytes: &[u8]) {
        let mut writer = writer.lock().expect("nobody fails with the terminal in hand");
        // A program that ended by itself reads nothing any more.
        let _ = writer.write_all(bytes).and_then(|()| writer.flush());
    }

    /// Answers the questions that a terminal is asked: its colours and what it is.
    fn answer(writer: &Mutex<Box<dyn Write + Send>>, bytes: &[u8]) {
        let asked = |question: &[u8]| bytes.windows(question.len()).any(|window| window == question);
        let answers: [(&[u8], &[u8]); 3] = [
            (b"\x1b]10;?", b"\x1b]10;rgb:eeee/eeee/eeee\x1b\\"),
            (b"\x1b]11;?", b"\x1b]11;rgb:1111/1111/1111\x1b\\"),
            (b"\x1b[c", b"\x1b[?62;22c"),
        ];
        for (question, answer) in answers {
            if asked(question) {
                write(writer, answer);
            }
        }
    }

    /// A program in a terminal.
    struct Terminal {
        name: &'static str,
        child: Box<dyn Child + Send + Sync>,
        writer: Arc<Mutex<Box<dyn Write + Send>>>,
        /// Kept so that the terminal stays open.
        _master: Box<dyn MasterPty + Send>,
        output: Receiver<(Instant, Vec<u8>)>,
        /// Whether the program says that it is at work.
        busy: bool,
        screen: vt100::Parser,
        started: Instant,
    }

    impl Terminal {
        fn start(program: &Program, folder: &Path) -> Self {
            let size = PtySize { rows: ROWS, cols: COLUMNS, pixel_width: 0, pixel_height: 0 };
            let pair = native_pty_system().openpty(size).expect("a terminal opens");
            let mut command = CommandBuilder::new(program.name);
            command.args(program.arguments);
            command.args(TEXTS.iter().take(program.texts));
            command.cwd(folder);
            for (name, value) in [("TERM", "xterm-256color"), ("LANG", "C.UTF-8"), ("COLORTERM", "truecolor")] {
                command.env(name, value);
            }
            command.env("HOME", folder);
            command.env_remove("NO_COLOR");
            command.env_remove("LESS");
            let mut reader = pair.master.try_clone_reader().expect("a terminal is read");
            let writer = pair.master.take_writer().expect("a terminal is written to");
            let writer = Arc::new(Mutex::new(writer));
            let answers = Arc::clone(&writer);
            let (sender, output) = mpsc::channel();
            std::thread::spawn(move || {
                let mut buffer = vec![0; 1 << 16];
                while let Ok(count @ 1..) = reader.read(&mut buffer) {
                    answer(&answers, &buffer[..count]);
                    if sender.send((Instant::now(), buffer[..count].to_vec())).is_err() {
                        break;
                    }
                }
            });
            let started = Instant::now();
            let child = pair.slave.spawn_command(command).expect("the program is installed");
            let rows = std::num::NonZero::new(ROWS).expect("a screen has rows");
            let columns = std::num::NonZero::new(COLUMNS).expect("a screen has columns");
            let screen = vt100::Parser::new(rows, columns, 0);
            Self { name: program.name, child, writer, _master: pair.master, output, busy: false, screen, started }
        }

        /// Takes in what comes until `patience` is over; answers when it came.
        fn take(&mut self, patience: Duration) -> Option<Instant> {
            let (at, bytes) = self.output.recv_timeout(patience).ok()?;
            self.screen.process(&bytes);
            Some(at)
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
                assert!(Instant::now() < end, "{}: no full screen", self.name);
            }
        }

        fn is_full(&self) -> bool {
            let filled: Vec<bool> = self.screen.screen().rows(0, COLUMNS).map(|row| !row.trim().is_empty()).collect();
            let count = filled.iter().filter(|filled| **filled).count();
            count * 10 >= usize::from(ROWS) * 6 && filled.last() == Some(&true)
        }

        /// Waits until the program has nothing more to show by itself; answers whether that came within `patience`.
        fn settle(&mut self, program: &Program, patience: Duration) -> bool {
            let end = Instant::now() + patience;
            loop {
                let came = self.take(Duration::from_millis(300));
                self.busy = self.screen.screen().contents().contains(program.busy);
                if came.is_none() && !self.busy {
                    return true;
                }
                if Instant::now() >= end {
                    return false;
                }
            }
        }

        /// The screen; without its last row where the program tells there how far it is.
        fn shown(&self) -> Vec<String> {
            let rows = usize::from(ROWS) - usize::from(self.busy);
            self.screen.screen().rows(0, COLUMNS).take(rows).collect()
        }

        /// From a key to the last byte before silence, and whether the screen is another. Of a program that is at work those
        /// bytes do not count that tell only how far it is.
        fn key(&mut self, key: &[u8]) -> (Duration, bool) {
            let before = self.shown();
            let mut shown = before.clone();
            let pressed = Instant::now();
            write(&self.writer, key);
            let mut last = pressed;
            let mut patience = Duration::from_secs(5);
            while let Some(at) = self.take(patience.saturating_sub(last.elapsed())) {
                let now = self.shown();
                if !self.busy || now != shown {
                    (last, shown, patience) = (at, now, SILENCE);
                }
            }
            (last - pressed, shown != before)
        }

        fn end(mut self, keys: &[u8]) {
            write(&self.writer, keys);
            let end = Instant::now() + Duration::from_secs(5);
            while matches!(self.child.try_wait(), Ok(None)) && Instant::now() < end {
                while self.take(Duration::from_millis(5)).is_some() {}
            }
            let _ = self.child.kill();
        }
    }
}
