//! Which sources are shown, in which order, which is being read, and how the panes keep together.
//!
//! Must never hold a text. Invariant: every source stands once in the order or
//! among the hidden ones, and the one being read is shown.

use std::collections::BTreeMap;

use super::super::layout::{EVEN, PanelPlace};
use super::super::sync::RowMap;
use super::filter::Filtering;
use super::selection::Selection;
use super::trail::Trail;
use crate::text::{ArticleIndex, ByteOffset};

/// The panes.
#[derive(Debug, Clone)]
pub struct Panes {
    /// Which sources are shown, in which order and how wide.
    pub arrangement: Arrangement,
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
    /// Where the passage panel stands.
    pub panel: PanelPlace,
    /// The border that the mouse has hold of.
    pub grip: Option<Grip>,
    /// What is being selected in the source being read.
    pub selection: Option<Selection>,
    /// The source that was being read before it left the screen.
    pub left: Option<Left>,
}

/// A source that was being read when it left the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    /// Which.
    pub article: ArticleIndex,
    /// What is read instead, and where: it is taken up again as long as nothing was read since.
    pub instead: (ArticleIndex, ByteOffset),
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
    /// All of them, in the order of the cycle.
    pub const ALL: [Self; 3] = [Self::Aligned, Self::Offset, Self::Free];

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
            arrangement: Arrangement { order: (0..sources).map(ArticleIndex::new).collect(), ..Arrangement::default() },
            active: ArticleIndex(0),
            scrolling: Scrolling::Aligned,
            focus_line: 0,
            maps: Maps::default(),
            trail: Trail::default(),
            filtering: Filtering::default(),
            panel: PanelPlace::default(),
            grip: None,
            selection: None,
            left: None,
        }
    }

    /// Where in the order the source being read stands.
    pub fn active_place(&self) -> usize {
        self.arrangement.order.iter().position(|article| *article == self.active).unwrap_or(0)
    }

    /// Moves the window of `shown` panes as little as shows the source being read.
    pub fn keep_active_shown(&mut self, shown: usize) {
        let place = self.active_place();
        let arrangement = &mut self.arrangement;
        arrangement.first = arrangement.first.clamp(place.saturating_sub(shown.saturating_sub(1)), place);
        arrangement.first = arrangement.first.min(arrangement.order.len().saturating_sub(shown));
    }
}

/// Which sources are shown, in which order and how wide.
#[derive(Debug, Clone, Default)]
pub struct Arrangement {
    /// The sources that are not hidden, from the left.
    pub order: Vec<ArticleIndex>,
    /// The hidden ones, the last one hidden last.
    pub hidden: Vec<ArticleIndex>,
    /// For sources that were hidden, those that stood before them.
    before: BTreeMap<ArticleIndex, Vec<ArticleIndex>>,
    /// Which of the order stands in the leftmost pane.
    pub first: usize,
    /// The most panes at once, where the reader wants fewer than fit.
    pub most: Option<u16>,
    /// What `most` was before this pane was shown alone.
    pub zoomed: Option<Option<u16>>,
    /// How wide panes are against the others, where the reader has changed it.
    shares: BTreeMap<ArticleIndex, u16>,
}

impl Arrangement {
    /// The sources from the leftmost pane on.
    pub fn from_first(&self) -> Vec<ArticleIndex> {
        self.order.iter().skip(self.first).copied().collect()
    }

    /// All sources, the hidden ones last.
    pub fn all(&self) -> impl Iterator<Item = ArticleIndex> {
        self.order.iter().chain(&self.hidden).copied()
    }

    /// Hides the source at a place of the order.
    pub fn hide(&mut self, place: usize) {
        let article = self.order.remove(place);
        self.before.insert(article, self.order.iter().take(place).copied().collect());
        self.hidden.push(article);
    }

    /// Shows a hidden source where it stood; answers whether it was hidden.
    pub fn unhide(&mut self, article: ArticleIndex) -> bool {
        let Some(at) = self.hidden.iter().position(|hidden| *hidden == article) else { return false };
        self.hidden.remove(at);
        let before = self.before.remove(&article).unwrap_or_default();
        let place = |other: &ArticleIndex| self.order.iter().position(|shown| shown == other);
        let after = before.iter().rev().find_map(place).map_or(0, |place| place + 1);
        self.order.insert(after, article);
        true
    }

    /// How wide the panes of these sources are against each other.
    pub fn shares(&self, of: &[ArticleIndex]) -> Vec<u16> {
        let known = || of.iter().filter_map(|article| self.shares.get(article).copied().map(u32::from));
        let count = u32::try_from(known().count()).unwrap_or(u32::MAX);
        let usual = known().sum::<u32>().checked_div(count).and_then(|usual| u16::try_from(usual).ok()).unwrap_or(EVEN);
        of.iter().map(|article| self.shares.get(article).copied().unwrap_or(usual)).collect()
    }

    /// Gives panes these widths against each other.
    pub fn share(&mut self, widths: impl IntoIterator<Item = (ArticleIndex, u16)>) {
        self.shares.extend(widths);
    }

    /// Makes all panes equally wide; answers whether they were not.
    pub fn even(&mut self) -> bool {
        !std::mem::take(&mut self.shares).is_empty()
    }
}

/// What the mouse has hold of, most often a border.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grip {
    /// The one at the right of a pane.
    Pane(ArticleIndex),
    /// The overview at the right of a pane, on a row of it: a border if the mouse moves aside, else a place to go to.
    Strip(ArticleIndex, u16),
    /// The one between the panes and the passage panel.
    Panel,
    /// No border: the text of the source being read, pressed on at this place.
    Text(ByteOffset),
}
