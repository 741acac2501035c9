//! Two claims of one sentence that another sentence tells in the other order: which stretches belong together.
//!
//! Must never leave words out. Invariant: the parts of a side tile its passage, and the order of the sides does not matter.

use std::ops::Range;

use super::overlap::{Sought, shared_both_ways};
use super::prepare::{Clause, Unit};
use super::vocabulary::Vocabulary;
use crate::text::ByteSpan;

/// How much of two clauses must be found in each other for them to tell one claim.
const ONE_CLAIM: f32 = 0.5;

/// Two passages that belong together, one of either sentence.
pub(super) type Part = (ByteSpan, ByteSpan);

/// A sentence, its clauses laid out to be looked for, and the passage of it that is linked.
type Side<'s> = (&'s Unit, &'s [Sought<'s>], ByteSpan);

/// Cuts two linked passages where their claims cross; where they stand in one order the passages stay whole.
pub(super) fn parts((a, sought_a, span_a): Side, (b, sought_b, span_b): Side, vocabulary: &Vocabulary) -> Vec<Part> {
    let (within_a, within_b) = (clauses(a, span_a), clauses(b, span_b));
    if within_a.len() < 2 || within_b.len() < 2 {
        return vec![(span_a, span_b)];
    }
    let anchors = anchors(&sought_a[within_a.clone()], &sought_b[within_b.clone()], vocabulary);
    let (clauses_a, clauses_b) = (&a.clauses[within_a], &b.clauses[within_b]);
    let runs = runs(&anchors);
    if runs.len() < 2 {
        return vec![(span_a, span_b)];
    }
    let mut by_b: Vec<usize> = (0..runs.len()).collect();
    by_b.sort_by_key(|&run| runs[run][0].1);
    let starts_a: Vec<usize> = runs.iter().map(|run| run[0].0).collect();
    let starts_b: Vec<usize> = by_b.iter().map(|&run| runs[run][0].1).collect();
    let (tiles_a, tiles_b) = (tiles(clauses_a, &starts_a, span_a), tiles(clauses_b, &starts_b, span_b));
    let mut parts: Vec<Part> = by_b.iter().zip(tiles_b).map(|(&run, in_b)| (tiles_a[run], in_b)).collect();
    parts.sort_unstable();
    parts
}

/// The places of the clauses of a passage.
fn clauses(unit: &Unit, span: ByteSpan) -> Range<usize> {
    let from = unit.clauses.partition_point(|clause| clause.span.end <= span.start);
    let to = unit.clauses.partition_point(|clause| clause.span.start < span.end);
    from..to.max(from)
}

/// Clauses that are each other's best, and alike enough to tell one claim: their places, by the first side.
fn anchors(sought_a: &[Sought], sought_b: &[Sought], vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    let row = |x| sought_b.iter().map(|y| shared_both_ways(x, y, vocabulary)).collect();
    let table: Vec<Vec<f32>> = sought_a.iter().map(row).collect();
    let is_best = |i: usize, j: usize| {
        let own = table[i][j];
        let row = table[i].iter().enumerate().all(|(at, other)| at == j || *other < own);
        row && table.iter().enumerate().all(|(at, other)| at == i || other[j] < own)
    };
    let cells = (0..sought_a.len()).flat_map(|i| (0..sought_b.len()).map(move |j| (i, j)));
    cells.filter(|&(i, j)| table[i][j] >= ONE_CLAIM && is_best(i, j)).collect()
}

/// Anchors that follow each other on both sides, together.
fn runs(anchors: &[(usize, usize)]) -> Vec<Vec<(usize, usize)>> {
    let rank = |anchor: &(usize, usize)| anchors.iter().filter(|other| other.1 < anchor.1).count();
    anchors.chunk_by(|one, next| rank(next) == rank(one) + 1).map(<[_]>::to_vec).collect()
}

/// The passage cut before each start but the first.
fn tiles(clauses: &[Clause], starts: &[usize], whole: ByteSpan) -> Vec<ByteSpan> {
    let edge = |at: usize| match at {
        0 => (whole.start, whole.start),
        at if at < starts.len() => (clauses[starts[at] - 1].span.end, clauses[starts[at]].span.start),
        _ => (whole.end, whole.end),
    };
    (0..starts.len()).map(|at| ByteSpan { start: edge(at).1, end: edge(at + 1).0 }).collect()
}

#[cfg(test)]
mod tests {
    use crate::compare::{Options, compare};
    use crate::notes::example::article;

    /// The passages of the links between two stories, as words.
    fn linked(a: &str, b: &str) -> Vec<(String, String)> {
        let articles = [article("a.txt", a), article("b.txt", b)];
        let words = |passage: crate::text::Passage| {
            articles[passage.article.index()].text.content()[passage.span.range()].trim_matches(['.', ',']).to_owned()
        };
        compare(&articles, &Options::default()).links.iter().map(|link| (words(link.a), words(link.b))).collect()
    }

    #[test]
    fn two_claims_told_in_the_other_order_are_two_links() {
        let pairs = linked(
            "The pool closed on Friday, and 40 staff lost their jobs. Swimmers wept.",
            "Thirty staff lost their jobs as the pool closed on Friday. A film was shown.",
        );
        let expected = [
            ("The pool closed on Friday", "as the pool closed on Friday"),
            ("and 40 staff lost their jobs", "Thirty staff lost their jobs"),
        ];
        assert_eq!(pairs, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    }

    #[test]
    fn two_claims_told_in_one_order_stay_one_link() {
        let pairs = linked(
            "The pool closed on Friday, and 40 staff lost their jobs. Swimmers wept.",
            "The pool closed on Friday and thirty staff lost their jobs. A film was shown.",
        );
        assert_eq!(pairs.len(), 1, "{pairs:?}");
    }

    #[test]
    fn a_divergence_belongs_to_the_link_that_holds_it() {
        let a = "The pool closed on Friday, and 40 staff lost their jobs. Swimmers wept.";
        let b = "Thirty staff lost their jobs as the pool closed on Friday. A film was shown.";
        let comparison = compare(&[article("a.txt", a), article("b.txt", b)], &Options::default());
        let [divergence] = comparison.divergences.as_slice() else { panic!("{:?}", comparison.divergences) };
        let link = &comparison.links[divergence.link.0 as usize];
        assert!(link.a.span.covers(divergence.a.span) && link.b.span.covers(divergence.b.span), "{link:?}");
    }
}
