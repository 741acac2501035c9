//! What effects reach: the notes on disk, exports, and the comparison on its own thread.
//!
//! Must never change the state: everything comes back as an action. Invariant: a save is reported as done only when the store
//! says that it is on disk.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::{Duration, Instant};

use atomic_write_file::AtomicWriteFile;

use super::action::{Action, Saved};
use super::browser;
use super::effect::Effect;
use crate::compare::{Comparison, Options, Progress, compare};
use crate::export::{markdown, write_between_markers};
use crate::notes::{Note, Store};
use crate::source::Article;

/// Longest time for a comparison; what it leaves out is said.
const PATIENCE: Duration = Duration::from_secs(60);

/// The world outside the screen.
pub struct World {
    articles: Arc<Vec<Article>>,
    notes_path: PathBuf,
    store: Result<Store, String>,
    comparing: Option<Receiver<Action>>,
    comparison: Comparison,
}

impl World {
    /// Opens the notes file and begins to compare.
    pub fn new(articles: Arc<Vec<Article>>, notes_path: PathBuf) -> Self {
        let store = Store::open(&notes_path).map_err(|problem| problem.to_string());
        let comparing = (articles.len() > 1).then(|| begin(Arc::clone(&articles)));
        Self { articles, notes_path, store, comparing, comparison: Comparison::default() }
    }

    /// The same with a comparison that is at hand.
    pub fn compared(articles: Arc<Vec<Article>>, notes_path: PathBuf, comparison: Comparison) -> Self {
        let store = Store::open(&notes_path).map_err(|problem| problem.to_string());
        let (sender, receiver) = mpsc::channel();
        // The receiver is at hand, so this cannot fail.
        drop(sender.send(Action::Compared(Box::new(comparison))));
        Self { articles, notes_path, store, comparing: Some(receiver), comparison: Comparison::default() }
    }

    /// The open sources.
    pub fn articles(&self) -> Arc<Vec<Article>> {
        Arc::clone(&self.articles)
    }

    /// What is known at the start: the notes, or why there are none.
    pub fn notes(&self) -> Result<Vec<Note>, String> {
        self.store.as_ref().map(|store| store.notes().to_vec()).map_err(Clone::clone)
    }

    /// Whether the comparison still runs.
    pub fn is_comparing(&self) -> bool {
        self.comparing.is_some()
    }

    /// What the comparison has to say.
    pub fn news(&mut self) -> Vec<Action> {
        let mut news = Vec::new();
        while let Some(receiver) = &self.comparing {
            match receiver.try_recv() {
                Ok(action) => self.take(action, &mut news),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    let cut = Some("the comparison failed; the sources can still be read".to_owned());
                    self.take(Action::Compared(Box::new(Comparison { cut, ..Comparison::default() })), &mut news);
                }
            }
        }
        news
    }

    /// Waits until the comparison has something to say.
    pub fn wait_for_news(&mut self) -> Vec<Action> {
        let mut news = Vec::new();
        let action = self.comparing.as_ref().and_then(|receiver| receiver.recv().ok());
        if let Some(action) = action {
            self.take(action, &mut news);
        }
        news.extend(self.news());
        news
    }

    fn take(&mut self, action: Action, news: &mut Vec<Action>) {
        if let Action::Compared(comparison) = &action {
            self.comparison = (**comparison).clone();
            self.comparing = None;
        }
        news.push(action);
    }

    /// Carries out an effect and answers what came of it.
    pub fn carry_out(&mut self, effect: Effect) -> Option<Action> {
        match effect {
            Effect::AddNote(note) | Effect::UpdateNote(note) => {
                let id = note.id;
                Some(Action::NoteSaved(id, self.save(*note)))
            }
            Effect::RemoveNote(id) => {
                let store = self.store.as_ref().ok()?;
                let note = Box::new(store.get(id)?.clone());
                let result = self.change(|store, _| store.remove(id));
                Some(Action::NoteRemoved(note, result))
            }
            Effect::Export(path) => {
                let result = self.export(&path);
                Some(Action::Exported(path, result))
            }
            Effect::OpenAddress(address) => {
                let result = browser::open(&address);
                Some(Action::AddressOpened(address, result))
            }
            Effect::Copy(_)
            | Effect::Edit(_)
            | Effect::Redraw
            | Effect::ToggleMouse
            | Effect::Suspend
            | Effect::Quit => None,
        }
    }

    fn save(&mut self, note: Note) -> Result<Saved, String> {
        self.change(|store, articles| match store.get(note.id) {
            Some(_) => store.update(note),
            None => store.add(note, articles),
        })
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Store, &[Article]) -> Result<crate::notes::Saved, crate::notes::StoreError>,
    ) -> Result<Saved, String> {
        if self.store.is_err() {
            // The file may have been mended meanwhile.
            self.store = Store::open(&self.notes_path).map_err(|problem| problem.to_string());
        }
        let store = self.store.as_mut().map_err(|problem| problem.clone())?;
        let saved = change(store, &self.articles).map_err(|problem| problem.to_string())?;
        let remark = match (&saved.not_archived, saved.merged.len()) {
            (Some(problem), _) => Some(format!("saved; the source was not archived: {problem}")),
            (None, 0) => None,
            (None, _) => Some("saved; another program had changed the note too: both are kept".to_owned()),
        };
        Ok(Saved { notes: store.notes().to_vec(), remark })
    }

    fn export(&self, path: &Path) -> Result<(), String> {
        let store = self.store.as_ref().map_err(Clone::clone)?;
        let document = markdown::notes(&self.articles, &self.comparison, store.notes());
        let existing = match std::fs::read_to_string(path) {
            Ok(existing) => Some(existing),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
            Err(error) => return Err(error.to_string()),
        };
        let content = write_between_markers(existing.as_deref(), &document).map_err(|error| error.to_string())?;
        // Through a link to the file itself: replacing the link would cut it.
        let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let mut file = AtomicWriteFile::open(&real).map_err(|error| error.to_string())?;
        file.write_all(content.as_bytes()).and_then(|()| file.commit()).map_err(|error| error.to_string())
    }
}

/// Begins to compare on a thread of its own.
fn begin(articles: Arc<Vec<Article>>) -> Receiver<Action> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens any more once the reader has quit.
        let tell = |progress: Progress| drop(sender.send(Action::Comparing(progress.permille)));
        let deadline = Some(Instant::now() + PATIENCE);
        let comparison = compare(&articles, &Options { deadline, progress: Some(&tell), ..Options::default() });
        drop(sender.send(Action::Compared(Box::new(comparison))));
    });
    receiver
}
