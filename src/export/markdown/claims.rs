//! The claims table: claims down, sources across, a mark in each cell.

use std::fmt::Write;

use super::escape::clipped;
use crate::compare::Comparison;
use crate::export::matrix;
use crate::source::Article;
use crate::text::ArticleIndex;

/// The longest wording of a claim in the table, in characters.
const WORDING: usize = 100;

/// The table as a section of its own; `None` when no claim is told by two sources.
pub(super) fn table(articles: &[Article], comparison: &Comparison) -> Option<String> {
    let rows = matrix::rows(articles, comparison);
    if rows.is_empty() {
        return None;
    }
    let letters: Vec<_> = (0..articles.len()).map(|at| ArticleIndex::new(at).letter()).collect();
    let mut table =
        format!("## Claims\n\n| claim | {} |\n| --- |{}", letters.join(" | "), " :-: |".repeat(letters.len()));
    for row in rows {
        let wording = articles[row.wording.article.index()].text.slice(row.wording.span);
        // Writing to a string does not fail.
        let _ = write!(table, "\n| {} |", clipped(wording, WORDING));
        for cell in &row.cells {
            let _ = write!(table, " {} |", cell.as_ref().map_or("", |cell| matrix::sign(cell.agreement)));
        }
    }
    table.push_str(
        "\n\n`=` word for word as in another source · `~` in other words · `≠` something differs · empty: not there",
    );
    Some(table)
}
