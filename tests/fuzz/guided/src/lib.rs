//! What the targets of the guided fuzzer ask of the program: the same as `tests/fuzz.rs` does, in the same words.

#[path = "../../promises.rs"]
pub mod promises;
