//! Bytes from anywhere become an [`Article`]: the only reader of articles.
//!
//! Must never compare, and never let a source that cannot be read stop the others. Invariant: the `text` of an article of plain
//! text is the decoded source itself (a byte order mark left out), so offsets can be checked against the file; that of a page,
//! of Markdown and of a message is what they say, without their markup.

pub mod cache;
mod date;
mod decode;
mod draft;
pub mod error;
pub mod feed;
mod front_matter;
mod html;
mod limits;
pub mod list;
mod mail;
mod markdown;
pub mod metadata;
pub mod opening;
pub mod place;
mod raised;
mod sample;
mod secret;
pub mod text;
mod web;

use std::path::PathBuf;

use jiff::civil;

use crate::text::{Text, display};

pub use cache::Cache;
pub use date::moment;
pub use error::{Problem, SourceError};
pub use feed::{Entry, Feed};
pub use limits::{LimitError, Limits};
pub use list::ReadingList;
pub use opening::{Opener, Opening, Stage};
pub use place::{Address, Place, Said, Wanted, without_secrets};
pub use sample::{Sample, sample};
pub use text::{from_bytes, in_panes, open, open_all};

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
    /// Where it says that it stands on the web, without what would let others in.
    pub address: Option<String>,
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
    /// An address of the web, without name and password.
    Address(String),
}

impl Origin {
    /// The source as it was named, for messages; holds no character that a terminal obeys.
    pub fn name(&self) -> String {
        match self {
            Self::File(path) => visible(&path.to_string_lossy()),
            Self::Sample(name) => (*name).to_owned(),
            Self::StandardInput => "standard input".to_owned(),
            Self::Address(address) => visible(address),
        }
    }
}

/// The sources that could be opened, in the order in which they were named, and why the others could not.
#[derive(Debug, Default)]
pub struct Opened {
    /// What can be read.
    pub articles: Vec<Article>,
    /// What the reader said about each of them, in the same order.
    pub said: Vec<Said>,
    /// What cannot.
    pub failures: Vec<SourceError>,
    /// What the reader should know about how the others were read, one line each: a guessed encoding, characters not shown.
    pub remarks: Vec<String>,
}

impl Opened {
    /// The same without the sources that hold the text of one before them, which say nothing that it does not say.
    pub fn without_copies(self) -> Self {
        let mut kept = Self { failures: self.failures, remarks: self.remarks, ..Self::default() };
        for (article, said) in self.articles.into_iter().zip(self.said) {
            match kept.articles.iter().find(|open| open.sha256 == article.sha256) {
                Some(open) => {
                    let problem = Problem::SameText { first: open.origin.name() };
                    kept.failures.push(SourceError::new(article.origin.name(), problem));
                }
                None => {
                    kept.articles.push(article);
                    kept.said.push(said);
                }
            }
        }
        kept
    }
}

/// Longest label taken from a title, in characters.
const LABEL: usize = 40;

impl Article {
    /// What to call the article on screen: its outlet, else its title cut short, else its file's name. Holds no character that
    /// a terminal obeys.
    pub fn label(&self) -> String {
        if let Some(outlet) = &self.metadata.outlet {
            return visible(outlet);
        }
        if let Some(title) = &self.metadata.title {
            return visible(&cut_short(title));
        }
        match &self.origin {
            Origin::File(path) => visible(&path.file_name().unwrap_or(path.as_os_str()).to_string_lossy()),
            Origin::Sample(name) => (*name).to_owned(),
            Origin::StandardInput => "standard input".to_owned(),
            Origin::Address(address) => {
                let host = address.split("://").nth(1).and_then(|rest| rest.split('/').next());
                visible(host.unwrap_or(address))
            }
        }
    }
}

/// A title's first words, with an ellipsis where more follow.
fn cut_short(title: &str) -> String {
    let Some((limit, _)) = title.char_indices().nth(LABEL) else { return title.to_owned() };
    let head = &title[..limit];
    let words = head.rfind(char::is_whitespace).map_or(head, |space| &head[..space]);
    format!("{}…", words.trim_end_matches(|c: char| !c.is_alphanumeric()))
}

/// The text on one line as a terminal may have it: what it would obey, and what nobody would see, as marks or left out.
pub fn visible(text: &str) -> String {
    display::line(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(metadata: Metadata) -> Article {
        let origin = Origin::File(PathBuf::from("/news/bridge.txt"));
        Article { metadata, origin, text: Text::new("One.".to_owned()), sha256: String::new() }
    }

    #[test]
    fn an_article_is_called_by_its_outlet_or_title_or_file() {
        let title = Some("Ship hits the swing bridge, and nobody knows whose fault it was".to_owned());
        let outlet = Some("The Post\u{1b}[2J".to_owned());
        assert_eq!(article(Metadata { title: title.clone(), outlet, ..Metadata::default() }).label(), "The Post␛[2J");
        let label = article(Metadata { title, ..Metadata::default() }).label();
        assert_eq!(label, "Ship hits the swing bridge, and nobody…");
        assert_eq!(article(Metadata::default()).label(), "bridge.txt");
        let origin = Origin::Address("https://news.example/a/b".to_owned());
        assert_eq!(Article { origin, ..article(Metadata::default()) }.label(), "news.example");
    }

    #[test]
    fn what_a_terminal_obeys_is_replaced() {
        assert_eq!(visible("a\u{202e}b\u{7}c\u{9b}é"), "a\u{fffd}b␇c\u{fffd}é");
    }
}
