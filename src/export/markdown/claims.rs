//! The claims table: claims down, sources across, a mark in each cell.

use std::fmt::Write;

use super::escape::clipped;
use crate::compare::{ClaimIndex, Comparison, Relation};
use crate::source::Article;
use crate::text::ArticleIndex;

/// The longest wording of a claim in the table, in characters.
const WORDING: usize = 100;

/// The table as a section of its own; `None` when no claim is told by two sources.
pub(super) fn table(articles: &[Article], comparison: &Comparison) -> Option<String> {
    let shared: Vec<_> = (0_u32..).zip(&comparison.claims).filter(|(_, claim)| claim.articles.len() > 1).collect();
    if shared.is_empty() {
        return None;
    }
    let letters: Vec<_> = (0..articles.len()).map(|at| ArticleIndex::new(at).letter()).collect();
    let mut table =
        format!("## Claims\n\n| claim | {} |\n| --- |{}", letters.join(" | "), " :-: |".repeat(letters.len()));
    for (index, claim) in shared {
        let wording = claim.members.first().map(|member| articles[member.article.index()].text.slice(member.span));
        // Writing to a string does not fail.
        let _ = write!(table, "\n| {} |", clipped(wording.unwrap_or_default(), WORDING));
        for article in (0..articles.len()).map(ArticleIndex::new) {
            let mark =
                if claim.articles.contains(&article) { mark(comparison, ClaimIndex(index), article) } else { "" };
            let _ = write!(table, " {mark} |");
        }
    }
    table.push_str(
        "\n\n`=` word for word as in another source · `~` in other words · `≠` something differs · empty: not there",
    );
    Some(table)
}

fn mark(comparison: &Comparison, claim: ClaimIndex, article: ArticleIndex) -> &'static str {
    let of_claim =
        |link: &&crate::compare::Link| link.claim == claim && (link.a.article == article || link.b.article == article);
    let diverges = comparison.divergences.iter().any(|divergence| {
        let link = comparison.links.get(divergence.link.0 as usize);
        link.is_some_and(|link| of_claim(&link))
    });
    if diverges {
        "≠"
    } else if comparison.links.iter().filter(of_claim).all(|link| link.relation == Relation::Verbatim) {
        "="
    } else {
        "~"
    }
}
