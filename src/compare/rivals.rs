//! A pair among its rivals: what the scores around it say about it.
//!
//! Must never read words. Invariant: symmetric in the two sentences, like the features of the pair itself; what
//! third articles say together is a mean, so that many that say little are not taken for one that says much.

use std::ops::Range;

use super::candidates::UnitIndex;

/// Names of these features, in order; they stand after those of the pair alone.
pub(super) const NAMES: [&str; 13] = [
    "score-alone",
    "rank-best",
    "rank-worst",
    "lead-least",
    "lead-most",
    "through-third",
    "through-thirds",
    "neighbours-straight",
    "neighbours-one-side",
    "row-strong",
    "article-best-least",
    "article-best-most",
    "articles-share",
];

/// One value for each of [`NAMES`].
pub(super) type RivalFeatures = [f32; NAMES.len()];

/// First scores by sentence. Sentences go by numbers, article after article.
pub(super) struct Scores {
    /// For every article the number of its first sentence, and where the last ends.
    articles: Vec<u32>,
    /// For every sentence, by number, where its counterparts begin; one more at the end.
    rows: Vec<u32>,
    /// Scored counterparts by number, those of one sentence together and ascending.
    counterparts: Vec<(u32, f32)>,
    /// How each of these stands among the counterparts of its sentence in the same article.
    standings: Vec<Standing>,
    /// For every sentence, by number, its best scores.
    best: Vec<Best>,
    /// For every article and every other how much of it is there: the mean of its sentences' best scores in the other.
    shares: Vec<f32>,
    /// How many articles are a third to two.
    thirds: usize,
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
    /// The best among some articles, each with the best score in it.
    fn among(of_articles: impl Iterator<Item = (usize, f32)>) -> Self {
        of_articles.fold(Self::default(), |best, (article, score)| {
            if score > best.first {
                Self { first: score, article: article as u16, apart: best.first }
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
    of: Option<u32>,
    scores: Vec<f32>,
}

impl Scores {
    /// Takes pairs (smaller sentence first, sorted) with their first scores, and how many sentences each article has.
    pub(super) fn new(pairs: &[(UnitIndex, UnitIndex)], scores: &[f32], lengths: &[u32]) -> Self {
        let mut with_pairs = vec![false; lengths.len()];
        pairs.iter().flat_map(|(a, b)| [a, b]).for_each(|unit| with_pairs[usize::from(unit.article)] = true);
        let mut all = Self {
            articles: begins(lengths),
            rows: Vec::new(),
            counterparts: Vec::new(),
            standings: Vec::with_capacity(2 * pairs.len()),
            best: Vec::new(),
            shares: Vec::new(),
            thirds: with_pairs.into_iter().filter(|with| *with).count().saturating_sub(2),
        };
        let mut counts = vec![0u32; all.articles.last().map_or(0, |&end| end as usize)];
        let numbers = |&(a, b): &(UnitIndex, UnitIndex)| (number(&all.articles, a), number(&all.articles, b));
        let both = || pairs.iter().map(numbers).zip(scores).flat_map(|((a, b), &score)| [(a, b, score), (b, a, score)]);
        both().for_each(|(number, ..)| counts[number as usize] += 1);
        all.rows = begins(&counts);
        all.counterparts = vec![(0, 0.0); 2 * pairs.len()];
        let mut next = all.rows.clone();
        // Of sorted pairs the counterparts of one sentence come sorted: first those before it, then those after it.
        for (number, other, score) in both() {
            let place = &mut next[number as usize];
            all.counterparts[*place as usize] = (other, score);
            *place += 1;
        }
        all.find_standings();
        all
    }

    /// Finds the best scores of every sentence, what articles share, and how pairs stand.
    fn find_standings(&mut self) {
        let mut best = Vec::with_capacity(self.rows.len());
        let mut standings = std::mem::take(&mut self.standings);
        let articles = self.articles.len() - 1;
        let mut shares = vec![0.0; articles * articles];
        let mut order = Vec::new();
        for article in 0..articles {
            let sentences = self.articles[article]..self.articles[article + 1];
            let share = 1.0 / sentences.len().max(1) as f32;
            for number in sentences {
                // The best of each article.
                let there =
                    self.by_article(number).map(|(other, row)| (other, highest(row.iter().map(|entry| entry.1))));
                best.push(Best::among(there.clone()));
                there.for_each(|(other, score)| shares[article * articles + other] += share * score);
                self.by_article(number).for_each(|(_, row)| stand(row, &mut order, &mut standings));
            }
        }
        (self.best, self.shares, self.standings) = (best, shares, standings);
    }

    /// Every article in which a sentence has counterparts, with these.
    fn by_article(&self, number: u32) -> impl Iterator<Item = (usize, &[(u32, f32)])> + Clone {
        let article = |number: u32| self.articles.partition_point(|&first| first <= number) - 1;
        let mut row = self.row(number);
        std::iter::from_fn(move || {
            let of = article(row.first()?.0);
            let (there, after) = row.split_at(row.partition_point(|entry| entry.0 < self.articles[of + 1]));
            row = after;
            Some((of, there))
        })
    }

    /// How much two articles have in common, by the one of which more is in the other.
    fn share(&self, a: u16, b: u16) -> f32 {
        let of = |x: u16, y: u16| self.shares[usize::from(x) * (self.articles.len() - 1) + usize::from(y)];
        of(a, b).max(of(b, a))
    }

    /// The numbers of the sentences of an article.
    fn sentences(&self, article: u16) -> Range<u32> {
        self.articles[usize::from(article)]..self.articles[usize::from(article) + 1]
    }

    /// Room for the scores of one sentence; none where there is no third article.
    pub(super) fn room(&self) -> Laid {
        let sentences = if self.thirds > 0 { self.best.len() } else { 0 };
        Laid { of: None, scores: vec![0.0; sentences] }
    }

    fn row(&self, number: u32) -> &[(u32, f32)] {
        &self.counterparts[self.rows[number as usize] as usize..self.rows[number as usize + 1] as usize]
    }

    /// The first score of two sentences; 0 where they are no pair.
    fn score(&self, number: u32, other: u32) -> f32 {
        let row = self.row(number);
        row.binary_search_by_key(&other, |entry| entry.0).map_or(0.0, |at| row[at].1)
    }

    /// How a sentence's pair with another stands among its pairs with the other's article.
    fn standing(&self, number: u32, other: u32) -> Standing {
        let at = self.row(number).partition_point(|entry| entry.0 < other);
        self.standings[self.rows[number as usize] as usize + at]
    }

    /// The features of one of the pairs; quickest for those with one first sentence after each other.
    pub(super) fn features(&self, a: UnitIndex, b: UnitIndex, laid: &mut Laid) -> RivalFeatures {
        let (at, there) = (Place::of(a, self), Place::of(b, self));
        let (from_a, from_b) = (self.standing(at.number, there.number), self.standing(there.number, at.number));
        let elsewhere_a = self.best[at.number as usize].outside(b.article);
        let elsewhere_b = self.best[there.number as usize].outside(a.article);
        let (third, thirds) = self.through_third(at.number, there.number, laid);
        let (straight, one_side) = self.neighbours(&at, &there);
        [
            self.score(at.number, there.number),
            from_a.rank.min(from_b.rank).into(),
            from_a.rank.max(from_b.rank).into(),
            from_a.lead.min(from_b.lead),
            from_a.lead.max(from_b.lead),
            stepped(third),
            stepped(thirds),
            straight,
            one_side,
            from_a.strong.max(from_b.strong).into(),
            stepped(elsewhere_a.min(elsewhere_b)),
            stepped(elsewhere_a.max(elsewhere_b)),
            stepped(self.share(a.article, b.article)),
        ]
    }

    /// The strongest way from one sentence to the other through a third article, and the sum of all ways for every third.
    fn through_third(&self, a: u32, b: u32, laid: &mut Laid) -> (f32, f32) {
        if laid.scores.is_empty() {
            return (0.0, 0.0);
        }
        if laid.of != Some(a) {
            let before = laid.of.replace(a).map_or(&[][..], |before| self.row(before));
            before.iter().for_each(|&(number, _)| laid.scores[number as usize] = 0.0);
            self.row(a).iter().for_each(|&(number, score)| laid.scores[number as usize] = score);
        }
        // Neither sentence has counterparts in its own article, so what both have is in a third.
        let ways = self.row(b).iter().map(|&(number, score)| score.min(laid.scores[number as usize]));
        let (best, sum) = ways.fold((0.0, 0.0), |(best, sum), way| (f32::max(best, way), sum + way));
        (best, sum / self.thirds as f32)
    }

    /// Scores of the pairs before and after both sentences, and of the pairs beside only one of them.
    fn neighbours(&self, a: &Place, b: &Place) -> (f32, f32) {
        let score = |a: Option<u32>, b: Option<u32>| a.zip(b).map_or(0.0, |(a, b)| self.score(a, b));
        let straight = [-1, 1].map(|by| score(a.shifted(by), b.shifted(by)));
        let beside = [-1, 1].map(|by| score(Some(a.number), b.shifted(by)).max(score(a.shifted(by), Some(b.number))));
        (highest(straight.into_iter()), highest(beside.into_iter()))
    }
}

/// From how much on a score is strong.
const STRONG: f32 = 0.4;

/// The highest of some scores; 0 where there is none.
fn highest(scores: impl Iterator<Item = f32>) -> f32 {
    scores.fold(0.0, f32::max)
}

/// Adds how each counterpart of a sentence in one article stands among the others there. `order` is room.
fn stand(row: &[(u32, f32)], order: &mut Vec<usize>, standings: &mut Vec<Standing>) {
    order.clear();
    order.extend(0..row.len());
    order.sort_unstable_by(|&x, &y| row[y].1.total_cmp(&row[x].1).then(x.cmp(&y)));
    let strong = row.iter().filter(|entry| entry.1 > STRONG).count();
    let score = |rank: usize| order.get(rank).map_or(0.0, |&at| row[at].1);
    let from = standings.len();
    standings.resize(from + row.len(), Standing::default());
    for (rank, &at) in order.iter().enumerate() {
        let own = row[at].1;
        let best_rival = score(usize::from(rank == 0));
        let strong = counted(strong - usize::from(own > STRONG));
        standings[from + at] = Standing { rank: counted(rank), lead: own - best_rival, strong };
    }
}

fn counted(rivals: usize) -> u16 {
    u16::try_from(rivals).unwrap_or(u16::MAX)
}

/// In hundredths: what other articles say changes whenever one comes, mostly by less.
fn stepped(score: f32) -> f32 {
    (score * 100.0).round() / 100.0
}

/// A sentence's number, and those of its article.
struct Place {
    number: u32,
    around: Range<u32>,
}

impl Place {
    fn of(unit: UnitIndex, scores: &Scores) -> Self {
        Self { number: number(&scores.articles, unit), around: scores.sentences(unit.article) }
    }

    /// The sentence so many further in the article.
    fn shifted(&self, by: i32) -> Option<u32> {
        self.number.checked_add_signed(by).filter(|number| self.around.contains(number))
    }
}

/// The number of a sentence, where the articles' first ones have these.
fn number(articles: &[u32], unit: UnitIndex) -> u32 {
    articles[usize::from(unit.article)] + unit.unit
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
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// How many rivals are better; 65,535 at the most, which is far more than anything is told by.
    rank: u16,
    /// By how much it leads the best rival (negative when behind).
    lead: f32,
    /// How many rivals are strong, 65,535 at the most.
    strong: u16,
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
        let scores = Scores::new(&pairs, &[0.9, 0.5, 0.7, 0.2, 0.6], &[2, 5, 2]);
        let [own, best, worst, least, most, third, sum, straight, beside, ..] =
            scores.features(unit(0, 0), unit(1, 3), &mut scores.room());
        assert_eq!((own, best, worst), (0.5, 0.0, 1.0));
        assert_eq!((least, most), (0.5 - 0.9, 0.5));
        // Through the third article's one sentence: 0.7 and 0.6.
        assert_eq!((third, sum), (0.6, 0.6));
        assert_eq!((straight, beside), (0.2, 0.0));
    }

    #[test]
    fn third_articles_count_by_what_they_say_and_not_by_their_number() {
        let way = |third| [(unit(0, 0), unit(third, 0)), (unit(1, 0), unit(third, 0))];
        let through = |thirds: u16| {
            let mut pairs = vec![(unit(0, 0), unit(1, 0))];
            pairs.extend((2..2 + thirds).flat_map(way));
            pairs.sort_unstable();
            let scores = Scores::new(&pairs, &vec![0.5; pairs.len()], &vec![1; 2 + usize::from(thirds)]);
            let [.., best, mean, _, _, _, _, _, _] = scores.features(unit(0, 0), unit(1, 0), &mut scores.room());
            (best, mean)
        };
        assert_eq!(through(0), (0.0, 0.0));
        assert_eq!(through(1), (0.5, 0.5));
        assert_eq!(through(4), (0.5, 0.5));
    }

    #[test]
    fn two_articles_have_in_common_what_the_shorter_has_in_the_longer() {
        let pairs = [(unit(0, 0), unit(1, 0)), (unit(0, 1), unit(1, 3)), (unit(0, 1), unit(2, 0))];
        let scores = Scores::new(&pairs, &[0.8, 0.4, 0.1], &[2, 4, 1]);
        let share = |a, b| *scores.features(a, b, &mut scores.room()).last().unwrap();
        // The mean over two sentences is more than that over four.
        assert!((share(unit(0, 0), unit(1, 0)) - 0.6).abs() < 1e-6);
        assert!((share(unit(0, 1), unit(2, 0)) - 0.1).abs() < 1e-6);
    }

    #[test]
    fn the_last_sentence_of_an_article_has_no_neighbour_in_the_next() {
        let pairs = [(unit(0, 0), unit(1, 1)), (unit(0, 1), unit(1, 0)), (unit(0, 1), unit(2, 0))];
        let scores = Scores::new(&pairs, &[0.8, 0.3, 0.9], &[2, 2, 1]);
        let neighbours = |a, b| {
            let all = scores.features(a, b, &mut scores.room());
            (all[7], all[8])
        };
        assert_eq!(neighbours(unit(0, 0), unit(1, 1)), (0.0, 0.0));
        assert_eq!(neighbours(unit(0, 1), unit(1, 0)), (0.0, 0.0));
        assert_eq!(neighbours(unit(0, 1), unit(2, 0)), (0.0, 0.0));
    }
}
