//! The lists of words as the matcher asks them: by stems, which are made ahead, since making them at every start of the program
//! takes longer than reading an article.
//!
//! Must never be edited by hand: what is in `data/words/stems/` is written by the test below. Invariant: every line holds the stems
//! of the words that the same line of its list holds, remarks left out.

/// Words that news writers use for one thing; a line is a concept.
pub(super) const CONCEPTS: &str = include_str!("../../data/words/stems/concepts.txt");
/// What one report says and another the opposite of, on the two sides of a dash.
pub(super) const OPPOSITES: &str = include_str!("../../data/words/stems/opposites.txt");
/// Nouns that name a person.
pub(super) const PERSONS: &str = include_str!("../../data/words/stems/persons.txt");
/// Verbs of saying.
pub(super) const SPEECH: &str = include_str!("../../data/words/stems/speech.txt");
/// Words that are grammar; folded, not stemmed.
pub(super) const STOP: &str = include_str!("../../data/words/stems/stop.txt");

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::collections::btree_map::Entry;

    use super::*;
    use crate::compare::close_words;
    use crate::compare::listed::little;
    use crate::compare::vectors::{self, DIMENSIONS};
    use crate::text::{fold, stem};

    /// A list's file, its stems as they are, and how one of them is made.
    type List<'l> = (&'l str, &'l str, &'l dyn Fn(&str) -> String);

    fn words() -> std::path::PathBuf {
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("data/words")
    }

    /// Compares a file of stems with what it should hold, or writes that where `CROSSREAD_STEMS=write` asks for it.
    fn settle(name: &str, shipped: &[u8], expected: &[u8]) {
        if std::env::var_os("CROSSREAD_STEMS").is_some_and(|asked| asked == "write") {
            std::fs::write(words().join("stems").join(name), expected).unwrap();
        } else {
            assert!(shipped == expected, "{name}: write the stems anew with CROSSREAD_STEMS=write");
        }
    }

    #[test]
    fn the_stems_are_those_of_the_lists() {
        let stemmed = |word: &str| stem(&fold(word));
        let lists: [List; 5] = [
            ("concepts.txt", CONCEPTS, &stemmed),
            ("opposites.txt", OPPOSITES, &stemmed),
            ("persons.txt", PERSONS, &stemmed),
            ("speech.txt", SPEECH, &stemmed),
            ("stop.txt", STOP, &fold),
        ];
        for (name, stems, made_of) in lists {
            let is_word = |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | '.'));
            let made = |word: &str| if is_word(word) { made_of(word) } else { word.to_owned() };
            let of_line = |line: &str| line.split_whitespace().map(made).collect::<Vec<_>>().join(" ") + "\n";
            let list = std::fs::read_to_string(words().join(name)).unwrap();
            let expected: String = list.lines().filter(|line| !line.starts_with('#')).map(of_line).collect();
            settle(name, stems.as_bytes(), expected.as_bytes());
        }
    }

    /// The number at a place of a table, in steps of four bytes.
    fn number(packed: &[u8], at: usize) -> usize {
        little(packed, at).unwrap()
    }

    /// The words behind a table's head of sixteen bytes, whose last number tells how many bytes they take.
    fn listed(packed: &[u8]) -> Vec<&str> {
        std::str::from_utf8(&packed[16..16 + number(packed, 3)]).unwrap().split('\n').collect()
    }

    /// Of a table of words by rank: for every stem its row, and for every row the rank of its word, the commonest form of its stem.
    fn rows_and_ranks(packed: &[u8]) -> (BTreeMap<String, u16>, Vec<u16>) {
        let (mut rows, mut ranks) = (BTreeMap::new(), Vec::new());
        for (rank, word) in (0u16..).zip(listed(packed)) {
            if let Entry::Vacant(place) = rows.entry(stem(&fold(word))) {
                place.insert(ranks.len() as u16);
                ranks.push(rank);
            }
        }
        (rows, ranks)
    }

    /// Packs the table of `data/words/make_vectors.py` by stems: "GLS1", u32 words, u32 stems, u32 bytes of the list, the stems in
    /// alphabetical order joined by line feeds, for each u32 (where it ends), for each u16 (its row); then for each row u16 (the rank
    /// of its word) and last the rows as int8. Rows go by rank: of the forms of a stem the commonest stands for all.
    #[test]
    fn the_vectors_by_stems_are_those_of_the_commonest_forms() {
        let packed = std::fs::read(words().join("words-50000x64.bin")).unwrap();
        let (count, bytes) = (number(&packed, 1), number(&packed, 3));
        assert_eq!((&packed[..4], number(&packed, 2)), (&b"GLV2"[..], DIMENSIONS));
        let vectors = &packed[16 + bytes + 6 * count..];
        let (rows, ranks) = rows_and_ranks(&packed);
        let row_of = |&rank: &u16| &vectors[usize::from(rank) * DIMENSIONS..][..DIMENSIONS];
        let chosen: Vec<u8> = ranks.iter().flat_map(row_of).copied().collect();
        let stems = rows.keys().map(String::as_str).collect::<Vec<_>>().join("\n");
        let ends = rows.keys().scan(0, |next, stem| {
            *next += stem.len() as u32 + 1;
            Some(*next - 1)
        });
        let mut expected = b"GLS1".to_vec();
        let head = [count as u32, rows.len() as u32, stems.len() as u32];
        expected.extend(head.into_iter().flat_map(u32::to_le_bytes));
        expected.extend_from_slice(stems.as_bytes());
        expected.extend(ends.flat_map(u32::to_le_bytes));
        expected.extend(rows.values().chain(&ranks).flat_map(|number| number.to_le_bytes()));
        expected.extend_from_slice(&chosen);
        settle("vectors.bin", vectors::PACKED, &expected);
    }

    /// Packs the table of `data/words/make_close.py` by the stems of the vectors: "GLC1", u32 stems, for each u32 (where its entries
    /// begin), then entries of u16 (which stem) and u8 (closeness × 255). Stems of no word that has a vector have no entries.
    #[test]
    fn the_close_words_by_stems_are_those_of_their_list() {
        let [packed, by_rank] =
            ["close.bin", "words-50000x64.bin"].map(|name| std::fs::read(words().join(name)).unwrap());
        assert_eq!(&packed[..4], b"CLO2");
        let (count, names) = (number(&packed, 1), listed(&packed));
        let (rows, _) = rows_and_ranks(&by_rank);
        let stems: Vec<&str> = rows.keys().map(String::as_str).collect();
        let place = |name: &str| stems.binary_search(&name).ok().map(|at| at as u16);
        let offsets = &packed[16 + number(&packed, 3) + 4 * count..];
        let entries = &offsets[4 * count..];
        let of = |at: usize| {
            let end = if at + 1 < count { number(offsets, at + 1) } else { number(&packed, 2) };
            entries[3 * number(offsets, at)..3 * end].chunks_exact(3).filter_map(|entry| {
                let near = place(names[usize::from(u16::from_le_bytes([entry[0], entry[1]]))])?;
                Some([near.to_le_bytes()[0], near.to_le_bytes()[1], entry[2]])
            })
        };
        let mut expected = b"GLC1".to_vec();
        expected.extend((stems.len() as u32).to_le_bytes());
        let (mut begins, mut near) = (Vec::new(), Vec::new());
        for stem in &stems {
            begins.push((near.len() / 3) as u32);
            near.extend(names.binary_search(stem).into_iter().flat_map(of).flatten());
        }
        expected.extend(begins.into_iter().flat_map(u32::to_le_bytes));
        expected.extend(near);
        settle("close.bin", close_words::PACKED, &expected);
    }
}
