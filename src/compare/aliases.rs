//! People under their other names: "the harbour master" for the person an article introduces so, "she" for the person
//! named last.
//!
//! Must never join two names. Invariant: an alias joins a name and a noun that stand beside each other in one of the articles.

use foldhash::HashSet;
use std::sync::OnceLock;

use super::parallel;
use super::prepare::{Prepared, Unit, Word, gap};
use super::stems;
use super::vocabulary::{TermClass, TermIndex, Vocabulary};

/// How far after a name the noun of an apposition stands, in words.
const REACH: usize = 8;
/// Words that end an apposition's head: what follows says where or of what.
const ENDS: [&str; 10] = ["of", "for", "at", "in", "who", "whose", "which", "with", "from", "and"];

/// Whether a stem names a person by office, trade or tie.
pub(super) fn is_person_noun(stemmed: &str) -> bool {
    static STEMS: OnceLock<HashSet<&str>> = OnceLock::new();
    STEMS.get_or_init(|| stems::PERSONS.split_whitespace().collect()).contains(stemmed)
}

/// Every pair of a name's last word and a noun that an article puts beside it, none twice, sorted.
pub(super) fn aliases(articles: &[Prepared], vocabulary: &Vocabulary) -> Vec<(TermIndex, TermIndex)> {
    let of_article = parallel::map_large(articles, |article| {
        let mut found = Vec::new();
        for unit in &article.units {
            let finder = Finder { text: article.text, words: &unit.words, vocabulary };
            for (first, last) in name_runs(&unit.words, vocabulary) {
                let name = unit.words[last].term;
                let nouns = finder.before(first).into_iter().chain(finder.after(last));
                found.extend(nouns.map(|noun| (name, noun)));
            }
        }
        found
    });
    let mut found: Vec<_> = of_article.into_iter().flatten().collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// The names a sentence means without naming them: for every unit the person its pronouns stand for.
pub(super) fn settle_pronouns(units: &mut [Unit], vocabulary: &Vocabulary) {
    let mut last: Option<Word> = None;
    for unit in units {
        let runs = name_runs(&unit.words, vocabulary);
        let pronoun = unit
            .words
            .iter()
            .position(|word| matches!(vocabulary.term(word.term).stem.as_str(), "he" | "she" | "his" | "her" | "him"));
        let named_before = |at: usize| runs.iter().any(|run| run.1 < at);
        unit.meant = match pronoun {
            Some(at) if !named_before(at) => last,
            _ => None,
        };
        // A run of two or more name words, or one seen so before, is held to be a person's name.
        if let Some(run) = runs.iter().rev().find(|run| run.1 > run.0) {
            last = Some(unit.words[run.1]);
        } else if let Some(run) = runs.first().filter(|run| run.0 < 2) {
            last = Some(unit.words[run.1]);
        }
    }
}

/// Runs of neighbouring name words, as the places of the first and the last.
fn name_runs(words: &[Word], vocabulary: &Vocabulary) -> Vec<(usize, usize)> {
    let is_name = |word: &Word| vocabulary.term(word.term).class == TermClass::Name;
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, word)| is_name(word)) {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == at && words[run.1].span.end.index() + 1 == word.span.start.index() => run.1 = at,
            _ => runs.push((at, at)),
        }
    }
    runs
}

struct Finder<'f> {
    text: &'f str,
    words: &'f [Word],
    vocabulary: &'f Vocabulary,
}

impl Finder<'_> {
    fn gap(&self, before: usize) -> &str {
        gap(self.text, self.words, before)
    }

    fn stem(&self, at: usize) -> &str {
        &self.vocabulary.term(self.words[at].term).stem
    }

    fn is_noun(&self, at: usize) -> bool {
        is_person_noun(self.stem(at)) && self.vocabulary.term(self.words[at].term).class == TermClass::Content
    }

    /// The noun right before a name ("watchdog Nora", "the deputy commissioner, Noor").
    fn before(&self, first: usize) -> Option<TermIndex> {
        let at = first.checked_sub(1)?;
        let gap = self.gap(at);
        let beside = (gap.is_empty() || gap == ",") && self.is_noun(at);
        beside.then(|| self.words[at].term)
    }

    /// The noun of the apposition after a name ("Noor Haddow, the deputy commissioner, …").
    fn after(&self, last: usize) -> Option<TermIndex> {
        if last + 1 >= self.words.len() || self.gap(last) != "," {
            return None;
        }
        let mut noun = None;
        for at in last + 1..(last + 1 + REACH).min(self.words.len()) {
            if ENDS.contains(&self.stem(at)) {
                break;
            }
            if self.is_noun(at) {
                noun = Some(self.words[at].term);
            }
            if at + 1 >= self.words.len() || !self.gap(at).is_empty() {
                break;
            }
        }
        noun
    }
}
