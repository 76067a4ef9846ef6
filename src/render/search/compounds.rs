//! Compound words -> their parts, as far as the content itself has them: *dagbokoppføring* is *dagbok* and *oppføring* if both stand somewhere
//! on their own. Who looks for a part finds the compound, and the other way round.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::groups::{Groups, Places};
use super::hits::{Hit, InSection};
use super::stem::Stems;
use super::words::{Folding, fold};

/// Shorter parts are mostly chance.
const SHORTEST: usize = 4;

/// Finds the parts of all compounds among `groups`.
pub(super) fn part(groups: &mut Groups<'_>, stems: Stems, folding: Folding, pages: usize) {
    if !stems.compounds {
        return;
    }
    // A part must stand on its own on a few pages.
    let least = (pages / 100).clamp(2, 4);
    let known = Known::of(groups, least, folding);
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for key in groups.keys().filter(|key| key.len() >= 2 * SHORTEST) {
        if let Some(parts) = known.parts(key, stems.links) {
            found.push((key.clone(), parts));
        }
    }
    let mut within: BTreeMap<String, BTreeMap<u32, Hit>> = BTreeMap::new();
    for (key, parts) in &found {
        let Some(group) = groups.get_mut(key) else { continue };
        group.parts.clone_from(parts);
        for part in parts {
            let all = within.entry(part.clone()).or_default();
            for (page, hit) in group.forms.values().flat_map(|form| &form.places) {
                add(all.entry(*page).or_default(), hit);
            }
        }
    }
    for (part, places) in within {
        if let Some(group) = groups.get_mut(&part) {
            group.within = places.into_iter().map(|(page, hit)| (page, Cow::Owned(hit))).collect::<Places>();
        }
    }
}

/// Where a word stands, without the exact places.
fn add(all: &mut Hit, hit: &Hit) {
    all.title |= hit.title;
    all.keyword |= hit.keyword;
    for place in &hit.sections {
        match all.sections.binary_search_by_key(&place.section, |known| known.section) {
            Ok(at) => all.sections[at].heading |= place.heading,
            Err(at) => {
                all.sections.insert(at, InSection { section: place.section, heading: place.heading, positions: Vec::new() });
            }
        }
    }
}

/// What can be a part: stems by themselves, and folded forms with their stem.
struct Known {
    stems: FxHashMap<String, String>,
}

impl Known {
    fn of(groups: &Groups<'_>, least: usize, folding: Folding) -> Known {
        let mut stems = FxHashMap::default();
        let often = || groups.iter().filter(|(key, group)| key.len() >= SHORTEST && group.pages() >= least);
        for (key, group) in often() {
            for form in group.forms.keys() {
                stems.entry(fold(form, folding)).or_insert_with(|| key.clone());
            }
        }
        for (key, _) in often() {
            stems.insert(key.clone(), key.clone());
        }
        Known { stems }
    }

    /// The first and the last part of a stem; the longest last part there is.
    fn parts(&self, key: &str, links: &[&str]) -> Option<Vec<String>> {
        let cuts = (SHORTEST..=key.len() - SHORTEST).filter(|at| key.is_char_boundary(*at));
        for at in cuts {
            let (first, last) = key.split_at(at);
            let Some(last) = self.stems.get(last) else { continue };
            let bare = |link: &&str| first.strip_suffix(*link).filter(|bare| bare.len() >= SHORTEST).and_then(|bare| self.stems.get(bare));
            if let Some(first) = self.stems.get(first).or_else(|| links.iter().find_map(bare)) {
                return Some(if first == last { vec![first.clone()] } else { vec![first.clone(), last.clone()] });
            }
        }
        None
    }
}
