//! The links that the reader makes and removes: the one in the making, and how many there are.
//!
//! Must never hold a link itself: those lie in the findings. Invariant: a link in the making has its first passage.

use crate::compare::Judgement;
use crate::notes::link::{Tally, Wish};
use crate::text::Passage;

/// Links by hand as the screen knows them.
#[derive(Debug, Clone, Copy, Default)]
pub struct ByHand {
    /// What the reader has begun and not yet ended.
    pub begun: Option<Begun>,
    /// What was asked for last, on which passage: the key that removed brings back while that passage is in hand.
    pub last: Option<(Passage, Wish)>,
    /// How many there are.
    pub tally: Tally,
}

/// One passage of two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Begun {
    /// The passage it was begun on.
    pub passage: Passage,
    /// What the reader will say of it and another.
    pub judgement: Judgement,
}
