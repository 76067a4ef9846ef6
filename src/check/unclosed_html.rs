//! `unclosed-html`: raw HTML that does not end, so that it swallows what follows, and `div` tags that have no partner.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::site::{Site, Target};
use crate::source::{Source, SourceId, Span};
use crate::syntax::Tree;
use crate::syntax::tree::NodeKind;

use super::{Check, Suggestions, tag_end, trees};

pub(super) const CHECK: Check = Check {
    codes: &[Code::UnclosedHtml],
    about: "A comment, `script`, `style` or `textarea` is not closed and swallows what follows, or a `div` has no partner.",
    run,
};

/// Elements in which nothing but their own end means anything (HTML standard, 13.1.2).
const RAW: [&str; 3] = ["script", "style", "textarea"];

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        // A `div` may begin in one included file and end in another: that is looked at where all of it stands in one file.
        let alone = site.translation_set_of(id).is_some() && !includes_div(site, id);
        for tree in trees(&linked.document.body) {
            let mut reader = Reader {
                source,
                alone,
                open: Vec::new(),
                found: Vec::new(),
            };
            reader.read(&Html::of(source, tree));
            problems.extend(
                reader
                    .found
                    .into_iter()
                    .map(|problem| suggestions.reached(id, problem)),
            );
        }
    }
}

fn includes_div(site: &Site, id: SourceId) -> bool {
    let fragments = site
        .linked(id)
        .into_iter()
        .flat_map(|linked| linked.targets)
        .filter_map(|target| match target {
            Target::Fragment(fragment) => Some(*fragment),
            _ => None,
        });
    fragments.into_iter().any(|fragment| {
        let text = site.source(fragment).text.to_ascii_lowercase();
        text.contains("<div") || text.contains("</div") || text.contains("[!include")
    })
}

/// All HTML of one text, put together.
struct Html {
    text: String,
    /// Where each piece begins here and in the source.
    pieces: Vec<(usize, usize)>,
}

impl Html {
    fn of(source: &Source, tree: &Tree) -> Html {
        let mut html = Html {
            text: String::new(),
            pieces: Vec::new(),
        };
        for node in tree
            .nodes
            .iter()
            .filter(|node| matches!(node.kind, NodeKind::Html(_)))
        {
            html.pieces
                .push((html.text.len(), node.span.start as usize));
            html.text.push_str(node.span.of(&source.text));
        }
        html
    }

    fn span(&self, start: usize, len: usize) -> Span {
        let at = self
            .pieces
            .partition_point(|(here, _)| *here <= start)
            .max(1)
            - 1;
        let from = self
            .pieces
            .get(at)
            .map_or(0, |(here, there)| there + (start - here));
        Span::new(from, from + len)
    }
}

struct Reader<'a> {
    source: &'a Source,
    alone: bool,
    open: Vec<Span>,
    found: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self, html: &Html) {
        let lower = html.text.to_ascii_lowercase();
        let mut at = 0;
        while let Some(start) = lower[at..].find('<').map(|offset| at + offset) {
            let rest = &lower[start..];
            if rest.starts_with("<!--") {
                let Some(end) = rest[2..].find("-->") else {
                    return self.swallows("the comment", html.span(start, 4), "-->");
                };
                at = start + 2 + end + 3;
                continue;
            }
            let len = tag_end(rest).unwrap_or(rest.len());
            let tag = &rest[..len];
            let closed = tag.trim_end_matches('>').ends_with('/');
            at = start + len.max(1);
            if let Some(name) = RAW
                .iter()
                .find(|name| is_tag(tag, "<", name))
                .filter(|_| !closed)
            {
                let Some(end) = rest[len..].find(&format!("</{name}")) else {
                    return self.swallows(
                        &format!("`<{name}>`"),
                        html.span(start, name.len() + 1),
                        &format!("</{name}>"),
                    );
                };
                at = start + len + end + name.len() + 2;
            } else if is_tag(tag, "<", "div") && !closed {
                self.open.push(html.span(start, len));
            } else if is_tag(tag, "</", "div") && self.open.pop().is_none() {
                self.lonely(
                    html.span(start, len),
                    "`</div>` ends nothing",
                    "Remove it, or write the `<div>` it belongs to.",
                );
            }
        }
        for span in std::mem::take(&mut self.open) {
            self.lonely(
                span,
                "the `div` is not closed",
                "Write `</div>` where it ends.",
            );
        }
    }

    fn swallows(&mut self, what: &str, span: Span, end: &str) {
        let message = format!("{what} is not closed, and swallows all that follows");
        let problem = Diagnostic::new(Code::UnclosedHtml, &self.source.path, span, message);
        self.found
            .push(problem.help(format!("Write `{end}` where it ends.")));
    }

    fn lonely(&mut self, span: Span, message: &str, help: &str) {
        if self.alone {
            self.found.push(
                Diagnostic::new(Code::UnclosedHtml, &self.source.path, span, message)
                    .with_level(Level::Warning)
                    .help(help),
            );
        }
    }
}

fn is_tag(tag: &str, open: &str, name: &str) -> bool {
    let rest = tag
        .strip_prefix(open)
        .and_then(|rest| rest.strip_prefix(name));
    rest.is_some_and(|rest| {
        rest.starts_with(|next: char| next.is_whitespace() || matches!(next, '>' | '/'))
    })
}
