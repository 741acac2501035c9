//! Sources that changed on disk: offered, and taken in without losing the place. Sources that are opened beside the others.
//!
//! Must never take a changed source in unasked. Invariant: every place in a source that is taken in again is at the same words
//! where they still stand, else at the nearest sentence that does.

use std::collections::HashMap;
use std::sync::Arc;

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::keymap::Mode;
use super::super::rows::Rows;
use super::super::state::findings::{Findings, Stage};
use super::super::state::search::Search;
use super::super::state::source::{OnDisk, SourceView};
use super::super::state::{NONE_CHANGED, State};
use super::{filter, listing, panes};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteOffset, SentenceIndex, Text};

/// A source is not on disk as it was read, or is again.
pub fn noticed(state: &mut State, article: ArticleIndex, on_disk: OnDisk) -> Vec<Effect> {
    if let Some(view) = state.views.get_mut(article.index()) {
        view.on_disk = on_disk;
    }
    state.unsay(NONE_CHANGED);
    if on_disk == OnDisk::Gone {
        state.warn(gone(&[article]));
    }
    Vec::new()
}

fn gone(articles: &[ArticleIndex]) -> String {
    let letters: Vec<String> = articles.iter().map(|article| article.letter()).collect();
    format!("the file of {} is gone; its text can still be read here", letters.join(", "))
}

/// Asks for the changed sources.
pub fn ask(state: &mut State) -> Vec<Effect> {
    if !state.on_disk(OnDisk::Changed).is_empty() {
        return vec![Effect::Reload];
    }
    match state.on_disk(OnDisk::Gone).as_slice() {
        [] => state.say(NONE_CHANGED),
        missing => state.warn(gone(missing)),
    }
    Vec::new()
}

/// Another source was opened: it comes up level where a pane is free, nothing else moves, and the comparison begins anew.
pub fn opened(state: &mut State, articles: Arc<Vec<Article>>) -> Vec<Effect> {
    for at in state.views.len()..articles.len() {
        let mut view = SourceView::default();
        view.cursor = articles[at].text.sentences().first().map_or(view.cursor, |sentence| sentence.span.start);
        state.views.push(view);
        state.panes.arrangement.order.push(ArticleIndex::new(at));
    }
    state.articles = articles;
    begin_anew(state);
    let Some(newest) = state.views.len().checked_sub(1).map(ArticleIndex::new) else { return Vec::new() };
    let label = state.articles.get(newest.index()).map(Article::label).unwrap_or_default();
    let opened = format!("{} {label} opened", newest.letter());
    if state.layout.pane(newest).is_some() {
        state.say(opened);
    } else {
        let key = state.setup.keymap.hint(Mode::Reading, Command::SourcesForward).unwrap_or_default();
        state.say(format!("{opened} · {key} shows it"));
    }
    Vec::new()
}

/// Forgets what was found in the texts that were.
fn begin_anew(state: &mut State) {
    state.views.iter_mut().for_each(|view| view.choice = None);
    state.shelf.by_hand.begun = None;
    state.shelf.by_hand.last = None;
    let listing = std::mem::take(&mut state.findings.listing);
    state.findings = Findings::default();
    state.findings.listing = listing;
    if state.articles.len() > 1 {
        state.findings.stage = Stage::Running(0);
    }
    state.search = Search::new(&state.search.wanted, &state.articles);
    let notes = state.shelf.entries().iter().map(|entry| entry.note.clone()).collect();
    state.shelf.fill(notes, &state.articles);
    state.passage.forget();
    filter::refresh(state);
    listing::refresh(state);
    panes::relay(state);
}

/// Sources were read again: their texts are others, the places stay, and the comparison begins anew.
pub fn reloaded(state: &mut State, articles: Arc<Vec<Article>>, which: &[ArticleIndex]) -> Vec<Effect> {
    let before = std::mem::replace(&mut state.articles, articles);
    for &article in which {
        let (Some(was), Some(is)) = (before.get(article.index()), state.articles.get(article.index())) else {
            continue;
        };
        let carried = Carried::new(&was.text, &is.text);
        if let Some(view) = state.views.get_mut(article.index()) {
            view.cursor = carried.place(view.cursor);
            view.hold.offset = carried.place(view.hold.offset);
            view.rows = Rows::default();
            view.on_disk = OnDisk::AsRead;
        }
        state.panes.trail.carry(article, |offset| carried.place(offset));
    }
    begin_anew(state);
    let letters: Vec<String> = which.iter().map(|article| article.letter()).collect();
    state.say(format!("{} read again", letters.join(", ")));
    Vec::new()
}

/// Where the places of one text are in another.
struct Carried<'t> {
    was: &'t Text,
    is: &'t Text,
    /// The sentences of the new text by their words.
    sentences: HashMap<&'t str, Vec<SentenceIndex>>,
}

impl<'t> Carried<'t> {
    fn new(was: &'t Text, is: &'t Text) -> Self {
        let mut sentences: HashMap<&str, Vec<SentenceIndex>> = HashMap::new();
        for (at, sentence) in is.sentences().iter().enumerate() {
            sentences.entry(is.slice(sentence.span)).or_default().push(SentenceIndex::new(at));
        }
        Self { was, is, sentences }
    }

    /// The same place in the sentence where it still stands; else the beginning of the nearest sentence that does; else the
    /// sentence of the same number.
    fn place(&self, offset: ByteOffset) -> ByteOffset {
        let all = self.was.sentences();
        let Some(here) = self.was.sentence_at(offset).or((!all.is_empty()).then_some(SentenceIndex(0))) else {
            return self.start(SentenceIndex(0));
        };
        if let (Some(there), Some(sentence)) = (self.again(here.index(), here), self.was.sentence(here)) {
            let within = offset.index().saturating_sub(sentence.span.start.index());
            return ByteOffset::new(self.start(there).index() + within.min(sentence.span.len()));
        }
        let outwards = (1..all.len()).flat_map(|away| [here.index().checked_add(away), here.index().checked_sub(away)]);
        let near = outwards.flatten().filter(|at| *at < all.len()).find_map(|at| self.again(at, here));
        let last = self.is.sentences().len().saturating_sub(1);
        self.start(near.unwrap_or(SentenceIndex::new(here.index().min(last))))
    }

    /// The sentence of the new text with the words of an earlier one that is nearest to `here`.
    fn again(&self, at: usize, here: SentenceIndex) -> Option<SentenceIndex> {
        let words = self.was.slice(self.was.sentence(SentenceIndex::new(at))?.span);
        self.sentences.get(words)?.iter().copied().min_by_key(|there| there.index().abs_diff(here.index()))
    }

    fn start(&self, sentence: SentenceIndex) -> ByteOffset {
        self.is.sentence(sentence).map_or(ByteOffset(0), |sentence| sentence.span.start)
    }
}
