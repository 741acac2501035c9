//! What a note is. Offsets here are code points (the file's unit), never bytes.

use jiff::Timestamp;
use uuid::Uuid;

use crate::text::{ByteSpan, CodePointSpan};

/// The reader's annotation of one passage, or of several from different sources.
#[derive(Debug, Clone, PartialEq)]
pub struct Note {
    /// `urn:uuid:` in the file (version 7, so that notes sort by age).
    pub id: Uuid,
    /// What the note is about; never empty.
    pub passages: Vec<NotePassage>,
    /// The reader's judgement, a word of the verdict list.
    pub verdict: Option<String>,
    /// Markdown.
    pub text: String,
    /// In the order given, none twice.
    pub tags: Vec<String>,
    /// Counterparts the reader chose to keep with the note.
    pub evidence: Vec<Evidence>,
    /// The reader's name, where the configuration gives one.
    pub author: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Fields of the file that this version does not know, kept as they were.
    pub unknown: serde_json::Map<String, serde_json::Value>,
}

/// A passage as a note remembers it: enough to find it again and to show it when its source is gone.
#[derive(Debug, Clone, PartialEq)]
pub struct NotePassage {
    /// The source it stands in.
    pub source: SourceReference,
    /// The passage's words.
    pub exact: String,
    /// What stands before it: the rest of its sentence, or the sentence before; empty only at the text's start.
    pub prefix: String,
    /// What stands after it; empty only at the text's end.
    pub suffix: String,
    /// Where it stood in the text with the source's hash.
    pub position: CodePointSpan,
}

/// A source as a note remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReference {
    /// SHA-256 of its text, lower-case hexadecimal.
    pub sha256: String,
    /// Address or absolute path (`file:` URL in the file); `urn:crossread:sample:NAME` for the shipped sample.
    pub address: String,
    /// Headline, where known.
    pub title: Option<String>,
    /// Publication, where known.
    pub outlet: Option<String>,
    /// Date of publication in ISO form, where known.
    pub published: Option<String>,
}

/// A counterpart kept with a note, and what it differs in.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The counterpart.
    pub passage: NotePassage,
    /// The divergences between it and the note's passage, each in one line ("date: 5:40 a.m. against 4:40 a.m.").
    pub divergences: Vec<String>,
}

/// How a note's passage stands in the text that is open now.
#[derive(Debug, Clone, PartialEq)]
pub enum AnchorState {
    /// Found as it was.
    Placed(ByteSpan),
    /// Found, its words edited.
    Changed {
        /// Where it stands now.
        span: ByteSpan,
        /// The words the note was made on.
        before: String,
        /// The words that stand there now.
        after: String,
    },
    /// Something like it was found: the reader decides.
    Suggested {
        /// The likeliest place.
        span: ByteSpan,
        /// Why it is not certain.
        reason: String,
    },
    /// Not found; the note is kept and listed.
    Unplaced {
        /// Why.
        reason: String,
    },
}
