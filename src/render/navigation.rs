//! The navigation of a page: the branch of its toc that it stands in, the way down to it, and the pages before and after it.

use crate::site::navigation::{NavEntry, NavLink, NavTree};
use crate::site::{PageId, PageVersion, Site};

use super::view::{Crumb, Entry, Section};
use crate::site::href::{Base, sanitize};
use crate::source::escape::escape;

/// Writes links of one page's navigation.
pub(super) struct Links<'a> {
    pub site: &'a Site,
    pub base: &'a Base,
}

/// One entry as the navigation of a page shows it.
struct Item<'a> {
    title: &'a str,
    link: Option<&'a NavLink>,
    /// The language behind the link, if it isn't the reader's.
    foreign: Option<&'a str>,
    open: bool,
    more: bool,
}

impl Links<'_> {
    pub fn url(&self, link: &NavLink) -> Option<String> {
        let mut out = String::new();
        self.push_url(link, &mut out).then_some(out)
    }

    /// Appends the address of `link`; false if it has none.
    fn push_url(&self, link: &NavLink, out: &mut String) -> bool {
        match link {
            NavLink::Page(shown, tail) => {
                self.base
                    .push_address(&self.site.page(shown.page()).output, tail, out)
            }
            NavLink::Asset(path) => match self.site.output_of(path) {
                Some(output) => self.base.push_address(&output, "", out),
                None => return false,
            },
            NavLink::External(address) => out.push_str(&sanitize(address)),
        }
        true
    }

    /// The tree with the way to entry `at` open. Closed entries lead to their first page.
    pub fn branch(&self, tree: &NavTree, at: Option<usize>) -> Vec<Entry> {
        let way = at.map(|at| tree.ancestors(at)).unwrap_or_default();
        self.level(tree, None, at, &way)
    }

    fn level(
        &self,
        tree: &NavTree,
        parent: Option<usize>,
        current: Option<usize>,
        way: &[usize],
    ) -> Vec<Entry> {
        let entry = |at: usize| {
            let Item {
                title,
                link,
                foreign,
                open,
                more,
            } = self.item(tree, at, current, way);
            Entry {
                title: title.to_owned(),
                url: link.and_then(|link| self.url(link)),
                lang: foreign.map(str::to_owned),
                current: current == Some(at),
                open,
                external: matches!(link, Some(NavLink::External(_))),
                more,
                children: if open {
                    self.level(tree, Some(at), current, way)
                } else {
                    Vec::new()
                },
            }
        };
        tree.children(parent).map(entry).collect()
    }

    /// The same as HTML. Every page has dozens of these entries, so they are written here and not by a template: that would take longer than
    /// everything else about a page together.
    pub fn menu(&self, tree: &NavTree, at: Option<usize>) -> String {
        let mut out = String::with_capacity(8 * 1024);
        let way = at.map(|at| tree.ancestors(at)).unwrap_or_default();
        self.items(tree, None, at, &way, &mut out, &mut String::new());
        out
    }

    fn items(
        &self,
        tree: &NavTree,
        parent: Option<usize>,
        current: Option<usize>,
        way: &[usize],
        out: &mut String,
        url: &mut String,
    ) {
        let mut list = false;
        for at in tree.children(parent) {
            if !list {
                out.push_str("<ul>");
                list = true;
            }
            let Item {
                title,
                link,
                foreign,
                open,
                more,
            } = self.item(tree, at, current, way);
            url.clear();
            let is_link = link.is_some_and(|link| self.push_url(link, url));
            out.push_str("\n<li>");
            if is_link {
                out.push_str("<a href=\"");
                escape(url, out);
                out.push('"');
                if let Some(lang) = foreign {
                    out.push_str(" hreflang=\"");
                    out.push_str(lang);
                    out.push('"');
                }
                out.push_str(if more { " class=\"more\"" } else { "" });
                out.push_str(if current == Some(at) {
                    " aria-current=\"page\""
                } else {
                    ""
                });
                out.push('>');
            } else {
                out.push_str("<span>");
            }
            escape(title, out);
            out.push_str(if is_link { "</a>" } else { "</span>" });
            if open {
                out.push('\n');
                self.items(tree, Some(at), current, way, out, url);
            }
            out.push_str("</li>");
        }
        if list {
            out.push_str("\n</ul>");
        }
    }

    /// What both forms of the navigation say of entry `at`.
    fn item<'t>(
        &'t self,
        tree: &'t NavTree,
        at: usize,
        current: Option<usize>,
        way: &[usize],
    ) -> Item<'t> {
        let entry: &NavEntry = &tree.entries[at];
        let open = entry.len > 0 && (current == Some(at) || way.contains(&at) || entry.expanded);
        let link = if open {
            entry.link.as_ref()
        } else {
            tree.first_link(at)
        };
        let foreign = match link {
            Some(NavLink::Page(PageVersion::Original(page), _)) => Some(
                self.site
                    .config
                    .locales
                    .get(self.site.page(*page).locale)
                    .tag
                    .as_str(),
            ),
            _ => None,
        };
        Item {
            title: &entry.title,
            link,
            foreign,
            open,
            more: entry.len > 0 && !open,
        }
    }

    /// The way from the home page to the page, without the page itself.
    pub fn breadcrumbs(&self, tree: &NavTree, at: usize) -> Vec<Crumb> {
        let own = tree.entries[at].link.as_ref();
        let others = tree
            .ancestors(at)
            .into_iter()
            .filter(|&above| tree.entries[above].link.as_ref() != own || own.is_none());
        others.map(|above| self.crumb(tree, above)).collect()
    }

    /// One entry as a step of that way.
    pub fn crumb(&self, tree: &NavTree, at: usize) -> Crumb {
        Crumb {
            title: tree.entries[at].title.to_string(),
            url: tree.first_link(at).and_then(|link| self.url(link)),
        }
    }

    /// The way to a page that is in no toc: the index pages of the folders it lies in.
    pub fn folders(&self, id: PageId, home: Option<PageId>) -> Vec<Crumb> {
        let page = self.site.page(id);
        let mut crumbs = Vec::new();
        let mut folder = page.output.parent();
        while !folder.is_root() {
            let index = folder
                .join("index.html")
                .ok()
                .and_then(|index| self.site.page_at(page.locale, &index));
            if let Some(index) = index.filter(|index| *index != id && Some(*index) != home) {
                let index = self.site.page(index);
                crumbs.push(Crumb {
                    title: self.site.title(index.source).to_owned(),
                    url: Some(self.base.address(&index.output, "")),
                });
            }
            folder = folder.parent();
        }
        crumbs.reverse();
        crumbs
    }

    /// The pages before and after entry `at` in reading order.
    pub fn neighbours(
        &self,
        tree: &NavTree,
        at: usize,
        page: PageId,
    ) -> (Option<Crumb>, Option<Crumb>) {
        let is_other = |entry: &&NavEntry| matches!(&entry.link, Some(NavLink::Page(PageVersion::Localized(other), _)) if *other != page);
        let crumb = |entry: &NavEntry| {
            Some(Crumb {
                title: entry.title.to_string(),
                url: Some(self.url(entry.link.as_ref()?)?),
            })
        };
        let previous = tree.entries[..at]
            .iter()
            .rev()
            .find(is_other)
            .and_then(crumb);
        let next = tree.entries[at + 1..].iter().find(is_other).and_then(crumb);
        (previous, next)
    }

    /// Of the outermost entries of the language's whole navigation `tree`, the one that holds `page`, or that leads to the toc `own` which does.
    pub fn section_of(&self, tree: &NavTree, own: &NavTree, page: PageId) -> Option<usize> {
        let leads_to = |entry: &NavEntry, fits: &dyn Fn(PageId) -> bool| matches!(&entry.link, Some(NavLink::Page(PageVersion::Localized(other), _)) if fits(*other));
        let in_own = |other| {
            self.site
                .navigation(other)
                .is_some_and(|(tree, _)| tree.toc == own.toc)
        };
        let holds = |at: usize| {
            tree.entries[at..=at + tree.entries[at].len]
                .iter()
                .any(|entry| leads_to(entry, &|other| other == page))
        };
        let by_toc = || {
            tree.children(None)
                .find(|at| leads_to(&tree.entries[*at], &in_own))
        };
        tree.children(None).find(|at| holds(*at)).or_else(by_toc)
    }

    /// The outermost entries of the language's whole navigation, of which the one at `current` is marked.
    pub fn sections(&self, tree: &NavTree, current: Option<usize>) -> Vec<Section> {
        let section = |at: usize| {
            let url = tree.first_link(at).and_then(|link| self.url(link))?;
            Some(Section {
                title: tree.entries[at].title.to_string(),
                url,
                current: current == Some(at),
            })
        };
        tree.children(None).filter_map(section).collect()
    }
}
