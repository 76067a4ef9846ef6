//! `missing-alt-text`: pictures without words for those who cannot see them.

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::{Source, Span};
use crate::syntax::tree::{HtmlReplacement, Node, NodeKind, plain_text};

use super::{Check, Suggestions, tag_end, trees};

pub(super) const CHECK: Check = Check {
    codes: &[Code::MissingAltText],
    about: "A picture has no alternative text, so that it says nothing to those who cannot see it.",
    run,
};

fn run(site: &Site, suggestions: &Suggestions, problems: &mut Vec<Diagnostic>) {
    for (id, linked) in site.documents().filter(|(id, _)| site.is_used(*id)) {
        let source = site.source(id);
        for tree in trees(&linked.document.body) {
            for (at, node) in tree.nodes.iter().enumerate() {
                match &node.kind {
                    NodeKind::Image(..) => {
                        let inside = &tree.nodes[at + 1..at + 1 + node.len as usize];
                        if plain_text(inside, &source.text, " ").trim().is_empty() {
                            problems.push(suggestions.reached(id, missing(source, node.span)));
                        }
                    }
                    NodeKind::Html(_) => problems.extend(
                        silent_tags(source, node)
                            .map(|span| suggestions.reached(id, missing(source, span))),
                    ),
                    _ => {}
                }
            }
        }
    }
}

fn missing(source: &Source, span: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingAltText, &source.path, span, "the picture has no alternative text")
        .help("Say in a few words what it shows: `![words](picture.png)`, or `alt=\"\"` in HTML if it only decorates.")
}

/// The `<img>` tags of a piece of HTML that have no `alt` at all, outside comments.
fn silent_tags<'a>(source: &'a Source, node: &'a Node) -> impl Iterator<Item = Span> + 'a {
    let html = node.span.of(&source.text);
    let comments = match &node.kind {
        NodeKind::Html(edits) => edits
            .iter()
            .filter(|edit| edit.with == HtmlReplacement::Comment)
            .map(|edit| edit.span)
            .collect::<Vec<_>>(),
        _ => Vec::new(),
    };
    let starts = html.match_indices('<').filter(|(at, _)| {
        html.get(at + 1..at + 4)
            .is_some_and(|name| name.eq_ignore_ascii_case("img"))
    });
    starts.filter_map(move |(at, _)| {
        let tag = &html[at..at + tag_end(&html[at..])?];
        let start = node.span.start as usize + at;
        let span = Span::new(start, start + tag.len());
        let bare =
            tag[4..].starts_with(|next: char| next.is_whitespace() || next == '/') && !has_alt(tag);
        (bare && !comments.iter().any(|comment| comment.contains(span))).then_some(span)
    })
}

fn has_alt(tag: &str) -> bool {
    let lower = tag.to_ascii_lowercase();
    let mut words = lower
        .match_indices("alt")
        .map(|(at, _)| (&lower[..at], lower[at + 3..].trim_start()));
    let labelled = [
        "aria-label",
        "aria-hidden",
        "role=\"presentation\"",
        "role=\"none\"",
    ]
    .iter()
    .any(|name| lower.contains(name));
    labelled
        || words.any(|(before, after)| {
            before.ends_with([' ', '\t', '\n', '\r', '"', '\'', '/'])
                && after.starts_with(['=', '>', '/'])
        })
}
