//! What an export may write over: only what stands between its own two marker lines.
//!
//! Must never change a byte outside them. Invariant: writing the same export twice gives the same file.

/// The line above what is written anew. The word in the middle finds it; the rest is for the reader.
pub const BEGIN: &str = "<!-- crossread:begin (the lines down to crossread:end are written anew at every export) -->";
/// The line below.
pub const END: &str = "<!-- crossread:end -->";

const BEGIN_START: &str = "<!-- crossread:begin";

/// Why a file is not written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// The file holds something else.
    #[error("it is not a file that crossread wrote")]
    NotOurs,
    /// The file has been edited so that it is not clear what may be replaced.
    #[error("it does not have one crossread:begin line and after it one crossread:end line")]
    Markers,
    /// The disk says no.
    #[error("{doing}: {why}")]
    Disk {
        /// What was tried.
        doing: &'static str,
        /// What the system says.
        why: String,
    },
}

/// The content of a file after an export: `generated` between the markers, everything else as it was.
///
/// # Errors
/// [`ExportError`] when `existing` has something in it and not exactly one pair of markers.
pub fn write_between_markers(existing: Option<&str>, generated: &str) -> Result<String, ExportError> {
    let block = format!("{BEGIN}\n\n{}\n\n{END}\n", generated.trim_matches('\n'));
    let Some(existing) = existing.filter(|existing| !existing.trim().is_empty()) else { return Ok(block) };
    let mut begins = Vec::new();
    let mut ends = Vec::new();
    let mut at = 0;
    for line in existing.split_inclusive('\n') {
        if line.trim_end() == END {
            ends.push(at + line.len());
        } else if line.starts_with(BEGIN_START) {
            begins.push(at);
        }
        at += line.len();
    }
    match (begins.as_slice(), ends.as_slice()) {
        ([], []) => Err(ExportError::NotOurs),
        ([begin], [end]) if begin < end => Ok(format!("{}{block}{}", &existing[..*begin], &existing[*end..])),
        _ => Err(ExportError::Markers),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_has_both_markers_and_can_be_written_again() {
        let first = write_between_markers(None, "# Notes\n").unwrap();
        assert_eq!(first, format!("{BEGIN}\n\n# Notes\n\n{END}\n"));
        assert_eq!(write_between_markers(Some(&first), "# Notes\n").unwrap(), first);
    }

    #[test]
    fn what_stands_outside_the_markers_stays() {
        let existing = format!("---\ntitle: mine\n---\r\n{BEGIN}\nold\n{END}\r\nMy own words.");
        let written = write_between_markers(Some(&existing), "new").unwrap();
        assert_eq!(written, format!("---\ntitle: mine\n---\r\n{BEGIN}\n\nnew\n\n{END}\nMy own words."));
    }

    #[test]
    fn a_file_that_was_not_written_here_is_refused() {
        assert_eq!(write_between_markers(Some("My essay."), "new"), Err(ExportError::NotOurs));
        for torn in [
            format!("{BEGIN}\n"),
            format!("{END}\n"),
            format!("{END}\n{BEGIN}\n"),
            format!("{BEGIN}\n{BEGIN}\n{END}\n"),
        ] {
            assert_eq!(write_between_markers(Some(&torn), "new"), Err(ExportError::Markers), "{torn}");
        }
        assert!(write_between_markers(Some(" \n"), "new").is_ok());
    }
}
