//! The keys in force and what the marks mean.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::{Command, Group};
use super::super::keymap::Mode;
use super::super::state::State;
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::text::Column;
use crate::text::display::{clipped, width};

/// Columns of one column of the help.
const COLUMN: u16 = 56;

/// One line of the help.
enum Line {
    Heading(&'static str),
    Entry(String, String),
    Blank,
}

/// Draws the help over the whole screen but its last line.
pub fn draw(buffer: &mut Buffer, top: u16, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let columns = (area.width / COLUMN).clamp(1, 3);
    let each = area.width / columns;
    let lines = lines(state);
    let per_column = lines.len().div_ceil(usize::from(columns));
    let room = usize::from(area.height.saturating_sub(1));
    let top = usize::from(top).min(per_column.saturating_sub(room));
    let close = state.setup.keymap.labels(Mode::List, Command::Close).join(" ");
    let title = format!(" Keys and marks · {close} closes");
    paint::words(buffer, area, &title, bold(theme.style(Role::Quiet)));
    for (at, column) in (0u16..).zip(lines.chunks(per_column.max(1))) {
        let x = area.x + at * each;
        for (y, line) in (area.y + 1..area.bottom()).zip(column.iter().skip(top)) {
            draw_line(buffer, Rect { x, y, width: each, height: 1 }, line, theme);
        }
    }
    Some(Position { x: area.x, y: area.y })
}

fn draw_line(buffer: &mut Buffer, area: Rect, line: &Line, theme: &Theme) {
    let inner = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(3), ..area };
    match line {
        Line::Blank => {}
        Line::Heading(words) => {
            paint::words(buffer, inner, words, theme.style(Role::Heading));
        }
        Line::Entry(key, words) => {
            let keys = 15.min(inner.width / 2);
            paint::words(buffer, Rect { width: keys, ..inner }, &clipped(key, Column(keys)), theme.style(Role::Key));
            let gap = width(key).0.min(keys).max(keys) + 1;
            let rest = Rect { x: inner.x + gap.min(inner.width), width: inner.width.saturating_sub(gap), ..inner };
            paint::words(buffer, rest, &clipped(words, Column(rest.width)), theme.style(Role::Text));
        }
    }
}

fn lines(state: &State) -> Vec<Line> {
    let mut lines = marks(state);
    for group in Group::ALL {
        let commands = Command::ALL.iter().filter(|command| command.group() == group);
        let entries: Vec<Line> = commands.filter_map(|command| entry(state, Mode::Reading, *command)).collect();
        push(&mut lines, group.heading(), entries);
    }
    for (mode, heading) in [(Mode::List, "In a list"), (Mode::Dialog, "In a note"), (Mode::Prompt, "On a line")] {
        let entries: Vec<Line> = Command::ALL.iter().filter_map(|command| entry(state, mode, *command)).collect();
        push(&mut lines, heading, entries);
    }
    lines
}

fn push(lines: &mut Vec<Line>, heading: &'static str, entries: Vec<Line>) {
    if entries.is_empty() {
        return;
    }
    lines.push(Line::Blank);
    lines.push(Line::Heading(heading));
    lines.extend(entries);
}

fn entry(state: &State, mode: Mode, command: Command) -> Option<Line> {
    let keys = state.setup.keymap.labels(mode, command);
    (!keys.is_empty()).then(|| Line::Entry(keys.join(" "), command.help().to_owned()))
}

fn marks(state: &State) -> Vec<Line> {
    let glyphs = state.setup.glyphs;
    let mark = |sign: String, words: &str| Line::Entry(sign, words.to_owned());
    vec![
        Line::Heading("Marks"),
        mark(format!("3{}", glyphs.same), "three sources share it, word for word"),
        mark(format!("3{}", glyphs.reworded), "three sources share it, reworded"),
        mark(format!("3{}", glyphs.diverges), "three share it, and something differs"),
        mark(glyphs.only_here.to_string(), "only this source has it"),
        mark(glyphs.moved.to_string(), "moved: its counterparts stand elsewhere"),
        mark(glyphs.noted.to_string(), "you wrote a note on it"),
        mark(format!("{} {}", glyphs.current, glyphs.counterpart), "the passage in hand, its counterparts"),
        mark(format!("{} {} {}", glyphs.edge, glyphs.gap, glyphs.tick), "overview: shared, only here, differs"),
    ]
}
