//! `[!code-lang[name](path?query#bookmark "title")]`: code taken from a file, whole, by lines or by a marked region (DocFX spec 5.1).
//! Reads the directive, and picks the lines it asks for out of a text it is given.

mod language;
mod region;

use crate::source::yaml::YamlNode;
use crate::source::{Span, yaml};

use super::include::closing;

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
    /// What stands in the brackets.
    pub name: Box<str>,
    /// The title in quotes.
    pub title: Option<Box<str>>,
    /// Which lines.
    pub selector: SnippetSelector,
    /// Lines to highlight, as typed: `1-3,5`.
    pub highlight: Option<Box<str>>,
    /// How many columns of indentation to take away; the common indentation if not said.
    pub dedent: Option<usize>,
    /// True for code the reader can run: `code-csharp-interactive`.
    pub interactive: bool,
    /// How the reader can run it: `interactive="try-dotnet"`.
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

/// Why there is nothing to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnippetError {
    /// The file has no region of that name.
    RegionNotFound,
    /// The file has fewer lines.
    LinesOutOfRange,
    /// The notebook has several cells of that name.
    AmbiguousCell,
    /// The file is no notebook.
    NotANotebook,
}

/// Reads a directive that fills `text`, which stands at byte `base` of its source.
pub(super) fn read(text: &str, base: usize) -> Option<Snippet> {
    let starts = |keyword: &str| {
        text.get(..keyword.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(keyword))
    };
    let keyword = ["[!code", "[!notebook"]
        .into_iter()
        .find(|keyword| starts(keyword))?;
    let (language, rest) = text[keyword.len()..].split_once('[')?;
    let language = match language {
        "" => None,
        named => Some(named.strip_prefix('-')?.trim()),
    };
    let name_end = closing(rest, &[']'])?;
    let name = super::include::unescape(&rest[..name_end]);
    let rest = rest[name_end + 1..]
        .trim_start_matches([' ', '\t'])
        .strip_prefix('(')?;
    let (path, path_len) = read_path(rest);
    let typed = &rest[..path_len];
    let start = base + text.len() - rest.len() + (typed.len() - typed.trim_start().len());
    let mut snippet = Snippet {
        name: name.trim().into(),
        path: path.into(),
        notebook: keyword.len() > 6,
        ..Snippet::default()
    };
    if let Some(language) = language {
        let plain = language.strip_suffix("-interactive");
        snippet.interactive = plain.is_some();
        snippet.language = Some(plain.unwrap_or(language).into());
    }
    let (mut rest, mut address_end) = (&rest[path_len..], path_len);
    let mut lines = Lines::default();
    if let Some(query) = rest.strip_prefix('?') {
        let len = query.find(['"', ')', '#']).unwrap_or(query.len());
        snippet.read_query(query[..len].trim(), &mut lines);
        (rest, address_end) = (&query[len..], address_end + 1 + len);
    }
    if let Some(bookmark) = rest.strip_prefix('#') {
        let len = bookmark.find(['"', ')']).unwrap_or(bookmark.len());
        let typed = bookmark[..len].trim();
        match range(typed, true) {
            Some(range) => lines.bookmark = Some(range),
            None => snippet.selector = SnippetSelector::Region(typed.into()),
        }
        (rest, address_end) = (&bookmark[len..], address_end + 1 + len);
    }
    if let Some(title) = rest.strip_prefix('"') {
        let len = closing(title, &['"'])?;
        snippet.title = Some(super::include::unescape(&title[..len]).trim().into());
        rest = &title[len + 1..];
    }
    rest.trim_start()
        .strip_prefix(')')?
        .trim_start()
        .strip_prefix(']')
        .filter(|rest| rest.trim().is_empty())?;
    let indent = typed.len() - typed.trim_start().len();
    let typed = text[start - base..]
        .get(..address_end - indent)
        .unwrap_or("")
        .trim_end();
    snippet.path_span = Span::new(start, start + typed.len());
    if !matches!(&snippet.selector, SnippetSelector::Region(name) if !name.is_empty()) {
        let lines = [
            lines.bookmark.map(|line| vec![line]),
            lines.start_end.map(|line| vec![line]),
            lines.ranges,
        ];
        snippet.selector = lines
            .into_iter()
            .flatten()
            .next()
            .map_or(SnippetSelector::Whole, SnippetSelector::Lines);
    }
    Some(snippet)
}

/// Reads a path up to `#`, `?`, `"` or the `)` that closes the directive: its text, and how many bytes it takes.
fn read_path(text: &str) -> (String, usize) {
    let mut path = String::new();
    let (mut depth, mut escaped) = (0_usize, false);
    for (at, character) in text.char_indices() {
        let punctuation_follows =
            || text[at + 1..].starts_with(|next: char| next.is_ascii_punctuation());
        match character {
            _ if escaped => escaped = false,
            // Before a letter it is a separator somebody typed on Windows.
            '\\' if punctuation_follows() => {
                escaped = true;
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

type LineRange = (usize, Option<usize>);

/// The lines a directive names, in the ways that give way to each other.
#[derive(Default)]
struct Lines {
    bookmark: Option<LineRange>,
    start_end: Option<LineRange>,
    ranges: Option<Vec<LineRange>>,
}

impl Snippet {
    /// An unknown key or bad value ends the query, as it does in DocFX, and makes `start` and `end` void.
    fn read_query(&mut self, query: &str, lines: &mut Lines) {
        let (mut start, mut end) = (None, None);
        for pair in query.split('&').filter(|_| !query.is_empty()) {
            let Some((key, value)) = pair
                .split_once('=')
                .filter(|(_, value)| !value.contains('='))
            else {
                return;
            };
            match key.to_ascii_lowercase().as_str() {
                "name" => self.selector = SnippetSelector::Region(value.into()),
                "start" => match value.trim().parse().ok() {
                    Some(line) => (start, end) = (Some(line), Some(line)),
                    None => return,
                },
                "end" => match value.trim().parse().ok() {
                    Some(line) => end = Some(line),
                    None => return,
                },
                "range" => match ranges_of(value) {
                    Some(ranges) => lines.ranges = Some(ranges),
                    None => return,
                },
                "highlight" => match ranges_of(value) {
                    Some(ranges) => self.highlight = Some(shown(&ranges).into()),
                    None => return,
                },
                "dedent" => match value.trim().parse::<i64>() {
                    Ok(columns) => self.dedent = usize::try_from(columns).ok(),
                    Err(_) => return,
                },
                _ => return,
            }
        }
        lines.start_end = start.zip(end).map(|(start, end)| (start, Some(end)));
    }
}

/// `1-3,5,7-`
pub(super) fn ranges_of(text: &str) -> Option<Vec<LineRange>> {
    text.split(',').map(|text| range(text, false)).collect()
}

/// One line or several: `5`, `5-10`, `5-`; with an `L` before each number in a bookmark.
fn range(text: &str, with_l: bool) -> Option<LineRange> {
    let line = |text: &str| match with_l {
        true => text.strip_prefix(['L', 'l'])?.trim().parse::<usize>().ok(),
        false => text.trim().parse::<usize>().ok(),
    };
    match text.split_once('-') {
        Some((first, last)) if last.trim().is_empty() => Some((line(first)?, None)),
        Some((first, last)) => Some((line(first)?, Some(line(last)?))),
        None => line(text).map(|only| (only, Some(only))),
    }
}

fn shown(ranges: &[LineRange]) -> String {
    let one = |&(first, last): &LineRange| match last {
        Some(last) if last == first => first.to_string(),
        Some(last) => format!("{first}-{last}"),
        None => format!("{first}-"),
    };
    ranges.iter().map(one).collect::<Vec<_>>().join(",")
}

/// The lines of `text` that `snippet` asks for, without their common indentation, each ended by a line feed.
pub fn select_lines(text: &str, snippet: &Snippet) -> Result<String, SnippetError> {
    if let (true, SnippetSelector::Region(name)) = (snippet.notebook, &snippet.selector) {
        return cell(text, name);
    }
    let lines: Vec<&str> = text.lines().collect();
    let picked: Vec<&str> = match &snippet.selector {
        SnippetSelector::Whole => lines,
        SnippetSelector::Region(name) => {
            let language = snippet.language.as_deref().filter(|_| !snippet.triple);
            let marks = language::marks(language, &snippet.path).unwrap_or(language::ALL);
            region::find(&lines, name, marks).ok_or(SnippetError::RegionNotFound)?
        }
        SnippetSelector::Lines(ranges) => {
            let mut picked = Vec::new();
            for &(first, last) in ranges {
                let last = last.unwrap_or(lines.len()).min(lines.len());
                picked.extend(
                    lines
                        .get(first.saturating_sub(1)..last)
                        .ok_or(SnippetError::LinesOutOfRange)?,
                );
            }
            picked
        }
    };
    Ok(dedent(&picked, snippet.dedent))
}

/// The source of the notebook's cell that is called `name`.
fn cell(text: &str, name: &str) -> Result<String, SnippetError> {
    // JSON is YAML.
    let (root, problems) = yaml::parse(text, 0);
    let root = root
        .filter(|_| problems.is_empty())
        .ok_or(SnippetError::NotANotebook)?;
    let cells = root.get("cells").map(YamlNode::items).unwrap_or_default();
    let is_named = |cell: &&YamlNode| {
        cell.get("metadata")
            .and_then(|data| data.get("name"))
            .and_then(YamlNode::text)
            == Some(name)
    };
    let mut named = cells.iter().filter(is_named);
    match (named.next(), named.next()) {
        (Some(cell), None) => Ok(cell
            .get("source")
            .map(YamlNode::items)
            .unwrap_or_default()
            .iter()
            .filter_map(YamlNode::text)
            .collect()),
        (Some(_), Some(_)) => Err(SnippetError::AmbiguousCell),
        (None, _) => Err(SnippetError::RegionNotFound),
    }
}

fn dedent(lines: &[&str], columns: Option<usize>) -> String {
    let expanded: Vec<(usize, &str)> = lines.iter().map(|line| indentation(line)).collect();
    let common = || {
        expanded
            .iter()
            .zip(lines)
            .filter(|(_, line)| !line.is_empty())
            .map(|((columns, _), _)| *columns)
            .min()
    };
    let columns = columns.or_else(common).unwrap_or(0);
    let mut out = String::new();
    for (indent, rest) in expanded {
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
    let width = line[..line.len() - rest.len()]
        .bytes()
        .fold(0, |width, byte| {
            if byte == b'\t' {
                width / 4 * 4 + 4
            } else {
                width + 1
            }
        });
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
