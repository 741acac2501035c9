//! The passages: for every sentence that others tell, too, each source's wording, what differs, and why they were linked. On
//! the screen one stands at the foot of the page when its sentence is chosen; on paper all are printed, each once.

use std::fmt::Write;

use super::{Page, escaped, with_marks};
use crate::compare::{Divergence, Link, LinkIndex, SentenceMark, sentence_marks};
use crate::export::words::{how, kind_word};
use crate::text::{ArticleIndex, Passage, SentenceIndex};

/// A sentence and its counterparts.
struct Shown<'a> {
    /// The sentence, then those of the other sources, in order, each once.
    sentences: Vec<(ArticleIndex, SentenceIndex)>,
    links: Vec<(LinkIndex, &'a Link)>,
}

impl Shown<'_> {
    fn has(&self, link: LinkIndex) -> bool {
        self.links.iter().any(|(index, _)| *index == link)
    }
}

impl<'a> Page<'a> {
    pub(super) fn passages(&mut self) {
        let marks = sentence_marks(self.material.comparison, self.material.articles);
        let each = |(at, marks): (usize, &'_ Vec<SentenceMark>)| -> Vec<(ArticleIndex, SentenceMark)> {
            let shared = marks.iter().filter(|mark| !mark.links.is_empty());
            shared.map(|mark| (ArticleIndex::new(at), mark.clone())).collect()
        };
        let shared: Vec<Vec<_>> = marks.iter().enumerate().map(each).collect();
        if shared.iter().all(Vec::is_empty) {
            return;
        }
        self.add("<section class=\"passages\" aria-label=\"Passages\">\n");
        for sentences in &shared {
            for (at, (article, mark)) in sentences.iter().enumerate() {
                let beside = |at: Option<usize>| at.and_then(|at| sentences.get(at)).map(|(_, mark)| mark.sentence);
                let ways = (beside(at.checked_sub(1)), beside(Some(at + 1)));
                self.passage((*article, mark), ways);
            }
        }
        self.add("</section>\n");
    }

    fn passage(
        &mut self,
        (article, mark): (ArticleIndex, &SentenceMark),
        (before, after): (Option<SentenceIndex>, Option<SentenceIndex>),
    ) {
        let shown = self.shown(article, mark);
        // On paper a passage stands with the first source that tells it.
        let again = if shown.sentences.iter().any(|(other, _)| *other < article) { " class=\"again\"" } else { "" };
        let id = id(article, mark.sentence);
        let way = |sentence: Option<SentenceIndex>, words: &str| match sentence {
            Some(sentence) => format!("<a href=\"#p-{}\">{words}</a> · ", self::id(article, sentence)),
            None => String::new(),
        };
        let (previous, next) = (way(before, "previous"), way(after, "next"));
        let _ = writeln!(
            self.html,
            "<section id=\"p-{id}\"{again}>\n<nav>{previous}{next}<a href=\"#{id}\">close</a></nav>\n\
             <h3>This passage, {} of {} sources</h3>\n<dl>",
            mark.support,
            self.material.articles.len(),
        );
        for &(other, sentence) in &shown.sentences {
            let Some(span) = self.span(other, sentence) else { continue };
            let passage = Passage { article: other, span };
            let words = with_marks(self.words(passage), &self.differing_in(passage, |link| shown.has(link)));
            let there = self::id(other, sentence);
            let _ = writeln!(self.html, "<dt><a href=\"#{there}\">{}</a></dt><dd>{words}</dd>", other.letter());
        }
        self.add("</dl>\n");
        let comparison = self.material.comparison;
        let inside = |divergence: &&Divergence| shown.has(divergence.link);
        for divergence in comparison.divergences.iter().filter(inside) {
            self.divergence(divergence);
        }
        for (_, link) in &shown.links {
            let _ = writeln!(
                self.html,
                "<p class=\"why quiet\">{} and {}: {}</p>",
                link.a.article.letter(),
                link.b.article.letter(),
                escaped(&how(link)),
            );
        }
        self.add("</section>\n");
    }

    fn divergence(&mut self, divergence: &Divergence) {
        let (a, b) = (divergence.a, divergence.b);
        let _ = writeln!(
            self.html,
            "<p class=\"why\"><b>≠ {}</b>: {} “{}” against {} “{}” ({})</p>",
            kind_word(divergence.kind),
            a.article.letter(),
            escaped(self.words(a)),
            b.article.letter(),
            escaped(self.words(b)),
            escaped(&divergence.why()),
        );
    }

    fn shown(&self, article: ArticleIndex, mark: &SentenceMark) -> Shown<'a> {
        let material = self.material;
        let links = &material.comparison.links;
        let mut shown = Shown { sentences: vec![(article, mark.sentence)], links: Vec::new() };
        let mut others = Vec::new();
        for index in &mark.links {
            let Some(link) = links.get(index.0 as usize) else { continue };
            shown.links.push((*index, link));
            let there = if link.a.article == article { link.b } else { link.a };
            let Some(source) = material.articles.get(there.article.index()) else { continue };
            let sentences = source.text.sentences_in(there.span);
            others.extend(SentenceIndex::each(sentences).map(|sentence| (there.article, sentence)));
        }
        others.sort_unstable();
        others.dedup();
        shown.sentences.extend(others);
        shown
    }

    /// While a passage is chosen its counterparts stand out in all panes: a rule for each, since no script does it.
    pub(super) fn counterparts_style(&mut self) {
        let marks = sentence_marks(self.material.comparison, self.material.articles);
        for (at, marks) in marks.iter().enumerate() {
            for mark in marks.iter().filter(|mark| !mark.links.is_empty()) {
                let article = ArticleIndex::new(at);
                let all: Vec<String> = self
                    .shown(article, mark)
                    .sentences
                    .iter()
                    .map(|(at, sentence)| format!("#{}", id(*at, *sentence)))
                    .collect();
                let rule = format!(
                    "body:has(#p-{}:target) :is({}) {{ background: var(--here); }}\n",
                    id(article, mark.sentence),
                    all.join(", "),
                );
                self.add(&rule);
            }
        }
    }

    fn span(&self, article: ArticleIndex, sentence: SentenceIndex) -> Option<crate::text::ByteSpan> {
        Some(self.material.articles.get(article.index())?.text.sentence(sentence)?.span)
    }

    /// The id of the sentence that a passage begins in.
    pub(super) fn sentence_id(&self, passage: Passage) -> String {
        let article = self.material.articles.get(passage.article.index());
        let sentence = article.and_then(|article| article.text.sentence_at(passage.span.start));
        id(passage.article, sentence.unwrap_or_default())
    }

    /// Where a link to a passage leads: to what every source says of it, else to the sentence itself.
    pub(super) fn passage_target(&self, passage: Passage) -> String {
        let links = &self.material.comparison.links;
        let id = self.sentence_id(passage);
        let touches = |end: Passage| end.article == passage.article && end.span.shared(passage.span) > 0;
        let shared = links.iter().any(|link| touches(link.a) || touches(link.b));
        let target = format!("p-{id}");
        // The marks decide which sentences have a passage; where they do not, the sentence itself is shown.
        if shared && self.html.contains(&format!(" id=\"{target}\"")) { target } else { id }
    }
}

/// The id of a sentence on the page.
pub(super) fn id(article: ArticleIndex, sentence: SentenceIndex) -> String {
    format!("{}{}", article.letter(), sentence.index() + 1)
}
