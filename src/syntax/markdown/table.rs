//! A paragraph with `|` in it -> a table, by Markdig's rules (DocFX spec 2.3): the line below the head has nothing but `-`, `:` and `|`;
//! there are as many columns as in the longest row; a `|` in code, in a link or in raw HTML separates nothing.

use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::tree::{ColumnAlignment, Node, NodeKind};

/// Replaces the paragraph at `at`, the last subtree of `nodes`, by a table, if it is one, and a paragraph of the lines before.
pub(super) fn divide_paragraph(nodes: &mut Vec<Node>, at: usize, source: &str, dialect: Dialect) {
    let content = nodes.split_off(at + 1);
    let Some((before, table)) = (TableReader { source, dialect }).divide(&content) else {
        nodes.extend(content);
        return;
    };
    match before.last() {
        Some(last) => {
            nodes[at].len = before.len() as u32;
            nodes[at].span.end = last.span.end;
            nodes.extend(before);
        }
        None => {
            nodes.pop();
        }
    }
    nodes.extend(table);
}

/// Finds tables in the item at `at`, the last subtree of `nodes`: the text of a tight list is in no paragraph.
pub(super) fn divide_item(nodes: &mut Vec<Node>, at: usize, source: &str, dialect: Dialect) {
    let children = nodes.split_off(at + 1);
    let reader = TableReader { source, dialect };
    let mut next = 0;
    while next < children.len() {
        // A run of inlines is what would be a paragraph in a loose list.
        let mut end = next;
        while end < children.len() && children[end].kind.is_inline() {
            end += 1 + children[end].len as usize;
        }
        if end == next {
            end = next + 1 + children[next].len as usize;
            nodes.extend_from_slice(&children[next..end]);
        } else {
            match reader.divide(&children[next..end]) {
                Some((before, table)) => {
                    nodes.extend(before);
                    nodes.extend(table);
                }
                None => nodes.extend_from_slice(&children[next..end]),
            }
        }
        next = end;
    }
    nodes[at].len = (nodes.len() - at - 1) as u32;
}

/// One line of the paragraph.
#[derive(Default)]
struct Row {
    cells: Vec<Vec<Node>>,
    /// The line break before it.
    break_before: Option<Node>,
    span: Option<Span>,
}

impl Row {
    fn after(line_break: Option<Node>) -> Row {
        Row {
            break_before: line_break,
            ..Row::default()
        }
    }

    fn has_pipe(&self) -> bool {
        self.cells.len() > 1
    }

    fn extend(&mut self, span: Span) {
        self.span = Some(match self.span {
            Some(known) => Span {
                start: known.start.min(span.start),
                end: known.end.max(span.end),
            },
            None => span,
        });
    }

    /// Adds nodes to the last cell.
    fn push(&mut self, nodes: &[Node]) {
        if self.cells.is_empty() {
            self.cells.push(Vec::new());
        }
        if let (Some(cell), Some(first)) = (self.cells.last_mut(), nodes.first()) {
            cell.extend_from_slice(nodes);
            self.extend(first.span);
        }
    }

    /// Adds text as typed to the last cell.
    fn push_text(&mut self, start: usize, end: usize) {
        self.push(&[Node {
            kind: NodeKind::Text(None),
            span: Span::new(start, end),
            len: 0,
        }]);
    }

    /// Adds the cells of a line that was read apart, the first of them to the last cell here.
    fn append(&mut self, other: Row) {
        for (number, cell) in other.cells.iter().enumerate() {
            if number > 0 {
                self.cells.push(Vec::new());
            }
            self.push(cell);
        }
        if let Some(span) = other.span {
            self.extend(span);
        }
    }
}

/// The nodes before a table, and those of the table.
type Divided = (Vec<Node>, Vec<Node>);

#[derive(Clone, Copy)]
struct TableReader<'s> {
    source: &'s str,
    dialect: Dialect,
}

impl TableReader<'_> {
    /// The table in `content`, the inlines of a paragraph, and what is before it; nothing if there is no table.
    fn divide(self, content: &[Node]) -> Option<Divided> {
        let start = content.first()?.span.start;
        let end = content.iter().map(|node| node.span.end).max()?;
        let whole = Span { start, end };
        // Many paragraphs have a `|` and a `-`, but few have a line of dashes: that is seen without taking them apart.
        let mut lines = whole.of(self.source).lines();
        if !lines.any(|line| delimiters(line).is_some()) {
            return None;
        }
        let mut rows = self.rows(content);
        let line = self.delimiter_row(&rows)?;
        let aligns = self.delimiters_of(&rows[line])?;
        let body = rows.split_off(line + 1);
        rows.truncate(line);
        let head = rows.pop()?;
        let mut before = Vec::new();
        for row in rows {
            before.extend(row.break_before);
            let Some(span) = row.span else {
                continue;
            };
            for node in content {
                if span.contains(node.span) && !is_break(&node.kind) {
                    before.push(node.clone());
                }
            }
        }
        let start = head.span.map_or(whole.start, |span| span.start);
        let span = Span { start, ..whole };
        let mut rows = vec![head];
        rows.extend(body);
        Some((before, self.table(rows, &aligns, span)))
    }

    /// The first line of dashes below a line with a `|`.
    fn delimiter_row(self, rows: &[Row]) -> Option<usize> {
        (1..rows.len())
            .find(|line| rows[line - 1].has_pipe() && self.delimiters_of(&rows[*line]).is_some())
    }

    fn delimiters_of(self, row: &Row) -> Option<Vec<ColumnAlignment>> {
        delimiters(row.span?.of(self.source))
    }

    /// The lines of a paragraph, divided at each `|` in its text.
    fn rows(self, content: &[Node]) -> Vec<Row> {
        let mut rows = Vec::new();
        let mut row = Row::default();
        let mut at = 0;
        while let Some(node) = content.get(at) {
            let end = at + 1 + node.len as usize;
            let inside = &content[at + 1..end];
            if is_break(&node.kind) {
                rows.push(std::mem::replace(&mut row, Row::after(Some(node.clone()))));
            } else if node.kind == NodeKind::Text(None) {
                self.split(node, &mut row);
            } else if let Some(len) = sign_len(&node.kind)
                && self.reaches_beyond_cell(inside)
            {
                // Markdig reads tables before emphasis: emphasis that reaches beyond a cell is none, and its signs are text.
                let (open, close) = (node.span.start as usize, node.span.end as usize);
                row.push_text(open, open + len);
                for (number, inner) in self.rows(inside).into_iter().enumerate() {
                    if number > 0 {
                        let next = Row::after(inner.break_before.clone());
                        rows.push(std::mem::replace(&mut row, next));
                    }
                    row.append(inner);
                }
                row.push_text(close - len, close);
            } else {
                row.push(&content[at..end]);
            }
            at = end;
        }
        rows.push(row);
        rows
    }

    fn reaches_beyond_cell(self, inside: &[Node]) -> bool {
        let mut at = 0;
        while let Some(node) = inside.get(at) {
            let is_border = node.kind == NodeKind::Text(None) && self.has_pipe(node.span);
            if is_break(&node.kind) || is_border {
                return true;
            }
            at += 1;
            // A `|` in code or in a link separates nothing.
            if matches!(
                node.kind,
                NodeKind::Code | NodeKind::Link(..) | NodeKind::Image(..)
            ) {
                at += node.len as usize;
            }
        }
        false
    }

    fn has_pipe(self, span: Span) -> bool {
        !self.pipes(span).is_empty()
    }

    /// The `|` in a stretch of text that are not escaped.
    fn pipes(self, span: Span) -> Vec<usize> {
        let mut pipes = Vec::new();
        for (offset, _) in span.of(self.source).match_indices('|') {
            let at = span.start as usize + offset;
            let before = self.source.as_bytes()[..at].iter().rev();
            let backslashes = before.take_while(|byte| **byte == b'\\').count();
            if backslashes % 2 == 0 {
                pipes.push(at);
            }
        }
        pipes
    }

    fn split(self, node: &Node, row: &mut Row) {
        let mut start = node.span.start as usize;
        for at in self.pipes(node.span) {
            row.push_text(start, at);
            row.cells.push(Vec::new());
            row.extend(Span::new(at, at + 1));
            start = at + 1;
        }
        row.push_text(start, node.span.end as usize);
    }

    /// The cells of a row without white space around them; a `|` at either end makes no cell.
    fn cells(self, row: Row) -> Vec<Vec<Node>> {
        let mut cells = Vec::with_capacity(row.cells.len());
        for cell in row.cells {
            cells.push(self.trimmed(cell));
        }
        if cells.len() > 1 && cells[0].is_empty() {
            cells.remove(0);
        }
        // A cell for each `|` but the last: an empty one in the middle stays.
        if cells.len() > 1 {
            cells.pop_if(|last| last.is_empty());
        }
        cells
    }

    fn trimmed(self, mut cell: Vec<Node>) -> Vec<Node> {
        while let Some(first) = cell.first_mut()
            && first.kind == NodeKind::Text(None)
        {
            let text = first.span.of(self.source);
            first.span.start += (text.len() - text.trim_start().len()) as u32;
            if !first.span.is_empty() {
                break;
            }
            cell.remove(0);
        }
        // The last node may be inside another, as the text of a link is.
        while let Some(top) = last_top(&cell) {
            let last = &mut cell[top];
            if last.kind != NodeKind::Text(None) {
                break;
            }
            let len = last.span.of(self.source).trim_end().len();
            last.span.end = last.span.start + len as u32;
            if !last.span.is_empty() {
                break;
            }
            cell.truncate(top);
        }
        cell
    }

    /// Replaces `\|` by `|` in the code of a cell: no other way to write it works in all editors (GFM, example 200).
    fn unescape_code_pipes(self, cell: &mut [Node]) {
        let mut code_end = 0;
        for (at, node) in cell.iter_mut().enumerate() {
            match &node.kind {
                NodeKind::Code => code_end = at + 1 + node.len as usize,
                NodeKind::Text(words) if at < code_end => {
                    let typed = words.as_deref().unwrap_or(node.span.of(self.source));
                    if typed.contains("\\|") {
                        node.kind = NodeKind::Text(Some(typed.replace("\\|", "|").into()));
                    }
                }
                _ => {}
            }
        }
    }

    /// The nodes of a table whose first row is its head.
    fn table(self, rows: Vec<Row>, aligns: &[ColumnAlignment], span: Span) -> Vec<Node> {
        let mut spans = Vec::with_capacity(rows.len());
        let mut cells = Vec::with_capacity(rows.len());
        for row in rows {
            spans.push(row.span.unwrap_or(span));
            cells.push(self.cells(row));
        }
        if self.dialect.has(Feature::CodePipes) {
            for cell in cells.iter_mut().flatten() {
                self.unescape_code_pipes(cell);
            }
        }
        let widest = cells.iter().map(Vec::len).max().unwrap_or(0);
        // Markdig's default is the longest row; GitHub's way is the head.
        let columns = match cells.first() {
            Some(head) if self.dialect.has(Feature::HeaderColumns) => head.len(),
            _ => widest,
        };
        let mut columns_aligned = aligns.to_vec();
        columns_aligned.resize(columns, ColumnAlignment::None);
        let mut nodes = vec![Node {
            kind: NodeKind::Table(columns_aligned.into()),
            span,
            len: 0,
        }];
        for (number, mut row) in cells.into_iter().enumerate() {
            row.resize(columns, Vec::new());
            let kind = match number {
                0 => NodeKind::TableHead,
                _ => NodeKind::TableRow,
            };
            push_row(&mut nodes, kind, spans[number], row);
        }
        nodes[0].len = (nodes.len() - 1) as u32;
        nodes
    }
}

fn push_row(nodes: &mut Vec<Node>, kind: NodeKind, span: Span, cells: Vec<Vec<Node>>) {
    let at = nodes.len();
    nodes.push(Node { kind, span, len: 0 });
    for cell in cells {
        // A cell that was added to fill the row is at its end.
        let start = cell.first().map_or(span.end, |node| node.span.start);
        let end = cell.iter().map(|node| node.span.end).max().unwrap_or(start);
        nodes.push(Node {
            kind: NodeKind::TableCell,
            span: Span { start, end },
            len: cell.len() as u32,
        });
        nodes.extend(cell);
    }
    nodes[at].len = (nodes.len() - at - 1) as u32;
}

fn is_break(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::SoftBreak | NodeKind::HardBreak)
}

/// `:-- | --: | :-:`; a line without `|` is none, as it makes a heading of the line above.
fn delimiters(line: &str) -> Option<Vec<ColumnAlignment>> {
    let line = line.trim_matches([' ', '\t', '>']).trim();
    if !line.contains('|') || !line.contains('-') {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let mut columns = Vec::new();
    for cell in inner.split('|') {
        // A column may have no dashes, if another one has.
        columns.push(match cell.trim() {
            "" => ColumnAlignment::None,
            dashes => ColumnAlignment::of_delimiter(dashes)?,
        });
    }
    Some(columns)
}

/// The length of the signs around emphasis.
fn sign_len(kind: &NodeKind) -> Option<usize> {
    match kind {
        NodeKind::Emphasis | NodeKind::Subscript | NodeKind::Superscript => Some(1),
        NodeKind::Strong | NodeKind::Strikethrough => Some(2),
        _ => None,
    }
}

/// The last of the outermost nodes of a cell.
fn last_top(cell: &[Node]) -> Option<usize> {
    let (mut at, mut last) = (0, None);
    while let Some(node) = cell.get(at) {
        last = Some(at);
        at += 1 + node.len as usize;
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiter_rows_say_how_columns_are_aligned() {
        let [left, center, right, none] = [
            ColumnAlignment::Left,
            ColumnAlignment::Center,
            ColumnAlignment::Right,
            ColumnAlignment::None,
        ];
        assert_eq!(
            delimiters("> | :-- | :-: | --: | - |"),
            Some(vec![left, center, right, none])
        );
        assert_eq!(delimiters("|---||---|"), Some(vec![none; 3]));
        for line in ["---", "| a |", "|:|", "| -a- |"] {
            assert_eq!(delimiters(line), None, "{line}");
        }
    }
}
