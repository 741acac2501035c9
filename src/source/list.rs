//! A reading list: `crossread.toml` names sources with labels, so that one word opens a comparison again.
//!
//! Must never name a file outside what its reader wrote. Invariant: files are told from the list's own folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

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

/// One source of a comparison, as it is written.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    source: String,
    label: Option<String>,
    title: Option<String>,
    date: Option<String>,
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
    /// [`Problem::Malformed`], with the line where the file's form is wrong.
    pub fn parse(content: &str, folder: &Path) -> Result<Self, Problem> {
        let wrong = |problem: String| Problem::Malformed(problem);
        let lines: BTreeMap<String, Vec<Line>> = toml::from_str(content).map_err(|error| wrong(error.to_string()))?;
        let wanted = |line: Line| -> Result<Wanted, Problem> {
            let place = match Place::named(Path::new(&line.source)) {
                Place::Path(path) => Place::Path(folder.join(path)),
                place => place,
            };
            let published = match line.date {
                Some(date) => Some(moment(&date).ok_or_else(|| wrong(format!("\"{}\" is no date", visible(&date))))?),
                None => None,
            };
            Ok(Wanted { place, said: Said { title: line.title, outlet: line.label, published } })
        };
        let comparison = |(word, lines): (String, Vec<Line>)| {
            Ok((word, lines.into_iter().map(wanted).collect::<Result<Vec<_>, Problem>>()?))
        };
        Ok(Self { comparisons: lines.into_iter().map(comparison).collect::<Result<_, Problem>>()? })
    }

    /// The sources that a word stands for.
    pub fn find(&self, word: &str) -> Option<&[Wanted]> {
        self.comparisons.get(word).map(Vec::as_slice)
    }

    /// The sources that words name: those of the list where a word is one of its own and no file, else by itself.
    pub fn sources(&self, words: &[PathBuf]) -> Vec<Wanted> {
        let of = |word: &PathBuf| match self.find(&word.to_string_lossy()) {
            Some(wanted) if !word.exists() => wanted.to_vec(),
            _ => vec![Wanted::named(word)],
        };
        words.iter().flat_map(of).collect()
    }
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
    }
}
