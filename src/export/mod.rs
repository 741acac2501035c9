//! A comparison and the reader's notes as text in other forms.
//!
//! Must do no I/O but in [`mod@file`]. Invariant: pure, data in and a string out.

pub mod claim_review;
pub mod csv;
mod entry;
pub mod file;
pub mod html;
pub mod json;
pub mod json_ld;
pub mod markdown;
pub mod markers;
mod matrix;
pub mod text;

pub use entry::Material;
pub use markers::{ExportError, write_between_markers};
