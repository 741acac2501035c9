//! What two sentences have in common, as numbers: the features the learned score is made of.
//!
//! Must never decide. Invariant: every feature is symmetric in the two sentences.

use super::candidates::UnitIndex;
use super::contrast;
use super::directions::{Closeness, Directions, Facing, Topic};
use super::figures::{Family, balance};
use super::held::{Held, Meeting};
use super::once::OfSentences;
use super::parallel;
use super::prepare::{Corpus, Unit, Word};
use super::profile::Profile;
use super::speech::{Identity, identity};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};
use crate::text::ParagraphKind;

/// The names of the features, in order; the model file names them too.
pub(super) const NAMES: [&str; 55] = [
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
    "cosine",
    "clause-cosine",
];

/// The features whose contrast with the pairs around is taken, by place, and where the contrasts begin.
pub(super) const CONTRASTED: [usize; 4] = [6, 10, 11, 41];
pub(super) const CONTRASTS: usize = 44;

/// How a pair stands out from the pairs around it, by each of [`CONTRASTED`].
pub(super) type Leads = contrast::Leads<{ CONTRASTED.len() }>;

/// One value for each of [`NAMES`].
pub(super) type Features = [f32; NAMES.len()];

/// Those features of a pair whose contrast with the pairs around is taken.
pub(super) fn contrasted(row: &Features) -> [f32; CONTRASTED.len()] {
    CONTRASTED.map(|at| row[at])
}

/// Fills in how a pair stands out from the pairs around it.
pub(super) fn set_apart(row: &mut Features, leads: &Leads) {
    row[CONTRASTS..CONTRASTS + 2 * CONTRASTED.len()].copy_from_slice(leads.as_flattened());
}

/// A sentence of a pair.
#[derive(Clone, Copy)]
struct Side<'a> {
    at: UnitIndex,
    unit: &'a Unit,
    profile: &'a Profile,
}

fn ratio(part: f32, whole: f32) -> f32 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

/// The same, 1 at the most: the mean of what a word weighs on two sides can be more than it weighs on one.
fn share(part: f32, whole: f32) -> f32 {
    ratio(part, whole).min(1.0)
}

/// All features of every pair, in the order of the pairs; pairs of one first sentence should stand together.
pub(super) fn features(
    pairs: &[(UnitIndex, UnitIndex)],
    profiles: &OfSentences<Profile>,
    corpus: &Corpus,
) -> Vec<Features> {
    let side = |at: UnitIndex| Side { at, unit: corpus.unit(at), profile: profiles.get(at) };
    let of_pair = |(held, room): &mut (Held, Room), &(a, b): &(UnitIndex, UnitIndex)| {
        let (a, b) = (side(a), side(b));
        held.hold(a.at, a.unit, a.profile, &corpus.vocabulary);
        of_pair((a, b), held, room, corpus)
    };
    parallel::map_with(pairs, || (Held::new(&corpus.vocabulary), Room::default()), of_pair)
}

/// What is written down while a pair is looked at; kept, so that the next finds room.
#[derive(Default)]
struct Room {
    /// The words of one clause that meet a word of the other sentence, by either side.
    here_a: Vec<Meeting>,
    here_b: Vec<Meeting>,
    /// The runs of equal words that end at one word of the second sentence and at the one before, by their last word of the
    /// first.
    here: Vec<(usize, Run)>,
    before: Vec<(usize, Run)>,
    /// How the two sentences, and after each its clauses, stand to what their articles are about.
    facing_a: Vec<Facing>,
    facing_b: Vec<Facing>,
    /// The first sentence and the article of the second for which that of the first is known.
    facing: Option<(UnitIndex, u16)>,
}

fn of_pair((a, b): (Side, Side), held: &mut Held, room: &mut Room, corpus: &Corpus) -> Features {
    let vocabulary = &corpus.vocabulary;
    let mut row = [0.0; NAMES.len()];
    held.meet(b.profile);
    row[53] = words(&mut row[..8], (a, b), held, vocabulary);
    row[54] = clauses(&mut row[8..12], (a.profile, b.profile), held, room);
    names(&mut row[13..16], a.profile, b.profile, held);
    compare_values(&mut row[16..23], a.unit, b.unit);
    row[43] = runs(&mut row[23..26], (a.unit, b.unit), (held, room), vocabulary);
    quoted(&mut row[26..28], a.profile, b.profile);
    row[28] = pairs_in_order(a.profile, b.profile);
    shape(&mut row[29..37], (a, b), corpus);
    row[35] = common_words_soft(a.profile, b.profile, held);
    speech(&mut row[37..41], a.unit, b.unit);
    let [whole, best] = closeness((a, b), room, corpus);
    (row[5], row[12]) = (whole.whole, best.whole);
    (row[41], row[42]) = (whole.apart, best.apart);
    row[52] = name_meant(a.unit, b.unit, vocabulary);
    row
}

/// What a word weighs that two sentences share, where it weighs so much in each.
fn mean(x: f32, y: f32) -> f32 {
    0.5 * (x + y)
}

/// The words that both sentences have, in the order of their terms.
fn shared(held: &Held) -> impl Iterator<Item = Meeting> + Clone + '_ {
    held.by_b().iter().copied().filter(|meeting| meeting.equal)
}

/// What the words have in common. Returns the cosine of the two bags, in which rare words count for more than in a sum.
fn words(row: &mut [f32], (a, b): (Side, Side), held: &Held, vocabulary: &Vocabulary) -> f32 {
    let (a, b) = (a.profile, b.profile);
    let (weight_a, weight_b) = (a.weight, b.weight);
    let weights = shared(held).map(|meeting| mean(a.bag[meeting.a].weight, b.bag[meeting.b].weight));
    let sum: f32 = weights.clone().sum();
    let soft_a = ratio(soft(held.by_a(), |meeting| (meeting.a, Some(a.bag[meeting.a].weight))), weight_a);
    let soft_b = ratio(soft(held.by_b(), |meeting| (meeting.b, Some(b.bag[meeting.b].weight))), weight_b);
    row[0] = share(sum, (weight_a * weight_b).sqrt());
    row[1] = share(sum, weight_a.min(weight_b));
    row[2] = sum;
    row[3] = weights.fold(0.0, f32::max);
    row[4] = shared(held).filter(|meeting| vocabulary.term(a.bag[meeting.a].term).carries()).count() as f32;
    row[6] = soft_a.min(soft_b);
    row[7] = soft_a.max(soft_b);
    let products = shared(held).map(|meeting| a.bag[meeting.a].weight * b.bag[meeting.b].weight);
    ratio(products.sum(), a.length * b.length)
}

/// How close the closest of a word's meetings must be to count.
const CLOSE: f32 = 0.35;

/// How much weight finds an equal or close word on the other side: of `meetings`, those of one word together, `place` tells
/// which word one is of and what that weighs, or nothing where it does not count.
fn soft(meetings: &[Meeting], place: impl Fn(&Meeting) -> (usize, Option<f32>)) -> f32 {
    let mut found = 0.0;
    for of_word in meetings.chunk_by(|x, y| place(x).0 == place(y).0) {
        let counted = of_word.iter().filter_map(|meeting| Some((place(meeting).1?, meeting.closeness)));
        let (weight, best) = counted.fold((0.0, 0.0f32), |(_, best), (weight, close)| (weight, best.max(close)));
        found += weight * if best > CLOSE { best } else { 0.0 };
    }
    found
}

/// The best pair of clauses, by each measure. Returns the best cosine.
fn clauses(row: &mut [f32], (a, b): (&Profile, &Profile), held: &Held, room: &mut Room) -> f32 {
    let mut cosine = 0.0f32;
    let Room { here_a, here_b, .. } = room;
    for clause_a in &a.clauses {
        let is_here = |meeting: &&Meeting| clause_a.weights[meeting.a] > 0.0;
        here_b.clear();
        here_b.extend(held.by_b().iter().filter(is_here).copied());
        if here_b.is_empty() {
            continue;
        }
        here_a.clear();
        here_a.extend(held.by_a().iter().filter(is_here).copied());
        for clause_b in &b.clauses {
            let both = |meeting: &Meeting| {
                let weights = (clause_a.weights[meeting.a], clause_b.weights[meeting.b]);
                (weights.1 > 0.0).then_some(weights)
            };
            let equal = here_b.iter().filter(|meeting| meeting.equal).filter_map(both);
            let (common, products) =
                equal.fold((0.0, 0.0), |(common, products), (x, y)| (common + mean(x, y), products + x * y));
            let (weight_a, weight_b) = (clause_a.weight, clause_b.weight);
            row[0] = row[0].max(share(common, (weight_a * weight_b).sqrt()));
            row[1] = row[1].max(share(common, weight_a.min(weight_b)));
            row[2] = row[2].max(common);
            let of_a = soft(here_a, |meeting| (meeting.a, both(meeting).map(|weights| weights.0)));
            let of_b = soft(here_b, |meeting| (meeting.b, both(meeting).map(|weights| weights.1)));
            row[3] = row[3].max(ratio(of_a, weight_a).min(ratio(of_b, weight_b)));
            cosine = cosine.max(ratio(products, clause_a.length * clause_b.length));
        }
    }
    cosine
}

/// How close two sentences point, and the closest pairs of their clauses.
fn closeness((a, b): (Side, Side), room: &mut Room, corpus: &Corpus) -> [Closeness; 2] {
    let topic = Topic::between(a.at, b.at, corpus);
    let face = |side: Side, facing: &mut Vec<Facing>| {
        facing.clear();
        facing.extend(directions(side.profile).map(|directions| topic.faced_by(directions)));
    };
    if room.facing.replace((a.at, b.at.article)) != Some((a.at, b.at.article)) {
        face(a, &mut room.facing_a);
    }
    face(b, &mut room.facing_b);
    let of_a = directions(a.profile).zip(room.facing_a.iter().copied());
    let of_b = directions(b.profile).zip(room.facing_b.iter().copied());
    let whole = topic.closeness((&a.profile.directions, room.facing_a[0]), (&b.profile.directions, room.facing_b[0]));
    let mut best = Closeness { whole: 0.0, apart: -1.0 };
    for x in of_a.skip(1) {
        for y in of_b.clone().skip(1) {
            let found = topic.closeness(x, y);
            best = Closeness { whole: best.whole.max(found.whole), apart: best.apart.max(found.apart) };
        }
    }
    [whole, best]
}

/// Where a sentence points, and then its clauses.
fn directions(profile: &Profile) -> impl Iterator<Item = &Directions> + Clone {
    std::iter::once(&profile.directions).chain(profile.clauses.iter().map(|clause| &clause.directions))
}

/// The weight of the name that one sentence means by a pronoun and the other names, or means as well.
fn name_meant(a: &Unit, b: &Unit, vocabulary: &Vocabulary) -> f32 {
    let there = |meant: Option<Word>, other: &Unit| {
        let is_meant = |word: &Word| meant.is_some_and(|meant| word.term == meant.term);
        let named = other.words.iter().chain(&other.meant).find(|word| is_meant(word));
        named.zip(meant).map_or(0.0, |(named, meant)| mean(vocabulary.weight(named), vocabulary.weight(&meant)))
    };
    there(a.meant, b).max(there(b.meant, a))
}

fn names(row: &mut [f32], a: &Profile, b: &Profile, held: &Held) {
    let common = |class, of_both: fn(f32, f32) -> f32| {
        let of_class = shared(held).filter(move |meeting| a.bag[meeting.a].class == class);
        of_class.map(|meeting| of_both(a.bag[meeting.a].weight, b.bag[meeting.b].weight)).sum::<f32>()
    };
    row[0] = common(TermClass::Name, mean);
    row[1] = a.weight_of(TermClass::Name).min(b.weight_of(TermClass::Name)) - common(TermClass::Name, f32::min);
    row[2] = common(TermClass::Figure, mean);
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

/// A run of equal words that ends at one word: how many, what they weigh, how many to the end within quotations, and what its
/// content words are worth.
#[derive(Debug, Clone, Copy, Default)]
struct Run {
    words: u32,
    weight: f32,
    quoted: u32,
    content: f32,
}

/// The longest run of equal words, its weight, and the same within quotations. Returns what the content words of one run are
/// worth at the most.
fn runs(row: &mut [f32], (a, b): (&Unit, &Unit), (held, room): (&Held, &mut Room), vocabulary: &Vocabulary) -> f32 {
    let mut most_content = 0.0f32;
    let Room { here, before, .. } = room;
    before.clear();
    for y in &b.words {
        let mut above = before.iter().peekable();
        // Places descend, here and before.
        for at in held.places(y.term) {
            let x = &a.words[at];
            while above.next_if(|run| run.0 + 1 > at).is_some() {}
            let above = above.peek().filter(|run| run.0 + 1 == at).map_or(Run::default(), |run| run.1);
            let term = vocabulary.term(x.term);
            let worth = mean(x.worth, y.worth);
            let run = Run {
                words: above.words + 1,
                weight: above.weight + term.weight * worth,
                quoted: if x.quoted || y.quoted { above.quoted + 1 } else { 0 },
                content: above.content + if term.carries() { worth } else { 0.0 },
            };
            row[0] = row[0].max(run.words as f32);
            row[1] = row[1].max(run.weight);
            row[2] = row[2].max(run.quoted as f32);
            most_content = most_content.max(run.content);
            here.push((at, run));
        }
        std::mem::swap(before, here);
        here.clear();
    }
    most_content
}

/// Whether both sentences, or only one, stand mostly between quotation marks.
fn quoted(row: &mut [f32], a: &Profile, b: &Profile) {
    let (quoted_a, quoted_b) = (a.mostly_quoted, b.mostly_quoted);
    row[0] = f32::from(u8::from(quoted_a && quoted_b));
    row[1] = f32::from(u8::from(quoted_a != quoted_b));
}

/// How many neighbouring content words of one follow each other, with at most three words between, in the other.
fn pairs_in_order(a: &Profile, b: &Profile) -> f32 {
    let mut others = b.near_pairs.iter().peekable();
    let mut is_there = |pair: &&(TermIndex, TermIndex)| {
        while others.next_if(|other| other < pair).is_some() {}
        others.peek() == Some(pair)
    };
    a.near_pairs.iter().filter(|pair| is_there(pair)).count() as f32
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

fn shape(row: &mut [f32], (a, b): (Side, Side), corpus: &Corpus) {
    let place = |at: UnitIndex| at.unit as f32 / corpus.articles[usize::from(at.article)].units.len().max(1) as f32;
    let headline =
        |unit: &Unit| matches!(unit.kind, ParagraphKind::Title | ParagraphKind::Heading | ParagraphKind::Bullet);
    let (length_a, length_b) = (a.profile.content as f32, b.profile.content as f32);
    row[0] = (place(a.at) - place(b.at)).abs();
    row[1] = f32::from(u8::from(headline(a.unit) && headline(b.unit)));
    row[2] = f32::from(u8::from(headline(a.unit) != headline(b.unit)));
    row[3] = ratio(length_a.min(length_b), length_a.max(length_b));
    row[4] = length_a.min(length_b);
    row[5] = length_a.max(length_b);
    row[7] = f32::from(u8::from(a.profile.negative != b.profile.negative));
}

/// Closeness of the words that are not names or figures, both ways.
fn common_words_soft(a: &Profile, b: &Profile, held: &Held) -> f32 {
    let is_common = |meeting: &Meeting| {
        a.bag[meeting.a].class == TermClass::Content && b.bag[meeting.b].class == TermClass::Content
    };
    let of_a = soft(held.by_a(), |meeting| (meeting.a, is_common(meeting).then(|| a.bag[meeting.a].weight)));
    let of_b = soft(held.by_b(), |meeting| (meeting.b, is_common(meeting).then(|| b.bag[meeting.b].weight)));
    ratio(of_a, a.weight_of(TermClass::Content)).max(ratio(of_b, b.weight_of(TermClass::Content)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::example::article;

    /// The features of some pairs.
    fn rows(pairs: &[(UnitIndex, UnitIndex)], corpus: &Corpus) -> Vec<Features> {
        let sentences = pairs.iter().flat_map(|pair| [pair.0, pair.1]).collect();
        features(pairs, &OfSentences::of(sentences, |unit| Profile::of(unit, corpus)), corpus)
    }

    #[test]
    fn the_features_of_a_pair_do_not_depend_on_which_sentence_is_held() {
        let a = "Ada Pell said on Tuesday the old bridge, hit by a ship, would not open for six weeks. The mayor wept.";
        let b = "The bridge will stay shut for 6 weeks after a vessel struck it, Pell said. Ships hit bridges, Ada Pell said.";
        let (a, b) = (article("a.txt", a), article("b.txt", b));
        let of_order = |order: [&crate::source::Article; 2]| {
            let corpus = Corpus::new(&order);
            let unit = |article, unit| UnitIndex { article, unit };
            let pairs: Vec<_> = (0..2).flat_map(|x| (0..2).map(move |y| (unit(0, x), unit(1, y)))).collect();
            rows(&pairs, &corpus)
        };
        let (forth, back) = (of_order([&a, &b]), of_order([&b, &a]));
        for (x, y) in (0..2).flat_map(|x| (0..2).map(move |y| (x, y))) {
            for ((name, one), other) in NAMES.iter().zip(forth[2 * x + y]).zip(back[2 * y + x]) {
                assert!((one - other).abs() < 1e-5, "{name} of {x} and {y}: {one} and {other}");
            }
        }
        assert!(forth[0][0] > 0.2 && forth[0][23] >= 1.0, "{:?}", forth[0]);
    }

    #[test]
    fn a_run_of_equal_words_counts_from_its_first_word_to_its_last() {
        let (a, b) =
            (article("a.txt", "He saw the old stone bridge fall."), article("b.txt", "The old stone bridge, he saw."));
        let corpus = Corpus::new(&[&a, &b]);
        let pairs = [(UnitIndex { article: 0, unit: 0 }, UnitIndex { article: 1, unit: 0 })];
        let rows = rows(&pairs, &corpus);
        let run = NAMES.iter().position(|name| *name == "run").unwrap();
        assert_eq!(rows[0][run], 4.0);
    }
}
