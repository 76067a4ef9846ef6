//! `unclosed-html`: raw HTML without an end, which swallows the rest of the page, and `div` tags without a matching one.

use crate::check::checker::Checker;
use crate::check::content::{tag_end, trees};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::site::Site;
use crate::source::{Message, Source, SourceId, Span};
use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

pub(super) const RULE: Rule = Rule {
    code: Code::UnclosedHtml,
    docs: include_str!("../docs/unclosed-html.md"),
    run: Some(run),
};

/// Elements whose content is text up to their own end tag (HTML standard, 13.1.2).
const RAW_TEXT: [&str; 3] = ["script", "style", "textarea"];

fn run(checker: &mut Checker<'_>) {
    let site = checker.site;
    for (id, linked) in checker.used_documents() {
        // A fragment may open a `div` that another one closes, so only the texts of pages without such includes can be balanced.
        let is_whole = site.translation_set_of(id).is_some() && !includes_div(site, id);
        for tree in trees(&linked.document.body) {
            let mut balance = TagBalance {
                source: site.source(id),
                html: RawHtml::of(site.source(id), tree),
                checks_divs: is_whole,
                open_divs: Vec::new(),
                problems: Vec::new(),
            };
            balance.read();
            for problem in balance.problems {
                checker.report_in(id, problem);
            }
        }
    }
}

/// True if a fragment that the page includes, at any depth, has a `div` tag.
fn includes_div(site: &Site, page: SourceId) -> bool {
    for id in site.fragments(page) {
        let text = site.source(id).text.to_ascii_lowercase();
        if id != page && (text.contains("<div") || text.contains("</div")) {
            return true;
        }
    }
    false
}

/// The raw HTML of one text, joined.
struct RawHtml {
    text: String,
    /// The start of each piece, here and in the source.
    pieces: Vec<(usize, usize)>,
}

impl RawHtml {
    fn of(source: &Source, tree: &Tree) -> RawHtml {
        let mut html = RawHtml {
            text: String::new(),
            pieces: Vec::new(),
        };
        for node in &tree.nodes {
            if matches!(node.kind, NodeKind::Html(_)) {
                let start = node.span.start as usize;
                html.pieces.push((html.text.len(), start));
                html.text.push_str(node.span.of(&source.text));
            }
        }
        // Tag names ignore case. ASCII only, so that no character changes its length and positions remain valid.
        html.text.make_ascii_lowercase();
        html
    }

    /// The span in the source of `len` bytes at `start`.
    fn span(&self, start: usize, len: usize) -> Span {
        let after = self.pieces.partition_point(|(here, _)| *here <= start);
        let from = match self.pieces.get(after.saturating_sub(1)) {
            Some((here, in_source)) => in_source + (start - here),
            None => 0,
        };
        Span::new(from, from + len)
    }
}

struct TagBalance<'a> {
    source: &'a Source,
    html: RawHtml,
    checks_divs: bool,
    open_divs: Vec<Span>,
    problems: Vec<Diagnostic>,
}

impl TagBalance<'_> {
    fn read(&mut self) {
        let text = std::mem::take(&mut self.html.text);
        let mut at = 0;
        while let Some(offset) = text[at..].find('<') {
            let start = at + offset;
            match self.tag(&text[start..], start) {
                Some(len) => at = start + len,
                // The rest is swallowed.
                None => return,
            }
        }
        for span in std::mem::take(&mut self.open_divs) {
            self.unmatched(
                span,
                "`<div>` is not closed",
                "Write `</div>` where it ends.",
            );
        }
    }

    /// Reads the comment, tag or element with raw text at the start of `rest`, which is at `start`. The length of what was read; `None` if it
    /// never ends.
    fn tag(&mut self, rest: &str, start: usize) -> Option<usize> {
        if rest.starts_with("<!--") {
            // `<!-->` is a whole comment (HTML standard, 13.2.5.43).
            let Some(end) = rest[2..].find("-->") else {
                self.unclosed("the comment", self.html.span(start, 4), "-->");
                return None;
            };
            return Some(2 + end + 3);
        }
        let len = tag_end(rest).unwrap_or(rest.len());
        let tag = &rest[..len];
        let is_self_closing = tag.trim_end_matches('>').ends_with('/');
        if !is_self_closing {
            for name in RAW_TEXT {
                if is_tag(tag, "<", name) {
                    return self.raw_text(rest, start, (name, len));
                }
            }
        }
        if is_tag(tag, "<", "div") && !is_self_closing {
            self.open_divs.push(self.html.span(start, len));
        } else if is_tag(tag, "</", "div") && self.open_divs.pop().is_none() {
            self.unmatched(
                self.html.span(start, len),
                "`</div>` without `<div>`",
                "Remove it, or add the `<div>`.",
            );
        }
        Some(len.max(1))
    }

    fn raw_text(&mut self, rest: &str, start: usize, (name, len): (&str, usize)) -> Option<usize> {
        match rest[len..].find(&format!("</{name}")) {
            Some(end) => Some(len + end + name.len() + 2),
            None => {
                let span = self.html.span(start, name.len() + 1);
                self.unclosed(&format!("`<{name}>`"), span, &format!("</{name}>"));
                None
            }
        }
    }

    fn unclosed(&mut self, what: &str, span: Span, end: &str) {
        let message = message!(
            "{what} is not closed and swallows the rest of the page",
            what
        );
        let problem = Diagnostic::new(Code::UnclosedHtml, &self.source.path, span, message)
            .help(message!("Write `{end}` where it ends.", end));
        self.problems.push(problem);
    }

    fn unmatched(&mut self, span: Span, message: impl Into<Message>, help: impl Into<Message>) {
        if self.checks_divs {
            let problem = Diagnostic::new(Code::UnclosedHtml, &self.source.path, span, message)
                // The code is an error for HTML that swallows text. With an unmatched `div` the
                // whole text is still there.
                .with_level(Level::Warning)
                .help(help);
            self.problems.push(problem);
        }
    }
}

fn is_tag(tag: &str, open: &str, name: &str) -> bool {
    let Some(rest) = tag.strip_prefix(open) else {
        return false;
    };
    match rest.strip_prefix(name) {
        Some(rest) => {
            rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'))
        }
        None => false,
    }
}
