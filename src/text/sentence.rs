//! Where the sentences of one paragraph end.
//!
//! Boundaries are those of UAX #29 (which misses almost none), with a few of our own, merged where an abbreviation, an initial
//! or a speech tag shows that the sentence goes on. Must never look past the paragraph. Invariant: the ends ascend strictly,
//! stand on `char` boundaries and the last is the paragraph's length.

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviation::{
    Abbreviation, abbreviation, follows_half_day, is_speech_verb, needs_capital, opens_sentence,
};
use super::coordinates::{floor_boundary, past_ascii};
use super::span::ByteSpan;
use super::token::tokens;

mod plain;

/// How many bytes around a boundary are looked at, so that a line without a space costs no more than another.
const REACH: usize = 96;

/// The longest that a sentence is, in bytes: some 650 words.
const LONGEST: usize = 4000;

/// The ends, in bytes, of the sentences of `paragraph`; white space after a sentence belongs to the next.
pub(super) fn sentence_ends(paragraph: &str) -> Vec<usize> {
    let mut ends: Vec<usize> = Vec::new();
    let mut start = 0;
    for candidate in candidates(paragraph) {
        if candidate < paragraph.len() && !goes_on(paragraph, start, candidate) {
            ends.push(candidate);
            start = candidate;
        }
    }
    if paragraph.len() > start {
        ends.push(paragraph.len());
    }
    shortened(paragraph, &ends)
}

/// What runs on for longer than anybody's sentence (a list without stops, a broken extraction) is cut: what is done to a sentence
/// may cost the square of its length.
fn shortened(paragraph: &str, ends: &[usize]) -> Vec<usize> {
    let mut all = Vec::with_capacity(ends.len());
    let mut start = 0;
    for &end in ends {
        while let Some(cut) = cut(&paragraph[start..end]) {
            start += cut;
            all.push(start);
        }
        all.push(end);
        start = end;
    }
    all
}

/// Where a sentence that is too long is cut first: at the last space that is near enough, or where there is none between two
/// words; after a comma or the like where one is near. `None` where it is short enough, or a single word.
fn cut(sentence: &str) -> Option<usize> {
    if sentence.len() <= LONGEST {
        return None;
    }
    let window = &sentence[..floor_boundary(sentence, LONGEST)];
    let from = floor_boundary(window, LONGEST / 2);
    let spaces = window[from..].char_indices().rev().filter(|(_, c)| c.is_whitespace()).map(|(at, _)| from + at);
    let best = |places: &mut dyn Iterator<Item = usize>| {
        let last = places.next()?;
        let after_mark = |at: &usize| window[..*at].ends_with([',', ';', ':', '–', '—']);
        Some(std::iter::once(last).chain(places).take(REACH).find(after_mark).unwrap_or(last))
    };
    best(&mut spaces.filter(|&at| at > from))
        .or_else(|| best(&mut word_starts(sentence, from, window.len()).into_iter().rev()))
        .or_else(|| first_start(sentence, window.len()))
}

/// Where tokens begin between two places, of which the first may stand inside one.
fn word_starts(sentence: &str, from: usize, to: usize) -> Vec<usize> {
    tokens(sentence, ByteSpan::new(from, to)).iter().skip(1).map(|token| token.span.start.index()).collect()
}

/// Where the first token past a place begins that is not the sentence's first.
fn first_start(sentence: &str, past: usize) -> Option<usize> {
    let mut reach = LONGEST;
    loop {
        let to = floor_boundary(sentence, past.saturating_add(reach));
        let found = word_starts(sentence, past, to).first().copied();
        if found.is_some() || to == sentence.len() {
            return found;
        }
        reach *= 2;
    }
}

/// Boundaries of UAX #29, and those that it leaves out: a full stop before a figure, an ellipsis at a word's end.
fn candidates(paragraph: &str) -> Vec<usize> {
    let mut found = Vec::new();
    let mut base = 0;
    for end in bounds(paragraph) {
        let piece = &paragraph[base..end];
        let mut from = 0;
        while let Some(dot) = piece.get(from..).and_then(first_dot) {
            let (gap, mark) = after_dots(piece, from + dot);
            if mark.is_some_and(|mark| opens_after(&piece[gap..], mark)) {
                found.push(base + gap);
            }
            from = gap;
        }
        if found.last() != Some(&end) {
            found.push(end);
        }
        base = end;
    }
    found
}

/// Where the sentences of UAX #29 end.
fn bounds(paragraph: &str) -> Vec<usize> {
    let by_all_rules = || paragraph.split_sentence_bound_indices().map(|(at, piece)| at + piece.len()).collect();
    plain::bounds(paragraph).unwrap_or_else(by_all_rules)
}

/// Where the first full stop or ellipsis stands.
fn first_dot(text: &str) -> Option<usize> {
    let first = "…".as_bytes()[0];
    let bytes = text.bytes().enumerate().filter(|(_, byte)| *byte == b'.' || *byte == first);
    let mut dots = bytes.map(|(at, _)| at);
    dots.find(|&at| text.as_bytes()[at] == b'.' || text[at..].starts_with('…'))
}

/// Past the dots that begin at `dot` and the marks that close after them: where that is and, where white space follows there and
/// a word stands before, whether it is a full stop or an ellipsis.
fn after_dots(piece: &str, dot: usize) -> (usize, Option<char>) {
    let dots: usize = piece[dot..].chars().take_while(|c| matches!(c, '.' | '…')).map(char::len_utf8).sum();
    let closers: usize = piece[dot + dots..].chars().take_while(|&c| is_closer(c)).map(char::len_utf8).sum();
    let gap = dot + dots + closers;
    let ends_word = piece[..dot].chars().next_back().is_some_and(char::is_alphanumeric);
    let space = piece[gap..].starts_with(char::is_whitespace);
    let mark = if dots == 1 { '.' } else { '…' };
    (gap, (ends_word && space).then_some(mark))
}

/// Whether what follows a dot (or an ellipsis) and white space looks like the beginning of a sentence that UAX #29 missed.
fn opens_after(rest: &str, mark: char) -> bool {
    match rest.trim_start().chars().next() {
        Some(c) if mark == '…' => c.is_uppercase() || is_opener(c),
        Some(c) => c.is_ascii_digit() || matches!(c, '£' | '$' | '€' | '#'),
        None => false,
    }
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | ')' | ']' | '»' | '›' | '}')
}

fn is_opener(c: char) -> bool {
    matches!(c, '“' | '‘' | '"' | '\'' | '(' | '[' | '«' | '‹' | '„' | '{')
}

/// The last `REACH` bytes before `at` (from `from` on) and the first after it, on `char` boundaries.
fn around(paragraph: &str, from: usize, at: usize) -> (&str, &str) {
    let near = floor_boundary(paragraph, at.saturating_sub(REACH)).max(from);
    let far = floor_boundary(paragraph, at + REACH);
    (paragraph[near..at].trim(), paragraph[at..far].trim_start())
}

/// Whether the sentence that began at `start` goes on past the boundary `at`.
fn goes_on(paragraph: &str, start: usize, at: usize) -> bool {
    let (before, after) = around(paragraph, start, at);
    let Some(next) = after.chars().next() else { return false };
    if before.is_empty() || next.is_lowercase() {
        return true;
    }
    if after.chars().take(3).all(|c| is_closer(c) || c.is_whitespace()) && !after.is_empty() {
        return true;
    }
    let bare = before.trim_end_matches(is_closer);
    if bare.len() < before.len() && bare.ends_with(['?', '!', '—', '–']) && is_speech_tag(after) {
        return true;
    }
    let Some(stem) = bare.strip_suffix('.') else { return false };
    if bare.len() < before.len() && !before.ends_with([')', ']']) {
        return false;
    }
    let word = stem.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = word.rsplit(['—', '–', '/']).next().unwrap_or_default();
    let whole = at - start < REACH;
    if whole && stem.trim() == word && is_enumeration(word) {
        return true;
    }
    let lone_small_letter = word.chars().count() == 1 && word.chars().all(char::is_lowercase);
    let shouted = word.chars().count() > 1 && word.chars().all(char::is_uppercase);
    let Some(kind) = abbreviation(&word.to_lowercase()) else { return false };
    match kind {
        Abbreviation::Title => !shouted || !opens_sentence(&first_word(after)),
        Abbreviation::Inside => true,
        Abbreviation::BeforeFigure if needs_capital(word) => false,
        Abbreviation::BeforeFigure => next.is_numeric() || initial_goes_on(word, after),
        Abbreviation::Either if lone_small_letter => false,
        Abbreviation::Either => next.is_numeric() || !begins_sentence(after),
        Abbreviation::HalfDay => half_day_goes_on(if whole { stem } else { "" }, after),
    }
}

/// `P. Smith` and `C. Jones` are initials, `p. Smith` is not.
fn initial_goes_on(word: &str, after: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none() && !begins_sentence(after)
}

/// A number or a single letter that numbers an entry: `1.`, `12.`.
fn is_enumeration(word: &str) -> bool {
    !word.is_empty() && word.len() <= 3 && word.chars().all(|c| c.is_ascii_digit())
}

/// The first word without opening marks, in lower case; empty when a dot stands after it (an initial).
fn first_word(after: &str) -> String {
    let body = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let end = body.find(|c: char| !(c.is_alphanumeric() || matches!(c, '\'' | '’'))).unwrap_or(body.len());
    if body[end..].starts_with('.') && end <= 2 {
        return String::new();
    }
    body[..end].to_lowercase().replace('’', "'")
}

fn begins_sentence(after: &str) -> bool {
    after.starts_with(['“', '‘', '"', '«']) || opens_sentence(&first_word(after))
}

/// `5 p.m. Monday` goes on, and so does `At 4 p.m. Mayor Finch spoke`; `by 6 a.m. Members had voted` does not.
fn half_day_goes_on(sentence: &str, after: &str) -> bool {
    let first = first_word(after);
    if after.starts_with(|c: char| c.is_numeric() || c == '(') || follows_half_day(&first) {
        return true;
    }
    if after.split_whitespace().take(3).any(|word| matches!(word.trim_end_matches(['.', ',', ';']), "time" | "Time")) {
        return true;
    }
    let words: Vec<&str> = sentence.split_whitespace().collect();
    let adverbial = words.first().is_some_and(|word| {
        matches!(*word, "At" | "By" | "Around" | "About" | "Before" | "After" | "Until" | "From" | "Since" | "Shortly")
    });
    adverbial && words.len() <= 6 && !opens_sentence(&first)
}

/// `“…?” Ansell said`: capitalised words and then, within four words, a verb of saying.
fn is_speech_tag(after: &str) -> bool {
    if after.starts_with(is_opener) {
        return false;
    }
    for (place, word) in after.split_whitespace().take(5).enumerate() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        if is_speech_verb(bare) {
            return place > 0;
        }
        let named = bare.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        if !named
            || opens_sentence(&bare.to_lowercase()) && !matches!(bare, "The" | "He" | "She" | "They" | "One" | "I")
        {
            return false;
        }
        if word.ends_with([';', ':', '?', '!']) {
            return false;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Vec<&str> {
        let mut start = 0;
        let mut found = Vec::new();
        for end in sentence_ends(paragraph) {
            found.push(paragraph[start..end].trim());
            start = end;
        }
        found
    }

    #[test]
    fn what_runs_on_is_cut_at_a_space_after_a_comma() {
        let list = "red and blue, ".repeat(2000);
        let found = parts(&list);
        assert!(found.len() > 6 && found.iter().all(|part| part.len() <= LONGEST), "{}", found.len());
        assert!(found.iter().all(|part| part.ends_with(',')), "{:?}", found[0]);
        let wide = "é è ".repeat(LONGEST);
        assert!(parts(&wide).iter().all(|part| part.len() <= LONGEST));
    }

    #[test]
    fn what_runs_on_without_a_space_is_cut_between_words_and_a_word_never() {
        for piece in ["a,x.y-", "ship_", "彼女", "e\u{301}-"] {
            let text = piece.repeat(20_000);
            let found = parts(&text);
            assert!(found.len() > 10 && found.iter().all(|part| part.len() <= LONGEST), "{piece}: {}", found.len());
            assert_eq!(found.concat(), text);
        }
        let word = "a".repeat(3 * LONGEST);
        assert_eq!(parts(&word), [word.as_str()]);
        let before_others = format!("{word} {}", "and so on ".repeat(LONGEST));
        let found = parts(&before_others);
        assert_eq!(found[0], word);
        assert!(found[1..].iter().all(|part| part.len() <= LONGEST), "{}", found.len());
    }

    /// In the cases a bar marks where a sentence ends.
    #[test]
    fn sentences_end_where_readers_end_them() {
        for case in [
            "The U.S. President spoke to Gov. Kathy Marsh. | Mr Ames was not there.",
            "He left the U.S. | The bridge stayed shut.",
            "They live in the U.K. | Critics say it is too late.",
            "Capt. Ames met Adm. Broad at St. Mary's. | Both were late.",
            "See p. 4 and No. 5 of Vol. 2. | It is there.",
            "He said no. | 5 people left.",
            "It sank at 4.40am. | The crew were safe.",
            "It sank at 5:40 a.m. on Tuesday. | The crew were safe.",
            "It sank at 5 p.m. Monday. | The crew were safe.",
            "They had walked out at 6 a.m. | Members backed the strike.",
            "At 4 p.m. Mayor Finch will speak.",
            "J. K. Rowling and George W. Bush met. | They spoke.",
            "It rose by 1.2 percent to 3.4. | Nobody knows why.",
            "“Is it safe?” he said. | “No.”",
            "“Is it safe?” Captain Ansell asked. | Nobody knew.",
            "“Stop!” she cried. | The ship did not.",
            "“I was there. | I saw it,” he said.",
            "He waited… | Then he left.",
            "He waited... | Then he left.",
            "I think … Mr Ames is wrong.",
            "1. The bridge is shut.",
            "The Jan. 6 meeting and the Sept. 9 one. | Both failed.",
            "He works for Kemp Ltd. in Hull. | She works for Kemp Inc. | They are kin.",
            "Exhibit A. | In January they left.",
            "What was taken? | Names, addresses and more.",
            "SHIP HITS THE SPAN! | Town sliced in TWO",
            "It was (so he said. | Others differ) a mistake.",
            "e.g. Ames v. Broad, i.e. nothing.",
            "Ph.D. students met Dr. No. | They agreed.",
            "It cost £5. | £3 came back.",
            "Yes! | No. | Maybe.",
            "It can't say that they aren't. | Guess which.",
            "It was plan b. | Nobody liked it.",
            "He said “no.” | Then he left.",
            "彼は来た。 | 彼女も来た。",
            "The U.N. Security Council met.",
            "Rev. M. L. Ash Jr. spoke. | He was heard.",
        ] {
            let expected: Vec<&str> = case.split(" | ").collect();
            let plain = case.replace(" | ", " ");
            assert_eq!(parts(&plain), expected);
        }
    }
}
