//! Where words leave the program: standard output and standard error.
//!
//! Must never pass a control character of a file on to a terminal. Invariant: a closed pipe ends the program quietly.

use std::io::{self, IsTerminal, Write};

use super::Outcome;
use crate::text::display;

/// Writes to standard output; to a terminal only what it cannot obey.
pub(super) fn print(text: &str) -> anyhow::Result<Outcome> {
    let mut out = io::stdout().lock();
    if out.is_terminal() {
        out.write_all(lines(text).as_bytes())?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    out.flush()?;
    Ok(Outcome::Done)
}

/// Says what is wrong, on standard error.
pub(super) fn complain(problem: &str) {
    // There is nobody left to tell when standard error is closed.
    let _ = writeln!(io::stderr().lock(), "crossread: {}", lines(problem));
}

/// Every line as a terminal may have it.
fn lines(text: &str) -> String {
    let shown: Vec<String> = text.split('\n').map(display::line).collect();
    shown.join("\n")
}

/// Whether an error is that of writing to a pipe that nobody reads any more.
pub(super) fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
