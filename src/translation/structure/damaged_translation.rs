//! A translation -> the damage that machine translation, and retyping of markup, is known to do: the problem `damaged-translation`. A
//! construct that the original has as well is no damage.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::site::Site;
use crate::source::Span;

use super::elements::{StructureBlock, TextStructure};

/// A block with more numbers than this is a table of them, and tables are compared row by row.
const MAX_NUMBERS: usize = 30;

/// Longer text is not meant to be bold, in bytes.
const MAX_BOLD: usize = 200;

/// The damages of a translation, one problem for each kind.
pub(super) fn problems(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    problems.extend(stray_stars(site, original, translation));
    problems.extend(broken_alert(site, original, translation));
    problems.extend(translated_placeholder(site, original, translation));
    problems.extend(lost_number(site, original, translation));
    problems
}

fn problem(site: &Site, translation: &TextStructure, span: Span, message: String) -> Diagnostic {
    let path = &site.source(translation.id).path;
    Diagnostic::new(Code::DamagedTranslation, path, span, message)
}

/// Stars that were meant to make something bold and are shown instead.
fn stray_stars(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let span = bold_markup_in_text(translation)?;
    let mut texts = original.texts.iter();
    if texts.any(|text| find_stars(text.of(original.source)).is_some()) {
        return None;
    }
    let typed = span.of(translation.source);
    let words = typed.trim_matches('*');
    // CommonMark 6.2: stars next to white space, or between letters and punctuation, don't open or close bold text.
    let (message, help) = if words == words.trim() {
        (
            format!("the stars of `{typed}` are shown as they are"),
            "Put a space or a stop outside the stars.".to_owned(),
        )
    } else {
        (
            format!("a space keeps `{typed}` from being bold"),
            format!("Write `**{}**`.", words.trim()),
        )
    };
    Some(problem(site, translation, span, message).help(help))
}

/// `**text**` on one line that is parsed as text.
fn bold_markup_in_text(structure: &TextStructure) -> Option<Span> {
    let source = structure.source;
    for text in &structure.texts {
        let Some(open) = find_stars(text.of(source)) else {
            continue;
        };
        // The closing stars may be in another text node.
        let start = text.start as usize + open;
        let end = source.ceil_char_boundary(start + MAX_BOLD);
        let line = source[start..end].lines().next().unwrap_or("");
        let inside = line.strip_prefix("**").unwrap_or("");
        match find_stars(inside) {
            Some(length) if length > 0 => {
                return Some(Span::new(start, start + length + "****".len()));
            }
            _ => {}
        }
    }
    None
}

/// The first `**`. Searching for one character is much faster than for two, and most texts have none.
fn find_stars(text: &str) -> Option<usize> {
    let first = text.find('*')?;
    Some(first + text[first..].find("**")?)
}

/// An alert marker that begins no alert.
fn broken_alert(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let span = alert_marker_in_text(translation)?;
    // Then it is an example in text.
    if alert_marker_in_text(original).is_some() {
        return None;
    }
    let typed = span.of(translation.source);
    let message = format!("the marker `{typed}` begins no alert");
    let help = "Write one of `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!CAUTION]`, `[!WARNING]` alone on its line, after `> `.";
    Some(problem(site, translation, span, message).help(help))
}

/// Text that looks like the marker of an alert: `[!NOTE]`, `[ !MERK ]`.
fn alert_marker_in_text(structure: &TextStructure) -> Option<Span> {
    for span in &structure.texts {
        let text = span.of(structure.source);
        if let Some((start, end)) = find_alert_marker(text) {
            let offset = span.start as usize;
            return Some(Span::new(offset + start, offset + end));
        }
    }
    None
}

fn find_alert_marker(text: &str) -> Option<(usize, usize)> {
    // Most texts have no bracket at all.
    let first = text.find('[')?;
    let rest = &text[first..];
    let start = first + rest.find("[!").or_else(|| rest.find("[ !"))?;
    let end = start + text[start..].find(']')? + 1;
    let keyword = text[start..end].trim_matches(['[', ']', ' ', '!']);
    let is_keyword = !keyword.is_empty()
        && keyword
            .chars()
            .all(|char| char.is_uppercase() || char == ' ');
    is_keyword.then_some((start, end))
}

/// A placeholder of the original that has another name in the translation.
fn translated_placeholder(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let mut originals = BTreeSet::new();
    for span in placeholders(original) {
        originals.insert(span.of(original.source));
    }
    // Most texts have none.
    if originals.is_empty() {
        return None;
    }
    let found = placeholders(translation);
    let other = found
        .iter()
        .find(|span| !originals.contains(span.of(translation.source)))?;
    // Both must be true: a placeholder too many may be intended, and one too few may be grammar.
    let lost = originals.iter().find(|lost| {
        let mut names = found.iter().map(|span| span.of(translation.source));
        !names.any(|name| name == **lost)
    })?;
    let name = other.of(translation.source);
    let message = format!("the placeholder `{lost}` has become `{name}`");
    let help = format!("Write `{lost}`: programs look for it by its name.");
    Some(problem(site, translation, *other, message).help(help))
}

/// `{name}` and `%name%` in running text.
fn placeholders(structure: &TextStructure) -> Vec<Span> {
    let mut found = Vec::new();
    // One search of the whole text is faster than one in each of its parts.
    if !structure.source.contains(['{', '%']) {
        return found;
    }
    for span in &structure.texts {
        let text = span.of(structure.source);
        for (open, close) in [('{', '}'), ('%', '%')] {
            add_placeholders(text, open, close, span.start as usize, &mut found);
        }
    }
    found
}

fn add_placeholders(text: &str, open: char, close: char, offset: usize, found: &mut Vec<Span>) {
    let mut at = 0;
    while let Some(start) = text[at..].find(open).map(|start| at + start) {
        let inside = &text[start + 1..];
        let length = inside.find(is_no_name_char).unwrap_or(inside.len());
        at = start + 1 + length;
        if inside.starts_with(char::is_alphabetic) && inside[length..].starts_with(close) {
            at += 1;
            found.push(Span::new(offset + start, offset + at));
        }
    }
}

fn is_no_name_char(char: char) -> bool {
    !(char.is_alphanumeric() || matches!(char, '_' | '.' | '-'))
}

/// A number that a block of the original has and the same block of the translation doesn't.
fn lost_number(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    if !has_same_blocks(original, translation) {
        return None;
    }
    for (block, other) in original.blocks.iter().zip(&translation.blocks) {
        if let Some(number) = number_lost_in(original, block, translation, other) {
            let message = format!("the number `{number}` of the original is lost here");
            let original_path = &site.source(original.id).path;
            return Some(
                problem(site, translation, other.span, message)
                    .label(original_path, block.span, "in the original")
                    .help("Add it here, or remove it from the original."),
            );
        }
    }
    None
}

/// Only where all blocks agree, in order, is it certain which block is the translation of which.
fn has_same_blocks(original: &TextStructure, translation: &TextStructure) -> bool {
    let mut pairs = original.blocks.iter().zip(&translation.blocks);
    original.blocks.len() == translation.blocks.len()
        && pairs.all(|(one, other)| one.kind == other.kind)
}

fn number_lost_in<'a>(
    original: &TextStructure<'a>,
    block: &StructureBlock,
    translation: &TextStructure,
    other: &StructureBlock,
) -> Option<&'a str> {
    let expected = numbers(original, block);
    if expected.is_empty() || expected.len() > MAX_NUMBERS {
        return None;
    }
    let present = numbers(translation, other);
    // Numbers may be written otherwise, such as dates and times, but not fewer.
    if present.len() >= expected.len() {
        return None;
    }
    // Joined, as languages group digits differently: 10 000 and 10,000.
    let joined = present.concat();
    expected
        .into_iter()
        .find(|number| is_significant(number) && !joined.contains(number))
}

/// True for a number that no language writes as a word, like 3, nor as part of a date, like 05.
fn is_significant(number: &str) -> bool {
    number.len() > 1 && !number.starts_with('0')
}

fn numbers<'a>(structure: &TextStructure<'a>, block: &StructureBlock) -> Vec<&'a str> {
    let mut numbers = Vec::new();
    for span in structure.words(block) {
        let words = span.of(structure.source);
        // Most words have no digit, which bytes tell faster than characters.
        if !words.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        for number in words.split(|char: char| !char.is_ascii_digit()) {
            if !number.is_empty() {
                numbers.push(number);
            }
        }
    }
    numbers
}
