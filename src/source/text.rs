//! Plain text files, standard input and the sample shipped in the program become articles.
//!
//! Must never let one source that cannot be read stop the others. Invariant: articles come in the order in which they were named.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::decode::decode;
use super::error::{Problem, SourceError};
use super::metadata::{Heading, heading};
use super::{Article, Limits, Opened, Origin};
use crate::text::Text;

/// The sample's name and, in order, its articles.
const SAMPLE: [(&str, &str); 4] = [
    ("harbour-bridge/wire", include_str!("../../data/events/harbour-bridge/wire.txt")),
    ("harbour-bridge/local", include_str!("../../data/events/harbour-bridge/local.txt")),
    ("harbour-bridge/tabloid", include_str!("../../data/events/harbour-bridge/tabloid.txt")),
    ("harbour-bridge/foreign", include_str!("../../data/events/harbour-bridge/foreign.txt")),
];

/// Opens one plain text file, or standard input under the name `-`.
///
/// # Errors
/// When the source cannot be read or is no UTF-8 text with something in it; the error names the source and what to do.
pub fn open(path: &Path, limits: &Limits) -> Result<Article, SourceError> {
    read(path, limits).map(|(article, _)| article).map_err(|problem| SourceError::new(path, problem))
}

/// Opens every source that can be opened. A source named before is a failure. A date without a year takes it from the other
/// articles, where its weekday fits.
pub fn open_all(paths: &[PathBuf], limits: &Limits) -> Opened {
    let mut opened = Opened::default();
    let mut headings = Vec::new();
    let mut seen: Vec<(PathBuf, &Path)> = Vec::new();
    for path in paths {
        let place = std::fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        if let Some((_, first)) = seen.iter().find(|(earlier, _)| *earlier == place) {
            let first = super::visible(&first.to_string_lossy());
            opened.failures.push(SourceError::new(path, Problem::Twice { first }));
            continue;
        }
        seen.push((place, path));
        match read(path, limits) {
            Ok((article, heading)) => {
                opened.articles.push(article);
                headings.push(heading);
            }
            Err(problem) => opened.failures.push(SourceError::new(path, problem)),
        }
    }
    complete_years(&mut opened.articles, &headings);
    opened
}

/// The four articles of the sample, in a fixed order.
pub fn sample() -> Vec<Article> {
    SAMPLE.iter().map(|&(name, text)| article(text.to_owned(), Origin::Sample(name)).0).collect()
}

/// An article from its decoded text.
fn article(content: String, origin: Origin) -> (Article, Heading) {
    let sha256 = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let text = Text::new(content);
    let heading = heading(&text);
    (Article { metadata: heading.metadata.clone(), origin, text, sha256 }, heading)
}

fn read(path: &Path, limits: &Limits) -> Result<(Article, Heading), Problem> {
    let name = path.to_string_lossy();
    let (bytes, origin) = if path.as_os_str() == "-" {
        (read_limited(io::stdin().lock(), limits)?, Origin::StandardInput)
    } else {
        (read_file(path, limits)?, Origin::File(path.to_path_buf()))
    };
    Ok(article(decode(bytes, &name)?, origin))
}

fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let about = std::fs::metadata(path).map_err(Problem::from_io)?;
    if about.is_dir() {
        return Err(Problem::Folder { example: super::visible(&path.join("*.txt").to_string_lossy()) });
    }
    if about.len() > limits.bytes {
        return Err(Problem::TooLarge { limit: limits.bytes });
    }
    read_limited(File::open(path).map_err(Problem::from_io)?, limits)
}

/// All bytes of a source, which may not say beforehand how many they are.
fn read_limited(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = source.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(Problem::from_io)?;
    if read as u64 > limits.bytes { Err(Problem::TooLarge { limit: limits.bytes }) } else { Ok(bytes) }
}

/// Gives dates without a year the year of the other articles.
fn complete_years(articles: &mut [Article], headings: &[Heading]) {
    let mut years: Vec<i16> =
        articles.iter().filter_map(|article| article.metadata.published).map(|published| published.year()).collect();
    years.sort_unstable();
    years.dedup();
    for (article, heading) in articles.iter_mut().zip(headings) {
        if article.metadata.published.is_none() {
            article.metadata.published =
                heading.yearless.and_then(|stamp| years.iter().rev().find_map(|&year| stamp.in_year(year)));
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn file(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn refusal(path: &Path) -> String {
        open(path, &Limits::default()).unwrap_err().to_string()
    }

    #[test]
    fn the_sample_has_four_articles_in_a_fixed_order() {
        let sample = sample();
        let outlets: Vec<_> = sample.iter().map(|article| article.metadata.outlet.as_deref().unwrap()).collect();
        assert_eq!(outlets, ["Northline", "The Pellmouth Lantern", "Daily Klaxon", "THE SUNDHAVN OBSERVER"]);
        let first = sample.first().unwrap();
        assert_eq!(first.metadata.published, Some(date(2026, 3, 10).at(17, 42, 0, 0)));
        assert_eq!(first.sha256.len(), 64);
    }

    #[test]
    fn a_text_is_the_file_without_its_byte_order_mark() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder, "a.txt", b"\xEF\xBB\xBFOne.\r\nTwo.");
        let article = open(&path, &Limits::default()).unwrap();
        assert_eq!(article.text.content(), "One.\r\nTwo.");
        assert_eq!(article.origin, Origin::File(path));
    }

    #[test]
    fn what_cannot_be_opened_is_named_with_the_reason() {
        let folder = tempfile::tempdir().unwrap();
        let missing = folder.path().join("missing.txt");
        assert!(refusal(&missing).contains("missing.txt: no such file"));
        assert!(refusal(folder.path()).contains("is a folder"));
        assert!(refusal(&file(&folder, "empty.txt", b" \n ")).contains("empty.txt: is empty"));
        assert!(refusal(&file(&folder, "latin.txt", b"caf\xE9")).contains("offset 3"));
        let long = file(&folder, "long.txt", b"12345678");
        let error = open(&long, &Limits { bytes: 7 }).unwrap_err().to_string();
        assert!(error.contains("larger than the limit of 7 bytes"), "{error}");
    }

    #[test]
    fn a_name_with_control_characters_cannot_reach_the_terminal() {
        let error = open(Path::new("\u{1b}[2Jx"), &Limits::default()).unwrap_err().to_string();
        assert!(error.chars().all(|c| !c.is_control()), "{error:?}");
    }

    #[test]
    fn one_bad_source_stops_no_other_and_a_source_named_twice_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let a = file(&folder, "a.txt", b"One.");
        let b = file(&folder, "b.txt", b"Two.");
        let detour = folder.path().join(".").join("a.txt");
        let opened = open_all(&[a, folder.path().join("none.txt"), detour, b], &Limits::default());
        assert_eq!(opened.articles.len(), 2);
        let failures: Vec<_> = opened.failures.iter().map(ToString::to_string).collect();
        assert!(failures[0].contains("no such file"), "{failures:?}");
        assert!(failures[1].contains("named twice"), "{failures:?}");
    }

    #[test]
    fn a_date_without_a_year_takes_it_from_the_other_articles() {
        let folder = tempfile::tempdir().unwrap();
        let a =
            file(&folder, "a.txt", b"Ship hits bridge\n\nDaily News\nThursday 23 April, 17:48\n\nA ship hit a bridge.");
        let b = file(&folder, "b.txt", b"Bridge hit by ship\n\nThe Post\n24 April 2026\n\nA bridge was hit.");
        let alone = open(&a, &Limits::default()).unwrap();
        assert_eq!(alone.metadata.published, None);
        let opened = open_all(&[a, b], &Limits::default());
        assert_eq!(opened.articles[0].metadata.published, Some(date(2026, 4, 23).at(17, 48, 0, 0)));
    }
}
