//! Pages from addresses of the web.
//!
//! Must never send a name and password anywhere but where they belong, follow a redirect out of http and https or into a
//! private network, or read on past a limit. Invariant: whatever a server does ends, at the latest, with the time allowed.

use std::io::{self, Read};
use std::time::{Duration, Instant};

use flate2::read::MultiGzDecoder;
use ureq::tls::{RootCerts, TlsConfig};
use ureq::{Agent, Body};

use super::error::{Problem, WebProblem};
use super::opening::Stage;
use super::place::shown_if_address;
use super::{Address, Limits};

/// How crossread calls itself.
const NAME: &str = concat!("crossread/", env!("CARGO_PKG_VERSION"));

/// What is asked for.
const ACCEPT: &str = "text/html, application/xhtml+xml, text/markdown;q=0.9, text/plain;q=0.8, */*;q=0.5";

/// What a server sent.
#[derive(Debug)]
pub(super) struct Page {
    /// Unpacked.
    pub(super) bytes: Vec<u8>,
    /// How many bytes came in, packed as they were.
    pub(super) came: u64,
    pub(super) content_type: Option<String>,
    /// The address after all redirects.
    pub(super) address: Address,
}

type Response = ureq::http::Response<Body>;

/// Loads an address, following redirects, and tells how far it is.
///
/// # Errors
/// [`Problem`] when nothing comes, it is no text, or a limit is passed.
pub(super) fn load(address: &Address, limits: &Limits, tell: &dyn Fn(Stage)) -> Result<Page, Problem> {
    let end = Instant::now() + limits.patience();
    let mut at = address.clone();
    let mut been = vec![at.sent()];
    loop {
        tell(Stage::Connecting);
        let response = ask(&at, address, remaining(end, limits)?, limits)?;
        let code = response.status().as_u16();
        if !matches!(code, 301 | 302 | 303 | 307 | 308) {
            check_status(code)?;
            let content_type = header(&response, "content-type");
            check_type(content_type.as_deref())?;
            let (bytes, came) = body(response, limits, tell)?;
            return Ok(Page { bytes, came, content_type, address: at });
        }
        if been.len() as u64 > limits.redirects {
            return Err(Problem::Redirects { limit: limits.redirects });
        }
        let to = header(&response, "location").ok_or(WebProblem::Nowhere)?;
        let next = at.join(&to).map_err(|_| WebProblem::Astray(shortened(&shown_if_address(&to))))?;
        if next.is_private() && !address.is_private() {
            return Err(WebProblem::Astray(next.to_string()).into());
        }
        if been.contains(&next.sent()) {
            return Err(WebProblem::Circle.into());
        }
        been.push(next.sent());
        at = next;
    }
}

fn remaining(end: Instant, limits: &Limits) -> Result<Duration, Problem> {
    end.checked_duration_since(Instant::now())
        .filter(|left| !left.is_zero())
        .ok_or(Problem::Seconds { limit: limits.seconds })
}

/// Sends one request. Name and password go only to where the reader gave them for.
fn ask(at: &Address, first: &Address, time: Duration, limits: &Limits) -> Result<Response, Problem> {
    let tls = TlsConfig::builder().root_certs(RootCerts::PlatformVerifier).build();
    let config = Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .timeout_global(Some(time))
        .timeout_connect(Some(time.min(Duration::from_secs(10))))
        .user_agent(NAME)
        .accept(ACCEPT)
        .accept_encoding("gzip")
        .tls_config(tls)
        .build();
    let agent: Agent = config.into();
    let mut request = agent.get(at.sent());
    if let Some((name, password)) = first.credentials().filter(|_| at.shares_origin(first)) {
        request = request.header("Authorization", format!("Basic {}", base64(format!("{name}:{password}").as_bytes())));
    }
    request.call().map_err(|error| problem(error, at, limits))
}

/// What went wrong, in words for the reader.
fn problem(error: ureq::Error, at: &Address, limits: &Limits) -> Problem {
    use ureq::Error as E;
    let host = super::visible(at.host());
    match error {
        E::Timeout(_) | E::BodyStalled => Problem::Seconds { limit: limits.seconds },
        E::HostNotFound => WebProblem::Host(host).into(),
        E::Rustls(error) => insecure(&error.to_string()).into(),
        E::Tls(error) => insecure(error).into(),
        E::Io(error) => io_problem(&error, &host, limits),
        error => WebProblem::Unreachable(shortened(&error.to_string())).into(),
    }
}

fn io_problem(error: &io::Error, host: &str, limits: &Limits) -> Problem {
    let said = shortened(&error.to_string());
    let lower = said.to_lowercase();
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Problem::Seconds { limit: limits.seconds },
        // Some resolvers say no more than this.
        _ if lower.contains("lookup") || lower.contains("resolve") => WebProblem::Host(host.to_owned()).into(),
        _ if lower.contains("certificate") || lower.contains("tls") || lower.contains("handshake") => {
            insecure(&said).into()
        }
        io::ErrorKind::InvalidData => insecure(&said).into(),
        _ => WebProblem::Unreachable(said).into(),
    }
}

/// Why a connection is not trusted, for somebody who does not know what the library calls it.
fn insecure(said: &str) -> WebProblem {
    let known = [
        ("certificate expired", "its certificate has expired"),
        ("not valid yet", "its certificate is not valid yet; check this machine's clock"),
        ("not valid for name", "its certificate is for another host"),
        ("UnknownIssuer", "its certificate comes from nobody that this system trusts"),
        ("No CA certificates", "this system has no list of whom to trust; install its CA certificates"),
    ];
    let meaning = known.iter().find(|(part, _)| said.contains(part)).map(|(_, meaning)| (*meaning).to_owned());
    WebProblem::Insecure(meaning.unwrap_or_else(|| shortened(said)))
}

fn check_status(code: u16) -> Result<(), WebProblem> {
    let (meaning, advice) = match code {
        200..=299 => return Ok(()),
        401 | 407 => ("it asks who you are", "open it in a browser, save the page and name the file"),
        402 => ("it asks for money", "open it in a browser, save the page and name the file"),
        403 => ("it refuses", "open it in a browser, save the page and name the file"),
        404 | 410 => ("there is no such page", "check the address"),
        429 => ("it was asked too often", "try again later"),
        451 => ("it may not show this page", "look for another copy"),
        400..=499 => ("it refuses", "check the address"),
        500..=599 => ("it has failed", "try again later"),
        _ => ("which makes no sense here", "open it in a browser"),
    };
    Err(WebProblem::Status { code, meaning, advice })
}

/// Pictures, films and documents are not loaded to the end to find out that they are none.
fn check_type(content_type: Option<&str>) -> Result<(), WebProblem> {
    let Some(said) = content_type else { return Ok(()) };
    let kind = said.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let never = ["image/", "video/", "audio/", "font/"].iter().any(|family| kind.starts_with(family))
        || matches!(kind.as_str(), "application/pdf" | "application/zip" | "application/msword");
    if never { Err(WebProblem::NotText(super::visible(&kind))) } else { Ok(()) }
}

/// Reads the body to its end, unpacking it, within the limits for what comes in and for what comes out; and how many bytes
/// came in.
fn body(response: Response, limits: &Limits, tell: &dyn Fn(Stage)) -> Result<(Vec<u8>, u64), Problem> {
    let of = header(&response, "content-length").and_then(|length| length.parse().ok());
    let packed = header(&response, "content-encoding").unwrap_or_default().to_ascii_lowercase();
    let wire = response.into_body().into_with_config().limit(u64::MAX).reader();
    let mut wire = Counted { inner: wire, read: 0, limit: limits.bytes, of, tell };
    let bytes = match packed.trim() {
        "" | "identity" => drain(&mut wire, limits.bytes, Problem::TooLarge { limit: limits.bytes }, limits)?,
        "gzip" | "x-gzip" => {
            let unpacked = Problem::Unpacked { limit: limits.unpacked };
            drain(MultiGzDecoder::new(&mut wire), limits.unpacked, unpacked, limits)?
        }
        other => return Err(WebProblem::NotText(format!("packed as {}", super::visible(other))).into()),
    };
    Ok((bytes, wire.read))
}

/// Bytes as they come in, counted and told.
struct Counted<'a, R> {
    inner: R,
    read: u64,
    limit: u64,
    of: Option<u64>,
    tell: &'a dyn Fn(Stage),
}

/// Marks the error that is raised when too much comes in.
const TOO_MUCH: &str = "more than the limit came in";

impl<R: Read> Read for Counted<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.read += count as u64;
        if self.read > self.limit {
            return Err(io::Error::other(TOO_MUCH));
        }
        (self.tell)(Stage::Loading { bytes: self.read, of: self.of });
        Ok(count)
    }
}

/// Everything a reader gives, up to `most` bytes.
fn drain(mut reader: impl Read, most: u64, past: Problem, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut buffer = [0; 16 << 10];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return Ok(bytes),
            Ok(count) if (bytes.len() + count) as u64 > most => return Err(past),
            Ok(count) => bytes.extend_from_slice(&buffer[..count]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) if error.to_string() == TOO_MUCH => return Err(Problem::TooLarge { limit: limits.bytes }),
            Err(error) => return Err(broken_off(&error, limits)),
        }
    }
}

fn broken_off(error: &io::Error, limits: &Limits) -> Problem {
    let said = error.to_string();
    let late = error.kind() == io::ErrorKind::TimedOut || said.contains("timeout") || said.contains("stalled");
    if late { Problem::Seconds { limit: limits.seconds } } else { WebProblem::BrokenOff(shortened(&said)).into() }
}

fn header(response: &Response, name: &str) -> Option<String> {
    response.headers().get(name).map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
}

/// What somebody else says, short enough for a line.
fn shortened(said: &str) -> String {
    let said = super::visible(said);
    let end = said.char_indices().nth(120).map_or(said.len(), |(at, _)| at);
    said[..end].to_owned()
}

/// RFC 4648, section 4.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * place) & 63) as usize];
            text.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs =
            [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("ü:ß", "w7w6w58=")];
        for (plain, coded) in pairs {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
