//! The order in which articles are worked on, and back to the order in which they were given.
//!
//! Invariant: working in one order whatever order is given makes the comparison symmetric by construction, down to the last
//! digit of a sum; only the way back may know the given order.

use super::types::{Claim, ClaimIndex, Comparison, Divergence, Link, LinkIndex};
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
    let key = |link: &Link| (link.a.article, link.b.article, link.a.span, link.b.span);
    sort_links(&mut comparison.links, &mut comparison.divergences, key);
}

/// Sorts links by their passages, in place since books have many, and joins those between the same; divergences go with theirs.
pub(super) fn sort_links<K: Ord>(links: &mut Vec<Link>, divergences: &mut [Divergence], key: impl Fn(&Link) -> K) {
    let mut order: Vec<u32> = (0u32..).take(links.len()).collect();
    order.sort_by_key(|&at| key(&links[at as usize]));
    let mut place = vec![0u32; links.len()];
    (0u32..).zip(&order).for_each(|(rank, &at)| place[at as usize] = rank);
    let mut left = place.clone();
    for at in 0..left.len() {
        while left[at] as usize != at {
            let to = left[at] as usize;
            links.swap(at, to);
            left.swap(at, to);
        }
    }
    // How many before each are joined with the one before them.
    let mut joined = 0;
    for at in 0..links.len() {
        joined += u32::from(at > 0 && key(&links[at]) == key(&links[at - 1]));
        left[at] = joined;
    }
    links.dedup_by(|next, kept| {
        let same = key(next) == key(kept);
        kept.score = if same { kept.score.max(next.score) } else { kept.score };
        same
    });
    for LinkIndex(link) in divergences.iter_mut().map(|divergence| &mut divergence.link) {
        let rank = place[*link as usize];
        *link = rank - left[rank as usize];
    }
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
