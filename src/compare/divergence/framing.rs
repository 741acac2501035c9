//! One slot of matched wording filled by words that put the matter otherwise ("capture", "arrest", "kidnap"): `framing`.
//!
//! The softest kind: the words are close in meaning, and what stands around them is the same.

use super::frame::{self, Slot};
use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::prepare::{Unit, Word};
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::{SAME_CONCEPT, TermClass, Vocabulary};

/// The closeness from which one word can stand in another's place.
const CLOSE: f32 = 0.45;
/// How far from the slot the words are looked for that both sides have, in words.
const BESIDE: usize = 4;

/// Adds every pair of common words that are close, each missing on the other side, in like surroundings.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let own_a: Vec<usize> = own_words(&site.a, &site.b).filter(|&at| has_near(&site.a.unit.words[at], site)).collect();
    if own_a.is_empty() {
        return;
    }
    let own_b: Vec<usize> = own_words(&site.b, &site.a).collect();
    for &at in &own_a {
        for &there in &own_b {
            let (x, y) = (&site.a.unit.words[at], &site.b.unit.words[there]);
            let closeness = site.vocabulary.closeness(x.term, y.term);
            if closeness < CLOSE || x.quoted && y.quoted || of_one_root(site, x, y) {
                continue;
            }
            let beside = shared_beside(site, at, there);
            if beside > 0.0 {
                let mut suspect = Suspect::new(DivergenceKind::Framing, x.span, y.span, site);
                let weight = |word: &Word| site.vocabulary.term(word.term).weight_here;
                suspect.signs.strength = [closeness, beside, weight(x).min(weight(y))];
                // Nouns of one concept ("staff", "employees") name one thing; verbs of one ("captured", "arrested") judge it.
                let judges = closeness < SAME_CONCEPT || are_verbs(site, x, y);
                suspect.by_form = judges
                    && !has_rival(site, (&own_a, at), (&own_b, there))
                    && frame::slot(site, at..at + 1, there..there + 1) == Slot::Between;
                found.push(suspect);
            }
        }
    }
}

/// The places of a sentence's common words that belong to no value.
pub(super) fn common(unit: &Unit, vocabulary: &Vocabulary) -> Vec<usize> {
    let is_content = |word: &Word| vocabulary.term(word.term).class == TermClass::Content;
    let is_common = |word: &Word| is_content(word) && !unit.is_in_value(word.span);
    unit.words.iter().enumerate().filter(|(_, word)| is_common(word)).map(|(at, _)| at).collect()
}

/// Those of a sentence's common words that the other sentence lacks.
fn own_words<'s>(side: &'s Side, other: &'s Side) -> impl Iterator<Item = usize> + 's {
    let lacks = |at: usize| !other.sentence.words.holds(side.unit.words[at].term);
    side.sentence.common.iter().copied().filter(move |&at| lacks(at))
}

/// Whether a word of one sentence is close enough to any of the other for one of them to stand in its place.
fn has_near(word: &Word, site: &Site) -> bool {
    let near = &site.vocabulary.term(word.term).near;
    near.iter().any(|near| near.1 >= CLOSE && site.b.sentence.words.holds(near.0))
}

/// Whether another word of one sentence is as close to the word of the other: "jailed" is "prison" as much as "sentenced".
fn has_rival(site: &Site, (own_a, at): (&[usize], usize), (own_b, there): (&[usize], usize)) -> bool {
    let (a, b) = (&site.a.unit.words, &site.b.unit.words);
    let close = |x: usize, y: usize| site.vocabulary.closeness(a[x].term, b[y].term);
    let own = close(at, there);
    own_a.iter().any(|&x| x != at && close(x, there) >= own) || own_b.iter().any(|&y| y != there && close(at, y) >= own)
}

/// Whether two words are derived from one ("opposed", "opposition").
fn of_one_root(site: &Site, x: &Word, y: &Word) -> bool {
    const ROOT: usize = 4;
    let root = |word: &Word| site.vocabulary.term(word.term).stem.chars().take(ROOT).collect::<String>();
    root(x) == root(y)
}

/// Whether two words are verbs by their ending, the same one.
fn are_verbs(site: &Site, x: &Word, y: &Word) -> bool {
    let (x, y) = (site.a.text(x.span).to_lowercase(), site.b.text(y.span).to_lowercase());
    ["ed", "ing"].iter().any(|ending| x.ends_with(ending) && y.ends_with(ending))
}

/// The weight of the words beside one slot that stand beside the other as well.
fn shared_beside(site: &Site, at: usize, there: usize) -> f32 {
    let near = |side: &Side, at: usize| -> Vec<Word> {
        let words = &side.unit.words;
        let from = at.saturating_sub(BESIDE);
        let to = (at + BESIDE + 1).min(words.len());
        (from..to).filter(|&place| place != at).map(|place| words[place]).collect()
    };
    let others = near(&site.b, there);
    near(&site.a, at)
        .iter()
        .filter(|word| others.iter().any(|other| other.term == word.term))
        .map(|word| site.vocabulary.term(word.term).weight_here)
        .sum()
}
