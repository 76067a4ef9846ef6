//! `hjelp translation export`: texts for translators, one file for each language, and a memory of what was translated before.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::baseline::followed;
use super::selection::{Files, Selection};
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::exchange::{self, Exported, XliffVersion, write_tmx, write_xliff};
use crate::locale::LocaleId;
use crate::report::{counted, grouped};
use crate::site::Site;
use crate::source::{SourceId, Span};
use crate::translation::section_status::TranslationState;
use crate::translation::{TranslationStatus, status};
use crate::workspace::Snapshot;

/// Hand out texts to translators, as XLIFF
#[derive(Debug, Args)]
pub(super) struct Export {
    #[command(flatten)]
    selection: Selection,

    /// The languages to translate into, by the names of their folders; all if nothing is said
    #[arg(long, value_name = "LANGUAGES", value_delimiter = ',')]
    to: Vec<String>,

    /// Only texts that were not there at this commit, branch or tag
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Only texts in sections that are new or have changed since they were translated, and files that were never translated
    #[arg(long, conflicts_with = "since")]
    stale: bool,

    /// The file to write; with several languages their names come before its extension
    #[arg(short, long, value_name = "FILE", default_value = "translation.xlf")]
    out: PathBuf,

    /// The version of XLIFF
    #[arg(long, value_enum, default_value_t)]
    xliff: Xliff,

    /// Also write everything that was translated before to this file, as TMX 1.4
    #[arg(long, value_name = "FILE")]
    tmx: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, Default, ValueEnum)]
enum Xliff {
    /// For tools of today
    #[default]
    #[value(name = "2.1")]
    New,
    /// For older tools
    #[value(name = "1.2")]
    Old,
}

impl Export {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        let locales = self.locales(site)?;
        let earlier = self
            .since
            .as_ref()
            .map(|revision| root.sources_at(revision))
            .transpose()?;
        let takes = |path: &_| files.take(path);
        let status = if self.stale {
            Some(self.status(&root, &snapshot, &files, terminal)?)
        } else {
            None
        };
        for locale in &locales {
            let selection = exchange::ExportSelection {
                files: (!files.is_all()).then_some(&takes),
                since: earlier.as_ref(),
                sections: status.as_ref().map(|status| stale(status, *locale)),
            };
            let folder = &site.config.locales.get(*locale).folder;
            let several = (locales.len() > 1).then_some(folder.as_str());
            let exported = exchange::export(site, snapshot.dialect, *locale, &selection);
            let version = if matches!(self.xliff, Xliff::Old) {
                XliffVersion::V12
            } else {
                XliffVersion::V21
            };
            let out = named(&self.out, several);
            disk::write_file(&out, write_xliff(&exported.document, version).as_bytes())?;
            if let Some(tmx) = &self.tmx {
                let text = write_tmx(
                    &exported.memory,
                    &exported.document.source_language,
                    &exported.document.target_language,
                );
                disk::write_file(&named(tmx, several), text.as_bytes())?;
            }
            tell(terminal, &out, &exported);
        }
        Ok(ExitStatus::default())
    }

    /// How the translations stand to their originals.
    fn status(
        &self,
        root: &SiteArgs,
        snapshot: &Snapshot,
        files: &Files,
        terminal: &Terminal,
    ) -> Result<TranslationStatus, CommandError> {
        let (locks, revisions) = followed(root, snapshot, files, terminal)?;
        Ok(status(&snapshot.site, &locks, &revisions))
    }

    /// The languages that were asked for.
    fn locales(&self, site: &Site) -> Result<Vec<LocaleId>, CommandError> {
        let locales = &site.config.locales;
        let others: Vec<LocaleId> = locales
            .authored()
            .filter(|locale| *locale != locales.default())
            .collect();
        let known = || {
            let names: Vec<String> = others
                .iter()
                .map(|locale| format!("`{}`", locales.get(*locale).folder))
                .collect();
            if names.is_empty() {
                "the site has one language".to_owned()
            } else {
                format!("its languages are {}", names.join(", "))
            }
        };
        if others.is_empty() {
            return Err(CommandError {
                message: "there is nothing to translate into".into(),
                help: known(),
            });
        }
        let find = |name: &String| {
            let found = others.iter().find(|locale| {
                locales.get(**locale).folder == *name || locales.get(**locale).tag == *name
            });
            let message = format!("the site is not translated into `{}`", name.escape_debug());
            found.copied().ok_or_else(|| CommandError {
                message,
                help: known(),
            })
        };
        if self.to.is_empty() {
            Ok(others.clone())
        } else {
            self.to.iter().map(find).collect()
        }
    }
}

/// By original: the stretches that wait for a translator.
fn stale(status: &TranslationStatus, locale: LocaleId) -> BTreeMap<SourceId, Vec<Span>> {
    let waits = |state: TranslationState| {
        matches!(
            state,
            TranslationState::Stale | TranslationState::Missing | TranslationState::Identical
        )
    };
    let entries = status
        .locales
        .iter()
        .filter(|one| one.locale == locale)
        .flat_map(|one| &one.entries);
    let stretches = entries.filter_map(|entry| {
        let spans = entry
            .sections
            .iter()
            .filter(|section| waits(section.state))
            .filter_map(|section| section.original);
        let whole = matches!(
            entry.state,
            TranslationState::Missing | TranslationState::Identical
        )
        .then(|| Span::new(0, usize::MAX));
        Some((entry.pair.original?, spans.chain(whole).collect()))
    });
    stretches.collect()
}

/// `a.xlf` for one of several languages: `a.no.xlf`.
fn named(path: &Path, language: Option<&str>) -> PathBuf {
    match (language, path.extension()) {
        (Some(language), Some(extension)) => {
            path.with_extension(format!("{language}.{}", extension.to_string_lossy()))
        }
        (Some(language), None) => path.with_extension(language),
        (None, _) => path.to_owned(),
    }
}

fn tell(terminal: &Terminal, out: &Path, exported: &Exported) {
    let files = &exported.document.files;
    let units = files.iter().map(|file| file.units.len()).sum::<usize>();
    let translated = files
        .iter()
        .flat_map(|file| &file.units)
        .filter(|unit| unit.translation.is_some() && !unit.stale)
        .count();
    let words = format!(
        "{} of {}, {} of them translated",
        counted(units, "text"),
        counted(files.len(), "file"),
        grouped(translated)
    );
    terminal.print_status(&format!("Wrote {}: {words}\n", out.display()));
    for left in &exported.skipped {
        let texts = counted(left.count, "text");
        terminal.print_status(&format!(
            "  {}: {texts} left out: the translation has no place for what the original has there, or is no UTF-8\n",
            left.path
        ));
    }
}
