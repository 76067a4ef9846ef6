//! Code blocks and code from files -> `pre` elements, coloured and with highlighted lines.

use crate::site::Target;
use crate::source::escape::escape;
use crate::syntax::RefId;
use crate::syntax::directive::{Snippet, select_lines};
use crate::syntax::tree::NodeKind;

use super::highlighted_code::{self, LineRange};
use super::writer::ArticleWriter;

/// The end of the language of code that readers can run (DocFX spec 5.2).
const INTERACTIVE: &str = "-interactive";

impl<'a> ArticleWriter<'a> {
    /// A code block of Markdown.
    pub(super) fn code_block(&mut self, at: usize, language: Option<&str>) {
        let span = self.text.tree.nodes[at].span;
        let mut language = language;
        let mut interactive = None;
        if let Some(words) = language {
            self.diagrams |= words.eq_ignore_ascii_case("mermaid");
            interactive = words.strip_suffix(INTERACTIVE);
            language = interactive.or(language);
        }
        self.line();
        self.out.push_str("<pre><code");
        match language {
            Some(language) => self.own_attributes(at, &format!("lang-{language}")),
            None => self.own_attributes(at, ""),
        }
        if let Some(interactive) = interactive {
            self.attribute("data-interactive", interactive);
        }
        self.source_position(span);
        self.out.push('>');
        let highlighted = self.highlighted_lines(span.of(self.text.source));
        let before = self.out.len();
        let is_ended = self.block_code(at, language, &highlighted);
        // The last line ends like the others, even where the file doesn't.
        if self.out.len() > before && !is_ended {
            self.out.push('\n');
        }
        self.out.push_str("</code></pre>\n");
    }

    /// Writes the code of a block. True if its last line is ended.
    fn block_code(&mut self, at: usize, language: Option<&str>, highlighted: &[LineRange]) -> bool {
        // Most code of DocFX's markup is plain, and its nodes can be written one by one without putting them together.
        let is_plain = self.highlighter.is_none() && highlighted.is_empty();
        if !is_plain && let Some(code) = self.plain_code(at) {
            self.code(language, &code, highlighted);
            return code.ends_with('\n');
        }
        self.inside(at);
        self.out.ends_with('\n')
    }

    /// The lines of a fence to highlight.
    fn highlighted_lines(&self, block: &str) -> Vec<LineRange> {
        if !self.markup.colours_code() {
            return Vec::new();
        }
        fence_lines(block).unwrap_or_default()
    }

    /// The code of a block, if it consists of text alone.
    fn plain_code(&self, at: usize) -> Option<String> {
        let mut code = String::new();
        for node in &self.text.tree.nodes[at + 1..self.after(at)] {
            match &node.kind {
                NodeKind::Attributes(_) => {}
                NodeKind::Text(Some(text)) => code.push_str(text),
                NodeKind::Text(None) => code.push_str(node.span.of(self.text.source)),
                _ => return None,
            }
        }
        Some(code)
    }

    /// Writes code, coloured if there is a grammar for its language, with some lines highlighted.
    fn code(&mut self, language: Option<&str>, code: &str, highlighted: &[LineRange]) {
        let mut tokens = None;
        if let (Some(highlighter), Some(language)) = (self.highlighter, language) {
            tokens = highlighter.tokenize(language, code);
        }
        let tokens = tokens.unwrap_or_default();
        highlighted_code::write(code, &tokens, highlighted, &mut self.out);
    }

    /// Code from a file. Without the file there is nothing: the problem is reported to the author. DocFX shows the reader a warning.
    pub(super) fn snippet(&mut self, at: usize, reference: RefId, snippet: &Snippet) {
        let reports_missing = self.markup.reports_missing_code();
        let Some((_, Target::Code(file))) = self.site.reference(self.text.id, reference) else {
            // `:::code:::` shows nothing, as DocFX writes an empty element for it.
            if reports_missing && !snippet.triple {
                self.line();
                self.missing_code();
            }
            return;
        };
        let code = match select_lines(self.site.text(*file), snippet) {
            Ok(code) => code,
            // A tag that is not found is an empty block (DocFX spec 5.1).
            Err(_) if reports_missing => String::new(),
            Err(_) => return,
        };
        if snippet.triple && code.trim_end().is_empty() {
            return;
        }
        self.line();
        let is_plain = !self.markup.colours_code();
        // DocFX begins a line after `<pre>` here, which a browser ignores (DocFX spec 5.3).
        let break_after_pre = if snippet.triple && is_plain { "\n" } else { "" };
        self.out.push_str(&format!("<pre>{break_after_pre}<code"));
        self.snippet_attributes(snippet);
        self.source_position(self.text.tree.nodes[at].span);
        self.out.push('>');
        if is_plain {
            return self.docfx_snippet_code(snippet, &code);
        }
        let mut highlighted = Vec::new();
        if let Some(ranges) = snippet.highlight.as_deref() {
            highlighted = highlighted_code::line_ranges(ranges);
        }
        self.code(snippet.language.as_deref(), &code, &highlighted);
        self.out.push_str("</code></pre>\n");
    }

    /// Writes the attributes of a snippet in DocFX's order (DocFX spec 5.1).
    fn snippet_attributes(&mut self, snippet: &Snippet) {
        if let Some(language) = snippet.language.as_deref() {
            self.attribute("class", &format!("lang-{language}"));
            if snippet.interactive || snippet.mode.is_some() {
                self.attribute("data-interactive", language);
            }
        }
        let [name, lines] = self.markup.snippet_attributes();
        let attributes = [
            ("data-interactive-mode", snippet.mode.as_deref()),
            (name, Some(&*snippet.name)),
            ("title", snippet.title.as_deref()),
            (lines, snippet.highlight.as_deref()),
        ];
        for (name, value) in attributes {
            if let Some(value) = value
                && !value.is_empty()
            {
                self.attribute(name, value);
            }
        }
    }

    /// Writes the code of a snippet and the end tags as DocFX does: no line break after a snippet (DocFX spec 5.1), and `'` escaped in
    /// `:::code:::` (DocFX spec 5.3).
    fn docfx_snippet_code(&mut self, snippet: &Snippet, code: &str) {
        if !snippet.triple {
            escape(code, &mut self.out);
            return self.out.push_str("</code></pre>");
        }
        let mut escaped = String::new();
        escape(code.trim_end(), &mut escaped);
        self.out.push_str(&escaped.replace('\'', "&#39;"));
        self.out.push_str("\n</code></pre>\n");
    }

    /// Writes the notice in place of code whose file is missing (DocFX spec 5.1).
    fn missing_code(&mut self) {
        let title = self.catalog.text(self.language, "alert-warning", &[]);
        self.out.push_str("<div class=\"WARNING\">\n<h5>");
        escape(&title, &mut self.out);
        let notice = self.catalog.text(self.language, "code-missing", &[]);
        self.out.push_str("</h5>\n<p>");
        escape(&notice, &mut self.out);
        self.out.push_str("</p>\n</div>");
    }
}

/// The lines to highlight, of `{2,4-5}` after the language of a fence; `None` if the fence has no such list.
fn fence_lines(block: &str) -> Option<Vec<LineRange>> {
    let opening = block.lines().next()?;
    // Indented code has no fence, and a `{` in it is code.
    if !opening.starts_with(['`', '~']) {
        return None;
    }
    let (_, rest) = opening.split_once('{')?;
    let (ranges, _) = rest.split_once('}')?;
    // Other braces are attributes: `{.class #id}`.
    let has_ranges = ranges
        .bytes()
        .all(|byte| matches!(byte, b'0'..=b'9' | b',' | b'-' | b' '));
    if ranges.is_empty() || !has_ranges {
        return None;
    }
    Some(highlighted_code::line_ranges(ranges))
}
