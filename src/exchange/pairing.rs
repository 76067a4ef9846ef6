//! A text and its translation -> which unit is the translation of which, and where those belong that have none.

use std::ops::Range;

use super::align::align;
use super::translatable::{TextBlock, TranslatableText, before, margin};
use super::unit::{Inline, InlineCode, InlineContent, TranslationUnit};

/// How a translation stands to its original.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// By unit of the original: the unit of the translation.
    pub units: Vec<Option<usize>>,
    /// Blocks of the original that the translation lacks, with where they belong in it.
    pub runs: Vec<MissingBlocks>,
}

/// Blocks that stand together in the original and are missing in the translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MissingBlocks {
    /// Their bytes in the original, whole lines.
    pub original: Range<usize>,
    /// The byte of the translation before which they belong.
    pub at: usize,
    /// Their units.
    pub units: Vec<usize>,
}

/// Holds `translation` against `original`, both with what they were read from.
pub(super) fn pair(
    original: (&TranslatableText, &str),
    translation: (&TranslatableText, &str),
) -> Pairing {
    let units = vec![None; original.0.units.len()];
    let mut pairer = UnitPairer {
        original: original.1,
        translation: translation.1,
        pairing: Pairing {
            units,
            runs: Vec::new(),
        },
    };
    pairer.level(&original.0.blocks, &translation.0.blocks);
    pairer.pairing
}

struct UnitPairer<'a> {
    original: &'a str,
    translation: &'a str,
    pairing: Pairing,
}

impl UnitPairer<'_> {
    /// Pairs siblings and what is in them.
    fn level(&mut self, ones: &[TextBlock], others: &[TextBlock]) {
        let pairs = align(ones, others);
        for &(one, other) in &pairs {
            let (one, other) = (&ones[one], &others[other]);
            if let (Some(unit), Some(translated)) = (one.unit, other.unit) {
                self.pairing.units[unit] = Some(translated);
            }
            self.level(&one.children, &other.children);
        }
        let mut last: Option<(usize, usize)> = None;
        for pair in pairs.iter().copied().map(Some).chain([None]) {
            let from = last.map_or(0, |(one, _)| one + 1);
            let to = pair.map_or(ones.len(), |(one, _)| one);
            if from < to {
                let after = last.map(|(one, other)| (&ones[one], &others[other]));
                let before = pair.map(|(one, other)| (&ones[one], &others[other]));
                let run = self.run(&ones[from..to], after, before);
                self.pairing.runs.extend(run);
            }
            last = pair;
        }
    }

    /// Where these blocks belong: below the block before them, else above the one behind them. Nothing if they have no words, or if they
    /// don't stand on lines of their own.
    fn run(
        &self,
        blocks: &[TextBlock],
        after: Option<(&TextBlock, &TextBlock)>,
        next: Option<(&TextBlock, &TextBlock)>,
    ) -> Option<MissingBlocks> {
        let units: Vec<usize> = blocks.iter().flat_map(TextBlock::units).collect();
        let (first, last) = (blocks.first()?, blocks.last()?);
        if units.is_empty() {
            return None;
        }
        let margin_of = |text, block: &TextBlock| margin(before(text, block.span.start as usize));
        let typed = before(self.original, first.span.start as usize);
        let own_lines = typed == margin(typed);
        let fits = |other: &TextBlock| margin_of(self.translation, other) == typed;
        // The line below a head belongs to it, and isn't said by any block.
        if let Some((one, other)) =
            after.filter(|(one, other)| own_lines && fits(other) && one.kind != "head")
        {
            let original = line_end(self.original, one.span.end as usize)
                ..line_end(self.original, last.span.end as usize);
            return Some(MissingBlocks {
                original,
                at: line_end(self.translation, other.span.end as usize),
                units,
            });
        }
        let (one, other) = next.filter(|(_, other)| own_lines && fits(other))?;
        let original = line_start(self.original, first.span.start as usize)
            ..line_start(self.original, one.span.start as usize);
        Some(MissingBlocks {
            original,
            at: line_start(self.translation, other.span.start as usize),
            units,
        })
    }
}

fn line_start(text: &str, at: usize) -> usize {
    at - before(text, at).len()
}

/// The first byte of the line behind the last one that has something of what ends at `at`: blank lines behind a block are not its own.
fn line_end(text: &str, at: usize) -> usize {
    let at = text[..at].trim_end().len();
    text[at..].find('\n').map_or(text.len(), |end| at + end + 1)
}

/// By code of the translation: the code of the original it stands for, or a number beyond those.
pub(super) fn match_codes(original: &[InlineCode], translation: &[InlineCode]) -> Vec<usize> {
    let mut numbers: Vec<Option<usize>> = vec![None; translation.len()];
    let mut free = vec![true; original.len()];
    let same_name = |one: &InlineCode, other: &InlineCode| {
        one.name == other.name && (!one.name.is_empty() || one.open == other.open)
    };
    for exact in [true, false] {
        for (number, code) in numbers
            .iter_mut()
            .zip(translation)
            .filter(|(number, _)| number.is_none())
        {
            let fits = |at: &usize| {
                let one = &original[*at];
                // Raw HTML that does something else is something else.
                let kind = one.kind == code.kind && one.close.is_empty() == code.close.is_empty();
                free[*at]
                    && kind
                    && (same_name(one, code)
                        || !exact && !matches!(code.kind, super::unit::InlineCodeKind::Html))
            };
            if let Some(at) = (0..original.len()).find(fits) {
                free[at] = false;
                *number = Some(at);
            }
        }
    }
    let mut beyond = original.len();
    let mut new = || {
        beyond += 1;
        beyond - 1
    };
    numbers
        .into_iter()
        .map(|number| number.unwrap_or_else(&mut new))
        .collect()
}

/// The content of a translation with the numbers of the original's codes, and all codes by those numbers: where the translation has one,
/// that one.
pub(super) fn in_terms_of(
    original: &TranslationUnit,
    translation: &TranslationUnit,
) -> (InlineContent, Vec<InlineCode>) {
    let numbers = match_codes(&original.codes, &translation.codes);
    let mut codes = original.codes.clone();
    for (number, code) in numbers.iter().zip(&translation.codes) {
        match codes.get_mut(*number) {
            Some(known) => *known = code.clone(),
            None => codes.push(code.clone()),
        }
    }
    let content = translation.content.iter().map(|piece| match piece {
        Inline::StartCode(number) => Inline::StartCode(numbers[*number]),
        Inline::EndCode(number) => Inline::EndCode(numbers[*number]),
        Inline::Placeholder(number) => Inline::Placeholder(numbers[*number]),
        words => words.clone(),
    });
    (content.collect(), codes)
}
