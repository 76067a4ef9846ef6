//! Alerts: `> [!NOTE]` -> a `div` with a title (DocFX spec 4.1).

use crate::source::escape::escape;
use crate::syntax::directive::AlertKind;
use crate::syntax::tree::NodeKind;

use super::writer::ArticleWriter;

impl<'a> ArticleWriter<'a> {
    pub(super) fn alert(&mut self, at: usize, keyword: &str) {
        // The configuration may change the classes of the built-in alerts as well.
        let own = self.site.config.markdown.alert(keyword);
        let classes = match (own, AlertKind::of(keyword)) {
            (Some(own), _) => own,
            (None, Some(kind)) => kind.keyword(),
            (None, None) => return self.unknown_alert(at, keyword),
        };
        self.line();
        self.out.push_str("<div");
        self.alert_classes(classes);
        self.source_position(self.text.tree.nodes[at].span);
        let (open, close) = self.markup.alert_title_tags();
        self.out.push_str(">\n");
        self.out.push_str(open);
        self.alert_title(keyword);
        self.out.push_str(close);
        self.inside(at);
        self.line();
        self.out.push_str("</div>\n");
    }

    /// Writes the classes of an alert and the one that all alerts share.
    fn alert_classes(&mut self, classes: &str) {
        let common = self.markup.alert_class().unwrap_or_default();
        // `alerts: TODO: alert alert-secondary`, as sites write it for Bootstrap, has the common class already.
        if common.is_empty() || classes.split(' ').any(|class| class == common) {
            return self.attribute("class", classes);
        }
        self.attribute("class", &format!("{classes} {common}"));
    }

    /// Writes the title of an alert: the interface text for its keyword, else the keyword in capitals (DocFX spec 4.1).
    fn alert_title(&mut self, keyword: &str) {
        // Messages of Fluent have lower-case keys here, and authors write `[!note]` as well as `[!NOTE]`.
        let key = format!("alert-{}", keyword.to_ascii_lowercase());
        if self.catalog.has(self.language, &key) {
            let title = self.catalog.text(self.language, &key, &[]);
            escape(&title, &mut self.out);
        } else {
            escape(&keyword.to_uppercase(), &mut self.out);
        }
    }

    /// An unknown alert is a quote that begins with its marker (DocFX spec 4.1).
    fn unknown_alert(&mut self, at: usize, keyword: &str) {
        let end = self.after(at);
        self.line();
        self.open(self.text.tree.nodes[at].span, "blockquote");
        self.out.push_str("\n<p>");
        escape(&format!("[!{keyword}]"), &mut self.out);
        // The marker and the lines after it are one paragraph, as if there were no marker.
        let mut next = at + 1;
        if next < end && self.text.tree.nodes[next].kind == NodeKind::Paragraph {
            self.out.push('\n');
            self.inside(next);
            next = self.after(next);
        }
        self.out.push_str("</p>\n");
        self.range(next, end);
        self.line();
        self.out.push_str("</blockquote>\n");
    }
}
