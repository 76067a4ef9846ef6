//! A drawn table -> nodes. Each cell is read as a text of its own: its lines are put below each other, every byte in its place, so that
//! spans only have to be moved by where the table begins.

use crate::source::Span;
use crate::syntax::directive::Grid;
use crate::syntax::tree::{Node, NodeKind, Tree};

use super::Shared;

/// Puts the table drawn at `span` of `source` among `nodes`.
pub(super) fn put(
    nodes: &mut Vec<Node>,
    source: &str,
    span: Span,
    grid: &Grid,
    shared: &mut Shared,
) {
    let columns = grid
        .columns
        .iter()
        .map(|column| (column.align, column.width))
        .collect();
    let table = nodes.len();
    nodes.push(Node {
        kind: NodeKind::GridTable(columns),
        span,
        len: 0,
    });
    for row in &grid.rows {
        let at = nodes.len();
        nodes.push(Node {
            kind: if row.head {
                NodeKind::TableHead
            } else {
                NodeKind::TableRow
            },
            span,
            len: 0,
        });
        for cell in &row.cells {
            let (Some(first), Some(last)) = (cell.lines.first(), cell.lines.last()) else {
                continue;
            };
            let whole = Span::new(first.start, last.end);
            let tree = read(source, whole, &cell.lines, shared);
            nodes.push(Node {
                kind: NodeKind::GridCell(cell.columns, cell.rows),
                span: whole,
                len: tree.nodes.len() as u32,
            });
            nodes.extend(tree.nodes);
        }
        nodes[at].len = (nodes.len() - at - 1) as u32;
    }
    nodes[table].len = (nodes.len() - table - 1) as u32;
}

fn read(source: &str, whole: Span, lines: &[std::ops::Range<usize>], shared: &mut Shared) -> Tree {
    let start = whole.start as usize;
    let mut bytes = vec![b' '; whole.end as usize - start];
    for (number, line) in lines.iter().enumerate() {
        bytes[line.start - start..line.end - start]
            .copy_from_slice(&source.as_bytes()[line.clone()]);
        if number > 0 {
            bytes[line.start - start - 1] = b'\n';
        }
        // One space between the bar and the words is for the eye.
        if bytes.get(line.start - start) == Some(&b' ') && number > 0 {
            bytes.swap(line.start - start - 1, line.start - start);
        }
    }
    // Whole lines of a text are text.
    let Ok(text) = String::from_utf8(bytes) else {
        return Tree::default();
    };
    let (refs, anchors, problems) = (
        shared.refs.len(),
        shared.anchors.len(),
        shared.problems.len(),
    );
    let mut tree = super::read(
        &text,
        text.len() - text.trim_start_matches(' ').len(),
        shared,
    );
    for node in &mut tree.nodes {
        // Spaces up to the next line of the cell break no line.
        if node.kind == NodeKind::HardBreak && !text[node.span.start as usize..].starts_with('\\') {
            node.kind = NodeKind::SoftBreak;
        }
        moved(&mut node.span, whole.start);
        if let NodeKind::Html(edits) = &mut node.kind {
            edits
                .iter_mut()
                .for_each(|edit| moved(&mut edit.span, whole.start));
        }
    }
    for reference in &mut shared.refs[refs..] {
        moved(&mut reference.span, whole.start);
        moved(&mut reference.target_span, whole.start);
    }
    shared.anchors[anchors..]
        .iter_mut()
        .for_each(|anchor| moved(&mut anchor.span, whole.start));
    shared.problems[problems..]
        .iter_mut()
        .for_each(|slip| moved(&mut slip.span, whole.start));
    // A single paragraph is just words.
    if tree.nodes.first().is_some_and(|first| {
        first.kind == NodeKind::Paragraph && first.len as usize + 1 == tree.nodes.len()
    }) {
        tree.nodes.remove(0);
    }
    tree
}

fn moved(span: &mut Span, by: u32) {
    span.start += by;
    span.end += by;
}
