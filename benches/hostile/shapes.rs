//! Texts that no publisher writes, and normal ones of the same length.

#[path = "../dice/mod.rs"]
mod dice;

use dice::Dice;

/// Two sources of one shape.
pub struct Shape {
    /// What it is called.
    pub name: &'static str,
    /// The ending of its files.
    pub ending: &'static str,
    /// Its texts.
    pub texts: [String; 2],
}

/// One short sentence a source: what it takes is what the program itself takes.
pub fn sentence() -> Shape {
    let texts = ["The ship hit the bridge.", "A ship hit the bridge."].map(str::to_owned);
    Shape { name: "sentence", ending: "txt", texts }
}

/// All shapes, their lengths divided by `part`.
pub fn all(part: usize) -> Vec<Shape> {
    let (line, sentences, marks) = (10_000_000 / part, 1_000_000 / part, 100_000 / part);
    let shape = |name, ending, make: &dyn Fn(&str) -> String| Shape { name, ending, texts: ["a", "b"].map(make) };
    let letters = |seed: &str| {
        let mut dice = Dice(seed.bytes().map(u64::from).sum());
        (0..line).map(|_| char::from(b'a' + dice.below(26) as u8)).collect::<String>()
    };
    let deep = |depth: usize, text: &str| format!("{}{text}{}", "<div>".repeat(depth), "</div>".repeat(depth));
    let told = "The ship hit the bridge on Tuesday, and nobody was hurt.";
    vec![
        shape("line", "txt", &|own| format!("{own}{}", "x".repeat(line))),
        shape("letters", "txt", &letters),
        shape("points", "txt", &|own| format!("{own},x.y-").repeat(line / 6)),
        shape("joints", "txt", &|own| format!("{own}_").repeat(line / 20)),
        shape("sentences", "txt", &|own| {
            format!("Ship {own} came.\n\n{}", format!("{}\n\n", "The ship hit it. ".repeat(20)).repeat(sentences / 20))
        }),
        shape("tags", "html", &|own| page(&deep(marks, &format!("<p>{own} {told}</p>")))),
        shape("deep", "html", &|own| {
            page(&(0..marks / 500).map(|at| deep(500, &format!("<p>{own} {at} {told}</p>"))).collect::<String>())
        }),
        shape("entities", "html", &|own| page(&format!("<p>{own} {told}</p><p>{}</p>", "&amp;".repeat(marks)))),
        shape("quotes", "txt", &|own| format!("{own}{}", "“".repeat(marks))),
        shape("open", "txt", &|own| format!("{own}{}", " “ship".repeat(marks))),
        shape("pairs", "txt", &|own| (0..marks / 2).map(|at| format!("“{own} ship {}” ", at % 97)).collect()),
    ]
}

fn page(body: &str) -> String {
    format!("<!doctype html><html><body><h1>Ship hits bridge</h1>{body}</body></html>")
}

impl Shape {
    /// A normal text of the same length, in the same form.
    pub fn normal(&self) -> Self {
        let length = self.texts[0].len();
        let mut dice = Dice(length as u64);
        let words: Vec<&str> = WORDS.iter().flat_map(|text| text.split_whitespace()).collect();
        let words: Vec<&str> =
            words.into_iter().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric())).collect();
        let mut told: Vec<String> = Vec::new();
        let texts = [false, true].map(|second| {
            let mut text = String::with_capacity(length + 400);
            while text.len() < length {
                let sentence = match dice.below(4) {
                    0 if second => edited(&told[dice.below(told.len())], &words, &mut dice),
                    _ => sentence_of(&words, &mut dice),
                };
                text.push_str(&sentence);
                if !second {
                    told.push(sentence);
                }
                text.push_str(if dice.below(3) == 0 { "\n\n" } else { " " });
            }
            if self.ending == "html" { page(&format!("<p>{}</p>", text.replace("\n\n", "</p><p>"))) } else { text }
        });
        Self { name: self.name, ending: self.ending, texts }
    }
}

/// What words are drawn from, as often as they stand there.
const WORDS: [&str; 4] = [
    include_str!("../../data/events/harbour-bridge/wire.txt"),
    include_str!("../../data/events/harbour-bridge/local.txt"),
    include_str!("../../data/events/river-flood/wire.txt"),
    include_str!("../../data/events/court-verdict/wire.txt"),
];

/// A word of the articles, or one time in five a made-up one.
fn word(words: &[&str], dice: &mut Dice) -> String {
    if dice.below(5) > 0 {
        return words[dice.below(words.len())].to_owned();
    }
    let syllable = |dice: &mut Dice| {
        let beginning = ["b", "c", "d", "f", "g", "h", "l", "m", "n", "p", "r", "s", "t", "v"][dice.below(14)];
        format!("{beginning}{}", ["a", "e", "i", "o", "u"][dice.below(5)])
    };
    (0..2 + dice.below(2)).map(|_| syllable(dice)).collect()
}

fn sentence_of(words: &[&str], dice: &mut Dice) -> String {
    let mut told: Vec<String> = (0..8 + dice.below(22)).map(|_| word(words, dice)).collect();
    if dice.below(3) == 0 {
        let at = dice.below(told.len());
        told[at] = (2 + dice.below(3000)).to_string();
    }
    let sentence = told.join(" ");
    match dice.below(7) {
        0 => format!("“{sentence},” the mayor said."),
        _ => format!("The {sentence}."),
    }
}

/// The sentence with a tenth of its words left out and a tenth replaced.
fn edited(sentence: &str, words: &[&str], dice: &mut Dice) -> String {
    let kept = sentence.split(' ').filter_map(|old| match dice.below(10) {
        0 => None,
        1 => Some(word(words, dice)),
        _ => Some(old.to_owned()),
    });
    kept.collect::<Vec<_>>().join(" ")
}
