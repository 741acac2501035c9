//! Irregular English verbs, plurals and comparisons: the forms that a suffix stemmer cannot join.
//!
//! Must never hold a form whose other reading is the commoner one in news (`lay`, `wound`, `bound`, `lives`). Invariant: each
//! row is a lemma and its forms, and no form stands in two rows (a test holds it).

use std::sync::LazyLock;

use foldhash::{HashMap, HashMapExt};

/// The lemma and, after it, its irregular forms.
#[rustfmt::skip]
const ROWS: &[&str] = &[
    "arise arose arisen", "awake awoke awoken", "bad worse worst", "be am is are was were been being",
    "bear borne bore", "beat beaten", "become became", "begin began begun", "bend bent", "bite bitten", "bleed bled",
    "blow blew blown", "break broke broken", "breed bred", "bring brought", "build built", "buy bought",
    "catch caught", "child children", "choose chose chosen", "cling clung", "come came", "creep crept",
    "crisis crises", "criterion criteria", "deal dealt", "dig dug", "do did done does", "draw drew drawn",
    "drink drank drunk", "drive drove driven", "eat ate eaten", "fall fell fallen", "feel felt", "fight fought",
    "find found", "flee fled", "fling flung", "fly flew flown", "foot feet", "forbid forbade forbidden",
    "foresee foresaw foreseen", "forget forgot forgotten", "forgive forgave forgiven", "forsake forsook forsaken",
    "freeze froze frozen", "get got gotten", "give gave given", "go went gone goes", "good better best",
    "goose geese", "grow grew grown", "half halves", "hang hung", "have has had", "hear heard", "hide hid hidden",
    "hold held", "hypothesis hypotheses", "keep kept", "kneel knelt", "knife knives", "know knew known", "lay laid",
    "lead led", "leave left", "lend lent", "light lit", "loaf loaves", "lose lost", "make made", "man men",
    "mean meant", "meet met", "mistake mistook mistaken", "mouse mice", "oath oaths", "overcome overcame",
    "overtake overtook overtaken", "ox oxen", "pay paid", "person people persons", "phenomenon phenomena",
    "plead pled", "prove proven", "ride rode ridden", "ring rang rung", "rise rose risen", "run ran", "say said says",
    "see saw seen", "seek sought", "sell sold", "send sent", "shake shook shaken", "shelf shelves", "shine shone",
    "shoot shot", "show shown", "shrink shrank shrunk", "sing sang sung", "sink sank sunk", "sit sat", "sleep slept",
    "slide slid", "speak spoke spoken", "spend spent", "spin spun", "spring sprang sprung", "stand stood",
    "steal stole stolen", "stick stuck", "sting stung", "strike struck stricken", "strive strove striven",
    "swear swore sworn", "sweep swept", "swim swam swum", "swing swung", "take took taken", "teach taught",
    "tear tore torn", "tell told", "thesis theses", "thief thieves", "think thought", "throw threw thrown",
    "tooth teeth", "understand understood", "undergo underwent undergone", "undertake undertook undertaken",
    "wake woke woken", "wear wore worn", "weave wove woven", "weep wept", "wife wives", "win won",
    "withdraw withdrew withdrawn", "withhold withheld", "withstand withstood", "wolf wolves", "write wrote written",
];

/// Words in `-men` that are no plural.
const NOT_MEN: &[&str] = &[
    "abdomen", "acumen", "amen", "bitumen", "dolmen", "hymen", "omen", "ramen", "regimen", "semen", "specimen", "yemen",
];

static LEMMAS: LazyLock<HashMap<&'static str, &'static str>> = LazyLock::new(|| {
    let mut lemmas = HashMap::new();
    for row in ROWS {
        let mut words = row.split(' ');
        let lemma = words.next().unwrap_or_default();
        lemmas.extend(words.map(|form| (form, lemma)));
    }
    lemmas
});

/// The word of which `folded` is an irregular form; `None` for every other word.
pub(super) fn lemma(folded: &str) -> Option<String> {
    if let Some(&lemma) = LEMMAS.get(folded) {
        return Some(lemma.to_owned());
    }
    if let Some(head) = folded.strip_suffix("people").filter(|head| head.len() > 2) {
        return Some(format!("{head}person"));
    }
    let head = folded.strip_suffix("men").filter(|head| head.len() > 1 && !NOT_MEN.contains(&folded))?;
    Some(format!("{head}man"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_belongs_to_two_words() {
        let forms = ROWS.iter().map(|row| row.split(' ').count() - 1).sum::<usize>();
        assert_eq!(LEMMAS.len(), forms);
    }

    #[test]
    fn no_lemma_is_a_form_of_another_word() {
        for row in ROWS {
            let first = row.split(' ').next().unwrap();
            assert_eq!(LEMMAS.get(first), None, "{first}");
        }
    }

    #[test]
    fn compounds_of_men_and_people_have_a_singular() {
        assert_eq!(lemma("fishermen").as_deref(), Some("fisherman"));
        assert_eq!(lemma("women").as_deref(), Some("woman"));
        assert_eq!(lemma("townspeople").as_deref(), Some("townsperson"));
        assert_eq!(lemma("specimen"), None);
    }
}
