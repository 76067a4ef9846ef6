//! Front matter and `redirects.yml` -> the addresses that are no page's any more, with what their readers get, and the ids that moved to other
//! places. Knows neither what headings there are nor how any of it is shown.

use crate::locale::LocaleId;
use crate::source::{SitePath, SourceId, percent};
use crate::syntax::redirect_list::{EntryLanguages, RedirectEntry};
use crate::syntax::{Interface, RefId};

use super::address::{Address, AddressParts};
use super::former::{
    AnchorAlias, FormerAddress, FormerAddresses, FormerOutput, MovedAnchor, Successor,
    decoded_fragment,
};
use super::graph::Graph;
use super::page_kind::PageKind;
use super::pages::PageId;
use super::resolve::{named_page, own_path};
use super::target::Target;

impl FormerAddresses {
    /// Those that count, in the order of the paths, but for those at which there is a page.
    pub fn effective(&self, graph: &Graph) -> Vec<&FormerAddress> {
        let mut paths: Vec<(&SitePath, &usize)> = self.by_path.iter().collect();
        paths.sort_unstable();
        let mut found = Vec::new();
        for (path, at) in paths {
            if graph.any_page_at(path).is_none() {
                found.push(&self.list[*at]);
            }
        }
        found
    }

    /// Reads those of all pages and of `redirects.yml`.
    pub(super) fn of(graph: &Graph) -> FormerAddresses {
        let mut builder = Builder {
            graph,
            found: FormerAddresses::default(),
            anchors: Vec::new(),
        };
        // Before `redirects.yml`: what a page says of itself counts more than a list.
        for id in graph.page_ids() {
            builder.page(id);
        }
        for id in graph.redirect_lists() {
            builder.file(id);
        }
        builder.settle_anchors();
        builder.found
    }
}

struct Builder<'g> {
    graph: &'g Graph,
    found: FormerAddresses,
    /// The ids that moved, with the paths at which they were.
    anchors: Vec<(SitePath, MovedAnchor)>,
}

impl Builder<'_> {
    fn page(&mut self, id: PageId) {
        let page = self.graph.page(id);
        for former in self.graph.former_outputs(id) {
            let FormerOutput {
                reference,
                path,
                fragment,
                anchor,
            } = former;
            if let Some(fragment) = fragment {
                let moved = MovedAnchor {
                    id: fragment,
                    to: id,
                    anchor,
                    stated: (page.source, reference),
                };
                self.anchors.push((path, moved));
                continue;
            }
            let to = match page.kind {
                PageKind::Gone => Successor::Gone,
                _ => Successor::Page(id, anchor),
            };
            self.add(FormerAddress {
                path,
                locale: page.locale,
                to,
                source: page.source,
                reference,
                is_implied: false,
            });
        }
    }

    fn add(&mut self, former: FormerAddress) {
        let number = self.found.list.len();
        let paths = &mut self.found.by_path;
        // The first statement counts; later ones are reported as shadowed.
        paths.entry(former.path.clone()).or_insert(number);
        self.found.list.push(former);
    }

    fn file(&mut self, source: SourceId) {
        let Some(interface) = self.graph.interface(source) else {
            return;
        };
        let Some(list) = interface.redirects() else {
            return;
        };
        for entry in &list.entries {
            let reader = EntryReader {
                graph: self.graph,
                source,
                interface,
                entry,
            };
            for from in &entry.from {
                for former in reader.former(*from) {
                    self.entry(former);
                }
            }
        }
    }

    fn entry(&mut self, (former, fragment): (FormerAddress, Option<Box<str>>)) {
        let Some(fragment) = fragment else {
            self.add(former);
            return;
        };
        // Only the id of a page can lead on: a page that says that one of its ids is gone would help nobody.
        if let Successor::Page(to, anchor) = former.to {
            let stated = (former.source, former.reference);
            let moved = MovedAnchor {
                id: fragment,
                to,
                anchor,
                stated,
            };
            self.anchors.push((former.path, moved));
        }
    }

    /// Finds what is shown now where each id was.
    fn settle_anchors(&mut self) {
        // After all pages, because the page that the id was on may come later.
        for (path, moved) in std::mem::take(&mut self.anchors) {
            let page = self.graph.page(moved.to);
            let is_known =
                self.graph.any_page_at(&path).is_some() || self.found.get(&path).is_some();
            if !is_known {
                // Of a page that is only left in parts, the first of them is what its readers get.
                self.add(FormerAddress {
                    path: path.clone(),
                    locale: page.locale,
                    to: Successor::Page(moved.to, None),
                    source: moved.stated.0,
                    reference: moved.stated.1,
                    is_implied: true,
                });
            }
            let source = page.source;
            let shown = self.shown_at(&path);
            if shown == Some(moved.to) || moved.anchor.is_none() {
                // Also for one that moved here from elsewhere under its own id: a heading may be called otherwise here.
                let alias = AnchorAlias {
                    id: moved.id.clone(),
                    of: moved.anchor.clone(),
                };
                let aliases = self.found.aliases.entry(source).or_default();
                if !aliases.contains(&alias) {
                    aliases.push(alias);
                }
            }
            if let Some(shown) = shown
                && shown != moved.to
            {
                let on_page = self.found.moved_on.entry(shown).or_default();
                on_page.push(moved.clone());
            }
            let from = self.found.moved_from.entry(path).or_default();
            from.push(moved);
        }
    }

    /// The page that readers of `path` see in the end.
    fn shown_at(&self, path: &SitePath) -> Option<PageId> {
        let at = match self.graph.any_page_at(path) {
            Some(page) => page,
            None => match &self.found.get(path)?.to {
                Successor::Page(page, _) => *page,
                _ => return None,
            },
        };
        match self.graph.destination(at)? {
            Successor::Page(page, _) => Some(page),
            // It says that it is gone, and where this part of it is.
            Successor::Gone => Some(at),
            _ => None,
        }
    }
}

/// Reads an entry of `redirects.yml`.
struct EntryReader<'g> {
    graph: &'g Graph,
    source: SourceId,
    interface: Interface<'g>,
    entry: &'g RedirectEntry,
}

impl EntryReader<'_> {
    /// An old address in each language that the entry is for, and its fragment.
    fn former(&self, reference: RefId) -> Vec<(FormerAddress, Option<Box<str>>)> {
        let mut found = Vec::new();
        let Some(typed) = self.interface.reference(reference) else {
            return found;
        };
        let parts = AddressParts::of(typed.target);
        let Some(path) = self.graph.former_path(self.source, parts.path) else {
            return found;
        };
        let fragment = decoded_fragment(parts.fragment);
        let own = self.graph.output_locale(&path);
        for locale in self.languages(own) {
            let path = match own {
                Some(own) if own != locale => self.graph.in_output_folder(&path, own, locale),
                _ => Some(path.clone()),
            };
            let (Some(path), Some(to)) = (path, self.successor(own, locale)) else {
                continue;
            };
            let former = FormerAddress {
                path,
                locale,
                to,
                source: self.source,
                reference,
                is_implied: false,
            };
            found.push((former, fragment.clone()));
        }
        found
    }

    fn languages(&self, own: Option<LocaleId>) -> Vec<LocaleId> {
        let locales = &self.graph.config.locales;
        match &self.entry.languages {
            EntryLanguages::Own => vec![own.unwrap_or(locales.default())],
            EntryLanguages::All => locales.ids().collect(),
            EntryLanguages::Listed(names) => {
                let mut ids = Vec::new();
                for (name, _) in names {
                    ids.extend(locales.by_name(name));
                }
                ids
            }
        }
    }

    /// What readers of `locale` get; none if the target is not found.
    fn successor(&self, own: Option<LocaleId>, locale: LocaleId) -> Option<Successor> {
        let Some(to) = self.entry.to else {
            return Some(Successor::Gone);
        };
        let typed = self.interface.reference(to)?.target;
        let target = self.graph.links(self.source)?.targets.get(to as usize)?;
        match target {
            Target::Page { set, locale: named } => {
                // An entry for several languages leads each to its own version, whichever one was typed.
                let wanted = match named {
                    Some(named) if Some(*named) != own => *named,
                    _ => locale,
                };
                let version = self.graph.version_for(*set, wanted)?;
                let fragment = AddressParts::of(typed).fragment;
                Some(Successor::Page(version.page(), decoded_fragment(fragment)))
            }
            other => self.graph.destination_elsewhere(typed, other),
        }
    }
}

impl Graph {
    /// Everything that was published and is at another place now, or gone.
    pub fn former_addresses(&self) -> &FormerAddresses {
        self.former.get_or_init(|| FormerAddresses::of(self))
    }

    /// The page of any language that is written to this path.
    pub fn any_page_at(&self, path: &SitePath) -> Option<PageId> {
        let mut locales = self.config.locales.ids();
        locales.find_map(|locale| self.page_at(locale, path))
    }

    /// The files that list redirects of the site.
    fn redirect_lists(&self) -> Vec<SourceId> {
        let path = SitePath::new(crate::syntax::redirect_list::REDIRECTS_FILE);
        let found = path.ok().and_then(|path| self.layout().find(&path));
        found.into_iter().collect()
    }

    /// The published path that an address names that is typed in `redirects.yml`, or begins with `/` or with the address of the site: that of a source, whether or not there still is one, or a path of the site.
    pub fn former_path(&self, from: SourceId, typed: &str) -> Option<SitePath> {
        let base = self.config.base_url.as_deref();
        if let Some(path) = own_path(typed, base) {
            return named_page(&SitePath::new(&percent::decode_path(path)).ok()?, typed);
        }
        let folder = self.path(from).parent();
        let path = match Address::of(typed) {
            Address::Rooted(path) => return named_page(&SitePath::new(&path).ok()?, typed),
            Address::SourceRooted(path) => {
                let home = self.config.home_of(self.path(from));
                self.config.surroundings.join(home, &path).ok()?
            }
            Address::Relative(path) => self.config.surroundings.join(&folder, &path).ok()?,
            Address::SamePage | Address::External => return None,
        };
        let published = match self.config.map_file(&path) {
            Some(placed) => placed.output,
            None => path,
        };
        named_page(&published, typed)
    }

    /// The language in whose folder of the site a path is.
    fn output_locale(&self, path: &SitePath) -> Option<LocaleId> {
        let mut best: Option<(usize, LocaleId)> = None;
        for locale in self.config.locales.ids() {
            let Some(folder) = self.output_folder(locale) else {
                continue;
            };
            let depth = folder.segments().count();
            let is_deeper = best.is_none_or(|(known, _)| depth > known);
            if path.starts_with(&folder) && is_deeper {
                best = Some((depth, locale));
            }
        }
        best.map(|(_, locale)| locale)
    }

    /// The folder of the site with the pages of a language: that of its home page.
    fn output_folder(&self, locale: LocaleId) -> Option<SitePath> {
        Some(self.page(self.home(locale)?).output.parent())
    }

    /// The same path in the folder of another language.
    fn in_output_folder(
        &self,
        path: &SitePath,
        own: LocaleId,
        other: LocaleId,
    ) -> Option<SitePath> {
        let below = path.relative_to(&self.output_folder(own)?);
        self.output_folder(other)?.join(&below).ok()
    }
}
