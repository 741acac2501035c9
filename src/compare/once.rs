//! What is made of a sentence for all the pairs that it stands in, where a comparison has too many sentences to hold it of all.
//!
//! Must never hold more sentences than [`MOST_AT_ONCE`]. Invariant: results stand in the order of the pairs, however these were
//! taken up.

use foldhash::{HashMap, HashSet};

use super::candidates::UnitIndex;
use super::parallel;

/// So many sentences are held at once: half of them first sentences of their pairs, where there are more in all.
const MOST_AT_ONCE: usize = 2048;

/// Two sentences, smaller first.
pub(super) type Pair = (UnitIndex, UnitIndex);

/// What was made of the sentences at hand.
pub(super) struct OfSentences<T> {
    made: Vec<T>,
    places: HashMap<UnitIndex, usize>,
}

impl<T: Send> OfSentences<T> {
    /// Makes it of some sentences.
    pub(super) fn of(sentences: Vec<UnitIndex>, make: impl Fn(UnitIndex) -> T + Sync + Send) -> Self {
        let mut at_hand = Self { made: Vec::new(), places: HashMap::default() };
        at_hand.take(sentences, make);
        at_hand
    }

    /// Makes it of more.
    fn take(&mut self, mut sentences: Vec<UnitIndex>, make: impl Fn(UnitIndex) -> T + Sync + Send) {
        sentences.retain(|sentence| !self.places.contains_key(sentence));
        sentences.sort_unstable();
        sentences.dedup();
        self.made.extend(parallel::map_large(&sentences, |&sentence| make(sentence)));
        self.places.extend(sentences.into_iter().zip(self.places.len()..));
    }

    /// Lets go of all but the first so many.
    fn keep(&mut self, count: usize) {
        self.places.retain(|_, place| *place < count);
        parallel::keep(&mut self.made, count);
    }

    /// What was made of one of these sentences.
    pub(super) fn get(&self, sentence: UnitIndex) -> &T {
        &self.made[self.places[&sentence]]
    }
}

/// What `work` makes of every pair (sorted), with what `make` makes of its sentences at hand. It is given the numbers of some pairs,
/// ascending, and answers for each of them, or for the first ones as far as there is time: then only the pairs up to some number have
/// a result.
pub(super) fn over<T: Send, R>(
    pairs: &[Pair],
    make: impl Fn(UnitIndex) -> T + Sync + Send,
    work: impl Fn(&[u32], &OfSentences<T>) -> Vec<R>,
) -> Vec<R> {
    let numbers: Vec<u32> = (0u32..).take(pairs.len()).collect();
    if sentences(pairs) <= MOST_AT_ONCE {
        let mut at_hand = OfSentences::of(pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect(), &make);
        let made = work(&numbers, &at_hand);
        at_hand.keep(0);
        return made;
    }
    let mut results = Vec::with_capacity(pairs.len());
    for tiles in stretches(&numbers, pairs) {
        let (start, count) = (results.len(), tiles.iter().map(Vec::len).sum::<usize>());
        let mut at_hand = OfSentences::of(tiles.iter().flatten().map(|&at| pairs[at as usize].0).collect(), &make);
        let firsts = at_hand.made.len();
        // Of which pair each result is.
        let mut made_of = Vec::with_capacity(count);
        for tile in tiles {
            at_hand.take(tile.iter().map(|&at| pairs[at as usize].1).collect(), &make);
            results.extend(work(&tile, &at_hand));
            at_hand.keep(firsts);
            made_of.extend(tile);
            if results.len() < start + made_of.len() {
                break;
            }
        }
        made_of.truncate(results.len() - start);
        put_in_order(&mut results, start, &made_of);
        at_hand.keep(0);
        if results.len() < start + count {
            break;
        }
    }
    results
}

/// Puts the results from `start` on in the order of the numbers they were made of, where they stand: a copy of so many would be more
/// than all else that a comparison holds. What comes after the first number that is missing is let go of.
fn put_in_order<R>(results: &mut Vec<R>, start: usize, made_of: &[u32]) {
    let mut ascending: Vec<usize> = (0..made_of.len()).collect();
    ascending.sort_unstable_by_key(|&at| made_of[at]);
    let in_a_row = (start..).zip(&ascending).take_while(|(expected, at)| *expected == made_of[**at] as usize).count();
    let mut places = vec![0; ascending.len()];
    ascending.into_iter().enumerate().for_each(|(place, at)| places[at] = place);
    for at in 0..places.len() {
        while places[at] != at {
            let place = places[at];
            results.swap(start + at, start + place);
            places.swap(at, place);
        }
    }
    results.truncate(start + in_a_row);
}

/// The numbers of all pairs, in stretches with few first sentences, each parted into tiles with few second ones.
fn stretches(numbers: &[u32], pairs: &[Pair]) -> Vec<Vec<Vec<u32>>> {
    let of_few = |sentence: fn(&Pair) -> UnitIndex, numbers: &[u32]| -> Vec<Vec<u32>> {
        let of = |at: u32| sentence(&pairs[at as usize]);
        let by_sentence: Vec<_> = numbers.chunk_by(|&x, &y| of(x) == of(y)).collect();
        by_sentence.chunks(MOST_AT_ONCE / 2).map(<[_]>::concat).collect()
    };
    let tiles = |mut stretch: Vec<u32>| {
        stretch.sort_by_key(|&at| pairs[at as usize].1);
        let mut tiles = of_few(|pair| pair.1, &stretch);
        tiles.iter_mut().for_each(|tile| tile.sort_unstable());
        tiles
    };
    of_few(|pair| pair.0, numbers).into_iter().map(tiles).collect()
}

/// How many sentences some pairs have.
fn sentences(pairs: &[Pair]) -> usize {
    pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect::<HashSet<_>>().len()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn sentence(article: u16, unit: usize) -> UnitIndex {
        UnitIndex { article, unit: unit as u32 }
    }

    /// Pairs of two articles of so many sentences, each with some of the other all over the place.
    fn pairs(sentences: usize) -> Vec<Pair> {
        let of = |at: usize| (0..5).map(move |nth| (sentence(0, at), sentence(1, (at * 7 + nth * 1013) % sentences)));
        let mut pairs: Vec<_> = (0..sentences).flat_map(of).collect();
        pairs.sort_unstable();
        pairs.dedup();
        pairs
    }

    #[test]
    fn results_stand_in_the_order_of_the_pairs_and_few_sentences_are_held() {
        for count in [3, 1000, 5000] {
            let (pairs, most, made) = (pairs(count), AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |numbers: &[u32], at_hand: &OfSentences<UnitIndex>| {
                most.fetch_max(at_hand.made.len(), Ordering::Relaxed);
                let found = |&at: &u32| (*at_hand.get(pairs[at as usize].0), *at_hand.get(pairs[at as usize].1));
                assert!(numbers.is_sorted());
                numbers.iter().map(found).collect()
            };
            let make = |sentence| {
                made.fetch_add(1, Ordering::Relaxed);
                sentence
            };
            assert_eq!(over(&pairs, make, work), pairs);
            assert!(most.into_inner() <= MOST_AT_ONCE);
            // Of few sentences each is made once.
            assert!(count > 1000 || made.into_inner() == 2 * count);
        }
    }

    #[test]
    fn where_time_runs_out_the_first_pairs_have_results() {
        // All at once, and in tiles: within one, before one, and before the first of a stretch.
        for (count, in_time, part) in
            [(100, 0, 2), (5000, 3, 2), (5000, 22, 2), (5000, 3, 0), (5000, 5, 0), (5000, 10, 0)]
        {
            let pairs = pairs(count);
            let calls = AtomicUsize::new(0);
            let work = |numbers: &[u32], _: &OfSentences<UnitIndex>| {
                let is_in_time = calls.fetch_add(1, Ordering::Relaxed) < in_time;
                let some = if is_in_time { numbers.len() } else { numbers.len().checked_div(part).unwrap_or_default() };
                numbers[..some].iter().map(|&at| pairs[at as usize]).collect()
            };
            let done = over(&pairs, |sentence| sentence, work);
            assert!(!done.is_empty() && done.len() < pairs.len(), "{} of {count}", done.len());
            assert_eq!(done, pairs[..done.len()]);
            assert_eq!(calls.into_inner(), in_time + 1);
        }
    }
}
