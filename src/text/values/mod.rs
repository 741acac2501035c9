//! Values: numbers, measures, sums of money, dates, times and their like, as a sentence mentions them.
//!
//! Must never know which texts are compared. Invariant: values ascend, do not overlap, and their spans stand on `char`
//! boundaries of the text they were found in. Rules are rules of the language: no rule knows a text.
//!
//! [`values`] finds them, [`agreement()`] says whether two of them can be one value, [`describe`] puts one in normal form.

mod age;
mod agreement;
mod amount;
mod approximation;
mod calendar;
mod clock;
mod closeness;
mod date;
mod describe;
mod distance;
mod feast;
mod few;
mod fraction;
mod money;
mod noun;
mod number;
mod quantity;
mod reading;
mod relative_date;
mod score;
mod start;
mod unit;
mod weekday;
mod words;
mod years;

#[cfg(test)]
mod gold;
#[cfg(test)]
mod tests;

pub use agreement::{Agreement, agreement, agreement_in_one_slot};
pub use amount::Amount;
pub use approximation::Approximation;
pub use calendar::{CalendarDate, DayRange, day_range_of, year_from_age};
pub use clock::{ClockTime, MinuteRange, Zone};
pub use describe::describe;
pub use distance::{Counted, counted, distance};
pub use reading::values;
pub use unit::{Dimension, Unit};

use crate::text::ByteSpan;

/// One value as a text mentions it.
#[derive(Debug, Clone, PartialEq)]
pub struct Value {
    /// The whole mention, with words of approximation ("about 312,000").
    pub span: ByteSpan,
    /// The number and its unit alone ("312,000").
    pub core: ByteSpan,
    /// What it is.
    pub kind: ValueKind,
    /// How exactly it was stated.
    pub approximation: Approximation,
    /// The period of a rate ("17,000 a day").
    pub per: Option<Period>,
    /// The day of publication, where it is known.
    pub seen_from: Option<jiff::civil::Date>,
}

/// The period of a rate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Period {
    /// "a second".
    Second,
    /// "a minute".
    Minute,
    /// "an hour", "hourly".
    Hour,
    /// "a day", "daily".
    Day,
    /// "a week", "weekly".
    Week,
    /// "a month", "monthly".
    Month,
    /// "a year", "annually".
    Year,
    /// "a head", "per person", "each".
    Person,
}

/// Whose age it is, as far as the wording shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AgeOf {
    /// "aged 58", ", 58,", "in her forties".
    Person,
    /// "95 years old": a person or a thing.
    Anything,
}

/// How a part of a whole was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum RatioForm {
    /// "a third", "half".
    Share,
    /// "one in six", "nine out of ten": so many in every so many.
    InEvery(Amount, Amount),
    /// "14 of the 40": so many things of all there are.
    Of(Amount, Amount),
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum ValueKind {
    /// A number of things: "17,000 vehicles", "dozens".
    Count {
        /// How many.
        amount: Amount,
        /// What is counted, in the singular and lower case, where the text says it close by.
        of: Option<String>,
    },
    /// "no one", "none", "no injuries".
    NoneOf {
        /// What there is none of; "person" for "nobody".
        of: Option<String>,
    },
    /// A measure, in the unit it was written in.
    Measure {
        /// How many of the unit.
        amount: Amount,
        /// The unit.
        unit: &'static Unit,
    },
    /// A length of time, in the unit it was written in (the smaller one for "3 minutes 40 seconds").
    Duration {
        /// How many of the unit.
        amount: Amount,
        /// The unit.
        unit: &'static Unit,
    },
    /// A sum of money.
    Money {
        /// In whole units of the currency.
        amount: Amount,
        /// ISO 4217 code, or the currency's name in capitals where one name stands for several ("CROWN").
        currency: &'static str,
    },
    /// A percentage, in per cent.
    Percent {
        /// How many in a hundred.
        amount: Amount,
    },
    /// A part of a whole: "a third", "one in six", "14 of the 40".
    Ratio {
        /// The part as a share, from 0 to 1.
        share: Amount,
        /// How it was written.
        form: RatioForm,
    },
    /// A place in an order: "second", "21st".
    Ordinal {
        /// The place, from 1.
        rank: u32,
        /// What is put in order.
        of: Option<String>,
    },
    /// An age, in years.
    Age {
        /// Years.
        years: Amount,
        /// Whose.
        of: AgeOf,
    },
    /// A result: "2-1", "by five to four".
    Score {
        /// The number named first.
        first: u32,
        /// The number named second.
        second: u32,
    },
    /// Days of the calendar.
    Date(CalendarDate),
    /// "before dawn", "in the evening".
    PartOfDay(MinuteRange),
    /// A time of day.
    Time(ClockTime),
}
