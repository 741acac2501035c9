//! Where a source is to be found, and what the reader says about it beforehand.
//!
//! Must never show or keep what an address carries to let its bearer in: name and password, and the parameters that hold a token
//! or a key. Invariant: an [`Address`] is one of http or https with a host.

use std::fmt;
use std::path::{Path, PathBuf};

use jiff::civil;
use url::Url;

use super::error::{Problem, WebProblem};
use super::secret::{percent_decoded, shown, without_name};
use super::visible;

/// A source that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Where it is.
    pub place: Place,
    /// What the reader says about it, which overrules what it says itself.
    pub said: Said,
}

/// What a reader says about a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// The headline.
    pub title: Option<String>,
    /// The publication, or any label.
    pub outlet: Option<String>,
    /// When it was published.
    pub published: Option<civil::DateTime>,
}

/// Where a source is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A file or a folder.
    Path(PathBuf),
    /// Standard input.
    StandardInput,
    /// An address of the web; with what is wrong where it only looks like one.
    Address(Result<Address, Refused>),
}

/// A word that only looks like an address that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// What of it may be shown.
    name: String,
    problem: WebProblem,
}

/// An address of the web.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    url: Url,
}

impl Wanted {
    /// A source by the word it was named with: `-`, an address, a file or a folder.
    pub fn named(word: &Path) -> Self {
        Self { place: Place::named(word), said: Said::default() }
    }
}

impl Place {
    /// See [`Wanted::named`].
    pub fn named(word: &Path) -> Self {
        let text = word.to_string_lossy();
        if text == "-" {
            return Self::StandardInput;
        }
        // A file that is there goes first.
        if looks_like_address(&text) && !word.exists() {
            Self::Address(Address::parse(&text).map_err(|problem| Refused { name: name_of_refused(&text), problem }))
        } else {
            Self::Path(word.to_owned())
        }
    }

    /// What tells whether two words name one source; `None` for what is no address, which may be any.
    pub(super) fn key(&self) -> Option<String> {
        match self {
            Self::Path(path) => {
                let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
                Some(path.to_string_lossy().into_owned())
            }
            Self::Address(Ok(address)) => Some(address.sent()),
            Self::Address(Err(_)) => None,
            Self::StandardInput => Some("-".to_owned()),
        }
    }

    /// The source's name as it may be shown.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => visible(&path.to_string_lossy()),
            Self::StandardInput => "standard input".to_owned(),
            Self::Address(Ok(address)) => address.to_string(),
            Self::Address(Err(refused)) => refused.name.clone(),
        }
    }
}

/// Whether a word is meant as an address, however it is written: with a scheme and `//`, as `http:` with whatever follows, or
/// with one scheme before another. A scheme of one letter is a drive.
fn looks_like_address(word: &str) -> bool {
    let Some((scheme, rest)) = word.trim().split_once(':') else { return false };
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    let is_web = ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web));
    is_scheme && (is_web || rest.starts_with("//") || rest.contains("://"))
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// [`WebProblem`] for another scheme than http and https, and for what has no host.
    pub fn parse(text: &str) -> Result<Self, WebProblem> {
        let url = Url::parse(text.trim()).map_err(|error| WebProblem::NotAnAddress(error.to_string()))?;
        Self::checked(url)
    }

    /// The address that `text` means on a page at this one.
    ///
    /// # Errors
    /// As [`Address::parse`].
    pub fn join(&self, text: &str) -> Result<Self, WebProblem> {
        let url = self.url.join(text.trim()).map_err(|error| WebProblem::NotAnAddress(error.to_string()))?;
        Self::checked(url)
    }

    fn checked(url: Url) -> Result<Self, WebProblem> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(WebProblem::Scheme(visible(url.scheme())));
        }
        match url.host_str() {
            None | Some("") => Err(WebProblem::NotAnAddress("it has no host".to_owned())),
            Some(_) => Ok(Self { url }),
        }
    }

    /// The host, without a port.
    pub fn host(&self) -> &str {
        self.url.host_str().unwrap_or_default()
    }

    /// Whether two addresses have scheme, host and port in common, so that one may know the other's password.
    pub fn shares_origin(&self, other: &Self) -> bool {
        self.url.origin() == other.url.origin()
    }

    /// Whether the host is this machine or one of a private network, by its number or by its name.
    pub fn is_private(&self) -> bool {
        match self.url.host() {
            Some(url::Host::Ipv4(ip)) => {
                ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified()
            }
            Some(url::Host::Ipv6(ip)) => {
                ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local() || ip.is_unicast_link_local()
            }
            Some(url::Host::Domain(name)) => {
                name.eq_ignore_ascii_case("localhost") || name.to_ascii_lowercase().ends_with(".localhost")
            }
            None => false,
        }
    }

    /// Whether the path or the host says that who reads is asked for a name or for consent.
    pub(super) fn asks_first(&self) -> bool {
        const ASKING: [&str; 14] = [
            "login",
            "log-in",
            "signin",
            "sign-in",
            "sso",
            "consent",
            "collectconsent",
            "oauth",
            "oauth2",
            "authorize",
            "auth",
            "captcha",
            "anmelden",
            "connexion",
        ];
        let first = |segment: &str| segment.split('.').next().unwrap_or_default().to_ascii_lowercase();
        let host = first(self.host());
        let mut path = self.url.path().split('/').map(first);
        ASKING.contains(&host.as_str()) || path.any(|segment| ASKING.contains(&segment.as_str()))
    }

    /// Name and password, where there are any.
    pub(super) fn credentials(&self) -> Option<(String, String)> {
        let decoded = |text: &str| percent_decoded(text);
        let (name, password) = (self.url.username(), self.url.password().unwrap_or_default());
        (!name.is_empty() || !password.is_empty()).then(|| (decoded(name), decoded(password)))
    }

    /// The address without name, password and fragment: what a server is asked for, and what tells two addresses apart.
    pub(super) fn sent(&self) -> String {
        without_name(&self.url).into()
    }

    /// The same without the parameters that let their bearer in: what is shown and kept.
    pub fn bare(&self) -> String {
        shown(&self.url).into()
    }
}

/// What may be shown of a word that only looks like an address: nothing that could be a password or a key.
fn name_of_refused(text: &str) -> String {
    if let Some(url) = Url::parse(text.trim()).ok().filter(Url::has_host) {
        return visible(shown(&url).as_str());
    }
    let end = text.find(['?', '#', ';', '%']).unwrap_or(text.len());
    let bare = text[..end].rsplit('@').next().unwrap_or_default().trim();
    if bare.is_empty() || text[end..].contains('@') { "an address".to_owned() } else { visible(bare) }
}

/// What a server says is an address, as it may be shown.
pub(super) fn shown_if_address(text: &str) -> String {
    visible(&Url::parse(text).map_or_else(|_| text.to_owned(), |url| shown(&url).into()))
}

/// An address of the web that somebody else wrote down, without what would let others in; any other text as it is.
pub fn without_secrets(text: &str) -> String {
    let trimmed = text.trim();
    let is_web =
        ["http:", "https:"].iter().any(|web| trimmed.get(..web.len()).is_some_and(|s| s.eq_ignore_ascii_case(web)));
    if !is_web {
        return text.to_owned();
    }
    match Url::parse(trimmed) {
        Ok(url) => {
            let mut whole = url.clone();
            whole.set_fragment(None);
            let shown = shown(&url);
            // What has no secret stays as it was written.
            if shown == whole && !url.fragment().is_some_and(|part| part.contains('=')) {
                text.to_owned()
            } else {
                shown.into()
            }
        }
        // What is no address may hold a password all the same.
        Err(_) => trimmed.rsplit_once('@').map_or_else(|| text.to_owned(), |(_, host)| format!("http://{host}")),
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str(&visible(&self.bare()))
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        write!(f, "Address({self})")
    }
}

impl Place {
    /// The address, or what is wrong with it.
    pub(super) fn address(address: &Result<Address, Refused>) -> Result<&Address, Problem> {
        address.as_ref().map_err(|refused| Problem::Web(refused.problem.clone()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_a_file_an_address_or_standard_input() {
        assert_eq!(Place::named(Path::new("-")), Place::StandardInput);
        assert_eq!(Place::named(Path::new("a.txt")), Place::Path("a.txt".into()));
        assert_eq!(Place::named(Path::new(r"C:\a.txt")), Place::Path(r"C:\a.txt".into()));
        for address in ["https://news.example/a", "HTTP://news.example"] {
            assert!(matches!(Place::named(Path::new(address)), Place::Address(Ok(_))), "{address}");
        }
        for wrong in ["file:///etc/passwd", "javascript://x", "ftp://host/file", "https://", "http://[::"] {
            assert!(matches!(Place::named(Path::new(wrong)), Place::Address(Err(_))), "{wrong}");
        }
        assert_eq!(Place::named(Path::new("notes: 2026.txt")), Place::Path("notes: 2026.txt".into()));
    }

    #[test]
    fn an_address_that_is_badly_written_is_no_file_name_that_shows_its_password() {
        for word in ["https:/ann:hunter2@h/x", "http:ann:hunter2@h", " http://ann:hunter2@h/", "HTTP:\\\\ann:hunter2@h"]
        {
            let place = Place::named(Path::new(word));
            assert!(matches!(place, Place::Address(Ok(_))), "{word}: {place:?}");
            assert!(!format!("{} {place:?}", place.name()).contains("hunter2"), "{word}");
        }
        let place = Place::named(Path::new("view-source:http://ann:hunter2@h/x"));
        assert!(matches!(place, Place::Address(Err(_))), "{place:?}");
        assert!(!format!("{} {place:?}", place.name()).contains("hunter2"));
    }

    #[test]
    fn name_and_password_are_neither_shown_nor_kept() {
        let address = Address::parse("https://ann:s%33cret@news.example:8443/a?b=c#part").unwrap();
        assert_eq!(address.credentials(), Some(("ann".to_owned(), "s3cret".to_owned())));
        for shown in [address.to_string(), address.bare(), format!("{address:?}"), format!("{:?}", Some(&address))] {
            assert!(shown.contains("https://news.example:8443/a?b=c"), "{shown}");
            assert!(!shown.contains("ann") && !shown.contains("cret"), "{shown}");
        }
        for (wrong, name) in [
            ("ftp://ann:secret@host/a?token=secret", "ftp://host/a"),
            ("https://", "https://"),
            ("http://ann:secret@[::", "[::"),
            ("view-source:http://ann:secret@h/x?key=secret", "h/x"),
            ("view-source:http://ann:se?cret@h/x", "an address"),
        ] {
            let wrong = Wanted::named(Path::new(wrong));
            assert_eq!(wrong.place.name(), name);
            assert!(!format!("{wrong:?}").contains("secret"), "{wrong:?}");
        }
    }

    #[test]
    fn what_lets_its_bearer_in_is_sent_and_neither_shown_nor_kept() {
        let table = [
            ("?id=3&token=s3", "?id=3"),
            ("?access_token=s3", ""),
            ("?accessToken=s3&b", "?b"),
            ("?X-Amz-Signature=s3&X-Amz-Date=1", "?X-Amz-Date=1"),
            ("?user%5Bpassword%5D=s3&a=%20b", "?a=%20b"),
            ("?a=1;key=s3", "?a=1"),
            ("?APIKEY=s3#part", ""),
            ("?keyword=bridge&page=2&country=key", "?keyword=bridge&page=2&country=key"),
            ("?", "?"),
            ("?a;b", "?a;b"),
        ];
        for (query, expected) in table {
            let address = Address::parse(&format!("https://ann:s3@news.example/a{query}")).unwrap();
            assert_eq!(address.bare(), format!("https://news.example/a{expected}"));
            assert!(!format!("{address} {address:?}").contains("s3"), "{address}");
            let sent = query.split('#').next().unwrap_or_default();
            assert_eq!(address.sent(), format!("https://news.example/a{sent}"));
        }
        assert_eq!(shown_if_address("ftp://ann:s3@host/a?sig=s3"), "ftp://host/a");
        assert_eq!(shown_if_address("//::"), "//::");
    }

    #[test]
    fn an_address_that_somebody_wrote_down_keeps_no_secret_and_is_otherwise_as_it_was() {
        for (given, expected) in [
            ("http://ann:s3@h.example/a?token=s3&id=4", "http://h.example/a?id=4"),
            ("http://ann:s3@h.example/a b?token=s3&id=4", "http://h.example/a%20b?id=4"),
            ("https://h.example/a#access_token=s3", "https://h.example/a"),
            ("https://H.example/a#part", "https://H.example/a#part"),
            ("http://ann:s3@[::bad/a", "http://[::bad/a"),
            ("/home/ann:s3@h/a.txt", "/home/ann:s3@h/a.txt"),
            ("urn:isbn:1", "urn:isbn:1"),
        ] {
            assert_eq!(without_secrets(given), expected);
        }
    }

    #[test]
    fn an_address_says_that_it_asks_first() {
        for asks in ["https://post.example/login?to=/a", "https://sso.post.example/", "https://h/a/signin.php"] {
            assert!(Address::parse(asks).unwrap().asks_first(), "{asks}");
        }
        for none in
            ["https://post.example/a/consent-given", "https://post.example/?login=1", "https://login-news.example/a"]
        {
            assert!(!Address::parse(none).unwrap().asks_first(), "{none}");
        }
    }

    #[test]
    fn private_hosts_are_known() {
        for private in
            ["http://127.0.0.1:80/", "http://localhost/", "http://[::1]/", "http://192.168.0.1/", "http://10.1.1.1"]
        {
            assert!(Address::parse(private).unwrap().is_private(), "{private}");
        }
        assert!(!Address::parse("http://news.example/").unwrap().is_private());
    }
}
