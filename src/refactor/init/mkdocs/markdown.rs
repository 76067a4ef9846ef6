//! The Markdown of MkDocs (Python-Markdown with the extensions of Material) -> that of hjelp: admonitions become alerts, collapsible blocks
//! `<details>`, content tabs DocFX tabs, snippets includes. Lines that both read alike stay as they are, byte for byte.

use crate::source::SitePath;
use crate::syntax::slug::slug;

use super::inlines::InlineConverter;
use super::places::Places;
use super::settings::Settings;
use super::snippets::{self, SnippetLine, is_snippet_fence, listed_snippet, snippet_line};

/// How far the text of a block is indented below its first line.
const INDENT: usize = 4;

/// Blocks in blocks beyond this depth stay as they are: the depth comes from a file, and must not exhaust the stack.
const MAX_DEPTH: usize = 30;

const OPTIONS_OF_CODE: &str = "titles, line numbers and marked lines of code";
const TABS_IN_BLOCKS: &str = "tabs inside of other blocks, now one below the other";
const PARTS_OF_FILES: &str = "snippets that show a part of a file";
const MISSING_SNIPPETS: &str = "snippets whose file is not here";
const ABBREVIATIONS: &str = "abbreviations (`*[X]: ...`)";

/// Converts the text of one file.
pub(super) struct MarkdownConverter<'a> {
    places: &'a Places<'a>,
    settings: &'a Settings,
    /// Where the file is in the new site.
    new: &'a SitePath,
    /// What was lost, with the lines.
    pub(super) losses: Vec<(&'static str, usize)>,
    /// Files that the text includes.
    pub(super) shown: Vec<SitePath>,
}

/// Lines of the source, with their numbers.
type Lines<'t> = [(usize, &'t str)];

/// The first line of an indented block.
struct BlockStart<'t> {
    indent: &'t str,
    kind: BlockKind,
    title: Option<&'t str>,
}

/// The text of a block after it was converted.
struct ConvertedBlock<'t> {
    indent: &'t str,
    title: Option<&'t str>,
    inside: Vec<String>,
}

impl ConvertedBlock<'_> {
    fn push_quoted(&self, out: &mut Vec<String>) {
        let indent = self.indent;
        if let Some(title) = self.title {
            // Alerts have no title of their own.
            out.push(format!("{indent}> **{title}**"));
            if !self.inside.is_empty() {
                out.push(format!("{indent}>"));
            }
        }
        for line in &self.inside {
            out.push(indented(indent, format!("> {line}").trim_end()));
        }
    }
}

enum BlockKind {
    Admonition(&'static str),
    Quote,
    Details { open: bool },
    Tab,
}

impl<'a> MarkdownConverter<'a> {
    pub(super) fn new(
        places: &'a Places<'a>,
        settings: &'a Settings,
        new: &'a SitePath,
    ) -> MarkdownConverter<'a> {
        MarkdownConverter {
            places,
            settings,
            new,
            losses: Vec::new(),
            shown: Vec::new(),
        }
    }

    pub(super) fn convert(&mut self, text: &str) -> String {
        let mut lines: Vec<(usize, &str)> = Vec::new();
        for (number, line) in text.lines().enumerate() {
            lines.push((number + 1, line));
        }
        let mut out = Vec::new();
        // Metadata stays as it is: most keys are the same in both.
        let body = front_matter_lines(&lines);
        for (_, line) in &lines[..body] {
            out.push((*line).to_owned());
        }
        self.blocks(&lines[body..], 0, &mut out);
        let mut converted = out.join("\n");
        // A file may end without a line break, and an empty one has none.
        if text.ends_with('\n') {
            converted.push('\n');
        }
        converted
    }

    fn blocks(&mut self, lines: &Lines<'_>, depth: usize, out: &mut Vec<String>) {
        let mut at = 0;
        while let Some((number, line)) = lines.get(at).copied() {
            if let Some(fence) = fence_of(line) {
                let end = fence_end(lines, at, fence);
                self.code(&lines[at..end], out);
                at = end;
            } else if is_snippet_fence(line) {
                at += 1;
                while let Some((number, line)) = lines.get(at).copied() {
                    at += 1;
                    if is_snippet_fence(line) {
                        break;
                    }
                    if let Some(snippet) = listed_snippet(line) {
                        out.push(self.snippet(&snippet, number));
                    }
                }
            } else if let Some(snippet) = snippet_line(line) {
                out.push(self.snippet(&snippet, number));
                at += 1;
            } else if let Some(start) = block_start(line).filter(|_| depth < MAX_DEPTH) {
                at = self.block(start, lines, at, depth, out);
            } else {
                self.line(number, line, out);
                at += 1;
            }
        }
    }

    /// Converts the block that starts at line `at`. Returns the line after it.
    fn block(
        &mut self,
        start: BlockStart<'_>,
        lines: &Lines<'_>,
        at: usize,
        depth: usize,
        out: &mut Vec<String>,
    ) -> usize {
        let indent = start.indent;
        let end = match start.kind {
            BlockKind::Tab => self.tabs(lines, at, depth, out),
            kind => {
                let end = block_end(lines, at, indent.len() + INDENT);
                let text = dedented(&lines[at + 1..end], indent.len() + INDENT);
                let mut inside = Vec::new();
                self.blocks(&text, depth + 1, &mut inside);
                let title = start.title;
                let block = ConvertedBlock {
                    indent,
                    title,
                    inside,
                };
                self.push_block(kind, block, lines[at].0, out);
                end
            }
        };
        // Else the text after the block would become a part of its last paragraph.
        if lines
            .get(end)
            .is_some_and(|(_, next)| !next.trim().is_empty())
        {
            out.push(String::new());
        }
        end
    }

    fn push_block(
        &mut self,
        kind: BlockKind,
        block: ConvertedBlock<'_>,
        number: usize,
        out: &mut Vec<String>,
    ) {
        let indent = block.indent;
        match kind {
            BlockKind::Admonition(kind) => {
                out.push(format!("{indent}> [!{kind}]"));
                block.push_quoted(out);
            }
            BlockKind::Quote => block.push_quoted(out),
            BlockKind::Details { open } => {
                let attribute = if open { " open" } else { "" };
                let title = self.inline(block.title.unwrap_or("…"), number);
                out.push(format!(
                    "{indent}<details{attribute}><summary>{title}</summary>"
                ));
                // Without the blank lines around it, the text would be read as HTML (CommonMark 4.6).
                out.push(String::new());
                for line in &block.inside {
                    out.push(indented(indent, line));
                }
                out.push(String::new());
                out.push(format!("{indent}</details>"));
            }
            // A group of tabs is converted as a whole.
            BlockKind::Tab => {}
        }
    }

    /// Converts a group of tabs. Returns the line after it.
    fn tabs(
        &mut self,
        lines: &Lines<'_>,
        start: usize,
        depth: usize,
        out: &mut Vec<String>,
    ) -> usize {
        let mut at = start;
        let mut end = start;
        // Tabs are headings in DocFX, so there are none in lists, quotes and other tabs.
        let is_top = depth == 0;
        while let Some((number, line)) = lines.get(at).copied() {
            let Some(BlockStart {
                indent,
                kind: BlockKind::Tab,
                title,
            }) = block_start(line)
            else {
                break;
            };
            end = block_end(lines, at, indent.len() + INDENT);
            let title = title.unwrap_or("…");
            // `#tab/` makes a tab of a heading, which needs a line of its own at the left margin.
            if is_top && indent.is_empty() {
                out.push(format!("# [{title}](#tab/{})", slug(title)));
            } else {
                self.losses.push((TABS_IN_BLOCKS, number));
                out.push(format!("{indent}**{title}**"));
            }
            out.push(String::new());
            let mut inside = Vec::new();
            let text = dedented(&lines[at + 1..end], indent.len() + INDENT);
            self.blocks(&text, depth + 1, &mut inside);
            for line in &inside {
                out.push(indented(indent, line));
            }
            out.push(String::new());
            at = end;
            // Blank lines may be between the tabs of a group.
            while lines
                .get(at)
                .is_some_and(|(_, line)| line.trim().is_empty())
            {
                at += 1;
            }
        }
        // In DocFX the last tab of a group goes on until a rule.
        if is_top && lines[start].1.starts_with('=') {
            out.push("---".to_owned());
        }
        end.max(start + 1)
    }

    fn line(&mut self, number: usize, line: &str, out: &mut Vec<String>) {
        let typed = line.trim_start();
        // The list of headings is made for every page.
        if typed.trim_end() == "[TOC]" {
            return;
        }
        if typed.starts_with("*[") && typed.contains("]:") {
            self.losses.push((ABBREVIATIONS, number));
            return;
        }
        let is_list = typed.starts_with('{') && typed.trim_end().ends_with('}');
        let converted = self.inline(typed, number);
        if is_list && converted.trim().is_empty() {
            return;
        }
        out.push(indented(&line[..line.len() - typed.len()], &converted));
    }

    fn inline(&mut self, text: &str, number: usize) -> String {
        let mut converter = InlineConverter {
            settings: self.settings,
            losses: Vec::new(),
        };
        let converted = converter.line(text);
        for kind in converter.losses {
            self.losses.push((kind, number));
        }
        converted
    }

    /// A fenced block with its fences.
    fn code(&mut self, lines: &Lines<'_>, out: &mut Vec<String>) {
        let (number, first) = lines[0];
        let indent = &first[..first.len() - first.trim_start().len()];
        let ticks = fence_of(first).unwrap_or_default();
        let info = first.trim_start()[ticks.len()..].trim();
        let language = language_of(info);
        if language.len() < info.len() {
            self.losses.push((OPTIONS_OF_CODE, number));
        }
        // Nothing but a file: that is a directive of its own.
        if let [_, (number, shown), _] = lines
            && let Some(snippet) = snippet_line(shown)
            && snippet.part.is_none()
            && let Some(path) = self.find(&snippet, *number)
        {
            let dash = if language.is_empty() { "" } else { "-" };
            out.push(format!("{indent}[!code{dash}{language}[]({path})]"));
            return;
        }
        out.push(format!("{indent}{ticks}{language}"));
        for (_, line) in &lines[1..] {
            out.push((*line).to_owned());
        }
    }

    fn snippet(&mut self, snippet: &SnippetLine<'_>, number: usize) -> String {
        if snippet.part.is_some() {
            self.losses.push((PARTS_OF_FILES, number));
        }
        match self.find(snippet, number) {
            Some(path) => format!("{}[!include[]({path})]", snippet.indent),
            None => format!(
                "{}<!-- {} -->",
                snippet.indent,
                snippet.name.replace("--", "- -")
            ),
        }
    }

    /// The address of the file in the new site, as seen from this one.
    fn find(&mut self, snippet: &SnippetLine<'_>, number: usize) -> Option<String> {
        let folders = &self.settings.snippet_folders;
        let found = snippets::find(self.places.sources, folders, snippet.name);
        let Some((old, new)) = found.and_then(|old| {
            let new = self.places.new_path(&old)?;
            Some((old, new))
        }) else {
            self.losses.push((MISSING_SNIPPETS, number));
            return None;
        };
        self.shown.push(old);
        let path = new.relative_to(&self.new.parent());
        Some(match path.contains([' ', '(', ')']) {
            true => format!("<{path}>"),
            false => path,
        })
    }
}

/// How many lines the front matter takes.
fn front_matter_lines(lines: &Lines<'_>) -> usize {
    if lines
        .first()
        .is_none_or(|(_, line)| line.trim_end() != "---")
    {
        return 0;
    }
    let end = lines[1..]
        .iter()
        .position(|(_, line)| matches!(line.trim_end(), "---" | "..."));
    end.map_or(0, |end| end + 2)
}

/// The ticks or tildes a fenced block begins with.
fn fence_of(line: &str) -> Option<&str> {
    let typed = line.trim_start();
    let sign = typed
        .chars()
        .next()
        .filter(|sign| matches!(sign, '`' | '~'))?;
    let length = typed.len() - typed.trim_start_matches(sign).len();
    // Code in a line can begin with three ticks, too; then there are ticks behind it.
    // CommonMark 4.5: an info string after ticks has no ticks.
    let is_fence = length >= 3 && !(sign == '`' && typed[length..].contains('`'));
    is_fence.then_some(&typed[..length])
}

/// The line after the fenced block that begins at line `start`.
fn fence_end(lines: &Lines<'_>, start: usize, fence: &str) -> usize {
    for (at, (_, line)) in lines.iter().enumerate().skip(start + 1) {
        let typed = line.trim();
        if typed.starts_with(fence)
            && fence
                .chars()
                .next()
                .is_some_and(|sign| typed.trim_matches(sign).is_empty())
        {
            return at + 1;
        }
    }
    lines.len()
}

/// The language of `py title="x"` and `{ .py .annotate }`.
fn language_of(info: &str) -> &str {
    let inside = info.trim_start_matches('{').trim_end_matches('}').trim();
    let first = inside.split_whitespace().next().unwrap_or_default();
    let name = first.trim_start_matches('.');
    if name.contains('=') { "" } else { name }
}

/// Reads `!!! note "Title"`, `??? tip`, `=== "Tab"`.
fn block_start(line: &str) -> Option<BlockStart<'_>> {
    let (indent, typed) = line.split_at(line.len() - line.trim_start().len());
    let (marker, rest) = typed.split_once(' ')?;
    let (words, title) = match rest.split_once('"') {
        Some((words, title)) => (words.trim(), Some(title.trim_end().strip_suffix('"')?)),
        None => (rest.trim(), None),
    };
    let is_plain = words
        .chars()
        .all(|char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_' | ' '));
    let first = words.split(' ').next().unwrap_or_default();
    let kind = match marker {
        "!!!" if is_plain && !first.is_empty() => admonition(first),
        "???" | "???+" if is_plain => BlockKind::Details {
            open: marker == "???+",
        },
        "===" | "===!" | "===+" if words.is_empty() && title.is_some() => BlockKind::Tab,
        _ => return None,
    };
    // A collapsible block without a title shows its kind.
    let title = match (&kind, title) {
        (BlockKind::Details { .. }, None) if !first.is_empty() => Some(first),
        (_, title) => title.filter(|title| !title.is_empty()),
    };
    Some(BlockStart {
        indent,
        kind,
        title,
    })
}

/// The alert for a kind of admonition; kinds of the site's own are notes.
fn admonition(kind: &str) -> BlockKind {
    BlockKind::Admonition(match kind.to_ascii_lowercase().as_str() {
        "quote" | "cite" => return BlockKind::Quote,
        "tip" | "hint" | "success" | "check" | "done" => "TIP",
        "important" => "IMPORTANT",
        "warning" | "attention" => "WARNING",
        "caution" | "danger" | "error" | "failure" | "fail" | "missing" | "bug" => "CAUTION",
        _ => "NOTE",
    })
}

/// The line after the block whose text is indented by `width` columns: blank lines at its end are not in it.
fn block_end(lines: &Lines<'_>, start: usize, width: usize) -> usize {
    let mut end = start + 1;
    for (at, (_, line)) in lines.iter().enumerate().skip(start + 1) {
        if line.trim().is_empty() {
            continue;
        }
        if columns(line) < width {
            break;
        }
        end = at + 1;
    }
    end
}

/// The width of the indentation; a tab is four columns, as for Python-Markdown.
fn columns(line: &str) -> usize {
    let mut width = 0;
    for byte in line.bytes() {
        match byte {
            b' ' => width += 1,
            b'\t' => width += INDENT,
            _ => break,
        }
    }
    width
}

fn dedented<'t>(lines: &Lines<'t>, width: usize) -> Vec<(usize, &'t str)> {
    let mut inside = Vec::new();
    for (number, line) in lines {
        let mut rest = *line;
        let mut left = width;
        while left > 0 {
            let taken = match rest.as_bytes().first() {
                Some(b' ') => 1,
                Some(b'\t') => INDENT,
                _ => break,
            };
            left = left.saturating_sub(taken);
            rest = &rest[1..];
        }
        inside.push((*number, rest));
    }
    inside
}

/// A line at this indentation; a blank one stays blank.
fn indented(indent: &str, line: &str) -> String {
    if line.is_empty() {
        return String::new();
    }
    format!("{indent}{line}")
}
