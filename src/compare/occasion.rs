//! Where something was said: at a rally, in a letter, to reporters, in court.
//!
//! Must never guess: a sentence that names no occasion has none. Invariant: what is found stands outside quotation marks.

use super::prepare::Word;
use crate::text::{ByteSpan, fold};

/// A kind of occasion on which words are said or written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Rally,
    Meeting,
    Hearing,
    Press,
    Broadcast,
    Statement,
    Post,
    Letter,
    Book,
}

/// An occasion as a sentence names it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Occasion {
    /// The words that name it.
    pub span: ByteSpan,
    setting: Setting,
}

/// Settings that reports of one occasion may well give it: a statement is read to reporters, a committee hears and meets.
const MAY_BE_ONE: [(Setting, Setting); 8] = [
    (Setting::Statement, Setting::Press),
    (Setting::Statement, Setting::Broadcast),
    (Setting::Statement, Setting::Post),
    (Setting::Statement, Setting::Letter),
    (Setting::Statement, Setting::Hearing),
    (Setting::Press, Setting::Broadcast),
    (Setting::Meeting, Setting::Rally),
    (Setting::Meeting, Setting::Hearing),
];

/// What stands before the words for an occasion.
const INTRODUCERS: [&str; 18] = [
    "told",
    "tell",
    "tells",
    "telling",
    "addressed",
    "addressing",
    "wrote",
    "writing",
    "in",
    "at",
    "on",
    "during",
    "to",
    "before",
    "via",
    "through",
    "into",
    "for",
];
/// How many words may stand between.
const BETWEEN: usize = 3;

fn setting(word: &str) -> Option<Setting> {
    Some(match word {
        "rally" | "crowd" | "supporters" | "vigil" | "march" | "demonstration" | "protest" | "demonstrators"
        | "protesters" | "mourners" | "funeral" => Setting::Rally,
        "meeting" | "councillors" | "residents" | "shareholders" | "delegates" | "parliament" | "commons"
        | "senate" | "congress" | "lawmakers" | "mps" | "senators" => Setting::Meeting,
        "court" | "hearing" | "trial" | "inquest" | "inquiry" | "tribunal" | "committee" | "jury" | "jurors"
        | "magistrates" => Setting::Hearing,
        "reporters" | "journalists" | "briefing" => Setting::Press,
        "interview" | "programme" | "podcast" | "radio" | "television" | "broadcast" => Setting::Broadcast,
        "statement" => Setting::Statement,
        "tweet" | "tweets" | "twitter" | "facebook" | "instagram" | "blog" => Setting::Post,
        "letter" | "email" | "e-mail" | "memo" => Setting::Letter,
        "memoir" | "memoirs" | "diary" | "autobiography" => Setting::Book,
        _ => return None,
    })
}

/// A verb that names the occasion by itself.
fn setting_of_verb(word: &str) -> Option<Setting> {
    Some(match word {
        "tweeted" | "tweeting" => Setting::Post,
        "testified" | "testifying" => Setting::Hearing,
        "emailed" => Setting::Letter,
        _ => return None,
    })
}

/// The occasions that the words of one sentence name.
pub(super) fn occasions(text: &str, words: &[Word]) -> Vec<Occasion> {
    let form = |at: usize| fold(words[at].span.of(text));
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !word.quoted) {
        let own = form(at);
        if let Some(setting) = setting_of_verb(&own) {
            found.push(Occasion { span: word.span, setting });
        }
        let Some(setting) = setting(&own) else { continue };
        let reach = (at.saturating_sub(BETWEEN + 1)..at).rev();
        let open = |from: usize| {
            let between = &text[words[from].span.end.index()..word.span.start.index()];
            !between.contains([',', ';', ':', '.', '"', '“', '”'])
        };
        let introduced = reach.take_while(|&from| open(from)).find(|&from| INTRODUCERS.contains(&form(from).as_str()));
        if let Some(from) = introduced {
            found.push(Occasion { span: words[from + 1].span.join(word.span), setting });
        }
    }
    found
}

/// Two occasions, one of either sentence, where none that one names can be one that the other names.
pub(super) fn apart(a: &[Occasion], b: &[Occasion]) -> Option<(ByteSpan, ByteSpan)> {
    let may_be_one = |x: &Occasion, y: &Occasion| {
        let pair = (x.setting, y.setting);
        x.setting == y.setting || MAY_BE_ONE.iter().any(|&(one, other)| pair == (one, other) || pair == (other, one))
    };
    let (first_a, first_b) = (a.first()?, b.first()?);
    let all_apart = a.iter().all(|x| b.iter().all(|y| !may_be_one(x, y)));
    all_apart.then_some((first_a.span, first_b.span))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::prepare::Corpus;
    use crate::notes::example::article;

    fn found(text: &str) -> Vec<String> {
        let article = article("a.txt", text);
        let corpus = Corpus::new(&[&article]);
        let prepared = &corpus.articles[0];
        let all = prepared.units.iter().flat_map(|unit| occasions(prepared.text, &unit.words));
        all.map(|occasion| occasion.span.of(prepared.text).to_owned()).collect()
    }

    #[test]
    fn an_occasion_is_named_after_a_verb_or_a_preposition() {
        let table = [
            ("“We will win,” Ada Pell told a rally in Dunlaw.", "a rally"),
            ("“We will win,” she wrote in an open letter to the firm.", "an open letter"),
            ("“We will win,” Ada Pell told reporters.", "reporters"),
            ("“We will win,” she told the local radio.", "the local radio"),
            ("Ada Pell tweeted: “We will win.”", "tweeted"),
            ("“We will win,” said Ada Pell at the inquest.", "the inquest"),
        ];
        for (text, expected) in table {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_an_occasion_is_none() {
        for text in [
            "The rally ended early.",
            "“I told the court so,” she said.",
            "The letter, she said, was late.",
            "He went to the shop, and residents cheered.",
        ] {
            assert!(found(text).is_empty(), "{text}: {:?}", found(text));
        }
    }
}
