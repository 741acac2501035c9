//! The lists over the panes, sorted, filtered and narrowed to words: the table of claims and the list of notes.
//!
//! Must never draw. Invariant: what a list shows was worked out when it was opened or something about it changed, so that
//! drawing looks nothing up.

use uuid::Uuid;

use super::super::theme::Role;

use super::Overlay;
use super::claim::ClaimRow;
use super::filter::Filter;
use super::passage::PassagePanel;
use super::shelf::Certainty;
use crate::text::Passage;

/// A place in a list.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct List {
    /// The chosen entry, from 0.
    pub chosen: usize,
    /// The first entry shown, while one chosen by the mouse stays where it was pressed.
    pub held: Option<usize>,
}

impl List {
    /// Moves the choice within `count` entries.
    pub fn step(&mut self, by: i32, count: usize) {
        let last = i64::try_from(count.saturating_sub(1)).unwrap_or(i64::MAX);
        let at = i64::try_from(self.chosen).unwrap_or(i64::MAX).saturating_add(i64::from(by)).clamp(0, last);
        self.chosen = usize::try_from(at).unwrap_or(0);
        self.held = None;
    }

    /// The first entry shown where `fit` of `count` are: the chosen one stands in the middle as long as there are more.
    pub fn first(self, count: usize, fit: usize) -> usize {
        if let Some(held) = self.held.filter(|held| (*held..held + fit).contains(&self.chosen)) {
            return held.min(count.saturating_sub(fit));
        }
        self.chosen.saturating_sub(fit / 2).min(count.saturating_sub(fit))
    }
}

macro_rules! orders {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $words:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The next one of the cycle.
            pub fn next(self) -> Self {
                let at = Self::ALL.iter().position(|order| *order == self).unwrap_or(0);
                Self::ALL[(at + 1) % Self::ALL.len()]
            }

            /// The words on the screen.
            pub fn words(self) -> &'static str {
                match self { $(Self::$variant => $words),* }
            }
        }
    };
}

orders! {
    /// How the table of claims is sorted.
    ClaimOrder {
        /// As the sources tell them.
        #[default]
        Place = "by place",
        /// Those that most sources have first.
        Support = "by support",
        /// Those with most divergences first.
        Divergences = "by divergences",
    }
}

orders! {
    /// How the list of notes is sorted.
    NoteOrder {
        /// The least sure first.
        #[default]
        State = "by state",
        /// As the sources have them.
        Place = "by place",
        /// In the order of the verdicts to choose from.
        Verdict = "by verdict",
        /// The latest first.
        Time = "by time",
    }
}

/// Which notes are listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum NoteFilter {
    /// All.
    #[default]
    All,
    /// Those whose place is so sure.
    State(Certainty),
    /// Those with that verdict, or without one.
    Verdict(Option<String>),
}

impl NoteFilter {
    /// The words on the screen.
    pub fn words(&self) -> &str {
        match self {
            Self::All => "all",
            Self::State(certainty) => certainty.word(),
            Self::Verdict(verdict) => verdict.as_deref().unwrap_or("no verdict"),
        }
    }
}

/// How a list is sorted and which of its entries are shown; it stays so until the reader changes it.
#[derive(Debug, Clone, Default)]
pub struct Listing<Order, Which> {
    /// How it is sorted.
    pub order: Order,
    /// Which entries are shown.
    pub filter: Which,
    /// The words that an entry must hold; empty for all.
    pub wanted: String,
}

/// How the table of claims is sorted and filtered.
pub type ClaimListing = Listing<ClaimOrder, Filter>;

/// How the list of notes is sorted and filtered.
pub type NoteListing = Listing<NoteOrder, NoteFilter>;

/// The table of claims.
#[derive(Debug, Clone, Default)]
pub struct ClaimsList {
    /// The chosen row.
    pub list: List,
    /// The rows shown.
    pub rows: Vec<ClaimRow>,
    /// How many there are in all.
    pub all: usize,
    /// The chosen one as every source words it.
    pub panel: PassagePanel,
    /// Which one that is, by its passages.
    pub panel_of: Option<Vec<Passage>>,
}

/// The list of notes.
#[derive(Debug, Clone, Default)]
pub struct NotesList {
    /// The chosen note.
    pub list: List,
    /// The notes shown.
    pub shown: Vec<Uuid>,
    /// The note that `dd` will remove when it is asked for once more.
    pub removing: Option<Uuid>,
}

/// What a note was written about, as rows to read.
#[derive(Debug, Clone, Default)]
pub struct Origin {
    /// Its parts in order, each drawn in one way; an empty one is a blank row.
    pub parts: Vec<(String, Role)>,
    /// The first row shown.
    pub top: u16,
    /// What comes back when it closes.
    pub behind: Overlay,
}

/// The keys in force.
#[derive(Debug, Clone, Default)]
pub struct HelpPage {
    /// The first row shown.
    pub top: u16,
    /// The words that a line must hold; empty for all.
    pub wanted: String,
    /// What comes back when it closes.
    pub behind: Overlay,
}

impl NotesList {
    /// The chosen note.
    pub fn chosen(&self) -> Option<Uuid> {
        self.shown.get(self.list.chosen).copied()
    }
}
