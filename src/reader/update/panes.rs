//! Which panes are shown, how wide, and which is being read.
//!
//! Must never scroll what stays on screen. Invariant: after every change the rows of all shown panes are laid out for their
//! width and every place is the position of the text that it was.

use std::sync::Arc;

use ratatui::layout::Size;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::layout::{
    EVEN, Layout, NARROWEST_PANE, PanelPlace, PanelSide, PanelSize, Wanted, fitting, has_room_beside, width_for_panes,
};
use super::super::rows::RowPosition;
use super::super::state::State;
use super::super::state::panes::{Left, Scrolling};
use super::counterpart::{beside, followers, lead, remap};
use super::scroll::{most_blank, offset_on, settle, survey};
use crate::text::{ArticleIndex, ByteSpan, Column};

/// Bytes of text that are worth a thread of their own to wrap: beginning one takes as long as some hundred lines.
const WORTH_A_THREAD: usize = 40_000;

/// Takes a new size of the screen.
pub fn resize(state: &mut State, size: Size) {
    lay_out(state, size);
}

/// Lays everything out anew after something about the panes changed.
pub fn relay(state: &mut State) {
    let screen = state.layout.screen;
    lay_out(state, Size::new(screen.width, screen.height));
}

fn lay_out(state: &mut State, size: Size) {
    let shown_before: Vec<ArticleIndex> = state.layout.panes.iter().map(|pane| pane.article).collect();
    let rested = state.panes.focus_line == i32::from(state.layout.focus_row());
    let count = showable(state, size);
    state.panes.keep_active_shown(count);
    let sources = state.panes.arrangement.from_first();
    let wanted = Wanted {
        shares: state.panes.arrangement.shares(&sources),
        sources,
        open: u16::try_from(state.articles.len()).unwrap_or(u16::MAX),
        most: state.panes.arrangement.most,
        panel: state.panes.panel,
    };
    state.layout = Layout::compute(size, &wanted);
    let anew = wrap(state);
    restore(state, rested);
    if anew {
        remap(state)
    } else {
        lead(state)
    }
    appear(state, &shown_before);
    survey(state);
    settle(state);
}

/// Lays out the rows of the panes that are shown, where they are not; answers whether there were any. Long texts are wrapped side
/// by side.
fn wrap(state: &mut State) -> bool {
    let (articles, panes) = (Arc::clone(&state.articles), &state.layout.panes);
    let mut stale = Vec::new();
    for ((at, view), article) in state.views.iter_mut().enumerate().zip(articles.iter()) {
        let pane = panes.iter().find(|pane| pane.article.index() == at);
        let width = pane.map_or(view.rows.width(), |pane| Column(pane.text.width.max(1)));
        if view.rows.width() != width {
            stale.push((view, &article.text, width));
        }
    }
    let Some((view, text, width)) = stale.pop() else { return false };
    std::thread::scope(|scope| {
        for (view, text, width) in stale {
            if text.content().len() < WORTH_A_THREAD {
                view.lay_out(text, width);
            } else {
                scope.spawn(move || view.lay_out(text, width));
            }
        }
        view.lay_out(text, width);
    });
    true
}

/// How many panes are shown on a screen of that size.
fn showable(state: &State, size: Size) -> usize {
    let most = state.panes.arrangement.most.map_or(usize::MAX, usize::from).max(1);
    fitting(width_for_panes(size.width, state.panes.panel), state.panes.arrangement.order.len()).min(most)
}

/// Puts every place back on the focus line.
fn restore(state: &mut State, rested: bool) {
    let focus = i32::from(state.layout.focus_row());
    let last = (i32::from(state.layout.text_height()) - 1).max(0);
    let line = if rested { focus } else { state.panes.focus_line.min(last) };
    let row = state.view(state.panes.active).map_or(0, |view| RowPosition::from(view.cursor_row()).0);
    // Blank rows above the text stay where the others would have to move otherwise, but not many.
    let blank = state.view(state.panes.active).map_or(0, |view| (-view.top.0).clamp(0, most_blank(state)));
    let line = line.min(row.saturating_add(blank)).max(0);
    state.panes.focus_line = line;
    for view in &mut state.views {
        view.restore(line);
    }
}

/// Sources that were not on screen come up level, unless nothing was read since they were.
fn appear(state: &mut State, shown_before: &[ArticleIndex]) {
    if state.panes.scrolling == Scrolling::Free {
        return;
    }
    let line = state.panes.focus_line;
    let now = state.view(state.panes.active).map(|view| (state.panes.active, view.cursor));
    for follower in followers(state).into_iter().filter(|follower| !shown_before.contains(follower)) {
        if state.views[follower.index()].seen_beside != now {
            let row = beside(state, follower);
            state.views[follower.index()].top = row - line;
        }
    }
}

/// Reads on in the next pane, or the one before: nothing on screen moves. A single pane shows the next source.
pub fn step(state: &mut State, forward: bool) {
    let shown: Vec<ArticleIndex> = state.layout.panes.iter().map(|pane| pane.article).collect();
    let order = &state.panes.arrangement.order;
    let round = if shown.len() == 1 { order } else { &shown };
    let Some(at) = round.iter().position(|article| *article == state.panes.active) else { return };
    let next = if forward { at + 1 } else { at + round.len() - 1 } % round.len().max(1);
    if let Some(&article) = round.get(next) {
        read_on_in(state, article);
    }
}

/// Reads on in the source that stands at a place of the order, counted from 1.
pub fn nth(state: &mut State, number: u32) {
    match numbered(state, number) {
        Some(article) => read_on_in(state, article),
        None => state.say(format!("{} sources are open", state.panes.arrangement.order.len())),
    }
}

/// The source that stands at a place of the order, counted from 1.
pub fn numbered(state: &State, number: u32) -> Option<ArticleIndex> {
    let at = usize::try_from(number).unwrap_or(usize::MAX).checked_sub(1)?;
    state.panes.arrangement.order.get(at).copied()
}

/// Reads on in a source, which comes up beside what is read now where it is not on screen.
fn read_on_in(state: &mut State, article: ArticleIndex) {
    if state.layout.pane(article).is_some() {
        activate(state, article);
        return;
    }
    let Some(place) = state.panes.arrangement.order.iter().position(|other| *other == article) else { return };
    let shown = state.layout.panes.len();
    let arrangement = &mut state.panes.arrangement;
    arrangement.first = arrangement.first.clamp(place.saturating_sub(shown.saturating_sub(1)), place);
    let window = arrangement.first..arrangement.first + shown;
    if window.contains(&state.panes.active_place()) {
        relay(state);
        activate(state, article);
    } else {
        let was = state.panes.active;
        take_over(state, article);
        relay(state);
        leave(state, was);
    }
}

/// Remembers which source was being read before it left the screen.
fn leave(state: &mut State, article: ArticleIndex) {
    let instead = state.view(state.panes.active).map(|view| (state.panes.active, view.cursor));
    let left = instead.map(|instead| Left { article, instead });
    state.panes.left = left.filter(|left| left.article != state.panes.active);
}

/// The source that was being read before it left the screen, if nothing was read since.
fn left(state: &State) -> Option<ArticleIndex> {
    let now = state.view(state.panes.active).map(|view| (state.panes.active, view.cursor));
    state.panes.left.filter(|left| Some(left.instead) == now).map(|left| left.article)
}

/// Reads on in a source where it was left, as far as that is on screen.
fn resume(state: &mut State, article: ArticleIndex) {
    let Some(cursor) = state.view(article).map(|view| view.cursor) else { return };
    activate(state, article);
    let height = i32::from(state.layout.text_height());
    let Some(view) = state.view(article) else { return };
    let line = RowPosition::from(view.rows.row_of(cursor)) - view.top;
    if (0..height).contains(&line) {
        state.views[article.index()].cursor = cursor;
        state.panes.focus_line = line;
        settle(state);
    }
}

/// Reads on in a source that is on screen: at the counterpart of the passage in hand where that is visible, else at what stands
/// on the focus line.
pub fn activate(state: &mut State, article: ArticleIndex) {
    if article == state.panes.active {
        return;
    }
    let height = i32::from(state.layout.text_height());
    let Some(view) = state.view(article) else { return };
    let on_screen = |row: RowPosition| (0..height).contains(&(row - view.top));
    let row_of = |span: &ByteSpan| RowPosition::from(view.rows.row_of(span.start));
    let level = view.counterparts.iter().find(|span| on_screen(row_of(span)));
    let sentence = |offset| {
        let text = &state.articles.get(article.index())?.text;
        text.sentence_at(offset).and_then(|sentence| text.sentence(sentence)).map(|sentence| sentence.span.start)
    };
    let there = level.and_then(|span| {
        sentence(span.start).filter(|start| on_screen(view.rows.row_of(*start).into())).or(Some(span.start))
    });
    let line = (view.top + state.panes.focus_line).index().unwrap_or_default();
    let cursor = there.unwrap_or_else(|| offset_on(state, article, view.rows.text_row_down(line)));
    state.panes.active = article;
    state.views.iter_mut().for_each(|view| view.choice = None);
    if let Some(view) = state.views.get_mut(article.index()) {
        view.cursor = cursor;
        let line = RowPosition::from(view.cursor_row()) - view.top;
        state.panes.focus_line = line.clamp(0, (height - 1).max(0));
        view.top = RowPosition::from(view.cursor_row()) - state.panes.focus_line;
    }
    lead(state);
    settle(state);
}

/// Shows the sources further on, or back.
pub fn rotate(state: &mut State, by: i32) {
    let shown = state.layout.panes.len();
    let all = state.panes.arrangement.order.len();
    if shown >= all {
        state.say("all sources are shown");
        return;
    }
    let first = i64::try_from(state.panes.arrangement.first).unwrap_or(0) + i64::from(by);
    let first = usize::try_from(first.max(0)).unwrap_or(0).min(all - shown);
    if first == state.panes.arrangement.first {
        state.say(if by > 0 { "the last source is shown" } else { "the first source is shown" });
        return;
    }
    state.panes.arrangement.first = first;
    let was = left(state).unwrap_or(state.panes.active);
    let window: Vec<ArticleIndex> = state.panes.arrangement.from_first().into_iter().take(shown).collect();
    let place = state.panes.active_place().clamp(first, first + shown - 1);
    let nearest = state.panes.arrangement.order.get(place).copied();
    // The pane nearest to the place of the one that leaves the screen is read on, until that one is back.
    if let Some(next) = window.contains(&was).then_some(was).or(nearest).filter(|next| *next != state.panes.active) {
        take_over(state, next);
    }
    relay(state);
    leave(state, was);
}

/// Another source is read on: level with the one read until now, or where it was left.
fn take_over(state: &mut State, article: ArticleIndex) {
    let (line, left) = (state.panes.focus_line, left(state));
    if state.layout.pane(article).is_none() {
        let width = state.layout.panes.first().map_or(Column(1), |pane| Column(pane.text.width.max(1)));
        if let (Some(source), Some(view)) = (state.articles.get(article.index()), state.views.get_mut(article.index()))
        {
            view.lay_out(&source.text, width);
        }
        remap(state);
        if left != Some(article) {
            let row = beside(state, article);
            state.views[article.index()].top = row - line;
        }
        settle(state);
    }
    if left == Some(article) { resume(state, article) } else { activate(state, article) }
}

/// Fewer panes or more; asks for no more than fit.
pub fn more(state: &mut State, by: i32) {
    let shown = i32::try_from(state.layout.panes.len()).unwrap_or(1);
    let width = width_for_panes(state.layout.screen.width, state.panes.panel);
    let fit = i32::try_from(fitting(width, state.panes.arrangement.order.len())).unwrap_or(1);
    let most = (shown + by).clamp(1, fit);
    if by > 0 && shown == fit && unhide_last(state) {
        return;
    }
    if most == shown {
        let reason = if by < 0 { "one pane is left" } else { "no more panes fit at 30 columns each" };
        state.say(if by > 0 && fit >= i32::try_from(state.panes.arrangement.order.len()).unwrap_or(1) {
            "all sources are shown"
        } else {
            reason
        });
        return;
    }
    state.panes.arrangement.most = (most < fit).then(|| u16::try_from(most).unwrap_or(1));
    state.panes.arrangement.zoomed = None;
    relay(state);
}

/// So many panes, or as many as fit.
pub fn at_most(state: &mut State, most: u16) {
    let shown = i32::try_from(state.layout.panes.len()).unwrap_or(1);
    if i32::from(most) != shown {
        more(state, i32::from(most) - shown);
    }
}

/// Shows the pane being read alone, or all again.
pub fn zoom(state: &mut State) {
    match state.panes.arrangement.zoomed.take() {
        Some(most) => state.panes.arrangement.most = most,
        None => {
            state.panes.arrangement.zoomed = Some(state.panes.arrangement.most);
            state.panes.arrangement.most = Some(1);
        }
    }
    relay(state);
}

/// Shows, hides or resizes the passage panel.
pub fn panel(state: &mut State, size: PanelSize) {
    place_panel(state, PanelPlace { size, extent: None, ..state.panes.panel });
}

/// Puts the passage panel somewhere else.
pub fn place_panel(state: &mut State, place: PanelPlace) {
    state.panes.panel = place;
    relay(state);
}

/// Hides the source being read: reading goes on in the pane beside it.
pub fn hide(state: &mut State) {
    let (place, hidden) = (state.panes.active_place(), state.panes.active);
    let arrangement = &mut state.panes.arrangement;
    if arrangement.order.len() < 2 {
        state.say("it is the only source shown");
        return;
    }
    arrangement.hide(place);
    let beside = place.min(arrangement.order.len() - 1);
    match arrangement.order.get(beside).copied() {
        Some(article) if state.layout.pane(article).is_some() => activate(state, article),
        Some(article) => {
            arrangement.first = beside;
            take_over(state, article);
        }
        None => {}
    }
    relay(state);
    leave(state, hidden);
    let key = state.setup.keymap.hint(Mode::Reading, Command::PaneUnhide).unwrap_or_default();
    state.say(format!("{} is hidden · {key} shows it", hidden.letter()));
}

/// Shows the source that was hidden last; answers whether one was.
pub fn unhide_last(state: &mut State) -> bool {
    let last = state.panes.arrangement.hidden.last().copied();
    last.is_some_and(|last| unhide(state, last))
}

/// Shows a hidden source where it stood; answers whether it was hidden.
pub fn unhide(state: &mut State, article: ArticleIndex) -> bool {
    if !state.panes.arrangement.unhide(article) {
        return false;
    }
    let left = left(state);
    relay(state);
    if state.layout.pane(article).is_none() {
        // There is no room for all: the panes shown move on to it as far as leaves the one being read.
        let place = state.panes.arrangement.order.iter().position(|other| *other == article).unwrap_or(0);
        state.panes.arrangement.first = place;
        relay(state);
    }
    if left == Some(article) && state.layout.pane(article).is_some() {
        resume(state, article);
    }
    true
}

/// Makes the pane being read wider or narrower, at the cost of the one beside it.
pub fn widen(state: &mut State, columns: i32) {
    let shown: Vec<ArticleIndex> = state.layout.panes.iter().map(|pane| pane.article).collect();
    let at = shown.iter().position(|article| *article == state.panes.active).unwrap_or(0);
    // The last pane has its border at its left.
    let (border, columns) = if at + 1 < shown.len() { (at, columns) } else { (at.saturating_sub(1), -columns) };
    match shown.get(border) {
        Some(article) if shown.len() > 1 => move_border(state, *article, columns),
        _ => state.say("one pane is shown: there is no border to move"),
    }
}

/// Moves the border at the right of a pane; every place stays the position of the text that it was.
pub fn move_border(state: &mut State, article: ArticleIndex, columns: i32) {
    let mut widths: Vec<(ArticleIndex, i32)> =
        state.layout.panes.iter().map(|pane| (pane.article, i32::from(pane.width()))).collect();
    let Some(at) = widths.iter().position(|(other, _)| *other == article).filter(|at| at + 1 < widths.len()) else {
        return;
    };
    let least = i32::from(NARROWEST_PANE);
    let columns = columns.clamp((least - widths[at].1).min(0), (widths[at + 1].1 - least).max(0));
    widths[at].1 += columns;
    widths[at + 1].1 -= columns;
    let share = |width: i32| u16::try_from(width).unwrap_or(EVEN);
    state.panes.arrangement.share(widths.into_iter().map(|(article, width)| (article, share(width))));
    relay(state);
}

/// Makes all panes equally wide.
pub fn even(state: &mut State) {
    if state.panes.arrangement.even() {
        relay(state);
    } else {
        state.say("the panes are equally wide");
    }
}

/// Puts the passage panel beside the panes, or below them.
pub fn move_panel(state: &mut State) {
    let side = match state.panes.panel.side {
        PanelSide::Below if !has_room_beside(state.layout.screen.width) => {
            state.say("the screen is too narrow for the panel at the side");
            return;
        }
        PanelSide::Below => PanelSide::Beside,
        PanelSide::Beside => PanelSide::Below,
    };
    let size = if state.panes.panel.size == PanelSize::Hidden { PanelSize::Third } else { state.panes.panel.size };
    place_panel(state, PanelPlace { size, side, extent: None });
}

/// Gives the passage panel so many rows more, or columns where it stands beside the panes.
pub fn grow_panel(state: &mut State, by: i32) {
    let layout = &state.layout;
    if layout.panel_title.height == 0 {
        let key = state.setup.keymap.hint(Mode::Reading, Command::PanelToggle).unwrap_or_default();
        state.say(format!("the passage panel is not shown · {key} shows it"));
        return;
    }
    let now = if layout.panel_is_beside() { layout.panel.width } else { layout.panel.height + 1 };
    let extent = u16::try_from((i32::from(now) + by).max(1)).unwrap_or(u16::MAX);
    place_panel(state, PanelPlace { extent: Some(extent), ..state.panes.panel });
    let layout = &state.layout;
    // What the screen allows is kept, so that the next step is seen.
    let then = if layout.panel_is_beside() { layout.panel.width } else { layout.panel.height + 1 };
    state.panes.panel.extent = Some(then);
}

/// Moves the pane being read among the others.
pub fn reorder(state: &mut State, by: i32) {
    let place = state.panes.active_place();
    let last = state.panes.arrangement.order.len().saturating_sub(1);
    let wanted = i64::try_from(place).unwrap_or(0) + i64::from(by);
    let wanted = usize::try_from(wanted.max(0)).unwrap_or(0).min(last);
    if wanted == place {
        state.say(if by > 0 { "it is the last pane" } else { "it is the first pane" });
        return;
    }
    let article = state.panes.arrangement.order.remove(place);
    state.panes.arrangement.order.insert(wanted, article);
    relay(state);
}
