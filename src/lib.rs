//! crossread: a terminal reader for cross-source comparison.
//!
//! ```text
//!  A The Lantern · 11 Mar        │ B Klaxon · 10 Mar          <- header: pane letter, source, date
//! 3≠ At twenty to six yesterday  │3≠ … rams swing bridge …    <- gutter: support, mark; then the pane's rows
//!    morning she stopped.        │
//! ·  Alf Tunney has swung …      │   (no counterpart · next match ↓ 4)
//! ─ this passage, 2 of 2 sources ─────────────────────────    <- passage panel: every source's wording, word diff, why
//!  A  At [twenty to six] yesterday morning she stopped.
//!  aligned · A 12 % · ≠ 3/18 · 2 notes · saved      ? help    <- status line
//! ```
//!
//! | word | means |
//! | --- | --- |
//! | article (on screen: source) | one text on the event |
//! | paragraph, sentence, token | units of an article; a token is a word, a figure or a punctuation mark |
//! | span | a range of an article's text: bytes inside, Unicode code points in files |
//! | passage | a span of a known article |
//! | link | two passages of different articles that carry one claim; links may cross |
//! | backbone | the monotone subset of the links of two articles; scrolling alone uses it |
//! | divergence | a typed difference inside a link |
//! | claim | linked passages over all sources, told by k of N |
//! | agreement | what the program computes of a passage: `=` `~` `≠` `·` |
//! | note, verdict | the reader's annotation and judgement |
//! | anchor | how a note finds its text: placed, changed, suggested, unplaced |
//! | row | one visual line of a pane |
//!
//! Modules in the order the data takes: [`source`] → [`text`] → [`compare`] → [`notes`] → [`export`] → [`reader`].

pub mod cli;
pub mod compare;
pub mod config;
pub mod export;
pub mod notes;
pub mod reader;
pub mod source;
pub mod text;
