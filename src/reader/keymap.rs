//! Which keys ask for which command, by mode: the shipped `keys.toml`, patched by the reader's own table.
//!
//! Must never look at the state. Invariant: within a mode no sequence is bound twice and none begins with another, so what
//! was pressed so far either fires, waits or means nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use super::command::Command;
use super::key::{KeyPress, sequence};
use crate::config::KeyLines;

/// The keymap shipped in the program; it documents itself.
pub const DEFAULT_KEYS: &str = include_str!("../../data/keys.toml");

/// Which keys are in force: what has the reader's attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// The panes.
    Reading,
    /// The panes, while something is being selected.
    Selecting,
    /// A list over the panes: notes, claims, help.
    List,
    /// A dialog with fields to fill in.
    Dialog,
    /// One line to type.
    Prompt,
}

impl Mode {
    /// All modes.
    pub const ALL: [Self; 5] = [Self::Reading, Self::Selecting, Self::List, Self::Dialog, Self::Prompt];

    /// The table's name in the keymap.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reading => "reading",
            Self::Selecting => "selecting",
            Self::List => "list",
            Self::Dialog => "dialog",
            Self::Prompt => "prompt",
        }
    }

    /// The mode of that name.
    fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.name() == name)
    }

    /// Whether digits are typed as a count in it, and not as themselves.
    pub fn counts(self) -> bool {
        matches!(self, Self::Reading | Self::Selecting | Self::List)
    }

    /// The commands that lead out of it.
    fn ways_out(self) -> &'static [Command] {
        match self {
            Self::Reading => &[Command::Quit, Command::Close],
            Self::Selecting => &[Command::Cancel, Command::Close, Command::Quit],
            Self::List | Self::Dialog => &[Command::Close, Command::Cancel],
            Self::Prompt => &[Command::Cancel],
        }
    }
}

/// The bindings of one mode, by what is pressed.
type Bindings = BTreeMap<Vec<KeyPress>, Command>;

/// All bindings in force.
#[derive(Debug, Clone)]
pub struct Keymap {
    modes: BTreeMap<Mode, Bindings>,
    /// The keys of every command in the order in which they are written.
    written: BTreeMap<(Mode, Command), Vec<Vec<KeyPress>>>,
}

/// What the presses so far mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// They ask for this.
    Command(Command),
    /// They begin something.
    Prefix,
    /// They mean nothing.
    Nothing,
}

/// Everything that is wrong with a keymap, one problem to a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", .0.join("\n"))]
pub struct KeymapError(pub Vec<String>);

impl Keymap {
    /// The shipped keymap with the reader's table laid over it: `keys.MODE.COMMAND = ["key", …]`, or `keys.COMMAND` for every
    /// mode that has the command.
    ///
    /// # Errors
    /// All problems at once: unknown modes, commands and keys, keys that two commands claim, keys that can never be pressed, and
    /// modes that nothing leaves.
    pub fn patched(patch: &toml::Table) -> Result<Self, KeymapError> {
        Self::patched_from(patch, &KeyLines::default())
    }

    /// The same, with every problem told by its line in the reader's file.
    ///
    /// # Errors
    /// All problems at once.
    pub fn patched_from(patch: &toml::Table, lines: &KeyLines) -> Result<Self, KeymapError> {
        let mut keys: Keys<'_> = shipped().collect();
        let mut problems = Problems { lines, said: Vec::new(), of_lines: BTreeSet::new() };
        if !patch.is_empty() {
            let known: Known = keys.keys().copied().collect();
            read(patch, &known, &mut keys, &mut problems);
        }
        let mut keymap = Self { modes: BTreeMap::new(), written: BTreeMap::new() };
        for ((mode, command), words) in &keys {
            for words in words {
                match sequence(words) {
                    Ok(presses) if mode.counts() && presses[0].typed().is_some_and(|c| ('1'..='9').contains(&c)) => {
                        let problem = format!(".{}: “{words}”: a digit is always a count", command.name());
                        problems.push((mode.name(), &[command.name()]), &problem);
                    }
                    Ok(presses) if !mode.counts() && presses[0].typed().is_some() => {
                        let problem = format!(".{}: “{words}” is a character that is typed there", command.name());
                        problems.push((mode.name(), &[command.name()]), &problem);
                    }
                    Ok(presses) => keymap.bind(*mode, presses, *command, &mut problems),
                    Err(unknown) => {
                        problems.push((mode.name(), &[command.name()]), &format!(".{}: {unknown}", command.name()))
                    }
                }
            }
        }
        for mode in Mode::ALL {
            keymap.need_a_way_out(mode, &mut problems);
        }
        if problems.said.is_empty() { Ok(keymap) } else { Err(KeymapError(problems.said)) }
    }

    fn bind(&mut self, mode: Mode, presses: Vec<KeyPress>, command: Command, problems: &mut Problems<'_>) {
        let bindings = self.modes.entry(mode).or_default();
        // Sequences that begin with this one stand together, right after it.
        let shorter = (1..presses.len()).find_map(|length| bindings.get_key_value(&presses[..length]));
        let from_this = (Bound::Included(&presses[..]), Bound::Unbounded);
        let longer =
            || bindings.range::<[KeyPress], _>(from_this).next().filter(|(other, _)| other.starts_with(&presses));
        let clash = shorter.or_else(longer);
        if let Some((other, theirs)) = clash {
            if *theirs == command && *other == presses {
                return;
            }
            let (mine, yours) = (written(&presses), written(other));
            let (name, theirs) = (command.name(), theirs.name());
            let problem = if mine == yours {
                format!(": “{mine}” is bound to both {theirs} and {name}")
            } else {
                format!(": “{mine}” ({name}) and “{yours}” ({theirs}) begin alike")
            };
            problems.push((mode.name(), &[name, theirs]), &problem);
        } else {
            self.written.entry((mode, command)).or_default().push(presses.clone());
            bindings.insert(presses, command);
        }
    }

    /// Who cannot leave a mode by a key would have to kill the program.
    fn need_a_way_out(&self, mode: Mode, problems: &mut Problems<'_>) {
        let ways = mode.ways_out();
        if ways.iter().any(|command| self.written.contains_key(&(mode, *command))) {
            return;
        }
        let names: Vec<&str> = ways.iter().map(|command| command.name()).collect();
        let problem = format!(": no key for {}: nothing would lead out", names.join(" or "));
        problems.push((mode.name(), &names), &problem);
    }

    /// What `pressed` means in `mode`.
    pub fn meaning(&self, mode: Mode, pressed: &[KeyPress]) -> Meaning {
        let Some(bindings) = self.modes.get(&mode) else { return Meaning::Nothing };
        if let Some(command) = bindings.get(pressed) {
            return Meaning::Command(*command);
        }
        let begins = bindings.keys().any(|presses| presses.starts_with(pressed));
        if begins { Meaning::Prefix } else { Meaning::Nothing }
    }

    /// The keys of a command in a mode as the help shows them, in the order of the keymap.
    pub fn labels(&self, mode: Mode, command: Command) -> Vec<String> {
        self.written.get(&(mode, command)).into_iter().flatten().map(|presses| label(presses)).collect()
    }

    /// The first key of a command, for hints on the screen.
    pub fn hint(&self, mode: Mode, command: Command) -> Option<String> {
        self.labels(mode, command).into_iter().next()
    }
}

/// What is wrong so far.
struct Problems<'a> {
    lines: &'a KeyLines,
    said: Vec<String>,
    /// What was said of lines, which may hold for several modes.
    of_lines: BTreeSet<String>,
}

impl Problems<'_> {
    /// Says what is wrong in a table, with the lines of the reader's file on which the names stand.
    fn push(&mut self, (table, names): (&str, &[&str]), problem: &str) {
        // A command may stand in a mode's table or above them all.
        let place = |name: &&str| self.lines.place(table, name).or_else(|| self.lines.place(name, ""));
        let mut places: Vec<String> = names.iter().filter_map(place).collect();
        places.sort_unstable();
        places.dedup();
        let place = if places.is_empty() { String::new() } else { format!("{}: ", places.join(" and ")) };
        if !place.is_empty() && !self.of_lines.insert(format!("{place}{problem}")) {
            return;
        }
        self.said.push(format!("{place}keys.{table}{problem}"));
    }
}

fn written(presses: &[KeyPress]) -> String {
    presses.iter().map(KeyPress::to_string).collect::<Vec<_>>().join(" ")
}

/// A sequence as the help shows it: letters close together.
fn label(presses: &[KeyPress]) -> String {
    let labels: Vec<String> = presses.iter().map(|press| press.label()).collect();
    let together = presses.iter().all(|press| press.typed().is_some());
    labels.join(if together { "" } else { " " })
}

/// The keys of every command, as they are written.
type Keys<'a> = BTreeMap<(Mode, Command), Vec<&'a str>>;

/// What the shipped keymap says. It is read at every start, before anything can be seen, so it is taken for what stands in it:
/// names of tables, and lists of quoted words without escapes, one to a line. A test holds that it says the same as TOML.
fn shipped() -> impl Iterator<Item = ((Mode, Command), Vec<&'static str>)> {
    let mut mode = None;
    DEFAULT_KEYS.lines().filter_map(move |line| {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            mode = Mode::parse(name);
            return None;
        }
        let (name, list) = line.split_once('=')?;
        Some(((mode?, Command::parse(name.trim_end())?), quoted(list)))
    })
}

/// The words of a list that stand in quotation marks.
fn quoted(list: &str) -> Vec<&str> {
    let mut words = Vec::new();
    let mut rest = list;
    while let Some(start) = rest.find(['"', '\'']) {
        let (mark, begun) = rest[start..].split_at(1);
        let Some((word, after)) = begun.split_once(mark) else { break };
        words.push(word);
        rest = after;
    }
    words
}

/// Which commands the shipped keymap has in which modes.
type Known = BTreeSet<(Mode, Command)>;

/// The modes in which a command means something.
fn modes_of(command: Command, known: &Known) -> Vec<Mode> {
    use Command as C;
    let everywhere = matches!(command, C::CommandLine | C::Quit | C::Redraw | C::Suspend | C::MouseToggle);
    let has = |mode: Mode| match mode {
        // What is obeyed in the panes is obeyed while something is being selected.
        Mode::Selecting => known.contains(&(Mode::Reading, command)),
        Mode::Dialog => command == C::Close,
        _ => false,
    };
    Mode::ALL.into_iter().filter(|mode| everywhere || known.contains(&(*mode, command)) || has(*mode)).collect()
}

/// Reads a table of keys; a command that means nothing in its mode is refused.
fn read<'a>(table: &'a toml::Table, known: &Known, keys: &mut Keys<'a>, problems: &mut Problems<'_>) {
    // What is said of one mode goes before what is said of all.
    for (name, value) in table.iter().filter(|(name, _)| Mode::parse(name).is_none()) {
        everywhere(name, value, keys, problems);
    }
    for (mode_name, commands) in table {
        let Some(mode) = Mode::parse(mode_name) else { continue };
        let Some(commands) = commands.as_table() else {
            problems.push((mode_name, &[""]), ": a table of commands is wanted");
            continue;
        };
        for (name, value) in commands {
            match (Command::parse(name), words(value)) {
                (Some(command), Some(words)) => {
                    let modes = modes_of(command, known);
                    if !words.is_empty() && !modes.contains(&mode) {
                        let names: Vec<&str> = modes.into_iter().map(Mode::name).collect();
                        let problem = format!(".{name}: it means nothing there, only in {}", names.join(", "));
                        problems.push((mode_name, &[name]), &problem);
                    } else {
                        keys.insert((mode, command), words);
                    }
                }
                (None, _) => problems.push((mode_name, &[name]), &format!(".{name}: there is no such command")),
                (_, None) => {
                    problems.push((mode_name, &[name]), &format!(".{name}: a list of keys is wanted, like [\"j\"]"));
                }
            }
        }
    }
}

/// Gives a command other keys in every mode that has it.
fn everywhere<'a>(name: &str, value: &'a toml::Value, keys: &mut Keys<'a>, problems: &mut Problems<'_>) {
    let modes = Mode::ALL.map(Mode::name).join(", ");
    let Some(command) = Command::parse(name) else {
        let what = if value.is_table() {
            format!(": there is no such mode (there are {modes})")
        } else {
            format!(
                ": there is no such command; write COMMAND = [\"key\"] here, or below [keys.MODE] for one of {modes}"
            )
        };
        problems.push((name, &[""]), &what);
        return;
    };
    let Some(words) = words(value) else {
        problems.push((name, &[""]), ": a list of keys is wanted, like [\"j\"]");
        return;
    };
    let mut modes: Vec<Mode> = Mode::ALL.into_iter().filter(|mode| keys.contains_key(&(*mode, command))).collect();
    if modes.is_empty() {
        modes.push(Mode::Reading);
    }
    keys.extend(modes.into_iter().map(|mode| ((mode, command), words.clone())));
}

fn words(value: &toml::Value) -> Option<Vec<&str>> {
    if let Some(word) = value.as_str() {
        return Some(vec![word]);
    }
    value.as_array()?.iter().map(toml::Value::as_str).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn patched(patch: &str) -> Result<Keymap, KeymapError> {
        Keymap::patched(&patch.parse().unwrap())
    }

    fn meaning(keymap: &Keymap, keys: &str) -> Meaning {
        keymap.meaning(Mode::Reading, &sequence(keys).unwrap())
    }

    #[test]
    fn the_shipped_keys_say_what_toml_reads_in_them() {
        let table: toml::Table = DEFAULT_KEYS.parse().unwrap();
        let mut read = Keys::new();
        for (mode, commands) in &table {
            for (command, value) in commands.as_table().unwrap() {
                read.insert((Mode::parse(mode).unwrap(), Command::parse(command).unwrap()), words(value).unwrap());
            }
        }
        assert_eq!(shipped().collect::<Keys<'_>>(), read);
    }

    #[test]
    fn the_shipped_keys_do_not_clash() {
        let keymap = patched("").unwrap();
        assert_eq!(meaning(&keymap, "j"), Meaning::Command(Command::RowDown));
        assert_eq!(meaning(&keymap, "]"), Meaning::Prefix);
        assert_eq!(meaning(&keymap, "] c"), Meaning::Command(Command::DivergenceNext));
        assert_eq!(meaning(&keymap, "] j"), Meaning::Nothing);
    }

    #[test]
    fn a_patch_replaces_the_keys_of_one_command() {
        let keymap = patched("[reading]\ndivergence-next = ['e']\nnote-new = []").unwrap();
        assert_eq!(meaning(&keymap, "e"), Meaning::Command(Command::DivergenceNext));
        assert_eq!(meaning(&keymap, "] c"), Meaning::Nothing);
        assert_eq!(meaning(&keymap, "a"), Meaning::Nothing);
        assert_eq!(keymap.hint(Mode::Reading, Command::DivergenceNext).as_deref(), Some("e"));
    }

    #[test]
    fn a_command_above_the_modes_has_its_keys_in_every_mode_that_has_it() {
        let keymap = patched("row-down = 'E'\n[list]\nrow-down = ['e']").unwrap();
        assert_eq!(meaning(&keymap, "E"), Meaning::Command(Command::RowDown));
        assert_eq!(meaning(&keymap, "j"), Meaning::Nothing);
        let keys =
            [Mode::Selecting, Mode::List, Mode::Prompt].map(|mode| keymap.labels(mode, Command::RowDown).concat());
        assert_eq!(keys, ["E", "e", ""]);
    }

    #[test]
    fn what_is_neither_a_mode_nor_a_command_is_answered_with_how_to_write_it() {
        let error = patched("fly = 'e'\nrow-down = 3\n[writing]\nquit = 'q'").unwrap_err().to_string();
        for part in [
            "keys.fly: there is no such command; write COMMAND = [\"key\"] here, or below [keys.MODE] for one of reading",
            "keys.row-down: a list of keys is wanted",
            "keys.writing: there is no such mode",
        ] {
            assert!(error.contains(part), "{part} not in {error}");
        }
    }

    #[test]
    fn a_digit_cannot_begin_what_is_pressed_where_digits_count() {
        let error = patched("[reading]\nrow-down = ['5']\n[list]\nrow-down = ['7 a']").unwrap_err().to_string();
        assert!(error.contains("keys.reading.row-down: “5”: a digit is always a count"), "{error}");
        assert!(error.contains("keys.list.row-down: “7 a”"), "{error}");
        assert!(patched("[reading]\nrow-down = ['z 5', '0', 'ctrl-5']").is_ok());
    }

    #[test]
    fn a_mode_that_no_key_leads_out_of_is_refused() {
        assert!(patched("[reading]\nquit = []").is_ok());
        let error = patched("quit = []\nclose = []\n[prompt]\ncancel = []").unwrap_err().to_string();
        assert!(error.contains("keys.reading: no key for quit or close: nothing would lead out"), "{error}");
        assert!(error.contains("keys.prompt: no key for cancel"), "{error}");
        assert!(!error.contains("keys.dialog"), "esc leaves a dialog: {error}");
    }

    #[test]
    fn a_key_that_types_a_character_is_refused_where_characters_are_typed() {
        let error = patched("[dialog]\nsave = 's'\n[prompt]\naccept = ['space']").unwrap_err().to_string();
        assert!(error.contains("keys.dialog.save: “s” is a character that is typed there"), "{error}");
        assert!(error.contains("keys.prompt.accept: “space”"), "{error}");
        assert!(patched("[dialog]\nsave = ['ctrl-x', 'f2']").is_ok());
    }

    #[test]
    fn a_command_that_means_nothing_in_a_mode_is_refused_with_the_modes_that_have_it() {
        let error = patched("[list]\nnote-new = ['a']").unwrap_err().to_string();
        assert_eq!(error, "keys.list.note-new: it means nothing there, only in reading, selecting");
        assert!(patched("[list]\nnote-new = []\nmouse-toggle = ['M']\n[selecting]\nlevel = ['.']").is_ok());
    }

    #[test]
    fn a_key_listed_twice_for_one_command_is_no_mistake() {
        let keymap = patched("search = ['S', 'S']").unwrap();
        assert_eq!(keymap.labels(Mode::Reading, Command::Search), ["S"]);
    }

    #[test]
    fn all_mistakes_are_named_together() {
        let error = patched("[reading]\nrow-down = ['k']\nfly = ['y']\nhelp = ['hyper-x']\nquit = ['] ']\n[writing]")
            .unwrap_err();
        let expected = [
            "keys.reading.fly: there is no such command",
            "keys.writing: there is no such mode (there are reading, selecting, list, dialog, prompt)",
            "keys.reading: “k” is bound to both row-down and row-up",
            "keys.reading: “]” (quit) and “] a” (note-next) begin alike",
            "keys.reading.help: “hyper-x” is no key",
        ];
        for line in expected {
            assert!(error.0.iter().any(|problem| problem == line), "{line} not in {error}");
        }
    }
}
