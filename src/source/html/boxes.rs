//! Boxes that stand around an article, told by what they hold: a form, cards that lead elsewhere, the heading of a list of
//! comments.
//!
//! Must never take out the running text: a box goes only where enough of it remains without the box. Invariant: a form that
//! holds much of the page becomes an ordinary box, every other one goes later.

use std::collections::HashSet;

use dom_query::{Document, NodeRef};

use super::blocks::line;
use super::story::is_afterwards;
use super::{STORY, words};

/// Words of running text, at the least, that have to remain of a page.
pub(super) const REMAINS: usize = 60;

/// Words of a text without markup in it, at the least, that is running text.
const RUN: usize = 8;

/// Words of a box that asks for something, or of a card, at the most.
const SMALL: usize = 60;

/// Paragraphs of a box that asks for something, at the most.
const FEW: usize = 2;

/// Forms and buttons of a page that are looked at.
const MOST_ASKING: usize = 400;

/// How far out of a form its box is looked for, and out of a heading its card's neighbours.
const NEAR: usize = 4;

/// The share of a page's words, in hundredths, past which a form holds the page.
const MUCH: usize = 40;

/// How many nodes a small box has, at the most.
const NODES: usize = 2000;

/// What a small box can be.
pub(super) const BOXES: [&str; 4] = ["div", "section", "aside", "center"];

/// A page from which boxes are taken out, as long as enough running text remains.
pub(super) struct Remains<'a> {
    body: NodeRef<'a>,
    running: usize,
}

impl<'a> Remains<'a> {
    /// Counts a page's running text.
    pub(super) fn of(body: NodeRef<'a>) -> Self {
        Self { body, running: running_words(body) }
    }

    /// Takes out a box where enough remains without it.
    pub(super) fn take(&mut self, node: NodeRef) {
        let own = running_words(node);
        // One inside another that is gone is gone.
        if self.running >= own + REMAINS && node.ancestors_it(None).any(|above| above.id == self.body.id) {
            self.running -= own;
            node.remove_from_parent();
        }
    }
}

/// Makes an ordinary box of a form around much of the page, as some servers' pages have one around everything.
pub(super) fn open_forms(document: &Document) {
    document.select("script, style, template").remove();
    let Some(body) = document.body() else { return };
    let all = words(&body.text());
    for form in document.select("form").nodes() {
        let asks_password = form
            .descendants_it()
            .any(|inside| inside.has_name("input") && inside.attr("type").is_some_and(|kind| &*kind == "password"));
        if !asks_password && words(&form.text()) * 100 >= all * MUCH {
            form.rename("div");
        }
    }
}

/// Takes out small boxes around a form, and those around a button that stand outside the article.
pub(super) fn remove_asking(document: &Document) {
    let Some(mut remains) = document.body().map(Remains::of) else { return };
    for asking in document.select("form, button").nodes().iter().take(MOST_ASKING) {
        let is_form = asking.has_name("form");
        let in_article = || asking.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"));
        if !is_form && in_article() {
            continue;
        }
        let asked = asking_box(*asking).filter(|asked| running_words(*asked) > 0);
        if let Some(asked) = asked.filter(|asked| is_form || !is_one_of_many(*asked)) {
            remains.take(asked);
        }
    }
}

/// The small box whose words are there for a form or button; `None` where what it stands in holds more.
fn asking_box(asking: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let of_form = if asking.has_name("form") { words(&asking.text()) } else { 0 };
    let around = asking.ancestors_it(Some(NEAR)).take_while(|above| BOXES.iter().any(|name| above.has_name(name)));
    let mut with_words = around.map(|above| (above, words_up_to(above, of_form + SMALL + 1)));
    let (found, size) = with_words.find(|(_, size)| *size > of_form)?;
    if size > of_form + SMALL {
        return None;
    }
    let paragraphs = found.descendants_it().filter(|inside| inside.has_name("p")).take(FEW + 1).count();
    let told = ["h1", "article", "figure", "blockquote", "time"];
    let tells = found.descendants_it().any(|inside| told.iter().any(|name| inside.has_name(name)));
    (paragraphs <= FEW && !tells).then_some(found)
}

/// How many words a box has, counted no further than told.
fn words_up_to(node: NodeRef, most: usize) -> usize {
    let mut count = 0;
    for (at, inside) in node.descendants_it().enumerate() {
        if inside.is_text() {
            count += words(&inside.text());
        }
        if count > most || at > NODES {
            return most + 1;
        }
    }
    count
}

/// Whether boxes of the same name stand beside this one.
fn is_one_of_many(node: NodeRef) -> bool {
    let alike = |other: &NodeRef| other.node_name() == node.node_name() && other.class() == node.class();
    let before = std::iter::successors(node.prev_element_sibling(), NodeRef::prev_element_sibling);
    let after = std::iter::successors(node.next_element_sibling(), NodeRef::next_element_sibling);
    node.class().is_some() && (before.take(3).any(|other| alike(&other)) || after.take(3).any(|other| alike(&other)))
}

/// Takes out boxes whose first words are the heading of what follows an article, and rows of cards that lead elsewhere.
pub(super) fn remove_around(document: &Document) {
    let Some(mut remains) = document.body().map(Remains::of) else { return };
    let headings = document.select("h2, h3, h4, h5, h6");
    for heading in headings.nodes().iter().filter(|heading| is_afterwards(&line(**heading))) {
        if let Some(headed) = headed_box(*heading) {
            remains.take(headed);
        }
    }
    let mut seen = HashSet::new();
    for heading in headings.nodes().iter().filter(|heading| leads_elsewhere(**heading)) {
        for row in heading.ancestors(Some(NEAR)) {
            // A list of things told, each with a link, may be the article itself.
            if seen.insert(row.id) && is_row_of_cards(row) && running_words(row) * 2 <= remains.running {
                remains.take(row);
            }
        }
    }
}

/// The box that a heading begins, as far out as it holds nothing else.
fn headed_box(heading: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let first = heading.parent().filter(|parent| is_plain_box(*parent) && is_first(heading))?;
    let tells = |inside: &NodeRef| inside.has_name("p") && words(&inside.text()) >= STORY;
    if first.descendants_it().any(|inside| inside.has_name("h1")) || first.element_children().iter().any(tells) {
        return None;
    }
    let mut outermost = first;
    while let Some(parent) = outermost.parent().filter(|parent| is_plain_box(*parent)) {
        let alone = parent.children_it(false).all(|child| child.id == outermost.id || words_up_to(child, 0) == 0);
        if !alone {
            break;
        }
        outermost = parent;
    }
    Some(outermost)
}

fn is_plain_box(node: NodeRef) -> bool {
    BOXES.iter().chain(&["ul", "ol", "li", "header", "footer"]).any(|name| node.has_name(name))
}

/// Whether nothing with words stands before a node in its parent.
fn is_first(node: NodeRef) -> bool {
    std::iter::successors(node.prev_sibling(), NodeRef::prev_sibling).all(|before| words_up_to(before, 0) == 0)
}

/// Whether a heading is a link to another page.
pub(super) fn leads_elsewhere(heading: NodeRef) -> bool {
    let leads = |node: &NodeRef| {
        node.has_name("a") && !node.attr("href").is_some_and(|to| to.starts_with('#') || to.is_empty())
    };
    heading.descendants_it().any(|inside| leads(&inside)) || heading.ancestors_it(Some(2)).any(|above| leads(&above))
}

/// Whether a box holds cards alone: each a heading that leads elsewhere, with a few words.
fn is_row_of_cards(row: NodeRef) -> bool {
    if !BOXES.iter().chain(&["ul", "ol"]).any(|name| row.has_name(name)) {
        return false;
    }
    let is_card = |card: &NodeRef| {
        let headings = ["h2", "h3", "h4", "h5", "h6"];
        words_up_to(*card, SMALL + 1) <= SMALL
            && !headings.iter().any(|name| card.has_name(name))
            && card
                .descendants_it()
                .find(|inside| headings.iter().any(|name| inside.has_name(name)))
                .is_some_and(leads_elsewhere)
    };
    let cards = row.element_children();
    cards.len() > 1 && cards.iter().all(is_card)
}

/// How many words of running text a box has: those that stand in one piece and are no link.
pub(super) fn running_words(node: NodeRef) -> usize {
    let mut count = 0;
    for child in node.children_it(false) {
        if child.is_text() {
            let here = words(&child.text());
            count += if here >= RUN { here } else { 0 };
        } else if child.is_element() && !["a", "button", "select", "textarea"].iter().any(|name| child.has_name(name)) {
            count += running_words(child);
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    const SENTENCE: &str = "One two three four five six seven eight nine ten. ";

    /// What remains beside a story of seventy words after both steps.
    fn left_of(inside: &str, outside: &str) -> String {
        let story = SENTENCE.repeat(7);
        let page = format!("<body><article><h1>Head</h1><p>{story}</p>{inside}</article>{outside}</body>");
        let document = Document::from(page);
        open_forms(&document);
        remove_asking(&document);
        remove_around(&document);
        document.text().replace(&story, "").replace("Head", "")
    }

    #[test]
    fn a_form_around_the_page_is_an_ordinary_box() {
        let document = Document::from(format!("<form><h1>Head</h1><p>{SENTENCE}</p></form><p>Foot</p>"));
        open_forms(&document);
        assert!(document.select("form").is_empty());
        let document = Document::from(format!("<form>Search</form><p>{SENTENCE}</p>"));
        open_forms(&document);
        assert_eq!(document.select("form").length(), 1);
        let document = Document::from("<form>Your name, please, and then the word<input type=password></form>");
        open_forms(&document);
        assert_eq!(document.select("form").length(), 1);
    }

    #[test]
    fn a_small_box_goes_with_its_form_or_button() {
        let letter = "<section><h3>News by post</h3><p>Everything that you need to know, every day at seven.</p>\
            <form><input></form></section>";
        assert_eq!(left_of(letter, ""), "");
        let cookies = "<div><p>We and our partners count you, as you may like or not.</p><button>Yes</button></div>";
        assert_eq!(left_of("", cookies), "");
        let told = "<div><p>The road was lifted by half a metre before anybody woke.</p><button>Share</button></div>";
        assert_eq!(left_of(told, ""), "The road was lifted by half a metre before anybody woke.Share");
    }

    #[test]
    fn cards_and_what_a_heading_of_other_things_begins_go() {
        let card = "<li><h3><a href=/1>Whale goes home</a></h3><p>It left the bay in the night without a word to anybody.</p></li>";
        assert_eq!(left_of("", &format!("<ul>{card}{card}</ul>")), "");
        let said = "<section><h2>Join the conversation</h2><div><p>My father was rowed home in the flood of that year.</p></div></section>";
        assert_eq!(left_of("", said), "");
        let jump = card.replace("/1", "#1");
        assert!(left_of(&format!("<ul>{jump}{jump}</ul>"), "").contains("Whale"));
        assert!(left_of(&format!("<ul>{}</ul>", card.repeat(9)), "").contains("Whale"), "a list may be the article");
    }
}
