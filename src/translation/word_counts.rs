//! The recorded blocks of an original and its sections as they are now -> which blocks are recorded, and how many words of the others have to
//! be translated. An estimate of cost: a block with one other word counts whole, as it goes to translators whole.

use std::collections::BTreeMap;

use super::longest_subsequence::common_in_order;
use super::section_changes::{ChangeKind, match_sections};
use super::section_record::{SectionRecord, records};
use super::sections::HashedSection;

/// By section of an original and by block of it: true if the block is recorded. Each recorded block counts for one block: one of the same
/// section in the same order, if there is one, else one that has moved.
pub fn recorded_blocks(recorded: &[SectionRecord], original: &[HashedSection]) -> Vec<Vec<bool>> {
    let current = records(original);
    let mut is_found: Vec<Vec<bool>> = Vec::with_capacity(recorded.len());
    for record in recorded {
        is_found.push(vec![false; record.blocks.len()]);
    }
    let mut is_recorded: Vec<Vec<bool>> = Vec::with_capacity(current.len());
    for section in &current {
        is_recorded.push(vec![false; section.blocks.len()]);
    }
    for (old, new) in match_sections(recorded, &current) {
        for (a, b) in common_in_order(&recorded[old].blocks, &current[new].blocks) {
            is_found[old][a] = true;
            is_recorded[new][b] = true;
        }
    }
    let mut others = RecordedBlocks::default();
    for (record, is_found) in recorded.iter().zip(&is_found) {
        for (hash, is_found) in record.blocks.iter().zip(is_found) {
            if !is_found {
                others.add(*hash);
            }
        }
    }
    for (section, is_recorded) in current.iter().zip(&mut is_recorded) {
        for (hash, is_recorded) in section.blocks.iter().zip(is_recorded) {
            *is_recorded = *is_recorded || others.take(*hash);
        }
    }
    is_recorded
}

/// How many words of a section are in blocks that are not recorded, with those of its heading if that has changed.
pub(super) fn new_words(
    section: &HashedSection,
    is_recorded: &[bool],
    changes: &[ChangeKind],
) -> usize {
    let mut words = 0;
    for (block, is_recorded) in section.blocks.iter().zip(is_recorded) {
        if !is_recorded {
            words += block.words;
        }
    }
    if changes.contains(&ChangeKind::Added) || changes.contains(&ChangeKind::Heading) {
        words += section.heading_words();
    }
    words
}

/// Blocks by hash, with how often each is there.
#[derive(Debug, Default)]
pub struct RecordedBlocks(BTreeMap<u32, usize>);

impl RecordedBlocks {
    /// The blocks of these sections.
    pub fn new(records: &[SectionRecord]) -> RecordedBlocks {
        let mut blocks = RecordedBlocks::default();
        for record in records {
            for hash in &record.blocks {
                blocks.add(*hash);
            }
        }
        blocks
    }

    fn add(&mut self, hash: u32) {
        *self.0.entry(hash).or_default() += 1;
    }

    /// True if a block with this hash is there; that uses it up, as the same words three times where they were once are two new blocks.
    pub fn take(&mut self, hash: u32) -> bool {
        match self.0.get_mut(&hash) {
            Some(count) if *count > 0 => {
                *count -= 1;
                true
            }
            _ => false,
        }
    }
}
