//! Why a source could not be opened, in words that say what to do.
//!
//! Must never carry a character that a terminal obeys. Invariant: every message names the source, the reason and the next step.

use std::io;

use thiserror::Error;

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
    /// A problem with the source of that name.
    pub fn new(name: String, problem: Problem) -> Self {
        Self { name, problem }
    }
}

/// What keeps a source from being opened.
#[derive(Debug, Error)]
pub enum Problem {
    /// Nothing has that name.
    #[error("no such file; check the spelling and the folder")]
    Missing,
    /// A folder without an article in it.
    #[error("is a folder without an article in it (.txt, .md, .html, .eml); name another, or the articles themselves")]
    EmptyFolder,
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
    #[error("is larger than the limit of {limit} bytes; split it, or raise the limit: --limit bytes=NUMBER")]
    TooLarge {
        /// The limit, in bytes.
        limit: u64,
    },
    /// More bytes than the limit once it is unpacked.
    #[error(
        "unpacks to more than the limit of {limit} bytes; if you trust it, raise the limit: --limit unpacked=NUMBER"
    )]
    Unpacked {
        /// The limit, in bytes.
        limit: u64,
    },
    /// A line longer than the limit.
    #[error("has a line longer than the limit of {limit} bytes; break it, or raise the limit: --limit line=NUMBER")]
    LongLine {
        /// The limit, in bytes.
        limit: u64,
    },
    /// Elements nested deeper than the limit.
    #[error(
        "nests its elements deeper than the limit of {limit}; save its text, or raise the limit: --limit nesting=NUMBER"
    )]
    Nesting {
        /// The limit, in elements.
        limit: u64,
    },
    /// An element with more attributes than any page needs.
    #[error("has an element with more than {0} attributes, which no page needs; save its text instead")]
    Attributes(usize),
    /// More sources than the limit; the first of them stands for all.
    #[error(
        "is one source more than the limit of {limit}{}; name fewer, or raise the limit: --limit sources=NUMBER",
        after_it(*.others)
    )]
    Sources {
        /// The limit.
        limit: u64,
        /// How many more there are.
        others: usize,
    },
    /// Reading or loading takes longer than the limit.
    #[error("took longer than the limit of {limit} seconds; try again, or raise the limit: --limit seconds=NUMBER")]
    Seconds {
        /// The limit, in seconds.
        limit: u64,
    },
    /// More redirects than the limit.
    #[error(
        "redirects more often than the limit of {limit}; open it in a browser, or raise it: --limit redirects=NUMBER"
    )]
    Redirects {
        /// The limit.
        limit: u64,
    },
    /// What came over the network is no page with an article, or nothing came.
    #[error(transparent)]
    Web(#[from] WebProblem),
    /// A page without an article.
    #[error(transparent)]
    Page(#[from] PageProblem),
    /// A feed, which lists articles and is none.
    #[error("is a feed; `crossread feed {name}` lists its articles")]
    Feed {
        /// The source, for the command.
        name: String,
    },
    /// Another source holds the same text.
    #[error("holds the same text as {first}; one of them is opened")]
    SameText {
        /// The one that is open.
        first: String,
    },
    /// The same source was named before.
    #[error("is named twice (also as {first}); name each source once")]
    Twice {
        /// How it was named before.
        first: String,
    },
    /// The reader did not wait for it.
    #[error("was not waited for; name it again to open it")]
    LeftOut,
    /// What programs write for each other.
    #[error("is data (JSON) and no article; save the article's text and name that file")]
    Data,
    /// A list of sources, or a feed or a message, that cannot be understood.
    #[error("cannot be understood: {0}")]
    Malformed(String),
    /// Any other failure to read.
    #[error("cannot be read: {0}; check the file and the disk it is on")]
    Unreadable(#[source] io::Error),
}

/// Why an address gave no page.
#[derive(Debug, Clone, Error, PartialEq, Eq)]
pub enum WebProblem {
    /// It is no address.
    #[error("is no address of the web: {0}; write it as https://host/path")]
    NotAnAddress(String),
    /// Another scheme than http and https.
    #[error("has the scheme \"{0}\"; only http and https are opened")]
    Scheme(String),
    /// A redirect leads where it must not.
    #[error("redirects to {0}, which is not followed; open that address itself if you trust it")]
    Astray(String),
    /// A redirect that does not say where it leads.
    #[error("redirects without saying where to; open it in a browser")]
    Nowhere,
    /// A redirect leads back to where it began.
    #[error("redirects in a circle; open it in a browser")]
    Circle,
    /// No such host.
    #[error("the host {0} is not known; check the spelling and the connection")]
    Host(String),
    /// Nobody answers, or the connection broke.
    #[error("the server cannot be reached ({0}); check the connection and try again")]
    Unreachable(String),
    /// The connection cannot be trusted.
    #[error("the connection is not secure ({0}); do not trust what it says")]
    Insecure(String),
    /// The body ended before it was whole.
    #[error("the answer broke off ({0}); try again")]
    BrokenOff(String),
    /// The server refuses.
    #[error("the server answers {code} ({meaning}); {advice}")]
    Status {
        /// The status code.
        code: u16,
        /// What it means.
        meaning: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// What came is no text.
    #[error("is not a page but {0}; only text can be compared")]
    NotText(String),
}

/// Why a page gave no article.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum PageProblem {
    /// It asks who is there.
    #[error("is a login page; open the article in a browser, save the page and name the file")]
    Login,
    /// It asks for consent to cookies and shows nothing else.
    #[error("shows a cookie notice and no article; accept it in a browser, save the page and name the file")]
    CookieWall,
    /// It says that something went wrong.
    #[error("is a server's error page (\"{0}\"); check the address, or try again later")]
    Failure(String),
    /// It has no running text.
    #[error("has no article: {words} words of running text were found; save the article's text and name that file")]
    NoArticle {
        /// How many words of running text there are.
        words: usize,
    },
}

fn after_it(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => ", and so is 1 after it".to_owned(),
        _ => format!(", and so are {others} after it"),
    }
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
