//! Scored pairs of sentences become links: which are kept, which clauses they join, how alike they are.
//!
//! Must never look at divergences. Invariant: links are sorted by place, no two join the same two passages.

use super::aliases::is_person_noun;
use super::candidates::UnitIndex;
use super::crossing::{self, Part};
use super::figures::{Family, MOST, balance, telling};
use super::once::{self, OfSentences};
use super::overlap::{Sought, Told, share_found};
use super::parallel;
use super::prepare::{Clause, Corpus, Unit, Word};
use super::types::{ClaimIndex, Link, Relation};
use super::vocabulary::{TermClass, TermIndex, Vocabulary};
use crate::text::values::{Agreement, Value, agreement};
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, Passage};

/// A pair of sentences with the matcher's certainty that they carry one claim.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scored {
    pub a: UnitIndex,
    pub b: UnitIndex,
    pub score: f32,
}

/// The certainty from which a pair is a link.
pub(super) const THRESHOLD: f32 = 0.42;
/// The share of a clause's weight that must be found on the other side for the clause to belong to the link.
const CLAUSE_FOUND: f32 = 0.4;

/// The share of the longer sentence's words, and how many of them, that are one wording.
const WORDING: f32 = 0.8;
const WORDING_WORDS: usize = 6;

/// How many words beside a name and an office do not yet make an attribution a claim.
const FEW: usize = 2;

/// How telling a value must be to bring its clause into a link.
pub(super) const TELLING: f32 = 0.35;

/// The links among scored pairs.
pub(super) fn links(scored: Vec<Scored>, corpus: &Corpus) -> Vec<Link> {
    let are_sure = parallel::map(&scored, |pair| is_link(pair, corpus));
    let sure: Vec<Scored> = scored.iter().zip(are_sure).filter(|(_, sure)| *sure).map(|(pair, _)| *pair).collect();
    drop(scored);
    let pairs: Vec<_> = sure.iter().map(|pair| (pair.a, pair.b)).collect();
    let of_some = |numbers: &[u32], told: &OfSentences<Told>| {
        let of_pair = |pair: &Scored| links_of(pair, (told.get(pair.a), told.get(pair.b)), corpus);
        parallel::map(numbers, |&at| of_pair(&sure[at as usize]))
    };
    let told = |at| Told::of(corpus.unit(at), &corpus.vocabulary);
    let mut links: Vec<_> = once::over(&pairs, told, of_some).into_iter().flatten().collect();
    links.sort_by_key(|link| (link.a, link.b));
    links.dedup_by_key(|link| (link.a, link.b));
    links
}

fn is_link(pair: &Scored, corpus: &Corpus) -> bool {
    let says = |index| says(&corpus.unit(index).words, corpus);
    let sure = || pair.score >= THRESHOLD || nearly_one_wording(corpus.unit(pair.a), corpus.unit(pair.b), corpus);
    says(pair.a) && says(pair.b) && sure()
}

/// Whether nearly all words of two sentences are the same, grammar too: that is one sentence, however common its words.
fn nearly_one_wording(a: &Unit, b: &Unit, corpus: &Corpus) -> bool {
    let (fewer, more) = if a.words.len() <= b.words.len() { (a, b) } else { (b, a) };
    let enough = |shared: usize| shared >= WORDING_WORDS && shared as f32 >= WORDING * more.words.len() as f32;
    if !enough(fewer.words.len()) {
        return false;
    }
    let mut left: Vec<_> = more.words.iter().map(|word| word.term).collect();
    let shared: Vec<_> = fewer
        .words
        .iter()
        .filter_map(|word| left.iter().position(|term| *term == word.term).map(|at| left.swap_remove(at)))
        .collect();
    enough(shared.len()) && shared.iter().filter(|&&term| corpus.vocabulary.term(term).carries()).count() > 1
}

/// Whether some words say anything: a name by itself ("Ada Pell.") does not.
fn says(words: &[Word], corpus: &Corpus) -> bool {
    let class = |word: &Word| corpus.vocabulary.term(word.term).class;
    words.iter().any(|word| word.quoted || matches!(class(word), TermClass::Content | TermClass::Figure))
}

/// One link, or one for each claim where the two sentences tell their claims in another order.
fn links_of(pair: &Scored, told: (&Told, &Told), corpus: &Corpus) -> Vec<Link> {
    let (a, b) = (corpus.unit(pair.a), corpus.unit(pair.b));
    let vocabulary = &corpus.vocabulary;
    // A clause that only names somebody says nothing: then the sentence stands whole.
    let whole_where_mute = |unit: &Unit, span| if says(unit.within(span), corpus) { span } else { unit.span };
    let text = |index: UnitIndex| corpus.articles[usize::from(index.article)].text;
    let span_a = whole_where_mute(a, matching_span((a, told.0), (b, told.1), vocabulary));
    let span_b = whole_where_mute(b, matching_span((b, told.1), (a, told.0), vocabulary));
    let (span_a, span_b) = (with_brackets(a, span_a, text(pair.a)), with_brackets(b, span_b, text(pair.b)));
    let mut parts = crossing::parts((a, &told.0.clauses, span_a), (b, &told.1.clauses, span_b), vocabulary);
    let stands_alone = |unit: &Unit, span| says(unit.within(span), corpus) && !only_attributes(unit, span, corpus);
    if parts.len() > 1 && !parts.iter().all(|part| stands_alone(a, part.0) && stands_alone(b, part.1)) {
        parts = vec![(span_a, span_b)];
    }
    parts.into_iter().map(|part| link(pair, part, corpus)).collect()
}

/// Whether a passage does little but say who speaks ("said Ada Pell, the council leader").
fn only_attributes(unit: &Unit, span: ByteSpan, corpus: &Corpus) -> bool {
    let names_speaker = unit.speaker.as_ref().is_some_and(|speaker| span.covers(speaker.span));
    let tells = |word: &&Word| {
        let term = corpus.vocabulary.term(word.term);
        term.class == TermClass::Figure || term.class == TermClass::Content && !is_person_noun(&term.stem)
    };
    names_speaker && unit.within(span).iter().filter(tells).count() <= FEW
}

fn link(pair: &Scored, (span_a, span_b): Part, corpus: &Corpus) -> Link {
    let (a, b) = (corpus.unit(pair.a), corpus.unit(pair.b));
    let passage = |index: UnitIndex, span| Passage { article: ArticleIndex(index.article), span };
    Link {
        a: passage(pair.a, span_a),
        b: passage(pair.b, span_b),
        relation: relation(a.within(span_a), b.within(span_b), &corpus.vocabulary),
        score: (pair.score.max(THRESHOLD) * 1000.0).round() / 1000.0,
        moved: false,
        claim: ClaimIndex(0),
        why: why((a, span_a), (b, span_b), corpus, corpus.articles[usize::from(pair.a.article)].text),
    }
}

/// The stretch of a sentence whose clauses find themselves in the other; the whole sentence when nearly all do, or none: what is
/// said in wholly other words may stand in any of them.
fn matching_span((here, own): (&Unit, &Told), (there, others): (&Unit, &Told), vocabulary: &Vocabulary) -> ByteSpan {
    let found = |(clause, told): (&Clause, &Sought)| {
        // An equal figure is found however it is written.
        let of_clause = |value: &&Value| value.span.shared(clause.span) > 0 && telling(value) >= TELLING;
        let equal =
            |value: &Value| there.values.iter().take(MOST).any(|other| agreement(value, other) == Agreement::Equal);
        here.values.iter().filter(of_clause).take(MOST).any(equal)
            || share_found(told, &others.whole, vocabulary) >= CLAUSE_FOUND
    };
    let found: Vec<bool> = here.clauses.iter().zip(&own.clauses).map(found).collect();
    match (found.iter().position(|found| *found), found.iter().rposition(|found| *found)) {
        (Some(first), Some(last)) if (last - first + 1) < here.clauses.len() => {
            widen(here, here.clauses[first].span.join(here.clauses[last].span))
        }
        _ => here.span,
    }
}

/// Takes in the sentence's edge where only punctuation stands between.
pub(super) fn widen(unit: &Unit, span: ByteSpan) -> ByteSpan {
    let starts = unit.words.first().is_some_and(|word| word.span.start == span.start);
    let ends = unit.words.last().is_some_and(|word| word.span.end == span.end);
    let start = if starts { unit.span.start } else { span.start };
    let end = if ends { unit.span.end } else { span.end };
    ByteSpan { start, end }
}

/// Takes in the other half of a bracket: no passage begins or ends inside one.
fn with_brackets(unit: &Unit, span: ByteSpan, text: &str) -> ByteSpan {
    let before = ByteSpan { start: unit.span.start, end: span.start }.of(text);
    let (inside, after) = (span.of(text), ByteSpan { start: span.end, end: unit.span.end }.of(text));
    let opened = before.rfind('(').filter(|at| !before[*at..].contains(')'));
    let closes = inside.find(')').is_some_and(|at| !inside[..at].contains('('));
    let left_open = inside.rfind('(').is_some_and(|at| !inside[at..].contains(')'));
    let start = match opened {
        Some(at) if closes => ByteOffset::new(unit.span.start.index() + at),
        _ => span.start,
    };
    let end = match after.find(')') {
        Some(at) if left_open => ByteOffset::new(span.end.index() + at + 1),
        _ => span.end,
    };
    ByteSpan { start, end }
}

/// Verbatim: the same words in the same order but for function words at the edges. Reworded: at least half of the content
/// words are shared.
fn relation(a: &[Word], b: &[Word], vocabulary: &Vocabulary) -> Relation {
    let content = |words: &[Word]| -> Vec<TermIndex> {
        words.iter().map(|word| word.term).filter(|&term| vocabulary.term(term).carries()).collect()
    };
    let all = |words: &[Word]| -> Vec<TermIndex> { words.iter().map(|word| word.term).collect() };
    if all(a) == all(b) {
        return Relation::Verbatim;
    }
    let (mut a, mut b) = (content(a), content(b));
    a.sort_unstable();
    b.sort_unstable();
    let found =
        |of: &[TermIndex], among: &[TermIndex]| of.iter().filter(|term| among.binary_search(term).is_ok()).count();
    let shared = found(&a, &b) + found(&b, &a);
    if 2 * shared >= a.len() + b.len() && shared > 0 { Relation::Reworded } else { Relation::Paraphrase }
}

/// The reason in one line: a shared quotation, the rarest words both passages have, or that only their meaning is close.
fn why((a, span_a): (&Unit, ByteSpan), (b, span_b): (&Unit, ByteSpan), corpus: &Corpus, text: &str) -> String {
    let vocabulary = &corpus.vocabulary;
    // A word of a value says nothing by itself: the "six" of "six weeks" is not that of "twenty to six".
    let in_b = b.within(span_b);
    let mut terms_of_b: Vec<_> = in_b.iter().filter(|word| !b.is_in_value(word.span)).map(|word| word.term).collect();
    terms_of_b.sort_unstable();
    let stands_in_b = |word: &Word| terms_of_b.binary_search(&word.term).is_ok();
    let shared = |word: &&Word| vocabulary.term(word.term).carries() && !a.is_in_value(word.span) && stands_in_b(word);
    let mut words: Vec<&Word> = a.within(span_a).iter().filter(shared).collect();
    words.sort_by(|x, y| {
        let (rank, other) = (vocabulary.term(x.term), vocabulary.term(y.term));
        other
            .weight_here
            .total_cmp(&rank.weight_here)
            .then_with(|| rank.stem.cmp(&other.stem))
            .then(x.span.cmp(&y.span))
    });
    words.dedup_by_key(|word| word.term);
    let quoted = words.iter().filter(|word| word.quoted).count();
    let values_of = |unit: &Unit, span: ByteSpan| -> Vec<Value> {
        unit.values.iter().filter(|value| value.span.shared(span) > 0).cloned().collect()
    };
    let (values_a, values_b) = (values_of(a, span_a), values_of(b, span_b));
    // What could be equal ("about 40", "44") is not said to be, nor anything where others part.
    let equal = |family| {
        let balance = balance(&values_a, &values_b, family);
        balance.strongest >= TELLING && balance.different < TELLING
    };
    let figures = if equal(Family::Figure) || equal(Family::Moment) { "equal figures; " } else { "" };
    if words.is_empty() {
        return if figures.is_empty() { "close in meaning".to_owned() } else { "equal figures".to_owned() };
    }
    let kind = if quoted > 2 && in_b.iter().any(|word| word.quoted) { "shared quotation" } else { "shared words" };
    let list: Vec<_> = words.iter().take(5).map(|word| word.span.of(text)).collect();
    format!("{figures}{kind}: {}", list.join(", "))
}

#[cfg(test)]
mod tests {
    use crate::compare::{Options, compare};
    use crate::notes::example::article;

    /// The passages of the first source that are linked, as words.
    fn linked(a: &str, b: &str) -> Vec<String> {
        let articles = [article("a.txt", a), article("b.txt", b)];
        let links = compare(&articles, &Options::default()).links;
        links.iter().map(|link| articles[0].text.slice(link.a.span).to_owned()).collect()
    }

    #[test]
    fn no_passage_begins_or_ends_inside_brackets() {
        let passages = linked(
            "SALTMERE, March 3 (Coast Agency) - The old swimming pool closed on Friday, and the council of the county \
             will meet its engineers in April. Nobody was hurt.",
            "The old swimming pool closed on Friday. A film was shown. Nobody was hurt.",
        );
        assert!(passages.iter().any(|passage| passage.contains("pool")), "{passages:?}");
        let count = |passage: &str, bracket| passage.matches(bracket).count();
        assert!(passages.iter().all(|passage| count(passage, '(') == count(passage, ')')), "{passages:?}");
    }

    #[test]
    fn a_sentence_of_which_no_clause_is_found_stays_whole() {
        let sentence = "The mayor resigned on Tuesday, three hours after the vote, and left the hall without a word.";
        let passages = linked(
            &format!("{sentence} Rain fell all day over the harbour."),
            "The head of the town stepped down. Rain fell all day over the harbour.",
        );
        assert!(passages.iter().all(|passage| passage == sentence || passage.starts_with("Rain")), "{passages:?}");
    }
}
