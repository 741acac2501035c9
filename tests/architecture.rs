//! The rules that keep the house a house (docs/ARCHITECTURE.md), held over every file under src/.
//!
//! Each rule is a function over a file's path and text that answers what breaks it, so that the rules are tested, too.

use std::path::Path;

/// The longest file, in lines without its tests.
const MOST_LINES: usize = 500;

/// What of the crate the modules of one folder may not name: data flows one way.
const LATER: [(&str, &[&str]); 5] = [
    ("src/text/", &["source", "compare", "notes", "export", "config", "cli", "reader"]),
    ("src/source/", &["compare", "notes", "export", "config", "cli", "reader"]),
    ("src/compare/", &["notes", "export", "config", "cli", "reader"]),
    ("src/notes/", &["export", "config", "cli", "reader"]),
    ("src/export/", &["config", "cli", "reader"]),
];

/// A file's own code: without line comments, and without the tests at its end.
fn code(text: &str) -> String {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    text[..tests].lines().map(|line| line.split("//").next().unwrap_or_default()).collect::<Vec<_>>().join("\n")
}

fn words(code: &str) -> impl Iterator<Item = &str> {
    code.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// Whether `root::member` is named, alone or in a group (`root::{member, …}`).
fn names(code: &str, root: &str, member: &str) -> bool {
    let path = format!("{root}::");
    code.match_indices(&path).any(|(at, _)| {
        let inside_word = code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_');
        let rest = &code[at + path.len()..];
        let group = rest.strip_prefix('{').map(|group| &group[..group.find(';').unwrap_or(group.len())]);
        !inside_word
            && group.map_or(words(rest).next() == Some(member), |group| words(group).any(|word| word == member))
    })
}

/// 1a. Only the reader names the terminal.
fn terminal_outside_the_reader(path: &str, text: &str) -> Option<String> {
    let code = code(text);
    let named = words(&code).find(|word| word.starts_with("ratatui") || word.starts_with("crossterm"))?;
    (!path.starts_with("src/reader/")).then(|| format!("{path} names {named}; only src/reader/ may"))
}

/// 1b. `compare/` knows no screen, `notes/` no key; altogether no folder names one that comes after it.
fn later_module(path: &str, text: &str) -> Option<String> {
    let code = code(text);
    let (folder, later) = LATER.iter().find(|(folder, _)| path.starts_with(folder))?;
    let named = later.iter().find(|later| names(&code, "crate", later) || names(&code, "super", later));
    let key = words(&code).find(|word| ["Key", "Keymap", "KeyPress", "KeyEvent", "KeyCode"].contains(word));
    let named = named.copied().or(key)?;
    Some(format!("{path} names {named}, which {folder} may not know"))
}

/// 2. One row list: in the reader only `rows.rs` breaks text into rows; all else reads the rows it made.
fn second_row_list(path: &str, text: &str) -> Option<String> {
    let code = code(text);
    let counts = names(&code, "text", "wrap") || words(&code).any(|word| word == "textwrap");
    let elsewhere = path.starts_with("src/reader/") && path != "src/reader/rows.rs";
    (elsewhere && counts).then(|| format!("{path} breaks text into rows; only src/reader/rows.rs may"))
}

/// 3. `update` does no I/O: effects are data.
fn work_in_update(path: &str, text: &str) -> Option<String> {
    let code = code(text);
    let module = ["fs", "io", "net", "process"].into_iter().find(|module| names(&code, "std", module))?;
    path.starts_with("src/reader/update").then(|| format!("{path} names std::{module}; effects do that"))
}

/// 4. Views write nothing back, and the state has no back door through which they could.
fn view_that_writes(path: &str, text: &str) -> Option<String> {
    let code = code(text);
    if path.starts_with("src/reader/view") && code.contains("&mut State") {
        return Some(format!("{path} takes &mut State; a view takes &State"));
    }
    let cell = words(&code).find(|word| ["Cell", "RefCell", "OnceCell", "Mutex", "RwLock"].contains(word))?;
    path.starts_with("src/reader/state").then(|| format!("{path} holds a {cell}; views could write through it"))
}

/// 6. No file outgrows what can be read in one sitting.
fn long_file(path: &str, text: &str) -> Option<String> {
    let tests = text.find("#[cfg(test)]\nmod tests {").unwrap_or(text.len());
    let lines = text[..tests].lines().count();
    let only_tests = path.ends_with("/tests.rs") || path.contains("/tests/");
    (lines > MOST_LINES && !only_tests).then(|| format!("{path} has {lines} lines; the budget is {MOST_LINES}"))
}

/// Every file under src/ with its text, its path told from the project's root.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("src/ can be listed") {
            let path = entry.expect("src/ can be listed").path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let place = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).expect("src/ lies in the project");
                let text = std::fs::read_to_string(&path).expect("a source file is text");
                found.push((place.to_string_lossy().replace('\\', "/"), text));
            }
        }
    }
    let mut found = Vec::new();
    walk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.iter().any(|(path, _)| path == "src/lib.rs"), "src/lib.rs was not found");
    found
}

fn assert_kept(rule: fn(&str, &str) -> Option<String>) {
    let broken: Vec<_> = sources().iter().filter_map(|(path, text)| rule(path, text)).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn only_the_reader_names_the_terminal() {
    assert_kept(terminal_outside_the_reader);
}

#[test]
fn data_flows_one_way() {
    assert_kept(later_module);
}

#[test]
fn one_file_says_how_many_rows_a_text_takes() {
    assert_kept(second_row_list);
}

#[test]
fn update_does_no_input_and_no_output() {
    assert_kept(work_in_update);
}

#[test]
fn views_write_nothing_back() {
    assert_kept(view_that_writes);
}

#[test]
fn no_file_outgrows_its_budget() {
    assert_kept(long_file);
}

#[test]
fn a_rule_that_is_broken_is_said_with_the_file() {
    type Rule = fn(&str, &str) -> Option<String>;
    let long = "//\n".repeat(MOST_LINES + 1);
    let broken: [(Rule, &str, &str); 14] = [
        (terminal_outside_the_reader, "src/notes/store.rs", "use crossterm::event::Event;"),
        (terminal_outside_the_reader, "src/config.rs", "fn theme() -> ratatui::style::Style {}"),
        (terminal_outside_the_reader, "src/cli.rs", "use ratatui_textarea::TextArea;"),
        (later_module, "src/compare/links.rs", "use crate::reader::rows::Rows;"),
        (later_module, "src/compare/mod.rs", "use super::notes::Note;"),
        (later_module, "src/text/span.rs", "use crate::{\n    text::fold,\n    source::Article,\n};"),
        (later_module, "src/notes/note.rs", "pub key: KeyPress,"),
        (second_row_list, "src/reader/view/panel.rs", "use crate::text::{Column, wrap::wrap};"),
        (second_row_list, "src/reader/update/scroll.rs", "let rows = textwrap::wrap(text, 30).len();"),
        (work_in_update, "src/reader/update/dialog.rs", "use std::{collections::BTreeMap, fs};"),
        (work_in_update, "src/reader/update/mod.rs", "std::process::exit(1)"),
        (view_that_writes, "src/reader/view/pane.rs", "pub fn draw(state: &mut State) {}"),
        (view_that_writes, "src/reader/state/mod.rs", "pub top: std::cell::Cell<u16>,"),
        (long_file, "src/text/span.rs", &long),
    ];
    for (rule, path, text) in broken {
        let said = rule(path, text).unwrap_or_else(|| panic!("nothing was said of {path}: {text}"));
        assert!(said.contains(path), "{said}");
    }
}

#[test]
fn what_keeps_the_rules_is_left_alone() {
    let kept = "\
        //! Knows neither crossterm nor crate::reader.\n\
        use crate::text::{Column, display};\n\
        fn state(state: &State, key: &str) -> std::fmt::Result { my_crate::reader() }\n\
        #[cfg(test)]\n\
        mod tests {\n    use std::fs; // and crate::reader, ratatui, &mut State, textwrap\n}\n";
    for (path, _) in LATER {
        let path = format!("{path}file.rs");
        assert_eq!(later_module(&path, kept), None);
        assert_eq!(terminal_outside_the_reader(&path, kept), None);
    }
    for path in ["src/reader/update/mod.rs", "src/reader/view/pane.rs", "src/reader/state/mod.rs"] {
        assert_eq!(work_in_update(path, kept).or(view_that_writes(path, kept)).or(second_row_list(path, kept)), None);
    }
    let tests = format!("fn f() {{}}\n#[cfg(test)]\nmod tests {{\n{}}}", "//\n".repeat(MOST_LINES));
    assert_eq!(long_file("src/text/span.rs", &tests), None);
}
