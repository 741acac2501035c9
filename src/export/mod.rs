//! A comparison and the reader's notes as text in other forms.
//!
//! Must do no I/O. Invariant: pure, data in and a string out.

pub mod json;
pub mod markdown;
pub mod markers;
pub mod text;

pub use markers::{ExportError, write_between_markers};
