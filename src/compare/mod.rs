//! Articles in, a [`Comparison`] out: links, backbone, divergences, claims. Pure: no file, no screen, no clock but the
//! deadline it is given.
//!
//! Invariant: the order of the articles changes the order of the output and nothing else; the same input gives the same
//! bytes. Links and backbone are two types: links may cross, the backbone may not.

mod types;

pub use types::*;
