//! One reference -> where it leads. Targets name no address: that depends on who reads, and is worked out when the page is rendered.

use crate::config::LocalizedPath;
use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId};
use crate::syntax::toc::is_toc;
use crate::syntax::{Body, RefKind, Reference};

use super::address::{Address, split_address};
use super::index::{Index, LinkInput};
use super::pages::TranslationSetId;
use super::xref_maps::XrefMaps;

/// Where a reference leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A page: the reader's version of it, or the one of a certain language if the author named another language than his own.
    Page {
        /// What all versions share.
        set: TranslationSetId,
        /// The language the author insists on.
        locale: Option<LocaleId>,
    },
    /// A place on the same page.
    SamePage,
    /// A file whose content is shown in this place.
    Fragment(SourceId),
    /// A file whose code is shown in this place.
    Code(SourceId),
    /// A file that is published as it is.
    Asset(SitePath),
    /// A table of contents, possibly that of a folder.
    Toc(SourceId),
    /// The page of another site that has this uid, by one of the maps the configuration names.
    ExternalUid(Box<str>),
    /// Somewhere else; never looked at.
    External,
    /// `@word` that names no page: a word.
    PlainText,
    /// Nowhere.
    Broken(BrokenReason),
}

/// Why a reference leads nowhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BrokenReason {
    /// No file lies at this path.
    Missing(SitePath),
    /// A file lies at this path, but it is no part of the site.
    NotPublished(SitePath),
    /// A folder without an index page lies at this path.
    Folder(SitePath),
    /// The path leads out of the site root.
    LeavesRoot,
    /// No page has this uid.
    UnknownUid,
    /// The file includes itself by way of these files, the first and last of which are the same.
    Cycle(Vec<SitePath>),
    /// What is included would, with all it includes in turn, be larger than any page should be.
    TooLarge,
    /// Only a path to a file makes sense here, and this is none: empty, rooted or an address.
    NotAPath,
    /// The path is for a file that could not be read.
    Unreadable(SitePath),
}

pub(super) struct Resolver<'a> {
    pub parts: LinkInput<'a>,
    pub index: &'a Index,
    pub foreign: &'a XrefMaps,
}

impl Resolver<'_> {
    pub fn resolve(&self, from: SourceId, reference: &Reference) -> Target {
        if matches!(
            reference.kind,
            RefKind::Uid | RefKind::UidShorthand | RefKind::TocUid
        ) {
            return self.uid(from, reference);
        }
        let path = split_address(&reference.target).0;
        let folder = self.parts.path(from).parent();
        let found = match Address::of(path) {
            Address::SamePage | Address::External | Address::Rooted(_)
                if matches!(reference.kind, RefKind::Include | RefKind::Snippet) =>
            {
                return Target::Broken(BrokenReason::NotAPath);
            }
            Address::SamePage => return Target::SamePage,
            Address::External => return Target::External,
            Address::Rooted(path) => return self.rooted(from, &path),
            Address::SourceRooted(path) => SitePath::new(&path),
            Address::Relative(path) => folder.join(&path),
        };
        let Ok(found) = found else {
            return Target::Broken(BrokenReason::LeavesRoot);
        };
        let is_folder = path.ends_with(['/', '\\']);
        match reference.kind {
            RefKind::Include => self.file(&found, |id| self.is_article(id), Target::Fragment),
            RefKind::Snippet => self.file(&found, |_| true, Target::Code),
            RefKind::Toc | RefKind::TocLink => self
                .toc(&found)
                .unwrap_or_else(|| self.page_or_asset(from, &found, is_folder)),
            // Old places need not exist: pages will be written there.
            RefKind::RedirectFrom => Target::External,
            RefKind::RedirectTo => match self.page_or_asset(from, &found, is_folder) {
                Target::Broken(why) => self.published(from, path).unwrap_or(Target::Broken(why)),
                target => target,
            },
            _ if is_toc(found.file_name()) => self.published_toc(&found),
            _ => self.page_or_asset(from, &found, is_folder),
        }
    }

    /// Where a reference that is `broken` leads if upper and lower case letters don't matter, and the file's real path.
    pub fn in_other_letters(
        &self,
        from: SourceId,
        reference: &Reference,
        broken: &Target,
    ) -> Option<(Target, SitePath)> {
        let Target::Broken(BrokenReason::Missing(path)) = broken else {
            return None;
        };
        let real = self
            .fallbacks(path)
            .find_map(|path| self.parts.layout.in_other_letters(&path))?;
        let tail = split_address(&reference.target).1;
        let target = format!("~/{}{tail}", real.as_str().replace('%', "%25"));
        let found = self.resolve(
            from,
            &Reference {
                target: target.into(),
                ..reference.clone()
            },
        );
        (!matches!(found, Target::Broken(_))).then(|| (found, real.clone()))
    }

    /// A page may link to a toc only if the toc is one of the site's.
    fn published_toc(&self, path: &SitePath) -> Target {
        match self.toc(path) {
            Some(Target::Toc(id)) if self.parts.layout.placed(id).is_none() => {
                Target::Broken(BrokenReason::NotPublished(path.clone()))
            }
            target => target.unwrap_or_else(|| self.missing(path)),
        }
    }

    fn uid(&self, from: SourceId, reference: &Reference) -> Target {
        let uid = split_address(&reference.target).0;
        let known = self.index.uids.get(uid).or_else(|| {
            let decoded = percent_encoding::percent_decode_str(uid).decode_utf8_lossy();
            self.index.uids.get(&*decoded)
        });
        let decoded = || percent_encoding::percent_decode_str(uid).decode_utf8_lossy();
        let foreign = || {
            self.foreign
                .get(uid)
                .or_else(|| self.foreign.get(&decoded()))
                .map(|(uid, _)| uid.into())
        };
        match (known, reference.kind) {
            (Some(&id), _) => {
                match (self.index.pages.translation_set_of(id), self.page(from, id)) {
                    (Some(set), Target::Page { .. }) if self.is_shared(set, uid) => {
                        Target::Page { set, locale: None }
                    }
                    (_, target) => target,
                }
            }
            (None, RefKind::UidShorthand) => {
                foreign().map_or(Target::PlainText, Target::ExternalUid)
            }
            (None, _) => foreign().map_or(
                Target::Broken(BrokenReason::UnknownUid),
                Target::ExternalUid,
            ),
        }
    }

    /// True if several translations of a page have this uid, so that it names none of them.
    fn is_shared(&self, set: TranslationSetId, uid: &str) -> bool {
        let own = |id: SourceId| {
            self.parts
                .document(id)
                .and_then(|document| document.front_matter.text("uid"))
        };
        self.index
            .pages
            .translation_set(set)
            .variants
            .iter()
            .filter(|(_, id)| own(*id).is_some_and(|own| own.trim() == uid))
            .count()
            > 1
    }

    fn is_article(&self, id: SourceId) -> bool {
        self.parts
            .document(id)
            .is_some_and(|document| matches!(document.body, Body::Article(_)))
    }

    /// The page that is published at `path` as seen from where `from` is: `x.html` for `x.md`.
    fn published(&self, from: SourceId, path: &str) -> Option<Target> {
        let own = &self.parts.layout.placed(from)?.output;
        let source = self.index.published_at(&own.parent().join(path).ok()?)?;
        Some(self.page_or_asset(from, source, false))
            .filter(|target| !matches!(target, Target::Broken(_)))
    }

    /// `/x` names a published path. What it names may well be outside this build, so not finding it is no mistake.
    fn rooted(&self, from: SourceId, path: &str) -> Target {
        let Ok(path) = SitePath::new(path) else {
            return Target::External;
        };
        let Some(source) = self.index.published_at(&path) else {
            return Target::External;
        };
        match self.page_or_asset(from, source, false) {
            Target::Broken(_) => Target::External,
            target => target,
        }
    }

    /// The toc at `path`, or in the folder there; nothing if `path` is neither. A folder's toc must be published, a file need not be.
    fn toc(&self, path: &SitePath) -> Option<Target> {
        if is_toc(path.file_name()) {
            let found = self
                .fallbacks(path)
                .find_map(|path| self.parts.layout.find(&path));
            return Some(found.map_or_else(|| self.missing(path), Target::Toc));
        }
        if !self.parts.layout.is_folder(path) {
            return None;
        }
        let inside = |path: SitePath| {
            let names = ["toc.yml", "TOC.yml", "toc.md", "TOC.md"].into_iter();
            let found = names.filter_map(|name| self.parts.layout.find(&path.join(name).ok()?));
            found
                .into_iter()
                .find(|id| self.parts.layout.placed(*id).is_some())
        };
        self.fallbacks(path).find_map(inside).map(Target::Toc)
    }

    /// The file at `path`, or its version in a language that stands in for the one of the path.
    fn file(
        &self,
        path: &SitePath,
        fits: impl Fn(SourceId) -> bool,
        target: impl Fn(SourceId) -> Target,
    ) -> Target {
        self.fallbacks(path)
            .filter_map(|path| self.parts.layout.find(&path))
            .find(|&id| fits(id))
            .map_or_else(|| self.missing(path), target)
    }

    fn page_or_asset(&self, from: SourceId, path: &SitePath, is_folder: bool) -> Target {
        if let Some(id) = self.parts.layout.find(path)
            && self.index.pages.translation_set_of(id).is_some()
        {
            return self.page(from, id);
        }
        if let Some(picture) = self.localized(from, path) {
            return Target::Asset(picture);
        }
        for candidate in self.fallbacks(path) {
            if let Some(id) = self.parts.layout.find(&candidate)
                && let Some(set) = self.index.pages.translation_set_of(id)
            {
                return self.page_of(
                    from,
                    set,
                    self.parts
                        .config
                        .localized_path(path)
                        .map(|localized| localized.locale),
                );
            }
            if self.parts.layout.is_asset(&candidate) {
                return Target::Asset(candidate);
            }
        }
        if is_folder || self.parts.layout.is_folder(path) {
            let index = ["index.md", "index.yml"]
                .into_iter()
                .filter_map(|name| path.join(name).ok());
            let found = index
                .map(|index| self.page_or_asset(from, &index, false))
                .find(|target| !matches!(target, Target::Broken(_)));
            return found.unwrap_or_else(|| Target::Broken(BrokenReason::Folder(path.clone())));
        }
        self.missing(path)
    }

    fn page(&self, from: SourceId, id: SourceId) -> Target {
        match self.index.pages.translation_set_of(id) {
            Some(set) => self.page_of(from, set, self.parts.layout.locale(id)),
            None => Target::Broken(BrokenReason::NotPublished(self.parts.path(id).clone())),
        }
    }

    /// The author's own language is nothing to insist on: a translated or substituted page leads to the reader's version.
    fn page_of(&self, from: SourceId, set: TranslationSetId, locale: Option<LocaleId>) -> Target {
        let own = self.parts.layout.locale(from);
        Target::Page {
            set,
            locale: locale.filter(|locale| Some(*locale) != own),
        }
    }

    /// The file at `path` in the language of the text, if it lies where files differ from language to language: as an author types the path
    /// of a picture once, it need not be typed anew when a translated picture comes. A language that never stands in for the text's own is
    /// what the author insists on, unless the text's own is there.
    fn localized(&self, from: SourceId, path: &SitePath) -> Option<SitePath> {
        let media = self.parts.config.translations.media(path)?;
        let locales = &self.parts.config.locales;
        let own = self.parts.layout.locale(from).unwrap_or(media.locale);
        let mut order = locales.fallback_chain(own);
        if !order.contains(&media.locale) {
            order.splice(1..1, locales.fallback_chain(media.locale));
        }
        let paths = order
            .into_iter()
            .filter_map(|locale| media.in_folder(&locales.get(locale).folder));
        paths
            .into_iter()
            .find(|path| self.parts.layout.is_asset(path))
    }

    /// The path itself, then the same path in each language that stands in for the one it lies in.
    fn fallbacks<'b>(&'b self, path: &'b SitePath) -> impl Iterator<Item = SitePath> + 'b {
        let others = self.parts.config.localized_path(path).into_iter().flat_map(
            move |LocalizedPath { root, locale, rest }| {
                let chain = self
                    .parts
                    .config
                    .locales
                    .fallback_chain(locale)
                    .into_iter()
                    .skip(1);
                chain
                    .filter_map(move |other| {
                        root.join(&self.parts.config.locales.get(other).folder)
                            .ok()?
                            .join(&rest)
                            .ok()
                    })
                    .collect::<Vec<_>>()
            },
        );
        std::iter::once(path.clone()).chain(others)
    }

    fn missing(&self, path: &SitePath) -> Target {
        Target::Broken(if self.parts.sources.unreadable().contains_key(path) {
            BrokenReason::Unreadable(path.clone())
        } else if self.parts.sources.contains(path.as_str()) {
            BrokenReason::NotPublished(path.clone())
        } else if self.parts.layout.is_folder(path) {
            BrokenReason::Folder(path.clone())
        } else {
            BrokenReason::Missing(path.clone())
        })
    }
}
