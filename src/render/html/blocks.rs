//! Block nodes -> HTML: paragraphs, headings, lists. Tables, tabs, code and directives have files of their own.

use crate::source::Span;
use crate::syntax::directive::list_marker_number;
use crate::syntax::tree::NodeKind;

use super::step_count::StepCount;
use super::writer::{ArticleHeading, ArticleWriter};

impl<'a> ArticleWriter<'a> {
    pub(super) fn block(&mut self, at: usize) {
        let node = &self.text.tree.nodes[at];
        match &node.kind {
            NodeKind::Paragraph => self.wrapped(at, "p"),
            NodeKind::Heading(level, anchor) => self.heading(at, *level, *anchor),
            NodeKind::BlockQuote => self.wrapped_lines(at, "blockquote"),
            NodeKind::Alert(keyword) => self.alert(at, keyword),
            NodeKind::Div(attributes) => self.div(at, attributes),
            NodeKind::VideoEmbed(address) => self.video_quote(address),
            NodeKind::List(None) => self.bullet_list(at),
            NodeKind::List(Some(first)) => self.ordered_list(at, *first),
            NodeKind::ListItem => self.list_item(at),
            NodeKind::CodeBlock(language) => self.code_block(at, language.as_deref()),
            NodeKind::ThematicBreak => self.thematic_break(at),
            NodeKind::MathBlock => self.math_block(at),
            NodeKind::Table(aligns) => self.table(at, aligns),
            NodeKind::GridTable(columns) => self.grid_table(at, columns),
            NodeKind::Container(container) => self.container(at, container),
            NodeKind::ImageDirective(image) => self.image_directive(at, image),
            NodeKind::Form(form) => self.form(node.span, form),
            NodeKind::DefinitionList => self.wrapped_lines(at, "dl"),
            NodeKind::Term => self.terms(at),
            NodeKind::Definition => self.definition(at),
            // At the end of the text, if it is mentioned.
            NodeKind::FootnoteDefinition(_) => {}
            NodeKind::Tabs => self.tab_group(at),
            // In the button of the tab.
            NodeKind::TabLabel => {}
            NodeKind::Snippet(reference, snippet) => self.snippet(at, *reference, snippet),
            _ => self.inside(at),
        }
    }

    fn bullet_list(&mut self, at: usize) {
        for item in self.text.tree.children(Some(at)) {
            if self.has_task(item) {
                return self.list(at, "ul", " class=\"contains-task-list\"");
            }
        }
        self.list(at, "ul", "");
    }

    fn list_item(&mut self, at: usize) {
        if !self.has_task(at) {
            return self.wrapped(at, "li");
        }
        self.line();
        self.out.push_str("<li class=\"task-list-item\"");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push('>');
        self.inside(at);
        self.out.push_str("</li>\n");
    }

    /// True if an item has a box to tick, in its own text or in a paragraph.
    fn has_task(&self, item: usize) -> bool {
        let tree = self.text.tree;
        for child in tree.children(Some(item)) {
            if self.is_task_marker(child) {
                return true;
            }
            if tree.nodes[child].kind != NodeKind::Paragraph {
                continue;
            }
            // In a loose list the text of an item is in paragraphs.
            for inline in tree.children(Some(child)) {
                if self.is_task_marker(inline) {
                    return true;
                }
            }
        }
        false
    }

    fn is_task_marker(&self, at: usize) -> bool {
        matches!(self.text.tree.nodes[at].kind, NodeKind::TaskMarker(_))
    }

    /// A list that counts: from `first`, or with the letters or Roman numerals of its markers.
    fn ordered_list(&mut self, at: usize, first: u64) {
        let mut number = first;
        let mut attributes = String::new();
        let lettered = counting(self.text.tree.nodes[at].span.of(self.text.source));
        if let Some((kind, letter)) = lettered {
            number = letter;
            attributes = format!(" type=\"{kind}\"");
        } else if let Some(steps) = self.steps {
            number = steps.number(first);
        }
        // A list starts at 1 anyway.
        if number != 1 {
            attributes.push_str(&format!(" start=\"{number}\""));
        }
        self.list(at, "ol", &attributes);
        let items = self.text.tree.children(Some(at)).count() as u64;
        let own = match self.steps {
            Some(steps) if number != first => steps.own,
            _ => first,
        };
        // DocFX reads each file by itself (DocFX spec 3.2), and steps in letters are those of an outline.
        let counts = !self.markup.isolates_fragments() && lettered.is_none();
        self.steps = counts.then_some(StepCount {
            next: number.saturating_add(items),
            own: own.saturating_add(items),
            after_fragment: false,
        });
    }

    fn thematic_break(&mut self, at: usize) {
        self.line();
        self.out.push_str("<hr");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(self.markup.void_end());
        self.out.push('\n');
    }

    fn math_block(&mut self, at: usize) {
        self.line();
        self.out.push_str("<div class=\"math\"");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n\\[\n");
        self.inside(at);
        self.line();
        self.out.push_str("\\]</div>\n");
    }

    fn wrapped(&mut self, at: usize, tag: &str) {
        self.line();
        self.start(at, tag);
        self.inside(at);
        self.close(tag);
        self.out.push('\n');
    }

    /// Terms on lines of their own; they share what follows.
    fn terms(&mut self, at: usize) {
        self.line();
        self.start(at, "dt");
        for child in self.text.tree.children(Some(at)) {
            match self.text.tree.nodes[child].kind {
                NodeKind::SoftBreak | NodeKind::HardBreak => self.out.push_str("</dt>\n<dt>"),
                _ => self.node(child),
            }
        }
        self.out.push_str("</dt>\n");
    }

    /// What a term means: a single paragraph is just words.
    fn definition(&mut self, at: usize) {
        let children: Vec<usize> = self.text.tree.children(Some(at)).collect();
        self.line();
        self.start(at, "dd");
        for (number, &child) in children.iter().enumerate() {
            match (&self.text.tree.nodes[child].kind, number, children.len()) {
                // Browsers give a paragraph margins that a short definition should not have; Markdig does the same.
                (NodeKind::Paragraph, 0, 1) => self.inside(child),
                (NodeKind::Paragraph, 0, _) => {
                    self.start(child, "p");
                    self.inside(child);
                    self.out.push_str("</p>\n");
                }
                _ => self.node(child),
            }
        }
        self.out.push_str("</dd>\n");
    }

    fn wrapped_lines(&mut self, at: usize, tag: &str) {
        self.list(at, tag, "");
    }

    fn list(&mut self, at: usize, tag: &str, attributes: &str) {
        self.line();
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(attributes);
        self.own_attributes(at, "");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n");
        self.inside(at);
        self.line();
        self.close(tag);
        self.out.push('\n');
    }

    /// The heading at node `at`, with its number in the anchors of the document.
    fn heading(&mut self, at: usize, level: u8, number: u32) {
        let anchor = self.text.anchors.get(number as usize);
        let mut id = String::new();
        if let Some(anchor) = anchor {
            id = anchor.id.to_string();
        }
        // Two texts on one page may give the same id: the first keeps it, as a browser would have it.
        if !self.markup.isolates_fragments() {
            id = self.ids.take(id);
        }
        self.line();
        self.out.push_str(&format!("<h{level}"));
        // DocFX's engine gives an id twice if a raw tag in the heading has the same; a text read without ids has none.
        let has_id = self.markup.keeps_typed() || !self.is_given_inside(at, number, &id);
        if has_id && !id.is_empty() {
            self.attribute("id", &id);
        }
        self.own_attributes(at, "");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push('>');
        self.shared_anchors(&id);
        self.inside(at);
        self.out.push_str(&format!("</h{level}>\n"));
        self.headings.push(ArticleHeading {
            level,
            id,
            text: self.words(at, " ").trim().to_owned(),
        });
    }

    /// True if a raw tag in a heading has the `id` of the heading: `## <b id="x">x</b>`.
    fn is_given_inside(&self, at: usize, number: u32, id: &str) -> bool {
        let anchors = self.text.anchors;
        let Some(before) = anchors.get(..number as usize) else {
            return false;
        };
        // The anchors of tags in the heading come before its own.
        for inner in before.iter().rev() {
            let is_inside = self.text.tree.nodes[at].span.contains(inner.span);
            if !is_inside || inner.heading.is_some() {
                return false;
            }
            // `<a name="x">` is a link target, too, but no element with an id: the list of headings and scripts look for one.
            if *inner.id == *id && is_id_attribute(self.text.source, inner.span) {
                return true;
            }
        }
        false
    }

    /// Writes the ids that a heading had before, and those that a translated one has from its original: one link works in every language.
    fn shared_anchors(&mut self, id: &str) {
        let Some(known) = self.shared.get_mut(self.headings.len()) else {
            return;
        };
        if known.id != id {
            return;
        }
        let known = std::mem::take(known);
        for former in known.former {
            self.empty_anchor("former-anchor", &former);
        }
        for shared in known.shared {
            self.empty_anchor("shared-anchor", &shared);
        }
    }

    /// Writes a place that links can name and readers don't see.
    pub fn empty_anchor(&mut self, class: &str, id: &str) {
        self.out.push_str("<a");
        self.attribute("class", class);
        self.attribute("id", id);
        self.out.push_str("></a>");
    }
}

/// True if `value` is that of an attribute called `id`, in quotes or without.
fn is_id_attribute(source: &str, value: Span) -> bool {
    let before = source.get(..value.start as usize).unwrap_or_default();
    let before = before.trim_end_matches(['"', '\'']).trim_end();
    let Some(name) = before.strip_suffix('=') else {
        return false;
    };
    let name = name.trim_end().as_bytes();
    let Some((before, attribute)) = name.split_last_chunk::<2>() else {
        return false;
    };
    attribute.eq_ignore_ascii_case(b"id") && before.last().is_some_and(u8::is_ascii_whitespace)
}

/// How a list counts that begins with letters, as HTML names it, and with which number it begins.
fn counting(typed: &str) -> Option<(char, u64)> {
    let end = typed.find(|sign: char| !sign.is_ascii_alphabetic())?;
    let letters = &typed[..end];
    let (number, is_roman) = list_marker_number(letters, false)?;
    let kind = match (
        is_roman,
        letters.starts_with(|first: char| first.is_ascii_uppercase()),
    ) {
        (true, true) => 'I',
        (true, false) => 'i',
        (false, true) => 'A',
        (false, false) => 'a',
    };
    Some((kind, number.into()))
}
