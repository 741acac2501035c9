//! A comparison as Markdown, without notes: the sources, the claims table, and each claim in which something differs.

use std::fmt::Write;

use super::Report;
use super::escape::{clipped, inline};
use crate::compare::{Comparison, GatheredClaim};
use crate::export::text::only_here;
use crate::export::words::kind_word;
use crate::source::Article;
use crate::text::display::count;
use crate::text::{ArticleIndex, Passage};

/// The longest heading, in characters.
const HEADING: usize = 80;

/// The comparison as a document.
pub fn comparison(articles: &[Article], comparison: &Comparison) -> String {
    let report = Report::new(articles, comparison);
    let mut document = format!("# {} compared\n\n{}\n", count(articles.len(), "source"), report.sources());
    let claims = count(report.claims.len(), "shared claim");
    // Writing to a string does not fail, here and below.
    let _ = writeln!(document, "\n{claims}, {}.", count(comparison.divergences.len(), "divergence"));
    if let Some(cut) = &comparison.cut {
        let _ = writeln!(document, "\nNot everything was compared: {}.", inline(cut));
    }
    if let Some(table) = super::claims::table(articles, &report.claims) {
        let _ = writeln!(document, "\n{table}");
    }
    for claim in report.claims.iter().filter(|claim| !claim.divergences.is_empty()) {
        let _ = write!(document, "\n{}", report.differing(claim));
    }
    for (at, sentences) in only_here(articles, comparison).iter().enumerate().filter(|(_, alone)| !alone.is_empty()) {
        let _ = writeln!(document, "\n## Only in {}\n", ArticleIndex::new(at).letter());
        for sentence in sentences.iter().filter_map(|sentence| articles[at].text.sentence(*sentence)) {
            let _ = writeln!(document, "- {}", inline(articles[at].text.slice(sentence.span)));
        }
    }
    document
}

impl Report<'_> {
    fn words(&self, passage: Passage) -> &str {
        self.articles.get(passage.article.index()).map_or("", |article| article.text.slice(passage.span))
    }

    /// A claim as every source words it, and what differs.
    fn differing(&self, claim: &GatheredClaim) -> String {
        let mut section = format!("## {}\n\n", clipped(self.words(claim.middle), HEADING));
        for passage in &claim.members {
            let _ = writeln!(section, "- **{}**: {}", passage.article.letter(), self.with_divergences(*passage));
        }
        section.push('\n');
        for divergence in &claim.divergences {
            let (a, b) = (divergence.a, divergence.b);
            let _ = writeln!(
                section,
                "- ≠ {}: {} {} against {} {} ({})",
                kind_word(divergence.kind),
                a.article.letter(),
                inline(self.words(a)),
                b.article.letter(),
                inline(self.words(b)),
                inline(&divergence.why()),
            );
        }
        section
    }
}
