//! The configuration as a value, and the questions other rooms ask about a path. Doesn't know how it was written.

use std::borrow::Cow;

use super::fallback::{FallbackMode, FallbackRule};
use super::front_matter::FrontMatterRule;
use super::language_roots::LanguageRoots;
use super::levels::LevelOverrides;
use super::localized_text::LocalizedText;
use super::mapping::{FileKind, LocalizedPath, MappedFile, Mapping};
use super::markdown::MarkdownOptions;
use super::metadata::Metadata;
use super::names::HJELP;
use super::outputs::OutputOptions;
use super::publish::PublishOptions;
use super::repository::OtherRepository;
use super::search::SearchRule;
use super::theme::ThemeOptions;
use super::translations::TranslationOptions;
use crate::diagnostic::Diagnostic;
use crate::locale::{LocaleId, Locales};
use crate::source::yaml::YamlNode;
use crate::source::{SitePath, Surroundings};

/// How a site is built.
///
/// Its hash covers every field, so that a key of what a page depends on needs nothing else of the configuration.
#[derive(Debug, Clone, Hash)]
pub struct Config {
    /// The title of the site.
    pub title: LocalizedText,
    /// The address it is published at; always ends in `/`.
    pub base_url: Option<String>,
    /// Its languages.
    pub locales: Locales,
    /// True if the configuration lists them; else they are the folders that are named like languages.
    pub lists_locales: bool,
    /// Which files become pages, which are copied, and where to.
    pub mappings: Vec<Mapping>,
    /// The folder that `~/` is in addresses: that of `docfx.json`, else the root of the sources.
    pub home_folder: SitePath,
    /// What the site may read besides its own folder.
    pub surroundings: Surroundings,
    /// The folders that hold one folder per language.
    pub localized: Vec<SitePath>,
    /// Repositories that files of the site are taken from.
    pub other_repositories: Vec<OtherRepository>,
    /// Folders elsewhere that hold one language each.
    pub language_roots: Vec<LanguageRoots>,
    /// What is shown where a page is missing in a language.
    pub fallback: Vec<FallbackRule>,
    /// How certain pages are searched.
    pub search: Vec<SearchRule>,
    /// The folder the site is written to.
    pub output: SitePath,
    /// What is published at paths of the server that are no part of the site.
    pub elsewhere: Vec<Elsewhere>,
    /// The address at which the source of a page can be edited, with `{path}` for its path.
    pub edit_url: Option<String>,
    /// Options of the theme.
    pub theme: ThemeOptions,
    /// Which files for search and machines are written.
    pub outputs: OutputOptions,
    /// Rules for the front matter of pages.
    pub front_matter: Vec<FrontMatterRule>,
    /// How Markdown is read and marked up.
    pub markdown: MarkdownOptions,
    /// True if `03/04/2026` is the third of April, not the fourth of March.
    pub day_first_dates: bool,
    /// Settings of a `docfx.json` about the published site.
    pub publish: PublishOptions,
    /// How translations are recognized, besides by their folders.
    pub translations: TranslationOptions,
    /// Values for the metadata of pages.
    pub metadata: Metadata,
    /// The levels of problems.
    pub levels: LevelOverrides,
    /// Lists of the addresses of this site that other sites use.
    pub inbound: Vec<SitePath>,
    /// Prefixes of external addresses that are not checked.
    pub ignored_urls: Vec<String>,
    /// Problems of the configuration that leave it usable.
    pub problems: Vec<Diagnostic>,
    /// The keys of a `docfx.json` that have no effect.
    pub ignored: Vec<String>,
    /// The files it was read from. Of all other files it depends on the paths only.
    pub files: Vec<SitePath>,
}

/// A path on the server of the site at which something else is published.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Elsewhere {
    /// The beginning of the path: `/azure`.
    pub prefix: String,
    /// Where it is published; nothing if links to it are right as they are typed.
    pub address: Option<String>,
}

impl Config {
    /// The entry of `elsewhere` that says what is published at an address which begins with `/`.
    pub fn elsewhere(&self, typed: &str) -> Option<&Elsewhere> {
        let path = typed.split(['?', '#']).next().unwrap_or(typed);
        let mut found: Option<&Elsewhere> = None;
        for entry in &self.elsewhere {
            let Some(rest) = path.strip_prefix(entry.prefix.as_str()) else {
                continue;
            };
            // `/azure` is not the beginning of `/azure-devops`.
            let is_whole = rest.is_empty() || rest.starts_with('/') || entry.prefix.ends_with('/');
            if is_whole && found.is_none_or(|longest| longest.prefix.len() < entry.prefix.len()) {
                found = Some(entry);
            }
        }
        found
    }

    /// The address at which what is typed as a path on the server of the site is published, if that is another server.
    pub fn address_elsewhere(&self, typed: &str) -> Option<String> {
        let entry = self.elsewhere(typed)?;
        let address = entry.address.as_deref()?;
        let rest = typed.get(entry.prefix.trim_end_matches('/').len()..)?;
        Some(format!("{}{rest}", address.trim_end_matches('/')))
    }

    /// How the file at `path` is published; nothing if it isn't.
    pub fn map_file(&self, path: &SitePath) -> Option<MappedFile> {
        // With the root as content, a site would otherwise publish itself again with every build.
        if path.as_str() == HJELP || path.starts_with(&self.output) || self.is_unpacked(path) {
            return None;
        }
        let (mapping, rest) = self
            .select(path, FileKind::Pages)
            .or_else(|| self.select(path, FileKind::Assets))?;
        // An entry with a `locale` is in that language, even if it has folders named like others.
        let locale = match mapping.locale {
            Some(locale) => Some(locale),
            None => self.language_folder(path).map(|(_, locale, _)| locale),
        };
        Some(MappedFile {
            kind: mapping.kind,
            output: mapping.to.join(&rest).ok()?,
            locale,
            group: mapping.group.clone(),
        })
    }

    /// The repository that a missing file would be in, if it would be in another one.
    pub fn repository_of(&self, missing: &SitePath) -> Option<&OtherRepository> {
        let mut repositories = self.other_repositories.iter();
        repositories.find(|other| match other.has_originals {
            true => !missing.is_outside(),
            false => missing.starts_with(&other.folder),
        })
    }

    /// True for a file that `content` lists and that makes no page: its extension is none of a page, and it is not copied either.
    pub fn lists_in_vain(&self, path: &SitePath) -> bool {
        let is_listed = self
            .mappings
            .iter()
            .any(|mapping| mapping.lists_in_vain(path));
        is_listed && !self.files.contains(path) && self.map_file(path).is_none()
    }

    /// True if files may be published whose names a scan of the folder leaves out, because a pattern names them or has `"dot": true`.
    pub fn publishes_hidden_files(&self) -> bool {
        self.mappings.iter().any(Mapping::reaches_hidden)
    }

    /// True if a file in this folder may be published because a pattern reaches names that a scan leaves out.
    pub fn may_publish_hidden_in(&self, folder: &SitePath) -> bool {
        if folder.starts_with(&self.output) {
            return false;
        }
        let mut mappings = self.mappings.iter();
        mappings.any(|mapping| mapping.reaches_hidden() && mapping.reaches_into(folder))
    }

    /// True for files that were unpacked from an archive of an xref map, and for maps that were downloaded: they are not files of the site.
    fn is_unpacked(&self, path: &SitePath) -> bool {
        let mut maps = self.publish.xref_maps.iter();
        maps.any(|map| path != map && path.starts_with(map))
            || self.publish.remote_maps.iter().any(|map| *path == map.file)
    }

    /// The first mapping of this kind that publishes the file, and the path below its folder.
    fn select<'p>(&self, path: &'p SitePath, kind: FileKind) -> Option<(&Mapping, Cow<'p, str>)> {
        for mapping in &self.mappings {
            if mapping.kind == kind
                && let Some(rest) = mapping.select(path)
            {
                return Some((mapping, rest));
            }
        }
        None
    }

    /// The text that metadata of the configuration gives the file at `path` for `key`.
    pub fn metadata_text(&self, path: &SitePath, key: &str) -> Option<&str> {
        self.metadata.text(path, key)
    }

    /// The values that metadata of the configuration gives the file at `path`, each key once.
    pub fn metadata(&self, path: &SitePath) -> Vec<(&str, &YamlNode)> {
        self.metadata.of(path)
    }

    /// `path` taken apart at its language folder, if it is in one.
    pub fn localized_path(&self, path: &SitePath) -> Option<LocalizedPath> {
        let (root, locale, rest) = self.language_folder(path)?;
        Some(LocalizedPath {
            root: root.clone(),
            locale,
            rest: rest.to_owned(),
        })
    }

    /// The path of the same file in another language.
    pub fn in_language(&self, file: &LocalizedPath, locale: LocaleId) -> Option<SitePath> {
        for roots in &self.language_roots {
            if roots.root() == &file.root {
                return roots.folder(locale)?.join(&file.rest).ok();
            }
        }
        let folder = file.root.join(&self.locales.get(locale).folder).ok()?;
        folder.join(&file.rest).ok()
    }

    /// The folder that `~/` is in the file at `path`.
    pub fn home_of(&self, path: &SitePath) -> &SitePath {
        let mut roots = self.language_roots.iter();
        roots
            .find_map(|roots| roots.home(path))
            .unwrap_or(&self.home_folder)
    }

    /// How the page at `rest`, below a language folder, is searched; `None` if like most pages.
    pub fn search_rule(&self, rest: &str) -> Option<&SearchRule> {
        self.search.iter().find(|rule| rule.files.matches(rest))
    }

    /// What is shown where the page at `rest`, below a language folder, is missing.
    pub fn fallback_mode(&self, rest: &str) -> FallbackMode {
        for rule in &self.fallback {
            if rule.files.matches(rest) {
                return rule.show;
            }
        }
        FallbackMode::Page
    }

    /// The root of the language folders, the locale, and the path below its folder. Of roots within roots, the innermost counts.
    fn language_folder<'a>(
        &'a self,
        path: &'a SitePath,
    ) -> Option<(&'a SitePath, LocaleId, &'a str)> {
        for roots in &self.language_roots {
            if let Some((_, locale, rest)) = roots.place(path) {
                return Some((roots.root(), locale, rest));
            }
        }
        let mut innermost: Option<(&SitePath, LocaleId, &str)> = None;
        for root in &self.localized {
            let Some((folder, rest)) = path
                .strip_prefix(root)
                .and_then(|below| below.split_once('/'))
            else {
                continue;
            };
            let Some(locale) = self.locales.by_folder(folder) else {
                continue;
            };
            if innermost.is_none_or(|(other, ..)| other.as_str().len() <= root.as_str().len()) {
                innermost = Some((root, locale, rest));
            }
        }
        innermost
    }
}
