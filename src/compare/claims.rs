//! Links grouped over all articles: one claim, told by k of N sources.
//!
//! Must never make or drop a link. Invariant: the claim of a link holds both its passages. Groups are joined along the
//! strongest links first, and only while most of the pairs they bring together are linked (average linkage), so that a
//! long sentence with many claims does not fuse them all into one.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::types::{Claim, ClaimIndex, Link};
use crate::text::Passage;

/// The share of the pairs between two groups (of different articles) that must be linked for the groups to be one claim.
const LINKED: f32 = 0.5;

/// Groups links and writes each link's claim into it. Passages of one article are one member when they share most of the
/// longer. A link between two groups that were not joined is a claim of its own. Claims are sorted by their first member.
pub(super) fn group(links: &mut [Link]) -> Vec<Claim> {
    group_apart(links, |_, _| false)
}

/// The same, but two passages that are to stay `apart` never come into one claim.
pub(super) fn group_apart(links: &mut [Link], apart: impl Fn(Passage, Passage) -> bool) -> Vec<Claim> {
    let passages = distinct(links);
    let place = |passage: &Passage| passages.binary_search(passage).unwrap_or(0);
    let ends: Vec<(usize, usize)> = links.iter().map(|link| (place(&link.a), place(&link.b))).collect();
    let mut groups = Groups::new(&passages, &ends);
    let mut strongest: Vec<usize> = (0..links.len()).collect();
    strongest.sort_by(|&x, &y| links[y].score.total_cmp(&links[x].score).then(x.cmp(&y)));
    for link in strongest {
        groups.join_along(ends[link], &apart);
    }
    let mut members: Vec<Vec<usize>> = groups.members.iter().filter(|group| group.len() > 1).cloned().collect();
    members.extend(ends.iter().filter(|end| groups.of[end.0] != groups.of[end.1]).map(|end| vec![end.0, end.1]));
    members.iter_mut().for_each(|group| group.sort_unstable());
    members.sort();
    members.dedup();
    let mut own = HashMap::new();
    let mut group_of = vec![0u32; groups.members.len()];
    for (index, group) in (0u32..).zip(&members) {
        if groups.of[group[0]] == groups.of[group[group.len() - 1]] {
            group_of[groups.of[group[0]]] = index;
        } else {
            own.insert((group[0], group[1]), index);
        }
    }
    for (link, &(a, b)) in links.iter_mut().zip(&ends) {
        let pair = (a.min(b), a.max(b));
        link.claim = ClaimIndex(own.get(&pair).copied().unwrap_or(group_of[groups.of[a]]));
    }
    members.iter().map(|group| claim(group, &passages)).collect()
}

fn claim(group: &[usize], passages: &[Passage]) -> Claim {
    let members: Vec<Passage> = group.iter().map(|&at| passages[at]).collect();
    let mut articles: Vec<_> = members.iter().map(|passage| passage.article).collect();
    articles.dedup();
    Claim { members, articles }
}

fn distinct(links: &[Link]) -> Vec<Passage> {
    let mut passages: Vec<Passage> = links.iter().flat_map(|link| [link.a, link.b]).collect();
    passages.sort_unstable();
    passages.dedup();
    passages
}

/// Groups of passages.
struct Groups<'g> {
    passages: &'g [Passage],
    linked: HashSet<(usize, usize)>,
    /// The group of each passage.
    of: Vec<usize>,
    members: Vec<Vec<usize>>,
}

impl<'g> Groups<'g> {
    /// Every passage alone, but for those of one article that are nearly the same.
    fn new(passages: &'g [Passage], ends: &[(usize, usize)]) -> Self {
        let linked = ends.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
        let mut groups = Self {
            passages,
            linked,
            of: (0..passages.len()).collect(),
            members: (0..passages.len()).map(|at| vec![at]).collect(),
        };
        for (at, passage) in passages.iter().enumerate() {
            let later = passages[at + 1..]
                .iter()
                .take_while(|other| other.article == passage.article && other.span.start < passage.span.end);
            for (other, near) in (at + 1..).zip(later) {
                if 2 * passage.span.shared(near.span) > passage.span.len().max(near.span.len()) {
                    groups.join(at, other);
                }
            }
        }
        groups
    }

    /// Joins the groups of a link's ends where enough of what they bring together is linked.
    fn join_along(&mut self, (a, b): (usize, usize), apart: &impl Fn(Passage, Passage) -> bool) {
        let (mine, theirs) = (self.of[a], self.of[b]);
        if mine == theirs {
            return;
        }
        let (mut pairs, mut linked) = (0.0f32, 0.0f32);
        for &x in &self.members[mine] {
            for &y in &self.members[theirs] {
                if apart(self.passages[x], self.passages[y]) {
                    return;
                }
                if self.passages[x].article != self.passages[y].article {
                    pairs += 1.0;
                    linked += f32::from(u8::from(self.linked.contains(&(x, y))));
                }
            }
        }
        if linked >= LINKED * pairs {
            self.join(a, b);
        }
    }

    fn join(&mut self, a: usize, b: usize) {
        let (kept, gone) = (self.of[a].min(self.of[b]), self.of[a].max(self.of[b]));
        if kept != gone {
            let moved = std::mem::take(&mut self.members[gone]);
            moved.iter().for_each(|&at| self.of[at] = kept);
            self.members[kept].extend(moved);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Relation;
    use crate::text::{ArticleIndex, ByteSpan};

    fn link((a, at): (usize, usize), (b, there): (usize, usize), score: f32) -> Link {
        let passage = |article, at: usize| Passage {
            article: ArticleIndex::new(article),
            span: ByteSpan::new(at * 10, at * 10 + 9),
        };
        Link {
            a: passage(a, at),
            b: passage(b, there),
            relation: Relation::Reworded,
            score,
            moved: false,
            claim: ClaimIndex(0),
            why: String::new(),
        }
    }

    fn sizes(links: &mut [Link]) -> Vec<usize> {
        group(links).iter().map(|claim| claim.members.len()).collect()
    }

    #[test]
    fn three_sources_that_all_agree_are_one_claim() {
        let mut links = [link((0, 1), (1, 1), 0.9), link((0, 1), (2, 1), 0.9), link((1, 1), (2, 1), 0.9)];
        assert_eq!(sizes(&mut links), [3]);
        assert!(links.iter().all(|link| link.claim == ClaimIndex(0)));
    }

    #[test]
    fn one_weak_link_does_not_fuse_two_claims() {
        let mut links = [
            link((0, 1), (1, 1), 0.9),
            link((0, 1), (2, 1), 0.9),
            link((1, 1), (2, 1), 0.9),
            link((0, 5), (1, 5), 0.9),
            link((0, 5), (2, 5), 0.9),
            link((1, 5), (2, 5), 0.9),
            link((0, 1), (1, 5), 0.4),
        ];
        let claims = group(&mut links);
        assert_eq!(claims.iter().map(|claim| claim.members.len()).collect::<Vec<_>>(), [3, 2, 3]);
        for link in &links {
            let members = &claims[link.claim.0 as usize].members;
            assert!(members.contains(&link.a) && members.contains(&link.b));
        }
    }
}
