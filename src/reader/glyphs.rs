//! The signs that stand beside the text, in Unicode and in ASCII.
//!
//! Must never know a colour. Invariant: every sign is one column wide.

use crate::compare::Agreement;

/// One set of signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyphs {
    /// Shared word for word.
    pub same: char,
    /// Shared in other words.
    pub reworded: char,
    /// Shared, and something in it differs.
    pub diverges: char,
    /// No other source has it.
    pub only_here: char,
    /// A note stands on it.
    pub noted: char,
    /// A counterpart stands elsewhere in the order of the story.
    pub moved: char,
    /// A counterpart was linked by hand.
    pub by_hand: char,
    /// The passage in hand.
    pub current: char,
    /// A counterpart of the passage in hand.
    pub counterpart: char,
    /// Between panes, and the overview's stretch without marks.
    pub edge: char,
    /// The overview where a stretch is only here.
    pub gap: char,
    /// The overview where sources diverge.
    pub tick: char,
    /// A rule across the screen.
    pub rule: char,
    /// Arrows that say where something is.
    pub arrows: [char; 2],
    /// A part of a bar that is done, and one that is not.
    pub bar: [char; 2],
}

/// The signs of Unicode terminals.
pub const UNICODE: Glyphs = Glyphs {
    same: '=',
    reworded: '~',
    diverges: '≠',
    only_here: '·',
    noted: '✎',
    moved: '⇅',
    by_hand: '∞',
    current: '▌',
    counterpart: '▎',
    edge: '│',
    gap: '╎',
    tick: '┥',
    rule: '─',
    arrows: ['↑', '↓'],
    bar: ['█', '░'],
};

/// The signs of terminals without Unicode.
pub const ASCII: Glyphs = Glyphs {
    same: '=',
    reworded: '~',
    diverges: '#',
    only_here: '.',
    noted: '*',
    moved: '%',
    by_hand: '&',
    current: '>',
    counterpart: '|',
    edge: '|',
    gap: ':',
    tick: '+',
    rule: '-',
    arrows: ['^', 'v'],
    bar: ['#', '-'],
};

impl Glyphs {
    /// The sign of an agreement.
    pub fn agreement(&self, agreement: Agreement) -> char {
        match agreement {
            Agreement::OnlyHere => self.only_here,
            Agreement::Same => self.same,
            Agreement::Reworded => self.reworded,
            Agreement::Diverges => self.diverges,
        }
    }

    /// Whether these are the ASCII signs.
    pub fn is_ascii(&self) -> bool {
        self.edge.is_ascii()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::display::width;

    #[test]
    fn every_sign_is_one_column_wide() {
        for set in [UNICODE, ASCII] {
            let [up, down] = set.arrows;
            let signs =
                [set.same, set.reworded, set.diverges, set.only_here, set.noted, set.moved, set.by_hand, set.current];
            let [done, left] = set.bar;
            let more = [set.counterpart, set.edge, set.gap, set.tick, set.rule, up, down, done, left];
            for sign in signs.into_iter().chain(more) {
                assert_eq!(width(&sign.to_string()).index(), 1, "{sign}");
            }
        }
    }
}
