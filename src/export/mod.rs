//! A comparison and the reader's notes as text in other forms.
//!
//! Must do no I/O but in [`mod@file`]. Invariant: pure, data in and a string out.

mod agreement;
pub mod claim_review;
pub mod csv;
pub mod difference;
mod entry;
pub mod file;
pub mod html;
pub mod json;
pub mod json_ld;
pub mod markdown;
pub mod markers;
pub mod text;
pub mod words;

pub use entry::Material;
pub use markers::{ExportError, write_between_markers};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Options, compare, gathered_claims};

    #[test]
    fn every_report_and_table_tells_each_claim_once() {
        let articles = crate::source::sample();
        let comparison = compare(&articles, &Options::default());
        let material = Material { articles: &articles, comparison: &comparison, notes: &[] };
        let claims = gathered_claims(&comparison, &articles).len();
        assert!(2 * claims < comparison.claims.len());
        let count = |text: String, beginning: &str| text.lines().filter(|line| line.starts_with(beginning)).count();
        assert_eq!(count(text::report(&articles, &comparison), "Claim "), claims);
        assert_eq!(count(html::page(&material), "<tr><th scope=\"row\">"), claims);
        assert_eq!(csv::claims(&material).matches("\r\n").count(), claims + 1, "a line for the head");
        let markdown = markdown::comparison(&articles, &comparison);
        let table = markdown.split("## Claims").nth(1).unwrap_or_default().split("\n\n").nth(1).unwrap_or_default();
        assert_eq!(count(table.to_owned(), "| "), claims + 2, "two lines for the head");
        assert!(markdown.contains(&format!("{claims} shared claims")));
    }
}
