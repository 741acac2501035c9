//! Hard cases of matching, one a file under `tests/scenarios/`: short invented articles, and what a careful reader holds of them.
//!
//! A file has a `description`, `articles` (`a`, `b` and perhaps `c`) and four lists of expectations: `links`, `no-links`,
//! `divergences` and `no-divergences`. Each entry names two of the articles and, for each, a snippet that stands in it once; a
//! link or a divergence is the one meant when on both sides it shares half of the shorter of span and snippet. A link may name
//! its `relation`; a divergence names its `kind`, a forbidden one may.
//!
//! The expectations are a reader's, not the program's. One that the program does not meet yet bears `missed = true`, and the
//! tests hold that it is still missed: whoever mends it takes the mark off. After the score was trained anew the marks are
//! refreshed from a table that fails nothing:
//!
//! ```sh
//! CROSSREAD_SCENARIOS=report cargo test --test scenarios
//! ```
//!
//! Each of its lines that begins with a file and a line number says what to do there: `mark` an entry as missed (write
//! `missed = true` under its heading), or take the mark off. No expectation is weakened, and no text bent, to make it pass.

#[allow(dead_code, reason = "the benchmarks use the rest")]
#[path = "../benches/learn/event.rs"]
mod event;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use crossread::compare::{Comparison, Options, compare};
use crossread::export::json::{kind_name, relation_name};
use crossread::source::metadata::heading;
use crossread::source::{Article, Origin};
use crossread::text::{ArticleIndex, ByteSpan, Passage, Text};
use serde::Deserialize;
use toml::Spanned;

use event::Labelled;

/// One file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Scenario {
    description: String,
    articles: BTreeMap<String, String>,
    #[serde(default)]
    links: Vec<Spanned<Entry>>,
    #[serde(default)]
    no_links: Vec<Spanned<Entry>>,
    #[serde(default)]
    divergences: Vec<Spanned<Entry>>,
    #[serde(default)]
    no_divergences: Vec<Spanned<Entry>>,
}

/// One expectation: snippets of two articles.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    a: Option<String>,
    b: Option<String>,
    c: Option<String>,
    relation: Option<String>,
    kind: Option<String>,
    #[serde(default)]
    missed: bool,
}

/// What an entry expects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Check {
    Link,
    NoLink,
    Divergence,
    NoDivergence,
}

/// What became of one expectation.
struct Outcome {
    scenario: String,
    /// File and line of the entry.
    place: String,
    check: Check,
    holds: bool,
    missed: bool,
    /// The entry, and what was found in its place.
    told: String,
}

/// A scenario ready to be compared.
struct Opened {
    name: String,
    content: String,
    scenario: Scenario,
    articles: Vec<Article>,
}

const KINDS: [&str; 10] =
    ["number", "date", "name", "place", "quote", "quote-punctuation", "attribution", "negation", "modality", "framing"];

/// The articles as the program would open them from files.
fn articles(name: &str, scenario: &Scenario) -> Vec<Article> {
    let article = |(letter, content): (&String, &String)| {
        let text = Text::new(content.clone());
        let metadata = heading(&text).metadata;
        Article { metadata, origin: Origin::StandardInput, text, sha256: format!("{name}/{letter}") }
    };
    scenario.articles.iter().map(article).collect()
}

/// Every scenario, in the order of their names.
fn scenarios() -> Vec<Opened> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/scenarios");
    let entries = std::fs::read_dir(&folder).expect("the folder of the scenarios");
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry of the folder").path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "toml"));
    files.sort();
    let open = |file: &PathBuf| {
        let name = file.file_stem().expect("a file has a name").to_string_lossy().into_owned();
        let content = std::fs::read_to_string(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        let scenario: Scenario = toml::from_str(&content).unwrap_or_else(|error| panic!("{name}: {error}"));
        let articles = articles(&name, &scenario);
        Opened { name, content, scenario, articles }
    };
    files.iter().map(open).collect()
}

impl Opened {
    fn entries(&self) -> impl Iterator<Item = (Check, &Spanned<Entry>)> {
        let lists = [
            (Check::Link, &self.scenario.links),
            (Check::NoLink, &self.scenario.no_links),
            (Check::Divergence, &self.scenario.divergences),
            (Check::NoDivergence, &self.scenario.no_divergences),
        ];
        lists.into_iter().flat_map(|(check, list)| list.iter().map(move |entry| (check, entry)))
    }

    /// File and line of an entry's heading.
    fn place(&self, entry: &Spanned<Entry>) -> String {
        let line = 1 + self.content[..entry.span().start].matches('\n').count();
        format!("tests/scenarios/{}.toml:{line}", self.name)
    }

    /// Where a snippet stands in an article.
    fn find(&self, article: usize, snippet: &str) -> Result<Passage, String> {
        let article = ArticleIndex::new(article);
        let content = self.articles.get(article.index()).ok_or("no such article")?.text.content();
        let found: Vec<_> = content.match_indices(snippet).map(|(at, _)| at).collect();
        match found[..] {
            [start] => Ok(Passage { article, span: ByteSpan::new(start, start + snippet.len()) }),
            _ => Err(format!("{snippet:?} stands {} times in article {}", found.len(), article.letter())),
        }
    }

    /// The two passages of an entry.
    fn label(&self, entry: &Entry) -> Result<Labelled, String> {
        let named = [&entry.a, &entry.b, &entry.c].into_iter().enumerate();
        let found: Result<Vec<_>, _> =
            named.filter_map(|(at, snippet)| Some(self.find(at, snippet.as_deref()?))).collect();
        match found?[..] {
            [a, b] => Ok(Labelled { kind: entry.kind.clone(), a, b, counts: true }),
            _ => Err("an entry names two articles".to_owned()),
        }
    }

    fn text(&self, passage: Passage) -> &str {
        passage.span.of(self.articles[passage.article.index()].text.content())
    }

    /// Every expectation against what the program finds.
    fn outcomes(&self) -> Vec<Outcome> {
        let comparison = compare(&self.articles, &Options::default());
        let outcome = |(check, entry): (Check, &Spanned<Entry>)| {
            let place = self.place(entry);
            let entry = entry.get_ref();
            let label = self.label(entry).unwrap_or_else(|error| panic!("{place}: {error}"));
            let (holds, found) = match check {
                Check::Link | Check::NoLink => self.links(&comparison, check, entry, &label),
                Check::Divergence | Check::NoDivergence => self.divergences(&comparison, check, &label),
            };
            let wanted = entry.kind.as_deref().or(entry.relation.as_deref()).unwrap_or_default();
            let (a, b) = (self.text(label.a), self.text(label.b));
            let told = format!("{check:?} {wanted}: “{a}” / “{b}” — found: {found}");
            Outcome { scenario: self.name.clone(), place, check, holds, missed: entry.missed, told }
        };
        self.entries().map(outcome).collect()
    }

    fn links(&self, comparison: &Comparison, check: Check, entry: &Entry, label: &Labelled) -> (bool, String) {
        let between: Vec<_> = comparison.links.iter().filter(|link| label.is_between(link.a, link.b)).collect();
        let fits = |relation: &str| entry.relation.as_deref().is_none_or(|wanted| wanted == relation);
        let meant = between.iter().any(|link| fits(relation_name(link.relation)));
        let tell = |at: usize| {
            let found = between[at];
            let relation = relation_name(found.relation);
            format!("{relation} {:.2} “{}” / “{}”", found.score, self.text(found.a), self.text(found.b))
        };
        (meant == (check == Check::Link), all((0..between.len()).map(tell)))
    }

    fn divergences(&self, comparison: &Comparison, check: Check, label: &Labelled) -> (bool, String) {
        let between: Vec<_> =
            comparison.divergences.iter().filter(|found| label.is_between(found.a, found.b)).collect();
        let fits = |kind: &str| label.kind.as_deref().is_none_or(|wanted| wanted == kind);
        let meant = between.iter().any(|found| fits(kind_name(found.kind)));
        let tell = |at: usize| {
            let found = between[at];
            format!("{} “{}” / “{}”", kind_name(found.kind), self.text(found.a), self.text(found.b))
        };
        (meant == (check == Check::Divergence), all((0..between.len()).map(tell)))
    }

    /// What is wrong with the file itself.
    fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        let letters: Vec<_> = self.scenario.articles.keys().map(String::as_str).collect();
        if letters != ["a", "b"] && letters != ["a", "b", "c"] {
            faults.push(format!("{}: its articles are {letters:?}", self.name));
        }
        if self.scenario.description.trim().is_empty() || self.entries().next().is_none() {
            faults.push(format!("{}: no description, or nothing expected", self.name));
        }
        for (article, letter) in self.articles.iter().zip(&letters) {
            if article.metadata.published.is_none() || article.text.sentences().len() < 6 {
                faults.push(format!("{}: article {letter} lacks a date or six sentences", self.name));
            }
        }
        for (check, entry) in self.entries() {
            let place = self.place(entry);
            let entry = entry.get_ref();
            faults.extend(self.label(entry).err().map(|error| format!("{place}: {error}")));
            let known = |kind: &String| KINDS.contains(&kind.as_str());
            let needed = check == Check::Divergence;
            if !entry.kind.as_ref().map_or(!needed, known) || (entry.relation.is_some() && check != Check::Link) {
                faults.push(format!("{place}: a kind or relation that does not belong"));
            }
        }
        faults
    }
}

fn all(found: impl Iterator<Item = String>) -> String {
    let found: Vec<_> = found.collect();
    if found.is_empty() { "nothing".to_owned() } else { found.join("; ") }
}

/// Every expectation of every scenario; compared once for all tests.
fn outcomes() -> &'static [Outcome] {
    static OUTCOMES: OnceLock<Vec<Outcome>> = OnceLock::new();
    OUTCOMES.get_or_init(|| scenarios().iter().flat_map(Opened::outcomes).collect())
}

fn only_report() -> bool {
    std::env::var("CROSSREAD_SCENARIOS").is_ok_and(|mode| mode == "report")
}

impl Outcome {
    /// What is to be done where mark and program do not agree.
    fn to_do(&self) -> Option<String> {
        let say = |what| Some(format!("{}: {what}: {}", self.place, self.told));
        match (self.holds, self.missed) {
            (false, false) => say("mark"),
            (true, true) => say("take the mark off"),
            _ => None,
        }
    }
}

/// Fails with every expectation of one check whose mark is not what the program does.
fn holds_of(check: Check) {
    let of_check: Vec<_> = outcomes().iter().filter(|outcome| outcome.check == check).collect();
    assert!(!of_check.is_empty(), "no scenario expects this");
    let to_do: Vec<_> = of_check.iter().filter_map(|outcome| outcome.to_do()).collect();
    assert!(to_do.is_empty() || only_report(), "{} of {}:\n{}", to_do.len(), of_check.len(), to_do.join("\n"));
}

#[test]
fn passages_that_carry_one_claim_are_linked() {
    holds_of(Check::Link);
}

#[test]
fn passages_that_carry_different_claims_are_not_linked() {
    holds_of(Check::NoLink);
}

#[test]
fn what_differs_inside_a_claim_is_named_by_its_kind() {
    holds_of(Check::Divergence);
}

#[test]
fn what_says_the_same_in_two_ways_does_not_diverge() {
    holds_of(Check::NoDivergence);
}

#[test]
fn every_scenario_is_well_made() {
    let scenarios = scenarios();
    let faults: Vec<_> = scenarios.iter().flat_map(Opened::faults).collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
    assert!(scenarios.len() >= 30, "only {} scenarios", scenarios.len());
}

/// How many hold, as `12 of 14`.
fn share<'o>(outcomes: impl Iterator<Item = &'o Outcome>) -> String {
    let outcomes: Vec<_> = outcomes.collect();
    format!("{} of {}", outcomes.iter().filter(|outcome| outcome.holds).count(), outcomes.len())
}

/// Every scenario with how much of it holds, what is missed in it and what is to be done; then the sums.
fn table() -> String {
    let mut table = String::new();
    for group in outcomes().chunk_by(|one, next| one.scenario == next.scenario) {
        let _ = writeln!(table, "{:<44} {}", group[0].scenario, share(group.iter()));
        for outcome in group.iter().filter(|outcome| !outcome.holds || outcome.missed) {
            let told = || format!("    missed: {}", outcome.told);
            let _ = writeln!(table, "{}", outcome.to_do().unwrap_or_else(told));
        }
    }
    for check in [Check::Link, Check::NoLink, Check::Divergence, Check::NoDivergence] {
        let of_check = outcomes().iter().filter(|outcome| outcome.check == check);
        let _ = writeln!(table, "{:<44} {}", format!("all of {check:?}"), share(of_check));
    }
    table
}

#[test]
fn the_table_tells_of_every_scenario() {
    let table = table();
    // Past the capture of the test harness, which would swallow it where nothing fails.
    let mut out = std::io::stdout().lock();
    let told = if only_report() { table.as_str() } else { "" };
    let _ = writeln!(out, "{told}scenarios: {} expectations hold", share(outcomes().iter()));
    for scenario in scenarios() {
        assert!(table.lines().any(|line| line.split_whitespace().next() == Some(&scenario.name)), "{}", scenario.name);
    }
}
