//! A comparison as JSON: the public contract `crossread.comparison/1` (documented in `docs/FORMAT.md`).
//!
//! Must never print bytes: every offset is a code point. Invariant: the same comparison gives the same bytes.

use serde::Serialize;

use crate::compare::{Comparison, DivergenceKind, Relation};
use crate::source::{Article, Origin};
use crate::text::{ByteSpan, CodePointIndex, CodePointSpan, Passage};

/// The comparison as one JSON object, ending in a line feed.
pub fn comparison(articles: &[Article], comparison: &Comparison) -> String {
    let indexes: Vec<_> = articles.iter().map(|article| CodePointIndex::new(article.text.content())).collect();
    let places = Places { articles, indexes };
    let document = Document {
        schema: "crossread.comparison/1",
        articles: (0..articles.len()).map(|at| places.article(at)).collect(),
        links: comparison
            .links
            .iter()
            .map(|link| LinkRecord {
                a: places.passage(link.a),
                b: places.passage(link.b),
                relation: relation_name(link.relation),
                score: f64::from((link.score * 1000.0).round()) / 1000.0,
                moved: link.moved,
                claim: link.claim.0,
                why: &link.why,
            })
            .collect(),
        divergences: comparison
            .divergences
            .iter()
            .map(|divergence| DivergenceRecord {
                kind: kind_name(divergence.kind),
                a: places.passage(divergence.a),
                b: places.passage(divergence.b),
                link: divergence.link.0,
                why: divergence.why(),
            })
            .collect(),
        claims: (0u32..)
            .zip(&comparison.claims)
            .map(|(id, claim)| ClaimRecord {
                id,
                members: claim.members.iter().map(|&passage| places.passage(passage)).collect(),
                articles: claim.articles.iter().map(|article| article.0).collect(),
            })
            .collect(),
        cut: comparison.cut.as_deref(),
    };
    let mut text = serde_json::to_string(&document).unwrap_or_default();
    text.push('\n');
    text
}

/// The word a relation has in files and on screen.
pub fn relation_name(relation: Relation) -> &'static str {
    match relation {
        Relation::Verbatim => "verbatim",
        Relation::Reworded => "reworded",
        Relation::Paraphrase => "paraphrase",
        Relation::ByHand => "by-hand",
    }
}

/// The word a kind of divergence has in files.
pub fn kind_name(kind: DivergenceKind) -> &'static str {
    match kind {
        DivergenceKind::Number => "number",
        DivergenceKind::Date => "date",
        DivergenceKind::Name => "name",
        DivergenceKind::Place => "place",
        DivergenceKind::Quote => "quote",
        DivergenceKind::QuotePunctuation => "quote-punctuation",
        DivergenceKind::Attribution => "attribution",
        DivergenceKind::Negation => "negation",
        DivergenceKind::Modality => "modality",
        DivergenceKind::Framing => "framing",
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    articles: Vec<ArticleRecord<'a>>,
    links: Vec<LinkRecord<'a>>,
    divergences: Vec<DivergenceRecord>,
    claims: Vec<ClaimRecord>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cut: Option<&'a str>,
}

#[derive(Serialize)]
struct ArticleRecord<'a> {
    id: String,
    title: Option<&'a str>,
    source: Option<&'a str>,
    published: Option<String>,
    path: Option<String>,
    url: Option<&'a str>,
    sha256: &'a str,
    text: &'a str,
    sentences: Vec<CodePointSpan>,
}

#[derive(Serialize)]
struct PassageRecord {
    article: u16,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct LinkRecord<'a> {
    a: PassageRecord,
    b: PassageRecord,
    relation: &'static str,
    score: f64,
    moved: bool,
    claim: u32,
    why: &'a str,
}

#[derive(Serialize)]
struct DivergenceRecord {
    kind: &'static str,
    a: PassageRecord,
    b: PassageRecord,
    link: u32,
    why: String,
}

#[derive(Serialize)]
struct ClaimRecord {
    id: u32,
    members: Vec<PassageRecord>,
    articles: Vec<u16>,
}

/// Articles with what is needed to tell places in code points.
struct Places<'a> {
    articles: &'a [Article],
    indexes: Vec<CodePointIndex>,
}

impl<'a> Places<'a> {
    fn span(&self, article: usize, span: ByteSpan) -> CodePointSpan {
        self.indexes[article].to_code_points(span)
    }

    fn passage(&self, passage: Passage) -> PassageRecord {
        let span = self.span(passage.article.index(), passage.span);
        PassageRecord { article: passage.article.0, start: span.start.0, end: span.end.0 }
    }

    fn article(&self, at: usize) -> ArticleRecord<'a> {
        let article = &self.articles[at];
        let (path, url) = match &article.origin {
            Origin::File(path) => (Some(path.to_string_lossy().into_owned()), None),
            Origin::Address(address) => (None, Some(address.as_str())),
            Origin::Sample(_) | Origin::StandardInput => (None, None),
        };
        ArticleRecord {
            id: crate::text::ArticleIndex::new(at).letter(),
            title: article.metadata.title.as_deref(),
            source: article.metadata.outlet.as_deref(),
            published: article.metadata.published.map(|moment| moment.date().to_string()),
            path,
            url,
            sha256: &article.sha256,
            text: article.text.content(),
            sentences: article.text.sentences().iter().map(|sentence| self.span(at, sentence.span)).collect(),
        }
    }
}
