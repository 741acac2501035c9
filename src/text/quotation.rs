//! Where a text quotes: spans between quotation marks of any kind.
//!
//! Must never take an apostrophe for a mark. Invariant: quotations are ordered and disjoint, each lies in one paragraph, and one
//! that stands inside another is left inside.

use super::token::is_quote;
use super::{ByteSpan, Text};

/// One quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quotation {
    /// With its marks (a quotation that goes on in the next paragraph has none at its end).
    pub outer: ByteSpan,
    /// The words between the marks.
    pub inner: ByteSpan,
}

/// All quotations of a text, in order. One that is left open at a paragraph's end and taken up by a mark at the beginning of the
/// next is two quotations, one in each paragraph.
pub fn quotations(text: &Text) -> Vec<Quotation> {
    let content = text.content();
    let mut found = Vec::new();
    let paragraphs = text.paragraphs();
    for (place, paragraph) in paragraphs.iter().enumerate() {
        let next = paragraphs.get(place + 1).and_then(|next| next.span.of(content).chars().next());
        in_paragraph(content, paragraph.span, next, &mut found);
    }
    found
}

/// How many marks may stand open at once: more is no writing, and would make the search slow.
const DEEPEST: usize = 16;

/// The marks of one kind: what opens, what closes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `“…”`, `„…“`, `«…»`, `「…」`: the mark itself says whether it opens.
    Paired(char),
    /// `"…"`.
    Straight,
    /// `‘…’` and `'…'`, whose closing mark is also the apostrophe.
    Single,
}

/// A matched pair, by where its marks begin, and the lengths of the marks.
#[derive(Debug, Clone, Copy)]
struct Pair {
    outer: ByteSpan,
    inner: ByteSpan,
    single: bool,
}

fn in_paragraph(content: &str, within: ByteSpan, next_begins: Option<char>, found: &mut Vec<Quotation>) {
    let marks = marks(content, within);
    let mut pairs = double_pairs(&marks, within, next_begins);
    pairs.extend(single_pairs(&marks, within, next_begins));
    // Outermost first; where a single and a double pair cross, the double one is the surer.
    pairs.sort_by_key(|pair| (pair.outer.start, std::cmp::Reverse(pair.outer.end)));
    let mut kept: Vec<Pair> = Vec::new();
    for pair in pairs {
        match kept.last() {
            Some(last) if pair.outer.end <= last.outer.end => {}
            Some(last) if pair.outer.start < last.outer.end => {
                if last.single && !pair.single {
                    kept.pop();
                    kept.push(pair);
                }
            }
            _ => kept.push(pair),
        }
    }
    let quotations = kept.into_iter().filter(|pair| !pair.inner.of(content).trim().is_empty());
    found.extend(quotations.map(|pair| Quotation { outer: pair.outer, inner: pair.inner }));
}

/// A quotation mark and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Mark {
    character: char,
    span: ByteSpan,
    /// The characters before and after; a space at the paragraph's edges.
    before: char,
    after: char,
    /// Whether what follows looks like an elision (`'90s`, `'twas`).
    elision: bool,
}

impl Mark {
    fn kind(self) -> Kind {
        match self.character {
            '"' | '＂' => Kind::Straight,
            '‘' | '’' | '\'' | '‛' | '＇' | '`' => Kind::Single,
            other => Kind::Paired(other),
        }
    }

    fn can_open(self) -> bool {
        let free = self.before.is_whitespace() || "([{—–-/…“”\"‘«‹„:".contains(self.before);
        free && !self.after.is_whitespace()
    }

    fn can_close(self) -> bool {
        !self.before.is_whitespace() && !self.after.is_alphanumeric()
    }
}

/// The quotation marks of a paragraph, apostrophes inside words left out.
fn marks(content: &str, within: ByteSpan) -> Vec<Mark> {
    let paragraph = within.of(content);
    let mut found = Vec::new();
    let mut before = ' ';
    let mut characters = paragraph.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = characters.peek().map_or(' ', |&(_, c)| c);
        let inside = || before.is_alphanumeric() && after.is_alphanumeric();
        if is_mark(character) && !inside() {
            let start = within.start.index() + at;
            let span = ByteSpan::new(start, start + character.len_utf8());
            let elision = is_elision(&paragraph[at + character.len_utf8()..]);
            found.push(Mark { character, span, before, after, elision });
        }
        before = character;
    }
    found
}

/// Whether a character opens or closes quotations here; what is no mark at all is told by one look.
fn is_mark(character: char) -> bool {
    is_quote(character) && "\"＂“”„‟«»‹›「」『』〝〞‘’'‛＇`".contains(character)
}

/// What can stand after an apostrophe that begins a word.
#[rustfmt::skip]
const ELISIONS: &[&str] = &[
    "bout", "cause", "cos", "em", "fraid", "gainst", "im", "kay", "n", "neath", "nother", "nuff", "round", "scuse",
    "til", "till", "tis", "tisnt", "twas", "twere", "twill", "twixt", "twould", "un", "ye",
];

/// Whether an apostrophe before `rest` stands for letters left out: `’90s`, `’twas`, `’em`.
fn is_elision(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).take(3).count();
    if digits > 0 {
        return digits == 2;
    }
    let end = rest.bytes().take_while(u8::is_ascii_alphabetic).take(7).count();
    ELISIONS.contains(&rest[..end].to_ascii_lowercase().as_str())
}

/// Pairs of marks that are no apostrophe. `next_begins` is the first character of the next paragraph.
fn double_pairs(marks: &[Mark], within: ByteSpan, next_begins: Option<char>) -> Vec<Pair> {
    let mut open: Vec<Mark> = Vec::new();
    let mut pairs: Vec<Pair> = Vec::new();
    for &mark in marks {
        let closes_at = match mark.kind() {
            Kind::Single => continue,
            Kind::Straight => {
                let at = open.iter().rposition(|opened| opened.kind() == Kind::Straight);
                let begins = mark.before.is_whitespace() || mark.can_open();
                match at {
                    None if !begins => continue,
                    // The one before was never closed.
                    Some(at) if mark.can_open() && !mark.can_close() => {
                        open.truncate(at);
                        None
                    }
                    at => at,
                }
            }
            Kind::Paired(closer) => matching(&open, closer),
        };
        match closes_at {
            Some(at) => {
                let opened = open[at];
                open.truncate(at);
                let inner = ByteSpan { start: opened.span.end, end: mark.span.start };
                pairs.push(Pair { outer: opened.span.join(mark.span), inner, single: false });
            }
            None if opens(mark) && open.len() < DEEPEST => open.push(mark),
            None => {}
        }
    }
    if let Some(&first) = open.first() {
        let later = pairs.iter().any(|pair| pair.outer.start > first.span.start);
        if !later && next_begins == Some(first.character) {
            let inner = ByteSpan { start: first.span.end, end: within.end };
            pairs.push(Pair { outer: ByteSpan { start: first.span.start, end: within.end }, inner, single: false });
        }
    }
    pairs
}

fn opens(mark: Mark) -> bool {
    if mark.character == '”' {
        return mark.can_open() && !mark.can_close();
    }
    matches!(mark.character, '"' | '＂' | '“' | '„' | '‟' | '«' | '»' | '‹' | '›' | '「' | '『' | '〝')
}

/// The place of the open mark that `closer` closes.
fn matching(open: &[Mark], closer: char) -> Option<usize> {
    let openers: &[char] = match closer {
        '”' => &['“', '„', '”', '‟'],
        '“' => &['„'],
        '»' => &['«'],
        '«' => &['»'],
        '›' => &['‹'],
        '‹' => &['›'],
        '」' => &['「'],
        '』' => &['『'],
        '〞' => &['〝'],
        _ => return None,
    };
    open.iter().rposition(|mark| openers.contains(&mark.character))
}

/// Pairs of single marks: an opener, then the first mark that surely closes it, or else the first that may. The next opener is
/// as far as the search goes.
fn single_pairs(marks: &[Mark], within: ByteSpan, next_begins: Option<char>) -> Vec<Pair> {
    let singles: Vec<Mark> = marks.iter().copied().filter(|mark| mark.kind() == Kind::Single).collect();
    // For each mark: the next that surely closes and the next that may, found from the end so that the walk stays linear.
    let mut next: Vec<(Option<usize>, Option<usize>)> = vec![(None, None); singles.len() + 1];
    for (place, &mark) in singles.iter().enumerate().rev() {
        let (sure, likely) = next[place + 1];
        next[place] = match () {
            () if single_opens(mark) => (None, None),
            () if !mark.can_close() => (sure, likely),
            () if may_be_apostrophe(mark) => (sure, Some(place)),
            () => (Some(place), Some(place)),
        };
    }
    let mut pairs = Vec::new();
    let mut at = 0;
    while let Some(&mark) = singles.get(at) {
        at += 1;
        let (sure, likely) = next[at];
        let close = if mark.elision { sure } else { sure.or(likely) };
        if let Some(close) = close.filter(|_| single_opens(mark)) {
            let inner = ByteSpan { start: mark.span.end, end: singles[close].span.start };
            pairs.push(Pair { outer: mark.span.join(singles[close].span), inner, single: true });
            at = close + 1;
        }
    }
    if let Some(last) = singles.iter().rfind(|mark| single_opens(**mark) && !mark.elision) {
        let closed = pairs.iter().any(|pair| pair.outer.end > last.span.start);
        if !closed && next_begins == Some(last.character) {
            let inner = ByteSpan { start: last.span.end, end: within.end };
            pairs.push(Pair { outer: last.span.join(inner), inner, single: true });
        }
    }
    pairs
}

fn single_opens(mark: Mark) -> bool {
    matches!(mark.character, '‘' | '\'' | '‛' | '＇' | '`') && mark.can_open()
}

/// `the boys’ room`, `doin’ nothing`: a letter is left out, or someone owns something.
fn may_be_apostrophe(mark: Mark) -> bool {
    mark.after.is_whitespace() && matches!(mark.before, 's' | 'S' | 'n' | 'x' | 'z' | 'o' | 'd' | 'h')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn quoted(content: &str) -> Vec<String> {
        let text = Text::new(content.to_owned());
        quotations(&text).iter().map(|quotation| text.slice(quotation.inner).to_owned()).collect()
    }

    #[test]
    fn quotations_of_every_kind_are_found() {
        for (content, expected) in [
            ("He said “we will not go,” and went.", &["we will not go,"][..]),
            ("\"We will,\" he said. \"Or not.\"", &["We will,", "Or not."]),
            ("‘I don’t know,’ he said.", &["I don’t know,"]),
            ("'I don't know,' he said.", &["I don't know,"]),
            ("‘The boys’ room is cold,’ he said.", &["The boys’ room is cold,"]),
            ("The boys’ room and the girls’ room.", &[]),
            ("’Twas in the ’90s that the boys’ room went.", &[]),
            ("'Twas in the '90s, and they told 'em.", &[]),
            ("It was ‘two hundred souls’ he said, no more.", &["two hundred souls"]),
            ("a so-called ‘cyber incident’ involving records", &["cyber incident"]),
            ("‘He told me “no” and left,’ she said.", &["He told me “no” and left,"]),
            ("“He told me ‘no’ and left,” she said.", &["He told me ‘no’ and left,"]),
            ("“It [the bridge] (1931) is stuck.”", &["It [the bridge] (1931) is stuck."]),
            ("A 12\" pipe and a 5'10\" man said \"no\".", &["no"]),
            ("„Nein“, sagte er. «Non», dit-il. 「いいえ」", &["Nein", "Non", "いいえ"]),
            ("“Never closed, he said. “But this is,” she said.", &["But this is,"]),
            ("\"Never closed, he said. \"But this is,\" she said.", &["But this is,"]),
            ("the owner's dog, the dogs' owner", &[]),
            ("‘10 people are dead,’ he said", &["10 people are dead,"]),
            ("“”", &[]),
            ("‘I ain’t doin’ nothing,’ he said.", &["I ain’t doin’ nothing,"]),
            ("He said:“Go!”(She went.)", &["Go!"]),
        ] {
            assert_eq!(quoted(content), expected, "{content}");
        }
    }

    #[test]
    fn a_quotation_taken_up_in_the_next_paragraph_is_one_in_each() {
        assert_eq!(quoted("He said: “First.\n\n“Second,” he said."), ["First.", "Second,"]);
        assert_eq!(quoted("He said: \"First.\n\"Second,\" he said."), ["First.", "Second,"]);
        assert_eq!(quoted("He said: ‘First, don’t go.\n‘Second,’ he said."), ["First, don’t go.", "Second,"]);
        assert_eq!(quoted("He said: “First.\nNo more marks."), [""; 0]);
    }

    #[test]
    fn a_hundred_thousand_marks_take_no_longer_than_their_number() {
        for mark in ["“", "”", "\"", "‘", "’", " '", "“ ‘", " \"a"] {
            let text = Text::new(mark.repeat(100_000));
            let begun = std::time::Instant::now();
            quotations(&text);
            assert!(begun.elapsed().as_secs() < 5, "{mark}");
        }
    }

    proptest! {
        #[test]
        fn quotations_are_ordered_disjoint_and_inside(content in r#"([a-z]{0,4}|["“”‘’'«».,\n ]|\PC){0,60}"#) {
            let text = Text::new(content);
            let mut end = 0;
            for quotation in quotations(&text) {
                prop_assert!(quotation.outer.start.index() >= end);
                prop_assert!(quotation.outer.covers(quotation.inner));
                prop_assert!(text.content().get(quotation.outer.range()).is_some());
                prop_assert!(text.content().get(quotation.inner.range()).is_some());
                end = quotation.outer.end.index();
            }
        }
    }
}
