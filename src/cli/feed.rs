//! `crossread feed`: lists the articles of a feed and opens those chosen.

use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal, Write};

use super::arguments::Feed as Asked;
use super::{Outcome, Settings, Usage, output, reader};
use crate::source::{Entry, Feed, Place, Wanted, visible};

/// Lists a feed, and opens what is chosen of it: by number on the command line, else by an answer on the terminal.
pub(super) fn feed(asked: &Asked, settings: &Settings) -> anyhow::Result<Outcome> {
    let feed = settings.opener.feed(&Place::named(&asked.feed))?;
    let mut numbers = asked.numbers.clone();
    if numbers.is_empty() {
        output::print(&listed(&feed))?;
        if !(io::stdin().is_terminal() && io::stdout().is_terminal()) || feed.entries.is_empty() {
            return Ok(Outcome::Done);
        }
        numbers = answer()?;
    }
    if numbers.is_empty() {
        return Ok(Outcome::Done);
    }
    reader::open_wanted(chosen(&feed, &numbers)?, settings)
}

/// One line for each entry: its number, day, headline and address; in a pipe, too, with nothing that a terminal obeys, since a
/// pipe mostly ends in one.
fn listed(feed: &Feed) -> String {
    let mut lines = feed.title.as_ref().map(|title| format!("{}\n", visible(title))).unwrap_or_default();
    for (number, Entry { title, published, address }) in feed.entries.iter().enumerate() {
        let day = published.map_or_else(|| " ".repeat(10), |moment| moment.date().to_string());
        let title = title.as_deref().map_or_else(|| "(no headline)".to_owned(), visible);
        // Writing to a string does not fail.
        let _ = writeln!(lines, "{:>3}  {day}  {title}", number + 1);
        let _ = match address {
            Some(address) => writeln!(lines, "     {address}"),
            None => writeln!(lines, "     (no address: it cannot be opened)"),
        };
    }
    if feed.entries.is_empty() {
        lines.push_str("the feed has no entries\n");
    }
    lines
}

fn answer() -> anyhow::Result<Vec<u32>> {
    print!("Open which? Numbers, or Enter for none: ");
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    let number = |word: &str| word.parse().map_err(|_| Usage(format!("\"{word}\" is no number of the list")).into());
    line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).map(number).collect()
}

/// The entries with those numbers, as sources.
fn chosen(feed: &Feed, numbers: &[u32]) -> Result<Vec<Wanted>, Usage> {
    let one = |&number: &u32| {
        let entry = usize::try_from(number).ok().and_then(|number| feed.entries.get(number.checked_sub(1)?));
        let entry = entry.ok_or_else(|| Usage(format!("the feed has no article {number}")))?;
        let address = entry.address.clone().ok_or_else(|| Usage(format!("article {number} has no address")))?;
        let mut wanted = Wanted { place: Place::Address(Ok(address)), said: crate::source::Said::default() };
        wanted.said.title = entry.title.clone();
        Ok(wanted)
    };
    numbers.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Address;

    #[test]
    fn entries_are_numbered_and_chosen_by_number() {
        let entry = |title: &str, address: Option<&str>| Entry {
            title: Some(title.to_owned()),
            published: None,
            address: address.map(|address| Address::parse(address).unwrap()),
        };
        let entries = vec![entry("One", Some("https://x.example/1")), entry("Two", None)];
        let feed = Feed { title: Some("Post".to_owned()), entries };
        let expected = "Post\n  1              One\n     https://x.example/1\n  2              Two\n     (no address: it cannot be \
            opened)\n";
        assert_eq!(listed(&feed), expected);
        let empty = Feed { title: Some("Post".to_owned()), entries: Vec::new() };
        assert_eq!(listed(&empty), "Post\nthe feed has no entries\n");
        assert_eq!(chosen(&feed, &[1]).unwrap()[0].place.name(), "https://x.example/1");
        assert!(chosen(&feed, &[2]).is_err() && chosen(&feed, &[3]).is_err() && chosen(&feed, &[0]).is_err());
    }
}
