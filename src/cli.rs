//! The command line: what can be asked for, and how each question ends.
//!
//! Must never write what a file says to a terminal as it is, and never panic on a closed pipe. Invariant: exit codes are
//! stable: 0 done; 1 nothing (or too little) could be opened, the work failed, or `notes check` found a note that is not
//! placed; 2 the question itself is wrong; 128 and a signal's number where that ended the reader.

mod arguments;
mod compare;
mod export;
mod feed;
mod notes;
mod output;
mod reader;
mod screen;
mod sources;

use std::path::Path;
use std::process::ExitCode;

use clap::Parser;

use crate::config::{Config, ConfigError};
use crate::reader::ReaderError;
use crate::reader::keymap::{Keymap, KeymapError};
use crate::source::{Cache, Opener, Sample};
use crate::text::display;
use arguments::{Arguments, Command, Deferred};

/// How a question that could be answered ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// Exit code 0.
    Done,
    /// Exit code 1: too little could be opened, or a check found something. What it is has been said.
    Found,
    /// A signal of this number ended the reader; exit code 128 and that number, as shells know it.
    Signal(i32),
}

/// A question that makes no sense; exit code 2.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct Usage(String);

/// Reads the process's arguments, does what they ask for and answers the exit code.
pub fn main() -> ExitCode {
    // What a library says when it fails may hold words of a source.
    std::panic::set_hook(Box::new(|panic| output::complain(&format!("a fault of the program: {panic}"))));
    // Nothing before the first screen of the demo takes longer than reading the sample, so it begins before the question is understood.
    let sample = std::env::args_os().nth(1).is_some_and(|first| first == "demo").then(Sample::begin);
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            say(&error);
            return code(error.exit_code());
        }
    };
    match run(arguments, sample) {
        Ok(Outcome::Done) => code(0),
        Ok(Outcome::Found) => code(1),
        Ok(Outcome::Signal(signal)) => code(128 + signal),
        Err(error) if output::is_closed_pipe(&error) => code(0),
        Err(error) => {
            output::complain(&error.to_string());
            code(if is_of_the_question(&error) { 2 } else { 1 })
        }
    }
}

/// Says what is wrong with the arguments, or the help that was asked for. The library repeats arguments as they are, so they are
/// read again as a terminal may have them.
fn say(error: &clap::Error) {
    let shown = std::env::args_os().map(|argument| display::line(&argument.to_string_lossy()));
    match Arguments::try_parse_from(shown) {
        // Help on a closed pipe is nobody's loss.
        Err(error) => drop(error.print()),
        // Wrong by nothing but what nobody sees.
        Ok(_) => output::complain(&error.to_string()),
    }
}

/// Whether it is the arguments or the settings that make no sense.
fn is_of_the_question(error: &anyhow::Error) -> bool {
    let settings = error.is::<ConfigError>() || error.is::<KeymapError>();
    error.is::<Usage>() || settings || error.downcast_ref::<ReaderError>().is_some_and(ReaderError::is_of_settings)
}

fn code(code: i32) -> ExitCode {
    ExitCode::from(u8::try_from(code).unwrap_or(1))
}

/// Does what is asked for, with the sample where its reading has begun.
fn run(arguments: Arguments, sample: Option<Sample>) -> anyhow::Result<Outcome> {
    let Some(command) = arguments.command else {
        return reader::open(&arguments.articles, &arguments.about, &Settings::load(&arguments.settings)?);
    };
    let settings = || Settings::load(&arguments.settings);
    match command {
        Command::Demo => reader::demo(sample.unwrap_or_else(Sample::begin), settings),
        Command::Compare(Deferred(asked)) => {
            let config = config(&arguments.settings)?;
            let notes = config.notes_file(arguments.settings.notes.as_deref());
            // Without a home folder no page is kept, and nothing else is missed.
            let opener = opener(&arguments.settings, &config, notes.as_deref())?;
            compare::compare(&asked, &opener, notes.as_deref())
        }
        Command::Feed(Deferred(asked)) => feed::feed(&asked, &settings()?),
        Command::Export(Deferred(asked)) => export::export(&asked, &settings()?),
        Command::Notes(Deferred(asked)) => notes::notes(asked, &settings()?),
        Command::Screen(Deferred(asked)) => screen::screen(&asked, settings()?),
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut arguments::listed(), "crossread", &mut script);
            output::print(&String::from_utf8_lossy(&script))
        }
        Command::Man => {
            let mut page = Vec::new();
            clap_mangen::Man::new(arguments::listed()).render(&mut page)?;
            let keys = crate::reader::manual::keys(&config(&arguments.settings)?)?;
            output::print(&format!("{}{keys}", String::from_utf8_lossy(&page)))
        }
    }
}

/// The settings in force for this question.
struct Settings {
    config: Config,
    notes: std::path::PathBuf,
    opener: Opener,
}

/// The settings files, read whole: what is wrong with the keys is wrong also where none is pressed. (With the shipped ones nothing
/// is.)
fn config(asked: &arguments::Settings) -> anyhow::Result<Config> {
    let config = Config::load(asked.config.as_deref())?;
    if !config.keys.is_empty() {
        Keymap::patched_from(&config.keys, &config.key_lines)?;
    }
    Ok(config)
}

/// How sources are opened.
fn opener(asked: &arguments::Settings, config: &Config, notes: Option<&Path>) -> anyhow::Result<Opener> {
    let mut limits = config.limits;
    for setting in &asked.limits {
        limits.set(setting).map_err(|error| Usage(error.to_string()))?;
    }
    Ok(Opener { limits, cache: notes.map(|notes| Cache::beside(notes, asked.refresh)) })
}

impl Settings {
    fn load(asked: &arguments::Settings) -> anyhow::Result<Self> {
        let config = config(asked)?;
        let notes = config.notes_file(asked.notes.as_deref());
        let notes =
            notes.ok_or_else(|| Usage("there is no home folder for notes: name a file with --notes FILE".into()))?;
        let opener = opener(asked, &config, Some(&notes))?;
        Ok(Self { config, notes, opener })
    }
}
