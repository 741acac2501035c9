//! What the gutter says of every sentence: support, agreement, moved.
//!
//! Must never know a screen. Invariant: one mark for each sentence of each article, in order.

use super::types::{Agreement, Comparison, LinkIndex, Relation, SentenceMark};
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
    for divergence in &comparison.divergences {
        for passage in [divergence.a, divergence.b] {
            let article = passage.article.index();
            for sentence in touched(&articles[article], passage.span) {
                marks[article][sentence].agreement = Agreement::Diverges;
            }
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
