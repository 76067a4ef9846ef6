//! Rows and columns are usually indented, and what is in them is indented further. CommonMark would take that for code, so the indentation
//! is moved to the end of the line before, where it means nothing: every other byte stays in its place. The same is done with the end line of
//! any block that is indented further than its opening line.

use super::source_line::LinePrefix;

/// What of the indentation of the lines in a row counts.
#[derive(Debug, Clone, Default)]
pub(super) struct RowIndent {
    /// The indentation of the first line behind the last `:::`: what the author's own begins at.
    base: Option<usize>,
    /// The sign of the code fence that is open.
    fence: Option<u8>,
    in_list: bool,
    after_blank: bool,
    /// True if text further in than the first line is what the author's own begins at.
    is_moved: bool,
}

impl RowIndent {
    /// How much of the `indent` of a line with this `content` means nothing.
    pub fn removed(&mut self, content: &str, indent: usize) -> usize {
        let Some(&first) = content.as_bytes().first() else {
            self.after_blank = true;
            return indent;
        };
        if self.fence.is_none() && content.starts_with(":::") {
            *self = RowIndent::default();
            return indent;
        }
        let mut base = *self.base.get_or_insert(indent);
        if self.is_moved && indent < base {
            self.is_moved = false;
            self.base = Some(indent);
            base = indent;
        }
        let mut removed = indent.min(base);
        if self.fence.is_none() {
            let is_item = is_item(content);
            self.in_list = is_item || self.in_list && (indent > removed || !self.after_blank);
            // DocFX drops all indentation in a row. It makes items of lists here, but never code: text that is indented further than the
            // comment or picture above it is text.
            if self.after_blank && !self.in_list && indent >= removed + 4 {
                self.base = Some(indent);
                self.is_moved = true;
                removed = indent;
            }
        }
        self.after_blank = false;
        if content.starts_with("```") || content.starts_with("~~~") {
            match self.fence {
                None => self.fence = Some(first),
                Some(open) if open == first => self.fence = None,
                Some(_) => {}
            }
        }
        removed
    }

    /// Ends the fence that is open, as the block around it ends.
    fn end_fence(&mut self) {
        self.fence = None;
    }
}

/// True for what begins with the marker of a list.
fn is_item(content: &str) -> bool {
    let digits = content.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => content.strip_prefix(['-', '+', '*']),
        _ => content[digits..].strip_prefix(['.', ')']),
    };
    matches!(rest, Some(rest) if rest.starts_with([' ', '\t']))
}

/// A row to be outdented: the first byte of the opening and of the closing line's directive, and the places of the end lines in it that end a
/// fence, too.
pub(super) struct OutdentedRow<'a> {
    pub open: usize,
    pub close: usize,
    pub fence_ends: &'a [usize],
}

/// Moves the indentation in `masked` within a row.
pub(super) fn outdent(text: &str, row: &OutdentedRow<'_>, masked: &mut [u8]) {
    let mut at = match text[..row.open].rfind(['\n', '\r']) {
        Some(newline) => newline + 1,
        None => 0,
    };
    let opening = LinePrefix::before(&text[at..row.open]);
    // The row itself may be in an item of a list: its own indentation stays.
    let row_indent = opening.indent();
    let mut indents = RowIndent::default();
    for line in text[at..].split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start <= row.open {
            continue;
        }
        let prefix = LinePrefix::of(line);
        // A line that is in fewer quotes is in no row.
        if prefix.quotes == opening.quotes {
            let content = line[prefix.content..].trim_end();
            if row
                .fence_ends
                .binary_search(&(start + prefix.content))
                .is_ok()
            {
                indents.end_fence();
            }
            let removed = indents.removed(content, prefix.indent());
            if !content.is_empty() {
                shift(masked, start, prefix, removed.saturating_sub(row_indent));
            }
        }
        if at > row.close {
            break;
        }
    }
}

/// Puts `count` of the spaces behind the quotes of the line at `start` before its line break.
pub(super) fn shift(masked: &mut [u8], start: usize, prefix: LinePrefix, count: usize) {
    if count == 0 || start == 0 {
        return;
    }
    let line_break = if start >= 2 && masked[start - 2] == b'\r' {
        start - 2
    } else {
        start - 1
    };
    let end = start + prefix.behind_quotes;
    masked.copy_within(line_break..end, line_break + count);
    masked[line_break..line_break + count].fill(b' ');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines_of(text: &str) -> Vec<String> {
        let row = OutdentedRow {
            open: text.find(":::row").unwrap(),
            close: text.len() - 13,
            fence_ends: &[],
        };
        let mut masked = text.as_bytes().to_vec();
        outdent(text, &row, &mut masked);
        let masked = String::from_utf8(masked).unwrap();
        assert_eq!(masked.len(), text.len());
        let mut lines = Vec::new();
        for line in masked.lines() {
            lines.push(line.trim_end().to_owned());
        }
        lines
    }

    #[test]
    fn indentation_moves_to_the_line_before() {
        let text = ":::row:::\r\n    :::column:::\r\n        a\r\n          b\r\n:::row-end:::";
        assert_eq!(
            lines_of(text),
            [":::row:::", ":::column:::", "a", "  b", ":::row-end:::"]
        );
    }

    #[test]
    fn in_a_quote_its_markers_move_along() {
        let text =
            "> :::row:::\n>     :::column:::\n>         a\n>     :::column-end:::\n> :::row-end:::";
        assert_eq!(
            lines_of(text),
            [
                "> :::row:::",
                "> :::column:::",
                "> a",
                "> :::column-end:::",
                "> :::row-end:::"
            ]
        );
    }

    #[test]
    fn text_below_a_comment_in_the_first_column_is_no_code() {
        let text = ":::row:::\n:::column:::\n<!-- a -->\n\n    b\n\n- c\n\n    d\n:::row-end:::";
        assert_eq!(lines_of(text)[4], "b");
        assert_eq!(lines_of(text)[8], "    d");
    }
}
