//! Dates as pages, feeds and messages write them.
//!
//! Must never guess a year. Invariant: the time is the one on the publication's own clock, whatever its zone.

use jiff::civil::{DateTime, Time};
use jiff::fmt::temporal::Pieces;

use crate::text::stamp::stamp_in;

/// The moment that a text says, in the zone it says it in: ISO 8601, RFC 2822, or in words with a year.
pub fn moment(text: &str) -> Option<DateTime> {
    let text = text.trim();
    if let Ok(pieces) = Pieces::parse(text) {
        return Some(pieces.date().to_datetime(pieces.time().unwrap_or(Time::midnight())));
    }
    // `2026-03-10 17:42:00 +0100` and `2026-03-10T17:42:00+0100`: what begins well is taken as far as it goes.
    for length in [19, 16, 10] {
        if let Some(Ok(moment)) = text.get(..length).map(str::parse::<DateTime>) {
            return Some(moment);
        }
    }
    if let Ok(zoned) = jiff::fmt::rfc2822::parse(text) {
        return Some(zoned.datetime());
    }
    let stamp = stamp_in(text)?;
    stamp.on(stamp.year?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_they_are_written() {
        for (text, expected) in [
            ("2026-03-10", "2026-03-10T00:00:00"),
            ("2026-03-10T17:42:00Z", "2026-03-10T17:42:00"),
            ("2026-03-10T17:42:00+01:00", "2026-03-10T17:42:00"),
            ("2026-03-10T17:42:00+0100", "2026-03-10T17:42:00"),
            ("2026-03-10 17:42", "2026-03-10T17:42:00"),
            ("Tue, 10 Mar 2026 17:42:00 -0500", "2026-03-10T17:42:00"),
            ("10 March 2026", "2026-03-10T00:00:00"),
        ] {
            assert_eq!(moment(text).map(|moment| moment.to_string()).as_deref(), Some(expected), "{text}");
        }
        for none in ["", "yesterday", "10 March", "2026-13-40", "é".repeat(9).as_str()] {
            assert_eq!(moment(none), None, "{none}");
        }
    }
}
