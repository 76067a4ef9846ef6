//! The YAML block above a Markdown text -> keys with values, with the spans and the spelling of both. Keys without a meaning here stay as they
//! are, for templates.

use jiff::civil::Date;

use crate::message;
use crate::source::yaml::{self, YamlEntry, YamlError, YamlNode, YamlValue};
use crate::source::{Message, Span};

/// The metadata of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The bytes of the block with its fences; empty if there is none.
    pub span: Span,
    /// The keys in source order.
    pub entries: Vec<YamlEntry>,
    /// How its dates are read.
    pub date_order: DateOrder,
}

/// Which number comes first in a date like `04/05/2026` or `04.05.2026`, where both could be a month.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// `04/05` is the fifth of April, as Microsoft prescribes for `ms.date`.
    #[default]
    MonthFirst,
    /// `04/05` is the fourth of May.
    DayFirst,
}

/// A date as an author wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpannedDate {
    /// The day.
    pub date: Date,
    /// The bytes it is written with.
    pub span: Span,
}

impl FrontMatter {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        for entry in &self.entries {
            if &*entry.key == key {
                return Some(&entry.value);
            }
        }
        None
    }

    /// The value of `key` if it is a text that is not blank.
    pub fn text(&self, key: &str) -> Option<&str> {
        let text = self.get(key)?.text()?;
        (!text.trim().is_empty()).then_some(text)
    }

    /// The first of the date keys: `date`, or any key that ends in `.date`, such as `ms.date`. Nothing if it isn't a date.
    pub fn date(&self) -> Option<SpannedDate> {
        let entry = self.entries.iter().find(|entry| is_date_key(&entry.key))?;
        Some(SpannedDate {
            date: parse_date(entry.value.text()?, self.date_order)?,
            span: entry.value.span,
        })
    }

    /// The keywords, from a list or a text with commas, without empty ones.
    pub fn keywords(&self) -> Vec<&str> {
        self.get("keywords")
            .map(comma_separated)
            .unwrap_or_default()
    }

    /// The value of `key` as a boolean, see [`parse_flag`].
    pub fn flag(&self, key: &str) -> Option<bool> {
        parse_flag(self.text(key)?)
    }
}

/// The boolean that a text is in one of the spellings of YAML 1.1: true for `true`, `yes` and `on`, false for `false`, `no` and `off`, in any
/// case; nothing for any other text.
pub fn parse_flag(text: &str) -> Option<bool> {
    match text.trim().to_ascii_lowercase().as_str() {
        "true" | "yes" | "on" => Some(true),
        "false" | "no" | "off" => Some(false),
        _ => None,
    }
}

/// True for the keys whose value is the day of the last change.
pub fn is_date_key(key: &str) -> bool {
    key == "date" || key.ends_with(".date")
}

/// Reads a day that is written as three numbers between `-`, `/` or `.`, with a time behind it if there is one. A year of four digits is the
/// first or the last of them. Of the other two, `order` tells which is the month; the other way counts if only that is a date.
pub fn parse_date(text: &str, order: DateOrder) -> Option<Date> {
    let text = text.trim();
    // `2024-01-31T10:00:00Z` and `1/31/2024 10:00 AM` are dates; `2024-01-31 or so` is none.
    let day = match text.split_once(['T', 't', ' ']) {
        Some((day, time))
            if time
                .trim_start()
                .starts_with(|first: char| first.is_ascii_digit()) =>
        {
            day
        }
        _ => text,
    };
    for separator in ['-', '/', '.'] {
        let Some([first, second, third]) = numbers(day, separator) else {
            continue;
        };
        if is_year(first) {
            return civil_date(first, second, third);
        }
        // `09-22-2023` is how nobody writes a day: a dash belongs to ISO 8601, which begins with the year.
        if separator == '-' || !is_year(third) {
            return None;
        }
        let month_first = civil_date(third, first, second);
        let day_first = civil_date(third, second, first);
        // A number above twelve is a day, whatever the order of the site.
        return match order {
            DateOrder::MonthFirst => month_first.or(day_first),
            DateOrder::DayFirst => day_first.or(month_first),
        };
    }
    None
}

fn is_year(digits: &str) -> bool {
    digits.len() == 4
}

fn civil_date(year: &str, month: &str, day: &str) -> Option<Date> {
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Three numbers of nothing but digits.
fn numbers(text: &str, separator: char) -> Option<[&str; 3]> {
    let mut numbers = [""; 3];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        *number = parts.next()?;
        // `parse` would take a sign before the digits.
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    }
    parts.next().is_none().then_some(numbers)
}

/// Where the block ends: its YAML text and the first byte of the body. It must begin with the text and be closed by `---` or `...`
/// (DocFX spec 12.1).
pub fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let first = line_with_end(text);
    // No space may be before the dashes: an indented line of dashes is a list or code (DocFX
    // spec 12.1).
    if !first.starts_with("---") || first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    while at < text.len() {
        let line = line_with_end(&text[at..]);
        // `...` ends a document of YAML as well (YAML 1.2.2, 9.1.2).
        if matches!(line.trim_end(), "---" | "...") {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
}

/// The first line with its end. A CR alone ends a line, too (CommonMark 2.1).
fn line_with_end(text: &str) -> &str {
    let end = match text.find(['\n', '\r']) {
        Some(end) if text[end..].starts_with("\r\n") => end + 2,
        Some(end) => end + 1,
        None => text.len(),
    };
    &text[..end]
}

/// What was meant as front matter, or as a value of it, and is none.
pub struct NearMiss {
    /// Where.
    pub span: Span,
    /// Why.
    pub message: Message,
    /// What to type instead, a sentence.
    pub help: Message,
}

/// What was read above a Markdown text.
pub struct FrontMatterBlock {
    /// The metadata.
    pub front_matter: FrontMatter,
    /// The first byte of the text below.
    pub body: usize,
    /// What is no YAML in it.
    pub errors: Vec<YamlError>,
    /// Something that was meant as front matter but isn't, and why.
    pub near_miss: Option<NearMiss>,
}

/// Reads the block at the start of `text`.
pub fn read(text: &str) -> FrontMatterBlock {
    let mut block = FrontMatterBlock {
        front_matter: FrontMatter::default(),
        body: 0,
        errors: Vec::new(),
        near_miss: None,
    };
    let Some((range, body)) = split(text) else {
        block.near_miss = near_miss(text);
        return block;
    };
    // Spans count from the first byte of the file, not of the block.
    let (node, errors) = yaml::parse(&text[range.clone()], range.start);
    block.body = body;
    block.errors = errors;
    block.front_matter.span = Span::new(0, body);
    let Some(node) = node else {
        return block;
    };
    if node.is_null() {
        return block;
    }
    match node.value {
        YamlValue::Map(entries) => {
            block.near_miss = curly_quotes(&entries);
            block.front_matter.entries = entries;
        }
        _ => {
            block.near_miss = Some(NearMiss {
                span: node.span,
                message: "the front matter is not made of `key: value` lines".into(),
                help: OUTLINE.into(),
            });
        }
    }
    block
}

const OUTLINE: &str = "Write `---` in the first line, one `key: value` in each line below, and `---` in a line after the last.";

/// Dashes and a `key: value` line that begin a text without being front matter.
fn near_miss(text: &str) -> Option<NearMiss> {
    let rest = after_comments(text.trim_start());
    let start = text.len() - rest.len();
    let mut lines = rest.lines();
    let dashes = lines.next()?.trim_end();
    let below = lines.next()?;
    let is_toml = dashes == "+++";
    // A page may begin with a rule, too: only a key below the dashes makes them front matter.
    if !is_toml && !is_dashes(dashes) || !is_entry(below, if is_toml { '=' } else { ':' }) {
        return None;
    }
    // Other lines also begin a page with a dash; metadata ends with another.
    let is_end = |line: &str| matches!(line.trim_end(), "---") || line.trim_end() == dashes;
    if dashes != "---" && !lines.any(is_end) {
        return None;
    }
    let (message, help) = if is_toml {
        (
            "this metadata is in TOML, and is shown as text".into(),
            "Write it as YAML: `---` above and below, and `key: value` in each line.".into(),
        )
    } else if dashes != "---" {
        (
            message!("`{dashes}` begins no front matter", dashes),
            "Write `---`, three hyphens and nothing else, above and below the metadata.".into(),
        )
    } else if text[..start].trim().is_empty() && start > 0 {
        (
            "front matter must begin with the first line of the file".into(),
            "Remove the empty line above `---`.".into(),
        )
    } else if start > 0 {
        (
            "front matter must begin with the first line of the file".into(),
            "Move the comment above it to below the metadata.".into(),
        )
    } else {
        ("the front matter is not closed".into(), OUTLINE.into())
    };
    let span = Span::new(start, start + dashes.len());
    Some(NearMiss {
        span,
        message,
        help,
    })
}

/// The text behind the comments it begins with.
fn after_comments(text: &str) -> &str {
    let mut rest = text;
    while let Some(comment) = rest.strip_prefix("<!--") {
        let Some((_, behind)) = comment.split_once("-->") else {
            return rest;
        };
        rest = behind.trim_start();
    }
    rest
}

/// True for a line of hyphens, or of what was meant as hyphens: dashes of other lengths, or with a comment behind them.
fn is_dashes(line: &str) -> bool {
    let dashes = line.split(" #").next().unwrap_or(line).trim_end();
    let is_dash = |char: char| matches!(char, '-' | '–' | '—' | '−' | '‐');
    // One dash begins an item of a list, or a line that someone says.
    !dashes.is_empty() && dashes.chars().all(is_dash) && dashes != "-" && dashes != "–"
}

/// True for `key: value`. Without this check a thematic break above a sentence with a colon would be reported.
fn is_entry(line: &str, separator: char) -> bool {
    let Some((key, value)) = line.split_once(separator) else {
        return false;
    };
    let is_key_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-');
    let key = if separator == '=' {
        key.trim_end()
    } else {
        key
    };
    !key.is_empty() && key.chars().all(is_key_sign) && (value.is_empty() || value.starts_with(' '))
}

/// The first value that is in typographic quotes as a whole: YAML takes them for part of it.
fn curly_quotes(entries: &[YamlEntry]) -> Option<NearMiss> {
    for entry in entries {
        let Some(text) = entry.value.text() else {
            continue;
        };
        let inner = text.trim_matches(['“', '”', '„', '‘', '’']);
        let is_quoted =
            text.starts_with(['“', '”', '„', '‘']) && text.ends_with(['“', '”', '’', '‘']);
        // Quotes around the first and the last word are part of the title.
        if is_quoted && !inner.is_empty() && !inner.contains(['“', '”', '„']) {
            return Some(NearMiss {
                span: entry.value.span,
                message: message!(
                    "the quotes around the value of `{key}` are part of it",
                    key = entry.key
                ),
                help: message!(
                    "Write `{key}: \"{inner}\"`, with straight quotes.",
                    key = entry.key,
                    inner
                ),
            });
        }
    }
    None
}

/// The parts of a list, or of a text with commas, without empty ones.
pub fn comma_separated(value: &YamlNode) -> Vec<&str> {
    let mut parts: Vec<&str> = Vec::new();
    if let Some(text) = value.text() {
        parts.extend(text.split(','));
    }
    for item in value.items() {
        parts.extend(item.text());
    }
    for part in &mut parts {
        *part = part.trim();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_with_dashes_slashes_and_dots() {
        let iso = |text, order| parse_date(text, order).map(|date| date.to_string());
        for (text, month_first, day_first) in [
            ("2026-03-14", "2026-03-14", "2026-03-14"),
            (" 2026-03-14T10:00:00Z", "2026-03-14", "2026-03-14"),
            ("2026-03-14t10:00:00.5+01:00 ", "2026-03-14", "2026-03-14"),
            ("2026-03-14  23:59", "2026-03-14", "2026-03-14"),
            ("2026/3/14", "2026-03-14", "2026-03-14"),
            ("03/04/2026", "2026-03-04", "2026-04-03"),
            ("3/4/2026 8:15:00 AM", "2026-03-04", "2026-04-03"),
            ("03.04.2026", "2026-03-04", "2026-04-03"),
            ("3/14/2026", "2026-03-14", "2026-03-14"),
            ("14.3.2026", "2026-03-14", "2026-03-14"),
            ("29/02/2024", "2024-02-29", "2024-02-29"),
        ] {
            let read = |order| iso(text, order);
            assert_eq!(read(DateOrder::MonthFirst).as_deref(), Some(month_first));
            assert_eq!(read(DateOrder::DayFirst).as_deref(), Some(day_first));
        }
        for wrong in [
            "2023-13-01",
            "31.02.2023",
            "13/45/2020",
            "29/02/2023",
            "2023-22-09",
            "09-22-2023",
            "9/22/23",
            "03/14.2026",
            "2026-03-14 or so",
            "03/14/2026, 04/01/2026",
            "today",
            "09.22",
            "1.2.3.4",
            "9999/9999",
            "+9.22.2023",
            "",
        ] {
            assert_eq!(iso(wrong, DateOrder::MonthFirst), None, "{wrong}");
        }
    }

    #[test]
    fn the_block_opens_the_text_and_is_closed() {
        let FrontMatterBlock {
            front_matter: front,
            body,
            errors,
            ..
        } = read(
            "---\r\ntitle: Å\r\nkeywords: a,  b, ,c\r\nlanguage: no\r\npilot: yes\r\n---\r\n# Å\r\n",
        );
        assert_eq!(
            (
                front.text("title"),
                front.text("language"),
                front.flag("pilot")
            ),
            (Some("Å"), Some("no"), Some(true))
        );
        assert_eq!(front.keywords(), ["a", "b", "c"]);
        assert_eq!((body, errors.len()), (68, 0));
        assert_eq!(read("---\ntitle: x\n").body, 0);
        assert_eq!(read("\n---\ntitle: x\n---\n").body, 0);
        assert_eq!(read("---\ntitle: a: b\n---\nx").body, 20);
        assert_eq!(read("---\n---\n").body, 8);
    }
}
