//! `mkdocs.yml` -> what of it a hjelp site is made from, and the names of what is not used. Knows no file of the content.

use crate::locale::language_info;
use crate::refactor::Refusal;
use crate::source::yaml::{self, YamlNode};
use crate::source::{SitePath, Sources};

/// The configuration of MkDocs.
pub(in crate::refactor::init) const MKDOCS_FILE: &str = "mkdocs.yml";

/// The folder for the converted content.
pub(super) const CONTENT: &str = "content";

/// Keys with a meaning here; `plugins` and `markdown_extensions` are reported by what is in them.
const KNOWN_KEYS: [&str; 11] = [
    "site_name",
    "site_url",
    "docs_dir",
    "site_dir",
    "nav",
    "theme",
    "plugins",
    "markdown_extensions",
    "use_directory_urls",
    "site_description",
    "INHERIT",
];

/// Plugins whose work hjelp does, or whose settings are taken over.
const KNOWN_PLUGINS: [&str; 5] = ["search", "i18n", "redirects", "glightbox", "offline"];

/// A language of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ImportedLanguage {
    /// As MkDocs names it, in paths and addresses.
    pub code: String,
    /// Its folder in the new site.
    pub folder: String,
    /// Titles of `nav` in this language.
    pub titles: Vec<(String, String)>,
}

/// How the files of languages are distinguished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LanguageStructure {
    One,
    /// `page.nb.md`
    Suffix,
    /// `nb/page.md`
    Folder,
}

#[derive(Debug)]
pub(super) struct Settings {
    pub title: Option<String>,
    pub base_url: Option<String>,
    /// The folder of the pages.
    pub docs: SitePath,
    /// The first is the default language.
    pub languages: Vec<ImportedLanguage>,
    pub structure: LanguageStructure,
    pub nav: Option<YamlNode>,
    /// True if pages are published as `page/`, not as `page.html`.
    pub directory_urls: bool,
    /// The folders in which snippets are looked for.
    pub snippet_folders: Vec<SitePath>,
    /// Old and new Markdown files, below the folder of the pages.
    pub redirects: Vec<(String, String)>,
    /// `==marked==` is on.
    pub marks: bool,
    /// `^^inserted^^` is on.
    pub insertions: bool,
    pub left_out: Vec<String>,
}

impl Settings {
    /// Reads the configuration of these files.
    pub(super) fn read(sources: &Sources) -> Result<Settings, Refusal> {
        let Some(id) = sources.find(MKDOCS_FILE) else {
            return Err(Refusal::new(
                format!("there is no `{MKDOCS_FILE}` here"),
                "run `hjelp init` in the folder that holds it",
            ));
        };
        let (root, errors) = yaml::parse(&sources.get(id).text, 0);
        let Some(root) = root else {
            let reason = errors.first().map_or("it is empty", |error| &error.message);
            return Err(Refusal::new(
                format!("`{MKDOCS_FILE}` can't be used: {reason}"),
                "correct it first",
            ));
        };
        let docs = path_of(root.trimmed_text("docs_dir").unwrap_or("docs"))?;
        let plugin = |name: &str| named(&root, "plugins", name);
        let extension = |name: &str| named(&root, "markdown_extensions", name);
        let (languages, structure) = languages(&root, plugin("i18n"))?;
        let mut snippet_folders = Vec::new();
        let bases = extension("pymdownx.snippets").and_then(|snippets| snippets?.get("base_path"));
        match bases {
            Some(bases) => {
                for base in bases.one_or_many() {
                    let text = base.text().unwrap_or_default().replace("!relative", "");
                    snippet_folders.extend(path_of(text.trim()));
                }
            }
            // The default of the extension is the folder that MkDocs runs in, not `docs_dir`, although most authors expect that.
            None => snippet_folders.push(SitePath::root()),
        }
        let mut redirects = Vec::new();
        let maps = plugin("redirects").and_then(|redirects| redirects?.get("redirect_maps"));
        for entry in maps.map_or(&[][..], YamlNode::entries) {
            if let Some(to) = entry.value.text() {
                redirects.push((entry.key.to_string(), to.to_owned()));
            }
        }
        Ok(Settings {
            title: owned(&root, "site_name"),
            base_url: owned(&root, "site_url"),
            docs,
            languages,
            structure,
            // An empty `nav:` is none: MkDocs then lists the folders.
            nav: root.get("nav").filter(|nav| !nav.is_null()).cloned(),
            directory_urls: root.trimmed_text("use_directory_urls") != Some("false"),
            snippet_folders,
            redirects,
            marks: extension("pymdownx.mark").is_some(),
            insertions: extension("pymdownx.caret").is_some(),
            left_out: left_out(&root),
        })
    }

    /// The default language; every site has one.
    pub(super) fn default_language(&self) -> Option<&ImportedLanguage> {
        self.languages.first()
    }
}

fn owned(root: &YamlNode, key: &str) -> Option<String> {
    root.trimmed_text(key)
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}

fn path_of(text: &str) -> Result<SitePath, Refusal> {
    SitePath::new(text.trim_end_matches('/')).map_err(|_| {
        Refusal::new(
            format!("`{text}` of `{MKDOCS_FILE}` is outside of this folder"),
            "run `hjelp init` in a folder that holds both",
        )
    })
}

/// The settings of a plugin or an extension: nothing if it is off, `Some(None)` if it has none.
fn named<'n>(root: &'n YamlNode, list: &str, name: &str) -> Option<Option<&'n YamlNode>> {
    let list = root.get(list)?;
    // Both forms are common: a list of names and maps, or one map.
    for item in list.items() {
        if item.text() == Some(name) {
            return Some(None);
        }
        if let Some(settings) = item.get(name) {
            return Some(Some(settings));
        }
    }
    list.get(name).map(Some)
}

fn languages(
    root: &YamlNode,
    i18n: Option<Option<&YamlNode>>,
) -> Result<(Vec<ImportedLanguage>, LanguageStructure), Refusal> {
    let settings = i18n.flatten();
    let mut languages = Vec::new();
    let mut structure = LanguageStructure::One;
    if let Some(settings) = settings {
        structure = match settings.trimmed_text("docs_structure") {
            Some("folder") => LanguageStructure::Folder,
            _ => LanguageStructure::Suffix,
        };
        let default = settings.trimmed_text("default_language");
        let Some(listed) = settings.get("languages") else {
            return Err(no_language("i18n"));
        };
        // In the order of the file, which is that of the language menu.
        for item in listed.items() {
            let code = item.trimmed_text("locale").unwrap_or_default();
            let is_default = item.trimmed_text("default") == Some("true");
            add_language(
                code,
                is_default,
                item.get("nav_translations"),
                &mut languages,
            )?;
        }
        // The notation of its first versions: a map of codes to names.
        for entry in listed.entries() {
            let is_default = default == Some(&*entry.key);
            if &*entry.key != "default" {
                add_language(&entry.key, is_default, None, &mut languages)?;
            }
        }
    }
    if languages.is_empty() {
        structure = LanguageStructure::One;
        let code = root
            .get("theme")
            .and_then(|theme| theme.trimmed_text("language"));
        add_language(code.unwrap_or("en"), true, None, &mut languages)?;
    }
    Ok((languages, structure))
}

fn add_language(
    code: &str,
    is_default: bool,
    translations: Option<&YamlNode>,
    languages: &mut Vec<ImportedLanguage>,
) -> Result<(), Refusal> {
    if language_info(code).is_none() {
        return Err(no_language(code));
    }
    let mut titles = Vec::new();
    for entry in translations.map_or(&[][..], YamlNode::entries) {
        if let Some(text) = entry.value.text() {
            titles.push((entry.key.to_string(), text.to_owned()));
        }
    }
    let language = ImportedLanguage {
        code: code.to_owned(),
        folder: code.to_ascii_lowercase(),
        titles,
    };
    match is_default {
        // The first language of a hjelp site is its default.
        true => languages.insert(0, language),
        false => languages.push(language),
    }
    Ok(())
}

fn no_language(code: &str) -> Refusal {
    Refusal::new(
        format!("`{code}` of `{MKDOCS_FILE}` is not a language"),
        "write codes like `nb`, `en` or `pt-br` there",
    )
}

/// What the configuration has that a hjelp site has nothing for.
fn left_out(root: &YamlNode) -> Vec<String> {
    let mut names = Vec::new();
    for entry in root.entries() {
        if !KNOWN_KEYS.contains(&&*entry.key) {
            names.push(entry.key.to_string());
        }
    }
    if let Some(plugins) = root.get("plugins") {
        let listed = plugins.items().iter().flat_map(|item| match item.text() {
            Some(name) => vec![name],
            None => item.entries().iter().map(|entry| &*entry.key).collect(),
        });
        let mapped = plugins.entries().iter().map(|entry| &*entry.key);
        for name in listed.chain(mapped) {
            if !KNOWN_PLUGINS.contains(&name) {
                names.push(format!("plugins: {name}"));
            }
        }
    }
    if let Some(theme) = root.get("theme") {
        for entry in theme.entries() {
            if !matches!(&*entry.key, "name" | "language") {
                names.push(format!("theme: {}", entry.key));
            }
        }
    }
    names
}
