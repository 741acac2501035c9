//! `crossread notes import`: takes in a colleague's notes, and the texts they were made on.

use std::path::Path;

use anyhow::Context;
use serde_json::json;

use super::super::arguments::{Import, Listing};
use super::super::{Outcome, Settings, output};
use super::warn;
use crate::notes::{Archive, Note, SourceReference, Store, import};
use crate::text::display::count;

/// Takes in the notes of every file; a file that cannot be read takes nothing in from any.
pub(super) fn import(asked: &Import, settings: &Settings) -> anyhow::Result<Outcome> {
    let mut all = Vec::new();
    for path in &asked.files {
        let shown = path.display();
        let content = std::fs::read_to_string(path).with_context(|| format!("{shown}: cannot be read"))?;
        all.push((path, import::read(&content).map_err(|problem| anyhow::anyhow!("{shown}: {problem}"))?));
    }
    let mut store = Store::open(&settings.notes)?;
    for (path, imported) in all {
        let sources: Vec<SourceReference> = imported.notes.iter().flat_map(Note::sources).cloned().collect();
        let (saved, told) = store.import(imported.notes)?;
        warn(&saved);
        let texts = archived(&sources, path, &store)?;
        let left_out = imported.left_out;
        output::print(&match asked.output.format {
            Listing::Json => {
                let file = path.to_string_lossy();
                let record = json!({"file": file, "new": told.new, "joined": told.joined, "known": told.known,
                    "left_out": left_out, "texts": texts});
                format!("{record}\n")
            }
            Listing::Text => {
                let (new, known) = (count(told.new as usize, "new note"), told.known);
                let mut line =
                    format!("{}: {new}, {} joined with yours, {known} known already", path.display(), told.joined);
                if left_out > 0 {
                    line.push_str(&format!(", {left_out} left out (they quote nothing)"));
                }
                format!("{line}; {} archived\n", count(texts, "text"))
            }
        })?;
    }
    Ok(Outcome::Done)
}

/// Copies the archived texts that lie beside the colleague's file; answers how many are kept now.
fn archived(sources: &[SourceReference], file: &Path, store: &Store) -> anyhow::Result<usize> {
    let (theirs, ours) = (Archive::beside(file), store.archive());
    let mut hashes: Vec<&SourceReference> = sources.iter().collect();
    hashes.sort_by(|a, b| a.sha256.cmp(&b.sha256));
    hashes.dedup_by(|a, b| a.sha256 == b.sha256);
    let mut kept = 0;
    for source in hashes {
        kept += usize::from(ours.take_over(source, &theirs)?);
    }
    Ok(kept)
}
