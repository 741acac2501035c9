//! The passage panel: the passage in hand as every source words it.
//!
//! Must never draw. Invariant: the panel's rows are counted here and nowhere else; every wording is a span of its article, so
//! nothing of a source is copied.

use std::time::{Duration, Instant};

use super::super::rows::rows_of_stretch;
use super::super::theme::Role;
use super::findings::{Counterpart, Findings};
use crate::compare::{Agreement, Piece, PieceKind, Relation, WordDiff, word_diff};
use crate::export::difference::{Difference, differences};
use crate::export::words::how;
use crate::source::Article;
use crate::text::display::{clipped, line, width};
use crate::text::{ArticleIndex, ByteSpan, Column, Passage, SentenceIndex};

/// Longest time for the word diffs of one passage.
const PATIENCE: Duration = Duration::from_millis(200);

/// Columns between a wording and the remark behind it, and behind that.
const ASIDE: u16 = 4;

/// Columns before a wording: letter, mark, spaces.
pub const LABEL: u16 = 7;

/// The panel's content and how far it is scrolled.
#[derive(Debug, Clone, Default)]
pub struct PassagePanel {
    /// The passage it shows.
    pub passage: Option<(ArticleIndex, SentenceIndex)>,
    /// "this passage, 3 of 4 sources".
    pub title: String,
    /// All rows.
    pub rows: Vec<PanelRow>,
    /// The first row shown.
    pub top: u16,
    /// The width the rows were laid out for.
    width: Column,
    /// What was said of a note.
    noted: Option<String>,
}

/// One row of the panel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PanelRow {
    /// A row of a wording.
    Wording {
        /// Whose.
        article: ArticleIndex,
        /// The mark before its first row; `None` before the others.
        label: Option<Agreement>,
        /// What is shown of it.
        shown: ByteSpan,
        /// What is laid over it.
        marks: Vec<(ByteSpan, Role)>,
        /// How it was linked, where the row has room for that.
        remark: Option<String>,
    },
    /// Something said about a wording, or in its place.
    Remark {
        /// What role the words have.
        role: Role,
        /// The words.
        words: String,
        /// Before it, where it stands in a wording's place: whose.
        article: Option<ArticleIndex>,
    },
}

/// What the panel is made of.
pub struct Material<'a> {
    /// All articles.
    pub articles: &'a [Article],
    /// What was found.
    pub findings: &'a Findings,
    /// The panel's columns.
    pub width: Column,
    /// What the reader wrote about the passage in hand, in few words.
    pub noted: Option<String>,
}

impl PassagePanel {
    /// Shows another passage, from its first row.
    pub fn show(&mut self, material: &Material<'_>, article: ArticleIndex, sentence: SentenceIndex) {
        let is_same = self.passage == Some((article, sentence));
        if is_same && self.width == material.width && self.noted == material.noted {
            return;
        }
        let top = if is_same { self.top } else { 0 };
        let (passage, noted) = (Some((article, sentence)), material.noted.clone());
        *self = Self { passage, top, width: material.width, noted, ..Self::default() };
        let counterparts = material.findings.counterparts(article, sentence);
        let support = material.findings.mark(article, sentence).map_or(1, |mark| mark.support);
        let is_compared = !material.findings.marks(article).is_empty();
        self.title = match material.articles.len() {
            1 => "this passage".to_owned(),
            _ if !is_compared => "this passage".to_owned(),
            _ if support == 1 => format!("this passage, only in {}", article.letter()),
            all => format!("this passage, {support} of {all} sources"),
        };
        let rows = Composer { material, article, sentence }.rows(&counterparts);
        self.rows = rows;
    }

    /// A panel with these rows, laid out for a width, that shows no passage in hand.
    pub fn of(title: String, rows: Vec<PanelRow>, width: Column) -> Self {
        Self { passage: None, title, rows, top: 0, width, noted: None }
    }

    /// The width the rows were laid out for.
    pub fn width(&self) -> Column {
        self.width
    }

    /// Forgets the passage, so that it is composed anew.
    pub fn forget(&mut self) {
        self.passage = None;
    }

    /// Scrolls so that no more than needed is past the end.
    pub fn scroll(&mut self, rows: i32, height: u16) {
        let most = u16::try_from(self.rows.len()).unwrap_or(u16::MAX).saturating_sub(height);
        let top = i32::from(self.top).saturating_add(rows).clamp(0, i32::from(most));
        self.top = u16::try_from(top).unwrap_or(0);
    }
}

struct Composer<'a> {
    material: &'a Material<'a>,
    article: ArticleIndex,
    sentence: SentenceIndex,
}

impl Composer<'_> {
    fn rows(&self, counterparts: &[Counterpart<'_>]) -> Vec<PanelRow> {
        let Some(sentence) =
            self.material.articles.get(self.article.index()).and_then(|a| a.text.sentence(self.sentence))
        else {
            return Vec::new();
        };
        let deadline = Instant::now() + PATIENCE;
        let diffs: Vec<WordDiff> = counterparts.iter().map(|found| self.diff(found, deadline)).collect();
        let agreement =
            self.material.findings.mark(self.article, self.sentence).map_or(Agreement::OnlyHere, |mark| mark.agreement);
        let mut rows = {
            let here = Passage { article: self.article, span: sentence.span };
            wording(self.material, here, agreement, &self.own_marks(counterparts, &diffs))
        };
        // In what sources part stands first: the wordings may not all fit.
        let links = counterparts.iter().map(|found| found.index);
        let divergences: Vec<_> = links.flat_map(|link| self.material.findings.divergences_of(link)).collect();
        let parted = differences(&divergences);
        rows.extend(parted.iter().flat_map(|difference| differs_in(self.material, difference)));
        if let Some(noted) = &self.material.noted {
            let words = clipped(noted, Column(self.material.width.0.saturating_sub(LABEL)));
            rows.push(PanelRow::Remark { role: Role::Flag, words, article: None });
        }
        for other in (0..self.material.articles.len()).map(ArticleIndex::new).filter(|other| *other != self.article) {
            let mut theirs: Vec<usize> =
                (0..counterparts.len()).filter(|&at| counterparts[at].article == other).collect();
            // What diverges first, then what is surest.
            let agrees =
                |at: usize| self.material.findings.divergences(counterparts[at].index, self.article).next().is_none();
            theirs.sort_by(|&x, &y| {
                let (one, two) = (counterparts[x].link, counterparts[y].link);
                agrees(x).cmp(&agrees(y)).then(two.score.total_cmp(&one.score)).then(x.cmp(&y))
            });
            for &at in &theirs {
                rows.extend(self.counterpart(&counterparts[at], &diffs[at]));
            }
            if theirs.is_empty() && !counterparts.is_empty() {
                let words = format!("not in {}", other.letter());
                rows.push(PanelRow::Remark { role: Role::Quiet, words, article: Some(other) });
            }
        }
        rows
    }

    fn text(&self, article: ArticleIndex, span: ByteSpan) -> &str {
        self.material.articles.get(article.index()).map_or("", |article| article.text.slice(span))
    }

    fn content(&self, article: ArticleIndex) -> &str {
        self.material.articles.get(article.index()).map_or("", |article| article.text.content())
    }

    fn diff(&self, found: &Counterpart<'_>, deadline: Instant) -> WordDiff {
        word_diff(self.text(self.article, found.here), self.text(found.article, found.there), Some(deadline))
    }

    /// A counterpart's wording, and why the two are linked.
    fn counterpart(&self, found: &Counterpart<'_>, diff: &WordDiff) -> Vec<PanelRow> {
        let divergences: Vec<_> = self.material.findings.divergences(found.index, self.article).collect();
        let mut marks =
            if diff.whole { Vec::new() } else { differing(self.content(found.article), found.there, &diff.b) };
        marks.extend(divergences.iter().map(|divergence| (divergence.there, Role::Diverging)));
        let agreement = match found.link.relation {
            _ if !divergences.is_empty() => Agreement::Diverges,
            Relation::Verbatim => Agreement::Same,
            Relation::Reworded | Relation::Paraphrase | Relation::ByHand => Agreement::Reworded,
        };
        let there = Passage { article: found.article, span: found.there };
        let mut rows = wording(self.material, there, agreement, &marks);
        let how = how(found.link);
        let aside = self.aside(&mut rows, &how);
        if !aside {
            rows.extend(remark(self.material, Role::Quiet, &how));
        }
        rows
    }

    /// Puts a remark behind a wording of one row where there is room; answers whether there was.
    fn aside(&self, rows: &mut [PanelRow], words: &str) -> bool {
        let [PanelRow::Wording { article, shown, remark, .. }] = rows else { return false };
        let taken = width(self.text(*article, *shown)).0 + width(words).0 + LABEL + ASIDE;
        let fits = taken <= self.material.width.0;
        if fits {
            *remark = Some(words.to_owned());
        }
        fits
    }

    /// The words of the passage in hand that no counterpart has, and all in which a counterpart diverges.
    fn own_marks(&self, counterparts: &[Counterpart<'_>], diffs: &[WordDiff]) -> Vec<(ByteSpan, Role)> {
        let own = self.content(self.article);
        let compared = || counterparts.iter().zip(diffs).filter(|(_, diff)| !diff.whole);
        let mut marks: Vec<(ByteSpan, Role)> = Vec::new();
        for (found, diff) in compared() {
            for (span, role) in differing(own, found.here, &diff.a) {
                let elsewhere = compared().all(|(other, diff)| {
                    other.here.shared(span) == 0
                        || differing(own, other.here, &diff.a).iter().any(|(theirs, _)| theirs.shared(span) > 0)
                });
                if elsewhere {
                    marks.push((span, role));
                }
            }
        }
        for found in counterparts {
            let divergences = self.material.findings.divergences(found.index, self.article);
            marks.extend(divergences.map(|divergence| (divergence.here, Role::Diverging)));
        }
        marks
    }
}

/// In what sources part, wrapped.
pub fn differs_in(material: &Material<'_>, difference: &Difference) -> Vec<PanelRow> {
    remark(material, Role::Diverges, &format!("differs in {}", difference.words()))
}

/// Something said about a wording, wrapped.
fn remark(material: &Material<'_>, role: Role, words: &str) -> Vec<PanelRow> {
    let words = line(words);
    let room = Column(material.width.0.saturating_sub(LABEL + 1).max(1));
    let rows = rows_of_stretch(&words, ByteSpan::new(0, words.len()), room);
    rows.map(|row| PanelRow::Remark { role, words: row.of(&words).to_owned(), article: None }).collect()
}

/// A passage, wrapped, with what is laid over it.
pub fn wording(
    material: &Material<'_>,
    passage: Passage,
    label: Agreement,
    marks: &[(ByteSpan, Role)],
) -> Vec<PanelRow> {
    let article = passage.article;
    let Some(source) = material.articles.get(article.index()) else { return Vec::new() };
    let content = source.text.content();
    let room = Column(material.width.0.saturating_sub(LABEL + 1));
    let rows = rows_of_stretch(content, passage.span, room).enumerate();
    rows.map(|(at, row)| PanelRow::Wording {
        article,
        label: (at == 0).then_some(label),
        shown: row,
        remark: None,
        marks: marks.iter().copied().filter(|(span, _)| span.shared(row) > 0).collect(),
    })
    .collect()
}

/// The stretches of a passage that the other has not, as spans of the passage's article.
fn differing(content: &str, passage: ByteSpan, pieces: &[Piece]) -> Vec<(ByteSpan, Role)> {
    let base = passage.start.index();
    let pieces = pieces.iter().filter(|piece| piece.kind == PieceKind::Differs);
    let spans = pieces.map(|piece| ByteSpan::new(base + piece.span.start.index(), base + piece.span.end.index()));
    let shown = |span: ByteSpan| {
        let words = content.get(span.range()).unwrap_or_default().trim_end();
        ByteSpan::new(span.start.index(), span.start.index() + words.len())
    };
    spans.map(|span| (shown(span), Role::Differing)).collect()
}
