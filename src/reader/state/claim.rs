//! A row of the table of claims, and all that it says: every wording, and in what the sources part.
//!
//! Must never draw. Invariant: a row tells each difference once, with what every source of it says, side by side.

use super::super::theme::Role;
use super::passage::{Material, PanelRow, PassagePanel, differs_in, wording};
use crate::compare::{Agreement, DivergenceKind, GatheredClaim};
use crate::export::difference::{Difference, differences};
use crate::text::{ArticleIndex, ByteSpan, Passage};

/// A row of the table: a claim that sources share, or a sentence that only one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// The passages that carry it, in order.
    pub members: Vec<Passage>,
    /// Which of them is shown: the one around which the claim was gathered, or the first that holds the words wanted.
    pub shown: usize,
    /// For every source the mark in its cell; `None` where the source has it not.
    pub cells: Vec<Option<Agreement>>,
    /// How many divergences were found in it.
    pub divergences: usize,
    /// In what its sources part.
    pub differences: Vec<Difference>,
    /// Whether a link made by hand carries it.
    pub by_hand: bool,
}

impl From<GatheredClaim<'_>> for ClaimRow {
    fn from(claim: GatheredClaim) -> Self {
        let (divergences, by_hand) = (claim.divergences.len(), claim.by_hand());
        let differences = differences(&claim.divergences);
        let covers =
            |member: &Passage| member.article == claim.middle.article && member.span.shared(claim.middle.span) > 0;
        let shown = claim.members.iter().position(covers).unwrap_or(0);
        Self { members: claim.members, shown, cells: claim.cells, divergences, differences, by_hand }
    }
}

impl ClaimRow {
    /// A sentence that only one source has.
    pub fn alone(passage: Passage, sources: usize) -> Self {
        let here = |other: usize| (other == passage.article.index()).then_some(Agreement::OnlyHere);
        let cells = (0..sources).map(here).collect();
        Self { members: vec![passage], shown: 0, cells, divergences: 0, differences: Vec::new(), by_hand: false }
    }

    /// How many sources have it.
    pub fn support(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// The kinds in which its sources part, each once.
    pub fn kinds(&self) -> Vec<DivergenceKind> {
        let mut kinds: Vec<DivergenceKind> = self.differences.iter().map(|difference| difference.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }
}

/// In what the sources of a claim part, and under it the claim as every source words it, wrapped.
pub fn panel(row: &ClaimRow, material: &Material<'_>) -> PassagePanel {
    let all = material.articles.len();
    let title = match (row.support(), row.members.first()) {
        (1, Some(only)) => format!("only in {}", only.article.letter()),
        (support, _) => format!("this claim, {support} of {all} sources"),
    };
    let mut rows: Vec<PanelRow> = Vec::new();
    rows.extend(row.differences.iter().flat_map(|difference| differs_in(material, difference)));
    for article in (0..all).map(ArticleIndex::new) {
        let Some(agreement) = row.cells.get(article.index()).copied().flatten() else {
            rows.push(PanelRow::Remark { role: Role::Quiet, words: "not in it".to_owned(), article: Some(article) });
            continue;
        };
        let sides = row.differences.iter().flat_map(|difference| &difference.sides);
        let marks: Vec<(ByteSpan, Role)> =
            sides.filter(|(side, _)| side.article == article).map(|(side, _)| (side.span, Role::Diverging)).collect();
        for member in row.members.iter().filter(|member| member.article == article) {
            rows.extend(wording(material, *member, agreement, &marks));
        }
    }
    PassagePanel::of(title, rows, material.width)
}
