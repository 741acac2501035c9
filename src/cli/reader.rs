//! `crossread ARTICLE…` and `crossread demo`: opens the reader.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use super::arguments::About;
use super::{Outcome, Settings, Usage, output, sources};
use crate::reader::{self, Ending, ReaderError, Ready, Session};
use crate::source::{Place, Sample, Wanted};

/// Opens the reader on the sources that words name.
pub(super) fn open(articles: &[PathBuf], about: &About, settings: &Settings) -> anyhow::Result<Outcome> {
    need_terminal("ARTICLE…")?;
    open_wanted(sources::wanted(articles, about)?, settings)
}

/// Opens the reader on sources, with a picture of how far each is while that takes long.
pub(super) fn open_wanted(wanted: Vec<Wanted>, settings: &Settings) -> anyhow::Result<Outcome> {
    need_terminal("ARTICLE…")?;
    let typed = wanted.iter().any(|wanted| wanted.place == Place::StandardInput) && io::stdin().is_terminal();
    let opening = settings.opener.begin(wanted);
    // Made ready beside the opening.
    let mut ready = Ready::new(&settings.config, &settings.notes)?;
    // What is typed is typed before the reader takes the keys.
    let opened =
        if typed { Some(opening.finish()) } else { reader::loading::wait(opening, &settings.config, &mut ready)? };
    let Some(opened) = opened else { return Ok(outcome(ready.ending())) };
    let mut opened = opened.without_copies();
    if opened.articles.is_empty() {
        drop(ready);
        sources::say(&opened);
        output::complain("none of the sources could be opened");
        return Ok(Outcome::Found);
    }
    let (articles, said) = (std::mem::take(&mut opened.articles), std::mem::take(&mut opened.said));
    let failures = opened.failures.iter().map(ToString::to_string).chain(opened.remarks.iter().cloned()).collect();
    let read = read(Session { articles, said, failures, ..session(settings) }, ready);
    // Nothing is said over the reader's screen.
    sources::say(&opened);
    read
}

/// Opens the reader on the sample, by settings that are read meanwhile.
pub(super) fn demo(sample: Sample, settings: impl FnOnce() -> anyhow::Result<Settings>) -> anyhow::Result<Outcome> {
    need_terminal("--demo")?;
    let settings = settings()?;
    let mut ready = Ready::new(&settings.config, &settings.notes)?;
    ready.enter(&settings.config).and_then(|()| ready.listen()).map_err(ReaderError::Terminal)?;
    let articles = sample.finish().ok_or_else(|| anyhow::anyhow!("the sample cannot be read"))?;
    read(Session { articles, ..session(&settings) }, ready)
}

/// A session without sources.
fn session(settings: &Settings) -> Session {
    Session {
        articles: Vec::new(),
        said: Vec::new(),
        failures: Vec::new(),
        notes_path: settings.notes.clone(),
        opener: settings.opener.clone(),
        config: settings.config.clone(),
    }
}

/// Hands the sources over to the reader.
fn read(session: Session, ready: Ready) -> anyhow::Result<Outcome> {
    Ok(outcome(reader::run(session, ready)?))
}

fn outcome(ending: Ending) -> Outcome {
    match ending {
        Ending::Asked => Outcome::Done,
        Ending::Signal(signal) => Outcome::Signal(signal),
    }
}

/// The reader draws on the terminal; elsewhere the linear report serves.
fn need_terminal(sources: &str) -> Result<(), Usage> {
    let term = std::env::var("TERM").ok();
    match no_reader_because(io::stdout().is_terminal(), term.as_deref()) {
        None => Ok(()),
        Some(why) => Err(Usage(format!(
            "the reader needs a terminal, and {why}; use: crossread compare {sources} --format text"
        ))),
    }
}

/// Why the reader does not open, if it does not. Where TERM is not set at all, as on Windows, nothing speaks against it; set to
/// nothing, it says that the terminal can do nothing.
fn no_reader_because(terminal: bool, term: Option<&str>) -> Option<&'static str> {
    match (terminal, term) {
        (false, _) => Some("standard output is not one"),
        (true, Some("dumb")) => Some("TERM is dumb"),
        (true, Some("")) => Some("TERM is empty"),
        (true, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_opens_on_a_terminal_that_can_draw() {
        assert_eq!(no_reader_because(true, Some("xterm")), None);
        assert_eq!(no_reader_because(true, None), None);
        assert_eq!(no_reader_because(true, Some("dumb")), Some("TERM is dumb"));
        assert_eq!(no_reader_because(true, Some("")), Some("TERM is empty"));
        assert_eq!(no_reader_because(false, Some("xterm")), Some("standard output is not one"));
    }
}
