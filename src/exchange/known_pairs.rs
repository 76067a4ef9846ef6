//! What is known of the units of a text and of its translation before they are aligned: which belong together, which are new, and which follow
//! something that the text no longer has. Doesn't know where that is known from.

use std::collections::{BTreeMap, BTreeSet};

use super::translatable::TextBlock;

/// The score of blocks with a known pair of units in them.
const PAIRED: f32 = 14.0;

/// The score of blocks of which units are known to belong elsewhere.
const APART: f32 = -8.0;

/// What is known of a unit of the original.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KnownUnit {
    /// The unit of the translation with this number is its translation.
    Pair(usize),
    /// It has no translation.
    New,
}

/// What is known of the units of a text and of its translation.
#[derive(Debug, Default)]
pub(super) struct KnownPairs {
    units: BTreeMap<usize, KnownUnit>,
    /// By unit of the translation: its original, or None if the text no longer has it.
    originals: BTreeMap<usize, Option<usize>>,
    /// Units of the translation that follow something, also if it isn't known what has become of that.
    followers: BTreeSet<usize>,
    /// True if it is known of each unit of the translation what it follows, so that all others were added on purpose.
    pub is_complete: bool,
}

impl KnownPairs {
    /// Notes a pair, unless something else is known of one of the two.
    pub fn pair(&mut self, unit: usize, translation: usize) {
        if !self.units.contains_key(&unit) && !self.originals.contains_key(&translation) {
            self.units.insert(unit, KnownUnit::Pair(translation));
            self.originals.insert(translation, Some(unit));
        }
    }

    /// Notes that a unit has no translation, unless it is known to have one.
    pub fn set_new(&mut self, unit: usize) {
        self.units.entry(unit).or_insert(KnownUnit::New);
    }

    /// Notes that a unit of the translation has no original any more, unless it is known to have one.
    pub fn set_obsolete(&mut self, translation: usize) {
        self.originals.entry(translation).or_insert(None);
    }

    /// Notes that a unit of the translation was not added on purpose.
    pub fn set_follower(&mut self, translation: usize) {
        self.followers.insert(translation);
    }

    /// True if a unit of the translation follows something that the text has or had.
    pub fn is_follower(&self, translation: usize) -> bool {
        self.followers.contains(&translation) || self.is_obsolete(translation)
    }

    /// True if nothing is known.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty() && self.originals.is_empty()
    }

    /// What is known of a unit.
    pub fn unit(&self, unit: usize) -> Option<KnownUnit> {
        self.units.get(&unit).copied()
    }

    /// True if a unit of the translation is known to have no original any more.
    pub fn is_obsolete(&self, translation: usize) -> bool {
        self.originals.get(&translation) == Some(&None)
    }

    /// True if units of this block of the translation are known to have an original.
    pub fn has_original(&self, translation: &TextBlock) -> bool {
        let mut known = self.originals.range(translation.unit_range());
        known.any(|(_, unit)| unit.is_some())
    }

    /// The score of two blocks by what is known of the units in them; minus infinity if they can't belong together.
    pub fn score(&self, original: &TextBlock, translation: &TextBlock) -> f32 {
        if self.is_empty() {
            return 0.0;
        }
        let (units, others) = (original.unit_range(), translation.unit_range());
        let (mut inside, mut outside, mut new, mut obsolete) = (0, 0, 0, 0);
        for (_, known) in self.units.range(units.clone()) {
            match known {
                KnownUnit::Pair(other) if others.contains(other) => inside += 1,
                KnownUnit::Pair(_) => outside += 1,
                KnownUnit::New => new += 1,
            }
        }
        for (_, known) in self.originals.range(others.clone()) {
            match known {
                Some(unit) if !units.contains(unit) => outside += 1,
                Some(_) => {}
                None => obsolete += 1,
            }
        }
        if inside > 0 {
            // A list that got half of its items from another one is still the same list.
            return if outside > inside { 0.0 } else { PAIRED };
        }
        let is_new = new > 0 && new == units.len();
        let is_obsolete = obsolete > 0 && obsolete == others.len();
        let is_text = original.children.is_empty() && translation.children.is_empty();
        if is_new || is_obsolete || is_text && outside > 0 {
            return f32::NEG_INFINITY;
        }
        if outside > 0 { APART } else { 0.0 }
    }
}
