//! Words in markup that readers hear or see: `alt`, `title` and `aria-label` in raw HTML, and titles of links and images -> codes around
//! those words, so that they are translated with the text they are in. Doesn't know how they are written back.

use std::ops::Range;

use crate::syntax::html::elements::is_void;
use crate::syntax::html::tokenizer::{Token, tokenize};

use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent};

/// Attributes with words for readers.
const LABEL_ATTRIBUTES: [&str; 6] = [
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "placeholder",
    "title",
];

/// A part of raw HTML, in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HtmlPart {
    /// Markup without words.
    Code(String),
    /// The markup before and after words, or around other parts.
    Start { open: String, close: String },
    /// The words of an attribute.
    Words(String),
    /// The end of the part that was begun so many parts with a number ago: 1 for the last one.
    End(usize),
}

/// The words of an attribute, and its bytes.
struct HtmlLabel {
    /// From the first byte of the name to the closing quote.
    attribute: Range<usize>,
    /// Between the quotes.
    value: Range<usize>,
    words: String,
}

/// The parts of raw HTML: one code if it has no words for readers.
pub(super) fn html_parts(html: &str) -> Vec<HtmlPart> {
    let labels = html_labels(html);
    let [first, .., last] = labels.as_slice() else {
        return match labels.first() {
            Some(label) => vec![
                HtmlPart::Start {
                    open: html[..label.value.start].to_owned(),
                    close: html[label.value.end..].to_owned(),
                },
                HtmlPart::Words(label.words.clone()),
                HtmlPart::End(1),
            ],
            None => vec![HtmlPart::Code(html.to_owned())],
        };
    };
    // Several in one tag: inside of a code for the whole tag, so that none can be moved out of it unnoticed.
    let mut parts = vec![HtmlPart::Start {
        open: html[..first.attribute.start].to_owned(),
        close: html[last.attribute.end..].to_owned(),
    }];
    let (mut at, mut count) = (first.attribute.start, 1);
    for label in &labels {
        if label.attribute.start > at {
            parts.push(HtmlPart::Code(html[at..label.attribute.start].to_owned()));
            count += 1;
        }
        parts.push(HtmlPart::Start {
            open: html[label.attribute.start..label.value.start].to_owned(),
            close: html[label.value.end..label.attribute.end].to_owned(),
        });
        count += 1;
        parts.push(HtmlPart::Words(label.words.clone()));
        parts.push(HtmlPart::End(1));
        at = label.attribute.end;
    }
    parts.push(HtmlPart::End(count));
    parts
}

fn html_labels(html: &str) -> Vec<HtmlLabel> {
    let mut labels = Vec::new();
    // Nearly all tags have none, and the tokenizer is slow in comparison.
    if !LABEL_ATTRIBUTES.iter().any(|name| html.contains(name)) {
        return labels;
    }
    let mut in_tag = Vec::new();
    tokenize(html, |token, range| match token {
        Token::Attribute {
            name,
            name_start,
            value,
            ..
        } => {
            if LABEL_ATTRIBUTES.contains(&name) && is_label(html, &value, &range) {
                in_tag.push(HtmlLabel {
                    attribute: name_start..range.end + 1,
                    value: range,
                    words: value.into_owned(),
                });
            }
        }
        // Only a whole tag is one: half of it may be on the line before.
        Token::StartTag { .. } => labels.append(&mut in_tag),
        _ => in_tag.clear(),
    });
    labels
}

/// True for words in quotes that are written back as the same words. Spaces at the edges would move out of the quotes.
fn is_label(html: &str, words: &str, range: &Range<usize>) -> bool {
    let before = html
        .get(..range.start)
        .and_then(|html| html.chars().next_back());
    let after = html.get(range.end..).and_then(|html| html.chars().next());
    matches!(
        (before, after),
        (Some('"'), Some('"')) | (Some('\''), Some('\''))
    ) && words.contains(char::is_alphabetic)
        && words.trim() == words
        && !words.contains(['\n', '\r', '\t'])
        && !words.contains("  ")
}

/// The bytes of `title` between its quotes in `](address "title")`; None if they can't be determined for certain.
pub(super) fn title_place(close: &str, title: &str) -> Option<Range<usize>> {
    let is_plain = title.contains(char::is_alphabetic)
        && title.trim() == title
        && !title.contains(['\n', '\r', '\t'])
        && !title.contains("  ");
    if !is_plain || !close.starts_with("](") {
        return None;
    }
    let inside = close.strip_suffix(')')?.trim_end();
    let quote = inside.chars().next_back()?;
    if !matches!(quote, '"' | '\'') {
        return None;
    }
    let end = inside.len() - 1;
    // CommonMark 6.3: only an address in angle brackets can have spaces.
    let address = match inside.strip_prefix("](<") {
        Some(address) => 3 + address.find('>')?,
        None => 0,
    };
    let start = address + inside[address..end].find([' ', '\n', '\t'])?;
    let start = start + inside[start..end].find(quote)? + 1;
    let typed = inside.get(start..end)?;
    // Escapes and references are resolved in `title`.
    (typed == title || typed.contains(['\\', '&'])).then_some(start..end)
}

/// A start or end tag.
pub(super) struct ElementTag {
    pub name: String,
    pub is_end: bool,
}

/// The start or end tag of an element that has content; None for comments, void elements and `<x/>`.
pub(super) fn element_of(typed: &str) -> Option<ElementTag> {
    let inside = typed.strip_prefix('<')?.strip_suffix('>')?;
    let is_end = inside.starts_with('/');
    // Names of elements are compared without case, as HTML has them.
    let inside = inside.strip_prefix('/').unwrap_or(inside);
    let name: String = inside
        .chars()
        .take_while(char::is_ascii_alphanumeric)
        .flat_map(char::to_lowercase)
        .collect();
    if name.is_empty() || inside.ends_with('/') || is_void(&name) {
        return None;
    }
    Some(ElementTag { name, is_end })
}

/// A tag with labels whose end tag hasn't come yet.
struct OpenTag {
    at: usize,
    name: String,
    /// How many codes that span words it is in.
    depth: usize,
}

/// Joins tags with labels and their end tags: `<a title="x">words</a>` becomes a code around words with the tag at their beginning, and
/// `<i title="x"></i>` one code.
pub(super) fn pair_labelled_tags(
    content: InlineContent,
    codes: &mut Vec<InlineCode>,
) -> InlineContent {
    let mut paired: InlineContent = Vec::with_capacity(content.len());
    let mut open: Vec<OpenTag> = Vec::new();
    // Where the codes begin that are open.
    let mut starts: Vec<usize> = Vec::new();
    for inline in content {
        match inline {
            Inline::StartCode(_) => starts.push(paired.len()),
            Inline::EndCode(number) => {
                let start = starts.pop().unwrap_or(0);
                open.retain(|tag| tag.depth <= starts.len());
                if let Some(name) = labelled_element(codes, number) {
                    open.push(OpenTag {
                        at: start,
                        name,
                        depth: starts.len(),
                    });
                }
            }
            Inline::Placeholder(number) => {
                if let Some(tag) = open.last()
                    && end_tag(codes, number).as_ref() == Some(&tag.name)
                    && tag.depth == starts.len()
                {
                    let at = tag.at;
                    open.pop();
                    close_element(&mut paired, codes, at, number);
                    continue;
                }
            }
            Inline::Text(_) => {}
        }
        paired.push(inline);
    }
    paired
}

/// The name of the element that a code with labels begins.
fn labelled_element(codes: &[InlineCode], number: usize) -> Option<String> {
    let code = codes.get(number)?;
    if code.kind != InlineCodeKind::Label {
        return None;
    }
    let tag = element_of(&format!("{}{}", code.open, code.close))?;
    (!tag.is_end).then_some(tag.name)
}

fn end_tag(codes: &[InlineCode], number: usize) -> Option<String> {
    let code = codes.get(number)?;
    if code.kind != InlineCodeKind::Html {
        return None;
    }
    let tag = element_of(&code.open)?;
    tag.is_end.then_some(tag.name)
}

/// Ends the element whose tag begins at `at` with the end tag that is the code `number`, which is left without a place.
fn close_element(
    paired: &mut InlineContent,
    codes: &mut Vec<InlineCode>,
    at: usize,
    number: usize,
) {
    let close = codes[number].open.clone();
    let is_empty = match (paired.get(at), paired.last()) {
        (Some(Inline::StartCode(start)), Some(Inline::EndCode(end))) => start == end,
        _ => false,
    };
    if is_empty && let Some(Inline::EndCode(last)) = paired.last() {
        let code = &mut codes[*last];
        code.close.push_str(&close);
        code.name.push_str(&close);
        return;
    }
    // The start tag with its labels is a code inside: without them there are no bytes left for the beginning of the element.
    paired.insert(at, Inline::StartCode(codes.len()));
    paired.push(Inline::EndCode(codes.len()));
    codes.push(InlineCode {
        kind: InlineCodeKind::Html,
        open: String::new(),
        name: close.clone(),
        close,
        label: None,
    });
}

/// Words as they are written between the quotes of an attribute or a title. Markdown reads references there as HTML does, and nothing else
/// that is in here.
pub(super) fn label_words(words: &str, in_cell: bool) -> String {
    let mut out = String::with_capacity(words.len());
    for char in words.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\\' => out.push_str("&#92;"),
            '|' if in_cell => out.push_str("&#124;"),
            char => out.push(char),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str) -> Vec<String> {
        let mut parts = Vec::new();
        for part in html_parts(html) {
            parts.push(match part {
                HtmlPart::Code(typed) => format!("code {typed}"),
                HtmlPart::Start { open, close } => format!("start {open}…{close}"),
                HtmlPart::Words(words) => format!("words {words}"),
                HtmlPart::End(back) => format!("end {back}"),
            });
        }
        parts
    }

    #[test]
    fn words_for_readers_are_taken_out_of_tags() {
        assert_eq!(
            parts("<i class='x' aria-label=\"Lagre &amp; lukk\">"),
            [
                "start <i class='x' aria-label=\"…\">",
                "words Lagre & lukk",
                "end 1"
            ]
        );
        assert_eq!(
            parts("<img alt=\"Kart\" src=\"a.png\" title='Oslo'>"),
            [
                "start <img …>",
                "start alt=\"…\"",
                "words Kart",
                "end 1",
                "code  src=\"a.png\" ",
                "start title='…'",
                "words Oslo",
                "end 1",
                "end 4"
            ]
        );
    }

    #[test]
    fn tags_without_words_stay_as_they_are() {
        for html in [
            "<i class=\"title\">",
            "<img alt=\"\">",
            "<img alt=\"2\">",
            "<img alt=Kart>",
            "<img alt=\" Kart\">",
            "<a data-title=\"Kart\">",
            "</i>",
            "<!-- <img alt=\"Kart\"> -->",
            "<img alt=\"Kart\"",
        ] {
            assert_eq!(parts(html), [format!("code {html}")]);
        }
    }

    #[test]
    fn titles_are_found_between_their_quotes() {
        for (close, title, expected) in [
            ("](a.png \"Kart\")", "Kart", Some("Kart")),
            (
                "](a.png 'Et \"kart\"' )",
                "Et \"kart\"",
                Some("Et \"kart\""),
            ),
            ("](a.png \"A &amp; B\")", "A & B", Some("A &amp; B")),
            ("](<a b.png> \"Kart\")", "Kart", Some("Kart")),
            ("](a.png (Kart))", "Kart", None),
            ("](a.png \"42\")", "42", None),
            ("][a]", "Kart", None),
        ] {
            let found = title_place(close, title);
            let found = found.map(|range| &close[range]);
            assert_eq!(found, expected, "{close}");
        }
    }
}
