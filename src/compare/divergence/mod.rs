//! Typed differences inside links: suspects found by rules of the language, kept or dropped by a learned score.
//!
//! Must never make a link. Invariant: both spans of a divergence lie in the sentences its link joins, or name their speakers.

mod frame;
mod framing;
mod name;
mod opposite;
mod polarity;
mod quote;
mod quoted;
mod speaker;
mod suspect;
mod value;

use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt};

use super::candidates::UnitIndex;
use super::figures::MOST;
use super::model::Forest;
use super::once::{self, OfSentences};
use super::overlap::{Sought, shared_both_ways};
use super::parallel;
use super::prepare::{Corpus, Prepared, Unit, Word};
use super::types::{Divergence, DivergenceKind, Link, LinkIndex};
use super::vocabulary::Vocabulary;
use crate::text::{ByteSpan, Passage};

use quoted::Quoted;
pub(super) use suspect::{NAMES, Suspect};

/// The certainty from which a suspect is a divergence. Kinds that rest on a cue alone are oftener wrong on events unlike
/// those trained on, and framing is the softest: these need more, less of it where both sides have the very word that the
/// cue belongs to ("may miss" and "will miss").
fn threshold(suspect: &Suspect) -> f32 {
    let one_head = suspect.signs.head > 0.99;
    match suspect.kind {
        _ if suspect.by_form => 0.0,
        DivergenceKind::QuotePunctuation => 0.0,
        DivergenceKind::Negation => {
            if one_head {
                0.2
            } else {
                0.3
            }
        }
        DivergenceKind::Modality => {
            if one_head {
                0.3
            } else {
                0.45
            }
        }
        DivergenceKind::Framing => 0.5,
        _ => 0.26,
    }
}

/// Two linked sentences.
pub(super) struct Site<'s> {
    pub score: f32,
    /// How alike the two sentences are.
    pub alike: f32,
    pub a: Side<'s>,
    pub b: Side<'s>,
    pub vocabulary: &'s Vocabulary,
}

/// One of them, in its article.
#[derive(Clone, Copy)]
pub(super) struct Side<'s> {
    pub passage: Passage,
    pub article: &'s Prepared<'s>,
    pub unit: &'s Unit,
    pub sentence: &'s Sentence<'s>,
    /// All that the article has between quotation marks.
    pub quoted: &'s Quoted<'s>,
}

/// What a sentence brings to every link that it stands in.
pub(super) struct Sentence<'s> {
    words: Sought<'s>,
    clauses: Vec<polarity::Marked<'s>>,
    /// How many of its words negate.
    negations: f32,
    names: Vec<name::Name<'s>>,
    /// Its words inside quotation marks.
    quoted: Sought<'s>,
    /// The places of its common words outside values, and of those that have an opposite.
    common: Vec<usize>,
    opposed: Vec<usize>,
    /// The counts of people that it tells together.
    sums: Vec<value::Sum>,
}

impl<'s> Sentence<'s> {
    fn of(at: UnitIndex, corpus: &'s Corpus<'s>) -> Self {
        let (unit, text) = (corpus.unit(at), corpus.articles[usize::from(at.article)].text);
        let quoted: Vec<Word> = unit.words.iter().filter(|word| word.quoted).copied().collect();
        Self {
            words: Sought::of(unit.words.as_slice(), &corpus.vocabulary),
            clauses: polarity::marked(unit, text, &corpus.vocabulary),
            negations: polarity::negations(unit, text),
            names: name::names(unit, text, &corpus.vocabulary),
            quoted: Sought::of(quoted, &corpus.vocabulary),
            common: framing::common(unit, &corpus.vocabulary),
            opposed: opposite::opposed_words(unit, &corpus.vocabulary),
            sums: value::sums(unit, text, &corpus.vocabulary),
        }
    }
}

impl<'s> Side<'s> {
    /// The words of a span of this side's article.
    pub(super) fn text(&self, span: ByteSpan) -> &'s str {
        span.of(self.article.text)
    }
}

/// All suspects in some links (in the corpus's own article order), with a row of features each. Where several links join
/// two sentences, these are searched once, and a suspect belongs to the link whose passages hold most of it.
pub(super) fn suspects(links: &[Link], corpus: &Corpus) -> Vec<(LinkIndex, Suspect)> {
    let quoted = parallel::map_large(&corpus.articles, |article| Quoted::of(article, corpus.articles.len()));
    let (pairs, together) = of_two_sentences(links, corpus);
    let of_some = |numbers: &[u32], sentences: &OfSentences<Sentence>| {
        let of_pair = |&at: &u32| {
            let ((a, b), together) = (pairs[at as usize], &together[at as usize]);
            let side = |at: UnitIndex, passage: fn(&Link) -> Passage| {
                let first = passage(&links[together[0]]);
                let span = together.iter().fold(first.span, |span, &link| span.join(passage(&links[link]).span));
                Side {
                    passage: Passage { span, ..first },
                    article: &corpus.articles[usize::from(at.article)],
                    unit: corpus.unit(at),
                    sentence: sentences.get(at),
                    quoted: &quoted[usize::from(at.article)],
                }
            };
            let (a, b) = (side(a, |link| link.a), side(b, |link| link.b));
            let alike = shared_both_ways(&a.sentence.words, &b.sentence.words, &corpus.vocabulary);
            let site = Site { score: links[together[0]].score, alike, a, b, vocabulary: &corpus.vocabulary };
            let held = |suspect: Suspect| (holding(&suspect, together, links), suspect);
            of_site(&site).into_iter().map(held).collect::<Vec<_>>()
        };
        parallel::map(numbers, of_pair)
    };
    once::over(&pairs, |at| Sentence::of(at, corpus), of_some).into_iter().flatten().collect()
}

/// The suspects between two sentences.
fn of_site(site: &Site) -> Vec<Suspect> {
    let mut found = Vec::new();
    value::find(site, &mut found);
    quote::find(site, &mut found);
    name::find(site, &mut found);
    polarity::find(site, &mut found);
    opposite::find(site, &mut found);
    speaker::find(site, &mut found);
    framing::find(site, &mut found);
    suspect::count_rivals(&mut found);
    found
}

/// The pairs of sentences that links join, in the order of the first link of each, and for each the places of its links.
fn of_two_sentences(links: &[Link], corpus: &Corpus) -> (Vec<(UnitIndex, UnitIndex)>, Vec<Vec<usize>>) {
    let sentence = |passage: Passage| {
        let article = &corpus.articles[passage.article.index()];
        let unit = article.unit_at(passage.span).min(article.units.len().saturating_sub(1));
        UnitIndex { article: passage.article.0, unit: u32::try_from(unit).unwrap_or(u32::MAX) }
    };
    let mut group_of = HashMap::new();
    let (mut pairs, mut groups) = (Vec::new(), Vec::<Vec<usize>>::new());
    for (at, link) in links.iter().enumerate() {
        let pair = (sentence(link.a), sentence(link.b));
        let group = *group_of.entry(pair).or_insert(groups.len());
        if group == groups.len() {
            pairs.push(pair);
            groups.push(Vec::new());
        }
        groups[group].push(at);
    }
    (pairs, groups)
}

/// The link whose passages hold most of a suspect; the first among equals.
fn holding(suspect: &Suspect, among: &[usize], links: &[Link]) -> LinkIndex {
    let held = |at: usize| links[at].a.span.shared(suspect.a) + links[at].b.span.shared(suspect.b);
    let best = among.iter().copied().reduce(|best, at| if held(at) > held(best) { at } else { best });
    LinkIndex(u32::try_from(best.unwrap_or(0)).unwrap_or(u32::MAX))
}

/// The divergences among the suspects of some links.
pub(super) fn divergences(links: &[Link], corpus: &Corpus, model: &Forest) -> Vec<Divergence> {
    let suspects = suspects(links, corpus);
    let rows: Vec<_> = suspects.iter().map(|(_, suspect)| suspect.row()).collect();
    let scores = model.scores(&rows);
    let sure = scores.into_iter().zip(suspects).filter(|(score, (_, suspect))| *score >= threshold(suspect));
    let mut found: Vec<_> = sure.map(|(score, (link, suspect))| (score, divergence(link, suspect, links))).collect();
    keep_surest_of_values(&mut found);
    // One difference shows in several links of one pair of sentences: the surest stands for them.
    found.sort_by(|(x, one), (y, other)| {
        (one.kind, one.a, one.b)
            .cmp(&(other.kind, other.a, other.b))
            .then(y.total_cmp(x))
            .then(one.link.cmp(&other.link))
    });
    found.dedup_by(|(_, one), (_, other)| (one.kind, one.a, one.b) == (other.kind, other.a, other.b));
    found.into_iter().map(|(_, divergence)| divergence).collect()
}

/// Each value parts from one other of a link at the most: the surest.
fn keep_surest_of_values(found: &mut Vec<(f32, Divergence)>) {
    let place = |divergence: &Divergence| (divergence.link, divergence.kind, divergence.a, divergence.b);
    found.sort_by(|(x, one), (y, other)| y.total_cmp(x).then_with(|| place(one).cmp(&place(other))));
    let mut taken: BTreeSet<(LinkIndex, Passage)> = BTreeSet::new();
    found.retain(|(_, divergence)| {
        if !matches!(divergence.kind, DivergenceKind::Number | DivergenceKind::Date) {
            return true;
        }
        let ends = [(divergence.link, divergence.a), (divergence.link, divergence.b)];
        let free = ends.iter().all(|end| !taken.contains(end));
        if free {
            taken.extend(ends);
        }
        free
    });
}

fn divergence(link: LinkIndex, suspect: Suspect, links: &[Link]) -> Divergence {
    let of = &links[link.0 as usize];
    Divergence {
        kind: suspect.kind,
        a: Passage { article: of.a.article, span: suspect.a },
        b: Passage { article: of.b.article, span: suspect.b },
        link,
        why_a: suspect.why_a,
        why_b: suspect.why_b,
    }
}
