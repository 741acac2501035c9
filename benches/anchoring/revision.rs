//! Texts and their revisions: what a newsroom does to a story between two versions, by a seeded reviser.

use std::path::Path;

use crossread::source::{Article, Limits, Metadata, Origin, open};
use crossread::text::{ByteSpan, Text};
use sha2::{Digest, Sha256};

/// What becomes of the sentence that a note stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It stays as it is; others change.
    Unchanged,
    /// It stands elsewhere.
    Moved,
    /// A word of the quotation in eight is another or gone.
    Reworded,
    /// A figure of the quotation is another.
    Figure,
    /// It is gone.
    Deleted,
}

impl Fate {
    pub const ALL: [Self; 5] = [Self::Unchanged, Self::Moved, Self::Reworded, Self::Figure, Self::Deleted];

    pub fn words(self) -> &'static str {
        match self {
            Self::Unchanged => "unchanged",
            Self::Moved => "moved",
            Self::Reworded => "reworded",
            Self::Figure => "another figure",
            Self::Deleted => "deleted",
        }
    }
}

#[path = "../dice/mod.rs"]
mod dice;

use dice::Dice;

/// A text as paragraphs of sentences.
pub struct Story {
    pub article: Article,
    paragraphs: Vec<Vec<String>>,
}

/// A text before and after.
pub struct Revision {
    /// Where the quotation stands in the story.
    pub quote: ByteSpan,
    /// The story after the reviser.
    pub article: Article,
    /// Where the quotation stands in it; `None` where it is gone.
    pub now: Option<ByteSpan>,
}

/// A throw of dice for every case.
pub struct Seed(Dice);

impl Seed {
    pub fn of<const N: usize>(parts: [usize; N]) -> Self {
        let mut dice = Dice(0x5eed);
        for part in parts {
            dice.0 ^= part as u64;
            dice.throw();
        }
        Self(dice)
    }

    fn below(&mut self, count: usize) -> usize {
        self.0.below(count)
    }
}

/// The project's reports, so many of different events in each text.
pub fn stories(reports: usize) -> Vec<Story> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/events");
    let mut events: Vec<Vec<Article>> = Vec::new();
    for event in sorted(&folder) {
        let texts = sorted(&event).into_iter().filter(|path| path.extension().is_some_and(|end| end == "txt"));
        events.push(texts.filter_map(|path| open(&path, &Limits::default()).ok()).collect());
    }
    let deepest = events.iter().map(Vec::len).max().unwrap_or(0);
    let mut stories = Vec::new();
    for depth in 0..deepest {
        for at in 0..events.len() {
            let chosen = (0..reports).filter_map(|step| events[(at + step) % events.len()].get(depth));
            let chosen: Vec<&Article> = chosen.collect();
            if chosen.len() * 10 >= reports * 9 {
                stories.push(Story::of(&chosen));
            }
        }
    }
    stories
}

fn sorted(folder: &Path) -> Vec<std::path::PathBuf> {
    let mut entries: Vec<_> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    entries
}

impl Story {
    fn of(articles: &[&Article]) -> Self {
        let mut paragraphs = Vec::new();
        for article in articles {
            for paragraph in article.text.paragraphs() {
                let inside = article.text.sentences().iter().filter(|sentence| paragraph.span.covers(sentence.span));
                let sentences = inside
                    .map(|sentence| article.text.slice(sentence.span).split_whitespace().collect::<Vec<_>>().join(" "));
                paragraphs.push(sentences.collect::<Vec<_>>());
            }
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        Self { article: article(&joined(&paragraphs)), paragraphs }
    }

    fn sentences(&self) -> impl Iterator<Item = (usize, usize, &str)> {
        let each = |(at, paragraph)| {
            let paragraph: &Vec<String> = paragraph;
            paragraph.iter().enumerate().map(move |(number, sentence)| (at, number, sentence.as_str()))
        };
        self.paragraphs.iter().enumerate().flat_map(each)
    }
}

fn joined(paragraphs: &[Vec<String>]) -> String {
    paragraphs.iter().map(|paragraph| paragraph.join(" ")).collect::<Vec<_>>().join("\n\n")
}

fn article(content: &str) -> Article {
    Article {
        metadata: Metadata::default(),
        origin: Origin::StandardInput,
        text: Text::new(content.to_owned()),
        sha256: Sha256::digest(content.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect(),
    }
}

/// Marks the sentence in question while others are moved about.
const MARK: char = '\u{e000}';

impl Revision {
    /// A quotation of so many words, and the story revised around it; `None` where no sentence serves.
    pub fn make(story: &Story, other: &Story, (fate, length): (Fate, usize), mut seed: Seed) -> Option<Self> {
        let fits = |(_, _, sentence): &(usize, usize, &str)| {
            let count = sentence.split(' ').count();
            count >= length.max(4) && (fate != Fate::Figure || sentence.split(' ').any(is_figure))
        };
        let sentences: Vec<_> = story.sentences().filter(fits).collect();
        let (paragraph, number, sentence) = *sentences.get(seed.below(sentences.len()))?;
        let words: Vec<&str> = sentence.split(' ').collect();
        let mut first = seed.below(words.len() - length + 1);
        if fate == Fate::Figure {
            let figure = words.iter().position(|word| is_figure(word))?;
            first = figure.saturating_sub(seed.below(length)).min(words.len() - length);
        }
        // A note on "the" or "of" is nobody's.
        if length == 1 {
            first = (0..words.len()).map(|step| (first + step) % words.len()).find(|at| words[*at].len() > 4)?;
        }
        let revised = revised_quote(&words[first..first + length], fate, &mut seed)?;
        let before: usize = words[..first].iter().map(|word| word.len() + 1).sum();
        let start = offset(story, paragraph, number) + before;
        let quote = ByteSpan::new(start, start + words[first..first + length].join(" ").len());
        let mut sentence = words[..first].to_vec();
        let marked = format!("{MARK}{revised}{MARK}");
        sentence.push(&marked);
        sentence.extend(&words[first + length..]);
        let mut paragraphs = story.paragraphs.clone();
        paragraphs[paragraph][number] = if fate == Fate::Deleted { String::new() } else { sentence.join(" ") };
        revise(&mut paragraphs, (paragraph, number), &mut seed);
        if fate == Fate::Moved {
            let moved = take(&mut paragraphs)?;
            let there = seed.below(paragraphs.len());
            let at = seed.below(paragraphs[there].len() + 1);
            paragraphs[there].insert(at, moved);
        }
        insert(&mut paragraphs, (story, other), &mut seed);
        for paragraph in &mut paragraphs {
            paragraph.retain(|sentence| !sentence.is_empty());
        }
        paragraphs.retain(|paragraph| !paragraph.is_empty());
        let text = joined(&paragraphs);
        let now = text.find(MARK).zip(text.rfind(MARK)).map(|(start, end)| ByteSpan::new(start, end - MARK.len_utf8()));
        Some(Self { quote, article: article(&text.replace(MARK, "")), now })
    }
}

fn offset(story: &Story, paragraph: usize, number: usize) -> usize {
    let before: usize = story.paragraphs[..paragraph].iter().map(|paragraph| paragraph.join(" ").len() + 2).sum();
    before + story.paragraphs[paragraph][..number].iter().map(|sentence| sentence.len() + 1).sum::<usize>()
}

/// The words of the quotation as the reviser leaves them; `None` where they cannot have that fate.
fn revised_quote(words: &[&str], fate: Fate, seed: &mut Seed) -> Option<String> {
    match fate {
        Fate::Unchanged | Fate::Moved | Fate::Deleted => Some(words.join(" ")),
        Fate::Reworded if words.len() < 3 => None,
        Fate::Reworded => {
            let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            reword(&mut words, seed).then(|| words.join(" "))
        }
        Fate::Figure => {
            let at = words.iter().position(|word| is_figure(word))?;
            let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
            words[at] = other_figure(&words[at], seed);
            Some(words.join(" "))
        }
    }
}

const OTHER_WORDS: [&str; 24] = [
    "later",
    "early",
    "large",
    "several",
    "nearby",
    "local",
    "reported",
    "appeared",
    "remained",
    "began",
    "around",
    "further",
    "earlier",
    "claimed",
    "described",
    "official",
    "public",
    "third",
    "morning",
    "people",
    "area",
    "likely",
    "known",
    "major",
];

/// Puts another word, or none, in the place of one in eight; answers whether any could be changed.
fn reword(words: &mut Vec<String>, seed: &mut Seed) -> bool {
    let plain = |word: &String| word.len() > 3 && word.chars().all(|c| c.is_ascii_lowercase()) && !is_figure(word);
    let mut changed = false;
    for _ in 0..words.len().div_ceil(8) {
        let can: Vec<usize> = (0..words.len()).filter(|at| plain(&words[*at])).collect();
        let Some(&at) = can.get(seed.below(can.len())) else { break };
        changed = true;
        if words.len() > 3 && seed.below(3) == 0 {
            words.remove(at);
        } else {
            words[at] = OTHER_WORDS[seed.below(OTHER_WORDS.len())].to_owned();
        }
    }
    changed
}

const COUNTS: [&str; 10] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve"];

fn is_figure(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit()) || COUNTS.contains(&word)
}

fn other_figure(word: &str, seed: &mut Seed) -> String {
    if let Some(at) = COUNTS.iter().position(|count| *count == word) {
        return COUNTS[(at + 1 + seed.below(COUNTS.len() - 1)) % COUNTS.len()].to_owned();
    }
    let turn = 1 + seed.below(8) as u32;
    let mut done = false;
    let change = |c: char| match c.to_digit(10) {
        Some(digit) if !done => {
            done = true;
            // 1 to 9, and never the digit itself.
            char::from_digit((digit.max(1) - 1 + turn) % 9 + 1, 10).unwrap_or('1')
        }
        _ => c,
    };
    word.chars().map(change).collect()
}

/// What happens to the other sentences: one in twelve is gone, one in twelve reworded, some move, some get other figures.
fn revise(paragraphs: &mut [Vec<String>], ours: (usize, usize), seed: &mut Seed) {
    for at in 0..paragraphs.len() {
        for number in 0..paragraphs[at].len() {
            let chance = seed.below(24);
            if (at, number) == ours {
                continue;
            }
            match chance {
                0 | 1 => paragraphs[at][number].clear(),
                2 | 3 => {
                    let mut words: Vec<String> = paragraphs[at][number].split(' ').map(str::to_owned).collect();
                    reword(&mut words, seed);
                    paragraphs[at][number] = words.join(" ");
                }
                4 => {
                    let moved = std::mem::take(&mut paragraphs[at][number]);
                    let there = seed.below(paragraphs.len());
                    if there > at {
                        paragraphs[there].push(moved);
                    } else {
                        paragraphs[at][number] = moved;
                    }
                }
                5 => {
                    let words = paragraphs[at][number].split(' ').map(str::to_owned);
                    let words = words.map(|word| if is_figure(&word) { other_figure(&word, seed) } else { word });
                    let words: Vec<String> = words.collect();
                    paragraphs[at][number] = words.join(" ");
                }
                _ => {}
            }
        }
    }
}

fn take(paragraphs: &mut [Vec<String>]) -> Option<String> {
    paragraphs.iter_mut().flatten().find(|sentence| sentence.contains(MARK)).map(std::mem::take)
}

/// Two paragraphs of another story are put in, none that the story has.
fn insert(paragraphs: &mut Vec<Vec<String>>, (story, other): (&Story, &Story), seed: &mut Seed) {
    let new: Vec<_> = other.paragraphs.iter().filter(|paragraph| !story.paragraphs.contains(paragraph)).collect();
    for _ in 0..2.min(new.len()) {
        let at = seed.below(paragraphs.len() + 1);
        paragraphs.insert(at, new[seed.below(new.len())].clone());
    }
}
