//! Going to what was found: divergences, matches, notes, counterparts, places of a search.

use super::super::command::Command;
use super::super::state::search::Search;
use super::super::state::{STILL_COMPARING, State};
use super::counterpart::{beside, followers, pick};
use super::scroll::{Pace, settle, to_offset};
use super::{Order, filter, panes, trail};
use crate::compare::LinkIndex;
use crate::text::{ArticleIndex, ByteOffset, SentenceIndex};

/// Does what a command that finds something asks for.
pub fn obey(state: &mut State, order: Order) {
    let times = order.times();
    match order.command {
        Command::DivergenceNext => divergence(state, times),
        Command::DivergencePrevious => divergence(state, -times),
        Command::MatchNext => shared(state, times),
        Command::MatchPrevious => shared(state, -times),
        Command::NoteNext => note(state, times),
        Command::NotePrevious => note(state, -times),
        Command::CounterpartNext => counterpart(state, 1, order.count),
        Command::CounterpartPrevious => counterpart(state, -1, order.count),
        Command::ThereAndBack => there_and_back(state),
        Command::SearchNext => search(state, times),
        Command::SearchPrevious => search(state, -times),
        Command::FilterNext
        | Command::FoldToggle
        | Command::FoldAll
        | Command::UnfoldAll
        | Command::FoldOpen
        | Command::PassingNext
        | Command::PassingPrevious => {
            filter::obey(state, order);
        }
        _ => trail::obey(state, order),
    }
}

/// Goes to a place in any source, showing its pane where it is not shown.
pub fn go(state: &mut State, article: ArticleIndex, offset: ByteOffset) {
    if article != state.panes.active {
        panes::unhide(state, article);
        if state.layout.pane(article).is_some() {
            panes::activate(state, article);
        } else {
            state.panes.active = article;
            panes::relay(state);
        }
    }
    filter::reveal(state, article, offset);
    to_offset(state, offset, Pace::Jump);
}

/// Ends a search; where there is none, a filter.
pub fn forget(state: &mut State) {
    if state.search.wanted.is_empty() {
        if filter::forget(state) {
            state.say("all passages");
        }
        return;
    }
    state.search = Search::default();
}

/// The sentence `by` further along a list of sentences than the one in hand; the list is in order.
fn further(sentences: &[SentenceIndex], here: SentenceIndex, by: i32) -> Option<(usize, SentenceIndex)> {
    let at = if by > 0 {
        sentences.partition_point(|sentence| *sentence <= here) + usize::try_from(by - 1).ok()?
    } else {
        sentences.partition_point(|sentence| *sentence < here).checked_sub(usize::try_from(-by).ok()?)?
    };
    sentences.get(at).map(|sentence| (at, *sentence))
}

/// Goes along a list of sentences of the source being read and says how far along it is.
pub fn along(state: &mut State, sentences: &[SentenceIndex], by: i32, what: &str) {
    let Some(here) = state.sentence() else { return };
    let found = further(sentences, here, by);
    let (last, short) = (outermost(sentences, here, by), found.is_none());
    match found.or(last) {
        Some((at, sentence)) => {
            let Some(start) = state.article().and_then(|a| a.text.sentence(sentence)).map(|s| s.span.start) else {
                return;
            };
            trail::leave(state);
            filter::reveal(state, state.panes.active, start);
            to_offset(state, start, Pace::Jump);
            if short {
                let way = if by > 0 { "down" } else { "up" };
                state.say(format!("{what} {} of {}: none further {way}", at + 1, sentences.len()));
            } else if what != "divergence" {
                // The status line counts the divergences anyway.
                state.say(format!("{what} {} of {}", at + 1, sentences.len()));
            }
        }
        None if sentences.is_empty() => {
            let others = further_elsewhere(state, what);
            state.say(format!("no {what} in {}{others}", state.panes.active.letter()));
        }
        None if by > 0 => {
            let others = further_elsewhere(state, what);
            state.say(format!("no {what} further down in {}{others}", state.panes.active.letter()));
        }
        None => state.say(format!("no {what} further up in {}", state.panes.active.letter())),
    }
}

/// The last sentence of a list in that direction, or the first, where a count leads beyond it.
fn outermost(sentences: &[SentenceIndex], here: SentenceIndex, by: i32) -> Option<(usize, SentenceIndex)> {
    let at = if by > 0 { sentences.len().checked_sub(1)? } else { 0 };
    let sentence = *sentences.get(at)?;
    let ahead = if by > 0 { sentence > here } else { sentence < here };
    ahead.then_some((at, sentence))
}

/// The sentences of a source in which there is something to go to by this name.
fn places(state: &State, what: &str, article: ArticleIndex) -> Vec<SentenceIndex> {
    match what {
        "divergence" => state.findings.diverging_sentences(article).to_vec(),
        "note" => noted(state, article),
        _ => Vec::new(),
    }
}

/// How many divergences or notes stand further down in the other panes than these show, and the key that goes there.
fn further_elsewhere(state: &State, what: &str) -> String {
    let below = |follower: ArticleIndex| {
        let view = state.view(follower)?;
        let article = state.articles.get(follower.index())?;
        let seen = view.rows.offset_at(view.top + state.panes.focus_line);
        let starts = places(state, what, follower).into_iter();
        let further = starts.filter(|at| article.text.sentence(*at).is_some_and(|at| at.span.start > seen)).count();
        (further > 0).then(|| format!("{further} in {}", follower.letter()))
    };
    let below: Vec<String> = followers(state).into_iter().filter_map(below).collect();
    if below.is_empty() {
        return String::new();
    }
    let key = state.setup.keymap.hint(state.mode(), Command::PaneNext).unwrap_or_default();
    format!(" · further down: {} · {key} reads there", below.join(", "))
}

fn still_comparing(state: &mut State) -> bool {
    let running = matches!(state.findings.stage, super::super::state::findings::Stage::Running(_));
    if running {
        state.say(STILL_COMPARING);
    }
    running
}

fn divergence(state: &mut State, by: i32) {
    if !still_comparing(state) {
        let sentences: Vec<SentenceIndex> = state.findings.diverging_sentences(state.panes.active).to_vec();
        along(state, &sentences, by, "divergence");
    }
}

fn shared(state: &mut State, by: i32) {
    if !still_comparing(state) {
        let marks = state.findings.marks(state.panes.active).iter();
        let sentences: Vec<SentenceIndex> = marks.filter(|mark| mark.support > 1).map(|mark| mark.sentence).collect();
        along(state, &sentences, by, "match");
    }
}

fn note(state: &mut State, by: i32) {
    let sentences = noted(state, state.panes.active);
    along(state, &sentences, by, "note");
}

/// The sentences of a source on which there are notes, in order.
fn noted(state: &State, article: ArticleIndex) -> Vec<SentenceIndex> {
    let Some(source) = state.articles.get(article.index()) else { return Vec::new() };
    let places = state.shelf.places(article);
    let mut sentences: Vec<SentenceIndex> =
        places.iter().filter_map(|span| source.text.sentence_at(span.start)).collect();
    sentences.dedup();
    sentences
}

/// Another of several counterparts, in every pane that has several, or in the one that was counted.
fn counterpart(state: &mut State, by: i32, count: Option<u32>) {
    let only = count.map(|number| panes::numbered(state, number));
    if let Some(None) = only {
        state.say(format!("{} sources are open", state.panes.arrangement.order.len()));
        return;
    }
    let only = only.flatten();
    let mut several = false;
    for follower in followers(state).into_iter().filter(|follower| only.is_none_or(|only| only == *follower)) {
        let Some(pick) = pick(state, follower).filter(|pick| pick.all.len() > 1) else { continue };
        several = true;
        let count = i32::try_from(pick.all.len()).unwrap_or(1);
        let next = (i32::try_from(pick.at).unwrap_or(0) + by).rem_euclid(count);
        let next = pick.all[usize::try_from(next).unwrap_or(0)].index;
        let usual = usual(state, follower);
        bring(state, follower, (usual != Some(next)).then_some(next));
    }
    if several {
        settle(state);
    } else if let Some(only) = only {
        state.say(format!("{} has no other counterpart of the passage in hand on screen", only.letter()));
    } else {
        state.say("no source has several counterparts of this passage");
    }
}

/// The counterpart that scrolling brings level where none is chosen.
fn usual(state: &mut State, follower: ArticleIndex) -> Option<LinkIndex> {
    let chosen = state.views[follower.index()].choice.take();
    let usual = pick(state, follower).map(|pick| *pick.found()).filter(|found| found.on_backbone);
    state.views[follower.index()].choice = chosen;
    usual.map(|found| found.index)
}

/// Brings a counterpart level, or what belongs there when none is chosen.
fn bring(state: &mut State, follower: ArticleIndex, choice: Option<LinkIndex>) {
    state.views[follower.index()].choice = choice;
    let row = beside(state, follower);
    let line = state.panes.focus_line;
    state.views[follower.index()].top = row - line;
}

/// Goes to the counterparts that stand elsewhere in the order of the story; once more goes back.
fn there_and_back(state: &mut State) {
    let away: Vec<ArticleIndex> =
        followers(state).into_iter().filter(|follower| state.views[follower.index()].choice.is_some()).collect();
    if !away.is_empty() {
        for follower in away {
            bring(state, follower, None);
        }
        settle(state);
        state.say("back");
        return;
    }
    let mut letters = Vec::new();
    for follower in followers(state) {
        if let Some(pick) = pick(state, follower).filter(|pick| pick.all.iter().all(|found| found.moved)) {
            bring(state, follower, Some(pick.found().index));
            letters.push(follower.letter());
        }
    }
    settle(state);
    if letters.is_empty() {
        state.say("no counterpart of this passage is moved");
    } else {
        let key = state.setup.keymap.hint(state.mode(), Command::ThereAndBack).unwrap_or_default();
        state.say(format!("moved passage in {} · {key} goes back", letters.join(", ")));
    }
}

fn search(state: &mut State, by: i32) {
    if state.search.wanted.is_empty() {
        divergence(state, by);
        return;
    }
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let places = matches_in_order(state);
    let order: Vec<ArticleIndex> = state.panes.arrangement.all().collect();
    let rank = |article: ArticleIndex| order.iter().position(|other| *other == article);
    let here = (rank(state.panes.active), cursor);
    let key = |place: &(ArticleIndex, ByteOffset)| (rank(place.0), place.1);
    let count = i64::try_from(places.len()).unwrap_or(1).max(1);
    let base = if by > 0 {
        places.partition_point(|place| key(place) <= here)
    } else {
        places.partition_point(|place| key(place) < here)
    };
    let step = if by > 0 { i64::from(by) - 1 } else { i64::from(by) };
    let at = (i64::try_from(base).unwrap_or(0) + step).rem_euclid(count);
    let at = usize::try_from(at).unwrap_or(0);
    if let Some(&(article, offset)) = places.get(at) {
        trail::leave(state);
        go(state, article, offset);
        let wanted = state.search.wanted.clone();
        state.say(format!("“{wanted}” {} of {}", at + 1, places.len()));
    } else {
        let wanted = state.search.wanted.clone();
        state.say(format!("“{wanted}” is nowhere in these sources"));
    }
}

/// The places of the search in all sources, in the order of the panes.
fn matches_in_order(state: &State) -> Vec<(ArticleIndex, ByteOffset)> {
    let order = state.panes.arrangement.all();
    order.flat_map(|article| state.search.found(article).iter().map(move |span| (article, span.start))).collect()
}

/// Searches, and goes to the first place found from the passage in hand on.
pub fn begin_search(state: &mut State, wanted: &str) {
    state.search = Search::new(wanted, &state.articles);
    if wanted.is_empty() {
        return;
    }
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let found = matches_in_order(state);
    match found.iter().position(|place| *place == (state.panes.active, cursor)) {
        Some(at) => state.say(format!("“{wanted}” {} of {}", at + 1, found.len())),
        None => search(state, 1),
    }
}
