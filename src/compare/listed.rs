//! A list of words compiled into the program, read where it lies: nothing is made of it at the start.
//!
//! Must never copy a word. Invariant: the words ascend, and each is found by its place.

/// Words joined by line feeds, and where each ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Listed {
    words: &'static str,
    /// For every word the byte at which it ends, as `u32`, little endian.
    ends: &'static [u8],
}

impl Listed {
    /// Takes so many words that take so many bytes from the beginning of a table; answers what stands behind them, too.
    pub(super) fn split(table: &'static [u8], bytes: usize, count: usize) -> Option<(Self, &'static [u8])> {
        let (words, rest) = table.split_at_checked(bytes)?;
        let (ends, rest) = rest.split_at_checked(4 * count)?;
        Some((Self { words: std::str::from_utf8(words).ok()?, ends }, rest))
    }

    /// One word; `None` past the last.
    fn get(self, at: usize) -> Option<&'static str> {
        let start = if at == 0 { 0 } else { self.end(at - 1)? + 1 };
        self.words.get(start..self.end(at)?)
    }

    /// The place of a word; `None` where it is not listed.
    pub(super) fn find(self, word: &str) -> Option<usize> {
        let (mut from, mut to) = (0, self.ends.len() / 4);
        while from < to {
            let middle = from.midpoint(to);
            match self.get(middle)?.cmp(word) {
                std::cmp::Ordering::Less => from = middle + 1,
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Greater => to = middle,
            }
        }
        None
    }

    fn end(self, at: usize) -> Option<usize> {
        little(self.ends, at)
    }
}

/// The number at a place of a table of `u32`, little endian.
pub(super) fn little(table: &[u8], at: usize) -> Option<usize> {
    let bytes = table.get(4 * at..4 * at + 4)?.try_into().ok()?;
    Some(u32::from_le_bytes(bytes) as usize)
}
