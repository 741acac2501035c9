//! What kind each line of an article is, decided from its form and its place.
//!
//! Must never know an outlet, a person or an event by name. Invariant: one kind for every line, in order.

use super::{ByteSpan, ParagraphKind};

/// A line with something on it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line {
    /// Without the white space around it.
    pub(super) span: ByteSpan,
    /// Whether a blank line, or nothing, stands before it.
    pub(super) first_of_block: bool,
}

/// The kinds of the lines of `content`.
pub(super) fn kinds(content: &str, lines: &[Line]) -> Vec<ParagraphKind> {
    lines.iter().map(|line| alone(line.span.of(content))).collect()
}

fn alone(line: &str) -> ParagraphKind {
    if line.starts_with(['•', '▪', '‣', '◦']) || line.starts_with("- ") || line.starts_with("* ") {
        ParagraphKind::Bullet
    } else if line.starts_with('[') {
        ParagraphKind::Caption
    } else if line.len() < 80 && !line.ends_with(['.', '!', '”', '"', '’']) {
        ParagraphKind::Heading
    } else {
        ParagraphKind::Body
    }
}
