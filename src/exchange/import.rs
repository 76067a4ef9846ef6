//! What came back from translators -> the new bytes of files. A translation is taken only if its original and the translation it replaces are
//! what they were when the text was handed out, and if every code is in it; and a file is changed only if, read again, it says exactly what
//! it said before but for the translations. Everything else is told, and changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::locale::LocaleId;
use crate::site::Site;
use crate::source::encoding::encode;
use crate::source::{SitePath, SourceId, Span};
use crate::syntax::Dialect;

use super::document::{ReturnedDocument, ReturnedFile, ReturnedUnit, UnitId};
use super::file_pairs::{FilePair, PairTexts, files, texts};
use super::front_matter::adapted;
use super::merge::{FileMerger, UnitChange};
use super::pairing::in_terms_of;
use super::translation_memory::codes;
use super::unit::{Inline, InlineCode, InlineContent, TranslationUnit, even};

/// What importing does.
#[derive(Debug, Default)]
pub struct Imported {
    /// The files that change, in path order.
    pub files: Vec<ImportedFile>,
    /// Translations that can't be taken.
    pub refusals: Vec<RejectedUnit>,
    /// How many translations are the ones the files have already.
    pub unchanged: usize,
    /// How many texts have no translation yet.
    pub untranslated: usize,
    /// Translations that wait for others, without which they have no place.
    pub waiting: Vec<IncompleteGroup>,
}

/// What importing does to one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportedFile {
    /// The file.
    pub path: SitePath,
    /// The file it is the translation of.
    pub original: SourceId,
    /// The bytes it has; nothing if it is new.
    pub before: Option<Vec<u8>>,
    /// The bytes it gets.
    pub after: Vec<u8>,
    /// The texts of the original whose translations it gets.
    pub taken: Vec<Span>,
    /// Those that were handed out and have no translation now that follows them.
    pub open: Vec<Span>,
}

/// A translation that is not taken, or all those of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RejectedUnit {
    /// The line in what came back.
    pub line: usize,
    /// The file it would be put into, or the one it names.
    pub path: String,
    /// The first words of the text; empty if it is about a whole file.
    pub words: String,
    /// Why, in lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
}

/// Translations of some texts that have no place before all of them are there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncompleteGroup {
    /// The file they would be put into.
    pub path: SitePath,
    /// How many there are.
    pub translated: usize,
    /// How many there must be.
    pub needed: usize,
}

/// Puts translations into `locale` in their places. Nothing of the site changes; the files say what would.
pub fn import(
    site: &Site,
    dialect: Dialect,
    locale: LocaleId,
    returned: &ReturnedDocument,
) -> Imported {
    let held: BTreeMap<String, FilePair> = files(site, locale)
        .into_iter()
        .map(|held| (site.source(held.original).path.to_string(), held))
        .collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    returned
        .files
        .iter()
        .for_each(|file| *times.entry(&file.original).or_default() += 1);
    let one = |file: &ReturnedFile| {
        let mut import = Imported::default();
        let path = file.original.escape_debug();
        match held.get(&file.original) {
            _ if times
                .get(file.original.as_str())
                .is_some_and(|times| *times > 1) =>
            {
                let help =
                    "Keep one of the two `<file>` elements, the one with the right translations.";
                import.refuse_file(file, format!("`{path}` stands in it twice"), help);
            }
            Some(held) if let Some(broken) = held.broken(site) => {
                let message = format!("`{}` has bytes that are no text", broken.path);
                import.refuse_file(file, message, "Save it as UTF-8, and import again.");
            }
            Some(held) => FileImport {
                site,
                dialect,
                locale,
                held,
                file,
                import: &mut import,
            }
            .work(),
            None => {
                let help = "It was deleted or moved since, or never was here; export again what is to be translated now.";
                import.refuse_file(
                    file,
                    format!("there is no `{path}` to translate in this site"),
                    help,
                );
            }
        }
        import
    };
    let parts: Vec<Imported> = returned.files.par_iter().map(one).collect();
    let mut import = parts.into_iter().fold(Imported::default(), Imported::with);
    import.files.sort_by(|one, other| one.path.cmp(&other.path));
    import.refusals.sort_by_key(|refusal| refusal.line);
    import
}

impl Imported {
    fn with(mut self, other: Imported) -> Imported {
        self.files.extend(other.files);
        self.refusals.extend(other.refusals);
        self.waiting.extend(other.waiting);
        self.unchanged += other.unchanged;
        self.untranslated += other.untranslated;
        self
    }

    fn refuse_file(&mut self, file: &ReturnedFile, message: String, help: &str) {
        let path = file.original.escape_debug().to_string();
        self.refusals.push(RejectedUnit {
            line: file.line,
            path,
            words: String::new(),
            message,
            help: help.to_owned(),
        });
    }
}

/// Where the translations of one file are looked at.
struct FileImport<'a> {
    site: &'a Site,
    dialect: Dialect,
    locale: LocaleId,
    held: &'a FilePair,
    file: &'a ReturnedFile,
    import: &'a mut Imported,
}

/// A translation that may be taken: the content and what its codes stand for.
#[derive(Debug, Clone)]
pub(super) struct AcceptedTranslation {
    pub content: InlineContent,
    pub codes: Vec<InlineCode>,
    /// The place in what came back.
    pub unit: usize,
}

/// What becomes of a translation.
enum UnitDecision {
    Untranslated,
    Unchanged,
    /// Takes the place of this unit of the translation, or has none yet.
    Take(usize, Option<usize>, AcceptedTranslation),
}

impl FileImport<'_> {
    fn work(&mut self) {
        let source = self.site.source(self.held.original);
        let texts = texts(self.site, self.dialect, self.held);
        let twice = twice(self.file);
        let numbers = numbers(&texts.original.units);
        let (mut changes, mut fresh) = (Vec::new(), BTreeMap::new());
        let mut settled = BTreeSet::new();
        for (at, unit) in self.file.units.iter().enumerate() {
            let verdict = match twice.contains(unit.id.as_str()) {
                true => Err((
                    "another text has the same id".to_owned(),
                    "Ask for the file again; each text must come back once.",
                )),
                false => self.verdict(unit, at, &numbers, &texts),
            };
            match verdict {
                Ok(UnitDecision::Untranslated) => self.import.untranslated += 1,
                Ok(UnitDecision::Unchanged) => {
                    self.import.unchanged += 1;
                    settled.insert(at);
                }
                Ok(UnitDecision::Take(_, Some(place), taken)) => {
                    changes.push(UnitChange::Replace(place, taken))
                }
                Ok(UnitDecision::Take(number, None, taken)) => _ = fresh.insert(number, taken),
                Err((message, help)) => self.refuse(unit, message, help),
            }
        }
        changes.extend(self.additions(&texts, fresh));
        if changes.is_empty() {
            return;
        }
        let composer = FileMerger {
            dialect: self.dialect,
            original: (source, &texts.original),
            translation: self
                .held
                .translation
                .map(|id| self.site.source(id))
                .zip(texts.translation.as_ref().map(|(text, _)| text)),
            path: &self.held.path,
            adapted: adapted(self.site, self.held.original, self.locale),
        };
        let composed = composer.compose(changes);
        for at in composed.refused {
            let message = "its words would become markup, or its codes can't stand where they do";
            self.refuse(
                &self.file.units[at],
                message.to_owned(),
                "Keep every code around or between words, as in the original.",
            );
        }
        let Some(text) = composed.text else { return };
        settled.extend(&composed.taken);
        let span = |at: usize| {
            let id: UnitId = self.file.units[at].id.parse().ok()?;
            numbers
                .get(&(id.original, id.nth))
                .map(|number| texts.original.units[*number].span)
        };
        let open = (0..self.file.units.len())
            .filter(|at| !settled.contains(at))
            .filter_map(span)
            .collect();
        let translation = self.held.translation.map(|id| self.site.source(id));
        let encoding = translation.unwrap_or(source).encoding;
        self.import.files.push(ImportedFile {
            path: self.held.path.clone(),
            original: self.held.original,
            before: translation.map(|source| encode(&source.text, source.encoding)),
            after: encode(&text, encoding),
            taken: composed.taken.iter().filter_map(|at| span(*at)).collect(),
            open,
        });
    }

    fn refuse(&mut self, unit: &ReturnedUnit, message: String, help: &str) {
        const MOST: usize = 60;
        let words = unit
            .contents
            .as_ref()
            .map(|(source, _)| super::unit::words(source))
            .unwrap_or_default();
        let words = if words.chars().count() > MOST {
            words.chars().take(MOST - 1).chain(['…']).collect()
        } else {
            words
        };
        let path = self.held.path.to_string();
        self.import.refusals.push(RejectedUnit {
            line: unit.line,
            path,
            words,
            message,
            help: help.to_owned(),
        });
    }

    fn verdict(
        &self,
        unit: &ReturnedUnit,
        at: usize,
        numbers: &BTreeMap<(u64, usize), usize>,
        texts: &PairTexts,
    ) -> Result<UnitDecision, (String, &'static str)> {
        const AGAIN: &str = "Export it again, and translate what has become of it.";
        const DAMAGED: &str =
            "Ask for the file again; the tool must leave ids, `<source>` and codes alone.";
        let (source, target) = unit
            .contents
            .clone()
            .map_err(|message| (message, DAMAGED))?;
        let id: UnitId = unit.id.parse().map_err(|()| {
            (
                format!("`{}` is no id of a text", unit.id.escape_debug()),
                DAMAGED,
            )
        })?;
        let Some(&number) = numbers.get(&(id.original, id.nth)) else {
            return Err(("the original no longer says this".to_owned(), AGAIN));
        };
        let original = &texts.original.units[number];
        if source != original.content {
            return Err(("its `<source>` isn't what was exported".to_owned(), DAMAGED));
        }
        let place = texts
            .translation
            .as_ref()
            .and_then(|(_, pairing)| pairing.units[number]);
        let present = place.and_then(|place| {
            texts
                .translation
                .as_ref()
                .map(|(text, _)| &text.units[place])
        });
        let Some(target) = target else {
            return Ok(UnitDecision::Untranslated);
        };
        let (before, codes) = match present {
            Some(present) => in_terms_of(original, present),
            None => (Vec::new(), original.codes.clone()),
        };
        let target = even(target);
        if target == even(before.clone()) {
            return Ok(UnitDecision::Unchanged);
        }
        if id.translation != present.map(TranslationUnit::hash) {
            let message = if present.is_some() {
                "the translation has changed since the export"
            } else {
                "the translation is gone since the export"
            };
            return Err((
                message.to_owned(),
                "Export it again; nothing that was changed meanwhile is overwritten.",
            ));
        }
        check_codes(original, &before, &target, &codes)?;
        if present.is_none()
            && texts.translation.as_ref().is_some_and(|(_, pairing)| {
                !pairing.runs.iter().any(|run| run.units.contains(&number))
            })
        {
            return Err((
                "the translation has no place for it".to_owned(),
                "Build the translation like its original first, then export again.",
            ));
        }
        Ok(UnitDecision::Take(
            number,
            place,
            AcceptedTranslation {
                content: target,
                codes,
                unit: at,
            },
        ))
    }

    /// Blocks that the translation lacks, where all their texts are translated; a whole file if there is none.
    fn additions(
        &mut self,
        texts: &PairTexts,
        mut fresh: BTreeMap<usize, AcceptedTranslation>,
    ) -> Vec<UnitChange> {
        let mut changes = Vec::new();
        let mut add =
            |units: &[usize], change: &dyn Fn(Vec<(usize, AcceptedTranslation)>) -> UnitChange| {
                let taken: Vec<(usize, AcceptedTranslation)> = units
                    .iter()
                    .filter_map(|unit| fresh.remove_entry(unit))
                    .collect();
                match taken.len() {
                    0 => {}
                    count if count == units.len() => changes.push(change(taken)),
                    count => self.import.waiting.push(IncompleteGroup {
                        path: self.held.path.clone(),
                        translated: count,
                        needed: units.len(),
                    }),
                }
            };
        match &texts.translation {
            Some((_, pairing)) => {
                for run in &pairing.runs {
                    add(&run.units, &|taken| UnitChange::Insert(run.clone(), taken));
                }
            }
            None if self.held.translation.is_none() => add(
                &(0..texts.original.units.len()).collect::<Vec<_>>(),
                &UnitChange::New,
            ),
            None => {}
        }
        changes
    }
}

/// Ids that several texts have.
fn twice(file: &ReturnedFile) -> BTreeSet<&str> {
    let mut seen = BTreeSet::new();
    file.units
        .iter()
        .map(|unit| unit.id.as_str())
        .filter(|id| !seen.insert(*id))
        .collect()
}

/// By hash and number among equal ones: the number of each unit.
fn numbers(units: &[TranslationUnit]) -> BTreeMap<(u64, usize), usize> {
    let mut nth: BTreeMap<u64, usize> = BTreeMap::new();
    let numbered = units.iter().enumerate().map(|(number, unit)| {
        let hash = unit.hash();
        let count = nth.entry(hash).or_default();
        *count += 1;
        ((hash, *count - 1), number)
    });
    numbered.collect()
}

/// Every code of the original must be in the translation once; of those that only the earlier translation had, each may be. What that lacked
/// already is not lost now.
fn check_codes(
    original: &TranslationUnit,
    before: &InlineContent,
    target: &InlineContent,
    all: &[InlineCode],
) -> Result<(), (String, &'static str)> {
    const HELP: &str =
        "Put every code of the original into the translation once, around or between its words.";
    let (old, has) = (codes(before), codes(target));
    let shown = |number: &usize| {
        all.get(*number).map_or(String::new(), |code| {
            format!(
                "{}{}",
                code.open,
                if code.close.is_empty() { "" } else { "…" }
            ) + &code.close
        })
    };
    let required = codes(&original.content);
    let lost: Vec<String> = required
        .iter()
        .filter(|number| !has.contains(number) && (before.is_empty() || old.contains(number)))
        .map(shown)
        .collect();
    if !lost.is_empty() {
        return Err((format!("it has lost `{}`", lost.join("`, `")), HELP));
    }
    let mut seen = BTreeSet::new();
    for number in &has {
        if !seen.insert(*number) {
            return Err((format!("it has `{}` twice", shown(number)), HELP));
        }
        if *number >= all.len() {
            return Err((
                format!(
                    "it has a code {} that the original doesn't have",
                    number + 1
                ),
                HELP,
            ));
        }
    }
    // A code with two ends can't become one without, nor the other way round.
    let is_pair =
        |content: &InlineContent, number: usize| content.contains(&Inline::StartCode(number));
    let turned = has.iter().find(|number| {
        let known = if required.contains(number) {
            &original.content
        } else {
            before
        };
        is_pair(known, **number) != is_pair(target, **number)
    });
    turned.map_or(Ok(()), |number| {
        Err((
            format!("`{}` is no longer the kind of code it was", shown(number)),
            HELP,
        ))
    })
}
