//! The table of claims and sources.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::state::State;
use super::super::state::listing::{ClaimRow, ClaimsList};
use super::super::theme::{Role, Theme};
use super::notes::{Title, title};
use super::paint;
use super::status::bold;
use crate::compare::Agreement;
use crate::text::display::clipped;
use crate::text::{ArticleIndex, Column};

/// Columns of a source's cell.
const CELL: u16 = 3;

/// Columns of the number of divergences.
const COUNT: u16 = 5;

/// Draws the table over the panes and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, claims: &ClaimsList, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let listing = &state.findings.listing;
    let head = Title {
        name: "Claims",
        count: (claims.rows.len(), claims.all),
        order: listing.order.words(),
        filter: listing.filter.words(),
        wanted: &listing.wanted,
        more: String::new(),
    };
    title(buffer, area, &head, state, theme);
    for article in (0..state.articles.len()).map(ArticleIndex::new) {
        let head = Rect { y: area.y + 1.min(area.height), height: u16::from(area.height > 1), ..cell(area, article) };
        paint::words(buffer, head, &article.letter(), bold(theme.style(Role::Header)));
    }
    let body = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let fit = usize::from(body.height).max(1);
    let first = claims.list.first(claims.rows.len(), fit);
    let mut cursor = Position { x: body.x, y: body.y };
    for (y, (index, row)) in (body.top()..body.bottom()).zip(claims.rows.iter().enumerate().skip(first)) {
        let chosen = index == claims.list.chosen;
        if chosen {
            cursor.y = y;
        }
        draw_row(buffer, Rect { y, height: 1, ..body }, (row, chosen), state, theme);
    }
    Some(cursor)
}

fn cell(area: Rect, article: ArticleIndex) -> Rect {
    let x = area.x + 2 + CELL * Column::new(article.index()).0;
    Rect { x: x.min(area.right()), width: CELL.min(area.right().saturating_sub(x)), ..area }
}

fn draw_row(buffer: &mut Buffer, area: Rect, (row, chosen): (&ClaimRow, bool), state: &State, theme: &Theme) {
    let glyphs = state.setup.glyphs;
    for (at, agreement) in row.cells.iter().enumerate() {
        let Some(agreement) = *agreement else { continue };
        let role = match agreement {
            Agreement::Diverges => Role::Diverges,
            Agreement::Same | Agreement::Reworded => Role::Shared,
            Agreement::OnlyHere => Role::OnlyHere,
        };
        let place = cell(area, ArticleIndex::new(at));
        if place.width > 0 {
            paint::sign(buffer, place.x, place.y, glyphs.agreement(agreement), theme.style(role));
        }
    }
    let start = cell(area, ArticleIndex::new(state.articles.len())).x;
    let count = Rect { x: start, width: COUNT.min(area.right().saturating_sub(start)), ..area };
    if row.divergences > 0 {
        let said = format!("{} {}", glyphs.diverges, row.divergences);
        paint::words(buffer, count, &said, theme.style(Role::Quiet));
    }
    let room = Rect { x: count.right(), width: area.right().saturating_sub(count.right() + 1), ..area };
    let words = row.members.get(row.shown).and_then(|member| {
        let article = state.articles.get(member.article.index())?;
        Some(article.text.slice(member.span))
    });
    let style = if chosen { theme.style(Role::Chosen) } else { theme.style(Role::Text) };
    paint::words(buffer, room, &clipped(words.unwrap_or_default(), Column(room.width)), style);
    if chosen {
        paint::sign(buffer, area.x, area.y, glyphs.current, theme.style(Role::Bar));
    }
}
