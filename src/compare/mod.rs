//! Articles in, a [`Comparison`] out: links, backbone, divergences, claims. Pure: no file, no screen, no clock but the
//! deadline it is given.
//!
//! Invariant: the order of the articles changes the order of the output and nothing else; the same input gives the same
//! bytes. Links and backbone are two types: links may cross, the backbone may not.

mod acronyms;
mod aliases;
mod backbone;
mod by_hand;
mod candidates;
mod claims;
mod clause;
mod close_words;
mod contrast;
mod crossing;
mod directions;
mod divergence;
mod figures;
mod gathered;
mod held;
mod links;
mod listed;
mod marks;
mod model;
mod occasion;
mod once;
mod order;
mod overlap;
mod parallel;
mod phrases;
mod prepare;
mod profile;
mod rivals;
mod similarity;
mod speech;
mod stems;
mod subject;
mod taken_in;
pub mod training;
mod types;
mod vectors;
mod vocabulary;
mod word_diff;

use std::time::Instant;

pub use by_hand::{BY_HAND, HandLink, Judgement, overrule};
pub use gathered::{GatheredClaim, gathered_claims};
pub use marks::sentence_marks;
pub use model::{DEPTH, Forest, LEAVES, Model, Split};
pub use types::*;
pub use word_diff::{Piece, PieceKind, WordDiff, word_diff};

use self::candidates::UnitIndex;
use self::links::Scored;
use self::once::OfSentences;
use self::prepare::Corpus;
use self::profile::Profile;
use crate::source::Article;

/// How a comparison is to be made.
#[derive(Clone, Copy, Default)]
pub struct Options<'o> {
    /// When to stop looking; what was cut is said in the result.
    pub deadline: Option<Instant>,
    /// Is told how far the work is, now and then.
    pub progress: Option<&'o (dyn Fn(Progress) + Sync)>,
    /// The learned score; the shipped one when there is none.
    pub model: Option<&'o Model>,
}

impl<'o> Options<'o> {
    fn model(&self) -> &'o Model {
        self.model.unwrap_or_else(|| model::shipped())
    }
}

/// How far a comparison is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Thousandths of the work done.
    pub permille: u16,
}

/// Compares articles with each other; fewer than two give an empty comparison.
pub fn compare(articles: &[Article], options: &Options) -> Comparison {
    let order = order::canonical(articles);
    let ordered: Vec<&Article> = order.iter().map(|index| &articles[index.index()]).collect();
    let report = |permille| options.progress.iter().for_each(|progress| progress(Progress { permille }));
    // The shipped score is unpacked while the articles are read.
    let (corpus, _) = parallel::both(|| Corpus::new(&ordered), || options.model());
    report(200);
    let pairs = candidates::candidates(&corpus);
    report(400);
    let (scored, cut) = score(&pairs, &corpus, options);
    report(900);
    let mut links = links::links(&scored, &corpus);
    let mut divergences = divergence::divergences(&links, &corpus, &options.model().divergences);
    taken_in::take_in(&mut links, &mut divergences, &corpus);
    let claims = claims::group(&mut links);
    corpus.discard();
    let mut comparison = Comparison { links, divergences, claims, backbones: Vec::new(), cut };
    order::restore(&mut comparison, &order);
    comparison.backbones = backbone::backbones(&order, &comparison.links);
    backbone::mark_moved(&mut comparison);
    report(1000);
    comparison
}

/// A pair that is no likelier by itself is no link, however it does among its rivals.
const HOPELESS: f32 = 0.004;

/// So many pairs are compared between two looks at the clock.
const AT_ONCE: usize = 1024;

/// So many pairs are laid out among their rivals at once: a book has some hundred thousand.
const AMONG_AT_ONCE: usize = 1 << 14;

/// Scores all pairs, first alone, then among their rivals.
fn score(pairs: &[(UnitIndex, UnitIndex)], corpus: &Corpus, options: &Options) -> (Vec<Scored>, Option<String>) {
    let model = options.model();
    let (mut rows, cut) = features(pairs, corpus, options.deadline);
    let pairs = &pairs[..rows.len()];
    similarity::set_apart(pairs, &mut rows);
    let alone = model.alone.scores(&rows);
    let scores = rivals::Scores::new(pairs, &alone);
    let together: Vec<_> = pairs.iter().zip(&rows).zip(&alone).filter(|(_, alone)| **alone >= HOPELESS).collect();
    let mut scored = Vec::with_capacity(together.len());
    for some in together.chunks(AMONG_AT_ONCE) {
        let full = parallel::map_with(
            some,
            || scores.room(),
            |laid, &((&(a, b), row), _)| rivals::among(row, scores.features(a, b, laid)),
        );
        let sure = some.iter().zip(model.among.scores(&full));
        scored.extend(sure.map(|(&((&(a, b), _), _), score)| Scored { a, b, score }));
    }
    (scored, cut)
}

/// The features of the pairs, of as many as there is time for; what was left out is said.
fn features(
    pairs: &[(UnitIndex, UnitIndex)],
    corpus: &Corpus,
    deadline: Option<Instant>,
) -> (Vec<similarity::Features>, Option<String>) {
    let mut rows = Vec::with_capacity(pairs.len());
    for block in once::blocks(pairs) {
        let profiles = OfSentences::of(&block, |unit| Profile::of(unit, corpus));
        for chunk in block.pairs.chunks(AT_ONCE) {
            if deadline.is_some_and(|deadline| Instant::now() >= deadline) {
                let cut = format!("time ran out: {} of {} pairs of sentences were compared", rows.len(), pairs.len());
                return (rows, Some(cut));
            }
            rows.extend(similarity::features(chunk, &profiles, corpus));
        }
        profiles.discard();
    }
    (rows, None)
}
