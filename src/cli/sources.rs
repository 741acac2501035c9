//! Opens what a command was given, and says what could not be opened.

use std::path::PathBuf;

use super::arguments::Sources;
use super::{Outcome, output};
use crate::source::{self, Article, Limits, Opened};

/// Opens the sample or the files named; what cannot be opened is said on standard error. `None` when fewer than `least` could
/// be opened, which is then said too.
pub(super) fn open(sources: &Sources, least: usize) -> Result<Vec<Article>, Outcome> {
    if sources.demo {
        return Ok(source::sample());
    }
    let opened = open_files(&sources.articles);
    if opened.articles.len() >= least {
        return Ok(opened.articles);
    }
    let (found, wanted) = (opened.articles.len(), sources.articles.len());
    match (found, least) {
        (0, _) => output::complain("none of the sources could be opened"),
        _ => output::complain(&format!("this takes at least {least} sources; {found} of {wanted} could be opened")),
    }
    Err(Outcome::Found)
}

/// Opens files and says on standard error which could not be.
pub(super) fn open_files(paths: &[PathBuf]) -> Opened {
    let opened = source::open_all(paths, &Limits::default());
    for failure in &opened.failures {
        output::complain(&failure.to_string());
    }
    for remark in &opened.remarks {
        output::complain(remark);
    }
    opened
}
