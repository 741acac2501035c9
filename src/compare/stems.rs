//! The lists of words as the matcher asks them: by stems, which are made ahead, since making them at every start of the program
//! takes longer than reading an article.
//!
//! Must never be edited by hand: what is in `data/words/stems/` is written by the test below. Invariant: every line holds the stems
//! of the words that the same line of its list holds, remarks left out.

/// Words that news writers use for one thing; a line is a concept.
pub(super) const CONCEPTS: &str = include_str!("../../data/words/stems/concepts.txt");
/// What one report says and another the opposite of, on the two sides of a dash.
pub(super) const OPPOSITES: &str = include_str!("../../data/words/stems/opposites.txt");
/// Nouns that name a person.
pub(super) const PERSONS: &str = include_str!("../../data/words/stems/persons.txt");
/// Verbs of saying.
pub(super) const SPEECH: &str = include_str!("../../data/words/stems/speech.txt");
/// Words that are grammar; folded, not stemmed.
pub(super) const STOP: &str = include_str!("../../data/words/stems/stop.txt");

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{fold, stem};

    /// A list's file, its stems as they are, and how one of them is made.
    type List<'l> = (&'l str, &'l str, &'l dyn Fn(&str) -> String);

    /// Writes what it expects where `CROSSREAD_STEMS=write` asks for it.
    #[test]
    fn the_stems_are_those_of_the_lists() {
        let words = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/words");
        let stemmed = |word: &str| stem(&fold(word));
        let lists: [List; 5] = [
            ("concepts.txt", CONCEPTS, &stemmed),
            ("opposites.txt", OPPOSITES, &stemmed),
            ("persons.txt", PERSONS, &stemmed),
            ("speech.txt", SPEECH, &stemmed),
            ("stop.txt", STOP, &fold),
        ];
        for (name, stems, made_of) in lists {
            let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.'));
            let made = |word: &str| if is_word(word) { made_of(word) } else { word.to_owned() };
            let of_line = |line: &str| line.split_whitespace().map(made).collect::<Vec<_>>().join(" ") + "\n";
            let list = std::fs::read_to_string(words.join(name)).unwrap();
            let expected: String = list.lines().filter(|line| !line.starts_with('#')).map(of_line).collect();
            if std::env::var_os("CROSSREAD_STEMS").is_some_and(|asked| asked == "write") {
                std::fs::write(words.join("stems").join(name), expected).unwrap();
            } else {
                assert!(stems == expected, "{name}: write the stems anew with CROSSREAD_STEMS=write");
            }
        }
    }
}
