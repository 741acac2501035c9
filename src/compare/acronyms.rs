//! Names in full and their initials: "the World Health Organization" beside "the WHO".
//!
//! Must never guess across sentences: a name spells an acronym by the capitals of one unbroken run of words. Invariant: what an
//! acronym stands for stands in these articles, in full.

use std::collections::{BTreeMap, BTreeSet};

use super::parallel;
use super::prepare::{Prepared, Word, gap};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};

/// How many letters an acronym has: two letters are an acronym where the name in full stands before them in brackets.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;
/// Words that a name's initials leave out.
const LEFT_OUT: [&str; 8] = ["of", "and", "the", "for", "in", "on", "to", "&"];

/// What every acronym of the articles stands for: the terms of the names in full that spell it, sorted.
pub(super) fn acronyms(articles: &[Prepared], vocabulary: &Vocabulary) -> BTreeMap<TermIndex, Vec<TermIndex>> {
    let of_article = parallel::map_large(articles, |article| written(article, vocabulary));
    let written: BTreeMap<&str, TermIndex> = of_article.into_iter().flatten().collect();
    if written.is_empty() {
        return BTreeMap::new();
    }
    let mut found: BTreeMap<TermIndex, BTreeSet<TermIndex>> = BTreeMap::new();
    let of_article = parallel::map_large(articles, |article| spelled(article, &written));
    for (acronym, term) in of_article.into_iter().flatten() {
        found.entry(acronym).or_default().insert(term);
    }
    found.into_iter().map(|(term, names)| (term, names.into_iter().collect())).collect()
}

/// The acronyms of an article, as they are written.
fn written<'p>(article: &Prepared<'p>, vocabulary: &Vocabulary) -> Vec<(&'p str, TermIndex)> {
    let text = article.text;
    let acronym = |word: &Word| {
        if vocabulary.term(word.term).class != TermClass::Name {
            return None;
        }
        let form = word.span.of(text).trim_end_matches("'s").trim_end_matches("’s");
        let capitals = form.chars().all(|c| c.is_ascii_uppercase()) && LETTERS.contains(&form.len());
        capitals.then_some((form, word.term))
    };
    let of_sentence = article.units.iter().flat_map(|unit| {
        // In a title of capitals every word looks like one.
        let is_title = || unit.words.iter().all(|word| !word.span.of(text).contains(char::is_lowercase));
        let found: Vec<_> = unit.words.iter().filter_map(acronym).collect();
        if found.is_empty() || is_title() { Vec::new() } else { found }
    });
    of_sentence.collect()
}

/// The acronyms whose names in full an article has, each with a term of such a name.
fn spelled(article: &Prepared, written: &BTreeMap<&str, TermIndex>) -> Vec<(TermIndex, TermIndex)> {
    let mut found = Vec::new();
    for unit in &article.units {
        let names = Names { text: article.text, words: &unit.words };
        for at in 0..unit.words.len() {
            for Name { initials, places } in names.from(at) {
                let end = places.last().map_or(at, |last| last + 1);
                let bracketed = names.form(end) == initials && names.gap(end) == "(";
                let acronym = written.get(initials.as_str()).filter(|_| bracketed || initials.len() > 2);
                found.extend(
                    acronym
                        .into_iter()
                        .flat_map(|&acronym| places.iter().map(move |&place| (acronym, unit.words[place].term))),
                );
            }
        }
    }
    found
}

/// A sentence's words with the text they stand in.
struct Names<'n> {
    text: &'n str,
    words: &'n [Word],
}

impl<'n> Names<'n> {
    fn form(&self, at: usize) -> &'n str {
        self.words.get(at).map_or("", |word| word.span.of(self.text))
    }

    /// What stands between the word before a place and the word there.
    fn gap(&self, at: usize) -> &'n str {
        at.checked_sub(1).map_or("", |before| gap(self.text, self.words, before))
    }

    fn initial(&self, at: usize) -> Option<char> {
        let form = self.form(at);
        let mixed = form.contains(char::is_lowercase);
        form.chars().next().filter(|first| mixed && first.is_ascii_uppercase())
    }

    /// The names that begin at a word and end with their run of capitals, or before a small word in it: "the Board of Roads
    /// in Kelby" may be the Board, the Board of Roads, or all of it.
    fn from(&self, start: usize) -> Vec<Name> {
        let mut names = Vec::new();
        let Some(first) = self.initial(start) else { return names };
        let article = |at: usize| matches!(self.form(at), "The" | "A" | "An");
        let goes_on = start > 0 && self.initial(start - 1).is_some() && self.gap(start).is_empty();
        if article(start) || goes_on && !article(start - 1) {
            return names;
        }
        let mut name = Name { initials: String::from(first), places: vec![start] };
        let mut at = start + 1;
        while at < self.words.len() && matches!(self.gap(at), "" | "&" | "-") {
            if let Some(initial) = self.initial(at) {
                name.initials.push(initial);
                name.places.push(at);
            } else if LEFT_OUT.contains(&self.form(at)) {
                names.push(name.clone());
            } else {
                break;
            }
            at += 1;
        }
        names.push(name);
        names.retain(|name| LETTERS.contains(&name.initials.len()));
        names
    }
}

/// A name in full: its capitals, and the places of the words that have them.
#[derive(Debug, Clone)]
struct Name {
    initials: String,
    places: Vec<usize>,
}

#[cfg(test)]
mod tests {
    use crate::compare::prepare::Corpus;
    use crate::notes::example::article;

    /// The words that an acronym stands for in two articles, folded.
    fn in_full(acronym: &str, a: &str, b: &str) -> Vec<String> {
        let articles = [article("a.txt", a), article("b.txt", b)];
        let corpus = Corpus::new(&articles.iter().collect::<Vec<_>>());
        let words = corpus.articles.iter().flat_map(|article| {
            article.units.iter().flat_map(|unit| unit.words.iter().map(|word| (word.span.of(article.text), word.term)))
        });
        let term = words.into_iter().find(|(form, _)| *form == acronym).map(|(_, term)| term).expect("the acronym");
        let stands_for = corpus.vocabulary.in_full(term);
        let mut stems: Vec<_> = stands_for.iter().map(|&term| corpus.vocabulary.term(term).stem.clone()).collect();
        stems.sort();
        stems
    }

    #[test]
    fn an_acronym_stands_for_the_name_whose_capitals_spell_it() {
        let found = in_full(
            "LRU",
            "Nobody came. The Lindar Rail Union called the strike off.",
            "It was on Monday that the LRU called the strike off.",
        );
        assert_eq!(found, ["lindar", "rail", "union"]);
    }

    #[test]
    fn small_words_of_a_name_are_left_out_of_its_initials() {
        let found = in_full(
            "BRE",
            "Work has begun at the Board of Roads and Estuaries in Kelby.",
            "Work has begun at the BRE in Kelby.",
        );
        assert_eq!(found, ["board", "estuari", "road"]);
    }

    #[test]
    fn two_letters_are_an_acronym_only_in_brackets_after_the_name() {
        let bracketed = in_full("KC", "They asked the Kelby Council (KC) to pay.", "They asked the KC to pay.");
        assert_eq!(bracketed.len(), 2);
        assert!(in_full("KC", "They asked the Kelby Council to pay.", "They asked the KC to pay.").is_empty());
    }

    #[test]
    fn a_name_that_only_begins_with_the_letters_is_another() {
        let found = in_full(
            "LRU",
            "It was called off by the Lindar Rail Union Congress.",
            "It was called off by the LRU on Monday.",
        );
        assert!(found.is_empty(), "{found:?}");
    }
}
