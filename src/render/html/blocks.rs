//! Paragraphs, headings, lists, tables, alerts, code: what stands by itself.

use crate::locale::Arg;
use crate::site::Target;
use crate::syntax::{AlertKind, Align, Kind, RefId, Snippet, embed_address, select};

use super::{Heading, Text, Writer, escape};

impl<'a> Writer<'a> {
    pub(super) fn block(&mut self, text: &Text<'a>, at: usize) {
        let node = &text.tree.nodes[at];
        match &node.kind {
            Kind::Paragraph => self.wrapped(text, at, "<p>", "</p>"),
            Kind::Heading(level, anchor) => self.heading(text, at, *level, *anchor),
            Kind::Quote => self.wrapped_lines(text, at, "<blockquote>", "</blockquote>"),
            Kind::Alert(kind) => self.alert(text, at, *kind),
            Kind::Div(attributes) => {
                let open = if attributes.is_empty() { "<div>".to_owned() } else { format!("<div {attributes}>") };
                self.wrapped_lines(text, at, &open, "</div>");
            }
            Kind::Video(address) => self.video(address),
            Kind::List(None) => self.wrapped_lines(text, at, "<ul>", "</ul>"),
            Kind::List(Some(1)) => self.wrapped_lines(text, at, "<ol>", "</ol>"),
            Kind::List(Some(first)) => self.wrapped_lines(text, at, &format!("<ol start=\"{first}\">"), "</ol>"),
            Kind::Item => self.wrapped(text, at, "<li>", "</li>"),
            Kind::CodeBlock(language) => {
                self.line();
                self.code_start(language.as_deref());
                self.out.push('>');
                self.inside(text, at);
                self.out.push_str("</code></pre>\n");
            }
            Kind::Rule => {
                self.line();
                self.out.push_str("<hr>\n");
            }
            Kind::Table(aligns) => self.table(text, at, aligns),
            Kind::Tabs => self.tab_group(text, at),
            Kind::Snippet(reference, snippet) => self.snippet(text, *reference, snippet),
            _ => self.inside(text, at),
        }
    }

    fn wrapped(&mut self, text: &Text<'a>, at: usize, open: &str, close: &str) {
        self.line();
        self.out.push_str(open);
        self.inside(text, at);
        self.out.push_str(close);
        self.out.push('\n');
    }

    fn wrapped_lines(&mut self, text: &Text<'a>, at: usize, open: &str, close: &str) {
        self.line();
        self.out.push_str(open);
        self.out.push('\n');
        self.inside(text, at);
        self.line();
        self.out.push_str(close);
        self.out.push('\n');
    }

    /// Two texts on one page may give the same id: the first keeps it, as a browser would have it.
    fn heading(&mut self, text: &Text<'a>, at: usize, level: u8, anchor: u32) {
        // The anchors of tags in the heading come before its own.
        let inside = text.document.anchors[..(anchor as usize).min(text.document.anchors.len())].iter().rev();
        let mut inside = inside.take_while(|inner| text.tree.nodes[at].span.contains(inner.span) && inner.heading.is_none());
        let anchor = text.document.anchors.get(anchor as usize);
        let given_inside = anchor.is_some_and(|anchor| inside.any(|inner| inner.id == anchor.id));
        let id = self.ids.take(anchor.map_or_else(String::new, |anchor| anchor.id.to_string()));
        self.line();
        self.out.push_str(&format!("<h{level}"));
        if !given_inside {
            self.attribute("id", &id);
        }
        self.out.push('>');
        self.inside(text, at);
        self.out.push_str(&format!("</h{level}>\n"));
        let words = anchor.and_then(|anchor| anchor.heading.as_ref()).map_or("", |heading| &heading.text);
        self.headings.push(Heading { level, id, text: words.to_owned() });
    }

    fn alert(&mut self, text: &Text<'a>, at: usize, kind: AlertKind) {
        let key = match kind {
            AlertKind::Note => "alert-note",
            AlertKind::Tip => "alert-tip",
            AlertKind::Important => "alert-important",
            AlertKind::Caution => "alert-caution",
            AlertKind::Warning => "alert-warning",
        };
        self.line();
        self.out.push_str(&format!("<div class=\"{} alert\">\n<p class=\"alert-title\">", kind.keyword()));
        let title = self.catalog.text(self.language, key, &[]);
        escape(&title, &mut self.out);
        self.out.push_str("</p>\n");
        self.inside(text, at);
        self.line();
        self.out.push_str("</div>\n");
    }

    fn video(&mut self, address: &str) {
        let address = embed_address(address);
        let host = address.trim_start_matches("https://").split('/').next().unwrap_or("");
        let title = self.catalog.text(self.language, "video-title", &[("host", Arg::Text(host))]);
        self.line();
        self.out.push_str("<div class=\"embeddedvideo\"><iframe");
        self.attribute("src", &super::sanitize(&address));
        self.attribute("title", &title);
        self.out.push_str(" loading=\"lazy\" allowfullscreen></iframe></div>\n");
    }

    fn code_start(&mut self, language: Option<&str>) {
        self.out.push_str("<pre><code");
        if let Some(language) = language {
            self.attribute("class", &format!("lang-{language}"));
        }
    }

    /// Code that is not there leaves nothing: the problem is told to the author, not to the reader.
    fn snippet(&mut self, text: &Text<'a>, reference: RefId, snippet: &Snippet) {
        let Some((_, Target::Code(code))) = self.site.reference(text.id, reference) else { return };
        let Ok(lines) = select(&self.site.source(*code).text, snippet) else { return };
        self.line();
        self.code_start(snippet.language.as_deref());
        if let Some(language) = snippet.language.as_deref().filter(|_| snippet.interactive) {
            self.attribute("data-interactive", language);
        }
        let pairs = [
            ("data-name", Some(&*snippet.name)),
            ("title", snippet.title.as_deref()),
            ("data-highlight-lines", snippet.highlight.as_deref()),
        ];
        for (name, value) in pairs {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                self.attribute(name, value);
            }
        }
        self.out.push('>');
        escape(&lines, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, text: &Text<'a>, at: usize, aligns: &[Align]) {
        self.line();
        self.out.push_str("<div class=\"table-scroll\"><table>\n");
        let mut in_body = false;
        let rows: Vec<Vec<usize>> = text.tree.children(Some(at)).map(|row| text.tree.children(Some(row)).collect()).collect();
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        for (row, cells) in text.tree.children(Some(at)).zip(rows) {
            let head = text.tree.nodes[row].kind == Kind::TableHead;
            match head {
                true => self.out.push_str("<thead>\n"),
                false if !in_body => {
                    self.out.push_str("<tbody>\n");
                    in_body = true;
                }
                false => {}
            }
            self.out.push_str("<tr>\n");
            let tag = if head { "th" } else { "td" };
            for column in 0..columns {
                self.out.push('<');
                self.out.push_str(tag);
                if head {
                    self.attribute("scope", "col");
                }
                match aligns.get(column) {
                    Some(Align::Left) => self.attribute("class", "align-left"),
                    Some(Align::Center) => self.attribute("class", "align-center"),
                    Some(Align::Right) => self.attribute("class", "align-right"),
                    Some(Align::None) | None => {}
                }
                self.out.push('>');
                if let Some(&cell) = cells.get(column) {
                    self.inside(text, cell);
                }
                self.out.push_str(&format!("</{tag}>\n"));
            }
            self.out.push_str(if head { "</tr>\n</thead>\n" } else { "</tr>\n" });
        }
        self.out.push_str(if in_body { "</tbody>\n</table></div>\n" } else { "</table></div>\n" });
    }
}
