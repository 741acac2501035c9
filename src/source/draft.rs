//! What the bytes of a source turn out to be, on their way to an [`Article`].
//!
//! bytes → form (by what the server says, by the name, by the look) → text or blocks with metadata → article. Must never let
//! one source take longer than its limit: markup is read on a thread that is left behind when it does.

use std::sync::mpsc;

use sha2::{Digest, Sha256};

use super::decode::{Decoded, Hint, decode};
use super::error::Problem;
use super::metadata::{Heading, heading};
use super::place::{Address, Said};
use super::{Article, Limits, Metadata, Origin, front_matter, html, mail, markdown};
use crate::text::display::{Hidden, count};
use crate::text::{ParagraphKind, Text};

/// The stack of a thread that reads markup, in bytes: libraries recurse over the depth of a page.
const STACK: usize = 64 << 20;

/// What is remarked on an article that strikes words through.
pub(super) const STRUCK_REMARK: &str = "words that it strikes through are left out";

/// An article in the making: paragraphs whose kinds are known.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The paragraphs, the headline first where there is one.
    pub(super) blocks: Vec<(ParagraphKind, String)>,
    /// What the source says about itself.
    pub(super) metadata: Metadata,
    /// What the reader should know about how it was read.
    pub(super) remarks: Vec<String>,
}

/// What a source is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain,
    Page,
    Markdown,
    Message,
    Feed,
}

/// The bytes of a source with what is known about them.
#[derive(Debug)]
pub(super) struct Raw {
    pub(super) bytes: Vec<u8>,
    /// The name, for its ending and for the commands that errors propose.
    pub(super) name: String,
    /// The `Content-Type` that a server says.
    pub(super) content_type: Option<String>,
    pub(super) origin: Origin,
    /// What the reader should know about how it came.
    pub(super) remarks: Vec<String>,
}

/// An article and what is not part of it.
#[derive(Debug)]
pub(super) struct Made {
    pub(super) article: Article,
    pub(super) said: Said,
    pub(super) heading: Heading,
    pub(super) remarks: Vec<String>,
}

impl Form {
    /// The form of a source: by what a server says, by its name's ending, by its look.
    pub(super) fn of(raw: &Raw) -> Self {
        let said = raw.content_type.as_deref().unwrap_or_default().to_ascii_lowercase();
        let ending = raw.name.rsplit(['.', '/', '\\']).next().unwrap_or_default().to_ascii_lowercase();
        let by_ending = match ending.as_str() {
            "html" | "htm" | "xhtml" => Some(Self::Page),
            "md" | "markdown" | "mkd" => Some(Self::Markdown),
            "eml" | "mht" | "mhtml" => Some(Self::Message),
            "rss" | "atom" => Some(Self::Feed),
            _ => None,
        };
        match said.split(';').next().unwrap_or_default().trim() {
            "text/html" | "application/xhtml+xml" => return Self::by_look(&raw.bytes).unwrap_or(Self::Page),
            "text/markdown" => return Self::Markdown,
            "application/rss+xml" | "application/atom+xml" | "application/feed+json" => return Self::Feed,
            "message/rfc822" => return Self::Message,
            _ => {}
        }
        // A text by its name stays the text it is, also where its first lines look like front matter.
        let is_text = matches!(ending.as_str(), "txt" | "text");
        let by_look = || Self::by_look(&raw.bytes).filter(|form| !is_text || *form != Self::Markdown);
        by_ending.or_else(by_look).unwrap_or(Self::Plain)
    }

    /// A page, a feed or Markdown by its first bytes.
    fn by_look(bytes: &[u8]) -> Option<Self> {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2048)]).to_ascii_lowercase();
        let head = head.trim_start_matches(['\u{feff}', '\u{fffd}']).trim_start();
        let opens = |text: &str, name: &str| {
            text.strip_prefix(name)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/'))
        };
        if opens(head, "<!doctype html") || opens(head, "<html") || opens(head, "<head") || opens(head, "<body") {
            return Some(Self::Page);
        }
        if head.starts_with("<?xml") || head.starts_with("<!--") || head.starts_with('<') {
            let holds = |name: &str| head.match_indices(name).any(|(at, _)| opens(&head[at..], name));
            if holds("<html") {
                return Some(Self::Page);
            }
            if holds("<rss") || holds("<feed") || holds("<rdf:rdf") {
                return Some(Self::Feed);
            }
            // A piece of a page: it begins with an element and has several paragraphs.
            let begins = head[1..].starts_with(|c: char| c.is_ascii_alphabetic());
            let paragraphs = head.match_indices("<p").filter(|(at, _)| opens(&head[*at..], "<p")).count();
            return (begins && paragraphs > 1 && head.contains("</")).then_some(Self::Page);
        }
        if front_matter::begins(head) {
            return Some(Self::Markdown);
        }
        (head.starts_with('{') && head.contains("jsonfeed.org/version")).then_some(Self::Feed)
    }
}

/// Makes an article of bytes.
///
/// # Errors
/// [`Problem`] when they are no text, break a limit or hold no article.
pub(super) fn make(raw: Raw, said: &Said, limits: &Limits) -> Result<Made, Problem> {
    let form = Form::of(&raw);
    let Raw { bytes, name, content_type, origin, mut remarks } = raw;
    let limits = *limits;
    if form == Form::Feed {
        return Err(Problem::Feed { name: super::visible(&name) });
    }
    if form == Form::Message {
        let draft = within(&limits, move || mail::read(&bytes, &limits))?;
        return Ok(finish(draft, said, origin, remarks));
    }
    let charset = content_type.as_deref().and_then(charset_of);
    let Decoded { text, guessed, damaged } = decode(bytes, &name, Hint { charset, page: form == Form::Page })?;
    remarks.extend(guessed.map(|encoding| format!("read as {encoding}: a guess, since it says no encoding that fits")));
    if damaged > 0 {
        let verb = if damaged == 1 { "is" } else { "are" };
        remarks.push(format!("{} {verb} no UTF-8 and shown as a mark", count(damaged, "byte")));
    }
    check_lines(&text, &limits)?;
    match form {
        Form::Page => {
            let draft = within(&limits, move || html::read(&text, &limits))?;
            Ok(finish(draft, said, origin, remarks))
        }
        Form::Markdown => {
            let draft = within(&limits, move || Ok(markdown::read(&text)))?;
            if draft.blocks.is_empty() {
                return Err(Problem::Empty);
            }
            Ok(finish(draft, said, origin, remarks))
        }
        _ if is_data(&text) => Err(Problem::Data),
        _ => Ok(plain(text, said, origin, remarks)),
    }
}

/// Whether a text is one JSON value, as programs write it.
fn is_data(text: &str) -> bool {
    text.trim_start().starts_with(['{', '[']) && serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok()
}

/// An article of plain text: the text as it is, its metadata from its first lines.
pub(super) fn plain(content: String, said: &Said, origin: Origin, remarks: Vec<String>) -> Made {
    let text = Text::new(content);
    let heading = heading(&text);
    let metadata = heading.metadata.clone();
    complete(text, heading, metadata, (said, origin, remarks))
}

/// An article of a draft; what its metadata do not say its first lines may.
fn finish(draft: Draft, said: &Said, origin: Origin, mut remarks: Vec<String>) -> Made {
    remarks.extend(draft.remarks);
    let text = Text::of_blocks(&draft.blocks);
    let mut first_lines = heading(&Text::new(text.content().to_owned()));
    let Metadata { title, outlet, byline, published, address } = draft.metadata;
    if published.is_some() {
        first_lines.yearless = None;
    }
    let found = first_lines.metadata.clone();
    let metadata = Metadata {
        title: title.or(found.title),
        outlet: outlet.or(found.outlet),
        byline: byline.or(found.byline),
        published: published.or(found.published),
        address,
    };
    complete(text, first_lines, metadata, (said, origin, remarks))
}

/// Lays what the reader says over what the source says, and counts what is not shown as it is.
fn complete(text: Text, heading: Heading, metadata: Metadata, rest: (&Said, Origin, Vec<String>)) -> Made {
    let (said, origin, mut remarks) = rest;
    let sha256 = Sha256::digest(text.content().as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let metadata = Metadata {
        title: said.title.clone().or(metadata.title),
        outlet: said.outlet.clone().or(metadata.outlet),
        published: said.published.or(metadata.published),
        byline: metadata.byline,
        address: metadata.address.and_then(|said| Some(Address::parse(&said).ok()?.bare())),
    };
    remarks.extend(Hidden::of(text.content()).report());
    Made { article: Article { metadata, origin, text, sha256 }, said: said.clone(), heading, remarks }
}

/// The encoding that a `Content-Type` names.
fn charset_of(content_type: &str) -> Option<&str> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let label = content_type.get(at + "charset=".len()..)?.split([';', ' ']).next()?;
    Some(label.trim_matches(['"', '\'']))
}

fn check_lines(text: &str, limits: &Limits) -> Result<(), Problem> {
    let longest = text.as_bytes().split(|byte| matches!(byte, b'\n' | b'\r')).map(<[u8]>::len).max().unwrap_or(0);
    if longest as u64 > limits.line { Err(Problem::LongLine { limit: limits.line }) } else { Ok(()) }
}

/// Does work on a thread with a deep stack, and leaves it behind when it takes longer than the limit or fails.
pub(super) fn within<T: Send + 'static>(
    limits: &Limits,
    work: impl FnOnce() -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let (sender, receiver) = mpsc::channel();
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(move || drop(sender.send(work())));
    worker.map_err(Problem::Unreadable)?;
    match receiver.recv_timeout(limits.patience()) {
        Ok(done) => done,
        Err(mpsc::RecvTimeoutError::Timeout) => Err(Problem::Seconds { limit: limits.seconds }),
        Err(mpsc::RecvTimeoutError::Disconnected) => {
            Err(Problem::Malformed("reading it failed; save its text and name that file".to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(name: &str, content_type: Option<&str>, bytes: &[u8]) -> Form {
        let content_type = content_type.map(str::to_owned);
        let origin = Origin::StandardInput;
        Form::of(&Raw { bytes: bytes.to_vec(), name: name.to_owned(), content_type, origin, remarks: Vec::new() })
    }

    #[test]
    fn a_source_is_what_the_server_says_or_its_name_or_its_look() {
        assert_eq!(form("a.txt", None, b"Text."), Form::Plain);
        assert_eq!(form("a.HTML", None, b"Text."), Form::Page);
        assert_eq!(form("a.md", None, b"# Text."), Form::Markdown);
        assert_eq!(form("-", None, b"\n<!DOCTYPE html><p>"), Form::Page);
        assert_eq!(form("-", None, b"<?xml version='1.0'?><rss version='2.0'>"), Form::Feed);
        assert_eq!(form("-", None, b"<htmlike words>"), Form::Plain);
        assert_eq!(form("a.txt", None, b"<div class=x><p>One.</p>\n<p>Two.</p></div>"), Form::Page);
        assert_eq!(form("-", None, b"<pre-print> of one <p>"), Form::Plain);
        assert_eq!(form("-", None, b"---\ntitle: One\n---\nText."), Form::Markdown);
        assert_eq!(form("-", None, b"+++\ntitle = 'One'\n+++\nText."), Form::Markdown);
        assert_eq!(form("a.txt", None, b"---\ntitle: One\n---\nText."), Form::Plain);
        assert_eq!(form("-", None, b"---\nOne day later\n---\nText."), Form::Plain);
        assert_eq!(form("https://x.example/a.md", Some("text/html; charset=utf-8"), b"<p>"), Form::Page);
        assert_eq!(form("https://x.example/a", Some("Text/Markdown"), b"<p>"), Form::Markdown);
        assert_eq!(form("https://x.example/a", Some("text/plain"), b"Text."), Form::Plain);
    }

    #[test]
    fn what_programs_write_for_each_other_is_no_article() {
        for data in ["{\"a\": [1, 2]}", " [{}]\n"] {
            let raw = Raw {
                bytes: data.into(),
                name: "-".to_owned(),
                content_type: None,
                origin: Origin::StandardInput,
                remarks: Vec::new(),
            };
            assert!(matches!(make(raw, &Said::default(), &Limits::default()), Err(Problem::Data)), "{data}");
        }
        assert!(!is_data("[Ann Bell] said so.") && !is_data("12") && !is_data("{\"a\": 1} and more"));
    }

    #[test]
    fn work_that_takes_too_long_or_fails_is_a_problem() {
        let limits = Limits { seconds: 1, ..Limits::default() };
        let slow = within(&limits, || {
            std::thread::sleep(std::time::Duration::from_secs(20));
            Ok(())
        });
        assert!(matches!(slow, Err(Problem::Seconds { limit: 1 })));
    }
}
