//! What became of the units of a file in an import -> which blocks of the original the translation follows now, and for those it doesn't, why
//! not. Knows no lock files.

use crate::source::{SitePath, Source, SourceId};
use crate::syntax::Dialect;
use crate::translation::acceptance::{Acceptance, OpenSection, SectionAcceptance};
use crate::translation::section_record::records;
use crate::translation::sections::{METADATA, sections_of};
use crate::translation::word_counts::RecordedBlocks;

use super::merge::UnitChange;
use super::pair_texts::PairTexts;
use super::places::UnitPlace;
use super::unit::shortened;

/// What became of a unit of the original in an import.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitOutcome {
    /// Its translation is in the file, or was confirmed as it is.
    Settled,
    /// Its translation was not accepted.
    Rejected,
    /// It came back without a translation.
    Untranslated,
    /// It came back as it was handed out.
    Untouched,
    /// Its translation is in the file, and its state says that it isn't finished.
    Unfinished,
    /// It was not in the returned document.
    #[default]
    NotReturned,
}

/// What an import has settled of one file.
#[derive(Debug, Clone)]
pub struct FileOutcome {
    /// The translation.
    pub path: SitePath,
    /// Its original.
    pub original: SourceId,
    /// Which blocks of the original it follows now.
    pub acceptance: Acceptance,
    /// Why sections stay out of date, by section of the original.
    reasons: Vec<SectionReasons>,
    is_settled: bool,
}

/// The words of a section, by what became of them.
#[derive(Debug, Clone, Default)]
struct SectionReasons {
    title: String,
    /// True if a text of the section was in the returned document.
    is_returned: bool,
    heading: UnitOutcome,
    blocks: Vec<Option<UnitOutcome>>,
    /// Texts that only the translation has.
    surplus: Vec<String>,
    /// True if its texts are in the translation in another order.
    is_reordered: bool,
}

impl FileOutcome {
    /// True if a text of the file was translated or confirmed.
    pub fn is_settled(&self) -> bool {
        self.is_settled
    }

    /// Why a section is still out of date, as a sentence without a full stop; None if nothing of it was in the returned document.
    pub fn reason(&self, open: &OpenSection) -> Option<String> {
        let reasons = self.reasons.get(open.section)?;
        if !reasons.is_returned {
            return None;
        }
        let mut counts = [0; 6];
        let mut locked = 0;
        if open.heading {
            counts[reasons.heading as usize] += 1;
        }
        for block in &open.blocks {
            match reasons.blocks.get(*block) {
                Some(Some(outcome)) => counts[*outcome as usize] += 1,
                _ => locked += 1,
            }
        }
        let mut parts = Vec::new();
        for (outcome, verbs) in [
            (UnitOutcome::Rejected, "rejected"),
            (UnitOutcome::Untranslated, "not translated"),
            (UnitOutcome::Untouched, "returned unchanged"),
            (UnitOutcome::Unfinished, "marked as unfinished"),
            (UnitOutcome::NotReturned, "not in this document"),
        ] {
            let count = counts[outcome as usize];
            if count > 0 {
                parts.push(format!("{count} {} {verbs}", noun(count)));
            }
        }
        if locked > 0 {
            parts.push(format!(
                "{locked} {} of code or HTML changed in the original",
                if locked == 1 { "block" } else { "blocks" }
            ));
        }
        for words in &reasons.surplus {
            parts.push(format!("“{words}” has no original any more"));
        }
        if reasons.is_reordered && parts.is_empty() {
            parts.push("its texts are in another order than in the original".to_owned());
        }
        if parts.is_empty() {
            return None;
        }
        let title = if reasons.title.is_empty() {
            "the text before the first heading".to_owned()
        } else {
            format!("“{}”", reasons.title)
        };
        Some(format!(
            "{title} is still out of date: {}",
            parts.join(", ")
        ))
    }
}

fn noun(count: usize) -> &'static str {
    if count == 1 { "text" } else { "texts" }
}

/// What is settled of a file: its texts before the import, the changes that were made, and the outcome of each unit of the original.
pub(super) struct OutcomeBuilder<'a> {
    pub path: &'a SitePath,
    pub original: SourceId,
    pub texts: &'a PairTexts,
    pub changes: &'a [UnitChange],
    pub outcomes: &'a [UnitOutcome],
    /// The translation after the import.
    pub translation: &'a Source,
    pub dialect: Dialect,
}

impl OutcomeBuilder<'_> {
    pub fn build(&self) -> FileOutcome {
        let order = self.merged_order();
        let translated = sections_of(self.translation, self.dialect);
        let mut present = RecordedBlocks::new(&records(&translated));
        let mut acceptance = Acceptance {
            sections: Vec::new(),
            is_complete: order.iter().all(|unit| unit.original.is_some()),
        };
        let mut reasons = Vec::new();
        for (number, section) in self.texts.sections.iter().enumerate() {
            let heading = self.outcome_at(number, None);
            let mut blocks = Vec::new();
            let mut settled = Vec::new();
            for (at, block) in section.blocks.iter().enumerate() {
                let outcome = self.outcome_at(number, Some(at));
                settled.push(match outcome {
                    Some(outcome) => outcome == UnitOutcome::Settled,
                    // Code and signs that nobody translates follow the original if they are the same.
                    None => present.take(block.hash),
                });
                blocks.push(outcome);
            }
            let has_heading = match heading {
                Some(outcome) => outcome == UnitOutcome::Settled,
                None => {
                    let mut headings = translated.iter().map(|other| other.hashes.heading);
                    headings.any(|hash| hash == section.hashes.heading)
                }
            };
            let place = self.section_place(number, &order);
            acceptance.sections.push(SectionAcceptance {
                heading: has_heading,
                blocks: settled,
                is_whole: place.is_whole,
            });
            let is_returned = self
                .units_of(number)
                .any(|unit| self.outcomes[unit] != UnitOutcome::NotReturned);
            reasons.push(SectionReasons {
                title: section.title.clone(),
                is_returned,
                heading: heading.unwrap_or(UnitOutcome::NotReturned),
                blocks,
                is_reordered: !place.is_whole && place.surplus.is_empty(),
                surplus: place.surplus,
            });
        }
        FileOutcome {
            path: self.path.clone(),
            original: self.original,
            acceptance,
            reasons,
            is_settled: self.outcomes.contains(&UnitOutcome::Settled),
        }
    }

    /// The outcome of the units at a place: the worst one; None if it has no unit.
    fn outcome_at(&self, section: usize, block: Option<usize>) -> Option<UnitOutcome> {
        let units = self.texts.places.units_at(UnitPlace { section, block });
        units.iter().map(|unit| self.outcomes[*unit]).max()
    }

    fn units_of(&self, section: usize) -> impl Iterator<Item = usize> {
        let places = self.texts.places.places.iter().enumerate();
        places.filter_map(move |(unit, place)| {
            let is_inside = place.is_some_and(|place| place.section == section);
            is_inside.then_some(unit)
        })
    }

    /// The units of the translation after the import, in order. Texts that were added to the translation on purpose are left out.
    fn merged_order(&self) -> Vec<MergedUnit> {
        let mut order = Vec::new();
        let Some(translation) = &self.texts.translation else {
            for unit in 0..self.texts.original.units.len() {
                order.push(MergedUnit::inserted(0, unit));
            }
            return order;
        };
        let pairing = &translation.pairing;
        for number in 0..translation.text.units.len() {
            let is_added = pairing.is_known && !pairing.obsolete.contains(&number);
            let original = pairing
                .units
                .iter()
                .position(|translated| *translated == Some(number));
            if original.is_some() || !is_added {
                order.push(MergedUnit {
                    number,
                    is_present: true,
                    original,
                });
            }
        }
        for (original, unit) in &pairing.letterless {
            if pairing.units[*original].is_some() {
                continue;
            }
            let units = &translation.text.units;
            let at = units.partition_point(|other| other.span.start < unit.span.start);
            let place = order.partition_point(|other| other.number < at);
            order.insert(place, MergedUnit::inserted(at, *original));
        }
        for change in self.changes {
            if let UnitChange::Insert(blocks, new) = change {
                order.retain(|unit| !unit.is_present || !blocks.replaced.contains(&unit.number));
                let at = blocks.unit_after(&translation.text);
                // Behind what earlier changes have inserted before the same unit.
                let place = order.partition_point(|unit| {
                    unit.number < at || unit.number == at && !unit.is_present
                });
                let inserted = new.iter().map(|new| MergedUnit::inserted(at, new.unit));
                order.splice(place..place, inserted);
            }
        }
        order
    }

    fn section_place(&self, section: usize, order: &[MergedUnit]) -> SectionPlace {
        let units: Vec<usize> = self.units_of(section).collect();
        let mut place = SectionPlace {
            is_whole: true,
            surplus: Vec::new(),
        };
        // The keys of front matter are in any order.
        if self.texts.sections[section].id == METADATA {
            place.is_whole = units
                .iter()
                .all(|unit| order.iter().any(|other| other.original == Some(*unit)));
            return place;
        }
        let Some(first) = units.first() else {
            return place;
        };
        let Some(start) = order.iter().position(|unit| unit.original == Some(*first)) else {
            place.is_whole = false;
            return place;
        };
        let mut expected = units.iter().peekable();
        for merged in &order[start..] {
            match (merged.original, expected.peek()) {
                (None, _) => place.surplus.extend(self.words_of(merged)),
                (Some(unit), Some(next)) if unit == **next => _ = expected.next(),
                (Some(_), _) => break,
            }
        }
        place.is_whole = place.surplus.is_empty() && expected.next().is_none();
        place
    }

    /// The first words of a text that only the translation has.
    fn words_of(&self, merged: &MergedUnit) -> Option<String> {
        let translation = self.texts.translation.as_ref()?;
        Some(shortened(&translation.text.units[merged.number].words()))
    }
}

/// A unit of the translation after the import.
#[derive(Debug, Clone, Copy)]
struct MergedUnit {
    /// Its number in the translation before the import; of an inserted unit, that of the unit it is before.
    number: usize,
    is_present: bool,
    /// The unit of the original that it is the translation of.
    original: Option<usize>,
}

impl MergedUnit {
    fn inserted(number: usize, original: usize) -> MergedUnit {
        MergedUnit {
            number,
            is_present: false,
            original: Some(original),
        }
    }
}

/// Where the units of a section are in the translation.
struct SectionPlace {
    /// True if they are one after another, with nothing between or after them.
    is_whole: bool,
    /// The words of what is there besides them.
    surplus: Vec<String>,
}
