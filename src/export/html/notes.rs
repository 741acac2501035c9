//! The notes, those that are not placed last.

use std::fmt::Write;

use super::{Page, escaped, escaped_lines};
use crate::export::entry::{self, Entry};
use crate::notes::{AnchorState, NotePassage};
use crate::text::ArticleIndex;

impl Page<'_> {
    pub(super) fn notes(&mut self) {
        let mut entries = std::mem::take(&mut self.entries);
        if entries.is_empty() {
            return;
        }
        entries.sort_by_key(|entry| (entry.passage().is_none(), entry.passage(), entry.note.id));
        self.add("<section id=\"notes\">\n<h2>Notes</h2>\n");
        for entry in &entries {
            self.note(entry);
        }
        self.add("</section>\n");
    }

    fn note(&mut self, entry: &Entry) {
        let note = entry.note;
        let _ = writeln!(self.html, "<div class=\"note\" id=\"note-{}\">", note.id);
        for (kept, place) in note.passages.iter().zip(&entry.places) {
            self.note_passage(kept, place.as_ref());
        }
        if let Some(verdict) = &note.verdict {
            let _ = writeln!(self.html, "<p><span class=\"verdict\">{}</span></p>", escaped(verdict));
        }
        if !note.text.trim().is_empty() {
            let _ = writeln!(self.html, "<div class=\"text\">{}</div>", escaped_lines(&note.text));
        }
        if !note.evidence.is_empty() {
            self.add("<ul>\n");
            for evidence in &note.evidence {
                let (source, quote) = (escaped(evidence.passage.source.name()), escaped(&evidence.passage.exact));
                let said: Vec<String> = evidence.divergences.iter().map(|said| escaped(said)).collect();
                let said = if said.is_empty() { String::new() } else { format!(" · {}", said.join(" · ")) };
                let _ = writeln!(self.html, "<li>{source}: “{quote}”{said}</li>");
            }
            self.add("</ul>\n");
        }
        let day = |time: jiff::Timestamp| time.to_zoned(jiff::tz::TimeZone::UTC).date();
        let mut foot = vec![format!("made {}", day(note.created))];
        if day(note.modified) != day(note.created) {
            foot.push(format!("changed {}", day(note.modified)));
        }
        foot.extend(note.author.as_deref().map(|author| format!("by {}", escaped(author))));
        if !note.tags.is_empty() {
            foot.push(format!("tags: {}", escaped(&note.tags.join(", "))));
        }
        let _ = writeln!(self.html, "<p class=\"quiet\">{}</p>\n</div>", foot.join(" · "));
    }

    fn note_passage(&mut self, kept: &NotePassage, place: Option<&(ArticleIndex, AnchorState)>) {
        let stands = place.and_then(|(article, state)| entry::certain(*article, state));
        let sentence = match stands {
            Some(passage) => entry::sentence(self.material.articles, passage),
            None => format!("{}{}{}", kept.prefix, kept.exact, kept.suffix),
        };
        let quote = escaped(&kept.exact);
        let _ = write!(self.html, "<blockquote><p>“{quote}”</p>");
        if escaped(&sentence) != quote {
            let _ = write!(self.html, "<p class=\"quiet\">in: {}</p>", escaped(&sentence));
        }
        self.add("</blockquote>\n");
        let source = &kept.source;
        let mut about = vec![escaped(source.name())];
        about.extend(source.published.as_deref().map(escaped));
        about.push(escaped(source.cited()));
        let state = match place {
            Some((_, state @ (AnchorState::Suggested { reason, .. } | AnchorState::Unplaced { reason }))) => {
                format!("{}, because {}", state.word(), escaped(reason))
            }
            Some((_, AnchorState::Changed { after, .. })) => format!("changed, now: “{}”", escaped(after)),
            Some((_, state)) => state.word().to_owned(),
            None => "its source is not open".to_owned(),
        };
        let link = stands.map(|passage| format!(" · <a href=\"#{}\">show</a>", self.sentence_id(passage)));
        let _ = writeln!(self.html, "<p class=\"quiet\">{}: {state}{}</p>", about.join(", "), link.unwrap_or_default());
    }
}
