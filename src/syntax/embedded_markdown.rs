//! Markdown in a YAML value -> a tree whose spans count bytes of the YAML file.

use crate::source::Span;
use crate::source::yaml::{ScalarStyle, YamlNode, YamlValue};

use super::markdown::{self, DocumentContext};
use super::tree::{HtmlEdit, HtmlReplacement, Node, NodeKind, Tree};

/// Parses the Markdown in `value`, a scalar of the file `source`.
pub(super) fn parse(source: &str, value: &YamlNode, context: &mut DocumentContext) -> Tree {
    let YamlValue::Scalar(scalar) = &value.value else {
        return Tree::default();
    };
    if value.is_null() {
        return Tree::default();
    }
    let mark = context.mark();
    let mut tree = markdown::parse(&scalar.text, 0, context);
    let map = ScalarMap::new(source, value.span, &scalar.text, scalar.style);
    for node in &mut tree.nodes {
        map.move_node(node, &scalar.text);
    }
    context.map_spans_from(mark, |span| map.span(span));
    tree
}

/// Where each line of a scalar's text begins in its file.
struct ScalarMap {
    /// A byte of the text, and the byte of the file. Empty if the text isn't literally in the file: escapes and folded lines have no bytes
    /// of their own.
    lines: Vec<(usize, usize)>,
    /// The whole scalar, which has to do for all spans then.
    whole: Span,
}

impl ScalarMap {
    fn new(source: &str, whole: Span, text: &str, style: ScalarStyle) -> ScalarMap {
        let typed = whole.of(source);
        let start = whole.start as usize;
        let lines = if style == ScalarStyle::Literal {
            block_lines(typed, text, start).unwrap_or_default()
        } else {
            // A plain or quoted scalar without escapes is in the file as it is.
            match typed.find(text) {
                Some(at) if !text.is_empty() => vec![(0, start + at)],
                _ => Vec::new(),
            }
        };
        ScalarMap { lines, whole }
    }

    fn byte(&self, at: usize) -> usize {
        let after = self.lines.partition_point(|(start, _)| *start <= at);
        match self.lines.get(after.saturating_sub(1)) {
            Some((start, source)) => source + at.saturating_sub(*start),
            None => self.whole.start as usize,
        }
    }

    fn span(&self, span: Span) -> Span {
        if self.lines.is_empty() {
            return self.whole;
        }
        let start = self.byte(span.start as usize);
        // The end of a span may be the start of the next line, whose indentation is not in it.
        let end = if span.is_empty() {
            start
        } else {
            self.byte(span.end as usize - 1) + 1
        };
        Span::new(start, end.min(self.whole.end as usize))
    }

    fn move_node(&self, node: &mut Node, text: &str) {
        let span = self.span(node.span);
        // A node over several lines has their indentation in its span.
        let is_literal = span.len() == node.span.len() && !self.lines.is_empty();
        match &mut node.kind {
            NodeKind::Math if !is_literal => {
                node.kind = NodeKind::Text(Some(node.span.of(text).into()))
            }
            NodeKind::Text(words @ None) if !is_literal => {
                *words = Some(node.span.of(text).into());
            }
            NodeKind::Html(edits) if is_literal => {
                for edit in edits {
                    edit.span = self.span(edit.span);
                }
            }
            // Raw HTML whose bytes are not in the file is rendered as it was read.
            NodeKind::Html(edits) => {
                let with = HtmlReplacement::Text(node.span.of(text).into());
                *edits = Box::new([HtmlEdit { span, with }]);
            }
            _ => {}
        }
        node.span = span;
    }
}

/// The lines of a `|` block, whose span begins with its first line that is not blank. Nothing if they differ from the text in more than
/// their indentation.
fn block_lines(typed: &str, text: &str, start: usize) -> Option<Vec<(usize, usize)>> {
    let mut at = 0;
    let mut text_at = text.len() - text.trim_start_matches('\n').len();
    let mut lines = Vec::new();
    let pairs = text[text_at..]
        .split_inclusive('\n')
        .zip(typed.split_inclusive('\n'));
    for (line, typed_line) in pairs {
        let content = typed_line.trim_end_matches(['\r', '\n']);
        let indent = content.strip_suffix(line.trim_end_matches('\n'))?.len();
        lines.push((text_at, start + at + indent));
        text_at += line.len();
        at += typed_line.len();
    }
    Some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::yaml;

    /// The texts that the spans of links cover in the YAML file.
    fn links(source: &str) -> Vec<String> {
        let root = yaml::parse(source, 0).0.unwrap();
        let mut context = DocumentContext::default();
        parse(source, root.get("content").unwrap(), &mut context);
        let mut links = Vec::new();
        for reference in &context.refs {
            links.push(reference.target_span.of(source).to_owned());
        }
        links
    }

    #[test]
    fn spans_count_bytes_of_the_yaml_file() {
        assert_eq!(links("content: '[a](b.md)'\n"), ["b.md"]);
        assert_eq!(
            links("content: |\n  x\n\n  [a](b.md) and [c](d.md)\n"),
            ["b.md", "d.md"]
        );
        // What is folded has no bytes of its own.
        let folded = ">\n  [a](b.md)\n  c\n";
        assert_eq!(links(&format!("content: {folded}")).len(), 1);
    }
}
