//! Tables. hjelp's own can scroll by themselves and say what their heads are for; DocFX's have styles.

use crate::syntax::tree::{ColumnAlignment, NodeKind};

use super::{ArticleWriter, Text};

impl<'a> ArticleWriter<'a> {
    pub(super) fn table(&mut self, text: &Text<'a>, at: usize, aligns: &[ColumnAlignment]) {
        let is_bare = !self.markup.has_accessible_tables();
        self.line();
        self.out.push_str(if is_bare {
            "<table"
        } else {
            "<div class=\"table-scroll\"><table"
        });
        self.own_attributes(text, at, "");
        self.place(text, text.tree.nodes[at].span);
        self.out.push_str(">\n");
        let mut in_body = false;
        for row in text.tree.children(Some(at)) {
            let head = text.tree.nodes[row].kind == NodeKind::TableHead;
            if head {
                self.out.push_str("<thead>\n");
            } else if !in_body {
                self.out.push_str("<tbody>\n");
                in_body = true;
            }
            self.open(text, text.tree.nodes[row].span, "tr");
            self.out.push('\n');
            for (column, cell) in text.tree.children(Some(row)).enumerate() {
                self.cell(
                    text,
                    cell,
                    if head { "th" } else { "td" },
                    aligns.get(column).copied().unwrap_or(ColumnAlignment::None),
                    (1, 1),
                );
            }
            self.out
                .push_str(if head { "</tr>\n</thead>\n" } else { "</tr>\n" });
        }
        self.out.push_str(if in_body {
            "</tbody>\n</table>"
        } else {
            "</table>"
        });
        self.out.push_str(if is_bare { "\n" } else { "</div>\n" });
    }

    /// A cell that takes so many columns and rows.
    pub(super) fn cell(
        &mut self,
        text: &Text<'a>,
        cell: usize,
        tag: &str,
        align: ColumnAlignment,
        (wide, high): (usize, usize),
    ) {
        self.out.push('<');
        self.out.push_str(tag);
        if tag == "th" && self.markup.has_accessible_tables() {
            self.attribute("scope", if wide > 1 { "colgroup" } else { "col" });
        }
        for (name, count) in [("colspan", wide), ("rowspan", high)] {
            if count > 1 {
                self.attribute(name, &count.to_string());
            }
        }
        self.place(text, text.tree.nodes[cell].span);
        self.align(align);
        self.out.push('>');
        self.inside(text, cell);
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push_str(">\n");
    }

    /// How a cell is set.
    fn align(&mut self, align: ColumnAlignment) {
        let side = match align {
            ColumnAlignment::Left => Some("left"),
            ColumnAlignment::Center => Some("center"),
            ColumnAlignment::Right => Some("right"),
            ColumnAlignment::None => None,
        };
        match side {
            Some(side) if self.markup.uses_inline_styles() => {
                self.attribute("style", &format!("text-align: {side};"))
            }
            Some(side) => self.attribute("class", &format!("align-{side}")),
            None => {}
        }
    }
}
