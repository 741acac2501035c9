//! What a comparison holds. No logic beyond look-up.

use crate::text::{ArticleIndex, Passage, SentenceIndex};

/// All that was found out about a set of articles.
#[derive(Debug, Clone, Default)]
pub struct Comparison {
    /// Passages of two articles that carry one claim, sorted by their places.
    pub links: Vec<Link>,
    /// Typed differences inside links, sorted by their places.
    pub divergences: Vec<Divergence>,
    /// Linked passages grouped over all articles.
    pub claims: Vec<Claim>,
    /// For every pair of articles (first index smaller) the monotone subset of its links that scrolling uses.
    pub backbones: Vec<Backbone>,
    /// What was left out because the deadline fired, in words for the reader; `None` when all work was done.
    pub cut: Option<String>,
}

/// Which link of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LinkIndex(pub u32);

/// Which claim of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClaimIndex(pub u32);

/// Two passages of different articles that carry one claim; `a.article < b.article`.
#[derive(Debug, Clone)]
pub struct Link {
    /// The passage in the article that comes first on the command line.
    pub a: Passage,
    /// Its counterpart.
    pub b: Passage,
    /// How alike the wording is.
    pub relation: Relation,
    /// From 0 to 1: how sure the matcher is.
    pub score: f32,
    /// Whether it lies off the backbone of its two articles.
    pub moved: bool,
    /// The claim it belongs to.
    pub claim: ClaimIndex,
    /// The reason in one line ("same quotation", "shared: bearing, cracked; 6 weeks").
    pub why: String,
}

/// How alike the two passages of a link are worded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// Word for word, but for case, punctuation and folding.
    Verbatim,
    /// Mostly the same words.
    Reworded,
    /// The same claim in other words.
    Paraphrase,
    /// Linked by the reader, however they are worded.
    ByHand,
}

/// What kind of difference a divergence is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DivergenceKind {
    /// Figures that are not equal.
    Number,
    /// Dates, weekdays or times that are not equal.
    Date,
    /// One role filled by different names.
    Name,
    /// One event at different places.
    Place,
    /// Words altered inside quotation marks.
    Quote,
    /// Only punctuation altered inside quotation marks.
    QuotePunctuation,
    /// The same words or claim given to another speaker, or vouched for by another.
    Attribution,
    /// Affirmed here, denied there.
    Negation,
    /// Fact here, allegation or expectation there.
    Modality,
    /// The same slot filled by a word of another colour.
    Framing,
}

/// A typed difference inside a link: the smallest spans that differ, `a.article < b.article`.
#[derive(Debug, Clone)]
pub struct Divergence {
    /// What kind.
    pub kind: DivergenceKind,
    /// The wording in the article that comes first on the command line.
    pub a: Passage,
    /// The wording in the other.
    pub b: Passage,
    /// The link it was found in.
    pub link: LinkIndex,
    /// What `a` says, in its normal form ("5:40 a.m.").
    pub why_a: String,
    /// What `b` says.
    pub why_b: String,
}

impl Divergence {
    /// The reason in one line ("5:40 a.m. against 4:40 a.m.").
    pub fn why(&self) -> String {
        format!("{} against {}", self.why_a, self.why_b)
    }
}

/// One claim, told by k of N sources.
#[derive(Debug, Clone)]
pub struct Claim {
    /// The passages that carry it, sorted by place, none twice.
    pub members: Vec<Passage>,
    /// The articles that carry it, sorted, none twice.
    pub articles: Vec<ArticleIndex>,
}

/// The monotone subset of the links between two articles.
#[derive(Debug, Clone)]
pub struct Backbone {
    /// The article that comes first on the command line.
    pub a: ArticleIndex,
    /// The other.
    pub b: ArticleIndex,
    /// Links whose passages ascend strictly in both articles.
    pub links: Vec<LinkIndex>,
}

/// What the gutter says of a passage: the strongest statement that holds for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Agreement {
    /// `·` No other source has it.
    OnlyHere,
    /// `=` Shared word for word.
    Same,
    /// `~` Shared in other words.
    Reworded,
    /// `≠` Shared, and a divergence lies in it.
    Diverges,
}

/// What the comparison says of one sentence: the unit of the gutter and of the reader's cursor.
#[derive(Debug, Clone)]
pub struct SentenceMark {
    /// The sentence.
    pub sentence: SentenceIndex,
    /// How many sources carry it, its own counted.
    pub support: u16,
    /// The strongest statement that holds.
    pub agreement: Agreement,
    /// Whether every link of it lies off the backbone.
    pub moved: bool,
    /// The links that touch it.
    pub links: Vec<LinkIndex>,
}
