//! The passage panel: the passage in hand as every source words it.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Modifier;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::state::State;
use super::super::state::findings::Stage;
use super::super::state::passage::{LABEL, PanelRow, PassagePanel};
use super::super::theme::{Role, Theme};
use super::paint::{self, Brush, Overlay};
use crate::compare::Agreement;
use crate::text::Column;
use crate::text::display::{clipped, width};

/// Draws the panel's title and rows.
pub fn draw(buffer: &mut Buffer, state: &State, theme: &Theme) {
    if state.layout.panel_title.height == 0 {
        return;
    }
    let running = match state.findings.stage {
        Stage::Running(permille) => format!(" · comparing {} %", permille / 10),
        Stage::Done => String::new(),
    };
    title(buffer, (state.layout.panel_title, state.layout.panel), (&state.passage, &running), state, theme);
    rows(buffer, state.layout.panel, &state.passage, state, theme);
}

/// Draws a panel's rows, from the first one that it shows.
pub fn rows(buffer: &mut Buffer, area: Rect, panel: &PassagePanel, state: &State, theme: &Theme) {
    let rows = panel.rows.iter().skip(usize::from(panel.top)).take(usize::from(area.height));
    for (y, row) in (area.y..area.bottom()).zip(rows) {
        panel_row(buffer, Rect { y, height: 1, ..area }, row, state, theme);
    }
}

/// Draws a panel's title over its rows: what it shows, a remark, and how much is out of sight.
pub fn title(
    buffer: &mut Buffer,
    (area, below): (Rect, Rect),
    (panel, remark): (&PassagePanel, &str),
    state: &State,
    theme: &Theme,
) {
    let rule = theme.style(Role::Strip);
    for x in area.left()..area.right() {
        paint::sign(buffer, x, area.y, state.setup.glyphs.rule, rule);
    }
    let title = format!(" {}{remark} ", panel.title);
    let mut inner = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    let below = panel.rows.len().saturating_sub(usize::from(panel.top) + usize::from(below.height));
    if below > 0 || panel.top > 0 {
        let key = |mode| state.setup.keymap.hint(mode, Command::PanelDown);
        let key = key(state.mode()).or_else(|| key(Mode::Reading)).unwrap_or_default();
        let [up, down] = state.setup.glyphs.arrows;
        let more = match below {
            0 => format!(" {up} "),
            _ if width(&title).0 + 20 > inner.width => format!(" {down} {below} · {key} "),
            _ => format!(" {down} {below} more · {key} "),
        };
        let room = width(&more).0.min(inner.width);
        paint::words(buffer, Rect { x: inner.right() - room, width: room, ..inner }, &more, theme.style(Role::Quiet));
        inner.width -= room;
    }
    let style = theme.style(Role::Quiet).add_modifier(Modifier::BOLD);
    paint::words(buffer, inner, &clipped(&title, Column(inner.width)), style);
}

fn panel_row(buffer: &mut Buffer, area: Rect, row: &PanelRow, state: &State, theme: &Theme) {
    let body = Rect { x: area.x + LABEL.min(area.width), width: area.width.saturating_sub(LABEL), ..area };
    match row {
        PanelRow::Wording { article, label, shown, marks, remark } => {
            let Some(source) = state.articles.get(article.index()) else { return };
            if let Some(agreement) = label {
                let role = match agreement {
                    Agreement::OnlyHere => Role::OnlyHere,
                    Agreement::Same | Agreement::Reworded => Role::Shared,
                    Agreement::Diverges => Role::Diverges,
                };
                let hand = *article == state.panes.active;
                let letter = if hand { theme.style(Role::HeaderActive) } else { theme.style(Role::Text) };
                letter_and_sign(buffer, area, (&article.letter(), letter), (*agreement, theme.style(role)), state);
            }
            let over: Vec<Overlay> = marks.iter().map(|(span, role)| (*span, theme.style(*role))).collect();
            let after = paint::text(
                buffer,
                body,
                (source.text.content(), *shown),
                Brush { style: theme.style(Role::Text), over: &over },
            );
            if let Some(remark) = remark {
                let x = (after + 3).min(body.right());
                paint::words(buffer, Rect { x, width: body.right() - x, ..body }, remark, theme.style(Role::Quiet));
            }
        }
        PanelRow::Remark { role, words, article } => {
            if let Some(article) = article {
                let letter = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(2), ..area };
                paint::words(buffer, letter, &article.letter(), theme.style(*role));
            }
            paint::words(buffer, body, words, theme.style(*role));
        }
    }
}

fn letter_and_sign(
    buffer: &mut Buffer,
    area: Rect,
    (letter, style): (&str, ratatui::style::Style),
    (agreement, sign): (Agreement, ratatui::style::Style),
    state: &State,
) {
    let at = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(2), ..area };
    let after = paint::words(buffer, at, letter, style);
    // Before the comparison is there, nothing is known of an agreement.
    let is_known = state.findings.stage == Stage::Done || !state.findings.marks(state.panes.active).is_empty();
    if is_known && after + 1 < area.right() {
        paint::sign(buffer, after + 1, area.y, state.setup.glyphs.agreement(agreement), sign);
    }
}
