//! A page -> the same page as Markdown: fragments and snippets are included, links lead to other exported pages, comments and metadata are
//! left out. Everything else stays as its author wrote it.

use std::cmp::Reverse;

use super::paths;
use crate::search::sections::sections;
use crate::site::address::{AddressParts, merge_addresses, split_address};
use crate::site::href::Base;
use crate::site::uid_text::UidText;
use crate::site::xref::Xref;
use crate::site::{Page, PageScope, PageVersion, Target};
use crate::source::percent::between_parentheses;
use crate::source::{SourceId, Span};
use crate::syntax::directive::select_lines;
use crate::syntax::document::Tutorial;
use crate::syntax::landing::Landing;
use crate::syntax::tree::{HtmlReplacement, Node, NodeKind};
use crate::syntax::{Body, RefId, RefKind, Reference, Tree};

/// The page as Markdown. It begins with its title.
pub(super) fn markdown(scope: &PageScope<'_>) -> String {
    let page = scope.subject();
    let Some(linked) = scope.linked(page.source) else {
        return String::new();
    };
    let mut writer = MarkdownWriter {
        scope,
        page,
        base: Base::Folder(page.output.parent()),
    };
    let body = match &linked.document.body {
        Body::Article(tree) => writer.tree(page.source, tree),
        Body::Tutorial(tutorial) => match writer.tutorial(tutorial) {
            Some(body) => body,
            None => plain_text(scope),
        },
        Body::Landing(landing) => writer.landing(landing),
        _ => plain_text(scope),
    };
    let body = body.trim();
    // The page shows no other title if the text begins with one (DocFX spec 12.3).
    if body.starts_with("# ") || body.starts_with("<h1") {
        return format!("{body}\n");
    }
    let title = scope.title(page.source);
    format!("# {title}\n\n{body}\n")
}

/// The text of a page, without its markup.
fn plain_text(scope: &PageScope<'_>) -> String {
    let mut out = String::new();
    for section in sections(scope) {
        if !section.id.is_empty() {
            out.push_str(&format!("## {}\n\n", section.heading));
        }
        for line in section.text.lines() {
            out.push_str(&format!("{line}\n\n"));
        }
    }
    out
}

/// A span of a file, and the text that replaces it.
struct Replacement {
    span: Span,
    text: String,
}

struct MarkdownWriter<'a> {
    scope: &'a PageScope<'a>,
    page: &'a Page,
    base: Base,
}

impl MarkdownWriter<'_> {
    /// The steps of a tutorial, each below its title; `None` if the text of a step is not in the file as it is read.
    fn tutorial(&mut self, tutorial: &Tutorial) -> Option<String> {
        let id = self.page.source;
        let mut out = String::new();
        for step in &tutorial.steps {
            out.push_str(&format!("## {}\n\n", step.title));
            let Some(span) = tree_span(&step.tree) else {
                continue;
            };
            // YAML has joined the lines of the value, so positions in it are none in the file.
            if is_folded(&step.tree) {
                return None;
            }
            let before = &self.scope.text(id)[..span.start as usize];
            let margin = line_before(before);
            // A block scalar is indented. Anything else before it means that it begins on the line of its key.
            if !margin.chars().all(|sign| sign == ' ') {
                return None;
            }
            let text = self.excerpt(id, &step.tree, span);
            // The indentation of the YAML file is none of the Markdown: four columns would make code of it (CommonMark 4.4).
            out.push_str(text.replace(&format!("\n{margin}"), "\n").trim());
            out.push_str("\n\n");
        }
        Some(out)
    }

    /// A file without its front matter.
    fn tree(&mut self, id: SourceId, tree: &Tree) -> String {
        let Some(linked) = self.scope.linked(id) else {
            return String::new();
        };
        let start = linked.document.front_matter.span.end as usize;
        let end = self.scope.text(id).len();
        self.excerpt(id, tree, Span::new(start, end))
    }

    /// The part of a file that `tree` was parsed from, with all replacements.
    fn excerpt(&mut self, id: SourceId, tree: &Tree, span: Span) -> String {
        let Some(linked) = self.scope.linked(id) else {
            return String::new();
        };
        let mut replacements = Vec::new();
        for node in &tree.nodes {
            self.replace_node(id, node, &mut replacements);
        }
        for (number, reference) in linked.document.refs.iter().enumerate() {
            if is_address(reference)
                && let Some(address) = self.address(id, number as RefId)
            {
                replacements.push(Replacement {
                    span: reference.target_span,
                    text: address,
                });
            }
        }
        apply(self.scope.text(id), span, replacements)
    }

    fn replace_node(&mut self, id: SourceId, node: &Node, replacements: &mut Vec<Replacement>) {
        match &node.kind {
            NodeKind::Include { reference, block } => {
                let text = self.fragment(id, *reference);
                if let Some(text) = text {
                    let text = text.trim();
                    let text = if *block {
                        self.indented(text, id, node.span)
                    } else {
                        // A line break in a fragment would end the table row or heading that it is included into.
                        text.split_whitespace().collect::<Vec<_>>().join(" ")
                    };
                    replacements.push(Replacement {
                        span: node.span,
                        text,
                    });
                }
            }
            NodeKind::Snippet(reference, snippet) => {
                if let Some((_, Target::Code(code))) = self.scope.reference(id, *reference)
                    && let Ok(lines) = select_lines(self.scope.text(*code), snippet)
                {
                    let language = snippet.language.as_deref().unwrap_or("");
                    let text = self.indented(&fenced(&lines, language), id, node.span);
                    replacements.push(Replacement {
                        span: node.span,
                        text,
                    });
                }
            }
            NodeKind::Xref(reference) => {
                if let (Some(title), Some(address)) =
                    (self.title(id, *reference), self.address(id, *reference))
                {
                    replacements.push(Replacement {
                        span: node.span,
                        text: format!("[{title}]({address})"),
                    });
                } else if let Some(text) = self.unlinked_uid(id, *reference) {
                    replacements.push(Replacement {
                        span: node.span,
                        text,
                    });
                }
            }
            NodeKind::Html(edits) => {
                for edit in edits {
                    if matches!(edit.with, HtmlReplacement::Comment) {
                        replacements.push(Replacement {
                            span: edit.span,
                            text: String::new(),
                        });
                    }
                }
            }
            _ => {}
        }
    }

    /// The text of an included fragment.
    fn fragment(&mut self, id: SourceId, reference: RefId) -> Option<String> {
        let fragment = self.scope.included(id, reference)?;
        Some(self.tree(fragment.source, fragment.tree))
    }

    /// The address of a reference on the exported page: of the Markdown of a page that has it.
    fn address(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (reference, target) = self.scope.reference(id, reference)?;
        match target {
            Target::Page { set, locale } => {
                let locale = locale.unwrap_or(self.page.locale);
                let version = self.scope.version_for(*set, locale)?;
                let page = self.scope.page(version.page());
                // Pages without an export, such as redirects, are linked as HTML.
                let path = paths::markdown(self.scope, page);
                let path = path.unwrap_or_else(|| page.output.clone());
                let tail = match reference.kind {
                    RefKind::Uid | RefKind::UidShorthand => Xref::of(&reference.target).tail,
                    _ => split_address(&reference.target).1.to_owned(),
                };
                Some(between_parentheses(self.base.address(&path, &tail)))
            }
            Target::Asset(path) => {
                let output = self.scope.output_of(path)?;
                // The query of a file means nothing on a static site; the fragment may be a page of a PDF.
                let fragment = AddressParts::of(&reference.target).fragment;
                Some(between_parentheses(self.base.address(&output, fragment)))
            }
            _ => None,
        }
    }

    /// The words in place of a uid without a page of this site.
    fn unlinked_uid(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (found, target) = self.scope.reference(id, reference)?;
        let xref = Xref::of(&found.target);
        let words = match target {
            Target::Broken(_) if found.kind == RefKind::Uid => UidText::of(&xref),
            Target::ExternalUid(uid) => {
                let (_, page) = self.scope.external_page(uid)?;
                let text = xref.text.as_deref();
                let text = text.unwrap_or_else(|| page.text(xref.display.as_deref(), uid));
                match &page.href {
                    Some(href) if href.contains("://") => {
                        let address = between_parentheses(merge_addresses(href, &xref.tail));
                        return Some(format!("[{text}]({address})"));
                    }
                    _ => UidText {
                        text: text.to_owned(),
                        is_code: false,
                    },
                }
            }
            _ => return None,
        };
        if words.is_code {
            return Some(format!("`{}`", words.text));
        }
        Some(words.text)
    }

    /// The text of a reference without a text of its own.
    fn title(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (reference, target) = self.scope.reference(id, reference)?;
        let Target::Page { set, locale } = target else {
            return None;
        };
        if let Some(text) = Xref::of(&reference.target).text {
            return Some(text);
        }
        let locale = locale.unwrap_or(self.page.locale);
        let page = self
            .scope
            .version_for(*set, locale)
            .map(PageVersion::page)?;
        Some(self.scope.title(self.scope.page(page).source).to_owned())
    }

    fn landing(&self, landing: &Landing) -> String {
        let mut out = String::new();
        push_paragraph("", landing.summary.as_deref(), &mut out);
        for section in &landing.sections {
            push_paragraph("## ", section.title.as_deref(), &mut out);
            push_paragraph("", section.summary.as_deref(), &mut out);
            for card in &section.cards {
                out.push_str("- ");
                out.push_str(&self.landing_link(card.title.as_deref(), card.url));
                if let Some(summary) = &card.summary {
                    out.push_str(": ");
                    out.push_str(summary.trim());
                }
                out.push('\n');
                for link in card.lists.iter().flat_map(|list| &list.links) {
                    let link = self.landing_link(link.text.as_deref(), link.url);
                    out.push_str(&format!("  - {link}\n"));
                }
            }
            out.push('\n');
        }
        out
    }

    /// A link on a card. Without a text it has the title of the page, or else its address.
    fn landing_link(&self, text: Option<&str>, url: Option<RefId>) -> String {
        let id = self.page.source;
        let (mut title, mut address) = (None, None);
        if let Some(url) = url {
            title = self.title(id, url);
            address = self.address(id, url).or_else(|| self.typed(id, url));
        }
        let text = match (text, title) {
            (Some(text), _) => text.to_owned(),
            (None, Some(title)) => title,
            (None, None) => address.clone().unwrap_or_default(),
        };
        match address {
            Some(address) => format!("[{text}]({address})"),
            None => text,
        }
    }

    fn typed(&self, id: SourceId, reference: RefId) -> Option<String> {
        let (reference, _) = self.scope.reference(id, reference)?;
        Some(reference.target.to_string())
    }

    /// A text of several lines in place of `span`: its lines continue the list items and quotes that the span is in.
    fn indented(&self, text: &str, id: SourceId, span: Span) -> String {
        let source = self.scope.text(id);
        let line = line_before(&source[..span.start as usize]);
        if line.is_empty() || !line.chars().all(is_block_marker) {
            return text.to_owned();
        }
        let mut prefix = String::from("\n");
        for sign in line.chars() {
            let continues = sign == '>' || sign.is_whitespace();
            prefix.push(if continues { sign } else { ' ' });
        }
        text.replace('\n', &prefix)
    }
}

fn push_paragraph(prefix: &str, text: Option<&str>, out: &mut String) {
    if let Some(text) = text {
        out.push_str(prefix);
        out.push_str(text);
        out.push_str("\n\n");
    }
}

/// True for references whose address a reader of the Markdown can follow.
fn is_address(reference: &Reference) -> bool {
    matches!(
        reference.kind,
        RefKind::Link | RefKind::Image | RefKind::HtmlHref | RefKind::HtmlSrc | RefKind::Uid
    )
}

/// From the first node to the end of the last.
fn tree_span(tree: &Tree) -> Option<Span> {
    let first = tree.nodes.first()?;
    let mut span = first.span;
    for node in &tree.nodes {
        span.end = span.end.max(node.span.end);
    }
    Some(span)
}

/// True for a text in a folded or quoted YAML scalar: its nodes all have the span of the whole value.
fn is_folded(tree: &Tree) -> bool {
    let Some(first) = tree.nodes.first() else {
        return false;
    };
    tree.nodes
        .iter()
        .any(|node| matches!(node.kind, NodeKind::Text(Some(_))) && node.span == first.span)
}

/// The line that `before` ends in.
fn line_before(before: &str) -> &str {
    match before.rfind('\n') {
        Some(at) => &before[at + 1..],
        None => before,
    }
}

/// True for what list items and quotes begin with, and the blanks around it.
fn is_block_marker(sign: char) -> bool {
    sign == '>' || sign.is_whitespace() || "-*+.)".contains(sign) || sign.is_ascii_digit()
}

/// Code in a fence that is longer than every row of backticks in it (CommonMark 4.5).
fn fenced(code: &str, language: &str) -> String {
    // A fence has three backticks at least.
    let mut longest = 2;
    for row in code.split(|sign| sign != '`') {
        longest = longest.max(row.len());
    }
    let fence = "`".repeat(longest + 1);
    format!("{fence}{language}\n{}\n{fence}", code.trim_end())
}

/// The text of `span` with the replacements inside it. Of two that overlap, the one that begins first counts: an include that contains a link.
fn apply(source: &str, span: Span, mut replacements: Vec<Replacement>) -> String {
    // Nodes and references are collected one after the other, and both can be inside an include.
    replacements.sort_by_key(|edit| (edit.span.start, Reverse(edit.span.end)));
    let mut out = String::with_capacity(source.len());
    let mut at = span.start;
    for edit in replacements {
        let inside = edit.span.start >= at && edit.span.end <= span.end;
        // References of front matter are outside the excerpt.
        if !inside || edit.span.end < edit.span.start {
            continue;
        }
        let before = Span {
            start: at,
            end: edit.span.start,
        };
        out.push_str(before.of(source));
        out.push_str(&edit.text);
        at = edit.span.end;
    }
    let rest = Span {
        start: at,
        end: span.end.max(at),
    };
    out.push_str(rest.of(source));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_are_longer_than_the_backticks_inside() {
        assert_eq!(fenced("a\n", "sh"), "```sh\na\n```");
        assert_eq!(fenced("a ```` b", ""), "`````\na ```` b\n`````");
    }

    #[test]
    fn of_overlapping_replacements_the_first_and_longest_counts() {
        let edit = |start, end, text: &str| Replacement {
            span: Span::new(start, end),
            text: text.to_owned(),
        };
        let edits = vec![
            edit(4, 5, "-"),
            edit(2, 3, "y"),
            edit(2, 5, "x"),
            edit(9, 12, "-"),
        ];
        assert_eq!(apply("abcdefghij", Span::new(1, 10), edits), "bxfghij");
    }
}
