//! Words and codes -> what is typed for them in a file. Words from elsewhere never become markup: signs that would mean something where they
//! stand are escaped, at first only those, and if that doesn't do, all of them.

use crate::source::yaml::ScalarStyle;

use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, Notation, words};

/// How much is escaped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// Signs that mean something where they stand.
    Usual,
    /// All signs that can be escaped.
    All,
}

/// What is typed for a content whose codes are these. `newline` is how lines of the file end.
pub(super) fn typed(
    content: &InlineContent,
    codes: &[InlineCode],
    form: &Notation,
    newline: &str,
    care: Care,
) -> String {
    match form {
        Notation::Markdown {
            cell,
            margin,
            single,
        } => Markdown {
            out: String::new(),
            cell: *cell,
            single: *single,
            line_start: !*single,
            care,
        }
        .write(content, codes, newline, margin),
        Notation::Yaml { style, margin } => value(&words(content), *style, margin, newline, care),
    }
}

struct Markdown {
    out: String,
    cell: bool,
    single: bool,
    /// True if nothing stands on the line yet, so that signs can begin blocks.
    line_start: bool,
    care: Care,
}

impl Markdown {
    fn write(
        mut self,
        content: &InlineContent,
        codes: &[InlineCode],
        newline: &str,
        margin: &str,
    ) -> String {
        for (at, piece) in content.iter().enumerate() {
            match piece {
                Inline::Text(words) => {
                    let next = content
                        .get(at + 1)
                        .and_then(|piece| first_sign(piece, codes));
                    self.words(words, next, at + 1 == content.len());
                }
                Inline::StartCode(number) | Inline::Placeholder(number) => {
                    let Some(code) = codes.get(*number) else {
                        continue;
                    };
                    self.out.push_str(&code.open);
                    if code.kind == InlineCodeKind::Break {
                        self.out.push_str(newline);
                        self.out.push_str(margin);
                    }
                    self.line_start = code.kind == InlineCodeKind::Break;
                }
                Inline::EndCode(number) => {
                    self.out
                        .push_str(codes.get(*number).map_or("", |code| &code.close));
                    self.line_start = false;
                }
            }
        }
        self.out
    }

    /// `behind` is the sign that is typed after the words, `last` is true if that is nothing.
    fn words(&mut self, words: &str, behind: Option<char>, last: bool) {
        let mut rest = words;
        if self.line_start && self.care == Care::Usual {
            rest = self.block_start(rest);
        }
        while let Some(sign) = rest.chars().next() {
            let after = &rest[sign.len_utf8()..];
            let next = after.chars().next().or(behind);
            let escape = match self.care {
                Care::All => sign.is_ascii_punctuation(),
                Care::Usual => self.means_something(sign, after, next, last),
            };
            if escape {
                self.out.push('\\');
            }
            self.out.push(sign);
            self.line_start = false;
            rest = after;
        }
    }

    /// Escapes what would begin a heading, a list, a quote, a rule or a block of code; returns what is left to write.
    fn block_start<'w>(&mut self, words: &'w str) -> &'w str {
        let ends_word = |rest: &str| rest.is_empty() || rest.starts_with([' ', '\t']);
        let digits = words
            .bytes()
            .take(10)
            .take_while(u8::is_ascii_digit)
            .count();
        let marker = |sign: char| words[digits..].strip_prefix(sign).is_some_and(ends_word);
        if (1..10).contains(&digits) && (marker('.') || marker(')')) {
            self.out.push_str(&words[..digits]);
            self.out.push('\\');
            self.out.push_str(&words[digits..digits + 1]);
            self.line_start = false;
            return &words[digits + 1..];
        }
        let begins = match words.chars().next() {
            Some('#') => ends_word(words.trim_start_matches('#')),
            Some('+') => ends_word(&words[1..]),
            Some('-') => ends_word(&words[1..]) || words.trim_matches(['-', ' ']).is_empty(),
            Some('=') => words.trim_matches(['=', ' ']).is_empty(),
            Some('>') => true,
            Some(':') => words.starts_with(":::"),
            _ => false,
        };
        if begins {
            self.out.push('\\');
            self.out.push_str(&words[..1]);
            self.line_start = false;
            return &words[1..];
        }
        words
    }

    /// True if `sign` would be more than a sign between what is written and `after`.
    fn means_something(&self, sign: char, after: &str, next: Option<char>, last: bool) -> bool {
        let before = self.out.chars().next_back();
        let apart = |sign: Option<char>| sign.is_none_or(char::is_whitespace);
        let in_word = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
        match sign {
            '\\' => next.is_none_or(|next| next.is_ascii_punctuation()),
            '*' => !(apart(before) && apart(next)) || self.line_start || before.is_none(),
            '_' => {
                !(in_word(before) && in_word(next)
                    || apart(before) && apart(next) && before.is_some())
            }
            '`' | '[' | ']' => true,
            '<' => next
                .is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?')),
            '&' => {
                let name = after
                    .bytes()
                    .take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'#')
                    .count();
                name > 0 && after[name..].starts_with(';')
            }
            '~' => before == Some('~') || next == Some('~'),
            '$' => true,
            '|' => self.cell,
            '@' => next.is_none_or(|next| next.is_ascii_alphabetic() || matches!(next, '"' | '\'')),
            ':' => {
                let scheme = ["http", "https", "ftp"]
                    .iter()
                    .any(|scheme| self.out.ends_with(scheme))
                    && after.starts_with("//");
                let other = self.out.ends_with("mailto") || self.out.ends_with("tel");
                let name = after
                    .bytes()
                    .take_while(|byte| {
                        byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+')
                    })
                    .count();
                scheme || other || name > 0 && after[name..].starts_with(':')
            }
            '.' => self.out.ends_with("www"),
            '!' => next == Some('['),
            // Signs at the end of a heading are no part of it.
            '#' => self.single && last && after.trim_matches('#').is_empty(),
            _ => false,
        }
    }
}

/// The sign that is typed first for a piece.
fn first_sign(piece: &Inline, codes: &[InlineCode]) -> Option<char> {
    match piece {
        Inline::Text(words) => words.chars().next(),
        Inline::StartCode(number) | Inline::Placeholder(number) => {
            codes.get(*number)?.open.chars().next()
        }
        Inline::EndCode(number) => codes.get(*number)?.close.chars().next(),
    }
}

/// What is typed for a YAML value.
fn value(words: &str, style: ScalarStyle, margin: &str, newline: &str, care: Care) -> String {
    match style {
        // Within a block only the margin matters.
        ScalarStyle::Literal | ScalarStyle::Folded => words
            .split('\n')
            .collect::<Vec<_>>()
            .join(&format!("{newline}{margin}")),
        ScalarStyle::Plain if care == Care::Usual && is_plain(words) => words.to_owned(),
        _ => {
            let mut out = String::from('"');
            for sign in words.chars() {
                match sign {
                    '"' | '\\' => out.extend(['\\', sign]),
                    sign if sign.is_control() => {
                        out.push_str(&format!("\\u{:04x}", u32::from(sign)))
                    }
                    sign => out.push(sign),
                }
            }
            out + "\""
        }
    }
}

/// True if a value needs no quotes to be read as these words.
fn is_plain(words: &str) -> bool {
    const WORDS: [&str; 9] = ["yes", "no", "true", "false", "on", "off", "null", "y", "n"];
    let first = words.chars().next();
    first.is_some_and(char::is_alphabetic)
        && !words.contains(": ")
        && !words.contains(" #")
        && !words.ends_with([':', ' '])
        && !words.contains(['[', ']', '{', '}', '\t', '\n'])
        && !WORDS.iter().any(|word| words.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::translatable::read_alone;
    use crate::source::{SitePath, Source};
    use crate::syntax::Dialect;

    fn form(cell: bool, single: bool) -> Notation {
        Notation::Markdown {
            cell,
            margin: String::new(),
            single,
        }
    }

    fn plain(words: &str, form: &Notation, care: Care) -> String {
        typed(&vec![Inline::Text(words.to_owned())], &[], form, "\n", care)
    }

    /// The words of the only unit of a page.
    fn reread(typed: &str) -> Option<String> {
        let text = read_alone(
            &Source::from_text(SitePath::new("a.md").unwrap(), typed),
            Dialect::DOCFX,
        );
        let [unit] = text.units.as_slice() else {
            return None;
        };
        unit.codes.is_empty().then(|| unit.words())
    }

    #[test]
    fn only_signs_that_mean_something_are_escaped() {
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
            assert_eq!(plain(words, &form(false, false), Care::Usual), expected);
        }
        assert_eq!(plain("a | b", &form(true, true), Care::Usual), r"a \| b");
        assert_eq!(plain("- C #", &form(false, true), Care::Usual), r"- C \#");
    }

    #[test]
    fn what_is_escaped_is_read_as_it_was_meant() {
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
            for care in [Care::Usual, Care::All] {
                let typed = plain(words, &form(false, false), care);
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
            assert_eq!(value(words, style, "", "\n", Care::Usual), expected);
        }
    }
}
