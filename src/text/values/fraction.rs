//! Parts of a whole and places in an order: "a third", "one in six", "14 of the 40", "second".
//!
//! Must never decide whether two parts are of one whole. Invariant: a share lies above 0.

use super::amount::Amount;
use super::number::{self, Number};
use super::reading::{Found, Reading};
use super::unit;
use super::words::{Pieces, Shape};
use super::{RatioForm, ValueKind};

/// The ratio, or the fraction of a unit ("half an hour"), that begins at `index`.
pub(super) fn ratio(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    named(pieces, index).or_else(|| out_of(pieces, index)).or_else(|| of_the(pieces, index))
}

/// The denominators of fractions in words.
fn denominator(word: &str) -> Option<(f64, bool)> {
    const WORDS: [(&str, f64); 13] = [
        ("half", 2.0),
        ("third", 3.0),
        ("quarter", 4.0),
        ("fourth", 4.0),
        ("fifth", 5.0),
        ("sixth", 6.0),
        ("seventh", 7.0),
        ("eighth", 8.0),
        ("ninth", 9.0),
        ("tenth", 10.0),
        ("twelfth", 12.0),
        ("twentieth", 20.0),
        ("hundredth", 100.0),
    ];
    if word == "halves" {
        return Some((2.0, true));
    }
    let single = word.strip_suffix('s').unwrap_or(word);
    let plural = single.len() < word.len();
    WORDS.iter().find(|(name, _)| *name == single).map(|(_, parts)| (*parts, plural))
}

/// "a third", "two-thirds", "half", "three quarters", "halfway".
fn named(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let word = pieces.lower(index);
    if matches!(word, "halfway" | "midway") {
        return Some(share(Amount::exactly(0.5, 0.05), index + 1));
    }
    if word == "half" {
        return half(pieces, index);
    }
    // "the million and a half"
    if pieces.before(index, 1) == "and" && pieces.lower(index + 1) == "half" {
        return None;
    }
    if matches!(word, "a" | "one") && pieces.lower(index + 1) == "half" {
        return half(pieces, index + 1);
    }
    let (count, at) = match word {
        "a" | "an" | "one" => (1.0, index + 1),
        "the" => return None,
        _ => {
            let number = number::number(pieces, index)?;
            (f64::from(number.small().filter(|count| *count < 20)?), number.next)
        }
    };
    let joint = usize::from(pieces.hyphen(at));
    let (parts, plural) = denominator(pieces.lower(at + joint))?;
    let next = at + joint + 1;
    if plural != (count > 1.0) || count >= parts {
        return None;
    }
    // "a third ambulance" is one more; "a third of", "a third open" and "by a third" are parts.
    let quarter_or_more = plural || parts == 4.0 && word != "the" && pieces.lower(at + joint) == "quarter";
    (quarter_or_more || joint == 1 || part_follows(pieces, index, next))
        .then(|| of_unit(pieces, Amount::exactly(count / parts, 0.01), next))
}

fn part_follows(pieces: &Pieces<'_>, index: usize, next: usize) -> bool {
    let word = pieces.lower(next);
    let ends = !pieces.is(next, Shape::Word);
    let followers = [
        "open", "full", "empty", "more", "less", "fewer", "higher", "lower", "cheaper", "larger", "smaller", "bigger",
        "complete", "finished", "owned", "closed", "shut",
    ];
    // "a seventh, a teacher" is one more; "cut by a third." is a part.
    let led = matches!(
        pieces.before(index, 1),
        "by" | "than"
            | "about"
            | "nearly"
            | "almost"
            | "roughly"
            | "over"
            | "to"
            | "of"
            | "only"
            | "just"
            | "under"
            | "around"
    );
    (ends && (led || word == ".")) || super::noun::is_stop(word) || followers.contains(&word)
}

fn half(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let before = pieces.before(index, 1);
    let next = index + 1;
    if let Some((unit, end)) = (pieces.hyphen(next)).then(|| unit::written(pieces, next + 1)).flatten() {
        return Some(in_unit(Amount::exactly(0.5, 0.5), unit, end));
    }
    if matches!(before, "first" | "second" | "other" | "time" | "better" | "latter" | "another") || pieces.hyphen(next)
    {
        return None;
    }
    if matches!(
        pieces.lower(next),
        "past" | "time" | "term" | "brother" | "sister" | "price" | "hour" | "mile" | "century"
    ) && !matches!(pieces.lower(next), "price")
    {
        let unit = unit::written(pieces, next);
        return unit.map(|(unit, next)| in_unit(Amount::exactly(0.5, 0.5), unit, next));
    }
    let follows = matches!(
        pieces.lower(next),
        "of" | "the" | "a" | "an" | "its" | "his" | "her" | "their" | "our" | "all" | "that" | "as" | "those" | "way"
    );
    let compared = matches!(
        before,
        "than" | "about" | "nearly" | "almost" | "roughly" | "by" | "a" | "least" | "over" | "around" | "in" | "under"
    );
    // "halves" of a game or an idiom ("in half") say nothing about a share.
    (follows || (compared && before != "in" && part_follows(pieces, index, next)))
        .then(|| of_unit(pieces, Amount::exactly(0.5, 0.01), next))
}

fn share(amount: Amount, next: usize) -> Found {
    Found::new(ValueKind::Ratio { share: amount, form: RatioForm::Share }, next)
}

/// A fraction, or a measure where a unit follows ("half a mile", "three quarters of an hour").
fn of_unit(pieces: &Pieces<'_>, part: Amount, next: usize) -> Found {
    let of = next + usize::from(pieces.lower(next) == "of");
    if matches!(pieces.lower(of), "a" | "an") {
        let scale = match pieces.lower(of + 1) {
            "million" => Some(1e6),
            "billion" => Some(1e9),
            "dozen" => Some(12.0),
            _ => None,
        };
        if let Some(scale) = scale {
            let kind = ValueKind::Count {
                amount: Amount::exactly(part.low * scale, 1.0),
                of: super::noun::after(pieces, of + 2),
            };
            return Found::new(kind, of + 2);
        }
        if let Some((unit, end)) = unit::written(pieces, of + 1) {
            return in_unit(Amount::exactly(part.low, part.low), unit, end);
        }
    }
    share(part, next)
}

fn in_unit(amount: Amount, unit: &'static unit::Unit, next: usize) -> Found {
    Found::new(super::quantity::in_unit(amount, unit), next)
}

/// "one in six", "nine out of 10", "one case in ten", "two in every five".
fn out_of(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let part = number::number(pieces, index)?;
    let count = part.small().filter(|count| (1..100).contains(count))?;
    // "one case in ten", "seven malaria cases in ten".
    let plain = |at: usize| pieces.is(at, Shape::Word) && !super::noun::is_stop(pieces.lower(at));
    let nouns = if count < 10 { (0..2).take_while(|skip| plain(part.next + skip)).count() } else { 0 };
    let phrases = ["out of every", "out of", "in every", "of every", "in"];
    let at = pieces.any_phrase(part.next + nouns, &phrases)?;
    let out = matches!(pieces.lower(part.next + nouns), "out" | "of") || pieces.lower(at - 1) == "every";
    let noun = nouns.min(1);
    let whole = number::number(pieces, at)?;
    let total = whole.small().filter(|total| *total > count && *total <= 100_000)?;
    let year = pieces.is(at, Shape::Figure) && (1000..2200).contains(&total) && !out;
    let measured =
        unit::written(pieces, whole.next).is_some() || matches!(pieces.lower(whole.next), "per" | "percent" | "%");
    let counted = (noun == 1 || count > 9 || total < 3) && !out && super::noun::counts(pieces, whole.next);
    if year || measured || counted {
        return None;
    }
    let form = if noun == 1 && pieces.lower(part.next + nouns) == "out" && pieces.lower(at - 1) == "of" {
        RatioForm::Of(part.amount, whole.amount)
    } else {
        RatioForm::InEvery(part.amount, whole.amount)
    };
    Some(of_whole(part, whole, form))
}

fn of_whole(part: Number, whole: Number, form: RatioForm) -> Found {
    let share = Amount::exactly(part.amount.low / whole.amount.low, 0.005);
    Found::new(ValueKind::Ratio { share, form }, whole.next)
}

/// "14 of the 40 posts", "30 of its 90 degrees", "12 of the department's 40".
fn of_the(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let part = number::number(pieces, index).filter(|number| !number.amount.vague)?;
    if pieces.lower(part.next) != "of" {
        return None;
    }
    let determiners =
        ["the", "its", "his", "her", "their", "our", "those", "these", "all", "my", "some", "at", "least", "about"];
    for at in part.next + 1..part.next + 6 {
        if let Some(whole) =
            number::number(pieces, at).filter(|number| !number.amount.vague && !matches!(pieces.lower(at), "a" | "an"))
        {
            let larger = whole.amount.low > part.amount.low && whole.amount.is_point() && part.amount.is_point();
            return larger.then(|| of_whole(part, whole, RatioForm::Of(part.amount, whole.amount)));
        }
        let word = pieces.lower(at);
        let goes_on = pieces.is(at, Shape::Word)
            && word != "every"
            && (determiners.contains(&word) || word == "of" || pieces.capital(at) || !super::noun::is_stop(word));
        if !goes_on {
            return None;
        }
    }
    None
}

/// Ordinal words from the first to the twentieth.
static RANKS: [&str; 20] = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
];

/// Cardinal and ordinal tens, from 20.
static TENS: [&str; 16] = [
    "twenty",
    "twentieth",
    "thirty",
    "thirtieth",
    "forty",
    "fortieth",
    "fifty",
    "fiftieth",
    "sixty",
    "sixtieth",
    "seventy",
    "seventieth",
    "eighty",
    "eightieth",
    "ninety",
    "ninetieth",
];

/// The place in an order that the words from `index` name ("second", "twenty-first", "21st"), and the piece after them.
pub(super) fn rank(pieces: &Pieces<'_>, index: usize) -> Option<(u32, usize)> {
    let word = pieces.lower(index);
    if pieces.is(index, Shape::Figure) {
        let suffix = matches!(pieces.lower(index + 1), "st" | "nd" | "rd" | "th") && pieces.glued(index + 1);
        return pieces.get(index)?.text.parse().ok().filter(|_| suffix).map(|rank| (rank, index + 2));
    }
    if !["st", "nd", "rd", "th", "ty"].iter().any(|ending| word.ends_with(ending)) {
        return None;
    }
    let place = |list: &[&str], word: &str| list.iter().position(|known| *known == word);
    if let Some(rank) = place(&RANKS, word).and_then(|place| u32::try_from(place + 1).ok()) {
        return Some((rank, index + 1));
    }
    let tens = place(&TENS, word).and_then(|place| u32::try_from(place).ok())?;
    if tens % 2 == 1 {
        return Some((tens / 2 * 10 + 20, index + 1));
    }
    let unit = place(&RANKS, pieces.lower(index + 2)).filter(|unit| *unit < 9 && pieces.hyphen(index + 1))?;
    Some((tens / 2 * 10 + 21 + u32::try_from(unit).ok()?, index + 3))
}

/// A place in an order with what is put in order: "a second ambulance", "the 21st race".
pub(super) fn ordinal(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (rank, next) = rank(pieces, index)?;
    let before = pieces.before(index, 1);
    // Names ("Second Avenue", "the Third Army") begin with capitals on both sides.
    let name = pieces.capital(index) && pieces.capital(next) && pieces.is(next, Shape::Word);
    let idiom = rank == 1
        && (matches!(before, "at" | "," | "")
            || matches!(pieces.lower(next), "of" | "minister" | "lady" | "and" | "time"));
    let of_time = rank == 2 && matches!(before, "split" | "per" | "every" | "each");
    let superlative = pieces.hyphen(next);
    let led =
        matches!(before, "the" | "a" | "its" | "his" | "her" | "their" | "our" | "my" | "'s" | "this" | "another")
            || before.ends_with("'s");
    let half = (pieces.lower(next) == "half").then(|| "half".to_string());
    let mut noun = half.or_else(|| super::noun::single(pieces, next));
    if matches!(noun.as_deref(), Some("hand" | "thought" | "place")) && rank < 3 {
        noun = None;
    }
    let shown = noun.is_some() || (rank > 1 && (led || !pieces.is(next, Shape::Word)));
    let wanted = shown && !name && !idiom && !of_time && (rank > 1 || led) && !(superlative && rank == 1);
    wanted.then(|| Found::new(ValueKind::Ordinal { rank, of: noun }, next))
}
