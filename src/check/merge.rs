//! One mistake copied into several translations is one mistake: it is told once, for the language the others were translated from.
//! Comes last, when it is settled which problems are told at all.

use rustc_hash::FxHashMap;

use crate::config::LocalizedPath;
use crate::diagnostic::{Code, Diagnostic};
use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::{FileSpan, SitePath};

/// What copies of one problem share: its code, the page, what was typed, what is said of it, and how often that was said above.
type Likeness = (Code, SitePath, String, String, String, usize);

/// The same problems, those that repeat another in the same page of another language put into [`Diagnostic::also_in`].
pub fn merge_across_locales(site: &Site, problems: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut groups: FxHashMap<Likeness, Vec<(LocaleId, usize)>> = FxHashMap::default();
    let mut told: FxHashMap<(SitePath, Likeness), usize> = FxHashMap::default();
    for (at, problem) in problems.iter().enumerate() {
        let Some((locale, mut likeness)) = likeness(site, problem) else {
            continue;
        };
        let times = told
            .entry((problem.location.path.clone(), likeness.clone()))
            .or_default();
        likeness.5 = *times;
        *times += 1;
        groups.entry(likeness).or_default().push((locale, at));
    }
    let mut first_of: FxHashMap<usize, usize> = FxHashMap::default();
    let source = site.config.locales.default();
    for mut group in groups.into_values() {
        group.sort_by_key(|(locale, at)| (*locale != source, *at));
        if let [(_, first), copies @ ..] = group.as_slice() {
            first_of.extend(copies.iter().map(|(_, copy)| (*copy, *first)));
        }
    }
    let mut copies: FxHashMap<usize, Vec<FileSpan>> = FxHashMap::default();
    for (at, problem) in problems.iter().enumerate() {
        if let Some(first) = first_of.get(&at) {
            copies
                .entry(*first)
                .or_default()
                .push(problem.location.clone());
        }
    }
    let mut kept = Vec::with_capacity(problems.len() - first_of.len());
    for (at, mut problem) in problems.into_iter().enumerate() {
        if !first_of.contains_key(&at) {
            problem
                .also_in
                .extend(copies.remove(&at).unwrap_or_default());
            kept.push(problem);
        }
    }
    kept
}

fn likeness(site: &Site, problem: &Diagnostic) -> Option<(LocaleId, Likeness)> {
    let LocalizedPath { root, locale, rest } =
        site.config.localized_path(&problem.location.path)?;
    let typed = site
        .sources
        .find(problem.location.path.as_str())
        .map_or("", |id| problem.location.span.of(&site.source(id).text));
    let folder = root.join(&site.config.locales.get(locale).folder).ok()?;
    let said = problem.message.replace(&format!("{folder}/"), "");
    Some((
        locale,
        (problem.code, root, rest, typed.to_owned(), said, 0),
    ))
}
