//! What the values of two sentences say about them: which are equal, which part, and how telling that is.
//!
//! Must never find a value itself; that is `text::values`. Invariant: symmetric in the two sentences.

use crate::text::values::{Agreement, Value, ValueKind, agreement};

/// So many values, names or quotations of one sentence are held against another's: what has more is a list, and every one
/// against every other would take longer than anyone waits.
pub(super) const MOST: usize = 24;

/// Two families of values that are counted apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    /// Numbers, measures, money, shares, ages.
    Figure,
    /// Days, times of day.
    Moment,
}

/// The family of a value.
pub(super) fn family(value: &Value) -> Family {
    match value.kind {
        ValueKind::Date(_) | ValueKind::Time(_) | ValueKind::PartOfDay(_) => Family::Moment,
        _ => Family::Figure,
    }
}

/// How much two equal values say: little for one, two or a vague word, much for a figure nobody writes by chance. 0 to 1.
pub(super) fn telling(value: &Value) -> f32 {
    match &value.kind {
        ValueKind::Count { amount, .. } if amount.vague => 0.2,
        ValueKind::Count { amount, .. } if amount.low <= 1.0 => 0.1,
        ValueKind::Count { amount, .. } if amount.low <= 3.0 => 0.35,
        ValueKind::Count { amount, .. } if amount.low <= 12.0 => 0.6,
        ValueKind::Ordinal { .. } => 0.3,
        ValueKind::NoneOf { .. } => 0.5,
        ValueKind::PartOfDay(_) => 0.2,
        ValueKind::Date(date) => date.days.map_or(0.2, |days| if days.days() > 40 { 0.5 } else { 0.4 }),
        _ => 1.0,
    }
}

/// What the values of two sentences have in common, per family: equal, different, and the strongest equal one.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Balance {
    pub equal: f32,
    pub different: f32,
    pub strongest: f32,
    /// Pairs of one kind and unit, equal or not.
    pub comparable: f32,
}

/// Weighs the values of two sentences of one family against each other.
pub(super) fn balance(a: &[Value], b: &[Value], of: Family) -> Balance {
    let mut balance = Balance::default();
    let of_family = |value: &&Value| family(value) == of;
    for x in a.iter().filter(of_family).take(MOST) {
        for y in b.iter().filter(of_family).take(MOST) {
            let weight = telling(x).min(telling(y));
            match agreement(x, y) {
                Agreement::Equal => {
                    balance.equal += weight;
                    balance.strongest = balance.strongest.max(weight);
                    balance.comparable += 1.0;
                }
                Agreement::Compatible => {
                    balance.equal += 0.3 * weight;
                    balance.comparable += 1.0;
                }
                Agreement::Different => {
                    balance.different += weight;
                    balance.comparable += 1.0;
                }
                Agreement::Incomparable => {}
            }
        }
    }
    balance
}

/// Where a value is filed in an index: values that can be equal share a key or have neighbouring ones. Only values telling
/// enough to be looked up have keys.
pub(super) fn keys(value: &Value) -> Vec<(u8, i64)> {
    let near = |class: u8, number: f64| {
        let place = (number.abs().max(1e-9).ln() * 12.0).floor() as i64;
        vec![(class, place - 1), (class, place), (class, place + 1)]
    };
    if telling(value) < 0.35 {
        return Vec::new();
    }
    match &value.kind {
        ValueKind::Count { amount, .. } => near(0, amount.middle()),
        ValueKind::Measure { amount, unit } | ValueKind::Duration { amount, unit } => {
            near(1, amount.middle() * unit.low)
        }
        ValueKind::Money { amount, .. } => near(2, amount.middle()),
        ValueKind::Percent { amount } => near(3, amount.middle()),
        ValueKind::Ratio { share, .. } => near(3, share.middle() * 100.0),
        ValueKind::Age { years, .. } => near(4, years.middle()),
        ValueKind::Score { first, second } => {
            vec![(5, i64::from(*first.max(second)) * 1000 + i64::from(*first.min(second)))]
        }
        ValueKind::Time(time) => {
            vec![(6, i64::from(time.minutes.first / 30)), (6, i64::from(time.minutes.first / 30) + 1)]
        }
        ValueKind::Date(_) | ValueKind::PartOfDay(_) | ValueKind::NoneOf { .. } | ValueKind::Ordinal { .. } => {
            Vec::new()
        }
    }
}
