//! How many instructions the program executes, beside what was recorded: `cargo bench --bench instructions`.
//!
//! Times on a busy machine say little; instructions hardly vary. Each job runs once, on one thread, under valgrind's callgrind.
//! The record is `benches/instructions.txt`; a job that takes more than [`MOST`] times that is a regression, and the exit code says
//! so. `-- record` writes the record anew, as another version of the compiler or of a dependency can ask for.

#[path = "speed/texts.rs"]
mod texts;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::{fs, io};

use texts::Language;

/// How many times its record a job may take. Hashes are seeded anew in every run, which alone makes some thousandths.
const MOST: f64 = 1.02;

/// By how many millions the start of a process varies, with the lengths of paths and the seeds of hashes.
const SLACK: f64 = 0.2;

const RECORD: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/instructions.txt");

fn main() -> io::Result<ExitCode> {
    let anew = std::env::args().any(|argument| argument == "record");
    let folder = tempfile::tempdir()?;
    let recorded = fs::read_to_string(RECORD).unwrap_or_default();
    let record_of = |name: &str| {
        let line = recorded.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('\t'));
        line.and_then(|millions| millions.parse::<f64>().ok())
    };
    let (mut written, mut regressed) = (String::new(), false);
    for (name, arguments) in jobs(folder.path())? {
        let millions = match instructions(&arguments, folder.path()) {
            Ok(millions) => millions,
            Err(said) => {
                eprintln!("{name}: {said}");
                return Ok(ExitCode::FAILURE);
            }
        };
        written += &format!("{name}\t{millions:.3}\n");
        let record = record_of(name);
        let is_too_many = record.is_none_or(|record| millions > record * MOST + SLACK);
        let said = match record {
            None => "no record".to_owned(),
            Some(record) => {
                format!("{:.3} of the record{}", millions / record, if is_too_many { "  TOO MANY" } else { "" })
            }
        };
        regressed |= is_too_many;
        println!("{name:<28} {millions:>9.1} million  {said}");
    }
    if anew {
        fs::write(RECORD, written)?;
    }
    Ok(if regressed && !anew { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What is counted: comparing texts of every kind, and the way to a first screen.
fn jobs(folder: &Path) -> io::Result<Vec<(&'static str, Vec<String>)>> {
    let language = Language::of_articles()?;
    let write = |name: &str, texts: &[String]| texts::write(folder, name, texts);
    let five = texts::five_articles()?;
    let words = |arguments: &[&str], files: &[PathBuf]| -> Vec<String> {
        let files = files.iter().map(|file| file.to_string_lossy().into_owned());
        arguments.iter().map(|&argument| argument.to_owned()).chain(files).collect()
    };
    let compare = ["compare", "--format", "json"];
    Ok(vec![
        ("help", words(&["--help"], &[])),
        ("screen of five articles", words(&["screen", "--size", "120x40"], &five)),
        ("five articles", words(&compare, &five)),
        ("far 10k", words(&compare, &write("far", &language.far(10_000))?)),
        ("near 10k", words(&compare, &write("near", &language.near(10_000))?)),
        ("20 articles of 500 words", words(&compare, &write("many", &language.many(20, 500))?)),
    ])
}

/// The instructions that the program executes, in millions.
fn instructions(arguments: &[String], folder: &Path) -> Result<f64, String> {
    let run = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null", env!("CARGO_BIN_EXE_crossread")])
        .args(arguments)
        .current_dir(folder)
        .env("RAYON_NUM_THREADS", "1")
        .env("XDG_DATA_HOME", folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .output();
    let run = run.map_err(|error| format!("valgrind does not run ({error}); it is a package of that name"))?;
    let said = String::from_utf8_lossy(&run.stderr);
    if !run.status.success() {
        return Err(format!("the program fails: {said}"));
    }
    let count = said.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse::<f64>().ok());
    count.map(|count| count / 1e6).ok_or_else(|| format!("valgrind counted nothing: {said}"))
}
