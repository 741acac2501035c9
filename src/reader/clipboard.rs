//! Giving words to the clipboard: through the terminal (OSC 52), and through the system's own tool where there is one.
//!
//! Must never claim more than was done: a terminal does not say whether it took the words, so the way is named; nor wait for a
//! tool that does not answer.

use std::env;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::Duration;

/// How long a tool may take; one that waits for a display that is gone takes for ever.
const PATIENCE: Duration = Duration::from_millis(400);

/// The escape sequence that asks the terminal to take words to the clipboard (xterm's OSC 52).
pub fn sequence(words: &str) -> String {
    format!("\x1b]52;c;{}\x07", base64(words.as_bytes()))
}

/// Hands words to the system's own tool and answers by which ways they have gone now.
pub fn hand_over(words: &str) -> String {
    let mut silent = String::new();
    for tool in tools() {
        match run(tool, words.to_owned(), PATIENCE) {
            Some(true) => return format!("with {} and through the terminal (OSC 52)", tool[0]),
            Some(false) => {}
            None => silent = format!("; {} does not answer", tool[0]),
        }
    }
    format!("through the terminal (OSC 52), where it allows that{silent}")
}

/// The tools that may be there, with their arguments.
fn tools() -> Vec<[&'static str; 3]> {
    let mut tools = Vec::new();
    if cfg!(target_os = "macos") {
        tools.push(["pbcopy", "", ""]);
    }
    if env::var_os("WAYLAND_DISPLAY").is_some() {
        tools.push(["wl-copy", "", ""]);
    }
    if env::var_os("DISPLAY").is_some() {
        tools.push(["xclip", "-selection", "clipboard"]);
        tools.push(["xsel", "--clipboard", "--input"]);
    }
    tools
}

/// Whether a tool took the words; `None` where it has not said so in time, and is left to itself.
fn run(tool: [&'static str; 3], words: String, patience: Duration) -> Option<bool> {
    let (sender, receiver) = mpsc::channel();
    // Nobody listens any more once the time is over.
    std::thread::spawn(move || sender.send(takes(tool, &words)).ok());
    match receiver.recv_timeout(patience) {
        Ok(taken) => Some(taken),
        Err(RecvTimeoutError::Disconnected) => Some(false),
        Err(RecvTimeoutError::Timeout) => None,
    }
}

fn takes([tool, arguments @ ..]: [&str; 3], words: &str) -> bool {
    let arguments = arguments.iter().filter(|argument| !argument.is_empty());
    let mut command = Command::new(tool);
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let Ok(mut child) = command.spawn() else { return false };
    let written = child.stdin.take().is_some_and(|mut input| input.write_all(words.as_bytes()).is_ok());
    // Its input is closed now; such a tool goes on in the background by itself.
    written && child.wait().is_ok_and(|status| status.success())
}

/// Base64 as RFC 4648 has it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut written = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let three = chunk.iter().fold(0u32, |sum, byte| sum << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS[(three >> (18 - 6 * place) & 63) as usize];
            written.push(if place <= chunk.len() { char::from(letter) } else { '=' });
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_tool_that_does_not_answer_is_not_waited_for() {
        let some = |tool, patience| run(tool, "words".to_owned(), Duration::from_millis(patience));
        assert_eq!(some(["sleep", "3", ""], 20), None);
        assert_eq!(some(["cat", "", ""], 5_000), Some(true));
        assert_eq!(some(["false", "", ""], 5_000), Some(false));
        assert_eq!(some(["no-such-tool", "", ""], 5_000), Some(false));
    }

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy"), ("≠", "4omg")];
        for (words, expected) in pairs {
            assert_eq!(base64(words.as_bytes()), expected);
        }
        assert_eq!(sequence("foo"), "\x1b]52;c;Zm9v\x07");
    }
}
