//! Roles and their styles: nothing else names a colour.
//!
//! Must never decide what has which role. Invariant: every theme gives every role a style, and no style is told by colour
//! alone (the theme “none” has none).

use std::collections::BTreeMap;

use ratatui::style::{Color, Modifier, Style};

macro_rules! roles {
    ($($(#[$doc:meta])* $variant:ident = $name:literal),* $(,)?) => {
        /// What a piece of the screen is.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Role { $($(#[$doc])* $variant),* }

        impl Role {
            /// All roles.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in a theme.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }
        }
    };
}

roles! {
    /// Running text.
    Text = "text",
    /// The article's headline.
    Title = "title",
    /// A heading within the article.
    Heading = "heading",
    /// Outlet, byline, date, captions, links to other pieces.
    Furniture = "furniture",
    /// Laid over the passage in hand.
    Current = "current",
    /// Laid over its counterparts.
    Counterpart = "counterpart",
    /// Words in which sources diverge, away from the passage in hand.
    Diverging = "diverging",
    /// Words of the passage in hand and its counterparts that differ.
    Differing = "differing",
    /// A place that a search found.
    Found = "found",
    /// Words that the reader has selected.
    Selected = "selected",
    /// Laid over a pane that holds because it has no counterpart.
    Held = "held",
    /// The marks `=` and `~`.
    Shared = "shared",
    /// The mark `≠`.
    Diverges = "diverges",
    /// The mark `·`.
    OnlyHere = "only-here",
    /// The marks `✎` and `⇅`.
    Flag = "flag",
    /// The bar beside the passage in hand.
    Bar = "bar",
    /// The overview's line.
    Strip = "strip",
    /// The part of the overview that is on screen.
    StripView = "strip-view",
    /// A pane's header.
    Header = "header",
    /// The header of the pane being read.
    HeaderActive = "header-active",
    /// Rules, hints and other things to look past.
    Quiet = "quiet",
    /// The status line.
    Status = "status",
    /// What wants attention: errors, unplaced notes.
    Alert = "alert",
    /// A key in a hint.
    Key = "key",
    /// The chosen entry of a list or field.
    Chosen = "chosen",
    /// A dialog's ground.
    Dialog = "dialog",
}

/// How many colours the terminal has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal without.
    Mono,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// 256 indexed colours.
    Indexed,
    /// 24 bits.
    True,
}

/// A style for every role.
#[derive(Debug, Clone)]
pub struct Theme {
    name: String,
    /// In the order of the roles: a frame asks for hundreds of them.
    styles: Vec<Style>,
}

/// What is wrong with a theme.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("theme {theme}: {problem}")]
pub struct ThemeError {
    /// The theme's name.
    pub theme: String,
    /// What is wrong.
    pub problem: String,
}

const SHIPPED: [(&str, &str); 4] = [
    ("dark", include_str!("../../data/themes/dark.toml")),
    ("light", include_str!("../../data/themes/light.toml")),
    ("ansi", include_str!("../../data/themes/ansi.toml")),
    ("none", include_str!("../../data/themes/none.toml")),
];

impl Theme {
    /// The names of the shipped themes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        SHIPPED.iter().map(|(name, _)| *name)
    }

    /// The shipped theme of that name, its colours brought down to what the terminal has.
    ///
    /// # Errors
    /// When there is no such theme, or (never in a shipped one) it is not well formed.
    pub fn load(name: &str, depth: Depth) -> Result<Self, ThemeError> {
        let error = |problem: String| ThemeError { theme: name.to_owned(), problem };
        let known = || Self::names().collect::<Vec<_>>().join(", ");
        let name_here = match depth {
            Depth::Mono => "none",
            Depth::Sixteen if name != "none" => "ansi",
            _ => name,
        };
        let content = SHIPPED.iter().find(|(shipped, _)| *shipped == name_here).map(|(_, content)| *content);
        let content = content.ok_or_else(|| error(format!("there is none of that name (there are {})", known())))?;
        let table: BTreeMap<_, _> = entries(content).collect();
        let mut styles = Vec::with_capacity(Role::ALL.len());
        for &role in Role::ALL {
            let entry = table.get(role.name()).ok_or_else(|| error(format!("{} has no style", role.name())))?;
            styles.push(style(entry, depth).map_err(error)?);
        }
        match table.keys().find(|key| Role::ALL.iter().all(|role| role.name() != **key)) {
            Some(unknown) => Err(error(format!("{unknown}: there is no such role"))),
            None => Ok(Self { name: name_here.to_owned(), styles }),
        }
    }

    /// The theme's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The style of a role.
    pub fn style(&self, role: Role) -> Style {
        self.styles.get(role as usize).copied().unwrap_or_default()
    }
}

/// The roles of a shipped theme with their styles. It is read before anything can be seen, so it is taken for what stands in it: a role
/// and its style to a line. A test holds that it says the same as TOML.
fn entries(content: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    content.lines().filter_map(|line| {
        let (role, style) = line.split_once('=')?;
        Some((role.trim_end(), style.trim_start().strip_prefix('"')?.strip_suffix('"')?))
    })
}

/// An entry is a colour, `on` and a colour, and the words bold, dim, italic, underlined, reversed, in any order.
fn style(entry: &str, depth: Depth) -> Result<Style, String> {
    let mut style = Style::new();
    let mut ground = false;
    for word in entry.split_whitespace() {
        let modifier = match word {
            "bold" => Modifier::BOLD,
            "dim" => Modifier::DIM,
            "italic" => Modifier::ITALIC,
            "underlined" => Modifier::UNDERLINED,
            "reversed" => Modifier::REVERSED,
            "on" => {
                ground = true;
                continue;
            }
            word => {
                let colour = colour(word, depth).ok_or_else(|| format!("“{word}” is no colour"))?;
                style = if ground { style.bg(colour) } else { style.fg(colour) };
                ground = false;
                continue;
            }
        };
        style = style.add_modifier(modifier);
    }
    Ok(style)
}

fn colour(word: &str, depth: Depth) -> Option<Color> {
    let colour: Color = word.parse().ok()?;
    match (colour, depth) {
        (Color::Rgb(red, green, blue), Depth::Indexed) => Some(Color::Indexed(nearest([red, green, blue]))),
        (colour, _) => Some(colour),
    }
}

/// The nearest of the 256 colours: of the 6×6×6 cube and the 24 greys (xterm's palette).
fn nearest(wanted: [u8; 3]) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let distance = |one: [u8; 3]| -> u32 { one.iter().zip(wanted).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum() };
    let cube = (0..216u8).map(|at| {
        let channel = |step: u8| STEPS[usize::from(step % 6)];
        (16 + at, [channel(at / 36), channel(at / 6), channel(at)])
    });
    let greys = (0..24u8).map(|at| (232 + at, [8 + 10 * at; 3]));
    cube.chain(greys).min_by_key(|(_, colour)| distance(*colour)).map_or(0, |(index, _)| index)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shipped_theme_styles_every_role() {
        for name in Theme::names() {
            for depth in [Depth::Mono, Depth::Sixteen, Depth::Indexed, Depth::True] {
                Theme::load(name, depth).unwrap();
            }
        }
        let error = Theme::load("neon", Depth::True).unwrap_err();
        assert_eq!(error.to_string(), "theme neon: there is none of that name (there are dark, light, ansi, none)");
    }

    #[test]
    fn a_theme_says_what_it_says_as_toml() {
        for (name, content) in SHIPPED {
            let table: toml::Table = content.parse().unwrap();
            let as_toml: BTreeMap<_, _> =
                table.iter().map(|(role, style)| (role.as_str(), style.as_str().unwrap())).collect();
            assert_eq!(entries(content).collect::<BTreeMap<_, _>>(), as_toml, "{name}");
        }
    }

    #[test]
    fn without_colours_the_mono_theme_stands() {
        let theme = Theme::load("dark", Depth::Mono).unwrap();
        for &role in Role::ALL {
            let style = theme.style(role);
            assert_eq!((style.fg, style.bg), (None, None), "{}", role.name());
        }
        assert!(theme.style(Role::Diverging).add_modifier.contains(Modifier::UNDERLINED));
    }

    /// Relative luminance (WCAG 2.2).
    fn luminance([red, green, blue]: [u8; 3]) -> f64 {
        let linear = |channel: u8| {
            let part = f64::from(channel) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn channels(colour: Option<Color>) -> Option<[u8; 3]> {
        match colour? {
            Color::Rgb(red, green, blue) => Some([red, green, blue]),
            _ => None,
        }
    }

    #[test]
    fn every_colour_can_be_read_on_every_ground() {
        let themes = [("dark", [0x1e; 3], [0xcc; 3]), ("light", [0xff; 3], [0x26; 3])];
        for (name, ground, text) in themes {
            let theme = Theme::load(name, Depth::True).unwrap();
            let laid = [Role::Current, Role::Counterpart].map(|role| channels(theme.style(role).bg).unwrap());
            for &role in Role::ALL {
                let style = theme.style(role);
                let over = channels(style.bg);
                let ink = channels(style.fg).unwrap_or(text);
                // A rule and the overview's line carry no words; all else has to reach level AA.
                let least = if matches!(role, Role::Strip) { 1.3 } else { 4.5 };
                let inside = matches!(role, Role::Text | Role::Diverging | Role::Differing | Role::Furniture);
                let grounds = over.map_or_else(|| vec![ground], |over| vec![over]).into_iter();
                for ground in grounds.chain(laid.iter().copied().filter(|_| inside)) {
                    let found = contrast(ink, ground);
                    assert!(found >= least, "{name}: {} has {found:.1} on {ground:?}", role.name());
                }
            }
        }
    }

    #[test]
    fn no_theme_shows_divergence_in_red_or_green() {
        for name in ["dark", "light"] {
            let Some(Color::Rgb(red, green, blue)) = Theme::load(name, Depth::True).unwrap().style(Role::Diverging).fg
            else {
                panic!("{name} gives diverging words no colour");
            };
            assert!(red > green && green > blue, "{name}: not an orange");
        }
    }

    #[test]
    fn colours_come_down_to_256() {
        assert_eq!(nearest([255, 255, 255]), 231);
        assert_eq!(nearest([0x30, 0x30, 0x30]), 236);
    }
}
