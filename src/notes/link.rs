//! Links that the reader makes and removes, kept with the notes: an annotation whose motivation is `linking`.
//!
//! Must never apply a link whose place is a guess. Invariant: only a link both of whose passages are *placed* or *changed*
//! overrules the matcher; every other one is counted.

use uuid::Uuid;

use super::{AnchorState, Note, anchor};
use crate::compare::{Comparison, HandLink, Judgement, overrule};
use crate::source::Article;
use crate::text::Passage;

/// How many links by hand stand where.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Made, and applied.
    pub made: usize,
    /// Removed, and applied.
    pub removed: usize,
    /// Kept and not applied: their words are not where they were.
    pub unplaced: usize,
}

/// The links by hand among the open articles, each with its annotation's id.
#[derive(Debug, Clone, Default)]
pub struct Placed {
    /// Those that overrule the matcher, the one said last at the end.
    pub links: Vec<(Uuid, HandLink)>,
    /// Kept and not applied.
    pub unplaced: usize,
}

/// What the reader asks about two passages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// They carry one claim.
    Link(Passage, Passage),
    /// They do not.
    Unlink(Passage, Passage),
    /// What was removed last from this passage is to come back.
    BringBack(Passage),
}

/// What came of a wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// The passages are linked now.
    Linked,
    /// They are no longer linked; removing once more brings the link back.
    Unlinked,
    /// The link that the reader had made is gone, and nothing else links them.
    Unmade,
    /// A link that had been removed is there again.
    BroughtBack,
    /// They were linked already.
    AlreadyLinked,
    /// There is nothing to remove or to bring back.
    Nothing,
}

/// How a wish changes the notes file.
#[derive(Debug, Clone)]
pub struct Change {
    /// What the reader is told.
    pub answer: Answer,
    /// Annotations that no longer hold.
    pub gone: Vec<Uuid>,
    /// A new one.
    pub new: Option<Box<Note>>,
}

impl Note {
    /// A link by hand between two passages of open articles; `None` where an article is not open.
    pub fn linking(articles: &[Article], (a, b): (Passage, Passage), judgement: Judgement) -> Option<Self> {
        let mut note = Self::on(articles.get(a.article.index())?, a.span);
        note.passages.extend(Self::on(articles.get(b.article.index())?, b.span).passages);
        note.link = Some(judgement);
        Some(note)
    }
}

impl Placed {
    /// Finds the links by hand in the open articles; those with a source that is not open are left out.
    pub fn find(links: &[Note], articles: &[Article]) -> Self {
        let mut sorted: Vec<&Note> = links.iter().collect();
        sorted.sort_by_key(|link| (link.modified, link.id));
        let mut placed = Self::default();
        for link in sorted {
            let (Some(judgement), [a, b]) = (link.link, link.passages.as_slice()) else { continue };
            let (Some(a), Some(b)) = (anchor::find(a, articles), anchor::find(b, articles)) else { continue };
            let sure = |(article, state): (_, AnchorState)| match state {
                AnchorState::Placed(span) | AnchorState::Changed { span, .. } => Some(Passage { article, span }),
                AnchorState::Suggested { .. } | AnchorState::Unplaced { .. } => None,
            };
            match (sure(a), sure(b)) {
                (Some(a), Some(b)) => placed.links.push((link.id, HandLink { a, b, judgement })),
                _ => placed.unplaced += 1,
            }
        }
        placed
    }

    /// The comparison with these links laid over it.
    pub fn overrule(&self, comparison: &Comparison, articles: &[Article]) -> Comparison {
        let links: Vec<HandLink> = self.links.iter().map(|(_, link)| *link).collect();
        overrule(comparison, articles, &links)
    }

    /// How many there are of each kind.
    pub fn tally(&self) -> Tally {
        let count = |wanted| self.links.iter().filter(|(_, link)| link.judgement == wanted).count();
        Tally { made: count(Judgement::Made), removed: count(Judgement::Removed), unplaced: self.unplaced }
    }

    /// What a wish changes, where the matcher alone found `matched`.
    pub fn change(&self, wish: Wish, matched: &Comparison, articles: &[Article]) -> Change {
        match wish {
            Wish::Link(a, b) => self.link((a, b), matched, articles),
            Wish::Unlink(a, b) => self.unlink((a, b), matched, articles),
            Wish::BringBack(passage) => {
                let removed = |link: &HandLink| {
                    let touches = |end: Passage| end.article == passage.article && end.span.shared(passage.span) > 0;
                    link.judgement == Judgement::Removed && (touches(link.a) || touches(link.b))
                };
                match self.links.iter().rev().find(|(_, link)| removed(link)) {
                    Some((_, link)) => back(self.about((link.a, link.b), Judgement::Removed)),
                    None => nothing(Answer::Nothing),
                }
            }
        }
    }

    fn about(&self, (a, b): (Passage, Passage), judgement: Judgement) -> Vec<Uuid> {
        let about = self.links.iter().filter(|(_, link)| link.judgement == judgement && link.covers(a, b));
        about.map(|(id, _)| *id).collect()
    }

    fn link(&self, pair: (Passage, Passage), matched: &Comparison, articles: &[Article]) -> Change {
        let removed = self.about(pair, Judgement::Removed);
        let found = joined(pair, matched) || !self.about(pair, Judgement::Made).is_empty();
        match (removed.is_empty(), found) {
            (false, true) => back(removed),
            (true, true) => nothing(Answer::AlreadyLinked),
            (_, false) => {
                let new = Note::linking(articles, pair, Judgement::Made).map(Box::new);
                Change { answer: Answer::Linked, gone: removed, new }
            }
        }
    }

    fn unlink(&self, pair: (Passage, Passage), matched: &Comparison, articles: &[Article]) -> Change {
        let (made, removed) = (self.about(pair, Judgement::Made), self.about(pair, Judgement::Removed));
        let found = joined(pair, matched);
        if made.is_empty() && !removed.is_empty() {
            return back(removed);
        }
        if made.is_empty() && !found {
            return nothing(Answer::Nothing);
        }
        let answer = if found { Answer::Unlinked } else { Answer::Unmade };
        let new = (found && removed.is_empty()).then(|| Note::linking(articles, pair, Judgement::Removed)).flatten();
        Change { answer, gone: made, new: new.map(Box::new) }
    }
}

fn joined((a, b): (Passage, Passage), matched: &Comparison) -> bool {
    let pair = HandLink { a, b, judgement: Judgement::Made };
    matched.links.iter().any(|link| pair.covers(link.a, link.b))
}

fn back(gone: Vec<Uuid>) -> Change {
    Change { answer: Answer::BroughtBack, gone, new: None }
}

fn nothing(answer: Answer) -> Change {
    Change { answer, gone: Vec::new(), new: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Link, Relation};
    use crate::notes::Store;
    use crate::notes::example::{article, note, span_of};
    use crate::notes::jsonld::NotesFile;
    use crate::text::ArticleIndex;

    const A: &str = "The barge struck the bridge at noon. Nobody was hurt. The bridge will be shut for six weeks.";
    const B: &str = "A lighter rammed the span at midday. All got away unharmed. Ferries run until it is mended.";

    fn articles() -> Vec<Article> {
        vec![article("lantern", A), article("klaxon", B)]
    }

    fn passage(articles: &[Article], at: usize, words: &str) -> Passage {
        Passage { article: ArticleIndex::new(at), span: span_of(&articles[at], words) }
    }

    fn pair(articles: &[Article]) -> (Passage, Passage) {
        (passage(articles, 0, "Nobody was hurt."), passage(articles, 1, "All got away unharmed."))
    }

    fn matched((a, b): (Passage, Passage)) -> Comparison {
        let (relation, claim) = (Relation::Paraphrase, crate::compare::ClaimIndex(0));
        let link = Link { a, b, relation, score: 0.9, moved: false, claim, why: String::new() };
        Comparison { links: vec![link], ..Comparison::default() }
    }

    /// Carries a wish out in a store and answers what it came to.
    fn wish(store: &mut Store, wish: Wish, matched: &Comparison, articles: &[Article]) -> Answer {
        let change = Placed::find(store.links(), articles).change(wish, matched, articles);
        for id in change.gone {
            store.remove(id).unwrap();
        }
        if let Some(new) = change.new {
            store.add(*new, articles).unwrap();
        }
        change.answer
    }

    #[test]
    fn a_link_is_kept_beside_the_notes_and_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonld");
        let articles = articles();
        let mut store = Store::open(&path).unwrap();
        store.add(note(&articles[0], "at noon", "When?"), &articles).unwrap();
        let (a, b) = pair(&articles);
        assert_eq!(wish(&mut store, Wish::Link(a, b), &Comparison::default(), &articles), Answer::Linked);
        let again = Store::open(&path).unwrap();
        assert_eq!((again.notes().len(), again.links().len(), again.foreign()), (1, 1, 0));
        let placed = Placed::find(again.links(), &articles);
        assert_eq!(placed.links[0].1, HandLink { a, b, judgement: Judgement::Made });
        let content = std::fs::read_to_string(&path).unwrap();
        assert!(content.contains(r#""motivation": "linking""#), "{content}");
        assert!(content.contains(r#""type": "Composite""#) && content.contains(r#""crossread:link": "made""#));
        assert_eq!(NotesFile::parse(&content).unwrap().print(), content);
        assert!(again.archive().text_of(&articles[1].sha256).is_some());
    }

    #[test]
    fn unknown_fields_of_a_link_survive_and_an_unknown_judgement_is_left_alone() {
        let articles = articles();
        let mut file = NotesFile::new();
        file.notes.push(Note::linking(&articles, pair(&articles), Judgement::Removed).unwrap());
        let content =
            file.print().replace(r#""crossread:link": "removed""#, r#""crossread:link": "removed", "x:y": [1]"#);
        let printed = NotesFile::parse(&content).unwrap().print();
        assert!(printed.contains("x:y"), "{printed}");
        let unknown = content.replace("\"removed\"", "\"doubted\"");
        let file = NotesFile::parse(&unknown).unwrap();
        assert_eq!((file.notes.len(), file.foreign()), (0, 1));
        assert!(file.print().contains("doubted"));
    }

    #[test]
    fn two_programs_that_link_at_once_lose_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("notes.jsonld");
        let articles = articles();
        let (mut here, mut there) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
        let (a, b) = pair(&articles);
        let other = (passage(&articles, 0, "The barge struck"), passage(&articles, 1, "A lighter rammed"));
        wish(&mut here, Wish::Link(a, b), &Comparison::default(), &articles);
        wish(&mut there, Wish::Link(other.0, other.1), &Comparison::default(), &articles);
        assert_eq!(Store::open(&path).unwrap().links().len(), 2);
        here.refresh().unwrap();
        assert_eq!(Placed::find(here.links(), &articles).tally(), Tally { made: 2, ..Tally::default() });
    }

    #[test]
    fn the_key_that_removes_brings_back() {
        let folder = tempfile::tempdir().unwrap();
        let articles = articles();
        let mut store = Store::open(folder.path().join("notes.jsonld")).unwrap();
        let (a, b) = pair(&articles);
        let (none, found) = (Comparison::default(), matched((a, b)));
        let mut ask = |wanted, matched| wish(&mut store, wanted, matched, &articles);
        assert_eq!(ask(Wish::Unlink(a, b), &none), Answer::Nothing);
        assert_eq!(ask(Wish::Unlink(a, b), &found), Answer::Unlinked);
        assert_eq!(ask(Wish::Unlink(b, a), &found), Answer::BroughtBack);
        assert_eq!(ask(Wish::Link(a, b), &found), Answer::AlreadyLinked);
        assert_eq!(ask(Wish::Unlink(a, b), &found), Answer::Unlinked);
        assert_eq!(ask(Wish::BringBack(b), &found), Answer::BroughtBack);
        assert_eq!(ask(Wish::BringBack(b), &found), Answer::Nothing);
        assert_eq!(ask(Wish::Link(a, b), &none), Answer::Linked);
        assert_eq!(ask(Wish::Unlink(a, b), &none), Answer::Unmade, "nothing is kept that could come back");
        assert!(store.links().is_empty(), "what was undone leaves nothing behind");
    }

    #[test]
    fn a_link_whose_words_are_gone_is_counted_and_not_applied() {
        let mut articles = articles();
        let link = Note::linking(&articles, pair(&articles), Judgement::Made).unwrap();
        articles[1] = article("klaxon", "The ferry company has published its timetable for the summer season.");
        let placed = Placed::find(std::slice::from_ref(&link), &articles);
        assert_eq!((placed.links.len(), placed.unplaced), (0, 1));
        let placed = Placed::find(std::slice::from_ref(&link), &articles[..1]);
        assert_eq!((placed.links.len(), placed.unplaced), (0, 0), "its source is not open");
        articles[1] = article("klaxon", &format!("Amended.\n\n{B}"));
        assert_eq!(Placed::find(&[link], &articles).tally().made, 1);
    }
}
