//! What is counted: the noun after a number, and which nouns may name the same things.
//!
//! Must never parse a number. Invariant: nouns are lower case and, as far as simple rules go, singular.

use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use super::words::{Pieces, Shape};

/// Words that end the search for the noun that a number counts.
static STOPS: Words = LazyLock::new(|| {
    words_of(
        " a an the this that these those of in on at by for from to with without into onto over under about after \
before since until till through during between among against across along around near off out up down per as than and or but \
nor so if when while where who whom whose which what how why because is are was were be been being am has have had having do \
does did will would shall should can could may might must not no never he she it they we you i him her them us me his its \
their our your my said says say told ago later earlier only also just now then there here more less most least very too \
'the yesterday today tomorrow tonight including such each every both either neither behind beyond beneath above below still went came took drew ran fell rose found made got saw left stood sat kept gave knew thought felt put \
inside outside via worth amid despite except like unlike upon within toward towards ",
    )
});

/// Words in s that are no plurals.
static NO_PLURALS: Words = LazyLock::new(|| {
    words_of(
        " was has is does his its this us yes thus plus perhaps less unless always sometimes besides news across \
says gets takes makes goes comes needs wants means shows lies lives class boss pass loss cross press dress glass mass grass \
business process access success illness address congress progress us bus gas christmas virus campus bonus census status focus \
crisis basis analysis overseas afterwards towards upwards downwards serious various previous famous religious dangerous \
indoors outdoors upstairs downstairs nowadays mysterious numerous precious express wireless homeless jobless endless famous ms mrs as ",
    )
});

/// Plurals and collective nouns without s, with their singular.
static PLURALS: [(&str, &str); 26] = [
    ("buses", "bus"),
    ("people", "person"),
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("policemen", "policeman"),
    ("firemen", "fireman"),
    ("fishermen", "fisherman"),
    ("gunmen", "gunman"),
    ("staff", "staff"),
    ("crew", "crew"),
    ("police", "police"),
    ("missing", "missing"),
    ("homeless", "homeless"),
    ("trapped", "trapped"),
    ("rescued", "rescued"),
    ("sheep", "sheep"),
    ("fish", "fish"),
    ("aircraft", "aircraft"),
    ("feet", "foot"),
    ("teeth", "tooth"),
    ("mice", "mouse"),
    ("geese", "goose"),
    ("species", "species"),
    ("series", "series"),
    ("craft", "craft"),
];

/// Words that name those of whom something is so, or many under another word, with what is counted.
static STATES: [(&str, &str); 13] = [
    ("personnel", "staff"),
    ("dead", "death"),
    ("died", "death"),
    ("killed", "death"),
    ("drowned", "death"),
    ("hurt", "injury"),
    ("injured", "injury"),
    ("wounded", "injury"),
    ("unaccounted", "missing"),
    ("arrested", "arrest"),
    ("detained", "arrest"),
    ("evacuated", "evacuee"),
    ("cattle", "cow"),
];

/// Suffixes of compounds that only say what the noun after them is ("eight-man crew").
static MEMBERS: [&str; 6] = ["man", "woman", "person", "strong", "member", "people"];

/// Families of nouns that may name the same things.
static FAMILIES: [&str; 19] = [
    "employee staff worker job post position member-of-staff colleague role",
    "soldier troop serviceman private marine",
    "customer passenger user client account record holidaymaker traveller traveler subscriber patron guest visitor reader",
    "ship vessel boat freighter craft ferry tanker trawler",
    "vehicle car driver motorist lorry truck van motorcyclist",
    "home house household property building dwelling flat apartment residence",
    "pupil student child schoolchild kid youngster boy girl teenager",
    "death body victim fatality casualty life",
    "injury casualty wound victim",
    "officer police policeman constable",
    "company firm business",
    "plane aircraft jet aeroplane airplane airliner",
    "municipality town village community",
    "farm smallholding holding farmer smallholder",
    "shot round bullet",
    "worshipper fan spectator supporter attendance crowd",
    "vote ballot",
    "goal strike try",
    "miner worker striker",
];

/// Nouns for persons that may be called "people" too.
static PERSONS: Words = LazyLock::new(|| {
    words_of(
        " person resident inhabitant villager individual other customer passenger user client \
employee staff worker soldier troop fan spectator supporter visitor death injury missing victim evacuee trapped \
rescued homeless arrest citizen voter patient volunteer participant protester demonstrator striker miner guest \
traveller traveler holidaymaker migrant refugee survivor casualty fatality body local \
crowd attendance subscriber account record neighbour neighbor islander tourist prisoner inmate hostage suspect ",
    )
});

/// Other persons of a place.
static RESIDENTS: Words = LazyLock::new(|| words_of("resident inhabitant villager evacuee individual local other"));

/// For every noun of [`FAMILIES`] the families it is in, a bit for each.
static FAMILIES_OF: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let mut families = HashMap::default();
    for (at, family) in FAMILIES.iter().enumerate() {
        family.split(' ').for_each(|noun| *families.entry(noun).or_default() |= 1 << at);
    }
    families
});

/// A list of words that is laid out when it is first asked.
type Words = LazyLock<HashSet<&'static str>>;

fn words_of(list: &'static str) -> HashSet<&'static str> {
    list.split_whitespace().collect()
}

fn listed(list: &Words, word: &str) -> bool {
    list.contains(word)
}

/// The noun counted by a number that ends before `index`, in the singular; `None` where the text does not say it close by.
pub(super) fn after(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    if let Some(compound) = compound(pieces, index) {
        return Some(compound);
    }
    for next in index..index + 5 {
        let word = pieces.lower(next);
        if !pieces.is(next, Shape::Word) {
            return None;
        }
        if listed(&STOPS, word) {
            return state(pieces, next);
        }
        // "three police officers" are officers.
        let attribute = ["police", "staff", "crew", "sports", "goods", "arms", "sales"].contains(&word)
            && pieces.is(next + 1, Shape::Word)
            && plural(pieces.lower(next + 1)).is_some();
        if let Some(singular) = plural(word).filter(|_| !attribute) {
            return Some(singular);
        }
        if pieces.hyphen(next + 1) {
            return after_hyphen(pieces, next + 2);
        }
    }
    None
}

fn after_hyphen(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    (index..index + 3).take_while(|next| pieces.is(*next, Shape::Word)).find_map(|next| plural(pieces.lower(next)))
}

/// "12-seat launch", "eight-man crew".
fn compound(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    if !pieces.hyphen(index) || !pieces.is(index + 1, Shape::Word) {
        return None;
    }
    let word = pieces.lower(index + 1);
    if !MEMBERS.contains(&word) {
        return Some(singular(word));
    }
    let next = pieces.lower(index + 2);
    let noun = pieces.is(index + 2, Shape::Word) && !listed(&STOPS, next);
    Some(if noun { singular(next) } else { "person".to_string() })
}

/// What is said of a number without a noun: "nine are missing", "five have died".
fn state(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    let verbs = [
        "is",
        "are",
        "was",
        "were",
        "has",
        "have",
        "had",
        "been",
        "be",
        "still",
        "now",
        "confirmed",
        "feared",
        "reported",
    ];
    let next = (index..index + 4).find(|next| !verbs.contains(&pieces.lower(*next)))?;
    (next > index).then(|| irregular(pieces.lower(next))).flatten().map(str::to_string)
}

/// The noun of a word that stands in one of the tables.
fn irregular(word: &str) -> Option<&'static str> {
    PLURALS.iter().chain(&STATES).find(|(known, _)| *known == word).map(|(_, noun)| *noun)
}

/// The plural of a noun that [`singular`] gave.
pub(super) fn in_plural(noun: &str) -> String {
    if let Some((plural, _)) = PLURALS.iter().find(|(_, singular)| *singular == noun) {
        return (*plural).to_string();
    }
    let vowel = |c: char| matches!(c, 'a' | 'e' | 'i' | 'o' | 'u');
    match noun.strip_suffix('y') {
        Some(stem) if stem.len() > 1 && !stem.ends_with(vowel) => format!("{stem}ies"),
        _ if noun == "life" => "lives".to_string(),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|ending| noun.ends_with(ending)) => format!("{noun}es"),
        _ => format!("{noun}s"),
    }
}

/// The singular of a word that looks like a plural.
fn plural(word: &str) -> Option<String> {
    if let Some(singular) = irregular(word) {
        return Some(singular.to_string());
    }
    let plain = word.len() > 3 && word.ends_with('s') && !word.ends_with("ss") && !word.contains('\'');
    (plain && !listed(&NO_PLURALS, word)).then(|| singular(word))
}

/// The singular of a noun by its ending; collective and irregular nouns by the table.
pub(super) fn singular(word: &str) -> String {
    if let Some(singular) = irregular(word) {
        return singular.to_string();
    }
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 2) {
        return format!("{stem}y");
    }
    if word == "lives" {
        return "life".to_string();
    }
    for ending in ["ches", "shes", "xes", "sses", "zzes"] {
        if let Some(stem) = word.strip_suffix("es").filter(|_| word.ends_with(ending)) {
            return stem.to_string();
        }
    }
    let plain = word.ends_with('s') && !word.ends_with("ss") && !listed(&NO_PLURALS, word);
    word.strip_suffix('s').filter(|stem| plain && stem.len() > 2).unwrap_or(word).to_string()
}

/// The single thing named after "one" or an ordinal: the last of the next few words that can be its noun.
pub(super) fn single(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    let plain = |at: &usize| {
        let word = pieces.lower(*at);
        let noun = pieces.is(*at, Shape::Word) && !listed(&STOPS, word) && word.len() > 1 && !pieces.capital(*at);
        noun && !is_number_word(word) && super::number::small_word(word).is_none()
    };
    let state = |at: usize| {
        let noun = irregular(pieces.lower(at)).filter(|_| at > index);
        noun.is_some_and(|noun| matches!(noun, "death" | "injury" | "missing" | "arrest"))
    };
    let run: Vec<usize> = (index..index + 3).take_while(|at| plain(at) && !state(*at)).collect();
    // Adverbs and verbs that follow the noun are none of it.
    let verb = |at: &usize| ["ed", "ly", "ing"].iter().any(|ending| pieces.lower(*at).ends_with(ending));
    let last =
        run.iter().rev().find(|at| !verb(at)).or(run.first().filter(|at| !pieces.lower(**at).ends_with("ed")))?;
    Some(singular(pieces.lower(*last)))
}

fn is_number_word(word: &str) -> bool {
    matches!(word, "million" | "billion" | "thousand" | "hundred" | "half" | "third" | "quarter" | "another" | "by")
}

/// The noun of a group before "of": "a crew of nine", "a toll of six".
pub(super) fn group_before(pieces: &Pieces<'_>, index: usize) -> Option<String> {
    static GROUPS: Words = LazyLock::new(|| {
        words_of(
            "crew team family group party panel jury squad staff population board cast gang majority class fleet toll \
convoy crowd audience household couple column cabinet committee delegation platoon",
        )
    });
    let of = pieces.before(index, 1) == "of";
    let word = pieces.before(index, 2);
    (of && listed(&GROUPS, word)).then(|| if word == "toll" { "death".to_string() } else { word.to_string() })
}

/// Whether a plural noun may follow: a bare figure before it is a count and no year.
pub(super) fn counts(pieces: &Pieces<'_>, index: usize) -> bool {
    (index..index + 2)
        .take_while(|next| pieces.is(*next, Shape::Word) && !listed(&STOPS, pieces.lower(*next)))
        .any(|next| plural(pieces.lower(next)).is_some() && !pieces.capital(next))
}

/// Whether a word ends a noun phrase (a preposition, a verb of being, a pronoun …).
pub(super) fn is_stop(word: &str) -> bool {
    listed(&STOPS, word)
}

/// How two counted nouns stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kinship {
    /// One noun, or two that may name the same things, or one of them unsaid.
    Same,
    /// Plainly different things.
    Other,
}

/// Whether two counts may be of the same things.
pub(super) fn kinship(a: Option<&str>, b: Option<&str>) -> Kinship {
    let (Some(a), Some(b)) = (a, b) else { return Kinship::Same };
    let families = |noun: &str| FAMILIES_OF.get(noun).copied().unwrap_or(0);
    let one_family = families(a) & families(b) != 0;
    let people = (a == "person" && listed(&PERSONS, b)) || (b == "person" && listed(&PERSONS, a));
    let residents = listed(&RESIDENTS, a) && listed(&RESIDENTS, b);
    if a == b || one_family || people || residents { Kinship::Same } else { Kinship::Other }
}
