//! The rows of the table of claims: what the comparison grouped, told once.
//!
//! A claim is found between passages of any length, so the same statement comes as several claims whose passages lie within each
//! other. A row gathers those that begin on the same words of the first source that tells them.
//!
//! Must never draw or sort for the screen. Invariant: every claim that sources share stands in one row, and the passages of a row
//! do not overlap.

use std::collections::BTreeMap;

use super::listing::ClaimRow;
use crate::compare::{Agreement, Comparison, Divergence, LinkIndex, Relation};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, Passage, SentenceIndex};

/// Claims whose passages in their first source overlap.
struct Gathered {
    /// The words of the first source that tells them.
    span: ByteSpan,
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

/// Claims by the sentence of their first source, and within it by overlapping words.
fn gather(comparison: &Comparison, articles: &[Article]) -> Vec<Gathered> {
    let mut by_sentence: BTreeMap<(ArticleIndex, SentenceIndex), Vec<(ByteSpan, usize)>> = BTreeMap::new();
    for (at, claim) in comparison.claims.iter().enumerate() {
        let Some(first) = claim.members.first() else { continue };
        // What is left of a group whose passages of other sources went to other claims is no claim.
        if claim.members.iter().all(|member| member.article == first.article) {
            continue;
        }
        let sentence =
            articles.get(first.article.index()).and_then(|article| article.text.sentence_at(first.span.start));
        let place = (first.article, sentence.unwrap_or_default());
        by_sentence.entry(place).or_default().push((first.span, at));
    }
    let mut gathered: Vec<Gathered> = Vec::new();
    for mut claims in by_sentence.into_values() {
        claims.sort_unstable();
        let mut open: Vec<Gathered> = Vec::new();
        for (span, claim) in claims {
            let within =
                |gathered: &&mut Gathered| 2 * gathered.span.shared(span) >= gathered.span.len().min(span.len());
            match open.iter_mut().find(within) {
                Some(gathered) => {
                    gathered.span.end = gathered.span.end.max(span.end);
                    gathered.claims.push(claim);
                }
                None => open.push(Gathered { span, claims: vec![claim] }),
            }
        }
        gathered.append(&mut open);
    }
    gathered
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
