//! A drawn table -> nodes. Each cell is parsed as a text of its own: its lines are put below each other, every byte in its place, so that
//! spans only have to be moved by where the cell begins.

use std::ops::Range;

use crate::source::Span;
use crate::syntax::directive::Grid;
use crate::syntax::tree::{Node, NodeKind};

use super::builder::Builder;

impl Builder<'_> {
    /// Adds the table drawn at `span`.
    pub(super) fn grid_table(&mut self, span: Span, grid: &Grid) {
        let mut columns = Vec::new();
        for column in &grid.columns {
            columns.push((column.align, column.width));
        }
        let table = self.nodes.len();
        self.push(NodeKind::GridTable(columns.into()), span);
        for row in &grid.rows {
            let at = self.nodes.len();
            let kind = if row.head {
                NodeKind::TableHead
            } else {
                NodeKind::TableRow
            };
            self.push(kind, span);
            for cell in &row.cells {
                let kind = NodeKind::GridCell(cell.columns, cell.rows);
                self.grid_cell(kind, &cell.lines);
            }
            self.nodes[at].len = (self.nodes.len() - at - 1) as u32;
        }
        self.nodes[table].len = (self.nodes.len() - table - 1) as u32;
    }

    fn grid_cell(&mut self, kind: NodeKind, lines: &[Range<usize>]) {
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            return;
        };
        let whole = Span::new(first.start, last.end);
        let nodes = self.cell_nodes(whole, lines);
        self.nodes.push(Node {
            kind,
            span: whole,
            len: nodes.len() as u32,
        });
        self.nodes.extend(nodes);
    }

    fn cell_nodes(&mut self, whole: Span, lines: &[Range<usize>]) -> Vec<Node> {
        // Whole characters were cut out, so they are text.
        let Ok(text) = String::from_utf8(cell_text(self.source, whole, lines)) else {
            return Vec::new();
        };
        let indent = text.len() - text.trim_start_matches(' ').len();
        // References and anchors of the cell get its spans moved with those of its nodes.
        let mark = self.context.mark();
        let mut nodes = (self.input.parse)(&text, indent, self.context).nodes;
        self.context
            .map_spans_from(mark, |span| moved(span, whole.start));
        for node in &mut nodes {
            // Spaces up to the next line of the cell break no line.
            let is_typed = text[node.span.start as usize..].starts_with('\\');
            if node.kind == NodeKind::HardBreak && !is_typed {
                node.kind = NodeKind::SoftBreak;
            }
            node.span = moved(node.span, whole.start);
            if let NodeKind::Html(edits) = &mut node.kind {
                for edit in edits {
                    edit.span = moved(edit.span, whole.start);
                }
            }
        }
        // A cell with a single paragraph has its text without one, as in Markdig.
        if let Some(first) = nodes.first()
            && first.kind == NodeKind::Paragraph
            && first.len as usize + 1 == nodes.len()
        {
            nodes.remove(0);
        }
        nodes
    }
}

/// The bytes `whole` of `source` with spaces for everything but the `lines` of one cell.
fn cell_text(source: &str, whole: Span, lines: &[Range<usize>]) -> Vec<u8> {
    let start = whole.start as usize;
    let mut bytes = vec![b' '; whole.len()];
    for (number, line) in lines.iter().enumerate() {
        let at = line.start - start;
        bytes[at..line.end - start].copy_from_slice(&source.as_bytes()[line.clone()]);
        if number > 0 {
            bytes[at - 1] = b'\n';
            // One space between the bar and the text is for the eye.
            if bytes.get(at) == Some(&b' ') {
                bytes.swap(at - 1, at);
            }
        }
    }
    bytes
}

fn moved(span: Span, by: u32) -> Span {
    Span {
        start: span.start + by,
        end: span.end + by,
    }
}
