//! What an address typed in text looks like, and how it is typed so that Markdown reads it. Knows no files.

/// The extensions of files that pages link to.
const EXTENSIONS: [&str; 27] = [
    "md", "html", "htm", "yml", "yaml", "png", "jpg", "jpeg", "gif", "svg", "webp", "pdf", "doc",
    "docx", "xls", "xlsx", "ppt", "pptx", "zip", "txt", "json", "xml", "csv", "mp4", "aspx", "php",
    "msi",
];

/// True for what was certainly meant as an address: it has a scheme, begins like a path, or names a file that pages link to.
pub(super) fn is_address(typed: &str) -> bool {
    const BEGINNINGS: [&str; 9] = [
        "http://", "https://", "mailto:", "xref:", "./", "../", "~/", "/", "#tab/",
    ];
    if typed.len() < 3 || typed.contains(['\n', '{', '|']) {
        return false;
    }
    if BEGINNINGS.iter().any(|start| typed.starts_with(start)) {
        return typed != "..." && !typed.starts_with("//");
    }
    if let Some(anchor) = typed.strip_prefix('#') {
        return anchor.len() > 2 && anchor.bytes().all(is_anchor_byte);
    }
    let path = typed.split(['#', '?']).next().unwrap_or(typed);
    let Some((stem, extension)) = path.rsplit_once('.') else {
        return false;
    };
    let is_file = EXTENSIONS
        .iter()
        .any(|known| known.eq_ignore_ascii_case(extension));
    is_file && !stem.is_empty() && !stem.ends_with([' ', '*'])
}

fn is_anchor_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'_') || byte > 0x7F
}

/// The address with its spaces and brackets in the form that Markdown reads in parentheses.
pub(super) fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for char in address.chars() {
        match char {
            // No scheme has a space behind it.
            ' ' if out.ends_with(':') => {}
            ' ' | '\t' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '\\' => out.push('/'),
            _ => out.push(char),
        }
    }
    out
}

/// The length of what is in the parentheses that are open at the start of `text`; nothing if they are not closed.
pub(super) fn closing_parenthesis(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some(at),
            b')' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_words() {
        for typed in [
            "https://a.no",
            "../side",
            "side.md",
            "mappe/min side.md#del",
            "#oppsett",
            "/no/a",
            "Bilde.PNG",
        ] {
            assert!(is_address(typed), "{typed}");
        }
        for typed in [
            "se nedenfor",
            "v1.2",
            "...",
            "a.b",
            "#1",
            "// x",
            ".md",
            "",
            "*.md",
        ] {
            assert!(!is_address(typed), "{typed}");
        }
    }

    #[test]
    fn the_parenthesis_of_the_address_closes_it() {
        assert_eq!(closing_parenthesis("a (b) c) d"), Some(7));
        assert_eq!(closing_parenthesis("a (b"), None);
    }
}
