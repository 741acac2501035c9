//! Words, figures and marks.
//!
//! Must never fold or drop anything. Invariant: tokens are ordered, disjoint, stand on `char` boundaries and together cover
//! every character of the span that is not white space.

use unicode_normalization::char::is_combining_mark;

use super::ByteSpan;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TokenKind {
    /// Letters, with apostrophes and the dots of abbreviations (`don't`, `U.S.`); one character of a script without spaces.
    Word,
    /// Digits with their separators (`1,140`, `4.40`, `22:47`), or a fraction sign.
    Number,
    /// A sign that means something (`£`, `%`, `+`, an emoji).
    Symbol,
    /// A mark that divides (`,`, `—`, `(`); a run of the same mark is one token.
    Punctuation,
    /// A quotation mark, or an apostrophe at the edge of a word.
    Quote,
}

/// One token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// Where it stands in the article's text.
    pub span: ByteSpan,
    /// What it is.
    pub kind: TokenKind,
}

/// The tokens of `content` inside `within`, in order; none where `within` is not a span of `content`.
pub fn tokens(content: &str, within: ByteSpan) -> Vec<Token> {
    let Some(text) = content.get(within.range()) else { return Vec::new() };
    let base = within.start.index();
    let mut found = Vec::with_capacity(text.len() / 5);
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let (kind, length) = token_at(&text[at..], c);
        found.push(Token { span: ByteSpan::new(base + at, base + at + length), kind });
        at += length;
    }
    found
}

/// The kind and the length in bytes of the token that `rest` begins with; `first` is its first character.
fn token_at(rest: &str, first: char) -> (TokenKind, usize) {
    if first.is_numeric() {
        (TokenKind::Number, number_length(rest))
    } else if stands_alone(first) {
        (TokenKind::Word, first.len_utf8() + marks_length(&rest[first.len_utf8()..]))
    } else if first.is_alphabetic() {
        (TokenKind::Word, dotted_length(rest).unwrap_or_else(|| word_length(rest)))
    } else if is_quote(first) {
        (TokenKind::Quote, first.len_utf8())
    } else {
        let kind = if is_punctuation(first) { TokenKind::Punctuation } else { TokenKind::Symbol };
        let run = rest.chars().take_while(|&c| c == first).count() * first.len_utf8();
        (kind, run + marks_length(&rest[run..]))
    }
}

/// Whether a character is a word by itself: scripts that put no spaces between words.
pub fn stands_alone(c: char) -> bool {
    matches!(u32::from(c),
        0x0E01..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3005..=0x3007 | 0x3021..=0x3029 | 0x3031..=0x30FF
        | 0x31F0..=0x31FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0xFF66..=0xFF9D | 0x20000..=0x3FFFF)
        && c.is_alphabetic()
}

/// Whether a character is invisible and belongs to the word around it: soft hyphens, joiners, zero-width characters.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{34f}' | '\u{61c}'
        | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{180e}' | '\u{fe00}'..='\u{fe0f}')
}

/// Whether a character can stand for an apostrophe inside a word.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '＇' | '´' | '`' | '‘' | '‛' | '′' | 'ʹ' | 'ʻ')
}

/// Whether a character is a quotation mark of any kind, an apostrophe among them.
pub fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '＂'
            | '“'
            | '”'
            | '„'
            | '‟'
            | '«'
            | '»'
            | '‹'
            | '›'
            | '‚'
            | '「'
            | '」'
            | '『'
            | '』'
            | '〝'
            | '〞'
            | '〟'
    ) || is_apostrophe(c) && !c.is_alphabetic()
}

fn is_punctuation(c: char) -> bool {
    match c {
        '$' | '%' | '+' | '<' | '=' | '>' | '^' | '|' | '~' | '&' | '#' | '@' => false,
        '¡' | '¿' | '·' | '¶' | '§' => true,
        '\u{2030}'..='\u{2038}' | '\u{2044}' | '\u{2052}' => false,
        '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{303f}' | '\u{fe10}'..='\u{fe6f}' => true,
        '！' | '，' | '．' | '：' | '；' | '？' | '（' | '）' | '［' | '］' => true,
        _ => c.is_ascii_punctuation(),
    }
}

/// Length of the combining marks and invisible characters at the beginning of `rest`.
fn marks_length(rest: &str) -> usize {
    let marks = rest.chars().take_while(|&c| !c.is_ascii() && (is_combining_mark(c) || is_invisible(c)));
    marks.map(char::len_utf8).sum()
}

fn continues_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    (c.is_alphabetic() && !stands_alone(c)) || is_combining_mark(c) || is_invisible(c)
}

/// Length of the letters and digits of ASCII at the beginning of `rest`: of most words all there is.
pub(super) fn plain_length(rest: &str) -> usize {
    rest.bytes().take_while(u8::is_ascii_alphanumeric).count()
}

fn word_length(rest: &str) -> usize {
    let mut length = plain_length(rest);
    let mut characters = rest[length..].chars().peekable();
    while let Some(c) = characters.next() {
        let joins =
            is_apostrophe(c) && characters.peek().is_some_and(|&next| next.is_alphabetic() && !stands_alone(next));
        if length > 0 && !continues_word(c) && !joins {
            break;
        }
        length += c.len_utf8();
    }
    length
}

/// Length of an abbreviation of single letters with dots (`U.S.`, `a.m.`, `e.g.`); `None` where `rest` begins with none.
fn dotted_length(rest: &str) -> Option<usize> {
    // Most words go on after their first letter.
    if plain_length(rest) > 1 {
        return None;
    }
    let mut length = 0;
    let mut letters = 0;
    let mut characters = rest.chars().peekable();
    while let Some(letter) = characters.next_if(|c| c.is_alphabetic()) {
        if characters.peek().is_some_and(|&c| continues_word(c)) {
            break;
        }
        letters += 1;
        length += letter.len_utf8();
        if characters.next_if_eq(&'.').is_none() {
            break;
        }
        length += 1;
    }
    (letters > 1).then_some(length)
}

/// Length of a number with the separators between its digits.
fn number_length(rest: &str) -> usize {
    let mut length = digits_length(rest);
    loop {
        let tail = &rest[length..];
        let Some(separator) = tail.chars().next() else { return length };
        let after = &tail[separator.len_utf8()..];
        let digits = after.bytes().take_while(u8::is_ascii_digit).take(4).count();
        let joined = match separator {
            '.' => digits > 0 || after.starts_with(char::is_numeric),
            ',' => digits == 3 || digits == 2 && after[2..].starts_with(','),
            ':' => digits == 2,
            '\'' | '’' | '\u{a0}' | '\u{202f}' | '\u{2009}' => digits == 3 && is_grouped_head(&rest[..length]),
            _ => false,
        };
        if !joined {
            return length;
        }
        length += separator.len_utf8() + digits_length(after);
    }
}

fn digits_length(rest: &str) -> usize {
    rest.chars().take_while(|&c| c.is_numeric()).map(char::len_utf8).sum()
}

/// Whether what stands before a thin space can be the head of a grouped number: at most three digits before the first gap.
fn is_grouped_head(head: &str) -> bool {
    let digits = head.bytes().rev().take_while(u8::is_ascii_digit).take(4).count();
    (1..=3).contains(&digits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cut(content: &str) -> Vec<&str> {
        tokens(content, ByteSpan::new(0, content.len())).iter().map(|token| token.span.of(content)).collect()
    }

    fn kind(content: &str) -> TokenKind {
        tokens(content, ByteSpan::new(0, content.len()))[0].kind
    }

    #[test]
    fn words_figures_and_marks_are_cut_as_readers_count_them() {
        for (content, expected) in [
            ("an 89-metre ship", &["an", "89", "-", "metre", "ship"][..]),
            ("swing-bridge", &["swing", "-", "bridge"]),
            ("the U.S. and U.K.", &["the", "U.S.", "and", "U.K."]),
            ("at 4.40am, 5 a.m.", &["at", "4.40", "am", ",", "5", "a.m."]),
            ("the plan’s plan's don't o’clock", &["the", "plan’s", "plan's", "don't", "o’clock"]),
            ("5:40 22:47", &["5:40", "22:47"]),
            ("1,140 1,140,000, 2010,20", &["1,140", "1,140,000", ",", "2010", ",", "20"]),
            ("£1.2m 1.2MILLION 292ft", &["£", "1.2", "m", "1.2", "MILLION", "292", "ft"]),
            ("6.2pc 7%", &["6.2", "pc", "7", "%"]),
            ("日本語 です", &["日", "本", "語", "で", "す"]),
            ("“No,” he", &["“", "No", ",", "”", "he"]),
            ("wait... what?!", &["wait", "...", "what", "?", "!"]),
            ("J. K. Rowling", &["J", ".", "K", ".", "Rowling"]),
            ("MH370 G20", &["MH370", "G20"]),
            ("2½ hours", &["2½", "hours"]),
            ("22.09.2026 and 2026-01-04", &["22.09.2026", "and", "2026", "-", "01", "-", "04"]),
            ("U.S.-led", &["U.S.", "-", "led"]),
            ("it ended at 5.40. Then", &["it", "ended", "at", "5.40", ".", "Then"]),
            ("No. 5: 10", &["No", ".", "5", ":", "10"]),
            ("soft\u{ad}hyphen e\u{301}lan", &["soft\u{ad}hyphen", "e\u{301}lan"]),
            ("12\u{a0}000 people", &["12\u{a0}000", "people"]),
            ("the boys’ room", &["the", "boys", "’", "room"]),
            ("(Northline) —", &["(", "Northline", ")", "—"]),
            ("5–17 months, 2:1", &["5", "–", "17", "months", ",", "2", ":", "1"]),
        ] {
            assert_eq!(cut(content), expected, "{content}");
        }
    }

    #[test]
    fn every_token_knows_its_kind() {
        for (content, expected) in [
            ("ship", TokenKind::Word),
            ("4.40", TokenKind::Number),
            ("£", TokenKind::Symbol),
            ("%", TokenKind::Symbol),
            ("—", TokenKind::Punctuation),
            ("“", TokenKind::Quote),
            ("’", TokenKind::Quote),
            ("«", TokenKind::Quote),
            ("😀", TokenKind::Symbol),
            ("½", TokenKind::Number),
            ("語", TokenKind::Word),
            ("…", TokenKind::Punctuation),
        ] {
            assert_eq!(kind(content), expected, "{content}");
        }
    }

    #[test]
    fn a_span_that_is_not_of_the_text_has_no_tokens() {
        assert!(tokens("é", ByteSpan::new(1, 2)).is_empty());
        assert!(tokens("é", ByteSpan::new(0, 9)).is_empty());
    }

    proptest! {
        #[test]
        fn tokens_cover_all_that_is_not_white_space(content in r"([A-Za-z]{1,5}|[0-9]{1,4}|[.,:'’\u{a0} -]|\PC){0,60}") {
            let mut end = 0;
            for token in tokens(&content, ByteSpan::new(0, content.len())) {
                let (start, last) = (token.span.start.index(), token.span.end.index());
                prop_assert!(start >= end && last > start);
                prop_assert!(content[end..start].chars().all(char::is_whitespace));
                prop_assert!(content.get(start..last).is_some());
                end = last;
            }
            prop_assert!(content[end..].chars().all(char::is_whitespace));
        }
    }
}
