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

use super::SourceReference;
use super::store::StoreError;
use crate::source::Article;

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

    /// Keeps an article's text, unless it is kept already.
    ///
    /// # Errors
    /// [`StoreError::Disk`] when the folder or the files cannot be written.
    pub fn keep(&self, article: &Article) -> Result<(), StoreError> {
        let path = self.path_of(&article.sha256);
        if path.exists() {
            return Ok(());
        }
        let disk = |path: &Path, doing| {
            let path = path.to_owned();
            move |source| StoreError::Disk { path, doing, source }
        };
        fs::create_dir_all(&self.folder).map_err(disk(&self.folder, "the folder cannot be made"))?;
        let source = SourceReference::of(article);
        let mut about = json!({
            "sha256": source.sha256,
            "address": source.address,
            "archived": Timestamp::now().to_string(),
        });
        for (name, value) in [("title", source.title), ("outlet", source.outlet), ("published", source.published)] {
            if let Some(value) = value {
                about[name] = json!(value);
            }
        }
        // The text comes last: where it stands, what is known about it stands too.
        let description = path.with_extension("json");
        write(&description, format!("{about:#}\n").as_bytes()).map_err(disk(&description, "cannot be saved"))?;
        write(&path, article.text.content().as_bytes()).map_err(disk(&path, "cannot be saved"))
    }
}

fn write(path: &Path, content: &[u8]) -> std::io::Result<()> {
    let mut file = AtomicWriteFile::open(path)?;
    file.write_all(content)?;
    file.commit()
}
