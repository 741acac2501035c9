//! Sentences cut into clauses: the parts that can carry a claim by themselves.
//!
//! Must never drop a word. Invariant: the clauses of a sentence tile its words in order.

use super::prepare::{Clause, Word};
use super::vectors::DIMENSIONS;
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

/// Cuts one sentence; a sentence without words has no clauses.
pub(super) fn cut(text: &str, tokens: &[Token], words: &[Word], vocabulary: &Vocabulary) -> Vec<Clause> {
    let mut clauses: Vec<Clause> = Vec::new();
    let mut next_word = 0;
    let mut open = 0;
    for token in tokens {
        let is_word = words.get(next_word).is_some_and(|word| word.span == token.span);
        if parts(text, *token) && enough(&words[open..next_word], vocabulary) && enough(&words[next_word..], vocabulary)
        {
            clauses.extend(clause_of(words, open..next_word));
            open = next_word;
        }
        next_word += usize::from(is_word);
    }
    clauses.extend(clause_of(words, open..words.len()));
    clauses
}

fn clause_of(words: &[Word], range: std::ops::Range<usize>) -> Option<Clause> {
    let span = ByteSpan::join(words.get(range.start)?.span, words.get(range.end.checked_sub(1)?)?.span);
    Some(Clause { span, words: range, vector: [0.0; DIMENSIONS], apart: [0.0; DIMENSIONS] })
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

fn enough(words: &[Word], vocabulary: &Vocabulary) -> bool {
    words.iter().filter(|word| vocabulary.term(word.term).carries()).take(FEWEST).count() == FEWEST
}
