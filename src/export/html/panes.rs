//! The sources side by side: every sentence with its mark, a link to its passage where others tell it, too.

use std::fmt::Write;
use std::ops::Range;

use super::passages::id;
use super::{Page, escaped, with_marks};
use crate::compare::{Agreement, LinkIndex, SentenceMark, sentence_marks};
use crate::export::agreement;
use crate::export::entry::certain;
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, ParagraphKind, Passage, SentenceIndex};

impl Page<'_> {
    pub(super) fn panes(&mut self) {
        let articles = self.material.articles;
        let marks = sentence_marks(self.material.comparison, articles);
        self.add("<section class=\"panes\" aria-label=\"The sources\">\n");
        for (at, article) in articles.iter().enumerate() {
            let marks = marks.get(at).map_or(&[][..], Vec::as_slice);
            self.pane(ArticleIndex::new(at), article, marks);
        }
        self.add("</section>\n");
    }

    fn pane(&mut self, at: ArticleIndex, article: &Article, marks: &[SentenceMark]) {
        let (letter, label) = (at.letter(), escaped(&article.label()));
        let about = &article.metadata;
        let date = about.published.map(|published| published.strftime("%-d %b %Y").to_string());
        let title = about.title.as_deref().filter(|_| about.outlet.is_some()).map(escaped);
        let more: Vec<String> = [date, title].into_iter().flatten().collect();
        let _ = writeln!(
            self.html,
            "<article class=\"pane\" id=\"{letter}\" tabindex=\"0\" aria-label=\"{letter}, {label}\">\n\
             <h2>{letter} · {label}<small>{}</small></h2>",
            more.join(" · "),
        );
        for paragraph in article.text.paragraphs() {
            let class = match paragraph.kind {
                ParagraphKind::Title | ParagraphKind::Heading => " class=\"headline\"",
                kind if kind.is_beside_the_story() => " class=\"beside\"",
                _ => "",
            };
            let _ = write!(self.html, "<p{class}>");
            for sentence in SentenceIndex::each(paragraph.sentences.clone()) {
                self.sentence((at, sentence), article, marks.get(sentence.index()));
            }
            self.add("</p>\n");
        }
        self.add("</article>\n");
    }

    fn sentence(
        &mut self,
        (at, sentence): (ArticleIndex, SentenceIndex),
        article: &Article,
        mark: Option<&SentenceMark>,
    ) {
        let Some(span) = article.text.sentence(sentence).map(|sentence| sentence.span) else { return };
        let words = with_marks(article.text.slice(span), &self.differing(Passage { article: at, span }));
        let id = id(at, sentence);
        let noted = self.noted(at, span);
        match mark.filter(|mark| !mark.links.is_empty()) {
            Some(mark) => {
                let class = match mark.agreement {
                    Agreement::Same => "same",
                    Agreement::Reworded => "reworded",
                    Agreement::Diverges | Agreement::OnlyHere => "diverges",
                };
                let said = agreement::words(mark.agreement);
                let _ = write!(
                    self.html,
                    "<a class=\"s {class}\" id=\"{id}\" href=\"#p-{id}\" title=\"{said}\"><sup>{}{}{noted}</sup>{words}</a> ",
                    mark.support,
                    agreement::sign(mark.agreement),
                );
            }
            None if noted.is_empty() => {
                let _ = write!(self.html, "<span class=\"s\" id=\"{id}\">{words}</span> ");
            }
            None => {
                let _ = write!(self.html, "<span class=\"s\" id=\"{id}\"><sup>{noted}</sup>{words}</span> ");
            }
        }
    }

    fn noted(&self, at: ArticleIndex, span: ByteSpan) -> &'static str {
        let here = |(article, state): &(ArticleIndex, crate::notes::AnchorState)| {
            certain(*article, state).is_some_and(|passage| passage.article == at && passage.span.shared(span) > 0)
        };
        let noted = self.entries.iter().any(|entry| entry.places.iter().flatten().any(here));
        if noted { "✎" } else { "" }
    }

    /// What of a passage differs from other sources, in bytes of it.
    fn differing(&self, passage: Passage) -> Vec<Range<usize>> {
        self.differing_in(passage, |_| true)
    }

    /// What of a passage differs in some links.
    pub(super) fn differing_in(&self, passage: Passage, of: impl Fn(LinkIndex) -> bool) -> Vec<Range<usize>> {
        let divergences = self.material.comparison.divergences.iter().filter(|divergence| of(divergence.link));
        let sides = divergences.flat_map(|divergence| [divergence.a, divergence.b]);
        let start = passage.span.start.index();
        let inside = sides.filter(|side| side.article == passage.article && passage.span.covers(side.span));
        let mut stretches: Vec<Range<usize>> =
            inside.map(|side| side.span.start.index() - start..side.span.end.index() - start).collect();
        stretches.sort_by_key(|stretch| (stretch.start, stretch.end));
        stretches
    }
}
