//! The lines of a text, one after another -> the block of code or HTML that a line is in. CommonMark reads such a block without looking at its
//! words; the `:::` lines need to know about it, as the end of a `:::` block ends what is open in it (DocFX's `TryContinue` asks the outermost
//! block first).
//!
//! This is CommonMark's block structure as far as fences and HTML depend on it: quotes, items of lists and paragraphs. Lazy continuation
//! lines and tabs of more than one column are not followed; where it errs, a block ends as CommonMark ends it.

use super::outdent::RowIndent;
use super::source_line::LinePrefix;

/// The element names that begin a block of HTML wherever they begin a line (CommonMark 0.31, 4.6, kind 6).
const BLOCK_ELEMENTS: [&str; 62] = [
    "address",
    "article",
    "aside",
    "base",
    "basefont",
    "blockquote",
    "body",
    "caption",
    "center",
    "col",
    "colgroup",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frame",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "iframe",
    "legend",
    "li",
    "link",
    "main",
    "menu",
    "menuitem",
    "nav",
    "noframes",
    "ol",
    "optgroup",
    "option",
    "p",
    "param",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "title",
    "tr",
    "track",
    "ul",
];

/// Blocks of HTML that end with a sign, whatever is between (kinds 1 to 5).
const SIGNED_HTML: [(&str, &str); 8] = [
    ("<!--", "-->"),
    ("<?", "?>"),
    ("<![cdata[", "]]>"),
    ("<script", "</script>"),
    ("<pre", "</pre>"),
    ("<style", "</style>"),
    ("<textarea", "</textarea>"),
    ("<!", ">"),
];

/// How a block of code or HTML ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LeafEnd {
    /// With at least so many of this sign.
    Fence(u8, usize),
    /// With a blank line.
    BlankLine,
    /// With the line that has this sign.
    Sign(&'static str),
}

/// An open block of code or HTML.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct OpenLeaf {
    /// The first byte of its first line.
    pub start: usize,
    pub end: LeafEnd,
    quotes: usize,
    /// The column at which the content of the item of a list begins that it is in; 0 if it is in none.
    pub item: usize,
}

/// Reads a text line by line.
#[derive(Debug, Clone)]
pub(super) struct LineBlocks<'t> {
    text: &'t str,
    /// The first byte that was not read.
    at: usize,
    leaf: Option<OpenLeaf>,
    quotes: usize,
    /// The columns at which the contents of the open items begin, the innermost last.
    items: Vec<usize>,
    in_paragraph: bool,
    /// In a row, what of the indentation counts.
    row: Option<RowIndent>,
}

impl<'t> LineBlocks<'t> {
    pub fn new(text: &'t str, from: usize) -> Self {
        LineBlocks {
            text,
            at: from,
            leaf: None,
            quotes: 0,
            items: Vec::new(),
            in_paragraph: false,
            row: None,
        }
    }

    /// Begins a row with the line that was reached: behind it indentation means nothing.
    pub fn begin_row(&mut self) {
        if self.row.is_none() {
            self.read_line();
            self.row = Some(RowIndent::default());
        }
    }

    /// Ends the outermost row.
    pub fn end_row(&mut self) {
        self.row = None;
    }

    /// The column at which the content of the item begins that a line with this prefix is in; 0 if it is in none.
    pub fn item_of(&self, prefix: LinePrefix) -> usize {
        if prefix.quotes != self.quotes || self.row.is_some() {
            return 0;
        }
        let mut item = 0;
        for column in &self.items {
            if *column <= prefix.indent() {
                item = *column;
            }
        }
        item
    }

    /// Reads all lines before the one that begins at byte `line`; returns the block that is open there.
    pub fn read_to(&mut self, line: usize) -> Option<OpenLeaf> {
        while self.at < line {
            self.read_line();
        }
        let leaf = self.leaf?;
        // The line itself can end the block by not being in its quote or item any more.
        let prefix = LinePrefix::of(self.line());
        let is_outside = is_outside(&leaf, prefix.quotes, prefix.indent());
        (!is_outside || self.row.is_some()).then_some(leaf)
    }

    /// The first byte that was not read.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Ends the open block before the line that was reached.
    pub fn end_leaf(&mut self) {
        self.leaf = None;
        self.in_paragraph = false;
    }

    /// The first byte behind the block that is open; the end of the text if nothing ends it.
    pub fn leaf_end(&self) -> usize {
        let mut ahead = self.clone();
        let start = self.leaf.map(|leaf| leaf.start);
        while ahead.leaf.map(|leaf| leaf.start) == start && ahead.at < ahead.text.len() {
            ahead.read_line();
        }
        ahead.at
    }

    fn line(&self) -> &'t str {
        let rest = &self.text[self.at..];
        rest.split_inclusive('\n').next().unwrap_or("")
    }

    fn read_line(&mut self) {
        let line = self.line();
        let start = self.at;
        // One byte even at the end of the text, so that loops over lines end.
        self.at += line.len().max(1);
        let prefix = LinePrefix::of(line);
        let content = line[prefix.content..].trim_end();
        let mut indent = prefix.indent();
        if let Some(row) = &mut self.row {
            indent -= row.removed(content, indent);
        }
        if let Some(leaf) = self.leaf {
            let is_outside = is_outside(&leaf, prefix.quotes, indent) && !content.is_empty();
            if !is_outside && prefix.quotes >= leaf.quotes {
                if ends(&leaf, indent, content) {
                    self.leaf = None;
                }
                return;
            }
            self.leaf = None;
        }
        if content.is_empty() {
            self.in_paragraph = false;
            return;
        }
        if prefix.quotes != self.quotes {
            self.items.clear();
            self.in_paragraph = false;
            self.quotes = prefix.quotes;
        }
        self.open(start, content, indent);
    }

    /// Reads a line of no open block: its markers of lists, and the block that begins behind them.
    fn open(&mut self, start: usize, content: &str, indent: usize) {
        let (mut content, mut column) = (content, indent);
        while self.items.last().is_some_and(|item| *item > column) {
            self.items.pop();
        }
        let item = self.items.last().copied().unwrap_or(0);
        // Indented code, or a paragraph that goes on; neither begins a block.
        if column >= item + 4 {
            return;
        }
        while let Some(width) = item_marker(content) {
            content = &content[width..];
            column += width;
            self.items.push(column);
            self.in_paragraph = false;
            // The columns of a quote in an item are counted from the quote.
            let inner = LinePrefix::of(content);
            if inner.quotes > 0 {
                self.quotes += inner.quotes;
                self.items.clear();
                content = &content[inner.content..];
                column = inner.indent();
            }
        }
        let Some(end) = leaf_end(content, self.in_paragraph) else {
            let is_text = !content.starts_with('#') && !content.starts_with(":::");
            self.in_paragraph = is_text && !content.is_empty();
            return;
        };
        self.in_paragraph = false;
        let leaf = OpenLeaf {
            start,
            end,
            quotes: self.quotes,
            item: self.items.last().copied().unwrap_or(0),
        };
        // A block of HTML can end on its first line.
        // `<!-->` is a whole comment (6.6): its end shares signs with its beginning.
        let is_whole =
            matches!(end, LeafEnd::Sign(sign) if content.to_ascii_lowercase()[2..].contains(sign));
        if !is_whole {
            self.leaf = Some(leaf);
        }
    }
}

/// True if a line in so many quotes, so far indented, is not in the quote or the item of `leaf`.
fn is_outside(leaf: &OpenLeaf, quotes: usize, indent: usize) -> bool {
    quotes < leaf.quotes || quotes == leaf.quotes && indent < leaf.item
}

/// True if the line with this indentation and `content` ends `leaf`.
fn ends(leaf: &OpenLeaf, indent: usize, content: &str) -> bool {
    match leaf.end {
        LeafEnd::BlankLine => content.is_empty(),
        LeafEnd::Sign(sign) => content.to_ascii_lowercase().contains(sign),
        LeafEnd::Fence(sign, len) => {
            let signs = content.bytes().take_while(|byte| *byte == sign).count();
            signs >= len && indent < leaf.item + 4 && content[signs..].trim().is_empty()
        }
    }
}

/// How the block ends that `content` begins; nothing if it begins neither code nor HTML.
fn leaf_end(content: &str, in_paragraph: bool) -> Option<LeafEnd> {
    let first = *content.as_bytes().first()?;
    if matches!(first, b'`' | b'~') {
        let len = content.bytes().take_while(|byte| *byte == first).count();
        // Backticks behind the fence make it code within a line (CommonMark 0.31, 4.5).
        let is_inline = first == b'`' && content[len..].contains('`');
        return (len >= 3 && !is_inline).then_some(LeafEnd::Fence(first, len));
    }
    let rest = content.strip_prefix('<')?;
    let lower = content.to_ascii_lowercase();
    for (opening, end) in SIGNED_HTML {
        if lower.starts_with(opening) && is_name_end(&lower[opening.len()..], opening) {
            return Some(LeafEnd::Sign(end));
        }
    }
    let name = rest.strip_prefix('/').unwrap_or(rest);
    let len = name.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let behind = &name[len..];
    let is_named = BLOCK_ELEMENTS.contains(&&*name[..len].to_ascii_lowercase());
    if is_named
        && (behind.is_empty() || behind.starts_with([' ', '\t', '>']) || behind.starts_with("/>"))
    {
        return Some(LeafEnd::BlankLine);
    }
    // Any other tag that is alone on its line, unless it goes on with a paragraph (kind 7).
    let is_alone = len > 0 && content.ends_with('>') && content.matches('<').count() == 1;
    // `<https://...>` and `<name@...>` are links (CommonMark 0.31, 6.5), not tags.
    (is_alone && !in_paragraph && !behind.starts_with([':', '@', '+', '.']))
        .then_some(LeafEnd::BlankLine)
}

/// `<script` has to end as a name; of the others, signs are enough, but for `<!`, which a letter follows.
fn is_name_end(behind: &str, opening: &str) -> bool {
    match opening {
        "<!" => behind.starts_with(|first: char| first.is_ascii_alphabetic()),
        _ if opening.ends_with(|last: char| last.is_ascii_alphabetic()) => {
            behind.is_empty() || behind.starts_with([' ', '\t', '>'])
        }
        _ => true,
    }
}

/// How many bytes the marker of an item takes with the spaces up to its content.
fn item_marker(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => text.strip_prefix(['-', '+', '*'])?,
        1..=9 => text[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let marker = text.len() - rest.len();
    if rest.trim_end().is_empty() {
        return Some(marker);
    }
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    match spaces {
        0 => None,
        1..=4 => Some(marker + spaces),
        // Code that begins the item: one space belongs to the marker.
        _ => Some(marker + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How the block ends that the line with `here` is in.
    fn leaf_at(text: &str) -> Option<LeafEnd> {
        let at = text.find("here").unwrap();
        let line = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let leaf = LineBlocks::new(text, 0).read_to(line)?;
        Some(leaf.end)
    }

    #[test]
    fn blocks_of_code_and_html_are_followed() {
        let fence = |len| Some(LeafEnd::Fence(b'`', len));
        for (text, expected) in [
            ("```\nhere", fence(3)),
            ("````js\n```\nhere", fence(4)),
            ("```\n```\nhere", None),
            ("``` a`b\nhere", None),
            ("    ```\nhere", None),
            ("1. a\n\n   ```\n   x\nhere", None),
            ("1. a\n\n   ```\n   here", fence(3)),
            ("> ```\nhere", None),
            ("> ```\n> here", fence(3)),
            ("- > ```\n  > here", fence(3)),
            ("<div>\nhere", Some(LeafEnd::BlankLine)),
            ("<div>\n\nhere", None),
            ("text <b>b</b>\n<br/>\nhere", None),
            ("<br/>\nhere", Some(LeafEnd::BlankLine)),
            ("<https://a.no>\nhere", None),
            ("<!-- a -->\nhere", None),
            ("<!-- a\n\nhere", Some(LeafEnd::Sign("-->"))),
            ("<script>\n\nhere", Some(LeafEnd::Sign("</script>"))),
            ("<scripts\nhere", None),
        ] {
            assert_eq!(leaf_at(text), expected, "{text}");
        }
    }

    #[test]
    fn the_end_of_a_block_is_looked_up_without_reading_on() {
        let text = "```\na\n```\nb\n";
        let mut blocks = LineBlocks::new(text, 0);
        blocks.read_to(4);
        assert_eq!(blocks.leaf_end(), 10);
        assert!(blocks.read_to(6).is_some());
    }
}
