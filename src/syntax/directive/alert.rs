//! `> [!NOTE]`: the five alerts of DocFX, and `> [!div ...]` (DocFX spec 4.1, 4.2).

use crate::diagnostic::Code;
use crate::source::Span;

use super::Slip;

/// Which alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertKind {
    /// `[!NOTE]`
    Note,
    /// `[!TIP]`
    Tip,
    /// `[!IMPORTANT]`
    Important,
    /// `[!CAUTION]`
    Caution,
    /// `[!WARNING]`
    Warning,
}

impl AlertKind {
    /// All of them.
    pub const ALL: [AlertKind; 5] = [
        AlertKind::Note,
        AlertKind::Tip,
        AlertKind::Important,
        AlertKind::Caution,
        AlertKind::Warning,
    ];

    /// The alert with this keyword.
    pub fn of(keyword: &str) -> Option<AlertKind> {
        AlertKind::ALL
            .into_iter()
            .find(|kind| kind.keyword().eq_ignore_ascii_case(keyword))
    }

    /// The keyword in upper case, which is also the class name DocFX gives the alert.
    pub fn keyword(self) -> &'static str {
        match self {
            AlertKind::Note => "NOTE",
            AlertKind::Tip => "TIP",
            AlertKind::Important => "IMPORTANT",
            AlertKind::Caution => "CAUTION",
            AlertKind::Warning => "WARNING",
        }
    }
}

/// Reads what stands between `[!` and `]`: the keyword of an alert. Which ones there are depends on the site.
pub(super) fn read(inside: &str) -> Option<&str> {
    let sound = inside
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
        && !inside.is_empty();
    (sound && !inside.eq_ignore_ascii_case("div")).then_some(inside)
}

/// Why `text`, which begins with `[!` at byte `base` and runs to the end of its line, is no directive although it looks like one.
pub(super) fn slip(text: &str, base: usize, in_quote: bool, first: bool) -> Option<Slip> {
    const NAMES: [&str; 3] = ["include", "code", "notebook"];
    let inside = &text[2..];
    let len = inside.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (word, rest) = inside.split_at(len);
    if len == 0 {
        return None;
    }
    let span = Span::new(base + 2, base + 2 + len);
    if in_quote && first && rest.starts_with(']') && AlertKind::of(word).is_some() {
        let after = rest[1..].trim();
        let start = base + text.trim_end().len() - after.len();
        return Some(Slip {
            code: Code::TextAfterAlert,
            span: Span::new(start, start + after.len()),
            message: format!("text after `[!{word}]` makes it an ordinary quote"),
            help: "Move the text to the next line, after `> `.".to_owned(),
        });
    }
    let lower = word.to_ascii_lowercase();
    let name = NAMES.into_iter().find(|name| *name == lower);
    if let (Some(name), true) = (name, rest.starts_with(['[', '-', '+', ' ', '('])) {
        let (message, help) = match name != "include" && !first {
            true => (
                format!("`[!{word}` is not on a line of its own"),
                "Put it on a line of its own.".to_owned(),
            ),
            false => (
                format!("`[!{word}` is not complete"),
                format!("Write `[!{name}[title](path)]`, without spaces between the brackets."),
            ),
        };
        return Some(Slip {
            code: Code::InvalidDirective,
            span: Span::new(base, base + 2 + len),
            message,
            help,
        });
    }
    let linked = rest.starts_with('[') && rest.contains("](");
    let meant = NAMES
        .into_iter()
        .find(|name| linked && strsim::damerau_levenshtein(name, &lower) <= 2)?;
    Some(Slip {
        code: Code::UnknownDirective,
        span,
        message: format!("there is no directive `[!{word}`"),
        help: format!("Did you mean `[!{meant}`?"),
    })
}

/// Reads `div attributes`; backticks around the attributes are dropped, a single backtick drops the attributes.
pub(super) fn read_div(inside: &str) -> Option<Box<str>> {
    let (keyword, attributes) = inside.split_at_checked(3)?;
    if !keyword.eq_ignore_ascii_case("div")
        || !(attributes.is_empty() || attributes.starts_with([' ', '\t']))
    {
        return None;
    }
    let attributes = attributes.trim();
    let kept = match (attributes.strip_prefix('`'), attributes.strip_suffix('`')) {
        (Some(inner), Some(_)) => inner.strip_suffix('`').unwrap_or(""),
        (None, None) => attributes,
        _ => "",
    };
    Some(kept.into())
}
