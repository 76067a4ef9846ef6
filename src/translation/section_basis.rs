//! The versions of a translation, each with the original its translator saw -> the text that the translation follows: of each section the
//! version of the original at the time when the translation of that section was last edited. A letter that is fixed in one section says
//! nothing of the others. Knows no repository.

use crate::source::Source;
use crate::syntax::Dialect;

use super::section_changes::match_sections;
use super::section_pairs::section_pairs;
use super::section_record::{SectionRecord, records};
use super::section_status::has_same_words;
use super::sections::{HashedSection, sections_of};

/// A version of a translation, and its original at that time.
#[derive(Debug, Clone)]
pub struct TranslatedVersion {
    /// The translation.
    pub translation: Source,
    /// The original.
    pub original: Source,
}

/// The text that the newest of these versions follows; they begin with it. None without versions.
pub fn followed_text(versions: &[TranslatedVersion], dialect: Dialect) -> Option<Source> {
    let (newest, older) = versions.split_first()?;
    if older.is_empty() || !newest.original.path.has_extension("md") {
        return Some(newest.original.clone());
    }
    // Nothing is older than the newest original if all are the same.
    if older
        .iter()
        .all(|version| version.original.text == newest.original.text)
    {
        return Some(newest.original.clone());
    }
    let original = sections_of(&newest.original, dialect);
    let own = sections_of(&newest.translation, dialect);
    let pairs = section_pairs(&records(&original), &own);
    // By section of the original: its text.
    let mut texts: Vec<String> = Vec::new();
    for section in &original {
        texts.push(section.span.of(&newest.original.text).to_owned());
    }
    let mut following = followed_sections(&own);
    let mut previous = own.clone();
    for version in older {
        let translation = sections_of(&version.translation, dialect);
        following.go_back(&previous, &translation);
        previous = translation;
        if version.original.text == newest.original.text {
            continue;
        }
        let earlier = sections_of(&version.original, dialect);
        for (old, new) in match_sections(&records(&earlier), &records(&original)) {
            let has_older_translation = pairs
                .iter()
                .any(|(at, other)| *at == new && following.is_unchanged(*other));
            if has_older_translation {
                texts[new] = earlier[old].span.of(&version.original.text).to_owned();
            }
        }
    }
    let start = original
        .first()
        .map_or(0, |section| section.span.start as usize);
    let mut text = newest.original.text[..start].to_owned();
    for section in &texts {
        // The last section of a file may end without a line break.
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
        text.push_str(section);
    }
    let composed = Source::from_text(newest.original.path.clone(), text.as_str());
    // A section may not read the same below another one: a list that continues, a definition of a link that is gone.
    if sections_of(&composed, dialect).len() != original.len() {
        return Some(newest.original.clone());
    }
    Some(composed)
}

/// Sections of a translation, followed into earlier versions as long as their words stay the same.
struct FollowedSections {
    /// By section of the newest version: its number in the version that was looked at last, if it has the same words there.
    numbers: Vec<Option<usize>>,
}

fn followed_sections(newest: &[HashedSection]) -> FollowedSections {
    FollowedSections {
        numbers: (0..newest.len()).map(Some).collect(),
    }
}

impl FollowedSections {
    fn go_back(&mut self, later: &[HashedSection], earlier: &[HashedSection]) {
        let mut earlier_of = vec![None; later.len()];
        for (old, new) in match_sections(&records(earlier), &records(later)) {
            if has_same_words(&earlier[old], &later[new]) {
                earlier_of[new] = Some(old);
            }
        }
        for number in &mut self.numbers {
            *number = number.and_then(|at| earlier_of[at]);
        }
    }

    /// True if a section of the newest version had the same words already.
    fn is_unchanged(&self, section: usize) -> bool {
        self.numbers[section].is_some()
    }
}

/// The text that was recorded, made of the sections of these versions of an original, newest first. None unless all of them are found.
pub fn recorded_text(
    recorded: &[SectionRecord],
    versions: &[Source],
    dialect: Dialect,
) -> Option<Source> {
    let path = versions.first()?.path.clone();
    let mut texts: Vec<Option<String>> = vec![None; recorded.len()];
    for version in versions {
        let sections = sections_of(version, dialect);
        let mut found = 0;
        for (record, text) in recorded.iter().zip(&mut texts) {
            let mut same = sections.iter();
            let Some(section) = same.find(|section| has_hashes_of(section, record)) else {
                continue;
            };
            found += 1;
            if text.is_none() {
                *text = Some(section.span.of(&version.text).to_owned());
            }
        }
        // Nearly always one version has them all, as it was written.
        if found == recorded.len() && sections.len() == recorded.len() {
            return Some(version.clone());
        }
    }
    let mut composed = String::new();
    for text in texts {
        if !composed.is_empty() && !composed.ends_with('\n') {
            composed.push('\n');
        }
        composed.push_str(&text?);
    }
    let composed = Source::from_text(path, composed.as_str());
    let sections = sections_of(&composed, dialect);
    let mut pairs = sections.iter().zip(recorded);
    let is_same = sections.len() == recorded.len()
        && pairs.all(|(section, record)| has_hashes_of(section, record));
    is_same.then_some(composed)
}

fn has_hashes_of(section: &HashedSection, record: &SectionRecord) -> bool {
    section.level == record.level
        && section.hashes.heading == record.hashes.heading
        && section.hashes.wording == record.hashes.wording
}
