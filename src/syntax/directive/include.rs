//! `[!include[title](path)]` (DocFX spec 3.1).

use crate::source::Span;

/// An include as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Include {
    /// The file, relative to the one that includes it, or from the root after `~/`.
    pub path: Box<str>,
    /// The bytes of the path.
    pub path_span: Span,
}

/// Reads an include at the start of `text`, which is at byte `base` of its source. Returns its length too.
pub(super) fn read(text: &str, base: usize) -> Option<(usize, Include)> {
    let (keyword, rest) = text.split_at_checked("[!include".len())?;
    if !keyword.eq_ignore_ascii_case("[!include") {
        return None;
    }
    // DocFX takes `+` for a block and `-` within text; here either is taken anywhere.
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let title = rest.trim_start_matches(' ').strip_prefix('[')?;
    let rest = &title[find_unescaped(title, &[']'])? + 1..];
    // No space between the brackets, unlike in a code directive (DocFX spec 3.1).
    let rest = rest.strip_prefix('(')?.trim_start_matches([' ', '\t']);
    let (path, after) = match rest.strip_prefix('<') {
        Some(angled) => {
            let end = find_unescaped(angled, &['>'])?;
            (&angled[..end], &angled[end + 1..])
        }
        None => rest.split_at(find_unescaped(rest, &[')', ' ', '\t'])?),
    };
    // Whatever is between the path and `)` is a title that DocFX ignores.
    let closed = find_unescaped(after, &[')'])?;
    let after = after[closed + 1..].strip_prefix(']')?;
    let angle = usize::from(rest.starts_with('<'));
    let path_start = base + text.len() - rest.len() + angle;
    let include = Include {
        path: unescape(path).into(),
        path_span: Span::new(path_start, path_start + path.len()),
    };
    Some((text.len() - after.len(), include))
}

/// The words with which an author names the file of an include.
pub fn include_title(typed: &str) -> String {
    let Some(title) = typed
        .get("[!".len()..)
        .and_then(|rest| rest.split_once('['))
    else {
        return String::new();
    };
    let title = title.1;
    let title = &title[..find_unescaped(title, &[']']).unwrap_or(0)];
    unescape(title).trim().to_owned()
}

/// The text that is rendered in place of an include that can't be expanded: its title and path alone, unescaped (DocFX spec 3.5).
pub fn include_fallback_text(typed: &str) -> String {
    let Some((_, include)) = read(typed, 0) else {
        return typed.to_owned();
    };
    let title = typed["[!".len()..].split_once('[').unwrap_or_default().1;
    let title = &title[..find_unescaped(title, &[']']).unwrap_or(0)];
    format!("[!include[{}]({})]", unescape(title).trim(), include.path)
}

/// Where the first unescaped character of `ends` is.
pub(super) fn find_unescaped(text: &str, ends: &[char]) -> Option<usize> {
    let mut is_escaped = false;
    for (at, character) in text.char_indices() {
        if is_escaped {
            is_escaped = false;
        } else if character == '\\' {
            is_escaped = text[at + 1..].starts_with(|next: char| next.is_ascii_punctuation());
        } else if ends.contains(&character) {
            return Some(at);
        }
    }
    None
}

/// Undoes `\` before punctuation. Before anything else it is a separator that an author typed on Windows, and stays: DocFX drops it there,
/// too, and then doesn't find the file.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let is_escape =
            character == '\\' && rest.peek().is_some_and(|next| next.is_ascii_punctuation());
        // The sign after it is taken as it is, also if that is another backslash (CommonMark 2.4).
        out.extend(if is_escape {
            rest.next()
        } else {
            Some(character)
        });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_authors_type() {
        for (text, path) in [
            ("[!include[T](a.md)]", "a.md"),
            ("[!INCLUDE [T [x](~/inc/b.md)] and more", "~/inc/b.md"),
            ("[!include[](<a b.md>)]", "a b.md"),
            ("[!include+[T\\]](  a.md \"title\")]", "a.md"),
            (r"[!include[T](..\inc\a.md)]", r"..\inc\a.md"),
        ] {
            let (len, include) = read(text, 0).unwrap();
            assert_eq!(&*include.path, path);
            assert_eq!(include.path_span.of(text), path);
            assert!(text[..len].ends_with(")]"));
        }
        for text in [
            "[!include[T](a.md) ]",
            "[!include[T] (a.md)]",
            "[!includes]",
            "[!include[T](a.md",
            "[!inclu",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }

    #[test]
    fn an_include_that_fails_is_rendered_without_its_title_attribute() {
        assert_eq!(
            include_fallback_text("[!INCLUDE+ [ A\\] ](<a b.md> \"x\")]"),
            "[!include[A]](a b.md)]"
        );
        assert_eq!(include_fallback_text("[!other]"), "[!other]");
        assert_eq!(unescape(r"a\\\]b\c"), r"a\]b\c");
    }
}
