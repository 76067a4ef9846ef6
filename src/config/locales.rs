//! Turns `locales:`, or the folders that are named like languages, into the locales of the site. Knows where pages lie, not what
//! they say.

use std::collections::{BTreeMap, BTreeSet};

use super::reader::{ConfigReader, Spanned, nearest};
use crate::diagnostic::Code;
use crate::locale::{
    Direction, LanguageInfo, Locale, LocaleId, Locales, canonical_tag, language_info,
};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// How many pages lie in each folder below a folder, and how many in none.
#[derive(Debug, Default)]
pub(super) struct Below<'p> {
    pub(super) folders: BTreeMap<&'p str, usize>,
    pub(super) elsewhere: usize,
}

impl<'p> Below<'p> {
    /// Counts `pages`, which are paths below the folder.
    pub(super) fn count(pages: impl Iterator<Item = &'p str>) -> Self {
        let mut below = Below::default();
        for page in pages {
            match page.split_once('/') {
                Some((folder, _)) => *below.folders.entry(folder).or_default() += 1,
                None => below.elsewhere += 1,
            }
        }
        below
    }

    /// The folders that are named like languages. A single one is believed only if there is nothing beside it: `it` alone among
    /// `sales` and `support` is no language.
    pub(super) fn languages(&self) -> Vec<&'p str> {
        let languages: Vec<&str> = self
            .folders
            .keys()
            .copied()
            .filter(|folder| language_info(folder).is_some())
            .collect();
        let lonely = languages.len() == 1 && (self.elsewhere > 0 || self.folders.len() > 1);
        if lonely { Vec::new() } else { languages }
    }

    /// The folders that are languages by somebody else's word.
    pub(super) fn those(&self, is_language: impl Fn(&str) -> bool) -> Vec<&'p str> {
        self.folders
            .keys()
            .copied()
            .filter(|folder| is_language(folder))
            .collect()
    }
}

/// The folder whose subfolders `is_language` accepts, at least `least` of them, and that hold the most of these pages together.
pub(super) fn root_of<'p>(
    pages: impl Iterator<Item = &'p SitePath>,
    least: usize,
    is_language: impl Fn(&str) -> bool,
) -> Option<SitePath> {
    let mut candidates: BTreeMap<&str, (BTreeSet<&str>, usize)> = BTreeMap::new();
    for page in pages {
        let path = page.as_str();
        let mut start = 0;
        while let Some(length) = path[start..].find('/') {
            let folder = &path[start..start + length];
            if is_language(folder) {
                let (folders, count) = candidates
                    .entry(&path[..start.saturating_sub(1)])
                    .or_default();
                folders.insert(folder);
                *count += 1;
            }
            start += length + 1;
        }
    }
    let best = candidates
        .into_iter()
        .filter(|(_, (folders, _))| folders.len() >= least)
        .rev()
        .max_by_key(|(_, (_, count))| *count);
    best.and_then(|(root, _)| SitePath::new(root).ok())
}

/// The locales of these folders, which are language codes.
pub(super) fn from_folders<'f>(folders: impl IntoIterator<Item = &'f str>) -> Vec<Locale> {
    let folders: BTreeSet<&str> = folders.into_iter().collect();
    let mut list: Vec<Locale> = folders
        .into_iter()
        .filter_map(|folder| Some(locale(folder.to_owned(), language_info(folder)?)))
        .collect();
    add_relatives(&mut list);
    list
}

fn locale(folder: String, known: LanguageInfo) -> Locale {
    Locale {
        folder,
        tag: known.tag,
        search: known.search.into(),
        name: known.name,
        direction: known.direction,
        fallback: Vec::new(),
    }
}

/// Nynorsk readers read Bokmål, and readers of a region's language that of all regions. `no` is `nb` unless the site has that too: then each
/// keeps its own name, and stands in for the other.
fn add_relatives(list: &mut [Locale]) {
    let is_no = |locale: &Locale| locale.folder.eq_ignore_ascii_case("no");
    let has_bokmal = list
        .iter()
        .any(|locale| locale.tag == "nb" && !is_no(locale));
    if let Some(norwegian) = list
        .iter_mut()
        .find(|locale| has_bokmal && locale.tag == "nb" && is_no(locale))
    {
        norwegian.tag = "no".to_owned();
    }
    for index in 0..list.len() {
        let tag = list[index].tag.clone();
        let relatives = match tag.as_str() {
            "nn" => vec!["nb", "no"],
            "nb" => vec!["no"],
            "no" => vec!["nb"],
            _ => tag
                .rsplit_once('-')
                .map(|(parent, _)| parent)
                .into_iter()
                .collect(),
        };
        let found = relatives
            .into_iter()
            .find_map(|relative| list.iter().position(|other| other.tag == relative));
        if let (Some(found), true) = (found, list[index].fallback.is_empty()) {
            list[index].fallback.push(LocaleId::new(found));
        }
    }
}

/// What `locales:` says.
pub(super) fn given(reader: &mut ConfigReader, node: &YamlNode) -> Vec<Locale> {
    if !matches!(node.value, YamlValue::List(_)) {
        reader.misshapen(node, "`locales`", "a list", "- folder: no");
    }
    let mut list: Vec<Locale> = Vec::new();
    let mut spans: Vec<Span> = Vec::new();
    let mut fallbacks: Vec<Vec<Spanned>> = Vec::new();
    for item in node.items() {
        let Some((locale, span, fallback)) = one(reader, item) else {
            continue;
        };
        if let Some(first) = list.iter().position(|other| other.folder == locale.folder) {
            reader.error(
                Code::DuplicateLocale,
                span,
                format!("the locale `{}` is listed twice", locale.folder),
                "Remove one of the two.",
            );
            if let Some(problem) = reader.problems.pop() {
                let labelled = problem.label(reader.path, spans[first], "listed here first");
                reader.problems.push(labelled);
            }
            continue;
        }
        if list.len() == LocaleId::LIMIT {
            reader.error(
                Code::TooManyLocales,
                span,
                format!("a site has at most {} locales", LocaleId::LIMIT),
                "Split the site.",
            );
            break;
        }
        list.push(locale);
        spans.push(span);
        fallbacks.push(fallback);
    }
    let folders: Vec<String> = list.iter().map(|locale| locale.folder.clone()).collect();
    for (locale, fallback) in list.iter_mut().zip(fallbacks) {
        locale.fallback = fallback
            .into_iter()
            .filter_map(|name| find(reader, &folders, name))
            .collect();
    }
    add_relatives(&mut list);
    list
}

/// One entry of `locales:`, where its folder is named, and the folders of its fallbacks.
fn one<'n>(
    reader: &mut ConfigReader,
    item: &'n YamlNode,
) -> Option<(Locale, Span, Vec<Spanned<'n>>)> {
    if let Some(folder) = item.text() {
        let known = language_info(folder);
        if known.is_none() {
            unknown_language(reader, folder, item.span);
        }
        return Some((locale(folder.to_owned(), known?), item.span, Vec::new()));
    }
    let keys = ["folder", "tag", "name", "search", "direction", "fallback"];
    let [folder, tag, name, search, direction, fallback] = reader.table(item, "a locale", keys);
    let Some(folder) = folder else {
        reader.error(
            Code::MissingKey,
            item.span,
            "this locale has no `folder`",
            "Add `folder:` with the name of the folder that holds its pages.",
        );
        return None;
    };
    let span = folder.span;
    let folder = reader.text(folder, "`folder`", "no")?;
    if folder.contains(['/', '\\']) || matches!(folder, "." | "..") {
        reader.error(
            Code::UnexpectedValue,
            span,
            format!("`{folder}` is no name of a folder"),
            "Name a folder without the way to it, like `no`.",
        );
        return None;
    }
    let tag = match tag {
        Some(node) => {
            let text = reader.text(node, "`tag`", "nb-NO")?;
            let tag = canonical_tag(text);
            if tag.is_none() {
                reader.error(
                    Code::UnexpectedValue,
                    node.span,
                    format!("`{text}` is no language tag"),
                    "Write a BCP 47 tag like `nb`, `pt-BR` or `zh-Hans`.",
                );
            }
            Some(tag?)
        }
        None => None,
    };
    let name = name.and_then(|node| reader.text(node, "`name`", "Norsk"));
    let search = search.and_then(|node| reader.text(node, "`search`", "norwegian"));
    let direction = direction.and_then(|node| {
        reader.choice(
            node,
            "`direction`",
            [("ltr", Direction::Ltr), ("rtl", Direction::Rtl)],
        )
    });
    let fallback = fallback
        .map(|node| reader.texts(node, "`fallback`", "[no, da]"))
        .unwrap_or_default();

    let told = language_info(tag.as_deref().unwrap_or(folder));
    let mut locale = match (told, &tag) {
        (Some(known), _) => locale(folder.to_owned(), known),
        (None, Some(tag)) => Locale {
            folder: folder.to_owned(),
            tag: tag.clone(),
            search: tag.split('-').next().unwrap_or("").to_owned(),
            name: tag.clone(),
            direction: Direction::Ltr,
            fallback: Vec::new(),
        },
        (None, None) => {
            unknown_language(reader, folder, span);
            return None;
        }
    };
    locale.tag = tag.unwrap_or(locale.tag);
    locale.name = name.map_or(locale.name, str::to_owned);
    locale.search = search.map_or(locale.search, str::to_owned);
    locale.direction = direction.unwrap_or(locale.direction);
    Some((locale, span, fallback))
}

fn unknown_language(reader: &mut ConfigReader, folder: &str, span: Span) {
    reader.error(
        Code::UnknownLanguage,
        span,
        format!("the folder `{folder}` is not named like a language"),
        "Add `tag:` with its BCP 47 tag, like `tag: nb`.",
    );
}

/// The folders of all locales, in their order.
pub(super) fn folders(locales: &Locales) -> Vec<String> {
    locales
        .ids()
        .map(|id| locales.get(id).folder.clone())
        .collect()
}

/// The place in `folders` of the one that is named.
pub(super) fn find(
    reader: &mut ConfigReader,
    folders: &[String],
    (folder, span): Spanned,
) -> Option<LocaleId> {
    let found = folders
        .iter()
        .position(|other| other == folder)
        .map(LocaleId::new);
    if found.is_none() {
        let all = || match folders {
            [] => "There are none; no folder is named like a language.".to_owned(),
            [only] => format!("The only locale is `{only}`."),
            _ => format!(
                "The locales are {}.",
                folders
                    .iter()
                    .map(|folder| format!("`{folder}`"))
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
        };
        let near = nearest(folder, folders.iter().map(String::as_str));
        let help = near.map_or_else(all, |folder| format!("Did you mean `{folder}`?"));
        reader.error(
            Code::UnknownLocale,
            span,
            format!("there is no locale `{folder}`"),
            help,
        );
    }
    found
}
