//! Inline nodes -> HTML: emphasis, code, typographic punctuation, abbreviations. Links, images and raw HTML have files of their own.

use crate::locale::quotation_marks;
use crate::site::words::Words;
use crate::source::Span;
use crate::source::escape::escape;

use super::writer::ArticleWriter;

/// The longest code that is not broken into lines, in bytes: it fits a line of a phone.
const LONGEST_UNBROKEN: usize = 28;

/// The entities of quotation marks, in the order in which a language's own marks are given.
const QUOTES: [&str; 4] = ["ldquo", "rdquo", "lsquo", "rsquo"];

impl<'a> ArticleWriter<'a> {
    /// An element around the text of an inline.
    pub(super) fn mark(&mut self, at: usize, tag: &str) {
        self.start(at, tag);
        self.inside(at);
        self.close(tag);
    }

    /// The words inside node `at`, where no markup can be.
    pub(super) fn words(&self, at: usize, line_break: &'static str) -> String {
        let words = Words {
            scope: self.site,
            reader: self.reader,
            line_break,
        };
        words.of(self.text.id, &self.text.tree.nodes[at + 1..self.after(at)])
    }

    pub(super) fn hard_break(&mut self) {
        self.out.push_str("<br");
        self.out.push_str(self.markup.void_end());
        self.out.push('\n');
    }

    /// A code span. Browsers break lines at hyphens, so that `--strict` would become `--` and `strict`; a class prevents it.
    pub(super) fn code_span(&mut self, at: usize) {
        let has_attributes = self.text.tree.attributes(at).is_some();
        if self.markup.keeps_short_code_together() && !has_attributes && self.is_name(at) {
            self.out.push_str("<code class=\"unbroken\">");
            self.inside(at);
            return self.close("code");
        }
        self.mark(at, "code");
    }

    /// True for code that is one short name with hyphens: `--strict`, `Get-ChildItem`.
    fn is_name(&self, at: usize) -> bool {
        let mut code = String::new();
        for node in &self.text.tree.nodes[at + 1..self.after(at)] {
            code.push_str(node.span.of(self.text.source));
        }
        code.contains('-') && code.len() <= LONGEST_UNBROKEN && !code.contains(char::is_whitespace)
    }

    pub(super) fn inline_math(&mut self, span: Span) {
        self.out.push_str("<span class=\"math\"");
        self.source_position(span);
        self.out.push_str(">\\(");
        escape(span.of(self.text.source), &mut self.out);
        self.out.push_str("\\)</span>");
    }

    /// Text that must not be translated.
    pub(super) fn protected_text(&mut self, words: &str) {
        // DocFX does not escape it (DocFX spec 7.3), so that a `<` in it begins a tag there.
        if self.markup.leaves_protected_text_raw() {
            self.out.push_str(words);
        } else {
            escape(words, &mut self.out);
        }
    }

    /// Typographic punctuation. Quotation marks are those of the article's language, but DocFX knows English ones only.
    pub(super) fn smart_punctuation(&mut self, entity: &str) {
        if self.markup.localizes_quotes() {
            let marks = quotation_marks(&self.site.config.locales.get(self.language).tag);
            for (name, mark) in QUOTES.iter().zip(marks) {
                if *name == entity {
                    return self.out.push_str(mark);
                }
            }
        }
        self.out.push('&');
        self.out.push_str(entity);
        self.out.push(';');
    }

    pub(super) fn abbreviation(&mut self, at: usize, meaning: &str) {
        self.out.push_str("<abbr");
        self.attribute("title", meaning);
        self.out.push('>');
        self.inside(at);
        self.close("abbr");
    }

    /// The box of a task list. It shows a state and can't be changed, as on GitHub.
    pub(super) fn task_marker(&mut self, done: bool) {
        let checked = if done { " checked=\"checked\"" } else { "" };
        self.out
            .push_str("<input disabled=\"disabled\" type=\"checkbox\"");
        self.out.push_str(checked);
        self.out.push_str(self.markup.void_end());
    }
}
