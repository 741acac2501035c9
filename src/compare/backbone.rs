//! The monotone subset of the links of two articles: what scrolling uses.
//!
//! Must never be asked what matches; that is what links are for. Invariant: along a backbone both articles ascend strictly.

use std::ops::Range;

use super::by_hand;
use super::types::{Backbone, Comparison, Link, LinkIndex};
use crate::text::ArticleIndex;

/// One backbone for every pair of articles, in order; `links` sorted by place. Ties are broken from the article that comes
/// first in `order`, whatever order the articles were given in.
pub(super) fn backbones(order: &[ArticleIndex], links: &[Link]) -> Vec<Backbone> {
    let mut all = Vec::new();
    for a in (0..order.len()).map(ArticleIndex::new) {
        for b in (a.index() + 1..order.len()).map(ArticleIndex::new) {
            let first = order.iter().find(|&&article| article == a || article == b).copied().unwrap_or(a);
            all.push(Backbone { a, b, links: chain(a, b, first, links) });
        }
    }
    all
}

/// Where the links of two articles stand among all, sorted by place.
fn between(a: ArticleIndex, b: ArticleIndex, links: &[Link]) -> Range<usize> {
    let articles = |link: &Link| (link.a.article, link.b.article);
    links.partition_point(|link| articles(link) < (a, b))..links.partition_point(|link| articles(link) <= (a, b))
}

/// The heaviest chain of links that ascends in both articles: weight is the score and what [`by_hand::weight`] adds, so that a strong link beats two weak
/// ones that cross it. Between chains of one weight the one that ends earlier in the article `first` wins.
fn chain(a: ArticleIndex, b: ArticleIndex, first: ArticleIndex, links: &[Link]) -> Vec<LinkIndex> {
    let sides = |link: &Link| if first == a { (link.a.span, link.b.span) } else { (link.b.span, link.a.span) };
    let range = between(a, b, links);
    let mut own: Vec<_> = (range.start as u32..)
        .zip(&links[range])
        .map(|(index, link)| (sides(link), LinkIndex(index), by_hand::weight(link) + link.score))
        .collect();
    own.sort_by_key(|&((here, there), ..)| (here.start, there.start, here.end, there.end));
    let mut ends: Vec<_> = own.iter().map(|own| own.0.1.end).collect();
    ends.sort_unstable();
    ends.dedup();
    let mut best = Prefix::new(ends.len());
    let mut chains: Vec<(f32, Option<usize>)> = vec![(0.0, None); own.len()];
    let mut by_end: Vec<usize> = (0..own.len()).collect();
    by_end.sort_by_key(|&at| own[at].0.0.end);
    let mut closed = by_end.into_iter().peekable();
    for at in 0..own.len() {
        let ((here, there), _, score) = own[at];
        while let Some(done) = closed.next_if(|&done| own[done].0.0.end <= here.start) {
            best.raise(ends.partition_point(|&end| end < own[done].0.1.end), chains[done].0, done);
        }
        let (weight, before) = best.below(ends.partition_point(|&end| end <= there.start));
        chains[at] = (weight + score, before);
    }
    let mut at = (0..own.len()).max_by(|&x, &y| chains[x].0.total_cmp(&chains[y].0).then(y.cmp(&x)));
    let mut chosen = Vec::new();
    while let Some(link) = at {
        chosen.push(own[link].1);
        at = chains[link].1;
    }
    chosen.reverse();
    chosen
}

/// Prefix maxima over ranks (a Fenwick tree), so that a book's backbone costs n log n.
struct Prefix {
    tree: Vec<(f32, Option<usize>)>,
}

impl Prefix {
    fn new(ranks: usize) -> Self {
        Self { tree: vec![(0.0, None); ranks + 1] }
    }

    fn raise(&mut self, rank: usize, weight: f32, chain: usize) {
        let mut at = rank + 1;
        while at < self.tree.len() {
            if weight > self.tree[at].0 {
                self.tree[at] = (weight, Some(chain));
            }
            at += at & at.wrapping_neg();
        }
    }

    /// The heaviest chain among ranks below `rank`.
    fn below(&self, rank: usize) -> (f32, Option<usize>) {
        let (mut at, mut best) = (rank, (0.0, None));
        while at > 0 {
            if self.tree[at].0 > best.0 {
                best = self.tree[at];
            }
            at &= at - 1;
        }
        best
    }
}

/// Marks every link off its backbone as moved, unless one of its sentences' other links carries the panes past it anyway:
/// a link whose passages overlap those of a backbone link is where the panes already stand.
pub(super) fn mark_moved(comparison: &mut Comparison) {
    for backbone in &comparison.backbones {
        let kept: Vec<_> = backbone
            .links
            .iter()
            .map(|&index| (comparison.links[index.0 as usize].a, comparison.links[index.0 as usize].b))
            .collect();
        let own = between(backbone.a, backbone.b, &comparison.links);
        for link in &mut comparison.links[own] {
            let near = kept.partition_point(|(a, _)| a.span.end <= link.a.span.start);
            link.moved = !kept[near..]
                .iter()
                .take_while(|(a, _)| a.span.start < link.a.span.end)
                .any(|(a, b)| a.span.shared(link.a.span) > 0 && b.span.shared(link.b.span) > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{ClaimIndex, Relation};
    use crate::text::{ByteSpan, Passage};

    fn link(a: usize, b: usize, score: f32) -> Link {
        let passage =
            |article, at: usize| Passage { article: ArticleIndex(article), span: ByteSpan::new(at * 10, at * 10 + 9) };
        let (relation, claim) = (Relation::Reworded, ClaimIndex(0));
        Link { a: passage(0, a), b: passage(1, b), relation, score, moved: false, claim, why: String::new() }
    }

    fn chosen(links: &[Link]) -> Vec<u32> {
        backbones(&[ArticleIndex(0), ArticleIndex(1)], links)[0].links.iter().map(|link| link.0).collect()
    }

    #[test]
    fn a_crossing_link_stays_off_the_backbone() {
        assert_eq!(chosen(&[link(0, 0, 0.9), link(1, 5, 0.9), link(2, 1, 0.9), link(3, 2, 0.9)]), [0, 2, 3]);
    }

    #[test]
    fn a_strong_link_beats_a_weak_one_that_crosses_it() {
        assert_eq!(chosen(&[link(0, 3, 0.95), link(1, 0, 0.3)]), [0]);
    }

    #[test]
    fn no_links_give_an_empty_backbone() {
        assert!(chosen(&[]).is_empty());
    }

    #[test]
    fn a_backbone_ascends_strictly_in_both_articles() {
        let links: Vec<_> = (0..200).map(|i| link(i, (i * 73) % 200, ((i * 31) % 10) as f32 / 10.0)).collect();
        let chain = chosen(&links);
        assert!(chain.len() > 10);
        for pair in chain.windows(2) {
            let (x, y) = (&links[pair[0] as usize], &links[pair[1] as usize]);
            assert!(x.a.span.end <= y.a.span.start && x.b.span.end <= y.b.span.start);
        }
    }
}
