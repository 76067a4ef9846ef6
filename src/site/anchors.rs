//! The ids a link to a page can name, as they are really written: a heading whose id an included text gave before gets a number behind it, and
//! a translated heading answers to the ids of the original's as well.

use std::collections::BTreeSet;

use crate::source::SourceId;
use crate::syntax::slug::UniqueIds;
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Tree};

use super::alignment::{Mark, Section, align};
use super::linked_site::Site;
use super::target::Target;

/// A heading of a page, in the order in which readers see them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageHeading {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: String,
    /// The ids of the tags in it.
    pub inside: Vec<String>,
    /// The ids that only the heading at this place of the original has: links that name them lead here as well.
    pub shared: Vec<String>,
}

impl Site {
    /// Every id a link to this page can name: those of its headings and tags, those of what it includes, and those of its original's
    /// headings at the same places.
    pub fn anchors(&self, id: SourceId) -> Vec<String> {
        let page = Walk::page(self, id);
        let shared = shared(self, id, &page);
        let mut anchors = page.found;
        anchors.extend(shared.into_iter().flatten());
        anchors
    }

    /// The headings of a page with what it includes, in reading order, a tutorial's steps among them.
    pub fn headings(&self, id: SourceId) -> Vec<PageHeading> {
        let page = Walk::page(self, id);
        let shared = shared(self, id, &page);
        let mut headings = Vec::with_capacity(shared.len());
        for (section, shared) in page.sections.into_iter().zip(shared) {
            let mut ids = section.ids.into_iter();
            headings.push(PageHeading {
                level: section.level,
                id: ids.next().unwrap_or_default(),
                inside: ids.collect(),
                shared,
            });
        }
        headings
    }

    /// Which headings of two versions of a page are at the same place, by their numbers in [`Site::headings`]; without those of which that
    /// isn't certain.
    pub fn aligned(&self, one: SourceId, other: SourceId) -> Vec<(usize, usize)> {
        let (one, other) = (Walk::page(self, one), Walk::page(self, other));
        align(&one.sections, &other.sections)
    }
}

/// For each heading of a page the ids that it has from its original. Ids already given stay where they are; nothing is shared where the
/// HTML is to be DocFX's.
fn shared(site: &Site, id: SourceId, page: &Walk) -> Vec<Vec<String>> {
    let mut shared = vec![Vec::new(); page.sections.len()];
    let Some(original) = site
        .original_of(id)
        .filter(|_| !site.config.markdown.docfx_markup)
    else {
        return shared;
    };
    let original = Walk::page(site, original);
    let mut taken: BTreeSet<&str> = page.found.iter().map(String::as_str).collect();
    let mut pairs = align(&original.sections, &page.sections);
    pairs.sort_unstable();
    for (from, to) in pairs {
        for id in &original.sections[from].ids {
            if !id.is_empty() && taken.insert(id) {
                shared[to].push(id.clone());
            }
        }
    }
    shared
}

struct Walk<'a> {
    site: &'a Site,
    found: Vec<String>,
    sections: Vec<Section<'a>>,
    ids: UniqueIds,
    stack: Vec<SourceId>,
    groups: usize,
}

impl<'a> Walk<'a> {
    fn page(site: &'a Site, id: SourceId) -> Self {
        let mut walk = Walk {
            site,
            found: Vec::new(),
            sections: Vec::new(),
            ids: UniqueIds::default(),
            stack: Vec::new(),
            groups: 0,
        };
        match site.linked(id).map(|linked| &linked.document.body) {
            Some(Body::Article(tree)) => walk.tree(id, tree, false),
            Some(Body::Tutorial(tutorial)) => {
                for (number, step) in tutorial.steps.iter().enumerate() {
                    let own = format!("step-{}", number + 1);
                    walk.found.push(own.clone());
                    walk.sections.push(Section {
                        level: 2,
                        ids: vec![own],
                        marks: BTreeSet::new(),
                    });
                    walk.tree(id, &step.tree, false);
                }
            }
            _ => {}
        }
        walk
    }

    /// The ids of a file's tags, and those its headings and included files get; within a line headings are only words.
    fn tree(&mut self, id: SourceId, tree: &Tree, inline: bool) {
        let Some(linked) = self.site.linked(id) else {
            return;
        };
        let anchors = &linked.document.anchors;
        self.found.extend(
            anchors
                .iter()
                .filter(|anchor| anchor.heading.is_none())
                .map(|anchor| anchor.id.to_string()),
        );
        self.stack.push(id);
        for (at, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                NodeKind::Heading(level, anchor) if !inline => {
                    let number = *anchor as usize;
                    let own = anchors
                        .get(number)
                        .map_or_else(String::new, |anchor| anchor.id.to_string());
                    let numbered = !self.site.config.markdown.docfx_markup;
                    let own = if numbered { self.ids.take(own) } else { own };
                    let before = anchors[..number.min(anchors.len())].iter().rev();
                    let inside = before.take_while(|inner| {
                        node.span.contains(inner.span) && inner.heading.is_none()
                    });
                    let ids = std::iter::once(own.clone())
                        .chain(inside.map(|inner| inner.id.to_string()));
                    self.sections.push(Section {
                        level: *level,
                        ids: ids.collect(),
                        marks: BTreeSet::new(),
                    });
                    self.found.push(own);
                }
                NodeKind::Include { reference, block } => {
                    if let Some((_, Target::Fragment(fragment))) =
                        self.site.reference(id, *reference)
                        && !self.stack.contains(fragment)
                        && let Some(Body::Article(tree)) = self
                            .site
                            .linked(*fragment)
                            .map(|linked| &linked.document.body)
                    {
                        self.tree(*fragment, tree, inline || !block);
                    }
                }
                NodeKind::Link(reference, _) | NodeKind::Image(reference, _) => {
                    self.mark(id, *reference)
                }
                NodeKind::Tabs => {
                    self.groups += 1;
                    self.found.push(format!("tabgroup_{}", self.groups));
                    for panel in tree.children(Some(at)) {
                        if let NodeKind::Tab(tab) = &tree.nodes[panel].kind {
                            let condition = tab
                                .condition
                                .as_ref()
                                .map_or_else(String::new, |condition| format!("_{condition}"));
                            self.found
                                .push(format!("tabpanel_{}_{}{condition}", self.groups, tab.id));
                        }
                    }
                }
                NodeKind::Div(attributes) => self.found.extend(id_of(attributes)),
                _ => {}
            }
        }
        self.stack.pop();
    }

    /// What is the same in every language tells sections apart: the pages they lead to, and their pictures.
    fn mark(&mut self, id: SourceId, reference: u32) {
        let Some((_, target)) = self.site.reference(id, reference) else {
            return;
        };
        let mark = match target {
            Target::Page { set, .. } => Mark::Page(&self.site.translation_set(*set).path),
            Target::Asset(path) => Mark::File(path.file_name()),
            _ => return,
        };
        if let Some(section) = self.sections.last_mut() {
            section.marks.insert(mark);
        }
    }
}

/// The id among the attributes of a `> [!div id="x"]`.
fn id_of(attributes: &str) -> Option<String> {
    let (_, rest) = attributes.split_once("id=")?;
    let quote = rest
        .chars()
        .next()
        .filter(|first| matches!(first, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.to_owned())
}
