//! A docset and those that hold the same pages in other languages, as repositories for one language each -> one site with all of them. Each
//! language is published in a folder of its own. Doesn't know how a docset is read.

use super::content::ContentEntry;
use super::docfx_json::{self, Docfx};
use super::glob::Globs;
use super::language_roots::LanguageRoots;
use super::locales;
use super::metadata::Rule;
use super::reader::ConfigReader;
use super::site_language::stated_language;
use crate::diagnostic::Code;
use crate::locale::{LocaleId, Locales, language_info};
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Span};

/// The docset of one language.
pub(super) struct LanguageDocset {
    /// The name of its folder in the site: its language in lower case, as in addresses of Learn.
    pub(super) language: String,
    /// The folder of its `docfx.json`.
    folder: SitePath,
    docfx: Docfx,
}

impl LanguageDocset {
    /// The language of `docfx`, and the docsets that `content` or the command line names for other languages. These are taken out of `entries`.
    pub(super) fn all(
        reader: &mut ConfigReader,
        root: &YamlNode,
        docfx: &mut Docfx,
        entries: &mut Vec<ContentEntry>,
    ) -> (Option<String>, Vec<LanguageDocset>) {
        let mut others: Vec<LanguageDocset> = Vec::new();
        entries.retain(|entry| {
            let Some((locale, _)) = entry.locale.filter(|_| entry.is_whole_folder()) else {
                return true;
            };
            match Self::read(reader, &entry.from, Some(locale)) {
                Some(docset) => others.push(docset),
                None => return true,
            }
            false
        });
        for folder in reader.sources.surroundings().languages() {
            match Self::read(reader, folder, None) {
                Some(docset) => others.push(docset),
                None => reader.error(
                    Code::MissingFile,
                    Span::default(),
                    message!("`--with`: there is no `docfx.json` in `{folder}`", folder),
                    "Name the folder of the docset in another language.",
                ),
            }
        }
        if others.is_empty() {
            return (None, others);
        }
        let own = stated_language(reader, root, Some(docfx)).filter(|tag| is_language(tag));
        if own.is_none() {
            reader.error(
                Code::MissingKey,
                Span::default(),
                "the language of this docset is not known",
                "Write it to `docfx.json`: `\"globalMetadata\": { \"_lang\": \"nb\" }`.",
            );
        }
        (own.map(|tag| tag.to_lowercase()), others)
    }

    /// The docset in `folder`, in the `stated` language or the one it states itself, else in English, the language that others are
    /// translated from.
    fn read(reader: &mut ConfigReader, folder: &SitePath, stated: Option<&str>) -> Option<Self> {
        let path = folder.join("docfx.json").ok()?;
        let id = reader.sources.find(path.as_str())?;
        let mut docfx = docfx_json::read(reader.sources, reader.sources.get(id));
        let nothing = YamlNode {
            span: Span::default(),
            value: YamlValue::Map(Vec::new()),
        };
        let language = match stated {
            Some(stated) => stated.to_owned(),
            None => stated_language(reader, &nothing, Some(&mut docfx))
                .filter(|tag| is_language(tag))
                .unwrap_or_else(|| "en-us".to_owned()),
        };
        Some(LanguageDocset {
            language: language.to_lowercase(),
            folder: folder.clone(),
            docfx,
        })
    }
}

/// Puts the docsets of other languages into `docfx`, whose own files are in `language` and in the folder `home`.
pub(super) fn join(
    docfx: &mut Docfx,
    language: &str,
    others: Vec<LanguageDocset>,
    locales: &Locales,
) -> Option<LanguageRoots> {
    let home = docfx.files.first()?.parent();
    let mut folders = Vec::new();
    folders.push((publish_in(docfx, language, locales)?, home));
    for mut other in others {
        let locale = publish_in(&mut other.docfx, &other.language, locales)?;
        folders.push((locale, other.folder.clone()));
        docfx.mappings.append(&mut other.docfx.mappings);
        docfx.files.append(&mut other.docfx.files);
        // What holds for all files there holds for none elsewhere.
        docfx.metadata.rules.push(Rule {
            base: other.folder,
            files: Globs::new(&["**"]).unwrap_or_default(),
            values: other.docfx.metadata.global,
        });
        docfx.metadata.rules.append(&mut other.docfx.metadata.rules);
    }
    LanguageRoots::of(folders, true)
}

/// Publishes all files of `docfx` in the folder of their language.
fn publish_in(docfx: &mut Docfx, language: &str, locales: &Locales) -> Option<LocaleId> {
    let locale = locales.by_folder(language)?;
    let folder = SitePath::new(language).ok()?;
    for mapping in &mut docfx.mappings {
        mapping.locale = Some(locale);
        mapping.to = folder.join(mapping.to.as_str()).ok()?;
    }
    Some(locale)
}

fn is_language(tag: &str) -> bool {
    language_info(tag).is_some() && locales::of_tag(tag).is_some()
}

/// The folders of `content` that are in one language each, those of the first language with the first of each other, and so on.
pub(super) fn paired_entries(entries: &[ContentEntry], locales: &Locales) -> Vec<LanguageRoots> {
    let mut groups: Vec<Vec<(LocaleId, SitePath)>> = Vec::new();
    for entry in entries {
        let Some(locale) = entry
            .locale
            .and_then(|(folder, _)| locales.by_folder(folder))
        else {
            continue;
        };
        // Two entries in one language are two docsets, each with translations of its own.
        let free = groups
            .iter_mut()
            .find(|group| group.iter().all(|(known, _)| *known != locale));
        match free {
            Some(group) => group.push((locale, entry.from.clone())),
            None => groups.push(vec![(locale, entry.from.clone())]),
        }
    }
    let groups = groups.into_iter();
    groups
        .filter_map(|folders| LanguageRoots::of(folders, false))
        .collect()
}
