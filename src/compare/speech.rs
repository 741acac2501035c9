//! Who says what: the speaker of every sentence that quotes or reports speech.
//!
//! Must never compare speakers by their surface alone: a surname, a full name and a role given to that name are one person.
//! Invariant: a speaker is named by terms that stand in the same article.

use super::prepare::{Unit, Word};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};
use crate::text::ByteSpan;

/// Who vouches for a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Where the article names them, for this sentence or the nearest before.
    pub span: ByteSpan,
    /// The article's terms for them: names where it gives any, else words for their office, sorted.
    pub terms: Vec<TermIndex>,
    /// Whether `terms` are names.
    pub named: bool,
}

/// How far from a verb of saying its subject stands, in words.
const REACH: usize = 20;

/// The speaker of every unit of one article, in order.
pub(super) fn speakers(units: &[Unit], vocabulary: &Vocabulary) -> Vec<Option<Speaker>> {
    let mut all: Vec<Option<Speaker>> = Vec::with_capacity(units.len());
    let mut last_person: Option<Speaker> = None;
    for (at, unit) in units.iter().enumerate() {
        let found = Finder { unit, vocabulary }.speaker();
        let before = at.checked_sub(1);
        let speaker = match found {
            Found::Person(speaker) => Some(speaker),
            Found::Pronoun => last_person.clone(),
            // A quotation that runs on over a sentence's end keeps its speaker.
            Found::Nobody if unit.words.iter().any(|word| word.quoted) => before
                .filter(|&before| units[before].paragraph == unit.paragraph || quotes(&units[before]))
                .and_then(|before| all[before].clone())
                .or_else(|| following(units, at, vocabulary)),
            Found::Nobody => None,
        };
        if let Some(person) = person_of(unit, vocabulary).or_else(|| speaker.clone().filter(|speaker| speaker.named)) {
            last_person = Some(person);
        }
        all.push(speaker);
    }
    all
}

fn quotes(unit: &Unit) -> bool {
    unit.words.iter().any(|word| word.quoted)
}

/// A quotation whose speaker the next sentence of the paragraph names.
fn following(units: &[Unit], at: usize, vocabulary: &Vocabulary) -> Option<Speaker> {
    let next = units.get(at + 1).filter(|next| next.paragraph == units[at].paragraph && quotes(next))?;
    match (Finder { unit: next, vocabulary }.speaker()) {
        Found::Person(speaker) => Some(speaker),
        Found::Pronoun | Found::Nobody => None,
    }
}

/// The last person a sentence names outside quotations: two names in a row, or one beside a verb of saying.
fn person_of(unit: &Unit, vocabulary: &Vocabulary) -> Option<Speaker> {
    let names = runs(&unit.words, vocabulary);
    names.into_iter().rev().find(|run| run.len() >= 2 && !run[0].quoted).map(named)
}

/// Neighbouring name words.
fn runs<'u>(words: &'u [Word], vocabulary: &Vocabulary) -> Vec<&'u [Word]> {
    let is_name = |word: &Word| vocabulary.term(word.term).class == TermClass::Name;
    words
        .chunk_by(|x, y| is_name(x) && is_name(y) && y.span.start.index() <= x.span.end.index() + 2)
        .filter(|run| is_name(&run[0]))
        .collect()
}

fn named(run: &[Word]) -> Speaker {
    let mut terms: Vec<_> = run.iter().map(|word| word.term).collect();
    terms.sort_unstable();
    terms.dedup();
    let span = run.iter().fold(run[0].span, |span, word| span.join(word.span));
    Speaker { span, terms, named: true }
}

/// What a sentence itself says about its speaker.
enum Found {
    Person(Speaker),
    Pronoun,
    Nobody,
}

struct Finder<'f> {
    unit: &'f Unit,
    vocabulary: &'f Vocabulary,
}

impl Finder<'_> {
    fn class(&self, word: &Word) -> TermClass {
        self.vocabulary.term(word.term).class
    }

    /// The subject of the first verb of saying outside quotation marks: the nearest name, else office, else pronoun.
    fn speaker(&self) -> Found {
        let words = &self.unit.words;
        let verbs: Vec<usize> =
            (0..words.len()).filter(|&at| !words[at].quoted && self.class(&words[at]) == TermClass::Speech).collect();
        let according = words
            .windows(2)
            .position(|pair| !pair[0].quoted && self.stem(&pair[0]) == "accord" && self.stem(&pair[1]) == "to");
        for at in verbs.iter().copied().chain(according) {
            match self.subject(at) {
                Found::Nobody => {}
                found => return found,
            }
        }
        Found::Nobody
    }

    fn stem(&self, word: &Word) -> &str {
        &self.vocabulary.term(word.term).stem
    }

    fn subject(&self, verb: usize) -> Found {
        let words = &self.unit.words;
        let from = verb.saturating_sub(REACH);
        let to = (verb + REACH).min(words.len());
        let mut near: Vec<&[Word]> = runs(&words[from..verb], self.vocabulary);
        near.reverse();
        near.extend(runs(&words[(verb + 1).min(to)..to], self.vocabulary));
        near.retain(|run| !run[0].quoted);
        let distance = |run: &[Word]| words.partition_point(|word| word.span.start < run[0].span.start).abs_diff(verb);
        near.sort_by_key(|run| distance(run));
        let pronoun = words[verb.saturating_sub(2)..(verb + 2).min(words.len())]
            .iter()
            .any(|word| !word.quoted && matches!(self.stem(word), "he" | "she"));
        if let Some(run) = near.first().filter(|run| !pronoun || distance(run) <= 1) {
            return Found::Person(named(run));
        }
        if pronoun {
            return Found::Pronoun;
        }
        let office: Vec<Word> = words[verb.saturating_sub(4)..verb]
            .iter()
            .filter(|word| !word.quoted && self.class(word) == TermClass::Content)
            .copied()
            .collect();
        let after: Vec<Word> = words[(verb + 1).min(to)..(verb + 4).min(to)]
            .iter()
            .filter(|word| !word.quoted && self.class(word) == TermClass::Content)
            .copied()
            .collect();
        let office = if office.is_empty() { after } else { office };
        if office.is_empty() { Found::Nobody } else { Found::Person(Speaker { named: false, ..named(&office) }) }
    }
}

/// Whether two speakers can be told to be the same person, or two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Identity {
    Same,
    Different,
    Unknown,
}

/// Compares two speakers of different articles.
pub(super) fn identity(a: &Speaker, b: &Speaker) -> Identity {
    let shared = a.terms.iter().filter(|term| b.terms.contains(term)).count();
    match (a.named && b.named, shared) {
        (_, 1..) => Identity::Same,
        (true, 0) => Identity::Different,
        (false, 0) => Identity::Unknown,
    }
}
