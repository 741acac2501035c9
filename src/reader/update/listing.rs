//! What the lists over the panes show: sorting, filtering and narrowing to words.

use std::cmp::Reverse;

use ratatui::layout::Position;

use super::super::layout::{CLAIMS_HEAD, claims_fit};
use super::super::state::claim::{self, ClaimRow};
use super::super::state::filter::{Filter, Told};
use super::super::state::listing::{ClaimOrder, ClaimsList, NoteFilter, NoteOrder};
use super::super::state::passage::{Material, PassagePanel};
use super::super::state::search::Wanted;
use super::super::state::shelf::{Certainty, Entry};
use super::super::state::{Overlay, State};
use crate::compare::gathered_claims;
use crate::text::{ArticleIndex, Column, ParagraphKind, Passage, SentenceIndex};

/// The list that is open, be it behind a line that is being typed or a note that is being written.
pub fn open(overlay: &mut Overlay) -> &mut Overlay {
    match overlay {
        Overlay::Prompt(prompt) => &mut prompt.behind,
        Overlay::Note(dialog) => &mut dialog.behind,
        other => other,
    }
}

/// The next order of the open list.
pub fn sort(state: &mut State) {
    match open(&mut state.overlay) {
        Overlay::Claims(_) => state.findings.listing.order = state.findings.listing.order.next(),
        Overlay::Notes(_) => state.shelf.listing.order = state.shelf.listing.order.next(),
        _ => return,
    }
    refresh(state);
    // What another order puts first is what it is asked for.
    match open(&mut state.overlay) {
        Overlay::Claims(claims) => claims.list.chosen = 0,
        Overlay::Notes(notes) => notes.list.chosen = 0,
        _ => {}
    }
}

/// The next filter of the open list, or the one that was counted.
pub fn filter(state: &mut State, count: Option<u32>) {
    let counted = count.and_then(|count| usize::try_from(count).ok()?.checked_sub(1));
    match open(&mut state.overlay) {
        Overlay::Claims(_) => {
            let counted = counted.and_then(|at| Filter::ALL.get(at).copied());
            state.findings.listing.filter = counted.unwrap_or(state.findings.listing.filter.next());
        }
        Overlay::Notes(_) => {
            let filters = note_filters(state);
            let here = filters.iter().position(|filter| *filter == state.shelf.listing.filter).unwrap_or(0);
            let at = counted.unwrap_or(here + 1) % filters.len();
            state.shelf.listing.filter = filters.get(at).cloned().unwrap_or_default();
        }
        _ => return,
    }
    refresh(state);
}

/// The row of the table of claims at a position of the screen, and the first one that is shown.
pub fn claim_at(state: &State, at: Position) -> Option<(usize, usize)> {
    let Overlay::Claims(claims) = &state.overlay else { return None };
    let fit = claims_fit(state.layout.screen.height, state.layout.status.height, state.articles.len());
    let line = at.y.checked_sub(CLAIMS_HEAD).filter(|line| *line < fit)?;
    let first = claims.list.first(claims.rows.len(), usize::from(fit));
    let row = first + usize::from(line);
    (row < claims.rows.len()).then_some((row, first))
}

/// Shows only the entries of the open list that hold these words.
pub fn narrow(state: &mut State, wanted: &str) {
    match open(&mut state.overlay) {
        Overlay::Claims(_) => state.findings.listing.wanted = wanted.to_owned(),
        Overlay::Notes(_) => state.shelf.listing.wanted = wanted.to_owned(),
        Overlay::Help(page) => {
            page.wanted = wanted.to_owned();
            page.top = 0;
        }
        _ => return,
    }
    refresh(state);
}

/// Ends the search in the open list, or where there is none its filter; answers whether there was either.
pub fn widen(state: &mut State) -> bool {
    let searched = match open(&mut state.overlay) {
        Overlay::Claims(_) => !state.findings.listing.wanted.is_empty(),
        Overlay::Notes(_) => !state.shelf.listing.wanted.is_empty(),
        Overlay::Help(page) => !page.wanted.is_empty(),
        _ => false,
    };
    if searched {
        narrow(state, "");
        return true;
    }
    let filtered = match open(&mut state.overlay) {
        Overlay::Claims(_) => std::mem::take(&mut state.findings.listing.filter) != Filter::All,
        Overlay::Notes(_) => std::mem::take(&mut state.shelf.listing.filter) != NoteFilter::All,
        _ => false,
    };
    if filtered {
        refresh(state);
    }
    filtered
}

/// Works out anew what the open list shows; what was chosen stays so where it is still shown.
pub fn refresh(state: &mut State) {
    match open(&mut state.overlay) {
        Overlay::Claims(_) => {
            let (rows, all) = claims(state);
            if let Overlay::Claims(claims) = open(&mut state.overlay) {
                let chosen = claims.rows.get(claims.list.chosen);
                let at = chosen.and_then(|chosen| rows.iter().position(|row| row.members == chosen.members));
                let mut list = claims.list;
                list.chosen = at.unwrap_or(0);
                *claims = ClaimsList { list, rows, all, ..ClaimsList::default() };
            }
        }
        Overlay::Notes(_) => {
            let shown = notes(state);
            if let Overlay::Notes(notes) = open(&mut state.overlay) {
                let at = notes.chosen().and_then(|id| shown.iter().position(|other| *other == id));
                notes.list.chosen = at.unwrap_or(notes.list.chosen.min(shown.len().saturating_sub(1)));
                notes.shown = shown;
            }
        }
        _ => {}
    }
}

/// Lays out the chosen claim's wordings, where it or the screen is another than before.
pub fn settle(state: &mut State) {
    let width = Column(state.layout.screen.width);
    let Overlay::Claims(claims) = open(&mut state.overlay) else { return };
    let chosen = claims.rows.get(claims.list.chosen);
    if claims.panel_of == chosen.map(|row| row.members.clone()) && claims.panel.width() == width {
        return;
    }
    claims.panel_of = chosen.map(|row| row.members.clone());
    let material = Material { articles: &state.articles, findings: &state.findings, width, noted: None };
    claims.panel = chosen.map_or_else(PassagePanel::default, |row| claim::panel(row, &material));
}

/// The rows of the table of claims that are shown, and how many there are in all.
fn claims(state: &State) -> (Vec<ClaimRow>, usize) {
    let listing = &state.findings.listing;
    let gathered = gathered_claims(state.findings.comparison(), &state.articles);
    let mut rows: Vec<ClaimRow> = gathered.into_iter().map(ClaimRow::from).collect();
    rows.extend(alone(state));
    let all = rows.len();
    let wanted = Wanted::new(&listing.wanted);
    let words = |member: &Passage| {
        let article = state.articles.get(member.article.index());
        article.is_some_and(|article| wanted.is_in(article.text.slice(member.span)))
    };
    let around = |member: &Passage| {
        let text = state.articles.get(member.article.index()).map(|article| &article.text);
        let sentence =
            text.and_then(|text| Some(text.slice(text.sentence(text.sentence_at(member.span.start)?)?.span)));
        sentence.is_some_and(|sentence| wanted.is_in(sentence))
    };
    rows.retain_mut(|row| {
        let noted = listing.filter == Filter::Noted
            && row.members.iter().any(|member| state.shelf.on(member.article, member.span).is_some());
        let support = u16::try_from(row.support()).unwrap_or(u16::MAX);
        let told = Told { support, diverges: row.divergences > 0, noted };
        let in_values =
            || row.differences.iter().any(|difference| wanted.is_in(&difference.words())).then_some(row.shown);
        let shown = row.members.get(row.shown).is_some_and(words).then_some(row.shown);
        let first = || row.members.iter().position(words);
        let holds = shown.or_else(first).or_else(|| row.members.iter().position(around)).or_else(in_values);
        row.shown = holds.unwrap_or(row.shown);
        listing.filter.passes(&told, state.articles.len()) && holds.is_some()
    });
    rows.sort_by(|one, other| one.members.cmp(&other.members));
    match listing.order {
        ClaimOrder::Place => {}
        ClaimOrder::Support => rows.sort_by_key(|row| Reverse(row.support())),
        ClaimOrder::Divergences => rows.sort_by_key(|row| Reverse((row.divergences, row.support()))),
    }
    (rows, all)
}

/// A row for every sentence that only one source has.
fn alone(state: &State) -> Vec<ClaimRow> {
    let mut rows = Vec::new();
    for (at, source) in state.articles.iter().enumerate() {
        let article = ArticleIndex::new(at);
        for mark in state.findings.marks(article).iter().filter(|mark| mark.support < 2) {
            let Some(sentence) = source.text.sentence(mark.sentence) else { continue };
            let kind = source.text.paragraph(sentence.paragraph).map(|paragraph| paragraph.kind);
            if kind.is_some_and(|kind| kind == ParagraphKind::Heading || kind.is_beside_the_story()) {
                continue;
            }
            rows.push(ClaimRow::alone(Passage { article, span: sentence.span }, state.articles.len()));
        }
    }
    rows
}

/// The notes that are shown, in order.
fn notes(state: &State) -> Vec<uuid::Uuid> {
    let listing = &state.shelf.listing;
    let wanted = Wanted::new(&listing.wanted);
    let mut entries: Vec<&Entry> = state.shelf.entries().iter().collect();
    entries.retain(|entry| match &listing.filter {
        NoteFilter::All => true,
        NoteFilter::State(certainty) => entry.certainty() == *certainty,
        NoteFilter::Verdict(verdict) => entry.note.verdict == *verdict,
    });
    entries.retain(|entry| {
        let note = &entry.note;
        let quotes = note.passages.iter().map(|passage| passage.exact.as_str());
        let others = [note.text.as_str(), note.verdict.as_deref().unwrap_or_default()];
        quotes.chain(others).chain(note.tags.iter().map(String::as_str)).any(|words| wanted.is_in(words))
    });
    let verdict = |entry: &Entry| {
        let verdict = entry.note.verdict.as_ref();
        let at = verdict.and_then(|verdict| state.setup.verdicts.iter().position(|known| known == verdict));
        (verdict.is_none(), at.unwrap_or(usize::MAX), verdict.cloned())
    };
    match listing.order {
        // The shelf is sorted so.
        NoteOrder::State => {}
        NoteOrder::Place => entries.sort_by_key(|entry| (entry.spans().next().is_none(), entry.spans().next())),
        NoteOrder::Verdict => entries.sort_by_key(|entry| verdict(entry)),
        NoteOrder::Time => entries.sort_by_key(|entry| Reverse((entry.note.created, entry.note.id))),
    }
    entries.into_iter().map(|entry| entry.note.id).collect()
}

/// The filters that tell the notes there are apart: by how sure their places are, then by verdict.
fn note_filters(state: &State) -> Vec<NoteFilter> {
    let entries = state.shelf.entries();
    let mut states: Vec<Certainty> = entries.iter().map(Entry::certainty).collect();
    states.sort_unstable();
    states.dedup();
    let known = state.setup.verdicts.iter().cloned().map(Some);
    let mut verdicts: Vec<Option<String>> =
        known.filter(|verdict| entries.iter().any(|entry| entry.note.verdict == *verdict)).collect();
    for entry in entries {
        if !verdicts.contains(&entry.note.verdict) {
            verdicts.push(entry.note.verdict.clone());
        }
    }
    let filters = states.into_iter().map(NoteFilter::State).chain(verdicts.into_iter().map(NoteFilter::Verdict));
    std::iter::once(NoteFilter::All).chain(filters).collect()
}

/// The row of the table that holds the passage in hand.
pub fn row_in_hand(state: &State, rows: &[ClaimRow]) -> Option<usize> {
    let article = state.panes.active;
    let sentence: SentenceIndex = state.sentence()?;
    let span = state.article()?.text.sentence(sentence)?.span;
    rows.iter()
        .position(|row| row.members.iter().any(|member| member.article == article && member.span.shared(span) > 0))
}
