//! What two sentences have in common, as numbers: the features the learned score is made of.
//!
//! Must never decide. Invariant: every feature is symmetric in the two sentences.

use super::candidates::UnitIndex;
use super::contrast::Contrast;
use super::figures::{Family, balance};
use super::prepare::{Clause, Corpus, Prepared, Unit, Word};
use super::speech::{Identity, identity};
use super::vectors::{Vector, dot};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};
use crate::text::ParagraphKind;

/// The names of the features, in order; the model file names them too.
pub(super) const NAMES: [&str; 53] = [
    "overlap",
    "containment",
    "shared-weight",
    "strongest-shared",
    "shared-terms",
    "meaning",
    "soft-min",
    "soft-max",
    "clause-overlap",
    "clause-containment",
    "clause-shared",
    "clause-soft",
    "clause-meaning",
    "name-shared",
    "name-missed",
    "figure-shared",
    "value-equal",
    "value-different",
    "value-strongest",
    "value-comparable",
    "date-equal",
    "date-different",
    "date-comparable",
    "run",
    "run-weight",
    "quote-run",
    "quoted-both",
    "quoted-one",
    "pairs-in-order",
    "distance",
    "both-headline",
    "one-headline",
    "length-ratio",
    "shorter",
    "longer",
    "verb-soft",
    "polarity",
    "speaker-same",
    "speaker-different",
    "reported-both",
    "reported-one",
    "meaning-apart",
    "clause-meaning-apart",
    "run-content",
    "soft-min-lead-least",
    "soft-min-lead-most",
    "clause-shared-lead-least",
    "clause-shared-lead-most",
    "clause-soft-lead-least",
    "clause-soft-lead-most",
    "meaning-apart-lead-least",
    "meaning-apart-lead-most",
    "name-meant",
];

/// The features whose contrast with the pairs around is taken, by place, and where the contrasts begin.
const CONTRASTED: [usize; 4] = [6, 10, 11, 41];
const CONTRASTS: usize = 44;

/// One value for each of [`NAMES`].
pub(super) type Features = [f32; NAMES.len()];

/// Fills in how every pair stands out from the pairs around it.
pub(super) fn set_apart(pairs: &[(UnitIndex, UnitIndex)], rows: &mut [Features]) {
    let values: Vec<_> = rows.iter().map(|row| CONTRASTED.map(|at| row[at])).collect();
    let contrast = Contrast::new(pairs, &values);
    for ((&pair, row), values) in pairs.iter().zip(rows).zip(&values) {
        for (leads, place) in
            contrast.of(pair, values).iter().zip(row[CONTRASTS..CONTRASTS + 2 * CONTRASTED.len()].chunks_exact_mut(2))
        {
            place.copy_from_slice(leads);
        }
    }
}

/// Where two sentences stand in their articles.
pub(super) struct Pair<'a> {
    pub a: (&'a Prepared<'a>, usize),
    pub b: (&'a Prepared<'a>, usize),
}

/// Distinct content terms with their weights, sorted by term.
struct Bag(Vec<(TermIndex, f32)>);

impl Bag {
    fn of(words: &[Word], vocabulary: &Vocabulary) -> Self {
        let mut terms: Vec<_> = words
            .iter()
            .map(|word| (word.term, vocabulary.term(word.term).weight * word.worth))
            .filter(|term| term.1 > 0.0)
            .collect();
        terms.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
        terms.dedup_by_key(|term| term.0);
        Self(terms)
    }

    fn weight(&self) -> f32 {
        self.0.iter().map(|term| term.1).sum()
    }

    /// The terms both have, each with the smaller of its two weights.
    fn shared<'b>(&'b self, other: &'b Self) -> impl Iterator<Item = (TermIndex, f32)> + 'b {
        self.0.iter().filter_map(|&(term, weight)| {
            let there = other.0.binary_search_by_key(&term, |other| other.0).ok()?;
            Some((term, weight.min(other.0[there].1)))
        })
    }

    /// How much of this bag's weight finds an equal or close word in the other.
    fn soft(&self, other: &Self, vocabulary: &Vocabulary) -> f32 {
        let found: f32 = self
            .0
            .iter()
            .map(|&(term, weight)| {
                let best = other.0.iter().map(|&(near, _)| vocabulary.closeness(term, near)).fold(0.0, f32::max);
                weight * if best > 0.35 { best } else { 0.0 }
            })
            .sum();
        ratio(found, self.weight())
    }
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The share of the weight of `a` that finds an equal or close word in `b`.
pub(super) fn share_found(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> f32 {
    let (mut found, mut all) = (0.0, 0.0);
    for word in a {
        let weight = vocabulary.term(word.term).weight * word.worth;
        let best = b.iter().map(|other| vocabulary.closeness(word.term, other.term)).fold(0.0, f32::max);
        all += weight;
        found += weight * if best > 0.4 { best } else { 0.0 };
    }
    if all > 0.0 { found / all } else { 0.0 }
}

/// The same, the weaker way round.
pub(super) fn shared_both_ways(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> f32 {
    share_found(a, b, vocabulary).min(share_found(b, a, vocabulary))
}

/// All features of a pair.
pub(super) fn features(pair: &Pair, corpus: &Corpus) -> Features {
    let vocabulary = &corpus.vocabulary;
    let (a, b) = (&pair.a.0.units[pair.a.1], &pair.b.0.units[pair.b.1]);
    let mut row = [0.0; NAMES.len()];
    words(&mut row[..8], a, b, vocabulary);
    clauses(&mut row[8..13], a, b, vocabulary);
    names(&mut row[13..16], a, b, vocabulary);
    compare_values(&mut row[16..23], a, b);
    row[43] = runs(&mut row[23..29], a, b, vocabulary);
    shape(&mut row[29..37], pair, vocabulary);
    speech(&mut row[37..41], a, b);
    row[41] = dot(&a.apart, &b.apart);
    row[42] = closest(a, b, -1.0, |clause| &clause.apart);
    row[52] = name_meant(a, b, vocabulary);
    row
}

fn words(row: &mut [f32], a: &Unit, b: &Unit, vocabulary: &Vocabulary) {
    let (bag_a, bag_b) = (Bag::of(&a.words, vocabulary), Bag::of(&b.words, vocabulary));
    let (weight_a, weight_b) = (bag_a.weight(), bag_b.weight());
    let shared: f32 = bag_a.shared(&bag_b).map(|term| term.1).sum();
    let (soft_a, soft_b) = (bag_a.soft(&bag_b, vocabulary), bag_b.soft(&bag_a, vocabulary));
    row[0] = ratio(shared, (weight_a * weight_b).sqrt());
    row[1] = ratio(shared, weight_a.min(weight_b));
    row[2] = shared;
    row[3] = bag_a.shared(&bag_b).map(|term| term.1).fold(0.0, f32::max);
    row[4] = bag_a.shared(&bag_b).filter(|term| vocabulary.term(term.0).carries()).count() as f32;
    row[5] = dot(&a.vector, &b.vector);
    row[6] = soft_a.min(soft_b);
    row[7] = soft_a.max(soft_b);
}

/// The best pair of clauses, by each measure.
fn clauses(row: &mut [f32], a: &Unit, b: &Unit, vocabulary: &Vocabulary) {
    let bags = |unit: &Unit| -> Vec<_> {
        unit.clauses.iter().map(|clause| Bag::of(&unit.words[clause.words.clone()], vocabulary)).collect()
    };
    let others = bags(b);
    for bag_a in bags(a) {
        for bag_b in &others {
            let shared: f32 = bag_a.shared(bag_b).map(|term| term.1).sum();
            let (weight_a, weight_b) = (bag_a.weight(), bag_b.weight());
            row[0] = row[0].max(ratio(shared, (weight_a * weight_b).sqrt()));
            row[1] = row[1].max(ratio(shared, weight_a.min(weight_b)));
            row[2] = row[2].max(shared);
            let soft = bag_a.soft(bag_b, vocabulary).min(bag_b.soft(&bag_a, vocabulary));
            row[3] = row[3].max(soft);
        }
    }
    row[4] = closest(a, b, 0.0, |clause| &clause.vector);
}

/// The closest pair of clauses by one of their vectors; `least` where none is closer.
fn closest(a: &Unit, b: &Unit, least: f32, of: fn(&Clause) -> &Vector) -> f32 {
    let pairs = a.clauses.iter().flat_map(|x| b.clauses.iter().map(move |y| (x, y)));
    pairs.map(|(x, y)| dot(of(x), of(y))).fold(least, f32::max)
}

/// The weight of the name that one sentence means by a pronoun and the other names, or means as well.
fn name_meant(a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f32 {
    let there = |meant: Option<TermIndex>, other: &Unit| {
        let meant =
            meant.filter(|&meant| other.meant == Some(meant) || other.words.iter().any(|word| word.term == meant));
        meant.map_or(0.0, |meant| vocabulary.term(meant).weight)
    };
    there(a.meant, b).max(there(b.meant, a))
}

fn names(row: &mut [f32], a: &Unit, b: &Unit, vocabulary: &Vocabulary) {
    let of = |unit: &Unit, class| {
        let mut bag = Bag::of(&unit.words, vocabulary);
        bag.0.retain(|term| vocabulary.term(term.0).class == class);
        bag
    };
    let (names_a, names_b) = (of(a, TermClass::Name), of(b, TermClass::Name));
    row[0] = names_a.shared(&names_b).map(|term| term.1).sum();
    row[1] = names_a.weight().min(names_b.weight()) - row[0];
    row[2] = of(a, TermClass::Figure).shared(&of(b, TermClass::Figure)).map(|term| term.1).sum();
}

fn compare_values(row: &mut [f32], a: &Unit, b: &Unit) {
    let figures = balance(&a.values, &b.values, Family::Figure);
    let moments = balance(&a.values, &b.values, Family::Moment);
    row.copy_from_slice(&[
        figures.equal,
        figures.different,
        figures.strongest,
        figures.comparable,
        moments.equal,
        moments.different,
        moments.comparable,
    ]);
}

/// The longest run of equal words, its weight, the same within quotations, and word pairs in one order. Returns the most
/// content words in one run.
fn runs(row: &mut [f32], a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f32 {
    let mut before = vec![(0u32, 0.0f32, 0u32, 0.0f32); b.words.len() + 1];
    let mut most_content = 0.0f32;
    for x in &a.words {
        let mut above = (0, 0.0, 0, 0.0);
        let term = vocabulary.term(x.term);
        for (at, y) in b.words.iter().enumerate() {
            let here = before[at + 1];
            before[at + 1] = if x.term == y.term {
                let quoted = u32::from(x.quoted || y.quoted);
                let worth = x.worth.min(y.worth);
                let content = if term.carries() { worth } else { 0.0 };
                (above.0 + 1, above.1 + term.weight * worth, (above.2 + 1) * quoted, above.3 + content)
            } else {
                (0, 0.0, 0, 0.0)
            };
            let run = before[at + 1];
            row[0] = row[0].max(run.0 as f32);
            row[1] = row[1].max(run.1);
            row[2] = row[2].max(run.2 as f32);
            most_content = most_content.max(run.3);
            above = here;
        }
    }
    let quoted = |unit: &Unit| unit.words.iter().filter(|word| word.quoted).count() * 3 > unit.words.len();
    row[3] = f32::from(u8::from(quoted(a) && quoted(b)));
    row[4] = f32::from(u8::from(quoted(a) != quoted(b)));
    row[5] = pairs_in_order(a, b, vocabulary);
    most_content
}

/// How many neighbouring content words of one follow each other, with at most three words between, in the other.
fn pairs_in_order(a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f32 {
    let content = |unit: &Unit| -> Vec<_> {
        unit.words.iter().map(|word| word.term).filter(|&term| vocabulary.term(term).carries()).collect()
    };
    let near = |terms: &[TermIndex]| -> Vec<(TermIndex, TermIndex)> {
        (0..terms.len()).flat_map(|i| terms[i + 1..].iter().take(3).map(move |&next| (terms[i], next))).collect()
    };
    let (pairs_a, pairs_b) = (near(&content(a)), near(&content(b)));
    pairs_a.iter().filter(|pair| pairs_b.contains(pair)).count() as f32
}

/// Who vouches for the two sentences.
fn speech(row: &mut [f32], a: &Unit, b: &Unit) {
    let flag = |yes| f32::from(u8::from(yes));
    if let (Some(a), Some(b)) = (&a.speaker, &b.speaker) {
        row[0] = flag(identity(a, b) == Identity::Same);
        row[1] = flag(identity(a, b) == Identity::Different);
    }
    row[2] = flag(a.speaker.is_some() && b.speaker.is_some());
    row[3] = flag(a.speaker.is_some() != b.speaker.is_some());
}

fn shape(row: &mut [f32], pair: &Pair, vocabulary: &Vocabulary) {
    let (a, b) = (&pair.a.0.units[pair.a.1], &pair.b.0.units[pair.b.1]);
    let place = |of: &(&Prepared, usize)| of.1 as f32 / of.0.units.len().max(1) as f32;
    let headline =
        |unit: &Unit| matches!(unit.kind, ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Bullet);
    let length = |unit: &Unit| unit.words.iter().filter(|word| vocabulary.term(word.term).carries()).count() as f32;
    row[0] = (place(&pair.a) - place(&pair.b)).abs();
    row[1] = f32::from(u8::from(headline(a) && headline(b)));
    row[2] = f32::from(u8::from(headline(a) != headline(b)));
    row[3] = ratio(length(a).min(length(b)), length(a).max(length(b)));
    row[4] = length(a).min(length(b));
    row[5] = length(a).max(length(b));
    row[6] = common_words_soft(a, b, vocabulary);
    row[7] = f32::from(u8::from(negative(a, vocabulary) != negative(b, vocabulary)));
}

/// Closeness of the words that are not names or figures, both ways.
fn common_words_soft(a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f32 {
    let of = |unit: &Unit| {
        let mut bag = Bag::of(&unit.words, vocabulary);
        bag.0.retain(|term| vocabulary.term(term.0).class == TermClass::Content);
        bag
    };
    let (a, b) = (of(a), of(b));
    a.soft(&b, vocabulary).max(b.soft(&a, vocabulary))
}

fn negative(unit: &Unit, vocabulary: &Vocabulary) -> bool {
    unit.words.iter().any(|word| {
        let stem = vocabulary.term(word.term).stem.as_str();
        matches!(
            stem,
            "not" | "no" | "none" | "never" | "nobody" | "nothing" | "neither" | "nor" | "without" | "cannot"
        ) || stem.ends_with("n't")
    })
}
