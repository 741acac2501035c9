//! Lines about an article rather than the event: bylines, names, the parts of a line divided by bars and dashes.
//!
//! Must never know a publication or a person by name. Invariant: every result is a part of the line it was found in.

use super::stamp::stamp_in;

/// Longest line, in characters, that can be about the article.
pub const LONGEST_LINE: usize = 120;

/// What divides the parts of such a line.
const DIVIDERS: &[&str] = &[" | ", " – ", " — ", " / ", " · ", " • ", " > ", " » ", " - ", " :: ", "\t"];

/// Words in the names of publications.
#[rustfmt::skip]
const PUBLICATION: &[&str] = &[
    "advertiser", "advocate", "agency", "argus", "beacon", "blog", "broadcasting", "bulletin", "channel", "chronicle",
    "citizen", "courier", "daily", "dispatch", "echo", "evening", "examiner", "express", "fm", "gazette", "globe",
    "guardian", "herald", "independent", "inquirer", "journal", "leader", "ledger", "magazine", "mail", "media",
    "mercury", "mirror", "monitor", "network", "news", "newspaper", "newswire", "observer", "online", "post", "press",
    "radio", "record", "register", "review", "sentinel", "service", "standard", "star", "sun", "sunday", "telegraph",
    "television", "times", "today", "tribune", "tv", "weekly", "wire", "world",
];

/// Words in what a writer is.
const JOBS: &[&str] = &[
    "agency",
    "analyst",
    "author",
    "bureau",
    "chief",
    "columnist",
    "contributor",
    "correspondent",
    "critic",
    "desk",
    "editor",
    "reporter",
    "reporters",
    "reporting",
    "staff",
    "writer",
    "writers",
    "producer",
    "presenter",
    "specialist",
];

/// Words that stand before `by` in a byline.
const BEFORE_BY: &[&str] = &[
    "analysis",
    "article",
    "commentary",
    "edited",
    "exclusive",
    "filed",
    "opinion",
    "posted",
    "published",
    "report",
    "reported",
    "reporting",
    "story",
    "text",
    "words",
    "written",
    "compiled",
    "column",
    "blog",
    "special",
    "live",
];

/// Whether a word, in whatever case, stands in the names of publications.
pub fn names_publication(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    PUBLICATION.contains(&word.as_str()) || word.contains("news")
}

/// The parts of a line between bars, dashes, slashes and dots in the middle.
pub fn parts(line: &str) -> Vec<&str> {
    let mut parts = vec![line];
    for divider in DIVIDERS.iter().filter(|divider| line.contains(**divider)) {
        parts = parts.into_iter().flat_map(|part| part.split(divider)).collect();
    }
    parts.into_iter().map(|part| part.trim().trim_matches('|').trim()).filter(|part| !part.is_empty()).collect()
}

/// Who wrote the article, where a line says it in so many words: `By …`, `… reports`, `Name, job`, `From our correspondent`.
pub fn byline_in(line: &str) -> Option<&str> {
    if line.chars().count() > LONGEST_LINE {
        return None;
    }
    parts(line).into_iter().find_map(|part| {
        after_by(part).or_else(|| after_label(part)).or_else(|| reporting(part)).or_else(|| before_job(part))
    })
}

/// `By NAME`, `Posted by NAME`, `EXCLUSIVE by NAME`.
fn after_by(part: &str) -> Option<&str> {
    if !part.as_bytes().windows(2).any(|two| two.eq_ignore_ascii_case(b"by")) {
        return None;
    }
    let lower = part.to_ascii_lowercase();
    let is_edge = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
    let (at, _) = lower
        .match_indices("by")
        .find(|&(at, by)| is_edge(lower[..at].chars().next_back()) && is_edge(lower[at + by.len()..].chars().next()))?;
    let lead: Vec<&str> = lower[..at]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && !word.starts_with(|c: char| c.is_numeric()))
        .filter(|word| !matches!(*word, "at" | "on" | "am" | "pm"))
        .collect();
    let leads_in = lead.len() <= 2 && lead.iter().all(|word| BEFORE_BY.contains(word));
    if leads_in { writer(part.get(at + 2..)?.trim_start_matches([':', ' '])) } else { None }
}

/// `Words: NAME`, `Reporter: NAME`, `Live with NAME`.
fn after_label(part: &str) -> Option<&str> {
    if let Some(rest) = part.strip_prefix("Live with ").or_else(|| part.strip_prefix("With ")) {
        return writer(rest).filter(|names| is_names(names));
    }
    let (label, rest) = part.split_once(": ")?;
    let label = label.to_lowercase();
    let known = JOBS.contains(&label.as_str()) || BEFORE_BY.contains(&label.as_str());
    if known { writer(rest).filter(|names| is_names(names)) } else { None }
}

/// The names at the beginning of what follows `by`, without job, place and date.
fn writer(rest: &str) -> Option<&str> {
    let rest = stamp_in(rest).and_then(|stamp| rest.get(..stamp.span.start.index())).unwrap_or(rest);
    let mut name = rest.split([',', ';', '(']).next().unwrap_or(rest);
    for stop in [" in ", " at ", " for ", " with ", " from "] {
        name = name.split(stop).next().unwrap_or(name);
    }
    let name = name.trim().trim_end_matches([':', '.']);
    let first = name.chars().next()?;
    let known = first.is_uppercase() || name.starts_with("the ") || name.starts_with("our ");
    let words = name.split_whitespace().count();
    (known && words <= 9 && (!ends_sentence(rest) || ends_with_name(rest) || is_name(name))).then_some(name)
}

/// Whether a line ends as a sentence does.
pub fn ends_sentence(line: &str) -> bool {
    let bare = line.trim_end().trim_end_matches(['”', '"', '’', ')', '\'', ']', '»']);
    bare.ends_with(['.', '!', '?', '…', '。', '！', '？', '؟', '।'])
}

/// Whether a byline ends with a dot that belongs to a name: `J. R. Ash Jr.`
fn ends_with_name(line: &str) -> bool {
    let last = line.trim_end_matches('.').rsplit(' ').next().unwrap_or_default();
    matches!(last, "Jr" | "Sr") || last.chars().count() == 1
}

/// `Ann Bell reports`, `From our own correspondent`.
fn reporting(part: &str) -> Option<&str> {
    if let Some(name) = part.strip_suffix(" reports").filter(|name| is_name(name)) {
        return Some(name);
    }
    let lower = part.to_lowercase();
    let ours = lower.starts_with("from our ") || lower.starts_with("from a ") || lower.starts_with("from staff");
    (ours && !ends_sentence(part)).then_some(part)
}

/// `Ann Bell, harbour correspondent`.
fn before_job(part: &str) -> Option<&str> {
    let (name, job) = part.split_once(", ")?;
    let known = job
        .split_whitespace()
        .take(6)
        .any(|word| JOBS.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()));
    (known && is_name(name) && !ends_sentence(part)).then_some(name)
}

/// Whether a part of a line can be a person's name: two to four capitalised words, initials and particles among them.
pub fn is_name(part: &str) -> bool {
    let words: Vec<&str> = part.split_whitespace().collect();
    let named = words.iter().all(|word| {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let particle = matches!(
            *word,
            "de" | "da" | "del" | "der" | "di" | "du" | "la" | "le" | "van" | "von" | "bin" | "al" | "and"
        );
        let letters = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        letters && (capital || particle)
    });
    (2..=4).contains(&words.len()) && named && !words.iter().any(|word| matches!(*word, "The" | "THE" | "Of" | "OF"))
}

/// Whether a part of a line can be the names of one person or several.
pub fn is_names(part: &str) -> bool {
    part.split(" and ").flat_map(|names| names.split(" & ")).flat_map(|names| names.split(", ")).all(is_name)
}

/// Whether the line, standing near the beginning, is by its own form about the article: it has a date, a byline, or short parts
/// divided by bars.
pub fn is_about_article(line: &str) -> bool {
    if line.chars().count() > LONGEST_LINE {
        return false;
    }
    let bars = [" | ", " · ", " > ", " » "].iter().any(|divider| line.contains(divider));
    let words = line.split_whitespace().count();
    let dated = stamp_in(line).is_some_and(|stamp| {
        let rest = line.len() - stamp.span.len();
        let lead = line.get(..stamp.span.start.index()).unwrap_or_default();
        !runs_into_date(lead) && (stamp.year.is_some() && rest < 75 || rest < 40 || parts(line).len() > 2)
    });
    let closed = ends_sentence(line) && !line.ends_with(".m.");
    dated && words <= 20 && !closed || bars && words <= 16 || byline_in(line).is_some()
}

/// Whether what stands before a date is a headline that runs into it ("Blast in Ellerdale kills three on …") and not the
/// label of a date ("Published on …").
fn runs_into_date(lead: &str) -> bool {
    const LABELS: [&str; 8] = ["published", "updated", "posted", "last", "first", "filed", "issued", "date"];
    const INTO: [&str; 12] = ["on", "in", "of", "since", "until", "till", "from", "for", "by", "to", "after", "before"];
    let words: Vec<String> = lead.split_whitespace().map(str::to_lowercase).collect();
    let labelled = words.first().is_none_or(|word| LABELS.contains(&word.trim_end_matches(':')));
    let runs = words.last().is_some_and(|word| INTO.contains(&word.as_str()));
    words.len() >= 5 && runs && !labelled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writers_are_found_in_every_usual_form() {
        for (line, expected) in [
            ("By Neve Carrow", "Neve Carrow"),
            ("By TASH WENDLE, Consumer Editor", "TASH WENDLE"),
            ("By GAVIN STROOD in Pellmouth", "GAVIN STROOD"),
            ("27 March 2026, 16:20 | By Neve Carrow", "Neve Carrow"),
            ("Posted by R. Fathom, Friday 5 June 2026, 11:51 pm | 14 comments", "R. Fathom"),
            ("EXCLUSIVE by Dex Harmon, Health Editor", "Dex Harmon"),
            ("By Tobias Renner and Lucy Achterberg", "Tobias Renner and Lucy Achterberg"),
            ("By the newsroom", "the newsroom"),
            ("Bethan Roe, harbour correspondent", "Bethan Roe"),
            ("4 June 2026, 7.15am | Morag Ellan reports", "Morag Ellan"),
            ("From our correspondent, with agency reports", "From our correspondent, with agency reports"),
            ("By J. R. Ash Jr.", "J. R. Ash Jr"),
            ("Words: Ann Bell, at the Crown Court. Pictures: Tom Ash", "Ann Bell"),
            ("Reporter: Ann Bell in Seaview", "Ann Bell"),
            ("Live with Ann Bell and Tom Ash", "Ann Bell and Tom Ash"),
            ("Posted at 7.50am by Jo Bell", "Jo Bell"),
            ("By Ann Bell, Staff Writer. Others contributed to this report.", "Ann Bell"),
        ] {
            assert_eq!(byline_in(line), Some(expected), "{line}");
        }
    }

    #[test]
    fn sentences_that_begin_alike_are_no_bylines() {
        for line in [
            "By afternoon, production had stopped completely.",
            "By Monday the river had fallen.",
            "The bridge was hit by a ship",
            "Pellmouth, where the editor lives, is shut.",
            "From our window we saw the ship.",
            "Stand by your beds!",
            "With the bridge shut, nobody could cross",
            "Report: ship was too fast",
        ] {
            assert_eq!(byline_in(line), None, "{line}");
        }
    }

    #[test]
    fn lines_about_the_article_are_told_from_the_story() {
        for line in [
            "Albion & General | Courts",
            "10 March 2026 17:42",
            "Published on 14 March 2026",
            "Tervania Today > Politics",
            "By Ann Bell",
        ] {
            assert!(is_about_article(line), "{line}");
        }
        for line in [
            "The bridge was shut on 10 March.",
            "On March 10 a freighter hit the swing bridge in the port town and was held",
            "Blast at the Ellerdale works kills three on 14 March 2026",
            "Ferry to Inchmarrow cancelled until Tuesday 3 February 2026",
        ] {
            assert!(!is_about_article(line), "{line}");
        }
    }

    #[test]
    fn parts_stand_between_dividers() {
        assert_eq!(parts("The Lantern – Wednesday | A / B"), ["The Lantern", "Wednesday", "A", "B"]);
        assert_eq!(parts("one"), ["one"]);
    }
}
