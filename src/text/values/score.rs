//! Results: "2-1", "three–nil", "by five to four", "141 votes to 98".
//!
//! Must never take a range or a date for a result. Invariant: both numbers are below 1,000.

use super::ValueKind;
use super::number;
use super::reading::{Found, Reading};
use super::words::{Pieces, Shape};

/// The result that begins at `index`.
pub(super) fn score(reading: &Reading<'_>, index: usize) -> Option<Found> {
    let pieces = &reading.pieces;
    let (first, second, next) =
        figures(pieces, index).or_else(|| words(pieces, index)).or_else(|| votes(pieces, index))?;
    Some(Found::new(ValueKind::Score { first, second }, next))
}

/// Whether a result in figures begins at `index`, beside words of winning and losing.
pub(super) fn is_result(pieces: &Pieces<'_>, index: usize) -> bool {
    figures(pieces, index).is_some_and(|(_, _, next)| contest(pieces, index, next))
}

/// Verbs and nouns of winning and losing; with one of them near, the smaller number may come first.
fn contest(pieces: &Pieces<'_>, index: usize, next: usize) -> bool {
    let stems = [
        "won",
        "win",
        "lost",
        "lose",
        "losing",
        "beat",
        "defeat",
        "drew",
        "draw",
        "score",
        "led",
        "lead",
        "victor",
        "aggregate",
        "tied",
        "ahead",
        "trail",
        "thrash",
        "hammer",
        "crush",
        "vote",
        "voted",
        "ruled",
        "penalt",
        "equal",
        "downed",
        "edged",
        "final",
    ];
    let near = |word: &str| stems.iter().any(|stem| word.starts_with(stem));
    (1..=6).map(|back| pieces.before(index, back)).any(near) || (0..5).map(|ahead| pieces.lower(next + ahead)).any(near)
}

fn figures(pieces: &Pieces<'_>, index: usize) -> Option<(u32, u32, usize)> {
    let whole = |at: usize| {
        let piece = pieces.get(at).filter(|piece| piece.shape == Shape::Figure && piece.text.len() <= 3)?;
        piece.text.parse::<u32>().ok()
    };
    let dash =
        matches!(pieces.lower(index + 1), "-" | "–" | "‑" | "‒") && pieces.glued(index + 1) && pieces.glued(index + 2);
    let first = whole(index)?;
    let second = whole(index + 2).filter(|_| dash)?;
    let next = index + 3;
    let signed = index > 0 && matches!(pieces.before(index, 1), "£" | "$" | "€");
    let glued = pieces.glued(next) && (pieces.is(next, Shape::Word) || matches!(pieces.lower(next), "-" | "%" | "–"));
    let compared = contest(pieces, index, next);
    if signed || glued || (!compared && (second > first || first > 99 || super::noun::counts(pieces, next))) {
        return None;
    }
    // "won 3-1 in the final": after a result "in" is no inch.
    let inch = pieces.lower(next) == "in" && compared;
    let measured =
        super::unit::written(pieces, next).is_some() && !inch || matches!(pieces.lower(next), "percent" | "per");
    (!measured).then_some((first, second, next))
}

fn words(pieces: &Pieces<'_>, index: usize) -> Option<(u32, u32, usize)> {
    let goals = |at: usize| match pieces.lower(at) {
        "nil" | "love" | "zero" => Some(0),
        _ => number::number(pieces, at)
            .filter(|number| number.next == at + 1 && number.form == number::Form::Words)?
            .small()
            .filter(|goals| *goals < 21),
    };
    let first = goals(index)?;
    let dash = matches!(pieces.lower(index + 1), "-" | "–") && pieces.glued(index + 1) && pieces.glued(index + 2);
    let second = if pieces.lower(index + 2) == "all" { Some(first) } else { goals(index + 2) };
    second.filter(|second| dash && (first < 20 || *second == 0)).map(|second| (first, second, index + 3))
}

/// "by five to four", "by 141 votes to 98", "two goals to one".
fn votes(pieces: &Pieces<'_>, index: usize) -> Option<(u32, u32, usize)> {
    let first = number::number(pieces, index)?;
    let noun =
        usize::from(matches!(pieces.lower(first.next), "votes" | "goals" | "points" | "games" | "sets" | "frames"));
    let near = (1..=3).any(|back| pieces.before(index, back) == "from");
    let led = noun == 1 || pieces.before(index, 1) == "by" || (!near && first.form == number::Form::Figures);
    let at = first.next + noun;
    let to = matches!(pieces.lower(at), "to" | "against") || (pieces.hyphen(at) && pieces.phrase(at + 1, "to -"));
    let second = number::number(pieces, at + 1).filter(|_| led && to)?;
    let (first, count) = (first.small()?, second.small()?);
    let clock = matches!(pieces.lower(second.next), "am" | "pm" | "o'clock");
    (first >= count && first < 1000 && !clock && !super::noun::counts(pieces, second.next)).then_some((
        first,
        count,
        second.next,
    ))
}
