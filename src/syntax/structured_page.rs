//! A YAML page whose keys hold Markdown -> one text: questions and answers (`YamlMime:FAQ`), and the modules, units and architectures of Microsoft
//! Learn. Headings are made of the keys that name a part. Doesn't know how any of it is shown.

use crate::source::Span;
use crate::source::yaml::YamlNode;

use super::document::StructuredPage;
use super::embedded_markdown;
use super::markdown::DocumentContext;
use super::reference::{Anchor, HeadingText, RefKind};
use super::slug::slug;
use super::tree::{HtmlEdit, HtmlReplacement, Node, NodeKind, Tree, plain_text};

/// The name that pages with a single part give it, because the schema of Microsoft Learn asks for one. It isn't shown there.
const UNNAMED: &str = "Ignored";

/// The types that are read here.
pub(super) fn is_structured(mime: &str) -> bool {
    matches!(
        mime,
        "FAQ" | "Module" | "ModuleUnit" | "LearningPath" | "Architecture"
    )
}

/// Reads the page `root` of this type from the file `source`.
pub(super) fn structured_page(
    mime: &str,
    source: &str,
    root: YamlNode,
    context: &mut DocumentContext,
) -> StructuredPage {
    let mut writer = TextWriter {
        source,
        context,
        nodes: Vec::new(),
        questions: Vec::new(),
    };
    // First in every type, although its key may be anywhere in the file.
    writer.markdown(root.get("summary"));
    match mime {
        "FAQ" => writer.questions(&root),
        _ => writer.lesson(&root),
    }
    StructuredPage {
        mime: mime.into(),
        tree: Tree {
            nodes: writer.nodes,
        },
        questions: writer.questions,
        root,
    }
}

struct TextWriter<'s, 'c> {
    source: &'s str,
    context: &'c mut DocumentContext,
    nodes: Vec<Node>,
    /// The ids of the questions.
    questions: Vec<Box<str>>,
}

impl TextWriter<'_, '_> {
    fn questions(&mut self, root: &YamlNode) {
        self.question_list(root.get("questions"), 2);
        let sections = root
            .get("sections")
            .map(YamlNode::items)
            .unwrap_or_default();
        for section in sections {
            // The schema says `name`, and many pages say `title`.
            let name = section.get("name").or(section.get("title"));
            let is_shown = name.and_then(YamlNode::text).is_some_and(|name| {
                let name = name.trim();
                !name.is_empty() && !name.eq_ignore_ascii_case(UNNAMED)
            });
            if let Some(name) = name.filter(|_| is_shown) {
                self.heading(2, name, None);
            }
            self.markdown(section.get("summary"));
            // Below a section that isn't shown, a level would be missing (WCAG 1.3.1).
            self.question_list(section.get("questions"), if is_shown { 3 } else { 2 });
        }
        self.markdown(root.get("additionalContent"));
    }

    fn question_list(&mut self, list: Option<&YamlNode>, level: u8) {
        for item in list.map(YamlNode::items).unwrap_or_default() {
            if let Some(question) = item.get("question") {
                let words = question.text().unwrap_or_default();
                self.heading(level, question, Some(learn_id(words.trim())));
            }
            self.markdown(item.get("answer"));
        }
    }

    /// A module, a unit, a path or an architecture.
    fn lesson(&mut self, root: &YamlNode) {
        // In the order in which Microsoft Learn shows them, not in that of the file.
        for key in ["abstract", "prerequisites", "content", "additionalContent"] {
            self.markdown(root.get(key));
        }
        for key in ["units", "modules"] {
            if let Some(list) = root.get(key) {
                self.uid_list(list);
            }
        }
        let Some(quiz) = root.get("quiz") else {
            return;
        };
        if let Some(title) = quiz.get("title") {
            self.heading(2, title, None);
        }
        for question in quiz
            .get("questions")
            .map(YamlNode::items)
            .unwrap_or_default()
        {
            self.markdown(question.get("content"));
            self.choices(question);
        }
    }

    /// The answers to choose from. Which of them is right is nothing to read before an answer was chosen.
    fn choices(&mut self, question: &YamlNode) {
        let choices = question
            .get("choices")
            .map(YamlNode::items)
            .unwrap_or_default();
        let list = self.open(NodeKind::List(None), question.span);
        for choice in choices {
            let item = self.open(NodeKind::ListItem, choice.span);
            if let Some(content) = choice.get("content") {
                let words = self.inlines(content);
                self.nodes.extend(words);
            }
            self.close(item);
        }
        self.close(list);
    }

    /// Links to the pages with these uids.
    fn uid_list(&mut self, uids: &YamlNode) {
        let list = self.open(NodeKind::List(None), uids.span);
        for uid in uids.items() {
            // An item that is a map or a list has no uid.
            let Some(reference) = self.context.refer_to_value(RefKind::Uid, uid) else {
                continue;
            };
            let item = self.open(NodeKind::ListItem, uid.span);
            let link = self.open(NodeKind::Xref(reference), uid.span);
            self.close(link);
            self.close(item);
        }
        self.close(list);
    }

    /// Adds the blocks of a Markdown value.
    fn markdown(&mut self, value: Option<&YamlNode>) {
        if let Some(value) = value {
            let tree = embedded_markdown::parse(self.source, value, self.context);
            self.nodes.extend(tree.nodes);
        }
    }

    /// Adds a heading. With `own_id` it has this id, and the one that its words give as well.
    fn heading(&mut self, level: u8, value: &YamlNode, own_id: Option<String>) {
        let words = self.inlines(value);
        let text = plain_text(&words, self.source, " ");
        let by_words = slug(text.trim());
        let mut alias = None;
        let id = match own_id {
            Some(own) => {
                // Both forms are in links: Learn's own, and that of every other page.
                let id = self.context.ids.take(own.clone());
                if own != by_words {
                    alias = Some(self.context.ids.take(by_words));
                }
                self.questions.push(id.as_str().into());
                id
            }
            None => self.context.ids.take(by_words),
        };
        let heading = self.nodes.len();
        self.open(NodeKind::Heading(level, 0), value.span);
        if let Some(alias) = alias {
            self.alias(&alias, value.span);
        }
        self.nodes.extend(words);
        self.close(heading);
        // Only now: anchors within the words come before that of the heading.
        self.nodes[heading].kind = NodeKind::Heading(level, self.context.anchors.len() as u32);
        self.context.anchors.push(Anchor {
            id: id.into(),
            span: value.span,
            heading: Some(HeadingText {
                level,
                text: text.trim().into(),
            }),
        });
    }

    /// Adds an element with another id of the heading that follows: both are used in links.
    fn alias(&mut self, id: &str, heading: Span) {
        let span = Span::at(heading.start as usize);
        self.context.anchors.push(Anchor {
            id: id.into(),
            span,
            heading: None,
        });
        // A slug has no sign that HTML would read as anything else.
        let with = HtmlReplacement::Text(format!("<a id=\"{id}\"></a>").into());
        self.nodes.push(Node {
            kind: NodeKind::Html(Box::new([HtmlEdit { span, with }])),
            span,
            len: 0,
        });
    }

    /// The words of a value that is one paragraph, as nodes within a line.
    fn inlines(&mut self, value: &YamlNode) -> Vec<Node> {
        let mut nodes = embedded_markdown::parse(self.source, value, self.context).nodes;
        let is_paragraph = nodes.first().is_some_and(|first| {
            first.kind == NodeKind::Paragraph && first.len as usize + 1 == nodes.len()
        });
        if is_paragraph {
            nodes.remove(0);
            return nodes;
        }
        // A list or code can't be in a heading, so it is shown as it was typed.
        let text = value.text().unwrap_or_default().trim();
        vec![Node {
            kind: NodeKind::Text(Some(text.into())),
            span: value.span,
            len: 0,
        }]
    }

    fn open(&mut self, kind: NodeKind, span: Span) -> usize {
        self.nodes.push(Node { kind, span, len: 0 });
        self.nodes.len() - 1
    }

    fn close(&mut self, at: usize) {
        self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
    }
}

/// The id that Microsoft Learn gives a question: small letters and digits, `-` for every other sign, also for the last one.
fn learn_id(question: &str) -> String {
    let mut id = String::new();
    for sign in question.chars() {
        match sign {
            _ if sign.is_alphanumeric() => id.extend(sign.to_lowercase()),
            _ => id.push('-'),
        }
    }
    id
}
