//! Weekdays, and the direction in which the words around a date look.
//!
//! Must never settle what the text leaves open: both the weekday before and the one after stay possible. Invariant: the
//! likelier of the two comes first.

use jiff::civil::{Date, Weekday};

use super::ValueKind;
use super::calendar::{CalendarDate, DayRange, moved, weekday_before};
use super::clock::part_of_day;
use super::date::written_weekday;
use super::reading::{Found, Reading};
use super::words::{Pieces, Shape};

/// Which way the words around a weekday look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tense {
    /// Something still to come.
    Future,
    /// Something that has happened.
    Past,
    /// Nothing, or both.
    Open,
}

/// A weekday, resolved in the direction that the tense suggests; the other direction stays as another reading.
pub(super) fn weekday_alone(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let led = matches!(pieces.lower(index), "last" | "next" | "this");
    let coming = usize::from(led && matches!(pieces.lower(index + 1), "coming" | "past"));
    let (weekday, mut next) = written_weekday(pieces, index + usize::from(led) + coming)?;
    // "The Sunday Post" is a name.
    if pieces.before(index, 1) == "the" && pieces.capital(next) && pieces.is(next, Shape::Word) {
        return None;
    }
    let comma = usize::from(pieces.lower(next) == ",");
    let part = part_of_day(pieces, next).or_else(|| (comma == 1).then(|| part_of_day(pieces, next + 1)).flatten());
    if let Some((_, end)) = part {
        next = end;
    }
    let mut date = CalendarDate { weekday: Some(weekday), part: part.map(|(part, _)| part), ..CalendarDate::default() };
    if let Some(published) = reading.published {
        let days =
            weekday_days(published, weekday, if led { pieces.lower(index) } else { "" }, || tense(pieces, index));
        date.days = days.first().copied();
        date.alternatives = days.into_iter().skip(1).collect();
    }
    Some(Found::new(ValueKind::Date(date), next))
}

fn weekday_days(published: Date, weekday: Weekday, led: &str, tense: impl Fn() -> Tense) -> Vec<DayRange> {
    let Some(past) = weekday_before(published, weekday) else { return Vec::new() };
    let today = past == published;
    let strictly_past = if today { moved(past, -7) } else { Some(past) };
    let future = moved(past, 7);
    let today_or = |other: Option<Date>| if today { Some(published) } else { other };
    let order = match led {
        "last" => [strictly_past, strictly_past.and_then(|day| moved(day, -7)), None],
        "next" => [future, future.and_then(|day| moved(day, 7)), None],
        "this" => [today_or(future), Some(past), None],
        _ => match tense() {
            Tense::Future => [today_or(future), future, strictly_past],
            Tense::Past | Tense::Open => [Some(past), future, None],
        },
    };
    let mut days: Vec<DayRange> = Vec::new();
    for day in order.into_iter().flatten().map(DayRange::day) {
        if !days.contains(&day) {
            days.push(day);
        }
    }
    days
}

/// What the verbs near `index` say: the nearest before it counts, else the nearest after it.
pub(super) fn tense(pieces: &Pieces<'_>, index: usize) -> Tense {
    let of = |word: &str| match word {
        "will" | "shall" | "won't" | "due" | "scheduled" | "plans" | "expected" | "expects" | "going" | "upcoming"
        | "would" | "next" | "tomorrow" | "starts" | "begins" | "opens" | "reopens" | "hopes" => Tense::Future,
        word if word.ends_with("'ll") => Tense::Future,
        "was" | "were" | "had" | "said" | "told" | "did" | "came" | "went" | "took" | "fell" | "rose" | "found"
        | "since" | "began" | "met" | "held" | "died" | "gave" | "left" | "made" | "lost" | "won" | "hit"
        | "struck" => Tense::Past,
        word if word.len() > 4 && word.ends_with("ed") => Tense::Past,
        _ => Tense::Open,
    };
    let sentence_end = |word: &str| matches!(word, "." | ";" | "!" | "?");
    let back =
        (1..=10).map(|back| pieces.before(index, back)).take_while(|word| !word.is_empty() && !sentence_end(word));
    let ahead =
        (1..=8).map(|ahead| pieces.lower(index + ahead)).take_while(|word| !word.is_empty() && !sentence_end(word));
    let bound = matches!(pieces.before(index, 1), "until" | "till" | "by");
    let is_to = (1..=6).any(|at| {
        pieces.before(index, at) == "to" && matches!(pieces.before(index, at + 1), "is" | "are" | "was" | "were")
    });
    let words: Vec<Tense> = back.chain(ahead).map(of).filter(|tense| *tense != Tense::Open).collect();
    // Where both directions are spoken of, both stay possible.
    match (words.contains(&Tense::Future), words.contains(&Tense::Past)) {
        _ if is_to || bound => Tense::Future,
        (true, false) => Tense::Future,
        (false, true) => Tense::Past,
        (true, true) if words.first() == Some(&Tense::Future) => Tense::Future,
        _ => Tense::Open,
    }
}
