//! All that the screen shows, in small structs.
//!
//! Must never do input or output. Invariant: nothing here is written while drawing.

pub mod by_hand;
pub mod claim;
pub mod dialog;
pub mod filter;
pub mod findings;
pub mod listing;
pub mod overview;
pub mod panes;
pub mod passage;
pub mod search;
pub mod selection;
pub mod shelf;
pub mod source;
pub mod trail;

use std::path::PathBuf;
use std::sync::Arc;

use ratatui::layout::Size;
use ratatui_textarea::TextArea;

use super::command::Command;
use super::command_line::Offers;
use super::glyphs::Glyphs;
use super::key::KeyPress;
use super::keymap::{Keymap, Mode};
use super::layout::Layout;
use crate::notes::Note;
use crate::source::Article;
use crate::text::{ArticleIndex, SentenceIndex};
use dialog::NoteDialog;
use findings::Findings;
use listing::{ClaimsList, HelpPage, NotesList, Origin};
use panes::Panes;
use passage::PassagePanel;
use search::Search;
use shelf::Shelf;
use source::SourceView;

/// Everything.
#[derive(Debug, Clone)]
pub struct State {
    /// The open sources.
    pub articles: Arc<Vec<Article>>,
    /// Each of them on its pane.
    pub views: Vec<SourceView>,
    /// Which are shown and how they keep together.
    pub panes: Panes,
    /// What the comparison found.
    pub findings: Findings,
    /// The passage in hand as every source words it.
    pub passage: PassagePanel,
    /// The notes.
    pub shelf: Shelf,
    /// What was searched for.
    pub search: Search,
    /// What stands over the panes.
    pub overlay: Overlay,
    /// What was typed and means nothing yet.
    pub typing: Typing,
    /// What the status line says, until the next key.
    pub message: Option<Message>,
    /// Where everything stands on the screen.
    pub layout: Layout,
    /// What does not change while the program runs.
    pub setup: Arc<Setup>,
}

/// What does not change while the program runs.
#[derive(Debug, Clone)]
pub struct Setup {
    /// The bindings in force.
    pub keymap: Keymap,
    /// The signs beside the text.
    pub glyphs: Glyphs,
    /// The judgements to choose from.
    pub verdicts: Vec<String>,
    /// The reader's name.
    pub author: Option<String>,
    /// Where the notes are kept.
    pub notes_path: PathBuf,
}

/// What stands over the panes.
#[derive(Debug, Clone, Default)]
pub enum Overlay {
    /// Nothing.
    #[default]
    None,
    /// The keys in force.
    Help(Box<HelpPage>),
    /// All notes.
    Notes(NotesList),
    /// All claims.
    Claims(ClaimsList),
    /// What a note was written about.
    Origin(Box<Origin>),
    /// A note being written.
    Note(Box<NoteDialog>),
    /// One line to type.
    Prompt(Box<Prompt>),
}

/// One line to type.
#[derive(Debug, Clone)]
pub struct Prompt {
    /// What it is for.
    pub purpose: Purpose,
    /// The line.
    pub line: TextArea<'static>,
    /// What it stands over, and what comes back when it is typed.
    pub behind: Overlay,
    /// What may stand in place of its last word, and which of that does.
    pub completion: (Offers, Option<usize>),
    /// Which of the lines typed before it repeats, counted back from the last.
    pub earlier: Option<usize>,
}

/// What a line is typed for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To search for it.
    Search,
    /// The file to export to.
    Export,
    /// The words that the entries of a list must hold.
    Narrow,
    /// To be obeyed.
    Command,
}

/// Keys that mean nothing yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typing {
    /// How often, or how far.
    pub count: Option<u32>,
    /// The beginning of a sequence.
    pub pressed: Vec<KeyPress>,
    /// What waits for one more key, whichever it is.
    pub letter_for: Option<Command>,
}

/// What is said where the comparison would have to be there, and is not yet.
pub const STILL_COMPARING: &str = "the sources are still being compared";

/// What is said where no file is another than what was read.
pub const NONE_CHANGED: &str = "no source changed on disk";

/// What the status line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The words, on one line.
    pub words: String,
    /// How loud.
    pub tone: Tone,
}

/// How loud a message is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// It may be overlooked.
    Calm,
    /// It should be seen.
    Alert,
}

impl State {
    /// The articles as they are opened, before anything is known about them.
    pub fn new(articles: Arc<Vec<Article>>, setup: Setup, size: Size) -> Self {
        let mut state = Self {
            views: vec![SourceView::default(); articles.len()],
            panes: Panes::new(articles.len()),
            findings: Findings::default(),
            passage: PassagePanel::default(),
            shelf: Shelf::default(),
            search: Search::default(),
            overlay: Overlay::None,
            typing: Typing::default(),
            message: None,
            layout: Layout::default(),
            setup: Arc::new(setup),
            articles,
        };
        for (view, article) in state.views.iter_mut().zip(state.articles.iter()) {
            view.cursor = article.text.sentences().first().map_or(view.cursor, |sentence| sentence.span.start);
        }
        super::update::resize(&mut state, size);
        state
    }

    /// What has the reader's attention.
    pub fn mode(&self) -> Mode {
        match self.overlay {
            Overlay::None if self.panes.selection.is_some() => Mode::Selecting,
            Overlay::None => Mode::Reading,
            Overlay::Help(_) | Overlay::Notes(_) | Overlay::Claims(_) | Overlay::Origin(_) => Mode::List,
            Overlay::Note(_) => Mode::Dialog,
            Overlay::Prompt(_) => Mode::Prompt,
        }
    }

    /// The article being read; `None` only when nothing is open.
    pub fn article(&self) -> Option<&Article> {
        self.articles.get(self.panes.active.index())
    }

    /// The view of a source.
    pub fn view(&self, article: ArticleIndex) -> Option<&SourceView> {
        self.views.get(article.index())
    }

    /// The passage in hand.
    pub fn sentence(&self) -> Option<SentenceIndex> {
        let cursor = self.view(self.panes.active)?.cursor;
        let text = &self.article()?.text;
        text.sentence_at(cursor).or((!text.sentences().is_empty()).then_some(SentenceIndex(0)))
    }

    /// Says something on the status line.
    pub fn say(&mut self, words: impl Into<String>) {
        self.message = Some(Message { words: words.into(), tone: Tone::Calm });
    }

    /// Says something that should be seen.
    pub fn warn(&mut self, words: impl Into<String>) {
        self.message = Some(Message { words: words.into(), tone: Tone::Alert });
    }

    /// Takes something back that was said and holds no longer.
    pub fn unsay(&mut self, words: &str) {
        self.message = self.message.take().filter(|message| message.words != words);
    }

    /// What is being written and is no note yet.
    pub fn unfinished(&self) -> Vec<Note> {
        let typed = match &self.overlay {
            Overlay::Note(dialog) if dialog.is_changed() => Some(dialog.filled_in()),
            _ => None,
        };
        self.shelf.drafts.iter().cloned().chain(typed).collect()
    }

    /// The sources whose files stand so to what was read of them.
    pub fn on_disk(&self, on_disk: source::OnDisk) -> Vec<ArticleIndex> {
        let views = self.views.iter().enumerate().filter(|(_, view)| view.on_disk == on_disk);
        views.map(|(at, _)| ArticleIndex::new(at)).collect()
    }

    /// How many of the diverging passages of the source being read have been come upon so far, and how many there are.
    pub fn divergence_place(&self) -> (usize, usize) {
        let sentences = self.findings.diverging_sentences(self.panes.active);
        let here = self.sentence().unwrap_or_default();
        (sentences.partition_point(|sentence| *sentence <= here), sentences.len())
    }
}
