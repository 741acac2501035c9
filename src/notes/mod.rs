//! The reader's notes: what one holds ([`Note`]), how it finds its text again ([`anchor`]), where it is kept ([`store`]),
//! what it was made on ([`archive`]) and what the file looks like ([`jsonld`]).
//!
//! Must know no key and no screen. Invariant: nothing acknowledged is ever lost, and a note is always in exactly one anchor
//! state.

pub mod anchor;
pub mod archive;
#[cfg(test)]
pub(crate) mod example;
pub mod import;
pub mod jsonld;
pub mod link;
pub mod note;
pub mod store;

pub use archive::Archive;
pub use note::{AnchorState, Evidence, Note, NotePassage, SourceReference};
pub use store::{Deed, Drafts, Import, Saved, Store, StoreError, Way};
