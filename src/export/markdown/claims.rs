//! The claims table: claims down, sources across, a mark in each cell.

use std::fmt::Write;

use super::escape::{clipped, inline};
use crate::compare::GatheredClaim;
use crate::export::agreement;
use crate::export::difference::{Difference, differences};
use crate::source::Article;
use crate::text::ArticleIndex;

/// The longest wording of a claim in the table, in characters.
const WORDING: usize = 100;

/// The table as a section of its own; `None` when no claim is told by two sources.
pub(super) fn table(articles: &[Article], claims: &[GatheredClaim]) -> Option<String> {
    if claims.is_empty() {
        return None;
    }
    let letters: Vec<_> = (0..articles.len()).map(|at| ArticleIndex::new(at).letter()).collect();
    let mut table = format!(
        "## Claims\n\n| claim | {} | differs in |\n| --- |{} --- |",
        letters.join(" | "),
        " :-: |".repeat(letters.len())
    );
    for claim in claims {
        let (article, span) = (claim.middle.article, claim.middle.span);
        let words = articles.get(article.index()).map_or("", |article| article.text.slice(span));
        // Writing to a string does not fail.
        let _ = write!(table, "\n| {} |", clipped(words, WORDING));
        for cell in &claim.cells {
            let _ = write!(table, " {} |", cell.map_or("", agreement::sign));
        }
        let differences: Vec<String> = differences(&claim.divergences).iter().map(Difference::words).collect();
        let _ = write!(table, " {} |", inline(&differences.join("; ")));
    }
    table.push_str(
        "\n\n`=` word for word as in another source · `~` in other words · `≠` something differs · empty: not there",
    );
    Some(table)
}
