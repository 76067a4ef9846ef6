//! `literal-heading`: a line that begins with `#` and is no heading: no space behind the signs, a space of another kind, too many signs.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;

use super::shown_text::{BlockKind, ParentKind, Piece, ShownBlock, ShownText};

/// Spaces that are none for Markdown, with their names.
pub(super) const ODD_SPACES: [(char, &str); 8] = [
    ('\u{A0}', "no-break space (U+00A0)"),
    ('\u{202F}', "narrow no-break space (U+202F)"),
    ('\u{2007}', "figure space (U+2007)"),
    ('\u{2009}', "thin space (U+2009)"),
    ('\u{3000}', "wide space (U+3000)"),
    ('\u{200B}', "zero width space (U+200B)"),
    ('\u{2060}', "word joiner (U+2060)"),
    ('\u{FEFF}', "byte order mark (U+FEFF)"),
];

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    for block in &text.blocks {
        if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
            continue;
        }
        for piece in text.pieces_of(block) {
            let start = piece.span.start as usize;
            if piece.starts_line && text.text().as_bytes()[start] == b'#' {
                problems.extend(problem_of(text, block, piece));
            }
        }
    }
}

fn problem_of(text: &ShownText<'_>, block: &ShownBlock, piece: &Piece) -> Option<Diagnostic> {
    let start = piece.span.start as usize;
    if text.is_escaped(start) || piece.in_link {
        return None;
    }
    let line = &text.text()[start..text.line_end(start)];
    let rest = line.trim_start_matches('#');
    let count = line.len() - rest.len();
    let signs = Span::new(start, start + count);
    let typed = &line[..count];
    if let Some((space, name)) = ODD_SPACES
        .iter()
        .find(|(space, _)| rest.starts_with(*space))
    {
        let span = Span::new(start, start + count + space.len_utf8());
        let message = message!(
            "this heading is shown as text: behind `{typed}` is a {space}",
            typed,
            space = name
        );
        let gap = Span::new(start + count, start + count + space.len_utf8());
        let fix = text.fix("write an ordinary space".into(), true, &[(gap, " ")]);
        let problem = text.problem(Code::LiteralHeading, span, message);
        return Some(Diagnostic {
            fix,
            ..problem.help(message!("Type an ordinary space behind `{typed}`.", typed))
        });
    }
    if count > 6 && rest.starts_with([' ', '\t']) {
        let message = message!(
            "this heading is shown as text: there are six levels, and `{typed}` is none",
            typed
        );
        let problem = text.problem(Code::LiteralHeading, signs, message);
        return Some(problem.help("Write at most six `#`."));
    }
    if count > 6 || !is_title(text, block, rest, count) {
        return None;
    }
    let message = message!(
        "this heading is shown as text: there is no space behind `{typed}`",
        typed
    );
    let gap = Span::at(start + count);
    // A single sign may begin a hashtag.
    let fix = text.fix("add a space".into(), count > 1, &[(gap, " ")]);
    let problem = text.problem(Code::LiteralHeading, signs, message);
    let first = rest.split_whitespace().next().unwrap_or(rest);
    Some(Diagnostic {
        fix,
        ..problem.help(message!(
            "Write `{typed} {first}`, or `\\{typed}{first}` if no heading is meant.",
            typed,
            first
        ))
    })
}

/// True if `rest`, behind `count` signs, was meant as the title of a section.
fn is_title(text: &ShownText<'_>, block: &ShownBlock, rest: &str, count: usize) -> bool {
    let Some(first) = rest.chars().next() else {
        return false;
    };
    if count > 1 {
        return first.is_alphanumeric() || matches!(first, '*' | '`' | '"' | '_' | '“' | '«');
    }
    // `#faktura` is a hashtag, `#Opprette en faktura` alone in its paragraph a title.
    let span = text.span_of(block);
    let is_alone =
        text.line_end(span.start as usize) >= text.text()[..span.end as usize].trim_end().len();
    let is_first = block.kind == BlockKind::Paragraph && block.parent == ParentKind::Top;
    first.is_uppercase()
        && is_alone
        && is_first
        && !rest.contains('#')
        && !rest.ends_with(['.', ':', ';'])
}
