//! Cuts an article's text into paragraphs and sentences, once, and answers where they stand.
//!
//! Must never change the text. Invariant: paragraphs and sentences are ordered, disjoint, stand on `char` boundaries, begin and
//! end with something visible, and together cover every character that is not white space.

use std::ops::Range;

use super::kind::{Line, kind_of_block, kinds};
use super::sentence::sentence_ends;
use super::{ByteOffset, ByteSpan, Paragraph, ParagraphIndex, ParagraphKind, Sentence, SentenceIndex, Text};

impl Text {
    /// Takes the decoded text of an article and cuts it.
    pub fn new(content: String) -> Self {
        let lines = lines(&content);
        let kinds = kinds(&content, &lines);
        Self::cut(content, &lines, kinds)
    }

    /// Makes a text of blocks whose kinds are known, as those of a page are: each stands on one line, white space squeezed, with
    /// an empty line between two. Blocks with nothing visible are left out; running text that is a caption or a line about the
    /// article by its own form becomes one.
    pub fn of_blocks(blocks: &[(ParagraphKind, String)]) -> Self {
        let mut content = String::new();
        let (mut lines, mut kinds) = (Vec::new(), Vec::new());
        for (kind, block) in blocks {
            let mut words = block.split_whitespace().peekable();
            if words.peek().is_none() {
                continue;
            }
            if !content.is_empty() {
                content.push_str("\n\n");
            }
            let start = content.len();
            for (at, word) in words.enumerate() {
                if at > 0 {
                    content.push(' ');
                }
                content.push_str(word);
            }
            lines.push(Line { span: ByteSpan::new(start, content.len()), first_of_block: true });
            kinds.push(kind_of_block(*kind, &content[start..]));
        }
        Self::cut(content, &lines, kinds)
    }

    fn cut(content: String, lines: &[Line], kinds: Vec<ParagraphKind>) -> Self {
        let mut paragraphs = Vec::with_capacity(lines.len());
        let mut sentences = Vec::new();
        for (line, kind) in lines.iter().zip(kinds) {
            let first = SentenceIndex::new(sentences.len());
            let paragraph = ParagraphIndex::new(paragraphs.len());
            push_sentences(&content, line.span, paragraph, &mut sentences);
            let last = SentenceIndex::new(sentences.len());
            paragraphs.push(Paragraph { span: line.span, kind, sentences: first..last });
        }
        Self { content, paragraphs, sentences }
    }

    /// The whole text, as it was decoded.
    pub fn content(&self) -> &str {
        &self.content
    }

    /// The characters of a span; empty where the span is not one of this text.
    pub fn slice(&self, span: ByteSpan) -> &str {
        self.content.get(span.range()).unwrap_or_default()
    }

    /// All paragraphs in order.
    pub fn paragraphs(&self) -> &[Paragraph] {
        &self.paragraphs
    }

    /// All sentences in order.
    pub fn sentences(&self) -> &[Sentence] {
        &self.sentences
    }

    /// One paragraph; `None` past the last.
    pub fn paragraph(&self, index: ParagraphIndex) -> Option<&Paragraph> {
        self.paragraphs.get(index.index())
    }

    /// One sentence; `None` past the last.
    pub fn sentence(&self, index: SentenceIndex) -> Option<&Sentence> {
        self.sentences.get(index.index())
    }

    /// What kind of paragraph a sentence stands in; `None` past the last sentence.
    pub fn kind_of(&self, index: SentenceIndex) -> Option<ParagraphKind> {
        let sentence = self.sentence(index)?;
        Some(self.paragraph(sentence.paragraph)?.kind)
    }

    /// The sentence that `offset` lies in, or the nearest before it; `None` before the first sentence.
    pub fn sentence_at(&self, offset: ByteOffset) -> Option<SentenceIndex> {
        let after = self.sentences.partition_point(|sentence| sentence.span.start <= offset);
        after.checked_sub(1).map(SentenceIndex::new)
    }

    /// The paragraph that `offset` lies in, or the nearest before it; `None` before the first paragraph.
    pub fn paragraph_at(&self, offset: ByteOffset) -> Option<ParagraphIndex> {
        let after = self.paragraphs.partition_point(|paragraph| paragraph.span.start <= offset);
        after.checked_sub(1).map(ParagraphIndex::new)
    }

    /// The sentences that share at least one byte with `span`, half-open.
    pub fn sentences_in(&self, span: ByteSpan) -> Range<SentenceIndex> {
        let first = self.sentences.partition_point(|sentence| sentence.span.end <= span.start);
        let last = self.sentences.partition_point(|sentence| sentence.span.start < span.end);
        SentenceIndex::new(first)..SentenceIndex::new(last.max(first))
    }

    /// The paragraphs that share at least one byte with `span`, half-open.
    pub fn paragraphs_in(&self, span: ByteSpan) -> Range<ParagraphIndex> {
        let first = self.paragraphs.partition_point(|paragraph| paragraph.span.end <= span.start);
        let last = self.paragraphs.partition_point(|paragraph| paragraph.span.start < span.end);
        ParagraphIndex::new(first)..ParagraphIndex::new(last.max(first))
    }
}

/// Whether a character ends a line: the mandatory breaks of UAX #14.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Where the line that begins at `base` ends, past the character that ends it.
fn line_end(content: &str, base: usize) -> usize {
    // The first bytes of those characters, which few others have.
    let may_end = |byte: &u8| matches!(byte, b'\n'..=b'\r' | 0xc2 | 0xe2);
    let mut from = base;
    while let Some(at) = content.as_bytes()[from..].iter().position(may_end) {
        let Some(c) = content[from + at..].chars().next() else { break };
        from += at + c.len_utf8();
        if ends_line(c) {
            return from;
        }
    }
    content.len()
}

/// The lines with something on them, without the white space around them.
fn lines(content: &str) -> Vec<Line> {
    let mut found = Vec::new();
    let mut base = 0;
    let mut first_of_block = true;
    while base < content.len() {
        let piece = &content[base..line_end(content, base)];
        let span = trimmed(content, base, base + piece.len());
        if !span.is_empty() {
            found.push(Line { span, first_of_block });
            first_of_block = false;
        } else if !(piece == "\n" && content[..base].ends_with('\r')) {
            first_of_block = true;
        }
        base += piece.len();
    }
    found
}

/// The range without the white space at both ends; empty where there is nothing else.
fn trimmed(content: &str, start: usize, end: usize) -> ByteSpan {
    let piece = content.get(start..end).unwrap_or_default();
    let body = piece.trim_start();
    let start = start + piece.len() - body.len();
    ByteSpan::new(start, start + body.trim_end().len())
}

fn push_sentences(content: &str, within: ByteSpan, paragraph: ParagraphIndex, sentences: &mut Vec<Sentence>) {
    let mut start = within.start.index();
    for end in sentence_ends(within.of(content)) {
        let end = within.start.index() + end;
        let span = trimmed(content, start, end);
        if !span.is_empty() {
            sentences.push(Sentence { span, paragraph });
        }
        start = end;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lines_of_every_convention_are_paragraphs() {
        let text = Text::new("One.\r\nTwo. Three.\n\n  Four.  \rFive\u{2029}\n".to_owned());
        let paragraphs: Vec<_> = text.paragraphs().iter().map(|paragraph| text.slice(paragraph.span)).collect();
        assert_eq!(paragraphs, ["One.", "Two. Three.", "Four.", "Five"]);
        let sentences: Vec<_> = text.sentences().iter().map(|sentence| text.slice(sentence.span)).collect();
        assert_eq!(sentences, ["One.", "Two.", "Three.", "Four.", "Five"]);
        assert_eq!(text.paragraphs()[1].sentences, SentenceIndex(1)..SentenceIndex(3));
    }

    #[test]
    fn a_place_between_sentences_belongs_to_the_one_before() {
        let text = Text::new("\n\nOne. Two.\n\nThree.".to_owned());
        assert_eq!(text.sentence_at(ByteOffset(0)), None);
        assert_eq!(text.sentence_at(ByteOffset(2)), Some(SentenceIndex(0)));
        assert_eq!(text.sentence_at(ByteOffset(6)), Some(SentenceIndex(0)));
        assert_eq!(text.sentence_at(ByteOffset(12)), Some(SentenceIndex(1)));
        assert_eq!(text.sentence_at(ByteOffset(900)), Some(SentenceIndex(2)));
        assert_eq!(text.paragraph_at(ByteOffset(12)), Some(ParagraphIndex(0)));
    }

    #[test]
    fn a_span_finds_the_sentences_that_it_touches() {
        let text = Text::new("One. Two. Three.".to_owned());
        assert_eq!(text.sentences_in(ByteSpan::new(2, 6)), SentenceIndex(0)..SentenceIndex(2));
        assert_eq!(text.sentences_in(ByteSpan::new(4, 5)), SentenceIndex(1)..SentenceIndex(1));
        assert_eq!(text.sentences_in(ByteSpan::new(0, 99)), SentenceIndex(0)..SentenceIndex(3));
        assert_eq!(text.paragraphs_in(ByteSpan::new(0, 99)), ParagraphIndex(0)..ParagraphIndex(1));
    }

    #[test]
    fn long_lines_take_no_longer_than_their_length() {
        for piece in ["a", "1.", ". ", "?", "a.", ") ", "“", "… ", "A. ", "é"] {
            let text = piece.repeat(1_000_000 / piece.len());
            let begun = std::time::Instant::now();
            let sentences = Text::new(text).sentences().len();
            assert!(sentences > 0 && begun.elapsed().as_secs() < 10, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn paragraphs_and_sentences_cover_all_that_is_not_white_space(
            content in r"([A-Za-z]{1,6}|[.?!…]|[”“’\)\n\r ]|Mr\. |[0-9]\. |\PC){0,80}"
        ) {
            let text = Text::new(content.clone());
            let spans = |spans: Vec<ByteSpan>| -> Result<(), TestCaseError> {
                let mut end = 0;
                for span in spans {
                    prop_assert!(span.start.index() >= end && !span.is_empty());
                    prop_assert!(content[end..span.start.index()].chars().all(char::is_whitespace));
                    prop_assert_eq!(content.get(span.range()).map(str::trim).map(str::len), Some(span.len()));
                    end = span.end.index();
                }
                prop_assert!(content[end..].chars().all(char::is_whitespace));
                Ok(())
            };
            spans(text.paragraphs().iter().map(|paragraph| paragraph.span).collect())?;
            spans(text.sentences().iter().map(|sentence| sentence.span).collect())?;
            for (place, sentence) in text.sentences().iter().enumerate() {
                let paragraph = text.paragraph(sentence.paragraph).unwrap();
                prop_assert!(paragraph.span.covers(sentence.span));
                prop_assert!(paragraph.sentences.contains(&SentenceIndex::new(place)));
                prop_assert_eq!(text.sentence_at(sentence.span.start), Some(SentenceIndex::new(place)));
            }
        }
    }
}
