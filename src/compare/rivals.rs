//! A pair among its rivals: what the scores around it say about it.
//!
//! Must never read words. Invariant: symmetric in the two sentences, like the features of the pair itself.

use std::collections::HashMap;

use super::candidates::UnitIndex;

/// Names of these features, in order; they stand after those of the pair alone.
pub(super) const NAMES: [&str; 12] = [
    "score-alone",
    "rank-best",
    "rank-worst",
    "lead-least",
    "lead-most",
    "through-third",
    "through-third-sum",
    "neighbours-straight",
    "neighbours-one-side",
    "row-strong",
    "article-best-least",
    "article-best-most",
];

/// One value for each of [`NAMES`].
pub(super) type RivalFeatures = [f32; NAMES.len()];

/// First scores by sentence.
pub(super) struct Scores {
    by_pair: HashMap<(UnitIndex, UnitIndex), f32>,
    /// For a sentence, its scored counterparts, sorted by place.
    by_unit: HashMap<UnitIndex, Vec<(UnitIndex, f32)>>,
}

impl Scores {
    /// Takes pairs (smaller sentence first) with their first scores.
    pub(super) fn new(pairs: &[(UnitIndex, UnitIndex)], scores: &[f32]) -> Self {
        let mut all = Self { by_pair: HashMap::with_capacity(pairs.len()), by_unit: HashMap::new() };
        for (&(a, b), &score) in pairs.iter().zip(scores) {
            all.by_pair.insert((a, b), score);
            all.by_unit.entry(a).or_default().push((b, score));
            all.by_unit.entry(b).or_default().push((a, score));
        }
        all.by_unit.values_mut().for_each(|row| row.sort_unstable_by_key(|entry| entry.0));
        all
    }

    fn score(&self, a: UnitIndex, b: UnitIndex) -> f32 {
        self.by_pair.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0)
    }

    fn row(&self, unit: UnitIndex) -> &[(UnitIndex, f32)] {
        self.by_unit.get(&unit).map_or(&[], Vec::as_slice)
    }

    /// The counterparts of `unit` in one article.
    fn rivals(&self, unit: UnitIndex, article: u16) -> impl Iterator<Item = (UnitIndex, f32)> + '_ {
        let row = self.row(unit);
        let from = row.partition_point(|entry| entry.0.article < article);
        row[from..].iter().copied().take_while(move |entry| entry.0.article == article)
    }

    /// The features of one pair.
    pub(super) fn features(&self, a: UnitIndex, b: UnitIndex) -> RivalFeatures {
        let own = self.score(a, b);
        let (from_a, from_b) = (self.standing(a, b, own), self.standing(b, a, own));
        let (third, third_sum) = self.through_third(a, b);
        let (straight, one_side) = self.neighbours(a, b);
        [
            own,
            from_a.rank.min(from_b.rank),
            from_a.rank.max(from_b.rank),
            from_a.lead.min(from_b.lead),
            from_a.lead.max(from_b.lead),
            third,
            third_sum,
            straight,
            one_side,
            from_a.strong.max(from_b.strong),
            from_a.elsewhere.min(from_b.elsewhere),
            from_a.elsewhere.max(from_b.elsewhere),
        ]
    }

    fn standing(&self, unit: UnitIndex, other: UnitIndex, own: f32) -> Standing {
        let (mut rank, mut best_rival, mut strong) = (0.0, 0.0f32, 0.0);
        for (rival, score) in self.rivals(unit, other.article).filter(|entry| entry.0 != other) {
            rank += f32::from(u8::from(score > own || score == own && rival < other));
            best_rival = best_rival.max(score);
            strong += f32::from(u8::from(score > 0.4));
        }
        let elsewhere = self
            .row(unit)
            .iter()
            .filter(|entry| entry.0.article != other.article)
            .map(|entry| entry.1)
            .fold(0.0, f32::max);
        Standing { rank, lead: own - best_rival, strong, elsewhere }
    }

    /// The strongest way from one sentence to the other through a third article, and the sum of all ways.
    fn through_third(&self, a: UnitIndex, b: UnitIndex) -> (f32, f32) {
        let ways = self
            .row(a)
            .iter()
            .filter(|entry| entry.0.article != b.article)
            .map(|&(c, score)| score.min(self.score(c, b)));
        ways.fold((0.0, 0.0), |(best, sum), way| (best.max(way), sum + way))
    }

    /// Scores of the pairs before and after both sentences, and of the pairs beside only one of them.
    fn neighbours(&self, a: UnitIndex, b: UnitIndex) -> (f32, f32) {
        let shift = |unit: UnitIndex, by: i64| {
            let moved = u32::try_from(i64::from(unit.unit) + by).unwrap_or(u32::MAX);
            UnitIndex { unit: moved, ..unit }
        };
        let straight = self.score(shift(a, -1), shift(b, -1)).max(self.score(shift(a, 1), shift(b, 1)));
        let beside = [(a, shift(b, -1)), (a, shift(b, 1)), (shift(a, -1), b), (shift(a, 1), b)];
        (straight, beside.into_iter().map(|(a, b)| self.score(a, b)).fold(0.0, f32::max))
    }
}

/// How a pair stands among the counterparts of one of its sentences in the other's article.
struct Standing {
    /// How many rivals are better.
    rank: f32,
    /// By how much it leads the best rival (negative when behind).
    lead: f32,
    /// How many rivals are strong.
    strong: f32,
    /// The best score of this sentence in any other article.
    elsewhere: f32,
}
