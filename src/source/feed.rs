//! Feeds (RSS, Atom, JSON): lists of articles, of which the reader chooses.
//!
//! Must never load what a feed names unless it is chosen. Invariant: an entry's address is one of http or https.

use jiff::civil::DateTime;

use super::draft::within;
use super::error::{Problem, SourceError};
use super::opening::Opener;
use super::text::{read_file, read_standard_input};
use super::{Address, Limits, Place, html, web};

/// A feed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// What it lists, in its order.
    pub entries: Vec<Entry>,
}

/// An article that a feed lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its headline.
    pub title: Option<String>,
    /// When it was published, else when it was last changed; in UTC.
    pub published: Option<DateTime>,
    /// Where it is.
    pub address: Option<Address>,
}

impl Feed {
    /// Reads a feed that is at hand.
    ///
    /// # Errors
    /// [`Problem`] when it is no feed, or cannot be read safely.
    pub fn parse(bytes: &[u8], limits: &Limits) -> Result<Self, Problem> {
        parse(bytes, None, limits)
    }
}

impl Opener {
    /// Loads a feed, from an address, a file or standard input; it is never taken from what is kept.
    ///
    /// # Errors
    /// [`SourceError`] when it cannot be loaded or is no feed.
    pub fn feed(&self, place: &Place) -> Result<Feed, SourceError> {
        let limits = self.limits;
        let read = || -> Result<Feed, Problem> {
            let (bytes, base) = match place {
                Place::Path(path) => (read_file(path, &limits)?, None),
                Place::StandardInput => (read_standard_input(&limits)?, None),
                Place::Address(address) => {
                    let page = web::load(Place::address(address)?, &limits, &|_| {})?;
                    (page.bytes, Some(page.address))
                }
            };
            within(&limits, move || parse(&bytes, base.as_ref(), &limits))
        };
        read().map_err(|problem| SourceError::new(place.name(), problem))
    }
}

/// Reads a feed that came from `base`.
fn parse(bytes: &[u8], base: Option<&Address>, limits: &Limits) -> Result<Feed, Problem> {
    html::check_nesting(&String::from_utf8_lossy(bytes), limits)?;
    let no_feed = |error: feed_rs::parser::ParseFeedError| {
        Problem::Malformed(format!("it is no feed ({}); name the address of one", super::visible(&error.to_string())))
    };
    // The commonest fault: an ampersand as it is.
    let mended = || escaped(bytes).or_else(|| with_words_for_ids(bytes));
    let escaped = |error| mended().and_then(|bytes| feed_rs::parser::parse(&bytes[..]).ok()).ok_or(error);
    let feed = feed_rs::parser::parse(bytes).or_else(escaped).map_err(no_feed)?;
    let is_rss = matches!(
        feed.feed_type,
        feed_rs::model::FeedType::RSS0 | feed_rs::model::FeedType::RSS1 | feed_rs::model::FeedType::RSS2
    );
    let plain = |text: feed_rs::model::Text| {
        let words = html::words_of(&text.content).into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" ");
        Some(words).filter(|words| !words.is_empty())
    };
    let said_to_be_none = if is_rss { no_permalinks(bytes) } else { Vec::new() };
    let permalink = |id: &'_ str, none: &[String]| -> bool {
        is_rss && (id.starts_with("http://") || id.starts_with("https://")) && !none.iter().any(|other| other == id)
    };
    let entries = feed.entries.into_iter().map(|entry| {
        let page = |link: &&feed_rs::model::Link| link.rel.as_deref().is_none_or(|rel| rel == "alternate");
        let link = entry.links.iter().find(page).or(entry.links.first()).map(|link| link.href.as_str());
        let link = link.or_else(|| permalink(&entry.id, &said_to_be_none).then_some(entry.id.as_str()));
        let address = link.and_then(|link| match base {
            Some(base) => base.join(link).ok(),
            None => Address::parse(link).ok(),
        });
        let moment = entry.published.or(entry.updated).map(|moment| moment.timestamp());
        let moment = moment.and_then(|seconds| jiff::Timestamp::from_second(seconds).ok());
        Entry {
            title: entry.title.and_then(plain),
            published: moment.map(|moment| moment.to_zoned(jiff::tz::TimeZone::UTC).datetime()),
            address,
        }
    });
    Ok(Feed { title: feed.title.and_then(plain), entries: entries.collect() })
}

/// What the entries of a feed are known by that is said to be no address of theirs.
fn no_permalinks(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes);
    let of = |piece: &str| {
        let (head, rest) = piece.split_once('>')?;
        let said = head.replace(['"', '\'', ' '], "").to_ascii_lowercase();
        let id = rest.split("</").next()?.trim().trim_start_matches("<![CDATA[").trim_end_matches("]]>");
        said.contains("ispermalink=false").then(|| id.trim().replace("&amp;", "&"))
    };
    text.split("<guid").skip(1).filter_map(of).collect()
}

/// A JSON feed whose entries are known by numbers, with words for them; `None` where it is none.
fn with_words_for_ids(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut feed: serde_json::Value = serde_json::from_slice(bytes).ok()?;
    for item in feed.get_mut("items")?.as_array_mut()? {
        if let Some(id) = item.get_mut("id").filter(|id| id.is_number()) {
            *id = id.to_string().into();
        }
    }
    serde_json::to_vec(&feed).ok()
}

/// A feed with every ampersand escaped that begins nothing XML knows; `None` where there is no such one.
fn escaped(bytes: &[u8]) -> Option<Vec<u8>> {
    const KNOWN: [&[u8]; 5] = [b"amp;", b"lt;", b"gt;", b"quot;", b"apos;"];
    let is_number = |rest: &[u8]| {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_hexdigit() || **byte == b'x').count();
        digits > 0 && rest.get(digits) == Some(&b';')
    };
    let mut whole = Vec::with_capacity(bytes.len());
    let mut verbatim = false;
    for (at, &byte) in bytes.iter().enumerate() {
        let rest = &bytes[at..];
        verbatim = if verbatim { !rest.starts_with(b"]]>") } else { rest.starts_with(b"<![CDATA[") };
        whole.push(byte);
        if let [b'&', rest @ ..] = rest
            && !verbatim
            && !KNOWN.iter().any(|known| rest.starts_with(known))
            && !rest.strip_prefix(b"#").is_some_and(is_number)
        {
            whole.extend_from_slice(b"amp;");
        }
    }
    (whole.len() > bytes.len()).then_some(whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(feed: &str) -> Vec<String> {
        let base = Address::parse("https://post.example/feed").unwrap();
        let feed = parse(feed.as_bytes(), Some(&base), &Limits::default()).unwrap();
        let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
        let line = |entry: Entry| {
            let published = entry.published.map(|moment| moment.to_string());
            [entry.title, published, entry.address.map(|address| address.bare())].map(or_dash).join("|")
        };
        feed.entries.into_iter().map(line).collect()
    }

    #[test]
    fn entries_of_every_kind_of_feed_are_listed() {
        let rss = "<?xml version='1.0'?><rss version='2.0'><channel><title>Post</title><item><title>Ship &amp;amp; bridge</title>\
            <link>/ship</link><pubDate>Tue, 10 Mar 2026 17:42:00 GMT</pubDate></item><item><title>No link</title></item>\
            <item><title>Bad</title><link>javascript:alert(1)</link></item></channel></rss>";
        let expected = ["Ship & bridge|2026-03-10T17:42:00|https://post.example/ship", "No link|-|-", "Bad|-|-"];
        assert_eq!(listed(rss), expected);
        let atom = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><id>x</id><updated>2026-03-10T17:42:00Z</updated>\
            <entry><id>y</id><title type='html'>Ship &lt;b&gt;hits&lt;/b&gt;</title><updated>2026-03-10T17:42:00Z</updated>\
            <link rel='self' href='/no'/><link href='https://post.example/ship'/></entry></feed>";
        assert_eq!(listed(atom), ["Ship hits|2026-03-10T17:42:00|https://post.example/ship"]);
        let json = r#"{"version":"https://jsonfeed.org/version/1.1","title":"Post","items":[{"id":"1","url":"https://post.example/ship",
            "title":"Ship hits","date_published":"2026-03-10T17:42:00Z"}]}"#;
        assert_eq!(listed(json), ["Ship hits|2026-03-10T17:42:00|https://post.example/ship"]);
        assert_eq!(listed(&json.replace("\"1\"", "1")), ["Ship hits|2026-03-10T17:42:00|https://post.example/ship"]);
        let guids = "<rss version='2.0'><channel><title>G</title><item><title>A</title><guid>https://post.example/a</guid></item>\
            <item><title>B</title><guid isPermaLink='true'>https://post.example/b</guid></item>\
            <item><title>C</title><guid isPermaLink=\"false\">https://post.example/c</guid></item>\
            <item><title>D</title><guid>tag:d</guid></item></channel></rss>";
        assert_eq!(listed(guids), ["A|-|https://post.example/a", "B|-|https://post.example/b", "C|-|-", "D|-|-"]);
        let raw = "<rss version='2.0'><channel><title>T & U</title><item><title>A&nbsp;&amp;&#38;B <![CDATA[&]]></title>\
            <link>/ship?a=1&b=2</link></item></channel></rss>";
        assert_eq!(listed(raw), ["A &&B &|-|https://post.example/ship?a=1&b=2"]);
        assert!(parse(b"no feed", None, &Limits::default()).unwrap_err().to_string().contains("no feed"));
    }
}
