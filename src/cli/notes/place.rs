//! `crossread notes place`: puts a note on words of an article where they stand now.

use anyhow::bail;

use super::super::arguments::Place;
use super::super::{Outcome, Settings};
use super::{note_of, passage, report, warn};
use crate::notes::{AnchorState, Note, Store, anchor};
use crate::source::{self, Article, Limits};
use crate::text::ByteSpan;

/// Puts the passage named, else the first that is not placed, on the words quoted, else on the place that is suggested.
pub(super) fn place(asked: &Place, settings: &Settings) -> anyhow::Result<Outcome> {
    let mut store = Store::open(&settings.notes)?;
    let mut note = note_of(&store, &asked.id)?;
    let article = source::open(&asked.source, &Limits::default())?;
    let at = which(&note, &article, asked.passage)?;
    let span = match &asked.quote {
        Some(quote) => passage(&article, quote, asked.occurrence)?,
        None => suggested(&note, at, &article)?,
    };
    note.passages[at] = note.passages[at].put_on(&article, span);
    note.touch();
    let id = note.id;
    warn(&store.update_on(note, std::slice::from_ref(&article))?);
    report(&[id], &store, &[article], asked.output.format)
}

/// The passage that is meant, from 0.
fn which(note: &Note, article: &Article, asked: Option<u32>) -> anyhow::Result<usize> {
    if let Some(asked) = asked {
        let at = asked as usize - 1;
        let count = note.passages.len();
        return if at < count { Ok(at) } else { bail!("the note has no passage {asked}, only {count}") };
    }
    let articles = std::slice::from_ref(article);
    let here = |at: &usize| anchor::article_of(&note.passages[*at].source, articles).is_some();
    let unsure = |at: &usize| !matches!(anchor::place(&note.passages[*at], article), AnchorState::Placed(_));
    let all = 0..note.passages.len();
    let of_source: Vec<usize> = all.clone().filter(here).collect();
    match of_source.iter().find(|at| unsure(at)).or(of_source.first()) {
        Some(at) => Ok(*at),
        None if note.passages.len() == 1 => Ok(0),
        None => bail!("none of the note's passages is of this source; name one with --passage 1 to {}", all.len()),
    }
}

fn suggested(note: &Note, at: usize, article: &Article) -> anyhow::Result<ByteSpan> {
    match anchor::place(&note.passages[at], article) {
        AnchorState::Placed(span) | AnchorState::Changed { span, .. } | AnchorState::Suggested { span, .. } => Ok(span),
        AnchorState::Unplaced { reason } => {
            bail!("{}: {reason}; give the words with --quote", article.label())
        }
    }
}
