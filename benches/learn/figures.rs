//! How well a comparison agrees with gold labels: counterparts, pairs, divergences.
//!
//! A link covers a pair of sentences when each of its spans shares half of the shorter of span and sentence. A *cell* is a
//! sentence and another article: gold when the sentence has a counterpart there, right when one of those given is gold.

use std::collections::BTreeSet;

use crossread::compare::Comparison;
use crossread::export::json::kind_name;
use crossread::text::Passage;

use super::event::{Event, Labelled, half};

/// Right, said and gold.
#[derive(Default, Clone, Copy)]
pub struct Counts {
    pub right: f64,
    pub said: f64,
    pub gold: f64,
    /// Right among the gold ones, where that is counted apart.
    pub found: f64,
}

impl Counts {
    pub fn precision(self) -> f64 {
        if self.said > 0.0 { self.right / self.said } else { 1.0 }
    }

    pub fn recall(self) -> f64 {
        if self.gold > 0.0 { self.found / self.gold } else { 1.0 }
    }

    pub fn f1(self) -> f64 {
        let (p, r) = (self.precision(), self.recall());
        if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 }
    }
}

/// How few articles of an event are compared by themselves, too.
pub const FEW: [usize; 2] = [2, 3];

/// The figures of one event.
pub struct Figures {
    pub counterparts: Counts,
    pub pairs: Counts,
    pub divergences: Counts,
    /// Of the divergences found, how many have the right kind.
    pub kind_right: f64,
    /// Equal variants flagged, of how many.
    pub flagged: (usize, usize),
    /// Hard negatives linked, of how many.
    pub fooled: (usize, usize),
    /// The pairs where only so many of the articles are compared.
    pub few: [Counts; FEW.len()],
    /// The pairs where the articles are written in long sentences.
    pub long: Counts,
    /// The same articles beside strangers.
    pub strange: Strange,
}

/// Links with articles on other events, which no event has.
#[derive(Default, Clone, Copy)]
pub struct Strange {
    pub links: usize,
    /// Pairs of articles of which one at least is a stranger.
    pub articles: usize,
    pub divergences: usize,
    /// Links among the event's own articles.
    pub own: usize,
}

impl Strange {
    /// Counts what a comparison of an event and its strangers says.
    pub fn of(event: &Event, comparison: &Comparison) -> Self {
        let (own, all) = (event.articles.len(), event.articles.len() + event.strangers.len());
        let pairs = |articles: usize| articles * articles.saturating_sub(1) / 2;
        let is_strange = |a: Passage, b: Passage| a.article.index().max(b.article.index()) >= own;
        let links = comparison.links.iter().filter(|link| is_strange(link.a, link.b)).count();
        let divergences = comparison.divergences.iter().filter(|part| is_strange(part.a, part.b)).count();
        Self { links, articles: pairs(all) - pairs(own), divergences, own: comparison.links.len() - links }
    }
}

type Sentence = (u16, usize);
type Pairs = BTreeSet<(Sentence, Sentence)>;

/// Scores a comparison of an event's articles.
pub fn figures(event: &Event, comparison: &Comparison) -> Figures {
    let mut gold = Pairs::new();
    for members in &event.claims {
        for (at, &a) in members.iter().enumerate() {
            members[at + 1..].iter().for_each(|&b| gold.extend(covered(event, a, b)));
        }
    }
    let said: Pairs = comparison.links.iter().flat_map(|link| covered(event, link.a, link.b)).collect();
    let right: Pairs = gold.intersection(&said).copied().collect();
    let wrong: Pairs = said.difference(&gold).copied().collect();
    let fooled = |pair: &&Labelled| covered(event, pair.a, pair.b).iter().any(|pair| wrong.contains(pair));
    let flagged = |pair: &&Labelled| comparison.divergences.iter().any(|found| pair.is_between(found.a, found.b));
    let (divergences, kind_right) = divergences(event, comparison);
    Figures {
        counterparts: counts(cells(&right).len(), cells(&said).len(), cells(&gold).len()),
        pairs: counts(right.len(), said.len(), gold.len()),
        divergences,
        kind_right,
        flagged: (event.equal_variants.iter().filter(flagged).count(), event.equal_variants.len()),
        fooled: (event.hard_negatives.iter().filter(fooled).count(), event.hard_negatives.len()),
        few: FEW.map(|_| Counts::default()),
        long: Counts::default(),
        strange: Strange::default(),
    }
}

fn counts(right: usize, said: usize, gold: usize) -> Counts {
    Counts { right: right as f64, said: said as f64, gold: gold as f64, found: right as f64 }
}

fn cells(pairs: &Pairs) -> BTreeSet<(Sentence, u16)> {
    pairs.iter().flat_map(|&(a, b)| [(a, b.0), (b, a.0)]).collect()
}

/// The pairs of sentences that two passages of different articles cover.
fn covered(event: &Event, a: Passage, b: Passage) -> Pairs {
    if a.article == b.article {
        return Pairs::new();
    }
    let sentences = |passage: Passage| -> Vec<Sentence> {
        let all = event.articles[passage.article.index()].text.sentences().iter().enumerate();
        all.filter(|(_, sentence)| half(sentence.span, passage.span)).map(|(at, _)| (passage.article.0, at)).collect()
    };
    let others = sentences(b);
    sentences(a).into_iter().flat_map(|x| others.iter().map(move |&y| (x.min(y), x.max(y)))).collect()
}

/// Framing and punctuation are softer kinds: readers differ on them, so they are not counted.
fn is_soft(kind: &str) -> bool {
    matches!(kind, "framing" | "quote-punctuation")
}

fn divergences(event: &Event, comparison: &Comparison) -> (Counts, f64) {
    let hard: Vec<_> = event
        .divergences
        .iter()
        .filter(|gold| gold.counts && !is_soft(gold.kind.as_deref().unwrap_or_default()))
        .collect();
    let said: Vec<_> = comparison.divergences.iter().filter(|found| !is_soft(kind_name(found.kind))).collect();
    let right =
        said.iter().filter(|found| event.divergences.iter().any(|gold| gold.is_between(found.a, found.b))).count();
    let hits = |gold: &&&Labelled| comparison.divergences.iter().any(|found| gold.is_between(found.a, found.b));
    let named = |gold: &&&Labelled| {
        comparison
            .divergences
            .iter()
            .any(|found| gold.is_between(found.a, found.b) && Some(kind_name(found.kind)) == gold.kind.as_deref())
    };
    let found = hard.iter().filter(hits).count();
    let of_kind = hard.iter().filter(named).count();
    let counts = Counts { found: found as f64, ..counts(right, said.len(), hard.len()) };
    (counts, if found > 0 { of_kind as f64 / found as f64 } else { 1.0 })
}

/// Prints a table of events and their mean.
pub fn table(rows: &[(String, Figures)]) {
    println!(
        "{:<20} {:^20} {:^20} {:^20} {:>5} {:>9} {:>9}",
        "", "counterparts", "pairs", "divergences", "kind", "equal", "hard"
    );
    println!("{:<20} {} {} {} {:>5} {:>9} {:>9}", "event", heads(), heads(), heads(), "right", "flagged", "linked");
    for (name, row) in rows {
        let three =
            |counts: Counts| format!("{:>6.3} {:>6.3} {:>6.3}", counts.precision(), counts.recall(), counts.f1());
        let of = |(part, whole): (usize, usize)| format!("{part}/{whole}");
        println!(
            "{name:<20} {} {} {} {:>5.2} {:>9} {:>9}",
            three(row.counterparts),
            three(row.pairs),
            three(row.divergences),
            row.kind_right,
            of(row.flagged),
            of(row.fooled)
        );
    }
    let mean =
        |of: &dyn Fn(&Figures) -> f64| rows.iter().map(|(_, row)| of(row)).sum::<f64>() / rows.len().max(1) as f64;
    println!(
        "mean F1: counterparts {:.3}, pairs {:.3}, divergences {:.3}; kind right {:.2}",
        mean(&|row| row.counterparts.f1()),
        mean(&|row| row.pairs.f1()),
        mean(&|row| row.divergences.f1()),
        mean(&|row| row.kind_right)
    );
    let pairs = |which: String, of: &dyn Fn(&Figures) -> Counts| {
        if rows.iter().any(|row| of(&row.1).said > 0.0) {
            let [right, found, f1] =
                [Counts::precision, Counts::recall, Counts::f1].map(|figure| mean(&|row| figure(of(row))));
            println!("pairs where {which}: {right:.3} right, {found:.3} found, mean F1 {f1:.3}");
        }
    };
    pairs("sentences are twice as long".to_owned(), &|row| row.long);
    for (at, few) in FEW.iter().enumerate() {
        pairs(format!("{few} of the articles are compared"), &|row| row.few[at]);
    }
    let sum = |of: &dyn Fn(&Strange) -> usize| rows.iter().map(|(_, row)| of(&row.strange)).sum::<usize>();
    let strange = sum(&|strange| strange.articles);
    if strange > 0 {
        let each = |count: usize| count as f64 / strange as f64;
        println!(
            "beside strangers: {:.2} links and {:.2} divergences for each two articles that are strangers; {} links in all \
             among the others",
            each(sum(&|strange| strange.links)),
            each(sum(&|strange| strange.divergences)),
            sum(&|strange| strange.own)
        );
    }
}

fn heads() -> String {
    format!("{:>6} {:>6} {:>6}", "P", "R", "F1")
}
