//! One piece of work for each of many things, on all processors; a few things are done where they are.
//!
//! Must never make a result depend on which was done first. Invariant: results stand in the order of the things.

use rayon::prelude::*;

/// Fewer things than this are not worth waking other threads.
const FEW: usize = 64;

/// How many things are worked on at once.
pub(super) fn processors() -> usize {
    rayon::current_num_threads()
}

/// What `work` makes of every thing, in their order.
pub(super) fn map<T: Sync, R: Send>(things: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    if things.len() < FEW { things.iter().map(work).collect() } else { things.par_iter().map(work).collect() }
}

/// The same with something at hand that is made once for many things in a row.
pub(super) fn map_with<T: Sync, H, R: Send>(
    things: &[T],
    make: impl Fn() -> H + Sync + Send,
    work: impl Fn(&mut H, &T) -> R + Sync + Send,
) -> Vec<R> {
    if things.len() < FEW {
        let mut at_hand = make();
        things.iter().map(|thing| work(&mut at_hand, thing)).collect()
    } else {
        things.par_iter().with_min_len(FEW).map_init(make, work).collect()
    }
}

/// What `work` makes of every thing, where each is much work, however few they are.
pub(super) fn map_large<'t, T: Sync, R: Send>(things: &'t [T], work: impl Fn(&'t T) -> R + Sync + Send) -> Vec<R> {
    things.par_iter().map(work).collect()
}

/// What `work` makes of things, so many of them at a time: it answers for each.
pub(super) fn in_chunks<T: Sync, R: Send>(
    things: &[T],
    size: usize,
    work: impl Fn(&[T]) -> Vec<R> + Sync + Send,
) -> Vec<R> {
    if things.len() <= size { work(things) } else { things.par_chunks(size).flat_map_iter(work).collect() }
}

/// Two pieces of work side by side.
pub(super) fn both<A: Send, B: Send>(one: impl FnOnce() -> A + Send, other: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(one, other)
}

/// Does `work` on every thing.
pub(super) fn each<T: Send>(things: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
    if things.len() < FEW { things.iter_mut().for_each(work) } else { things.par_iter_mut().for_each(work) }
}

/// Does `work` on every thing, where each is much work, however few they are.
pub(super) fn each_large<T: Send>(things: &mut [T], work: impl Fn(&mut T) + Sync + Send) {
    things.par_iter_mut().for_each(work);
}

/// Drops many things, all but the first so many; the list keeps its room.
pub(super) fn keep<T: Send>(things: &mut Vec<T>, count: usize) {
    things.par_drain(count..).with_min_len(FEW).for_each(drop);
}

/// Sorts things of which equal ones are the same.
pub(super) fn sort<T: Ord + Send>(things: &mut [T]) {
    things.par_sort_unstable();
}

#[cfg(test)]
mod tests {
    #[test]
    fn results_stand_in_the_order_of_the_things() {
        let things: Vec<usize> = (0..10_000).collect();
        assert_eq!(super::map(&things, |thing| thing * 2), things.iter().map(|thing| thing * 2).collect::<Vec<_>>());
        let mut changed = things.clone();
        super::each(&mut changed, |thing| *thing += 1);
        assert_eq!(changed, (1..=10_000).collect::<Vec<_>>());
    }
}
