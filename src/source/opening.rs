//! Sources being opened, several at once, beside whatever else is going on.
//!
//! Must never wait unless asked to. Invariant: what is opened comes in the order in which it was named, whatever came first.

use std::collections::VecDeque;
use std::fmt;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::draft::{Made, Raw, make};
use super::error::{PageProblem, Problem, SourceError};
use super::text::{expand, gather, read_local};
use super::{Address, Cache, Limits, Opened, Origin, Place, Said, Wanted, web};

/// How many sources are opened at once.
const AT_ONCE: usize = 4;

/// How sources are opened.
#[derive(Debug, Clone, Default)]
pub struct Opener {
    /// Bounds on what is read.
    pub limits: Limits,
    /// Where loaded pages are kept; `None` for nowhere.
    pub cache: Option<Cache>,
}

/// How far a source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Others go first.
    Waiting,
    /// A server is being asked.
    Connecting,
    /// Bytes come in: how many came, and of how many where the server says it.
    Loading {
        /// So far.
        bytes: u64,
        /// Altogether.
        of: Option<u64>,
    },
    /// The article is being looked for in what came.
    Reading,
    /// It is open.
    Open,
    /// It cannot be opened.
    Failed,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        let size = |bytes: u64| {
            if bytes < 10_000 { format!("{bytes} bytes") } else { format!("{} kB", bytes / 1000) }
        };
        match *self {
            Self::Waiting => f.write_str("waiting"),
            Self::Connecting => f.write_str("asking the server"),
            Self::Loading { bytes, of: Some(of) } if of >= bytes && of > 0 => {
                write!(f, "{} · {} %", size(bytes), bytes.saturating_mul(100) / of)
            }
            Self::Loading { bytes, .. } => f.write_str(&size(bytes)),
            Self::Reading => f.write_str("looking for the article"),
            Self::Open => f.write_str("open"),
            Self::Failed => f.write_str("cannot be opened"),
        }
    }
}

enum News {
    Stage(Stage),
    Done(Box<Result<Made, SourceError>>),
}

/// Sources being opened.
pub struct Opening {
    names: Vec<String>,
    stages: Vec<Stage>,
    read: Vec<Option<Result<Made, SourceError>>>,
    news: Receiver<(usize, News)>,
}

impl Opener {
    /// Begins to open sources; folders give their articles.
    pub fn begin(&self, wanted: Vec<Wanted>) -> Opening {
        let (sender, news) = mpsc::channel();
        let mut opening = Opening { names: Vec::new(), stages: Vec::new(), read: Vec::new(), news };
        let mut queue = VecDeque::new();
        for (at, wanted) in expand(wanted, &self.limits).into_iter().enumerate() {
            match wanted {
                Ok(wanted) => {
                    opening.names.push(wanted.place.name());
                    opening.stages.push(Stage::Waiting);
                    opening.read.push(None);
                    queue.push_back((at, wanted));
                }
                Err(failure) => {
                    opening.names.push(failure.name.clone());
                    opening.stages.push(Stage::Failed);
                    opening.read.push(Some(Err(failure)));
                }
            }
        }
        let workers = queue.len().min(AT_ONCE);
        let queue = Arc::new(Mutex::new(queue));
        for _ in 0..workers {
            let (opener, queue, sender) = (self.clone(), Arc::clone(&queue), sender.clone());
            std::thread::spawn(move || opener.work(&queue, &sender));
        }
        opening
    }

    /// Opens sources and answers when all are open.
    pub fn open_all(&self, wanted: Vec<Wanted>) -> Opened {
        self.begin(wanted).finish()
    }

    fn work(&self, queue: &Mutex<VecDeque<(usize, Wanted)>>, sender: &Sender<(usize, News)>) {
        let next = || queue.lock().ok().and_then(|mut queue| queue.pop_front());
        while let Some((at, wanted)) = next() {
            // Nobody listens any more once the reader has quit.
            let tell = |stage| drop(sender.send((at, News::Stage(stage))));
            let made = self.read(&wanted, &tell);
            let made = made.map_err(|problem| SourceError::new(wanted.place.name(), problem));
            drop(sender.send((at, News::Done(Box::new(made)))));
        }
    }

    fn read(&self, wanted: &Wanted, tell: &dyn Fn(Stage)) -> Result<Made, Problem> {
        let Place::Address(address) = &wanted.place else {
            tell(Stage::Reading);
            return read_local(&wanted.place, &wanted.said, &self.limits);
        };
        let address = Place::address(address)?;
        let kept = self.cache.as_ref().and_then(|cache| cache.find(address));
        let mut remarks = Vec::new();
        let is_kept = kept.is_some();
        let page = match kept {
            Some(kept) => {
                kept.check(&self.limits)?;
                let day = kept.loaded.strftime("%F %H:%M");
                remarks.push(format!("as loaded on {day} UTC; --refresh loads it again"));
                kept.page
            }
            None => web::load(address, &self.limits, tell)?,
        };
        tell(Stage::Reading);
        let mut made = article_of(address, &page, &wanted.said, &self.limits)?;
        made.remarks.splice(0..0, remarks);
        // Only what has an article is worth opening again.
        if let (false, Some(cache)) = (is_kept, &self.cache) {
            if self.is_less_than_kept(&made, address, cache) {
                made.remarks.push("what came holds much less than the page as kept, which stays".to_owned());
            } else if let Err(error) = cache.keep(address, &page) {
                made.remarks.push(format!("the page could not be kept for later: {error}"));
            }
        }
        Ok(made)
    }

    /// Whether what came may be a refusal: a short text without a date in the place of a longer one that is kept.
    fn is_less_than_kept(&self, made: &Made, address: &Address, cache: &Cache) -> bool {
        if !is_short(made) {
            return false;
        }
        let before = cache.kept(address).filter(|kept| kept.check(&self.limits).is_ok());
        let before = before.and_then(|kept| article_of(address, &kept.page, &Said::default(), &self.limits).ok());
        before.is_some_and(|before| words_of(&before) > 2 * words_of(made))
    }
}

/// Words of an article, at the least, that is none of the pages that servers send instead of one.
const PLENTY: usize = 120;

fn words_of(made: &Made) -> usize {
    made.article.text.content().split_whitespace().count()
}

fn is_short(made: &Made) -> bool {
    made.article.metadata.published.is_none() && words_of(made) < PLENTY
}

/// The article of a page that came from an address.
///
/// # Errors
/// [`Problem`] when it has none, or a redirect led to where names or consent are asked for.
fn article_of(address: &Address, page: &web::Page, said: &Said, limits: &Limits) -> Result<Made, Problem> {
    let origin = Origin::Address(address.bare());
    let name = page.address.bare();
    let name = name.split(['?', '#']).next().unwrap_or_default().to_owned();
    let (bytes, content_type) = (page.bytes.clone(), page.content_type.clone());
    let made = make(Raw { bytes, name, content_type, origin, remarks: Vec::new() }, said, limits)?;
    let led_away = page.address.asks_first() && !address.asks_first();
    if led_away && is_short(&made) { Err(PageProblem::Login.into()) } else { Ok(made) }
}

impl Opening {
    /// The sources with how far each is.
    pub fn stages(&self) -> impl Iterator<Item = (&str, Stage)> {
        self.names.iter().map(String::as_str).zip(self.stages.iter().copied())
    }

    /// Whether all are open or have failed.
    pub fn is_done(&self) -> bool {
        self.read.iter().all(Option::is_some)
    }

    /// Takes in what is new, waiting for it no longer than `patience`. Answers whether there was anything.
    pub fn take_news(&mut self, patience: Duration) -> bool {
        let end = Instant::now() + patience;
        let mut any = false;
        while !self.is_done() {
            let left = end.saturating_duration_since(Instant::now());
            match self.news.recv_timeout(left) {
                Ok((at, News::Stage(stage))) => {
                    self.stages[at] = stage;
                    any = true;
                    if left.is_zero() {
                        return true;
                    }
                }
                Ok((at, News::Done(made))) => {
                    self.stages[at] = if made.is_ok() { Stage::Open } else { Stage::Failed };
                    self.read[at] = Some(*made);
                    return true;
                }
                Err(RecvTimeoutError::Timeout) => return any,
                Err(RecvTimeoutError::Disconnected) => {
                    self.give_up(|| Problem::Malformed("reading it failed".to_owned()));
                    return true;
                }
            }
        }
        any
    }

    /// Counts what is not open yet as failed.
    fn give_up(&mut self, problem: impl Fn() -> Problem) {
        for (at, read) in self.read.iter_mut().enumerate() {
            if read.is_none() {
                *read = Some(Err(SourceError::new(self.names[at].clone(), problem())));
                self.stages[at] = Stage::Failed;
            }
        }
    }

    /// Waits for all that is not open yet and answers what is.
    pub fn finish(mut self) -> Opened {
        while !self.is_done() {
            self.take_news(Duration::from_secs(1));
        }
        gather(self.read.into_iter().flatten().collect())
    }

    /// Answers what is open by now; the rest counts as left out by the reader.
    pub fn stop(mut self) -> Opened {
        self.give_up(|| Problem::LeftOut);
        gather(self.read.into_iter().flatten().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_a_source_is_stands_in_a_few_words() {
        let said = |bytes, of| Stage::Loading { bytes, of }.to_string();
        assert_eq!(said(17, Some(0)), "17 bytes");
        assert_eq!(said(25_000, Some(50_000)), "25 kB · 50 %");
        assert_eq!(said(25_000, None), "25 kB");
        assert_eq!(Stage::Open.to_string(), "open");
    }

    #[test]
    fn sources_come_in_the_order_in_which_they_were_named() {
        let folder = tempfile::tempdir().unwrap();
        let wanted = |name: &str, text: &str| {
            std::fs::write(folder.path().join(name), text).unwrap();
            Wanted::named(&folder.path().join(name))
        };
        let long = "The ship hit the bridge at noon. ".repeat(20_000);
        let all: Vec<Wanted> =
            (0..9).map(|at| wanted(&format!("{at}.txt"), if at == 0 { &long } else { "One." })).collect();
        let opened = Opener::default().open_all(all);
        let names: Vec<_> = opened.articles.iter().map(|article| article.label()).collect();
        assert_eq!(names[1..], (1..9).map(|at| format!("{at}.txt")).collect::<Vec<_>>());
    }
}
