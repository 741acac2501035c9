//! Long texts from a seed: near ones, one an edition of the other, and far ones, that share a quarter of their sentences.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use dice::Dice;

#[path = "../dice/mod.rs"]
mod dice;

/// How many words the language of the texts has.
const WORDS: usize = 30_000;

/// Where the invented events are.
const EVENTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/data/events");

/// Five articles as newspapers print them.
pub fn five_articles() -> io::Result<Vec<PathBuf>> {
    let mut files: Vec<_> =
        fs::read_dir(Path::new(EVENTS).join("ferry-data-breach"))?.flatten().map(|entry| entry.path()).collect();
    files.retain(|file| file.extension().is_some_and(|extension| extension == "txt"));
    files.sort();
    Ok(files)
}

/// Writes texts into a folder, each a file of that name with its number.
pub fn write(folder: &Path, name: &str, texts: &[String]) -> io::Result<Vec<PathBuf>> {
    let write = |(at, text): (usize, &String)| {
        let file = folder.join(format!("{name}-{at}.txt"));
        fs::write(&file, text).map(|()| file)
    };
    texts.iter().enumerate().map(write).collect()
}

/// A vocabulary in which few words are common and most are rare (Zipf), the commonest being those of real English.
pub struct Language {
    words: Vec<String>,
    /// For every word the sum of the frequencies up to it.
    reach: Vec<f64>,
}

impl Language {
    /// The words of two of the invented articles.
    pub fn of_articles() -> io::Result<Self> {
        let read = |name: &str| fs::read_to_string(Path::new(EVENTS).join("river-flood").join(name));
        Ok(Self::of(&(read("wire.txt")? + &read("foreign.txt")?)))
    }

    /// The words of some English text, commonest first, and invented ones after them.
    fn of(text: &str) -> Self {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()) {
            *counts.entry(word).or_default() += 1;
        }
        let mut found: Vec<_> = counts.into_iter().collect();
        found.sort_by(|x, y| y.1.cmp(&x.1).then(x.0.cmp(y.0)));
        let mut words: Vec<String> = found.into_iter().map(|(word, _)| word.to_owned()).collect();
        let mut dice = Dice(42);
        let (consonants, vowels) = (b"bcdfghjklmnprstvwz", b"aeiou");
        while words.len() < WORDS {
            let mut word = String::new();
            for _ in 0..dice.between(2, 4) {
                word.push(char::from(consonants[dice.between(0, consonants.len() - 1)]));
                word.push(char::from(vowels[dice.between(0, vowels.len() - 1)]));
                if dice.share() < 0.4 {
                    word.push(char::from(consonants[dice.between(0, consonants.len() - 1)]));
                }
            }
            words.push(word);
        }
        let mut sum = 0.0;
        let frequency = |rank: usize| 1.0 / (rank as f64 + 2.7).powf(1.02);
        let reach = (0..words.len())
            .map(|rank| {
                sum += frequency(rank);
                sum
            })
            .collect();
        Self { words, reach }
    }

    fn word(&self, dice: &mut Dice) -> &str {
        let all = self.reach.last().copied().unwrap_or(0.0);
        let aim = dice.share() * all;
        let at = self.reach.partition_point(|&reach| reach < aim);
        &self.words[at.min(self.words.len() - 1)]
    }

    fn sentence(&self, dice: &mut Dice) -> String {
        let count = dice.between(8, 30);
        let words: Vec<&str> = (0..count).map(|_| self.word(dice)).collect();
        let half = if count > 14 { count / 2 } else { 0 };
        let mut sentence = words[half..].join(" ");
        if half > 0 {
            sentence = format!("{}, {sentence}", words[..half].join(" "));
        }
        let mut letters = sentence.chars();
        let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
        sentence = format!("{first}{}", letters.as_str());
        if dice.share() < 0.15 {
            let said = ["the mayor wrote", "he added", "she told reporters"];
            sentence = format!("“{sentence},” {}", said[dice.between(0, 2)]);
        }
        sentence + "."
    }

    fn paragraph(&self, dice: &mut Dice) -> Vec<String> {
        (0..dice.between(1, 5)).map(|_| self.sentence(dice)).collect()
    }

    /// A sentence with a share of its words left out or others in their place.
    fn edited(&self, sentence: &str, share: f64, dice: &mut Dice) -> String {
        let mut words = Vec::new();
        for word in sentence.split(' ') {
            let roll = dice.share();
            if roll >= share / 2.0 {
                words.push(if roll < share { self.word(dice) } else { word });
            }
        }
        if words.is_empty() { sentence.to_owned() } else { words.join(" ") }
    }

    fn story(&self, words: usize, dice: &mut Dice) -> Vec<Vec<String>> {
        let (mut story, mut count) = (Vec::new(), 0);
        while count < words {
            let paragraph = self.paragraph(dice);
            count += length(&paragraph);
            story.push(paragraph);
        }
        story
    }

    /// A text of so many words and another edition of it: words changed in two paragraphs of three, paragraphs left out, new
    /// and moved.
    pub fn near(&self, words: usize) -> [String; 2] {
        let mut dice = Dice(words as u64);
        let first = self.story(words, &mut dice);
        let mut second = Vec::new();
        for paragraph in &first {
            let roll = dice.share();
            if roll < 0.12 {
                continue;
            }
            let edited = |dice: &mut Dice| paragraph.iter().map(|sentence| self.edited(sentence, 0.1, dice)).collect();
            second.push(if roll < 0.78 { edited(&mut dice) } else { paragraph.clone() });
            if dice.share() < 0.12 {
                second.push(self.paragraph(&mut dice));
            }
        }
        for _ in 0..second.len() / 10 {
            let from = dice.between(0, second.len() - 1);
            let moved = second.remove(from);
            second.insert(dice.between(0, second.len()), moved);
        }
        [printed(&first), printed(&second)]
    }

    /// Two texts of so many words: a quarter of the second's sentences are edited ones of the first, in another order.
    pub fn far(&self, words: usize) -> [String; 2] {
        let mut dice = Dice(words as u64 + 1);
        let first = self.story(words, &mut dice);
        let sentences: Vec<&String> = first.iter().flatten().collect();
        let (mut second, mut count) = (Vec::new(), 0);
        while count < words {
            let paragraph: Vec<_> = (0..dice.between(1, 5))
                .map(|_| {
                    let told = sentences[dice.between(0, sentences.len() - 1)];
                    if dice.share() < 0.25 { self.edited(told, 0.2, &mut dice) } else { self.sentence(&mut dice) }
                })
                .collect();
            count += length(&paragraph);
            second.push(paragraph);
        }
        [printed(&first), printed(&second)]
    }

    /// So many texts of so many words on one matter: each tells a quarter of its sentences after the first.
    pub fn many(&self, count: usize, words: usize) -> Vec<String> {
        let mut dice = Dice(count as u64);
        let first = self.story(words, &mut dice);
        let told: Vec<&String> = first.iter().flatten().collect();
        (0..count)
            .map(|_| {
                let retold = |dice: &mut Dice, sentence: String| {
                    let source = told[dice.between(0, told.len() - 1)];
                    if dice.share() < 0.25 { self.edited(source, 0.2, dice) } else { sentence }
                };
                let story = self.story(words, &mut dice);
                let story: Vec<Vec<String>> = story
                    .into_iter()
                    .map(|paragraph| paragraph.into_iter().map(|sentence| retold(&mut dice, sentence)).collect())
                    .collect();
                printed(&story)
            })
            .collect()
    }
}

fn length(paragraph: &[String]) -> usize {
    paragraph.iter().map(|sentence| sentence.split(' ').count()).sum()
}

fn printed(story: &[Vec<String>]) -> String {
    story.iter().map(|paragraph| paragraph.join(" ") + "\n\n").collect()
}
