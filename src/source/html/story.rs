//! Which blocks of a page are told: without the headline, signposts, names and what stands under the headings of other things.
//!
//! Must never leave out a sentence of the running text for what it says: only what stands before the story, after it, or is no
//! sentence goes. Invariant: what is told keeps the page's order.

use super::blocks::Block;
use super::{STORY, is_signpost, same, words};
use crate::source::date::moment;
use crate::text::masthead::{ends_sentence, is_about_article};
use crate::text::{ParagraphKind, Text, is_credit};

/// Headings of what follows an article.
#[rustfmt::skip]
const AFTERWARDS: [&str; 38] = [
    "related", "read more", "read next", "more on this story", "most read", "most popular", "comments", "recommended",
    "you may also like", "you might also like", "more from", "more stories", "more news", "more posts", "related stories",
    "related posts", "related content", "related to this story", "recommended stories", "tags", "topics", "related topics",
    "related articles", "share this", "share this page", "follow us", "trending", "up next", "advertisement", "see also",
    "top stories", "join the conversation", "join the discussion", "discussion about this post", "leave a comment",
    "leave a reply", "people are also reading", "about the author",
];

/// Words behind such a heading that still leave it one, where no text follows.
const QUALIFIED: usize = 3;

/// Words of a sentence of the story, at the least.
const SENTENCE: usize = 8;

/// Words of a label over the headline, at the most.
const LABEL: usize = 3;

/// Lines, at the least, that are paragraphs where each is a whole sentence.
const MANY_LINES: usize = 3;

/// The blocks that are told, and the lines about the article that stand before its story.
pub(super) fn told(blocks: Vec<Block>, title: Option<&str>) -> (Vec<Block>, Vec<Block>) {
    let blocks = at_breaks(blocks, title);
    let mut kept: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut under = Under::Story;
    for (at, block) in blocks.iter().enumerate() {
        let is_title = title.is_some_and(|title| same(title, &block.text)) && block.kind != ParagraphKind::Bullet;
        if is_title || is_signpost(block) || is_label(block) {
            continue;
        }
        if block.kind == ParagraphKind::Heading {
            under = under_heading(&block.text, blocks.get(at + 1));
        }
        let length = if block.kind == ParagraphKind::Body { words(&block.text) } else { 0 };
        let told = match under {
            Under::Story => true,
            Under::Others => length >= STORY,
            Under::Links => length >= SENTENCE && ends_sentence(&block.text),
        };
        if told {
            under = Under::Story;
            kept.push(block.clone());
        }
    }
    while kept.last().is_some_and(|last| last.kind == ParagraphKind::Heading || is_day(last)) {
        kept.pop();
    }
    let (kept, about) = without_names(kept, title.is_some());
    (without_furniture(kept), about)
}

/// Parts blocks at single line breaks: where each of many lines is a whole sentence, and before the story where a line is the
/// headline, or about the article.
fn at_breaks(blocks: Vec<Block>, title: Option<&str>) -> Vec<Block> {
    let mut parted = Vec::with_capacity(blocks.len());
    let mut begun = false;
    for block in blocks {
        let lines = if block.breaks.is_empty() { Vec::new() } else { block.lines() };
        let sentences = lines.len() >= MANY_LINES && lines.iter().all(|line| ends_sentence(&line.text));
        let is_head = |line: &Block| {
            title.is_some_and(|title| same(title, &line.text))
                || words(&line.text) <= super::NAME_LINE && is_about_article(&line.text)
        };
        let parts = block.kind == ParagraphKind::Body && (sentences || !begun && lines.iter().any(is_head));
        begun |= block.kind == ParagraphKind::Body && words(&block.text) >= STORY;
        if parts { parted.extend(lines) } else { parted.push(block) }
    }
    parted
}

/// Takes out who wrote it and when, where that stands before the story, labels over it, and the numbers of pictures.
fn without_names(kept: Vec<Block>, titled: bool) -> (Vec<Block>, Vec<Block>) {
    let story = kept.iter().position(|block| block.kind == ParagraphKind::Body && words(&block.text) >= STORY);
    let story = story.unwrap_or(0);
    let is_about = |block: &Block| words(&block.text) <= super::NAME_LINE && is_about_article(&block.text);
    let is_number = |text: &str| text.contains('/') && !text.chars().any(char::is_alphabetic) && text.len() < 16;
    let (mut told, mut about) = (Vec::with_capacity(kept.len()), Vec::new());
    // A letter without a headline may begin with a greeting.
    let mut at_top = titled;
    for (at, block) in kept.into_iter().enumerate() {
        let body = block.kind == ParagraphKind::Body;
        let is_name = body && at < story && (is_about(&block) || at_top && is_kicker(&block.text));
        at_top &= is_name || block.kind == ParagraphKind::Caption;
        let plain = matches!(block.kind, ParagraphKind::Body | ParagraphKind::Caption);
        if is_name || plain && is_number(&block.text) { about.push(block) } else { told.push(block) }
    }
    (told, about)
}

/// Whether a line at the top only names a section, a kind of text or a writer. A place before a dash begins a story.
fn is_kicker(text: &str) -> bool {
    words(text) <= LABEL
        && text.chars().any(char::is_alphabetic)
        && !ends_sentence(text)
        && !text.ends_with(['—', '–', '-', ':', ','])
}

/// Whether a heading is one of what follows an article.
pub(super) fn is_afterwards(heading: &str) -> bool {
    let lower = heading.trim_end_matches([':', '.', '…']).trim().to_lowercase();
    AFTERWARDS.contains(&lower.as_str()) || counts_replies(&lower)
}

/// `4 responses to …`, `18 comments`.
fn counts_replies(lower: &str) -> bool {
    const REPLIES: [&str; 8] =
        ["comment", "comments", "response", "responses", "reply", "replies", "thought", "thoughts"];
    let mut words = lower.split_whitespace();
    let counted = words.next().is_some_and(|first| first.chars().all(|c| c.is_ascii_digit() || c == ','));
    let replies = words.next().is_some_and(|second| REPLIES.contains(&second));
    counted && replies && words.next().is_none_or(|third| matches!(third, "to" | "on"))
}

/// What stands under a heading.
#[derive(Clone, Copy)]
enum Under {
    /// The article's own text.
    Story,
    /// Other articles, or what readers say, until a paragraph of some length.
    Others,
    /// Links and labels, until a sentence.
    Links,
}

/// What stands under a heading that begins with `next`. One that only begins as those of other things do may head anything.
fn under_heading(heading: &str, next: Option<&Block>) -> Under {
    if is_afterwards(heading) {
        return Under::Others;
    }
    let lower = heading.to_lowercase();
    let begins = AFTERWARDS.iter().any(|known| {
        lower.strip_prefix(known).is_some_and(|rest| rest.starts_with([' ', ':']) && words(rest) <= QUALIFIED)
    });
    let leads = next.is_none_or(|next| is_signpost(next) || !ends_sentence(&next.text));
    if begins && leads { Under::Links } else { Under::Story }
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

/// Leaves out what is by its own form no part of the story: orders to subscribe, reading times, copyright. Between the
/// story's sentences a sentence stays whatever it says, and so does who else made the story.
fn without_furniture(kept: Vec<Block>) -> Vec<Block> {
    let pairs: Vec<_> = kept.iter().map(|block| (block.kind, block.text.clone())).collect();
    let text = Text::of_blocks(&pairs);
    let named: Vec<Block> = kept
        .into_iter()
        .zip(text.paragraphs())
        .map(|(block, paragraph)| Block { kind: paragraph.kind, ..block })
        .collect();
    let is_told = |block: &Block| {
        block.kind == ParagraphKind::Body && ends_sentence(&block.text) && words(&block.text) >= SENTENCE
    };
    let first = named.iter().position(is_told).unwrap_or(0);
    let last = named.iter().rposition(is_told).unwrap_or(named.len());
    let mut left: Vec<Block> = named
        .into_iter()
        .enumerate()
        .filter(|(at, block)| {
            let linked = block.linked * 4 > block.text.len();
            let among = *at > first && *at < last && !linked && ends_sentence(&block.text);
            block.kind != ParagraphKind::Furniture || among || is_credit(&block.text) || is_correction(&block.text)
        })
        .map(|(_, block)| block)
        .collect();
    // A picture's caption is often repeated for those who cannot see it.
    let is_caption = |block: &Block| block.kind == ParagraphKind::Caption;
    left.dedup_by(|next, block| next.text == block.text && (is_caption(next) || is_caption(block)));
    left
}

/// Whether a sentence says what of the article was corrected: what it told before is disputed.
fn is_correction(text: &str) -> bool {
    const SAID: [&str; 6] =
        ["was amended", "was corrected", "has been corrected", "earlier version", "previous version", "correction:"];
    let lower = text.to_lowercase();
    words(text) >= SENTENCE && ends_sentence(text) && SAID.iter().any(|said| lower.contains(said))
}

#[cfg(test)]
mod tests {
    use dom_query::Document;

    use super::*;
    use crate::source::html::blocks::blocks;

    const SENTENCE_ONE: &str =
        "The main under the street burst at four, and thirty-one shops were flooded before anybody woke.";
    const SENTENCE_TWO: &str =
        "The street will stay closed until the road has been looked at by the council’s engineers.";

    fn read(middle: &str) -> Vec<String> {
        let page = format!("<h1>Main bursts</h1><p>{SENTENCE_ONE}</p>{middle}<p>{SENTENCE_TWO}</p>");
        let (told, _) = told(blocks(Document::from(page).root()), Some("Main bursts"));
        let between = told.into_iter().map(|block| block.text);
        between.filter(|text| ![SENTENCE_ONE, SENTENCE_TWO].contains(&text.as_str())).collect()
    }

    #[test]
    fn a_sentence_of_the_running_text_stays_whatever_it_says() {
        for sentence in [
            "Residents were told to sign up for shelter at the town hall.",
            "Follow the river north and you reach the broken valve.",
            "Call us: that is all the company told the town.",
            "“Subscribe to that and you will believe anything,” she said.",
        ] {
            assert_eq!(read(&format!("<p>{sentence}</p>")), [sentence]);
        }
        assert!(read("<p>Advertisement</p><p>READ MORE: Gulls again</p>").is_empty());
        assert!(read("<p>Sign up to <a href=/n>our newsletter here</a>.</p>").is_empty());
    }

    #[test]
    fn text_under_a_heading_that_begins_as_a_list_does_stays() {
        let damage = ["Related damage", "The market lost its ice.", "• Two vans were lost."];
        assert_eq!(
            read("<h2>Related damage</h2><p>The market lost its ice.</p><ul><li>Two vans were lost.</ul>"),
            damage
        );
        assert!(
            read("<h2>More from the harbour</h2><ul><li><a href=/1>Ferry fares frozen</a><li>Gulls again</ul>")
                .is_empty()
        );
        assert!(read("<h2>Related:</h2><p>The market lost its ice.</p>").is_empty());
        assert!(read("<h2>14 comments</h2><p>I saw it all from my window.</p>").is_empty());
    }

    #[test]
    fn lines_are_paragraphs_where_each_of_many_is_a_sentence() {
        assert_eq!(read("<div>It rained.<br>Nobody slept.<br>The road lifted.</div>").len(), 3);
        assert_eq!(read("<div>Room 4,<br>Town Hall,<br>Quay Street.</div>"), ["Room 4, Town Hall, Quay Street."]);
        let page =
            format!("<div><b>Main bursts</b><br>By Ann Bell<br>4 June 2026</div><p>{SENTENCE_ONE} {SENTENCE_TWO}</p>");
        let (told, about) = told(blocks(Document::from(page).root()), Some("Main bursts"));
        assert_eq!(told.len(), 1);
        assert_eq!(about.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), ["By Ann Bell", "4 June 2026"]);
    }

    #[test]
    fn who_else_made_the_story_stays_and_what_the_page_asks_goes() {
        let page = format!(
            "<p>{SENTENCE_ONE}</p><p>{SENTENCE_TWO}</p><p>Ann Bell in Seaview contributed to this report.</p>\
            <p>Sign up for our letter and miss nothing.</p>"
        );
        let (told, _) = told(blocks(Document::from(page).root()), None);
        let last = told.last().map(|block| (block.kind, block.text.as_str()));
        assert_eq!(last, Some((ParagraphKind::Furniture, "Ann Bell in Seaview contributed to this report.")));
    }

    #[test]
    fn what_was_corrected_is_told() {
        let correction =
            "This article was amended on 14 November 2026. An earlier version said that the dam was 69 years old.";
        let page = format!("<p>{SENTENCE_ONE}</p><p>{SENTENCE_TWO}</p><p class=correction><em>{correction}</em></p>");
        let (told, _) = told(blocks(Document::from(page).root()), None);
        assert_eq!(told.last().map(|block| block.text.as_str()), Some(correction));
    }

    #[test]
    fn a_label_over_the_story_goes_and_a_place_before_it_stays() {
        let label = format!(
            "<span>Press release</span><h1>Main bursts</h1><p>SEAVIEW —</p><p>{SENTENCE_ONE} {SENTENCE_TWO}</p>"
        );
        let (told, _) = told(blocks(Document::from(label).root()), Some("Main bursts"));
        assert_eq!(told.first().map(|block| block.text.as_str()), Some("SEAVIEW —"));
        let letter = format!("<p>Good morning</p><p>{SENTENCE_ONE} {SENTENCE_TWO}</p>");
        let (told, _) = super::told(blocks(Document::from(letter).root()), None);
        assert_eq!(told.first().map(|block| block.text.as_str()), Some("Good morning"));
    }
}
