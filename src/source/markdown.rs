//! Markdown becomes an article: its paragraphs without the marks, its front matter as metadata.
//!
//! Must never obey markup: raw HTML gives its words alone. Invariant: blocks come in the document's order.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::draft::{Draft, STRUCK_REMARK};
use super::raised::raised;
use super::{front_matter, html};
use crate::text::ParagraphKind;

/// Reads a Markdown document.
pub(super) fn read(document: &str) -> Draft {
    let (front, body) = front_matter::split(document);
    let (mut metadata, remark) = front.map(front_matter::read).unwrap_or_default();
    let mut walk = Walk::default();
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    for (event, range) in Parser::new_ext(body, options).into_offset_iter() {
        match event {
            // A single mark may stand for something else.
            Event::Start(Tag::Strikethrough) if body[range.clone()].starts_with("~~") => walk.begin_struck(),
            Event::End(TagEnd::Strikethrough) if body[range.clone()].starts_with("~~") => walk.end_struck(),
            event => walk.take(event, &body[range.end..]),
        }
    }
    walk.flush();
    let struck = walk.any_struck;
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
    let struck = struck.then(|| STRUCK_REMARK.to_owned());
    Draft { blocks, metadata, remarks: remark.into_iter().chain(struck).collect() }
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
    /// How deep the words are struck through, how long the text was before, and whether any was.
    struck: u32,
    before_struck: usize,
    any_struck: bool,
    /// Where what stands raised begins.
    raised: Option<usize>,
    /// How many cells of the row came before.
    cells: u32,
}

impl Walk {
    fn begin_struck(&mut self) {
        if self.struck == 0 {
            self.before_struck = self.text.len();
        }
        self.struck = self.struck.saturating_add(1);
    }

    fn end_struck(&mut self) {
        self.struck = self.struck.saturating_sub(1);
        if self.struck == 0 && self.text.len() > self.before_struck {
            self.text.truncate(self.before_struck);
            self.any_struck = true;
            // The blank before them and the one behind them are one.
            if self.text.ends_with(' ') {
                self.text.pop();
            }
        }
    }

    /// Takes an event in; `rest` is what follows it in the document.
    fn take(&mut self, event: Event, rest: &str) {
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
            Event::InlineHtml(tag) if &*tag == "<sup>" => self.raised = Some(self.text.len()),
            Event::InlineHtml(tag) if &*tag == "</sup>" => self.end_raised(rest),
            Event::InlineHtml(tag) if matches!(&*tag, "<del>" | "<s>" | "<strike>") => self.begin_struck(),
            Event::InlineHtml(tag) if matches!(&*tag, "</del>" | "</s>" | "</strike>") => self.end_struck(),
            _ => {}
        }
    }

    fn end_raised(&mut self, rest: &str) {
        let Some(text) =
            self.raised.take().filter(|at| self.text.is_char_boundary(*at)).map(|at| self.text.split_off(at))
        else {
            return;
        };
        let written = raised(&self.text, &text, rest.get(..1).unwrap_or(if rest.starts_with('⁄') { "/" } else { "" }));
        self.text.push_str(&written);
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
            // An empty cell keeps its place.
            Tag::TableCell => {
                if self.cells > 0 {
                    self.text.push_str(" | ");
                }
                self.cells = self.cells.saturating_add(1);
            }
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
        (self.before_struck, self.raised, self.cells) = (0, None, 0);
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
    fn what_is_raised_is_no_digit_and_what_is_struck_is_not_told() {
        assert_eq!(shown("Some 10<sup>6</sup> litres on the 3<sup>rd</sup>."), ["Body: Some 10⁶ litres on the 3rd."]);
        assert_eq!(
            shown("It was so.<sup>1</sup> It was 1<sup>1</sup>⁄<sub>2</sub>."),
            ["Body: It was so. It was 1 1⁄2."]
        );
        let struck = "It was ~~nine~~ eleven, <del>all</del> of ~this~.";
        assert_eq!(shown(struck), ["Body: It was eleven, of this."]);
        assert_eq!(read(struck).remarks, [STRUCK_REMARK]);
        assert!(read("It was ~~ nine ~~ and ~5.").remarks.is_empty());
    }

    #[test]
    fn an_empty_cell_keeps_its_place() {
        let table = "|  | Dead | Hurt |\n|---|---|---|\n| Carrow |  | 3 |\n";
        assert_eq!(shown(table), ["Body: | Dead | Hurt", "Body: Carrow |  | 3"]);
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
