//! Which row of one pane belongs beside a row of another: the backbone as a map between rows.
//!
//! Must never use a link off the backbone, and never decide whether a pane moves. Invariant: the map never runs backwards: a
//! later row of the leading pane never asks for an earlier row of a following one.

use super::rows::{RowPosition, Rows};
use crate::text::ByteSpan;

/// The rows of two passages that belong together, the first and the last of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knot {
    leader: (RowPosition, RowPosition),
    follower: (RowPosition, RowPosition),
}

impl Knot {
    /// The rows of a passage of the leading pane and of its counterpart in a following one.
    pub fn new(leader: (&Rows, ByteSpan), follower: (&Rows, ByteSpan)) -> Self {
        let ends = |(rows, span): (&Rows, ByteSpan)| {
            let range = rows.rows_of(span);
            (RowPosition::from(range.start), RowPosition::from(range.end) - 1)
        };
        Self { leader: ends(leader), follower: ends(follower) }
    }

    /// The row of the counterpart beside a row of the passage: first beside first, last beside last, even between; before
    /// and after it by as many rows.
    pub fn follow(&self, row: RowPosition) -> RowPosition {
        let (first, last) = self.leader;
        let (beside_first, beside_last) = self.follower;
        if row <= first {
            return beside_first + (row - first);
        }
        if row >= last {
            return beside_last + (row - last);
        }
        beside_first + scaled(row - first, beside_last - beside_first, last - first)
    }

    /// Where the passage begins in the leading pane.
    pub fn row(&self) -> RowPosition {
        self.leader.0
    }
}

/// `part` of `whole` on a stretch of `length`.
fn scaled(part: i32, length: i32, whole: i32) -> i32 {
    let value = i64::from(part) * i64::from(length) / i64::from(whole.max(1));
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// The map from the rows of a leading pane to those of a following one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RowMap {
    knots: Vec<Knot>,
}

impl RowMap {
    /// A map through knots in the order of the backbone. The beginnings of both texts belong together.
    pub fn new(knots: impl IntoIterator<Item = Knot>) -> Self {
        let start = (RowPosition(0), RowPosition(0));
        let mut kept = vec![Knot { leader: start, follower: start }];
        for mut knot in knots {
            let Some(before) = kept.last_mut() else { continue };
            if knot.leader.0 <= before.leader.0 || knot.follower.0 < before.follower.0 {
                continue;
            }
            // Two passages may meet within a row.
            before.leader.1 = before.leader.1.min(knot.leader.0 - 1).max(before.leader.0);
            before.follower.1 = before.follower.1.min(knot.follower.0).max(before.follower.0);
            knot.leader.1 = knot.leader.1.max(knot.leader.0);
            knot.follower.1 = knot.follower.1.max(knot.follower.0);
            kept.push(knot);
        }
        Self { knots: kept }
    }

    /// Where in the leading pane the next passage after `row` begins that has a counterpart, else the last one before.
    pub fn nearest(&self, row: RowPosition) -> Option<RowPosition> {
        // The first knot is the beginning of both texts, not a passage.
        let knots = self.knots.get(1..).unwrap_or_default();
        let after = knots.partition_point(|knot| knot.leader.0 <= row);
        knots.get(after).or(knots.last()).map(Knot::row)
    }

    /// The row of the following pane beside `row` of the leading one. Between two passages the following pane holds, and moves
    /// again in time to arrive with the leading one at the next; beyond the last passage both move alike.
    pub fn follow(&self, row: RowPosition) -> RowPosition {
        let after = self.knots.partition_point(|knot| knot.leader.0 <= row);
        let Some(knot) = after.checked_sub(1).and_then(|at| self.knots.get(at)) else { return row };
        let Some(next) = self.knots.get(after) else { return knot.follow(row) };
        if row <= knot.leader.1 {
            return knot.follow(row);
        }
        let (held, gone) = (knot.follower.1, row - knot.leader.1);
        let (gap, beside) = (next.leader.0 - knot.leader.1, next.follower.0 - held);
        if beside <= gap { held.max(next.follower.0 - (gap - gone)) } else { held + scaled(gone, beside, gap) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn knot(leader: (i32, i32), follower: (i32, i32)) -> Knot {
        let rows = |(first, last)| (RowPosition(first), RowPosition(last));
        Knot { leader: rows(leader), follower: rows(follower) }
    }

    fn followed(map: &RowMap, rows: std::ops::Range<i32>) -> Vec<i32> {
        rows.map(|row| map.follow(RowPosition(row)).0).collect()
    }

    #[test]
    fn a_counterpart_comes_to_the_row_of_its_passage() {
        let map = RowMap::new([knot((4, 7), (10, 11)), knot((20, 20), (30, 33))]);
        assert_eq!(map.follow(RowPosition(4)), RowPosition(10));
        assert_eq!(map.follow(RowPosition(7)), RowPosition(11));
        assert_eq!(map.follow(RowPosition(20)), RowPosition(30));
    }

    #[test]
    fn a_pane_without_counterpart_holds_and_arrives_in_time() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        assert_eq!(followed(&map, 2..14), [2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn a_pane_with_more_between_two_passages_moves_faster() {
        let map = RowMap::new([knot((0, 0), (0, 0)), knot((2, 2), (2, 2)), knot((6, 6), (14, 14))]);
        assert_eq!(followed(&map, 2..7), [2, 5, 8, 11, 14]);
    }

    #[test]
    fn a_passage_that_begins_in_the_row_where_another_ends_is_level() {
        let map = RowMap::new([knot((3, 5), (3, 4)), knot((5, 6), (4, 6))]);
        assert_eq!(map.follow(RowPosition(5)), RowPosition(4));
    }

    proptest! {
        #[test]
        fn the_map_never_runs_backwards(steps in proptest::collection::vec((0i32..6, 0i32..4, 0i32..6, 0i32..4), 0..12)) {
            let (mut leader, mut follower) = (0, 0);
            let knots: Vec<Knot> = steps.into_iter().map(|(ahead, long, beside, wide)| {
                leader += ahead;
                follower += beside;
                knot((leader, leader + long), (follower, follower + wide))
            }).collect();
            let rows = followed(&RowMap::new(knots), 0..leader + 20);
            prop_assert!(rows.windows(2).all(|pair| pair[0] <= pair[1]), "{rows:?}");
        }
    }
}
