//! What is recorded of a translation, and which blocks of its original it follows now -> the new record. A section is recorded as it is now
//! only if each of its blocks was translated in this version, now or before, and if the translation has nothing else there; of any other
//! section the record stays, except for the blocks that were translated. Knows no files.

use super::longest_subsequence::common_in_order;
use super::section_changes::match_sections;
use super::section_record::{SectionRecord, records};
use super::sections::HashedSection;
use super::word_counts::recorded_blocks;

/// Which parts of a section of the original are translated as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SectionAcceptance {
    /// True if its heading is.
    pub heading: bool,
    /// By block: true if it is.
    pub blocks: Vec<bool>,
    /// True if the translation has the blocks of the section in order, and no others.
    pub is_whole: bool,
}

/// Which parts of an original are translated as they are now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Acceptance {
    /// By section of the original.
    pub sections: Vec<SectionAcceptance>,
    /// True if the translation has nothing that the original doesn't have.
    pub is_complete: bool,
}

/// A section that is still out of date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSection {
    /// Its number in the original.
    pub section: usize,
    /// True if its heading is not translated.
    pub heading: bool,
    /// The numbers of its blocks that are not translated.
    pub blocks: Vec<usize>,
}

impl Acceptance {
    /// Everything is translated.
    pub fn of_all(original: &[HashedSection]) -> Acceptance {
        let mut sections = Vec::new();
        for section in original {
            sections.push(SectionAcceptance {
                heading: true,
                blocks: vec![true; section.blocks.len()],
                is_whole: true,
            });
        }
        Acceptance {
            sections,
            is_complete: true,
        }
    }
}

/// The new record, and the sections that are still out of date.
pub fn accepted_records(
    earlier: &[SectionRecord],
    original: &[HashedSection],
    acceptance: &Acceptance,
) -> (Vec<SectionRecord>, Vec<OpenSection>) {
    let current = records(original);
    let mut earlier_of = vec![None; current.len()];
    let mut is_gone = vec![true; earlier.len()];
    // Sections are matched as for the status, so that a renamed section keeps its record.
    for (old, new) in match_sections(earlier, &current) {
        earlier_of[new] = Some(&earlier[old]);
        is_gone[old] = false;
    }
    let is_recorded = recorded_blocks(earlier, original);
    let (mut accepted, mut open) = (Vec::new(), Vec::new());
    for (at, record) in current.into_iter().enumerate() {
        let section = acceptance.sections.get(at).cloned().unwrap_or_default();
        let earlier = earlier_of[at];
        let is_done = done_blocks(&is_recorded[at], &section);
        let is_unchanged = earlier.is_some_and(|earlier| has_same_words(earlier, &record));
        let has_heading = section.heading
            || earlier.is_some_and(|earlier| earlier.hashes.heading == record.hashes.heading);
        let is_current = has_heading && section.is_whole && !is_done.contains(&false);
        if is_current {
            accepted.push(record);
            continue;
        }
        if let Some(earlier) = earlier
            && is_unchanged
        {
            // Its links and markup may have changed, which is reported until the section is accepted.
            accepted.push(earlier.clone());
            continue;
        }
        open.push(OpenSection {
            section: at,
            heading: !has_heading,
            blocks: (0..is_done.len()).filter(|at| !is_done[*at]).collect(),
        });
        let is_touched = section.heading || section.blocks.contains(&true);
        match (earlier, is_touched) {
            (Some(earlier), false) => accepted.push(earlier.clone()),
            (None, false) => {}
            (_, true) => accepted.push(partial_record(earlier, record, has_heading, &is_done)),
        }
    }
    // Sections that are gone from the original stay recorded while the translation may still have them.
    if !acceptance.is_complete || !open.is_empty() {
        for (record, is_gone) in earlier.iter().zip(is_gone) {
            if is_gone {
                accepted.push(record.clone());
            }
        }
    }
    (accepted, open)
}

fn has_same_words(one: &SectionRecord, other: &SectionRecord) -> bool {
    one.hashes.heading == other.hashes.heading && one.hashes.wording == other.hashes.wording
}

/// By block of a section: true if it is translated, now or before.
fn done_blocks(is_recorded: &[bool], section: &SectionAcceptance) -> Vec<bool> {
    let mut done = Vec::with_capacity(is_recorded.len());
    for (at, is_recorded) in is_recorded.iter().enumerate() {
        done.push(*is_recorded || section.blocks.get(at) == Some(&true));
    }
    done
}

/// The record of a section of which some blocks are translated and others aren't: it never equals the section as it is.
fn partial_record(
    earlier: Option<&SectionRecord>,
    current: SectionRecord,
    has_heading: bool,
    is_done: &[bool],
) -> SectionRecord {
    let Some(earlier) = earlier else {
        let mut hashes = current.hashes;
        // No text has this hash, so the section counts as changed until all of it is translated.
        hashes.wording = 0;
        if !has_heading {
            hashes.heading = 0;
        }
        let mut blocks = current.blocks;
        let mut done = is_done.iter();
        blocks.retain(|_| done.next() == Some(&true));
        return SectionRecord {
            hashes,
            blocks,
            ..current
        };
    };
    let mut partial = SectionRecord {
        blocks: partial_blocks(&earlier.blocks, &current.blocks, is_done),
        ..earlier.clone()
    };
    if has_heading {
        partial.id = current.id;
        partial.level = current.level;
        partial.hashes.heading = current.hashes.heading;
    }
    // Of a section that was up to date before one of its blocks moved, the words are those of now, and yet it is not.
    if partial.hashes.wording == current.hashes.wording {
        partial.hashes.wording = 0;
    }
    partial
}

/// What the blocks of the translation follow, in order: the recorded blocks, with those that are translated now in the place of those they
/// replace.
fn partial_blocks(earlier: &[u32], current: &[u32], is_done: &[bool]) -> Vec<u32> {
    let mut blocks = Vec::new();
    let (mut from, mut from_current) = (0, 0);
    let mut pairs = common_in_order(earlier, current);
    pairs.push((earlier.len(), current.len()));
    for (to, to_current) in pairs {
        let old = &earlier[from..to];
        let new = from_current..to_current;
        if old.len() == new.len() {
            for (old, new) in old.iter().zip(new) {
                blocks.push(if is_done[new] { current[new] } else { *old });
            }
        } else {
            let mut done = 0;
            for new in new {
                if is_done[new] {
                    blocks.push(current[new]);
                    done += 1;
                }
            }
            // Which of them each replaces isn't known; but the translation has as many blocks as before.
            blocks.extend(old.iter().skip(done));
        }
        blocks.extend(earlier.get(to));
        (from, from_current) = (to + 1, to_current + 1);
    }
    blocks
}
