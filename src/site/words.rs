//! Nodes -> their words in one line: with those of included files in place, and with the titles of pages that references without words of
//! their own have. For alternative texts, labels of tabs and headings in lists, none of which can have markup. Knows no markup.

use crate::locale::LocaleId;
use crate::source::SourceId;
use crate::syntax::tree::{Node, NodeKind};
use crate::syntax::{RefId, RefKind};

use super::scope::TextScope;
use super::target::Target;
use super::uid_text::UidText;
use super::xref::Xref;

/// The words of nodes of a scope.
#[derive(Clone, Copy)]
pub struct Words<'s> {
    /// Where their references and included files are found.
    pub scope: &'s TextScope<'s>,
    /// The language whose titles references have.
    pub reader: LocaleId,
    /// What a line break becomes.
    pub line_break: &'static str,
}

impl Words<'_> {
    /// The words of `nodes`, which are in the file `id`.
    pub fn of(self, id: SourceId, nodes: &[Node]) -> String {
        let mut out = String::new();
        self.add(id, nodes, &mut out);
        out
    }

    fn add(self, id: SourceId, nodes: &[Node], out: &mut String) {
        let source = self.scope.text(id);
        for node in nodes {
            match &node.kind {
                NodeKind::Text(Some(words)) | NodeKind::NoLoc(words) => out.push_str(words),
                NodeKind::Text(None) | NodeKind::Math => out.push_str(node.span.of(source)),
                NodeKind::SoftBreak | NodeKind::HardBreak => out.push_str(self.line_break),
                NodeKind::SmartPunctuation { entity, .. } => out.push_str(typographic_sign(entity)),
                NodeKind::Include { reference, .. } => self.include(id, *reference, out),
                NodeKind::Xref(reference) => {
                    match self.title(id, *reference) {
                        Some(title) => out.push_str(&title),
                        // `@name` in a text is often no reference at all.
                        None => out.push_str(node.span.of(source)),
                    }
                }
                NodeKind::Link(reference, _) if node.len == 0 => {
                    out.push_str(&self.title(id, *reference).unwrap_or_default());
                }
                kind if !kind.is_inline() && !out.is_empty() => out.push(' '),
                _ => {}
            }
        }
    }

    fn include(self, id: SourceId, reference: RefId, out: &mut String) {
        if let Some(fragment) = self.scope.included(id, reference) {
            let mut words = String::new();
            self.add(fragment.source, &fragment.tree.nodes, &mut words);
            out.push_str(words.trim());
        }
    }

    /// The text of a reference that has none of its own.
    fn title(self, id: SourceId, reference: RefId) -> Option<String> {
        let (reference, target) = self.scope.reference(id, reference)?;
        let is_uid = matches!(reference.kind, RefKind::Uid | RefKind::UidShorthand);
        let keys = if is_uid {
            Xref::of(&reference.target)
        } else {
            Xref::default()
        };
        let title = match target {
            Target::Broken(_) if reference.kind == RefKind::Uid => UidText::of(&keys).text,
            Target::Page { set, locale } => {
                let version = self
                    .scope
                    .version_for(*set, locale.unwrap_or(self.reader))?;
                let page = self.scope.page(version.page());
                self.scope.title(page.source).to_owned()
            }
            Target::ExternalUid(uid) => {
                let (_, page) = self.scope.external_page(uid)?;
                page.text(keys.display.as_deref(), uid).to_owned()
            }
            _ => return None,
        };
        Some(keys.text.unwrap_or(title))
    }
}

/// The typographic sign with this entity name.
pub fn typographic_sign(entity: &str) -> &'static str {
    match entity {
        "lsquo" => "‘",
        "rsquo" => "’",
        "ldquo" => "“",
        "rdquo" => "”",
        "laquo" => "«",
        "raquo" => "»",
        "ndash" => "–",
        "mdash" => "—",
        "hellip" => "…",
        _ => " ",
    }
}
