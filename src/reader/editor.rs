//! The reader's own editor for a note's text.
//!
//! Must never run a shell or leave the text lying about. Invariant: the file is in a folder that only its owner may enter, and
//! both are gone when the editor is.

use std::env;
use std::ffi::OsString;
use std::fs::{self, DirBuilder};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use uuid::Uuid;

/// The editor that the environment names, with its arguments: `$VISUAL`, else `$EDITOR`.
///
/// # Errors
/// That there is none, in words for the reader.
pub fn named() -> Result<Vec<String>, String> {
    let variable = |name: &str| env::var_os(name).filter(|value| !value.is_empty());
    let value: OsString =
        variable("VISUAL").or_else(|| variable("EDITOR")).ok_or("no editor is named: set VISUAL or EDITOR to yours")?;
    let words = words(&value.to_string_lossy());
    if words.is_empty() { Err("VISUAL and EDITOR name no editor".to_owned()) } else { Ok(words) }
}

/// Lets an editor change a text, in the terminal as it stands, and answers the changed text.
///
/// # Errors
/// Why there is no changed text, in words for the reader.
pub fn run(editor: &[String], text: &str) -> Result<String, String> {
    let [program, arguments @ ..] = editor else { return Err("no editor is named".to_owned()) };
    let desk = Desk::new(text).map_err(|error| format!("no file for the text could be made: {error}"))?;
    let status = Command::new(program).args(arguments).arg(desk.file()).status();
    match status {
        Err(error) => Err(format!("{program} could not be started: {error}")),
        Ok(status) if !status.success() => Err(format!("{program} gave up ({status})")),
        Ok(_) => fs::read_to_string(desk.file()).map_err(|error| format!("what {program} wrote: {error}")),
    }
}

/// A folder of its own for the text, gone with it: an editor puts its backups there too.
struct Desk {
    folder: PathBuf,
}

impl Desk {
    fn new(text: &str) -> io::Result<Self> {
        let desk = Self { folder: env::temp_dir().join(format!("crossread-{}", Uuid::now_v7())) };
        private().create(&desk.folder)?;
        fs::write(desk.file(), format!("{text}\n"))?;
        Ok(desk)
    }

    /// The ending lets an editor know what it is.
    fn file(&self) -> PathBuf {
        Path::new(&self.folder).join("note.md")
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        // What cannot be taken away stays for its owner alone.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[cfg(unix)]
fn private() -> DirBuilder {
    use std::os::unix::fs::DirBuilderExt;
    let mut builder = DirBuilder::new();
    builder.mode(0o700);
    builder
}

#[cfg(not(unix))]
fn private() -> DirBuilder {
    DirBuilder::new()
}

/// A command's words, as a shell would part them: by blanks outside quotation marks; a backslash takes the next sign as it is,
/// but not within single quotation marks and (as paths have it) not on Windows.
fn words(command: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut begun, mut quote) = (String::new(), false, None);
    let mut signs = command.chars();
    while let Some(sign) = signs.next() {
        match (quote, sign) {
            (Some(open), sign) if sign == open => quote = None,
            (None, '"' | '\'') => (quote, begun) = (Some(sign), true),
            (Some('"') | None, '\\') if !cfg!(windows) => word.extend(signs.next()),
            (None, blank) if blank.is_whitespace() => {
                if begun || !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            (_, sign) => word.push(sign),
        }
    }
    if begun || !word.is_empty() {
        words.push(word);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_editor_may_have_arguments_and_blanks_in_its_path() {
        assert_eq!(words("code --wait"), ["code", "--wait"]);
        assert_eq!(words(" '/opt/my editor/ed'  -c \"set tw=72\" "), ["/opt/my editor/ed", "-c", "set tw=72"]);
        assert!(words("  ").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_gets_the_text_and_gives_it_back_changed() {
        let shell = |script: &str| ["sh", "-c", script, "sh"].map(str::to_owned).to_vec();
        let changed = run(&shell("grep -q before \"$1\" && printf 'one\\n\\n- two\\n' > \"$1\""), "before");
        assert_eq!(changed, Ok("one\n\n- two\n".to_owned()));
        let private =
            run(&shell("stat -c %a \"$(dirname \"$1\")\" > \"$1\" || stat -f %Lp \"$(dirname \"$1\")\" > \"$1\""), "");
        assert_eq!(private, Ok("700\n".to_owned()));
    }

    #[cfg(unix)]
    #[test]
    fn an_editor_that_is_missing_or_gives_up_is_said() {
        let missing = run(&["no-such-editor".to_owned()], "text").unwrap_err();
        assert!(missing.starts_with("no-such-editor could not be started"), "{missing}");
        let gave_up = run(&["false".to_owned()], "text").unwrap_err();
        assert!(gave_up.starts_with("false gave up"), "{gave_up}");
    }
}
