//! What stands around a value: the words of its sentence, the nearest counting most.
//!
//! Must never look at the value itself. Invariant: symmetric in the two values.

use std::ops::Range;

use super::{Side, Site};
use crate::compare::prepare::Word;
use crate::compare::vocabulary::TermIndex;
use crate::text::ByteSpan;
use crate::text::values::Value;

/// Over how many words the worth of a word halves.
const HALVED: f32 = 3.0;
/// What a word beyond the value's own clause is worth.
const BEYOND: f32 = 0.4;

/// How alike the words around two values are, from 0 to 1.
pub(super) fn alike(site: &Site, x: &Value, y: &Value) -> f32 {
    let (a, b) = (around(&site.a, x.span, site), around(&site.b, y.span, site));
    let one_way = |from: &[(Word, f32)], to: &[(Word, f32)]| {
        let (mut found, mut all) = (0.0, 0.0);
        for (word, worth) in from {
            let weight = site.vocabulary.term(word.term).weight_here * worth;
            let meets = |(other, near): &(Word, f32)| site.vocabulary.closeness(word.term, other.term) * near;
            all += weight * worth;
            found += weight * to.iter().map(meets).fold(0.0, f32::max);
        }
        if all > 0.0 { (found / all).min(1.0) } else { 0.0 }
    };
    (one_way(&a, &b) * one_way(&b, &a)).sqrt()
}

/// How two places of two sentences stand to the words beside them that carry meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slot {
    /// Right before and right after them stand the same words.
    Between,
    /// Both begin or end their sentences, and the two words beside them are the same.
    AtEdge,
    /// Neither.
    Apart,
}

/// How two places, as ranges of their sentences' words, stand to the words beside them.
pub(super) fn slot(site: &Site, a: Range<usize>, b: Range<usize>) -> Slot {
    let carries = |word: &&Word| site.vocabulary.term(word.term).carries();
    let terms = |words: Vec<&Word>| words.into_iter().map(|word| word.term).collect::<Vec<_>>();
    let before =
        |words: &[Word], at: &Range<usize>| terms(words[..at.start].iter().rev().filter(carries).take(2).collect());
    let after = |words: &[Word], at: &Range<usize>| terms(words[at.end..].iter().filter(carries).take(2).collect());
    let (words_a, words_b) = (&site.a.unit.words, &site.b.unit.words);
    let (before_a, before_b) = (before(words_a, &a), before(words_b, &b));
    let (after_a, after_b) = (after(words_a, &a), after(words_b, &b));
    let meet = |a: &[TermIndex], b: &[TermIndex]| !a.is_empty() && a.first() == b.first();
    let wholly = |a: &[TermIndex], b: &[TermIndex]| a.len() == 2 && a == b;
    let none = |a: &[TermIndex], b: &[TermIndex]| a.is_empty() && b.is_empty();
    if meet(&before_a, &before_b) && meet(&after_a, &after_b) {
        Slot::Between
    } else if none(&after_a, &after_b) && wholly(&before_a, &before_b)
        || none(&before_a, &before_b) && wholly(&after_a, &after_b)
    {
        Slot::AtEdge
    } else {
        Slot::Apart
    }
}

/// The words around a span that belong to no value, with their worth.
fn around(side: &Side, span: ByteSpan, site: &Site) -> Vec<(Word, f32)> {
    let words = &side.unit.words;
    let Range { start: from, end: to } = side.unit.touched(span);
    let own = side.unit.clauses.iter().filter(|clause| clause.span.shared(span) > 0);
    let own: Vec<_> = own.map(|clause| clause.span).collect();
    let in_value = |word: &Word| side.unit.values.iter().any(|value| value.core.shared(word.span) > 0);
    let worth = |at: usize| {
        let away = if at < from { from - at } else { at + 1 - to };
        let near = (-(away as f32 - 1.0) / HALVED).exp2();
        let inside = own.iter().any(|clause| clause.shared(words[at].span) > 0);
        if inside { near } else { near * BEYOND }
    };
    let outside = (0..words.len()).filter(|&at| at < from || at >= to);
    outside
        .filter(|&at| site.vocabulary.term(words[at].term).weight > 0.0 && !in_value(&words[at]))
        .map(|at| (words[at], worth(at)))
        .collect()
}
