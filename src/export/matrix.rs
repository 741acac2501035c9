//! The table that teachers and lawyers draw by hand: claims down, sources across, a mark in each cell.
//!
//! Invariant: a row for every claim that two sources tell, in the order of the comparison; a cell for every source.

use crate::compare::{Agreement, ClaimIndex, Comparison, Relation};
use crate::source::Article;
use crate::text::{ArticleIndex, Passage};

/// A claim and how each source tells it.
#[derive(Debug, Clone)]
pub(super) struct Row {
    /// Which claim.
    pub(super) claim: ClaimIndex,
    /// Its wording in the first source that has it.
    pub(super) wording: Passage,
    /// For every source how it tells the claim; `None` where it does not.
    pub(super) cells: Vec<Option<Cell>>,
}

/// How one source tells a claim.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// The mark.
    pub(super) agreement: Agreement,
    /// Its wordings, in order.
    pub(super) wordings: Vec<Passage>,
}

impl Row {
    /// How many sources tell it.
    pub(super) fn told(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// Whether anything in it differs.
    pub(super) fn diverges(&self) -> bool {
        self.cells.iter().flatten().any(|cell| cell.agreement == Agreement::Diverges)
    }
}

/// All rows.
pub(super) fn rows(articles: &[Article], comparison: &Comparison) -> Vec<Row> {
    let claims = (0_u32..).zip(&comparison.claims).filter(|(_, claim)| claim.articles.len() > 1);
    let row = |(index, claim): (u32, &crate::compare::Claim)| {
        let claim_index = ClaimIndex(index);
        let cells = (0..articles.len()).map(ArticleIndex::new).map(|article| {
            let of_source = |member: &&Passage| member.article == article;
            let wordings: Vec<Passage> = claim.members.iter().filter(of_source).copied().collect();
            let agreement = agreement(comparison, claim_index, article);
            (!wordings.is_empty()).then_some(Cell { agreement, wordings })
        });
        Some(Row { claim: claim_index, wording: *claim.members.first()?, cells: cells.collect() })
    };
    claims.filter_map(row).collect()
}

fn agreement(comparison: &Comparison, claim: ClaimIndex, article: ArticleIndex) -> Agreement {
    let of_claim =
        |link: &&crate::compare::Link| link.claim == claim && (link.a.article == article || link.b.article == article);
    let diverges = comparison.divergences.iter().any(|divergence| {
        let link = comparison.links.get(divergence.link.0 as usize);
        link.is_some_and(|link| of_claim(&link))
    });
    if diverges {
        Agreement::Diverges
    } else if comparison.links.iter().filter(of_claim).all(|link| link.relation == Relation::Verbatim) {
        Agreement::Same
    } else {
        Agreement::Reworded
    }
}

/// The sign of a mark in exports.
pub(super) fn sign(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::OnlyHere => "·",
        Agreement::Same => "=",
        Agreement::Reworded => "~",
        Agreement::Diverges => "≠",
    }
}

/// The mark in words.
pub(super) fn words(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::OnlyHere => "only here",
        Agreement::Same => "word for word",
        Agreement::Reworded => "in other words",
        Agreement::Diverges => "something differs",
    }
}
