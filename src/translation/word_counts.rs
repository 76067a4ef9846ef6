//! The recorded blocks of an original and a section as it is now -> how many of its words have to be translated. An estimate of cost: a block
//! with one other word counts whole, as it goes to translators whole.

use std::collections::BTreeMap;

use super::section_changes::ChangeKind;
use super::section_record::SectionRecord;
use super::sections::HashedSection;

/// The recorded blocks of a text, by hash, with how often each is in it.
pub(super) struct RecordedBlocks(BTreeMap<u32, usize>);

impl RecordedBlocks {
    pub fn new(records: &[SectionRecord]) -> RecordedBlocks {
        let mut counts = BTreeMap::new();
        for record in records {
            for hash in &record.blocks {
                *counts.entry(*hash).or_default() += 1;
            }
        }
        RecordedBlocks(counts)
    }

    /// How many words of a section are in blocks that are not recorded, with those of its heading if that has changed. Each recorded block
    /// is used up when it is found; it may have been in another section.
    pub fn new_words(&mut self, section: &HashedSection, changes: &[ChangeKind]) -> usize {
        let mut words = 0;
        for block in &section.blocks {
            match self.0.get_mut(&block.hash) {
                // The same words three times where they were once are two new blocks.
                Some(count) if *count > 0 => *count -= 1,
                _ => words += block.words,
            }
        }
        if changes.contains(&ChangeKind::Added) || changes.contains(&ChangeKind::Heading) {
            words += section.heading_words();
        }
        words
    }
}
