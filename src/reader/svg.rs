//! A screen as a picture: cells in, SVG out, with every glyph in its column.
//!
//! Must never know what the cells mean. Invariant: the picture is well-formed XML without scripts, links or fonts of its own,
//! and what stands in it as text is what stands on the screen.

use std::fmt::Write;

use ratatui::buffer::{Buffer, Cell, CellWidth};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};

/// Units of a column and of a row.
const COLUMN: u32 = 10;
const ROW: u32 = 20;

/// The size of letters that are a column wide: 0.602 of their size in most of the fonts.
const LETTERS: &str = "16.6";

/// Units around the screen.
const MARGIN: u32 = 12;

/// The fonts to draw with, the first that there is.
const FONTS: &str = "ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, 'Liberation Mono', monospace";

/// What a picture says of itself to those who do not see it.
#[derive(Debug, Clone)]
pub struct Caption {
    /// What it is.
    pub title: String,
    /// What it shows.
    pub description: String,
}

/// The colours that a terminal shows where none are asked for, and its own sixteen.
#[derive(Debug, Clone, Copy)]
pub struct Palette {
    text: &'static str,
    ground: &'static str,
    sixteen: [&'static str; 16],
}

/// A terminal with a dark ground.
pub const DARK: Palette = Palette {
    text: "#d8d8d8",
    ground: "#14171a",
    sixteen: [
        "#2a2e33", "#e06c75", "#98c379", "#e5a560", "#7aa7d9", "#c678dd", "#56b6c2", "#c8c8c8", "#6b7280", "#e88a92",
        "#aed492", "#f0bc7c", "#95bdea", "#d596e8", "#7accd6", "#ffffff",
    ],
};

/// A terminal with a light ground.
pub const LIGHT: Palette = Palette {
    text: "#1f1f1f",
    ground: "#fdfdfb",
    sixteen: [
        "#1f1f1f", "#a4262c", "#2e6b1f", "#8a5400", "#1d5c99", "#7a2c8f", "#0f6d78", "#6a6a6a", "#4a4a4a", "#b8363c",
        "#3a7d2a", "#9a6200", "#2a6cb0", "#8c3fa0", "#1a7d88", "#fdfdfb",
    ],
};

impl Palette {
    fn colour(&self, colour: Color, unset: &str) -> String {
        let sixteen = |at: usize| self.sixteen[at].to_owned();
        match colour {
            Color::Reset => unset.to_owned(),
            Color::Rgb(red, green, blue) => format!("#{red:02x}{green:02x}{blue:02x}"),
            Color::Indexed(index @ 0..16) => sixteen(usize::from(index)),
            Color::Indexed(index @ 232..) => {
                let grey = 8 + 10 * (index - 232);
                format!("#{grey:02x}{grey:02x}{grey:02x}")
            }
            Color::Indexed(index) => {
                let step = |part: u8| if part == 0 { 0 } else { 55 + 40 * part };
                let [red, green, blue] = [(index - 16) / 36, (index - 16) / 6 % 6, (index - 16) % 6].map(step);
                format!("#{red:02x}{green:02x}{blue:02x}")
            }
            Color::Black => sixteen(0),
            Color::Red => sixteen(1),
            Color::Green => sixteen(2),
            Color::Yellow => sixteen(3),
            Color::Blue => sixteen(4),
            Color::Magenta => sixteen(5),
            Color::Cyan => sixteen(6),
            Color::Gray => sixteen(7),
            Color::DarkGray => sixteen(8),
            Color::LightRed => sixteen(9),
            Color::LightGreen => sixteen(10),
            Color::LightYellow => sixteen(11),
            Color::LightBlue => sixteen(12),
            Color::LightMagenta => sixteen(13),
            Color::LightCyan => sixteen(14),
            Color::White => sixteen(15),
        }
    }
}

/// How a cell is painted.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Paint {
    text: String,
    ground: String,
    modifier: Modifier,
}

impl Paint {
    fn of(cell: &Cell, palette: &Palette) -> Self {
        let (text, ground) = (palette.colour(cell.fg, palette.text), palette.colour(cell.bg, palette.ground));
        let (text, ground) = if cell.modifier.contains(Modifier::REVERSED) { (ground, text) } else { (text, ground) };
        Self { text, ground, modifier: cell.modifier - Modifier::REVERSED }
    }

    /// The attributes of text in this paint.
    fn attributes(&self) -> String {
        let words = [
            (Modifier::BOLD, " font-weight=\"bold\""),
            (Modifier::DIM, " opacity=\"0.6\""),
            (Modifier::ITALIC, " font-style=\"italic\""),
            (Modifier::UNDERLINED, " text-decoration=\"underline\""),
        ];
        let worn = words.iter().filter(|(modifier, _)| self.modifier.contains(*modifier)).map(|(_, word)| *word);
        format!(" fill=\"{}\"{}", self.text, worn.collect::<String>())
    }
}

/// Neighbouring cells of one row in one paint, drawn as one.
struct Run {
    column: u16,
    columns: u16,
    text: String,
    paint: Paint,
}

/// The screen as a picture, with a frame where its cursor stands.
pub fn picture(buffer: &Buffer, cursor: Position, palette: &Palette, caption: &Caption) -> String {
    let area = buffer.area;
    let (width, height) = (u32::from(area.width) * COLUMN + 2 * MARGIN, u32::from(area.height) * ROW + 2 * MARGIN);
    let mut svg = String::new();
    // Writing into a string does not fail.
    let _ = writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"title description\">\n<title id=\"title\">{}</title>\n\
         <desc id=\"description\">{}</desc>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n\
         <g font-family=\"{FONTS}\" font-size=\"{LETTERS}\" xml:space=\"preserve\">",
        escaped(&caption.title),
        escaped(&caption.description),
        palette.ground,
    );
    for y in area.top()..area.bottom() {
        let runs = runs(buffer, y, palette);
        runs.iter().for_each(|run| ground(&mut svg, run, y, palette));
        runs.iter().for_each(|run| letters(&mut svg, run, y));
    }
    let [x, y] = [u32::from(cursor.x) * COLUMN + MARGIN, u32::from(cursor.y) * ROW + MARGIN];
    let _ = writeln!(
        svg,
        "<rect x=\"{x}\" y=\"{y}\" width=\"{COLUMN}\" height=\"{ROW}\" fill=\"none\" stroke=\"{}\"/>\n</g>\n</svg>",
        palette.text
    );
    svg
}

fn runs(buffer: &Buffer, y: u16, palette: &Palette) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    let mut x = buffer.area.left();
    while x < buffer.area.right() {
        let Some(cell) = buffer.cell((x, y)) else { break };
        let (symbol, columns) = (cell.symbol(), cell.symbol().cell_width().max(1));
        let paint = Paint::of(cell, palette);
        // A glyph beyond ASCII may come from another font: it stands by itself, so that it moves no other.
        let joins = |run: &&mut Run| {
            let alike = symbol.is_ascii() && run.text.is_ascii()
                || columns == 1
                    && run.text.strip_suffix(symbol).is_some_and(|rest| rest.is_empty() || rest.ends_with(symbol));
            alike && run.paint == paint
        };
        match runs.last_mut().filter(joins) {
            Some(run) => {
                run.text.push_str(symbol);
                run.columns += columns;
            }
            None => runs.push(Run { column: x, columns, text: symbol.to_owned(), paint }),
        }
        x += columns;
    }
    runs
}

fn ground(svg: &mut String, run: &Run, y: u16, palette: &Palette) {
    if run.paint.ground == palette.ground {
        return;
    }
    let [x, y] = [u32::from(run.column) * COLUMN + MARGIN, u32::from(y) * ROW + MARGIN];
    let width = u32::from(run.columns) * COLUMN;
    let _ =
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{ROW}\" fill=\"{}\"/>", run.paint.ground);
}

fn letters(svg: &mut String, run: &Run, y: u16) {
    let text = run.text.trim_matches(' ');
    if text.is_empty() {
        return;
    }
    let before = u32::try_from(run.text.len() - run.text.trim_start_matches(' ').len()).unwrap_or(0);
    let columns = run.columns - u16::try_from(run.text.len() - text.len()).unwrap_or(0);
    let x = (u32::from(run.column) + before) * COLUMN + MARGIN;
    let y = u32::from(y) * ROW + MARGIN + ROW * 3 / 4;
    // The length holds the glyphs in their columns, whatever the font.
    let length = u32::from(columns) * COLUMN;
    let attributes = run.paint.attributes();
    let _ = writeln!(
        svg,
        "<text x=\"{x}\" y=\"{y}\" textLength=\"{length}\" lengthAdjust=\"spacingAndGlyphs\"{attributes}>{}</text>",
        escaped(text)
    );
}

/// Text as XML has it; what XML cannot hold is left out.
fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            c if c.is_control() && c != '\n' => {}
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;

    fn drawn(line: &str, style: Style) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 12, 1));
        buffer.set_string(0, 0, line, style);
        let caption = Caption { title: "a < b".to_owned(), description: "one & two".to_owned() };
        picture(&buffer, Position { x: 1, y: 0 }, &DARK, &caption)
    }

    #[test]
    fn what_xml_reserves_is_written_so_that_it_is_text() {
        let svg = drawn("<b> & \"c\"", Style::new());
        assert!(svg.contains(">&lt;b&gt; &amp; &quot;c&quot;</text>"), "{svg}");
        assert!(svg.contains("<title id=\"title\">a &lt; b</title>"), "{svg}");
        assert!(!svg.contains("<b>"), "{svg}");
    }

    #[test]
    fn a_wide_glyph_stands_by_itself_in_its_two_columns() {
        let svg = drawn("ab日c≠d", Style::new());
        for (column, columns, glyph) in [(0, 2, "ab"), (2, 2, "日"), (4, 1, "c"), (5, 1, "≠"), (6, 1, "d")] {
            let place = format!("x=\"{}\"", MARGIN + COLUMN * column);
            let length = format!("textLength=\"{}\"", COLUMN * columns);
            let found = svg.lines().any(|line| {
                line.contains(&place) && line.contains(&length) && line.ends_with(&format!(">{glyph}</text>"))
            });
            assert!(found, "{glyph} at {column}: {svg}");
        }
    }

    #[test]
    fn reversed_words_change_text_and_ground() {
        let svg = drawn("x", Style::new().fg(Color::Rgb(1, 2, 3)).add_modifier(Modifier::REVERSED | Modifier::BOLD));
        assert!(svg.contains("fill=\"#010203\"/>"), "the ground is the text's colour: {svg}");
        assert!(svg.contains(&format!("fill=\"{}\" font-weight=\"bold\">x</text>", DARK.ground)), "{svg}");
    }
}
