//! Links grouped over all articles: one claim, told by k of N sources.
//!
//! Must never make or drop a link. Invariant: every link belongs to exactly one claim, the one that holds both its passages.

use super::types::{Claim, ClaimIndex, Link};
use crate::text::Passage;

/// Groups links and writes each link's claim into it. Passages of one article are one member when they share half of the
/// shorter; a link joins the members it connects. Claims are sorted by their first member.
pub(super) fn group(links: &mut [Link]) -> Vec<Claim> {
    let mut passages: Vec<Passage> = links.iter().flat_map(|link| [link.a, link.b]).collect();
    passages.sort_unstable();
    passages.dedup();
    let mut groups = Groups { parent: (0..passages.len()).collect() };
    for (at, passage) in passages.iter().enumerate() {
        let later = passages[at + 1..]
            .iter()
            .take_while(|other| other.article == passage.article && other.span.start < passage.span.end);
        for (other, near) in (at + 1..).zip(later) {
            if 2 * passage.span.shared(near.span) >= passage.span.len().min(near.span.len()) {
                groups.join(at, other);
            }
        }
    }
    let place = |passage: &Passage| passages.binary_search(passage).unwrap_or(0);
    for link in links.iter() {
        groups.join(place(&link.a), place(&link.b));
    }
    let mut claims: Vec<Claim> = Vec::new();
    let mut claim_of = vec![None; passages.len()];
    for (at, &passage) in passages.iter().enumerate() {
        let root = groups.root(at);
        let index = *claim_of[root].get_or_insert_with(|| {
            claims.push(Claim { members: Vec::new(), articles: Vec::new() });
            claims.len() - 1
        });
        let claim = &mut claims[index];
        claim.members.push(passage);
        if claim.articles.last() != Some(&passage.article) {
            claim.articles.push(passage.article);
        }
    }
    for link in links {
        let index = claim_of[groups.root(place(&link.a))].unwrap_or(0);
        link.claim = ClaimIndex(u32::try_from(index).unwrap_or(u32::MAX));
    }
    claims
}

/// Disjoint sets.
struct Groups {
    parent: Vec<usize>,
}

impl Groups {
    fn root(&mut self, mut at: usize) -> usize {
        while self.parent[at] != at {
            self.parent[at] = self.parent[self.parent[at]];
            at = self.parent[at];
        }
        at
    }

    /// Joins two sets; the smaller root stays, so that the outcome does not depend on the order of the calls.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.parent[a.max(b)] = a.min(b);
    }
}
