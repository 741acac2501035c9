//! Dates of the calendar as they are written: days, months, years, decades, centuries.
//!
//! Must never count from "now": words like "yesterday" are in `relative_date`. Invariant: a date without a year is only
//! resolved where the day of publication is known.

use jiff::civil::{Date, Weekday};

use super::ValueKind;
use super::calendar::{CalendarDate, DayRange, moved, without_year};
use super::clock::part_of_day;
use super::reading::{Found, Reading};
use super::weekday::{Tense, tense, weekday_alone};
use super::words::{Pieces, Shape};
use super::{number, years};

const MONTHS: [&[&str]; 12] = [
    &["january", "jan"],
    &["february", "feb"],
    &["march", "mar"],
    &["april", "apr"],
    &["may"],
    &["june", "jun"],
    &["july", "jul"],
    &["august", "aug"],
    &["september", "sept", "sep"],
    &["october", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

const WEEKDAYS: [(&[&str], Weekday); 7] = [
    (&["monday", "mon"], Weekday::Monday),
    (&["tuesday", "tue", "tues"], Weekday::Tuesday),
    (&["wednesday", "wed"], Weekday::Wednesday),
    (&["thursday", "thu", "thur", "thurs"], Weekday::Thursday),
    (&["friday", "fri"], Weekday::Friday),
    (&["saturday"], Weekday::Saturday),
    (&["sunday"], Weekday::Sunday),
];

/// All names and abbreviations of months and weekdays, in small letters.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    MONTHS.into_iter().chain(WEEKDAYS.into_iter().map(|(names, _)| names)).flatten().copied()
}

/// The month of that name or abbreviation, from 1.
pub(super) fn month(word: &str) -> Option<i8> {
    let place = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(place + 1).ok()
}

/// The weekday of that name or abbreviation.
pub(super) fn weekday(word: &str) -> Option<Weekday> {
    WEEKDAYS.iter().find(|(names, _)| names.contains(&word)).map(|(_, day)| *day)
}

/// A weekday written with a capital; abbreviations only with a stop or a figure after them.
pub(super) fn written_weekday(pieces: &Pieces<'_>, index: usize) -> Option<(Weekday, usize)> {
    if !pieces.capital(index) {
        return None;
    }
    let word = pieces.lower(index);
    let day = weekday(word)?;
    let next = index + 1;
    let stop = usize::from(word.len() <= 5 && pieces.lower(next) == "." && pieces.glued(next));
    let short = word.len() <= 5 && !word.ends_with("day");
    let dated = pieces.is(next + stop, Shape::Figure)
        || month(pieces.lower(next + stop)).is_some()
        || pieces.lower(next + stop) == ",";
    (!short || dated).then_some((day, next + stop))
}

/// A month written with a capital, and the piece after it and its stop.
pub(super) fn written_month(pieces: &Pieces<'_>, index: usize) -> Option<(i8, usize)> {
    if !pieces.capital(index) {
        return None;
    }
    let word = pieces.lower(index);
    let month = month(word)?;
    let stop = usize::from(
        word.len() <= 4
            && word != "may"
            && word != "june"
            && word != "july"
            && pieces.lower(index + 1) == "."
            && pieces.glued(index + 1),
    );
    Some((month, index + 1 + stop))
}

/// A day of the month in figures ("10", "10th") or as an ordinal word ("tenth"), and the piece after it.
fn written_day(pieces: &Pieces<'_>, index: usize) -> Option<(i8, usize)> {
    if pieces.is(index, Shape::Word) {
        let (rank, next) = super::fraction::rank(pieces, index)?;
        return i8::try_from(rank).ok().filter(|day| (1..=31).contains(day)).map(|day| (day, next));
    }
    let piece = pieces.get(index).filter(|piece| piece.shape == Shape::Figure && piece.text.len() <= 2)?;
    let day = piece.text.parse().ok().filter(|day| (1..=31).contains(day))?;
    let suffix = matches!(pieces.lower(index + 1), "st" | "nd" | "rd" | "th") && pieces.glued(index + 1);
    let next = index + 1 + usize::from(suffix);
    let unit =
        !suffix && pieces.glued(next) && (pieces.is(next, Shape::Word) || matches!(pieces.lower(next), "%" | "°"));
    (!unit).then_some((day, next))
}

/// A year of four figures between 1000 and 2199, and the piece after it.
pub(super) fn written_year(pieces: &Pieces<'_>, index: usize) -> Option<(i16, usize)> {
    let piece = pieces.get(index).filter(|piece| piece.shape == Shape::Figure && piece.text.len() == 4)?;
    let year = piece.text.parse().ok().filter(|year| (1000..2200).contains(year))?;
    let glued = pieces.glued(index + 1) && (pieces.is(index + 1, Shape::Word) || pieces.lower(index + 1) == "%");
    (!glued).then_some((year, index + 1))
}

/// The date that begins at `index`.
pub(super) fn date(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    if let Some((day, next)) = date_iso(pieces, index) {
        return Some(Found::new(ValueKind::Date(CalendarDate::plain(DayRange::day(day))), next));
    }
    slashed(reading, index)
        .or_else(|| day_and_month(reading, index))
        .or_else(|| part_of_period(reading, index))
        .or_else(|| month_alone(reading, index))
        .or_else(|| weekday_alone(reading, index))
        .or_else(|| years::years(pieces, index))
}

/// "2026-03-10".
pub(super) fn date_iso(pieces: &Pieces<'_>, index: usize) -> Option<(Date, usize)> {
    let (year, next) = written_year(pieces, index)?;
    if !(pieces.hyphen(next) && pieces.hyphen(next + 2)) {
        return None;
    }
    let month = pieces.get(next + 1).filter(|piece| piece.text.len() == 2)?.text.parse().ok()?;
    let day = pieces.get(next + 3).filter(|piece| piece.text.len() == 2)?.text.parse().ok()?;
    Date::new(year, month, day).ok().map(|date| (date, next + 4))
}

/// "10/03/2026", "10.03.2026": day first, month first as another reading where both are possible.
fn slashed(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (parts, next): (Vec<&str>, usize) = if pieces.is(index, Shape::Dotted) {
        (pieces.get(index)?.text.split('.').collect(), index + 1)
    } else {
        let slash = |at: usize| pieces.lower(at) == "/" && pieces.glued(at) && pieces.glued(at + 1);
        if !(slash(index + 1) && slash(index + 3)) {
            return None;
        }
        ([0, 2, 4].iter().filter_map(|at| pieces.get(index + at)).map(|piece| piece.text).collect(), index + 5)
    };
    let [first, second, year] = parts[..] else { return None };
    let year: i16 = year.parse().ok().filter(|_| year.len() == 4 || year.len() == 2)?;
    let year = if year < 100 { year + 2000 } else { year };
    let (first, second): (i8, i8) = (first.parse().ok()?, second.parse().ok()?);
    let mut days = [Date::new(year, second, first), Date::new(year, first, second)]
        .into_iter()
        .filter_map(Result::ok)
        .map(DayRange::day);
    let days_first = days.next()?;
    let alternatives = days.filter(|other| *other != days_first).collect();
    let date = CalendarDate { days: Some(days_first), alternatives, ..CalendarDate::default() };
    Some(Found::new(ValueKind::Date(date), next))
}

/// A day and a month as they stand in the text.
struct Written {
    weekday: Option<Weekday>,
    month: i8,
    first: i8,
    last: i8,
    next: usize,
}

/// "Tuesday 10 March 2026", "March 10", "the tenth of March", "10-12 March".
fn day_and_month(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (weekday, start) = match written_weekday(pieces, index) {
        Some((weekday, next)) => (Some(weekday), next + usize::from(pieces.lower(next) == ",")),
        None => (None, index),
    };
    let part = weekday.and_then(|_| part_of_day(pieces, start));
    let start = part.map_or(start, |(_, next)| next + usize::from(pieces.lower(next) == ","));
    let written = day_first(pieces, start, weekday).or_else(|| month_first(pieces, start, weekday));
    let Some(written) = written else {
        return friday_the_13th(reading, weekday?, start);
    };
    let comma = usize::from(pieces.lower(written.next) == ",");
    let year = written_year(pieces, written.next + comma).filter(|(_, next)| !super::noun::counts(pieces, *next));
    let next = year.map_or(written.next, |(_, next)| next);
    let mut date = resolve(reading, &written, year.map(|(year, _)| year))?;
    date.part = part.map(|(part, _)| part);
    Some(Found::new(ValueKind::Date(date), next))
}

fn day_first(pieces: &Pieces<'_>, start: usize, weekday: Option<Weekday>) -> Option<Written> {
    let the = usize::from(pieces.lower(start) == "the");
    let (first, mut next) = written_day(pieces, start + the)?;
    let mut last = first;
    let joint = matches!(pieces.lower(next), "-" | "–") || matches!(pieces.lower(next), "to" | "and");
    if let Some((day, end)) = joint.then(|| written_day(pieces, next + 1)).flatten().filter(|(day, _)| *day > first) {
        (last, next) = (day, end);
    }
    let of = usize::from(pieces.lower(next) == "of");
    let (month, next) = written_month(pieces, next + of)?;
    // "5 may have died" is no date; a capital was asked for, but a headline has capitals everywhere.
    (of == 1 || the == 0).then_some(Written { weekday, month, first, last, next })
}

fn month_first(pieces: &Pieces<'_>, start: usize, weekday: Option<Weekday>) -> Option<Written> {
    let (month, at) = written_month(pieces, start)?;
    let the = usize::from(pieces.lower(at) == "the");
    let (first, mut next) = written_day(pieces, at + the).filter(|_| the == 1 || pieces.is(at, Shape::Figure))?;
    let mut last = first;
    let dash = matches!(pieces.lower(next), "-" | "–") && pieces.glued(next);
    if let Some((day, end)) = (dash || pieces.lower(next) == "to")
        .then(|| written_day(pieces, next + 1))
        .flatten()
        .filter(|(day, _)| *day > first)
    {
        (last, next) = (day, end);
    }
    // "March 10 people" counts; "May 2 2026" and "May 2," do not.
    let counted = the == 0
        && last == first
        && !pieces.is(next, Shape::Figure)
        && super::noun::counts(pieces, next)
        && matches!(month, 3 | 5);
    (!counted).then_some(Written { weekday, month, first, last, next })
}

fn resolve(reading: &Reading<'_>, written: &Written, year: Option<i16>) -> Option<CalendarDate> {
    let build = |year: i16| {
        let first = Date::new(year, written.month, written.first).ok()?;
        Some(DayRange::between(first, Date::new(year, written.month, written.last).ok()?))
    };
    let month_day = Some((written.month, Some(written.first)));
    let base = CalendarDate { weekday: written.weekday, month_day, ..CalendarDate::default() };
    if let Some(year) = year {
        return Some(CalendarDate { days: Some(build(year)?), ..base });
    }
    let Some(published) = reading.published else { return Some(base) };
    let mut days = without_year(published, build);
    // A weekday settles which year is meant.
    if let Some(place) =
        written.weekday.and_then(|weekday| days.iter().position(|days| days.first.weekday() == weekday))
    {
        days.swap(0, place);
        days.truncate(1);
    }
    let first = *days.first()?;
    Some(CalendarDate { days: Some(first), alternatives: days.into_iter().skip(1).collect(), ..base })
}

/// "Friday the 13th": the nearest such day of this month or the one before.
fn friday_the_13th(reading: &Reading<'_>, weekday: Weekday, start: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (day, next) = (pieces.lower(start) == "the").then(|| written_day(pieces, start + 1)).flatten()?;
    let base = CalendarDate { weekday: Some(weekday), ..CalendarDate::default() };
    let days = reading.published.and_then(|published| {
        let day_of = |back: i64| {
            let near = super::calendar::moved_months(published.first_of_month(), back)?;
            Date::new(near.year(), near.month(), day).ok().filter(|date| date.weekday() == weekday)
        };
        [0, -1, 1].into_iter().find_map(day_of)
    });
    Some(Found::new(ValueKind::Date(CalendarDate { days: days.map(DayRange::day), ..base }), next))
}

/// A month without a day: "January 2025", "in January", "May last year".
fn month_alone(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let before = pieces.before(index, 1);
    let led = matches!(
        before,
        "in" | "since"
            | "until"
            | "till"
            | "by"
            | "last"
            | "next"
            | "this"
            | "during"
            | "between"
            | "before"
            | "after"
            | "from"
            | "mid"
    );
    let (date, next) = month_of_year(reading, index)?;
    let sure = next > index + 2 || (next == index + 2 && pieces.lower(index + 1) != ".");
    (sure || led).then(|| Found::new(ValueKind::Date(date), next))
}

/// A month, with its year where one follows in figures or words.
pub(super) fn month_of_year(reading: &Reading<'_>, index: usize) -> Option<(CalendarDate, usize)> {
    let pieces = &reading.pieces;
    let (month, mut next) = written_month(pieces, index)?;
    let of = next + usize::from(matches!(pieces.lower(next), "of" | ","));
    let this_year = reading.published.map(Date::year);
    let year = match pieces.any_phrase(of, &["last year", "this year", "next year"]) {
        Some(end) => {
            next = end;
            this_year.map(|year| match pieces.lower(of) {
                "last" => year - 1,
                "next" => year + 1,
                _ => year,
            })
        }
        None => written_year(pieces, of).map(|(year, end)| {
            next = end;
            year
        }),
    };
    let base = CalendarDate { month_day: Some((month, None)), ..CalendarDate::default() };
    if let Some(year) = year {
        return Some((CalendarDate { days: DayRange::month(year, month), ..base }, next));
    }
    let Some(published) = reading.published else { return Some((base, next)) };
    let days = months_near(published, month, pieces.before(index, 1), || tense(pieces, index));
    let first = days.first().copied();
    Some((CalendarDate { days: first, alternatives: days.into_iter().skip(1).collect(), ..base }, next))
}

/// A month without a year: the last one that has begun, or the next where the words look ahead; the other stays possible.
fn months_near(published: Date, month: i8, led: &str, tense: impl Fn() -> Tense) -> Vec<DayRange> {
    let all = |range: std::ops::RangeInclusive<i16>| {
        range.filter_map(|year| DayRange::month(year, month)).collect::<Vec<_>>()
    };
    let year = published.year();
    let mut past: Vec<DayRange> =
        all(year - 2..=year).into_iter().filter(|days| days.first <= published).rev().collect();
    let mut future: Vec<DayRange> = all(year..=year + 2).into_iter().filter(|days| days.last >= published).collect();
    match led {
        "last" => {
            past.retain(|days| days.last < published);
            return past;
        }
        "next" => {
            future.retain(|days| days.first > published);
            return future;
        }
        _ => {}
    }
    let ahead = tense() == Tense::Future
        || (tense() == Tense::Open && future.first().is_some_and(|days| near(published, *days)));
    let order = if ahead { [future.first(), past.first()] } else { [past.first(), future.first()] };
    let mut days: Vec<DayRange> = order.into_iter().flatten().copied().collect();
    days.dedup();
    days
}

/// Whether a month ahead is so near that plain "in May" can mean it.
fn near(published: Date, days: DayRange) -> bool {
    super::calendar::days_between(published, days.first) < 75
}

/// "mid-May", "early 2022", "the start of 2023", "the end of last month".
fn part_of_period(reading: &Reading<'_>, index: usize) -> Option<Found> {
    const PARTS: [(&str, u8); 17] = [
        ("mid -", 1),
        ("mid", 1),
        ("the middle of", 1),
        ("early in", 0),
        ("early", 0),
        ("the beginning of", 0),
        ("the start of", 0),
        ("beginning of", 0),
        ("start of", 0),
        ("late in", 2),
        ("late", 2),
        ("the end of", 2),
        ("end of", 2),
        ("the turn of", 0),
        ("early -", 0),
        ("late -", 2),
        ("middle of", 1),
    ];
    let pieces = &reading.pieces;
    let ((phrase, part), start) = pieces.first_of(index, &PARTS, |part| part.0)?;
    let whole = month_of_year(reading, start)
        .filter(|(date, _)| date.days.is_some())
        .or_else(|| {
            written_year(pieces, start)
                .and_then(|(year, next)| Some((CalendarDate::plain(DayRange::years(year, year)?), next)))
        })
        .or_else(|| super::relative_date::calendar_period(reading, start))
        .or_else(|| years::decade(pieces, start).and_then(|found| Some((as_date(found.kind)?, found.next))));
    let Some((whole, next)) = whole else { return dated_part(reading, start, *part) };
    let range = |days: DayRange| {
        third(days, *part, phrase.contains("start") || phrase.contains("end") || phrase.contains("begin"))
    };
    let days = whole.days.and_then(range);
    let alternatives = whole.alternatives.into_iter().filter_map(range).collect();
    Some(Found::new(ValueKind::Date(CalendarDate { days, alternatives, ..CalendarDate::default() }), next))
}

/// "late on Friday", "early Sunday": a day with a part.
fn dated_part(reading: &Reading<'_>, start: usize, part: u8) -> Option<Found> {
    let pieces = &reading.pieces;
    let on = start + usize::from(pieces.lower(start) == "on");
    let found = weekday_alone(reading, on).or_else(|| super::relative_date::relative(reading, on))?;
    let mut date =
        as_date(found.kind).filter(|date| date.weekday.is_some() || date.days.is_some_and(|days| days.days() == 1))?;
    let minutes = match part {
        0 => (0, 660),
        1 => (600, 960),
        _ => (960, 1620),
    };
    date.part = date.part.or(Some(super::clock::MinuteRange::new(minutes.0, minutes.1)));
    Some(Found::new(ValueKind::Date(date), found.next))
}

pub(super) fn as_date(kind: ValueKind) -> Option<CalendarDate> {
    match kind {
        ValueKind::Date(date) => Some(date),
        _ => None,
    }
}

/// The first, middle or last third of a period; for its start or end the sixth.
fn third(days: DayRange, part: u8, edge: bool) -> Option<DayRange> {
    let length = i64::from(days.days());
    let piece = if edge { (length / 6).max(1) } else { (length / 3).max(1) };
    match part {
        0 => Some(DayRange { first: days.first, last: moved(days.first, piece)? }),
        1 => Some(DayRange { first: moved(days.first, length / 4)?, last: moved(days.last, -(length / 4))? }),
        _ => Some(DayRange { first: moved(days.last, -piece)?, last: days.last }),
    }
}

/// The small number that `index` begins with, for "three days ago".
pub(super) fn small_number(pieces: &Pieces<'_>, index: usize) -> Option<(super::Amount, usize)> {
    if matches!(pieces.lower(index), "a" | "an") {
        if let Some(number) = number::number(pieces, index) {
            return Some((number.amount, number.next));
        }
        return Some((super::Amount::whole(1), index + 1));
    }
    let number = number::range(pieces, index)?;
    Some((number.amount, number.next))
}
