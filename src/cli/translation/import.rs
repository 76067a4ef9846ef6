//! `hjelp translation import`: what translators sent back, put in its place.

use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;

use super::baseline::followed;
use super::selection::Files;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::disk;
use crate::exchange::{self, Imported, XliffError, document::ReturnedDocument};
use crate::locale::LocaleId;
use crate::report::{counted, grouped};
use crate::source::edit::FileChange;
use crate::source::encoding::{decode, encode};
use crate::source::{Source, Span};
use crate::translation::lock_file::{LockEntry, LockFile};
use crate::translation::sections::own_words_hash;
use crate::translation::{HashedSection, sections};
use crate::workspace::Snapshot;

/// Put translations back that translators sent, and change nothing else
#[derive(Debug, Args)]
pub(super) struct Import {
    /// Files of XLIFF with translations. If the first one is a folder, it is the site
    #[arg(value_name = "[ROOT] FILES", required = true)]
    files: Vec<PathBuf>,

    /// A configuration that lies elsewhere; its paths are relative to the site all the same
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// Say what would be done, and change nothing
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let first = self.files.first().filter(|first| first.is_dir());
        let root = SiteArgs::at(
            first.map_or(Path::new("."), PathBuf::as_path),
            self.config.clone(),
        );
        let files = &self.files[usize::from(first.is_some())..];
        if files.is_empty() {
            let help =
                "give the files that translators sent back, like `translation.no.xlf`".into();
            return Err(CommandError {
                message: "there is no file to import".into(),
                help,
            });
        }
        let mut refused = 0;
        for file in files {
            let returned = read(file)?;
            // Each file is put into what the one before has left.
            let snapshot = root.open(&[], terminal)?;
            refused += self.one(&root, &snapshot, file, &returned, terminal)?;
        }
        Ok(ExitStatus {
            errors: refused,
            ..ExitStatus::default()
        })
    }

    /// Puts the translations of one file in their places; how many are refused.
    fn one(
        &self,
        root: &SiteArgs,
        snapshot: &Snapshot,
        file: &Path,
        returned: &ReturnedDocument,
        terminal: &Terminal,
    ) -> Result<usize, CommandError> {
        let site = &snapshot.site;
        let locale =
            exchange::target_locale(site, returned).map_err(|error| unusable(file, &error))?;
        let imported = exchange::import(site, snapshot.dialect, locale, returned);
        let mut changes = Vec::new();
        for file in &imported.files {
            let (path, before) = (file.path.clone(), file.before.clone());
            changes.push(FileChange::write(path, before, file.after.clone()));
        }
        changes.extend(locked(root, snapshot, locale, &imported, terminal)?);
        if !self.dry_run {
            disk::apply(&root.root, &changes)?;
        }
        self.tell(file, &imported, terminal);
        Ok(imported.rejected.len())
    }

    fn tell(&self, file: &Path, imported: &Imported, terminal: &Terminal) {
        for refusal in &imported.rejected {
            let words = if refusal.words.is_empty() {
                String::new()
            } else {
                format!("“{}”: ", refusal.words.escape_debug())
            };
            let place = format!("{}:{}: {}", file.display(), refusal.line, refusal.path);
            terminal.warn(&format!(
                "{place}: {words}{}\n  {}\n",
                refusal.message, refusal.help
            ));
        }
        for waiting in &imported.incomplete {
            let texts = format!("{} of {} texts", waiting.translated, waiting.needed);
            let why = "are translated that can only be put in together; the rest is missing";
            terminal.warn(&format!("{}: {texts} {why}\n", waiting.path));
        }
        let translations = imported
            .files
            .iter()
            .map(|file| file.translated.len())
            .sum();
        let done = if self.dry_run { "Would put" } else { "Put" };
        let made = imported
            .files
            .iter()
            .filter(|file| file.before.is_none())
            .count();
        let new = if made > 0 {
            format!(" ({made} new)")
        } else {
            String::new()
        };
        let mut words = format!(
            "{done} {} into {}{new}",
            counted(translations, "translation"),
            counted(imported.files.len(), "file")
        );
        for (count, what) in [
            (imported.unchanged, "unchanged"),
            (imported.untranslated, "not translated"),
            (imported.rejected.len(), "refused"),
        ] {
            if count > 0 {
                words.push_str(&format!(", {} {what}", grouped(count)));
            }
        }
        terminal.print_status(&format!("{words}\n"));
    }
}

/// The lock file that says which sections of their originals the translations follow now, if it says something else than before. What was
/// never written down of a translation is what history tells.
fn locked(
    root: &SiteArgs,
    snapshot: &Snapshot,
    locale: LocaleId,
    imported: &Imported,
    terminal: &Terminal,
) -> Result<Option<FileChange>, CommandError> {
    let (site, dialect) = (&snapshot.site, snapshot.dialect);
    let files = Files::of(
        imported
            .files
            .iter()
            .map(|file| file.path.clone())
            .collect(),
    );
    let (mut locks, revisions) = followed(root, snapshot, &files, terminal)?;
    for file in &imported.files {
        let inside = |spans: &[Span], section: &HashedSection| {
            spans.iter().any(|span| section.span.contains(*span))
        };
        let is_translated = |section: &HashedSection| {
            inside(&file.translated, section) && !inside(&file.open, section)
        };
        let before = site.sources.find(file.path.as_str());
        let known = locks.entry(locale, &file.path).is_some();
        let seen = before
            .filter(|_| !known)
            .and_then(|id| Some((id, revisions.get(&id)?)));
        if let Some((id, sections)) = seen {
            let followed = LockEntry {
                own_words: own_words_hash(site.source(id), dialect),
                sections: sections.clone(),
            };
            locks.record(locale, &file.path, followed);
        }
        // Of a translation that nothing is known of, an entry for some sections would say that it lacks the others.
        let Some(linked) = site.linked(file.original) else {
            continue;
        };
        let all = || {
            sections(&linked.document, &site.source(file.original).text)
                .iter()
                .all(is_translated)
        };
        if known || seen.is_some() || before.is_none() || all() {
            let translation = Source::from_bytes(file.path.clone(), file.after.clone());
            locks.accept(
                site,
                dialect,
                file.original,
                (locale, &translation),
                is_translated,
            );
        }
    }
    let own = LockFile::path(&site.config.locales.get(locale).folder);
    let lock = locks
        .files(site)
        .into_iter()
        .find(|(path, _)| Some(path) == own.as_ref());
    Ok(lock.and_then(|(path, text)| {
        let before = site.sources.find(path.as_str()).map(|id| site.source(id));
        let changed = before.is_none_or(|before| *before.text != *text);
        changed.then(|| {
            let before = before.map(|before| encode(&before.text, before.encoding));
            FileChange::write(path, before, text.into_bytes())
        })
    }))
}

fn read(file: &Path) -> Result<ReturnedDocument, CommandError> {
    let bytes = fs::read(file).map_err(|error| CommandError {
        message: format!("`{}` can't be read: {error}", file.display()),
        help: "give the path of a file in XLIFF that a translator sent back".into(),
    })?;
    let decoded = decode(bytes);
    if decoded.invalid.is_some() {
        let help = "save it as UTF-8".into();
        return Err(CommandError {
            message: format!("`{}` has bytes that are no text", file.display()),
            help,
        });
    }
    exchange::read_xliff(&decoded.text).map_err(|error| unusable(file, &error))
}

fn unusable(file: &Path, error: &XliffError) -> CommandError {
    let help = error.help.trim_end_matches('.');
    let lower = help
        .chars()
        .next()
        .map(|first| first.to_lowercase().to_string())
        .unwrap_or_default();
    let help = format!(
        "{lower}{}; nothing was changed",
        help.chars().skip(1).collect::<String>()
    );
    CommandError {
        message: format!("{}:{}: {}", file.display(), error.line, error.message),
        help,
    }
}
