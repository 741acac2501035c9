//! Which row of one pane belongs beside a row of another: the backbone as a map between rows.
//!
//! Must never use a link off the backbone, and never decide whether the reader moves. Invariant: reading on never moves a
//! following pane back, reading back never moves it on, and the first rows of two linked passages stand level, as the last do.
//!
//! Between two such level rows a following pane holds, until as many of its rows are left to the next level row as of the
//! leading pane's, and then moves along with it, row by row. Where more of its rows are left, there is no room to hold: they
//! pass evenly, at most so many at once as their number divided by the leading pane's, rounded up. Reading back is the mirror
//! image. Beyond the last passage both move alike.

use super::rows::{RowPosition, Rows};
use crate::text::{ByteOffset, ByteSpan};

/// A place of the leading pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The position of the text.
    pub offset: ByteOffset,
    /// The row that holds it.
    pub row: RowPosition,
}

/// From where to where the reader moves in the leading pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Travel {
    /// Where they were.
    pub from: Place,
    /// Where they are then.
    pub to: Place,
}

impl Travel {
    /// Whether they read on.
    pub fn is_forward(&self) -> bool {
        self.to.offset >= self.from.offset
    }

    /// By how many rows of the leading pane, whichever way.
    pub fn length(&self) -> i32 {
        (self.to.row - self.from.row).abs()
    }
}

/// The rows of two passages that belong together, the first and the last of each.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knot {
    /// From which position on the leading passage is in hand.
    from: ByteOffset,
    leader: (RowPosition, RowPosition),
    follower: (RowPosition, RowPosition),
}

/// Two rows that stand level: one of the leading pane, one of the following.
type Level = (RowPosition, RowPosition);

impl Knot {
    /// The rows of a passage of the leading pane, which is in hand from a position on, and of its counterpart in a following one.
    pub fn new(from: ByteOffset, leader: (&Rows, ByteSpan), follower: (&Rows, ByteSpan)) -> Self {
        let ends = |(rows, span): (&Rows, ByteSpan)| {
            let range = rows.rows_of(span);
            (RowPosition::from(range.start), RowPosition::from(range.end) - 1)
        };
        Self { from, leader: ends(leader), follower: ends(follower) }
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

    fn first(&self) -> Level {
        (self.leader.0, self.follower.0)
    }

    /// The last rows; a passage of a single row is level by its first.
    fn last(&self) -> Level {
        if self.leader.1 > self.leader.0 { (self.leader.1, self.follower.1) } else { self.first() }
    }
}

/// `part` of `whole` on a stretch of `length`.
fn scaled(part: i32, length: i32, whole: i32) -> i32 {
    let value = i64::from(part) * i64::from(length) / i64::from(whole.max(1));
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// The level rows around a place of the leading pane; the same twice where the place is one itself.
#[derive(Debug, Clone, Copy)]
struct Stretch {
    before: Level,
    /// None beyond the last passage.
    after: Option<Level>,
    /// Whether it lies within a passage, whose rows pass evenly.
    within: bool,
}

impl Stretch {
    /// The nearest row at which a following pane may stand here.
    fn nearest(&self, standing: RowPosition) -> RowPosition {
        let standing = standing.max(self.before.1);
        self.after.map_or(standing, |after| standing.min(after.1))
    }

    /// How many rows a pane moves while the leading one moves by `gone`, when so many rows of each are left to a level row.
    fn passed(&self, gone: i32, (leading, following): (i32, i32)) -> i32 {
        if leading <= 0 {
            following
        } else if self.within || following > leading {
            scaled(gone, following, leading)
        } else {
            (gone - (leading - following)).max(0)
        }
    }
}

/// The map from the rows of a leading pane to those of a following one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMap {
    /// Never empty.
    knots: Vec<Knot>,
    /// Whether the first knot is the beginning of both texts and not a passage.
    begins: bool,
}

impl Default for RowMap {
    fn default() -> Self {
        Self::new([])
    }
}

impl RowMap {
    /// A map through knots in the order of the backbone. The beginnings of both texts belong together, unless one of them is
    /// that of a passage that stands beside another row.
    pub fn new(knots: impl IntoIterator<Item = Knot>) -> Self {
        let start = (RowPosition(0), RowPosition(0));
        let mut kept = vec![Knot { from: ByteOffset(0), leader: start, follower: start }];
        let mut begins = true;
        for mut knot in knots {
            knot.leader.1 = knot.leader.1.max(knot.leader.0);
            knot.follower.1 = knot.follower.1.max(knot.follower.0);
            if begins && kept.len() == 1 && knot.from == ByteOffset(0) {
                kept = vec![knot];
                begins = false;
                continue;
            }
            let Some(before) = kept.last_mut() else { continue };
            let ascends = knot.leader.0 >= before.leader.0 && knot.follower.0 >= before.follower.0;
            if knot.from <= before.from || !ascends {
                continue;
            }
            // Two passages may meet within a row.
            before.leader.1 = before.leader.1.min(knot.leader.0 - 1).max(before.leader.0);
            before.follower.1 = before.follower.1.min(knot.follower.0).max(before.follower.0);
            kept.push(knot);
        }
        Self { knots: kept, begins }
    }

    /// Where in the leading pane the next passage after `row` begins that has a counterpart, else the last one before.
    pub fn nearest(&self, row: RowPosition) -> Option<RowPosition> {
        let knots = self.knots.get(usize::from(self.begins)..).unwrap_or_default();
        let after = knots.partition_point(|knot| knot.leader.0 <= row);
        knots.get(after).or(knots.last()).map(|knot| knot.leader.0)
    }

    /// The row of the following pane beside a place of the leading one, for a pane that comes from elsewhere.
    pub fn follow(&self, place: Place) -> RowPosition {
        let stretch = self.around(place);
        let (row, beside) = stretch.before;
        let gone = place.row - row;
        let left = stretch.after.map(|after| (after.0 - row, after.1 - beside));
        beside + left.map_or(gone, |left| stretch.passed(gone, left))
    }

    /// The row of the following pane beside a place of the leading one, for a pane that stood on row `standing`, reckoned on the
    /// focus line, before the reader came there. It may have stood elsewhere than the map has it only between level rows.
    pub fn keep(&self, travel: Travel, standing: RowPosition) -> RowPosition {
        let standing = self.around(travel.from).nearest(standing);
        let (from, to, stretch) = (travel.from.row, travel.to.row, self.around(travel.to));
        if travel.is_forward() {
            let (row, beside) = (from.max(stretch.before.0), standing.max(stretch.before.1));
            let left = stretch.after.map(|after| (after.0 - row, after.1 - beside));
            beside + left.map_or(to - row, |left| stretch.passed(to - row, left))
        } else {
            let after = stretch.after.unwrap_or((from, standing));
            let (row, beside) = (from.min(after.0), standing.min(after.1));
            let left = (row - stretch.before.0, beside - stretch.before.1);
            beside - stretch.passed(row - to, left)
        }
    }

    /// By how many rows a pane on row `standing`, reckoned on the focus line, stands further on than it may; negative: back.
    pub fn apart(&self, place: Place, standing: RowPosition) -> i32 {
        standing - self.around(place).nearest(standing)
    }

    fn around(&self, place: Place) -> Stretch {
        let after = self.knots.partition_point(|knot| knot.from <= place.offset).max(1);
        let Some(knot) = self.knots.get(after - 1) else {
            return Stretch { before: (place.row, place.row), after: None, within: false };
        };
        let (first, last, next) = (knot.first(), knot.last(), self.knots.get(after).map(Knot::first));
        let (before, after, within) = match place.row {
            row if row <= first.0 => (first, Some(first), false),
            row if row < last.0 => (first, Some(last), true),
            row if row == last.0 => (last, Some(last), false),
            _ => (last, next, false),
        };
        Stretch { before, after, within }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A knot of a passage that begins with its first row; rows are ten bytes long.
    fn knot(leader: (i32, i32), follower: (i32, i32)) -> Knot {
        let rows = |(first, last)| (RowPosition(first), RowPosition(last));
        Knot { from: at(leader.0).offset, leader: rows(leader), follower: rows(follower) }
    }

    fn at(row: i32) -> Place {
        Place { offset: ByteOffset::new(usize::try_from(row).unwrap() * 10), row: RowPosition(row) }
    }

    fn travel(from: i32, to: i32) -> Travel {
        Travel { from: at(from), to: at(to) }
    }

    fn followed(map: &RowMap, rows: std::ops::Range<i32>) -> Vec<i32> {
        rows.map(|row| map.follow(at(row)).0).collect()
    }

    /// The rows on which a pane stands while the leading one goes through rows.
    fn kept(map: &RowMap, rows: &[i32], standing: i32) -> Vec<i32> {
        let mut row = RowPosition(standing);
        let mut kept = vec![standing];
        for pair in rows.windows(2) {
            row = map.keep(travel(pair[0], pair[1]), row);
            kept.push(row.0);
        }
        kept
    }

    #[test]
    fn a_counterpart_comes_to_the_row_of_its_passage() {
        let map = RowMap::new([knot((4, 7), (10, 11)), knot((20, 20), (30, 33))]);
        assert_eq!(map.follow(at(4)), RowPosition(10));
        assert_eq!(map.follow(at(7)), RowPosition(11));
        assert_eq!(map.follow(at(20)), RowPosition(30));
    }

    #[test]
    fn a_pane_without_counterpart_holds_and_arrives_in_time() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        assert_eq!(followed(&map, 2..14), [2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6]);
        let on: Vec<i32> = (2..14).collect();
        assert_eq!(kept(&map, &on, 2), followed(&map, 2..14));
    }

    #[test]
    fn reading_back_a_pane_holds_at_the_passage_it_comes_from() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        let back: Vec<i32> = (2..13).rev().collect();
        assert_eq!(kept(&map, &back, 5), [5, 5, 5, 5, 5, 5, 5, 5, 4, 3, 2]);
    }

    #[test]
    fn a_step_on_and_a_step_back_do_not_creep() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        assert_eq!(kept(&map, &[9, 10, 9, 10, 9, 10, 11, 12], 2), [2, 3, 3, 3, 3, 3, 4, 5]);
    }

    #[test]
    fn a_pane_with_more_between_two_passages_moves_faster() {
        let map = RowMap::new([knot((0, 0), (0, 0)), knot((2, 2), (2, 2)), knot((6, 6), (14, 14))]);
        assert_eq!(followed(&map, 2..7), [2, 5, 8, 11, 14]);
    }

    #[test]
    fn a_passage_that_begins_in_the_row_where_another_ends_is_level() {
        let map = RowMap::new([knot((3, 5), (3, 4)), knot((5, 6), (4, 6))]);
        assert_eq!(map.follow(at(5)), RowPosition(4));
    }

    #[test]
    fn passages_that_begin_in_one_row_are_level_one_after_the_other() {
        let second = Knot { from: ByteOffset::new(55), ..knot((5, 7), (14, 15)) };
        let map = RowMap::new([knot((5, 5), (9, 10)), second]);
        assert_eq!(map.follow(at(5)), RowPosition(9));
        assert_eq!(map.follow(Place { offset: ByteOffset::new(55), ..at(5) }), RowPosition(14));
        assert_eq!(map.follow(at(7)), RowPosition(15));
    }

    #[test]
    fn a_first_passage_is_level_though_it_begins_further_down_in_the_other_text() {
        let map = RowMap::new([knot((0, 1), (6, 7)), knot((4, 4), (12, 12))]);
        assert_eq!(map.follow(at(0)), RowPosition(6));
        assert_eq!(map.nearest(RowPosition(0)), Some(RowPosition(4)));
    }

    /// Passages in order: rows before each, its own rows, and the same of its counterpart.
    fn any_map() -> impl Strategy<Value = (RowMap, Vec<Knot>)> {
        proptest::collection::vec((1i32..9, 0i32..4, 0i32..12, 0i32..4), 0..12).prop_map(|steps| {
            let (mut leader, mut follower) = (0, 0);
            let knots = steps.into_iter().map(|(ahead, long, beside, wide)| {
                let made = knot((leader + ahead, leader + ahead + long), (follower + beside, follower + beside + wide));
                (leader, follower) = (leader + ahead + long, follower + beside + wide);
                made
            });
            let knots: Vec<Knot> = knots.collect();
            (RowMap::new(knots.clone()), knots)
        })
    }

    proptest! {
        #[test]
        fn the_map_never_runs_backwards((map, _) in any_map()) {
            let rows = followed(&map, 0..140);
            prop_assert!(rows.windows(2).all(|pair| pair[0] <= pair[1]), "{rows:?}");
        }

        #[test]
        fn a_pane_never_goes_against_the_reader((map, _) in any_map(), steps in proptest::collection::vec(-6i32..9, 0..60)) {
            let mut row = 0;
            let mut standing = map.follow(at(0));
            for step in steps {
                let next = (row + step).max(0);
                let kept = map.keep(travel(row, next), standing);
                prop_assert!(if next >= row { kept >= standing } else { kept <= standing }, "{row} to {next}: {standing:?} {kept:?}");
                prop_assert_eq!(map.apart(at(next), kept), 0);
                (row, standing) = (next, kept);
            }
        }

        #[test]
        fn linked_passages_are_level_however_the_reader_came((map, knots) in any_map(), steps in proptest::collection::vec(-6i32..9, 0..60)) {
            let mut row = 0;
            let mut standing = map.follow(at(0));
            for step in steps {
                let next = (row + step).max(0);
                standing = map.keep(travel(row, next), standing);
                row = next;
                if let Some(knot) = knots.iter().rev().find(|knot| knot.leader.0 <= RowPosition(row)) {
                    prop_assert!(knot.leader.0 < RowPosition(row) || knot.follower.0 == standing, "{row}: {standing:?} {knot:?}");
                }
            }
        }

        #[test]
        fn a_row_of_reading_moves_a_pane_by_one_row_or_as_the_next_match_leaves_room((map, _) in any_map(), back in any::<bool>()) {
            let rows: Vec<i32> = if back { (0..140).rev().collect() } else { (0..140).collect() };
            let mut standing = map.follow(at(rows[0]));
            for pair in rows.windows(2) {
                let kept = map.keep(travel(pair[0], pair[1]), standing);
                let (before, after) = (map.around(at(pair[0].min(pair[1]))).before, map.around(at(pair[0].max(pair[1]))).after);
                let bound = after.map_or(1, |after| {
                    let (leading, following) = (after.0 - before.0, after.1 - before.1);
                    (following + leading - 1) / leading
                });
                prop_assert!((kept - standing).abs() <= bound.max(1), "{pair:?}: {standing:?} {kept:?}, at most {bound}");
                standing = kept;
            }
        }
    }
}
