//! Words that a page marks as a control, or as hidden from some readers, and yet shows in the middle of its text.
//!
//! Must never keep a control that stands alone. Invariant: no word is added, only blanks, and the names of elements change.

use dom_query::{Document, NodeRef};

use super::blocks::INLINE;
use super::names::parts;
use super::words;

/// What holds a line of text.
const LINES: [&str; 14] =
    ["p", "li", "td", "th", "dd", "dt", "figcaption", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6"];

/// Buttons of a page that are looked at.
const MOST: usize = 4000;

/// Words beside a button, at the least, by which it stands in a sentence.
const BESIDE: usize = 2;

/// Makes ordinary words of buttons in the middle of a sentence, and of those that a heading is.
pub(super) fn open_buttons(document: &Document) {
    for button in document.select("button").nodes().iter().take(MOST) {
        let Some(line) = line_of(*button) else { continue };
        let is_heading = line.node_name().is_some_and(|name| name.len() == 2 && name.starts_with('h'));
        let is_alone = || words(&line.text()) == words(&button.text());
        let is_word = if is_heading { is_alone() } else { is_followed(*button, line) && is_beside_words(line) };
        if is_word {
            button.rename("span");
        }
    }
}

/// Puts a blank between pieces of a box that a page sets apart by its style: two of them with nothing between, where the second
/// begins as words of their own do.
pub(super) fn part_pieces(document: &Document) {
    let is_piece = |node: &NodeRef| node.has_name("span") || node.has_name("time");
    let begins = |text: &str| text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    for piece in document.select("div > span, div > time, header > span, header > time").nodes() {
        let Some(before) = piece.prev_sibling().filter(is_piece) else { continue };
        let text = before.text();
        if text.chars().nth(1).is_some() && text.ends_with(char::is_alphanumeric) && begins(&piece.text()) {
            piece.insert_before(&document.tree.new_text(" "));
        }
    }
}

/// Whether an element that is hidden from those who listen stands in a line for those who see.
pub(super) fn is_seen_in_line(node: NodeRef) -> bool {
    let is_symbol = || {
        node.class().is_some_and(|names| {
            parts(&names).iter().any(|part| matches!(part.as_str(), "icon" | "icons" | "symbols" | "glyphicon" | "fa"))
        })
    };
    let is_inline = INLINE.iter().any(|name| node.has_name(name)) && !node.has_name("a");
    is_inline && line_of(node).is_some() && node.text().chars().any(char::is_alphanumeric) && !is_symbol()
}

/// The line that an element stands in, with nothing but what stands in lines between.
fn line_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_inline = |above: &NodeRef| INLINE.iter().any(|name| above.has_name(name));
    let first = node.ancestors_it(None).find(|above| !is_inline(above))?;
    LINES.iter().any(|name| first.has_name(name)).then_some(first)
}

/// Whether words, or the mark that ends a sentence, stand right behind a button.
fn is_followed(button: NodeRef, line: NodeRef) -> bool {
    let mut at = button;
    while at.id != line.id {
        let after = std::iter::successors(at.next_sibling(), NodeRef::next_sibling);
        let said = after.map(|node| (node, node.text())).find(|(_, text)| !text.trim().is_empty());
        if let Some((node, text)) = said {
            let is_button = node.has_name("button") || node.has_name("a");
            return !is_button
                && text.contains(|c: char| c.is_alphanumeric() || matches!(c, '.' | ',' | ';' | '?' | '!'));
        }
        let Some(above) = at.parent() else { return false };
        at = above;
    }
    false
}

/// Whether a line has words besides its buttons.
fn is_beside_words(line: NodeRef) -> bool {
    let buttons = line.descendants_it().filter(|inside| inside.has_name("button"));
    let said: usize = buttons.map(|button| words(&button.text())).sum();
    words(&line.text()) >= said + BESIDE
}

#[cfg(test)]
mod tests {
    use super::*;

    fn left_of(page: &str) -> String {
        let document = Document::from(page);
        open_buttons(&document);
        document.select("button").remove();
        document.text().trim().to_owned()
    }

    #[test]
    fn a_button_in_a_sentence_is_a_word_of_it_and_one_alone_is_none() {
        assert_eq!(
            left_of("<p>Police ruled out <button>arson</button> on Sunday.</p>"),
            "Police ruled out arson on Sunday."
        );
        assert_eq!(left_of("<p>They ruled out <b><button>arson</button></b>.</p>"), "They ruled out arson.");
        assert_eq!(left_of("<li><button>Carrow</button>: 3 dead</li>"), "Carrow: 3 dead");
        assert_eq!(left_of("<h2><button>Was anyone warned?</button></h2>"), "Was anyone warned?");
        assert_eq!(left_of("<h2>What next <button>Share</button></h2>"), "What next");
        assert_eq!(left_of("<p><button>Load more</button></p>"), "");
        assert_eq!(left_of("<p>It rained all night. <button>Read more</button></p>"), "It rained all night.");
        assert_eq!(left_of("<li><button>Like</button> 12 <button>Share</button></li>"), "12");
        assert_eq!(left_of("<div><button>Listen</button> to this story</div>"), "to this story");
    }

    #[test]
    fn pieces_that_a_box_sets_apart_are_words_of_their_own() {
        let parted = |page: &str| {
            let document = Document::from(page);
            part_pieces(&document);
            document.text().to_string()
        };
        assert_eq!(parted("<div><time>6 Jun 2026</time><time>02.05 CEST</time></div>"), "6 Jun 2026 02.05 CEST");
        assert_eq!(parted("<div><span>Lea Stern</span><time>2 October</time></div>"), "Lea Stern 2 October");
        assert_eq!(parted("<div><span>T</span><span>He</span> <span>12</span><span>th</span></div>"), "THe 12th");
        assert_eq!(parted("<p><span>Mac</span><span>Donald</span></p>"), "MacDonald");
    }

    #[test]
    fn what_is_hidden_from_those_who_listen_may_stand_in_a_line() {
        let seen = |page: &str| {
            let document = Document::from(page);
            let found = document.select("[aria-hidden]");
            is_seen_in_line(found.nodes()[0])
        };
        assert!(seen("<p>It was <b aria-hidden=true>eleven</b> who were hurt.</p>"));
        assert!(!seen("<p>It was <i class='material-icons' aria-hidden=true>share</i> eleven.</p>"));
        assert!(!seen("<h2>What next <a aria-hidden=true href=#x>link</a></h2>"));
        assert!(
            !seen("<p>On <span aria-hidden=true>→</span></p>") && !seen("<div><span aria-hidden=true>Ad</span></div>")
        );
    }
}
