//! How deep a page nests its elements, found out before a tree is made of it: a tree takes time with the square of the depth.
//!
//! Must never make a tree. Invariant: the time is that of the length of the page.

use std::collections::HashMap;

use crate::source::error::Problem;

/// Attributes that one element may have: a tree compares each with all before it.
const MOST_ATTRIBUTES: usize = 256;

/// Elements that never hold others.
const VOID: [&str; 15] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame",
];

/// Elements that end by themselves where the next begins: unclosed ones lie side by side, not in one another.
const CLOSED_BY_THE_NEXT: [&str; 13] =
    ["p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "colgroup", "body"];

/// Elements whose end leaves open what began inside them.
const FORMATTING: [&str; 14] =
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements that the end of one outside them does not reach (HTML, 13.2.4.2, "in scope").
const WALLS: [&str; 9] = ["table", "caption", "object", "applet", "marquee", "template", "svg", "math", "select"];

/// Elements that end only with what they stand in, or by their own name: unlike these, any other name is passed over where
/// one of these stands inside (HTML, "special"; the usual ones).
const BLOCKS: [&str; 30] = [
    "div",
    "section",
    "article",
    "aside",
    "main",
    "header",
    "footer",
    "nav",
    "ul",
    "ol",
    "dl",
    "blockquote",
    "figure",
    "figcaption",
    "form",
    "fieldset",
    "details",
    "summary",
    "center",
    "pre",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "address",
    "dir",
    "menu",
    "button",
];

/// Elements whose content is no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// A tag as it stands in a page.
struct Tag<'a> {
    name: &'a str,
    closes: bool,
    /// Whether it ends with `/>`.
    empty: bool,
    attributes: usize,
    /// What follows it.
    rest: &'a str,
}

/// Holds a page to the deepest nesting allowed.
///
/// # Errors
/// [`Problem::Nesting`] past it, [`Problem::Attributes`] for an element with more attributes than a page needs.
pub(super) fn check(page: &str, limit: u64) -> Result<(), Problem> {
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let mut open: Vec<String> = Vec::new();
    let mut counts: HashMap<String, usize> = HashMap::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            // `<!-->` and `<!--->` are whole comments.
            let whole = comment.strip_prefix('>').or_else(|| comment.strip_prefix("->"));
            rest = whole.unwrap_or_else(|| comment.find("-->").map_or("", |end| &comment[end + 3..]));
            continue;
        }
        let Some(tag) = tag(rest) else { continue };
        rest = tag.rest;
        if tag.attributes > MOST_ATTRIBUTES {
            return Err(Problem::Attributes(MOST_ATTRIBUTES));
        }
        let name = tag.name.to_ascii_lowercase();
        if VOID.contains(&name.as_str()) || CLOSED_BY_THE_NEXT.contains(&name.as_str()) {
            continue;
        }
        if tag.closes {
            close(&name, &mut open, &mut counts);
            continue;
        }
        let foreign = counts.contains_key("svg") || counts.contains_key("math");
        if RAW.contains(&name.as_str()) && !foreign {
            rest = after_raw(rest, &name);
        } else if !(tag.empty && foreign) {
            *counts.entry(name.clone()).or_default() += 1;
            open.push(name);
            if open.len() > most {
                return Err(Problem::Nesting { limit });
            }
        }
    }
    Ok(())
}

/// Ends the innermost element of that name as a tree would: with all inside it, without it alone, or not at all.
fn close(name: &str, open: &mut Vec<String>, counts: &mut HashMap<String, usize>) {
    if !counts.contains_key(name) {
        return;
    }
    let stops = |inside: &String| {
        let inside = inside.as_str();
        let block = BLOCKS.contains(&name) || FORMATTING.contains(&name) || WALLS.contains(&name);
        !WALLS.contains(&name) && WALLS.contains(&inside) || !block && BLOCKS.contains(&inside)
    };
    let Some(at) = open.iter().rposition(|inside| inside == name || stops(inside)) else { return };
    if open[at] != name {
        return;
    }
    let ended = if FORMATTING.contains(&name) { vec![open.remove(at)] } else { open.split_off(at) };
    for element in ended {
        if let Some(count) = counts.get_mut(&element) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&element);
            }
        }
    }
}

/// Reads a tag behind its `<`; `None` where that is only a character.
fn tag(text: &str) -> Option<Tag<'_>> {
    let (closes, text) = match text.strip_prefix('/') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if !text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let end = text.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>')).unwrap_or(text.len());
    let (name, body) = text.split_at(end);
    let (mut attributes, mut gap, mut last) = (0, false, ' ');
    let mut quote = None;
    for (at, c) in body.char_indices() {
        match (quote, c) {
            (Some(mark), c) if c == mark => quote = None,
            (Some(_), _) => {}
            (None, '>') => return Some(Tag { name, closes, empty: last == '/', attributes, rest: &body[at + 1..] }),
            (None, '"' | '\'') if last == '=' => quote = Some(c),
            (None, c) if c.is_ascii_whitespace() || c == '/' => gap = true,
            (None, '=') => gap = false,
            (None, _) => {
                attributes += usize::from(gap || matches!(last, '"' | '\''));
                gap = false;
            }
        }
        if !c.is_ascii_whitespace() {
            last = c;
        }
    }
    Some(Tag { name, closes, empty: false, attributes, rest: "" })
}

/// What follows the end of an element whose content is no markup.
fn after_raw<'a>(text: &'a str, name: &str) -> &'a str {
    let mut from = 0;
    while let Some(at) = text[from..].find("</") {
        let start = from + at + 2;
        let end = start + name.len();
        if text.get(start..end).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return &text[end..];
        }
        from = start;
    }
    ""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn is_deep(page: &str) -> bool {
        matches!(check(page, 5), Err(Problem::Nesting { limit: 5 }))
    }

    #[test]
    fn elements_inside_one_another_are_counted() {
        assert!(is_deep(&"<div>".repeat(6)));
        assert!(is_deep(&"<DIV class='a > b'><b>".repeat(3)));
        assert!(is_deep(&"<font size=1><p>text".repeat(6)));
        assert!(!is_deep(&"<div></div>".repeat(60)));
        assert!(!is_deep(&"<ul><li>one<li>two</ul>".repeat(60)));
        assert!(!is_deep(&"<p>one<br>two<img src=x>".repeat(60)));
        assert!(!is_deep(&format!("<script>{}</script>", "'<div>'".repeat(60))));
        assert!(!is_deep(&format!("<!-- {} --><div>", "<div>".repeat(60))));
        assert!(!is_deep(&"<svg><path d='1'/><path/></svg>".repeat(60)));
        assert!(!is_deep("a < b, c <d and 1 </ 2 <"));
        assert!(is_deep("<div><div></b></i><div><div></b><div><div>"));
        // A tree keeps open what these seem to close.
        for kept in
            ["<b><div></b>", "<span><div></span>", "<div><table></div>", "<!--><div>", "<svg><style></svg><div>"]
        {
            assert!(is_deep(&kept.repeat(6)), "{kept}");
        }
    }

    #[test]
    fn an_element_with_thousands_of_attributes_is_refused() {
        let many: String = (0..300).map(|at| format!(" a{at}=\"x y z\"")).collect();
        assert!(matches!(check(&format!("<p{many}>"), 9), Err(Problem::Attributes(_))));
        let joined: String = (0..300).map(|at| format!("a{at}='x'")).collect();
        assert!(matches!(check(&format!("<p {joined}>"), 9), Err(Problem::Attributes(_))));
        assert!(check(&format!("<p title=\"{}\">", "a b ".repeat(9000)), 9).is_ok());
    }

    #[test]
    fn a_page_of_tags_takes_no_longer_than_its_length() {
        for piece in ["<", "</", "<a ", "<!--", "<script>", "</script", "<p><b></i>", "<a b='", "<x/>"] {
            let page = piece.repeat(4_000_000 / piece.len());
            let begun = std::time::Instant::now();
            let _ = check(&page, 1 << 30);
            assert!(begun.elapsed().as_secs() < 10, "{piece}");
        }
    }

    proptest! {
        #[test]
        fn no_page_makes_it_stop(page in r"(</?[a-zA-Z]{1,6}|[ ='\x22/>]|<!--|-->|<|\PC){0,60}") {
            let _ = check(&page, 3);
        }
    }
}
