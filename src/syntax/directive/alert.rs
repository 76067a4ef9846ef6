//! `> [!NOTE]`: the alerts of DocFX (DocFX spec 4.1), and what looks like a directive but isn't one.

use crate::diagnostic::Code;
use crate::message;
use crate::source::Span;

use super::parsed::{Directive, SyntaxProblem};
use super::source_line::SourceLine;

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

    /// The alert with this keyword, in any case.
    pub fn of(keyword: &str) -> Option<AlertKind> {
        AlertKind::ALL
            .into_iter()
            .find(|&kind| kind.keyword().eq_ignore_ascii_case(keyword))
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

/// Reads what is between `[!` and `]`: any keyword but `div`, as sites can have alerts of their own.
pub(super) fn read(inside: &str) -> Option<Directive> {
    if inside.is_empty() || inside.eq_ignore_ascii_case("div") {
        return None;
    }
    for byte in inside.bytes() {
        if !byte.is_ascii_alphanumeric() && byte != b'-' && byte != b'_' {
            return None;
        }
    }
    Some(Directive::Alert(inside.into()))
}

/// The directives that a link-like `[!name[title](path)]` can be meant for.
const LINK_LIKE: [&str; 3] = ["include", "code", "notebook"];

/// Why `text`, which begins with `[!` at byte `base` and runs to the end of `line`, is no directive although it looks like one.
pub(super) fn near_miss(text: &str, base: usize, line: &SourceLine) -> Option<SyntaxProblem> {
    let inside = &text[2..];
    let len = inside.bytes().take_while(u8::is_ascii_alphabetic).count();
    if len == 0 {
        return None;
    }
    let (word, rest) = inside.split_at(len);
    let is_first = base == line.content;
    if line.in_quote && is_first && rest.starts_with(']') && AlertKind::of(word).is_some() {
        return Some(text_after_alert(word, text, base));
    }
    let lower = word.to_ascii_lowercase();
    if rest.starts_with(['[', '-', '+', ' ', '(']) {
        for name in LINK_LIKE {
            if name == lower {
                let span = Span::new(base, base + 2 + len);
                return Some(incomplete(name, word, span, is_first));
            }
        }
    }
    if !rest.starts_with('[') || !rest.contains("](") {
        return None;
    }
    // Any other `[!x[title](path)]` is an ordinary link whose text begins with `!`, unless it is nearly one of the names.
    for name in LINK_LIKE {
        if strsim::damerau_levenshtein(name, &lower) <= 2 {
            return Some(SyntaxProblem {
                code: Code::UnknownDirective,
                span: Span::new(base + 2, base + 2 + len),
                message: message!("unknown directive `[!{word}`", word),
                help: message!("Did you mean `[!{directive}`?", directive = name),
            });
        }
    }
    None
}

fn text_after_alert(keyword: &str, text: &str, base: usize) -> SyntaxProblem {
    let after = text["[!]".len() + keyword.len()..].trim();
    let start = base + text.trim_end().len() - after.len();
    SyntaxProblem {
        code: Code::TextAfterAlert,
        span: Span::new(start, start + after.len()),
        message: message!(
            "text after `[!{keyword}]` makes it an ordinary quote",
            keyword
        ),
        help: "Move the text to the next line, after `> `.".into(),
    }
}

fn incomplete(name: &str, word: &str, span: Span, is_first: bool) -> SyntaxProblem {
    let (message, help) = if name != "include" && !is_first {
        (
            message!("`[!{word}` is not on a line of its own", word),
            "Put it on a line of its own.".into(),
        )
    } else {
        (
            message!("`[!{word}` is not complete", word),
            message!(
                "Write `[!{name}[title](path)]`, without spaces between the brackets.",
                name
            ),
        )
    };
    SyntaxProblem {
        code: Code::InvalidDirective,
        span,
        message,
        help,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> Option<(Code, String)> {
        let at = text.find("[!").unwrap();
        let line = SourceLine::around(text, at);
        let problem = near_miss(line.rest(text, at), at, &line)?;
        Some((problem.code, problem.span.of(text).to_owned()))
    }

    #[test]
    fn near_misses_are_reported_where_they_are() {
        for (text, code, span) in [
            ("> [!NOTE] text ", Code::TextAfterAlert, "text"),
            ("[!code [x](y)", Code::InvalidDirective, "[!code"),
            (
                "see [!include [x] (y)]",
                Code::InvalidDirective,
                "[!include",
            ),
            ("[!inclde[x](y)]", Code::UnknownDirective, "inclde"),
        ] {
            assert_eq!(problem(text), Some((code, span.to_owned())), "{text}");
        }
        for text in ["[![x](y)](z)", "> [!FOO] text", "[!wow[x](y)]"] {
            assert_eq!(problem(text), None, "{text}");
        }
    }
}
