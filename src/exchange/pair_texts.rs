//! A file and its translation -> their units, which belong together, and which of them follow the original as it is. Knows nothing of formats.

use crate::source::{Source, SourceId};
use crate::translation::section_changes::match_sections;
use crate::translation::section_record::records;
use crate::translation::word_counts::recorded_blocks;
use crate::translation::{HashedSection, sections};

use super::context::ExchangeContext;
use super::extract::extract;
use super::features::BlockFeatures;
use super::file_pairs::FilePair;
use super::knowledge::{EarlierVersion, SectionedText, add_recorded};
use super::known_pairs::KnownPairs;
use super::lexicon::{Lexicon, LexiconBuilder};
use super::pairing::{Extracted, Pairing, pair_units};
use super::places::UnitPlaces;
use super::translatable::TranslatableText;
use super::unit::TranslationUnit;
use super::version_pairs::similarity;

/// A text with fewer words can be the same in two languages.
const MIN_COPIED_WORDS: usize = 4;

/// Texts with a lower score by the words of the site are probably no translations of each other.
const UNLIKELY: f32 = -5.0;

/// The units of a file and of its translation.
#[derive(Debug)]
pub(super) struct PairTexts {
    pub original: TranslatableText,
    /// The sections of the original.
    pub sections: Vec<HashedSection>,
    /// Where the units of the original are in its sections.
    pub places: UnitPlaces,
    /// By unit of the original.
    pub states: Vec<UnitState>,
    pub translation: Option<TranslatedText>,
}

/// What is known of a unit of the original, apart from whether it has a translation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitState {
    /// The translation follows it as it is.
    Current,
    /// The translation follows something else: an earlier version of it, or nothing.
    Stale,
    /// It isn't known which version the translation follows.
    Unknown,
}

/// The units of a translation, and which unit of the original each belongs to.
#[derive(Debug)]
pub(super) struct TranslatedText {
    pub text: TranslatableText,
    pub pairing: Pairing,
    /// The version of the original that it follows, if history has it and it isn't the one of now.
    pub earlier: Option<EarlierVersion>,
}

impl std::fmt::Debug for EarlierVersion {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("EarlierVersion").finish_non_exhaustive()
    }
}

impl PairTexts {
    /// The number of the translation of a unit, in the text of the translation.
    pub fn translation_number(&self, unit: usize) -> Option<usize> {
        self.translation.as_ref()?.pairing.units[unit]
    }

    /// The translation of a unit.
    pub fn translation_of(&self, unit: usize) -> Option<&TranslationUnit> {
        match self.translation_number(unit) {
            Some(number) => Some(&self.translation.as_ref()?.text.units[number]),
            None => self.letterless(unit),
        }
    }

    /// The translation of a unit, if it has no letters.
    pub fn letterless(&self, unit: usize) -> Option<&TranslationUnit> {
        let pairing = &self.translation.as_ref()?.pairing;
        if pairing.units[unit].is_some() {
            return None;
        }
        pairing.letterless.get(&unit)
    }

    /// True if a unit without a translation can be inserted: into a new file, or where its blocks are missing.
    pub fn has_place(&self, unit: usize) -> bool {
        match &self.translation {
            Some(translation) => translation.pairing.missing_with(unit).is_some(),
            None => true,
        }
    }

    /// The hash of the translation of a unit, or of what it would take the place of.
    pub fn translation_hash(&self, unit: usize) -> Option<u64> {
        if let Some(present) = self.translation_of(unit) {
            return Some(present.hash());
        }
        let translation = self.translation.as_ref()?;
        let missing = translation.pairing.missing_with(unit)?;
        missing.replaced_hash(&translation.text)
    }

    /// What a unit would take the place of, if it isn't known to which units of the original that belongs.
    pub fn replaced_by(&self, unit: usize) -> Vec<&TranslationUnit> {
        let mut replaced = Vec::new();
        if let Some(translation) = &self.translation
            && translation.pairing.units[unit].is_none()
            && let Some(missing) = translation.pairing.missing_with(unit)
        {
            for number in &missing.replaced {
                replaced.push(&translation.text.units[*number]);
            }
        }
        replaced
    }

    /// True if the translation of a unit is the unit itself, which has enough words for that to be no coincidence.
    pub fn is_copied(&self, unit: usize) -> bool {
        let Some(present) = self.translation_of(unit) else {
            return false;
        };
        let original = &self.original.units[unit];
        present.content == original.content && is_long_enough(original)
    }

    /// The version of a unit that its translation follows, and how similar it is to the unit as it is, in percent and below 100.
    pub fn earlier_version(&self, unit: usize) -> Option<(&TranslationUnit, u8)> {
        let earlier = self.translation.as_ref()?.earlier.as_ref()?;
        let (number, _) = earlier.versions.iter().find(|(_, later)| *later == unit)?;
        let version = &earlier.text.units[*number];
        let similarity = similarity(version, &self.original.units[unit]) * 100.0;
        // Never 100: tools insert such a translation without asking.
        Some((version, similarity.clamp(0.0, 99.0) as u8))
    }

    /// True if a unit has to be translated, by what is known of it.
    pub fn is_work(&self, unit: usize) -> bool {
        match self.states[unit] {
            UnitState::Current => self.is_copied(unit),
            UnitState::Stale => true,
            UnitState::Unknown => self.is_missing(unit) || self.is_copied(unit),
        }
    }

    /// True if a unit has no translation, and nothing in the translation could be it.
    pub fn is_missing(&self, unit: usize) -> bool {
        self.translation_hash(unit).is_none()
    }

    /// True if the words of the site could pair the units better: some are not paired, or have other words than their translations.
    pub fn is_doubtful(&self, lexicon: &Lexicon) -> bool {
        let Some(translation) = &self.translation else {
            return false;
        };
        if translation.pairing.has_unknown {
            return true;
        }
        let units = &translation.text.units;
        let has_unpaired = translation.pairing.units.contains(&None);
        if has_unpaired || units.len() != self.original.units.len() {
            return true;
        }
        let mut pairs = self.original.units.iter().zip(&translation.pairing.units);
        pairs.any(|(unit, other)| match other {
            Some(other) => {
                let one = BlockFeatures::of(unit);
                let other = BlockFeatures::of(&units[*other]);
                lexicon.score(&one, &other) < UNLIKELY
            }
            None => true,
        })
    }

    /// Units that can only be inserted all together: those of the same missing blocks, or all of a missing file.
    pub fn groups(&self) -> Vec<Vec<usize>> {
        match &self.translation {
            Some(translation) => {
                let missing = translation.pairing.missing.iter();
                missing.map(|blocks| blocks.units.clone()).collect()
            }
            None => vec![(0..self.original.units.len()).collect()],
        }
    }
}

/// Nothing is known of the units before they are aligned.
pub(super) fn nothing_known(_: &TranslatableText, _: &TranslatableText) -> KnownPairs {
    KnownPairs::default()
}

/// The words of all paired units.
pub(super) fn lexicon_of<'a>(texts: impl Iterator<Item = &'a PairTexts>) -> Lexicon {
    let mut builder = LexiconBuilder::default();
    for texts in texts {
        for (number, unit) in texts.original.units.iter().enumerate() {
            if let Some(translation) = texts.translation_of(number) {
                builder.add(&BlockFeatures::of(unit), &BlockFeatures::of(translation));
            }
        }
    }
    builder.build()
}

/// True if a unit has so many words that no two languages have the same for it.
pub(super) fn is_long_enough(unit: &TranslationUnit) -> bool {
    let words = unit.words();
    let mut count = 0;
    for word in words.split_whitespace() {
        count += usize::from(word.contains(char::is_lowercase));
    }
    count >= MIN_COPIED_WORDS
}

/// The units of a file and of its translation. `known` is what is known of them already; without `lexicon` the alignment compares no words.
pub(super) fn pair_texts(
    context: ExchangeContext<'_>,
    pair: &FilePair,
    known: impl FnOnce(&TranslatableText, &TranslatableText) -> KnownPairs,
    lexicon: Option<&Lexicon>,
) -> PairTexts {
    let original = text_of(context, pair.original);
    let own_sections = sections_of(context, pair.original);
    let places = UnitPlaces::new(&original.units, &own_sections);
    let followed = context.followed_by(pair.translation);
    let states = unit_states(context, pair, &original, &own_sections, &places);
    let translation = pair.translation.map(|id| {
        let text = text_of(context, id);
        let translated_sections = sections_of(context, id);
        let translated_places = UnitPlaces::new(&text.units, &translated_sections);
        let one = SectionedText {
            text: &original,
            source: &context.source(pair.original).text,
            sections: &own_sections,
            places: &places,
        };
        let other = SectionedText {
            text: &text,
            source: &context.source(id).text,
            sections: &translated_sections,
            places: &translated_places,
        };
        let mut known = known(&original, &text);
        let mut earlier = None;
        if let Some(followed) = followed {
            earlier = EarlierVersion::of(followed, context.reading(), one, other, lexicon);
            match &earlier {
                Some(version) => version.add_to(&mut known, original.units.len()),
                None => add_recorded(&mut known, &followed.sections, one, other),
            }
        }
        let pairing = pair_units(extracted(one), extracted(other), &known, lexicon);
        TranslatedText {
            text,
            pairing,
            earlier,
        }
    });
    PairTexts {
        original,
        sections: own_sections,
        places,
        states,
        translation,
    }
}

fn extracted(text: SectionedText<'_>) -> Extracted<'_> {
    Extracted {
        text: text.text,
        source: text.source,
    }
}

fn text_of(context: ExchangeContext<'_>, id: SourceId) -> TranslatableText {
    match context.site.linked(id) {
        Some(linked) => extract(context.source(id), linked.document, context.reading()),
        None => TranslatableText::default(),
    }
}

fn sections_of(context: ExchangeContext<'_>, id: SourceId) -> Vec<HashedSection> {
    let source: &Source = context.source(id);
    match context.site.linked(id) {
        Some(linked) => sections(linked.document, &source.text),
        None => Vec::new(),
    }
}

/// By unit of the original: whether the translation follows it, by the same blocks by which the status counts words.
fn unit_states(
    context: ExchangeContext<'_>,
    pair: &FilePair,
    original: &TranslatableText,
    sections: &[HashedSection],
    places: &UnitPlaces,
) -> Vec<UnitState> {
    let count = original.units.len();
    if pair.translation.is_none() {
        return vec![UnitState::Stale; count];
    }
    let Some(followed) = context.followed_by(pair.translation) else {
        return vec![UnitState::Unknown; count];
    };
    let mut has_heading = vec![false; sections.len()];
    for (old, new) in match_sections(&followed.sections, &records(sections)) {
        has_heading[new] = followed.sections[old].hashes.heading == sections[new].hashes.heading;
    }
    let is_recorded = recorded_blocks(&followed.sections, sections);
    let mut states = Vec::with_capacity(count);
    for place in &places.places {
        states.push(match place {
            None => UnitState::Unknown,
            Some(place) => {
                let is_current = match place.block {
                    Some(block) => is_recorded[place.section][block],
                    // Only the words of a heading are in a section without being in one of its
                    // blocks.
                    None => has_heading[place.section],
                };
                if is_current {
                    UnitState::Current
                } else {
                    UnitState::Stale
                }
            }
        });
    }
    states
}
