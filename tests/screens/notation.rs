//! Articles with what is to be found in them, in one string each: `{1:It struck at <date:5.40 a.m.>}` is a passage that carries
//! claim 1, with the words that diverge as a date; `{2*:…}` carries claim 2 out of the order of the story.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crossread::compare::{
    Backbone, Claim, ClaimIndex, Comparison, Divergence, DivergenceKind, Link, LinkIndex, Relation,
};
use crossread::source::{Article, Metadata, Origin};
use crossread::text::{ArticleIndex, ByteSpan, Passage, Text};

/// A passage of the notation.
#[derive(Debug, Clone)]
struct Marked {
    claim: u32,
    moved: bool,
    span: ByteSpan,
    divergences: Vec<(DivergenceKind, ByteSpan)>,
}

/// The articles and the comparison that their notation says.
pub fn event(sources: &[(&str, &str)]) -> (Vec<Article>, Comparison) {
    let mut articles = Vec::new();
    let mut marked = Vec::new();
    for (outlet, notation) in sources {
        let (content, passages) = read(notation);
        marked.push(passages);
        articles.push(article(outlet, content));
    }
    let comparison = comparison(&articles, &marked);
    (articles, comparison)
}

/// An article of that outlet.
pub fn article(outlet: &str, content: String) -> Article {
    let metadata = Metadata {
        outlet: Some(outlet.to_owned()),
        title: content.lines().next().map(str::to_owned),
        published: Some(jiff::civil::date(2026, 3, 11).at(0, 0, 0, 0)),
        ..Metadata::default()
    };
    let origin = Origin::File(PathBuf::from(format!("/news/{}.txt", outlet.to_lowercase())));
    Article { metadata, origin, sha256: format!("{:064x}", content.len()), text: Text::new(content) }
}

fn read(notation: &str) -> (String, Vec<Marked>) {
    let mut content = String::new();
    let mut found: Vec<Marked> = Vec::new();
    let mut open: Option<(Marked, usize)> = None;
    let mut rest = notation;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '{' => {
                let (label, after) = rest.split_once(':').expect("a passage has a label");
                let claim = label.trim_end_matches('*').parse().expect("a claim is a number");
                let passage =
                    Marked { claim, moved: label.ends_with('*'), span: ByteSpan::default(), divergences: Vec::new() };
                open = Some((passage, content.len()));
                rest = after;
            }
            '}' => {
                let (mut passage, start) = open.take().expect("a passage was opened");
                passage.span = ByteSpan::new(start, content.len());
                found.push(passage);
            }
            '<' => {
                let (label, after) = rest.split_once(':').expect("a divergence has a kind");
                let (words, after) = after.split_once('>').expect("a divergence ends");
                let span = ByteSpan::new(content.len(), content.len() + words.len());
                open.as_mut().expect("a divergence stands in a passage").0.divergences.push((kind(label), span));
                content.push_str(words);
                rest = after;
            }
            c => content.push(c),
        }
    }
    (content, found)
}

fn kind(label: &str) -> DivergenceKind {
    match label {
        "date" => DivergenceKind::Date,
        "number" => DivergenceKind::Number,
        "name" => DivergenceKind::Name,
        "quote" => DivergenceKind::Quote,
        other => panic!("{other} is no kind of divergence"),
    }
}

fn comparison(articles: &[Article], marked: &[Vec<Marked>]) -> Comparison {
    let mut comparison = Comparison::default();
    let mut claims: BTreeMap<u32, Vec<(ArticleIndex, &Marked)>> = BTreeMap::new();
    for (at, passages) in marked.iter().enumerate() {
        for passage in passages {
            claims.entry(passage.claim).or_default().push((ArticleIndex::new(at), passage));
        }
    }
    let mut links: Vec<(Link, &Marked, &Marked)> = Vec::new();
    for (index, members) in (0u32..).zip(claims.values()) {
        for (a, passage_a) in members {
            for (b, passage_b) in members.iter().filter(|(b, _)| b > a) {
                links.push((link(articles, (*a, passage_a), (*b, passage_b), ClaimIndex(index)), passage_a, passage_b));
            }
        }
        let mut sources: Vec<ArticleIndex> = members.iter().map(|(article, _)| *article).collect();
        sources.dedup();
        let members =
            members.iter().map(|(article, marked)| Passage { article: *article, span: marked.span }).collect();
        comparison.claims.push(Claim { members, articles: sources });
    }
    links.sort_by_key(|(link, _, _)| (link.a, link.b));
    for (index, (link, a, b)) in (0u32..).zip(&links) {
        for (kind, span_a) in &a.divergences {
            for (_, span_b) in b.divergences.iter().filter(|(theirs, _)| theirs == kind) {
                let says =
                    |article: ArticleIndex, span: &ByteSpan| articles[article.index()].text.slice(*span).to_owned();
                comparison.divergences.push(Divergence {
                    kind: *kind,
                    a: Passage { article: link.a.article, span: *span_a },
                    b: Passage { article: link.b.article, span: *span_b },
                    link: LinkIndex(index),
                    why_a: says(link.a.article, span_a),
                    why_b: says(link.b.article, span_b),
                });
            }
        }
    }
    comparison.links = links.into_iter().map(|(link, _, _)| link).collect();
    comparison.backbones = backbones(articles.len(), &comparison.links);
    comparison
}

fn link(articles: &[Article], a: (ArticleIndex, &Marked), b: (ArticleIndex, &Marked), claim: ClaimIndex) -> Link {
    let words =
        |(article, marked): (ArticleIndex, &Marked)| articles[article.index()].text.slice(marked.span).to_lowercase();
    let relation = if words(a) == words(b) { Relation::Verbatim } else { Relation::Reworded };
    Link {
        a: Passage { article: a.0, span: a.1.span },
        b: Passage { article: b.0, span: b.1.span },
        relation,
        score: 1.0,
        moved: a.1.moved || b.1.moved,
        claim,
        why: "as the notation says".to_owned(),
    }
}

fn backbones(count: usize, links: &[Link]) -> Vec<Backbone> {
    let mut backbones = Vec::new();
    for a in 0..count {
        for b in a + 1..count {
            let (a, b) = (ArticleIndex::new(a), ArticleIndex::new(b));
            let of_both = |link: &&(u32, &Link)| (link.1.a.article, link.1.b.article) == (a, b) && !link.1.moved;
            let numbered: Vec<(u32, &Link)> = (0u32..).zip(links).collect();
            let links = numbered.iter().filter(of_both).map(|(index, _)| LinkIndex(*index)).collect();
            backbones.push(Backbone { a, b, links });
        }
    }
    backbones
}
