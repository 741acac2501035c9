//! One utterance with other words, or other punctuation, between its quotation marks: `quote`, `quote-punctuation`.
//!
//! A quotation that is only clipped at an end is no divergence: what both give must differ inside.

use std::ops::Range;
use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::prepare::{Unit, Word};
use crate::compare::speech::{Identity, identity};
use crate::compare::types::DivergenceKind;
use crate::text::ByteSpan;

/// The fewest content words two quotations must share to be one utterance.
const FEWEST_SHARED: usize = 2;
/// How long one pair of quotations may take.
const PATIENCE: Duration = Duration::from_millis(20);

/// Equal words between two differences that keep them apart; fewer, and they are shown as one.
const APART: usize = 3;

/// Adds the differences between the quotations of two sentences. A quotation is held against the one of the other article
/// that it shares most with, and only where that holds both ways.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let (runs_a, runs_b) = (quoted_runs(&site.a, site.a.unit), quoted_runs(&site.b, site.b.unit));
    if runs_a.is_empty() || runs_b.is_empty() {
        return;
    }
    let (all_a, all_b) = (all_quoted(&site.a), all_quoted(&site.b));
    for &a in &runs_a {
        for &b in &runs_b {
            let share = shared_words(a, b);
            let outdone = |own: &[Word], others: &[&[Word]], but: &[Word]| {
                others.iter().any(|other| other[0].span != but[0].span && shared_words(own, other) > share)
            };
            if !outdone(a, &all_b, b) && !outdone(b, &all_a, a) {
                compare(site, a, b, found);
            }
        }
    }
}

/// The stretches of a sentence inside quotation marks.
fn quoted_runs<'s>(side: &Side<'s>, unit: &'s Unit) -> Vec<&'s [Word]> {
    let of = |word: &Word| {
        let at = side.article.quotations.partition_point(|quotation| quotation.inner.start <= word.span.start);
        if word.quoted { Some(at) } else { None }
    };
    unit.words.chunk_by(|x, y| of(x) == of(y)).filter(|run| run.len() > 1 && run[0].quoted).collect()
}

/// All such stretches of an article.
fn all_quoted<'s>(side: &Side<'s>) -> Vec<&'s [Word]> {
    side.article.units.iter().flat_map(|unit| quoted_runs(side, unit)).collect()
}

/// The share of the shorter one's words that the other has.
fn shared_words(a: &[Word], b: &[Word]) -> f32 {
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let shared = shorter.iter().filter(|word| longer.iter().any(|other| other.term == word.term)).count();
    shared as f32 / shorter.len().max(1) as f32
}

/// The words of one quotation as keys, and the word each key belongs to.
struct Keyed<'k> {
    words: &'k [Word],
    keys: Vec<String>,
    owner: Vec<usize>,
}

impl<'k> Keyed<'k> {
    fn of(words: &'k [Word], side: &Side, site: &Site) -> Self {
        let spelled = |(at, word): (usize, &Word)| spelled_out(word, side, site).into_iter().map(move |key| (key, at));
        let (keys, owner) = words.iter().enumerate().flat_map(spelled).unzip();
        Self { words, keys, owner }
    }

    /// The span of some keys; of the words beside them where there are none.
    fn span(&self, range: &Range<usize>) -> ByteSpan {
        let last = self.owner.len() - 1;
        let (from, to) =
            if range.is_empty() { (range.start.saturating_sub(1), range.start) } else { (range.start, range.end - 1) };
        self.words[self.owner[from.min(last)]].span.join(self.words[self.owner[to.min(last)]].span)
    }
}

fn compare(site: &Site, a: &[Word], b: &[Word], found: &mut Vec<Suspect>) {
    let (a, b) = (Keyed::of(a, &site.a, site), Keyed::of(b, &site.b, site));
    let ops = capture_diff_slices_deadline(Algorithm::Patience, &a.keys, &b.keys, Some(Instant::now() + PATIENCE));
    let equal: Vec<Range<usize>> =
        ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(DiffOp::old_range).collect();
    let shared: usize = equal.iter().map(Range::len).sum();
    let carries = |at: usize| site.vocabulary.term(a.words[a.owner[at]].term).carries();
    let content = equal.iter().cloned().flatten().filter(|&at| carries(at)).count();
    let shorter = a.keys.len().min(b.keys.len());
    let strength = [shared as f32 / shorter.max(1) as f32, 0.0, content as f32];
    if content < FEWEST_SHARED && shared * 3 < shorter * 2 || shared < 2 {
        return other_words(site, &a, &b, strength, found);
    }
    let altered = altered(&ops, a.keys.len(), b.keys.len());
    for (in_a, in_b) in &altered {
        let mut suspect = Suspect::new(DivergenceKind::Quote, a.span(in_a), b.span(in_b), site);
        suspect.signs.strength = [strength[0], in_a.len().max(in_b.len()) as f32, strength[2]];
        let content = |side: &Keyed, range: &Range<usize>| {
            range.clone().filter(|&at| site.vocabulary.term(side.words[side.owner[at]].term).carries()).count() as f32
        };
        suspect.signs.settled = [content(&a, in_a), content(&b, in_b)];
        found.push(suspect);
    }
    if let (true, Some(first), Some(last)) = (altered.is_empty() && shared >= 4, equal.first(), equal.last()) {
        let in_b: Vec<_> = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(DiffOp::new_range).collect();
        let to_b = in_b[0].start..in_b[in_b.len() - 1].end;
        let (span_a, span_b) = (a.span(&(first.start..last.end)), b.span(&to_b));
        if punctuation(&site.a, span_a) != punctuation(&site.b, span_b) {
            found.push(Suspect::new(DivergenceKind::QuotePunctuation, span_a, span_b, site));
        }
    }
}

/// One speaker's utterance in wholly other words: both quotations as they stand.
fn other_words(site: &Site, a: &Keyed, b: &Keyed, strength: [f32; 3], found: &mut Vec<Suspect>) {
    let one_speaker = match (&site.a.unit.speaker, &site.b.unit.speaker) {
        (Some(a), Some(b)) => identity(a, b) == Identity::Same,
        _ => false,
    };
    if one_speaker && a.words.len().min(b.words.len()) >= 3 {
        let (all_a, all_b) = (0..a.keys.len(), 0..b.keys.len());
        let mut suspect = Suspect::new(DivergenceKind::Quote, a.span(&all_a), b.span(&all_b), site);
        suspect.signs.strength = [strength[0], a.keys.len().max(b.keys.len()) as f32, -1.0];
        found.push(suspect);
    }
}

/// The stretches that differ, as keys of both sides. Words that one side alone has before or after what both have are
/// clipped, not altered.
fn altered(ops: &[DiffOp], keys_a: usize, keys_b: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let mut altered: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for op in ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let (in_a, in_b) = (op.old_range(), op.new_range());
        match altered.last_mut() {
            Some(last) if in_a.start.saturating_sub(last.0.end) < APART => {
                last.0.end = in_a.end;
                last.1.end = in_b.end;
            }
            _ => altered.push((in_a, in_b)),
        }
    }
    altered.retain(|(in_a, in_b)| {
        let at_edge = in_a.start == 0 && in_b.start == 0 || in_a.end == keys_a && in_b.end == keys_b;
        !(at_edge && (in_a.is_empty() || in_b.is_empty()))
    });
    altered
}

/// The keys of one word: contractions are spelled out, so that "it's" and "it is" are the same words.
fn spelled_out(word: &Word, side: &Side, site: &Site) -> Vec<String> {
    let folded = crate::text::fold(side.text(word.span));
    let raw = side.text(word.span).to_lowercase().replace('’', "'");
    let two = |head: &str, tail: &str| vec![head.to_owned(), tail.to_owned()];
    let parts = match raw.as_str() {
        "can't" => return two("can", "not"),
        "won't" => return two("will", "not"),
        "shan't" => return two("shall", "not"),
        "cannot" => return two("can", "not"),
        "let's" => return two("let", "us"),
        raw => raw.rsplit_once('\'').map(|(head, tail)| (head.to_owned(), tail.to_owned())),
    };
    match parts {
        Some((head, tail)) if tail == "t" && head.ends_with('n') => two(&head[..head.len() - 1], "not"),
        Some((head, tail)) if tail == "re" => two(&head, "are"),
        Some((head, tail)) if tail == "ve" => two(&head, "have"),
        Some((head, tail)) if tail == "ll" => two(&head, "will"),
        Some((head, tail)) if tail == "m" => two(&head, "am"),
        Some((head, tail)) if tail == "s" && takes_is(&head) => two(&head, "is"),
        _ => {
            let stem = &site.vocabulary.term(word.term).stem;
            vec![if stem.is_empty() { folded } else { folded_number(&folded) }]
        }
    }
}

/// Small numbers are one key in words and digits.
fn folded_number(folded: &str) -> String {
    const WORDS: [&str; 13] =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    WORDS.iter().position(|word| *word == folded).map_or_else(|| folded.to_owned(), |number| number.to_string())
}

fn takes_is(head: &str) -> bool {
    matches!(head, "it" | "that" | "this" | "he" | "she" | "there" | "here" | "what" | "who" | "where" | "how")
}

fn punctuation(side: &Side, span: ByteSpan) -> String {
    side.text(span).chars().filter(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '—' | '–')).collect()
}
