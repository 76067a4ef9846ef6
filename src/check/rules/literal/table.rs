//! `literal-table`: rows that were meant as a table and are shown as text, and tables with a row that has more cells than their head.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

use super::shown_text::{BlockKind, ShownBlock, ShownText};

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    if !text.text().contains('|') {
        return;
    }
    for block in &text.blocks {
        if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            problems.extend(text_problem(text, block));
        }
    }
    for (at, node) in text.nodes.iter().enumerate() {
        if matches!(node.kind, NodeKind::Table(_)) {
            problems.extend(wide_row(text, at));
        }
    }
}

/// The lines of a block that begin with `|`, with the spans of what is typed in them.
fn rows_of(text: &ShownText<'_>, block: &ShownBlock) -> Vec<Span> {
    let bytes = text.text().as_bytes();
    let mut rows = Vec::new();
    for piece in text.pieces_of(block) {
        let start = piece.span.start as usize;
        if piece.starts_line && bytes[start] == b'|' && !text.is_escaped(start) {
            let end = text.line_end(start);
            let line = text.text()[start..end].trim_end();
            // A line with a bar only at its start can be text.
            if line.len() > 1 && line.ends_with('|') {
                rows.push(Span::new(start, start + line.len()));
            }
        }
    }
    rows
}

fn text_problem(text: &ShownText<'_>, block: &ShownBlock) -> Option<Diagnostic> {
    let rows = rows_of(text, block);
    let first = *rows.first()?;
    let typed = first.of(text.text());
    if is_delimiter_like(typed) && rows.len() > 1 && block.kind == BlockKind::Paragraph {
        let message = "this table is shown as text: an empty line, or no line at all, is above its line of dashes";
        let problem = text.problem(Code::LiteralTable, first, message);
        return Some(problem.help("Write the head of the table in the line directly above."));
    }
    let second = *rows.get(1)?;
    let below = second.of(text.text());
    let cells = cell_count(typed);
    // Bars around words are also a way to write a size or an absolute value.
    if cells < 2 {
        return None;
    }
    let right = format!("|{}", "---|".repeat(cells));
    if is_delimiter_like(below) {
        let message =
            "this table is shown as text: its second line has other signs than `-`, `:` and `|`";
        let problem = text.problem(Code::LiteralTable, second, message);
        let fix = text.fix(
            message!("write `{right}`", right),
            true,
            &[(second, &right)],
        );
        return Some(Diagnostic {
            fix,
            ..problem.help(message!("Write `{right}`.", right))
        });
    }
    let message = "this table is shown as text: the line of dashes below its head is missing";
    let problem = text.problem(Code::LiteralTable, first, message);
    let line = format!(
        "{right}{}",
        line_start(text, second.start as usize, first.end as usize)
    );
    let fix = text.fix(
        message!("add `{right}`", right),
        true,
        &[(Span::at(second.start as usize), &line)],
    );
    Some(Diagnostic {
        fix,
        ..problem.help(message!(
            "Write `{right}` between the first line and the second.",
            right
        ))
    })
}

/// What is between the end of one line and the signs of the next one.
fn line_start<'a>(text: &ShownText<'a>, next: usize, end: usize) -> &'a str {
    text.text()[end..next].trim_start_matches([' ', '\t'])
}

/// True for a line of dashes, or of signs that were meant as dashes.
fn is_delimiter_like(line: &str) -> bool {
    let mut has_dash = false;
    for char in line.chars() {
        match char {
            '-' | '–' | '—' | '=' | '_' | '‐' | '−' | '~' => has_dash = true,
            '|' | ':' | ' ' | '\t' | '+' | '\u{A0}' => {}
            _ => return false,
        }
    }
    has_dash
}

fn cell_count(row: &str) -> usize {
    let inner = row.trim_matches('|');
    let bytes = inner.as_bytes();
    let mut count = 1;
    for (at, byte) in bytes.iter().enumerate() {
        if *byte == b'|' && (at == 0 || bytes[at - 1] != b'\\') {
            count += 1;
        }
    }
    count
}

/// The first row of the table at `at` with more cells than the head.
fn wide_row(text: &ShownText<'_>, at: usize) -> Option<Diagnostic> {
    let mut children = text.tree.children(Some(at));
    let head = children.next()?;
    // The cells of an empty head can't be told from those that were added.
    let expected = typed_cells(text, head).max(delimiter_cells(text, head));
    for row in children {
        let found = typed_cells(text, row);
        if found <= expected {
            continue;
        }
        let span = line_of(text, &text.nodes[row]);
        let message = message!(
            "this row has {found} cells, and the head of the table {expected}",
            found,
            expected
        );
        let problem = text.problem(Code::LiteralTable, span, message);
        return Some(
            problem
                .label(&text.source.path, line_of(text, &text.nodes[head]), "the head")
                .help("Write `\\|` for a `|` that is part of the text, or give the head another cell."),
        );
    }
    None
}

/// How many cells the line of dashes below the head has.
fn delimiter_cells(text: &ShownText<'_>, head: usize) -> usize {
    let end = text.line_end(text.nodes[head].span.end as usize);
    let below = text.text()[end..].trim_start_matches(['\r', '\n']);
    let line = below.lines().next().unwrap_or("");
    cell_count(line.trim_matches(['>', ' ', '\t']))
}

/// How many cells were typed: those that were added to fill the row are empty and at its end.
fn typed_cells(text: &ShownText<'_>, row: usize) -> usize {
    let end = text.nodes[row].span.end;
    let mut count = 0;
    for (number, cell) in text.tree.children(Some(row)).enumerate() {
        let span = text.nodes[cell].span;
        let is_added = span.is_empty() && span.start == end;
        if !is_added {
            count = number + 1;
        }
    }
    count
}

fn line_of(text: &ShownText<'_>, row: &Node) -> Span {
    let start = row.span.start as usize;
    Span::new(
        start,
        text.line_end(start).min(row.span.end as usize).max(start),
    )
}
