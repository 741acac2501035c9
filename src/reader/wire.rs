//! What of a frame goes to the terminal: few bytes, written as they are, since most of the time between a key and its screen goes
//! into them.
//!
//! Must never change what is seen. Invariant: after a frame the style is the terminal's own; the cursor is moved by so many columns
//! only where it is certain in which one it stands, after a letter of ASCII.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};
use ratatui::style::{Color, Modifier};

/// The codes of the modifiers (ECMA-48, SGR).
const MODIFIERS: [(Modifier, u8); 8] = [
    (Modifier::BOLD, 1),
    (Modifier::DIM, 2),
    (Modifier::ITALIC, 3),
    (Modifier::UNDERLINED, 4),
    (Modifier::SLOW_BLINK, 5),
    (Modifier::REVERSED, 7),
    (Modifier::HIDDEN, 8),
    (Modifier::CROSSED_OUT, 9),
];

/// The way to the terminal.
pub struct Wire<W: Write> {
    backend: CrosstermBackend<W>,
    /// What is being written of a frame.
    bytes: Vec<u8>,
}

/// How a cell looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Look {
    letters: Color,
    ground: Color,
    modifier: Modifier,
}

impl Look {
    const PLAIN: Self = Self { letters: Color::Reset, ground: Color::Reset, modifier: Modifier::empty() };

    fn of(cell: &Cell) -> Self {
        Self { letters: cell.fg, ground: cell.bg, modifier: cell.modifier }
    }
}

impl<W: Write> Wire<W> {
    /// A way to a terminal.
    pub fn new(writer: W) -> Self {
        Self { backend: CrosstermBackend::new(writer), bytes: Vec::new() }
    }

    /// Goes from the cell drawn last to another.
    fn go(&mut self, last: Option<(u16, u16, bool)>, (x, y): (u16, u16)) {
        match last {
            Some((before, row, _)) if row == y && before + 1 == x => {}
            Some((before, row, true)) if row == y && before + 1 < x => {
                self.bytes.extend_from_slice(b"\x1b[");
                if x - before > 2 {
                    number(&mut self.bytes, x - before - 1);
                }
                self.bytes.push(b'C');
            }
            _ => {
                self.bytes.extend_from_slice(b"\x1b[");
                number(&mut self.bytes, y + 1);
                self.bytes.push(b';');
                number(&mut self.bytes, x + 1);
                self.bytes.push(b'H');
            }
        }
    }

    /// Changes the style from one look to another.
    fn restyle(&mut self, mut from: Look, to: Look) {
        let bytes = &mut self.bytes;
        bytes.extend_from_slice(b"\x1b[");
        if !to.modifier.contains(from.modifier) {
            bytes.extend_from_slice(b"0;");
            from = Look::PLAIN;
        }
        for (modifier, code) in MODIFIERS {
            if to.modifier.contains(modifier) && !from.modifier.contains(modifier) {
                number(bytes, code.into());
                bytes.push(b';');
            }
        }
        if from.letters != to.letters {
            colour(bytes, 30, to.letters);
        }
        if from.ground != to.ground {
            colour(bytes, 40, to.ground);
        }
        bytes.pop();
        bytes.push(b'm');
    }
}

/// A number in decimal digits.
fn number(bytes: &mut Vec<u8>, number: u16) {
    let mut digits = [0; 5];
    let mut at = digits.len();
    let mut rest = number;
    while rest > 0 || at == digits.len() {
        at -= 1;
        digits[at] = b'0' + (rest % 10) as u8;
        rest /= 10;
    }
    bytes.extend_from_slice(&digits[at..]);
}

/// A colour of letters (30) or of the ground (40), with a separator behind it.
fn colour(bytes: &mut Vec<u8>, kind: u16, colour: Color) {
    let index = match colour {
        Color::Reset => {
            number(bytes, kind + 9);
            return bytes.push(b';');
        }
        Color::Rgb(red, green, blue) => {
            number(bytes, kind + 8);
            bytes.extend_from_slice(b";2;");
            for part in [red, green, blue] {
                number(bytes, part.into());
                bytes.push(b';');
            }
            return;
        }
        Color::Indexed(index) => index,
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
    };
    number(bytes, kind + 8);
    bytes.extend_from_slice(b";5;");
    number(bytes, index.into());
    bytes.push(b';');
}

impl<W: Write> Write for Wire<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.backend.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.backend)
    }
}

impl<W: Write> Backend for Wire<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        self.bytes.clear();
        let mut last = None;
        let mut look = Look::PLAIN;
        for (x, y, cell) in content {
            self.go(last, (x, y));
            let wanted = Look::of(cell);
            if wanted != look {
                self.restyle(look, wanted);
                look = wanted;
            }
            let symbol = cell.symbol().as_bytes();
            self.bytes.extend_from_slice(symbol);
            last = Some((x, y, symbol.len() == 1));
        }
        if look != Look::PLAIN {
            self.bytes.extend_from_slice(b"\x1b[0m");
        }
        self.backend.write_all(&self.bytes)
    }

    fn append_lines(&mut self, count: u16) -> io::Result<()> {
        self.backend.append_lines(count)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.backend.hide_cursor()
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.backend.show_cursor()
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.backend.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.backend.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.backend.clear()
    }

    fn clear_region(&mut self, region: ClearType) -> io::Result<()> {
        self.backend.clear_region(region)
    }

    fn size(&self) -> io::Result<Size> {
        self.backend.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.backend.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.backend)
    }
}

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use proptest::prelude::*;
    use ratatui::buffer::Buffer;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};

    use super::*;

    const SCREEN: Rect = Rect { x: 0, y: 0, width: 24, height: 4 };

    /// Rows of words, each in one of a few styles.
    type Picture = Vec<(String, u8)>;

    fn buffer(picture: &Picture) -> Buffer {
        let mut buffer = Buffer::empty(SCREEN);
        for (y, (words, style)) in (0..SCREEN.height).zip(picture) {
            let style = match style {
                0 => Style::new(),
                1 => Style::new().fg(Color::Blue).add_modifier(Modifier::BOLD),
                _ => Style::new().bg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::UNDERLINED),
            };
            for (at, word) in (0u16..).zip(words.split(' ')) {
                let style = if at % 3 == 1 { Style::new() } else { style };
                buffer.set_string(at * 5, y, word, style);
            }
        }
        buffer
    }

    fn draw(pictures: &[Picture], mut backend: impl Backend<Error = io::Error>) {
        let mut before = Buffer::empty(SCREEN);
        for picture in pictures {
            let next = buffer(picture);
            backend.draw(before.diff(&next).into_iter()).unwrap();
            before = next;
        }
    }

    /// What a terminal shows when it has obeyed: each cell with its style, a blank one for one never written to.
    fn shown(bytes: &[u8]) -> Vec<String> {
        let cells = |cells: u16| NonZero::new(cells).unwrap();
        let mut terminal = vt100::Parser::new(cells(SCREEN.height), cells(SCREEN.width), 0);
        terminal.process(bytes);
        let cell = |(y, x)| {
            let cell = terminal.screen().cell(y, x).unwrap();
            let words = if cell.has_contents() { cell.contents() } else { " " };
            format!("{words} {:?} {:?} {} {}", cell.fgcolor(), cell.bgcolor(), cell.bold(), cell.underline())
        };
        (0..SCREEN.height).flat_map(|y| (0..SCREEN.width).map(move |x| (y, x))).map(cell).collect()
    }

    /// What is written of pictures drawn one after the other: cell by cell, and sparingly.
    fn written(pictures: &[Picture]) -> (Vec<u8>, Vec<u8>) {
        let (mut plain, mut sparing) = (Vec::new(), Vec::new());
        draw(pictures, CrosstermBackend::new(&mut plain));
        draw(pictures, Wire::new(&mut sparing));
        (plain, sparing)
    }

    #[test]
    fn words_a_space_apart_take_short_moves_of_the_cursor() {
        let pictures = ["abcd efgh ijkl mnop", "bcde fghi jklm nopq"].map(|words| vec![(words.to_owned(), 0)]);
        let (plain, sparing) = written(&pictures);
        assert_eq!(shown(&plain), shown(&sparing));
        assert!(sparing.len() + 6 <= plain.len(), "{} bytes, and {} without", sparing.len(), plain.len());
    }

    fn pictures() -> impl Strategy<Value = Vec<Picture>> {
        let row = ("([a-c日é👩]{0,4} ){0,4}", 0u8..3);
        proptest::collection::vec(proptest::collection::vec(row, 0..5), 1..5)
    }

    proptest! {
        #[test]
        fn nothing_else_is_seen_and_no_more_is_written(pictures in pictures()) {
            let (plain, sparing) = written(&pictures);
            prop_assert_eq!(shown(&plain), shown(&sparing));
            prop_assert!(sparing.len() <= plain.len());
        }
    }
}
