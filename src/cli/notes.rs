//! `crossread notes`: the reader's notes from a script.

mod import;
mod list;
mod place;
mod show;

use std::io::Read;

use uuid::Uuid;

use super::arguments::{Add, Check, Edit, List, Listing, Notes, Remove, Sources};
use super::{Outcome, Settings, Usage, output, sources};
use crate::config::Config;
use crate::notes::note::FEW_WORDS;
use crate::notes::{Note, NotePassage, Saved, Store};
use crate::source::Article;
use crate::text::ByteSpan;
use crate::text::display;
use unicode_segmentation::UnicodeSegmentation;

/// Does what is asked of the notes.
pub(super) fn notes(asked: Notes, settings: &Settings) -> anyhow::Result<Outcome> {
    match asked {
        Notes::Add(asked) => add(asked, settings),
        Notes::List(asked) => list(asked, settings),
        Notes::Check(asked) => check(&asked, settings),
        Notes::Edit(asked) => edit(asked, settings),
        Notes::Remove(asked) => remove(&asked, settings),
        Notes::Place(asked) => place::place(&asked, settings),
        Notes::Import(asked) => import::import(&asked, settings),
        Notes::Show(asked) => show::show(&asked, settings),
    }
}

fn add(asked: Add, settings: &Settings) -> anyhow::Result<Outcome> {
    let verdict = verdict(asked.verdict, &settings.config)?;
    let (sources, quotes) = (asked.sources.len(), asked.quotes.len());
    if sources != quotes || asked.occurrence.is_some() && sources > 1 {
        let problem = format!(
            "every --source needs one --quote (there are {sources} and {quotes}), and --occurrence goes with one"
        );
        return Err(Usage(problem).into());
    }
    let mut articles = Vec::new();
    let mut passages = Vec::new();
    for (path, quote) in asked.sources.iter().zip(&asked.quotes) {
        let article = sources::open_one(path, &settings.opener)?;
        passages.push(NotePassage::on(&article, passage(&article, quote, asked.occurrence)?));
        articles.push(article);
    }
    let mut note = Note { verdict, ..Note::on(&articles[0], ByteSpan::default()) };
    note.passages = passages;
    note.text = text(asked.text)?;
    note.author = settings.config.author.clone();
    set_tags(&mut note, asked.tags);
    let id = note.id;
    if note.passages.iter().any(|passage| passage.exact.unicode_words().count() < FEW_WORDS) {
        output::complain("a note on so few words is hard to find again when the source changes");
    }
    let mut store = Store::open(&settings.notes)?;
    warn(&store.add(note, &articles)?);
    match asked.output.format {
        Listing::Text => output::print(&format!("{id}\n")),
        Listing::Json => report(&[id], &store, &articles, Listing::Json),
    }
}

/// Prints notes that were just changed, in JSON where that is asked for; else there is nothing more to say.
fn report(ids: &[Uuid], store: &Store, articles: &[Article], format: Listing) -> anyhow::Result<Outcome> {
    if format == Listing::Text {
        return Ok(Outcome::Done);
    }
    let notes: Vec<Note> = ids.iter().filter_map(|id| store.get(*id)).cloned().collect();
    output::print(&list::json(&list::entries(&notes, articles), articles))
}

fn list(asked: List, settings: &Settings) -> anyhow::Result<Outcome> {
    let sources = Sources { articles: asked.articles, demo: asked.demo, ..Sources::default() };
    let named = sources.demo || !sources.articles.is_empty();
    let Some(articles) = sources::open(&sources, &settings.opener, usize::from(named))? else {
        return Ok(Outcome::Found);
    };
    let store = Store::open(&settings.notes)?;
    let entries = list::entries(store.notes(), &articles);
    let entries: Vec<_> = entries.into_iter().filter(|entry| !named || entry.is_open()).collect();
    match asked.output.format {
        Listing::Text => output::print(&list::text(&entries, &settings.notes)),
        Listing::Json => output::print(&list::json(&entries, &articles)),
    }
}

fn check(asked: &Check, settings: &Settings) -> anyhow::Result<Outcome> {
    let Some(articles) = sources::open(&asked.sources, &settings.opener, 1)? else { return Ok(Outcome::Found) };
    let store = Store::open(&settings.notes)?;
    let entries = list::entries(store.notes(), &articles);
    let open: Vec<_> = entries.into_iter().filter(list::Entry::is_open).collect();
    output::print(&match asked.output.format {
        Listing::Text => list::states(&open),
        Listing::Json => list::json(&open, &articles),
    })?;
    Ok(if open.iter().all(list::Entry::is_placed) { Outcome::Done } else { Outcome::Found })
}

fn edit(asked: Edit, settings: &Settings) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&settings.notes)?;
    let mut note = note_of(&store, &asked.id)?;
    match asked.verdict {
        Some(none) if none.is_empty() => note.verdict = None,
        Some(word) => note.verdict = verdict(Some(word), &settings.config)?,
        None => {}
    }
    if let Some(new) = asked.text {
        note.text = text(new)?;
    }
    note.tags.retain(|tag| !asked.removed_tags.contains(tag));
    set_tags(&mut note, asked.tags);
    note.touch();
    let id = note.id;
    warn(&store.update(note)?);
    report(&[id], &store, &[], asked.output.format)
}

fn remove(asked: &Remove, settings: &Settings) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&settings.notes)?;
    // All are looked up first: one wrong id removes nothing.
    let ids =
        asked.ids.iter().map(|id| note_of(&store, id).map(|note| note.id)).collect::<anyhow::Result<Vec<Uuid>>>()?;
    let mut outcome = Outcome::Done;
    if asked.output.format == Listing::Json {
        report(&ids, &store, &[], Listing::Json)?;
    }
    for id in ids {
        // One of several names of the same note.
        if store.get(id).is_none() {
            continue;
        }
        if !store.remove(id)?.merged.is_empty() {
            output::complain(&format!("{id} was changed by another program just now and is kept"));
            outcome = Outcome::Found;
        }
    }
    Ok(outcome)
}

/// The note with that id, or the only one whose id begins so.
fn note_of(store: &Store, id: &str) -> anyhow::Result<Note> {
    let wanted = id.to_lowercase();
    let wanted = wanted.strip_prefix("urn:uuid:").unwrap_or(&wanted);
    let mut found = store.notes().iter().filter(|note| !wanted.is_empty() && note.id.to_string().starts_with(wanted));
    match (found.next(), found.next()) {
        (Some(note), None) => Ok(note.clone()),
        (None, _) => anyhow::bail!("there is no note {id} in {}", store.path().display()),
        (Some(_), Some(_)) => anyhow::bail!("several notes begin with {id}; give more of it"),
    }
}

fn warn(saved: &Saved) {
    if !saved.merged.is_empty() {
        output::complain("another program had changed the note too; both versions stand in it");
    }
    if let Some(problem) = &saved.not_archived {
        output::complain(&format!("the note is saved, but its source's text is not archived: {problem}"));
    }
}

fn verdict(asked: Option<String>, config: &Config) -> Result<Option<String>, Usage> {
    match asked {
        Some(word) if !config.verdicts.contains(&word) => {
            Err(Usage(format!("\"{word}\" is no verdict; there are: {}", config.verdicts.join(", "))))
        }
        asked => Ok(asked),
    }
}

fn text(asked: String) -> anyhow::Result<String> {
    if asked != "-" {
        return Ok(asked);
    }
    let mut text = String::new();
    std::io::stdin().lock().read_to_string(&mut text)?;
    Ok(text.trim_end().to_owned())
}

fn set_tags(note: &mut Note, tags: Vec<String>) {
    for tag in tags {
        if !tag.is_empty() && !note.tags.contains(&tag) {
            note.tags.push(tag);
        }
    }
}

/// Where the quoted words stand in an article.
fn passage(article: &Article, quote: &str, occurrence: Option<u32>) -> anyhow::Result<ByteSpan> {
    let places = places(article.text.content(), quote);
    let name = article.label();
    match (places.len(), occurrence) {
        (0, _) => anyhow::bail!("{name}: these words do not stand in it: {quote}"),
        (1, None) => Ok(places[0]),
        (count, None) => {
            anyhow::bail!("{name}: these words stand in it {count} times; name one with --occurrence 1 to {count}")
        }
        (count, Some(wanted)) => places
            .get(wanted as usize - 1)
            .copied()
            .ok_or_else(|| anyhow::anyhow!("{name}: these words stand in it {}", display::count(count, "time"))),
    }
}

/// All places of the words; every run of white space is as good as a blank.
fn places(content: &str, quote: &str) -> Vec<ByteSpan> {
    let words: Vec<&str> = quote.split_whitespace().collect();
    let Some(first) = words.first() else { return Vec::new() };
    let place = |(start, _): (usize, &str)| {
        let mut end = start;
        for (at, word) in words.iter().enumerate() {
            let rest = &content[end..];
            let body = rest.trim_start();
            if at > 0 && body.len() == rest.len() || !body.starts_with(word) {
                return None;
            }
            end = content.len() - body.len() + word.len();
        }
        Some(ByteSpan::new(start, end))
    };
    content.match_indices(first).filter_map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_are_found_over_line_breaks() {
        let content = "The barge struck\nthe  bridge. The barge sank.";
        let found = |quote| -> Vec<&str> { places(content, quote).iter().map(|span| span.of(content)).collect() };
        assert_eq!(found("struck the bridge"), ["struck\nthe  bridge"]);
        assert_eq!(found(" The barge "), ["The barge", "The barge"]);
        assert_eq!(found("barge struckthe"), Vec::<&str>::new());
        assert_eq!(found("  "), Vec::<&str>::new());
    }
}
