//! Translations of texts -> the new text of a file, checked by reading it again: it must have exactly the units it is meant to have. What
//! doesn't pass is left out.

use crate::source::{SitePath, Source, Span};
use crate::syntax::Dialect;

use super::escape::{Care, typed};
use super::import::AcceptedTranslation;
use super::pairing::MissingBlocks;
use super::translatable::{TextBlock, TranslatableText, read_alone};
use super::unit::{InlineCode, TranslationUnit, hash};

/// One thing that becomes of a file.
#[derive(Debug, Clone)]
pub(super) enum UnitChange {
    /// The unit of the translation with this number is replaced.
    Replace(usize, AcceptedTranslation),
    /// Blocks of the original are added with these translations of their units.
    Insert(MissingBlocks, Vec<(usize, AcceptedTranslation)>),
    /// The file is made from the original.
    New(Vec<(usize, AcceptedTranslation)>),
}

/// What a file is composed of.
pub(super) struct FileMerger<'a> {
    pub dialect: Dialect,
    pub original: (&'a Source, &'a TranslatableText),
    pub translation: Option<(&'a Source, &'a TranslatableText)>,
    pub path: &'a SitePath,
    /// What a new file says that the original says otherwise, besides the translations.
    pub adapted: Vec<(Span, String)>,
}

/// The outcome.
#[derive(Debug, Default)]
pub(super) struct MergedFile {
    /// The new text; nothing if nothing was taken.
    pub text: Option<String>,
    /// The translations that are in it, by their place in what came back.
    pub taken: Vec<usize>,
    /// Those that are not, by their place in what came back.
    pub refused: Vec<usize>,
}

type Draft = (UnitChange, Care);

impl FileMerger<'_> {
    /// Makes all changes, or those that go together.
    pub fn compose(&self, changes: Vec<UnitChange>) -> MergedFile {
        let all: Vec<Draft> = changes
            .into_iter()
            .map(|change| (change, Care::Usual))
            .collect();
        if let Some(text) = self.drafted(&all) {
            return MergedFile {
                text: Some(text),
                taken: all
                    .iter()
                    .flat_map(|(change, _)| change.units())
                    .map(|taken| taken.unit)
                    .collect(),
                refused: Vec::new(),
            };
        }
        let mut kept: Vec<Draft> = Vec::new();
        let mut composed = MergedFile::default();
        for (change, _) in all {
            let mut done = false;
            for care in [Care::Usual, Care::All] {
                kept.push((change.clone(), care));
                if let Some(text) = self.drafted(&kept) {
                    (composed.text, done) = (Some(text), true);
                    break;
                }
                kept.pop();
            }
            let list = if done {
                &mut composed.taken
            } else {
                &mut composed.refused
            };
            list.extend(change.units().iter().map(|taken| taken.unit));
        }
        composed
    }

    /// The text with these changes, if it reads as it is meant.
    fn drafted(&self, drafts: &[Draft]) -> Option<String> {
        let mut edits: Vec<(Span, String)> = Vec::new();
        let (base, text) = self.translation.unwrap_or(self.original);
        let mut expected: Vec<u64> = text.units.iter().map(TranslationUnit::hash).collect();
        // By place in the expected units: those that come before it.
        let mut added: Vec<(usize, Vec<u64>)> = Vec::new();
        let newline = newline(&base.text);
        for (change, care) in drafts {
            match change {
                UnitChange::Replace(number, taken) => {
                    let unit = &text.units[*number];
                    let codes = self.adapted(taken);
                    edits.push((
                        unit.span,
                        typed(&taken.content, &codes, &unit.form, newline, *care),
                    ));
                    expected[*number] = hash(&taken.content, &codes);
                }
                UnitChange::Insert(run, units) => {
                    let mut hashes = Vec::new();
                    let insides = units.iter().map(|(number, taken)| {
                        let unit = &self.original.1.units[*number];
                        let codes = self.adapted(taken);
                        hashes.push(hash(&taken.content, &codes));
                        (
                            unit.span,
                            typed(&taken.content, &codes, &unit.form, newline, *care),
                        )
                    });
                    let insides: Vec<(Span, String)> = insides.collect();
                    let mut words = lines(
                        &applied(&self.original.0.text, run.original.clone(), insides),
                        newline,
                    );
                    if !base.text[..run.at].is_empty() && !base.text[..run.at].ends_with('\n') {
                        words = format!("{newline}{}", words.trim_end_matches(['\r', '\n']));
                    }
                    edits.push((Span::at(run.at), words));
                    added.push((
                        text.units
                            .partition_point(|unit| (unit.span.start as usize) < run.at),
                        hashes,
                    ));
                }
                UnitChange::New(units) => {
                    for (number, taken) in units {
                        let unit = &text.units[*number];
                        edits.push((
                            unit.span,
                            typed(&taken.content, &taken.codes, &unit.form, newline, *care),
                        ));
                        expected[*number] = hash(&taken.content, &taken.codes);
                    }
                    edits.extend(self.adapted.iter().cloned());
                }
            }
        }
        added.sort_by_key(|(at, _)| *at);
        let same_blocks = added.is_empty();
        // From behind, so that places stay what they are.
        for (at, hashes) in added.into_iter().rev() {
            expected.splice(at..at, hashes);
        }
        let new = applied(&base.text, 0..base.text.len(), edits);
        let read = read_alone(
            &Source::from_text(self.path.clone(), new.as_str()),
            self.dialect,
        );
        let same_units = read.units.iter().map(TranslationUnit::hash).eq(expected);
        (same_units && (!same_blocks || kinds(&read.blocks) == kinds(&text.blocks))).then_some(new)
    }

    /// The codes of a translation as they can be typed in its file: a link by label that the file doesn't have says its address itself.
    fn adapted(&self, taken: &AcceptedTranslation) -> Vec<InlineCode> {
        let Some((_, text)) = self.translation else {
            return taken.codes.clone();
        };
        let known = |code: &InlineCode| {
            text.units
                .iter()
                .flat_map(|unit| &unit.codes)
                .any(|other| other.label.is_some() && other.label == code.label)
        };
        let adapted = |code: &InlineCode| match &code.label {
            Some(label) if !known(code) => {
                let address = match label.target.contains([' ', '(', ')', '<']) {
                    true => format!("<{}>", label.target.replace('<', "%3C").replace('>', "%3E")),
                    false => label.target.clone(),
                };
                InlineCode {
                    close: format!("]({address})"),
                    label: None,
                    ..code.clone()
                }
            }
            _ => code.clone(),
        };
        taken.codes.iter().map(adapted).collect()
    }
}

impl UnitChange {
    /// The translations in it.
    fn units(&self) -> Vec<&AcceptedTranslation> {
        match self {
            UnitChange::Replace(_, taken) => vec![taken],
            UnitChange::Insert(_, units) | UnitChange::New(units) => {
                units.iter().map(|(_, taken)| taken).collect()
            }
        }
    }
}

/// How a text is built, without its words.
fn kinds(blocks: &[TextBlock]) -> Vec<&str> {
    blocks
        .iter()
        .flat_map(|block| std::iter::once(block.kind.as_str()).chain(kinds(&block.children)))
        .collect()
}

/// The bytes `range` of `text` with these changes, which lie within it.
fn applied(text: &str, range: std::ops::Range<usize>, mut edits: Vec<(Span, String)>) -> String {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut out = String::with_capacity(range.len());
    let mut at = range.start;
    for (span, words) in edits {
        out.push_str(text.get(at..span.start as usize).unwrap_or(""));
        out.push_str(&words);
        at = span.end as usize;
    }
    out.push_str(text.get(at..range.end).unwrap_or(""));
    out
}

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// `text` with lines that end like this.
fn lines(text: &str, newline: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', newline)
}
