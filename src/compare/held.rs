//! One sentence laid out by term, so that each of its counterparts is held against it without a search.
//!
//! Must never outlive a comparison. Invariant: only the terms of the sentence in hand, and those close to them, have a chain.

use super::candidates::UnitIndex;
use super::prepare::Unit;
use super::profile::Profile;
use super::vocabulary::{TermIndex, Vocabulary};

/// Two words that are equal or close, by their places in the bags of their sentences.
#[derive(Debug, Clone, Copy)]
pub(super) struct Meeting {
    pub a: usize,
    pub b: usize,
    /// From 0 to 1; equal words are 1.
    pub closeness: f32,
    /// Whether they are one word.
    pub equal: bool,
}

/// Where the chains of a term begin: one more than the place of the first link, 0 where there is none.
#[derive(Debug, Clone, Copy, Default)]
struct Chains {
    close: u32,
    words: u32,
}

/// A link of a chain: a place in the sentence, and where the next link is.
#[derive(Debug, Clone, Copy)]
struct Link {
    place: u32,
    closeness: f32,
    equal: bool,
    next: u32,
}

/// The sentence in hand.
#[derive(Debug)]
pub(super) struct Held {
    unit: Option<UnitIndex>,
    chains: Vec<Chains>,
    used: Vec<TermIndex>,
    links: Vec<Link>,
    by_a: Vec<Meeting>,
    by_b: Vec<Meeting>,
}

impl Held {
    /// Holds nothing yet.
    pub(super) fn new(vocabulary: &Vocabulary) -> Self {
        Self {
            unit: None,
            chains: vec![Chains::default(); vocabulary.len()],
            used: Vec::new(),
            links: Vec::new(),
            by_a: Vec::new(),
            by_b: Vec::new(),
        }
    }

    /// Takes a sentence in hand, unless it is.
    pub(super) fn hold(&mut self, at: UnitIndex, unit: &Unit, profile: &Profile, vocabulary: &Vocabulary) {
        if self.unit.replace(at) == Some(at) {
            return;
        }
        self.used.drain(..).for_each(|term| self.chains[term.0 as usize] = Chains::default());
        self.links.clear();
        for (place, entry) in (0u32..).zip(&profile.bag) {
            self.add(entry.term, (place, 1.0, true), |chains| &mut chains.close);
            for &(near, closeness) in &vocabulary.term(entry.term).near {
                self.add(near, (place, closeness, false), |chains| &mut chains.close);
            }
        }
        for (place, word) in (0u32..).zip(&unit.words) {
            self.add(word.term, (place, 1.0, true), |chains| &mut chains.words);
        }
    }

    fn add(&mut self, term: TermIndex, of: (u32, f32, bool), chain: fn(&mut Chains) -> &mut u32) {
        let first = chain(&mut self.chains[term.0 as usize]);
        let (place, closeness, equal) = of;
        self.links.push(Link { place, closeness, equal, next: *first });
        *first = self.links.len() as u32;
        self.used.push(term);
    }

    fn chain(&self, first: u32) -> impl Iterator<Item = Link> + '_ {
        let link = |at: u32| self.links.get((at as usize).checked_sub(1)?).copied();
        std::iter::successors(link(first), move |before| link(before.next))
    }

    /// Finds which words of the sentence in hand and of another are equal or close.
    pub(super) fn meet(&mut self, other: &Profile) {
        let mut by_b = std::mem::take(&mut self.by_b);
        by_b.clear();
        for (b, entry) in other.bag.iter().enumerate() {
            let meeting =
                |link: Link| Meeting { a: link.place as usize, b, closeness: link.closeness, equal: link.equal };
            by_b.extend(self.chain(self.chains[entry.term.0 as usize].close).map(meeting));
        }
        self.by_a.clear();
        self.by_a.extend_from_slice(&by_b);
        self.by_a.sort_unstable_by_key(|meeting| (meeting.a, meeting.b));
        self.by_b = by_b;
    }

    /// The words that meet, those of one word of the sentence in hand together, in the order of its bag.
    pub(super) fn by_a(&self) -> &[Meeting] {
        &self.by_a
    }

    /// The same by the words of the other sentence.
    pub(super) fn by_b(&self) -> &[Meeting] {
        &self.by_b
    }

    /// Where a term stands among the words of the sentence in hand, the last place first.
    pub(super) fn places(&self, term: TermIndex) -> impl Iterator<Item = usize> + '_ {
        self.chain(self.chains[term.0 as usize].words).map(|link| link.place as usize)
    }
}
