//! `crossread compare`.

use super::arguments::{Compare, Format};
use super::{Outcome, output, sources};
use crate::compare::Comparison;
use crate::compare::{Options, compare as compare_articles};
use crate::export;
use crate::source::Article;
use crate::text::display;

/// Prints a comparison of at least two articles.
pub(super) fn compare(asked: &Compare) -> anyhow::Result<Outcome> {
    let articles = match sources::open(&asked.sources, 2) {
        Ok(articles) => articles,
        Err(outcome) => return Ok(outcome),
    };
    let comparison = compare_articles(&articles, &Options::default());
    output::print(&match asked.format {
        Format::Text => report(&articles, &comparison),
        Format::Json => export::json::comparison(&articles, &comparison),
    })
}

/// Every claim that several sources tell, in each one's words.
fn report(articles: &[Article], comparison: &Comparison) -> String {
    let mut lines = String::new();
    for claim in comparison.claims.iter().filter(|claim| claim.articles.len() > 1) {
        lines.push_str(&format!("{} of {} sources\n", claim.articles.len(), articles.len()));
        for member in &claim.members {
            let words = articles[member.article.index()].text.slice(member.span);
            lines.push_str(&format!("  {} {}\n", member.article.letter(), display::line(words)));
        }
    }
    lines
}
