//! The blocks of a text and of its translation that certainly belong together -> what of their words must be the same in every language:
//! numbers and their units, code, addresses; and words that are not translated. Where a language may say the same in another way,
//! nothing is reported.

use super::elements::{StructureBlock, TextStructure};
use super::number_words::is_written_out;
use crate::message;
use crate::source::Message;

/// A block with more numbers than this is a table of them, and tables are compared row by row.
const MAX_NUMBERS: usize = 30;

/// A paragraph with fewer words can be the same in two languages.
const MIN_UNTRANSLATED_WORDS: usize = 6;

/// A translation with a smaller share of the words of its original probably follows an earlier version, which had no such sentence.
const MIN_LENGTH: f32 = 0.75;

/// Units that are written the same in every language.
const UNITS: [&str; 16] = [
    "KB", "MB", "GB", "TB", "kB", "ms", "px", "mm", "cm", "km", "kg", "MHz", "GHz", "kbit", "Mbit",
    "%",
];

/// A block and its translation.
#[derive(Debug, Clone)]
pub(super) struct ComparedBlocks<'a> {
    pub original: &'a TextStructure<'a>,
    pub block: &'a StructureBlock,
    pub translation: &'a TextStructure<'a>,
    pub other: &'a StructureBlock,
    /// The words of the block. Every rule needs them, so they are joined once.
    words: String,
    /// The words of its translation.
    other_words: String,
}

/// The blocks that certainly belong together: all, if both texts have the same kinds of blocks in the same order, else those of the sections
/// in which they do, if both have as many headings.
pub(super) fn compared_blocks<'a>(
    original: &'a TextStructure<'a>,
    translation: &'a TextStructure<'a>,
) -> Vec<ComparedBlocks<'a>> {
    let (sections, others) = (original.sections(), translation.sections());
    let mut compared = Vec::new();
    if sections.len() != others.len() {
        return compared;
    }
    for (section, other_section) in sections.into_iter().zip(others) {
        let mut pairs = section.iter().zip(other_section);
        if section.len() != other_section.len() || !pairs.all(|(one, other)| one.kind == other.kind)
        {
            continue;
        }
        for (block, other) in section.iter().zip(other_section) {
            compared.push(ComparedBlocks {
                original,
                block,
                translation,
                other,
                words: original.text_of(block),
                other_words: translation.text_of(other),
            });
        }
    }
    compared
}

/// What is wrong with a number: a message in lower case and without a full stop.
pub(super) fn number_problem(blocks: &ComparedBlocks<'_>) -> Option<Message> {
    let (words, other_words) = (&blocks.words, &blocks.other_words);
    let expected = numbers(words);
    if expected.is_empty() || expected.len() > MAX_NUMBERS {
        return None;
    }
    let lower = words.to_lowercase();
    // Examples are those of the country: its telephone numbers, its prices.
    if lower.contains("example") || lower.contains("e.g.") {
        return None;
    }
    // Hours of the day are counted in two ways.
    if ["pm", "am", "p.m", "a.m"]
        .iter()
        .any(|half| has_word(&lower, half))
    {
        return None;
    }
    let present = numbers(other_words);
    // Joined, as languages group digits differently: 10 000 and 10,000. Also those in code and addresses.
    let all_present = numbers(blocks.other.span.of(blocks.translation.source)).concat();
    let mut lost = Vec::new();
    for number in &expected {
        let is_there = all_present.contains(number) || is_written_out(number, other_words);
        if is_significant(number) && !is_there {
            lost.push(*number);
        }
    }
    let number = *lost.first()?;
    if present.len() < expected.len() {
        let is_complete = count(other_words) as f32 >= MIN_LENGTH * count(words) as f32;
        return is_complete
            .then(|| message!("the number `{number}` of the original is lost here", number));
    }
    let all_expected = numbers(blocks.block.span.of(blocks.original.source)).concat();
    let mut surplus = present
        .iter()
        .filter(|number| is_significant(number) && !all_expected.contains(**number));
    match (surplus.next(), surplus.next()) {
        (Some(other), None) if lost.len() == 1 && present.len() == expected.len() => Some(
            message!("the number `{number}` has become `{other}`", number, other),
        ),
        _ => None,
    }
}

/// A number that has another unit.
pub(super) fn unit_problem(blocks: &ComparedBlocks<'_>) -> Option<Message> {
    let (expected, present) = (measures(&blocks.words), measures(&blocks.other_words));
    // With one more or less, the pairs would be of different measures.
    if expected.len() != present.len() {
        return None;
    }
    for ((number, unit), (other, other_unit)) in expected.iter().zip(&present) {
        if number == other && !unit.eq_ignore_ascii_case(other_unit) {
            return Some(message!(
                "`{number} {unit}` has become `{other} {other_unit}`",
                number,
                unit,
                other,
                other_unit
            ));
        }
    }
    None
}

/// Code that has been translated.
pub(super) fn code_problem(blocks: &ComparedBlocks<'_>) -> Option<Message> {
    if blocks.original.codes.is_empty() {
        return None;
    }
    let expected = blocks.original.codes_of(blocks.block);
    let present = blocks.translation.codes_of(blocks.other);
    if expected.len() != present.len() {
        return None;
    }
    for (code, other) in expected.iter().zip(&present) {
        // Codes in another order are still there, and names of folders or placeholders are words.
        if code != other
            && is_code(code)
            && !blocks.translation.source.contains(code)
            && !blocks.original.source.contains(other)
        {
            return Some(message!(
                "the code `{code}` has become `{other}`",
                code,
                other
            ));
        }
    }
    None
}

/// An address in the text that has become another page of the same site.
pub(super) fn address_problem(blocks: &ComparedBlocks<'_>) -> Option<Message> {
    // Most pages have none.
    if !blocks.original.has_addresses {
        return None;
    }
    let expected = addresses(blocks.block.span.of(blocks.original.source));
    let present = addresses(blocks.other.span.of(blocks.translation.source));
    if expected.len() != present.len() {
        return None;
    }
    for (address, other) in expected.iter().zip(&present) {
        // Another host can be that of the country; another page of the same host is a mistake.
        if host(address) == host(other)
            && without_languages(address) != without_languages(other)
            && !blocks.translation.source.contains(address)
            && !blocks.original.source.contains(other)
        {
            return Some(message!(
                "the address `{address}` has become `{other}`",
                address,
                other
            ));
        }
    }
    None
}

/// True if the words are those of the original, and too many for that to be a coincidence.
pub(super) fn is_untranslated(blocks: &ComparedBlocks<'_>) -> bool {
    let words = &blocks.words;
    if words.trim() != blocks.other_words.trim() {
        return false;
    }
    let mut lowercase = 0;
    for word in words.split_whitespace() {
        // Names and abbreviations are the same in every language.
        lowercase += usize::from(word.len() > 1 && word.chars().all(char::is_lowercase));
    }
    lowercase >= MIN_UNTRANSLATED_WORDS
}

fn count(words: &str) -> usize {
    words.split_whitespace().count()
}

fn has_word(text: &str, word: &str) -> bool {
    text.split(|char: char| {
        char.is_whitespace() || char.is_ascii_digit() || matches!(char, ',' | ')' | '(')
    })
    .any(|part| part.trim_end_matches('.') == word)
}

fn numbers(words: &str) -> Vec<&str> {
    let mut numbers = Vec::new();
    for number in words.split(|char: char| !char.is_ascii_digit()) {
        if !number.is_empty() {
            numbers.push(number);
        }
    }
    numbers
}

/// True for a number that few languages write as a word, unlike 3, and that is no part of a date, unlike 05.
fn is_significant(number: &str) -> bool {
    number.len() > 1 && !number.starts_with('0')
}

/// Numbers with their units, in the order of the text.
fn measures(words: &str) -> Vec<(&str, &str)> {
    let mut measures = Vec::new();
    let mut at = 0;
    // By the numbers, which are rare, not by the units: sixteen searches in each block took a tenth of the time of a check.
    while let Some(start) = find_digit(words, at) {
        let digits = &words[start..];
        let length = digits
            .find(|char: char| !char.is_ascii_digit())
            .unwrap_or(digits.len());
        let (number, behind) = digits.split_at(length);
        at = start + length;
        let behind = behind.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
        for unit in UNITS {
            if let Some(after) = behind.strip_prefix(unit)
                // `5 MBit` is not 5 MB.
                && !after.starts_with(char::is_alphanumeric)
            {
                measures.push((number, unit));
                break;
            }
        }
    }
    measures
}

/// The next ASCII digit.
fn find_digit(text: &str, from: usize) -> Option<usize> {
    let digit = text.as_bytes()[from..]
        .iter()
        .position(u8::is_ascii_digit)?;
    Some(from + digit)
}

/// True for what programs read: with signs of code, and without a placeholder or a value that people read.
fn is_code(code: &str) -> bool {
    let has_sign =
        code.contains(['_', '=', ';', '$', '\\']) || code.contains("--") || code.contains("()");
    has_sign && !code.contains(['<', '[', '{', '"', '\'']) && !code.contains(" = ")
}

/// The addresses that are words of the text, not the targets of links.
fn addresses(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for (at, _) in text.match_indices("http") {
        let before = text[..at].chars().next_back();
        let is_word = before.is_none_or(|char| char.is_whitespace() || char == '<');
        let rest = &text[at..];
        let end = rest
            .find(|char: char| char.is_whitespace() || matches!(char, ')' | '>' | '<' | '"' | '`'))
            .unwrap_or(rest.len());
        let address = rest[..end].trim_end_matches(['.', ',', ';', ':', '*', '_']);
        if is_word && address.contains("://") {
            found.push(address);
        }
    }
    found
}

fn host(address: &str) -> &str {
    address.split('/').nth(2).unwrap_or_default()
}

/// The parts of an address that don't name a language.
fn without_languages(address: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    for part in address.split(['/', '?', '#', '&']) {
        // By its length, not by a list: `nb`, `en-us` and `pt_br` all begin with two letters.
        let name = part.split(['-', '_']).next().unwrap_or_default();
        if name.len() != 2 && !part.is_empty() {
            parts.push(part);
        }
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_are_numbers_with_units() {
        assert_eq!(
            measures("15 MB, 3\u{a0}GB and 40%"),
            [("15", "MB"), ("3", "GB"), ("40", "%")]
        );
        assert_eq!(measures("MB, 15 MBit, 20 msec, 4 x 5"), []);
    }

    #[test]
    fn addresses_are_words_without_the_targets_of_links() {
        assert_eq!(
            addresses(
                "Open https://a.example/b. Or [c](https://a.example/d), <https://a.example/e>"
            ),
            ["https://a.example/b", "https://a.example/e"]
        );
        assert_eq!(
            without_languages("https://a.example/nb-no/x?y"),
            without_languages("https://a.example/en/x?y")
        );
    }
}
