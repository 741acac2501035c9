//! Numbers in digits and in words, with magnitudes, halves and vague words.
//!
//! Must never look at what is counted. Invariant: a number ends at a piece after the one it began at.

use std::sync::LazyLock;

use foldhash::HashSet;

use super::amount::Amount;
use super::words::{Pieces, Shape, vulgar_fraction};

/// How a number was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// In digits.
    Figures,
    /// In words.
    Words,
}

/// A number and where it ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct Number {
    /// What it says.
    pub amount: Amount,
    /// Digits or words.
    pub form: Form,
    /// The magnitude it ended with: a million for "1.2 million", 1 for none.
    pub scale: f64,
    /// The piece after it.
    pub next: usize,
}

impl Number {
    fn new(amount: Amount, form: Form, next: usize) -> Self {
        Self { amount, form, scale: 1.0, next }
    }

    /// The number as a small whole one, where it is one.
    pub fn small(self) -> Option<u32> {
        let value = self.amount.low;
        let whole = self.amount.is_point() && value.fract() == 0.0 && (0.0..=9_999_999.0).contains(&value);
        whole.then_some(value as u32)
    }
}

/// The numbers that are one word and no tens, each at its own place.
const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// What a number in words begins with: it is asked of nearly every word of a text.
static BEGIN: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let vague = ["several", "tens", "dozens", "scores", "hundreds", "thousands", "millions", "billions"];
    SMALL.into_iter().chain(tens).chain(vague).chain(["a", "an", "the", "half"]).collect()
});

/// The number that begins at `index`: "17,000", "1.2bn", "twenty-two", "half a million", "three and a half", "dozens".
pub(super) fn number(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let piece = pieces.get(index)?;
    match piece.shape {
        Shape::Figure => {}
        Shape::Word if BEGIN.contains(&*piece.lower) => {}
        Shape::Word | Shape::Dotted | Shape::Sign => return None,
    }
    vague(pieces, index)
        .or_else(|| half_a(pieces, index))
        .or_else(|| figure(pieces, index))
        .or_else(|| cardinal(pieces, index))
}

/// One number or a range: "six to ten", "between 20 and 30", "5-10", "two or three".
pub(super) fn range(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    if pieces.lower(index) == "between" {
        let first = number(pieces, index + 1)?;
        let second = (pieces.lower(first.next) == "and").then(|| number(pieces, first.next + 1)).flatten()?;
        return joined(first, second);
    }
    let first = number(pieces, index)?;
    Some(range_after(pieces, index, first).unwrap_or(first))
}

fn range_after(pieces: &Pieces<'_>, index: usize, first: Number) -> Option<Number> {
    if first.amount.vague || pieces.before(index, 1) == "from" {
        return None;
    }
    let suspended = usize::from(pieces.lower(first.next) == "-" && !pieces.glued(first.next + 1));
    let joint = first.next + suspended;
    let dash = matches!(pieces.lower(joint), "-" | "–" | "‑") && pieces.glued(joint) && pieces.glued(joint + 1);
    let second = match pieces.lower(joint) {
        "to" | "or" => number(pieces, joint + 1)?,
        "and" if suspended == 1 => number(pieces, joint + 1)?,
        _ if dash && pieces.is(joint + 1, Shape::Figure) => number(pieces, joint + 1)?,
        _ => return None,
    };
    let near = pieces.lower(joint) != "or" || second.amount.low <= first.amount.low * 2.0;
    if !near || (dash && pieces.hyphen(second.next) && pieces.is(second.next + 1, Shape::Figure)) {
        return None;
    }
    joined(first, second)
}

fn joined(first: Number, second: Number) -> Option<Number> {
    if second.amount.vague || second.amount.low <= 0.0 {
        return None;
    }
    // "2 to 3 million": the magnitude belongs to both.
    let shared = first.scale == 1.0 && second.scale > 1.0 && first.amount.high * second.scale < second.amount.low;
    let low = if shared { first.amount.times(second.scale) } else { first.amount };
    (low.high < second.amount.low).then(|| Number { amount: low.to(second.amount), ..second })
}

/// Words that count without a number, with the range that careful usage gives them.
fn vague(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let article = usize::from(matches!(pieces.lower(index), "a" | "the"));
    let at = index + article;
    let word = pieces.lower(at);
    let of = |next: usize| if pieces.lower(next) == "of" { next + 1 } else { next };
    let (low, high, next): (f64, f64, usize) = match (word, article) {
        ("couple", 1) if pieces.lower(at + 1) == "of" => (2.0, 2.0, at + 2),
        ("handful", 1) if pieces.lower(at + 1) == "of" => (3.0, 6.0, at + 2),
        ("few", 1) if pieces.lower(index) == "a" => (2.0, 6.0, at + 1),
        ("several", 0) => (3.0, 9.0, at + 1),
        ("tens", 0) if pieces.lower(at + 1) == "of" => (20.0, 99.0, at + 2),
        ("dozens", 0) => (24.0, 99.0, of(at + 1)),
        ("scores", 0) if pieces.lower(at + 1) == "of" => (40.0, 99.0, at + 2),
        ("hundreds", 0) => (200.0, 1_500.0, of(at + 1)),
        ("thousands", 0) => (2_000.0, 99_999.0, of(at + 1)),
        ("millions", 0) => (2e6, 99e6, of(at + 1)),
        ("billions", 0) => (2e9, 99e9, of(at + 1)),
        _ => return None,
    };
    let plural = match pieces.lower(next) {
        "hundred" => (100.0, 1),
        "thousand" | "thousands" => (1e3, 1),
        "million" | "millions" => (1e6, 1),
        "billion" | "billions" => (1e9, 1),
        "dozen" => (12.0, 1),
        _ => (1.0, 0),
    };
    // "hundreds of thousands" ends at 999,000, whatever plain "hundreds" may reach.
    let high = if plural.1 == 1 { high.min(999.0) } else { high };
    let amount = Amount::vaguely(low * plural.0, high * plural.0);
    let mut next = next + plural.1;
    if plural.1 == 1 && pieces.lower(next) == "of" {
        next += 1;
    }
    Some(Number::new(amount, Form::Words, next))
}

/// "half a million", "half a dozen".
fn half_a(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let at = index + usize::from(pieces.lower(index) == "a");
    let next = pieces
        .any_phrase(at, &["half a", "half - a"])
        .or_else(|| (at > index).then(|| pieces.any_phrase(at, &["half"])).flatten())?;
    let scale = magnitude(pieces.lower(next))?;
    let step = if scale == 12.0 { 1.0 } else { scale / 2.0 };
    Some(Number::new(Amount::exactly(scale / 2.0, step), Form::Words, next + 1))
}

fn figure(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let piece = pieces.get(index).filter(|piece| piece.shape == Shape::Figure)?;
    if let Some((power, next)) = power_of_ten(pieces, index) {
        return Some(Number::new(Amount::exactly(power, power), Form::Figures, next));
    }
    let lone = piece.text.chars().next().and_then(vulgar_fraction);
    let (mut value, mut step, mut next) = match lone {
        Some(fraction) => (fraction, 0.25, index + 1),
        None => (digits(piece.text)?, place(piece.text), index + 1),
    };
    let fraction = pieces.get(next).filter(|piece| piece.glued && piece.shape == Shape::Figure);
    if let Some(more) = fraction.and_then(|piece| piece.text.chars().next()).and_then(vulgar_fraction) {
        value += more;
        step = 0.25;
        next += 1;
    }
    if let Some((power, next)) =
        matches!(pieces.lower(next), "×" | "·" | "x").then(|| power_of_ten(pieces, next + 1)).flatten()
    {
        return Some(Number::new(Amount::exactly(value * power, step * power), Form::Figures, next));
    }
    Some(scaled(pieces, Number::new(Amount::exactly(value, step), Form::Figures, next)))
}

/// `10⁶`, `10⁻³`: the number, and the piece after it.
fn power_of_ten(pieces: &Pieces<'_>, index: usize) -> Option<(f64, usize)> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    const LARGEST: i32 = 30;
    pieces.get(index).filter(|piece| piece.text == "10")?;
    let raised = |at: usize| pieces.get(at).filter(|piece| piece.glued).map_or("", |piece| piece.text);
    let below = raised(index + 1) == "⁻";
    let (mut exponent, mut next) = (None::<i32>, index + 1 + usize::from(below));
    while let Some(digit) = raised(next).chars().next().and_then(|c| RAISED.chars().position(|other| other == c)) {
        exponent = Some(exponent.unwrap_or(0).saturating_mul(10).saturating_add(i32::try_from(digit).ok()?));
        next += 1;
    }
    let exponent = exponent.filter(|exponent| *exponent <= LARGEST)?;
    Some((10f64.powi(if below { -exponent } else { exponent }), next))
}

/// The number that a figure's digits say.
pub(super) fn digits(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    plain.parse().ok()
}

/// The place of the last digit of a figure.
fn place(text: &str) -> f64 {
    text.split_once('.').map_or(1.0, |(_, decimals)| 10f64.powi(-i32::try_from(decimals.len()).unwrap_or(9).min(9)))
}

/// A number in words: "nine", "twenty-two", "a hundred and forty", "two dozen".
fn cardinal(pieces: &Pieces<'_>, index: usize) -> Option<Number> {
    let article = matches!(pieces.lower(index), "a" | "an");
    if article {
        let scale = magnitude(pieces.lower(index + 1)).filter(|_| !matches!(pieces.lower(index + 1), "k" | "score"))?;
        // "a hundred and forty" goes on like "one hundred and forty".
        let (rest, next) = below_scale(pieces, index + 2, scale);
        let amount = Amount::exactly(scale + rest, if rest > 0.0 || scale < 1e4 { 1.0 } else { scale });
        return Some(and_a_half(pieces, Number::new(amount, Form::Words, next), scale));
    }
    let (first, mut next) = below_hundred(pieces, index)?;
    let mut total = 0.0;
    let mut current = first;
    let mut spoken = f64::INFINITY;
    loop {
        match pieces.lower(next) {
            "hundred" if current < 100.0 && current > 0.0 => {
                let (rest, after) = below_scale(pieces, next + 1, 100.0);
                current = current * 100.0 + rest;
                next = after;
            }
            word => {
                let joint = usize::from(pieces.hyphen(next));
                let word = if joint == 1 { pieces.lower(next + 1) } else { word };
                let Some(scale) = magnitude(word).filter(|scale| *scale >= 1000.0 && *scale < spoken) else { break };
                total += current * scale;
                spoken = scale;
                next += joint + 1;
                let after = next + usize::from(pieces.lower(next) == "and");
                let Some((more, end)) = below_hundred(pieces, after).filter(|(more, _)| *more > 0.0) else {
                    current = 0.0;
                    break;
                };
                if pieces.lower(next) == "and" && !matches!(pieces.lower(end), "hundred" | "thousand") && scale > 1000.0
                {
                    current = 0.0;
                    break;
                }
                current = more;
                next = end;
            }
        }
    }
    let value = total + current;
    let magnitude_last = spoken.is_finite() && current == 0.0;
    let step = if magnitude_last && spoken > 1000.0 { spoken } else { 1.0 };
    let scale = if magnitude_last { spoken } else { 1.0 };
    Some(scaled(pieces, Number { amount: Amount::exactly(value, step), form: Form::Words, scale, next }))
}

/// What follows "hundred": "and forty", "twenty-two".
fn below_scale(pieces: &Pieces<'_>, next: usize, scale: f64) -> (f64, usize) {
    let with_and = next + usize::from(pieces.lower(next) == "and");
    match below_hundred(pieces, with_and) {
        Some((rest, end)) if scale == 100.0 && rest > 0.0 && !matches!(pieces.lower(end), "hundred") => (rest, end),
        _ => (0.0, next),
    }
}

fn below_hundred(pieces: &Pieces<'_>, index: usize) -> Option<(f64, usize)> {
    let tens = match pieces.lower(index) {
        "twenty" => 20.0,
        "thirty" => 30.0,
        "forty" => 40.0,
        "fifty" => 50.0,
        "sixty" => 60.0,
        "seventy" => 70.0,
        "eighty" => 80.0,
        "ninety" => 90.0,
        word => return small_word(word).map(|value| (value, index + 1)),
    };
    let unit = index + 1 + usize::from(pieces.hyphen(index + 1));
    match small_word(pieces.lower(unit)).filter(|value| (1.0..10.0).contains(value)) {
        Some(value) => Some((tens + value, unit + 1)),
        // "twenty-first" is a place in an order.
        None if unit > index + 1 && super::fraction::rank(pieces, index).is_some() => None,
        None => Some((tens, index + 1)),
    }
}

pub(super) fn small_word(word: &str) -> Option<f64> {
    let value = SMALL.iter().position(|known| *known == word)?;
    u32::try_from(value).ok().map(f64::from)
}

/// "million", "bn", "dozen" as a factor. A bare "m" is left to those who know what is counted.
fn magnitude(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "score" => 20.0,
        "hundred" => 100.0,
        "thousand" | "k" => 1e3,
        "million" | "mn" | "mln" | "mio" => 1e6,
        "billion" | "bn" | "bln" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// Halves and magnitudes after a number: "three and a half million", "2.9 million", "two dozen".
fn scaled(pieces: &Pieces<'_>, number: Number) -> Number {
    let mut number = and_a_half(pieces, number, 1.0);
    let joint = usize::from(pieces.hyphen(number.next));
    let word = pieces.lower(number.next + joint);
    let letters = matches!(word, "k" | "mn" | "mln" | "mio" | "bn" | "bln" | "tn" | "trn");
    let allowed = !letters || (number.form == Form::Figures && (word != "k" || pieces.glued(number.next)));
    if let Some(scale) = magnitude(word).filter(|_| allowed && number.amount.low < 1000.0) {
        number.amount = number.amount.times(scale);
        number.scale = scale;
        if scale <= 100.0 {
            number.amount.step = 1.0;
        }
        number.next += joint + 1;
        number = and_a_half(pieces, number, scale);
    }
    number
}

fn and_a_half(pieces: &Pieces<'_>, number: Number, scale: f64) -> Number {
    const PARTS: [(&str, f64); 5] = [
        ("and a half", 0.5),
        ("and - a - half", 0.5),
        ("and a quarter", 0.25),
        ("and three quarters", 0.75),
        ("and a third", 1.0 / 3.0),
    ];
    let Some(((_, part), next)) = pieces.first_of(number.next, &PARTS, |part| part.0) else {
        return hyphenated_half(pieces, number, scale);
    };
    // "a report and a half of …" is no number; nothing that ends a number may be followed by "of".
    if pieces.lower(next) == "of" {
        return number;
    }
    Number { amount: Amount::exactly(number.amount.low + part * scale, scale / 4.0), next, ..number }
}

/// "three-and-a-half".
fn hyphenated_half(pieces: &Pieces<'_>, number: Number, scale: f64) -> Number {
    if pieces.phrase(number.next, "- and - a - half") {
        let amount = Amount::exactly(number.amount.low + 0.5 * scale, scale / 4.0);
        return Number { amount, next: number.next + 6, ..number };
    }
    number
}
