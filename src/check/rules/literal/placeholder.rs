//! `invisible-placeholder`: words in angle brackets that browsers take for an unknown element, so that readers don't see them: `<navn>`,
//! `List<string>`.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::{Node, NodeKind};

use super::shown_text::ShownText;
use super::tag_names::is_known;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for node in text.nodes {
        if let NodeKind::Html(edits) = &node.kind
            && edits.is_empty()
        {
            problems.extend(problem_of(text, node));
        }
    }
}

fn problem_of(text: &ShownText<'_>, node: &Node) -> Option<Diagnostic> {
    let typed = node.span.of(text.text()).trim_end();
    let inside = typed.strip_prefix('<')?.strip_suffix('>')?;
    // One tag, not a whole block of HTML.
    if inside.contains(['<', '>', '\n', '=', '"'])
        || inside.starts_with(['/', '!', '?'])
        || inside.ends_with('/')
    {
        return None;
    }
    let end = inside.find(|char: char| !char.is_alphanumeric() && !matches!(char, '-' | '_' | '.'));
    let name = &inside[..end.unwrap_or(inside.len())];
    let lower = name.to_ascii_lowercase();
    // `<o:p>` and its kin come from other programs.
    if inside[name.len()..].starts_with(':') || is_known(&lower) {
        return None;
    }
    // An element of the site's own has an end, and mostly attributes.
    let close = format!("</{name}");
    if text.text().contains(&close) {
        return None;
    }
    let start = node.span.start as usize;
    let span = Span::new(start, start + typed.len());
    let message = message!(
        "`{typed}` is not shown: browsers take it for an element",
        typed
    );
    let escaped = format!("\\{typed}");
    // A name with a hyphen may be a custom element that a script of the site defines (HTML
    // standard, 4.13.2).
    let is_certain = !name.contains('-');
    let fix = text.fix(
        message!("write `{escaped}`", escaped),
        is_certain,
        &[(Span::at(start), "\\")],
    );
    let problem = text.problem(Code::InvisiblePlaceholder, span, message);
    Some(Diagnostic {
        fix,
        ..problem.help(message!(
            "Write `{escaped}`, or put it in backticks.",
            escaped
        ))
    })
}
