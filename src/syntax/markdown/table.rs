//! A paragraph with `|` in it -> a table, by Markdig's rules (DocFX spec 2.3): the line below the head has nothing but `-`, `:` and `|`;
//! there are as many columns as in the longest row; a `|` in code, in a link or in raw HTML separates nothing.

use crate::source::Span;
use crate::syntax::dialect::{Dialect, Feature};
use crate::syntax::tree::{ColumnAlignment, Node, NodeKind};

/// Replaces the paragraph at `at`, the last subtree of `nodes`, by a table, if it is one, and a paragraph of the lines before.
pub(super) fn divide_paragraph(nodes: &mut Vec<Node>, at: usize, source: &str, dialect: Dialect) {
    let words = nodes.split_off(at + 1);
    match divide(words, source, dialect) {
        Ok((before, table)) => {
            if before.is_empty() {
                nodes.pop();
            } else {
                nodes[at].len = before.len() as u32;
                nodes[at].span.end = before
                    .last()
                    .map_or(nodes[at].span.end, |last| last.span.end);
                nodes.extend(before);
            }
            nodes.extend(table);
        }
        Err(words) => nodes.extend(words),
    }
}

/// Finds tables in the item at `at`, the last subtree of `nodes`: the words of a tight list stand in no paragraph.
pub(super) fn divide_item(nodes: &mut Vec<Node>, at: usize, source: &str, dialect: Dialect) {
    let children = nodes.split_off(at + 1);
    let mut next = 0;
    while next < children.len() {
        let mut end = next;
        while children
            .get(end)
            .is_some_and(|child| child.kind.is_inline())
        {
            end += 1 + children[end].len as usize;
        }
        if end == next {
            end = next + 1 + children[next].len as usize;
            nodes.extend_from_slice(&children[next..end]);
        } else {
            match divide(children[next..end].to_vec(), source, dialect) {
                Ok((before, table)) => {
                    nodes.extend(before);
                    nodes.extend(table);
                }
                Err(words) => nodes.extend(words),
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
    fn has_pipe(&self) -> bool {
        self.cells.len() > 1
    }

    fn extend(&mut self, span: Span) {
        self.span = Some(self.span.map_or(span, |known| Span {
            start: known.start.min(span.start),
            end: known.end.max(span.end),
        }));
    }

    fn push(&mut self, nodes: &[Node]) {
        if self.cells.is_empty() {
            self.cells.push(Vec::new());
        }
        if let (Some(cell), Some(first)) = (self.cells.last_mut(), nodes.first()) {
            cell.extend_from_slice(nodes);
            self.extend(first.span);
        }
    }
}

type Divided = (Vec<Node>, Vec<Node>);

fn divide(words: Vec<Node>, source: &str, dialect: Dialect) -> Result<Divided, Vec<Node>> {
    // Cheap to tell that it is none: a table has a line of dashes.
    let (Some(first), Some(last)) = (words.first(), words.iter().map(|node| node.span.end).max())
    else {
        return Err(words);
    };
    let whole = Span {
        start: first.span.start,
        end: last,
    };
    if !whole
        .of(source)
        .lines()
        .any(|line| delimiters(line).is_some())
    {
        return Err(words);
    }
    let mut rows = rows(&words, source);
    let Some(line) = (1..rows.len()).find(|&line| {
        let is_delimiter = rows[line]
            .span
            .and_then(|span| delimiters(span.of(source)))
            .is_some();
        is_delimiter && rows[line - 1].has_pipe()
    }) else {
        return Err(words);
    };
    let aligns = rows[line]
        .span
        .and_then(|span| delimiters(span.of(source)))
        .unwrap_or_default();
    let body = rows.split_off(line + 1);
    rows.truncate(line);
    let Some(head) = rows.pop() else {
        return Err(words);
    };
    let mut before = Vec::new();
    for row in rows {
        before.extend(row.break_before);
        let Some(span) = row.span else { continue };
        before.extend(
            words
                .iter()
                .filter(|node| span.contains(node.span) && !is_break(&node.kind))
                .cloned(),
        );
    }
    let span = Span {
        start: head.span.map_or(whole.start, |span| span.start),
        end: whole.end,
    };
    Ok((before, table(head, body, &aligns, span, source, dialect)))
}

fn is_break(kind: &NodeKind) -> bool {
    matches!(kind, NodeKind::SoftBreak | NodeKind::HardBreak)
}

/// `:-- | --: | :-:`; a line without `|` is none.
fn delimiters(line: &str) -> Option<Vec<ColumnAlignment>> {
    let line = line.trim_matches([' ', '\t', '>']).trim();
    if !line.contains('|') || !line.contains('-') {
        return None;
    }
    let inner = line.strip_prefix('|').unwrap_or(line);
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let align = |cell: &str| {
        let cell = cell.trim();
        let (left, right) = (cell.starts_with(':'), cell.len() > 1 && cell.ends_with(':'));
        let dashes = cell.trim_start_matches(':').trim_end_matches(':');
        let sound = !dashes.is_empty()
            && dashes.bytes().all(|byte| byte == b'-')
            && cell.len() <= dashes.len() + 2;
        sound.then_some(match (left, right) {
            (true, true) => ColumnAlignment::Center,
            (true, false) => ColumnAlignment::Left,
            (false, true) => ColumnAlignment::Right,
            (false, false) => ColumnAlignment::None,
        })
    };
    inner.split('|').map(align).collect()
}

fn rows(words: &[Node], source: &str) -> Vec<Row> {
    let mut rows = vec![Row::default()];
    let mut at = 0;
    while let Some(node) = words.get(at) {
        let end = at + 1 + node.len as usize;
        if is_break(&node.kind) {
            rows.push(Row {
                break_before: Some(node.clone()),
                ..Row::default()
            });
            at = end;
            continue;
        }
        let marks = marks(&node.kind);
        let Some(row) = rows.last_mut() else { break };
        match (&node.kind, marks) {
            (NodeKind::Text(None), _) => split(node, source, row),
            // Emphasis that reaches beyond a cell is none.
            (_, Some(len))
                if words[at + 1..end]
                    .iter()
                    .any(|inner| is_break(&inner.kind) || has_pipe(inner, source)) =>
            {
                let (open, close) = (node.span.start as usize, node.span.end as usize);
                row.push(&[Node {
                    kind: NodeKind::Text(None),
                    span: Span::new(open, open + len),
                    len: 0,
                }]);
                let inner = self::rows(&words[at + 1..end], source);
                for (number, inner) in inner.into_iter().enumerate() {
                    if number > 0 {
                        rows.push(Row {
                            break_before: inner.break_before.clone(),
                            ..Row::default()
                        });
                    }
                    let Some(row) = rows.last_mut() else { break };
                    for (number, cell) in inner.cells.iter().enumerate() {
                        if number > 0 {
                            row.cells.push(Vec::new());
                        }
                        row.push(cell);
                    }
                    inner.span.into_iter().for_each(|span| row.extend(span));
                }
                if let Some(row) = rows.last_mut() {
                    row.push(&[Node {
                        kind: NodeKind::Text(None),
                        span: Span::new(close - len, close),
                        len: 0,
                    }]);
                }
            }
            _ => row.push(&words[at..end]),
        }
        at = end;
    }
    rows
}

/// The length of the signs around emphasis.
fn marks(kind: &NodeKind) -> Option<usize> {
    match kind {
        NodeKind::Emphasis | NodeKind::Subscript | NodeKind::Superscript => Some(1),
        NodeKind::Strong | NodeKind::Strikethrough => Some(2),
        _ => None,
    }
}

fn has_pipe(node: &Node, source: &str) -> bool {
    node.kind == NodeKind::Text(None) && pipes(node.span, source).next().is_some()
}

/// The `|` in a stretch of words that have no `\` before them.
fn pipes(span: Span, source: &str) -> impl Iterator<Item = usize> + '_ {
    let start = span.start as usize;
    let escaped = |at: usize| {
        source.as_bytes()[..at]
            .iter()
            .rev()
            .take_while(|&&byte| byte == b'\\')
            .count()
            % 2
            == 1
    };
    span.of(source)
        .match_indices('|')
        .map(move |(at, _)| start + at)
        .filter(move |&at| !escaped(at))
}

fn split(node: &Node, source: &str, row: &mut Row) {
    let mut start = node.span.start as usize;
    let end = node.span.end as usize;
    for at in pipes(node.span, source) {
        row.push(&[Node {
            kind: NodeKind::Text(None),
            span: Span::new(start, at),
            len: 0,
        }]);
        row.cells.push(Vec::new());
        row.extend(Span::new(at, at + 1));
        start = at + 1;
    }
    row.push(&[Node {
        kind: NodeKind::Text(None),
        span: Span::new(start, end),
        len: 0,
    }]);
}

/// The cells of a row without white space around them; a `|` at either end makes no cell.
fn cells(row: Row, source: &str) -> Vec<Vec<Node>> {
    let mut cells: Vec<Vec<Node>> = row
        .cells
        .into_iter()
        .map(|cell| trimmed(cell, source))
        .collect();
    if cells.len() > 1 && cells.first().is_some_and(Vec::is_empty) {
        cells.remove(0);
    }
    if cells.len() > 1 && cells.last().is_some_and(Vec::is_empty) {
        cells.pop();
    }
    cells
}

fn trimmed(mut cell: Vec<Node>, source: &str) -> Vec<Node> {
    while let Some(first) = cell
        .first_mut()
        .filter(|node| node.kind == NodeKind::Text(None))
    {
        let text = first.span.of(source);
        first.span.start += (text.len() - text.trim_start().len()) as u32;
        if !first.span.is_empty() {
            break;
        }
        cell.remove(0);
    }
    // The last node may be inside another, as the words of a link are.
    while let Some(top) = last_top(&cell) {
        let last = &mut cell[top];
        if last.kind != NodeKind::Text(None) {
            break;
        }
        last.span.end = last.span.start + last.span.of(source).trim_end().len() as u32;
        if !last.span.is_empty() {
            break;
        }
        cell.truncate(top);
    }
    cell
}

fn last_top(cell: &[Node]) -> Option<usize> {
    let (mut at, mut last) = (0, None);
    while let Some(node) = cell.get(at) {
        last = Some(at);
        at += 1 + node.len as usize;
    }
    last
}

fn table(
    head: Row,
    body: Vec<Row>,
    aligns: &[ColumnAlignment],
    span: Span,
    source: &str,
    dialect: Dialect,
) -> Vec<Node> {
    let span_of = |row: &Row| row.span.unwrap_or(span);
    let spans: Vec<Span> = std::iter::once(&head).chain(&body).map(span_of).collect();
    let rows: Vec<Vec<Vec<Node>>> = std::iter::once(head)
        .chain(body)
        .map(|row| cells(row, source))
        .collect();
    let columns = match dialect.has(Feature::HeaderColumns) {
        true => rows.first().map_or(0, Vec::len),
        false => rows.iter().map(Vec::len).max().unwrap_or(0),
    };
    let aligns: Box<[ColumnAlignment]> = (0..columns)
        .map(|column| aligns.get(column).copied().unwrap_or(ColumnAlignment::None))
        .collect();
    let mut nodes = vec![Node {
        kind: NodeKind::Table(aligns),
        span,
        len: 0,
    }];
    for (number, (mut row, span)) in rows.into_iter().zip(spans).enumerate() {
        let at = nodes.len();
        nodes.push(Node {
            kind: if number == 0 {
                NodeKind::TableHead
            } else {
                NodeKind::TableRow
            },
            span,
            len: 0,
        });
        row.resize(columns, Vec::new());
        for cell in row {
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
    nodes[0].len = (nodes.len() - 1) as u32;
    nodes
}
