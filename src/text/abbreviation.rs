//! The word lists by which sentence boundaries are merged: abbreviations, and the words that open a sentence.
//!
//! Must never decide anything: [`super::sentence`] does. Invariant: every list is sorted (a test holds it), lower case and
//! without the final dot.

/// What may follow an abbreviation within one sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title or rank: a name always follows.
    Title,
    /// Something a figure follows (`p. 4`, `No. 5`, `Jan. 3`).
    BeforeFigure,
    /// Never at the end of a sentence (`vs.`, `e.g.`).
    Inside,
    /// As often at the end of a sentence as inside (`Inc.`, `St.`, `U.S.`, an initial).
    Either,
    /// `a.m.` and `p.m.`.
    HalfDay,
}

#[rustfmt::skip]
const TITLES: &[&str] = &[
    "adm", "amb", "arch", "asst", "atty", "bp", "brig", "capt", "cllr", "cmdr", "cmdt", "col", "comdr", "cpl", "cpt",
    "det", "dr", "drs", "fr", "ft", "gen", "gov", "govs", "hon", "insp", "lt", "ltc", "maj", "messrs", "mgr", "mlle",
    "mme", "mr", "mrs", "ms", "msgr", "mt", "mx", "pfc", "pres", "prof", "profs", "pte", "pvt", "rep", "reps", "rev",
    "rt", "sen", "sens", "sgt", "sr", "supt", "ven", "vice-adm", "vice-pres",
];
#[rustfmt::skip]
const BEFORE_FIGURES: &[&str] = &[
    "app", "approx", "apr", "art", "aug", "c", "ca", "cap", "ch", "chap", "circa", "cl", "dec", "est", "ex", "feb",
    "fig", "figs", "fl", "fol", "jan", "jul", "jun", "mar", "n", "no", "nos", "nov", "nr", "oct", "op", "p", "par",
    "para", "pg", "pp", "pt", "reg", "sec", "sect", "sep", "sept", "tel", "v", "ver", "vol", "vols",
];
#[rustfmt::skip]
const INSIDE: &[&str] = &[
    "cf", "e.g", "eg", "i.e", "ie", "v", "viz", "vs",
];
#[rustfmt::skip]
const EITHER: &[&str] = &[
    "al", "assn", "assoc", "ave", "bldg", "blvd", "bros", "calif", "co", "colo", "conn", "corp", "cos", "dept",
    "dist", "div", "esq", "etc", "fla", "ga", "govt", "hwy", "ill", "inc", "ind", "inst", "intl", "jnr", "jr", "kan",
    "ky", "la", "llc", "llp", "ltd", "mass", "md", "mich", "minn", "miss", "mo", "mont", "natl", "neb", "nev", "okla",
    "ont", "ore", "pa", "penn", "ph.d", "plc", "pty", "rd", "snr", "sq", "st", "sta", "ste", "tenn", "tex", "univ",
    "va", "vt", "wash", "wis", "wyo",
];

/// Words that, capitalised, begin a sentence far more often than a name.
#[rustfmt::skip]
const OPENERS: &[&str] = &[
    "a", "about", "according", "after", "all", "almost", "already", "also", "although", "among", "an", "and",
    "another", "any", "as", "asked", "at", "authorities", "because", "before", "both", "but", "by", "critics",
    "despite", "during", "each", "earlier", "even", "every", "everyone", "experts", "few", "for", "four", "from",
    "had", "has", "have", "he", "her", "here", "his", "how", "however", "i", "if", "in", "instead", "it", "it's",
    "its", "just", "last", "later", "many", "meanwhile", "more", "most", "much", "my", "neither", "no", "nobody",
    "none", "nor", "not", "nothing", "now", "officials", "on", "once", "one", "only", "or", "others", "our", "over",
    "people", "perhaps", "police", "prosecutors", "reporters", "residents", "several", "she", "since", "so", "some",
    "still", "such", "supporters", "than", "that", "that's", "the", "their", "then", "there", "there's", "these",
    "they", "this", "those", "though", "three", "through", "thus", "to", "today", "two", "under", "until", "was",
    "we", "well", "were", "what", "when", "where", "whether", "which", "while", "who", "why", "with", "without",
    "witnesses", "yesterday", "yet", "you", "your",
];

/// What follows `a.m.` or `p.m.` within one sentence: days, months and zones.
#[rustfmt::skip]
const AFTER_HALF_DAY: &[&str] = &[
    "april", "atlantic", "august", "bst", "cdt", "central", "cest", "cet", "cst", "december", "eastern", "edt", "est",
    "february", "friday", "gmt", "ist", "january", "jst", "july", "june", "march", "may", "mdt", "monday", "mountain",
    "mst", "november", "october", "pacific", "pdt", "pst", "saturday", "september", "sunday", "thursday", "tuesday",
    "utc", "wednesday",
];

/// Verbs by which a speaker is named after a quotation.
#[rustfmt::skip]
const SPEECH_VERBS: &[&str] = &[
    "added", "adds", "admitted", "argued", "asked", "asks", "began", "boasted", "called", "claimed", "cried",
    "declared", "demanded", "exclaimed", "explained", "fumed", "insisted", "joked", "laughed", "muttered", "quipped",
    "recalled", "remarked", "replied", "replies", "retorted", "said", "says", "shouted", "sighed", "snapped",
    "stormed", "tells", "told", "tweeted", "wondered", "wrote", "yelled",
];

fn holds(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}

/// What the word (lower case, without its final dot) is, when it is an abbreviation.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if matches!(word, "a.m" | "p.m" | "am" | "pm") {
        Some(Abbreviation::HalfDay)
    } else if holds(INSIDE, word) {
        Some(Abbreviation::Inside)
    } else if holds(TITLES, word) {
        Some(Abbreviation::Title)
    } else if holds(BEFORE_FIGURES, word) {
        Some(Abbreviation::BeforeFigure)
    } else if holds(EITHER, word) || is_dotted(word) {
        Some(Abbreviation::Either)
    } else {
        None
    }
}

/// Whether the abbreviation is one only when it is capitalised: `No. 5` and `Mar. 5` are, `no. 5` may begin a sentence.
pub(super) fn needs_capital(word: &str) -> bool {
    matches!(
        word,
        "no" | "jan" | "feb" | "mar" | "apr" | "jun" | "jul" | "aug" | "sep" | "sept" | "oct" | "nov" | "dec"
    )
}

/// Whether the word is single letters with dots between them (`u.s`, or one initial).
fn is_dotted(word: &str) -> bool {
    word.split('.').all(|part| {
        let mut letters = part.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

/// Whether the lower-case word usually opens a sentence when it is capitalised.
pub(super) fn opens_sentence(word: &str) -> bool {
    holds(OPENERS, word)
}

/// Whether the lower-case word goes with a time of day before it.
pub(super) fn follows_half_day(word: &str) -> bool {
    holds(AFTER_HALF_DAY, word) || holds(BEFORE_FIGURES, word) && word.len() > 2
}

/// Whether the lower-case word is a verb of saying.
pub(super) fn is_speech_verb(word: &str) -> bool {
    holds(SPEECH_VERBS, word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted_so_that_it_can_be_searched() {
        for list in [TITLES, BEFORE_FIGURES, INSIDE, EITHER, OPENERS, AFTER_HALF_DAY, SPEECH_VERBS] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "{list:?}");
        }
    }
}
