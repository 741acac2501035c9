//! The keys in force as a part of the manual page.
//!
//! Must never name a key of its own. Invariant: every command that has keys is listed, with the words of the help.

use std::fmt::Write as _;

use super::command::{Command, Group};
use super::keymap::{Keymap, KeymapError, Mode};
use crate::config::Config;

/// The section on the keys, in roff.
///
/// # Errors
/// What is wrong with the settings' keys.
pub fn keys(config: &Config) -> Result<String, KeymapError> {
    let keymap = Keymap::patched_from(&config.keys, &config.key_lines)?;
    let mut page = String::from(".SH KEYS\n");
    for group in Group::ALL {
        let commands: Vec<Command> = Command::ALL.iter().copied().filter(|command| command.group() == group).collect();
        section(&mut page, group.heading(), &entries(&keymap, Mode::Reading, &commands));
    }
    for mode in Mode::ALL.into_iter().filter(|mode| *mode != Mode::Reading) {
        section(&mut page, heading(mode), &entries(&keymap, mode, Command::ALL));
    }
    page.push_str(".SH COMMANDS\nThe names by which keys.toml and the settings bind keys; a key is bound to one in the mode it is for.\n");
    Command::ALL.iter().for_each(|command| entry(&mut page, command.name(), command.help()));
    Ok(page)
}

fn heading(mode: Mode) -> &'static str {
    match mode {
        Mode::Reading => "In the panes",
        Mode::Selecting => "While selecting",
        Mode::List => "In a list",
        Mode::Dialog => "In a note",
        Mode::Prompt => "On a line",
    }
}

fn entries(keymap: &Keymap, mode: Mode, commands: &[Command]) -> Vec<(String, &'static str)> {
    let entry = |command: &Command| (keymap.labels(mode, *command).join(", "), command.help());
    commands.iter().map(entry).filter(|(keys, _)| !keys.is_empty()).collect()
}

fn section(page: &mut String, heading: &str, entries: &[(String, &'static str)]) {
    // Writing into a string does not fail.
    let _ = writeln!(page, ".SS {heading}");
    entries.iter().for_each(|(keys, help)| entry(page, keys, help));
}

fn entry(page: &mut String, words: &str, help: &str) {
    let _ = writeln!(page, ".TP\n\\fB{}\\fR\n{}", roff(words), roff(help));
}

/// Words that roff prints as they are.
fn roff(words: &str) -> String {
    let words = words.replace('\\', "\\e").replace('-', "\\-");
    if words.starts_with(['.', '\'']) { format!("\\&{words}") } else { words }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_lists_the_keys_in_force() {
        let page = keys(&Config::shipped()).unwrap();
        assert!(page.contains(".TP\n\\fB]c\\fR\nnext passage that diverges"), "{page}");
        assert!(
            page.contains(".SH COMMANDS")
                && page.contains(".TP\n\\fBdivergence\\-next\\fR\nnext passage that diverges")
        );
        assert!(page.contains("\\fB\\e\\fR"), "a backslash is escaped");
        let own = Config { keys: "[reading]\ndivergence-next = [\"e\"]".parse().unwrap(), ..Config::shipped() };
        assert!(keys(&own).unwrap().contains("\\fBe\\fR\nnext passage that diverges"));
    }
}
