//! How far two values are from each other, whether they agree or not: by number, by day, by what they count.
//!
//! Must never decide whether two values can be one; that is `agreement`. Invariant: symmetric.

use super::agreement::noun;
use super::calendar::days_between;
use super::noun::{Kinship, kinship};
use super::{Value, ValueKind};

/// How what two values count stands to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    /// One noun.
    Same,
    /// Nouns that can name the same things.
    Kin,
    /// One of them does not say what it counts.
    Unsaid,
    /// Plainly different things.
    Other,
}

/// How what two values count stands to each other.
pub fn counted(a: &Value, b: &Value) -> Counted {
    match (noun(&a.kind), noun(&b.kind)) {
        (Some(a), Some(b)) if a == b => Counted::Same,
        (Some(a), Some(b)) if kinship(Some(a), Some(b)) == Kinship::Other => Counted::Other,
        (Some(_), Some(_)) => Counted::Kin,
        _ => Counted::Unsaid,
    }
}

/// The natural logarithm of the ratio of two amounts of one kind (at least 0), or of one more than the days between two
/// dates; `None` for values that are not to be measured against each other.
pub fn distance(a: &Value, b: &Value) -> Option<f64> {
    if let (ValueKind::Date(x), ValueKind::Date(y)) = (&a.kind, &b.kind) {
        let (x, y) = (x.days?, y.days?);
        let days = days_between(x.first, y.first).abs().min(days_between(x.last, y.last).abs());
        return Some((1.0 + f64::from(days)).ln());
    }
    if let (ValueKind::Time(x), ValueKind::Time(y)) = (&a.kind, &b.kind) {
        return Some((1.0 + (f64::from(x.minutes.first) - f64::from(y.minutes.first)).abs()).ln());
    }
    let ((one, x), (other, y)) = (size(&a.kind)?, size(&b.kind)?);
    (one == other && x > 0.0 && y > 0.0).then(|| (x / y).ln().abs())
}

/// What an amount is measured in, and how much it is.
fn size(kind: &ValueKind) -> Option<(u8, f64)> {
    Some(match kind {
        ValueKind::Count { amount, .. } => (0, amount.middle()),
        ValueKind::Ordinal { rank, .. } => (0, f64::from(*rank)),
        ValueKind::Measure { amount, unit } | ValueKind::Duration { amount, unit } => (1, amount.middle() * unit.low),
        ValueKind::Money { amount, .. } => (2, amount.middle()),
        ValueKind::Percent { amount } => (3, amount.middle()),
        ValueKind::Ratio { share, .. } => (3, share.middle() * 100.0),
        ValueKind::Age { years, .. } => (4, years.middle()),
        _ => return None,
    })
}
