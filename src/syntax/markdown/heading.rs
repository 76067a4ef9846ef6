//! Headings: their ids (DocFX spec 8), and those that are tabs (spec 6).

use crate::source::Span;
use crate::syntax::dialect::Feature;
use crate::syntax::directive::tab_of;
use crate::syntax::reference::{Anchor, HeadingText};
use crate::syntax::slug::{plain_slug, slug};
use crate::syntax::tree::{Node, NodeKind, Tab, plain_text};

use super::builder::Builder;

impl Builder<'_> {
    /// Ends the heading `at`, behind which is nothing but its content.
    pub(super) fn heading(&mut self, at: usize, level: u8) {
        let attributes = self.take_attributes(at);
        // A tab heading takes an id like any other, even though it has none in the page (DocFX spec 8.2).
        let automatic = self.automatic_id(at);
        let override_id = self.override_id(at);
        if let Some(tab) = self.tab(at, override_id.is_some()) {
            // The tags are dropped, so their ids are not in the page.
            let first_inside = self.first_anchor_inside(at);
            self.context.anchors.truncate(first_inside);
            self.tab_label(at);
            self.nodes[at].kind = NodeKind::Tab(Box::new(tab));
            self.groups().tabs = true;
            return;
        }
        let text = plain_text(&self.nodes[at + 1..], self.source, " ");
        let stated = match &attributes {
            Some(Node {
                kind: NodeKind::Attributes(attributes),
                ..
            }) => attributes.id.clone(),
            _ => None,
        };
        let id: Box<str> = match override_id {
            Some(id) if self.dialect.has(Feature::DocFx) => {
                // The anchor that the tag made is the heading's own now. It is the first in the heading: other tags with ids may follow,
                // as translation services put their anchor before those of the author.
                let first_inside = self.first_anchor_inside(at);
                if let Some(anchor) = self.context.anchors.get(first_inside)
                    && *anchor.id == *id
                {
                    self.context.anchors.remove(first_inside);
                }
                self.nodes.drain(at + 1..at + 3);
                self.nodes[at].len -= 2;
                id.into()
            }
            _ => stated.unwrap_or(automatic.into()),
        };
        // Anchors in the heading came before it; its own is the next.
        self.nodes[at].kind = NodeKind::Heading(level, self.context.anchors.len() as u32);
        self.context.anchors.push(Anchor {
            id,
            span: self.nodes[at].span,
            heading: Some(HeadingText {
                level,
                text: text.trim().into(),
            }),
        });
        if let Some(attributes) = attributes {
            self.nodes.insert(at + 1, attributes);
            self.nodes[at].len += 1;
        }
    }

    /// The number of the first anchor that a tag in the heading `at` made, or of the next anchor if there is none.
    fn first_anchor_inside(&self, at: usize) -> usize {
        let heading = self.nodes[at].span;
        let mut first = self.context.anchors.len();
        for anchor in self.context.anchors.iter().rev() {
            if anchor.heading.is_some() || !heading.contains(anchor.span) {
                break;
            }
            first -= 1;
        }
        first
    }

    /// Removes the attributes of a heading, which come first in it: no id is made of them.
    fn take_attributes(&mut self, at: usize) -> Option<Node> {
        let first = self.nodes.get(at + 1)?;
        if !matches!(first.kind, NodeKind::Attributes(_)) {
            return None;
        }
        self.nodes[at].len -= 1;
        Some(self.nodes.remove(at + 1))
    }

    /// The id that a heading's text gives.
    fn automatic_id(&mut self, at: usize) -> String {
        let text = plain_text(&self.nodes[at + 1..], self.source, "");
        if self.dialect.has(Feature::HeadingIds) {
            self.context.ids.take(slug(&text))
        } else if self.dialect.has(Feature::PlainHeadingIds) {
            self.context.ids.take(plain_slug(&text))
        } else {
            String::new()
        }
    }

    /// The tab that a heading opens, if it is nothing but a link to one. An anchor before the link is dropped: tabs have ids of their own.
    fn tab(&self, at: usize, has_anchor: bool) -> Option<Tab> {
        if !self.dialect.has(Feature::DocFx) {
            return None;
        }
        let tags = if has_anchor { 2 } else { 0 };
        let (link, label) = self.nodes[at + 1 + tags..].split_first()?;
        let NodeKind::Link(reference, _) = link.kind else {
            return None;
        };
        if link.len as usize != label.len() {
            return None;
        }
        let reference = self.context.refs.get(reference as usize)?;
        tab_of(&reference.target, &plain_text(label, self.source, " "))
    }

    /// Leaves of the tab heading `at` the label of its link, if there is more in it than words. Most labels are words, which the tab has anyway.
    fn tab_label(&mut self, at: usize) {
        let inside = self.nodes.split_off(at + 1);
        self.nodes[at].len = 0;
        let Some(link) = inside
            .iter()
            .position(|node| matches!(node.kind, NodeKind::Link(..)))
        else {
            return;
        };
        let label = &inside[link + 1..];
        let (Some(first), Some(last)) = (label.first(), label.last()) else {
            return;
        };
        if label.iter().all(is_text) {
            return;
        }
        self.nodes.push(Node {
            kind: NodeKind::TabLabel,
            span: Span {
                start: first.span.start,
                end: last.span.end.max(first.span.end),
            },
            len: label.len() as u32,
        });
        self.nodes.extend_from_slice(label);
        self.set_len(at);
    }

    /// `## <a id="x"></a>Title`: the id the author gave instead of the automatic one (DocFX spec 8.3).
    fn override_id(&self, at: usize) -> Option<String> {
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
        let typed = first.span.of(self.source);
        let attributes = typed.strip_prefix("<a")?.strip_suffix('>')?;
        let attribute = attributes
            .trim_end_matches(' ')
            .strip_prefix(' ')?
            .trim_start_matches(' ');
        let value = match attribute.strip_prefix("id=\"") {
            Some(value) => value,
            None => attribute.strip_prefix("name=\"")?,
        };
        let id = value.strip_suffix('"')?;
        (!id.is_empty() && id.chars().all(is_id_sign)).then(|| id.to_owned())
    }
}

fn is_text(node: &Node) -> bool {
    matches!(node.kind, NodeKind::Text(_))
}

/// The signs that DocFX's own pattern for such an id allows; any other leaves the automatic id.
fn is_id_sign(sign: char) -> bool {
    sign.is_alphanumeric() || matches!(sign, '_' | ' ' | '-' | '.')
}
