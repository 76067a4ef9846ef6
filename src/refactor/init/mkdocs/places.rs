//! The files of MkDocs -> where each is in the new site, and at which address MkDocs published it. Reads no text.

use crate::source::{SitePath, Sources};

use super::settings::{CONTENT, ImportedLanguage, LanguageStructure, Settings};

/// The folder for files that pages include from outside of `docs_dir`. Files in a folder of this name are no pages.
const INCLUDES: &str = "includes";

pub(super) struct Places<'a> {
    pub(super) sources: &'a Sources,
    settings: &'a Settings,
}

/// A file of `docs_dir`: its language, and its path without what says so.
struct LocalizedFile<'a> {
    language: Option<&'a ImportedLanguage>,
    path: String,
}

impl<'a> Places<'a> {
    pub(super) fn new(sources: &'a Sources, settings: &'a Settings) -> Places<'a> {
        Places { sources, settings }
    }

    /// Where a file is in the new site; nothing if that can't be a path.
    pub(super) fn new_path(&self, old: &SitePath) -> Option<SitePath> {
        let Some(file) = self.localized(old) else {
            return SitePath::new(&format!("{CONTENT}/{INCLUDES}/{old}")).ok();
        };
        let path = self.index_name(old, &file.path);
        match file.language {
            Some(language) => SitePath::new(&format!("{CONTENT}/{}/{path}", language.folder)).ok(),
            // Pictures that all languages share, beside their folders.
            None => SitePath::new(&format!("{CONTENT}/{path}")).ok(),
        }
    }

    /// Where MkDocs published the page of a Markdown file, relative to the site; nothing for other files.
    pub(super) fn old_address(&self, old: &SitePath) -> Option<String> {
        if !old.has_extension("md") || !old.starts_with(&self.settings.docs) {
            return None;
        }
        self.address_of(old)
    }

    /// The same for a file that need not be there any more.
    pub(super) fn address_of(&self, old: &SitePath) -> Option<String> {
        let file = self.localized(old)?;
        let page = file.path.strip_suffix(".md")?;
        // The address needn't be that of the file: static-i18n moves the default language to the top.
        let mut address = match file.language {
            // The default language is at the top of the site.
            Some(language) if Some(language) != self.settings.default_language() => {
                format!("{}/", language.code)
            }
            _ => String::new(),
        };
        let (folder, name) = match page.rsplit_once('/') {
            Some((folder, name)) => (format!("{folder}/"), name),
            None => (String::new(), page),
        };
        address.push_str(&folder);
        if name == "index" || name == "README" {
            return Some(address);
        }
        address.push_str(name);
        address.push_str(if self.settings.directory_urls {
            "/"
        } else {
            ".html"
        });
        Some(address)
    }

    /// The version of a page of `nav` that readers of a language get, as a file of `docs_dir`.
    pub(super) fn version(&self, typed: &str, language: &ImportedLanguage) -> Option<SitePath> {
        let docs = &self.settings.docs;
        let candidates = match self.settings.structure {
            LanguageStructure::One => vec![typed.to_owned()],
            LanguageStructure::Folder => {
                vec![format!("{}/{typed}", language.code), typed.to_owned()]
            }
            LanguageStructure::Suffix => {
                let stem = typed.strip_suffix(".md").unwrap_or(typed);
                let mut names = vec![format!("{stem}.{}.md", language.code), typed.to_owned()];
                if let Some(default) = self.settings.default_language() {
                    names.push(format!("{stem}.{}.md", default.code));
                }
                names
            }
        };
        // The own version first, then that of the default language, as the plugin falls back.
        for name in candidates {
            let path = docs.join(&name).ok()?;
            if self.sources.contains(path.as_str()) {
                return Some(path);
            }
        }
        None
    }

    /// The path of a page below the folder of its language in the new site.
    pub(super) fn below_language(&self, old: &SitePath) -> Option<String> {
        let file = self.localized(old)?;
        Some(self.index_name(old, &file.path))
    }

    fn localized(&self, old: &SitePath) -> Option<LocalizedFile<'a>> {
        let below = old.strip_prefix(&self.settings.docs)?;
        let settings = self.settings;
        match settings.structure {
            LanguageStructure::One => {}
            LanguageStructure::Folder => {
                let (folder, rest) = below.split_once('/').unwrap_or(("", below));
                for language in &settings.languages {
                    if language.code == folder {
                        let path = rest.to_owned();
                        let language = Some(language);
                        return Some(LocalizedFile { language, path });
                    }
                }
                let path = below.to_owned();
                return Some(LocalizedFile {
                    language: None,
                    path,
                });
            }
            LanguageStructure::Suffix => {
                let (stem, extension) = below.rsplit_once('.').unwrap_or((below, ""));
                for language in &settings.languages {
                    if let Some(name) = stem.strip_suffix(&format!(".{}", language.code)) {
                        let path = format!("{name}.{extension}");
                        let language = Some(language);
                        return Some(LocalizedFile { language, path });
                    }
                }
            }
        }
        Some(LocalizedFile {
            language: settings.default_language(),
            path: below.to_owned(),
        })
    }

    /// The first page of a folder may be called `README.md`, unless there is an `index.md`, too.
    fn index_name(&self, old: &SitePath, path: &str) -> String {
        let Some(folder) = path.strip_suffix("README.md") else {
            return path.to_owned();
        };
        let index = old.parent().join("index.md");
        let is_taken = index.is_ok_and(|index| self.sources.contains(index.as_str()));
        match !is_taken && (folder.is_empty() || folder.ends_with('/')) {
            true => format!("{folder}index.md"),
            false => path.to_owned(),
        }
    }
}
