//! The sample shipped in the program.
//!
//! Must never touch the disk. Invariant: its articles stand in a fixed order, whoever read them.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};

use super::draft::plain;
use super::place::Said;
use super::{Article, Origin};

/// The names of its articles and their texts, in order.
const ARTICLES: [(&str, &str); 4] = [
    ("harbour-bridge/wire", include_str!("../../data/events/harbour-bridge/wire.txt")),
    ("harbour-bridge/local", include_str!("../../data/events/harbour-bridge/local.txt")),
    ("harbour-bridge/tabloid", include_str!("../../data/events/harbour-bridge/tabloid.txt")),
    ("harbour-bridge/foreign", include_str!("../../data/events/harbour-bridge/foreign.txt")),
];

/// Its four articles, in a fixed order.
pub fn sample() -> Vec<Article> {
    ARTICLES.iter().map(made).collect()
}

fn made(&(name, text): &(&'static str, &str)) -> Article {
    plain(text.to_owned(), &Said::default(), Origin::Sample(name), Vec::new()).article
}

/// The sample being read: on a thread of its own, and by who waits for it as well.
#[derive(Debug)]
pub struct Sample {
    /// The place of the next article that nobody reads yet.
    next: Arc<AtomicUsize>,
    read: Receiver<(usize, Article)>,
}

impl Sample {
    /// Begins to read it, beside whatever comes before it can be shown.
    pub fn begin() -> Self {
        let next = Arc::new(AtomicUsize::new(0));
        let (sender, read) = mpsc::channel();
        let taken = Arc::clone(&next);
        // Nobody listens any more where the program ends before it shows anything.
        std::thread::spawn(move || unread(&taken).all(|article| sender.send(article).is_ok()));
        Self { next, read }
    }

    /// Its articles, in their order; `None` where the thread failed.
    pub fn finish(self) -> Option<Vec<Article>> {
        let mut read: Vec<_> = unread(&self.next).collect();
        read.extend(self.read);
        read.sort_unstable_by_key(|(at, _)| *at);
        (read.len() == ARTICLES.len()).then(|| read.into_iter().map(|(_, article)| article).collect())
    }
}

/// Reads the articles of which nobody else has begun one, each with its place.
fn unread(next: &AtomicUsize) -> impl Iterator<Item = (usize, Article)> + '_ {
    std::iter::from_fn(|| {
        let at = next.fetch_add(1, Ordering::Relaxed);
        Some((at, made(ARTICLES.get(at)?)))
    })
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn the_sample_has_four_articles_in_a_fixed_order() {
        let sample = sample();
        let outlets: Vec<_> = sample.iter().map(|article| article.metadata.outlet.as_deref().unwrap()).collect();
        assert_eq!(outlets, ["Northline", "The Pellmouth Lantern", "Daily Klaxon", "THE SUNDHAVN OBSERVER"]);
        let first = sample.first().unwrap();
        assert_eq!(first.metadata.published, Some(date(2026, 3, 10).at(17, 42, 0, 0)));
        assert_eq!(first.sha256.len(), 64);
    }

    #[test]
    fn the_sample_is_whole_and_in_order_whoever_reads_it() {
        let texts = |articles: Vec<Article>| articles.into_iter().map(|article| article.sha256).collect::<Vec<_>>();
        let expected = texts(sample());
        for _ in 0..20 {
            assert_eq!(texts(Sample::begin().finish().unwrap()), expected);
        }
    }

    #[test]
    fn a_sample_that_lacks_an_article_is_none() {
        let (sender, read) = mpsc::channel();
        // As a thread leaves it that took the first and failed.
        drop(sender);
        assert!(Sample { next: Arc::new(AtomicUsize::new(1)), read }.finish().is_none());
    }
}
