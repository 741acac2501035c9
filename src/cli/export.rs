//! `crossread export`: the notes on the articles as Markdown, to standard output or into a file.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use atomic_write_file::AtomicWriteFile;

use super::arguments::Export;
use super::{Outcome, Settings, output, sources};
use crate::compare::{Options, compare};
use crate::export::{markdown, write_between_markers};
use crate::notes::link::Placed;
use crate::notes::{Note, Store, anchor};
use crate::source::Article;

/// Writes the notes on the articles.
pub(super) fn export(asked: &Export, settings: &Settings) -> anyhow::Result<Outcome> {
    let articles = match sources::open(&asked.sources, &settings.opener, 1) {
        Ok(articles) => articles,
        Err(outcome) => return Ok(outcome),
    };
    let store = Store::open(&settings.notes)?;
    let matched = compare(&articles, &Options::default());
    let comparison = Placed::find(store.links(), &articles).overrule(&matched, &articles);
    let document = markdown::notes(&articles, &comparison, store.notes());
    say_what_is_left_out(store.notes(), &articles);
    let Some(path) = &asked.output else { return output::print(&document) };
    write(path, &document, asked.force)?;
    Ok(Outcome::Done)
}

fn say_what_is_left_out(notes: &[Note], articles: &[Article]) {
    let open =
        |note: &&Note| note.passages.iter().any(|passage| anchor::article_of(&passage.source, articles).is_some());
    let written = notes.iter().filter(open).count();
    match notes.len() - written {
        0 => {}
        left => output::complain(&format!("{written} notes on these sources; {left} on other sources are left out")),
    }
}

/// Writes an export into a file: between its markers where there are some, whole where there is nothing or `force` is given.
fn write(path: &Path, document: &str, force: bool) -> anyhow::Result<()> {
    let shown = path.display();
    let existing = match std::fs::read_to_string(path) {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        // What is no text was certainly not written here.
        Err(error) if error.kind() == std::io::ErrorKind::InvalidData && force => None,
        Err(error) => return Err(error).with_context(|| format!("{shown}: cannot be read")),
    };
    let content = match write_between_markers(existing.as_deref(), document) {
        Ok(content) => content,
        Err(_) if force => write_between_markers(None, document)?,
        Err(error) => anyhow::bail!("{shown}: {error}; it is left as it is (--force writes over it)"),
    };
    // Through a link to the file itself: replacing the link would cut it.
    let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let save = || -> std::io::Result<()> {
        let mut file = AtomicWriteFile::open(&real)?;
        file.write_all(content.as_bytes())?;
        file.commit()
    };
    save().with_context(|| format!("{shown}: cannot be written"))
}
