//! Articles and notes for tests.

use sha2::{Digest, Sha256};

use super::Note;
use crate::source::{Article, Metadata, Origin};
use crate::text::{ByteSpan, Text};

/// An article with that text, as if it had been read from `/articles/<name>`.
pub(crate) fn article(name: &str, content: &str) -> Article {
    let sha256 = Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    Article {
        metadata: Metadata { outlet: Some(name.to_owned()), ..Metadata::default() },
        origin: Origin::File(format!("/articles/{name}").into()),
        text: Text::new(content.to_owned()),
        sha256,
    }
}

/// Where `words` stand in an article for the first time.
pub(crate) fn span_of(article: &Article, words: &str) -> ByteSpan {
    let start = article.text.content().find(words).expect("the words stand in the article");
    ByteSpan::new(start, start + words.len())
}

/// A note on the first place of `words`, saying `text`.
pub(crate) fn note(article: &Article, words: &str, text: &str) -> Note {
    Note { text: text.to_owned(), ..Note::on(article, span_of(article, words)) }
}
