//! The tree of a page, walked into paragraphs with their kinds.
//!
//! Must never leave out words for what they say, only for what holds them. Invariant: blocks come in the page's order, white
//! space squeezed, and none is empty.

use dom_query::NodeRef;

use super::spans::Spans;
use crate::source::raised::raised;
use crate::text::ParagraphKind;

/// One paragraph of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    /// What the page says it is.
    pub(super) kind: ParagraphKind,
    /// Its words.
    pub(super) text: String,
    /// How many bytes of them are links.
    pub(super) linked: usize,
    /// Where single line breaks stand in it: how many bytes come before each, and how many of those are links.
    pub(super) breaks: Vec<(usize, usize)>,
}

impl Block {
    /// A paragraph of words alone.
    pub(super) fn plain(kind: ParagraphKind, text: String) -> Self {
        Self { kind, text, linked: 0, breaks: Vec::new() }
    }

    /// The lines that single breaks part it into, as blocks of their own.
    pub(super) fn lines(&self) -> Vec<Self> {
        let mut from = (0, 0);
        let whole = (self.text.len(), self.linked);
        let mut lines = Vec::with_capacity(self.breaks.len() + 1);
        for &to in self.breaks.iter().chain([&whole]) {
            let text = self.text.get(from.0..to.0).unwrap_or_default().trim();
            if text.chars().any(char::is_alphanumeric) {
                let linked = to.1.saturating_sub(from.1);
                lines.push(Self { kind: self.kind, text: text.to_owned(), linked, breaks: Vec::new() });
            }
            from = to;
        }
        lines
    }
}

/// Elements with nothing to read in them.
const SILENT: [&str; 29] = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "annotation",
    "annotation-xml",
    "iframe",
    "object",
    "embed",
    "head",
    "select",
    "button",
    "input",
    "textarea",
    "nav",
    "dialog",
    "audio",
    "video",
    "canvas",
    "map",
    "meter",
    "progress",
    "img",
    "picture",
    "datalist",
    "rp",
    "rt",
    "menu",
];

/// Elements whose words the page strikes through: it says them no longer.
pub(super) const STRUCK: [&str; 3] = ["del", "s", "strike"];

/// Elements that stand in a line.
#[rustfmt::skip]
pub(super) const INLINE: [&str; 55] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "label", "mark", "nobr", "output", "q", "ruby", "rb", "s", "samp", "small", "span", "strike", "strong",
    "sub", "sup", "time", "tt", "u", "var", "wbr", "slot", "math", "semantics", "mrow", "mstyle", "mi", "mn", "mo", "ms",
    "mtext", "mspace", "msup", "msub", "mfrac", "msqrt", "mroot", "mpadded", "mphantom",
];

/// The blocks of what stands inside `root`.
pub(super) fn blocks(root: NodeRef) -> Vec<Block> {
    let mut walk = Walk::default();
    walk.children(root, Inside { kind: ParagraphKind::Body, link: false });
    walk.flush(ParagraphKind::Body);
    walk.blocks
}

/// The words inside a node on one line.
pub(super) fn line(node: NodeRef) -> String {
    let mut walk = Walk { joined: true, ..Walk::default() };
    walk.children(node, Inside { kind: ParagraphKind::Body, link: false });
    walk.flush(ParagraphKind::Body);
    walk.blocks.pop().map(|block| block.text).unwrap_or_default()
}

/// What the text being read stands in.
#[derive(Clone, Copy)]
struct Inside {
    kind: ParagraphKind,
    link: bool,
}

#[derive(Default)]
struct Walk {
    blocks: Vec<Block>,
    text: String,
    linked: usize,
    /// `<br>`s since the last word: two part paragraphs.
    breaks: u8,
    /// Where single ones stand in the paragraph being read.
    broken: Vec<(usize, usize)>,
    /// What stands before the next paragraph's words: the mark of a list's entry.
    mark: String,
    /// Whether everything goes into one block.
    joined: bool,
    /// The cells of the table being read that reach into other places.
    spans: Spans,
}

impl Walk {
    fn children(&mut self, node: NodeRef, inside: Inside) {
        for child in node.children_it(false) {
            if child.is_text() {
                self.words(&child.text(), inside);
            } else if let Some(name) = child.node_name().filter(|_| child.is_element()) {
                self.element(child, &name, inside);
            }
        }
    }

    fn element(&mut self, node: NodeRef, name: &str, inside: Inside) {
        if SILENT.contains(&name) || STRUCK.contains(&name) || name.starts_with("amp-") {
            return;
        }
        match name {
            "br" => self.breaks = self.breaks.saturating_add(1),
            "q" => self.quotation(node, inside),
            "sup" if is_reference(node) => {}
            "sup" => self.raised(node, &line(node), inside),
            "msup" | "mfrac" => self.parts_of_formula(node, name, inside),
            "a" if is_note(node) => {}
            "a" => self.children(node, Inside { link: true, ..inside }),
            name if INLINE.contains(&name) => self.children(node, inside),
            "figure" if is_credited(node) => self.captions(node, inside),
            "table" => self.table(node, inside),
            "tr" if is_row(node, self.spans.hangs()) => self.row(node, inside),
            "pre" => self.lines(node, inside),
            "ol" => self.list(node, inside),
            name => self.block(node, name, inside),
        }
    }

    fn block(&mut self, node: NodeRef, name: &str, inside: Inside) {
        self.flush(inside.kind);
        let kind = match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => ParagraphKind::Heading,
            "figcaption" | "caption" => ParagraphKind::Caption,
            // Whose picture it is often stands beside the caption.
            "figure" if !holds_text(node) => ParagraphKind::Caption,
            "li" => ParagraphKind::Bullet,
            _ => inside.kind,
        };
        if name == "li" && self.mark.is_empty() {
            self.mark.push_str("• ");
        }
        self.children(node, Inside { kind, ..inside });
        self.flush(kind);
        if name == "li" {
            self.mark.clear();
        }
    }

    /// The captions of a picture, without the credit beside them.
    fn captions(&mut self, node: NodeRef, inside: Inside) {
        for caption in node.descendants_it().filter(|inside| inside.has_name("figcaption")) {
            self.block(caption, "figcaption", inside);
        }
    }

    /// A list whose entries are numbered.
    fn list(&mut self, node: NodeRef, inside: Inside) {
        self.flush(inside.kind);
        let said = |node: NodeRef, name: &str| node.attr(name).and_then(|number| number.trim().parse::<i32>().ok());
        let children = node.element_children();
        let step = if node.has_attr("reversed") { -1 } else { 1 };
        let entries =
            || i32::try_from(children.iter().filter(|child| child.has_name("li")).count()).unwrap_or(i32::MAX);
        let mut number = said(node, "start").unwrap_or_else(|| if step < 0 { entries() } else { 1 });
        for child in children {
            if child.has_name("li") {
                number = said(child, "value").unwrap_or(number);
                self.mark = format!("{number}. ");
                number = number.saturating_add(step);
            }
            let name = child.node_name().unwrap_or_default();
            self.element(child, &name, inside);
        }
        self.mark.clear();
    }

    /// A table: what spans rows of one spans none of another.
    fn table(&mut self, node: NodeRef, inside: Inside) {
        let around = self.spans.begin_table();
        self.block(node, "table", inside);
        self.spans.end_table(around);
    }

    /// A row of a table of data: its cells on one line, an empty one with its place.
    fn row(&mut self, node: NodeRef, inside: Inside) {
        self.flush(inside.kind);
        let cells = self.spans.row(node);
        self.words(&cells.join(" | "), inside);
        self.flush(inside.kind);
    }

    /// What stands raised.
    fn raised(&mut self, node: NodeRef, text: &str, inside: Inside) {
        let after = node.next_sibling().map(|sibling| sibling.text()).unwrap_or_default();
        let written = raised(&self.text, text, &after);
        self.words(&written, inside);
    }

    /// Two parts of a formula: what is raised over what, or divided by what.
    fn parts_of_formula(&mut self, node: NodeRef, name: &str, inside: Inside) {
        let parts = node.element_children();
        let [first, second] = parts.as_slice() else { return self.children(node, inside) };
        self.words(&line(*first), inside);
        if name == "msup" {
            self.raised(node, &line(*second), inside);
        } else {
            self.words(&format!("/{}", line(*second)), inside);
        }
    }

    /// Text whose lines stand as they were set.
    fn lines(&mut self, node: NodeRef, inside: Inside) {
        self.flush(inside.kind);
        for line in node.text().lines() {
            self.words(line, inside);
            self.flush(inside.kind);
        }
    }

    /// A quotation whose marks the page leaves to the browser.
    fn quotation(&mut self, node: NodeRef, inside: Inside) {
        let quoted = line(node);
        if quoted.is_empty() {
            return;
        }
        let marked = quoted.starts_with(['“', '"', '‘', '«', '„', '\'']);
        let before = node.prev_sibling().is_some_and(|sibling| sibling.text().ends_with(['“', '"', '‘', '«']));
        let (open, close) = if marked || before { ("", "") } else { ("“", "”") };
        self.words(&format!("{open}{quoted}{close}"), inside);
    }

    fn words(&mut self, text: &str, inside: Inside) {
        if text.trim().is_empty() {
            self.space(text);
            return;
        }
        match std::mem::take(&mut self.breaks) {
            0 => {}
            1 => {
                self.space(" ");
                if !self.text.is_empty() && !self.joined {
                    self.broken.push((self.text.len(), self.linked));
                }
            }
            _ => self.flush(inside.kind),
        }
        if text.starts_with(char::is_whitespace) {
            self.space(" ");
        }
        let before = self.text.len();
        for (at, word) in text.split_whitespace().enumerate() {
            if at > 0 {
                self.text.push(' ');
            }
            self.text.push_str(word);
        }
        if inside.link {
            self.linked += self.text.len() - before;
        }
        if text.ends_with(char::is_whitespace) {
            self.space(" ");
        }
    }

    fn space(&mut self, white: &str) {
        if !white.is_empty() && !self.text.is_empty() && !self.text.ends_with(' ') {
            self.text.push(' ');
        }
    }

    /// Ends a paragraph.
    fn flush(&mut self, kind: ParagraphKind) {
        if self.joined && !self.text.is_empty() {
            // The end of the walk takes it.
            self.space(" ");
            self.breaks = 0;
            if self.blocks.is_empty() {
                self.blocks.push(Block::plain(kind, String::new()));
            }
            if let Some(block) = self.blocks.first_mut() {
                block.text = self.text.trim_end().to_owned();
            }
            return;
        }
        self.breaks = 0;
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let mut breaks = std::mem::take(&mut self.broken);
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) {
            let mark = std::mem::take(&mut self.mark);
            breaks.iter_mut().for_each(|(at, _)| *at += mark.len());
            self.blocks.push(Block { kind, text: format!("{mark}{text}"), linked, breaks });
        }
    }
}

/// A raised number that leads to a footnote.
fn is_reference(node: NodeRef) -> bool {
    let text = node.text();
    let bare = text.trim().trim_matches(['[', ']', '(', ')']);
    node.element_children().iter().any(|child| child.has_name("a"))
        && bare.len() <= 4
        && bare.chars().all(|c| c.is_ascii_digit() || c == '*' || c.is_ascii_lowercase())
}

/// Whether a figure holds a quotation, a table or a list, and not only a picture.
fn holds_text(figure: NodeRef) -> bool {
    const TEXT: [&str; 6] = ["blockquote", "q", "table", "pre", "ul", "ol"];
    figure.descendants_it().any(|inside| TEXT.iter().any(|name| inside.has_name(name)))
}

/// Whether nothing but a few words, as of whose picture it is, stands beside a figure's own caption.
fn is_credited(figure: NodeRef) -> bool {
    const CREDIT_WORDS: usize = 6;
    if holds_text(figure) {
        return false;
    }
    let captions: Vec<NodeRef> = figure.descendants_it().filter(|inside| inside.has_name("figcaption")).collect();
    let [caption] = captions.as_slice() else { return false };
    let captioned = super::words(&caption.text());
    captioned > 0 && super::words(&figure.text()) <= captioned + CREDIT_WORDS
}

/// Whether a link leads to a footnote of the same page, or back from it.
fn is_note(node: NodeRef) -> bool {
    let text = node.text();
    let bare = text.trim().trim_matches(['[', ']', '(', ')']);
    node.attr("href").is_some_and(|to| to.starts_with('#'))
        && bare.len() <= 4
        && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '*' | '†' | '‡' | '↩'))
}

/// Whether a table's row holds data, rather than laying out the page.
fn is_row(node: NodeRef, is_reached_into: bool) -> bool {
    const LAYS_OUT: [&str; 12] =
        ["p", "div", "table", "ul", "ol", "h1", "h2", "h3", "h4", "article", "section", "blockquote"];
    node.element_children().len() + usize::from(is_reached_into) > 1
        && !node.descendants_it().any(|inside| {
            inside.node_name().is_some_and(|name| LAYS_OUT.contains(&name.as_ref()) && inside.is_element())
        })
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;

    fn read(page: &str) -> Vec<String> {
        let document = Document::from(page);
        blocks(document.root()).into_iter().map(|block| format!("{:?}: {}", block.kind, block.text)).collect()
    }

    #[test]
    fn elements_become_paragraphs_of_their_kinds() {
        let page = "<h2>Two</h2><p>One <b>b</b>old\n line.<br>Same.<br><br>Next.</p>text<div>Deep<div>er</div>out</div>\
            <ul><li>a<li><p>b</p><p>c</p></ul><ol start=3><li>d</ol><figure><img alt=x><figcaption>Cap</figcaption></figure>\
            <blockquote><p>Said.</p></blockquote>";
        let expected = [
            "Heading: Two",
            "Body: One bold line. Same.",
            "Body: Next.",
            "Body: text",
            "Body: Deep",
            "Body: er",
            "Body: out",
            "Bullet: • a",
            "Bullet: • b",
            "Bullet: c",
            "Bullet: 3. d",
            "Caption: Cap",
            "Body: Said.",
        ];
        assert_eq!(read(page), expected);
    }

    #[test]
    fn quotations_rows_and_references_read_as_they_look() {
        assert_eq!(read("<p>He said <q>we <i>will</i> not</q>.</p>"), ["Body: He said “we will not”."]);
        assert_eq!(read("<p>He said “<q>we</q>”.</p>"), ["Body: He said “we”."]);
        assert_eq!(
            read("<table><tr><th>Year<th>Dead<tr><td>2025<td>3</table>"),
            ["Body: Year | Dead", "Body: 2025 | 3"]
        );
        assert_eq!(read("<table><tr><td><p>One.</p><td><p>Two.</p></table>"), ["Body: One.", "Body: Two."]);
        assert_eq!(
            read("<p>So it was.<sup><a href='#1'>[1]</a></sup> Or not<sup>2</sup></p>"),
            ["Body: So it was. Or not"]
        );
        assert_eq!(read("<p>a<script>b</script><button>c</button></p><nav>d</nav>"), ["Body: a"]);
        assert_eq!(read("<pre>one\ntwo</pre>"), ["Body: one", "Body: two"]);
    }

    #[test]
    fn entries_have_the_numbers_that_the_page_gives_them() {
        assert_eq!(read("<ol reversed><li>a<li>b</ol>"), ["Bullet: 2. a", "Bullet: 1. b"]);
        assert_eq!(read("<ol start=4><li>a<li value=9>b<li>c</ol>"), ["Bullet: 4. a", "Bullet: 9. b", "Bullet: 10. c"]);
    }

    #[test]
    fn an_empty_cell_keeps_its_place_and_a_spanning_one_is_told_in_each() {
        let empty = "<table><tr><th>Town<th>Dead<th>Hurt<tr><td>Carrow<td><td>3<tr><td>Durnham<td>&nbsp;<td></table>";
        assert_eq!(read(empty), ["Body: Town | Dead | Hurt", "Body: Carrow | | 3", "Body: Durnham | |"]);
        let rows =
            "<table><tr><td rowspan=2>Friday<td>Carrow<td>1<tr><td>Durnham<td>2<tr><td>Sunday<td>Holm<td>3</table>";
        assert_eq!(read(rows), ["Body: Friday | Carrow | 1", "Body: Friday | Durnham | 2", "Body: Sunday | Holm | 3"]);
        let columns = "<table><tr><th>Town<th colspan=2>Dead<tr><td>Carrow<td>1<td>2</table>";
        assert_eq!(read(columns), ["Body: Town | Dead | Dead", "Body: Carrow | 1 | 2"]);
    }

    #[test]
    fn what_is_raised_is_no_digit_and_what_is_struck_is_not_told() {
        assert_eq!(read("<p>5×10<sup>6</sup> litres at 10<sup>-3</sup> bar</p>"), ["Body: 5×10⁶ litres at 10⁻³ bar"]);
        assert_eq!(read("<p>The 3<sup>rd</sup> of 40 m<sup>2</sup></p>"), ["Body: The 3rd of 40 m²"]);
        assert_eq!(
            read("<p>1<sup>1</sup>&frasl;<sub>2</sub> miles, <sup>1</sup>&frasl;<sub>2</sub> a mile</p>"),
            ["Body: 1 1⁄2 miles, 1⁄2 a mile"]
        );
        assert_eq!(read("<p>So.<sup>1</sup> And <sup>[3]</sup> more.</p>"), ["Body: So. And more."]);
        assert_eq!(
            read("<p>It was <del>nine</del> <ins>eleven</ins> of <s>many</s> all.</p>"),
            ["Body: It was eleven of all."]
        );
        let formula = "<p>It is <math><semantics><mrow><mn>3</mn><mo>+</mo><msup><mn>10</mn><mn>4</mn></msup><mo>=</mo>\
            <mfrac><mn>1</mn><mn>2</mn></mfrac></mrow><annotation>3+10^4</annotation></semantics></math>.</p>";
        assert_eq!(read(formula), ["Body: It is 3+10⁴=1/2."]);
    }

    #[test]
    fn a_credit_beside_a_caption_is_left_out_and_a_caption_alone_stays() {
        let credited = "<figure><img><span>Agency</span><figcaption>The <b>shop</b> front</figcaption></figure>";
        assert_eq!(read(credited), ["Caption: The shop front"]);
        assert_eq!(read("<figure><img><span>The shop front</span></figure>"), ["Caption: The shop front"]);
    }

    #[test]
    fn the_lines_of_a_block_are_known() {
        let document = Document::from("<p>One <a href=/>two</a><br>\nthree<br></p>");
        let lines = blocks(document.root())[0].lines();
        let lines: Vec<(&str, usize)> = lines.iter().map(|line| (line.text.as_str(), line.linked)).collect();
        assert_eq!(lines, [("One two", 3), ("three", 0)]);
    }
}
