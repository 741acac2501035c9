//! What kind each line of an article is, decided from its form and its place.
//!
//! Must never know a publication, a person or an event by name. Invariant: one kind for every line, in order.

use super::coordinates::floor_boundary;
use super::masthead::{LONGEST_LINE, ends_sentence, is_about_article, names_publication};
use super::{ByteSpan, ParagraphKind};

/// A line with something on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without the white space around it.
    pub(super) span: ByteSpan,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) first_of_block: bool,
}

/// How many lines at the beginning can be about the article.
const HEAD: usize = 14;
/// Longest headline, in characters.
const LONGEST_TITLE: usize = 220;
/// Longest heading, in characters and in words.
const LONGEST_HEADING: (usize, usize) = (80, 12);
/// Longest entry of a list, in characters: past it a dash begins a speech.
const LONGEST_BULLET: usize = 320;
/// What stands before a caption takes fewer bytes.
const LONGEST_MARK: usize = 24;
/// Words of a headline or standfirst, at the least, where a line could also be a name.
const SENTENCE_WORDS: usize = 8;

/// The kinds of the lines of `content`.
pub(super) fn kinds(content: &str, lines: &[Line]) -> Vec<ParagraphKind> {
    let texts: Vec<&str> = lines.iter().map(|line| line.span.of(content)).collect();
    let head = head_length(&texts);
    let mut kinds = head_kinds(&texts[..head], lines);
    for (at, text) in texts.iter().enumerate().skip(head) {
        kinds.push(body_kind(text, at, &texts));
    }
    trailing(&texts, &mut kinds);
    kinds
}

/// The kind of a block that a page says is of `kind`: running text may still be a caption or about the article.
pub(super) fn kind_of_block(kind: ParagraphKind, text: &str) -> ParagraphKind {
    match kind {
        ParagraphKind::Body if is_caption(text) => ParagraphKind::Caption,
        ParagraphKind::Body if is_furniture(text) => ParagraphKind::Furniture,
        kind => kind,
    }
}

fn longer(text: &str, characters: usize) -> bool {
    // A character takes one to four bytes.
    text.len() > characters && (text.len() > 4 * characters || text.chars().nth(characters).is_some())
}

fn words(text: &str) -> usize {
    text.split_whitespace().take(60).count()
}

/// How many lines stand before the running text: short ones that are no sentence, and those about the article.
fn head_length(texts: &[&str]) -> usize {
    let limit = texts.len().min(HEAD);
    let mut length = 0;
    for (at, text) in texts[..limit].iter().enumerate() {
        let title = at == 0 && !longer(text, LONGEST_TITLE) && (!ends_sentence(text) || headed(texts));
        if !title && !is_about_article(text) && !is_caption(text) && begins_story(text) {
            break;
        }
        length = at + 1;
    }
    // A text all of short lines (a poem, a list) has its title and the lines about the article, no more.
    if length == texts.len() {
        let last = texts[..limit].iter().rposition(|text| is_about_article(text));
        return last.map_or(1, |last| last + 1).min(length);
    }
    length
}

/// Whether a line about the article follows the first within three lines, before the story begins.
fn headed(texts: &[&str]) -> bool {
    texts.iter().skip(1).take(3).take_while(|text| !longer(text, LONGEST_LINE)).any(|text| is_about_article(text))
}

/// Whether a line belongs to the story: a sentence, an entry of a list, or too long to be anything else.
fn begins_story(text: &str) -> bool {
    longer(text, 2 * LONGEST_LINE)
        || is_bullet(text)
        || ends_sentence(text) && !is_label(text)
        || longer(text, LONGEST_LINE)
}

/// The kinds of the lines before the story.
fn head_kinds(texts: &[&str], lines: &[Line]) -> Vec<ParagraphKind> {
    let title = title_place(texts);
    let last_about = texts.iter().rposition(|text| is_about_article(text));
    let mut kinds = Vec::with_capacity(texts.len());
    let mut seen_about = false;
    for (at, text) in texts.iter().enumerate() {
        let about = is_about_article(text);
        let kind = if Some(at) == title {
            ParagraphKind::Title
        } else if is_caption(text) {
            ParagraphKind::Caption
        } else if about || is_furniture(text) {
            ParagraphKind::Furniture
        } else if block(texts, lines, at).any(|place| is_about_article(texts[place]))
            || title.is_some_and(|title| at < title)
        {
            // A standfirst stands with the headline, before the names; what stands among them is about the article.
            let with_title = title.is_some_and(|title| block(texts, lines, at).contains(&title));
            if with_title && !seen_about && words(text) > SENTENCE_WORDS {
                ParagraphKind::Body
            } else {
                ParagraphKind::Furniture
            }
        } else if words(text) > SENTENCE_WORDS && last_about.is_some_and(|last| at < last) {
            ParagraphKind::Body
        } else {
            ParagraphKind::Heading
        };
        seen_about |= kind == ParagraphKind::Furniture;
        kinds.push(kind);
    }
    kinds
}

/// Where the headline stands: the first line that is not about the article; a name before a longer line is none, nor is a
/// publication's before a line that is no name.
fn title_place(texts: &[&str]) -> Option<usize> {
    let is_candidate = |at: usize| {
        texts.get(at).is_some_and(|text| {
            !is_about_article(text)
                && !is_caption(text)
                && !is_bullet(text)
                && !longer(text, LONGEST_TITLE)
                && !is_furniture(text)
        })
    };
    let first = (0..texts.len()).find(|&at| is_candidate(at))?;
    let next = first + 1;
    let is_name = |text: &str| text.split_whitespace().all(|word| !word.starts_with(char::is_lowercase));
    let longer = |next: &str| words(next) >= SENTENCE_WORDS.max(2 * words(texts[first]));
    let publication = || texts[first].split_whitespace().next_back().is_some_and(names_publication);
    let name_first = is_name(texts[first])
        && words(texts[first]) <= 4
        && is_candidate(next)
        && (longer(texts[next]) || publication() && !is_name(texts[next]))
        && texts.iter().skip(next + 1).any(|text| is_about_article(text));
    Some(if name_first { next } else { first })
}

/// The lines without a blank one between them, of which `at` is one.
fn block(texts: &[&str], lines: &[Line], at: usize) -> std::ops::Range<usize> {
    let first = (0..=at).rev().find(|&place| lines.get(place).is_some_and(|line| line.first_of_block)).unwrap_or(0);
    let next = (at + 1..texts.len()).find(|&place| lines[place].first_of_block).unwrap_or(texts.len());
    first..next
}

/// The kind of a line of the story.
fn body_kind(text: &str, at: usize, texts: &[&str]) -> ParagraphKind {
    if is_caption(text) {
        ParagraphKind::Caption
    } else if is_furniture(text) {
        ParagraphKind::Furniture
    } else if is_bullet(text) {
        ParagraphKind::Bullet
    } else if at + 1 < texts.len() && is_heading(text) {
        ParagraphKind::Heading
    } else {
        ParagraphKind::Body
    }
}

/// `- …`, `• …`, `* …`, `– …`, `1. …`, `2) …`.
fn is_bullet(text: &str) -> bool {
    if longer(text, LONGEST_BULLET) {
        return false;
    }
    if text.starts_with(['•', '▪', '‣', '◦', '●', '■', '►', '·', '∙', '⁃']) {
        return true;
    }
    let numbered = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let digits = text.len() - numbered.len();
    (1..=2).contains(&digits) && (numbered.starts_with(". ") || numbered.starts_with(") "))
        || ["- ", "* ", "– ", "+ "].iter().any(|mark| text.starts_with(mark))
}

/// A short line that is no sentence, a question of a few words, or a short line all in capitals.
fn is_heading(text: &str) -> bool {
    let (characters, most) = LONGEST_HEADING;
    if longer(text, characters) || words(text) > most || !text.chars().any(char::is_alphabetic) {
        return false;
    }
    if is_label(text) {
        return true;
    }
    if let Some(question) = text.strip_suffix('?') {
        const ASKING: [&str; 18] = [
            "What", "Who", "When", "Where", "Why", "How", "Which", "Is", "Are", "Was", "Were", "Did", "Do", "Does",
            "Can", "Could", "Will", "Should",
        ];
        return ASKING.contains(&question.split_whitespace().next().unwrap_or_default());
    }
    let begins = text
        .chars()
        .next()
        .is_some_and(|c| c.is_uppercase() || c.is_numeric() || matches!(c, '‘' | '“' | '\'' | '"' | '#'));
    begins && !ends_sentence(text) && !text.ends_with([',', ';', ':', '-', '—', '–'])
}

/// A line of a few words all in capitals.
fn is_label(text: &str) -> bool {
    let (characters, most) = LONGEST_HEADING;
    !longer(text, characters)
        && words(text) <= most
        && text.chars().filter(|c| c.is_uppercase()).take(3).count() == 3
        && !text.chars().any(char::is_lowercase)
}

/// A picture's caption: marked as one, or with a credit in brackets.
fn is_caption(text: &str) -> bool {
    #[rustfmt::skip]
    const MARKS: [&str; 14] = [
        "picture", "photo", "photograph", "image", "caption", "video", "graphic", "illustration", "file photo",
        "pictured", "photos", "pictures", "map", "pic",
    ];
    if longer(text, 900) {
        return false;
    }
    let bare = text.trim_start_matches(['[', '(', '|', '*', '_']);
    let head = &bare[..floor_boundary(bare, LONGEST_MARK)];
    let mark = head.split_once([':', ']']).map(|(mark, _)| mark).or((bare.len() < LONGEST_MARK).then_some(bare));
    let marked = mark.is_some_and(|mark| MARKS.iter().any(|known| mark.trim().eq_ignore_ascii_case(known)));
    marked && (bare.len() < text.len() || text.contains(':')) || ends_with_credit(text) || has_credit(text)
}

/// `… at first light. Photo: NAME`, `… (Photograph by NAME)`.
fn ends_with_credit(text: &str) -> bool {
    const CREDITS: [&str; 8] =
        ["photo by ", "photograph by ", "picture by ", "image by ", "photo: ", "picture: ", "photograph: ", "image: "];
    let tail = &text[floor_boundary(text, text.len().saturating_sub(80))..];
    let tail = tail.to_ascii_lowercase();
    // Most lines are told by one look.
    if !tail.contains(": ") && !tail.contains(" by ") {
        return false;
    }
    CREDITS.iter().filter_map(|credit| tail.rfind(credit)).any(|at| {
        let before = tail[..at].trim_end();
        before.ends_with(['.', '(', '[', '!', '?', '|', '”', '"', ')'])
    })
}

/// `(Name/Agency)`: two capitalised parts in brackets with a slash between them.
fn has_credit(text: &str) -> bool {
    text.split('(').skip(1).filter_map(|rest| rest.split_once(')')).any(|(inside, _)| {
        let Some((name, agency)) = inside.split_once('/') else { return false };
        let capital = |part: &str| part.trim().chars().next().is_some_and(char::is_uppercase);
        let letters = |part: &str| part.trim().chars().filter(|c| c.is_alphabetic()).count() > 1;
        words(inside) >= 2 && words(inside) <= 9 && [name, agency].iter().all(|part| capital(part) && letters(part))
    })
}

/// What pages put around a story, in the words that they all use.
#[rustfmt::skip]
const FURNITURE_BEGINS: &[&str] = &[
    "©", "(c) ", "copyright", "all rights reserved", "read more", "read also", "read next", "also read",
    "more on this", "related:", "related stories", "related articles", "see also", "don't miss", "don’t miss",
    "most read", "most popular", "recommended", "trending", "sign up", "subscribe", "subscribers ", "newsletter",
    "follow us", "follow ", "share this", "share on", "advertisement", "sponsored", "listen to this", "watch:",
    "watch now", "comments", "leave a comment", "join the conversation", "click here", "tap here", "download our app",
    "get the app", "editing by", "reporting by", "additional reporting", "a version of this article",
    "this article was", "this story was", "this article is", "correction", "for corrections", "contact the writer",
    "contact us", "email us", "do you have a story", "got a story", "have you been affected", "skip to",
    "back to top", "tags:", "topics:", "filed under", "reading time", "last updated", "first published",
    "originally published", "published:", "updated:", "support us", "donate", "already a subscriber", "log in",
    "terms of use", "privacy policy", "media enquiries", "press contact", "notes to editors", "ends", "###", "-ends-",
    "- ends -", "view comments", "print this", "large-print", "enjoy this", "comments on this",
    "contact the newsroom", "contact the author", "listen to our", "text us", "call us", "tell us:", "printed by",
    "download the",
];
#[rustfmt::skip]
const FURNITURE_HOLDS: &[&str] = &[
    "all rights reserved", "reproduction in whole", "not for republication", "may not be republished",
    "forward-looking statement", "tell us your story", "send us your", "news desk", "newsdesk", "picture desk",
    "click here", "sign up for", "sign up to", "our newsletter", "appears in print", "is on our website",
    "can download our", "comments are closed", "live updates",
    "letters to the editor", "ad-free", "subscribers can", "the usual number", "article are closed",
    "comments are open", "not for redistribution", "may be updated",
];

/// What says who else made the story: about this article, and not about the page.
const CREDITS: &[&str] = &["contributed to this report", "contributed reporting"];

/// Whether a line says who else made the story.
pub fn is_credit(text: &str) -> bool {
    !longer(text, 2 * LONGEST_LINE) && holds(&text.to_lowercase(), CREDITS)
}

/// Whether a line, wherever it stands, is one that pages put around stories.
fn is_furniture(text: &str) -> bool {
    if longer(text, 2 * LONGEST_LINE) {
        return false;
    }
    // A rule across the page: `* * *`, `-----`.
    if !text.chars().any(|c| c.is_alphanumeric()) {
        return true;
    }
    let bare = text.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '©' | '#' | '(' | '-'));
    let lower = bare.to_lowercase();
    let first = lower.as_bytes().first();
    let begins = FURNITURE_BEGINS.iter().filter(|phrase| phrase.as_bytes().first() == first).any(|phrase| {
        let rest = lower.strip_prefix(phrase);
        let whole = rest.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric) || phrase.ends_with(' '));
        // A phrase of one word begins sentences too: there only a label or an order counts.
        let sure = phrase.contains([' ', ':', '©', '#', '-'])
            || rest.is_some_and(|rest| rest.len() < 40 && !ends_sentence(rest));
        whole && sure
    });
    begins || holds(&lower, FURNITURE_HOLDS) || holds(&lower, CREDITS)
}

/// Whether one of the phrases begins at one of the words of a line in lower case.
fn holds(lower: &str, phrases: &[&str]) -> bool {
    // Of most words the first letter tells that they begin none.
    let letter = |byte: u8| 1u32 << (byte & 31);
    let letters = phrases.iter().filter_map(|phrase| phrase.bytes().next()).fold(0, |all, byte| all | letter(byte));
    let mut before = ' ';
    lower.char_indices().any(|(at, c)| {
        let begins_word = c.is_ascii_lowercase() && !before.is_alphanumeric();
        before = c;
        let may_begin = begins_word && letters & letter(lower.as_bytes()[at]) != 0;
        let begins =
            |phrase: &&str| phrase.as_bytes().first() == lower.as_bytes().get(at) && lower[at..].starts_with(phrase);
        may_begin && phrases.iter().any(begins)
    })
}

/// Lines at the end that are about the article by their form: all in brackets, a label in capitals before a colon, a lone
/// entry of a list.
fn trailing(texts: &[&str], kinds: &mut [ParagraphKind]) {
    let story: Vec<&str> = texts
        .iter()
        .zip(kinds.iter())
        .filter(|(_, kind)| **kind == ParagraphKind::Body)
        .map(|(text, _)| *text)
        .collect();
    // Where the story's own paragraphs end with a stop, a last line without one is not of the story.
    let stopped = story.iter().filter(|text| ends_sentence(text)).count() * 5 >= story.len().saturating_sub(1) * 4;
    for at in (0..texts.len()).rev().take(4) {
        let text = texts[at];
        let settled = !matches!(kinds[at], ParagraphKind::Body | ParagraphKind::Bullet | ParagraphKind::Heading);
        let bracketed = text.starts_with('(') && (text.ends_with(')') || !longer(text, 60));
        let lone_bullet = kinds[at] == ParagraphKind::Bullet && at > 0 && kinds[at - 1] != ParagraphKind::Bullet;
        let about = bracketed || labelled(text) || lone_bullet || is_about_article(text) && !longer(text, 80);
        let unstopped =
            stopped && at > 0 && kinds[at] == ParagraphKind::Body && !ends_sentence(text) && words(text) <= 16;
        // A heading under which nothing stands heads nothing.
        let heads_nothing = kinds[at] == ParagraphKind::Heading;
        if !settled && (about || unstopped || heads_nothing) && story.len() > 2 {
            kinds[at] = ParagraphKind::Furniture;
        } else if !settled {
            break;
        }
    }
}

/// `INSIDE: …`, `READ MORE: …`, `NEXT: …`.
fn labelled(text: &str) -> bool {
    text.split_once(':').is_some_and(|(label, rest)| {
        words(label) <= 3 && is_label(label) && !rest.trim().is_empty() && !longer(text, LONGEST_LINE)
    })
}

#[cfg(test)]
mod tests {
    use crate::text::{ParagraphKind, Text};

    /// The first letter of each paragraph's kind: Title, Furniture, Body, Heading, (list) Entry, Caption.
    fn kinds(content: &str) -> String {
        let text = Text::new(content.to_owned());
        let letter = |kind| match kind {
            ParagraphKind::Title => 'T',
            ParagraphKind::Furniture => 'F',
            ParagraphKind::Body => 'B',
            ParagraphKind::Heading => 'H',
            ParagraphKind::Bullet => 'E',
            ParagraphKind::Caption => 'C',
        };
        text.paragraphs().iter().map(|paragraph| letter(paragraph.kind)).collect()
    }

    const STORY: &str =
        "A ship hit the bridge on Tuesday, the port said.\n\nNobody was hurt, it added.\n\nThe bridge is shut.";

    #[test]
    fn what_stands_before_the_story_is_told_from_it() {
        for (head, expected) in [
            ("Ship hits bridge\n\nThe Post\nBy Ann Bell\n10 March 2026", "TFFF"),
            (
                "They were warned. They did nothing.\n\nTHE OLD PUMP\nA blog about boats and the people who own them\nBy A. Bell",
                "TFFF",
            ),
            ("The Post\nBy Ann Bell\n10 March 2026", "TFF"),
            ("10 March 2026\n\nShip hits bridge and splits the town", "FT"),
            ("Opinion\n\nWhy the bridge at Seaview was never going to hold\n\nBy Ann Bell", "FTF"),
            (
                "Ship hits bridge\nThe harbour will be closed for weeks while divers look at the hinge\nBy Ann Bell",
                "TBF",
            ),
            ("Ship hits bridge\n\nThe Post, 10 March 2026\n\n- Ship was too fast\n- Nobody hurt", "TFEE"),
            ("[PICTURE: The bridge]\n\nShip hits bridge\n\nBy Ann Bell", "CTF"),
            ("The bridge (Ann Bell/Agency Images)\n\n10 March 2026", "CF"),
            ("Ship hits bridge\n\nThe Post\n10 March 2026\n\nListen to this story [4 min]", "TFFF"),
            ("Ship hits bridge\nShip strikes the bridge at Seaview", "TH"),
            ("BREZ, June 15, 8.10 p.m.", "F"),
        ] {
            assert_eq!(kinds(&format!("{head}\n\n{STORY}")), format!("{expected}BBB"), "{head}");
        }
    }

    #[test]
    fn what_stands_in_the_story_and_after_it_is_told_from_it() {
        for (tail, expected) in [
            ("The signal\n\nIt was green, he said.", "HB"),
            ("RED OR GREEN?\n\nIt was green, he said.", "HB"),
            ("What happens now?\n\nNobody knows.", "HB"),
            ("But why?\n\nNobody knows.", "BB"),
            ("Bosses knew – and sat on it.\n\nNobody else knew.", "BB"),
            ("The dead were aged between four and 81.\n\nNobody knows why.", "BB"),
            ("18:20 | FIVE DEAD\nA fifth person has died.", "HB"),
            ("• One thing.\n• Another thing.\n\nThat is all.", "EEB"),
            ("1. One thing.\n2. Another thing.\n\nThat is all.", "EEB"),
            ("It was 2026. Nobody knew.", "B"),
            ("READ MORE: A seal in my tub", "F"),
            ("© The Post. All rights reserved.", "F"),
            ("(Agency. Corrections to desk 4.)", "F"),
            ("Sign up for our newsletter\n\nComments (14) | Older post: A life jacket", "FF"),
            ("• Seen something? Write to the editor.", "F"),
            ("* * *\n\nIt was green, he said.", "FB"),
            ("He said: (Nobody was there.)", "B"),
            ("Comments by the mayor made it worse, he said.", "B"),
            ("Photo: Ann Bell", "C"),
            ("The bridge at first light. Photo: Ann Bell", "C"),
            ("He said that an image by a drone showed the ship in the channel at six.", "B"),
            ("The Post: your paper since 1888", "F"),
        ] {
            let content = format!("Ship hits bridge\n\nBy Ann Bell\n\n{STORY}\n\n{tail}");
            assert_eq!(kinds(&content), format!("TFBBB{expected}"), "{tail}");
        }
    }

    #[test]
    fn a_text_that_begins_with_its_story_has_no_title() {
        assert_eq!(
            kinds("The mayor said on Saturday that he had called the president and told him so.\nHe spoke."),
            "BB"
        );
    }
}
