//! Notes and claims as comma-separated values (RFC 4180) that a spreadsheet opens without obeying them.
//!
//! Must never let a cell begin with what a spreadsheet takes for a formula. Invariant: every line has as many cells as the
//! first, ends with CR LF, and every cell stands in quotes.

use super::agreement;
use super::entry::{self, Entry, Material};
use crate::compare::gathered_claims;
use crate::notes::AnchorState;
use crate::text::{ArticleIndex, Passage, display};

/// The first line of the notes: what tells a file of ours from another.
pub const NOTES_HEAD: &[&str] = &[
    "note",
    "state",
    "reason",
    "verdict",
    "quote",
    "sentence",
    "now",
    "letter",
    "source",
    "title",
    "published",
    "address",
    "sha256",
    "text",
    "tags",
    "author",
    "created",
    "modified",
    "counterparts",
    "differs",
];

/// The first cells of the claims table; a pair for every source follows.
const CLAIMS_HEAD: &[&str] = &["claim", "told by", "sources", "wording"];

/// A line for each passage of the notes on the open sources.
pub fn notes(material: &Material) -> String {
    let mut table = line(NOTES_HEAD.iter().map(|head| (*head).to_owned()));
    for entry in material.entries() {
        for at in 0..entry.note.passages.len() {
            table.push_str(&line(note_cells(material, &entry, at)));
        }
    }
    table
}

fn note_cells(material: &Material, entry: &Entry, at: usize) -> Vec<String> {
    let (note, passage) = (entry.note, &entry.note.passages[at]);
    let place = entry.places[at].as_ref();
    let stands = place.and_then(|(article, state)| entry::certain(*article, state));
    let (mut reason, mut now) = (String::new(), String::new());
    match place {
        Some((_, AnchorState::Suggested { reason: why, .. } | AnchorState::Unplaced { reason: why })) => {
            reason.clone_from(why);
        }
        Some((_, AnchorState::Changed { after, .. })) => now.clone_from(after),
        _ => {}
    }
    let kept = || format!("{}{}{}", passage.prefix, passage.exact, passage.suffix);
    let source = &passage.source;
    let own = |text: &Option<String>| text.clone().unwrap_or_default();
    let (counterparts, differs) = counterparts(material, stands);
    vec![
        note.id.to_string(),
        place.map_or("source not open", |(_, state)| state.word()).to_owned(),
        reason,
        own(&note.verdict),
        passage.exact.clone(),
        stands.map_or_else(kept, |stands| entry::sentence(material.articles, stands)),
        now,
        place.map(|(article, _)| article.letter()).unwrap_or_default(),
        source.name().to_owned(),
        own(&source.title),
        own(&source.published),
        source.cited().to_owned(),
        source.sha256.clone(),
        note.text.clone(),
        note.tags.join(", "),
        own(&note.author),
        note.created.to_string(),
        note.modified.to_string(),
        counterparts,
        differs,
    ]
}

/// The counterparts of a passage and what differs in them, each on a line of its own.
fn counterparts(material: &Material, stands: Option<Passage>) -> (String, String) {
    let found = stands.map(|stands| entry::counterparts(material, stands)).unwrap_or_default();
    let words = |passage: &Passage| {
        let text =
            material.articles.get(passage.article.index()).map_or("", |article| article.text.slice(passage.span));
        format!("{}: {text}", passage.article.letter())
    };
    let lines: Vec<String> = found.iter().map(|(there, _)| words(there)).collect();
    let said = found
        .iter()
        .flat_map(|(there, said)| said.iter().map(move |said| format!("{}: {said}", there.article.letter())));
    (lines.join("\n"), said.collect::<Vec<_>>().join("\n"))
}

/// The claims table: a line for each claim, near-identical ones gathered; a mark and the words of each source.
pub fn claims(material: &Material) -> String {
    let articles = material.articles;
    let sources = articles.iter().enumerate().flat_map(|(at, article)| {
        let letter = ArticleIndex::new(at).letter();
        [format!("{letter}, {}", article.label()), format!("{letter}, words")]
    });
    let mut table = line(CLAIMS_HEAD.iter().map(|head| (*head).to_owned()).chain(sources));
    let text =
        |passage: Passage| articles.get(passage.article.index()).map_or("", |article| article.text.slice(passage.span));
    for (number, claim) in (1..).zip(gathered_claims(material.comparison, articles)) {
        let mut cells = vec![
            i32::to_string(&number),
            format!("{} of {}", claim.support(), articles.len()),
            claim
                .cells
                .iter()
                .enumerate()
                .filter(|(_, cell)| cell.is_some())
                .map(|(at, _)| ArticleIndex::new(at).letter())
                .collect::<Vec<_>>()
                .join(" "),
            text(claim.middle).to_owned(),
        ];
        for (at, cell) in claim.cells.iter().enumerate() {
            cells.push(cell.map_or("", agreement::words).to_owned());
            let words: Vec<_> = claim.members_of(ArticleIndex::new(at)).map(text).collect();
            cells.push(words.join(" … "));
        }
        table.push_str(&line(cells));
    }
    table
}

/// Whether a file is one that this module wrote.
pub fn is_ours(content: &str) -> bool {
    let begins = |head: &[&str]| {
        let head: Vec<String> = head.iter().map(|cell| format!("\"{cell}\"")).collect();
        content.starts_with(&head.join(","))
    };
    begins(NOTES_HEAD) || begins(CLAIMS_HEAD)
}

fn line(cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().map(|text| cell(&text)).collect();
    format!("{}\r\n", cells.join(","))
}

/// A text as one cell. What a spreadsheet would take for a formula stands behind an apostrophe (OWASP, CSV injection), also
/// after blanks and in full-width form; nothing invisible or obeyed by a terminal comes through.
fn cell(text: &str) -> String {
    let text: Vec<String> = text.lines().map(display::line).collect();
    let text = text.join("\n");
    let guard = if begins_formula(&text) || text.starts_with(['\t', '\r', '\n']) { "'" } else { "" };
    // Where the semicolon parts cells, quotation marks are none after the first comma, and what follows one, or a line break,
    // may begin a cell.
    let mut guarded = String::with_capacity(text.len());
    for (at, piece) in text.split_inclusive([';', '\n', '\r']).enumerate() {
        let body = piece.trim_start();
        guarded.push_str(&piece[..piece.len() - body.len()]);
        if at > 0 && begins_formula(body) {
            guarded.push('\'');
        }
        guarded.push_str(body);
    }
    format!("\"{guard}{}\"", guarded.replace('"', "\"\""))
}

/// Whether a spreadsheet would take a text for a formula.
fn begins_formula(text: &str) -> bool {
    text.trim_start().chars().next().is_some_and(|first| "=+-@|%＝＋－＠".contains(first))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::{Comparison, Options, compare};
    use crate::notes::example::{article, note};

    /// Reads a table as RFC 4180 says.
    fn parsed(table: &str) -> Vec<Vec<String>> {
        let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
        let mut characters = table.chars().peekable();
        let mut quoted = false;
        while let Some(character) = characters.next() {
            match character {
                '"' if quoted && characters.peek() == Some(&'"') => {
                    characters.next();
                    cell.push('"');
                }
                '"' => quoted = !quoted,
                ',' if !quoted => row.push(std::mem::take(&mut cell)),
                '\r' if !quoted => {
                    assert_eq!(characters.next(), Some('\n'));
                    row.push(std::mem::take(&mut cell));
                    rows.push(std::mem::take(&mut row));
                }
                other => cell.push(other),
            }
        }
        assert!(!quoted && row.is_empty() && cell.is_empty(), "the table ends in the midst of a line");
        rows
    }

    #[test]
    fn a_note_is_a_line_and_no_formula() {
        let articles =
            [article("=lantern", "At 5.40am the barge struck the \"Gate\" bridge, they say. Nobody was hurt.")];
        let mut made = note(&articles[0], "the \"Gate\" bridge", "=HYPERLINK(\"http://evil\")\n+1");
        made.tags = vec!["@x".into()];
        made.verdict = Some("-1".into());
        let (comparison, notes) = (Comparison::default(), [made]);
        let table = super::notes(&Material { articles: &articles, comparison: &comparison, notes: &notes });
        let rows = parsed(&table);
        assert_eq!((rows.len(), rows[1].len()), (2, NOTES_HEAD.len()));
        let get = |name: &str| rows[1][NOTES_HEAD.iter().position(|head| *head == name).unwrap()].as_str();
        assert_eq!((get("state"), get("quote")), ("placed", "the \"Gate\" bridge"));
        assert_eq!(get("sentence"), "At 5.40am the barge struck the \"Gate\" bridge, they say.");
        assert_eq!((get("text"), get("tags")), ("'=HYPERLINK(\"http://evil\")\n'+1", "'@x"));
        assert_eq!((get("verdict"), get("source")), ("'-1", "'=lantern"));
        assert!(is_ours(&table) && !is_ours("name,age\r\n"));
    }

    #[test]
    fn the_claims_are_a_matrix() {
        let articles = crate::source::sample();
        let comparison = compare(&articles, &Options::default());
        let table = claims(&Material { articles: &articles, comparison: &comparison, notes: &[] });
        let rows = parsed(&table);
        assert!(rows.len() > 10 && is_ours(&table));
        assert!(rows.iter().all(|row| row.len() == 4 + 2 * articles.len()));
        for row in &rows[1..] {
            let marks: Vec<_> = row[4..].chunks(2).filter(|pair| !pair[0].is_empty()).collect();
            assert!(marks.len() > 1 && row[1].starts_with(&marks.len().to_string()), "{row:?}");
            assert!(marks.iter().all(|pair| !pair[1].is_empty()), "{row:?}");
        }
    }

    #[test]
    fn a_formula_after_what_parts_cells_elsewhere_is_none() {
        assert_eq!(cell("Shut;=1+1"), "\"Shut;'=1+1\"");
        assert_eq!(cell("Shut;\n @SUM(A1); well"), "\"Shut;\n '@SUM(A1); well\"");
        assert_eq!(cell("=1;well"), "\"'=1;well\"");
        assert_eq!(cell("Shut\n=1+1\r\n\n -2\nwell"), "\"Shut\n'=1+1\n\n '-2\nwell\"");
    }

    proptest! {
        #[test]
        fn no_text_makes_a_formula_or_breaks_the_table(texts in proptest::collection::vec(any::<String>(), 1..6)) {
            let table = line(texts.clone());
            let rows = parsed(&table);
            prop_assert_eq!(rows.len(), 1);
            prop_assert_eq!(rows[0].len(), texts.len());
            for cell in &rows[0] {
                prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '\t', '\r']), "{:?}", cell);
            }
        }
    }
}
