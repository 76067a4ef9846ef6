//! Block nodes -> HTML: paragraphs, headings, lists. Tables, tabs, code and directives have files of their own.

use crate::syntax::directive::list_marker_number;
use crate::syntax::tree::NodeKind;

use super::{ArticleHeading, ArticleWriter, Text};

impl<'a> ArticleWriter<'a> {
    pub(super) fn block(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        match &node.kind {
            NodeKind::Paragraph => self.wrapped(text, at, "p"),
            NodeKind::Heading(level, anchor) => self.heading(text, at, *level, *anchor),
            NodeKind::BlockQuote => self.wrapped_lines(text, at, "blockquote"),
            NodeKind::Alert(keyword) => self.alert(text, at, keyword),
            NodeKind::Div(attributes) => self.div(text, at, attributes),
            NodeKind::VideoEmbed(address) => self.video(address),
            NodeKind::List(None)
                if text
                    .tree
                    .children(Some(at))
                    .any(|item| has_task(text, item)) =>
            {
                self.list(text, at, "ul", " class=\"contains-task-list\"");
            }
            NodeKind::List(None) => self.list(text, at, "ul", ""),
            NodeKind::List(Some(first)) => {
                self.ordered_list(text, at, *first);
            }
            NodeKind::ListItem if has_task(text, at) => {
                self.line();
                self.out.push_str("<li class=\"task-list-item\"");
                self.place(text, node.span);
                self.out.push('>');
                self.inside(text, at);
                self.out.push_str("</li>\n");
            }
            NodeKind::ListItem => self.wrapped(text, at, "li"),
            NodeKind::CodeBlock(language) => self.code_block(text, at, language.as_deref()),
            NodeKind::ThematicBreak => {
                self.thematic_break(text, at);
            }
            NodeKind::MathBlock => {
                self.math_block(text, at);
            }
            NodeKind::Table(aligns) => self.table(text, at, aligns),
            NodeKind::GridTable(columns) => self.grid_table(text, at, columns),
            NodeKind::Container(container) => self.container(text, at, container),
            NodeKind::ImageDirective(picture) => self.picture(text, at, picture),
            NodeKind::Form(form) => self.form(text, node.span, form),
            NodeKind::DefinitionList => self.wrapped_lines(text, at, "dl"),
            NodeKind::Term => self.terms(text, at),
            NodeKind::Definition => self.definition(text, at),
            NodeKind::FootnoteDefinition(_) => {}
            NodeKind::Tabs => self.tab_group(text, at),
            NodeKind::Snippet(reference, snippet) => self.snippet(text, at, *reference, snippet),
            _ => self.inside(text, at),
        }
    }

    /// A list that counts: from `first`, or with the letters or Roman numerals of its markers.
    fn ordered_list(&mut self, text: &Text<'a>, at: usize, first: u64) {
        let mut first = first;
        let mut attributes = String::new();
        if let Some((kind, number)) = counting(text.tree.nodes[at].span.of(text.source)) {
            first = number;
            attributes = format!(" type=\"{kind}\"");
        }
        if first != 1 {
            attributes.push_str(&format!(" start=\"{first}\""));
        }
        self.list(text, at, "ol", &attributes);
    }

    fn thematic_break(&mut self, text: &Text<'a>, at: usize) {
        self.line();
        self.out.push_str("<hr");
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(self.markup.void_end());
        self.out.push('\n');
    }

    fn math_block(&mut self, text: &Text<'a>, at: usize) {
        self.line();
        self.out.push_str("<div class=\"math\"");
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n\\[\n");
        self.inside(text, at);
        self.line();
        self.out.push_str("\\]</div>\n");
    }

    fn wrapped(&mut self, text: &Text<'a>, at: usize, tag: &str) {
        self.line();
        self.start(text, at, tag);
        self.inside(text, at);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    /// Terms on lines of their own; they share what follows.
    fn terms(&mut self, text: &Text<'a>, at: usize) {
        self.line();
        self.start(text, at, "dt");
        for child in text.tree.children(Some(at)) {
            match text.tree.nodes[child].kind {
                NodeKind::SoftBreak | NodeKind::HardBreak => self.out.push_str("</dt>\n<dt>"),
                _ => self.node(text, child),
            }
        }
        self.out.push_str("</dt>\n");
    }

    /// What a term means: a single paragraph is just words.
    fn definition(&mut self, text: &Text<'a>, at: usize) {
        let children: Vec<usize> = text.tree.children(Some(at)).collect();
        self.line();
        self.start(text, at, "dd");
        for (number, &child) in children.iter().enumerate() {
            match (&text.tree.nodes[child].kind, number, children.len()) {
                (NodeKind::Paragraph, 0, 1) => self.inside(text, child),
                (NodeKind::Paragraph, 0, _) => {
                    self.start(text, child, "p");
                    self.inside(text, child);
                    self.out.push_str("</p>\n");
                }
                _ => self.node(text, child),
            }
        }
        self.out.push_str("</dd>\n");
    }

    fn wrapped_lines(&mut self, text: &Text<'a>, at: usize, tag: &str) {
        self.list(text, at, tag, "");
    }

    fn list(&mut self, text: &Text<'a>, at: usize, tag: &str, attributes: &str) {
        self.line();
        self.out.push('<');
        self.out.push_str(tag);
        self.out.push_str(attributes);
        self.own_attributes(text, at, "");
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n");
        self.inside(text, at);
        self.line();
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    /// The ids that a translated heading has from its original, so that one link works in every language.
    fn shared_anchors(&mut self, id: &str) {
        let number = self.headings.len();
        let Some(known) = self.shared.get_mut(number).filter(|known| known.id == id) else {
            return;
        };
        for shared in std::mem::take(&mut known.shared) {
            self.out.push_str("<a class=\"shared-anchor\"");
            self.attribute("id", &shared);
            self.out.push_str("></a>");
        }
    }

    /// Two texts on one page may give the same id: the first keeps it, as a browser would have it.
    fn heading(&mut self, text: &Text<'a>, at: usize, level: u8, anchor: u32) {
        // The anchors of tags in the heading come before its own.
        let inside = text.document.anchors[..(anchor as usize).min(text.document.anchors.len())]
            .iter()
            .rev();
        let mut inside = inside.take_while(|inner| {
            text.tree.nodes[at].span.contains(inner.span) && inner.heading.is_none()
        });
        let anchor = text.document.anchors.get(anchor as usize);
        let given_inside = anchor.is_some_and(|anchor| inside.any(|inner| inner.id == anchor.id));
        let id = anchor.map_or_else(String::new, |anchor| anchor.id.to_string());
        let id = if self.markup.isolates_fragments() {
            id
        } else {
            self.ids.take(id)
        };
        self.line();
        self.out.push_str(&format!("<h{level}"));
        // The engine gives an id twice if a heading does; a text read without ids has none.
        if (!given_inside || self.markup.keeps_typed()) && !id.is_empty() {
            self.attribute("id", &id);
        }
        self.own_attributes(text, at, "");
        self.place(text, text.tree.nodes[at].span);
        self.out.push('>');
        self.shared_anchors(&id);
        self.inside(text, at);
        self.out.push_str(&format!("</h{level}>\n"));
        let words = anchor
            .and_then(|anchor| anchor.heading.as_ref())
            .map_or("", |heading| &heading.text);
        self.headings.push(ArticleHeading {
            level,
            id,
            text: words.to_owned(),
        });
    }
}

/// True if there is a box to tick in the words of an item.
fn has_task(text: &Text<'_>, item: usize) -> bool {
    let is_task = |node: usize| matches!(text.tree.nodes[node].kind, NodeKind::TaskMarker(_));
    text.tree.children(Some(item)).any(|child| {
        is_task(child)
            || text.tree.nodes[child].kind == NodeKind::Paragraph
                && text.tree.children(Some(child)).any(is_task)
    })
}

/// How a list counts that begins with letters, as HTML says it, and with which number it begins.
fn counting(typed: &str) -> Option<(char, u64)> {
    let letters = &typed[..typed.find(|sign: char| !sign.is_ascii_alphabetic())?];
    let (number, roman) = list_marker_number(letters, false)?;
    let kind = if roman { 'i' } else { 'a' };
    Some((
        if letters.starts_with(|first: char| first.is_ascii_uppercase()) {
            kind.to_ascii_uppercase()
        } else {
            kind
        },
        number.into(),
    ))
}
