//! Dates counted from the day of publication: "yesterday", "last month", "four years ago".
//!
//! Must never guess without a day of publication: such a date then has no days. Invariant: what is counted in days is exact,
//! what is counted in longer units is as wide as the unit.

use jiff::civil::Date;

use super::ValueKind;
use super::calendar::{CalendarDate, DayRange, moved, moved_months, week_of};
use super::clock::{MinuteRange, part_of_day};
use super::date::small_number;
use super::reading::{Found, Reading};
use super::unit;
use super::words::Pieces;

/// The relative date that begins at `index`.
pub(super) fn relative(reading: &Reading<'_>, index: usize) -> Option<Found> {
    named_day(reading, index)
        .or_else(|| calendar_period(reading, index).map(|(date, next)| Found::new(ValueKind::Date(date), next)))
        .or_else(|| ago(reading, index))
}

fn dated(date: CalendarDate, next: usize) -> Found {
    Found::new(ValueKind::Date(date), next)
}

/// The words, the days from publication, and the part of the day that they name.
type NamedDay = (&'static str, i64, Option<(u16, u16)>);

/// "yesterday morning", "tonight", "the day before yesterday", "last night", "early on tomorrow's" …
fn named_day(reading: &Reading<'_>, index: usize) -> Option<Found> {
    const DAYS: [NamedDay; 13] = [
        ("the day before yesterday", -2, None),
        ("the day after tomorrow", 2, None),
        ("yesterday", -1, None),
        ("yesterday's", -1, None),
        ("tomorrow", 1, None),
        ("tomorrow's", 1, None),
        ("today", 0, None),
        ("today's", 0, None),
        ("tonight", 0, Some((1020, 1800))),
        ("last night", -1, Some((1020, 1800))),
        ("this morning", 0, Some((0, 720))),
        ("this afternoon", 0, Some((720, 1110))),
        ("this evening", 0, Some((1020, 1439))),
    ];
    let pieces = &reading.pieces;
    let ((_, days, part), mut next) = pieces.first_of(index, &DAYS, |day| day.0)?;
    let mut part = part.map(|(first, last)| MinuteRange::new(first, last));
    if let Some((written, end)) = part_of_day(pieces, next).filter(|_| part.is_none()) {
        (part, next) = (Some(written), end);
    }
    let day = reading.published.and_then(|published| moved(published, *days)).map(DayRange::day);
    Some(dated(CalendarDate { days: day, part, ..CalendarDate::default() }, next))
}

/// "last month", "this week", "next year", "last summer", and what else names a period from now.
pub(super) fn calendar_period(reading: &Reading<'_>, index: usize) -> Option<(CalendarDate, usize)> {
    let pieces = &reading.pieces;
    let steps = match pieces.lower(index) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        // "the end of the year": the one that runs.
        "the"
            if pieces.before(index, 1) == "of"
                && matches!(pieces.before(index, 2), "end" | "start" | "beginning" | "middle") =>
        {
            0
        }
        _ => return None,
    };
    let word = pieces.lower(index + 1);
    let stem = word.strip_suffix("'s").unwrap_or(word);
    let mut next = index + 2;
    let before_last = pieces.before(index, 1) == "before" && steps == -1;
    let Some(published) = reading.published else {
        return matches!(stem, "week" | "month" | "year" | "weekend").then(|| (CalendarDate::default(), next));
    };
    let (days, alternatives) = match stem {
        "week" => weeks(published, steps)?,
        "weekend" => (weekend(published, steps)?, Vec::new()),
        "month" => (month_from(published, if before_last { -2 } else { steps })?, Vec::new()),
        "year" => (year_from(published, if before_last { -2 } else { steps })?, Vec::new()),
        "decade" => (
            DayRange::years(published.year() / 10 * 10 + steps * 10, published.year() / 10 * 10 + steps * 10 + 9)?,
            Vec::new(),
        ),
        "century" => (
            DayRange::years(
                published.year() / 100 * 100 + steps * 100 + 1,
                (published.year() / 100 + 1) * 100 + steps * 100,
            )?,
            Vec::new(),
        ),
        season => season_from(published, season, steps)?,
    };
    let seasonal = !matches!(stem, "week" | "weekend" | "month" | "year" | "decade" | "century");
    if seasonal && pieces.phrase(next, "'s") {
        next += 1;
    }
    Some((CalendarDate { days: Some(days), alternatives, ..CalendarDate::default() }, next))
}

fn weeks(published: Date, steps: i16) -> Option<(DayRange, Vec<DayRange>)> {
    let week = week_of(published)?.moved(i64::from(steps) * 7)?;
    // "last week" also says within the seven days before.
    let other = match steps {
        -1 => vec![DayRange::between(moved(published, -7)?, moved(published, -1)?)],
        _ => Vec::new(),
    };
    Some((week, other))
}

fn weekend(published: Date, steps: i16) -> Option<DayRange> {
    let week = week_of(published)?;
    let saturday = moved(week.first, 5)?;
    let steps = if steps == 1 && published < saturday { 0 } else { steps };
    DayRange::between(saturday, week.last).moved(i64::from(steps) * 7)
}

fn month_from(published: Date, steps: i16) -> Option<DayRange> {
    let first = moved_months(published.first_of_month(), i64::from(steps))?;
    DayRange::month(first.year(), first.month())
}

fn year_from(published: Date, steps: i16) -> Option<DayRange> {
    let year = published.year() + steps;
    DayRange::years(year, year)
}

/// A season of the northern half of the earth; the nearest in the direction named, with the one of the calendar year beside it.
fn season_from(published: Date, season: &str, steps: i16) -> Option<(DayRange, Vec<DayRange>)> {
    let (month, length) = match season {
        "spring" => (3, 3),
        "summer" => (6, 3),
        "autumn" | "fall" => (9, 3),
        "winter" => (12, 3),
        _ => return None,
    };
    let build = |year: i16| {
        let first = Date::new(year, month, 1).ok()?;
        Some(DayRange { first, last: moved_months(first, length).and_then(|end| moved(end, -1))? })
    };
    let year = published.year();
    let mut all: Vec<DayRange> = (year - 2..=year + 1).filter_map(build).collect();
    match steps {
        -1 => {
            all.retain(|days| days.last < published);
            all.reverse();
        }
        1 => all.retain(|days| days.first > published),
        _ => {
            let distance = |days: &DayRange| super::calendar::days_between(days.first, published).abs();
            all.sort_by_key(distance);
            all.truncate(1);
        }
    }
    let first = *all.first()?;
    Some((first, all.into_iter().skip(1).take(1).collect()))
}

/// "three days ago", "four years ago", "a fortnight ago".
fn ago(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (amount, at) = small_number(pieces, index)?;
    let (unit, next) = unit::written(pieces, at)?;
    let next = and_a_half_more(pieces, next);
    let (half, next) = (next.1, next.0);
    if pieces.lower(next) != "ago" {
        return None;
    }
    let amount = if half { super::Amount::exactly(amount.low + 0.5, 0.5) } else { amount };
    let Some(published) = reading.published else { return Some(dated(CalendarDate::default(), next + 1)) };
    let (days, alternatives) = days_ago(published, amount, unit.name)?;
    Some(dated(CalendarDate { days: Some(days), alternatives, ..CalendarDate::default() }, next + 1))
}

fn and_a_half_more(pieces: &Pieces<'_>, next: usize) -> (usize, bool) {
    if pieces.phrase(next, "and a half") { (next + 3, true) } else { (next, false) }
}

fn days_ago(published: Date, amount: super::Amount, unit: &str) -> Option<(DayRange, Vec<DayRange>)> {
    if !(0.0..10_000.0).contains(&amount.low) || amount.high > 10_000.0 {
        return None;
    }
    let near = |days: f64| moved(published, -(days.round() as i64));
    let spread = |per: f64, slack: f64| {
        Some(DayRange::between(near(amount.high * per + slack)?, near(amount.low * per - slack)?))
    };
    match unit {
        "seconds" | "minutes" | "hours" => {
            let back = if unit == "hours" { (amount.high / 24.0).ceil() } else { 0.0 };
            Some((DayRange::between(near(back)?, published), Vec::new()))
        }
        "days" | "nights" => Some((spread(1.0, 0.0)?, Vec::new())),
        "weeks" => Some((spread(7.0, 0.0)?, vec![spread(7.0, 3.0)?])),
        "fortnights" => Some((spread(14.0, 0.0)?, vec![spread(14.0, 3.0)?])),
        "months" => {
            let low = month_from(published, -(amount.high.ceil() as i16))?;
            let high = month_from(published, -(amount.low.floor() as i16))?;
            Some((DayRange::between(low.first, high.last), vec![spread(30.44, 15.0)?]))
        }
        "years" => {
            let first = published.year() - amount.high.ceil() as i16;
            let last = published.year() - amount.low.floor() as i16;
            Some((DayRange::years(first, last)?, vec![spread(365.25, 183.0)?]))
        }
        "decades" | "centuries" => {
            let scale = if unit == "decades" { 10.0 } else { 100.0 };
            let first = published.year() - (amount.high * scale + scale / 2.0) as i16;
            let last = published.year() - (amount.low * scale - scale / 2.0) as i16;
            Some((DayRange::years(first, last)?, Vec::new()))
        }
        _ => None,
    }
}
