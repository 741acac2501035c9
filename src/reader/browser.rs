//! Opening an address of the web in the reader's browser, by the system's own way.
//!
//! Must never run a shell or open anything but http and https: the address comes from a source. Invariant: the address is one
//! argument, and what was done with it is said.

use std::process::{Command, Stdio};

/// Hands an address to the system's way to open one and answers by which.
///
/// # Errors
/// Why nothing could be opened, in words for the reader.
pub fn open(address: &str) -> Result<String, String> {
    if !["http://", "https://"].iter().any(|scheme| address.starts_with(scheme)) {
        return Err("only addresses of the web are opened".to_owned());
    }
    for [program, arguments @ ..] in ways() {
        let given = arguments.iter().filter(|argument| !argument.is_empty());
        let mut command = Command::new(program);
        command.args(given).arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if let Ok(mut child) = command.spawn() {
            // It may run as long as the browser does; somebody has to take its end in.
            std::thread::spawn(move || child.wait());
            return Ok(program.to_owned());
        }
    }
    Err("this system has no program to open addresses with".to_owned())
}

/// The programs that may be there, with what stands before the address.
fn ways() -> Vec<[&'static str; 2]> {
    if cfg!(target_os = "macos") {
        vec![["open", ""]]
    } else if cfg!(windows) {
        vec![["rundll32", "url.dll,FileProtocolHandler"]]
    } else {
        vec![["xdg-open", ""], ["gio", "open"], ["wslview", ""]]
    }
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
}
