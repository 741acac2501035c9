//! `crossread compare`.

use super::arguments::{Compare, Format};
use super::{Outcome, output, sources};
use crate::compare::{Options, compare as compare_articles};
use crate::export;
use crate::source::Opener;

/// Prints a comparison of at least two articles.
pub(super) fn compare(asked: &Compare, opener: &Opener) -> anyhow::Result<Outcome> {
    let articles = match sources::open(&asked.sources, opener, 2) {
        Ok(articles) => articles,
        Err(outcome) => return Ok(outcome),
    };
    let comparison = compare_articles(&articles, &Options::default());
    output::print(&match asked.format {
        Format::Text => export::text::report(&articles, &comparison),
        Format::Json => export::json::comparison(&articles, &comparison),
    })
}
