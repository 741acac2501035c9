//! Goes through a sentence once and asks every recogniser in turn.
//!
//! Must never decide what a value is. Invariant: each piece of the sentence is begun from at most once, and every recogniser
//! looks a bounded number of pieces ahead and back, so that the work is linear in the text.

use std::sync::LazyLock;

use foldhash::HashSet;
use jiff::civil::{Date, DateTime};

use super::approximation::{self, Approximation};
use super::words::{Pieces, Shape};
use super::{
    Period, Value, ValueKind, age, clock, date, feast, few, fraction, money, quantity, relative_date, score, start,
};
use crate::text::ByteSpan;

/// What every recogniser reads: the sentence and the day its article was published.
#[derive(Debug)]
pub(super) struct Reading<'t> {
    /// The sentence.
    pub pieces: Pieces<'t>,
    /// The day of publication.
    pub published: Option<Date>,
}

/// A value found by a recogniser, and the piece after it.
#[derive(Debug)]
pub(super) struct Found {
    /// What it is.
    pub kind: ValueKind,
    /// The period of a rate.
    pub per: Option<Period>,
    /// The approximation that stands inside or after it.
    pub approximation: Option<Approximation>,
    /// The piece after the value proper.
    pub core: usize,
    /// The piece after all that belongs to it.
    pub next: usize,
}

impl Found {
    /// A value that ends before `next`.
    pub fn new(kind: ValueKind, next: usize) -> Self {
        Self { kind, per: None, approximation: None, core: next, next }
    }
}

/// Every value mentioned in `within` of `content`, left to right and not overlapping. `published` is the day (and hour) the
/// article was published: weekdays and words like "yesterday" count from it. A span that is not one of the content's has no
/// values.
pub fn values(content: &str, within: ByteSpan, published: Option<DateTime>) -> Vec<Value> {
    let reading = Reading { pieces: Pieces::new(content, within), published: published.map(DateTime::date) };
    let mut values = reading.all(start::may_begin);
    // Most sentences have one or two, and all are kept.
    values.shrink_to_fit();
    values
}

impl Reading<'_> {
    /// Every value that begins at a piece of which `may_begin` holds.
    pub fn all(&self, may_begin: impl Fn(&Pieces<'_>, usize) -> bool) -> Vec<Value> {
        let mut found = Vec::new();
        let mut index = 0;
        while index < self.pieces.len() {
            let next = if may_begin(&self.pieces, index) { self.begun(index, &mut found) } else { None };
            index = next.unwrap_or(index + 1).max(index + 1);
        }
        found
    }

    /// The piece after the label or the value that begins at `index`; the value is added to `found`.
    fn begun(&self, index: usize, found: &mut Vec<Value>) -> Option<usize> {
        if let Some(next) = label(&self.pieces, index) {
            return Some(next);
        }
        let (value, next) = value_at(self, index)?;
        found.push(value);
        Some(next)
    }
}

/// The value that begins at `index`, with the words of approximation before it.
fn value_at(reading: &Reading<'_>, index: usize) -> Option<(Value, usize)> {
    let pieces = &reading.pieces;
    if let Some((approximation, start)) = approximation::before_time(pieces, index)
        && let Some(found) = clock::time(reading, start)
    {
        return Some(made(reading, (index, start), Some(approximation), found));
    }
    if let Some((mut approximation, mut start)) = approximation::before(pieces, index) {
        if let Some((nearer, further)) = approximation::before(pieces, start) {
            (approximation, start) = (nearer, further);
        }
        if label(pieces, start).is_none()
            && let Some(found) = recognised(reading, start)
        {
            return Some(made(reading, (index, start), Some(approximation), found));
        }
    }
    let found = recognised(reading, index)?;
    Some(made(reading, (index, index), None, found))
}

fn recognised(reading: &Reading<'_>, index: usize) -> Option<Found> {
    date::date(reading, index)
        .or_else(|| feast::feast(reading, index))
        .or_else(|| relative_date::relative(reading, index))
        .or_else(|| clock::time(reading, index))
        .or_else(|| clock::lone_part(reading, index))
        .or_else(|| age::in_words(reading, index))
        .or_else(|| money::money(reading, index))
        .or_else(|| score::score(reading, index))
        .or_else(|| fraction::ratio(reading, index))
        .or_else(|| quantity::quantity(reading, index))
        .or_else(|| fraction::ordinal(reading, index))
        .or_else(|| few::none_of(reading, index))
}

/// Puts together a value that began at `starts.0`, its core at `starts.1`.
fn made(reading: &Reading<'_>, starts: (usize, usize), before: Option<Approximation>, found: Found) -> (Value, usize) {
    let pieces = &reading.pieces;
    let mut next = found.next.max(found.core);
    let mut approximation = before.or(found.approximation);
    if let Some((after, end)) = approximation::after(pieces, next) {
        approximation = Some(after);
        next = end;
    }
    let duration = matches!(found.kind, ValueKind::Duration { .. });
    let over = pieces.lower(starts.0) == "over" && starts.1 == starts.0 + 1;
    // "doubled over six years" says during, "for over six years" more than.
    let during = (duration && over && pieces.before(starts.0, 1) != "for") || about_one(pieces, starts, &found.kind);
    let first = if during { starts.1 } else { starts.0 };
    let value = Value {
        span: pieces.span(first, next),
        core: pieces.span(starts.1, found.core),
        kind: found.kind,
        approximation: if during { Approximation::Exact } else { approximation.unwrap_or(Approximation::Exact) },
        per: found.per,
        seen_from: reading.published,
    };
    (value, next)
}

/// "about one arm", "under one roof": before a single thing these words are prepositions.
fn about_one(pieces: &Pieces<'_>, starts: (usize, usize), kind: &ValueKind) -> bool {
    let preposition = matches!(pieces.lower(starts.0), "about" | "around" | "over" | "under" | "above" | "below");
    let one = matches!(kind, ValueKind::Count { amount, .. } if amount.is_point() && amount.low == 1.0);
    preposition && one && starts.1 == starts.0 + 1
}

/// Nouns before a number that only names its thing ("page 9", "runway 24").
static LABELS: &str = " page pages room route routes flight flights runway number no nos article section chapter phase version bus \
gate platform block issue volume part rule clause channel highway interstate junction exit zone type class lap update item \
unit apartment flat suite building form appendix paragraph verse box terminal pier lane track line lot district precinct ward \
figure table tier grade level stage boeing airbus area act psalm protocol division ";

fn is_label(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| LABELS.split_whitespace().collect());
    WORDS.contains(word)
}

/// The piece after a figure that counts nothing: a telephone number, "4-3-3", "page 9", "Flight 628", a house number, a model.
fn label(pieces: &Pieces<'_>, index: usize) -> Option<usize> {
    if !pieces.is(index, Shape::Figure) {
        return number_word_label(pieces, index);
    }
    if let Some(next) = digit_string(pieces, index) {
        return Some(next);
    }
    let before = pieces.before(index, 1);
    // "Covid-19", "KT-1": a figure that a hyphen joins to the word before it.
    let joined = index >= 2 && pieces.hyphen(index - 1) && pieces.is(index - 2, Shape::Word);
    if joined
        && !matches!(
            pieces.before(index, 2),
            "mid" | "pre" | "post" | "early" | "late" | "of" | "under" | "over" | "and" | "to" | "a" | "then"
        )
    {
        return Some(index + 1);
    }
    let plain =
        pieces.get(index).is_some_and(|piece| piece.text.len() <= 4 && piece.text.bytes().all(|b| b.is_ascii_digit()));
    let name = is_label(before)
        || (before == "." && matches!(pieces.before(index, 2), "no" | "nos") && pieces.glued(index - 1))
        || (before == "#" && pieces.glued(index));
    let unglued = !pieces.glued(index + 1) || !pieces.is(index + 1, Shape::Word);
    // "beat Orrin 3-1" numbers no Orrin.
    let result = score::is_result(pieces, index);
    let capital_name =
        index > 1 && unglued && !result && proper_before(pieces, index) && !super::noun::counts(pieces, index + 1);
    if plain && unglued && !year_like(pieces, index) && (name || capital_name || street(pieces, index + 1)) {
        // "pages 8 and 9"
        let more = matches!(pieces.lower(index + 1), "and" | "to" | "-" | "–" | "or")
            && pieces.is(index + 2, Shape::Figure)
            && before.ends_with('s');
        return Some(if more { index + 3 } else { index + 1 });
    }
    // "300F", "747s": letters after digits that are no unit; left to the recognisers where they know them.
    None
}

/// "gate two", "all but three": a number word that counts nothing of its own.
fn number_word_label(pieces: &Pieces<'_>, index: usize) -> Option<usize> {
    if pieces.any_phrase(index, &["all but"]).is_some() && super::number::number(pieces, index + 2).is_some() {
        return super::number::number(pieces, index + 2).map(|number| number.next);
    }
    let labelled = is_label(pieces.before(index, 1));
    let number = super::number::number(pieces, index).filter(|number| labelled && !number.amount.vague)?;
    let ends = !pieces.is(number.next, Shape::Word) || super::noun::is_stop(pieces.lower(number.next));
    (ends && number.amount.low < 100.0 && number.next == index + 1 && !matches!(pieces.lower(number.next), "of" | "in"))
        .then_some(number.next)
}

fn year_like(pieces: &Pieces<'_>, index: usize) -> bool {
    pieces
        .get(index)
        .is_some_and(|piece| piece.text.len() == 4 && (piece.text.starts_with("19") || piece.text.starts_with("20")))
}

/// Whether the word before is a name and no month or weekday: "Cavell 300", "Apollo 11".
fn proper_before(pieces: &Pieces<'_>, index: usize) -> bool {
    let word = pieces.before(index, 1);
    let capital = pieces.capital(index - 1) && pieces.is(index - 1, Shape::Word);
    let shouted =
        pieces.get(index - 1).is_some_and(|piece| piece.text.len() > 1 && piece.text.chars().all(char::is_uppercase));
    // In a headline every word has a capital: only the first of a run of capitals can be a name here.
    let determiner =
        index > 1 && matches!(pieces.before(index, 2), "the" | "a" | "an" | "of" | "his" | "her" | "its" | "their");
    let begins = index == 1 || !pieces.is(index - 2, Shape::Word) || (pieces.capital(index - 2) && !determiner);
    capital
        && !shouted
        && !begins
        && !super::noun::is_stop(word)
        && date::month(word).is_none()
        && date::weekday(word).is_none()
}

/// "4 Fish Street".
fn street(pieces: &Pieces<'_>, index: usize) -> bool {
    let streets = [
        "street",
        "road",
        "lane",
        "avenue",
        "drive",
        "terrace",
        "crescent",
        "place",
        "square",
        "boulevard",
        "way",
        "court",
        "close",
        "row",
    ];
    (index..index + 4).take_while(|at| pieces.capital(*at)).skip(1).any(|at| streets.contains(&pieces.lower(at)))
}

/// Three or more runs of digits joined by hyphens or spaces, or two of which the first begins with 0: a telephone number, a
/// formation, a code. An ISO date is none of these.
fn digit_string(pieces: &Pieces<'_>, index: usize) -> Option<usize> {
    let figure = |at: usize| {
        pieces.get(at).filter(|piece| piece.shape == Shape::Figure && piece.text.bytes().all(|b| b.is_ascii_digit()))
    };
    let first = figure(index)?;
    let mut next = index + 1;
    let mut runs = 1;
    while next < index + 16 {
        let joint = usize::from(pieces.hyphen(next));
        if figure(next + joint).is_none() {
            break;
        }
        next += joint + 1;
        runs += 1;
    }
    let iso = first.text.len() == 4 && runs == 3 && date::date_iso(pieces, index).is_some();
    let telephone = runs == 2 && (first.text.starts_with('0') || !pieces.hyphen(index + 1)) && first.text.len() > 2;
    (!iso && (runs > 2 || telephone)).then_some(next)
}
