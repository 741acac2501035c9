//! A note's passage and its counterparts, with the words that differ in bold.

use super::Report;
use super::escape::{code, inline, marked};
use crate::compare::{Comparison, Link, PieceKind, word_diff};
use crate::export::entry::{Entry, certain, sentence};
use crate::export::words::kind_word;
use crate::notes::{AnchorState, Evidence, NotePassage};
use crate::text::{ArticleIndex, ByteSpan, ParagraphKind, Passage, Text};

/// The links that touch a passage: the link, its side in the passage's article, and its counterpart.
pub(super) fn links_on(comparison: &Comparison, passage: Passage) -> impl Iterator<Item = (&Link, Passage, Passage)> {
    let sides = comparison.links.iter().flat_map(|link| [(link, link.a, link.b), (link, link.b, link.a)]);
    sides.filter(move |(_, here, _)| here.article == passage.article && here.span.shared(passage.span) > 0)
}

impl Report<'_> {
    pub(super) fn passage(&self, kept: &NotePassage, place: Option<&(ArticleIndex, AnchorState)>) -> String {
        match place {
            Some((article, state @ (AnchorState::Placed(span) | AnchorState::Changed { span, .. }))) => {
                let passage = Passage { article: *article, span: *span };
                let mut text = format!("> {}", self.with_divergences(passage));
                let whole = sentence(self.articles, passage);
                let quote = self.articles[article.index()].text.slice(*span);
                if whole.trim() != quote.trim() {
                    text.push_str(&format!("\n>\n> in: {}", inline(&whole)));
                }
                text.push_str(&format!("\n\n{}: {}", self.where_it_stands(passage), state.word()));
                if let AnchorState::Changed { before, after, .. } = state {
                    let diff = word_diff(before, after, None);
                    let (before, after) = (bold(before, &diff.a), bold(after, &diff.b));
                    text.push_str(&format!("\n\n- Before: {before}\n- Now: {after}"));
                }
                text
            }
            Some((article, AnchorState::Suggested { span, reason })) => {
                let passage = Passage { article: *article, span: *span };
                let now = inline(self.articles[article.index()].text.slice(*span));
                let place = self.where_it_stands(passage);
                format!(
                    "{}: suggested, because {}\n\n- It may be this: {now} ({place})",
                    remembered(kept),
                    inline(reason)
                )
            }
            Some((_, AnchorState::Unplaced { reason })) => {
                format!("{}: unplaced, because {}", remembered(kept), inline(reason))
            }
            None => format!("{}: its source is not open", remembered(kept)),
        }
    }

    /// The words of a passage, those of its divergences in bold.
    pub(super) fn with_divergences(&self, passage: Passage) -> String {
        let Some(article) = self.articles.get(passage.article.index()) else { return String::new() };
        let sides = self.comparison.divergences.iter().flat_map(|divergence| [divergence.a, divergence.b]);
        let inside =
            |side: &Passage| side.article == passage.article && passage.span.covers(side.span) && !side.span.is_empty();
        let mut differing: Vec<ByteSpan> = sides.filter(inside).map(|side| side.span).collect();
        differing.sort_unstable();
        let mut pieces = Vec::new();
        let mut at = passage.span.start;
        for span in differing {
            let from = span.start.max(at);
            if from < span.end {
                pieces.push((article.text.slice(ByteSpan { start: at, end: from }), false));
                pieces.push((article.text.slice(ByteSpan { start: from, end: span.end }), true));
                at = span.end;
            }
        }
        pieces.push((article.text.slice(ByteSpan { start: at, end: passage.span.end }), false));
        marked(pieces)
    }

    /// Source, date, place and file of a passage.
    fn where_it_stands(&self, passage: Passage) -> String {
        let Some(article) = self.articles.get(passage.article.index()) else { return String::new() };
        let mut parts = vec![format!("**{}**", passage.article.letter())];
        let about = &article.metadata;
        parts.extend(about.outlet.as_deref().or(about.title.as_deref()).map(inline));
        parts.extend(about.published.map(|published| published.date().to_string()));
        parts.extend(in_the_story(&article.text, passage));
        parts.push(super::address(article));
        parts.join(", ")
    }

    /// The evidence of a note, then the counterparts that the comparison found, each in one line.
    pub(super) fn counterparts(&self, entry: &Entry) -> Vec<String> {
        let here = entry.passage().map(|passage| sentence(self.articles, passage));
        let own =
            here.as_deref().or(entry.note.passages.first().map(|passage| passage.exact.as_str())).unwrap_or_default();
        let mut kept = Vec::new();
        let mut lines = Vec::new();
        for evidence in &entry.note.evidence {
            let place = crate::notes::anchor::find(&evidence.passage, self.articles);
            kept.extend(place.as_ref().and_then(|(article, state)| certain(*article, state)));
            lines.push(self.evidence_line(own, evidence, place.as_ref()));
        }
        let mut seen = Vec::new();
        for (link, here, there) in entry.passage().into_iter().flat_map(|passage| links_on(self.comparison, passage)) {
            let known = |other: &Passage| other.article == there.article && other.span.shared(there.span) > 0;
            if !kept.iter().any(known) && !seen.contains(&there) {
                seen.push(there);
                lines.push(self.counterpart_line(link, here, there));
            }
        }
        lines
    }

    fn evidence_line(&self, own: &str, evidence: &Evidence, place: Option<&(ArticleIndex, AnchorState)>) -> String {
        let passage = &evidence.passage;
        let diff = word_diff(own, &passage.exact, None);
        let text = if diff.whole { inline(&passage.exact) } else { bold(&passage.exact, &diff.b) };
        let state = place.map_or("its source is not open", |(_, state)| state.word());
        let remembered =
            |(article, _): &(ArticleIndex, AnchorState)| format!("**{}**, {}", article.letter(), source(passage));
        // Told as every other passage of a source that is open.
        let stands = |(article, state): &(ArticleIndex, AnchorState)| {
            certain(*article, state).map(|passage| self.where_it_stands(passage))
        };
        let from = place.map_or_else(|| source(passage), |place| stands(place).unwrap_or_else(|| remembered(place)));
        let mut line = format!("{from}, kept as evidence ({state}): {text}");
        for divergence in &evidence.divergences {
            line.push_str(&format!(" · {}", inline(divergence)));
        }
        line
    }

    fn counterpart_line(&self, link: &Link, here: Passage, there: Passage) -> String {
        let words = |passage: Passage| self.articles[passage.article.index()].text.slice(passage.span);
        let diff = word_diff(words(here), words(there), None);
        let text = if diff.whole { inline(words(there)) } else { bold(words(there), &diff.b) };
        let mut line = format!("{}: {text}", self.where_it_stands(there));
        for divergence in &self.comparison.divergences {
            let same_link =
                self.comparison.links.get(divergence.link.0 as usize).is_some_and(|other| std::ptr::eq(other, link));
            if same_link {
                let (a, b) = if divergence.a.article == here.article {
                    (divergence.a, divergence.b)
                } else {
                    (divergence.b, divergence.a)
                };
                line.push_str(&format!(
                    " · {}: {} against {}",
                    kind_word(divergence.kind),
                    inline(words(a)),
                    inline(words(b))
                ));
            }
        }
        line
    }
}

/// Where in the story a passage begins: paragraph and sentence, or the headline; nothing for what stands beside the story.
fn in_the_story(text: &Text, passage: Passage) -> Option<String> {
    let sentence = text.sentence_at(passage.span.start)?;
    let index = text.sentence(sentence)?.paragraph;
    let paragraph = text.paragraph(index)?;
    let is_of_story = |kind: ParagraphKind| kind != ParagraphKind::Title && !kind.is_beside_the_story();
    if !is_of_story(paragraph.kind) {
        return (paragraph.kind == ParagraphKind::Title).then(|| "headline".to_owned());
    }
    let before = text.paragraphs()[..index.index()].iter().filter(|paragraph| is_of_story(paragraph.kind)).count();
    let within = sentence.index() - text.sentences_in(paragraph.span).start.index();
    Some(format!("paragraph {}, sentence {} of it", before + 1, within + 1))
}

/// A passage as its note remembers it: the quote, its context and its source.
fn remembered(kept: &NotePassage) -> String {
    let context = format!("{}{}{}", kept.prefix, kept.exact, kept.suffix);
    let mut text = format!("> {}", inline(&kept.exact));
    if context.trim() != kept.exact.trim() {
        text.push_str(&format!("\n>\n> in: {}", inline(&context)));
    }
    text.push_str(&format!("\n\n{}", source(kept)));
    text
}

fn source(kept: &NotePassage) -> String {
    let source = &kept.source;
    let mut parts = vec![inline(source.name())];
    parts.extend(source.published.as_deref().map(inline));
    parts.push(code(source.cited()));
    parts.join(", ")
}

/// A text with the pieces that differ in bold.
fn bold(text: &str, pieces: &[crate::compare::Piece]) -> String {
    marked(
        pieces.iter().map(|piece| (text.get(piece.span.range()).unwrap_or_default(), piece.kind == PieceKind::Differs)),
    )
}
