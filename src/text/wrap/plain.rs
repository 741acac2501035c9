//! Line breaking of plain prose: letters, digits, common marks and single kinds of space, where the rules of UAX #14 come down to
//! breaking after spaces. (A hyphen is no place to break here: `textwrap` leaves it to the splitting of words.)
//!
//! Must never answer for a text of which that is not certain: the whole rules are asked then, which take ten times as long.
//! Invariant: what is answered is what the whole rules answer (a property of the tests of `wrap`).

use super::{Piece, push};
use crate::text::ByteSpan;

/// What a character of plain prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    /// Stands within a word, or ends it: `.` `,` `:` `’`.
    Inner,
    /// Begins a word: `“` `‘` `(` `[`.
    Opening,
    /// Ends one: `;` `!` `?` `…` `”` `)` `]`.
    Closing,
    /// Begins a word or ends it: `"`.
    Quote,
    /// Stands between letters, begins a word or ends it: `'`.
    Apostrophe,
    /// Ends a number.
    Percent,
    /// Begins one: `£` `$` `€`.
    Money,
    Hyphen,
    /// Stands between spaces: `–` `—` `|`.
    Dash,
    Space,
}

/// The kinds of the characters of ASCII, since most text is made of them.
const ASCII: [Option<Kind>; 128] = {
    let mut kinds = [None; 128];
    let mut at = 0;
    while at < kinds.len() {
        kinds[at] = any_kind(at as u8 as char);
        at += 1;
    }
    kinds
};

fn kind(c: char) -> Option<Kind> {
    ASCII.get(c as usize).copied().unwrap_or_else(|| any_kind(c))
}

const fn any_kind(c: char) -> Option<Kind> {
    Some(match c {
        ' ' => Kind::Space,
        '&' | '•' | 'a'..='z' | 'A'..='Z' | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{17f}' => {
            Kind::Letter
        }
        '0'..='9' => Kind::Digit,
        '.' | ',' | ':' | '’' => Kind::Inner,
        '“' | '‘' | '(' | '[' => Kind::Opening,
        ';' | '!' | '?' | '…' | '”' | ')' | ']' => Kind::Closing,
        '"' => Kind::Quote,
        '\'' => Kind::Apostrophe,
        '%' => Kind::Percent,
        '£' | '$' | '€' => Kind::Money,
        '-' => Kind::Hyphen,
        '–' | '—' | '|' => Kind::Dash,
        _ => return None,
    })
}

/// How far a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Opening,
    Word,
    Closing,
    Spaces,
}

/// The pieces of a span of plain prose; `None` where it is not plain.
pub(super) fn pieces(content: &str, span: ByteSpan, width: usize) -> Option<Vec<Piece>> {
    let text = content.get(span.range())?;
    let bytes = text.as_bytes();
    let mut pieces = Vec::with_capacity(text.len() / 5);
    let (mut start, mut word, mut space) = (0, 0, 0);
    let (mut stage, mut before) = (Stage::Opening, Kind::Space);
    let mut end = |from: usize, to: usize, (word, space): (usize, usize)| {
        let piece = ByteSpan::new(span.start.index() + from, span.start.index() + to);
        if word > width {
            push(content, piece, width, &mut pieces)
        } else {
            pieces.push(Piece { span: piece, word, space })
        }
    };
    let mut at = 0;
    while let Some(first) = bytes.get(at) {
        // Letters within a word are most of a text, and change nothing.
        if stage == Stage::Word && first.is_ascii_alphabetic() {
            let letters = bytes[at..].iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
            (word, before, at) = (word + letters, Kind::Letter, at + letters);
            continue;
        }
        let c = text[at..].chars().next()?;
        let here = kind(c)?;
        let next = follow(stage, (before, here), (text, at, c))?;
        if stage == Stage::Spaces && next != Stage::Spaces {
            end(start, at, (word, space));
            (start, word, space) = (at, 0, 0);
        }
        (stage, before) = (next, here);
        if here == Kind::Space {
            space += 1;
        } else {
            word += 1;
        }
        at += c.len_utf8();
    }
    match stage {
        Stage::Opening => return text.is_empty().then_some(pieces),
        Stage::Word if before == Kind::Hyphen => return None,
        _ => end(start, text.len(), (word, space)),
    }
    Some(pieces)
}

/// How far a word is with one character more, `c` at `at`; `None` where that is not certain.
fn follow(stage: Stage, (before, here): (Kind, Kind), (text, at, c): (&str, usize, char)) -> Option<Stage> {
    let letter_or_digit = |kind: Option<Kind>| matches!(kind, Some(Kind::Letter | Kind::Digit));
    let next = || text[at + c.len_utf8()..].chars().next().and_then(kind);
    Some(match (stage, here) {
        (Stage::Word | Stage::Closing | Stage::Spaces, Kind::Space) => Stage::Spaces,
        // A quotation mark keeps a bracket behind the space.
        (Stage::Spaces, Kind::Opening) if matches!(c, '(' | '[') && closes_quotation(text, at) => return None,
        (Stage::Spaces | Stage::Opening, Kind::Opening | Kind::Quote) => Stage::Opening,
        (Stage::Spaces | Stage::Opening | Stage::Word, Kind::Letter | Kind::Digit) => Stage::Word,
        (Stage::Spaces | Stage::Opening, Kind::Money) if next() == Some(Kind::Digit) => Stage::Word,
        // Two long dashes stay together.
        (Stage::Spaces, Kind::Dash) if text[..at].trim_end_matches(' ').ends_with('—') => return None,
        (Stage::Spaces, Kind::Hyphen | Kind::Dash) if next() == Some(Kind::Space) => Stage::Closing,
        (Stage::Word, Kind::Hyphen) if before != Kind::Hyphen => Stage::Word,
        (Stage::Spaces | Stage::Opening, Kind::Apostrophe) if next() == Some(Kind::Letter) => Stage::Opening,
        (Stage::Word, Kind::Apostrophe) if before == Kind::Letter => match next() {
            Some(Kind::Letter) => Stage::Word,
            Some(Kind::Space) => Stage::Closing,
            _ => return None,
        },
        (Stage::Word, Kind::Inner) if letter_or_digit(Some(before)) => {
            if letter_or_digit(next()) {
                Stage::Word
            } else {
                Stage::Closing
            }
        }
        (Stage::Word, Kind::Closing | Kind::Quote) if before != Kind::Hyphen => Stage::Closing,
        (Stage::Word, Kind::Percent) if before == Kind::Digit => Stage::Closing,
        (Stage::Closing, Kind::Inner | Kind::Closing | Kind::Quote) => Stage::Closing,
        _ => return None,
    })
}

/// Whether the last mark before the spaces that end at `at` is one of quotation.
fn closes_quotation(text: &str, at: usize) -> bool {
    text[..at].trim_end_matches(' ').ends_with(['”', '’', '"', '\''])
}
