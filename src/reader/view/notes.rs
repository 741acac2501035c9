//! The list of all notes, unplaced ones first.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::state::State;
use super::super::state::filter::Filter;
use super::super::state::listing::{NoteOrder, NotesList};
use super::super::state::shelf::{Certainty, Entry};
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::notes::{AnchorState, anchor};
use crate::text::Column;
use crate::text::display::clipped;

/// Rows of one note.
const ROWS: u16 = 4;

/// Draws the list over the panes and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, list: &NotesList, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let listing = &state.shelf.listing;
    let key = |command| state.setup.keymap.hint(Mode::List, command).unwrap_or_default();
    let (edit, remove, export) = (key(Command::NoteEdit), key(Command::NoteRemove), key(Command::Export));
    let (place, origin) = (key(Command::NotePlace), key(Command::NoteOrigin));
    let head = Title {
        name: "Notes",
        count: (list.shown.len(), state.shelf.entries().len()),
        order: listing.order.words(),
        filter: listing.filter.words(),
        wanted: &listing.wanted,
        more: &format!("{edit} edit · {place} place · {origin} origin · {remove} remove · {export} export"),
    };
    title(buffer, area, &head, state, theme);
    let body = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    if state.shelf.entries().is_empty() {
        let key = state.setup.keymap.hint(Mode::Reading, Command::NoteNew).unwrap_or_default();
        let words = format!("  No notes yet. {key} writes one on the passage in hand.");
        paint::words(buffer, body, &words, theme.style(Role::Quiet));
    }
    let fit = usize::from(body.height / ROWS).max(1);
    let first = list.list.first(list.shown.len(), fit);
    let mut cursor = Position { x: body.x, y: body.y };
    let entries = list.shown.iter().enumerate().skip(first).take(fit);
    let entries = entries.filter_map(|(index, id)| Some((index, state.shelf.get(*id)?)));
    for (at, (index, entry)) in (0u16..).zip(entries) {
        let y = body.y + at * ROWS;
        let place = Rect { y, height: ROWS.min(body.bottom().saturating_sub(y)), ..body };
        let chosen = index == list.list.chosen;
        if chosen {
            cursor.y = y;
        }
        draw_entry(buffer, place, (entry, chosen), state, theme);
    }
    Some(cursor)
}

/// What stands over a list.
pub struct Title<'a> {
    /// What is listed.
    pub name: &'static str,
    /// How many entries are shown, and how many there are.
    pub count: (usize, usize),
    /// How they are sorted.
    pub order: &'a str,
    /// Which are shown.
    pub filter: &'a str,
    /// The words they must hold; empty for all.
    pub wanted: &'a str,
    /// What else can be done with an entry.
    pub more: &'a str,
}

/// Draws a list's title: how many of how many are shown, the order and the filter in force, and what else an entry can do.
pub fn title(buffer: &mut Buffer, area: Rect, title: &Title<'_>, state: &State, theme: &Theme) {
    let key = |command| state.setup.keymap.hint(Mode::List, command).unwrap_or_default();
    let (shown, all) = title.count;
    let count = if shown == all { all.to_string() } else { format!("{shown} of {all}") };
    let filter = match title.filter {
        all if all == Filter::All.words() => String::new(),
        only if only.starts_with("only") => format!(" · {only}"),
        other => format!(" · only {other}"),
    };
    let wanted = if title.wanted.is_empty() { String::new() } else { format!(" · “{}”", title.wanted) };
    let head = format!(" {} · {count} · {}{filter}{wanted}   ", title.name, title.order);
    let room = area.width.saturating_sub(crate::text::display::width(&head).0);
    let more = if crate::text::display::width(title.more).0 <= room { title.more } else { "" };
    paint::pieces(buffer, area, &[(&head, bold(theme.style(Role::Text))), (more, theme.style(Role::Quiet))]);
    if shown == 0 && all > 0 {
        let (narrow, find) = (key(Command::FilterNext), key(Command::Search));
        let words = format!("  Nothing of that kind · {narrow} filters otherwise · {find} searches again");
        let place = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        paint::words(buffer, place, &words, theme.style(Role::Quiet));
    }
}

fn draw_entry(buffer: &mut Buffer, area: Rect, (entry, chosen): (&Entry, bool), state: &State, theme: &Theme) {
    let line = |at: u16| Rect {
        x: area.x + 3.min(area.width),
        y: area.y + at,
        width: area.width.saturating_sub(4),
        height: u16::from(at < area.height),
    };
    if chosen && area.height > 0 {
        for y in area.top()..area.bottom().min(area.top() + ROWS - 1) {
            paint::sign(
                buffer,
                area.x + 1.min(area.width.saturating_sub(1)),
                y,
                state.setup.glyphs.current,
                theme.style(Role::Bar),
            );
        }
    }
    let head = if chosen { theme.style(Role::Chosen) } else { bold(theme.style(Role::Text)) };
    let verdict = entry.note.verdict.as_deref().unwrap_or("no verdict");
    let certainty = entry.certainty();
    let role = if matches!(certainty, Certainty::Placed | Certainty::NotOpen) { Role::Quiet } else { Role::Alert };
    let tags: String = entry.note.tags.iter().map(|tag| format!(" #{tag}")).collect();
    let made = match state.shelf.listing.order {
        NoteOrder::Time => format!("   {}", entry.note.created.strftime("%-d %b %Y %H:%M UTC")),
        _ => String::new(),
    };
    let said = format!("   {}{tags}{made}", sources(entry, state));
    paint::pieces(
        buffer,
        line(0),
        &[
            (verdict, head),
            ("   ", Style::new()),
            (certainty.word(), theme.style(role)),
            (&said, theme.style(Role::Quiet)),
        ],
    );
    let quote = entry.note.passages.first().map_or("", |passage| passage.exact.as_str());
    let room = Column(line(1).width);
    paint::words(buffer, line(1), &clipped(&format!("“{quote}”"), room), theme.style(Role::Furniture));
    let text = entry.note.text.replace('\n', " ");
    let Some(reason) = reason(entry, state) else {
        paint::words(buffer, line(2), &clipped(&text, room), theme.style(Role::Text));
        return;
    };
    // What was written is needed most where the place is in doubt: it keeps half of the row.
    let half = Column(line(2).width / 2);
    let reason = clipped(&reason, half);
    let pieces = [(reason.as_str(), theme.style(Role::Alert)), ("   ", Style::new())];
    let x = paint::pieces(buffer, line(2), &pieces);
    let rest = Rect { x, width: line(2).right().saturating_sub(x), ..line(2) };
    paint::words(buffer, rest, &clipped(&text, Column(rest.width)), theme.style(Role::Text));
}

/// The letters of the open sources a note stands in, and the names of the others.
fn sources(entry: &Entry, state: &State) -> String {
    let name = |passage: &crate::notes::NotePassage| {
        let open = anchor::article_of(&passage.source, &state.articles);
        open.map_or_else(|| passage.source.name().to_owned(), |article| article.letter())
    };
    entry.note.passages.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// What is to be said of a note that is not placed for certain.
fn reason(entry: &Entry, state: &State) -> Option<String> {
    let place = state.setup.keymap.hint(Mode::List, Command::NotePlace).unwrap_or_default();
    entry.places.iter().flatten().find_map(|(_, state)| match state {
        AnchorState::Placed(_) => None,
        AnchorState::Changed { after, .. } => Some(format!("changed, now: “{after}”")),
        AnchorState::Suggested { reason, .. } => Some(format!("{reason} · {place} asks where")),
        AnchorState::Unplaced { reason } => Some(format!("{reason} · {place} puts it by hand")),
    })
}
