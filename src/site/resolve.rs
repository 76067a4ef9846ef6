//! One reference -> its [`Target`]. The only place where an address an author typed is resolved, be it in Markdown, HTML, a toc,
//! a landing page, front matter or `xref:`. A target holds no address: that depends on the reader's language and page, and is made when
//! the page is rendered (`render/html/addresses.rs`).

use crate::locale::LocaleId;
use crate::source::percent;
use crate::source::{SitePath, SourceId};
use crate::syntax::RefKind;
use crate::syntax::interface::DocumentKind;
use crate::syntax::reference::{Outgoing, after_xref};
use crate::syntax::toc::is_toc;

use super::address::{Address, split_address};
use super::input::LinkInput;
use super::names::Names;
use super::pages::TranslationSetId;
use super::target::{BrokenReason, Target};
use super::xref_maps::XrefMaps;

/// The toc files a folder can have, in the order in which they are looked for.
const TOC_NAMES: [&str; 4] = ["toc.yml", "TOC.yml", "toc.md", "TOC.md"];

/// The index pages a folder can have, in the order in which they are looked for.
const INDEX_NAMES: [&str; 2] = ["index.md", "index.yml"];

/// The path at which a page was published, by an address of its `redirect_from`: relative to where the page is published in a language, its
/// `output`, or to the top of the server after `/`. `base` is the address of the site. Names of sources and names without an extension are
/// those of pages; an address that ends in `/` is that of an index page. Nothing for an address of another site.
pub(super) fn former_output(
    output: &SitePath,
    typed: &str,
    base: Option<&str>,
) -> Option<SitePath> {
    let rooted = own_path(typed, base).map(|path| format!("/{path}"));
    let typed = rooted.as_deref().unwrap_or(typed);
    let path = match Address::of(typed) {
        Address::Rooted(path) => SitePath::new(&path),
        Address::SourceRooted(path) | Address::Relative(path) => output.parent().join(&path),
        Address::SamePage | Address::External => return None,
    };
    named_page(&path.ok()?, typed)
}

/// The path of the page that was asked for as `typed`, which is at `path`: authors copy the path of the old source, or the address from a
/// browser.
pub(super) fn named_page(path: &SitePath, typed: &str) -> Option<SitePath> {
    if typed.ends_with('/') && !path.is_root() {
        return path.join("index.html").ok();
    }
    if path.has_extension("md") || path.extension().is_empty() {
        path.parent().join(&format!("{}.html", path.stem())).ok()
    } else {
        Some(path.clone())
    }
}

/// What follows the address of the site, `base`, in an address that begins with it, or with its path on the server. Nothing for any other address;
/// without a `base`, every address that begins with `/` is of this site.
pub(super) fn own_path<'t>(address: &'t str, base: Option<&str>) -> Option<&'t str> {
    let base = base.unwrap_or("").trim_end_matches('/');
    let below = match address.strip_prefix(base) {
        Some(below) if !base.is_empty() => below,
        _ => address.strip_prefix(path_of_base(base))?,
    };
    match below.strip_prefix('/') {
        // `//other.example/x` is on another server.
        Some(path) if !path.starts_with('/') => Some(path),
        _ => None,
    }
}

/// The path on the server: `/help` of `https://acme.example/help`.
fn path_of_base(base: &str) -> &str {
    match base.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |at| &rest[at..]),
        None => "",
    }
}

pub(super) struct Resolver<'a> {
    pub input: LinkInput<'a>,
    pub names: &'a Names,
    pub xref_maps: &'a XrefMaps,
}

impl Resolver<'_> {
    /// What `reference`, typed in the file `from`, points to.
    pub fn resolve(&self, from: SourceId, reference: Outgoing<'_>) -> Target {
        let kind = reference.kind;
        if matches!(kind, RefKind::Uid | RefKind::UidShorthand | RefKind::TocUid) {
            return self.uid(from, reference);
        }
        match kind {
            // Former addresses need not exist: redirects are written there, see `former_output`.
            RefKind::RedirectFrom => return Target::External,
            RefKind::RedirectAnchor => return Target::SamePage,
            _ => {}
        }
        if kind == RefKind::RedirectTo
            && let Some(uid) = after_xref(reference.target)
        {
            let kind = RefKind::Uid;
            return self.uid(from, Outgoing { kind, target: uid });
        }
        // Queries and fragments name a place in the target; which file it is does not depend on them.
        let path = split_address(reference.target).0;
        let base = self.input.config.base_url.as_deref();
        let includes = matches!(kind, RefKind::Include | RefKind::Snippet);
        let around = &self.input.config.surroundings;
        let found = match Address::of(path) {
            Address::SourceRooted(path) => {
                around.join(self.input.config.home_of(self.input.path(from)), &path)
            }
            Address::Relative(path) => around.join(&self.input.path(from).parent(), &path),
            // Only files are included, never addresses: nothing is fetched.
            _ if includes => return Target::Broken(BrokenReason::NotAPath),
            Address::SamePage => return Target::SamePage,
            // A redirect may be written as what a browser shows. Links to the site's own address are as they are: readers of a copy elsewhere,
            // or on a disk, may be meant to come to the real one.
            Address::External => match own_path(path, base) {
                Some(path) if kind == RefKind::RedirectTo => {
                    return self.rooted(from, &percent::decode_path(path));
                }
                _ => return Target::External,
            },
            Address::Rooted(rooted) => match own_path(path, base) {
                Some(path) => return self.rooted(from, &percent::decode_path(path)),
                None if kind == RefKind::RedirectTo => return Target::External,
                // Authors leave out the folder of the site: what is not at the top of the server is likely meant there.
                None => return self.rooted(from, &rooted),
            },
        };
        let Ok(found) = found else {
            return Target::Broken(BrokenReason::LeavesRoot);
        };
        let is_folder = path.ends_with(['/', '\\']);
        match kind {
            RefKind::Include => self.include(&found),
            RefKind::Snippet => self.snippet(&found),
            RefKind::Toc | RefKind::TocLink => match self.toc(&found) {
                Some(toc) => toc,
                None => self.page_or_asset(from, &found, is_folder),
            },
            RefKind::RedirectTo => self.redirect(from, &found, path),
            _ if is_toc(found.file_name()) => self.published_toc(&found),
            _ => self.page_or_asset(from, &found, is_folder),
        }
    }

    /// For a reference to a `missing` file: what it points to if case is ignored, and the real path of that file.
    pub fn resolve_ignoring_case(
        &self,
        from: SourceId,
        reference: Outgoing<'_>,
        missing: &SitePath,
    ) -> Option<(Target, SitePath)> {
        for path in self.fallbacks(missing) {
            let Some(real) = self.input.layout.find_ignoring_case(&path) else {
                continue;
            };
            let tail = split_address(reference.target).1;
            // The address is decoded when it is resolved.
            let home = self.input.config.home_of(self.input.path(from));
            let below_home = real.relative_to(home);
            let target = format!("~/{}{tail}", percent::literal(&below_home));
            let typed_right = Outgoing {
                kind: reference.kind,
                target: &target,
            };
            return match self.resolve(from, typed_right) {
                Target::Broken(_) => None,
                found => Some((found, real.clone())),
            };
        }
        None
    }

    /// A page may link to a toc only if the toc is one of the site's.
    fn published_toc(&self, path: &SitePath) -> Target {
        match self.toc(path) {
            Some(Target::Toc(id)) if self.input.layout.placed(id).is_none() => {
                Target::Broken(BrokenReason::NotPublished(path.clone()))
            }
            Some(target) => target,
            None => self.missing(path),
        }
    }

    /// A uid of this site goes before one of another site's (DocFX spec 9.4).
    fn uid(&self, from: SourceId, reference: Outgoing<'_>) -> Target {
        let typed = split_address(reference.target).0;
        let decoded = percent::decode(typed);
        // As typed first: a uid may contain a `%`.
        let spellings = [typed, &*decoded];
        for spelling in spellings {
            if let Some(id) = self.names.uid_seen_from(self.input, from, spelling) {
                return self.page_with_uid(from, id, spelling);
            }
        }
        for spelling in spellings {
            if let Some((uid, _)) = self.xref_maps.get(spelling) {
                return Target::ExternalUid(uid.into());
            }
        }
        // `@word` may be a user name or a decorator, so a shorthand that is not a uid is text.
        match reference.kind {
            RefKind::UidShorthand => Target::PlainText,
            _ => Target::Broken(BrokenReason::UnknownUid),
        }
    }

    /// A uid that several translations share names the reader's version, any other the very file that has it.
    fn page_with_uid(&self, from: SourceId, id: SourceId, uid: &str) -> Target {
        match self.page(from, id) {
            Target::Page { set, .. } if self.names.shared_uids.contains(uid) => {
                Target::Page { set, locale: None }
            }
            target => target,
        }
    }

    /// What `redirect_url` points to: a source file as links do, or a page by its published path, as DocFX writes it as it is.
    fn redirect(&self, from: SourceId, found: &SitePath, typed: &str) -> Target {
        let is_folder = typed.ends_with(['/', '\\']);
        let target = self.page_or_asset(from, found, is_folder);
        if !matches!(target, Target::Broken(_)) {
            return target;
        }
        self.published(from, typed).unwrap_or(target)
    }

    /// The page that is published at `path` as seen from where `from` is published: `x.html` for `x.md`.
    fn published(&self, from: SourceId, path: &str) -> Option<Target> {
        let folder = match self.input.layout.placed(from) {
            Some(placed) => placed.output.parent(),
            // The redirects of the site are at its top.
            None => SitePath::root(),
        };
        let source = self.names.published_at(&folder.join(path).ok()?)?;
        match self.page_or_asset(from, source, false) {
            Target::Broken(_) => None,
            target => Some(target),
        }
    }

    /// `/x` is a published path. It may well be served by something outside of this build, so not to find it is not a mistake.
    fn rooted(&self, from: SourceId, path: &str) -> Target {
        let Ok(path) = SitePath::new(path) else {
            return Target::External;
        };
        let Some(source) = self.names.published_at(&path) else {
            return Target::External;
        };
        match self.page_or_asset(from, source, false) {
            Target::Broken(_) => Target::External,
            target => target,
        }
    }

    /// The toc at `path`, or in the folder there; nothing if `path` is neither. A folder's toc must be published, a file need not be.
    fn toc(&self, path: &SitePath) -> Option<Target> {
        let layout = self.input.layout;
        if is_toc(path.file_name()) {
            return Some(match self.first_file(path) {
                Some(id) => Target::Toc(id),
                None => self.missing(path),
            });
        }
        if !layout.is_folder(path) {
            return None;
        }
        for folder in self.fallbacks(path) {
            for name in TOC_NAMES {
                if let Ok(path) = folder.join(name)
                    && let Some(id) = layout.find(&path)
                    && layout.placed(id).is_some()
                {
                    return Some(Target::Toc(id));
                }
            }
        }
        None
    }

    /// The fragment at `path`, or its version in a fallback language.
    fn include(&self, path: &SitePath) -> Target {
        for path in self.fallbacks(path) {
            if let Some(id) = self.input.layout.find(&path)
                && let Some(interface) = self.input.interface(id)
                && interface.kind() == DocumentKind::Article
            {
                return Target::Fragment(id);
            }
        }
        self.missing(path)
    }

    fn snippet(&self, path: &SitePath) -> Target {
        match self.first_file(path) {
            Some(id) => Target::Code(id),
            None => self.missing(path),
        }
    }

    /// The text file at `path`, or its version in a fallback language.
    fn first_file(&self, path: &SitePath) -> Option<SourceId> {
        self.fallbacks(path)
            .find_map(|path| self.input.layout.find(&path))
    }

    fn page_or_asset(&self, from: SourceId, path: &SitePath, is_folder: bool) -> Target {
        let layout = self.input.layout;
        if let Some(id) = layout.find(path)
            && self.names.pages.translation_set_of(id).is_some()
        {
            return self.page(from, id);
        }
        // Before the file at the path itself: where there is a translated picture, it is the one the reader needs.
        if let Some(picture) = self.localized_asset(from, path) {
            return Target::Asset(picture);
        }
        for candidate in self.fallbacks(path) {
            if let Some(id) = layout.find(&candidate)
                && let Some(set) = self.names.pages.translation_set_of(id)
            {
                return self.page_of(from, set, self.locale_of(path));
            }
            if layout.is_asset(&candidate) {
                return Target::Asset(candidate);
            }
        }
        if !is_folder && !layout.is_folder(path) {
            return self.missing(path);
        }
        // DocFX reports every link to a folder (DocFX spec 10.2); hjelp takes its index page, as web servers do.
        for name in INDEX_NAMES {
            let Ok(index) = path.join(name) else {
                continue;
            };
            let target = self.page_or_asset(from, &index, false);
            if !matches!(target, Target::Broken(_)) {
                return target;
            }
        }
        Target::Broken(BrokenReason::Folder(path.clone()))
    }

    fn page(&self, from: SourceId, id: SourceId) -> Target {
        match self.names.pages.translation_set_of(id) {
            Some(set) => self.page_of(from, set, self.input.layout.locale(id)),
            None => Target::Broken(BrokenReason::NotPublished(self.input.path(id).clone())),
        }
    }

    /// The author's own language is not one to insist on: where a text is translated, or shown in another language, its links lead to the
    /// reader's version.
    fn page_of(&self, from: SourceId, set: TranslationSetId, locale: Option<LocaleId>) -> Target {
        let locale = if locale == self.input.layout.locale(from) {
            None
        } else {
            locale
        };
        Target::Page { set, locale }
    }

    /// The language of the folder `path` is in, whether or not there is such a file.
    fn locale_of(&self, path: &SitePath) -> Option<LocaleId> {
        Some(self.input.config.localized_path(path)?.locale)
    }

    /// The file at `path` in the language of the text, if it is where files differ from language to language: an author types the path of a
    /// picture once, and it need not be changed when a translated picture is added. A language that is no fallback of the text's own is
    /// used as typed, unless there is a file in the text's own.
    fn localized_asset(&self, from: SourceId, path: &SitePath) -> Option<SitePath> {
        let media = self.input.config.translations.media(path)?;
        let locales = &self.input.config.locales;
        let own = self.input.layout.locale(from).unwrap_or(media.locale);
        let mut order = locales.fallback_chain(own);
        if !order.contains(&media.locale) {
            order.splice(1..1, locales.fallback_chain(media.locale));
        }
        for locale in order {
            if let Some(path) = media.in_folder(&locales.get(locale).folder)
                && self.input.layout.is_asset(&path)
            {
                return Some(path);
            }
        }
        None
    }

    /// The path itself, then the same path in each fallback of the language it is in.
    fn fallbacks<'b>(&'b self, path: &'b SitePath) -> impl Iterator<Item = SitePath> + 'b {
        // Most links are found at the first path, and splitting it matches the patterns of the configuration.
        let others = std::iter::once_with(|| self.in_fallback_languages(path)).flatten();
        std::iter::once(path.clone()).chain(others)
    }

    fn in_fallback_languages(&self, path: &SitePath) -> Vec<SitePath> {
        let config = self.input.config;
        let Some(localized) = config.localized_path(path) else {
            return Vec::new();
        };
        let mut paths = Vec::new();
        let chain = config.locales.fallback_chain(localized.locale);
        for other in chain.into_iter().skip(1) {
            paths.extend(config.in_language(&localized, other));
        }
        paths
    }

    fn missing(&self, path: &SitePath) -> Target {
        let layout = self.input.layout;
        let path = path.clone();
        // The most precise reason first: an unreadable file is in the layout, too.
        Target::Broken(if layout.is_unreadable(&path) {
            BrokenReason::Unreadable(path)
        } else if layout.contains(&path) {
            BrokenReason::NotPublished(path)
        } else if layout.is_folder(&path) {
            BrokenReason::Folder(path)
        } else {
            BrokenReason::Missing(path)
        })
    }
}
