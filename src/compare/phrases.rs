//! Fixed phrases: words of an article that hardly ever stand without each other say one thing, not two.
//!
//! Must never look at meaning, or at two articles. Invariant: only the worth of words changes, and of each once.

use foldhash::{HashMap, HashMapExt};

use super::parallel;
use super::prepare::{Prepared, Unit, Word};
use super::vocabulary::{TermIndex, Vocabulary};

/// The share of a word's places in which its neighbour must be the same for the two to be a phrase.
const TOGETHER: f32 = 0.75;
/// What a word that completes a phrase is worth.
const COMPLETION: f32 = 0.3;
/// How often an article must have a phrase.
const FEWEST: usize = 2;

/// Discounts, in every phrase of two neighbouring content words, the one that is bound to the other.
pub(super) fn discount(article: &mut Prepared, vocabulary: &Vocabulary) {
    let carries = |word: &Word| vocabulary.term(word.term).carries();
    let mut alone: HashMap<TermIndex, u32> = HashMap::new();
    let mut phrases = Vec::new();
    for unit in &article.units {
        unit.words.iter().filter(|word| carries(word)).for_each(|word| *alone.entry(word.term).or_default() += 1);
        let pairs = unit.words.windows(2).filter(|pair| carries(&pair[0]) && carries(&pair[1]));
        phrases.extend(pairs.map(|pair| (pair[0].term, pair[1].term)));
    }
    parallel::sort(&mut phrases);
    // Of the many pairs of a long text few are met often enough to be a phrase.
    let met: HashMap<(TermIndex, TermIndex), usize> =
        phrases.chunk_by(|x, y| x == y).filter(|same| same.len() >= FEWEST).map(|same| (same[0], same.len())).collect();
    if met.is_empty() {
        return;
    }
    let bound = |word: TermIndex, phrase: (TermIndex, TermIndex)| {
        met.get(&phrase).is_some_and(|&met| met as f32 >= TOGETHER * alone[&word] as f32)
    };
    let discount = |unit: &mut Unit| {
        let completes = completing(&unit.words, vocabulary, bound);
        let completed = unit.words.iter_mut().zip(completes).filter(|(_, completes)| *completes);
        completed.for_each(|(word, _)| word.worth *= COMPLETION);
    };
    parallel::each(&mut article.units, discount);
}

/// For every word of a sentence whether it completes a phrase, where `bound` tells of a word and a phrase whether the one hardly ever
/// stands outside the other.
fn completing(
    words: &[Word],
    vocabulary: &Vocabulary,
    bound: impl Fn(TermIndex, (TermIndex, TermIndex)) -> bool,
) -> Vec<bool> {
    let mut completes = vec![false; words.len()];
    for at in 1..words.len() {
        let (x, y) = (words[at - 1].term, words[at].term);
        // Of two words bound to each other the rarer one stays.
        let (first, second) = (bound(x, (x, y)), bound(y, (x, y)));
        let keeps_second = vocabulary.weight(&words[at]) >= vocabulary.weight(&words[at - 1]);
        if first && (!second || keeps_second) {
            completes[at - 1] = true;
        } else if second {
            completes[at] = true;
        }
    }
    completes
}
