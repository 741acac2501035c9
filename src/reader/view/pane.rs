//! One pane: header, rows of text with what is laid over them, overview, footer.

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::super::command::Command;
use super::super::keymap::Mode;
use super::super::layout::PaneArea;
use super::super::rows::{Row, RowPosition};
use super::super::state::State;
use super::super::state::findings::Stage;
use super::super::state::overview::{Stretch, line};
use super::super::state::panes::Scrolling;
use super::super::state::source::{Counterparts, SourceView, Standing};
use super::super::theme::{Role, Theme};
use super::paint::{self, Brush, Overlay};
use super::{gutter, status};
use crate::source::Article;
use crate::text::display::{clipped, count, width};
use crate::text::{ByteSpan, Column, ParagraphKind, RowIndex};

/// Draws a pane.
pub fn draw(buffer: &mut Buffer, area: &PaneArea, state: &State, theme: &Theme) {
    let (Some(article), Some(view)) = (state.articles.get(area.article.index()), state.view(area.article)) else {
        return;
    };
    header(buffer, area, article, state, theme);
    let over = laid_over(area, view, state, theme);
    let mut near = Vec::new();
    for line in 0..area.text.height {
        let position = view.top + i32::from(line);
        let Some(row) = view.rows.at(position) else { continue };
        let y = area.text.y + line;
        gutter::draw(buffer, Rect { y, height: 1, ..area.gutter }, (area.article, row), state, theme);
        let place = Rect { y, height: 1, ..area.text };
        if row.folded > 0 {
            paint::words(buffer, place, &folded(row.folded, state), theme.style(Role::Quiet));
        }
        near.clear();
        near.extend(over.iter().copied().filter(|(span, _)| span.shared(row.shown) > 0));
        text(buffer, place, article, row, &RowBrush { view, over: &near, theme });
    }
    strip(buffer, area, view, state, theme);
    footer(buffer, area, view, state, theme);
}

fn header(buffer: &mut Buffer, area: &PaneArea, article: &Article, state: &State, theme: &Theme) {
    if area.header.height == 0 {
        return;
    }
    let active = area.article == state.panes.active;
    let role = if active { Role::HeaderActive } else { Role::Header };
    let letter = format!(" {} ", area.article.letter());
    let chip = if active { theme.style(role).add_modifier(Modifier::REVERSED) } else { theme.style(role) };
    let room = area.header.width.saturating_sub(HEADER_SIGNS);
    let label = dated(article, room, state);
    paint::pieces(buffer, area.header, &[(&letter, chip), (" ", Style::new()), (&label, theme.style(role))]);
}

/// Fewest columns that a source's name keeps before its date.
const LEAST_NAME: u16 = 12;

/// Columns of a header that are no name and no date.
const HEADER_SIGNS: u16 = 6;

/// A source's name and its date; the name is cut before the date is.
fn dated(article: &Article, room: u16, state: &State) -> String {
    let label = article.label();
    let date = date(article, with_years(state));
    let left = room.saturating_sub(width(&date).0);
    if width(&label).0 <= left {
        format!("{label}{date}")
    } else if left < LEAST_NAME {
        clipped(&label, Column(room))
    } else {
        format!("{}{date}", clipped(&label, Column(left)))
    }
}

fn date(article: &Article, with_year: bool) -> String {
    let form = if with_year { "%-d %b %Y" } else { "%-d %b" };
    article.metadata.published.map(|published| format!(" · {}", published.strftime(form))).unwrap_or_default()
}

/// Whether dates are told with their years: where these differ, or there is room for them in all panes.
fn with_years(state: &State) -> bool {
    let year = |article: &Article| article.metadata.published.map(|published| published.year());
    let mut years = state.articles.iter().filter_map(year);
    let first = years.next();
    let fits = |pane: &PaneArea| {
        let source = state.articles.get(pane.article.index());
        source.is_none_or(|source| {
            width(&source.label()).0 + width(&date(source, true)).0 + HEADER_SIGNS <= pane.header.width
        })
    };
    years.any(|year| Some(year) != first) || state.layout.panes.iter().all(fits)
}

/// What stands in place of sentences folded away.
fn folded(sentences: u32, state: &State) -> String {
    let dots = if state.setup.glyphs.is_ascii() { "..." } else { "…" };
    format!("{dots} {}", count(sentences as usize, "sentence"))
}

/// What a row of text is drawn with.
struct RowBrush<'a> {
    view: &'a SourceView,
    /// What is laid over the row.
    over: &'a [Overlay],
    theme: &'a Theme,
}

/// The styles laid over the visible part of the text, the later over the earlier.
fn laid_over(area: &PaneArea, view: &SourceView, state: &State, theme: &Theme) -> Vec<Overlay> {
    let first = view.rows.offset_at(view.top);
    let last = view.top + i32::from(area.text.height);
    let end = view.rows.at(last - 1).map_or(ByteSpan::new(usize::MAX, usize::MAX).end, |row| row.span.end);
    let visible = ByteSpan { start: first, end: end.max(first) };
    let text = state.articles.get(area.article.index()).map(|article| &article.text);
    let faded = |span: ByteSpan| {
        let sentence = text.and_then(|text| text.sentence_at(span.start));
        view.passing.is_filtered() && sentence.is_some_and(|sentence| !view.passing.passes(sentence))
    };
    let mut over: Vec<Overlay> = Vec::new();
    let sentences = text.map_or(&[][..], |text| text.sentences());
    let from = sentences.partition_point(|sentence| sentence.span.end <= visible.start);
    let on_screen = sentences[from..].iter().take_while(|sentence| sentence.span.start < visible.end);
    over.extend(
        on_screen.map(|sentence| sentence.span).filter(|span| faded(*span)).map(|span| (span, theme.style(Role::Held))),
    );
    let fades = over.len();
    if area.article == state.panes.active {
        let sentence = state.sentence().and_then(|sentence| state.article()?.text.sentence(sentence));
        over.extend(sentence.map(|sentence| (sentence.span, theme.style(Role::Current))));
    }
    over.extend(view.counterparts.iter().map(|span| (*span, theme.style(Role::Counterpart))));
    let begun = state.shelf.by_hand.begun.filter(|begun| begun.passage.article == area.article);
    over.extend(begun.map(|begun| (begun.passage.span, theme.style(Role::Chosen))));
    let hand: Vec<ByteSpan> = over[fades..].iter().map(|(span, _)| *span).collect();
    let spans = |spans: &[ByteSpan], role: Role, over: &mut Vec<Overlay>| {
        // Spans are sorted by their beginnings; one that begins before the screen may reach into it.
        let from = spans.partition_point(|span| span.start < visible.start).saturating_sub(8);
        let to = spans.partition_point(|span| span.start < visible.end);
        over.extend(spans.get(from..to).unwrap_or_default().iter().map(|span| (*span, theme.style(role))));
    };
    spans(state.findings.diverging(area.article), Role::Diverging, &mut over);
    let diverging = over.split_off(fades + hand.len());
    over.extend(diverging.into_iter().filter(|(span, _)| !faded(*span)).map(|(span, style)| {
        match hand.iter().any(|hand| hand.shared(span) > 0) {
            true => (span, theme.style(Role::Differing)),
            false => (span, style),
        }
    }));
    spans(state.search.found(area.article), Role::Found, &mut over);
    if area.article == state.panes.active {
        over.extend(state.selected().map(|span| (span, theme.style(Role::Selected))));
    }
    over
}

fn text(buffer: &mut Buffer, area: Rect, article: &Article, row: &Row, style: &RowBrush<'_>) {
    let role = match row.kind {
        Some(ParagraphKind::Title) => Role::Title,
        Some(ParagraphKind::Heading) => Role::Heading,
        Some(ParagraphKind::Furniture | ParagraphKind::Caption) => Role::Furniture,
        Some(ParagraphKind::Body | ParagraphKind::Bullet) => Role::Text,
        None => return,
    };
    let mut base = style.theme.style(role);
    // Under a filter only what does not pass is dimmed.
    if matches!(style.view.standing, Standing::Held(_)) && !style.view.passing.is_filtered() {
        base = base.patch(style.theme.style(Role::Held));
    }
    let indent = row.indent.0.min(area.width);
    let area = Rect { x: area.x + indent, width: area.width - indent, ..area };
    paint::text(buffer, area, (article.text.content(), row.shown), Brush { style: base, over: style.over });
}

fn strip(buffer: &mut Buffer, area: &PaneArea, view: &SourceView, state: &State, theme: &Theme) {
    if area.strip.width == 0 {
        return;
    }
    let glyphs = state.setup.glyphs;
    let (count, height) = (view.rows.count().index(), usize::from(area.strip.height));
    let place =
        |position: RowPosition| line(position.index().unwrap_or_default().min(view.rows.last()).index(), count, height);
    let seen = place(view.top)..=place(view.top + i32::from(area.text.height) - 1);
    for (at, y) in (area.strip.top()..area.strip.bottom()).enumerate() {
        let stretch = view.overview.get(at).copied().unwrap_or_default();
        let here = seen.contains(&at) && count > height;
        let track = if here { Role::StripView } else { Role::Strip };
        let (sign, role) = match stretch {
            Stretch::Plain | Stretch::Shared => (glyphs.edge, track),
            Stretch::OnlyHere => (glyphs.gap, track),
            Stretch::Diverges => (glyphs.tick, Role::Diverges),
            Stretch::Noted => (glyphs.noted, Role::Flag),
        };
        paint::sign(buffer, area.strip.x, y, sign, theme.style(role));
    }
}

/// Figures beyond the first of most numbers of rows to the next match.
const MOST_FIGURES: u16 = 2;

fn footer(buffer: &mut Buffer, area: &PaneArea, view: &SourceView, state: &State, theme: &Theme) {
    if area.footer.height == 0 {
        return;
    }
    let (wordings, role) = standing(view, state);
    let inset = if area.gutter.width > 0 { area.gutter.width } else { 0 };
    let mut room = Rect { x: area.footer.x + inset, width: area.footer.width.saturating_sub(inset + 1), ..area.footer };
    if let Some(count) = found(area, view, state) {
        let wide = width(&count).0.min(room.width);
        paint::words(buffer, Rect { x: room.right() - wide, width: wide, ..room }, &count, theme.style(Role::Key));
        room.width = room.width.saturating_sub(wide + 2);
    }
    // The words stay the same while a number of rows loses a figure.
    let figures = match view.standing {
        Standing::Held(Some(rows)) => rows.unsigned_abs().checked_ilog10().unwrap_or(0) as u16,
        _ => MOST_FIGURES,
    };
    let spare = MOST_FIGURES.saturating_sub(figures);
    let fits = |words: &&String| width(words).0 + spare <= room.width;
    let Some(words) = wordings.iter().find(fits).or(wordings.last()) else { return };
    paint::words(buffer, room, &clipped(words, Column(room.width)), theme.style(role));
}

/// How many places of the source a search found, and which of them the reader stands on; `None` while nothing is searched for.
fn found(area: &PaneArea, view: &SourceView, state: &State) -> Option<String> {
    if state.search.wanted.is_empty() {
        return None;
    }
    let places = state.search.found(area.article);
    let here = places.iter().position(|span| span.start == view.cursor).filter(|_| area.article == state.panes.active);
    Some(match here {
        Some(at) => format!("{} of {} found", at + 1, places.len()),
        None if places.is_empty() => "none found".to_owned(),
        None => format!("{} found", places.len()),
    })
}

/// What a pane says of itself, in fewer and fewer words: the first that fits is said, and numbers go last.
fn standing(view: &SourceView, state: &State) -> (Vec<String>, Role) {
    let percent = format!("{} %", view.percent(state.panes.focus_line));
    match view.standing {
        Standing::Waiting if matches!(state.findings.stage, Stage::Running(_)) => {
            (vec!["comparing …".to_owned()], Role::Quiet)
        }
        Standing::Reading | Standing::Waiting => (vec![percent], Role::Quiet),
        Standing::Beside(found) if found.off == 0 => (level(view, found, state), Role::Quiet),
        Standing::Beside(found) => (elsewhere(found, state), Role::Quiet),
        Standing::Moved(found) => (moved(found, state), Role::Flag),
        Standing::Held(next) => {
            let held = if state.panes.scrolling == Scrolling::Aligned { Role::Held } else { Role::Quiet };
            (without_counterpart(next, state), held)
        }
    }
}

fn hint(state: &State, command: Command) -> String {
    state.setup.keymap.hint(Mode::Reading, command).unwrap_or_default()
}

/// Which of several counterparts it is; nothing where there is one.
fn which(found: Counterparts) -> String {
    if found.of > 1 { format!(" · {}/{}", found.which, found.of) } else { String::new() }
}

fn level(view: &SourceView, found: Counterparts, state: &State) -> Vec<String> {
    let which = which(found);
    let mut wordings = Vec::new();
    if found.of > 1 {
        wordings.push(format!("level{which} · {} next", hint(state, Command::CounterpartNext)));
    } else if view.choice.is_some() {
        wordings.push(format!("level · {} goes back", hint(state, Command::ThereAndBack)));
    }
    wordings.push(format!("level{which}"));
    wordings
}

fn elsewhere(found: Counterparts, state: &State) -> Vec<String> {
    let (which, key) = (which(found), hint(state, Command::Level));
    let way = if found.off < 0 { "above" } else { "below" };
    let arrow = status::arrow(state, found.off);
    let rows = count(found.off.unsigned_abs() as usize, "row");
    vec![
        format!("counterpart {rows} {way} · {key} brings it level{which}"),
        format!("counterpart {rows} {way} · {key} levels{which}"),
        format!("{rows} {way} · {key} levels{which}"),
        format!("{arrow} · {key} levels{which}"),
        format!("{arrow}{which}"),
        arrow,
    ]
}

fn moved(found: Counterparts, state: &State) -> Vec<String> {
    let (which, key, sign) = (which(found), hint(state, Command::ThereAndBack), state.setup.glyphs.moved);
    if found.off == 0 {
        return vec![
            format!("{sign} moved, level here{which}"),
            format!("{sign} level{which}"),
            format!("{sign} level"),
        ];
    }
    let arrow = status::arrow(state, found.off);
    vec![
        format!("{sign} moved {arrow} · {key} goes there{which}"),
        format!("{sign} moved {arrow} · {key}{which}"),
        format!("{sign} {arrow}{which}"),
        format!("{sign} {arrow}"),
    ]
}

fn without_counterpart(next: Option<i32>, state: &State) -> Vec<String> {
    let Some(rows) = next else { return vec!["no counterpart".to_owned(), "none".to_owned()] };
    let (which, arrow) = (if rows > 0 { "next" } else { "last" }, status::arrow(state, rows));
    vec![format!("no counterpart · {which} match {arrow}"), format!("no counterpart · {arrow}"), arrow]
}

/// Where the terminal's cursor stands: on the passage in hand.
pub fn cursor(state: &State) -> Position {
    let article = state.panes.active;
    let (Some(area), Some(view)) = (state.layout.pane(article), state.view(article)) else { return Position::ORIGIN };
    let row: RowIndex = view.cursor_row();
    let line = u16::try_from(RowPosition::from(row) - view.top).unwrap_or(0).min(area.text.height.saturating_sub(1));
    let before = view
        .rows
        .get(row)
        .filter(|row| row.folded == 0)
        .map(|row| ByteSpan { start: row.span.start, end: view.cursor.max(row.span.start) });
    let content = state.article().map_or("", |article| article.text.content());
    let column = before.map_or(0, |before| crate::text::display::clusters(content, before).map(|c| c.width.0).sum());
    let indent = view.rows.get(row).map_or(0, |row| row.indent.0);
    Position { x: area.text.x + (column + indent).min(area.text.width.saturating_sub(1)), y: area.text.y + line }
}
