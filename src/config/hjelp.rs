//! Turns `hjelp.yml` into a [`Config`]. Without one, a `docfx.json` is read as if `hjelp.yml` had named it, and without either,
//! everything is as when `hjelp.yml` is empty.

use super::content::{self, Entry};
use super::docfx::{self, Docfx};
use super::languages::{self, Below};
use super::shape::{Reader, nearest};
use super::{Config, FallbackRule, HJELP, Show, ThemeOptions, Titles};
use crate::diagnostic::{Diagnostic, Level, sort};
use crate::locale::{Locale, LocaleId, Locales, known};
use crate::source::yaml::{Node, Value};
use crate::source::{SitePath, Sources, Span};

/// Reads the configuration of a site: its `hjelp.yml`, else its `docfx.json`, else what its `content` folder tells.
pub fn read(sources: &Sources) -> Result<Config, Vec<Diagnostic>> {
    let path = SitePath::new(HJELP).unwrap_or_else(|_| SitePath::root());
    let mut reader = Reader::new(&path);
    let file = sources.find(HJELP).map(|id| sources.get(id));
    let nothing = Node { span: Span::default(), value: Value::Map(Vec::new()) };
    let root = file.and_then(|file| reader.parse(&file.text)).unwrap_or(nothing);
    let config = Site::read(&mut reader, sources, &root);
    let mut problems = reader.problems;
    sort(&mut problems);
    if problems.iter().any(|problem| problem.level == Level::Error) { Err(problems) } else { Ok(Config { problems, ..config }) }
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
    fn read(reader: &mut Reader, sources: &Sources, root: &'n Node) -> Config {
        let keys =
            ["content", "docfx", "locales", "default-locale", "title", "base-url", "fallback", "output", "edit-url", "theme", "metadata"];
        let [content, docfx, locales, default, title, base_url, fallback, output, edit_url, theme, metadata] =
            reader.table(root, &format!("`{HJELP}`"), keys);
        let site = Self::find(reader, sources, content, docfx, locales, default);
        let folders = site.folders();
        let mut mappings = Vec::new();
        for (entry, &by_language) in site.entries.iter().zip(&site.by_language) {
            let locale = entry.locale.and_then(|name| languages::find(reader, &folders, name));
            mappings.extend(entry.mappings(site.entries.len() == 1, by_language, locale));
        }
        let title = title.map(|node| titles(reader, node, "`title`", &site.locales));
        let base_url = base_url.and_then(|node| reader.address(node, "`base-url`"));
        let output = output.and_then(|node| folder_for_output(reader, node));
        let fallback = fallback.map(|node| rules(reader, node)).unwrap_or_default();
        let theme = theme.map(|node| theme_options(reader, node, sources, &site.locales)).unwrap_or_default();
        let edit_url = edit_url.and_then(|node| template(reader, node));
        let mut docfx = site.docfx.unwrap_or_default();
        if let Some(metadata) = metadata {
            docfx.metadata.add(reader, metadata);
        }
        mappings.append(&mut docfx.mappings);
        let docfx_title = docfx.title.map(|text| Titles(vec![Some(text); site.locales.len()]));
        Config {
            title: title.or(docfx_title).unwrap_or_default(),
            base_url: base_url.or(docfx.base_url),
            locales: site.locales,
            mappings,
            localized: site.localized,
            fallback,
            output: output.or(docfx.output).or_else(|| SitePath::new("_site").ok()).unwrap_or_else(SitePath::root),
            edit_url,
            theme,
            metadata: docfx.metadata,
            problems: Vec::new(),
            ignored: docfx.ignored,
        }
    }

    fn find(
        reader: &mut Reader,
        sources: &Sources,
        content: Option<&'n Node>,
        docfx: Option<&Node>,
        locales: Option<&Node>,
        default: Option<&Node>,
    ) -> Self {
        let docfx = read_docfx(reader, sources, docfx);
        let entries = match content {
            Some(node) => Entry::all(reader, sources, node),
            None if docfx.is_none() => default_content(reader, sources),
            None => Vec::new(),
        };
        let default = default.and_then(|node| Some((reader.text(node, "`default-locale`", "en")?, node.span)));
        let given = locales.map(|node| (languages::given(reader, node), node.span));
        let is_language = |folder: &str| match &given {
            Some((list, _)) => list.iter().any(|locale| locale.folder == folder),
            None => known(folder).is_some(),
        };

        let mut named: Vec<&str> = entries.iter().filter_map(|entry| entry.locale).chain(default).map(|(folder, _)| folder).collect();
        let mut localized = Vec::new();
        let mut by_language = Vec::new();
        for entry in &entries {
            let below = if entry.locale.is_some() { Below::default() } else { Below::count(entry.pages(sources)) };
            let languages = if given.is_some() { below.those(is_language) } else { below.languages() };
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
            if let Some(root) = languages::root_of(pages(), least, is_language) {
                named.extend(Below::count(pages().filter_map(|page| page.below(&root))).those(is_language));
                localized.push(root);
            }
        }
        localized.sort();
        localized.dedup();

        let list = given.map_or_else(|| languages::from_folders(named), |(list, _)| list);
        let locales = in_order(reader, list, default);
        Site { entries, docfx, locales, localized, by_language }
    }

    fn folders(&self) -> Vec<String> {
        self.locales.ids().map(|id| self.locales.get(id).folder.clone()).collect()
    }
}

/// Without a word about it, English stands in for what is missing, or else the first folder in alphabetical order.
fn in_order(reader: &mut Reader, list: Vec<Locale>, default: Option<(&str, Span)>) -> Locales {
    let folders: Vec<String> = list.iter().map(|locale| locale.folder.clone()).collect();
    let english = folders.iter().position(|folder| folder == "en");
    let first = || (0..folders.len()).min_by_key(|&index| &folders[index]).unwrap_or(0);
    let default = match default {
        Some(name) => languages::find(reader, &folders, name).map_or(0, LocaleId::index),
        None => english.unwrap_or_else(first),
    };
    Locales::new(list, LocaleId::new(default))
}

/// The `docfx.json` that is named, or that stands alone.
fn read_docfx(reader: &mut Reader, sources: &Sources, named: Option<&Node>) -> Option<Docfx> {
    let id = match named {
        Some(node) => {
            let path = reader.path(node, "`docfx`", "docfx.json")?;
            let found = sources.find(path.as_str());
            if found.is_none() {
                let others = sources.texts().iter().map(|source| source.path.as_str()).filter(|path| path.ends_with(".json"));
                let help = nearest(path.as_str(), others)
                    .map_or("name a file, like `docfx.json`".into(), |path| format!("did you mean `{path}`?"));
                reader.error("missing-file", node.span, format!("there is no file `{path}`"), help);
            }
            found?
        }
        None if sources.find(HJELP).is_none() => sources.find("docfx.json")?,
        None => return None,
    };
    let mut docfx = docfx::read(sources, sources.get(id));
    reader.problems.append(&mut docfx.problems);
    Some(docfx)
}

/// The folder `content`; if there is none, a guess which folder could be named instead.
fn default_content<'n>(reader: &mut Reader, sources: &Sources) -> Vec<Entry<'n>> {
    let entry = SitePath::new("content").ok().map(|folder| Entry::folder(folder, Span::default()));
    if let Some(entry) = entry.as_ref().filter(|entry| entry.is_empty(sources)) {
        let pages = sources.texts().iter().map(|source| &source.path).filter(|path| path.has_extension("md"));
        let guess = languages::root_of(pages, 2, |folder| known(folder).is_some()).map_or("docs".into(), |root| root.to_string());
        let guess = if guess.is_empty() { "." } else { guess.as_str() };
        let help = format!("put pages into `{}/`, or say in `{HJELP}` which folder holds them: `content: {guess}`", entry.from);
        reader.error("no-content", Span::default(), format!("there is no folder `{}` to build a site from", entry.from), help);
    }
    entry.into_iter().collect()
}

/// One text for all languages, or one for each.
fn titles(reader: &mut Reader, node: &Node, what: &str, locales: &Locales) -> Titles {
    let Value::Map(entries) = &node.value else {
        let text = reader.text(node, what, "Help").map(str::to_owned);
        return Titles(vec![text; locales.len()]);
    };
    let folders: Vec<String> = locales.ids().map(|id| locales.get(id).folder.clone()).collect();
    let mut own = vec![None; locales.len()];
    for entry in entries {
        let locale = languages::find(reader, &folders, (&entry.key, entry.key_span));
        if let (Some(locale), Some(text)) = (locale, reader.text(&entry.value, what, "Help")) {
            own[locale.index()] = Some(text.to_owned());
        }
    }
    Titles(locales.ids().map(|id| locales.chain(id).into_iter().find_map(|id| own[id.index()].clone())).collect())
}

fn rules(reader: &mut Reader, node: &Node) -> Vec<FallbackRule> {
    if !matches!(node.value, Value::List(_)) {
        reader.misshapen(node, "`fallback`", "a list", "- {path: release-notes/**, show: link}");
    }
    let mut rules = Vec::new();
    for item in node.items() {
        let [path, show] = reader.table(item, "`fallback`", ["path", "show"]);
        let (Some(path), Some(show)) = (path, show) else {
            reader.error(
                "missing-key",
                item.span,
                "this entry needs `path` and `show`",
                "write for example `{path: release-notes/**, show: link}`",
            );
            continue;
        };
        let files = reader.globs(path, "`path`");
        let show = reader.choice(show, "`show`", [("page", Show::Page), ("link", Show::Link), ("nothing", Show::Nothing)]);
        rules.extend(show.map(|show| FallbackRule { files, show }));
    }
    rules
}

fn theme_options(reader: &mut Reader, node: &Node, sources: &Sources, locales: &Locales) -> ThemeOptions {
    let [accent, logo, footer] = reader.table(node, "`theme`", ["accent", "logo", "footer"]);
    let accent = accent.and_then(|node| {
        let text = reader.text(node, "`accent`", "'#0a5'")?;
        // It ends up in a style sheet, where it must not end anything.
        let colour = text.chars().all(|char| char.is_ascii_alphanumeric() || "#(),.%/- ".contains(char));
        if !colour {
            reader.error("unexpected-value", node.span, format!("`{text}` is no colour"), "write it as CSS does, like `'#0a5'` or `teal`");
        }
        colour.then(|| text.to_owned())
    });
    let logo = logo.and_then(|node| {
        let path = reader.path(node, "`logo`", "content/logo.svg")?;
        if !sources.contains(path.as_str()) {
            let near = nearest(path.as_str(), sources.assets().keys().map(SitePath::as_str));
            let help = near.map_or("name a picture by its path from the root of the site".into(), |path| format!("did you mean `{path}`?"));
            reader.warning("missing-file", node.span, format!("there is no file `{path}`"), help);
            return None;
        }
        Some(path)
    });
    let footer = footer.map(|node| titles(reader, node, "`footer`", locales)).unwrap_or_default();
    ThemeOptions { accent, logo, footer }
}

fn folder_for_output(reader: &mut Reader, node: &Node) -> Option<SitePath> {
    let path = reader.path(node, "`output`", "_site")?;
    if path.is_root() {
        reader.error("unexpected-value", node.span, "the site cannot be written among its own sources", "name a folder, like `_site`");
        return None;
    }
    Some(path)
}

/// The address of a page's source, with a hole for its path.
fn template(reader: &mut Reader, node: &Node) -> Option<String> {
    let example = "https://github.com/owner/repository/edit/main/{path}";
    let text = reader.text(node, "`edit-url`", example)?;
    if !text.contains("{path}") {
        reader.error(
            "unexpected-value",
            node.span,
            "`edit-url` does not say where the path goes",
            format!("write `{{path}}` for it: `{example}`"),
        );
    }
    Some(text.to_owned())
}
