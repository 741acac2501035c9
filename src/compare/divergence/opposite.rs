//! One claim said here and its opposite there ("rose" against "fell"): `negation` without a word that negates.
//!
//! Must never speak where one of the two clauses is negated: "not open" and "closed" are one thing.

use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt};

use super::polarity::negates;
use super::suspect::Suspect;
use super::{MOST, Side, Site};
use crate::compare::prepare::{Unit, Word};
use crate::compare::stems;
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::Vocabulary;

/// What tells the score that two words are opposites: no rule measures as much.
const OPPOSED: [f32; 3] = [3.0; 3];
/// How alike the clauses must be but for the two words, and how many words that carry meaning they must share.
const ALIKE: f32 = 0.6;
const SHARED: usize = 2;

/// Adds every pair of opposites of which each is missing on the other side: those in like clauses, and those of place in any.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    for x in own_words(&site.a, &site.b) {
        for y in own_words(&site.b, &site.a) {
            let stem = |word: &Word| site.vocabulary.term(word.term).stem.as_str();
            let Some(kind) = opposed(stem(x), stem(y)).filter(|_| !(x.quoted && y.quoted)) else { continue };
            let clauses = (clause_of(&site.a, x), clause_of(&site.b, y));
            let (Some(of_a), Some(of_b)) = clauses else { continue };
            let (is_place, is_shared) = (kind == DivergenceKind::Place, shared(of_a, of_b, site) >= SHARED);
            if denies(of_a, site.a.article.text) || denies(of_b, site.b.article.text) || !(is_place || is_shared) {
                continue;
            }
            let mut suspect = Suspect::new(kind, x.span, y.span, site);
            suspect.by_form = is_shared && suspect.signs.clauses >= ALIKE;
            suspect.signs.strength = OPPOSED;
            // "North" and "south" are left to the score in other clauses; "rose" and "fell" are said there of anything.
            if suspect.by_form || is_place {
                found.push(suspect);
            }
        }
    }
}

fn clause_of<'s>(side: &Side<'s>, word: &Word) -> Option<&'s [Word]> {
    let clause = side.unit.clauses.iter().find(|clause| clause.span.covers(word.span))?;
    Some(&side.unit.words[clause.words.clone()])
}

fn denies(clause: &[Word], text: &str) -> bool {
    (0..clause.len()).any(|at| negates(clause, at, text))
}

/// How many words that carry meaning two clauses share.
fn shared(a: &[Word], b: &[Word], site: &Site) -> usize {
    let carries = |word: &&Word| site.vocabulary.term(word.term).carries();
    a.iter().filter(carries).filter(|word| b.iter().any(|other| other.term == word.term)).count()
}

/// The places of the words of a sentence that have an opposite.
pub(super) fn opposed_words(unit: &Unit, vocabulary: &Vocabulary) -> Vec<usize> {
    let is_listed = |word: &Word| sides().contains_key(vocabulary.term(word.term).stem.as_str());
    unit.words.iter().enumerate().filter(|(_, word)| is_listed(word)).map(|(at, _)| at).collect()
}

/// The words of a sentence that have an opposite and that the other lacks.
fn own_words<'s>(side: &'s Side<'s>, other: &'s Side<'s>) -> impl Iterator<Item = &'s Word> {
    let listed = side.sentence.opposed.iter().map(|&at| &side.unit.words[at]);
    listed.filter(|word| !other.sentence.words.holds(word.term)).take(MOST)
}

/// Where a stem stands: on which line, whether behind its dash, and what the line says.
type Sides = Vec<(u16, bool, DivergenceKind)>;

/// The list by stem.
fn sides() -> &'static HashMap<&'static str, Sides> {
    static SIDES: OnceLock<HashMap<&str, Sides>> = OnceLock::new();
    let read = || {
        let mut sides: HashMap<&str, Sides> = HashMap::new();
        for (at, line) in (0u16..).zip(stems::OPPOSITES.lines()) {
            let (kind, line) = match line.strip_prefix("where:") {
                Some(line) => (DivergenceKind::Place, line),
                None => (DivergenceKind::Negation, line),
            };
            for (second, words) in line.split(" - ").enumerate() {
                for stem in words.split_whitespace() {
                    sides.entry(stem).or_default().push((at, second == 1, kind));
                }
            }
        }
        sides
    };
    SIDES.get_or_init(read)
}

/// What two stems that stand on the two sides of one line of the list say of their claims.
fn opposed(x: &str, y: &str) -> Option<DivergenceKind> {
    let (x, y) = (sides().get(x)?, sides().get(y)?);
    x.iter().find(|&&(line, second, kind)| y.contains(&(line, !second, kind))).map(|side| side.2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::stem;

    #[test]
    fn opposites_are_opposites_both_ways_and_words_of_one_side_are_not() {
        use DivergenceKind::{Negation, Place};
        for (x, y, expected) in [
            ("rise", "fall", Some(Negation)),
            ("climb", "drop", Some(Negation)),
            ("northern", "south", Some(Place)),
            ("rise", "climb", None),
            ("rise", "rise", None),
        ] {
            let (x, y) = (stem(x), stem(y));
            assert_eq!((opposed(&x, &y), opposed(&y, &x)), (expected, expected), "{x} {y}");
        }
    }
}
