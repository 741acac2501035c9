//! Whether two values can be one: equal, compatible, different, or not to be compared.
//!
//! Must never know where a value stands. Invariant: [`agreement`] is symmetric, and a value never differs from itself.

use super::amount::Amount;
use super::approximation::Approximation::{self, About, AtLeast, AtMost, Exact, JustOver, LessThan, MoreThan, Nearly};
use super::calendar::{CalendarDate, DayRange, moved, year_from_age};
use super::clock::{ClockTime, MinuteRange, Zone};
use super::closeness::{Scale, amounts, one_side, plausible};
use super::noun::{Kinship, kinship};
use super::unit::{Dimension, Unit};
use super::{AgeOf, Period, RatioForm, Value, ValueKind, money};

/// How two values stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// Two ways to write one value, within the rounding that they show.
    Equal,
    /// Both can be true of one thing ("more than 4,000" and "4,200").
    Compatible,
    /// Both cannot be true of one thing.
    Different,
    /// Of different kinds, dimensions, currencies, or of plainly different things.
    Incomparable,
}

use Agreement::{Compatible, Different, Equal, Incomparable};

/// Whether `a` and `b` can be one value. Counts of plainly different things are incomparable.
pub fn agreement(a: &Value, b: &Value) -> Agreement {
    let of_other_things = || match (noun(&a.kind), noun(&b.kind)) {
        (Some(a), Some(b)) => kinship(Some(a), Some(b)) == Kinship::Other,
        _ => false,
    };
    match agreement_in_one_slot(a, b) {
        Different if of_other_things() => Incomparable,
        Equal if of_other_things() => Compatible,
        found => found,
    }
}

pub(super) fn noun(kind: &ValueKind) -> Option<&str> {
    match kind {
        ValueKind::Count { of, .. } | ValueKind::NoneOf { of } | ValueKind::Ordinal { of, .. } => of.as_deref(),
        _ => None,
    }
}

/// Whether `a` and `b` can be one value, given that they stand in one slot of two tellings: what is counted does not matter.
pub fn agreement_in_one_slot(a: &Value, b: &Value) -> Agreement {
    one_way(a, b).or_else(|| one_way(b, a)).unwrap_or(Incomparable)
}

/// Compares in one order of kinds; `None` where only the other order is known.
fn one_way(a: &Value, b: &Value) -> Option<Agreement> {
    of_amounts(a, b).or_else(|| of_places(a, b)).or_else(|| of_days(a, b))
}

/// Kinds that hold an amount.
fn of_amounts(a: &Value, b: &Value) -> Option<Agreement> {
    use ValueKind::{Age, Count, Duration, Measure, Money, NoneOf, Percent, Ratio};
    let stated = (a.approximation, b.approximation);
    Some(match (&a.kind, &b.kind) {
        (Count { amount: x, .. }, Count { amount: y, .. }) => amounts(rated(a, b, *x, *y), stated, Scale::Counted),
        (NoneOf { .. }, NoneOf { .. }) => Equal,
        (NoneOf { of: Some(_) }, Count { of: Some(_), amount }) if amount.low > 0.0 => Different,
        (Money { amount: x, currency: one }, Money { amount: y, currency: other }) if one == other => {
            match amounts(rated(a, b, *x, *y), stated, Scale::Same) {
                // A sum and a rate of it: the period of the sum is unsaid.
                Different if a.per.is_some() != b.per.is_some() => Incomparable,
                found => found,
            }
        }
        // One figure in two currencies is no conversion.
        (Money { amount: x, currency: one }, Money { amount: y, currency: other })
            if !(money::is_dollar(one) && money::is_dollar(other))
                && amounts((*x, *y), stated, Scale::Same) == Equal =>
        {
            Different
        }
        (Percent { amount: x }, Percent { amount: y }) => amounts((*x, *y), stated, Scale::Same),
        (Percent { amount: x }, Ratio { share: y, .. }) => amounts((*x, y.times(100.0)), stated, Scale::Converted),
        (Ratio { .. }, Ratio { .. }) => ratios(a, b),
        (Ratio { form: RatioForm::Of(part, whole), .. }, Count { amount, .. }) => {
            part_or_whole((*part, *whole), *amount, stated)
        }
        (Measure { amount: x, unit: one }, Measure { amount: y, unit: other }) => {
            let (x, y) = rated(a, b, *x, *y);
            measures((x, one), (y, other), stated)
        }
        (Duration { amount: x, unit: one }, Duration { amount: y, unit: other }) => {
            durations((*x, one), (*y, other), stated)
        }
        (Age { years: x, .. }, Age { years: y, .. }) => amounts((*x, *y), stated, Scale::Counted),
        (Age { of: AgeOf::Anything, years }, Duration { amount, unit }) => {
            amounts((*years, amount.times(unit.months()? / 12.0)), stated, Scale::Counted)
        }
        // "11,200 flying hours" counts hours.
        (Count { amount: x, of: Some(noun) }, Duration { amount: y, unit } | Measure { amount: y, unit })
            if unit.name.trim_end_matches('s') == noun.as_str() =>
        {
            amounts((*x, *y), stated, Scale::Same)
        }
        (
            Count { amount, of: None },
            Measure { amount: other, .. }
            | Duration { amount: other, .. }
            | Percent { amount: other }
            | Money { amount: other, .. },
        ) => unit_unsaid((*amount, *other), stated),
        _ => return None,
    })
}

/// Results and places in an order.
fn of_places(a: &Value, b: &Value) -> Option<Agreement> {
    use ValueKind::{Count, Duration, Ordinal, Ratio, Score};
    let stated = (a.approximation, b.approximation);
    Some(match (&a.kind, &b.kind) {
        (Score { first: x, second: y }, Score { first, second }) => score((*x, *y), (*first, *second)),
        (Score { first, second }, Ratio { form: RatioForm::Of(part, whole), .. }) => {
            votes_of((*first, *second), (part.low, whole.low))
        }
        (Ordinal { rank: x, .. }, Ordinal { rank: y, .. }) if x == y => Equal,
        (Ordinal { .. }, Ordinal { .. }) => Different,
        (Ordinal { rank, .. }, Count { amount, .. }) => ordinal((*rank, *amount), b.approximation),
        (Ordinal { rank, of: None }, Duration { amount, .. }) => unit_unsaid((Amount::whole(*rank), *amount), stated),
        (Ordinal { rank, of: Some(noun) }, Duration { amount, unit })
            if unit.name.trim_end_matches('s') == noun.as_str() =>
        {
            ordinal((*rank, *amount), b.approximation)
        }
        _ => return None,
    })
}

/// Days and times.
fn of_days(a: &Value, b: &Value) -> Option<Agreement> {
    use ValueKind::{Age, Date, Duration, PartOfDay, Time};
    let parts = |one: &MinuteRange, other: &MinuteRange| if one.meets(*other) { Compatible } else { Different };
    Some(match (&a.kind, &b.kind) {
        (Date(x), Date(y)) => dates(x, y),
        (Time(x), Time(y)) => times((*x, a.approximation), (*y, b.approximation)),
        (Time(x), PartOfDay(part)) => time_in_part(*x, *part),
        (PartOfDay(x), PartOfDay(y)) if x == y => Equal,
        (PartOfDay(x), PartOfDay(y)) => parts(x, y),
        (Date(date), PartOfDay(part)) => date.part.map_or(Incomparable, |own| parts(&own, part)),
        (Date(date), Time(time)) => date.part.map_or(Incomparable, |part| time_in_part(*time, part)),
        (Age { .. } | Duration { .. }, Date(date)) => counted_back(a, date),
        _ => return None,
    })
}

/// Brings two rates to one period; amounts without a period stay as they are.
fn rated(a: &Value, b: &Value, x: Amount, y: Amount) -> (Amount, Amount) {
    let seconds = |period: Period| match period {
        Period::Second => Some(1.0),
        Period::Minute => Some(60.0),
        Period::Hour => Some(3600.0),
        Period::Day => Some(86_400.0),
        Period::Week => Some(604_800.0),
        Period::Month => Some(2_629_746.0),
        Period::Year => Some(31_556_952.0),
        Period::Person => None,
    };
    match (a.per, b.per) {
        (Some(one), Some(other)) if one != other => match (seconds(one), seconds(other)) {
            (Some(one), Some(other)) => (x.times(1.0 / one), y.times(1.0 / other)),
            _ => (x, y),
        },
        _ => (x, y),
    }
}

fn ratios(a: &Value, b: &Value) -> Agreement {
    let (ValueKind::Ratio { share: x, form: one }, ValueKind::Ratio { share: y, form: other }) = (&a.kind, &b.kind)
    else {
        return Incomparable;
    };
    if let (RatioForm::Of(part, whole), RatioForm::Of(other_part, other_whole)) = (one, other)
        && (whole.low - other_whole.low).abs() < 0.5
    {
        return amounts((*part, *other_part), (Exact, Exact), Scale::Counted);
    }
    let slack = (x.middle().max(y.middle()) * 0.1).min(0.02);
    let near = (x.middle() - y.middle()).abs() <= slack;
    let (first, second) = (plausible(*x, a.approximation, Scale::Same), plausible(*y, b.approximation, Scale::Same));
    if near {
        return if one_side(a.approximation, b.approximation) { Equal } else { Compatible };
    }
    if first.0 <= second.1 && second.0 <= first.1 { Compatible } else { Different }
}

/// "14 of the 40" beside "14" or beside "40".
fn part_or_whole((part, whole): (Amount, Amount), count: Amount, stated: (Approximation, Approximation)) -> Agreement {
    match amounts((part, count), stated, Scale::Counted) {
        Different if amounts((whole, count), stated, Scale::Counted) != Different => Compatible,
        found => found,
    }
}

fn measures(x: (Amount, &Unit), y: (Amount, &Unit), stated: (Approximation, Approximation)) -> Agreement {
    let ((first, one), (second, other)) = (x, y);
    if one.name == other.name {
        return amounts((first, second), stated, Scale::Same);
    }
    if one.dimension == Dimension::Degrees || other.dimension == Dimension::Degrees {
        return degrees(x, y, stated);
    }
    if one.dimension != other.dimension {
        return Incomparable;
    }
    if one.dimension == Dimension::Temperature {
        return amounts((celsius(first, one), celsius(second, other)), stated, Scale::Converted);
    }
    let metric = is_power_of_ten(one.low / other.low) && one.low == one.high && other.low == other.high;
    let scale = if metric { Scale::Same } else { Scale::Converted };
    amounts((first.spread(one.low, one.high), second.spread(other.low, other.high)), stated, scale)
}

fn is_power_of_ten(ratio: f64) -> bool {
    let power = ratio.log10();
    (power - power.round()).abs() < 1e-9
}

fn celsius(amount: Amount, unit: &Unit) -> Amount {
    if unit.name != "°F" {
        return amount;
    }
    let convert = |degrees: f64| (degrees - 32.0) / 1.8;
    Amount { low: convert(amount.low), high: convert(amount.high), step: amount.step / 1.8, vague: amount.vague }
}

/// Degrees of no stated scale may be of either.
fn degrees(x: (Amount, &Unit), y: (Amount, &Unit), stated: (Approximation, Approximation)) -> Agreement {
    let temperature = |unit: &Unit| matches!(unit.dimension, Dimension::Temperature | Dimension::Degrees);
    if !(temperature(x.1) && temperature(y.1)) {
        return Incomparable;
    }
    let as_written = amounts((x.0, y.0), stated, Scale::Same);
    let fahrenheit = |amount: Amount| Amount {
        low: (amount.low - 32.0) / 1.8,
        high: (amount.high - 32.0) / 1.8,
        step: amount.step / 1.8,
        ..amount
    };
    let (plain, scaled) =
        if x.1.dimension == Dimension::Degrees { (x.0, celsius(y.0, y.1)) } else { (y.0, celsius(x.0, x.1)) };
    let converted = amounts((fahrenheit(plain), scaled), stated, Scale::Converted);
    let in_celsius = amounts((plain, scaled), stated, Scale::Converted);
    match as_written.min(converted).min(in_celsius) {
        Equal => Compatible,
        found => found,
    }
}

fn durations(
    (x, one): (Amount, &Unit),
    (y, other): (Amount, &Unit),
    stated: (Approximation, Approximation),
) -> Agreement {
    if one.name == other.name {
        return amounts((x, y), stated, Scale::Same);
    }
    if let (Some(first), Some(second)) = (one.months(), other.months()) {
        return amounts((x.times(first), y.times(second)), stated, Scale::Same);
    }
    let fixed = one.months().is_none() && other.months().is_none();
    let seconds = |amount: Amount, unit: &Unit| {
        // From the third month on, long and short months even out.
        let long = unit.name == "months" && amount.low >= 3.0;
        let low = if long { 30.0 * 86_400.0 } else { unit.low };
        amount.spread(low, unit.high)
    };
    // Whole weeks, days and hours convert exactly; "a day and a half" is 36 hours and no other number of them.
    amounts((seconds(x, one), seconds(y, other)), stated, if fixed { Scale::Same } else { Scale::Converted })
}

/// Who won is said by other words: 2–1 and 1–2 are one result told from two sides.
fn score(a: (u32, u32), b: (u32, u32)) -> Agreement {
    let sorted = |(first, second): (u32, u32)| (first.max(second), first.min(second));
    if a == b {
        Equal
    } else if sorted(a) == sorted(b) {
        Compatible
    } else {
        Different
    }
}

/// "by ten votes to two" beside "ten of the twelve".
fn votes_of((first, second): (u32, u32), (part, whole): (f64, f64)) -> Agreement {
    let all = f64::from(first) + f64::from(second);
    if (part - f64::from(first)).abs() < 0.5 && (whole - all).abs() < 0.5 { Compatible } else { Incomparable }
}

/// "a fifth death" beside "five deaths": the fifth makes five.
fn ordinal((rank, amount): (u32, Amount), stated: Approximation) -> Agreement {
    match amounts((Amount::whole(rank), amount), (Exact, stated), Scale::Counted) {
        Equal => Compatible,
        found => found,
    }
}

/// A bare number beside a number of a unit: the unit may be unsaid, so only agreement can be told.
fn unit_unsaid((bare, measured): (Amount, Amount), stated: (Approximation, Approximation)) -> Agreement {
    match amounts((bare, measured), stated, Scale::Same) {
        Equal | Compatible => Compatible,
        _ => Incomparable,
    }
}

fn dates(a: &CalendarDate, b: &CalendarDate) -> Agreement {
    let days = match (a.days, b.days) {
        (Some(first), Some(second)) => resolved((first, &a.alternatives), (second, &b.alternatives)),
        _ => as_written(a, b),
    };
    match (days, a.part, b.part) {
        (Equal | Compatible, Some(first), Some(second)) if !first.meets(second) => Different,
        (Equal, first, second) if first != second => Compatible,
        _ => days,
    }
}

fn resolved(a: (DayRange, &[DayRange]), b: (DayRange, &[DayRange])) -> Agreement {
    if a.0 == b.0 {
        return Equal;
    }
    let all = |(first, others): (DayRange, &[DayRange])| {
        std::iter::once(first).chain(others.iter().copied()).collect::<Vec<_>>()
    };
    let meet = all(a).iter().any(|one| all(b).iter().any(|other| one.meets(*other)));
    if meet { Compatible } else { Different }
}

/// Dates that could not be resolved: only what both say can be compared.
fn as_written(a: &CalendarDate, b: &CalendarDate) -> Agreement {
    if a.weekday.is_some() && b.weekday.is_some() && a.weekday != b.weekday {
        return Different;
    }
    let month_day = |date: &CalendarDate| {
        date.month_day.or_else(|| {
            date.days.filter(|days| days.first == days.last).map(|days| (days.first.month(), Some(days.first.day())))
        })
    };
    if let (Some((month, day)), Some((other_month, other_day))) = (month_day(a), month_day(b)) {
        let same_day = day.zip(other_day).is_none_or(|(one, other)| one == other);
        return match (month == other_month && same_day, day.is_some() == other_day.is_some()) {
            (true, true) => Equal,
            (true, false) => Compatible,
            _ => Different,
        };
    }
    match (a.weekday, b.weekday) {
        (Some(_), Some(_)) => Equal,
        (Some(weekday), None) | (None, Some(weekday)) => {
            let day = a.days.or(b.days).filter(|days| days.first == days.last);
            day.map_or(Incomparable, |days| if days.first.weekday() == weekday { Compatible } else { Different })
        }
        _ => Incomparable,
    }
}

fn times(a: (ClockTime, Approximation), b: (ClockTime, Approximation)) -> Agreement {
    let minutes = |time: ClockTime| std::iter::once(time.minutes).chain(time.alternative).collect::<Vec<_>>();
    let (first, second) = (minutes(a.0), minutes(b.0));
    let apart = first.iter().flat_map(|one| second.iter().map(|other| one.distance(*other))).min().unwrap_or(0);
    if apart == 0 {
        let sure = first.len() == second.len() || first.len() + second.len() == 3;
        return if sure && one_side(a.1, b.1) { Equal } else { Compatible };
    }
    if a.0.zone == Zone::Other || b.0.zone == Zone::Other {
        return Incomparable;
    }
    let meets = first.iter().any(|one| second.iter().any(|other| window(*one, a.1).meets(window(*other, b.1))));
    // Five minutes hide in a whole or half hour: "8 a.m." beside "8:04 a.m.".
    let whole = |ranges: &[MinuteRange]| ranges.iter().all(|range| range.first % 30 == 0);
    if meets || (apart <= 5 && whole(&first) != whole(&second)) { Compatible } else { Different }
}

/// The minutes in which a time lies, given how it was stated.
fn window(time: MinuteRange, stated: Approximation) -> MinuteRange {
    let (before, after) = match stated {
        Exact => (0, 0),
        About => (15, 15),
        Nearly => (20, 0),
        JustOver => (0, 20),
        AtLeast | MoreThan => (0, 360),
        AtMost | LessThan => (360, 0),
    };
    // A day is added so that no minute falls below the first; meeting is told on a clock's face.
    MinuteRange::new(time.first + 1440 - before, time.last + 1440 + after)
}

fn time_in_part(time: ClockTime, part: MinuteRange) -> Agreement {
    let inside = std::iter::once(time.minutes).chain(time.alternative).any(|minutes| minutes.meets(part));
    match (inside, time.zone) {
        (true, _) => Compatible,
        (false, Zone::Other) => Incomparable,
        (false, Zone::Local) => Different,
    }
}

/// "95 years old" beside "opened in 1931", "in 135 years" beside "since 1891", "for 30 days" beside "until 15 July".
fn counted_back(value: &Value, date: &CalendarDate) -> Agreement {
    let Some(days) = date.days else { return Incomparable };
    let year_long = days.days() > 300;
    let Some(since) = year_from_age(value).filter(|_| days.days() >= 28) else { return counted_on(value, days) };
    if since.meets(days) {
        return if year_long { Equal } else { Compatible };
    }
    // Only of a thing's age can a year be said to contradict it: a person's age says nothing about any other year.
    match &value.kind {
        ValueKind::Age { of: AgeOf::Anything, years } if year_long && years.low >= 60.0 && days.days() < 36_600 => {
            Different
        }
        _ => Incomparable,
    }
}

fn counted_on(value: &Value, days: DayRange) -> Agreement {
    let (ValueKind::Duration { amount, unit }, Some(published)) = (&value.kind, value.seen_from) else {
        return Incomparable;
    };
    let length = amount.spread(unit.low / 86_400.0, unit.high / 86_400.0);
    if amount.vague || length.high > 4000.0 || length.low < 1.0 {
        return Incomparable;
    }
    let open = matches!(value.approximation, AtMost | LessThan);
    let near = |days: f64| moved(published, days as i64);
    let length = if open { Amount { low: 1.0, ..length } } else { length };
    let (Some(first), Some(last)) = (near(length.low - 1.0), near(length.high + 1.0)) else { return Incomparable };
    if DayRange::between(first, last).meets(days) { Compatible } else { Incomparable }
}
