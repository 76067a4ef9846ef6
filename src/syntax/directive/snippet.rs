//! `[!code-lang[name](path?query#bookmark "title")]`: code taken from a file, whole, by lines or by a marked region (DocFX spec 5.1).
//! Reads the directive, and selects the lines it asks for from a text it is given; knows no files.

mod language;
mod region;

use crate::source::yaml::YamlNode;
use crate::source::{Span, yaml};

use super::include::{find_unescaped, unescape};

pub use language::is_known as is_known_language;
pub(super) use language::language_of_file;

/// A code directive as typed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snippet {
    /// The file, relative to the one that mentions it, or from the root after `~/`.
    pub path: Box<str>,
    /// The bytes of the path, query and bookmark.
    pub path_span: Span,
    /// The language after `code-`.
    pub language: Option<Box<str>>,
    /// The name in the brackets.
    pub name: Box<str>,
    /// The title in quotes.
    pub title: Option<Box<str>>,
    /// Which lines.
    pub selector: SnippetSelector,
    /// Lines to highlight, as typed: `1-3,5`.
    pub highlight: Option<Box<str>>,
    /// How many columns of indentation to remove; the common indentation if none is given.
    pub dedent: Option<usize>,
    /// True for code that readers can run: `code-csharp-interactive`.
    pub interactive: bool,
    /// How readers can run it: `interactive="try-dotnet"`.
    pub mode: Option<Box<str>>,
    /// True for `:::code:::`.
    pub triple: bool,
    /// True for a cell of a notebook: `[!notebook-python[](..)]`.
    pub notebook: bool,
}

/// Which lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SnippetSelector {
    /// All.
    #[default]
    Whole,
    /// Those between the marks of this region.
    Region(Box<str>),
    /// These, counted from 1, both ends included; an open end runs to the last line.
    Lines(Vec<(usize, Option<usize>)>),
}

/// Why there are no lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnippetError {
    /// The file has no region of that name.
    RegionNotFound,
    /// The file has fewer lines.
    LinesOutOfRange,
    /// The notebook has several cells of that name.
    AmbiguousCell,
    /// The file is not a notebook.
    NotANotebook,
}

/// The forms of the keyword, and whether the file is a notebook.
const KEYWORDS: [(&str, bool); 2] = [("[!code", false), ("[!notebook", true)];

/// Reads a directive that fills `text`, which is at byte `base` of its source.
pub(super) fn read(text: &str, base: usize) -> Option<Snippet> {
    let (after_keyword, notebook) = keyword(text)?;
    let (language, rest) = after_keyword.split_once('[')?;
    let name_end = find_unescaped(rest, &[']'])?;
    let name = unescape(&rest[..name_end]);
    let address = rest[name_end + 1..].trim_start_matches([' ', '\t']);
    let address = address.strip_prefix('(')?;
    // The path may have round brackets itself, so the closing one of the directive is searched
    // from the left.
    let (path, path_len) = read_path(address);
    let mut snippet = Snippet {
        name: name.trim().into(),
        path: path.into(),
        notebook,
        ..Snippet::default()
    };
    snippet.read_language(language)?;
    let mut lines = RequestedLines::default();
    let mut rest = &address[path_len..];
    if let Some(query) = rest.strip_prefix('?') {
        let len = query.find(['"', ')', '#']).unwrap_or(query.len());
        snippet.read_query(query[..len].trim(), &mut lines);
        rest = &query[len..];
    }
    if let Some(bookmark) = rest.strip_prefix('#') {
        let len = bookmark.find(['"', ')']).unwrap_or(bookmark.len());
        let typed = bookmark[..len].trim();
        match parse_range(typed, "L") {
            Some(range) => lines.bookmark = Some(range),
            None => snippet.selector = SnippetSelector::Region(typed.into()),
        }
        rest = &bookmark[len..];
    }
    let typed_address = &address[..address.len() - rest.len()];
    let start = base + text.len() - address.trim_start().len();
    snippet.path_span = Span::new(start, start + typed_address.trim().len());
    if let Some(title) = rest.strip_prefix('"') {
        let len = find_unescaped(title, &['"'])?;
        snippet.title = Some(unescape(&title[..len]).trim().into());
        rest = &title[len + 1..];
    }
    let after = rest.trim_start().strip_prefix(')')?;
    let after = after.trim_start().strip_prefix(']')?;
    if !after.trim().is_empty() {
        return None;
    }
    // A region wins over lines, but `#` alone names none.
    let has_region = matches!(&snippet.selector, SnippetSelector::Region(name) if !name.is_empty());
    if !has_region {
        snippet.selector = lines.selector();
    }
    Some(snippet)
}

/// What follows the keyword, and true for that of notebooks.
fn keyword(text: &str) -> Option<(&str, bool)> {
    for (keyword, notebook) in KEYWORDS {
        if let Some((start, rest)) = text.split_at_checked(keyword.len())
            && start.eq_ignore_ascii_case(keyword)
        {
            return Some((rest, notebook));
        }
    }
    None
}

/// Reads a path up to `#`, `?`, `"` or the `)` that closes the directive: its text, and how many bytes it takes.
fn read_path(text: &str) -> (String, usize) {
    let mut path = String::new();
    let mut depth = 0_usize;
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
            path.push(character);
            continue;
        }
        match character {
            // Before a letter it is a separator that an author typed on Windows.
            '\\' if text[at + 1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                is_escaped = true;
                continue;
            }
            '#' | '?' | '"' => return (path.trim().to_owned(), at),
            ')' if depth == 0 => return (path.trim().to_owned(), at),
            ')' => depth -= 1,
            '(' => depth += 1,
            _ => {}
        }
        path.push(character);
    }
    (path.trim().to_owned(), text.len())
}

/// A first line and a last one, counted from 1; no last one for all to the end.
type LineRange = (usize, Option<usize>);

/// The lines a directive names, in the ways that give way to each other.
#[derive(Default)]
struct RequestedLines {
    bookmark: Option<LineRange>,
    start: Option<usize>,
    end: Option<usize>,
    ranges: Option<Vec<LineRange>>,
}

impl RequestedLines {
    /// The bookmark, else `start` and `end`, else `range`, else all.
    fn selector(self) -> SnippetSelector {
        if let Some(range) = self.bookmark {
            return SnippetSelector::Lines(vec![range]);
        }
        if let (Some(start), Some(end)) = (self.start, self.end) {
            return SnippetSelector::Lines(vec![(start, Some(end))]);
        }
        match self.ranges {
            Some(ranges) => SnippetSelector::Lines(ranges),
            None => SnippetSelector::Whole,
        }
    }
}

impl Snippet {
    /// Reads `-language` or `-language-interactive`.
    fn read_language(&mut self, typed: &str) -> Option<()> {
        if typed.is_empty() {
            return Some(());
        }
        let language = typed.strip_prefix('-')?.trim();
        // The suffix isn't part of the language: it only lets a site add a button (DocFX spec
        // 5.2).
        let plain = language.strip_suffix("-interactive");
        self.interactive = plain.is_some();
        self.language = Some(plain.unwrap_or(language).into());
        Some(())
    }

    /// An unknown key or bad value ends the query without a message, as it does in DocFX, and makes `start` and `end` void.
    fn read_query(&mut self, query: &str, lines: &mut RequestedLines) {
        if query.is_empty() {
            return;
        }
        for pair in query.split('&') {
            if self.read_pair(pair, lines).is_none() {
                (lines.start, lines.end) = (None, None);
                return;
            }
        }
    }

    /// Reads one `key=value`; nothing if that ends the query.
    fn read_pair(&mut self, pair: &str, lines: &mut RequestedLines) -> Option<()> {
        let (key, value) = pair.split_once('=')?;
        if value.contains('=') {
            return None;
        }
        match key.to_ascii_lowercase().as_str() {
            "name" => self.selector = SnippetSelector::Region(value.into()),
            "start" => {
                // Alone it is one line.
                lines.start = Some(value.trim().parse().ok()?);
                lines.end = lines.start;
            }
            "end" => lines.end = Some(value.trim().parse().ok()?),
            "range" => lines.ranges = Some(line_ranges(value)?),
            "highlight" => {
                let ranges = line_ranges(value)?;
                self.highlight = Some(format_ranges(&ranges).into());
            }
            "dedent" => {
                let columns: i64 = value.trim().parse().ok()?;
                self.dedent = usize::try_from(columns).ok();
            }
            _ => return None,
        }
        Some(())
    }
}

/// `1-3,5,7-`
pub(super) fn line_ranges(text: &str) -> Option<Vec<LineRange>> {
    text.split(',').map(|text| parse_range(text, "")).collect()
}

/// One line or several: `5`, `5-10`, `5-`, with `prefix` before each number: `L5-L10` in a bookmark.
fn parse_range(text: &str, prefix: &str) -> Option<LineRange> {
    let Some((first, last)) = text.split_once('-') else {
        let only = parse_line(text, prefix)?;
        return Some((only, Some(only)));
    };
    let first = parse_line(first, prefix)?;
    if last.trim().is_empty() {
        return Some((first, None));
    }
    Some((first, Some(parse_line(last, prefix)?)))
}

fn parse_line(text: &str, prefix: &str) -> Option<usize> {
    let (start, number) = text.split_at_checked(prefix.len())?;
    if !start.eq_ignore_ascii_case(prefix) {
        return None;
    }
    number.trim().parse().ok()
}

fn format_ranges(ranges: &[LineRange]) -> String {
    let mut out = String::new();
    for (first, last) in ranges {
        if !out.is_empty() {
            out.push(',');
        }
        match last {
            Some(last) if last == first => out.push_str(&first.to_string()),
            Some(last) => out.push_str(&format!("{first}-{last}")),
            None => out.push_str(&format!("{first}-")),
        }
    }
    out
}

/// The lines of `text` that `snippet` asks for, without their common indentation, each ended by a line feed.
pub fn select_lines(text: &str, snippet: &Snippet) -> Result<String, SnippetError> {
    if snippet.notebook
        && let SnippetSelector::Region(name) = &snippet.selector
    {
        return notebook_cell(text, name);
    }
    let lines: Vec<&str> = text.lines().collect();
    let selected: Vec<&str> = match &snippet.selector {
        SnippetSelector::Whole => lines,
        SnippetSelector::Region(name) => {
            // `:::code:::` always goes by the extension of the file.
            let language = if snippet.triple {
                None
            } else {
                snippet.language.as_deref()
            };
            let marks = language::marks(language, &snippet.path).unwrap_or(language::ALL);
            region::find(&lines, name, marks).ok_or(SnippetError::RegionNotFound)?
        }
        SnippetSelector::Lines(ranges) => {
            let mut selected = Vec::new();
            for (first, last) in ranges {
                // The last line is clamped, the first isn't: a range behind the end is a
                // mistake (DocFX spec 5.1).
                let last = last.unwrap_or(lines.len()).min(lines.len());
                let range = lines.get(first.saturating_sub(1)..last);
                selected.extend(range.ok_or(SnippetError::LinesOutOfRange)?);
            }
            selected
        }
    };
    Ok(dedent(&selected, snippet.dedent))
}

/// The source of the notebook's cell that is called `name`.
fn notebook_cell(text: &str, name: &str) -> Result<String, SnippetError> {
    // A notebook is JSON, and JSON is YAML.
    let (root, problems) = yaml::parse(text, 0);
    let Some(root) = root else {
        return Err(SnippetError::NotANotebook);
    };
    if !problems.is_empty() {
        return Err(SnippetError::NotANotebook);
    }
    let mut found = None;
    for cell in root.get("cells").map_or(&[][..], YamlNode::items) {
        if cell_name(cell) != Some(name) {
            continue;
        }
        if found.is_some() {
            return Err(SnippetError::AmbiguousCell);
        }
        found = Some(cell);
    }
    let Some(cell) = found else {
        return Err(SnippetError::RegionNotFound);
    };
    let mut code = String::new();
    for line in cell.get("source").map_or(&[][..], YamlNode::items) {
        code.push_str(line.text().unwrap_or(""));
    }
    Ok(code)
}

fn cell_name(cell: &YamlNode) -> Option<&str> {
    cell.get("metadata")?.get("name")?.text()
}

/// Removes `columns` of indentation, or the indentation that all lines have in common. As in DocFX, a line of spaces counts, an empty one
/// doesn't.
fn dedent(lines: &[&str], columns: Option<usize>) -> String {
    let mut common = usize::MAX;
    let mut split = Vec::with_capacity(lines.len());
    for line in lines {
        let (indent, rest) = indentation(line);
        if !line.is_empty() {
            common = common.min(indent);
        }
        split.push((indent, rest));
    }
    let columns = columns.unwrap_or(common);
    let mut out = String::new();
    for (indent, rest) in split {
        for _ in columns..indent {
            out.push(' ');
        }
        out.push_str(rest);
        out.push('\n');
    }
    out
}

/// The width of a line's indentation, tabs reaching to the next multiple of four, and what follows it.
fn indentation(line: &str) -> (usize, &str) {
    let rest = line.trim_start_matches([' ', '\t']);
    let mut width = 0;
    for byte in line[..line.len() - rest.len()].bytes() {
        width = if byte == b'\t' {
            width / 4 * 4 + 4
        } else {
            width + 1
        };
    }
    (width, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippet(text: &str) -> Snippet {
        read(text, 0).unwrap()
    }

    #[test]
    fn reads_every_form() {
        let one = snippet(
            r#"[!code-csharp-interactive[Main](~/src/a.cs?range=1-2,4-&highlight=2 "The title")]"#,
        );
        assert_eq!(
            (
                one.language.as_deref(),
                one.interactive,
                &*one.path,
                one.title.as_deref()
            ),
            (Some("csharp"), true, "~/src/a.cs", Some("The title"))
        );
        assert_eq!(
            (one.selector, one.highlight.as_deref()),
            (
                SnippetSelector::Lines(vec![(1, Some(2)), (4, None)]),
                Some("2")
            )
        );
        let text = "[!code[](x.json#L2-L5)]";
        assert_eq!(
            snippet(text).selector,
            SnippetSelector::Lines(vec![(2, Some(5))])
        );
        assert_eq!(snippet(text).path_span.of(text), "x.json#L2-L5");
        assert_eq!(
            snippet("[!code-xml[](x.xml#part)]").selector,
            SnippetSelector::Region("part".into())
        );
        assert_eq!(
            snippet("[!code-xml[](x.xml?name=part&dedent=2#L1)]").selector,
            SnippetSelector::Region("part".into())
        );
        assert_eq!(read("[!codex[](a)]", 0), None);
    }

    #[test]
    fn picks_lines_and_takes_indentation_away() {
        let text = "a\n    b\n\t  c\n\nd\n";
        let pick = |lines| {
            select_lines(
                text,
                &Snippet {
                    selector: SnippetSelector::Lines(lines),
                    ..Snippet::default()
                },
            )
        };
        assert_eq!(pick(vec![(2, Some(4))]), Ok("b\n  c\n\n".into()));
        assert_eq!(pick(vec![(5, None), (1, Some(1))]), Ok("d\na\n".into()));
        assert_eq!(pick(vec![(7, Some(9))]), Err(SnippetError::LinesOutOfRange));
    }
}
