//! Values about one thing that are not equal: `number` and `date`.

use super::suspect::{Suspect, within};
use super::{Side, Site};
use crate::compare::figures::{Family, family, telling};
use crate::compare::prepare::Word;
use crate::compare::types::DivergenceKind;
use crate::text::values::{Agreement, Value, ValueKind, agreement, agreement_in_one_slot, describe};

/// Adds every pair of values of the two sentences that cannot be one.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let mut pairs: Vec<(usize, usize, Suspect)> = Vec::new();
    for (at, x) in site.a.unit.values.iter().enumerate().filter(|(_, x)| !settled(x, &site.b)) {
        for (there, y) in site.b.unit.values.iter().enumerate().filter(|(_, y)| !settled(y, &site.a)) {
            pairs.extend(suspect(site, x, y).map(|suspect| (at, there, suspect)));
        }
    }
    // Each value parts from one other at the most: the one about the likest thing.
    let likeness = |suspect: &Suspect| suspect.signs.context + suspect.signs.strength[0] + suspect.signs.strength[2];
    pairs.sort_by(|x, y| likeness(&y.2).total_cmp(&likeness(&x.2)).then((x.0, x.1).cmp(&(y.0, y.1))));
    let (mut used_a, mut used_b) = (Vec::new(), Vec::new());
    for (at, there, suspect) in pairs {
        if !used_a.contains(&at) && !used_b.contains(&there) {
            used_a.push(at);
            used_b.push(there);
            found.push(suspect);
        }
    }
}

fn suspect(site: &Site, x: &Value, y: &Value) -> Option<Suspect> {
    if agreement_in_one_slot(x, y) != Agreement::Different || family(x) != family(y) {
        return None;
    }
    if same_words(site, x, y) || there_and_back(site, x, y) {
        return None;
    }
    let kind = if family(x) == Family::Moment { DivergenceKind::Date } else { DivergenceKind::Number };
    let mut suspect = Suspect::new(kind, x.span, y.span, site);
    suspect.why_a = normal_form(x, &site.a);
    suspect.why_b = normal_form(y, &site.b);
    suspect.signs.elsewhere = [elsewhere(x, &site.b), elsewhere(y, &site.a)];
    suspect.signs.strength = [
        f32::from(u8::from(agreement(x, y) == Agreement::Different)),
        telling(x).min(telling(y)),
        next_words(site, x, y),
    ];
    Some(suspect)
}

/// The normal form of a value; its own words where these leave open which day is meant.
fn normal_form(value: &Value, side: &Side) -> String {
    match &value.kind {
        ValueKind::Date(date) if !date.alternatives.is_empty() || date.days.is_none() => {
            side.text(value.span).to_owned()
        }
        _ => describe(value),
    }
}

/// Whether both are written alike inside quotation marks: "this morning" in one utterance is one morning, whenever the two
/// articles came out.
fn same_words(site: &Site, x: &Value, y: &Value) -> bool {
    let quoted = |side: &Side, value: &Value| within(&side.unit.words, value.span).iter().any(|word| word.quoted);
    let written = |side: &Side, value: &Value| side.text(value.span).to_lowercase();
    quoted(&site.a, x) && quoted(&site.b, y) && written(&site.a, x) == written(&site.b, y)
}

/// Whether one is the way there and the other the way there and back.
fn there_and_back(site: &Site, x: &Value, y: &Value) -> bool {
    let says = |side: &Side, words: &[&str]| {
        let text = side.text(side.unit.span).to_lowercase();
        words.iter().any(|word| text.contains(word))
    };
    const BOTH: [&str; 5] = ["round trip", "round-trip", "there and back", "there-and-back", "both ways"];
    const ONE: [&str; 5] = ["each way", "each direction", "in either direction", "one way", "one-way"];
    let (Some(a), Some(b)) = (length(x), length(y)) else { return false };
    let doubled = |one: f64, both: f64| (both / one - 2.0).abs() < 0.12;
    doubled(a, b) && (says(&site.b, &BOTH) || says(&site.a, &ONE))
        || doubled(b, a) && (says(&site.a, &BOTH) || says(&site.b, &ONE))
}

fn length(value: &Value) -> Option<f64> {
    match &value.kind {
        ValueKind::Measure { amount, unit } | ValueKind::Duration { amount, unit } => Some(amount.middle() * unit.low),
        _ => None,
    }
}

fn equal(x: &Value, y: &Value) -> bool {
    matches!(agreement(x, y), Agreement::Equal)
}

/// Whether the other sentence has an equal value.
fn settled(value: &Value, other: &Side) -> bool {
    other.unit.values.iter().any(|there| equal(value, there))
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
