//! A comparison as a linear report: for pipes, screen readers and terminals that can do little.
//!
//! Must never let a source's words steer a terminal, and never rely on colour or on what stands above or below. Invariant:
//! every claim, link and divergence is in the report, each with its reason, near-identical claims as one; the same comparison gives the same bytes.

use std::collections::BTreeMap;

use super::words::{how, kind_word};
use crate::compare::{Agreement, Comparison, Divergence, GatheredClaim, Link, gathered_claims, sentence_marks};
use crate::source::Article;
use crate::text::display::count;
use crate::text::wrap::{self, Measure};
use crate::text::{ArticleIndex, ByteSpan, Column, ParagraphKind, Passage, SentenceIndex, display};

/// The widest line, in columns.
const WIDTH: usize = 78;
/// How far the lines of an entry after its first are indented, in columns.
const HANGING: usize = 4;

/// The report: sources, counts, claims in the order of the first source, then what only one source has.
pub fn report(articles: &[Article], comparison: &Comparison) -> String {
    let claims = gathered_claims(comparison, articles);
    let mut report = Report { articles, comparison, lines: String::new() };
    report.sources();
    let alone = only_here(articles, comparison);
    report.counts(&claims, &alone);
    for (number, claim) in (1..).zip(&claims) {
        report.claim(number, claim);
        report.reasons(&claim.links);
    }
    report.alone(&alone);
    report.lines
}

struct Report<'a> {
    articles: &'a [Article],
    comparison: &'a Comparison,
    lines: String,
}

/// For every article its sentences that no other source has; lines about the article itself are left out.
pub(super) fn only_here(articles: &[Article], comparison: &Comparison) -> Vec<Vec<SentenceIndex>> {
    let marks = sentence_marks(comparison, articles);
    let alone = articles.iter().zip(marks).map(|(article, marks)| {
        let only = marks.into_iter().filter(|mark| mark.agreement == Agreement::OnlyHere);
        let of_event = |at: &SentenceIndex| article.text.kind_of(*at) != Some(ParagraphKind::Furniture);
        only.map(|mark| mark.sentence).filter(of_event).collect()
    });
    alone.collect()
}

impl Report<'_> {
    /// The only way into the report: one entry, made harmless, wrapped, its further lines indented.
    fn entry(&mut self, indent: usize, text: &str) {
        let words: Vec<_> = text.split_whitespace().collect();
        let line = display::line(&words.join(" "));
        let measure = Measure { width: Column::new(WIDTH - indent), hanging: Column::new(HANGING - indent) };
        let rows = wrap::wrap(&line, ByteSpan::new(0, line.len()), measure);
        for (at, row) in rows.into_iter().enumerate() {
            let indent = if at == 0 { indent } else { HANGING };
            self.lines.push_str(&" ".repeat(indent));
            self.lines.push_str(wrap::visible(&line, row).of(&line));
            self.lines.push('\n');
        }
    }

    fn blank(&mut self) {
        self.lines.push('\n');
    }

    /// "A, The Lantern"
    fn name(&self, at: ArticleIndex) -> String {
        let label = self.articles.get(at.index()).map(Article::label).unwrap_or_default();
        format!("{}, {label}", at.letter())
    }

    fn words(&self, passage: Passage) -> &str {
        self.articles.get(passage.article.index()).map_or("", |article| article.text.slice(passage.span))
    }

    fn sources(&mut self) {
        self.entry(0, &count(self.articles.len(), "source"));
        for (at, article) in self.articles.iter().enumerate() {
            let about = &article.metadata;
            let date = about.published.map(|published| published.strftime("%-d %B %Y").to_string());
            let title = about.title.clone().filter(|_| about.outlet.is_some());
            let parts = [Some(self.name(ArticleIndex::new(at))), date, title];
            self.entry(2, &parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
        }
        self.blank();
    }

    fn counts(&mut self, claims: &[GatheredClaim], alone: &[Vec<SentenceIndex>]) {
        let sources = self.articles.len();
        let by_all = claims.iter().filter(|claim| claim.support() == sources).count();
        let by_some = claims.len() - by_all;
        let told = if sources > 2 { format!(" ({by_all} by all {sources}, {by_some} by some)") } else { String::new() };
        self.entry(0, &format!("Shared: {}{told}", count(claims.len(), "claim")));
        for (at, sentences) in alone.iter().enumerate() {
            let letter = ArticleIndex::new(at).letter();
            self.entry(0, &format!("Only in {letter}: {}", count(sentences.len(), "sentence")));
        }
        let kinds = by_kind(&self.comparison.divergences);
        let kinds: Vec<_> = kinds.into_iter().map(|(kind, number)| format!("{kind} {number}")).collect();
        let kinds = if kinds.is_empty() { String::new() } else { format!(" ({})", kinds.join(", ")) };
        self.entry(0, &format!("{}{kinds}", count(self.comparison.divergences.len(), "divergence")));
        if let Some(cut) = &self.comparison.cut {
            self.entry(0, &format!("Not everything was compared: {cut}"));
        }
    }

    fn claim(&mut self, number: u32, claim: &GatheredClaim) {
        self.blank();
        let told = format!("Claim {number} · {} of {} sources", claim.support(), self.articles.len());
        let kinds: Vec<_> = by_kind(claim.divergences.iter().copied()).into_keys().collect();
        let differs = if kinds.is_empty() { String::new() } else { format!(" · differs: {}", kinds.join(", ")) };
        self.entry(0, &(told + &differs));
        for passage in &claim.members {
            self.entry(2, &format!("{}: {}", self.name(passage.article), self.words(*passage)));
        }
        for divergence in &claim.divergences {
            let side = |passage: Passage| format!("{} “{}”", passage.article.letter(), self.words(passage));
            let kind = kind_word(divergence.kind);
            let (a, b) = (side(divergence.a), side(divergence.b));
            let said = [(divergence.a, &divergence.why_a), (divergence.b, &divergence.why_b)];
            let plain = said.iter().all(|(passage, why)| why.is_empty() || self.words(*passage) == why.as_str());
            let why = if plain { String::new() } else { format!(" ({})", divergence.why()) };
            self.entry(2, &format!("≠ {kind}: {a} against {b}{why}"));
        }
    }

    /// Why the passages of a claim were linked: an entry for every two sources and reason, however often it holds.
    fn reasons(&mut self, links: &[&Link]) {
        let mut said = Vec::new();
        for link in links {
            let pair = format!("{} and {}", link.a.article.letter(), link.b.article.letter());
            let reason = format!("why {pair}: {}", how(link));
            if !said.contains(&reason) {
                self.entry(2, &reason);
                said.push(reason);
            }
        }
    }

    fn alone(&mut self, alone: &[Vec<SentenceIndex>]) {
        for (at, sentences) in alone.iter().enumerate().filter(|(_, sentences)| !sentences.is_empty()) {
            let article = ArticleIndex::new(at);
            self.blank();
            self.entry(0, &format!("Only in {}", self.name(article)));
            let spans = sentences.iter().filter_map(|&sentence| self.articles.get(at)?.text.sentence(sentence));
            let passages: Vec<_> = spans.map(|sentence| Passage { article, span: sentence.span }).collect();
            for passage in passages {
                self.entry(2, &format!("· {}", self.words(passage)));
            }
        }
    }
}

/// How many divergences there are of each kind, in the order of the kinds' words.
fn by_kind<'d>(divergences: impl IntoIterator<Item = &'d Divergence>) -> BTreeMap<&'static str, usize> {
    let mut kinds = BTreeMap::new();
    for divergence in divergences {
        *kinds.entry(kind_word(divergence.kind)).or_default() += 1;
    }
    kinds
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;
    use crate::compare::{Claim, ClaimIndex, DivergenceKind, LinkIndex, Options, Relation, compare};
    use crate::source::{Metadata, Origin, sample};
    use crate::text::Text;

    const TEXTS: [(&str, &str); 3] = [
        ("The Lantern", "She was doing two knots. The \u{1b}[31mband played on."),
        ("Klaxon", "The ship ploughed in\nat seven\nknots."),
        ("Wire", "Rain fell."),
    ];

    fn articles() -> Vec<Article> {
        let article = |(outlet, text): (&str, &str)| Article {
            metadata: Metadata { outlet: Some(outlet.to_owned()), ..Metadata::default() },
            origin: Origin::File(PathBuf::from("a.txt")),
            text: Text::new(text.to_owned()),
            sha256: String::new(),
        };
        TEXTS.map(article).into()
    }

    fn passage(article: usize, words: &str) -> Passage {
        let start = TEXTS[article].1.find(words).unwrap();
        Passage { article: ArticleIndex::new(article), span: ByteSpan::new(start, start + words.len()) }
    }

    fn comparison() -> Comparison {
        let (a, b) = (passage(0, "She was doing two knots."), passage(1, TEXTS[1].1));
        let link = Link {
            a,
            b,
            relation: Relation::Paraphrase,
            score: 0.9,
            moved: false,
            claim: ClaimIndex(0),
            why: "shared words: knots".to_owned(),
        };
        let divergence = Divergence {
            kind: DivergenceKind::Number,
            a: passage(0, "two knots"),
            b: passage(1, "seven\nknots"),
            link: LinkIndex(0),
            why_a: "2 knots".to_owned(),
            why_b: "7 knots".to_owned(),
        };
        let claim = Claim { members: vec![a, b], articles: vec![a.article, b.article] };
        Comparison { links: vec![link], divergences: vec![divergence], claims: vec![claim], ..Comparison::default() }
    }

    #[test]
    fn the_report_says_who_tells_what_where_they_part_and_why() {
        let expected = "\
3 sources
  A, The Lantern
  B, Klaxon
  C, Wire

Shared: 1 claim (0 by all 3, 1 by some)
Only in A: 1 sentence
Only in B: 0 sentences
Only in C: 1 sentence
1 divergence (figure 1)

Claim 1 · 2 of 3 sources · differs: figure
  A, The Lantern: She was doing two knots.
  B, Klaxon: The ship ploughed in at seven knots.
  ≠ figure: A “two knots” against B “seven knots” (2 knots against 7 knots)
  why A and B: in other words · shared words: knots

Only in A, The Lantern
  · The ␛[31mband played on.

Only in C, Wire
  · Rain fell.
";
        assert_eq!(report(&articles(), &comparison()), expected);
    }

    #[test]
    fn what_was_cut_is_said() {
        let cut = Comparison { cut: Some("time ran out".to_owned()), ..comparison() };
        assert!(report(&articles(), &cut).contains("\nNot everything was compared: time ran out\n"));
    }

    #[test]
    fn the_sample_is_told_whole_in_lines_of_78_columns() {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        let report = report(&articles, &comparison);
        let wide: Vec<_> = report.lines().filter(|line| display::width(line).index() > WIDTH).collect();
        assert!(wide.is_empty(), "{wide:?}");
        let flat = report.split_whitespace().collect::<Vec<_>>().join(" ");
        let says = |words: &str| flat.contains(&words.split_whitespace().collect::<Vec<_>>().join(" "));
        let gathered = gathered_claims(&comparison, &articles);
        for claim in &gathered {
            for member in &claim.members {
                let words = articles[member.article.index()].text.slice(member.span);
                assert!(says(words), "{words}");
            }
            assert!(claim.links.iter().all(|link| says(&link.why)));
        }
        assert!(comparison.divergences.iter().all(|divergence| says(kind_word(divergence.kind))));
        let claims = report.lines().filter(|line| line.starts_with("Claim ")).count();
        assert_eq!(claims, gathered.len());
    }
}
