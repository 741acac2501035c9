//! A sentence as words, figures and signs: what the recognisers of values read.
//!
//! Must never judge what a word means. Invariant: pieces ascend, do not overlap and stand on `char` boundaries.

use std::borrow::Cow;

use crate::text::ByteSpan;
use crate::text::token::plain_length;

/// What a piece is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Letters, perhaps with digits after them ("B619") or dots between ("a.m.").
    Word,
    /// A number in digits with its separators, or a vulgar fraction.
    Figure,
    /// Digits with more than one point ("1.2.3", "12.03.2026").
    Dotted,
    /// One character of anything else that is not white space.
    Sign,
}

/// One word, figure or sign.
#[derive(Debug)]
pub(super) struct Piece<'t> {
    /// As written.
    pub text: &'t str,
    /// Lower case, straight apostrophes, no dots of abbreviation.
    pub lower: Cow<'t, str>,
    /// Where, in bytes of the content.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// What it is made of.
    pub shape: Shape,
    /// Whether no white space stands before it.
    pub glued: bool,
}

/// The pieces of one span; every look past either end finds an empty word.
#[derive(Debug)]
pub(super) struct Pieces<'t> {
    list: Vec<Piece<'t>>,
}

impl<'t> Pieces<'t> {
    /// Cuts `within` of `content`; nothing when the span is not one of the content's.
    pub fn new(content: &'t str, within: ByteSpan) -> Self {
        let Some(text) = content.get(within.range()) else { return Self { list: Vec::new() } };
        let mut list = Vec::with_capacity(text.len() / 5);
        let offset = within.start.index();
        let mut at = 0;
        let mut glued = false;
        while let Some(first) = text[at..].chars().next() {
            if first.is_whitespace() {
                at += first.len_utf8();
                glued = false;
                continue;
            }
            let (length, shape) = piece_length(&text[at..], first);
            let written = &text[at..at + length];
            let lower = folded(written, shape);
            list.push(Piece { text: written, lower, start: offset + at, end: offset + at + length, shape, glued });
            at += length;
            glued = true;
        }
        Self { list }
    }

    /// How many pieces there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The piece at `index`.
    pub fn get(&self, index: usize) -> Option<&Piece<'t>> {
        self.list.get(index)
    }

    /// The folded text at `index`, empty past the end.
    pub fn lower(&self, index: usize) -> &str {
        self.get(index).map_or("", |piece| &piece.lower)
    }

    /// The folded text `back` pieces before `index`, empty before the first.
    pub fn before(&self, index: usize, back: usize) -> &str {
        index.checked_sub(back).map_or("", |index| self.lower(index))
    }

    /// Whether the piece is of that shape.
    pub fn is(&self, index: usize, shape: Shape) -> bool {
        self.get(index).is_some_and(|piece| piece.shape == shape)
    }

    /// Whether the piece follows the one before it without white space.
    pub fn glued(&self, index: usize) -> bool {
        self.get(index).is_some_and(|piece| piece.glued)
    }

    /// Whether the piece begins with a capital letter.
    pub fn capital(&self, index: usize) -> bool {
        self.get(index).and_then(|piece| piece.text.chars().next()).is_some_and(char::is_uppercase)
    }

    /// Whether a hyphen or a dash joins the pieces before and after `index` without white space.
    pub fn hyphen(&self, index: usize) -> bool {
        matches!(self.lower(index), "-" | "‐" | "‑") && self.glued(index) && self.glued(index + 1)
    }

    /// The piece after the words of `phrase` (parted by spaces), where they stand at `index`.
    pub fn after_phrase(&self, index: usize, phrase: &str) -> Option<usize> {
        let mut rest = phrase;
        for at in index.. {
            let own = self.lower(at);
            let after = rest.strip_prefix(own).filter(|_| !own.is_empty())?;
            match after.strip_prefix(' ') {
                Some(more) => rest = more,
                None => return after.is_empty().then_some(at + 1),
            }
        }
        None
    }

    /// Whether the words from `index` are those of `phrase` (parted by spaces).
    pub fn phrase(&self, index: usize, phrase: &str) -> bool {
        self.after_phrase(index, phrase).is_some()
    }

    /// The first entry of `list` whose phrase stands at `index`, and the piece after it.
    pub fn first_of<'l, T>(
        &self,
        index: usize,
        list: &'l [T],
        phrase: impl Fn(&'l T) -> &'l str,
    ) -> Option<(&'l T, usize)> {
        // Most are told by one letter.
        let letter = self.lower(index).as_bytes().first()?;
        list.iter().find_map(|entry| {
            let phrase = phrase(entry);
            let begins = phrase.as_bytes().first() == Some(letter);
            begins.then(|| self.after_phrase(index, phrase)).flatten().map(|next| (entry, next))
        })
    }

    /// The piece after the first of `phrases` that stands at `index`.
    pub fn any_phrase(&self, index: usize, phrases: &[&str]) -> Option<usize> {
        self.first_of(index, phrases, |phrase| phrase).map(|(_, next)| next)
    }

    /// The span from the piece `first` to the piece before `next`.
    pub fn span(&self, first: usize, next: usize) -> ByteSpan {
        let start = self.get(first).map_or(0, |piece| piece.start);
        let end = next.checked_sub(1).and_then(|last| self.get(last)).map_or(start, |piece| piece.end);
        ByteSpan::new(start, end)
    }
}

fn folded(written: &str, shape: Shape) -> Cow<'_, str> {
    match shape {
        Shape::Word if written.bytes().all(|byte| byte.is_ascii_lowercase()) => Cow::Borrowed(written),
        Shape::Word if written.contains('.') => {
            written.chars().filter(|c| *c != '.').flat_map(char::to_lowercase).collect()
        }
        Shape::Word if written.is_ascii() => Cow::Owned(written.to_ascii_lowercase()),
        Shape::Word => written.chars().map(|c| if c == '’' { '\'' } else { c }).flat_map(char::to_lowercase).collect(),
        Shape::Figure | Shape::Dotted | Shape::Sign => Cow::Borrowed(written),
    }
}

fn piece_length(text: &str, first: char) -> (usize, Shape) {
    if first.is_ascii_digit() {
        return figure_length(text);
    }
    if vulgar_fraction(first).is_some() {
        return (first.len_utf8(), Shape::Figure);
    }
    if !first.is_alphabetic() {
        return (first.len_utf8(), Shape::Sign);
    }
    let dotted = abbreviation_length(text);
    if dotted > 0 {
        return (dotted, Shape::Word);
    }
    let plain = plain_length(text);
    let mut characters = text[plain..].char_indices().peekable();
    let mut end = plain;
    while let Some((at, character)) = characters.next() {
        let joins = matches!(character, '\'' | '’') && characters.peek().is_some_and(|(_, next)| next.is_alphabetic());
        let mark = ('\u{300}'..='\u{36f}').contains(&character) || character == '\u{ad}';
        if !(character.is_alphanumeric() || joins || mark) || vulgar_fraction(character).is_some() {
            break;
        }
        end = plain + at + character.len_utf8();
    }
    (end.max(first.len_utf8()), Shape::Word)
}

/// Length of "a.m.", "U.S." or "p.m"; 0 for anything else.
fn abbreviation_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut at = 0;
    while letter(at) && bytes.get(at + 1) == Some(&b'.') && letter(at + 2) {
        at += 2;
    }
    // A last letter that begins a longer word ("U.S.Steel", "i.e.however") is none of the abbreviation.
    if at == 0 || letter(at + 1) {
        return 0;
    }
    at + 1 + usize::from(bytes.get(at + 1) == Some(&b'.'))
}

fn figure_length(text: &str) -> (usize, Shape) {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    let mut points = 0;
    while digit(at) {
        at += 1;
        if digit(at) {
            continue;
        }
        let separator = thousands_separator(&text[at..]);
        let group = at + separator;
        if separator > 0 && points == 0 && (0..3).all(|nth| digit(group + nth)) && !digit(group + 3) {
            at = group;
        } else if bytes.get(at) == Some(&b'.') && digit(at + 1) {
            points += 1;
            at += 1;
        }
    }
    (at, if points > 1 { Shape::Dotted } else { Shape::Figure })
}

/// Bytes of the separator that may stand between groups of three digits.
fn thousands_separator(text: &str) -> usize {
    match text.chars().next() {
        Some(mark @ (',' | '\u{a0}' | '\u{2009}' | '\u{202f}')) => mark.len_utf8(),
        _ => 0,
    }
}

/// The value of ½, ¼ and their like.
pub(super) fn vulgar_fraction(character: char) -> Option<f64> {
    Some(match character {
        '½' => 0.5,
        '¼' => 0.25,
        '¾' => 0.75,
        '⅓' => 1.0 / 3.0,
        '⅔' => 2.0 / 3.0,
        '⅕' => 0.2,
        '⅖' => 0.4,
        '⅗' => 0.6,
        '⅘' => 0.8,
        '⅛' => 0.125,
        '⅜' => 0.375,
        '⅝' => 0.625,
        '⅞' => 0.875,
        _ => return None,
    })
}
