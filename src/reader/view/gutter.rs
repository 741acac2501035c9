//! The columns left of the text: support, mark, flag, bar.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::super::layout::FLAG;
use super::super::rows::Row;
use super::super::state::State;
use super::super::theme::{Role, Theme};
use super::paint;
use crate::compare::{Agreement, SentenceMark};
use crate::text::{ArticleIndex, ByteSpan, ParagraphKind, SentenceIndex};

/// Draws the gutter beside one row of a source.
pub fn draw(buffer: &mut Buffer, area: Rect, (article, row): (ArticleIndex, &Row), state: &State, theme: &Theme) {
    if area.width == 0 || (row.kind.is_none() && row.folded == 0) {
        return;
    }
    if row.folded > 0 {
        bar(buffer, area, (article, row), state, theme);
        return;
    }
    let glyphs = state.setup.glyphs;
    if let Some((mark, span)) = mark(article, row, state) {
        let role = match mark.agreement {
            Agreement::OnlyHere => Role::OnlyHere,
            Agreement::Same | Agreement::Reworded => Role::Shared,
            Agreement::Diverges => Role::Diverges,
        };
        let beside = row.kind.is_some_and(ParagraphKind::is_beside_the_story);
        if mark.support > 1 {
            paint::sign(buffer, area.x, area.y, digit(mark.support), theme.style(role));
        }
        if mark.support > 1 || !beside {
            paint::sign(buffer, area.x + 1, area.y, glyphs.agreement(mark.agreement), theme.style(role));
        }
        let noted = state.shelf.on(article, span).is_some();
        let flag = if noted {
            Some(glyphs.noted)
        } else if state.findings.is_by_hand(mark) {
            Some(glyphs.by_hand)
        } else {
            mark.moved.then_some(glyphs.moved)
        };
        if let Some(flag) = flag {
            paint::sign(buffer, area.x + FLAG, area.y, flag, theme.style(Role::Flag));
        }
    } else if let Some((_, span)) = begins(article, row, state).next()
        && state.shelf.on(article, span).is_some()
    {
        paint::sign(buffer, area.x + FLAG, area.y, glyphs.noted, theme.style(Role::Flag));
    }
    bar(buffer, area, (article, row), state, theme);
}

fn digit(support: u16) -> char {
    char::from_digit(u32::from(support), 10).unwrap_or('+')
}

/// The sentences that begin on a row.
fn begins<'s>(
    article: ArticleIndex,
    row: &Row,
    state: &'s State,
) -> impl Iterator<Item = (SentenceIndex, ByteSpan)> + 's {
    let sentences = state.articles.get(article.index()).map_or(&[][..], |article| article.text.sentences());
    let first = sentences.partition_point(|sentence| sentence.span.start < row.span.start);
    let end = row.span.end;
    let on_row = sentences[first..].iter().enumerate().take_while(move |(_, sentence)| sentence.span.start < end);
    on_row.map(move |(at, sentence)| (SentenceIndex::new(first + at), sentence.span))
}

/// The mark of a row: that of the passage in hand where it begins here, else the strongest of those that begin here.
fn mark<'s>(article: ArticleIndex, row: &Row, state: &'s State) -> Option<(&'s SentenceMark, ByteSpan)> {
    let hand = (article == state.panes.active).then(|| state.sentence()).flatten();
    let passing = state.view(article).map(|view| &view.passing);
    let passes = |at| passing.is_none_or(|passing| passing.passes(at));
    let begins = begins(article, row, state).filter(|(at, _)| passes(*at));
    let marks = begins.filter_map(|(at, span)| Some((state.findings.mark(article, at)?, span)));
    marks.max_by_key(|(mark, _)| (Some(mark.sentence) == hand, mark.agreement))
}

/// The bar beside the passage in hand and its counterparts.
fn bar(buffer: &mut Buffer, area: Rect, (article, row): (ArticleIndex, &Row), state: &State, theme: &Theme) {
    let glyphs = state.setup.glyphs;
    let touches = |span: ByteSpan| span.shared(row.span) > 0;
    let sign = if article == state.panes.active {
        let hand = state.sentence().and_then(|sentence| state.article()?.text.sentence(sentence));
        hand.is_some_and(|sentence| touches(sentence.span)).then_some(glyphs.current)
    } else {
        let counterparts = state.view(article).map_or(&[][..], |view| &view.counterparts);
        counterparts.iter().any(|span| touches(*span)).then_some(glyphs.counterpart)
    };
    if let Some(sign) = sign {
        paint::sign(buffer, area.x + 3, area.y, sign, theme.style(Role::Bar));
    }
}
