//! Turns the entries of `content:` into mappings: what lies in which folder goes where, in which language. Knows the folders' files by
//! their paths only.

use std::collections::BTreeSet;

use super::glob::Globs;
use super::locales::Below;
use super::reader::{ConfigReader, Spanned, nearest};
use super::{FileKind, Mapping, PAGES};
use crate::diagnostic::Code;
use crate::locale::{Locale, LocaleId};
use crate::source::yaml::{YamlNode, YamlValue};
use crate::source::{SitePath, Sources, Span};

/// One entry: a folder with what is said about it.
pub(super) struct Entry<'n> {
    span: Span,
    pub(super) from: SitePath,
    to: Option<SitePath>,
    include: Option<Globs>,
    exclude: Vec<&'n str>,
    pub(super) locale: Option<Spanned<'n>>,
}

impl<'n> Entry<'n> {
    /// What is said about a folder by naming it.
    pub(super) fn folder(from: SitePath, span: Span) -> Self {
        Entry {
            span,
            from,
            to: None,
            include: None,
            exclude: Vec::new(),
            locale: None,
        }
    }

    /// Reads `content:`, which is one entry or a list of them.
    pub(super) fn all(
        reader: &mut ConfigReader,
        sources: &Sources,
        node: &'n YamlNode,
    ) -> Vec<Self> {
        let nodes = match &node.value {
            YamlValue::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        if nodes.is_empty() {
            reader.error(
                Code::NoContent,
                node.span,
                "`content` names no folder",
                "Write for example `content: docs`.",
            );
        }
        let entries: Vec<Self> = nodes
            .iter()
            .filter_map(|node| Self::read(reader, node))
            .collect();
        for entry in entries.iter().filter(|entry| entry.is_empty(sources)) {
            let folders: BTreeSet<&str> = sources
                .texts()
                .iter()
                .flat_map(|source| folders_above(source.path.as_str()))
                .collect();
            let near = nearest(entry.from.as_str(), folders);
            let help = near.map_or_else(
                || "Name a folder that holds pages.".to_owned(),
                |folder| format!("Did you mean `{folder}`?"),
            );
            reader.warning(
                Code::EmptyContent,
                entry.span,
                format!("there is no file in `{}`", entry.from),
                help,
            );
        }
        entries
    }

    fn read(reader: &mut ConfigReader, node: &'n YamlNode) -> Option<Self> {
        if node.text().is_some() {
            return Some(Self::folder(
                reader.path(node, "`content`", "content")?,
                node.span,
            ));
        }
        let [from, to, include, exclude, locale] = reader.table(
            node,
            "`content`",
            ["from", "to", "include", "exclude", "locale"],
        );
        let Some(from) = from else {
            reader.error(
                Code::MissingKey,
                node.span,
                "this entry has no `from`",
                "Add `from:` with the folder that holds the files.",
            );
            return None;
        };
        Some(Entry {
            span: from.span,
            from: reader.path(from, "`from`", "content")?,
            to: to.and_then(|node| reader.path(node, "`to`", "release-notes")),
            include: include.map(|node| reader.globs(node, "`include`")),
            exclude: exclude
                .map(|node| reader.patterns(node, "`exclude`"))
                .unwrap_or_default(),
            locale: locale.and_then(|node| Some((reader.text(node, "`locale`", "en")?, node.span))),
        })
    }

    /// True if no file lies in the folder.
    pub(super) fn is_empty(&self, sources: &Sources) -> bool {
        let mut paths = sources
            .texts()
            .iter()
            .map(|source| &source.path)
            .chain(sources.assets().keys());
        !paths.any(|path| {
            path.strip_prefix(&self.from)
                .is_some_and(|rest| !rest.is_empty())
        })
    }

    /// The pages of this entry, as paths below its folder.
    pub(super) fn pages<'p>(&self, sources: &'p Sources) -> impl Iterator<Item = &'p str> {
        let pages = self.mapping(FileKind::Pages, SitePath::root(), None);
        sources
            .texts()
            .iter()
            .filter(|source| source.path.has_extension("md"))
            .filter_map(move |source| pages.take(&source.path))
    }

    /// The two mappings: pages, and everything that is no page.
    pub(super) fn mappings(&self, main: bool, locale: Option<LocaleId>) -> [Mapping; 2] {
        let default = if main {
            SitePath::root()
        } else {
            self.from.clone()
        };
        let to = self.to.clone().unwrap_or(default);
        [FileKind::Pages, FileKind::Assets].map(|kind| self.mapping(kind, to.clone(), locale))
    }

    fn mapping(&self, kind: FileKind, to: SitePath, locale: Option<LocaleId>) -> Mapping {
        let mut exclude = self.exclude.clone();
        if self.from.is_root() {
            exclude.extend(["hjelp.yml", "docfx.json", "locales/**", "templates/**"]);
        }
        let sources = PAGES.map(|extension| format!("**/*.{extension}"));
        let default = match kind {
            FileKind::Pages => {
                exclude.push("**/includes/**");
                &["**/*.md", "**/*.yml"][..]
            }
            FileKind::Assets => {
                exclude.extend(sources.iter().map(String::as_str));
                &["**"]
            }
        };
        // The patterns have been read before, so they are good.
        let globs = |patterns: &[&str]| Globs::new(patterns).unwrap_or_default();
        let files = self.include.clone().unwrap_or_else(|| globs(default));
        Mapping {
            kind,
            from: self.from.clone(),
            to,
            files,
            exclude: globs(&exclude),
            locale,
        }
    }
}

/// `a`, `a/b` for `a/b/c.md`.
fn folders_above(file: &str) -> impl Iterator<Item = &str> {
    file.match_indices('/').map(|(at, _)| &file[..at])
}

/// Warns about folders that look like languages beside those that are listed.
pub(super) fn unlisted(
    reader: &mut ConfigReader,
    entry: &Entry,
    below: &Below,
    list: &[Locale],
    span: Span,
) {
    let (listed, unlisted): (Vec<&str>, Vec<&str>) = below
        .languages()
        .into_iter()
        .partition(|folder| list.iter().any(|locale| locale.folder == *folder));
    for folder in unlisted.into_iter().filter(|_| !listed.is_empty()) {
        let message = format!(
            "the folder `{folder}` in `{}` is named like a language but not listed",
            entry.from
        );
        reader.warning(
            Code::UnlistedLocale,
            span,
            message,
            format!("Add `- folder: {folder}`, or exclude `{folder}/**`."),
        );
    }
}
