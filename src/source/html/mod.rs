//! A page becomes an article: its main text and what its metadata say.
//!
//! nesting (is it safe to make a tree?) → metadata → junk (what stands around articles) → the main text, by a readability
//! library or by the page's own elements → blocks. Invariant: a page without an article is an error that says what it is instead.

mod blocks;
mod junk;
mod metadata;
mod nesting;
mod verdict;

use dom_query::{Document, Matcher, NodeRef};
use dom_smoothie::{Config, Readability};

use self::blocks::{Block, blocks};
use self::metadata::Said;
use super::Limits;
use super::draft::Draft;
use super::error::Problem;
use crate::source::date::moment;
use crate::text::masthead::{byline_in, is_about_article};
use crate::text::{ParagraphKind, Text};

/// The share of a container's words, in hundredths, that the readability library has to find: below it, it found a part.
const ENOUGH: usize = 90;

/// The share of a block's bytes, in hundredths, past which links make it a signpost.
const SIGNPOST: usize = 60;

/// The longest signpost, in characters: past it a passage may be all link and yet be told.
const LONGEST_SIGNPOST: usize = 240;

/// Words of a paragraph, at the least, by which a story has certainly begun.
const STORY: usize = 25;

/// Headings of what follows an article.
const AFTERWARDS: [&str; 24] = [
    "related",
    "read more",
    "read next",
    "more on this story",
    "most read",
    "most popular",
    "comments",
    "recommended",
    "you may also like",
    "you might also like",
    "more from",
    "more stories",
    "more news",
    "related stories",
    "tags",
    "topics",
    "related topics",
    "related articles",
    "share this",
    "follow us",
    "trending",
    "up next",
    "advertisement",
    "see also",
];

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
    junk::remove(&document);
    if !said.live {
        keep_one_article(&document, said.metadata.title.as_deref());
    }
    let (found, about) = told(main_text(document), said.metadata.title.as_deref());
    let lines = about.iter().map(|block| block.text.as_str());
    said.metadata.byline = said.metadata.byline.or_else(|| lines.clone().find_map(byline_in).map(str::to_owned));
    said.metadata.published = said.metadata.published.or_else(|| lines.clone().find_map(moment));
    let found = carried(found, &said);
    verdict::judge(&seen, &said, &found)?;
    let mut blocks: Vec<(ParagraphKind, String)> =
        said.metadata.title.iter().map(|title| (ParagraphKind::Title, title.clone())).collect();
    blocks.extend(found.into_iter().map(|block| (block.kind, block.text)));
    let mut remarks = Vec::new();
    if said.teaser {
        remarks.push("the page says that not all of it is free to read: this may be a part of the article".to_owned());
    }
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

fn words(text: &str) -> usize {
    text.split_whitespace().count()
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
    let letters =
        |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect() };
    letters(one) == letters(other)
}

/// The article's blocks: those the readability library finds, or those of the page's own container where it finds only a part.
fn main_text(document: Document) -> Vec<Block> {
    let contained = container(&document).map(blocks).unwrap_or_default();
    let whole = document.body().map(blocks).unwrap_or_default();
    let config = Config { disable_json_ld: true, ..Config::default() };
    let found =
        Readability::with_document(document, None, Some(config)).ok().and_then(|mut reader| reader.parse().ok());
    let found = found.map(|article| blocks(Document::fragment(article.content).root())).unwrap_or_default();
    if running(&found) * 100 >= running(&contained) * ENOUGH && running(&found) > 0 {
        found
    } else if running(&contained) > 0 {
        contained
    } else {
        whole
    }
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

/// The blocks that are told, without the headline, signposts, and what stands under the headings of other things; and the
/// lines about the article that stand before its story.
fn told(blocks: Vec<Block>, title: Option<&str>) -> (Vec<Block>, Vec<Block>) {
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut afterwards = false;
    for block in blocks {
        let is_title = title.is_some_and(|title| same(title, &block.text)) && block.kind != ParagraphKind::Bullet;
        if is_title || is_signpost(&block) || is_label(&block) {
            continue;
        }
        if block.kind == ParagraphKind::Heading {
            afterwards = is_afterwards(&block.text);
        }
        let long = block.kind == ParagraphKind::Body && words(&block.text) >= STORY;
        afterwards &= !long;
        if !afterwards {
            kept.push(block);
        }
    }
    while kept.last().is_some_and(|last| last.kind == ParagraphKind::Heading || is_day(last)) {
        kept.pop();
    }
    let (kept, about) = without_names(kept);
    (without_furniture(kept), about)
}

/// Takes out who wrote it and when, where that stands before the story, and the numbers of pictures.
fn without_names(kept: Vec<Block>) -> (Vec<Block>, Vec<Block>) {
    let story = kept.iter().position(|block| block.kind == ParagraphKind::Body && words(&block.text) >= STORY);
    let story = story.unwrap_or(0);
    let is_about = |block: &Block| words(&block.text) <= 12 && is_about_article(&block.text);
    let is_number = |text: &str| text.contains('/') && !text.chars().any(char::is_alphabetic) && text.len() < 16;
    let (mut told, mut about) = (Vec::with_capacity(kept.len()), Vec::new());
    for (at, block) in kept.into_iter().enumerate() {
        let is_name = block.kind == ParagraphKind::Body && at < story && is_about(&block);
        let plain = matches!(block.kind, ParagraphKind::Body | ParagraphKind::Caption);
        if is_name || plain && is_number(&block.text) { about.push(block) } else { told.push(block) }
    }
    (told, about)
}

fn is_afterwards(heading: &str) -> bool {
    let lower = heading.trim_end_matches([':', '.', '…']).trim().to_lowercase();
    AFTERWARDS.iter().any(|known| {
        lower == *known
            || lower.strip_prefix(known).is_some_and(|rest| rest.starts_with([' ', ':']) && words(rest) <= 3)
    })
}

/// Whether a paragraph only says when it was published.
fn is_day(block: &Block) -> bool {
    words(&block.text) <= 6 && is_about_article(&block.text) && moment(&block.text).is_some()
}

/// Whether a paragraph only names what stands beside the story: "– Advertisement –".
fn is_label(block: &Block) -> bool {
    let bare = block.text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    block.kind == ParagraphKind::Body && AFTERWARDS.contains(&bare.as_str())
}

/// Leaves out what is by its own form no part of the story: orders to subscribe, reading times, copyright.
fn without_furniture(kept: Vec<Block>) -> Vec<Block> {
    let pairs: Vec<_> = kept.iter().map(|block| (block.kind, block.text.clone())).collect();
    let text = Text::of_blocks(&pairs);
    let kinds = text.paragraphs().iter().map(|paragraph| paragraph.kind);
    let mut named: Vec<Block> = kept
        .into_iter()
        .zip(kinds)
        .filter(|(_, kind)| *kind != ParagraphKind::Furniture)
        .map(|(block, kind)| Block { kind, ..block })
        .collect();
    // A picture's caption is often repeated for those who cannot see it.
    named.dedup_by(|next, block| next.text == block.text);
    named
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
        .map(|line| Block { kind: ParagraphKind::Body, text: decoded(line), linked: 0 })
        .collect()
}
