//! A navigation tree -> the navigation of one page: the branch of the toc that it is in, breadcrumbs, and the pages before and after it.

use super::view::{Crumb, NavItem, SectionLink};
use crate::locale::LocaleId;
use crate::site::href::{Base, sanitize};
use crate::site::navigation::{NavEntry, NavLink, NavTree};
use crate::site::{Graph, PageId, PageVersion};
use crate::source::SitePath;
use crate::source::escape::escape;

/// A menu has dozens of entries.
const MENU_BYTES: usize = 8 * 1024;

/// Writes the navigation of one page.
pub(super) struct NavWriter<'a> {
    pub graph: &'a Graph,
    /// Where the page is.
    pub base: &'a Base,
}

/// One entry as the navigation of a page shows it.
struct ShownEntry<'a> {
    title: &'a str,
    /// The language of the title, if it is another one than the page's.
    title_lang: Option<&'a str>,
    link: Option<&'a NavLink>,
    /// The language of the target, if it is another one than the page's.
    lang: Option<&'a str>,
    /// True if the entries inside are shown.
    open: bool,
    /// True if there are entries inside that are not shown.
    more: bool,
}

/// The branch of a tree that is open on one page.
struct Branch<'a> {
    tree: &'a NavTree,
    /// The entry of the page.
    current: Option<usize>,
    /// The entries above it.
    ancestors: Vec<usize>,
}

impl<'a> Branch<'a> {
    fn new(tree: &'a NavTree, current: Option<usize>) -> Self {
        Branch {
            tree,
            current,
            ancestors: current
                .map(|current| tree.ancestors(current))
                .unwrap_or_default(),
        }
    }

    fn is_open(&self, at: usize) -> bool {
        let entry = &self.tree.entries[at];
        entry.len > 0
            && (self.current == Some(at) || self.ancestors.contains(&at) || entry.expanded)
    }
}

impl NavWriter<'_> {
    /// The address of a link; `None` for a file that is not published.
    fn url(&self, link: &NavLink) -> Option<String> {
        let mut out = String::new();
        self.push_url(link, &mut out).then_some(out)
    }

    /// Appends the address of `link`; false if it has none.
    fn push_url(&self, link: &NavLink, out: &mut String) -> bool {
        match link {
            NavLink::Page(version, tail) => {
                let page = self.graph.page(version.page());
                self.base.push_address(&page.output, tail, out);
            }
            NavLink::Asset(path) => match self.graph.output_of(path) {
                Some(output) => self.base.push_address(&output, "", out),
                None => return false,
            },
            NavLink::External(address) => out.push_str(&sanitize(address)),
        }
        true
    }

    /// The tree with the branch of entry `at` open, as data. Closed entries link to their first page.
    pub fn branch(&self, tree: &NavTree, at: Option<usize>) -> Vec<NavItem> {
        self.level(&Branch::new(tree, at), None)
    }

    fn level(&self, branch: &Branch, parent: Option<usize>) -> Vec<NavItem> {
        let mut items = Vec::new();
        for at in branch.tree.children(parent) {
            let entry = self.entry(branch, at);
            items.push(NavItem {
                title: entry.title.to_owned(),
                url: entry.link.and_then(|link| self.url(link)),
                lang: entry.lang.map(str::to_owned),
                current: branch.current == Some(at),
                open: entry.open,
                external: matches!(entry.link, Some(NavLink::External(_))),
                more: entry.more,
                children: if entry.open {
                    self.level(branch, Some(at))
                } else {
                    Vec::new()
                },
            });
        }
        items
    }

    /// The same as HTML. Every page has dozens of these entries, so they are written here and not by a template: that would take longer than
    /// everything else about a page together.
    pub fn menu(&self, tree: &NavTree, at: Option<usize>) -> String {
        let mut menu = MenuWriter {
            links: self,
            branch: Branch::new(tree, at),
            out: String::with_capacity(MENU_BYTES),
            url: String::new(),
        };
        menu.list(None);
        menu.out
    }

    fn entry<'t>(&'t self, branch: &Branch<'t>, at: usize) -> ShownEntry<'t> {
        let entry: &NavEntry = &branch.tree.entries[at];
        let open = branch.is_open(at);
        // A closed entry leads to its first page: without a script nothing else would open it.
        let link = if open {
            entry.link.as_ref()
        } else {
            branch.tree.first_link(at)
        };
        // `hreflang` only where a page is shown for lack of a translation: on each entry it would be noise.
        let lang = match link {
            Some(NavLink::Page(PageVersion::Original(page), _)) => {
                let locale = self.graph.page(*page).locale;
                Some(self.graph.config.locales.get(locale).tag.as_str())
            }
            _ => None,
        };
        ShownEntry {
            title: &entry.title,
            title_lang: entry.lang.map(|lang| self.tag(lang)),
            link,
            lang,
            open,
            more: entry.len > 0 && !open,
        }
    }

    /// Where an entry leads: to its page, or else to the first one inside it.
    pub fn entry_url(&self, tree: &NavTree, at: usize) -> Option<String> {
        tree.first_link(at).and_then(|link| self.url(link))
    }

    fn tag(&self, locale: LocaleId) -> &str {
        &self.graph.config.locales.get(locale).tag
    }

    /// The language of an entry's title, if it is another one than the reader's.
    fn title_lang(&self, entry: &NavEntry) -> Option<String> {
        entry.lang.map(|lang| self.tag(lang).to_owned())
    }

    /// The way to entry `at`, without the entry itself and without others with the same link.
    pub fn breadcrumbs(&self, tree: &NavTree, at: usize) -> Vec<Crumb> {
        let own = &tree.entries[at].link;
        let mut crumbs = Vec::new();
        for above in tree.ancestors(at) {
            let link = &tree.entries[above].link;
            // DocFX tocs often have a parent that links to its own first child. Twice in the breadcrumbs it would say nothing.
            if own.is_none() || link != own {
                crumbs.push(self.crumb(tree, above));
            }
        }
        crumbs
    }

    /// One entry as a step of that way.
    pub fn crumb(&self, tree: &NavTree, at: usize) -> Crumb {
        Crumb {
            title: tree.entries[at].title.to_string(),
            lang: self.title_lang(&tree.entries[at]),
            url: tree.first_link(at).and_then(|link| self.url(link)),
        }
    }

    /// The way to a page that is in no toc: the index pages of the folders it is in, but not the home page.
    pub fn folders(&self, id: PageId, home: Option<PageId>) -> Vec<Crumb> {
        let page = self.graph.page(id);
        let mut crumbs = Vec::new();
        let mut folder = page.output.parent();
        while !folder.is_root() {
            if let Ok(path) = folder.join("index.html")
                && let Some(index) = self.graph.page_at(page.locale, &path)
                && index != id
                && Some(index) != home
            {
                crumbs.push(self.page_crumb(index));
            }
            folder = folder.parent();
        }
        // Collected from the page outwards.
        crumbs.reverse();
        crumbs
    }

    /// A page of the content as a step of that way.
    pub fn page_crumb(&self, id: PageId) -> Crumb {
        let page = self.graph.page(id);
        let language = self.graph.text_locale(page);
        Crumb {
            title: self.graph.title(page.source).to_owned(),
            lang: (language != page.locale).then(|| self.tag(language).to_owned()),
            url: Some(self.base.address(&page.output, "")),
        }
    }

    /// The pages before and after entry `at` in reading order. Entries of the page itself, and of pages in other languages, are passed over.
    pub fn neighbours(
        &self,
        tree: &NavTree,
        at: usize,
        page: PageId,
    ) -> (Option<Crumb>, Option<Crumb>) {
        let before = tree.entries[..at].iter().rev();
        let after = tree.entries[at + 1..].iter();
        (
            self.first_other(before, page),
            self.first_other(after, page),
        )
    }

    fn first_other<'t>(
        &self,
        entries: impl Iterator<Item = &'t NavEntry>,
        page: PageId,
    ) -> Option<Crumb> {
        for entry in entries {
            if let Some(link) = &entry.link
                && let Some(other) = localized_page(entry)
                // A toc may list the page twice, and "next" must not lead to the same page.
                && other != page
            {
                return Some(Crumb {
                    title: entry.title.to_string(),
                    lang: self.title_lang(entry),
                    url: Some(self.url(link)?),
                });
            }
        }
        None
    }

    /// Of the outermost entries of the language's whole navigation `tree`, the one that contains `page`, or else the one that links into the
    /// toc `own` that contains it.
    pub fn section_of(&self, tree: &NavTree, own: &NavTree, page: PageId) -> Option<usize> {
        // The section is the one whose entries contain the page, as long as there is one.
        for at in tree.children(None) {
            let last = at + tree.entries[at].len;
            for entry in &tree.entries[at..=last] {
                if localized_page(entry) == Some(page) {
                    return Some(at);
                }
            }
        }
        for at in tree.children(None) {
            if let Some(other) = localized_page(&tree.entries[at])
                && let Some((other_tree, _)) = self.graph.navigation(other)
                && other_tree.toc == own.toc
            {
                return Some(at);
            }
        }
        self.section_above(tree, &own.output.parent())
    }

    /// Of the outermost entries, the one whose page is in the nearest folder above `folder`, as DocFX marks the main section (DocFX spec 14.7).
    /// The root of the site is above everything, so a page in it proves nothing.
    fn section_above(&self, tree: &NavTree, folder: &SitePath) -> Option<usize> {
        let mut nearest: Option<(usize, usize)> = None;
        for at in tree.children(None) {
            let Some(page) = localized_page(&tree.entries[at]) else {
                continue;
            };
            let above = self.graph.page(page).output.parent();
            if above == tree.output.parent() || !folder.starts_with(&above) {
                continue;
            }
            let length = above.as_str().len();
            if nearest.is_none_or(|(_, longest)| longest < length) {
                nearest = Some((at, length));
            }
        }
        nearest.map(|(at, _)| at)
    }

    /// The outermost entries of the language's whole navigation that lead anywhere; the one at `current` is marked.
    pub fn sections(&self, tree: &NavTree, current: Option<usize>) -> Vec<SectionLink> {
        let mut sections = Vec::new();
        for at in tree.children(None) {
            if let Some(link) = tree.first_link(at)
                && let Some(url) = self.url(link)
            {
                sections.push(SectionLink {
                    title: tree.entries[at].title.to_string(),
                    lang: self.title_lang(&tree.entries[at]),
                    url,
                    current: current == Some(at),
                });
            }
        }
        // A row of one has no choice to offer, and the same words are in the breadcrumbs.
        if sections.len() < 2 {
            sections.clear();
        }
        sections
    }
}

/// The page of an entry, if it is in the language of the tree.
fn localized_page(entry: &NavEntry) -> Option<PageId> {
    match &entry.link {
        Some(NavLink::Page(PageVersion::Localized(page), _)) => Some(*page),
        _ => None,
    }
}

/// Writes the navigation of a page as nested lists.
struct MenuWriter<'a> {
    links: &'a NavWriter<'a>,
    branch: Branch<'a>,
    out: String,
    /// Reused for every entry.
    url: String,
}

impl MenuWriter<'_> {
    fn list(&mut self, parent: Option<usize>) {
        let tree = self.branch.tree;
        let mut is_empty = true;
        for at in tree.children(parent) {
            if is_empty {
                self.out.push_str("<ul>");
                is_empty = false;
            }
            self.out.push_str("\n<li>");
            self.item(at);
            if self.branch.is_open(at) {
                self.out.push('\n');
                self.list(Some(at));
            }
            self.out.push_str("</li>");
        }
        if !is_empty {
            self.out.push_str("\n</ul>");
        }
    }

    /// A screen reader would otherwise pronounce the title as if it were in the language of the page (WCAG 2.2, 3.1.2).
    fn title_lang(&mut self, lang: Option<&str>) {
        if let Some(lang) = lang {
            self.out.push_str(" lang=\"");
            self.out.push_str(lang);
            self.out.push('"');
        }
    }

    fn item(&mut self, at: usize) {
        let entry = self.links.entry(&self.branch, at);
        self.url.clear();
        let is_link = match entry.link {
            Some(link) => self.links.push_url(link, &mut self.url),
            None => false,
        };
        if !is_link {
            // A title without a page of its own, or a file that is not published: a link to nothing would be a dead end.
            self.out.push_str("<span");
            self.title_lang(entry.title_lang);
            self.out.push('>');
            escape(entry.title, &mut self.out);
            self.out.push_str("</span>");
            return;
        }
        self.out.push_str("<a href=\"");
        escape(&self.url, &mut self.out);
        self.out.push('"');
        if let Some(lang) = entry.lang {
            self.out.push_str(" hreflang=\"");
            self.out.push_str(lang);
            self.out.push('"');
        }
        self.title_lang(entry.title_lang);
        if entry.more {
            // The style sheet marks entries that have more inside.
            self.out.push_str(" class=\"more\"");
        }
        if self.branch.current == Some(at) {
            // Screen readers say "current page" (WAI-ARIA 1.2, `aria-current`); the style sheet uses it as well.
            self.out.push_str(" aria-current=\"page\"");
        }
        self.out.push('>');
        escape(entry.title, &mut self.out);
        self.out.push_str("</a>");
    }
}
