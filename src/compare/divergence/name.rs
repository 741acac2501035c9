//! One role filled by different names, and one event at different places: `name`, `place`.

use super::frame::{self, Slot};
use super::suspect::Suspect;
use super::{MOST, Side, Site};
use crate::compare::aliases::is_person_noun;
use crate::compare::prepare::{Unit, Word};
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::{TermClass, Vocabulary};
use crate::text::{ByteSpan, fold};

/// Words that put something in a place.
const PLACING: [&str; 16] = [
    "in", "at", "to", "near", "from", "outside", "inside", "off", "across", "towards", "around", "beside", "into",
    "above", "below", "beyond",
];

/// Adds names that are alike but not the same, and names after a preposition of place that are not alike.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let (names_a, names_b) = (&site.a.sentence.names, &site.b.sentence.names);
    found.extend(change_places(names_a, names_b, site));
    for a in names_a.iter().take(MOST) {
        for b in names_b.iter().take(MOST) {
            let likeness = likeness(a, b, site);
            if matches!(likeness, Likeness::Same) {
                continue;
            }
            let replaces = foreign(site, a, b) && in_one_slot(site, a, b);
            let (kind, strength) = match likeness {
                Likeness::Spelling(share) => {
                    (DivergenceKind::Name, [1.0, share, a.words.len().min(b.words.len()) as f32])
                }
                Likeness::Part(share) => (DivergenceKind::Name, [0.5, share, a.words.len().min(b.words.len()) as f32]),
                Likeness::None if a.placed && b.placed => {
                    (DivergenceKind::Place, [f32::from(u8::from(a.before == b.before)), 0.0, 0.0])
                }
                Likeness::None if replaces => {
                    (DivergenceKind::Name, [0.0, 0.0, a.words.len().min(b.words.len()) as f32])
                }
                Likeness::None | Likeness::Same => continue,
            };
            let mut suspect = Suspect::new(kind, a.span, b.span, site);
            suspect.signs.strength = strength;
            suspect.signs.elsewhere = [mentions(&site.b, a), mentions(&site.a, b)];
            suspect.signs.settled = [in_sentence(&site.b, a), in_sentence(&site.a, b)];
            suspect.by_form = match kind {
                DivergenceKind::Place => in_one_role(site, a, b),
                _ => replaces,
            };
            found.push(suspect);
        }
    }
}

/// Two names that stand on the two sides of one verb here, and the other way round there ("Pell beat Reyes", "Reyes beat
/// Pell"): who did it and who suffered it.
fn change_places(names_a: &[Name], names_b: &[Name], site: &Site) -> Option<Suspect> {
    let (around_a, around_b) = (around_one_verb(names_a, &site.a, site), around_one_verb(names_b, &site.b, site));
    let pairs = around_a.iter().flat_map(|a| around_b.iter().map(move |b| (a, b)));
    let last = |name: &Name| name.words.last().map(|word| word.term);
    let crossed = |a: &Clash, b: &Clash| last(a.doer) == last(b.object) && last(a.object) == last(b.doer);
    let (a, b) =
        pairs.filter(|(a, b)| a.verb == b.verb && last(a.doer) != last(a.object)).find(|(a, b)| crossed(a, b))?;
    let mut suspect = Suspect::new(DivergenceKind::Name, a.doer.span, b.doer.span, site);
    suspect.by_form = true;
    Some(suspect)
}

/// A name, a verb's one word as it is written, and the name right after it.
struct Clash<'n> {
    doer: &'n Name<'n>,
    verb: String,
    object: &'n Name<'n>,
}

fn around_one_verb<'n>(names: &'n [Name<'n>], side: &Side, site: &Site) -> Vec<Clash<'n>> {
    let words = &side.unit.words;
    let verb_between = |doer: &Name, object: &Name| {
        let (from, to) = (side.unit.touched(doer.span).end, side.unit.touched(object.span).start);
        let verb = words.get(from).filter(|_| to == from + 1)?;
        let gaps = side.text(ByteSpan { start: doer.span.end, end: object.span.start });
        let bare = gaps.trim() == side.text(verb.span) && !verb.quoted;
        (bare && site.vocabulary.term(verb.term).class == TermClass::Content)
            .then(|| side.text(verb.span).to_lowercase())
    };
    let beside = names.windows(2).map(|two| (&two[0], &two[1]));
    let clash = |(doer, object)| Some(Clash { doer, verb: verb_between(doer, object)?, object });
    beside.filter_map(clash).collect()
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
    a.before == b.before && CLOSELY.contains(&a.before) && head_a.is_some() && head_a == head_b && foreign(site, a, b)
}

/// Whether two names stand between the same words, with the capitals right before them ("Prime Minister", "Foreign Minister").
fn in_one_slot(site: &Site, a: &Name, b: &Name) -> bool {
    let place = |side: &Side, name: &Name| {
        let words = &side.unit.words;
        let mut place = side.unit.touched(name.span);
        let titled = |at: usize| {
            let capital = side.text(words[at].span).starts_with(char::is_uppercase);
            let beside = words[at + 1].span.start.index() <= words[at].span.end.index() + 1;
            capital && beside && site.vocabulary.term(words[at].term).carries()
        };
        while place.start > 0 && titled(place.start - 1) {
            place.start -= 1;
        }
        place
    };
    frame::slot(site, place(&site.a, a), place(&site.b, b)) != Slot::Apart
}

/// Whether neither article has the other's name.
fn foreign(site: &Site, a: &Name, b: &Name) -> bool {
    mentions(&site.b, a) + mentions(&site.a, b) == 0.0
}

/// Name words in a row, with the preposition of place before them, if one stands there.
pub(super) struct Name<'n> {
    words: &'n [Word],
    span: ByteSpan,
    placed: bool,
    before: &'static str,
}

/// The names of a sentence.
pub(super) fn names<'s>(unit: &'s Unit, text: &str, vocabulary: &Vocabulary) -> Vec<Name<'s>> {
    let words = &unit.words;
    let is_capital = |word: &Word| word.span.of(text).starts_with(char::is_uppercase);
    // In a headline set in capitals a capital tells nothing.
    let carries = |word: &&Word| vocabulary.term(word.term).carries();
    let capitals = words.iter().filter(carries).filter(|word| is_capital(word)).count();
    let tells = capitals <= 3 * words.iter().filter(carries).filter(|word| !is_capital(word)).count();
    let is_name = |word: &Word| {
        let class = vocabulary.term(word.term).class;
        // "Correctional" is a name's word in one place and a common one in another.
        let within = tells && class == TermClass::Content && word.span.start > unit.span.start;
        is_capital(word) && (class == TermClass::Name || within && !begins_quotation(text, word))
    };
    let mut names = Vec::new();
    for run in words.chunk_by(|x, y| is_name(x) && is_name(y) && y.span.start.index() <= x.span.end.index() + 1) {
        if !is_name(&run[0]) || unit.is_in_value(run[0].span) {
            continue;
        }
        let at = words.partition_point(|word| word.span.start < run[0].span.start);
        let stem = |word: &Word| vocabulary.term(word.term).stem.as_str();
        let listed = |word: &Word| PLACING.into_iter().find(|placing| *placing == stem(word));
        let placing = words[at.saturating_sub(2)..at].iter().rev().find_map(listed);
        let span = run[0].span.join(run[run.len() - 1].span);
        names.push(Name { words: run, span, placed: placing.is_some(), before: placing.unwrap_or_default() });
    }
    names
}

/// Whether a word stands right after a quotation mark or a colon, where a sentence begins.
fn begins_quotation(text: &str, word: &Word) -> bool {
    let before = text.get(..word.span.start.index()).unwrap_or_default();
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
    let stem = |word: &Word| site.vocabulary.term(word.term).stem.as_str();
    let (rest_a, rest_b) = (rest((a, &site.a), (b, &site.b), site), rest((b, &site.b), (a, &site.a), site));
    if rest_a.is_empty() || rest_b.is_empty() || spells(a, b, site) || spells(b, a, site) {
        return Likeness::Same;
    }
    let pairs = rest_a.iter().flat_map(|&x| rest_b.iter().map(move |&y| (x, y)));
    let is_cut_short = |(x, y): (&Word, &Word)| {
        let begins = |x: &str, y: &str| x.len() >= 3 && y.starts_with(x);
        (begins(stem(x), stem(y)) || begins(stem(y), stem(x)))
            && !lacks_a_letter(&fold(site.a.text(x.span)), &fold(site.b.text(y.span)))
    };
    if pairs.clone().any(is_cut_short) {
        return Likeness::Same;
    }
    let spelling = pairs.map(|(x, y)| spelled_alike(stem(x), stem(y))).fold(0.0, f32::max);
    let is_there = |word: &&Word| b.words.iter().any(|there| there.term == word.term);
    let shared = a.words.iter().filter(is_there).any(|word| !is_title(stem(word), site.a.text(word.span)));
    let alone = rest_a.len() == 1 && rest_b.len() == 1;
    match (shared, alone) {
        (_, true) if spelling >= 0.6 => Likeness::Spelling(spelling),
        (true, false) if spelling >= 0.6 => Likeness::Spelling(spelling),
        (true, _) if rest_a.len() <= 2 && rest_b.len() <= 2 => Likeness::Part(spelling),
        _ => Likeness::None,
    }
}

/// The words of a name that the other lacks, titles aside. Two spellings of a name are two, though they have one stem ("Agathe",
/// "Agatha").
fn rest<'n>((own, side): (&Name<'n>, &Side), (other, there): (&Name, &Side), site: &Site) -> Vec<&'n Word> {
    let is_misspelt = |x: &Word, y: &Word| {
        let (written, other) = (side.text(x.span), there.text(y.span));
        site.vocabulary.term(x.term).class == TermClass::Name
            && written != other
            && is_spelled_otherwise(&fold(written), &fold(other))
    };
    let is_in = |word: &Word, same: &Word| word.term == same.term && !is_misspelt(word, same);
    let lacks = |word: &&Word| !other.words.iter().any(|same| is_in(word, same));
    let stem = |word: &Word| site.vocabulary.term(word.term).stem.as_str();
    own.words.iter().filter(lacks).filter(|word| !is_title(stem(word), side.text(word.span))).collect()
}

/// Whether two folded words of one stem are more than a word and an ending of it.
fn is_spelled_otherwise(x: &str, y: &str) -> bool {
    !x.starts_with(y) && !y.starts_with(x)
}

/// Whether two folded words are one but for a letter at the end that no form of a name adds ("Ivo", "Ivor"; not "Korea",
/// "Korean"). The marks of makers and papers ("SP14", "SP14X") are no names.
fn lacks_a_letter(x: &str, y: &str) -> bool {
    let (short, long) = if x.len() < y.len() { (x, y) } else { (y, x) };
    let mut more = long.strip_prefix(short).unwrap_or_default().chars();
    let letter = more.next().filter(|_| more.next().is_none());
    letter.is_some_and(|letter| !['n', 'i', 's', 'y'].contains(&letter)) && long.chars().all(char::is_alphabetic)
}

/// Whether a word of one name is an acronym of the other.
fn spells(short: &Name, full: &Name, site: &Site) -> bool {
    let of = |word: &Word| site.vocabulary.in_full(word.term);
    short.words.iter().any(|word| full.words.iter().any(|other| of(word).contains(&other.term)))
}

/// Whether a word is said before names and is none: an office, or a title however it is cut short.
fn is_title(stemmed: &str, written: &str) -> bool {
    const TITLES: [&str; 30] = [
        "mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame", "lord", "ladi", "rev", "st", "justic", "chief", "det",
        "supt", "insp", "ch", "sgt", "coun", "cllr", "gov", "sen", "rep", "gen", "col", "capt", "lt", "hon", "foreign",
    ];
    // "Authority" has the stem of "author", "commission" that of "commissioner".
    let is_thing = ["ity", "tion", "ssion"].iter().any(|ending| written.ends_with(ending));
    TITLES.contains(&stemmed) || !is_thing && is_person_noun(stemmed)
}

/// One minus the edit distance over the longer length (Levenshtein), for words that are not mere inflections.
fn spelled_alike(a: &str, b: &str) -> f32 {
    let (mut letters_a, mut letters_b) = (['\0'; LONGEST_NAME], ['\0'; LONGEST_NAME]);
    let (Some(a), Some(b)) = (letters(a, &mut letters_a), letters(b, &mut letters_b)) else { return 0.0 };
    let mut row: [u8; LONGEST_NAME + 1] = std::array::from_fn(|at| at as u8);
    for (before, x) in (0u8..).zip(a) {
        let (mut corner, mut left) = (before, before + 1);
        for (above, y) in row[1..].iter_mut().zip(b) {
            let next = (corner + u8::from(x != y)).min(left + 1).min(*above + 1);
            corner = std::mem::replace(above, next);
            left = next;
        }
        row[0] = before + 1;
    }
    1.0 - f32::from(row[b.len()]) / a.len().max(b.len()).max(1) as f32
}

/// Longer words are not held against each other letter by letter.
const LONGEST_NAME: usize = 40;

/// The letters of a word, unless they are too many.
fn letters<'l>(word: &str, room: &'l mut [char; LONGEST_NAME]) -> Option<&'l [char]> {
    let mut count = 0;
    for letter in word.chars() {
        *room.get_mut(count)? = letter;
        count += 1;
    }
    Some(&room[..count])
}

/// Whether the other article has all words of a name, anywhere.
fn mentions(other: &Side, name: &Name) -> f32 {
    let all = name.words.iter().all(|word| other.article.terms.contains(&word.term));
    f32::from(u8::from(all))
}

fn in_sentence(other: &Side, name: &Name) -> f32 {
    let all = name.words.iter().all(|word| other.unit.words.iter().any(|there| there.term == word.term));
    f32::from(u8::from(all))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cut_short_is_the_same_and_one_that_lacks_a_letter_is_not() {
        for (x, y, expected) in [
            ("ivo", "ivor", true),
            ("ivor", "ivo", true),
            ("korea", "korean", false),
            ("win", "winifred", false),
            ("sp14", "sp14x", false),
            ("ivo", "ivo", false),
            ("ivo", "eva", false),
        ] {
            assert_eq!(lacks_a_letter(x, y), expected, "{x} {y}");
        }
    }

    #[test]
    fn a_commission_is_no_commissioner() {
        for (written, expected) in [
            ("Commissioner", true),
            ("Commission", false),
            ("Author", true),
            ("Authority", false),
            ("Superintendent", true),
            ("Mrs", true),
        ] {
            assert_eq!(is_title(&crate::text::stem(&fold(written)), written), expected, "{written}");
        }
    }
}
