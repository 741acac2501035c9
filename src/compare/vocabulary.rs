//! Every distinct word of the articles under comparison, once: how rare it is, what it means, whether it carries a claim.
//!
//! Never holds positions. Invariant: a term's facts do not depend on the order in which the articles were read.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use foldhash::{HashMap, HashMapExt, HashSet};

use super::close_words::CloseWords;
use super::fingerprint::fingerprint;
use super::parallel;
use super::prepare::Word;
use super::stems;
use super::vectors::{Packed, Stem, Vectors};
use crate::text::fold::{fold, stem};

/// Which term of a [`Vocabulary`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct TermIndex(pub u32);

/// How close two words of one concept are held to be.
pub(super) const SAME_CONCEPT: f32 = 0.8;

/// How close a name and the noun that stands for it are held to be.
const ALIAS: f32 = 0.6;

/// What a term is to the matcher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TermClass {
    /// Grammar: never a reason to link.
    Function,
    /// A verb of saying: every report is full of them.
    Speech,
    /// A word that carries content.
    Content,
    /// A word that is written with a capital inside sentences.
    Name,
    /// Digits.
    Figure,
}

/// What is known of one term.
#[derive(Debug)]
pub(super) struct Term {
    /// The stem.
    pub stem: String,
    pub class: TermClass,
    /// From 0 (grammar) to 1: what it weighs by itself, by its rarity in the language.
    pub weight: f32,
    /// The same, less where many sentences of these articles have it.
    pub weight_here: f32,
    /// Rarity in the language alone, 0 to 1.
    pub rarity: f32,
    pub vector: Option<Packed>,
    /// Its stem in the tables of the language.
    listed: Option<Stem>,
    /// The concepts it can stand for (lines of the list), sorted.
    pub concepts: Vec<u16>,
    /// Terms of these articles that can stand for it, with how close they are, sorted by term.
    pub near: Vec<(TermIndex, f32)>,
    sentences: u32,
    articles: u32,
    capitalized: u32,
    lower: u32,
}

/// How an occurrence of a word is written, where that can tell a name from a common word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// With a capital though it does not begin a sentence or stand in a headline.
    Capitalized,
    /// In lower case.
    Lower,
    /// Where a capital says nothing.
    Unknown,
    /// Digits.
    Figure,
}

/// All terms of a comparison.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    terms: Vec<Term>,
    /// The terms by their stems, as long as words are read.
    by_stem: HashMap<String, TermIndex>,
    /// The same for grammar, which is never one term with a word that carries something ("will", "wills").
    grammar: HashMap<String, TermIndex>,
    /// Surface form to term, so that a form is folded and stemmed once.
    by_form: HashMap<String, TermIndex>,
    /// For every term that was joined with others a fingerprint of these, in whatever order.
    joined: HashMap<TermIndex, u64>,
    /// What acronyms stand for, as the terms of the names in full, sorted.
    acronyms: BTreeMap<TermIndex, Vec<TermIndex>>,
}

impl Vocabulary {
    /// The term of a word as it is written; made when it is new.
    pub(super) fn intern(&mut self, form: &str, written: Written) -> TermIndex {
        let index = match self.by_form.get(form) {
            Some(&index) => index,
            None => self.admit(form, written),
        };
        let term = &mut self.terms[index.0 as usize];
        match written {
            Written::Capitalized => term.capitalized += 1,
            Written::Lower => term.lower += 1,
            Written::Unknown | Written::Figure => {}
        }
        index
    }

    fn admit(&mut self, form: &str, written: Written) -> TermIndex {
        let folded = if written == Written::Figure { form.replace([',', ' '], "") } else { fold(form) };
        let stemmed = if written == Written::Figure { folded.clone() } else { stem(&folded) };
        let class = class_of(&folded, &stemmed, written);
        let index = self.of_stem(stemmed, class);
        self.by_form.insert(form.to_owned(), index);
        index
    }

    /// The term of a stem; made when it is new.
    fn of_stem(&mut self, stem: String, class: TermClass) -> TermIndex {
        let known = if class == TermClass::Function { &mut self.grammar } else { &mut self.by_stem };
        if let Some(&index) = known.get(&stem) {
            return index;
        }
        let next = TermIndex(u32::try_from(self.terms.len()).unwrap_or(u32::MAX));
        known.insert(stem.clone(), next);
        self.terms.push(Term::named(stem, class));
        next
    }

    /// Counts one sentence that has this term.
    pub(super) fn count_sentence(&mut self, index: TermIndex) {
        self.terms[index.0 as usize].sentences += 1;
    }

    /// Takes the words of one article out of a vocabulary of its own; for each of its terms, the term here.
    pub(super) fn take_in(&mut self, article: &mut Self) -> Vec<TermIndex> {
        article.terms.drain(..).map(|term| self.take_in_term(term)).collect()
    }

    fn take_in_term(&mut self, term: Term) -> TermIndex {
        let index = self.of_stem(term.stem, term.class);
        let known = &mut self.terms[index.0 as usize];
        known.sentences += term.sentences;
        known.articles += 1;
        known.capitalized += term.capitalized;
        known.lower += term.lower;
        index
    }

    /// Takes from the language what it knows of every term, and numbers them anew, the commonest first: so they stand in one order
    /// to each other whichever articles are compared. For every term where it is now.
    pub(super) fn arrange(&mut self) -> Vec<TermIndex> {
        let table = Vectors::shipped();
        let rarest = (table.words().max(2) as f32).ln();
        parallel::each(&mut self.terms, |term| {
            term.listed = table.stem(&term.stem);
            term.concepts = concepts_of(&term.stem);
            term.vector = term.listed.and_then(|stem| table.vector(stem));
            term.rarity = term.listed.map_or(1.0, |stem| ((table.rank(stem) as f32 + 3.0).ln() / rarest).min(1.0));
        });
        let mut terms: Vec<_> = (0..).map(TermIndex).zip(std::mem::take(&mut self.terms)).collect();
        terms.sort_unstable_by(|(_, x), (_, y)| {
            let is_grammar = |term: &Term| term.class == TermClass::Function;
            x.rarity
                .total_cmp(&y.rarity)
                .then_with(|| x.stem.cmp(&y.stem))
                .then_with(|| is_grammar(x).cmp(&is_grammar(y)))
        });
        let mut places = vec![TermIndex(0); terms.len()];
        self.terms.reserve_exact(terms.len());
        for (place, (before, term)) in (0..).map(TermIndex).zip(terms) {
            places[before.0 as usize] = place;
            self.terms.push(term);
        }
        // All words are read: no stem is looked up any more.
        (self.by_stem, self.grammar) = (HashMap::default(), HashMap::default());
        places
    }

    /// Sets weights and names once all articles are read; `sentences_per_article` is their mean.
    pub(super) fn settle(&mut self, sentences_per_article: f32) {
        for term in &mut self.terms {
            if term.class == TermClass::Content
                && term.capitalized > term.lower
                && !calendar_stems().contains(&term.stem)
            {
                term.class = TermClass::Name;
            }
            term.weight = match term.class {
                TermClass::Function => 0.0,
                TermClass::Speech => 0.15 * term.rarity,
                TermClass::Content | TermClass::Name | TermClass::Figure => term.rarity,
            };
            let sentences = term.sentences as f32 / term.articles.max(1) as f32;
            term.weight_here = term.weight * rarity_among(sentences_per_article, sentences);
        }
        self.settle_near();
    }

    /// Joins every common word with the words of these articles that can stand for it.
    fn settle_near(&mut self) {
        let table = CloseWords::shipped();
        let is_common = |term: &Term| matches!(term.class, TermClass::Content | TermClass::Speech);
        let mut of_concept: HashMap<u16, Vec<TermIndex>> = HashMap::new();
        for (at, term) in (0..).map(TermIndex).zip(&self.terms).filter(|(_, term)| is_common(term)) {
            term.concepts.iter().for_each(|&concept| of_concept.entry(concept).or_default().push(at));
        }
        let places: Vec<_> = (0..).map(TermIndex).zip(&self.terms).filter(|(_, term)| is_common(term)).collect();
        let by_listed: HashMap<Stem, TermIndex> =
            places.iter().filter_map(|&(at, term)| Some((term.listed?, at))).collect();
        let near = parallel::map(&places, |&(at, term)| {
            let close = term.listed.into_iter().flat_map(|stem| table.of(stem));
            let written = close.filter_map(|near| Some((*by_listed.get(&near.0)?, near.1)));
            let mates = term.concepts.iter().flat_map(|concept| &of_concept[concept]);
            let mut near: Vec<_> =
                written.chain(mates.filter(|&&mate| mate != at).map(|&mate| (mate, SAME_CONCEPT))).collect();
            near.sort_unstable_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
            near.dedup_by_key(|near| near.0);
            (at, near)
        });
        near.into_iter().for_each(|(at, near)| self.terms[at.0 as usize].near = near);
    }

    /// Makes the two terms of every pair close: a name and the noun that stands for it.
    pub(super) fn join(&mut self, pairs: &[(TermIndex, TermIndex)]) {
        for &(a, b) in pairs {
            for (of, near) in [(a, b), (b, a)] {
                let print = self.joined.entry(of).or_default();
                *print = print.wrapping_add(fingerprint(&self.terms[near.0 as usize].stem));
                let list = &mut self.terms[of.0 as usize].near;
                match list.binary_search_by_key(&near, |near| near.0) {
                    Ok(at) => list[at].1 = list[at].1.max(ALIAS),
                    Err(at) => list.insert(at, (near, ALIAS)),
                }
            }
        }
    }

    /// A fingerprint of the terms that one was joined with; nothing for most.
    pub(super) fn joined(&self, term: TermIndex) -> Option<u64> {
        self.joined.get(&term).copied()
    }

    /// Takes what acronyms stand for, and makes each close to the words of its name.
    pub(super) fn spell_out(&mut self, acronyms: BTreeMap<TermIndex, Vec<TermIndex>>) {
        let pairs: Vec<_> =
            acronyms.iter().flat_map(|(&term, names)| names.iter().map(move |&name| (term, name))).collect();
        self.join(&pairs);
        self.acronyms = acronyms;
    }

    /// The terms of the names that an acronym stands for, sorted; none for any other word.
    pub(super) fn in_full(&self, term: TermIndex) -> &[TermIndex] {
        self.acronyms.get(&term).map_or(&[], Vec::as_slice)
    }

    /// What is known of a term.
    pub(super) fn term(&self, index: TermIndex) -> &Term {
        &self.terms[index.0 as usize]
    }

    /// What a word weighs where it stands.
    pub(super) fn weight(&self, word: &Word) -> f32 {
        self.term(word.term).weight * word.worth
    }

    /// For every term, how rare it is in an article of so many sentences, whose words alone these are.
    pub(super) fn rarities(&self, sentences: usize) -> Vec<f32> {
        self.terms.iter().map(|term| rarity_among(sentences as f32, term.sentences as f32)).collect()
    }

    /// How many terms there are.
    pub(super) fn len(&self) -> usize {
        self.terms.len()
    }

    /// How close two terms are in meaning, from 0 to 1; equal terms are 1.
    pub(super) fn closeness(&self, a: TermIndex, b: TermIndex) -> f32 {
        if a == b {
            return 1.0;
        }
        let near = &self.term(a).near;
        near.binary_search_by_key(&b, |near| near.0).map_or(0.0, |at| near[at].1)
    }
}

impl Term {
    fn named(stem: String, class: TermClass) -> Self {
        Self {
            stem,
            class,
            weight: 0.0,
            weight_here: 0.0,
            rarity: 0.0,
            vector: None,
            listed: None,
            concepts: Vec::new(),
            near: Vec::new(),
            sentences: 0,
            articles: 0,
            capitalized: 0,
            lower: 0,
        }
    }

    /// Whether sharing this term says something about sharing a claim.
    pub(super) fn carries(&self) -> bool {
        !matches!(self.class, TermClass::Function | TermClass::Speech)
    }

    /// Whether it denies what it stands with.
    pub(super) fn denies(&self) -> bool {
        let stem = self.stem.as_str();
        matches!(
            stem,
            "not" | "no" | "none" | "never" | "nobody" | "nothing" | "neither" | "nor" | "without" | "cannot"
        ) || stem.ends_with("n't")
    }
}

/// From 1 (one sentence has a word) down, the more of so many sentences have it.
fn rarity_among(sentences: f32, having: f32) -> f32 {
    let sentences = sentences.max(1.0);
    (1.0 + sentences / having.max(1.0)).ln() / (1.0 + sentences).ln()
}

fn class_of(folded: &str, stemmed: &str, written: Written) -> TermClass {
    if written == Written::Figure {
        TermClass::Figure
    } else if function_words().contains(folded) {
        TermClass::Function
    } else if speech_stems().contains(stemmed) {
        TermClass::Speech
    } else {
        TermClass::Content
    }
}

fn function_words() -> &'static HashSet<&'static str> {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| stems::STOP.split_whitespace().collect())
}

/// Stems of the verbs of saying.
fn speech_stems() -> &'static HashSet<&'static str> {
    static WORDS: OnceLock<HashSet<&str>> = OnceLock::new();
    WORDS.get_or_init(|| stems::SPEECH.split_whitespace().collect())
}

/// Whether a folded word is grammar.
pub(super) fn is_function_word(folded: &str) -> bool {
    function_words().contains(folded)
}

/// The concepts a stem can stand for: line numbers of the list.
fn concepts_of(stemmed: &str) -> Vec<u16> {
    static CONCEPTS: OnceLock<HashMap<&str, Vec<u16>>> = OnceLock::new();
    let concepts = CONCEPTS.get_or_init(|| {
        let mut concepts: HashMap<&str, Vec<u16>> = HashMap::new();
        for (line, stems) in (0u16..).zip(stems::CONCEPTS.lines()) {
            stems.split_whitespace().for_each(|stem| concepts.entry(stem).or_default().push(line));
        }
        concepts.values_mut().for_each(Vec::dedup);
        concepts
    });
    concepts.get(stemmed).cloned().unwrap_or_default()
}

/// Days and months: written with a capital, and nobody's name.
fn calendar_stems() -> &'static HashSet<String> {
    const CALENDAR: &str = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday
        January February March April May June July August September October November December";
    static WORDS: OnceLock<HashSet<String>> = OnceLock::new();
    WORDS.get_or_init(|| CALENDAR.split_whitespace().map(|word| stem(&fold(word))).collect())
}
