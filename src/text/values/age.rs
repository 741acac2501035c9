//! Ages: "34-year-old", "aged 58", ", 58,", "in his forties".
//!
//! Must never take a figure of a list for an age. Invariant: an age is in years.

use super::amount::Amount;
use super::number::{self, Number};
use super::reading::{Found, Reading};
use super::unit;
use super::words::{Pieces, Shape};
use super::{AgeOf, ValueKind, noun};

/// "34-year-old", "95 years old", "18- to 24-year-olds", "six-month-old".
pub(super) fn age(pieces: &Pieces<'_>, number: Number) -> Option<Found> {
    let joint = usize::from(pieces.hyphen(number.next));
    let (unit, at) = unit::written(pieces, number.next + joint)?;
    let joint = usize::from(pieces.hyphen(at));
    let old = matches!(pieces.lower(at + joint), "old" | "olds") || pieces.phrase(at, "of age");
    let years = unit.months()? / 12.0;
    let next = if pieces.phrase(at, "of age") { at + 2 } else { at + joint + 1 };
    let of = if pieces.lower(next - 1) == "olds" { AgeOf::Person } else { AgeOf::Anything };
    old.then(|| Found::new(ValueKind::Age { years: number.amount.times(years), of }, next))
}

/// ", 58," after a name or a noun: an age.
pub(super) fn appositive(pieces: &Pieces<'_>, index: usize, number: Number) -> Option<Found> {
    let years = number.small().filter(|years| (1..=115).contains(years))?;
    let words = number.form == number::Form::Words && years > 17;
    let plain = words
        || (pieces.is(index, Shape::Figure) && number.next == index + 1 && !pieces.get(index)?.text.contains('.'));
    let person = pieces.before(index, 1) == ","
        && index >= 2
        && pieces.is(index - 2, Shape::Word)
        && super::date::month(pieces.before(index, 2)).is_none();
    let name = index >= 2 && pieces.capital(index - 2);
    let word = pieces.lower(number.next);
    let closed = matches!(word, "," | ";" | ":" | ")" | "–" | "—") || (name && matches!(word, "" | "."));
    let goes_on = name
        && matches!(
            word,
            "who" | "whose" | "from" | "of" | "said" | "told" | "and" | "was" | "has" | "is" | "added" | "an" | "a"
        );
    let aged = plain && person && (closed || goes_on);
    aged.then(|| Found::new(ValueKind::Age { years: Amount::whole(years), of: AgeOf::Person }, number.next))
}

/// "aged 58", "age 7", "in his forties", "in their 70s".
pub(super) fn in_words(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let start = pieces.any_phrase(
        index,
        &["aged", "at the age of", "age of", "ages", "age", "turned", "turns", "was aged", "is aged"],
    );
    if let Some(start) = start {
        let number = from_to(pieces, start).or_else(|| number::range(pieces, start))?;
        let turned = pieces.lower(index).starts_with("turn");
        let bare = unit::written(pieces, number.next).is_none() && !noun::counts(pieces, number.next);
        let plausible = number.amount.high <= if turned { 110.0 } else { 130.0 }
            && number.amount.low > 0.0
            && (!turned || (bare && number.amount.low > 9.0));
        let kind = ValueKind::Age { years: number.amount, of: AgeOf::Person };
        return (plausible && bare).then(|| Found::new(kind, number.next));
    }
    child_under(pieces, index).or_else(|| in_his_forties(pieces, index))
}

/// "from 4 to 81", after "aged".
fn from_to(pieces: &Pieces<'_>, start: usize) -> Option<Number> {
    let first = (pieces.lower(start) == "from").then(|| number::number(pieces, start + 1)).flatten()?;
    let second = (pieces.lower(first.next) == "to").then(|| number::number(pieces, first.next + 1)).flatten()?;
    let ascends = first.amount.high < second.amount.low;
    ascends.then(|| Number { amount: first.amount.to(second.amount), ..second })
}

/// "children under five", "anyone over 70": the number alone, its bound stands before it.
fn child_under(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let persons = [
        "child",
        "children",
        "people",
        "adults",
        "those",
        "men",
        "women",
        "anyone",
        "boys",
        "girls",
        "everyone",
        "residents",
        "pupils",
    ];
    let bound = matches!(pieces.before(index, 1), "under" | "over" | "above" | "below")
        && persons.contains(&pieces.before(index, 2));
    let number = number::number(pieces, index).filter(|number| bound && number.amount.high < 110.0)?;
    let bare = !pieces.is(number.next, Shape::Word) || noun::is_stop(pieces.lower(number.next));
    bare.then(|| Found::new(ValueKind::Age { years: number.amount, of: AgeOf::Person }, number.next))
}

/// "My mother is 88", "who was 61", "Ada Pell was 27": an age after a verb of being with a person for its subject.
pub(super) fn predicate(pieces: &Pieces<'_>, index: usize, number: Number) -> Option<Found> {
    let years = number.small().filter(|years| (1..=115).contains(years))?;
    let persons = " he she who mother father wife husband son daughter brother sister grandmother grandfather mum dad mom i baby ";
    let person = |word: &str| !word.is_empty() && persons.contains(&format!(" {word} "));
    let nouns = ["man", "woman", "boy", "girl", "teenager", "pensioner", "widow", "mother", "father"];
    let of = pieces.before(index, 1) == "of"
        && nouns.contains(&pieces.before(index, 2))
        && (pieces.is(index, Shape::Figure) || years > 12);
    let placed = matches!(pieces.before(index, 4), "in" | "at" | "of" | "for" | "from" | "on" | "to");
    let name = index >= 3 && pieces.capital(index - 2) && pieces.capital(index - 3) && !placed;
    let being = matches!(pieces.before(index, 1), "is" | "was" | "am") && (person(pieces.before(index, 2)) || name);
    let short =
        matches!(pieces.before(index, 1), "he's" | "she's" | "i'm" | "mother's" | "father's" | "mum's" | "dad's");
    let ends =
        matches!(pieces.lower(number.next), "" | "." | "," | ";" | "and" | "when" | "”" | "’" | "but" | "\"" | ":");
    ((being || short || of) && ends)
        .then(|| Found::new(ValueKind::Age { years: Amount::whole(years), of: AgeOf::Person }, number.next))
}

fn in_his_forties(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    const TENS: [(&str, u32); 8] = [
        ("teens", 10),
        ("twenties", 20),
        ("thirties", 30),
        ("forties", 40),
        ("fifties", 50),
        ("sixties", 60),
        ("seventies", 70),
        ("eighties", 80),
    ];
    let whose = pieces.lower(index) == "in" && matches!(pieces.lower(index + 1), "his" | "her" | "their" | "its");
    let part = match pieces.lower(index + 2) {
        "early" => Some((0.0, 3.0)),
        "mid" | "middle" => Some((4.0, 6.0)),
        "late" => Some((7.0, 9.0)),
        _ => None,
    };
    let at = index + 2 + usize::from(part.is_some()) + usize::from(part.is_some() && pieces.lower(index + 3) == "-");
    let figures = pieces.get(at).filter(|piece| {
        piece.shape == Shape::Figure && pieces.glued(at + 1) && matches!(pieces.lower(at + 1), "s" | "'s")
    });
    let (tens, next) = match figures {
        Some(piece) => (piece.text.parse::<u32>().ok().filter(|tens| tens % 10 == 0 && *tens < 120)?, at + 2),
        None if pieces.lower(at) == "nineties" => (90, at + 1),
        None => (TENS.iter().find(|(word, _)| *word == pieces.lower(at))?.1, at + 1),
    };
    let (low, high) = part.unwrap_or((0.0, 9.0));
    let years = Amount { low: f64::from(tens) + low, high: f64::from(tens) + high, step: 1.0, vague: false };
    whose.then(|| Found::new(ValueKind::Age { years, of: AgeOf::Person }, next))
}
