//! `crossread export`: the notes on the articles in other forms, to standard output or into a file.

use super::arguments::{Export, Form, Part};
use super::{Outcome, Settings, Usage, output, sources};
use crate::compare::{Options, compare};
use crate::export::{self, ExportError, Material, file};
use crate::notes::link::Placed;
use crate::notes::{Note, Store, anchor};
use crate::source::Article;

/// Writes the notes on the articles.
pub(super) fn export(asked: &Export, settings: &Settings) -> anyhow::Result<Outcome> {
    if asked.part == Part::Claims && matches!(asked.format, Form::JsonLd | Form::ClaimReview) {
        return Err(Usage("the claims table is written as markdown, html or csv".into()).into());
    }
    let Some(articles) = sources::open(&asked.sources, &settings.opener, 1)? else { return Ok(Outcome::Found) };
    let store = Store::open(&settings.notes)?;
    let matched = compare(&articles, &Options::default());
    let comparison = Placed::find(store.links(), &articles).overrule(&matched, &articles);
    let material = Material { articles: &articles, comparison: &comparison, notes: store.notes() };
    let document = document(asked, &material);
    if asked.part == Part::Notes {
        say_what_is_left_out(asked.format, &material);
    }
    let Some(path) = &asked.output else { return output::print(&document) };
    let shown = path.display();
    match file::write(path, &document, asked.format.file(), asked.force) {
        Ok(()) => Ok(Outcome::Done),
        Err(problem @ (ExportError::NotOurs | ExportError::Markers)) => {
            anyhow::bail!("{shown}: {problem}; it is left as it is (--force writes over it)")
        }
        Err(problem) => anyhow::bail!("{shown}: {problem}"),
    }
}

fn document(asked: &Export, material: &Material) -> String {
    let (articles, comparison) = (material.articles, material.comparison);
    match (asked.format, asked.part) {
        (Form::Markdown, Part::Notes) => export::markdown::notes(articles, comparison, material.notes),
        (Form::Markdown, Part::Claims) => export::markdown::comparison(articles, comparison),
        (Form::Html, Part::Notes) => export::html::page(material),
        (Form::Html, Part::Claims) => export::html::page(&Material { notes: &[], ..*material }),
        (Form::Csv, Part::Notes) => export::csv::notes(material),
        (Form::Csv, Part::Claims) => export::csv::claims(material),
        (Form::JsonLd, _) => export::json_ld::notes(material),
        (Form::ClaimReview, _) => export::claim_review::notes(material),
    }
}

fn say_what_is_left_out(format: Form, material: &Material) {
    let articles: &[Article] = material.articles;
    let open =
        |note: &&Note| note.passages.iter().any(|passage| anchor::article_of(&passage.source, articles).is_some());
    let written = material.notes.iter().filter(open).count();
    match material.notes.len() - written {
        0 => {}
        left => output::complain(&format!("{written} notes on these sources; {left} on other sources are left out")),
    }
    if format == Form::ClaimReview {
        match export::claim_review::left_out(material) {
            0 => {}
            left => output::complain(&format!(
                "{left} of {written} lack a web address, an author or a verdict and are left out"
            )),
        }
    }
}
