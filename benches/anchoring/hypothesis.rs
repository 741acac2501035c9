//! How Hypothesis's client finds a quotation again (`match-quote.ts` and `types.ts`, July 2026): the position where it still
//! holds the quotation, else the quotation wherever it stands exactly, else the places with the fewest edits, ranked by
//! quotation, 32 characters on each side and position; the best is taken, however bad.

use crossread::text::ByteSpan;

/// Characters kept on each side.
const CONTEXT: usize = 32;

/// Where a note on `quote` of `before` is attached in `after`.
pub fn find(before: &str, quote: ByteSpan, after: &str) -> Option<ByteSpan> {
    let exact = quote.of(before);
    if after.get(quote.range()) == Some(exact) {
        return Some(quote);
    }
    let prefix: Vec<char> = before[..quote.start.index()].chars().rev().take(CONTEXT).collect();
    let prefix: Vec<char> = prefix.into_iter().rev().collect();
    let suffix: Vec<char> = before[quote.end.index()..].chars().take(CONTEXT).collect();
    let pattern: Vec<char> = exact.chars().collect();
    let text: Vec<char> = after.chars().collect();
    let hint = before[..quote.start.index()].chars().count();
    let score = |&(start, end, edits): &(usize, usize, usize)| {
        let left = &text[start.saturating_sub(prefix.len())..start];
        let right = &text[end..(end + suffix.len()).min(text.len())];
        let alike = |beside: &[char], kept: &[char]| {
            if kept.is_empty() { 1.0 } else { 1.0 - fewest(kept, beside) as f64 / kept.len() as f64 }
        };
        let quote = 1.0 - edits as f64 / pattern.len() as f64;
        let position = 1.0 - start.abs_diff(hint) as f64 / text.len() as f64;
        (50.0 * quote + 20.0 * alike(left, &prefix) + 20.0 * alike(right, &suffix) + 2.0 * position) / 92.0
    };
    let places = places(&pattern, &text);
    let best = places.iter().max_by(|a, b| score(a).total_cmp(&score(b)))?;
    let byte = |at: usize| text[..at].iter().map(|c| c.len_utf8()).sum::<usize>();
    Some(ByteSpan::new(byte(best.0), byte(best.1)))
}

/// The exact places where there are any, else those with the fewest edits within the budget: start, end, edits.
fn places(pattern: &[char], text: &[char]) -> Vec<(usize, usize, usize)> {
    let size = pattern.len();
    let exact: Vec<_> = (0..(text.len() + 1).saturating_sub(size))
        .filter(|&start| text[start..start + size] == *pattern)
        .map(|start| (start, start + size, 0))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let budget = (size / 2).min(256);
    let ends = last_row(pattern, text);
    let Some(least) = ends.iter().map(|(edits, _)| *edits).min().filter(|least| *least <= budget) else {
        return Vec::new();
    };
    let found = ends.iter().enumerate().filter(|(_, (edits, _))| *edits == least);
    found.map(|(end, &(edits, start))| (start, end, edits)).collect()
}

/// The fewest edits with which the pattern stands anywhere in the text.
fn fewest(pattern: &[char], text: &[char]) -> usize {
    last_row(pattern, text).iter().map(|(edits, _)| *edits).min().unwrap_or(pattern.len()).min(pattern.len())
}

/// For every end in the text the fewest edits of the pattern, and where that match starts (Sellers 1980).
fn last_row(pattern: &[char], text: &[char]) -> Vec<(usize, usize)> {
    let mut column: Vec<(usize, usize)> = (0..=pattern.len()).map(|row| (row, 0)).collect();
    let mut last = vec![*column.last().unwrap_or(&(0, 0))];
    for (at, character) in text.iter().enumerate() {
        let mut diagonal = column[0];
        column[0] = (0, at + 1);
        for (row, wanted) in pattern.iter().enumerate() {
            let straight = (diagonal.0 + usize::from(wanted != character), diagonal.1);
            diagonal = column[row + 1];
            let step = |cell: (usize, usize)| (cell.0 + 1, cell.1);
            column[row + 1] = straight.min(step(column[row])).min(step(diagonal));
        }
        last.push(column[pattern.len()]);
    }
    last
}
