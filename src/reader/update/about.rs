//! What is known about the source being read, and what the reader should know of the sources at the start.

use unicode_segmentation::UnicodeSegmentation;

use super::super::command::Command;
use super::super::state::State;
use crate::notes::SourceReference;
use crate::source::Article;
use crate::text::display::{count, is_right_to_left, line};
use crate::text::{ArticleIndex, Text};

/// Says what is known about the source being read: whose it is, how long, where in it the reader is, where it comes from.
pub fn source(state: &mut State) {
    let article = state.panes.active;
    let (Some(source), Some(view)) = (state.articles.get(article.index()), state.view(article)) else { return };
    let reference = SourceReference::of(source);
    let metadata = &source.metadata;
    let row = format!("row {} of {}", view.cursor_row().0 + 1, view.rows.count().0);
    let key = state.setup.keymap.hint(state.mode(), Command::OpenAddress).unwrap_or_default();
    let web = reference.on_the_web().map(|address| format!("{address} ({key} opens it)"));
    let words = count(source.text.content().unicode_words().count(), "word");
    let turned = has_right_to_left(&source.text).then(|| "right-to-left text in stored order".to_owned());
    let known = [
        Some(format!("{} {}", article.letter(), source.label())),
        Some(row),
        web,
        Some(words),
        reference.day(),
        metadata.byline.clone(),
        turned,
        metadata.title.as_ref().map(|title| format!("“{title}”")),
        Some(reference.address.clone()).filter(|address| reference.on_the_web() != Some(address)),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    state.say(line(&known.join(" · ")));
}

/// Says that paragraphs run from right to left, which no terminal shows as another does.
pub fn remark(state: &mut State) {
    let turned =
        |(at, article): (usize, &Article)| has_right_to_left(&article.text).then(|| ArticleIndex::new(at).letter());
    let letters: Vec<String> = state.articles.iter().enumerate().filter_map(turned).collect();
    if !letters.is_empty() {
        let letters = letters.join(", ");
        state.say(format!(
            "a limit: right-to-left text in {letters}, whose letters stand in the order that the terminal decides"
        ));
    }
}

fn has_right_to_left(text: &Text) -> bool {
    text.paragraphs().iter().any(|paragraph| is_right_to_left(text.slice(paragraph.span)))
}
