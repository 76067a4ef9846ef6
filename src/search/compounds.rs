//! Compound words -> their parts, as far as the content itself has them: *dagbokoppføring* is *dagbok* and *oppføring* if both stand somewhere
//! on their own. Who looks for a part finds the compound, and the other way round.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::stem::StemRules;
use super::stem_groups::{Group, Groups, Within, find};
use super::tokenize::{Folding, fold};

/// Shorter parts are mostly chance.
const SHORTEST: usize = 4;

/// Finds the parts of all compounds among `groups`.
pub(super) fn find_parts(
    groups: &mut Groups<'_>,
    stems: StemRules,
    folding: Folding,
    pages: usize,
) {
    if !stems.compounds {
        return;
    }
    // A part must stand on its own on a few pages.
    let least = (pages / 100).clamp(2, 4);
    let known = Parts::of(groups, least, folding);
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (key, _) in groups.iter().filter(|(key, _)| key.len() >= 2 * SHORTEST) {
        if let Some(parts) = known.parts(key, stems.links) {
            found.push((key.clone(), parts));
        }
    }
    let mut compounds: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (key, parts) in &found {
        parts
            .iter()
            .for_each(|part| compounds.entry(part).or_default().push(key));
    }
    let within: Vec<(&str, Within)> = compounds
        .into_iter()
        .map(|(part, compounds)| {
            (
                part,
                within(
                    compounds
                        .into_iter()
                        .filter_map(|compound| Some(&groups[find(groups, compound)?].1)),
                ),
            )
        })
        .collect();
    for (part, places) in within {
        if let Some(at) = find(groups, part) {
            groups[at].1.within = places;
        }
    }
    for (key, parts) in found {
        if let Some(at) = find(groups, &key) {
            groups[at].1.parts = parts;
        }
    }
}

/// Where any of these words stands, without the exact places.
fn within<'a>(compounds: impl Iterator<Item = &'a Group<'a>>) -> Within {
    let mut hits: Vec<_> = compounds
        .flat_map(|group| &group.forms)
        .flat_map(|(_, form)| form.places())
        .collect();
    hits.sort_by_key(|(page, _)| *page);
    let same_page = hits.chunk_by(|one, other| one.0 == other.0);
    let page = |hits: &[(u32, super::postings::Posting)]| {
        let mut sections: Vec<(u32, bool)> = hits
            .iter()
            .flat_map(|(_, hit)| hit.sections())
            .map(|place| (place.section, place.heading))
            .collect();
        sections.sort_unstable_by_key(|(section, heading)| (*section, !heading));
        sections.dedup_by_key(|(section, _)| *section);
        let numbers = sections
            .into_iter()
            .flat_map(|(section, heading)| [section << 1 | u32::from(heading), 0])
            .collect();
        (
            hits[0].0,
            hits.iter().any(|(_, hit)| hit.title()),
            hits.iter().any(|(_, hit)| hit.keyword()),
            numbers,
        )
    };
    same_page.map(page).collect()
}

/// What can be a part: stems by themselves, and folded forms with their stem.
struct Parts {
    stems: FxHashMap<String, String>,
}

impl Parts {
    fn of(groups: &Groups<'_>, least: usize, folding: Folding) -> Parts {
        let mut stems = FxHashMap::default();
        let often = || {
            groups
                .iter()
                .filter(|(key, group)| key.len() >= SHORTEST && group.pages() >= least)
        };
        for (key, group) in often() {
            for (form, _) in &group.forms {
                stems
                    .entry(fold(form, folding))
                    .or_insert_with(|| key.clone());
            }
        }
        for (key, _) in often() {
            stems.insert(key.clone(), key.clone());
        }
        Parts { stems }
    }

    /// The first and the last part of a stem; the longest last part there is.
    fn parts(&self, key: &str, links: &[&str]) -> Option<Vec<String>> {
        let cuts = (SHORTEST..=key.len() - SHORTEST).filter(|at| key.is_char_boundary(*at));
        for at in cuts {
            let (first, last) = key.split_at(at);
            let Some(last) = self.stems.get(last) else {
                continue;
            };
            let bare = |link: &&str| {
                first
                    .strip_suffix(*link)
                    .filter(|bare| bare.len() >= SHORTEST)
                    .and_then(|bare| self.stems.get(bare))
            };
            if let Some(first) = self
                .stems
                .get(first)
                .or_else(|| links.iter().find_map(bare))
            {
                return Some(if first == last {
                    vec![first.clone()]
                } else {
                    vec![first.clone(), last.clone()]
                });
            }
        }
        None
    }
}
