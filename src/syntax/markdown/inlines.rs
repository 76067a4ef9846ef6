//! Text and code -> nodes, with the addresses, uids and signs that are found in text.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::directive::{MASKED_BACKSLASH, Mask, unmasked};
use crate::syntax::reference::RefKind;
use crate::syntax::tree::{Node, NodeKind};

use super::builder::Builder;
use super::text::{self, TextMatch, TextSearch};

impl Builder<'_> {
    /// Takes text with its bytes.
    pub(super) fn text(&mut self, text: &str, range: Range<usize>) {
        if self.input.masked.get(range.clone()) != Some(text) {
            // An escape or a character reference: not what was typed.
            self.leaf(NodeKind::Text(Some(unmasked(text).into())), range);
            return;
        }
        if text.contains(MASKED_BACKSLASH) && !self.in_code_block() {
            return self.escaped_signs(text, range);
        }
        if self.literal + self.links > 0
            && self.source.get(range.clone()) != Some(text)
            && self.is_outdented(&range)
        {
            self.leaf(NodeKind::Text(Some(without_moved_spaces(text))), range);
            return;
        }
        self.typed(range);
    }

    /// Takes text as it was typed but for the backslashes before signs next to emphasis.
    fn escaped_signs(&mut self, text: &str, range: Range<usize>) {
        let mut start = range.start;
        for (offset, _) in text.match_indices(MASKED_BACKSLASH) {
            let backslash = range.start + offset;
            self.typed(start..backslash);
            self.flush();
            start = backslash + 1;
        }
        self.typed(start..range.end);
    }

    fn in_code_block(&self) -> bool {
        match self.open.last() {
            Some(open) => matches!(self.nodes[open.node].kind, NodeKind::CodeBlock(_)),
            None => false,
        }
    }

    /// Takes text that is its bytes.
    fn typed(&mut self, range: Range<usize>) {
        match &mut self.pending_text {
            // pulldown-cmark splits text at every sign that might mean something; one node is
            // smaller and is searched once.
            Some(pending) if pending.end == range.start => pending.end = range.end,
            _ => {
                self.flush();
                self.pending_text = Some(range);
            }
        }
    }

    /// True if indentation was moved away within `range` (see `outdent`): line breaks are then elsewhere than in the source.
    fn is_outdented(&self, range: &Range<usize>) -> bool {
        let masked = self.input.masked.as_bytes()[range.clone()].iter();
        let source = self.source.as_bytes()[range.clone()].iter();
        masked
            .zip(source)
            .any(|(masked, typed)| (*masked == b'\n') != (*typed == b'\n'))
    }

    /// Puts the pending text among the nodes, with what is found in it.
    pub(super) fn flush(&mut self) {
        let Some(range) = self.pending_text.take() else {
            return;
        };
        let mut at = range.start;
        if self.literal == 0 {
            let search = TextSearch {
                text: self.source,
                range: range.clone(),
                dialect: self.text_dialect(),
                in_item: self.in_item(),
                abbreviations: self.input.abbreviations,
            };
            for (bytes, found) in text::find(&search) {
                self.plain(at..bytes.start);
                at = bytes.end;
                self.text_match(found, bytes);
            }
        }
        self.plain(at..range.end);
    }

    fn text_dialect(&self) -> Dialect {
        if self.in_raw_link || self.links > 0 {
            self.dialect.without(Feature::AutoLinks)
        } else {
            self.dialect
        }
    }

    fn text_match(&mut self, found: TextMatch, bytes: Range<usize>) {
        let span = Span::from(bytes.clone());
        match found {
            TextMatch::Address(target) => self.bare_address(&target, bytes),
            TextMatch::Uid(target) => {
                let reference = self.refer(RefKind::UidShorthand, &target, span, span);
                self.push(NodeKind::Xref(reference), span);
            }
            TextMatch::Emoji(sign) => self.push(NodeKind::Text(Some(sign.into())), span),
            TextMatch::Punctuation { entity, pending } => {
                self.push(NodeKind::SmartPunctuation { entity, pending }, span);
            }
            TextMatch::Task(done) => self.push(NodeKind::TaskMarker(done), span),
            TextMatch::Marked(kind, inner) => self.around(kind, span, inner),
            TextMatch::Abbreviation(meaning) => {
                self.around(NodeKind::Abbreviation(meaning), span, bytes);
            }
        }
    }

    fn bare_address(&mut self, target: &str, bytes: Range<usize>) {
        let span = Span::from(bytes.clone());
        let reference = self.refer(RefKind::Link, target, span, span);
        // Of `mailto:` and `tel:` only what follows is rendered, as in Markdig.
        let mut shown = bytes.start;
        for scheme in ["mailto:", "tel:"] {
            if target.starts_with(scheme) && !target.contains("//") {
                shown += scheme.len();
            }
        }
        self.around(NodeKind::Link(reference, None), span, shown..bytes.end);
    }

    /// Adds a node with nothing but text in it.
    fn around(&mut self, kind: NodeKind, span: Span, inner: Range<usize>) {
        self.nodes.push(Node { kind, span, len: 1 });
        self.plain(inner);
    }

    /// Adds text as typed.
    pub(super) fn plain(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.push(NodeKind::Text(None), range.into());
        }
    }

    /// True in the text of an item, or of a paragraph of one.
    fn in_item(&self) -> bool {
        let mut in_paragraph = false;
        for open in self.open.iter().rev() {
            let Some(node) = self.nodes.get(open.node) else {
                continue;
            };
            match &node.kind {
                NodeKind::ListItem => return true,
                NodeKind::Paragraph if !in_paragraph => in_paragraph = true,
                kind if kind.is_inline() => {}
                _ => return false,
            }
        }
        false
    }

    /// Takes code within text.
    pub(super) fn code(&mut self, text: &str, range: Range<usize>) {
        self.flush();
        if let Some(found) = self.input.directives.at(range.start)
            && found.mask == Mask::Code
        {
            return self.inline_directive(&range);
        }
        self.opaque.push(range.clone().into());
        self.last_inline = Some(self.nodes.len());
        self.nodes.push(Node {
            kind: NodeKind::Code,
            span: range.clone().into(),
            len: 1,
        });
        let fence = self.source[range.clone()]
            .bytes()
            .take_while(|byte| *byte == b'`')
            .count();
        let start = range.start + fence;
        let inner = start..range.end.saturating_sub(fence).max(start);
        // One space at either end is no part of the code (CommonMark 0.31, 6.1).
        let stripped = inner.start + 1..inner.end.saturating_sub(1).max(inner.start + 1);
        for bytes in [inner.clone(), stripped] {
            if self.input.masked.get(bytes.clone()) == Some(text) {
                self.push(NodeKind::Text(None), bytes.into());
                return;
            }
        }
        let words = if self.input.directives.any_in(&inner) {
            // `text` has the masks of directives, which mean nothing in code.
            let typed = self.source[inner.clone()].replace(['\r', '\n'], " ");
            typed.trim().into()
        } else {
            unmasked(text).into()
        };
        self.push(NodeKind::Text(Some(words)), inner.into());
    }
}

/// The text of code without the indentation that was moved to the ends of its lines.
fn without_moved_spaces(text: &str) -> Box<str> {
    let text = unmasked(text);
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        out.push_str(line.trim_end_matches([' ', '\n', '\r']));
        if line.ends_with('\n') {
            out.push('\n');
        }
    }
    out.into()
}
