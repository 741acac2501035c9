//! Moving through the text, with the other panes keeping up.
//!
//! Must never move a pane without the reader moving. Invariant: after a move the passage in hand stands on the focus line, and
//! a pane that stood apart from where the map wants it comes nearer by as many rows as the reader moved, never by a leap.

use super::super::layout::PanelSize;
use super::super::rows::{RowPosition, Rows};
use super::super::state::State;
use super::super::state::overview::Survey;
use super::super::state::panes::Scrolling;
use super::super::state::passage::Material;
use super::super::state::source::{Counterparts, Standing};
use super::super::sync::{Knot, RowMap};
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, Column, RowIndex, SentenceIndex};

/// How the reader moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// On from where they are: panes that stand apart come nearer row by row.
    Step,
    /// To somewhere else: every pane goes straight where it belongs.
    Jump,
}

/// Moves the place in hand by rows.
pub fn by_rows(state: &mut State, rows: i32) {
    let Some(view) = state.view(state.panes.active) else { return };
    let from = RowPosition::from(view.cursor_row());
    let wanted = (from + rows).index().unwrap_or_default().min(view.rows.last());
    let to = if rows >= 0 { view.rows.text_row_down(wanted) } else { view.rows.text_row_up(wanted) };
    let pace = if rows.abs() > 1 { Pace::Jump } else { Pace::Step };
    if RowPosition::from(to) != from {
        to_offset(state, offset_on(state, state.panes.active, to), pace);
    }
}

/// The passage that a row stands for: the first sentence that begins on it, else the one that goes on.
pub fn offset_on(state: &State, article: ArticleIndex, row: RowIndex) -> ByteOffset {
    let (Some(view), Some(source)) = (state.view(article), state.articles.get(article.index())) else {
        return ByteOffset(0);
    };
    let Some(row) = view.rows.get(row) else { return ByteOffset(0) };
    let sentences = source.text.sentences();
    let first = sentences.partition_point(|sentence| sentence.span.start < row.span.start);
    let begins = sentences.get(first).map(|sentence| sentence.span.start).filter(|start| row.span.contains(*start));
    begins.unwrap_or(row.span.start)
}

/// Moves the place in hand to a position of the text and lets the other panes keep up.
pub fn to_offset(state: &mut State, to: ByteOffset, pace: Pace) {
    let leader = state.panes.active;
    let before: Vec<(ArticleIndex, RowPosition)> =
        followers(state).into_iter().map(|follower| (follower, beside(state, follower))).collect();
    let line_before = state.panes.focus_line;
    let focus = i32::from(state.layout.focus_row());
    let sentence_before = state.sentence();
    let Some(view) = state.views.get_mut(leader.index()) else { return };
    let (top_before, row_before) = (view.top, RowPosition::from(view.cursor_row()));
    view.cursor = to;
    let row = RowPosition::from(view.cursor_row());
    let travelled = row - row_before;
    let line = line_before + (focus - line_before).clamp((-travelled.abs()).min(0), travelled.abs());
    let line = if (line - line_before).signum() == travelled.signum() { line } else { line_before };
    let line = line.min(row.0).max(0);
    view.top = row - line;
    let scrolled = view.top - top_before;
    state.panes.focus_line = line;
    if state.sentence() != sentence_before {
        state.views.iter_mut().for_each(|view| view.choice = None);
    }
    for (follower, wanted_before) in before {
        match state.panes.scrolling {
            Scrolling::Free => {}
            Scrolling::Offset => shift(state, follower, scrolled),
            Scrolling::Aligned => {
                let apart = state.views[follower.index()].top + line_before - wanted_before;
                let apart = if pace == Pace::Jump { 0 } else { nearer(apart, travelled.abs()) };
                let row = beside(state, follower) + apart;
                state.views[follower.index()].top = row - line;
            }
        }
    }
    settle(state);
}

/// A distance made smaller by some rows.
fn nearer(apart: i32, rows: i32) -> i32 {
    apart.signum() * (apart.abs() - rows).max(0)
}

fn shift(state: &mut State, article: ArticleIndex, rows: i32) {
    let line = state.panes.focus_line;
    if let Some(view) = state.views.get_mut(article.index()) {
        let last = RowPosition::from(view.rows.last());
        view.top = (view.top + rows).clamp(RowPosition(-line), last - line);
    }
}

/// Moves the pane in hand alone; the others stay.
pub fn alone(state: &mut State, rows: i32) {
    let Some(view) = state.view(state.panes.active) else { return };
    let wanted = (RowPosition::from(view.cursor_row()) + rows).index().unwrap_or_default().min(view.rows.last());
    let to = if rows >= 0 { view.rows.text_row_down(wanted) } else { view.rows.text_row_up(wanted) };
    let offset = offset_on(state, state.panes.active, to);
    let line = state.panes.focus_line;
    if let Some(view) = state.views.get_mut(state.panes.active.index()) {
        view.cursor = offset;
        view.top = RowPosition::from(view.cursor_row()) - line;
    }
    state.views.iter_mut().for_each(|view| view.choice = None);
    settle(state);
}

/// Puts the passage in hand on another line of the panes, all panes alike.
pub fn place(state: &mut State, line: i32) {
    let last = i32::from(state.layout.text_height()) - 1;
    let line = line.min(last).max(0);
    let by = line - state.panes.focus_line;
    state.panes.focus_line = line;
    for view in &mut state.views {
        view.top = view.top - by;
    }
    settle(state);
}

/// Scrolls all panes; the passage in hand stays, as long as it is on screen.
pub fn window(state: &mut State, rows: i32) {
    let line = state.panes.focus_line - rows;
    let last = i32::from(state.layout.text_height()) - 1;
    place(state, line);
    let over = line - line.clamp(0, last.max(0));
    if over != 0 {
        by_rows(state, -over);
    }
}

/// Brings every pane level with the passage in hand.
pub fn level(state: &mut State) {
    let line = state.panes.focus_line;
    for follower in followers(state) {
        let row = beside(state, follower);
        state.views[follower.index()].top = row - line;
    }
    settle(state);
}

/// The sources on screen beside the one being read.
pub fn followers(state: &State) -> Vec<ArticleIndex> {
    let shown = state.layout.panes.iter().map(|pane| pane.article);
    shown.filter(|article| *article != state.panes.active).collect()
}

/// The row of a source that belongs beside the passage in hand; always one with text.
pub fn beside(state: &State, follower: ArticleIndex) -> RowPosition {
    let leader = state.panes.active;
    let (Some(view), Some(other)) = (state.view(leader), state.view(follower)) else { return RowPosition(0) };
    let row = RowPosition::from(view.cursor_row());
    let level = state.sentence().and_then(|sentence| {
        let found = counterparts(state, sentence, follower);
        let chosen = found.iter().find(|found| Some(found.index) == other.choice);
        let knot = chosen.or_else(|| found.iter().find(|found| !found.moved))?;
        Some(Knot::new((&view.rows, knot.here), (&other.rows, knot.there)).follow(row))
    });
    let mapped = || state.panes.maps.get(follower).map_or(row, |map| map.follow(row));
    level.unwrap_or_else(mapped).clamp(RowPosition(0), other.rows.last().into())
}

/// A counterpart of the passage in hand.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub index: crate::compare::LinkIndex,
    pub here: ByteSpan,
    pub there: ByteSpan,
    pub moved: bool,
}

/// The counterparts of a passage in one source, in their order there.
pub fn counterparts(state: &State, sentence: SentenceIndex, follower: ArticleIndex) -> Vec<Found> {
    let found = state.findings.counterparts(state.panes.active, sentence).into_iter();
    found
        .filter(|found| found.article == follower)
        .map(|found| Found { index: found.index, here: found.here, there: found.there, moved: found.link.moved })
        .collect()
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
        let knots = state.findings.backbone(leader, follower);
        RowMap::new(knots.map(|(here, there)| Knot::new((rows(leader), here), (rows(follower), there))))
    };
    let maps = (0..state.views.len()).map(ArticleIndex::new).map(map).collect();
    state.panes.maps.give(maps);
}

/// Makes the overviews anew: after the rows were laid out anew, or the marks or notes are others.
pub fn survey(state: &mut State) {
    let height = state.layout.text_height();
    for pane in &state.layout.panes {
        let index = pane.article;
        let (Some(article), Some(view)) = (state.articles.get(index.index()), state.views.get_mut(index.index()))
        else {
            continue;
        };
        let marks = state.findings.marks(index);
        view.overview = Survey { index, article, rows: &view.rows, marks }.stretches(&state.shelf, height);
    }
}

/// Works out what the panes say of themselves and what the panel shows, and remembers the places.
pub fn settle(state: &mut State) {
    let line = state.panes.focus_line;
    let standings: Vec<(Standing, Vec<ByteSpan>)> =
        (0..state.views.len()).map(|at| standing(state, ArticleIndex::new(at))).collect();
    let leader = state.panes.active;
    for (at, (standing, counterparts)) in standings.into_iter().enumerate() {
        let shown = state.layout.pane(ArticleIndex::new(at)).is_some();
        let view = &mut state.views[at];
        view.standing = standing;
        view.counterparts = counterparts;
        if at == leader.index() {
            view.hold = super::super::state::source::Hold { offset: view.cursor, beyond: 0 };
        } else if shown {
            view.remember(line);
        }
    }
    show_passage(state);
}

fn show_passage(state: &mut State) {
    let (Some(sentence), true) = (state.sentence(), state.panes.panel.size != PanelSize::Hidden) else { return };
    let width = Column(state.layout.panel.width);
    let material = Material { articles: &state.articles, findings: &state.findings, width };
    state.passage.show(&material, state.panes.active, sentence);
    state.passage.scroll(0, state.layout.panel.height);
}

fn standing(state: &State, article: ArticleIndex) -> (Standing, Vec<ByteSpan>) {
    if article == state.panes.active {
        return (Standing::Reading, Vec::new());
    }
    let (Some(sentence), Some(view)) = (state.sentence(), state.view(article)) else {
        return (Standing::Waiting, Vec::new());
    };
    if state.findings.marks(article).is_empty() {
        return (Standing::Waiting, Vec::new());
    }
    let found = counterparts(state, sentence, article);
    let spans = found.iter().map(|found| found.there).collect();
    let chosen = found.iter().position(|found| Some(found.index) == view.choice);
    let Some(at) = chosen.or_else(|| found.iter().position(|found| !found.moved)).or((!found.is_empty()).then_some(0))
    else {
        return (Standing::Held(nearest_match(state, article)), spans);
    };
    let place = RowPosition::from(view.rows.row_of(found[at].there.start));
    let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let level = |state: &State| {
        let leader = state.view(state.panes.active)?;
        let row = RowPosition::from(leader.cursor_row());
        Some(Knot::new((&leader.rows, found[at].here), (&view.rows, found[at].there)).follow(row))
    };
    let focus = view.top + state.panes.focus_line;
    let elsewhere = chosen.is_none() && found[at].moved;
    let off = if elsewhere { place - focus } else { level(state).unwrap_or(place).max(RowPosition(0)) - focus };
    let counterparts = Counterparts { which: number(at + 1), of: number(found.len()), off };
    (if elsewhere { Standing::Moved(counterparts) } else { Standing::Beside(counterparts) }, spans)
}

/// Rows of the pane being read to the nearest passage that scrolling brings level with one of `article`: on if there is one,
/// else back.
fn nearest_match(state: &State, article: ArticleIndex) -> Option<i32> {
    let row = RowPosition::from(state.view(state.panes.active)?.cursor_row());
    Some(state.panes.maps.get(article)?.nearest(row)? - row)
}

/// Takes the passage at `offset`, which stands `line` rows down the pane being read, in hand; only the others move.
pub fn choose(state: &mut State, offset: ByteOffset, line: i32) {
    let last = (i32::from(state.layout.text_height()) - 1).max(0);
    state.panes.focus_line = line.clamp(0, last);
    if let Some(view) = state.views.get_mut(state.panes.active.index()) {
        view.cursor = offset;
        view.top = RowPosition::from(view.cursor_row()) - state.panes.focus_line;
    }
    state.views.iter_mut().for_each(|view| view.choice = None);
    if state.panes.scrolling == Scrolling::Aligned {
        level(state);
    } else {
        settle(state);
    }
}
