//! Tables -> `table` elements. hjelp's own scroll by themselves where they are too wide, and their head cells have a scope; DocFX's have
//! `style` attributes.

use crate::syntax::Tree;
use crate::syntax::tree::{ColumnAlignment, Node, NodeKind};

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
        if !self.blocks_in_cell(at) {
            self.inside(at);
        }
        self.close(tag);
        self.out.push('\n');
    }

    /// Writes the fragment that is all there is in the cell `at` with its blocks: its list would run together to one line of words. False if
    /// there is no such fragment, and nothing is written.
    fn blocks_in_cell(&mut self, at: usize) -> bool {
        let tree = self.text.tree;
        // DocFX reads a fragment in a cell as part of the line (DocFX spec 3.2).
        if self.markup.isolates_fragments() || self.text.inline || tree.nodes[at].len != 1 {
            return false;
        }
        let node = &tree.nodes[at + 1];
        let NodeKind::Include { reference, .. } = node.kind else {
            return false;
        };
        let Some(fragment) = self.site.included(self.text.id, reference) else {
            return false;
        };
        if !has_separate_blocks(fragment.tree) {
            return false;
        }
        let start = self.out.len();
        self.include(reference, true, node.span);
        let written = self.out.split_off(start);
        self.out.push_str(&in_one_line(&written));
        true
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

/// True if the blocks of a fragment would run together as words: lists, several paragraphs, code. Headings stay words, because the outline of the
/// page and its ids are known without its cells.
fn has_separate_blocks(tree: &Tree) -> bool {
    let is_outline = |node: &Node| matches!(node.kind, NodeKind::Heading(..) | NodeKind::Tabs);
    if tree.nodes.iter().any(is_outline) {
        return false;
    }
    let mut paragraphs = 0;
    for block in tree.children(None) {
        match tree.nodes[block].kind {
            NodeKind::Paragraph => paragraphs += 1,
            NodeKind::List(_)
            | NodeKind::CodeBlock(_)
            | NodeKind::Table(_)
            | NodeKind::BlockQuote
            | NodeKind::Alert(_) => return true,
            _ => {}
        }
    }
    paragraphs > 1
}

/// HTML without the line breaks around the tags of lists and paragraphs, so that a row of a table is one line, as it is typed.
fn in_one_line(html: &str) -> String {
    let mut out = html.trim().to_owned();
    for tag in ["<ul>", "<ol>", "</ul>", "</ol>", "</li>", "<p>", "</p>"] {
        out = out.replace(&format!("{tag}\n"), tag);
        out = out.replace(&format!("\n{tag}"), tag);
    }
    out
}
