//! The dialog in which a note is written: it closes when the note is on disk, and not before.

use ratatui_textarea::{Input, Key};

use super::super::command::Command;
use super::super::effect::Effect;
use super::super::key::{KeyCode, KeyPress, NamedKey};
use super::super::keymap::Mode;
use super::super::state::dialog::{Field, NoteDialog, Offer, Outcome};
use super::super::state::shelf::Shelf;
use super::super::state::{Overlay, State};
use super::{Order, list};
use crate::export::words::kind_word;
use crate::notes::{Evidence, Note, NotePassage, anchor};
use crate::text::display::clipped;
use crate::text::{ArticleIndex, ByteSpan, Column, display};

/// Opens the dialog for a new note on the passage in hand, or on what was begun there and not finished.
pub fn open_new(state: &mut State) {
    let Some(span) = in_hand(state) else { return };
    match draft_on(state, span) {
        Some(draft) => resume(state, draft),
        None => open_on(state, span),
    }
}

/// The passage in hand.
fn in_hand(state: &State) -> Option<ByteSpan> {
    Some(state.article()?.text.sentence(state.sentence()?)?.span)
}

/// What was begun on some words of the source being read and not finished.
fn draft_on(state: &State, span: ByteSpan) -> Option<Note> {
    let on = |passage: &NotePassage| {
        let place = anchor::find(passage, &state.articles);
        let place = place.and_then(|(article, state)| Some((article, state.span()?)));
        place.is_some_and(|(article, place)| article == state.panes.active && place.shared(span) > 0)
    };
    state.shelf.drafts.iter().find(|draft| draft.passages.iter().any(on)).cloned()
}

/// Opens the dialog for a new note on some words of the source being read.
pub fn open_on(state: &mut State, span: ByteSpan) {
    let Some(article) = state.article() else { return };
    let mut note = Note::on(article, span);
    note.author.clone_from(&state.setup.author);
    let offers = offers(state, state.panes.active, span, true);
    state.overlay = Overlay::Note(Box::new(NoteDialog::new(note, true, &state.setup.verdicts, offers)));
    remind(state);
}

/// Takes in what was being written when the program ended; what was saved after all is no draft.
pub fn found(state: &mut State, drafts: Vec<Note>) -> Vec<Effect> {
    let is_saved = |draft: &Note| state.shelf.get(draft.id).is_some_and(|entry| said(&entry.note) == said(draft));
    state.shelf.drafts = drafts.into_iter().filter(|draft| !is_saved(draft)).collect();
    remind(state);
    Vec::new()
}

/// Says that something was left unfinished, and how to go on with it.
fn remind(state: &mut State) {
    let Some(first) = state.shelf.drafts.first() else { return };
    let words = [&first.text, first.passages.first().map_or(&first.text, |passage| &passage.exact)];
    let words = words.into_iter().find(|words| !words.is_empty()).map_or("", String::as_str);
    let words = clipped(&display::line(words), Column(40));
    let key = state.setup.keymap.hint(Mode::Reading, Command::NoteDraft).unwrap_or_default();
    let what = match state.shelf.drafts.len() {
        1 => "a note was".to_owned(),
        several => format!("{several} notes were"),
    };
    state.warn(format!("{what} left unfinished: “{words}” · {key} goes on with it"));
}

/// Goes on with what was left unfinished first, wherever it stands.
pub fn resume_first(state: &mut State) {
    match state.shelf.drafts.first().cloned() {
        Some(draft) => resume(state, draft),
        None => state.say("no note was left unfinished"),
    }
}

fn resume(state: &mut State, draft: Note) {
    state.shelf.drafts.retain(|other| other.id != draft.id);
    let kept = state.shelf.get(draft.id).map(|entry| entry.note.clone());
    let offers = all_offers(state, &draft);
    let behind = std::mem::take(&mut state.overlay);
    let dialog = NoteDialog::resumed(draft, kept, &state.setup.verdicts, offers);
    state.overlay = Overlay::Note(Box::new(NoteDialog { behind, ..dialog }));
}

/// Opens the dialog for the note on the passage in hand.
pub fn open_here(state: &mut State) {
    let span = in_hand(state);
    let Some(note) = span.and_then(|span| state.shelf.on(state.panes.active, span)).map(|entry| entry.note.clone())
    else {
        if let Some(draft) = span.and_then(|span| draft_on(state, span)) {
            resume(state, draft);
            return;
        }
        let key = state.setup.keymap.hint(state.mode(), Command::NoteNew).unwrap_or_default();
        state.say(format!("no note stands on this passage · {key} writes one"));
        return;
    };
    open(state, note);
}

/// Opens the dialog for a note, over the list that it was chosen from.
pub fn open(state: &mut State, note: Note) {
    if let Some(draft) = state.shelf.drafts.iter().find(|draft| draft.id == note.id).cloned() {
        resume(state, draft);
        return;
    }
    let offers = all_offers(state, &note);
    let behind = std::mem::take(&mut state.overlay);
    let dialog = NoteDialog::new(note, false, &state.setup.verdicts, offers);
    state.overlay = Overlay::Note(Box::new(NoteDialog { behind, ..dialog }));
}

/// The evidence that a note keeps, chosen, and what else can be kept with it.
fn all_offers(state: &State, note: &Note) -> Vec<Offer> {
    let place = note.passages.first().and_then(|passage| anchor::find(passage, &state.articles));
    let kept = note.evidence.iter().map(|evidence| Offer {
        article: anchor::article_of(&evidence.passage.source, &state.articles),
        evidence: evidence.clone(),
        chosen: true,
    });
    let mut all: Vec<Offer> = kept.collect();
    if let Some((article, span)) = place.and_then(|(article, state)| Some((article, state.span()?))) {
        for offer in offers(state, article, span, false) {
            let same = |kept: &Offer| {
                kept.evidence.passage.exact == offer.evidence.passage.exact && kept.article == offer.article
            };
            if !all.iter().any(same) {
                all.push(offer);
            }
        }
    }
    all
}

/// The counterparts of a passage that can be kept as evidence.
fn offers(state: &State, article: ArticleIndex, span: ByteSpan, chosen: bool) -> Vec<Offer> {
    let Some(text) = state.articles.get(article.index()).map(|article| &article.text) else { return Vec::new() };
    let mut offers: Vec<(ArticleIndex, ByteSpan, Offer)> = Vec::new();
    let sentences = text.sentences_in(span);
    for sentence in (sentences.start.0..sentences.end.0).map(crate::text::SentenceIndex) {
        for found in state.findings.counterparts(article, sentence) {
            let Some(source) = state.articles.get(found.article.index()) else { continue };
            if offers.iter().any(|(theirs, span, _)| *theirs == found.article && *span == found.there) {
                continue;
            }
            let said = state.findings.divergences(found.index, article);
            let divergences: Vec<String> =
                said.map(|d| format!("{}: {} against {}", kind_word(d.kind), d.says_here, d.says_there)).collect();
            // What diverges is what a note is most often about; the rest is offered.
            let chosen = chosen && !divergences.is_empty();
            let evidence = Evidence { passage: NotePassage::on(source, found.there), divergences };
            // What stands level or differs is likelier to matter than a passage elsewhere that says the same.
            let likely = !found.link.moved || !evidence.divergences.is_empty();
            let offer = Offer { article: Some(found.article), evidence, chosen: chosen && likely };
            offers.push((found.article, found.there, offer));
        }
    }
    offers.sort_by_key(|(article, _, offer)| (!offer.chosen, *article));
    offers.into_iter().map(|(_, _, offer)| offer).collect()
}

/// Does what a command of the dialog asks for.
pub fn obey(state: &mut State, order: Order) -> Vec<Effect> {
    let Overlay::Note(dialog) = &mut state.overlay else { return Vec::new() };
    if dialog.outcome == Outcome::Saving {
        return Vec::new();
    }
    match order.command {
        Command::FieldNext => dialog.step(true),
        Command::FieldPrevious => dialog.step(false),
        Command::Save => return save(dialog),
        Command::Editor => return vec![Effect::Edit(dialog.text.lines().join("\n"))],
        // What could not be saved is kept: leaving the dialog does not throw it away.
        Command::Cancel | Command::Close
            if matches!(dialog.outcome, Outcome::Failed(_)) && is_kept(&state.shelf, dialog) =>
        {
            list::back(state);
            let key = state.setup.keymap.hint(state.mode(), Command::NotesRetry).unwrap_or_default();
            state.warn(format!("not on disk yet, kept in memory and tried again by itself · {key} tries now"));
        }
        Command::Cancel | Command::Close if dialog.is_changed() && dialog.outcome != Outcome::AskedToDiscard => {
            dialog.outcome = Outcome::AskedToDiscard;
        }
        Command::Cancel | Command::Close => list::back(state),
        _ => {}
    }
    Vec::new()
}

/// Whether the note as it is filled in is among the notes, be it on disk or waiting for that.
pub fn is_kept(shelf: &Shelf, dialog: &NoteDialog) -> bool {
    let filled_in = dialog.filled_in();
    shelf.get(dialog.note.id).is_some_and(|entry| said(&entry.note) == said(&filled_in))
}

/// What the reader fills in of a note.
fn said(note: &Note) -> (&str, Option<&String>, &[String], &[Evidence]) {
    (&note.text, note.verdict.as_ref(), &note.tags, &note.evidence)
}

fn save(dialog: &mut NoteDialog) -> Vec<Effect> {
    let mut note = dialog.filled_in();
    if note.verdict.is_none() && note.text.is_empty() && note.tags.is_empty() {
        dialog.outcome = Outcome::Failed("nothing is filled in yet: a verdict, a text or a tag".to_owned());
        return Vec::new();
    }
    dialog.outcome = Outcome::Saving;
    if dialog.is_new {
        return vec![Effect::AddNote(Box::new(note))];
    }
    note.touch();
    vec![Effect::UpdateNote(Box::new(note))]
}

/// The reader's editor gives the text back: it takes the place of the one in the field, which is otherwise left as it is.
pub fn edited(state: &mut State, result: Result<String, String>) -> Vec<Effect> {
    let Overlay::Note(dialog) = &mut state.overlay else { return Vec::new() };
    match result {
        Ok(text) => {
            let lines = text.trim_end().lines().map(|line| display::line(&line.replace('\t', "    ")));
            dialog.write(lines.collect());
            state.say("the text is taken over from your editor");
        }
        Err(problem) => state.warn(format!("{} · the text is as it was", display::line(&problem))),
    }
    Vec::new()
}

/// Types into the field that has the keys.
pub fn typed(state: &mut State, press: KeyPress) {
    let Overlay::Note(dialog) = &mut state.overlay else { return };
    if dialog.outcome == Outcome::Saving {
        return;
    }
    dialog.outcome = Outcome::None;
    match dialog.field {
        Field::Verdict => verdict(dialog, press),
        // A line feed is what some terminals send for shift-enter and for pasted lines; the field would delete the line at it.
        Field::Text if press.control && press.code == KeyCode::Char('j') => dialog.text.insert_newline(),
        Field::Text => {
            dialog.text.input(editing(press));
        }
        Field::Tags => match press.code {
            KeyCode::Named(NamedKey::Enter | NamedKey::Down) => dialog.step(true),
            KeyCode::Named(NamedKey::Up) => dialog.step(false),
            _ => {
                dialog.tags.input(editing(press));
            }
        },
        Field::Evidence => evidence(dialog, press),
    }
}

fn verdict(dialog: &mut NoteDialog, press: KeyPress) {
    match press.code {
        KeyCode::Named(NamedKey::Right) | KeyCode::Char('l' | ' ') => dialog.turn_verdict(true),
        KeyCode::Named(NamedKey::Left) | KeyCode::Char('h') => dialog.turn_verdict(false),
        KeyCode::Named(NamedKey::Down | NamedKey::Enter) | KeyCode::Char('j') => dialog.step(true),
        KeyCode::Named(NamedKey::Up) | KeyCode::Char('k') => dialog.step(false),
        KeyCode::Char(c) => {
            // A digit chooses by number, another letter the first verdict that begins with it.
            let number = c.to_digit(10).and_then(|digit| usize::try_from(digit).ok());
            let found = match number {
                Some(number) => number.checked_sub(1).filter(|at| *at < dialog.verdicts.len()),
                None => dialog.verdicts.iter().position(|verdict| verdict.starts_with(c)),
            };
            dialog.verdict = if number == Some(0) { None } else { found.or(dialog.verdict) };
        }
        _ => {}
    }
}

fn evidence(dialog: &mut NoteDialog, press: KeyPress) {
    let last = dialog.evidence.len().saturating_sub(1);
    match press.code {
        KeyCode::Named(NamedKey::Down) | KeyCode::Char('j') => dialog.offered = (dialog.offered + 1).min(last),
        KeyCode::Named(NamedKey::Up) | KeyCode::Char('k') if dialog.offered == 0 => dialog.step(false),
        KeyCode::Named(NamedKey::Up) | KeyCode::Char('k') => dialog.offered -= 1,
        KeyCode::Char(' ' | 'x') | KeyCode::Named(NamedKey::Enter) => {
            if let Some(offer) = dialog.evidence.get_mut(dialog.offered) {
                offer.chosen = !offer.chosen;
            }
        }
        _ => {}
    }
}

/// Pastes into the field that has the keys.
pub fn pasted(state: &mut State, lines: &[String]) {
    let Overlay::Note(dialog) = &mut state.overlay else { return };
    match dialog.field {
        Field::Text => {
            dialog.text.insert_str(lines.join("\n"));
        }
        Field::Tags => {
            dialog.tags.insert_str(lines.join(" "));
        }
        Field::Verdict | Field::Evidence => {}
    }
}

/// A key as the text field takes it.
pub fn editing(press: KeyPress) -> Input {
    let key = match press.code {
        KeyCode::Char(c) => Key::Char(c),
        KeyCode::Function(number) => Key::F(number),
        KeyCode::Named(named) => match named {
            NamedKey::Enter => Key::Enter,
            NamedKey::Escape => Key::Esc,
            NamedKey::Tab | NamedKey::BackTab => Key::Tab,
            NamedKey::Backspace => Key::Backspace,
            NamedKey::Delete => Key::Delete,
            NamedKey::Insert => Key::Null,
            NamedKey::Up => Key::Up,
            NamedKey::Down => Key::Down,
            NamedKey::Left => Key::Left,
            NamedKey::Right => Key::Right,
            NamedKey::Home => Key::Home,
            NamedKey::End => Key::End,
            NamedKey::PageUp => Key::PageUp,
            NamedKey::PageDown => Key::PageDown,
        },
    };
    Input { key, ctrl: press.control, alt: press.alt, shift: press.shift }
}
