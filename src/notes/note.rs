//! What a note is. Offsets here are code points (the file's unit), never bytes.

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use jiff::civil::{DateTime, Time};
use jiff::{Timestamp, Unit};
use uuid::Uuid;

use crate::compare::Judgement;
use crate::source::{Article, Origin};
use crate::text::{ByteOffset, ByteSpan, CodePointIndex, CodePointSpan, SentenceIndex, Text, grapheme_span};

/// A note on fewer words than this is hard to find again in a changed text; worth a warning when it is made.
pub const FEW_WORDS: usize = 3;

/// The shortest context kept beside a passage where the text has more, in code points.
const LEAST_CONTEXT: usize = 32;
/// The longest context kept, in code points: a text without full stops is one sentence.
const MOST_CONTEXT: usize = 400;

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
    /// What it says of its two passages, where it is a link by hand and no note.
    pub link: Option<Judgement>,
    /// Counterparts the reader chose to keep with the note.
    pub evidence: Vec<Evidence>,
    /// The reader's name, where the configuration gives one.
    pub author: Option<String>,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// The note's whole object as the file held it, to the byte, so that whatever this version does not know in it is kept
    /// as it was; `None` for a note that was not read from a file.
    pub unknown: Option<Held>,
}

/// A note's object as the file held it: a stretch of the file's text, which is not copied for each of its notes.
#[derive(Clone)]
pub struct Held {
    file: Arc<String>,
    range: Range<usize>,
}

impl Held {
    /// The object at that range of a file; the whole file where the range is none of it.
    pub(super) fn within(file: &Arc<String>, range: Range<usize>) -> Self {
        let range = if file.get(range.clone()).is_some() { range } else { 0..file.len() };
        Self { file: Arc::clone(file), range }
    }

    /// Its text.
    pub fn as_str(&self) -> &str {
        self.file.get(self.range.clone()).unwrap_or_default()
    }
}

impl From<String> for Held {
    fn from(text: String) -> Self {
        Self { range: 0..text.len(), file: Arc::new(text) }
    }
}

impl PartialEq for Held {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl fmt::Debug for Held {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        self.as_str().fmt(formatter)
    }
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
    /// The passage that the note was first made on, where the reader has put it elsewhere by hand since.
    pub first: Option<Box<NotePassage>>,
}

/// A source as a note remembers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceReference {
    /// SHA-256 of its text, lower-case hexadecimal.
    pub sha256: String,
    /// Address or absolute path (`file:` URL in the file); `urn:crossread:sample:NAME` for the shipped sample.
    pub address: String,
    /// Where it says that it stands on the web, where that is another address.
    pub canonical: Option<String>,
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

impl Note {
    /// A note on one passage of an open article, made now, with nothing said yet.
    pub fn on(article: &Article, span: ByteSpan) -> Self {
        let now = now();
        Self {
            id: Uuid::now_v7(),
            passages: vec![NotePassage::on(article, span)],
            verdict: None,
            text: String::new(),
            tags: Vec::new(),
            link: None,
            evidence: Vec::new(),
            author: None,
            created: now,
            modified: now,
            unknown: None,
        }
    }

    /// Sets the time of the last change to now.
    pub fn touch(&mut self) {
        self.modified = now().max(self.created);
    }

    /// Every source that the note stands on or keeps as evidence.
    pub fn sources(&self) -> impl Iterator<Item = &SourceReference> {
        self.passages
            .iter()
            .chain(self.evidence.iter().map(|evidence| &evidence.passage))
            .flat_map(|passage| std::iter::once(passage).chain(passage.first.as_deref()))
            .map(|passage| &passage.source)
    }

    /// Whether both say the same, whatever else the file holds about them.
    pub fn says_the_same(&self, other: &Self) -> bool {
        // Every field is named, so that a new one is not forgotten here.
        let Self { id, passages, verdict, text, tags, link, evidence, author, created, modified, unknown: _ } = self;
        (id, passages, verdict, text, tags) == (&other.id, &other.passages, &other.verdict, &other.text, &other.tags)
            && (link, evidence, author) == (&other.link, &other.evidence, &other.author)
            && (created, modified) == (&other.created, &other.modified)
    }
}

/// The time to the second: a file for people and version control needs no more.
fn now() -> Timestamp {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now)
}

impl NotePassage {
    /// The passage of an open article, widened to whole graphemes and without white space at its ends, with whole sentences
    /// around it as context.
    pub fn on(article: &Article, span: ByteSpan) -> Self {
        let text = &article.text;
        let content = text.content();
        let span = trimmed(content, grapheme_span(content, span));
        Self {
            source: SourceReference::of(article),
            exact: text.slice(span).to_owned(),
            prefix: text.slice(before(text, span)).to_owned(),
            suffix: text.slice(after(text, span)).to_owned(),
            position: CodePointIndex::new(content).to_code_points(span),
            first: None,
        }
    }

    /// The same passage put by the reader on other words of an open article; what the note was first made on is kept.
    pub fn put_on(&self, article: &Article, span: ByteSpan) -> Self {
        let first = self.first.clone().unwrap_or_else(|| Box::new(self.clone()));
        Self { first: Some(first), ..Self::on(article, span) }
    }

    /// The passage that the note was first made on.
    pub fn made_on(&self) -> &Self {
        self.first.as_deref().unwrap_or(self)
    }
}

fn trimmed(content: &str, span: ByteSpan) -> ByteSpan {
    let words = content.get(span.range()).unwrap_or_default();
    let body = words.trim_start();
    if body.is_empty() {
        return span;
    }
    let start = span.start.index() + words.len() - body.len();
    ByteSpan::new(start, start + body.trim_end().len())
}

/// What stands before a passage: the rest of its sentence, else the sentence before, and more sentences while that is short.
fn before(text: &Text, span: ByteSpan) -> ByteSpan {
    let content = text.content();
    let end = span.start.index();
    let first = text.sentence_at(span.start).map_or(0, SentenceIndex::index);
    let starts = text.sentences()[..text.sentences().len().min(first + 1)].iter().rev().map(|s| s.span.start.index());
    let enough = |start: &usize| *start < end && content[*start..end].chars().count() >= LEAST_CONTEXT;
    let start = starts.into_iter().find(enough).unwrap_or(0).min(end);
    let cut = content[start..end].char_indices().rev().nth(MOST_CONTEXT).map(|(at, c)| start + at + c.len_utf8());
    // Cut inwards: the widened start may lie up to one grapheme further out.
    grapheme_span(content, ByteSpan::new(cut.unwrap_or(start), end))
}

/// What stands after a passage, by the same rule.
fn after(text: &Text, span: ByteSpan) -> ByteSpan {
    let content = text.content();
    let start = span.end.index();
    let last = text.sentence_at(ByteOffset::new(start.saturating_sub(1))).map_or(0, SentenceIndex::index);
    let ends = text.sentences().get(last..).unwrap_or_default().iter().map(|s| s.span.end.index());
    let enough = |end: &usize| *end > start && content[start..*end].chars().count() >= LEAST_CONTEXT;
    let end = ends.into_iter().find(enough).unwrap_or(content.len()).max(start);
    let cut = content[start..end].char_indices().nth(MOST_CONTEXT).map(|(at, _)| start + at);
    grapheme_span(content, ByteSpan::new(start, cut.unwrap_or(end)))
}

impl SourceReference {
    /// What a note remembers of an open article.
    pub fn of(article: &Article) -> Self {
        let metadata = &article.metadata;
        let from_there = matches!(article.origin, Origin::Address(_));
        Self {
            sha256: article.sha256.clone(),
            address: address_of(&article.origin),
            canonical: metadata.address.clone().filter(|_| !from_there),
            title: metadata.title.clone(),
            outlet: metadata.outlet.clone(),
            published: metadata.published.map(iso),
        }
    }

    /// Where everybody can read it, where that is known: where it came from, else where it says that it stands.
    pub fn on_the_web(&self) -> Option<&str> {
        let said = std::iter::once(self.address.as_str()).chain(self.canonical.as_deref());
        said.into_iter().find(|address| is_web_address(address))
    }

    /// The address to cite: one that everybody can open, where there is one.
    pub fn cited(&self) -> &str {
        self.on_the_web().unwrap_or(&self.address)
    }

    /// The day of publication, for people to read; as it is kept where it is no date.
    pub fn day(&self) -> Option<String> {
        let published = self.published.as_deref()?;
        let day = published.parse::<DateTime>().map(|moment| moment.strftime("%-d %b %Y").to_string());
        Some(day.unwrap_or_else(|_| published.to_owned()))
    }

    /// How the source is called in a list: its publication, else its headline, else the end of its address.
    pub fn name(&self) -> &str {
        let end = || self.address.rsplit(['/', '\\', ':']).find(|part| !part.is_empty()).unwrap_or("unnamed source");
        self.outlet.as_deref().or(self.title.as_deref()).unwrap_or_else(end)
    }
}

fn is_web_address(address: &str) -> bool {
    let scheme = ["http://", "https://"].iter().any(|scheme| address.starts_with(scheme));
    scheme && !address.contains(|c: char| c.is_whitespace() || c.is_control())
}

/// A date, with the time where one is known.
fn iso(published: DateTime) -> String {
    if published.time() == Time::midnight() { published.date().to_string() } else { published.to_string() }
}

fn address_of(origin: &Origin) -> String {
    match origin {
        Origin::File(path) => absolute(path),
        Origin::Sample(name) => format!("urn:crossread:sample:{name}"),
        Origin::StandardInput => "urn:crossread:standard-input".to_owned(),
        Origin::Address(address) => address.clone(),
    }
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}

impl AnchorState {
    /// The state's word on screen and in exports.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Placed(_) => "placed",
            Self::Changed { .. } => "changed",
            Self::Suggested { .. } => "suggested",
            Self::Unplaced { .. } => "unplaced",
        }
    }

    /// Where the passage stands, or may stand.
    pub fn span(&self) -> Option<ByteSpan> {
        match self {
            Self::Placed(span) | Self::Changed { span, .. } | Self::Suggested { span, .. } => Some(*span),
            Self::Unplaced { .. } => None,
        }
    }
}
