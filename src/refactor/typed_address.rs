//! An address as it is typed in a file, and the path it is to have -> the edit of just the bytes of its path. What an author chose stays: `./`,
//! `%20` or angle brackets, backslashes, letters beyond ASCII, and everything behind the path. Doesn't know what addresses mean.

use crate::site::address::split_address;
use crate::source::edit::Edit;
use crate::source::escape::unescaped;
use crate::source::{Source, Span};
use crate::syntax::Reference;

/// Characters that mean something in Markdown, HTML, YAML or addresses. Encoded, they are a part of a name in all of them.
const SPECIAL: &str = "()<>\"'`|*\\%#?:&{}[]!@,^$";

/// The edit that replaces the path of `reference` in `source` by `path`; nothing if its bytes can't be determined, as in a folded text of YAML.
pub(super) fn replace_path(source: &Source, reference: &Reference, path: &str) -> Option<Edit> {
    let typed = Typed::of(source, reference)?;
    let replacement = typed.style.written(path);
    Some(Edit::new(&source.path, typed.path, replacement))
}

/// The edit that replaces the fragment of `reference` by the id `id`, which has no sign that means something elsewhere; nothing if there is
/// none, or its bytes can't be determined.
pub(super) fn replace_fragment(source: &Source, reference: &Reference, id: &str) -> Option<Edit> {
    let typed = Typed::of(source, reference)?;
    let end = reference.target_span.end as usize;
    let rest = source.text.get(typed.path.end as usize..end)?;
    // Behind a query, a `#` is never part of an entity: `&amp;` has none.
    let start = typed.path.end as usize + rest.find('#')? + 1;
    let style = AddressStyle {
        encodes_letters: has_encoded_letter(source.text.get(start..end)?),
        has_dot: false,
        ..typed.style
    };
    Some(Edit::new(
        &source.path,
        Span::new(start, end),
        style.written(id),
    ))
}

/// The edit that replaces `old`, which the typed address of `reference` begins with, by `new`; nothing if it is spelled otherwise.
pub(super) fn replace_uid(
    source: &Source,
    reference: &Reference,
    old: &str,
    new: &str,
) -> Option<Edit> {
    let raw = source.text.get(reference.target_span.range())?;
    let before = raw.find(old)?;
    // What else stands before the same letters is another uid, or another spelling of this one.
    if !BEFORE_UIDS.contains(&&*raw[..before].to_ascii_lowercase()) {
        return None;
    }
    let start = reference.target_span.start as usize + before;
    let span = Span::new(start, start + old.len());
    Some(Edit::new(&source.path, span, new))
}

/// The edit that replaces the path of `reference` and its fragment, which may be missing; nothing if its bytes can't be determined.
pub(super) fn replace_address(
    source: &Source,
    reference: &Reference,
    path: &str,
    fragment: Option<&str>,
) -> Option<Edit> {
    let typed = Typed::of(source, reference)?;
    let end = reference.target_span.end;
    let rest = source.text.get(typed.path.end as usize..end as usize)?;
    let query = rest.split('#').next().unwrap_or_default();
    let mut written = typed.style.written(path);
    written.push_str(query);
    if let Some(fragment) = fragment {
        written.push('#');
        written.push_str(fragment);
    }
    let span = Span {
        start: typed.path.start,
        end,
    };
    Some(Edit::new(&source.path, span, written))
}

/// What the typed address of a uid begins with.
const BEFORE_UIDS: [&str; 5] = ["", "@", "@\"", "@'", "xref:"];

/// The bytes of a path, and the way in which they are written.
struct Typed {
    path: Span,
    style: AddressStyle,
}

/// How an author writes addresses.
struct AddressStyle {
    has_raw_spaces: bool,
    encodes_letters: bool,
    backslashes: bool,
    has_dot: bool,
}

impl Typed {
    fn of(source: &Source, reference: &Reference) -> Option<Typed> {
        let raw = source.text.get(reference.target_span.range())?;
        if !means(raw, &reference.target) {
            return None;
        }
        let length = if raw == &*reference.target {
            split_address(raw).0.len()
        } else {
            path_length(raw)
        };
        let path = &raw[..length];
        let before = source.text[..reference.target_span.start as usize]
            .chars()
            .next_back();
        let style = AddressStyle {
            has_raw_spaces: path.contains(' ') || before == Some('<') && !path.contains('%'),
            encodes_letters: has_encoded_letter(path),
            backslashes: path.contains('\\') && !path.contains('/') && raw == &*reference.target,
            has_dot: path.starts_with("./"),
        };
        let start = reference.target_span.start as usize;
        Some(Typed {
            path: Span::new(start, start + length),
            style,
        })
    }
}

impl AddressStyle {
    fn written(&self, path: &str) -> String {
        let mut out = String::new();
        // Empty is the page itself, and with a colon in its first name an address would have a scheme (RFC 3986, section 4.2); `%3A` has none,
        // but a name that begins with a dot needs one in front, too, where the author has put it.
        if self.has_dot && !path.starts_with(['/', '~', '.']) || path.is_empty() {
            out.push_str("./");
        }
        for char in path.chars() {
            let is_encoded = match char {
                ' ' => !self.has_raw_spaces,
                _ if char.is_ascii() => SPECIAL.contains(char) || char.is_ascii_control(),
                _ => self.encodes_letters || char.is_whitespace(),
            };
            match char {
                '/' if self.backslashes => out.push('\\'),
                _ if is_encoded => push_encoded(char, &mut out),
                _ => out.push(char),
            }
        }
        out
    }
}

fn push_encoded(char: char, out: &mut String) {
    let mut bytes = [0; 4];
    for byte in char.encode_utf8(&mut bytes).bytes() {
        out.push_str(&format!("%{byte:02X}"));
    }
}

/// True if `raw` is `target` in one of the ways in which Markdown, HTML and YAML escape text.
fn means(raw: &str, target: &str) -> bool {
    if raw == target || unescaped(raw) == target {
        return true;
    }
    let plain = without_backslashes(raw);
    plain == target || unescaped(&plain) == target || raw.replace("''", "'") == target
}

/// CommonMark 0.31, 2.4: a backslash before punctuation is no part of the text.
fn without_backslashes(raw: &str) -> String {
    let mut out = String::new();
    let mut chars = raw.chars().peekable();
    while let Some(char) = chars.next() {
        let escapes = char == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation);
        if escapes {
            out.extend(chars.next());
        } else {
            out.push(char);
        }
    }
    out
}

/// The length of the path in an address with escapes: up to a `#` or `?` that is neither escaped nor part of an entity such as `&#35;`.
fn path_length(raw: &str) -> usize {
    let bytes = raw.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'\\' => at += 2,
            b'&' => at += entity_length(&raw[at..]),
            b'#' | b'?' => return at,
            _ => at += 1,
        }
    }
    raw.len()
}

fn entity_length(text: &str) -> usize {
    match text.find(';') {
        Some(end)
            if text[1..end]
                .chars()
                .all(|char| char.is_ascii_alphanumeric() || char == '#') =>
        {
            end + 1
        }
        _ => 1,
    }
}

/// True if a character beyond ASCII is percent-encoded.
fn has_encoded_letter(path: &str) -> bool {
    for (at, _) in path.match_indices('%') {
        let digits = path.get(at + 1..at + 3).unwrap_or("");
        if u8::from_str_radix(digits, 16).is_ok_and(|byte| byte >= 0x80) {
            return true;
        }
    }
    false
}
