//! Which sources are shown, in which order, which is being read, and how the panes keep together.
//!
//! Must never hold a text. Invariant: every source stands in the order once, and the one being read is shown.

use std::collections::BTreeMap;

use super::super::layout::PanelSize;
use super::super::sync::RowMap;
use super::filter::Filtering;
use super::selection::Selection;
use super::trail::Trail;
use crate::text::ArticleIndex;

/// The panes.
#[derive(Debug, Clone)]
pub struct Panes {
    /// All sources, from the left.
    pub order: Vec<ArticleIndex>,
    /// Which of the order stands in the leftmost pane.
    pub first: usize,
    /// The most panes at once, where the reader wants fewer than fit.
    pub most: Option<u16>,
    /// What `most` was before this pane was shown alone.
    pub zoomed: Option<Option<u16>>,
    /// The source being read.
    pub active: ArticleIndex,
    /// How the others keep up with it.
    pub scrolling: Scrolling,
    /// The line of the panes, from their first, on which the passage in hand stands.
    pub focus_line: i32,
    /// The maps from the rows of the one being read to those of the others.
    pub maps: Maps,
    /// Where the reader has been, and what they marked.
    pub trail: Trail,
    /// Which passages stand out.
    pub filtering: Filtering,
    /// How much of the screen the passage panel takes.
    pub panel: PanelSize,
    /// What is being selected in the source being read.
    pub selection: Option<Selection>,
}

/// The maps from the rows of a leading source to those of every other; those of earlier leaders are kept, since making them
/// anew takes time that grows with the texts.
#[derive(Debug, Clone, Default)]
pub struct Maps {
    leader: ArticleIndex,
    made: BTreeMap<ArticleIndex, Vec<RowMap>>,
}

impl Maps {
    /// Forgets all: the rows or the backbones are others.
    pub fn forget(&mut self) {
        self.made.clear();
    }

    /// Lets a source lead; answers whether its maps have yet to be given.
    pub fn lead(&mut self, leader: ArticleIndex) -> bool {
        self.leader = leader;
        !self.made.contains_key(&leader)
    }

    /// Gives the maps of the leading source, in the order of the sources.
    pub fn give(&mut self, maps: Vec<RowMap>) {
        self.made.insert(self.leader, maps);
    }

    /// The map to the rows of a source.
    pub fn get(&self, follower: ArticleIndex) -> Option<&RowMap> {
        self.made.get(&self.leader)?.get(follower.index())
    }
}

/// How the other panes keep up with the one being read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Scrolling {
    /// By what is said.
    #[default]
    Aligned,
    /// All by the same rows.
    Offset,
    /// Not at all.
    Free,
}

impl Scrolling {
    /// The next one of the cycle.
    pub fn next(self) -> Self {
        match self {
            Self::Aligned => Self::Offset,
            Self::Offset => Self::Free,
            Self::Free => Self::Aligned,
        }
    }

    /// The word on the status line.
    pub fn word(self) -> &'static str {
        match self {
            Self::Aligned => "aligned",
            Self::Offset => "offset",
            Self::Free => "free",
        }
    }
}

impl Panes {
    /// All sources in the order given, the first being read.
    pub fn new(sources: usize) -> Self {
        Self {
            order: (0..sources).map(ArticleIndex::new).collect(),
            first: 0,
            most: None,
            zoomed: None,
            active: ArticleIndex(0),
            scrolling: Scrolling::Aligned,
            focus_line: 0,
            maps: Maps::default(),
            trail: Trail::default(),
            filtering: Filtering::default(),
            panel: PanelSize::Third,
            selection: None,
        }
    }

    /// The sources from the leftmost pane on.
    pub fn from_first(&self) -> Vec<ArticleIndex> {
        self.order.iter().skip(self.first).copied().collect()
    }

    /// Where in the order the source being read stands.
    pub fn active_place(&self) -> usize {
        self.order.iter().position(|article| *article == self.active).unwrap_or(0)
    }

    /// Moves the window of `shown` panes so that it lies within the order.
    pub fn keep_within(&mut self, shown: usize) {
        self.first = self.first.min(self.order.len().saturating_sub(shown));
    }

    /// Moves the window of `shown` panes as little as shows the source being read.
    pub fn keep_active_shown(&mut self, shown: usize) {
        let place = self.active_place();
        self.first = self.first.clamp(place.saturating_sub(shown.saturating_sub(1)), place);
        self.keep_within(shown);
    }
}
