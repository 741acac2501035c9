//! Markdown becomes an article: its paragraphs without the marks, its front matter as metadata.
//!
//! Must never obey markup: raw HTML gives its words alone. Invariant: blocks come in the document's order.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::date::moment;
use super::draft::Draft;
use super::place::Address;
use super::{Metadata, html};
use crate::text::ParagraphKind;

/// Reads a Markdown document.
pub(super) fn read(document: &str) -> Draft {
    let (front, body) = split(document);
    let mut metadata = front.map(front_matter).unwrap_or_default();
    let mut walk = Walk::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(body, options) {
        walk.take(event);
    }
    walk.flush();
    let mut blocks = walk.blocks;
    // The first heading is the headline, unless the front matter says another.
    let headline = blocks.iter().position(|(kind, _)| *kind == ParagraphKind::Title);
    match (&metadata.title, headline) {
        (None, Some(at)) => metadata.title = Some(blocks[at].1.clone()),
        (Some(title), Some(at)) if *title == blocks[at].1 => {}
        (Some(title), at) => {
            if let Some(at) = at {
                blocks[at].0 = ParagraphKind::Heading;
            }
            blocks.insert(0, (ParagraphKind::Title, title.clone()));
        }
        (None, None) => {}
    }
    Draft { blocks, metadata, remarks: Vec::new() }
}

/// The front matter, between `---` (YAML) or `+++` (TOML), and the rest.
fn split(document: &str) -> (Option<&str>, &str) {
    let fence = ["---", "+++"].into_iter().find(|fence| {
        document.strip_prefix(fence).is_some_and(|rest| rest.starts_with('\n') || rest.starts_with("\r\n"))
    });
    let Some(fence) = fence else { return (None, document) };
    let mut at = 0;
    for (number, line) in document.split_inclusive('\n').enumerate() {
        let next = at + line.len();
        if number > 0 && (line.trim_end() == fence || fence == "---" && line.trim_end() == "...") {
            return (document.get(..at), &document[next..]);
        }
        at = next;
    }
    (None, document)
}

/// What the front matter says, whichever of its usual keys it uses.
fn front_matter(front: &str) -> Metadata {
    let pairs = if front.starts_with("+++") { toml_pairs(front) } else { yaml_pairs(front) };
    let said = |names: &[&str]| {
        names.iter().find_map(|name| {
            let value = pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.trim());
            value.filter(|value| !value.is_empty()).map(str::to_owned)
        })
    };
    // Some name the publication by its address.
    let on_the_web = |value: &String| Address::parse(value).is_ok();
    let names = ["source", "outlet", "publisher", "publication", "site", "site_name", "website"];
    let addresses = ["url", "canonical", "canonical_url", "permalink", "link", "source_url", "source"];
    Metadata {
        title: said(&["title", "headline"]),
        outlet: names.iter().find_map(|name| said(&[name]).filter(|name| !on_the_web(name))),
        address: addresses.iter().find_map(|name| said(&[name]).filter(on_the_web)),
        byline: said(&["author", "authors", "byline", "by"]),
        published: said(&["date", "published", "published_at", "pubdate", "created"]).as_deref().and_then(moment),
    }
}

fn toml_pairs(front: &str) -> Vec<(String, String)> {
    let table: toml::Table = front.trim_start_matches('+').parse().unwrap_or_default();
    let words = |value: &toml::Value| match value {
        toml::Value::String(text) => text.clone(),
        toml::Value::Array(values) => names(values.iter().filter_map(toml::Value::as_str)),
        other => other.to_string(),
    };
    table.iter().map(|(key, value)| (key.to_lowercase(), words(value))).collect()
}

/// `key: value`, `key: [a, b]` and a list of `- a` lines below its key: what front matter uses of YAML.
fn yaml_pairs(front: &str) -> Vec<(String, String)> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    for line in front.lines().skip(1) {
        let bare = line.trim_start();
        if let Some(entry) = bare.strip_prefix("- ") {
            if let Some((_, value)) = pairs.last_mut() {
                let entry = unquoted(entry.strip_prefix("name:").unwrap_or(entry));
                *value = names([value.as_str(), entry].into_iter().filter(|name| !name.is_empty()));
            }
        } else if bare.len() == line.len()
            && let Some((key, value)) = line.split_once(':')
        {
            let value = value.trim();
            let list = value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
            let value = list.map_or_else(|| unquoted(value).to_owned(), |list| names(list.split(',').map(unquoted)));
            pairs.push((key.trim().to_lowercase(), value));
        }
    }
    pairs
}

fn names<'a>(all: impl Iterator<Item = &'a str>) -> String {
    let all: Vec<&str> = all.map(str::trim).collect();
    match all.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

fn unquoted(value: &str) -> &str {
    let value = value.trim();
    let inside = |mark| value.strip_prefix(mark).and_then(|value: &str| value.strip_suffix(mark));
    inside('"').or_else(|| inside('\'')).unwrap_or(value)
}

/// The events of a document, gathered into blocks.
#[derive(Default)]
struct Walk {
    blocks: Vec<(ParagraphKind, String)>,
    text: String,
    kind: Option<ParagraphKind>,
    /// The numbers of the lists being read; `None` for one without.
    lists: Vec<Option<u64>>,
    /// What stands before the words of the next block.
    mark: String,
    /// How many pictures the words stand in, and whether anything else stands in the paragraph.
    pictures: u32,
    beside_pictures: bool,
    markup: String,
    lines: bool,
}

impl Walk {
    fn take(&mut self, event: Event) {
        match event {
            Event::Start(tag) => self.start(&tag),
            Event::End(tag) => self.end(tag),
            Event::Html(text) => self.markup.push_str(&text),
            Event::Text(text) if self.lines => {
                for line in text.lines() {
                    self.text.push_str(line);
                    self.flush();
                }
            }
            Event::Text(text) | Event::Code(text) => self.words(&text),
            Event::SoftBreak | Event::HardBreak => self.text.push(' '),
            Event::Rule => self.flush(),
            Event::InlineHtml(tag) if tag.starts_with("<br") => self.text.push(' '),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        self.beside_pictures |= self.pictures == 0 && !words.trim().is_empty();
        self.text.push_str(words);
    }

    fn start(&mut self, tag: &Tag) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                let first = *level == pulldown_cmark::HeadingLevel::H1
                    && !self.blocks.iter().any(|(kind, _)| *kind == ParagraphKind::Title);
                self.kind = Some(if first { ParagraphKind::Title } else { ParagraphKind::Heading });
            }
            Tag::List(number) => {
                self.flush();
                self.lists.push(*number);
            }
            Tag::Item => {
                self.flush();
                self.mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        format!("{}. ", *number - 1)
                    }
                    _ => "• ".to_owned(),
                };
                self.kind = Some(ParagraphKind::Bullet);
            }
            Tag::CodeBlock(_) => {
                self.flush();
                self.lines = true;
            }
            Tag::Image { .. } => self.pictures = self.pictures.saturating_add(1),
            Tag::TableCell if !self.text.is_empty() => self.text.push_str(" | "),
            Tag::HtmlBlock | Tag::Paragraph | Tag::BlockQuote(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) => {
                self.flush()
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::List(_) => {
                self.flush();
                self.lists.pop();
            }
            TagEnd::Image => self.pictures = self.pictures.saturating_sub(1),
            TagEnd::HtmlBlock => {
                let markup = std::mem::take(&mut self.markup);
                self.blocks.extend(html::words_of(&markup));
            }
            TagEnd::CodeBlock => {
                self.flush();
                self.lines = false;
            }
            TagEnd::Item => {
                self.flush();
                self.mark.clear();
            }
            TagEnd::Paragraph if !self.beside_pictures && self.text.split_whitespace().count() > 2 => {
                self.kind = Some(ParagraphKind::Caption);
                self.flush();
            }
            TagEnd::Heading(_)
            | TagEnd::Paragraph
            | TagEnd::BlockQuote(_)
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::FootnoteDefinition => self.flush(),
            _ => {}
        }
    }

    /// Ends a block.
    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        self.beside_pictures = false;
        if text.chars().any(char::is_alphanumeric) {
            let kind = self.kind.take().unwrap_or(ParagraphKind::Body);
            let mark = std::mem::take(&mut self.mark);
            self.blocks.push((kind, format!("{mark}{}", text.trim())));
        }
        if self.mark.is_empty() {
            self.kind = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(document: &str) -> Vec<String> {
        read(document).blocks.into_iter().map(|(kind, text)| format!("{kind:?}: {text}")).collect()
    }

    #[test]
    fn marks_are_gone_and_kinds_kept() {
        let document = "# Ship *hits* bridge\n\nThe [ship](https://x.example \"t\") hit\nthe **bridge**.[^1]\n\n## Damage\n\n\
            - one\n- two\n\n  more\n\n3. three\n\n> “Said,” he said.\n\n![The bridge at first light](b.jpg)\n\n\
            | Year | Dead |\n|---|---|\n| 2025 | 3 |\n\n```\na < b\nc\n```\n\n<div>Raw <script>x</script>words</div>\n\n[^1]: A note.\n";
        let expected = [
            "Title: Ship hits bridge",
            "Body: The ship hit the bridge.",
            "Heading: Damage",
            "Bullet: • one",
            "Bullet: • two",
            "Body: more",
            "Bullet: 3. three",
            "Body: “Said,” he said.",
            "Caption: The bridge at first light",
            "Body: Year | Dead",
            "Body: 2025 | 3",
            "Body: a < b",
            "Body: c",
            "Body: Raw words",
            "Body: A note.",
        ];
        assert_eq!(shown(document), expected);
    }

    #[test]
    fn front_matter_of_both_kinds_is_read() {
        let yaml = "---\ntitle: \"Ship hits bridge\"\nauthors:\n  - Ann Bell\n  - Tom Ash\nsource: The Post\ndate: 2026-03-10 17:42\n---\nText.";
        let toml = "+++\ntitle = \"Ship hits bridge\"\nauthor = [\"Ann Bell\", \"Tom Ash\"]\npublisher = \"The Post\"\ndate = 2026-03-10T17:42:00\n+++\nText.";
        for document in [yaml, toml, &yaml.replace('\n', "\r\n")] {
            let metadata = read(document).metadata;
            assert_eq!(metadata.title.as_deref(), Some("Ship hits bridge"));
            assert_eq!(metadata.byline.as_deref(), Some("Ann Bell and Tom Ash"));
            assert_eq!(metadata.outlet.as_deref(), Some("The Post"));
            assert_eq!(metadata.published.map(|moment| moment.to_string()).as_deref(), Some("2026-03-10T17:42:00"));
            assert_eq!(shown(document), ["Title: Ship hits bridge", "Body: Text."]);
        }
        assert_eq!(shown("---\nno end\n"), ["Heading: no end"].map(|_| "Body: no end").map(str::to_owned));
    }

    #[test]
    fn an_address_is_one_whatever_its_key_and_no_publication() {
        let said = |front: &str| read(&format!("---\n{front}\n---\nText.")).metadata;
        for key in ["url", "canonical_url", "link", "source"] {
            let metadata = said(&format!("title: Ship hits bridge\n{key}: \"https://post.example/ship?a=1\""));
            assert_eq!(metadata.address.as_deref(), Some("https://post.example/ship?a=1"), "{key}");
            assert_eq!(metadata.outlet, None);
        }
        assert_eq!(said("url: /ship\nlink: file:///etc/passwd\nsource: The Post").address, None);
    }

    proptest! {
        #[test]
        fn no_document_makes_it_stop(document in r"([#>*_`|\[\]()<>+~-]{1,3}|[0-9]\. |[a-z]{1,4}|[ \n\t]{1,2}|---\n|\PC){0,60}") {
            let _ = read(&document);
        }
    }
}
