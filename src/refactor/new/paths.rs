//! A typed path and languages -> the paths of the new page's files, one a language. Doesn't know what will be in them, nor whether there are
//! such files already.

use crate::config::{Config, FileKind, LocalizedPath};
use crate::locale::{LocaleId, language_info};
use crate::site::Site;
use crate::source::SitePath;

use super::plan::NewPage;
use crate::refactor::refusal::Refusal;

/// Where a page goes in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PagePath {
    pub(super) path: SitePath,
    /// The folder of its language; of a site without such folders, the folder of its pages.
    pub(super) top: SitePath,
    /// What the front matter calls the language.
    pub(super) language: String,
}

/// The languages the page is wanted in, each with the path it gets there.
pub(super) fn page_paths(site: &Site, wanted: &NewPage) -> Result<Vec<PagePath>, Refusal> {
    let config = &site.config;
    let paths = PagePaths {
        site,
        config,
        // Typed on Windows, or completed by its shell.
        typed: wanted.path.trim().replace('\\', "/"),
        locales: &wanted.locales,
    };
    paths.resolve()
}

/// True for a path that the configuration makes a page of.
pub(super) fn is_page(config: &Config, path: &SitePath) -> bool {
    match config.map_file(path) {
        Some(mapped) => mapped.kind == FileKind::Pages,
        None => false,
    }
}

struct PagePaths<'a> {
    site: &'a Site,
    config: &'a Config,
    typed: String,
    /// Those the author asked for.
    locales: &'a [LocaleId],
}

impl PagePaths<'_> {
    fn resolve(&self) -> Result<Vec<PagePath>, Refusal> {
        let config = self.config;
        let path = self.markdown_path()?;
        if let Some(localized) = config.localized_path(&path) {
            return self.in_languages(&localized);
        }
        // `sales/invoices` is as good as `content/en/sales/invoices.md`: authors think of the page, not of its languages.
        let Some(root) = self.language_root() else {
            return self.alone(self.in_content(path));
        };
        // With the folder of the content in front, or without it.
        for below in [Some(path.as_str()), path.strip_prefix(&root)] {
            if let Some((folder, rest)) = below.and_then(|below| below.split_once('/'))
                && self.means_language(&root, folder)
            {
                return self.in_named_language(&root, folder, rest);
            }
        }
        if config.map_file(&path).is_some() {
            return self.alone(path);
        }
        let localized = LocalizedPath {
            root,
            locale: config.locales.default(),
            rest: path.to_string(),
        };
        self.in_languages(&localized)
    }

    /// The folder that holds the language folders, or will hold them: of a site without pages that has several languages, the folder of its
    /// content.
    fn language_root(&self) -> Option<SitePath> {
        if let Some(root) = self.config.localized.first() {
            return Some(root.clone());
        }
        let has_several = self.config.locales.len() > 1 || !self.locales.is_empty();
        if !has_several || self.has_pages() {
            return None;
        }
        for mapping in &self.config.mappings {
            if mapping.kind == FileKind::Pages {
                return Some(mapping.from.clone());
            }
        }
        None
    }

    fn has_pages(&self) -> bool {
        let mut ids = self.site.sources.ids();
        ids.any(|id| self.site.translation_set_of(id).is_some())
    }

    /// True if a first folder of this name is a language: it is named like one, and no language has a folder of that name for something else.
    fn means_language(&self, root: &SitePath, folder: &str) -> bool {
        let locales = &self.config.locales;
        if locales.by_folder(folder).is_some() {
            return true;
        }
        if language_info(folder).is_none() {
            return false;
        }
        for id in locales.ids() {
            let Ok(taken) = root.join(&format!("{}/{folder}", locales.get(id).folder)) else {
                continue;
            };
            let texts = self.site.sources.texts();
            if texts.iter().any(|source| source.path.starts_with(&taken)) {
                return false;
            }
        }
        true
    }

    /// The page in the language that the path names, which may be the first page in it.
    fn in_named_language(
        &self,
        root: &SitePath,
        folder: &str,
        rest: &str,
    ) -> Result<Vec<PagePath>, Refusal> {
        let locales = &self.config.locales;
        if let Some(locale) = locales.by_folder(folder) {
            return self.in_languages(&LocalizedPath {
                root: root.clone(),
                locale,
                rest: rest.to_owned(),
            });
        }
        if self.config.lists_locales {
            return Err(Refusal::new(
                format!("`{folder}` is none of the languages that `locales` lists"),
                format!("add `- {folder}` to `locales` in `hjelp.yml`"),
            ));
        }
        Ok(vec![self.below(root, folder, rest)?])
    }

    /// The typed path, with its ending.
    fn markdown_path(&self) -> Result<SitePath, Refusal> {
        let typed = &self.typed;
        let Ok(path) = SitePath::new(typed) else {
            return Err(self.outside());
        };
        if path.is_root() || typed.ends_with('/') {
            return Err(Refusal::new(
                format!("`{typed}` names no file"),
                "write a path like `sales/invoices.md`",
            ));
        }
        if path.extension().is_empty() {
            return SitePath::new(&format!("{path}.md")).map_err(|_| self.outside());
        }
        if !path.has_extension("md") {
            return Err(Refusal::new(
                format!("`{typed}` is not a Markdown file"),
                "let the path end in `.md`",
            ));
        }
        Ok(path)
    }

    /// The page below the folders of languages: of those the author asked for, else of the one in `localized`.
    fn in_languages(&self, localized: &LocalizedPath) -> Result<Vec<PagePath>, Refusal> {
        let locales = match self.locales {
            [] => std::slice::from_ref(&localized.locale),
            asked => asked,
        };
        let mut paths = Vec::new();
        for locale in locales {
            let folder = &self.config.locales.get(*locale).folder;
            paths.push(self.below(&localized.root, folder, &localized.rest)?);
        }
        Ok(paths)
    }

    /// The page below one language folder.
    fn below(&self, root: &SitePath, folder: &str, rest: &str) -> Result<PagePath, Refusal> {
        let Ok(top) = root.join(folder) else {
            return Err(self.outside());
        };
        let Ok(path) = top.join(rest) else {
            return Err(self.outside());
        };
        Ok(PagePath {
            path,
            top,
            language: folder.to_owned(),
        })
    }

    /// A page outside of language folders exists once.
    fn alone(&self, path: SitePath) -> Result<Vec<PagePath>, Refusal> {
        let mapped = self.config.map_file(&path);
        let locale = match mapped.and_then(|mapped| mapped.locale) {
            Some(locale) => locale,
            None => self.config.locales.default(),
        };
        if self.locales.iter().any(|asked| *asked != locale) {
            return Err(Refusal::new(
                format!("`{path}` is not in a language folder, so it exists once"),
                "leave out the languages",
            ));
        }
        let mut page = PagePath {
            path,
            top: SitePath::root(),
            language: self.config.locales.get(locale).folder.clone(),
        };
        for mapping in &self.config.mappings {
            if mapping.kind == FileKind::Pages && page.path.starts_with(&mapping.from) {
                page.top = mapping.from.clone();
                break;
            }
        }
        // The first page of a site may be the first of its language.
        if let Some(rest) = page.path.strip_prefix(&page.top)
            && let Some((folder, _)) = rest.split_once('/')
            && language_info(folder).is_some()
            && !self.has_pages()
            && let Ok(top) = page.top.join(folder)
        {
            page.language = folder.to_owned();
            page.top = top;
        }
        Ok(vec![page])
    }

    /// The path below the folder of `content`, which authors need not type.
    fn in_content(&self, path: SitePath) -> SitePath {
        if is_page(self.config, &path) {
            return path;
        }
        for mapping in &self.config.mappings {
            if mapping.kind != FileKind::Pages {
                continue;
            }
            // Patterns of `content` may leave out what is below the folder.
            if let Ok(below) = mapping.from.join(path.as_str())
                && is_page(self.config, &below)
            {
                return below;
            }
        }
        path
    }

    fn outside(&self) -> Refusal {
        Refusal::new(
            format!("`{}` is outside the site", self.typed),
            "name a path below the folder of `hjelp.yml`",
        )
    }
}
