//! Days: ranges of civil days, and how written dates are put into them.
//!
//! Must never read text. Invariant: a [`DayRange`] has `first <= last`.

use jiff::Span;
use jiff::civil::{Date, Weekday};

use super::clock::MinuteRange;
use super::{Value, ValueKind};

/// From one civil day to another, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DayRange {
    /// The first day.
    pub first: Date,
    /// The last day.
    pub last: Date,
}

impl DayRange {
    /// One day.
    pub fn day(day: Date) -> Self {
        Self { first: day, last: day }
    }

    /// From one day to another, in either order.
    pub fn between(a: Date, b: Date) -> Self {
        Self { first: a.min(b), last: a.max(b) }
    }

    /// A month of a year.
    pub fn month(year: i16, month: i8) -> Option<Self> {
        let first = Date::new(year, month, 1).ok()?;
        Some(Self { first, last: first.last_of_month() })
    }

    /// From the first day of one year to the last of another.
    pub fn years(first: i16, last: i16) -> Option<Self> {
        Some(Self::between(Date::new(first, 1, 1).ok()?, Date::new(last, 12, 31).ok()?))
    }

    /// Whether both share a day.
    pub fn meets(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// How many days it has.
    pub fn days(self) -> i32 {
        days_between(self.first, self.last) + 1
    }

    /// Moved by whole days; `None` beyond the calendar.
    pub fn moved(self, days: i64) -> Option<Self> {
        Some(Self { first: moved(self.first, days)?, last: moved(self.last, days)? })
    }
}

/// A date as written, and the days it can mean.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct CalendarDate {
    /// The days it most likely means; `None` without a date of publication to count from.
    pub days: Option<DayRange>,
    /// Other days it can mean, likeliest first.
    pub alternatives: Vec<DayRange>,
    /// The weekday, where one was written.
    pub weekday: Option<Weekday>,
    /// Month and day of the month, where they were written without a year.
    pub month_day: Option<(i8, Option<i8>)>,
    /// The part of the day, where one was written with it ("Sunday evening").
    pub part: Option<MinuteRange>,
}

impl CalendarDate {
    /// A date with one meaning.
    pub fn plain(days: DayRange) -> Self {
        Self { days: Some(days), ..Self::default() }
    }
}

/// `date` moved by whole days; `None` beyond the calendar.
pub(super) fn moved(date: Date, days: i64) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `date` moved by whole months; `None` beyond the calendar.
pub(super) fn moved_months(date: Date, months: i64) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// Days from `a` to `b`, below zero when `b` is earlier.
pub(super) fn days_between(a: Date, b: Date) -> i32 {
    a.until(b).map_or(0, |span| span.get_days())
}

/// The days of a date that was written without a year: those nearest to `published`, then the next nearest where they are
/// hardly further off.
pub(super) fn without_year(published: Date, build: impl Fn(i16) -> Option<DayRange>) -> Vec<DayRange> {
    let year = published.year();
    let mut candidates: Vec<(i32, DayRange)> = [year - 1, year, year + 1]
        .into_iter()
        .filter_map(build)
        .map(|days| (distance(published, days), days))
        .collect();
    candidates.sort_by_key(|(distance, days)| (*distance, days.first));
    let nearest = candidates.first().map_or(0, |(distance, _)| *distance);
    candidates
        .into_iter()
        .filter(|(distance, _)| *distance == nearest || (nearest > 120 && *distance < 245))
        .map(|(_, days)| days)
        .collect()
}

fn distance(from: Date, days: DayRange) -> i32 {
    if from < days.first {
        days_between(from, days.first)
    } else if from > days.last {
        days_between(days.last, from)
    } else {
        0
    }
}

/// The nearest such weekday on or before `date`.
pub(super) fn weekday_before(date: Date, weekday: Weekday) -> Option<Date> {
    let back = i64::from(date.weekday().to_monday_zero_offset()) - i64::from(weekday.to_monday_zero_offset());
    moved(date, -back.rem_euclid(7))
}

/// Monday to Sunday of the week that `date` lies in.
pub(super) fn week_of(date: Date) -> Option<DayRange> {
    let monday = weekday_before(date, Weekday::Monday)?;
    Some(DayRange { first: monday, last: moved(monday, 6)? })
}

/// The years that an age or a length of time counts back to from the day of publication; `None` for any other value, or
/// without a day of publication. An age of 95 in 2026 gives 1930 to 1931.
pub fn year_from_age(value: &Value) -> Option<DayRange> {
    let published = value.seen_from?;
    let (years, slack) = match &value.kind {
        ValueKind::Age { years, .. } => (*years, 1),
        ValueKind::Duration { amount, unit } => (amount.times(unit.months()? / 12.0), 0),
        _ => return None,
    };
    if years.vague || !(0.0..=3000.0).contains(&years.low) || years.high > 3000.0 {
        return None;
    }
    let first = i64::from(published.year()) - years.high.ceil() as i64 - slack;
    let last = i64::from(published.year()) - years.low.floor() as i64;
    DayRange::years(i16::try_from(first).ok()?, i16::try_from(last).ok()?)
}

/// The days that a date most likely means; `None` for other values and unresolved dates.
pub fn day_range_of(value: &Value) -> Option<DayRange> {
    match &value.kind {
        ValueKind::Date(date) => date.days,
        _ => None,
    }
}
