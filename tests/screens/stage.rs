//! The reader's own loop over a terminal that a test fills: keys in, screen out.

use std::collections::VecDeque;
use std::fmt::Write as _;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crossread::compare::Comparison;
use crossread::reader::action::Action;
use crossread::reader::effect::Effect;
use crossread::reader::glyphs::{Glyphs, UNICODE};
use crossread::reader::host::Host;
use crossread::reader::key::{KeyCode, KeyPress};
use crossread::reader::keymap::Keymap;
use crossread::reader::state::{Setup, State};
use crossread::reader::theme::{Depth, Theme};
use crossread::reader::world::World;
use crossread::reader::{cycle, open, view};
use crossread::source::Article;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Size};

/// A terminal of a size, with what is going to happen in it.
struct Script {
    terminal: Terminal<TestBackend>,
    steps: VecDeque<Vec<Action>>,
}

impl Host for Script {
    fn wait(&mut self, _: Duration) -> io::Result<Option<Vec<Action>>> {
        Ok(self.steps.pop_front())
    }

    fn draw(&mut self, state: &State, theme: &Theme) -> io::Result<()> {
        let screen = state.layout.screen;
        self.terminal.backend_mut().resize(screen.width, screen.height);
        self.terminal.draw(|frame| view::draw(frame, state, theme)).map(|_| ()).map_err(|error| match error {})
    }

    fn carry_out(&mut self, _: &Effect) -> io::Result<Option<Action>> {
        Ok(None)
    }
}

/// A session under test.
pub struct Session<'a> {
    pub articles: &'a [Article],
    pub comparison: &'a Comparison,
    pub notes: PathBuf,
    pub size: (u16, u16),
    pub theme: &'a str,
    pub glyphs: Glyphs,
}

/// What was on the screen when the keys had all been pressed.
pub struct Screen {
    pub buffer: Buffer,
    pub cursor: Position,
    pub state: State,
}

impl<'a> Session<'a> {
    /// A session with the dark theme and Unicode signs.
    pub fn new(event: &'a (Vec<Article>, Comparison), notes: PathBuf, size: (u16, u16)) -> Self {
        Self { articles: &event.0, comparison: &event.1, notes, size, theme: "dark", glyphs: UNICODE }
    }

    /// Presses keys, one after another, with a drawing after each.
    pub fn press(&self, keys: &str) -> Screen {
        self.play(presses(keys).into_iter().map(Action::Key).collect())
    }

    /// Lets things happen, one after another, with a drawing after each.
    pub fn play(&self, actions: Vec<Action>) -> Screen {
        let mut world = World::compared(Arc::new(self.articles.to_vec()), self.notes.clone(), self.comparison.clone());
        let size = Size::new(self.size.0, self.size.1);
        let mut state = open(world.articles(), setup(&self.notes, self.glyphs), size, &world);
        // The first wait brings nothing but the comparison.
        let steps = std::iter::once(Vec::new()).chain(actions.into_iter().map(|action| vec![action])).collect();
        let terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a test terminal opens");
        let mut script = Script { terminal, steps };
        let depth = if self.theme == "none" { Depth::Mono } else { Depth::True };
        let theme = Theme::load(self.theme, depth).expect("a shipped theme loads");
        cycle(&mut script, &mut world, &mut state, &theme).expect("a test terminal does not fail");
        let cursor = script.terminal.get_cursor_position().expect("a test terminal has a cursor");
        Screen { buffer: script.terminal.backend().buffer().clone(), cursor, state }
    }
}

/// The settings of a session under test.
pub fn setup(notes: &Path, glyphs: Glyphs) -> Setup {
    let config = crossread::config::Config::shipped();
    Setup {
        keymap: Keymap::patched(&toml::Table::new()).expect("the shipped keys are well formed"),
        glyphs,
        verdicts: config.verdicts,
        author: Some("R. Okafor".to_owned()),
        notes_path: notes.to_owned(),
    }
}

/// Keys as they are written in a test: characters, and names in angle brackets (`jj<tab>]c`).
pub fn presses(keys: &str) -> Vec<KeyPress> {
    let mut presses = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let named = rest.strip_prefix('<').and_then(|rest| rest.split_once('>'));
        let press = named.and_then(|(name, after)| Some((name.parse::<KeyPress>().ok()?, after)));
        match press {
            Some((press, after)) => {
                presses.push(press);
                rest = after;
            }
            None => {
                presses.push(KeyPress::plain(KeyCode::Char(c)));
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    presses
}

impl Screen {
    /// The rows of the screen, without the spaces at their ends.
    pub fn rows(&self) -> Vec<String> {
        let area = self.buffer.area;
        (area.top()..area.bottom()).map(|y| self.row(y).trim_end().to_owned()).collect()
    }

    /// The whole screen in one string.
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    fn row(&self, y: u16) -> String {
        let area = self.buffer.area;
        let mut row = String::new();
        let mut skip = 0;
        for x in area.left()..area.right() {
            if skip > 0 {
                skip -= 1;
                continue;
            }
            let symbol = self.buffer[(x, y)].symbol();
            skip = ratatui::buffer::CellWidth::cell_width(symbol).max(1) - 1;
            row.push_str(symbol);
        }
        row
    }

    /// Glyphs, then a letter for the style of each column, then what the letters mean, then where the cursor stands.
    pub fn picture(&self) -> String {
        let area = self.buffer.area;
        let mut styles: Vec<String> = Vec::new();
        let mut picture = self.text().trim_end().to_owned() + "\n\n";
        let mut letters = String::new();
        for y in area.top()..area.bottom() {
            let row: String = (area.left()..area.right()).map(|x| letter(&self.buffer[(x, y)], &mut styles)).collect();
            let _ = writeln!(letters, "{}", row.trim_end());
        }
        picture.push_str(letters.trim_end());
        picture.push_str("\n\n");
        for (at, style) in styles.iter().enumerate() {
            let _ = writeln!(picture, "{} = {style}", name(at));
        }
        let _ = writeln!(picture, "cursor at column {}, row {}", self.cursor.x, self.cursor.y);
        picture
    }
}

fn letter(cell: &Cell, styles: &mut Vec<String>) -> char {
    let mut style = String::new();
    let colour = |colour: ratatui::style::Color| format!("{colour}");
    if cell.fg != ratatui::style::Color::Reset {
        style.push_str(&colour(cell.fg));
    }
    if cell.bg != ratatui::style::Color::Reset {
        let _ = write!(style, " on {}", colour(cell.bg));
    }
    if !cell.modifier.is_empty() {
        let _ = write!(style, " {:?}", cell.modifier);
    }
    let style = style.trim().to_owned();
    if style.is_empty() {
        return if cell.symbol() == " " { ' ' } else { '.' };
    }
    let at = styles.iter().position(|known| *known == style).unwrap_or_else(|| {
        styles.push(style);
        styles.len() - 1
    });
    name(at)
}

fn name(at: usize) -> char {
    u32::try_from(at).ok().and_then(|at| char::from_u32(u32::from(b'a') + at)).unwrap_or('?')
}
