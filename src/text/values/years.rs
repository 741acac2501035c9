//! Years, decades, centuries and eras named for a reign.
//!
//! Must never take a count for a year. Invariant: a range of years begins on 1 January and ends on 31 December.

use super::ValueKind;
use super::calendar::{CalendarDate, DayRange};
use super::date::written_year;
use super::reading::Found;
use super::words::{Pieces, Shape};

/// The year or years that begin at `index`.
pub(super) fn years(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    decade(pieces, index)
        .or_else(|| century(pieces, index))
        .or_else(|| year_range(pieces, index))
        .or_else(|| year_alone(pieces, index))
}

/// "1990s", "the nineties", "the '90s".
pub(super) fn decade(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    const WORDS: [(&str, i16); 7] = [
        ("twenties", 20),
        ("thirties", 30),
        ("forties", 40),
        ("fifties", 50),
        ("sixties", 60),
        ("seventies", 70),
        ("eighties", 80),
    ];
    let found = |first: i16, next: usize| {
        Some(Found::new(ValueKind::Date(CalendarDate::plain(DayRange::years(first, first + 9)?)), next))
    };
    let piece = pieces.get(index)?;
    if piece.shape == Shape::Figure && pieces.glued(index + 1) && matches!(pieces.lower(index + 1), "s" | "'s") {
        let number: i16 = piece.text.parse().ok()?;
        let century = (1000..2200).contains(&number) && number % 10 == 0;
        let short =
            (0..100).contains(&number) && number % 10 == 0 && piece.text.len() == 2 && decade_led(pieces, index);
        return match (century, short) {
            (true, _) => found(number, index + 2),
            (_, true) => found(if number < 30 { 2000 + number } else { 1900 + number }, index + 2),
            _ => None,
        };
    }
    let tens = if piece.lower == "nineties" { 90 } else { WORDS.iter().find(|(word, _)| *word == piece.lower)?.1 };
    decade_led(pieces, index).then(|| found(1900 + tens, index + 1)).flatten()
}

fn decade_led(pieces: &Pieces<'_>, index: usize) -> bool {
    matches!(pieces.before(index, 1), "the" | "early" | "late" | "mid" | "'" | "’" | "‘")
        || pieces.phrase(index.saturating_sub(2), "mid -")
}

/// "the 19th century", and eras named for a reign.
fn century(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    const ERAS: [(&str, i16, i16); 5] = [
        ("victorian", 1837, 1901),
        ("edwardian", 1901, 1914),
        ("tudor", 1485, 1603),
        ("jacobean", 1603, 1625),
        ("elizabethan", 1558, 1603),
    ];
    let found = |first: i16, last: i16, next: usize| {
        Some(Found::new(ValueKind::Date(CalendarDate::plain(DayRange::years(first, last)?)), next))
    };
    if let Some((_, first, last)) = ERAS.iter().find(|(era, ..)| *era == pieces.lower(index)) {
        return found(*first, *last, index + 1);
    }
    let (rank, next) = super::fraction::rank(pieces, index)?;
    let joint = usize::from(pieces.hyphen(next));
    let rank = i16::try_from(rank).ok().filter(|rank| (5..=21).contains(rank))?;
    (pieces.lower(next + joint) == "century")
        .then(|| found((rank - 1) * 100 + 1, rank * 100, next + joint + 1))
        .flatten()
}

/// "1990–2026", "2019-20".
fn year_range(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let (first, next) = written_year(pieces, index)?;
    let dash = matches!(pieces.lower(next), "-" | "–") && pieces.glued(next) && pieces.glued(next + 1);
    let piece = pieces.get(next + 1).filter(|piece| dash && piece.shape == Shape::Figure)?;
    let last: i16 = piece.text.parse().ok()?;
    let last = if piece.text.len() == 2 { first / 100 * 100 + last } else { last };
    let plausible = (1500..2200).contains(&first) && last > first && last - first < 300;
    plausible
        .then(|| DayRange::years(first, last))
        .flatten()
        .map(|days| Found::new(ValueKind::Date(CalendarDate::plain(days)), next + 2))
}

/// A year that stands where no count can: after "in" or "since", or of the last centuries with no noun to count.
fn year_alone(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let start = index;
    let (year, next) = written_year(pieces, start)?;
    let before = pieces.before(index, 1);
    let led = matches!(
        before,
        "in" | "since"
            | "during"
            | "of"
            | "by"
            | "until"
            | "till"
            | "before"
            | "after"
            | "from"
            | "circa"
            | "spring"
            | "summer"
            | "autumn"
            | "fall"
            | "winter"
    );
    let measured = super::unit::written(pieces, next).is_some_and(|(unit, _)| unit.name != "°C")
        || matches!(pieces.lower(next), "%" | "percent" | "per" | "pc" | "million" | "times");
    let hyphen = pieces.hyphen(next) && !pieces.is(next + 1, Shape::Figure);
    let counted = super::noun::counts(pieces, next)
        && !((1900..2100).contains(&year) && (year % 100 != 0 || matches!(before, "in" | "since" | "the")));
    let recent = (1700..2100).contains(&year);
    let amount = matches!(before, "some" | "than" | "nearly" | "almost" | "over" | "least" | "$" | "£" | "€");
    let is_year = !measured && !hyphen && !counted && !amount && (led || recent);
    is_year
        .then(|| DayRange::years(year, year))
        .flatten()
        .map(|days| Found::new(ValueKind::Date(CalendarDate::plain(days)), next))
}
