//! What translators have seen, and a section as it is now -> how many of its words are new to them. An estimate for those who pay: a block with one
//! other word counts whole, as it goes to translators whole.

use std::collections::BTreeMap;

use super::lock_file::SectionRecord;
use super::section_changes::ChangeKind;
use super::sections::HashedSection;

/// The blocks that translators have seen, each as often as it was there.
pub(super) struct RecordedBlocks(BTreeMap<u32, usize>);

impl RecordedBlocks {
    pub fn new(seen: &[SectionRecord]) -> RecordedBlocks {
        let mut blocks = BTreeMap::new();
        seen.iter()
            .flat_map(|section| &section.blocks)
            .for_each(|print| *blocks.entry(*print).or_default() += 1);
        RecordedBlocks(blocks)
    }

    /// How many words of a section stand in other blocks than these, with those of its heading if that is what has changed. Each block can be
    /// found once; it may have been in another section.
    pub fn new_words(&mut self, section: &HashedSection, how: &[ChangeKind]) -> usize {
        let blocks = section.blocks.iter().filter(|block| {
            match self.0.get_mut(&block.print).filter(|count| **count > 0) {
                Some(count) => {
                    *count -= 1;
                    false
                }
                None => true,
            }
        });
        let below: usize = blocks.map(|block| block.words).sum();
        let heading = how
            .iter()
            .any(|how| matches!(how, ChangeKind::Added | ChangeKind::Heading));
        below + if heading { section.heading_words() } else { 0 }
    }
}
