//! `toc.md` -> entries: each heading is one, as deep as it has `#` (DocFX spec 14.8). Nothing else may stand in such a file but comments.

use crate::source::Span;

use super::{RefId, RefKind, Reference, Toc, TocEntry};

/// Reads a whole `toc.md`. What DocFX refuses is told to `problem` with the help for it, and the reading goes on.
pub(in super::super) fn read(
    text: &str,
    refs: &mut Vec<Reference>,
    problem: &mut dyn FnMut(Span, String, &str),
) -> Toc {
    let mut flat: Vec<(usize, TocEntry)> = Vec::new();
    let mut at = 0;
    let mut in_unknown = false;
    while at < text.len() {
        if let Some(length) = comment(&text[at..]) {
            at += length;
            continue;
        }
        let line = text[at..].split_inclusive('\n').next().unwrap_or("");
        let (start, typed) = (at, line.trim_end());
        at += line.len();
        let span = Span::new(start, start + typed.len());
        let above = flat.last().map_or(0, |(level, _)| *level);
        match heading(typed, start, refs) {
            Some((level, entry)) => {
                in_unknown = false;
                if level > above + 1 {
                    let help = "A heading is at most one `#` deeper than the one above it.";
                    problem(
                        span,
                        format!(
                            "the heading skips a level: `{}`",
                            typed.trim_start_matches('#').trim()
                        ),
                        help,
                    );
                }
                flat.push((level.min(above + 1), TocEntry { span, ..entry }));
            }
            None if typed.is_empty() => {}
            None => {
                if !in_unknown {
                    let help = "Write each entry as a heading: `# [Title](page.md)`, `## @uid`, or `# Title` for one with entries inside.";
                    problem(span, "this line is no entry of a toc".to_owned(), help);
                }
                in_unknown = true;
            }
        }
    }
    let mut flat = flat.into_iter().peekable();
    Toc {
        entries: nest(&mut flat, 1),
        order: None,
    }
}

/// The entries of `level` that come next, each with those inside it.
fn nest(
    flat: &mut std::iter::Peekable<impl Iterator<Item = (usize, TocEntry)>>,
    level: usize,
) -> Vec<TocEntry> {
    let mut entries: Vec<TocEntry> = Vec::new();
    // No author nests deeper, and walking the tree stays safe.
    const DEEPEST: usize = 48;
    while let Some((_, entry)) = flat.next_if(|(next, _)| *next >= level) {
        entries.push(entry);
        if level < DEEPEST && flat.peek().is_some_and(|(next, _)| *next > level) {
            let children = nest(flat, level + 1);
            if let Some(last) = entries.last_mut() {
                last.children = children;
            }
        }
    }
    entries
}

/// The length of a comment that stands alone, with the blank lines around it.
fn comment(text: &str) -> Option<usize> {
    let start = text.trim_start();
    let end = start.strip_prefix("<!--")?.find("-->")? + 7;
    let rest = &start[end..];
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    line.trim()
        .is_empty()
        .then(|| text.len() - rest.len() + line.len())
}

fn heading(typed: &str, start: usize, refs: &mut Vec<Reference>) -> Option<(usize, TocEntry)> {
    let level = typed.bytes().take_while(|&byte| byte == b'#').count();
    let body = typed[level..].trim_start_matches([' ', '\t']);
    // Closing `#` count as such behind a space only, as in Markdown.
    let unclosed = body.trim_end_matches('#');
    let body = if unclosed.ends_with([' ', '\t']) {
        unclosed
    } else {
        body
    }
    .trim_end();
    if level == 0 || body.is_empty() {
        return None;
    }
    let mut refer = |kind, target: &str| {
        let offset = target.as_ptr() as usize - typed.as_ptr() as usize + start;
        let span = Span::new(offset, offset + target.len());
        refs.push(Reference {
            kind,
            target: target.into(),
            span,
            target_span: span,
        });
        Some((refs.len() - 1) as RefId)
    };
    let mut entry = TocEntry::default();
    if let Some((title, inside)) = link(body) {
        let quoted = inside
            .split_once(" \"")
            .and_then(|(link, display)| Some((link, display.strip_suffix('"')?)));
        let (target, display) =
            quoted.map_or((inside, None), |(link, display)| (link, Some(display)));
        entry.name = Some(title.into());
        entry.display = display.map(Into::into);
        let trimmed = target.trim();
        match trimmed
            .strip_prefix("xref:")
            .or_else(|| trimmed.strip_prefix('@'))
            .filter(|uid| !uid.trim().is_empty())
        {
            Some(uid) => entry.uid = refer(RefKind::TocUid, uid),
            None => entry.href = refer(RefKind::Toc, target),
        }
    } else if let Some(uid) = uid(body) {
        entry.uid = refer(RefKind::TocUid, uid);
    } else {
        entry.name = Some(body.into());
    }
    Some((level, entry))
}

/// `[title](inside)`; a title may hold brackets and round brackets itself.
fn link(body: &str) -> Option<(&str, &str)> {
    let (title, inside) = body
        .strip_prefix('[')?
        .strip_suffix(')')?
        .rsplit_once("](")?;
    (!title.is_empty()).then_some((title, inside))
}

/// `<xref:uid>` or `@uid`, each with the uid in quotes or without.
fn uid(body: &str) -> Option<&str> {
    let unquoted = |text: &'_ str| -> Option<(usize, usize)> {
        let quote = text
            .chars()
            .next()
            .filter(|first| matches!(first, '"' | '\''))?;
        (text.len() > 2 && text.ends_with(quote)).then(|| (1, text.len() - 1))
    };
    let (text, short) = match body
        .strip_prefix("<xref:")
        .and_then(|rest| rest.strip_suffix('>'))
    {
        Some(inside) => (inside, false),
        None => (body.strip_prefix('@')?, true),
    };
    if let Some((from, to)) = unquoted(text) {
        return Some(&text[from..to]);
    }
    let fits = match short {
        true => {
            text.starts_with(|first: char| first.is_ascii_alphabetic())
                && !text.contains(|sign: char| " \t\"'<>".contains(sign))
        }
        false => !text.is_empty() && !text.contains([' ', '>']),
    };
    fits.then_some(text)
}
