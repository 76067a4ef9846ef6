//! The ids a link to a page can name, as they are really written: a heading whose id an included text gave before gets a number behind it.

use crate::source::SourceId;
use crate::syntax::{Body, Ids, Kind, Tree};

use super::{Site, Target};

pub(super) fn of(site: &Site, id: SourceId) -> Vec<String> {
    let mut walk = Walk { site, found: Vec::new(), ids: Ids::default(), stack: Vec::new(), groups: 0 };
    match site.linked(id).map(|linked| &linked.document.body) {
        Some(Body::Article(tree)) => walk.tree(id, tree, false),
        Some(Body::Tutorial(tutorial)) => {
            for (number, step) in tutorial.steps.iter().enumerate() {
                walk.found.push(format!("step-{}", number + 1));
                walk.tree(id, &step.tree, false);
            }
        }
        _ => {}
    }
    walk.found
}

struct Walk<'a> {
    site: &'a Site,
    found: Vec<String>,
    ids: Ids,
    stack: Vec<SourceId>,
    groups: usize,
}

impl Walk<'_> {
    /// The ids of a file's tags, and those its headings and included files get; within a line headings are only words.
    fn tree(&mut self, id: SourceId, tree: &Tree, inline: bool) {
        let Some(linked) = self.site.linked(id) else { return };
        let anchors = &linked.document.anchors;
        self.found.extend(anchors.iter().filter(|anchor| anchor.heading.is_none()).map(|anchor| anchor.id.to_string()));
        self.stack.push(id);
        for (at, node) in tree.nodes.iter().enumerate() {
            match &node.kind {
                Kind::Heading(_, anchor) if !inline => {
                    let own = anchors.get(*anchor as usize).map_or_else(String::new, |anchor| anchor.id.to_string());
                    let numbered = !self.site.config.markdown.docfx_markup;
                    self.found.push(if numbered { self.ids.take(own) } else { own });
                }
                Kind::Include { reference, block } => {
                    if let Some((_, Target::Fragment(fragment))) = self.site.reference(id, *reference)
                        && !self.stack.contains(fragment)
                        && let Some(Body::Article(tree)) = self.site.linked(*fragment).map(|linked| &linked.document.body)
                    {
                        self.tree(*fragment, tree, inline || !block);
                    }
                }
                Kind::Tabs => {
                    self.groups += 1;
                    self.found.push(format!("tabgroup_{}", self.groups));
                    for panel in tree.children(Some(at)) {
                        if let Kind::Tab(tab) = &tree.nodes[panel].kind {
                            let condition = tab.condition.as_ref().map_or_else(String::new, |condition| format!("_{condition}"));
                            self.found.push(format!("tabpanel_{}_{}{condition}", self.groups, tab.id));
                        }
                    }
                }
                Kind::Div(attributes) => self.found.extend(id_of(attributes)),
                _ => {}
            }
        }
        self.stack.pop();
    }
}

/// The id among the attributes of a `> [!div id="x"]`.
fn id_of(attributes: &str) -> Option<String> {
    let (_, rest) = attributes.split_once("id=")?;
    let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\''))?;
    Some(rest[1..].split(quote).next()?.to_owned())
}
