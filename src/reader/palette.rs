//! Which theme and which signs the terminal can show, by the settings, the environment and what the terminal says.

use std::env;

use super::glyphs::{ASCII, Glyphs, UNICODE};
use super::ground::Ground;
use super::theme::{Depth, Theme, ThemeError};
use crate::config;

/// What the environment says about colours.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Environment {
    no_color: bool,
    colorterm: String,
    term: String,
}

impl Environment {
    fn found() -> Self {
        let variable = |name: &str| env::var(name).unwrap_or_default();
        Self {
            no_color: env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
            colorterm: variable("COLORTERM"),
            term: variable("TERM"),
        }
    }
}

/// Whether the theme depends on the terminal's ground, and the terminal is one that can be asked about it.
pub fn depends_on_ground(wanted: config::Theme) -> bool {
    let environment = Environment::found();
    // GNU screen asks the terminal around it, which may be several or none.
    let mute = environment.term == "screen" || environment.term.starts_with("screen.") || environment.term == "Eterm";
    cfg!(unix) && wanted == config::Theme::Auto && depth(&environment) >= Depth::Indexed && !mute
}

/// The theme to draw with, on a ground that the terminal has told, or has not.
///
/// # Errors
/// [`ThemeError`], never of a shipped theme.
pub fn choose(wanted: config::Theme, ground: Option<Ground>) -> Result<Theme, ThemeError> {
    let depth = depth(&Environment::found());
    let name = match wanted {
        config::Theme::Dark => "dark",
        config::Theme::Light => "light",
        config::Theme::Ansi => "ansi",
        config::Theme::None => "none",
        config::Theme::Auto if depth < Depth::Indexed => "ansi",
        config::Theme::Auto => match ground {
            Some(Ground::Dark) => "dark",
            Some(Ground::Light) => "light",
            // It has no grounds of its own.
            None => "ansi",
        },
    };
    Theme::load(name, depth)
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
