//! The recorded sections of an original and the sections of its translation -> which belong together. Words are in two languages, so only levels,
//! order and ids are compared.

use super::section_record::SectionRecord;
use super::sections::{HashedSection, METADATA};

/// Which recorded section is which section of the translation: those with the same ids, else all by their order if the levels are the same.
pub fn section_pairs(
    recorded: &[SectionRecord],
    translation: &[HashedSection],
) -> Vec<(usize, usize)> {
    let levels: Vec<(u8, bool)> = recorded
        .iter()
        .map(|section| (section.level, section.id == METADATA))
        .collect();
    let other_levels: Vec<(u8, bool)> = translation
        .iter()
        .map(|section| (section.level, section.id == METADATA))
        .collect();
    if levels == other_levels {
        return (0..levels.len()).map(|at| (at, at)).collect();
    }
    let mut pairs = Vec::new();
    for (old, record) in recorded.iter().enumerate() {
        let mut same = translation
            .iter()
            .enumerate()
            .filter(|(_, section)| section.id == record.id && section.level == record.level);
        // An id that two sections have decides nothing.
        if let (Some((other, _)), None) = (same.next(), same.next()) {
            pairs.push((old, other));
        }
    }
    pairs
}
