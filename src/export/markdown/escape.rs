//! Text as Markdown (CommonMark, GitHub's extensions, Obsidian's marks) that shows that text and nothing else.
//!
//! Must never let a source's text become markup: no fence, HTML, heading, list, link, table cell, mathematics or comment.
//! Invariant: what comes out is one line, and rendered it reads like what a screen would show of the text.

use crate::text::display;

/// The words of a source or a file as one line of Markdown.
pub(super) fn inline(text: &str) -> String {
    escaped(&one_line(text), Start::OfLine)
}

/// The same for the middle of a line, where no list or heading can begin.
fn middle(text: &str) -> String {
    escaped(text, Start::WithinLine)
}

/// The first `most` characters of a text, at the end of a word where there is one, as one line of Markdown.
pub(super) fn clipped(text: &str, most: usize) -> String {
    let line = one_line(text);
    let Some((cut, _)) = line.char_indices().nth(most) else { return escaped(&line, Start::OfLine) };
    let cut = line[..cut].rfind(' ').unwrap_or(cut);
    format!("{} …", escaped(line[..cut].trim_end(), Start::OfLine))
}

/// A line with some of its pieces in bold: `true` marks a piece.
pub(super) fn marked<'a>(pieces: impl IntoIterator<Item = (&'a str, bool)>) -> String {
    let pieces: Vec<(String, bool)> = pieces.into_iter().map(|(text, bold)| (spaced(text), bold)).collect();
    let mut line = String::new();
    for (at, (text, bold)) in pieces.iter().enumerate() {
        let before = pieces[..at].iter().rev().find_map(|(text, _)| text.chars().next_back());
        let after = pieces[at + 1..].iter().find_map(|(text, _)| text.chars().next());
        if line.is_empty() && !bold {
            line.push_str(&escaped(text.trim_start(), Start::OfLine));
        } else if *bold {
            line.push_str(&bolded(text, before, after));
        } else {
            line.push_str(&middle(text));
        }
    }
    line.trim_end().to_owned()
}

/// A span of code that shows `text`.
pub(super) fn code(text: &str) -> String {
    let text = one_line(text).replace('|', "\u{2758}");
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

/// The Markdown of a note, which may be a colleague's, to stand inside a list item indented by `indent`: it keeps its markup but
/// no HTML, no comments, no picture and no link out of the web, and its fences and lists end with the item.
pub(super) fn contained(markdown: &str, indent: &str) -> String {
    let lines = markdown.trim().lines().map(|line| {
        let line: String = line.split('\t').map(display::line).collect::<Vec<_>>().join("    ");
        if line.trim().is_empty() { String::new() } else { format!("{indent}{}", without_html_and_comments(&line)) }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn without_html_and_comments(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len());
    // Whether the character is escaped already: a second backslash would undo the first.
    let mut literal = false;
    for (at, character) in line.char_indices() {
        let rest = &line[at + character.len_utf8()..];
        let tag = |next: char| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?');
        let live = match character {
            '<' => rest.starts_with(tag) && !leads_to_the_web(rest),
            // An unclosed comment of Obsidian's (`%%`) would hide what follows, as one of HTML's would.
            '%' => rest.starts_with('%'),
            // A picture is loaded from where it is, which tells who reads.
            '!' => rest.starts_with('['),
            ']' => rest.strip_prefix(['(', ':']).is_some_and(|target| !leads_to_the_web(target)),
            _ => false,
        };
        if live && !literal {
            escaped.push('\\');
        }
        literal = character == '\\' && !literal;
        escaped.push(character);
    }
    escaped
}

/// Whether the target of a link is an address of the web, and nothing that a program would run.
fn leads_to_the_web(target: &str) -> bool {
    let target = target.trim_start();
    let target = target.strip_prefix('<').unwrap_or(target);
    ["http://", "https://"]
        .iter()
        .any(|web| target.get(..web.len()).is_some_and(|scheme| scheme.eq_ignore_ascii_case(web)))
}

/// A text on one line with single blanks and nothing that a terminal would obey.
fn one_line(text: &str) -> String {
    spaced(text).trim().to_owned()
}

fn spaced(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in display::line(text).chars() {
        let blank = character.is_whitespace();
        if !(blank && line.ends_with(' ')) {
            line.push(if blank { ' ' } else { character });
        }
    }
    line
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Start {
    OfLine,
    WithinLine,
}

fn escaped(line: &str, start: Start) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    let list_mark = if start == Start::OfLine { list_mark(line) } else { None };
    let mut before = None;
    for (at, character) in line.char_indices() {
        let next = line[at + character.len_utf8()..].chars().next();
        let doubled = next == Some(character) || before == Some(character);
        let marks = match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '#' | '|' | '~' | '$' => true,
            '&' => next.is_some_and(|next| next.is_ascii_alphanumeric() || next == '#'),
            '=' | '%' => doubled || (at == 0 && start == Start::OfLine),
            '>' => at == 0 && start == Start::OfLine,
            // No bare address becomes a link.
            ':' => line[at..].starts_with("://"),
            '.' => before_is_www(&line[..at]),
            '@' => before.is_some_and(char::is_alphanumeric),
            _ => false,
        };
        if marks || list_mark == Some(at) {
            escaped.push('\\');
        }
        escaped.push(character);
        before = Some(character);
    }
    escaped
}

fn before_is_www(before: &str) -> bool {
    before.len() >= 3 && before.as_bytes()[before.len() - 3..].eq_ignore_ascii_case(b"www")
}

/// Where a line begins a list or a rule: at `-` or `+`, or at the `.` or `)` behind a number.
fn list_mark(line: &str) -> Option<usize> {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &line[digits..];
    let marks: &[char] = if digits > 0 { &['.', ')'] } else { &['-', '+'] };
    let after = rest.strip_prefix(marks)?;
    (after.is_empty() || after.starts_with(' ') || after.starts_with('-')).then_some(digits)
}

/// A piece in bold. The marks stand where CommonMark takes them for marks: not between a letter and a punctuation mark.
fn bolded(piece: &str, before: Option<char>, after: Option<char>) -> String {
    let is_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let edge = |c: char| !c.is_alphanumeric();
    let body = piece.trim();
    let lead = &piece[..piece.len() - piece.trim_start().len()];
    let trail = &piece[lead.len() + body.len()..];
    let from = if lead.is_empty() && is_word(before) { body.len() - body.trim_start_matches(edge).len() } else { 0 };
    let rest = &body[from..];
    let to = if trail.is_empty() && is_word(after) { rest.trim_end_matches(edge).len() } else { rest.len() };
    if rest[..to].is_empty() {
        return middle(piece);
    }
    let (plain, bold, end) = (&body[..from], &rest[..to], &rest[to..]);
    format!("{lead}{}**{}**{}{trail}", middle(plain), middle(bold), middle(end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_a_source_says_becomes_markup() {
        for (text, markdown) in [
            ("plain words, 12.5 % - and more!", "plain words, 12.5 % - and more!"),
            ("*bold* _it_ `code`", "\\*bold\\* \\_it\\_ \\`code\\`"),
            ("```\nrm -rf\n```", "\\`\\`\\` rm -rf \\`\\`\\`"),
            ("~~~", "\\~\\~\\~"),
            ("<script>alert(1)</script>", "\\<script>alert(1)\\</script>"),
            ("<!-- crossread:end -->", "\\<!-- crossread:end -->"),
            ("# heading", "\\# heading"),
            ("> quote", "\\> quote"),
            ("- item", "\\- item"),
            ("+ item", "\\+ item"),
            ("1. item", "1\\. item"),
            ("5.40am and -3 degrees", "5.40am and -3 degrees"),
            ("-3 degrees", "-3 degrees"),
            ("2026) item", "2026\\) item"),
            ("---", "\\---"),
            ("===", "\\=\\=\\="),
            ("[text](javascript:x)", "\\[text\\](javascript:x)"),
            ("![[embed]]", "!\\[\\[embed\\]\\]"),
            ("see https://example.org", "see https\\://example.org"),
            ("see www.example.org", "see www\\.example.org"),
            ("a@example.org", "a\\@example.org"),
            ("a | b", "a \\| b"),
            ("$5 and $6", "\\$5 and \\$6"),
            ("AT&T &lt; &#60; R & D", "AT\\&T \\&lt; \\&#60; R & D".replace("&#", "&\\#").as_str()),
            ("==mark== %%note%% 1=1 5%", "\\=\\=mark\\=\\= \\%\\%note\\%\\% 1=1 5%"),
            ("C:\\new", "C:\\\\new"),
            ("a\u{1b}[31mred\u{202e}", "a␛\\[31mred\u{fffd}"),
        ] {
            assert_eq!(inline(text), markdown, "{text}");
        }
    }

    #[test]
    fn differing_words_stand_in_bold_that_renders() {
        let marks = |pieces: &[(&str, bool)]| marked(pieces.iter().copied());
        assert_eq!(
            marks(&[("struck at ", false), ("4.40am, ", true), ("shaking", false)]),
            "struck at **4.40am,** shaking"
        );
        assert_eq!(marks(&[("half", false), ("-open (", true), ("shut", false)]), "half-**open** (shut");
        assert_eq!(marks(&[("a ", false), (" ", true), ("b", false)]), "a  b");
        assert_eq!(marks(&[("- five", true), (" men", false)]), "**- five** men");
        assert_eq!(marks(&[("the ", false), ("*", true), (" star", false)]), "the **\\*** star");
    }

    #[test]
    fn code_shows_backticks_and_breaks_no_table() {
        assert_eq!(code("a.txt"), "`a.txt`");
        assert_eq!(code("a`b``c.txt"), "```a`b``c.txt```");
        assert_eq!(code("`a`"), "`` `a` ``");
        assert!(!code("a|b").contains('|'));
    }

    #[test]
    fn the_readers_markdown_stays_inside_its_item() {
        let text = "See *this*:\n\n```\nopen fence <b> %%\n<!-- crossread:end -->\n# heading";
        assert_eq!(
            contained(text, "  "),
            "  See *this*:\n\n  ```\n  open fence \\<b> \\%%\n  \\<!-- crossread:end -->\n  # heading"
        );
    }

    #[test]
    fn a_note_has_no_link_that_runs_and_no_picture_that_is_loaded() {
        for (text, markdown) in [
            ("[the proof](javascript:alert(1))", "[the proof\\](javascript:alert(1))"),
            ("![](http://tracker.example/p.png)", "\\![](http://tracker.example/p.png)"),
            ("![[embedded]]", "\\![[embedded]]"),
            ("[x]: javascript:alert(1)", "[x\\]: javascript:alert(1)"),
            ("[x](", "[x\\]("),
            ("[x]( <data:text/html,x>)", "[x\\]( \\<data:text/html,x>)"),
            ("[x](https&#58;//a)", "[x\\](https&#58;//a)"),
            ("[x](https://post.example/a) [y][x]", "[x](https://post.example/a) [y][x]"),
            ("[x]: <HTTPS://post.example>", "[x]: <HTTPS://post.example>"),
            ("a \\![b](http://c) \\\\![d](http://e)", "a \\![b](http://c) \\\\\\![d](http://e)"),
            ("\\<b> \\\\<b>", "\\<b> \\\\\\<b>"),
        ] {
            assert_eq!(contained(text, ""), markdown, "{text}");
        }
    }

    #[test]
    fn long_texts_are_clipped_at_a_word() {
        assert_eq!(clipped("one two three", 9), "one two …");
        assert_eq!(clipped("one two", 9), "one two");
    }

    proptest! {
        #[test]
        fn what_comes_out_is_one_line_without_live_marks(text in any::<String>()) {
            let line = inline(&text);
            prop_assert!(!line.contains('\n'));
            let mut live = true;
            for character in line.chars() {
                prop_assert!(!(live && matches!(character, '`' | '*' | '_' | '[' | ']' | '<' | '|' | '~' | '$')), "{}", line);
                live = character != '\\' || !live;
            }
        }
    }
}
