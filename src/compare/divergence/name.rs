//! One role filled by different names, and one event at different places: `name`, `place`.

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::aliases::is_person_noun;
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
            suspect.by_form = kind == DivergenceKind::Place && in_one_role(site, a, b);
            found.push(suspect);
        }
    }
}

/// Words that put something close to a town, where a region or a country cannot stand for the town.
const CLOSELY: [&str; 4] = ["near", "outside", "off", "at"];

/// Whether two names that neither article shares put one thing in its place: the same word stands before the same
/// preposition ("the motorway near Kelby", "the motorway near Orrin").
fn in_one_role(site: &Site, a: &Name, b: &Name) -> bool {
    let head = |side: &Side, name: &Name| {
        let words = &side.unit.words;
        let at = words.partition_point(|word| word.span.start < name.span.start);
        words[..at].iter().rev().find(|word| site.vocabulary.term(word.term).carries()).map(|word| word.term)
    };
    let (head_a, head_b) = (head(&site.a, a), head(&site.b, b));
    let foreign = mentions(&site.b, a) + mentions(&site.a, b) == 0.0;
    a.before == b.before && CLOSELY.contains(&a.before.as_str()) && head_a.is_some() && head_a == head_b && foreign
}

/// Name words in a row, with the preposition before them.
struct Name<'n> {
    words: &'n [Word],
    span: ByteSpan,
    placed: bool,
    before: String,
}

fn runs<'s>(side: &Side<'s>, site: &Site) -> Vec<Name<'s>> {
    let words = &side.unit.words;
    let is_capital = |word: &Word| side.text(word.span).starts_with(char::is_uppercase);
    // In a headline set in capitals a capital tells nothing.
    let tells = 2 * words.iter().filter(|word| is_capital(word)).count() < words.len();
    let is_name = |word: &Word| {
        let class = site.vocabulary.term(word.term).class;
        // "Correctional" is a name's word in one place and a common one in another.
        let within = tells && class == TermClass::Content && word.span.start > side.unit.span.start;
        is_capital(word) && (class == TermClass::Name || within && !begins_quotation(side, word))
    };
    let mut names = Vec::new();
    for run in words.chunk_by(|x, y| is_name(x) && is_name(y) && y.span.start.index() <= x.span.end.index() + 1) {
        if !is_name(&run[0]) || side.unit.is_in_value(run[0].span) {
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

/// Whether a word stands right after a quotation mark or a colon, where a sentence begins.
fn begins_quotation(side: &Side, word: &Word) -> bool {
    let before = side.article.text.get(..word.span.start.index()).unwrap_or_default();
    before.trim_end().ends_with(['“', '"', '‘', '\'', ':', '|', '–', '—'])
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
    let stem = |word: &Word| site.vocabulary.term(word.term).stem.clone();
    let rest = |own: &Name, other: &Name| -> Vec<String> {
        let lacks = |word: &&Word| !other.words.iter().any(|there| there.term == word.term);
        own.words.iter().filter(lacks).map(stem).filter(|word| !is_title(word)).collect()
    };
    let (rest_a, rest_b) = (rest(a, b), rest(b, a));
    if rest_a.is_empty() || rest_b.is_empty() {
        return Likeness::Same;
    }
    let pairs = rest_a.iter().flat_map(|x| rest_b.iter().map(move |y| (x, y)));
    // "Win" for "Winifred".
    if pairs.clone().any(|(x, y)| x.len().min(y.len()) >= 3 && (x.starts_with(y.as_str()) || y.starts_with(x.as_str())))
    {
        return Likeness::Same;
    }
    let spelling = pairs.map(|(x, y)| spelled_alike(x, y)).fold(0.0, f32::max);
    let shared =
        a.words.iter().any(|word| b.words.iter().any(|there| there.term == word.term) && !is_title(&stem(word)));
    let alone = rest_a.len() == 1 && rest_b.len() == 1;
    match (shared, alone) {
        (_, true) if spelling >= 0.6 => Likeness::Spelling(spelling),
        (true, false) if spelling >= 0.6 => Likeness::Spelling(spelling),
        (true, _) if rest_a.len() <= 2 && rest_b.len() <= 2 => Likeness::Part(spelling),
        _ => Likeness::None,
    }
}

/// Whether a stem is said before names and is none: an office, or a title however it is cut short.
fn is_title(stemmed: &str) -> bool {
    const TITLES: [&str; 30] = [
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "ladi", "rev", "st", "justic", "chief", "det",
        "supt", "insp", "ch", "sgt", "coun", "cllr", "gov", "sen", "rep", "gen", "col", "capt", "lt", "hon", "foreign",
    ];
    TITLES.contains(&stemmed) || is_person_noun(stemmed)
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
