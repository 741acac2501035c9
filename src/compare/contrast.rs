//! How a pair of sentences stands out from the pairs around it, by what it has in common: nearness that every neighbour has
//! as well says little.
//!
//! Must never decide. Invariant: symmetric in the two sentences. After the idea of cross-domain similarity local scaling
//! (Conneau et al. 2018).

use super::candidates::UnitIndex;

/// By how much a pair leads the best rivals of its sentences, for each of the chosen features: the weaker lead and the stronger.
pub(super) type Leads<const N: usize> = [[f32; 2]; N];

/// The leads of every pair (smaller sentence first, sorted); `values` tells what the pair of a number has for every chosen feature.
/// The rivals of a sentence are its other pairs with the same article.
pub(super) fn leads<const N: usize>(
    pairs: &[(UnitIndex, UnitIndex)],
    values: impl Fn(usize) -> [f32; N],
) -> Vec<Leads<N>> {
    let mut leads = vec![[[0.0; 2]; N]; pairs.len()];
    let mut order: Vec<u32> = (0u32..).take(pairs.len()).collect();
    for of in order.chunk_by(|&x, &y| row(&pairs[x as usize]) == row(&pairs[y as usize])) {
        over_rivals(of, &values, |at, feature, lead| leads[at][feature] = [lead; 2]);
    }
    order.sort_by_key(|&at| column(&pairs[at as usize]));
    for of in order.chunk_by(|&x, &y| column(&pairs[x as usize]) == column(&pairs[y as usize])) {
        over_rivals(of, &values, |at, feature, lead| {
            let [weaker, stronger] = &mut leads[at][feature];
            (*weaker, *stronger) = (weaker.min(lead), stronger.max(lead));
        });
    }
    leads
}

/// The first sentence of a pair, and the article of the second.
fn row(&(a, b): &(UnitIndex, UnitIndex)) -> (UnitIndex, u16) {
    (a, b.article)
}

/// The second sentence of a pair, and the article of the first.
fn column(&(a, b): &(UnitIndex, UnitIndex)) -> (UnitIndex, u16) {
    (b, a.article)
}

/// Tells the lead of each of some pairs over the best two of the others, feature by feature.
fn over_rivals<const N: usize>(
    of: &[u32],
    values: impl Fn(usize) -> [f32; N],
    mut tell: impl FnMut(usize, usize, f32),
) {
    let mut best = [[0.0; 3]; N];
    for &at in of {
        best.iter_mut().zip(values(at as usize)).for_each(|(top, value)| insert(top, value));
    }
    for &at in of {
        for (feature, (top, value)) in best.iter().zip(values(at as usize)).enumerate() {
            // The pair itself is among the best: its rivals are the others.
            let rivals = if value >= top[2] { top[0] + top[1] + top[2] - value } else { top[0] + top[1] };
            tell(at as usize, feature, value - rivals / 2.0);
        }
    }
}

fn insert(top: &mut [f32; 3], value: f32) {
    if value > top[0] {
        *top = [value, top[0], top[1]];
    } else if value > top[1] {
        *top = [top[0], value, top[1]];
    } else if value > top[2] {
        top[2] = value;
    }
}
