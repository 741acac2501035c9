//! Who says what: the speaker of every sentence that quotes or reports speech.
//!
//! Must never compare speakers by their surface alone: a surname, a full name and a role given to that name are one person.
//! Invariant: a speaker is named by terms that stand in the same article.

use super::prepare::Unit;
use super::subject::{Found, Sentence};
use super::vocabulary::{TermIndex, Vocabulary};
use crate::text::ByteSpan;

/// Who vouches for a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Where this sentence says so, by name, office or pronoun; else where one before it does.
    pub span: ByteSpan,
    /// The article's terms for them: names where it gives any, else words for their office, sorted.
    pub terms: Vec<TermIndex>,
    /// Whether `terms` are names.
    pub named: bool,
}

/// The speaker of every unit of one article, in order.
pub(super) fn speakers(text: &str, units: &[Unit], vocabulary: &Vocabulary) -> Vec<Option<Speaker>> {
    let mut all: Vec<Option<Speaker>> = Vec::with_capacity(units.len());
    let mut last_person: Option<Speaker> = None;
    let sentence = |at: usize| Sentence { text, words: &units[at].words, vocabulary };
    for (at, unit) in units.iter().enumerate() {
        let before = at.checked_sub(1);
        let speaker = match sentence(at).speaker() {
            Found::Person(speaker) => Some(speaker),
            Found::Pronoun(span) => last_person.clone().map(|person| Speaker { span, ..person }),
            // A quotation that runs on over a sentence's end keeps its speaker.
            Found::Nobody if quotes(unit) => before
                .filter(|&before| units[before].paragraph == unit.paragraph || quotes(&units[before]))
                .and_then(|before| all[before].clone())
                .or_else(|| match following(units, at).map(|next| sentence(next).speaker()) {
                    Some(Found::Person(speaker)) => Some(speaker),
                    _ => None,
                }),
            Found::Nobody => None,
        };
        if let Some(person) = speaker.clone().filter(|speaker| speaker.named).or_else(|| sentence(at).first_name()) {
            last_person = Some(person);
        }
        all.push(speaker);
    }
    all
}

fn quotes(unit: &Unit) -> bool {
    unit.words.iter().any(|word| word.quoted)
}

/// The next sentence of the paragraph, where it goes on quoting.
fn following(units: &[Unit], at: usize) -> Option<usize> {
    units.get(at + 1).filter(|next| next.paragraph == units[at].paragraph && quotes(next)).map(|_| at + 1)
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
