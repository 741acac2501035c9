//! Passages of links, widened to what a reader needs to judge them.
//!
//! Must never judge itself, nor make or drop a divergence. Invariant: a passage grows within its sentence only, and no two links
//! join the same two passages.

use foldhash::{HashMap, HashMapExt};

use super::figures::{MOST, telling};
use super::links::{TELLING, widen};
use super::order::sort_links;
use super::prepare::{Corpus, Unit};
use super::types::{Divergence, Link};
use crate::text::values::{Agreement, Value, agreement};
use crate::text::{ByteSpan, Passage};

/// Takes in the words that diverge, and clauses with a value that the other sentence has otherwise. The links are sorted anew.
pub(super) fn take_in(links: &mut Vec<Link>, divergences: &mut [Divergence], corpus: &Corpus) {
    for divergence in &*divergences {
        let link = &mut links[divergence.link.0 as usize];
        for (passage, words) in [(&mut link.a, divergence.a), (&mut link.b, divergence.b)] {
            let unit = unit_of(*passage, corpus);
            if passage.article == words.article && unit.is_some_and(|unit| unit.span.covers(words.span)) {
                passage.span = passage.span.join(words.span);
            }
        }
    }
    let sentence = |passage: Passage| unit_of(passage, corpus).map(|unit| (passage.article, unit.span.start));
    for of_one in links.chunk_by_mut(|one, next| sentence(one.a) == sentence(next.a)) {
        let mut between: HashMap<_, usize> = HashMap::new();
        of_one.iter().for_each(|link| *between.entry(sentence(link.b)).or_default() += 1);
        // Where two claims of a sentence are linked apart, each has its own values.
        for link in of_one.iter_mut().filter(|link| between.get(&sentence(link.b)) == Some(&1)) {
            let (Some(a), Some(b)) = (unit_of(link.a, corpus), unit_of(link.b, corpus)) else { continue };
            link.a.span = with_comparable(a, link.a.span, b);
            link.b.span = with_comparable(b, link.b.span, a);
        }
    }
    sort_links(links, divergences, |link| (link.a, link.b));
}

/// The sentence that a passage begins in.
fn unit_of<'c>(passage: Passage, corpus: &'c Corpus) -> Option<&'c Unit> {
    let article = &corpus.articles[passage.article.index()];
    article.units.get(article.unit_at(passage.span))
}

/// A passage with the clauses beside it that have a value to be held against one of the other sentence.
fn with_comparable(here: &Unit, span: ByteSpan, there: &Unit) -> ByteSpan {
    let outside = |value: &&Value| !span.covers(value.span) && telling(value) >= TELLING;
    let comparable =
        |value: &&Value| there.values.iter().take(MOST).any(|other| agreement(value, other) == Agreement::Different);
    let values = here.values.iter().take(MOST).filter(outside).filter(comparable);
    let clauses = values.filter_map(|value| here.clauses.iter().find(|clause| clause.span.shared(value.span) > 0));
    let wide = clauses.fold(span, |wide, clause| wide.join(clause.span));
    if wide == span { span } else { widen(here, wide) }
}

#[cfg(test)]
mod tests {
    use crate::compare::{DivergenceKind, Options, compare};
    use crate::notes::example::article;

    #[test]
    fn the_words_that_diverge_stand_in_the_passages_of_their_link() {
        let articles = crate::source::sample();
        let comparison = compare(&articles, &Options::default());
        for divergence in comparison.divergences.iter().filter(|it| it.kind != DivergenceKind::Attribution) {
            let link = &comparison.links[divergence.link.0 as usize];
            assert!(link.a.span.covers(divergence.a.span) && link.b.span.covers(divergence.b.span), "{divergence:?}");
        }
    }

    #[test]
    fn a_passage_keeps_the_figure_that_the_other_source_has_otherwise() {
        let articles = [
            "The flood raised the death toll in the valley to five people, from three the night before. Nobody wept.",
            "Three people were killed in the flood. A film was shown.",
        ]
        .map(|text| article("a.txt", text));
        let links = compare(&articles, &Options::default()).links;
        let passages: Vec<&str> = links.iter().map(|link| articles[0].text.slice(link.a.span)).collect();
        assert!(passages.iter().any(|passage| passage.contains("five")), "{passages:?}");
    }
}
