//! What the comparison grouped, told once, for tables and reports: around a passage, what other sources say to it.
//!
//! Every source tells a claim in sentences that hold other claims too, so what hangs together by links is soon the whole story.
//! A gathered claim is a star: one passage, and its likeliest counterparts in each other source. Stars are chosen greedily, the one
//! with the most sources and the surest links first (Chvátal 1979, set cover), as long as they tell a passage that none has yet. A
//! link between passages that are all told is added only where it parts or was made by hand.
//!
//! Must never sort for a screen. Invariant: every linked passage, every divergence and every link made by hand stands in a gathered
//! claim, no link in two; the passages of a gathered claim do not overlap, and the order of the articles changes nothing but the
//! order of what is told.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::types::{Agreement, Comparison, Divergence, Link, LinkIndex, Relation};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, Passage, SentenceIndex};

/// How much less sure than the surest, in thousandths, another counterpart in the same source may be to belong to a star.
const BEHIND: u32 = 300;

/// The most sentences of one source that are counterparts in a star.
const MOST: usize = 3;

/// A claim as its sources tell it.
#[derive(Debug, Clone)]
pub struct GatheredClaim<'c> {
    /// The passage around which it was gathered, which says it best.
    pub middle: Passage,
    /// The passages that carry it, sorted by place; those that overlap are joined. Never empty.
    pub members: Vec<Passage>,
    /// For every article how it tells the claim; `None` where it does not.
    pub cells: Vec<Option<Agreement>>,
    /// The links gathered in it, in the order of the comparison.
    pub links: Vec<&'c Link>,
    /// The divergences of those, in the order of the comparison.
    pub divergences: Vec<&'c Divergence>,
}

impl GatheredClaim<'_> {
    /// How many articles tell it.
    pub fn support(&self) -> usize {
        self.cells.iter().flatten().count()
    }

    /// Whether a link made by hand carries it.
    pub fn by_hand(&self) -> bool {
        self.links.iter().any(|link| link.relation == Relation::ByHand)
    }

    /// Its passages in one article, in order.
    pub fn members_of(&self, article: ArticleIndex) -> impl Iterator<Item = Passage> {
        self.members.iter().copied().filter(move |member| member.article == article)
    }

    fn raise(&mut self, passages: [Passage; 2], agreement: Agreement) {
        for passage in passages {
            if let Some(cell) = self.cells.get_mut(passage.article.index()) {
                *cell = (*cell).max(Some(agreement));
            }
        }
    }
}

/// Every claim that two articles or more share, those of the first article first; `articles` are the ones compared.
pub fn gathered_claims<'c>(comparison: &'c Comparison, articles: &[Article]) -> Vec<GatheredClaim<'c>> {
    let stars = stars(comparison, articles);
    let mut row_of = vec![None; comparison.links.len()];
    for (row, told) in stars.iter().enumerate() {
        told.links.iter().for_each(|&link| row_of[link] = Some(row));
    }
    let mut rows: Vec<GatheredClaim> =
        stars.into_iter().map(|told| row(told, &comparison.links, articles.len())).collect();
    for (link, row) in comparison.links.iter().zip(&row_of) {
        row.and_then(|row| rows.get_mut(row)).into_iter().for_each(|row| row.links.push(link));
    }
    for divergence in &comparison.divergences {
        let LinkIndex(link) = divergence.link;
        let row = row_of.get(link as usize).copied().flatten();
        let Some(row) = row.and_then(|row| rows.get_mut(row)) else { continue };
        row.raise([divergence.a, divergence.b], Agreement::Diverges);
        row.divergences.push(divergence);
    }
    rows
}

/// What a gathered claim is made of: its passages, apart; the links gathered in it, and all between them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    members: Vec<Passage>,
    middle: Passage,
    links: Vec<usize>,
    inside: Vec<usize>,
}

/// What every gathered claim is made of; sorted.
fn stars(comparison: &Comparison, articles: &[Article]) -> Vec<Told> {
    let mut sky = Sky::new(&comparison.links, articles);
    let mut stars = Vec::new();
    while sky.add_star(&mut stars) {}
    let by_hand = |(at, link): (usize, &Link)| (link.relation == Relation::ByHand).then_some(at);
    let mut needed: Vec<usize> = comparison.links.iter().enumerate().filter_map(by_hand).collect();
    needed.extend(comparison.divergences.iter().map(|divergence| divergence.link.0 as usize));
    needed.retain(|&link| sky.open.get(link).is_some_and(|open| *open));
    needed.sort_by_key(|&link| sky.order_of(link));
    needed.dedup();
    needed.into_iter().for_each(|link| sky.add_to_likeliest(link, &mut stars));
    let told = |star: Star| {
        let mut members: Vec<Passage> = star.members.iter().map(|&at| sky.passages[at]).collect();
        members.sort_unstable();
        // Of two sources neither is in the middle: the first speaks for both.
        let several = members.first().zip(members.last()).is_some_and(|(first, last)| {
            members.iter().any(|member| member.article != first.article && member.article != last.article)
        });
        let middle = if several { sky.passages[star.middle] } else { members[0] };
        Told { members: apart(&members), middle, links: star.links, inside: star.inside }
    };
    let mut stars: Vec<_> = stars.into_iter().map(told).collect();
    stars.sort();
    stars
}

/// A passage and those that are told with it, the links that are gathered in it, and all links between them.
#[derive(Debug)]
struct Star {
    middle: usize,
    members: Vec<usize>,
    links: Vec<usize>,
    inside: Vec<usize>,
}

/// The passages that are linked, by place, and what the stars chosen so far tell of them.
struct Sky {
    passages: Vec<Passage>,
    sentences: Vec<SentenceIndex>,
    /// The place of each passage in an order that the order of the articles does not change.
    ranks: Vec<usize>,
    /// The passages of each link, and how sure it is, in thousandths.
    ends: Vec<[usize; 2]>,
    scores: Vec<u32>,
    /// The links of each passage.
    links_at: Vec<Vec<usize>>,
    /// Which links stand in no star.
    open: Vec<bool>,
    /// The stars that tell each passage.
    told: Vec<Vec<usize>>,
    /// The passages that could be the middle of the next star, by what they were worth when they were last looked at.
    queue: BinaryHeap<(u32, Reverse<usize>, usize)>,
}

impl Sky {
    fn new(links: &[Link], articles: &[Article]) -> Self {
        let mut passages: Vec<Passage> = links.iter().flat_map(|link| [link.a, link.b]).collect();
        passages.sort_unstable();
        passages.dedup();
        let place = |passage: Passage| passages.binary_search(&passage).unwrap_or(0);
        let ends: Vec<[usize; 2]> = links.iter().map(|link| [place(link.a), place(link.b)]).collect();
        let mut links_at = vec![Vec::new(); passages.len()];
        for (link, ends) in ends.iter().enumerate() {
            ends.iter().for_each(|&end| links_at[end].push(link));
        }
        let article = |passage: &Passage| articles.get(passage.article.index());
        let sentence = |passage: &Passage| article(passage)?.text.sentence_at(passage.span.start);
        let name = |at: usize| (article(&passages[at]).map(|article| article.sha256.as_str()), passages[at].span);
        let mut ranked: Vec<usize> = (0..passages.len()).collect();
        ranked.sort_by_cached_key(|&at| name(at));
        let mut ranks = vec![0; passages.len()];
        ranked.iter().enumerate().for_each(|(rank, &at)| ranks[at] = rank);
        let mut sky = Self {
            sentences: passages.iter().map(|passage| sentence(passage).unwrap_or_default()).collect(),
            ranks,
            ends,
            scores: links.iter().map(|link| (link.score * 1000.0).round() as u32).collect(),
            links_at,
            open: vec![true; links.len()],
            told: vec![Vec::new(); passages.len()],
            queue: BinaryHeap::new(),
            passages,
        };
        sky.queue = (0..sky.passages.len()).map(|at| (sky.worth(at), Reverse(sky.ranks[at]), at)).collect();
        sky
    }

    /// The passages of one article that share words with one of them, it included.
    fn meeting(&self, at: usize) -> impl Iterator<Item = usize> {
        let own = self.passages[at];
        let beside = move |other: &usize| {
            self.passages[*other].article == own.article && self.sentences[*other] == self.sentences[at]
        };
        let before = (0..at).rev().take_while(beside);
        let after = (at..self.passages.len()).take_while(beside);
        before.chain(after).filter(move |&other| self.passages[other].span.shared(own.span) > 0)
    }

    /// The links from a passage and from those of its article that say the same, each with the passage at its other end.
    fn links_of(&self, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let same = move |other: &usize| alike(self.passages[at].span, self.passages[*other].span);
        let links = move |here: usize| self.links_at[here].iter().map(move |&link| (link, self.other_end(link, here)));
        self.meeting(at).filter(same).flat_map(links)
    }

    fn other_end(&self, link: usize, here: usize) -> usize {
        let [a, b] = self.ends[link];
        if a == here { b } else { a }
    }

    /// Whether a link stands in no star and one of its passages in none either.
    fn is_news(&self, link: usize) -> bool {
        self.open[link] && self.ends[link].iter().any(|&end| self.told[end].is_empty())
    }

    /// What a star around a passage would bring: the surest news from every other article, in thousandths.
    fn worth(&self, at: usize) -> u32 {
        let mut surest: BTreeMap<ArticleIndex, u32> = BTreeMap::new();
        for (link, to) in self.links_of(at).filter(|(link, _)| self.is_news(*link)) {
            let kept = surest.entry(self.passages[to].article).or_default();
            *kept = self.scores[link].max(*kept);
        }
        surest.values().sum()
    }

    /// Puts the star that brings the most behind the others; answers whether there was one.
    fn add_star(&mut self, stars: &mut Vec<Star>) -> bool {
        while let Some((known, rank, at)) = self.queue.pop() {
            let worth = self.worth(at);
            if worth == 0 {
                continue;
            }
            // What a passage is worth only falls: where it did, others may come first now.
            if worth < known {
                self.queue.push((worth, rank, at));
                continue;
            }
            let mut members = self.counterparts(at);
            members.push(at);
            let mut inside = self.links_among(&members);
            let open = |link: &usize| self.open[*link];
            let mut links: Vec<usize> = inside.iter().copied().filter(open).collect();
            if !links.iter().any(|&link| self.is_news(link)) {
                let news = self.links_of(at).filter(|(link, _)| self.is_news(*link));
                let surest = news.max_by_key(|&(link, _)| Reverse(self.order_of(link)));
                links = surest.iter().map(|(link, _)| *link).collect();
                members = links.iter().flat_map(|&link| self.ends[link]).collect();
                inside.clone_from(&links);
            }
            links.iter().for_each(|&link| self.open[link] = false);
            self.said_by(&members).into_iter().for_each(|told| self.told[told].push(stars.len()));
            self.queue.push((worth, rank, at));
            stars.push(Star { middle: at, members, links, inside });
            return true;
        }
        false
    }

    /// The likeliest counterparts of a passage in each other article.
    fn counterparts(&self, at: usize) -> Vec<usize> {
        let mut by_article: BTreeMap<ArticleIndex, Vec<(usize, usize)>> = BTreeMap::new();
        for (link, to) in self.links_of(at) {
            by_article.entry(self.passages[to].article).or_default().push((link, to));
        }
        let mut chosen = Vec::new();
        for links in by_article.values_mut() {
            links.sort_by_key(|&(link, to)| (Reverse(self.scores[link]), self.ranks[to]));
            let least = self.scores[links[0].0].saturating_sub(BEHIND);
            let mut sentences: Vec<SentenceIndex> = Vec::new();
            for &(_, to) in links.iter().take_while(|(link, _)| self.scores[*link] >= least) {
                let sentence = self.sentences[to];
                if !sentences.contains(&sentence) && sentences.len() < MOST {
                    sentences.push(sentence);
                }
                if sentences.contains(&sentence) {
                    chosen.push(to);
                }
            }
        }
        chosen.sort_unstable();
        chosen.dedup();
        chosen
    }

    /// The passages half of whose words stand in some of them; sorted.
    fn said_by(&self, members: &[usize]) -> Vec<usize> {
        let says = |member: usize| {
            let own = self.passages[member].span;
            let half =
                move |other: &usize| 2 * own.shared(self.passages[*other].span) >= self.passages[*other].span.len();
            self.meeting(member).filter(half)
        };
        let mut said: Vec<usize> = members.iter().flat_map(|&member| says(member)).collect();
        said.sort_unstable();
        said.dedup();
        said
    }

    /// The links both of whose ends are said by these passages.
    fn links_among(&self, members: &[usize]) -> Vec<usize> {
        let said = self.said_by(members);
        let inside = |link: &usize| self.ends[*link].iter().all(|end| said.binary_search(end).is_ok());
        let links = said.iter().flat_map(|&at| &self.links_at[at]).copied();
        let mut links: Vec<usize> = links.filter(inside).collect();
        links.sort_unstable();
        links.dedup();
        links
    }

    /// The surest link first; of equally sure ones the order of the articles does not decide.
    fn order_of(&self, link: usize) -> (Reverse<u32>, usize, usize) {
        let [a, b] = self.ends[link].map(|end| self.ranks[end]);
        (Reverse(self.scores[link]), a.min(b), a.max(b))
    }

    /// Adds an open link to that star of one of its passages with whose sources the other is linked most.
    fn add_to_likeliest(&mut self, link: usize, stars: &mut [Star]) {
        let [a, b] = self.ends[link];
        let sides = [(a, b), (b, a)].into_iter();
        let candidates = sides.flat_map(|(here, to)| self.told[here].iter().map(move |&star| (star, to)));
        let likeliest = candidates.max_by_key(|&(star, to)| (self.belonging(to, &stars[star]), Reverse(star)));
        if let Some((star, to)) = likeliest {
            self.open[link] = false;
            stars[star].links.push(link);
            stars[star].inside.push(link);
            if !self.told[to].contains(&star) {
                stars[star].members.push(to);
                self.told[to].push(star);
            }
        }
    }

    /// With how many of the other sources of a star a passage is linked there, in thousandths.
    fn belonging(&self, at: usize, star: &Star) -> usize {
        let said = self.said_by(&star.members);
        let own = self.passages[at].article;
        let articles = |passages: &mut dyn Iterator<Item = usize>| -> usize {
            let mut articles: Vec<ArticleIndex> = passages.map(|passage| self.passages[passage].article).collect();
            articles.retain(|article| *article != own);
            articles.sort_unstable();
            articles.dedup();
            articles.len()
        };
        let linked = self.links_of(at).map(|(_, to)| to).filter(|to| said.binary_search(to).is_ok());
        1000 * articles(&mut { linked }) / articles(&mut star.members.iter().copied()).max(1)
    }
}

/// Whether two passages of one source share half of the longer: they say the same. A clause of a long sentence does not say all
/// that the sentence does.
fn alike(one: ByteSpan, other: ByteSpan) -> bool {
    2 * one.shared(other) >= one.len().max(other.len())
}

/// A gathered claim of so many articles, as yet without links and divergences.
fn row<'c>(told: Told, links: &[Link], articles: usize) -> GatheredClaim<'c> {
    let mut row = GatheredClaim {
        middle: told.middle,
        members: told.members,
        cells: vec![None; articles],
        links: Vec::new(),
        divergences: Vec::new(),
    };
    for link in told.inside.iter().filter_map(|&link| links.get(link)) {
        let agreement = if link.relation == Relation::Verbatim { Agreement::Same } else { Agreement::Reworded };
        row.raise([link.a, link.b], agreement);
    }
    row
}

/// Sorted passages with those that overlap joined, so that no word stands in two.
fn apart(members: &[Passage]) -> Vec<Passage> {
    let mut apart: Vec<Passage> = Vec::with_capacity(members.len());
    for member in members {
        match apart.last_mut() {
            Some(last) if last.article == member.article && member.span.start < last.span.end => {
                last.span = last.span.join(member.span);
            }
            _ => apart.push(*member),
        }
    }
    apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Options, compare};
    use crate::source::{Metadata, Origin, sample};
    use crate::text::Text;

    #[test]
    fn every_linked_passage_of_the_sample_is_gathered_and_every_divergence_once() {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        let gathered = gathered_claims(&comparison, &articles);
        for end in comparison.links.iter().flat_map(|link| [link.a, link.b]) {
            let mut own = gathered.iter().flat_map(|gathered| gathered.members_of(end.article));
            assert!(own.any(|own| 2 * own.span.shared(end.span) >= end.span.len()), "{end:?}");
        }
        let divergences: usize = gathered.iter().map(|gathered| gathered.divergences.len()).sum();
        assert_eq!(divergences, comparison.divergences.len());
        for gathered in &gathered {
            for end in gathered.links.iter().flat_map(|link| [link.a, link.b]) {
                let mut own = gathered.members_of(end.article);
                assert!(own.any(|own| own.span.shared(end.span) > 0), "{end:?}");
            }
            assert!(gathered.support() > 1);
        }
        assert!(2 * gathered.len() < comparison.claims.len(), "what is said once is told once");
    }

    #[test]
    fn sentences_that_each_share_a_clause_with_the_next_are_no_one_claim() {
        let told = |sha256: &str, text: &str| Article {
            metadata: Metadata::default(),
            origin: Origin::StandardInput,
            text: Text::new(text.to_owned()),
            sha256: sha256.to_owned(),
        };
        let clauses = [
            "the ferry left the harbour at nine",
            "a lorry broke its chains on the car deck",
            "forty passengers were lifted off by helicopter",
            "divers searched the wreck for the missing cook",
            "the owner promised to pay for the funerals",
        ];
        let chain = |from: usize| -> String {
            let pairs = (from..clauses.len() - 1).step_by(2);
            pairs.map(|at| format!("It is said that {}, and {}. ", clauses[at], clauses[at + 1])).collect()
        };
        let articles = [told("a", &chain(0)), told("b", &chain(1))];
        let comparison = compare(&articles, &Options::default());
        assert!(comparison.links.len() >= 3, "{:#?}", comparison.links);
        let gathered = gathered_claims(&comparison, &articles);
        let most = gathered.iter().map(|claim| claim.members.len()).max();
        assert!(gathered.len() > 1 && most <= Some(3), "{gathered:#?}");
    }

    #[test]
    fn two_claims_of_one_sentence_that_others_tell_apart_are_not_gathered() {
        let told = |sha256: &str, text: &str| Article {
            metadata: Metadata::default(),
            origin: Origin::StandardInput,
            text: Text::new(text.to_owned()),
            sha256: sha256.to_owned(),
        };
        let articles = [
            told("a", "The ferry left at nine with forty people aboard, and it sank off the northern cape at noon."),
            told("b", "The ferry left at nine with forty people aboard. A storm was near."),
            told("c", "A storm was near. It sank off the northern cape at noon."),
        ];
        let comparison = compare(&articles, &Options::default());
        let gathered = gathered_claims(&comparison, &articles);
        let told: Vec<Vec<bool>> =
            gathered.iter().map(|claim| claim.cells.iter().map(Option::is_some).collect()).collect();
        assert!(told.contains(&vec![true, true, false]) && told.contains(&vec![true, false, true]), "{gathered:#?}");
    }

    #[test]
    fn the_order_of_the_articles_gathers_nothing_otherwise() {
        let sample = sample();
        let told = |order: &[usize]| {
            let articles: Vec<Article> = order.iter().map(|&at| sample[at].clone()).collect();
            let comparison = compare(&articles, &Options::default());
            let words = |passage: &Passage| {
                let article = &articles[passage.article.index()];
                (article.sha256.clone(), passage.span, article.text.slice(passage.span).to_owned())
            };
            let mut told: Vec<_> = gathered_claims(&comparison, &articles)
                .iter()
                .map(|claim| {
                    let mut members: Vec<_> = claim.members.iter().map(words).collect();
                    members.sort_unstable();
                    (members, claim.links.len(), claim.divergences.len())
                })
                .collect();
            told.sort_unstable();
            told
        };
        let first = told(&[0, 1, 2, 3]);
        for order in [[0, 1, 3, 2], [0, 2, 1, 3], [1, 2, 3, 0], [2, 0, 3, 1], [3, 1, 0, 2], [3, 2, 1, 0]] {
            assert_eq!(told(&order), first, "{order:?}");
        }
    }

    #[test]
    fn passages_of_a_gathered_claim_do_not_overlap() {
        let passage =
            |(article, start, end)| Passage { article: ArticleIndex(article), span: ByteSpan::new(start, end) };
        let members = [(0, 0, 4), (0, 0, 10), (0, 8, 14), (0, 14, 20), (1, 15, 30)].map(passage);
        assert_eq!(apart(&members), [(0, 0, 14), (0, 14, 20), (1, 15, 30)].map(passage));
    }

    #[test]
    fn a_source_says_in_its_cell_the_strongest_that_holds_for_its_links() {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        for gathered in gathered_claims(&comparison, &articles) {
            for (at, cell) in (0..articles.len()).map(ArticleIndex::new).zip(&gathered.cells) {
                let diverges = gathered.divergences.iter().any(|it| it.a.article == at || it.b.article == at);
                let mut links = gathered.links.iter().filter(|link| link.a.article == at || link.b.article == at);
                assert_eq!(cell.is_some(), gathered.members_of(at).next().is_some());
                assert_eq!(*cell == Some(Agreement::Diverges), diverges);
                let only_same = links.all(|link| link.relation == Relation::Verbatim);
                assert!(*cell != Some(Agreement::Same) || only_same);
            }
        }
    }
}
