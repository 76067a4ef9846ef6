//! `redirect_from` in the front matter of a page, and the addresses it is to list -> the edit that does so, in the style in which the list is
//! written. Doesn't know which addresses a page had.

use crate::source::edit::Edit;
use crate::source::yaml::scalar::scalar;
use crate::source::yaml::{YamlEntry, YamlValue};
use crate::source::{Source, Span};
use crate::syntax::FrontMatter;

/// The key.
pub const KEY: &str = "redirect_from";

/// A former address in the list of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedAddress {
    /// A path, with the id of a section of the page that was there if only that moved: `old.md#send`. `#old` is a former id of the page itself.
    pub from: String,
    /// The id of the place where it is on the page now: `#send`.
    pub anchor: Option<String>,
}

impl ListedAddress {
    /// As a YAML value.
    pub fn written(&self) -> String {
        match &self.anchor {
            Some(anchor) => format!("{{{}: {}}}", scalar(&self.from), scalar(anchor)),
            None => scalar(&self.from),
        }
    }
}

/// The former addresses that a page lists.
#[derive(Debug, Clone, Copy)]
pub struct RedirectList<'a> {
    /// The page's file.
    pub source: &'a Source,
    /// Its front matter.
    pub front_matter: &'a FrontMatter,
}

impl<'a> RedirectList<'a> {
    /// Replaces the whole list, for changes and removals of values; an empty `values` removes the key.
    pub fn replace(&self, values: &[ListedAddress]) -> Option<Edit> {
        let entry = self.entry()?;
        let text = &self.source.text;
        let mut span = Span {
            start: entry.key_span.start,
            end: entry.value.span.end.max(entry.key_span.end),
        };
        let scalars: Vec<String> = values.iter().map(ListedAddress::written).collect();
        let written = match scalars.as_slice() {
            [] => {
                // The line break goes with the line.
                let rest = &text[span.end as usize..];
                span.end += rest.find('\n').map_or(rest.len(), |at| at + 1) as u32;
                String::new()
            }
            [one] => format!("{KEY}: {one}"),
            many => format!("{KEY}: [{}]", many.join(", ")),
        };
        Some(Edit::new(&self.source.path, span, written))
    }

    fn entry(&self) -> Option<&'a YamlEntry> {
        let mut entries = self.front_matter.entries.iter();
        entries.find(|entry| &*entry.key == KEY)
    }

    /// One more value.
    pub fn add(&self, value: &ListedAddress) -> Edit {
        self.add_all(std::slice::from_ref(value))
    }

    /// More values, at least one.
    pub fn add_all(&self, values: &[ListedAddress]) -> Edit {
        let path = &self.source.path;
        let text = &*self.source.text;
        let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
        let scalars: Vec<String> = values.iter().map(ListedAddress::written).collect();
        let joined = scalars.join(", ");
        let alone = match scalars.len() {
            1 => joined.clone(),
            _ => format!("[{joined}]"),
        };
        let Some(entry) = self.entry() else {
            let line = format!("{KEY}: {alone}{end}");
            return match closing_fence(self.front_matter.span, text) {
                Some(fence) => Edit::new(path, Span::at(fence), line),
                None => {
                    let block = format!("---{end}{line}---{end}{end}");
                    Edit::new(path, Span::at(0), block)
                }
            };
        };
        let span = entry.value.span;
        if entry.value.is_null() {
            let whole = Span {
                start: entry.key_span.start,
                end: span.end.max(entry.key_span.end + 1),
            };
            return Edit::new(path, whole, format!("{KEY}: {alone}"));
        }
        let YamlValue::List(items) = &entry.value.value else {
            let list = format!("[{}, {joined}]", span.of(text));
            return Edit::new(path, span, list);
        };
        let is_flow = span.of(text).starts_with('[');
        match items.last() {
            None => Edit::new(path, span, format!("[{joined}]")),
            Some(last) if is_flow => {
                let after = Span::at(last.span.end as usize);
                Edit::new(path, after, format!(", {joined}"))
            }
            Some(last) => {
                let start = last.span.start as usize;
                let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
                // Everything in front of the value: the indentation, the dash, and a space.
                let dash = &text[line..start];
                let after = last.span.end as usize;
                let rest = text[after..].find(['\r', '\n']);
                let at = rest.map_or(text.len(), |rest| after + rest);
                let mut lines = String::new();
                for value in &scalars {
                    lines.push_str(&format!("{end}{dash}{value}"));
                }
                Edit::new(path, Span::at(at), lines)
            }
        }
    }
}

/// Where the line that closes the front matter begins.
fn closing_fence(front_matter: Span, text: &str) -> Option<usize> {
    if front_matter.is_empty() {
        return None;
    }
    let block = front_matter.of(text).trim_end();
    let at = block.rfind('\n')? + 1;
    Some(front_matter.start as usize + at)
}
