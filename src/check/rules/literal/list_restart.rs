//! `list-restarts`: steps whose numbers begin at 1 again, because what is between them is not indented as part of a step.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

use super::shown_text::ShownText;

/// More blocks between two lists make them two lists.
const MOST_BETWEEN: usize = 2;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    check_siblings(text, None, problems);
    for (at, node) in text.nodes.iter().enumerate() {
        if matches!(
            node.kind,
            NodeKind::Tab(_) | NodeKind::Container(_) | NodeKind::ListItem
        ) && node.len > 2
        {
            check_siblings(text, Some(at), problems);
        }
    }
}

fn check_siblings(text: &ShownText<'_>, parent: Option<usize>, problems: &mut Vec<Diagnostic>) {
    let mut list: Option<usize> = None;
    let mut between: Vec<usize> = Vec::new();
    for at in text.tree.children(parent) {
        match text.nodes[at].kind {
            NodeKind::List(Some(1)) => {
                if let Some(first) = list
                    && is_interruption(text, first, &between)
                {
                    problems.push(problem_of(text, first, at, between[0]));
                }
                list = Some(at);
                between.clear();
            }
            // Something new begins here, and its steps are numbered from 1 on purpose.
            NodeKind::Heading(..)
            | NodeKind::ThematicBreak
            | NodeKind::List(_)
            | NodeKind::Tabs => {
                list = None;
                between.clear();
            }
            _ => between.push(at),
        }
    }
}

/// True if what is between two lists belongs to the last step of the first one.
fn is_interruption(text: &ShownText<'_>, list: usize, between: &[usize]) -> bool {
    if between.is_empty() || between.len() > MOST_BETWEEN {
        return false;
    }
    let starts = text.nodes[between[0]].span.start as usize;
    let list_end = text.nodes[list].span.end as usize;
    let gap = text.text().get(list_end.min(starts)..starts).unwrap_or("");
    // A picture or code that illustrates a step.
    let is_illustration = |at: &usize| {
        is_picture(text, *at) || matches!(text.nodes[*at].kind, NodeKind::CodeBlock(_))
    };
    gap.trim().is_empty() && between.iter().all(is_illustration)
}

/// True for a paragraph of nothing but images.
fn is_picture(text: &ShownText<'_>, at: usize) -> bool {
    let node = &text.nodes[at];
    if let NodeKind::ImageDirective(_) = node.kind {
        return true;
    }
    if node.kind != NodeKind::Paragraph {
        return false;
    }
    let mut has_image = false;
    for child in text.tree.children(Some(at)) {
        match text.nodes[child].kind {
            NodeKind::Image(..) | NodeKind::ImageDirective(_) => has_image = true,
            NodeKind::SoftBreak | NodeKind::HardBreak => {}
            NodeKind::Text(None) if text.nodes[child].span.of(text.text()).trim().is_empty() => {}
            _ => return false,
        }
    }
    has_image
}

fn problem_of(text: &ShownText<'_>, first: usize, second: usize, between: usize) -> Diagnostic {
    let list = &text.nodes[second];
    let start = list.span.start as usize;
    let marker = text.text()[start..]
        .find(['.', ')'])
        .map_or(1, |len| len + 1);
    let message = "the numbers begin at 1 again here";
    let problem = text.problem(
        Code::ListRestarts,
        Span::new(start, start + marker),
        message,
    );
    let cause = &text.nodes[between];
    let indent = indent_of(text, &text.nodes[first]);
    problem
        .label(
            &text.source.path,
            first_line(text, cause),
            "this ends the list above",
        )
        .help(message!(
            "Indent it by {indent} spaces, so that it belongs to the step above.",
            indent
        ))
}

fn first_line(text: &ShownText<'_>, node: &Node) -> Span {
    let start = node.span.start as usize;
    Span::new(start, text.line_end(start).min(node.span.end as usize))
}

/// How far the content of the steps is indented.
fn indent_of(text: &ShownText<'_>, list: &Node) -> usize {
    let typed = list.span.of(text.text());
    let digits = typed.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &typed[(digits + 1).min(typed.len())..];
    let spaces = rest.bytes().take_while(|byte| *byte == b' ').count();
    // More than four make indented code of the rest (CommonMark 5.2).
    let spaces = if (1..=4).contains(&spaces) { spaces } else { 1 };
    digits + 1 + spaces
}
