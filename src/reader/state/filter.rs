//! Which passages the reader wants to see: the others are dimmed, or folded away.
//!
//! Must never lay out or draw. Invariant: where nothing is known of a passage it passes every filter but the one for notes.

use std::collections::BTreeSet;

use crate::compare::{Agreement, SentenceMark};
use crate::text::SentenceIndex;

/// Which passages pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Filter {
    /// All.
    #[default]
    All,
    /// Those in which sources diverge.
    Diverging,
    /// Those that every source shares.
    SharedByAll,
    /// Those that some sources share and others have not.
    SharedBySome,
    /// Those that no other source has.
    OnlyHere,
    /// Those with a note.
    Noted,
}

impl Filter {
    /// All of them, in the order of the cycle.
    pub const ALL: [Self; 6] =
        [Self::All, Self::Diverging, Self::SharedByAll, Self::SharedBySome, Self::OnlyHere, Self::Noted];

    /// The next one of the cycle.
    pub fn next(self) -> Self {
        let at = Self::ALL.iter().position(|filter| *filter == self).unwrap_or(0);
        Self::ALL[(at + 1) % Self::ALL.len()]
    }

    /// The words on the screen.
    pub fn words(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Diverging => "diverging",
            Self::SharedByAll => "shared by all",
            Self::SharedBySome => "shared by some",
            Self::OnlyHere => "only here",
            Self::Noted => "noted",
        }
    }

    /// Whether something passes that so many of so many sources share.
    pub fn passes(self, found: &Told, sources: usize) -> bool {
        let support = usize::from(found.support);
        match self {
            Self::All => true,
            Self::Diverging => found.diverges,
            Self::SharedByAll => support > 1 && support == sources,
            Self::SharedBySome => support > 1 && support < sources,
            Self::OnlyHere => support == 1,
            Self::Noted => found.noted,
        }
    }
}

/// What a filter asks of a passage or a claim.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Told {
    /// How many sources have it; 0 where that is not asked, as of a dateline.
    pub support: u16,
    /// Whether sources diverge in it.
    pub diverges: bool,
    /// Whether a note stands on it.
    pub noted: bool,
}

impl Told {
    /// What is said of a sentence.
    pub fn of(mark: &SentenceMark, noted: bool) -> Self {
        Self { support: mark.support, diverges: mark.agreement == Agreement::Diverges, noted }
    }
}

/// The filter in force, and what becomes of the passages that do not pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Filtering {
    /// Which pass.
    pub which: Filter,
    /// What becomes of the rest.
    pub rest: Rest,
}

/// What becomes of the passages that do not pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Rest {
    /// They are dimmed and lose their marks.
    #[default]
    Dimmed,
    /// They are folded away to one row each time.
    Folded,
}

/// Which sentences of a source pass.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passing {
    /// For every sentence whether it passes; empty where all do.
    kept: Vec<bool>,
    rest: Rest,
    /// Those that do not pass and are shown nevertheless: the reader opened the fold they were in.
    opened: BTreeSet<SentenceIndex>,
}

impl Passing {
    /// What a filter leaves of a source, sentence by sentence.
    pub fn new(kept: Vec<bool>, rest: Rest) -> Self {
        Self { kept, rest, opened: BTreeSet::new() }
    }

    /// Whether a filter is in force.
    pub fn is_filtered(&self) -> bool {
        !self.kept.is_empty()
    }

    /// Whether what does not pass is folded away.
    pub fn is_folding(&self) -> bool {
        self.is_filtered() && self.rest == Rest::Folded
    }

    /// Whether a sentence passes.
    pub fn passes(&self, sentence: SentenceIndex) -> bool {
        self.kept.get(sentence.index()).copied().unwrap_or(true)
    }

    /// Whether a sentence is folded away.
    pub fn folds(&self, sentence: SentenceIndex) -> bool {
        self.rest == Rest::Folded && !self.passes(sentence) && !self.opened.contains(&sentence)
    }

    /// Shows sentences that were folded away.
    pub fn open(&mut self, sentences: impl Iterator<Item = SentenceIndex>) {
        self.opened.extend(sentences);
    }

    /// Forgets which folds were opened; answers whether any were.
    pub fn close(&mut self) -> bool {
        !std::mem::take(&mut self.opened).is_empty()
    }

    /// Whether it differs from another in nothing but the folds that were opened.
    pub fn is_of(&self, other: &Self) -> bool {
        self.rest == other.rest && self.kept == other.kept
    }

    /// The sentences that pass, in order; none where no filter is in force.
    pub fn sentences(&self) -> impl Iterator<Item = SentenceIndex> {
        self.kept.iter().enumerate().filter(|(_, kept)| **kept).map(|(at, _)| SentenceIndex::new(at))
    }

    /// How many pass, and of how many.
    pub fn count(&self) -> (usize, usize) {
        (self.sentences().count(), self.kept.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_passes_the_filters_that_hold_for_it() {
        let passing = |told: &Told| -> Vec<&str> {
            Filter::ALL.iter().filter(|filter| filter.passes(told, 3)).map(|filter| filter.words()).collect()
        };
        let told = |support, diverges, noted| Told { support, diverges, noted };
        assert_eq!(passing(&told(3, true, false)), ["all", "diverging", "shared by all"]);
        assert_eq!(passing(&told(2, false, true)), ["all", "shared by some", "noted"]);
        assert_eq!(passing(&told(1, false, false)), ["all", "only here"]);
        assert_eq!(passing(&told(0, false, false)), ["all"]);
    }

    #[test]
    fn the_cycle_goes_through_every_filter() {
        let all: Vec<Filter> = std::iter::successors(Some(Filter::All), |filter| Some(filter.next())).take(7).collect();
        assert_eq!(all[..6], Filter::ALL);
        assert_eq!(all[6], Filter::All);
    }
}
