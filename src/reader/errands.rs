//! What goes on beside the screen because the reader asked for it: a source being opened, an address handed to a browser.
//!
//! Must never make the screen wait. Invariant: what came of an errand is told once.

use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};

use super::action::Action;
use super::{browser, opening};
use crate::source::{Article, Opener};

/// The errands under way.
#[derive(Default)]
pub struct Errands {
    /// How sources are opened.
    opener: Opener,
    opening: Option<Receiver<Result<Article, String>>>,
    visiting: Option<Receiver<Action>>,
}

impl Errands {
    /// None yet; sources are going to be opened like this.
    pub fn opening_with(opener: Opener) -> Self {
        Self { opener, ..Self::default() }
    }

    /// Begins to open a source.
    pub fn open(&mut self, path: PathBuf) {
        self.opening = Some(opening::begin(path, self.opener.clone()));
    }

    /// Begins to hand an address to a browser.
    pub fn visit(&mut self, address: String) {
        let (sender, receiver) = mpsc::channel();
        std::thread::spawn(move || {
            let result = browser::open(&address);
            // Nobody listens any more once another address is asked for.
            drop(sender.send(Action::AddressOpened(address, result)));
        });
        self.visiting = Some(receiver);
    }

    /// Whether something is under way.
    pub fn is_busy(&self) -> bool {
        self.opening.is_some() || self.visiting.is_some()
    }

    /// The source that was opened meanwhile, or why it was not.
    pub fn opened(&mut self) -> Option<Result<Article, String>> {
        let opened = self.opening.as_ref()?.try_recv().ok();
        self.opening.take_if(|_| opened.is_some());
        opened
    }

    /// What came of an address.
    pub fn visited(&mut self) -> Option<Action> {
        let visited = self.visiting.as_ref()?.try_recv().ok();
        self.visiting.take_if(|_| visited.is_some());
        visited
    }
}
