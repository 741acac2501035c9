//! Times of day and parts of the day.
//!
//! Must never know a date. Invariant: minutes count from midnight; a range that runs past midnight ends above 1,440.

use super::reading::{Found, Reading};
use super::words::{Pieces, Shape};
use super::{ValueKind, number};

/// Minutes since midnight, from the first to the last, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct MinuteRange {
    /// The first minute.
    pub first: u16,
    /// The last minute; above 1,440 for what ends after midnight.
    pub last: u16,
}

impl MinuteRange {
    /// One minute.
    pub fn at(minute: u16) -> Self {
        Self { first: minute, last: minute }
    }

    /// From one minute to another.
    pub fn new(first: u16, last: u16) -> Self {
        Self { first, last: last.max(first) }
    }

    /// Whether both share a minute of some day.
    pub fn meets(self, other: Self) -> bool {
        [0i32, DAY, -DAY].iter().any(|shift| {
            i32::from(self.first) <= i32::from(other.last) + shift
                && i32::from(other.first) + shift <= i32::from(self.last)
        })
    }

    /// The smallest distance in minutes, on a clock's face.
    pub fn distance(self, other: Self) -> u16 {
        if self.meets(other) {
            return 0;
        }
        let apart = |a: u16, b: u16| (i32::from(a) - i32::from(b)).rem_euclid(DAY);
        let nearest = [apart(self.first, other.last), apart(other.first, self.last)].into_iter().min().unwrap_or(0);
        u16::try_from(nearest).unwrap_or(0)
    }
}

const DAY: i32 = 1440;
const NOON: u16 = 720;

/// By which clock a time was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Zone {
    /// The clock of the place of the event, as far as the text says.
    Local,
    /// Another clock, or one named by its zone: not to be compared strictly.
    Other,
}

/// A time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClockTime {
    /// The likelier meaning.
    pub minutes: MinuteRange,
    /// The meaning twelve hours off, where nothing says which half of the day.
    pub alternative: Option<MinuteRange>,
    /// By which clock.
    pub zone: Zone,
}

/// The half of the day that words near a time name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Half {
    Morning,
    Later,
    Night,
}

/// A time of day that begins at `index`.
pub(super) fn time(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (minutes, half, next) = named(pieces, index)
        .or_else(|| oh_hours(pieces, index))
        .or_else(|| numeric(pieces, index))
        .or_else(|| spoken(pieces, index))
        .or_else(|| bare_hour(pieces, index))?;
    let (minutes, alternative) = match half {
        Meridiem::Fixed => (minutes, None),
        Meridiem::Open => settle(pieces, index, next, minutes),
    };
    let (zone, shift, next) = zone(pieces, index, next);
    let shifted = |minute: u16| u16::try_from((i32::from(minute) + shift).rem_euclid(DAY)).unwrap_or(minute);
    let range = |minute: u16| MinuteRange::at(shifted(minute));
    let time = ClockTime { minutes: range(minutes), alternative: alternative.map(range), zone };
    Some(Found::new(ValueKind::Time(time), next))
}

/// Whether the half of the day is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meridiem {
    Fixed,
    Open,
}

fn named(pieces: &Pieces<'_>, index: usize) -> Option<(u16, Meridiem, usize)> {
    if let Some(next) = pieces.any_phrase(index, &["12 noon", "twelve noon", "noon", "midday"]) {
        return Some((NOON, Meridiem::Fixed, next));
    }
    pieces.any_phrase(index, &["12 midnight", "midnight"]).map(|next| (0, Meridiem::Fixed, next))
}

/// "0420 hours", "2200 GMT".
fn oh_hours(pieces: &Pieces<'_>, index: usize) -> Option<(u16, Meridiem, usize)> {
    let piece = pieces.get(index).filter(|piece| piece.shape == Shape::Figure && piece.text.len() == 4)?;
    let number: u16 = piece.text.parse().ok()?;
    let (hour, minute) = (number / 100, number % 100);
    let after = pieces.lower(index + 1);
    let clock = matches!(after, "hours" | "hrs")
        && (hour < 10 || matches!(pieces.before(index, 1), "at" | "by" | "until" | "about" | "around"));
    let zoned = is_zone(pieces, index + 1);
    let next = index + if clock { 2 } else { 1 };
    ((clock || zoned) && hour < 24 && minute < 60).then_some((hour * 60 + minute, Meridiem::Fixed, next))
}

/// "5:40 a.m.", "4.40am", "22:47", "6am", "10.47 last night".
fn numeric(pieces: &Pieces<'_>, index: usize) -> Option<(u16, Meridiem, usize)> {
    let piece = pieces.get(index).filter(|piece| piece.shape == Shape::Figure)?;
    let hours = matches!(pieces.lower(index + 1), "hrs" | "hours") && piece.text.len() == 5 && piece.text.contains('.');
    let colon = pieces.lower(index + 1) == ":" && pieces.glued(index + 1) && pieces.glued(index + 2);
    let (hour, minute, next) = if colon {
        let minutes = pieces.get(index + 2).filter(|piece| piece.shape == Shape::Figure && piece.text.len() == 2)?;
        // "2:04:35" is a length of time.
        if pieces.lower(index + 3) == ":" && pieces.glued(index + 3) && pieces.is(index + 4, Shape::Figure) {
            return None;
        }
        (piece.text.parse::<u16>().ok()?, Some(minutes.text.parse::<u16>().ok()?), index + 3)
    } else if let Some((hour, minute)) = piece.text.split_once('.') {
        let minute = Some(minute).filter(|minute| minute.len() == 2).and_then(|minute| minute.parse::<u16>().ok())?;
        (hour.parse().ok()?, Some(minute), index + 1)
    } else {
        (Some(piece.text).filter(|text| text.len() <= 2)?.parse().ok()?, None, index + 1)
    };
    if hour > 24
        || minute.is_some_and(|minute| minute > 59)
        || (piece.text.len() > 2 && piece.text.starts_with('0') && !piece.text.contains('.'))
    {
        return None;
    }
    let minutes = hour * 60 + minute.unwrap_or(0);
    if let Some(half) = meridiem(pieces.lower(next)).filter(|_| hour <= 12 && hour > 0) {
        return Some((in_half(minutes, half), Meridiem::Fixed, next + 1));
    }
    let fixed = if hour > 12 || hour == 0 || piece.text.starts_with('0') { Meridiem::Fixed } else { Meridiem::Open };
    if colon {
        return Some((minutes % 1440, fixed, next));
    }
    if pieces.phrase(next, "o'clock") {
        return Some((minutes % 1440, Meridiem::Open, next + 1)).filter(|_| minute.is_none());
    }
    if hours {
        return Some((minutes % 1440, Meridiem::Fixed, next + 1));
    }
    (minute.is_some() && dotted_clock(pieces, index, next)).then_some((minutes % 1440, fixed, next))
}

/// Whether "20.00" stands where only a time of day can stand.
fn dotted_clock(pieces: &Pieces<'_>, index: usize, next: usize) -> bool {
    // "04.50" of a log: no number but a clock's begins with 0 and has two digits before the point, or opens a line so.
    let stamp = pieces.get(index).is_some_and(|piece| piece.text.len() == 5) && !pieces.glued(next);
    if stamp && (index == 0 || pieces.get(index).is_some_and(|piece| piece.text.starts_with('0'))) {
        return true;
    }
    let at = matches!(pieces.before(index, 1), "at" | "until" | "till" | "from")
        || matches!(pieces.before(index, 2), "at" | "until");
    let day = matches!(pieces.lower(next), "yesterday" | "today" | "tomorrow" | "tonight" | "local" | "hours")
        || pieces
            .any_phrase(next, &["last night", "this morning", "this evening", "this afternoon", "in the", "at night"])
            .is_some()
        || (pieces.lower(next) == "on" && super::date::weekday(pieces.lower(next + 1)).is_some());
    let ends = super::noun::is_stop(pieces.lower(next))
        || next >= pieces.len()
        || matches!(pieces.lower(next), "." | "," | ";" | "and" | ")" | "”" | "’" | "\"" | "when" | "to");
    day || (at
        && ends
        && !matches!(pieces.before(index, 2), "closed" | "opened" | "ended" | "priced" | "trading" | "traded"))
}

/// "twenty to six", "half past four", "thirteen minutes to midnight".
fn spoken(pieces: &Pieces<'_>, index: usize) -> Option<(u16, Meridiem, usize)> {
    let start = index + usize::from(pieces.lower(index) == "a");
    let (count, mut at, sure) = match pieces.lower(start) {
        "half" => (30, start + 1, true),
        "quarter" => (15, start + 1, true),
        _ => {
            let number = number::number(pieces, index).filter(|number| !number.amount.vague)?;
            let count = number.small().filter(|count| (1..60).contains(count))?;
            let minutes = usize::from(matches!(pieces.lower(number.next), "minutes" | "minute" | "mins"));
            let sure = minutes == 1 || matches!(count, 20 | 25);
            if !(sure || matches!(count, 5 | 10)) {
                return None;
            }
            (count, number.next + minutes, sure)
        }
    };
    let past = matches!(pieces.lower(at), "past" | "after");
    if !(past || matches!(pieces.lower(at), "to" | "before" | "of" | "till"))
        || (pieces.lower(at) == "of" && pieces.lower(start) != "quarter")
    {
        return None;
    }
    if pieces.lower(at) == "after" && !sure || (pieces.lower(start) == "half" && !past) {
        return None;
    }
    at += 1;
    let (hour, fixed, next) = hour_word(pieces, at)?;
    let context = matches!(
        pieces.before(index, 1),
        "at" | "until"
            | "till"
            | "about"
            | "around"
            | "since"
            | "nearly"
            | "almost"
            | "before"
            | "after"
            | "was"
            | "is"
            | "it\'s"
    );
    // "by ten to eleven" is a time; "by eleven to ten" is a vote.
    let context = context || (pieces.before(index, 1) == "by" && u32::from(hour) / 60 > count);
    let stands_alone = after_clock(pieces, next);
    if !(stands_alone && (past || sure || context || half_near(pieces, index, next).is_some())) {
        return None;
    }
    let minute = u16::try_from(count).ok()?;
    let minutes = if past { hour + minute } else { hour + 1440 - minute };
    Some((minutes % 1440, fixed, next))
}

fn hour_word(pieces: &Pieces<'_>, at: usize) -> Option<(u16, Meridiem, usize)> {
    if let Some(named) = named(pieces, at) {
        return Some(named);
    }
    let number = number::number(pieces, at)?;
    let hour = number.small().filter(|hour| (1..=12).contains(hour))?;
    let hour = u16::try_from(hour).ok()? * 60;
    let next = number.next + usize::from(pieces.phrase(number.next, "o'clock"));
    match meridiem(pieces.lower(next)) {
        Some(half) => Some((in_half(hour, half), Meridiem::Fixed, next + 1)),
        None => Some((hour % 720, Meridiem::Open, next)),
    }
}

/// Whether what follows leaves the words before it a time of day (no noun that they could count).
fn after_clock(pieces: &Pieces<'_>, next: usize) -> bool {
    let word = pieces.lower(next);
    !pieces.is(next, Shape::Word)
        || super::noun::is_stop(word)
        || matches!(
            word,
            "last"
                | "local"
                | "next"
                | "eastern"
                | "central"
                | "pacific"
                | "sharp"
                | "precisely"
                | "exactly"
                | "gmt"
                | "pm"
                | "am"
        )
        || super::date::weekday(word).is_some()
}

/// "six o'clock"; "at six." where nothing is counted.
fn bare_hour(pieces: &Pieces<'_>, index: usize) -> Option<(u16, Meridiem, usize)> {
    let number = number::number(pieces, index)
        .filter(|number| number.form == number::Form::Words || number.next == index + 1)?;
    let hour = number.small().filter(|hour| (1..=12).contains(hour))?;
    let minutes = u16::try_from(hour).ok()? * 60 % 720;
    if pieces.phrase(number.next, "o'clock") {
        return Some((minutes, Meridiem::Open, number.next + 1));
    }
    if let Some(half) = meridiem(pieces.lower(number.next)).filter(|_| number.form == number::Form::Words) {
        return Some((in_half(minutes, half), Meridiem::Fixed, number.next + 1));
    }
    let at = pieces.before(index, 1) == "at";
    let part = half_after(pieces, number.next).is_some();
    let stops = matches!(pieces.lower(number.next), "" | "." | "," | ";" | "and" | "on" | "”" | "’");
    let priced = (2..=4).any(|back| {
        let verbs = [
            "close",
            "value",
            "price",
            "estimate",
            "trad",
            "stand",
            "stood",
            "remain",
            "unchanged",
            "stay",
            "record",
            "cap",
            "put",
            "rate",
            "look",
        ];
        verbs.iter().any(|stem| pieces.before(index, back).starts_with(stem))
    });
    let ends = stops && (number.form == number::Form::Words || !priced);
    let since = matches!(pieces.before(index, 1), "since" | "until" | "till") || just_by(pieces, index);
    let words = number.form == number::Form::Words;
    ((at && (part || ends)) || (since && words && (part || stops))).then_some((minutes, Meridiem::Open, number.next))
}

/// "just before six", "shortly after ten": words that only a time of day follows.
fn just_by(pieces: &Pieces<'_>, index: usize) -> bool {
    matches!(pieces.before(index, 1), "before" | "after")
        && matches!(pieces.before(index, 2), "just" | "shortly" | "soon")
}

fn meridiem(word: &str) -> Option<Half> {
    match word {
        "am" => Some(Half::Morning),
        "pm" => Some(Half::Later),
        _ => None,
    }
}

fn in_half(minutes: u16, half: Half) -> u16 {
    let within = minutes % NOON;
    match half {
        Half::Morning => within,
        Half::Later => within + NOON,
        Half::Night if within < 5 * 60 => within,
        Half::Night => within + NOON,
    }
}

/// Puts a time of a twelve-hour clock in the half of the day that the words around it name; both where none does.
fn settle(pieces: &Pieces<'_>, index: usize, next: usize, minutes: u16) -> (u16, Option<u16>) {
    match half_near(pieces, index, next) {
        Some(half) => (in_half(minutes, half), None),
        None => (in_half(minutes, Half::Morning), Some(in_half(minutes, Half::Later))),
    }
}

fn half_near(pieces: &Pieces<'_>, index: usize, next: usize) -> Option<Half> {
    half_after(pieces, next).or_else(|| {
        let behind = (1..=4)
            .take_while(|back| !matches!(pieces.before(index, *back), "." | "," | ""))
            .map(|back| pieces.before(index, back));
        behind.into_iter().find_map(half_word)
    })
}

fn half_after(pieces: &Pieces<'_>, next: usize) -> Option<Half> {
    (next..next + 4).take_while(|at| pieces.is(*at, Shape::Word)).find_map(|at| half_word(pieces.lower(at)))
}

fn half_word(word: &str) -> Option<Half> {
    match word {
        "morning" | "dawn" | "sunrise" | "breakfast" => Some(Half::Morning),
        "afternoon" | "evening" | "teatime" => Some(Half::Later),
        "night" | "tonight" => Some(Half::Night),
        _ => None,
    }
}

fn is_zone(pieces: &Pieces<'_>, index: usize) -> bool {
    let zones = [
        "GMT", "UTC", "EST", "EDT", "ET", "CST", "CDT", "CT", "PST", "PDT", "PT", "MST", "MDT", "BST", "CET", "CEST",
        "EET", "IST", "JST", "AEST", "AEDT",
    ];
    pieces.get(index).is_some_and(|piece| zones.contains(&piece.text.replace('.', "").as_str()))
}

/// The clock a time was given by, the minutes to add for the clock of the place, and the piece after its words.
fn zone(pieces: &Pieces<'_>, index: usize, next: usize) -> (Zone, i32, usize) {
    let american = matches!(pieces.lower(next), "eastern" | "central" | "pacific") && pieces.capital(next);
    if american {
        return (Zone::Other, 0, next + 1 + usize::from(pieces.lower(next + 1) == "time"));
    }
    if is_zone(pieces, next) {
        return (Zone::Other, 0, next + 1);
    }
    if pieces.phrase(next, "local time") {
        return (Zone::Local, 0, next + 2);
    }
    if pieces.lower(next) == "local" {
        return (Zone::Local, 0, next + 1);
    }
    // "or 12:25 p.m. in Harlan": the same moment by another clock.
    let again = matches!(pieces.before(index, 1), "or" | "(") && pieces.lower(next) == "in" && pieces.capital(next + 1);
    if again {
        return (Zone::Other, 0, next);
    }
    let named = (next..next + 4).find(|at| {
        *at > next
            && pieces.get(*at).is_some_and(|piece| matches!(piece.text, "time" | "Time"))
            && pieces.capital(at - 1)
    });
    let Some(end) =
        named.filter(|end| (next..*end).all(|at| pieces.is(at, Shape::Word) && pieces.capital(at))).map(|at| at + 1)
    else {
        return (Zone::Local, 0, next);
    };
    match offset(pieces, end) {
        Some(minutes) => (Zone::Local, minutes, end),
        None => (Zone::Other, 0, end),
    }
}

/// ", which is an hour ahead of …": the minutes to add to a time by that clock to have the other's.
fn offset(pieces: &Pieces<'_>, end: usize) -> Option<i32> {
    let at = (end..end + 5).find(|at| pieces.lower(at + 1).starts_with("hour") || pieces.lower(at + 1) == "hours")?;
    let hours = match pieces.lower(at) {
        "an" | "one" => 1,
        _ => i32::try_from(number::number(pieces, at)?.small().filter(|hours| *hours < 24)?).ok()?,
    };
    match pieces.lower(at + 2) {
        "ahead" => Some(-60 * hours),
        "behind" => Some(60 * hours),
        _ => None,
    }
}

/// A part of the day that begins at `index`: "before dawn", "in the early hours", "evening".
pub(super) fn part_of_day(pieces: &Pieces<'_>, index: usize) -> Option<(MinuteRange, usize)> {
    const PARTS: [(&str, u16, u16); 27] = [
        ("before dawn", 0, 450),
        ("before sunrise", 0, 480),
        ("before daybreak", 0, 480),
        ("before first light", 0, 480),
        ("at dawn", 240, 480),
        ("at first light", 240, 480),
        ("at daybreak", 240, 480),
        ("at sunrise", 240, 540),
        ("the early hours", 0, 360),
        ("the small hours", 0, 330),
        ("early morning", 120, 540),
        ("early in the morning", 120, 540),
        ("mid - morning", 540, 690),
        ("late morning", 600, 720),
        ("mid - afternoon", 840, 1020),
        ("late afternoon", 930, 1110),
        ("early afternoon", 720, 900),
        ("early evening", 1020, 1200),
        ("late evening", 1200, 1439),
        ("late at night", 1260, 1620),
        ("morning", 0, 720),
        ("lunchtime", 690, 870),
        ("afternoon", 720, 1110),
        ("evening", 1020, 1439),
        ("at dusk", 960, 1320),
        ("at night", 1080, 1860),
        ("night", 1080, 1860),
    ];
    let (&(_, first, last), next) = pieces.first_of(index, &PARTS, |part| part.0)?;
    Some((MinuteRange::new(first, last), next))
}

/// A part of the day that stands by itself, with the words that make it one ("in the evening", "before dawn").
pub(super) fn lone_part(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (part, next) = part_of_day(pieces, index)?;
    let two_words = next > index + 1;
    let led = matches!(pieces.before(index, 2), "in") && pieces.before(index, 1) == "the";
    (two_words || led || pieces.lower(index) == "lunchtime").then(|| Found::new(ValueKind::PartOfDay(part), next))
}
