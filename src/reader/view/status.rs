//! The last line: how the panes keep together, where the reader is, what was just done, how to get help.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};
use ratatui_textarea::ScreenCursor;
use unicode_segmentation::UnicodeSegmentation;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::rows::rows_of_stretch;
use super::super::state::by_hand::Begun;
use super::super::state::filter::{Filter, Rest};
use super::super::state::findings::Stage;
use super::super::state::panes::Scrolling;
use super::super::state::selection::Unit;
use super::super::state::shelf::Placing;
use super::super::state::source::OnDisk;
use super::super::state::{Message, Overlay, Prompt, Purpose, State, Tone};
use super::super::theme::{Role, Theme};
use super::paint;
use crate::compare::Judgement;
use crate::text::display::{clipped, count, line, width};
use crate::text::{ArticleIndex, ByteSpan, Column};

/// Columns that the left side keeps before the right one is shown.
const LEAST_LEFT: u16 = 24;

/// Columns of the bar that says how far the comparison is.
const BAR: u16 = 10;

/// Draws the status line, or the line that is being typed; answers where its cursor stands.
pub fn draw(buffer: &mut Buffer, state: &State, theme: &Theme) -> Option<Position> {
    let area = state.layout.status;
    if let Overlay::Prompt(typed) = &state.overlay {
        offers(buffer, prompt_area(state), typed, theme);
        return Some(prompt(buffer, prompt_area(state), typed, theme));
    }
    if area.height == 0 {
        return None;
    }
    let inner = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    let mut room = inner.width;
    // What is said once goes before what always stands there.
    let said = state.message.as_ref().map_or_else(|| columns(&parts(state, theme)), |message| width(&message.words).0);
    let [full, short] = right(state);
    let right = if width(&full).0 + 2 + said <= inner.width { full } else { short };
    let least = if state.message.is_some() { LEAST_LEFT.max(said.min(inner.width)) } else { LEAST_LEFT };
    if width(&right).0 + least < inner.width {
        room = inner.width - width(&right).0 - 2;
        paint::words(
            buffer,
            Rect { x: inner.x + room + 2, width: width(&right).0, ..inner },
            &right,
            theme.style(Role::Quiet),
        );
    }
    let left = Rect { width: room, ..inner };
    match &state.message {
        Some(message) => message_beside_offer(buffer, left, message, state, theme),
        None => match &state.shelf.by_hand.begun {
            Some(begun) => linking(buffer, left, begun, state, theme),
            None => match &state.shelf.placing {
                Some(placing) => placed_by_hand(buffer, left, placing, state, theme),
                None if matches!(state.overlay, Overlay::Claims(_) | Overlay::Notes(_)) => {
                    of_list(buffer, left, state, theme);
                }
                None => usual(buffer, left, state, theme),
            },
        },
    }
    None
}

/// What is said until the next key; what was asked and waits for an answer stands before it.
fn message_beside_offer(buffer: &mut Buffer, area: Rect, message: &Message, state: &State, theme: &Theme) {
    let role = if message.tone == Tone::Alert { Role::Alert } else { Role::Status };
    let mut rest = area;
    if message.tone == Tone::Calm
        && let Some(offer) = reload_offer(state)
    {
        let between = theme.style(Role::Quiet);
        rest.x = paint::pieces(buffer, area, &[(&offer, theme.style(Role::Alert)), (" · ", between)]);
        rest.width = area.right().saturating_sub(rest.x);
    }
    paint::words(buffer, rest, &clipped(&message.words, Column(rest.width)), theme.style(role));
}

/// Draws what is said over as many rows as it takes, where it is longer than the status line: the last rows of the screen.
pub fn at_length(buffer: &mut Buffer, state: &State, theme: &Theme) {
    let (Some(message), area) = (&state.message, state.layout.status) else { return };
    let inner = area.width.saturating_sub(2);
    let words = line(&message.words);
    if area.height == 0 || inner == 0 || matches!(state.overlay, Overlay::Prompt(_)) || width(&words).0 <= inner {
        return;
    }
    let rows: Vec<ByteSpan> = rows_of_stretch(&words, ByteSpan::new(0, words.len()), Column(inner)).collect();
    let most = (state.layout.screen.height / 2).max(1);
    let height = u16::try_from(rows.len()).unwrap_or(u16::MAX).min(most);
    let role = if message.tone == Tone::Alert { Role::Alert } else { Role::Status };
    for (at, row) in rows.iter().take(usize::from(height)).enumerate() {
        let y = area.bottom() - height + u16::try_from(at).unwrap_or(0);
        paint::clear(buffer, Rect { y, height: 1, ..area }, Style::new());
        paint::words(buffer, Rect { x: area.x + 1, y, width: inner, height: 1 }, row.of(&words), theme.style(role));
    }
}

/// What is offered where sources changed on disk, and said where their files are gone.
fn reload_offer(state: &State) -> Option<String> {
    let letters = |on_disk| {
        let letters: Vec<String> = state.on_disk(on_disk).into_iter().map(ArticleIndex::letter).collect();
        (!letters.is_empty()).then(|| letters.join(", "))
    };
    let key = state.setup.keymap.hint(Mode::Reading, Command::Reload).unwrap_or_default();
    let changed = letters(OnDisk::Changed).map(|letters| format!("{letters} changed on disk · {key} reloads"));
    let gone = letters(OnDisk::Gone).map(|letters| format!("file of {letters} gone"));
    let offers: Vec<String> = changed.into_iter().chain(gone).collect();
    (!offers.is_empty()).then(|| offers.join(" · "))
}

/// The line of a prompt: the status line, or the last line of a screen without one.
fn prompt_area(state: &State) -> Rect {
    let screen = state.layout.screen;
    Rect { y: screen.bottom().saturating_sub(1), height: screen.height.min(1), ..screen }
}

fn prompt(buffer: &mut Buffer, area: Rect, prompt: &Prompt, theme: &Theme) -> Position {
    paint::clear(buffer, area, Style::new());
    let label = match prompt.purpose {
        Purpose::Search => " /",
        Purpose::Narrow => " show only: /",
        Purpose::Export => " export notes to: ",
        Purpose::Command => " :",
    };
    let start = paint::words(buffer, area, label, theme.style(Role::Key));
    let room = Rect { x: start, width: area.right().saturating_sub(start), ..area };
    let line = prompt.line.lines().first().map_or("", String::as_str);
    let ScreenCursor { col, .. } = prompt.line.screen_cursor();
    let before = Column::new(col);
    let over = before.0.saturating_sub(room.width.saturating_sub(1));
    let shown: String = skip_columns(line, over);
    paint::words(buffer, room, &shown, theme.style(Role::Text));
    Position { x: room.x + before.0 - over, y: room.y }
}

/// What may stand in place of the word being typed, on the row above the line; what it does, where it is one alone.
fn offers(buffer: &mut Buffer, area: Rect, prompt: &Prompt, theme: &Theme) {
    let (offers, chosen) = &prompt.completion;
    if offers.words.is_empty() || area.y == 0 {
        return;
    }
    let area = Rect { y: area.y - 1, ..area };
    paint::clear(buffer, area, Style::new());
    let mut rest = Rect { x: area.x + 1.min(area.width), width: area.width.saturating_sub(2), ..area };
    // The chosen one stays in sight.
    let first = chosen.map_or(0, |chosen| chosen.saturating_sub(3));
    for (at, word) in offers.words.iter().enumerate().skip(first) {
        if width(word).0 + 2 > rest.width {
            paint::words(buffer, rest, "…", theme.style(Role::Quiet));
            break;
        }
        let role = if Some(at) == *chosen { Role::Chosen } else { Role::Status };
        let x = paint::words(buffer, rest, word, theme.style(role));
        rest = Rect { x: x + 2, width: rest.right().saturating_sub(x + 2), ..rest };
    }
    if let Some(help) = offers.help {
        paint::words(buffer, rest, help, theme.style(Role::Quiet));
    }
}

/// A line without its first columns.
fn skip_columns(line: &str, columns: u16) -> String {
    let whole = crate::text::ByteSpan::new(0, line.len());
    let mut gone = 0;
    let mut kept = String::new();
    for cluster in crate::text::display::clusters(line, whole) {
        if gone < columns {
            gone += cluster.width.0;
        } else {
            kept.push_str(&cluster.shown);
        }
    }
    kept
}

/// What stands on the left while a link is being made or removed.
fn linking(buffer: &mut Buffer, area: Rect, begun: &Begun, state: &State, theme: &Theme) {
    let key = |command| state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default();
    let letter = begun.passage.article.letter();
    let (doing, wanted, again) = match begun.judgement {
        Judgement::Made => ("linking", "says the same", key(Command::Link)),
        Judgement::Removed => ("unlinking", "does not say the same", key(Command::Unlink)),
    };
    let cancel = key(Command::Cancel);
    let words = format!("{doing} {letter}: go to the passage that {wanted}, and {again} again · {cancel} cancels");
    paint::words(buffer, area, &clipped(&words, Column(area.width)), theme.style(Role::Key));
}

/// What stands on the left while a note is being put on its words.
fn placed_by_hand(buffer: &mut Buffer, area: Rect, placing: &Placing, state: &State, theme: &Theme) {
    let key = |command| state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default();
    let (put, select, cancel) = (key(Command::NoteNew), key(Command::SelectWords), key(Command::Cancel));
    let asked = if placing.suggested.is_some() { "is this the passage? " } else { "go to its words: " };
    let kept = state.shelf.get(placing.note).and_then(|entry| entry.note.passages.get(usize::from(placing.passage)));
    let quote = kept.map_or("", |passage| passage.exact.as_str());
    let words = format!("{asked}{put} puts the note there · {select} selects · {cancel} cancels · “{quote}”");
    paint::words(buffer, area, &clipped(&words.replace('\n', " "), Column(area.width)), theme.style(Role::Key));
}

/// What stands on the left while a list is open: what can be done with it, and how far what fills it is.
fn of_list(buffer: &mut Buffer, area: Rect, state: &State, theme: &Theme) {
    let (quiet, between) = (theme.style(Role::Status), theme.style(Role::Quiet));
    let ways = [
        (Command::NoteGo, "go"),
        (Command::ListSort, "sort"),
        (Command::FilterNext, "filter"),
        (Command::Search, "find"),
        (Command::Close, "close"),
    ];
    let mut pieces: Vec<(String, Style)> = Vec::new();
    for (command, word) in ways {
        let Some(key) = state.setup.keymap.hint(Mode::List, command) else { continue };
        if !pieces.is_empty() {
            pieces.push((" · ".to_owned(), between));
        }
        pieces.extend([(key, theme.style(Role::Key)), (format!(" {word}"), quiet)]);
    }
    if let Stage::Running(permille) = state.findings.stage {
        pieces.extend([(" · ".to_owned(), between), (comparing(permille, state), quiet)]);
    }
    for (words, _) in notes(state).into_iter().filter(|(_, tone)| *tone == Tone::Alert) {
        pieces.extend([(" · ".to_owned(), between), (words, theme.style(Role::Alert))]);
    }
    let pieces: Vec<(&str, Style)> = pieces.iter().map(|(words, style)| (words.as_str(), *style)).collect();
    paint::pieces(buffer, area, &pieces);
}

/// A part of the status line: in fewer and fewer words, and then not at all, where there is no room.
struct Part {
    wordings: Vec<String>,
    style: Style,
    /// The least is shortened first.
    weight: u8,
}

/// The columns of the first wordings, with what stands between them.
fn columns(parts: &[Part]) -> u16 {
    let wide = |part: &Part| part.wordings.first().map_or(0, |words| width(words).0 + 3);
    parts.iter().map(wide).fold(0, u16::saturating_add).saturating_sub(3)
}

/// Shortens parts, the least one first, until they fit.
fn fit(parts: &mut Vec<Part>, room: u16) {
    while columns(parts) > room {
        let can_lose = |at: &usize| parts.len() > 1 || parts[*at].wordings.len() > 1;
        let Some(least) = (0..parts.len()).rev().filter(can_lose).min_by_key(|at| parts[*at].weight) else { return };
        parts[least].wordings.remove(0);
        parts.retain(|part| !part.wordings.is_empty());
    }
}

/// What stands on the left when there is no message.
fn usual(buffer: &mut Buffer, area: Rect, state: &State, theme: &Theme) {
    let mut parts = parts(state, theme);
    fit(&mut parts, area.width);
    let between = theme.style(Role::Quiet);
    let mut x = area.x;
    for part in &parts {
        let Some(words) = part.wordings.first() else { continue };
        let rest = |x: u16| Rect { x, width: area.right().saturating_sub(x), ..area };
        if x > area.x {
            x = paint::words(buffer, rest(x), " · ", between);
        }
        x = paint::words(buffer, rest(x), &clipped(words, Column(rest(x).width)), part.style);
    }
}

/// All that may stand on the left when there is no message.
fn parts(state: &State, theme: &Theme) -> Vec<Part> {
    let (quiet, alert) = (theme.style(Role::Status), theme.style(Role::Alert));
    let mut parts: Vec<Part> = Vec::new();
    let mut say = |wordings: Vec<String>, style: Style, weight: u8| {
        if !wordings.is_empty() {
            parts.push(Part { wordings, style, weight });
        }
    };
    say(selecting(state).into_iter().collect(), theme.style(Role::Key), 9);
    say(reload_offer(state).into_iter().collect(), alert, 8);
    say(shown(state), quiet, 4);
    let filtered = state.panes.filtering.which != Filter::All;
    if filtered {
        say(filter(state), bold(quiet), 7);
    }
    if state.articles.len() > 1 {
        // What is usual need not be said.
        let weight = if state.panes.scrolling == Scrolling::Aligned { 1 } else { 5 };
        say(vec![state.panes.scrolling.word().to_owned()], quiet, weight);
    }
    match state.findings.stage {
        Stage::Running(permille) => say(vec![comparing(permille, state)], quiet, 6),
        Stage::Done if filtered || state.articles.len() < 2 => {}
        Stage::Done => {
            let (at, of) = state.divergence_place();
            let key = state.setup.keymap.hint(Mode::Reading, Command::DivergenceNext).unwrap_or_default();
            let count = format!("{} {at} of {of}", state.setup.glyphs.diverges);
            if of > 0 {
                say(vec![format!("{count} {key}"), count], quiet, 2);
            }
        }
    }
    for (words, tone) in notes(state) {
        let (style, weight) = if tone == Tone::Alert { (alert, 8) } else { (quiet, 3) };
        say(vec![words], style, weight);
    }
    parts
}

/// How far the comparison is, with a bar.
fn comparing(permille: u16, state: &State) -> String {
    let [done, left] = state.setup.glyphs.bar;
    let full = usize::from(permille.min(1000) / (1000 / BAR));
    let bar: String = (0..usize::from(BAR)).map(|at| if at < full { done } else { left }).collect();
    format!("comparing {bar} {} %", permille / 10)
}

/// How many notes there are, how sure their places are, and whether they are on disk.
fn notes(state: &State) -> Vec<(String, Tone)> {
    let shelf = &state.shelf;
    let notes = shelf.entries().len();
    let (changed, uncertain) = shelf.uncertain();
    let links = shelf.by_hand.tally.unplaced;
    let key = state.setup.keymap.hint(Mode::Reading, Command::NotesRetry).unwrap_or_default();
    let calm = |show: bool, words: String| show.then_some((words, Tone::Calm));
    let alert = |show: bool, words: String| show.then_some((words, Tone::Alert));
    [
        calm(notes > 0, count(notes, "note")),
        alert(changed > 0, format!("{changed} changed")),
        alert(uncertain > 0, format!("{uncertain} not placed")),
        alert(links > 0, format!("{} not placed", count(links, "link"))),
        calm(notes > 0 && shelf.unsaved == 0, "saved".to_owned()),
        alert(shelf.unsaved > 0, format!("{} not saved, {key} tries again", shelf.unsaved)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The filter in force, how much of the source being read passes it, and what became of the rest.
fn filter(state: &State) -> Vec<String> {
    let (passing, of) = state.view(state.panes.active).map_or((0, 0), |view| view.passing.count());
    let rest = match state.panes.filtering.rest {
        Rest::Dimmed => "dimmed",
        Rest::Folded => "folded",
    };
    let filter = format!("filter {}: {passing}/{of}", state.panes.filtering.which.words());
    vec![format!("{filter}, rest {rest}"), filter]
}

/// How much is selected, and what can be done with it.
fn selecting(state: &State) -> Option<String> {
    let selection = state.panes.selection?;
    let (text, span) = (&state.article()?.text, state.selected()?);
    let (selected, unit) = match selection.unit {
        Unit::Word => (text.slice(span).unicode_words().count(), "word"),
        Unit::Sentence => {
            let sentences = text.sentences_in(span);
            (sentences.end.index() - sentences.start.index(), "sentence")
        }
    };
    let selected = count(selected, unit);
    let key = |command| state.setup.keymap.hint(Mode::Selecting, command).unwrap_or_default();
    let (copy, note, end) = (key(Command::Copy), key(Command::NoteNew), key(Command::Cancel));
    Some(format!("{selected} selected · {copy} copy · {note} note · {end} end"))
}

/// So many sources are told one by one.
const MANY: usize = 12;

/// Which sources are shown, where not all are: `A [B] C ·D (E)`, those in brackets hidden, of many only those on the screen; and
/// the keys that show the others.
fn shown(state: &State) -> Vec<String> {
    let arrangement = &state.panes.arrangement;
    let all_fit = state.layout.panes.len() >= arrangement.order.len();
    if all_fit && arrangement.hidden.is_empty() {
        return Vec::new();
    }
    let letter = |article: &ArticleIndex| {
        let letter = article.letter();
        if *article == state.panes.active {
            format!("[{letter}]")
        } else if state.layout.pane(*article).is_some() {
            letter
        } else {
            format!("·{letter}")
        }
    };
    let hidden = arrangement.hidden.iter().map(|article| format!("({})", article.letter()));
    let letters: Vec<String> = arrangement.order.iter().map(letter).chain(hidden).collect();
    let key = |command| state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default();
    let keys =
        if all_fit { key(Command::PaneUnhide) } else { key(Command::SourcesBack) + &key(Command::SourcesForward) };
    let all = state.articles.len();
    let few = format!("[{}] of {all}", state.panes.active.letter());
    let few = [format!("{few} {keys}"), few];
    // What many sources are called would leave no room for anything else.
    if letters.len() > MANY {
        let panes: Vec<String> = state.layout.panes.iter().map(|pane| letter(&pane.article)).collect();
        return [format!("{} of {all} {keys}", panes.join(" "))].into_iter().chain(few).collect();
    }
    let letters = letters.join(" ");
    [format!("{letters} {keys}"), letters].into_iter().chain(few).collect()
}

/// What stands on the right: keys typed so far, and where help is; the same in fewer words.
fn right(state: &State) -> [String; 2] {
    let pressed: Vec<String> = state.typing.pressed.iter().map(|press| press.label()).collect();
    let count = state.typing.count.map(|count| count.to_string()).unwrap_or_default();
    let typed = format!("{count}{}", pressed.join(""));
    let key = |command| state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default();
    let help = format!("{} help", key(Command::Help));
    let all = match state.mode() {
        Mode::Reading => [format!("{} note · {help}", key(Command::NoteNew)), help],
        _ => [String::new(), String::new()],
    };
    if typed.is_empty() { all } else { all.map(|help| format!("{typed}   {help}")) }
}

/// An arrow with a number of rows.
pub fn arrow(state: &State, rows: i32) -> String {
    let [up, down] = state.setup.glyphs.arrows;
    format!("{} {}", if rows < 0 { up } else { down }, rows.unsigned_abs())
}

/// A style for a title.
pub fn bold(style: Style) -> Style {
    style.add_modifier(Modifier::BOLD)
}
