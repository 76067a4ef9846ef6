//! `nav`, or without it the files of a language -> the text of its `toc.yml`. Titles that `nav` doesn't have are those of the pages.

use std::collections::BTreeMap;

use crate::source::yaml::scalar::scalar;
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources};

use super::inlines::capitalized;
use super::places::Places;
use super::settings::{ImportedLanguage, Settings};

/// Entries below this depth are all at it: `nav` is read from a file, and must not exhaust the stack.
const MAX_DEPTH: usize = 40;

pub(super) struct TocWriter<'a> {
    pub sources: &'a Sources,
    pub settings: &'a Settings,
    pub places: &'a Places<'a>,
    pub language: &'a ImportedLanguage,
}

/// The files of a folder, for a table of contents without `nav`.
#[derive(Default)]
struct FolderPages {
    pages: Vec<SitePath>,
    folders: BTreeMap<String, FolderPages>,
}

/// A `toc.yml` while it is written.
#[derive(Default)]
struct TocText {
    text: String,
    left_out: Vec<String>,
}

impl TocText {
    fn entry(&mut self, depth: usize, name: &str, href: Option<&str>) {
        let indent = "  ".repeat(depth);
        self.text
            .push_str(&format!("{indent}- name: {}\n", scalar(name)));
        if let Some(href) = href {
            self.text
                .push_str(&format!("{indent}  href: {}\n", scalar(href)));
        }
    }

    fn items(&mut self, depth: usize) {
        self.text
            .push_str(&format!("{}  items:\n", "  ".repeat(depth)));
    }
}

impl TocWriter<'_> {
    /// The text, and the entries without a page.
    pub(super) fn text(&self) -> (String, Vec<String>) {
        let mut toc = TocText::default();
        match &self.settings.nav {
            Some(nav) => self.entries(nav, 0, &mut toc),
            None => self.folder(&self.pages_by_folder(), 0, &mut toc),
        }
        (toc.text, toc.left_out)
    }

    fn entries(&self, node: &YamlNode, depth: usize, toc: &mut TocText) {
        for item in node.items() {
            match &item.value {
                YamlValue::Scalar(path) => self.page(None, &path.text, depth, toc),
                YamlValue::Map(entries) => {
                    for entry in entries {
                        self.named(&entry.key, &entry.value, depth, toc);
                    }
                }
                YamlValue::List(_) if depth < MAX_DEPTH => self.entries(item, depth, toc),
                YamlValue::List(_) => {}
            }
        }
    }

    fn named(&self, title: &str, value: &YamlNode, depth: usize, toc: &mut TocText) {
        if let Some(path) = value.text() {
            self.page(Some(title), path, depth, toc);
            return;
        }
        toc.entry(depth, self.translated(title), None);
        if !value.items().is_empty() && depth < MAX_DEPTH {
            toc.items(depth);
            self.entries(value, depth + 1, toc);
        }
    }

    fn page(&self, title: Option<&str>, typed: &str, depth: usize, toc: &mut TocText) {
        if typed.contains("://") {
            let name = self.translated(title.unwrap_or(typed));
            toc.entry(depth, name, Some(typed));
            return;
        }
        // MkDocs warns of a fragment in `nav`, but follows it.
        let (path, fragment) = match typed.split_once('#') {
            Some((path, _)) => (path, &typed[path.len()..]),
            None => (typed, ""),
        };
        let found = self.places.version(path, self.language);
        let Some((file, below)) = found.and_then(|file| {
            let below = self.places.below_language(&file)?;
            Some((file, below))
        }) else {
            // An entry that leads to no page would be an error of the new site from its first day.
            toc.left_out.push(format!("`{typed}`"));
            return;
        };
        let own_title = self.title_of(&file);
        let name = match title {
            Some(title) => self.translated(title),
            None => &own_title,
        };
        toc.entry(depth, name, Some(&format!("{below}{fragment}")));
    }

    fn translated<'t>(&'t self, title: &'t str) -> &'t str {
        for (own, translated) in &self.language.titles {
            if own == title {
                return translated;
            }
        }
        title
    }

    /// The title of a page: that of its front matter, its first heading, or its name.
    fn title_of(&self, file: &SitePath) -> String {
        // `page.nb.md` has the name `page`.
        let name = file.stem().split('.').next().unwrap_or_default();
        let Some(id) = self.sources.find(file.as_str()) else {
            return name.to_owned();
        };
        let mut in_front_matter = false;
        for (number, line) in self.sources.get(id).text.lines().enumerate() {
            match line.trim_end() {
                "---" if number == 0 => in_front_matter = true,
                "---" if in_front_matter => in_front_matter = false,
                line => {
                    let marker = if in_front_matter { "title:" } else { "# " };
                    if let Some(title) = line.strip_prefix(marker) {
                        let title = title.split("{").next().unwrap_or(title).trim();
                        return title.trim_matches(['"', '\'']).to_owned();
                    }
                }
            }
        }
        name.to_owned()
    }

    /// The pages of the language as MkDocs lists them: folder by folder, each with its index first.
    fn pages_by_folder(&self) -> FolderPages {
        let mut root = FolderPages::default();
        for source in self.sources.texts() {
            let path = &source.path;
            if !path.has_extension("md") || !path.starts_with(&self.settings.docs) {
                continue;
            }
            let Some(below) = self.places.below_language(path) else {
                continue;
            };
            // One entry for all versions of a page.
            if self.places.version(&below, self.language).as_ref() != Some(path) {
                continue;
            }
            let mut folder = &mut root;
            for name in below
                .split('/')
                .rev()
                .skip(1)
                .collect::<Vec<_>>()
                .into_iter()
                .rev()
            {
                folder = folder.folders.entry(name.to_owned()).or_default();
            }
            folder.pages.push(path.clone());
        }
        root
    }

    fn folder(&self, folder: &FolderPages, depth: usize, toc: &mut TocText) {
        let mut pages: Vec<(bool, String, &SitePath)> = Vec::new();
        for page in &folder.pages {
            let Some(below) = self.places.below_language(page) else {
                continue;
            };
            let is_index = below == "index.md" || below.ends_with("/index.md");
            pages.push((!is_index, below, page));
        }
        pages.sort();
        for (_, below, page) in pages {
            toc.entry(depth, &self.title_of(page), Some(&below));
        }
        if depth >= MAX_DEPTH {
            return;
        }
        for (name, inside) in &folder.folders {
            toc.entry(depth, &capitalized(name), None);
            toc.items(depth);
            self.folder(inside, depth + 1, toc);
        }
    }
}
