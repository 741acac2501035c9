//! What must not differ between a passage and the words that stand in its place now: figures, negations, names.

use unicode_segmentation::UnicodeSegmentation;

const NEGATIONS: &[&str] =
    &["cannot", "neither", "never", "no", "nobody", "none", "nor", "not", "nothing", "nowhere", "without"];
const NUMBER_WORDS: &[&str] = &[
    "billion",
    "dozen",
    "double",
    "eight",
    "eighteen",
    "eighty",
    "eleven",
    "fifteen",
    "fifth",
    "fifty",
    "first",
    "five",
    "forty",
    "four",
    "fourteen",
    "fourth",
    "half",
    "hundred",
    "hundreds",
    "million",
    "millions",
    "nine",
    "nineteen",
    "ninety",
    "once",
    "one",
    "quarter",
    "second",
    "seven",
    "seventeen",
    "seventy",
    "six",
    "sixteen",
    "sixty",
    "ten",
    "third",
    "thirteen",
    "thirty",
    "thousand",
    "thousands",
    "three",
    "twelve",
    "twenty",
    "twice",
    "two",
    "zero",
];
/// Words after which "one" stands for a person or a thing, and is no figure.
const BEFORE_A_PRONOUN: &[&str] = &["any", "each", "every", "no", "some", "that", "the", "this", "which"];
/// Words that carry a capital only because of where they stand.
const PLAIN_WORDS: &[&str] = &[
    "a", "after", "all", "also", "an", "and", "as", "at", "because", "before", "but", "by", "for", "from", "he", "her",
    "his", "how", "i", "if", "in", "it", "its", "many", "more", "most", "of", "on", "one", "or", "our", "she", "since",
    "so", "some", "that", "the", "their", "then", "there", "these", "they", "this", "those", "to", "under", "we",
    "what", "when", "where", "which", "while", "who", "why", "with", "you", "your",
];

/// A kind of fact: its word, and whether a word is one.
type Kind = (&'static str, fn(&str) -> bool);

/// What kind of fact differs, as a reason for the reader; `None` when all are the same, in the same order.
pub(super) fn differing(before: &str, after: &str) -> Option<String> {
    let kinds: [Kind; 3] = [("figure", is_figure), ("negation", is_negation), ("name", is_name)];
    kinds.into_iter().find_map(|(kind, is_kind)| {
        let of = |text: &str| -> Vec<String> { telling(text).filter(|word| is_kind(word)).map(plain).collect() };
        let (before, after) = (of(before), of(after));
        (before != after).then(|| format!("a {kind} differs: {} against {}", shown(&before), shown(&after)))
    })
}

/// The words of a text, without each "one" that is a pronoun.
fn telling(text: &str) -> impl Iterator<Item = &str> {
    let mut before = String::new();
    text.unicode_words().filter(move |word| {
        let lower = word.to_lowercase();
        let pronoun = lower == "one" && BEFORE_A_PRONOUN.contains(&before.as_str());
        before = lower;
        !pronoun
    })
}

fn shown(words: &[String]) -> String {
    if words.is_empty() { "none".into() } else { words.join(", ") }
}

/// A word with straight apostrophes, so that typography is no difference.
fn plain(word: &str) -> String {
    word.replace('\u{2019}', "'")
}

fn is_figure(word: &str) -> bool {
    word.chars().any(char::is_numeric) || NUMBER_WORDS.contains(&word.to_lowercase().as_str())
}

fn is_negation(word: &str) -> bool {
    let word = plain(&word.to_lowercase());
    word.ends_with("n't") || NEGATIONS.contains(&word.as_str())
}

fn is_name(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
        && !is_figure(word)
        && !is_negation(word)
        && !PLAIN_WORDS.contains(&word.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pronoun_is_no_figure() {
        let said = |before, after| differing(before, after).unwrap_or_default();
        assert_eq!(said("No one was hurt.", "Nobody was hurt."), "a negation differs: No against Nobody");
        assert_eq!(said("One was hurt.", "Nobody was hurt."), "a figure differs: One against none");
        assert_eq!(said("This one is shut.", "This is shut."), "");
    }
}
