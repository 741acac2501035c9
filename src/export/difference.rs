//! In what sources part: of each thing what every source says, side by side.
//!
//! Must never draw. Invariant: every divergence is told once.

use super::words::kind_word;
use crate::compare::{Divergence, DivergenceKind};
use crate::text::Passage;

/// One thing of which sources say different values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What kind of thing.
    pub kind: DivergenceKind,
    /// Where each value stands, and the value in normal form; in the order of the sources.
    pub sides: Vec<(Passage, String)>,
}

impl Difference {
    /// The values side by side: `figure: A 14 injured · B 17 injured`.
    pub fn words(&self) -> String {
        let mut said: Vec<String> = Vec::new();
        for (passage, value) in &self.sides {
            let one = format!("{} {value}", passage.article.letter());
            if !said.contains(&one) {
                said.push(one);
            }
        }
        format!("{}: {}", kind_word(self.kind), said.join(" · "))
    }

    fn meets(&self, divergence: &Divergence) -> bool {
        let has = |wanted: Passage| {
            let sides = || self.sides.iter().map(|(passage, _)| *passage);
            // Pieces of a quotation are about one thing only where they are the same words.
            let overlaps = |side: Passage| self.kind != DivergenceKind::Quote && side.span.shared(wanted.span) > 0;
            sides().any(|side| side.article == wanted.article && (side == wanted || overlaps(side)))
        };
        self.kind == divergence.kind && (has(divergence.a) || has(divergence.b))
    }
}

/// Divergences of one kind that share a passage are about one thing.
pub fn differences(divergences: &[&Divergence]) -> Vec<Difference> {
    let mut found: Vec<Difference> = Vec::new();
    for divergence in divergences {
        let sides = [(divergence.a, divergence.why_a.clone()), (divergence.b, divergence.why_b.clone())];
        match found.iter_mut().find(|difference| difference.meets(divergence)) {
            Some(difference) => difference.sides.extend(sides),
            None => found.push(Difference { kind: divergence.kind, sides: sides.to_vec() }),
        }
    }
    for difference in &mut found {
        difference.sides.sort();
        difference.sides.dedup();
    }
    found.sort_by(|one, other| (one.kind, &one.sides).cmp(&(other.kind, &other.sides)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::LinkIndex;
    use crate::text::{ArticleIndex, ByteSpan};

    fn divergence(a: (usize, usize, &str), b: (usize, usize, &str), kind: DivergenceKind) -> Divergence {
        let side = |(article, start, _): (usize, usize, &str)| Passage {
            article: ArticleIndex::new(article),
            span: ByteSpan::new(start, start + 4),
        };
        let (why_a, why_b) = (a.2.to_owned(), b.2.to_owned());
        Divergence { kind, a: side(a), b: side(b), link: LinkIndex(0), why_a, why_b }
    }

    #[test]
    fn what_sources_say_of_one_thing_stands_side_by_side_and_other_things_apart() {
        let number = DivergenceKind::Number;
        let found = [
            divergence((0, 10, "14"), (1, 20, "17"), number),
            divergence((1, 20, "17"), (2, 30, "14"), number),
            divergence((0, 90, "40 minutes"), (1, 80, "70 minutes"), number),
            divergence((0, 50, "Monday"), (1, 50, "Wednesday"), DivergenceKind::Date),
        ];
        let words: Vec<String> = differences(&found.iter().collect::<Vec<_>>()).iter().map(Difference::words).collect();
        let expected =
            ["figure: A 14 · B 17 · C 14", "figure: A 40 minutes · B 70 minutes", "date: A Monday · B Wednesday"];
        assert_eq!(words, expected);
    }
}
