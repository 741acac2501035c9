//! A report on labelled events: how the values of labelled variants and divergences compare. Run by hand:
//! `CROSSREAD_EVENTS=folder:folder cargo test --lib values::gold -- --ignored --nocapture`, where each folder holds events
//! with a `gold.json` and its articles.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;

use super::{Agreement, Value, agreement, agreement_in_one_slot, describe, values};
use crate::text::ByteSpan;

fn events() -> Vec<PathBuf> {
    let folders = std::env::var("CROSSREAD_EVENTS").unwrap_or_default();
    let mut events: Vec<PathBuf> = folders
        .split(':')
        .filter_map(|folder| std::fs::read_dir(folder).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| path.join("gold.json").exists())
        .collect();
    events.sort();
    events
}

fn published(text: &str) -> Option<jiff::civil::DateTime> {
    let lines = text.lines().filter(|line| !line.trim().is_empty()).take(6).filter(|line| line.len() < 110);
    let head: String = lines.collect::<Vec<_>>().join("\n");
    let found = values(
        &head,
        ByteSpan::new(0, head.len()),
        jiff::civil::Date::new(2026, 6, 1).ok().map(|day| day.to_datetime(jiff::civil::Time::midnight())),
    );
    let dated = |value: &Value| {
        let written = value.span.of(&head).bytes().any(|byte| byte.is_ascii_digit());
        super::day_range_of(value).filter(|days| written && days.first == days.last)
    };
    found.iter().filter_map(dated).map(|days| days.last).max().map(|day| day.to_datetime(jiff::civil::Time::midnight()))
}

/// The sentence around a labelled text, and the values that meet the label.
fn labelled(folder: &Path, side: &Json) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(folder.join(side["article"].as_str()?)).ok()?;
    let wanted = side["text"].as_str()?;
    let start = match side["start"].as_u64() {
        Some(start) => text.char_indices().nth(start as usize)?.0,
        None => text.find(wanted)?,
    };
    let end = start + wanted.len();
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let last = text[end..].find('\n').map_or(text.len(), |at| end + at);
    let all = values(&text, ByteSpan::new(first, last), published(&text));
    Some(all.into_iter().filter(|value| value.span.shared(ByteSpan::new(start, end)) > 0).collect())
}

fn best(a: &[Value], b: &[Value], compare: fn(&Value, &Value) -> Agreement) -> Option<(Agreement, String)> {
    let all = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
    all.map(|(a, b)| (compare(a, b), format!("{} / {}", describe(a), describe(b)))).min_by_key(|(found, _)| *found)
}

fn report(
    event: &Path,
    list: &Json,
    compare: fn(&Value, &Value) -> Agreement,
    show: impl Fn(Agreement) -> bool,
) -> [usize; 5] {
    let mut counts = [0; 5];
    for entry in list.as_array().into_iter().flatten() {
        let [Some(a), Some(b)] = ["a", "b"].map(|side| labelled(event, &entry[side])) else { continue };
        let Some((found, words)) = best(&a, &b, compare) else {
            counts[4] += 1;
            if show(Agreement::Incomparable) {
                println!("  no value: {} | {}", entry["a"]["text"], entry["b"]["text"]);
            }
            continue;
        };
        counts[found as usize] += 1;
        if show(found) {
            println!("  {found:?}: {} | {} => {words}", entry["a"]["text"], entry["b"]["text"]);
        }
    }
    counts
}

#[test]
#[ignore = "needs labelled events named in CROSSREAD_EVENTS"]
fn labelled_variants_agree_and_labelled_divergences_differ() {
    for event in events() {
        let gold: Json = serde_json::from_str(&std::fs::read_to_string(event.join("gold.json")).unwrap()).unwrap();
        println!("{}", event.file_name().unwrap().to_string_lossy());
        let variants = report(&event, &gold["equal_variants"], agreement, |found| {
            matches!(found, Agreement::Different | Agreement::Incomparable)
        });
        let of_values: Vec<Json> = gold["divergences"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|entry| matches!(entry["type"].as_str(), Some("number" | "date")))
            .cloned()
            .collect();
        let strict = report(&event, &Json::Array(of_values.clone()), agreement, |_| false);
        let in_slot =
            report(&event, &Json::Array(of_values), agreement_in_one_slot, |found| found != Agreement::Different);
        println!(
            "  (equal, compatible, different, incomparable, no value) variants {variants:?}, divergences {strict:?}, in one slot {in_slot:?}"
        );
    }
}

#[test]
#[ignore = "prints how long a long text takes"]
fn time_grows_with_the_text() {
    let articles: String = events()
        .iter()
        .flat_map(|event| std::fs::read_dir(event).unwrap().flatten())
        .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "txt"))
        .map(|entry| std::fs::read_to_string(entry.path()).unwrap())
        .collect();
    let pieces = super::words::Pieces::new(&articles, ByteSpan::new(0, articles.len()));
    let anywhere = super::reading::Reading { pieces, published: None }.all(|_, _| true);
    let found = values(&articles, ByteSpan::new(0, articles.len()), None);
    for value in anywhere.iter().filter(|value| !found.contains(value)) {
        println!("passed over: {:?}", value.span.of(&articles));
    }
    for times in [1, 4] {
        let text = articles.repeat(times);
        let start = std::time::Instant::now();
        let count = values(&text, ByteSpan::new(0, text.len()), None).len();
        println!("{} bytes, {count} values, {:?}", text.len(), start.elapsed());
    }
}

#[test]
#[ignore = "prints the values of the articles named in CROSSREAD_EVENTS"]
fn every_value_of_every_article() {
    for event in events() {
        for entry in std::fs::read_dir(&event)
            .unwrap()
            .flatten()
            .filter(|entry| entry.path().extension().is_some_and(|kind| kind == "txt"))
        {
            let text = std::fs::read_to_string(entry.path()).unwrap();
            let published = published(&text);
            println!("== {:?} {published:?}", entry.path());
            let mut start = 0;
            for line in text.split_inclusive('\n') {
                let found = values(&text, ByteSpan::new(start, start + line.len()), published);
                let shown: Vec<String> =
                    found.iter().map(|value| format!("{:?} = {}", value.span.of(&text), describe(value))).collect();
                if !shown.is_empty() {
                    println!("{}\n      {}", line.trim(), shown.join("\n      "));
                }
                start += line.len();
            }
        }
    }
}
