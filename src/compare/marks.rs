//! What the gutter says of every sentence: support, agreement, moved.
//!
//! Must never know a screen. Invariant: one mark for each sentence of each article, in order.

use super::types::{Agreement, Comparison, Divergence, LinkIndex, Relation, SentenceMark};
use crate::source::Article;
use crate::text::{ArticleIndex, ByteSpan, SentenceIndex};

/// For every article the marks of its sentences. A link touches a sentence when it shares half of the shorter of the two.
pub fn sentence_marks(comparison: &Comparison, articles: &[Article]) -> Vec<Vec<SentenceMark>> {
    let mut marks: Vec<Vec<SentenceMark>> = articles.iter().map(blank).collect();
    let mut others: Vec<Vec<Vec<ArticleIndex>>> = marks.iter().map(|marks| vec![Vec::new(); marks.len()]).collect();
    let mut same: Vec<Vec<bool>> = marks.iter().map(|marks| vec![true; marks.len()]).collect();
    for (index, link) in (0u32..).zip(&comparison.links) {
        for (here, there) in [(link.a, link.b), (link.b, link.a)] {
            let article = here.article.index();
            for sentence in touched(&articles[article], here.span) {
                let mark = &mut marks[article][sentence];
                mark.moved = link.moved && (mark.links.is_empty() || mark.moved);
                mark.links.push(LinkIndex(index));
                others[article][sentence].push(there.article);
                same[article][sentence] &= link.relation == Relation::Verbatim;
            }
        }
    }
    for (article, marks) in marks.iter_mut().enumerate() {
        for (sentence, mark) in marks.iter_mut().enumerate().filter(|(_, mark)| !mark.links.is_empty()) {
            let sources = &mut others[article][sentence];
            sources.sort_unstable();
            sources.dedup();
            mark.support = u16::try_from(sources.len() + 1).unwrap_or(u16::MAX);
            mark.agreement = if same[article][sentence] { Agreement::Same } else { Agreement::Reworded };
        }
    }
    // A speaker may be named in another sentence than the words that are linked: these are what diverges.
    let linked = |divergence: &Divergence| comparison.links.get(divergence.link.0 as usize);
    for passage in comparison.divergences.iter().filter_map(linked).flat_map(|link| [link.a, link.b]) {
        for sentence in touched(&articles[passage.article.index()], passage.span) {
            marks[passage.article.index()][sentence].agreement = Agreement::Diverges;
        }
    }
    marks
}

fn blank(article: &Article) -> Vec<SentenceMark> {
    let mark = |at| SentenceMark {
        sentence: SentenceIndex::new(at),
        support: 1,
        agreement: Agreement::OnlyHere,
        moved: false,
        links: Vec::new(),
    };
    (0..article.text.sentences().len()).map(mark).collect()
}

/// The sentences that share at least half of the shorter of themselves and the span.
fn touched(article: &Article, span: ByteSpan) -> impl Iterator<Item = usize> {
    let sentences = article.text.sentences();
    let first = sentences.partition_point(|sentence| sentence.span.end <= span.start);
    (first..sentences.len())
        .take_while(move |&at| sentences[at].span.start < span.end)
        .filter(move |&at| 2 * sentences[at].span.shared(span) >= sentences[at].span.len().min(span.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{ClaimIndex, DivergenceKind, Link};
    use crate::notes::example::article;
    use crate::text::Passage;

    #[test]
    fn the_linked_sentence_diverges_and_not_the_one_that_names_its_speaker() {
        let texts = ["“No fault was found.” It was Greta Falk who spoke.", "“No fault was found,” said Tomas Brandt."];
        let articles = texts.map(|text| article("a.txt", text));
        let passage = |at: usize, words: &str| {
            let start = texts[at].find(words).unwrap();
            Passage { article: ArticleIndex::new(at), span: ByteSpan::new(start, start + words.len()) }
        };
        let link = Link {
            a: passage(0, "“No fault was found.”"),
            b: passage(1, texts[1]),
            relation: Relation::Reworded,
            score: 0.9,
            moved: false,
            claim: ClaimIndex(0),
            why: String::new(),
        };
        let divergence = Divergence {
            kind: DivergenceKind::Attribution,
            a: passage(0, "Greta Falk"),
            b: passage(1, "Tomas Brandt"),
            link: LinkIndex(0),
            why_a: "Greta Falk".to_owned(),
            why_b: "Tomas Brandt".to_owned(),
        };
        let comparison = Comparison { links: vec![link], divergences: vec![divergence], ..Comparison::default() };
        let agreements = |article: usize| -> Vec<Agreement> {
            sentence_marks(&comparison, &articles)[article].iter().map(|mark| mark.agreement).collect()
        };
        assert_eq!(agreements(0), [Agreement::Diverges, Agreement::OnlyHere]);
        assert_eq!(agreements(1), [Agreement::Diverges]);
    }
}
