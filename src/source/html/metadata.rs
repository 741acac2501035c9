//! Title, outlet, byline and dates, as a page's own metadata say them: JSON-LD, Open Graph, `<meta>`, `<time>`.
//!
//! Must never invent: what the page does not say stays `None`. Invariant: every string is one line without markup.

use dom_query::Document;
use jiff::civil::DateTime;
use serde_json::Value;

use super::blocks::line;
use crate::source::Metadata;
use crate::source::date::moment;

/// What a page's metadata say, and the article's text where they hold it.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// About the article.
    pub(super) metadata: Metadata,
    /// The whole text, which some pages carry nowhere else.
    pub(super) text: Option<String>,
    /// Whether the page says that it is a live blog: a list of reports that belong together.
    pub(super) live: bool,
    /// Whether the page says that not everybody may read the whole.
    pub(super) teaser: bool,
}

/// Longest value taken, in characters: past it, it is not what it says.
const LONGEST: usize = 400;

/// Reads the metadata of a page as it came, scripts and all.
pub(super) fn read(document: &Document) -> Said {
    let linked = linked_data(document);
    let article = linked.iter().find(|item| is_article(item));
    let of_article = |path: &[&str]| article.and_then(|item| text_at(item, path, &linked));
    let title = of_article(&["headline"]).or_else(|| title(document)).or_else(|| of_article(&["name"]));
    let site = || meta(document, &["og:site_name", "application-name", "dc.publisher", "citation_journal_title"]);
    let outlet = of_article(&["publisher"]).or_else(site).or_else(|| outlet_of_title(document, title.as_deref()));
    let published = of_article(&["datePublished"]).as_deref().and_then(moment).or_else(|| published(document));
    let byline = of_article(&["author"]).or_else(|| byline(document)).map(|name| without_by(&name));
    let address = address(document).or_else(|| of_article(&["url"]));
    let locked = article.and_then(|item| item.get("isAccessibleForFree"));
    Said {
        metadata: Metadata { title, outlet, byline, published, address },
        text: article.and_then(|item| item.get("articleBody")).and_then(Value::as_str).map(str::to_owned),
        live: article.is_some_and(|item| types(item).any(|name| name == "LiveBlogPosting")),
        teaser: locked.is_some_and(|value| {
            value == &Value::Bool(false) || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
        }),
    }
}

/// The address that the page calls its own: the canonical one, else the one for sharing.
fn address(document: &Document) -> Option<String> {
    let canonical = document.select("link[rel~=canonical][href]");
    let canonical = canonical.nodes().iter().find_map(|node| node.attr("href").as_deref().and_then(tidy));
    let on_the_web = |address: &String| address.starts_with("http://") || address.starts_with("https://");
    canonical.filter(on_the_web).or_else(|| meta(document, &["og:url"]).filter(on_the_web))
}

/// All objects of the page's JSON-LD, those inside lists and graphs among them.
fn linked_data(document: &Document) -> Vec<Value> {
    let mut found = Vec::new();
    for script in document.select("script[type*='ld+json']").nodes() {
        let text = script.text();
        // Line ends inside strings are common, and no JSON.
        let one_line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        if let Ok(value) = serde_json::from_str::<Value>(one_line.trim().trim_end_matches(';')) {
            flatten(value, &mut found);
        }
    }
    found
}

fn flatten(value: Value, found: &mut Vec<Value>) {
    match value {
        Value::Array(values) => values.into_iter().for_each(|value| flatten(value, found)),
        Value::Object(mut object) => {
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get_mut(key).filter(|inner| inner.is_array() || inner.is_object()) {
                    flatten(inner.take(), found);
                }
            }
            found.push(Value::Object(object));
        }
        _ => {}
    }
}

fn types(item: &Value) -> impl Iterator<Item = &str> {
    let kinds = item.get("@type");
    let many = kinds.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    kinds.and_then(Value::as_str).into_iter().chain(many)
}

fn is_article(item: &Value) -> bool {
    types(item).any(|name| name.ends_with("Article") || name.ends_with("BlogPosting") || name == "Report")
}

/// The words of a property: a string, a thing's name, or the names of several.
fn text_at(item: &Value, path: &[&str], all: &[Value]) -> Option<String> {
    let value = path.iter().try_fold(item, |value, key| value.get(key))?;
    named(value, all, 0).and_then(|text| tidy(&text))
}

fn named(value: &Value, all: &[Value], depth: u8) -> Option<String> {
    match value {
        _ if depth > 3 => None,
        Value::String(text) => Some(text.clone()),
        Value::Array(values) => {
            let names: Vec<String> = values.iter().filter_map(|value| named(value, all, depth + 1)).collect();
            match names.as_slice() {
                [] => None,
                [one] => Some(one.clone()),
                [first @ .., last] => Some(format!("{} and {last}", first.join(", "))),
            }
        }
        Value::Object(object) => match object.get("name") {
            Some(name) => named(name, all, depth + 1),
            None => {
                let id = object.get("@id")?;
                let thing = all.iter().find(|item| item.get("@id") == Some(id) && item.get("name").is_some())?;
                named(thing.get("name")?, all, depth + 1)
            }
        },
        _ => None,
    }
}

/// One line without markup; `None` for nothing, and for more than a line.
fn tidy(text: &str) -> Option<String> {
    // Entities in JSON-LD and in attributes of careless pages.
    let plain = if text.contains(['&', '<']) { line(Document::fragment(text).root()) } else { text.to_owned() };
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    (!plain.is_empty() && plain.chars().nth(LONGEST).is_none()).then_some(plain)
}

/// The content of the first `<meta>` of those names that has one.
fn meta(document: &Document, names: &[&str]) -> Option<String> {
    let all = document.select("meta[content]");
    names.iter().find_map(|wanted| {
        all.nodes().iter().find_map(|node| {
            let named = [node.attr("property"), node.attr("name"), node.attr("itemprop")];
            let is_it = named.iter().flatten().any(|name| name.trim().eq_ignore_ascii_case(wanted));
            if is_it { tidy(&node.attr("content")?) } else { None }
        })
    })
}

/// The headline: the page's own, where it has one, since social ones are worded otherwise.
fn title(document: &Document) -> Option<String> {
    let headings = document.select("h1");
    let inside = |node: &dom_query::NodeRef| {
        node.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"))
    };
    let heading = match headings.nodes() {
        [] => None,
        [one] => Some(*one),
        many => many.iter().find(|node| inside(node)).copied(),
    };
    let heading = heading.and_then(|node| tidy(&line(node))).filter(|title| title.split_whitespace().count() > 2);
    let marked = || {
        let node = document.select("[itemprop~=headline]").nodes().first().copied()?;
        tidy(&node.attr("content").map_or_else(|| line(node), |content| content.to_string()))
    };
    let named = || meta(document, &["og:title", "twitter:title", "dc.title", "title"]);
    let page = || {
        let whole = tidy(&line(*document.select("title").nodes().first()?))?;
        Some(
            SEPARATORS.iter().find_map(|bar| whole.rsplit_once(bar)).map_or(whole.clone(), |(head, _)| head.to_owned()),
        )
    };
    heading.or_else(marked).or_else(named).or_else(page)
}

/// What divides a headline from the outlet's name in a page's title.
const SEPARATORS: [&str; 6] = [" | ", " – ", " — ", " - ", " · ", " :: "];

/// The outlet's name behind the headline in the page's title.
fn outlet_of_title(document: &Document, title: Option<&str>) -> Option<String> {
    let whole = tidy(&line(*document.select("title").nodes().first()?))?;
    let (head, outlet) = SEPARATORS.iter().find_map(|bar| whole.rsplit_once(bar))?;
    let same = title.is_none_or(|title| head.trim().eq_ignore_ascii_case(title.trim()));
    (same && outlet.split_whitespace().count() <= 5).then(|| outlet.trim().to_owned())
}

fn published(document: &Document) -> Option<DateTime> {
    const NAMES: [&str; 12] = [
        "article:published_time",
        "og:article:published_time",
        "datePublished",
        "date",
        "dc.date",
        "dc.date.issued",
        "dcterms.created",
        "parsely-pub-date",
        "sailthru.date",
        "pubdate",
        "publish-date",
        "citation_publication_date",
    ];
    let named = NAMES.iter().find_map(|name| moment(&meta(document, &[name])?));
    let of = |selector: &str| {
        document.select(selector).nodes().iter().take(8).find_map(|node| {
            let said = node.attr("datetime").or_else(|| node.attr("content"));
            said.as_deref().and_then(moment).or_else(|| moment(&line(*node)))
        })
    };
    named
        .or_else(|| of("[itemprop~=datePublished]"))
        .or_else(|| published_of_its_own(document))
        .or_else(|| of("time[pubdate], header time, article time"))
        .or_else(|| of("time"))
}

/// The moment in a `<meta>` that an authority or a small system names after itself: `first-published-at`.
fn published_of_its_own(document: &Document) -> Option<DateTime> {
    let all = document.select("meta[content]");
    all.nodes().iter().find_map(|node| {
        let name = node.attr("property").or_else(|| node.attr("name"))?.to_ascii_lowercase();
        let says = name.contains("publish")
            && !["unpublish", "publisher", "modif", "updat"].iter().any(|no| name.contains(no));
        if says { moment(&node.attr("content")?) } else { None }
    })
}

fn byline(document: &Document) -> Option<String> {
    let named = meta(
        document,
        &["author", "article:author", "og:article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"],
    );
    let name = named.filter(|name| !name.starts_with("http"));
    name.or_else(|| {
        let marked =
            document.select("[itemprop~=author], [rel~=author], .byline, .author, [class*=byline], [class*=author]");
        marked.nodes().iter().take(8).map(|node| line(*node)).find_map(|text| {
            let text = tidy(&text)?;
            (text.split_whitespace().count() <= 12).then_some(text)
        })
    })
}

/// A name without what stands before it: `By …`, `Photographs by …`.
fn without_by(name: &str) -> String {
    let lower = name.to_ascii_lowercase();
    let by = if lower.starts_with("by ") { Some(0) } else { lower.find(" by ").map(|at| at + 1) };
    let led = by.filter(|&at| lower[..at].split_whitespace().count() <= 2);
    let name = led.and_then(|at| name.get(at + 3..)).unwrap_or(name).trim();
    crate::text::masthead::byline_in(&format!("By {name}")).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_page(page: &str) -> String {
        let Metadata { title, outlet, byline, published, .. } = read(&Document::from(page)).metadata;
        let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        [title, outlet, byline, published.map(|moment| moment.to_string())].map(or_dash).join("|")
    }

    #[test]
    fn a_page_says_where_it_stands() {
        let canonical = "<link rel='canonical' href='https://post.example/ship'>";
        let shared = "<meta property='og:url' content='https://post.example/share'>";
        let linked = r#"<script type="application/ld+json">{"@type":"NewsArticle","url":"https://post.example/linked"}</script>"#;
        let relative = "<link rel=canonical href='/ship'>";
        let said = |page: &str| read(&Document::from(page)).metadata.address;
        assert_eq!(said(&format!("{linked}{shared}{canonical}")).as_deref(), Some("https://post.example/ship"));
        assert_eq!(said(&format!("{linked}{shared}{relative}")).as_deref(), Some("https://post.example/share"));
        assert_eq!(said(linked).as_deref(), Some("https://post.example/linked"));
        assert_eq!(said(relative), None);
    }

    #[test]
    fn every_usual_kind_of_metadata_is_read() {
        for (page, expected) in [
            (
                r##"<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"Organization",
                "@id":"#o","name":"The Post"},{"@type":["NewsArticle"],"headline":"Ship &amp; bridge","publisher":{"@id":"#o"},
                "author":[{"name":"Ann Bell"},{"name":"Tom Ash"}],"datePublished":"2026-03-10T17:42:00+01:00"}]}</script>"##,
                "Ship & bridge|The Post|Ann Bell and Tom Ash|2026-03-10T17:42:00",
            ),
            (
                r#"<meta property="og:title" content="Ship hits"><meta property="og:site_name" content="Post">
                <meta name="author" content="By Ann Bell"><meta property="article:published_time" content="2026-03-10">"#,
                "Ship hits|Post|Ann Bell|2026-03-10T00:00:00",
            ),
            (
                "<title>Ship hits bridge - The Post</title><h1>Ship hits bridge</h1><span class=byline>By Ann Bell, Editor</span>\
                <time datetime='2026-03-10T05:40Z'>today</time>",
                "Ship hits bridge|The Post|Ann Bell|2026-03-10T05:40:00",
            ),
            ("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", broken</script><p>x", "-|-|-|-"),
            ("<time>10 March 2026</time>", "-|-|-|2026-03-10T00:00:00"),
        ] {
            assert_eq!(read_page(page), expected);
        }
    }
}
