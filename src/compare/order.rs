//! The order in which articles are worked on, and back to the order in which they were given.
//!
//! Invariant: working in one order whatever order is given makes the comparison symmetric by construction, down to the last
//! digit of a sum; only the way back may know the given order.

use super::types::{Claim, ClaimIndex, Comparison, LinkIndex};
use crate::source::Article;
use crate::text::{ArticleIndex, Passage};

/// The articles by their texts' hashes.
pub(super) fn canonical(articles: &[Article]) -> Vec<ArticleIndex> {
    let mut order: Vec<_> = (0..articles.len()).map(ArticleIndex::new).collect();
    order.sort_by(|x, y| articles[x.index()].sha256.cmp(&articles[y.index()].sha256).then(x.cmp(y)));
    order
}

/// For each article its place in an order: the way there, where the order is the way back.
pub(super) fn places(order: &[ArticleIndex]) -> Vec<ArticleIndex> {
    let mut places = order.to_vec();
    for (place, article) in order.iter().enumerate() {
        places[article.index()] = ArticleIndex::new(place);
    }
    places
}

/// Maps every article index back to the order given, with the smaller article as `a`, and sorts.
pub(super) fn restore(comparison: &mut Comparison, order: &[ArticleIndex]) {
    claims(comparison, order);
    links(comparison, order);
    divergences(comparison, order);
}

fn claims(comparison: &mut Comparison, order: &[ArticleIndex]) {
    let mut renamed: Vec<(Claim, usize)> = Vec::with_capacity(comparison.claims.len());
    for (at, mut claim) in std::mem::take(&mut comparison.claims).into_iter().enumerate() {
        claim.members.iter_mut().for_each(|member| member.article = order[member.article.index()]);
        claim.articles.iter_mut().for_each(|article| *article = order[article.index()]);
        claim.members.sort_unstable();
        claim.articles.sort_unstable();
        renamed.push((claim, at));
    }
    renamed.sort_by(|(one, _), (other, _)| one.members.cmp(&other.members));
    let mut rank = vec![ClaimIndex(0); renamed.len()];
    for (new, (_, at)) in (0u32..).zip(&renamed) {
        rank[*at] = ClaimIndex(new);
    }
    comparison.links.iter_mut().for_each(|link| link.claim = rank[link.claim.0 as usize]);
    comparison.claims = renamed.into_iter().map(|(claim, _)| claim).collect();
}

fn links(comparison: &mut Comparison, order: &[ArticleIndex]) {
    for link in &mut comparison.links {
        (link.a, link.b) = in_order(link.a, link.b, order);
    }
    let links = &comparison.links;
    let mut by_place: Vec<usize> = (0..links.len()).collect();
    by_place.sort_by_key(|&at| (links[at].a.article, links[at].b.article, links[at].a.span, links[at].b.span));
    let mut rank = vec![LinkIndex(0); links.len()];
    for (new, &at) in (0u32..).zip(&by_place) {
        rank[at] = LinkIndex(new);
    }
    comparison.links = by_place.iter().map(|&at| links[at].clone()).collect();
    comparison.divergences.iter_mut().for_each(|divergence| divergence.link = rank[divergence.link.0 as usize]);
}

fn divergences(comparison: &mut Comparison, order: &[ArticleIndex]) {
    for divergence in &mut comparison.divergences {
        let swapped = order[divergence.a.article.index()] > order[divergence.b.article.index()];
        (divergence.a, divergence.b) = in_order(divergence.a, divergence.b, order);
        if swapped {
            std::mem::swap(&mut divergence.why_a, &mut divergence.why_b);
        }
    }
    comparison.divergences.sort_by_key(|divergence| (divergence.a, divergence.b, divergence.kind, divergence.link));
}

fn in_order(mut a: Passage, mut b: Passage, order: &[ArticleIndex]) -> (Passage, Passage) {
    a.article = order[a.article.index()];
    b.article = order[b.article.index()];
    if a.article < b.article { (a, b) } else { (b, a) }
}
