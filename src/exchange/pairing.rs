//! A text and its translation -> the translation of each unit, and where in the translation the blocks belong that it lacks.

use std::ops::Range;

use super::align::align;
use super::translatable::{TextBlock, TranslatableText, line_before, line_prefix};
use super::unit::{Inline, InlineCode, InlineCodeKind, InlineContent, TranslationUnit};

/// The translation of a text, unit by unit.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// By unit of the original: the number of the unit in the translation.
    pub units: Vec<Option<usize>>,
    /// Blocks of the original that the translation lacks.
    pub missing: Vec<MissingBlocks>,
}

/// Adjacent blocks of the original that the translation lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MissingBlocks {
    /// Their bytes in the original, whole lines.
    pub original: Range<usize>,
    /// The byte of the translation before which they belong.
    pub at: usize,
    /// The numbers of their units.
    pub units: Vec<usize>,
}

impl Pairing {
    /// True if the unit of the original is in blocks that the translation lacks.
    pub fn is_missing(&self, unit: usize) -> bool {
        self.missing
            .iter()
            .any(|blocks| blocks.units.contains(&unit))
    }
}

/// A text with the file it was extracted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extracted<'a> {
    pub text: &'a TranslatableText,
    pub source: &'a str,
}

/// Pairs the units of a text with those of its translation.
pub(super) fn pair_units(original: Extracted<'_>, translation: Extracted<'_>) -> Pairing {
    let mut pairer = UnitPairer {
        original: original.source,
        translation: translation.source,
        pairing: Pairing {
            units: vec![None; original.text.units.len()],
            missing: Vec::new(),
        },
    };
    pairer.siblings(&original.text.blocks, &translation.text.blocks);
    pairer.pairing
}

struct UnitPairer<'a> {
    original: &'a str,
    translation: &'a str,
    pairing: Pairing,
}

/// A block and its translation.
#[derive(Clone, Copy)]
struct BlockPair<'a> {
    original: &'a TextBlock,
    translation: &'a TextBlock,
}

impl UnitPairer<'_> {
    /// Pairs siblings and the blocks in them.
    fn siblings(&mut self, originals: &[TextBlock], translations: &[TextBlock]) {
        let pairs = align(originals, translations);
        for &(a, b) in &pairs {
            let (original, translation) = (&originals[a], &translations[b]);
            if let (Some(unit), Some(translated)) = (original.unit, translation.unit) {
                self.pairing.units[unit] = Some(translated);
            }
            self.siblings(&original.children, &translation.children);
        }
        // Runs of originals between two pairs, before the first one and after the last one.
        let mut before = None;
        let mut from = 0;
        for &(a, b) in &pairs {
            let after = BlockPair {
                original: &originals[a],
                translation: &translations[b],
            };
            self.missing_blocks(&originals[from..a], before, Some(after));
            before = Some(after);
            from = a + 1;
        }
        self.missing_blocks(&originals[from..], before, None);
    }

    /// Notes that the translation lacks these blocks, if they have words and there is a place for them: below the paired block before them,
    /// else above the one after them. They must be on lines of their own, with the same prefix in both files.
    fn missing_blocks(
        &mut self,
        blocks: &[TextBlock],
        before: Option<BlockPair<'_>>,
        after: Option<BlockPair<'_>>,
    ) {
        let units: Vec<usize> = blocks.iter().flat_map(TextBlock::units).collect();
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            return;
        };
        // Blocks without units, like code, are inserted along with those around them, never alone.
        if units.is_empty() {
            return;
        }
        let first_start = first.span.start as usize;
        let prefix = line_before(self.original, first_start);
        // Something else is on the line, such as the marker of a list: the block has no lines of its own.
        if prefix != line_prefix(prefix) {
            return;
        }
        // The delimiter row of a table belongs to its head and is in no block, so nothing can be inserted right below a head.
        if let Some(pair) = before
            && pair.original.kind != "head"
            && self.has_prefix(pair.translation, prefix)
        {
            let start = line_end(self.original, pair.original.span.end as usize);
            let end = line_end(self.original, last.span.end as usize);
            self.pairing.missing.push(MissingBlocks {
                original: start..end,
                at: line_end(self.translation, pair.translation.span.end as usize),
                units,
            });
            return;
        }
        if let Some(pair) = after
            && self.has_prefix(pair.translation, prefix)
        {
            let start = line_start(self.original, first_start);
            let end = line_start(self.original, pair.original.span.start as usize);
            self.pairing.missing.push(MissingBlocks {
                original: start..end,
                at: line_start(self.translation, pair.translation.span.start as usize),
                units,
            });
        }
    }

    /// True if the lines of a block in the translation begin like this.
    fn has_prefix(&self, block: &TextBlock, prefix: &str) -> bool {
        line_prefix(line_before(self.translation, block.span.start as usize)) == prefix
    }
}

fn line_start(text: &str, at: usize) -> usize {
    at - line_before(text, at).len()
}

/// The start of the line after a block that ends at `at`. Blank lines at the end of its span are not part of it.
fn line_end(text: &str, at: usize) -> usize {
    let at = text[..at].trim_end().len();
    match text[at..].find('\n') {
        Some(end) => at + end + 1,
        None => text.len(),
    }
}

/// By code of the translation: the number of the code of the original it corresponds to, or a number after those of the original.
pub(super) fn match_codes(original: &[InlineCode], translation: &[InlineCode]) -> Vec<usize> {
    let mut numbers: Vec<Option<usize>> = vec![None; translation.len()];
    let mut is_free = vec![true; original.len()];
    // First those with the same target, so that two links aren't swapped for their order.
    for by_name in [true, false] {
        for (number, code) in numbers.iter_mut().zip(translation) {
            if number.is_some() {
                continue;
            }
            *number = (0..original.len())
                .find(|at| is_free[*at] && corresponds(&original[*at], code, by_name));
            // Each code of the original corresponds to one of the translation at most.
            if let Some(at) = *number {
                is_free[at] = false;
            }
        }
    }
    let mut next = original.len();
    let mut matched = Vec::with_capacity(numbers.len());
    for number in numbers {
        matched.push(number.unwrap_or(next));
        next += usize::from(number.is_none());
    }
    matched
}

fn corresponds(one: &InlineCode, other: &InlineCode, by_name: bool) -> bool {
    if one.kind != other.kind || one.close.is_empty() != other.close.is_empty() {
        return false;
    }
    let same_name = one.name == other.name && (!one.name.is_empty() || one.open == other.open);
    // Different raw HTML has different effects, so it never corresponds.
    same_name || !by_name && other.kind != InlineCodeKind::Html
}

/// The content of a translation with the code numbers of the original, and the codes by those numbers; where the translation has a code of
/// its own for a number, that one.
pub(super) fn renumber_codes(
    original: &TranslationUnit,
    translation: &TranslationUnit,
) -> (InlineContent, Vec<InlineCode>) {
    let numbers = match_codes(&original.codes, &translation.codes);
    let mut codes = original.codes.clone();
    for (number, code) in numbers.iter().zip(&translation.codes) {
        match codes.get_mut(*number) {
            Some(same) => *same = code.clone(),
            None => codes.push(code.clone()),
        }
    }
    let mut content = translation.content.clone();
    for inline in &mut content {
        match inline {
            Inline::StartCode(number) | Inline::EndCode(number) | Inline::Placeholder(number) => {
                *number = numbers[*number];
            }
            Inline::Text(_) => {}
        }
    }
    (content, codes)
}
