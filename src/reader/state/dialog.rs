//! The dialog in which a note is written.
//!
//! Must never save: what is filled in becomes a note only when the reader asks for it. Invariant: the note's passages and the
//! fields that this dialog does not show are kept as they are.

use ratatui_textarea::{CursorMove, TextArea, WrapMode};

use super::Overlay;
use crate::notes::{Evidence, Note};
use crate::text::ArticleIndex;

/// A note being written.
#[derive(Debug, Clone)]
pub struct NoteDialog {
    /// The note as it was when the dialog opened.
    pub note: Note,
    /// Whether it is a new one.
    pub is_new: bool,
    /// Whether it was being written when the program ended.
    pub is_draft: bool,
    /// Which field the keys go to.
    pub field: Field,
    /// Which verdict of the list is chosen.
    pub verdict: Option<usize>,
    /// The verdicts that can be chosen.
    pub verdicts: Vec<String>,
    /// The text.
    pub text: TextArea<'static>,
    /// The tags, with commas or spaces between.
    pub tags: TextArea<'static>,
    /// The counterparts that can be kept with the note.
    pub evidence: Vec<Offer>,
    /// Which of them the keys go to.
    pub offered: usize,
    /// What stands at the foot: a saving under way, or why one failed.
    pub outcome: Outcome,
    /// What the dialog stands over, and what comes back when it closes.
    pub behind: Overlay,
}

/// A counterpart offered as evidence.
#[derive(Debug, Clone)]
pub struct Offer {
    /// Whose wording; `None` when its source is not open.
    pub article: Option<ArticleIndex>,
    /// What is kept.
    pub evidence: Evidence,
    /// Whether it is to be kept.
    pub chosen: bool,
}

/// How far saving is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing was asked for.
    #[default]
    None,
    /// It is being saved.
    Saving,
    /// It could not be saved, and why.
    Failed(String),
    /// The reader wants out, with something written: asked once more.
    AskedToDiscard,
}

/// A field of the dialog.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The reader's judgement.
    Verdict,
    /// The note's text.
    Text,
    /// Its tags.
    Tags,
    /// The counterparts to keep.
    Evidence,
}

impl NoteDialog {
    /// Opens on a note; evidence that the note already keeps is offered first and chosen.
    pub fn new(note: Note, is_new: bool, verdicts: &[String], offers: Vec<Offer>) -> Self {
        let mut verdicts = verdicts.to_vec();
        if let Some(verdict) = note.verdict.clone().filter(|verdict| !verdicts.contains(verdict)) {
            verdicts.push(verdict);
        }
        let verdict = note.verdict.as_ref().and_then(|chosen| verdicts.iter().position(|verdict| verdict == chosen));
        let text = wrapped(note.text.lines().map(str::to_owned).collect());
        let tags = area(vec![note.tags.join(", ")]);
        Self {
            note,
            is_new,
            is_draft: false,
            field: Field::Text,
            verdict,
            verdicts,
            text,
            tags,
            evidence: offers,
            offered: 0,
            outcome: Outcome::None,
            behind: Overlay::None,
        }
    }

    /// The same filled in as a draft has it, of a note that says `kept`; of one that says nothing yet where it was never kept.
    pub fn resumed(draft: Note, kept: Option<Note>, verdicts: &[String], offers: Vec<Offer>) -> Self {
        let is_new = kept.is_none();
        let empty =
            || Note { verdict: None, text: String::new(), tags: Vec::new(), evidence: Vec::new(), ..draft.clone() };
        let note = kept.unwrap_or_else(empty);
        Self { note, is_draft: true, ..Self::new(draft, is_new, verdicts, offers) }
    }

    /// The note as it is filled in.
    pub fn filled_in(&self) -> Note {
        let mut note = self.note.clone();
        note.verdict = self.verdict.and_then(|at| self.verdicts.get(at)).cloned();
        note.text = self.text.lines().join("\n").trim_end().to_owned();
        note.tags = tags(&self.tags.lines().join(" "));
        note.evidence = self.evidence.iter().filter(|offer| offer.chosen).map(|offer| offer.evidence.clone()).collect();
        note
    }

    /// Puts another text into its field and goes there.
    pub fn write(&mut self, lines: Vec<String>) {
        self.text = wrapped(lines);
        self.field = Field::Text;
        self.outcome = Outcome::None;
    }

    /// Whether anything was filled in or changed.
    pub fn is_changed(&self) -> bool {
        let filled_in = self.filled_in();
        let evidence_matters = !self.is_new && filled_in.evidence != self.note.evidence;
        (&filled_in.verdict, &filled_in.text, &filled_in.tags) != (&self.note.verdict, &self.note.text, &self.note.tags)
            || evidence_matters
    }

    /// The fields there are, in order.
    pub fn fields(&self) -> Vec<Field> {
        let mut fields = vec![Field::Verdict, Field::Text, Field::Tags];
        if !self.evidence.is_empty() {
            fields.push(Field::Evidence);
        }
        fields
    }

    /// Goes on to the next field, or back, in a circle.
    pub fn step(&mut self, forward: bool) {
        let fields = self.fields();
        let at = fields.iter().position(|field| *field == self.field).unwrap_or(0);
        let next = if forward { at + 1 } else { at + fields.len() - 1 };
        self.field = fields[next % fields.len()];
    }

    /// Chooses the next verdict, or the one before; before the first stands none.
    pub fn turn_verdict(&mut self, forward: bool) {
        let count = self.verdicts.len();
        self.verdict = match (self.verdict, forward) {
            (None, true) => (count > 0).then_some(0),
            (None, false) => count.checked_sub(1),
            (Some(at), true) => (at + 1 < count).then_some(at + 1),
            (Some(at), false) => at.checked_sub(1),
        };
    }
}

fn wrapped(lines: Vec<String>) -> TextArea<'static> {
    let mut text = area(lines);
    text.set_wrap_mode(WrapMode::WordOrGlyph);
    text
}

fn area(lines: Vec<String>) -> TextArea<'static> {
    let mut area = if lines.is_empty() { TextArea::default() } else { TextArea::new(lines) };
    area.move_cursor(CursorMove::Bottom);
    area.move_cursor(CursorMove::End);
    area
}

/// Tags as they are typed: commas between them, or spaces where there is no comma.
fn tags(typed: &str) -> Vec<String> {
    let comma = typed.contains(',');
    let pieces = typed.split(|c: char| if comma { c == ',' } else { c.is_whitespace() });
    let mut tags: Vec<String> = Vec::new();
    for tag in pieces.map(|piece| piece.trim().trim_start_matches('#')).filter(|tag| !tag.is_empty()) {
        if tags.iter().all(|kept| kept != tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_parted_by_commas_or_by_spaces() {
        assert_eq!(tags(" time, #signal light, time"), ["time", "signal light"]);
        assert_eq!(tags("time  #light"), ["time", "light"]);
        assert!(tags(" , ").is_empty());
    }
}
