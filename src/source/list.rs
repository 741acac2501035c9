//! A reading list: `crossread.toml` names sources with labels, so that one word opens a comparison again.
//!
//! Must never name a file outside what its reader wrote. Invariant: files are told from the list's own folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::date::moment;
use super::error::Problem;
use super::{Place, Said, Wanted, visible};

/// The name of a reading list's file.
pub const FILE: &str = "crossread.toml";

/// Comparisons by the word that opens each.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadingList {
    comparisons: BTreeMap<String, Vec<Wanted>>,
}

impl ReadingList {
    /// Reads the list of a folder; an empty one where there is none.
    ///
    /// # Errors
    /// [`Problem`] when it cannot be read or understood.
    pub fn in_folder(folder: &Path) -> Result<Self, Problem> {
        match std::fs::read_to_string(folder.join(FILE)) {
            Ok(content) => Self::parse(&content, folder),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(Problem::from_io(error)),
        }
    }

    /// Reads a list whose files are told from `folder`.
    ///
    /// # Errors
    /// [`Problem::Malformed`], with the line on which something is wrong.
    pub fn parse(content: &str, folder: &Path) -> Result<Self, Problem> {
        let wrong = |at: usize, problem: &str| {
            Problem::Malformed(format!("line {}: {}", line_at(content, at), visible(problem)))
        };
        let document = DeTable::parse(content)
            .map_err(|error| wrong(error.span().map_or(0, |span| span.start), error.message()))?;
        let mut comparisons = BTreeMap::new();
        for (word, value) in document.get_ref() {
            let sources = sources(word.get_ref(), value, folder);
            let sources = sources.map_err(|(at, problem)| wrong(at.unwrap_or(word.span().start), &problem))?;
            comparisons.insert(word.get_ref().to_string(), sources);
        }
        Ok(Self { comparisons })
    }

    /// The sources that a word stands for.
    pub fn find(&self, word: &str) -> Option<&[Wanted]> {
        self.comparisons.get(word).map(Vec::as_slice)
    }

    /// The sources that words name: those of the list where a word is one of its own and no file, else by itself.
    pub fn sources(&self, words: &[PathBuf]) -> Vec<Wanted> {
        let of = |word: &PathBuf| match self.find(&word.to_string_lossy()) {
            Some(wanted) if may_stand_in_list(word) => wanted.to_vec(),
            _ => vec![Wanted::named(word)],
        };
        words.iter().flat_map(of).collect()
    }
}

/// Whether a word may be one of a list: it is no file, no address and not standard input.
pub fn may_stand_in_list(word: &Path) -> bool {
    matches!(Place::named(word), Place::Path(_)) && !word.exists()
}

/// The line on which a byte stands, from 1.
pub fn line_at(content: &str, at: usize) -> usize {
    1 + content.bytes().take(at).filter(|byte| *byte == b'\n').count()
}

/// What is wrong with a list, and where; without a place it is the word itself.
type Wrong = (Option<usize>, String);

/// The sources that stand under a word.
fn sources(word: &str, value: &Spanned<DeValue>, folder: &Path) -> Result<Vec<Wanted>, Wrong> {
    let form = || {
        (None, format!("\"{word}\" has no sources; write [[{word}]] and below it source = \"a file or an address\""))
    };
    let entries = value.get_ref().as_array().filter(|entries| !entries.is_empty()).ok_or_else(form)?;
    let one =
        |entry: &Spanned<DeValue>| source(entry.get_ref().as_table().ok_or_else(form)?, entry.span().start, folder);
    entries.iter().map(one).collect()
}

/// One source of a comparison.
fn source(table: &DeTable, begins: usize, folder: &Path) -> Result<Wanted, Wrong> {
    const KEYS: [&str; 4] = ["source", "label", "title", "date"];
    for (key, _) in table {
        if !KEYS.contains(&key.get_ref().as_ref()) {
            let known = KEYS.join(", ");
            return Err((Some(key.span().start), format!("\"{}\" is not known; there are {known}", key.get_ref())));
        }
    }
    let text = |key: &str| match table.get(key) {
        None => Ok(None),
        Some(value) => match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Ok(Some(text.to_string())),
            // A date is one without quotation marks, too.
            DeValue::Datetime(moment) if key == "date" => Ok(Some(moment.to_string())),
            _ => Err((Some(value.span().start), format!("the {key} takes words in quotation marks"))),
        },
    };
    let named = text("source")?
        .ok_or_else(|| (Some(begins), "a source is not named: source = \"a file or an address\"".to_owned()))?;
    let place = match Place::named(Path::new(&named)) {
        Place::Path(path) => Place::Path(folder.join(path)),
        place => place,
    };
    let published = match text("date")? {
        Some(date) => {
            let at = table.get("date").map(|value| value.span().start);
            Some(moment(&date).ok_or_else(|| (at, format!("\"{date}\" is no date; write it as 2026-03-11")))?)
        }
        None => None,
    };
    Ok(Wanted { place, said: Said { title: text("title")?, outlet: text("label")?, published } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_stands_for_its_sources_with_labels_and_dates() {
        let content = "[[bridge]]\nsource = \"lantern.html\"\nlabel = \"The Lantern\"\ndate = \"2026-03-11\"\n\
            [[bridge]]\nsource = \"https://ann:secret@klaxon.example/bridge\"\n[[flood]]\nsource = \"flood\"\n";
        let list = ReadingList::parse(content, Path::new("/news")).unwrap();
        let wanted = list.sources(&["bridge".into(), "other.txt".into()]);
        assert_eq!(wanted.len(), 3);
        assert_eq!(wanted[0].place, Place::Path("/news/lantern.html".into()));
        assert_eq!(wanted[0].said.outlet.as_deref(), Some("The Lantern"));
        assert_eq!(wanted[0].said.published.map(|moment| moment.to_string()).as_deref(), Some("2026-03-11T00:00:00"));
        assert_eq!(wanted[1].place.name(), "https://klaxon.example/bridge");
        assert_eq!(wanted[2].place, Place::Path("other.txt".into()));
    }

    #[test]
    fn what_is_not_understood_is_said_with_its_line() {
        let said = |content| ReadingList::parse(content, Path::new("")).unwrap_err().to_string();
        assert!(said("[[a]]\nsource = \"x\"\ncolour = 1").contains("colour"));
        assert!(said("[[a]]\nsource = \"x\"\ndate = \"soon\"").contains("\"soon\" is no date"));
        assert!(said("[[a]").contains("line 1"));
        for (content, expected) in [
            ("[[a]]\nsource = \"x\"\ndate = \"soon\"", "line 3: \"soon\" is no date"),
            ("[[a]]\nsource = \"x\"\ncolour = 1", "line 3: \"colour\" is not known; there are source, label"),
            ("\na = []", "line 2: \"a\" has no sources; write [[a]]"),
            ("a = \"x\"", "line 1: \"a\" has no sources"),
            ("a = [1]", "line 1: \"a\" has no sources"),
            ("[a]\nsource = \"x\"", "line 1: \"a\" has no sources"),
            ("[[b]]\nsource = \"x\"\n[[a]]\nlabel = \"y\"", "line 3: a source is not named"),
            ("[[a]]\nsource = 3", "line 2: the source takes words in quotation marks"),
            ("[[a]]\nsource = \"x\"\ntitle = \"\"", "line 3: the title takes words"),
        ] {
            assert!(said(content).contains(expected), "{content}: {}", said(content));
            assert!(!said(content).contains("struct") && !said(content).contains("expected a"), "{}", said(content));
        }
    }

    #[test]
    fn a_date_needs_no_quotation_marks() {
        for date in ["2026-03-11", "2026-03-11T00:00:00Z", "\"11 March 2026\""] {
            let list = ReadingList::parse(&format!("[[a]]\nsource = \"x\"\ndate = {date}"), Path::new("")).unwrap();
            let published = list.find("a").unwrap()[0].said.published.map(|moment| moment.date().to_string());
            assert_eq!(published.as_deref(), Some("2026-03-11"), "{date}");
        }
    }
}
