//! What the comparison found, as the reader asks for it: by sentence.
//!
//! Must never know rows or panes. Invariant: while the comparison runs every look-up finds nothing, and nothing waits for it.

use std::sync::Arc;

use super::listing::ClaimListing;
use crate::compare::{
    self, Agreement, Comparison, DivergenceKind, Link, LinkIndex, Relation, SentenceMark, sentence_marks,
};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, SentenceIndex};

/// The comparison and the look-ups made of it.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// How far the comparison is.
    pub stage: Stage,
    /// How the table of claims is sorted and filtered.
    pub listing: ClaimListing,
    comparison: Arc<Comparison>,
    marks: Vec<Vec<SentenceMark>>,
    diverging: Vec<Vec<ByteSpan>>,
    diverging_sentences: Vec<Vec<SentenceIndex>>,
    /// For every link the divergences found in it, as indices of the comparison's.
    in_link: Vec<Vec<usize>>,
    /// For every link whether scrolling uses it.
    on_backbone: Vec<bool>,
    /// Whether any link was made by hand: most sessions have none, and every row of the screen asks.
    any_by_hand: bool,
}

/// How far the comparison is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// It runs: thousandths done.
    Running(u16),
    /// It is done, or there is nothing to compare.
    #[default]
    Done,
}

/// A counterpart of a sentence in another source.
#[derive(Debug, Clone, Copy)]
pub struct Counterpart<'f> {
    /// The link that joins them.
    pub index: LinkIndex,
    /// The link that joins them.
    pub link: &'f Link,
    /// The passage on the sentence's side.
    pub here: ByteSpan,
    /// The passage in the other source.
    pub there: ByteSpan,
    /// The other source.
    pub article: ArticleIndex,
}

impl Findings {
    /// Takes a finished comparison.
    pub fn new(comparison: Arc<Comparison>, articles: &[Article]) -> Self {
        let marks = sentence_marks(&comparison, articles);
        let mut diverging = vec![Vec::new(); articles.len()];
        for divergence in &comparison.divergences {
            for passage in [divergence.a, divergence.b] {
                if let Some(spans) = diverging.get_mut(passage.article.index()) {
                    spans.push(passage.span);
                }
            }
        }
        let mut in_link = vec![Vec::new(); comparison.links.len()];
        for (at, divergence) in comparison.divergences.iter().enumerate() {
            if let Some(found) = in_link.get_mut(divergence.link.0 as usize) {
                found.push(at);
            }
        }
        let mut on_backbone = vec![false; comparison.links.len()];
        for index in comparison.backbones.iter().flat_map(|backbone| &backbone.links) {
            if let Some(on) = on_backbone.get_mut(index.0 as usize) {
                *on = true;
            }
        }
        for spans in &mut diverging {
            spans.sort_unstable();
            spans.dedup();
        }
        let diverges = |mark: &&SentenceMark| mark.agreement == Agreement::Diverges;
        let sentences = |marks: &Vec<SentenceMark>| marks.iter().filter(diverges).map(|mark| mark.sentence).collect();
        let diverging_sentences = marks.iter().map(sentences).collect();
        let listing = ClaimListing::default();
        let any_by_hand = comparison.links.iter().any(|link| link.relation == Relation::ByHand);
        let stage = Stage::Done;
        Self { stage, listing, comparison, marks, diverging, diverging_sentences, in_link, on_backbone, any_by_hand }
    }

    /// The comparison itself; empty while it runs.
    pub fn comparison(&self) -> &Comparison {
        &self.comparison
    }

    /// What is said of a sentence.
    pub fn mark(&self, article: ArticleIndex, sentence: SentenceIndex) -> Option<&SentenceMark> {
        self.marks.get(article.index())?.get(sentence.index())
    }

    /// What is said of every sentence of an article.
    pub fn marks(&self, article: ArticleIndex) -> &[SentenceMark] {
        self.marks.get(article.index()).map_or(&[], Vec::as_slice)
    }

    /// Whether a link made by hand joins a sentence with another.
    pub fn is_by_hand(&self, mark: &SentenceMark) -> bool {
        let link = |index: &LinkIndex| self.comparison.links.get(index.0 as usize);
        self.any_by_hand && mark.links.iter().filter_map(link).any(|link| link.relation == Relation::ByHand)
    }

    /// Whether scrolling brings the passages of a link level.
    pub fn is_on_backbone(&self, link: LinkIndex) -> bool {
        self.on_backbone.get(link.0 as usize).copied().unwrap_or(false)
    }

    /// The counterparts of a sentence in all other sources, by source and place.
    pub fn counterparts(&self, article: ArticleIndex, sentence: SentenceIndex) -> Vec<Counterpart<'_>> {
        let links = self.mark(article, sentence).map_or(&[][..], |mark| &mark.links);
        let mut found: Vec<Counterpart<'_>> =
            links.iter().filter_map(|&index| self.counterpart(article, index)).collect();
        found.sort_by_key(|found| (found.article, found.there, found.here));
        found.dedup_by_key(|found| (found.article, found.there));
        found
    }

    fn counterpart(&self, article: ArticleIndex, index: LinkIndex) -> Option<Counterpart<'_>> {
        let link = self.comparison.links.get(index.0 as usize)?;
        let (here, there) = if link.a.article == article { (link.a, link.b) } else { (link.b, link.a) };
        Some(Counterpart { index, link, here: here.span, there: there.span, article: there.article })
    }

    /// The passages of two sources that scrolling brings level, in order: first those of `leader`.
    pub fn backbone(&self, leader: ArticleIndex, follower: ArticleIndex) -> impl Iterator<Item = (ByteSpan, ByteSpan)> {
        let ends = (leader.min(follower), leader.max(follower));
        let backbone = self.comparison.backbones.iter().find(|backbone| (backbone.a, backbone.b) == ends);
        let links = backbone.map_or(&[][..], |backbone| &backbone.links);
        links.iter().filter_map(move |index| {
            let found = self.counterpart(leader, *index)?;
            Some((found.here, found.there))
        })
    }

    /// The places of an article in which sources diverge, in order.
    pub fn diverging(&self, article: ArticleIndex) -> &[ByteSpan] {
        self.diverging.get(article.index()).map_or(&[], Vec::as_slice)
    }

    /// The divergences found in a link.
    pub fn divergences_of(&self, link: LinkIndex) -> impl Iterator<Item = &compare::Divergence> {
        let found = self.in_link.get(link.0 as usize).map_or(&[][..], Vec::as_slice);
        found.iter().filter_map(|at| self.comparison.divergences.get(*at))
    }

    /// The divergences found in a link: kind, wording in `article`, wording in the other source.
    pub fn divergences(&self, link: LinkIndex, article: ArticleIndex) -> impl Iterator<Item = Divergence<'_>> {
        self.divergences_of(link).map(move |divergence| {
            let here_first = divergence.a.article == article;
            let (here, there) = if here_first { (divergence.a, divergence.b) } else { (divergence.b, divergence.a) };
            let (says_here, says_there) = (divergence.why_a.as_str(), divergence.why_b.as_str());
            let (says_here, says_there) = if here_first { (says_here, says_there) } else { (says_there, says_here) };
            Divergence { kind: divergence.kind, here: here.span, there: there.span, says_here, says_there }
        })
    }

    /// The sentences of an article in which sources diverge, in order.
    pub fn diverging_sentences(&self, article: ArticleIndex) -> &[SentenceIndex] {
        self.diverging_sentences.get(article.index()).map_or(&[], Vec::as_slice)
    }
}

/// A divergence seen from one of its sources.
#[derive(Debug, Clone, Copy)]
pub struct Divergence<'f> {
    /// What kind.
    pub kind: DivergenceKind,
    /// The wording in this source.
    pub here: ByteSpan,
    /// The wording in the other.
    pub there: ByteSpan,
    /// What this source says, in its normal form.
    pub says_here: &'f str,
    /// What the other says.
    pub says_there: &'f str,
}
