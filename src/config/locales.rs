//! `locales` of `hjelp.yml`, or the folders that are named like languages -> the locales of the site. Knows pages by their paths only.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{ConfigReader, Spanned, nearest};
use crate::diagnostic::Code;
use crate::locale::language::{LanguageInfo, canonical_tag, is_usual_language};
use crate::locale::{Direction, Locale, LocaleId, Locales, language_info};
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// The pages in each folder directly below another folder, by their paths in it, and how many are in that folder itself.
#[derive(Debug, Default)]
pub(super) struct FolderCounts<'p> {
    folders: BTreeMap<&'p str, BTreeSet<&'p str>>,
    direct: usize,
}

impl<'p> FolderCounts<'p> {
    /// Counts `pages`, which are paths below the folder.
    pub(super) fn of(pages: impl Iterator<Item = &'p str>) -> Self {
        let mut counts = FolderCounts::default();
        for page in pages {
            match page.split_once('/') {
                Some((folder, rest)) => {
                    counts.folders.entry(folder).or_default().insert(rest);
                }
                None => counts.direct += 1,
            }
        }
        counts
    }

    /// The folders that are named like languages. A single one counts only if there is nothing next to it: `it` alone among `sales` and
    /// `support` is a department.
    pub(super) fn languages(&self) -> Vec<&'p str> {
        let languages = self.with_rare(self.matching(is_usual_language));
        let has_others = self.direct > 0 || self.folders.len() > 1;
        if languages.len() == 1 && has_others {
            return Vec::new();
        }
        languages
    }

    /// The language folders with those next to them whose names are codes of rare languages, if most of their pages are also in one of the
    /// others. Otherwise `se` or `ms` is a product or a department, and its pages are in the default language.
    pub(super) fn with_rare(&self, mut languages: Vec<&'p str>) -> Vec<&'p str> {
        let usual = languages.clone();
        for (folder, pages) in &self.folders {
            if is_usual_language(folder) || language_info(folder).is_none() {
                continue;
            }
            let is_translated = usual.iter().any(|language| {
                let Some(originals) = self.folders.get(language) else {
                    return false;
                };
                2 * pages.intersection(originals).count() > pages.len()
            });
            if is_translated {
                languages.push(folder);
            }
        }
        languages
    }

    /// The folders that `is_language` accepts.
    pub(super) fn matching(&self, is_language: impl Fn(&str) -> bool) -> Vec<&'p str> {
        let mut languages = Vec::new();
        for folder in self.folders.keys() {
            if is_language(folder) {
                languages.push(*folder);
            }
        }
        languages
    }
}

/// The folder with the most pages in subfolders that `is_language` accepts, if these are at least `least`. Of several, the first one in path
/// order.
pub(super) fn root_of<'p>(
    pages: impl Iterator<Item = &'p SitePath>,
    least: usize,
    is_language: impl Fn(&str) -> bool,
) -> Option<SitePath> {
    let mut candidates: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for page in pages {
        let path = page.as_str();
        let mut start = 0;
        // Every folder of a path is a candidate: `docs/en/api/it/` has two.
        while let Some(length) = path[start..].find('/') {
            let folder = &path[start..start + length];
            if is_language(folder) {
                let root = &path[..start.saturating_sub(1)];
                let (folders, count) = candidates.entry(root).or_default();
                folders.insert(folder);
                *count += 1;
            }
            start += length + 1;
        }
    }
    let mut best: Option<(&str, usize)> = None;
    for (root, (folders, count)) in candidates {
        if folders.len() >= least && best.is_none_or(|(_, most)| count > most) {
            best = Some((root, count));
        }
    }
    SitePath::new(best?.0).ok()
}

/// The locales of these folders, those of them that are named like languages.
pub(super) fn from_folders<'f>(folders: impl IntoIterator<Item = &'f str>) -> Vec<Locale> {
    let folders: BTreeSet<&str> = folders.into_iter().collect();
    let mut list = Vec::new();
    for folder in folders {
        if let Some(language) = language_info(folder) {
            list.push(locale(folder, language));
        }
    }
    add_related_fallbacks(&mut list);
    list
}

/// The locale of a site in one language, stated as a tag in any case; nothing if it is not a valid tag.
pub(super) fn of_tag(tag: &str) -> Option<Locale> {
    default_locale(tag, None).or_else(|| default_locale(tag, Some(canonical_tag(tag)?)))
}

fn locale(folder: &str, language: LanguageInfo) -> Locale {
    Locale {
        folder: folder.to_owned(),
        tag: language.tag,
        search: language.search.into(),
        name: language.name,
        direction: language.direction,
        fallback: Vec::new(),
    }
}

/// Gives locales without a fallback the language their readers understand best: Bokmål for Nynorsk, the language of all regions for that of
/// a region. The folder `no` is Bokmål (`nb`) unless the site has that too: then it is `no`, and each is a fallback of the other.
fn add_related_fallbacks(list: &mut [Locale]) {
    // A site with both `no` and `nb` would otherwise have two languages with one tag, and no `hreflang` could tell them apart.
    let has_other_bokmal = list
        .iter()
        .any(|locale| locale.tag == "nb" && !is_folder_no(locale));
    if has_other_bokmal {
        for locale in list.iter_mut() {
            if locale.tag == "nb" && is_folder_no(locale) {
                locale.tag = "no".to_owned();
                break;
            }
        }
    }
    for index in 0..list.len() {
        if list[index].fallback.is_empty()
            && let Some(found) = related_locale(list, &list[index].tag)
        {
            list[index].fallback.push(LocaleId::new(found));
        }
    }
}

fn is_folder_no(locale: &Locale) -> bool {
    locale.folder.eq_ignore_ascii_case("no")
}

/// The index of the locale whose language is closest to that of `tag`.
fn related_locale(list: &[Locale], tag: &str) -> Option<usize> {
    // Readers of Bokmål (`nb`) and Nynorsk (`nn`) understand each other's language. `no` is the macrolanguage of both, and in practice
    // Bokmål.
    let relatives = match tag {
        "nn" => vec!["nb", "no"],
        "nb" => vec!["no"],
        "no" => vec!["nb"],
        _ => vec![tag.rsplit_once('-')?.0],
    };
    relatives
        .into_iter()
        .find_map(|relative| list.iter().position(|other| other.tag == relative))
}

/// An entry of `locales`.
struct ListedLocale<'n> {
    locale: Locale,
    /// The name of its folder.
    span: Span,
    /// The folders of its fallbacks.
    fallback: Vec<Spanned<'n>>,
}

impl ConfigReader<'_> {
    /// Reads `locales`.
    pub(super) fn read_locales(&mut self, node: &YamlNode) -> Vec<Locale> {
        if !matches!(node.value, YamlValue::List(_)) {
            self.misshapen(node, "`locales`", "a list", "- folder: no");
        }
        let mut entries: Vec<ListedLocale> = Vec::new();
        for item in node.items() {
            let Some(entry) = self.read_locale(item) else {
                continue;
            };
            let folder = &entry.locale.folder;
            if let Some(first) = entries.iter().find(|other| &other.locale.folder == folder) {
                self.report_duplicate_locale(&entry, first.span);
                continue;
            }
            // A locale is one byte in every link of the graph.
            if entries.len() == LocaleId::LIMIT {
                self.error(
                    Code::TooManyLocales,
                    entry.span,
                    message!("a site has at most {d} locales", d = LocaleId::LIMIT),
                    "Split the site.",
                );
                break;
            }
            entries.push(entry);
        }
        // Fallbacks can name locales further down the list, so they are looked up when all are known.
        let folders: Vec<String> = entries
            .iter()
            .map(|entry| entry.locale.folder.clone())
            .collect();
        let mut list = Vec::new();
        for ListedLocale {
            mut locale,
            fallback,
            ..
        } in entries
        {
            for name in fallback {
                locale.fallback.extend(self.find_locale(&folders, name));
            }
            list.push(locale);
        }
        add_related_fallbacks(&mut list);
        list
    }

    fn report_duplicate_locale(&mut self, entry: &ListedLocale, first: Span) {
        self.error(
            Code::DuplicateLocale,
            entry.span,
            message!(
                "the locale `{folder}` is listed twice",
                folder = entry.locale.folder
            ),
            "Remove one of the two.",
        );
        if let Some(problem) = self.problems.pop() {
            let labelled = problem.label(self.path, first, "listed here first");
            self.problems.push(labelled);
        }
    }

    /// One entry of `locales`: the name of a folder, or a map.
    fn read_locale<'n>(&mut self, item: &'n YamlNode) -> Option<ListedLocale<'n>> {
        if let Some(folder) = item.text() {
            let Some(language) = language_info(folder) else {
                self.report_unknown_language(folder, item.span);
                return None;
            };
            return Some(ListedLocale {
                locale: locale(folder, language),
                span: item.span,
                fallback: Vec::new(),
            });
        }
        let keys = ["folder", "tag", "name", "search", "direction", "fallback"];
        let [folder, tag, name, search, direction, fallback] = self.table(item, "a locale", keys);
        let Some(folder_node) = folder else {
            self.error(
                Code::MissingKey,
                item.span,
                "this locale has no `folder`",
                "Add `folder:` with the name of the folder that holds its pages.",
            );
            return None;
        };
        let span = folder_node.span;
        let folder = self.folder_name(folder_node)?;
        let tag = match tag {
            Some(node) => Some(self.language_tag(node)?),
            None => None,
        };
        // All keys are read first, so that an unknown language does not hide what is wrong with the others.
        let name = name.and_then(|node| self.text(node, "`name`", "Norsk"));
        let search = search.and_then(|node| self.text(node, "`search`", "norwegian"));
        let directions = [("ltr", Direction::Ltr), ("rtl", Direction::Rtl)];
        let direction = direction.and_then(|node| self.choice(node, "`direction`", directions));
        let fallback = match fallback {
            Some(node) => self.texts(node, "`fallback`", "[no, da]"),
            None => Vec::new(),
        };
        let Some(mut locale) = default_locale(folder, tag) else {
            self.report_unknown_language(folder, span);
            return None;
        };
        if let Some(name) = name {
            locale.name = name.to_owned();
        }
        if let Some(search) = search {
            locale.search = search.to_owned();
        }
        locale.direction = direction.unwrap_or(locale.direction);
        Some(ListedLocale {
            locale,
            span,
            fallback,
        })
    }

    fn folder_name<'n>(&mut self, node: &'n YamlNode) -> Option<&'n str> {
        let folder = self.text(node, "`folder`", "no")?;
        if !folder.contains(['/', '\\']) && folder != "." && folder != ".." {
            return Some(folder);
        }
        self.error(
            Code::UnexpectedValue,
            node.span,
            message!("`{folder}` is not the name of a folder", folder),
            "Write the name of a folder without its path, like `no`.",
        );
        None
    }

    fn language_tag(&mut self, node: &YamlNode) -> Option<String> {
        let text = self.text(node, "`tag`", "nb-NO")?;
        let tag = canonical_tag(text);
        if tag.is_none() {
            self.error(
                Code::UnexpectedValue,
                node.span,
                message!("`{text}` is not a language tag", text),
                "Write a BCP 47 tag like `nb`, `pt-BR` or `zh-Hans`.",
            );
        }
        tag
    }

    fn report_unknown_language(&mut self, folder: &str, span: Span) {
        self.error(
            Code::UnknownLanguage,
            span,
            message!("the folder `{folder}` is not named like a language", folder),
            "Add `tag:` with its BCP 47 tag, like `tag: nb`.",
        );
    }

    /// The locale of a folder, given the folders of all locales.
    pub(super) fn find_locale(
        &mut self,
        folders: &[String],
        (folder, span): Spanned,
    ) -> Option<LocaleId> {
        if let Some(found) = folders.iter().position(|other| other == folder) {
            return Some(LocaleId::new(found));
        }
        let help = match nearest(folder, folders.iter().map(String::as_str)) {
            Some(folder) => message!("Did you mean `{folder}`?", folder),
            None => match folders {
                [] => "There are none; no folder is named like a language.".into(),
                [only] => message!("The only locale is `{only}`.", only),
                _ => message!(
                    "The locales are `{folders}`.",
                    folders = folders.join("`, `")
                ),
            },
        };
        self.error(
            Code::UnknownLocale,
            span,
            message!("unknown locale `{folder}`", folder),
            help,
        );
        None
    }
}

/// The locale of a folder with this tag, or without one of the tag that the folder is named by. Any tag makes a locale; one of a language
/// that is not known here is its name, too.
fn default_locale(folder: &str, tag: Option<String>) -> Option<Locale> {
    let language = language_info(tag.as_deref().unwrap_or(folder));
    let Some(tag) = tag else {
        return Some(locale(folder, language?));
    };
    // A tag that is valid but not listed in the program is the choice of the author: all but its name follows from the tag.
    let Some(language) = language else {
        return Some(Locale {
            folder: folder.to_owned(),
            search: tag.split('-').next().unwrap_or("").to_owned(),
            name: tag.clone(),
            direction: Direction::Ltr,
            fallback: Vec::new(),
            tag,
        });
    };
    Some(Locale {
        tag,
        ..locale(folder, language)
    })
}

/// The folders of all locales, in their order.
pub(super) fn folders(locales: &Locales) -> Vec<String> {
    locales
        .ids()
        .map(|id| locales.get(id).folder.clone())
        .collect()
}
