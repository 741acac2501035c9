//! Why a source could not be opened, in words that say what to do.
//!
//! Must never carry a character that a terminal obeys. Invariant: every message names the source, the reason and the next step.

use std::io;
use std::path::Path;

use thiserror::Error;

use super::visible;

/// A source that could not be opened; the others still are.
#[derive(Debug, Error)]
#[error("{name}: {problem}")]
pub struct SourceError {
    /// The source as the reader named it, control characters replaced.
    pub name: String,
    /// What is wrong with it.
    #[source]
    pub problem: Problem,
}

impl SourceError {
    /// A problem with the file at `path`.
    pub fn new(path: &Path, problem: Problem) -> Self {
        let name = if path.as_os_str() == "-" { "standard input".into() } else { visible(&path.to_string_lossy()) };
        Self { name, problem }
    }
}

/// What keeps a source from being opened.
#[derive(Debug, Error)]
pub enum Problem {
    /// Nothing has that name.
    #[error("no such file; check the spelling and the folder")]
    Missing,
    /// The name is a folder's.
    #[error("is a folder; name the articles in it, for example {example}")]
    Folder {
        /// A pattern that names them.
        example: String,
    },
    /// Nothing, or nothing but white space.
    #[error("is empty; an article needs at least one line of text")]
    Empty,
    /// A format that is not text, known by its first bytes or by its NUL bytes.
    #[error("is not text but {what}; {advice}")]
    Binary {
        /// What it is, with its article ("a PDF document").
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Text in another encoding.
    #[error(
        "is not UTF-8 text: byte 0x{byte:02X} at offset {offset}; convert it: iconv -f WINDOWS-1252 -t UTF-8 {name} > utf8.txt"
    )]
    NotUtf8 {
        /// The first byte that does not belong.
        byte: u8,
        /// Where it stands in the file, from 0.
        offset: usize,
        /// The file, for the command.
        name: String,
    },
    /// Text in UTF-16 or UTF-32.
    #[error("is {encoding} text; convert it: iconv -f {encoding} -t UTF-8 {name} > utf8.txt")]
    WideText {
        /// The encoding's name.
        encoding: &'static str,
        /// The file, for the command.
        name: String,
    },
    /// The system refuses to let it be read.
    #[error("may not be read (permission denied); change its permissions or copy it")]
    Permission,
    /// More bytes than the limit.
    #[error("is larger than the limit of {limit} bytes; split it")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// The same source was named before.
    #[error("is named twice (also as {first}); name each source once")]
    Twice {
        /// How it was named before.
        first: String,
    },
    /// Any other failure to read.
    #[error("cannot be read: {0}; check the file and the disk it is on")]
    Unreadable(#[source] io::Error),
}

impl Problem {
    /// The problem behind an error of the system.
    pub fn from_io(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::Permission,
            _ => Self::Unreadable(error),
        }
    }
}
