//! What the names (class, id) that authors give to elements tell of them.
//!
//! Must never take a variant of a utility class (`print:my-2`) or what an element has (`with-related`) for what it is.
//! Invariant: a name is judged by its words, and surely only by the first of them, or as a whole.

use dom_query::NodeRef;

/// Words in the names of what stands around articles.
#[rustfmt::skip]
const NAMES: [&str; 80] = [
    "ad", "ads", "adslot", "adunit", "advert", "advertisement", "advertising", "banner", "breadcrumb", "breadcrumbs",
    "byline", "chartbeat", "comments", "commentlist", "consent", "conversation", "cookie", "cookies", "cookiebar",
    "copyright", "dateline", "disqus", "donate", "follow", "footer", "gdpr", "jobs", "kicker", "login", "mailinglist",
    "masthead", "menu", "meta", "metadata", "modal", "mostread", "mostpopular", "navbar", "navigation", "newsletter",
    "onward", "outbrain", "overlay", "pagination", "paywall", "popular", "popup", "postmetadata", "print", "promo",
    "promoted", "promotion", "rating", "readmore", "readnext", "recirc", "recirculation", "recommendations",
    "recommended", "regwall", "related", "relatedposts", "respond", "share", "sharedaddy", "sharebar", "sharing",
    "sidebar", "signin", "signup", "skip", "social", "sponsor", "sponsored", "subscribe", "taboola", "tagline", "tags",
    "toolbar", "trending",
];

/// Pairs of words in such names.
#[rustfmt::skip]
const PAIRS: [(&str, &str); 16] = [
    ("read", "more"), ("read", "next"), ("read", "also"), ("see", "also"), ("most", "read"), ("most", "popular"),
    ("more", "from"), ("more", "on"), ("more", "stories"), ("up", "next"), ("sign", "up"), ("sign", "in"), ("log", "in"),
    ("you", "may"), ("also", "read"), ("reading", "time"),
];

/// Words that a name of nothing else begins with, whatever text the element holds.
#[rustfmt::skip]
const SURE: [&str; 43] = [
    "ad", "ads", "adslot", "adunit", "advert", "advertisement", "advertising", "breadcrumb", "breadcrumbs", "byline",
    "chartbeat", "comments", "commentlist", "cookie", "cookies", "cookiebar", "dateline", "disqus", "gdpr", "login",
    "mailinglist", "mostread", "mostpopular", "navbar", "navigation", "newsletter", "outbrain", "pagination", "popup",
    "postmetadata", "readnext", "recirc", "recirculation", "recommendations", "regwall", "relatedposts", "respond",
    "sharedaddy", "sharebar", "sidebar", "signin", "signup", "taboola",
];

/// Words that are as sure where they are the whole name: `related`, and not `related-deaths`.
#[rustfmt::skip]
const SURE_ALONE: [&str; 15] = [
    "conversation", "masthead", "menu", "modal", "promo", "promoted", "recommended", "related", "share", "sharing", "social",
    "sponsored", "subscribe", "toolbar", "trending",
];

/// Words that are as sure at the end of a name: `entry-meta`, and not `meta-analysis`.
const SURE_AT_END: [&str; 8] = ["copyright", "footer", "kicker", "masthead", "meta", "metadata", "tagline", "tags"];

/// What may stand before such a word: whose, or of what.
const WHOSE: [&str; 12] =
    ["article", "block", "page", "post", "reader", "readers", "section", "site", "story", "user", "users", "view"];

/// Words in the names of what is no story, however much of the page it takes: what readers write, and what is asked of them.
const NEVER_A_STORY: [&str; 9] =
    ["comments", "commentlist", "disqus", "respond", "conversation", "cookie", "cookies", "cookiebar", "gdpr"];

/// Pairs of words in the names of what only screen readers say: "Image caption," before one.
const UNSEEN: [(&str, &str); 3] = [("visually", "hidden"), ("sr", "only"), ("screen", "reader")];

/// Beginnings of words by which readability libraries pass over an element, and which say nothing here.
#[rustfmt::skip]
const PUT_OFF: [&str; 12] = [
    "sponsor", "comment", "community", "extra", "remark", "social", "related", "share", "promo", "contact", "widget",
    "supplement",
];

/// Short words that are none of those.
const NO_PREFIX: [&str; 9] = ["the", "our", "all", "new", "how", "who", "why", "her", "his"];

/// Letters of a word, at the most, that a system of design puts before its names: `wp-`, `gem-c-`.
const PREFIX: usize = 3;

/// What tells that an element stands around the article.
pub(super) struct Telling {
    /// The name, numbers left out.
    pub(super) name: String,
    /// Whether it tells so whatever text stands in the element.
    pub(super) sure: bool,
    /// Whether it tells so unless a caption, a quotation or a table stands in it.
    pub(super) sure_of_lines: bool,
}

/// What the names of an element tell; `None` where they tell nothing.
pub(super) fn telling(node: NodeRef) -> Option<Telling> {
    let named = [node.class(), node.id_attr(), node.attr("data-component"), node.attr("data-testid")];
    let tells = |name: &&str| {
        let parts = parts(name);
        has_pair(&parts, &PAIRS)
            || has_pair(&parts, &UNSEEN)
            || !is_qualified(name) && parts.iter().any(|part| NAMES.contains(&part.as_str()))
    };
    let all = named.iter().flatten().flat_map(|names| names.split_ascii_whitespace());
    let telling: Vec<&str> = all.filter(|name| !name.contains(':')).filter(tells).collect();
    Some(Telling {
        name: telling.first()?.chars().filter(|c| !c.is_ascii_digit()).collect(),
        sure: telling.iter().any(|name| begins_surely(name, &SURE) || is_only(name) || is_unseen_name(name)),
        sure_of_lines: telling.iter().any(|name| ends_surely(name)),
    })
}

/// Whether an element is one that only screen readers say.
pub(super) fn is_unseen(node: NodeRef) -> bool {
    node.class().is_some_and(|names| names.split_ascii_whitespace().any(is_unseen_name))
}

fn is_unseen_name(name: &str) -> bool {
    const WRITTEN_TOGETHER: [&str; 4] = ["visuallyhidden", "sronly", "screenreader", "screenreaders"];
    let parts = parts(name);
    !name.contains(':')
        && (has_pair(&parts, &UNSEEN) || parts.iter().any(|part| WRITTEN_TOGETHER.contains(&part.as_str())))
}

/// Whether an element is no story, however much of the page it takes.
pub(super) fn is_never_a_story(node: NodeRef) -> bool {
    [node.class(), node.id_attr()].iter().flatten().flat_map(|names| names.split_ascii_whitespace()).any(|name| {
        !is_qualified(name)
            && !name.contains(':')
            && parts(name).iter().any(|part| NEVER_A_STORY.contains(&part.as_str()))
    })
}

/// Whether a readability library would pass over an element for its name.
pub(super) fn puts_off(node: NodeRef) -> bool {
    [node.class(), node.id_attr()]
        .iter()
        .flatten()
        .any(|names| parts(names).iter().any(|part| PUT_OFF.iter().any(|beginning| part.starts_with(beginning))))
}

/// Whether a name begins with one of those words, behind a prefix and whose it is.
fn begins_surely(name: &str, words: &[&str]) -> bool {
    !is_qualified(name) && own_parts(name).first().is_some_and(|first| words.contains(&first.as_str()))
}

/// Whether a name is one of those words, but for what it calls its parts: `related__list`.
fn is_only(name: &str) -> bool {
    let block = name.split("__").next().unwrap_or(name);
    !is_qualified(name) && matches!(own_parts(block).as_slice(), [only] if SURE_ALONE.contains(&only.as_str()))
}

fn ends_surely(name: &str) -> bool {
    !is_qualified(name) && parts(name).last().is_some_and(|last| SURE_AT_END.contains(&last.as_str()))
}

/// The words of a name without a prefix, and without whose it is.
fn own_parts(name: &str) -> Vec<String> {
    let parts = parts(name);
    let is_before = |part: &&String| {
        let part = part.as_str();
        WHOSE.contains(&part) || part.len() <= PREFIX && !NAMES.contains(&part) && !NO_PREFIX.contains(&part)
    };
    let before = parts.iter().take_while(is_before).count();
    parts[before..].to_vec()
}

fn has_pair(parts: &[String], pairs: &[(&str, &str)]) -> bool {
    parts.windows(2).any(|pair| pairs.iter().any(|(one, two)| pair[0] == *one && pair[1] == *two))
}

/// `article-body--with-related` says what the article has, not what it is.
fn is_qualified(name: &str) -> bool {
    name.contains("--") || name.contains("with-") || name.starts_with("has-") || name.starts_with("is-")
}

/// The words of a name: `relatedLinks__list-item` is related, links, list, item.
pub(super) fn parts(name: &str) -> Vec<String> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(parts("relatedLinks__list-Item"), ["related", "links", "list", "item"]);
        assert_eq!(parts("ADSlot"), ["adslot"]);
    }

    #[test]
    fn a_name_is_sure_by_how_it_begins_or_as_a_whole() {
        for sure in
            ["comments", "comments-area", "wp-block-comments", "reader-comments", "gem-c-cookie-banner", "td-ad"]
        {
            assert!(begins_surely(sure, &SURE), "{sure}");
        }
        for unsure in ["official-comments", "official-newsletter", "read-ad", "with-ads", "related"] {
            assert!(!begins_surely(unsure, &SURE), "{unsure}");
        }
        assert!(is_only("related") && is_only("related__list") && !is_only("related-deaths"));
        assert!(ends_surely("entry-meta") && !ends_surely("meta-analysis"));
    }
}
