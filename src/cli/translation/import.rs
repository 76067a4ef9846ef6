//! `hjelp translation import`: translations that came back from translators, merged into the content, with new lock files.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::baseline::Baseline;
use super::selection::Files;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::exchange::context::ExchangeContext;
use crate::exchange::document::ReturnedDocument;
use crate::exchange::import::{ImportOptions, RejectedUnit};
use crate::exchange::outcome::FileOutcome;
use crate::exchange::{self, Imported, XliffError};
use crate::locale::LocaleId;
use crate::report::{counted, grouped};
use crate::source::edit::FileChange;
use crate::source::encoding::{decode, encode};
use crate::source::{SitePath, Source};
use crate::translation::acceptance::accepted_records;
use crate::translation::lock_file::{LockEntry, LockFile};
use crate::translation::section_record::SectionRecord;
use crate::translation::sections::own_words_hash;
use crate::translation::{LockFiles, sections};
use crate::workspace::Snapshot;

/// Import translations that came back from translators, and change nothing else
#[derive(Debug, Args)]
pub(super) struct Import {
    /// XLIFF files with translations. If the first one is a folder, it is the site
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

    /// Report what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
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
            all.push((file, read(file)?));
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
            terminal.print_status(&self.summary(&imported));
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
        };
        let imported = exchange::import(context, returned, options);
        let mut changes: Vec<FileChange> = imported
            .files
            .iter()
            .map(|file| file.change.clone())
            .collect();
        let mut recorder = OutcomeRecorder {
            snapshot,
            locale,
            baseline: &baseline,
            lock_files: baseline.lock_files.clone(),
            open: Vec::new(),
        };
        for outcome in &imported.outcomes {
            recorder.record(outcome, &imported);
        }
        changes.extend(recorder.change());
        report_problems(file, &imported, terminal);
        for reason in &recorder.open {
            terminal.warn(reason);
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
        ] {
            if count > 0 {
                summary.push_str(&format!(", {} {what}", grouped(count)));
            }
        }
        summary + "\n"
    }
}

fn report_problems(file: &Path, imported: &Imported, terminal: &Terminal) {
    for unit in &imported.rejected {
        terminal.warn(&rejection(file, unit));
    }
    for group in &imported.incomplete {
        terminal.warn(&format!(
            "{}: {} of {} texts are translated that can only be inserted together; the others are missing\n",
            group.path, group.translated, group.needed
        ));
    }
}

fn rejection(file: &Path, unit: &RejectedUnit) -> String {
    let mut words = String::new();
    if !unit.words.is_empty() {
        words = format!("“{}”: ", unit.words.escape_debug());
    }
    format!(
        "{}:{}: {}: {words}{}\n  {}\n",
        file.display(),
        unit.line,
        unit.path,
        unit.message,
        unit.help
    )
}

/// Records in the lock file of a language what an import has settled.
struct OutcomeRecorder<'a> {
    snapshot: &'a Snapshot,
    locale: LocaleId,
    /// For translations without an entry in the lock file, history knows what they followed before.
    baseline: &'a Baseline,
    lock_files: LockFiles,
    /// Why sections are still out of date, a line each.
    open: Vec<String>,
}

impl OutcomeRecorder<'_> {
    fn record(&mut self, outcome: &FileOutcome, imported: &Imported) {
        let (site, dialect) = (&self.snapshot.site, self.snapshot.dialect);
        let Some(linked) = site.linked(outcome.original) else {
            return;
        };
        let original = sections(linked.document, &site.source(outcome.original).text);
        let before = site.sources.find(outcome.path.as_str());
        let mut earlier: &[SectionRecord] = &[];
        let mut has_baseline = before.is_none();
        if let Some(followed) = before.and_then(|id| self.baseline.followed.get(&id)) {
            earlier = &followed.sections;
            has_baseline = true;
        }
        let (records, open) = accepted_records(earlier, &original, &outcome.acceptance);
        for section in &open {
            if let Some(reason) = outcome.reason(section) {
                self.open.push(format!("{}: {reason}\n", outcome.path));
            }
        }
        // Without a baseline, an entry for some sections would mean that the translation lacks the others.
        let is_settled = outcome.is_settled() && (has_baseline || open.is_empty());
        if !is_settled {
            return;
        }
        let changed = imported.files.iter().find(|file| file.path == outcome.path);
        let own_words = match (changed, before) {
            (Some(file), _) => {
                let source = Source::from_bytes(file.path.clone(), file.bytes().to_vec());
                own_words_hash(&source, dialect)
            }
            (None, Some(id)) => own_words_hash(site.source(id), dialect),
            (None, None) => return,
        };
        let entry = LockEntry {
            own_words,
            sections: records,
        };
        self.lock_files.record(self.locale, &outcome.path, entry);
    }

    /// The new lock file of the language, if it is another one than before.
    fn change(&self) -> Option<FileChange> {
        let site = &self.snapshot.site;
        // Only the file of this language is written, even if others would be written differently today.
        let own = LockFile::path(&site.config.locales.get(self.locale).folder)?;
        let (path, text) = self
            .lock_files
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
