//! The entries of `content` -> mappings: which files of which folder go where, in which language. Knows files by their paths only.

use std::collections::BTreeSet;

use super::glob::Globs;
use super::locales::FolderCounts;
use super::mapping::{FileKind, Mapping, PAGE_EXTENSIONS};
use super::reader::{ConfigReader, Spanned, nearest};
use crate::diagnostic::Code;
use crate::locale::{Locale, LocaleId};
use crate::message;
use crate::source::yaml::YamlNode;
use crate::source::{Message, SitePath, Sources, Span};

/// What to do about a folder of content that can't be read.
pub(super) const READ_LINKS: &str =
    "Put the folder itself there: hjelp reads nothing outside the folder of the site.";

/// Where an entry without a `to` is published.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum EntryPlace {
    /// At the top of the site.
    Main,
    /// In the folder of its language.
    Language,
    /// In a folder of its own name.
    OwnFolder,
}

/// A folder with what `content` specifies for it.
pub(super) struct ContentEntry<'n> {
    span: Span,
    pub(super) from: SitePath,
    to: Option<SitePath>,
    include: Option<Globs>,
    exclude: Vec<&'n str>,
    pub(super) locale: Option<Spanned<'n>>,
}

impl<'n> ContentEntry<'n> {
    /// The entry of a folder of which only the name is given.
    pub(super) fn of_folder(from: SitePath, span: Span) -> Self {
        ContentEntry {
            span,
            from,
            to: None,
            include: None,
            exclude: Vec::new(),
            locale: None,
        }
    }

    /// Reads `content`, which is one entry or a list of them.
    pub(super) fn all(reader: &mut ConfigReader, node: &'n YamlNode) -> Vec<Self> {
        let nodes = node.one_or_many();
        if nodes.is_empty() {
            reader.error(
                Code::NoContent,
                node.span,
                "`content` names no folder",
                "Write for example `content: docs`.",
            );
        }
        let mut entries = Vec::new();
        for node in nodes {
            let Some(entry) = Self::read(reader, node) else {
                continue;
            };
            if entry.is_empty(reader.sources) {
                entry.report_empty(reader);
            }
            entries.push(entry);
        }
        entries
    }

    fn read(reader: &mut ConfigReader, node: &'n YamlNode) -> Option<Self> {
        if node.text().is_some() {
            let folder = reader.path(node, "`content`", "content")?;
            return Some(Self::of_folder(folder, node.span));
        }
        let keys = ["from", "to", "include", "exclude", "locale"];
        let [from, to, include, exclude, locale] = reader.table(node, "`content`", keys);
        let Some(from) = from else {
            reader.error(
                Code::MissingKey,
                node.span,
                "this entry has no `from`",
                "Add `from:` with the folder that holds the files.",
            );
            return None;
        };
        let folder = reader.path_around(&SitePath::root(), from, "`from`");
        let mut entry = ContentEntry::of_folder(folder?, from.span);
        if let Some(node) = to {
            entry.to = reader.path(node, "`to`", "release-notes");
        }
        entry.include = include.map(|node| reader.globs(node, "`include`"));
        if let Some(node) = exclude {
            entry.exclude = reader.patterns(node, "`exclude`");
        }
        if let Some(node) = locale
            && let Some(folder) = reader.text(node, "`locale`", "en")
        {
            entry.locale = Some((folder, node.span));
        }
        Some(entry)
    }

    /// True if the entry names a folder of one language, and nothing else about it.
    pub(super) fn is_whole_folder(&self) -> bool {
        self.to.is_none() && self.include.is_none() && self.exclude.is_empty()
    }

    fn report_empty(&self, reader: &mut ConfigReader) {
        let mut folders: BTreeSet<&str> = BTreeSet::new();
        for source in reader.sources.texts() {
            folders.extend(folders_above(source.path.as_str()));
        }
        let help = match nearest(self.from.as_str(), folders) {
            Some(folder) => message!("Did you mean `{folder}`?", folder),
            None => "Name a folder that holds pages.".into(),
        };
        let (message, help) = match self.unread(reader.sources) {
            Some(reason) => (reason, READ_LINKS.into()),
            None => (
                message!("no files found in `{from}`", from = self.from),
                help,
            ),
        };
        reader.warning(Code::EmptyContent, self.span, message, help);
    }

    /// What keeps hjelp from reading the folder, or one around it: a link out of the site, missing permission.
    pub(super) fn unread(&self, sources: &Sources) -> Option<Message> {
        for (path, reason) in sources.unreadable() {
            if self.from.starts_with(path) {
                return Some(message!("`{path}` is not read: {reason}", path, reason));
            }
        }
        None
    }

    /// True if there is no file in the folder.
    pub(super) fn is_empty(&self, sources: &Sources) -> bool {
        let texts = sources.texts().iter().map(|source| &source.path);
        for path in texts.chain(sources.assets().keys()) {
            // `from` may name a file, which is no folder of files.
            if path != &self.from && path.starts_with(&self.from) {
                return false;
            }
        }
        true
    }

    /// The pages of this entry, as paths below its folder.
    pub(super) fn pages<'p>(&self, sources: &'p Sources) -> Vec<&'p str> {
        let mapping = self.mapping(FileKind::Pages, SitePath::root(), None);
        let mut pages = Vec::new();
        for source in sources.texts() {
            // YAML files don't tell languages apart: `en/toc.yml` may be all that is left of a language.
            if source.path.has_extension("md") && mapping.select(&source.path).is_some() {
                pages.extend(source.path.strip_prefix(&self.from));
            }
        }
        pages
    }

    /// The two mappings: pages, and all other files. Without a `to`, the main entry goes to the root, others to a folder of their own name.
    pub(super) fn mappings(&self, place: EntryPlace, locale: Option<LocaleId>) -> [Mapping; 2] {
        let to = match (&self.to, place, self.locale) {
            (Some(to), ..) => to.clone(),
            (None, EntryPlace::Main, _) => SitePath::root(),
            (None, EntryPlace::Language, Some((folder, _))) => {
                SitePath::new(folder).unwrap_or_else(|_| self.from.clone())
            }
            (None, ..) => self.from.clone(),
        };
        [FileKind::Pages, FileKind::Assets].map(|kind| self.mapping(kind, to.clone(), locale))
    }

    fn mapping(&self, kind: FileKind, to: SitePath, locale: Option<LocaleId>) -> Mapping {
        let mut exclude = self.exclude.clone();
        // With the root as content, the files that build the site would be published with it.
        if self.from.is_root() {
            exclude.extend(["hjelp.yml", "docfx.json", "locales/**", "templates/**"]);
        }
        let page_sources = PAGE_EXTENSIONS.map(|extension| format!("**/*.{extension}"));
        let default: &[&str] = match kind {
            FileKind::Pages => {
                // Fragments that are included elsewhere. The folder is named so by DocFX projects.
                exclude.push("**/includes/**");
                &["**/*.md", "**/*.yml"]
            }
            FileKind::Assets => {
                // Not even those that become no page, like fragments: a copied source would publish comments and drafts.
                exclude.extend(page_sources.iter().map(String::as_str));
                &["**"]
            }
        };
        let files = match &self.include {
            Some(include) => include.clone(),
            None => Globs::new(default).unwrap_or_default(),
        };
        Mapping {
            kind,
            from: self.from.clone(),
            site_below: None,
            to,
            files,
            // Invalid patterns were reported when they were read, so that none is left here.
            exclude: Globs::new(&exclude).unwrap_or_default(),
            locale,
            group: None,
        }
    }
}

/// `a`, `a/b` for `a/b/c.md`.
fn folders_above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

impl ConfigReader<'_> {
    /// Warns about folders that are named like languages next to those that `locales` lists.
    pub(super) fn report_unlisted(
        &mut self,
        entry: &ContentEntry,
        counts: &FolderCounts,
        (list, span): &(Vec<Locale>, Span),
    ) {
        let is_listed = |folder: &&str| list.iter().any(|locale| locale.folder == **folder);
        let (listed, unlisted): (Vec<&str>, Vec<&str>) =
            counts.languages().into_iter().partition(is_listed);
        // Where none is listed, the folders belong to another entry's layout.
        if listed.is_empty() {
            return;
        }
        for folder in unlisted {
            self.warning(
                Code::UnlistedLocale,
                *span,
                message!(
                    "the folder `{folder}` in `{from}` is named like a language but not listed",
                    folder,
                    from = entry.from
                ),
                message!(
                    "Add `- folder: {folder}`, or exclude `{folder}/**`.",
                    folder
                ),
            );
        }
    }
}
