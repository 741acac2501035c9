//! One utterance with other words, or other punctuation, between its quotation marks: `quote`, `quote-punctuation`.
//!
//! A quotation that is only clipped at an end is no divergence: what both give must differ inside.

use std::cmp::Ordering;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::quoted::{Pair, shared_weight};
use super::suspect::Suspect;
use super::{MOST, Side, Site};
use crate::compare::prepare::Word;
use crate::compare::speech::{Identity, identity};
use crate::compare::types::DivergenceKind;
use crate::text::values::{Agreement, agreement};
use crate::text::{ByteOffset, ByteSpan};

/// The fewest content words two quotations must share to be one utterance.
const FEWEST_SHARED: usize = 2;
/// The longest quotation that is held against another, in words: beyond it a word diff costs too much.
const LONGEST: usize = 2000;

/// Equal words between two differences that keep them apart; fewer, and they are shown as one.
const APART: usize = 2;

/// Adds the differences between the quotations of two sentences. A quotation is held against the one of the other article
/// that it shares most with.
pub(super) fn find(site: &Site, found: &mut Vec<Suspect>) {
    let (runs_a, runs_b) = (site.a.quoted.within(site.a.unit.span), site.b.quoted.within(site.b.unit.span));
    for at in runs_a.take(MOST) {
        for there in runs_b.clone().take(MOST) {
            let (a, b) = (site.a.quoted.run(at), site.b.quoted.run(there));
            let pair = Pair { weight: shared_weight(a, b, site.vocabulary), vocabulary: site.vocabulary };
            let outdone_a = || site.a.quoted.is_outdone(at, (site.b.passage.article, site.b.quoted), b, &pair);
            let outdone_b = || site.b.quoted.is_outdone(there, (site.a.passage.article, site.a.quoted), a, &pair);
            // The shorter one decides: of a long quotation several clippings can stand in the other article.
            let is_counterpart = match a.len().cmp(&b.len()) {
                Ordering::Less => !outdone_a(),
                Ordering::Greater => !outdone_b(),
                Ordering::Equal => !outdone_a() && !outdone_b(),
            };
            if is_counterpart {
                compare(site, a, b, found);
            }
        }
    }
}

/// The words of one quotation as keys, and the word each key belongs to.
struct Keyed<'k> {
    words: &'k [Word],
    keys: Vec<String>,
    owner: Vec<usize>,
}

impl<'k> Keyed<'k> {
    fn of(words: &'k [Word], side: &Side, site: &Site) -> Self {
        let brackets = side.text(side.unit.span).contains('[');
        let spelled = |(at, word): (usize, &Word)| {
            // A word of the editor's is none of the speaker's, be it the same.
            let mark = if brackets && is_bracketed(word, side) { "[" } else { "" };
            spelled_out(word, side, site).into_iter().map(move |key| (format!("{mark}{key}"), at))
        };
        let (keys, owner) = words.iter().enumerate().flat_map(spelled).unzip();
        Self { words, keys, owner }
    }

    /// The span of some keys, with the brackets they stand in; of the words beside them where there are none.
    fn span(&self, range: &Range<usize>, side: &Side) -> ByteSpan {
        let last = self.owner.len() - 1;
        let (from, to) =
            if range.is_empty() { (range.start.saturating_sub(1), range.start) } else { (range.start, range.end - 1) };
        let span = self.words[self.owner[from.min(last)]].span.join(self.words[self.owner[to.min(last)]].span);
        let (before, after) = (&side.article.text[..span.start.index()], &side.article.text[span.end.index()..]);
        let opens = before.ends_with('[') && self.is_put_in(range);
        let closes = after.starts_with(']') && self.is_put_in(range);
        ByteSpan { start: ByteOffset(span.start.0 - u32::from(opens)), end: ByteOffset(span.end.0 + u32::from(closes)) }
    }

    /// Whether all of some keys are the editor's, between square brackets.
    fn is_put_in(&self, range: &Range<usize>) -> bool {
        !range.is_empty() && self.keys[range.clone()].iter().all(|key| key.starts_with('['))
    }
}

fn compare(site: &Site, a: &[Word], b: &[Word], found: &mut Vec<Suspect>) {
    let (a, b) = (Keyed::of(a, &site.a, site), Keyed::of(b, &site.b, site));
    let ops = capture_diff_slices(Algorithm::Myers, &a.keys, &b.keys);
    let qualifier = match ops.as_slice() {
        [first, DiffOp::Equal { len: KEPT.., .. }, ..] => {
            cut_qualifier(site, (&a, first.old_range()), (&b, first.new_range()))
        }
        _ => None,
    };
    let ops = within_edges(ops, &a.keys, &b.keys);
    let equal: Vec<Range<usize>> =
        ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(DiffOp::old_range).collect();
    let shared: usize = equal.iter().map(Range::len).sum();
    let carries = |at: usize| site.vocabulary.term(a.words[a.owner[at]].term).carries();
    let content = equal.iter().cloned().flatten().filter(|&at| carries(at)).count();
    let shorter = a.keys.len().min(b.keys.len());
    let strength = [shared as f32 / shorter.max(1) as f32, 0.0, content as f32];
    if a.keys.len().max(b.keys.len()) > LONGEST {
        return;
    }
    if content < FEWEST_SHARED && shared * 2 < shorter || shared < 2 {
        return other_words(site, &a, &b, strength, found);
    }
    found.extend(qualifier);
    let editors = |op: &DiffOp| is_editors((&a, &op.old_range()), (&b, &op.new_range()), site);
    let own: Vec<DiffOp> = ops.iter().filter(|op| !editors(op)).copied().collect();
    let altered: Vec<_> =
        altered(&own).into_iter().filter(|(in_a, in_b)| !one_writing(site, (&a, in_a), (&b, in_b))).collect();
    for (in_a, in_b) in &altered {
        let starts = in_a.start == 0 && in_b.start == 0;
        let ends = in_a.end == a.keys.len() && in_b.end == b.keys.len();
        let put_in = a.is_put_in(in_a) || b.is_put_in(in_b);
        let (in_a, in_b) = &trimmed(in_a.clone(), in_b.clone(), starts && !put_in, ends && !put_in);
        let mut suspect = Suspect::new(DivergenceKind::Quote, a.span(in_a, &site.a), b.span(in_b, &site.b), site);
        suspect.signs.strength = [strength[0], in_a.len().max(in_b.len()) as f32, strength[2]];
        let content = |side: &Keyed, range: &Range<usize>| {
            range.clone().filter(|&at| site.vocabulary.term(side.words[side.owner[at]].term).carries()).count() as f32
        };
        suspect.signs.settled = [content(&a, in_a), content(&b, in_b)];
        suspect.signs.elsewhere = [f32::from(u8::from(starts || ends)); 2];
        found.push(suspect);
    }
    if let (true, Some(first), Some(last)) =
        (altered.is_empty() && own.len() == ops.len() && shared >= 4, equal.first(), equal.last())
    {
        let in_b: Vec<_> = ops.iter().filter(|op| matches!(op, DiffOp::Equal { .. })).map(DiffOp::new_range).collect();
        let to_b = in_b[0].start..in_b[in_b.len() - 1].end;
        let (span_a, span_b) = (a.span(&(first.start..last.end), &site.a), b.span(&to_b, &site.b));
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
        let mut suspect = Suspect::new(DivergenceKind::Quote, a.span(&all_a, &site.a), b.span(&all_b, &site.b), site);
        suspect.signs.strength = [strength[0], a.keys.len().max(b.keys.len()) as f32, -1.0];
        found.push(suspect);
    }
}

/// Words by which a speaker takes back or doubts what follows.
const QUALIFIERS: [&str; 20] = [
    "not", "never", "no", "nobody", "doubt", "think", "thought", "believe", "believed", "hope", "hoped", "if",
    "unless", "might", "may", "could", "perhaps", "maybe", "suppose", "guess",
];
/// How near to the words kept they must stand to belong to them.
const NEAR: usize = 4;
/// How many words in a row must be kept after them.
const KEPT: usize = 3;

/// A beginning that one side clips is an alteration where it qualified what is kept ("I don't think he lied" beside "he
/// lied"), and the other side gives that for a sentence without saying so in words of its own.
fn cut_qualifier(site: &Site, (a, in_a): (&Keyed, Range<usize>), (b, in_b): (&Keyed, Range<usize>)) -> Option<Suspect> {
    let qualifies = |word: &str| QUALIFIERS.contains(&word);
    let cut = |longer: &Keyed, range: &Range<usize>, side: &Side, other: &Side| -> Option<Range<usize>> {
        let near = range.end.saturating_sub(NEAR).max(range.start)..range.end;
        let at = near.clone().find(|&at| qualifies(&longer.keys[at]))?;
        let kept = longer.words.get(*longer.owner.get(range.end)?)?;
        let between = side.text(longer.words[longer.owner[at]].span.join(kept.span));
        let says_so = |word: &Word| {
            let own = spelled_out(word, other, site);
            !word.quoted && own.iter().any(|key| qualifies(key))
        };
        let is_said = other.unit.words.iter().any(says_so);
        let whole = if range.len() <= NEAR { range.start } else { at };
        (!is_said && !between.contains(['.', ',', '!', '?', ';', ':', '…'])).then_some(whole..range.end)
    };
    let first = |shorter: &Keyed| 0..shorter.keys.len().min(2);
    let is_sentence = |shorter: &Keyed, side: &Side| side.text(shorter.words[0].span).starts_with(char::is_uppercase);
    let (span_a, span_b) = match (in_a.is_empty(), in_b.is_empty()) {
        (false, true) if !is_sentence(b, &site.b) => return None,
        (true, false) if !is_sentence(a, &site.a) => return None,
        (false, true) => (a.span(&cut(a, &in_a, &site.a, &site.b)?, &site.a), b.span(&first(b), &site.b)),
        (true, false) => (a.span(&first(a), &site.a), b.span(&cut(b, &in_b, &site.b, &site.a)?, &site.b)),
        _ => return None,
    };
    let mut suspect = Suspect::new(DivergenceKind::Quote, span_a, span_b, site);
    suspect.by_form = true;
    Some(suspect)
}

/// The operations between the edges: words that one side alone has before or after what both have are clipped, not
/// altered. A stretch that ends in the words before it is clipped, too: "[I came, and] I went" beside "I went".
fn within_edges(mut ops: Vec<DiffOp>, a: &[String], b: &[String]) -> Vec<DiffOp> {
    let one_sided = |op: &DiffOp| op.old_range().is_empty() != op.new_range().is_empty();
    let kept = |op: &DiffOp| -> Vec<String> {
        let (old, new) = (op.old_range(), op.new_range());
        if old.is_empty() { b[new].to_vec() } else { a[old].to_vec() }
    };
    if let [DiffOp::Equal { .. }, second, ..] = ops.as_slice()
        && one_sided(second)
        && kept(second).ends_with(&a[ops[0].old_range()])
    {
        ops.drain(..2);
    }
    if let [.., before, DiffOp::Equal { .. }] = ops.as_slice()
        && one_sided(before)
        && kept(before).starts_with(&a[ops[ops.len() - 1].old_range()])
    {
        ops.truncate(ops.len() - 2);
    }
    if ops.first().is_some_and(one_sided) {
        ops.remove(0);
    }
    if ops.last().is_some_and(one_sided) {
        ops.pop();
    }
    ops
}

/// The stretches that differ, as keys of both sides; those that few words part are one.
fn altered(ops: &[DiffOp]) -> Vec<(Range<usize>, Range<usize>)> {
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
    altered
}

/// Where a quotation begins or ends with other words, the side that has more of them may only give more of the utterance:
/// as many stand for the difference as the other side has.
fn trimmed(a: Range<usize>, b: Range<usize>, starts: bool, ends: bool) -> (Range<usize>, Range<usize>) {
    let most = a.len().min(b.len());
    match (starts, ends) {
        (true, false) => (a.end - most..a.end, b.end - most..b.end),
        (false, true) => (a.start..a.start + most, b.start..b.start + most),
        _ => (a, b),
    }
}

/// Whether a difference is the editor's alone and says so: words put in between square brackets, or an ellipsis for what
/// was left out. Where brackets stand instead of what was said, words are altered.
fn is_editors((a, in_a): (&Keyed, &Range<usize>), (b, in_b): (&Keyed, &Range<usize>), site: &Site) -> bool {
    let left_out = |keyed: &Keyed, at: usize, side: &Side| {
        let before = at.checked_sub(1).and_then(|before| keyed.owner.get(before));
        let around = before.zip(keyed.owner.get(at)).map(|(&before, &after)| {
            let gap = ByteSpan {
                start: keyed.words[before].span.end,
                end: keyed.words[after].span.start.max(keyed.words[before].span.end),
            };
            side.text(gap)
        });
        around.is_some_and(|gap| ["…", "...", ". . ."].iter().any(|ellipsis| gap.contains(ellipsis)))
    };
    match (in_a.is_empty(), in_b.is_empty()) {
        (true, false) => b.is_put_in(in_b) || left_out(a, in_a.start, &site.a),
        (false, true) => a.is_put_in(in_a) || left_out(b, in_b.start, &site.b),
        _ => false,
    }
}

/// Whether a word stands between square brackets in its sentence.
fn is_bracketed(word: &Word, side: &Side) -> bool {
    let before = side.text(ByteSpan { start: side.unit.span.start, end: word.span.start.max(side.unit.span.start) });
    before.rfind('[') > before.rfind(']')
}

/// Whether two stretches are two ways to write one thing: "bail-out" and "bailout", "eighty-eight" and 88.
fn one_writing(site: &Site, (a, in_a): (&Keyed, &Range<usize>), (b, in_b): (&Keyed, &Range<usize>)) -> bool {
    if in_a.is_empty() || in_b.is_empty() {
        return false;
    }
    let letters = |side: &Keyed, range: &Range<usize>| side.keys[range.clone()].concat().replace(['-', '['], "");
    let (span_a, span_b) = (a.span(in_a, &site.a), b.span(in_b, &site.b));
    let value = |side: &Side, span: ByteSpan| side.unit.values.iter().find(|value| value.span.covers(span)).cloned();
    let values = value(&site.a, span_a).zip(value(&site.b, span_b));
    letters(a, in_a) == letters(b, in_b) || values.is_some_and(|(x, y)| agreement(&x, &y) == Agreement::Equal)
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
        // Of a possessive both sides have the same.
        Some((head, tail)) if tail == "s" => two(&head, "is"),
        Some((head, tail)) if tail == "d" => two(&head, "would"),
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

fn punctuation(side: &Side, span: ByteSpan) -> String {
    side.text(span).chars().filter(|c| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '—' | '–')).collect()
}
