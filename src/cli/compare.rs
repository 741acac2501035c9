//! `crossread compare`.

use std::path::Path;

use super::arguments::{Compare, Format};
use super::{Outcome, output, sources};
use crate::compare::{Comparison, Options, compare as compare_articles};
use crate::export::{self, Material};
use crate::notes::Store;
use crate::notes::link::Placed;
use crate::source::{Article, Opener};
use crate::text::display::count;

/// Prints a comparison of at least two articles, with the links by hand in the notes file laid over it.
pub(super) fn compare(asked: &Compare, opener: &Opener, notes: Option<&Path>) -> anyhow::Result<Outcome> {
    let Some(articles) = sources::open(&asked.sources, opener, 2)? else { return Ok(Outcome::Found) };
    let comparison = overruled(compare_articles(&articles, &Options::default()), &articles, notes);
    output::print(&match asked.format {
        Format::Text => export::text::report(&articles, &comparison),
        Format::Json => export::json::comparison(&articles, &comparison),
        Format::Html => export::html::page(&Material { articles: &articles, comparison: &comparison, notes: &[] }),
        Format::Markdown => export::markdown::comparison(&articles, &comparison),
    })
}

/// The comparison as the reader's links by hand have it; a notes file that cannot be read is said and left out.
fn overruled(matched: Comparison, articles: &[Article], notes: Option<&Path>) -> Comparison {
    let Some(path) = notes else { return matched };
    let store = match Store::open(path) {
        Ok(store) => store,
        Err(problem) => {
            output::complain(&format!("links by hand are left out: {problem}"));
            return matched;
        }
    };
    let placed = Placed::find(store.links(), articles);
    let tally = placed.tally();
    if tally.made + tally.removed > 0 {
        let (made, removed) = (count(tally.made, "link"), count(tally.removed, "link"));
        let said = match (tally.made, tally.removed) {
            (_, 0) => format!("{made} made"),
            (0, _) => format!("{removed} removed"),
            _ => format!("{made} made and {removed} removed"),
        };
        output::complain(&format!("{said} by hand, as {} has them", path.display()));
    }
    placed.overrule(&matched, articles)
}
