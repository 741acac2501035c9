//! Numbers with what they number: percentages, measures, lengths of time, ages, rates, counts, and none at all.
//!
//! Must never take a figure for a count that only names its thing. Invariant: a unit is read before a noun is looked for.

use super::amount::Amount;
use super::number::{self, Form, Number};
use super::reading::{Found, Reading};
use super::unit::{self, Dimension, Unit};
use super::words::{Pieces, Shape};
use super::{Period, ValueKind, age, few, money, noun};

/// The value that the number (or range of numbers) at `index` begins.
pub(super) fn quantity(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let unsigned = !matches!(pieces.lower(index), "-" | "−" | "–" | "minus");
    let start = if unsigned { index } else { negative(pieces, index)? };
    let found = stopwatch(pieces, start)
        .or_else(|| article(pieces, start))
        .or_else(|| length_word(pieces, start))
        .or_else(|| numbered(pieces, start));
    let mut found = found.or_else(|| few::sole(pieces, index))?;
    if let Some(next) = pieces
        .any_phrase(found.next, &["below zero", "below freezing"])
        .or_else(|| plain_below(pieces, found.next))
        .filter(|_| unsigned)
    {
        let plain = below_zero(found.kind.clone());
        if let Some(kind) = negated(plain) {
            found = Found::new(kind, next);
        }
    } else if !unsigned {
        found.kind = negated(found.kind)?;
    }
    if let Some((period, next)) = rate(pieces, found.next).filter(|_| found.per.is_none()) {
        found.per = Some(period);
        found.next = next;
    }
    Some(found)
}

/// A minus sign before a temperature or a percentage.
fn negative(pieces: &Pieces<'_>, index: usize) -> Option<usize> {
    if pieces.lower(index) == "minus" {
        return Some(index + 1);
    }
    let joined =
        pieces.glued(index) && index > 0 && (pieces.is(index - 1, Shape::Word) || pieces.is(index - 1, Shape::Figure));
    (!joined && pieces.is(index + 1, Shape::Figure) && pieces.glued(index + 1)).then_some(index + 1)
}

/// "eighteen below."
fn plain_below(pieces: &Pieces<'_>, next: usize) -> Option<usize> {
    (pieces.lower(next) == "below" && !pieces.is(next + 1, Shape::Word) && !pieces.is(next + 1, Shape::Figure))
        .then_some(next + 1)
}

/// A bare number below zero is one of degrees.
fn below_zero(kind: ValueKind) -> ValueKind {
    match kind {
        ValueKind::Count { amount, of: None } => match unit::named("degrees") {
            Some(unit) => ValueKind::Measure { amount, unit },
            None => ValueKind::Count { amount, of: None },
        },
        kind => kind,
    }
}

fn negated(kind: ValueKind) -> Option<ValueKind> {
    let minus = |amount: Amount| Amount { low: -amount.high, high: -amount.low, ..amount };
    match kind {
        ValueKind::Measure { amount, unit }
            if matches!(unit.dimension, Dimension::Temperature | Dimension::Degrees) =>
        {
            Some(ValueKind::Measure { amount: minus(amount), unit })
        }
        ValueKind::Percent { amount } => Some(ValueKind::Percent { amount: minus(amount) }),
        _ => None,
    }
}

/// The kind of a number of units.
pub(super) fn in_unit(amount: Amount, unit: &'static Unit) -> ValueKind {
    if unit.dimension == Dimension::Time {
        ValueKind::Duration { amount, unit }
    } else {
        ValueKind::Measure { amount, unit }
    }
}

fn numbered(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let number = number::range(pieces, index)?;
    percent(pieces, number)
        .or_else(|| money::named_after(pieces, number, index))
        .or_else(|| age::age(pieces, number))
        .or_else(|| measure(pieces, index, number))
        .or_else(|| count(pieces, index, number))
}

fn percent(pieces: &Pieces<'_>, number: Number) -> Option<Found> {
    let at = number.next + usize::from(pieces.hyphen(number.next));
    if unit::written(pieces, at).is_some_and(|(unit, _)| unit.dimension == Dimension::PercentagePoint) {
        return None;
    }
    let next = pieces.any_phrase(at, &["%", "per cent", "percent", "pc", "pct", "per - cent"])?;
    Some(Found::new(ValueKind::Percent { amount: number.amount }, next))
}

/// A measure or a length of time, with the smaller units that follow ("9h 40min", "6ft 2in").
fn measure(pieces: &Pieces<'_>, index: usize, number: Number) -> Option<Found> {
    let joint = usize::from(pieces.hyphen(number.next));
    let at = number.next + joint;
    let written = unit::written(pieces, at).filter(|(unit, next)| is_measure(pieces, index, (at, *next), unit));
    let (unit, next) = match written {
        Some(found) => found,
        None if pieces.lower(at).starts_with("pound") && money::weighs(pieces, index, at + 1, number.amount) => {
            (unit::named("lb")?, at + 1)
        }
        None => (
            unit::letter(pieces, at).filter(|_| number.form == Form::Figures && letter_measures(pieces, at, number))?,
            at + 1,
        ),
    };
    let mut amount = number.amount;
    let mut unit = unit;
    let mut next = next;
    if pieces.phrase(next, "and a half") && unit.dimension != Dimension::Temperature {
        amount = Amount::exactly(amount.low + 0.5, 0.5);
        next += 3;
    }
    while let Some((smaller, small_unit, end)) = smaller(pieces, next, unit) {
        let factor = unit.low / small_unit.low;
        amount = Amount::exactly((amount.low * factor + smaller.amount.low) * 1.0, 1.0);
        (unit, next) = (small_unit, end);
    }
    // "two-and-a-half-hour-long" and "five metres long" say the same without the last word.
    let long = pieces.hyphen(next) && matches!(pieces.lower(next + 1), "long" | "high" | "wide" | "deep" | "tall");
    Some(Found::new(in_unit(amount, unit), if long { next + 2 } else { next }))
}

/// Whether a unit's name is a unit here: "5 second-half goals", "3 stone walls", "two yards" are not always.
fn is_measure(pieces: &Pieces<'_>, index: usize, (at, next): (usize, usize), unit: &Unit) -> bool {
    let form = pieces.lower(at);
    let singular = !form.ends_with('s') && form.len() > 3;
    let one = matches!(pieces.lower(index), "one" | "1" | "a" | "an");
    match unit.name {
        // "one day he left" names no length.
        "days" | "nights" if pieces.lower(index) == "one" => {
            matches!(
                pieces.before(index, 1),
                "in" | "for" | "within" | "after" | "than" | "only" | "just" | "by" | "another" | "of"
            )
        }
        "seconds" if form == "second" => pieces.hyphen(at.saturating_sub(1)) || (one && pieces.lower(index) != "a"),
        "st" => !matches!(
            pieces.lower(next),
            "walls" | "wall" | "steps" | "houses" | "pillars" | "cottages" | "bridge" | "bridges" | "lions"
        ),
        // "the two night guards" counts guards.
        "nights" => form == "nights" || pieces.hyphen(at.saturating_sub(1)),
        "miles" if form == "mi" => pieces.is(index, Shape::Figure),
        "carats" | "fathoms" => true,
        _ if singular && !one && unit.dimension == Dimension::Time => {
            pieces.hyphen(at.saturating_sub(1)) || pieces.lower(index) == "half"
        }
        _ => true,
    }
}

/// Whether a letter glued to digits is a unit: an "m" before a plural noun is a million.
fn letter_measures(pieces: &Pieces<'_>, at: usize, number: Number) -> bool {
    match pieces.lower(at) {
        "m" => !is_million(pieces, at, number),
        "c" => number.amount.high <= 60.0,
        "f" => number.amount.high <= 130.0,
        "in" | "w" | "v" | "l" | "g" | "h" | "t" => true,
        _ => false,
    }
}

fn is_million(pieces: &Pieces<'_>, at: usize, number: Number) -> bool {
    let runs = ["hurdles", "metres", "finals", "championships", "times"];
    let counted =
        noun::after(pieces, at + 1).is_some() && noun::counts(pieces, at + 1) && !runs.contains(&pieces.lower(at + 1));
    let people = matches!(pieces.lower(at + 1), "people" | "users" | "barrels" | "tonnes" | "tons" | "homes" | "jobs");
    let spread = matches!(
        pieces.lower(at + 1),
        "high" | "wide" | "long" | "deep" | "tall" | "away" | "from" | "into" | "race" | "sprint" | "above" | "below"
    );
    number.amount.low < 1000.0 && !spread && (people || counted)
}

/// A number of a smaller unit of the same dimension that follows a measure.
fn smaller(pieces: &Pieces<'_>, next: usize, unit: &Unit) -> Option<(Number, &'static Unit, usize)> {
    if !matches!(unit.dimension, Dimension::Length | Dimension::Mass | Dimension::Time)
        || unit.low != unit.high && unit.months().is_none()
    {
        return None;
    }
    let at = next + usize::from(matches!(pieces.lower(next), "," | "and"));
    let number = number::number(pieces, at)
        .filter(|number| number.amount.is_point() && !matches!(pieces.lower(at), "a" | "an"))?;
    let (small, end) = unit::written(pieces, number.next)
        .or_else(|| unit::letter(pieces, number.next).map(|unit| (unit, number.next + 1)))?;
    let below = small.dimension == unit.dimension && small.high < unit.low;
    let fits = number.amount.high < unit.high / small.low + 0.5;
    let metric = unit.dimension != Dimension::Length
        || matches!(
            (unit.name, small.name),
            ("ft", "in") | ("m", "cm") | ("km", "m") | ("miles", "yd") | ("yd", "ft" | "in")
        );
    (below && fits && metric).then_some((number, small, end))
}

/// "2:04:35", "1:42.3": a length of time by the stopwatch.
fn stopwatch(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let part = |at: usize| {
        pieces.get(at).filter(|piece| piece.shape == Shape::Figure).and_then(|piece| number::digits(piece.text))
    };
    let colon = |at: usize| pieces.lower(at) == ":" && pieces.glued(at) && pieces.glued(at + 1);
    let first = part(index)?;
    let second = part(index + 2).filter(|second| colon(index + 1) && *second < 60.0)?;
    let seconds = unit::named("seconds")?;
    if let Some(third) = part(index + 4).filter(|third| colon(index + 3) && *third < 60.0) {
        let total = first * 3600.0 + second * 60.0 + third;
        return Some(Found::new(in_unit(Amount::exactly(total, 1.0), seconds), index + 5));
    }
    let decimals = pieces.get(index + 2).is_some_and(|piece| piece.text.len() > 3 && piece.text.contains('.'));
    decimals.then(|| Found::new(in_unit(Amount::exactly(first * 60.0 + second, 0.1), seconds), index + 3))
}

/// "a week", "an hour and a half", "a month", "a year's", "a mile"; also "several weeks" by way of numbers.
fn article(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    if !matches!(pieces.lower(index), "a" | "an") {
        return None;
    }
    let quarter_hour = pieces.phrase(index, "a quarter of an hour");
    if quarter_hour {
        return Some(Found::new(in_unit(Amount::exactly(15.0, 1.0), unit::named("minutes")?), index + 5));
    }
    let (unit, mut next) = unit::written(pieces, index + 1)?;
    let word = pieces.lower(index + 1);
    let time = unit.dimension == Dimension::Time && !matches!(word, "second" | "night" | "min" | "sec");
    let space = matches!(word, "mile" | "kilometre" | "kilometer" | "hectare" | "acre");
    let long = pieces.hyphen(next) && pieces.lower(next + 1) == "long";
    // "a day trip", "a minute hand", "an hour-long": a noun after the unit makes the unit its adjective.
    let adjective = pieces.is(next, Shape::Word)
        && noun::single(pieces, next).is_some()
        && !is_adverb(pieces.lower(next))
        && !word.ends_with("'s");
    if !(time || space) || (adjective && !long) || (pieces.hyphen(next) && !long) {
        return None;
    }
    let mut amount = Amount::whole(1);
    if let Some((part, end)) = half_after(pieces, next) {
        amount = Amount::exactly(1.0 + part, 0.5);
        next = end;
    }
    Some(Found::new(in_unit(amount, unit), if long { next + 2 } else { next }))
}

fn half_after(pieces: &Pieces<'_>, next: usize) -> Option<(f64, usize)> {
    const PARTS: [(&str, f64); 3] = [("and a half", 0.5), ("and a quarter", 0.25), ("and three quarters", 0.75)];
    pieces.first_of(next, &PARTS, |part| part.0).map(|((_, part), next)| (*part, next))
}

fn is_adverb(word: &str) -> bool {
    matches!(
        word,
        "ahead"
            | "away"
            | "behind"
            | "longer"
            | "more"
            | "old"
            | "beforehand"
            | "afterwards"
            | "later"
            | "earlier"
            | "each"
            | "downstream"
            | "upstream"
            | "inland"
            | "offshore"
            | "apart"
    )
}

/// "month-long", "weeklong", "year-long", "decades-long".
fn length_word(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let word = pieces.lower(index);
    if let Some(stem) =
        word.strip_suffix("long").filter(|stem| matches!(*stem, "hour" | "day" | "week" | "month" | "year"))
    {
        let unit = unit::named(&format!("{stem}s"))?;
        return Some(Found::new(in_unit(Amount::whole(1), unit), index + 1));
    }
    let long = pieces.hyphen(index + 1) && pieces.lower(index + 2) == "long";
    let stem = matches!(word, "hour" | "day" | "week" | "month" | "year" | "decade" | "century").then_some(word)?;
    let (unit, _) = unit::written(pieces, index).filter(|_| long && !stem.is_empty())?;
    Some(Found::new(in_unit(Amount::whole(1), unit), index + 3))
}

fn count(pieces: &Pieces<'_>, index: usize, number: Number) -> Option<Found> {
    let mut number = number;
    if pieces.lower(number.next) == "m" && pieces.glued(number.next) && is_million(pieces, number.next, number) {
        number.amount = number.amount.times(1e6);
        number.next += 1;
    }
    let next = number.next;
    let unknown = pieces.glued(next) && pieces.is(next, Shape::Word) && pieces.is(next - 1, Shape::Figure);
    let slash = matches!(pieces.lower(next), "/" | ":") && pieces.glued(next) && pieces.is(next + 1, Shape::Figure);
    if unknown || slash || pieces.before(index, 1) == "/" || pieces.is(next, Shape::Dotted) {
        return None;
    }
    let one = number.amount.is_point() && number.amount.low == 1.0;
    if one {
        return one_thing(pieces, index, number);
    }
    if let Some(found) = age::appositive(pieces, index, number).or_else(|| age::predicate(pieces, index, number)) {
        return Some(found);
    }
    let times = usize::from(pieces.lower(next) == "times");
    let of = if times == 1 {
        Some("time".to_string())
    } else {
        noun::after(pieces, next)
            .or_else(|| of_them(pieces, next))
            .or_else(|| parents(pieces, index))
            .or_else(|| noun::group_before(pieces, index))
            .or_else(|| toll(pieces, index))
    };
    let joint = pieces.hyphen(next) && pieces.is(next + 1, Shape::Word);
    let mut found = Found::new(ValueKind::Count { amount: number.amount, of }, next + times + 2 * usize::from(joint));
    found.core = found.next;
    Some(found)
}

/// "three of her ministers", "two of the survivors".
fn of_them(pieces: &Pieces<'_>, next: usize) -> Option<String> {
    let determiner =
        matches!(pieces.lower(next + 1), "the" | "his" | "her" | "its" | "their" | "our" | "those" | "these" | "my");
    (pieces.lower(next) == "of" && determiner).then(|| noun::after(pieces, next + 2)).flatten()
}

/// "one" counts only before a noun; "one" as a pronoun does not.
fn one_thing(pieces: &Pieces<'_>, index: usize, number: Number) -> Option<Found> {
    let joint = usize::from(pieces.hyphen(number.next));
    let thing = noun::single(pieces, number.next + joint)?;
    let idiom = matches!(
        thing.as_str(),
        "day"
            | "thing"
            | "way"
            | "more"
            | "by"
            | "could"
            | "can"
            | "might"
            | "point"
            | "hand"
            | "side"
            | "time"
            | "else"
            | "off"
    ) || pieces.before(index, 1) == "no"
        || matches!(pieces.before(index, 1), "this" | "that" | "which" | "every" | "each" | "another" | "any");
    (!idiom).then(|| Found::new(ValueKind::Count { amount: number.amount, of: Some(thing) }, number.next))
}

/// "father of three".
fn parents(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    let of = pieces.before(index, 1) == "of" || pieces.before(index, 2) == "of";
    let parent = (2..=4).any(|back| {
        matches!(
            pieces.before(index, back),
            "mother" | "father" | "mum" | "mom" | "dad" | "parent" | "grandmother" | "grandfather"
        )
    });
    (of && parent).then(|| "child".to_string())
}

/// "the death toll rose to six".
fn toll(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    (1..=6).any(|back| pieces.before(index, back) == "toll").then(|| "death".to_string())
}

/// "a day", "per hour", "daily": the period after an amount.
pub(super) fn rate(pieces: &Pieces<'_>, index: usize) -> Option<(Period, usize)> {
    let period = |word: &str| {
        Some(match word {
            "second" | "s" => Period::Second,
            "minute" => Period::Minute,
            "hour" => Period::Hour,
            "day" | "night" => Period::Day,
            "week" => Period::Week,
            "month" => Period::Month,
            "year" | "annum" => Period::Year,
            "head" | "person" | "capita" => Period::Person,
            _ => return None,
        })
    };
    let adverb = |at: usize| match pieces.lower(at) {
        "daily" => Some(Period::Day),
        "weekly" => Some(Period::Week),
        "monthly" => Some(Period::Month),
        "annually" | "yearly" => Some(Period::Year),
        "hourly" => Some(Period::Hour),
        _ => None,
    };
    let of_stuff = (0..4).find(|skip| adverb(index + skip).is_some()).filter(|skip| {
        (0..*skip).all(|at| {
            pieces.lower(index + at) == "of"
                || !noun::is_stop(pieces.lower(index + at)) && pieces.is(index + at, Shape::Word)
        })
    });
    if let Some(period) = of_stuff.and_then(|skip| adverb(index + skip)) {
        return Some((period, index + of_stuff.unwrap_or(0) + 1));
    }
    // A noun may stand between the number and its period: "17,000 drivers a day", "600,000 tonnes of cargo annually".
    let nouns = (0..5).find(|skip| {
        let at = index + skip;
        matches!(pieces.lower(at), "a" | "an" | "per" | "each" | "every") && period(pieces.lower(at + 1)).is_some()
    })?;
    let at = index + nouns;
    let plain = (index..at)
        .all(|at| pieces.is(at, Shape::Word) && (!noun::is_stop(pieces.lower(at)) || pieces.lower(at) == "of"));
    let ends = !matches!(pieces.lower(at + 2), "and" | "later" | "ago" | "earlier" | "after" | "before" | "old")
        || pieces.lower(at) == "per";
    let idiom = pieces.lower(at) == "a" && pieces.lower(at + 1) == "second" && pieces.is(at + 2, Shape::Word);
    (plain && ends && !idiom)
        .then(|| (period(pieces.lower(at + 1)), at + 2))
        .and_then(|(period, next)| Some((period?, next)))
}
