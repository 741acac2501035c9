//! The reader's own links laid over those of the matcher.
//!
//! Must never look at what the matcher made of the pair: the reader overrules it. Invariant: of the links between two passages
//! that were joined or parted by hand only the hand's own is left, and the order of the articles changes nothing else.

use foldhash::{HashMap, HashMapExt};

use super::prepare::Corpus;
use super::types::{ClaimIndex, Comparison, Divergence, Link, LinkIndex, Relation};
use super::{backbone, claims, divergence, model, order};
use crate::source::Article;
use crate::text::Passage;

/// The reason that a link made by hand gives.
pub const BY_HAND: &str = "linked by hand";

/// What the reader says of two passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Judgement {
    /// They carry one claim.
    Made,
    /// They do not, whatever the matcher found.
    Removed,
}

/// Two passages of different articles, and what the reader says of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandLink {
    /// One passage.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// Whether they carry one claim.
    pub judgement: Judgement,
}

impl HandLink {
    /// Whether it speaks of these two passages, in either order: each shares at least half of the shorter with one of its own.
    pub fn covers(&self, a: Passage, b: Passage) -> bool {
        meets(self.a, a) && meets(self.b, b) || meets(self.a, b) && meets(self.b, a)
    }
}

/// Whether two passages share at least half of the shorter.
fn meets(one: Passage, other: Passage) -> bool {
    let shared = one.span.shared(other.span);
    one.article == other.article && shared > 0 && 2 * shared >= one.span.len().min(other.span.len())
}

/// The comparison with the reader's links in the place of the matcher's: what was removed is gone, what was made is there with
/// its divergences, claims and backbones are those of the links that are left. Of two that speak of the same passages the later
/// holds. Deterministic, and symmetric as comparing is.
pub fn overrule(comparison: &Comparison, articles: &[Article], by_hand: &[HandLink]) -> Comparison {
    let mut result = comparison.clone();
    let known = |passage: Passage| passage.article.index() < articles.len();
    let sound = |hand: &&HandLink| hand.a.article != hand.b.article && known(hand.a) && known(hand.b);
    let mut by_hand: Vec<HandLink> = by_hand.iter().filter(sound).copied().collect();
    if by_hand.is_empty() {
        return result;
    }
    let order = order::canonical(articles);
    let places = order::places(&order);
    order::restore(&mut result, &places);
    for hand in &mut by_hand {
        hand.a.article = places[hand.a.article.index()];
        hand.b.article = places[hand.b.article.index()];
    }
    let made = made(&by_hand);
    let found = if made.is_empty() {
        Vec::new()
    } else {
        let ordered: Vec<&Article> = order.iter().map(|index| &articles[index.index()]).collect();
        divergence::divergences(&made, &Corpus::new(&ordered), &model::shipped().divergences)
    };
    let spoken_of = |link: &Link| by_hand.iter().any(|hand| hand.covers(link.a, link.b));
    lay_over(&mut result, spoken_of, (made, found));
    let parted: Vec<&HandLink> = last_said(&by_hand, Judgement::Removed).collect();
    let apart = |a: Passage, b: Passage| parted.iter().any(|hand| hand.covers(a, b));
    result.claims = claims::group_apart(&mut result.links, apart);
    order::restore(&mut result, &order);
    result.backbones = backbone::backbones(&order, &result.links);
    backbone::mark_moved(&mut result);
    result
}

/// Those that say so and of whose passages nothing was said later.
fn last_said(by_hand: &[HandLink], judgement: Judgement) -> impl Iterator<Item = &HandLink> {
    let stands = move |(at, hand): &(usize, &HandLink)| {
        hand.judgement == judgement && !by_hand[at + 1..].iter().any(|later| later.covers(hand.a, hand.b))
    };
    by_hand.iter().enumerate().filter(stands).map(|(_, hand)| hand)
}

/// The links made by hand that hold.
fn made(by_hand: &[HandLink]) -> Vec<Link> {
    let made = last_said(by_hand, Judgement::Made);
    made.map(|hand| Link {
        a: hand.a.min(hand.b),
        b: hand.a.max(hand.b),
        relation: Relation::ByHand,
        score: 1.0,
        moved: false,
        claim: ClaimIndex(0),
        why: BY_HAND.to_owned(),
    })
    .collect()
}

/// Where a link comes from: its place among the matcher's or among those made by hand.
#[derive(Clone, Copy)]
enum Origin {
    Matcher(LinkIndex),
    Hand(LinkIndex),
}

/// Leaves out the links that were spoken of, with their divergences, and puts the made ones in their places.
fn lay_over(result: &mut Comparison, gone: impl Fn(&Link) -> bool, (made, found): (Vec<Link>, Vec<Divergence>)) {
    let matched = (0u32..).zip(std::mem::take(&mut result.links)).filter(|(_, link)| !gone(link));
    let mut links: Vec<(Link, Origin)> = matched.map(|(at, link)| (link, Origin::Matcher(LinkIndex(at)))).collect();
    links.extend((0u32..).zip(made).map(|(at, link)| (link, Origin::Hand(LinkIndex(at)))));
    links.sort_by_key(|(link, _)| (link.a, link.b));
    let mut from_matcher = HashMap::new();
    let mut from_hand = HashMap::new();
    for (place, (_, origin)) in (0u32..).zip(&links) {
        match origin {
            Origin::Matcher(at) => from_matcher.insert(*at, LinkIndex(place)),
            Origin::Hand(at) => from_hand.insert(*at, LinkIndex(place)),
        };
    }
    let moved = |divergence: Divergence, places: &HashMap<LinkIndex, LinkIndex>| {
        places.get(&divergence.link).map(|&link| Divergence { link, ..divergence })
    };
    let kept = std::mem::take(&mut result.divergences).into_iter().filter_map(|kept| moved(kept, &from_matcher));
    let new = found.into_iter().filter_map(|found| moved(found, &from_hand));
    result.divergences = kept.chain(new).collect();
    result.links = links.into_iter().map(|(link, _)| link).collect();
}

/// What a link weighs on the backbone beside its score: one made by hand as much as three of the matcher's surest, so that it
/// beats what it contradicts nearby, and one across a whole story does not undo the story's order.
pub(super) fn weight(link: &Link) -> f32 {
    if link.relation == Relation::ByHand { 3.0 } else { 0.05 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Agreement, DivergenceKind, Options, compare, sentence_marks};
    use crate::source::{Metadata, Origin};
    use crate::text::{ArticleIndex, ByteSpan, Text};

    const STORIES: [&str; 3] = [
        "A barge hit the swing bridge on Tuesday. The skipper was breathalysed by police. \
         About 40 households were left without heating. The council will meet on Friday.",
        "A barge struck the swing bridge on Tuesday. Officers tested the captain for drink. \
         Some 60 families froze that night. Trains were late in the north.",
        "The swing bridge was hit by a barge on Tuesday. Repairs will take six weeks.",
    ];

    fn article(at: usize) -> Article {
        Article {
            metadata: Metadata::default(),
            origin: Origin::StandardInput,
            text: Text::new(STORIES[at].to_owned()),
            sha256: format!("{:02}", (at * 7) % 3),
        }
    }

    fn stories(order: &[usize]) -> Vec<Article> {
        order.iter().map(|&at| article(at)).collect()
    }

    /// A passage by its words, wherever it stands.
    fn passage(articles: &[Article], words: &str) -> Passage {
        let found = articles.iter().enumerate().find_map(|(at, article)| {
            let start = article.text.content().find(words)?;
            Some(Passage { article: ArticleIndex::new(at), span: ByteSpan::new(start, start + words.len()) })
        });
        found.unwrap()
    }

    fn hand(articles: &[Article], a: &str, b: &str, judgement: Judgement) -> HandLink {
        HandLink { a: passage(articles, a), b: passage(articles, b), judgement }
    }

    const COLD: (&str, &str) = ("About 40 households were left without heating.", "Some 60 families froze that night.");
    const HIT: (&str, &str) =
        ("A barge hit the swing bridge on Tuesday.", "A barge struck the swing bridge on Tuesday.");

    fn joining<'c>(comparison: &'c Comparison, hand: &HandLink) -> Vec<&'c Link> {
        comparison.links.iter().filter(|link| hand.covers(link.a, link.b)).collect()
    }

    #[test]
    fn a_link_made_by_hand_is_there_with_its_claim_its_divergence_and_its_place_on_the_backbone() {
        let articles = stories(&[0, 1, 2]);
        let matched = compare(&articles, &Options::default());
        let made = hand(&articles, COLD.0, COLD.1, Judgement::Made);
        let result = overrule(&matched, &articles, &[made]);
        let [link] = joining(&result, &made)[..] else { panic!("{:?}", joining(&result, &made)) };
        assert_eq!((link.relation, link.why.as_str(), link.moved), (Relation::ByHand, "linked by hand", false));
        assert_eq!(
            result.claims[link.claim.0 as usize].members.iter().filter(|m| **m == link.a || **m == link.b).count(),
            2
        );
        let number = result.divergences.iter().find(|divergence| divergence.kind == DivergenceKind::Number).unwrap();
        assert_eq!(result.links[number.link.0 as usize].a, link.a);
        let marks = sentence_marks(&result, &articles);
        assert_eq!((marks[0][2].support, marks[0][2].agreement), (2, Agreement::Diverges));
        let on_backbone = result.backbones[0].links.iter().any(|at| result.links[at.0 as usize].a == link.a);
        assert!(on_backbone, "{:?}", result.backbones);
    }

    #[test]
    fn a_link_removed_by_hand_is_gone_from_links_claims_and_backbone() {
        let articles = stories(&[0, 1, 2]);
        let matched = compare(&articles, &Options::default());
        let removed = hand(&articles, HIT.0, HIT.1, Judgement::Removed);
        assert!(!joining(&matched, &removed).is_empty());
        let result = overrule(&matched, &articles, &[removed]);
        assert!(joining(&result, &removed).is_empty());
        assert_eq!(result.links.len() + joining(&matched, &removed).len(), matched.links.len());
        for (index, link) in (0u32..).zip(&result.links) {
            let members = &result.claims[link.claim.0 as usize].members;
            assert!(members.contains(&link.a) && members.contains(&link.b));
            let backbone = result.backbones.iter().find(|backbone| backbone.links.contains(&LinkIndex(index)));
            assert!(backbone.is_none_or(|backbone| (backbone.a, backbone.b) == (link.a.article, link.b.article)));
        }
        assert!(result.divergences.iter().all(|found| (found.link.0 as usize) < result.links.len()));
        for claim in &result.claims {
            let parted = |a: &Passage| claim.members.iter().any(|b| removed.covers(*a, *b));
            assert!(!claim.members.iter().any(parted), "another source brings them together: {claim:?}");
        }
    }

    #[test]
    fn what_was_said_last_holds() {
        let articles = stories(&[0, 1, 2]);
        let matched = compare(&articles, &Options::default());
        let (made, removed) =
            (hand(&articles, COLD.0, COLD.1, Judgement::Made), hand(&articles, COLD.1, COLD.0, Judgement::Removed));
        assert_eq!(joining(&overrule(&matched, &articles, &[removed, made]), &made).len(), 1);
        assert!(joining(&overrule(&matched, &articles, &[made, removed]), &made).is_empty());
        assert_eq!(joining(&overrule(&matched, &articles, &[made, made]), &made).len(), 1);
    }

    #[test]
    fn nothing_said_by_hand_changes_nothing() {
        let articles = stories(&[0, 1, 2]);
        let matched = compare(&articles, &Options::default());
        let within = hand(&articles, HIT.0, COLD.0, Judgement::Made);
        for by_hand in [&[][..], &[within]] {
            assert_eq!(format!("{:?}", overrule(&matched, &articles, by_hand)), format!("{matched:?}"));
        }
    }

    #[test]
    fn laying_nothing_new_over_the_links_finds_the_claims_and_backbones_again() {
        let articles = stories(&[2, 0, 1]);
        let matched = compare(&articles, &Options::default());
        // Nothing links these two, so that parting them leaves all links.
        let apart = hand(&articles, "The council will meet on Friday.", "Trains were late", Judgement::Removed);
        assert!(joining(&matched, &apart).is_empty());
        assert_eq!(format!("{:?}", overrule(&matched, &articles, &[apart])), format!("{matched:?}"));
    }

    #[test]
    fn the_order_of_the_articles_changes_nothing_else() {
        let said = |order: &[usize]| {
            let articles = stories(order);
            let by_hand =
                [hand(&articles, COLD.0, COLD.1, Judgement::Made), hand(&articles, HIT.0, HIT.1, Judgement::Removed)];
            let result = overrule(&compare(&articles, &Options::default()), &articles, &by_hand);
            let words = |passage: Passage| articles[passage.article.index()].text.slice(passage.span).to_owned();
            let pair = |a: Passage, b: Passage| (words(a).min(words(b)), words(a).max(words(b)));
            let mut links: Vec<_> =
                result.links.iter().map(|link| (pair(link.a, link.b), link.moved, link.why.clone())).collect();
            let mut divergences: Vec<_> =
                result.divergences.iter().map(|found| (found.kind, pair(found.a, found.b))).collect();
            let mut claims: Vec<Vec<String>> =
                result.claims.iter().map(|claim| claim.members.iter().map(|member| words(*member)).collect()).collect();
            claims.iter_mut().for_each(|claim| claim.sort());
            links.sort();
            divergences.sort();
            claims.sort();
            (links, divergences, claims)
        };
        let first = said(&[0, 1, 2]);
        for order in [[0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            assert_eq!(said(&order), first);
        }
    }
}
