//! One role filled by different names, and one event at different places: `name`, `place`.

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::prepare::Word;
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::TermClass;
use crate::text::ByteSpan;

/// Words that put something in a place.
const PLACING: [&str; 16] = [
    "in", "at", "to", "near", "from", "outside", "inside", "off", "across", "towards", "around", "beside", "into",
    "above", "below", "beyond",
];

/// Adds names that are alike but not the same, and names after a preposition of place that are not alike.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let (names_a, names_b) = (runs(&site.a, site), runs(&site.b, site));
    for a in &names_a {
        for b in &names_b {
            let (kind, strength) = match likeness(a, b, site) {
                Likeness::Spelling(share) => {
                    (DivergenceKind::Name, [1.0, share, a.words.len().min(b.words.len()) as f32])
                }
                Likeness::Part(share) => (DivergenceKind::Name, [0.5, share, a.words.len().min(b.words.len()) as f32]),
                Likeness::None if a.placed && b.placed => {
                    (DivergenceKind::Place, [f32::from(u8::from(a.before == b.before)), 0.0, 0.0])
                }
                Likeness::None | Likeness::Same => continue,
            };
            let mut suspect = Suspect::new(kind, a.span, b.span, site);
            suspect.signs.strength = strength;
            suspect.signs.elsewhere = [mentions(&site.b, a), mentions(&site.a, b)];
            suspect.signs.settled = [in_sentence(&site.b, a), in_sentence(&site.a, b)];
            found.push(suspect);
        }
    }
}

/// Name words in a row, with the preposition before them.
struct Name<'n> {
    words: &'n [Word],
    span: ByteSpan,
    placed: bool,
    before: String,
}

fn runs<'s>(side: &Side<'s>, site: &Site) -> Vec<Name<'s>> {
    let is_name = |word: &Word| {
        let form = side.text(word.span);
        site.vocabulary.term(word.term).class == TermClass::Name && form.starts_with(char::is_uppercase)
    };
    let words = &side.unit.words;
    let mut names = Vec::new();
    for run in words.chunk_by(|x, y| is_name(x) && is_name(y) && y.span.start.index() <= x.span.end.index() + 1) {
        if !is_name(&run[0]) {
            continue;
        }
        let at = words.partition_point(|word| word.span.start < run[0].span.start);
        let before: Vec<_> =
            words[at.saturating_sub(2)..at].iter().map(|word| site.vocabulary.term(word.term).stem.as_str()).collect();
        let placing = before.iter().rev().find(|word| PLACING.contains(word));
        let span = run[0].span.join(run[run.len() - 1].span);
        names.push(Name {
            words: run,
            span,
            placed: placing.is_some(),
            before: placing.map_or(String::new(), |word| (*word).to_owned()),
        });
    }
    names
}

enum Likeness {
    Same,
    /// One word is spelled otherwise, all others are the same.
    Spelling(f32),
    /// Some words are the same, another takes the place of one.
    Part(f32),
    None,
}

fn likeness(a: &Name, b: &Name, site: &Site) -> Likeness {
    let rest = |own: &Name, other: &Name| -> Vec<String> {
        let missing = own.words.iter().filter(|word| !other.words.iter().any(|there| there.term == word.term));
        missing.map(|word| site.vocabulary.term(word.term).stem.clone()).collect()
    };
    let (rest_a, rest_b) = (rest(a, b), rest(b, a));
    let shared = a.words.len() - rest_a.len();
    let (Some(x), Some(y)) = (rest_a.first(), rest_b.first()) else { return Likeness::Same };
    if rest_a.len() > 2 || rest_b.len() > 2 {
        return Likeness::None;
    }
    let spelling = spelled_alike(x, y);
    if rest_a.len() == 1 && rest_b.len() == 1 && spelling >= 0.6 {
        return Likeness::Spelling(spelling);
    }
    if shared > 0 { Likeness::Part(spelling) } else { Likeness::None }
}

/// One minus the edit distance over the longer length (Levenshtein), for words that are not mere inflections.
fn spelled_alike(a: &str, b: &str) -> f32 {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() > 40 || b.len() > 40 {
        return 0.0;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    1.0 - row[b.len()] as f32 / a.len().max(b.len()).max(1) as f32
}

/// Whether the other article has all words of a name, anywhere.
fn mentions(other: &Side, name: &Name) -> f32 {
    let all = name
        .words
        .iter()
        .all(|word| other.article.units.iter().any(|unit| unit.words.iter().any(|there| there.term == word.term)));
    f32::from(u8::from(all))
}

fn in_sentence(other: &Side, name: &Name) -> f32 {
    let all = name.words.iter().all(|word| other.unit.words.iter().any(|there| there.term == word.term));
    f32::from(u8::from(all))
}
