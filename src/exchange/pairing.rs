//! A text and its translation -> the translation of each unit, and where in the translation the blocks belong that it lacks. Where it isn't
//! known which blocks belong together, the run of them is one place: nothing in it is taken for the translation of anything else in it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::align::{Evidence, align};
use super::known_pairs::{KnownPairs, KnownUnit};
use super::lexicon::Lexicon;
use super::translatable::{TextBlock, TranslatableText, line_before, line_prefix};
use super::unit::{
    Inline, InlineCode, InlineCodeKind, InlineContent, TranslationUnit, combined_hash,
};

/// The translation of a text, unit by unit.
#[derive(Debug, Default)]
pub(super) struct Pairing {
    /// By unit of the original: the number of the unit in the translation.
    pub units: Vec<Option<usize>>,
    /// By unit of the original: its translation, if that has no letters and so isn't a unit.
    pub letterless: BTreeMap<usize, TranslationUnit>,
    /// Blocks of the original that the translation lacks.
    pub missing: Vec<MissingBlocks>,
    /// Units of the translation that follow something and belong to nothing that the original has now.
    pub obsolete: BTreeSet<usize>,
    /// True if there are blocks of which it isn't known whether they belong together.
    pub has_unknown: bool,
    /// True if it is known of each unit of the translation what it follows.
    pub is_known: bool,
}

/// Adjacent blocks of the original that the translation lacks, or of which it isn't known which blocks of the translation belong to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct MissingBlocks {
    /// Their bytes in the original, whole lines.
    pub original: Range<usize>,
    /// The bytes of the translation that they take the place of, whole lines; empty if the translation has nothing there.
    pub place: Range<usize>,
    /// The numbers of their units.
    pub units: Vec<usize>,
    /// The numbers of the units of the translation in that place.
    pub replaced: Vec<usize>,
}

impl Pairing {
    /// The blocks that the translation lacks with this unit of the original in them.
    pub fn missing_with(&self, unit: usize) -> Option<&MissingBlocks> {
        self.missing
            .iter()
            .find(|blocks| blocks.units.contains(&unit))
    }
}

impl MissingBlocks {
    /// The number of the unit of the translation before which they are inserted.
    pub fn unit_after(&self, translation: &TranslatableText) -> usize {
        let units = &translation.units;
        units.partition_point(|unit| (unit.span.start as usize) < self.place.start)
    }

    /// The hash of what they take the place of; None if that is nothing.
    pub fn replaced_hash(&self, translation: &TranslatableText) -> Option<u64> {
        if self.replaced.is_empty() {
            return None;
        }
        let hashes = self
            .replaced
            .iter()
            .map(|unit| translation.units[*unit].hash());
        Some(combined_hash(hashes))
    }
}

/// A text with the file it was extracted from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Extracted<'a> {
    pub text: &'a TranslatableText,
    pub source: &'a str,
}

/// Pairs the units of a text with those of its translation.
pub(super) fn pair_units(
    original: Extracted<'_>,
    translation: Extracted<'_>,
    known: &KnownPairs,
    lexicon: Option<&Lexicon>,
) -> Pairing {
    let mut pairer = UnitPairer {
        original: original.source,
        translation: translation.source,
        evidence: Evidence { known, lexicon },
        pairing: Pairing {
            units: vec![None; original.text.units.len()],
            is_known: known.is_complete,
            ..Pairing::default()
        },
    };
    // What is known holds wherever a text has moved to; the alignment finds the others, in order.
    for unit in 0..original.text.units.len() {
        if let Some(KnownUnit::Pair(translated)) = known.unit(unit) {
            pairer.pairing.units[unit] = Some(translated);
        }
    }
    let siblings = Siblings {
        originals: &original.text.blocks,
        translations: &translation.text.blocks,
        is_outermost: true,
    };
    pairer.siblings(siblings);
    let paired: BTreeSet<usize> = pairer.pairing.units.iter().flatten().copied().collect();
    for unit in 0..translation.text.units.len() {
        if known.is_follower(unit) && !paired.contains(&unit) {
            pairer.pairing.obsolete.insert(unit);
        }
    }
    pairer.pairing
}

struct UnitPairer<'a> {
    original: &'a str,
    translation: &'a str,
    evidence: Evidence<'a>,
    pairing: Pairing,
}

/// The blocks inside a block and inside its translation.
#[derive(Clone, Copy)]
struct Siblings<'a> {
    originals: &'a [TextBlock],
    translations: &'a [TextBlock],
    /// True for the blocks of a whole file.
    is_outermost: bool,
}

/// Adjacent blocks between two pairs, of which one or both are missing at the ends.
#[derive(Clone, Copy)]
struct BlockRun<'a> {
    originals: &'a [TextBlock],
    translations: &'a [TextBlock],
    before: Option<BlockPair<'a>>,
    after: Option<BlockPair<'a>>,
}

/// A block and its translation.
#[derive(Clone, Copy)]
struct BlockPair<'a> {
    original: &'a TextBlock,
    translation: &'a TextBlock,
}

impl<'a> Siblings<'a> {
    /// Pairs by their index in each list, in the order of the originals.
    fn pairs(&self, evidence: Evidence<'_>) -> Vec<(usize, usize)> {
        if let Some(pairs) = self.pairs_by_place(evidence.known) {
            return pairs;
        }
        // Keys are in any order; they come first in a page.
        let keys = self
            .originals
            .iter()
            .take_while(|block| block.is_key())
            .count();
        let other_keys = self
            .translations
            .iter()
            .take_while(|block| block.is_key())
            .count();
        let mut pairs = Vec::new();
        for (at, block) in self.originals[..keys].iter().enumerate() {
            let same = self.translations[..other_keys]
                .iter()
                .position(|other| other.kind == block.kind);
            pairs.extend(same.map(|other| (at, other)));
        }
        let (originals, translations) = (&self.originals[keys..], &self.translations[other_keys..]);
        for (a, b) in align(originals, translations, evidence) {
            pairs.push((keys + a, other_keys + b));
        }
        pairs
    }

    /// The pairs of blocks that belong together by their place: the cells of a row, and the only block of another block.
    fn pairs_by_place(&self, known: &KnownPairs) -> Option<Vec<(usize, usize)>> {
        let count = self.originals.len();
        let is_cells = self.originals.first()?.kind == "cell";
        if self.is_outermost || count != self.translations.len() || count != 1 && !is_cells {
            return None;
        }
        let mut pairs = Vec::new();
        for (at, (one, other)) in self.originals.iter().zip(self.translations).enumerate() {
            if one.kind != other.kind || known.score(one, other) == f32::NEG_INFINITY {
                return None;
            }
            pairs.push((at, at));
        }
        Some(pairs)
    }
}

impl UnitPairer<'_> {
    /// Pairs siblings and the blocks in them.
    fn siblings(&mut self, siblings: Siblings<'_>) {
        let Siblings {
            originals,
            translations,
            ..
        } = siblings;
        let pairs = siblings.pairs(self.evidence);
        for &(a, b) in &pairs {
            let (original, translation) = (&originals[a], &translations[b]);
            if let (Some(unit), Some(translated)) = (original.unit, translation.unit) {
                self.pairing.units[unit] = Some(translated);
            }
            if let (Some(unit), Some(letterless)) = (original.unit, &translation.letterless) {
                self.pairing
                    .letterless
                    .insert(unit, letterless.as_ref().clone());
            }
            self.siblings(Siblings {
                originals: &original.children,
                translations: &translation.children,
                is_outermost: false,
            });
        }
        // Runs of originals between two pairs, before the first one and after the last one.
        let mut before = None;
        let (mut from, mut from_translation) = (0, 0);
        for &(a, b) in &pairs {
            let after = BlockPair {
                original: &originals[a],
                translation: &translations[b],
            };
            self.run(BlockRun {
                originals: &originals[from..a],
                // Keys may be in another order.
                translations: translations.get(from_translation..b).unwrap_or(&[]),
                before,
                after: Some(after),
            });
            before = Some(after);
            (from, from_translation) = (a + 1, b + 1);
        }
        self.run(BlockRun {
            originals: &originals[from..],
            translations: translations.get(from_translation..).unwrap_or(&[]),
            before,
            after: None,
        });
    }

    /// Notes what the translation lacks of a run: without the blocks in it that are known to have moved.
    fn run(&mut self, run: BlockRun<'_>) {
        let translations = match self.unpaired_translations(run.translations) {
            Some(translations) => translations,
            None => &[],
        };
        let mut from = 0;
        for (at, block) in run.originals.iter().enumerate() {
            if self.is_paired(block) {
                self.unpaired_run(BlockRun {
                    originals: &run.originals[from..at],
                    translations,
                    ..run
                });
                from = at + 1;
            }
        }
        self.unpaired_run(BlockRun {
            originals: &run.originals[from..],
            translations,
            ..run
        });
    }

    /// True if all units in a block have a translation.
    fn is_paired(&self, block: &TextBlock) -> bool {
        let units = block.unit_range();
        !units.is_empty() && self.pairing.units[units].iter().all(Option::is_some)
    }

    /// The blocks of the translation that don't belong to a text elsewhere; None if others are between them.
    fn unpaired_translations<'b>(&self, blocks: &'b [TextBlock]) -> Option<&'b [TextBlock]> {
        let known = self.evidence.known;
        let start = blocks.iter().position(|block| !known.has_original(block))?;
        let end = blocks
            .iter()
            .rposition(|block| !known.has_original(block))?
            + 1;
        let unpaired = &blocks[start..end];
        if unpaired.iter().any(|block| known.has_original(block)) {
            return None;
        }
        Some(unpaired)
    }

    fn unpaired_run(&mut self, run: BlockRun<'_>) {
        let known = self.evidence.known;
        let units = units_of(run.originals);
        // Blocks without units, like code, are inserted along with those around them, never alone.
        if units.is_empty() {
            return;
        }
        let others = units_of(run.translations);
        let all_new = units
            .iter()
            .all(|unit| known.unit(*unit) == Some(KnownUnit::New));
        let all_obsolete = others.iter().all(|unit| known.is_obsolete(*unit));
        if all_new || all_obsolete {
            self.missing_blocks(run, units);
            return;
        }
        self.pairing.has_unknown = true;
        self.unknown_blocks(run, units, others);
    }

    /// Notes that the translation lacks these blocks, if there is a place for them: below the paired block before them, else above the one
    /// after them. They must be on lines of their own, with the same prefix in both files.
    fn missing_blocks(&mut self, run: BlockRun<'_>, units: Vec<usize>) {
        let Some((first, last)) = self.own_lines(run.originals) else {
            return;
        };
        let prefix = line_before(self.original, first);
        // The delimiter row of a table belongs to its head and is in no block, so nothing can be inserted right below a head.
        if let Some(pair) = run.before
            && pair.original.kind != "head"
            && self.has_prefix(pair.translation, prefix)
        {
            let start = line_end(self.original, pair.original.span.end as usize);
            let end = line_end(self.original, last);
            let at = line_end(self.translation, pair.translation.span.end as usize);
            self.pairing.missing.push(MissingBlocks {
                original: start..end,
                place: at..at,
                units,
                replaced: Vec::new(),
            });
            return;
        }
        if let Some(pair) = run.after
            && self.has_prefix(pair.translation, prefix)
        {
            let start = line_start(self.original, first);
            let end = line_start(self.original, pair.original.span.start as usize);
            let at = line_start(self.translation, pair.translation.span.start as usize);
            self.pairing.missing.push(MissingBlocks {
                original: start..end,
                place: at..at,
                units,
                replaced: Vec::new(),
            });
        }
    }

    /// Notes that these blocks take the place of those of the translation, once all of them are translated.
    fn unknown_blocks(&mut self, run: BlockRun<'_>, units: Vec<usize>, replaced: Vec<usize>) {
        let Some((first, last)) = self.own_lines(run.originals) else {
            return;
        };
        let prefix = line_before(self.original, first);
        let (Some(first_other), Some(last_other)) =
            (run.translations.first(), run.translations.last())
        else {
            return;
        };
        if !self.has_prefix(first_other, prefix) {
            return;
        }
        let other_start = first_other.span.start as usize;
        let before = line_before(self.translation, other_start);
        if before != line_prefix(before) {
            return;
        }
        self.pairing.missing.push(MissingBlocks {
            original: line_start(self.original, first)..line_end(self.original, last),
            place: line_start(self.translation, other_start)
                ..line_end(self.translation, last_other.span.end as usize),
            units,
            replaced,
        });
    }

    /// The first and the last byte of blocks, if they are on lines of their own.
    fn own_lines(&self, blocks: &[TextBlock]) -> Option<(usize, usize)> {
        let (first, last) = (blocks.first()?, blocks.last()?);
        let start = first.span.start as usize;
        let prefix = line_before(self.original, start);
        // Something else may be on the line, such as the marker of a list.
        (prefix == line_prefix(prefix)).then_some((start, last.span.end as usize))
    }

    /// True if the lines of a block in the translation begin like this.
    fn has_prefix(&self, block: &TextBlock, prefix: &str) -> bool {
        line_prefix(line_before(self.translation, block.span.start as usize)) == prefix
    }
}

fn units_of(blocks: &[TextBlock]) -> Vec<usize> {
    let mut units = Vec::new();
    for block in blocks {
        units.extend(block.units());
    }
    units
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
    let is_html = matches!(other.kind, InlineCodeKind::Html | InlineCodeKind::Label);
    same_name || !by_name && !is_html
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
