//! Articles cut for matching: sentences into clauses and words, with their values, quotations and place.
//!
//! Must never look at two articles at once. Invariant: the units of an article stand in the order of its text.

use std::ops::Range;

use foldhash::HashSet;

use super::candidates::UnitIndex;
use super::fingerprint::fingerprint;
use super::speech::{Speaker, speakers};
use super::vectors::{DIMENSIONS, Vector, dot, normalize};
use super::vocabulary::{TermIndex, Vocabulary, Written};
use super::{acronyms, aliases, clause, parallel, phrases};
use crate::source::Article;
use crate::text::quotation::{Quotation, quotations};
use crate::text::token::{Token, TokenKind, tokens};
use crate::text::values::{Value, values};
use crate::text::{self, ByteSpan, ParagraphKind};

/// One word of a sentence.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub term: TermIndex,
    pub span: ByteSpan,
    /// Whether it stands inside quotation marks.
    pub quoted: bool,
    /// How much of its term's weight it brings: less the more sentences of its article have it, and where it only completes a
    /// fixed phrase ("New" before "York").
    pub worth: f32,
}

/// What stands between a word of a text and the next, white space trimmed; nothing after the last.
pub(super) fn gap<'t>(text: &'t str, words: &[Word], at: usize) -> &'t str {
    let (Some(word), Some(next)) = (words.get(at), words.get(at + 1)) else { return "" };
    text.get(word.span.end.index()..next.span.start.index()).unwrap_or_default().trim()
}

/// A part of a sentence that can carry a claim by itself.
#[derive(Debug, Clone)]
pub(super) struct Clause {
    pub span: ByteSpan,
    /// Its words, as a range of the sentence's words.
    pub words: Range<usize>,
}

/// One sentence.
#[derive(Debug)]
pub(super) struct Unit {
    pub span: ByteSpan,
    pub kind: ParagraphKind,
    /// Its paragraph's index, to tell neighbours.
    pub paragraph: u32,
    pub words: Vec<Word>,
    pub clauses: Vec<Clause>,
    pub values: Vec<Value>,
    /// Who vouches for it, where it quotes or reports speech.
    pub speaker: Option<Speaker>,
    /// The person its first pronoun stands for, as a sentence before it names them.
    pub meant: Option<Word>,
}

impl Unit {
    /// The places of the words that a span touches, among the sentence's words.
    pub(super) fn touched(&self, span: ByteSpan) -> Range<usize> {
        let from = self.words.partition_point(|word| word.span.end <= span.start);
        let to = self.words.partition_point(|word| word.span.start < span.end);
        from..to.max(from)
    }

    /// The words that a span touches.
    pub(super) fn within(&self, span: ByteSpan) -> &[Word] {
        &self.words[self.touched(span)]
    }

    /// Whether a span is part of a value's mention.
    pub(super) fn is_in_value(&self, span: ByteSpan) -> bool {
        self.values.iter().any(|value| value.span.shared(span) > 0)
    }
}

/// One article.
#[derive(Debug)]
pub(super) struct Prepared<'a> {
    pub text: &'a str,
    /// Tells it, as it was read, from every other.
    pub print: u64,
    pub units: Vec<Unit>,
    pub quotations: Vec<Quotation>,
    /// Every term that stands in one of the units.
    pub terms: HashSet<TermIndex>,
    /// What the article is about: the mean of its sentences' vectors.
    pub topic: Vector,
}

impl Prepared<'_> {
    /// The place of the unit that a span begins in, among the article's units.
    pub(super) fn unit_at(&self, span: ByteSpan) -> usize {
        self.units.partition_point(|unit| unit.span.end <= span.start)
    }
}

/// All articles of a comparison, cut, with the words they are made of.
#[derive(Debug)]
pub(super) struct Corpus<'a> {
    pub vocabulary: Vocabulary,
    pub articles: Vec<Prepared<'a>>,
    /// What each article is about, multiplied with what every article is about, article after article.
    topics: Vec<f32>,
}

impl<'a> Corpus<'a> {
    /// Cuts all articles.
    pub(super) fn new(articles: &[&'a Article]) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut all = Vec::with_capacity(articles.len());
        for some in batches(articles) {
            let (read, mut own): (Vec<_>, Vec<_>) =
                parallel::map_large(some, |article| read(article)).into_iter().unzip();
            let terms = own.iter_mut().map(|own| vocabulary.take_in(own));
            all.extend(read.into_iter().zip(terms));
            parallel::each_large(&mut own, |own| *own = Vocabulary::default());
        }
        let places = vocabulary.arrange();
        let mut prepared: Vec<_> =
            all.into_iter().map(|(read, terms)| prepare(read, &terms, &places, &vocabulary)).collect();
        let sentences: usize = prepared.iter().map(|article| article.units.len()).sum();
        vocabulary.settle(sentences as f32 / prepared.len().max(1) as f32);
        parallel::each_large(&mut prepared, |article| phrases::discount(article, &vocabulary));
        vocabulary.join(&aliases::aliases(&prepared, &vocabulary));
        vocabulary.spell_out(acronyms::acronyms(&prepared, &vocabulary));
        parallel::each_large(&mut prepared, |article| aliases::settle_pronouns(&mut article.units, &vocabulary));
        let vouching = parallel::map_large(&prepared, |article| speakers(article.text, &article.units, &vocabulary));
        for (article, speakers) in prepared.iter_mut().zip(vouching) {
            article.units.iter_mut().zip(speakers).for_each(|(unit, speaker)| unit.speaker = speaker);
        }
        prepared.iter_mut().for_each(|article| article.topic = topic(article, &vocabulary));
        let with_all = |article: &Prepared| prepared.iter().map(|other| dot(&article.topic, &other.topic)).collect();
        let topics = prepared.iter().flat_map::<Vec<_>, _>(with_all).collect();
        Self { vocabulary, articles: prepared, topics }
    }

    /// Gives its memory back.
    pub(super) fn discard(mut self) {
        self.articles.iter_mut().for_each(|article| parallel::keep(&mut article.units, 0));
    }

    /// How many sentences each article has.
    pub(super) fn lengths(&self) -> Vec<u32> {
        self.articles.iter().map(|article| article.units.len() as u32).collect()
    }

    /// What two articles are about, multiplied.
    pub(super) fn topics(&self, a: usize, b: usize) -> f32 {
        self.topics[a * self.articles.len() + b]
    }

    /// A sentence.
    pub(super) fn unit(&self, at: UnitIndex) -> &Unit {
        &self.articles[usize::from(at.article)].units[at.unit as usize]
    }
}

fn topic(article: &Prepared, vocabulary: &Vocabulary) -> Vector {
    let mut topic = [0.0; DIMENSIONS];
    let share = 1.0 / article.units.len().max(1) as f32;
    for units in article.units.chunks(AT_ONCE) {
        for vector in parallel::map(units, |unit| vector_of(&unit.words, vocabulary)) {
            topic.iter_mut().zip(&vector).for_each(|(sum, value)| *sum += share * value);
        }
    }
    topic
}

/// So many sentences are read before their words are counted: what is read stands in memory meanwhile.
const AT_ONCE: usize = 4096;

/// So many articles are read side by side at least (and as many as there are processors), and so many bytes of text, before their
/// words are taken over into the vocabulary of all: until then these stand in memory twice.
const FEWEST_ARTICLES: usize = 4;
const FEWEST_BYTES: usize = 1 << 18;

/// The articles, as many at a time as are read side by side.
fn batches<'s, 'a>(mut articles: &'s [&'a Article]) -> impl Iterator<Item = &'s [&'a Article]> {
    std::iter::from_fn(move || {
        let mut bytes = 0;
        let fewest = FEWEST_ARTICLES.max(parallel::processors());
        let is_few = |(at, article): &(usize, &&Article)| {
            bytes += article.text.content().len();
            *at + 1 < fewest || bytes < FEWEST_BYTES
        };
        let count = articles.iter().enumerate().take_while(is_few).count() + 1;
        let (some, rest) = articles.split_at(count.min(articles.len()));
        articles = rest;
        (!some.is_empty()).then_some(some)
    })
}

/// An article that is read, its words still of a vocabulary of its own: so articles can be read side by side.
struct Read<'a> {
    article: Prepared<'a>,
    /// For every word of that vocabulary how rare it is in the article.
    rarities: Vec<f32>,
    /// For every sentence the words before which a clause may begin.
    partings: Vec<Vec<u32>>,
}

/// Reads an article; with the vocabulary of its own.
fn read(article: &Article) -> (Read<'_>, Vocabulary) {
    let text = article.text.content();
    let published = article.metadata.published;
    let quotations = quotations(&article.text);
    let sentences = article.text.sentences();
    let mut vocabulary = Vocabulary::default();
    let mut units = Vec::with_capacity(sentences.len());
    let mut partings = Vec::with_capacity(sentences.len());
    let read = |sentence: &text::Sentence| (tokens(text, sentence.span), values(text, sentence.span, published));
    let chunks = sentences.chunks(AT_ONCE);
    for (sentence, (tokens, values)) in chunks.flat_map(|some| some.iter().zip(parallel::map(some, read))) {
        let kind = article.text.paragraph(sentence.paragraph).map_or(ParagraphKind::Body, |paragraph| paragraph.kind);
        let words = words_of(text, &tokens, kind, &quotations, &mut vocabulary);
        let mut terms: Vec<_> = words.iter().map(|word| word.term).collect();
        terms.sort_unstable();
        terms.dedup();
        terms.iter().for_each(|&term| vocabulary.count_sentence(term));
        partings.push(clause::partings(text, &tokens, &words));
        let (span, paragraph) = (sentence.span, sentence.paragraph.0);
        units.push(Unit { span, kind, paragraph, words, clauses: Vec::new(), values, speaker: None, meant: None });
    }
    let print = print(article);
    let article = Prepared { text, print, units, quotations, terms: HashSet::default(), topic: [0.0; DIMENSIONS] };
    let rarities = vocabulary.rarities(article.units.len());
    (Read { article, rarities, partings }, vocabulary)
}

/// A fingerprint of all that an article's sentences are made of.
fn print(article: &Article) -> u64 {
    let sentences = article.text.sentences();
    let kind = |sentence: &text::Sentence| article.text.paragraph(sentence.paragraph).map(|paragraph| paragraph.kind);
    let sentences: Vec<_> =
        sentences.iter().map(|sentence| (sentence.span, sentence.paragraph, kind(sentence))).collect();
    fingerprint(&(&article.sha256, article.metadata.published, sentences))
}

/// Gives an article's words the terms of the vocabulary of all, and cuts its sentences into clauses. `terms` has for every word of
/// the article's own vocabulary the term it became, `places` for every term where it is now.
fn prepare<'a>(read: Read<'a>, terms: &[TermIndex], places: &[TermIndex], vocabulary: &Vocabulary) -> Prepared<'a> {
    let Read { mut article, rarities, partings } = read;
    let terms: Vec<_> = terms.iter().map(|term| places[term.0 as usize]).collect();
    let mut with_partings: Vec<_> = article.units.iter_mut().zip(partings).collect();
    parallel::each(&mut with_partings, |(unit, partings)| {
        for word in &mut unit.words {
            let own = word.term.0 as usize;
            (word.term, word.worth) = (terms[own], rarities[own]);
        }
        unit.clauses = clause::cut(partings, &unit.words, vocabulary);
    });
    article.terms = terms.into_iter().collect();
    article
}

fn words_of(
    text: &str,
    tokens: &[Token],
    kind: ParagraphKind,
    quotations: &[Quotation],
    vocabulary: &mut Vocabulary,
) -> Vec<Word> {
    let mut words = Vec::with_capacity(tokens.len());
    let shouted = is_headline_case(text, tokens);
    for (at, token) in tokens.iter().enumerate() {
        let form = token.span.of(text);
        let written = match token.kind {
            TokenKind::Number => Written::Figure,
            TokenKind::Word if shouted || kind != ParagraphKind::Body => Written::Unknown,
            TokenKind::Word if begins(tokens, at, text) && !before_capital(tokens, at, text) => Written::Unknown,
            TokenKind::Word if form.starts_with(char::is_uppercase) => Written::Capitalized,
            TokenKind::Word => Written::Lower,
            TokenKind::Symbol | TokenKind::Punctuation | TokenKind::Quote => continue,
        };
        let quoted = is_quoted(quotations, token.span);
        words.push(Word { term: vocabulary.intern(form, written), span: token.span, quoted, worth: 1.0 });
    }
    words
}

/// Whether a span lies inside one of the quotations (sorted by place).
fn is_quoted(quotations: &[Quotation], span: ByteSpan) -> bool {
    let after = quotations.partition_point(|quotation| quotation.inner.start <= span.start);
    after > 0 && quotations[after - 1].inner.covers(span)
}

/// Whether a word begins a sentence or a quotation, where a capital says nothing.
fn begins(tokens: &[Token], at: usize, text: &str) -> bool {
    at.checked_sub(1).is_none_or(|before| {
        let token = tokens[before];
        token.kind == TokenKind::Quote
            || token.kind == TokenKind::Punctuation && !matches!(token.span.of(text), "," | "-" | "(" | "—" | "–")
    })
}

/// Whether the next word has a capital, too: then a sentence begins with a name of several words.
fn before_capital(tokens: &[Token], at: usize, text: &str) -> bool {
    let next = tokens.get(at + 1);
    next.is_some_and(|next| next.kind == TokenKind::Word && next.span.of(text).starts_with(char::is_uppercase))
}

/// Whether a sentence is set in capitals or in headline style, where a capital says nothing.
fn is_headline_case(text: &str, tokens: &[Token]) -> bool {
    let long = tokens.iter().filter(|token| token.kind == TokenKind::Word && token.span.len() > 3);
    let (mut capital, mut all) = (0usize, 0usize);
    for token in long {
        all += 1;
        capital += usize::from(token.span.of(text).starts_with(char::is_uppercase));
    }
    all > 3 && capital * 3 > all * 2
}

/// The weighted mean direction of some words.
pub(super) fn vector_of(words: &[Word], vocabulary: &Vocabulary) -> Vector {
    let mut sum = [0.0; DIMENSIONS];
    for word in words {
        let term = vocabulary.term(word.term);
        if let Some(vector) = &term.vector {
            let weight = if term.carries() { vocabulary.weight(word) } else { 0.05 * term.rarity };
            sum.iter_mut().zip(vector.numbers()).for_each(|(sum, value)| *sum += weight * value);
        }
    }
    normalize(&mut sum);
    sum
}
