//! The table of claims and sources, and under it the chosen claim in every source's words.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::layout::{CLAIMS_HEAD, claims_fit, claims_foot};
use super::super::state::State;
use super::super::state::findings::kind_word;
use super::super::state::listing::{ClaimRow, ClaimsList};
use super::super::theme::{Role, Theme};
use super::notes::{Title, title};
use super::paint;
use super::status::bold;
use crate::compare::{Agreement, BY_HAND};
use crate::text::display::{clipped, width};
use crate::text::{ArticleIndex, Column};

/// Columns of a source's cell.
const CELL: u16 = 3;

/// Columns of what diverges, where it is told in words, and where it is counted.
const KINDS: u16 = 22;
const COUNT: u16 = 5;

/// Fewest columns of a screen on which it is told in words.
const LEAST_FOR_KINDS: u16 = 90;

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
        more: "",
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
    if let Some(row) = claims.rows.get(claims.list.chosen) {
        let foot = claims_foot(screen.height, state.layout.status.height, state.articles.len());
        let foot = Rect { y: area.bottom() - foot.min(area.height), height: foot.min(area.height), ..area };
        wordings(buffer, foot, row, state, theme);
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
    let (differs, wide) = differs(row, area.width, state);
    let count = Rect { x: start, width: wide.min(area.right().saturating_sub(start)), ..area };
    let shown = clipped(&differs, Column(count.width.saturating_sub(1)));
    paint::words(buffer, count, &shown, theme.style(Role::Quiet));
    let room = Rect { x: count.right(), width: area.right().saturating_sub(count.right() + 1), ..area };
    let words = row.members.get(row.shown).and_then(|member| {
        let article = state.articles.get(member.article.index())?;
        Some(article.text.slice(member.span))
    });
    let style = if chosen { theme.style(Role::Chosen) } else { theme.style(Role::Text) };
    paint::words(buffer, room, &clipped(words.unwrap_or_default(), Column(room.width)), style);
    if chosen {
        paint::sign(buffer, area.x, area.y, state.setup.glyphs.current, theme.style(Role::Bar));
    }
}

/// In what the sources part, in words where there is room, else how often; and the columns for it.
fn differs(row: &ClaimRow, screen: u16, state: &State) -> (String, u16) {
    let sign = if row.by_hand { state.setup.glyphs.by_hand.to_string() } else { String::new() };
    if screen >= LEAST_FOR_KINDS {
        let kinds: Vec<&str> = row.kinds.iter().map(|kind| kind_word(*kind)).collect();
        let by_hand = if row.by_hand { [sign.as_str(), BY_HAND].join(" ") } else { String::new() };
        return (if kinds.is_empty() { by_hand } else { format!("{} {sign}", kinds.join(", ")) }, KINDS);
    }
    let said = match row.divergences {
        0 => sign,
        count => format!("{} {count}{sign}", state.setup.glyphs.diverges),
    };
    (said, COUNT)
}

/// The claim as every source words it, one line each.
fn wordings(buffer: &mut Buffer, area: Rect, row: &ClaimRow, state: &State, theme: &Theme) {
    let Some(first) = (area.height > 0).then_some(area.y) else { return };
    for x in area.left()..area.right() {
        paint::sign(buffer, x, first, state.setup.glyphs.rule, theme.style(Role::Strip));
    }
    let told = match row.support() {
        1 => " only in one source ".to_owned(),
        support => format!(" this claim, {support} of {} sources ", state.articles.len()),
    };
    let inner = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    paint::words(buffer, inner, &told, bold(theme.style(Role::Quiet)));
    for ((at, source), y) in state.articles.iter().enumerate().zip(area.y + 1..area.bottom()) {
        let article = ArticleIndex::new(at);
        let line = Rect { x: area.x + 2.min(area.width), y, width: area.width.saturating_sub(3), height: 1 };
        let after = paint::words(buffer, line, &article.letter(), theme.style(Role::Text));
        let Some(Some(agreement)) = row.cells.get(at) else {
            let rest = Rect { x: after + 3, width: line.right().saturating_sub(after + 3), ..line };
            paint::words(buffer, rest, "not in it", theme.style(Role::Quiet));
            continue;
        };
        if after + 1 < line.right() {
            let sign = state.setup.glyphs.agreement(*agreement);
            paint::sign(buffer, after + 1, y, sign, theme.style(role(*agreement)));
        }
        let rest = Rect { x: after + 3, width: line.right().saturating_sub(after + 3), ..line };
        let members = row.members.iter().filter(|member| member.article == article);
        let words: Vec<&str> = members.map(|member| source.text.slice(member.span).trim()).collect();
        let words = words.join(" … ");
        let shown = if width(&words) <= Column(rest.width) { words } else { clipped(&words, Column(rest.width)) };
        paint::words(buffer, rest, &shown, theme.style(Role::Text));
    }
}
