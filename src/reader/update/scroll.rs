//! Moving through the text, with the other panes keeping up.
//!
//! Must never move a pane without the reader moving. Invariant: after a step the passage in hand stands on the focus line, no
//! pane has moved against the reader, and one that was moved alone keeps as far from where the map wants it as it was put.

use super::super::layout::PanelSize;
use super::super::rows::RowPosition;
use super::super::state::State;
use super::super::state::overview::Survey;
use super::super::state::panes::Scrolling;
use super::super::state::passage::Material;
use super::super::state::source::Standing;
use super::super::sync::Travel;
use super::counterpart::{beside, followers, level_row, mapped_row, matched_place, pick, place_in_hand, standing};
use crate::notes::Note;
use crate::text::{ArticleIndex, ByteOffset, ByteSpan, Column, RowIndex};

/// How the reader moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// On from where they are: the other panes follow row by row.
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

/// A move of the reader: as the eye sees it, and as the maps know it.
struct Going {
    travel: Travel,
    matched: Travel,
    pace: Pace,
    /// The line of the passage in hand before.
    line_before: i32,
}

/// Moves the place in hand to a position of the text and lets the other panes keep up.
pub fn to_offset(state: &mut State, to: ByteOffset, pace: Pace) {
    let (line_before, sentence_before) = (state.panes.focus_line, state.sentence());
    let aligned = state.panes.scrolling == Scrolling::Aligned;
    if pace == Pace::Jump && aligned {
        forget_asides(state);
    }
    let (Some(from), Some(matched_from)) = (place_in_hand(state), matched_place(state)) else { return };
    let chosen: Vec<(ArticleIndex, bool)> = followers(state).into_iter().map(|at| (at, is_chosen(state, at))).collect();
    let Some(view) = state.views.get_mut(state.panes.active.index()) else { return };
    let top_before = view.top;
    view.cursor = to;
    let (Some(to), Some(matched_to)) = (place_in_hand(state), matched_place(state)) else { return };
    let (travel, matched) = (Travel { from, to }, Travel { from: matched_from, to: matched_to });
    let going = Going { travel, matched, pace, line_before };
    let line = focus_line(state, travel, pace);
    let view = &mut state.views[state.panes.active.index()];
    view.top = to.row - line;
    let scrolled = view.top - top_before;
    state.panes.focus_line = line;
    let goes_on = state.sentence() == sentence_before;
    for (follower, chosen) in chosen {
        match state.panes.scrolling {
            Scrolling::Free => {}
            Scrolling::Offset => shift(state, follower, scrolled),
            Scrolling::Aligned if chosen && goes_on => {
                let view = &mut state.views[follower.index()];
                view.top = view.top + scrolled;
            }
            Scrolling::Aligned => {
                let row = kept(state, follower, &going);
                state.views[follower.index()].top = row - line;
            }
        }
    }
    if !goes_on {
        state.views.iter_mut().for_each(|view| view.choice = None);
    }
    settle(state);
}

/// Whether a pane shows a counterpart that the reader asked for.
fn is_chosen(state: &State, follower: ArticleIndex) -> bool {
    pick(state, follower).is_some_and(|pick| pick.chosen)
}

/// Forgets by how much panes were moved alone.
pub fn forget_asides(state: &mut State) {
    state.views.iter_mut().for_each(|view| view.aside = 0);
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
pub fn most_blank(state: &State) -> i32 {
    i32::from(state.layout.focus_row()) / 2
}

/// The row of a following pane that comes to the focus line when the reader moves.
fn kept(state: &State, follower: ArticleIndex, going: &Going) -> RowPosition {
    let (Some(view), Some(map)) = (state.view(follower), state.panes.maps.get(follower)) else { return RowPosition(0) };
    let standing = view.top + going.line_before;
    // Here the pane does not move on screen.
    let still = standing + (state.panes.focus_line - going.line_before);
    let full = RowPosition(state.panes.focus_line);
    let last = RowPosition::from(view.rows.last());
    let row = match (going.pace, going.travel.is_forward()) {
        (Pace::Jump, _) => match level_row(state, follower) {
            Some(level) => level,
            None => map.follow(going.matched.to).max(full.min(last)),
        },
        (Pace::Step, forward) => {
            let wanted = map.keep(going.matched, standing - view.aside) + view.aside;
            if forward { wanted.max(still) } else { wanted.min(still).max(full.min(still)) }
        }
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

/// Moves the pane in hand alone; the others stay, and keep up from there on.
pub fn alone(state: &mut State, rows: i32) {
    let Some(view) = state.view(state.panes.active) else { return };
    let from = RowPosition::from(view.cursor_row());
    let wanted = (from + rows).index().unwrap_or_default().min(view.rows.last());
    let to = if rows >= 0 { view.rows.text_row_down(wanted) } else { view.rows.text_row_up(wanted) };
    let offset = offset_on(state, state.panes.active, to);
    let line = state.panes.focus_line;
    if let Some(view) = state.views.get_mut(state.panes.active.index()) {
        view.cursor = offset;
        view.top = RowPosition::from(view.cursor_row()) - line;
        if state.panes.scrolling == Scrolling::Aligned {
            view.aside += RowPosition::from(view.cursor_row()) - from;
        }
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
    forget_asides(state);
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
        let standing = || state.view(follower).map_or(RowPosition(0), |view| view.top + state.panes.focus_line);
        let mapped = mapped_row(state, follower).filter(|_| !state.findings.marks(follower).is_empty());
        let row = counterpart.or(mapped).unwrap_or_else(standing);
        LevelRow { follower, row, counterpart: counterpart.is_some() }
    };
    followers(state).into_iter().map(level).collect()
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
    let span = state.article().and_then(|article| article.text.sentence(sentence)).map(|sentence| sentence.span);
    let noted = span.and_then(|span| state.shelf.on(state.panes.active, span)).map(|entry| told(&entry.note, state));
    let material = Material { articles: &state.articles, findings: &state.findings, width, noted };
    state.passage.show(&material, state.panes.active, sentence);
    state.passage.scroll(0, state.layout.panel.height);
}

/// Takes a position of the source being read in hand where it stands on screen: nothing moves.
pub fn take_in_hand(state: &mut State, offset: ByteOffset) {
    let Some(view) = state.views.get_mut(state.panes.active.index()) else { return };
    view.cursor = offset;
    state.panes.focus_line = RowPosition::from(view.cursor_row()) - view.top;
    settle(state);
}

/// A note in few words: its verdict, and how its text begins.
fn told(note: &Note, state: &State) -> String {
    let verdict = note.verdict.as_deref().unwrap_or("no verdict");
    let text = note.text.lines().next().filter(|line| !line.is_empty()).map(|line| format!(": {line}"));
    format!("{} {verdict}{}", state.setup.glyphs.noted, text.unwrap_or_default())
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
        forget_asides(state);
        level_within(state);
    } else {
        settle(state);
    }
}
