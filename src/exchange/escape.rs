//! Words and codes -> their source text in a file. Words from outside never become markup: characters that would have a meaning where they
//! are, are escaped; at first only those, and if the result doesn't read as intended (see `merge`), all punctuation. Doesn't know files.

use crate::source::yaml::ScalarStyle;

use super::labels::label_words;
use super::unit::{Inline, InlineCode, InlineCodeKind, Notation, closing, opening, words};

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Escaping {
    /// Characters with a meaning where they are.
    Minimal,
    /// All punctuation.
    All,
}

/// Which bold and italic text is written as elements instead of stars.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementEmphasis {
    None,
    /// What stars can't mark where it is, as letters without a space next to brackets in Japanese.
    WhereNeeded,
    All,
}

/// How a unit is written: each way is tried until what was written is read as it was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct WritingStyle {
    pub escaping: Escaping,
    pub emphasis: ElementEmphasis,
}

impl WritingStyle {
    /// From the one that changes least.
    pub const ALL: [WritingStyle; 4] = [
        WritingStyle::new(Escaping::Minimal, ElementEmphasis::None),
        WritingStyle::new(Escaping::Minimal, ElementEmphasis::WhereNeeded),
        WritingStyle::new(Escaping::All, ElementEmphasis::None),
        WritingStyle::new(Escaping::All, ElementEmphasis::All),
    ];

    const fn new(escaping: Escaping, emphasis: ElementEmphasis) -> WritingStyle {
        WritingStyle { escaping, emphasis }
    }

    /// The codes with which the content is written.
    pub fn codes(self, content: &[Inline], codes: &[InlineCode]) -> Vec<InlineCode> {
        let mut written = codes.to_vec();
        if self.emphasis == ElementEmphasis::None {
            return written;
        }
        for (number, code) in codes.iter().enumerate() {
            let element = match code.kind {
                InlineCodeKind::Strong if code.open.starts_with(['*', '_']) => "strong",
                InlineCodeKind::Emphasis if code.open.starts_with(['*', '_']) => "em",
                _ => continue,
            };
            if self.emphasis == ElementEmphasis::All || !can_flank(content, codes, number) {
                written[number].open = format!("<{element}>");
                written[number].close = format!("</{element}>");
            }
        }
        written
    }
}

/// True if both ends of a code can be stars where they are (CommonMark 6.2).
fn can_flank(content: &[Inline], codes: &[InlineCode], number: usize) -> bool {
    for (at, inline) in content.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|before| content.get(before));
        let before = before.and_then(|inline| last_char(inline, codes));
        let after = content
            .get(at + 1)
            .and_then(|inline| first_char(inline, codes));
        let (outside, inside) = match inline {
            Inline::StartCode(start) if *start == number => (before, after),
            Inline::EndCode(end) if *end == number => (after, before),
            _ => continue,
        };
        if is_blank(inside) || is_punctuation(inside) && is_alphanumeric(outside) {
            return false;
        }
    }
    true
}

/// Near enough to the Unicode categories P and S: what this takes for a letter is tried, and then written as an element all the same.
fn is_punctuation(char: Option<char>) -> bool {
    match char {
        Some(char) => !char.is_alphanumeric() && !char.is_whitespace(),
        None => false,
    }
}

/// Writes units of one file.
#[derive(Debug, Clone, Copy)]
pub(super) struct UnitWriter {
    /// How the lines of the file end.
    pub newline: &'static str,
    pub escaping: Escaping,
}

impl UnitWriter {
    /// The source text of a content whose codes are these.
    pub fn write(self, content: &[Inline], codes: &[InlineCode], notation: &Notation) -> String {
        match notation {
            Notation::Markdown {
                cell,
                line_prefix,
                single_line,
            } => MarkdownWriter {
                out: String::new(),
                in_cell: *cell,
                single_line: *single_line,
                // A heading, a cell or a term follows its own marker on the line, so nothing else can begin a block there.
                at_line_start: !*single_line,
                line_break: format!("{}{line_prefix}", self.newline),
                escaping: self.escaping,
                labels: 0,
            }
            .write(content, codes),
            Notation::Yaml { style, line_prefix } => {
                self.scalar(&words(content), *style, line_prefix)
            }
        }
    }

    fn scalar(self, words: &str, style: ScalarStyle, line_prefix: &str) -> String {
        match style {
            // A block scalar is verbatim; only its indentation counts.
            ScalarStyle::Literal | ScalarStyle::Folded => {
                words.replace('\n', &format!("{}{line_prefix}", self.newline))
            }
            ScalarStyle::Plain if self.escaping == Escaping::Minimal && is_plain(words) => {
                words.to_owned()
            }
            // A scalar that was plain gets quotes when its words need them; one that was quoted stays so.
            _ => quoted(words),
        }
    }
}

/// Markdown on its way out.
struct MarkdownWriter {
    out: String,
    in_cell: bool,
    single_line: bool,
    /// True if the line has no text yet, so that characters can begin a block.
    at_line_start: bool,
    /// The end of a line with the prefix of the next one.
    line_break: String,
    escaping: Escaping,
    /// How many codes are open whose words are part of a tag or a title.
    labels: usize,
}

impl MarkdownWriter {
    fn write(mut self, content: &[Inline], codes: &[InlineCode]) -> String {
        for (at, inline) in content.iter().enumerate() {
            match inline {
                Inline::Text(words) if self.labels > 0 => {
                    self.out.push_str(&label_words(words, self.in_cell));
                }
                Inline::Text(words) => {
                    let next = match content.get(at + 1) {
                        Some(next) => first_char(next, codes),
                        None => None,
                    };
                    self.words(words, next, at + 1 == content.len());
                }
                Inline::StartCode(number) | Inline::Placeholder(number) => {
                    if let Some(code) = codes.get(*number) {
                        self.labels += usize::from(code.kind == InlineCodeKind::Label);
                        self.code(code);
                    }
                }
                Inline::EndCode(number) => {
                    if let Some(code) = codes.get(*number) {
                        let is_label = code.kind == InlineCodeKind::Label;
                        self.labels = self.labels.saturating_sub(usize::from(is_label));
                    }
                    self.out.push_str(closing(codes, *number));
                    self.at_line_start = false;
                }
            }
        }
        self.out
    }

    fn code(&mut self, code: &InlineCode) {
        self.out.push_str(&code.open);
        self.at_line_start = code.kind == InlineCodeKind::LineBreak;
        if self.at_line_start {
            self.out.push_str(&self.line_break);
        }
    }

    /// `next` is the first character after the words; `is_last` is true if no inline follows.
    fn words(&mut self, words: &str, next: Option<char>, is_last: bool) {
        let mut rest = words;
        // With everything escaped, the first character is as well.
        if self.at_line_start && self.escaping == Escaping::Minimal {
            rest = self.block_start(rest);
        }
        while let Some(char) = rest.chars().next() {
            let after = &rest[char.len_utf8()..];
            let escape = match self.escaping {
                Escaping::All => char.is_ascii_punctuation(),
                Escaping::Minimal => {
                    self.has_meaning(char, after, after.chars().next().or(next), is_last)
                }
            };
            if escape {
                self.out.push('\\');
            }
            self.out.push(char);
            self.at_line_start = false;
            rest = after;
        }
    }

    /// Escapes what would begin a heading, a list, a quote, a rule or a container; returns the words that are left to write.
    fn block_start<'w>(&mut self, words: &'w str) -> &'w str {
        let at = match list_number(words) {
            Some(digits) => digits,
            None if begins_block(words) => 0,
            None => return words,
        };
        self.out.push_str(&words[..at]);
        self.out.push('\\');
        self.out.push_str(&words[at..at + 1]);
        self.at_line_start = false;
        &words[at + 1..]
    }

    /// True if `char` would be more than a character between what is written and `after`. Flanking rules: CommonMark 6.2.
    fn has_meaning(&self, char: char, after: &str, next: Option<char>, is_last: bool) -> bool {
        let before = self.out.chars().next_back();
        match char {
            '\\' => match next {
                Some(next) => next.is_ascii_punctuation(),
                // At the end of a line it would be a hard line break.
                None => true,
            },
            '*' => {
                let flanks_no_word = is_blank(before) && is_blank(next);
                !flanks_no_word || self.at_line_start || before.is_none()
            }
            '_' => {
                let inside_word = is_alphanumeric(before) && is_alphanumeric(next);
                let flanks_no_word = is_blank(before) && is_blank(next);
                !inside_word && (!flanks_no_word || before.is_none())
            }
            // Whether these open something depends on all that follows; an escape too many does no harm.
            '`' | '[' | ']' | '$' => true,
            '<' => match next {
                Some(next) => next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'),
                None => true,
            },
            '&' => is_entity(after),
            // A single tilde is rarely markup; where it is, the check of `merge` falls back to escaping everything.
            '~' => before == Some('~') || next == Some('~'),
            '|' => self.in_cell,
            // DocFX reads `@uid` without a boundary on the left, as in `a@b`.
            '@' => match next {
                Some(next) => next.is_ascii_alphabetic() || matches!(next, '"' | '\''),
                None => true,
            },
            ':' => self.is_after_scheme(after) || is_emoji(after),
            // `www.` is linked without a scheme.
            '.' => self.out.ends_with("www"),
            // The link after it, if it is one, would become an image.
            '!' => next == Some('['),
            // `#`s at the end of a heading are not part of it (CommonMark 4.2).
            '#' => self.single_line && is_last && after.trim_matches('#').is_empty(),
            _ => false,
        }
    }

    /// True if a colon here would make an address that is linked without brackets.
    fn is_after_scheme(&self, after: &str) -> bool {
        // These schemes need no slashes to be linked.
        if self.out.ends_with("mailto") || self.out.ends_with("tel") {
            return true;
        }
        after.starts_with("//")
            && ["http", "https", "ftp"]
                .iter()
                .any(|scheme| self.out.ends_with(scheme))
    }
}

/// The number of digits of `1. ` or `1) `. CommonMark 5.2: a list number has at most nine digits.
fn list_number(words: &str) -> Option<usize> {
    let digits = words
        .bytes()
        .take(10)
        .take_while(u8::is_ascii_digit)
        .count();
    let after = words[digits..].strip_prefix(['.', ')'])?;
    ((1..10).contains(&digits) && ends_marker(after)).then_some(digits)
}

fn begins_block(words: &str) -> bool {
    match words.chars().next() {
        Some('#') => ends_marker(words.trim_start_matches('#')),
        Some('+') => ends_marker(&words[1..]),
        Some('-') => ends_marker(&words[1..]) || words.trim_matches(['-', ' ']).is_empty(),
        // Below a line of words it would make a heading of that.
        Some('=') => words.trim_matches(['=', ' ']).is_empty(),
        Some('>') => true,
        Some(':') => words.starts_with(":::"),
        _ => false,
    }
}

fn ends_marker(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t'])
}

/// True for the edge of the text and for white space.
fn is_blank(char: Option<char>) -> bool {
    match char {
        Some(char) => char.is_whitespace(),
        None => true,
    }
}

fn is_alphanumeric(char: Option<char>) -> bool {
    match char {
        Some(char) => char.is_alphanumeric(),
        None => false,
    }
}

/// True if `&` before `after` begins a character reference.
fn is_entity(after: &str) -> bool {
    let name = after
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
        .count();
    name > 0 && after[name..].starts_with(';')
}

/// True if `:` before `after` begins an emoji like `:smile:`.
fn is_emoji(after: &str) -> bool {
    let name = after
        .bytes()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+'))
        .count();
    name > 0 && after[name..].starts_with(':')
}

/// The first character of the source text of an inline.
fn first_char(inline: &Inline, codes: &[InlineCode]) -> Option<char> {
    let text = match inline {
        Inline::Text(words) => words,
        Inline::StartCode(number) | Inline::Placeholder(number) => opening(codes, *number),
        Inline::EndCode(number) => closing(codes, *number),
    };
    text.chars().next()
}

/// The last character of the source text of an inline.
fn last_char(inline: &Inline, codes: &[InlineCode]) -> Option<char> {
    let text = match inline {
        Inline::Text(words) => words,
        Inline::StartCode(number) => opening(codes, *number),
        Inline::Placeholder(number) => opening(codes, *number),
        Inline::EndCode(number) => closing(codes, *number),
    };
    text.chars().next_back()
}

/// A double-quoted scalar of YAML.
fn quoted(words: &str) -> String {
    let mut out = String::from('"');
    for char in words.chars() {
        match char {
            '"' | '\\' => out.extend(['\\', char]),
            char if char.is_control() => out.push_str(&format!("\\u{:04x}", u32::from(char))),
            char => out.push(char),
        }
    }
    out.push('"');
    out
}

/// True if a scalar needs no quotes to be read as these words, by YAML 1.1 as well, which DocFX reads: there `no` is a boolean.
fn is_plain(words: &str) -> bool {
    const RESERVED: [&str; 9] = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"];
    words.starts_with(char::is_alphabetic)
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.ends_with([':', ' '])
        && !words.contains(['[', ']', '{', '}', '\t', '\n'])
        && !RESERVED
            .iter()
            .any(|reserved| words.eq_ignore_ascii_case(reserved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::extract::{Reading, extract_source};
    use crate::source::{SitePath, Source};
    use crate::syntax::Dialect;

    fn markdown(cell: bool, single_line: bool) -> Notation {
        Notation::Markdown {
            cell,
            line_prefix: String::new(),
            single_line,
        }
    }

    fn written(words: &str, notation: &Notation, escaping: Escaping) -> String {
        let writer = UnitWriter {
            newline: "
",
            escaping,
        };
        writer.write(&[Inline::Text(words.to_owned())], &[], notation)
    }

    /// The words of the only unit of a page.
    fn reread(typed: &str) -> Option<String> {
        let text = extract_source(
            &Source::from_text(SitePath::new("a.md").unwrap(), typed),
            Reading {
                dialect: Dialect::DOCFX,
                keys: &[],
            },
        );
        let [unit] = text.units.as_slice() else {
            return None;
        };
        unit.codes.is_empty().then(|| unit.words())
    }

    #[test]
    fn only_characters_with_a_meaning_are_escaped() {
        for (words, expected) in [
            (
                "Fra A til B (snart), 5 * 3 & snake_case!",
                "Fra A til B (snart), 5 * 3 & snake_case!",
            ),
            ("*a* _b_ `c` [d](e)", r"\*a\* \_b\_ \`c\` \[d\](e)"),
            ("# en", r"\# en"),
            ("#en", "#en"),
            ("1. en", r"1\. en"),
            ("2026.", r"2026\."),
            ("- en", r"\- en"),
            ("-en", "-en"),
            ("> en", r"\> en"),
            ("a <b> c < d", r"a \<b> c < d"),
            ("&nbsp; & co;", r"\&nbsp; & co;"),
            (r"C:\Mappe\[x]", r"C:\Mappe\\\[x\]"),
            (
                "se https://example.com og www.example.com",
                r"se https\://example.com og www\.example.com",
            ),
            (
                "ola@example.com kl. 10:30 :smile:",
                r"ola\@example.com kl. 10:30 \:smile:",
            ),
            ("a | b", "a | b"),
        ] {
            assert_eq!(
                written(words, &markdown(false, false), Escaping::Minimal),
                expected
            );
        }
        assert_eq!(
            written("a | b", &markdown(true, true), Escaping::Minimal),
            r"a \| b"
        );
        assert_eq!(
            written("- C #", &markdown(false, true), Escaping::Minimal),
            r"- C \#"
        );
    }

    #[test]
    fn escaped_words_are_read_as_the_same_words() {
        for words in [
            "*a* __b__ `c` [d](e) ![f](g) <b> &amp; ~~h~~ $i$ @uid @\"x\" \\* \\\\",
            "# a",
            "10) b",
            "--- c",
            "::: d",
            "[!NOTE] e",
            "[!include[x](y.md)] f",
            "> [!TIP] g",
            "~~~ h",
            "https://example.com, http://a.b ftp://a.b mailto:a@b.no tel:+47 www.a.no i",
            ":smile: j :rocket:",
            "<!-- k -->",
            "| l | m |",
            "+ n",
            "= o",
            "p\\",
            "***q***",
        ] {
            for escaping in [Escaping::Minimal, Escaping::All] {
                let typed = written(words, &markdown(false, false), escaping);
                assert_eq!(reread(&typed).as_deref(), Some(words), "{typed}");
            }
        }
    }

    #[test]
    fn values_are_quoted_only_if_they_must_be() {
        for (words, style, expected) in [
            ("På norsk", ScalarStyle::Plain, "På norsk"),
            ("Slik: gjør du", ScalarStyle::Plain, "\"Slik: gjør du\""),
            ("no", ScalarStyle::Plain, "\"no\""),
            ("5 ting", ScalarStyle::Plain, "\"5 ting\""),
            (
                "et \"ord\" \\",
                ScalarStyle::Quoted,
                "\"et \\\"ord\\\" \\\\\"",
            ),
            ("- punkt", ScalarStyle::Plain, "\"- punkt\""),
        ] {
            let notation = Notation::Yaml {
                style,
                line_prefix: String::new(),
            };
            assert_eq!(written(words, &notation, Escaping::Minimal), expected);
        }
    }
}
