//! `hjelp.yml` -> a [`Config`]. If there is none, a `docfx.json` is read as if `hjelp.yml` had named it; if there is neither, everything has
//! its default. Doesn't know what single keys mean: each is read in a file of its own.

use super::docfx_theme::DocfxTheme;
use super::guess::misnamed_configuration;
use super::levels::LevelOverrides;
use super::locales;
use super::localized_text::LocalizedText;
use super::mapping::Mapping;
use super::markdown::MarkdownOptions;
use super::names::HJELP;
use super::outputs::OutputOptions;
use super::reader::{ConfigReader, value_of};
use super::repository::other_repositories;
use super::settings::Config;
use super::site_files::SiteFiles;
use super::theme::ThemeOptions;
use super::translations::TranslationOptions;
use crate::diagnostic::{Code, Diagnostic, Level, sort};
use crate::locale::Locales;
use crate::message;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources, Span};

/// The keys of `hjelp.yml`, in the order in which they are listed when one is unknown.
const KEYS: [&str; 23] = [
    "content",
    "docfx",
    "root",
    "locales",
    "default-locale",
    "title",
    "base-url",
    "fallback",
    "search",
    "translations",
    "output",
    "edit-url",
    "outputs",
    "theme",
    "metadata",
    "markup",
    "dates",
    "xref",
    "front-matter",
    "checks",
    "external",
    "elsewhere",
    "inbound",
];

/// Reads the configuration of a site: its `hjelp.yml`, else its `docfx.json`, else defaults for its `content` folder. Fails with all
/// problems if one of them is an error.
pub fn read(sources: &Sources) -> Result<Config, Vec<Diagnostic>> {
    let path = SitePath::new(HJELP).unwrap_or_else(|_| SitePath::root());
    let mut reader = ConfigReader::new(&path, sources);
    let mut root = None;
    if let Some(id) = sources.find(HJELP) {
        root = reader.parse(&sources.get(id).text);
    }
    if let Some(other) = misnamed_configuration(sources, &KEYS) {
        reader.problems.push(misnamed(&other.path));
    }
    let root = root.unwrap_or(YamlNode {
        span: Span::default(),
        value: YamlValue::Map(Vec::new()),
    });
    let config = reader.read_keys(&root);
    let mut problems = reader.problems;
    sort(&mut problems);
    // All problems are found before the site is refused, so that an author does not have to correct them one run at a time.
    if problems.iter().any(|problem| problem.level == Level::Error) {
        return Err(problems);
    }
    Ok(Config { problems, ..config })
}

/// Reported at the file with the wrong name: without its settings another site would be built than its author wants.
fn misnamed(other: &SitePath) -> Diagnostic {
    let message = message!(
        "`{other}` is not read: the configuration is called `{hjelp}`",
        other,
        hjelp = HJELP
    );
    Diagnostic::new(Code::MissingFile, other, Span::default(), message).help(message!(
        "Rename `{other}` to `{hjelp}`.",
        other,
        hjelp = HJELP
    ))
}

impl ConfigReader<'_> {
    fn read_keys(&mut self, root: &YamlNode) -> Config {
        self.check_keys(root, &format!("`{HJELP}`"), &KEYS);
        // Files come first: which locales there are follows from them, and texts can differ by locale.
        let files = SiteFiles::find(self, root);
        let mut mappings = self.content_mappings(&files);
        let SiteFiles {
            docfx,
            locales,
            localized,
            language_roots,
            ..
        } = files;
        let mut docfx = docfx.unwrap_or_default();
        // After the metadata of a `docfx.json`: later values win.
        if let Some(node) = value_of(root, "metadata") {
            docfx.metadata.add(self, node);
        }
        if let Some(node) = value_of(root, "xref") {
            docfx.publish.xref(self, node, &mut docfx.ignored);
        }
        // Its first file is the `docfx.json` itself. As in DocFX, its folder is `~/`, wherever `hjelp.yml` is.
        let home_folder = match docfx.files.first() {
            Some(docfx_json) => docfx_json.parent(),
            None => SitePath::root(),
        };
        let mut other_repositories = other_repositories(self.sources, &home_folder);
        // The originals are here.
        other_repositories.retain(|other| !other.has_originals || language_roots.is_empty());
        mappings.append(&mut docfx.mappings);
        let home_pages = home_pages(&locales, &localized);
        let docfx_theme = DocfxTheme {
            metadata: &docfx.metadata,
            mappings: &mappings,
            sources: self.sources,
            home_pages: &home_pages,
        };
        let (docfx_title, docfx_theme) = (docfx_theme.titles(), docfx_theme.options());
        let docfx_markup = match value_of(root, "markup") {
            Some(node) => self.choice(node, "`markup`", [("hjelp", false), ("docfx", true)]),
            None => None,
        };
        let mut files = docfx.files;
        // Even if it does not exist: creating it changes the configuration.
        files.push(self.path.clone());
        Config {
            title: self.site_title(root, &locales).or(docfx_title),
            base_url: match value_of(root, "base-url") {
                Some(node) => self.address(node, "`base-url`").or(docfx.base_url),
                None => docfx.base_url,
            },
            mappings,
            fallback: match value_of(root, "fallback") {
                Some(node) => self.read_fallback(node),
                None => Vec::new(),
            },
            search: match value_of(root, "search") {
                Some(node) => self.read_search(node, &locales),
                None => Vec::new(),
            },
            output: self.site_output(root, docfx.output),
            elsewhere: match value_of(root, "elsewhere") {
                Some(node) => self.read_elsewhere(node),
                None => Vec::new(),
            },
            edit_url: match value_of(root, "edit-url") {
                Some(node) => self.read_edit_url(node),
                None => None,
            },
            outputs: match value_of(root, "outputs") {
                Some(node) => self.read_outputs(node),
                None => OutputOptions::default(),
            },
            theme: self.site_theme(root, &locales).or(docfx_theme),
            front_matter: match value_of(root, "front-matter") {
                Some(node) => self.read_front_matter(node),
                None => Vec::new(),
            },
            markdown: MarkdownOptions {
                docfx_markup: docfx_markup.unwrap_or(false),
                ..docfx.markdown
            },
            day_first_dates: self.read_dates(root),
            publish: docfx.publish,
            translations: match value_of(root, "translations") {
                Some(node) => self.read_translations(node, &locales),
                None => TranslationOptions::default(),
            },
            metadata: docfx.metadata,
            levels: match value_of(root, "checks") {
                Some(node) => self.read_checks(node),
                None => LevelOverrides::default(),
            },
            inbound: match value_of(root, "inbound") {
                Some(node) => self.read_inbound(node),
                None => Vec::new(),
            },
            ignored_urls: match value_of(root, "external") {
                Some(node) => self.read_external(node),
                None => Vec::new(),
            },
            locales,
            lists_locales: value_of(root, "locales").is_some(),
            home_folder,
            surroundings: self.sources.surroundings().clone(),
            localized,
            language_roots,
            other_repositories,
            problems: Vec::new(),
            ignored: docfx.ignored,
            files,
        }
    }

    fn content_mappings(&mut self, files: &SiteFiles) -> Vec<Mapping> {
        let folders = locales::folders(&files.locales);
        let mut mappings = Vec::new();
        for (index, entry) in files.entries.iter().enumerate() {
            let locale = match entry.locale {
                Some(name) => self.find_locale(&folders, name),
                None => None,
            };
            mappings.extend(entry.mappings(files.place(index), locale));
        }
        mappings
    }

    fn site_title(&mut self, root: &YamlNode, locales: &Locales) -> LocalizedText {
        match value_of(root, "title") {
            Some(node) => self.localized_text(node, "`title`", locales),
            None => LocalizedText::default(),
        }
    }

    fn site_theme(&mut self, root: &YamlNode, locales: &Locales) -> ThemeOptions {
        match value_of(root, "theme") {
            Some(node) => self.read_theme(node, locales),
            None => ThemeOptions::default(),
        }
    }

    fn read_dates(&mut self, root: &YamlNode) -> bool {
        let Some(node) = value_of(root, "dates") else {
            return false;
        };
        let orders = [("day-first", true), ("month-first", false)];
        self.choice(node, "`dates`", orders).unwrap_or(false)
    }

    /// The output folder: the one `hjelp.yml` names, else the one of `docfx.json`, else `_site`, which is what DocFX writes to.
    fn site_output(&mut self, root: &YamlNode, docfx: Option<SitePath>) -> SitePath {
        let named = match value_of(root, "output") {
            Some(node) => self.read_output(node),
            None => None,
        };
        match named.or(docfx) {
            Some(output) => output,
            None => SitePath::new("_site").unwrap_or_else(|_| SitePath::root()),
        }
    }
}

/// The path of the home page of each locale, whether or not it exists.
fn home_pages(locales: &Locales, localized: &[SitePath]) -> Vec<SitePath> {
    let root = localized.first().cloned().unwrap_or_else(SitePath::root);
    let mut pages = Vec::new();
    for id in locales.ids() {
        let folder = root.join(&locales.get(id).folder);
        let page = folder.and_then(|folder| folder.join("index.md"));
        pages.push(page.unwrap_or_else(|_| SitePath::root()));
    }
    pages
}
