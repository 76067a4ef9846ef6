//! `hjelp translation export`: texts for translators, one file for each language, and a translation memory.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::baseline::Baseline;
use super::selection::{Files, Selection};
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::exchange::context::ExchangeContext;
use crate::exchange::{
    self, ExportSelection, Exported, XliffVersion, write_jsonl, write_tmx, write_xliff,
};
use crate::locale::{LocaleId, Locales};
use crate::report::{counted, grouped};
use crate::source::{SitePath, SourceId, Span};
use crate::translation::section_status::TranslationState;
use crate::translation::status::PairStatus;
use crate::translation::{TranslationStatus, status};

/// Export texts for translators, as XLIFF or JSON lines
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    selection: Selection,

    /// The languages to translate into, by the names of their folders; by default all
    #[arg(long, alias = "to", value_name = "FOLDERS", value_delimiter = ',')]
    languages: Vec<String>,

    /// Only texts that are newer than this commit, branch or tag
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Only texts in sections that are new or have changed since they were translated, and files without translation
    #[arg(long, conflicts_with = "since")]
    stale: bool,

    /// The file to write; with several languages their names are inserted before its extension. By default `translation.xlf` or
    /// `translation.jsonl`
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// The format: XLIFF for translation tools, JSON lines for programs that translate
    #[arg(long, value_enum, default_value_t)]
    format: ExportFormat,

    /// The version of XLIFF
    #[arg(long, value_enum, default_value_t, conflicts_with = "format")]
    xliff: Xliff,

    /// Also write all translations of the site to this file, as TMX 1.4
    #[arg(long, value_name = "FILE")]
    tmx: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ExportFormat {
    /// For translation tools
    #[default]
    Xliff,
    /// For programs: a text a line
    Jsonl,
}

impl ExportFormat {
    fn default_file(self) -> &'static Path {
        Path::new(match self {
            ExportFormat::Xliff => "translation.xlf",
            ExportFormat::Jsonl => "translation.jsonl",
        })
    }
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Xliff {
    /// For current tools
    #[default]
    #[value(name = "2.1")]
    V21,
    /// For older tools
    #[value(name = "1.2")]
    V12,
}

impl Export {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        let locales = self.locales(&site.config.locales)?;
        let since = match &self.since {
            Some(revision) => Some(root.sources_at(revision)?),
            None => None,
        };
        // Of all files, as suggestions come from all of them.
        let baseline = Baseline::load(&root, &snapshot, &Files::all(), terminal)?;
        let status = if self.stale {
            Some(status(site, &baseline.lock_files, &baseline.revisions))
        } else {
            None
        };
        let is_selected = |path: &SitePath| files.contain(path);
        for locale in &locales {
            let mut selection = ExportSelection {
                since: since.as_ref(),
                ..ExportSelection::default()
            };
            // Without named files the selection is that of the locale, not all files.
            if !files.is_all() {
                selection.files = Some(&is_selected);
            }
            if let Some(status) = &status {
                selection.sections = Some(stale_sections(status, *locale));
            }
            let exported = exchange::export(
                ExchangeContext {
                    site,
                    dialect: snapshot.dialect,
                    locale: *locale,
                    followed: &baseline.followed,
                },
                &selection,
            );
            // One language gets exactly the file that was asked for.
            let mut suffix = None;
            if locales.len() > 1 {
                suffix = Some(site.config.locales.get(*locale).folder.as_str());
            }
            let out = self.out.as_deref();
            let out = with_suffix(out.unwrap_or(self.format.default_file()), suffix);
            self.write(&exported, &out, suffix, terminal)?;
            report(terminal, &out, &exported);
        }
        Ok(ExitStatus::default())
    }

    fn write(
        &self,
        exported: &Exported,
        out: &Path,
        suffix: Option<&str>,
        terminal: &Terminal,
    ) -> Result<(), CommandError> {
        let document = &exported.document;
        let version = match self.xliff {
            Xliff::V21 => XliffVersion::V21,
            Xliff::V12 => XliffVersion::V12,
        };
        match self.format {
            ExportFormat::Xliff => {
                disk::write_file(out, write_xliff(document, version).as_bytes())?;
            }
            ExportFormat::Jsonl => {
                let (text, skipped) = write_jsonl(document);
                disk::write_file(out, text.as_bytes())?;
                for id in skipped {
                    terminal.warn(&format!(
                        "{id}: skipped, because its words look like codes; export it as XLIFF\n"
                    ));
                }
            }
        }
        if let Some(tmx) = &self.tmx {
            let text = write_tmx(
                &exported.memory,
                &document.source_language,
                &document.target_language,
            );
            disk::write_file(&with_suffix(tmx, suffix), text.as_bytes())?;
        }
        Ok(())
    }

    /// The selected languages.
    fn locales(&self, locales: &Locales) -> Result<Vec<LocaleId>, CommandError> {
        let others: Vec<LocaleId> = locales
            .authored()
            .filter(|locale| *locale != locales.default())
            .collect();
        if others.is_empty() {
            return Err(CommandError {
                message: "there is nothing to translate into".into(),
                help: "the site has one language".into(),
            });
        }
        if self.languages.is_empty() {
            return Ok(others);
        }
        let mut selected = Vec::new();
        for name in &self.languages {
            selected.push(find_locale(locales, &others, name)?);
        }
        Ok(selected)
    }
}

/// The language with this folder or tag.
fn find_locale(
    locales: &Locales,
    others: &[LocaleId],
    name: &str,
) -> Result<LocaleId, CommandError> {
    // Folder or tag: `no` and `nb` are the same language to authors.
    let mut known = Vec::new();
    for id in others {
        let locale = locales.get(*id);
        if locale.folder == name || locale.tag == name {
            return Ok(*id);
        }
        known.push(format!("`{}`", locale.folder));
    }
    Err(CommandError {
        message: format!("the site is not translated into `{}`", name.escape_debug()),
        help: format!("its languages are {}", known.join(", ")),
    })
}

/// By original: the sections that are missing or out of date in a language.
fn stale_sections(status: &TranslationStatus, locale: LocaleId) -> BTreeMap<SourceId, Vec<Span>> {
    let mut stale = BTreeMap::new();
    for language in &status.locales {
        if language.locale != locale {
            continue;
        }
        for entry in &language.entries {
            if let Some(original) = entry.pair.original {
                stale.insert(original, stale_spans(entry));
            }
        }
    }
    stale
}

fn stale_spans(entry: &PairStatus) -> Vec<Span> {
    let mut spans = Vec::new();
    for section in &entry.sections {
        match section.state {
            TranslationState::Stale | TranslationState::Missing | TranslationState::Identical => {
                spans.extend(section.original);
            }
            _ => {}
        }
    }
    if let TranslationState::Missing | TranslationState::Identical = entry.state {
        // The texts of a missing file can only be inserted together.
        spans.push(Span::new(0, usize::MAX));
    }
    spans
}

/// `a.xlf` with the suffix `no`: `a.no.xlf`.
fn with_suffix(path: &Path, suffix: Option<&str>) -> PathBuf {
    match (suffix, path.extension()) {
        (Some(suffix), Some(extension)) => {
            path.with_extension(format!("{suffix}.{}", extension.to_string_lossy()))
        }
        (Some(suffix), None) => path.with_extension(suffix),
        (None, _) => path.to_owned(),
    }
}

fn report(terminal: &Terminal, out: &Path, exported: &Exported) {
    let files = &exported.document.files;
    let (mut units, mut translated) = (0, 0);
    for unit in files.iter().flat_map(|file| &file.units) {
        units += 1;
        translated += usize::from(unit.translation.is_some() && !unit.stale);
    }
    terminal.print_status(&format!(
        "Wrote {}: {} of {}, {} of them translated\n",
        out.display(),
        counted(units, "text"),
        counted(files.len(), "file"),
        grouped(translated)
    ));
    for skipped in &exported.skipped {
        terminal.print_status(&format!(
            "  {}: {} skipped: the translation has no place for what the original has there, or is not valid UTF-8\n",
            skipped.path,
            counted(skipped.count, "text")
        ));
    }
}
