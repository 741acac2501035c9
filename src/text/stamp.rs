//! The date and time that a line about an article gives ("10 March 2026 17:42").
//!
//! Must never read running text: a date there is a value, not when the article was published. Invariant: a stamp's day exists in
//! its month.

use jiff::civil::{Date, DateTime, Time, Weekday};

use super::ByteSpan;
use super::token::{Token, TokenKind, tokens};

/// When something was published, as far as a line says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The words of the date, weekday and year included.
    pub span: ByteSpan,
    /// From 1 to 12.
    pub month: i8,
    /// From 1 to 31.
    pub day: i8,
    /// `None` where the line does not say it.
    pub year: Option<i16>,
    /// The day of the week, where it stands beside the date.
    pub weekday: Option<Weekday>,
    /// The time of day, where the line has one that is not the time of an update.
    pub time: Option<Time>,
}

impl Stamp {
    /// The moment in the given year, whatever weekday the line says; `None` where that year has no such day.
    pub fn on(&self, year: i16) -> Option<DateTime> {
        let date = Date::new(year, self.month, self.day).ok()?;
        Some(date.to_datetime(self.time.unwrap_or(Time::midnight())))
    }

    /// The moment in the given year; `None` where that year has no such day, or another day of the week falls on it.
    pub fn in_year(&self, year: i16) -> Option<DateTime> {
        self.on(year).filter(|moment| self.weekday.is_none_or(|weekday| weekday == moment.weekday()))
    }
}

/// Tokens of one line with their words, and where the parts divided by upright bars begin.
struct Words<'a> {
    line: &'a str,
    tokens: Vec<Token>,
}

/// The first date of a line that is not that of an update; the update's where there is no other.
pub fn stamp_in(line: &str) -> Option<Stamp> {
    let stamps = read(line);
    let first = stamps.iter().find(|(_, update)| !update).or(stamps.first());
    first.map(|&(stamp, _)| stamp)
}

/// All dates of a line, in order.
pub fn stamps_in(line: &str) -> Vec<Stamp> {
    read(line).into_iter().map(|(stamp, _)| stamp).collect()
}

/// The dates of a line, and whether each is that of an update.
fn read(line: &str) -> Vec<(Stamp, bool)> {
    // Every date has a day in figures, and most lines have none.
    if !line.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let words = Words { line, tokens: tokens(line, ByteSpan::new(0, line.len())) };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.tokens.len() {
        let Some((stamp, next)) = words.date_at(at) else {
            at += 1;
            continue;
        };
        let first = words.weekday_before(at);
        let weekday = first.and_then(|place| weekday(&words.lower(place)));
        let span = words.span(first.unwrap_or(at), next);
        found.push((Stamp { span, weekday, time: words.time_beside(at, next), ..stamp }, words.is_update(at)));
        at = next;
    }
    found
}

impl Words<'_> {
    fn word(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.span.of(self.line))
    }

    fn lower(&self, at: usize) -> String {
        self.word(at).to_lowercase()
    }

    fn span(&self, first: usize, next: usize) -> ByteSpan {
        match (self.tokens.get(first), next.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(first), Some(last)) => first.span.join(last.span),
            _ => ByteSpan::default(),
        }
    }

    /// The date that begins at a token, and the token after it.
    fn date_at(&self, at: usize) -> Option<(Stamp, usize)> {
        let (year, month, day, next) = self.worded(at).or_else(|| self.numeric(at)).or_else(|| self.dotted(at))?;
        Date::new(year.unwrap_or(2000), month, day).ok()?;
        let span = ByteSpan::default();
        Some((Stamp { span, month, day, year, weekday: None, time: None }, next))
    }

    /// `10 March 2026`, `March 10, 2026`, `Sept. 3rd`.
    fn worded(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let (month, day, mut next) = if let Some(month) = self.month(at) {
            let place = self.skip(at + 1, &["."]);
            let (day, next) = self.day(place)?;
            (month, day, next)
        } else {
            let (day, next) = self.day(at)?;
            let place = self.skip(next, &["of", "-"]);
            let month = self.month(place)?;
            (month, day, self.skip(place + 1, &["."]))
        };
        let place = self.skip(next, &[",", "-"]);
        let year = self.year(place);
        if year.is_some() {
            next = place + 1;
        }
        Some((year, month, day, next))
    }

    /// `2026-03-10`, `10/03/2026`; where day and month could be either, the day comes first.
    fn numeric(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let mark = self.word(at + 1);
        if !matches!(mark, "-" | "/") || self.word(at + 3) != mark {
            return None;
        }
        let (middle, last) = (self.word(at + 2), self.word(at + 4));
        if let Some(year) = self.year(at) {
            return Some((Some(year), middle.parse().ok()?, last.parse().ok()?, at + 5));
        }
        let year = self.year(at + 4)?;
        let (first, second): (i8, i8) = (self.word(at).parse().ok()?, middle.parse().ok()?);
        let (day, month) = if second > 12 { (second, first) } else { (first, second) };
        Some((Some(year), month, day, at + 5))
    }

    /// `22.09.2026`.
    fn dotted(&self, at: usize) -> Option<(Option<i16>, i8, i8, usize)> {
        let mut parts = self.word(at).split('.');
        let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || year.len() != 4 {
            return None;
        }
        Some((Some(year.parse().ok()?), month.parse().ok()?, day.parse().ok()?, at + 1))
    }

    fn month(&self, at: usize) -> Option<i8> {
        const MONTHS: [&str; 12] = [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ];
        let word = self.lower(at);
        let found = MONTHS.iter().position(|month| {
            *month == word || word.len() == 3 && month.starts_with(&word) || word == "sept" && *month == "september"
        })?;
        i8::try_from(found + 1).ok()
    }

    /// A day of the month with or without its ending, and the token after it.
    fn day(&self, at: usize) -> Option<(i8, usize)> {
        let word = self.word(at);
        let day = word.parse().ok().filter(|day| word.len() <= 2 && (1..=31).contains(day))?;
        Some((day, self.skip(at + 1, &["st", "nd", "rd", "th"])))
    }

    fn year(&self, at: usize) -> Option<i16> {
        let word = self.word(at);
        word.parse().ok().filter(|year| word.len() == 4 && (1700..=2200).contains(year))
    }

    fn skip(&self, at: usize, words: &[&str]) -> usize {
        if words.contains(&self.lower(at).as_str()) { at + 1 } else { at }
    }

    /// The weekday's token, where one stands before the date.
    fn weekday_before(&self, at: usize) -> Option<usize> {
        let mut place = at.checked_sub(1)?;
        while matches!(self.word(place), "," | "." | "the") {
            place = place.checked_sub(1)?;
        }
        weekday(&self.lower(place)).map(|_| place)
    }

    /// Whether the part of the line that holds token `at` speaks of an update.
    fn is_update(&self, at: usize) -> bool {
        (0..=at).rev().take_while(|&place| self.word(place) != "|").take(6).any(|place| self.speaks_of_update(place))
    }

    fn speaks_of_update(&self, at: usize) -> bool {
        matches!(self.lower(at).as_str(), "updated" | "modified" | "amended" | "edited" | "corrected")
    }

    /// The time of day in the part that holds the date (after it, else before it), else in the next part.
    fn time_beside(&self, at: usize, next: usize) -> Option<Time> {
        let count = self.tokens.len();
        let end = (next..count).find(|&place| self.word(place) == "|").unwrap_or(count);
        let begin = (0..at).rev().find(|&place| self.word(place) == "|").map_or(0, |place| place + 1);
        let after = (next..end)
            .take_while(|&place| !self.speaks_of_update(place) && self.word(place) != ".")
            .find_map(|place| self.time_at(place));
        let before = || (begin..at).find_map(|place| self.time_at(place));
        let beyond = || {
            let part = (end + 1..count).take_while(|&place| self.word(place) != "|" && !self.speaks_of_update(place));
            part.clone().find_map(|place| self.time_at(place))
        };
        after.or_else(before).or_else(beyond)
    }

    /// `17:42`, `07.00`, `7.15am`, `8 p.m.`, `1430 GMT`.
    fn time_at(&self, at: usize) -> Option<Time> {
        let token = self.tokens.get(at)?;
        let word = self.word(at);
        // `2026-01-04T16:15`: the letter and the hour are one word.
        if let Some(hour) = word.strip_prefix('T').and_then(|hour| hour.parse().ok()) {
            return Time::new(hour, self.word(at + 2).get(..2)?.parse().ok()?, 0, 0).ok();
        }
        if token.kind != TokenKind::Number {
            return None;
        }
        let half = self.lower(at + 1).replace('.', "");
        let (hour, minute) = match word.split_once([':', '.']) {
            Some((hour, rest)) if rest.len() >= 2 => (hour.parse().ok()?, rest.get(..2)?.parse().ok()?),
            Some(_) => return None,
            None if word.len() == 4 && matches!(half.as_str(), "gmt" | "utc" | "bst" | "hrs" | "hours" | "h") => {
                (word.get(..2)?.parse().ok()?, word.get(2..)?.parse().ok()?)
            }
            None if matches!(half.as_str(), "am" | "pm") => (word.parse().ok()?, 0),
            None => return None,
        };
        let hour: i8 = match half.as_str() {
            "pm" if hour < 12 => hour + 12,
            "am" if hour == 12 => 0,
            _ => hour,
        };
        Time::new(hour, minute, 0, 0).ok()
    }
}

fn weekday(word: &str) -> Option<Weekday> {
    const DAYS: [(&str, Weekday); 7] = [
        ("monday", Weekday::Monday),
        ("tuesday", Weekday::Tuesday),
        ("wednesday", Weekday::Wednesday),
        ("thursday", Weekday::Thursday),
        ("friday", Weekday::Friday),
        ("saturday", Weekday::Saturday),
        ("sunday", Weekday::Sunday),
    ];
    let is_day = |day: &str| word == day || (3..=5).contains(&word.len()) && day.starts_with(word);
    DAYS.iter().find(|(day, _)| is_day(day)).map(|&(_, weekday)| weekday)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(line: &str) -> Option<String> {
        let stamp = stamp_in(line)?;
        let year = stamp.year.map_or("????".to_owned(), |year| year.to_string());
        let time = stamp.time.map_or(String::new(), |time| format!(" {:02}:{:02}", time.hour(), time.minute()));
        Some(format!("{year}-{:02}-{:02}{time}", stamp.month, stamp.day))
    }

    #[test]
    fn dates_are_read_in_every_usual_form() {
        for (line, expected) in [
            ("10 March 2026 17:42", "2026-03-10 17:42"),
            ("THE OBSERVER (English Edition) | Shipping | March 11, 2026", "2026-03-11"),
            ("Published: 22:47, 10 March 2026 | Updated: 07:15, 11 March 2026", "2026-03-10 22:47"),
            ("Updated: 07:15, 11 March 2026 | Published: 22:47, 10 March 2026", "2026-03-10 22:47"),
            ("4:15 PM – Sunday, January 4, 2026", "2026-01-04 16:15"),
            ("Tuesday 16 June 2026, 07.00", "2026-06-16 07:00"),
            ("4 June 2026, 7.15am | Ann Bell reports", "2026-06-04 07:15"),
            ("BREZHRAD, June 15, 8.10 p.m.", "????-06-15 20:10"),
            ("World | June 16, 2026 | Updated 11:20 a.m.", "2026-06-16"),
            ("22.09.2026 | News analysis", "2026-09-22"),
            ("Sept 17, 2026 - 19:36", "2026-09-17 19:36"),
            ("Business, Sept. 18, 2026", "2026-09-18"),
            ("SANTELMO, Corvena, Sept 14, 2026 – 18:05", "2026-09-14 18:05"),
            ("Vesterby / 14 September 2026 / 19:30", "2026-09-14 19:30"),
            ("Thursday 23 April, 17:48", "????-04-23 17:48"),
            ("Friday 5 June 2026, 11:51 pm | 14 comments", "2026-06-05 23:51"),
            ("2026-01-04", "2026-01-04"),
            ("2026-01-04T16:15:00Z", "2026-01-04 16:15"),
            ("Date: 4/1/2026", "2026-01-04"),
            ("1/24/2026", "2026-01-24"),
            ("the 3rd of March, 2026", "2026-03-03"),
            ("12 am, 1 May 2026", "2026-05-01 00:00"),
            ("Started 23:58, Fri 13 Nov 2026. Last entry 09:15, Sat 14 Nov 2026", "2026-11-13 23:58"),
            ("1 May 2026 | 1430 GMT", "2026-05-01 14:30"),
            ("RADIO, 98.1 FM, Tuesday 15 September 2026", "2026-09-15"),
        ] {
            assert_eq!(said(line).as_deref(), Some(expected), "{line}");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read_as_one() {
        for line in
            ["It may rain", "March of the ants", "31 February 2026", "99 May", "17:42", "vol 41 no 19", "6-4-3", ""]
        {
            assert_eq!(said(line), None, "{line}");
        }
    }

    #[test]
    fn a_weekday_decides_which_years_fit() {
        let stamp = stamp_in("Thursday 23 April, 17:48").unwrap();
        assert!(stamp.in_year(2026).is_some());
        assert_eq!(stamp.in_year(2025), None);
    }

    #[test]
    fn a_stamp_covers_its_weekday_and_year() {
        let line = "Daily News, Friday 18 September 2026";
        assert_eq!(stamp_in(line).unwrap().span.of(line), "Friday 18 September 2026");
    }

    proptest! {
        #[test]
        fn no_line_makes_it_stop(line in r"([0-9]{1,5}|[:./-]|March|Sept|p\.m\.|T[0-9]{1,3}| |\PC){0,20}") {
            if let Some(stamp) = stamp_in(&line) {
                prop_assert!(line.get(stamp.span.range()).is_some());
            }
        }
    }
}
