//! What the training command needs: the features of every candidate pair, as the matcher sees them.
//!
//! Must never change what a comparison finds. Invariant: rows come from the same functions the matcher uses.

use super::{
    DivergenceKind, LinkIndex, Model, Options, candidates, divergence, links, order, prepare::Corpus, rivals, scoring,
    similarity,
};
use crate::source::Article;
use crate::text::{ArticleIndex, Passage};

/// One candidate pair.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// One sentence.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// Its features by itself, in the order of [`names_alone`].
    pub row: Vec<f32>,
}

/// All candidate pairs of some articles, by the order given.
pub struct Candidates {
    /// The pairs.
    pub pairs: Vec<Candidate>,
    units: Vec<(candidates::UnitIndex, candidates::UnitIndex)>,
    /// How many sentences each article has.
    lengths: Vec<u32>,
}

/// The names of the features of a pair by itself.
pub fn names_alone() -> Vec<String> {
    similarity::NAMES.iter().map(|name| (*name).to_owned()).collect()
}

/// The names of all features of a pair among its rivals.
pub fn names_among() -> Vec<String> {
    names_alone().into_iter().chain(rivals::NAMES.iter().map(|name| (*name).to_owned())).collect()
}

/// The candidate pairs of some articles with their features.
pub fn candidate_pairs(articles: &[Article]) -> Candidates {
    let order = order::canonical(articles);
    let ordered: Vec<&Article> = order.iter().map(|index| &articles[index.index()]).collect();
    let corpus = Corpus::new(&ordered);
    let units = candidates::candidates(&corpus);
    let passage = |index: candidates::UnitIndex| Passage {
        article: ArticleIndex(order[usize::from(index.article)].0),
        span: corpus.articles[usize::from(index.article)].units[index.unit as usize].span,
    };
    let rows = scoring::rows(&units, &corpus);
    let pairs = units
        .iter()
        .zip(rows)
        .map(|(&(a, b), row)| Candidate { a: passage(a), b: passage(b), row: row.to_vec() })
        .collect();
    Candidates { pairs, units, lengths: corpus.lengths() }
}

/// One suspected divergence.
#[derive(Debug, Clone)]
pub struct SuspectRow {
    /// What it is suspected to be.
    pub kind: DivergenceKind,
    /// One wording.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// Its features, in the order of [`names_divergence`].
    pub row: Vec<f32>,
}

/// The names of the features of a suspected divergence.
pub fn names_divergence() -> Vec<String> {
    divergence::NAMES.iter().map(|name| (*name).to_owned()).collect()
}

/// The suspected divergences in the links that a model finds.
pub fn suspects(articles: &[Article], model: &Model) -> Vec<SuspectRow> {
    let order = order::canonical(articles);
    let ordered: Vec<&Article> = order.iter().map(|index| &articles[index.index()]).collect();
    let corpus = Corpus::new(&ordered);
    let options = Options { model: Some(model), ..Options::default() };
    let (scored, _) = scoring::score(candidates::candidates(&corpus), &corpus, &options);
    let links = links::links(scored, &corpus);
    let place = |article: ArticleIndex, span| Passage { article: order[article.index()], span };
    let row = |(link, suspect): (LinkIndex, divergence::Suspect)| {
        let link = &links[link.0 as usize];
        SuspectRow {
            kind: suspect.kind,
            a: place(link.a.article, suspect.a),
            b: place(link.b.article, suspect.b),
            row: suspect.row().to_vec(),
        }
    };
    divergence::suspects(&links, &corpus).into_iter().map(row).collect()
}

impl Candidates {
    /// The rows among rivals of the pairs between two articles in a company, as if it had no others, each with its pair's place;
    /// `scores` has a first score for every pair there is.
    pub fn among(&self, scores: &[f32], two: [ArticleIndex; 2], company: &[ArticleIndex]) -> Vec<(usize, Vec<f32>)> {
        let between = |some: &[ArticleIndex]| -> Vec<usize> {
            let is_there = |pair: &Candidate| some.contains(&pair.a.article) && some.contains(&pair.b.article);
            (0..self.pairs.len()).filter(|&at| is_there(&self.pairs[at])).collect()
        };
        let (units, scores): (Vec<_>, Vec<_>) =
            between(company).into_iter().map(|at| (self.units[at], scores[at])).unzip();
        let all = rivals::Scores::new(&units, &scores, &self.lengths);
        let mut laid = all.room();
        let mut row = |at: usize| {
            let (a, b) = self.units[at];
            self.pairs[at].row.iter().copied().chain(all.features(a, b, &mut laid)).collect()
        };
        between(&two).into_iter().map(|at| (at, row(at))).collect()
    }
}
