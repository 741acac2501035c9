//! What a page puts around its article: left out before the article is looked for.
//!
//! Must never take out most of a page, whatever it is called: an element that holds much of the words stays. Invariant: only
//! elements are removed, by their kind and by the names their authors gave them.

use dom_query::{Document, NodeRef};

/// Elements that are never the article. A page's own header goes only where no headline stands in it.
const NEVER: &str = "script, style, template, svg, iframe, object, embed, canvas, nav, dialog, form, button, select, input, \
textarea, menu, amp-ad, amp-consent, amp-sidebar, amp-analytics, amp-user-notification, amp-iframe, amp-social-share, \
[role=navigation], [role=search], [role=dialog], [role=alertdialog], [role=menu], [role=banner], [role=contentinfo], \
[role=complementary]";

/// Elements that are the article's surroundings unless much of the words stands in them.
const MOSTLY: &str = "aside, footer, noscript, [hidden], [aria-hidden=true], [style*='display:none'], \
[style*='display: none'], [style*='visibility:hidden'], [style*='visibility: hidden']";

/// Words in the names (class, id) of what stands around articles.
const NAMES: [&str; 74] = [
    "ad",
    "ads",
    "adslot",
    "adunit",
    "advert",
    "advertisement",
    "advertising",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "chartbeat",
    "comments",
    "commentlist",
    "consent",
    "cookie",
    "cookies",
    "cookiebar",
    "copyright",
    "dateline",
    "disqus",
    "donate",
    "follow",
    "footer",
    "gdpr",
    "jobs",
    "kicker",
    "login",
    "mailinglist",
    "masthead",
    "menu",
    "meta",
    "metadata",
    "modal",
    "mostread",
    "mostpopular",
    "navbar",
    "navigation",
    "newsletter",
    "onward",
    "outbrain",
    "overlay",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "print",
    "promo",
    "promoted",
    "promotion",
    "rating",
    "readmore",
    "readnext",
    "recirc",
    "recirculation",
    "recommendations",
    "recommended",
    "regwall",
    "related",
    "share",
    "sharebar",
    "sharing",
    "sidebar",
    "signin",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "taboola",
    "tags",
    "toolbar",
    "trending",
];

/// Pairs of words in such names.
const PAIRS: [(&str, &str); 19] = [
    ("read", "more"),
    ("read", "next"),
    ("read", "also"),
    ("see", "also"),
    ("most", "read"),
    ("most", "popular"),
    ("more", "from"),
    ("more", "on"),
    ("more", "stories"),
    ("up", "next"),
    ("sign", "up"),
    ("sign", "in"),
    ("log", "in"),
    ("you", "may"),
    ("also", "read"),
    ("reading", "time"),
    // What only screen readers say: "Image caption," before one.
    ("visually", "hidden"),
    ("sr", "only"),
    ("screen", "reader"),
];

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
        drop_small(*node, all);
    }
    for node in document.select("header").nodes() {
        let in_article = node.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"));
        if !in_article && !holds_headline(*node) {
            drop_small(*node, all);
        }
    }
    for node in document.select("[class], [id], [data-component], [data-testid]").nodes() {
        let kept =
            ["html", "body", "main", "article", "h1", "h2", "p", "blockquote", "q", "figcaption", "time", "tr", "td"];
        if !kept.iter().any(|name| node.has_name(name)) && is_named_so(*node) && !holds_headline(*node) {
            drop_small(*node, all);
        }
    }
    // A heading named "header" is none of the page's, but readability libraries go by the name.
    for node in document.select("h2, h3, h4, h5, h6").nodes() {
        node.remove_attrs(&["class", "id"]);
    }
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

/// Whether the names an element carries tell that it stands around the article.
fn is_named_so(node: NodeRef) -> bool {
    let named = [node.class(), node.id_attr(), node.attr("data-component"), node.attr("data-testid")];
    named.iter().flatten().flat_map(|names| names.split_ascii_whitespace()).any(|name| {
        let parts = parts(name);
        let pair = parts.windows(2).any(|pair| PAIRS.iter().any(|(one, two)| pair[0] == *one && pair[1] == *two));
        // `article-body--with-related` says what the article has, not what it is.
        let qualified =
            name.contains("--") || name.contains("with-") || name.starts_with("has-") || name.starts_with("is-");
        pair || !qualified && parts.iter().any(|part| NAMES.contains(&part.as_str()))
    })
}

/// The words of a name: `relatedLinks__list-item` is related, links, list, item.
fn parts(name: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut small = false;
    for c in name.chars().take(120) {
        if !c.is_alphanumeric() {
            parts.push(String::new());
            small = false;
            continue;
        }
        if c.is_uppercase() && small {
            parts.push(String::new());
        }
        small = c.is_lowercase();
        if let Some(last) = parts.last_mut() {
            last.extend(c.to_lowercase());
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
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
    node.text().split_whitespace().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(parts("relatedLinks__list-Item"), ["related", "links", "list", "item"]);
        assert_eq!(parts("ADSlot"), ["adslot"]);
    }

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
}
