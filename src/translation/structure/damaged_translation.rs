//! A translation -> the damage that machine translation, and retyping of markup, is known to do: the problem `damaged-translation`. A
//! construct that the original has as well is no damage.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::message;
use crate::site::Site;
use crate::source::{Message, SourceId, Span};

use super::compared_blocks::{
    ComparedBlocks, address_problem, code_problem, compared_blocks, is_untranslated,
    number_problem, unit_problem,
};
use super::elements::{ElementKind, TextStructure};

/// Longer text is not meant to be bold, in bytes.
const MAX_BOLD: usize = 200;

/// Longer text is no tag, in bytes.
const MAX_TAG: usize = 1000;

/// The damages of a translation, one problem for each kind.
pub(super) fn problems(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    problems.extend(stray_stars(site, original, translation));
    problems.extend(escaped_markup(site, original, translation));
    problems.extend(broken_alert(site, original, translation));
    problems.extend(translated_placeholder(site, original, translation));
    problems.extend(empty_alert(site, original, translation));
    problems.extend(lost_cell(site, original, translation));
    problems.extend(broken_tag(site, original, translation));
    problems.extend(block_problems(site, original, translation));
    problems
}

fn problem(site: &Site, translation: &TextStructure, span: Span, message: Message) -> Diagnostic {
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
            message!("the stars of `{typed}` are shown as they are", typed),
            "Put a space or a stop outside the stars.".into(),
        )
    } else {
        (
            message!("a space keeps `{typed}` from being bold", typed),
            message!("Write `**{words}**`.", words = words.trim()),
        )
    };
    Some(problem(site, translation, span, message).help(help))
}

/// Bold words or a link whose signs are escaped: someone typed markup where a program keeps it from being markup.
fn escaped_markup(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let span = escaped_markup_in(translation)?;
    // Then it is an example of markup.
    if find_escaped(original.source).is_some() {
        return None;
    }
    let typed = span.of(translation.source);
    let meant: String = typed.chars().filter(|char| *char != '\\').collect();
    let message = message!(
        "readers see `{meant}` as it is, because its signs are escaped",
        meant
    );
    let help = message!(
        "Write `{meant}` if it is meant as markup, or only its words.",
        meant
    );
    Some(problem(site, translation, span, message).help(help))
}

fn escaped_markup_in(structure: &TextStructure) -> Option<Span> {
    let source = structure.source;
    let (start, end) = find_escaped(source)?;
    let span = Span::new(start, end);
    // In code a backslash is a backslash.
    let is_code = structure.codes.iter().any(|code| code.contains(span))
        || structure
            .of_kind(ElementKind::Code)
            .any(|block| block.span.contains(span));
    (!is_code).then_some(span)
}

/// The first `\*\*words\*\*` or `\[words\](address)` on one line.
fn find_escaped(source: &str) -> Option<(usize, usize)> {
    for (open, close) in [("\\*\\*", "\\*\\*"), ("\\[", "\\](")] {
        for (start, _) in source.match_indices(open) {
            let inside = &source[start + open.len()..];
            let line = inside.lines().next().unwrap_or("");
            let Some(length) = line.find(close) else {
                continue;
            };
            let mut end = start + open.len() + length + close.len();
            if close.ends_with('(') {
                match line[length..].find(')') {
                    Some(bracket) => end = start + open.len() + length + bracket + 1,
                    None => continue,
                }
            }
            if line[..length].contains(char::is_alphanumeric) {
                return Some((start, end));
            }
        }
    }
    None
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
    let message = message!("the marker `{typed}` begins no alert", typed);
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
    // In capital letters only: `[!include[...]]` and the other directives have the same brackets.
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
    let message = message!("the placeholder `{lost}` has become `{name}`", lost, name);
    let help = message!("Write `{lost}`: programs look for it by its name.", lost);
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

/// What a block of the translation says otherwise than the same block of the original.
fn block_problems(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Vec<Diagnostic> {
    let blocks = compared_blocks(original, translation);
    let mut problems = Vec::new();
    for (find, help) in BLOCK_RULES {
        // One problem of a kind for each page, as whoever looks at it sees the others.
        for blocks in &blocks {
            if let Some(message) = find(blocks) {
                problems.push(block_problem(site, blocks, message).help(help));
                break;
            }
        }
    }
    problems.extend(untranslated_paragraph(site, &blocks));
    problems
}

/// What is wrong with the words of a block, in lower case and without a full stop.
type BlockRule = fn(&ComparedBlocks<'_>) -> Option<Message>;

/// What is compared in each block, and what to do about it.
const BLOCK_RULES: [(BlockRule, &str); 4] = [
    (
        number_problem,
        "Use the number of the original here, or change it there too.",
    ),
    (
        unit_problem,
        "Use the unit of the original here, or change it there too.",
    ),
    (
        code_problem,
        "Write code as in the original: programs don't know translated names.",
    ),
    (
        address_problem,
        "Write the address as in the original, unless there is such a page.",
    ),
];

fn block_problem(site: &Site, blocks: &ComparedBlocks, message: Message) -> Diagnostic {
    let original_path = &site.source(blocks.original.id).path;
    problem(site, blocks.translation, blocks.other.span, message).label(
        original_path,
        blocks.block.span,
        "in the original",
    )
}

/// A paragraph that is still the original, on a page that is translated otherwise.
fn untranslated_paragraph(site: &Site, blocks: &[ComparedBlocks]) -> Option<Diagnostic> {
    let untranslated: Vec<&ComparedBlocks> = blocks
        .iter()
        .filter(|blocks| is_untranslated(blocks))
        .collect();
    let first = untranslated.first()?;
    // British and American English, say: most sentences are the same in both.
    if language(site, first.original.id) == language(site, first.translation.id) {
        return None;
    }
    // A page that nobody has translated yet is known to the status of translations.
    if untranslated.len() * 2 > blocks.len() {
        return None;
    }
    let message = match untranslated.len() - 1 {
        0 => "the text is still the original".into(),
        more => {
            message!(
                "the text is still the original, and {more} more on this page",
                more
            )
        }
    };
    Some(block_problem(site, first, message).help("Translate it."))
}

/// The language that a text is written in, without its region: `en` of `en-GB`.
fn language(site: &Site, id: SourceId) -> Option<&str> {
    let locale = site.linked(id)?.locale?;
    site.config.locales.get(locale).tag.split('-').next()
}

/// An alert whose text has lost its `>`, so that it is below an empty box.
fn empty_alert(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let span = *translation.empty_alerts.first()?;
    if !original.empty_alerts.is_empty() {
        return None;
    }
    let message = "the alert is empty".into();
    let help = "Begin each line of its text with `> `.";
    Some(problem(site, translation, span, message).help(help))
}

/// A row of a table in which words are missing.
fn lost_cell(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    // With a row more or less, it isn't known which rows belong together.
    if original.rows.len() != translation.rows.len() {
        return None;
    }
    for ((row, cells), (other, other_cells)) in original.rows.iter().zip(&translation.rows) {
        if other_cells < cells {
            let message = message!(
                "the row has words in {other_cells} of {cells} cells",
                other_cells,
                cells
            );
            let original_path = &site.source(original.id).path;
            return Some(
                problem(site, translation, *other, message)
                    .label(original_path, *row, "in the original")
                    .help("Write all cells of the original, with `|` between them."),
            );
        }
    }
    None
}

/// A tag whose quotes have become those of text, so that it is shown as it is.
fn broken_tag(
    site: &Site,
    original: &TextStructure,
    translation: &TextStructure,
) -> Option<Diagnostic> {
    let span = tag_with_text_quotes(translation)?;
    if tag_with_text_quotes(original).is_some() {
        return None;
    }
    let typed = span.of(translation.source);
    let message = message!("the quotes in `{typed}` are not those of HTML", typed);
    Some(problem(site, translation, span, message).help("Write `\"` around the values in a tag."))
}

/// `<i class=”x”>` outside of code.
fn tag_with_text_quotes(structure: &TextStructure) -> Option<Span> {
    let source = structure.source;
    // One search for a single character, as five for two of them are many times slower.
    for (at, _) in source.match_indices('=') {
        if !source[at + 1..].starts_with(['”', '“', '„', '»', '«']) {
            continue;
        }
        // Within the length of a tag, as a line may be as long as the file.
        let near = source.floor_char_boundary(at.saturating_sub(MAX_TAG));
        let Some(open) = source[near..at].rfind('<') else {
            continue;
        };
        let start = near + open;
        let end = source.ceil_char_boundary(start + 2 * MAX_TAG);
        let Some(length) = source[start..end].find('>') else {
            continue;
        };
        let span = Span::new(start, start + length + 1);
        let is_tag = source[start + 1..].starts_with(|char: char| char.is_ascii_alphabetic());
        let mut blocks = structure.of_kind(ElementKind::Code);
        let is_code = structure.codes.iter().any(|code| code.contains(span))
            || blocks.any(|block| block.span.contains(span));
        if is_tag && !is_code && !span.of(source).contains('\n') {
            return Some(span);
        }
    }
    None
}
