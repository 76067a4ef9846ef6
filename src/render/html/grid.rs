//! Grid tables, whose cells can span columns and rows and contain blocks -> `table` elements.

use crate::syntax::tree::{ColumnAlignment, NodeKind};

use super::table::TableCell;
use super::writer::ArticleWriter;

/// The alignment of a column, and how wide it is drawn, in characters.
type GridColumn = (ColumnAlignment, usize);

/// How many rows the last cell of each column still reaches into.
struct RowSpans {
    rows_left: Vec<usize>,
}

impl RowSpans {
    /// The first column from `column` that no cell of a row above reaches into.
    fn free_column(&self, column: usize) -> usize {
        let mut column = column;
        while let Some(1..) = self.rows_left.get(column) {
            column += 1;
        }
        column
    }

    /// Takes `columns` columns from `column` for `rows` rows.
    fn take(&mut self, column: usize, columns: usize, rows: usize) {
        // Cells can be drawn beyond the last column of the head; the table ends there.
        let end = (column + columns).min(self.rows_left.len());
        self.rows_left[column.min(end)..end].fill(rows);
    }

    fn end_row(&mut self) {
        for rows in &mut self.rows_left {
            *rows = rows.saturating_sub(1);
        }
    }
}

impl<'a> ArticleWriter<'a> {
    pub(super) fn grid_table(&mut self, at: usize, columns: &[GridColumn]) {
        self.table_start();
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n");
        // A content security policy without `unsafe-inline` forbids `style` attributes; without widths a browser finds good ones.
        if self.markup.uses_inline_styles() {
            self.column_widths(columns);
        }
        let mut open = "";
        let mut spans = RowSpans {
            rows_left: vec![0; columns.len()],
        };
        for row in self.text.tree.children(Some(at)) {
            let is_head = self.text.tree.nodes[row].kind == NodeKind::TableHead;
            let group = if is_head { "thead" } else { "tbody" };
            if group != open {
                self.row_group_end(open);
                self.out.push_str(&format!("<{group}>\n"));
                open = group;
            }
            self.grid_row(row, columns, &mut spans);
        }
        self.row_group_end(open);
        self.table_end();
    }

    /// Writes the width of each column, as drawn, in percent with at most two decimals.
    fn column_widths(&mut self, columns: &[GridColumn]) {
        let mut whole = 0;
        for (_, width) in columns {
            whole += width;
        }
        for (_, width) in columns {
            let share = *width as f64 * 100.0 / whole.max(1) as f64;
            let share = format!("{share:.2}");
            // `33.33`, `50`, `12.5`: without zeros at the end, as Markdig writes them.
            let share = share.trim_end_matches('0').trim_end_matches('.');
            let end = self.markup.void_end();
            self.out
                .push_str(&format!("<col style=\"width:{share}%\"{end}\n"));
        }
    }

    fn row_group_end(&mut self, open: &str) {
        if !open.is_empty() {
            self.out.push_str(&format!("</{open}>\n"));
        }
    }

    fn grid_row(&mut self, row: usize, columns: &[GridColumn], spans: &mut RowSpans) {
        let is_head = self.text.tree.nodes[row].kind == NodeKind::TableHead;
        self.out.push_str("<tr>\n");
        let mut column = 0;
        for cell in self.text.tree.children(Some(row)) {
            column = spans.free_column(column);
            let NodeKind::GridCell(wide, high) = self.text.tree.nodes[cell].kind else {
                continue;
            };
            let mut align = ColumnAlignment::None;
            if let Some((of_column, _)) = columns.get(column) {
                align = *of_column;
            }
            let layout = TableCell {
                is_head,
                align,
                columns: wide,
                rows: high,
            };
            self.table_cell(cell, &layout);
            spans.take(column, wide, high);
            column += wide;
        }
        spans.end_row();
        self.out.push_str("</tr>\n");
    }
}
