//! Six sources of any length on one event, made from a seed, with the comparison that their making implies.

use std::path::PathBuf;

use crossread::compare::{
    Backbone, Claim, ClaimIndex, Comparison, Divergence, DivergenceKind, Link, LinkIndex, Relation,
};
use crossread::source::{Article, Metadata, Origin};
use crossread::text::{ArticleIndex, ByteSpan, Passage, Text};

#[path = "../dice/mod.rs"]
mod dice;

use dice::Dice;

/// How many sources there are.
pub const SOURCES: usize = 6;

/// Every so many of the story's sentences a source leaves one out, tells one of its own, gives another figure.
const LEFT_OUT: u64 = 6;
const OWN: u64 = 5;
const DIVERGES: u64 = 12;

/// A sentence of the story as one source tells it.
struct Told {
    claim: u32,
    sentence: ByteSpan,
    figure: Option<ByteSpan>,
}

/// Six sources of at least so many words each, and what is to be found in them.
pub fn event(words: usize) -> (Vec<Article>, Comparison) {
    let story = story(words, &mut Dice(42));
    let mut articles = Vec::new();
    let mut told = Vec::new();
    for source in 0..SOURCES {
        let (content, sentences) = tell(&story, &mut Dice(7 + source as u64));
        articles.push(article(source, content));
        told.push(sentences);
    }
    let comparison = comparison(&told);
    (articles, comparison)
}

/// The same texts alone, of so many sources.
#[allow(dead_code, reason = "one of the benchmarks measures whole programs, which compare by themselves")]
pub fn texts(words: usize, sources: u64) -> Vec<String> {
    let story = story(words, &mut Dice(42));
    (0..sources).map(|source| tell(&story, &mut Dice(7 + source)).0).collect()
}

/// The story's sentences.
fn story(words: usize, dice: &mut Dice) -> Vec<String> {
    let mut story = Vec::new();
    let mut count = 0;
    while count < words {
        let sentence = sentence(dice);
        count += sentence.split(' ').count();
        story.push(sentence);
    }
    story
}

fn sentence(dice: &mut Dice) -> String {
    let length = 8 + dice.roll(22);
    let words: Vec<String> = (0..length).map(|_| word(dice)).collect();
    let mut sentence = words.join(" ");
    if dice.roll(7) == 0 {
        sentence = format!("“{sentence}”, the mayor said");
    }
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// A made-up word; short ones come far more often than long ones.
fn word(dice: &mut Dice) -> String {
    const BEGINNINGS: [&str; 16] = ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr"];
    const VOWELS: [&str; 7] = ["a", "e", "i", "o", "u", "ea", "é"];
    let syllables = 1 + dice.roll(3).min(dice.roll(4));
    (0..syllables)
        .map(|_| {
            let beginning = BEGINNINGS[dice.roll(BEGINNINGS.len() as u64) as usize];
            format!("{beginning}{}", VOWELS[dice.roll(VOWELS.len() as u64) as usize])
        })
        .collect()
}

/// The story in a source's words: the text, and where it tells what.
fn tell(story: &[String], dice: &mut Dice) -> (String, Vec<Told>) {
    let mut content = format!("{}\n\n", sentence(dice).trim_end_matches('.'));
    let mut told = Vec::new();
    for (claim, sentence) in (0u32..).zip(story) {
        if dice.roll(LEFT_OUT) == 0 {
            continue;
        }
        if dice.roll(OWN) == 0 {
            content.push_str(&self::sentence(dice));
            content.push(' ');
        }
        let start = content.len();
        let figure = dice.roll(DIVERGES) == 0;
        let mut place = None;
        if figure {
            let words = format!("About {} ", 2 + dice.roll(90));
            place = Some(ByteSpan::new(start, start + words.trim_end().len()));
            content.push_str(&words);
        }
        content.push_str(sentence);
        told.push(Told { claim, sentence: ByteSpan::new(start, content.len()), figure: place });
        content.push_str(if dice.roll(3) == 0 { "\n\n" } else { " " });
    }
    (content.trim_end().to_owned() + "\n", told)
}

fn article(source: usize, content: String) -> Article {
    let metadata = Metadata {
        outlet: Some(format!("Paper {}", source + 1)),
        published: Some(jiff::civil::date(2026, 3, 11).at(0, 0, 0, 0)),
        ..Metadata::default()
    };
    let origin = Origin::File(PathBuf::from(format!("/news/{source}.txt")));
    Article { metadata, origin, sha256: format!("{source:064x}"), text: Text::new(content) }
}

/// Every sentence of the story is a claim of all sources that tell it.
fn comparison(told: &[Vec<Told>]) -> Comparison {
    let mut comparison = Comparison::default();
    let claims = told.iter().flatten().map(|told| told.claim + 1).max().unwrap_or(0);
    let mut members: Vec<Vec<(ArticleIndex, &Told)>> = vec![Vec::new(); claims as usize];
    for (at, sentences) in told.iter().enumerate() {
        for sentence in sentences {
            members[sentence.claim as usize].push((ArticleIndex::new(at), sentence));
        }
    }
    for (index, members) in (0u32..).zip(&members) {
        let passage = |(article, told): &(ArticleIndex, &Told)| Passage { article: *article, span: told.sentence };
        let articles = members.iter().map(|(article, _)| *article).collect();
        comparison.claims.push(Claim { members: members.iter().map(passage).collect(), articles });
        for (at, a) in members.iter().enumerate() {
            for b in &members[at + 1..] {
                link(&mut comparison, (passage(a), passage(b)), ClaimIndex(index), (a.1.figure, b.1.figure));
            }
        }
    }
    comparison.backbones = backbones(&comparison.links);
    comparison
}

/// Joins two passages; two figures at their beginnings are a divergence.
fn link(comparison: &mut Comparison, (a, b): (Passage, Passage), claim: ClaimIndex, figures: Figures) {
    let index = LinkIndex(comparison.links.len() as u32);
    comparison.links.push(Link {
        a,
        b,
        relation: if figures == (None, None) { Relation::Verbatim } else { Relation::Reworded },
        score: 1.0,
        moved: false,
        claim,
        why: "one sentence of the story".to_owned(),
    });
    if figures != (None, None) {
        let place =
            |passage: Passage, figure: Option<ByteSpan>| Passage { span: figure.unwrap_or(passage.span), ..passage };
        comparison.divergences.push(Divergence {
            kind: DivergenceKind::Number,
            a: place(a, figures.0),
            b: place(b, figures.1),
            link: index,
            why_a: "one figure".to_owned(),
            why_b: "another".to_owned(),
        });
    }
}

type Figures = (Option<ByteSpan>, Option<ByteSpan>);

fn backbones(links: &[Link]) -> Vec<Backbone> {
    let mut backbones = Vec::new();
    for a in 0..SOURCES {
        for b in a + 1..SOURCES {
            let (a, b) = (ArticleIndex::new(a), ArticleIndex::new(b));
            let joins = |(_, link): &(u32, &Link)| (link.a.article, link.b.article) == (a, b);
            let links = (0u32..).zip(links).filter(joins).map(|(index, _)| LinkIndex(index)).collect();
            backbones.push(Backbone { a, b, links });
        }
    }
    backbones
}
