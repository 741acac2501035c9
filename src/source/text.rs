//! Files and standard input become articles.
//!
//! Must never let one source that cannot be read stop the others. Invariant: articles come in the order in which they were named.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use super::draft::{Made, Raw, make, within};
use super::error::{Problem, SourceError};
use super::metadata::Heading;
use super::place::{Place, Said, Wanted};
use super::{Article, Limits, Opened, Origin};

/// Endings of the files of a folder that are articles.
const ARTICLES: [&str; 9] = ["txt", "text", "md", "markdown", "html", "htm", "xhtml", "eml", "mkd"];

/// Opens one file, or standard input under the name `-`.
///
/// # Errors
/// When the source cannot be read or holds no article; the error names the source and what to do.
pub fn open(path: &Path, limits: &Limits) -> Result<Article, SourceError> {
    let wanted = if path.as_os_str() == "-" { Place::StandardInput } else { Place::Path(path.to_owned()) };
    let made = read_local(&wanted, &Said::default(), limits);
    made.map(|made| made.article).map_err(|problem| SourceError::new(wanted.name(), problem))
}

/// Makes an article of bytes that are at hand, under the name of a file that they could stand in.
///
/// # Errors
/// As [`open`].
pub fn from_bytes(name: &str, bytes: Vec<u8>, limits: &Limits) -> Result<Article, SourceError> {
    let origin = Origin::File(name.into());
    let raw = Raw { bytes, name: name.to_owned(), content_type: None, origin, remarks: Vec::new() };
    let made = make(raw, &Said::default(), limits).map(|made| made.article);
    made.map_err(|problem| SourceError::new(super::visible(name), problem))
}

/// Opens every source that can be opened, by files and folders. A source named before is a failure. A date without a year takes
/// it from the other articles, where its weekday fits.
pub fn open_all(paths: &[PathBuf], limits: &Limits) -> Opened {
    let wanted = paths.iter().map(|path| Wanted { place: local(path), said: Said::default() }).collect();
    let read = expand(wanted, limits).into_iter().map(|wanted| {
        let wanted = wanted?;
        let made = read_local(&wanted.place, &wanted.said, limits);
        made.map_err(|problem| SourceError::new(wanted.place.name(), problem))
    });
    gather(read.collect())
}

fn local(path: &Path) -> Place {
    if path.as_os_str() == "-" { Place::StandardInput } else { Place::Path(path.to_owned()) }
}

/// The sources that are asked for one by one: folders give their articles in name order, what is named twice is a failure, and
/// all that is past the limit is one.
pub(super) fn expand(wanted: Vec<Wanted>, limits: &Limits) -> Vec<Result<Wanted, SourceError>> {
    let mut single = Vec::new();
    let mut seen: Vec<(Option<String>, String)> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    for wanted in wanted {
        let inside = match &wanted.place {
            Place::Path(path) if path.is_dir() => match articles_in(path) {
                Ok(paths) => paths,
                Err(problem) => {
                    single.push(Err(SourceError::new(wanted.place.name(), problem)));
                    continue;
                }
            },
            _ => vec![wanted.place.clone()],
        };
        for place in inside {
            let (key, name) = (place.key(), place.name());
            if let Some((_, first)) = seen.iter().find(|(earlier, _)| key.is_some() && *earlier == key) {
                single.push(Err(SourceError::new(name, Problem::Twice { first: first.clone() })));
            } else if seen.len() as u64 >= limits.sources {
                left_out.push(name);
            } else {
                seen.push((key, name));
                single.push(Ok(Wanted { place, said: wanted.said.clone() }));
            }
        }
    }
    let others = left_out.len().saturating_sub(1);
    let first = left_out.into_iter().next();
    single.extend(first.map(|name| Err(SourceError::new(name, Problem::Sources { limit: limits.sources, others }))));
    single
}

/// The sources with each folder's articles in its place, and of each whether it can have a pane: one that is named twice has one.
pub fn in_panes(wanted: Vec<Wanted>) -> Vec<(Wanted, bool)> {
    let mut seen = Vec::new();
    let mut all = Vec::with_capacity(wanted.len());
    for wanted in wanted {
        let inside = match &wanted.place {
            Place::Path(path) if path.is_dir() => articles_in(path).ok(),
            _ => None,
        };
        let Some(inside) = inside else {
            let is_folder = matches!(&wanted.place, Place::Path(path) if path.is_dir());
            let key = wanted.place.key();
            let is_again = key.is_some() && seen.contains(&key);
            let first = !(is_folder || is_again);
            seen.push(key);
            all.push((wanted, first));
            continue;
        };
        for place in inside {
            let key = place.key();
            let first = !seen.contains(&key);
            seen.push(key);
            all.push((Wanted { place, said: wanted.said.clone() }, first));
        }
    }
    all
}

/// The articles of a folder, in name order; hidden files and folders inside are passed over.
fn articles_in(folder: &Path) -> Result<Vec<Place>, Problem> {
    let mut paths = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(Problem::from_io)? {
        let path = entry.map_err(Problem::from_io)?.path();
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        if ARTICLES.contains(&ending.as_str()) && !hidden && path.is_file() {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() { Err(Problem::EmptyFolder) } else { Ok(paths.into_iter().map(Place::Path).collect()) }
}

/// What was read, in order.
pub(super) fn gather(read: Vec<Result<Made, SourceError>>) -> Opened {
    let mut opened = Opened::default();
    let mut headings = Vec::new();
    for made in read {
        match made {
            Ok(Made { article, said, heading, remarks }) => {
                let name = article.origin.name();
                opened.remarks.extend(remarks.into_iter().map(|remark| format!("{name}: {remark}")));
                opened.articles.push(article);
                opened.said.push(said);
                headings.push(heading);
            }
            Err(failure) => opened.failures.push(failure),
        }
    }
    complete_years(&mut opened.articles, &headings);
    opened
}

/// Reads a file or standard input.
pub(super) fn read_local(place: &Place, said: &Said, limits: &Limits) -> Result<Made, Problem> {
    let (bytes, name, origin) = match place {
        Place::StandardInput => (read_standard_input(limits)?, "-".to_owned(), Origin::StandardInput),
        Place::Path(path) => {
            (read_file(path, limits)?, path.to_string_lossy().into_owned(), Origin::File(path.clone()))
        }
        Place::Address(_) => return Err(Problem::Missing),
    };
    make(Raw { bytes, name, content_type: None, origin, remarks: Vec::new() }, said, limits)
}

/// The bytes of a file.
pub(super) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let about = std::fs::metadata(path).map_err(Problem::from_io)?;
    if about.is_dir() {
        return Err(Problem::EmptyFolder);
    }
    if about.len() > limits.bytes {
        return Err(Problem::TooLarge { limit: limits.bytes });
    }
    let (path, limits) = (path.to_owned(), *limits);
    let read = move || read_limited(File::open(path).map_err(Problem::from_io)?, &limits);
    // A pipe may never be written to, and a device never end.
    if about.is_file() { read() } else { within(&limits, read) }
}

/// The bytes of standard input; somebody who types may take the time.
pub(super) fn read_standard_input(limits: &Limits) -> Result<Vec<u8>, Problem> {
    let limits = *limits;
    let read = move || read_limited(io::stdin().lock(), &limits);
    if io::stdin().is_terminal() { read() } else { within(&limits, read) }
}

/// All bytes of a source, which may not say beforehand how many they are.
fn read_limited(source: impl Read, limits: &Limits) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let read = source.take(limits.bytes.saturating_add(1)).read_to_end(&mut bytes).map_err(Problem::from_io)?;
    // Room that was left for more would stay with the text.
    bytes.shrink_to_fit();
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
    use proptest::prelude::*;

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
        assert!(refusal(folder.path()).contains("is a folder without an article"));
        assert!(refusal(&file(&folder, "empty.txt", b" \n ")).contains("empty.txt: is empty"));
        assert!(refusal(&file(&folder, "odd.txt", b"caf\x01\xFF")).contains("offset 4"));
        let long = file(&folder, "long.txt", b"12345678");
        let error = open(&long, &Limits { bytes: 7, ..Limits::default() }).unwrap_err().to_string();
        assert!(error.contains("larger than the limit of 7 bytes"), "{error}");
    }

    #[test]
    fn a_folder_gives_its_articles_in_name_order() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["c.md", "a.txt", "b.html", ".hidden.txt", "picture.png"] {
            let text =
                "<html><body><p>The bridge was hit by a ship, and nobody on board of it was hurt.</p></body></html>";
            file(&folder, name, if name == "b.html" { text.as_bytes() } else { b"One." });
        }
        std::fs::create_dir(folder.path().join("d.html")).unwrap();
        let opened = open_all(&[folder.path().to_owned()], &Limits::default());
        assert!(opened.failures.is_empty(), "{:?}", opened.failures);
        let texts: Vec<_> = opened.articles.iter().map(|article| article.text.content()).collect();
        assert_eq!(texts, ["One.", "The bridge was hit by a ship, and nobody on board of it was hurt.", "One."]);
        let few = Limits { sources: 2, ..Limits::default() };
        let opened = open_all(&[folder.path().to_owned()], &few);
        assert_eq!(opened.articles.len(), 2);
        assert!(opened.failures[0].to_string().contains("more than the limit of 2"), "{:?}", opened.failures);
        let opened = open_all(&[folder.path().to_owned()], &Limits { sources: 1, ..Limits::default() });
        let [failure] = opened.failures.as_slice() else { panic!("one line says it: {:?}", opened.failures) };
        let said = failure.to_string();
        assert!(said.contains("b.html: is one source more than the limit of 1, and so is 1 after it;"), "{said}");
    }

    #[cfg(unix)]
    #[test]
    fn a_pipe_that_nobody_writes_to_ends_with_the_time_allowed() {
        let folder = tempfile::tempdir().unwrap();
        let pipe = folder.path().join("pipe.txt");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let error = open(&pipe, &Limits { seconds: 1, ..Limits::default() }).unwrap_err().to_string();
        assert!(error.contains("limit of 1 seconds"), "{error}");
    }

    #[test]
    fn two_words_that_are_no_addresses_are_two() {
        let wanted = ["ftp://h/x", "ftp://h/y"].map(|word| Wanted::named(Path::new(word))).into();
        assert!(expand(wanted, &Limits::default()).iter().all(Result::is_ok));
    }

    #[test]
    fn limits_are_named_in_the_error() {
        let folder = tempfile::tempdir().unwrap();
        let line = file(&folder, "line.txt", "word ".repeat(9).as_bytes());
        let deep = file(&folder, "deep.html", "<div>\n".repeat(9).as_bytes());
        let limits = Limits { line: 44, nesting: 8, ..Limits::default() };
        let said = |path: &Path| open(path, &limits).unwrap_err().to_string();
        assert!(said(&line).contains("limit of 44 bytes") && said(&line).contains("--limit line="), "{}", said(&line));
        assert!(said(&deep).contains("limit of 8") && said(&deep).contains("--limit nesting="), "{}", said(&deep));
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
    fn the_address_that_a_source_says_is_kept_without_what_lets_others_in() {
        let said = |address: &str| {
            let document = format!("---\nurl: {address}\n---\nThe ship hit the bridge.");
            from_bytes("a.md", document.into_bytes(), &Limits::default()).unwrap().metadata.address
        };
        let kept = said("https://ann:s3cret@post.example/ship?token=x&a=1#top");
        assert_eq!(kept.as_deref(), Some("https://post.example/ship?a=1"));
        assert_eq!(said("javascript:alert(1)"), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn no_text_of_any_form_makes_it_stop_or_reaches_the_screen_raw(text in any::<String>(), ending in "txt|html|md|eml") {
            let page = format!("<!doctype html><title>{text}</title><p>The ship hit the bridge at noon and {text} was hurt by it.</p>");
            for content in [text, page] {
                let made = from_bytes(&format!("a.{ending}"), content.into_bytes(), &Limits::default());
                let shown = made.map_or_else(|error| error.to_string(), |article| article.label());
                prop_assert!(shown.chars().all(|c| !c.is_control() && !('\u{202a}'..='\u{202e}').contains(&c)), "{shown:?}");
            }
        }
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
