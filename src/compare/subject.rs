//! The grammar of attribution: whose saying a verb of saying reports.
//!
//! Must never look beyond one sentence. Invariant: what is found stands in the sentence, outside its quotation marks.

use std::borrow::Cow;
use std::ops::Range;

use super::prepare::{Word, gap};
use super::speech::Speaker;
use super::vocabulary::{TermClass, Vocabulary};
use crate::text::ByteSpan;

/// What a sentence itself says about its speaker.
pub(super) enum Found {
    Person(Speaker),
    /// Where it stands.
    Pronoun(ByteSpan),
    Nobody,
}

/// Words between a subject and its verb.
const AUXILIARIES: [&str; 34] = [
    "has", "had", "have", "would", "will", "also", "later", "then", "only", "never", "not", "was", "is", "are", "were",
    "been", "could", "can", "may", "must", "did", "does", "do", "just", "even", "still", "now", "again", "earlier",
    "once", "always", "already", "both", "all",
];
const BEING: [&str; 8] = ["was", "were", "is", "are", "be", "been", "being", "get"];
const DETERMINERS: [&str; 18] = [
    "the", "a", "an", "this", "that", "these", "those", "his", "her", "its", "their", "our", "my", "one", "some",
    "another", "no", "any",
];
const PREPOSITIONS: [&str; 26] = [
    "of", "for", "in", "at", "from", "by", "with", "on", "near", "to", "over", "into", "against", "about", "after",
    "before", "during", "under", "between", "among", "outside", "inside", "behind", "beside", "towards", "upon",
];

/// How verbs begin that take an object and so never stand before their subject.
const TRANSITIVE: [&str; 22] = [
    "tell",
    "told",
    "acknowledg",
    "describ",
    "reject",
    "den",
    "dismiss",
    "confirm",
    "blam",
    "critici",
    "accus",
    "prais",
    "thank",
    "call",
    "quot",
    "cit",
    "mention",
    "reveal",
    "disclos",
    "urg",
    "demand",
    "promis",
];

/// A sentence's words with the text they stand in.
pub(super) struct Sentence<'s> {
    pub text: &'s str,
    pub words: &'s [Word],
    pub vocabulary: &'s Vocabulary,
}

impl Sentence<'_> {
    /// The speaker by the first verb of saying that has one, by "according to", or by the colon before a quotation.
    pub(super) fn speaker(&self) -> Found {
        let verbs = (0..self.words.len()).filter(|&at| self.is_saying(at));
        let by_verb = verbs.map(|at| self.subject(at)).find(|found| !matches!(found, Found::Nobody));
        by_verb.or_else(|| self.according()).or_else(|| self.before_colon()).unwrap_or(Found::Nobody)
    }

    /// The first name in a sentence that could be its subject.
    pub(super) fn first_name(&self) -> Option<Speaker> {
        let mut at = 0;
        while at < self.words.len() {
            let run = self.name_run(at);
            if !run.is_empty() && !self.words[at].quoted && !self.follows_preposition(at) && !self.possesses(&run) {
                return Some(self.named(run));
            }
            at = run.end.max(at + 1);
        }
        None
    }

    /// A word in small letters, as most are written.
    fn form(&self, at: usize) -> Cow<'_, str> {
        let written = self.words[at].span.of(self.text);
        let is_small = written.bytes().all(|byte| byte.is_ascii_lowercase());
        if is_small { Cow::Borrowed(written) } else { Cow::Owned(written.to_lowercase()) }
    }

    fn class(&self, at: usize) -> TermClass {
        self.vocabulary.term(self.words[at].term).class
    }

    fn is_name(&self, at: usize) -> bool {
        self.class(at) == TermClass::Name && self.words[at].span.of(self.text).starts_with(char::is_uppercase)
    }

    fn is(&self, at: usize, of: &[&str]) -> bool {
        at < self.words.len() && of.contains(&&*self.form(at))
    }

    /// What stands between a word and the next.
    fn gap(&self, at: usize) -> &str {
        gap(self.text, self.words, at)
    }

    fn is_open(&self, at: usize) -> bool {
        self.gap(at).is_empty()
    }

    fn follows_preposition(&self, at: usize) -> bool {
        let Some(before) = at.checked_sub(1) else { return false };
        let before = if self.is(before, &DETERMINERS) { before.saturating_sub(1) } else { before };
        self.is(before, &PREPOSITIONS)
    }

    /// Neighbouring name words from a place on.
    fn name_run(&self, at: usize) -> Range<usize> {
        let mut end = at;
        while end < self.words.len() && self.is_name(end) && (end == at || self.joins(end - 1)) {
            end += 1;
        }
        at..end
    }

    /// Whether only a space, or the point of an initial, stands after a word.
    fn joins(&self, at: usize) -> bool {
        matches!(self.gap(at), "" | ".") && self.words[at].quoted == self.words[at + 1].quoted
    }

    fn possesses(&self, run: &Range<usize>) -> bool {
        let last = self.form(run.end - 1);
        last.ends_with("'s") || last.ends_with("’s") || last.ends_with('’') || last.ends_with('\'')
    }

    fn named(&self, run: Range<usize>) -> Speaker {
        self.of_words(&run.collect::<Vec<_>>(), true)
    }

    fn of_words(&self, places: &[usize], named: bool) -> Speaker {
        let mut terms: Vec<_> = places.iter().map(|&at| self.words[at].term).collect();
        let in_full: Vec<_> = terms.iter().flat_map(|&term| self.vocabulary.in_full(term)).copied().collect();
        terms.extend(in_full);
        terms.sort_unstable();
        terms.dedup();
        let first = self.words[places[0]].span;
        let span = places.iter().fold(first, |span, &at| span.join(self.words[at].span));
        Speaker { span, terms, named }
    }

    /// Whether a word says something, as a verb with a subject: not the noun ("the report"), not the passive ("was told"),
    /// not the infinitive ("declined to say").
    fn is_saying(&self, at: usize) -> bool {
        if self.words[at].quoted || self.class(at) != TermClass::Speech {
            return false;
        }
        let Some(before) = at.checked_sub(1) else { return true };
        let open = self.is_open(before);
        let form = self.form(at);
        let noun = open && self.is(before, &DETERMINERS) || self.possesses(&(before..at)) || form.ends_with("ment");
        let passive = open && self.is(before, &BEING) && !form.ends_with("ing");
        if noun || passive || open && self.is(before, &["to"]) {
            return false;
        }
        if form.ends_with("ing") {
            return !open || self.is(before, &["by", "is", "was", "are", "were", "heard"]);
        }
        if self.form(at).starts_with("call") && self.is_open(at) && self.is(at + 1, &["off", "in", "up", "back"]) {
            return false;
        }
        if self.is(at, &["posted", "quoted", "cited"]) && self.is(at + 1, &["on", "in", "by", "earlier", "as"]) {
            return false;
        }
        // Words that are plural nouns as often as verbs have a name or a pronoun before them as verbs.
        let ambiguous = ["questions", "reports", "claims", "calls", "answers", "comments", "demands", "talks", "cries"];
        if self.is(at, &ambiguous) {
            return self.is_name(before) || self.is(before, &["he", "she", "who"]);
        }
        self.is_inflected(at) || self.agrees(before)
    }

    /// Whether a verb shows by its ending that it is one.
    fn is_inflected(&self, at: usize) -> bool {
        let form = self.form(at);
        let regular = ["s", "ed", "ing"].iter().any(|ending| form.ends_with(ending));
        regular || self.is(at, &["said", "told", "wrote", "spoke", "swore", "thought", "felt", "wept", "hit"])
    }

    /// Whether a verb without an ending can follow a word: "officials say", "she would not say".
    fn agrees(&self, before: usize) -> bool {
        self.form(before).ends_with('s') || self.is(before, &["people", "police", "men", "women", "they", "we"]) || {
            self.is(before, &["will", "would", "could", "may", "might", "did", "does", "do", "not", "never"])
        }
    }

    /// Where the clause of a verb begins: after a quotation, a colon or a semicolon.
    fn begin(&self, verb: usize) -> usize {
        let parts = |at: usize| self.words[at].quoted || self.gap(at).contains([';', ':', '“', '”', '"', '‘']);
        (0..verb).rev().find(|&at| parts(at)).map_or(0, |at| at + 1)
    }

    fn subject(&self, verb: usize) -> Found {
        let begin = self.begin(verb);
        if self.form(verb).ends_with("ing") {
            return self.first(begin..verb);
        }
        let mut end = verb;
        while end > begin
            && self.is_open(end - 1)
            && (self.is(end - 1, &AUXILIARIES) || self.form(end - 1).ends_with("ly"))
        {
            end -= 1;
        }
        if let Some(found) = self.left(begin, end) {
            return found;
        }
        let opens = verb == begin || !self.is_open(verb - 1);
        let after = if opens { self.right(verb) } else { None };
        // After a quotation in the midst of a sentence the subject stands before it: "He called it “a farce” and said …".
        after.unwrap_or_else(|| if begin > 0 { self.first(0..begin) } else { Found::Nobody })
    }

    /// The noun phrase that ends at a place, or the one before the insertion between commas that ends there.
    fn left(&self, begin: usize, end: usize) -> Option<Found> {
        if end <= begin {
            return None;
        }
        if self.is_open(end - 1) {
            return self.phrase(begin, end, &mut Vec::new());
        }
        let start = (begin + 1..end).rev().find(|&at| !self.is_open(at - 1))?;
        let run = self.name_run(start);
        if !run.is_empty() && !self.possesses(&run) {
            return Some(Found::Person(self.named(run)));
        }
        // Insertions stand one after another: "Ada Pell, 47, of Kelby, said".
        let phrase = self.phrase(begin, start, &mut Vec::new());
        let is_name = |found: &Found| matches!(found, Found::Person(speaker) if speaker.named);
        match phrase {
            Some(found) if is_name(&found) || matches!(found, Found::Pronoun(_)) => Some(found),
            phrase => self.left(begin, start).or(phrase),
        }
    }

    /// The noun phrase whose last word stands before a place.
    fn phrase(&self, begin: usize, end: usize, of: &mut Vec<usize>) -> Option<Found> {
        let last = end.checked_sub(1).filter(|&last| last >= begin)?;
        if self.is(last, &["he", "she"]) {
            return Some(Found::Pronoun(self.words[last].span));
        }
        if self.is(last, &["who", "which"]) {
            return self.left(begin, last);
        }
        let carries = |at: usize| matches!(self.class(at), TermClass::Content | TermClass::Name | TermClass::Speech);
        if !carries(last) {
            // An age between commas ("Ingrid Salter, 47, said") is no phrase.
            return if self.class(last) == TermClass::Figure { self.left(begin, last) } else { None };
        }
        let mut start = last;
        while start > begin && carries(start - 1) && self.joins(start - 1) && !self.words[start - 1].quoted {
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|&before| before >= begin && self.is_open(before));
        let head = before.map(|at| if self.is(at, &DETERMINERS) { at.saturating_sub(1) } else { at });
        if let Some(preposition) = head.filter(|&at| at >= begin && self.is(at, &PREPOSITIONS) && at > begin) {
            // "the head of the service": the head is who speaks, the rest tells whose.
            of.extend((start..end).filter(|&at| self.is_name(at)));
            if self.is_open(preposition - 1) {
                return self.phrase(begin, preposition, of);
            }
        }
        Some(Found::Person(self.speaker_of(start..end, of)))
    }

    /// The name in a noun phrase; else its words, with the names that tell whose.
    fn speaker_of(&self, phrase: Range<usize>, of: &[usize]) -> Speaker {
        let mut names = phrase.clone();
        while names.start < phrase.end {
            let run = self.name_run(names.start);
            if !run.is_empty() && !self.possesses(&run) && run.end == phrase.end {
                return self.named(run);
            }
            names.start = run.end.max(names.start + 1);
        }
        let mut places: Vec<usize> = phrase.collect();
        places.extend(of);
        self.of_words(&places, false)
    }

    /// The subject after its verb ("said the minister, Gwen Mortlake").
    fn right(&self, verb: usize) -> Option<Found> {
        let takes_object = TRANSITIVE.iter().any(|stem| self.form(verb).starts_with(stem));
        if takes_object || !self.is_open(verb) || self.is(verb + 1, &["his", "her", "their"]) {
            return None;
        }
        self.phrase_from(verb + 1)
    }

    fn phrase_from(&self, start: usize) -> Option<Found> {
        let mut at = start;
        if at < self.words.len() && self.is(at, &["he", "she"]) {
            return Some(Found::Pronoun(self.words[at].span));
        }
        while at < self.words.len() && self.is(at, &DETERMINERS) && self.is_open(at) {
            at += 1;
        }
        let from = at;
        let carries = |at: usize| matches!(self.class(at), TermClass::Content | TermClass::Name);
        let goes_on = |at: usize| at == from || self.joins(at - 1) && !self.form(at).ends_with("ed");
        while at < self.words.len() && carries(at) && !self.words[at].quoted && goes_on(at) {
            at += 1;
        }
        if at == from {
            return None;
        }
        let first_name = (from..at).find(|&place| self.is_name(place) && !self.possesses(&self.name_run(place)));
        if let Some(first) = first_name {
            return Some(Found::Person(self.named(self.name_run(first))));
        }
        let mut of = Vec::new();
        let mut end = at;
        // "the head of the service, Ada Pell": over what tells whose to the name after the comma.
        while end < self.words.len() && self.is_open(end - 1) && end < at + 8 && !self.words[end].quoted {
            of.extend(self.is_name(end).then_some(end));
            end += 1;
        }
        let apposed = end < self.words.len() && self.gap(end - 1) == "," && !self.words[end].quoted;
        let run = if apposed { self.name_run(end) } else { end..end };
        if !run.is_empty() && !self.possesses(&run) {
            return Some(Found::Person(self.named(run)));
        }
        Some(Found::Person(self.speaker_of(from..at, &of)))
    }

    /// The first noun phrase of a stretch.
    fn first(&self, within: Range<usize>) -> Found {
        for at in within.clone() {
            if self.words[at].quoted {
                return Found::Nobody;
            }
            if self.is(at, &["he", "she"]) {
                return Found::Pronoun(self.words[at].span);
            }
            if matches!(self.class(at), TermClass::Content | TermClass::Name) {
                return self.phrase_from(at).unwrap_or(Found::Nobody);
            }
            if self.is(at, &PREPOSITIONS) {
                // "In a statement, the company …": the subject comes after.
                let Some(comma) = within.clone().skip_while(|&next| next < at).find(|&next| !self.is_open(next)) else {
                    return Found::Nobody;
                };
                return if comma + 1 < within.end { self.first(comma + 1..within.end) } else { Found::Nobody };
            }
        }
        Found::Nobody
    }

    fn according(&self) -> Option<Found> {
        let at = (1..self.words.len())
            .find(|&at| !self.words[at].quoted && self.is(at, &["to"]) && self.is(at - 1, &["according"]))?;
        self.phrase_from(at + 1)
    }

    /// Who stands before the colon that opens a quotation ("Governor Ada Pell, in borrowed boots: “We …").
    fn before_colon(&self) -> Option<Found> {
        let opens = |at: &usize| {
            let gap = self.gap(*at);
            !self.words[*at].quoted
                && gap.contains(':')
                && (self.words[*at + 1].quoted || gap.contains(['“', '"', '‘']))
        };
        let at = (0..self.words.len().saturating_sub(1)).find(opens)?;
        Some(self.first(self.begin(at)..at + 1)).filter(|found| !matches!(found, Found::Nobody))
    }
}

#[cfg(test)]
mod tests {
    use crate::compare::prepare::Corpus;
    use crate::notes::example::article;

    /// Who vouches for the last sentence of a text, as the text writes it.
    fn speaker(text: &str) -> String {
        // Names are told by their capitals inside sentences: they are met once before.
        let known =
            "Here sat Ada Pell, Tom Reyes, Jan Ossimo, Ms Pell, Ms Reyes and Orvane beside Dunmarrow Home of Kelby.";
        let article = article("a.txt", &format!("{known}\n\n{text}"));
        let corpus = Corpus::new(&[&article]);
        let unit = corpus.articles[0].units.last().expect("a sentence");
        let speaker = unit.speaker.as_ref().map(|speaker| speaker.span.of(corpus.articles[0].text).to_owned());
        speaker.unwrap_or_default()
    }

    #[test]
    fn the_subject_of_a_verb_of_saying_is_who_speaks() {
        let table = [
            ("Ada Pell said that the road was shut.", "Ada Pell"),
            ("The road was shut, Ada Pell said on Monday.", "Ada Pell"),
            ("“The road is shut,” said Ada Pell, who runs the service.", "Ada Pell"),
            ("“The road is shut,” said the head of the service, Ada Pell.", "Ada Pell"),
            ("“The road is shut,” said branch secretary Ada Pell.", "Ada Pell"),
            ("Ada Pell, 47, a plumber from Kelby, said the road was shut.", "Ada Pell"),
            ("Ada Pell, who heads Orvane in Kelby, told Tom Reyes that the road was shut.", "Ada Pell"),
            ("The regional governor, Ada Pell, told a news conference that the road was shut.", "Ada Pell"),
            ("“I will pay,” Ada Pell told Jan Ossimo.", "Ada Pell"),
            ("Orvane’s managing director Ada Pell on whether they were late: “No one was late.”", "Ada Pell"),
            ("Governor Ada Pell, in borrowed boots: “We asked them to leave.”", "Ada Pell"),
            ("A man held over the theft was away at the time, his lawyer told Orvane.", "lawyer"),
            ("The union says that the road was shut.", "union"),
            ("The road was shut, according to the union.", "union"),
            ("The road was shut, according to Ada Pell of Orvane.", "Ada Pell"),
            ("Police said the road was shut.", "Police"),
            ("The governor, on her feet in the old Orvane Hall: “We asked them to leave.”", "governor"),
            ("In a more detailed statement posted on Friday, Ada Pell described the road as shut.", "Ada Pell"),
            ("The mayor, who called it “a farce”, acknowledged their history of quarrels.", "mayor"),
            ("The mayor closed the talk by saying, “I have nothing to add.”", "mayor"),
            ("It comes as questions grow over the scope of the inquiry.", ""),
            ("Ada Pell was told that the road was shut.", ""),
            ("The report on the road was read by Ada Pell.", ""),
            ("Ms Pell, of Kelby, climbed out unhurt.", ""),
            ("Tom Reyes came late. “I lost my way,” he said.", "he"),
            ("Tom Reyes met Ada Pell. The road, he said, was shut.", "he"),
            ("The chief executive of Dunmarrow Home said the road was shut.", "chief executive of Dunmarrow Home"),
        ];
        let wrong: Vec<_> = table
            .iter()
            .map(|(text, expected)| (text, expected, speaker(text)))
            .filter(|(_, expected, found)| !found.ends_with(*expected) || expected.is_empty() != found.is_empty())
            .collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}
