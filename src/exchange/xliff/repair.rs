//! XML that isn't well-formed -> the same with the signs that are missing for certain, or why and where it can't be read. Tools that put
//! texts together by hand forget to escape `&` and `<`, and write entities of HTML. Line numbers stay what they were.

use roxmltree::Error;

use crate::exchange::document::DocumentProblem;
use crate::exchange::unit::shortened;
use crate::syntax::html::tokenizer::{Token, tokenize_with_text};

/// The entities that XML has without a declaration.
const XML_ENTITIES: [&str; 5] = ["amp", "lt", "gt", "quot", "apos"];

/// More repairs than these are of one kind, which is clear by then.
const MAX_REPORTED: usize = 20;

/// Why a document can't be read, and where.
pub(super) struct ErrorPlace {
    pub line: usize,
    pub reason: String,
    /// In which text, as the end of a sentence; empty if it is in none.
    pub unit: String,
}

/// The text with the signs that are missing, and what was repaired.
pub(super) fn repaired(text: &str) -> (String, Vec<DocumentProblem>) {
    let mut repairer = Repairer {
        out: String::with_capacity(text.len() + 64),
        line: 1,
        repairs: Vec::new(),
    };
    let rest = repairer.declaration(text);
    repairer.content(rest);
    (repairer.out, repairer.repairs)
}

struct Repairer {
    out: String,
    line: usize,
    repairs: Vec<DocumentProblem>,
}

impl Repairer {
    /// Leaves out an XML declaration that isn't at the very beginning, where nothing may be before it. Returns what is left to read.
    fn declaration<'t>(&mut self, text: &'t str) -> &'t str {
        let start = text
            .trim_start()
            .trim_start_matches('\u{feff}')
            .trim_start();
        let blank = &text[..text.len() - start.len()];
        if blank.is_empty() || !start.starts_with("<?xml ") {
            return text;
        }
        let Some(end) = start.find("?>") else {
            return text;
        };
        self.push(&blank.replace('\u{feff}', ""));
        self.report("there is something before the XML declaration");
        // With its line breaks, so that the lines after it keep their numbers.
        let declaration = &start[..end + 2];
        let breaks: String = declaration.chars().filter(|char| *char == '\n').collect();
        self.push(&breaks);
        &start[end + 2..]
    }

    fn content(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = rest.find(['&', '<']) {
            self.push(&rest[..at]);
            rest = &rest[at..];
            rest = if rest.starts_with('&') {
                self.reference(rest)
            } else {
                self.markup(rest)
            };
        }
        self.push(rest);
    }

    /// `rest` begins with `&`; returns what is after what was written for it.
    fn reference<'t>(&mut self, rest: &'t str) -> &'t str {
        let inside = &rest[1..];
        let length = inside
            .find(|char: char| !char.is_ascii_alphanumeric() && char != '#')
            .unwrap_or(inside.len());
        let name = &inside[..length];
        let is_reference = length > 0 && inside[length..].starts_with(';');
        let is_known = name.starts_with('#') || XML_ENTITIES.contains(&name);
        let end = 1 + length + usize::from(is_reference);
        if is_reference && !is_known {
            // One that HTML doesn't know either stays, and is what the parser complains of.
            if let Some(char) = html_character(&rest[..end]) {
                self.report(&format!("`&{name};` is no entity of XML"));
                self.push(&char);
                return &rest[end..];
            }
        }
        if is_reference {
            self.push(&rest[..end]);
            return &rest[end..];
        }
        self.report("a `&` is not escaped");
        self.push("&amp;");
        inside
    }

    /// `rest` begins with `<`; returns what is after what was written for it.
    fn markup<'t>(&mut self, rest: &'t str) -> &'t str {
        for (open, close) in [("<![CDATA[", "]]>"), ("<!--", "-->"), ("<?", "?>")] {
            if rest.starts_with(open) {
                let end = rest.find(close).map_or(rest.len(), |end| end + close.len());
                self.push(&rest[..end]);
                return &rest[end..];
            }
        }
        let after = &rest[1..];
        if after.starts_with(|char: char| char.is_alphabetic() || matches!(char, '/' | '!' | '_')) {
            self.push("<");
            return after;
        }
        self.report("a `<` is not escaped");
        self.push("&lt;");
        after
    }

    fn push(&mut self, text: &str) {
        self.line += text.matches('\n').count();
        self.out.push_str(text);
    }

    fn report(&mut self, message: &str) {
        if self.repairs.len() < MAX_REPORTED {
            self.repairs.push(DocumentProblem {
                line: self.line,
                message: message.to_owned(),
            });
        }
    }
}

/// The character of an entity of HTML.
fn html_character(reference: &str) -> Option<String> {
    let mut text = String::new();
    tokenize_with_text(reference, |token, _| {
        if let Token::Text(part) = token {
            text.push_str(&part);
        }
    });
    (text != reference && !text.is_empty()).then_some(text)
}

/// Why and where a document can't be read, in plain words.
pub(super) fn place(text: &str, error: &Error) -> ErrorPlace {
    let last = text.trim_end().matches('\n').count() + 1;
    let (line, reason) = match error {
        Error::UnexpectedEndOfStream | Error::UnclosedRootNode => (
            last,
            "it ends in the middle, as if it was cut off when it was saved or sent".to_owned(),
        ),
        Error::NoRootNode => (1, "it is empty".to_owned()),
        Error::UnexpectedCloseTag(expected, actual, _) => (
            error.pos().row as usize,
            format!("`</{actual}>` is where `</{expected}>` is expected"),
        ),
        Error::UnknownEntityReference(name, _) => (
            error.pos().row as usize,
            format!("there is no entity `&{name};` in XML"),
        ),
        Error::NonXmlChar(char, _) => (
            error.pos().row as usize,
            format!("the character U+{:04X} can't be in XML", u32::from(*char)),
        ),
        Error::DuplicatedAttribute(name, _) => (
            error.pos().row as usize,
            format!("the attribute `{name}` is in a tag twice"),
        ),
        error => (error.pos().row as usize, error.to_string()),
    };
    let mut unit = String::new();
    if let Some(words) = unit_at(text, line) {
        unit = format!(", in the text “{words}” or near it");
    }
    ErrorPlace { line, reason, unit }
}

/// The words of the last text that begins before the end of a line.
fn unit_at(text: &str, line: usize) -> Option<String> {
    let mut end = text.len();
    if let Some((at, _)) = text.match_indices('\n').nth(line - 1) {
        end = at;
    }
    let before = &text[..end];
    let unit = before.rfind("<unit ").max(before.rfind("<trans-unit "))?;
    let source = &text[unit + text[unit..].find("<source")?..];
    let source = &source[source.find('>')? + 1..];
    let source = &source[..source
        .find("</source>")
        .unwrap_or(source.len())
        .min(source.len())];
    let mut words = String::new();
    for part in source.split('<') {
        words.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    Some(shortened(words.trim()))
}
