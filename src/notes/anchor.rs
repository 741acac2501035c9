//! How a note finds its words in the text that is open now: four states, never a silent guess.
//!
//! Must never report a place as certain because nothing better was found. Invariant: every note is in exactly one state, and
//! while a source's text is the one the note was made on, the note is placed by its position alone.
//!
//! | state | when |
//! | --- | --- |
//! | placed | the words stand there exactly, and what stands before or after is at least 0.8 alike, or they are six words or more and stand there once |
//! | changed | three words or more, score at least 0.75, one side at least 0.5 alike, the same figures, negations and names, no second place as good |
//! | suggested | three words or more, score at least 0.6 |
//! | unplaced | everything else |
//!
//! Score: 50 parts the words, 20 the text before, 20 the text after, 2 the position, as in Hypothesis's `match-quote`. Unlike
//! there, all places within the edit budget are ranked, the context is whole sentences, and a missing side counts only at the
//! article's edge.

mod approximate;
mod facts;
#[cfg(test)]
mod tests;

use std::cell::OnceCell;

use unicode_segmentation::UnicodeSegmentation;

use super::{AnchorState, NotePassage, SourceReference};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, CodePointIndex};
use approximate::Haystack;

const PLACED_CONTEXT: f64 = 0.8;
const PLACED_WORDS: usize = 6;
const CHANGED_SCORE: f64 = 0.75;
const CHANGED_CONTEXT: f64 = 0.5;
const SUGGESTED_SCORE: f64 = 0.6;
const SUGGESTED_WORDS: usize = 3;
/// Two places whose scores are nearer than this are equally good.
const EQUALLY_GOOD: f64 = 0.05;
/// Places looked at more closely; beyond these many only a text made of one repeated word has more.
const MOST_PLACES: usize = 4096;

/// The open articles made ready for finding many passages in them.
pub struct Anchors<'a> {
    articles: &'a [Article],
    sources: Vec<SourceReference>,
    code_points: Vec<OnceCell<CodePointIndex>>,
}

impl<'a> Anchors<'a> {
    /// Makes articles ready; the work on each is done when it is first asked for.
    pub fn new(articles: &'a [Article]) -> Self {
        let sources = articles.iter().map(SourceReference::of).collect();
        Self { articles, sources, code_points: vec![OnceCell::new(); articles.len()] }
    }

    /// The open article that a source of a note is: the same text, else the same address.
    pub fn article_of(&self, source: &SourceReference) -> Option<ArticleIndex> {
        let same_text = self.sources.iter().position(|open| open.sha256 == source.sha256);
        let same_address = || self.sources.iter().position(|open| open.address == source.address);
        same_text.or_else(same_address).map(ArticleIndex::new)
    }

    /// Where a passage of a note stands among the articles; `None` when its source is not open.
    pub fn find(&self, passage: &NotePassage) -> Option<(ArticleIndex, AnchorState)> {
        let index = self.article_of(&passage.source)?;
        let article = self.articles.get(index.index())?;
        let code_points = self.code_points.get(index.index())?;
        let code_points = code_points.get_or_init(|| CodePointIndex::new(article.text.content()));
        Some((index, place_by(passage, article, code_points)))
    }
}

/// The open article that a source of a note is: the same text, else the same address.
pub fn article_of(source: &SourceReference, articles: &[Article]) -> Option<ArticleIndex> {
    Anchors::new(articles).article_of(source)
}

/// Where a passage of a note stands among the open articles; `None` when its source is not open.
pub fn find(passage: &NotePassage, articles: &[Article]) -> Option<(ArticleIndex, AnchorState)> {
    Anchors::new(articles).find(passage)
}

/// Where a passage of a note stands in `article`.
pub fn place(passage: &NotePassage, article: &Article) -> AnchorState {
    place_by(passage, article, &CodePointIndex::new(article.text.content()))
}

fn place_by(passage: &NotePassage, article: &Article, code_points: &CodePointIndex) -> AnchorState {
    let content = article.text.content();
    if passage.exact.trim().is_empty() {
        return AnchorState::Unplaced { reason: "the note keeps no words of its passage".into() };
    }
    if passage.source.sha256 == article.sha256
        && let Some(span) = code_points.to_bytes(passage.position)
        && content.get(span.range()) == Some(passage.exact.as_str())
    {
        return AnchorState::Placed(span);
    }
    Search::new(passage, content).state()
}

/// A place that may be the passage's.
#[derive(Debug, Clone)]
struct Candidate {
    span: ByteSpan,
    exact: bool,
    prefix: f64,
    suffix: f64,
    score: f64,
}

/// One passage against one text.
struct Search<'a> {
    passage: &'a NotePassage,
    content: &'a str,
    haystack: Haystack,
    /// Where words begin and end (UAX #29), ascending.
    word_edges: Vec<usize>,
}

impl<'a> Search<'a> {
    fn new(passage: &'a NotePassage, content: &'a str) -> Self {
        let edges = content.split_word_bound_indices().map(|(at, _)| at).chain([content.len()]);
        Self { passage, content, haystack: Haystack::new(content), word_edges: edges.collect() }
    }

    fn state(&self) -> AnchorState {
        let candidates = self.candidates();
        let words = self.passage.exact.unicode_words().count();
        let Some(best) = candidates.first() else {
            return AnchorState::Unplaced { reason: "nothing like it stands in the text".into() };
        };
        let context = best.prefix.max(best.suffix);
        let once = candidates.iter().filter(|candidate| candidate.exact).count() == 1;
        if best.exact && (context >= PLACED_CONTEXT || words >= PLACED_WORDS && once) {
            return AnchorState::Placed(best.span);
        }
        if words < SUGGESTED_WORDS || best.score < SUGGESTED_SCORE {
            return AnchorState::Unplaced { reason: unplaced_reason(best, words) };
        }
        match self.doubt(best, &candidates) {
            Some(reason) => AnchorState::Suggested { span: best.span, reason },
            None => AnchorState::Changed {
                span: best.span,
                before: self.passage.exact.clone(),
                after: best.span.of(self.content).to_owned(),
            },
        }
    }

    /// Why the best place is not certain; `None` when it is.
    fn doubt(&self, best: &Candidate, candidates: &[Candidate]) -> Option<String> {
        let rival = candidates.iter().skip(1).find(|candidate| candidate.span.shared(best.span) == 0);
        if let Some(reason) = facts::differing(&self.passage.exact, best.span.of(self.content)) {
            return Some(reason);
        }
        if best.score < CHANGED_SCORE {
            return Some("only part of its words stand there".into());
        }
        if best.prefix.max(best.suffix) < CHANGED_CONTEXT {
            return Some("what stands around it is another text".into());
        }
        rival.is_some_and(|rival| best.score - rival.score < EQUALLY_GOOD).then(|| "another place is as good".into())
    }

    /// All places within the edit budget, the best first; of equals, the first in the text.
    fn candidates(&self) -> Vec<Candidate> {
        let pattern = approximate::folded(&self.passage.exact);
        let mut places = self.haystack.places(&pattern);
        places.sort_by_key(|place| place.edits);
        places.truncate(MOST_PLACES);
        let mut candidates: Vec<Candidate> = places.iter().map(|place| self.candidate(&pattern, place)).collect();
        candidates.sort_by(|a, b| a.span.cmp(&b.span).then(b.score.total_cmp(&a.score)));
        candidates.dedup_by_key(|candidate| candidate.span);
        candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
        candidates
    }

    fn candidate(&self, pattern: &[char], place: &approximate::Place) -> Candidate {
        let span = self.on_word_edges(self.haystack.bytes(place));
        let words = approximate::folded(span.of(self.content));
        let exact = words == pattern;
        let quote = if exact { 1.0 } else { approximate::similarity(pattern, &words) };
        let prefix = self.side(&self.passage.prefix, &self.content[..span.start.index()], Side::Before);
        let suffix = self.side(&self.passage.suffix, &self.content[span.end.index()..], Side::After);
        let length = self.haystack.len().max(1) as f64;
        let distance = place.start.abs_diff(self.passage.position.start.index()) as f64;
        let position = (1.0 - distance / length).max(0.0);
        let score = (50.0 * quote + 20.0 * prefix + 20.0 * suffix + 2.0 * position) / 92.0;
        Candidate { span, exact, prefix, suffix, score }
    }

    /// How alike the kept context and the text beside a place are. A side that was not kept says something only at the
    /// article's edge, where nothing stands.
    fn side(&self, kept: &str, text: &str, side: Side) -> f64 {
        let mut kept = approximate::folded(kept.trim());
        if kept.is_empty() {
            return if text.trim().is_empty() { 1.0 } else { 0.0 };
        }
        let most = kept.len() * 2;
        let mut beside: Vec<char> = match side {
            // Folding maps white space to one blank, so twice the characters are enough.
            Side::Before => text.trim_end().chars().rev().take(most).collect(),
            Side::After => text.trim_start().chars().take(most).collect(),
        };
        if side == Side::Before {
            kept.reverse();
        }
        beside = approximate::folded_chars(beside.into_iter());
        approximate::start_similarity(&kept, &beside)
    }

    /// A span widened to whole words at each edge at which the passage did not cut a word itself: "12" is not in "112".
    fn on_word_edges(&self, span: ByteSpan) -> ByteSpan {
        let joined = |a: Option<char>, b: Option<char>| {
            a.is_some_and(char::is_alphanumeric) && b.is_some_and(char::is_alphanumeric)
        };
        let exact = &self.passage.exact;
        let cuts_first = joined(self.passage.prefix.chars().next_back(), exact.chars().next());
        let cuts_last = joined(exact.chars().next_back(), self.passage.suffix.chars().next());
        let (mut start, mut end) = (span.start.index(), span.end.index());
        if !cuts_first {
            let after = self.word_edges.partition_point(|&edge| edge <= start);
            start = after.checked_sub(1).map_or(start, |at| self.word_edges[at]);
        }
        if !cuts_last {
            end = self.word_edges.get(self.word_edges.partition_point(|&edge| edge < end)).copied().unwrap_or(end);
        }
        let words = &self.content[start..end];
        let start = start + words.len() - words.trim_start().len();
        ByteSpan::new(start, start + self.content[start..end].trim_end().len())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Before,
    After,
}

fn unplaced_reason(best: &Candidate, words: usize) -> String {
    if best.exact {
        "the words stand in the text, but in other surroundings".into()
    } else if words < SUGGESTED_WORDS {
        "the words are gone, and too few to look for anything like them".into()
    } else {
        format!("nothing close enough stands in the text (the best place is {:.0} % alike)", best.score * 100.0)
    }
}
