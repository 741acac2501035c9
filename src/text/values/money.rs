//! Sums of money: "£1.2m", "€9,000", "9.6 million pounds", "184p", "two million quid".
//!
//! Must never convert one currency into another. Invariant: an amount is in whole units of its currency, a penny is 0.01.

use super::ValueKind;
use super::amount::Amount;
use super::number::{self, Number};
use super::reading::{Found, Reading};
use super::words::{Pieces, Shape};

static SIGNS: [(&str, &str); 9] = [
    ("£", "GBP"),
    ("$", "USD"),
    ("€", "EUR"),
    ("¥", "JPY"),
    ("₹", "INR"),
    ("₽", "RUB"),
    ("₩", "KRW"),
    ("₪", "ILS"),
    ("₺", "TRY"),
];

/// What may stand glued before a dollar sign.
static DOLLARS: [(&str, &str); 8] = [
    ("us", "USD"),
    ("a", "AUD"),
    ("au", "AUD"),
    ("c", "CAD"),
    ("ca", "CAD"),
    ("nz", "NZD"),
    ("hk", "HKD"),
    ("s", "SGD"),
];

/// Currencies in words, with how much one is of the currency's whole unit.
static WORDS: [(&str, &str, f64); 47] = [
    ("pounds sterling", "GBP", 1.0),
    ("pound", "GBP", 1.0),
    ("pounds", "GBP", 1.0),
    ("quid", "GBP", 1.0),
    ("sterling", "GBP", 1.0),
    ("pence", "GBP", 0.01),
    ("penny", "GBP", 0.01),
    ("p", "GBP", 0.01),
    ("us dollars", "USD", 1.0),
    ("american dollars", "USD", 1.0),
    ("australian dollars", "AUD", 1.0),
    ("canadian dollars", "CAD", 1.0),
    ("dollar", "USD", 1.0),
    ("dollars", "USD", 1.0),
    ("bucks", "USD", 1.0),
    ("cent", "USD", 0.01),
    ("cents", "USD", 0.01),
    ("euro", "EUR", 1.0),
    ("euros", "EUR", 1.0),
    ("swiss francs", "CHF", 1.0),
    ("franc", "CHF", 1.0),
    ("francs", "CHF", 1.0),
    ("yen", "JPY", 1.0),
    ("yuan", "CNY", 1.0),
    ("renminbi", "CNY", 1.0),
    ("rupee", "INR", 1.0),
    ("rupees", "INR", 1.0),
    ("rouble", "RUB", 1.0),
    ("roubles", "RUB", 1.0),
    ("ruble", "RUB", 1.0),
    ("rubles", "RUB", 1.0),
    ("crown", "CROWN", 1.0),
    ("crowns", "CROWN", 1.0),
    ("kroner", "CROWN", 1.0),
    ("kronor", "CROWN", 1.0),
    ("krona", "CROWN", 1.0),
    ("krone", "CROWN", 1.0),
    ("pesos", "PESO", 1.0),
    ("peso", "PESO", 1.0),
    ("rand", "ZAR", 1.0),
    ("zloty", "PLN", 1.0),
    ("lira", "TRY", 1.0),
    ("shekels", "ILS", 1.0),
    ("dirhams", "AED", 1.0),
    ("riyals", "SAR", 1.0),
    ("reais", "BRL", 1.0),
    ("baht", "THB", 1.0),
];

/// Whether a currency is one of those that are written with a plain dollar sign where they are at home.
pub(super) fn is_dollar(currency: &str) -> bool {
    DOLLARS.iter().any(|(_, code)| *code == currency)
}

/// The codes of currencies, which stand before a sum or after it.
pub(super) static CODES: [&str; 17] = [
    "GBP", "USD", "EUR", "JPY", "CHF", "CNY", "INR", "AUD", "CAD", "NZD", "SEK", "NOK", "DKK", "PLN", "ZAR", "HKD",
    "SGD",
];

/// The sum of money that begins at `index` with a sign or a code ("£2m to £3m", "US$5bn", "EUR 300").
pub(super) fn money(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    if let Some(found) = pennies(pieces, index) {
        return Some(found);
    }
    let (currency, start) = sign(pieces, index)?;
    let mut sum = amount(pieces, start)?;
    let between = pieces.before(index, 1) == "between";
    let joint = matches!(pieces.lower(sum.next), "to" | "-" | "–") || (between && pieces.lower(sum.next) == "and");
    if joint && pieces.before(index, 1) != "from" {
        let second = match sign(pieces, sum.next + 1) {
            Some((other, start)) if other == currency => amount(pieces, start),
            None if pieces.lower(sum.next) != "to" && !between && pieces.glued(sum.next + 1) => {
                amount(pieces, sum.next + 1)
            }
            _ => None,
        };
        if let Some(second) = second {
            let shared =
                if sum.scale == 1.0 && sum.amount.high * second.scale < second.amount.low { second.scale } else { 1.0 };
            let low = sum.amount.times(shared);
            if low.high < second.amount.low {
                sum = Number { amount: low.to(second.amount), ..second };
            }
        }
    }
    let mut found = Found::new(ValueKind::Money { amount: sum.amount, currency }, sum.next);
    rate(pieces, &mut found);
    Some(found)
}

fn rate(pieces: &Pieces<'_>, found: &mut Found) {
    if let Some((period, next)) = super::quantity::rate(pieces, found.next) {
        found.per = Some(period);
        found.next = next;
    }
}

fn sign(pieces: &Pieces<'_>, index: usize) -> Option<(&'static str, usize)> {
    let word = pieces.lower(index);
    if let Some((_, code)) = SIGNS.iter().find(|(sign, _)| *sign == word) {
        return Some((code, index + 1));
    }
    if pieces.lower(index + 1) == "$" && pieces.glued(index + 1) {
        return DOLLARS.iter().find(|(prefix, _)| *prefix == word).map(|(_, code)| (*code, index + 2));
    }
    let code = pieces.get(index).and_then(|piece| CODES.iter().find(|code| **code == piece.text))?;
    pieces.is(index + 1, Shape::Figure).then_some((*code, index + 1))
}

/// A number after a sign; here a glued "m" is a million and a glued "k" a thousand.
fn amount(pieces: &Pieces<'_>, start: usize) -> Option<Number> {
    let number = number::number(pieces, start).filter(|number| {
        pieces.is(start, Shape::Figure) || number.amount.vague || number.form == number::Form::Words
    })?;
    Some(with_letter(pieces, number))
}

/// The number with the magnitude of a letter glued to it.
fn with_letter(pieces: &Pieces<'_>, number: Number) -> Number {
    let scale = match pieces.lower(number.next) {
        "m" | "mil" => 1e6,
        "b" => 1e9,
        "t" => 1e12,
        _ => return number,
    };
    if !pieces.glued(number.next) || number.scale != 1.0 {
        return number;
    }
    Number { amount: number.amount.times(scale), scale, next: number.next + 1, ..number }
}

/// "184p", with the letter glued.
fn pennies(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let number = number::number(pieces, index).filter(|number| number.form == number::Form::Figures)?;
    let penny = matches!(pieces.lower(number.next), "p") && pieces.glued(number.next) && number.scale == 1.0;
    let mut found = penny.then(|| {
        Found::new(ValueKind::Money { amount: number.amount.times(0.01), currency: "GBP" }, number.next + 1)
    })?;
    rate(pieces, &mut found);
    Some(found)
}

/// The currency named after a number ("1.2 million pounds", "5m euros"); weights in pounds are left alone.
pub(super) fn named_after(pieces: &Pieces<'_>, number: Number, index: usize) -> Option<Found> {
    let number = with_letter(pieces, number);
    let joint = usize::from(pieces.hyphen(number.next));
    let at = number.next + joint;
    let code = pieces.get(at).and_then(|piece| CODES.iter().find(|code| **code == piece.text));
    let (currency, factor, next) = match code {
        Some(code) => (*code, 1.0, at + 1),
        None => pieces
            .first_of(at, &WORDS, |words| words.0)
            .filter(|((words, ..), _)| *words != "p")
            .map(|((_, code, factor), next)| (*code, *factor, next))?,
    };
    if pieces.lower(at).starts_with("pound") && weighs(pieces, index, next, number.amount) {
        return None;
    }
    let sum = if factor == 1.0 { number.amount } else { number.amount.times(factor) };
    Some(Found::new(ValueKind::Money { amount: sum, currency }, next))
}

/// Whether pounds are a weight here: something weighs or is lost so much, or it is so much of a stuff.
pub(super) fn weighs(pieces: &Pieces<'_>, index: usize, next: usize, amount: Amount) -> bool {
    let heavy = |word: &str| ["weigh", "heav", "lift"].iter().any(|stem| word.starts_with(stem));
    let near = (1..=5).map(|back| pieces.before(index, back)).any(heavy)
        || (0..3).map(|ahead| pieces.lower(next + ahead)).any(heavy);
    let of_stuff = pieces.lower(next) == "of"
        && !matches!(
            pieces.lower(next + 1),
            "public" | "taxpayers" | "taxpayer" | "government" | "cash" | "money" | "debt"
        );
    near || (of_stuff && amount.high < 100_000.0)
        || (matches!(pieces.before(index, 1), "lost" | "gained") && amount.high < 400.0)
}
