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

/// Reads an include at the start of `text`, which stands at byte `base` of its source. Returns its length too.
pub(super) fn read(text: &str, base: usize) -> Option<(usize, Include)> {
    let keyword = "[!include";
    if !text.get(..keyword.len())?.eq_ignore_ascii_case(keyword) {
        return None;
    }
    let rest = &text[keyword.len()..];
    let rest = rest
        .strip_prefix(['+', '-'])
        .unwrap_or(rest)
        .trim_start_matches(' ');
    let title_end = closing(rest.strip_prefix('[')?, &[']'])? + 1;
    let rest = rest[title_end + 1..]
        .strip_prefix('(')?
        .trim_start_matches([' ', '\t']);
    let start = text.len() - rest.len();
    let (raw, after) = match rest.strip_prefix('<') {
        Some(angled) => {
            let end = closing(angled, &['>'])?;
            (&angled[..end], &angled[end + 1..])
        }
        None => {
            let end = closing(rest, &[')', ' ', '\t'])?;
            (&rest[..end], &rest[end..])
        }
    };
    let path_start = if rest.starts_with('<') {
        start + 1
    } else {
        start
    };
    let closed = closing(after, &[')'])?;
    let after = after[closed + 1..].strip_prefix(']')?;
    let path_span = Span::new(base + path_start, base + path_start + raw.len());
    Some((
        text.len() - after.len(),
        Include {
            path: unescape(raw).into(),
            path_span,
        },
    ))
}

/// An include that shows nothing, as it is shown instead: without what it says besides title and path (DocFX spec 3.5).
pub fn include_fallback_text(typed: &str) -> String {
    let title = typed
        .find('[')
        .and_then(|at| typed[at + 1..].split_once('['))
        .map_or("", |(_, rest)| rest);
    let title = closing(title, &[']']).map_or("", |end| &title[..end]);
    match read(typed, 0) {
        Some((_, include)) => format!("[!include[{}]({})]", unescape(title).trim(), include.path),
        None => typed.to_owned(),
    }
}

/// Where the first unescaped character of `ends` stands.
pub(super) fn closing(text: &str, ends: &[char]) -> Option<usize> {
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        match character {
            _ if escaped => escaped = false,
            '\\' if text[at + 1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                escaped = true
            }
            _ if ends.contains(&character) => return Some(at),
            _ => {}
        }
    }
    None
}

/// Undoes `\` before punctuation; before anything else it is a separator somebody typed on Windows, and stays.
pub(super) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        match rest.peek() {
            Some(next) if character == '\\' && next.is_ascii_punctuation() => {}
            _ => out.push(character),
        }
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
}
