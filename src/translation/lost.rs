//! Two revisions of a site -> a problem for each translation of the earlier one that the later one lacks, though it has the original. Doesn't
//! know why it is gone.

use std::collections::BTreeMap;

use crate::addresses::renames;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{SitePath, SourceId, Span};

use super::pairs::{PairKind, TranslationPair, translation_pairs};
use super::section_status::{MIN_IDENTICAL_WORDS, has_same_words};
use super::sections::{HashedSection, sections};

/// The problems, by language and path.
pub fn lost_translations(before: &Site, after: &Site) -> Vec<Diagnostic> {
    let renames = renames(&before.sources, &after.sources);
    let mut now: BTreeMap<(&str, &SitePath), TranslationPair> = BTreeMap::new();
    let pairs = translation_pairs(after);
    for pair in &pairs {
        if let Some(original) = pair.original {
            let folder = folder(after, pair.locale);
            now.insert((folder, after.path(original)), pair.clone());
        }
    }
    let mut problems = Vec::new();
    for pair in translation_pairs(before) {
        let (Some(original), Some(translation)) = (pair.original, pair.translation) else {
            continue;
        };
        if pair.kind == PairKind::Toc || is_copy(before, original, translation) {
            continue;
        }
        let earlier = before.path(original);
        let path = renames.get(earlier).unwrap_or(earlier);
        // An original that is gone takes its translations with it.
        if let Some(now) = now.get(&(folder(before, pair.locale), path)) {
            problems.extend(lost_translation(after, now, before.path(translation)));
        }
    }
    problems
}

/// Languages are compared by folder, as both revisions number them for themselves.
fn folder(site: &Site, locale: LocaleId) -> &str {
    &site.config.locales.get(locale).folder
}

fn lost_translation(after: &Site, now: &TranslationPair, earlier: &SitePath) -> Option<Diagnostic> {
    let original = now.original?;
    let restore = format!("`git checkout REV -- {earlier}` brings it back.");
    let Some(translation) = now.translation else {
        let message = format!("the translation `{earlier}` is gone");
        let place = after.path(original);
        let problem = Diagnostic::new(Code::TranslationLost, place, Span::at(0), message);
        return Some(problem.help(restore));
    };
    if !is_copy(after, original, translation) {
        return None;
    }
    let message = "the translation has been replaced by its original".to_owned();
    let place = after.path(translation);
    let problem = Diagnostic::new(Code::TranslationLost, place, Span::at(0), message);
    Some(problem.help(restore))
}

/// True if the words of a translation are those of its original, and too many for that to be a coincidence.
fn is_copy(site: &Site, original: SourceId, translation: SourceId) -> bool {
    let (one, other) = (sections_of(site, original), sections_of(site, translation));
    let words: usize = one.iter().map(|section| section.words).sum();
    if words < MIN_IDENTICAL_WORDS || one.len() != other.len() {
        return false;
    }
    let mut pairs = one.iter().zip(&other);
    pairs.all(|(one, other)| has_same_words(one, other))
}

fn sections_of(site: &Site, id: SourceId) -> Vec<HashedSection> {
    match site.linked(id) {
        Some(linked) => sections(linked.document, &site.source(id).text),
        None => Vec::new(),
    }
}
