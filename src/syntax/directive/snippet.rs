//! `[!code-lang[name](path?query#bookmark "title")]`: code taken from a file, whole, by lines or by a marked region (DocFX spec 5.1).
//! Reads the directive, and picks the lines it asks for out of a text it is given.

mod region;

use crate::source::Span;

use super::include::{closing, unescape};

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
    pub selector: Selector,
    /// Lines to highlight, as typed: `1-3,5`.
    pub highlight: Option<Box<str>>,
    /// How many columns of indentation to take away; the common indentation if not said.
    pub dedent: Option<usize>,
    /// True for code the reader can run: `code-csharp-interactive`.
    pub interactive: bool,
}

/// Which lines of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Selector {
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
pub enum Missing {
    /// The file has no region of that name.
    Region,
    /// The file has fewer lines.
    Lines,
}

/// Reads a directive that fills `text`, which stands at byte `base` of its source.
pub(super) fn read(text: &str, base: usize) -> Option<Snippet> {
    let keyword = "[!code";
    if !text.get(..keyword.len())?.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let (language, rest) = text[keyword.len()..].split_once('[')?;
    let language = match language.trim_end() {
        "" => None,
        named => Some(named.strip_prefix('-')?),
    };
    let name_end = closing(rest, &[']'])?;
    let name = unescape(&rest[..name_end]);
    let inside = rest[name_end + 1..].trim_start_matches([' ', '\t']).strip_prefix('(')?.strip_suffix(']')?.trim_end().strip_suffix(')')?;
    let (address, title) = match inside.split_once('"') {
        Some((address, title)) => (address, Some(title.trim_end().strip_suffix('"')?)),
        None => (inside, None),
    };
    let start = text.len() - rest[name_end + 1..].trim_start_matches([' ', '\t']).len() + 1;
    let start = start + (address.len() - address.trim_start().len());
    let address = address.trim();
    let mut snippet = Snippet {
        path_span: Span::new(base + start, base + start + address.len()),
        name: name.into(),
        title: title.map(Into::into),
        ..Snippet::default()
    };
    if let Some(language) = language {
        let plain = language.strip_suffix("-interactive");
        snippet.interactive = plain.is_some();
        snippet.language = Some(plain.unwrap_or(language).into());
    }
    let (before, bookmark) = address.split_once('#').map_or((address, None), |(before, bookmark)| (before, Some(bookmark)));
    let (path, query) = before.split_once('?').unwrap_or((before, ""));
    snippet.path = unescape(path).into();
    snippet.read_query(query);
    match bookmark {
        Some(bookmark) if !matches!(snippet.selector, Selector::Region(_)) => snippet.selector = read_bookmark(bookmark),
        _ => {}
    }
    Some(snippet)
}

impl Snippet {
    /// An unknown key or bad value ends the query, as it does in DocFX.
    fn read_query(&mut self, query: &str) {
        let (mut start, mut end) = (None, None);
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let Some((key, value)) = pair.split_once('=') else { return };
            match key.to_ascii_lowercase().as_str() {
                "name" => {
                    self.selector = Selector::Region(value.into());
                    return;
                }
                "start" => start = value.parse().ok(),
                "end" => end = value.parse().ok(),
                "range" => match ranges(value) {
                    Some(lines) => self.selector = Selector::Lines(lines),
                    None => return,
                },
                "highlight" => self.highlight = Some(value.into()),
                "dedent" => self.dedent = value.parse().ok(),
                _ => return,
            }
        }
        if let Some(first) = start {
            self.selector = Selector::Lines(vec![(first, end.or(Some(first)))]);
        }
    }
}

fn read_bookmark(bookmark: &str) -> Selector {
    let line = |text: &str| text.strip_prefix(['L', 'l'])?.parse().ok();
    let lines = match bookmark.split_once('-') {
        Some((first, "")) => line(first).map(|first| (first, None)),
        Some((first, last)) => line(first).zip(line(last)).map(|(first, last)| (first, Some(last))),
        None => line(bookmark).map(|only| (only, Some(only))),
    };
    lines.map_or_else(|| Selector::Region(bookmark.into()), |lines| Selector::Lines(vec![lines]))
}

fn ranges(text: &str) -> Option<Vec<(usize, Option<usize>)>> {
    text.split(',')
        .map(|range| match range.split_once('-') {
            Some((first, "")) => Some((first.parse().ok()?, None)),
            Some((first, last)) => Some((first.parse().ok()?, Some(last.parse().ok()?))),
            None => range.parse().ok().map(|only| (only, Some(only))),
        })
        .collect()
}

/// The lines of `text` that `snippet` asks for, without their common indentation, each ended by a line feed.
pub fn select(text: &str, snippet: &Snippet) -> Result<String, Missing> {
    let lines: Vec<&str> = text.lines().collect();
    let picked: Vec<&str> = match &snippet.selector {
        Selector::Whole => lines,
        Selector::Region(name) => region::find(&lines, name).ok_or(Missing::Region)?,
        Selector::Lines(ranges) => {
            let mut picked = Vec::new();
            for &(first, last) in ranges {
                let last = last.unwrap_or(lines.len()).min(lines.len());
                picked.extend(lines.get(first.saturating_sub(1)..last).ok_or(Missing::Lines)?);
            }
            picked
        }
    };
    Ok(dedent(&picked, snippet.dedent))
}

fn dedent(lines: &[&str], columns: Option<usize>) -> String {
    let expanded: Vec<(usize, &str)> = lines.iter().map(|line| indentation(line)).collect();
    let common = || expanded.iter().filter(|(_, rest)| !rest.is_empty()).map(|(columns, _)| *columns).min();
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
    let width = line[..line.len() - rest.len()].bytes().fold(0, |width, byte| if byte == b'\t' { width / 4 * 4 + 4 } else { width + 1 });
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
        let one = snippet(r#"[!code-csharp-interactive[Main](~/src/a.cs?range=1-2,4-&highlight=2 "The title")]"#);
        assert_eq!(
            (one.language.as_deref(), one.interactive, &*one.path, one.title.as_deref()),
            (Some("csharp"), true, "~/src/a.cs", Some("The title"))
        );
        assert_eq!((one.selector, one.highlight.as_deref()), (Selector::Lines(vec![(1, Some(2)), (4, None)]), Some("2")));
        let text = "[!code[](x.json#L2-L5)]";
        assert_eq!(snippet(text).selector, Selector::Lines(vec![(2, Some(5))]));
        assert_eq!(snippet(text).path_span.of(text), "x.json#L2-L5");
        assert_eq!(snippet("[!code-xml[](x.xml#part)]").selector, Selector::Region("part".into()));
        assert_eq!(snippet("[!code-xml[](x.xml?name=part#L1)]").selector, Selector::Region("part".into()));
        assert_eq!(read("[!codex[](a)]", 0), None);
    }

    #[test]
    fn picks_lines_and_takes_indentation_away() {
        let text = "a\n    b\n\t  c\n\nd\n";
        let pick = |lines| select(text, &Snippet { selector: Selector::Lines(lines), ..Snippet::default() });
        assert_eq!(pick(vec![(2, Some(4))]), Ok("b\n  c\n\n".into()));
        assert_eq!(pick(vec![(5, None), (1, Some(1))]), Ok("d\na\n".into()));
        assert_eq!(pick(vec![(7, Some(9))]), Err(Missing::Lines));
    }
}
