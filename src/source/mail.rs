//! A message (`.eml`) becomes an article: newsletters are sent that way.
//!
//! Must never follow or fetch what a message names. Invariant: subject, sender and date are those of the message's own head.

use jiff::civil;
use mail_parser::{MessageParser, MimeHeaders};

use super::draft::Draft;
use super::error::Problem;
use super::{Limits, Metadata, html};
use crate::text::ParagraphKind;
use crate::text::masthead::ends_sentence;

/// Reads a message.
///
/// # Errors
/// [`Problem::Malformed`] for what is no message, [`Problem::Empty`] for one without words.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Draft, Problem> {
    let message =
        MessageParser::default().parse(bytes).ok_or_else(|| Problem::Malformed("it is no message".to_owned()))?;
    let sender = message.from().and_then(|from| from.first());
    let name = sender.and_then(|sender| sender.name().or_else(|| sender.address())).map(str::to_owned);
    let date = message.date().and_then(|date| {
        let number = |number: u8| i8::try_from(number).ok();
        let year = i16::try_from(date.year).ok()?;
        let (hour, minute, second) = (number(date.hour)?, number(date.minute)?, number(date.second)?);
        civil::DateTime::new(year, number(date.month)?, number(date.day)?, hour, minute, second, 0).ok()
    });
    let title = message.subject().map(|subject| subject.split_whitespace().collect::<Vec<_>>().join(" "));
    let metadata = Metadata {
        title: title.filter(|title| !title.is_empty()),
        outlet: name,
        published: date,
        ..Metadata::default()
    };
    let page = message.html_part(0).filter(|part| part.is_text_html()).and_then(|_| message.body_html(0));
    let mut blocks = match page {
        Some(page) => html::whole(&page, limits)?,
        None => plain(&message.body_text(0).unwrap_or_default()),
    };
    leave_out_sending(&mut blocks);
    if blocks.is_empty() {
        return Err(Problem::Empty);
    }
    if let Some(title) = &metadata.title {
        blocks.retain(|(_, text)| text != title);
        blocks.insert(0, (ParagraphKind::Title, title.clone()));
    }
    let mut remarks = Vec::new();
    if let Some(part) = message.attachments().find(|part| part.attachment_name().is_some()) {
        let name = super::visible(part.attachment_name().unwrap_or_default());
        remarks.push(format!("what is attached to the message is left out ({name})"));
    }
    Ok(Draft { blocks, metadata, remarks })
}

/// What is said before a story about the sending of a message.
const SENDING: [&str; 4] = ["in your browser", "trouble viewing", "view online", "view this email"];

/// What is said after it: why the message came, and how to end that.
const ENDING: [&str; 13] = [
    "all rights reserved",
    "email preferences",
    "manage preferences",
    "manage your",
    "no longer wish to receive",
    "opt out",
    "privacy policy",
    "unsubscribe",
    "update your preferences",
    "was sent to",
    "why did i get this",
    "you are receiving",
    "you received this",
];

/// Takes out what stands before and after the story about the sending of the message.
fn leave_out_sending(blocks: &mut Vec<(ParagraphKind, String)>) {
    /// Words of such a paragraph at the most, and of a line that may stand among it, as the sender's address does.
    const LONGEST: usize = 60;
    const SHORT: usize = 12;
    /// Paragraphs at the beginning that are looked at.
    const FIRST: usize = 3;
    let words = |text: &str| text.split_whitespace().count();
    let says = |text: &str, known: &[&str]| {
        let lower = format!(" {} ", text.to_lowercase().replace('’', "'").replace("you're", "you are"));
        // It speaks to its reader, or is no sentence at all: a story may tell of those who unsubscribe.
        let speaks = lower.contains(" you ") || lower.contains(" your ") || !ends_sentence(text);
        words(text) <= LONGEST && speaks && known.iter().any(|said| lower.contains(said))
    };
    let is_ending = |text: &str| says(text, &ENDING) || says(text, &SENDING);
    let is_story = |text: &str| !is_ending(text) && (words(text) > SHORT || ends_sentence(text));
    let story = blocks.iter().rposition(|(_, text)| is_story(text)).map_or(0, |last| last + 1);
    if let Some(first) = blocks[story..].iter().position(|(_, text)| is_ending(text)) {
        blocks.truncate(story + first);
    }
    let before = blocks.iter().take(FIRST).rposition(|(_, text)| says(text, &SENDING));
    if let Some(last) = before.filter(|last| blocks.len() > last + 1) {
        blocks.drain(..=last);
    }
}

/// Paragraphs of plain text that is broken into lines of the same length.
fn plain(text: &str) -> Vec<(ParagraphKind, String)> {
    let mut blocks = vec![String::new()];
    for line in text.lines() {
        match (line.trim().is_empty(), blocks.last_mut()) {
            (false, Some(last)) => {
                last.push_str(line);
                last.push(' ');
            }
            _ => blocks.push(String::new()),
        }
    }
    let visible = |block: &String| block.chars().any(char::is_alphanumeric);
    blocks.into_iter().filter(visible).map(|block| (ParagraphKind::Body, block)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newsletter_is_read_with_its_subject_sender_and_date() {
        let message = b"From: The Post <news@post.example>\r\nSubject: =?utf-8?q?Caf=C3=A9_shut?=\r\n\
            Date: Tue, 10 Mar 2026 17:42:00 +0100\r\nMIME-Version: 1.0\r\n\
            Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
            <html><body><table><tr><td><p>The caf=E9 on the quay was shut on Monday.</p></td></tr></table></body></html>";
        let draft = read(message, &Limits::default()).unwrap();
        assert_eq!(draft.metadata.title.as_deref(), Some("Café shut"));
        assert_eq!(draft.metadata.outlet.as_deref(), Some("The Post"));
        assert_eq!(draft.metadata.published.map(|moment| moment.to_string()).as_deref(), Some("2026-03-10T17:42:00"));
        let texts: Vec<_> = draft.blocks.iter().map(|(_, text)| text.as_str()).collect();
        assert_eq!(texts, ["Café shut", "The café on the quay was shut on Monday."]);
    }

    #[test]
    fn why_a_newsletter_came_and_how_to_end_it_is_no_part_of_it() {
        let message = |body: &str| format!("Subject: Ship\nFrom: a@b.example\n\n{body}\n");
        let kept = |body: &str| -> Vec<String> {
            let draft = read(message(body).as_bytes(), &Limits::default()).unwrap();
            draft.blocks.iter().skip(1).map(|(_, text)| text.trim().to_owned()).collect()
        };
        let story = "The ship hit the bridge, and nobody was hurt by it, said the harbour master.";
        let around = format!(
            "View this email in your browser\n\n{story}\n\nYou’re receiving this because you signed up. Unsubscribe\n\n\
             The Post, 3 Quay Street\n\nOur privacy policy"
        );
        assert_eq!(kept(&around), [story]);
        let about = "Readers who unsubscribe lose their vote, the union said.";
        assert_eq!(kept(&format!("{about}\n\n{story}\n\n{about}")), [about, story, about]);
    }

    #[test]
    fn lines_of_a_plain_message_are_joined_into_paragraphs() {
        let message = b"Subject: Ship\nFrom: a@b.example\n\nThe ship hit\nthe bridge.\n\nNobody was hurt.\n";
        let draft = read(message, &Limits::default()).unwrap();
        let texts: Vec<_> = draft.blocks.iter().map(|(_, text)| text.trim()).collect();
        assert_eq!(texts, ["Ship", "The ship hit the bridge.", "Nobody was hurt."]);
        assert!(read(b"Subject: x\n\n", &Limits::default()).is_err());
    }
}
