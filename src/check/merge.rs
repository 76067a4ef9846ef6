//! Merges the copies of one mistake in several translations: it is reported once, for the language the others are translated from, with the
//! copies in [`Diagnostic::also_in`]. Comes last, when it is known which problems are reported at all.

use rustc_hash::FxHashMap;

use crate::config::LocalizedPath;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{FileSpan, SitePath};

/// What the copies of one problem have in common.
#[derive(Clone, PartialEq, Eq, Hash)]
struct SharedPart {
    code: Code,
    /// The configuration may set levels by language. Problems of different levels are not merged, so that none is lost in the counts.
    level: Level,
    /// The folder that contains the folders of the languages, and the path of the page below those.
    root: SitePath,
    page: String,
    /// The text at the place of the problem.
    typed: String,
    /// The message without the folder of the language.
    message: String,
    /// How often the same problem was reported in this file before: copies are compared one by one.
    occurrence: usize,
}

/// The same problems, with copies merged.
pub fn merge_across_locales(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let originals = originals_of_copies(site, &problems);
    let mut copies: FxHashMap<usize, Vec<FileSpan>> = FxHashMap::default();
    for (at, problem) in problems.iter().enumerate() {
        if let Some(original) = originals.get(&at) {
            let places = copies.entry(*original).or_default();
            places.push(problem.location.clone());
        }
    }
    let mut merged = Vec::with_capacity(problems.len() - originals.len());
    for (at, mut problem) in problems.into_iter().enumerate() {
        if originals.contains_key(&at) {
            continue;
        }
        if let Some(places) = copies.remove(&at) {
            problem.also_in.extend(places);
        }
        merged.push(problem);
    }
    merged
}

/// For each copy, by index, the problem it is a copy of.
fn originals_of_copies(site: &Site, problems: &[Diagnostic]) -> FxHashMap<usize, usize> {
    let mut groups: FxHashMap<SharedPart, Vec<(LocaleId, usize)>> = FxHashMap::default();
    let mut occurrences: FxHashMap<(SitePath, SharedPart), usize> = FxHashMap::default();
    for (at, problem) in problems.iter().enumerate() {
        let Some((locale, mut shared)) = shared_part(site, problem) else {
            continue;
        };
        // Keyed by file, so that the second of two equal links in one language is compared with the second in the other.
        let file = (problem.location.path.clone(), shared.clone());
        let occurrence = occurrences.entry(file).or_default();
        shared.occurrence = *occurrence;
        *occurrence += 1;
        groups.entry(shared).or_default().push((locale, at));
    }
    let source_locale = site.config.locales.default();
    let mut originals = FxHashMap::default();
    for mut group in groups.into_values() {
        // Authors correct the source language first; without a problem there, the first one in reading order is reported.
        group.sort_by_key(|(locale, at)| (*locale != source_locale, *at));
        let Some(((_, original), copies)) = group.split_first() else {
            continue;
        };
        for (_, copy) in copies {
            originals.insert(*copy, *original);
        }
    }
    originals
}

fn shared_part(site: &Site, problem: &Diagnostic) -> Option<(LocaleId, SharedPart)> {
    let localized = site.config.localized_path(&problem.location.path)?;
    let LocalizedPath { root, locale, rest } = localized;
    let typed = match site.sources.find(problem.location.path.as_str()) {
        Some(id) => problem.location.span.of(&site.source(id).text),
        None => "",
    };
    let folder = root.join(&site.config.locales.get(locale).folder).ok()?;
    let shared = SharedPart {
        code: problem.code,
        level: problem.level,
        root,
        page: rest,
        typed: typed.to_owned(),
        // Messages name paths below the folder of the language, which is all that differs between copies.
        message: problem.message.replace(&format!("{folder}/"), ""),
        occurrence: 0,
    };
    Some((locale, shared))
}
