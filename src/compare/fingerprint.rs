//! Numbers that tell things from others, to know them again.
//!
//! Must never leave the program: another build may give others. Invariant: the same thing has the same number as long as it runs.

use std::hash::{BuildHasher, Hash, Hasher};

use foldhash::fast::FixedState;

/// The fingerprint of a thing.
pub(super) fn fingerprint(thing: &impl Hash) -> u64 {
    FixedState::default().hash_one(thing)
}

/// The fingerprint of some rows of numbers, bit by bit.
pub(super) fn of_numbers<const N: usize>(rows: [&[f32]; N]) -> u64 {
    let mut print = FixedState::default().build_hasher();
    rows.into_iter().flatten().for_each(|number| print.write_u32(number.to_bits()));
    print.finish()
}
