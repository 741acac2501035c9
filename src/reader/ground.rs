//! Whether the terminal's ground is dark: the question, and its answer among the keys.
//!
//! An answer comes the way keys come, whenever the terminal likes, so it is taken out of the events for as long as the program
//! runs. Must never lose a key, nor let an answer pass for keys. Invariant: what is held back is the beginning of an answer.

use ratatui::crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

/// The question for the ground's colour (xterm's control sequences, OSC 11). It ends with BEL, as the answers of most terminals
/// then do.
pub const QUESTION: &str = "\x1b]11;?\x07";

/// What an answer begins with, after its introducer.
const BEGINNING: &str = "11;";

/// Longest answer, in characters: the introducer, `11;rgba:` and four channels of four digits.
const LONGEST: usize = 32;

/// A terminal's ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on it.
    Dark,
    /// Dark letters on it.
    Light,
}

/// Takes answers out of the events.
#[derive(Debug, Default)]
pub struct Listener {
    /// Events that may be the beginning of an answer.
    held: Vec<Event>,
    /// An answer ended with a lone escape: the backslash that belongs to it is still to come.
    tail: bool,
}

impl Listener {
    /// The events without answers, and the answer where one is complete.
    pub fn sift(&mut self, events: Vec<Event>) -> (Vec<Event>, Option<Ground>) {
        let (mut keys, mut ground) = (Vec::with_capacity(events.len()), None);
        for event in events {
            let Some(key) = key(&event) else {
                keys.append(&mut self.held);
                keys.push(event);
                continue;
            };
            if std::mem::take(&mut self.tail) && key.code == KeyCode::Char('\\') {
                continue;
            }
            if let Some(said) = self.ended(key) {
                self.tail = key.code == KeyCode::Esc;
                self.held.clear();
                ground = said.or(ground);
                continue;
            }
            if !self.goes_on(key) {
                keys.append(&mut self.held);
            }
            if !self.held.is_empty() || is_alt(key, ']') {
                self.held.push(event);
            } else {
                keys.push(event);
            }
        }
        (keys, ground)
    }

    /// Nothing more came: what looked like the beginning of an answer was typed.
    pub fn release(&mut self) -> Vec<Event> {
        std::mem::take(&mut self.held)
    }

    /// Whether the key goes on with what is held.
    fn goes_on(&self, key: KeyEvent) -> bool {
        let KeyCode::Char(c) = key.code else { return false };
        let plain = (key.modifiers - KeyModifiers::SHIFT).is_empty();
        let fits = match BEGINNING.chars().nth(self.held.len().wrapping_sub(1)) {
            Some(expected) => c == expected,
            None => c.is_ascii_hexdigit() || "rgba:/#".contains(c),
        };
        !self.held.is_empty() && self.held.len() < LONGEST && plain && fits
    }

    /// What the answer says that this key ends; `None` where there is none to end.
    fn ended(&self, key: KeyEvent) -> Option<Option<Ground>> {
        let bell = key.code == KeyCode::Char('g') && key.modifiers == KeyModifiers::CONTROL;
        if self.held.len() <= BEGINNING.len() || !(bell || is_alt(key, '\\') || key.code == KeyCode::Esc) {
            return None;
        }
        let character = |event: &Event| match key_code(event)? {
            KeyCode::Char(c) => Some(c),
            _ => None,
        };
        let said: String = self.held.iter().skip(1 + BEGINNING.len()).filter_map(character).collect();
        Some(ground(&said))
    }
}

fn key(event: &Event) -> Option<KeyEvent> {
    if let Event::Key(key) = event { Some(*key) } else { None }
}

fn key_code(event: &Event) -> Option<KeyCode> {
    key(event).map(|key| key.code)
}

fn is_alt(key: KeyEvent, c: char) -> bool {
    key.code == KeyCode::Char(c) && key.modifiers == KeyModifiers::ALT
}

/// The ground of a colour as X writes it: `rgb:RRRR/GGGG/BBBB` with one to four digits each, `rgba:` with a fourth part, or
/// `#RRGGBB`.
fn ground(colour: &str) -> Option<Ground> {
    let part = |digits: &str| {
        let most = 16_u32.checked_pow(u32::try_from(digits.len()).ok()?)?.checked_sub(1).filter(|most| *most > 0)?;
        Some(f64::from(u32::from_str_radix(digits, 16).ok()?) / f64::from(most))
    };
    let parts: Vec<&str> = match colour.strip_prefix('#') {
        Some(digits) => {
            let length = digits.len() / 3;
            [0, 1, 2].iter().map(|at| digits.get(at * length..(at + 1) * length)).collect::<Option<_>>()?
        }
        None => colour.strip_prefix("rgba:").or_else(|| colour.strip_prefix("rgb:"))?.split('/').collect(),
    };
    let [red, green, blue] = [*parts.first()?, *parts.get(1)?, *parts.get(2)?].map(part);
    // Relative luminance (WCAG 2.2); the grey half way between black and white to the eye has 0.18 of it.
    let linear = |part: f64| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) };
    let luminance = 0.2126 * linear(red?) + 0.7152 * linear(green?) + 0.0722 * linear(blue?);
    Some(if luminance > 0.18 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The events that a terminal's bytes come as.
    fn events(bytes: &str) -> Vec<Event> {
        let mut events = Vec::new();
        let mut rest = bytes.chars();
        while let Some(c) = rest.next() {
            let (code, modifiers) = match c {
                '\u{1b}' => match rest.next() {
                    Some(c) => (KeyCode::Char(c), KeyModifiers::ALT),
                    None => (KeyCode::Esc, KeyModifiers::NONE),
                },
                '\u{7}' => (KeyCode::Char('g'), KeyModifiers::CONTROL),
                c => (KeyCode::Char(c), if c.is_uppercase() { KeyModifiers::SHIFT } else { KeyModifiers::NONE }),
            };
            events.push(Event::Key(KeyEvent::new(code, modifiers)));
        }
        events
    }

    #[test]
    fn an_answer_is_taken_out_and_every_key_is_kept() {
        for (bytes, keys, ground) in [
            ("\u{1b}]11;rgb:1e1e/1E1E/1e1e\u{7}", "", Some(Ground::Dark)),
            ("j\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\nn", "jnn", Some(Ground::Light)),
            ("\u{1b}]11;rgba:0/0/0/ff\u{7}q", "q", Some(Ground::Dark)),
            ("\u{1b}]11;#fdf6e3\u{7}", "", Some(Ground::Light)),
            ("\u{1b}]11;rgb:f/f/f\u{1b}", "", Some(Ground::Light)),
            ("jk11;rgb:0/0/0", "jk11;rgb:0/0/0", None),
            ("\u{1b}]12", "\u{1b}]12", None),
            ("\u{1b}]\u{1b}]11;rgb:0/0/0\u{7}", "\u{1b}]", Some(Ground::Dark)),
            ("\u{1b}]11;gggg/\u{7}x", "x", None),
            ("\u{7}\u{1b}\\", "\u{7}\u{1b}\\", None),
        ] {
            let mut listener = Listener::default();
            let (kept, said) = listener.sift(events(bytes));
            assert_eq!((kept, said), (events(keys), ground), "{bytes:?}");
            assert!(listener.release().is_empty());
        }
    }

    #[test]
    fn an_answer_may_come_in_pieces_and_what_is_none_is_given_back() {
        let mut listener = Listener::default();
        assert_eq!(listener.sift(events("a\u{1b}]11;rg")), (events("a"), None));
        assert_eq!(listener.sift(events("b:ff/ff/ff\u{1b}")), (Vec::new(), Some(Ground::Light)));
        assert_eq!(listener.sift(events("\\b")), (events("b"), None));
        assert_eq!(listener.sift(events("\u{1b}]")), (Vec::new(), None));
        assert_eq!(listener.release(), events("\u{1b}]"));
        let endless = format!("\u{1b}]11;{}", "f".repeat(100));
        assert_eq!(listener.sift(events(&endless)), (events(&endless), None));
    }
}
