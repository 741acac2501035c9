//! How long comparing takes as a whole program, beside tools that see less: `cargo bench --bench speed`.
//!
//! The texts are made from a seed. Programs that stand against each other run by turns in one run, so that what else the machine
//! does falls on all of them; of the times of each the least counts. Only the ratios mean anything elsewhere, so this is no test.
//! `wdiff`, `git` and `sim_text` (similarity-tester) are asked where they are installed. `-- short` leaves out the million words.

#[path = "speed/texts.rs"]
mod texts;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crossread::compare::{Kept, Options, compare};
use crossread::source::{Article, Metadata, Origin};
use crossread::text::Text;
use crossread::text::token::tokens;
use texts::Language;

/// How often each program runs.
const TURNS: usize = 3;
/// How often one that is over at once.
const SHORT_TURNS: usize = 20;
/// How often the memory of a running program is looked at.
const LOOK: Duration = Duration::from_millis(2);

/// What one run took.
#[derive(Debug, Clone, Copy)]
struct Cost {
    seconds: f64,
    /// The most memory it held, in megabytes; 0 where it was over before a look.
    megabytes: f64,
}

/// A program with its arguments.
#[derive(Debug, Clone)]
struct Job {
    program: String,
    arguments: Vec<String>,
}

impl Job {
    fn new(program: &str, arguments: &[&str], files: &[PathBuf]) -> Self {
        let files = files.iter().map(|file| file.to_string_lossy().into_owned());
        let arguments = arguments.iter().map(|argument| (*argument).to_owned()).chain(files).collect();
        Self { program: program.to_owned(), arguments }
    }

    fn crossread(files: &[PathBuf]) -> Self {
        Self::new(env!("CARGO_BIN_EXE_crossread"), &["compare", "--format", "json"], files)
    }

    /// Runs it once, its output thrown away; `None` where it is not installed.
    fn run(&self) -> Option<Cost> {
        let begun = Instant::now();
        let mut command = Command::new(&self.program);
        let mut child = command.args(&self.arguments).stdout(Stdio::null()).stderr(Stdio::null()).spawn().ok()?;
        let status = PathBuf::from(format!("/proc/{}/status", child.id()));
        let over = AtomicBool::new(false);
        // Looked at beside the waiting: a process can take less time than it is until the next look.
        std::thread::scope(|scope| {
            let watch = scope.spawn(|| {
                let mut kilobytes = 0.0f64;
                while !over.load(Ordering::Relaxed) {
                    kilobytes = kilobytes.max(peak(&status));
                    std::thread::sleep(LOOK);
                }
                kilobytes
            });
            let ended = child.wait();
            let seconds = begun.elapsed().as_secs_f64();
            over.store(true, Ordering::Relaxed);
            ended.ok()?;
            Some(Cost { seconds, megabytes: watch.join().ok()? / 1024.0 })
        })
    }
}

/// The most memory a running program has held, in kilobytes, where the system says so.
fn peak(status: &Path) -> f64 {
    let status = fs::read_to_string(status).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0.0)
}

/// Runs some programs by turns; the least time of each and its most memory.
fn by_turns(jobs: &[Job], turns: usize) -> Vec<Option<Cost>> {
    let mut costs: Vec<Option<Cost>> = vec![None; jobs.len()];
    for _ in 0..turns {
        for (cost, job) in costs.iter_mut().zip(jobs) {
            if let Some(new) = job.run() {
                let seconds = cost.map_or(new.seconds, |cost| cost.seconds.min(new.seconds));
                let megabytes = cost.map_or(new.megabytes, |cost| cost.megabytes.max(new.megabytes));
                *cost = Some(Cost { seconds, megabytes });
            }
        }
    }
    costs
}

/// Prints one ratio beside what it may be at the most.
fn ratio(what: &str, one: Option<Cost>, other: Option<Cost>, most: f64) {
    match (one, other) {
        (Some(one), Some(other)) => {
            let ratio = one.seconds / other.seconds;
            let held = if ratio <= most { "held" } else { "NOT HELD" };
            println!(
                "{what:<58} {:>8.3} s {:>8.3} s  ratio {ratio:>6.2}  at most {most:>5.2}  {held}  {:>5.0} MB",
                one.seconds, other.seconds, one.megabytes
            );
        }
        _ => println!("{what:<58} not measured: a program is missing"),
    }
}

struct Desk {
    folder: PathBuf,
    language: Language,
}

impl Desk {
    fn new() -> std::io::Result<Self> {
        let folder = std::env::temp_dir().join(format!("crossread-speed-{}", std::process::id()));
        fs::create_dir_all(&folder)?;
        Ok(Self { folder, language: Language::of_articles()? })
    }

    fn write(&self, name: &str, texts: &[String]) -> std::io::Result<Vec<PathBuf>> {
        texts::write(&self.folder, name, texts)
    }
}

fn main() -> std::io::Result<()> {
    let short = std::env::args().any(|argument| argument == "short");
    let desk = Desk::new()?;
    println!(
        "whole processes, the least of {TURNS} runs (of articles {SHORT_TURNS}), on {} processors\n",
        processors()
    );
    against_others(&desk, short)?;
    real_length(&desk)?;
    many(&desk)?;
    again(&desk);
    fs::remove_dir_all(&desk.folder)
}

fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}

/// Two far texts and two near ones, beside other tools.
fn against_others(desk: &Desk, short: bool) -> std::io::Result<()> {
    let mut before: Option<Cost> = None;
    for (words, name, most) in [(10_000, "10k", 1.0), (100_000, "100k", 0.25), (1_000_000, "1M", 0.15)] {
        if short && words == 1_000_000 {
            break;
        }
        let far = desk.write(&format!("far-{name}"), &desk.language.far(words))?;
        let near = desk.write(&format!("near-{name}"), &desk.language.near(words))?;
        let jobs = [
            Job::crossread(&far),
            Job::crossread(&near),
            Job::new("wdiff", &["-123"], &far),
            Job::new("sim_text", &[], &far),
        ];
        let costs = by_turns(&jobs, TURNS);
        ratio(&format!("far {name}: crossread against wdiff"), costs[0], costs[2], most);
        ratio(&format!("far {name}: crossread against sim_text"), costs[0], costs[3], 3.0);
        ratio(&format!("near {name} against far {name}"), costs[1], costs[0], 1.5);
        if before.is_some() {
            ratio(&format!("far {name} against a tenth of it"), costs[0], before, 12.0);
        }
        before = costs[0];
    }
    Ok(())
}

/// Five articles as newspapers print them, the start of the process included.
fn real_length(desk: &Desk) -> std::io::Result<()> {
    let files = texts::five_articles()?;
    let two =
        desk.write("two", &files[..2].iter().filter_map(|file| fs::read_to_string(file).ok()).collect::<Vec<_>>())?;
    let git = Job::new("git", &["diff", "--no-index", "--word-diff"], &two);
    let costs = by_turns(&[Job::crossread(&files), git], SHORT_TURNS);
    ratio(&format!("{} articles against git diff --word-diff on two", files.len()), costs[0], costs[1], 2.0);
    Ok(())
}

/// Many sources at once.
fn many(desk: &Desk) -> std::io::Result<()> {
    let eight = desk.write("eight", &desk.language.many(8, 10_000))?;
    let costs = by_turns(&[Job::crossread(&eight), Job::crossread(&eight[..2])], TURNS);
    ratio("8 sources of 10k words against two", costs[0], costs[1], 6.0);
    let texts: Vec<_> = (0usize..).zip(desk.language.many(200, 500)).collect();
    let read = || texts.iter().map(|(at, text)| article(*at, text)).collect::<Vec<_>>();
    let read_alone = seconds(&|| {
        let count = |article: &Article| -> usize {
            let text = &article.text;
            text.sentences().iter().map(|sentence| tokens(text.content(), sentence.span).len()).sum()
        };
        read().iter().map(count).sum()
    });
    let compared = seconds(&|| compare(&read(), &Options::default()).links.len());
    ratio("200 articles of 500 words against reading them alone", compared, read_alone, 20.0);
    Ok(())
}

/// Comparing again after one of eight sources of 10k words was added or written again, against comparing all of them anew.
fn again(desk: &Desk) {
    let texts = desk.language.many(8, 10_000);
    let all: Vec<_> = (0..).zip(&texts).map(|(at, text)| article(at, text)).collect();
    let written_again = texts[7].replacen(". ", ". It rained again on the day after. ", 1);
    let changed = [&all[..7], &[article(8, &written_again)]].concat();
    let anew = seconds(&|| compare(&all, &Options::default()).links.len());
    for (what, before) in [("added", &all[..7]), ("written again", &changed)] {
        let after = || {
            let kept = Kept::default();
            let options = Options { kept: Some(&kept), ..Options::default() };
            compare(before, &options);
            seconds_once(&|| compare(&all, &options).links.len())
        };
        let least = (0..TURNS).map(|_| after()).fold(f64::INFINITY, f64::min);
        ratio(&format!("one of 8 sources {what}, against all compared anew"), in_process(least), anew, 1.0);
    }
}

/// The least time of several turns of some work.
fn seconds(work: &dyn Fn() -> usize) -> Option<Cost> {
    in_process((0..TURNS).map(|_| seconds_once(work)).fold(f64::INFINITY, f64::min))
}

fn seconds_once(work: &dyn Fn() -> usize) -> f64 {
    let begun = Instant::now();
    std::hint::black_box(work());
    begun.elapsed().as_secs_f64()
}

fn in_process(seconds: f64) -> Option<Cost> {
    Some(Cost { seconds, megabytes: 0.0 })
}

fn article(at: usize, text: &str) -> Article {
    Article {
        text: Text::new(text.to_owned()),
        metadata: Metadata::default(),
        origin: Origin::File(PathBuf::from("a.txt")),
        sha256: format!("{at:064x}"),
    }
}
