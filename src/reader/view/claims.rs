//! The table of claims and sources, and under it the chosen claim in every source's words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::layout::{CLAIMS_HEAD, claims_fit, claims_foot};
use super::super::state::State;
use super::super::state::claim::ClaimRow;
use super::super::state::filter::Filter;
use super::super::state::listing::ClaimsList;
use super::super::theme::{Role, Theme};
use super::notes::{Title, title};
use super::status::bold;
use super::{paint, panel};
use crate::compare::{Agreement, BY_HAND};
use crate::export::difference::Difference;
use crate::export::words::kind_word;
use crate::text::display::{clipped, width};
use crate::text::{ArticleIndex, ByteSpan, Column, Passage};

/// Columns of a source's cell.
const CELL: u16 = 3;

/// Columns of what diverges, where it is told by its kinds, and where it is counted.
const KINDS: u16 = 22;
const COUNT: u16 = 5;

/// Most words of its sentence that are shown before a passage.
const LEAD: usize = 4;

/// Fewest columns of a screen on which it is told in words.
const LEAST_FOR_KINDS: u16 = 90;

/// Draws the table over the panes and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, claims: &ClaimsList, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let listing = &state.findings.listing;
    // The second filter of the cycle.
    let key = state.setup.keymap.hint(Mode::List, Command::FilterNext).filter(|_| listing.filter != Filter::Diverging);
    let more = key.map_or_else(String::new, |key| format!("2{key} only what diverges, value by value"));
    let head = Title {
        name: "Claims",
        count: (claims.rows.len(), claims.all),
        order: listing.order.words(),
        filter: listing.filter.words(),
        wanted: &listing.wanted,
        more: &more,
    };
    title(buffer, area, &head, state, theme);
    for article in (0..state.articles.len()).map(ArticleIndex::new) {
        let head = Rect { y: area.y + 1.min(area.height), height: u16::from(area.height > 1), ..cell(area, article) };
        paint::words(buffer, head, &article.letter(), bold(theme.style(Role::Header)));
    }
    let fit = claims_fit(screen.height, state.layout.status.height, state.articles.len());
    let head = CLAIMS_HEAD.min(area.height);
    let body = Rect { y: area.y + head, height: fit.min(area.height - head), ..area };
    let first = claims.list.first(claims.rows.len(), usize::from(fit));
    let mut cursor = Position { x: body.x, y: body.y };
    for (y, (index, row)) in (body.top()..body.bottom()).zip(claims.rows.iter().enumerate().skip(first)) {
        let chosen = index == claims.list.chosen;
        if chosen {
            cursor.y = y;
        }
        draw_row(buffer, Rect { y, height: 1, ..body }, (row, chosen), state, theme);
    }
    let foot = claims_foot(screen.height, state.layout.status.height, state.articles.len()).min(area.height);
    if foot > 0 && !claims.rows.is_empty() {
        let head = Rect { y: area.bottom() - foot, height: 1, ..area };
        let below = Rect { y: head.y + 1, height: foot - 1, ..area };
        panel::title(buffer, (head, below), (&claims.panel, ""), state, theme);
        panel::rows(buffer, below, &claims.panel, state, theme);
    }
    Some(cursor)
}

fn cell(area: Rect, article: ArticleIndex) -> Rect {
    let x = area.x + 2 + CELL * Column::new(article.index()).0;
    Rect { x: x.min(area.right()), width: CELL.min(area.right().saturating_sub(x)), ..area }
}

fn role(agreement: Agreement) -> Role {
    match agreement {
        Agreement::Diverges => Role::Diverges,
        Agreement::Same | Agreement::Reworded => Role::Shared,
        Agreement::OnlyHere => Role::OnlyHere,
    }
}

fn draw_row(buffer: &mut Buffer, area: Rect, (row, chosen): (&ClaimRow, bool), state: &State, theme: &Theme) {
    for (at, agreement) in row.cells.iter().enumerate() {
        let Some(agreement) = *agreement else { continue };
        let place = cell(area, ArticleIndex::new(at));
        if place.width > 0 {
            let sign = state.setup.glyphs.agreement(agreement);
            paint::sign(buffer, place.x, place.y, sign, theme.style(role(agreement)));
        }
    }
    let start = cell(area, ArticleIndex::new(state.articles.len())).x;
    let (differs, wide) = differs(row, area.right().saturating_sub(start), state);
    let count = Rect { x: start, width: wide.min(area.right().saturating_sub(start)), ..area };
    let shown = clipped(&differs, Column(count.width.saturating_sub(1)));
    paint::words(buffer, count, &shown, theme.style(Role::Quiet));
    let room = Rect { x: count.right(), width: area.right().saturating_sub(count.right() + 1), ..area };
    let [before, words, after] = row.members.get(row.shown).map_or([""; 3], |member| in_its_sentence(*member, state));
    let style = if chosen { theme.style(Role::Chosen) } else { theme.style(Role::Text) };
    let quiet = theme.style(Role::Quiet);
    let before = lead(before);
    let fits = width(&format!("{before}{words}{after}")).0 <= room.width;
    let line = Rect { width: room.width.saturating_sub(u16::from(!fits)), ..room };
    let end = paint::pieces(buffer, line, &[(&before, quiet), (words, style), (after, quiet)]);
    if !fits && end < room.right() {
        paint::sign(buffer, end, room.y, '…', quiet);
    }
    if chosen {
        paint::sign(buffer, area.x, area.y, state.setup.glyphs.current, theme.style(Role::Bar));
    }
}

/// A passage with what its sentence says before and after it: a clause alone often lacks what it is about.
fn in_its_sentence(passage: Passage, state: &State) -> [&str; 3] {
    let Some(article) = state.articles.get(passage.article.index()) else { return [""; 3] };
    let (text, span) = (&article.text, passage.span);
    let words = text.slice(span);
    let around = text.sentence_at(span.start).and_then(|sentence| text.sentence(sentence)).map(|around| around.span);
    match around {
        Some(around) if around.covers(span) => {
            let before = text.slice(ByteSpan { start: around.start, end: span.start });
            [before, words, text.slice(ByteSpan { start: span.end, end: around.end })]
        }
        _ => ["", words, ""],
    }
}

/// The last words of what stands before a passage.
fn lead(before: &str) -> String {
    if !before.chars().any(char::is_alphanumeric) {
        return String::new();
    }
    let mut words: Vec<&str> = before.split_whitespace().rev().take(LEAD).collect();
    let more = before.split_whitespace().nth(LEAD).is_some();
    words.reverse();
    format!("{}{} ", if more { "… " } else { "" }, words.join(" "))
}

/// In what the sources part, in words where there is room, else how often; and the columns for it. Where only what diverges is
/// listed, the values of every source stand there.
fn differs(row: &ClaimRow, room: u16, state: &State) -> (String, u16) {
    let sign = if row.by_hand { state.setup.glyphs.by_hand.to_string() } else { String::new() };
    if state.findings.listing.filter == Filter::Diverging {
        let said: Vec<String> = row.differences.iter().map(Difference::words).collect();
        return (format!("{}{sign}", said.join("; ")), room / 2);
    }
    if state.layout.screen.width >= LEAST_FOR_KINDS {
        let kinds: Vec<&str> = row.kinds().into_iter().map(kind_word).collect();
        let by_hand = if row.by_hand { [sign.as_str(), BY_HAND].join(" ") } else { String::new() };
        return (if kinds.is_empty() { by_hand } else { format!("{} {sign}", kinds.join(", ")) }, KINDS);
    }
    let said = match row.divergences {
        0 => sign,
        count => format!("{} {count}{sign}", state.setup.glyphs.diverges),
    };
    (said, COUNT)
}
