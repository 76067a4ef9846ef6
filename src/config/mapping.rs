//! Which files of a folder are published, and where to: path in, output path out. Doesn't know the rest of the configuration.

use std::borrow::Cow;

use super::glob::Globs;
use crate::locale::LocaleId;
use crate::source::SitePath;

/// The extensions of files that can become pages.
pub(super) const PAGE_EXTENSIONS: [&str; 3] = ["md", "yml", "yaml"];

/// Files of one folder that are treated alike.
#[derive(Debug, Clone, Hash)]
pub struct Mapping {
    /// As what they are published.
    pub kind: FileKind,
    /// The folder they are in.
    pub from: SitePath,
    /// The folders of the site below `from`, if that is a folder above the site.
    pub site_below: Option<String>,
    /// Where they go, below the output folder.
    pub to: SitePath,
    /// Which of them are published, by their path below `from`.
    pub files: Globs,
    /// Which of these are not.
    pub exclude: Globs,
    /// The language all of them are in.
    pub locale: Option<LocaleId>,
    /// The group of a `docfx.json` that they belong to: a version of the documentation, with uids of its own.
    pub group: Option<Box<str>>,
}

/// How a file is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    /// As a page, or as a source of pages: a table of contents, a landing page.
    Pages,
    /// As a copy.
    Assets,
}

/// A file that is published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MappedFile {
    /// As what.
    pub kind: FileKind,
    /// Its path below the output folder, with the extension of the source.
    pub output: SitePath,
    /// The language of its folder or its mapping; a page without one is in the default language.
    pub locale: Option<LocaleId>,
    /// The group it belongs to.
    pub group: Option<Box<str>>,
}

/// The path of a file in a language folder, taken apart at that folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedPath {
    /// The folder that holds the language folders.
    pub root: SitePath,
    /// The language of the folder below it.
    pub locale: LocaleId,
    /// The path below the language folder.
    pub rest: String,
}

impl Mapping {
    /// The path below [`Mapping::from`], if this mapping publishes the file.
    pub(super) fn select<'p>(&self, path: &'p SitePath) -> Option<Cow<'p, str>> {
        let rest = self.below(path)?;
        // Patterns of a `docfx.json` often match everything; still only Markdown and YAML make pages.
        let is_fit = match self.kind {
            FileKind::Assets => true,
            FileKind::Pages => PAGE_EXTENSIONS
                .iter()
                .any(|extension| path.has_extension(extension)),
        };
        if is_fit && self.files.selects(&rest) && !self.exclude.excludes(&rest) {
            Some(rest)
        } else {
            None
        }
    }

    /// True if files may be published that a scan leaves out: those in folders that begin with a dot, and in `node_modules`.
    pub(super) fn reaches_hidden(&self) -> bool {
        let mut names = self.from.segments();
        self.files.reaches_hidden() || names.any(|name| name.starts_with('.') && name != "..")
    }

    /// True if a file in this folder may be published.
    pub(super) fn reaches_into(&self, folder: &SitePath) -> bool {
        // A folder above that of the mapping is on the way to it.
        if self.from.starts_with(folder) {
            return true;
        }
        match self.below(folder) {
            Some(rest) => self.files.reaches_into(&rest),
            None => false,
        }
    }

    /// True for a file that the patterns of pages mean, but that is no source of a page by its extension.
    pub(super) fn lists_in_vain(&self, path: &SitePath) -> bool {
        if self.kind != FileKind::Pages || PAGE_EXTENSIONS.contains(&path.extension()) {
            return false;
        }
        let Some(rest) = self.below(path) else {
            return false;
        };
        self.files.selects(&rest) && !self.exclude.excludes(&rest)
    }

    fn below<'p>(&self, path: &'p SitePath) -> Option<Cow<'p, str>> {
        match (&self.site_below, path.strip_prefix(&self.from)) {
            (_, Some(rest)) => Some(Cow::Borrowed(rest)),
            (Some(site), None) if !path.is_outside() => Some(Cow::Owned(format!("{site}/{path}"))),
            _ => None,
        }
    }
}
