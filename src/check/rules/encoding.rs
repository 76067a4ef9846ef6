//! `encoding`: characters that were once read in the wrong encoding (`Ã¸` for `ø`). Bytes that are not text are
//! reported when a file is parsed.

use crate::check::checker::Checker;
use crate::check::content::trees;
use crate::check::rule::Rule;
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::message;
use crate::source::edit::Edit;
use crate::source::{FileSpan, Span};
use crate::syntax::Body;
use crate::syntax::tree::NodeKind;

pub(super) const RULE: Rule = Rule {
    code: Code::Encoding,
    docs: include_str!("../docs/encoding.md"),
    run: Some(run),
};

fn run(checker: &mut Checker<'_>) {
    for (id, linked) in checker.used_documents() {
        let source = checker.site.source(id);
        for (span, correct) in garbled_characters(&source.text) {
            // Code examples about encodings show such characters on purpose.
            if is_code(&linked.document.body, span) {
                continue;
            }
            let message = message!(
                "`{text}` was read in the wrong encoding",
                text = span.of(&source.text)
            );
            let problem = Diagnostic::new(Code::Encoding, &source.path, span, message)
                // The code is an error for bytes that are no text at all. These characters are
                // wrong, but the page can be read.
                .with_level(Level::Warning)
                .help(message!("Write `{correct}`.", correct));
            let fix = Fix {
                title: message!("write `{correct}`", correct),
                safe: true,
                edits: vec![Edit {
                    location: FileSpan::new(&source.path, span),
                    replacement: correct,
                }],
            };
            let problem = Diagnostic {
                fix: Some(fix),
                ..problem
            };
            checker.report_in(id, problem);
        }
    }
}

/// Characters of UTF-8 that were read as Windows-1252, each with the correct one.
fn garbled_characters(text: &str) -> Vec<(Span, String)> {
    let mut found = Vec::new();
    // Searching for four characters one after the other is far faster than looking at each byte, and most files have none of them.
    if !FIRST_CHARACTERS.iter().any(|char| text.contains(*char)) {
        return found;
    }
    let mut from = 0;
    while let Some(offset) = first_suspect(&text.as_bytes()[from..]) {
        let at = from + offset;
        from = match garbled_character(&text[at..]) {
            Some((len, correct)) => {
                found.push((Span::new(at, at + len), correct));
                at + len
            }
            None => at + text[at..].chars().next().map_or(1, char::len_utf8),
        };
    }
    found
}

/// The garbled character at the start of `text`: how many bytes it takes, and the correct one. It has two to four characters.
fn garbled_character(text: &str) -> Option<(usize, String)> {
    let mut bytes = Vec::new();
    let mut len = 0;
    for char in text.chars().take(4) {
        let byte = windows_1252(char)?;
        // The bytes of a character of several bytes are all above ASCII.
        // `Ã` followed by a plain letter is a word, as in Portuguese `NÃO`.
        if byte < 0x80 {
            return None;
        }
        bytes.push(byte);
        len += char.len_utf8();
        if let Some(correct) = single_character(&bytes) {
            return Some((len, correct));
        }
    }
    None
}

/// What the first byte of a character of several bytes becomes when it is read as Windows-1252.
const FIRST_CHARACTERS: [char; 4] = ['Ã', 'Â', 'â', 'ð'];

/// The position of the first of [`FIRST_CHARACTERS`]: in UTF-8 they all start with `C3`.
fn first_suspect(text: &[u8]) -> Option<usize> {
    for (at, byte) in text.iter().enumerate() {
        if *byte == 0xC3 && matches!(text.get(at + 1), Some(0x83 | 0x82 | 0xA2 | 0xB0)) {
            return Some(at);
        }
    }
    None
}

/// The character these bytes are in UTF-8, if they are exactly one.
fn single_character(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    // A text never had a control character here, so signs that would become one are what the author
    // meant.
    let is_single = text.chars().count() == 1 && !text.contains(char::is_control);
    is_single.then_some(text.to_owned())
}

/// The byte of a character in Windows-1252. The five bytes without a character are read as control characters, as browsers do.
fn windows_1252(char: char) -> Option<u8> {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž',
        '\u{8F}', '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}',
        'ž', 'Ÿ',
    ];
    match char as u32 {
        code @ 0..=0xFF => Some(code as u8),
        _ => {
            let at = HIGH.iter().position(|&known| known == char)?;
            Some(0x80 + at as u8)
        }
    }
}

fn is_code(body: &Body, span: Span) -> bool {
    for tree in trees(body) {
        for node in &tree.nodes {
            let is_code = matches!(node.kind, NodeKind::Code | NodeKind::CodeBlock(_));
            if is_code && node.span.contains(span) {
                return true;
            }
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_characters_have_a_correct_one() {
        let found = garbled_characters("blÃ¥ Ã€ â‚¬ Ã x å");
        let correct: Vec<&str> = found.iter().map(|(_, correct)| correct.as_str()).collect();
        assert_eq!(correct, ["å", "À", "€"]);
    }
}
