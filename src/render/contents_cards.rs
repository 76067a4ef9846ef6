//! The tables of contents of a language -> cards for a home page without words of its own: one for each of the outermost entries, with links to
//! the entries inside. Doesn't know where the page is.

use super::navigation::NavWriter;
use super::view::{Card, CardList, Link, NavItem};
use crate::locale::LocaleId;
use crate::site::Graph;
use crate::site::PageId;
use crate::site::href::Base;
use crate::site::navigation::{NavLink, NavTree};

/// A card with more links than this would be a table of contents again; its title leads to the rest.
const MAX_LINKS: usize = 8;

/// More cards than this can't be taken in at a glance. A list of all pages is one link away.
const MAX_CARDS: usize = 60;

/// The cards of a language, in the order of its contents, without one for the home page itself; none if it has no table of contents.
pub(super) fn contents_cards(graph: &Graph, base: &Base, locale: LocaleId) -> Vec<Card> {
    let writer = CardWriter {
        links: NavWriter { graph, base },
        locale,
    };
    let mut cards = match writer.whole_tree() {
        Some(tree) => writer.entries(tree),
        None => writer.trees(),
    };
    if let Some(home) = graph.home_path(locale) {
        let home = base.address(home, "");
        cards.retain(|card| card.url.as_ref() != Some(&home) || !card.lists.is_empty());
    }
    cards.truncate(MAX_CARDS);
    cards
}

/// A card for each page of a language without a table of contents, by its address.
pub(super) fn page_cards(graph: &Graph, base: &Base, locale: LocaleId) -> Vec<Card> {
    let links = NavWriter { graph, base };
    CardWriter { links, locale }.pages()
}

struct CardWriter<'a> {
    links: NavWriter<'a>,
    locale: LocaleId,
}

impl<'a> CardWriter<'a> {
    /// The navigation of the whole language: that of its folder, or else the only one there is.
    fn whole_tree(&self) -> Option<&'a NavTree> {
        let graph = self.links.graph;
        if let Some(root) = graph.root_navigation(self.locale) {
            return Some(root);
        }
        match *self.own_trees() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// The tocs of the language that are not part of others and lead anywhere, by their folders.
    fn own_trees(&self) -> Vec<&'a NavTree> {
        let graph = self.links.graph;
        let mut trees = Vec::new();
        for tree in graph.navigations() {
            if tree.locale == self.locale && !tree.is_nested && tree.first_page().is_some() {
                trees.push(tree);
            }
        }
        trees.sort_by(|one, other| one.output.cmp(&other.output));
        trees
    }

    /// A card for each of the outermost entries.
    fn entries(&self, tree: &NavTree) -> Vec<Card> {
        let mut cards = Vec::new();
        for at in tree.children(None) {
            let entry = &tree.entries[at];
            let mut links = self.children(tree, at);
            if entry.len == 0
                && let Some(NavLink::Page(version, _)) = &entry.link
                && let Some((behind, _)) = self.links.graph.navigation(version.page())
                // An entry for another toc has no entries inside: these are in that toc.
                && behind.toc != tree.toc
            {
                links = self.items(self.links.branch(behind, None));
            }
            let crumb = self.links.crumb(tree, at);
            if crumb.url.is_some() {
                cards.push(card(
                    Link {
                        text: crumb.title,
                        url: crumb.url,
                        lang: crumb.lang,
                        external: false,
                    },
                    links,
                ));
            }
        }
        cards
    }

    fn children(&self, tree: &NavTree, at: usize) -> Vec<Link> {
        let mut links = Vec::new();
        for child in tree.children(Some(at)) {
            let crumb = self.links.crumb(tree, child);
            if crumb.url.is_some() && links.len() < MAX_LINKS {
                links.push(Link {
                    text: crumb.title,
                    url: crumb.url,
                    lang: crumb.lang,
                    external: false,
                });
            }
        }
        links
    }

    fn items(&self, items: Vec<NavItem>) -> Vec<Link> {
        let mut links = Vec::new();
        for item in items {
            if item.url.is_some() && links.len() < MAX_LINKS {
                links.push(Link {
                    text: item.title,
                    url: item.url,
                    lang: item.lang,
                    external: item.external,
                });
            }
        }
        links
    }

    /// A card for each toc, named after its first page or the index page of its folder.
    fn trees(&self) -> Vec<Card> {
        let graph = self.links.graph;
        let mut cards = Vec::new();
        for tree in self.own_trees() {
            let folder = tree.output.parent();
            let index = match folder.join("index.html") {
                Ok(path) => graph.page_at(self.locale, &path),
                Err(_) => None,
            };
            if let Some(page) = index.or(tree.first_page()) {
                let links = self.items(self.links.branch(tree, None));
                cards.push(card(self.page_link(page), links));
            }
        }
        cards
    }

    fn pages(&self) -> Vec<Card> {
        let graph = self.links.graph;
        let mut cards = Vec::new();
        for id in graph.page_ids() {
            let page = graph.page(id);
            if page.locale == self.locale && graph.is_searchable(page) && cards.len() < MAX_CARDS {
                cards.push(card(self.page_link(id), Vec::new()));
            }
        }
        cards
    }

    fn page_link(&self, id: PageId) -> Link {
        let crumb = self.links.page_crumb(id);
        Link {
            text: crumb.title,
            url: crumb.url,
            lang: crumb.lang,
            external: false,
        }
    }
}

/// A card with a title and links below it.
fn card(title: Link, mut links: Vec<Link>) -> Card {
    // The first entry of a part is often the part itself.
    links.retain(|link| link.url != title.url);
    let lists = match links.is_empty() {
        true => Vec::new(),
        false => vec![CardList {
            kind: None,
            label: None,
            title: None,
            links,
        }],
    };
    Card {
        title: Some(title.text),
        url: title.url,
        lang: title.lang,
        lists,
        ..Card::default()
    }
}
