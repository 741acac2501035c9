//! Linking passages by hand, and removing links: two passages are named one after the other, by one key.

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::state::by_hand::Begun;
use super::super::state::{STILL_COMPARING, State};
use super::counterpart::{counterparts, followers};
use crate::compare::{BY_HAND, Judgement};
use crate::notes::link::{Answer, Wish};
use crate::text::{ArticleIndex, ByteOffset, Passage};

/// Does what a command about links asks for.
pub fn obey(state: &mut State, command: Command) -> Vec<Effect> {
    let Some(here) = in_hand(state) else { return Vec::new() };
    let judgement = if command == Command::Link { Judgement::Made } else { Judgement::Removed };
    match state.shelf.by_hand.begun {
        Some(begun) if begun.judgement == judgement => end(state, begun, here),
        _ if state.articles.len() < 2 => {
            state.say("there is no other source to link with");
            Vec::new()
        }
        _ => begin(state, here, judgement),
    }
}

/// Gives up what was begun; answers whether anything was.
pub fn cancel(state: &mut State) -> bool {
    state.shelf.by_hand.begun.take().is_some()
}

fn in_hand(state: &State) -> Option<Passage> {
    sentence_at(state, state.panes.active, state.article()?.text.sentence(state.sentence()?)?.span.start)
}

/// The sentence at a position, as a passage.
fn sentence_at(state: &State, article: ArticleIndex, at: ByteOffset) -> Option<Passage> {
    let text = &state.articles.get(article.index())?.text;
    Some(Passage { article, span: text.sentence(text.sentence_at(at)?)?.span })
}

fn begin(state: &mut State, here: Passage, judgement: Judgement) -> Vec<Effect> {
    let last = state.shelf.by_hand.last.take();
    state.shelf.by_hand.begun = None;
    if judgement == Judgement::Removed {
        if let Some((_, wish)) = last.filter(|(passage, _)| *passage == here) {
            return ask(state, wish);
        }
        match shown(state)[..] {
            [there] => return ask(state, Wish::Unlink(here, there)),
            [] if !has_counterpart(state) => return ask(state, Wish::BringBack(here)),
            _ => {}
        }
    }
    state.shelf.by_hand.begun = Some(Begun { passage: here, judgement });
    Vec::new()
}

fn end(state: &mut State, begun: Begun, here: Passage) -> Vec<Effect> {
    if begun.passage.article == here.article {
        state.warn(format!("{} is the source you began with: go to a passage of another", here.article.letter()));
        return Vec::new();
    }
    state.shelf.by_hand.begun = None;
    let pair = (begun.passage, here);
    ask(
        state,
        match begun.judgement {
            Judgement::Made => Wish::Link(pair.0, pair.1),
            Judgement::Removed => Wish::Unlink(pair.0, pair.1),
        },
    )
}

fn ask(state: &mut State, wish: Wish) -> Vec<Effect> {
    if matches!(state.findings.stage, super::super::state::findings::Stage::Running(_)) {
        state.say(STILL_COMPARING);
        return Vec::new();
    }
    state.shelf.by_hand.last = match wish {
        Wish::Link(a, b) | Wish::Unlink(a, b) => in_hand(state).map(|here| (here, Wish::Unlink(a, b))),
        Wish::BringBack(_) => None,
    };
    vec![Effect::HandLink(wish, state.setup.author.clone())]
}

/// The counterpart that each pane beside shows, as a whole sentence.
fn shown(state: &State) -> Vec<Passage> {
    let Some(sentence) = state.sentence() else { return Vec::new() };
    let one = |follower: ArticleIndex| {
        let found = counterparts(state, sentence, follower);
        let choice = state.view(follower)?.choice;
        let chosen = found.iter().find(|found| Some(found.index) == choice);
        let there = chosen.or_else(|| found.iter().find(|found| !found.moved)).or(found.first())?.there;
        sentence_at(state, follower, there.start)
    };
    followers(state).into_iter().filter_map(one).collect()
}

fn has_counterpart(state: &State) -> bool {
    state.sentence().is_some_and(|sentence| !state.findings.counterparts(state.panes.active, sentence).is_empty())
}

/// What came of it.
pub fn answered(state: &mut State, answer: Answer, saved: Result<Option<String>, String>) -> Vec<Effect> {
    let key = |command| state.setup.keymap.hint(state.mode(), command).unwrap_or_default();
    let remove = key(Command::Unlink);
    let words = match answer {
        Answer::Linked => format!("{BY_HAND} · {remove} removes the link"),
        Answer::Unlinked | Answer::Unmade => format!("no longer linked · {remove} brings the link back"),
        Answer::BroughtBack => format!("linked again · {remove} removes the link"),
        Answer::AlreadyLinked => format!("these passages are linked · {remove} removes the link"),
        Answer::Nothing => "no link joins these passages, and none was removed".to_owned(),
    };
    match (answer, state.shelf.by_hand.last) {
        (Answer::Nothing, _) => state.shelf.by_hand.last = None,
        // Nothing is kept of a link made by hand that could come back: it is made anew.
        (Answer::Unmade, Some((passage, Wish::Unlink(a, b)))) => {
            state.shelf.by_hand.last = Some((passage, Wish::Link(a, b)));
        }
        _ => {}
    }
    match saved {
        Ok(None) => state.say(words),
        Ok(Some(remark)) => state.warn(remark),
        Err(problem) => {
            state.shelf.unsaved = state.shelf.unsaved.max(1);
            state.warn(format!("not saved: {problem}"));
        }
    }
    Vec::new()
}
