//! `crossread screen`: the reader's screen as a picture.

use std::path::Path;

use anyhow::Context;

use super::arguments::Screen;
use super::{Outcome, Settings, output, sources};
use crate::reader::{Session, picture};
use crate::source::Opener;

/// Draws the screen and writes it.
pub(super) fn screen(asked: &Screen, mut settings: Settings) -> anyhow::Result<Outcome> {
    let Some(articles) = sources::open(&asked.sources, &settings.opener, 1)? else { return Ok(Outcome::Found) };
    if let Some(theme) = asked.theme {
        settings.config.theme = theme.into();
    }
    let Settings { config, notes, .. } = settings;
    let session = Session {
        articles,
        said: Vec::new(),
        failures: Vec::new(),
        notes_path: notes,
        opener: Opener::default(),
        config,
    };
    let svg = picture::draw(session, asked.size, &asked.keys)?;
    match &asked.output {
        None => output::print(&svg),
        Some(path) => write(path, &svg),
    }
}

fn write(path: &Path, svg: &str) -> anyhow::Result<Outcome> {
    std::fs::write(path, svg).with_context(|| format!("{}: cannot be written", path.display()))?;
    Ok(Outcome::Done)
}
