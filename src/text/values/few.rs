//! Words that count without a number: "no one", "the only", "both", "twice", "doubled".
//!
//! Must never take an idiom for a count ("no longer", "no doubt"). Invariant: none is its own kind of value and no count of 0.

use super::amount::Amount;
use super::reading::{Found, Reading};
use super::words::{Pieces, Shape};
use super::{ValueKind, noun};

/// "the only person", "twice", "both sides".
pub(super) fn sole(pieces: &Pieces<'_>, index: usize) -> Option<Found> {
    let count = |number: u32, of: Option<String>, next: usize| {
        Some(Found::new(ValueKind::Count { amount: Amount::whole(number), of }, next))
    };
    match pieces.lower(index) {
        "a" if pieces.lower(index + 1) == "single" && !matches!(pieces.before(index, 1), "not") => {
            let status = matches!(
                pieces.lower(index + 2),
                "mother" | "mum" | "mom" | "father" | "dad" | "parent" | "market" | "currency"
            );
            noun::single(pieces, index + 2).filter(|_| !status).and_then(|of| count(1, Some(of), index + 2))
        }
        "doubled" | "doubling" => count(2, Some("time".to_string()), index + 1),
        "tripled" | "tripling" | "trebled" | "trebling" => count(3, Some("time".to_string()), index + 1),
        "quadrupled" | "quadrupling" => count(4, Some("time".to_string()), index + 1),
        "twice" => count(2, Some("time".to_string()), index + 1),
        "thrice" => count(3, Some("time".to_string()), index + 1),
        "trio" => count(3, None, index + 1),
        "the" if matches!(pieces.lower(index + 1), "only" | "sole") => {
            let one = usize::from(pieces.lower(index + 2) == "one");
            noun::single(pieces, index + 2 + one).and_then(|of| count(1, Some(of), index + 2 + one))
        }
        "a" if pieces.phrase(index, "a pair of") => count(2, noun::after(pieces, index + 3), index + 3),
        "both" => {
            let of = pieces
                .any_phrase(index + 1, &["of the", "of his", "of her", "of its", "of their", "the"])
                .unwrap_or(index + 1);
            let joined = (index + 1..index + 4).any(|at| pieces.lower(at) == "and");
            noun::after(pieces, of)
                .filter(|_| !joined && noun::counts(pieces, of))
                .and_then(|noun| count(2, Some(noun), index + 1))
        }
        _ => None,
    }
}

/// "no one", "nobody", "none", "no injuries".
pub(super) fn none_of(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let person = || Some("person".to_string());
    let (of, next) = match pieces.lower(index) {
        "nobody" => (person(), index + 1),
        "none" => (noun_of_none(pieces, index + 1), index + 1),
        "no" if pieces.phrase(index, "no one") => (person(), index + 2),
        "no" if pieces.phrase(index, "no - one") => (person(), index + 3),
        "not" if matches!(pieces.lower(index + 1), "one" | "a") && pieces.lower(index + 2) == "single" => {
            (noun::single(pieces, index + 3), index + 3)
        }
        "not" if pieces.lower(index + 1) == "one" => {
            (Some(noun::single(pieces, index + 2).filter(|_| pieces.lower(index + 2) != "of")?), index + 2)
        }
        "no" => (no_thing(pieces, index + 1)?, index + 1),
        _ => return None,
    };
    Some(Found::new(ValueKind::NoneOf { of }, next))
}

fn noun_of_none(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    pieces
        .any_phrase(index, &["of the", "of its", "of their", "of his", "of her"])
        .and_then(|next| noun::after(pieces, next))
}

/// What "no" denies, where it denies a thing at all ("no longer" and "no," do not).
fn no_thing(pieces: &Pieces<'_>, index: usize) -> Option<Option<String>> {
    const IDIOMS: [&str; 24] = [
        "longer",
        "more",
        "matter",
        "doubt",
        "way",
        "sense",
        "less",
        "fewer",
        "later",
        "sooner",
        "means",
        "stranger",
        "good",
        "better",
        "worse",
        "wonder",
        "point",
        "idea",
        "further",
        "other",
        "such",
        "vote",
        "confidence",
        "reason",
    ];
    let word = pieces.lower(index);
    let thing = pieces.is(index, Shape::Word) && !noun::is_stop(word) && !IDIOMS.contains(&word);
    thing.then(|| noun::after(pieces, index).or_else(|| noun::single(pieces, index)))
}
