//! Opening an address of the web in the reader's browser, by the system's own way.
//!
//! Must never run a shell or open anything but http and https: the address comes from a source. Invariant: the address is one
//! argument, and what was done with it is said.

use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// How long a program may take to say that it cannot open anything: one that opens something runs on, or ends well.
const PATIENCE: Duration = Duration::from_millis(400);

/// How long between two looks at it.
const PAUSE: Duration = Duration::from_millis(10);

/// Hands an address to the reader's browser or the system's way to open one, and answers by which.
///
/// # Errors
/// Why nothing could be opened, in words for the reader.
pub fn open(address: &str) -> Result<String, String> {
    if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
        return Err("only addresses of the web are opened".to_owned());
    }
    let own = std::env::var("BROWSER").unwrap_or_default();
    try_each(own_ways(&own).into_iter().chain(ways()), address)
}

/// A program, and what stands before the address.
type Way = Vec<String>;

/// Tries one way after another until one does not fail at once.
fn try_each(ways: impl IntoIterator<Item = Way>, address: &str) -> Result<String, String> {
    let mut failed = Vec::new();
    for way in ways {
        let [program, arguments @ ..] = way.as_slice() else { continue };
        let mut command = Command::new(program);
        command.args(arguments).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let Ok(child) = command.spawn() else { continue };
        if !fails(child) {
            return Ok(way.join(" "));
        }
        failed.push(way.join(" "));
    }
    match failed.as_slice() {
        [] => Err("this system has no program to open addresses with".to_owned()),
        failed => Err(format!("{} could not", failed.join(", "))),
    }
}

/// Whether a program ends at once and not well. It may run as long as the browser does, and somebody has to take its end in.
fn fails(mut child: Child) -> bool {
    let until = Instant::now() + PATIENCE;
    while Instant::now() < until {
        match child.try_wait() {
            Ok(Some(status)) => return !status.success(),
            Ok(None) => thread::sleep(PAUSE),
            Err(_) => break,
        }
    }
    thread::spawn(move || child.wait());
    false
}

/// The reader's own browsers: commands between colons, as `$BROWSER` names them, without a place for the address.
fn own_ways(browser: &str) -> Vec<Way> {
    let commands = browser.split(':').map(|command| command.split_whitespace());
    let ways = commands.map(|words| words.filter(|word| *word != "%s").map(str::to_owned).collect::<Way>());
    ways.filter(|way| !way.is_empty() && way.iter().all(|word| !word.contains("%s"))).collect()
}

/// The programs that may be there.
fn ways() -> Vec<Way> {
    let ways: &[&[&str]] = if cfg!(target_os = "macos") {
        &[&["open"]]
    } else if cfg!(windows) {
        &[&["rundll32", "url.dll,FileProtocolHandler"]]
    } else {
        &[&["xdg-open"], &["gio", "open"], &["wslview"]]
    };
    ways.iter().map(|way| way.iter().map(|word| (*word).to_owned()).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_opened() {
        for address in ["file:///etc/passwd", "javascript:alert(1)", "/bin/sh", "-o", "ftp://host/file"] {
            assert!(open(address).is_err(), "{address}");
        }
    }

    #[test]
    fn the_readers_own_browsers_are_taken_from_the_environment() {
        assert_eq!(own_ways("firefox --new-tab:w3m %s:"), [vec!["firefox", "--new-tab"], vec!["w3m"]]);
        assert!(own_ways("").is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_fails_at_once_leaves_the_address_to_the_next() {
        let way = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Way>();
        let ways = || vec![way(&["no-such-program"]), way(&["false"]), way(&["true"])];
        assert_eq!(try_each(ways(), "https://example.org"), Ok("true".to_owned()));
        assert_eq!(try_each([way(&["false"])], "https://example.org"), Err("false could not".to_owned()));
    }
}
