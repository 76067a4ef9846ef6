//! The units of a text and its sections with hashes -> which block of which section each unit is. Lock files know blocks, translators know units.

use std::collections::BTreeMap;

use crate::translation::HashedSection;

use super::unit::TranslationUnit;

/// Where a unit is among the sections of its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UnitPlace {
    /// The number of the section.
    pub section: usize,
    /// The number of the block below its heading; None for the heading.
    pub block: Option<usize>,
}

/// The places of the units of a text.
#[derive(Debug, Default)]
pub(super) struct UnitPlaces {
    /// By unit; None for units that no hash covers, like keywords.
    pub places: Vec<Option<UnitPlace>>,
    by_place: BTreeMap<UnitPlace, Vec<usize>>,
}

impl UnitPlaces {
    /// The places of units in the sections of the same text.
    pub fn new(units: &[TranslationUnit], sections: &[HashedSection]) -> UnitPlaces {
        let mut places = UnitPlaces::default();
        let mut has_heading = vec![false; sections.len()];
        for (number, unit) in units.iter().enumerate() {
            let place = place_of(unit, sections, &mut has_heading);
            places.places.push(place);
            if let Some(place) = place {
                places.by_place.entry(place).or_default().push(number);
            }
        }
        places
    }

    /// The units at a place.
    pub fn units_at(&self, place: UnitPlace) -> &[usize] {
        match self.by_place.get(&place) {
            Some(units) => units,
            None => &[],
        }
    }

    /// The only unit at a place.
    pub fn unit_at(&self, place: UnitPlace) -> Option<usize> {
        match self.units_at(place) {
            [unit] => Some(*unit),
            _ => None,
        }
    }
}

fn place_of(
    unit: &TranslationUnit,
    sections: &[HashedSection],
    has_heading: &mut [bool],
) -> Option<UnitPlace> {
    let start = unit.span.start;
    let mut section = None;
    for (number, candidate) in sections.iter().enumerate() {
        if candidate.span.contains(unit.span) {
            section = Some(number);
        }
    }
    let section = section?;
    let candidate = &sections[section];
    if candidate.level > 0 && is_heading(unit) && !has_heading[section] {
        has_heading[section] = true;
        return Some(UnitPlace {
            section,
            block: None,
        });
    }
    let block = candidate
        .blocks
        .iter()
        // An escape may be before the first byte of a unit's node.
        .rposition(|block| block.start <= start + 1)?;
    // The keys of front matter are sorted in its section, and only some are words that readers see.
    if candidate.level == 0 && is_value(unit) {
        let exact = candidate
            .blocks
            .iter()
            .position(|block| block.start == start)?;
        return Some(UnitPlace {
            section,
            block: Some(exact),
        });
    }
    Some(UnitPlace {
        section,
        block: Some(block),
    })
}

fn is_heading(unit: &TranslationUnit) -> bool {
    unit.role.starts_with("heading") || matches!(&*unit.role, "`name`" | "`title`")
}

fn is_value(unit: &TranslationUnit) -> bool {
    unit.role.starts_with('`')
}
