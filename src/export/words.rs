//! The words that people read for what a comparison found: on the screen, in reports, in notes.
//!
//! Must never be read back by a program: what other programs read has names of its own ([`super::json`]). Invariant: one thing
//! has one word wherever it is read.

use crate::compare::{DivergenceKind, Link, Relation};

/// In what passages differ.
pub fn kind_word(kind: DivergenceKind) -> &'static str {
    match kind {
        DivergenceKind::Number => "figure",
        DivergenceKind::Date => "date",
        DivergenceKind::Name => "name",
        DivergenceKind::Place => "place",
        DivergenceKind::Quote => "quotation",
        DivergenceKind::QuotePunctuation => "quotation's punctuation",
        DivergenceKind::Attribution => "attribution",
        DivergenceKind::Negation => "negation",
        DivergenceKind::Modality => "certainty",
        DivergenceKind::Framing => "framing",
    }
}

/// How alike two passages are that a link joins.
pub fn relation_word(relation: Relation) -> &'static str {
    match relation {
        Relation::Verbatim => "word for word",
        Relation::Reworded => "reworded",
        Relation::Paraphrase => "in other words",
        Relation::ByHand => "linked by hand",
    }
}

/// How two passages were linked, and why, in one line.
pub fn how(link: &Link) -> String {
    let moved = if link.moved { "moved · " } else { "" };
    // The reason of a link made by hand is that it was.
    let why = match link.relation {
        Relation::ByHand => String::new(),
        _ if link.why.is_empty() => String::new(),
        _ => format!(" · {}", link.why),
    };
    format!("{moved}{}{why}", relation_word(link.relation))
}
