//! `docfx-differs`: places that DocFX reads otherwise: a line of dashes right below a quote, and text right below a table.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::NodeKind;

use super::shown_text::ShownText;

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for (at, node) in text.nodes.iter().enumerate() {
        match node.kind {
            NodeKind::ThematicBreak => problems.extend(dashes_below_quote(text, at)),
            NodeKind::Table(_) => problems.extend(text_below_table(text, at)),
            _ => {}
        }
    }
}

fn dashes_below_quote(text: &ShownText<'_>, at: usize) -> Option<Diagnostic> {
    let span = text.nodes[at].span;
    let typed = span.of(text.text()).trim();
    let start = span.start as usize;
    let above = text.text()[..start].trim_end_matches([' ', '\t']);
    let above = above.strip_suffix('\n')?.rsplit('\n').next()?.trim();
    let is_quote = above.starts_with('>')
        && above
            .trim_matches(['>', ' '])
            .chars()
            .next()
            .is_some_and(char::is_alphanumeric);
    if !is_quote || !typed.bytes().all(|byte| byte == b'-') {
        return None;
    }
    let message = message!(
        "DocFX makes a heading of the quote above this `{typed}`",
        typed
    );
    let problem = text.problem(
        Code::DocfxDiffers,
        Span::new(start, start + typed.len()),
        message,
    );
    Some(problem.help("Put an empty line between them."))
}

fn text_below_table(text: &ShownText<'_>, at: usize) -> Option<Diagnostic> {
    let mut rows = text.tree.children(Some(at)).skip(1);
    let row = rows.find(|row| !line_of(text, *row).of(text.text()).contains('|'))?;
    let message =
        "DocFX makes plain text of the whole table, because this line below it has no `|`";
    let problem = text.problem(Code::DocfxDiffers, line_of(text, row), message);
    Some(problem.help("Put an empty line between the table and the text."))
}

fn line_of(text: &ShownText<'_>, row: usize) -> Span {
    let span = text.nodes[row].span;
    let start = span.start as usize;
    Span::new(
        start,
        text.line_end(start).min(span.end as usize).max(start),
    )
}
