//! Tables -> `table` elements. hjelp's own scroll by themselves where they are too wide, and their head cells have a scope; DocFX's have
//! `style` attributes.

use crate::syntax::tree::{ColumnAlignment, NodeKind};

use super::writer::ArticleWriter;

/// How a cell is written.
pub(super) struct TableCell {
    pub is_head: bool,
    pub align: ColumnAlignment,
    /// How many columns it takes.
    pub columns: usize,
    /// How many rows it takes.
    pub rows: usize,
}

impl<'a> ArticleWriter<'a> {
    pub(super) fn table(&mut self, at: usize, aligns: &[ColumnAlignment]) {
        self.table_start();
        self.own_attributes(at, "");
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push_str(">\n");
        let mut in_body = false;
        for row in self.text.tree.children(Some(at)) {
            let is_head = self.text.tree.nodes[row].kind == NodeKind::TableHead;
            if is_head {
                self.out.push_str("<thead>\n");
            } else if !in_body {
                self.out.push_str("<tbody>\n");
                in_body = true;
            }
            self.table_row(row, is_head, aligns);
            if is_head {
                self.out.push_str("</thead>\n");
            }
        }
        if in_body {
            self.out.push_str("</tbody>\n");
        }
        self.table_end();
    }

    fn table_row(&mut self, row: usize, is_head: bool, aligns: &[ColumnAlignment]) {
        self.open(self.text.tree.nodes[row].span, "tr");
        self.out.push('\n');
        for (column, cell) in self.text.tree.children(Some(row)).enumerate() {
            // Rows may have more cells than the head: DocFX turns GFM's truncation off (DocFX spec 2.3).
            let align = aligns.get(column).copied();
            let layout = TableCell {
                is_head,
                align: align.unwrap_or(ColumnAlignment::None),
                columns: 1,
                rows: 1,
            };
            self.table_cell(cell, &layout);
        }
        self.out.push_str("</tr>\n");
    }

    /// Writes the start tag of a table without its end, so that attributes can follow.
    pub(super) fn table_start(&mut self) {
        self.line();
        // The page keeps its width on a phone: a wide table scrolls within this element.
        if self.markup.has_accessible_tables() {
            self.out.push_str("<div class=\"table-scroll\">");
        }
        self.out.push_str("<table");
    }

    pub(super) fn table_end(&mut self) {
        self.out.push_str("</table>");
        if self.markup.has_accessible_tables() {
            self.out.push_str("</div>");
        }
        self.out.push('\n');
    }

    /// Writes the cell of node `at`.
    pub(super) fn table_cell(&mut self, at: usize, cell: &TableCell) {
        let tag = if cell.is_head { "th" } else { "td" };
        self.out.push('<');
        self.out.push_str(tag);
        // With a scope, screen readers say the head of the column before each cell (WCAG technique H63).
        if cell.is_head && self.markup.has_accessible_tables() {
            let scope = if cell.columns > 1 { "colgroup" } else { "col" };
            self.attribute("scope", scope);
        }
        if cell.columns > 1 {
            self.attribute("colspan", &cell.columns.to_string());
        }
        if cell.rows > 1 {
            self.attribute("rowspan", &cell.rows.to_string());
        }
        self.source_position(self.text.tree.nodes[at].span);
        self.alignment(cell.align);
        self.out.push('>');
        self.inside(at);
        self.close(tag);
        self.out.push('\n');
    }

    /// Writes the attribute that aligns a cell.
    fn alignment(&mut self, align: ColumnAlignment) {
        let side = match align {
            ColumnAlignment::Left => "left",
            ColumnAlignment::Center => "center",
            ColumnAlignment::Right => "right",
            ColumnAlignment::None => return,
        };
        // A content security policy without `unsafe-inline` forbids `style` attributes.
        if self.markup.uses_inline_styles() {
            self.attribute("style", &format!("text-align: {side};"));
        } else {
            self.attribute("class", &format!("align-{side}"));
        }
    }
}
