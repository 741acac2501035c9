//! Whole screens of the reader, glyphs and styles, through its own loop.

#[path = "screens/event.rs"]
mod event;
#[path = "screens/notation.rs"]
mod notation;
#[path = "screens/stage.rs"]
mod stage;

use std::path::PathBuf;
use std::sync::Arc;

use crossread::compare::Comparison;
use crossread::reader::action::Action;
use crossread::reader::glyphs::{ASCII, UNICODE};
use crossread::reader::state::State;
use crossread::reader::state::findings::Stage;
use crossread::reader::state::source::OnDisk;
use crossread::reader::theme::{Depth, Theme};
use crossread::reader::view;
use crossread::source::Article;
use crossread::text::ArticleIndex;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::layout::Size;
use stage::{Screen, Session};
use tempfile::TempDir;

/// A folder for notes that is gone after the test.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a temporary folder can be made") }
    }

    fn notes(&self) -> PathBuf {
        self.folder.path().join("notes.jsonld")
    }
}

fn three() -> (Vec<Article>, Comparison) {
    notation::event(&event::first(3))
}

/// Keys pressed on the first three sources of the event.
fn pressed(keys: &str, size: (u16, u16)) -> Screen {
    let desk = Desk::new();
    Session::new(&three(), desk.notes(), size).press(keys)
}

fn picture(name: &str, screen: &Screen) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("screens/pictures");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, screen.picture()));
}

#[test]
fn the_first_screen_at_80_by_24() {
    picture("first-80x24", &pressed("", (80, 24)));
}

#[test]
fn the_first_screen_at_120_by_40() {
    picture("first-120x40", &pressed("", (120, 40)));
}

#[test]
fn the_first_screen_at_200_by_50() {
    picture("first-200x50", &pressed("", (200, 50)));
}

#[test]
fn a_divergence_shows_every_wording_in_the_panel() {
    picture("divergence-120x40", &pressed("]c", (120, 40)));
}

#[test]
fn a_passage_without_counterpart_holds_the_other_panes() {
    let screen = pressed("]c]c)", (120, 40));
    assert!(screen.text().contains("no counterpart · next match ↓"), "{}", screen.text());
    picture("held-120x40", &screen);
}

#[test]
fn a_moved_counterpart_is_said_and_not_followed() {
    let screen = pressed("/patched<enter>", (120, 40));
    assert!(screen.text().contains("⇅ moved ↑"), "{}", screen.text());
    picture("moved-120x40", &screen);
}

#[test]
fn there_and_back_goes_to_the_moved_passage_and_back() {
    let away = pressed("/patched<enter>t", (120, 40));
    picture("moved-there-120x40", &away);
    let back = pressed("/patched<enter>tt", (120, 40));
    let never = pressed("/patched<enter>", (120, 40));
    let tops = |screen: &Screen| screen.state.views.iter().map(|view| view.top).collect::<Vec<_>>();
    assert_eq!(tops(&back), tops(&never));
    assert_ne!(tops(&away), tops(&never));
}

#[test]
fn help_lists_the_bindings_in_force() {
    picture("help-120x40", &pressed("?", (120, 40)));
}

#[test]
fn the_note_dialog_offers_the_counterparts() {
    picture("note-dialog-120x40", &pressed("]ca", (120, 40)));
    picture("note-dialog-80x24", &pressed("]ca", (80, 24)));
}

#[test]
fn on_a_low_screen_the_field_being_typed_in_is_there() {
    for (keys, typed) in [("]caWho?", "Who?"), ("]ca<tab>depth", "depth"), ("]ca<backtab>d", "disputed")] {
        let screen = pressed(keys, (20, 5));
        assert!(screen.text().contains(typed), "{}", screen.text());
        let row = &screen.rows()[usize::from(screen.cursor.y)];
        assert!(row.contains(typed), "the cursor stands on “{row}”");
    }
    picture("note-dialog-20x5", &pressed("]caWho?", (20, 5)));
}

#[test]
fn what_diverges_is_listed_with_the_values_of_every_source() {
    let screen = pressed("C2F", (120, 40));
    assert!(screen.text().contains("figure: A 40 centimetres · B half a metre · C 40 cm"), "{}", screen.text());
    picture("claims-diverging-120x40", &screen);
}

#[test]
fn a_note_is_written_and_shown() {
    let screen = pressed("]caWhich hour?<tab>depth<backtab><backtab>d<ctrl-s>", (120, 40));
    assert!(screen.text().contains("note saved"), "{}", screen.text());
    picture("noted-120x40", &screen);
}

#[test]
fn a_link_in_the_making_says_what_comes_next() {
    let screen = pressed("/The council<enter>=<tab>", (120, 40));
    assert!(
        screen.text().contains("linking A: go to the passage that says the same, and = again"),
        "{}",
        screen.text()
    );
    picture("linking-120x40", &screen);
}

#[test]
fn a_link_made_by_hand_shows_like_any_other() {
    let screen = pressed("/The council<enter>=<tab>/mayor<enter>=", (120, 40));
    assert!(screen.text().contains("linked by hand · ! removes the link"), "{}", screen.text());
    picture("linked-120x40", &screen);
    let parted = pressed("/The council<enter>=<tab>/mayor<enter>=!", (120, 40));
    assert!(parted.text().contains("no longer linked · ! brings the link back"), "{}", parted.text());
    assert!(parted.text().contains("only in B"), "{}", parted.text());
}

#[test]
fn links_by_hand_are_there_when_the_sources_are_opened_again() {
    let desk = Desk::new();
    let event = three();
    let session = Session::new(&event, desk.notes(), (120, 40));
    session.press("]c!<tab>!]c]c]c");
    let again = session.press("]c");
    assert!(again.text().contains("not in B"), "{}", again.text());
    let list = session.press("A");
    assert!(list.text().contains("No notes yet"), "a link is no note: {}", list.text());
}

#[test]
fn a_source_that_changed_on_disk_is_offered() {
    let desk = Desk::new();
    let event = three();
    let session = Session::new(&event, desk.notes(), (80, 24));
    let screen = session.play(vec![Action::OnDisk(ArticleIndex(0), OnDisk::Changed)]);
    assert!(screen.text().contains("A changed on disk · R reloads"), "{}", screen.text());
}

#[test]
fn an_offer_stays_in_sight_beside_what_is_said() {
    let desk = Desk::new();
    let event = three();
    let session = Session::new(&event, desk.notes(), (120, 40));
    let mut actions = vec![Action::OnDisk(ArticleIndex(0), OnDisk::Changed)];
    actions.extend(stage::presses("]caWhich hour?<ctrl-s>").into_iter().map(Action::Key));
    let screen = session.play(actions);
    assert!(screen.text().contains("A changed on disk · R reloads · note saved"), "{}", screen.text());
}

#[test]
fn a_long_message_is_shown_in_full_until_the_next_key() {
    let said = pressed("<ctrl-g>", (40, 24));
    let letters = |words: &str| words.split_whitespace().collect::<String>();
    let message = letters(&said.state.message.as_ref().expect("it is said").words);
    assert!(letters(&said.text()).ends_with(&message), "{}", said.text());
    assert!(!pressed("<ctrl-g>j", (40, 24)).text().contains("words"));
}

#[test]
fn numbers_stay_where_words_do_not_fit() {
    let event = notation::event(&event::first(4));
    let desk = Desk::new();
    for width in [120, 121, 125, 130] {
        let screen = Session::new(&event, desk.notes(), (width, 40)).press("]c]c)");
        let footers = screen.rows().into_iter().find(|row| row.contains(" %")).expect("a pane says its per cent");
        let told = footers.matches('↓').count() + footers.matches('↑').count() + footers.matches("level").count();
        assert_eq!(told, 3, "{footers}");
        assert!(!footers.contains('…'), "{footers}");
    }
}

#[test]
fn while_comparing_a_bar_stands_and_nothing_is_said_of_agreement() {
    let desk = Desk::new();
    let (articles, _) = three();
    let setup = stage::setup(&desk.notes(), UNICODE);
    let mut state = State::new(Arc::new(articles), setup, Size::new(120, 40));
    state.findings.stage = Stage::Running(400);
    let mut terminal = Terminal::new(TestBackend::new(120, 40)).expect("a test terminal opens");
    let theme = Theme::load("dark", Depth::True).expect("a shipped theme loads");
    terminal.draw(|frame| view::draw(frame, &state, &theme)).expect("a test terminal does not fail");
    let text: String = terminal.backend().buffer().content().iter().map(|cell| cell.symbol()).collect();
    assert!(text.contains("comparing ████░░░░░░ 40 %"), "{text}");
    assert!(!text.contains("only in") && !text.contains("A ·"), "{text}");
}

#[test]
fn ascii_signs_leave_only_ascii_of_the_programs_own() {
    let desk = Desk::new();
    let event = three();
    let screen = Session { glyphs: ASCII, ..Session::new(&event, desk.notes(), (120, 40)) }.press("]c");
    let last = screen.rows().pop().unwrap_or_default();
    assert!(last.is_ascii(), "{last}");
}

#[test]
fn the_list_of_notes() {
    picture("notes-120x40", &pressed("]caWhich hour?<ctrl-s>]caTwo hours apart<tab>time<ctrl-s>A", (120, 40)));
    picture("notes-empty-80x24", &pressed("A", (80, 24)));
}

#[test]
fn the_table_of_claims() {
    picture("claims-80x24", &pressed("C", (80, 24)));
}

#[test]
fn lists_say_how_they_are_sorted_and_filtered() {
    picture("claims-120x40", &pressed("Css", (120, 40)));
    picture("claims-200x50", &pressed("C", (200, 50)));
    let narrowed = pressed("CFF/water", (80, 24));
    assert!(narrowed.text().contains("Claims · 1 of "), "{}", narrowed.text());
    picture("claims-narrowed-80x24", &narrowed);
    let notes = "]caWhich hour?<ctrl-s>]caTwo hours apart<tab>time<backtab><backtab>d<ctrl-s>As2F";
    picture("notes-filtered-80x24", &pressed(notes, (80, 24)));
}

#[test]
fn search_marks_every_place() {
    picture("search-120x40", &pressed("/library<enter>n", (120, 40)));
}

#[test]
fn a_filter_dims_what_does_not_pass() {
    let screen = pressed("]cFj", (120, 40));
    assert!(screen.text().contains("filter diverging: 3/15, rest dimmed"), "{}", screen.text());
    picture("filter-120x40", &screen);
}

#[test]
fn what_does_not_pass_can_be_folded_away() {
    picture("folded-120x40", &pressed("]cFzaj", (120, 40)));
    picture("folded-200x50", &pressed("5Fza", (200, 50)));
    let desk = Desk::new();
    let event = three();
    let session = Session { theme: "none", glyphs: ASCII, ..Session::new(&event, desk.notes(), (80, 24)) };
    picture("folded-none-80x24", &session.press("]c3Fzaj"));
}

#[test]
fn wide_characters_emoji_and_right_to_left_keep_their_columns() {
    let desk = Desk::new();
    let event = notation::event(&event::LIBRARY);
    picture("wide-140x30", &Session::new(&event, desk.notes(), (140, 30)).press("<tab><tab><tab>"));
}

#[test]
fn sources_that_do_not_fit_are_named_in_a_strip() {
    let desk = Desk::new();
    let event = notation::event(&event::many(5));
    let session = Session::new(&event, desk.notes(), (80, 24));
    let first = session.press("");
    assert!(first.text().contains("[A] B ·C ·D ·E"), "{}", first.text());
    picture("five-80x24", &session.press("J"));
}

#[test]
fn eight_sources_at_200_by_50() {
    let desk = Desk::new();
    let event = notation::event(&event::many(8));
    picture("eight-200x50", &Session::new(&event, desk.notes(), (200, 50)).press("]c"));
}

#[test]
fn without_colours_marks_and_weights_say_everything() {
    let desk = Desk::new();
    let event = three();
    let session = Session { theme: "none", ..Session::new(&event, desk.notes(), (80, 24)) };
    picture("none-80x24", &session.press("]c"));
}

#[test]
fn ascii_signs_and_the_light_theme() {
    let desk = Desk::new();
    let event = three();
    let session = Session { theme: "light", glyphs: ASCII, ..Session::new(&event, desk.notes(), (80, 24)) };
    let screen = session.press("]c");
    assert!(
        screen.rows().iter().all(|row| row.chars().all(|c| c.is_ascii() || "“”…·".contains(c))),
        "{}",
        screen.text()
    );
    picture("ascii-light-80x24", &screen);
}

#[test]
fn sixteen_colours() {
    let desk = Desk::new();
    let event = three();
    picture("ansi-80x24", &Session { theme: "ansi", ..Session::new(&event, desk.notes(), (80, 24)) }.press("]c"));
}

#[test]
fn a_selection_is_seen_with_and_without_colours() {
    picture("selected-words-120x40", &pressed("]cvwwwj", (120, 40)));
    picture("selected-sentences-80x24", &pressed("]cV)", (80, 24)));
    let desk = Desk::new();
    let event = three();
    let session = Session { theme: "none", ..Session::new(&event, desk.notes(), (80, 24)) };
    picture("selected-none-80x24", &session.press("]cvwwww"));
}

/// Which sources a screen shows.
#[derive(Clone, Copy)]
enum Sources {
    /// So many that tell the event.
    Many(usize),
    /// Those with wide characters, emoji and right-to-left paragraphs among them.
    Wide,
}

/// Screens beside those above: name, sources, theme, and the keys that lead there; at the size that the name ends in.
const SCREENS: &[(&str, Sources, &str, &str)] = &[
    ("two-80x24", Sources::Many(2), "dark", "]c"),
    ("two-120x40", Sources::Many(2), "dark", "]c"),
    ("two-200x50", Sources::Many(2), "dark", "]c"),
    ("five-120x40", Sources::Many(5), "dark", "]c>"),
    ("five-200x50", Sources::Many(5), "dark", "]c"),
    ("eight-80x24", Sources::Many(8), "dark", "]cJJ"),
    ("eight-120x40", Sources::Many(8), "dark", "]c"),
    ("eight-claims-120x40", Sources::Many(8), "dark", "C"),
    ("divergence-80x24", Sources::Many(3), "dark", "]c"),
    ("divergence-200x50", Sources::Many(3), "dark", "]c"),
    ("moved-80x24", Sources::Many(3), "dark", "/patched<enter>"),
    ("search-80x24", Sources::Many(3), "dark", "/library<enter>"),
    ("search-200x50", Sources::Many(3), "dark", "/library<enter>"),
    ("help-80x24", Sources::Many(3), "dark", "?"),
    ("help-200x50", Sources::Many(3), "dark", "?"),
    ("notes-200x50", Sources::Many(3), "dark", "]caWhich hour?<ctrl-s>A"),
    ("note-dialog-200x50", Sources::Many(3), "dark", "]ca"),
    ("side-120x40", Sources::Many(3), "dark", "]c\\"),
    ("side-200x50", Sources::Many(3), "dark", "]c\\"),
    ("half-80x24", Sources::Many(3), "dark", "]cP"),
    ("no-panel-80x24", Sources::Many(3), "dark", "]cp"),
    ("hidden-120x40", Sources::Many(3), "dark", "]c<tab>X"),
    ("borders-120x40", Sources::Many(3), "dark", "]c9<ctrl-w>>"),
    ("zoom-200x50", Sources::Many(3), "dark", "]co"),
    ("line-80x24", Sources::Many(3), "dark", ":"),
    ("line-values-120x40", Sources::Many(3), "dark", ":set fil<tab><tab><tab>"),
    ("line-refused-80x24", Sources::Many(3), "dark", ":opne<enter>"),
    ("by-hand-claims-120x40", Sources::Many(3), "dark", "/The council<enter>=<tab>/mayor<enter>=C"),
    ("wide-80x24", Sources::Wide, "dark", "JJ"),
    ("wide-200x50", Sources::Wide, "dark", "<tab><tab><tab>"),
    ("light-120x40", Sources::Many(3), "light", "]c"),
    ("ansi-120x40", Sources::Many(3), "ansi", "]cF"),
    ("none-claims-80x24", Sources::Many(3), "none", "C"),
    ("small-40x10", Sources::Many(3), "dark", "]c"),
    ("small-12x4", Sources::Many(3), "dark", "]c"),
];

#[test]
fn each_view_stands_at_each_size() {
    for (name, sources, theme, keys) in SCREENS {
        let size = name.rsplit_once('-').and_then(|(_, size)| size.split_once('x')).expect("a name ends in a size");
        let size = (size.0.parse().expect("columns"), size.1.parse().expect("rows"));
        let event = match sources {
            Sources::Many(count) => notation::event(&event::many(*count)),
            Sources::Wide => notation::event(&event::LIBRARY),
        };
        let desk = Desk::new();
        let session = Session { theme, ..Session::new(&event, desk.notes(), size) };
        picture(name, &session.press(keys));
    }
}

#[test]
fn tiny_screens_show_what_they_can() {
    for (width, height) in [(1, 1), (2, 3), (5, 2), (12, 4), (20, 5)] {
        let screen = pressed("jj]ca<esc>A<esc>?<esc>C<esc>/x<esc>2FzaG", (width, height));
        assert!(screen.cursor.x < width && screen.cursor.y < height, "{width}×{height}");
    }
    picture("tiny-20x5", &pressed("", (20, 5)));
    picture("tiny-1x1", &pressed("", (1, 1)));
}

#[test]
fn any_keys_at_any_size_leave_the_reader_standing() {
    let keys = "FzaFj)zaFFmq'q''=<tab>=!!<tab>!=<esc>Rj)}d u]c[c]m;t,sss..<alt-j><alt-k>-+o oJK><Hlh<tab>zzztzb<ctrl-e><ctrl-y>PPpp50%G5jgaxyz<tab>l<tab>q<tab> <esc><esc>vwwbjjko)V}G<esc>VkkY<esc>vgWUwa<esc>A?qCx<esc>:set rest=folded<enter>F:zz<tab><tab><enter>X<ctrl-w>u\\<ctrl-w>+<ctrl-w>-<ctrl-w>><ctrl-w><<ctrl-w>=zozMzR:<up><enter>XXX++";
    for (width, height) in [(1, 1), (3, 9), (9, 3), (29, 14), (80, 24), (61, 60)] {
        pressed(keys, (width, height));
    }
}

#[test]
fn resizing_keeps_the_place() {
    let desk = Desk::new();
    let event = three();
    let session = Session::new(&event, desk.notes(), (120, 40));
    let keys = || stage::presses("]c]c]c").into_iter().map(Action::Key);
    let sizes = [(80, 24), (33, 11), (200, 50), (61, 30), (120, 40)];
    let resized = keys().chain(sizes.map(|(width, height)| Action::Resize(Size::new(width, height))));
    let (before, after) = (session.play(keys().collect()), session.play(resized.collect()));
    assert_eq!(before.rows(), after.rows());
}

#[test]
fn the_screen_in_the_readme_is_the_programs() {
    let articles = crossread::source::sample();
    let comparison = crossread::compare::compare(&articles, &crossread::compare::Options::default());
    let desk = Desk::new();
    let screen = Session::new(&(articles, comparison), desk.notes(), (100, 30)).press("]c]c]c]c");
    let shown = screen.text().trim_end().to_owned() + "\n";
    let readme = include_str!("../README.md");
    let block = readme.split("```text\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    assert_eq!(block, shown, "put this into README.md:\n{shown}");
}
