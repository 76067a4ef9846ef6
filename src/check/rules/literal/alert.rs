//! `literal-alert`: what was meant as an alert and is none: a marker with a sign too many or too few, one outside of a quote, one with an
//! empty line below, and the markup for alerts of other programs.

use crate::check::alert_name::alert_for;
use crate::diagnostic::{Code, Diagnostic, Fix};
use crate::message;
use crate::source::Span;
use crate::syntax::directive::AlertKind;
use crate::syntax::tree::NodeKind;

use super::shown_text::{BlockKind, ParentKind, Piece, ShownBlock, ShownText};

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &text.blocks {
        if !matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::Item | BlockKind::Other
        ) {
            continue;
        }
        for piece in text.pieces_of(block) {
            if piece.starts_line && !piece.in_link {
                problems.extend(problem_of(text, block, piece));
            }
        }
    }
    empty_alerts(text, problems);
}

fn problem_of(text: &ShownText<'_>, block: &ShownBlock, piece: &Piece) -> Option<Diagnostic> {
    let start = piece.span.start as usize;
    match text.text().as_bytes()[start] {
        b'[' | b'!' | b'(' | b'?' | b':' | b'{' | b'.' => {}
        _ => return None,
    }
    let line = text.text()[start..text.line_end(start)].trim_end();
    if let Some(name) = foreign(line) {
        return foreign_problem(text, start, line, name);
    }
    marker_problem(text, block, start, line)
}

/// The name of the alert that a line in the markup of another program begins.
fn foreign(line: &str) -> Option<&str> {
    const BEGINNINGS: [&str; 8] = [
        "!!! ",
        "!!!",
        "???+ ",
        "??? ",
        ":::",
        ".. ",
        "{% hint style=\"",
        "{% ",
    ];
    // The first that fits counts, so a longer one is before its own beginning.
    let rest = BEGINNINGS
        .iter()
        .find_map(|start| line.strip_prefix(start))?;
    let rest = rest.trim_start();
    let end = rest
        .find(|char: char| !char.is_alphanumeric())
        .unwrap_or(rest.len());
    let (name, behind) = rest.split_at(end);
    // `.. note::` is a directive of reStructuredText, `.. note` a sentence.
    let is_whole = !line.starts_with("..") || behind.starts_with("::");
    (is_whole && !line.starts_with("::::") || line.starts_with("{%")).then_some(name)
}

fn foreign_problem(
    text: &ShownText<'_>,
    start: usize,
    line: &str,
    name: &str,
) -> Option<Diagnostic> {
    let keyword = alert_for(name)?.keyword();
    let typed = match line.starts_with("{%") {
        true => line,
        false => &line[..line.find(name)? + name.len()],
    };
    let span = Span::new(start, start + typed.len());
    let message = message!(
        "`{typed}` begins no alert here, and is shown as text",
        typed
    );
    let problem = text.problem(Code::LiteralAlert, span, message);
    Some(problem.help(message!(
        "Write `> [!{keyword}]` on a line of its own, and `> ` before each line of the text below.",
        keyword
    )))
}

/// A marker that is nearly `[!NOTE]`.
struct Marker<'a> {
    keyword: &'static str,
    /// The marker as typed.
    typed: &'a str,
    /// What follows in its line.
    rest: &'a str,
    /// True if it is typed as it should be.
    is_right: bool,
}

fn marker(line: &str) -> Option<Marker<'_>> {
    let end = match line.find([']', ')']) {
        Some(end) => end + 1,
        // `[!NOTE` without its end.
        None => line.len(),
    };
    let (typed, rest) = line.split_at(end);
    // A link, or the definition of one.
    if rest.starts_with(['(', '[', ':']) || typed.len() > 40 {
        return None;
    }
    let is_sign = |char: char| matches!(char, '[' | ']' | '(' | ')' | '!' | '\\' | ':' | ' ' | '*');
    let name = typed.trim_matches(is_sign);
    let keyword = alert_for(name)?.keyword();
    let has_mark = typed.contains('!');
    // `[NOTE]` is a marker, `[note]` and `(NOTE)` are words.
    let is_marker = has_mark || typed.starts_with('[') && name == keyword;
    if !is_marker || line.len() == end && !typed.ends_with(']') && !typed.starts_with("[!") {
        return None;
    }
    let inside = typed
        .strip_prefix("[!")
        .and_then(|inside| inside.strip_suffix(']'));
    let is_right = inside.is_some_and(|inside| AlertKind::of(inside).is_some());
    Some(Marker {
        keyword,
        typed,
        rest: rest.trim(),
        is_right,
    })
}

fn marker_problem(
    text: &ShownText<'_>,
    block: &ShownBlock,
    start: usize,
    line: &str,
) -> Option<Diagnostic> {
    let mut marker = marker(line)?;
    // With a backslash before it a marker is text, however it is typed.
    marker.is_right &= !text.is_escaped(start);
    let in_quote = block.parent == ParentKind::Quote;
    // Text behind a marker in a quote is a problem of its own.
    if marker.is_right && (in_quote || !marker.rest.is_empty() && !marker.typed.starts_with("[!")) {
        return None;
    }
    // In the middle of a paragraph nobody begins an alert, but people write about its marker.
    let is_first = text
        .pieces_of(block)
        .first()
        .is_some_and(|piece| piece.span.start as usize == start);
    if !is_first {
        return None;
    }
    let from = start - usize::from(text.is_escaped(start));
    let typed = marker.typed;
    let span = Span::new(from, start + typed.len());
    let right = format!("[!{}]", marker.keyword);
    let message = match in_quote {
        true => message!(
            "`{text}` begins no alert, and is shown as text",
            text = span.of(text.text())
        ),
        false => message!(
            "`{text}` begins no alert outside of a quote, and is shown as text",
            text = span.of(text.text())
        ),
    };
    let mut help = match in_quote {
        true => message!("Write `{right}`.", right),
        false => message!(
            "Write `> {right}`, and `> ` before each line of the text below.",
            right
        ),
    };
    let is_alone = marker.rest.is_empty();
    if !is_alone {
        help = message!("{help} The text belongs on the next line.", help);
    }
    let fix = (in_quote && is_alone)
        .then(|| text.fix(message!("write `{right}`", right), true, &[(span, &right)]));
    let problem = text.problem(Code::LiteralAlert, span, message).help(help);
    Some(Diagnostic {
        fix: fix.flatten(),
        ..problem
    })
}

/// `> [!NOTE]` with nothing in it.
fn empty_alerts(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for (at, node) in text.nodes.iter().enumerate() {
        let NodeKind::Alert(keyword) = &node.kind else {
            continue;
        };
        if node.len > 0 || AlertKind::of(keyword).is_none() {
            continue;
        }
        let end = text.line_end(node.span.start as usize);
        let span = Span::new(node.span.start as usize, end.min(node.span.end as usize));
        let next = text
            .nodes
            .get(at + 1)
            .map(|next| (next.kind.clone(), next.span.start as usize));
        problems.push(empty_alert(text, span, next));
    }
}

fn empty_alert(text: &ShownText<'_>, span: Span, next: Option<(NodeKind, usize)>) -> Diagnostic {
    let message = "this alert is empty";
    let problem = text.problem(Code::LiteralAlert, span, message);
    let Some((kind, start)) = next else {
        return problem.help("Write its text below, after `> `.");
    };
    let end = text.line_end(span.end as usize);
    let between = text.text().get(end..start).unwrap_or("");
    let breaks = between.matches('\n').count();
    if kind == NodeKind::BlockQuote && between.trim().is_empty() && breaks > 1 {
        let message = "this alert is empty: the empty line below it ends the quote";
        let problem = text.problem(Code::LiteralAlert, span, message);
        return Diagnostic {
            fix: joined(text, end, between),
            ..problem.help("Remove the empty line, or write `>` in it.")
        };
    }
    if kind == NodeKind::BlockQuote && breaks == 1 {
        let message = "this alert is empty: the line below it is indented otherwise, and begins another quote";
        let problem = text.problem(Code::LiteralAlert, span, message);
        return problem.help("Indent both lines alike.");
    }
    // A lazy line continues a paragraph, and the marker is none.
    if kind == NodeKind::Paragraph && breaks == 1 {
        return problem.help("Write `> ` before each line of its text.");
    }
    problem.help("Write its text below, after `> `.")
}

/// A fix that takes out the empty lines in `between`, which begins at byte `at` with the end of a line.
fn joined(text: &ShownText<'_>, at: usize, between: &str) -> Option<Fix> {
    let first = between.find('\n')? + 1;
    let last = between.rfind('\n')? + 1;
    let span = Span::new(at + first, at + last);
    text.fix("remove the empty line".into(), true, &[(span, "")])
}
