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
mod fingerprint;
mod gathered;
mod held;
mod kept;
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
mod scoring;
mod seen;
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
pub use kept::Kept;
pub use marks::sentence_marks;
pub use model::{DEPTH, Forest, LEAVES, Model, Split, Tree};
pub use types::*;
pub use word_diff::{Piece, PieceKind, WordDiff, word_diff};

use self::prepare::Corpus;
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
    /// What the comparison before found out, and where this one leaves the same for the next.
    pub kept: Option<&'o Kept>,
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
    let (scored, cut) = scoring::score(pairs, &corpus, options);
    report(900);
    let mut links = links::links(scored, &corpus);
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
