//! One press of a key, and how it is written: in the keymap, in the help and in tests.
//!
//! Must never know what a key does. Invariant: a press written with [`KeyPress`]'s `Display` is parsed back to itself.

use std::fmt;
use std::str::FromStr;

/// What was pressed, without the keys held down with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum KeyCode {
    /// A character, upper case where Shift made it so.
    Char(char),
    /// A function key, from 1.
    Function(u8),
    /// A key with a name of its own.
    Named(NamedKey),
}

macro_rules! named_keys {
    ($($(#[$doc:meta])* $variant:ident = $word:literal as $label:literal),* $(,)?) => {
        /// A key with a name of its own.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[expect(missing_docs, reason = "each is the key of that name")]
        pub enum NamedKey { $($(#[$doc])* $variant),* }

        impl NamedKey {
            /// The word in the keymap.
            fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The word on the screen.
            fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

named_keys! {
    Enter = "enter" as "Enter",
    Escape = "esc" as "Esc",
    Tab = "tab" as "Tab",
    BackTab = "backtab" as "Shift-Tab",
    Backspace = "backspace" as "Backspace",
    Delete = "delete" as "Del",
    Insert = "insert" as "Ins",
    Up = "up" as "↑",
    Down = "down" as "↓",
    Left = "left" as "←",
    Right = "right" as "→",
    Home = "home" as "Home",
    End = "end" as "End",
    PageUp = "pageup" as "PgUp",
    PageDown = "pagedown" as "PgDn",
}

/// One press of a key with the keys held down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct KeyPress {
    /// The key.
    pub code: KeyCode,
    /// Whether Control was held.
    pub control: bool,
    /// Whether Alt (Meta, Option) was held.
    pub alt: bool,
    /// Whether Shift was held; never true of a character, which is upper case instead.
    pub shift: bool,
}

impl KeyPress {
    /// A key by itself.
    pub fn plain(code: KeyCode) -> Self {
        Self { code, control: false, alt: false, shift: false }
    }

    /// The character that this press types, where it types one.
    pub fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(c) if !self.control && !self.alt => Some(c),
            _ => None,
        }
    }

    /// The press as the help shows it: short, with arrows as arrows.
    pub fn label(self) -> String {
        let mut label = String::new();
        if self.control {
            label.push('^');
        }
        if self.alt {
            label.push_str("Alt-");
        }
        if self.shift {
            label.push_str("Shift-");
        }
        match self.code {
            KeyCode::Char(' ') => label.push_str("Space"),
            KeyCode::Char(c) if self.control => label.extend(c.to_uppercase()),
            KeyCode::Char(c) => label.push(c),
            KeyCode::Function(number) => label.push_str(&format!("F{number}")),
            KeyCode::Named(key) => label.push_str(key.label()),
        }
        label
    }
}

impl fmt::Display for KeyPress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, word) in [(self.control, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if held {
                f.write_str(word)?;
            }
        }
        match self.code {
            KeyCode::Char(' ') => f.write_str("space"),
            KeyCode::Char(c) => write!(f, "{c}"),
            KeyCode::Function(number) => write!(f, "f{number}"),
            KeyCode::Named(key) => f.write_str(key.word()),
        }
    }
}

/// A word that names no key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no key")]
pub struct UnknownKey(pub String);

impl FromStr for KeyPress {
    type Err = UnknownKey;

    fn from_str(word: &str) -> Result<Self, UnknownKey> {
        let mut press = Self::plain(KeyCode::Char(' '));
        let mut rest = word;
        loop {
            let held = [("ctrl-", &mut press.control), ("alt-", &mut press.alt), ("shift-", &mut press.shift)];
            let found = held.into_iter().find_map(|(prefix, flag)| {
                let rest = rest.strip_prefix(prefix).filter(|rest| !rest.is_empty())?;
                *flag = true;
                Some(rest)
            });
            match found {
                Some(shorter) => rest = shorter,
                None => break,
            }
        }
        press.code = code(rest).ok_or_else(|| UnknownKey(word.to_owned()))?;
        Ok(press)
    }
}

fn code(word: &str) -> Option<KeyCode> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if !c.is_control() && !c.is_whitespace() => return Some(KeyCode::Char(c)),
        _ => {}
    }
    if word == "space" {
        return Some(KeyCode::Char(' '));
    }
    if let Some(number) = word.strip_prefix('f').and_then(|number| number.parse().ok()).filter(|n| (1..=24).contains(n))
    {
        return Some(KeyCode::Function(number));
    }
    NamedKey::parse(word).map(KeyCode::Named)
}

/// Presses written one after another with spaces between.
///
/// # Errors
/// The first word that names no key.
pub fn sequence(words: &str) -> Result<Vec<KeyPress>, UnknownKey> {
    let presses: Vec<KeyPress> = words.split_whitespace().map(str::parse).collect::<Result<_, _>>()?;
    if presses.is_empty() { Err(UnknownKey(words.to_owned())) } else { Ok(presses) }
}

/// Presses written as they are typed: characters, and names in angle brackets (`jj]c<tab>/bridge<enter>`). A `<` that no
/// name in small letters follows stands for itself.
///
/// # Errors
/// The first name in angle brackets that names no key.
pub fn typed(keys: &str) -> Result<Vec<KeyPress>, UnknownKey> {
    let is_name =
        |name: &str| !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let mut presses = Vec::new();
    let mut rest = keys;
    while let Some(c) = rest.chars().next() {
        let name = rest.strip_prefix('<').and_then(|rest| rest.split_once('>')).filter(|(name, _)| is_name(name));
        if let Some((name, after)) = name {
            presses.push(name.parse()?);
            rest = after;
        } else {
            presses.push(KeyPress::plain(KeyCode::Char(c)));
            rest = &rest[c.len_utf8()..];
        }
    }
    Ok(presses)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_written_as_they_are_read() {
        for word in
            ["j", "G", "ctrl-d", "alt-j", "space", "esc", "backtab", "f1", "]", "shift-up", "ctrl-alt-x", "-", "ctrl--"]
        {
            let press: KeyPress = word.parse().unwrap();
            assert_eq!(press.to_string(), word);
        }
    }

    #[test]
    fn a_word_that_is_no_key_is_named() {
        assert_eq!(sequence("] cc").unwrap_err().to_string(), "“cc” is no key");
        assert!(sequence("").is_err());
        assert!("f99".parse::<KeyPress>().is_err());
    }

    #[test]
    fn keys_are_typed_as_characters_and_names_in_angle_brackets() {
        let words = |keys| typed(keys).map(|presses| presses.iter().map(KeyPress::to_string).collect::<Vec<_>>());
        assert_eq!(words("j]c<tab><ctrl-w>l").unwrap(), ["j", "]", "c", "tab", "ctrl-w", "l"]);
        assert_eq!(words("><H é").unwrap(), [">", "<", "H", "space", "é"]);
        assert_eq!(words("<entr>").unwrap_err(), UnknownKey("entr".to_owned()));
    }

    #[test]
    fn labels_are_short() {
        let labels: Vec<String> = ["ctrl-d", "alt-j", "down", "space", "backtab"]
            .iter()
            .map(|w| w.parse::<KeyPress>().unwrap().label())
            .collect();
        assert_eq!(labels, ["^D", "Alt-j", "↓", "Space", "Shift-Tab"]);
    }
}
