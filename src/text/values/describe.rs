//! Values in normal form, for a reason of one line.
//!
//! Must never lose the difference that two values have. Invariant: equal values of one unit have one description.

use super::amount::Amount;
use super::calendar::{CalendarDate, DayRange};
use super::clock::{ClockTime, MinuteRange, Zone};
use super::noun::in_plural;
use super::{Approximation, Period, RatioForm, Value, ValueKind};

/// The value in normal form: "5:40 a.m.", "2 knots", "1,200,000 GBP", "Tue 10 Mar 2026".
pub fn describe(value: &Value) -> String {
    let bare = match &value.kind {
        ValueKind::Count { amount, of } if is_one(*amount) => with_noun("1", of.as_deref()),
        ValueKind::Count { amount, of } => with_noun(&range(*amount), of.as_deref().map(in_plural).as_deref()),
        ValueKind::NoneOf { of } => with_noun("no", Some(&of.as_deref().map_or("one".to_string(), in_plural))),
        ValueKind::Measure { amount, unit } | ValueKind::Duration { amount, unit } => {
            format!("{} {}", range(*amount), singular(*amount, unit.name))
        }
        ValueKind::Money { amount, currency } => format!("{} {currency}", range(*amount)),
        ValueKind::Percent { amount } => format!("{} %", range(*amount)),
        ValueKind::Ratio { form: RatioForm::Of(part, whole), .. } => format!("{} of {}", range(*part), range(*whole)),
        ValueKind::Ratio { form: RatioForm::InEvery(part, whole), .. } => {
            format!("{} in {}", range(*part), range(*whole))
        }
        ValueKind::Ratio { share, .. } => format!("{} %", number(share.middle() * 100.0)),
        ValueKind::Ordinal { rank, of } => with_noun(&format!("{rank}{}", ordinal_ending(*rank)), of.as_deref()),
        ValueKind::Age { years, .. } => format!("aged {}", range(*years)),
        ValueKind::Score { first, second } => format!("{first}–{second}"),
        ValueKind::Date(date) => calendar(date),
        ValueKind::PartOfDay(part) => part_of_day(*part),
        ValueKind::Time(time) => clock(*time),
    };
    let per = value.per.map_or("", |period| match period {
        Period::Second => " a second",
        Period::Minute => " a minute",
        Period::Hour => " an hour",
        Period::Day => " a day",
        Period::Week => " a week",
        Period::Month => " a month",
        Period::Year => " a year",
        Period::Person => " a head",
    });
    let timely = matches!(value.kind, ValueKind::Time(_));
    let before = match value.approximation {
        Approximation::Exact => "",
        Approximation::About => "about ",
        Approximation::AtLeast => "at least ",
        Approximation::MoreThan if timely => "after ",
        Approximation::MoreThan => "more than ",
        Approximation::JustOver if timely => "just after ",
        Approximation::JustOver => "just over ",
        Approximation::Nearly if timely => "just before ",
        Approximation::Nearly => "nearly ",
        Approximation::AtMost => "up to ",
        Approximation::LessThan if timely => "before ",
        Approximation::LessThan => "less than ",
    };
    format!("{before}{bare}{per}")
}

fn with_noun(amount: &str, of: Option<&str>) -> String {
    match of {
        Some(noun) => format!("{amount} {noun}"),
        None => amount.to_string(),
    }
}

fn is_one(amount: Amount) -> bool {
    amount.is_point() && amount.low == 1.0
}

/// `1st`, `22nd`, `13th`.
fn ordinal_ending(rank: u32) -> &'static str {
    match (rank % 10, rank % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    }
}

fn singular(amount: Amount, name: &str) -> &str {
    let one = is_one(amount);
    match name {
        "centuries" if one => "century",
        name if one && name.len() > 2 => name.strip_suffix('s').unwrap_or(name),
        name => name,
    }
}

fn range(amount: Amount) -> String {
    if amount.is_point() || (amount.high - amount.low).abs() < f64::EPSILON {
        return number(amount.low);
    }
    format!("{}–{}", number(amount.low), number(amount.high))
}

/// A number with separators and at most four decimals.
fn number(value: f64) -> String {
    let text = format!("{value:.4}");
    let (whole, decimals) = text.split_once('.').unwrap_or((&text, ""));
    let decimals = decimals.trim_end_matches('0');
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut grouped = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if decimals.is_empty() { format!("{sign}{grouped}") } else { format!("{sign}{grouped}.{decimals}") }
}

fn calendar(date: &CalendarDate) -> String {
    let part = date.part.map_or(String::new(), |part| format!(", {}", part_of_day(part)));
    let days = match (date.days, date.weekday, date.month_day) {
        (Some(days), ..) => day_range(days),
        (None, Some(weekday), None) => format!("{weekday:?}"),
        (None, _, Some((month, day))) => {
            let name =
                jiff::civil::Date::new(2000, month, 1).map_or(String::new(), |date| date.strftime("%b").to_string());
            day.map_or(name.clone(), |day| format!("{day} {name}"))
        }
        _ => "a day counted from publication".to_string(),
    };
    format!("{days}{part}")
}

fn day_range(days: DayRange) -> String {
    let (first, last) = (days.first, days.last);
    let year_starts = (first.month(), first.day()) == (1, 1) && (last.month(), last.day()) == (12, 31);
    if first == last {
        return first.strftime("%a %-d %b %Y").to_string();
    }
    if year_starts && first.year() == last.year() {
        return first.year().to_string();
    }
    if year_starts {
        return format!("{}–{}", first.year(), last.year());
    }
    if first.day() == 1 && last == first.last_of_month() {
        return first.strftime("%b %Y").to_string();
    }
    format!("{} – {}", first.strftime("%-d %b %Y"), last.strftime("%-d %b %Y"))
}

fn clock(time: ClockTime) -> String {
    let zone = if time.zone == Zone::Other { " (another clock)" } else { "" };
    match time.alternative {
        Some(other) => format!("{} or {}{zone}", minutes(time.minutes), minutes(other)),
        None => format!("{}{zone}", minutes(time.minutes)),
    }
}

fn minutes(range: MinuteRange) -> String {
    if range.first == range.last {
        minute(range.first)
    } else {
        format!("{}–{}", minute(range.first), minute(range.last))
    }
}

fn minute(minute: u16) -> String {
    let (hour, rest) = ((minute / 60) % 24, minute % 60);
    match (hour, rest) {
        (0, 0) => "midnight".to_string(),
        (12, 0) => "noon".to_string(),
        _ => format!("{}:{rest:02} {}", (hour + 11) % 12 + 1, if hour < 12 { "a.m." } else { "p.m." }),
    }
}

fn part_of_day(part: MinuteRange) -> String {
    // The last minute of a day is shown as the midnight that ends it.
    let last = if part.last % 60 == 59 { part.last + 1 } else { part.last };
    format!("between {} and {}", minute(part.first), minute(last))
}
