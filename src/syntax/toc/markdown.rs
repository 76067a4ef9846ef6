//! `toc.md` -> entries: each heading is one, as deep as it has `#` (DocFX spec 14.8). Nothing else may be in such a file but comments.

use std::iter::Peekable;

use crate::diagnostic::Code;
use crate::message;
use crate::source::Span;
use crate::syntax::front_matter;
use crate::syntax::markdown::DocumentContext;
use crate::syntax::reference::{RefId, RefKind, after_xref};

use super::entry::{Toc, TocEntry};

/// No author nests deeper, and walking the entries stays safe.
const DEEPEST: usize = 48;

/// An entry with the number of its `#`.
type LevelledEntry = (usize, TocEntry);

/// Parses a whole `toc.md`. Lines that DocFX refuses are reported, and parsing goes on.
pub(in crate::syntax) fn parse(text: &str, context: &mut DocumentContext) -> Toc {
    let mut parser = LineParser {
        context,
        entries: Vec::new(),
        in_unknown: false,
    };
    // Learn's tocs begin with metadata, which DocFX alone refuses.
    let mut at = front_matter::split(text).map_or(0, |(_, body)| body);
    while at < text.len() {
        if let Some(length) = comment_len(&text[at..]) {
            at += length;
            continue;
        }
        let line = text[at..].split_inclusive('\n').next().unwrap_or("");
        parser.line(line.trim_end(), at);
        at += line.len();
    }
    Toc {
        entries: nest(&mut parser.entries.into_iter().peekable(), 1),
        order: None,
    }
}

struct LineParser<'a> {
    context: &'a mut DocumentContext,
    entries: Vec<LevelledEntry>,
    /// True behind a line that was reported: of several only the first is.
    in_unknown: bool,
}

impl LineParser<'_> {
    fn line(&mut self, typed: &str, start: usize) {
        let span = Span::new(start, start + typed.len());
        let Some((level, entry)) = self.heading(typed, start) else {
            if !typed.is_empty() {
                self.report_unknown(span);
            }
            return;
        };
        self.in_unknown = false;
        let above = self.entries.last().map_or(0, |(level, _)| *level);
        // DocFX stops at such a heading. Here it is put one level below the one above, so that
        // the rest of the toc is still there.
        if level > above + 1 {
            let title = typed.trim_start_matches('#').trim();
            let message = message!("the heading skips a level: `{title}`", title);
            let help = "A heading is at most one `#` deeper than the one above it.";
            self.context.problem(Code::InvalidToc, span, message, help);
        }
        let level = level.min(above + 1);
        self.entries.push((level, TocEntry { span, ..entry }));
    }

    fn report_unknown(&mut self, span: Span) {
        if !self.in_unknown {
            let message = "this line is not an entry of a toc";
            let help = "Write each entry as a heading: `# [Title](page.md)`, `## @uid`, or `# Title` for one with entries inside.";
            self.context.problem(Code::InvalidToc, span, message, help);
        }
        self.in_unknown = true;
    }

    /// The entry on a line, which begins at byte `start`, and its level.
    fn heading(&mut self, typed: &str, start: usize) -> Option<LevelledEntry> {
        // Unlike in Markdown, any number of `#` is a level, and a space behind them isn't
        // needed.
        let body = typed.trim_start_matches('#');
        let level = typed.len() - body.len();
        let body = without_closing_signs(body.trim_start_matches([' ', '\t']));
        if level == 0 || body.is_empty() {
            return None;
        }
        let mut entry = TocEntry::default();
        let body_start = start + offset_in(typed, body);
        if let Some((title, inside)) = link(body) {
            let (target, display) = link_parts(inside);
            entry.name = Some(title.into());
            entry.display = display.map(Into::into);
            let target_start = body_start + offset_in(body, target);
            match uid_of_target(target) {
                Some(uid) => {
                    let uid_start = target_start + offset_in(target, uid);
                    entry.uid = Some(self.refer(RefKind::TocUid, uid, uid_start));
                }
                None => entry.href = Some(self.refer(RefKind::Toc, target, target_start)),
            }
        } else if let Some(uid) = uid(body) {
            let uid_start = body_start + offset_in(body, uid);
            entry.uid = Some(self.refer(RefKind::TocUid, uid, uid_start));
        } else {
            entry.name = Some(body.into());
        }
        Some((level, entry))
    }

    fn refer(&mut self, kind: RefKind, target: &str, start: usize) -> RefId {
        let span = Span::new(start, start + target.len());
        self.context.refer(kind, target, span, span)
    }
}

/// The entries of `level` that come next, each with those inside it.
fn nest(
    entries: &mut Peekable<impl Iterator<Item = LevelledEntry>>,
    level: usize,
) -> Vec<TocEntry> {
    let mut nested: Vec<TocEntry> = Vec::new();
    while let Some((_, mut entry)) = entries.next_if(|(next, _)| *next >= level) {
        let is_parent = entries.peek().is_some_and(|(next, _)| *next > level);
        if level < DEEPEST && is_parent {
            entry.children = nest(entries, level + 1);
        }
        nested.push(entry);
    }
    nested
}

/// The length of a comment that is alone on its lines, with the blank lines around it.
fn comment_len(text: &str) -> Option<usize> {
    let start = text.trim_start();
    let comment = start.strip_prefix("<!--")?;
    let rest = &comment[comment.find("-->")? + "-->".len()..];
    let line = rest.split_inclusive('\n').next().unwrap_or("");
    if !line.trim().is_empty() {
        return None;
    }
    Some(text.len() - rest.len() + line.len())
}

/// A heading without its closing `#`, which count as such behind a space only, as in Markdown.
fn without_closing_signs(body: &str) -> &str {
    let unclosed = body.trim_end_matches('#');
    if unclosed.ends_with([' ', '\t']) {
        unclosed.trim_end()
    } else {
        body.trim_end()
    }
}

/// Where `part`, a slice of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// `[title](inside)`; a title may have brackets of both kinds itself.
fn link(body: &str) -> Option<(&str, &str)> {
    let inner = body.strip_prefix('[')?.strip_suffix(')')?;
    // From the right: the title may be a link text with brackets of its own.
    let (title, inside) = inner.rsplit_once("](")?;
    (!title.is_empty()).then_some((title, inside))
}

/// `target "display name"`
fn link_parts(inside: &str) -> (&str, Option<&str>) {
    if let Some((target, rest)) = inside.split_once(" \"")
        && let Some(display) = rest.strip_suffix('"')
    {
        return (target, Some(display));
    }
    (inside, None)
}

/// `xref:uid` or `@uid` as the target of a link.
fn uid_of_target(target: &str) -> Option<&str> {
    let target = target.trim();
    let uid = match target.strip_prefix('@') {
        Some(uid) => uid,
        None => after_xref(target)?,
    };
    (!uid.trim().is_empty()).then_some(uid)
}

/// `<xref:uid>` or `@uid`, each with the uid in quotes or without.
fn uid(body: &str) -> Option<&str> {
    let angled = match body.strip_prefix("<xref:") {
        Some(rest) => rest.strip_suffix('>'),
        None => None,
    };
    let text = match angled {
        Some(text) => text,
        None => body.strip_prefix('@')?,
    };
    if let Some(quoted) = quoted(text) {
        return Some(quoted);
    }
    // The rules of the two forms differ: within angle brackets only what would end them is not
    // allowed.
    let is_uid = if angled.is_some() {
        !text.is_empty() && !text.contains([' ', '>'])
    } else {
        text.starts_with(|first: char| first.is_ascii_alphabetic())
            && !text.contains([' ', '\t', '"', '\'', '<', '>'])
    };
    is_uid.then_some(text)
}

/// What is between quotes of one kind, unless it is empty.
fn quoted(text: &str) -> Option<&str> {
    for quote in ['"', '\''] {
        if let Some(rest) = text.strip_prefix(quote)
            && let Some(inner) = rest.strip_suffix(quote)
            && !inner.is_empty()
        {
            return Some(inner);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_become_nested_entries() {
        let text = "<!-- note\n -->\n# [A (x)](a.md \"AA\") #\n## @uid.b\n# <xref:\"c d\">\n";
        let mut context = DocumentContext::default();
        let toc = parse(text, &mut context);
        assert_eq!(toc.entries.len(), 2);
        assert_eq!(toc.entries[0].name.as_deref(), Some("A (x)"));
        assert_eq!(toc.entries[0].display.as_deref(), Some("AA"));
        assert_eq!(toc.entries[0].children[0].uid, Some(1));
        let mut targets = Vec::new();
        for reference in &context.refs {
            assert_eq!(reference.target_span.of(text), &*reference.target);
            targets.push(&*reference.target);
        }
        assert_eq!(targets, ["a.md", "uid.b", "c d"]);
        assert!(context.problems.is_empty());
    }

    #[test]
    fn skipped_levels_and_other_lines_are_reported_once() {
        let mut context = DocumentContext::default();
        let toc = parse("# A\n### B\ntext\nmore\n", &mut context);
        assert_eq!(context.problems.len(), 2);
        assert_eq!(toc.entries[0].children.len(), 1);
    }
}
