//! `missing-alt-text`: images without alternative text. An empty `alt` in HTML marks a decorative image (WCAG 1.1.1) and is not reported.

use crate::check::checker::Checker;
use crate::check::content::{tag_end, trees};
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Source, Span};
use crate::syntax::tree::{HtmlReplacement, Node, NodeKind, plain_text};

pub(super) const RULE: Rule = Rule {
    code: Code::MissingAltText,
    docs: include_str!("../docs/missing-alt-text.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let source = checker.site.source(id);
        for tree in trees(&linked.document.body) {
            for (at, node) in tree.nodes.iter().enumerate() {
                match &node.kind {
                    NodeKind::Image(..) => {
                        // CommonMark 6.4: the alternative text of an image is the plain text of what is between its brackets, so `![*x*](a.png)` has one.
                        let inside = &tree.nodes[at + 1..at + 1 + node.len as usize];
                        if !has_words(inside, &source.text) {
                            checker.report_in(id, problem_at(source, node.span));
                        }
                    }
                    NodeKind::Html(_) => {
                        for span in tags_without_alt(source, node) {
                            checker.report_in(id, problem_at(source, span));
                        }
                    }
                    _ => {}
                }
            }
        }
    }
}

/// True if the nodes inside an image give it an alternative text; what is included is taken to have words.
fn has_words(inside: &[Node], source: &str) -> bool {
    for node in inside {
        if matches!(
            node.kind,
            NodeKind::Include { .. } | NodeKind::NoLoc(_) | NodeKind::Xref(_) | NodeKind::Math
        ) {
            return true;
        }
    }
    !plain_text(inside, source, " ").trim().is_empty()
}

fn problem_at(source: &Source, span: Span) -> Diagnostic {
    let message = "the image has no alternative text";
    Diagnostic::new(Code::MissingAltText, &source.path, span, message).help(
        "Describe the image: `![description](image.png)`. In HTML, `alt=\"\"` marks it as decorative.",
    )
}

/// The `<img>` tags of a piece of HTML without an `alt`, except in comments.
fn tags_without_alt(source: &Source, node: &Node) -> Vec<Span> {
    let html = node.span.of(&source.text);
    let mut tags = Vec::new();
    for (at, _) in html.match_indices('<') {
        let rest = &html[at..];
        let is_image = rest.get(1..4).is_some_and(is_img);
        // A `<` in text, such as `a < b`, is no tag; without an end the browser sees none either.
        let Some(len) = tag_end(rest) else {
            continue;
        };
        if !is_image || !rest[4..].starts_with(ends_name) || has_alt(&rest[..len]) {
            continue;
        }
        let start = node.span.start as usize + at;
        let span = Span::new(start, start + len);
        // Commented-out images are not shown.
        if !is_in_comment(node, span) {
            tags.push(span);
        }
    }
    tags
}

fn is_img(name: &str) -> bool {
    name.eq_ignore_ascii_case("img")
}

fn ends_name(char: char) -> bool {
    char.is_whitespace() || char == '/'
}

fn is_in_comment(node: &Node, span: Span) -> bool {
    let NodeKind::Html(edits) = &node.kind else {
        return false;
    };
    edits
        .iter()
        .any(|edit| edit.with == HtmlReplacement::Comment && edit.span.contains(span))
}

/// True if the tag has an `alt`, or attributes that give it a name or hide it from screen readers in another way.
fn has_alt(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    for other in [
        "aria-label",
        "aria-hidden",
        "role=\"presentation\"",
        "role=\"none\"",
    ] {
        if lower.contains(other) {
            return true;
        }
    }
    for (at, name) in lower.match_indices("alt") {
        // `alt` may be part of another name or value.
        let starts = lower[..at].ends_with([' ', '\t', '\n', '\r', '"', '\'', '/']);
        let after = lower[at + name.len()..].trim_start();
        if starts && after.starts_with(['=', '>', '/']) {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternative_text_has_several_forms() {
        for tag in [
            "<img src=\"a.png\" alt=\"\">",
            "<img ALT = 'x'/>",
            "<img alt>",
            "<img aria-hidden=\"true\">",
        ] {
            assert!(has_alt(tag), "{tag}");
        }
        for tag in ["<img src=\"alt.png\">", "<img data-alt=\"x\">", "<img>"] {
            assert!(!has_alt(tag), "{tag}");
        }
    }
}
