//! A section of an original as a lock file records it: its identity and its hashes, without its words.

use super::hashes::SectionHashes;
use super::sections::HashedSection;

/// A section of an original at the time when a translation of it was accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionRecord {
    /// The level of its heading, as in [`HashedSection::level`].
    pub level: u8,
    /// The id of its heading.
    pub id: String,
    /// The hashes of its content.
    pub hashes: SectionHashes,
    /// The hashes of the blocks below its heading; empty if they aren't recorded.
    pub blocks: Vec<u32>,
}

impl From<&HashedSection> for SectionRecord {
    fn from(section: &HashedSection) -> Self {
        SectionRecord {
            level: section.level,
            id: section.id.clone(),
            hashes: section.hashes,
            blocks: section.blocks.iter().map(|block| block.hash).collect(),
        }
    }
}

/// The records of sections.
pub fn records(sections: &[HashedSection]) -> Vec<SectionRecord> {
    sections.iter().map(SectionRecord::from).collect()
}
