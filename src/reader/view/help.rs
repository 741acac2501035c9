//! The keys in force and what the marks mean.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::Style;

use super::super::command::{Command, Group};
use super::super::keymap::Mode;
use super::super::state::State;
use super::super::state::listing::HelpPage;
use super::super::state::search::Wanted;
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::text::Column;
use crate::text::display::{clipped, width};

/// Columns of one column of the help.
const COLUMN: u16 = 56;

/// Columns of the keys in it.
const KEYS: u16 = 16;

/// One line of the help.
enum Line {
    Heading(&'static str),
    Entry(String, String),
    Blank,
}

/// Draws the help over the whole screen but its last line.
pub fn draw(buffer: &mut Buffer, page: &HelpPage, state: &State, theme: &Theme) -> Option<Position> {
    let screen = state.layout.screen;
    let area = Rect { height: screen.height.saturating_sub(state.layout.status.height), ..screen };
    paint::clear(buffer, area, Style::new());
    let columns = (area.width / COLUMN).clamp(1, 3);
    let each = area.width / columns;
    let lines = lines(state, &page.wanted);
    let per_column = lines.len().div_ceil(usize::from(columns));
    let room = usize::from(area.height.saturating_sub(1));
    let top = usize::from(page.top).min(per_column.saturating_sub(room));
    let title = title(page, per_column > room, state);
    paint::words(buffer, area, &title, bold(theme.style(Role::Quiet)));
    if lines.is_empty() {
        let below = Rect { y: area.y + 2.min(area.height), height: area.height.saturating_sub(2), ..area };
        paint::words(buffer, below, "  No key and no mark is told in these words.", theme.style(Role::Quiet));
    }
    for (at, column) in (0u16..).zip(lines.chunks(per_column.max(1))) {
        let x = area.x + at * each;
        for (y, line) in (area.y + 1..area.bottom()).zip(column.iter().skip(top)) {
            draw_line(buffer, Rect { x, y, width: each, height: 1 }, line, theme);
        }
    }
    Some(Position { x: area.x, y: area.y })
}

fn title(page: &HelpPage, scrolls: bool, state: &State) -> String {
    let key = |command| state.setup.keymap.hint(Mode::List, command).unwrap_or_default();
    let labels = |command| state.setup.keymap.labels(Mode::List, command);
    let close = [labels(Command::Close), labels(Command::Cancel)].concat().join(" ");
    let wanted = if page.wanted.is_empty() { String::new() } else { format!(" · “{}”", page.wanted) };
    let (down, up, find) = (key(Command::RowDown), key(Command::RowUp), key(Command::Search));
    let scroll = if scrolls { format!(" · {down} {up} scroll") } else { String::new() };
    format!(" Keys and marks{wanted} · {close} closes{scroll} · {find} finds")
}

fn draw_line(buffer: &mut Buffer, area: Rect, line: &Line, theme: &Theme) {
    let inner = Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(3), ..area };
    match line {
        Line::Blank => {}
        Line::Heading(words) => {
            paint::words(buffer, inner, words, theme.style(Role::Heading));
        }
        Line::Entry(key, words) => {
            let keys = KEYS.min(inner.width / 2);
            paint::words(buffer, Rect { width: keys, ..inner }, &clipped(key, Column(keys)), theme.style(Role::Key));
            let gap = width(key).0.min(keys).max(keys) + 1;
            let rest = Rect { x: inner.x + gap.min(inner.width), width: inner.width.saturating_sub(gap), ..inner };
            paint::words(buffer, rest, &clipped(words, Column(rest.width)), theme.style(Role::Text));
        }
    }
}

/// The lines that hold some words, under their headings; all where there are no words.
fn lines(state: &State, wanted: &str) -> Vec<Line> {
    let wanted = Wanted::new(wanted);
    let mut kept: Vec<Line> = Vec::new();
    let mut heading = None;
    for line in all_lines(state) {
        match line {
            Line::Blank => {}
            Line::Heading(words) => heading = Some(words),
            Line::Entry(keys, words) if wanted.is_in(&words) || wanted.is_in(&keys) => {
                if let Some(heading) = heading.take() {
                    kept.extend((!kept.is_empty()).then_some(Line::Blank));
                    kept.push(Line::Heading(heading));
                }
                kept.push(Line::Entry(keys, words));
            }
            Line::Entry(..) => {}
        }
    }
    kept
}

fn all_lines(state: &State) -> Vec<Line> {
    let mut lines = marks(state);
    for group in Group::ALL {
        let commands: Vec<Command> = Command::ALL.iter().copied().filter(|command| command.group() == group).collect();
        push(&mut lines, group.heading(), entries(state, Mode::Reading, &commands));
    }
    for (mode, heading) in [
        (Mode::Selecting, "While selecting"),
        (Mode::List, "In a list"),
        (Mode::Dialog, "In a note"),
        (Mode::Prompt, "On a line"),
    ] {
        // What a list shares with the panes is said above.
        let labels = |mode, command: &Command| state.setup.keymap.labels(mode, *command);
        let own = |command: &&Command| labels(mode, command) != labels(Mode::Reading, command);
        let commands: Vec<Command> = Command::ALL.iter().filter(own).copied().collect();
        push(&mut lines, heading, entries(state, mode, &commands));
    }
    lines
}

/// One line for each command that has keys; there and back again share one where their words allow.
fn entries(state: &State, mode: Mode, commands: &[Command]) -> Vec<Line> {
    let keys = |command: Command| state.setup.keymap.labels(mode, command);
    let bound: Vec<Command> = commands.iter().copied().filter(|command| !keys(*command).is_empty()).collect();
    let mut lines = Vec::new();
    let mut rest = bound.as_slice();
    while let [command, others @ ..] = rest {
        let pair = others.first().and_then(|other| {
            let keys = interleaved(&keys(*command), &keys(*other));
            (width(&keys).0 <= KEYS).then_some(keys).zip(both(command.help(), other.help()))
        });
        match pair {
            Some((keys, words)) => {
                lines.push(Line::Entry(keys, words));
                rest = &others[1..];
            }
            None => {
                lines.push(Line::Entry(keys(*command).join(" "), command.help().to_owned()));
                rest = others;
            }
        }
    }
    lines
}

/// The keys of two commands in turn: `j k ↓ ↑`.
fn interleaved(one: &[String], other: &[String]) -> String {
    let count = one.len().max(other.len());
    let turns = (0..count).flat_map(|at| [one.get(at), other.get(at)]).flatten();
    turns.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// Two lines of help as one, where they differ in one word that names the direction.
fn both(one: &str, other: &str) -> Option<String> {
    const DIRECTIONS: [(&str, &str); 9] = [
        ("wider", "narrower"),
        ("larger", "smaller"),
        ("before", "after"),
        ("right", "left"),
        ("next", "previous"),
        ("down", "up"),
        ("on", "back"),
        ("fewer,", "more,"),
        ("top", "bottom"),
    ];
    let (words, others): (Vec<&str>, Vec<&str>) = (one.split(' ').collect(), other.split(' ').collect());
    if words.len() != others.len() {
        return None;
    }
    let mut merged = Vec::new();
    for (word, other) in words.iter().zip(&others) {
        if word == other {
            merged.push((*word).to_owned());
        } else if DIRECTIONS.contains(&(word, other)) {
            merged.push(format!("{word}, {other}"));
        } else {
            return None;
        }
    }
    Some(merged.join(" "))
}

fn push(lines: &mut Vec<Line>, heading: &'static str, entries: Vec<Line>) {
    if entries.is_empty() {
        return;
    }
    lines.push(Line::Heading(heading));
    lines.extend(entries);
}

fn marks(state: &State) -> Vec<Line> {
    let glyphs = state.setup.glyphs;
    let mark = |sign: String, words: &str| Line::Entry(sign, words.to_owned());
    vec![
        Line::Heading("Marks"),
        mark(format!("3{}", glyphs.same), "three sources share it, word for word"),
        mark(format!("3{}", glyphs.reworded), "three sources share it, reworded"),
        mark(format!("3{}", glyphs.diverges), "three share it, and something differs"),
        mark(format!("+{}", glyphs.same), "ten sources or more share it"),
        mark(glyphs.only_here.to_string(), "only this source has it"),
        mark(glyphs.moved.to_string(), "moved: its counterparts stand elsewhere"),
        mark(glyphs.by_hand.to_string(), "linked by hand"),
        mark(glyphs.noted.to_string(), "you wrote a note on it"),
        mark(format!("{} {}", glyphs.current, glyphs.counterpart), "the passage in hand, its counterparts"),
        mark(format!("{} {} {}", glyphs.edge, glyphs.gap, glyphs.tick), "overview: shared, only here, differs"),
    ]
}
