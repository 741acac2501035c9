//! What the comparison grouped, told once.
//!
//! A claim is found between passages of any length, so the same statement comes as several claims whose passages lie within each
//! other. Those that a source tells on the same words are gathered, and those that two sources tell on the same words or on part
//! of them, for tables and reports.
//!
//! Must never sort for a screen, nor leave out a link. Invariant: every claim that sources share stands in one gathered claim, the
//! passages of a gathered claim do not overlap, and the order of the articles changes nothing but the order of what is told.

use std::collections::BTreeMap;

use super::types::{Agreement, Claim, ClaimIndex, Comparison, Divergence, Link, LinkIndex, Relation};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, Passage, SentenceIndex};

/// Claims that say the same, as one.
#[derive(Debug, Clone)]
pub struct GatheredClaim<'c> {
    /// The passages that carry it, sorted by place; those that overlap are joined. Never empty.
    pub members: Vec<Passage>,
    /// For every article how it tells the claim; `None` where it does not.
    pub cells: Vec<Option<Agreement>>,
    /// The claims gathered in it.
    pub claims: Vec<ClaimIndex>,
    /// The links of those, in the order of the comparison.
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
    let mut row_of: Vec<Option<usize>> = vec![None; comparison.claims.len()];
    let mut rows: Vec<GatheredClaim> = Vec::new();
    for gathered in gather(comparison, articles) {
        for claim in &gathered {
            row_of[claim.0 as usize] = Some(rows.len());
        }
        rows.push(whole(comparison, articles, gathered));
    }
    let row_of = |link: &Link| row_of.get(link.claim.0 as usize).copied().flatten();
    for link in &comparison.links {
        let Some(row) = row_of(link).and_then(|row| rows.get_mut(row)) else { continue };
        let agreement = if link.relation == Relation::Verbatim { Agreement::Same } else { Agreement::Reworded };
        row.raise([link.a, link.b], agreement);
        row.links.push(link);
    }
    for divergence in &comparison.divergences {
        let LinkIndex(link) = divergence.link;
        let row = comparison.links.get(link as usize).and_then(row_of);
        let Some(row) = row.and_then(|row| rows.get_mut(row)) else { continue };
        row.raise([divergence.a, divergence.b], Agreement::Diverges);
        row.divergences.push(divergence);
    }
    rows
}

/// Claims that say the same, in the order of their first passages.
fn gather(comparison: &Comparison, articles: &[Article]) -> Vec<Vec<ClaimIndex>> {
    let claims = &comparison.claims;
    let mut groups = Groups::new(claims.len());
    let mut met: BTreeMap<(usize, usize), Meeting> = BTreeMap::new();
    for (article, passages) in passages(claims, articles) {
        for (at, (span, claim)) in passages.iter().enumerate() {
            // Sorted by their beginnings, those that share words with this one stand right after it.
            let meeting = passages[at + 1..].iter().take_while(|(other, _)| other.start < span.end);
            for (other, theirs) in meeting.filter(|(other, _)| overlap(*span, *other)) {
                let meeting = met.entry((*claim.min(theirs), *claim.max(theirs))).or_default();
                meeting.elsewhere |= meeting.article.is_some_and(|known| known != article);
                meeting.article = Some(article);
                meeting.alike |= alike(*span, *other);
            }
        }
    }
    for ((one, other), meeting) in met {
        // What two sources tell on the same words is the same; what one tells so is where no other source tells both, apart.
        let only_there = || claims[one].articles.iter().filter(|its| claims[other].articles.contains(its)).count() == 1;
        if meeting.elsewhere || meeting.alike && only_there() {
            groups.join(one, other);
        }
    }
    let mut gathered: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, _) in shared(claims) {
        gathered.entry(groups.root(at)).or_default().push(at);
    }
    let mut gathered: Vec<Vec<usize>> = gathered.into_values().collect();
    for group in &mut gathered {
        group.sort_by(|one, other| claims[*one].members.cmp(&claims[*other].members));
    }
    gathered.sort_by(|one, other| claims[one[0]].members.cmp(&claims[other[0]].members));
    let index = |at: usize| ClaimIndex(u32::try_from(at).unwrap_or(u32::MAX));
    gathered.into_iter().map(|group| group.into_iter().map(index).collect()).collect()
}

/// The claims of two sources or more: what is left of a group whose passages of other sources went to other claims is no claim.
fn shared(claims: &[Claim]) -> impl Iterator<Item = (usize, &Claim)> {
    claims.iter().enumerate().filter(|(_, claim)| claim.articles.len() > 1)
}

/// The passages of claims that begin in one sentence, each with its claim, by their beginnings.
fn passages(claims: &[Claim], articles: &[Article]) -> Vec<(ArticleIndex, Vec<(ByteSpan, usize)>)> {
    let mut by_sentence: BTreeMap<(ArticleIndex, SentenceIndex), Vec<(ByteSpan, usize)>> = BTreeMap::new();
    for (at, claim) in shared(claims) {
        for member in &claim.members {
            let article = articles.get(member.article.index());
            let sentence = article.and_then(|article| article.text.sentence_at(member.span.start));
            by_sentence.entry((member.article, sentence.unwrap_or_default())).or_default().push((member.span, at));
        }
    }
    let sorted = |((article, _), mut passages): ((ArticleIndex, SentenceIndex), Vec<(ByteSpan, usize)>)| {
        passages.sort_unstable();
        (article, passages)
    };
    by_sentence.into_iter().map(sorted).collect()
}

/// Where two claims stand on the same words, or one on part of the other's.
#[derive(Default)]
struct Meeting {
    article: Option<ArticleIndex>,
    /// In another article, too.
    elsewhere: bool,
    /// On the same words, in one article at least.
    alike: bool,
}

/// Which of so many belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        self.0[one.max(other)] = one.min(other);
    }
}

/// Whether two passages of one source share half of the longer: they say the same. A clause of a long sentence does not say all
/// that the sentence does.
fn alike(one: ByteSpan, other: ByteSpan) -> bool {
    2 * one.shared(other) >= one.len().max(other.len())
}

/// Whether two passages of one source share half of the shorter.
fn overlap(one: ByteSpan, other: ByteSpan) -> bool {
    2 * one.shared(other) >= one.len().min(other.len())
}

/// The gathered claim, as yet without links and divergences.
fn whole<'c>(comparison: &'c Comparison, articles: &[Article], gathered: Vec<ClaimIndex>) -> GatheredClaim<'c> {
    let claims = gathered.iter().filter_map(|claim| comparison.claims.get(claim.0 as usize));
    let mut members: Vec<Passage> = claims.flat_map(|claim| claim.members.iter().copied()).collect();
    members.sort_unstable();
    let members = apart(&members);
    let has = |at: usize| members.iter().any(|member| member.article == ArticleIndex::new(at));
    let cells = (0..articles.len()).map(|at| has(at).then_some(Agreement::Same)).collect();
    GatheredClaim { members, cells, claims: gathered, links: Vec::new(), divergences: Vec::new() }
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
    fn every_shared_claim_of_the_sample_is_gathered_once_with_its_links_and_divergences() {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        let gathered = gathered_claims(&comparison, &articles);
        let shared = |claim: &ClaimIndex| comparison.claims[claim.0 as usize].articles.len() > 1;
        let all = (0..comparison.claims.len() as u32).map(ClaimIndex).filter(shared);
        let mut claims: Vec<ClaimIndex> = gathered.iter().flat_map(|gathered| gathered.claims.clone()).collect();
        claims.sort_unstable();
        assert_eq!(claims, all.collect::<Vec<_>>());
        let links: usize = gathered.iter().map(|gathered| gathered.links.len()).sum();
        let divergences: usize = gathered.iter().map(|gathered| gathered.divergences.len()).sum();
        assert_eq!((links, divergences), (comparison.links.len(), comparison.divergences.len()));
        for gathered in &gathered {
            let claims = gathered.claims.iter().map(|claim| &comparison.claims[claim.0 as usize]);
            for member in claims.flat_map(|claim| &claim.members) {
                let mut own = gathered.members_of(member.article);
                assert!(own.any(|own| own.span.covers(member.span)), "{member:?}");
            }
            assert!(gathered.support() > 1);
        }
        assert!(2 * gathered.len() < comparison.claims.len(), "what is said once is told once");
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
                let links = || gathered.links.iter().filter(|link| link.a.article == at || link.b.article == at);
                let expected = match links().next() {
                    None => None,
                    Some(_) if diverges => Some(Agreement::Diverges),
                    Some(_) if links().all(|link| link.relation == Relation::Verbatim) => Some(Agreement::Same),
                    Some(_) => Some(Agreement::Reworded),
                };
                assert_eq!(*cell, expected);
            }
        }
    }
}
