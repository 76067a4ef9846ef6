//! `unclosed-fence`: blocks of code that are not closed, or closed by something else than their author thought, so that text becomes code and
//! code text.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

use super::shown_text::ShownText;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for node in text.nodes {
        if let NodeKind::CodeBlock(_) = node.kind
            && let Some(fence) = opening(text, node)
        {
            problems.extend(problem_of(text, node, fence));
        }
    }
}

/// Three or more backticks or tildes.
#[derive(Clone, Copy)]
struct Fence {
    sign: u8,
    len: usize,
    span: Span,
}

fn opening(text: &ShownText<'_>, node: &Node) -> Option<Fence> {
    let start = node.span.start as usize;
    let line = &text.text()[start..text.line_end(start)];
    fence_at(line.trim_start()).map(|(sign, len)| {
        let at = start + line.len() - line.trim_start().len();
        Fence {
            sign,
            len,
            span: Span::new(at, at + len),
        }
    })
}

fn fence_at(line: &str) -> Option<(u8, usize)> {
    let sign = *line.as_bytes().first()?;
    let len = line.bytes().take_while(|byte| *byte == sign).count();
    (matches!(sign, b'`' | b'~') && len > 2).then_some((sign, len))
}

fn problem_of(text: &ShownText<'_>, node: &Node, fence: Fence) -> Option<Diagnostic> {
    let typed = fence.span.of(text.text());
    let mut lines = content_lines(text, node);
    // The first line is the fence itself.
    lines.remove(0);
    let last = lines.last().map_or("", |span| span.of(text.text()));
    let is_closed = fence_at(last).is_some_and(|(sign, len)| {
        sign == fence.sign && len >= fence.len && last[len..].trim().is_empty()
    });
    if is_closed {
        lines.pop();
    }
    let inner = lines
        .iter()
        .find(|line| is_other_fence(line.of(text.text()), fence, is_closed));
    if is_closed {
        // A fence with a language inside of code is the beginning of another block.
        let inner = inner?;
        let message = "this block of code is not closed: the next one is part of it";
        let problem = text.problem(Code::UnclosedFence, fence.span, message);
        return Some(
            problem
                .label(&text.source.path, *inner, "this does not close it")
                .help(message!("Write {typed} on a line of its own where the code ends, or {typed}{typed2} at both ends if the fence is part of an example.", typed, typed2 = &typed[..1])),
        );
    }
    let problem = match at_end(text, node) {
        true => text.problem(
            Code::UnclosedFence,
            fence.span,
            "this block of code is not closed: the rest of the page is code",
        ),
        false => text.problem(
            Code::UnclosedFence,
            fence.span,
            "this block of code is not closed where the list item or quote ends",
        ),
    };
    Some(match (inner, following_fence(text, node)) {
        (Some(inner), _) => problem
            .label(&text.source.path, *inner, "this does not close it")
            .help(message!(
                "Write {typed} on a line of its own, with nothing behind it.",
                typed
            )),
        (None, Some(span)) => problem
            .label(
                &text.source.path,
                span,
                "this begins a new block, as it is indented otherwise",
            )
            .help("Indent both fences alike."),
        _ => problem.help(message!(
            "Write {typed} on a line of its own where the code ends.",
            typed
        )),
    })
}

/// The lines of a block without the signs of the quotes and items around it.
fn content_lines(text: &ShownText<'_>, node: &Node) -> Vec<Span> {
    let mut lines = Vec::new();
    let mut at = node.span.start as usize;
    let before = text.text()[..at].rsplit('\n').next().unwrap_or("");
    // No more signs than the quotes around the block have: those behind them are part of the code.
    let quotes = before.matches('>').count();
    for line in node.span.of(text.text()).split_inclusive('\n') {
        let content = without_quote_signs(line, quotes);
        let start = at + line.len() - content.len();
        at += line.len();
        let end = start + content.trim_end().len();
        lines.push(Span::new(start, end));
    }
    while lines.len() > 1 && lines.last().is_some_and(|span| span.is_empty()) {
        lines.pop();
    }
    lines
}

fn without_quote_signs(line: &str, quotes: usize) -> &str {
    let mut rest = line.trim_start_matches([' ', '\t']);
    for _ in 0..quotes {
        if let Some(inner) = rest.strip_prefix('>') {
            rest = inner.trim_start_matches([' ', '\t']);
        }
    }
    rest
}

/// True for a line in code that was meant as a fence: of a block that begins, or, where the block is not closed, of its end.
fn is_other_fence(line: &str, fence: Fence, is_closed: bool) -> bool {
    let Some((sign, len)) = fence_at(line) else {
        return false;
    };
    let info = line[len..].trim();
    // Only the sign that opened a block closes it (CommonMark 4.5); the other one alone on a line
    // was probably meant to.
    if sign != fence.sign {
        return !is_closed && info.is_empty();
    }
    // The same sign did not close the block, because there are too few of it or words behind it.
    if !is_closed {
        return true;
    }
    // Backticks in the info string make it code in a line.
    len >= fence.len && !info.is_empty() && !info.contains(['`', ' '])
}

fn at_end(text: &ShownText<'_>, node: &Node) -> bool {
    text.text()[node.span.end as usize..].trim().is_empty()
}

/// The fence directly below the block, which was meant to close it.
fn following_fence(text: &ShownText<'_>, node: &Node) -> Option<Span> {
    let rest = &text.text()[node.span.end as usize..];
    let line = rest.trim_start_matches(['\n', '\r', ' ', '\t', '>']);
    let start = text.text().len() - line.len();
    let (_, len) = fence_at(line)?;
    Some(Span::new(start, start + len))
}
