//! Which theme and which signs the terminal can show: asked of the settings, the environment and the terminal itself.

use std::env;
use std::time::Duration;

use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use super::glyphs::{ASCII, Glyphs, UNICODE};
use super::theme::{Depth, Theme, ThemeError};
use crate::config;

/// How long a terminal may take to say whether its ground is dark; most answer within a millisecond.
const PATIENCE: Duration = Duration::from_millis(150);

/// What the environment says about colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Environment {
    no_color: bool,
    colorterm: String,
    term: String,
}

/// The theme to draw with. Must be asked for before the terminal's input is read: a terminal answers through it.
///
/// # Errors
/// [`ThemeError`], never of a shipped theme.
pub fn choose(wanted: config::Theme) -> Result<Theme, ThemeError> {
    let variable = |name: &str| env::var(name).unwrap_or_default();
    let environment = Environment {
        no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
        colorterm: variable("COLORTERM"),
        term: variable("TERM"),
    };
    let depth = depth(&environment);
    let name = match wanted {
        config::Theme::Dark => "dark",
        config::Theme::Light => "light",
        config::Theme::Ansi => "ansi",
        config::Theme::None => "none",
        config::Theme::Auto if depth < Depth::Indexed => "ansi",
        config::Theme::Auto => ground(),
    };
    Theme::load(name, depth)
}

/// The theme for the terminal's ground; without grounds of its own where the terminal does not say.
fn ground() -> &'static str {
    let mut options = QueryOptions::default();
    options.timeout = PATIENCE;
    match theme_mode(options) {
        Ok(ThemeMode::Dark) => "dark",
        Ok(ThemeMode::Light) => "light",
        Err(_) => "ansi",
    }
}

fn depth(environment: &Environment) -> Depth {
    if environment.no_color {
        Depth::Mono
    } else if matches!(environment.colorterm.as_str(), "truecolor" | "24bit") || environment.term.ends_with("-direct") {
        Depth::True
    } else if environment.term.contains("256") {
        Depth::Indexed
    } else {
        Depth::Sixteen
    }
}

/// The signs to draw with: ASCII where it is wanted or the locale has no Unicode.
pub fn glyphs(ascii: bool) -> Glyphs {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(|name| env::var(name).ok())
        .find(|value| !value.is_empty());
    if ascii || !shows_unicode(locale.as_deref()) { ASCII } else { UNICODE }
}

/// Without a locale most terminals of today show Unicode; one that names another charset does not.
fn shows_unicode(locale: Option<&str>) -> bool {
    let Some(locale) = locale else { return true };
    let locale = locale.to_ascii_lowercase();
    cfg!(windows)
        || locale.contains("utf-8")
        || locale.contains("utf8")
        || !locale.contains('.') && locale != "c" && locale != "posix"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth_of(no_color: bool, colorterm: &str, term: &str) -> Depth {
        depth(&Environment { no_color, colorterm: colorterm.to_owned(), term: term.to_owned() })
    }

    #[test]
    fn the_environment_says_how_many_colours_there_are() {
        assert_eq!(depth_of(true, "truecolor", "xterm-256color"), Depth::Mono);
        assert_eq!(depth_of(false, "truecolor", "xterm"), Depth::True);
        assert_eq!(depth_of(false, "", "tmux-256color"), Depth::Indexed);
        assert_eq!(depth_of(false, "", "linux"), Depth::Sixteen);
    }

    #[test]
    fn a_locale_without_unicode_gets_ascii_signs() {
        let shown = [
            Some("en_GB.UTF-8"),
            Some("C.utf8"),
            Some("de_DE.ISO-8859-1"),
            Some("C"),
            Some("POSIX"),
            Some("en_US"),
            None,
        ];
        assert_eq!(shown.map(shows_unicode), [true, true, false, false, false, true, true]);
    }
}
