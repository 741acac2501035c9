//! What the screen shows while sources are being opened: each with how far it is.
//!
//! Must never wait for a source without watching the keys. Invariant: what opens at once is not announced.

use std::io;
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::text::Line;
use ratatui::widgets::Widget;

use super::Ready;
use super::action::Action;
use super::host::Host;
use super::key::{KeyCode, NamedKey};
use super::terminal::RealTerminal;
use crate::config::Config;
use crate::source::{Opened, Opening, Stage};
use crate::text::{Column, display};

/// What opens within this time is not announced.
const AT_ONCE: Duration = Duration::from_millis(250);

/// How often keys and sources are looked at.
const PAUSE: Duration = Duration::from_millis(60);

/// What a key asks for while sources are being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Quit,
    ReadWhatIsThere,
}

/// Waits for sources, on the terminal with a picture of how far they are where that takes long. Keys that were meant for what comes
/// next are kept for it. `None` when the reader does not want to wait.
///
/// # Errors
/// What the terminal says; it is then as it was.
pub fn wait(mut opening: Opening, config: &Config, ready: &mut Ready) -> io::Result<Option<Opened>> {
    let begun = Instant::now();
    while !opening.is_done() && begun.elapsed() < AT_ONCE {
        opening.take_news(AT_ONCE.saturating_sub(begun.elapsed()));
    }
    if opening.is_done() {
        return Ok(Some(opening.finish()));
    }
    ready.enter(config)?;
    watch(opening, &mut ready.terminal)
}

/// Shows how far the sources are until they are open or the reader wishes otherwise; every other key is kept for the reader
/// that comes after.
fn watch(mut opening: Opening, terminal: &mut RealTerminal) -> io::Result<Option<Opened>> {
    let mut kept = Vec::new();
    // What was typed before anything was said cannot be an answer to it.
    let mut answers = false;
    let opened = loop {
        let Some(actions) = terminal.wait(if answers { PAUSE } else { Duration::ZERO })? else { return Ok(None) };
        let any_open = opening.stages().any(|(_, stage)| stage == Stage::Open);
        let mut stop = false;
        for action in actions.into_iter().filter(|action| matches!(action, Action::Key(_) | Action::Paste(_))) {
            match wish(&action) {
                Some(Wish::Quit) if !stop => return Ok(None),
                Some(Wish::ReadWhatIsThere) if answers && !stop => stop = any_open,
                _ => kept.push(action),
            }
        }
        if stop {
            break opening.stop();
        }
        answers = true;
        let size = terminal.size()?;
        terminal.show(size, |buffer| draw(buffer, &opening))?;
        while opening.take_news(Duration::ZERO) {}
        if opening.is_done() {
            break opening.finish();
        }
    };
    terminal.keep(kept);
    Ok(Some(opened))
}

fn wish(action: &Action) -> Option<Wish> {
    let Action::Key(key) = action else { return None };
    match key.code {
        KeyCode::Char('q' | 'Q') => Some(Wish::Quit),
        KeyCode::Char('c') if key.control => Some(Wish::Quit),
        KeyCode::Named(NamedKey::Escape) => Some(Wish::Quit),
        KeyCode::Named(NamedKey::Enter) => Some(Wish::ReadWhatIsThere),
        _ => None,
    }
}

fn draw(buffer: &mut Buffer, opening: &Opening) -> Position {
    let area = buffer.area;
    let lines = lines(opening.stages(), area);
    for (row, line) in (area.top()..area.bottom()).zip(lines) {
        let shown = display::clipped(&line, Column::new(usize::from(area.width)));
        Line::raw(shown).render(Rect { y: row, height: 1, ..area }, buffer);
    }
    // Screen readers follow the cursor.
    Position { x: 0, y: area.top() }
}

/// The lines of the screen: what goes on, the sources as far as there is room, and the keys in the last row.
fn lines<'a>(stages: impl Iterator<Item = (&'a str, Stage)>, area: Rect) -> Vec<String> {
    let stages: Vec<_> = stages.collect();
    let open = stages.iter().filter(|(_, stage)| *stage == Stage::Open).count();
    let room = usize::from(area.height).saturating_sub(4);
    let mut lines = vec![format!(" Opening sources: {open} of {} are open", stages.len()), String::new()];
    let column = 24.min(usize::from(area.width) / 2);
    for (name, stage) in stages.iter().take(room) {
        let width = Column::new(column);
        let said = stage.to_string();
        let gap = " ".repeat(column.saturating_sub(display::width(&display::clipped(&said, width)).index()));
        lines.push(format!("   {}{gap} {name}", display::clipped(&said, width)));
    }
    lines.resize(usize::from(area.height).saturating_sub(1), String::new());
    lines.push(" enter: read what is open · q: quit".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_source_stands_with_how_far_it_is() {
        let stages = [
            ("https://news.example/a", Stage::Loading { bytes: 25_000, of: Some(50_000) }),
            ("b.txt", Stage::Open),
            ("https://news.example/c", Stage::Connecting),
        ];
        let lines = lines(stages.into_iter(), Rect::new(0, 0, 80, 8));
        assert_eq!(lines.len(), 8);
        assert_eq!(lines[0], " Opening sources: 1 of 3 are open");
        assert_eq!(lines[2], "   25 kB · 50 %             https://news.example/a");
        assert_eq!(lines[3], "   open                     b.txt");
        assert!(lines[7].contains("q: quit"));
    }

    #[test]
    fn small_screens_hold_what_they_can() {
        for height in 0..6 {
            let area = Rect::new(0, 0, 10, height);
            let _ = lines([("a", Stage::Waiting)].into_iter(), area);
        }
    }
}
