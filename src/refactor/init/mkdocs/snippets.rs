//! `--8<-- "file"` of `pymdownx.snippets` -> the file it shows. Doesn't know what is written in its place.

use crate::source::{SitePath, Sources};

/// A line that shows a file.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct SnippetLine<'t> {
    pub indent: &'t str,
    pub name: &'t str,
    /// `:start` and `:1:3`: a part of the file.
    pub part: Option<&'t str>,
}

/// Reads a line. The number of dashes and signs may vary; a `;` in front switches it off.
pub(super) fn snippet_line(line: &str) -> Option<SnippetLine<'_>> {
    let (indent, typed) = line.split_at(line.len() - line.trim_start().len());
    let rest = marker(typed)?.trim();
    let name = rest
        .strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
        .or_else(|| rest.strip_prefix('\'')?.strip_suffix('\''))?;
    Some(named(indent, name))
}

/// True for the lines around a list of files.
pub(super) fn is_snippet_fence(line: &str) -> bool {
    marker(line.trim()).is_some_and(|rest| rest.trim().is_empty())
}

/// A line in such a list.
pub(super) fn listed_snippet(line: &str) -> Option<SnippetLine<'_>> {
    let name = line.trim();
    let indent = &line[..line.len() - line.trim_start().len()];
    (!name.is_empty() && !name.starts_with(';')).then(|| named(indent, name))
}

fn named<'t>(indent: &'t str, typed: &'t str) -> SnippetLine<'t> {
    // A colon can be in an address only: `https://...` is downloaded by MkDocs.
    let split = if typed.contains("://") {
        None
    } else {
        typed.split_once(':')
    };
    match split {
        Some((name, part)) => SnippetLine {
            indent,
            name,
            part: Some(part),
        },
        None => SnippetLine {
            indent,
            name: typed,
            part: None,
        },
    }
}

/// What is after `--8<--` or `-8<-`.
fn marker(typed: &str) -> Option<&str> {
    // The extension counts no dashes: `--8<--`, `-8<-` and `---8<---` are the same.
    let rest = typed.trim_start_matches('-');
    let dashes = typed.len() - rest.len();
    let rest = rest.strip_prefix("8<")?;
    let after = rest.trim_start_matches('-');
    (dashes > 0 && after.len() < rest.len()).then_some(after)
}

/// The file of that name in the first folder that has it.
pub(super) fn find(sources: &Sources, folders: &[SitePath], name: &str) -> Option<SitePath> {
    for folder in folders {
        // A name that leads out of the folder is not looked for anywhere.
        let path = folder.join(name).ok()?;
        if sources.contains(path.as_str()) {
            return Some(path);
        }
    }
    None
}
