//! Putting a note on its words by hand: the reader goes to them and says so.
//!
//! Must never put a note anywhere by itself. Invariant: while a note is being put, its key writes no new one.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::state::shelf::{Entry, Placing};
use super::super::state::{Overlay, State};
use super::{find, trail};
use crate::notes::AnchorState;
use crate::text::{ArticleIndex, ByteSpan};

/// Begins: goes to where the note may stand, and waits for the reader to say where it does.
pub fn begin(state: &mut State, id: uuid::Uuid) {
    let Some(entry) = state.shelf.get(id) else { return };
    let Some(passage) = unsure(entry) else {
        state.warn("none of this note's sources is open");
        return;
    };
    let place = entry.places.get(usize::from(passage)).and_then(Option::as_ref);
    let article = place.map(|(article, _)| *article);
    let there = place.and_then(|(article, state)| Some((*article, state.span()?)));
    let suggested = match place {
        Some((article, AnchorState::Suggested { span, .. } | AnchorState::Changed { span, .. })) => {
            Some((*article, *span))
        }
        _ => None,
    };
    state.shelf.placing = Some(Placing { note: id, passage, suggested });
    state.overlay = Overlay::None;
    trail::leave(state);
    match (there, article) {
        (Some((article, span)), _) => find::go(state, article, span.start),
        (None, Some(article)) => {
            let here = state.view(article).map(|view| view.cursor);
            find::go(state, article, here.unwrap_or_default());
        }
        _ => {}
    }
}

/// The first passage in an open source that is not placed, else the first in an open source.
fn unsure(entry: &Entry) -> Option<u16> {
    let open = |at: &usize| entry.places[*at].is_some();
    let sure = |at: &usize| matches!(entry.places[*at], Some((_, AnchorState::Placed(_))));
    let all: Vec<usize> = (0..entry.places.len()).filter(open).collect();
    let found = all.iter().find(|at| !sure(at)).or(all.first())?;
    u16::try_from(*found).ok()
}

/// Gives up; answers whether anything was begun.
pub fn cancel(state: &mut State) -> bool {
    state.shelf.placing.take().is_some()
}

/// Puts the note on what is selected, else on the suggestion in hand, else on the passage in hand.
pub fn put(state: &mut State) -> Vec<Effect> {
    let Some(placing) = state.shelf.placing else { return Vec::new() };
    let article = state.panes.active;
    let Some(span) = chosen(state, &placing, article) else { return Vec::new() };
    let Some(entry) = state.shelf.get(placing.note) else {
        state.shelf.placing = None;
        return Vec::new();
    };
    let mut note = entry.note.clone();
    let (Some(passage), Some(source)) =
        (note.passages.get_mut(usize::from(placing.passage)), state.articles.get(article.index()))
    else {
        return Vec::new();
    };
    *passage = passage.put_on(source, span);
    note.touch();
    state.shelf.placing = None;
    state.panes.selection = None;
    vec![Effect::UpdateNote(Box::new(note))]
}

fn chosen(state: &State, placing: &Placing, article: ArticleIndex) -> Option<ByteSpan> {
    if let Some(selected) = state.selected() {
        return Some(selected);
    }
    let sentence = state.article()?.text.sentence(state.sentence()?)?.span;
    let suggested = placing.suggested.filter(|(there, span)| *there == article && span.shared(sentence) > 0);
    Some(suggested.map_or(sentence, |(_, span)| span))
}

/// Does what a command asks for while a note is being put; `None` where it means what it always means.
pub fn obey(state: &mut State, command: Command) -> Option<Vec<Effect>> {
    state.shelf.placing?;
    match command {
        Command::NoteNew | Command::NoteEdit => Some(put(state)),
        Command::Cancel if state.panes.selection.is_none() => {
            cancel(state);
            state.say("the note is left as it was");
            Some(Vec::new())
        }
        _ => None,
    }
}
