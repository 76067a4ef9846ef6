//! `hjelp build`: content in one folder -> a site in another, a report of problems and a summary. Decides the order of the phases and what
//! runs in parallel; reading, linking, rendering and writing are done elsewhere.

use std::path::{Path, PathBuf};

use clap::Args;

use super::cached_build::CachedBuild;
use super::exit_status::{CommandError, ExitStatus};
use super::offline;
use super::progress::Progress;
use super::site_args::SiteArgs;
use super::site_writer::SiteWriter;
use super::summary::{BuildSummary, NOT_CHECKED, problem_counts};
use super::terminal::Terminal;
use super::timings::Timings;
use crate::check::merge_across_locales;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk::{BuildCache, BuildKey, OutputPlace, OutputWriter};
use crate::render::format::FormatKind;
use crate::render::{CacheKeys, Plan, Shard};
use crate::site::pages::Origin;
use crate::site::{PageKind, Site};
use crate::source::{SitePath, Sources};
use crate::workspace::{ConfiguredSources, Snapshot};

/// Build the site and report problems in the content
///
/// The site is built even if the content has errors. Files that would not change are not touched, and only files that hjelp wrote are
/// replaced or removed.
#[derive(Debug, Args)]
pub(super) struct Build {
    #[command(flatten)]
    root: SiteArgs,

    /// The output folder [default: the one in the configuration, else `_site` in ROOT]
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Build a folder and a zip archive per language that work without a web server
    #[arg(long)]
    offline: bool,

    /// Build into a folder with files that hjelp didn't write, and overwrite those in the way
    #[arg(long)]
    force: bool,

    /// Build only shard K of N, to spread a build over machines; the first shard reports problems
    #[arg(long, value_name = "K/N")]
    shard: Option<Shard>,

    /// Don't check the content, for example after `hjelp check`
    #[arg(long, conflicts_with = "strict")]
    no_check: bool,

    /// Add two pseudo locales made from the default language: one accented, one from right to left
    #[arg(long)]
    pseudo: bool,

    /// Print how long each phase took
    #[arg(long)]
    timings: bool,
}

/// The files of a site after they were written. The output folder isn't finished yet.
struct WrittenSite {
    plan: Plan,
    writer: OutputWriter,
    /// Problems of pages that could not be rendered.
    failed: Vec<Diagnostic>,
}

impl Build {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let timings = Timings::new(self.timings);
        let sources = self.root.sources(&self.skipped(), terminal)?;
        timings.done("read");
        let mut cache = None;
        // Folders for use without a server are built for a release, not again and again, so their summaries aren't stored.
        if !self.offline {
            cache = self.cache(&sources, terminal);
        }
        if let Some(cache) = &cache
            && let Some(build) = CachedBuild::recall(cache)
        {
            return Ok(self.repeat(build, terminal, &timings));
        }
        let snapshot = if self.pseudo {
            self.root.pseudo_snapshot(sources, terminal, &timings)?
        } else {
            self.root.snapshot(sources, terminal, &timings)?
        };
        if self.offline {
            return self.run_offline(&snapshot, terminal);
        }
        let config = &snapshot.site.config;
        let place = self.out_place(&config.output, config);
        let out = place.path();
        self.check_out(&out)?;

        // Checking begins at once, because planning what to render uses one core only.
        let (written, mut problems) = rayon::join(
            || self.write(&snapshot, &place, terminal, &timings),
            || self.problems(&snapshot),
        );
        let mut written = written?;
        timings.done("make files, and check");

        if !written.failed.is_empty() {
            // The output folder is not finished, so that pages that only failed to render are not removed.
            written.writer.leave()?;
            problems.append(&mut written.failed);
            let message = "The site is not complete, and no files of an earlier build were removed";
            return Ok(self.give_up(message, problems, &snapshot.site.sources, terminal));
        }
        let status = self.root.exit_status(&problems);
        // Both take long after a change of everything: removing and recording files, and writing excerpts of thousands of problems.
        let (finished, report) = rayon::join(
            || written.writer.finish(),
            || self.report(&snapshot.site, problems, terminal),
        );
        let (files, finished) = finished?;
        timings.done("finish");
        terminal.print_problems(&report);
        timings.done("report");
        let summary = BuildSummary {
            start: start(&snapshot.site, &out),
            out: out.display().to_string(),
            pages: pages(&snapshot.site),
            redirects: redirects(&snapshot.site, &written.plan),
            assets: assets(&written.plan),
            files,
            checked: self.checks(),
            outcome: status,
            ignored: snapshot.site.config.ignored.clone(),
            time: timings.started().elapsed(),
        };
        if let Some(cache) = cache {
            CachedBuild::new(&report, &summary).write(&cache, finished);
            timings.done("store for the next build");
        }
        terminal.print_status(&timings.text());
        terminal.print_status(&summary.text(terminal.language()));
        // The program ends here, and the system frees a million small allocations at once, far faster than dropping them.
        std::mem::forget((snapshot, written.plan));
        Ok(status)
    }

    /// Prints what the last build printed, because nothing has changed since.
    fn repeat(&self, build: CachedBuild, terminal: &Terminal, timings: &Timings) -> ExitStatus {
        let (report, summary) =
            build.repeated(timings.started().elapsed(), self.root.most_warnings());
        terminal.print_problems(&report);
        timings.done("compare with the last build");
        terminal.print_status(&timings.text());
        terminal.print_status(&summary.text(terminal.language()));
        summary.outcome
    }

    /// Renders and writes all files of the site.
    fn write(
        &self,
        snapshot: &Snapshot,
        out: &OutputPlace,
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<WrittenSite, CommandError> {
        let mut plan = snapshot.plan();
        if let Some(shard) = self.shard {
            plan.retain_shard(shard);
        }
        let writer = OutputWriter::open_shard(out, self.force, self.shard_name().as_deref())?;
        let files = self.root.files(&snapshot.site)?;
        let keys = CacheKeys::new(&snapshot.site);
        timings.done("plan");
        let site_writer = SiteWriter {
            files: &files,
            snapshot,
            plan: &plan,
            writer: &writer,
            keys,
            progress: Progress::new(
                timings.started(),
                plan.outputs.len() + plan.ready.len() + plan.copies.len(),
                terminal.is_interactive(),
            ),
            timings,
        };
        let failed = site_writer.write_all()?;
        // The progress bar ends before anything else is printed.
        drop(site_writer);
        Ok(WrittenSite {
            plan,
            writer,
            failed,
        })
    }

    /// The cache of builds with the same sources, settings and report options; `None` if the configuration can't be used.
    fn cache(&self, configured: &ConfiguredSources, terminal: &Terminal) -> Option<BuildCache> {
        let config = configured.config.as_ref().ok()?;
        let out = self.out_place(&config.output, config);
        let shard = self.shard_name();
        // Everything that can change the output or what is printed: an option that is missing here would have no effect on the second run.
        let mut key = BuildKey::new()?;
        key.add_sources(&self.root.root, &configured.sources)?;
        key.add(&(&self.root, &self.out, &shard));
        key.add(&(self.force, self.pseudo, self.no_check));
        // The report of problems is stored as it was printed, with paths as seen from the working directory.
        let options = terminal.options(&self.root.base());
        key.add(&(options, std::env::current_dir().ok()));
        Some(BuildCache::new(out, shard, key))
    }

    /// The output folder: that of `--out`, or the `configured` one.
    fn out_place(&self, configured: &SitePath, config: &Config) -> OutputPlace {
        match &self.out {
            Some(out) => OutputPlace::Named(out.clone()),
            None => OutputPlace::Inside {
                root: self.root.root.clone(),
                path: configured.clone(),
                surroundings: config.surroundings.clone(),
            },
        }
    }

    fn shard_name(&self) -> Option<String> {
        Some(self.shard?.to_string())
    }

    /// The problems of the content; none if it isn't checked.
    fn problems(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        // Without the histories of missing files that `check` asks Git for: the report is cached together with the site, and Git is no part
        // of the cache key.
        if self.checks() {
            snapshot.problems()
        } else {
            Vec::new()
        }
    }

    /// Of the shards of a site only the first one checks the content, so that each problem is reported once.
    fn checks(&self) -> bool {
        let is_first = match self.shard {
            Some(shard) => shard.is_first(),
            None => true,
        };
        is_first && !self.no_check
    }

    /// The report of problems as it is printed.
    fn report(&self, site: &Site, problems: Vec<Diagnostic>, terminal: &Terminal) -> String {
        let problems = merge_across_locales(site, problems);
        terminal.render_problems(&problems, &site.sources, &self.root.base())
    }

    fn run_offline(
        &self,
        snapshot: &Snapshot,
        terminal: &Terminal,
    ) -> Result<ExitStatus, CommandError> {
        let site = &snapshot.site;
        let name = format!("{}-offline", site.config.output);
        let configured = match SitePath::new(&name) {
            Ok(path) => path,
            Err(_) => SitePath::outside(&name),
        };
        let place = self.out_place(&configured, &site.config);
        let out = place.path();
        self.check_out(&out)?;
        let writer = OutputWriter::open(&place, self.force)?;
        let (files, mut failed) = offline::write(snapshot, &self.root.files(site)?, writer)?;
        let mut problems = self.problems(snapshot);
        let Some(files) = files else {
            problems.append(&mut failed);
            let message = "The folders are not complete";
            return Ok(self.give_up(message, problems, &site.sources, terminal));
        };
        let status = self.root.exit_status(&problems);
        terminal.print_problems(&self.report(site, problems, terminal));
        let counts = if self.checks() {
            problem_counts(status, terminal.language())
        } else {
            NOT_CHECKED.to_owned()
        };
        terminal.print_status(&format!(
            "Built a folder and an archive for each language in {}\n{} files written, {} unchanged\n\n{counts}\n",
            out.display(),
            files.written,
            files.unchanged
        ));
        Ok(status)
    }

    /// Reports the problems of a site that could not be built completely.
    fn give_up(
        &self,
        message: &str,
        mut problems: Vec<Diagnostic>,
        sources: &Sources,
        terminal: &Terminal,
    ) -> ExitStatus {
        sort(&mut problems);
        let status = self.root.exit_status(&problems);
        terminal.report(&problems, sources, &self.root.base(), status);
        terminal.print_status(&format!(
            "{message}: {}\n",
            problem_counts(status, terminal.language())
        ));
        status
    }

    /// The folders that are not read: the output folder, if it is below the folder of the content.
    fn skipped(&self) -> Vec<SitePath> {
        match self.out_inside_root() {
            // A path that is the root itself is refused later, with a better message than that of a site without pages.
            Some(out) if !out.is_root() => vec![out],
            _ => Vec::new(),
        }
    }

    /// The path of `--out` below the root; `None` if it is elsewhere or doesn't exist yet.
    fn out_inside_root(&self) -> Option<SitePath> {
        // Both without links, because one folder can have many paths.
        let root = self.root.root.canonicalize().ok()?;
        let out = self.out.as_ref()?.canonicalize().ok()?;
        SitePath::new(out.strip_prefix(root).ok()?.to_str()?).ok()
    }

    /// Refuses an output folder that contains the content: the first build into it would make a site of its own output.
    fn check_out(&self, out: &Path) -> Result<(), CommandError> {
        let (Ok(real_root), Ok(real_out)) = (self.root.root.canonicalize(), out.canonicalize())
        else {
            // A folder that doesn't exist yet contains nothing.
            return Ok(());
        };
        if !real_root.starts_with(real_out) {
            return Ok(());
        }
        Err(CommandError {
            message: format!("the output folder `{}` contains the content", out.display()),
            help: "choose a folder of its own with `--out`".into(),
        })
    }
}

/// For each language its folder, its pages, and how many of them are fallbacks to another language.
fn pages(site: &Site) -> Vec<(String, usize, usize)> {
    let locales = &site.config.locales;
    let mut rows = Vec::new();
    for locale in locales.ids() {
        let (mut count, mut fallbacks) = (0, 0);
        for page in site.pages() {
            if page.locale != locale || !page.kind.has_content() {
                continue;
            }
            count += 1;
            if page.origin != Origin::Translated {
                fallbacks += 1;
            }
        }
        rows.push((locales.get(locale).folder.clone(), count, fallbacks));
    }
    rows
}

/// The path of the home page of the default language.
fn start(site: &Site, out: &Path) -> Option<String> {
    let home = site.home_path(site.config.locales.default())?;
    let path = out.join(home.as_str());
    Some(path.display().to_string())
}

/// The number of files that are neither pages nor redirects. Markdown exports are not counted: they belong to their pages.
fn assets(plan: &Plan) -> usize {
    plan.copies.len() + plan.ready.len() + outputs_of(plan, FormatKind::Data)
}

/// The number of redirects, from pages of that kind and from other addresses of pages.
fn redirects(site: &Site, plan: &Plan) -> usize {
    let mut count = outputs_of(plan, FormatKind::Redirect);
    for page in site.pages() {
        if page.kind == PageKind::Redirect {
            count += 1;
        }
    }
    count
}

fn outputs_of(plan: &Plan, kind: FormatKind) -> usize {
    let mut count = 0;
    for output in &plan.outputs {
        if output.format.kind == kind {
            count += 1;
        }
    }
    count
}
