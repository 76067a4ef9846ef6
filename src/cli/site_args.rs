//! The arguments of every command that reads a site -> its sources and its snapshot. Knows the command line; reading is done in `disk`,
//! `git` and `workspace`.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::first_look;
use super::terminal::Terminal;
use super::timings::Timings;
use crate::diagnostic::{Code, Diagnostic};
use crate::disk::{ContentFiles, Recovery, ScanError};
use crate::site::Site;
use crate::source::{SitePath, Source, Sources};
use crate::workspace::{ConfiguredSources, SiteOptions, Snapshot};
use crate::{config, disk, git};

/// The arguments that select a site.
#[derive(Debug, Hash, Args)]
pub(super) struct SiteArgs {
    /// The folder with `hjelp.yml` or `docfx.json`
    #[arg(default_value = ".")]
    pub(super) root: PathBuf,

    /// A configuration file elsewhere; its paths are still relative to ROOT
    #[arg(short, long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// A docset with the same pages in another language, for example that of a repository beside this one
    #[arg(long, value_name = "DIR")]
    pub(super) with: Vec<PathBuf>,

    /// Treat warnings as errors
    #[arg(long)]
    pub(super) strict: bool,
}

impl SiteArgs {
    /// The site in the folder `root`.
    pub(super) fn at(root: &Path, config: Option<PathBuf>) -> SiteArgs {
        SiteArgs {
            root: root.into(),
            config,
            with: Vec::new(),
            strict: false,
        }
    }

    /// Reads the site without the folders in `skip`. If the configuration can't be used, its problems are printed.
    pub(super) fn open(
        &self,
        skip: &[SitePath],
        terminal: &Terminal,
    ) -> Result<Snapshot, CommandError> {
        self.snapshot(
            self.sources(skip, terminal)?,
            terminal,
            &Timings::new(false),
        )
    }

    /// The sources without the folders in `skip`.
    pub(super) fn sources(
        &self,
        skip: &[SitePath],
        terminal: &Terminal,
    ) -> Result<ConfiguredSources, CommandError> {
        if let Some(error) = first_look::not_a_folder(&self.root) {
            return Err(error);
        }
        self.recover(terminal)?;
        self.configured(disk::scan(&self.root, skip)?)
    }

    /// Finishes or undoes a change that was interrupted. Before anything is read: half a change would be half a site.
    pub(super) fn recover(&self, terminal: &Terminal) -> Result<(), CommandError> {
        match disk::recover(&self.root)? {
            Recovery::Nothing => {}
            Recovery::Finished => terminal.warn("Finished a change that was interrupted\n"),
            Recovery::Undone => terminal.warn("Undid a change that was interrupted\n"),
        }
        Ok(())
    }

    /// The same for a page that may be the first: a folder without pages is a site with none, in these languages.
    pub(super) fn open_or_begin(
        &self,
        languages: &[String],
        terminal: &Terminal,
    ) -> Result<Snapshot, CommandError> {
        let configured = self.sources(&[], terminal)?;
        let Err(problems) = &configured.config else {
            return self.snapshot(configured, terminal, &Timings::new(false));
        };
        let is_empty = problems
            .iter()
            .all(|problem| problem.code == Code::NoContent);
        let sources = &configured.sources;
        if !is_empty || first_look::elsewhere(&self.root, sources).is_some() {
            return self.snapshot(configured, terminal, &Timings::new(false));
        }
        // Read as if there were a file in `content` already; nothing of this is written.
        let mut sources = configured.sources;
        if !sources.contains("hjelp.yml") && !languages.is_empty() {
            let text = format!("locales: [{}]\n", languages.join(", "));
            let path = SitePath::new("hjelp.yml").unwrap_or_else(|_| SitePath::root());
            sources = sources.with_text(Source::from_text(path, &text));
        }
        let placeholder = SitePath::new("content/.first").unwrap_or_else(|_| SitePath::root());
        let sources = sources.merge(Sources::new(Vec::new(), [(placeholder, 0)], []));
        let configured = ConfiguredSources::new(sources);
        self.snapshot(configured, terminal, &Timings::new(false))
    }

    /// Refuses a folder that is no site yet, for commands that otherwise wait until it is one.
    pub(super) fn expect_site(&self) -> Result<(), CommandError> {
        if let Some(error) = first_look::not_a_folder(&self.root) {
            return Err(error);
        }
        if self.config.is_some() || first_look::may_be_site(&self.root) {
            return Ok(());
        }
        let sources = disk::scan(&self.root, &[])?;
        match config::read(&sources) {
            Err(problems) => self.no_content(&problems, &sources),
            Ok(_) => Ok(()),
        }
    }

    /// Says what is in a folder without content: a newcomer has no configuration yet that a problem could point at.
    fn no_content(&self, problems: &[Diagnostic], sources: &Sources) -> Result<(), CommandError> {
        // Any other problem, like a misspelt configuration, comes first.
        let has_others = problems
            .iter()
            .any(|problem| problem.code != Code::NoContent);
        if has_others || self.config.is_some() {
            return Ok(());
        }
        match first_look::explain(&self.root, sources) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    /// Links the site. If the configuration can't be used, its problems are printed.
    pub(super) fn snapshot(
        &self,
        sources: ConfiguredSources,
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<Snapshot, CommandError> {
        let snapshot = Snapshot::with_progress(sources, &|phase| timings.done(phase));
        self.expect_usable(snapshot, terminal)
    }

    /// The same with pseudo locales.
    pub(super) fn pseudo_snapshot(
        &self,
        sources: ConfiguredSources,
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<Snapshot, CommandError> {
        let snapshot = Snapshot::with_pseudo(sources, &|phase| timings.done(phase));
        self.expect_usable(snapshot, terminal)
    }

    fn expect_usable(
        &self,
        snapshot: Result<Snapshot, (Arc<Sources>, Vec<Diagnostic>)>,
        terminal: &Terminal,
    ) -> Result<Snapshot, CommandError> {
        let (sources, problems) = match snapshot {
            Ok(snapshot) => return Ok(snapshot),
            Err(error) => error,
        };
        self.no_content(&problems, &sources)?;
        let status = self.exit_status(&problems);
        terminal.report(&problems, &sources, &self.base(), status);
        // Not the exit code of problems in the content: without a configuration there is no site at all.
        Err(CommandError {
            message: "the configuration can't be used".into(),
            help: "fix the problems above; nothing was done".into(),
        })
    }

    /// The exit status of a command that found these problems.
    pub(super) fn exit_status(&self, problems: &[Diagnostic]) -> ExitStatus {
        ExitStatus::of(problems).with_most_warnings(self.most_warnings())
    }

    /// The site at a revision; `None` if it had no usable configuration.
    pub(super) fn open_at(&self, revision: &str) -> Result<Option<Snapshot>, CommandError> {
        let sources = self.configured(self.sources_at(revision)?)?;
        Ok(Snapshot::with_progress(sources, &|_| ()).ok())
    }

    /// The sources at a revision.
    pub(super) fn sources_at(&self, revision: &str) -> Result<Sources, CommandError> {
        Ok(git::sources_at(&self.root, revision)?)
    }

    /// The files of a site, to read those that the scan has only listed.
    pub(super) fn files(&self, site: &Site) -> Result<ContentFiles, CommandError> {
        match ContentFiles::open(&self.root, &site.config.surroundings) {
            Ok(files) => Ok(files),
            Err(error) => Err(ScanError::Unreadable(self.root.clone(), error).into()),
        }
    }

    /// The sources with the configuration file of `--config`, and with the archives the configuration names unpacked.
    fn configured(&self, sources: Sources) -> Result<ConfiguredSources, CommandError> {
        for folder in &self.with {
            if !folder.is_dir() {
                return Err(CommandError {
                    message: format!("folder not found: `{}`", folder.display()),
                    help: "give the folder of a docset in another language after `--with`".into(),
                });
            }
        }
        let config = self.config.as_deref();
        match ConfiguredSources::of_folder(&self.root, &self.options(), sources) {
            Ok(configured) => Ok(configured),
            Err(error) => Err(CommandError {
                message: format!(
                    "the configuration `{}` can't be read: {error}",
                    config.unwrap_or(&self.root).display()
                ),
                help: "give the path of a `hjelp.yml` after `--config`".into(),
            }),
        }
    }

    /// What is known of the site besides its folder.
    pub(super) fn options(&self) -> SiteOptions {
        SiteOptions {
            config: self.config.clone(),
            with: self.with.clone(),
        }
    }

    /// The number of warnings allowed; `None` for any.
    pub(super) fn most_warnings(&self) -> Option<usize> {
        if self.strict { Some(0) } else { None }
    }

    /// The prefix that makes the path of a source relative to the working directory.
    pub(super) fn base(&self) -> String {
        // As the user typed it, because code hosts and editors resolve these paths.
        let text = self.root.display().to_string();
        match text.trim_end_matches(['/', '\\']) {
            "." => String::new(),
            // The root of the file system.
            "" => text,
            text => format!("{}/", text.strip_prefix("./").unwrap_or(text)),
        }
    }

    /// The path of `inside`, which is below the root.
    pub(super) fn join(&self, inside: &str) -> PathBuf {
        // Printed paths are easier to read without `./` at the beginning.
        if self.root == Path::new(".") {
            inside.into()
        } else {
            self.root.join(inside)
        }
    }
}
