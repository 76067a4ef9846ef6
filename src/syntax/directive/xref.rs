//! `<xref: uid >` and `<xref:'uid with spaces'>`: mentions of uids that have blanks in them, which CommonMark takes for text (DocFX spec 9.1).
//! Those without blanks are links of CommonMark.

use crate::source::Span;

use super::Mask;
use super::container::SpannedTarget;
use super::parsed::{Directive, ParsedDirective};
use super::source_line::{SourceLine, is_escaped};

/// Adds all of them in `text` from byte `from` on.
pub(super) fn find(text: &str, from: usize, found: &mut Vec<ParsedDirective>) {
    let mut at = from;
    while let Some(offset) = text[at..].find('<') {
        let start = at + offset;
        at = start + 1;
        let Some(len) = mention_len(&text[start..]) else {
            continue;
        };
        // In angle brackets a link may have an address with blanks.
        let before = text[from..start].trim_end_matches([' ', '\t']);
        let is_address = before.ends_with("](") || before.ends_with("]:");
        if is_address || is_escaped(text, start) {
            continue;
        }
        let end = start + len;
        let inner = Span::new(start + "<xref:".len(), end - 1);
        let uid = inner
            .of(text)
            .trim_matches(|sign: char| sign.is_whitespace() || matches!(sign, '"' | '\''));
        if uid.is_empty() {
            continue;
        }
        let line = SourceLine::around(text, start);
        let mask = if line.is_filled(text, start, end) {
            Mask::Autolink
        } else {
            Mask::Inline
        };
        found.push(ParsedDirective {
            span: Span::new(start, end),
            directive: Directive::Xref(SpannedTarget {
                target: uid.into(),
                span: inner,
            }),
            mask,
        });
        at = end;
    }
}

/// The length of `<xref:...>` with blanks in it on one line.
fn mention_len(rest: &str) -> Option<usize> {
    let scheme = rest.get(..6)?;
    if !scheme.eq_ignore_ascii_case("<xref:") {
        return None;
    }
    let inner = &rest[6..];
    let len = inner.find(['>', '<', '\n', '\r'])?;
    let has_blanks = inner[..len].contains([' ', '\t']);
    (has_blanks && inner[len..].starts_with('>')).then_some(6 + len + 1)
}
