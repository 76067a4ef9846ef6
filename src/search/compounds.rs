//! Compound words -> their parts, as far as the content itself has them: *dagbokoppføring* is *dagbok* and *oppføring* if both are somewhere on
//! their own. A search for a part finds the compound, and the other way round.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::postings::Posting;
use super::stem::StemRules;
use super::stem_groups::{CompoundPosting, Group, Groups, find};
use super::tokenize::{Folding, fold};

/// Shorter parts are mostly coincidence, in bytes.
const MIN_PART: usize = 4;

/// Finds the parts of all compounds among `groups`, which are of `pages` pages in `language`. `identifiers` are names with the stems of
/// their parts, of which nothing but the way from a part to the name is needed.
pub(super) fn find_parts(
    groups: &mut Groups<'_>,
    language: &str,
    pages: usize,
    identifiers: Vec<(String, Vec<String>)>,
) {
    let rules = StemRules::of(language);
    let compounds = if rules.compounds {
        compounds(groups, rules, Folding::of(language), pages)
    } else {
        Vec::new()
    };
    let known = compounds.len();
    let mut found = compounds;
    found.extend(identifiers);
    let mut added = Groups::new();
    for (part, places) in places_by_part(groups, &found) {
        match find(groups, &part) {
            Some(at) => groups[at].1.within = places,
            // A word that is in names only.
            None => {
                let group = Group {
                    within: places,
                    ..Group::default()
                };
                added.push((part, group));
            }
        }
    }
    groups.append(&mut added);
    groups.sort_unstable_by(|one, other| one.0.cmp(&other.0));
    for (key, parts) in found.into_iter().take(known) {
        if let Some(at) = find(groups, &key) {
            groups[at].1.parts = parts;
        }
    }
}

/// The compounds among `groups`, each with its parts.
fn compounds(
    groups: &Groups<'_>,
    rules: StemRules,
    folding: Folding,
    pages: usize,
) -> Vec<(String, Vec<String>)> {
    // A part must be on its own on a few pages: a typo is on one.
    let min_pages = (pages / 100).clamp(2, 4);
    let known = KnownParts::of(groups, min_pages, folding);
    let mut found: Vec<(String, Vec<String>)> = Vec::new();
    for (key, _) in groups.iter() {
        if let Some(parts) = known.parts(key, rules.links) {
            found.push((key.clone(), parts));
        }
    }
    found
}

/// For each part where its compounds are.
fn places_by_part(
    groups: &Groups<'_>,
    found: &[(String, Vec<String>)],
) -> Vec<(String, Vec<CompoundPosting>)> {
    let mut compounds: BTreeMap<&str, Vec<&Group>> = BTreeMap::new();
    for (key, parts) in found {
        if let Some(at) = find(groups, key) {
            for part in parts {
                compounds.entry(part).or_default().push(&groups[at].1);
            }
        }
    }
    let mut places = Vec::with_capacity(compounds.len());
    for (part, compounds) in compounds {
        places.push((part.to_owned(), merged_places(&compounds)));
    }
    places
}

/// Where any of these words is, without the exact positions.
fn merged_places(compounds: &[&Group]) -> Vec<CompoundPosting> {
    let mut places = Vec::new();
    for group in compounds {
        for (_, form) in &group.forms {
            places.extend(form.places());
        }
    }
    places.sort_by_key(|(page, _)| *page);
    let mut merged = Vec::new();
    for same_page in places.chunk_by(|one, other| one.0 == other.0) {
        merged.push(merged_posting(same_page));
    }
    merged
}

fn merged_posting(same_page: &[(u32, Posting)]) -> CompoundPosting {
    let mut merged = CompoundPosting {
        page: same_page[0].0,
        in_title: false,
        is_keyword: false,
        sections: Vec::new(),
    };
    let mut sections: Vec<(u32, bool)> = Vec::new();
    for (_, posting) in same_page {
        merged.in_title |= posting.in_title();
        merged.is_keyword |= posting.is_keyword();
        for place in posting.sections() {
            sections.push((place.section, place.heading));
        }
    }
    // Of a section that is listed several times, the one with the word in its heading is left.
    sections.sort_unstable_by_key(|(section, heading)| (*section, !heading));
    sections.dedup_by_key(|(section, _)| *section);
    for (section, heading) in sections {
        merged
            .sections
            .extend([section << 1 | u32::from(heading), 0]);
    }
    merged
}

/// What can be a part: stems by themselves, and folded forms, each with its stem.
struct KnownParts {
    stems: FxHashMap<String, String>,
}

impl KnownParts {
    /// The words that are on at least `min_pages` pages.
    fn of(groups: &Groups<'_>, min_pages: usize, folding: Folding) -> KnownParts {
        let mut stems = FxHashMap::default();
        let mut frequent = Vec::new();
        for (key, group) in groups {
            if key.len() >= MIN_PART && group.pages() >= min_pages {
                frequent.push(key);
                for (form, _) in &group.forms {
                    stems
                        .entry(fold(form, folding))
                        .or_insert_with(|| key.clone());
                }
            }
        }
        // A stem goes before a form that is spelled alike.
        for key in frequent {
            stems.insert(key.clone(), key.clone());
        }
        KnownParts { stems }
    }

    /// The first and the last part of a stem, with the longest last part there is. `links` may be between the parts: the *s* in
    /// *arbeidsoppgave*.
    fn parts(&self, key: &str, links: &[&str]) -> Option<Vec<String>> {
        // From the left, so that the last part is the longest: it is what the compound is a kind of.
        for at in MIN_PART..=key.len().checked_sub(MIN_PART)? {
            if !key.is_char_boundary(at) {
                continue;
            }
            let (first, last) = key.split_at(at);
            let Some(last) = self.stems.get(last) else {
                continue;
            };
            if let Some(first) = self.first_part(first, links) {
                let mut parts = vec![first.clone()];
                // A part that is listed twice would count twice in the ranking.
                if first != last {
                    parts.push(last.clone());
                }
                return Some(parts);
            }
        }
        None
    }

    fn first_part(&self, first: &str, links: &[&str]) -> Option<&String> {
        if let Some(stem) = self.stems.get(first) {
            return Some(stem);
        }
        for link in links {
            if let Some(bare) = first.strip_suffix(link)
                && bare.len() >= MIN_PART
                && let Some(stem) = self.stems.get(bare)
            {
                return Some(stem);
            }
        }
        None
    }
}
