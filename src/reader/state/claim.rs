//! A row of the table of claims, and all that it says: every wording, and in what the sources part.
//!
//! Must never draw. Invariant: a row tells each difference once, with what every source of it says, side by side.

use super::super::rows::rows_of_stretch;
use super::super::theme::Role;
use super::passage::{LABEL, Material, PanelRow, PassagePanel, wording};
use crate::compare::{Agreement, Divergence, DivergenceKind, GatheredClaim};
use crate::export::words::kind_word;
use crate::text::{ArticleIndex, ByteSpan, Column, Passage};

/// A row of the table: a claim that sources share, or a sentence that only one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimRow {
    /// The passages that carry it, in order.
    pub members: Vec<Passage>,
    /// Which of them is shown: the first that holds the words wanted.
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

/// One thing of which sources say different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing.
    pub kind: DivergenceKind,
    /// Where each value stands, and the value in normal form; in the order of the sources.
    pub sides: Vec<(Passage, String)>,
}

impl From<GatheredClaim<'_>> for ClaimRow {
    fn from(claim: GatheredClaim) -> Self {
        let (divergences, by_hand) = (claim.divergences.len(), claim.by_hand());
        let differences = differences(&claim.divergences);
        Self { members: claim.members, shown: 0, cells: claim.cells, divergences, differences, by_hand }
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

impl Difference {
    /// The values side by side: `figure: A 14 injured · B 17 injured`.
    pub fn words(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        for (passage, value) in &self.sides {
            let one = format!("{} {value}", passage.article.letter());
            if !said.contains(&one) {
                said.push(one);
            }
        }
        format!("{}: {}", kind_word(self.kind), said.join(" · "))
    }

    fn meets(&self, divergence: &Divergence) -> bool {
        let has = |wanted: Passage| {
            let sides = || self.sides.iter().map(|(passage, _)| *passage);
            sides().any(|side| side.article == wanted.article && (side.span.shared(wanted.span) > 0 || side == wanted))
        };
        self.kind == divergence.kind && (has(divergence.a) || has(divergence.b))
    }
}

/// Divergences of one kind that share a passage are about one thing.
fn differences(divergences: &[&Divergence]) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for divergence in divergences {
        let sides = [(divergence.a, divergence.why_a.clone()), (divergence.b, divergence.why_b.clone())];
        match found.iter_mut().find(|difference| difference.meets(divergence)) {
            Some(difference) => difference.sides.extend(sides),
            None => found.push(Difference { kind: divergence.kind, sides: sides.to_vec() }),
        }
    }
    for difference in &mut found {
        difference.sides.sort();
        difference.sides.dedup();
    }
    found.sort_by(|one, other| (one.kind, &one.sides).cmp(&(other.kind, &other.sides)));
    found
}

/// In what the sources of a claim part, and under it the claim as every source words it, wrapped.
pub fn panel(row: &ClaimRow, material: &Material<'_>) -> PassagePanel {
    let all = material.articles.len();
    let title = match (row.support(), row.members.first()) {
        (1, Some(only)) => format!("only in {}", only.article.letter()),
        (support, _) => format!("this claim, {support} of {all} sources"),
    };
    let mut rows: Vec<PanelRow> = Vec::new();
    for difference in &row.differences {
        let words = format!("differs in {}", difference.words());
        let room = Column(material.width.0.saturating_sub(LABEL + 1));
        let lines = rows_of_stretch(&words, ByteSpan::new(0, words.len()), room);
        rows.extend(lines.map(|line| {
            let words = line.of(&words).trim_end().to_owned();
            PanelRow::Remark { role: Role::Diverges, words, article: None }
        }));
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::LinkIndex;

    fn divergence(a: (usize, usize, &str), b: (usize, usize, &str), kind: DivergenceKind) -> Divergence {
        let side = |(article, start, _): (usize, usize, &str)| Passage {
            article: ArticleIndex::new(article),
            span: ByteSpan::new(start, start + 4),
        };
        let (why_a, why_b) = (a.2.to_owned(), b.2.to_owned());
        Divergence { kind, a: side(a), b: side(b), link: LinkIndex(0), why_a, why_b }
    }

    #[test]
    fn what_sources_say_of_one_thing_stands_side_by_side_and_other_things_apart() {
        let number = DivergenceKind::Number;
        let found = [
            divergence((0, 10, "14"), (1, 20, "17"), number),
            divergence((1, 20, "17"), (2, 30, "14"), number),
            divergence((0, 90, "40 minutes"), (1, 80, "70 minutes"), number),
            divergence((0, 50, "Monday"), (1, 50, "Wednesday"), DivergenceKind::Date),
        ];
        let words: Vec<String> = differences(&found.iter().collect::<Vec<_>>()).iter().map(Difference::words).collect();
        let expected =
            ["figure: A 14 · B 17 · C 14", "figure: A 40 minutes · B 70 minutes", "date: A Monday · B Wednesday"];
        assert_eq!(words, expected);
    }
}
