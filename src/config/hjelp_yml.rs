//! Turns `hjelp.yml` into a [`Config`]: which files in which languages, and then the rest. Without one, a `docfx.json` is read as if
//! `hjelp.yml` had named it, and without either, everything is as when `hjelp.yml` is empty.

use super::content::{self, Entry};
use super::docfx_json::{self, Docfx};
use super::locales::{self, Below};
use super::reader::{ConfigReader, nearest};
use super::{Config, HJELP, MarkdownOptions, ThemeOptions, levels, options, publish, translations};
use crate::diagnostic::{Code, Diagnostic, Level, sort};
use crate::locale::{Locale, LocaleId, Locales, language_info};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources, Span};

/// Reads the configuration of a site: its `hjelp.yml`, else its `docfx.json`, else what its `content` folder tells.
pub fn read(sources: &Sources) -> Result<Config, Vec<Diagnostic>> {
    let path = SitePath::new(HJELP).unwrap_or_else(|_| SitePath::root());
    let mut reader = ConfigReader::new(&path);
    let file = sources.find(HJELP).map(|id| sources.get(id));
    let nothing = YamlNode {
        span: Span::default(),
        value: YamlValue::Map(Vec::new()),
    };
    let root = file
        .and_then(|file| reader.parse(&file.text))
        .unwrap_or(nothing);
    let config = Site::read(&mut reader, sources, &root);
    let mut problems = reader.problems;
    sort(&mut problems);
    if problems.iter().any(|problem| problem.level == Level::Error) {
        Err(problems)
    } else {
        Ok(Config { problems, ..config })
    }
}

/// What everything else depends on: which files there are in which languages.
struct Site<'n> {
    entries: Vec<Entry<'n>>,
    docfx: Option<Docfx>,
    locales: Locales,
    localized: Vec<SitePath>,
    /// By entry: whether it holds language folders.
    by_language: Vec<bool>,
}

impl<'n> Site<'n> {
    fn read(reader: &mut ConfigReader, sources: &Sources, root: &'n YamlNode) -> Config {
        let keys = [
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
        let [
            content,
            docfx,
            locales,
            default,
            title,
            base_url,
            fallback,
            translations,
            output,
            edit_url,
            outputs,
            theme,
            metadata,
            markup,
            xref,
            front_matter,
            checks,
            external,
        ] = reader.table(root, &format!("`{HJELP}`"), keys);
        let site = Self::find(reader, sources, content, docfx, locales, default);
        let folders = locales::folders(&site.locales);
        let mut mappings = Vec::new();
        // Whose pages begin at the root unless told otherwise: those in several languages, or those that are all there is.
        let alone = site.entries.len() == 1 && site.docfx.is_none();
        let main = site
            .by_language
            .iter()
            .position(|&by_language| by_language)
            .or(alone.then_some(0));
        for (index, entry) in site.entries.iter().enumerate() {
            let locale = entry
                .locale
                .and_then(|name| locales::find(reader, &folders, name));
            mappings.extend(entry.mappings(main == Some(index), locale));
        }
        let title = title.map(|node| options::titles(reader, node, "`title`", &site.locales));
        let base_url = base_url.and_then(|node| reader.address(node, "`base-url`"));
        let output = output.and_then(|node| options::output(reader, node));
        let fallback = fallback
            .map(|node| options::fallback(reader, node))
            .unwrap_or_default();
        let translations = translations
            .map(|node| translations::read(reader, node, &site.locales))
            .unwrap_or_default();
        let theme = theme
            .map(|node| options::theme(reader, node, sources, &site.locales))
            .unwrap_or_default();
        let levels = checks
            .map(|node| levels::read(reader, node))
            .unwrap_or_default();
        let edit_url = edit_url.and_then(|node| options::edit_url(reader, node));
        let outputs = outputs
            .map(|node| super::outputs::read(reader, node))
            .unwrap_or_default();
        let markup = markup
            .and_then(|node| reader.choice(node, "`markup`", [("hjelp", false), ("docfx", true)]));
        let mut docfx = site.docfx.unwrap_or_default();
        if let Some(metadata) = metadata {
            docfx.metadata.add(reader, metadata);
        }
        if let Some(node) = xref {
            docfx
                .publish
                .xref(reader, sources, node, &mut docfx.ignored);
        }
        let front_matter = front_matter
            .map(|node| super::front_matter::rules(reader, node))
            .unwrap_or_default();
        mappings.append(&mut docfx.mappings);
        let home = homes(&site.locales, &site.localized);
        let docfx_title = publish::titles(&docfx.metadata, &home);
        let looks = publish::looks(&docfx.metadata, &mappings, sources, &home);
        let theme = ThemeOptions {
            logo: theme.logo.or(looks.logo),
            footer: theme.footer.or(looks.footer),
            ..theme
        };
        Config {
            title: title.unwrap_or_default().or(docfx_title),
            base_url: base_url.or(docfx.base_url),
            locales: site.locales,
            mappings,
            localized: site.localized,
            fallback,
            output: output
                .or(docfx.output)
                .or_else(|| SitePath::new("_site").ok())
                .unwrap_or_else(SitePath::root),
            edit_url,
            outputs,
            theme,
            front_matter,
            markdown: MarkdownOptions {
                docfx_markup: markup.unwrap_or(false),
                ..docfx.markdown
            },
            publish: docfx.publish,
            translations,
            metadata: docfx.metadata,
            levels,
            ignored_urls: external
                .map(|node| options::ignored_urls(reader, node))
                .unwrap_or_default(),
            problems: Vec::new(),
            ignored: docfx.ignored,
            files: docfx
                .files
                .into_iter()
                .chain([reader.path.clone()])
                .collect(),
        }
    }

    /// The files come first: without a word about languages, they are those whose folders hold pages.
    fn find(
        reader: &mut ConfigReader,
        sources: &Sources,
        content: Option<&'n YamlNode>,
        docfx: Option<&YamlNode>,
        locales: Option<&YamlNode>,
        default: Option<&YamlNode>,
    ) -> Self {
        let docfx = read_docfx(reader, sources, docfx);
        let entries = match content {
            Some(node) => Entry::all(reader, sources, node),
            None if docfx.is_none() => default_content(reader, sources),
            None => Vec::new(),
        };
        let default = default
            .and_then(|node| Some((reader.text(node, "`default-locale`", "en")?, node.span)));
        let given = locales.map(|node| (locales::given(reader, node), node.span));
        let is_language = |folder: &str| match &given {
            Some((list, _)) => list.iter().any(|locale| locale.folder == folder),
            None => language_info(folder).is_some(),
        };

        let mut named: Vec<&str> = entries
            .iter()
            .filter_map(|entry| entry.locale)
            .chain(default)
            .map(|(folder, _)| folder)
            .collect();
        let mut localized = Vec::new();
        let mut by_language = Vec::new();
        for entry in &entries {
            let below = if entry.locale.is_some() {
                Below::default()
            } else {
                Below::count(entry.pages(sources))
            };
            let languages = if given.is_some() {
                below.those(is_language)
            } else {
                below.languages()
            };
            if let Some((list, span)) = &given {
                content::unlisted(reader, entry, &below, list, *span);
            }
            by_language.push(!languages.is_empty());
            if !languages.is_empty() {
                localized.push(entry.from.clone());
                named.extend(languages);
            }
        }
        if let Some(docfx) = &docfx {
            let pages = || docfx.pages(sources);
            let least = if given.is_some() { 1 } else { 2 };
            if let Some(root) = locales::root_of(pages(), least, is_language) {
                named.extend(
                    Below::count(pages().filter_map(|page| page.strip_prefix(&root)))
                        .those(is_language),
                );
                localized.push(root);
            }
        }
        localized.sort();
        localized.dedup();

        let list = given.map_or_else(|| locales::from_folders(named), |(list, _)| list);
        let locales = in_order(reader, list, default);
        Site {
            entries,
            docfx,
            locales,
            localized,
            by_language,
        }
    }
}

/// Where the home page of each language is expected, with or without one there.
fn homes(locales: &Locales, localized: &[SitePath]) -> Vec<SitePath> {
    let root = localized.first().cloned().unwrap_or_else(SitePath::root);
    let home = |locale: LocaleId| root.join(&locales.get(locale).folder)?.join("index.md");
    locales
        .ids()
        .map(|locale| home(locale).unwrap_or_else(|_| SitePath::root()))
        .collect()
}

/// Without a word about it, English stands in for what is missing, or else the first folder in alphabetical order.
fn in_order(
    reader: &mut ConfigReader,
    list: Vec<Locale>,
    default: Option<(&str, Span)>,
) -> Locales {
    let folders: Vec<String> = list.iter().map(|locale| locale.folder.clone()).collect();
    let english = folders.iter().position(|folder| folder == "en");
    let first = || {
        (0..folders.len())
            .min_by_key(|&index| &folders[index])
            .unwrap_or(0)
    };
    let default = match default {
        Some(name) => locales::find(reader, &folders, name).map_or(0, LocaleId::index),
        None => english.unwrap_or_else(first),
    };
    Locales::new(list, LocaleId::new(default))
}

/// The `docfx.json` that is named, or that stands alone.
fn read_docfx(
    reader: &mut ConfigReader,
    sources: &Sources,
    named: Option<&YamlNode>,
) -> Option<Docfx> {
    let id = match named {
        Some(node) => {
            let path = reader.path(node, "`docfx`", "docfx.json")?;
            let found = sources.find(path.as_str());
            if found.is_none() {
                let others = sources
                    .texts()
                    .iter()
                    .map(|source| source.path.as_str())
                    .filter(|path| path.ends_with(".json"));
                let help = nearest(path.as_str(), others)
                    .map_or("Name a file, like `docfx.json`.".into(), |path| {
                        format!("Did you mean `{path}`?")
                    });
                reader.error(
                    Code::MissingFile,
                    node.span,
                    format!("there is no file `{path}`"),
                    help,
                );
            }
            found?
        }
        None if sources.find(HJELP).is_none() => sources.find("docfx.json")?,
        None => return None,
    };
    let mut docfx = docfx_json::read(sources, sources.get(id));
    reader.problems.append(&mut docfx.problems);
    Some(docfx)
}

/// The folder `content`; if there is none, a guess which folder could be named instead.
fn default_content<'n>(reader: &mut ConfigReader, sources: &Sources) -> Vec<Entry<'n>> {
    let entry = SitePath::new("content")
        .ok()
        .map(|folder| Entry::folder(folder, Span::default()));
    if let Some(entry) = entry.as_ref().filter(|entry| entry.is_empty(sources)) {
        let pages = sources
            .texts()
            .iter()
            .map(|source| &source.path)
            .filter(|path| path.has_extension("md"));
        let guess = locales::root_of(pages, 2, |folder| language_info(folder).is_some())
            .map_or("docs".into(), |root| root.to_string());
        let guess = if guess.is_empty() {
            "."
        } else {
            guess.as_str()
        };
        let help = format!(
            "Put pages into `{}/`, or say in `{HJELP}` which folder holds them: `content: {guess}`.",
            entry.from
        );
        reader.error(
            Code::NoContent,
            Span::default(),
            format!("there is no folder `{}` to build a site from", entry.from),
            help,
        );
    }
    entry.into_iter().collect()
}
