//! Lines of `key: value` without any character that YAML gives a meaning, which nearly all front matter consists of -> the same tree that the
//! YAML parser makes, in a fraction of the time. Any other text is left to that parser.

use super::{Scalar, ScalarStyle, YamlEntry, YamlNode, YamlValue};
use crate::source::Span;

/// The YAML parser refuses longer keys (YAML 1.2, section 7.4.2 limits them to 1024 characters; this stays well below).
const LONGEST_KEY: usize = 500;

/// The most keys: each is compared with all others, which takes quadratic time.
const MOST: usize = 64;

/// ASCII characters besides letters and digits that a plain value can begin with.
const BEGINNINGS: &[u8] = b"_/.(";

/// Characters beyond ASCII that are plain, besides letters and digits.
const SIGNS: [char; 12] = ['–', '—', '‘', '’', '“', '”', '«', '»', '…', '©', '®', '°'];

/// Reads `text`, which starts `base` bytes into its source; nothing if the YAML parser has to read it.
pub(super) fn read(text: &str, base: usize) -> Option<YamlNode> {
    let mut entries: Vec<YamlEntry> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let entry = entry(
            line.strip_suffix('\n')
                .map_or(line, |line| line.strip_suffix('\r').unwrap_or(line)),
            base + at,
        )?;
        // A repeated key has to be reported, which the parser does.
        if entries.len() == MOST || entries.iter().any(|known| known.key == entry.key) {
            return None;
        }
        entries.push(entry);
        at += line.len();
    }
    let span = Span {
        start: entries.first()?.key_span.start,
        end: entries.last()?.value.span.end,
    };
    Some(YamlNode {
        span,
        value: YamlValue::Map(entries),
    })
}

/// A line that starts at byte `at`.
fn entry(line: &str, at: usize) -> Option<YamlEntry> {
    let (key, rest) = line.split_once(':')?;
    let value = rest.trim_start_matches(' ');
    let start = at + line.len() - value.len();
    let value = value.trim_end_matches(' ');
    let is_plain = is_key(key) && rest.starts_with(' ') && is_value(value);
    is_plain.then(|| YamlEntry {
        key: key.into(),
        key_span: Span::new(at, at + key.len()),
        value: YamlNode {
            span: Span::new(start, start + value.len()),
            value: YamlValue::Scalar(Scalar {
                text: value.into(),
                style: ScalarStyle::Plain,
            }),
        },
    })
}

fn is_key(key: &str) -> bool {
    key.len() <= LONGEST_KEY
        && key.starts_with(|first: char| first.is_ascii_alphanumeric() || first == '_')
        && key
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
        && !key.eq_ignore_ascii_case("null")
}

fn is_value(value: &str) -> bool {
    let Some(first) = value.chars().next() else {
        return false;
    };
    // Quotes, brackets and the indicators `-?:,#&*!|>%@` and the backtick begin something else than a plain value (YAML 1.2, section 5.3).
    let begins = first.is_alphanumeric()
        || u8::try_from(first).is_ok_and(|first| BEGINNINGS.contains(&first));
    let mut bytes = value.bytes().peekable();
    let mut ascii = true;
    while let Some(byte) = bytes.next() {
        match byte {
            // A comment, if there is a blank before it. Other cases are rare, so they are not told apart here.
            b'#' => return false,
            // `: ` within a value, or a colon at its end, begins a map. `12:30` and `https://` are texts.
            b':' if bytes
                .peek()
                .is_none_or(|next| !next.is_ascii_alphanumeric() && *next != b'/') =>
            {
                return false;
            }
            b' '..=b'~' => {}
            0x80.. => ascii = false,
            _ => return false,
        }
    }
    begins
        && (ascii
            || value
                .chars()
                .all(|sign| sign.is_ascii() || sign.is_alphanumeric() || SIGNS.contains(&sign)))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::super::YamlError;
    use super::super::parser::parse_events;
    use super::*;

    /// Pieces of lines, most of which mean something in YAML.
    const PIECES: &[&str] = &[
        "title",
        "uid",
        "so.date",
        "a-b",
        "null",
        "-",
        "?",
        ":",
        ": ",
        " ",
        "  ",
        "\t",
        "#",
        " #",
        "\n",
        "\r\n",
        "\n",
        "x",
        "Å ø",
        "no",
        "12.10",
        "09.22.2023",
        "https://a.no/b?c=d",
        "[",
        "]",
        "{",
        "}",
        ",",
        "&",
        "*",
        "!",
        "|",
        ">",
        "'",
        "\"",
        "%",
        "@",
        "`",
        "~",
        "=",
        "<<",
        "---",
        "...",
        "«»",
        "\u{85}",
        "\u{2028}",
        "\u{FEFF}",
        "\u{a0}",
        "\u{0}",
        "key: value\n",
        "a: b\n",
    ];

    proptest! {
        #[test]
        fn what_is_read_is_what_yaml_says(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..12), base in 0..9_usize) {
            let text = pieces.concat();
            if let Some(node) = read(&text, base) {
                let (expected, problems): (Option<YamlNode>, Vec<YamlError>) = parse_events(&text, base);
                prop_assert_eq!(Some(node), expected);
                prop_assert_eq!(problems, vec![]);
            }
        }
    }

    #[test]
    fn most_front_matter_is_read_and_doubts_are_left() {
        for text in [
            "title: A\n",
            "title: A",
            "uid: help-no-x\r\ntitle: Slik gjør du – kort sagt\r\nso.date: 09.22.2023\r\n",
            "redirect_url: https://example.com/a:b#x".trim_end_matches("#x"),
            "keywords: a, b (c), d  \n",
        ] {
            assert_eq!(read(text, 3), parse_events(text, 3).0, "{text}");
            assert!(read(text, 3).is_some(), "{text}");
        }
        for text in [
            "",
            "\n",
            "a:\n",
            "a: 'b'\n",
            "a: b: c\n",
            "a: b #c\n",
            "a: b:\n",
            "- a\n",
            "a: b\n  c\n",
            "a: b\n\n",
            "a: -\n",
            "a: [b]\n",
            "a b: c\n",
            "a: b\na: c\n",
            "a:\tb\n",
            "a: b\t\n",
            "---\na: b\n",
            "null: a\n",
            "a: \u{2028}b\n",
            "a:b\n",
            "a: |\n",
            "a: &x b\n",
            "a: *x\n",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
    }
}
