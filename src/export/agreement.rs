//! The marks of the claims table in exports, as signs and in words.

use crate::compare::Agreement;

/// The sign of a mark in exports.
pub(super) fn sign(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::OnlyHere => "·",
        Agreement::Same => "=",
        Agreement::Reworded => "~",
        Agreement::Diverges => "≠",
    }
}

/// The mark in words.
pub(super) fn words(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::OnlyHere => "only here",
        Agreement::Same => "word for word",
        Agreement::Reworded => "in other words",
        Agreement::Diverges => "something differs",
    }
}
