//! What one sentence brings to every pair it stands in, gathered once: its distinct words by weight, its clauses, its directions.
//!
//! Must never look at another sentence. Invariant: the words of a bag ascend by term, and a clause has a weight for each of them.

use super::candidates::UnitIndex;
use super::directions::Directions;
use super::prepare::{Corpus, Word};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};

/// A distinct word of a sentence that weighs something.
#[derive(Debug, Clone, Copy)]
pub(super) struct Weighed {
    pub term: TermIndex,
    pub weight: f32,
    pub class: TermClass,
}

/// One sentence, as pairs see it.
#[derive(Debug)]
pub(super) struct Profile {
    pub bag: Vec<Weighed>,
    /// The weight of the whole bag.
    pub weight: f32,
    /// Its length as a vector.
    pub length: f32,
    pub clauses: Vec<ClauseProfile>,
    pub directions: Directions,
    /// Content words that follow each other with at most three content words between, sorted.
    pub near_pairs: Vec<(TermIndex, TermIndex)>,
    /// How many words carry content.
    pub content: u32,
    pub mostly_quoted: bool,
    pub negative: bool,
}

/// One clause, as pairs see it.
#[derive(Debug)]
pub(super) struct ClauseProfile {
    /// What every word of the sentence's bag weighs here; 0 where it does not stand here.
    pub weights: Vec<f32>,
    pub weight: f32,
    pub length: f32,
    pub directions: Directions,
}

impl Profile {
    pub(super) fn of(at: UnitIndex, corpus: &Corpus) -> Self {
        let (unit, vocabulary) = (corpus.unit(at), &corpus.vocabulary);
        let bag = bag(&unit.words, vocabulary);
        let clause = |clause: &super::prepare::Clause| {
            let words = &unit.words[clause.words.clone()];
            let own = self::bag(words, vocabulary);
            let mut weights = vec![0.0; bag.len()];
            for entry in &own {
                let place = bag.binary_search_by_key(&entry.term, |other| other.term);
                place.into_iter().for_each(|place| weights[place] = entry.weight);
            }
            ClauseProfile {
                weights,
                weight: weight(&own),
                length: length(&own),
                directions: Directions::of(words, vocabulary),
            }
        };
        let clauses = unit.clauses.iter().map(clause).collect();
        let carries = |term: &TermIndex| vocabulary.term(*term).carries();
        let content: Vec<_> = unit.words.iter().map(|word| word.term).filter(carries).collect();
        let quoted = unit.words.iter().filter(|word| word.quoted).count();
        Self {
            weight: weight(&bag),
            length: length(&bag),
            bag,
            clauses,
            directions: Directions::of(&unit.words, vocabulary),
            near_pairs: near_pairs(&content),
            content: content.len() as u32,
            mostly_quoted: quoted * 3 > unit.words.len(),
            negative: unit.words.iter().any(|word| vocabulary.term(word.term).denies()),
        }
    }
}

impl Profile {
    /// What the words of one class weigh together.
    pub(super) fn weight_of(&self, class: TermClass) -> f32 {
        self.bag.iter().filter(|entry| entry.class == class).map(|entry| entry.weight).sum()
    }
}

/// Distinct content words with the most that each weighs, sorted by term.
pub(super) fn bag(words: &[Word], vocabulary: &Vocabulary) -> Vec<Weighed> {
    let weighed = |word: &Word| Weighed {
        term: word.term,
        weight: vocabulary.weight(word),
        class: vocabulary.term(word.term).class,
    };
    let mut bag: Vec<_> = words.iter().map(weighed).filter(|entry| entry.weight > 0.0).collect();
    bag.sort_unstable_by(|x, y| x.term.cmp(&y.term).then(y.weight.total_cmp(&x.weight)));
    bag.dedup_by_key(|entry| entry.term);
    bag
}

/// What the words of a bag weigh together.
pub(super) fn weight(bag: &[Weighed]) -> f32 {
    bag.iter().map(|entry| entry.weight).sum()
}

fn length(bag: &[Weighed]) -> f32 {
    bag.iter().map(|entry| entry.weight * entry.weight).sum::<f32>().sqrt()
}

fn near_pairs(content: &[TermIndex]) -> Vec<(TermIndex, TermIndex)> {
    let after = |at: usize| content[at + 1..].iter().take(3).map(move |&next| (content[at], next));
    let mut pairs: Vec<_> = (0..content.len()).flat_map(after).collect();
    pairs.sort_unstable();
    pairs
}
