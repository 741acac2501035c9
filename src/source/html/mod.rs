//! A page becomes an article: its main text and what its metadata say.
//!
//! nesting (is it safe to make a tree?) → metadata → boxes and junk (what stands around articles) → the main text, by a
//! readability library or by the page's own elements → blocks → story (which of them are told). Invariant: a page without an article is an error that says what it is instead.

mod blocks;
mod boxes;
mod in_line;
mod junk;
mod metadata;
mod names;
mod nesting;
mod own_text;
mod spans;
mod story;
mod verdict;

use std::collections::HashMap;

use dom_query::{Document, Matcher, NodeRef};
use dom_smoothie::{Config, Readability};

use self::blocks::{Block, blocks};
use self::metadata::Said;
use self::story::told;
use super::Limits;
use super::draft::{Draft, STRUCK_REMARK};
use super::error::Problem;
use crate::source::date::moment;
use crate::text::ParagraphKind;
use crate::text::coordinates::floor_boundary;
use crate::text::masthead::{byline_in, is_about_article};
use crate::text::token::stands_alone;

/// The share of a container's words, in hundredths, that the readability library has to find: below it, it found a part.
const ENOUGH: usize = 90;

/// The share of a block's bytes, in hundredths, past which links make it a signpost.
const SIGNPOST: usize = 60;

/// The longest signpost, in characters: past it a passage may be all link and yet be told.
const LONGEST_SIGNPOST: usize = 240;

/// Words of a paragraph, at the least, by which a story has certainly begun.
const STORY: usize = 25;

/// Words of a line, at the most, that says who wrote the article and when.
const NAME_LINE: usize = 12;

/// Words of a line, at the least, that stands between headline and story and belongs to them.
const STANDFIRST: usize = 5;

/// Reads a page.
///
/// # Errors
/// [`Problem`] when the page could not be read safely, or has no article.
pub(super) fn read(page: &str, limits: &Limits) -> Result<Draft, Problem> {
    nesting::check(page, limits.nesting)?;
    let document = Document::from(page);
    if is_too_deep(&document, limits.nesting) {
        return Err(Problem::Nesting { limit: limits.nesting });
    }
    let mut said = metadata::read(&document);
    let seen = verdict::Seen::of(&document);
    in_line::open_buttons(&document);
    in_line::part_pieces(&document);
    boxes::open_forms(&document);
    boxes::remove_asking(&document);
    junk::remove(&document);
    boxes::remove_around(&document);
    let title = said.metadata.title.as_deref();
    if !said.live {
        keep_one_article(&document, title);
    }
    let struck = document
        .select(&blocks::STRUCK.join(", "))
        .nodes()
        .iter()
        .any(|node| node.text().chars().any(char::is_alphanumeric));
    let (found, about) = told(main_text(document, title), title);
    let lines = about.iter().map(|block| block.text.as_str());
    said.metadata.byline = said.metadata.byline.or_else(|| lines.clone().find_map(byline_in).map(str::to_owned));
    let dated = said.metadata.published.or_else(|| lines.clone().find_map(moment));
    said.metadata.published = dated.or(said.elsewhere);
    let found = carried(found, &said);
    verdict::judge(&seen, &said, &found)?;
    let mut blocks: Vec<(ParagraphKind, String)> =
        said.metadata.title.iter().map(|title| (ParagraphKind::Title, title.clone())).collect();
    blocks.extend(found.into_iter().map(|block| (block.kind, block.text)));
    let mut remarks = Vec::new();
    if said.teaser {
        remarks.push("the page says that not all of it is free to read: this may be a part of the article".to_owned());
    }
    remarks.extend(struck.then(|| STRUCK_REMARK.to_owned()));
    Ok(Draft { blocks, metadata: said.metadata, remarks })
}

/// All of a page that is no article among others, as newsletters are: without what stands around articles.
///
/// # Errors
/// [`Problem`] when the page could not be read safely.
pub(super) fn whole(page: &str, limits: &Limits) -> Result<Vec<(ParagraphKind, String)>, Problem> {
    nesting::check(page, limits.nesting)?;
    let document = Document::from(page);
    if is_too_deep(&document, limits.nesting) {
        return Err(Problem::Nesting { limit: limits.nesting });
    }
    junk::remove(&document);
    let (found, _) = told(document.body().map(blocks).unwrap_or_default(), None);
    Ok(found.into_iter().map(|block| (block.kind, block.text)).collect())
}

/// Holds markup to the deepest nesting allowed.
///
/// # Errors
/// [`Problem`] past it.
pub(super) fn check_nesting(markup: &str, limits: &Limits) -> Result<(), Problem> {
    nesting::check(markup, limits.nesting)
}

/// The words of markup inside another document, block by block; none where it is nested beyond all measure.
pub(super) fn words_of(markup: &str) -> Vec<(ParagraphKind, String)> {
    const DEEPEST: u64 = 64;
    if nesting::check(markup, DEEPEST).is_err() {
        return Vec::new();
    }
    blocks(Document::fragment(markup).root()).into_iter().map(|block| (block.kind, block.text)).collect()
}

/// Whether the tree is deeper than the page's tags seemed to be.
fn is_too_deep(document: &Document, limit: u64) -> bool {
    // Paragraphs and entries of lists come on top of what is counted beforehand.
    let most = usize::try_from(limit).unwrap_or(usize::MAX).saturating_mul(3).saturating_add(16);
    let (mut node, mut depth) = (Some(document.root()), 0usize);
    while let Some(at) = node {
        if let Some(child) = at.first_child() {
            depth += 1;
            node = Some(child);
        } else {
            let mut up = Some(at);
            node = None;
            while let Some(here) = up {
                if let Some(next) = here.next_sibling() {
                    node = Some(next);
                    break;
                }
                depth = depth.saturating_sub(1);
                up = here.parent();
            }
        }
        if depth > most {
            return true;
        }
    }
    false
}

/// How many words a text has: what stands between white space, and half of the signs of scripts that put none between words.
fn words(text: &str) -> usize {
    let spaced = text.split_whitespace().count();
    if text.is_ascii() { spaced } else { spaced + text.chars().filter(|&c| stands_alone(c)).count() / 2 }
}

/// Where a page holds several articles, leaves the one that the page is about.
fn keep_one_article(document: &Document, title: Option<&str>) {
    let all = document.select("article");
    let nested = |node: &NodeRef| node.ancestors_it(None).any(|above| above.has_name("article"));
    let outer: Vec<NodeRef> = all.nodes().iter().filter(|node| !nested(node)).copied().collect();
    if outer.len() < 2 {
        return;
    }
    let headed = |node: &NodeRef, names: &[&str]| -> Vec<String> {
        let headings = node.descendants_it().filter(|inside| names.iter().any(|name| inside.has_name(name)));
        headings.map(blocks::line).collect()
    };
    let by_title = title.and_then(|title| {
        outer.iter().position(|node| headed(node, &["h1", "h2", "h3"]).iter().any(|heading| same(heading, title)))
    });
    let by_headline = || outer.iter().position(|node| !headed(node, &["h1"]).is_empty());
    let sizes: Vec<usize> = outer.iter().map(|node| words(&node.text())).collect();
    let all_words: usize = sizes.iter().sum();
    let largest = || (0..outer.len()).find(|&at| sizes[at] * 2 > all_words);
    let Some(chosen) = by_title.or_else(by_headline).or_else(largest) else { return };
    // A headline that leads elsewhere is a card, not an article.
    if sizes[chosen] * 10 < all_words {
        return;
    }
    for (at, node) in outer.iter().enumerate() {
        if at != chosen {
            node.remove_from_parent();
        }
    }
}

/// Whether two headlines have the same letters.
fn same(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// The article's blocks: those the readability library finds, or those of the page's own container where it finds only a part.
fn main_text(document: Document, title: Option<&str>) -> Vec<Block> {
    let container = container(&document);
    let contained = container.map(blocks).unwrap_or_default();
    let mut page = contained.clone();
    let headed = |blocks: &[Block]| blocks.iter().any(|block| title.is_some_and(|title| same(title, &block.text)));
    if !headed(&page) {
        page.splice(0..0, header(&document).map(blocks).filter(|header| headed(header)).unwrap_or_default());
    }
    let whole = document.body().map(blocks).unwrap_or_default();
    part_long_texts(&document);
    let config = Config { disable_json_ld: true, ..Config::default() };
    let found =
        Readability::with_document(document, None, Some(config)).ok().and_then(|mut reader| reader.parse().ok());
    let found = found.map(|article| blocks(Document::fragment(article.content).root())).unwrap_or_default();
    if running(&found) * 100 >= running(&contained) * ENOUGH && running(&found) > 0 {
        with_lost(found, page, title)
    } else if running(&contained) > 0 {
        contained
    } else {
        whole
    }
}

/// The longest text of one node, in bytes, that the readability library is given: to write a text out takes it the square of
/// the length where the text has many ampersands.
const LONGEST_TEXT: usize = 8192;

/// Parts long texts of a tree into several nodes, which say the same.
fn part_long_texts(document: &Document) {
    let root = document.root();
    let long: Vec<NodeRef> =
        root.descendants_it().filter(|node| node.is_text() && node.text().len() > LONGEST_TEXT).collect();
    for node in long {
        let text = node.text();
        let mut rest = &*text;
        while rest.len() > LONGEST_TEXT {
            let (part, after) = rest.split_at(floor_boundary(rest, LONGEST_TEXT));
            node.insert_before(&document.tree.new_text(part));
            rest = after;
        }
        node.set_text(rest);
    }
}

/// The innermost `<header>` with a headline in it.
fn header(document: &Document) -> Option<NodeRef<'_>> {
    let all = document.select("header");
    all.nodes().iter().rfind(|node| node.descendants_it().any(|inside| inside.has_name("h1"))).copied()
}

/// What was found, with the captions, and the lines between headline and story, that the library left out of the page's own.
fn with_lost(found: Vec<Block>, page: Vec<Block>, title: Option<&str>) -> Vec<Block> {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, block) in found.iter().enumerate() {
        places.entry(&block.text).or_default().push(at);
    }
    let is_line = |block: &Block| {
        matches!(block.kind, ParagraphKind::Body | ParagraphKind::Heading)
            && words(&block.text) >= STANDFIRST
            && !is_signpost(block)
            && !is_about_article(&block.text)
    };
    let (mut lost, mut next) = (Vec::new(), 0);
    let (mut headed, mut begun) = (false, false);
    for block in page {
        let there = places.get(block.text.as_str()).and_then(|at| at.get(at.partition_point(|&at| at < next)));
        let long = block.kind == ParagraphKind::Body && words(&block.text) >= STORY;
        if title.is_some_and(|title| same(title, &block.text)) {
            headed = true;
        } else if let Some(at) = there {
            // A number or a name may stand anywhere: it tells no place.
            next = if words(&block.text) >= STANDFIRST { at + 1 } else { next };
        } else if next < found.len() && (block.kind == ParagraphKind::Caption || headed && !begun && is_line(&block)) {
            lost.push((next, block));
        }
        begun |= long;
    }
    let mut lost = lost.into_iter().peekable();
    let mut all = Vec::with_capacity(found.len());
    for (at, block) in found.into_iter().enumerate() {
        while let Some((_, before)) = lost.next_if(|(place, _)| *place <= at) {
            all.push(before);
        }
        all.push(block);
    }
    all
}

/// The element that the page itself says holds the article; `None` where it names none or several.
fn container(document: &Document) -> Option<NodeRef<'_>> {
    ["[itemprop~=articleBody]", "article", "main, [role=main]"].into_iter().find_map(|selector| {
        let matcher = Matcher::new(selector).ok()?;
        let all = document.select_matcher(&matcher);
        let outer: Vec<NodeRef> = all
            .nodes()
            .iter()
            .filter(|node| !node.ancestors_it(None).any(|above| above.is_match(&matcher)))
            .copied()
            .collect();
        if let [one] = outer.as_slice() { Some(*one) } else { None }
    })
}

/// How many words of running text there are.
fn running(blocks: &[Block]) -> usize {
    let is_text =
        |block: &&Block| matches!(block.kind, ParagraphKind::Body | ParagraphKind::Bullet) && !is_signpost(block);
    blocks.iter().filter(is_text).map(|block| words(&block.text)).sum()
}

/// Whether a block only leads elsewhere.
fn is_signpost(block: &Block) -> bool {
    block.linked * 100 > block.text.len() * SIGNPOST && block.text.chars().nth(LONGEST_SIGNPOST).is_none()
}

/// The text that the metadata carry, where the page itself shows much less of it.
fn carried(found: Vec<Block>, said: &Said) -> Vec<Block> {
    let Some(text) = said.text.as_deref().filter(|text| words(text) > 2 * running(&found)) else { return found };
    let is_markup = text.contains("</p>") || text.contains("<br");
    if is_markup && nesting::check(text, 64).is_ok() {
        return blocks(Document::fragment(text).root());
    }
    let decoded =
        |line: &str| if line.contains('&') { blocks::line(Document::fragment(line).root()) } else { line.to_owned() };
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| Block::plain(ParagraphKind::Body, decoded(line)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_in_scripts_without_spaces() {
        assert_eq!(words("one two  three"), 3);
        assert_eq!(words("けが人はいなかった。"), 5);
        assert_eq!(words("Прорыв трубы"), 2);
    }

    #[test]
    fn a_long_text_in_several_nodes_says_what_it_said() {
        let page = format!("<p>{}</p><p>short</p>", "naïve &amp; “quoted” ".repeat(2000));
        let (whole, parted) = (Document::from(page.as_str()), Document::from(page.as_str()));
        part_long_texts(&parted);
        let texts = |document: &Document| document.root().descendants_it().filter(NodeRef::is_text).count();
        assert_eq!(texts(&whole), 2);
        assert!(texts(&parted) > 5);
        assert_eq!(parted.html(), whole.html());
    }

    #[test]
    fn captions_and_standfirsts_that_the_library_drops_are_told() {
        let line = |kind, text: &str| Block::plain(kind, text.to_owned());
        let story = "The main under the street burst at four in the morning, and thirty-one shops were flooded before anybody in the whole town had so much as woken up.";
        let page = vec![
            line(ParagraphKind::Caption, "The market under water."),
            line(ParagraphKind::Heading, "Main bursts"),
            line(ParagraphKind::Heading, "How a whole street was flooded"),
            line(ParagraphKind::Body, "3 min"),
            line(ParagraphKind::Body, story),
            line(ParagraphKind::Caption, "The road."),
            line(ParagraphKind::Body, "It is shut for ten days."),
            line(ParagraphKind::Caption, "Another story’s picture."),
        ];
        let found = vec![line(ParagraphKind::Body, story), line(ParagraphKind::Body, "It is shut for ten days.")];
        let all = with_lost(found, page, Some("Main bursts"));
        let all: Vec<&str> = all.iter().map(|block| block.text.as_str()).collect();
        assert_eq!(
            all,
            [
                "The market under water.",
                "How a whole street was flooded",
                story,
                "The road.",
                "It is shut for ten days."
            ]
        );
    }
}
