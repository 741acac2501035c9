//! Which words differ between two passages that carry one claim.
//!
//! Must never cut inside a word. Invariant: the pieces tile both passages exactly, also when the deadline fires.

use std::time::Instant;

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use crate::text::ByteSpan;
use crate::text::fold::fold;
use crate::text::token::{Token, TokenKind, tokens};

use super::vocabulary::is_function_word;

/// The share of the shorter passage's content words that must stand in both for a word diff to say more than noise
/// (readers ask for whole blocks below about a third).
const LEAST_SHARED: f32 = 0.34;

/// Whether a stretch of words stands in both passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceKind {
    /// The same words on both sides, but for folding.
    Same,
    /// Words of this side only.
    Differs,
}

/// A stretch of one passage, in bytes from the passage's start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Piece {
    /// Where.
    pub span: ByteSpan,
    /// Shared or not.
    pub kind: PieceKind,
}

/// How two passages differ, word by word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WordDiff {
    /// Pieces that tile the first passage.
    pub a: Vec<Piece>,
    /// Pieces that tile the second.
    pub b: Vec<Piece>,
    /// Whether so little is shared that both passages should stand whole.
    pub whole: bool,
}

/// Compares two passages. Past the deadline the rest counts as differing.
pub fn word_diff(a: &str, b: &str, deadline: Option<Instant>) -> WordDiff {
    let (words_a, words_b) = (keyed(a), keyed(b));
    let keys = |words: &[(Token, String)]| -> Vec<String> { words.iter().map(|word| word.1.clone()).collect() };
    let (keys_a, keys_b) = (keys(&words_a), keys(&words_b));
    let ops = capture_diff_slices_deadline(Algorithm::Myers, &keys_a, &keys_b, deadline);
    let (mut same_a, mut same_b) = (vec![false; keys_a.len()], vec![false; keys_b.len()]);
    for op in &ops {
        if let DiffOp::Equal { old_index, new_index, len } = *op {
            let run = &keys_a[old_index..old_index + len];
            let edge =
                old_index == 0 && new_index == 0 || old_index + len == keys_a.len() && new_index + len == keys_b.len();
            if edge || run.iter().any(|key| !is_function_word(key)) {
                same_a[old_index..old_index + len].fill(true);
                same_b[new_index..new_index + len].fill(true);
            }
        }
    }
    let content = |keys: &[String]| keys.iter().filter(|key| !is_function_word(key)).count();
    let shared = keys_a.iter().zip(&same_a).filter(|(key, same)| **same && !is_function_word(key)).count();
    let fewest = content(&keys_a).min(content(&keys_b)).max(1);
    let whole = (shared as f32) < LEAST_SHARED * fewest as f32;
    WordDiff { a: pieces(a, &words_a, &same_a), b: pieces(b, &words_b, &same_b), whole }
}

/// Words and figures with the key they are compared by.
fn keyed(text: &str) -> Vec<(Token, String)> {
    let words = tokens(text, ByteSpan::new(0, text.len())).into_iter();
    words
        .filter(|token| matches!(token.kind, TokenKind::Word | TokenKind::Number | TokenKind::Symbol))
        .map(|token| (token, fold(token.span.of(text))))
        .collect()
}

/// Joins words of one kind; what stands between two words belongs to the piece before it, what stands before the first word
/// to the first piece.
fn pieces(text: &str, words: &[(Token, String)], same: &[bool]) -> Vec<Piece> {
    let kind = |same: bool| if same { PieceKind::Same } else { PieceKind::Differs };
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, (token, _)) in words.iter().enumerate() {
        let start = if at == 0 { 0 } else { token.span.start.index() };
        let end = words.get(at + 1).map_or(text.len(), |next| next.0.span.start.index());
        match pieces.last_mut().filter(|piece| piece.kind == kind(same[at])) {
            Some(piece) => piece.span = ByteSpan::new(piece.span.start.index(), end),
            None => pieces.push(Piece { span: ByteSpan::new(start, end), kind: kind(same[at]) }),
        }
    }
    if pieces.is_empty() && !text.is_empty() {
        pieces.push(Piece { span: ByteSpan::new(0, text.len()), kind: PieceKind::Same });
    }
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(text: &str, pieces: &[Piece]) -> String {
        let piece = |piece: &Piece| match piece.kind {
            PieceKind::Same => piece.span.of(text).to_owned(),
            PieceKind::Differs => {
                format!("[{}]", piece.span.of(text).trim_end())
                    + &" ".repeat(usize::from(piece.span.of(text).ends_with(' ')))
            }
        };
        pieces.iter().map(piece).collect()
    }

    #[test]
    fn only_the_words_that_differ_are_marked() {
        let (a, b) = ("The bridge opened in 1931, officials said.", "The bridge closed in 1931, officials said.");
        let diff = word_diff(a, b, None);
        assert_eq!(marked(a, &diff.a), "The bridge [opened] in 1931, officials said.");
        assert_eq!(marked(b, &diff.b), "The bridge [closed] in 1931, officials said.");
        assert!(!diff.whole);
    }

    #[test]
    fn case_quotation_marks_and_spelling_are_no_difference() {
        let (a, b) = ("“The harbour’s grey stone”", "\"the harbor's gray stone\"");
        let diff = word_diff(a, b, None);
        assert!(diff.a.iter().chain(&diff.b).all(|piece| piece.kind == PieceKind::Same), "{diff:?}");
    }

    #[test]
    fn islands_of_stop_words_join_the_difference_around_them() {
        let (a, b) = ("Sailors drank rum in the tavern today", "Sailors ate soup in the kitchen today");
        assert_eq!(marked(a, &word_diff(a, b, None).a), "Sailors [drank rum in the tavern] today");
    }

    #[test]
    fn passages_that_share_little_stand_whole() {
        assert!(
            word_diff("Nobody was hurt in the collision", "Paramedics treated one man for a sprained wrist", None)
                .whole
        );
    }

    proptest! {
        #[test]
        fn pieces_tile_both_passages_even_when_the_deadline_fires(a in "\\PC{0,60}", b in "\\PC{0,60}", expired: bool) {
            let deadline = expired.then(Instant::now);
            let diff = word_diff(&a, &b, deadline);
            for (text, pieces) in [(&a, &diff.a), (&b, &diff.b)] {
                let joined: String = pieces.iter().map(|piece| piece.span.of(text)).collect();
                prop_assert_eq!(&joined, text);
            }
        }
    }
}
