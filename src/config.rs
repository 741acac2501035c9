//! Settings: those of `data/default.toml`, patched by the reader's `config.toml`.
//!
//! Must never guess: a key that is not known is an error that names the file, the line and the keys there are. Invariant:
//! every setting is documented by the default file, and has the value that is said there.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use directories::{BaseDirs, ProjectDirs};
use serde::Deserialize;
use toml::Spanned;

use crate::source::Limits;
use crate::source::list::line_at;

/// The judgements that are offered where the reader names no others.
const VERDICTS: [&str; 8] =
    ["open", "supported", "mostly supported", "needs context", "disputed", "unsupported", "false", "unverifiable"];

/// The settings in force.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// The reader's name on notes.
    pub author: Option<String>,
    /// The notes file; `None` for [`default_notes`].
    pub notes: Option<PathBuf>,
    /// The judgements that are offered, in order.
    pub verdicts: Vec<String>,
    /// Which colours.
    pub theme: Theme,
    /// Whether borders and marks are ASCII.
    pub ascii: bool,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// Bounds on what sources may be.
    pub limits: Limits,
    /// The `[keys]` tables, those of the reader's file laid over the default ones; the reader's keymap reads them.
    pub keys: toml::Table,
    /// Where the reader's own file says what about keys.
    pub key_lines: KeyLines,
}

/// The lines of a settings file on which keys are bound.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct KeyLines {
    file: PathBuf,
    /// By table, and by name within it; an empty name is the table itself.
    lines: BTreeMap<(String, String), usize>,
}

impl KeyLines {
    fn find(content: &str, file: &Path) -> Self {
        let mut lines = BTreeMap::new();
        let line = |at| line_at(content, at);
        // What is no table was refused before, or is refused by the keymap.
        if let Ok(whole) = toml::de::DeTable::parse(content)
            && let Some(keys) = whole.get_ref().get("keys").and_then(|keys| keys.get_ref().as_table())
        {
            for (table, names) in keys {
                lines.insert((table.get_ref().to_string(), String::new()), line(table.span().start));
                for (name, _) in names.get_ref().as_table().into_iter().flatten() {
                    lines.insert((table.get_ref().to_string(), name.get_ref().to_string()), line(name.span().start));
                }
            }
        }
        Self { file: file.to_owned(), lines }
    }

    /// The file and the line on which a name is bound in a table; an empty name is the table itself.
    pub fn place(&self, table: &str, name: &str) -> Option<String> {
        let line = self.lines.get(&(table.to_owned(), name.to_owned()))?;
        Some(format!("{}, line {line}", self.file.display()))
    }
}

/// Which colours are used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// As the terminal answers.
    Auto,
    /// For a dark background.
    Dark,
    /// For a light background.
    Light,
    /// The terminal's sixteen colours.
    Ansi,
    /// None.
    None,
}

/// Why the settings cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file says something that is not known.
    #[error("{path}: {problem}")]
    Content {
        /// The file.
        path: PathBuf,
        /// Line, column, what is wrong and what is allowed.
        problem: String,
    },
    /// The file cannot be read.
    #[error("{path}: cannot be read: {source}")]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// A settings file: every key may be missing.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    author: Option<String>,
    notes: Option<String>,
    verdicts: Option<Spanned<Vec<Spanned<String>>>>,
    theme: Option<Theme>,
    ascii: Option<bool>,
    mouse: Option<bool>,
    limits: Option<Limits>,
    keys: Option<toml::Table>,
}

impl Config {
    /// The settings of the default file alone. That is not read for them, which would hold up the first screen; a test holds that
    /// it says the same.
    pub fn shipped() -> Self {
        Self {
            author: None,
            notes: None,
            verdicts: VERDICTS.map(str::to_owned).to_vec(),
            theme: Theme::Auto,
            ascii: false,
            mouse: false,
            limits: Limits::default(),
            keys: toml::Table::new(),
            key_lines: KeyLines::default(),
        }
    }

    /// The default settings patched by `file`, or by the reader's `config.toml` where there is one.
    ///
    /// # Errors
    /// [`ConfigError`] when a file that was named is missing, or one cannot be read or understood.
    pub fn load(file: Option<&Path>) -> Result<Self, ConfigError> {
        let (path, must_exist) = match (file, default_file()) {
            (Some(file), _) => (file.to_owned(), true),
            (None, Some(file)) => (file, false),
            (None, None) => return Ok(Self::shipped()),
        };
        match std::fs::read_to_string(&path) {
            Ok(content) => Self::parse(&content, &path),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && !must_exist => Ok(Self::shipped()),
            Err(source) => Err(ConfigError::Disk { path, source }),
        }
    }

    /// The default settings patched by the content of the file at `path`.
    ///
    /// # Errors
    /// [`ConfigError::Content`].
    pub fn parse(content: &str, path: &Path) -> Result<Self, ConfigError> {
        let wrong = |problem: String| ConfigError::Content { path: path.to_owned(), problem };
        let patch: Patch = toml::from_str(content).map_err(|error| wrong(error.to_string()))?;
        if let Some((at, problem)) = patch.verdicts.as_ref().and_then(wrong_verdicts) {
            return Err(wrong(format!("line {}: {problem}", line_at(content, at))));
        }
        let mut config = Self::shipped();
        config.apply(patch, path.parent().unwrap_or(Path::new("")));
        config.key_lines = KeyLines::find(content, path);
        Ok(config)
    }

    /// The notes file: the one asked for, else that of the settings, else the platform's; `None` where the platform has no
    /// home folder.
    pub fn notes_file(&self, asked: Option<&Path>) -> Option<PathBuf> {
        asked.map(Path::to_owned).or_else(|| self.notes.clone()).or_else(default_notes)
    }

    fn apply(&mut self, patch: Patch, folder: &Path) {
        if let Some(author) = patch.author {
            self.author = Some(author).filter(|author| !author.is_empty());
        }
        if let Some(notes) = patch.notes {
            self.notes = Some(notes).filter(|notes| !notes.is_empty()).map(|notes| from_home(&notes, folder));
        }
        if let Some(verdicts) = patch.verdicts {
            self.verdicts = verdicts.into_inner().into_iter().map(Spanned::into_inner).collect();
        }
        self.theme = patch.theme.unwrap_or(self.theme);
        self.ascii = patch.ascii.unwrap_or(self.ascii);
        self.mouse = patch.mouse.unwrap_or(self.mouse);
        self.limits = patch.limits.unwrap_or(self.limits);
        lay_over(&mut self.keys, patch.keys.unwrap_or_default());
    }
}

/// What is wrong with a list of verdicts, and at which byte of the file.
fn wrong_verdicts(verdicts: &Spanned<Vec<Spanned<String>>>) -> Option<(usize, String)> {
    let words = verdicts.get_ref();
    if words.is_empty() {
        let problem = "`verdicts` is empty: name the words to choose from, or leave it out for those of the program";
        return Some((verdicts.span().start, problem.to_owned()));
    }
    words.iter().enumerate().find_map(|(at, word)| {
        let said = word.get_ref();
        let problem = if said.trim().is_empty() {
            "`verdicts` holds an empty word".to_owned()
        } else if words[..at].iter().any(|before| before.get_ref() == said) {
            format!("`verdicts` holds “{said}” twice")
        } else {
            return None;
        };
        Some((word.span().start, problem))
    })
}

/// The reader's settings file, whether it is there or not.
pub fn default_file() -> Option<PathBuf> {
    project().map(|project| project.config_dir().join("config.toml"))
}

/// The notes file of the platform's data folder.
pub fn default_notes() -> Option<PathBuf> {
    project().map(|project| project.data_dir().join("notes.jsonld"))
}

fn project() -> Option<ProjectDirs> {
    ProjectDirs::from("", "", "crossread")
}

fn from_home(path: &str, folder: &Path) -> PathBuf {
    match (path.strip_prefix("~/"), BaseDirs::new()) {
        (Some(rest), Some(dirs)) => dirs.home_dir().join(rest),
        _ => folder.join(path),
    }
}

fn lay_over(under: &mut toml::Table, over: toml::Table) {
    for (name, value) in over {
        match (under.get_mut(&name), value) {
            (Some(toml::Value::Table(under)), toml::Value::Table(over)) => lay_over(under, over),
            (_, value) => {
                under.insert(name, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: &str = include_str!("../data/default.toml");

    fn parse(content: &str) -> Result<Config, String> {
        Config::parse(content, Path::new("/home/r/config.toml")).map_err(|error| error.to_string())
    }

    #[test]
    fn the_default_file_gives_every_setting_as_it_is_shipped() {
        let patch: Patch = toml::from_str(DEFAULT).unwrap();
        assert!(patch.author.is_some() && patch.notes.is_some() && patch.verdicts.is_some() && patch.theme.is_some());
        assert_eq!(patch.limits, Some(Limits::default()));
        assert!(patch.ascii.is_some() && patch.mouse.is_some() && patch.keys.is_some());
        let mut read =
            Config { verdicts: Vec::new(), mouse: true, ascii: true, theme: Theme::None, ..Config::shipped() };
        read.apply(patch, Path::new(""));
        assert_eq!(read, Config::shipped());
    }

    #[test]
    fn a_file_changes_what_it_names_and_nothing_else() {
        let config = parse("author = \"R. Okafor\"\ntheme = \"light\"\nnotes = \"mine.jsonld\"").unwrap();
        assert_eq!(config.author.as_deref(), Some("R. Okafor"));
        assert_eq!(config.notes, Some("/home/r/mine.jsonld".into()));
        assert_eq!(config.theme, Theme::Light);
        assert_eq!(config.verdicts, Config::shipped().verdicts);
    }

    #[test]
    fn errors_name_the_file_the_line_and_what_is_allowed() {
        let error = parse("ascii = true\ncolour = \"red\"").unwrap_err();
        for part in ["/home/r/config.toml", "line 2", "colour", "author", "theme", "verdicts"] {
            assert!(error.contains(part), "{part} is missing: {error}");
        }
        let error = parse("theme = \"pink\"").unwrap_err();
        assert!(error.contains("line 1") && error.contains("ansi"), "{error}");
    }

    #[test]
    fn verdicts_that_nobody_can_choose_from_are_refused_with_their_line() {
        let said = |verdicts: &str| parse(&format!("ascii = true\nverdicts = [{verdicts}]")).unwrap_err();
        assert!(said("\"a\", \"a\"").contains("line 2: `verdicts` holds “a” twice"));
        assert!(said("\"a\",\n\n \" \"").contains("line 4: `verdicts` holds an empty word"));
        assert!(said("").contains("line 2: `verdicts` is empty"));
        assert_eq!(parse("verdicts = [\"a\", \"b\"]").unwrap().verdicts, ["a", "b"]);
    }

    #[test]
    fn what_is_said_about_keys_has_its_line() {
        let config =
            parse("theme = \"dark\"\n[keys.reading]\n# Down.\nrow-down = [\"k\"]\n\n[keys.list]\nclose = []").unwrap();
        let place = |table, name| config.key_lines.place(table, name);
        assert_eq!(place("reading", "row-down").as_deref(), Some("/home/r/config.toml, line 4"));
        assert_eq!(place("list", "").as_deref(), Some("/home/r/config.toml, line 6"));
        assert_eq!(place("list", "row-down"), None);
    }

    #[test]
    fn key_tables_are_laid_over_the_default_ones() {
        let mut under: toml::Table = toml::from_str("[reader]\nquit = \"q\"\nhelp = \"?\"").unwrap();
        lay_over(&mut under, toml::from_str("[reader]\nquit = \"x\"\n[notes]\nadd = \"n\"").unwrap());
        let expected = "[reader]\nquit = \"x\"\nhelp = \"?\"\n[notes]\nadd = \"n\"";
        assert_eq!(under, toml::from_str(expected).unwrap());
    }

    #[test]
    fn a_named_file_must_be_there() {
        assert!(matches!(Config::load(Some(Path::new("/nowhere/config.toml"))), Err(ConfigError::Disk { .. })));
    }
}
