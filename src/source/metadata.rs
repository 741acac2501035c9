//! Title, outlet, byline and date, as far as an article's first lines say them.
//!
//! Must never invent: what no line says stays `None`. Invariant: every string is taken from the text, white space trimmed.

use jiff::civil::DateTime;

use super::Metadata;
use crate::text::masthead::{byline_in, is_name, is_names, names_publication, parts};
use crate::text::stamp::{Stamp, stamp_in, stamps_in};
use crate::text::{ByteSpan, Paragraph, ParagraphKind, Text};

/// What the first lines say.
#[derive(Debug, Clone, Default)]
pub struct Heading {
    /// What is certain.
    pub metadata: Metadata,
    /// A date whose year no line says; `metadata.published` is then `None`.
    pub yearless: Option<Stamp>,
}

/// Names of sections, and labels that tell what kind of piece this is.
#[rustfmt::skip]
const SECTIONS: &[&str] = &[
    "analysis", "article", "arts", "breaking", "business", "comment", "comments", "companies", "courts", "crime",
    "culture", "economy", "education", "entertainment", "environment", "europe", "exclusive", "explainer", "feature",
    "features", "finance", "health", "home", "immediate", "interview", "latest", "lifestyle", "live", "local",
    "markets", "minutes", "money", "national", "news", "obituary", "opinion", "politics", "published", "read",
    "regional", "release", "report", "reading", "science", "society", "sport", "sports", "statement", "technology",
    "text", "time", "transport", "travel", "uk", "update", "updated", "us", "vol", "weather", "world",
];

/// A line about the article before its story, and whether it stands after the title.
struct Head<'a> {
    title: Option<&'a str>,
    lines: Vec<&'a str>,
    first_body: Option<&'a str>,
    /// Lines about the article after the story.
    foot: Vec<&'a str>,
}

/// Reads what the first lines say about the article.
pub fn heading(text: &Text) -> Heading {
    let head = head_of(text);
    let outlet = outlet(&head);
    let byline = byline(&head, outlet.as_deref());
    let (published, yearless) = published(&head, text);
    let title = head.title.map(str::to_owned);
    let metadata = Metadata { title, outlet, byline, published, address: None };
    Heading { metadata, yearless }
}

fn head_of(text: &Text) -> Head<'_> {
    let paragraphs = text.paragraphs();
    let is_story = |paragraph: &Paragraph| matches!(paragraph.kind, ParagraphKind::Body | ParagraphKind::Bullet);
    let after_names = paragraphs.iter().take(20).rposition(|paragraph| paragraph.kind == ParagraphKind::Furniture);
    let story = paragraphs.iter().position(is_story).unwrap_or(paragraphs.len());
    // A standfirst may stand before the names.
    let story = if story <= 2 && after_names.is_some_and(|last| last == story + 1 || last == story + 2) {
        story + 3
    } else {
        story
    };
    let of_kind = |paragraphs: &'_ [Paragraph], kind: ParagraphKind| -> Vec<ByteSpan> {
        paragraphs.iter().filter(|paragraph| paragraph.kind == kind).map(|paragraph| paragraph.span).collect()
    };
    let (before, after) = paragraphs.split_at(story.min(paragraphs.len()));
    Head {
        title: of_kind(before, ParagraphKind::Title).first().map(|&span| text.slice(span)),
        lines: of_kind(before, ParagraphKind::Furniture).into_iter().map(|span| text.slice(span)).collect(),
        first_body: paragraphs
            .iter()
            .find(|paragraph| paragraph.kind == ParagraphKind::Body)
            .map(|body| text.slice(body.span)),
        foot: of_kind(after, ParagraphKind::Furniture).into_iter().map(|span| text.slice(span)).collect(),
    }
}

/// The part of the first paragraph before its dash: `PORT ASTER, June 3 (Agency) -`.
fn dateline(body: &str) -> Option<&str> {
    let head = body.char_indices().nth(110).map_or(body, |(limit, _)| &body[..limit]);
    let end = [" - ", " — ", " – ", " -- ", "— "].iter().filter_map(|dash| head.find(dash)).min()?;
    let dateline = &head[..end];
    let place = dateline.split_whitespace().next()?;
    let shouted = place.chars().filter(|c| c.is_alphabetic()).count() > 2 && !place.chars().any(char::is_lowercase);
    shouted.then_some(dateline)
}

/// What stands in the last brackets of a part.
fn bracketed(part: &str) -> Option<&str> {
    let (_, rest) = part.rsplit_once('(')?;
    rest.split_once(')').map(|(inside, _)| inside.trim()).filter(|inside| !inside.is_empty())
}

fn outlet(head: &Head) -> Option<String> {
    let release = head.lines.iter().any(|line| line.to_lowercase().contains("release"));
    let agency = head.first_body.and_then(dateline).and_then(bracketed);
    let mut best: Option<(i32, &str)> = None;
    for line in &head.lines {
        for (score, name) in candidates(line) {
            let named_again = agency.is_some_and(|agency| begins_alike(name, agency))
                || head.foot.iter().any(|foot| foot.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(name));
            let person = stamp_in(line).is_some() && is_name(name) && score < 3;
            let place = name.split_whitespace().count() == 1 && stamp_in(line).is_some() && !named_again;
            let score = score + if named_again { 4 } else { 0 } - if place && release || person { 4 } else { 0 };
            if score > 0 && best.is_none_or(|(most, _)| score > most) {
                best = Some((score, name));
            }
        }
    }
    let issuer =
        || head.lines.iter().find_map(|line| line.strip_prefix("Issued by ")).map(|rest| name_and_rest(rest).0);
    let issued = || issuer().map(|name| name.strip_prefix("the ").unwrap_or(name));
    let named = best
        .map(|(_, name)| name)
        .or_else(issued)
        .or_else(|| staff_of(&head.lines))
        .or(agency)
        .or_else(|| named_at_foot(&head.foot));
    named.map(str::to_owned)
}

/// Whether one name is the beginning, or the initials, of the other.
fn begins_alike(name: &str, agency: &str) -> bool {
    let initials: String = name.split_whitespace().filter_map(|word| word.chars().next()).collect();
    name.starts_with(agency) || initials.eq_ignore_ascii_case(agency)
}

/// The parts of a line that could be a publication's name, with how likely each is.
fn candidates(line: &str) -> Vec<(i32, &str)> {
    let mut found = Vec::new();
    let mut first = true;
    for part in parts(line) {
        let stamp = stamp_in(part);
        let bare = stamp.map_or(part, |stamp| without(part, stamp.span));
        if !bare.chars().any(char::is_alphabetic) {
            continue;
        }
        let (name, rest) = name_and_rest(bare);
        // `SEAVIEW (Agency)` beside a date: a place and who reports from it.
        let agency = bracketed(bare).filter(|inside| {
            stamp_in(line).is_some() && is_place(name) && likelihood(name, true, false, "") < 5 && is_title_case(inside)
        });
        if let Some(agency) = agency {
            found.push((1, agency));
        } else if byline_in(part).is_none() && is_title_case(name) && !is_section(name) {
            found.push((likelihood(name, first, stamp.is_some(), rest), name));
        }
        first = false;
    }
    found
}

/// A name and what follows it: a place, a volume, what it is about.
fn name_and_rest(part: &str) -> (&str, &str) {
    let name = part.split(['(', '[']).next().unwrap_or(part);
    let (name, rest) = match name.split_once(": ") {
        Some((name, rest)) if rest.starts_with(char::is_lowercase) => (name, rest),
        _ => name.split_once(", ").unwrap_or((name, "")),
    };
    (name.trim().trim_matches([',', ';', ':', '.']).trim(), rest)
}

/// One word, or several, all in capitals.
fn is_place(name: &str) -> bool {
    name.split_whitespace().count() == 1 || !name.chars().any(char::is_lowercase)
}

/// The longer piece of a part beside its date.
fn without(part: &str, date: ByteSpan) -> &str {
    let before = part.get(..date.start.index()).unwrap_or_default().trim();
    let after = part.get(date.end.index()..).unwrap_or_default().trim();
    if before.len() >= after.len() { before } else { after }
}

/// How likely a name is a publication's: `first` on its line, `dated` where a date stands beside it, `rest` what follows it.
fn likelihood(name: &str, first: bool, dated: bool, rest: &str) -> i32 {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let issue = rest.split_whitespace().next().is_some_and(|word| {
        matches!(
            bare(&word.to_lowercase()).as_str(),
            "vol" | "volume" | "issue" | "no" | "edition" | "english" | "page"
        )
    });
    let publication = issue || words.iter().any(|word| names_publication(word));
    let capitals = !name.chars().any(char::is_lowercase) && words.len() > 1;
    let the = words.first().is_some_and(|word| word == "the");
    let beside_more = dated || !rest.is_empty();
    let person = is_name(name) && words.len() <= 3 && !publication && !the && !capitals;
    let lone_place = words.len() == 1 && beside_more && !publication;
    2 * i32::from(first) + 3 * i32::from(publication) + 2 * i32::from(capitals) + 2 * i32::from(the)
        - 2 * i32::from(person && beside_more)
        - i32::from(person)
        - 4 * i32::from(lone_place)
}

/// One to nine words, of which the first and most others begin with a capital or a figure.
fn is_title_case(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let capital =
        |word: &str| word.chars().find(|c| c.is_alphanumeric()).is_none_or(|c| c.is_uppercase() || c.is_numeric());
    let small = words.iter().filter(|word| !capital(word)).count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    (1..=9).contains(&words.len())
        && letters > 1
        && words.first().is_some_and(|word| capital(word))
        && small * 2 <= words.len() - small
}

/// A section's name, or a label: every word is one of them, or a figure.
fn is_section(name: &str) -> bool {
    let mut words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let lower = name.to_lowercase();
    words.all(|word| {
        let word = word.to_lowercase();
        SECTIONS.contains(&word.as_str()) || word == "and" || word.starts_with(|c: char| c.is_numeric())
    }) || ["release", "statement", "issued by", "on shift", "in the studio", "min read", "reporting from"]
        .iter()
        .any(|label| lower.contains(label))
        || name.contains(':')
}

/// `By Agency staff` names the outlet.
fn staff_of<'a>(lines: &[&'a str]) -> Option<&'a str> {
    lines.iter().filter_map(|line| byline_in(line)).find_map(|byline| {
        let lower = byline.to_lowercase();
        let at = [" staff", " reporters", " correspondents"].iter().find_map(|word| lower.find(word))?;
        byline.get(..at).filter(|name| name.chars().next().is_some_and(char::is_uppercase))
    })
}

/// `© The Post. …` and `(Agency. …)` at the end.
fn named_at_foot<'a>(foot: &[&'a str]) -> Option<&'a str> {
    foot.iter().find_map(|line| {
        let copyright = line.trim_start_matches("Copyright ").strip_prefix('©');
        let rest = copyright.or_else(|| line.strip_prefix('('))?;
        let rest = rest.trim_start_matches(|c: char| c.is_numeric() || c.is_whitespace() || c == '–' || c == '-');
        let name = rest.split(['.', ',', ')', ';', '|']).next()?.trim();
        (is_title_case(name) && name.split_whitespace().count() <= 5).then_some(name)
    })
}

fn byline(head: &Head, outlet: Option<&str>) -> Option<String> {
    let said = head.lines.iter().find_map(|line| byline_in(line));
    let named = || {
        head.lines.iter().find_map(|line| {
            let name = line.split([';', '/']).next().unwrap_or(line).trim();
            let other = outlet.is_none_or(|outlet| !line.contains(outlet));
            (other && is_names(name) && likelihood(name, false, false, "") <= 0).then_some(name)
        })
    };
    said.or_else(named).map(|name| name.trim().to_owned())
}

/// When the article says it was published; else the date whose year it does not say.
fn published(head: &Head, text: &Text) -> (Option<DateTime>, Option<Stamp>) {
    let stamps: Vec<Stamp> =
        head.lines.iter().copied().chain(head.first_body.and_then(dateline)).filter_map(stamp_in).collect();
    if let Some(moment) = stamps.iter().find_map(|stamp| stamp.year.and_then(|year| stamp.on(year))) {
        return (Some(moment), None);
    }
    let Some(&stamp) = stamps.first() else { return (None, None) };
    let moment = years_said(head, text, stamp).into_iter().find_map(|year| stamp.in_year(year));
    (moment, moment.is_none().then_some(stamp))
}

/// Years that could be a yearless date's: of the lines about the article, then of full dates within a month of it in the text.
fn years_said(head: &Head, text: &Text, stamp: Stamp) -> Vec<i16> {
    let about = head.lines.iter().chain(&head.foot).flat_map(|line| line.split(|c: char| !c.is_ascii_digit()));
    let mut years: Vec<i16> = about
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..2200).contains(year))
        .collect();
    let day_of = |stamp: &Stamp| i32::from(stamp.month) * 31 + i32::from(stamp.day);
    for sentence in text.sentences().iter().take(400).filter(|sentence| sentence.span.len() < 2000) {
        let near = stamps_in(text.slice(sentence.span))
            .into_iter()
            .filter(|other| day_of(other).abs_diff(day_of(&stamp)) < 31);
        years.extend(near.filter_map(|other| other.year));
    }
    years
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(content: &str) -> Metadata {
        heading(&Text::new(content.to_owned())).metadata
    }

    /// First lines, then title, outlet, byline and date, `-` where they say none.
    #[rustfmt::skip]
    const HEADS: &[(&str, &str)] = &[
        ("Ship hits bridge\n\nThe Post | News | March 11, 2026\nFrom our correspondent",
         "Ship hits bridge|The Post|From our correspondent|2026-03-11T00:00:00"),
        ("Ship hits bridge\n\nSeaview Mercury – Wednesday 11 March 2026\nAnn Bell, harbour correspondent",
         "Ship hits bridge|Seaview Mercury|Ann Bell|2026-03-11T00:00:00"),
        ("SHIP HITS BRIDGE!\n\nDaily Rattle\nBy TOM ASH in Seaview\nPublished: 22:47, 10 March 2026 | Updated: 07:15, 11 March 2026",
         "SHIP HITS BRIDGE!|Daily Rattle|TOM ASH|2026-03-10T22:47:00"),
        ("Ship hits bridge\n\nWireline / East desk\n10 March 2026 17:42",
         "Ship hits bridge|Wireline|-|2026-03-10T17:42:00"),
        ("Minister resigns over tape\n\n23 April 2026, 21:05\nAnn Bell\nABC News, Seaview",
         "Minister resigns over tape|ABC News|Ann Bell|2026-04-23T21:05:00"),
        ("Shares slide after breach\n\nThe Daily Ledger\nCompanies | Transport | Thursday 4 June 2026\nTom Ash",
         "Shares slide after breach|The Daily Ledger|Tom Ash|2026-06-04T00:00:00"),
        ("The Post\nBy Ann Bell\n10 March 2026\n\nShip hits bridge and nobody is hurt",
         "The Post|-|Ann Bell|2026-03-10T00:00:00"),
        ("The Herald\nFire at the mill\n4 May 2026",
         "Fire at the mill|The Herald|-|2026-05-04T00:00:00"),
        ("Seaview Courier\nShip hits bridge\nBy Ann Bell\n10 March 2026",
         "Ship hits bridge|Seaview Courier|Ann Bell|2026-03-10T00:00:00"),
        ("4:15 PM – Sunday, January 4, 2026",
         "-|-|-|2026-01-04T16:15:00"),
        ("Builder jailed for nine years\n\nBy Ann Bell, Staff Writer\nMarch 28, 2026 — The Seaview Sentinel",
         "Builder jailed for nine years|The Seaview Sentinel|Ann Bell|2026-03-28T00:00:00"),
        ("Copper miners strike\n\nHill Wire Service\nSANTA, Corvo, Sept 14, 2026 – 18:05\nBy Tom Ash",
         "Copper miners strike|Hill Wire Service|Tom Ash|2026-09-14T18:05:00"),
        ("Recall of two lots\n\nPRESS RELEASE – for immediate publication\nVester / 14 September 2026 / 19:30",
         "Recall of two lots|-|-|2026-09-14T19:30:00"),
        ("They were warned. Then they were sacked.\n\nTHE OLD PUMP\nA blog about boats and the people who own them\nPosted by R. Ash, Friday 5 June 2026, 11:51 pm | 14 comments",
         "They were warned. Then they were sacked.|THE OLD PUMP|R. Ash|2026-06-05T23:51:00"),
        ("River bursts its banks\n\nBy Upper Press staff\nBREZ, June 15, 8.10 p.m.",
         "River bursts its banks|Upper Press|Upper Press staff|-"),
        ("River bursts its banks",
         "River bursts its banks|-|-|-"),
        ("Ship hits bridge\n\nRADIO SANTA, 98.1 FM\nThe seven o’clock bulletin, Tuesday 15 September 2026 (script as read)",
         "Ship hits bridge|RADIO SANTA|-|2026-09-15T00:00:00"),
        ("Ship hits bridge\n\nTerva Today > Politics\n2026-04-23 17:48\nBy the newsroom",
         "Ship hits bridge|Terva Today|the newsroom|2026-04-23T17:48:00"),
        ("Ship hits bridge\n\nEXCLUSIVE by Tom Ash, Health Editor\nDaily Bell, Friday 18 September 2026",
         "Ship hits bridge|Daily Bell|Tom Ash|2026-09-18T00:00:00"),
        ("Ship hits bridge\n\nMerid Press (MP) - Health\nSept 17, 2026 - 19:36",
         "Ship hits bridge|Merid Press|-|2026-09-17T19:36:00"),
    ];

    #[test]
    fn the_first_lines_of_many_habits_are_read() {
        for (head, expected) in HEADS {
            let content = format!(
                "{head}\n\nA ship hit the swing bridge yesterday, and it was closed.\n\nNobody was hurt in the harbour.\n\nIt was a green light, he said."
            );
            let found = read(&content);
            let or_dash = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
            let published = found.published.map(|moment| moment.to_string());
            let line = [found.title, found.outlet, found.byline, published].map(or_dash).join("|");
            assert_eq!(&line, expected, "{head}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_stop_and_what_it_says_is_in_the_text(
            content in r"(([A-Z][a-z]{0,6}|By|[0-9]{1,4}|March|[.,:|/()©–-]|\PC){1,8} ?\n?){0,20}"
        ) {
            let found = read(&content);
            for value in [found.title, found.outlet, found.byline].into_iter().flatten() {
                prop_assert!(content.contains(&value) && !value.trim().is_empty());
            }
        }
    }

    #[test]
    fn a_dateline_names_the_agency_and_the_day() {
        let found = read(
            "Ship hits bridge\n\nSEAVIEW, March 10 (Wireline) - A ship hit the bridge on March 9, 2026, the port said.\n\nNobody was hurt.",
        );
        assert_eq!(found.outlet.as_deref(), Some("Wireline"));
        assert_eq!(found.published.map(|moment| moment.to_string()).as_deref(), Some("2026-03-10T00:00:00"));
    }

    #[test]
    fn a_text_that_begins_with_its_story_has_no_title() {
        let found = read(
            "The mayor said on Saturday that he had called the president, and that he had told him so.\nHe spoke for an hour.",
        );
        assert_eq!(found, Metadata::default());
    }
}
