//! A typed path and languages -> the paths of the new page's files, one a language. Doesn't know what will be in them, nor whether there are
//! such files already.

use crate::config::{Config, FileKind, LocalizedPath};
use crate::locale::LocaleId;
use crate::source::SitePath;

use super::plan::NewPage;
use crate::refactor::refusal::Refusal;

/// The languages the page is wanted in, each with the path it gets there.
pub(super) fn page_paths(
    config: &Config,
    wanted: &NewPage,
) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
    let paths = PagePaths {
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
    config: &'a Config,
    typed: String,
    /// Those the author asked for.
    locales: &'a [LocaleId],
}

impl PagePaths<'_> {
    fn resolve(&self) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
        let config = self.config;
        let path = self.markdown_path()?;
        if let Some(localized) = config.localized_path(&path) {
            return self.in_languages(&localized);
        }
        // `sales/invoices` is as good as `content/en/sales/invoices.md`: authors think of the page, not of its languages.
        match config.localized.first() {
            None => self.alone(self.in_content(path)),
            Some(_) if config.map_file(&path).is_some() => self.alone(path),
            Some(root) => {
                let localized = LocalizedPath {
                    root: root.clone(),
                    locale: config.locales.default(),
                    rest: path.to_string(),
                };
                self.in_languages(&localized)
            }
        }
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
    fn in_languages(
        &self,
        localized: &LocalizedPath,
    ) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
        let locales = match self.locales {
            [] => std::slice::from_ref(&localized.locale),
            asked => asked,
        };
        let mut paths = Vec::new();
        for locale in locales {
            let folder = &self.config.locales.get(*locale).folder;
            let Ok(folder) = localized.root.join(folder) else {
                return Err(self.outside());
            };
            let Ok(path) = folder.join(&localized.rest) else {
                return Err(self.outside());
            };
            paths.push((*locale, path));
        }
        Ok(paths)
    }

    /// A page outside of language folders exists once.
    fn alone(&self, path: SitePath) -> Result<Vec<(LocaleId, SitePath)>, Refusal> {
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
        Ok(vec![(locale, path)])
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
