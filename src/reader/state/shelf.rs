//! The reader's notes as the screen knows them, and where their passages stand in the open sources.
//!
//! Must never touch the disk. Invariant: the notes are those that were last reported as being in the file; the list shows the
//! unplaced ones first.

use uuid::Uuid;

use super::by_hand::ByHand;
use super::listing::NoteListing;
use crate::notes::anchor::Anchors;
use crate::notes::{AnchorState, Note};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan};

/// All notes, with their places.
#[derive(Debug, Clone, Default)]
pub struct Shelf {
    entries: Vec<Entry>,
    /// How the list of them is sorted and filtered.
    pub listing: NoteListing,
    /// Changes that are not on disk yet.
    pub unsaved: usize,
    /// Whether the reader was told that quitting loses them.
    pub told_of_loss: bool,
    /// The note that is being put on its words by hand.
    pub placing: Option<Placing>,
    /// Links made and removed by hand.
    pub by_hand: ByHand,
    /// Notes that were being written when the program ended, and that the reader has not gone on with.
    pub drafts: Vec<Note>,
}

/// A note that is being put on its words by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placing {
    /// The note.
    pub note: Uuid,
    /// Which of its passages, from 0.
    pub passage: u16,
    /// Where it may stand.
    pub suggested: Option<(ArticleIndex, ByteSpan)>,
}

/// One note and where it stands.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The note.
    pub note: Note,
    /// For each of its passages where it stands; `None` when its source is not open.
    pub places: Vec<Option<(ArticleIndex, AnchorState)>>,
}

/// How sure a note's place is, the least sure first: the order of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Certainty {
    /// Its words were not found.
    Unplaced,
    /// Something like its words was found.
    Suggested,
    /// Found, its words edited.
    Changed,
    /// Found as it was.
    Placed,
    /// It stands in a source that is not open.
    NotOpen,
}

impl Certainty {
    /// The word in the list.
    pub fn word(self) -> &'static str {
        match self {
            Self::Unplaced => "unplaced",
            Self::Suggested => "suggested",
            Self::Changed => "changed",
            Self::Placed => "placed",
            Self::NotOpen => "not open",
        }
    }
}

impl Entry {
    /// How sure its places are: as sure as its least sure passage in an open source.
    pub fn certainty(&self) -> Certainty {
        let states = self.places.iter().flatten().map(|(_, state)| match state {
            AnchorState::Placed(_) => Certainty::Placed,
            AnchorState::Changed { .. } => Certainty::Changed,
            AnchorState::Suggested { .. } => Certainty::Suggested,
            AnchorState::Unplaced { .. } => Certainty::Unplaced,
        });
        states.min().unwrap_or(Certainty::NotOpen)
    }

    /// Where its passages stand, for certain or as a suggestion.
    pub fn spans(&self) -> impl Iterator<Item = (ArticleIndex, ByteSpan)> {
        self.places.iter().flatten().filter_map(|(article, state)| Some((*article, state.span()?)))
    }
}

impl Shelf {
    /// Takes the notes as the file has them.
    pub fn fill(&mut self, notes: Vec<Note>, articles: &[Article]) {
        let anchors = Anchors::new(articles);
        let entry = |note: Note| {
            let places = note.passages.iter().map(|passage| anchors.find(passage)).collect();
            Entry { note, places }
        };
        self.entries = notes.into_iter().map(entry).collect();
        self.entries.sort_by_key(|entry| (entry.certainty(), entry.spans().next(), entry.note.created));
    }

    /// All notes in the order of the list.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The note with that id.
    pub fn get(&self, id: Uuid) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.note.id == id)
    }

    /// The first note on a passage.
    pub fn on(&self, article: ArticleIndex, span: ByteSpan) -> Option<&Entry> {
        self.entries
            .iter()
            .find(|entry| entry.spans().any(|(theirs, place)| theirs == article && place.shared(span) > 0))
    }

    /// The places of all notes in an article, in order.
    pub fn places(&self, article: ArticleIndex) -> Vec<ByteSpan> {
        let spans = self.entries.iter().flat_map(Entry::spans);
        let mut found: Vec<ByteSpan> = spans.filter(|(theirs, _)| *theirs == article).map(|(_, span)| span).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// How many notes stand on words that were edited, and how many are not placed for certain.
    pub fn uncertain(&self) -> (usize, usize) {
        let count =
            |wanted: &[Certainty]| self.entries.iter().filter(|entry| wanted.contains(&entry.certainty())).count();
        (count(&[Certainty::Changed]), count(&[Certainty::Unplaced, Certainty::Suggested]))
    }
}
