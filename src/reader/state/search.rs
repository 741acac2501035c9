//! Searching all sources at once.
//!
//! Must never move anything. Invariant: what is found are spans of the texts, in order, on whole grapheme clusters' first
//! characters; folding changes nothing that is displayed.

use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan};

/// What was searched for and found.
#[derive(Debug, Clone, Default)]
pub struct Search {
    /// What was searched for.
    pub wanted: String,
    found: Vec<Vec<ByteSpan>>,
}

impl Search {
    /// Searches for `wanted` in every article; a wanted text without capitals ignores case, and curly quotation marks, long
    /// dashes and other spaces are found by the plain ones.
    pub fn new(wanted: &str, articles: &[Article]) -> Self {
        let case = wanted.chars().any(char::is_uppercase);
        let pattern: Vec<char> = wanted.chars().flat_map(|c| plain(c, case)).collect();
        let found = articles.iter().map(|article| occurrences(article.text.content(), &pattern, case)).collect();
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

/// A character as it is compared.
fn plain(c: char, case: bool) -> impl Iterator<Item = char> {
    let folded = match c {
        '‘' | '’' | '‚' | '‹' | '›' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '‒' | '–' | '—' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    };
    let kept = case.then_some(folded);
    let lowered = (!case).then(|| folded.to_lowercase());
    kept.into_iter().chain(lowered.into_iter().flatten())
}

fn occurrences(content: &str, pattern: &[char], case: bool) -> Vec<ByteSpan> {
    let Some(first) = pattern.first() else { return Vec::new() };
    let folded: Vec<(usize, char)> = content
        .char_indices()
        .filter(|(_, c)| *c != '\u{ad}')
        .flat_map(|(at, c)| plain(c, case).map(move |c| (at, c)))
        .collect();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = folded.get(at) {
        let here = start.1 == *first
            && folded[at..].iter().map(|(_, c)| c).zip(pattern).filter(|(a, b)| a == b).count() == pattern.len();
        if here {
            let end = folded.get(at + pattern.len()).map_or(content.len(), |(end, _)| *end);
            found.push(ByteSpan::new(start.0, end));
            at += pattern.len();
        } else {
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(content: &'t str, wanted: &str) -> Vec<&'t str> {
        let case = wanted.chars().any(char::is_uppercase);
        let pattern: Vec<char> = wanted.chars().flat_map(|c| plain(c, case)).collect();
        occurrences(content, &pattern, case).into_iter().map(|span| span.of(content)).collect()
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
    fn nothing_is_found_by_nothing() {
        assert!(found("text", "").is_empty());
        assert!(found("", "text").is_empty());
    }
}
