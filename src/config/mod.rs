//! Turns `hjelp.yml`, or a `docfx.json` read as one, into a [`Config`]: which languages there are, which files become pages and where,
//! what stands in for missing pages. Every complaint points at what was typed. Doesn't know what any of the files says.

pub mod glob;

use crate::diagnostic::Diagnostic;
use crate::locale::{Locale, LocaleId, Locales, known};
use crate::source::yaml::Node;
use crate::source::{SitePath, Sources};
pub use glob::Globs;

/// How a site is built.
#[derive(Debug, Clone)]
pub struct Config {
    /// What the site is called.
    pub title: Titles,
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
    /// Values for the pages' metadata.
    pub metadata: Metadata,
    /// What is odd about the configuration without making it unusable.
    pub problems: Vec<Diagnostic>,
    /// The keys of a `docfx.json` that mean nothing here.
    pub ignored: Vec<String>,
}

/// A text that can differ from language to language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Titles(Vec<Option<String>>);

impl Titles {
    /// The text in `locale`, or in the language that stands in for it.
    pub fn for_locale(&self, locale: LocaleId) -> Option<&str> {
        self.0.get(locale.index())?.as_deref()
    }
}

/// Files that are treated alike.
#[derive(Debug, Clone)]
pub struct Mapping {
    /// As what.
    pub kind: Kind,
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
pub enum Kind {
    /// A page, or what pages are made with: a table of contents, a landing page.
    Pages,
    /// A copy.
    Assets,
}

/// What is shown where certain pages are missing.
#[derive(Debug, Clone)]
pub struct FallbackRule {
    /// Which pages, by their path below the language folder.
    pub files: Globs,
    /// What is shown.
    pub show: Show,
}

/// What readers see where a page is missing in their language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Show {
    /// The page in the language that stands in, within the reader's own navigation.
    Page,
    /// A link to the page in the language that stands in.
    Link,
    /// Nothing: the page does not exist in this language.
    Nothing,
}

/// What of the theme can be chosen.
#[derive(Debug, Clone, Default)]
pub struct ThemeOptions {
    /// The colour of links and marks, as CSS writes it.
    pub accent: Option<String>,
    /// The picture beside the title.
    pub logo: Option<SitePath>,
    /// The text below every page.
    pub footer: Titles,
}

/// Values for the pages' metadata.
#[derive(Debug, Clone, Default)]
pub struct Metadata {}

/// Where a file goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// As what.
    pub kind: Kind,
    /// Its path below the output folder, with the extension it has.
    pub output: SitePath,
    /// The language its folder or its mapping gives it; a page without one is in the default language.
    pub locale: Option<LocaleId>,
}

/// Where a file lies with regard to the languages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The folder that holds the languages, the language, and the path below its folder.
    pub localized: Option<(SitePath, LocaleId, String)>,
}

/// Reads the configuration of a site: its `hjelp.yml`, else its `docfx.json`, else what its `content` folder tells.
pub fn read(sources: &Sources) -> Result<Config, Vec<Diagnostic>> {
    let content = SitePath::new("content").unwrap_or_else(|_| SitePath::root());
    let mut folders: Vec<String> = sources
        .texts()
        .iter()
        .filter_map(|source| source.path.below(&content)?.split_once('/'))
        .filter(|(folder, _)| known(folder).is_some())
        .map(|(folder, _)| folder.to_owned())
        .collect();
    folders.dedup();
    let list: Vec<Locale> = folders
        .into_iter()
        .filter_map(|folder| {
            let known = known(&folder)?;
            Some(Locale {
                folder,
                tag: known.tag,
                search: known.search.into(),
                name: known.name,
                direction: known.direction,
                fallback: Vec::new(),
            })
        })
        .collect();
    let default = list.iter().position(|locale| locale.folder == "en").unwrap_or(0);
    let locales = Locales::new(list, LocaleId::new(default));
    let globs = |patterns: &[&str]| Globs::new(patterns).unwrap_or_default();
    let mapping = |kind, files, exclude| Mapping { kind, from: content.clone(), to: SitePath::root(), files, exclude, locale: None };
    Ok(Config {
        title: Titles::default(),
        base_url: None,
        locales,
        mappings: vec![
            mapping(Kind::Pages, globs(&["**/*.{md,yml}"]), globs(&["**/includes/**"])),
            mapping(Kind::Assets, globs(&["**"]), globs(&["**/*.{md,yml,yaml}"])),
        ],
        localized: vec![content.clone()],
        fallback: Vec::new(),
        output: SitePath::new("_site").unwrap_or_else(|_| SitePath::root()),
        edit_url: None,
        theme: ThemeOptions::default(),
        metadata: Metadata::default(),
        problems: Vec::new(),
        ignored: Vec::new(),
    })
}

impl Config {
    /// Where the file at `path` goes; nothing if it is no part of the site.
    pub fn place(&self, path: &SitePath) -> Option<Placed> {
        if path.below(&self.output).is_some() {
            return None;
        }
        let find = |kind| {
            self.mappings.iter().filter(move |mapping| mapping.kind == kind).find_map(|mapping| {
                let rest = path.below(&mapping.from)?;
                let wanted = mapping.files.take(rest) && !mapping.exclude.leave_out(rest);
                wanted.then_some((mapping, rest))
            })
        };
        let page = ["md", "yml", "yaml"].iter().any(|extension| path.has_extension(extension));
        let (mapping, rest) = page.then(|| find(Kind::Pages)).flatten().or_else(|| find(Kind::Assets))?;
        let locale = mapping.locale.or_else(|| self.language_folder(path).map(|(_, locale, _)| locale));
        Some(Placed { kind: mapping.kind, output: mapping.to.join(rest).ok()?, locale })
    }

    /// Which language's folder `path` lies in, if any.
    pub fn split(&self, path: &SitePath) -> Split {
        Split { localized: self.language_folder(path).map(|(root, locale, rest)| (root.clone(), locale, rest.to_owned())) }
    }

    /// What is shown where the page at `rest`, below a language folder, is missing.
    pub fn show(&self, rest: &str) -> Show {
        self.fallback.iter().find(|rule| rule.files.matches(rest)).map_or(Show::Page, |rule| rule.show)
    }

    /// The values given for the file at `path`.
    pub fn metadata(&self, _path: &SitePath) -> Vec<(&str, &Node)> {
        Vec::new()
    }

    fn language_folder<'a>(&'a self, path: &'a SitePath) -> Option<(&'a SitePath, LocaleId, &'a str)> {
        self.localized
            .iter()
            .filter_map(|root| {
                let (folder, rest) = path.below(root)?.split_once('/')?;
                Some((root, self.locales.by_folder(folder)?, rest))
            })
            .max_by_key(|(root, _, _)| root.as_str().len())
    }
}
