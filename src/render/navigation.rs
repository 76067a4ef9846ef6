//! The navigation of a page: the branch of its toc that it stands in, the way down to it, and the pages before and after it.

use crate::site::{NavEntry, NavLink, NavTree, PageId, Shown, Site};

use super::url::{Base, sanitize};
use super::view::{Crumb, Entry, Section};

/// Writes links of one page's navigation.
pub(super) struct Links<'a> {
    pub site: &'a Site,
    pub base: &'a Base,
}

impl Links<'_> {
    pub fn url(&self, link: &NavLink) -> Option<String> {
        match link {
            NavLink::Page(shown, tail) => Some(self.base.address(&self.site.page(shown.page()).output, tail)),
            NavLink::Asset(path) => Some(self.base.address(&self.site.output_of(path)?, "")),
            NavLink::External(address) => Some(sanitize(address).into_owned()),
        }
    }

    /// The tree with the way to entry `at` open. Closed entries lead to their first page.
    pub fn branch(&self, tree: &NavTree, at: Option<usize>) -> Vec<Entry> {
        let way = at.map(|at| tree.ancestors(at)).unwrap_or_default();
        self.level(tree, None, at, &way)
    }

    fn level(&self, tree: &NavTree, parent: Option<usize>, current: Option<usize>, way: &[usize]) -> Vec<Entry> {
        let entry = |at: usize| {
            let entry: &NavEntry = &tree.entries[at];
            let open = entry.len > 0 && (current == Some(at) || way.contains(&at) || entry.expanded);
            let link = if open { entry.link.as_ref() } else { tree.first_link(at) };
            let foreign = match link {
                Some(NavLink::Page(Shown::Original(page), _)) => {
                    Some(self.site.config.locales.get(self.site.page(*page).locale).tag.clone())
                }
                _ => None,
            };
            Entry {
                title: entry.title.to_string(),
                url: link.and_then(|link| self.url(link)),
                lang: foreign,
                current: current == Some(at),
                open,
                external: matches!(link, Some(NavLink::External(_))),
                more: entry.len > 0 && !open,
                children: if open { self.level(tree, Some(at), current, way) } else { Vec::new() },
            }
        };
        tree.children(parent).map(entry).collect()
    }

    /// The way from the home page to the page, without the page itself.
    pub fn breadcrumbs(&self, tree: &NavTree, at: usize) -> Vec<Crumb> {
        let own = tree.entries[at].link.as_ref();
        let crumb =
            |at: usize| Crumb { title: tree.entries[at].title.to_string(), url: tree.first_link(at).and_then(|link| self.url(link)) };
        tree.ancestors(at).into_iter().filter(|&above| tree.entries[above].link.as_ref() != own || own.is_none()).map(crumb).collect()
    }

    /// The way to a page that is in no toc: the index pages of the folders it lies in.
    pub fn folders(&self, id: PageId, home: Option<PageId>) -> Vec<Crumb> {
        let page = self.site.page(id);
        let mut crumbs = Vec::new();
        let mut folder = page.output.parent();
        while !folder.is_root() {
            let index = folder.join("index.html").ok().and_then(|index| self.site.page_at(page.locale, &index));
            if let Some(index) = index.filter(|index| *index != id && Some(*index) != home) {
                let index = self.site.page(index);
                crumbs.push(Crumb { title: self.site.title(index.source).to_owned(), url: Some(self.base.address(&index.output, "")) });
            }
            folder = folder.parent();
        }
        crumbs.reverse();
        crumbs
    }

    /// The pages before and after entry `at` in reading order.
    pub fn neighbours(&self, tree: &NavTree, at: usize, page: PageId) -> (Option<Crumb>, Option<Crumb>) {
        let is_other = |entry: &&NavEntry| matches!(&entry.link, Some(NavLink::Page(Shown::Page(other), _)) if *other != page);
        let crumb = |entry: &NavEntry| Some(Crumb { title: entry.title.to_string(), url: Some(self.url(entry.link.as_ref()?)?) });
        let previous = tree.entries[..at].iter().rev().find(is_other).and_then(crumb);
        let next = tree.entries[at + 1..].iter().find(is_other).and_then(crumb);
        (previous, next)
    }

    /// The outermost entries of the language's whole navigation. The one that holds `page` is marked, or that leads to the first page of
    /// the toc that does.
    pub fn sections(&self, tree: &NavTree, own: &NavTree, page: PageId) -> Vec<Section> {
        let leads_to = |entry: &NavEntry, fits: &dyn Fn(PageId) -> bool| matches!(&entry.link, Some(NavLink::Page(Shown::Page(other), _)) if fits(*other));
        let in_own = |other| self.site.navigation(other).is_some_and(|(tree, _)| tree.toc == own.toc);
        let here = |at: usize| {
            let inside = &tree.entries[at..=at + tree.entries[at].len];
            inside.iter().any(|entry| leads_to(entry, &|other| other == page)) || leads_to(&tree.entries[at], &in_own)
        };
        let section = |at: usize| {
            let url = tree.first_link(at).and_then(|link| self.url(link))?;
            Some(Section { title: tree.entries[at].title.to_string(), url, current: here(at) })
        };
        tree.children(None).filter_map(section).collect()
    }
}
