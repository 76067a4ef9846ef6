//! `literal-markup`: markup that Markdown has elsewhere and that is not switched on here: `{#id}`, `{.class}`, `: definition`, `- [ ]`.

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::message;
use crate::source::Span;
use crate::syntax::tree::NodeKind;

use super::shown_text::{BlockKind, ParentKind, Piece, ShownBlock, ShownText};

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    let mut last_task_list = None;
    for block in &text.blocks {
        let pieces = text.pieces_of(block);
        for piece in pieces {
            if text.text().as_bytes()[piece.span.end as usize - 1] == b'}'
                || piece.span.of(text.text()).starts_with('{')
            {
                problems.extend(attributes(text, block, piece));
            }
        }
        problems.extend(definition(text, block));
        if let Some(span) = task(text, block) {
            let list = enclosing_list(text, block.node);
            // Once for a list: its items are all of this kind, and one setting changes all of them.
            if list != last_task_list {
                problems.push(task_problem(text, span));
            }
            last_task_list = list;
        }
    }
}

/// `{#id .class key=value}` behind a heading, a line, a link or an image.
fn attributes(text: &ShownText<'_>, block: &ShownBlock, piece: &Piece) -> Option<Diagnostic> {
    let words = piece.span.of(text.text());
    let (offset, len) = match words.rfind('{') {
        Some(open) if words.ends_with('}') => (open, words.len() - open),
        _ => (0, words.find('}')? + 1),
    };
    let start = piece.span.start as usize + offset;
    let span = Span::new(start, start + len);
    if text.is_escaped(start) || !is_attributes(span.of(text.text())) {
        return None;
    }
    let ends_line = text.line_end(span.end as usize) == span.end as usize;
    let before = text.text()[..start].chars().next_back();
    // `{name}` in running text is a placeholder.
    let is_attached = match block.kind {
        BlockKind::Heading => ends_line,
        _ => before == Some(')') && offset == 0 || piece.starts_line && offset == 0 && ends_line,
    };
    if !is_attached {
        return None;
    }
    let typed = span.of(text.text());
    let message = message!(
        "`{typed}` is shown as text: attributes are not switched on",
        typed
    );
    let problem = text.problem(Code::LiteralMarkup, span, message);
    Some(match typed.strip_prefix("{#") {
        Some(id) if block.kind == BlockKind::Heading => {
            let id = id.trim_end_matches('}').split(' ').next().unwrap_or("");
            problem.help(message!(
                "Write `<a id=\"{id}\"></a>` before the words of the heading, or remove it.",
                id
            ))
        }
        _ => problem.help("Remove it, or add `attributes` to `markdigExtensions`."),
    })
}

fn is_attributes(typed: &str) -> bool {
    let Some(inside) = typed.strip_prefix('{') else {
        return false;
    };
    let inside = inside.trim_end_matches('}');
    let inside = inside.strip_prefix(':').unwrap_or(inside).trim();
    if inside.is_empty() {
        return false;
    }
    inside.split_whitespace().all(|part| {
        let name = part.strip_prefix(['#', '.']);
        match name {
            Some(name) => !name.is_empty() && name.chars().all(is_name_char),
            None => part.split_once('=').is_some_and(|(key, value)| {
                !value.is_empty() && !key.is_empty() && key.chars().all(is_name_char)
            }),
        }
    })
}

fn is_name_char(char: char) -> bool {
    char.is_alphanumeric() || matches!(char, '-' | '_' | ':')
}

/// A line with a term above one that begins with `: `.
fn definition(text: &ShownText<'_>, block: &ShownBlock) -> Option<Diagnostic> {
    if block.kind != BlockKind::Paragraph || block.parent == ParentKind::Other {
        return None;
    }
    let [term, rest @ ..] = text.pieces_of(block) else {
        return None;
    };
    let definition = rest.iter().find(|piece| piece.starts_line)?;
    let start = definition.span.start as usize;
    let line = definition.span.of(text.text());
    let is_definition = line.starts_with(": ") || line.starts_with(":\t");
    let words = term.span.of(text.text()).trim_end();
    // A term is a few words; a longer line, or one with a stop, is a sentence.
    if !is_definition || !term.starts_line || words.ends_with(['.', ',', ':']) || words.len() > 60 {
        return None;
    }
    let message = "the definition is shown with its `:`: definition lists are not switched on";
    let problem = text.problem(Code::LiteralMarkup, Span::new(start, start + 1), message);
    Some(problem.help(message!(
        "Write `**{words}**` and the text below, or add `definitionLists` to `markdigExtensions`.",
        words
    )))
}

/// `[ ]` or `[x]` at the start of an item.
fn task(text: &ShownText<'_>, block: &ShownBlock) -> Option<Span> {
    let is_item = block.kind == BlockKind::Item
        || block.kind == BlockKind::Paragraph && block.parent == ParentKind::Item;
    let first = text.pieces_of(block).first()?;
    let words = first.span.of(text.text());
    let is_task = ["[ ] ", "[x] ", "[X] "]
        .iter()
        .any(|task| words.starts_with(task));
    (is_item && is_task && first.starts_line)
        .then(|| Span::new(first.span.start as usize, first.span.start as usize + 3))
}

fn enclosing_list(text: &ShownText<'_>, at: usize) -> Option<usize> {
    (0..at).rev().find(|list| {
        let node = &text.nodes[*list];
        matches!(node.kind, NodeKind::List(_)) && list + node.len as usize >= at
    })
}

fn task_problem(text: &ShownText<'_>, span: Span) -> Diagnostic {
    let message = message!(
        "`{text}` is shown as text: task lists are not switched on",
        text = span.of(text.text())
    );
    let problem = text
        .problem(Code::LiteralMarkup, span, message)
        .with_level(Level::Note);
    problem.help("Remove it, or add `taskLists` to `markdigExtensions`.")
}
