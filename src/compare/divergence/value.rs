//! Values about one thing that are not equal: `number` and `date`.

use super::suspect::{Suspect, within};
use super::{Side, Site};
use crate::compare::figures::{Family, family, telling};
use crate::compare::prepare::Word;
use crate::compare::types::DivergenceKind;
use crate::text::values::{Agreement, Value, agreement, agreement_in_one_slot, describe};

/// Adds every pair of values of the two sentences that cannot be one.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    for x in &site.a.unit.values {
        for y in &site.b.unit.values {
            let strict = agreement(x, y);
            let loose = agreement_in_one_slot(x, y);
            if loose != Agreement::Different || family(x) != family(y) {
                continue;
            }
            let kind = if family(x) == Family::Moment { DivergenceKind::Date } else { DivergenceKind::Number };
            let mut suspect = Suspect::new(kind, x.span, y.span, site);
            suspect.why_a = describe(x);
            suspect.why_b = describe(y);
            suspect.signs.settled = [settled(x, &site.b), settled(y, &site.a)];
            suspect.signs.elsewhere = [elsewhere(x, &site.b), elsewhere(y, &site.a)];
            suspect.signs.strength = [
                f32::from(u8::from(strict == Agreement::Different)),
                telling(x).min(telling(y)),
                next_words(site, x, y),
            ];
            found.push(suspect);
        }
    }
}

fn equal(x: &Value, y: &Value) -> bool {
    matches!(agreement(x, y), Agreement::Equal)
}

/// Whether the other sentence has an equal value.
fn settled(value: &Value, other: &Side) -> f32 {
    f32::from(u8::from(other.unit.values.iter().any(|there| equal(value, there))))
}

/// Whether another sentence of the other article has an equal value.
fn elsewhere(value: &Value, other: &Side) -> f32 {
    let beside = other.article.units.iter().filter(|unit| unit.span != other.unit.span);
    f32::from(u8::from(beside.flat_map(|unit| &unit.values).any(|there| telling(there) > 0.3 && equal(value, there))))
}

/// How close the words right after (and in) the two values are: what is counted.
fn next_words(site: &Site, x: &Value, y: &Value) -> f32 {
    let near = |side: &Side, value: &Value| -> Vec<Word> {
        let words = &side.unit.words;
        let own = within(words, value.span).iter().copied();
        let after = words.partition_point(|word| word.span.start < value.span.end);
        own.chain(words[after..].iter().take(3).copied()).collect()
    };
    let (a, b) = (near(&site.a, x), near(&site.b, y));
    let carries = |word: &&Word| site.vocabulary.term(word.term).weight > 0.0;
    let closeness =
        |x: &Word| b.iter().filter(carries).map(|y| site.vocabulary.closeness(x.term, y.term)).fold(0.0, f32::max);
    a.iter().filter(carries).map(closeness).fold(0.0, f32::max)
}
