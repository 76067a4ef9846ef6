//! `literal-list`: lines that were meant as items of a list and run together in one paragraph: no space behind the sign, or a sign that is
//! none for Markdown.

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::source::Span;

use super::shown_text::{BlockKind, ParentKind, Piece, ShownBlock, ShownText};

/// Signs that people copy from other programs.
const BULLETS: [char; 9] = ['•', '·', '▪', '◦', '‣', '●', '○', '■', '\u{F0B7}'];

pub(super) fn check(text: &ShownText<'_>, problems: &mut Vec<Diagnostic>) {
    let mut previous: Option<usize> = None;
    for (number, block) in text.blocks.iter().enumerate() {
        let items = items_of(text, block);
        if items.is_empty() {
            continue;
        }
        let follows = previous.is_some_and(|previous| previous + 1 == number);
        previous = Some(number);
        // A single paragraph that begins with a bullet can be anything. With the second in a row
        // they are a list, so the report begins there.
        if is_list(text, block, &items) || follows && is_whole_paragraph(text, block, &items) {
            problems.push(problem_of(text, &items));
        }
    }
}

/// The beginning of a line that looks like that of an item.
struct ItemLike {
    /// Its sign.
    span: Span,
    is_bullet: bool,
    is_number: bool,
}

fn items_of(text: &ShownText<'_>, block: &ShownBlock) -> Vec<ItemLike> {
    let mut items = Vec::new();
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return items;
    }
    for piece in text.pieces_of(block) {
        if piece.starts_line && !piece.in_link && !text.is_escaped(piece.span.start as usize) {
            items.extend(item_like(text, piece));
        }
    }
    items
}

fn item_like(text: &ShownText<'_>, piece: &Piece) -> Option<ItemLike> {
    let start = piece.span.start as usize;
    let line = piece.span.of(text.text());
    let first = line.chars().next()?;
    let rest = &line[first.len_utf8()..];
    let is_word = |rest: &str| {
        let word = rest.split_whitespace().next().unwrap_or("");
        // `-lib/net8` and `-o=x` are what programs print and take.
        rest.starts_with(char::is_alphabetic) && !word.contains(['/', '\\', '=', '_'])
    };
    if BULLETS.contains(&first) {
        let is_item = rest.trim_start().starts_with(char::is_alphanumeric);
        return is_item.then(|| ItemLike {
            span: Span::new(start, start + first.len_utf8()),
            is_bullet: true,
            is_number: false,
        });
    }
    if matches!(first, '-' | '+' | '*') {
        return is_word(rest).then(|| ItemLike {
            span: Span::new(start, start + 1),
            is_bullet: false,
            is_number: false,
        });
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line[digits..].strip_prefix(['.', ')'])?;
    // `1.Klikk` is a step, `3.x` a version.
    let is_step = (1..3).contains(&digits)
        && rest.starts_with(char::is_uppercase)
        && rest.chars().nth(1).is_some_and(char::is_lowercase);
    is_step.then(|| ItemLike {
        span: Span::new(start, start + digits + 1),
        is_bullet: false,
        is_number: true,
    })
}

/// True if the lines are certainly items: several of them, a step, or one that continues a list.
fn is_list(text: &ShownText<'_>, block: &ShownBlock, items: &[ItemLike]) -> bool {
    if items.len() > 1 {
        return true;
    }
    let first = &items[0];
    if first.is_number {
        return block.parent == ParentKind::Top;
    }
    let in_item = block.kind == BlockKind::Item || block.parent == ParentKind::Item;
    let is_first = text
        .pieces_of(block)
        .first()
        .is_some_and(|piece| piece.span.start == first.span.start);
    in_item && !is_first && !first.is_bullet && first.span.of(text.text()) == "-"
}

/// True if the block is nothing but the line of one item.
fn is_whole_paragraph(text: &ShownText<'_>, block: &ShownBlock, items: &[ItemLike]) -> bool {
    let span = text.span_of(block);
    block.kind == BlockKind::Paragraph && items.len() == 1 && items[0].span.start == span.start
}

fn problem_of(text: &ShownText<'_>, items: &[ItemLike]) -> Diagnostic {
    let first = &items[0];
    let typed = first.span.of(text.text());
    let mut edits: Vec<(Span, &str)> = Vec::new();
    for item in items {
        let behind = Span::at(item.span.end as usize);
        let has_space = text
            .char_at(item.span.end as usize)
            .is_some_and(char::is_whitespace);
        match item.is_bullet {
            true if has_space => edits.push((item.span, "-")),
            true => edits.push((item.span, "- ")),
            false => edits.push((behind, " ")),
        }
    }
    let (message, help) = match first.is_bullet {
        true => (
            message!(
                "`{typed}` begins no list item: the lines run together",
                typed
            ),
            "Write `- ` instead.".into(),
        ),
        false => (
            message!(
                "there is no space behind `{typed}`, so this is no list item",
                typed
            ),
            message!("Write `{typed} `, with a space.", typed),
        ),
    };
    // A single line may be a sentence that begins with the sign.
    let fix = text.fix("make it a list".into(), items.len() > 1, &edits);
    let problem = text.problem(Code::LiteralList, first.span, message);
    Diagnostic {
        fix,
        ..problem.help(help)
    }
}
