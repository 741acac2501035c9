//! The files of the open sources: whether they are still what was read.
//!
//! Must never replace a text by itself. Invariant: a file is looked at once a second at the most, and read again, beside the
//! screen, only when its time or its size are others.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, TryRecvError};
use std::time::{Duration, Instant, SystemTime};

use super::action::Action;
use super::state::source::OnDisk;
use crate::source::{Article, Limits, Opener, Origin, Place, Said, Wanted};
use crate::text::ArticleIndex;

/// How long between two looks.
const PAUSE: Duration = Duration::from_secs(1);

/// Looks in a row that do not find a file before it counts as gone: an editor may replace it just then.
const GONE: u8 = 2;

/// When a file was last written to, and its length in bytes.
type Stamp = (Option<SystemTime>, u64);

/// The files being watched.
#[derive(Debug)]
pub struct Watch {
    files: Vec<Watched>,
    limits: Limits,
    looked: Instant,
}

#[derive(Debug)]
struct Watched {
    article: ArticleIndex,
    path: PathBuf,
    /// What the reader says about it overrules the file also when it is another.
    said: Said,
    stamp: Stamp,
    missing: u8,
    reading: Option<Receiver<Option<Article>>>,
    /// What stands in the file now, where that is something else than what was opened.
    fresh: Option<Article>,
}

impl Watch {
    /// Watches the files among the sources; those that are not on disk even now are left alone.
    pub fn new(articles: &[Article]) -> Self {
        let mut watch = Self { files: Vec::new(), limits: Limits::default(), looked: Instant::now() };
        for (at, article) in articles.iter().enumerate() {
            watch.add(ArticleIndex::new(at), article);
        }
        watch
    }

    /// The same, and what is read again is read within these limits, with what was said about the sources, in their order.
    pub fn within(mut self, limits: Limits, said: &[Said]) -> Self {
        for file in &mut self.files {
            file.said = said.get(file.article.index()).cloned().unwrap_or_default();
        }
        Self { limits, ..self }
    }

    /// Watches one more source, if it is a file.
    pub fn add(&mut self, index: ArticleIndex, article: &Article) {
        if let Origin::File(path) = &article.origin
            && let Ok(stamp) = stamp(path)
        {
            let (path, said) = (path.clone(), Said::default());
            self.files.push(Watched { article: index, path, said, stamp, missing: 0, reading: None, fresh: None });
        }
    }

    /// What is new about the files, at `now`.
    pub fn news(&mut self, articles: &[Article], now: Instant) -> Vec<Action> {
        let look = now.saturating_duration_since(self.looked) >= PAUSE;
        if look {
            self.looked = now;
        }
        let mut news = Vec::new();
        for file in &mut self.files {
            let read = file.read(articles);
            let looked = if look { file.look(&self.limits) } else { None };
            news.extend(read.into_iter().chain(looked).map(|on_disk| Action::OnDisk(file.article, on_disk)));
        }
        news
    }

    /// Takes out the texts that changed.
    pub fn take(&mut self) -> Vec<(ArticleIndex, Article)> {
        self.files.iter_mut().filter_map(|file| Some((file.article, file.fresh.take()?))).collect()
    }
}

impl Watched {
    /// Looks whether the file was written to, and begins to read it if it was.
    fn look(&mut self, limits: &Limits) -> Option<OnDisk> {
        match stamp(&self.path) {
            Ok(stamp) => {
                let back = std::mem::take(&mut self.missing) >= GONE;
                if back || stamp != self.stamp {
                    self.stamp = stamp;
                    self.reading = Some(self.begin(*limits));
                }
                None
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                self.missing = self.missing.saturating_add(1);
                (self.missing == GONE).then_some(OnDisk::Gone)
            }
            // It is there and cannot be looked at: nothing to offer.
            Err(_) => None,
        }
    }

    fn begin(&self, limits: Limits) -> Receiver<Option<Article>> {
        let (sender, receiver) = mpsc::channel();
        let wanted = Wanted { place: Place::Path(self.path.clone()), said: self.said.clone() };
        let read = move || Opener { limits, cache: None }.open_all(vec![wanted]).articles.pop();
        // Nobody listens any more once the file was written to again.
        std::thread::spawn(move || drop(sender.send(read())));
        receiver
    }

    /// What was read meanwhile. A file that cannot be read as a text (half written, perhaps) offers nothing.
    fn read(&mut self, articles: &[Article]) -> Option<OnDisk> {
        let read = match self.reading.as_ref()?.try_recv() {
            Err(TryRecvError::Empty) => return None,
            read => read.ok().flatten(),
        };
        self.reading = None;
        let mut article = read?;
        let open = articles.get(self.article.index())?;
        if article.sha256 == open.sha256 {
            self.fresh = None;
            return Some(OnDisk::AsRead);
        }
        // The year of a date may have come from the other sources.
        article.metadata.published = article.metadata.published.or(open.metadata.published);
        self.fresh = Some(article);
        Some(OnDisk::Changed)
    }
}

fn stamp(path: &Path) -> std::io::Result<Stamp> {
    let metadata = std::fs::metadata(path)?;
    Ok((metadata.modified().ok(), metadata.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source;

    fn opened(path: &Path) -> Article {
        source::open(path, &Limits::default()).unwrap()
    }

    /// What the watch says when it looks `seconds` after it was made and has read what it wants to read.
    fn news(watch: &mut Watch, articles: &[Article], seconds: u64) -> Vec<OnDisk> {
        let now = watch.looked + Duration::from_secs(seconds);
        let mut news = watch.news(articles, now);
        let began = Instant::now();
        while watch.files.iter().any(|file| file.reading.is_some()) && began.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(2));
            news.extend(watch.news(articles, now));
        }
        let said = |action| match action {
            Action::OnDisk(_, on_disk) => on_disk,
            other => panic!("{other:?}"),
        };
        news.into_iter().map(said).collect()
    }

    #[test]
    fn a_file_is_read_again_only_when_it_was_written_to() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "One sentence stands here.").unwrap();
        let articles = [opened(&path)];
        let mut watch = Watch::new(&articles);
        assert_eq!(news(&mut watch, &articles, 1), []);
        std::fs::write(&path, "Two sentences stand here. This is the other.").unwrap();
        assert_eq!(news(&mut watch, &articles, 0), [], "once a second is enough");
        assert_eq!(news(&mut watch, &articles, 1), [OnDisk::Changed]);
        assert_eq!(news(&mut watch, &articles, 1), [], "it is said once");
        std::fs::write(&path, "One sentence stands here.").unwrap();
        assert_eq!(news(&mut watch, &articles, 1), [OnDisk::AsRead]);
        assert!(watch.take().is_empty());
        std::fs::write(&path, "Another sentence stands here.").unwrap();
        assert_eq!(news(&mut watch, &articles, 1), [OnDisk::Changed]);
        let taken = watch.take();
        assert_eq!(taken[0].1.text.content(), "Another sentence stands here.");
        assert_eq!(news(&mut watch, &[taken[0].1.clone()], 1), []);
    }

    #[test]
    fn what_was_said_of_a_source_holds_also_when_it_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "The Post\n\nOne sentence stands here.").unwrap();
        let said = Said {
            title: Some("Bridge".to_owned()),
            outlet: Some("The Lantern".to_owned()),
            published: source::moment("2026-03-11"),
        };
        let wanted = Wanted { place: Place::Path(path.clone()), said: said.clone() };
        let opened = Opener::default().open_all(vec![wanted]);
        let mut watch = Watch::new(&opened.articles).within(Limits::default(), &opened.said);
        std::fs::write(&path, "The Post\n\nAnother sentence stands here, and one more.").unwrap();
        assert_eq!(news(&mut watch, &opened.articles, 1), [OnDisk::Changed]);
        let (_, again) = watch.take().remove(0);
        assert!(again.text.content().contains("one more"));
        assert_eq!(again.metadata, opened.articles[0].metadata);
        assert_eq!((again.metadata.title, again.metadata.outlet), (said.title, said.outlet));
    }

    #[test]
    fn a_file_that_vanished_is_said_once_and_may_come_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        std::fs::write(&path, "One sentence stands here.").unwrap();
        let articles = [opened(&path)];
        let mut watch = Watch::new(&articles);
        std::fs::remove_file(&path).unwrap();
        let said: Vec<OnDisk> = (0..5).flat_map(|_| news(&mut watch, &articles, 1)).collect();
        assert_eq!(said, [OnDisk::Gone]);
        std::fs::write(&path, "One sentence stands here.").unwrap();
        assert_eq!(news(&mut watch, &articles, 1), [OnDisk::AsRead]);
    }

    #[test]
    fn the_sample_and_standard_input_are_not_watched() {
        let mut articles = source::sample();
        articles[0].origin = Origin::StandardInput;
        articles[1].origin = Origin::File("/nowhere/to/be/found.txt".into());
        assert!(Watch::new(&articles).files.is_empty());
    }
}
