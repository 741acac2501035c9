//! Values about one thing that are not equal: `number` and `date`.

use std::cell::OnceCell;

use super::frame::{self, Slot};
use super::suspect::{Frame, Suspect};
use super::{MOST, Side, Site};
use crate::compare::aliases::is_person_noun;
use crate::compare::figures::{Family, family, telling};
use crate::compare::overlap::Sought;
use crate::compare::prepare::{Unit, Word};
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::Vocabulary;
use crate::text::values::{
    Agreement, Amount, Counted, Value, ValueKind, agreement, agreement_in_one_slot, counted, describe, distance,
};
use crate::text::{ByteSpan, stem};

/// Adds every pair of values of the two sentences that cannot be one.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let mut pairs: Vec<(usize, usize, Suspect)> = Vec::new();
    if site.a.unit.values.is_empty() || site.b.unit.values.is_empty() {
        return;
    }
    let (sums_a, sums_b) = (&site.a.sentence.sums, &site.b.sentence.sums);
    let open_a = |x: &Value| !settled(x, &site.b) && !summed(x, &site.b, [sums_a, sums_b]);
    let open_b = |y: &Value| !settled(y, &site.a) && !summed(y, &site.a, [sums_b, sums_a]);
    // Whether a value stands elsewhere is asked once for each, however many it is held against.
    let of_y = vec![OnceCell::new(); site.b.unit.values.len().min(MOST)];
    for (at, x) in site.a.unit.values.iter().take(MOST).enumerate().filter(|(_, x)| open_a(x)) {
        let of_x = OnceCell::new();
        for (there, y) in site.b.unit.values.iter().take(MOST).enumerate().filter(|(_, y)| open_b(y)) {
            pairs.extend(suspect(site, x, y).map(|mut suspect| {
                let elsewhere_x = *of_x.get_or_init(|| elsewhere(x, &site.b));
                suspect.signs.elsewhere = [elsewhere_x, *of_y[there].get_or_init(|| elsewhere(y, &site.a))];
                (at, there, suspect)
            }));
        }
    }
    let alike: Vec<_> = pairs.iter().map(|(at, there, suspect)| (*at, *there, suspect.signs.frame.alike)).collect();
    found.extend(pairs.into_iter().map(|(at, there, mut suspect)| {
        let rival = |other: &&(usize, usize, f32)| (other.0 == at) != (other.1 == there);
        let best = alike.iter().filter(rival).map(|other| other.2).fold(0.0, f32::max);
        suspect.signs.frame.lead = suspect.signs.frame.alike - best;
        suspect
    }));
}

fn suspect(site: &Site, x: &Value, y: &Value) -> Option<Suspect> {
    if agreement_in_one_slot(x, y) != Agreement::Different || family(x) != family(y) {
        return None;
    }
    if same_words(site, x, y) || there_and_back(site, x, y) {
        return None;
    }
    if is_stamp(&site.a, x) || is_stamp(&site.b, y) || year_and_day(x, y) && !in_one_slot(site, x, y) {
        return None;
    }
    let kind = if family(x) == Family::Moment { DivergenceKind::Date } else { DivergenceKind::Number };
    let mut suspect = Suspect::new(kind, x.span, y.span, site);
    suspect.why_a = normal_form(x, &site.a);
    suspect.why_b = normal_form(y, &site.b);
    suspect.signs.strength = [
        f32::from(u8::from(agreement(x, y) == Agreement::Different)),
        telling(x).min(telling(y)),
        next_words(site, x, y),
    ];
    suspect.signs.frame = Frame {
        alike: frame::alike(site, x, y),
        lead: 0.0,
        apart: distance(x, y).map_or(-1.0, |distance| distance as f32),
        counted: match counted(x, y) {
            _ if family(x) == Family::Moment => one_bound(site, x, y),
            Counted::Same => 1.0,
            Counted::Kin => 0.5,
            Counted::Unsaid => 0.0,
            Counted::Other => -1.0,
        },
    };
    suspect.by_form =
        agreement(x, y) == Agreement::Different && (are_the_only_of_their_kind(site, x, y) || in_one_slot(site, x, y));
    Some(suspect)
}

/// Whether two measures of one kind stand inside the linked passages, each the only one of its kind in its
/// sentence: the claim they belong to is one, and nothing else could be meant.
fn are_the_only_of_their_kind(site: &Site, x: &Value, y: &Value) -> bool {
    let kind = |value: &Value| match &value.kind {
        ValueKind::Measure { unit, .. } => Some(unit.dimension),
        _ => None,
    };
    let alone = |side: &Side, own: &Value| {
        let of_kind = |value: &&Value| kind(value) == kind(own);
        side.unit.values.iter().filter(of_kind).count() == 1 && side.passage.span.covers(own.span)
    };
    kind(x).is_some() && kind(x) == kind(y) && x.per == y.per && alone(&site.a, x) && alone(&site.b, y)
}

/// Whether two values stand between the same words, or beside the same at the edge of their sentences.
fn in_one_slot(site: &Site, x: &Value, y: &Value) -> bool {
    frame::slot(site, site.a.unit.touched(x.core), site.b.unit.touched(y.core)) != Slot::Apart
}

/// Whether two moments bound what they stand with alike ("until Monday", "until 9 March"): 1 if so, -1 if not, 0 where one
/// of them bounds nothing.
fn one_bound(site: &Site, x: &Value, y: &Value) -> f32 {
    match (bound(&site.a, x), bound(&site.b, y)) {
        (Some(x), Some(y)) if x == y => 1.0,
        (Some(_), Some(_)) => -1.0,
        _ => 0.0,
    }
}

/// The side on which a moment bounds: from it on, up to it, or at it.
fn bound(side: &Side, value: &Value) -> Option<u8> {
    let words = &side.unit.words;
    let at = words.partition_point(|word| word.span.end <= value.core.start);
    let near = words[at.saturating_sub(3)..at].iter().rev();
    near.map(|word| side.text(word.span).to_lowercase()).find_map(|word| match word.as_str() {
        "since" | "from" | "after" | "following" => Some(0),
        "until" | "till" | "by" | "before" => Some(1),
        "on" | "in" | "at" => Some(2),
        _ => None,
    })
}

/// The normal form of a value; its own words where these leave open which day is meant, or say millions.
fn normal_form(value: &Value, side: &Side) -> String {
    match &value.kind {
        // Nobody reads 8,400,000 as fast as "8.4 million".
        ValueKind::Count { amount, .. } | ValueKind::Money { amount, .. } if amount.middle() >= 1e6 => {
            side.text(value.span).to_owned()
        }
        ValueKind::Date(date) if !date.alternatives.is_empty() || date.days.is_none() => {
            side.text(value.span).to_owned()
        }
        _ => describe(value),
    }
}

/// Whether both are written alike inside quotation marks: "this morning" in one utterance is one morning, whenever the two
/// articles came out.
fn same_words(site: &Site, x: &Value, y: &Value) -> bool {
    let quoted = |side: &Side, value: &Value| side.unit.within(value.span).iter().any(|word| word.quoted);
    let written = |side: &Side, value: &Value| side.text(value.span).to_lowercase();
    quoted(&site.a, x) && quoted(&site.b, y) && written(&site.a, x) == written(&site.b, y)
}

/// Whether a time of day opens a line and stands apart from it (`08:40 – …`, `[08:40] …`, `08:40 | …`): that says when the line
/// was written, not when what it tells happened.
fn is_stamp(side: &Side, value: &Value) -> bool {
    if !matches!(value.kind, ValueKind::Time(_)) {
        return false;
    }
    let sentence = side.text(side.unit.span);
    let before = ByteSpan { start: side.unit.span.start, end: value.span.start.max(side.unit.span.start) };
    let place = value.span.end.index().saturating_sub(side.unit.span.start.index());
    let after = sentence.get(place..).unwrap_or_default();
    let bracketed = side.text(before).trim() == "[" && after.starts_with(']');
    let dashed = side.text(before).trim().is_empty() && after.trim_start().starts_with(['–', '—', '-', '|']);
    bracketed || dashed
}

/// Whether one moment is a year and the other a day, or part of one: what happened on a day is told by it, and what is told by the
/// year is another thing ("built in 1997").
fn year_and_day(x: &Value, y: &Value) -> bool {
    let days = |value: &Value| match &value.kind {
        ValueKind::Date(date) => date.days.map(|days| days.days()),
        ValueKind::Time(_) | ValueKind::PartOfDay(_) => Some(1),
        _ => None,
    };
    days(x).zip(days(y)).is_some_and(|(one, other)| one.min(other) <= 2 && one.max(other) > 300)
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

/// Two counts of people that are told together ("three men and a woman").
pub(super) struct Sum {
    span: ByteSpan,
    total: Value,
    /// The nouns of its parts.
    of: [String; 2],
}

/// The sums of a sentence: a count of people, and another or one person, with no more between than the noun and "and".
pub(super) fn sums(unit: &Unit, text: &str, vocabulary: &Vocabulary) -> Vec<Sum> {
    let words = &unit.words;
    let form = |at: usize| words.get(at).map_or(String::new(), |word| word.span.of(text).to_lowercase());
    let person = |at: usize| {
        let stem = words.get(at).map(|word| vocabulary.term(word.term).stem.as_str())?;
        is_person_noun(stem).then(|| stem.to_owned())
    };
    let counts = unit.values.iter().filter_map(|value| match value.kind {
        ValueKind::Count { amount, .. } => Some((value, amount, unit.touched(value.core))),
        _ => None,
    });
    let counts: Vec<_> = counts.collect();
    let mut found = Vec::new();
    for (place, (value, amount, own)) in counts.iter().enumerate() {
        let joint = own.end + 1;
        let (Some(first), "and") = (person(own.end), form(joint).as_str()) else { continue };
        let next = counts[place + 1..].iter().take_while(|next| next.2.start <= joint + 1);
        let after = next.filter(|next| next.2.start == joint + 1).map(|next| (next.1, next.2.end)).next();
        let one = matches!(form(joint + 1).as_str(), "a" | "an").then_some((Amount::whole(1), joint + 2));
        let Some((more, end)) = after.or(one).filter(|(more, _)| more.is_point() && amount.is_point()) else {
            continue;
        };
        if let Some(second) = person(end) {
            let kind = ValueKind::Count { amount: Amount::exactly(amount.low + more.low, 1.0), of: None };
            let total = Value { kind, ..(*value).clone() };
            found.push(Sum { span: value.core.join(words[end].span), total, of: [first, second] });
        }
    }
    found
}

/// Whether a value is part of a sum that the other sentence names, or names one of the other sentence's.
fn summed(value: &Value, other: &Side, [own, others]: [&[Sum]; 2]) -> bool {
    let names = |named: &Value, sum: &Sum| {
        let part = matches!(&named.kind, ValueKind::Count { of: Some(noun), .. } if sum.of.contains(&stem(noun)));
        !part && equal(&sum.total, named)
    };
    let mut parts = own.iter().filter(|sum| sum.span.covers(value.core));
    parts.any(|sum| other.unit.values.iter().any(|there| names(there, sum)))
        || others.iter().any(|sum| names(value, sum))
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
        let own = side.unit.within(value.span).iter().copied();
        let after = words.partition_point(|word| word.span.start < value.span.end);
        own.chain(words[after..].iter().take(3).copied()).collect()
    };
    let carries = |word: &Word| site.vocabulary.term(word.term).weight > 0.0;
    let [a, b] = [(&site.a, x), (&site.b, y)]
        .map(|(side, value)| near(side, value).into_iter().filter(carries).collect::<Vec<_>>());
    let b = Sought::of(b, site.vocabulary);
    a.iter().map(|word| b.closest(word.term, site.vocabulary)).fold(0.0, f32::max)
}
