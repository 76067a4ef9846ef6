//! The files of a folder without a usable configuration -> what its author most likely means: the folder that holds the pages, and a file
//! that was to be the configuration. Guesses are for messages and for `hjelp init`, which shows what it writes; no site is built from them.

use std::collections::BTreeMap;

use super::locales;
use super::names::HJELP;
use crate::locale::language::is_usual_language;
use crate::source::yaml::{self, YamlValue};
use crate::source::{SitePath, Source, Sources};

/// Texts in the root of most repositories that are no help pages.
const ABOUT_THE_REPOSITORY: [&str; 6] = [
    "changelog",
    "code_of_conduct",
    "contributing",
    "license",
    "readme",
    "security",
];

/// The folder that holds the pages: one with language folders, else the folder at the top with the most pages, else the root itself.
pub fn content_folder(sources: &Sources) -> Option<SitePath> {
    let mut pages = Vec::new();
    for source in sources.texts() {
        if is_page(&source.path) {
            pages.push(&source.path);
        }
    }
    if let Some(root) = locales::root_of(pages.iter().copied(), 2, is_usual_language) {
        return Some(root);
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in pages {
        let top = match page.as_str().split_once('/') {
            Some((folder, _)) => folder,
            None => "",
        };
        *counts.entry(top).or_default() += 1;
    }
    let mut best: Option<(&str, usize)> = None;
    for (folder, count) in counts {
        if best.is_none_or(|(_, most)| count > most) {
            best = Some((folder, count));
        }
    }
    let (folder, _) = best?;
    // `no/index.md` alone: the folder around it holds the language.
    if is_usual_language(folder) {
        return Some(SitePath::root());
    }
    SitePath::new(folder).ok()
}

/// True for a page of help, as far as its name tells.
fn is_page(path: &SitePath) -> bool {
    if !path.has_extension("md") {
        return false;
    }
    let name = path.stem().to_ascii_lowercase();
    !(path.parent().is_root() && ABOUT_THE_REPOSITORY.contains(&name.as_str()))
}

/// A file in the root that was to be `hjelp.yml`, which has these keys, in a folder that has none.
pub(super) fn misnamed_configuration<'s>(
    sources: &'s Sources,
    keys: &[&str],
) -> Option<&'s Source> {
    if sources.find(HJELP).is_some() {
        return None;
    }
    sources
        .texts()
        .iter()
        .find(|source| source.path.parent().is_root() && is_misnamed(source, keys))
}

fn is_misnamed(source: &Source, keys: &[&str]) -> bool {
    let name = source.path.file_name().to_ascii_lowercase();
    // Editors on Windows add the ending, and its Explorer doesn't show it.
    if ["hjelp.yml", "hjelp.yaml", "hjelp.yml.txt"].contains(&name.as_str()) {
        return true;
    }
    let Some(stem) = name
        .strip_suffix(".yml")
        .or_else(|| name.strip_suffix(".yaml"))
    else {
        return false;
    };
    // A near name proves nothing: `help.yml` may belong to another program, so its keys have to be ours.
    strsim::damerau_levenshtein(stem, "hjelp") <= 1 && has_only(source, keys)
}

/// True if there are keys, and all of them are among `keys`.
fn has_only(source: &Source, keys: &[&str]) -> bool {
    let (Some(node), _) = yaml::parse(&source.text, 0) else {
        return false;
    };
    let YamlValue::Map(entries) = &node.value else {
        return false;
    };
    let mut known = 0;
    for entry in entries {
        known += usize::from(keys.contains(&&*entry.key));
    }
    known > 0 && known == entries.len()
}
