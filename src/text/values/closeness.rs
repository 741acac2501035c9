//! How close two amounts must lie to be one: by rounding, and by the words they were stated with.
//!
//! Must never know a unit or a noun. Invariant: both amounts are of one unit, and their order does not matter.

use super::agreement::Agreement::{self, Compatible, Different, Equal};
use super::amount::Amount;
use super::approximation::Approximation::{self, About, AtLeast, AtMost, Exact, JustOver, LessThan, MoreThan, Nearly};

/// How far two amounts may lie apart and still be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Whole things.
    Counted,
    /// The same unit.
    Same,
    /// Two units: what was rounded in one may be rounded again in the other.
    Converted,
}

/// The heart of the matter: two amounts of one unit, and how exactly each was stated.
pub(super) fn amounts((x, y): (Amount, Amount), stated: (Approximation, Approximation), scale: Scale) -> Agreement {
    // Two vague words are apart by what they can mean, not by noughts: "hundreds", "thousands".
    let slack = if x.vague && y.vague { 0.0 } else { tolerance(x, y, scale) };
    let same = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
    let near = |a: f64, b: f64| (a - b).abs() <= slack + 1e-9 * a.abs().max(b.abs());
    let meet = x.low <= y.high + slack + 1e-9 * y.high.abs() && y.low <= x.high + slack + 1e-9 * x.high.abs();
    if near(x.low, y.low) && near(x.high, y.high) {
        // Rounding in one unit leaves two figures, both true; in two units it leaves one.
        let rounded = slack > 0.0 && scale != Scale::Converted && !same(x.low, y.low);
        let sharp = x.vague == y.vague && one_side(stated.0, stated.1) && !rounded;
        return if sharp { Equal } else { Compatible };
    }
    // A unit that means two things (a ton, a month) makes a point a range: meeting it is as good as being it.
    if meet {
        return if scale == Scale::Converted
            && !x.vague
            && !y.vague
            && one_side(stated.0, stated.1)
            && narrow(x)
            && narrow(y)
        {
            Equal
        } else {
            Compatible
        };
    }
    // Two lower bounds, or two upper ones, are compared themselves: "up to 150" is not "up to 115".
    if one_side(stated.0, stated.1) && matches!(stated.0, AtLeast | MoreThan | AtMost | LessThan) {
        let close = (x.middle() - y.middle()).abs() <= x.middle().abs().max(y.middle().abs()) * 0.1;
        return if close { Compatible } else { Different };
    }
    let (first, second) = (plausible(x, stated.0, scale), plausible(y, stated.1, scale));
    let overlap = first.0 <= second.1 + slack && second.0 <= first.1 + slack;
    if overlap { Compatible } else { Different }
}

fn narrow(amount: Amount) -> bool {
    amount.high <= amount.low * 1.21
}

/// Whether two ways of stating one number leave it one number.
pub(super) fn one_side(a: Approximation, b: Approximation) -> bool {
    let side = |stated: Approximation| match stated {
        Exact | About | Nearly | JustOver => 0,
        AtLeast | MoreThan => 1,
        AtMost | LessThan => -1,
    };
    side(a) == side(b)
}

/// How far apart two amounts may lie by rounding alone.
fn tolerance(x: Amount, y: Amount, scale: Scale) -> f64 {
    let largest = x.high.abs().max(y.high.abs());
    let (first, second) = (x.round_step(), y.round_step());
    match scale {
        Scale::Converted => (f64::midpoint(first, second).max(f64::midpoint(x.step, y.step)) * 1.05)
            .min(largest * 0.06)
            .max(largest * 0.006),
        Scale::Same | Scale::Counted => {
            let written = x.step.max(y.step);
            let finer = x.step.min(y.step);
            // 6 beside 6.2, 1.2 million beside 1,230,000: the coarser hides what the finer shows.
            let by_decimals = if written > finer * 1.5 { (written / 2.0).min(largest * 0.05) } else { 0.0 };
            // 17,000 beside 17,204, but not 300 beside 304.
            let coarse = first.max(second);
            let by_noughts =
                if first != second && largest >= 1000.0 * written.min(1.0) && largest >= 1000.0 && coarse >= 100.0 {
                    (coarse / 2.0).min(largest * 0.025)
                } else {
                    0.0
                };
            by_decimals.max(by_noughts)
        }
    }
}

/// From where to where the number can lie, given how it was stated.
pub(super) fn plausible(amount: Amount, stated: Approximation, scale: Scale) -> (f64, f64) {
    let (low, high) = (amount.low, amount.high);
    let size = high.abs();
    // An exact small count stands by itself: "at least five" beside "six" is another count.
    let exact_count = scale == Scale::Counted && amount.round_step() <= amount.step && size < 1000.0;
    // "more than 11 hours" is hardly 13; "more than 4,000" may be 5,000.
    let round = amount.round_step() > amount.step || low < amount.step * 10.0 && low > amount.step * 1.5;
    let above = if round { size * 0.25 } else { amount.step.max(size * 0.1) };
    // 50 minutes are nearly an hour, but 17 hours are not nearly 20.
    let one = low <= amount.step * 1.01;
    match stated {
        Exact => (low, high),
        About => (low - low.abs() * 0.1, high + size * 0.1),
        AtLeast if exact_count => (low, high),
        AtLeast | MoreThan => (low, high + above),
        JustOver => (low, high + size * 0.1),
        Nearly => (low - low.abs() * if one && scale != Scale::Counted { 0.17 } else { 0.1 }, high),
        AtMost | LessThan => (low - low.abs() * 0.25, high),
    }
}
