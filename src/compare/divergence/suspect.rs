//! A possible divergence and the signs by which it is judged.
//!
//! Must never judge. Invariant: the signs are symmetric in the two sides.

use std::ops::Range;

use super::{Side, Site};
use crate::compare::overlap::{Sought, shared_both_ways};
use crate::compare::prepare::Word;
use crate::compare::speech::{Identity, identity};
use crate::compare::types::DivergenceKind;
use crate::text::ByteSpan;

/// The names of the features, in order.
pub(in crate::compare) const NAMES: [&str; 33] = [
    "is-number",
    "is-date",
    "is-name",
    "is-place",
    "is-quote",
    "is-attribution",
    "is-negation",
    "is-modality",
    "link-score",
    "context",
    "sentences",
    "rivals",
    "strength",
    "second-strength",
    "third-strength",
    "settled-least",
    "settled-most",
    "elsewhere-least",
    "elsewhere-most",
    "quoted-both",
    "quoted-one",
    "in-link",
    "length-least",
    "length-most",
    "clauses",
    "head",
    "cues-most",
    "is-framing",
    "frame",
    "frame-lead",
    "apart",
    "counted",
    "speakers",
];

/// What a rule found, before it is judged.
#[derive(Debug, Clone)]
pub(in crate::compare) struct Suspect {
    pub kind: DivergenceKind,
    pub a: ByteSpan,
    pub b: ByteSpan,
    pub why_a: String,
    pub why_b: String,
    pub signs: Signs,
    /// Whether its form alone says what it is, whatever the score says.
    pub by_form: bool,
}

/// The signs a rule and the sentences give.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::compare) struct Signs {
    /// How sure the link is.
    pub link: f32,
    /// How alike the words around the two spans are.
    pub context: f32,
    /// How alike the two sentences are.
    pub sentences: f32,
    /// How many suspects of this kind the two sentences have.
    pub rivals: f32,
    /// What the rule measures, by kind.
    pub strength: [f32; 3],
    /// Whether each side's own value finds an equal one in the other sentence.
    pub settled: [f32; 2],
    /// Whether each side's words stand elsewhere in the other article.
    pub elsewhere: [f32; 2],
    /// How many of the two stand inside quotation marks.
    pub quoted: f32,
    /// Whether both spans lie in the link's own passages.
    pub in_link: f32,
    /// Lengths of the spans, in bytes.
    pub lengths: [f32; 2],
    /// How alike the clauses are that the spans stand in, the spans left out.
    pub clauses: f32,
    /// How surely the other sentence has the word that a cue belongs to.
    pub head: f32,
    /// How many cues of its kind the sentence with more of them has.
    pub cues: f32,
    /// Whether one person vouches for both: 1 the same, -1 two, 0 not said.
    pub speakers: f32,
    /// What a value's surroundings say.
    pub frame: Frame,
}

/// What stands around two values.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::compare) struct Frame {
    /// How alike the words around the two are, the nearest counting most.
    pub alike: f32,
    /// By how much more than those around any other pair that one of the two is in.
    pub lead: f32,
    /// How far the two are apart: the logarithm of their ratio, or of their distance in days.
    pub apart: f32,
    /// Whether they count the same things: 1 the same noun, 0.5 kin, 0 not said, -1 others.
    pub counted: f32,
}

impl Suspect {
    /// A suspect with the signs that do not depend on the rule.
    pub(super) fn new(kind: DivergenceKind, a: ByteSpan, b: ByteSpan, site: &Site) -> Self {
        let shorten = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let alike = |of: fn(&Side, ByteSpan) -> Vec<Word>| {
            let (words_a, words_b) = (of(&site.a, a), of(&site.b, b));
            let vocabulary = site.vocabulary;
            shared_both_ways(&Sought::of(words_a, vocabulary), &Sought::of(words_b, vocabulary), vocabulary)
        };
        let quoted = |side: &Side, span| side.unit.within(span).iter().any(|word| word.quoted);
        let signs = Signs {
            link: site.score,
            context: alike(around),
            sentences: site.alike,
            quoted: f32::from(u8::from(quoted(&site.a, a)) + u8::from(quoted(&site.b, b))),
            in_link: f32::from(
                u8::from(site.a.passage.span.shared(a) > 0) + u8::from(site.b.passage.span.shared(b) > 0),
            ),
            lengths: [a.len() as f32, b.len() as f32],
            clauses: alike(clause_around),
            speakers: match (&site.a.unit.speaker, &site.b.unit.speaker) {
                (Some(x), Some(y)) => match identity(x, y) {
                    Identity::Same => 1.0,
                    Identity::Different => -1.0,
                    Identity::Unknown => 0.0,
                },
                _ => 0.0,
            },
            ..Signs::default()
        };
        Self { kind, a, b, why_a: shorten(site.a.text(a)), why_b: shorten(site.b.text(b)), signs, by_form: false }
    }

    /// The features, in the order of [`NAMES`].
    pub(in crate::compare) fn row(&self) -> [f32; NAMES.len()] {
        let signs = &self.signs;
        let kind = |kinds: &[DivergenceKind]| f32::from(u8::from(kinds.contains(&self.kind)));
        let least = |two: [f32; 2]| two[0].min(two[1]);
        let most = |two: [f32; 2]| two[0].max(two[1]);
        [
            kind(&[DivergenceKind::Number]),
            kind(&[DivergenceKind::Date]),
            kind(&[DivergenceKind::Name]),
            kind(&[DivergenceKind::Place]),
            kind(&[DivergenceKind::Quote, DivergenceKind::QuotePunctuation]),
            kind(&[DivergenceKind::Attribution]),
            kind(&[DivergenceKind::Negation]),
            kind(&[DivergenceKind::Modality]),
            signs.link,
            signs.context,
            signs.sentences,
            signs.rivals,
            signs.strength[0],
            signs.strength[1],
            signs.strength[2],
            least(signs.settled),
            most(signs.settled),
            least(signs.elsewhere),
            most(signs.elsewhere),
            f32::from(u8::from(signs.quoted > 1.5)),
            f32::from(u8::from((signs.quoted - 1.0).abs() < 0.5)),
            signs.in_link,
            least(signs.lengths),
            most(signs.lengths),
            signs.clauses,
            signs.head,
            signs.cues,
            kind(&[DivergenceKind::Framing]),
            signs.frame.alike,
            signs.frame.lead,
            signs.frame.apart,
            signs.frame.counted,
            signs.speakers,
        ]
    }
}

/// Tells every suspect how many others of its kind the two sentences have.
pub(super) fn count_rivals(suspects: &mut [Suspect]) {
    let kinds: Vec<_> = suspects.iter().map(|suspect| suspect.kind).collect();
    for suspect in suspects {
        suspect.signs.rivals = kinds.iter().filter(|kind| **kind == suspect.kind).count() as f32;
    }
}

/// How many words on either side of a span are its context.
const CONTEXT: usize = 6;

fn around(side: &Side, span: ByteSpan) -> Vec<Word> {
    let words = &side.unit.words;
    let Range { start: from, end: to } = side.unit.touched(span);
    words[from.saturating_sub(CONTEXT)..from].iter().chain(words[to..].iter().take(CONTEXT)).copied().collect()
}

/// The words of the clauses that a span touches, the span left out.
fn clause_around(side: &Side, span: ByteSpan) -> Vec<Word> {
    let touched = side.unit.clauses.iter().filter(|clause| clause.span.shared(span) > 0);
    let words = touched.flat_map(|clause| &side.unit.words[clause.words.clone()]);
    words.filter(|word| word.span.shared(span) == 0).copied().collect()
}
