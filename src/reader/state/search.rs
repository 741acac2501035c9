//! Searching all sources at once.
//!
//! Must never move anything. Invariant: what is found are spans of the texts, in order, on whole grapheme clusters' first
//! characters; folding changes nothing that is displayed.

use crate::source::Article;
use crate::text::fold::{american, letters};
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
}

/// What is searched for, as it is compared. A wanted text without capitals ignores case and one without accents ignores
/// them; British and American spellings find one another; curly quotation marks, long dashes, ligatures and other spaces are found by the plain ones.
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

    /// Where a text holds it, in order, in any spelling of its words; nothing is found by nothing.
    pub fn occurrences(&self, content: &str) -> Vec<ByteSpan> {
        let folded = self.folded(content);
        let mut found = among(&folded, &self.pattern, content.len());
        if !self.case {
            let letters: Vec<(usize, char)> = self.pattern.iter().copied().enumerate().collect();
            let pattern: Vec<char> = respelled(&letters).into_iter().map(|(_, c)| c).collect();
            found.extend(among(&respelled(&folded), &pattern, content.len()));
            found.sort_unstable();
            found.dedup_by(|later, earlier| later.start < earlier.end);
        }
        found
    }

    /// Whether a text holds it; every text holds nothing.
    pub fn is_in(&self, content: &str) -> bool {
        self.pattern.is_empty() || !self.occurrences(content).is_empty()
    }
}

/// Where the letters of a pattern stand among those of a text of `length` bytes.
fn among(folded: &[(usize, char)], pattern: &[char], length: usize) -> Vec<ByteSpan> {
    let Some(first) = pattern.first() else { return Vec::new() };
    // A character that folds to several letters is found whole or not at all.
    let parted = |at: usize| at == 0 || folded.get(at).is_none_or(|(here, _)| folded[at - 1].0 != *here);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = folded.get(at) {
        let end = at + pattern.len();
        let here = start.1 == *first
            && folded.get(at..end).is_some_and(|there| there.iter().map(|(_, c)| c).eq(pattern))
            && parted(at)
            && parted(end);
        if here {
            found.push(ByteSpan::new(start.0, folded.get(end).map_or(length, |(end, _)| *end)));
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

/// The letters with every word in its American spelling; a letter that a spelling adds stands where the one before it does.
fn respelled(folded: &[(usize, char)]) -> Vec<(usize, char)> {
    let mut letters = Vec::with_capacity(folded.len());
    for run in folded.chunk_by(|(_, one), (_, other)| one.is_ascii_lowercase() == other.is_ascii_lowercase()) {
        let word: String = run.iter().map(|(_, c)| c).collect();
        let other = american(&word);
        if other == word {
            letters.extend_from_slice(run);
            continue;
        }
        let same = word.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
        let behind = word.chars().rev().zip(other.chars().rev()).take_while(|(one, other)| one == other).count();
        let (count, wanted) = (run.len(), other.chars().count());
        let behind = behind.min(count.min(wanted) - same);
        for (at, c) in other.chars().enumerate() {
            let from = if at + behind >= wanted { at + count - wanted } else { at.min(count - behind).min(count - 1) };
            letters.push((run[from].0, c));
        }
    }
    letters
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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
        assert_eq!(found("Ørsted and ørsted", "Orsted"), ["Ørsted"]);
        assert_eq!(found("Straße", "strasse"), ["Straße"]);
        assert!(found("Straße", "stras").is_empty(), "half a letter is not found");
    }

    #[test]
    fn spaces_and_line_breaks_are_one_space() {
        assert_eq!(found("the swing \u{a0}\nbridge", "swing bridge"), ["swing \u{a0}\nbridge"]);
        assert_eq!(found("so … it ﬁts", "... it fits"), ["… it ﬁts"]);
    }

    #[test]
    fn a_word_is_found_in_another_spelling_and_by_its_beginning() {
        let text = "The harbour, the harbor; they apologised in grey.";
        assert_eq!(found(text, "harbor"), ["harbour", "harbor"]);
        assert_eq!(found(text, "the harbour"), ["The harbour", "the harbor"]);
        assert_eq!(found(text, "harbou"), ["harbou"]);
        assert_eq!(found(text, "apologized in gray."), ["apologised in grey."]);
    }

    #[test]
    fn nothing_is_found_by_nothing() {
        assert!(found("text", "").is_empty());
        assert!(found("", "text").is_empty());
    }

    proptest! {
        #[test]
        fn what_is_found_stands_in_the_text_in_order(content in r"(\PC|[a-c é’ß\n]|harbour|color){0,40}", wanted in r"(\PC|[a-c e]){1,3}") {
            let spans = Wanted::new(&wanted).occurrences(&content);
            prop_assert!(spans.windows(2).all(|pair| pair[0].end <= pair[1].start));
            prop_assert!(spans.iter().all(|span| content.get(span.range()).is_some_and(|found| !found.is_empty())));
        }

        #[test]
        fn a_text_is_found_in_itself(content in r"[a-zA-Z é’“ß,.]{1,30}") {
            prop_assert!(Wanted::new(&content).is_in(&content));
        }
    }
}
