//! The reader's notes as Markdown that can be handed in: grouped by claim, with quotes, sources, counterparts and the claims
//! table.
//!
//! Must never let a source's words act as markup, nor hide how a note was anchored. Invariant: every note on an open source
//! is in the document once, under its claim or among those not placed; the same input gives the same bytes.

mod claims;
mod comparison;
mod escape;
mod passage;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::fmt::Write;

use crate::compare::{Comparison, GatheredClaim, gathered_claims};
use crate::export::entry::{Entry, Material, sentence};
use crate::notes::{AnchorState, Note};
use crate::source::{Article, Origin};
use crate::text::display::count;
use crate::text::{ArticleIndex, Passage};
use escape::{clipped, code, contained, inline};

pub use comparison::comparison;

/// The longest heading, in characters.
const HEADING: usize = 80;

/// Everything a document is made of.
struct Report<'a> {
    articles: &'a [Article],
    comparison: &'a Comparison,
    claims: Vec<GatheredClaim<'a>>,
}

/// The notes on the given articles as a Markdown document; notes on other sources are left out.
pub fn notes(articles: &[Article], comparison: &Comparison, notes: &[Note]) -> String {
    let report = Report::new(articles, comparison);
    let material = Material { articles, comparison, notes };
    let open = material.entries();
    let (placed, unplaced): (Vec<_>, Vec<_>) = open.partition(|entry| entry.passage().is_some());
    let mut sections = vec![report.head(&placed, &unplaced)];
    sections.extend(report.groups(placed).iter().map(|(claim, entries)| report.group(*claim, entries)));
    if !unplaced.is_empty() {
        let mut section = "## Not placed\n\nThe words these notes were made on were not found for certain.".to_owned();
        for entry in &unplaced {
            section.push_str("\n\n");
            section.push_str(&report.entry(entry));
        }
        sections.push(section);
    }
    sections.extend(claims::table(articles, &report.claims));
    let mut document = sections.join("\n\n");
    document.push('\n');
    document
}

impl<'a> Report<'a> {
    fn new(articles: &'a [Article], comparison: &'a Comparison) -> Self {
        Self { articles, comparison, claims: gathered_claims(comparison, articles) }
    }
}

impl Report<'_> {
    fn head(&self, placed: &[Entry], unplaced: &[Entry]) -> String {
        let mut head = format!("# Notes on {}\n\n{}", count(self.articles.len(), "source"), self.sources());
        let changed = placed.iter().flat_map(|entry| entry.places.iter().flatten());
        let changed = changed.filter(|(_, state)| matches!(state, AnchorState::Changed { .. })).count();
        let notes = count(placed.len() + unplaced.len(), "note");
        // Writing to a string does not fail, here and below.
        let _ = write!(head, "\n\n{notes}: {} placed", placed.len());
        if changed > 0 {
            let _ = write!(head, " (the words of {} have changed)", count(changed, "passage"));
        }
        if !unplaced.is_empty() {
            let _ = write!(head, ", {} not placed", unplaced.len());
        }
        head.push('.');
        head
    }

    /// The sources as a table.
    fn sources(&self) -> String {
        let mut table = "|  | source | headline | date | where |\n| --- | --- | --- | --- | --- |".to_owned();
        for (at, article) in self.articles.iter().enumerate() {
            let about = &article.metadata;
            let or_nothing = |text: &Option<String>| text.as_deref().map(inline).unwrap_or_default();
            let date = about.published.map(|published| published.date().to_string()).unwrap_or_default();
            let letter = ArticleIndex::new(at).letter();
            let (outlet, title) = (or_nothing(&about.outlet), or_nothing(&about.title));
            let _ = write!(table, "\n| **{letter}** | {outlet} | {title} | {date} | {} |", address(article));
        }
        table
    }

    /// Notes that share a gathered claim, told by its place, stand together; groups and the notes in them stand in the order of their places.
    fn groups<'a>(&self, mut entries: Vec<Entry<'a>>) -> Vec<(Option<usize>, Vec<Entry<'a>>)> {
        entries.sort_by_key(|entry| (entry.passage(), entry.note.id));
        let mut groups: Vec<(Option<usize>, Vec<Entry<'a>>)> = Vec::new();
        for entry in entries {
            let claim = entry.passage().and_then(|passage| self.claim_of(passage));
            match groups.iter_mut().find(|(known, _)| claim.is_some() && *known == claim) {
                Some((_, group)) => group.push(entry),
                None => groups.push((claim, vec![entry])),
            }
        }
        groups
    }

    /// The claim that covers most of a passage.
    fn claim_of(&self, passage: Passage) -> Option<usize> {
        let covered = |claim: &GatheredClaim| {
            claim.members_of(passage.article).map(|member| member.span.shared(passage.span)).max().unwrap_or(0)
        };
        let claims = self.claims.iter().enumerate().map(|(at, claim)| (covered(claim), Reverse(at)));
        claims.filter(|(covered, _)| *covered > 0).max().map(|(_, Reverse(at))| at)
    }

    fn group(&self, claim: Option<usize>, entries: &[Entry]) -> String {
        let first = entries.first().and_then(Entry::passage);
        let title = first.map(|passage| clipped(&sentence(self.articles, passage), HEADING)).unwrap_or_default();
        let mut group = format!("## {title}");
        let total = self.articles.len();
        if let Some(claim) = claim.and_then(|claim| self.claims.get(claim)) {
            let told = (0..).zip(&claim.cells).filter(|(_, cell)| cell.is_some());
            let letters: Vec<_> = told.map(|(at, _)| ArticleIndex(at).letter()).collect();
            let _ = write!(group, "\n\nTold by {} of {total} sources: {}.", letters.len(), letters.join(", "));
        } else if let Some(passage) = first.filter(|_| total > 1) {
            let _ = write!(group, "\n\nOnly in {}.", passage.article.letter());
        }
        for entry in entries {
            group.push_str("\n\n");
            group.push_str(&self.entry(entry));
        }
        group
    }

    fn entry(&self, entry: &Entry) -> String {
        let note = entry.note;
        let mut text = format!("### {}", note.verdict.as_deref().map_or("Note".to_owned(), inline));
        for (passage, place) in note.passages.iter().zip(&entry.places) {
            text.push_str("\n\n");
            text.push_str(&self.passage(passage, place.as_ref()));
        }
        let mut items = Vec::new();
        if !note.text.trim().is_empty() {
            items.push(format!("- **Note:**\n\n{}\n", contained(&note.text, "  ")));
        }
        let counterparts = self.counterparts(entry);
        if !counterparts.is_empty() {
            items.push(format!("- **Counterparts:**\n  - {}", counterparts.join("\n  - ")));
        }
        if !note.tags.is_empty() {
            let tags: Vec<_> = note.tags.iter().map(|tag| inline(tag)).collect();
            items.push(format!("- **Tags:** {}", tags.join(", ")));
        }
        items.push(format!("- **Made:** {}", made(note)));
        text.push_str("\n\n");
        text.push_str(&items.join("\n"));
        text
    }
}

/// When a note was made and by whom, in days of UTC, so that the document is the same everywhere.
fn made(note: &Note) -> String {
    let day = |time: jiff::Timestamp| time.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut made = day(note.created).to_string();
    if day(note.modified) != day(note.created) {
        let _ = write!(made, ", changed {}", day(note.modified));
    }
    if let Some(author) = &note.author {
        let _ = write!(made, " by {}", inline(author));
    }
    made
}

/// Where everybody can read an article, else where it came from.
fn address(article: &Article) -> String {
    if let (Origin::File(_) | Origin::StandardInput, Some(address)) = (&article.origin, &article.metadata.address) {
        return code(address);
    }
    match &article.origin {
        Origin::File(path) => code(&path.to_string_lossy()),
        Origin::Sample(name) => format!("sample {}", code(name)),
        Origin::StandardInput => "standard input".to_owned(),
        Origin::Address(address) => code(address),
    }
}
