use proptest::prelude::*;

use super::*;
use crate::notes::example::{article, span_of};

const STORY: &str = "The barge Ostrava struck the swing bridge at 5.40am on Tuesday. Two of her crew were treated for \
shock, and nobody was badly hurt. Engineers said the main bearing had cracked. The bridge will be shut for six weeks, the \
harbour board said. Alf Tunney has swung the bridge for 22 years and had never seen the like.\n\nShopkeepers on the quay \
asked who would pay. The board promised a ferry by Friday.";

/// What becomes of a note on `words` of `before` when the text is `after`.
fn moved(before: &str, words: &str, after: &str) -> (AnchorState, String) {
    let source = article("lantern", before);
    let now = article("lantern", after);
    let state = place(&NotePassage::on(&source, span_of(&source, words)), &now);
    let there = state.span().map_or(String::new(), |span| span.of(after).to_owned());
    (state, there)
}

fn placed(state: &AnchorState) -> bool {
    matches!(state, AnchorState::Placed(_))
}

#[test]
fn an_unchanged_text_places_by_position_even_what_stands_twice() {
    let text = "No. He said no twice. No. No.";
    let source = article("lantern", text);
    for (at, _) in text.match_indices("No.") {
        let span = ByteSpan::new(at, at + 3);
        assert_eq!(place(&NotePassage::on(&source, span), &source), AnchorState::Placed(span));
    }
}

#[test]
fn a_passage_is_placed_when_its_paragraph_moved() {
    let sentence = "Engineers said the main bearing had cracked.";
    let after = format!("{}\n\n{sentence}", STORY.replace(sentence, ""));
    let (state, there) = moved(STORY, sentence, &after);
    assert!(placed(&state), "{state:?}");
    assert_eq!(there, sentence);
}

#[test]
fn edits_elsewhere_leave_a_passage_placed() {
    let after = format!("Updated: new pictures.\n\n{}", STORY.replace("asked who would pay", "want to know who pays"));
    for words in ["5.40am", "nobody was badly hurt", "Alf Tunney", "shut for six weeks", "ferry"] {
        let (state, there) = moved(STORY, words, &after);
        assert!(placed(&state), "{words}: {state:?}");
        assert_eq!(there, words);
    }
}

#[test]
fn a_text_that_was_only_wrapped_anew_has_not_changed() {
    let (state, there) = moved(STORY, "the main bearing had cracked", &STORY.replace(' ', "\n"));
    assert!(placed(&state), "{state:?}");
    assert_eq!(there, "the\nmain\nbearing\nhad\ncracked");
}

#[test]
fn a_light_edit_is_changed_and_shows_before_and_after() {
    let after = STORY.replace("main bearing had cracked", "main bearing has cracked");
    match moved(STORY, "Engineers said the main bearing had cracked", &after).0 {
        AnchorState::Changed { before, after, .. } => {
            assert_eq!(before, "Engineers said the main bearing had cracked");
            assert_eq!(after, "Engineers said the main bearing has cracked");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn another_figure_name_or_negation_is_never_more_than_suggested() {
    for (words, instead, kind) in [
        ("The bridge will be shut for six weeks", "The bridge will be shut for ten weeks", "figure"),
        ("Alf Tunney has swung the bridge for 22 years", "Alf Tunney has swung the bridge for 23 years", "figure"),
        ("Alf Tunney has swung the bridge", "Ada Tunney has swung the bridge", "name"),
        ("nobody was badly hurt", "somebody was badly hurt", "negation"),
        ("The bridge will be shut for six weeks", "The bridge won't be shut for six weeks", "negation"),
    ] {
        match moved(STORY, words, &STORY.replace(words, instead)).0 {
            AnchorState::Suggested { reason, .. } => assert!(reason.contains(kind), "{words}: {reason}"),
            other => panic!("{words}: {other:?}"),
        }
    }
}

#[test]
fn a_lookalike_sentence_does_not_take_over_the_note_of_a_deleted_one() {
    // The shape of hypothesis/client #7571.
    let before = "Team Alpha finished the quarterly report ahead of the deadline. The room applauded. Lunch was late.";
    let after = "Team Beta finished the quarterly report ahead of the deadline. The room applauded. Lunch was late.";
    let (state, _) = moved(before, "Team Alpha finished the quarterly report ahead of the deadline", after);
    assert!(matches!(state, AnchorState::Suggested { .. }), "{state:?}");
}

#[test]
fn a_corrected_word_does_not_send_the_note_to_another_place() {
    // hypothesis/h #2798: "Robin" was corrected here, and stands elsewhere.
    let before = "At dawn Robin opened the gate to the yard. Much later Robin swept the long stairs of the tower.";
    let after = "At dawn Martin opened the gate to the yard. Much later Robin swept the long stairs of the tower.";
    let (state, _) = moved(before, "Robin", after);
    assert!(matches!(state, AnchorState::Unplaced { .. }), "{state:?}");
}

#[test]
fn a_short_quote_does_not_attach_by_chance() {
    // hypothesis/h #2634 ("Linus" in "chines") and #4328.
    let text = "Ships from many ports lay here, and the chines of the hull were new. Nobody spoke a word for hours.";
    let before = text.replace("Ships", "Linus wrote this. Ships");
    assert!(matches!(moved(&before, "Linus", text).0, AnchorState::Unplaced { .. }));
    let after = "They hire developers and designers in three towns, with offices by the river and a canteen.";
    let before = "Developer, Frontend\nWe are looking for somebody who likes old ships and new tools very much.";
    assert!(matches!(moved(before, "Developer, Frontend", after).0, AnchorState::Unplaced { .. }));
}

#[test]
fn an_exact_copy_elsewhere_does_not_hide_the_lightly_edited_place() {
    let copy = "Readers asked whether the board had promised a ferry by Friday and were told to wait for news.";
    let before = format!("{copy} {STORY}");
    let after = before.replace("The board promised a ferry by Friday", "The board has promised a ferry by Friday");
    let source = article("lantern", &before);
    let at = before.rfind("promised a ferry by Friday").unwrap();
    let note = NotePassage::on(&source, ByteSpan::new(at - 10, at + "promised a ferry by Friday".len()));
    assert_eq!(note.exact, "The board promised a ferry by Friday");
    let state = place(&note, &article("lantern", &after));
    let there = state.span().map_or("", |span| span.of(&after));
    assert_eq!((state.word(), there), ("changed", "The board has promised a ferry by Friday"));
}

#[test]
fn the_stored_position_alone_proves_nothing() {
    // Another sentence with the same words now stands at the old position.
    let before = "The pier is closed until noon today. Later that day, long after the rain, people came to look at it.";
    let after = "Our shop is closed until noon today. Buy one, get one free, and tell your neighbours about it.";
    let (state, _) = moved(before, "is closed until", after);
    assert!(!placed(&state), "{state:?}");
}

#[test]
fn a_figure_is_not_found_inside_a_longer_one() {
    let before = "Officials counted 12 people on the quay that morning, and the rest had gone home by then.";
    for longer in ["112", "12.5", "12,000"] {
        let after = before.replace("12", longer);
        let (state, there) = moved(before, "12 people on the quay", &after);
        assert!(!placed(&state) && state.word() != "changed", "{longer}: {state:?} at {there}");
    }
}

#[test]
fn deleted_sentences_leave_their_notes_unplaced() {
    let source = article("lantern", STORY);
    for sentence in source.text.sentences() {
        let after = STORY.replace(sentence.span.of(STORY), "");
        let state = place(&NotePassage::on(&source, sentence.span), &article("lantern", &after));
        assert_eq!(state.word(), "unplaced", "{}: {state:?}", sentence.span.of(STORY));
    }
}

#[test]
fn a_missing_side_counts_only_at_the_edge_of_the_article() {
    let before = "Closed. Nothing more was said about the bridge that day, and people went home.";
    assert!(placed(&moved(before, "Closed", &format!("{before} Really.")).0));
    let after = "Many shops on the quay by the bridge were Closed. That was all that anybody would say about it.";
    assert_eq!(moved(before, "Closed", after).0.word(), "unplaced");
}

#[test]
fn a_source_is_known_by_its_text_and_else_by_its_address() {
    let lantern = article("lantern", "One text.");
    let klaxon = article("klaxon", "Another text.");
    let passage = NotePassage::on(&klaxon, span_of(&klaxon, "Another"));
    let articles = [lantern, klaxon];
    assert_eq!(article_of(&passage.source, &articles), Some(ArticleIndex(1)));
    let edited = [article("klaxon", "Another text, edited."), article("wire", "A third.")];
    assert_eq!(article_of(&passage.source, &edited), Some(ArticleIndex(0)));
    assert_eq!(find(&passage, &edited[1..]), None);
}

#[test]
fn the_context_is_whole_sentences() {
    let source = article("lantern", STORY);
    let note = NotePassage::on(&source, span_of(&source, "nobody was badly hurt"));
    assert_eq!(note.prefix, "Two of her crew were treated for shock, and ");
    assert_eq!(note.suffix, ". Engineers said the main bearing had cracked.");
    let first = NotePassage::on(&source, span_of(&source, "The barge"));
    assert_eq!(
        (first.prefix.as_str(), first.suffix.as_str()),
        ("", " Ostrava struck the swing bridge at 5.40am on Tuesday.")
    );
    let last = NotePassage::on(&source, span_of(&source, "by Friday."));
    assert_eq!(last.suffix, "");
}

#[test]
fn a_passage_is_widened_to_graphemes_and_has_no_blanks_at_its_ends() {
    let text = "Crew: 👩‍🚒 and cafe\u{301} staff.";
    let source = article("lantern", text);
    let inside = text.find('\u{200d}').unwrap();
    assert_eq!(NotePassage::on(&source, ByteSpan::new(inside, inside + 1)).exact, "👩‍🚒");
    let cafe = text.find("cafe").unwrap();
    assert_eq!(NotePassage::on(&source, ByteSpan::new(cafe - 1, cafe + 4)).exact, "cafe\u{301}");
}

/// The edit distance by the textbook, to check the bit vectors against.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let next = (corner + usize::from(x != y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}

proptest! {
    #[test]
    fn anchors_of_unchanged_texts_are_placed_where_they_were(text in "\\PC{1,200}", a in 0_usize..400, b in 0_usize..400) {
        let source = article("lantern", &text);
        let passage = NotePassage::on(&source, ByteSpan::new(a.min(b), a.max(b)));
        let state = place(&passage, &source);
        if passage.exact.trim().is_empty() {
            prop_assert_eq!(state.word(), "unplaced");
        } else {
            prop_assert_eq!(state.span().map(|span| span.of(&text)), Some(passage.exact.as_str()));
            prop_assert!(placed(&state));
        }
    }

    #[test]
    fn every_note_is_in_one_state_that_says_what_it_must(
        before in "[ a-dA-D.é漢👩\\n]{0,150}",
        after in "[ a-dA-D.é漢👩\\n]{0,150}",
        (a, b) in (0_usize..200, 0_usize..200),
    ) {
        let source = article("lantern", &before);
        let passage = NotePassage::on(&source, ByteSpan::new(a.min(b), a.max(b)));
        let state = place(&passage, &article("lantern", &after));
        prop_assert!(["placed", "changed", "suggested", "unplaced"].contains(&state.word()));
        if let Some(span) = state.span() {
            prop_assert!(after.get(span.range()).is_some());
        }
        match state {
            AnchorState::Placed(span) => {
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(words(span.of(&after)), words(&passage.exact));
            }
            AnchorState::Changed { span, before, after: now } => {
                prop_assert_eq!((before.as_str(), now.as_str()), (passage.exact.as_str(), span.of(&after)));
            }
            AnchorState::Suggested { reason, .. } | AnchorState::Unplaced { reason } => prop_assert!(!reason.is_empty()),
        }
    }

    #[test]
    fn the_bit_vectors_count_the_edits_of_the_textbook(a in "[abc]{1,150}", b in "[abc]{0,150}") {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let edits = distance(&a, &b);
        let expected = 1.0 - edits as f64 / a.len().max(b.len()) as f64;
        prop_assert!((approximate::similarity(&a, &b) - expected).abs() < 1e-9);
    }

    #[test]
    fn every_place_found_has_the_edits_it_claims(pattern in "[ab]{1,80}", text in "[ab]{0,200}") {
        let characters: Vec<char> = text.chars().collect();
        let pattern: Vec<char> = pattern.chars().collect();
        for place in Haystack::new(&text).places(&pattern) {
            prop_assert_eq!(distance(&pattern, &characters[place.start..place.end]), place.edits);
        }
    }
}
