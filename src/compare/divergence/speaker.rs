//! The same words or claim vouched for by another, or by nobody: `attribution`.

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::occasion;
use crate::compare::overlap::share_found;
use crate::compare::speech::{Identity, Speaker, identity};
use crate::compare::types::DivergenceKind;
use crate::text::ByteSpan;

/// How much of a quotation, or of a sentence, two people must share for both to be given the same words.
const SAME_WORDS: f32 = 0.8;
const SAME_SENTENCE: f32 = 0.75;

/// Adds the speakers of two linked sentences where they are not one, and a claim that only one side vouches for.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    found.extend(on_another_occasion(site));
    let (speaker_a, speaker_b) = (&site.a.unit.speaker, &site.b.unit.speaker);
    let quoted = f32::from(u8::from(quotes(&site.a)) + u8::from(quotes(&site.b)));
    let (span_a, span_b, strength) = match (speaker_a, speaker_b) {
        (Some(a), Some(b)) => match identity(a, b) {
            Identity::Same => return,
            // An office and a name may be one person, and so may two offices.
            Identity::Different => (place(a), place(b), [3.0, quoted, quoted_alike(site)]),
            Identity::Unknown => {
                let named = f32::from(u8::from(a.named || b.named));
                (place(a), place(b), [1.0 + named, quoted, kin(a, b, site)])
            }
        },
        (Some(a), None) => (place(a), site.b.passage.span, [0.0, quoted, f32::from(u8::from(a.named))]),
        (None, Some(b)) => (site.a.passage.span, place(b), [0.0, quoted, f32::from(u8::from(b.named))]),
        (None, None) => return,
    };
    let mut suspect = Suspect::new(DivergenceKind::Attribution, span_a, span_b, site);
    suspect.signs.strength = strength;
    suspect.by_form = are_two_by_name(site) && (strength[2] >= SAME_WORDS || site.alike >= SAME_SENTENCE);
    let known = |speaker: &Option<Speaker>, other: &Side| {
        let met = |speaker: &Speaker| speaker.terms.iter().any(|term| other.article.terms.contains(term));
        f32::from(u8::from(speaker.as_ref().is_some_and(met)))
    };
    suspect.signs.elsewhere = [known(speaker_a, &site.b), known(speaker_b, &site.a)];
    found.push(suspect);
}

/// The same words of one speaker, given to two occasions that cannot be one.
fn on_another_occasion(site: &Site) -> Option<Suspect> {
    let two_people = match (&site.a.unit.speaker, &site.b.unit.speaker) {
        (Some(a), Some(b)) => identity(a, b) == Identity::Different,
        _ => false,
    };
    if two_people || quoted_alike(site) < SAME_WORDS {
        return None;
    }
    let named = |side: &Side| occasion::occasions(side.article.text, &side.unit.words);
    let (span_a, span_b) = occasion::apart(&named(&site.a), &named(&site.b))?;
    let mut suspect = Suspect::new(DivergenceKind::Attribution, span_a, span_b, site);
    suspect.by_form = true;
    Some(suspect)
}

fn quotes(side: &Side) -> bool {
    !side.sentence.quoted.words.is_empty()
}

/// Whether both speakers are named and are two people. Whom a pronoun means can be mistaken: it is no name.
fn are_two_by_name(site: &Site) -> bool {
    match (&site.a.unit.speaker, &site.b.unit.speaker) {
        (Some(a), Some(b)) => {
            identity(a, b) == Identity::Different && !is_pronoun(a, &site.a) && !is_pronoun(b, &site.b)
        }
        _ => false,
    }
}

fn is_pronoun(speaker: &Speaker, side: &Side) -> bool {
    matches!(side.text(speaker.span).to_lowercase().as_str(), "he" | "she")
}

/// How much of what the sentence that quotes less has between its quotation marks the other has between its own.
fn quoted_alike(site: &Site) -> f32 {
    let (a, b) = (&site.a.sentence.quoted, &site.b.sentence.quoted);
    if a.words.is_empty() || b.words.is_empty() {
        return -1.0;
    }
    share_found(a, b, site.vocabulary).max(share_found(b, a, site.vocabulary))
}

/// Where the speaker is named.
fn place(speaker: &Speaker) -> ByteSpan {
    speaker.span
}

/// How close two offices are.
fn kin(a: &Speaker, b: &Speaker, site: &Site) -> f32 {
    a.terms
        .iter()
        .flat_map(|&x| b.terms.iter().map(move |&y| (x, y)))
        .map(|(x, y)| site.vocabulary.closeness(x, y))
        .fold(0.0, f32::max)
}
