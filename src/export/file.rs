//! Exports on disk: what crossread wrote is written anew, what it did not write is left alone.
//!
//! Must never touch a byte of a file that it did not write, unless told to. Invariant: a file is replaced as a whole or not at
//! all.

use std::fs;
use std::io::{ErrorKind, Write};
use std::path::Path;

use atomic_write_file::AtomicWriteFile;

use super::markers::{ExportError, write_between_markers};
use super::{claim_review, csv, json_ld};

/// How a file shows that crossread wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// By two marker lines; what stands outside them is the reader's.
    Markers,
    /// By its first line.
    Csv,
    /// By a key of its own.
    JsonLd,
    /// By a key of its own.
    ClaimReview,
}

impl FileKind {
    /// The kind of file that a name asks for.
    pub fn of(path: &Path) -> Self {
        match path.extension().and_then(|extension| extension.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("csv") => Self::Csv,
            Some("jsonld" | "json") => Self::JsonLd,
            _ => Self::Markers,
        }
    }

    fn is_ours(self, existing: &str) -> bool {
        match self {
            Self::Markers => true,
            Self::Csv => csv::is_ours(existing),
            Self::JsonLd => json_ld::is_ours(existing),
            Self::ClaimReview => claim_review::is_ours(existing),
        }
    }
}

/// Writes an export into a file: between its markers where its kind has them, whole where there is nothing, where the file is
/// ours, or where `force` is given.
///
/// # Errors
/// [`ExportError`]; the file is then as it was.
pub fn write(path: &Path, document: &str, kind: FileKind, force: bool) -> Result<(), ExportError> {
    let existing = match fs::read_to_string(path) {
        Ok(existing) => Some(existing),
        Err(error) if error.kind() == ErrorKind::NotFound => None,
        // What is no text was certainly not written here.
        Err(error) if error.kind() == ErrorKind::InvalidData && force => None,
        Err(error) if error.kind() == ErrorKind::InvalidData => return Err(ExportError::NotOurs),
        Err(error) => return Err(ExportError::Disk { doing: "cannot be read", why: error.to_string() }),
    };
    let existing = existing.as_deref().filter(|existing| !existing.trim().is_empty());
    let content = match kind {
        FileKind::Markers => match write_between_markers(existing, document) {
            Ok(content) => content,
            Err(_) if force => write_between_markers(None, document)?,
            Err(error) => return Err(error),
        },
        _ if force || existing.is_none_or(|existing| kind.is_ours(existing)) => document.to_owned(),
        _ => return Err(ExportError::NotOurs),
    };
    // Through a link to the file itself: replacing the link would cut it.
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let save = || -> std::io::Result<()> {
        let mut file = AtomicWriteFile::open(&real)?;
        file.write_all(content.as_bytes())?;
        file.commit()
    };
    save().map_err(|error| ExportError::Disk { doing: "cannot be written", why: error.to_string() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_another_is_refused_and_one_of_ours_written_anew() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.csv");
        let ours =
            format!("{}\r\n", csv::NOTES_HEAD.iter().map(|head| format!("\"{head}\"")).collect::<Vec<_>>().join(","));
        for (kind, ours) in [
            (FileKind::Csv, ours.as_str()),
            (FileKind::JsonLd, "{\"crossread:export\": true, \"items\": []}"),
            (FileKind::ClaimReview, "{\"crossread\": \"export\"}"),
        ] {
            fs::write(&path, "mine, not yours\n").unwrap();
            assert_eq!(write(&path, ours, kind, false), Err(ExportError::NotOurs));
            assert_eq!(fs::read_to_string(&path).unwrap(), "mine, not yours\n");
            write(&path, ours, kind, true).unwrap();
            write(&path, ours, kind, false).unwrap();
            assert_eq!(fs::read_to_string(&path).unwrap(), ours);
        }
        fs::write(&path, b"\xff\xfe").unwrap();
        assert_eq!(write(&path, "a", FileKind::Csv, false), Err(ExportError::NotOurs));
    }
}
