//! Pages in the habits of different publishers, each with the text and the metadata it should give, or the error.
//!
//! The pages are invented, markup and all. `NAME.html` is the page, `NAME.toml` what is known about it, `NAME.txt` its
//! paragraphs, each behind its kind.

#![allow(clippy::unwrap_used, reason = "a page that cannot be read has failed its test")]

use std::collections::HashMap;
use std::path::PathBuf;

use crossread::source::{Article, Limits, open_all};

/// The least F1 by words.
const LEAST: f64 = 0.95;

fn file(name: &str, ending: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/pages").join(format!("{name}.{ending}"))
}

fn names() -> Vec<String> {
    let folder = std::fs::read_dir(file("tables", "html").parent().unwrap()).unwrap();
    let mut names: Vec<String> = folder
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "html"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 24);
    names
}

fn expected(name: &str) -> HashMap<String, String> {
    toml::from_str(&std::fs::read_to_string(file(name, "toml")).unwrap()).unwrap()
}

fn paragraphs(article: &Article) -> Vec<String> {
    let text = &article.text;
    text.paragraphs().iter().map(|paragraph| format!("{:?}: {}", paragraph.kind, text.slice(paragraph.span))).collect()
}

fn counts(paragraphs: &[String]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for paragraph in paragraphs {
        let (_, text) = paragraph.split_once(": ").unwrap();
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    counts
}

/// The harmonic mean of precision and recall over words, each counted as often as it stands.
fn f1(found: &[String], wanted: &[String]) -> f64 {
    let (found, wanted) = (counts(found), counts(wanted));
    let size = |counts: &HashMap<String, usize>| counts.values().sum::<usize>() as f64;
    let shared: usize = found.iter().map(|(word, count)| *count.min(wanted.get(word).unwrap_or(&0))).sum();
    2.0 * shared as f64 / (size(&found) + size(&wanted))
}

#[test]
fn every_page_gives_its_article_or_the_right_error() {
    let mut faults = Vec::new();
    for name in names() {
        let expected = expected(&name);
        let opened = open_all(&[file(&name, "html")], &Limits::default());
        if let Some(error) = expected.get("error") {
            let said: Vec<String> = opened.failures.iter().map(ToString::to_string).collect();
            if !said.iter().any(|said| said.contains(error)) {
                faults.push(format!("{name}: no “{error}” in {said:?}"));
            }
            continue;
        }
        let Some(article) = opened.articles.first() else {
            faults.push(format!("{name}: {}", opened.failures[0]));
            continue;
        };
        let wanted: Vec<String> =
            std::fs::read_to_string(file(&name, "txt")).unwrap().lines().map(str::to_owned).collect();
        let found = paragraphs(article);
        let f1 = f1(&found, &wanted);
        println!("{name}: F1 {f1:.3}");
        if f1 < LEAST || found != wanted {
            let only = |one: &[String], other: &[String]| -> String {
                one.iter().filter(|line| !other.contains(line)).map(|line| format!("\n    {line}")).collect()
            };
            let (more, less) = (only(&found, &wanted), only(&wanted, &found));
            faults.push(format!("{name}: F1 {f1:.3}\n  only found:{more}\n  only wanted:{less}"));
        }
        let metadata = &article.metadata;
        let published = metadata.published.map(|moment| moment.to_string());
        for (key, value) in [
            ("title", &metadata.title),
            ("outlet", &metadata.outlet),
            ("byline", &metadata.byline),
            ("published", &published),
        ] {
            if expected.get(key) != value.as_ref() {
                faults.push(format!("{name}: {key} is {value:?}, not {:?}", expected.get(key)));
            }
        }
        let remarks = opened.remarks.join("\n");
        if !remarks.contains(expected.get("remark").map_or("", String::as_str))
            || expected.contains_key("remark") == remarks.is_empty()
        {
            faults.push(format!("{name}: remarks are {remarks:?}"));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
