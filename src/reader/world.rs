//! What effects reach: the notes on disk, exports, the files of the sources, and the comparison on its own thread.
//!
//! Must never change the state: everything comes back as an action. Invariant: a save is reported as done only when the store
//! says that it is on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::time::{Duration, Instant, SystemTime};

use super::action::{Action, Recollection, Saved};
use super::effect::Effect;
use super::errands::Errands;
use super::opening;
use super::watch::Watch;
use crate::compare::{Comparison, Kept, Options, Progress, compare};
use crate::export::file::{self, FileKind};
use crate::export::{Material, csv, html, json_ld, markdown};
use crate::notes::archive::Remembered;
use crate::notes::link::{Answer, Placed, Tally, Wish};
use crate::notes::{Deed, Drafts, Note, NotePassage, Store, Way};
use crate::source::{Article, Opener, Said};
use crate::text::ArticleIndex;
use uuid::Uuid;

/// Longest time for a comparison; what it leaves out is said.
const PATIENCE: Duration = Duration::from_secs(60);

/// The length of all texts in bytes up to which laying links over a comparison takes no time that anybody sees.
const QUICK: usize = 100_000;

/// How long what could not be saved waits before it is tried again by itself.
const BETWEEN_TRIES: Duration = Duration::from_secs(10);

/// How long the notes file is left alone between two looks at it.
const BETWEEN_LOOKS: Duration = Duration::from_secs(1);

/// The world outside the screen.
pub struct World {
    articles: Arc<Vec<Article>>,
    store: Result<Store, String>,
    comparing: Option<Receiver<Action>>,
    /// What the last comparison found out, so that the next compares only what changed.
    kept: Arc<Kept>,
    /// Where the comparison is going to speak; it is kept back until the first screen is there.
    held: Option<Sender<Action>>,
    /// What the matcher found.
    matched: Arc<Comparison>,
    /// The same with the links by hand laid over it; the very same where there are none.
    comparison: Arc<Comparison>,
    /// Links by hand being laid over a comparison of long texts.
    overruling: Option<Receiver<(Comparison, Tally)>>,
    watch: Watch,
    errands: Errands,
    notes_file: NotesFile,
    /// What is done and not yet told.
    ready: Vec<Action>,
}

/// What is known of the notes file on disk.
struct NotesFile {
    path: PathBuf,
    /// When it was looked at last, and how it was then.
    looked: Instant,
    seen: Option<(SystemTime, u64)>,
    /// When saving was tried last.
    tried: Instant,
    /// Notes made while the file cannot be read.
    waiting: Vec<Note>,
    /// Notes being written; `None` where nothing may be left behind.
    drafts: Option<Drafts>,
}

impl World {
    /// Opens the notes file and begins to compare.
    pub fn new(articles: Arc<Vec<Article>>, notes_path: PathBuf) -> Self {
        let (held, comparing) = (articles.len() > 1).then(mpsc::channel).unzip();
        let drafts = Some(Drafts::beside(&notes_path));
        let world = Self::of(articles, notes_path, comparing);
        Self { held, notes_file: NotesFile { drafts, ..world.notes_file }, ..world }
    }

    /// The same, and other sources are opened as the first ones were; those are read again with what was said about them.
    pub fn opening_with(self, opener: Opener, said: &[Said]) -> Self {
        let watch = self.watch.within(opener.limits, said);
        Self { watch, errands: Errands::opening_with(opener), ..self }
    }

    /// The same with a comparison that is at hand, for a picture of the screen: what is being written there is kept nowhere.
    pub fn compared(articles: Arc<Vec<Article>>, notes_path: PathBuf, comparison: Comparison) -> Self {
        let (sender, receiver) = mpsc::channel();
        // The receiver is at hand, so this cannot fail.
        drop(sender.send(Action::Compared(Arc::new(comparison))));
        Self::of(articles, notes_path, Some(receiver))
    }

    fn of(articles: Arc<Vec<Article>>, notes_path: PathBuf, comparing: Option<Receiver<Action>>) -> Self {
        // Before it is read: what is written in between is looked at again.
        let seen = stamp(&notes_path);
        Self {
            store: Store::open(&notes_path).map_err(|problem| problem.to_string()),
            watch: Watch::new(&articles),
            articles,
            comparing,
            kept: Arc::default(),
            held: None,
            matched: Arc::default(),
            comparison: Arc::default(),
            overruling: None,
            errands: Errands::default(),
            notes_file: NotesFile {
                path: notes_path,
                looked: Instant::now(),
                seen,
                tried: Instant::now(),
                waiting: Vec::new(),
                drafts: None,
            },
            ready: Vec::new(),
        }
    }

    /// The open sources.
    pub fn articles(&self) -> Arc<Vec<Article>> {
        Arc::clone(&self.articles)
    }

    /// What is known at the start: the notes, or why there are none.
    pub fn notes(&self) -> Result<Vec<Note>, String> {
        self.store.as_ref().map(|store| store.notes().to_vec()).map_err(Clone::clone)
    }

    /// The notes that were being written when the program ended.
    pub fn drafts(&self) -> Vec<Note> {
        self.notes_file.drafts.as_ref().map_or_else(Vec::new, |drafts| drafts.notes().to_vec())
    }

    /// Keeps what is being written, so that it outlives the program; drafts that the reader is done with go.
    pub fn keep_drafts(&mut self, wanted: &[Note]) {
        // One that cannot be kept is on the screen still, and tried again at the next key.
        let _ = self.notes_file.drafts.as_mut().map(|drafts| drafts.keep(wanted));
    }

    /// The program ends: what is being written is kept, and what is not on disk is tried once more.
    pub fn leave(&mut self, wanted: &[Note]) {
        self.keep_drafts(wanted);
        if self.store.as_ref().is_ok_and(|store| store.pending() > 0) || !self.notes_file.waiting.is_empty() {
            // The reader was told that it is not on disk.
            let _ = self.retry();
        }
    }

    /// The first screen is there: comparing, which takes what processor there is, may begin.
    pub fn shown(&mut self) {
        if let Some(sender) = self.held.take() {
            begin(Arc::clone(&self.articles), Arc::clone(&self.kept), sender);
        }
    }

    /// Whether the comparison still runs.
    pub fn is_comparing(&self) -> bool {
        self.comparing.is_some() || self.overruling.is_some()
    }

    /// Whether something is under way that will have news.
    pub fn is_busy(&self) -> bool {
        self.is_comparing() || self.errands.is_busy()
    }

    /// What the comparison and the files of the sources have to say.
    pub fn news(&mut self) -> Vec<Action> {
        let mut news = std::mem::take(&mut self.ready);
        news.extend(self.try_again());
        news.extend(self.take_in_others());
        news.extend(self.watch.news(&self.articles, Instant::now()));
        news.extend(self.opened());
        news.extend(self.errands.visited());
        while let Some(receiver) = &self.comparing {
            match receiver.try_recv() {
                Ok(action) => self.take(action, &mut news),
                Err(TryRecvError::Empty) => break,
                Err(TryRecvError::Disconnected) => {
                    let cut = Some("the comparison failed; the sources can still be read".to_owned());
                    self.take(Action::Compared(Arc::new(Comparison { cut, ..Comparison::default() })), &mut news);
                }
            }
        }
        if let Some(overruled) = self.overruling.as_ref().and_then(|receiver| receiver.try_recv().ok()) {
            self.overruling = None;
            news.push(self.overruled(overruled));
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
        let is_done = matches!(action, Action::Compared(_));
        if let Action::Compared(comparison) = &action {
            self.matched = Arc::clone(comparison);
            self.comparison = Arc::clone(&self.matched);
            self.comparing = None;
        }
        news.push(action);
        if is_done && !self.links().is_empty() {
            self.lay_over();
            news.append(&mut self.ready);
        }
    }

    fn links(&self) -> &[Note] {
        self.store.as_ref().map_or(&[], Store::links)
    }

    /// Lays the links by hand over what the matcher found: at once where that is quick, else beside the screen.
    fn lay_over(&mut self) {
        let placed = Placed::find(self.links(), &self.articles);
        let (matched, articles) = (Arc::clone(&self.matched), Arc::clone(&self.articles));
        let work = move || (placed.overrule(&matched, &articles), placed.tally());
        if self.articles.iter().map(|article| article.text.content().len()).sum::<usize>() <= QUICK {
            self.overruling = None;
            let overruled = self.overruled(work());
            self.ready.push(overruled);
        } else {
            let (sender, receiver) = mpsc::channel();
            // Nobody listens any more once another link was made.
            std::thread::spawn(move || drop(sender.send(work())));
            self.overruling = Some(receiver);
        }
    }

    fn overruled(&mut self, (comparison, tally): (Comparison, Tally)) -> Action {
        self.comparison = Arc::new(comparison);
        Action::Overruled(Arc::clone(&self.comparison), tally)
    }

    /// Carries out an effect and answers what came of it.
    pub fn carry_out(&mut self, effect: Effect) -> Option<Action> {
        match effect {
            Effect::AddNote(note) | Effect::UpdateNote(note) => {
                let id = note.id;
                Some(Action::NoteSaved(id, self.save(*note)))
            }
            Effect::RemoveNote(id) => {
                let Ok(store) = &self.store else {
                    self.notes_file.waiting.retain(|note| note.id != id);
                    self.tell_waiting();
                    return None;
                };
                store.get(id)?;
                Some(Action::NoteRemoved(self.change(|store, _| store.remove(id))))
            }
            Effect::Turn(way) => Some(self.turn(way)),
            Effect::Retry => {
                let result = self.retry();
                Some(Action::Retried(result))
            }
            Effect::Recall(id) => self.recall(id).map(Action::Recalled),
            Effect::HandLink(wish, author) => Some(self.link(wish, author)),
            Effect::Reload => self.reload(),
            Effect::Open(path) => {
                self.errands.open(path);
                None
            }
            Effect::ListFiles(beginning) => {
                let files = opening::files(&beginning);
                Some(Action::Files(beginning, files))
            }
            Effect::Export(path) => {
                let result = self.export(&path);
                Some(Action::Exported(path, result))
            }
            Effect::OpenAddress(address) => {
                self.errands.visit(address);
                None
            }
            Effect::Copy(_)
            | Effect::Edit(_)
            | Effect::Redraw
            | Effect::ToggleMouse
            | Effect::Mouse(_)
            | Effect::Theme(_)
            | Effect::Suspend
            | Effect::Quit => None,
        }
    }

    /// Changes the links by hand as the reader wishes. What could not be saved holds nevertheless, and is tried again.
    fn link(&mut self, wish: Wish, author: Option<String>) -> Action {
        let change = Placed::find(self.links(), &self.articles).change(wish, &self.matched, &self.articles);
        let new = change.new.map(|new| Note { author, ..*new });
        let saved = self.change(|store, articles| store.relink(&change.gone, new, articles));
        if !matches!(change.answer, Answer::AlreadyLinked | Answer::Nothing) {
            self.lay_over();
        }
        Action::HandLink(change.answer, saved.map(|saved| saved.remark))
    }

    /// Takes in the sources that changed on disk and begins to compare anew.
    fn reload(&mut self) -> Option<Action> {
        let fresh = self.watch.take();
        if fresh.is_empty() {
            return None;
        }
        let mut articles = (*self.articles).clone();
        let mut which = Vec::new();
        for (index, article) in fresh {
            if let Some(place) = articles.get_mut(index.index()) {
                *place = article;
                which.push(index);
            }
        }
        self.begin_anew(articles);
        Some(Action::Reloaded(Arc::clone(&self.articles), which))
    }

    /// Takes in the source that was being read, unless it is open already.
    fn opened(&mut self) -> Option<Action> {
        let article = match self.errands.opened()? {
            Ok(article) => article,
            Err(problem) => return Some(Action::NotOpened(crate::text::display::line(&problem))),
        };
        if let Some(open) = opening::same(&article, &self.articles) {
            let name = self.articles.get(open.index()).map(|open| open.origin.name()).unwrap_or_default();
            let (new, letter) = (article.origin.name(), open.letter());
            return Some(Action::NotOpened(format!("{new} holds the same text as {letter}, {name}")));
        }
        let mut articles = (*self.articles).clone();
        self.watch.add(ArticleIndex::new(articles.len()), &article);
        articles.push(article);
        self.begin_anew(articles);
        Some(Action::Opened(Arc::clone(&self.articles)))
    }

    fn begin_anew(&mut self, articles: Vec<Article>) {
        self.articles = Arc::new(articles);
        self.matched = Arc::default();
        self.comparison = Arc::default();
        self.overruling = None;
        (self.held, self.comparing) = (self.articles.len() > 1).then(mpsc::channel).unzip();
        self.shown();
    }

    fn turn(&mut self, way: Way) -> Action {
        let mut done = None;
        let result = self.change(|store, _| match store.go(way)? {
            Some((deed, saved)) => {
                done = Some(deed);
                Ok(saved)
            }
            None => Ok(crate::notes::Saved::default()),
        });
        if done.is_some_and(Deed::is_of_links) || result.is_err() {
            self.lay_over();
        }
        Action::Turned(way, result.map(|saved| done.map(|deed| (deed, saved))))
    }

    fn retry(&mut self) -> Result<Saved, String> {
        self.notes_file.tried = Instant::now();
        self.change(|store, _| store.retry())
    }

    /// What a note was written about: the archive's text where it is there, else what the note keeps.
    fn recall(&self, id: Uuid) -> Option<Vec<Recollection>> {
        let store = self.store.as_ref().ok()?;
        let archive = store.archive();
        let one = |kept: &NotePassage| {
            let made_on = kept.made_on();
            let put_on = kept.first.is_some().then(|| kept.exact.clone());
            Recollection { source: made_on.source.clone(), remembered: Remembered::of(made_on, &archive), put_on }
        };
        Some(store.get(id)?.passages.iter().map(one).collect())
    }

    /// What other programs wrote into the notes file is taken in, a moment after they did.
    fn take_in_others(&mut self) -> Option<Action> {
        if self.notes_file.looked.elapsed() < BETWEEN_LOOKS {
            return None;
        }
        self.notes_file.looked = Instant::now();
        let seen = stamp(&self.notes_file.path);
        if seen == self.notes_file.seen {
            return None;
        }
        self.notes_file.seen = seen;
        let store = self.store.as_mut().ok()?;
        // One that cannot be read is left to the next save, which says so.
        let links = store.links().to_vec();
        let new = store.refresh().is_ok_and(|new| new);
        let notes = new.then(|| store.notes().to_vec())?;
        if store.links() != links {
            self.lay_over();
        }
        Some(Action::Notes(notes))
    }

    /// What is not on disk is tried again now and then, while nobody asks for it.
    fn try_again(&mut self) -> Option<Action> {
        let waits = self.store.as_ref().map_or(!self.notes_file.waiting.is_empty(), |store| store.pending() > 0);
        if !waits || self.notes_file.tried.elapsed() < BETWEEN_TRIES {
            return None;
        }
        let saved = self.retry();
        self.ready.retain(|action| !matches!(action, Action::Pending(..)));
        saved.ok().map(|saved| Action::Pending(0, saved.notes))
    }

    fn save(&mut self, note: Note) -> Result<Saved, String> {
        let kept = note.clone();
        let saved = self.change(|store, articles| match store.get(note.id) {
            Some(_) => store.update_on(note, articles),
            None => store.add(note, articles),
        });
        if self.store.is_err() {
            self.notes_file.waiting.retain(|other| other.id != kept.id);
            self.notes_file.waiting.push(kept);
            self.tell_waiting();
        }
        saved
    }

    /// What waits for a file that can be read is shown as what is not on disk.
    fn tell_waiting(&mut self) {
        let waiting = self.notes_file.waiting.clone();
        self.ready.push(Action::Pending(u32::try_from(waiting.len()).unwrap_or(u32::MAX), waiting));
    }

    fn change(
        &mut self,
        change: impl FnOnce(&mut Store, &[Article]) -> Result<crate::notes::Saved, crate::notes::StoreError>,
    ) -> Result<Saved, String> {
        if self.store.is_err() {
            // The file may have been mended meanwhile.
            self.store = Store::open(&self.notes_file.path).map_err(|problem| problem.to_string());
            if let Ok(store) = &mut self.store {
                // What cannot be saved even now the store keeps for later.
                self.notes_file.waiting.drain(..).for_each(|note| drop(store.add(note, &self.articles)));
            }
        }
        let store = self.store.as_mut().map_err(|problem| problem.clone())?;
        let saved = change(store, &self.articles).map_err(|problem| problem.to_string());
        if saved.is_err() && store.pending() > 0 {
            let count = u32::try_from(store.pending()).unwrap_or(u32::MAX);
            self.notes_file.tried = Instant::now();
            self.ready.push(Action::Pending(count, store.notes().to_vec()));
        }
        let saved = saved?;
        let remark = match (&saved.not_archived, saved.merged.len()) {
            (Some(problem), _) => Some(format!("saved; the source was not archived: {problem}")),
            (None, 0) => None,
            (None, _) => Some("saved; another program had changed the note too: both are kept".to_owned()),
        };
        Ok(Saved { notes: store.notes().to_vec(), remark })
    }

    fn export(&self, path: &Path) -> Result<(), String> {
        let store = self.store.as_ref().map_err(Clone::clone)?;
        let material = Material { articles: &self.articles, comparison: &self.comparison, notes: store.notes() };
        let kind = FileKind::of(path);
        let page =
            path.extension().is_some_and(|end| end.eq_ignore_ascii_case("html") || end.eq_ignore_ascii_case("htm"));
        let document = match kind {
            FileKind::Csv => csv::notes(&material),
            FileKind::JsonLd | FileKind::ClaimReview => json_ld::notes(&material),
            FileKind::Markers if page => html::page(&material),
            FileKind::Markers => markdown::notes(&self.articles, &self.comparison, store.notes()),
        };
        file::write(path, &document, kind, false).map_err(|error| error.to_string())
    }
}

/// By what a file that was written again is known.
fn stamp(path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = std::fs::metadata(path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// Begins to compare on a thread of its own.
fn begin(articles: Arc<Vec<Article>>, kept: Arc<Kept>, sender: Sender<Action>) {
    std::thread::spawn(move || {
        // Nobody listens any more once the reader has quit.
        let tell = |progress: Progress| drop(sender.send(Action::Comparing(progress.permille)));
        let deadline = Some(Instant::now() + PATIENCE);
        let options = Options { deadline, progress: Some(&tell), kept: Some(&kept), ..Options::default() };
        let comparison = compare(&articles, &options);
        drop(sender.send(Action::Compared(Arc::new(comparison))));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reader::state::source::OnDisk;
    use crate::source::{Limits, open};

    /// Waits for news of a kind.
    fn awaited<T>(world: &mut World, wanted: impl Fn(&Action) -> Option<T>) -> T {
        let began = Instant::now();
        while began.elapsed() < Duration::from_secs(60) {
            if let Some(found) = world.news().iter().find_map(&wanted) {
                return found;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("nothing of the kind came")
    }

    #[test]
    fn a_source_that_changed_is_taken_in_and_compared_anew() {
        let folder = tempfile::tempdir().unwrap();
        let paths = ["a.txt", "b.txt"].map(|name| folder.path().join(name));
        std::fs::write(&paths[0], "The harbour was closed on Sunday evening.").unwrap();
        std::fs::write(&paths[1], "A barge struck the swing bridge at noon.").unwrap();
        let articles = paths.iter().map(|path| open(path, &Limits::default()).unwrap()).collect();
        let mut world = World::new(Arc::new(articles), folder.path().join("notes.jsonld"));
        world.shown();
        let links = |action: &Action| match action {
            Action::Compared(comparison) => Some(comparison.links.len()),
            _ => None,
        };
        assert_eq!(awaited(&mut world, links), 0);
        assert!(world.carry_out(Effect::Reload).is_none(), "nothing changed yet");
        std::fs::write(&paths[0], "A barge struck the swing bridge at noon. The harbour was closed.").unwrap();
        let changed = awaited(&mut world, |action| match action {
            Action::OnDisk(article, on_disk) => Some((*article, *on_disk)),
            _ => None,
        });
        assert_eq!(changed, (ArticleIndex(0), OnDisk::Changed));
        let Some(Action::Reloaded(articles, which)) = world.carry_out(Effect::Reload) else { panic!("not taken in") };
        assert_eq!(which, [ArticleIndex(0)]);
        assert!(articles[0].text.content().starts_with("A barge"));
        assert!(awaited(&mut world, links) > 0);
    }

    /// A folder with an article, and a world on it whose notes lie in a folder of their own.
    fn desk() -> (tempfile::TempDir, World, Note) {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("stick")).unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "A barge struck the swing bridge at noon. Nobody was hurt.").unwrap();
        let article = open(&path, &Limits::default()).unwrap();
        let note = Note { text: "When?".into(), ..Note::on(&article, article.text.sentences()[0].span) };
        let world = World::new(Arc::new(vec![article]), folder.path().join("stick/notes.jsonld"));
        (folder, world, note)
    }

    #[test]
    fn a_note_that_cannot_be_saved_is_shown_waits_and_is_saved_when_it_can_be() {
        let (folder, mut world, note) = desk();
        let (stick, away) = (folder.path().join("stick"), folder.path().join("away"));
        std::fs::rename(&stick, &away).unwrap();
        let said = world.carry_out(Effect::AddNote(Box::new(note)));
        let Some(Action::NoteSaved(_, Err(problem))) = said else { panic!("{said:?}") };
        assert!(problem.contains("stick"), "{problem}");
        let pending = awaited(&mut world, |action| match action {
            Action::Pending(count, notes) => Some((*count, notes.len())),
            _ => None,
        });
        assert_eq!(pending, (1, 1));
        assert!(matches!(world.carry_out(Effect::Retry), Some(Action::Retried(Err(_)))));
        std::fs::rename(&away, &stick).unwrap();
        let Some(Action::Retried(Ok(saved))) = world.carry_out(Effect::Retry) else { panic!("not saved") };
        assert_eq!((saved.notes.len(), Store::open(stick.join("notes.jsonld")).unwrap().notes().len()), (1, 1));
    }

    #[test]
    fn a_note_made_beside_a_damaged_file_waits_until_the_file_is_mended() {
        let (folder, _, note) = desk();
        let path = folder.path().join("stick/notes.jsonld");
        std::fs::write(&path, "{ \"items\": [").unwrap();
        let article = open(&folder.path().join("a.txt"), &Limits::default()).unwrap();
        let mut world = World::new(Arc::new(vec![article]), path.clone());
        let said = world.carry_out(Effect::AddNote(Box::new(note)));
        let Some(Action::NoteSaved(_, Err(problem))) = said else { panic!("{said:?}") };
        assert!(problem.contains("damaged at line 1"), "{problem}");
        let waiting = |action: &Action| match action {
            Action::Pending(count, notes) => Some((*count, notes.len())),
            _ => None,
        };
        assert_eq!(awaited(&mut world, waiting), (1, 1));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "{ \"items\": [", "the damaged file is left alone");
        std::fs::remove_file(&path).unwrap();
        let Some(Action::Retried(Ok(saved))) = world.carry_out(Effect::Retry) else { panic!("not saved") };
        assert_eq!((saved.notes.len(), Store::open(&path).unwrap().notes().len()), (1, 1));
    }

    #[test]
    fn what_was_done_is_undone_and_what_a_note_was_written_about_is_recalled() {
        let (folder, mut world, note) = desk();
        let id = note.id;
        world.carry_out(Effect::AddNote(Box::new(note)));
        std::fs::remove_file(folder.path().join("a.txt")).unwrap();
        let Some(Action::Recalled(recalled)) = world.carry_out(Effect::Recall(id)) else { panic!("nothing is known") };
        assert!(recalled[0].remembered.text.as_deref().unwrap().contains("Nobody was hurt"));
        assert_eq!(recalled[0].remembered.around.words, "A barge struck the swing bridge at noon.");
        let turned = |world: &mut World, way| match world.carry_out(Effect::Turn(way)) {
            Some(Action::Turned(_, Ok(turned))) => turned.map(|(deed, saved)| (deed, saved.notes.len())),
            other => panic!("{other:?}"),
        };
        assert_eq!(turned(&mut world, Way::Back), Some((Deed::Made, 0)));
        assert_eq!(turned(&mut world, Way::Back), None);
        assert_eq!(turned(&mut world, Way::Forth), Some((Deed::Made, 1)));
    }

    #[test]
    fn what_another_reader_writes_is_taken_in() {
        let (folder, mut world, note) = desk();
        let path = folder.path().join("stick/notes.jsonld");
        Store::open(path).unwrap().add(note, &[]).unwrap();
        let texts = awaited(&mut world, |action| match action {
            Action::Notes(notes) => Some(notes.iter().map(|note| note.text.clone()).collect::<Vec<_>>()),
            _ => None,
        });
        assert_eq!(texts, ["When?"]);
    }
}
