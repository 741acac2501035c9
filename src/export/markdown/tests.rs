use super::*;
use crate::compare::{Claim, ClaimIndex, Divergence, DivergenceKind, Link, LinkIndex, Relation};
use crate::notes::example::{article, note, span_of};
use crate::notes::{Evidence, NotePassage};

const LANTERN: &str = "At 5.40am on Tuesday the barge struck the bridge. Nobody was hurt.";
const KLAXON: &str = "The barge struck the bridge at 4.40am on Tuesday, say witnesses. *Rents* are <b>up</b>.";

fn articles() -> Vec<Article> {
    vec![article("lantern", LANTERN), article("klaxon", KLAXON)]
}

/// One claim told by both, with different times.
fn comparison(articles: &[Article]) -> Comparison {
    let on =
        |at: u16, words: &str| Passage { article: ArticleIndex(at), span: span_of(&articles[usize::from(at)], words) };
    let a = on(0, "At 5.40am on Tuesday the barge struck the bridge.");
    let b = on(1, "The barge struck the bridge at 4.40am on Tuesday, say witnesses.");
    let link = Link {
        a,
        b,
        relation: Relation::Reworded,
        score: 0.9,
        moved: false,
        claim: ClaimIndex(0),
        why: "shared: barge, bridge".into(),
    };
    let divergence = Divergence {
        kind: DivergenceKind::Date,
        a: on(0, "5.40am"),
        b: on(1, "4.40am"),
        link: LinkIndex(0),
        why_a: "5:40 a.m.".into(),
        why_b: "4:40 a.m.".into(),
    };
    let claim = Claim { members: vec![a, b], articles: vec![ArticleIndex(0), ArticleIndex(1)] };
    Comparison { links: vec![link], divergences: vec![divergence], claims: vec![claim], ..Comparison::default() }
}

fn dated(mut note: Note) -> Note {
    note.created = "2026-03-12T09:30:00Z".parse().unwrap();
    note.modified = note.created;
    note
}

fn document(of: &[Note]) -> String {
    let articles = articles();
    notes(&articles, &comparison(&articles), of)
}

#[test]
fn a_note_stands_with_its_quote_sentence_source_and_counterpart() {
    let mut made = dated(note(&articles()[0], "At 5.40am on Tuesday", "Ask the **pilot**.\n\n```\nopen fence"));
    made.verdict = Some("disputed".into());
    made.tags = vec!["time".into(), "a|b".into()];
    made.author = Some("R. Okafor".into());
    let expected = "# Notes on 2 sources

|  | source | headline | date | where |
| --- | --- | --- | --- | --- |
| **A** | lantern |  |  | `/articles/lantern` |
| **B** | klaxon |  |  | `/articles/klaxon` |

1 note: 1 placed.

## At 5.40am on Tuesday the barge struck the bridge.

Told by 2 of 2 sources: A, B.

### disputed

> At **5.40am** on Tuesday
>
> in: At 5.40am on Tuesday the barge struck the bridge.

**A**, lantern, paragraph 1, sentence 1 of it, `/articles/lantern`: placed

- **Note:**

  Ask the **pilot**.

  ```
  open fence

- **Counterparts:**
  - **B**, klaxon, paragraph 1, sentence 1 of it, `/articles/klaxon`: The barge struck the bridge **at 4.40am on Tuesday, say witnesses**. · date: 5.40am against 4.40am
- **Tags:** time, a\\|b
- **Made:** 2026-03-12 by R. Okafor

## Claims

| claim | A | B | differs in |
| --- | :-: | :-: | --- |
| At 5.40am on Tuesday the barge struck the bridge. | ≠ | ≠ | date: A 5:40 a.m. · B 4:40 a.m. |

`=` word for word as in another source · `~` in other words · `≠` something differs · empty: not there
";
    let without_marks = |text: &str| {
        text.lines()
            .map(|line| {
                // Which words the word diff marks is its own affair.
                if line.starts_with("  - **B**") { line.replace("**", "") } else { line.to_owned() }
            })
            .collect::<Vec<_>>()
            .join("\n")
    };
    let document = document(&[made]);
    assert_eq!(without_marks(&document), without_marks(expected));
    let counterpart = document.lines().find(|line| line.starts_with("  - **B**")).unwrap();
    assert!(counterpart.contains("**at 4.40am") || counterpart.contains("**4.40am"), "{counterpart}");
}

#[test]
fn notes_on_one_claim_share_a_group_in_the_order_of_the_text() {
    let articles = articles();
    let later = dated(note(&articles[1], "4.40am", "second"));
    let earlier = dated(note(&articles[0], "5.40am", "first"));
    let other = dated(note(&articles[0], "Nobody was hurt", "third"));
    let document = document(&[later, other, earlier]);
    let at = |words: &str| document.find(words).unwrap_or_else(|| panic!("{words} is missing:\n{document}"));
    assert!(at("first") < at("second") && at("second") < at("## Nobody was hurt.") && at("## Nobody") < at("third"));
    assert_eq!(document.matches("Told by 2 of 2 sources").count(), 1);
    assert!(document.contains("Only in A."));
}

#[test]
fn unplaced_and_suggested_notes_have_a_section_with_their_reasons() {
    let was = article(
        "lantern",
        "The crane fell into the dock at night. At 5.40am on Monday the barge struck the bridge. Nobody was hurt.",
    );
    let gone = dated(note(&was, "The crane fell into the dock at night", "Where has this gone?"));
    let altered = dated(note(&was, "At 5.40am on Monday the barge struck the bridge", "Which day?"));
    let document = document(&[gone, altered]);
    let section = document.split("## Not placed").nth(1).unwrap();
    assert!(document.contains("2 notes: 0 placed, 2 not placed."), "{document}");
    assert!(
        section.contains("> The crane fell into the dock at night") && section.contains("unplaced, because"),
        "{section}"
    );
    assert!(section.contains("suggested, because a name differs: Monday against Tuesday"), "{section}");
    assert!(section.contains("It may be this: At 5.40am on Tuesday the barge struck the bridge"), "{section}");
}

#[test]
fn a_changed_passage_shows_before_and_now() {
    let was = article("lantern", &LANTERN.replace("struck", "hit"));
    let document = document(&[dated(note(&was, "the barge hit the bridge", "Which verb?"))]);
    assert!(document.contains("1 note: 1 placed (the words of 1 passage have changed)."), "{document}");
    assert!(
        document.contains("- Before: the barge **hit** the bridge\n- Now: the barge **struck** the bridge"),
        "{document}"
    );
}

#[test]
fn notes_on_other_sources_are_left_out() {
    let other = article("wire", "Something else happened elsewhere.");
    let document = document(&[dated(note(&other, "Something else", "not here"))]);
    assert!(document.contains("0 notes: 0 placed.") && !document.contains("not here"), "{document}");
}

#[test]
fn a_source_cannot_break_the_document() {
    let articles = articles();
    let mut made = dated(note(&articles[1], "*Rents* are <b>up</b>.", "<!-- crossread:end -->\n<script>x</script>"));
    made.tags = vec!["<i>\n# heading".into()];
    made.verdict = Some("`false`".into());
    made.evidence = vec![Evidence {
        passage: NotePassage::on(&articles[0], span_of(&articles[0], "Nobody was hurt")),
        divergences: vec!["number: <3 against [4]".into()],
    }];
    let document = document(&[made]);
    for live in ["\n<", " <b>", "<script", "\n# heading", "`false`\n", "[4]"] {
        let escaped = format!("\\{live}");
        assert!(!document.replace(&escaped, "").contains(live), "{live} is live:\n{document}");
    }
    assert!(document.contains("> \\*Rents\\* are \\<b>up\\</b>."), "{document}");
    assert!(
        document.contains("kept as evidence (placed): Nobody was hurt · number: \\<3 against \\[4\\]"),
        "{document}"
    );
}
