//! Words as a reader steps over them: what stands between white space, with punctuation as steps of its own.
//!
//! Must never take a word over the end of a paragraph. Invariant: words are spans of the text, in order, none empty.

use unicode_segmentation::UnicodeSegmentation;

use super::{ByteOffset, ByteSpan, ParagraphIndex, Text};

/// The steps of a span, in order: words (UAX #29), and runs of other signs between them; white space is none.
pub fn words(content: &str, span: ByteSpan) -> Vec<ByteSpan> {
    let text = content.get(span.range()).unwrap_or_default();
    let mut steps: Vec<(ByteSpan, bool)> = Vec::new();
    for (at, piece) in text.split_word_bound_indices().filter(|(_, piece)| !piece.trim().is_empty()) {
        let here = ByteSpan::new(span.start.index() + at, span.start.index() + at + piece.len());
        let is_word = piece.chars().any(char::is_alphanumeric);
        match steps.last_mut() {
            Some((before, false)) if !is_word && before.end == here.start => *before = before.join(here),
            _ => steps.push((here, is_word)),
        }
    }
    steps.into_iter().map(|(step, _)| step).collect()
}

impl Text {
    /// The word at `offset`, or the next one of its paragraph, or its last; `None` where there is no word.
    pub fn word_at(&self, offset: ByteOffset) -> Option<ByteSpan> {
        let (_, words, at) = self.words_around(offset)?;
        words.get(at).copied()
    }

    /// The word so many further on than the one at `offset` (back where negative), no further than the text goes.
    pub fn word_from(&self, offset: ByteOffset, by: i32) -> Option<ByteSpan> {
        let (mut paragraph, mut words, at) = self.words_around(offset)?;
        let mut at = i64::try_from(at).ok()? + i64::from(by);
        loop {
            let count = i64::try_from(words.len()).ok()?;
            let (next, further) = match at {
                ..0 => (paragraph.index().checked_sub(1), false),
                _ if at >= count => (Some(paragraph.index() + 1), true),
                _ => return words.get(usize::try_from(at).ok()?).copied(),
            };
            let next = next.map(ParagraphIndex::new).and_then(|index| Some((index, self.paragraph(index)?.span)));
            let Some((index, span)) = next else { return if further { words.last() } else { words.first() }.copied() };
            let there = self::words(self.content(), span);
            at = if further { at - count } else { at + i64::try_from(there.len()).ok()? };
            (paragraph, words) = (index, there);
        }
    }

    fn words_around(&self, offset: ByteOffset) -> Option<(ParagraphIndex, Vec<ByteSpan>, usize)> {
        let paragraph = self.paragraph_at(offset).unwrap_or_default();
        let words = words(self.content(), self.paragraph(paragraph)?.span);
        let at = words.partition_point(|word| word.end <= offset).min(words.len().checked_sub(1)?);
        Some((paragraph, words, at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn steps(text: &str) -> Vec<&str> {
        words(text, ByteSpan::new(0, text.len())).into_iter().map(|word| word.of(text)).collect()
    }

    #[test]
    fn punctuation_is_a_step_of_its_own() {
        assert_eq!(steps("“We won’t,” he said."), ["“", "We", "won’t", ",”", "he", "said", "."]);
        assert_eq!(steps("at 5.40am – or 2,300"), ["at", "5.40am", "–", "or", "2,300"]);
        assert_eq!(steps(" \n"), Vec::<&str>::new());
    }

    #[test]
    fn steps_go_over_paragraphs_and_stop_at_the_ends() {
        let text = Text::new("One two.\n\nThree four.\n".to_owned());
        let from = |offset: usize, by| text.word_from(ByteOffset::new(offset), by).map(|word| word.of(text.content()));
        assert_eq!(from(4, 1), Some("."));
        assert_eq!(from(4, 2), Some("Three"));
        assert_eq!(from(10, -1), Some("."));
        assert_eq!(from(10, -99), Some("One"));
        assert_eq!(from(0, 99), Some("."));
        assert_eq!(Text::new(String::new()).word_from(ByteOffset(0), 1), None);
    }

    proptest! {
        #[test]
        fn words_are_in_order_on_whole_characters_and_leave_out_white_space_alone(text in "\\PC{0,40}") {
            let words = words(&text, ByteSpan::new(0, text.len()));
            prop_assert!(words.windows(2).all(|pair| pair[0].end <= pair[1].start));
            let kept: String = words.iter().map(|word| word.of(&text)).collect();
            let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&kept), bare(&text));
        }
    }
}
