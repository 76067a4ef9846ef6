//! The opening and end lines of `:::` blocks, in text order -> which end line ends which block, and what CommonMark has to see in its place.
//!
//! An end line ends everything that is open in its block: paragraphs and lists do so by themselves, but a fence that was forgotten, and a
//! block of HTML, would swallow it. What is masked so that they end as well is decided here.

use super::container::Container;
use super::line_blocks::{LeafEnd, LineBlocks, OpenLeaf};
use super::parsed::Mask;
use super::source_line::{LinePrefix, SourceLine};

/// A block whose end line hasn't come yet.
struct OpenContainer {
    name: &'static str,
    /// The first byte of its opening line's directive.
    start: usize,
    quotes: usize,
    /// The column at which the content of the item of a list begins that it is in.
    item: usize,
    /// How many colons its opening line begins with.
    colons: usize,
}

/// An end line as typed.
pub(super) struct EndLine {
    /// The name before `-end`; empty for `:::` alone.
    pub name: &'static str,
    /// How many bytes it takes.
    pub len: usize,
    /// How many colons it begins with.
    pub colons: usize,
}

/// What an end line does.
pub(super) enum Ending {
    /// Ends the block whose opening line begins at this byte.
    Ends {
        opener: u32,
        mask: Mask,
        /// The first byte of the line of the fence that was left open.
        open_fence: Option<usize>,
    },
    /// Is text, as it is in code or has no place here.
    Text,
    /// There is no such block to end.
    Nothing,
}

/// The blocks that are open while a text is read.
pub(super) struct OpenContainers<'t> {
    text: &'t str,
    lines: LineBlocks<'t>,
    open: Vec<OpenContainer>,
    /// The length of fences of backticks and of tildes from which on none is closed any more: looking for the end of each would be slow.
    endless: [usize; 2],
    /// The first byte of the fence that was looked at last, and true if the end lines in it are samples.
    sample: Option<(usize, bool)>,
    /// The outermost rows: the first bytes of their opening and of their end lines.
    pub rows: Vec<(usize, usize)>,
    /// End lines that are indented further than their blocks: their first bytes, and how far they may be indented.
    pub indented_ends: Vec<(usize, usize)>,
}

impl<'t> OpenContainers<'t> {
    pub fn new(text: &'t str, from: usize) -> Self {
        OpenContainers {
            text,
            lines: LineBlocks::new(text, from),
            open: Vec::new(),
            endless: [usize::MAX; 2],
            sample: None,
            rows: Vec::new(),
            indented_ends: Vec::new(),
        }
    }

    /// True if a block of this name is open.
    pub fn has(&self, name: &str) -> bool {
        self.open.iter().any(|container| container.name == name)
    }

    fn prefix(&self, line: &SourceLine) -> LinePrefix {
        LinePrefix::of(&self.text[line.start..line.end])
    }

    /// True if the directive that begins at byte `start` of `line` is in code, or would be if it were none.
    pub fn is_in_code(&mut self, line: &SourceLine, start: usize) -> bool {
        if self.lines.read_to(line.start).is_some() {
            return true;
        }
        let prefix = self.prefix(line);
        let has_marker = line.start + prefix.content != start;
        !has_marker && !self.has("row") && prefix.indent() >= self.lines.item_of(prefix) + 4
    }

    /// Opens a block with the opening line `container` at byte `start`.
    pub fn open(&mut self, container: &Container, start: usize, colons: usize, line: &SourceLine) {
        let mut prefix = self.prefix(line);
        let mut item = self.lines.item_of(prefix);
        if line.start + prefix.content != start {
            // Behind the marker of an item, which the block is in then.
            prefix = LinePrefix::before(&self.text[line.start..start]);
            item = prefix.indent();
        }
        let name = container.name();
        if name == "row" {
            self.lines.begin_row();
        }
        self.open.push(OpenContainer {
            name,
            start,
            quotes: prefix.quotes,
            item,
            colons,
        });
    }

    /// Forgets the blocks in quotes and items that `line` is not in any more: they ended with them.
    pub fn drop_ended(&mut self, line: &SourceLine) {
        let prefix = self.prefix(line);
        let in_row = self.has("row");
        while let Some(last) = self.open.last() {
            let is_outdented = !in_row && prefix.indent() < last.item;
            if last.quotes < prefix.quotes || last.quotes == prefix.quotes && !is_outdented {
                return;
            }
            self.open.pop();
        }
    }

    /// What the end line at byte `start` of `line` does.
    pub fn end(&mut self, end: &EndLine, start: usize, line: &SourceLine) -> Ending {
        let prefix = self.prefix(line);
        let leaf = self.lines.read_to(line.start);
        let is_marked = line.start + prefix.content != start;
        let Some(at) = self.opener(end, prefix) else {
            let is_text = leaf.is_some() || is_marked || self.has(end.name);
            return if is_text {
                Ending::Text
            } else {
                Ending::Nothing
            };
        };
        // Behind the marker of an item it is in that item, and the block is not.
        if is_marked {
            return Ending::Text;
        }
        let item = self.open[at].item;
        let mut mask = if end.len < "<??>".len() {
            Mask::Rule
        } else {
            Mask::Block
        };
        let mut open_fence = None;
        if let Some(leaf) = leaf {
            let Some(forced) = self.ends_leaf(at, &leaf, end) else {
                return Ending::Text;
            };
            if matches!(leaf.end, LeafEnd::Fence(..)) {
                open_fence = Some(leaf.start);
            }
            // What is in an item ends with the item, as the end line isn't in it.
            if leaf.item <= item || self.has("row") {
                mask = forced;
            }
            self.lines.end_leaf();
        }
        let opener = self.open[at].start;
        self.open.truncate(at);
        if !self.has("row") {
            self.lines.end_row();
            if end.name == "row" {
                self.rows.push((opener, start));
            } else if prefix.indent() > item {
                self.indented_ends.push((start, item));
            }
        }
        Ending::Ends {
            opener: opener as u32,
            mask,
            open_fence,
        }
    }

    /// The block that an end line ends. Of blocks with a name it is the innermost with as many colons, or else the innermost; `:::` alone ends
    /// the outermost with no more colons.
    fn opener(&self, end: &EndLine, prefix: LinePrefix) -> Option<usize> {
        let mut found = None;
        let mut is_exact = false;
        let in_row = self.has("row");
        for (at, container) in self.open.iter().enumerate() {
            let is_here = container.name == end.name
                && container.quotes == prefix.quotes
                && (in_row || prefix.indent() >= container.item);
            if !is_here {
                continue;
            }
            if end.name.is_empty() {
                let is_near = prefix.indent() < container.item + 4;
                if container.colons <= end.colons && is_near {
                    return Some(at);
                }
                continue;
            }
            let same_colons = container.colons == end.colons;
            if same_colons || !is_exact {
                found = Some(at);
                is_exact |= same_colons;
            }
        }
        found
    }

    /// What to mask an end line with that would be part of `leaf`, a block of code or HTML in the block `at`; nothing if it is meant to be part.
    fn ends_leaf(&mut self, at: usize, leaf: &OpenLeaf, end: &EndLine) -> Option<Mask> {
        match leaf.end {
            LeafEnd::BlankLine => Some(Mask::Blank),
            // Nothing but its own sign ends a comment.
            LeafEnd::Sign(_) => None,
            LeafEnd::Fence(sign, len) => {
                let known = match self.sample {
                    Some((start, is_sample)) if start == leaf.start => is_sample,
                    _ => self.is_sample(at, sign, len),
                };
                self.sample = Some((leaf.start, known));
                if known || len > end.len {
                    return None;
                }
                Some(Mask::FenceEnd(sign, len))
            }
        }
    }

    /// True if the end line is a sample in a fence: the fence is closed, and the block is ended behind it. DocFX ends the block with the sample,
    /// and makes code of what follows.
    fn is_sample(&mut self, at: usize, sign: u8, len: usize) -> bool {
        let endless = &mut self.endless[usize::from(sign == b'~')];
        if len >= *endless {
            return false;
        }
        let here = self.lines.at();
        let behind = self.lines.leaf_end();
        if behind >= self.text.len() {
            *endless = len;
            return false;
        }
        // Where a fence with a language begins, the one above was forgotten.
        for line in self.text[here..behind].lines() {
            let content = &line[LinePrefix::of(line).content..];
            let info = content.trim_start_matches(char::from(sign));
            if content.len() >= info.len() + 3 && !info.trim().is_empty() {
                return false;
            }
        }
        let name = self.open[at].name;
        for line in self.text[behind..].lines() {
            let content = &line[LinePrefix::of(line).content..];
            let Some(rest) = content.strip_prefix(":::") else {
                continue;
            };
            let rest = rest.trim_start_matches(':').trim();
            if name.is_empty() {
                return rest.is_empty();
            }
            if let Some(rest) = rest.strip_prefix(name) {
                return rest.starts_with("-end");
            }
        }
        false
    }

    /// Ends what is open at the end of the text.
    pub fn finish(&mut self) {
        for container in &self.open {
            if container.name == "row" {
                self.rows.push((container.start, self.text.len()));
                return;
            }
        }
    }
}
