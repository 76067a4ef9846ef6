//! What translators have seen, and a section as it is now -> how many of its words are new to them. An estimate for those who pay: a block with one
//! other word counts whole, as it goes to translators whole.

use std::collections::BTreeMap;

use super::compare::How;
use super::lock::Seen;
use super::sections::Section;

/// The blocks that translators have seen, each as often as it was there.
pub(super) struct Known(BTreeMap<u32, usize>);

impl Known {
    pub fn new(seen: &[Seen]) -> Known {
        let mut blocks = BTreeMap::new();
        seen.iter()
            .flat_map(|section| &section.blocks)
            .for_each(|print| *blocks.entry(*print).or_default() += 1);
        Known(blocks)
    }

    /// How many words of a section stand in other blocks than these, with those of its heading if that is what has changed. Each block can be
    /// found once; it may have been in another section.
    pub fn new_words(&mut self, section: &Section, how: &[How]) -> usize {
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
            .any(|how| matches!(how, How::Added | How::Heading));
        below + if heading { section.heading_words() } else { 0 }
    }
}
