//! `hjelp translation status`: the state of each page and section in each language, as a table or as JSON.

use std::collections::BTreeSet;

use clap::{Args, ValueEnum};

use super::baseline::Baseline;
use super::selection::Selection;
use crate::cli::exit_status::{CommandError, ExitStatus};
use crate::cli::language_args::LanguageArgs;
use crate::cli::site_args::SiteArgs;
use crate::cli::terminal::Terminal;
use crate::report::{translation_json, translation_table};
use crate::site::Site;
use crate::translation::section_status::{SectionStatus, TranslationState};
use crate::translation::status::PairStatus;
use crate::translation::{LockFiles, Revisions, TranslationStatus, status};

/// List the pages and sections that are missing or out of date in each language
#[derive(Debug, Args)]
pub(super) struct Status {
    #[command(flatten)]
    selection: Selection,

    /// The format of the list
    #[arg(long, value_enum, default_value_t)]
    format: StatusFormat,

    #[command(flatten)]
    languages: LanguageArgs,

    /// Compare with this commit, branch or tag: list what has become out of date since
    #[arg(long, value_name = "REV")]
    since: Option<String>,

    /// Fail if something has become out of date or lost its translation since the revision of `--since`
    #[arg(long, value_enum, value_name = "WHAT", requires = "since")]
    fail_on: Option<FailOn>,

    /// Fail if less than N percent of the pages are up to date in a language
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    fail_under: Option<u8>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum FailOn {
    /// A section that was up to date at that revision, and is out of date now
    NewStale,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum StatusFormat {
    /// A table, and a list of what to do
    #[default]
    Table,
    /// Every section of every page in every language
    Json,
}

impl Status {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let (root, files) = self.selection.resolve()?;
        let snapshot = root.open(&[], terminal)?;
        let site = &snapshot.site;
        files.expect_texts(site)?;
        let baseline = Baseline::load(&root, &snapshot, &files, terminal)?;
        let mut status = status(site, &baseline.lock_files, &baseline.revisions);
        // The status is that of the whole site; only the list is shortened.
        for locale in &mut status.locales {
            locale
                .entries
                .retain(|entry| files.contain_pair(site, &entry.pair));
        }
        let wanted = self.languages.locales(&site.config.locales)?;
        if !wanted.is_empty() {
            let locales = &mut status.locales;
            locales.retain(|locale| wanted.contains(&locale.locale));
        }
        terminal.print_output(&match self.format {
            StatusFormat::Table => translation_table(site, &status, terminal.limit()),
            StatusFormat::Json => translation_json(site, &status),
        });
        let mut new_stale = 0;
        if let Some(revision) = &self.since {
            let found = self.new_stale(&root, revision, (site, &status))?;
            for line in &found {
                // Programs read the list of `--format json` and nothing else on that stream.
                match self.format {
                    StatusFormat::Table => terminal.print_output(line),
                    StatusFormat::Json => terminal.warn(line),
                }
            }
            if self.fail_on.is_some() {
                new_stale = found.len();
            }
        }
        let least = usize::from(self.fail_under.unwrap_or(0));
        // Each language that is below the limit counts as an error.
        let failed = status.locales.iter().filter(|locale| {
            // If the history can't be read, nobody knows what is up to date.
            let percent = if baseline.has_failed {
                locale.percent_known()
            } else {
                locale.percent()
            };
            percent < least
        });
        Ok(ExitStatus {
            errors: failed.count() + new_stale,
            ..ExitStatus::default()
        })
    }

    /// A line for each section that is out of date now, and was not at a revision.
    fn new_stale(
        &self,
        root: &SiteArgs,
        revision: &str,
        (site, status): (&Site, &TranslationStatus),
    ) -> Result<Vec<String>, CommandError> {
        let Some(before) = root.open_at(revision)? else {
            return Err(CommandError {
                message: format!("there is no site at `{revision}`"),
                help: "give a revision at which the configuration was valid".into(),
            });
        };
        let earlier = OpenSections::of(&before.site);
        let mut lines = Vec::new();
        for locale in &status.locales {
            let folder = &site.config.locales.get(locale.locale).folder;
            for entry in &locale.entries {
                for section in open_sections(entry) {
                    if !earlier.contains(folder, &entry.pair.path, section) {
                        lines.push(format!(
                            "{}: out of date since {revision}: {}\n",
                            entry.pair.translation_path,
                            described(section)
                        ));
                    }
                }
            }
        }
        Ok(lines)
    }
}

/// The sections that were out of date at a revision, by language, page and id; and the pages whose state was not known there.
struct OpenSections {
    sections: BTreeSet<(String, String, String)>,
    unknown: BTreeSet<(String, String)>,
}

impl OpenSections {
    /// By the lock files of the revision: what only history knew of that time is not known any more.
    fn of(site: &Site) -> OpenSections {
        let (lock_files, _) = LockFiles::read(&site.sources, &site.config.locales);
        let mut open = OpenSections {
            sections: BTreeSet::new(),
            unknown: BTreeSet::new(),
        };
        for locale in &status(site, &lock_files, &Revisions::new()).locales {
            let folder = &site.config.locales.get(locale.locale).folder;
            for entry in &locale.entries {
                let path = &entry.pair.path;
                if entry.state == TranslationState::Unknown {
                    open.unknown.insert((folder.clone(), path.clone()));
                }
                for section in open_sections(entry) {
                    let id = section.id.clone();
                    open.sections.insert((folder.clone(), path.clone(), id));
                }
            }
        }
        open
    }

    fn contains(&self, folder: &str, path: &str, section: &SectionStatus) -> bool {
        let page = (folder.to_owned(), path.to_owned());
        if self.unknown.contains(&page) {
            return true;
        }
        let (folder, path) = page;
        self.sections.contains(&(folder, path, section.id.clone()))
    }
}

/// The sections of a translated page that are out of date, and those that are gone from its original. New pages are no debt yet.
fn open_sections(entry: &PairStatus) -> Vec<&SectionStatus> {
    let mut open = Vec::new();
    if entry.state == TranslationState::Stale {
        for section in &entry.sections {
            if section.changes.iter().any(|change| change.is_stale()) {
                open.push(section);
            }
        }
    }
    open
}

fn described(section: &SectionStatus) -> String {
    if section.title.is_empty() {
        return "text without a heading".to_owned();
    }
    format!("“{}”", section.title)
}
