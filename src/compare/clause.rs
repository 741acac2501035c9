//! Sentences cut into clauses: the parts that can carry a claim by themselves.
//!
//! Must never drop a word. Invariant: the clauses of a sentence tile its words in order.

use super::prepare::{Clause, Word};
use super::vocabulary::Vocabulary;
use crate::text::ByteSpan;
use crate::text::token::{Token, TokenKind};

/// The fewest content words a clause has; smaller pieces join the clause before.
const FEWEST: usize = 2;

/// Words that open a clause when the clause before is complete.
const OPENERS: [&str; 22] = [
    "and", "but", "or", "which", "who", "whose", "while", "after", "before", "when", "where", "because", "as",
    "though", "although", "whereas", "until", "since", "that", "with", "if", "than",
];

/// The most clauses a sentence has; what comes after belongs to the last. Only a list without stops has more.
const MOST: usize = 24;

/// The places of the words of a sentence before which a clause may begin, ascending.
pub(super) fn partings(text: &str, tokens: &[Token], words: &[Word]) -> Vec<u32> {
    let mut partings = Vec::new();
    let mut next = 0;
    for token in tokens {
        if next > 0 && parts(text, *token) && partings.last() != Some(&next) {
            partings.push(next);
        }
        next += u32::from(words.get(next as usize).is_some_and(|word| word.span == token.span));
    }
    partings
}

/// Cuts one sentence at some of its partings; a sentence without words has no clauses.
pub(super) fn cut(partings: &[u32], words: &[Word], vocabulary: &Vocabulary) -> Vec<Clause> {
    let count = |words: &[Word]| words.iter().filter(|word| vocabulary.term(word.term).carries()).count();
    let mut clauses: Vec<Clause> = Vec::with_capacity(1);
    // How many content words stand in the clause that is open, and after what was looked at.
    let (mut before, mut after) = (0, count(words));
    let (mut open, mut seen) = (0, 0);
    for parting in partings.iter().map(|&parting| parting as usize) {
        let content = count(&words[seen..parting]);
        (before, after, seen) = (before + content, after - content, parting);
        if before >= FEWEST && after >= FEWEST && clauses.len() + 1 < MOST {
            clauses.extend(clause_of(words, open..parting));
            (open, before) = (parting, 0);
        }
    }
    clauses.extend(clause_of(words, open..words.len()));
    clauses.shrink_to_fit();
    clauses
}

fn clause_of(words: &[Word], range: std::ops::Range<usize>) -> Option<Clause> {
    let span = ByteSpan::join(words.get(range.start)?.span, words.get(range.end.checked_sub(1)?)?.span);
    Some(Clause { span, words: range })
}

fn parts(text: &str, token: Token) -> bool {
    let form = token.span.of(text);
    match token.kind {
        TokenKind::Word => OPENERS.iter().any(|opener| form.eq_ignore_ascii_case(opener)),
        TokenKind::Punctuation => !matches!(form, "." | "-" | "/" | "'" | "..." | "…"),
        TokenKind::Quote => form != "'" && form != "’",
        TokenKind::Number | TokenKind::Symbol => false,
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::prepare::Corpus;
    use crate::notes::example::article;

    fn clauses(text: &str) -> Vec<usize> {
        let article = article("a.txt", text);
        let corpus = Corpus::new(&[&article]);
        corpus.articles[0].units.iter().map(|unit| unit.clauses.len()).collect()
    }

    #[test]
    fn a_sentence_parts_where_both_sides_carry_content() {
        assert_eq!(clauses("The ship hit the bridge, and the crew left the harbour. Nobody, however, left."), [2, 1]);
    }

    #[test]
    fn the_clauses_of_a_sentence_tile_its_words() {
        let article = article("a.txt", "When rain fell, the town flooded, and crews, who had left, came back.");
        let corpus = Corpus::new(&[&article]);
        let unit = &corpus.articles[0].units[0];
        let words: Vec<_> = unit.clauses.iter().flat_map(|clause| clause.words.clone()).collect();
        assert_eq!(words, (0..unit.words.len()).collect::<Vec<_>>());
    }

    #[test]
    fn a_list_without_stops_has_no_more_clauses_than_others() {
        let list = "red apples, ".repeat(200);
        assert!(clauses(&list).iter().all(|&count| count <= super::MOST));
    }
}
