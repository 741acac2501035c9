//! Whether a box holds running text of its own: what a name alone does not take out.
//!
//! Must never count what leads elsewhere or asks for something. Invariant: a box is judged by what stands in it, not by its
//! name.

use dom_query::NodeRef;

use super::blocks::{Block, blocks, line};
use super::boxes::leads_elsewhere;
use super::names::parts;
use super::words;
use crate::text::masthead::ends_sentence;
use crate::text::{ParagraphKind, Text};

/// Words of a sentence of running text, at the least.
const SENTENCE: usize = 6;

/// Sentences of a box that are looked at.
const FEW: usize = 20;

/// Words of a caption, at the least.
const CAPTION: usize = 3;

/// The share of a box's bytes, in hundredths, past which links make it a list of them.
const LINKED: usize = 33;

/// Words of a box, at the most, that one request makes a request as a whole.
const ASKS: usize = 80;

/// Headings that begin a card.
const HEADINGS: [&str; 5] = ["h2", "h3", "h4", "h5", "h6"];

/// What is said only to somebody who is asked for something.
#[rustfmt::skip]
const ASKING: [&str; 25] = [
    "subscribe to", "subscribe now", "subscribe today", "subscriber?", "subscription", "sign in", "sign up", "log in",
    "your inbox", "our newsletter", "newsletters", "unlimited access", "free trial", "cookies", "our partners",
    "follow us", "our journalism", "donate now", "donate today", "support us", "terms of service", "privacy policy",
    "ad blocker", "cancel any", "cancel at any",
];

/// What a box holds that a name speaks against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// Nothing that would be told.
    Nothing,
    /// Sentences.
    Sentences,
    /// A caption, a quotation or a table.
    Told,
}

/// How many nodes of a page's boxes are read, at the most: boxes may stand in one another.
pub(super) const MOST_READ: usize = 200_000;

/// What a box holds; nothing that would be told where it has more nodes than may still be read.
pub(super) fn held(node: NodeRef, left: &mut usize) -> Held {
    *left = left.saturating_sub(size_up_to(node, *left));
    if *left == 0 || is_card(node) {
        return Held::Nothing;
    }
    let found = blocks(node);
    let size: usize = found.iter().map(|block| block.text.len()).sum();
    let linked: usize = found.iter().map(|block| block.linked).sum();
    if size == 0 || linked * 100 > size * LINKED || asks(&found) {
        return Held::Nothing;
    }
    if node.descendants_it().chain([node]).any(|inside| is_told(inside)) {
        return Held::Told;
    }
    let is_sentence = |block: &&Block| {
        matches!(block.kind, ParagraphKind::Body | ParagraphKind::Bullet)
            && words(&block.text) >= SENTENCE
            && ends_sentence(&block.text)
            && block.linked * 2 < block.text.len()
    };
    // What a page asks its readers for may be a sentence, too.
    let few = found.iter().filter(is_sentence).take(FEW).map(|block| (block.kind, block.text.clone()));
    let told = Text::of_blocks(&few.collect::<Vec<_>>());
    let is_told = told.paragraphs().iter().any(|paragraph| paragraph.kind != ParagraphKind::Furniture);
    if is_told { Held::Sentences } else { Held::Nothing }
}

/// How many nodes a box has, a long text counted as several, and counted no further than told.
fn size_up_to(node: NodeRef, most: usize) -> usize {
    const TEXT: usize = 64;
    let mut size = 0;
    for inside in node.descendants_it() {
        size += 1 + if inside.is_text() { inside.text().len() / TEXT } else { 0 };
        if size > most {
            break;
        }
    }
    size
}

/// Whether a heading in a box leads to another page.
fn is_card(node: NodeRef) -> bool {
    let is_heading = |inside: &NodeRef| HEADINGS.iter().any(|name| inside.has_name(name));
    node.descendants_it().any(|inside| is_heading(&inside) && leads_elsewhere(inside))
}

/// Whether a small box asks for something.
fn asks(found: &[Block]) -> bool {
    let size: usize = found.iter().map(|block| words(&block.text)).sum();
    size <= ASKS
        && found.iter().any(|block| {
            let lower = block.text.to_lowercase();
            ASKING.iter().any(|asking| lower.contains(asking))
        })
}

/// Whether an element is a caption, a quotation, or a table with headings.
fn is_told(node: NodeRef) -> bool {
    let is_caption = || {
        let named = node.class().is_some_and(|names| {
            names.split_ascii_whitespace().any(|name| parts(name).last().is_some_and(|last| last == "caption"))
        });
        let marked = || node.attr("itemprop").is_some_and(|name| &*name == "caption");
        node.has_name("figcaption") || named || marked()
    };
    if node.has_name("blockquote") || node.has_name("th") || is_caption() {
        words(&line(node)) >= if node.has_name("th") { 1 } else { CAPTION }
    } else {
        false
    }
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn held_by(inside: &str) -> Held {
        let document = Document::from(format!("<div id=box>{inside}</div>"));
        let found = document.select("#box");
        held(found.nodes()[0], &mut { MOST_READ })
    }

    #[test]
    fn sentences_captions_and_quotations_are_running_text() {
        assert_eq!(held_by("<h2>Jobs</h2><p>The works employ 340 people, the owner said.</p>"), Held::Sentences);
        assert_eq!(held_by("<figure><img><figcaption>Hall two at night</figcaption></figure>"), Held::Told);
        assert_eq!(held_by("<blockquote>We ran and did not look back.</blockquote>"), Held::Told);
        assert_eq!(held_by("<table><tr><th>Year<th>Dead<tr><td>2015<td>2</table>"), Held::Told);
    }

    #[test]
    fn no_more_is_read_than_may_be() {
        let document = Document::from("<div id=box><p>The works employ 340 people, the owner said.</p></div>");
        let found = document.select("#box");
        let mut left = 5;
        assert_eq!((held(found.nodes()[0], &mut left), left), (Held::Sentences, 3));
        assert_eq!((held(found.nodes()[0], &mut left), left), (Held::Sentences, 1));
        assert_eq!((held(found.nodes()[0], &mut left), left), (Held::Nothing, 0));
    }

    #[test]
    fn what_leads_elsewhere_or_asks_is_none() {
        let card = "<h3><a href=/1>Whale goes home</a></h3><p>It left the bay in the night without a word.</p>";
        assert_eq!(held_by(card), Held::Nothing);
        assert_eq!(held_by("<a href=/1>The whale left the bay in the night without a word.</a>"), Held::Nothing);
        assert_eq!(held_by("<p>Get all that we write for one crown. Cancel at any time.</p>"), Held::Nothing);
        assert_eq!(held_by("<p>We count with cookies who comes to us and who goes.</p>"), Held::Nothing);
        assert_eq!(held_by("<p>By Ann Bell</p><p>4 June 2026</p>"), Held::Nothing);
    }
}
