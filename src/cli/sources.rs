//! Opens what a command was given, and says what could not be opened.

use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::arguments::{About, Sources};
use super::{Usage, output};
use crate::source::{self, Article, Opened, Opener, Opening, ReadingList, SourceError, Stage, Wanted, list, moment};
use crate::text::ArticleIndex;

/// How often what takes long is told.
const PAUSE: Duration = Duration::from_secs(2);

/// Opens the sample or the sources named; what cannot be opened is said on standard error. `None` when fewer than `least`
/// could be opened, which is then said too.
pub(super) fn open(sources: &Sources, opener: &Opener, least: usize) -> anyhow::Result<Option<Vec<Article>>> {
    if sources.demo {
        return Ok(Some(source::sample()));
    }
    let wanted = wanted(&sources.articles, &sources.about)?;
    let count = wanted.len();
    let opened = wait(opener.begin(wanted));
    say(&opened);
    if opened.articles.len() >= least {
        return Ok(Some(opened.articles));
    }
    match (opened.articles.len(), least) {
        (0, _) => output::complain("none of the sources could be opened"),
        (found, _) => {
            output::complain(&format!("this takes at least {least} sources; {found} of {count} could be opened"));
        }
    }
    Ok(None)
}

/// Waits for sources; where somebody is watching, what takes long is told.
fn wait(mut opening: Opening) -> Opened {
    let mut told = Instant::now();
    while std::io::stderr().is_terminal() && !opening.is_done() {
        opening.take_news(PAUSE);
        if told.elapsed() >= PAUSE {
            told = Instant::now();
            for (name, stage) in opening.stages().filter(|(_, stage)| !matches!(stage, Stage::Open | Stage::Failed)) {
                output::complain(&format!("{name}: {stage} …"));
            }
        }
    }
    opening.finish().without_copies()
}

/// Opens one source.
pub(super) fn open_one(word: &Path, opener: &Opener) -> anyhow::Result<Article> {
    let mut opened = opener.open_all(wanted(&[word.to_owned()], &About::default())?);
    match (opened.articles.pop(), opened.failures.pop()) {
        (Some(article), _) if opened.articles.is_empty() => Ok(article),
        (None, Some(failure)) => Err(failure.into()),
        _ => {
            Err(Usage(format!("{}: names several sources; name one", source::visible(&word.to_string_lossy()))).into())
        }
    }
}

/// Says on standard error what could not be opened, and what is to be known about the rest.
pub(super) fn say(opened: &Opened) {
    for failure in &opened.failures {
        output::complain(&failure.to_string());
    }
    for remark in &opened.remarks {
        output::complain(remark);
    }
}

/// The sources that words name, with what the reader says about them.
pub(super) fn wanted(words: &[PathBuf], about: &About) -> anyhow::Result<Vec<Wanted>> {
    // What is wrong with a list is of no matter to who does not use it.
    let needed = words.iter().any(|word| list::may_stand_in_list(word));
    let list = if needed { ReadingList::in_folder(Path::new("")) } else { Ok(ReadingList::default()) };
    let list = list.map_err(|problem| SourceError::new(list::FILE.to_owned(), problem))?;
    let wanted = list.sources(words);
    if about.titles.is_empty() && about.sources.is_empty() && about.dates.is_empty() {
        return Ok(wanted);
    }
    // Letters are those of the panes, of which a folder gives several.
    let (mut wanted, panes): (Vec<Wanted>, Vec<bool>) = source::in_panes(wanted).into_iter().unzip();
    let panes: Vec<usize> = (0..wanted.len()).filter(|&at| panes[at]).collect();
    for said in &about.titles {
        let (pane, text) = addressed(said, panes.len())?;
        wanted[panes[pane]].said.title = Some(text.to_owned());
    }
    for said in &about.sources {
        let (pane, text) = addressed(said, panes.len())?;
        wanted[panes[pane]].said.outlet = Some(text.to_owned());
    }
    for said in &about.dates {
        let (pane, text) = addressed(said, panes.len())?;
        let date = moment(text).filter(|_| is_time_of_day(text));
        let date = date.ok_or_else(|| Usage(format!("\"{text}\" is no date; write it as 2026-03-11")))?;
        wanted[panes[pane]].said.published = Some(date);
    }
    Ok(wanted)
}

/// Whether the time behind a date, where there is one, is one of a day: `2026-03-11T25:00` is none.
fn is_time_of_day(text: &str) -> bool {
    let Some(time) = text.trim().get(11..).filter(|_| text.trim().as_bytes()[4] == b'-') else { return true };
    let mut numbers = time.split(':').map(|part| part.get(..2).unwrap_or(part).parse::<u32>());
    numbers.next().is_none_or(|hour| hour.is_ok_and(|hour| hour < 24))
        && numbers.next().is_none_or(|minute| minute.is_ok_and(|minute| minute < 60))
}

/// Which source a reader speaks of, and what is said: `B=…`, or without a letter where there is only one.
fn addressed(said: &str, count: usize) -> Result<(usize, &str), Usage> {
    let lettered = said.split_once('=').and_then(|(letter, text)| {
        let at = (0..count).find(|&at| ArticleIndex::new(at).letter().eq_ignore_ascii_case(letter.trim()))?;
        Some((at, text.trim()))
    });
    match lettered {
        Some((_, "")) => {
            Err(Usage(format!("\"{said}\" says nothing; write the words after the sign, or leave it out")))
        }
        Some(found) => Ok(found),
        None if count == 1 && said.trim().is_empty() => {
            Err(Usage("what is said of an article must be words".to_owned()))
        }
        None if count == 1 => Ok((0, said.trim())),
        None => Err(Usage(format!("\"{said}\" does not say which of {count} sources is meant; write A={said}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_those_of_the_panes_where_a_folder_is_among_the_sources() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["a.txt", "b.txt", "z.txt"] {
            std::fs::write(folder.path().join(name), "One.").unwrap();
        }
        let words = [folder.path().to_owned(), folder.path().join("a.txt"), "http://x.example/".into()];
        let about = |said: &str| About { titles: vec![said.to_owned()], ..About::default() };
        let titles = |said: &str| -> Vec<Option<String>> {
            wanted(&words, &about(said)).unwrap().into_iter().map(|wanted| wanted.said.title).collect()
        };
        let none = || vec![None, None, None];
        assert_eq!(titles("B=Two"), [vec![None, Some("Two".to_owned()), None], vec![None, None]].concat());
        assert_eq!(titles("D=Web"), [none(), vec![None, Some("Web".to_owned())]].concat());
        assert!(wanted(&words, &about("E=x")).is_err() && wanted(&words, &about("x")).is_err());
        assert!(wanted(&words[..1], &about("One title")).is_err(), "a folder of three");
    }

    #[test]
    fn a_time_of_day_has_an_hour_of_one() {
        for date in ["2026-03-11", "2026-03-11T23:59", "2026-03-11 17:42:00 +0100", "11 March 2026 at 25 Mill Lane"] {
            assert!(is_time_of_day(date), "{date}");
        }
        assert!(!is_time_of_day("2026-03-11T25:00") && !is_time_of_day("2026-03-11T10:75"));
    }

    #[test]
    fn what_is_said_goes_to_the_source_with_that_letter() {
        assert_eq!(addressed("b=The Post", 3).ok(), Some((1, "The Post")));
        assert_eq!(addressed("The Post", 1).ok(), Some((0, "The Post")));
        assert_eq!(addressed("E=mc2", 1).ok(), Some((0, "E=mc2")));
        assert!(addressed("The Post", 2).is_err() && addressed("C=x", 2).is_err());
        assert!(addressed("A=", 2).is_err() && addressed("A= ", 1).is_err() && addressed("", 1).is_err());
    }
}
