//! `content`, `docfx`, `locales` and `default-locale` of `hjelp.yml` -> which files a site has, in which languages. Without `locales`, the
//! languages are those whose folders hold pages. Knows files by their paths only.

use super::content::{ContentEntry, EntryPlace, READ_LINKS};
use super::docfx_json::{self, Docfx};
use super::guess::content_folder;
use super::language_docsets::{self, LanguageDocset};
use super::language_roots::LanguageRoots;
use super::locales::{self, FolderCounts};
use super::names::HJELP;
use super::reader::{ConfigReader, Spanned, nearest, value_of};
use super::site_language::stated_language;
use crate::diagnostic::Code;
use crate::locale::language::is_usual_language;
use crate::locale::{Locale, LocaleId, Locales};
use crate::message;
use crate::source::yaml::YamlNode;
use crate::source::{SitePath, SourceId, Sources, Span};

/// The files of a site, from which the rest of the configuration follows.
pub(super) struct SiteFiles<'n> {
    pub(super) entries: Vec<ContentEntry<'n>>,
    pub(super) docfx: Option<Docfx>,
    pub(super) locales: Locales,
    /// The folders that hold language folders, in order.
    pub(super) localized: Vec<SitePath>,
    pub(super) language_roots: Vec<LanguageRoots>,
    /// Parallel to `entries`: whether the entry holds language folders.
    has_languages: Vec<bool>,
}

/// The languages found so far.
struct LanguageFolders<'n> {
    /// What `locales` lists, if it is given, with its position.
    listed: Option<(Vec<Locale>, Span)>,
    /// The names of all folders that are languages.
    names: Vec<&'n str>,
    localized: Vec<SitePath>,
}

impl<'n> LanguageFolders<'n> {
    fn is_language(&self, folder: &str) -> bool {
        match &self.listed {
            Some((list, _)) => list.iter().any(|locale| locale.folder == folder),
            None => is_usual_language(folder),
        }
    }

    /// Looks for the language folders of a `docfx.json`, which knows no languages itself.
    fn add_docfx(&mut self, sources: &'n Sources, docfx: &Docfx) {
        // One folder that happens to be named like a language proves nothing; two of them in one place do.
        let least = if self.listed.is_some() { 1 } else { 2 };
        let is_language = |folder: &str| self.is_language(folder);
        let Some(root) = locales::root_of(docfx.pages(sources), least, is_language) else {
            return;
        };
        let pages = docfx
            .pages(sources)
            .filter_map(|page| page.strip_prefix(&root));
        let counts = FolderCounts::of(pages);
        let mut languages = counts.matching(is_language);
        if self.listed.is_none() {
            languages = counts.with_rare(languages);
        }
        self.names.extend(languages);
        self.localized.push(root);
    }
}

impl<'n> SiteFiles<'n> {
    /// Reads the keys of `root` that say which files there are, and looks for language folders among the sources.
    pub(super) fn find<'a: 'n>(reader: &mut ConfigReader<'a>, root: &'n YamlNode) -> Self {
        let mut docfx = reader.read_docfx(value_of(root, "docfx"));
        let mut entries = match value_of(root, "content") {
            Some(node) => ContentEntry::all(reader, node),
            None if docfx.is_none() => reader.default_content(),
            None => Vec::new(),
        };
        let (language, others) = match &mut docfx {
            Some(docfx) => LanguageDocset::all(reader, root, docfx, &mut entries),
            None => (None, Vec::new()),
        };
        let default = reader.default_locale(root);
        let mut found = LanguageFolders {
            listed: value_of(root, "locales").map(|node| (reader.read_locales(node), node.span)),
            names: Vec::new(),
            localized: Vec::new(),
        };
        for (folder, _) in entries.iter().filter_map(|entry| entry.locale) {
            found.names.push(folder);
        }
        found.names.extend(language.as_deref());
        found
            .names
            .extend(others.iter().map(|docset| &*docset.language));
        // A default language counts even if there is no page in its folder yet.
        found.names.extend(default.map(|(folder, _)| folder));
        let mut has_languages = Vec::new();
        for entry in &entries {
            has_languages.push(reader.add_entry(entry, &mut found));
        }
        if let Some(docfx) = &docfx
            && language.is_none()
        {
            found.add_docfx(reader.sources, docfx);
        }
        // `content` and a `docfx.json` can name the same folder.
        found.localized.sort();
        found.localized.dedup();
        let list = match found.listed {
            Some((list, _)) => list,
            // Nothing says which languages there are, so the site has one.
            None if found.names.is_empty() => {
                let language = stated_language(reader, root, docfx.as_mut());
                language
                    .and_then(|tag| locales::of_tag(&tag))
                    .into_iter()
                    .collect()
            }
            None => locales::from_folders(found.names),
        };
        let localized = found.localized;
        let locales = reader.with_default(list, default);
        let mut language_roots = language_docsets::paired_entries(&entries, &locales);
        if let (Some(docfx), Some(language)) = (&mut docfx, &language) {
            let joined = language_docsets::join(docfx, language, others, &locales);
            language_roots.extend(joined);
        }
        SiteFiles {
            entries,
            docfx,
            locales,
            localized,
            language_roots,
            has_languages,
        }
    }

    /// Where the entry with this number is published, unless it has a `to`.
    pub(super) fn place(&self, entry: usize) -> EntryPlace {
        let paired = self.language_roots.iter();
        let mut paired = paired.filter_map(|roots| roots.folder_of(&self.entries[entry].from));
        if self.main_entry() == Some(entry) {
            EntryPlace::Main
        } else if paired.next().is_some() && self.localized.is_empty() {
            EntryPlace::Language
        } else {
            EntryPlace::OwnFolder
        }
    }

    /// The entry whose pages begin at the root of the site unless it has a `to`: the first one in several languages, or the only one.
    fn main_entry(&self) -> Option<usize> {
        let localized = self.has_languages.iter().position(|has| *has);
        // Several entries at the root would overwrite each other's pages.
        if localized.is_none() && self.entries.len() == 1 && self.docfx.is_none() {
            return Some(0);
        }
        localized
    }
}

impl<'a> ConfigReader<'a> {
    fn default_locale<'n>(&mut self, root: &'n YamlNode) -> Option<Spanned<'n>> {
        let node = value_of(root, "default-locale")?;
        Some((self.text(node, "`default-locale`", "en")?, node.span))
    }

    /// Looks for language folders in the folder of `entry`; true if there are some.
    fn add_entry<'n>(&mut self, entry: &ContentEntry, found: &mut LanguageFolders<'n>) -> bool
    where
        'a: 'n,
    {
        // Of an entry in one language all folders are ordinary ones, even if they are named like languages.
        let counts = if entry.locale.is_some() {
            FolderCounts::default()
        } else {
            FolderCounts::of(entry.pages(self.sources).into_iter())
        };
        let languages = match &found.listed {
            Some(listed) => {
                self.report_unlisted(entry, &counts, listed);
                counts.matching(|folder| found.is_language(folder))
            }
            None => counts.languages(),
        };
        if languages.is_empty() {
            return false;
        }
        found.localized.push(entry.from.clone());
        found.names.extend(languages);
        true
    }

    /// The locales with the default one: the one that is given, else English, else the first folder in alphabetical order.
    fn with_default(&mut self, list: Vec<Locale>, given: Option<Spanned<'_>>) -> Locales {
        let folders: Vec<String> = list.iter().map(|locale| locale.folder.clone()).collect();
        let default = match given {
            Some(name) => self.find_locale(&folders, name).map_or(0, LocaleId::index),
            None => match folders.iter().position(|folder| is_english(folder)) {
                Some(english) => english,
                None => (0..folders.len())
                    .min_by_key(|&index| &folders[index])
                    .unwrap_or(0),
            },
        };
        Locales::new(list, LocaleId::new(default))
    }

    /// The `docfx.json` that `docfx` names; without a `hjelp.yml`, the one in the root.
    fn read_docfx(&mut self, named: Option<&YamlNode>) -> Option<Docfx> {
        let id = match named {
            Some(node) => self.named_docfx(node)?,
            // With a `hjelp.yml`, a `docfx.json` next to it may be there for DocFX only, until it is named.
            None if self.sources.find(HJELP).is_none() => self.sources.find("docfx.json")?,
            None => return None,
        };
        let mut docfx = docfx_json::read(self.sources, self.sources.get(id));
        self.problems.append(&mut docfx.problems);
        Some(docfx)
    }

    fn named_docfx(&mut self, node: &YamlNode) -> Option<SourceId> {
        let path = self.path(node, "`docfx`", "docfx.json")?;
        let found = self.sources.find(path.as_str());
        if found.is_none() {
            let paths = self
                .sources
                .texts()
                .iter()
                .map(|source| source.path.as_str());
            let help = match nearest(path.as_str(), paths.filter(|path| path.ends_with(".json"))) {
                Some(path) => message!("Did you mean `{path}`?", path),
                None => "Name a file, like `docfx.json`.".into(),
            };
            self.error(
                Code::MissingFile,
                node.span,
                message!("file not found: `{path}`", path),
                help,
            );
        }
        found
    }

    /// The folder `content`. If it has no files, that is an error with a guess which folder could be named instead.
    fn default_content<'n>(&mut self) -> Vec<ContentEntry<'n>> {
        let Ok(folder) = SitePath::new("content") else {
            return Vec::new();
        };
        let entry = ContentEntry::of_folder(folder, Span::default());
        if entry.is_empty(self.sources) {
            self.report_no_content(&entry);
        }
        vec![entry]
    }

    fn report_no_content(&mut self, entry: &ContentEntry) {
        let (message, help) = match entry.unread(self.sources) {
            Some(reason) => (reason, READ_LINKS.into()),
            None => {
                let message = message!("no content: no files found in `{from}`", from = entry.from);
                let folder = match content_folder(self.sources) {
                    Some(folder) if folder.is_root() => ".".to_owned(),
                    Some(folder) => folder.to_string(),
                    None => "docs".to_owned(),
                };
                let help = message!(
                    "Put pages into `{from}/`, or name the folder that holds them in `{hjelp}`: `content: {folder}`.",
                    from = entry.from,
                    hjelp = HJELP,
                    folder
                );
                (message, help)
            }
        };
        self.error(Code::NoContent, Span::default(), message, help);
    }
}

/// True for `en`, and for `en-us`, as the folders of Learn are called.
fn is_english(folder: &str) -> bool {
    folder == "en" || folder == "en-us"
}
