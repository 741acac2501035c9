//! What the reader did to the notes since they were opened, so that it can be undone and done again.
//!
//! Must never decide what the file holds: an undoing is a change like any other, and merges with what other programs wrote.
//! Invariant: undoing a step that nobody else touched since gives the file back to the byte.

use uuid::Uuid;

use super::merge::Change;
use crate::compare::Judgement;
use crate::notes::Note;
use crate::notes::jsonld::ItemIndex;

/// What kind of thing was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Deed {
    /// A note was made.
    Made,
    /// A note was changed.
    Changed,
    /// A note was removed.
    Removed,
    /// A link was made by hand.
    Linked,
    /// A link was removed by hand, or one that was made by hand.
    Unlinked,
    /// A link that had been removed by hand came back.
    Relinked,
    /// Notes of a colleague were taken in.
    Imported,
}

impl Deed {
    /// What a judgement that is there now, or one that is gone, was about links.
    pub(super) fn of_links(new: Option<Judgement>, gone: Option<Judgement>) -> Self {
        match (new, gone) {
            (Some(Judgement::Made), _) => Self::Linked,
            (Some(Judgement::Removed), _) | (None, Some(Judgement::Made)) => Self::Unlinked,
            (None, _) => Self::Relinked,
        }
    }

    /// Whether it changed which passages are linked.
    pub fn is_of_links(self) -> bool {
        matches!(self, Self::Linked | Self::Unlinked | Self::Relinked)
    }

    /// What was done, in words for the reader.
    pub fn words(self) -> &'static str {
        match self {
            Self::Made => "note made",
            Self::Changed => "note changed",
            Self::Removed => "note removed",
            Self::Linked => "link made by hand",
            Self::Unlinked => "link removed by hand",
            Self::Relinked => "link brought back",
            Self::Imported => "notes taken in",
        }
    }
}

/// Which way through the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Undoes the last thing done.
    Back,
    /// Does the last thing undone again.
    Forth,
}

/// One thing done: what became of each note it touched.
#[derive(Debug, Clone)]
struct Step {
    deed: Deed,
    turns: Vec<Turn>,
}

/// A note before and after; `None` where it was not there.
#[derive(Debug, Clone)]
struct Turn {
    before: Option<Box<Note>>,
    after: Option<Box<Note>>,
    place: Option<ItemIndex>,
}

/// All that was done and undone.
#[derive(Debug, Default)]
pub(super) struct History {
    done: Vec<Step>,
    undone: Vec<Step>,
}

/// The notes that changes are about, as they stand before these are made.
#[derive(Debug)]
pub(super) struct Before(Vec<(Uuid, Option<Box<Note>>, Option<ItemIndex>)>);

impl Before {
    /// Takes down how every note that `changes` are about stands now, and where in the file.
    pub(super) fn of(changes: &[Change], stands: impl Fn(Uuid) -> (Option<Note>, Option<ItemIndex>)) -> Self {
        let each = changes.iter().map(|change| {
            let (note, place) = stands(change.id());
            (change.id(), note.map(Box::new), place)
        });
        Self(each.collect())
    }
}

impl History {
    /// Something new was done, which ends what could be done again.
    pub(super) fn record(&mut self, deed: Deed, before: Before, now: impl Fn(Uuid) -> Option<Note>) {
        self.undone.clear();
        let step = Step { deed, turns: turns(before, now) };
        if !step.turns.is_empty() {
            self.done.push(step);
        }
    }

    /// The changes that undo the last thing done, or do the last thing undone again: first what goes or changes, then what
    /// comes back, in the order of the file, so that each finds its place.
    pub(super) fn changes(&mut self, way: Way) -> Option<(Deed, Vec<Change>)> {
        let step = match way {
            Way::Back => self.done.pop()?,
            Way::Forth => self.undone.pop()?,
        };
        let mut changes: Vec<Change> = step.turns.iter().filter_map(Turn::back).collect();
        changes.sort_by_key(|change| match change {
            Change::Remove(_) | Change::Update { .. } => (false, None),
            Change::Add(_, place) => (true, *place),
        });
        Some((step.deed, changes))
    }

    /// That was carried out: it can be taken back the other way.
    pub(super) fn went(&mut self, way: Way, deed: Deed, turned: (Before, impl Fn(Uuid) -> Option<Note>)) {
        let step = Step { deed, turns: turns(turned.0, turned.1) };
        match way {
            Way::Back => self.undone.push(step),
            Way::Forth => self.done.push(step),
        }
    }
}

fn turns(before: Before, now: impl Fn(Uuid) -> Option<Note>) -> Vec<Turn> {
    let turn = |(id, before, place)| Turn { before, after: now(id).map(Box::new), place };
    before.0.into_iter().map(turn).filter(|turn| turn.before != turn.after).collect()
}

impl Turn {
    fn back(&self) -> Option<Change> {
        match (self.before.clone(), self.after.clone()) {
            (None, Some(after)) => Some(Change::Remove(after)),
            (Some(before), None) => Some(Change::Add(before, self.place)),
            (Some(before), Some(after)) => Some(Change::Update { before: after, after: before }),
            (None, None) => None,
        }
    }
}
