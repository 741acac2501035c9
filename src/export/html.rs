//! One page: the sources side by side with the marks of the reader, the passage on click or by keyboard, the claims table and
//! the notes. It needs no network and no script, and allows none.
//!
//! Must never let a source or a note become markup: everything goes through `escaped`. Invariant: the page's policy forbids
//! scripts and every request; the same input gives the same bytes.

mod notes;
mod panes;
mod passages;

use std::fmt::Write;

use super::agreement;
use super::entry::{Entry, Material};
use crate::compare::{Agreement, GatheredClaim, gathered_claims};
use crate::text::display::{self, count};
use crate::text::{ArticleIndex, Passage};

const STYLE: &str = include_str!("html/style.css");

/// What the parts of the page are made of.
struct Page<'a> {
    material: &'a Material<'a>,
    entries: Vec<Entry<'a>>,
    claims: Vec<GatheredClaim<'a>>,
    html: String,
}

/// The page; without notes it is the comparison alone.
pub fn page(material: &Material) -> String {
    let entries = material.entries().collect();
    let claims = gathered_claims(material.comparison, material.articles);
    let mut page = Page { material, entries, claims, html: String::with_capacity(64 * 1024) };
    page.head();
    page.panes();
    page.passages();
    page.claims();
    page.notes();
    page.add("</main>\n<footer>Made by crossread. It says where sources differ and never who is right.</footer>\n</body>\n</html>\n");
    page.html
}

impl Page<'_> {
    fn add(&mut self, html: &str) {
        self.html.push_str(html);
    }

    /// The words of a passage.
    fn words(&self, passage: Passage) -> &str {
        self.material.articles.get(passage.article.index()).map_or("", |article| article.text.slice(passage.span))
    }

    fn head(&mut self) {
        let material = self.material;
        let names: Vec<String> = material.articles.iter().map(|article| article.label()).collect();
        let title = escaped(&names.join(" · "));
        let (sources, claims) = (material.articles.len(), self.claims.len());
        let differing = count(material.comparison.divergences.len(), "divergence");
        // Writing to a string does not fail, here and in the parts.
        let _ = write!(
            self.html,
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
             base-uri 'none'; form-action 'none'\">\n<meta name=\"generator\" content=\"crossread\">\n\
             <title>{title}</title>\n<style>\n{STYLE}"
        );
        self.counterparts_style();
        let _ = write!(
            self.html,
            "</style>\n</head>\n<body style=\"--sources: {sources}\">\n<header>\n<h1>{}</h1>\n\
             <p class=\"quiet\">{} · {differing} · {}</p>\n",
            count(sources, "source"),
            count(claims, "shared claim"),
            count(self.entries.len(), "note"),
        );
        if let Some(cut) = &material.comparison.cut {
            let _ = writeln!(self.html, "<p class=\"quiet\">Not everything was compared: {}</p>", escaped(cut));
        }
        self.add(
            "<p class=\"key\">= word for word · ~ in other words · ≠ something differs · no mark: only here · ✎ noted. The figure \
             says how many sources tell it.<span class=\"key screen\"> Choose a marked passage, with the mouse or with Tab and \
             Enter, to see every source’s wording.</span></p>\n</header>\n<main>\n",
        );
    }

    fn claims(&mut self) {
        let claims = std::mem::take(&mut self.claims);
        if claims.is_empty() {
            return;
        }
        self.add("<section id=\"claims\">\n<h2>Claims</h2>\n<table>\n<thead><tr><th scope=\"col\">claim</th>");
        for (at, article) in self.material.articles.iter().enumerate() {
            let (letter, label) = (ArticleIndex::new(at).letter(), escaped(&article.label()));
            let _ = write!(self.html, "<th scope=\"col\" title=\"{label}\">{letter}</th>");
        }
        self.add("</tr></thead>\n<tbody>\n");
        for claim in claims {
            let (words, target) = (escaped(self.words(claim.middle)), self.passage_target(claim.middle));
            let _ = write!(self.html, "<tr><th scope=\"row\"><a href=\"#{target}\">{words}</a></th>");
            for cell in claim.cells {
                match cell {
                    Some(cell) => {
                        let differs = if cell == Agreement::Diverges { " differs" } else { "" };
                        let (sign, said) = (agreement::sign(cell), agreement::words(cell));
                        let _ = write!(self.html, "<td class=\"mark{differs}\" title=\"{said}\">{sign}</td>");
                    }
                    None => self.add("<td class=\"mark\"></td>"),
                }
            }
            self.add("</tr>\n");
        }
        self.add("</tbody>\n</table>\n</section>\n");
    }
}

/// A text as it may stand in an element or in a quoted attribute: on one line, nothing invisible, no markup.
fn escaped(text: &str) -> String {
    let line = display::line(&text.split_whitespace().collect::<Vec<_>>().join(" "));
    in_markup(&line)
}

/// The same with its lines kept.
fn escaped_lines(text: &str) -> String {
    let lines: Vec<String> = text.trim().lines().map(|line| in_markup(&display::line(line))).collect();
    lines.join("\n")
}

fn in_markup(line: &str) -> String {
    let mut escaped = String::with_capacity(line.len() + 8);
    for character in line.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

/// A text with some stretches marked as differing; stretches are bytes of it, in order, none over another.
fn with_marks(text: &str, differing: &[std::ops::Range<usize>]) -> String {
    let mut html = String::new();
    let mut at = 0;
    let mut piece = |from: usize, to: usize, marked: bool| {
        let words = text.get(from..to).unwrap_or_default();
        let (before, after) = (words.starts_with(char::is_whitespace), words.ends_with(char::is_whitespace));
        let words = escaped(words);
        if words.is_empty() {
            return html.push_str(if before { " " } else { "" });
        }
        html.push_str(if before { " " } else { "" });
        html.push_str(&if marked { format!("<mark>{words}</mark>") } else { words });
        html.push_str(if after { " " } else { "" });
    };
    for stretch in differing {
        let from = stretch.start.max(at);
        if from < stretch.end {
            piece(at, from, false);
            piece(from, stretch.end, true);
            at = stretch.end;
        }
    }
    piece(at, text.len(), false);
    html
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::compare::{Comparison, Options, compare};
    use crate::notes::example::{article, note};
    use crate::source::sample;

    fn sample_page() -> String {
        let articles = sample();
        let comparison = compare(&articles, &Options::default());
        page(&Material { articles: &articles, comparison: &comparison, notes: &[] })
    }

    /// Every `#target` that is linked to, and every id.
    fn anchors(page: &str) -> (Vec<&str>, Vec<&str>) {
        let after = |mark: &'static str| -> Vec<&str> {
            page.split(mark).skip(1).filter_map(|rest| rest.split('"').next()).collect()
        };
        (after("href=\"#"), after(" id=\""))
    }

    #[test]
    fn every_link_of_the_page_leads_somewhere_on_it_and_nothing_leads_out() {
        let page = sample_page();
        let (links, ids) = anchors(&page);
        assert!(links.len() > 50 && ids.len() > 50);
        assert!(links.iter().all(|link| ids.contains(link)), "a link leads nowhere");
        let unique: std::collections::HashSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "an id stands twice");
        for outside in ["<script", "src=", "url(", "@import", "<link", "onclick", "http://", "https://"] {
            assert!(!page.contains(outside), "{outside}");
        }
        assert!(page.contains("default-src 'none'"));
    }

    #[test]
    fn every_word_of_every_source_stands_on_the_page() {
        let (page, articles) = (sample_page(), sample());
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        let mut shown = String::new();
        let mut inside = false;
        for character in page.split("class=\"panes").nth(1).unwrap().chars() {
            match character {
                '<' => inside = true,
                '>' => inside = false,
                other if !inside => shown.push(other),
                _ => {}
            }
        }
        let shown = bare(&shown);
        for article in &articles {
            for sentence in article.text.sentences() {
                let words = article.text.slice(sentence.span).split_whitespace();
                assert!(words.into_iter().all(|word| shown.contains(&in_markup(&display::line(word)))));
            }
        }
    }

    #[test]
    fn notes_stand_on_the_page_with_their_states() {
        let articles = [article("lantern", "At 5.40am the barge struck the bridge. Nobody was hurt.")];
        let mut made = note(&articles[0], "the barge struck the bridge", "line one\n<b>line two</b>");
        made.verdict = Some("disputed".into());
        made.tags = vec!["time".into()];
        let was = article("lantern", "The crane fell into the dock at night and lay there for weeks.");
        let gone = note(&was, "The crane fell into the dock at night", "");
        let comparison = Comparison::default();
        let page = page(&Material { articles: &articles, comparison: &comparison, notes: &[made, gone] });
        assert!(page.contains("line one\n&lt;b&gt;line two&lt;/b&gt;") && !page.contains("<b>line"), "{page}");
        for shown in ["disputed", "time", "placed", "unplaced", "The crane fell", "✎"] {
            assert!(page.contains(shown), "{shown} is missing");
        }
    }

    proptest! {
        #[test]
        fn no_text_becomes_markup(text in any::<String>(), own in "[<>&\"'a-z/!= -]{0,40}") {
            let content = format!("{own} {text}. The end.");
            let articles = [article(&own, &content)];
            let made = note(&articles[0], "The end", &content);
            let comparison = Comparison::default();
            let page = page(&Material { articles: &articles, comparison: &comparison, notes: &[made] });
            let known = ["html", "head", "meta", "title", "style", "body", "header", "main", "section", "footer", "article",
                "h1", "h2", "h3", "p", "small", "span", "sup", "a", "mark", "blockquote", "div", "ul", "li", "b", "dl", "dt",
                "dd", "nav", "!doctype", "cite"];
            for tag in page.split('<').skip(1) {
                let name = tag.trim_start_matches('/').split([' ', '>']).next().unwrap();
                prop_assert!(known.contains(&name), "<{} is no tag of ours", name);
            }
            let obeyed = page.contains(['\u{202e}', '\u{1b}']);
            prop_assert!(!obeyed);
        }
    }
}
