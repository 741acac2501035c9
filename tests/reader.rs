//! What actions change and what they ask for: state in, effects out, without a disk or a terminal.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

#[path = "screens/event.rs"]
#[expect(dead_code, reason = "whole screens show more sources")]
mod event;
#[path = "screens/notation.rs"]
mod notation;
#[path = "screens/stage.rs"]
#[expect(dead_code, reason = "whole screens are looked at elsewhere")]
mod stage;

use std::path::Path;
use std::sync::Arc;

use crossread::compare::{HandLink, Judgement, overrule};
use crossread::notes::archive::{Around, Remembered};
use crossread::notes::link::{Answer, Tally, Wish};
use crossread::notes::{AnchorState, Deed, Note, NotePassage, Way};
use crossread::reader::action::{Action, Recollection, Saved};
use crossread::reader::effect::{Clip, Effect};
use crossread::reader::glyphs::UNICODE;
use crossread::reader::rows::RowPosition;
use crossread::reader::state::dialog::{Field, Outcome};
use crossread::reader::state::filter::Filter;
use crossread::reader::state::findings::Stage;
use crossread::reader::state::overview::Stretch;
use crossread::reader::state::panes::Scrolling;
use crossread::reader::state::passage::PanelRow;
use crossread::reader::state::shelf::Certainty;
use crossread::reader::state::source::{OnDisk, Standing};
use crossread::reader::state::{Overlay, State};
use crossread::reader::update::update;
use crossread::text::{ArticleIndex, Passage, RowIndex};
use ratatui::layout::{Position, Size};

const A: ArticleIndex = ArticleIndex(0);
const B: ArticleIndex = ArticleIndex(1);
const C: ArticleIndex = ArticleIndex(2);

/// The first sources of the event, opened but not compared.
fn opened(sources: usize, size: (u16, u16)) -> (State, Action) {
    let (articles, comparison) = notation::event(&event::first(sources));
    let setup = stage::setup(Path::new("/notes/notes.jsonld"), UNICODE);
    let mut state = State::new(Arc::new(articles), setup, Size::new(size.0, size.1));
    state.findings.stage = Stage::Running(0);
    (state, Action::Compared(Arc::new(comparison)))
}

/// Three sources, compared, at 120×40.
fn three() -> State {
    let (mut state, compared) = opened(3, (120, 40));
    update(&mut state, compared);
    state
}

fn press(state: &mut State, keys: &str) -> Vec<Effect> {
    stage::presses(keys).into_iter().flat_map(|press| update(state, Action::Key(press))).collect()
}

fn tops(state: &State) -> Vec<i32> {
    state.views.iter().map(|view| view.top.0).collect()
}

/// What the status line says.
fn said(state: &State) -> &str {
    state.message.as_ref().map_or("", |message| &message.words)
}

/// The words of the passage in hand.
fn in_hand(state: &State) -> &str {
    let text = &state.articles[state.panes.active.index()].text;
    text.slice(text.sentences()[state.sentence().unwrap().index()].span)
}

/// The line of its pane on which the words stand; `None` when they do not begin on it.
fn line_of(state: &State, article: ArticleIndex, words: &str) -> i32 {
    let text = &state.articles[article.index()].text;
    let offset = crossread::text::ByteOffset::new(text.content().find(words).unwrap());
    let view = &state.views[article.index()];
    RowPosition::from(view.rows.row_of(offset)) - view.top
}

fn focus(state: &State) -> i32 {
    state.panes.focus_line
}

#[test]
fn counterparts_come_to_the_line_of_the_passage_in_hand() {
    let mut state = three();
    press(&mut state, "]c]c]c");
    assert!(in_hand(&state).starts_with("- About 2,300 books"), "{}", in_hand(&state));
    assert_eq!(line_of(&state, A, "- About 2,300"), focus(&state));
    assert_eq!(line_of(&state, B, "Volunteers saved"), focus(&state));
    assert!(matches!(state.views[1].standing, Standing::Beside(found) if found.off == 0));
}

#[test]
fn a_pane_without_counterpart_says_where_the_next_match_is() {
    let mut state = three();
    press(&mut state, "]c]c)");
    assert!(in_hand(&state).starts_with("He shut the main valve"));
    let Standing::Held(Some(rows)) = state.views[2].standing else { panic!("{:?}", state.views[2].standing) };
    let before = state.views[0].cursor_row().0;
    press(&mut state, "]m");
    assert!(in_hand(&state).starts_with("“We lost the atlases"));
    assert_eq!(i32::try_from(state.views[0].cursor_row().0 - before).unwrap(), rows);
}

#[test]
fn a_moved_paragraph_does_not_move_the_other_pane() {
    let mut state = three();
    press(&mut state, "]m]m]m]m]m");
    assert!(in_hand(&state).starts_with("The pipe had been patched twice"));
    assert!(matches!(state.views[1].standing, Standing::Moved(_)), "{:?}", state.views[1].standing);
    assert!(line_of(&state, B, "The pipe that burst") < 0);
    press(&mut state, "t");
    assert_eq!(line_of(&state, B, "The pipe that burst"), focus(&state));
}

#[test]
fn marks_appear_without_moving_anything() {
    let (mut state, compared) = opened(3, (120, 40));
    press(&mut state, "jjjjjjjjjj<tab>jjj");
    let (before, line) = (tops(&state), focus(&state));
    update(&mut state, compared);
    assert_eq!(tops(&state), before);
    assert_eq!(focus(&state), line);
}

#[test]
fn reading_on_in_another_pane_moves_nothing() {
    let mut state = three();
    press(&mut state, "]c]cjjj");
    for keys in ["<tab>", "<tab>", "<backtab>", "l", "h", "<ctrl-w>w"] {
        let before = tops(&state);
        press(&mut state, keys);
        assert_eq!(tops(&state), before, "after {keys}");
    }
}

#[test]
fn reading_on_begins_at_the_counterpart() {
    let mut state = three();
    press(&mut state, "]c]c]c<tab>");
    assert_eq!(state.panes.active, B);
    assert!(in_hand(&state).starts_with("Volunteers saved"), "{}", in_hand(&state));
}

/// How many rows a pane's counterpart stands away from the passage in hand, by what is on screen.
fn seen_off(state: &State, article: ArticleIndex) -> i32 {
    let view = &state.views[article.index()];
    let Standing::Beside(found) = view.standing else { panic!("{:?}", view.standing) };
    let there = view.counterparts[usize::from(found.which) - 1].start;
    RowPosition::from(view.rows.row_of(there)) - view.top - line_of(state, state.panes.active, in_hand(state))
}

#[test]
fn a_pane_says_how_far_its_counterpart_stands_from_the_passage() {
    for keys in ["", "]m", "]m]m", "]c]c]c", "]c]c]c;"] {
        let mut state = three();
        press(&mut state, keys);
        for follower in [B, C] {
            if let Standing::Beside(found) = state.views[follower.index()].standing {
                assert_eq!(found.off, seen_off(&state, follower), "{keys} {follower:?}");
            }
        }
        press(&mut state, ".");
        for follower in [B, C] {
            if let Standing::Beside(found) = state.views[follower.index()].standing {
                assert_eq!((found.off, seen_off(&state, follower)), (0, 0), "{keys} {follower:?}");
            }
        }
    }
}

#[test]
fn what_is_read_on_and_back_leaves_every_pane_where_it_was() {
    let mut state = three();
    press(&mut state, "12j");
    for _ in 0..12 {
        press(&mut state, "j");
        if state.views[0].cursor_row().0 + 2 > state.views[0].rows.last().0 {
            break;
        }
        let before = tops(&state);
        press(&mut state, "jk");
        assert_eq!(tops(&state), before, "{}", in_hand(&state));
    }
}

#[test]
fn a_pane_moved_alone_keeps_its_distance_until_it_is_brought_level() {
    let mut state = three();
    press(&mut state, "]c<tab>");
    let before = tops(&state);
    press(&mut state, "<alt-j><alt-j><alt-j><alt-j>");
    let alone = tops(&state);
    assert_eq!((alone[0], alone[2]), (before[0], before[2]));
    let by = alone[1] - before[1];
    assert!(by > 0);
    press(&mut state, "<backtab>");
    assert_eq!(tops(&state), alone);
    let mut level = three();
    press(&mut level, "]c");
    for keys in ["j", "j", "j", "k", "j"] {
        press(&mut state, keys);
        press(&mut level, keys);
        assert_eq!(tops(&state)[1] - tops(&level)[1], by, "after {keys}");
    }
    press(&mut state, "3k.");
    assert_eq!(line_of(&state, B, "The basement of Saltmere"), line_of(&state, A, "Water rose 40"));
}

/// Reads the whole of each source, on and back, and answers every step on which another pane went against the reader.
fn against_the_reader(state: &mut State, on: &str, back: &str) -> Vec<String> {
    let mut against = Vec::new();
    for leader in [A, B, C] {
        while state.panes.active != leader {
            press(state, "<tab>");
        }
        press(state, "g");
        for (keys, way) in [(on, 1), (back, -1)] {
            for step in 0..60 {
                let before = tops(state);
                press(state, keys);
                let moved = tops(state).iter().zip(&before).any(|(after, before)| (after - before) * way < 0);
                against.extend(moved.then(|| format!("{leader:?} {keys} {step}: {before:?} {:?}", tops(state))));
            }
        }
    }
    against
}

#[test]
fn no_pane_goes_against_the_reader() {
    let mut state = three();
    assert_eq!(against_the_reader(&mut state, "j", "k"), Vec::<String>::new());
    assert_eq!(against_the_reader(&mut state, ")", "("), Vec::<String>::new());
    assert_eq!(against_the_reader(&mut state, "3j", "2k"), Vec::<String>::new());
}

#[test]
fn reading_shows_no_blank_rows_above_a_text() {
    let mut state = three();
    for keys in ["j", ")", "<tab>", "k", "<tab>", "(", "j"] {
        for _ in 0..30 {
            press(&mut state, keys);
            assert!(tops(&state).iter().all(|top| *top >= 0), "after {keys}: {:?}", tops(&state));
        }
    }
}

#[test]
fn a_press_of_the_mouse_leaves_no_pane_blank() {
    let pane = *three().layout.pane(B).unwrap();
    for row in 0..pane.text.height {
        let mut state = three();
        press(&mut state, "10j");
        let before = tops(&state)[1];
        update(&mut state, Action::Click(Position { x: pane.text.x + 3, y: pane.text.y + row }));
        let blank = i32::from(state.layout.focus_row()) / 2;
        assert_eq!(tops(&state)[1], before, "row {row}");
        assert!(tops(&state).iter().all(|top| *top >= -blank), "row {row}: {:?}", tops(&state));
    }
}

#[test]
fn offset_moves_all_panes_alike_and_free_only_one() {
    let mut state = three();
    press(&mut state, "jjjjjjjjjjjjs");
    assert_eq!(state.panes.scrolling, Scrolling::Offset);
    let before = tops(&state);
    press(&mut state, "jj");
    let moved: Vec<i32> = tops(&state).iter().zip(&before).map(|(after, before)| after - before).collect();
    assert!(moved[0] > 0 && moved.iter().all(|rows| *rows == moved[0]), "{moved:?}");
    press(&mut state, "s");
    assert_eq!(state.panes.scrolling, Scrolling::Free);
    let before = tops(&state);
    press(&mut state, "jj");
    assert!(tops(&state)[0] > before[0]);
    assert_eq!(tops(&state)[1..], before[1..]);
    let before = tops(&state);
    press(&mut state, "s");
    assert_eq!((state.panes.scrolling, tops(&state)), (Scrolling::Aligned, before));
}

#[test]
fn repeated_resizing_does_not_creep() {
    let mut state = three();
    press(&mut state, "]c]cj");
    let place = state.views[0].cursor;
    let others: Vec<_> = state.views.iter().map(|view| view.hold).collect();
    for width in (40..160).chain((40..160).rev()) {
        update(&mut state, Action::Resize(Size::new(width, 40)));
    }
    update(&mut state, Action::Resize(Size::new(120, 40)));
    assert_eq!(state.views[0].cursor, place);
    assert_eq!(state.views.iter().map(|view| view.hold).collect::<Vec<_>>(), others);
}

#[test]
fn sources_further_on_keep_the_place() {
    let (mut state, compared) = opened(3, (70, 30));
    update(&mut state, compared);
    press(&mut state, "]c");
    let shown = |state: &State| state.layout.panes.iter().map(|pane| pane.article).collect::<Vec<_>>();
    assert_eq!(shown(&state), [A, B]);
    press(&mut state, "J");
    assert_eq!((shown(&state), state.panes.active), (vec![B, C], B));
    assert_eq!(line_of(&state, C, "Water 40 cm"), focus(&state));
    press(&mut state, "K");
    assert_eq!((shown(&state), state.panes.active), (vec![A, B], A));
    assert!(in_hand(&state).starts_with("Water rose 40 centimetres"), "{}", in_hand(&state));
}

#[test]
fn a_source_that_is_asked_for_by_its_number_comes_up_level_and_leads_back() {
    let (mut state, compared) = opened(3, (70, 30));
    update(&mut state, compared);
    press(&mut state, "]c");
    let (place, before) = (state.views[0].cursor, tops(&state));
    press(&mut state, "3<ctrl-w>w");
    assert_eq!(state.panes.active, C);
    assert!(in_hand(&state).starts_with("Water 40 cm"), "{}", in_hand(&state));
    assert_eq!(tops(&state)[1], before[1], "the pane between stays");
    press(&mut state, "1<ctrl-w>w");
    assert_eq!((state.panes.active, state.views[0].cursor), (A, place));
    assert_eq!(tops(&state)[..2], before[..2]);
}

#[test]
fn a_source_that_leaves_the_screen_is_read_on_when_it_is_back() {
    let (mut state, compared) = opened(4, (70, 30));
    update(&mut state, compared);
    press(&mut state, "]c");
    let (place, before) = (state.views[0].cursor, tops(&state));
    press(&mut state, ">><<");
    assert_eq!((state.panes.active, state.views[0].cursor), (A, place));
    assert_eq!(tops(&state)[..2], before[..2]);
    press(&mut state, "X<ctrl-w>u");
    assert_eq!((state.panes.active, state.views[0].cursor), (A, place));
    press(&mut state, ">><j<");
    assert_eq!(state.panes.active, B, "what is read since stays in hand");
}

#[test]
fn a_single_pane_shows_the_sources_one_after_another() {
    let (mut state, compared) = opened(3, (40, 20));
    update(&mut state, compared);
    press(&mut state, "]c");
    press(&mut state, "J");
    assert!(in_hand(&state).starts_with("The basement of Saltmere"), "{}", in_hand(&state));
    press(&mut state, "J");
    assert!(in_hand(&state).starts_with("Water 40 cm"), "{}", in_hand(&state));
    press(&mut state, "J");
    assert_eq!(state.message.as_ref().unwrap().words, "the last source is shown");
    for next in [A, B, C] {
        press(&mut state, "<tab>");
        assert_eq!(state.panes.active, next);
    }
}

#[test]
fn zoom_shows_one_pane_and_goes_back() {
    let mut state = three();
    press(&mut state, "<tab>o");
    assert_eq!(state.layout.panes.len(), 1);
    assert_eq!(state.layout.panes[0].article, B);
    press(&mut state, "o");
    assert_eq!(state.layout.panes.len(), 3);
    press(&mut state, "-");
    assert_eq!(state.layout.panes.len(), 2);
    press(&mut state, "+");
    assert_eq!(state.layout.panes.len(), 3);
}

#[test]
fn counts_repeat_and_a_percentage_goes_there() {
    let (mut once, mut counted) = (three(), three());
    press(&mut once, ")))))");
    press(&mut counted, "5)");
    assert_eq!(once.views[0].cursor, counted.views[0].cursor);
    press(&mut counted, "100%");
    let last = counted.views[0].rows.last();
    assert_eq!(counted.views[0].cursor_row(), last);
    press(&mut counted, "g");
    assert_eq!(counted.views[0].cursor_row().0, 0);
    press(&mut counted, "G<ctrl-o>");
    assert_eq!(counted.views[0].cursor_row().0, 0);
}

#[test]
fn the_cursor_walks_to_the_focus_line_and_then_the_text_moves() {
    let mut state = three();
    let rest = i32::from(state.layout.focus_row());
    let mut last = 0;
    for _ in 0..20 {
        press(&mut state, "j");
        assert!(focus(&state) >= last && focus(&state) <= rest);
        assert_eq!(state.views[0].top.0 > 0, RowPosition::from(state.views[0].cursor_row()).0 > rest);
        last = focus(&state);
    }
    assert_eq!(last, rest);
}

#[test]
fn the_jump_list_is_walked_back_and_on() {
    let mut state = three();
    press(&mut state, "]c]c/fish<enter>G");
    assert_eq!(state.panes.active, B);
    let end = state.views[1].cursor;
    press(&mut state, "<ctrl-o>");
    assert!(in_hand(&state).starts_with("A fish was seen"));
    press(&mut state, "<ctrl-o>");
    assert_eq!(state.panes.active, A);
    assert!(in_hand(&state).starts_with("A caretaker noticed"), "{}", in_hand(&state));
    press(&mut state, "2<ctrl-o>");
    assert_eq!(state.views[0].cursor_row().0, 0);
    press(&mut state, "<ctrl-o>");
    assert_eq!(state.message.as_ref().unwrap().words, "no place further back");
    press(&mut state, "4<alt-o>");
    assert_eq!((state.panes.active, state.views[1].cursor), (B, end));
}

#[test]
fn every_jump_can_be_taken_back() {
    for jump in ["]c", "]m", "G", "70%", "9G", "/Thursday<enter>", "CG<enter>", "'x"] {
        let mut state = three();
        press(&mut state, "G((mxg)))");
        let (place, active) = (state.views[0].cursor, state.panes.active);
        press(&mut state, jump);
        assert_ne!((state.panes.active, state.views[0].cursor), (active, place), "{jump} goes somewhere");
        press(&mut state, "<ctrl-o>");
        assert_eq!((state.panes.active, state.views[0].cursor), (active, place), "back from {jump}");
    }
}

#[test]
fn marks_lead_back_to_their_places_in_any_source() {
    let mut state = three();
    press(&mut state, "]cma<tab>Gmz");
    let end = state.views[1].cursor;
    press(&mut state, "'a");
    assert_eq!(state.panes.active, A);
    assert!(in_hand(&state).starts_with("Water rose"));
    press(&mut state, "''");
    assert_eq!((state.panes.active, state.views[1].cursor), (B, end));
    press(&mut state, "''");
    assert_eq!(state.panes.active, A, "once more goes there again");
    press(&mut state, "`z");
    assert_eq!((state.panes.active, state.views[1].cursor), (B, end));
    press(&mut state, "'q");
    assert_eq!(state.message.as_ref().unwrap().words, "there is no mark q");
    assert_eq!(press(&mut state, "m<esc>"), [], "a key that is no letter ends it");
    press(&mut state, "m3g'3");
    assert_eq!(state.views[1].cursor, end, "a digit is a mark, too, and no count");
}

#[test]
fn every_movement_takes_a_count() {
    for (key, times) in [("j", 7), ("d", 2), (")", 4), ("}", 3), ("]c", 2), ("]m", 3), ("<alt-j>", 4)] {
        let (mut once, mut counted) = (three(), three());
        (0..times).for_each(|_| drop(press(&mut once, key)));
        press(&mut counted, &format!("{times}{key}"));
        assert_eq!(once.views[0].cursor, counted.views[0].cursor, "{times}{key}");
    }
    let mut state = three();
    press(&mut state, "3<tab>");
    assert_eq!(state.panes.active, C);
    press(&mut state, "1<ctrl-w>w");
    assert_eq!(state.panes.active, A);
    press(&mut state, "99999j");
    assert_eq!(state.views[0].cursor_row(), state.views[0].rows.last());
    press(&mut state, "%");
    assert!(state.message.as_ref().unwrap().words.starts_with("how far down?"));
}

#[test]
fn search_goes_on_in_the_next_source_and_starts_again() {
    let mut state = three();
    press(&mut state, "/atlases<enter>");
    assert_eq!(state.panes.active, A);
    press(&mut state, "n");
    assert_eq!(state.panes.active, B);
    press(&mut state, "nn");
    assert_eq!(state.panes.active, A);
    press(&mut state, "N");
    assert_eq!(state.panes.active, C);
    press(&mut state, "/no such words<enter>");
    assert_eq!(state.message.as_ref().unwrap().words, "“no such words” is nowhere in these sources");
    press(&mut state, "<esc>gn");
    assert!(in_hand(&state).starts_with("Water 40 cm"), "without a search n goes to the next divergence");
}

#[test]
fn a_search_is_folded_and_counted_by_pane() {
    let mut state = three();
    press(&mut state, "/\"we lost<enter>");
    let counts = |state: &State| [A, B, C].map(|article| state.search.found(article).len());
    assert_eq!(counts(&state), [1, 1, 1], "a straight quotation mark finds a curly one");
    press(&mut state, "/library<enter>");
    assert_eq!(counts(&state), [2, 2, 3]);
    press(&mut state, "/Library<enter>");
    assert_eq!(counts(&state), [1, 0, 1], "a capital finds only capitals");
    press(&mut state, "<esc>");
    assert!(state.search.wanted.is_empty());
}

#[test]
fn the_dialog_closes_when_the_note_is_on_disk_and_not_before() {
    let mut state = three();
    let effects = press(&mut state, "]caWho measured?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((note.text.as_str(), note.author.as_deref()), ("Who measured?", Some("R. Okafor")));
    assert_eq!(note.evidence.len(), 2);
    assert_eq!(note.evidence[0].divergences, ["figure: 40 centimetres against half a metre"]);
    let Overlay::Note(dialog) = &state.overlay else { panic!("the dialog closed too soon") };
    assert_eq!(dialog.outcome, Outcome::Saving);
    let saved = Saved { notes: vec![(**note).clone()], remark: None };
    update(&mut state, Action::NoteSaved(note.id, Ok(saved)));
    assert!(matches!(state.overlay, Overlay::None));
    assert_eq!(state.shelf.entries().len(), 1);
}

#[test]
fn a_line_feed_begins_a_line_and_deletes_none() {
    let mut state = three();
    press(&mut state, "aWho?<ctrl-j>When?");
    let Overlay::Note(dialog) = &state.overlay else { panic!("no dialog") };
    assert_eq!(dialog.filled_in().text, "Who?\nWhen?");
}

#[test]
fn a_note_that_could_not_be_saved_stays_in_its_dialog() {
    let mut state = three();
    let effects = press(&mut state, "]caWho measured?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut state, Action::NoteSaved(note.id, Err("the disk is full".to_owned())));
    let Overlay::Note(dialog) = &state.overlay else { panic!("the note is lost") };
    assert_eq!(dialog.outcome, Outcome::Failed("the disk is full".to_owned()));
    assert_eq!(dialog.filled_in().text, "Who measured?");
    let again = press(&mut state, " Ask.<ctrl-s>");
    let [Effect::AddNote(again)] = again.as_slice() else { panic!("{again:?}") };
    assert_eq!((again.id, again.text.as_str()), (note.id, "Who measured? Ask."));
}

#[test]
fn a_dialog_with_something_in_it_asks_before_it_is_thrown_away() {
    let mut state = three();
    press(&mut state, "aIt matters<esc>");
    assert!(matches!(&state.overlay, Overlay::Note(dialog) if dialog.outcome == Outcome::AskedToDiscard));
    press(&mut state, "!<esc><esc>");
    assert!(matches!(state.overlay, Overlay::None));
    press(&mut state, "a<esc>");
    assert!(matches!(state.overlay, Overlay::None), "an empty one closes at once");
}

#[test]
fn an_empty_note_is_not_saved() {
    let mut state = three();
    assert_eq!(press(&mut state, "a<ctrl-s>"), []);
    assert!(matches!(&state.overlay, Overlay::Note(dialog) if matches!(dialog.outcome, Outcome::Failed(_))));
}

#[test]
fn verdict_tags_and_evidence_are_filled_in_by_keys() {
    let mut state = three();
    press(&mut state, "]ca<backtab>");
    assert!(matches!(&state.overlay, Overlay::Note(dialog) if dialog.field == Field::Verdict));
    let effects = press(&mut state, "d<tab><tab>time, depth<tab> <down><ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(note.verdict.as_deref(), Some("disputed"));
    assert_eq!(note.tags, ["time", "depth"]);
    assert_eq!(note.evidence.len(), 1, "the first counterpart was left out");
    assert!(note.evidence[0].passage.exact.starts_with("Water 40 cm"));
}

/// The rows of a source as they are laid out: its text, or how many sentences are folded away.
fn laid_out(state: &State, article: ArticleIndex) -> Vec<String> {
    let text = &state.articles[article.index()].text;
    let rows = &state.views[article.index()].rows;
    let row = |at: u32| rows.get(crossread::text::RowIndex(at)).unwrap();
    let said = |at: u32| match row(at).folded {
        0 => text.slice(row(at).shown).to_owned(),
        folded => format!("… {folded}"),
    };
    (0..rows.count().0).map(said).collect()
}

/// The sentences of a source that pass the filter.
fn passing(state: &State, article: ArticleIndex) -> Vec<&str> {
    let text = &state.articles[article.index()].text;
    let kept = state.views[article.index()].passing.sentences();
    kept.map(|sentence| text.slice(text.sentences()[sentence.index()].span)).collect()
}

#[test]
fn filters_go_round_and_escape_ends_them() {
    let mut state = three();
    press(&mut state, "F");
    assert_eq!(state.panes.filtering.which, Filter::Diverging);
    assert_eq!(passing(&state, B).len(), 2);
    press(&mut state, "F");
    assert_eq!(passing(&state, A)[0], "Library basement floods overnight", "all three have the headline's claim");
    press(&mut state, "3F");
    assert_eq!(state.panes.filtering.which, Filter::SharedByAll, "a count chooses one");
    press(&mut state, "5F");
    assert!(passing(&state, C).contains(&"The library opened in 1902."));
    assert!(!passing(&state, A).contains(&"11 March 2026"), "a dateline is nobody's own story");
    press(&mut state, "<esc>");
    assert_eq!((state.panes.filtering.which, passing(&state, C).len()), (Filter::All, 0));
    press(&mut state, "FFFFFF");
    assert_eq!(state.panes.filtering.which, Filter::All);
}

#[test]
fn a_filter_waits_for_the_comparison() {
    let (mut state, _) = opened(3, (120, 40));
    press(&mut state, "F");
    assert_eq!(state.panes.filtering.which, Filter::All);
    assert_eq!(state.message.as_ref().unwrap().words, "the sources are still being compared");
}

#[test]
fn dimming_moves_nothing_and_folding_keeps_the_place_and_the_level() {
    let mut state = three();
    press(&mut state, "]c]c]c");
    let (before, place) = (tops(&state), state.views[0].cursor);
    press(&mut state, "2F");
    assert_eq!(tops(&state), before);
    press(&mut state, "za");
    assert_eq!(state.views[0].cursor, place);
    assert!(in_hand(&state).starts_with("- About 2,300 books"));
    assert_eq!(line_of(&state, A, "- About 2,300"), focus(&state));
    assert_eq!(line_of(&state, B, "Volunteers saved"), focus(&state));
    let rows = laid_out(&state, A);
    assert_eq!(rows[0], "… 3", "{rows:#?}");
    assert!(rows.iter().any(|row| row.starts_with("Water rose")) && !rows.join(" ").contains("cyclist"), "{rows:#?}");
    press(&mut state, "za");
    assert_eq!((state.views[0].cursor, tops(&state)), (place, before));
}

#[test]
fn movements_pass_over_what_is_folded_away() {
    let mut state = three();
    press(&mut state, "2Fza");
    for keys in ["g)", "gj", "g}", "G2(", "G3{"] {
        press(&mut state, keys);
        assert!(passing(&state, A).contains(&in_hand(&state)), "{keys} goes to {}", in_hand(&state));
    }
    press(&mut state, "g]f]f");
    assert!(in_hand(&state).starts_with("A caretaker noticed"), "{}", in_hand(&state));
    press(&mut state, "[f");
    assert!(in_hand(&state).starts_with("Water rose"));
}

#[test]
fn going_to_a_folded_passage_unfolds_it() {
    let mut state = three();
    press(&mut state, "2Fza/cyclist before<enter>");
    assert!(in_hand(&state).starts_with("Nobody had seen"));
    assert_eq!(state.panes.filtering.which, Filter::Diverging);
    assert!(!laid_out(&state, A).iter().any(|row| row.starts_with('…')));
}

#[test]
fn a_filter_that_nothing_passes_folds_a_source_to_one_row() {
    let mut state = three();
    press(&mut state, ")))6Fza");
    assert_eq!(laid_out(&state, B).len(), 1);
    let place = state.views[0].cursor;
    press(&mut state, "jk)(}{d u5%zz<ctrl-e><ctrl-y>]f[f<tab>j<backtab>");
    let note = note_on(&state, A, "Nobody had seen the cyclist before.");
    update(&mut state, Action::Notes(vec![note]));
    assert_eq!(passing(&state, A), ["Nobody had seen the cyclist before."], "a new note shows at once");
    assert_eq!(laid_out(&state, A).iter().filter(|row| row.starts_with('…')).count(), 2);
    press(&mut state, "<esc>");
    assert_eq!(state.views[0].cursor, place);
}

/// A note on the first words of a source.
fn note_on(state: &State, article: ArticleIndex, words: &str) -> Note {
    let source = &state.articles[article.index()];
    let start = source.text.content().find(words).unwrap();
    let mut note = Note::on(source, crossread::text::ByteSpan::new(start, start + words.len()));
    note.text = format!("on {words}");
    note
}

#[test]
fn a_note_is_found_edited_removed_and_brought_back() {
    let mut state = three();
    let note = note_on(&state, A, "Nobody had seen the cyclist before.");
    update(&mut state, Action::Notes(vec![note.clone()]));
    press(&mut state, "]a");
    assert_eq!(in_hand(&state), "Nobody had seen the cyclist before.");
    let effects = press(&mut state, "i, really<ctrl-s>");
    let [Effect::UpdateNote(edited)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((edited.id, edited.text.as_str()), (note.id, "on Nobody had seen the cyclist before., really"));
    press(&mut state, "<esc><esc>");
    update(&mut state, Action::NoteSaved(note.id, Ok(Saved { notes: vec![note.clone()], remark: None })));
    assert_eq!(press(&mut state, "Add"), [], "removing asks first");
    assert_eq!(press(&mut state, "dd"), [Effect::RemoveNote(note.id)]);
    update(&mut state, Action::NoteRemoved(Ok(Saved::default())));
    assert!(state.shelf.entries().is_empty());
    assert_eq!(press(&mut state, "u"), [Effect::Turn(Way::Back)]);
    let back = Saved { notes: vec![note.clone()], remark: None };
    update(&mut state, Action::Turned(Way::Back, Ok(Some((Deed::Removed, back)))));
    assert_eq!(state.shelf.entries().len(), 1);
    assert_eq!(state.message.as_ref().unwrap().words, "undone: note removed · ^R does it again");
    assert_eq!(press(&mut state, "<ctrl-r>q"), [Effect::Turn(Way::Forth)]);
    assert_eq!(press(&mut state, "zu"), [Effect::Turn(Way::Back)]);
    assert_eq!(press(&mut state, "zr"), [Effect::Turn(Way::Forth)]);
}

/// A note on B whose words stand nowhere.
fn lost_note(state: &State) -> Note {
    let mut lost = note_on(state, B, "A fish was seen on the stairs.");
    lost.passages[0].exact = "Forty penguins marched through the reading room and sang hymns".to_owned();
    lost.passages[0].source.sha256 = "another".to_owned();
    lost
}

#[test]
fn an_unplaced_note_is_put_on_its_words_by_hand() {
    let mut state = three();
    let lost = lost_note(&state);
    update(&mut state, Action::Notes(vec![lost.clone()]));
    assert_eq!(press(&mut state, "Ap"), []);
    assert!(matches!(state.overlay, Overlay::None), "the reader goes to the words");
    assert_eq!(state.panes.active, B);
    assert_eq!(press(&mut state, "/mayor was on holiday<enter>"), []);
    let effects = press(&mut state, "a");
    let [Effect::UpdateNote(put)] = effects.as_slice() else { panic!("{effects:?}") };
    let passage = &put.passages[0];
    assert_eq!((put.id, passage.exact.as_str()), (lost.id, "The mayor was on holiday."));
    assert_eq!(passage.first.as_deref(), Some(&lost.passages[0]), "what it was made on is kept");
    assert!(state.shelf.placing.is_none());
    press(&mut state, "Ap<esc>");
    assert!(state.shelf.placing.is_none(), "given up");
    assert_eq!(press(&mut state, "a"), [], "now it writes a new one");
    assert!(matches!(state.overlay, Overlay::Note(_)));
}

#[test]
fn a_suggestion_is_asked_about_and_taken_as_it_stands() {
    let mut state = three();
    let mut note = note_on(&state, A, "Nobody had seen the cyclist before.");
    note.passages[0].source.sha256 = "another".to_owned();
    note.passages[0].exact = "Nobody had seen the 9 cyclists before".to_owned();
    update(&mut state, Action::Notes(vec![note]));
    let places = &state.shelf.entries()[0].places;
    assert!(matches!(places[0], Some((A, AnchorState::Suggested { .. }))), "{places:?}");
    press(&mut state, "Ap");
    assert_eq!(in_hand(&state), "Nobody had seen the cyclist before.");
    let effects = press(&mut state, "a");
    let [Effect::UpdateNote(put)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(put.passages[0].exact.starts_with("Nobody had seen the cyclist before"), "{}", put.passages[0].exact);
}

#[test]
fn what_could_not_be_saved_is_shown_kept_and_offered_before_quitting() {
    let mut state = three();
    let effects = press(&mut state, "]caWho measured?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    let note = (**note).clone();
    update(&mut state, Action::NoteSaved(note.id, Err("the disk is full".to_owned())));
    update(&mut state, Action::Pending(1, vec![note.clone()]));
    assert_eq!((state.shelf.entries().len(), state.shelf.unsaved), (1, 1), "it is shown like any other");
    press(&mut state, "<esc>");
    assert!(matches!(state.overlay, Overlay::None), "leaving does not ask to throw it away");
    assert!(state.message.as_ref().unwrap().words.contains("kept in memory"));
    assert_eq!(press(&mut state, "zw"), [Effect::Retry]);
    update(&mut state, Action::Retried(Err("the disk is full".to_owned())));
    assert_eq!(state.message.as_ref().unwrap().words, "1 change not saved · the disk is full");
    assert_eq!(press(&mut state, "Q"), [Effect::Retry], "quitting tries once more");
    update(&mut state, Action::Retried(Err("the disk is full".to_owned())));
    assert!(state.message.as_ref().unwrap().words.contains("Q quits and loses it"));
    assert_eq!(press(&mut state, "Q"), [Effect::Quit]);
    press(&mut state, "jQ");
    let saved = Saved { notes: vec![note], remark: None };
    assert_eq!(update(&mut state, Action::Retried(Ok(saved))), [Effect::Quit], "saved after all");
    assert_eq!(state.shelf.unsaved, 0);
}

#[test]
fn a_dialog_whose_note_nobody_keeps_does_not_close_by_itself() {
    let mut state = three();
    press(&mut state, "]caWho measured?<ctrl-s>");
    let Overlay::Note(dialog) = &state.overlay else { panic!("no dialog") };
    let id = dialog.note.id;
    update(&mut state, Action::NoteSaved(id, Err("the file is damaged".to_owned())));
    update(&mut state, Action::Retried(Ok(Saved::default())));
    assert!(matches!(state.overlay, Overlay::Note(_)), "its text is nowhere else");
    press(&mut state, "<esc>");
    assert!(matches!(state.overlay, Overlay::Note(_)), "leaving asks first");
}

#[test]
fn a_note_shows_what_it_was_written_about() {
    let mut state = three();
    let lost = lost_note(&state);
    update(&mut state, Action::Notes(vec![lost.clone()]));
    assert_eq!(press(&mut state, "Ao"), [Effect::Recall(lost.id)]);
    let around =
        Around { before: "At dawn ".to_owned(), words: "forty penguins".to_owned(), after: " sang.".to_owned() };
    let remembered = Remembered { text: None, archived: None, around };
    let source = lost.passages[0].source.clone();
    update(&mut state, Action::Recalled(vec![Recollection { source, remembered, put_on: None }]));
    let Overlay::Origin(origin) = &state.overlay else { panic!("nothing is shown") };
    assert!(origin.parts.iter().any(|(words, _)| words == "At dawn «forty penguins» sang."));
    press(&mut state, "jq");
    assert!(matches!(state.overlay, Overlay::Notes(_)), "closing leads back to the notes");
}

#[test]
fn unplaced_notes_stand_first_and_are_counted() {
    let mut state = three();
    let placed = note_on(&state, A, "Nobody had seen the cyclist before.");
    let mut lost = note_on(&state, B, "A fish was seen on the stairs.");
    lost.passages = vec![NotePassage {
        exact: "Forty penguins marched through the reading room and sang hymns".to_owned(),
        source: crossread::notes::SourceReference { sha256: "another".to_owned(), ..lost.passages[0].source.clone() },
        ..lost.passages[0].clone()
    }];
    update(&mut state, Action::Notes(vec![placed.clone(), lost.clone()]));
    let order: Vec<_> = state.shelf.entries().iter().map(|entry| entry.note.id).collect();
    assert_eq!(order, [lost.id, placed.id]);
    assert_eq!(state.shelf.uncertain(), (0, 1));
    press(&mut state, "A<enter>");
    assert_eq!(
        state.message.as_ref().unwrap().words,
        "its words are not in the open sources · p puts it by hand · o shows them"
    );
    press(&mut state, "j<enter>");
    assert_eq!(in_hand(&state), "Nobody had seen the cyclist before.");
}

/// The first words of the rows of the table of claims, with the sources that have each.
fn claims(state: &State) -> Vec<String> {
    let overlay = match &state.overlay {
        Overlay::Prompt(prompt) => &prompt.behind,
        other => other,
    };
    let Overlay::Claims(claims) = overlay else { panic!("the table of claims is not open") };
    let row = |row: &crossread::reader::state::claim::ClaimRow| {
        let text = &state.articles[row.members[0].article.index()].text;
        let words: Vec<&str> = text.slice(row.members[0].span).split(' ').take(3).collect();
        let letters: String = row
            .cells
            .iter()
            .zip("ABC".chars())
            .map(|(cell, letter)| if cell.is_some() { letter } else { ' ' })
            .collect();
        format!("{} {}", letters, words.join(" "))
    };
    claims.rows.iter().map(row).collect()
}

#[test]
fn the_table_of_claims_is_sorted_by_place_support_and_divergences() {
    let mut state = three();
    press(&mut state, "C");
    let by_place = claims(&state);
    assert_eq!(by_place[..2], ["ABC Library basement floods", "ABC Water rose 40"]);
    assert!(by_place.contains(&"A   He shut the".to_owned()), "what only one has stands in it, too: {by_place:#?}");
    press(&mut state, "s");
    let by_support = claims(&state);
    assert!(by_support[..3].iter().all(|row| row.starts_with("ABC")) && by_support.last().unwrap().starts_with("  C"));
    press(&mut state, "s");
    assert_eq!(claims(&state)[0], "ABC Water rose 40", "two divergences lie in it");
    press(&mut state, "s");
    assert_eq!(claims(&state), by_place);
}

#[test]
fn the_table_of_claims_is_filtered_and_narrowed_and_keeps_what_was_chosen() {
    let mut state = three();
    press(&mut state, "]cCF");
    assert_eq!(claims(&state), ["ABC Water rose 40", "A C A caretaker noticed", "AB  About 2,300 books"]);
    press(&mut state, "j3F");
    assert_eq!(claims(&state).len(), 3, "shared by all");
    press(&mut state, "5F/Fish");
    assert!(claims(&state).is_empty(), "a capital finds only capitals");
    press(&mut state, "<backspace><backspace><backspace><backspace>fish");
    assert_eq!(claims(&state), [" B  A fish was"], "it is narrowed while it is typed");
    press(&mut state, "<enter><enter>");
    assert!(matches!(state.overlay, Overlay::None));
    assert_eq!((state.panes.active, in_hand(&state)), (B, "A fish was seen on the stairs."));
    press(&mut state, "C1F/volunteers");
    let Overlay::Prompt(prompt) = &state.overlay else { panic!("a line is typed") };
    let Overlay::Claims(table) = &prompt.behind else { panic!("over the table") };
    assert_eq!(table.rows[0].members[table.rows[0].shown].article, B, "the wording that holds the words is shown");
    press(&mut state, "<enter>5Fq<ctrl-o>C");
    assert!(claims(&state).len() > 1, "the words are forgotten and the filter is not");
    assert!(claims(&state).iter().all(|row| row[..3].trim().len() == 1));
    press(&mut state, "/zebra<esc>q");
    assert!(matches!(state.overlay, Overlay::None), "escape leaves the line, q the list");
}

#[test]
fn the_table_of_claims_is_narrowed_to_values_and_leads_to_the_words_that_part() {
    let mut state = three();
    press(&mut state, "C/half a metre · c");
    assert_eq!(claims(&state), ["ABC Water rose 40"], "no source says both values");
    press(&mut state, "<enter><enter>");
    let cursor = state.views[0].cursor.index();
    let words = &state.articles[0].text.content()[cursor..];
    assert!(state.panes.active == A && words.starts_with("40 centimetres"), "{words}");
    press(&mut state, "Cgjjss");
    let Overlay::Claims(table) = &state.overlay else { panic!("the table is open") };
    assert_eq!(table.list.chosen, 0, "another order begins at its top");
}

#[test]
fn a_search_that_stays_where_it_is_says_which_of_how_many() {
    let mut state = three();
    press(&mut state, "/40 centimetres<enter>");
    assert_eq!(said(&state), "“40 centimetres” 1 of 1");
    press(&mut state, "/40 centimetres<enter>");
    assert_eq!(said(&state), "“40 centimetres” 1 of 1");
}

/// The first words of the notes that are listed.
fn listed(state: &State) -> Vec<String> {
    let Overlay::Notes(notes) = &state.overlay else { panic!("the list of notes is not open") };
    notes.shown.iter().map(|id| state.shelf.get(*id).unwrap().note.text.clone()).collect()
}

#[test]
fn notes_are_sorted_filtered_and_narrowed() {
    let mut state = three();
    let note = |words: &str, article, verdict: Option<&str>, second: i64| {
        let mut note = note_on(&state, article, words);
        note.text = words.to_owned();
        note.verdict = verdict.map(str::to_owned);
        note.created = jiff::Timestamp::from_second(1_770_000_000 + second).unwrap();
        note
    };
    let notes = vec![
        note("A fish was seen", B, Some("false"), 1),
        note("Nobody had seen", A, None, 3),
        note("The mayor was on holiday", B, Some("disputed"), 2),
    ];
    update(&mut state, Action::Notes(notes));
    let (fish, nobody, mayor) = ("A fish was seen", "Nobody had seen", "The mayor was on holiday");
    press(&mut state, "As");
    assert_eq!(listed(&state), [nobody, fish, mayor], "by place");
    press(&mut state, "s");
    assert_eq!(listed(&state), [mayor, fish, nobody], "by verdict, in the order of the list of verdicts");
    press(&mut state, "s");
    assert_eq!(listed(&state), [nobody, mayor, fish], "by time");
    press(&mut state, "jj3F");
    assert_eq!(listed(&state), [mayor], "only disputed");
    press(&mut state, "F");
    assert_eq!(listed(&state), [fish], "only false");
    press(&mut state, "F");
    assert_eq!(listed(&state), [nobody], "without a verdict");
    press(&mut state, "F/seen<enter>");
    assert_eq!(listed(&state), [nobody, fish]);
    press(&mut state, "j<enter>");
    assert!(in_hand(&state).starts_with("A fish was seen"));
    press(&mut state, "A");
    assert_eq!(listed(&state).len(), 3);
    press(&mut state, "dd");
    let id = state.shelf.entries().iter().find(|entry| entry.note.text == nobody).unwrap().note.id;
    assert_eq!(press(&mut state, "dd"), [Effect::RemoveNote(id)], "the one that is chosen, not the first in the file");
}

#[test]
fn export_asks_for_the_file_and_offers_the_notes_own_folder() {
    let mut state = three();
    assert_eq!(press(&mut state, "x"), []);
    assert!(state.message.as_ref().unwrap().words.starts_with("there are no notes to export yet"));
    let note = note_on(&state, A, "Nobody had seen the cyclist before.");
    update(&mut state, Action::Notes(vec![note]));
    assert_eq!(press(&mut state, "x<enter>"), [Effect::Export("/notes/notes.md".into())]);
    assert_eq!(press(&mut state, "x<esc>"), []);
    assert_eq!(press(&mut state, "x<ctrl-u>report.md<enter>"), [Effect::Export("report.md".into())]);
    update(&mut state, Action::Exported("/notes/notes.md".into(), Err("it is not a file that crossread wrote".into())));
    assert!(state.message.as_ref().unwrap().words.starts_with("not exported: /notes/notes.md"));
}

#[test]
fn q_closes_what_is_open_before_it_quits() {
    let mut state = three();
    assert_eq!(press(&mut state, "?q"), []);
    assert_eq!(press(&mut state, "Aq"), []);
    assert_eq!(press(&mut state, "Cq"), []);
    assert_eq!(press(&mut state, "q"), [Effect::Quit]);
    assert_eq!(press(&mut state, "?Q"), [Effect::Quit]);
}

#[test]
fn a_key_that_means_nothing_is_named() {
    let mut state = three();
    press(&mut state, "]x");
    assert_eq!(state.message.as_ref().unwrap().words, "]x is not bound · ? shows the keys");
    press(&mut state, "j");
    assert_eq!(state.message, None);
}

#[test]
fn a_press_of_the_mouse_takes_the_passage_in_hand_and_leaves_its_pane() {
    let mut state = three();
    let before = tops(&state);
    let pane = *state.layout.pane(B).unwrap();
    let line = line_of(&state, B, "The basement of Saltmere");
    let at = Position { x: pane.text.x + 3, y: pane.text.y + u16::try_from(line).unwrap() };
    update(&mut state, Action::Click(at));
    assert_eq!(state.panes.active, B);
    assert!(in_hand(&state).starts_with("The basement of Saltmere"));
    assert_eq!(tops(&state)[1], before[1]);
    assert_eq!(line_of(&state, A, "Water rose"), line);
}

#[test]
fn the_wheel_scrolls_the_pane_under_it() {
    let mut state = three();
    let pane = *state.layout.pane(C).unwrap();
    update(&mut state, Action::Wheel(Position { x: pane.text.x, y: pane.text.y + 2 }, 1));
    assert_eq!(state.panes.active, C);
    assert!(state.views[2].cursor_row().0 > 0);
}

#[test]
fn pasted_text_loses_what_a_terminal_would_obey() {
    let mut state = three();
    press(&mut state, "a");
    update(&mut state, Action::Paste("one\u{1b}[31m\ntwo\u{202e}".to_owned()));
    let Overlay::Note(dialog) = &state.overlay else { panic!("the dialog is open") };
    assert_eq!(dialog.filled_in().text, "one␛[31m\ntwo\u{fffd}");
}

#[test]
fn a_passage_is_copied_alone_or_with_its_source() {
    let mut state = three();
    let words = "Water rose 40 centimetres deep in the basement of Saltmere library on Monday night, staff said.";
    let clip = Clip { words: words.to_owned(), amount: "16 words".to_owned() };
    assert_eq!(press(&mut state, "]cy"), [Effect::Copy(clip)]);
    let effects = press(&mut state, "Y");
    let [Effect::Copy(Clip { words: cited, .. })] = effects.as_slice() else { panic!("{effects:?}") };
    let source = "(Library basement floods overnight, Saltmere Post, 11 Mar 2026; /news/saltmere post.txt)";
    assert_eq!(cited, &format!("“{words}” {source}"));
}

/// The words that are selected.
fn selected(state: &State) -> &str {
    state.selected().map_or("", |span| state.articles[state.panes.active.index()].text.slice(span))
}

#[test]
fn a_selection_grows_by_words_from_the_passage_on() {
    let mut state = three();
    press(&mut state, "]cv");
    assert_eq!(selected(&state), "Water");
    press(&mut state, "wwl");
    assert_eq!(selected(&state), "Water rose 40 centimetres");
    press(&mut state, "b");
    assert_eq!(selected(&state), "Water rose 40");
    press(&mut state, "oww");
    assert_eq!(selected(&state), "40", "the other end moved on");
    press(&mut state, "2b");
    assert_eq!(selected(&state), "Water rose 40");
    let clip = Clip { words: "Water rose 40".to_owned(), amount: "3 words".to_owned() };
    assert_eq!(press(&mut state, "y"), [Effect::Copy(clip)]);
    assert_eq!(state.selected(), None);
    update(&mut state, Action::Copied("3 words".to_owned(), "with xclip".to_owned()));
    assert_eq!(state.message.as_ref().unwrap().words, "copied 3 words with xclip");
}

#[test]
fn a_selection_begins_at_the_word_that_was_found() {
    let mut state = three();
    press(&mut state, "/centimetres<enter>v");
    assert_eq!(selected(&state), "centimetres");
    press(&mut state, "<esc>wWWv");
    assert_eq!(selected(&state), "40", "words can be stepped over before selecting");
}

#[test]
fn a_selection_grows_by_sentences_and_by_rows() {
    let mut state = three();
    press(&mut state, "]cV");
    let first = in_hand(&state).to_owned();
    assert_eq!(selected(&state), first);
    press(&mut state, ")");
    let two = selected(&state).to_owned();
    assert!(two.starts_with(&first) && two.len() > first.len() && two.ends_with('.'), "{two}");
    press(&mut state, "v");
    assert!(selected(&state).len() < two.len(), "by words it ends with a word of the second sentence");
    press(&mut state, "v");
    assert_eq!(state.selected(), None, "the same key ends it");
    let row = state.views[0].cursor_row();
    press(&mut state, "vj");
    assert_eq!(state.views[0].cursor_row().0, row.0 + 1);
    assert!(selected(&state).split_whitespace().count() > 3);
}

#[test]
fn a_cited_selection_names_its_source() {
    let mut state = three();
    let effects = press(&mut state, "]cvwwwY");
    let [Effect::Copy(clip)] = effects.as_slice() else { panic!("{effects:?}") };
    let source = "(Library basement floods overnight, Saltmere Post, 11 Mar 2026; /news/saltmere post.txt)";
    assert_eq!(clip.words, format!("“Water rose 40 centimetres” {source}"));
    assert_eq!(clip.amount, "4 words with their source");
}

#[test]
fn a_citation_names_the_author_and_says_nothing_twice() {
    let mut state = three();
    let mut articles = (*state.articles).clone();
    articles[0].metadata.outlet = None;
    articles[0].metadata.byline = Some("Ann Bell".to_owned());
    state.articles = Arc::new(articles);
    let effects = press(&mut state, "]cvwwwY");
    let [Effect::Copy(clip)] = effects.as_slice() else { panic!("{effects:?}") };
    let source = "(Ann Bell, Library basement floods overnight, 11 Mar 2026; /news/saltmere post.txt)";
    assert!(clip.words.ends_with(source), "{}", clip.words);
}

#[test]
fn a_note_can_be_written_on_what_is_selected() {
    let mut state = three();
    let effects = press(&mut state, "]cvwwwaHow deep?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(note.passages[0].exact, "Water rose 40 centimetres");
    assert_eq!(note.evidence.len(), 2, "the counterparts of its passage are offered");
}

#[test]
fn a_selection_ends_with_esc_and_where_another_source_is_read() {
    let mut state = three();
    press(&mut state, "vww<esc>");
    assert_eq!(state.selected(), None);
    press(&mut state, "vww");
    let pane = *state.layout.pane(B).unwrap();
    update(&mut state, Action::Click(Position { x: pane.text.x, y: pane.text.y + 1 }));
    assert_eq!((state.panes.active, state.panes.selection), (B, None));
}

#[test]
fn an_address_is_opened_only_where_it_is_one_of_the_web() {
    let mut state = three();
    assert_eq!(press(&mut state, "U"), []);
    assert_eq!(state.message.as_ref().unwrap().words, "A has no address on the web: /news/saltmere post.txt");
    update(&mut state, Action::AddressOpened("https://a.example/1".to_owned(), Ok("xdg-open".to_owned())));
    assert_eq!(state.message.as_ref().unwrap().words, "handed to xdg-open: https://a.example/1");
}

#[test]
fn an_editor_takes_the_text_and_gives_it_back() {
    let mut state = three();
    assert_eq!(press(&mut state, "]caWho?<ctrl-e>"), [Effect::Edit("Who?".to_owned())]);
    update(&mut state, Action::Edited(Ok("Who measured?\n\n- the *caretaker*\n\tor\u{1b}[31m staff\n".to_owned())));
    let Overlay::Note(dialog) = &state.overlay else { panic!("the dialog is open") };
    assert_eq!(dialog.filled_in().text, "Who measured?\n\n- the *caretaker*\n    or␛[31m staff");
    update(&mut state, Action::Edited(Err("vi gave up".to_owned())));
    assert_eq!(state.message.as_ref().unwrap().words, "vi gave up · the text is as it was");
    let effects = press(&mut state, "!<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(note.text.ends_with("staff!"), "{}", note.text);
}

#[test]
fn panes_change_places_and_keep_what_they_show() {
    let mut state = three();
    press(&mut state, "]c");
    let before = tops(&state);
    press(&mut state, "L");
    assert_eq!(state.panes.arrangement.order, [B, A, C]);
    assert_eq!((state.panes.active, tops(&state)), (A, before));
    press(&mut state, "2H");
    assert_eq!(state.panes.arrangement.order, [A, B, C]);
    press(&mut state, "H");
    assert_eq!(state.message.as_ref().unwrap().words, "it is the first pane");
}

/// The passage of the sentence in hand.
fn passage_in_hand(state: &State) -> Passage {
    let text = &state.articles[state.panes.active.index()].text;
    Passage { article: state.panes.active, span: text.sentences()[state.sentence().unwrap().index()].span }
}

#[test]
fn a_link_is_made_by_naming_two_passages_with_one_key() {
    let mut state = three();
    press(&mut state, "/The council<enter>");
    let here = passage_in_hand(&state);
    assert_eq!(press(&mut state, "="), []);
    press(&mut state, "<tab>/mayor<enter>");
    let there = passage_in_hand(&state);
    assert_eq!(there.article, B);
    let effects = press(&mut state, "=");
    assert_eq!(effects, [Effect::HandLink(Wish::Link(here, there), Some("R. Okafor".to_owned()))]);
    assert_eq!(state.shelf.by_hand.begun, None);
    update(&mut state, Action::HandLink(Answer::Linked, Ok(None)));
    assert_eq!(state.message.as_ref().unwrap().words, "linked by hand · ! removes the link");
    let effects = press(&mut state, "!");
    assert_eq!(effects, [Effect::HandLink(Wish::Unlink(here, there), Some("R. Okafor".to_owned()))]);
}

#[test]
fn a_link_in_the_making_can_be_given_up_and_needs_another_source() {
    let mut state = three();
    press(&mut state, "]c=))=");
    assert_eq!(state.message.as_ref().unwrap().words, "A is the source you began with: go to a passage of another");
    assert!(state.shelf.by_hand.begun.is_some());
    press(&mut state, "<esc>");
    assert_eq!(state.shelf.by_hand.begun, None);
    let (mut one, _) = opened(1, (80, 24));
    one.findings.stage = Stage::Done;
    assert_eq!(press(&mut one, "="), []);
    assert_eq!(one.shelf.by_hand.begun, None);
}

#[test]
fn one_key_removes_the_only_counterpart_shown_and_brings_it_back() {
    let mut state = three();
    press(&mut state, "]c]c]c");
    let here = passage_in_hand(&state);
    let effects = press(&mut state, "!");
    let [Effect::HandLink(Wish::Unlink(a, b), _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((*a, b.article), (here, B), "only B has a counterpart of it");
    update(&mut state, Action::HandLink(Answer::Unlinked, Ok(None)));
    assert_eq!(press(&mut state, "!"), effects, "asked for once more, it comes back");
    let mut elsewhere = three();
    press(&mut elsewhere, "]c]c)");
    let here = passage_in_hand(&elsewhere);
    assert_eq!(press(&mut elsewhere, "!"), [Effect::HandLink(Wish::BringBack(here), Some("R. Okafor".to_owned()))]);
}

#[test]
fn of_several_counterparts_the_one_to_part_from_is_named() {
    let mut state = three();
    press(&mut state, "]c");
    let here = passage_in_hand(&state);
    assert_eq!(press(&mut state, "!"), []);
    let effects = press(&mut state, "<tab><tab>!");
    let [Effect::HandLink(Wish::Unlink(a, b), _)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((*a, b.article), (here, C));
}

#[test]
fn links_laid_over_the_comparison_move_no_pane() {
    let mut state = three();
    press(&mut state, "]c]c");
    let before = tops(&state);
    let passage = |state: &State, article: ArticleIndex, words: &str| {
        let content = state.articles[article.index()].text.content();
        let start = content.find(words).unwrap();
        Passage { article, span: crossread::text::ByteSpan::new(start, start + words.len()) }
    };
    let pair =
        (passage(&state, A, "The council will meet on Thursday."), passage(&state, B, "The mayor was on holiday."));
    let link = HandLink { a: pair.0, b: pair.1, judgement: Judgement::Made };
    let overruled = overrule(state.findings.comparison(), &state.articles, &[link]);
    let tally = Tally { made: 1, unplaced: 2, ..Tally::default() };
    update(&mut state, Action::Overruled(Arc::new(overruled), tally));
    assert_eq!((tops(&state), state.shelf.by_hand.tally.unplaced), (before, 2));
    press(&mut state, "/council<enter>");
    assert_eq!(line_of(&state, B, "The mayor was on holiday."), focus(&state));
    let panel: String = state.passage.rows.iter().map(|row| format!("{row:?}")).collect();
    assert!(panel.contains("linked by hand"), "{panel}");
    assert!(state.passage.title.ends_with("2 of 3 sources"), "{}", state.passage.title);
}

#[test]
fn a_link_that_could_not_be_saved_is_said() {
    let mut state = three();
    update(&mut state, Action::HandLink(Answer::Linked, Err("the disk is full".to_owned())));
    assert_eq!(state.message.as_ref().unwrap().words, "not saved: the disk is full");
    assert_eq!(state.shelf.unsaved, 1);
}

#[test]
fn a_source_that_changed_is_read_again_when_asked_and_keeps_the_place() {
    let mut state = three();
    let note = note_on(&state, A, "Nobody had seen the cyclist before.");
    update(&mut state, Action::Notes(vec![note]));
    assert_eq!(press(&mut state, "R"), [], "nothing changed yet");
    press(&mut state, "/cyclist before<enter>");
    let line = focus(&state);
    update(&mut state, Action::OnDisk(A, OnDisk::Changed));
    assert_eq!(state.on_disk(OnDisk::Changed), [A]);
    assert_eq!(press(&mut state, "R"), [Effect::Reload]);
    let mut articles = (*state.articles).clone();
    let content = articles[0].text.content().replace("The pipe had been patched", "The old pipe had been mended");
    let content = content.replace("Saltmere Post\n", "Saltmere Post\n\nThis article was amended on 12 March.\n\n");
    articles[0] = notation::article("Saltmere Post", content);
    let before = tops(&state);
    update(&mut state, Action::Reloaded(Arc::new(articles), vec![A]));
    assert_eq!(in_hand(&state), "Nobody had seen the cyclist before.");
    assert_eq!((focus(&state), line_of(&state, A, "He shut the main valve") < line), (line, true));
    assert_eq!(tops(&state)[1..], before[1..], "the other panes stay");
    assert_eq!((state.findings.stage, state.on_disk(OnDisk::Changed)), (Stage::Running(0), vec![]));
    assert_eq!(state.shelf.entries()[0].certainty(), Certainty::Placed);
    let (_, compared) = opened(3, (120, 40));
    let before = tops(&state);
    update(&mut state, compared);
    assert_eq!(tops(&state), before, "marks come without moving a line");
}

#[test]
fn the_place_in_a_passage_that_is_gone_is_the_nearest_that_stands() {
    let mut state = three();
    press(&mut state, "/cyclist before<enter>");
    let mut articles = (*state.articles).clone();
    let content = articles[0].text.content().replace(" Nobody had seen the cyclist before.", "");
    articles[0] = notation::article("Saltmere Post", content);
    update(&mut state, Action::Reloaded(Arc::new(articles), vec![A]));
    assert!(in_hand(&state).starts_with("“We lost the atlases"), "{}", in_hand(&state));
    let mut articles = (*state.articles).clone();
    articles[0] = notation::article("Saltmere Post", "Withdrawn.\n".to_owned());
    update(&mut state, Action::Reloaded(Arc::new(articles), vec![A]));
    assert_eq!(in_hand(&state), "Withdrawn.");
    press(&mut state, "jk)(G=!R");
}

#[test]
fn a_file_that_is_gone_is_said_and_reading_goes_on() {
    let mut state = three();
    update(&mut state, Action::OnDisk(B, OnDisk::Gone));
    assert_eq!(state.message.as_ref().unwrap().words, "the file of B is gone; its text can still be read here");
    assert!(state.on_disk(OnDisk::Changed).is_empty());
    press(&mut state, "j");
    assert_eq!(press(&mut state, "R"), []);
    assert_eq!(said(&state), "the file of B is gone; its text can still be read here");
}

#[test]
fn what_was_said_gives_way_to_what_holds_now() {
    let (mut state, compared) = opened(3, (120, 40));
    press(&mut state, "]c");
    assert_eq!(said(&state), "the sources are still being compared");
    update(&mut state, compared);
    assert!(state.message.is_none());
    press(&mut state, "R");
    assert_eq!(said(&state), "no source changed on disk");
    update(&mut state, Action::OnDisk(B, OnDisk::Changed));
    assert!(state.message.is_none());
}

#[test]
fn no_sources_at_all_are_no_reason_to_panic() {
    let (mut state, compared) = opened(0, (80, 24));
    update(&mut state, compared);
    press(&mut state, "j)}]c]mttabs;,dGg%/x<enter>aAq<tab>JK-+o?qCx<esc>=!R=");
    let (mut one, compared) = opened(1, (80, 24));
    update(&mut one, compared);
    press(&mut one, "j)}]c]mt;,dGg%/x<enter>");
    assert_eq!(one.layout.panes.len(), 1);
}

#[test]
fn a_typed_line_does_what_keys_do() {
    let mut state = three();
    press(&mut state, ":set scrolling=free<enter>");
    assert_eq!(state.panes.scrolling, Scrolling::Free);
    press(&mut state, ":$<enter>");
    assert_eq!(state.views[0].cursor_row(), state.views[0].rows.last());
    press(&mut state, ":1<enter>:set filter=noted<enter>");
    assert_eq!((state.views[0].cursor_row().0, state.panes.filtering.which), (0, Filter::Noted));
    press(&mut state, ":notes<enter>");
    assert!(matches!(state.overlay, Overlay::Notes(_)));
    press(&mut state, ":claims<enter>");
    assert!(matches!(state.overlay, Overlay::Claims(_)));
    assert_eq!(press(&mut state, ":open other.txt<enter>"), [Effect::Open("other.txt".into())]);
    assert_eq!(press(&mut state, ":set mouse<enter>"), [Effect::Mouse(true)]);
    assert_eq!(press(&mut state, ":q<enter>"), [Effect::Quit]);
}

#[test]
fn a_line_that_is_not_understood_says_what_is() {
    let mut state = three();
    for (line, part) in [("zom", "zoom"), ("set panel=big", "hidden"), ("set x", "scrolling")] {
        assert!(press(&mut state, &format!(":{line}<enter>")).is_empty());
        let said = state.message.as_ref().unwrap();
        assert!(said.words.contains(part), "{line}: {}", said.words);
    }
}

/// The line being typed.
fn typed(state: &State) -> String {
    match &state.overlay {
        Overlay::Prompt(prompt) => prompt.line.lines().join(" "),
        other => panic!("{other:?}"),
    }
}

#[test]
fn tab_completes_words_values_and_files() {
    let mut state = three();
    press(&mut state, ":set<tab>");
    assert_eq!(typed(&state), "set ");
    press(&mut state, "<tab><tab>");
    assert_eq!(typed(&state), "set mouse=");
    press(&mut state, "<backtab>");
    assert_eq!(typed(&state), "set filter=");
    press(&mut state, "d<tab>");
    assert_eq!(typed(&state), "set filter=diverging");
    press(&mut state, "<esc>:open la");
    assert_eq!(press(&mut state, "<tab>"), [Effect::ListFiles("la".to_owned())]);
    let files = vec!["land/".to_owned(), "lantern.txt".to_owned()];
    update(&mut state, Action::Files("la".to_owned(), files));
    assert_eq!(typed(&state), "open land/");
    press(&mut state, "<tab>");
    assert_eq!(typed(&state), "open lantern.txt");
}

#[test]
fn lines_typed_before_come_back_each_to_its_kind() {
    let mut state = three();
    press(&mut state, ":notes<enter><esc>/water<enter>:1<enter>:<up><up>");
    assert_eq!(typed(&state), "notes");
    press(&mut state, "<down>");
    assert_eq!(typed(&state), "1");
    press(&mut state, "<down>");
    assert_eq!(typed(&state), "");
    press(&mut state, "<esc>/<up>");
    assert_eq!(typed(&state), "water");
}

#[test]
fn another_source_is_opened_without_moving_what_is_read() {
    let mut state = three();
    press(&mut state, "]c]c");
    let (articles, _) = notation::event(&event::first(4));
    update(&mut state, Action::Opened(Arc::new(articles)));
    assert_eq!((state.views.len(), state.layout.panes.len()), (4, 4));
    assert!(matches!(state.findings.stage, Stage::Running(_)));
    assert!(in_hand(&state).starts_with("A caretaker"), "{}", in_hand(&state));
    assert_eq!(line_of(&state, A, "A caretaker"), focus(&state));
    assert!(state.message.as_ref().unwrap().words.contains("D 晨報 Morning opened"), "{:?}", state.message);
}

/// Presses the mouse on a place, moves it to others and lets it go.
fn drag(state: &mut State, places: &[(u16, u16)]) {
    for (at, &(x, y)) in places.iter().enumerate() {
        let place = Position { x, y };
        update(state, if at == 0 { Action::Click(place) } else { Action::Drag(place) });
    }
    update(state, Action::Release);
}

fn widths(state: &State) -> Vec<u16> {
    state.layout.panes.iter().map(|pane| pane.width()).collect()
}

#[test]
fn a_border_is_dragged_or_moved_by_keys_and_the_place_is_kept() {
    let mut state = three();
    press(&mut state, "]c]c");
    let before = in_hand(&state).to_owned();
    assert_eq!(widths(&state), [40, 40, 40]);
    drag(&mut state, &[(39, 0), (45, 1), (49, 3)]);
    assert_eq!(widths(&state), [50, 30, 40]);
    drag(&mut state, &[(79, 9), (99, 9)]);
    assert_eq!(widths(&state), [50, 50, 20]);
    drag(&mut state, &[(49, 9), (119, 9)]);
    assert_eq!(widths(&state), [84, 16, 20], "no pane vanishes");
    press(&mut state, "<ctrl-w>=");
    assert_eq!(widths(&state), [40, 40, 40]);
    press(&mut state, "2<ctrl-w>>");
    assert_eq!(widths(&state), [44, 36, 40]);
    assert_eq!(in_hand(&state), before);
    assert_eq!(line_of(&state, A, &before[..9]), focus(&state));
    press(&mut state, "<tab><tab><ctrl-w>>");
    assert_eq!((state.panes.active, widths(&state)), (C, vec![44, 34, 42]));
}

#[test]
fn the_overview_is_a_place_to_go_to_until_it_is_dragged() {
    let mut state = three();
    let pane = *state.layout.pane(A).unwrap();
    let mark = state.views[0].overview.iter().rposition(|stretch| *stretch == Stretch::Diverges).unwrap();
    drag(&mut state, &[(pane.strip.x, pane.strip.y + u16::try_from(mark).unwrap())]);
    assert!(in_hand(&state).starts_with("- About 2,300 books"), "{}", in_hand(&state));
    assert_eq!(widths(&state), [40, 40, 40]);
}

#[test]
fn the_passage_panel_goes_to_the_side_and_takes_as_much_as_is_wanted() {
    let mut state = three();
    press(&mut state, "]c");
    let before = in_hand(&state).to_owned();
    let panel = state.layout.panel;
    press(&mut state, "\\");
    assert!(state.layout.panel_is_beside());
    assert_eq!((state.layout.panel.width, state.layout.panes.len()), (40, 2));
    press(&mut state, "4<ctrl-w>+");
    assert_eq!(state.layout.panel.width, 44);
    let edge = state.layout.panel.x;
    drag(&mut state, &[(edge, 5), (60, 5)]);
    assert_eq!(state.layout.panel.x, 60);
    press(&mut state, "\\");
    assert_eq!(state.layout.panel, panel);
    let title = state.layout.panel_title.y;
    drag(&mut state, &[(5, title), (5, 15)]);
    assert_eq!(state.layout.panel_title.y, 15);
    press(&mut state, "<ctrl-w>-<ctrl-w>-");
    assert_eq!(state.layout.panel_title.y, 17);
    assert_eq!(in_hand(&state), before);
    press(&mut state, "pp");
    assert_eq!(state.layout.panel, panel, "shown again it is as it was to begin with");
    let (mut narrow, compared) = opened(3, (80, 24));
    update(&mut narrow, compared);
    press(&mut narrow, "\\");
    assert!(!narrow.layout.panel_is_beside());
    assert!(narrow.message.as_ref().unwrap().words.contains("too narrow"));
}

#[test]
fn a_hidden_source_comes_back_level_and_is_found_meanwhile() {
    let mut state = three();
    press(&mut state, "]c<tab>X");
    assert_eq!((state.layout.panes.len(), state.panes.active), (2, C));
    assert_eq!(state.panes.arrangement.hidden, [B]);
    press(&mut state, "<tab>");
    assert!(in_hand(&state).starts_with("Water rose"), "{}", in_hand(&state));
    press(&mut state, "<ctrl-w>u");
    assert_eq!(state.panes.arrangement.order, [A, B, C]);
    assert_eq!(line_of(&state, B, "The basement of Saltmere"), focus(&state));
    press(&mut state, "<tab>X/paper boats<enter>");
    assert_eq!((state.panes.active, state.layout.panes.len()), (B, 3), "what is found is shown");
    press(&mut state, "XXX");
    assert_eq!(state.message.as_ref().unwrap().words, "it is the only source shown");
    press(&mut state, "++");
    assert_eq!(state.layout.panes.len(), 3);
}

#[test]
fn hidden_sources_come_back_to_their_places() {
    let mut state = three();
    press(&mut state, "X<ctrl-w>u");
    assert_eq!(state.panes.arrangement.order, [A, B, C]);
    press(&mut state, "XX<ctrl-w>u<ctrl-w>u");
    assert_eq!(state.panes.arrangement.order, [A, B, C]);
    press(&mut state, "<tab>X<ctrl-w>u");
    assert_eq!(state.panes.arrangement.order, [A, B, C]);
}

#[test]
fn the_last_divergence_of_a_source_says_where_there_are_more() {
    let mut state = three();
    press(&mut state, "<tab><tab>g");
    press(&mut state, "]c]c]c]c]c]c]c]c");
    let said = state.message.clone().unwrap().words;
    assert!(said.starts_with("no divergence further down in C · further down: "), "{said}");
    assert!(said.ends_with(" · Tab reads there"), "{said}");
}

#[test]
fn a_count_beyond_the_last_divergence_leads_to_the_last() {
    let mut state = three();
    press(&mut state, "99]c");
    let (at, of) = state.divergence_place();
    assert_eq!(at, of);
    assert_eq!(said(&state), format!("divergence {of} of {of}: none further down"));
    press(&mut state, "99[c");
    assert_eq!(state.divergence_place().0, 1);
}

#[test]
fn notes_further_down_in_other_sources_are_said() {
    let mut state = three();
    let note = note_on(&state, B, "The mayor was on holiday");
    update(&mut state, Action::Notes(vec![note]));
    press(&mut state, "]a");
    assert_eq!(said(&state), "no note in A · further down: 1 in B · Tab reads there");
}

#[test]
fn a_count_turns_the_counterparts_of_one_pane() {
    let mut state = three();
    press(&mut state, "]c]c]c");
    let several = |state: &State, article: ArticleIndex| match state.views[article.index()].standing {
        Standing::Beside(found) | Standing::Moved(found) => (found.which, found.of),
        _ => (0, 0),
    };
    let mut steps = 0;
    while !(several(&state, B).1 > 1 && several(&state, C).1 > 1) && steps < 60 {
        press(&mut state, ")");
        steps += 1;
    }
    let (before, tops_before) = ([B, C].map(|article| several(&state, article)), tops(&state));
    if before[0].1 > 1 && before[1].1 > 1 {
        press(&mut state, "2;");
        assert_ne!(several(&state, B), before[0]);
        assert_eq!(several(&state, C), before[1]);
        for _ in 1..before[0].1 {
            press(&mut state, "2;");
        }
        assert_eq!(tops(&state), tops_before, "all the way round it stands as before");
    }
    press(&mut state, "9;");
    assert_eq!(said(&state), "3 sources are open");
}

#[test]
fn dragging_over_text_selects_it_and_moves_nothing() {
    let mut state = three();
    let pane = *state.layout.pane(A).unwrap();
    press(&mut state, "10j");
    let line = u16::try_from(focus(&state)).unwrap() + pane.text.y;
    update(&mut state, Action::Click(Position { x: pane.text.x, y: line }));
    let before = tops(&state);
    update(&mut state, Action::Drag(Position { x: pane.text.x + 12, y: line }));
    update(&mut state, Action::Drag(Position { x: pane.text.x + 6, y: line + 3 }));
    update(&mut state, Action::Release);
    assert_eq!(tops(&state), before);
    let words = selected(&state).split_whitespace().count();
    assert!(words > 4, "{}", selected(&state));
    press(&mut state, "<esc>");
    drag(&mut state, &[(pane.text.x, line)]);
    assert!(state.panes.selection.is_none(), "a press selects nothing");
}

#[test]
fn a_press_in_the_table_of_claims_does_not_move_it() {
    let (mut state, compared) = opened(3, (120, 24));
    update(&mut state, compared);
    press(&mut state, "C");
    let at = Position { x: 20, y: 9 };
    update(&mut state, Action::Click(at));
    let Overlay::Claims(claims) = &state.overlay else { panic!() };
    let chosen = claims.list.chosen;
    assert!(chosen > 0);
    update(&mut state, Action::Click(at));
    assert!(matches!(state.overlay, Overlay::None), "the second press goes to the one that was chosen");
}

#[test]
fn esc_in_a_list_ends_the_search_then_the_filter_then_leaves() {
    let mut state = three();
    press(&mut state, "CF/water<enter>n");
    let listing = |state: &State| (state.findings.listing.wanted.clone(), state.findings.listing.filter);
    press(&mut state, "<esc>");
    assert_eq!(listing(&state).0, "");
    assert_ne!(listing(&state).1, Filter::All);
    press(&mut state, "<esc>");
    assert_eq!(listing(&state).1, Filter::All);
    assert!(matches!(state.overlay, Overlay::Claims(_)));
    press(&mut state, "<esc>");
    assert!(matches!(state.overlay, Overlay::None));
}

#[test]
fn the_panel_says_what_was_noted_on_the_passage() {
    let mut state = three();
    let mut note = note_on(&state, A, "Nobody had seen the cyclist before.");
    (note.verdict, note.text) = (Some("disputed".to_owned()), "Ask the porter.\nTwice.".to_owned());
    press(&mut state, "/cyclist before<enter>");
    update(&mut state, Action::Notes(vec![note]));
    let told = |row: &PanelRow| matches!(row, PanelRow::Remark { words, .. } if words == "✎ disputed: Ask the porter.");
    assert!(state.passage.rows.iter().any(told), "{:?}", state.passage.rows);
}

#[test]
fn tab_comes_to_every_field_of_a_note() {
    let mut state = three();
    press(&mut state, "]ca");
    let mut fields = Vec::new();
    for _ in 0..4 {
        let Overlay::Note(dialog) = &state.overlay else { panic!() };
        fields.push(dialog.field);
        press(&mut state, "<tab>");
    }
    assert_eq!(fields, [Field::Text, Field::Tags, Field::Evidence, Field::Verdict]);
}

#[test]
fn a_fold_is_opened_by_a_press_of_the_mouse_or_a_key() {
    let mut state = three();
    press(&mut state, "]cFza");
    let folds = |state: &State| {
        let rows = &state.views[0].rows;
        (0..rows.count().0).filter(|row| rows.get(RowIndex(*row)).unwrap().folded > 0).count()
    };
    let before = folds(&state);
    assert!(before > 1);
    let pane = *state.layout.pane(A).unwrap();
    let top = state.views[0].top;
    let line = (0..pane.text.height)
        .find(|line| state.views[0].rows.at(top + i32::from(*line)).is_some_and(|row| row.folded > 0))
        .unwrap();
    update(&mut state, Action::Click(Position { x: pane.text.x + 1, y: pane.text.y + line }));
    assert_eq!(folds(&state), before - 1);
    press(&mut state, "zo");
    assert_eq!(folds(&state), before - 2);
    press(&mut state, "zM");
    assert_eq!(folds(&state), before, "folding away folds all");
    press(&mut state, "zR");
    assert_eq!(folds(&state), 0);
}

#[test]
fn a_press_on_a_flag_goes_to_what_it_stands_for() {
    let mut state = three();
    let note = note_on(&state, A, "Nobody had seen the cyclist before.");
    update(&mut state, Action::Notes(vec![note]));
    let pane = *state.layout.pane(A).unwrap();
    let row = |state: &State, words| pane.text.y + u16::try_from(line_of(state, A, words)).unwrap();
    let noted = Position { x: pane.gutter.x + 2, y: row(&state, "Nobody had seen") };
    update(&mut state, Action::Click(noted));
    assert!(matches!(state.overlay, Overlay::Note(_)));
    press(&mut state, "<esc>/patched<enter>");
    let moved = Position { x: pane.gutter.x + 2, y: row(&state, "The pipe had been") };
    update(&mut state, Action::Click(moved));
    assert_eq!(line_of(&state, B, "The pipe that burst"), focus(&state));
}

#[test]
fn a_press_on_a_wording_of_the_panel_goes_to_its_source() {
    let mut state = three();
    press(&mut state, "]c");
    let line =
        state.passage.rows.iter().position(|row| matches!(row, PanelRow::Wording { article, .. } if *article == C));
    let y = state.layout.panel.y + u16::try_from(line.unwrap()).unwrap();
    update(&mut state, Action::Click(Position { x: 20, y }));
    assert_eq!(state.panes.active, C);
    assert!(in_hand(&state).starts_with("Water 40 cm"), "{}", in_hand(&state));
}

#[test]
fn what_was_done_to_a_link_is_taken_back() {
    let mut state = three();
    let effects = press(&mut state, "/The council<enter>=<tab>/mayor<enter>=");
    assert!(matches!(effects[..], [Effect::HandLink(Wish::Link(..), _)]), "{effects:?}");
    update(&mut state, Action::HandLink(Answer::Linked, Ok(None)));
    assert_eq!(press(&mut state, "zu"), [Effect::Turn(Way::Back)]);
    update(&mut state, Action::Turned(Way::Back, Ok(Some((Deed::Linked, Saved::default())))));
    assert!(state.message.as_ref().unwrap().words.starts_with("undone:"), "{:?}", state.message);
}

/// The note of the dialog that these keys fill in.
fn draft(keys: &str) -> Note {
    let mut state = three();
    press(&mut state, keys);
    let [draft] = &state.unfinished()[..] else { panic!("{:?}", state.unfinished()) };
    draft.clone()
}

#[test]
fn what_is_being_written_is_unfinished_until_it_is_saved_or_thrown_away() {
    let mut state = three();
    press(&mut state, "]ca");
    assert!(state.unfinished().is_empty(), "nothing is written yet");
    press(&mut state, "Who?");
    assert_eq!(state.unfinished()[0].text, "Who?");
    press(&mut state, "<esc><esc>");
    assert!(state.unfinished().is_empty());
    let effects = press(&mut state, "aWho?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(state.unfinished().len(), 1, "it is not on disk yet");
    update(&mut state, Action::NoteSaved(note.id, Ok(Saved { notes: vec![(**note).clone()], remark: None })));
    assert!(state.unfinished().is_empty());
}

#[test]
fn a_note_left_unfinished_is_gone_on_with_where_it_stands_or_by_its_key() {
    let left = draft("]caWho measured?<tab>depth<backtab><backtab>d");
    for keys in ["]ca", "]ci", "zd"] {
        let mut state = three();
        update(&mut state, Action::Drafts(vec![left.clone()]));
        let said = &state.message.as_ref().unwrap().words;
        assert_eq!(said, "a note was left unfinished: “Who measured?” · zd goes on with it");
        press(&mut state, keys);
        let Overlay::Note(dialog) = &state.overlay else { panic!("{keys}") };
        assert!(dialog.is_new && dialog.is_draft);
        let filled_in = dialog.filled_in();
        assert_eq!((filled_in.id, filled_in.text.as_str()), (left.id, "Who measured?"));
        assert_eq!((filled_in.verdict, filled_in.tags), (left.verdict.clone(), left.tags.clone()));
        assert_eq!(filled_in.evidence, left.evidence);
        assert_eq!(state.unfinished().len(), 1, "it is kept until the reader is done with it");
        press(&mut state, "<esc>");
        assert!(matches!(state.overlay, Overlay::Note(_)), "it is not thrown away unasked");
        press(&mut state, "<esc>");
        assert!(state.unfinished().is_empty());
    }
}

#[test]
fn a_new_note_elsewhere_leaves_the_unfinished_one_and_says_so() {
    let left = draft("]caWho measured?");
    let mut state = three();
    update(&mut state, Action::Drafts(vec![left]));
    press(&mut state, "Ga");
    assert!(matches!(&state.overlay, Overlay::Note(dialog) if !dialog.is_draft));
    assert!(state.message.as_ref().unwrap().words.contains("zd goes on with it"));
    assert_eq!(state.unfinished().len(), 1);
    press(&mut state, "<esc>zdzd");
    assert!(matches!(&state.overlay, Overlay::Note(dialog) if dialog.is_draft));
}

#[test]
fn a_draft_of_a_saved_note_changes_that_note_and_one_that_was_saved_is_none() {
    let mut state = three();
    let effects = press(&mut state, "]caWho?<ctrl-s>");
    let [Effect::AddNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
    update(&mut state, Action::NoteSaved(note.id, Ok(Saved { notes: vec![(**note).clone()], remark: None })));
    update(&mut state, Action::Drafts(vec![(**note).clone()]));
    assert!(state.shelf.drafts.is_empty(), "it says what the note says");
    let longer = Note { text: "Who, and when?".to_owned(), ..(**note).clone() };
    update(&mut state, Action::Drafts(vec![longer]));
    let effects = press(&mut state, "zd<ctrl-s>");
    let [Effect::UpdateNote(changed)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((changed.id, changed.text.as_str()), (note.id, "Who, and when?"));
}

/// Three sources with two notes, in the list of notes.
fn two_listed() -> (State, Vec<Note>) {
    let mut state = three();
    let notes = vec![draft("]caFirst"), draft("]c]caSecond")];
    update(&mut state, Action::Notes(notes.clone()));
    press(&mut state, "A");
    (state, notes)
}

#[test]
fn a_note_edited_from_the_list_leads_back_to_it() {
    for (keys, saves) in [("ji<esc>", false), ("jiMore<esc><esc>", false), ("jiMore<ctrl-s>", true)] {
        let (mut state, notes) = two_listed();
        let effects = press(&mut state, keys);
        if saves {
            let [Effect::UpdateNote(note)] = effects.as_slice() else { panic!("{effects:?}") };
            let saved = Saved { notes: vec![notes[0].clone(), (**note).clone()], remark: None };
            update(&mut state, Action::NoteSaved(note.id, Ok(saved)));
        }
        let Overlay::Notes(list) = &state.overlay else { panic!("{keys}: {:?}", state.overlay) };
        assert_eq!((list.list.chosen, list.chosen()), (1, Some(notes[1].id)), "{keys}");
    }
}

#[test]
fn help_and_the_origin_of_a_note_lead_back_to_the_list() {
    let (mut state, notes) = two_listed();
    press(&mut state, "j?");
    assert!(matches!(state.overlay, Overlay::Help(_)));
    press(&mut state, "?");
    assert!(matches!(&state.overlay, Overlay::Notes(list) if list.chosen() == Some(notes[1].id)));
    press(&mut state, "o");
    update(&mut state, Action::Recalled(Vec::new()));
    assert!(matches!(state.overlay, Overlay::Origin(_)));
    press(&mut state, "<esc>");
    assert!(matches!(&state.overlay, Overlay::Notes(list) if list.chosen() == Some(notes[1].id)));
}

#[test]
fn the_help_is_narrowed_to_words() {
    let mut state = three();
    press(&mut state, "?/undo");
    press(&mut state, "<enter>");
    assert!(matches!(&state.overlay, Overlay::Help(page) if page.wanted == "undo"));
    press(&mut state, "/<esc>");
    assert!(matches!(&state.overlay, Overlay::Help(page) if page.wanted.is_empty()));
}

#[test]
fn notes_without_a_place_are_gone_through_in_their_list() {
    let mut state = three();
    press(&mut state, "]o");
    assert_eq!(state.message.as_ref().unwrap().words, "every note of the open sources is placed");
    let mut notes = vec![draft("]caFirst"), draft("]c]caSecond"), draft("]c]c]caThird")];
    for note in &mut notes[1..] {
        let passage = &mut note.passages[0];
        passage.source.sha256 = "another".to_owned();
        passage.exact = "Nothing of the kind was ever said in any of them.".to_owned();
        passage.prefix = String::new();
        passage.suffix = String::new();
    }
    update(&mut state, Action::Notes(notes));
    let mut seen = Vec::new();
    for keys in ["]o", "]o", "]o", "[o"] {
        press(&mut state, keys);
        let Overlay::Notes(list) = &state.overlay else { panic!("{keys}") };
        let entry = state.shelf.get(list.chosen().unwrap()).unwrap();
        assert_eq!(entry.certainty(), Certainty::Unplaced);
        seen.push(list.list.chosen);
    }
    assert_eq!(seen, [0, 1, 0, 1]);
}

#[test]
fn a_figure_of_nothing_is_a_count() {
    let mut state = three();
    press(&mut state, "G");
    assert_eq!(state.views[0].cursor_row(), state.views[0].rows.last());
    press(&mut state, "0%");
    assert_eq!(state.views[0].cursor_row().0, 0);
}

#[test]
fn settings_are_told_as_they_are_typed() {
    let mut state = three();
    press(&mut state, ":set panel=half<enter>:set<enter>");
    let said = state.message.clone().unwrap().words;
    assert_eq!(said, "scrolling=aligned filter=all rest=dimmed panel=half panes=3");
    for setting in said.split(' ') {
        assert!(crossread::reader::command_line::parse(&format!("set {setting}")).is_ok(), "{setting}");
    }
}

#[test]
fn a_link_made_by_hand_and_removed_is_made_again_by_the_key_that_removed_it() {
    let mut state = three();
    let made = press(&mut state, "/The council<enter>=<tab>/mayor<enter>=");
    let [Effect::HandLink(Wish::Link(a, b), _)] = made.as_slice() else { panic!("{made:?}") };
    update(&mut state, Action::HandLink(Answer::Linked, Ok(None)));
    let removed = press(&mut state, "!");
    assert!(matches!(removed[..], [Effect::HandLink(Wish::Unlink(..), _)]), "{removed:?}");
    update(&mut state, Action::HandLink(Answer::Unmade, Ok(None)));
    assert_eq!(state.message.as_ref().unwrap().words, "no longer linked · ! brings the link back");
    let again = press(&mut state, "!");
    assert_eq!(again, [Effect::HandLink(Wish::Link(*a, *b), Some("R. Okafor".to_owned()))]);
}

#[test]
fn a_source_that_says_where_it_stands_on_the_web_is_opened_and_cited_there() {
    let mut state = three();
    let mut articles = (*state.articles).clone();
    articles[0].metadata.address = Some("https://post.example/flood".to_owned());
    state.articles = Arc::new(articles);
    assert_eq!(press(&mut state, "U"), [Effect::OpenAddress("https://post.example/flood".to_owned())]);
    let effects = press(&mut state, "Y");
    let [Effect::Copy(clip)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(clip.words.ends_with(", 11 Mar 2026; https://post.example/flood)"), "{}", clip.words);
    press(&mut state, "<ctrl-g>");
    assert!(state.message.as_ref().unwrap().words.contains("https://post.example/flood (U opens it)"));
}

#[test]
fn the_chosen_claim_is_told_whole_and_scrolls() {
    let mut state = three();
    press(&mut state, "C");
    update(&mut state, Action::Resize(Size::new(40, 24)));
    press(&mut state, "2F");
    let Overlay::Claims(claims) = &state.overlay else { panic!("{:?}", state.overlay) };
    let said = |row: &PanelRow| match row {
        PanelRow::Remark { words, .. } => words.clone(),
        PanelRow::Wording { article, shown, .. } => state.articles[article.index()].text.slice(*shown).to_owned(),
    };
    let all: Vec<String> = claims.panel.rows.iter().map(said).collect();
    let all = all.join(" ");
    let row = &claims.rows[claims.list.chosen];
    for member in &row.members {
        let words = state.articles[member.article.index()].text.slice(member.span);
        assert!(all.replace("  ", " ").contains(words), "{words} not in {all}");
    }
    assert!(all.contains("differs in figure: A "), "{all}");
    let Overlay::Claims(before) = state.overlay.clone() else { return };
    press(&mut state, "<ctrl-n>");
    let Overlay::Claims(after) = &state.overlay else { return };
    assert_eq!((before.panel.top, after.panel.top, after.list.chosen), (0, 1, before.list.chosen));
}
