//! What stands before a Markdown document about it: YAML between `---`, TOML between `+++`.
//!
//! Must never stop at what is no valid YAML, since most front matter is written by hand: a headline with a colon in it is a
//! headline. Invariant: a value is one line of words.

use super::Metadata;
use super::date::moment;
use super::list::line_at;
use super::place::Address;

/// The front matter with its first fence, and the rest of the document.
pub(super) fn split(document: &str) -> (Option<&str>, &str) {
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

/// Whether a text begins with front matter that says something, not with a line drawn above words.
pub(super) fn begins(text: &str) -> bool {
    split(text).0.is_some_and(|front| !pairs(front).unwrap_or_default().is_empty())
}

/// What the front matter says, whichever of its usual keys it uses; and what is to be known where it cannot be read.
pub(super) fn read(front: &str) -> (Metadata, Option<String>) {
    let (pairs, remark) = match pairs(front) {
        Ok(pairs) => (pairs, None),
        Err(problem) => (Vec::new(), Some(format!("its front matter is no TOML and is left out: {problem}"))),
    };
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
    let metadata = Metadata {
        title: said(&["title", "headline"]),
        outlet: names.iter().find_map(|name| said(&[name]).filter(|name| !on_the_web(name))),
        address: addresses.iter().find_map(|name| said(&[name]).filter(on_the_web)),
        byline: said(&["author", "authors", "byline", "by"]),
        published: said(&["date", "published", "published_at", "pubdate", "created"]).as_deref().and_then(moment),
    };
    (metadata, remark)
}

fn pairs(front: &str) -> Result<Vec<(String, String)>, String> {
    if front.starts_with("+++") { toml_pairs(front) } else { Ok(yaml_pairs(front)) }
}

fn toml_pairs(front: &str) -> Result<Vec<(String, String)>, String> {
    fn words(value: &toml::Value) -> String {
        match value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Array(values) => names(values.iter().map(words)),
            // A person or a publisher with an address.
            toml::Value::Table(table) => table.get("name").map(words).unwrap_or_default(),
            other => other.to_string(),
        }
    }
    let front = front.trim_start_matches('+');
    let table: toml::Table = front.parse().map_err(|error: toml::de::Error| {
        let line = line_at(front, error.span().map_or(0, |span| span.start));
        format!("line {line}: {}", super::visible(error.message()))
    })?;
    Ok(table.iter().map(|(key, value)| (key.to_lowercase(), words(value))).collect())
}

/// What front matter uses of YAML: values on the line of their key or below it, folded ones, quotation marks, comments, lists
/// and what has a name.
fn yaml_pairs(front: &str) -> Vec<(String, String)> {
    let lines: Vec<&str> = front.lines().skip(1).collect();
    let belongs = |line: &&str| line.trim().is_empty() || line.starts_with([' ', '\t']) || line.starts_with("- ");
    let mut pairs = Vec::new();
    let mut rest = lines.as_slice();
    while let [line, after @ ..] = rest {
        let below = &after[..after.iter().take_while(|line| belongs(line)).count()];
        rest = &after[below.len()..];
        if let Some((key, value)) = line.split_once(':')
            && !line.starts_with('#')
        {
            pairs.push((scalar(key).to_lowercase(), yaml_value(value.trim(), below)));
        }
    }
    pairs
}

/// The value that begins on its key's line and goes on in the lines below.
fn yaml_value(value: &str, below: &[&str]) -> String {
    let below = below.iter().map(|line| line.trim()).filter(|line| !line.is_empty());
    if value
        .strip_prefix(['|', '>'])
        .is_some_and(|rest| without_comment(rest.trim_start_matches(['+', '-'])).is_empty())
    {
        return below.collect::<Vec<_>>().join(" ");
    }
    let below: Vec<&str> = below.filter(|line| !line.starts_with('#')).collect();
    let value = without_comment(value);
    let has_key =
        |line: &str| line.split_once(':').is_some_and(|(key, _)| key.chars().all(|c| c.is_alphanumeric() || c == '_'));
    if !value.is_empty() || !below.iter().any(|line| line.starts_with("- ") || has_key(line)) {
        let whole: Vec<&str> = [value].into_iter().chain(below).filter(|line| !line.is_empty()).collect();
        return flow(&whole.join(" "));
    }
    names(below.iter().filter_map(|line| {
        let entry = line.strip_prefix("- ");
        let bare = entry.unwrap_or(line).trim();
        match bare.strip_prefix("name:") {
            Some(name) => Some(flow(without_comment(name.trim()))),
            None if entry.is_some() && !has_key(bare) => Some(flow(without_comment(bare))),
            None => None,
        }
    }))
}

/// `[a, b]`, `{ name: a, url: b }`, or a value by itself.
fn flow(value: &str) -> String {
    let value = value.trim();
    let inside = |open, close| value.strip_prefix(open).and_then(|value: &str| value.strip_suffix(close));
    let is_named = value.contains('{');
    let Some(entries) = inside('[', ']').or_else(|| inside('{', '}')) else { return scalar(value) };
    let mut quoted = None;
    let parts = entries.split(|c: char| {
        match quoted {
            Some(mark) if c == mark => quoted = None,
            None if matches!(c, '"' | '\'') => quoted = Some(c),
            _ => {}
        }
        c == ',' && quoted.is_none()
    });
    names(parts.filter_map(|part| {
        let part = part.trim().trim_matches(['{', '}']).trim();
        if is_named { part.strip_prefix("name:").map(scalar) } else { Some(scalar(part)) }
    }))
}

/// A value without the comment after it.
fn without_comment(value: &str) -> &str {
    if let Some(mark) = value.chars().next().filter(|c| matches!(c, '"' | '\''))
        && let Some(end) = value.rfind(mark).filter(|end| *end > 0)
    {
        let after = value[end + 1..].trim_start();
        return if after.is_empty() || after.starts_with('#') { &value[..=end] } else { value };
    }
    match value.find(" #") {
        _ if value.starts_with('#') => "",
        Some(at) => value[..at].trim_end(),
        None => value,
    }
}

/// A value without the quotation marks around it.
fn scalar(value: &str) -> String {
    let value = value.trim();
    let inside = |mark| value.strip_prefix(mark).and_then(|value: &str| value.strip_suffix(mark));
    match (inside('"'), inside('\'')) {
        (Some(text), _) => text.replace("\\\"", "\""),
        (_, Some(text)) => text.replace("''", "'"),
        _ => value.to_owned(),
    }
}

/// Names in a row: "a, b and c".
fn names(all: impl Iterator<Item = String>) -> String {
    let all: Vec<String> = all.filter(|name| !name.is_empty()).collect();
    match all.as_slice() {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        all => all.concat(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(front: &str) -> [Option<String>; 4] {
        let (metadata, remark) = read(front);
        assert_eq!(remark, None);
        let published = metadata.published.map(|moment| moment.date().to_string());
        [metadata.title, metadata.outlet, metadata.byline, published]
    }

    #[test]
    fn values_are_read_however_they_are_laid_out() {
        let expected =
            [Some("Ship hits bridge: a day after"), Some("The Post"), Some("Ann Bell and Tom Ash"), Some("2026-03-12")];
        let expected = expected.map(|value| value.map(str::to_owned));
        for front in [
            "---\ntitle: >\n  Ship hits bridge:\n  a day after\n\nauthors: [Ann Bell, 'Tom Ash'] # two\npublisher:\n  name: The Post\n  \
             url: https://post.example\ndate: 2026-03-12 # a day\n",
            "---\ntitle: |-\n    Ship hits bridge: a day after\nauthor:\n- name: Ann Bell\n  url: x\n- url: y\n  name: Tom Ash\n\
             source: \"The Post\" # its own\ndate: \"12 March 2026\"\n",
            "---\n# About it\n\"title\": Ship hits bridge: a day after\nauthor: [{ name: \"Ann Bell\", url: x }, {name: Tom Ash}]\n\
             publisher: { name: The Post, url: x }\ndate:\n  2026-03-12\n",
            "---\ntitle: 'Ship hits bridge:\n  a day after'\nauthor:\n  # in order\n  - Ann Bell # one\n  - Tom Ash\nsource: The Post\n\
             description: >-\n  title: none\ndate: 2026-03-12\n",
            "+++\ntitle = 'Ship hits bridge: a day after'\nauthors = [{name = 'Ann Bell'}, {name = 'Tom Ash'}]\n\
             publisher = {name = 'The Post'}\ndate = 2026-03-12\n",
        ] {
            assert_eq!(said(front), expected, "{front}");
        }
        assert_eq!(
            said("---\ntitle: 'It''s #1'\nsource: C# Weekly\n")[..2],
            ["It's #1", "C# Weekly"].map(|text| Some(text.to_owned()))
        );
    }

    #[test]
    fn toml_that_is_none_is_said_with_its_line() {
        let (metadata, remark) = read("+++\ndate = 2026-03-12\ntitle = Ship\n");
        assert_eq!(metadata, Metadata::default());
        assert!(
            remark.as_deref().is_some_and(|remark| remark.contains("no TOML") && remark.contains("line 3")),
            "{remark:?}"
        );
    }

    proptest! {
        #[test]
        fn no_front_matter_makes_it_stop(front in r"(---\n|\+\+\+\n)([\[\]{}:'#,|>-]{1,2}|name:|[a-z]{1,4}|[ \n\t]{1,2}|\PC){0,40}") {
            let _ = read(&front);
        }
    }
}
