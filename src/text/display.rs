//! What of a source's text reaches the screen, and how wide it is there: the one owner of display width.
//!
//! Must never let a control, bidirectional, private-use or invisible character through as such: each becomes a visible mark,
//! a space, or nothing. Invariant: a cluster as shown is as many columns wide as it says, and nothing else in the program
//! measures text.

use std::borrow::Cow;

use icu_properties::CodePointSetData;
use icu_properties::props::{DefaultIgnorableCodePoint, PrependedConcatenationMark};
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeEmoji, UnicodeGeneralCategory};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::coordinates::past_ascii;
use super::{ByteOffset, ByteSpan, Column};

/// Code points of one cluster that are shown; longer heaps of combining marks are cut.
const MOST_IN_CLUSTER: usize = 16;

/// Stands for a character that must not reach the terminal.
const HIDDEN: &str = "\u{fffd}";

/// So many things, in words: "1 claim", "2 claims".
pub fn count(number: usize, thing: &str) -> String {
    format!("{number} {thing}{}", if number == 1 { "" } else { "s" })
}

/// One grapheme cluster as the screen gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Where the cluster stands in the text it was taken from.
    pub span: ByteSpan,
    /// What is shown; empty for a cluster that has no place on a screen.
    pub shown: Cow<'a, str>,
    /// How many columns that takes.
    pub width: Column,
}

/// The grapheme clusters of `span`, in order, as they are shown; none where the span is not one of `content`.
pub fn clusters(content: &str, span: ByteSpan) -> Clusters<'_> {
    Clusters { rest: content.get(span.range()).unwrap_or_default(), at: span.start }
}

/// See [`clusters`].
#[derive(Debug, Clone)]
pub struct Clusters<'a> {
    rest: &'a str,
    at: ByteOffset,
}

impl<'a> Clusters<'a> {
    /// The next so many bytes and where they stand; the rest is left.
    fn take(&mut self, length: usize) -> (&'a str, ByteSpan) {
        let (grapheme, rest) = self.rest.split_at(length);
        let span = ByteSpan { start: self.at, end: ByteOffset::new(self.at.index() + length) };
        (self.rest, self.at) = (rest, span.end);
        (grapheme, span)
    }

    /// The next cluster where it is not printable ASCII.
    #[inline(never)]
    fn uncommon(&mut self) -> Option<Cluster<'a>> {
        let length = self.rest.graphemes(true).next()?.len();
        let (grapheme, span) = self.take(length);
        let shown = shown(grapheme);
        let width = columns(&shown);
        Some(Cluster { span, shown, width })
    }
}

impl<'a> Iterator for Clusters<'a> {
    type Item = Cluster<'a>;

    #[inline]
    fn next(&mut self) -> Option<Cluster<'a>> {
        // Printable ASCII joins nothing but what is not ASCII, and most text is made of it.
        match self.rest.as_bytes() {
            [b' '..=b'~', after @ ..] if after.first().is_none_or(u8::is_ascii) => {
                let (grapheme, span) = self.take(1);
                Some(Cluster { span, shown: Cow::Borrowed(grapheme), width: Column(1) })
            }
            _ => self.uncommon(),
        }
    }
}

/// The width of a piece of text on screen, in columns.
pub fn width(text: &str) -> Column {
    Column::new(whole(text).map(|cluster| cluster.width.index()).sum())
}

/// One line as it may be written to a terminal: everything in it is visible or gone.
pub fn line(text: &str) -> String {
    whole(text).map(|cluster| cluster.shown).collect()
}

/// The clusters of a text by itself.
fn whole(text: &str) -> Clusters<'_> {
    clusters(text, ByteSpan::new(0, text.len()))
}

/// How many characters of a text are not shown as they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Control characters, escape among them.
    pub controls: usize,
    /// Characters that turn the direction of writing around.
    pub directions: usize,
    /// Characters without a picture: zero-width ones, fillers, selectors of a variant, tags.
    pub invisible: usize,
    /// Private and unassigned characters, which every font draws as it likes.
    pub unknown: usize,
    /// Combining marks heaped on one letter past what is shown.
    pub heaped: usize,
}

impl Hidden {
    /// Counts them. Soft hyphens, joiners inside a picture and a mark of byte order are no news and not counted.
    pub fn of(text: &str) -> Self {
        let mut hidden = Self::default();
        // Most lines have none: a look at the characters is cheaper than one at the clusters, none of which lies over a line's end.
        let has = |c: char| !is_common(c) && (needs_care(c) || is_mark(c));
        if !past_ascii(text).any(has) {
            return hidden;
        }
        for line in text.split('\n').filter(|line| past_ascii(line).any(has)) {
            hidden.count(line);
        }
        hidden
    }

    fn count(&mut self, line: &str) {
        for grapheme in line.graphemes(true) {
            let mut length = 0;
            for (at, c) in grapheme.char_indices() {
                length += 1;
                match c {
                    '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{ad}' | '\u{feff}' => {}
                    c if c.is_control() => self.controls += 1,
                    c if overrides(c) => self.directions += 1,
                    c if is_unknown(c) => self.unknown += 1,
                    JOINER | AS_PICTURE if length <= MOST_IN_CLUSTER && shapes(grapheme, at, c) => {}
                    c if invisible(c) || c == BLANK => self.invisible += 1,
                    _ if length > MOST_IN_CLUSTER => self.heaped += 1,
                    _ => {}
                }
            }
        }
    }

    /// The count in one line; `None` where there are none.
    pub fn report(self) -> Option<String> {
        let kinds = [
            (self.controls, "control"),
            (self.directions, "direction"),
            (self.invisible, "invisible"),
            (self.unknown, "private or unassigned"),
            (self.heaped, "heaped"),
        ];
        let all: usize = kinds.iter().map(|(number, _)| number).sum();
        let parts: Vec<String> =
            kinds.iter().filter(|(number, _)| *number > 0).map(|(number, kind)| format!("{number} {kind}")).collect();
        let verb = if all == 1 { "is" } else { "are" };
        let said = format!("{} {verb} shown as a mark or left out ({})", count(all, "character"), parts.join(", "));
        (all > 0).then_some(said)
    }
}

/// The beginning of a line in at most `most` columns, with `…` where something was left out.
pub fn clipped(text: &str, most: Column) -> String {
    if width(text) <= most {
        return line(text);
    }
    let mut kept = String::new();
    let mut room = most.index().saturating_sub(1);
    for cluster in whole(text) {
        let wide = cluster.width.index();
        if wide > room {
            break;
        }
        room -= wide;
        kept.push_str(&cluster.shown);
    }
    if most.index() > 0 {
        kept.push('…');
    }
    kept
}

/// Whether the first strong character of a text runs from right to left (UAX #9, rule P2, by block).
pub fn is_right_to_left(text: &str) -> bool {
    text.chars().find(|c| c.is_alphabetic()).is_some_and(|c| {
        matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{feff}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
    })
}

/// What is shown for one grapheme cluster.
fn shown(grapheme: &str) -> Cow<'_, str> {
    let mut chars = grapheme.chars();
    let Some(first) = chars.next() else { return Cow::Borrowed("") };
    if chars.next().is_none() {
        return alone(first, grapheme);
    }
    let passes = |(at, c): (usize, char)| !needs_care(c) || shapes(grapheme, at, c);
    if grapheme.chars().count() <= MOST_IN_CLUSTER && stands(first) && grapheme.char_indices().all(passes) {
        return Cow::Borrowed(grapheme);
    }
    let mut kept = String::with_capacity(grapheme.len());
    for (at, c) in grapheme.char_indices().take(MOST_IN_CLUSTER) {
        if shapes(grapheme, at, c) {
            kept.push(c);
        } else {
            kept.push_str(&alone(c, c.encode_utf8(&mut [0; 4])));
        }
    }
    let bare = kept.chars().next().is_some_and(|c| !stands(c));
    Cow::Owned(if bare { format!("◌{kept}") } else { kept })
}

/// Makes one picture of several, and some letters of others.
const JOINER: char = '\u{200d}';

/// Shows the character before it as a coloured picture (U+FE0F).
const AS_PICTURE: char = '\u{fe0f}';

/// A cell of braille without a dot: it looks like a blank and is none.
const BLANK: char = '\u{2800}';

/// Whether a character of a cluster, which is invisible by itself, changes how its neighbours look: a joiner between two
/// pictures or inside a conjunct, the mark of a picture after a character that has one, keycaps among them.
fn shapes(grapheme: &str, at: usize, c: char) -> bool {
    if !matches!(c, JOINER | AS_PICTURE) {
        return false;
    }
    let after = grapheme[at + c.len_utf8()..].chars().next();
    let mut before = grapheme[..at].chars().rev();
    let is_picture = |c: char| !c.is_ascii() && c.is_emoji_char();
    let Some(last) = before.next() else { return false };
    if c == AS_PICTURE {
        return is_picture(last) || last.is_emoji_char() && after == Some('\u{20e3}');
    }
    let Some(next) = after else { return false };
    let joined = if last == AS_PICTURE { before.next() } else { Some(last) };
    joined.is_some_and(is_picture) && is_picture(next) || is_mark(last) && !next.is_ascii() && next.is_alphabetic()
}

/// What is shown for a cluster of one character.
fn alone<'a>(c: char, as_text: &'a str) -> Cow<'a, str> {
    match c {
        '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | BLANK => {
            Cow::Borrowed(" ")
        }
        '\0'..='\u{1f}' => Cow::Owned(picture(u32::from(c))),
        '\u{7f}' => Cow::Borrowed("␡"),
        c if overrides(c) || is_unknown(c) || c.is_control() => Cow::Borrowed(HIDDEN),
        c if invisible(c) => Cow::Borrowed(""),
        _ => Cow::Borrowed(as_text),
    }
}

/// The picture of a control character (U+2400 and on).
fn picture(code: u32) -> String {
    char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER).to_string()
}

/// Whether a character inside a cluster may not be passed on unseen.
fn needs_care(c: char) -> bool {
    c.is_control() || overrides(c) || is_unknown(c) || invisible(c) || c == BLANK
}

/// Whether a character is a letter, a mark or a space of the sort that most texts are made of, shown as it is.
fn is_common(c: char) -> bool {
    matches!(c, ' '..='~' | '\n' | '\r' | '\t' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

/// Whether a cluster can begin with this character, rather than hang on the one before.
fn stands(c: char) -> bool {
    UnicodeWidthStr::width(c.encode_utf8(&mut [0; 4]) as &str) > 0
}

/// Bidirectional embeddings, overrides and isolates: they would turn the screen's order around.
fn overrides(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Private and unassigned characters and noncharacters: nothing says what they look like, or how wide.
fn is_unknown(c: char) -> bool {
    !c.is_ascii()
        && matches!(c.general_category(), GeneralCategory::PrivateUse | GeneralCategory::Unassigned)
        && !invisible(c)
}

/// Whether a character hangs on the one before.
fn is_mark(c: char) -> bool {
    !c.is_ascii() && c.general_category_group() == GeneralCategoryGroup::Mark
}

/// Characters without a picture of their own: what Unicode says may be ignored (zero-width ones, fillers, selectors of a
/// variant, tags), and what it calls a format, but for the few that are drawn around the figures after them.
fn invisible(c: char) -> bool {
    let ignorable = const { CodePointSetData::new::<DefaultIgnorableCodePoint>() };
    let drawn = const { CodePointSetData::new::<PrependedConcatenationMark>() };
    !c.is_ascii() && (ignorable.contains(c) || c.general_category() == GeneralCategory::Format && !drawn.contains(c))
}

fn columns(shown: &str) -> Column {
    // One cell more for each halfwidth sound mark, as the screen's buffer counts: a blank after it costs nothing, a
    // disagreement would leave a stale cell.
    let sound_marks = shown.chars().filter(|c| matches!(c, '\u{ff9e}' | '\u{ff9f}')).count();
    Column::new(UnicodeWidthStr::width(shown) + sound_marks)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_source_cannot_write_to_the_terminal() {
        assert_eq!(line("\u{1b}[31mred\u{7}"), "␛[31mred␇");
        assert_eq!(line("a\u{202e}b\u{2066}c"), "a\u{fffd}b\u{fffd}c");
        assert_eq!(line("soft\u{ad}hyphen\u{200b}and\u{feff}marks"), "softhyphenandmarks");
        assert_eq!(line("tab\there\u{a0}too"), "tab here too");
        assert_eq!(line("\u{e001}\u{9b}31m"), "\u{fffd}\u{fffd}31m");
        assert_eq!(line("flag \u{1f3f4}\u{e0067}\u{e007f}"), "flag \u{1f3f4}");
    }

    #[test]
    fn what_is_not_shown_as_it_is_is_counted() {
        assert_eq!(Hidden::of("Plain text, with a tab\tand é and soft\u{ad}hyphens and 👩\u{200d}🚒.").report(), None);
        let text = format!("\u{1b}[2J\u{9b}\u{202e}a\u{200b}\u{e0041}\u{e001}\u{0378}a{}", "\u{301}".repeat(40));
        assert_eq!(
            Hidden::of(&text).report().as_deref(),
            Some(
                "32 characters are shown as a mark or left out (2 control, 1 direction, 2 invisible, 2 private or \
                 unassigned, 25 heaped)"
            )
        );
        assert_eq!(line("\u{0378}"), "\u{fffd}");
        assert_eq!(line("ship\u{200d}hit 👩\u{200d}🚒"), "shiphit 👩\u{200d}🚒");
        assert_eq!(Hidden::of("ship\u{200d}hit").invisible, 1);
        let lines = Hidden::of("One.\r\nTw\u{200b}o.\n\nThree.\u{1b}[0m\u{200b}\n");
        assert_eq!((lines.controls, lines.invisible), (1, 2), "on whichever lines they stand");
    }

    #[test]
    fn what_nobody_sees_is_left_out_and_counted_wherever_unicode_keeps_it() {
        let unseen = "\u{34f}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}\u{3164}\u{ffa0}\u{1bca0}\u{1bca3}\u{13430}\u{13438}\
            \u{fe00}\u{fe0e}\u{fe0f}\u{e0100}\u{e01ef}\u{fff9}\u{200d}";
        for c in unseen.chars() {
            let text = format!("a{c}b {c} 木{c}");
            assert_eq!(line(&text), "ab  木", "U+{:04X}", u32::from(c));
            assert_eq!(Hidden::of(&text).invisible, 3, "U+{:04X}", u32::from(c));
        }
        assert_eq!(line("a\u{2800}b"), "a b");
        assert_eq!(Hidden::of("a\u{2800}b").invisible, 1);
        assert_eq!(line("木\u{200d}\u{301}"), "木\u{301}", "a joiner that joins nothing");
        assert_eq!(Hidden::of("木\u{200d}\u{301}").invisible, 1);
    }

    #[test]
    fn what_shapes_its_neighbours_stays_and_is_no_news() {
        for text in [
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "🏳\u{fe0f}\u{200d}🌈",
            "👩🏽\u{200d}🚒",
            "👁\u{fe0f}\u{200d}🗨\u{fe0f}",
            "क्\u{200d}ष",
            "\u{600}5",
        ] {
            assert_eq!(line(text), text);
            assert_eq!(Hidden::of(text), Hidden::default(), "{text:?}");
        }
    }

    #[test]
    fn clusters_are_as_wide_as_terminals_draw_them() {
        let widths = ["a", "é", "e\u{301}", "日", "👩‍🚒", "👍🏽", "❤️", "🇬🇧", "لا", "한"].map(|text| width(text).index());
        assert_eq!(widths, [1, 1, 1, 2, 2, 2, 2, 2, 2, 2]);
    }

    #[test]
    fn a_clipped_line_never_cuts_a_cluster() {
        assert_eq!(clipped("日本語", Column::new(4)), "日…");
        assert_eq!(clipped("short", Column::new(5)), "short");
        assert_eq!(clipped("short", Column::new(0)), "");
    }

    #[test]
    fn a_mark_without_a_letter_stands_on_a_circle() {
        assert_eq!(line("\u{301}\u{302}"), "◌\u{301}\u{302}");
    }

    #[test]
    fn hebrew_and_arabic_run_from_the_right() {
        assert!(is_right_to_left("«שלום» said"));
        assert!(!is_right_to_left("“Salām” (سلام)"));
    }

    proptest! {
        #[test]
        fn nothing_invisible_or_directional_is_ever_shown(text in "\\PC*|[\\x00-\\u{9f}\\u{200b}-\\u{206f}\\u{e000}-\\u{e0fff}]*") {
            for c in line(&text).chars() {
                prop_assert!(!c.is_control() && !overrides(c) && !is_unknown(c));
            }
        }

        #[test]
        fn clusters_tile_the_span(text in any::<String>()) {
            let whole = ByteSpan::new(0, text.len());
            let joined: String = clusters(&text, whole).map(|cluster| cluster.span.of(&text).to_owned()).collect();
            prop_assert_eq!(joined, text);
        }
    }
}
