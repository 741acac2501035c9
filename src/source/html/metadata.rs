//! Title, outlet, byline and dates, as a page's own metadata say them: JSON-LD, Open Graph, `<meta>`, `<time>`.
//!
//! Must never invent: what the page does not say stays `None`. Invariant: every string is one line without markup.

use dom_query::{Document, NodeRef};
use jiff::civil::DateTime;
use serde_json::Value;

use super::blocks::{Block, blocks, line};
use super::{letters, same, words};
use crate::source::Metadata;
use crate::source::date::moment;
use crate::text::masthead::ends_sentence;

/// What a page's metadata say, and the article's text where they hold it.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// About the article.
    pub(super) metadata: Metadata,
    /// A moment that the page says somewhere else than beside its article: of use where nothing else says one.
    pub(super) elsewhere: Option<DateTime>,
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
    let article = article_of(document, &linked);
    let of_article = |path: &[&str]| article.and_then(|item| text_at(item, path, &linked));
    let title = of_article(&["headline"]).or_else(|| title(document)).or_else(|| of_article(&["name"]));
    let site = || meta(document, &["og:site_name", "application-name", "dc.publisher", "citation_journal_title"]);
    let outlet = of_article(&["publisher"]).or_else(site).or_else(|| outlet_of_title(document, title.as_deref()));
    let (timed, elsewhere) = times(document);
    let published =
        of_article(&["datePublished"]).as_deref().and_then(moment).or_else(|| published(document)).or(timed);
    let byline = of_article(&["author"]).or_else(|| byline(document)).map(|name| without_by(&name));
    let address = address(document).or_else(|| of_article(&["url"]));
    let locked = article.and_then(|item| item.get("isAccessibleForFree"));
    Said {
        metadata: Metadata { title, outlet, byline, published, address },
        elsewhere,
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
        if let Ok(value) = serde_json::from_str::<Value>(unwrapped(&one_line).trim_end_matches(';')) {
            flatten(value, &mut found);
        }
    }
    found
}

/// JSON out of the comment that old pages wrap a script in.
fn unwrapped(script: &str) -> &str {
    let inside = script.split_once("<![CDATA[").and_then(|(before, rest)| {
        // The same words may stand inside a string.
        let is_comment = before.trim().trim_matches(['/', '*']).is_empty();
        is_comment.then(|| rest.rsplit_once("]]>").map_or(rest, |(inside, _)| inside))
    });
    let inside =
        inside.map(|inside| inside.trim().trim_start_matches("*/").trim_end_matches("//").trim_end_matches("/*"));
    inside.unwrap_or(script).trim()
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

/// The object about the page's article: of several, the one whose headline is the page's.
fn article_of<'a>(document: &Document, linked: &'a [Value]) -> Option<&'a Value> {
    let articles: Vec<&Value> = linked.iter().filter(|item| is_article(item)).collect();
    if articles.len() < 2 {
        return articles.first().copied();
    }
    let mut titles: Vec<String> = document.select("h1").nodes().iter().take(4).map(|node| line(*node)).collect();
    titles.extend(meta(document, &["og:title"]));
    titles.extend(page_title(document));
    titles.retain(|title| !title.is_empty());
    let headline = |item: &Value| item.get("headline").and_then(Value::as_str).and_then(tidy);
    let is_it = |item: &&Value| headline(item).is_some_and(|name| titles.iter().any(|title| begins(title, &name)));
    articles.iter().copied().find(is_it).or_else(|| articles.first().copied())
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
    let marked = || {
        let node = document.select("[itemprop~=headline]").nodes().first().copied()?;
        tidy(&node.attr("content").map_or_else(|| line(node), |content| content.to_string()))
    };
    let named = || meta(document, &["og:title", "twitter:title", "dc.title", "title"]);
    let page = || {
        let whole = page_title(document)?;
        Some(
            SEPARATORS.iter().find_map(|bar| whole.rsplit_once(bar)).map_or(whole.clone(), |(head, _)| head.to_owned()),
        )
    };
    heading(document).or_else(marked).or_else(named).or_else(|| headline_of_lines(document)).or_else(page)
}

/// The heading that is the headline: the `<h1>`, unless it is the site's name and another heading begins the page's title.
fn heading(document: &Document) -> Option<String> {
    let all = document.select("h1, h2, h3");
    let inside =
        |node: &NodeRef| node.ancestors_it(None).any(|above| above.has_name("article") || above.has_name("main"));
    let text = |node: &NodeRef| tidy(&line(*node)).filter(|title| words(title) > 2);
    let first: Vec<&NodeRef> = all.nodes().iter().filter(|node| node.has_name("h1")).collect();
    let first = match first.as_slice() {
        [] => None,
        [one] => text(one),
        many => many.iter().find(|node| inside(node)).and_then(|node| text(node)),
    };
    let title = meta(document, &["og:title"]).or_else(|| page_title(document)).unwrap_or_default();
    let begins_title = |heading: &String| begins(&title, heading);
    let others = || all.nodes().iter().take(60).filter_map(text).find(begins_title);
    let site = meta(document, &["og:site_name", "application-name"]);
    let names_site = |heading: &String| site.as_deref().is_some_and(|site| same(site, heading));
    let ends_title = |heading: &String| {
        page_title(document).is_some_and(|whole| title_parts(&whole).last().is_some_and(|last| same(last, heading)))
    };
    match first {
        Some(heading) if names_site(&heading) => others().filter(|other| !same(other, &heading)),
        Some(heading) if ends_title(&heading) => others().or(Some(heading)),
        first => first,
    }
}

/// The headline of a page without headings: a line by itself that begins as a part of the page's title does.
fn headline_of_lines(document: &Document) -> Option<String> {
    if !document.select("h1, h2, h3, h4, h5, h6").is_empty() {
        return None;
    }
    let whole = page_title(document)?;
    let parts = title_parts(&whole);
    let lines = lines(document);
    let names: Vec<&str> = parts.iter().copied().filter(|part| stands_by_itself(&lines, part)).collect();
    let is_headline = |line: &&String| {
        let fits = |part: &&str| words(part) > 1 && !names.contains(part) && begins(line, part);
        words(line) <= LONGEST_HEADLINE && !ends_sentence(line) && parts.iter().any(fits)
    };
    if parts.len() < 2 { None } else { lines.iter().find(is_headline).cloned() }
}

/// The lines of a page, each by itself.
fn lines(document: &Document) -> Vec<String> {
    let found = document.body().map(blocks).unwrap_or_default();
    found.iter().flat_map(Block::lines).map(|line| line.text).collect()
}

/// Whether a name stands in the line that says whose page it is.
fn stands_by_itself(lines: &[String], name: &str) -> bool {
    lines.iter().any(|line| {
        let owned = line.contains('©') || line.get(..9).is_some_and(|word| word.eq_ignore_ascii_case("copyright"));
        owned && line.contains(name)
    })
}

/// What `<title>` says, on one line.
fn page_title(document: &Document) -> Option<String> {
    tidy(&line(*document.select("title").nodes().first()?))
}

/// Whether a text begins with another, letter by letter.
fn begins(text: &str, beginning: &str) -> bool {
    let mut letters = letters(text);
    let mut any = false;
    self::letters(beginning).all(|letter| {
        any = true;
        letters.next() == Some(letter)
    }) && any
}

/// What divides a headline from the outlet's name in a page's title.
const SEPARATORS: [&str; 8] = [" | ", " – ", " — ", " - ", " · ", " :: ", " « ", " » "];

/// Words of a headline, at the most, that is no heading.
const LONGEST_HEADLINE: usize = 30;

/// The parts of a page's title.
fn title_parts(whole: &str) -> Vec<&str> {
    let mut parts = vec![whole];
    for bar in SEPARATORS.iter().chain(&[": "]) {
        parts = parts.into_iter().flat_map(|part| part.split(bar)).collect();
    }
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The outlet's name in the page's title: behind the headline, or before it where the page says elsewhere that it is its own.
fn outlet_of_title(document: &Document, title: Option<&str>) -> Option<String> {
    let whole = page_title(document)?;
    let behind = SEPARATORS.iter().find_map(|bar| whole.rsplit_once(bar));
    let is_title = |head: &str| title.is_none_or(|title| same(head, title));
    let short = |name: &&str| words(name) <= 5;
    if let Some((_, name)) = behind.filter(|(head, _)| is_title(head)) {
        return Some(name.trim()).filter(short).map(str::to_owned);
    }
    let before = SEPARATORS.iter().chain(&[": "]).find_map(|bar| whole.split_once(bar));
    let (name, _) = before.filter(|(_, head)| title.is_some_and(|title| begins(title, head)))?;
    let name = Some(name.trim()).filter(short)?;
    stands_by_itself(&lines(document), name).then(|| name.to_owned())
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
    let marked = || document.select("[itemprop~=datePublished]").nodes().iter().take(8).find_map(moment_of);
    named.or_else(marked).or_else(|| published_of_its_own(document))
}

/// The moment that an element says, to programs or to readers.
fn moment_of(node: &NodeRef) -> Option<DateTime> {
    let said = node.attr("datetime").or_else(|| node.attr("content"));
    said.as_deref().and_then(moment).or_else(|| moment(&line(*node)))
}

/// What a `<time>` stands for, the surest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Timed {
    /// It is said to be the publication.
    Published,
    /// It stands in the article, or in its head.
    Own,
    /// It stands behind the headline.
    Behind,
    /// It is said to be that of a change.
    Updated,
    /// It stands before the headline, as a newspaper's day does.
    Before,
}

/// The moments in `<time>`: the one of the article, and one that stands before its headline.
fn times(document: &Document) -> (Option<DateTime>, Option<DateTime>) {
    let headlines = document.select("h1");
    let mut behind = headlines.is_empty();
    let mut found: Vec<(Timed, DateTime)> = Vec::new();
    for node in document.select("time, h1").nodes().iter().take(64) {
        if node.has_name("h1") {
            behind = true;
        } else if let Some(moment) = moment_of(node).filter(|_| !is_told_of(*node)) {
            found.push((timed(*node, behind), moment));
        }
    }
    let first = |wanted: &dyn Fn(Timed) -> bool| {
        found.iter().filter(|(timed, _)| wanted(*timed)).min_by_key(|(timed, _)| *timed).map(|(_, moment)| *moment)
    };
    (first(&|timed| timed != Timed::Before), first(&|timed| timed == Timed::Before))
}

fn timed(node: NodeRef, behind: bool) -> Timed {
    let named = |node: &NodeRef, words: &[&str]| {
        let names = [node.class(), node.attr("itemprop"), node.attr("data-testid")];
        names.iter().flatten().any(|name| words.iter().any(|word| name.to_ascii_lowercase().contains(word)))
    };
    let around: Vec<NodeRef> = node.ancestors(Some(1)).into_iter().chain([node]).collect();
    if node.has_attr("pubdate") || around.iter().any(|node| named(node, &["publish", "pubdate", "entry-date"])) {
        return Timed::Published;
    }
    let label = node.parent().map(|parent| line(parent).to_lowercase()).unwrap_or_default();
    let said = ["updated", "last updated", "modified", "last modified"].iter().any(|said| label.starts_with(said));
    if said || around.iter().any(|node| named(node, &["updat", "modif"])) {
        return Timed::Updated;
    }
    let holds_headline = |above: &NodeRef| above.descendants_it().any(|inside| inside.has_name("h1"));
    let holds = |above: NodeRef| above.has_name("article") || above.has_name("header") && holds_headline(&above);
    match behind {
        _ if node.ancestors_it(None).any(holds) => Timed::Own,
        true => Timed::Behind,
        false => Timed::Before,
    }
}

/// Whether a `<time>` stands in a sentence: what the story tells of, and not when it was published.
fn is_told_of(node: NodeRef) -> bool {
    const LINE: usize = 12;
    let paragraph = node
        .ancestors_it(Some(4))
        .find(|above| ["p", "li", "blockquote", "figcaption"].iter().any(|name| above.has_name(name)));
    paragraph.is_some_and(|paragraph| {
        let text = line(paragraph);
        words(&text) > LINE || words(&text) > 5 && ends_sentence(&text)
    })
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

    #[test]
    fn of_several_objects_the_one_about_the_page_is_taken() {
        let page = r#"<title>Ship hits bridge - Post</title><h1>Ship hits bridge</h1><script type="application/ld+json">
            [{"@type":"NewsArticle","headline":"Another","datePublished":"2020-01-01"},
            {"@type":"NewsArticle","headline":"Ship hits bridge","datePublished":"2026-03-10"}]</script>"#;
        assert_eq!(read_page(page), "Ship hits bridge|Post|-|2026-03-10T00:00:00");
    }

    #[test]
    fn the_name_of_the_site_is_no_headline() {
        let site =
            "<title>Ship hits bridge « The Evening Post</title><h1>The Evening Post</h1><h2>Ship hits bridge</h2>";
        assert_eq!(read_page(site), "Ship hits bridge|The Evening Post|-|-");
        let named = r#"<meta property="og:site_name" content="The Evening Post"><meta property="og:title" content="Ship hits">
            <h1>The Evening Post</h1><h2>Ship hits bridge</h2>"#;
        assert_eq!(read_page(named), "Ship hits|The Evening Post|-|-");
        assert_eq!(
            read_page("<title>Live - Ship hits bridge</title><h1>Ship hits bridge</h1>"),
            "Ship hits bridge|-|-|-"
        );
    }

    #[test]
    fn without_headings_a_line_that_the_title_names_is_the_headline() {
        let page = "<title>The Post: Ship hits</title><b>The Post</b><br><b>Ship hits bridge and sinks</b><p>Text.\
            <p>Copyright 2026 The Post Company";
        assert_eq!(read_page(page), "Ship hits bridge and sinks|The Post|-|-");
    }

    #[test]
    fn a_day_before_the_headline_is_of_no_use_where_the_article_says_one() {
        let said = read(&Document::from("<time datetime=2026-11-29>Sunday</time><h1>Ship hits the bridge</h1>"));
        assert_eq!(said.metadata.published, None);
        assert_eq!(said.elsewhere.map(|moment| moment.to_string()).as_deref(), Some("2026-11-29T00:00:00"));
        let page = "<time datetime=2026-11-29>Sunday</time><h1>Ship hits the bridge</h1><time datetime=2026-03-10>10 March</time>";
        assert_eq!(read_page(page), "Ship hits the bridge|-|-|2026-03-10T00:00:00");
    }

    #[test]
    fn of_several_moments_that_of_the_publication_is_taken() {
        let both = "<article><h1>Ship hits the bridge</h1><time class=updated datetime=2026-03-12>x</time>\
            <time class='entry-date published' datetime=2026-03-10>y</time></article>";
        assert_eq!(read_page(both), "Ship hits the bridge|-|-|2026-03-10T00:00:00");
        let labelled = "<h1>Ship hits the bridge</h1><p>Updated <time datetime=2026-03-12>x</time></p><time datetime=2026-03-10>y</time>";
        assert_eq!(read_page(labelled), "Ship hits the bridge|-|-|2026-03-10T00:00:00");
        let alone = "<h1>Ship hits the bridge</h1><time class=updated datetime=2026-03-12>x</time>";
        assert_eq!(read_page(alone), "Ship hits the bridge|-|-|2026-03-12T00:00:00");
        let told = "<article><h1>Ship hits the bridge</h1><p>The bridge was opened on <time datetime=1931-05-01>1 May 1931</time> by the king.</p></article>";
        assert_eq!(read_page(told), "Ship hits the bridge|-|-|-");
    }

    #[test]
    fn linked_data_in_a_comment_is_read() {
        let object = r#"{"@type":"NewsArticle","headline":"Ship hits bridge"}"#;
        for (before, after) in
            [("//<![CDATA[\n", "\n//]]>"), ("/*<![CDATA[*/", "/*]]>*/"), ("<![CDATA[", "]]>"), ("", ";")]
        {
            let page = format!("<script type='application/ld+json'>{before}{object}{after}</script>");
            assert_eq!(read_page(&page), "Ship hits bridge|-|-|-", "{before}");
        }
    }
}
