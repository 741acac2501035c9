//! The filter over the panes: which passages stand out, and what becomes of the rest.
//!
//! Must never move the place in hand. Invariant: what passes is worked out anew whenever the filter, the marks or the notes
//! change, and the rows are laid out anew when something is folded away or comes back.

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::rows::Rows;
use super::super::state::filter::{Filter, Passing, Rest, Told};
use super::super::state::findings::Stage;
use super::super::state::panes::Scrolling;
use super::super::state::{STILL_COMPARING, State};
use super::{Order, find, panes, scroll};
use crate::text::{ArticleIndex, ByteOffset, ParagraphKind, RowIndex, SentenceIndex};

/// Does what a command about the filter asks for.
pub fn obey(state: &mut State, order: Order) {
    match order.command {
        Command::FilterNext => next(state, order.count),
        Command::FoldToggle if state.panes.filtering.rest == Rest::Folded => fold(state, Rest::Dimmed),
        Command::FoldToggle | Command::FoldAll => fold(state, Rest::Folded),
        Command::UnfoldAll => fold(state, Rest::Dimmed),
        Command::FoldOpen => open_beside(state),
        Command::PassingNext => along(state, order.times()),
        Command::PassingPrevious => along(state, -order.times()),
        _ => {}
    }
}

/// The next filter of the cycle, or the one that was counted.
fn next(state: &mut State, count: Option<u32>) {
    let counted = count.and_then(|count| Filter::ALL.get(usize::try_from(count).ok()?.checked_sub(1)?));
    choose(state, counted.copied().unwrap_or(state.panes.filtering.which.next()));
}

/// Lets only the passages of that filter stand out.
pub fn choose(state: &mut State, filter: Filter) {
    if matches!(state.findings.stage, Stage::Running(_)) {
        state.say(STILL_COMPARING);
        return;
    }
    state.panes.filtering.which = filter;
    refresh(state);
    let key = |command| state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default();
    let (next, fold, all) = (key(Command::PassingNext), key(Command::FoldToggle), key(Command::Cancel));
    if filter == Filter::All {
        state.say("all passages");
        return;
    }
    let (passing, of) = state.view(state.panes.active).map_or((0, 0), |view| view.passing.count());
    let letter = state.panes.active.letter();
    let folds = if state.panes.filtering.rest == Rest::Folded { "unfolds" } else { "folds" };
    let words = filter.words();
    state.say(format!("{words}: {passing} of {of} in {letter} · {next} next · {fold} {folds} the rest · {all} all"));
}

/// Ends the filter; answers whether one was in force.
pub fn forget(state: &mut State) -> bool {
    let filtered = state.panes.filtering.which != Filter::All;
    if filtered {
        state.panes.filtering.which = Filter::All;
        refresh(state);
    }
    filtered
}

fn fold(state: &mut State, rest: Rest) {
    let filtering = &mut state.panes.filtering;
    if filtering.which == Filter::All {
        let key = state.setup.keymap.hint(Mode::Reading, Command::FilterNext).unwrap_or_default();
        state.say(format!("nothing to fold: {key} chooses what stays"));
        return;
    }
    filtering.rest = rest;
    for view in &mut state.views {
        if view.passing.close() {
            view.rows = Rows::default();
        }
    }
    refresh(state);
    panes::relay(state);
}

/// Opens the fold below the passage in hand, or above it.
fn open_beside(state: &mut State) {
    let article = state.panes.active;
    let Some(view) = state.view(article) else { return };
    let here = view.cursor_row().index();
    let folded = |row: &usize| view.rows.get(RowIndex::new(*row)).is_some_and(|row| row.folded > 0);
    let below = (here..=view.rows.last().index()).find(folded);
    let Some(row) = below.or_else(|| (0..here).rev().find(folded)) else {
        state.say("nothing is folded away here");
        return;
    };
    open(state, article, RowIndex::new(row));
}

/// Opens one fold; what is read stays where it is.
pub fn open(state: &mut State, article: ArticleIndex, row: RowIndex) {
    let Some(text) = state.articles.get(article.index()).map(|article| &article.text) else { return };
    let Some(view) = state.views.get_mut(article.index()) else { return };
    let Some(span) = view.rows.get(row).filter(|row| row.folded > 0).map(|row| row.span) else { return };
    let sentences = text.sentences_in(span);
    view.passing.open((sentences.start.0..sentences.end.0).map(SentenceIndex));
    view.rows = Rows::default();
    panes::relay(state);
}

/// Works out anew what passes.
pub fn refresh(state: &mut State) {
    let filtering = state.panes.filtering;
    let mut folds = false;
    for at in 0..state.views.len() {
        let article = ArticleIndex::new(at);
        let kept = if filtering.which == Filter::All { Vec::new() } else { kept(state, article) };
        let passing = Passing::new(kept, filtering.rest);
        let view = &mut state.views[at];
        if view.passing.is_of(&passing) {
            continue;
        }
        let folding = filtering.rest == Rest::Folded || view.rows.is_folded();
        view.passing = passing;
        if folding {
            folds = true;
            view.rows = Rows::default();
        }
    }
    if folds {
        panes::relay(state);
        // A place inside a fold is a whole stretch of text: what belongs beside the passage in hand is sure.
        if state.panes.scrolling == Scrolling::Aligned {
            scroll::stand_anew(state);
        }
    }
}

/// For every sentence of a source whether it passes.
fn kept(state: &State, article: ArticleIndex) -> Vec<bool> {
    let Some(text) = state.articles.get(article.index()).map(|article| &article.text) else { return Vec::new() };
    let places = state.shelf.places(article);
    let sources = state.articles.len();
    let told = |(at, sentence): (usize, &crate::text::Sentence)| {
        let noted = places.iter().any(|place| place.shared(sentence.span) > 0);
        let Some(mark) = state.findings.mark(article, SentenceIndex::new(at)) else {
            return Told { noted, ..Told::default() };
        };
        let told = Told::of(mark, noted);
        // That no other outlet has this one's dateline says nothing.
        let kind = text.paragraph(sentence.paragraph).map(|paragraph| paragraph.kind);
        let beside = kind.is_some_and(ParagraphKind::is_beside_the_story);
        if beside && told.support == 1 { Told { support: 0, ..told } } else { told }
    };
    let sentences = text.sentences().iter().enumerate();
    sentences.map(|sentence| state.panes.filtering.which.passes(&told(sentence), sources)).collect()
}

/// Unfolds when the reader goes to a passage that is folded away.
pub fn reveal(state: &mut State, article: ArticleIndex, offset: ByteOffset) {
    let sentence = state.articles.get(article.index()).and_then(|article| article.text.sentence_at(offset));
    let folded = state.view(article).zip(sentence).is_some_and(|(view, sentence)| view.passing.folds(sentence));
    if folded {
        state.panes.filtering.rest = Rest::Dimmed;
        refresh(state);
    }
}

fn along(state: &mut State, by: i32) {
    let filter = state.panes.filtering.which;
    let Some(view) = state.view(state.panes.active).filter(|_| filter != Filter::All) else {
        let key = state.setup.keymap.hint(Mode::Reading, Command::FilterNext).unwrap_or_default();
        state.say(format!("no filter is in force: {key} chooses one"));
        return;
    };
    let sentences: Vec<SentenceIndex> = view.passing.sentences().collect();
    find::along(state, &sentences, by, &format!("passage {}", filter.words()));
}
