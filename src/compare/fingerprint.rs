//! Numbers that tell things from others, to know them again.
//!
//! Must never leave the program: another build may give others. Invariant: the same thing has the same number as long as it runs.

use std::hash::{BuildHasher, Hash};

use foldhash::fast::FixedState;

/// The fingerprint of a thing.
pub(super) fn fingerprint(thing: &impl Hash) -> u64 {
    FixedState::default().hash_one(thing)
}
