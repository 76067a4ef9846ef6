//! Turns `hjelp.yml`, or a `docfx.json` read as one, into a [`Config`]: which languages there are, which files become pages and where,
//! what stands in for missing pages. Every complaint points at what was typed. Doesn't know what any of the files says.

mod content;
mod docfx_json;
mod front_matter;
pub mod glob;
mod hjelp_yml;
mod jsonc;
mod levels;
mod locales;
mod markdown;
mod metadata;
mod options;
mod outputs;
mod publish;
mod reader;
mod regex;
mod translations;

use crate::diagnostic::Diagnostic;
use crate::locale::{LocaleId, Locales};
use crate::source::SitePath;
use crate::source::yaml::YamlNode;

pub use front_matter::{FrontMatterRule, ValueType};
pub use glob::Globs;
pub use hjelp_yml::read;
pub use levels::{LevelOverrides, LevelRule};
pub use markdown::{MarkdownExtension, MarkdownOptions};
pub use metadata::Metadata;
pub use outputs::OutputOptions;
pub use publish::{PublishOptions, SitemapRule};
pub use regex::RegexPattern;
pub use translations::{MediaPath, TranslationOptions};

/// The name of the configuration file, in the root of the site.
const HJELP: &str = "hjelp.yml";

/// The extensions of files that can become pages.
const PAGES: [&str; 3] = ["md", "yml", "yaml"];

/// How a site is built.
#[derive(Debug, Clone, Hash)]
pub struct Config {
    /// What the site is called.
    pub title: LocalizedText,
    /// The address it is published at; always ends in `/`.
    pub base_url: Option<String>,
    /// Its languages.
    pub locales: Locales,
    /// Which files become pages, which are copied, and where to.
    pub mappings: Vec<Mapping>,
    /// The folders that hold one folder per language.
    pub localized: Vec<SitePath>,
    /// What is shown where a page is missing in a language.
    pub fallback: Vec<FallbackRule>,
    /// The folder the site is written to.
    pub output: SitePath,
    /// The address at which a page can be changed, with `{path}` for the path of its file.
    pub edit_url: Option<String>,
    /// What of the theme can be chosen.
    pub theme: ThemeOptions,
    /// What is made beside the pages.
    pub outputs: OutputOptions,
    /// What the front matter of pages must look like.
    pub front_matter: Vec<FrontMatterRule>,
    /// How Markdown is read and marked up.
    pub markdown: MarkdownOptions,
    /// How the site is published, and what is made of its problems.
    pub publish: PublishOptions,
    /// What tells translations apart besides their folders.
    pub translations: TranslationOptions,
    /// Values for the pages' metadata.
    pub metadata: Metadata,
    /// How bad which problems are.
    pub levels: LevelOverrides,
    /// How addresses begin that are never asked whether anything is there.
    pub ignored_urls: Vec<String>,
    /// What is odd about the configuration without making it unusable.
    pub problems: Vec<Diagnostic>,
    /// The keys of a `docfx.json` that mean nothing here.
    pub ignored: Vec<String>,
    /// The files it was read from. Of all others, only the names count.
    pub files: Vec<SitePath>,
}

/// A text that can differ from language to language.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct LocalizedText(Vec<Option<String>>);

/// Files that are treated alike.
#[derive(Debug, Clone, Hash)]
pub struct Mapping {
    /// As what.
    pub kind: FileKind,
    /// Where they lie.
    pub from: SitePath,
    /// Where they go.
    pub to: SitePath,
    /// Which of them, by their path below `from`.
    pub files: Globs,
    /// Which of them not.
    pub exclude: Globs,
    /// The language all of them are in.
    pub locale: Option<LocaleId>,
}

/// What becomes of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// A page, or what pages are made with: a table of contents, a landing page.
    Pages,
    /// A copy.
    Assets,
}

/// What is shown where certain pages are missing.
#[derive(Debug, Clone, Hash)]
pub struct FallbackRule {
    /// Which pages, by their path below the language folder.
    pub files: Globs,
    /// What is shown.
    pub show: FallbackMode,
}

/// What readers see where a page is missing in their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FallbackMode {
    /// The page in the language that stands in, within the reader's own navigation.
    Page,
    /// A link to the page in the language that stands in.
    Link,
    /// Nothing: the page does not exist in this language.
    Nothing,
}

/// What of the theme can be chosen.
#[derive(Debug, Clone, Default, Hash)]
pub struct ThemeOptions {
    /// The colour of links and marks, as CSS writes it.
    pub accent: Option<String>,
    /// The picture beside the title.
    pub logo: Option<SitePath>,
    /// The text below every page.
    pub footer: LocalizedText,
    /// The script that draws diagrams.
    pub mermaid: Option<SitePath>,
    /// Where readers can say what they think of a page, with holes for which page it is.
    pub feedback: Option<String>,
    /// True if every section is to be had on one page.
    pub print: bool,
}

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedFile {
    /// As what.
    pub kind: FileKind,
    /// Its path below the output folder, with the extension it has.
    pub output: SitePath,
    /// The language its folder or its mapping gives it; a page without one is in the default language.
    pub locale: Option<LocaleId>,
}

/// The path of a file in a language folder, taken apart at that folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedPath {
    /// The folder that holds the language folders.
    pub root: SitePath,
    /// The language of the folder below it.
    pub locale: LocaleId,
    /// The path below the language folder.
    pub rest: String,
}

impl LocalizedText {
    /// These, or if there are none, the others.
    fn or(self, others: LocalizedText) -> LocalizedText {
        if self.0.iter().all(Option::is_none) {
            others
        } else {
            self
        }
    }

    /// The text in `locale`, or in the language that stands in for it.
    pub fn for_locale(&self, locale: LocaleId) -> Option<&str> {
        self.0.get(locale.index())?.as_deref()
    }
}

impl Mapping {
    /// The path below [`Mapping::from`], if this mapping takes the file. Whatever the patterns say, only Markdown and YAML make pages.
    fn take<'p>(&self, path: &'p SitePath) -> Option<&'p str> {
        let rest = path.strip_prefix(&self.from)?;
        let fit = self.kind == FileKind::Assets
            || PAGES.iter().any(|extension| path.has_extension(extension));
        (fit && self.files.selects(rest) && !self.exclude.excludes(rest)).then_some(rest)
    }
}

impl Config {
    /// Where the file at `path` goes; nothing if it is no part of the site.
    pub fn map_file(&self, path: &SitePath) -> Option<MappedFile> {
        if path.as_str() == HJELP || path.starts_with(&self.output) {
            return None;
        }
        // What was packed in a map of uids is no file of the site.
        if self
            .publish
            .xref_maps
            .iter()
            .any(|map| path != map && path.starts_with(map))
        {
            return None;
        }
        let of_kind = |kind| {
            self.mappings
                .iter()
                .filter(move |mapping| mapping.kind == kind)
        };
        let mut takers = of_kind(FileKind::Pages).chain(of_kind(FileKind::Assets));
        let (mapping, rest) = takers.find_map(|mapping| Some((mapping, mapping.take(path)?)))?;
        let locale = mapping
            .locale
            .or_else(|| self.language_folder(path).map(|(_, locale, _)| locale));
        Some(MappedFile {
            kind: mapping.kind,
            output: mapping.to.join(rest).ok()?,
            locale,
        })
    }

    /// The text given as `key` for the file at `path`.
    pub fn metadata_text(&self, path: &SitePath, key: &str) -> Option<&str> {
        self.metadata.text(path, key)
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

    /// What is shown where the page at `rest`, below a language folder, is missing.
    pub fn fallback_mode(&self, rest: &str) -> FallbackMode {
        self.fallback
            .iter()
            .find(|rule| rule.files.matches(rest))
            .map_or(FallbackMode::Page, |rule| rule.show)
    }

    /// The values given for the file at `path`, each key once.
    pub fn metadata(&self, path: &SitePath) -> Vec<(&str, &YamlNode)> {
        self.metadata.of(path)
    }

    /// Of roots within roots, the innermost counts.
    fn language_folder<'a>(
        &'a self,
        path: &'a SitePath,
    ) -> Option<(&'a SitePath, LocaleId, &'a str)> {
        let folders = self.localized.iter().filter_map(|root| {
            let (folder, rest) = path.strip_prefix(root)?.split_once('/')?;
            Some((root, self.locales.by_folder(folder)?, rest))
        });
        folders.max_by_key(|(root, _, _)| root.as_str().len())
    }
}
