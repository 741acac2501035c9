//! Keys under which words are compared: the same word in another case, spelling or inflection has the same key.
//!
//! Must never reach the screen: what is displayed is always the text itself. Invariant: folding is idempotent, and a word that
//! holds something visible never folds to nothing.

use std::borrow::Cow;

use frostem::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;

use super::inflection::lemma;
use super::spelling::respell;
use super::token::{is_apostrophe, is_invisible};

/// The key of `US` and `U.S.`, apart from the pronoun.
const COUNTRY: &str = "u.s";

/// The key of a word as a token holds it: lower case, without accents, straight apostrophes, nothing invisible, no possessive,
/// no dots of an abbreviation, American spelling. `US` and `U.S.` give `u.s`, apart from the pronoun.
pub fn fold(word: &str) -> String {
    if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return respell(word).into_owned();
    }
    let owner = word.strip_suffix(['s', 'S']).and_then(|head| head.strip_suffix(is_apostrophe)).unwrap_or(word);
    if owner == "US" {
        return COUNTRY.to_owned();
    }
    let plain = if word.is_ascii() { word.to_ascii_lowercase() } else { plain(word) };
    let mut key = plain.trim_matches('\'');
    while let Some(owner) = key.strip_suffix("'s") {
        key = owner.trim_end_matches('\'');
    }
    match key {
        "" if plain.is_empty() => word.to_owned(),
        "" => plain,
        COUNTRY | "u.s." => COUNTRY.to_owned(),
        key if is_dotted(key) => respell(&key.replace('.', "")).into_owned(),
        key => respell(key).into_owned(),
    }
}

/// Whether the word is single letters with dots between them: an abbreviation spelt out.
fn is_dotted(word: &str) -> bool {
    let mut parts = 0;
    for part in word.strip_suffix('.').unwrap_or(word).split('.') {
        let mut letters = part.chars();
        if !letters.next().is_some_and(char::is_alphabetic) || letters.next().is_some() {
            return false;
        }
        parts += 1;
    }
    parts > 1
}

/// Lower case without accents and invisible characters, with straight apostrophes.
fn plain(word: &str) -> String {
    let mut text = word.to_owned();
    // A character's compatibility form can have an upper-case letter, and a lower-case one a mark: a few rounds settle both.
    for _ in 0..4 {
        let mut next = String::with_capacity(text.len());
        for c in text.nfkd().filter(|&c| !is_accent(c) && !is_invisible(c)).flat_map(char::to_lowercase) {
            match letter_without_stroke(c) {
                Some(letters) => next.push_str(letters),
                None if is_apostrophe(c) => next.push('\''),
                None => next.push(c),
            }
        }
        let next: String = next.nfc().collect();
        if next == text {
            break;
        }
        text = next;
    }
    text
}

/// The American spelling of a word in small letters; the word itself where it has none.
pub fn american(word: &str) -> Cow<'_, str> {
    respell(word)
}

/// The letters that a character is searched by: its compatibility form in lower or its own case, without accents unless they
/// are kept, straight apostrophes and quotation marks, plain dashes and spaces, nothing invisible.
pub fn letters(c: char, case: bool, accents: bool) -> impl Iterator<Item = char> {
    let mut letters = Vec::new();
    for c in std::iter::once(c).nfkd().filter(|&c| !is_invisible(c) && (accents || !is_accent(c))) {
        let small: String = c.to_lowercase().collect();
        let stroked = if accents { None } else { small.chars().next().and_then(letter_without_stroke) };
        let kept = match (c, stroked) {
            ('‘' | '’' | '‚' | '‹' | '›', _) => "'".to_owned(),
            ('“' | '”' | '„' | '«' | '»', _) => '"'.to_string(),
            ('‐' | '‑' | '‒' | '–' | '—', _) => "-".to_owned(),
            (c, _) if c.is_whitespace() => " ".to_owned(),
            (_, None) if case => c.to_string(),
            (_, None) => small,
            (c, Some(plain)) if case && c.is_uppercase() => plain.to_uppercase(),
            (_, Some(plain)) => plain.to_owned(),
        };
        letters.extend(kept.chars());
    }
    letters.into_iter()
}

/// Marks over, under and through a letter; not the vowel signs of scripts that are written with them.
fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}')
}

/// Latin letters that do not decompose.
fn letter_without_stroke(c: char) -> Option<&'static str> {
    Some(match c {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ħ' => "h",
        'ŧ' => "t",
        'ı' => "i",
        'ŋ' => "n",
        'ς' => "σ",
        _ => return None,
    })
}

/// Longest word that has a stem, in bytes: what is longer is no word, and the stemmer's time grows with the square of it.
const LONGEST_WORD: usize = 64;

/// The stem of a folded word: inflected forms of one English word have one stem (Snowball's English stemmer, after a list of
/// irregular verbs and plurals). A word with a character other than `a`–`z` and `'` is its own stem, and so is one too long for
/// a word.
pub fn stem(folded: &str) -> String {
    if folded.len() > LONGEST_WORD || !folded.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
        return folded.to_owned();
    }
    let stemmer = Stemmer::new(Algorithm::English);
    let lemma = lemma(folded);
    stemmer.stem(lemma.as_deref().unwrap_or(folded)).into_owned()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_word_in_several_guises_has_one_key() {
        for (one, other) in [
            ("Nicolás", "Nicolas"),
            ("Zvoňková", "ZVONKOVA"),
            ("plan’s", "plan"),
            ("PLAN'S", "plan"),
            ("boys’", "boys"),
            ("don’t", "don't"),
            ("O’Clock", "o'clock"),
            ("har\u{ad}bour", "harbor"),
            ("e\u{301}lan", "élan"),
            ("U.K.", "UK"),
            ("a.m.", "AM"),
            ("US", "U.S."),
            ("US’s", "U.S"),
            ("ﬁre", "fire"),
            ("Straße", "strasse"),
            ("Ærø", "aero"),
            ("İstanbul", "istanbul"),
            ("zero\u{200b}width", "zerowidth"),
            ("１２", "12"),
            ("‘twas", "twas"),
            ("Colour", "COLOR"),
            ("Łódź", "lodz"),
        ] {
            assert_eq!(fold(one), fold(other), "{one} {other}");
        }
    }

    #[test]
    fn the_country_is_not_the_pronoun() {
        assert_eq!(fold("U.S."), "u.s");
        assert_eq!(fold("us"), "us");
        assert_eq!(fold("Us"), "us");
    }

    #[test]
    fn inflected_forms_have_one_stem() {
        for (one, other) in [
            ("said", "says"),
            ("told", "tell"),
            ("rang", "ringing"),
            ("found", "find"),
            ("men", "man"),
            ("people", "person"),
            ("sank", "sinking"),
            ("struck", "strikes"),
            ("fell", "fallen"),
            ("left", "leaving"),
            ("worse", "worst"),
            ("policemen", "policeman"),
            ("children", "child"),
            ("ships", "ship"),
            ("hitting", "hits"),
            ("evacuated", "evacuation"),
            ("was", "been"),
            ("crises", "crisis"),
            ("drove", "driven"),
        ] {
            assert_eq!(stem(&fold(one)), stem(&fold(other)), "{one} {other}");
        }
    }

    #[test]
    fn a_line_without_a_space_is_its_own_stem_at_once() {
        let line = "ayboys".repeat(200_000);
        let began = std::time::Instant::now();
        assert_eq!(stem(&line), line);
        assert!(began.elapsed().as_secs() < 2);
    }

    #[test]
    fn words_of_different_meaning_keep_their_stems() {
        for (one, other) in
            [("university", "universe"), ("tonne", "ton"), ("shut", "shot"), ("news", "new"), ("wound", "wind")]
        {
            assert_ne!(stem(&fold(one)), stem(&fold(other)), "{one} {other}");
        }
    }

    proptest! {
        #[test]
        fn folding_is_idempotent(word in r"\PC{1,12}|[A-Za-z'’.]{1,14}|[a-z]{2,8}(is|our|ys|re|ll)(e|ed|ing|s|ation)?") {
            let once = fold(&word);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn a_word_never_folds_to_nothing(word in r"\PC{1,8}") {
            prop_assert!(!fold(&word).is_empty());
            prop_assert!(!stem(&fold(&word)).is_empty());
        }
    }
}
