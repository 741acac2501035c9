//! Days with a name of their own, and days told by their place in a month or a year.
//!
//! Must never hold a feast that moves. Invariant: every named day has one place in every year.

use super::ValueKind;
use super::calendar::{CalendarDate, DayRange, without_year};
use super::date::{month_of_year, written_year};
use super::reading::{Found, Reading};

/// Feasts by month and day.
static FEASTS: [(&str, i8, i8); 20] = [
    ("new year's day", 1, 1),
    ("new year's eve", 12, 31),
    ("valentine's day", 2, 14),
    ("st patrick's day", 3, 17),
    ("st . patrick's day", 3, 17),
    ("all fools ’ day", 4, 1),
    ("all fools ' day", 4, 1),
    ("april fools ’ day", 4, 1),
    ("april fools ' day", 4, 1),
    ("april fool's day", 4, 1),
    ("may day", 5, 1),
    ("juneteenth", 6, 19),
    ("bastille day", 7, 14),
    ("halloween", 10, 31),
    ("hallowe'en", 10, 31),
    ("bonfire night", 11, 5),
    ("armistice day", 11, 11),
    ("christmas eve", 12, 24),
    ("christmas day", 12, 25),
    ("boxing day", 12, 26),
];

/// The first words of all feasts.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    FEASTS.iter().filter_map(|(phrase, ..)| phrase.split(' ').next())
}

/// The named day, or the first or last day of a month, that begins at `index`.
pub(super) fn feast(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    if let Some(found) = edge_of_month(reading, index) {
        return Some(found);
    }
    if !pieces.capital(index) {
        return None;
    }
    let ((_, month, day), next) = pieces.first_of(index, &FEASTS, |feast| feast.0)?;
    let build = |year: i16| jiff::civil::Date::new(year, *month, *day).ok().map(DayRange::day);
    let base = CalendarDate { month_day: Some((*month, Some(*day))), ..CalendarDate::default() };
    if let Some((year, next)) = written_year(pieces, next) {
        return Some(Found::new(ValueKind::Date(CalendarDate { days: build(year), ..base }), next));
    }
    let mut days = reading.published.map_or_else(Vec::new, |published| without_year(published, build)).into_iter();
    let date = CalendarDate { days: days.next(), alternatives: days.collect(), ..base };
    Some(Found::new(ValueKind::Date(date), next))
}

/// "the last day of June", "the first day of the year".
fn edge_of_month(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let after = pieces.any_phrase(index, &["the last day of", "the first day of"])?;
    let last = pieces.lower(index + 1) == "last";
    let (date, next) = month_of_year(reading, after)?;
    let edge = |days: DayRange| DayRange::day(if last { days.last } else { days.first });
    let days: Vec<DayRange> = match (reading.published, date.month_day, date.alternatives.is_empty()) {
        (Some(published), Some((month, _)), false) => {
            without_year(published, |year| DayRange::month(year, month).map(edge))
        }
        _ => date.days.map(edge).into_iter().collect(),
    };
    let first = days.first().copied();
    let date =
        CalendarDate { days: first, alternatives: days.into_iter().skip(1).collect(), ..CalendarDate::default() };
    Some(Found::new(ValueKind::Date(date), next))
}
