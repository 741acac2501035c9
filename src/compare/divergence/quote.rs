//! One utterance with other words, or other punctuation, between its quotation marks: `quote`, `quote-punctuation`.
//!
//! A quotation that is only clipped at an end is no divergence: what both give must differ inside.

use std::time::{Duration, Instant};

use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};

use super::suspect::Suspect;
use super::{Side, Site};
use crate::compare::prepare::Word;
use crate::compare::types::DivergenceKind;
use crate::text::ByteSpan;

/// The fewest content words two quotations must share to be one utterance.
const FEWEST_SHARED: usize = 2;
/// How long one pair of quotations may take.
const PATIENCE: Duration = Duration::from_millis(20);

/// Adds the difference between the quotations of two sentences.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    for a in quoted_runs(&site.a) {
        for b in quoted_runs(&site.b) {
            compare(site, a, b, found);
        }
    }
}

/// The stretches of a sentence inside quotation marks.
fn quoted_runs<'s>(side: &Side<'s>) -> Vec<&'s [Word]> {
    let of = |word: &Word| {
        let at = side.article.quotations.partition_point(|quotation| quotation.inner.start <= word.span.start);
        if word.quoted { Some(at) } else { None }
    };
    side.unit.words.chunk_by(|x, y| of(x) == of(y)).filter(|run| run.len() > 1 && run[0].quoted).collect()
}

fn compare(site: &Site, a: &[Word], b: &[Word], found: &mut Vec<Suspect>) {
    let keys = |words: &[Word], side: &Side| -> Vec<String> {
        words.iter().flat_map(|word| spelled_out(word, side, site)).collect()
    };
    let owner = |words: &[Word], side: &Side| -> Vec<usize> {
        words
            .iter()
            .enumerate()
            .flat_map(|(at, word)| spelled_out(word, side, site).into_iter().map(move |_| at))
            .collect()
    };
    let (keys_a, keys_b) = (keys(a, &site.a), keys(b, &site.b));
    let (owner_a, owner_b) = (owner(a, &site.a), owner(b, &site.b));
    let ops = capture_diff_slices_deadline(Algorithm::Patience, &keys_a, &keys_b, Some(Instant::now() + PATIENCE));
    let equal: Vec<(usize, usize, usize)> = ops
        .iter()
        .filter_map(|op| match *op {
            DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
            _ => None,
        })
        .collect();
    let shared: usize = equal.iter().map(|run| run.2).sum();
    let carries = |at: usize| site.vocabulary.term(a[owner_a[at]].term).carries();
    let content = equal.iter().flat_map(|run| run.0..run.0 + run.2).filter(|&at| carries(at)).count();
    let (Some(first), Some(last)) = (equal.first(), equal.last()) else { return };
    let shorter = keys_a.len().min(keys_b.len());
    if content < FEWEST_SHARED && shared * 3 < shorter * 2 || shared < 2 {
        return;
    }
    let inside_a = (first.0, last.0 + last.2);
    let inside_b = (first.1, last.1 + last.2);
    let clipped = inside_a.1 - inside_a.0 == shared && inside_b.1 - inside_b.0 == shared;
    let (span_a, span_b) = if clipped {
        (join(a, &owner_a, inside_a), join(b, &owner_b, inside_b))
    } else {
        (
            join(a, &owner_a, hull(&equal, inside_a, |run| (run.0, run.2))),
            join(b, &owner_b, hull(&equal, inside_b, |run| (run.1, run.2))),
        )
    };
    // Words that only one side has before or after what both have: clipped, or put in other words.
    let outer_a = keys_a.len() - (inside_a.1 - inside_a.0);
    let outer_b = keys_b.len() - (inside_b.1 - inside_b.0);
    let both_ends = outer_a.min(outer_b) > 0;
    if clipped && !both_ends {
        if punctuation(&site.a, span_a) != punctuation(&site.b, span_b) && shared >= 4 {
            found.push(Suspect::new(DivergenceKind::QuotePunctuation, span_a, span_b, site));
        }
        return;
    }
    let (span_a, span_b) = if clipped {
        (join(a, &owner_a, (0, keys_a.len())), join(b, &owner_b, (0, keys_b.len())))
    } else {
        (span_a, span_b)
    };
    let mut suspect = Suspect::new(DivergenceKind::Quote, span_a, span_b, site);
    let differing = (inside_a.1 - inside_a.0).max(inside_b.1 - inside_b.0) - shared;
    suspect.signs.strength = [shared as f32 / shorter.max(1) as f32, differing as f32, content as f32];
    suspect.signs.settled = [outer_a as f32, outer_b as f32];
    found.push(suspect);
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

fn join(words: &[Word], owner: &[usize], range: (usize, usize)) -> ByteSpan {
    let first = words[owner[range.0.min(owner.len() - 1)]].span;
    let last = words[owner[range.1.saturating_sub(1).min(owner.len() - 1)]].span;
    first.join(last)
}

/// The stretch from the first to the last difference between equal runs, with one equal word on each side for a reader to
/// see where it stands.
fn hull(
    equal: &[(usize, usize, usize)],
    inside: (usize, usize),
    side: impl Fn(&(usize, usize, usize)) -> (usize, usize),
) -> (usize, usize) {
    let Some(first) = equal.first().map(&side) else { return inside };
    let Some(last) = equal.last().map(&side) else { return inside };
    let from = (first.0 + first.1).saturating_sub(1);
    let to = last.0 + 1;
    if from < to { (from, to.min(inside.1)) } else { inside }
}

fn punctuation(side: &Side, span: ByteSpan) -> String {
    side.text(span).chars().filter(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '—' | '–')).collect()
}
