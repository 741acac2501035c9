//! Searching all sources at once.
//!
//! Must never move anything. Invariant: what is found are spans of the texts, in order, on whole grapheme clusters' first
//! characters; folding changes nothing that is displayed.

use crate::source::Article;
use crate::text::fold::letters;
use crate::text::{ArticleIndex, ByteSpan};

/// What was searched for and found.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What was searched for.
    pub wanted: String,
    found: Vec<Vec<ByteSpan>>,
}

impl Search {
    /// Searches for `wanted` in every article.
    pub fn new(wanted: &str, articles: &[Article]) -> Self {
        let pattern = Wanted::new(wanted);
        let found = articles.iter().map(|article| pattern.occurrences(article.text.content())).collect();
        Self { wanted: wanted.to_owned(), found }
    }

    /// The places found in an article, in order.
    pub fn found(&self, article: ArticleIndex) -> &[ByteSpan] {
        self.found.get(article.index()).map_or(&[], Vec::as_slice)
    }

    /// How many places were found in all.
    pub fn count(&self) -> usize {
        self.found.iter().map(Vec::len).sum()
    }
}

/// What is searched for, as it is compared. A wanted text without capitals ignores case and one without accents ignores
/// them; curly quotation marks, long dashes, ligatures and other spaces are found by the plain ones.
#[derive(Debug, Clone)]
pub struct Wanted {
    pattern: Vec<char>,
    case: bool,
    accents: bool,
}

impl Wanted {
    /// The pattern of a text as it was typed.
    pub fn new(wanted: &str) -> Self {
        let case = wanted.chars().any(char::is_uppercase);
        let accents = wanted
            .chars()
            .flat_map(|c| letters(c, true, true))
            .ne(wanted.chars().flat_map(|c| letters(c, true, false)));
        let mut pattern = Self { pattern: Vec::new(), case, accents };
        pattern.pattern = pattern.folded(wanted).into_iter().map(|(_, c)| c).collect();
        pattern
    }

    /// The letters of a text and where each comes from; white space counts once.
    fn folded(&self, content: &str) -> Vec<(usize, char)> {
        let mut folded: Vec<(usize, char)> = Vec::with_capacity(content.len());
        for (at, c) in content.char_indices() {
            if c.is_ascii_graphic() {
                folded.push((at, if self.case { c } else { c.to_ascii_lowercase() }));
                continue;
            }
            if c.is_ascii_whitespace() {
                if folded.last().is_none_or(|(_, before)| *before != ' ') {
                    folded.push((at, ' '));
                }
                continue;
            }
            for c in letters(c, self.case, self.accents) {
                if c != ' ' || folded.last().is_none_or(|(_, before)| *before != ' ') {
                    folded.push((at, c));
                }
            }
        }
        folded
    }

    /// Where a text holds it, in order; nothing is found by nothing.
    pub fn occurrences(&self, content: &str) -> Vec<ByteSpan> {
        let Some(first) = self.pattern.first() else { return Vec::new() };
        let folded = self.folded(content);
        // A character that folds to several letters is found whole or not at all.
        let parted = |at: usize| at == 0 || folded.get(at).is_none_or(|(here, _)| folded[at - 1].0 != *here);
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = folded.get(at) {
            let end = at + self.pattern.len();
            let here = start.1 == *first
                && folded.get(at..end).is_some_and(|there| there.iter().map(|(_, c)| c).eq(&self.pattern))
                && parted(at)
                && parted(end);
            if here {
                found.push(ByteSpan::new(start.0, folded.get(end).map_or(content.len(), |(end, _)| *end)));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Whether a text holds it; every text holds nothing.
    pub fn is_in(&self, content: &str) -> bool {
        self.pattern.is_empty() || !self.occurrences(content).is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(content: &'t str, wanted: &str) -> Vec<&'t str> {
        Wanted::new(wanted).occurrences(content).into_iter().map(|span| span.of(content)).collect()
    }

    #[test]
    fn small_letters_find_all_and_capitals_only_themselves() {
        assert_eq!(found("The Gate, the gate", "gate"), ["Gate", "gate"]);
        assert_eq!(found("The Gate, the gate", "Gate"), ["Gate"]);
    }

    #[test]
    fn plain_marks_find_curly_ones() {
        assert_eq!(found("won’t open – “not yet”", "won't open - \"not"), ["won’t open – “not"]);
        assert_eq!(found("har\u{ad}bour", "harbour"), ["har\u{ad}bour"]);
    }

    #[test]
    fn letters_without_accents_find_those_with_and_accents_only_themselves() {
        assert_eq!(found("Café, cafe\u{301}, cafe", "cafe"), ["Café", "cafe\u{301}", "cafe"]);
        assert_eq!(found("Café, cafe\u{301}, cafe", "café"), ["Café", "cafe\u{301}"]);
        assert_eq!(found("Øresund and the Straße", "oresund"), ["Øresund"]);
        assert_eq!(found("Straße", "strasse"), ["Straße"]);
        assert!(found("Straße", "stras").is_empty(), "half a letter is not found");
    }

    #[test]
    fn spaces_and_line_breaks_are_one_space() {
        assert_eq!(found("the swing \u{a0}\nbridge", "swing bridge"), ["swing \u{a0}\nbridge"]);
        assert_eq!(found("so … it ﬁts", "... it fits"), ["… it ﬁts"]);
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        assert!(found("text", "").is_empty());
        assert!(found("", "text").is_empty());
    }
}
