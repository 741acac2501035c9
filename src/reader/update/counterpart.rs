//! The counterparts of the passage in hand: which one a pane is about, where it is level, and what the pane says of it.
//!
//! Must never move a pane. Invariant: what a pane says of its distance is what the eye sees: rows from the first row of the
//! passage to the first row of its counterpart.

use super::super::rows::{RowPosition, Rows};
use super::super::state::State;
use super::super::state::source::{Counterparts, Standing};
use super::super::sync::{Knot, Place, RowMap};
use super::scroll::offset_on;
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, SentenceIndex};

/// The sources on screen beside the one being read.
pub fn followers(state: &State) -> Vec<ArticleIndex> {
    let shown = state.layout.panes.iter().map(|pane| pane.article);
    shown.filter(|article| *article != state.panes.active).collect()
}

/// Where the reader is in the source being read.
pub fn place_in_hand(state: &State) -> Option<Place> {
    let view = state.view(state.panes.active)?;
    Some(Place { offset: view.cursor, row: view.cursor_row().into() })
}

/// The place in hand as the maps know it: without the rows by which the reader moved its pane alone.
pub fn matched_place(state: &State) -> Option<Place> {
    let (place, view) = (place_in_hand(state)?, state.view(state.panes.active)?);
    if view.aside == 0 {
        return Some(place);
    }
    let row = (place.row - view.aside).index().unwrap_or_default().min(view.rows.last());
    Some(Place { offset: offset_on(state, state.panes.active, view.rows.text_row_up(row)), row: row.into() })
}

/// The row of a pane that the maps have beside the passage in hand.
pub fn mapped_row(state: &State, follower: ArticleIndex) -> Option<RowPosition> {
    let (map, view) = (state.panes.maps.get(follower)?, state.view(follower)?);
    Some(map.follow(matched_place(state)?) + view.aside)
}

/// The row of a pane that is level with the passage in hand, so that its counterpart begins where the passage does; `None`
/// where there is none or it is moved.
pub fn level_row(state: &State, follower: ArticleIndex) -> Option<RowPosition> {
    let pick = pick(state, follower).filter(|pick| !pick.is_elsewhere())?;
    level_with(state, follower, &pick)
}

/// The row of a pane that is on the focus line where a counterpart begins on the row where the passage does.
fn level_with(state: &State, follower: ArticleIndex, pick: &Pick) -> Option<RowPosition> {
    let (place, leading, following) = (place_in_hand(state)?, state.view(state.panes.active)?, state.view(follower)?);
    let begins = RowPosition::from(leading.rows.row_of(passage_start(state, pick)));
    Some(RowPosition::from(following.rows.row_of(pick.found().there.start)) + (place.row - begins))
}

/// Where the passage begins that a counterpart belongs to: with the sentence in hand, or further down where scrolling has
/// brought an earlier counterpart of the sentence level before.
fn passage_start(state: &State, pick: &Pick) -> ByteOffset {
    let found = pick.found();
    let sentence = state.sentence().and_then(|at| state.article()?.text.sentence(at));
    let Some(start) = sentence.map(|sentence| sentence.span.start) else { return found.here.start };
    let earlier = |other: &Found| other.on_backbone && (start..found.here.start).contains(&other.here.start);
    let is_later = !pick.chosen && found.on_backbone && pick.all.iter().any(earlier);
    if is_later { found.here.start } else { start.min(found.here.start) }
}

/// The row of a source that belongs beside the passage in hand, where it comes from elsewhere; always one with text, and not so
/// far into a sentence that its beginning would be off the screen.
pub fn beside(state: &State, follower: ArticleIndex) -> RowPosition {
    let (Some(place), Some(other)) = (place_in_hand(state), state.view(follower)) else { return RowPosition(0) };
    let row = level_row(state, follower).or_else(|| mapped_row(state, follower));
    let row = row.unwrap_or(place.row).clamp(RowPosition(0), other.rows.last().into());
    let text = state.articles.get(follower.index()).map(|article| &article.text);
    let begins = text.and_then(|text| {
        let sentence = text.sentence(text.sentence_at(other.rows.offset_at(row))?)?;
        Some(RowPosition::from(other.rows.row_of(sentence.span.start)))
    });
    let cut_off = begins.filter(|begins| row - *begins <= i32::from(state.layout.focus_row()).max(1));
    cut_off.map_or(row, |begins| row.min(begins + state.panes.focus_line))
}

/// A counterpart of the passage in hand.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub index: crate::compare::LinkIndex,
    pub here: ByteSpan,
    pub there: ByteSpan,
    pub moved: bool,
    /// How sure the link is, from 0 to 1.
    pub score: f32,
    /// Whether scrolling brings it level.
    pub on_backbone: bool,
}

/// The counterparts of a passage in one source, in their order there.
pub fn counterparts(state: &State, sentence: SentenceIndex, follower: ArticleIndex) -> Vec<Found> {
    let found = state.findings.counterparts(state.panes.active, sentence).into_iter();
    found
        .filter(|found| found.article == follower)
        .map(|found| Found {
            index: found.index,
            here: found.here,
            there: found.there,
            moved: found.link.moved,
            score: found.link.score,
            on_backbone: state.findings.is_on_backbone(found.index),
        })
        .collect()
}

/// The counterpart that a pane is about, of those of the passage in hand.
#[derive(Debug, Clone)]
pub struct Pick {
    /// All of them.
    pub all: Vec<Found>,
    /// Which it is.
    pub at: usize,
    /// Whether the reader asked for it.
    pub chosen: bool,
}

impl Pick {
    /// Which it is.
    pub fn found(&self) -> &Found {
        &self.all[self.at]
    }

    /// Whether it stands elsewhere in the order of the story and the pane does not go there by itself.
    pub fn is_elsewhere(&self) -> bool {
        self.found().moved && !self.chosen
    }
}

/// How much less sure than the surest a counterpart may be for its nearness to count.
const NEARLY_AS_SURE: f32 = 0.15;

/// The one that the reader asked for; else the one that scrolling brings level, or the nearest of the surest.
pub fn pick(state: &State, follower: ArticleIndex) -> Option<Pick> {
    let all = counterparts(state, state.sentence()?, follower);
    let view = state.view(follower)?;
    if let Some(at) = all.iter().position(|found| Some(found.index) == view.choice) {
        return Some(Pick { all, at, chosen: true });
    }
    let focus = view.top + state.panes.focus_line;
    let away = |found: &Found| (RowPosition::from(view.rows.row_of(found.there.start)) - focus).abs();
    let cursor = place_in_hand(state)?;
    let leading = state.view(state.panes.active)?;
    let row_of = |found: &Found| RowPosition::from(leading.rows.row_of(found.here.start));
    let begun = |found: &Found| row_of(found) <= cursor.row;
    let surest = all.iter().map(|found| found.score).fold(0.0, f32::max);
    let rank = |found: &Found| match (found.on_backbone, found.moved) {
        (true, _) if begun(found) => (0, -row_of(found).0, found.here.start),
        (true, _) => (1, 0, found.here.start),
        (false, moved) => {
            let unsure = found.score + NEARLY_AS_SURE < surest;
            (2 + i32::from(moved) + 2 * i32::from(unsure), away(found), found.here.start)
        }
    };
    let at = (0..all.len()).min_by_key(|at| rank(&all[*at]))?;
    Some(Pick { all, at, chosen: false })
}

/// Rows from where a pane stands to where the counterpart is level.
fn off(state: &State, follower: ArticleIndex, pick: &Pick) -> i32 {
    let focus = state.view(follower).map(|view| view.top + state.panes.focus_line);
    focus.zip(level_with(state, follower, pick)).map_or(0, |(focus, row)| row - focus)
}

/// Makes the maps anew: after the rows were laid out anew, or the comparison is there.
pub fn remap(state: &mut State) {
    state.panes.maps.forget();
    lead(state);
}

/// Takes the maps of the source being read, after it has become another.
pub fn lead(state: &mut State) {
    let leader = state.panes.active;
    if !state.panes.maps.lead(leader) {
        return;
    }
    let empty = Rows::default();
    let rows = |article: ArticleIndex| state.view(article).map_or(&empty, |view| &view.rows);
    let map = |follower: ArticleIndex| {
        let mut sentence_before = None;
        let knots = state.findings.backbone(leader, follower).map(|(here, there)| {
            let sentence = state.article().and_then(|article| article.text.sentence_at(here.start));
            // The first counterpart of a sentence is level with its beginning, wherever in it what they share stands.
            let here = if sentence == sentence_before { here } else { from_sentence(state, here) };
            sentence_before = sentence;
            Knot::new(in_hand_from(state, here), (rows(leader), here), (rows(follower), there))
        });
        RowMap::new(knots)
    };
    let maps = (0..state.views.len()).map(ArticleIndex::new).map(map).collect();
    state.panes.maps.give(maps);
}

/// From which position on a passage of the source being read is in hand: its sentence begins there, or its row.
fn in_hand_from(state: &State, passage: ByteSpan) -> ByteOffset {
    let (Some(view), Some(article)) = (state.view(state.panes.active), state.article()) else { return passage.start };
    let row = view.rows.offset_at(view.rows.row_of(passage.start).into());
    let sentence = article.text.sentence_at(passage.start).and_then(|at| article.text.sentence(at));
    sentence.map_or(passage.start, |sentence| sentence.span.start.max(row).min(passage.start))
}

/// A passage of the source being read together with what stands before it in its sentence.
fn from_sentence(state: &State, passage: ByteSpan) -> ByteSpan {
    let text = state.article().map(|article| &article.text);
    let sentence = text.and_then(|text| text.sentence(text.sentence_at(passage.start)?));
    ByteSpan { start: sentence.map_or(passage.start, |sentence| sentence.span.start), ..passage }
}

/// How a source stands to the passage in hand, and the counterparts of that.
pub fn standing(state: &State, article: ArticleIndex) -> (Standing, Vec<ByteSpan>) {
    if article == state.panes.active {
        return (Standing::Reading, Vec::new());
    }
    if state.findings.marks(article).is_empty() {
        return (Standing::Waiting, Vec::new());
    }
    let Some(pick) = pick(state, article) else { return (Standing::Held(nearest_match(state, article)), Vec::new()) };
    let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let (which, of) = (number(pick.at + 1), number(pick.all.len()));
    let counterparts = Counterparts { which, of, off: off(state, article, &pick) };
    let standing = if pick.is_elsewhere() { Standing::Moved(counterparts) } else { Standing::Beside(counterparts) };
    (standing, pick.all.iter().map(|found| found.there).collect())
}

/// Rows of the pane being read to the nearest passage that scrolling brings level with one of `article`: on if there is one,
/// else back.
fn nearest_match(state: &State, article: ArticleIndex) -> Option<i32> {
    let row = RowPosition::from(state.view(state.panes.active)?.cursor_row());
    Some(state.panes.maps.get(article)?.nearest(row)? - row)
}
