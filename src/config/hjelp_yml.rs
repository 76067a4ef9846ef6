//! `hjelp.yml` -> a [`Config`]. If there is none, a `docfx.json` is read as if `hjelp.yml` had named it; if there is neither, everything has
//! its default. Doesn't know what single keys mean: each is read in a file of its own.

use super::levels::LevelOverrides;
use super::localized_text::LocalizedText;
use super::mapping::Mapping;
use super::markdown::MarkdownOptions;
use super::outputs::OutputOptions;
use super::reader::{ConfigReader, value_of};
use super::settings::{Config, HJELP};
use super::site_files::SiteFiles;
use super::theme::ThemeOptions;
use super::translations::TranslationOptions;
use super::{docfx_theme, fallback, front_matter, levels, locales, options, outputs, translations};
use crate::diagnostic::{Diagnostic, Level, sort};
use crate::locale::Locales;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources, Span};

/// The keys of `hjelp.yml`, in the order in which they are listed when one is unknown.
const KEYS: [&str; 18] = [
    "content",
    "docfx",
    "locales",
    "default-locale",
    "title",
    "base-url",
    "fallback",
    "translations",
    "output",
    "edit-url",
    "outputs",
    "theme",
    "metadata",
    "markup",
    "xref",
    "front-matter",
    "checks",
    "external",
];

/// Reads the configuration of a site: its `hjelp.yml`, else its `docfx.json`, else defaults for its `content` folder. Fails with all
/// problems if one of them is an error.
pub fn read(sources: &Sources) -> Result<Config, Vec<Diagnostic>> {
    let path = SitePath::new(HJELP).unwrap_or_else(|_| SitePath::root());
    let mut reader = ConfigReader::new(&path);
    let mut root = None;
    if let Some(id) = sources.find(HJELP) {
        root = reader.parse(&sources.get(id).text);
    }
    let root = root.unwrap_or(YamlNode {
        span: Span::default(),
        value: YamlValue::Map(Vec::new()),
    });
    let config = read_keys(&mut reader, sources, &root);
    let mut problems = reader.problems;
    sort(&mut problems);
    if problems.iter().any(|problem| problem.level == Level::Error) {
        return Err(problems);
    }
    Ok(Config { problems, ..config })
}

fn read_keys(reader: &mut ConfigReader, sources: &Sources, root: &YamlNode) -> Config {
    reader.check_keys(root, &format!("`{HJELP}`"), &KEYS);
    // Files come first: which locales there are follows from them, and texts can differ by locale.
    let files = SiteFiles::find(reader, sources, root);
    let mut mappings = mappings(reader, &files);
    let SiteFiles {
        docfx,
        locales,
        localized,
        ..
    } = files;
    let mut docfx = docfx.unwrap_or_default();
    if let Some(node) = value_of(root, "metadata") {
        docfx.metadata.add(reader, node);
    }
    if let Some(node) = value_of(root, "xref") {
        docfx
            .publish
            .xref(reader, sources, node, &mut docfx.ignored);
    }
    mappings.append(&mut docfx.mappings);
    let home_pages = home_pages(&locales, &localized);
    let docfx_theme = docfx_theme::read(&docfx.metadata, &mappings, sources, &home_pages);
    let docfx_title = docfx_theme::titles(&docfx.metadata, &home_pages);
    let docfx_markup = match value_of(root, "markup") {
        Some(node) => reader.choice(node, "`markup`", [("hjelp", false), ("docfx", true)]),
        None => None,
    };
    let mut files = docfx.files;
    files.push(reader.path.clone());
    Config {
        title: title(reader, root, &locales).or(docfx_title),
        base_url: match value_of(root, "base-url") {
            Some(node) => reader.address(node, "`base-url`").or(docfx.base_url),
            None => docfx.base_url,
        },
        mappings,
        fallback: match value_of(root, "fallback") {
            Some(node) => fallback::read(reader, node),
            None => Vec::new(),
        },
        output: output(reader, root, docfx.output),
        edit_url: match value_of(root, "edit-url") {
            Some(node) => options::edit_url(reader, node),
            None => None,
        },
        outputs: match value_of(root, "outputs") {
            Some(node) => outputs::read(reader, node),
            None => OutputOptions::default(),
        },
        theme: theme(reader, sources, root, &locales).or(docfx_theme),
        front_matter: match value_of(root, "front-matter") {
            Some(node) => front_matter::rules(reader, node),
            None => Vec::new(),
        },
        markdown: MarkdownOptions {
            docfx_markup: docfx_markup.unwrap_or(false),
            ..docfx.markdown
        },
        publish: docfx.publish,
        translations: match value_of(root, "translations") {
            Some(node) => translations::read(reader, node, &locales),
            None => TranslationOptions::default(),
        },
        metadata: docfx.metadata,
        levels: match value_of(root, "checks") {
            Some(node) => levels::read(reader, node),
            None => LevelOverrides::default(),
        },
        ignored_urls: match value_of(root, "external") {
            Some(node) => options::ignored_urls(reader, node),
            None => Vec::new(),
        },
        locales,
        localized,
        problems: Vec::new(),
        ignored: docfx.ignored,
        files,
    }
}

fn mappings(reader: &mut ConfigReader, files: &SiteFiles) -> Vec<Mapping> {
    let folders = locales::folders(&files.locales);
    let main = files.main_entry();
    let mut mappings = Vec::new();
    for (index, entry) in files.entries.iter().enumerate() {
        let locale = match entry.locale {
            Some(name) => locales::find(reader, &folders, name),
            None => None,
        };
        mappings.extend(entry.mappings(main == Some(index), locale));
    }
    mappings
}

fn title(reader: &mut ConfigReader, root: &YamlNode, locales: &Locales) -> LocalizedText {
    match value_of(root, "title") {
        Some(node) => options::localized_text(reader, node, "`title`", locales),
        None => LocalizedText::default(),
    }
}

fn theme(
    reader: &mut ConfigReader,
    sources: &Sources,
    root: &YamlNode,
    locales: &Locales,
) -> ThemeOptions {
    match value_of(root, "theme") {
        Some(node) => options::theme(reader, node, sources, locales),
        None => ThemeOptions::default(),
    }
}

/// The output folder: the one `hjelp.yml` names, else the one of `docfx.json`, else `_site`, which is what DocFX writes to.
fn output(reader: &mut ConfigReader, root: &YamlNode, docfx: Option<SitePath>) -> SitePath {
    let named = match value_of(root, "output") {
        Some(node) => options::output(reader, node),
        None => None,
    };
    match named.or(docfx) {
        Some(output) => output,
        None => SitePath::new("_site").unwrap_or_else(|_| SitePath::root()),
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
