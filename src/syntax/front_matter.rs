//! The YAML block above a Markdown text -> keys with values, with the spans and the spelling of both. Keys without a meaning here stay as they
//! are, for templates.

use jiff::civil::Date;

use crate::source::Span;
use crate::source::yaml::{self, YamlEntry, YamlError, YamlNode, YamlValue};

/// The metadata of one file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrontMatter {
    /// The bytes of the block with its fences; empty if there is none.
    pub span: Span,
    /// The keys in source order.
    pub entries: Vec<YamlEntry>,
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
            date: parse_date(entry.value.text()?)?,
            span: entry.value.span,
        })
    }

    /// The keywords, from a list or a text with commas, without empty ones.
    pub fn keywords(&self) -> Vec<&str> {
        self.get("keywords")
            .map(comma_separated)
            .unwrap_or_default()
    }

    /// True if `key` is given as `true`, `yes` or `on`; false for `false`, `no` and `off`; nothing for anything else.
    pub fn flag(&self, key: &str) -> Option<bool> {
        match self.text(key)?.to_ascii_lowercase().as_str() {
            "true" | "yes" | "on" => Some(true),
            "false" | "no" | "off" => Some(false),
            _ => None,
        }
    }
}

/// True for the keys whose value is the day of the last change.
pub fn is_date_key(key: &str) -> bool {
    key == "date" || key.ends_with(".date")
}

/// Reads `MM.DD.YYYY`, as Microsoft's `ms.date` is written, and `YYYY-MM-DD`, the latter with a time behind it if there is one.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    // `2024-01-31T10:00:00Z` and `2024-01-31 10:00` are dates; `2024-01-31 or so` is none.
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => day,
        _ => text,
    };
    let [year, month, day] = match numbers(day, '-') {
        Some(iso) => iso,
        None => {
            let [month, day, year] = numbers(day, '.')?;
            [year, month, day]
        }
    };
    let year = i16::try_from(year).ok()?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Three numbers of nothing but digits.
fn numbers(text: &str, separator: char) -> Option<[i32; 3]> {
    let mut numbers = [0; 3];
    let mut parts = text.split(separator);
    for number in &mut numbers {
        let part = parts.next()?;
        // `parse` would take a sign before the digits.
        if !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(numbers)
}

/// Where the block ends: its YAML text and the first byte of the body. It must begin with the text and be closed by `---` or `...`
/// (DocFX spec 12.1).
pub fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let first = text.split_inclusive('\n').next()?;
    // No space may be before the dashes: an indented line of dashes is a list or code (DocFX
    // spec 12.1).
    if !first.starts_with("---") || first.trim_end() != "---" {
        return None;
    }
    let mut at = first.len();
    for line in text[at..].split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            return Some((first.len()..at, at + line.len()));
        }
        at += line.len();
    }
    None
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
    pub near_miss: Option<(Span, &'static str)>,
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
        YamlValue::Map(entries) => block.front_matter.entries = entries,
        _ => {
            let why = "the front matter is not made of `key: value` lines";
            block.near_miss = Some((node.span, why));
        }
    }
    block
}

/// Dashes and a `key: value` line that begin a text without being front matter.
fn near_miss(text: &str) -> Option<(Span, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let mut lines = text[start..].lines();
    let dashes = lines.next()?;
    if dashes.trim_end() != "---" {
        return None;
    }
    let (key, value) = lines.next()?.split_once(':')?;
    // Without this check a thematic break above a sentence with a colon would be reported.
    let is_key_sign = |sign: char| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-');
    if key.is_empty() || !key.chars().all(is_key_sign) {
        return None;
    }
    if !value.is_empty() && !value.starts_with(' ') {
        return None;
    }
    let why = if start > 0 {
        "front matter must begin with the first line of the file"
    } else {
        "the front matter is not closed"
    };
    Some((Span::new(start, start + dashes.len()), why))
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
    fn dates_are_american_or_iso() {
        let iso = |text| parse_date(text).map(|date| date.to_string());
        assert_eq!(iso("09.22.2023").as_deref(), Some("2023-09-22"));
        assert_eq!(iso("2026-03-14").as_deref(), Some("2026-03-14"));
        assert_eq!(iso(" 2026-03-14T10:00:00Z").as_deref(), Some("2026-03-14"));
        for wrong in [
            "22.09.2023",
            "2023-13-01",
            "31.02.2023",
            "today",
            "09.22",
            "1.2.3.4",
            "+9.22.2023",
            "",
        ] {
            assert_eq!(iso(wrong), None, "{wrong}");
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
