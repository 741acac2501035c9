//! A pair among its rivals: what the scores around it say about it.
//!
//! Must never read words. Invariant: symmetric in the two sentences, like the features of the pair itself.

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
    /// For every article the number of its first sentence.
    articles: Vec<u32>,
    /// For every sentence, by number, where its counterparts begin; one more at the end.
    rows: Vec<u32>,
    /// Scored counterparts, those of one sentence together and sorted by place.
    counterparts: Vec<(UnitIndex, f32)>,
    /// For every sentence, by number, its best scores.
    best: Vec<Best>,
}

/// The best scores of a sentence.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    /// Of all, and in which article.
    first: f32,
    article: u16,
    /// Of those in all other articles.
    apart: f32,
}

impl Best {
    fn of(row: &[(UnitIndex, f32)]) -> Self {
        let by_article = row.chunk_by(|x, y| x.0.article == y.0.article);
        by_article.fold(Self::default(), |best, there| {
            let score = there.iter().map(|entry| entry.1).fold(0.0, f32::max);
            if score > best.first {
                Self { first: score, article: there[0].0.article, apart: best.first }
            } else {
                Self { apart: best.apart.max(score), ..best }
            }
        })
    }

    /// The best outside one article.
    fn outside(&self, article: u16) -> f32 {
        if self.article == article { self.apart } else { self.first }
    }
}

/// The scores of one sentence with every other, laid out by number, while its pairs are looked at.
pub(super) struct Laid {
    of: Option<UnitIndex>,
    scores: Vec<f32>,
}

impl Scores {
    /// Takes pairs (smaller sentence first, sorted) with their first scores.
    pub(super) fn new(pairs: &[(UnitIndex, UnitIndex)], scores: &[f32]) -> Self {
        let mut lengths: Vec<u32> = Vec::new();
        for unit in pairs.iter().flat_map(|&(a, b)| [a, b]) {
            let article = usize::from(unit.article);
            lengths.resize(lengths.len().max(article + 1), 0);
            lengths[article] = lengths[article].max(unit.unit + 1);
        }
        let articles = begins(&lengths);
        let mut all = Self { rows: Vec::new(), counterparts: Vec::new(), articles, best: Vec::new() };
        let mut counts = vec![0u32; all.articles.last().map_or(0, |&end| end as usize)];
        let both = || pairs.iter().zip(scores).flat_map(|(&(a, b), &score)| [(a, b, score), (b, a, score)]);
        both().for_each(|(unit, ..)| counts[all.number(unit)] += 1);
        all.rows = begins(&counts);
        all.counterparts = vec![(UnitIndex { article: 0, unit: 0 }, 0.0); 2 * pairs.len()];
        let mut next = all.rows.clone();
        // Of sorted pairs the counterparts of one sentence come sorted: first those before it, then those after it.
        for (unit, other, score) in both() {
            let place = &mut next[all.number(unit)];
            all.counterparts[*place as usize] = (other, score);
            *place += 1;
        }
        let rows = all.rows.windows(2).map(|ends| &all.counterparts[ends[0] as usize..ends[1] as usize]);
        all.best = rows.map(Best::of).collect();
        all
    }

    /// The number of a sentence that was scored.
    fn number(&self, unit: UnitIndex) -> usize {
        (self.articles[usize::from(unit.article)] + unit.unit) as usize
    }

    /// Room for the scores of one sentence; none where there is no third article.
    pub(super) fn room(&self) -> Laid {
        let sentences = if self.articles.len() > 3 { self.best.len() } else { 0 };
        Laid { of: None, scores: vec![0.0; sentences] }
    }

    fn row(&self, unit: UnitIndex) -> &[(UnitIndex, f32)] {
        let Some(&[first, end]) = self.articles.get(usize::from(unit.article)..).and_then(|rest| rest.first_chunk())
        else {
            return &[];
        };
        if unit.unit >= end - first {
            return &[];
        }
        let number = (first + unit.unit) as usize;
        &self.counterparts[self.rows[number] as usize..self.rows[number + 1] as usize]
    }

    fn score(&self, a: UnitIndex, b: UnitIndex) -> f32 {
        let row = self.row(a);
        row.binary_search_by_key(&b, |entry| entry.0).map_or(0.0, |at| row[at].1)
    }

    /// The counterparts of `unit` in one article.
    fn rivals(&self, unit: UnitIndex, article: u16) -> impl Iterator<Item = (UnitIndex, f32)> + '_ {
        let row = self.row(unit);
        let from = row.partition_point(|entry| entry.0.article < article);
        row[from..].iter().copied().take_while(move |entry| entry.0.article == article)
    }

    /// The features of one of the pairs; quickest for those with one first sentence after each other.
    pub(super) fn features(&self, a: UnitIndex, b: UnitIndex, laid: &mut Laid) -> RivalFeatures {
        let own = self.score(a, b);
        let (from_a, from_b) = (self.standing(a, b, own), self.standing(b, a, own));
        let (third, third_sum) = self.through_third(a, b, laid);
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
        let elsewhere = self.best[self.number(unit)].outside(other.article);
        Standing { rank, lead: own - best_rival, strong, elsewhere }
    }

    /// The strongest way from one sentence to the other through a third article, and the sum of all ways.
    fn through_third(&self, a: UnitIndex, b: UnitIndex, laid: &mut Laid) -> (f32, f32) {
        if laid.scores.is_empty() {
            return (0.0, 0.0);
        }
        if laid.of != Some(a) {
            let before = laid.of.replace(a).map_or(&[][..], |before| self.row(before));
            before.iter().for_each(|&(unit, _)| laid.scores[self.number(unit)] = 0.0);
            self.row(a).iter().for_each(|&(unit, score)| laid.scores[self.number(unit)] = score);
        }
        // Neither sentence has counterparts in its own article, so what both have is in a third.
        let ways = self.row(b).iter().map(|&(c, score)| score.min(laid.scores[self.number(c)]));
        ways.fold((0.0, 0.0), |(best, sum), way| (f32::max(best, way), sum + way))
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

/// Where each of some stretches begins whose lengths are given, and where the last ends.
fn begins(lengths: &[u32]) -> Vec<u32> {
    let ends = lengths.iter().scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(article: u16, unit: u32) -> UnitIndex {
        UnitIndex { article, unit }
    }

    #[test]
    fn a_pair_stands_among_its_rivals_and_the_ways_through_a_third_article() {
        let pairs = [
            (unit(0, 0), unit(1, 0)),
            (unit(0, 0), unit(1, 3)),
            (unit(0, 0), unit(2, 1)),
            (unit(0, 1), unit(1, 4)),
            (unit(1, 3), unit(2, 1)),
        ];
        let scores = Scores::new(&pairs, &[0.9, 0.5, 0.7, 0.2, 0.6]);
        let [own, best, worst, least, most, third, sum, straight, beside, ..] =
            scores.features(unit(0, 0), unit(1, 3), &mut scores.room());
        assert_eq!((own, best, worst), (0.5, 0.0, 1.0));
        assert_eq!((least, most), (0.5 - 0.9, 0.5));
        // Through the third article's one sentence: 0.7 and 0.6.
        assert_eq!((third, sum), (0.6, 0.6));
        assert_eq!((straight, beside), (0.2, 0.0));
    }

    #[test]
    fn a_sentence_that_was_not_scored_has_no_rivals() {
        let scores = Scores::new(&[(unit(0, 5), unit(3, 2))], &[0.8]);
        for other in [unit(0, 9), unit(1, 0), unit(7, 0)] {
            assert_eq!(scores.score(other, unit(3, 2)), 0.0);
        }
        assert_eq!((scores.score(unit(0, 5), unit(3, 2)), scores.score(unit(3, 2), unit(0, 5))), (0.8, 0.8));
    }
}
