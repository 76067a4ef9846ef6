//! Markdown that stands in a YAML value -> a tree whose spans count bytes of the YAML file.

use crate::source::Span;
use crate::source::yaml::{ScalarStyle, YamlNode, YamlValue};

use super::markdown::{self, Shared};
use super::tree::{HtmlReplacement, Node, NodeKind, Tree};

/// Reads the Markdown in `value`, a scalar of the file `source`.
pub(super) fn read(source: &str, value: &YamlNode, shared: &mut Shared) -> Tree {
    let YamlValue::Scalar(scalar) = &value.value else {
        return Tree::default();
    };
    if value.is_null() {
        return Tree::default();
    }
    let (first_ref, first_anchor, first_slip) = (
        shared.refs.len(),
        shared.anchors.len(),
        shared.problems.len(),
    );
    let mut tree = markdown::read(&scalar.text, 0, shared);
    let lines = Lines::new(source, value.span, &scalar.text, scalar.style);
    for node in &mut tree.nodes {
        lines.move_node(node, &scalar.text);
    }
    for reference in &mut shared.refs[first_ref..] {
        reference.span = lines.moved(reference.span);
        reference.target_span = lines.moved(reference.target_span);
    }
    for anchor in &mut shared.anchors[first_anchor..] {
        anchor.span = lines.moved(anchor.span);
    }
    for slip in &mut shared.problems[first_slip..] {
        slip.span = lines.moved(slip.span);
    }
    tree
}

/// Where each line of a scalar's text begins in its file.
struct Lines {
    starts: Vec<(usize, usize)>,
    whole: Span,
    literal: bool,
}

impl Lines {
    fn new(source: &str, whole: Span, text: &str, style: ScalarStyle) -> Lines {
        let typed = whole.of(source);
        let starts = match (style, typed.find(text)) {
            (ScalarStyle::Literal, _) => Self::of_block(typed, text, whole.start as usize),
            (_, Some(at)) if !text.is_empty() => Some(vec![(0, whole.start as usize + at)]),
            _ => None,
        };
        Lines {
            literal: starts.is_some(),
            starts: starts.unwrap_or_default(),
            whole,
        }
    }

    /// The span of a block begins with its first line that is not blank. Nothing if the lines cannot be told apart.
    fn of_block(typed: &str, text: &str, start: usize) -> Option<Vec<(usize, usize)>> {
        let (mut at, mut text_at) = (0, text.len() - text.trim_start_matches('\n').len());
        let mut starts = Vec::new();
        for (line, typed_line) in text[text_at..]
            .split_inclusive('\n')
            .zip(typed.split_inclusive('\n'))
        {
            let indent = typed_line
                .trim_end_matches(['\r', '\n'])
                .strip_suffix(line.trim_end_matches('\n'))?
                .len();
            starts.push((text_at, start + at + indent));
            text_at += line.len();
            at += typed_line.len();
        }
        Some(starts)
    }

    fn byte(&self, at: usize) -> usize {
        let line = self
            .starts
            .partition_point(|(start, _)| *start <= at)
            .max(1)
            - 1;
        self.starts
            .get(line)
            .map_or(self.whole.start as usize, |(start, source)| {
                source + at.saturating_sub(*start)
            })
    }

    fn moved(&self, span: Span) -> Span {
        if !self.literal || self.starts.is_empty() {
            return self.whole;
        }
        let end = if span.is_empty() {
            self.byte(span.start as usize)
        } else {
            self.byte(span.end as usize - 1) + 1
        };
        Span::new(
            self.byte(span.start as usize),
            end.min(self.whole.end as usize),
        )
    }

    fn move_node(&self, node: &mut Node, text: &str) {
        let span = self.moved(node.span);
        let same_bytes = span.len() == node.span.len() && self.literal;
        match &mut node.kind {
            NodeKind::Math if !same_bytes => {
                node.kind = NodeKind::Text(Some(node.span.of(text).into()))
            }
            NodeKind::Text(words @ None) if !same_bytes => *words = Some(node.span.of(text).into()),
            NodeKind::Html(edits) if same_bytes => {
                for edit in edits {
                    edit.span = self.moved(edit.span);
                }
            }
            // Raw HTML that cannot be pointed at is written out as it is read.
            NodeKind::Html(edits) => {
                let whole = HtmlReplacement::Text(node.span.of(text).into());
                *edits = Box::new([super::tree::HtmlEdit { span, with: whole }]);
            }
            _ => {}
        }
        node.span = span;
    }
}
