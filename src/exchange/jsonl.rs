//! Texts as JSON lines, for programs that translate: one object for each text, with all that is needed to translate it, and the same objects
//! back. Codes are `<1>words</1>` and `<2/>` in the text, numbered by text. The first line says which languages these are; lines may be in
//! any order after it, and be missing. Doesn't know the site.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::document::{
    DocumentProblem, ExportDocument, ExportFile, ExportUnit, ReturnedDocument, ReturnedFile,
    ReturnedUnit, Review,
};
use super::unit::{Inline, InlineCode, InlineContent, closing, code_numbers, opening};
use super::xliff::{XliffError, checked};

const FORMAT: &str = "hjelp-translation";

// Checked on the way back: a later form could mean something else by the same members.
const VERSION: u32 = 1;

/// Higher numbers of codes are refused, before they fill the memory.
const MAX_CODES: usize = 100_000;

#[derive(Debug, Serialize, Deserialize)]
struct Head {
    format: String,
    version: u32,
    source_language: String,
    target_language: String,
}

/// One text on its way out. What is empty is left out, as a model is paid by the word.
#[derive(Debug, Serialize)]
struct UnitLine<'a> {
    id: String,
    file: &'a str,
    #[serde(rename = "type")]
    role: &'a str,
    state: &'a str,
    source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    target: Option<String>,
    /// What the translation follows, if that is an earlier text.
    #[serde(skip_serializing_if = "Option::is_none")]
    old_source: Option<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    // Sorted, so that the same content gives the same line.
    codes: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    terms: BTreeMap<&'a str, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    similar: Vec<Similar>,
    #[serde(skip_serializing_if = "Option::is_none")]
    below: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
}

/// The translation of a similar or the same text.
#[derive(Debug, Serialize)]
struct Similar {
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    target: String,
}

/// One text on its way back. Other members are ignored.
#[derive(Debug, Deserialize)]
struct ReturnedLine {
    id: String,
    file: String,
    source: String,
    target: Option<String>,
    state: Option<String>,
}

/// Writes a document. Texts in which words look like codes can't be written; their ids are in the second value.
pub fn write(document: &ExportDocument) -> (String, Vec<String>) {
    let head = Head {
        format: FORMAT.to_owned(),
        version: VERSION,
        source_language: document.source_language.clone(),
        target_language: document.target_language.clone(),
    };
    let mut out = to_line(&head);
    let mut skipped = Vec::new();
    for file in &document.files {
        for unit in &file.units {
            match unit_line(file, unit) {
                Some(line) => out.push_str(&to_line(&line)),
                None => skipped.push(unit.id.to_string()),
            }
        }
    }
    (out, skipped)
}

fn to_line(value: &impl Serialize) -> String {
    // Serialization of strings and numbers can't fail.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

fn unit_line<'a>(file: &'a ExportFile, unit: &'a ExportUnit) -> Option<UnitLine<'a>> {
    let mut target = None;
    if let Some(translation) = &unit.translation {
        target = Some(with_codes(translation)?);
    }
    let mut numbers = code_numbers(&unit.original);
    if let Some(translation) = &unit.translation {
        // An outdated translation may have codes that the original no longer has.
        numbers.extend(code_numbers(translation));
    }
    let mut codes = BTreeMap::new();
    for number in numbers {
        // Counted from 1, as people and models count.
        codes.insert((number + 1).to_string(), code_text(&unit.codes, number));
    }
    let mut old_source = None;
    let mut similar = Vec::new();
    for suggestion in &unit.suggestions {
        let source = match &suggestion.source {
            Some(source) => Some(with_codes(source)?),
            None => None,
        };
        // The own translation is `target` already; what is of use here is the text that it follows.
        if unit.stale && Some(&suggestion.target) == unit.translation.as_ref() {
            old_source = source;
            continue;
        }
        similar.push(Similar {
            source,
            target: with_codes(&suggestion.target)?,
        });
    }
    let terms = unit.terms.iter();
    let context = &unit.context;
    Some(UnitLine {
        id: unit.id.to_string(),
        file: file.original.as_str(),
        role: &context.role,
        state: state(unit),
        source: with_codes(&unit.original)?,
        target,
        old_source,
        codes,
        terms: terms.map(|(name, term)| (&**name, &**term)).collect(),
        similar,
        // Whoever gets the neighbours has the heading as well.
        below: match (&context.after, &context.before) {
            (None, None) => None,
            _ => context.below.as_deref(),
        },
        after: context.after.as_deref(),
        before: context.before.as_deref(),
    })
}

fn state(unit: &ExportUnit) -> &'static str {
    if unit.translation.is_none() {
        "new"
    } else if unit.stale {
        "stale"
    } else if unit.unknown {
        "unknown"
    } else {
        "translated"
    }
}

/// The source text of a code: `**…**`.
fn code_text(codes: &[InlineCode], number: usize) -> String {
    let (open, close) = (opening(codes, number), closing(codes, number));
    let words = if close.is_empty() { "" } else { "…" };
    format!("{open}{words}{close}")
}

/// The words with their codes as tags; None if words look like tags.
fn with_codes(content: &[Inline]) -> Option<String> {
    let mut text = String::new();
    for inline in content {
        match inline {
            Inline::Text(words) => text.push_str(words),
            Inline::StartCode(number) => text.push_str(&format!("<{}>", number + 1)),
            Inline::EndCode(number) => text.push_str(&format!("</{}>", number + 1)),
            Inline::Placeholder(number) => text.push_str(&format!("<{}/>", number + 1)),
        }
    }
    // Read back instead of escaped: models lose escapes, and such words are rare enough to be left out.
    (inlines_of(&text).as_ref() == Ok(&joined(content))).then_some(text)
}

fn joined(content: &[Inline]) -> InlineContent {
    let mut joined: InlineContent = Vec::new();
    for inline in content {
        match (inline, joined.last_mut()) {
            (Inline::Text(words), Some(Inline::Text(last))) => last.push_str(words),
            (Inline::Text(words), _) if words.is_empty() => {}
            _ => joined.push(inline.clone()),
        }
    }
    joined
}

/// Reads returned lines. A line that can't be read says so, and the others are read all the same.
pub fn read(text: &str) -> Result<ReturnedDocument, XliffError> {
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate();
    let first = lines.next().map(|(_, line)| line).unwrap_or_default();
    let head: Head = serde_json::from_str(first).map_err(|error| bad_head(&error.to_string()))?;
    if head.format != FORMAT || head.version != VERSION {
        return Err(bad_head(&format!(
            "it is `{}` of version {}",
            head.format.escape_debug(),
            head.version
        )));
    }
    // The languages are checked by the import, which knows the site.
    let mut returned = ReturnedDocument {
        source_language: head.source_language,
        target_language: head.target_language,
        ..ReturnedDocument::default()
    };
    // Programs answer in any order, so the lines of one file needn't follow each other.
    let mut files: BTreeMap<String, usize> = BTreeMap::new();
    for (at, line) in lines {
        // Models put blank lines between their answers.
        if line.trim().is_empty() {
            continue;
        }
        match serde_json::from_str::<ReturnedLine>(line) {
            Ok(unit) => {
                let number = *files.entry(unit.file.clone()).or_insert_with(|| {
                    returned.files.push(ReturnedFile {
                        original: unit.file.clone(),
                        line: at + 1,
                        units: Vec::new(),
                    });
                    returned.files.len() - 1
                });
                returned.files[number]
                    .units
                    .push(returned_unit(unit, at + 1));
            }
            // A sentence around the answers must not lose the answers.
            Err(error) => returned.unreadable.push(DocumentProblem {
                line: at + 1,
                message: format!("the line is not a text as it was exported: {error}"),
            }),
        }
    }
    Ok(returned)
}

fn bad_head(reason: &str) -> XliffError {
    XliffError {
        line: 1,
        message: format!("the first line doesn't say what the file is: {reason}"),
        help: format!(
            "Leave the first line as it was exported: `{{\"format\":\"{FORMAT}\",\"version\":{VERSION}, ...}}`."
        ),
    }
}

fn returned_unit(unit: ReturnedLine, line: usize) -> ReturnedUnit {
    let review = match unit.state.as_deref() {
        Some("translated") => Review::Translated,
        Some("reviewed" | "final" | "approved") => Review::Approved,
        Some("draft" | "needs-work" | "rejected") => Review::NeedsWork,
        // A state of another program says nothing certain about ours.
        _ => Review::Unstated,
    };
    let contents = inlines_of(&unit.source).and_then(|source| {
        let target = match &unit.target {
            Some(target) => Some(inlines_of(target)?),
            None => None,
        };
        let mut contents = checked(source, target)?;
        contents.review = review;
        Ok(contents)
    });
    ReturnedUnit {
        id: unit.id,
        line,
        contents,
    }
}

/// The words and codes of a text.
fn inlines_of(text: &str) -> Result<InlineContent, String> {
    let mut content = Vec::new();
    let mut words = String::new();
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        words.push_str(&rest[..at]);
        rest = &rest[at..];
        // `3 < 4` and `<navn>` are words.
        let Some((code, length)) = code_at(rest)? else {
            words.push('<');
            rest = &rest[1..];
            continue;
        };
        if !words.is_empty() {
            content.push(Inline::Text(std::mem::take(&mut words)));
        }
        content.push(code);
        rest = &rest[length..];
    }
    words.push_str(rest);
    if !words.is_empty() {
        content.push(Inline::Text(words));
    }
    Ok(content)
}

/// The code that `text` begins with, and its length: `<1>`, `</1>`, `<1/>`.
fn code_at(text: &str) -> Result<Option<(Inline, usize)>, String> {
    let inside = &text[1..];
    let is_end = inside.starts_with('/');
    let digits = &inside[usize::from(is_end)..];
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let after = &digits[length..];
    // With a blank as well, because many programs write XML so.
    let is_empty = !is_end && (after.starts_with("/>") || after.starts_with(" />"));
    if length == 0 || !(is_empty || after.starts_with('>')) {
        return Ok(None);
    }
    let number = match digits[..length].parse::<usize>() {
        Ok(number) if (1..=MAX_CODES).contains(&number) => number - 1,
        _ => {
            return Err(format!(
                "it has the code `{}`, which is none",
                &digits[..length]
            ));
        }
    };
    let close = after.find('>').unwrap_or(0) + 1;
    let code = match (is_end, is_empty) {
        (true, _) => Inline::EndCode(number),
        (_, true) => Inline::Placeholder(number),
        _ => Inline::StartCode(number),
    };
    Ok(Some((code, 1 + usize::from(is_end) + length + close)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Inline {
        Inline::Text(text.to_owned())
    }

    #[test]
    fn codes_are_tags_with_numbers() {
        for (text, expected) in [
            (
                "Trykk <1>Lagre</1> i <2/>.",
                vec![
                    words("Trykk "),
                    Inline::StartCode(0),
                    words("Lagre"),
                    Inline::EndCode(0),
                    words(" i "),
                    Inline::Placeholder(1),
                    words("."),
                ],
            ),
            ("<1 />", vec![Inline::Placeholder(0)]),
            (
                "3 < 4 og <navn> </b> <>",
                vec![words("3 < 4 og <navn> </b> <>")],
            ),
            ("", vec![]),
        ] {
            assert_eq!(inlines_of(text), Ok(expected), "{text}");
        }
        assert!(inlines_of("<0/>").is_err() && inlines_of("<999999999>").is_err());
        assert_eq!(with_codes(&[words("skriv <1> her")]), None);
        assert_eq!(
            with_codes(&[words("<"), Inline::Placeholder(0)]),
            Some("<<1/>".to_owned())
        );
    }

    #[test]
    fn one_bad_line_is_no_reason_to_lose_the_others() {
        let head = "{\"format\":\"hjelp-translation\",\"version\":1,\"source_language\":\"en\",\"target_language\":\"nb\"}";
        let text = format!(
            "{head}\n{{\"id\":\"u1\",\"file\":\"a.md\",\"source\":\"A\",\"target\":\"B\"}}\n\nHere is the translation:\n{{\"id\":\"u2\",\"file\":\"a.md\",\"source\":\"C\",\"target\":\"<1>D\"}}\n"
        );
        let returned = read(&text).unwrap();
        assert_eq!(returned.unreadable.len(), 1);
        assert_eq!(returned.unreadable[0].line, 4);
        let units = &returned.files[0].units;
        assert_eq!(
            units[0].contents.as_ref().unwrap().target,
            Some(vec![words("B")])
        );
        assert_eq!((units[1].line, units[1].contents.is_err()), (5, true));
        for wrong in ["", "[]", "{\"id\":\"u1\"}", &head.replace(":1,", ":2,")] {
            let error = read(wrong).unwrap_err();
            assert_eq!(error.line, 1);
            assert!(error.message.contains("first line"), "{error:?}");
        }
    }
}
