//! A pair as the score sees it: of every feature how many edges of the forests its value is above. That takes a quarter of the
//! numbers themselves, which a comparison of many sources could not hold of all pairs.
//!
//! Must never keep what the forests do not tell apart, but for the few numbers whose contrast is taken. Invariant: the places are those
//! of one model, whose forests share their edges.

use super::model::{Forest, Placed};
use super::rivals::{self, RivalFeatures};
use super::similarity::{self, CONTRASTED, CONTRASTS, Features, Leads};

/// For each of a pair's own features its place.
type Places = [u8; similarity::NAMES.len()];
/// For each of its features among its rivals.
pub(super) type RivalPlaces = [u8; rivals::NAMES.len()];
/// For how it stands out from the pairs around it.
pub(super) type LeadPlaces = [u8; 2 * CONTRASTED.len()];

/// A pair by itself.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// Those of its features whose contrast with the pairs around is taken.
    pub contrasted: [f32; CONTRASTED.len()],
    places: Places,
}

impl Seen {
    /// Pairs with these features, as a forest sees them.
    pub(super) fn all(rows: &[Features], forest: &Forest) -> Vec<Self> {
        let seen = |(row, places): (&Features, Places)| Self { contrasted: similarity::contrasted(row), places };
        rows.iter().zip(forest.places(0, rows)).map(seen).collect()
    }

    /// Takes in how the pair stands out from those around it; answers whether that is anything new.
    pub(super) fn set_apart(&mut self, leads: LeadPlaces) -> bool {
        let known = &mut self.places[CONTRASTS..CONTRASTS + leads.len()];
        let is_new = *known != leads;
        known.copy_from_slice(&leads);
        is_new
    }
}

/// How some pairs stand out, as a forest sees it.
pub(super) fn leads(leads: &[Leads], forest: &Forest) -> Vec<LeadPlaces> {
    let flat = |leads: &Leads| std::array::from_fn(|at| leads[at / 2][at % 2]);
    forest.places(CONTRASTS, &leads.iter().map(flat).collect::<Vec<[f32; 2 * CONTRASTED.len()]>>())
}

/// How some pairs do among their rivals, as a forest sees it.
pub(super) fn rivals(rivals: &[RivalFeatures], forest: &Forest) -> Vec<RivalPlaces> {
    forest.places(similarity::NAMES.len(), rivals)
}

impl Placed for &Seen {
    fn place(&self, feature: usize) -> u8 {
        self.places[feature]
    }
}

/// A pair among its rivals.
pub(super) struct Among<'s>(pub &'s Seen, pub RivalPlaces);

impl Placed for Among<'_> {
    fn place(&self, feature: usize) -> u8 {
        let own = &self.0.places;
        feature.checked_sub(own.len()).map_or_else(|| own[feature], |of_rivals| self.1[of_rivals])
    }
}
