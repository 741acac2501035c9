//! The dialog in which a note is written.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;
use ratatui_textarea::TextArea;

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::rows::rows_of_stretch;
use super::super::state::State;
use super::super::state::dialog::{Field, NoteDialog, Outcome};
use super::super::theme::{Role, Theme};
use super::paint;
use super::status::bold;
use crate::notes::note::FEW_WORDS;
use crate::text::display::{clipped, width};
use crate::text::{ByteSpan, Column};
use unicode_segmentation::UnicodeSegmentation;

/// Columns of the labels before the fields.
const LABEL: u16 = 11;

/// The rows of the dialog's parts.
struct Parts {
    quote: Rect,
    verdict: Rect,
    text: Rect,
    tags: Rect,
    evidence: Rect,
    foot: Rect,
    /// Whether there is room for a frame around them.
    framed: bool,
}

/// Draws the dialog and answers where the cursor stands.
pub fn draw(buffer: &mut Buffer, dialog: &NoteDialog, state: &State, theme: &Theme) -> Option<Position> {
    let offers = u16::try_from(dialog.evidence.len()).unwrap_or(u16::MAX).min(6);
    let quote = quote_rows(dialog, state).len().clamp(1, 3);
    let quote = u16::try_from(quote).unwrap_or(3);
    let height = 11 + quote + if offers > 0 { offers + 1 } else { 0 };
    let area = state.layout.low(dialog_width(state), height);
    let ground = theme.style(Role::Dialog);
    paint::clear(buffer, area, ground);
    let parts = parts(area, dialog, quote, offers);
    if parts.framed {
        frame(buffer, area, state, theme);
    }
    title(buffer, area, dialog, theme);
    draw_quote(buffer, parts.quote, dialog, state, theme);
    let verdict = draw_verdict(buffer, parts.verdict, dialog, state, theme);
    label(buffer, parts.text, "text", dialog.field == Field::Text, theme);
    rule(buffer, parts.text, dialog.field == Field::Text, state, theme);
    let text = field(buffer, inset(parts.text), &dialog.text, theme);
    label(buffer, parts.tags, "tags", dialog.field == Field::Tags, theme);
    rule(buffer, parts.tags, dialog.field == Field::Tags, state, theme);
    let tags = field(buffer, inset(parts.tags), &dialog.tags, theme);
    let evidence = draw_evidence(buffer, parts.evidence, dialog, state, theme);
    foot(buffer, &parts, dialog, state, theme);
    Some(match dialog.field {
        Field::Verdict => verdict,
        Field::Text => text,
        Field::Tags => tags,
        Field::Evidence => evidence,
    })
}

fn dialog_width(state: &State) -> u16 {
    state.layout.screen.width.saturating_sub(4).min(88).max(state.layout.screen.width.min(30))
}

/// A quiet frame, so that the dialog stands off the text behind it without colour.
fn frame(buffer: &mut Buffer, area: Rect, state: &State, theme: &Theme) {
    use ratatui::symbols::border;
    use ratatui::widgets::Block;
    let ascii = border::Set {
        top_left: "+",
        top_right: "+",
        bottom_left: "+",
        bottom_right: "+",
        vertical_left: "|",
        vertical_right: "|",
        horizontal_top: "-",
        horizontal_bottom: "-",
    };
    let set = if state.setup.glyphs.is_ascii() { ascii } else { border::ROUNDED };
    Block::bordered().border_set(set).border_style(theme.style(Role::Quiet)).render(area, buffer);
}

fn parts(area: Rect, dialog: &NoteDialog, quote: u16, offers: u16) -> Parts {
    let room = area.height.saturating_sub(1);
    let evidence = if offers > 0 { offers + 1 } else { 0 };
    // Frame below, quote, a blank row, verdict, tags, evidence, a blank row, foot; what is short of rows takes them from the text.
    let fixed = 1 + quote + 1 + 1 + 1 + evidence + 2;
    if room <= fixed {
        return few_parts(area, dialog, offers);
    }
    let inner = inner(area, 1, 1);
    let mut y = inner.y;
    let mut take = |height: u16| {
        let height = height.min(inner.bottom().saturating_sub(y));
        let part = Rect { y, height, ..inner };
        y += height;
        part
    };
    let quote = take(quote);
    take(1);
    let verdict = take(1);
    let text = take(room - fixed);
    let tags = take(1);
    take(u16::from(offers > 0));
    let evidence = take(offers);
    let foot = Rect { y: inner.bottom().saturating_sub(1), height: inner.height.min(1), ..inner };
    Parts { quote, verdict, text, tags, evidence, foot, framed: true }
}

/// On a low screen the field that has the keys is there first, then the row that says what keys do, then the other fields, then
/// the quotation; there is no frame but the title.
fn few_parts(area: Rect, dialog: &NoteDialog, offers: u16) -> Parts {
    let inner = inner(area, u16::from(area.height > 1), 0);
    let field = dialog.field;
    let mut left = inner.height;
    let mut rows = |wanted: u16| {
        let given = wanted.min(left);
        left -= given;
        given
    };
    let first = rows(1);
    let foot = rows(1);
    let mut other = |this: Field, wanted: u16| if field == this { first } else { rows(wanted) };
    let verdict = other(Field::Verdict, 1);
    let mut text = other(Field::Text, 1);
    let tags = other(Field::Tags, 1);
    let mut evidence = other(Field::Evidence, offers.min(1));
    let quote = rows(1);
    // What is over goes to where something is typed.
    match field {
        Field::Verdict | Field::Tags | Field::Text => text += left,
        Field::Evidence => evidence += left,
    }
    let mut y = inner.y;
    let mut take = |height: u16| {
        let part = Rect { y, height, ..inner };
        y += height;
        part
    };
    let (quote, verdict, text) = (take(quote), take(verdict), take(text));
    let (tags, evidence, foot) = (take(tags), take(evidence), take(foot));
    Parts { quote, verdict, text, tags, evidence, foot, framed: false }
}

/// The dialog's area without so many rows above and below, and a column on each side.
fn inner(area: Rect, above: u16, below: u16) -> Rect {
    Rect {
        x: area.x + 2.min(area.width),
        y: area.y + above.min(area.height),
        width: area.width.saturating_sub(4),
        height: area.height.saturating_sub(above + below),
    }
}

fn inset(area: Rect) -> Rect {
    let by = LABEL.min(area.width / 2);
    Rect { x: area.x + by, width: area.width - by, ..area }
}

fn title(buffer: &mut Buffer, area: Rect, dialog: &NoteDialog, theme: &Theme) {
    let few = dialog.note.passages.iter().any(|passage| passage.exact.unicode_words().count() < FEW_WORDS);
    let title = match (dialog.is_draft, dialog.is_new, few) {
        (true, ..) => " note, left unfinished when the program ended ",
        (_, true, true) => " new note, on few words: hard to find again when the source changes ",
        (_, true, false) => " new note ",
        (_, false, _) => " note ",
    };
    let place =
        Rect { x: area.x + 2.min(area.width), width: area.width.saturating_sub(4), height: area.height.min(1), ..area };
    paint::words(buffer, place, title, bold(theme.style(Role::Text)));
}

fn quote_rows(dialog: &NoteDialog, state: &State) -> Vec<String> {
    let room = dialog_width(state).saturating_sub(4);
    let passages = dialog.note.passages.iter();
    let quotes = passages.map(|passage| format!("{}: “{}”", passage.source.name(), passage.exact)).collect::<Vec<_>>();
    let words = quotes.join(" · ");
    let rows = rows_of_stretch(&words, ByteSpan::new(0, words.len()), Column(room));
    rows.map(|row| row.of(&words).to_owned()).collect()
}

fn draw_quote(buffer: &mut Buffer, area: Rect, dialog: &NoteDialog, state: &State, theme: &Theme) {
    let rows = quote_rows(dialog, state);
    for (at, y) in (area.top()..area.bottom()).enumerate() {
        let Some(row) = rows.get(at) else { break };
        let last = y + 1 == area.bottom() && at + 1 < rows.len();
        let row = if last { format!("{row} …") } else { row.clone() };
        paint::words(
            buffer,
            Rect { y, height: 1, ..area },
            &clipped(&row, Column(area.width)),
            theme.style(Role::Quiet),
        );
    }
}

fn label(buffer: &mut Buffer, area: Rect, words: &str, active: bool, theme: &Theme) {
    let style = if active { bold(theme.style(Role::Key)) } else { theme.style(Role::Quiet) };
    paint::words(buffer, Rect { height: area.height.min(1), ..area }, words, style);
}

fn draw_verdict(buffer: &mut Buffer, area: Rect, dialog: &NoteDialog, state: &State, theme: &Theme) -> Position {
    let active = dialog.field == Field::Verdict;
    label(buffer, area, "verdict", active, theme);
    let room = inset(area);
    let none = "none".to_owned();
    let words = |at: Option<usize>| at.and_then(|at| dialog.verdicts.get(at)).unwrap_or(&none);
    let chosen = words(dialog.verdict);
    let style = if active { theme.style(Role::Chosen) } else { bold(theme.style(Role::Text)) };
    let shown = format!(" {chosen} ");
    let chip = Rect { x: room.x.saturating_sub(1), width: room.width + 1, ..room };
    let after = paint::words(buffer, chip, &shown, style);
    let hint = if active {
        let hint = format!("  ←→ or a letter · {} of {}", dialog.verdict.map_or(0, |at| at + 1), dialog.verdicts.len());
        if state.setup.glyphs.is_ascii() { hint.replace("←→", "h l") } else { hint }
    } else {
        let key = state.setup.keymap.hint(Mode::Dialog, Command::FieldPrevious).unwrap_or_default();
        format!("  {key} goes up to choose one of {}", dialog.verdicts.len())
    };
    let rest = Rect { x: after, width: room.right().saturating_sub(after), ..room };
    paint::words(buffer, rest, &clipped(&hint, Column(rest.width)), theme.style(Role::Quiet));
    Position { x: room.x, y: room.y }
}

fn field(buffer: &mut Buffer, area: Rect, field: &TextArea<'static>, theme: &Theme) -> Position {
    let mut field = field.clone();
    let style = theme.style(Role::Text);
    if area.is_empty() {
        return Position { x: area.x, y: area.y };
    }
    field.set_style(style);
    field.set_cursor_line_style(style);
    field.set_cursor_style(style);
    (&field).render(area, buffer);
    let cursor = field.screen_cursor();
    let (top, left) = field.scroll_offset();
    let x = area.x + Column::new(cursor.col).0.saturating_sub(left);
    let y = area.y + Column::new(cursor.row).0.saturating_sub(top);
    Position { x: x.min(area.right().saturating_sub(1)), y: y.min(area.bottom().saturating_sub(1)) }
}

/// Shows how far a field reaches, and which one has the keys.
fn rule(buffer: &mut Buffer, area: Rect, active: bool, state: &State, theme: &Theme) {
    let (sign, role) =
        if active { (state.setup.glyphs.current, Role::Bar) } else { (state.setup.glyphs.edge, Role::Strip) };
    let x = area.x + LABEL.min(area.width / 2);
    for y in area.top()..area.bottom() {
        paint::sign(buffer, x.saturating_sub(2), y, sign, theme.style(role));
    }
}

fn draw_evidence(buffer: &mut Buffer, area: Rect, dialog: &NoteDialog, state: &State, theme: &Theme) -> Position {
    let active = dialog.field == Field::Evidence;
    if area.height == 0 {
        return Position { x: area.x, y: area.y };
    }
    label(buffer, area, "evidence", active, theme);
    if dialog.evidence.len() > usize::from(area.height) {
        let kept = dialog.evidence.iter().filter(|offer| offer.chosen).count();
        let count = format!("{kept} of {}", dialog.evidence.len());
        let below = Rect { y: area.y + 1, height: area.height - 1, ..area };
        label(buffer, below, &count, false, theme);
    }
    let room = inset(area);
    let first = dialog.offered.saturating_sub(usize::from(area.height) - 1);
    let mut cursor = Position { x: room.x, y: room.y };
    for (y, (at, offer)) in (room.top()..room.bottom()).zip(dialog.evidence.iter().enumerate().skip(first)) {
        let here = active && at == dialog.offered;
        let style = if here { theme.style(Role::Chosen) } else { theme.style(Role::Text) };
        if here {
            cursor.y = y;
        }
        let whose =
            offer.article.map_or_else(|| offer.evidence.passage.source.name().to_owned(), |article| article.letter());
        let sign = if offer.evidence.divergences.is_empty() { ' ' } else { state.setup.glyphs.diverges };
        let tick = if offer.chosen { "[x]" } else { "[ ]" };
        let words = format!("{tick} {whose} {sign} {}", offer.evidence.passage.exact);
        paint::words(buffer, Rect { y, height: 1, ..room }, &clipped(&words, Column(room.width)), style);
    }
    cursor
}

fn foot(buffer: &mut Buffer, parts: &Parts, dialog: &NoteDialog, state: &State, theme: &Theme) {
    let key = |command| state.setup.keymap.hint(Mode::Dialog, command).unwrap_or_default();
    let (words, role) = match &dialog.outcome {
        Outcome::None => {
            let space = if dialog.field == Field::Evidence { "Space keeps or leaves · " } else { "" };
            let (next, save, cancel) = (key(Command::FieldNext), key(Command::Save), key(Command::Cancel));
            let editor = match (dialog.field, key(Command::Editor)) {
                (Field::Text, editor) if !editor.is_empty() => format!("{editor} editor · "),
                _ => String::new(),
            };
            let whole = format!("{space}{next} next field · {editor}{save} save · {cancel} close");
            // Where not all fits, how to save and to leave is what must not be missing.
            let short =
                [format!("{save} save · {cancel} close · {next} next field"), format!("{save} save · {cancel} close")];
            let fits = |words: &String| width(words).0 <= parts.foot.width;
            let words = [whole.clone()].into_iter().chain(short).find(fits);
            (words.unwrap_or(if parts.framed { whole } else { format!("{save} save · {cancel}") }), Role::Quiet)
        }
        Outcome::Saving => ("saving …".to_owned(), Role::Quiet),
        Outcome::Failed(problem) => (format!("not saved: {problem} · {} tries again", key(Command::Save)), Role::Alert),
        Outcome::AskedToDiscard => (
            format!("not saved yet · {} saves · {} once more throws it away", key(Command::Save), key(Command::Cancel)),
            Role::Alert,
        ),
    };
    let area = parts.foot;
    if !parts.framed {
        paint::words(buffer, area, &clipped(&words, Column(area.width)), theme.style(role));
        return;
    }
    // A reason that is too long for one row takes the blank one above as well.
    let rows: Vec<ByteSpan> = rows_of_stretch(&words, ByteSpan::new(0, words.len()), Column(area.width)).collect();
    let [first, .., last] = rows.as_slice() else {
        paint::words(buffer, area, &words, theme.style(role));
        return;
    };
    let above = Rect { y: area.y.saturating_sub(1), ..area };
    paint::words(buffer, above, first.of(&words), theme.style(role));
    let rest = if rows.len() > 2 { &words[first.end.index()..] } else { last.of(&words) };
    paint::words(buffer, area, &clipped(rest.trim_start(), Column(area.width)), theme.style(role));
}
