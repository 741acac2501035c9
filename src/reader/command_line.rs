//! What can be typed after `:`: its words, what they take, and how they are completed.
//!
//! Must never change the state or look at a disk. Invariant: everything that is offered is understood, and what is not
//! understood is answered with what is.

use std::path::PathBuf;

use super::command::Command;
use super::layout::PanelSize;
use super::state::filter::{Filter, Rest};
use super::state::panes::Scrolling;
use crate::config::Theme;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Nothing: it is empty.
    Nothing,
    /// A command, as a key would.
    Command(Command),
    /// A row of the text, from 1; the last one where it has fewer.
    Row(u32),
    /// So far down the text.
    Percent(u32),
    /// Another source.
    Open(PathBuf),
    /// The notes as Markdown, into a file or into the one that is asked for.
    Export(Option<PathBuf>),
    /// Whether the notes are on disk.
    Write,
    /// A setting.
    Set(Setting),
    /// What the settings are.
    Settings,
}

/// One setting with its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// How the panes keep together.
    Scrolling(Scrolling),
    /// Which passages stand out.
    Filter(Filter),
    /// What becomes of the others.
    Rest(Rest),
    /// How much of the screen the passage panel takes.
    Panel(PanelSize),
    /// The most panes at once.
    Panes(u16),
    /// Whether the mouse is used.
    Mouse(bool),
    /// Which colours.
    Theme(Theme),
}

impl Setting {
    /// The words that set it so.
    pub fn written(self) -> String {
        if let Self::Panes(panes) = self {
            return format!("panes={panes}");
        }
        let all = SETTINGS.iter().flat_map(|(name, values)| values.iter().map(move |value| format!("{name}={value}")));
        all.into_iter().find(|written| setting(written) == Ok(self)).unwrap_or_default()
    }
}

/// What may stand in place of the word being typed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// The line before that word.
    pub before: String,
    /// The words.
    pub words: Vec<String>,
    /// What the only one of them does.
    pub help: Option<&'static str>,
}

/// What a word of the line takes after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Takes {
    Nothing,
    File,
    Setting,
}

/// What a word of the line does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Does {
    Command(Command),
    Open,
    Export,
    Write,
    Set,
}

/// One word with its other spellings.
struct Verb {
    name: &'static str,
    also: &'static [&'static str],
    takes: Takes,
    does: Does,
    help: &'static str,
}

/// The words of the line beside the names of the commands.
const VERBS: &[Verb] = &[
    verb("open", &["o", "e", "edit"], Takes::File, Does::Open, "FILE: another source beside these"),
    verb("set", &["se"], Takes::Setting, Does::Set, "NAME=VALUE: how the screen is; alone, what is set"),
    verb("export", &[], Takes::File, Does::Export, "FILE: the notes as Markdown"),
    verb("notes", &[], Takes::Nothing, Does::Command(Command::NotesList), "list all notes"),
    verb("claims", &[], Takes::Nothing, Does::Command(Command::Claims), "table of claims and sources"),
    verb("undo", &["u"], Takes::Nothing, Does::Command(Command::NoteUndo), "take the last change of the notes back"),
    verb(
        "source",
        &["file", "f", "ls"],
        Takes::Nothing,
        Does::Command(Command::SourceInfo),
        "what is known about this source",
    ),
    verb("write", &["w"], Takes::Nothing, Does::Write, "whether the notes are on disk"),
    verb("help", &["h"], Takes::Nothing, Does::Command(Command::Help), "the keys"),
    verb("quit", &["q", "q!", "qa", "wq", "x"], Takes::Nothing, Does::Command(Command::Quit), "quit"),
];

const fn verb(name: &'static str, also: &'static [&'static str], takes: Takes, does: Does, help: &'static str) -> Verb {
    Verb { name, also, takes, does, help }
}

/// The settings and the words for their values.
const SETTINGS: &[(&str, &[&str])] = &[
    ("filter", &["all", "diverging", "shared-by-all", "shared-by-some", "only-here", "noted"]),
    ("mouse", &["on", "off"]),
    ("panel", &["hidden", "third", "half"]),
    ("panes", &["1", "2", "3", "4", "5", "6", "7", "8"]),
    ("rest", &["dimmed", "folded"]),
    ("scrolling", &["aligned", "offset", "free"]),
    ("theme", &["dark", "light", "ansi", "none"]),
];

/// Commands that ask for a key, a number or something that only lists and dialogs have.
const NOT_TYPED: &[Command] = &[
    Command::Percent,
    Command::ListSort,
    Command::NoteGo,
    Command::NoteRemove,
    Command::SelectOtherEnd,
    Command::Editor,
    Command::FieldNext,
    Command::FieldPrevious,
    Command::Save,
    Command::Accept,
    Command::CommandLine,
    Command::Complete,
    Command::CompleteBack,
    Command::LineEarlier,
    Command::LineLater,
];

fn commands() -> impl Iterator<Item = Command> {
    Command::ALL.iter().copied().filter(|command| !NOT_TYPED.contains(command))
}

/// What a line asks for.
///
/// # Errors
/// What is wrong with it, and what is known instead.
pub fn parse(line: &str) -> Result<Line, String> {
    // The sign itself is easily typed twice.
    let line = line.trim_start_matches([':', ' ']).trim();
    if line.is_empty() {
        return Ok(Line::Nothing);
    }
    if let Some(place) = place(line) {
        return Ok(place);
    }
    let (word, rest) = line.split_once(char::is_whitespace).map_or((line, ""), |(word, rest)| (word, rest.trim()));
    let (does, takes) = meaning(word)?;
    if takes == Takes::Nothing && !rest.is_empty() {
        return Err(format!("“{word}” takes nothing after it"));
    }
    let file = || PathBuf::from(rest);
    Ok(match does {
        Does::Command(command) => Line::Command(command),
        Does::Open if rest.is_empty() => return Err("open which file? :open FILE".to_owned()),
        Does::Open => Line::Open(file()),
        Does::Export => Line::Export((!rest.is_empty()).then(file)),
        Does::Write => Line::Write,
        Does::Set if rest.is_empty() => Line::Settings,
        Does::Set => Line::Set(setting(rest)?),
    })
}

/// A number is a row, with % a part of the text, `$` its end.
fn place(line: &str) -> Option<Line> {
    match line.strip_suffix('%') {
        Some(percent) => percent.trim().parse().ok().map(Line::Percent),
        None if line == "$" => Some(Line::Row(u32::MAX)),
        None => line.parse().ok().map(Line::Row),
    }
}

/// What a word does: whole, in another spelling, or the beginning of one word alone.
fn meaning(word: &str) -> Result<(Does, Takes), String> {
    let of = |verb: &Verb| (verb.does, verb.takes);
    if let Some(verb) = VERBS.iter().find(|verb| verb.name == word || verb.also.contains(&word)) {
        return Ok(of(verb));
    }
    if let Some(command) = Command::parse(word).filter(|command| !NOT_TYPED.contains(command)) {
        return Ok((Does::Command(command), Takes::Nothing));
    }
    let beginning = words(word);
    match beginning.as_slice() {
        [only] => meaning(only),
        [] => Err(match nearest(word, &words("")) {
            Some(near) => format!("“{word}” is no command · did you mean {near}?"),
            None => format!("“{word}” is no command · {} … · Tab shows all", words("")[..6].join(", ")),
        }),
        // Of the words of the line's own, one may be meant before the commands' names.
        [first, ..] if VERBS.iter().filter(|verb| verb.name.starts_with(word)).count() == 1 => meaning(first),
        several => Err(format!("“{word}” may be {}", several.join(", "))),
    }
}

/// The words that begin like this, those of the line's own first.
fn words(beginning: &str) -> Vec<String> {
    let own = VERBS.iter().map(|verb| verb.name);
    let mut words: Vec<&str> = own.clone().filter(|name| name.starts_with(beginning)).collect();
    let mut others: Vec<&str> = commands()
        .map(Command::name)
        .filter(|name| name.starts_with(beginning) && !own.clone().any(|own| own == *name))
        .collect();
    others.sort_unstable();
    words.append(&mut others);
    words.into_iter().map(str::to_owned).collect()
}

/// The known word that differs least, where any is near.
fn nearest(word: &str, known: &[String]) -> Option<String> {
    let near = |known: &&String| {
        let ratio = similar::TextDiff::from_chars(word, known.as_str()).ratio();
        (ratio >= 0.7).then_some((ratio * 1000.0) as u32)
    };
    known.iter().filter(|known| near(known).is_some()).max_by_key(|known| near(known)).cloned()
}

fn setting(words: &str) -> Result<Setting, String> {
    let names = || SETTINGS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
    // As in other programs: `mouse` and `nomouse` for what is on or off.
    let words = match words {
        "mouse" => "mouse=on",
        "nomouse" => "mouse=off",
        words => words,
    };
    let (name, value) = words.split_once(['=', ' ', ':']).map_or((words, ""), |(name, value)| (name, value.trim()));
    let Some((_, values)) = SETTINGS.iter().find(|(known, _)| *known == name) else {
        return Err(format!("“{name}” is no setting · there are {}", names()));
    };
    let wrong = || format!("{name} is {}", values.join(", "));
    let at = values.iter().position(|known| *known == value);
    let setting = match name {
        "scrolling" => at.and_then(|at| Scrolling::ALL.get(at).copied()).map(Setting::Scrolling),
        "filter" => at.and_then(|at| Filter::ALL.get(at).copied()).map(Setting::Filter),
        "rest" => at.map(|at| Setting::Rest([Rest::Dimmed, Rest::Folded][at])),
        "panel" => at.map(|at| Setting::Panel([PanelSize::Hidden, PanelSize::Third, PanelSize::Half][at])),
        "panes" => value.parse().ok().filter(|panes| *panes > 0).map(Setting::Panes),
        "mouse" => at.map(|at| Setting::Mouse(at == 0)),
        _ => at.map(|at| Setting::Theme([Theme::Dark, Theme::Light, Theme::Ansi, Theme::None][at])),
    };
    setting.ok_or_else(wrong)
}

/// What may stand at the end of a line; `None` where that is a file's name.
pub fn offers(line: &str) -> Option<Offers> {
    let line = line.trim_start_matches([':', ' ']);
    let Some((word, rest)) = line.split_once(char::is_whitespace) else {
        let words = if place(line).is_some() { Vec::new() } else { words(line) };
        let help = match words.as_slice() {
            [only] => help(only),
            _ => None,
        };
        return Some(Offers { before: String::new(), words, help });
    };
    match meaning(word) {
        Ok((_, Takes::File)) => None,
        Ok((_, Takes::Setting)) => {
            let rest = rest.trim_start();
            Some(match rest.split_once('=') {
                Some((name, value)) => {
                    let values =
                        SETTINGS.iter().find(|(known, _)| *known == name).map_or(&[][..], |(_, values)| values);
                    let words = values.iter().filter(|known| known.starts_with(value));
                    Offers {
                        before: format!("{word} {name}="),
                        words: words.map(ToString::to_string).collect(),
                        help: None,
                    }
                }
                None => {
                    let names = SETTINGS.iter().map(|(name, _)| *name).filter(|name| name.starts_with(rest));
                    let words = names.map(|name| format!("{name}=")).collect();
                    Offers { before: format!("{word} "), words, help: None }
                }
            })
        }
        _ => Some(Offers::default()),
    }
}

/// The beginning of a file's name that ends a line, and the line before it; `None` where it takes no file.
pub fn file(line: &str) -> Option<(&str, &str)> {
    let start = line.trim_start_matches([':', ' ']);
    let word = start.split_whitespace().next()?;
    let rest = start[word.len()..].trim_start();
    let takes = start.len() > word.len() && matches!(meaning(word), Ok((_, Takes::File)));
    takes.then(|| line.split_at(line.len() - rest.len()))
}

/// Whether a space is wanted after a word that was completed.
pub fn takes_more(word: &str) -> bool {
    matches!(meaning(word), Ok((_, Takes::File | Takes::Setting)))
}

fn help(word: &str) -> Option<&'static str> {
    let verb = VERBS.iter().find(|verb| verb.name == word).map(|verb| verb.help);
    verb.or_else(|| Command::parse(word).map(Command::help))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_ask_for_what_they_say() {
        let cases = [
            ("", Line::Nothing),
            ("42", Line::Row(42)),
            (" 50% ", Line::Percent(50)),
            ("$", Line::Row(u32::MAX)),
            ("q", Line::Command(Command::Quit)),
            ("wq", Line::Command(Command::Quit)),
            (":q", Line::Command(Command::Quit)),
            ("notes", Line::Command(Command::NotesList)),
            ("panel-toggle", Line::Command(Command::PanelToggle)),
            ("zo", Line::Command(Command::Zoom)),
            ("open two words.txt", Line::Open("two words.txt".into())),
            ("e b.txt", Line::Open("b.txt".into())),
            ("export", Line::Export(None)),
            ("exp out.md", Line::Export(Some("out.md".into()))),
            ("w", Line::Write),
            ("set", Line::Settings),
            ("set scrolling=free", Line::Set(Setting::Scrolling(Scrolling::Free))),
            ("set filter only-here", Line::Set(Setting::Filter(Filter::OnlyHere))),
            ("se nomouse", Line::Set(Setting::Mouse(false))),
            ("set theme=light", Line::Set(Setting::Theme(Theme::Light))),
            ("set panes=3", Line::Set(Setting::Panes(3))),
        ];
        for (line, wanted) in cases {
            assert_eq!(parse(line), Ok(wanted), "{line}");
        }
    }

    #[test]
    fn what_is_not_understood_is_answered_with_what_is() {
        let cases = [
            ("opne", "did you mean open?"),
            ("xyzzy", "open, set, export, notes, claims, undo …"),
            ("panes", "“panes” may be panes-even, panes-fewer"),
            ("quit now", "takes nothing after it"),
            ("open", "open which file?"),
            ("set colour=red", "there are filter, mouse, panel, panes, rest, scrolling, theme"),
            ("set scrolling=wild", "scrolling is aligned, offset, free"),
            ("set panes=0", "panes is 1"),
        ];
        for (line, part) in cases {
            let said = parse(line).unwrap_err();
            assert!(said.contains(part), "{line}: {said}");
        }
    }

    #[test]
    fn a_setting_is_written_as_it_is_typed() {
        for (name, values) in SETTINGS {
            for value in *values {
                let Ok(Line::Set(setting)) = parse(&format!("set {name}={value}")) else { panic!("{name}={value}") };
                assert_eq!(setting.written(), format!("{name}={value}"));
            }
        }
        assert_eq!(Setting::Panes(12).written(), "panes=12");
    }

    #[test]
    fn everything_offered_is_understood() {
        for word in words("") {
            assert!(meaning(&word).is_ok(), "{word}");
            assert!(help(&word).is_some(), "{word}");
        }
        for (name, values) in SETTINGS {
            for value in *values {
                assert!(parse(&format!("set {name}={value}")).is_ok(), "{name}={value}");
            }
        }
    }

    #[test]
    fn the_word_being_typed_is_completed() {
        let words = |line| offers(line).map(|offers| (offers.before, offers.words.join(" ")));
        let said = |before: &str, words: &str| Some((before.to_owned(), words.to_owned()));
        assert_eq!(words("exp"), said("", "export"));
        assert_eq!(words("set s"), said("set ", "scrolling="));
        assert_eq!(words("set rest="), said("set rest=", "dimmed folded"));
        assert_eq!(words("open a"), None);
        assert_eq!(words("quit a"), said("", ""));
        assert_eq!(file("open  dir/na me"), Some(("open  ", "dir/na me")));
        assert_eq!(file("open"), None);
        assert_eq!(file("set a"), None);
    }
}
