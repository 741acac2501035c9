//! What of a frame goes to the terminal: few bytes, found by one look at each cell, since most of the time between a key and its
//! screen goes into them.
//!
//! Must never change what is seen. Invariant: after a frame the style is the terminal's own, and when the next begins `shown` is what
//! stands on the screen; the cursor is moved by so many columns only where it is certain in which one it stands, after a letter of ASCII.

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::crossterm::cursor::Show;
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate};
use ratatui::layout::{Position, Rect, Size};
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

/// The modifiers that are seen where there is no letter.
const SEEN_ON_BLANKS: Modifier = Modifier::UNDERLINED.union(Modifier::REVERSED).union(Modifier::CROSSED_OUT);

/// The most cells that are written again to reach the next changed one: a move of the cursor takes no fewer bytes.
const BRIDGE: usize = 3;

/// The most bytes of a letter on whose width all terminals agree: one character, or a letter with an accent.
const CERTAIN: usize = 4;

/// The way to the terminal.
///
/// A row that holds a wide letter, or one on whose width terminals disagree (a flag), or held one before, is written whole where
/// it changed: what a terminal draws beyond the program's own count would stay.
pub struct Wire {
    /// What is going to stand on the screen.
    next: Buffer,
    /// What stands there, nothing while that is not known; and row by row the kind of its letters.
    shown: Vec<Shown>,
    letters: Vec<Letters>,
    /// One row of what is going to.
    row: Vec<Shown>,
    /// What is being written of a frame.
    bytes: Vec<u8>,
    pen: Pen,
}

/// A cell on the screen: its letter in UTF-8, filled up with zeros, and how it looks.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Shown {
    letter: [u8; CERTAIN],
    look: Look,
}

impl Shown {
    const BLANK: Self = Self { letter: [b' ', 0, 0, 0], look: Look::PLAIN };

    fn letter(&self) -> &[u8] {
        let length = self.letter.iter().take_while(|byte| **byte != 0).count();
        &self.letter[..length]
    }

    /// Whether it is seen no more than a cell that was erased.
    fn is_blank(&self) -> bool {
        self.letter == Self::BLANK.letter
            && self.look.ground == Color::Reset
            && !self.look.modifier.intersects(SEEN_ON_BLANKS)
    }
}

/// What the letters of a row ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letters {
    /// Each takes one column.
    Simple,
    /// Some take more.
    Wide,
    /// Terminals disagree on some.
    Uncertain,
}

/// Makes the cells of a row, in `row`; a letter that is longer than a cell holds is told by its beginning.
fn see(cells: &[Cell], row: &mut Vec<Shown>) -> Letters {
    let mut letters = Letters::Simple;
    row.clear();
    row.extend(cells.iter().map(|cell| {
        let look = Look::of(cell);
        match cell.symbol().as_bytes() {
            [letter] => Shown { letter: [*letter, 0, 0, 0], look },
            bytes => {
                if bytes.len() > CERTAIN {
                    letters = Letters::Uncertain;
                } else if letters == Letters::Simple && cell.symbol().cell_width() != 1 {
                    letters = Letters::Wide;
                }
                let mut letter = [0; CERTAIN];
                letter.iter_mut().zip(bytes).for_each(|(kept, byte)| *kept = *byte);
                Shown { letter, look }
            }
        }
    }));
    letters
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

/// Where writing is: the look in force, and the cell written last with whether the cursor is certain to stand behind it.
#[derive(Clone, Copy)]
struct Pen {
    look: Look,
    last: Option<(u16, u16, bool)>,
}

impl Pen {
    const FRESH: Self = Self { look: Look::PLAIN, last: None };

    /// Whether cells can be written from column `from` on without a move and in the look in force, in a byte each.
    fn continues(&self, y: u16, from: usize, cells: &[Shown]) -> bool {
        let here = self.last.is_some_and(|(x, row, certain)| certain && row == y && usize::from(x) + 1 == from);
        here && cells.iter().all(|cell| cell.letter[1] == 0 && cell.look == self.look)
    }
}

impl Wire {
    /// A way to a terminal of some size.
    pub fn new(size: Size) -> Self {
        Self {
            next: Buffer::empty(Rect::from((Position::ORIGIN, size))),
            shown: Vec::new(),
            letters: Vec::new(),
            row: Vec::new(),
            bytes: Vec::new(),
            pen: Pen::FRESH,
        }
    }

    /// Has the next frame written whole: the terminal may show anything.
    pub fn forget(&mut self) {
        self.shown.clear();
    }

    /// What to write so that the terminal shows a picture of some size: `draw` makes it on blank cells and answers where the
    /// cursor stands.
    pub fn frame(&mut self, size: Size, draw: impl FnOnce(&mut Buffer) -> Position) -> &[u8] {
        let area = Rect::from((Position::ORIGIN, size));
        if self.next.area != area {
            self.next.resize(area);
            self.forget();
        }
        let cursor = draw(&mut self.next);
        self.bytes.clear();
        self.pen = Pen::FRESH;
        self.command(|bytes| queue!(bytes, BeginSynchronizedUpdate));
        if self.shown.is_empty() {
            self.letters = vec![Letters::Simple; usize::from(area.height)];
            self.command(|bytes| queue!(bytes, Clear(ClearType::All)));
        }
        self.write_changes();
        self.restyle(Look::PLAIN);
        self.pen.last = None;
        self.go((cursor.x, cursor.y));
        self.command(|bytes| queue!(bytes, Show, EndSynchronizedUpdate));
        &self.bytes
    }

    /// Keeps what the terminal shows where nothing was known of it, and blanks the cells for the next frame: apart from
    /// [`Wire::frame`] since it can wait until the terminal has the bytes.
    pub fn turn(&mut self) {
        if self.shown.is_empty() {
            self.shown.reserve_exact(self.next.content.len());
            for cells in self.next.content.chunks(self.width()) {
                see(cells, &mut self.row);
                self.shown.extend_from_slice(&self.row);
            }
        }
        self.next.reset();
    }

    /// Columns of the screen; 1 where it has none.
    fn width(&self) -> usize {
        usize::from(self.next.area.width).max(1)
    }

    /// A command of the terminal's, which in memory cannot fail.
    fn command(&mut self, write: impl FnOnce(&mut Vec<u8>) -> std::io::Result<()>) {
        let written = write(&mut self.bytes);
        debug_assert!(written.is_ok(), "memory takes every byte");
    }

    /// Writes what is other than on the screen.
    fn write_changes(&mut self) {
        let width = self.width();
        let cells = std::mem::take(&mut self.next.content);
        let mut shown = std::mem::take(&mut self.shown);
        let mut row = std::mem::take(&mut self.row);
        // What is not known was erased.
        let blank = if shown.is_empty() { vec![Shown::BLANK; width] } else { Vec::new() };
        let mut rows_shown = shown.chunks_mut(width);
        for (y, cells) in (0u16..).zip(cells.chunks(width)) {
            let known = rows_shown.next();
            let before = known.as_deref().unwrap_or(&blank);
            let letters = see(cells, &mut row);
            let previous = std::mem::replace(&mut self.letters[usize::from(y)], letters);
            if letters == Letters::Simple && previous == Letters::Simple {
                self.write_simple(y, before, &row);
            } else if letters == Letters::Uncertain || row != before {
                self.write_whole(y, &cells[..end(&row)]);
            }
            known.into_iter().for_each(|known| known.copy_from_slice(&row));
        }
        (self.next.content, self.shown, self.row) = (cells, shown, row);
    }

    /// Writes a row whose letters take a column each, before and now.
    fn write_simple(&mut self, y: u16, before: &[Shown], row: &[Shown]) {
        let end = end(row);
        let mut next = 0;
        for (at, cell) in row[..end].iter().enumerate() {
            if before[at] == *cell {
                continue;
            }
            if at - next <= BRIDGE && self.pen.continues(y, next, &row[next..at]) {
                for (between, cell) in row.iter().enumerate().take(at).skip(next) {
                    self.write((between, y), cell.look, cell.letter());
                }
            }
            self.write((at, y), cell.look, cell.letter());
            next = at + 1;
        }
        let Some(first) = (end..row.len()).find(|&at| !before[at].is_blank()) else { return };
        self.go((column(first), y));
        self.restyle(Look::PLAIN);
        self.bytes.extend_from_slice(b"\x1b[K");
        self.pen.last = None;
    }

    /// Erases a row and writes it.
    fn write_whole(&mut self, y: u16, cells: &[Cell]) {
        self.pen.last = None;
        self.go((0, y));
        self.restyle(Look::PLAIN);
        self.bytes.extend_from_slice(b"\x1b[K");
        let mut at = 0;
        while let Some(cell) = cells.get(at) {
            let letter = cell.symbol().as_bytes();
            if at > 0 {
                self.write((at, y), Look::of(cell), letter);
            } else {
                self.put((0, y), Look::of(cell), letter);
            }
            at += usize::from(cell.symbol().cell_width()).max(1);
        }
    }

    fn write(&mut self, (x, y): (usize, u16), look: Look, letter: &[u8]) {
        let x = column(x);
        self.go((x, y));
        self.put((x, y), look, letter);
    }

    /// Writes a letter where the cursor stands.
    fn put(&mut self, (x, y): (u16, u16), look: Look, letter: &[u8]) {
        self.restyle(look);
        self.bytes.extend_from_slice(letter);
        self.pen.last = Some((x, y, letter.len() == 1));
    }

    /// Goes from the cell written last to another.
    fn go(&mut self, (x, y): (u16, u16)) {
        match self.pen.last {
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

    /// Changes the look in force.
    fn restyle(&mut self, to: Look) {
        let mut from = std::mem::replace(&mut self.pen.look, to);
        if from == to {
            return;
        }
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

/// Past the last cell of a row of which something is seen.
fn end(row: &[Shown]) -> usize {
    row.iter().rposition(|cell| !cell.is_blank()).map_or(0, |last| last + 1)
}

fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
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

#[cfg(test)]
mod tests {
    use std::num::NonZero;

    use proptest::prelude::*;
    use ratatui::backend::{Backend, CrosstermBackend};
    use ratatui::style::Style;

    use super::*;

    const SCREEN: Size = Size { width: 24, height: 4 };

    /// Rows of words, each in one of a few styles.
    type Picture = Vec<(String, u8)>;

    fn paint(picture: &Picture, buffer: &mut Buffer) {
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
    }

    /// What a terminal shows when it has obeyed: each cell as it looks, a blank one for one never written to.
    fn shown(bytes: &[u8]) -> Vec<String> {
        let cells = |cells: u16| NonZero::new(cells).unwrap();
        let mut terminal = vt100::Parser::new(cells(SCREEN.height), cells(SCREEN.width), 0);
        terminal.process(bytes);
        let cell = |(y, x)| {
            let cell = terminal.screen().cell(y, x).unwrap();
            let looks = format!("{:?} {}", cell.bgcolor(), cell.underline());
            match cell.contents() {
                "" | " " => looks,
                letter => format!("{letter} {looks} {:?} {}", cell.fgcolor(), cell.bold()),
            }
        };
        (0..SCREEN.height).flat_map(|y| (0..SCREEN.width).map(move |x| (y, x))).map(cell).collect()
    }

    /// What is written of the last of some pictures on a blank screen, by the library; and of all of them, one after the other.
    fn written(pictures: &[Picture]) -> (Vec<u8>, Vec<u8>) {
        let (mut plain, mut sparing) = (Vec::new(), Vec::new());
        let blank = Buffer::empty(Rect::from((Position::ORIGIN, SCREEN)));
        let mut last = blank.clone();
        pictures.last().iter().for_each(|picture| paint(picture, &mut last));
        CrosstermBackend::new(&mut plain).draw(blank.diff(&last).into_iter()).unwrap();
        let mut wire = Wire::new(SCREEN);
        for picture in pictures {
            let draw = |buffer: &mut Buffer| {
                paint(picture, buffer);
                Position::ORIGIN
            };
            sparing.extend_from_slice(wire.frame(SCREEN, draw));
            wire.turn();
        }
        (plain, sparing)
    }

    /// The bytes of a frame in which nothing changes.
    fn nothing() -> usize {
        let pictures = |count| vec![vec![("ab".to_owned(), 0)]; count];
        written(&pictures(2)).1.len() - written(&pictures(1)).1.len()
    }

    fn bytes_of_the_last(pictures: &[Picture]) -> usize {
        written(pictures).1.len() - written(&pictures[..pictures.len() - 1]).1.len() - nothing()
    }

    #[test]
    fn a_letter_that_stays_is_written_again_where_that_is_shorter() {
        let pictures = ["abcd efgh ijkl mnop", "bcde fghi jklm nopq"].map(|words| vec![(words.to_owned(), 0)]);
        let (plain, sparing) = written(&pictures);
        assert_eq!(shown(&plain), shown(&sparing));
        assert_eq!(bytes_of_the_last(&pictures), "\u{1b}[1;1Hbcde fghi jklm nopq".len());
    }

    #[test]
    fn blanks_at_a_rows_end_are_erased_in_one_go() {
        let pictures = ["abcd efgh ijkl mnop", "abcd"].map(|words| vec![(words.to_owned(), 0)]);
        let (plain, sparing) = written(&pictures);
        assert_eq!(shown(&plain), shown(&sparing));
        assert_eq!(bytes_of_the_last(&pictures), "\u{1b}[1;6H\u{1b}[K".len());
    }

    #[test]
    fn a_screen_of_another_size_is_written_whole() {
        let mut wire = Wire::new(SCREEN);
        let draw = |buffer: &mut Buffer| {
            buffer.set_string(0, 0, "abc", Style::new());
            Position::ORIGIN
        };
        let mut sizes = Vec::new();
        for size in [SCREEN, SCREEN, Size::new(10, 2), Size::new(30, 6), SCREEN] {
            let bytes = String::from_utf8(wire.frame(size, draw).to_vec()).unwrap();
            wire.turn();
            sizes.push((bytes.contains("\u{1b}[2J"), bytes.contains("abc")));
        }
        wire.forget();
        let bytes = String::from_utf8(wire.frame(SCREEN, draw).to_vec()).unwrap();
        sizes.push((bytes.contains("\u{1b}[2J"), bytes.contains("abc")));
        assert_eq!(sizes, [(true, true), (false, false), (true, true), (true, true), (true, true), (true, true)]);
    }

    #[test]
    fn a_row_with_a_flag_is_written_whole_and_so_is_the_one_in_its_place() {
        let pictures =
            ["abc", "🇫🇷🇯🇵c", "🇫🇷🇯🇵c", "abc", "abc"].map(|words| vec![(words.to_owned(), 0), ("ab".to_owned(), 0)]);
        let written: Vec<usize> = (2..=pictures.len()).map(|until| bytes_of_the_last(&pictures[..until])).collect();
        let flags = "\x1b[1;1H\x1b[K🇫🇷\x1b[1;3H🇯🇵\x1b[1;5Hc".len();
        assert_eq!(written, [flags, flags, "\x1b[1;1H\x1b[Kabc".len(), 0]);
    }

    fn pictures() -> impl Strategy<Value = Vec<Picture>> {
        let row = ("([a-c日é👩]{0,4} ){0,4}", 0u8..3);
        proptest::collection::vec(proptest::collection::vec(row, 0..5), 1..5)
    }

    proptest! {
        #[test]
        fn nothing_else_is_seen(pictures in pictures()) {
            let (plain, sparing) = written(&pictures);
            prop_assert_eq!(shown(&plain), shown(&sparing));
        }
    }
}
