//! The table of claims and sources.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::state::{List, State};
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::compare::{Agreement, Claim};
use crate::text::display::clipped;
use crate::text::{ArticleIndex, Column, SentenceIndex};

/// Columns of a source's cell.
const CELL: u16 = 3;

/// Draws the table over the panes and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, list: List, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let claims = &state.findings.comparison().claims;
    let key = |command| state.setup.keymap.hint(Mode::List, command).unwrap_or_default();
    let title = format!(" Claims · {}   ", claims.len());
    let hints = format!("{} go · {} close", key(Command::NoteGo), key(Command::Close));
    paint::pieces(buffer, area, &[(&title, bold(theme.style(Role::Text))), (&hints, theme.style(Role::Quiet))]);
    for article in (0..state.articles.len()).map(ArticleIndex::new) {
        let head = Rect { y: area.y + 1.min(area.height), height: u16::from(area.height > 1), ..cell(area, article) };
        paint::words(buffer, head, &article.letter(), bold(theme.style(Role::Header)));
    }
    let body = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
    let fit = usize::from(body.height).max(1);
    let first = list.first(claims.len(), fit);
    let mut cursor = Position { x: body.x, y: body.y };
    for (y, (index, claim)) in (body.top()..body.bottom()).zip(claims.iter().enumerate().skip(first)) {
        let chosen = index == list.chosen;
        if chosen {
            cursor.y = y;
        }
        draw_claim(buffer, Rect { y, height: 1, ..body }, (claim, chosen), state, theme);
    }
    Some(cursor)
}

fn cell(area: Rect, article: ArticleIndex) -> Rect {
    let x = area.x + 2 + CELL * Column::new(article.index()).0;
    Rect { x: x.min(area.right()), width: CELL.min(area.right().saturating_sub(x)), ..area }
}

fn draw_claim(buffer: &mut Buffer, area: Rect, (claim, chosen): (&Claim, bool), state: &State, theme: &Theme) {
    for article in (0..state.articles.len()).map(ArticleIndex::new) {
        let Some(agreement) = agreement(claim, article, state) else { continue };
        let role = match agreement {
            Agreement::Diverges => Role::Diverges,
            Agreement::Same | Agreement::Reworded => Role::Shared,
            Agreement::OnlyHere => Role::OnlyHere,
        };
        let place = cell(area, article);
        if place.width > 0 {
            paint::sign(buffer, place.x, place.y, state.setup.glyphs.agreement(agreement), theme.style(role));
        }
    }
    let start = cell(area, ArticleIndex::new(state.articles.len())).x;
    let room = Rect { x: start, width: area.right().saturating_sub(start + 1), ..area };
    let words = claim.members.first().and_then(|member| {
        let article = state.articles.get(member.article.index())?;
        Some(article.text.slice(member.span))
    });
    let style = if chosen { theme.style(Role::Chosen) } else { theme.style(Role::Text) };
    paint::words(buffer, room, &clipped(words.unwrap_or_default(), Column(room.width)), style);
    if chosen {
        paint::sign(buffer, area.x, area.y, state.setup.glyphs.current, theme.style(Role::Bar));
    }
}

/// What the gutter says of a claim's passages in a source; `None` where the source has it not.
fn agreement(claim: &Claim, article: ArticleIndex, state: &State) -> Option<Agreement> {
    let text = &state.articles.get(article.index())?.text;
    let members = claim.members.iter().filter(|member| member.article == article);
    let sentences = members.flat_map(|member| {
        let range = text.sentences_in(member.span);
        (range.start.0..range.end.0).map(SentenceIndex)
    });
    sentences.filter_map(|sentence| state.findings.mark(article, sentence)).map(|mark| mark.agreement).max()
}
