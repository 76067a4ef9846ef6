//! What a translation follows, as history or a lock file has it -> what is known of the units of the original and of the translation before
//! they are aligned. With the earlier text of the original, each of its units is followed into both; with hashes alone, its blocks are.

use crate::translation::HashedSection;
use crate::translation::followed::FollowedOriginal;
use crate::translation::longest_subsequence::common_in_order;
use crate::translation::section_changes::match_sections;
use crate::translation::section_pairs::section_pairs;
use crate::translation::section_record::{SectionRecord, records};

use super::extract::{Reading, extract_source};
use super::known_pairs::KnownPairs;
use super::lexicon::Lexicon;
use super::pairing::{Extracted, Pairing, pair_units};
use super::places::{UnitPlace, UnitPlaces};
use super::translatable::TranslatableText;
use super::version_pairs::version_pairs;

/// A text with its units and its sections.
#[derive(Debug, Clone, Copy)]
pub(super) struct SectionedText<'a> {
    pub text: &'a TranslatableText,
    pub source: &'a str,
    pub sections: &'a [HashedSection],
    pub places: &'a UnitPlaces,
}

/// An earlier version of an original, with the translation of its units.
pub(super) struct EarlierVersion {
    pub text: TranslatableText,
    pub pairing: Pairing,
    /// Pairs of its units with those of the original as it is now.
    pub versions: Vec<(usize, usize)>,
}

impl EarlierVersion {
    /// The version that a translation follows, if history has it.
    pub fn of(
        followed: &FollowedOriginal,
        reading: Reading<'_>,
        original: SectionedText<'_>,
        translation: SectionedText<'_>,
        lexicon: Option<&Lexicon>,
    ) -> Option<EarlierVersion> {
        let source = followed.text.as_ref()?;
        let text = extract_source(source, reading);
        let pairing = pair_units(
            Extracted {
                text: &text,
                source: &source.text,
            },
            Extracted {
                text: translation.text,
                source: translation.source,
            },
            &KnownPairs::default(),
            lexicon,
        );
        let versions = version_pairs(&text.units, &original.text.units);
        Some(EarlierVersion {
            text,
            pairing,
            versions,
        })
    }

    /// Notes what this version tells of the units of the original and of the translation.
    pub fn add_to(&self, known: &mut KnownPairs, units: usize) {
        known.is_complete = !self.pairing.has_unknown;
        let mut is_new = vec![true; units];
        let mut is_gone = vec![true; self.text.units.len()];
        for (earlier, unit) in &self.versions {
            is_new[*unit] = false;
            is_gone[*earlier] = false;
            if let Some(translated) = self.pairing.units[*earlier] {
                known.pair(*unit, translated);
            }
        }
        for (unit, is_new) in is_new.iter().enumerate() {
            if *is_new {
                known.set_new(unit);
            }
        }
        for translated in self.pairing.units.iter().flatten() {
            known.set_follower(*translated);
        }
        for (earlier, is_gone) in is_gone.iter().enumerate() {
            if let (true, Some(translated)) = (is_gone, self.pairing.units[earlier]) {
                known.set_obsolete(translated);
            }
        }
    }
}

/// Notes what recorded hashes tell of the units of an original and of its translation.
pub(super) fn add_recorded(
    known: &mut KnownPairs,
    recorded: &[SectionRecord],
    original: SectionedText<'_>,
    translation: SectionedText<'_>,
) {
    let mut current_of = vec![None; recorded.len()];
    for (old, new) in match_sections(recorded, &records(original.sections)) {
        current_of[old] = Some(new);
    }
    let pairs = section_pairs(recorded, translation.sections);
    known.is_complete = pairs.len() == recorded.len();
    for (old, other) in pairs {
        let blocks = BlockKnowledge {
            record: &recorded[old],
            translation,
            section: other,
        };
        known.is_complete &= blocks.has_same_blocks();
        // Two paragraphs that became one leave a second one in the translation that belongs to nothing, and was not added on purpose.
        blocks.add_followers(known);
        match current_of[old] {
            Some(new) => blocks.add_kept(known, original, new),
            None => blocks.add_gone(known),
        }
    }
    // Only if everything that is recorded was found in the translation is a section without a record a new one.
    let matched: Vec<usize> = current_of.iter().flatten().copied().collect();
    for section in 0..original.sections.len() {
        if !matched.contains(&section) && original.sections[section].level > 0 {
            for (unit, place) in original.places.places.iter().enumerate() {
                if place.is_some_and(|place| place.section == section) {
                    known.set_new(unit);
                }
            }
        }
    }
}

/// A recorded section and the section of the translation that follows it.
struct BlockKnowledge<'a> {
    record: &'a SectionRecord,
    translation: SectionedText<'a>,
    section: usize,
}

impl BlockKnowledge<'_> {
    /// True if the translation has as many blocks as are recorded.
    fn has_same_blocks(&self) -> bool {
        let blocks = &self.translation.sections[self.section].blocks;
        let recorded = self.record.blocks.len();
        let with_words = blocks.iter().filter(|block| block.words > 0).count();
        blocks.len() == recorded || with_words == recorded
    }

    /// The unit of the translation that follows a recorded block, if the translation has as many blocks as are recorded.
    fn unit_of_block(&self, block: usize) -> Option<usize> {
        let blocks = &self.translation.sections[self.section].blocks;
        let recorded = self.record.blocks.len();
        let mut number = block;
        if blocks.len() != recorded {
            // Lock files of earlier versions lack blocks of code.
            let mut with_words = Vec::new();
            for (at, block) in blocks.iter().enumerate() {
                if block.words > 0 {
                    with_words.push(at);
                }
            }
            if with_words.len() != recorded {
                return None;
            }
            number = with_words[block];
        }
        self.translation.places.unit_at(UnitPlace {
            section: self.section,
            block: Some(number),
        })
    }

    fn heading(&self) -> Option<usize> {
        self.translation.places.unit_at(UnitPlace {
            section: self.section,
            block: None,
        })
    }

    /// Everything recorded has a translation, regardless of later changes.
    fn add_followers(&self, known: &mut KnownPairs) {
        if let Some(heading) = self.heading() {
            known.set_follower(heading);
        }
        for block in 0..self.record.blocks.len() {
            if let Some(translated) = self.unit_of_block(block) {
                known.set_follower(translated);
            }
        }
    }

    /// The section is still in the original, with this number.
    fn add_kept(&self, known: &mut KnownPairs, original: SectionedText<'_>, section: usize) {
        let heading = original.places.unit_at(UnitPlace {
            section,
            block: None,
        });
        if let (Some(heading), Some(translated)) = (heading, self.heading()) {
            known.pair(heading, translated);
        }
        let mut current = Vec::new();
        for block in &original.sections[section].blocks {
            current.push(block.hash);
        }
        let mut anchors = common_in_order(&self.record.blocks, &current);
        // An end for both, so that the blocks behind the last common one are looked at, too.
        anchors.push((self.record.blocks.len(), current.len()));
        let (mut from, mut from_current) = (0, 0);
        for (to, to_current) in anchors {
            let (old, new) = (from..to, from_current..to_current);
            let unit_of = |block| {
                original.places.unit_at(UnitPlace {
                    section,
                    block: Some(block),
                })
            };
            if old.is_empty() {
                for block in new {
                    if let Some(unit) = unit_of(block) {
                        known.set_new(unit);
                    }
                }
            } else if new.is_empty() {
                for block in old {
                    if let Some(translated) = self.unit_of_block(block) {
                        known.set_obsolete(translated);
                    }
                }
            // One block in place of one is its new version; of several it isn't known which has
            // become which.
            } else if old.len() == 1
                && new.len() == 1
                && let (Some(unit), Some(translated)) =
                    (unit_of(new.start), self.unit_of_block(old.start))
            {
                known.pair(unit, translated);
            }
            if to < self.record.blocks.len()
                && let (Some(unit), Some(translated)) =
                    (unit_of(to_current), self.unit_of_block(to))
            {
                known.pair(unit, translated);
            }
            (from, from_current) = (to + 1, to_current + 1);
        }
    }

    /// The section is no longer in the original.
    fn add_gone(&self, known: &mut KnownPairs) {
        if let Some(heading) = self.heading() {
            known.set_obsolete(heading);
        }
        for block in 0..self.record.blocks.len() {
            if let Some(translated) = self.unit_of_block(block) {
                known.set_obsolete(translated);
            }
        }
    }
}
