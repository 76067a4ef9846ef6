//! The ids a link to a page can name, as its HTML has them: a heading whose id an included text had before gets a number behind it, and a
//! translated heading has the ids of the original's, too.

use std::collections::BTreeSet;

use crate::source::{SourceId, Span};
use crate::syntax::slug::UniqueIds;
use crate::syntax::tree::NodeKind;
use crate::syntax::{Body, Document, RefId, Tree};

use super::alignment::{AlignedSection, Mark, align};
use super::expand::{Expanded, ExpandedNode};
use super::former::AnchorAlias;
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
    /// The ids that only the heading at this place of the original has: links to these come here, too.
    pub shared: Vec<String>,
    /// The ids it had before, as `redirect_from` states.
    pub former: Vec<String>,
}

impl Site {
    /// Every id a link to this page can name: those of its headings and tags, those of what it includes, those of its original's headings at
    /// the same places, and those that it had before.
    pub fn anchors(&self, id: SourceId) -> Vec<String> {
        let page = AnchorWalk::page(self, id);
        let shared = shared(self, id, &page);
        let mut anchors = page.found;
        anchors.extend(shared.into_iter().flatten());
        for alias in self.former_addresses().aliases(id) {
            if !anchors.iter().any(|known| **known == *alias.id) {
                anchors.push(alias.id.to_string());
            }
        }
        anchors
    }

    /// The ids that the page has by its own text, with what that includes.
    pub fn own_anchors(&self, id: SourceId) -> Vec<String> {
        AnchorWalk::page(self, id).found
    }

    /// The former ids of a page that are those of no heading: they name its top.
    pub fn top_anchors(&self, id: SourceId) -> Vec<String> {
        let aliases = self.former_addresses().aliases(id);
        // Nearly every page, and finding its headings walks through all it includes.
        if aliases.is_empty() {
            return Vec::new();
        }
        let mut top = Vec::new();
        let page = AnchorWalk::page(self, id);
        for AnchorAlias { id, of } in aliases {
            let is_of_heading = of.as_deref().is_some_and(|of| page.has(of));
            let id = id.to_string();
            if !is_of_heading && !page.found.contains(&id) && !top.contains(&id) {
                top.push(id);
            }
        }
        top
    }

    /// The headings of a page with what it includes, in reading order, a tutorial's steps among them.
    pub fn headings(&self, id: SourceId) -> Vec<PageHeading> {
        let page = AnchorWalk::page(self, id);
        let shared = shared(self, id, &page);
        let aliases = self.former_addresses().aliases(id);
        let mut taken: BTreeSet<String> = page.found.into_iter().collect();
        let mut headings = Vec::with_capacity(shared.len());
        for (section, mut shared) in page.sections.into_iter().zip(shared) {
            let mut former = Vec::new();
            for alias in aliases {
                let is_here = section
                    .ids
                    .iter()
                    .any(|id| Some(&**id) == alias.of.as_deref());
                if is_here && taken.insert(alias.id.to_string()) {
                    former.push(alias.id.to_string());
                }
            }
            // An id that the original has, too: the author says where it is here.
            shared.retain(|id| !taken.contains(id));
            let mut ids = section.ids.into_iter();
            headings.push(PageHeading {
                level: section.level,
                id: ids.next().unwrap_or_default(),
                inside: ids.collect(),
                shared,
                former,
            });
        }
        headings
    }

    /// Which headings of two versions of a page are at the same place, by their numbers in [`Site::headings`]; without those of which that
    /// isn't certain.
    pub fn aligned(&self, one: SourceId, other: SourceId) -> Vec<(usize, usize)> {
        let (one, other) = (AnchorWalk::page(self, one), AnchorWalk::page(self, other));
        align(&one.sections, &other.sections)
    }
}

/// For each heading of a page the ids that it has from its original. Ids already given stay where they are; nothing is shared where the
/// HTML is to be DocFX's.
fn shared(site: &Site, id: SourceId, page: &AnchorWalk) -> Vec<Vec<String>> {
    let mut shared = vec![Vec::new(); page.sections.len()];
    if site.config.markdown.docfx_markup {
        return shared;
    }
    let Some(original) = site.original_of(id) else {
        return shared;
    };
    let original = AnchorWalk::page(site, original);
    let mut taken: BTreeSet<&str> = page.found.iter().map(String::as_str).collect();
    let mut pairs = align(&original.sections, &page.sections);
    pairs.sort_unstable();
    for (from, to) in pairs {
        for id in &original.sections[from].ids {
            // An id must be unique in its page, or links would go to the wrong section.
            if !id.is_empty() && taken.insert(id) {
                shared[to].push(id.clone());
            }
        }
    }
    shared
}

/// Collects the anchors of a page, in the order in which its HTML has them: the numbers behind equal ids depend on it.
struct AnchorWalk<'a> {
    site: &'a Site,
    found: Vec<String>,
    sections: Vec<AlignedSection<'a>>,
    ids: UniqueIds,
    /// How many groups of tabs there were.
    groups: usize,
}

impl<'a> AnchorWalk<'a> {
    fn page(site: &'a Site, id: SourceId) -> Self {
        let mut walk = AnchorWalk {
            site,
            found: Vec::new(),
            sections: Vec::new(),
            ids: UniqueIds::default(),
            groups: 0,
        };
        let Some(linked) = site.linked(id) else {
            return walk;
        };
        match &linked.document.body {
            Body::Article(tree) => walk.text(id, linked.document, tree),
            Body::Structured(page) => walk.text(id, linked.document, &page.tree),
            Body::Tutorial(tutorial) => {
                for (number, step) in tutorial.steps.iter().enumerate() {
                    let own = format!("step-{}", number + 1);
                    walk.section(2, vec![own]);
                    walk.text(id, linked.document, &step.tree);
                }
            }
            _ => {}
        }
        walk
    }

    /// True if a heading has this id.
    fn has(&self, id: &str) -> bool {
        let mut sections = self.sections.iter();
        sections.any(|section| section.ids.iter().any(|own| own == id))
    }

    /// The ids of a file's tags, and those its headings and included files get.
    fn text(&mut self, id: SourceId, document: &'a Document, tree: &'a Tree) {
        self.tags(document);
        let mut open = vec![document];
        for event in self.site.expand(id, tree) {
            match event {
                Expanded::Enter(fragment) => {
                    self.tags(fragment.document);
                    open.push(fragment.document);
                }
                Expanded::Leave => _ = open.pop(),
                Expanded::Node(node) => {
                    if let Some(document) = open.last() {
                        self.node(document, node);
                    }
                }
            }
        }
    }

    fn tags(&mut self, document: &Document) {
        for anchor in &document.anchors {
            if anchor.heading.is_none() {
                self.found.push(anchor.id.to_string());
            }
        }
    }

    fn node(&mut self, document: &Document, node: ExpandedNode<'a>) {
        match &node.node.kind {
            // Within a line a heading is only words.
            NodeKind::Heading(level, anchor) if !node.inline => {
                self.heading(document, *level, *anchor as usize, node.node.span);
            }
            NodeKind::Link(reference, _) | NodeKind::Image(reference, _) => {
                self.mark(node.source, *reference);
            }
            NodeKind::Tabs => self.tabs(node.tree, node.at),
            NodeKind::Div(attributes) => self.found.extend(id_of(attributes)),
            _ => {}
        }
    }

    fn heading(&mut self, document: &Document, level: u8, anchor: usize, span: Span) {
        let anchors = &document.anchors;
        let mut own = match anchors.get(anchor) {
            Some(anchor) => anchor.id.to_string(),
            None => String::new(),
        };
        // DocFX gives one id to several headings.
        if !self.site.config.markdown.docfx_markup {
            own = self.ids.take(own);
        }
        let mut ids = vec![own];
        // The tags inside a heading come directly before it.
        for inner in anchors[..anchor.min(anchors.len())].iter().rev() {
            if inner.heading.is_some() || !span.contains(inner.span) {
                break;
            }
            ids.push(inner.id.to_string());
        }
        self.section(level, ids);
    }

    fn section(&mut self, level: u8, ids: Vec<String>) {
        self.found.push(ids[0].clone());
        self.sections.push(AlignedSection {
            level,
            ids,
            marks: BTreeSet::new(),
        });
    }

    /// The ids that tabs and their panels have in DocFX's HTML.
    fn tabs(&mut self, tree: &Tree, at: usize) {
        // DocFX numbers the groups of a page, those in fragments among them.
        self.groups += 1;
        self.found.push(format!("tabgroup_{}", self.groups));
        for panel in tree.children(Some(at)) {
            if let NodeKind::Tab(tab) = &tree.nodes[panel].kind {
                let mut id = format!("tabpanel_{}_{}", self.groups, tab.id);
                if let Some(condition) = &tab.condition {
                    id.push('_');
                    id.push_str(condition);
                }
                self.found.push(id);
            }
        }
    }

    /// What is the same in every language distinguishes sections: the pages they link to, and their pictures.
    fn mark(&mut self, id: SourceId, reference: RefId) {
        let Some((_, target)) = self.site.reference(id, reference) else {
            return;
        };
        let mark = match target {
            Target::Page { set, .. } => Mark::Page(&self.site.translation_set(*set).path),
            Target::Asset(path) => Mark::File(path.file_name()),
            _ => return,
        };
        // What comes before the first heading is in no section.
        if let Some(section) = self.sections.last_mut() {
            section.marks.insert(mark);
        }
    }
}

/// The id among the attributes of a `> [!div id="x"]`.
fn id_of(attributes: &str) -> Option<String> {
    let (_, rest) = attributes.split_once("id=")?;
    let quote = rest.chars().next()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    Some(rest[1..].split(quote).next()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::id_of;

    #[test]
    fn a_div_has_an_id_in_quotes_only() {
        assert_eq!(id_of("class=\"a\" id=\"b\"").as_deref(), Some("b"));
        assert_eq!(id_of("id='c d'").as_deref(), Some("c d"));
        assert_eq!(id_of("id=e"), None);
        assert_eq!(id_of("class=\"a\""), None);
    }
}
