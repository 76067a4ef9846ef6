//! The YAML block above a Markdown text -> keys with values, spans and spelling kept. Which keys mean something is said here once;
//! all others are kept as they are for templates.

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
    /// The bytes that say it.
    pub span: Span,
}

impl FrontMatter {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&YamlNode> {
        self.entries
            .iter()
            .find(|entry| &*entry.key == key)
            .map(|entry| &entry.value)
    }

    /// The value of `key` if it is a text.
    pub fn text(&self, key: &str) -> Option<&str> {
        self.get(key)?.text().filter(|text| !text.trim().is_empty())
    }

    /// The first of the date keys: `date`, or any key that ends in `.date`, such as `ms.date`. Nothing if it is no date.
    pub fn date(&self) -> Option<SpannedDate> {
        let value = self
            .entries
            .iter()
            .find(|entry| is_date_key(&entry.key))
            .map(|entry| &entry.value)?;
        Some(SpannedDate {
            date: parse_date(value.text()?)?,
            span: value.span,
        })
    }

    /// The words of `keywords`, a list or a text with commas, without empty ones.
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

/// Reads `MM.DD.YYYY` and `YYYY-MM-DD`, the latter with a time behind it if there is one.
pub fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    let day = match text.split_once(['T', ' ']) {
        Some((day, time)) if time.starts_with(|first: char| first.is_ascii_digit()) => day,
        _ => text,
    };
    let fields = |separator: char| -> Option<[i32; 3]> {
        let mut numbers = day.split(separator).map(|part| {
            part.bytes()
                .all(|byte| byte.is_ascii_digit())
                .then(|| part.parse().ok())
                .flatten()
        });
        let three = [numbers.next()??, numbers.next()??, numbers.next()??];
        numbers.next().is_none().then_some(three)
    };
    let ([year, month, day], _) = match (fields('-'), fields('.')) {
        (Some(iso), _) => (iso, ()),
        (None, Some([month, day, year])) => ([year, month, day], ()),
        _ => return None,
    };
    Date::new(
        i16::try_from(year).ok()?,
        i8::try_from(month).ok()?,
        i8::try_from(day).ok()?,
    )
    .ok()
}

/// Where the block ends: its YAML text and the first byte of the body. It must begin with the text and be closed by `---` or `...`
/// (DocFX spec 12.1).
pub fn split(text: &str) -> Option<(std::ops::Range<usize>, usize)> {
    let first = text.split_inclusive('\n').next()?;
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
pub struct Block {
    /// The metadata.
    pub front_matter: FrontMatter,
    /// The first byte of the text below.
    pub body: usize,
    /// What YAML has against it.
    pub problems: Vec<YamlError>,
    /// Where something stands that was meant as front matter and is none, and why it isn't.
    pub slip: Option<(Span, &'static str)>,
}

/// Reads the block at the start of `text`.
pub fn read(text: &str) -> Block {
    let mut block = Block {
        front_matter: FrontMatter::default(),
        body: 0,
        problems: Vec::new(),
        slip: None,
    };
    let Some((range, body)) = split(text) else {
        block.slip = meant(text);
        return block;
    };
    let (node, problems) = yaml::parse(&text[range.clone()], range.start);
    block.body = body;
    block.problems = problems;
    block.front_matter.span = Span::new(0, body);
    match node {
        Some(YamlNode {
            value: YamlValue::Map(entries),
            ..
        }) => block.front_matter.entries = entries,
        Some(node) if !node.is_null() => {
            block.slip = Some((
                node.span,
                "the front matter is not made of `key: value` lines",
            ))
        }
        _ => {}
    }
    block
}

/// Dashes and a `key: value` line that begin a text without being front matter.
fn meant(text: &str) -> Option<(Span, &'static str)> {
    let start = text.len() - text.trim_start().len();
    let mut lines = text[start..].lines();
    let dashes = lines.next().filter(|line| line.trim_end() == "---")?;
    let (key, value) = lines.next()?.split_once(':')?;
    let is_key = !key.is_empty()
        && key
            .chars()
            .all(|sign| sign.is_alphanumeric() || matches!(sign, '.' | '_' | '-'));
    let why = if start > 0 {
        "front matter must begin with the first line of the file"
    } else {
        "the front matter is not closed"
    };
    (is_key && (value.is_empty() || value.starts_with(' ')))
        .then(|| (Span::new(start, start + dashes.len()), why))
}

/// The words of a list, or of a text with commas, without empty ones.
pub fn comma_separated(value: &YamlNode) -> Vec<&str> {
    let whole = value.text().into_iter().flat_map(|text| text.split(','));
    let listed = value.items().iter().filter_map(YamlNode::text);
    whole
        .chain(listed)
        .map(str::trim)
        .filter(|word| !word.is_empty())
        .collect()
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
        let Block {
            front_matter: front,
            body,
            problems,
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
        assert_eq!((body, problems.len()), (68, 0));
        assert_eq!(read("---\ntitle: x\n").body, 0);
        assert_eq!(read("\n---\ntitle: x\n---\n").body, 0);
        assert_eq!(read("---\ntitle: a: b\n---\nx").body, 20);
        assert_eq!(read("---\n---\n").body, 8);
    }
}
