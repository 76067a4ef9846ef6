//! `hjelp build`: content in one folder -> a site in another, a report of problems and a summary. Decides the order of the phases and what
//! runs in parallel; reading, linking, rendering and writing are done elsewhere.

use std::path::{Path, PathBuf};

use clap::Args;
use rayon::prelude::*;

use super::cached_build::CachedBuild;
use super::exit_status::{CommandError, ExitStatus};
use super::offline;
use super::progress::Progress;
use super::site_args::SiteArgs;
use super::summary::{BuildSummary, NOT_CHECKED, problem_counts};
use super::terminal::Terminal;
use super::timings::{Task, Timings};
use crate::check::merge_across_locales;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk::{BuildCache, BuildKey, OutputWriter, WriteError};
use crate::render::format::FormatKind;
use crate::render::{CacheKeys, Plan, RenderedFile, Shard};
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

/// The files of the site, written.
struct Made {
    plan: Plan,
    writer: OutputWriter,
    /// Problems of pages that could not be rendered.
    failed: Vec<Diagnostic>,
}

impl Build {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let timings = Timings::new(self.timings);
        let started = timings.started();
        let sources = self.root.sources(&self.skipped())?;
        timings.done("read");
        if self.offline {
            let snapshot = self
                .root
                .snapshot_as(sources, terminal, &timings, self.pseudo)?;
            let out = self.out.clone().unwrap_or_else(|| {
                self.root
                    .join(&format!("{}-offline", snapshot.site.config.output))
            });
            self.check_out(&out)?;
            return self.run_offline(&snapshot, &out, terminal);
        }
        let cache = self.cache(&sources, terminal);
        if let Some(said) = cache.as_ref().and_then(CachedBuild::recall) {
            let (told, summary) = said.again(started.elapsed(), self.root.most_warnings());
            terminal.print_problems(&told);
            timings.done("see that nothing has changed");
            terminal.print_status(&timings.text());
            terminal.print_status(&summary.text());
            return Ok(summary.outcome);
        }
        let snapshot = self
            .root
            .snapshot_as(sources, terminal, &timings, self.pseudo)?;
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| self.root.join(snapshot.site.config.output.as_str()));
        self.check_out(&out)?;

        // Checking begins at once, because planning what to render uses one core only.
        let (made, mut problems) = rayon::join(
            || self.make(&snapshot, &out, terminal, &timings),
            || self.problems(&snapshot),
        );
        let Made {
            plan,
            writer,
            mut failed,
        } = made?;
        timings.done("make files, and check");

        if !failed.is_empty() {
            problems.append(&mut failed);
            sort(&mut problems);
            let what = "The site is not complete, and what an earlier build left was not removed";
            return Ok(self.give_up(what, &problems, &snapshot.site.sources, terminal));
        }
        let outcome = ExitStatus {
            most_warnings: self.root.most_warnings(),
            ..ExitStatus::of(&problems)
        };
        let (files, told) = rayon::join(
            || writer.finish(),
            || {
                terminal.render_problems(
                    &merge_across_locales(&snapshot.site, problems),
                    &snapshot.site.sources,
                    &self.root.base(),
                )
            },
        );
        let (files, finished) = files?;
        timings.done("finish");
        terminal.print_problems(&told);
        timings.done("report");
        let summary = BuildSummary {
            start: start(&snapshot.site, &out),
            out: out.display().to_string(),
            pages: pages(&snapshot.site),
            redirects: redirects(&snapshot.site, &plan),
            assets: plan.copies.len() + plan.ready.len() + for_machines(&plan),
            files,
            checked: self.checks(),
            outcome,
            ignored: snapshot.site.config.ignored.clone(),
            time: started.elapsed(),
        };
        if let Some(cache) = cache {
            CachedBuild::new(&told, &summary).write(&cache, finished);
            timings.done("note for the next build");
        }
        terminal.print_status(&timings.text());
        terminal.print_status(&summary.text());
        // The program ends here, and the system frees a million small allocations at once, far faster than dropping them.
        std::mem::forget((snapshot, plan));
        Ok(outcome)
    }

    /// Renders and writes all files of the site.
    fn make(
        &self,
        snapshot: &Snapshot,
        out: &Path,
        terminal: &Terminal,
        timings: &Timings,
    ) -> Result<Made, WriteError> {
        let mut plan = snapshot.plan();
        if let Some(shard) = self.shard {
            plan.slice(shard);
        }
        let writer = OutputWriter::open_shard(
            out,
            self.force,
            self.shard.map(|shard| shard.to_string()).as_deref(),
        )?;
        let inputs = CacheKeys::new(&snapshot.site);
        timings.done("plan");
        let progress = Progress::new(
            timings.started(),
            plan.outputs.len() + plan.ready.len() + plan.copies.len(),
            terminal.is_interactive(),
        );
        // The search index of a language is one long task: begun first, it overlaps with the pages.
        let (searched, failed) = rayon::join(
            || write_searches(snapshot, &plan, &writer, &inputs),
            || self.write(snapshot, &plan, &inputs, &writer, &progress, timings),
        );
        searched?;
        Ok(Made {
            failed: failed?,
            plan,
            writer,
        })
    }

    /// The cache of builds with the same sources, settings and report options; `None` if the configuration can't be used.
    fn cache(&self, configured: &ConfiguredSources, terminal: &Terminal) -> Option<BuildCache> {
        let config = configured.config.as_ref().ok()?;
        let out = self
            .out
            .clone()
            .unwrap_or_else(|| self.root.join(config.output.as_str()));
        let shard = self.shard.map(|shard| shard.to_string());
        let mut key = BuildKey::new()?;
        key.add_sources(&self.root.root, &configured.sources)?;
        key.add(&(&self.root, &self.out, &shard));
        key.add(&(self.force, self.pseudo, self.no_check));
        // The report of problems is stored as it was printed, with paths as seen from the working directory.
        key.add(&(
            terminal.options(&self.root.base()),
            std::env::current_dir().ok(),
        ));
        Some(BuildCache::new(&out, shard, key))
    }

    /// The problems of the content; none if it isn't checked.
    fn problems(&self, snapshot: &Snapshot) -> Vec<Diagnostic> {
        if self.checks() {
            snapshot.problems()
        } else {
            Vec::new()
        }
    }

    /// Of the shards of a site only the first one checks the content, so that each problem is reported once.
    fn checks(&self) -> bool {
        !self.no_check && self.shard.is_none_or(Shard::is_first)
    }

    fn run_offline(
        &self,
        snapshot: &Snapshot,
        out: &Path,
        terminal: &Terminal,
    ) -> Result<ExitStatus, CommandError> {
        let (files, mut failed) = offline::write(
            snapshot,
            &self.root.root,
            OutputWriter::open(out, self.force)?,
        )?;
        let mut problems = self.problems(snapshot);
        let Some(files) = files else {
            problems.append(&mut failed);
            sort(&mut problems);
            return Ok(self.give_up(
                "The folders are not complete",
                &problems,
                &snapshot.site.sources,
                terminal,
            ));
        };
        let outcome = ExitStatus {
            most_warnings: self.root.most_warnings(),
            ..ExitStatus::of(&problems)
        };
        terminal.report(
            &merge_across_locales(&snapshot.site, problems),
            &snapshot.site.sources,
            &self.root.base(),
            outcome,
        );
        let count = format!(
            "{} files written, {} unchanged",
            files.written, files.unchanged
        );
        let counts = if self.checks() {
            problem_counts(outcome)
        } else {
            NOT_CHECKED.to_owned()
        };
        terminal.print_status(&format!(
            "Built a folder and an archive for each language in {}\n{count}\n\n{counts}\n",
            out.display()
        ));
        Ok(outcome)
    }

    /// Renders and writes all files but those of the search. Returns the problems of pages that could not be rendered.
    fn write(
        &self,
        snapshot: &Snapshot,
        plan: &Plan,
        inputs: &CacheKeys<'_>,
        writer: &OutputWriter,
        progress: &Progress,
        timings: &Timings,
    ) -> Result<Vec<Diagnostic>, WriteError> {
        let made = plan.outputs.par_iter().map(|output| {
            progress.step();
            let key = inputs.of(output);
            if key.is_some_and(|key| writer.reuse(&output.path, key)) {
                return Ok(None);
            }
            let content = timings.busy(Task::View, || snapshot.content(output));
            let RenderedFile { path, bytes } =
                match timings.busy(Task::Render, || snapshot.fill(output, content)) {
                    Ok(file) => file,
                    Err(problem) => return Ok(Some(*problem)),
                };
            timings.busy(Task::Write, || match key {
                Some(key) => writer.put_with_key(&path, &bytes, key),
                None => writer.put(&path, &bytes),
            })?;
            Ok(None)
        });
        let failed: Vec<Option<Diagnostic>> = made.collect::<Result<_, WriteError>>()?;
        plan.ready.par_iter().try_for_each(|file| {
            progress.step();
            timings.busy(Task::Write, || writer.put(&file.path, &file.bytes))
        })?;
        plan.copies.par_iter().try_for_each(|(from, to)| {
            progress.step();
            timings.busy(Task::Copy, || {
                writer.copy(to, &self.root.root.join(from.as_str()))
            })
        })?;
        Ok(failed.into_iter().flatten().collect())
    }

    /// Reports the problems of a site that could not be built completely.
    fn give_up(
        &self,
        what: &str,
        problems: &[Diagnostic],
        sources: &Sources,
        terminal: &Terminal,
    ) -> ExitStatus {
        let outcome = ExitStatus {
            most_warnings: self.root.most_warnings(),
            ..ExitStatus::of(problems)
        };
        terminal.report(problems, sources, &self.root.base(), outcome);
        terminal.print_status(&format!("{what}: {}\n", problem_counts(outcome)));
        outcome
    }

    /// The output folder, if it is below the folder of the content.
    fn skipped(&self) -> Vec<SitePath> {
        let place = || {
            let (root, out) = (
                self.root.root.canonicalize().ok()?,
                self.out.as_ref()?.canonicalize().ok()?,
            );
            SitePath::new(out.strip_prefix(root).ok()?.to_str()?).ok()
        };
        place()
            .into_iter()
            .filter(|place| !place.is_root())
            .collect()
    }

    fn check_out(&self, out: &Path) -> Result<(), CommandError> {
        let (Ok(real_root), Ok(real_out)) = (self.root.root.canonicalize(), out.canonicalize())
        else {
            return Ok(());
        };
        if !real_root.starts_with(real_out) {
            return Ok(());
        }
        Err(CommandError {
            message: format!(
                "the site can't be built into `{}`, where its own content lies",
                out.display()
            ),
            help: "choose a folder of its own with `--out`".into(),
        })
    }
}

fn write_searches(
    snapshot: &Snapshot,
    plan: &Plan,
    writer: &OutputWriter,
    inputs: &CacheKeys<'_>,
) -> Result<(), WriteError> {
    plan.searches.par_iter().try_for_each(|(locale, folder)| {
        let key = inputs.of_search(*locale);
        if writer.reuse_folder(folder, key) {
            return Ok(());
        }
        snapshot
            .search(*locale)
            .par_iter()
            .try_for_each(|file| writer.put_with_key(&file.path, &file.bytes, key))
    })
}

/// For each language its folder, its pages, and how many of them are fallbacks to another language.
fn pages(site: &Site) -> Vec<(String, usize, usize)> {
    let locales = &site.config.locales;
    let row = |locale| {
        let of_locale = site
            .pages()
            .iter()
            .filter(|page| page.locale == locale && page.kind != PageKind::Redirect);
        let fallbacks = of_locale
            .clone()
            .filter(|page| page.origin != Origin::Translated)
            .count();
        (
            locales.get(locale).folder.clone(),
            of_locale.count(),
            fallbacks,
        )
    };
    locales.ids().map(row).collect()
}

/// The path of the home page of the default language.
fn start(site: &Site, out: &Path) -> Option<String> {
    let home = site.home(site.config.locales.default())?;
    Some(
        out.join(site.page(home).output.as_str())
            .display()
            .to_string(),
    )
}

/// The number of outputs for machines, without Markdown exports of pages.
fn for_machines(plan: &Plan) -> usize {
    plan.outputs
        .iter()
        .filter(|output| output.format.kind == FormatKind::Data)
        .count()
}

fn redirects(site: &Site, plan: &Plan) -> usize {
    let moved = plan
        .outputs
        .iter()
        .filter(|output| output.format.kind == FormatKind::Redirect)
        .count();
    moved
        + site
            .pages()
            .iter()
            .filter(|page| page.kind == PageKind::Redirect)
            .count()
}
