//! Labelled events: articles, which of their passages carry one claim, and where they part.

use std::path::Path;

use crossread::compare::DivergenceKind;
use crossread::export::json::kind_name;
use crossread::source::{self, Article};
use crossread::text::{ArticleIndex, ByteSpan, CodePoint, CodePointIndex, CodePointSpan, ParagraphKind, Passage, Text};
use serde::Deserialize;

/// One event: its articles and its gold labels.
#[derive(Clone)]
pub struct Event {
    /// The folder's name.
    pub name: String,
    /// The articles, in the order of the gold file.
    pub articles: Vec<Article>,
    /// Articles on other events: nothing in them is told by these.
    pub strangers: Vec<Article>,
    /// For every claim the passages that carry it.
    pub claims: Vec<Vec<Passage>>,
    /// Where two articles part.
    pub divergences: Vec<Labelled>,
    /// Two ways to write one value: never a divergence.
    pub equal_variants: Vec<Labelled>,
    /// Pairs that look alike and carry different claims.
    pub hard_negatives: Vec<Labelled>,
}

/// Two passages with a label.
#[derive(Clone)]
pub struct Labelled {
    /// The kind of divergence, where it is one.
    pub kind: Option<String>,
    /// One passage.
    pub a: Passage,
    /// The other.
    pub b: Passage,
    /// Whether a matcher must find it: agreed on by all annotators, and not the repeat of another.
    pub counts: bool,
}

#[derive(Deserialize)]
struct Gold {
    articles: Vec<String>,
    claims: Vec<GoldClaim>,
    #[serde(default)]
    divergences: Vec<GoldPair>,
    #[serde(default)]
    equal_variants: Vec<GoldPair>,
    #[serde(default)]
    hard_negatives: Vec<GoldPair>,
}

#[derive(Deserialize)]
struct GoldClaim {
    members: Vec<Member>,
}

#[derive(Deserialize)]
struct GoldPair {
    #[serde(rename = "type")]
    kind: Option<String>,
    a: Member,
    b: Member,
    agreed: Option<bool>,
    #[serde(default)]
    repeat: bool,
    #[serde(default)]
    weak: bool,
}

#[derive(Deserialize)]
struct Member {
    article: String,
    text: String,
    start: Option<u32>,
}

/// Reads one event's folder.
///
/// # Panics
/// When a file is missing or a label does not fit its article: labels are the project's own data.
pub fn read(folder: &Path) -> Event {
    let shown = folder.display();
    let gold = std::fs::read_to_string(folder.join("gold.json")).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let gold: Gold = serde_json::from_str(&gold).unwrap_or_else(|error| panic!("{shown}: {error}"));
    let open = |name: &String| {
        source::open(&folder.join(name), &source::Limits::default()).unwrap_or_else(|error| panic!("{error}"))
    };
    let articles: Vec<Article> = gold.articles.iter().map(open).collect();
    let place = |member: &Member| place(member, &gold.articles, &articles);
    let label = |pair: &GoldPair| Labelled {
        kind: pair.kind.clone(),
        a: place(&pair.a),
        b: place(&pair.b),
        counts: pair.agreed.unwrap_or(true) && !pair.repeat && !pair.weak,
    };
    Event {
        claims: gold.claims.iter().map(|claim| claim.members.iter().map(place).collect()).collect(),
        divergences: gold.divergences.iter().map(label).collect(),
        equal_variants: gold.equal_variants.iter().map(label).collect(),
        hard_negatives: gold.hard_negatives.iter().map(label).collect(),
        name: folder.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        articles,
        strangers: Vec::new(),
    }
}

/// In how many parts the events are held out in turn.
pub const FOLDS: usize = 5;

/// How many articles on other events stand beside each.
pub const STRANGERS: usize = 2;

/// Every folder under `root` that holds labels, in name order. Each event has strangers of the part that it is held out with.
pub fn read_all(root: &Path) -> Vec<Event> {
    let entries = std::fs::read_dir(root).unwrap_or_else(|error| panic!("{}: {error}", root.display()));
    let mut folders: Vec<_> =
        entries.flatten().map(|entry| entry.path()).filter(|path| path.join("gold.json").exists()).collect();
    folders.sort();
    let mut events: Vec<Event> = folders.iter().map(|folder| read(folder)).collect();
    let strangers: Vec<_> = (0..events.len()).map(|at| strangers(&events, at)).collect();
    events.iter_mut().zip(strangers).for_each(|(event, strangers)| event.strangers = strangers);
    events
}

/// One article of each of the events that come after one in its part.
fn strangers(events: &[Event], of: usize) -> Vec<Article> {
    let part: Vec<_> = (of % FOLDS..events.len()).step_by(FOLDS).collect();
    assert!(part.len() > STRANGERS, "{} events are too few to be strangers to each other", events.len());
    let after = part.iter().cycle().skip_while(|at| **at != of).skip(1);
    let one = |(nth, &at): (usize, &usize)| events[at].articles[(of + nth) % events[at].articles.len()].clone();
    after.take(STRANGERS).enumerate().map(one).collect()
}

fn place(member: &Member, names: &[String], articles: &[Article]) -> Passage {
    let article = names
        .iter()
        .position(|name| *name == member.article)
        .unwrap_or_else(|| panic!("no article {}", member.article));
    let content = articles[article].text.content();
    let start = match member.start {
        Some(at) => byte_of(content, at),
        None => content.find(&member.text).unwrap_or_else(|| panic!("{}: {:?} not found", member.article, member.text)),
    };
    Passage { article: ArticleIndex::new(article), span: ByteSpan::new(start, start + member.text.len()) }
}

fn byte_of(content: &str, at: u32) -> usize {
    let span = CodePointSpan { start: CodePoint(at), end: CodePoint(at) };
    CodePointIndex::new(content).to_bytes(span).map_or(0, |span| span.start.index())
}

/// Whether two passages of one article share at least half of the shorter.
pub fn half(a: ByteSpan, b: ByteSpan) -> bool {
    2 * a.shared(b) >= a.len().min(b.len()).max(1)
}

impl Event {
    /// The articles, and the strangers after them.
    pub fn with_strangers(&self) -> Vec<Article> {
        self.articles.iter().chain(&self.strangers).cloned().collect()
    }

    /// The first of its articles, with the labels that are of these alone.
    pub fn first(&self, articles: usize) -> Self {
        let is_there = |passage: &Passage| passage.article.index() < articles;
        let labels = |labels: &[Labelled]| -> Vec<Labelled> {
            labels.iter().filter(|label| is_there(&label.a) && is_there(&label.b)).cloned().collect()
        };
        let members = |claim: &Vec<Passage>| claim.iter().filter(|passage| is_there(passage)).copied().collect();
        Self {
            name: self.name.clone(),
            articles: self.articles.iter().take(articles).cloned().collect(),
            strangers: Vec::new(),
            claims: self.claims.iter().map(members).collect(),
            divergences: labels(&self.divergences),
            equal_variants: labels(&self.equal_variants),
            hard_negatives: labels(&self.hard_negatives),
        }
    }

    /// The same event told in sentences twice as long, as many newspapers write: every second sentence of a paragraph goes on from
    /// the one before after a semicolon. All places stay what they are.
    pub fn in_long_sentences(&self) -> Self {
        Self {
            articles: self.articles.iter().map(in_long_sentences).collect(),
            strangers: self.strangers.iter().map(in_long_sentences).collect(),
            ..self.clone()
        }
    }

    /// Whether one claim has a member in each of two sentences.
    pub fn joined(&self, a: Passage, b: Passage) -> bool {
        let holds = |members: &[Passage], sentence: Passage| {
            members.iter().any(|member| member.article == sentence.article && half(member.span, sentence.span))
        };
        self.claims.iter().any(|members| holds(members, a) && holds(members, b))
    }

    /// Whether two sentences are labelled as looking alike and carrying different claims.
    pub fn looks_joined(&self, a: Passage, b: Passage) -> bool {
        self.hard_negatives.iter().any(|label| label.is_between(a, b))
    }

    /// Whether two passages are labelled as one value in two guises.
    pub fn is_one_value(&self, a: Passage, b: Passage) -> bool {
        self.equal_variants.iter().any(|label| label.is_between(a, b))
    }

    /// Whether two passages are labelled as parting in some way. A moment can be labelled as a number or as a date.
    pub fn parts(&self, kind: DivergenceKind, a: Passage, b: Passage) -> bool {
        let family = |kind: &str| match kind {
            "quote-punctuation" => "quote".to_owned(),
            "date" => "number".to_owned(),
            kind => kind.to_owned(),
        };
        let of_kind = |label: &&Labelled| label.kind.as_deref().map(family) == Some(family(kind_name(kind)));
        self.divergences.iter().filter(of_kind).any(|label| label.is_between(a, b))
    }
}

fn in_long_sentences(article: &Article) -> Article {
    let text = &article.text;
    let mut content = text.content().as_bytes().to_vec();
    let is_body = |paragraph| text.paragraph(paragraph).is_some_and(|paragraph| paragraph.kind == ParagraphKind::Body);
    for sentences in text.sentences().chunk_by(|one, next| one.paragraph == next.paragraph) {
        for two in sentences.chunks_exact(2).filter(|two| is_body(two[0].paragraph)) {
            let stop = &mut content[two[0].span.end.index() - 1];
            *stop = if *stop == b'.' { b';' } else { *stop };
        }
    }
    let content = String::from_utf8(content).expect("a stop was exchanged for another");
    let sha256 = article.sha256.chars().rev().collect();
    Article { text: Text::new(content), sha256, ..article.clone() }
}

impl Labelled {
    /// Whether two passages share half of the shorter with the labelled ones, either way round.
    pub fn is_between(&self, a: Passage, b: Passage) -> bool {
        let on = |x: Passage, y: Passage| x.article == y.article && half(x.span, y.span);
        on(self.a, a) && on(self.b, b) || on(self.a, b) && on(self.b, a)
    }
}
