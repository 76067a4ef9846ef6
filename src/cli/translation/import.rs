//! `hjelp translation import`: translations that came back from translators, merged into the content, with new lock files.

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::baseline::Baseline;
use super::selection::Files;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::exchange::context::ExchangeContext;
use crate::exchange::document::ReturnedDocument;
use crate::exchange::import::{ImportOptions, UnitReport};
use crate::exchange::recorder::OutcomeRecorder;
use crate::exchange::{self, Imported, XliffError};
use crate::locale::LocaleId;
use crate::report::import::import_json;
use crate::report::{counted, grouped};
use crate::site::Site;
use crate::source::SitePath;
use crate::source::edit::FileChange;
use crate::source::encoding::{decode, encode};
use crate::translation::LockFiles;
use crate::translation::lock_file::LockFile;
use crate::workspace::Snapshot;

/// Import translations that came back from translators, and change nothing else
#[derive(Debug, Args)]
pub(super) struct Import {
    /// XLIFF files or JSON lines with translations. If the first one is a folder, it is the site
    #[arg(value_name = "[ROOT] FILES", required = true)]
    files: Vec<PathBuf>,

    /// A configuration in another place; its paths are relative to the site all the same
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Texts that come back unchanged, or marked as unfinished, follow their originals: someone has read and confirmed them
    #[arg(long)]
    accept_unchanged: bool,

    /// Also import translations that are the same as their originals
    #[arg(long)]
    accept_source: bool,

    /// Reject translations in which markup such as `**word**` is typed, which readers would see as it is
    #[arg(long)]
    reject_markup: bool,

    /// The translations are those of a machine: mark their pages with `translation_type: MT`
    #[arg(long)]
    mark_machine: bool,

    /// The format of the report
    #[arg(long, value_enum, default_value_t)]
    format: ImportFormat,

    /// Report what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum ImportFormat {
    /// For people
    #[default]
    Human,
    /// For programs: what was rejected, and why, text by text
    Json,
}

impl Import {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        // `hjelp translation import site a.xlf`: XLIFF is never a folder.
        let (root, files) = match self.files.split_first() {
            Some((first, rest)) if first.is_dir() => (first.as_path(), rest),
            _ => (Path::new("."), self.files.as_slice()),
        };
        if files.is_empty() {
            return Err(CommandError {
                message: "no file to import".into(),
                help: "give the files that translators sent back, like `translation.no.xlf`".into(),
            });
        }
        let root = SiteArgs::at(root, self.config.clone());
        let mut all = Vec::new();
        for file in files {
            let returned = read(file)?;
            report_repairs(file, &returned, terminal);
            all.push((file, returned));
        }
        let mut snapshot = root.open(&[], terminal)?;
        // All files are looked at before the first is merged: an unusable one changes nothing.
        for (file, returned) in &all {
            exchange::target_locale(&snapshot.site, returned)
                .map_err(|error| unusable(file, &error))?;
        }
        let mut rejected = 0;
        for (number, (file, returned)) in all.iter().enumerate() {
            // Each file is merged into what the one before has left.
            if number > 0 {
                snapshot = root.open(&[], terminal)?;
            }
            let imported = self.import(&root, &snapshot, file, returned, terminal)?;
            if self.format == ImportFormat::Human {
                terminal.print_status(&self.summary(&imported));
            }
            // Rejected translations fail the command, so that scripts notice them; the others are imported all the same.
            rejected += imported.rejected.len();
        }
        Ok(ExitStatus {
            errors: rejected,
            ..ExitStatus::default()
        })
    }

    /// Merges the translations of one file into the content, and records them in the lock file.
    fn import(
        &self,
        root: &SiteArgs,
        snapshot: &Snapshot,
        file: &Path,
        returned: &ReturnedDocument,
        terminal: &Terminal,
    ) -> Result<Imported, CommandError> {
        let site = &snapshot.site;
        let locale =
            exchange::target_locale(site, returned).map_err(|error| unusable(file, &error))?;
        let mut originals = Vec::new();
        for file in &returned.files {
            originals.extend(SitePath::new(&file.original));
        }
        // Before anything is written: afterwards history would know the imported files only as changed.
        let baseline = Baseline::load(root, snapshot, &Files::of(originals), terminal)?;
        let context = ExchangeContext {
            site,
            dialect: snapshot.dialect,
            locale,
            followed: &baseline.followed,
        };
        let options = ImportOptions {
            accept_unchanged: self.accept_unchanged,
            accept_source: self.accept_source,
            reject_markup: self.reject_markup,
            mark_machine: self.mark_machine,
        };
        let imported = exchange::import(context, returned, options);
        let mut changes: Vec<FileChange> = imported
            .files
            .iter()
            .map(|file| file.change.clone())
            .collect();
        let mut recorder = OutcomeRecorder::new(context, baseline.lock_files.clone());
        for outcome in &imported.outcomes {
            recorder.record(outcome, &imported);
        }
        changes.extend(lock_file_change(site, locale, &recorder.lock_files));
        match self.format {
            ImportFormat::Human => {
                report_problems(file, &imported, terminal);
                for reason in &recorder.open {
                    terminal.warn(reason);
                }
            }
            ImportFormat::Json => {
                let name = file.display().to_string();
                let report = import_json(&name, &imported, &recorder.open, self.dry_run);
                terminal.print_output(&report);
            }
        }
        // Pages and lock file are one change: a page without its record would look edited by hand.
        if !self.dry_run {
            disk::apply(&root.root, &changes)?;
        }
        Ok(imported)
    }

    fn summary(&self, imported: &Imported) -> String {
        let (mut translations, mut new_files) = (0, 0);
        for file in &imported.files {
            translations += file.translated;
            new_files += usize::from(file.is_new());
        }
        let verb = if self.dry_run {
            "Would import"
        } else {
            "Imported"
        };
        let mut summary = format!(
            "{verb} {} into {}",
            counted(translations, "translation"),
            counted(imported.files.len(), "file")
        );
        if new_files > 0 {
            summary.push_str(&format!(" ({new_files} new)"));
        }
        for (count, what) in [
            (imported.unchanged, "unchanged"),
            (imported.untranslated, "not translated"),
            (imported.rejected.len(), "rejected"),
            (imported.typed_markup.len(), "with typed markup"),
        ] {
            if count > 0 {
                summary.push_str(&format!(", {} {what}", grouped(count)));
            }
        }
        summary + "\n"
    }
}

fn report_repairs(file: &Path, returned: &ReturnedDocument, terminal: &Terminal) {
    for repair in &returned.repairs {
        terminal.warn(&format!(
            "{}:{}: read all the same: {}\n",
            file.display(),
            repair.line,
            repair.message
        ));
    }
}

fn report_problems(file: &Path, imported: &Imported, terminal: &Terminal) {
    for unit in &imported.rejected {
        terminal.warn(&rejection(file, unit));
    }
    for unit in &imported.typed_markup {
        terminal.warn(&rejection(file, unit));
    }
    for group in &imported.incomplete {
        terminal.warn(&format!(
            "{}: {} of {} texts are translated that can only be inserted together; the others are missing or rejected\n",
            group.path, group.translated, group.needed
        ));
    }
}

fn rejection(file: &Path, unit: &UnitReport) -> String {
    let mut words = String::new();
    if !unit.words.is_empty() {
        words = format!("“{}”: ", unit.words.escape_debug());
    }
    let mut path = String::new();
    if !unit.path.is_empty() {
        path = format!("{}: ", unit.path);
    }
    format!(
        "{}:{}: {path}{words}{}\n  {}\n",
        file.display(),
        unit.line,
        unit.message,
        unit.help
    )
}

/// The new lock file of the language, if it is another one than before.
fn lock_file_change(site: &Site, locale: LocaleId, lock_files: &LockFiles) -> Option<FileChange> {
    // Only the file of this language is written, even if others would be written differently today.
    let own = LockFile::path(&site.config.locales.get(locale).folder)?;
    let (path, text) = lock_files
        .files(site)
        .into_iter()
        .find(|(path, _)| *path == own)?;
    let source = site.sources.find(path.as_str()).map(|id| site.source(id));
    if let Some(source) = source
        && *source.text == *text
    {
        return None;
    }
    let before = source.map(|source| encode(&source.text, source.encoding));
    Some(FileChange::write(path, before, text.into_bytes()))
}

fn read(file: &Path) -> Result<ReturnedDocument, CommandError> {
    let bytes = fs::read(file).map_err(|error| CommandError {
        message: format!("`{}` can't be read: {error}", file.display()),
        help: "give the path of an XLIFF file that a translator sent back".into(),
    })?;
    let decoded = decode(bytes);
    if decoded.invalid.is_some() {
        return Err(CommandError {
            message: format!("`{}` is not valid UTF-8", file.display()),
            help: "save it as UTF-8".into(),
        });
    }
    // JSON lines begin with an object, and XML never does.
    let text = decoded.text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') {
        return exchange::read_jsonl(text).map_err(|error| unusable(file, &error));
    }
    exchange::read_xliff(&decoded.text).map_err(|error| unusable(file, &error))
}

/// The error of a command, whose help begins in lower case and has no full stop.
fn unusable(file: &Path, error: &XliffError) -> CommandError {
    let mut help = error.help.trim_end_matches('.').chars();
    let first: String = help
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    CommandError {
        message: format!("{}:{}: {}", file.display(), error.line, error.message),
        help: format!("{first}{}; nothing was changed", help.as_str()),
    }
}
