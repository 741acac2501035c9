//! Whether a page has an article at all, and what it is where it has none.
//!
//! Must never refuse a page for what its article is about: only a page with hardly any running text is judged by its words.

use dom_query::Document;

use super::blocks::{Block, line};
use super::metadata::Said;
use super::running;
use crate::source::error::{PageProblem, Problem};

/// Words of running text past which a page has an article, whatever else stands on it.
const PLENTY: usize = 120;

/// Words of running text that a page needs to have an article.
const LEAST: usize = 12;

/// Headlines of pages that say that something went wrong.
#[rustfmt::skip]
const FAILURES: [&str; 22] = [
    "not found", "page not found", "internal server error", "bad gateway", "service unavailable", "gateway timeout",
    "gateway time-out", "forbidden", "access denied", "unauthorized", "too many requests", "something went wrong",
    "error 404", "error 500", "error 502", "error 503", "page unavailable", "temporarily unavailable",
    "page doesn't exist", "page does not exist", "just a moment", "are you a robot",
];

/// What a page shows besides its text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    title: String,
    asks_password: bool,
    asks_consent: bool,
}

impl Seen {
    /// Looks at a page as it came.
    pub(super) fn of(document: &Document) -> Self {
        let headings = document.select("title, h1");
        let title: Vec<String> = headings.nodes().iter().take(4).map(|node| line(*node)).collect();
        let text = document.body().map(|body| body.text().to_lowercase()).unwrap_or_default();
        let cookies = text.matches("cookie").take(3).count() >= 2 || text.contains("consent");
        let asked = ["accept", "agree", "reject", "preferences"].iter().any(|word| text.contains(word));
        Self {
            title: title.join(" · "),
            asks_password: !document.select("input[type=password]").is_empty(),
            asks_consent: cookies && asked,
        }
    }

    fn failure(&self) -> Option<&str> {
        let lower = self.title.to_lowercase().replace('’', "'");
        let code = lower
            .split(|c: char| !c.is_ascii_digit())
            .any(|word| matches!(word, "401" | "403" | "404" | "410" | "429" | "500" | "502" | "503" | "504"));
        let short = super::words(&self.title) <= 16;
        (short && (code || FAILURES.iter().any(|known| lower.contains(known)))).then_some(self.title.as_str())
    }
}

/// Answers what a page is where it is no article.
///
/// # Errors
/// [`PageProblem`].
pub(super) fn judge(seen: &Seen, said: &Said, found: &[Block]) -> Result<(), Problem> {
    let words = running(found);
    // A page that says when its article was published has one, short as it may be.
    let sure = words >= PLENTY || words >= LEAST && said.metadata.published.is_some();
    let problem = match seen.failure() {
        _ if sure => return Ok(()),
        Some(title) => PageProblem::Failure(crate::source::visible(title)),
        None if seen.asks_password => PageProblem::Login,
        None if seen.asks_consent => PageProblem::CookieWall,
        None if words < LEAST => PageProblem::NoArticle { words },
        None => return Ok(()),
    };
    Err(problem.into())
}
