//! Fixed phrases: words of these articles that hardly ever stand without each other say one thing, not two.
//!
//! Must never look at meaning. Invariant: only the worth of words changes, never below [`COMPLETION`].

use std::collections::HashMap;

use super::prepare::{Prepared, Word};
use super::vocabulary::{TermIndex, Vocabulary};

/// The share of a word's places in which its neighbour must be the same for the two to be a phrase.
const TOGETHER: f32 = 0.75;
/// What a word that completes a phrase is worth.
const COMPLETION: f32 = 0.3;
/// How often a phrase must be met.
const FEWEST: u32 = 3;

/// Discounts, in every phrase of two neighbouring content words, the one that is bound to the other.
pub(super) fn discount(articles: &mut [Prepared], vocabulary: &Vocabulary) {
    let mut alone: HashMap<TermIndex, u32> = HashMap::new();
    let mut together: HashMap<(TermIndex, TermIndex), u32> = HashMap::new();
    let carries = |word: &Word| vocabulary.term(word.term).carries();
    for unit in articles.iter().flat_map(|article| &article.units) {
        unit.words.iter().filter(|word| carries(word)).for_each(|word| *alone.entry(word.term).or_default() += 1);
        for pair in unit.words.windows(2).filter(|pair| carries(&pair[0]) && carries(&pair[1])) {
            *together.entry((pair[0].term, pair[1].term)).or_default() += 1;
        }
    }
    let bound = |word: TermIndex, phrase: (TermIndex, TermIndex)| {
        let met = together.get(&phrase).copied().unwrap_or(0);
        met >= FEWEST && met as f32 >= TOGETHER * alone.get(&word).copied().unwrap_or(0) as f32
    };
    for unit in articles.iter_mut().flat_map(|article| &mut article.units) {
        for at in 1..unit.words.len() {
            let (x, y) = (unit.words[at - 1].term, unit.words[at].term);
            // Of two words bound to each other the rarer one stays.
            let (first, second) = (bound(x, (x, y)), bound(y, (x, y)));
            let keeps_second = vocabulary.term(y).weight >= vocabulary.term(x).weight;
            if first && (!second || keeps_second) {
                unit.words[at - 1].worth = COMPLETION;
            } else if second {
                unit.words[at].worth = COMPLETION;
            }
        }
    }
}
