//! Which row of one pane belongs beside a row of another: the backbone as a map between rows.
//!
//! Must never use a link off the backbone, and never decide whether the reader moves. Invariant: a row of the leading pane has one
//! row beside it, whichever way the reader came; reading on never moves a following pane back, and reading back never on.
//!
//! 1. The first rows of two linked passages stand level, and stay so while the passage is read.
//! 2. From its end to the next level rows a following pane with more rows left than the leading one passes them evenly. One with
//!    fewer holds, from the end of its own passage if that is shorter, until as many are left in both, and then moves along.
//! 3. A row of reading moves it by no more than `PACE` rows, so that the eye can follow. Where the next level row is further
//!    away than that, the pane begins to move within the passage before, whose first row stays level; where that is not enough,
//!    it comes late, by at most `MOST_LATE` rows, and catches up at the same pace.
//! 4. Where it would come later than that it moves faster, by at most `FASTEST` rows. What is further away still no eye
//!    follows: there the pane keeps to its passage and then goes to the next one at once.
//! 5. Beyond the last passage both move alike.
//!
//! A pane that stands elsewhere than the map has it comes nearer by as many rows as the reader moves; one that was brought level
//! with a passage to which it would come late stays level.

use super::rows::{RowPosition, Rows};
use crate::text::{ByteOffset, ByteSpan};

/// The most rows that a pane moves for a row of reading, as long as that brings it to the next passage in time.
const PACE: i32 = 3;

/// The most rows by which a pane may come late to a passage.
const MOST_LATE: i32 = 4 * PACE;

/// The most rows that a pane moves for a row of reading where it would come later than that.
const FASTEST: i32 = 8;

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

/// Two linked passages as rows: where they begin, which is level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Knot {
    /// From which position on the leading passage is in hand.
    from: ByteOffset,
    row: RowPosition,
    beside: RowPosition,
    /// Rows that each of the two has after the first.
    more: (i32, i32),
}

impl Knot {
    /// The rows of a passage of the leading pane, which is in hand from a position on, and of its counterpart in a following one.
    pub fn new(from: ByteOffset, leader: (&Rows, ByteSpan), follower: (&Rows, ByteSpan)) -> Self {
        let first_and_more = |(rows, span): (&Rows, ByteSpan)| {
            let range = rows.rows_of(span);
            let (first, end) = (RowPosition::from(range.start), RowPosition::from(range.end));
            (first, end - first - 1)
        };
        let ((row, more), (beside, more_beside)) = (first_and_more(leader), first_and_more(follower));
        Self { from, row, beside, more: (more, more_beside) }
    }

    /// The rows that a pane moves from here while the leading one moves by `gone`, if it need not hurry, where so many rows of
    /// each lead to the next level ones.
    fn unhurried(&self, gone: i32, (leading, following): (i32, i32)) -> i32 {
        // A pane that has to hold keeps to its own passage, another to the one being read.
        let along = if following < leading { self.more.0.min(self.more.1) } else { self.more.0 };
        let along = along.min(leading).min(following);
        if gone <= along {
            return gone;
        }
        let (gone, leading, following) = (gone - along, leading - along, following - along);
        along
            + if following > leading { scaled(gone, following, leading) } else { (gone - (leading - following)).max(0) }
    }
}

/// A knot, and where the following pane really stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Station {
    knot: Knot,
    /// Level, or late.
    stands: RowPosition,
    /// The most rows that the pane moves on its way here for a row of reading; `None` where it comes at once.
    pace: Option<i32>,
}

impl Station {
    /// A station where the pane is level.
    fn level(knot: Knot, pace: Option<i32>) -> Self {
        Self { knot, stands: knot.beside, pace }
    }

    /// The station of a knot after another one.
    fn after(before: &Self, knot: Knot) -> Self {
        let leading = (knot.row - before.knot.row).max(1);
        let needed = ((knot.beside - before.stands - MOST_LATE).max(0) + leading - 1) / leading;
        let pace = needed.max(PACE);
        if pace > FASTEST {
            return Self::level(knot, None);
        }
        Self { knot, stands: knot.beside.min(before.stands + pace * leading), pace: Some(pace) }
    }

    /// The rows that lead to the next level ones: of the leading pane, and of the following one.
    fn left_to(&self, next: &Self) -> (i32, i32) {
        (next.knot.row - self.knot.row, next.knot.beside - self.knot.beside)
    }

    /// The row of the following pane so many rows of the leading one after this station.
    fn follow(&self, gone: i32, next: Option<&Self>) -> RowPosition {
        let alike = (self.knot.beside + gone).min(self.stands + PACE * gone);
        let Some(next) = next else { return alike };
        let (leading, following) = self.left_to(next);
        if gone >= leading.max(1) {
            return next.stands;
        }
        let Some(pace) = next.pace else { return alike };
        let wanted = self.knot.beside + self.knot.unhurried(gone, (leading, following));
        let (least, most) = (next.stands - pace * (leading - gone), self.stands + pace * gone);
        wanted.max(least).min(most).min(next.stands)
    }

    /// The row of the following pane that would be level there, which is this one or further on.
    fn level_at(&self, gone: i32, next: Option<&Self>) -> RowPosition {
        let on_the_way = next.filter(|next| next.pace.is_some());
        let passed = on_the_way.map_or(gone, |next| {
            let left = self.left_to(next);
            self.knot.unhurried(gone.min(left.0), left)
        });
        self.follow(gone, next).max(self.knot.beside + passed)
    }
}

/// `part` of `whole` on a stretch of `length`.
fn scaled(part: i32, length: i32, whole: i32) -> i32 {
    let value = i64::from(part) * i64::from(length) / i64::from(whole.max(1));
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// The map from the rows of a leading pane to those of a following one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowMap {
    /// Never empty.
    stations: Vec<Station>,
    /// Whether the first is the beginning of both texts and not a passage.
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
        let start = RowPosition(0);
        let mut stations =
            vec![Station::level(Knot { from: ByteOffset(0), row: start, beside: start, more: (0, 0) }, None)];
        let mut begins = true;
        for knot in knots {
            if begins && stations.len() == 1 && knot.from == ByteOffset(0) {
                stations = vec![Station::level(knot, None)];
                begins = false;
                continue;
            }
            let Some(before) = stations.last() else { continue };
            let ascends = knot.row >= before.knot.row && knot.beside >= before.knot.beside;
            if knot.from > before.knot.from && ascends {
                let station = Station::after(before, knot);
                stations.push(station);
            }
        }
        Self { stations, begins }
    }

    /// Where in the leading pane the next passage after `row` begins that has a counterpart, else the last one before.
    pub fn nearest(&self, row: RowPosition) -> Option<RowPosition> {
        let stations = self.stations.get(usize::from(self.begins)..).unwrap_or_default();
        let after = stations.partition_point(|station| station.knot.row <= row);
        stations.get(after).or(stations.last()).map(|station| station.knot.row)
    }

    /// The row of the following pane beside a place of the leading one.
    pub fn follow(&self, place: Place) -> RowPosition {
        self.around(place).map_or(place.row, |(station, gone, next)| station.follow(gone, next))
    }

    /// The row of the following pane that is level with a place of the leading one: the same, unless the pane comes late.
    fn level(&self, place: Place) -> RowPosition {
        self.around(place).map_or(place.row, |(station, gone, next)| station.level_at(gone, next))
    }

    /// The station before a place, the rows from there, and the next station.
    fn around(&self, place: Place) -> Option<(&Station, i32, Option<&Station>)> {
        let after = self.stations.partition_point(|station| station.knot.from <= place.offset).max(1);
        let station = self.stations.get(after - 1)?;
        Some((station, (place.row - station.knot.row).max(0), self.stations.get(after)))
    }

    /// The row of the following pane when the reader moves, for one that stood on row `standing`, reckoned on the focus line,
    /// before they did.
    pub fn keep(&self, travel: Travel, standing: RowPosition) -> RowPosition {
        let (from, to, length) = (self.follow(travel.from), self.follow(travel.to), travel.length());
        let apart = standing - from;
        if apart > 0 && standing == self.level(travel.from) {
            let most = PACE * length;
            return self.level(travel.to).clamp(standing - most, standing + most).max(to);
        }
        match travel.is_forward() {
            true if apart > 0 => to.max(standing),
            true => to + (apart + length).min(0),
            false if apart < 0 => to.min(standing),
            false => to + (apart - length).max(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A knot of a passage that begins with its first row; rows are ten bytes long.
    fn knot(leader: (i32, i32), follower: (i32, i32)) -> Knot {
        let (row, beside) = (RowPosition(leader.0), RowPosition(follower.0));
        Knot { from: at(leader.0).offset, row, beside, more: (leader.1 - leader.0, follower.1 - follower.0) }
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
    fn a_counterpart_comes_to_the_row_of_its_passage_and_stays_beside_it() {
        let map = RowMap::new([knot((4, 7), (10, 13)), knot((20, 20), (30, 33))]);
        assert_eq!(followed(&map, 4..8), [10, 11, 12, 13]);
        assert_eq!(map.follow(at(20)), RowPosition(30));
    }

    #[test]
    fn a_shorter_counterpart_waits_for_the_end_of_its_passage() {
        let map = RowMap::new([knot((0, 7), (0, 2)), knot((9, 9), (4, 4))]);
        assert_eq!(followed(&map, 0..10), [0, 1, 2, 2, 2, 2, 2, 2, 3, 4]);
    }

    #[test]
    fn a_pane_without_counterpart_holds_and_arrives_in_time() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        assert_eq!(followed(&map, 2..14), [2, 2, 2, 2, 2, 2, 2, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn reading_back_passes_the_same_rows() {
        let map = RowMap::new([knot((2, 2), (2, 2)), knot((12, 12), (5, 5))]);
        let back: Vec<i32> = (2..13).rev().collect();
        assert_eq!(kept(&map, &back, 5), [5, 4, 3, 2, 2, 2, 2, 2, 2, 2, 2]);
        assert_eq!(kept(&map, &[9, 10, 9, 10, 9, 11, 9], 2), [2, 3, 2, 3, 2, 4, 2]);
    }

    #[test]
    fn a_pane_with_more_between_two_passages_moves_faster() {
        let map = RowMap::new([knot((0, 0), (0, 0)), knot((2, 2), (2, 2)), knot((6, 6), (14, 14))]);
        assert_eq!(followed(&map, 2..7), [2, 5, 8, 11, 14]);
    }

    #[test]
    fn a_long_way_to_the_next_passage_begins_within_the_one_before() {
        let map = RowMap::new([knot((0, 4), (0, 4)), knot((6, 6), (16, 16))]);
        assert_eq!(followed(&map, 0..7), [0, 1, 4, 7, 10, 13, 16]);
    }

    #[test]
    fn a_passage_too_far_away_for_the_pace_is_reached_late() {
        let map = RowMap::new([knot((0, 1), (0, 1)), knot((2, 5), (14, 17)), knot((9, 9), (21, 21))]);
        assert_eq!(followed(&map, 0..9), [0, 3, 6, 9, 12, 15, 18, 19, 20]);
    }

    #[test]
    fn a_pane_that_would_come_too_late_moves_faster() {
        let map = RowMap::new([knot((0, 1), (0, 1)), knot((2, 5), (26, 29))]);
        assert_eq!(followed(&map, 0..8), [0, 7, 14, 17, 20, 23, 26, 29]);
    }

    #[test]
    fn what_no_eye_follows_is_gone_to_at_once() {
        let map = RowMap::new([knot((0, 2), (0, 2)), knot((4, 4), (60, 60)), knot((9, 9), (62, 62))]);
        assert_eq!(followed(&map, 2..6), [2, 3, 60, 60]);
    }

    #[test]
    fn passages_that_begin_in_one_row_are_level_one_after_the_other() {
        let second = Knot { from: ByteOffset::new(55), ..knot((5, 7), (12, 15)) };
        let map = RowMap::new([knot((5, 5), (9, 10)), second]);
        assert_eq!(map.follow(at(5)), RowPosition(9));
        assert_eq!(map.follow(Place { offset: ByteOffset::new(55), ..at(5) }), RowPosition(12));
        assert_eq!(map.follow(at(7)), RowPosition(14));
    }

    #[test]
    fn a_first_passage_is_level_though_it_begins_further_down_in_the_other_text() {
        let map = RowMap::new([knot((0, 1), (6, 7)), knot((4, 4), (12, 12))]);
        assert_eq!(map.follow(at(0)), RowPosition(6));
        assert_eq!(map.nearest(RowPosition(0)), Some(RowPosition(4)));
    }

    #[test]
    fn a_pane_that_stands_elsewhere_comes_nearer_row_by_row() {
        let map = RowMap::new([knot((0, 30), (0, 30))]);
        assert_eq!(kept(&map, &[10, 11, 12, 13, 14], 7), [7, 9, 11, 13, 14]);
        assert_eq!(kept(&map, &[10, 11, 12, 13, 14], 13), [13, 13, 13, 13, 14]);
        assert_eq!(kept(&map, &[10, 9, 8, 7, 6], 7), [7, 7, 7, 7, 6]);
    }

    #[test]
    fn a_pane_brought_level_before_its_time_stays_level() {
        let map = RowMap::new([knot((0, 1), (0, 1)), knot((2, 9), (18, 25)), knot((20, 20), (40, 40))]);
        assert_eq!(map.follow(at(2)), RowPosition(6));
        assert_eq!(kept(&map, &[2, 3, 4, 5, 4, 3], 18), [18, 19, 20, 21, 20, 19]);
    }

    /// Passages in order: rows before each, its own rows, and the same of its counterpart.
    fn any_map() -> impl Strategy<Value = (RowMap, Vec<Knot>)> {
        proptest::collection::vec((1i32..9, 0i32..4, 0i32..30, 0i32..9), 0..12).prop_map(|steps| {
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

    /// The most rows that a pane may move from a row to the next; `None` where it goes at once.
    fn pace(map: &RowMap, row: i32) -> Option<i32> {
        let next = map.stations.iter().find(|station| station.knot.row.0 > row);
        next.map_or(Some(PACE), |next| next.pace.map(|pace| pace.max(PACE)))
    }

    proptest! {
        #[test]
        fn the_map_never_runs_backwards((map, _) in any_map()) {
            let rows = followed(&map, 0..140);
            prop_assert!(rows.windows(2).all(|pair| pair[0] <= pair[1]), "{rows:?}");
        }

        #[test]
        fn a_pane_never_goes_against_the_reader_nor_away(
            (map, _) in any_map(),
            standing in -40i32..200,
            steps in proptest::collection::vec(-6i32..9, 0..60),
        ) {
            let (mut row, mut standing) = (0, RowPosition(standing));
            for step in steps {
                let next = (row + step).max(0);
                let kept = map.keep(travel(row, next), standing);
                prop_assert!(if next >= row { kept >= standing } else { kept <= standing }, "{row} to {next}: {standing:?} {kept:?}");
                let (before, after) = (standing - map.follow(at(row)), kept - map.follow(at(next)));
                let was_level = standing == map.level(at(row));
                prop_assert!(was_level || after.abs() <= before.abs(), "{row} to {next}: apart {before}, then {after}");
                (row, standing) = (next, kept);
            }
        }

        #[test]
        fn up_and_down_agree_however_the_reader_came((map, _) in any_map(), steps in proptest::collection::vec(-6i32..9, 0..60)) {
            let (mut row, mut standing) = (0, map.follow(at(0)));
            for step in steps {
                let next = (row + step).max(0);
                standing = map.keep(travel(row, next), standing);
                row = next;
                prop_assert_eq!(standing, map.follow(at(row)));
            }
        }

        #[test]
        fn linked_passages_begin_level_or_a_little_late((map, knots) in any_map()) {
            for knot in knots {
                let late = knot.beside - map.follow(Place { offset: knot.from, row: knot.row });
                prop_assert!((0..=MOST_LATE).contains(&late), "{knot:?}: {late}");
            }
        }

        #[test]
        fn a_row_of_reading_moves_a_pane_no_faster_than_the_eye_follows((map, _) in any_map()) {
            let rows = followed(&map, 0..140);
            for (row, pair) in (0i32..).zip(rows.windows(2)) {
                prop_assert!(pace(&map, row).is_none_or(|pace| pair[1] - pair[0] <= pace), "{row}: {pair:?}");
            }
        }
    }
}
