//! Sentence boundaries of prose in the common marks and Latin letters, where the rules of UAX #29 come down to looking around each
//! full stop, `!` and `?`.
//!
//! Must never answer for a text of which that is not certain: the whole rules are asked then, which take many times as long.
//! Invariant: what is answered is what the whole rules answer (a property of the tests).

use super::past_ascii;

/// What the rules take a character for (UAX #29, table 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Upper,
    Lower,
    Numeric,
    /// `ATerm`: a full stop.
    Stop,
    /// `STerm`: `!` and `?`.
    Mark,
    Close,
    Space,
    /// `SContinue`.
    Continues,
    Other,
}

fn kind(c: char) -> Option<Kind> {
    Some(match c {
        'a'..='z' | '\u{df}'..='\u{f6}' | '\u{f8}'..='\u{ff}' => Kind::Lower,
        'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{de}' => Kind::Upper,
        '0'..='9' => Kind::Numeric,
        '.' => Kind::Stop,
        '!' | '?' => Kind::Mark,
        ' ' | '\t' | '\u{a0}' => Kind::Space,
        '"' | '\'' | '(' | ')' | '[' | ']' | '{' | '}' | '«' | '»' | '\u{2018}'..='\u{201f}' => Kind::Close,
        ',' | '-' | ':' | ';' | '–' | '—' => Kind::Continues,
        '!'..='~' | '£' | '€' | '…' | '°' | '½' => Kind::Other,
        _ => return None,
    })
}

/// Where the sentences of plain prose end, in bytes, the end of the text last; `None` where it is not plain.
pub(super) fn bounds(text: &str) -> Option<Vec<usize>> {
    // Of printable ASCII all is known.
    if past_ascii(text).any(|c| kind(c).is_none()) {
        return None;
    }
    let mut found = Vec::with_capacity(text.len() / 100 + 1);
    let mut from = 0;
    while let Some(at) = text.as_bytes()[from..].iter().position(|byte| matches!(byte, b'.' | b'!' | b'?')) {
        let (next, ends) = after(text, from + at);
        if ends && next < text.len() {
            found.push(next);
        }
        from = next;
    }
    if !text.is_empty() {
        found.push(text.len());
    }
    Some(found)
}

/// From the mark at `at` past the closing marks and spaces after it: where that is, and whether a sentence ends there.
fn after(text: &str, at: usize) -> (usize, bool) {
    let behind = &text[at + 1..];
    let close = behind.trim_start_matches(|c| kind(c) == Some(Kind::Close));
    let rest = close.trim_start_matches(|c| kind(c) == Some(Kind::Space));
    let end = text.len() - rest.len();
    let next = rest.chars().next().and_then(kind);
    let stop = text.as_bytes()[at] == b'.';
    if stop && rest.len() == behind.len() {
        let in_word = || text[..at].chars().next_back().and_then(kind);
        // Rules SB6 and SB7: a figure, and `U.S`.
        match next {
            Some(Kind::Numeric) => return (end, false),
            Some(Kind::Upper) if matches!(in_word(), Some(Kind::Upper | Kind::Lower)) => return (end, false),
            _ => {}
        }
    }
    // SB8a: another mark, or one that goes on.
    if matches!(next, Some(Kind::Stop | Kind::Mark | Kind::Continues)) {
        return (end, false);
    }
    // SB8: a small letter before anything that could begin a sentence.
    let decides = |c: char| kind(c).filter(|kind| matches!(kind, Kind::Upper | Kind::Lower | Kind::Stop | Kind::Mark));
    let goes_on = stop && rest.chars().find_map(decides) == Some(Kind::Lower);
    (end, !goes_on)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_segmentation::UnicodeSegmentation;

    use super::*;

    fn whole_rules(text: &str) -> Vec<usize> {
        text.split_sentence_bound_indices().map(|(at, piece)| at + piece.len()).collect()
    }

    #[test]
    fn prose_is_plain_and_other_scripts_are_not() {
        assert!(bounds("“Is it safe?” asked the café’s owner – at 5.40 a.m. – for £12.50…").is_some());
        assert_eq!(bounds("彼は来た。"), None);
        assert_eq!(bounds("soft\u{ad}hyphen."), None);
        assert_eq!(bounds(""), Some(vec![]));
    }

    proptest! {
        #[test]
        fn plain_prose_ends_its_sentences_where_any_text_does(text in "[A-Ca-cÀé0-2 \t\u{a0}.!?\"'()“”‘’«,:;–—£…*-]{0,40}") {
            if let Some(found) = bounds(&text) {
                prop_assert_eq!(found, whole_rules(&text), "{:?}", text);
            }
        }

        #[test]
        fn whatever_is_answered_is_what_the_rules_answer(text in any::<String>(), prose in "[ -~]{0,60}") {
            for text in [&text, &prose] {
                if let Some(found) = bounds(text) {
                    prop_assert_eq!(found, whole_rules(text), "{:?}", text);
                }
            }
        }
    }
}
