//! A note and where it stands in the open sources: what every export of notes begins with.

use crate::compare::Comparison;
use crate::notes::anchor::Anchors;
use crate::notes::{AnchorState, Note};
use crate::source::Article;
use crate::text::{ArticleIndex, Passage};

/// What a document is made of.
#[derive(Debug, Clone, Copy)]
pub struct Material<'a> {
    /// The open sources.
    pub articles: &'a [Article],
    /// What they share, with the links by hand laid over it.
    pub comparison: &'a Comparison,
    /// The notes; those on other sources are left out where a document is about the open ones.
    pub notes: &'a [Note],
}

/// One note and where its passages stand; `None` for a passage whose source is not open.
pub(super) struct Entry<'a> {
    pub(super) note: &'a Note,
    pub(super) places: Vec<Option<(ArticleIndex, AnchorState)>>,
}

impl<'a> Material<'a> {
    /// The notes that stand on an open source.
    pub(super) fn entries(&self) -> impl Iterator<Item = Entry<'a>> {
        let anchors = Anchors::new(self.articles);
        let entries = self.notes.iter().map(move |note| {
            let places = note.passages.iter().map(|passage| anchors.find(passage)).collect();
            Entry { note, places }
        });
        entries.filter(|entry| entry.places.iter().any(Option::is_some))
    }
}

impl Entry<'_> {
    /// The first passage that stands for certain.
    pub(super) fn passage(&self) -> Option<Passage> {
        self.places.iter().flatten().find_map(|(article, state)| certain(*article, state))
    }
}

/// The first passage of a note that stands for certain in the open sources.
pub(super) fn certain_passage(material: &Material, note: &Note) -> Option<Passage> {
    let anchors = Anchors::new(material.articles);
    note.passages
        .iter()
        .filter_map(|passage| anchors.find(passage))
        .find_map(|(article, state)| certain(article, &state))
}

/// Where a passage stands, where that is certain.
pub(super) fn certain(article: ArticleIndex, state: &AnchorState) -> Option<Passage> {
    match state {
        AnchorState::Placed(span) | AnchorState::Changed { span, .. } => Some(Passage { article, span: *span }),
        AnchorState::Suggested { .. } | AnchorState::Unplaced { .. } => None,
    }
}

/// The whole sentences that a passage stands in.
pub(super) fn sentence(articles: &[Article], passage: Passage) -> String {
    let Some(article) = articles.get(passage.article.index()) else { return String::new() };
    let sentences = article.text.sentences_in(passage.span);
    let span = article.text.sentences().get(sentences.start.index()..sentences.end.index()).unwrap_or_default();
    let span = span.iter().fold(passage.span, |joined, sentence| joined.join(sentence.span));
    article.text.slice(span).to_owned()
}

/// The divergences in a link that touch a passage, each in one line.
pub(super) fn counterparts(material: &Material, passage: Passage) -> Vec<(Passage, Vec<String>)> {
    let comparison = material.comparison;
    let sides = (0_u32..).zip(&comparison.links).flat_map(|(at, link)| [(at, link.a, link.b), (at, link.b, link.a)]);
    let touching = sides.filter(|(_, here, _)| here.article == passage.article && here.span.shared(passage.span) > 0);
    let mut found: Vec<(Passage, Vec<String>)> = Vec::new();
    for (at, _, there) in touching {
        let said = comparison.divergences.iter().filter(|divergence| divergence.link.0 == at).map(|divergence| {
            let (here, there) = if divergence.a.article == passage.article {
                (&divergence.why_a, &divergence.why_b)
            } else {
                (&divergence.why_b, &divergence.why_a)
            };
            format!("{}: {here} against {there}", super::words::kind_word(divergence.kind))
        });
        let said: Vec<String> = said.collect();
        match found.iter_mut().find(|(known, _)| *known == there) {
            Some((_, known)) => known.extend(said),
            None => found.push((there, said)),
        }
    }
    found
}
