//! Bytes from anywhere become an [`Article`]: the only reader of articles.
//!
//! Must never compare, and never let a source that cannot be read stop the others. Invariant: an article's `text` is the
//! decoded source itself (a byte order mark left out), so offsets can be checked against the file.

use std::path::PathBuf;

use jiff::civil;

use crate::text::Text;

/// One article: its text, what is known about it and where it came from.
#[derive(Debug, Clone)]
pub struct Article {
    /// What its first lines (or its page) say about it.
    pub metadata: Metadata,
    /// Where it came from.
    pub origin: Origin,
    /// The text, cut into paragraphs and sentences.
    pub text: Text,
    /// SHA-256 of the text's UTF-8 bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// What an article says about itself; `None` where it does not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata {
    /// The headline.
    pub title: Option<String>,
    /// The publication ("source" on screen).
    pub outlet: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// When it was published, in the publication's own time; midnight where only the day is known.
    pub published: Option<civil::DateTime>,
}

/// Where an article came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A file, by the path it was opened with.
    File(PathBuf),
    /// An article of the sample shipped in the program, by its name.
    Sample(&'static str),
    /// Standard input.
    StandardInput,
}
/// stub
#[derive(Default)]
pub struct Limits;
/// stub
pub fn open(path: &std::path::Path, _l: &Limits) -> Result<Article, std::io::Error> {
    let text = std::fs::read_to_string(path)?;
    use sha2::Digest;
    let sha256 = sha2::Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
    Ok(Article { metadata: Metadata::default(), origin: Origin::File(path.into()), text: Text::new(text), sha256 })
}
