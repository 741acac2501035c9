//! Affirmed here and denied there, fact here and allegation there: `negation`, `modality`.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::overlap::{Sought, share_found, shared_both_ways};
use crate::compare::prepare::{Clause, Unit, Word};
use crate::compare::types::DivergenceKind;
use crate::compare::vocabulary::Vocabulary;
use crate::text::ByteSpan;

/// What a word does to the claim it stands with.
#[derive(Debug, Clone, Copy, Default)]
struct Cue {
    negates: bool,
    /// How sure the claim is, from 0 (open) to 3 (expected).
    sureness: Option<u8>,
}

/// A claim that stands without a cue, also of what is to come.
const CERTAIN: u8 = 4;
/// Words before a noun, where a verb of denying is none ("the disputed budget").
const DETERMINERS: [&str; 10] = ["the", "a", "an", "this", "that", "these", "his", "her", "its", "their"];

/// What the word at a place says of the claim beside it. Words that are cues by their form alone are told from their other
/// uses: "likely" from "like", "failed to pay" from "a failing bank", "is set to" from "a set of".
fn cue(words: &[Word], at: usize, text: &str) -> Cue {
    let form = |at: usize| words.get(at).map(|word| lower(word.span.of(text))).unwrap_or_default();
    let own = form(at);
    let (word, contracted) = match own.strip_suffix("n't") {
        Some("wo") => ("will", true),
        Some("ca") => ("can", true),
        Some(verb) => (verb, true),
        None if own == "cannot" => ("can", true),
        None => (own.as_ref(), false),
    };
    let next = || form(at + 1);
    let before = || at.checked_sub(1).map(form).unwrap_or_default();
    let after_determiner = || DETERMINERS.contains(&before().as_ref());
    let of_being = || matches!(before().as_ref(), "was" | "were" | "is" | "are" | "been" | "being" | "be");
    let negates = contracted
        || match word {
            // "No. 3"
            "no" if next().starts_with(|c: char| c.is_ascii_digit()) => false,
            "not" | "no" | "none" | "never" | "nobody" | "nothing" | "neither" | "nor" | "without" => {
                !matches!(next().as_ref(), "only" | "doubt" | "least")
            }
            "deny" | "denies" | "denied" | "reject" | "rejects" | "rejected" | "disputes" | "disputed"
            | "dismissed" | "dismisses" => !after_determiner() && !of_being(),
            "denying" | "rejecting" | "disputing" => true,
            "fall" | "falls" | "fell" | "falling" => next() == "short",
            "refuse" | "refuses" | "refused" | "refusing" | "fail" | "fails" | "failed" | "failing" | "declined"
            | "declines" => next() == "to",
            _ => false,
        };
    Cue { negates, sureness: sureness(word, next, after_determiner, words[at].span.of(text) == "May") }
}

/// A word in small letters, its apostrophe straight; most are written so.
fn lower(word: &str) -> Cow<'_, str> {
    if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'\'') {
        return Cow::Borrowed(word);
    }
    Cow::Owned(word.to_lowercase().replace('’', "'"))
}

/// How sure a word makes the claim beside it. Of the words around it is asked only where that matters.
fn sureness<'w>(
    word: &str,
    next: impl Fn() -> Cow<'w, str>,
    after_determiner: impl Fn() -> bool,
    is_month: bool,
) -> Option<u8> {
    match word {
        "may" if is_month => None,
        "unknown" | "unclear" | "whether" => Some(0),
        "may" | "might" | "could" | "can" | "possible" | "possibly" | "perhaps" | "suggests" | "suggested"
        | "feared" | "fear" | "fears" | "considering" | "considers" | "hope" | "hopes" | "hoped" | "hoping"
        | "proposes" | "proposed" | "potential" | "potentially" | "maximum" | "threatened" | "threatens" => Some(1),
        "if" | "unless" => Some(1),
        "alleged" | "allegedly" | "alleges" | "claimed" | "claims" | "reported" | "reportedly" | "reports"
        | "suspected" | "suspects" | "suspect" | "believed" | "believes" | "thought" | "apparently" | "apparent"
        | "appeared" | "appears" | "seemed" | "seems" | "presumably" | "insists" | "insisted" | "accused"
        | "accuses" | "supposedly" | "supposed" | "rumoured" | "rumored" => {
            (word == "alleged" || !after_determiner()).then_some(2)
        }
        "expected" | "expects" | "expect" | "likely" | "probably" | "planned" | "plans" | "plan" | "planning"
        | "should" | "intends" | "intended" | "estimated" | "aims" | "wants" | "recommends" | "recommended" => Some(3),
        "due" | "set" => matches!(next().as_ref(), "to" | "for").then_some(3),
        _ => None,
    }
}

/// Whether the word at a place negates the claim it stands with.
pub(super) fn negates(words: &[Word], at: usize, text: &str) -> bool {
    cue(words, at, text).negates
}

/// A clause with its cues.
pub(super) struct Marked<'m> {
    clause: &'m Clause,
    sought: Sought<'m>,
    negation: Option<usize>,
    modality: Option<(usize, u8)>,
}

/// The clauses of a sentence with their cues.
pub(super) fn marked<'s>(unit: &'s Unit, text: &str, vocabulary: &Vocabulary) -> Vec<Marked<'s>> {
    let of = |clause: &'s Clause| {
        let words = &unit.words[clause.words.clone()];
        let cues: Vec<_> = (0..words.len()).map(|at| cue(words, at, text)).collect();
        let modality = cues.iter().enumerate().find_map(|(at, cue)| Some((at, cue.sureness?)));
        let negation = cues.iter().position(|cue| cue.negates);
        Marked { clause, sought: Sought::of(words, vocabulary), negation, modality }
    };
    unit.clauses.iter().map(of).collect()
}

/// Adds clauses that match but for a cue on one side.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let (clauses_a, clauses_b) = (&site.a.sentence.clauses, &site.b.sentence.clauses);
    let (negations_a, negations_b) = (site.a.sentence.negations, site.b.sentence.negations);
    let level = |marked: &Marked| marked.modality.map_or(CERTAIN, |modality| modality.1);
    let parts = |a: &Marked, b: &Marked| a.negation.is_some() != b.negation.is_some() || level(a) != level(b);
    // Which clause is a counterpart matters only where one of them could part.
    for a in clauses_a.iter().filter(|a| clauses_b.iter().any(|b| parts(a, b))) {
        let Some((b, match_ab)) = best(a, clauses_b, site).filter(|(b, _)| parts(a, b)) else { continue };
        let Some((back, _)) = best(b, clauses_a, site) else { continue };
        if back.clause.span != a.clause.span {
            continue;
        }
        if a.negation.is_some() != b.negation.is_some()
            && !asks(&site.a)
            && !asks(&site.b)
            && !denied_beside(a, b, site)
        {
            let (span_a, span_b) = (scope(a, a.negation, b, site), scope(b, b.negation, a, site));
            let away = if a.negation.is_some() { negations_b } else { negations_a };
            push(
                site,
                found,
                DivergenceKind::Negation,
                (span_a, span_b),
                [match_ab, shared_both_ways(&a.sought, &b.sought, site.vocabulary), away],
            );
            if let Some(last) = found.last_mut() {
                last.signs.head = head(a, a.negation, b, site).min(head(b, b.negation, a, site));
                last.signs.cues = negations_a.max(negations_b);
                last.by_form = negations_a + negations_b == 1.0 && last.signs.head > 0.99 && say_the_same(a, b, site);
            }
        }
        let quoted = |marked: &Marked| {
            let words = &marked.sought.words;
            words.iter().filter(|word| word.quoted).count() * 2 > words.len()
        };
        // Between quotation marks a difference of words is a quotation's.
        if level(a) != level(b) && !(quoted(a) && quoted(b)) {
            let cue_at = |marked: &Marked| marked.modality.map(|modality| modality.0);
            let (span_a, span_b) = (scope(a, cue_at(a), b, site), scope(b, cue_at(b), a, site));
            let strength = [
                match_ab,
                shared_both_ways(&a.sought, &b.sought, site.vocabulary),
                f32::from(level(a).abs_diff(level(b))),
            ];
            push(site, found, DivergenceKind::Modality, (span_a, span_b), strength);
            if let Some(last) = found.last_mut() {
                last.signs.settled = [f32::from(level(a).min(level(b))), f32::from(level(a).max(level(b)))];
                last.signs.head = head(a, cue_at(a), b, site).min(head(b, cue_at(b), a, site));
                let spoken = |side: &Side| side.unit.speaker.is_some();
                last.signs.cues = f32::from(u8::from(spoken(&site.a)) + u8::from(spoken(&site.b)));
            }
        }
    }
}

/// Whether a sentence asks: it says neither that something is so nor that it is not.
fn asks(side: &Side) -> bool {
    let sentence =
        side.text(side.unit.span).trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '”' | '’' | '"' | '\''));
    sentence.ends_with('?')
}

/// How much two denials share that are one.
const ONE_DENIAL: f32 = 0.6;

/// Whether what one clause denies is denied right before or after the other clause's sentence as well ("We did not join a board. We
/// joined a company"): the two sources say the same, cut otherwise.
fn denied_beside(a: &Marked, b: &Marked, site: &Site) -> bool {
    let (denying, other) = if a.negation.is_some() { (a, &site.b) } else { (b, &site.a) };
    let units = &other.article.units;
    let at = units.partition_point(|unit| unit.span.start < other.unit.span.start);
    let mut near =
        units[at.saturating_sub(1)..units.len().min(at + 2)].iter().filter(|unit| unit.span != other.unit.span);
    let is_it = |marked: &Marked| {
        marked.negation.is_some() && shared_both_ways(&denying.sought, &marked.sought, site.vocabulary) >= ONE_DENIAL
    };
    near.any(|unit| marked(unit, other.article.text, site.vocabulary).iter().any(is_it))
}

/// Whether two clauses have the same words that carry meaning, two at the least.
fn say_the_same(a: &Marked, b: &Marked, site: &Site) -> bool {
    let carrying = |marked: &Marked| {
        let terms = marked.sought.words.iter().map(|word| word.term);
        terms.filter(|&term| site.vocabulary.term(term).carries()).collect::<BTreeSet<_>>()
    };
    let (a, b) = (carrying(a), carrying(b));
    a.len() > 1 && a == b
}

/// How close the word that a cue belongs to (the next content word) comes to a word of the other clause; 1 without a cue.
fn head(own: &Marked, cue: Option<usize>, other: &Marked, site: &Site) -> f32 {
    let Some(cue) = cue else { return 1.0 };
    let after = own.sought.words[cue + 1..].iter().find(|word| site.vocabulary.term(word.term).weight > 0.0);
    after.map_or(0.0, |word| other.sought.closest(word.term, site.vocabulary))
}

/// How many words of a sentence negate.
pub(super) fn negations(unit: &Unit, text: &str) -> f32 {
    let words = &unit.words;
    (0..words.len()).filter(|&at| negates(words, at, text)).count() as f32
}

fn push(site: &Site, found: &mut Vec<Suspect>, kind: DivergenceKind, spans: (ByteSpan, ByteSpan), strength: [f32; 3]) {
    let mut suspect = Suspect::new(kind, spans.0, spans.1, site);
    suspect.signs.strength = strength;
    found.push(suspect);
}

/// The clause of the other side that a clause finds itself in most.
fn best<'m, 'x>(of: &Marked, among: &'m [Marked<'x>], site: &Site) -> Option<(&'m Marked<'x>, f32)> {
    let score = |other: &Marked| {
        share_found(&of.sought, &other.sought, site.vocabulary)
            + share_found(&other.sought, &of.sought, site.vocabulary)
    };
    among
        .iter()
        .map(|other| (other, score(other)))
        .max_by(|x, y| x.1.total_cmp(&y.1).then(y.0.clause.span.cmp(&x.0.clause.span)))
        .filter(|best| best.1 > 0.3)
}

/// From the cue over the words that the other side matches; without a cue, the words that it matches.
fn scope(own: &Marked, cue: Option<usize>, other: &Marked, site: &Site) -> ByteSpan {
    let matched = |word: &Word| site.vocabulary.term(word.term).weight > 0.0 && other.sought.has(word, site.vocabulary);
    let words = &own.sought.words;
    let after = cue.map_or(0, |at| at);
    let last = words.iter().enumerate().skip(after).filter(|(_, word)| matched(word)).map(|(at, _)| at).next_back();
    let first = cue.or_else(|| words.iter().position(matched));
    match (first, last) {
        (Some(first), Some(last)) if first <= last => words[first].span.join(words[last].span),
        (Some(first), _) => words[first].span.join(words[(first + 4).min(words.len() - 1)].span),
        _ => own.clause.span,
    }
}
