//! Attributes and start tags: those an author gave an element, and those with the file and line it comes from.

use crate::source::escape::escape;
use crate::source::{LineIndex, Span};
use crate::syntax::tree::NodeKind;

use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    /// Writes an attribute with a space before it.
    pub(super) fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
        escape(value, &mut self.out);
        self.out.push('"');
    }

    /// Writes the attributes that the author gave node `at` in braces, after the class it has anyway.
    pub(super) fn own_attributes(&mut self, at: usize, class: &str) {
        let Some(own) = self.text.tree.attributes(at) else {
            if !class.is_empty() {
                self.attribute("class", class);
            }
            return;
        };
        // The id of a heading is that of its anchor, which is unique on the page.
        let is_heading = matches!(self.text.tree.nodes[at].kind, NodeKind::Heading(..));
        if let Some(id) = own.id.as_deref()
            && !is_heading
        {
            self.attribute("id", id);
        }
        let mut classes = class.to_owned();
        for more in &own.classes {
            if !classes.is_empty() {
                classes.push(' ');
            }
            classes.push_str(more);
        }
        if !classes.is_empty() {
            self.attribute("class", &classes);
        }
        for (name, value) in &own.others {
            self.attribute(name, value);
        }
    }

    /// Writes the start tag of node `at`, with the attributes its author gave it.
    pub(super) fn start(&mut self, at: usize, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.own_attributes(at, "");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push('>');
    }

    /// Writes a start tag without attributes of the author.
    pub(super) fn open(&mut self, span: Span, tag: &str) {
        self.out.push('<');
        self.out.push_str(tag);
        self.source_position(span);
        self.out.push('>');
    }

    /// Writes an end tag.
    pub(super) fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// Begins a line, unless one has just begun.
    pub(super) fn line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    /// Writes the attributes with the file and line that an element comes from, if there are any.
    pub(super) fn source_position(&mut self, span: Span) {
        if self.source_positions {
            let source = self.text.source;
            let lines = self.lines.entry(self.text.id);
            let lines = lines.or_insert_with(|| LineIndex::new(source));
            let line = lines.position(source, span.start as usize).line;
            let position = format!("{}:{line}", self.site.path(self.text.id));
            self.attribute("data-hjelp-at", &position);
        }
        // Only tests that compare with DocFX's engine ask for these, so the lines are not cached.
        if let Some([file, number]) = self.markup.position_attributes() {
            let lines = LineIndex::new(self.text.source);
            let line = lines.position(self.text.source, span.start as usize).line;
            let path = self.site.path(self.text.id).to_string();
            self.attribute(file, &path);
            self.attribute(number, &line.to_string());
        }
    }
}
