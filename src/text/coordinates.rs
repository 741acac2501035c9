//! The one place where bytes become code points or graphemes, and back.
//!
//! Must never guess: what lies outside the text or inside a character is `None` or widened, as each function says. Invariant: on
//! `char` boundaries the conversions undo each other.

use unicode_segmentation::{GraphemeCursor, GraphemeIncomplete};

use super::{ByteSpan, CodePoint, CodePointSpan};

/// The characters that are not printable ASCII: what is asked of a character is most often clear of all others.
pub(super) fn past_ascii(text: &str) -> impl Iterator<Item = char> + '_ {
    let is_one = |byte: u8| !matches!(byte, b' '..=b'~' | 0x80..=0xbf);
    let places = text.bytes().enumerate().filter(move |(_, byte)| is_one(*byte));
    places.filter_map(|(at, _)| text[at..].chars().next())
}

/// Counts code points in near constant time: a bit for every byte that begins one, and a running count for every 64 bytes.
/// It takes about three sixteenths of the text's size and does not hold the text.
#[derive(Debug, Clone)]
pub struct CodePointIndex {
    begins: Vec<u64>,
    counts: Vec<u32>,
    bytes: usize,
    code_points: usize,
}

impl CodePointIndex {
    /// Builds the index of one text.
    pub fn new(text: &str) -> Self {
        let mut begins = Vec::with_capacity(text.len() / 64 + 1);
        let mut counts = Vec::with_capacity(text.len() / 64 + 1);
        let mut total: u32 = 0;
        for block in text.as_bytes().chunks(64) {
            let bits = block.iter().rev().fold(0_u64, |bits, &byte| bits << 1 | u64::from(byte & 0xC0 != 0x80));
            begins.push(bits);
            counts.push(total);
            total = total.saturating_add(bits.count_ones());
        }
        Self { begins, counts, bytes: text.len(), code_points: total as usize }
    }

    /// How many code points the text has.
    pub fn len(&self) -> usize {
        self.code_points
    }

    /// Whether the text is empty.
    pub fn is_empty(&self) -> bool {
        self.code_points == 0
    }

    /// The span in code points; an end past the text becomes the text's end.
    pub fn to_code_points(&self, span: ByteSpan) -> CodePointSpan {
        CodePointSpan {
            start: CodePoint::new(self.code_points_before(span.start.index())),
            end: CodePoint::new(self.code_points_before(span.end.index())),
        }
    }

    /// The span in bytes; `None` where it reaches past the text or ends before it starts.
    pub fn to_bytes(&self, span: CodePointSpan) -> Option<ByteSpan> {
        if span.end < span.start {
            return None;
        }
        Some(ByteSpan::new(self.byte_of(span.start.index())?, self.byte_of(span.end.index())?))
    }

    fn code_points_before(&self, byte: usize) -> usize {
        let block = byte / 64;
        match (self.begins.get(block), self.counts.get(block)) {
            (Some(bits), Some(&count)) if byte < self.bytes => {
                count as usize + (bits & !(u64::MAX << (byte % 64))).count_ones() as usize
            }
            _ => self.code_points,
        }
    }

    fn byte_of(&self, code_point: usize) -> Option<usize> {
        if code_point >= self.code_points {
            return (code_point == self.code_points).then_some(self.bytes);
        }
        let block = self.counts.partition_point(|&count| count as usize <= code_point).checked_sub(1)?;
        let mut bits = *self.begins.get(block)?;
        for _ in 0..code_point - *self.counts.get(block)? as usize {
            bits &= bits.wrapping_sub(1);
        }
        Some(block * 64 + bits.trailing_zeros() as usize)
    }
}

/// The smallest span around `span` that cuts no grapheme of `content` (UAX #29, extended grapheme clusters). An end past the
/// text becomes the text's end.
pub fn grapheme_span(content: &str, span: ByteSpan) -> ByteSpan {
    let start = floor_boundary(content, span.start.index());
    let mut end = span.end.index().min(content.len()).max(start);
    while !content.is_char_boundary(end) {
        end += 1;
    }
    let whole = |at: usize| is_grapheme_boundary(content, at);
    let start = if whole(start) { start } else { previous_boundary(content, start) };
    let end = if whole(end) { end } else { next_boundary(content, end) };
    ByteSpan::new(start, end)
}

/// The last `char` boundary at or before `at` (or the text's end).
pub(crate) fn floor_boundary(content: &str, at: usize) -> usize {
    let mut at = at.min(content.len());
    while !content.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn is_grapheme_boundary(content: &str, at: usize) -> bool {
    GraphemeCursor::new(at, content.len(), true).is_boundary(content, 0) != Ok(false)
}

fn previous_boundary(content: &str, at: usize) -> usize {
    found(GraphemeCursor::new(at, content.len(), true).prev_boundary(content, 0), at)
}

fn next_boundary(content: &str, at: usize) -> usize {
    found(GraphemeCursor::new(at, content.len(), true).next_boundary(content, 0), at)
}

/// The boundary that was found, or the place itself (the cursor sees the whole text, so it is never incomplete).
fn found(boundary: Result<Option<usize>, GraphemeIncomplete>, otherwise: usize) -> usize {
    boundary.ok().flatten().unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn index_of(text: &str) -> CodePointIndex {
        CodePointIndex::new(text)
    }

    #[test]
    fn an_empty_text_has_one_place() {
        let index = index_of("");
        assert!(index.is_empty());
        let nothing = CodePointSpan { start: CodePoint(0), end: CodePoint(0) };
        assert_eq!(index.to_bytes(nothing), Some(ByteSpan::new(0, 0)));
        assert_eq!(index.to_code_points(ByteSpan::new(0, 0)), nothing);
    }

    #[test]
    fn a_span_past_the_text_has_no_bytes() {
        let index = index_of("né");
        assert_eq!(index.to_bytes(CodePointSpan { start: CodePoint(1), end: CodePoint(3) }), None);
        assert_eq!(index.to_bytes(CodePointSpan { start: CodePoint(2), end: CodePoint(1) }), None);
        assert_eq!(index.to_bytes(CodePointSpan { start: CodePoint(1), end: CodePoint(2) }), Some(ByteSpan::new(1, 3)));
    }

    #[test]
    fn a_span_is_widened_to_whole_graphemes() {
        let text = "ae\u{301}👩‍👩‍👧b";
        assert_eq!(grapheme_span(text, ByteSpan::new(1, 2)), ByteSpan::new(1, 4));
        assert_eq!(grapheme_span(text, ByteSpan::new(2, 5)).of(text), "e\u{301}👩‍👩‍👧");
        assert_eq!(grapheme_span(text, ByteSpan::new(0, 900)).of(text), text);
    }

    proptest! {
        #[test]
        fn bytes_and_code_points_undo_each_other(text in any::<String>(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let index = index_of(&text);
            let places: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let (a, b) = (a.index(places.len()), b.index(places.len()));
            let (a, b) = (a.min(b), a.max(b));
            let span = ByteSpan::new(places[a], places[b]);
            let expected = CodePointSpan { start: CodePoint::new(a), end: CodePoint::new(b) };
            prop_assert_eq!(index.to_code_points(span), expected);
            prop_assert_eq!(index.to_bytes(expected), Some(span));
            prop_assert_eq!(index.len(), text.chars().count());
        }

        #[test]
        fn long_texts_convert_alike(piece in "[aé日😀]{1,40}", times in 1_usize..60) {
            let text = piece.repeat(times);
            let index = index_of(&text);
            for (count, (at, c)) in text.char_indices().enumerate() {
                let span = ByteSpan::new(at, at + c.len_utf8());
                let expected = CodePointSpan { start: CodePoint::new(count), end: CodePoint::new(count + 1) };
                prop_assert_eq!(index.to_code_points(span), expected);
                prop_assert_eq!(index.to_bytes(expected), Some(span));
            }
        }

        #[test]
        fn grapheme_spans_stand_on_char_boundaries(text in any::<String>(), a in 0_usize..80, b in 0_usize..80) {
            let span = grapheme_span(&text, ByteSpan::new(a.min(b), a.max(b)));
            prop_assert!(text.get(span.range()).is_some());
            prop_assert_eq!(grapheme_span(&text, span), span);
        }
    }
}
