//! Moving through the text, with the other panes keeping up.
//!
//! Must never move a pane without the reader moving. Invariant: after a step the passage in hand stands on the focus line, no
//! pane has moved against the reader, and one that stood apart from where the map wants it comes nearer by as many rows as the
//! reader moved, never by a leap.

use super::super::layout::PanelSize;
use super::super::rows::{RowPosition, Rows};
use super::super::state::State;
use super::super::state::overview::Survey;
use super::super::state::panes::Scrolling;
use super::super::state::passage::Material;
use super::super::state::source::{Counterparts, Standing};
use super::super::sync::{Knot, Place, RowMap, Travel};
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
    let page = i32::from(state.layout.text_height()).max(1);
    let pace = if rows.abs() > page { Pace::Jump } else { Pace::Step };
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
    let line_before = state.panes.focus_line;
    let sentence_before = state.sentence();
    let Some(from) = place_in_hand(state) else { return };
    let chosen: Vec<(ArticleIndex, Option<Found>)> =
        followers(state).into_iter().map(|follower| (follower, chosen(state, follower))).collect();
    let Some(view) = state.views.get_mut(state.panes.active.index()) else { return };
    let top_before = view.top;
    view.cursor = to;
    let Some(to) = place_in_hand(state) else { return };
    let travel = Travel { from, to };
    let line = focus_line(state, travel, pace);
    let view = &mut state.views[state.panes.active.index()];
    view.top = to.row - line;
    let scrolled = view.top - top_before;
    state.panes.focus_line = line;
    let goes_on = state.sentence() == sentence_before;
    for (follower, chosen) in chosen {
        match (state.panes.scrolling, chosen) {
            (Scrolling::Free, _) => {}
            (Scrolling::Offset, _) => shift(state, follower, scrolled),
            (Scrolling::Aligned, Some(chosen)) if goes_on => {
                let knot = knot(state, follower, &chosen);
                let by = knot.map_or(0, |knot| knot.follow(to.row) - knot.follow(from.row));
                state.views[follower.index()].top = state.views[follower.index()].top + by - (line - line_before);
            }
            (Scrolling::Aligned, _) => {
                let row = kept(state, follower, (travel, pace), line_before);
                state.views[follower.index()].top = row - line;
            }
        }
    }
    if !goes_on {
        state.views.iter_mut().for_each(|view| view.choice = None);
    }
    settle(state);
}

/// The line for the passage in hand after a move: nearer to a third down by as many rows as the reader moved that way. After a
/// jump it is further up where a counterpart stands near the beginning of its text.
fn focus_line(state: &State, travel: Travel, pace: Pace) -> i32 {
    let (line, rest) = (state.panes.focus_line, i32::from(state.layout.focus_row()));
    let length = travel.length();
    let by = if travel.is_forward() { (rest - line).clamp(0, length) } else { (rest - line).clamp(-length, 0) };
    let line = (line + by).min(travel.to.row.0).max(0);
    if pace == Pace::Step || state.panes.scrolling != Scrolling::Aligned { line } else { gives_way(state, line) }
}

/// A line for the passage in hand at which its counterparts need no blank rows above them, or not many.
fn gives_way(state: &State, line: i32) -> i32 {
    let first = followers(state).into_iter().filter_map(|follower| level_row(state, follower)).map(|row| row.0).min();
    line.min(first.unwrap_or(line).max(most_blank(state)))
}

/// The most rows that stay blank above a text so that its beginning can stand level.
fn most_blank(state: &State) -> i32 {
    i32::from(state.layout.focus_row()) / 2
}

/// The row of a following pane that comes to the focus line when the reader moves, which was on another line before.
fn kept(state: &State, follower: ArticleIndex, (travel, pace): (Travel, Pace), line_before: i32) -> RowPosition {
    let (Some(view), Some(map)) = (state.view(follower), state.panes.maps.get(follower)) else { return RowPosition(0) };
    let standing = view.top + line_before;
    // Here the pane does not move on screen.
    let still = standing + (state.panes.focus_line - line_before);
    let full = RowPosition(state.panes.focus_line);
    let apart = map.apart(travel.from, standing);
    let wanted = map.keep(travel, standing);
    let last = RowPosition::from(view.rows.last());
    let row = match (pace, travel.is_forward()) {
        (Pace::Jump, _) => {
            let counterpart = pick(state, follower).is_some_and(|pick| !pick.is_elsewhere());
            if counterpart { wanted } else { wanted.max(full.min(last)) }
        }
        (Pace::Step, true) if apart > 0 => wanted.max(still),
        (Pace::Step, true) => (wanted + (apart + travel.length()).min(0)).max(still),
        (Pace::Step, false) if apart < 0 => wanted.min(still).max(full.min(still)),
        (Pace::Step, false) => (wanted + (apart - travel.length()).max(0)).min(still).max(full.min(still)),
    };
    row.clamp(still.min(RowPosition(0)), still.max(last))
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

/// Brings every pane level with the passage in hand, which goes further up where a counterpart stands near the beginning of
/// its text.
pub fn level(state: &mut State) {
    let rows = level_rows(state);
    let first = rows.iter().filter(|level| level.counterpart).map(|level| level.row.0).min();
    let line = state.panes.focus_line;
    place(state, line.min(first.unwrap_or(line).max(most_blank(state))));
    for level in rows {
        stand(state, &level, 0);
    }
    settle(state);
}

/// Brings the other panes level with the passage in hand, which stays where it is, or as nearly as leaves not many blank rows
/// above their texts.
fn level_within(state: &mut State) {
    for level in level_rows(state) {
        stand(state, &level, most_blank(state));
    }
    settle(state);
}

/// Puts the other panes where they belong if nothing is known of where they stood.
pub fn stand_anew(state: &mut State) {
    for follower in followers(state) {
        let (row, counterpart) = (beside(state, follower), level_row(state, follower).is_some());
        stand(state, &LevelRow { follower, row, counterpart }, most_blank(state));
    }
    settle(state);
}

/// Puts a pane where it is level. Only a counterpart may have blank rows above its text, no more than `blank` unless that is 0.
fn stand(state: &mut State, level: &LevelRow, blank: i32) {
    let top = level.row - state.panes.focus_line;
    let least = match (level.counterpart, blank) {
        (true, 0) => top,
        (true, blank) => RowPosition(-blank),
        (false, _) => RowPosition(0),
    };
    state.views[level.follower.index()].top = top.max(least);
}

/// Where a pane stands when it is level.
struct LevelRow {
    follower: ArticleIndex,
    row: RowPosition,
    /// Whether a counterpart of the passage in hand is what stands there.
    counterpart: bool,
}

fn level_rows(state: &State) -> Vec<LevelRow> {
    let level = |follower: ArticleIndex| {
        let counterpart = level_row(state, follower);
        let row = counterpart.unwrap_or_else(|| {
            let standing = state.view(follower).map_or(RowPosition(0), |view| view.top + state.panes.focus_line);
            standing - apart(state, follower).unwrap_or(0)
        });
        LevelRow { follower, row, counterpart: counterpart.is_some() }
    };
    followers(state).into_iter().map(level).collect()
}

/// The row of a counterpart that belongs beside the passage in hand; `None` where there is none or it is moved.
fn level_row(state: &State, follower: ArticleIndex) -> Option<RowPosition> {
    let pick = pick(state, follower).filter(|pick| !pick.is_elsewhere())?;
    let place = place_in_hand(state)?;
    let map = state.panes.maps.get(follower).filter(|_| pick.found().on_backbone && !pick.chosen);
    map.map(|map| map.follow(place)).or_else(|| Some(knot(state, follower, pick.found())?.follow(place.row)))
}

/// By how many rows a pane stands further on than the map lets it; negative: back.
fn apart(state: &State, follower: ArticleIndex) -> Option<i32> {
    let standing = state.view(follower)?.top + state.panes.focus_line;
    Some(state.panes.maps.get(follower)?.apart(place_in_hand(state)?, standing))
}

/// The sources on screen beside the one being read.
pub fn followers(state: &State) -> Vec<ArticleIndex> {
    let shown = state.layout.panes.iter().map(|pane| pane.article);
    shown.filter(|article| *article != state.panes.active).collect()
}

/// Where the reader is in the source being read.
fn place_in_hand(state: &State) -> Option<Place> {
    let view = state.view(state.panes.active)?;
    Some(Place { offset: view.cursor, row: view.cursor_row().into() })
}

/// The row of a source that belongs beside the passage in hand, where it comes from elsewhere; always one with text.
pub fn beside(state: &State, follower: ArticleIndex) -> RowPosition {
    let (Some(place), Some(other)) = (place_in_hand(state), state.view(follower)) else { return RowPosition(0) };
    let chosen = chosen(state, follower).and_then(|chosen| knot(state, follower, &chosen));
    let mapped = || state.panes.maps.get(follower).map_or(place.row, |map| map.follow(place));
    chosen.map_or_else(mapped, |knot| knot.follow(place.row)).clamp(RowPosition(0), other.rows.last().into())
}

/// A counterpart of the passage in hand.
#[derive(Debug, Clone, Copy)]
pub struct Found {
    pub index: crate::compare::LinkIndex,
    pub here: ByteSpan,
    pub there: ByteSpan,
    pub moved: bool,
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
    fn is_elsewhere(&self) -> bool {
        self.found().moved && !self.chosen
    }
}

/// The one that the reader asked for; else the one that scrolling brings level, or the nearest.
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
    let begun = |found: &Found| RowPosition::from(leading.rows.row_of(found.here.start)) <= cursor.row;
    let rank = |found: &Found| match (found.on_backbone, found.moved) {
        (true, _) if begun(found) => (0, -i64::from(found.here.start.0)),
        (true, _) => (1, i64::from(found.here.start.0)),
        (false, moved) => (2 + i32::from(moved), i64::from(away(found))),
    };
    let at = (0..all.len()).min_by_key(|at| rank(&all[*at]))?;
    Some(Pick { all, at, chosen: false })
}

fn chosen(state: &State, follower: ArticleIndex) -> Option<Found> {
    pick(state, follower).filter(|pick| pick.chosen).map(|pick| *pick.found())
}

/// The rows of a counterpart beside those of the passage in hand.
fn knot(state: &State, follower: ArticleIndex, found: &Found) -> Option<Knot> {
    let (leading, following) = (state.view(state.panes.active)?, state.view(follower)?);
    Some(Knot::new(found.here.start, (&leading.rows, found.here), (&following.rows, found.there)))
}

/// Rows from where the focus line lies in a pane to what belongs there.
fn off(state: &State, follower: ArticleIndex, pick: &Pick) -> i32 {
    let Some(view) = state.view(follower) else { return 0 };
    let focus = view.top + state.panes.focus_line;
    if pick.is_elsewhere() {
        return RowPosition::from(view.rows.row_of(pick.found().there.start)) - focus;
    }
    if pick.found().on_backbone && !pick.chosen && apart(state, follower) == Some(0) {
        return 0;
    }
    level_row(state, follower).map_or(0, |row| row.max(RowPosition(0)) - focus)
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
        RowMap::new(knots.map(|(here, there)| {
            let from = in_hand_from(state, here);
            Knot::new(from, (rows(leader), here), (rows(follower), there))
        }))
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
    let beside = state.view(leader).map(|view| (leader, view.cursor));
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
        if shown {
            view.seen_beside = beside;
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
        level_within(state);
    } else {
        settle(state);
    }
}
