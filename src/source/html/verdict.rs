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

/// What stands in the headline of a page that refuses, where its text says so, too.
#[rustfmt::skip]
const REFUSALS: [&str; 19] = [
    "denied", "verify you are", "are you human", "robot", "legal reasons", "find that page", "find this page",
    "find the page", "page can't be found", "page cannot be found", "be back soon", "maintenance", "unusual activity",
    "security check", "attention required", "blocked", "not available in your", "unavailable in your", "doesn't exist",
];

/// What such a page says.
#[rustfmt::skip]
const REFUSING: [&str; 18] = [
    "automation tools", "not a robot", "are a human", "you are human", "javascript is disabled", "javascript and cookies",
    "attempting to access", "page you were looking for", "page you are looking for", "page you're looking for",
    "may have been moved", "please check back", "sorry for the inconvenience", "the inconvenience this", "ray id",
    "access to this page has been denied", "access cannot be granted", "security of your connection",
];

/// How the headline of a page begins that asks who is there.
#[rustfmt::skip]
const LOGINS: [&str; 15] = [
    "log in", "login", "log-in", "sign in", "sign-in", "signin", "welcome back", "create an account", "your account",
    "my account", "anmelden", "einloggen", "se connecter", "connexion", "iniciar sesión",
];

/// What such a page says.
#[rustfmt::skip]
const ASKING_WHO: [&str; 12] = [
    "enter your", "by continuing", "we will send you", "we'll send you", "forgot", "create an account",
    "have an account", "to log in", "to sign in", "by signing in", "by logging in", "geben sie ihre",
];

/// How a page speaks of itself that asks for consent.
#[rustfmt::skip]
const ASKING_CONSENT: [&str; 8] = [
    "we use", "our partners", "your consent", "ihre zustimmung", "ihre einwilligung", "wir verwenden", "nous utilisons",
    "utilizamos",
];

/// What a page shows besides its text.
#[derive(Debug, Default)]
pub(super) struct Seen {
    title: String,
    asks: Asks,
    accepts: bool,
    holds_article: bool,
}

/// What a page asks for.
#[derive(Debug, Default)]
struct Asks {
    password: bool,
    name: bool,
    consent: bool,
}

impl Seen {
    /// Looks at a page as it came.
    pub(super) fn of(document: &Document) -> Self {
        let headings = document.select("title, h1");
        let title: Vec<String> = headings.nodes().iter().take(4).map(|node| line(*node)).collect();
        let text = document.body().map(|body| body.text().to_lowercase()).unwrap_or_default();
        let cookies = text.matches("cookie").take(3).count() >= 2 || text.contains("consent");
        let asked = ["accept", "agree", "reject", "preferences"].iter().any(|word| text.contains(word));
        let name = "input[type=email], input[autocomplete=username], input[name=email], input[name=username]";
        Self {
            title: title.join(" · "),
            asks: Asks {
                password: !document.select("input[type=password]").is_empty(),
                name: !document.select(name).is_empty(),
                consent: cookies && asked,
            },
            accepts: asked || ["akzeptieren", "zustimmen", "aceptar"].iter().any(|word| text.contains(word)),
            holds_article: !document.select("article").is_empty(),
        }
    }

    /// Whether a page asks who is there, by its headline and by its text.
    fn asks_who(&self, text: &str) -> bool {
        let begins = |part: &str| part == "account" || LOGINS.iter().any(|login| part.starts_with(login));
        let named = self.title.to_lowercase().split(" · ").any(|part| begins(part.trim()));
        self.asks.name && !self.holds_article && named && ASKING_WHO.iter().any(|asking| text.contains(asking))
    }

    /// Whether a page refuses, by its headline and by its text.
    fn refuses(&self, text: &str) -> bool {
        let title = self.title.to_lowercase().replace('’', "'");
        !self.holds_article
            && REFUSALS.iter().any(|known| title.contains(known))
            && REFUSING.iter().any(|known| text.contains(known))
    }

    /// Whether what a page says is that it uses cookies, and what it asks for is consent.
    fn asks_for_cookies(&self, text: &str) -> bool {
        self.accepts
            && !self.holds_article
            && text.contains("cookie")
            && ASKING_CONSENT.iter().any(|asking| text.contains(asking))
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
    if sure {
        return Ok(());
    }
    let text: Vec<String> = found.iter().map(|block| block.text.to_lowercase().replace('’', "'")).collect();
    let text = text.join("\n");
    let problem = match seen.failure() {
        Some(title) => PageProblem::Failure(crate::source::visible(title)),
        None if seen.asks.password || seen.asks_who(&text) => PageProblem::Login,
        None if seen.asks.consent || seen.asks_for_cookies(&text) => PageProblem::CookieWall,
        None if seen.refuses(&text) => PageProblem::Failure(crate::source::visible(&seen.title)),
        None if words < LEAST => PageProblem::NoArticle { words },
        None => return Ok(()),
    };
    Err(problem.into())
}

#[cfg(test)]
mod tests {
    use crate::source::Limits;
    use crate::source::html::read;

    fn refused(page: &str) -> String {
        read(page, &Limits::default()).err().map(|problem| problem.to_string()).unwrap_or_default()
    }

    #[test]
    fn a_page_that_asks_who_is_there_is_no_article() {
        let code = "<title>Account</title><h1>Welcome back</h1><p>Enter your email address to log in or to make an account. We \
            will send you a code that you can use for the next ten minutes.</p><form><input type=email><button>Go</button></form>";
        let terms = "<title>Log in - The Post</title><main><h1>Log in or create an account</h1><form><input type=email></form>\
            <p>By continuing, you agree to the updated Terms of Sale, Terms of Service, and Privacy Policy.</p></main>";
        for page in [code, terms] {
            assert!(refused(page).contains("login page"), "{page}");
        }
        let story = "<title>Login page copied | Post</title><h1>Login page copied</h1><p>Thieves copied the login page of a bank and \
            took the passwords of nine hundred people, the police in Carrow said on Sunday.</p><form><input type=email></form>";
        assert_eq!(refused(story), "");
    }

    #[test]
    fn a_page_that_refuses_is_no_article_and_a_story_of_one_is() {
        let denied = "<title>Access to this page has been denied.</title><h1>Please verify you are a human</h1><p>Access to this page \
            has been denied because we believe you are using automation tools to browse the website.</p>";
        let law = "<title>451: Unavailable due to legal reasons</title><h1>451: Unavailable due to legal reasons</h1><p>We recognize \
            you are attempting to access this website from a country that belongs to the European Economic Area.</p>";
        let gone = "<title>The Post</title><h1>Sorry, we couldn’t find that page</h1><p>The page you were looking for may have been \
            moved or deleted. You may want to go to our home page and look for it there.</p>";
        let later = "<title>The Post</title><h1>We’ll be back soon</h1><p>We are doing some maintenance on our site. Please check back \
            in a few minutes. We are sorry for the inconvenience this causes.</p>";
        for page in [denied, law, gone, later] {
            assert!(refused(page).contains("error page"), "{page}");
        }
        let story = "<title>Minister denied bail | Post</title><h1>Minister denied bail</h1><p>A court in Carrow kept the former \
            minister of works in prison on Sunday, and said that he might run away.</p>";
        assert_eq!(refused(story), "");
    }

    #[test]
    fn a_page_that_asks_for_consent_is_no_article_in_other_languages_and_words() {
        let german = "<title>Zustimmung</title><h1>Weiter mit Werbung lesen</h1><p>Besuchen Sie uns wie gewohnt mit Werbung. Ihre \
            Zustimmung ist jederzeit widerrufbar. Details zu Cookies finden Sie hier.</p><button>Akzeptieren und weiter</button>";
        let before = "<title>Before you continue</title><h1>Before you continue</h1><p>We use cookies and data to deliver and maintain \
            our services, track outages and protect against spam and abuse.</p><button>Accept all</button>";
        for page in [german, before] {
            assert!(refused(page).contains("cookie notice"), "{page}");
        }
    }
}
