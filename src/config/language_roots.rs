//! Folders that each hold the same pages in one language, as a repository per language does -> the place of a file among them. Files at one path
//! below each of the folders are one in several languages. Doesn't know how the folders were found.

use crate::locale::LocaleId;
use crate::source::SitePath;

/// Folders of one language each, whose files are paired by their paths below.
#[derive(Debug, Clone, Hash)]
pub struct LanguageRoots {
    /// The languages with their folders; never empty, and each language once.
    folders: Vec<(LocaleId, SitePath)>,
    /// True if each is the folder of a `docfx.json`, which is `~/` in the files below it.
    docsets: bool,
}

impl LanguageRoots {
    /// The folders of at least two languages; nothing if there are fewer.
    pub(super) fn of(folders: Vec<(LocaleId, SitePath)>, docsets: bool) -> Option<Self> {
        let mut own: Vec<(LocaleId, SitePath)> = Vec::new();
        for (locale, folder) in folders {
            if !own.iter().any(|(known, _)| *known == locale) {
                own.push((locale, folder));
            }
        }
        if own.len() < 2 {
            return None;
        }
        Some(LanguageRoots {
            folders: own,
            docsets,
        })
    }

    /// The folder that represents all of them.
    pub(super) fn root(&self) -> &SitePath {
        &self.folders[0].1
    }

    /// The folder of a language.
    pub(super) fn folder(&self, locale: LocaleId) -> Option<&SitePath> {
        let found = self.folders.iter().find(|(known, _)| *known == locale);
        found.map(|(_, folder)| folder)
    }

    /// The language of the folder `from`, if it is one of these.
    pub(super) fn folder_of(&self, from: &SitePath) -> Option<LocaleId> {
        let found = self.folders.iter().find(|(_, folder)| folder == from);
        found.map(|(locale, _)| *locale)
    }

    /// The innermost folder that `path` is in, with its language and the path below it.
    pub(super) fn place<'a, 'p>(
        &'a self,
        path: &'p SitePath,
    ) -> Option<(&'a SitePath, LocaleId, &'p str)> {
        let mut innermost: Option<(&SitePath, LocaleId, &str)> = None;
        for (locale, folder) in &self.folders {
            if let Some(rest) = path.strip_prefix(folder)
                && innermost.is_none_or(|(other, ..)| other.as_str().len() <= folder.as_str().len())
            {
                innermost = Some((folder, *locale, rest));
            }
        }
        innermost
    }

    /// The folder that `~/` is in the file at `path`; nothing if these folders have none of their own.
    pub(super) fn home(&self, path: &SitePath) -> Option<&SitePath> {
        if !self.docsets {
            return None;
        }
        self.place(path).map(|(folder, ..)| folder)
    }
}
