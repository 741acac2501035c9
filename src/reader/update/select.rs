//! Selecting, and what is done with what is selected: copied, or noted.

use super::super::command::Command;
use super::super::effect::{Clip, Effect};
use super::super::rows::Row;
use super::super::state::State;
use super::super::state::selection::{Selection, Unit};
use super::scroll::{Pace, take_in_hand, to_offset};
use super::{Order, dialog, reading};
use crate::notes::SourceReference;
use crate::source::Article;
use crate::text::display::{clusters, count, line};
use crate::text::{ArticleIndex, ByteOffset, ByteSpan};
use ratatui::layout::Position;
use unicode_segmentation::UnicodeSegmentation;

/// Does what a command asks for while something is selected.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    match order.command {
        Command::Cancel | Command::Close => end(state),
        Command::SelectWords => switch(state, Unit::Word),
        Command::SelectSentences => switch(state, Unit::Sentence),
        Command::SelectOtherEnd => other_end(state),
        Command::RowDown | Command::RowUp => rows(state, order),
        Command::Copy | Command::CopyCited => {
            let effects = copy(state, order.command == Command::CopyCited);
            end(state);
            return effects;
        }
        Command::NoteNew => {
            let span = state.selected();
            end(state);
            if let Some(span) = span {
                dialog::open_on(state, span);
            }
        }
        _ => return reading::obey(state, order),
    }
    Vec::new()
}

/// Begins to select at the place in hand.
pub fn begin(state: &mut State, unit: Unit) {
    let article = state.panes.active;
    let Some(cursor) = state.view(article).map(|view| view.cursor) else { return };
    state.panes.selection = Some(Selection { article, anchor: cursor, unit });
    if state.selected().is_none() {
        end(state);
        state.say("there is nothing to select here");
    }
}

fn end(state: &mut State) {
    state.panes.selection = None;
}

/// The same key once more ends the selection, the other one changes what it grows by.
fn switch(state: &mut State, unit: Unit) {
    match &mut state.panes.selection {
        Some(selection) if selection.unit != unit => selection.unit = unit,
        _ => end(state),
    }
}

fn other_end(state: &mut State) {
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let Some(selection) = &mut state.panes.selection else { return };
    let there = std::mem::replace(&mut selection.anchor, cursor);
    to_offset(state, there, Pace::Step);
}

/// Goes to another word.
pub fn word(state: &mut State, by: i32) {
    let Some(cursor) = state.view(state.panes.active).map(|view| view.cursor) else { return };
    let word = state.article().and_then(|article| article.text.word_from(cursor, by));
    if let Some(word) = word {
        to_offset(state, word.start, Pace::Step);
    }
}

/// Goes by rows; by words the column is kept.
fn rows(state: &mut State, order: Order) {
    let unit = state.panes.selection.map(|selection| selection.unit);
    let before = state.view(state.panes.active).map(|view| view.cursor_row());
    let column = column(state);
    reading::obey(state, order);
    if unit == Some(Unit::Word) && state.view(state.panes.active).map(|view| view.cursor_row()) != before {
        let there = column.and_then(|column| at_column(state, column));
        if let Some(there) = there {
            to_offset(state, there, Pace::Step);
        }
    }
}

/// Columns of its row before the place in hand.
fn column(state: &State) -> Option<u16> {
    let view = state.view(state.panes.active)?;
    let row = view.rows.get(view.cursor_row())?;
    let before = ByteSpan { start: row.span.start, end: view.cursor.max(row.span.start) };
    Some(clusters(state.article()?.text.content(), before).map(|cluster| cluster.width.0).sum())
}

fn at_column(state: &State, column: u16) -> Option<ByteOffset> {
    let view = state.view(state.panes.active)?;
    on_row(state.article()?, view.rows.get(view.cursor_row())?, column)
}

/// What stands so many columns down a row of a text.
fn on_row(article: &Article, row: &Row, column: u16) -> Option<ByteOffset> {
    let mut gone = 0;
    let mut there = row.shown.start;
    for cluster in clusters(article.text.content(), row.shown) {
        if gone > column {
            break;
        }
        there = cluster.span.start;
        gone += cluster.width.0;
    }
    Some(there)
}

/// What of a source stands at a position of the screen, or nearest to it in its pane.
pub fn under(state: &State, article: ArticleIndex, at: Position) -> Option<ByteOffset> {
    let (area, view) = (state.layout.pane(article)?.text, state.view(article)?);
    let line = at.y.clamp(area.top(), area.bottom().saturating_sub(1).max(area.top())) - area.top();
    let row = (view.top + i32::from(line)).index().unwrap_or_default();
    let row = view.rows.get(view.rows.text_row_up(row))?;
    on_row(state.articles.get(article.index())?, row, at.x.saturating_sub(area.x + row.indent.0))
}

/// Selects by words from where the mouse was pressed to where it is now; nothing moves.
pub fn drag(state: &mut State, anchor: ByteOffset, at: Position) {
    let article = state.panes.active;
    let Some(head) = under(state, article, at) else { return };
    let word = |offset| state.article().and_then(|article| article.text.word_at(offset));
    if state.panes.selection.is_none() && word(anchor) == word(head) {
        return;
    }
    state.panes.selection = Some(Selection { article, anchor, unit: Unit::Word });
    take_in_hand(state, head);
}

/// What is selected, else the passage in hand, for the clipboard: its words alone, or with where they come from.
pub fn copy(state: &State, cited: bool) -> Vec<Effect> {
    clip(state, cited).map(Effect::Copy).into_iter().collect()
}

fn clip(state: &State, cited: bool) -> Option<Clip> {
    let article = state.article()?;
    let span = match state.selected() {
        Some(span) => span,
        None => article.text.sentence(state.sentence()?)?.span,
    };
    // What a terminal would obey is as unwelcome where the words are pasted.
    let words = article.text.slice(span).lines().map(line).collect::<Vec<_>>().join("\n");
    let amount = count(words.unicode_words().count(), "word");
    if !cited {
        return Some(Clip { words, amount });
    }
    let reference = SourceReference::of(article);
    let (byline, day) = (article.metadata.byline.clone(), reference.day());
    let mut known: Vec<_> =
        [byline, reference.title.clone(), reference.outlet.clone(), day].into_iter().flatten().collect();
    if known.is_empty() {
        known.push(reference.name().to_owned());
    }
    let source = line(&format!("({}; {})", known.join(", "), reference.cited()));
    Some(Clip { words: format!("“{words}” {source}"), amount: format!("{amount} with their source") })
}

/// Opens the address of the source being read, where it has one on the web.
pub fn open_address(state: &mut State) -> Vec<Effect> {
    let Some(article) = state.article() else { return Vec::new() };
    let reference = SourceReference::of(article);
    if let Some(address) = reference.on_the_web() {
        return vec![Effect::OpenAddress(address.to_owned())];
    }
    let letter = state.panes.active.letter();
    state.say(format!("{letter} has no address on the web: {}", line(&reference.address)));
    Vec::new()
}
