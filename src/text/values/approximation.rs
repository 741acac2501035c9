//! Words before and after a value that say how exact it is.
//!
//! Must never look at the value itself. Invariant: of several such words the one nearest the value counts.

use std::sync::LazyLock;

use foldhash::HashMap;

use super::words::Pieces;

/// How exactly a value was stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Approximation {
    /// As it stands.
    Exact,
    /// "about", "some", "around", "or so".
    About,
    /// "at least", "no fewer than", "or more".
    AtLeast,
    /// "more than", "over", "upwards of".
    MoreThan,
    /// "just over", "a shade over".
    JustOver,
    /// "nearly", "almost", "just under", "the best part of".
    Nearly,
    /// "up to", "as many as", "no more than".
    AtMost,
    /// "less than", "fewer than", "under".
    LessThan,
}

use Approximation::{About, AtLeast, AtMost, JustOver, LessThan, MoreThan, Nearly};

static BEFORE: [(&[&str], Approximation); 7] = [
    (
        &[
            "or roughly",
            "or about",
            "about",
            "around",
            "roughly",
            "approximately",
            "approx",
            "some",
            "circa",
            "ca",
            "something like",
            "in the region of",
            "an estimated",
            "estimated",
            "barely",
            "or so",
            "somewhere around",
            "more or less",
            "on the order of",
            "at about",
            "at around",
        ],
        About,
    ),
    (
        &[
            "at least",
            "no fewer than",
            "no less than",
            "not fewer than",
            "not less than",
            "a minimum of",
            "minimum of",
            "at the very least",
            "at a minimum",
        ],
        AtLeast,
    ),
    (
        &[
            "more than",
            "over",
            "above",
            "in excess of",
            "upwards of",
            "upward of",
            "north of",
            "well over",
            "better than",
            "greater than",
            "longer than",
            "older than",
            "higher than",
            "larger than",
            "much more than",
            "well above",
            "exceeding",
            "surpassing",
            "far more than",
        ],
        MoreThan,
    ),
    (
        &[
            "just over",
            "a little over",
            "slightly more than",
            "slightly over",
            "a shade over",
            "just above",
            "a little more than",
            "little more than",
            "just more than",
            "a bit more than",
            "a bit over",
            "a fraction over",
            "only just over",
            "a shade more than",
        ],
        JustOver,
    ),
    (
        &[
            "nearly",
            "almost",
            "close to",
            "just under",
            "just short of",
            "a little under",
            "slightly less than",
            "approaching",
            "not quite",
            "the best part of",
            "the better part of",
            "just below",
            "getting on for",
            "slightly under",
            "a shade under",
            "just less than",
            "a little less than",
            "a shade less than",
            "virtually",
            "practically",
        ],
        Nearly,
    ),
    (
        &[
            "up to",
            "as many as",
            "as much as",
            "no more than",
            "not more than",
            "at most",
            "a maximum of",
            "maximum of",
            "at the most",
            "as high as",
            "as few as",
            "capped at",
        ],
        AtMost,
    ),
    (
        &[
            "less than",
            "fewer than",
            "under",
            "below",
            "lower than",
            "smaller than",
            "younger than",
            "well under",
            "far fewer than",
            "far less than",
        ],
        LessThan,
    ),
];

static AFTER: [(&[&str], Approximation); 4] = [
    (&["or so", "or thereabouts", "give or take", "- odd", "or thereabout", "more or less", "approximately"], About),
    (
        &[
            "at the very least",
            "at least",
            "at the least",
            "or more",
            "or longer",
            "or older",
            "or over",
            "- plus",
            "or above",
            "and over",
            "and above",
            "minimum",
            "and counting",
        ],
        AtLeast,
    ),
    (
        &[
            "at most",
            "at the most",
            "or less",
            "or fewer",
            "or under",
            "or younger",
            "maximum",
            "at the very most",
            "or below",
        ],
        AtMost,
    ),
    (&["or nearly so"], Nearly),
];

/// Phrases by their first word.
type Phrases = HashMap<&'static str, Vec<(&'static str, Approximation)>>;

static FIRST_BEFORE: LazyLock<Phrases> = LazyLock::new(|| by_first_word(&BEFORE));
static FIRST_AFTER: LazyLock<Phrases> = LazyLock::new(|| by_first_word(&AFTER));

fn by_first_word(table: &[(&[&'static str], Approximation)]) -> Phrases {
    let mut phrases = Phrases::default();
    for (list, approximation) in table {
        for phrase in *list {
            let first = phrase.split(' ').next().unwrap_or(phrase);
            phrases.entry(first).or_default().push((phrase, *approximation));
        }
    }
    phrases
}

/// The first words of everything that may stand before a value.
pub(super) fn first_words() -> impl Iterator<Item = &'static str> {
    FIRST_BEFORE.keys().copied()
}

fn longest(pieces: &Pieces<'_>, index: usize, phrases: &Phrases) -> Option<(Approximation, usize)> {
    let list = phrases.get(pieces.lower(index))?;
    let found = list.iter().filter_map(|(phrase, found)| Some((*found, pieces.after_phrase(index, phrase)?)));
    found.max_by_key(|(_, next)| *next)
}

/// The approximation that the words from `index` state, and the piece where the value itself begins.
pub(super) fn before(pieces: &Pieces<'_>, index: usize) -> Option<(Approximation, usize)> {
    longest(pieces, index, &FIRST_BEFORE)
}

/// The approximation that the words after a value state, and the piece after them.
pub(super) fn after(pieces: &Pieces<'_>, index: usize) -> Option<(Approximation, usize)> {
    if pieces.lower(index) == "+" && pieces.glued(index) {
        return Some((AtLeast, index + 1));
    }
    longest(pieces, index, &FIRST_AFTER)
}

/// Words before a time of day that say on which side of it something fell.
pub(super) fn before_time(pieces: &Pieces<'_>, index: usize) -> Option<(Approximation, usize)> {
    const TIMES: [(&str, Approximation); 9] = [
        ("shortly before", Nearly),
        ("just before", Nearly),
        ("a little before", Nearly),
        ("shortly after", JustOver),
        ("just after", JustOver),
        ("soon after", JustOver),
        ("a little after", JustOver),
        ("before", LessThan),
        ("after", MoreThan),
    ];
    pieces.first_of(index, &TIMES, |time| time.0).map(|((_, kind), next)| (*kind, next))
}
