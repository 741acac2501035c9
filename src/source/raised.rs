//! What stands raised above its line, as in `10<sup>6</sup>`, in plain characters.
//!
//! Must never let a raised figure be read as a digit of what stands before it. Invariant: a raised ending of an ordinal number
//! (`1st`) stays what it is.

/// Digits and signs with their raised forms.
const FORMS: [(char, char); 14] = [
    ('0', '⁰'),
    ('1', '¹'),
    ('2', '²'),
    ('3', '³'),
    ('4', '⁴'),
    ('5', '⁵'),
    ('6', '⁶'),
    ('7', '⁷'),
    ('8', '⁸'),
    ('9', '⁹'),
    ('+', '⁺'),
    ('-', '⁻'),
    ('−', '⁻'),
    ('–', '⁻'),
];

/// Letters of a word, at the most, that may be a unit: `km²`. Behind a longer one a raised figure is the mark of a note.
const UNIT: usize = 2;

/// Words that a raised figure makes a measure of.
const MEASURES: [&str; 16] = [
    "inch",
    "inches",
    "foot",
    "feet",
    "yard",
    "yards",
    "mile",
    "miles",
    "metre",
    "metres",
    "meter",
    "meters",
    "kilometre",
    "kilometres",
    "kilometer",
    "kilometers",
];

/// What stands raised behind `before` and before `after`, as it is written on the line.
pub(super) fn raised(before: &str, text: &str, after: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let Some(last) = before.chars().next_back() else { return text };
    if !text.chars().any(|c| c.is_ascii_digit()) {
        return text;
    }
    if last.is_whitespace() || last == '(' {
        return if is_bracketed(&text) { String::new() } else { text };
    }
    // One and a half: the numerator of a fraction.
    if last.is_ascii_digit() && after.trim_start().starts_with(['⁄', '/', '∕']) {
        return format!(" {text}");
    }
    if is_note(before, last, &text) {
        return String::new();
    }
    let form = |c: char| FORMS.iter().find(|(plain, _)| *plain == c).map(|(_, raised)| *raised);
    text.chars().map(form).collect::<Option<String>>().unwrap_or_else(|| format!("^{text}"))
}

/// Whether a raised figure leads to a note: behind a mark of punctuation or a word, or in brackets.
fn is_note(before: &str, last: char, text: &str) -> bool {
    let short = text.len() <= 4 && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '[' | ']' | '(' | ')' | ','));
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let measured = word.chars().count() <= UNIT || MEASURES.contains(&word.to_lowercase().as_str());
    is_bracketed(text) || short && (!last.is_alphanumeric() && last != ')' || last.is_alphabetic() && !measured)
}

fn is_bracketed(text: &str) -> bool {
    text.starts_with('[') && text.ends_with(']') && text[1..text.len() - 1].chars().all(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_power_is_no_digit_and_an_ordinal_stays_one() {
        for (before, text, after, expected) in [
            ("10", "6", " litres", "⁶"),
            ("at 10", "-3", " bar", "⁻³"),
            ("10", "−3", " bar", "⁻³"),
            ("40 m", "2", " burned", "²"),
            ("9 miles", "2", "", "²"),
            ("10", "0.5", "", "^0.5"),
            ("(a+b)", "2", "", "²"),
            ("the 1", "st", " floor", "st"),
            ("the 22", "nd", " floor", "nd"),
            ("It was 1", "1", "⁄2 miles", " 1"),
            ("It was ", "1", "⁄2 miles", "1"),
        ] {
            assert_eq!(raised(before, text, after), expected, "{before}^{text}");
        }
    }

    #[test]
    fn the_mark_of_a_note_is_left_out() {
        for (before, text) in
            [("said so.", "1"), ("the paper said", "12"), ("“Go,”", "3"), ("in 2019", "[3]"), ("And ", "[3]")]
        {
            assert_eq!(raised(before, text, " More"), "", "{before}^{text}");
        }
    }

    proptest! {
        #[test]
        fn no_raised_digit_follows_a_digit_or_a_letter_as_a_plain_one(before in r"\PC{0,8}", text in r"[-0-9a-z\[\]. ]{0,6}") {
            let written = raised(&before, &text, "");
            let glued = before.ends_with(char::is_alphanumeric) && written.starts_with(|c: char| c.is_ascii_digit());
            prop_assert!(!glued || !text.contains(|c: char| c.is_ascii_digit()), "{before}|{written}");
        }
    }
}
