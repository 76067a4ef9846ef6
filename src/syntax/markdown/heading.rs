//! Headings: their ids (DocFX spec 8), and those that are really tabs (spec 6).

use crate::syntax::dialect::Feature;
use crate::syntax::directive::tab_of;
use crate::syntax::document::{Anchor, HeadingText};
use crate::syntax::slug::{plain_slug, slug};
use crate::syntax::tree::{Node, NodeKind, plain_text};

use super::builder::Builder;

impl Builder<'_> {
    pub(super) fn heading(&mut self, at: usize, level: u8) {
        // Attributes come first, and give the id.
        let given = match self.nodes.get(at + 1).map(|node| &node.kind) {
            Some(NodeKind::Attributes(attributes)) => attributes.id.clone(),
            _ => None,
        };
        let attributes = matches!(
            self.nodes.get(at + 1),
            Some(Node {
                kind: NodeKind::Attributes(_),
                ..
            })
        )
        .then(|| self.nodes.remove(at + 1));
        self.nodes[at].len -= u32::from(attributes.is_some());
        let inside = &self.nodes[at + 1..];
        // A tab heading takes an id like any other, even though it shows none (DocFX spec 8.2).
        let words = plain_text(inside, self.source, "");
        let automatic = match (
            self.dialect.has(Feature::HeadingIds),
            self.dialect.has(Feature::PlainHeadingIds),
        ) {
            (true, _) => self.shared.ids.take(slug(&words)),
            (false, true) => self.shared.ids.take(plain_slug(&words)),
            (false, false) => String::new(),
        };
        // An anchor before the tab's link is for nobody: tabs have ids of their own.
        let tags = if self.override_id(at).is_some() { 2 } else { 0 };
        let inside = &self.nodes[at + 1 + tags..];
        if self.dialect.has(Feature::DocFx)
            && let [
                Node {
                    kind: NodeKind::Link(reference, _),
                    len,
                    ..
                },
                label @ ..,
            ] = inside
            && *len as usize == label.len()
            && let Some(tab) = self
                .shared
                .refs
                .get(*reference as usize)
                .and_then(|link| tab_of(&link.target, &plain_text(label, self.source, " ")))
        {
            self.nodes.truncate(at + 1);
            self.nodes[at] = Node {
                kind: NodeKind::Tab(Box::new(tab)),
                span: self.nodes[at].span,
                len: 0,
            };
            self.groups().tabs = true;
            return;
        }
        let text = plain_text(&self.nodes[at + 1..], self.source, " ")
            .trim()
            .into();
        let id = match self
            .override_id(at)
            .filter(|_| self.dialect.has(Feature::DocFx))
        {
            Some(id) => {
                // The anchor the tag made is the heading's own now.
                self.shared.anchors.pop_if(|anchor| *anchor.id == *id);
                self.nodes.drain(at + 1..at + 3);
                self.nodes[at].len -= 2;
                id
            }
            None => given.map_or(automatic, Into::into),
        };
        self.nodes[at].kind = NodeKind::Heading(level, self.shared.anchors.len() as u32);
        self.shared.anchors.push(Anchor {
            id: id.into(),
            span: self.nodes[at].span,
            heading: Some(HeadingText { level, text }),
        });
        if let Some(attributes) = attributes {
            self.nodes.insert(at + 1, attributes);
            self.nodes[at].len += 1;
        }
    }

    /// `## <a id="x"></a>Title`: the id the author gave instead of the automatic one (DocFX spec 8.3).
    pub(super) fn override_id(&self, at: usize) -> Option<String> {
        let [first, second, _, ..] = &self.nodes[at + 1..] else {
            return None;
        };
        if !matches!(
            (&first.kind, &second.kind),
            (NodeKind::Html(_), NodeKind::Html(_))
        ) || second.span.of(self.source) != "</a>"
        {
            return None;
        }
        let tag = first
            .span
            .of(self.source)
            .strip_prefix("<a")?
            .strip_suffix('>')?
            .trim_end_matches(' ');
        let value = tag.strip_prefix(' ')?.trim_start_matches(' ');
        let id = value
            .strip_prefix("id=\"")
            .or_else(|| value.strip_prefix("name=\""))?
            .strip_suffix('"')?;
        let sound = !id.is_empty()
            && id.chars().all(|character| {
                character.is_alphanumeric() || matches!(character, '_' | ' ' | '-' | '.')
            });
        sound.then(|| id.to_owned())
    }
}
