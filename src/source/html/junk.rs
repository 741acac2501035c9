//! What a page puts around its article: left out before the article is looked for.
//!
//! Must never take out most of a page, whatever it is called, nor words from the middle of a sentence: an element that holds
//! much of the words stays, and so do many of one name that do together, and what holds running text of its own where its name
//! is not sure. Invariant: only elements are removed, by their kind and by the names their authors gave them.

use std::collections::{HashMap, HashSet};

use dom_query::{Document, NodeId, NodeRef};

use super::blocks::INLINE;
use super::boxes::{BOXES, REMAINS, Remains, running_words};
use super::in_line::is_seen_in_line;
use super::names::{Telling, is_never_a_story, is_unseen, puts_off, telling};
use super::own_text::{Held, MOST_READ, held};

/// Elements that are never the article. A page's own header goes only where no headline stands in it.
const NEVER: &str = "script, style, template, svg, iframe, object, embed, canvas, nav, dialog, form, button, select, input, \
textarea, menu, amp-ad, amp-consent, amp-sidebar, amp-analytics, amp-user-notification, amp-iframe, amp-social-share, \
[role=navigation], [role=search], [role=dialog], [role=alertdialog], [role=menu], [role=banner], [role=contentinfo], \
[role=complementary]";

/// Elements that are the article's surroundings unless much of the words stands in them.
const MOSTLY: &str = "aside, footer, noscript, [hidden], [aria-hidden=true], [style*='display:none'], \
[style*='display: none'], [style*='visibility:hidden'], [style*='visibility: hidden']";

/// The share of a page's words, in hundredths, past which an element stays whatever it is called.
const MUCH: usize = 40;

/// Words of a cell, at the least, that holds a story and no datum.
const CELL_OF_A_STORY: usize = 80;

/// Takes out what stands around the article.
pub(super) fn remove(document: &Document) {
    unframe(document);
    document.select(NEVER).remove();
    let Some(body) = document.body() else { return };
    let all = words(body).max(1);
    for node in document.select(MOSTLY).nodes() {
        if is_seen_in_line(*node) {
            node.remove_attr("aria-hidden");
        } else if node.has_name("footer") && node.ancestors_it(None).any(|above| above.has_name("blockquote")) {
            // Who said a quotation stands in a footer, too.
            node.rename("div");
        } else {
            drop_small(*node, all);
        }
    }
    for node in document.select("header").nodes() {
        let in_article = node.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"));
        if !in_article && !holds_headline(*node) {
            drop_small(*node, all);
        }
    }
    let mut left = MOST_READ;
    let named = named(document, &mut left);
    remove_named(body, &named, all);
    let mut remains = Remains::of(body);
    for (node, _) in named.iter().filter(|(node, _)| is_never_a_story(*node)) {
        remains.take(*node);
    }
    // Readability libraries go by names, too: by those of a heading, and of a word that a byline could be.
    let headings = document.select("h2, h3, h4, h5, h6");
    for node in headings.nodes().iter().copied().chain(inside(document, &["p"])) {
        node.remove_attrs(&["class", "id", "rel", "itemprop"]);
    }
    let is_box = |node: &NodeRef| node.has_name("section") || node.has_name("div");
    for node in inside(document, &["article", "main"]).into_iter().filter(is_box) {
        if puts_off(node) && held(node, &mut left) != Held::Nothing {
            node.remove_attrs(&["class", "id"]);
        }
    }
}

/// The elements inside those of some names. A selector that says so looks from every element up to the root, however deep that is.
fn inside<'a>(document: &'a Document, names: &[&str]) -> Vec<NodeRef<'a>> {
    let is_one = |node: &NodeRef| names.iter().any(|name| node.has_name(name));
    let all = document.select(&names.join(", "));
    let outer = all.nodes().iter().filter(|node| !node.ancestors_it(None).any(|above| is_one(&above)));
    outer.flat_map(|node| node.descendants_it()).filter(NodeRef::is_element).collect()
}

/// Elements that no name of their own takes out.
#[rustfmt::skip]
const KEPT: [&str; 22] = [
    "html", "body", "main", "article", "h1", "h2", "h3", "h4", "h5", "h6", "p", "blockquote", "q", "figcaption", "time",
    "tr", "td", "th", "caption", "dl", "dt", "dd",
];

/// Words beside an element in a line, at the least, by which they are a sentence outside a paragraph.
const SENTENCE: usize = 8;

/// The elements whose names tell that they stand around the article, each with that name.
fn named<'a>(document: &'a Document, left: &mut usize) -> Vec<(NodeRef<'a>, String)> {
    let all = document.select("[class], [id], [data-component], [data-testid]");
    let mut named: Vec<(NodeRef, String)> = all
        .nodes()
        .iter()
        .filter(|node| !KEPT.iter().any(|name| node.has_name(name)) || is_small_print(**node))
        .filter(|node| !holds_headline(**node))
        .filter_map(|node| Some((*node, telling(*node)?)))
        .filter(|(node, telling)| is_taken(*node, telling, left))
        .map(|(node, telling)| (node, telling.name))
        .collect();
    let mut inside: HashMap<NodeId, usize> = HashMap::new();
    let mut entries: HashMap<NodeId, usize> = HashMap::new();
    for (node, _) in &named {
        if let Some(paragraph) = paragraph_of(*node) {
            *inside.entry(paragraph.id).or_default() += words(*node);
        } else if let Some(list) = node.parent().filter(|_| node.has_name("li")) {
            *entries.entry(list.id).or_default() += 1;
        }
    }
    // What stands beside them in each paragraph, and in each list, counted once.
    let mut beside: HashMap<NodeId, bool> = HashMap::new();
    named.retain(|(node, _)| {
        if let Some(paragraph) = paragraph_of(*node) {
            let told = *beside.entry(paragraph.id).or_insert_with(|| {
                let rest = words(paragraph).saturating_sub(inside[&paragraph.id]);
                rest >= if BOXES.iter().any(|name| paragraph.has_name(name)) { SENTENCE } else { 1 }
            });
            return !told || is_unseen(*node);
        }
        let Some(list) = node.parent().filter(|_| node.has_name("li")) else { return true };
        !*beside.entry(list.id).or_insert_with(|| {
            list.element_children().iter().filter(|entry| entry.has_name("li")).count() > entries[&list.id]
        })
    });
    named
}

/// Whether a name takes an element out. What it leaves in loses its names, by which others would take it out.
fn is_taken(node: NodeRef, telling: &Telling, left: &mut usize) -> bool {
    let taken = telling.sure
        || match held(node, left) {
            Held::Nothing => true,
            Held::Sentences => telling.sure_of_lines,
            Held::Told => false,
        };
    if !taken {
        node.remove_attrs(&["class", "id"]);
    }
    taken
}

/// Whether a paragraph stands in small type as a whole.
fn is_small_print(node: NodeRef) -> bool {
    node.has_name("p")
        && node
            .children_it(false)
            .all(|child| child.has_name("small") || !child.is_element() && child.text().trim().is_empty())
}

/// What an element in a line stands in; `None` for any other element.
fn paragraph_of(node: NodeRef<'_>) -> Option<NodeRef<'_>> {
    let is_inline = |node: &NodeRef| INLINE.iter().any(|name| node.has_name(name));
    if is_inline(&node) { node.ancestors_it(None).find(|above| !is_inline(above)) } else { None }
}

/// Removes what is named so, but for an element that holds much of the page, and for many of one name that do together: an
/// article may be cut into small boxes.
fn remove_named(body: NodeRef, named: &[(NodeRef, String)], all: usize) {
    let ids: HashSet<NodeId> = named.iter().map(|(node, _)| node.id).collect();
    let mut sums: HashMap<&str, usize> = HashMap::new();
    for (node, name) in named {
        // One inside another is counted with it.
        if !node.ancestors_it(None).any(|above| ids.contains(&above.id)) {
            *sums.entry(name).or_default() += told_words(*node);
        }
    }
    let mut sorted: Vec<(&str, usize)> = sums.iter().map(|(name, sum)| (*name, *sum)).collect();
    sorted.sort_by_key(|&(name, sum)| (sum, name));
    let running = running_words(body);
    let mut left = running.saturating_sub(sorted.iter().map(|(_, sum)| sum).sum());
    let mut spared: HashSet<&str> =
        sorted.iter().filter(|(_, sum)| *sum * 100 >= all * MUCH).map(|(name, _)| *name).collect();
    left += sorted.iter().filter(|(name, _)| spared.contains(name)).map(|(_, sum)| sum).sum::<usize>();
    while left < REMAINS
        && left * 2 < running
        && let Some((name, sum)) = sorted.pop().filter(|(_, sum)| *sum > 0)
    {
        if spared.insert(name) {
            left += sum;
        }
    }
    for (node, _) in named.iter().filter(|(_, name)| !spared.contains(name.as_str())) {
        drop_small(*node, all);
    }
}

/// How many words of running text an element has that is no card: without a heading, and hardly any link.
fn told_words(node: NodeRef) -> usize {
    let headed = |inside: &NodeRef| ["h2", "h3", "h4", "h5", "h6"].iter().any(|name| inside.has_name(name));
    if node.descendants_it().any(|inside| headed(&inside)) { 0 } else { running_words(node) }
}

/// Makes boxes of tables that lay out the page: where a cell alone is taken out of a table, its neighbours' words would run
/// into its own.
fn unframe(document: &Document) {
    for table in document.select("table").nodes() {
        let own = |node: &NodeRef| {
            node.ancestors_it(None).find(|above| above.has_name("table")).is_some_and(|above| above.id == table.id)
        };
        let parts: Vec<NodeRef> = table
            .descendants_it()
            .filter(|node| ["td", "th", "tr", "tbody", "thead", "tfoot"].iter().any(|name| node.has_name(name)))
            .filter(own)
            .collect();
        let told = |node: &NodeRef| node.has_name("td") && words(*node) >= CELL_OF_A_STORY;
        if parts.iter().any(told) {
            parts.iter().chain([table]).for_each(|node| node.rename("div"));
        }
    }
}

fn holds_headline(node: NodeRef) -> bool {
    node.descendants_it().any(|inside| inside.has_name("h1"))
}

fn drop_small(node: NodeRef, all: usize) {
    if words(node) * 100 < all * MUCH {
        node.remove_from_parent();
    }
}

fn words(node: NodeRef) -> usize {
    super::words(&node.text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_around_is_removed_and_what_holds_most_words_stays() {
        let body = "One two three four five six seven eight nine ten. ".repeat(9);
        let page = format!(
            "<body><div class='cookie-notice'>We use cookies</div><header><h1 class=promo>Head</h1></header>\
            <nav>Home</nav><div class='paywall'><p>{body}</p><div id=relatedStories>More</div></div>\
            <aside>Other</aside><p hidden>Secret</p></body>"
        );
        let document = Document::from(page);
        remove(&document);
        let text = document.text();
        for gone in ["cookies", "Home", "More", "Other", "Secret"] {
            assert!(!text.contains(gone), "{gone}");
        }
        assert!(text.contains("One two three") && text.contains("Head"));
    }

    const STORY: &str = "One two three four five six seven eight nine ten. ";

    fn left_of(inside: &str) -> String {
        let story = STORY.repeat(9);
        let document = Document::from(format!("<body><h1>Head</h1><div><p>{story}</p>{inside}</div></body>"));
        remove(&document);
        document.text().replace(&story, "").replace("Head", "")
    }

    #[test]
    fn a_word_of_a_link_stays_in_its_sentence() {
        let sentence = "<p><span class=dateline>HOLM —</span> Said <a class=social-link href=/x>the master</a>, \
            <span class=print>nobody</span> saw it.</p>";
        assert_eq!(left_of(sentence), "HOLM — Said the master, nobody saw it.");
        assert_eq!(left_of("<p>A caption<span class=visually-hidden>, as said</span></p>"), "A caption");
        assert_eq!(
            left_of("<div class=x><span class=byline>By Ann Bell</span> <span class=dateline>4 June</span></div>"),
            " "
        );
    }

    #[test]
    fn an_entry_stays_in_its_list_and_a_heading_under_its_own_name() {
        assert_eq!(left_of("<ul><li class=popular>Three dead</li><li>Two hurt</li></ul>"), "Three deadTwo hurt");
        assert_eq!(left_of("<ul><li class=share-a>Mail</li><li class=share-b>Print</li></ul>"), "");
        assert_eq!(left_of("<h3 class=kicker>What next</h3>"), "What next");
    }

    #[test]
    fn an_article_cut_into_small_boxes_of_one_name_stays() {
        for name in ["print-text", "story-meta"] {
            let cut: String = (0..9).map(|_| format!("<section class={name}><p>{STORY}</p></section>")).collect();
            let document = Document::from(format!("<body><h1>Head</h1>{cut}</body>"));
            remove(&document);
            assert_eq!(document.text().matches("nine ten").count(), 9, "{name}");
        }
    }

    #[test]
    fn comments_go_however_many_they_are_and_a_story_of_that_name_stays() {
        let comment = "<div><b>reader</b><p>I have lived here for forty years and never saw the like of it.</p></div>";
        assert_eq!(left_of(&format!("<div id=comments>{}</div>", comment.repeat(40))), "");
        let story = STORY.repeat(9);
        let document = Document::from(format!("<body><h1>Head</h1><div class=comments-on><p>{story}</p></div></body>"));
        remove(&document);
        assert!(document.text().contains(&story));
    }

    #[test]
    fn running_text_stays_under_a_name_that_is_not_sure_and_goes_under_one_that_is() {
        let told = "<p>Two men died at the works in 2015, the coroner wrote.</p>";
        for name in ["related-deaths", "jobs", "share-price", "print:my-2", "official-comments", "meta-analysis"] {
            for attribute in ["class", "id"] {
                assert!(left_of(&format!("<div {attribute}='{name}'>{told}</div>")).contains("coroner"), "{name}");
            }
        }
        for name in
            ["related", "ad-slot", "comments", "reader-comments", "wp-newsletter-box", "entry-meta", "sidebar-left"]
        {
            assert_eq!(left_of(&format!("<div class='{name}'>{told}</div>")), "", "{name}");
        }
        let caption = "<div class=figure__metadata><figcaption>Hall two after the fire.</figcaption></div>";
        assert_eq!(left_of(caption), "Hall two after the fire.");
        assert_eq!(
            left_of("<div class=social-embed><blockquote>We ran and ran.</blockquote></div>"),
            "We ran and ran."
        );
        assert_eq!(left_of("<dl class=tags><dt>Dead</dt><dd>Three</dd></dl>"), "DeadThree");
    }

    #[test]
    fn of_two_words_for_two_kinds_of_reader_the_one_that_is_seen_stays() {
        let twins = "<p>It cost <span aria-hidden=true>£12</span><span class=sr-only>12 pounds</span> a head.</p>";
        assert_eq!(left_of(twins), "It cost £12 a head.");
        assert_eq!(left_of("<p>Go on<i class=icon aria-hidden=true>arrow</i></p>"), "Go on");
        assert_eq!(left_of("<blockquote>We ran. <footer>— Tom Ash</footer></blockquote>"), "We ran. — Tom Ash");
    }
}
