//! The reader's notes: what one holds ([`Note`]), how it finds its text again ([`anchor`]), where it is kept ([`store`]).
//!
//! Must know no key and no screen. Invariant: nothing acknowledged is ever lost, and a note is always in exactly one anchor
//! state.

pub mod note;

pub use note::{AnchorState, Evidence, Note, NotePassage, SourceReference};
