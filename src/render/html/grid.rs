//! Drawn tables, whose cells can span columns and rows and hold blocks.

use crate::syntax::tree::{ColumnAlignment, NodeKind};

use super::{ArticleWriter, Text};

impl<'a> ArticleWriter<'a> {
    pub(super) fn grid_table(
        &mut self,
        text: &Text<'a>,
        at: usize,
        columns: &[(ColumnAlignment, usize)],
    ) {
        let is_bare = !self.markup.has_accessible_tables();
        self.line();
        self.out.push_str(if is_bare {
            "<table"
        } else {
            "<div class=\"table-scroll\"><table"
        });
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n");
        // As wide as drawn; a strict policy for styles lets hjelp's own readers' browsers choose.
        let whole: usize = columns.iter().map(|(_, width)| width).sum();
        let widths = if self.markup.uses_inline_styles() {
            columns
        } else {
            &[][..]
        };
        for (_, width) in widths {
            let share = format!("{:.2}", *width as f64 * 100.0 / whole.max(1) as f64);
            let share = share.trim_end_matches('0').trim_end_matches('.');
            self.out.push_str(&format!(
                "<col style=\"width:{share}%\"{}\n",
                self.markup.void_end()
            ));
        }
        let mut part = "";
        let rows: Vec<usize> = text.tree.children(Some(at)).collect();
        let mut free = vec![0_usize; columns.len()];
        for row in rows {
            let head = text.tree.nodes[row].kind == NodeKind::TableHead;
            let now = if head { "thead" } else { "tbody" };
            if part != now {
                if !part.is_empty() {
                    self.out.push_str(&format!("</{part}>\n"));
                }
                self.out.push_str(&format!("<{now}>\n"));
                part = now;
            }
            self.out.push_str("<tr>\n");
            let mut column = 0;
            for cell in text.tree.children(Some(row)) {
                while free.get(column).is_some_and(|rows| *rows > 0) {
                    column += 1;
                }
                let NodeKind::GridCell(wide, high) = text.tree.nodes[cell].kind else {
                    continue;
                };
                let align = columns
                    .get(column)
                    .map_or(ColumnAlignment::None, |(align, _)| *align);
                self.cell(
                    text,
                    cell,
                    if head { "th" } else { "td" },
                    align,
                    (wide, high),
                );
                let end = (column + wide).min(free.len());
                free[column.min(end)..end].fill(high);
                column += wide;
            }
            free.iter_mut()
                .for_each(|rows| *rows = rows.saturating_sub(1));
            self.out.push_str("</tr>\n");
        }
        if !part.is_empty() {
            self.out.push_str(&format!("</{part}>\n"));
        }
        self.out.push_str(if is_bare {
            "</table>\n"
        } else {
            "</table></div>\n"
        });
    }
}
