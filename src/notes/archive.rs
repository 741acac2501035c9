//! The texts that notes were made on, kept beside the notes: `sources/<sha256>.txt`, and `sources/<sha256>.json` with where
//! each came from. A note can show what it was written about when its source has changed or gone.
//!
//! Must never change a text that it holds: the name is the hash of the content.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use atomic_write_file::AtomicWriteFile;
use jiff::Timestamp;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::store::StoreError;
use super::{NotePassage, SourceReference};
use crate::source::Article;
use crate::text::CodePointIndex;

/// The folder of archived texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    folder: PathBuf,
}

impl Archive {
    /// The archive that belongs to a notes file.
    pub fn beside(notes: &Path) -> Self {
        Self { folder: notes.with_file_name("sources") }
    }

    /// Where the text with that hash stands, whether it is there or not.
    pub fn path_of(&self, sha256: &str) -> PathBuf {
        self.folder.join(format!("{sha256}.txt"))
    }

    /// The text with that hash, where it is kept.
    pub fn text_of(&self, sha256: &str) -> Option<String> {
        // The hash comes from a file: it must not lead out of the folder.
        let is_hash = sha256.len() == 64 && sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hash.then(|| fs::read_to_string(self.path_of(sha256)).ok()).flatten()
    }

    /// When the text with that hash was archived, where that is known.
    pub fn archived(&self, sha256: &str) -> Option<Timestamp> {
        let about = fs::read_to_string(self.path_of(sha256).with_extension("json")).ok()?;
        let about: serde_json::Value = serde_json::from_str(&about).ok()?;
        about.get("archived")?.as_str()?.parse().ok()
    }

    /// Keeps the text of a source that another archive holds, unless it is kept already or is not the text that its name
    /// says; answers whether it is kept now.
    ///
    /// # Errors
    /// [`StoreError::Disk`] when the folder or the files cannot be written.
    pub fn take_over(&self, source: &SourceReference, from: &Self) -> Result<bool, StoreError> {
        if self.text_of(&source.sha256).is_some() {
            return Ok(true);
        }
        let Some(text) = from.text_of(&source.sha256) else { return Ok(false) };
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        if hash != source.sha256 {
            return Ok(false);
        }
        let archived = from.archived(&source.sha256).unwrap_or_else(Timestamp::now);
        self.put(source, &text, archived).map(|()| true)
    }

    /// Keeps an article's text, unless it is kept already.
    ///
    /// # Errors
    /// [`StoreError::Disk`] when the folder or the files cannot be written.
    pub fn keep(&self, article: &Article) -> Result<(), StoreError> {
        if self.path_of(&article.sha256).exists() {
            return Ok(());
        }
        self.put(&SourceReference::of(article), article.text.content(), Timestamp::now())
    }

    fn put(&self, source: &SourceReference, text: &str, archived: Timestamp) -> Result<(), StoreError> {
        let path = self.path_of(&source.sha256);
        let disk = |path: &Path, doing| {
            let path = path.to_owned();
            move |source| StoreError::Disk { path, doing, source }
        };
        fs::create_dir_all(&self.folder).map_err(disk(&self.folder, "the folder cannot be made"))?;
        let mut about = json!({
            "sha256": source.sha256,
            "address": source.address,
            "archived": archived.to_string(),
        });
        let known = [
            ("canonical", &source.canonical),
            ("title", &source.title),
            ("outlet", &source.outlet),
            ("published", &source.published),
        ];
        for (name, value) in known {
            if let Some(value) = value {
                about[name] = json!(value);
            }
        }
        // The text comes last: where it stands, what is known about it stands too.
        let description = path.with_extension("json");
        write(&description, format!("{about:#}\n").as_bytes()).map_err(disk(&description, "cannot be saved"))?;
        write(&path, text.as_bytes()).map_err(disk(&path, "cannot be saved"))
    }
}

/// What a passage was written about.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// The whole text of its source as it was; `None` where it is not archived.
    pub text: Option<String>,
    /// When that was archived, where known.
    pub archived: Option<Timestamp>,
    /// The passage in its surroundings.
    pub around: Around,
}

/// A passage and what stood around it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Around {
    /// What stood before it in its paragraph.
    pub before: String,
    /// Its words.
    pub words: String,
    /// What stood after it in its paragraph.
    pub after: String,
}

impl Remembered {
    /// What the archive, else the passage itself, remembers.
    pub fn of(passage: &NotePassage, archive: &Archive) -> Self {
        let text = archive.text_of(&passage.source.sha256);
        let around = text.as_deref().and_then(|text| around(passage, text));
        let own =
            || Around { before: passage.prefix.clone(), words: passage.exact.clone(), after: passage.suffix.clone() };
        let archived = text.as_ref().and_then(|_| archive.archived(&passage.source.sha256));
        Self { archived, around: around.unwrap_or_else(own), text }
    }
}

/// The paragraph that a passage stood in; `None` where the text does not hold it at its place.
fn around(passage: &NotePassage, text: &str) -> Option<Around> {
    let span = CodePointIndex::new(text).to_bytes(passage.position)?;
    let (start, end) = (span.start.index(), span.end.index());
    let words = text.get(span.range()).filter(|words| *words == passage.exact)?;
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[end..].find('\n').map_or(text.len(), |at| end + at);
    Some(Around { before: text[from..start].to_owned(), words: words.to_owned(), after: text[end..to].to_owned() })
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(content)?;
    file.commit()
}
