//! The rows of the table of claims: what the comparison grouped, told once.
//!
//! A claim is found between passages of any length, so the same statement comes as several claims whose passages lie within each
//! other. A row gathers those that begin on the same words of the first source that tells them.
//!
//! Must never draw or sort for the screen. Invariant: every claim that sources share stands in one row, and the passages of a row
//! do not overlap.

use std::collections::BTreeMap;

use super::listing::ClaimRow;
use crate::compare::{Agreement, Claim, Comparison, Divergence, LinkIndex, Relation};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, Passage, SentenceIndex};

/// Claims that say the same.
struct Gathered {
    /// The words of the first source that tells them.
    first: Passage,
    claims: Vec<usize>,
}

/// A row for every claim that sources share, those of the first source first.
pub fn shared(comparison: &Comparison, articles: &[Article]) -> Vec<ClaimRow> {
    let gathered: Vec<Gathered> = gather(comparison, articles);
    let mut row_of: BTreeMap<usize, usize> = BTreeMap::new();
    for (row, gathered) in gathered.iter().enumerate() {
        row_of.extend(gathered.claims.iter().map(|claim| (*claim, row)));
    }
    let mut rows: Vec<ClaimRow> = gathered.iter().map(|gathered| row(comparison, articles, gathered)).collect();
    let row_of_link = |link: LinkIndex| {
        let claim = comparison.links.get(link.0 as usize)?.claim.0 as usize;
        row_of.get(&claim).copied()
    };
    for link in &comparison.links {
        let Some(row) = row_of.get(&(link.claim.0 as usize)).and_then(|row| rows.get_mut(*row)) else { continue };
        let agreement = if link.relation == Relation::Verbatim { Agreement::Same } else { Agreement::Reworded };
        raise(row, [link.a, link.b], agreement);
        row.by_hand |= link.relation == Relation::ByHand;
    }
    for divergence in &comparison.divergences {
        let Some(row) = row_of_link(divergence.link).and_then(|row| rows.get_mut(row)) else { continue };
        raise(row, [divergence.a, divergence.b], Agreement::Diverges);
        count(row, divergence);
    }
    rows
}

fn raise(row: &mut ClaimRow, passages: [Passage; 2], agreement: Agreement) {
    for passage in passages {
        if let Some(cell) = row.cells.get_mut(passage.article.index()) {
            *cell = (*cell).max(Some(agreement));
        }
    }
}

fn count(row: &mut ClaimRow, divergence: &Divergence) {
    row.divergences += 1;
    if !row.kinds.contains(&divergence.kind) {
        row.kinds.push(divergence.kind);
        row.kinds.sort_unstable();
    }
}

/// The rows being gathered, and where their passages stand.
struct Gathering<'a> {
    articles: &'a [Article],
    rows: Vec<Gathered>,
    /// By sentence: the passages in it, each with its row.
    passages: BTreeMap<(ArticleIndex, SentenceIndex), Vec<(ByteSpan, usize)>>,
}

/// Claims that say the same, in the order of their first passages.
fn gather(comparison: &Comparison, articles: &[Article]) -> Vec<Gathered> {
    // What is left of a group whose passages of other sources went to other claims is no claim.
    let shared = |claim: &&Claim| claim.members.iter().any(|member| member.article != claim.members[0].article);
    let mut claims: Vec<(usize, &Claim)> =
        comparison.claims.iter().enumerate().filter(|(_, claim)| shared(claim)).collect();
    claims.sort_by(|(_, one), (_, other)| one.members.cmp(&other.members));
    let mut gathering = Gathering { articles, rows: Vec::new(), passages: BTreeMap::new() };
    for (at, claim) in claims {
        gathering.take(at, claim);
    }
    gathering.rows
}

impl Gathering<'_> {
    fn take(&mut self, at: usize, claim: &Claim) {
        let Some(first) = claim.members.first().copied() else { return };
        let row = self.row_of(claim).unwrap_or(self.rows.len());
        match self.rows.get_mut(row) {
            Some(gathered) => {
                if gathered.first.article == first.article && gathered.first.span.shared(first.span) > 0 {
                    gathered.first.span.end = gathered.first.span.end.max(first.span.end);
                }
                gathered.claims.push(at);
            }
            None => self.rows.push(Gathered { first, claims: vec![at] }),
        }
        for member in &claim.members {
            let place = self.place(*member);
            self.passages.entry(place).or_default().push((member.span, row));
        }
    }

    /// The row that says the same: its first words are those of the claim, or two sources say both in the same words.
    fn row_of(&self, claim: &Claim) -> Option<usize> {
        let first = *claim.members.first()?;
        let same = |row: &usize| {
            let theirs = self.rows[*row].first;
            theirs.article == first.article && overlap(theirs.span, first.span)
        };
        if let Some(row) = self.rows_on(first).find(same) {
            return Some(row);
        }
        let in_others = |row: &usize| {
            let other =
                |member: &&Passage| member.article != first.article && self.rows_on(**member).any(|on| on == *row);
            claim.members.iter().any(|member| other(&member))
        };
        self.rows_on(first).find(in_others)
    }

    /// The rows with a passage on the same words.
    fn rows_on(&self, passage: Passage) -> impl Iterator<Item = usize> {
        let there = self.passages.get(&self.place(passage)).map_or(&[][..], Vec::as_slice);
        there.iter().filter(move |(span, _)| overlap(*span, passage.span)).map(|(_, row)| *row)
    }

    fn place(&self, passage: Passage) -> (ArticleIndex, SentenceIndex) {
        let article = self.articles.get(passage.article.index());
        let sentence = article.and_then(|article| article.text.sentence_at(passage.span.start));
        (passage.article, sentence.unwrap_or_default())
    }
}

/// Whether two passages of one source share half of the shorter.
fn overlap(one: ByteSpan, other: ByteSpan) -> bool {
    2 * one.shared(other) >= one.len().min(other.len())
}

fn row(comparison: &Comparison, articles: &[Article], gathered: &Gathered) -> ClaimRow {
    let claims = gathered.claims.iter().filter_map(|claim| comparison.claims.get(*claim));
    let mut members: Vec<Passage> = claims.flat_map(|claim| claim.members.iter().copied()).collect();
    members.sort_unstable();
    members.dedup();
    let mut apart: Vec<Passage> = Vec::with_capacity(members.len());
    for member in members {
        match apart.last_mut() {
            Some(last) if last.article == member.article && member.span.start < last.span.end => {
                last.span.end = last.span.end.max(member.span.end);
            }
            _ => apart.push(member),
        }
    }
    let has = |at: usize| apart.iter().any(|member| member.article == ArticleIndex::new(at));
    let cells = (0..articles.len()).map(|at| has(at).then_some(Agreement::Same)).collect();
    ClaimRow { members: apart, shown: 0, cells, divergences: 0, kinds: Vec::new(), by_hand: false }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Options, compare};
    use crate::source::sample;

    #[test]
    fn every_shared_claim_of_the_sample_stands_in_a_row_and_no_row_overlaps_itself() {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        let rows = shared(&comparison, &articles);
        let holds = |row: &ClaimRow, member: &Passage| {
            let within =
                |own: &Passage| own.article == member.article && own.span.shared(member.span) == member.span.len();
            row.members.iter().any(within)
        };
        for claim in comparison.claims.iter().filter(|claim| claim.articles.len() > 1) {
            assert!(rows.iter().any(|row| claim.members.iter().all(|member| holds(row, member))), "{claim:?}");
        }
        for row in &rows {
            let apart = |pair: &[Passage]| pair[0].article != pair[1].article || pair[0].span.end <= pair[1].span.start;
            assert!(row.members.windows(2).all(apart), "{row:?}");
            assert!(row.support() > 1);
        }
        assert!(2 * rows.len() < comparison.claims.len(), "what is said once is told once");
    }
}
