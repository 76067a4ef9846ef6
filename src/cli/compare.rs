//! `hjelp compare`: the folder that DocFX built and a site -> what is otherwise in the site that hjelp builds. Knows the command line; `compare`
//! finds the differences.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::compare::{BuiltSite, Comparison, compare, html_report, text_report};
use crate::disk;
use crate::render::Output;
use crate::source::SitePath;
use crate::workspace::Snapshot;

/// Compare the site that DocFX built before with the one that hjelp builds
#[derive(Debug, Args)]
pub(super) struct Compare {
    /// The folder that DocFX wrote, usually `_site`
    old_site: PathBuf,

    #[command(flatten)]
    root: SiteArgs,

    /// Compare with the site that hjelp wrote to DIR, instead of building it in memory
    #[arg(long, value_name = "DIR")]
    built: Option<PathBuf>,

    /// The form of the comparison
    #[arg(long, value_enum, default_value_t = CompareFormat::Text)]
    format: CompareFormat,

    /// Write it to FILE
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,

    /// Succeed with up to N differences, for CI [default: 0]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    max_differences: usize,
}

/// The form of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum CompareFormat {
    /// Text
    Text,
    /// One page that needs no other file
    Html,
    /// JSON
    Json,
}

impl Compare {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let old = read_folder(&self.old_site)?;
        let new = match &self.built {
            Some(folder) => read_folder(folder)?,
            None => built(&self.root.open(&self.skipped(), terminal)?)?,
        };
        let comparison = compare(&old, &new);
        // Otherwise a mistyped folder, with nothing to compare in it, would have no differences.
        if comparison.pages == 0 && comparison.lost_addresses.is_empty() {
            return Err(CommandError {
                message: format!("`{}` has no pages", self.old_site.display()),
                help: "give the folder that DocFX wrote, with HTML files that have an `<article>` or a `<main>`".into(),
            });
        }
        let text = self.text(&comparison);
        match &self.out {
            Some(file) => {
                disk::write_file(file, text.as_bytes())?;
                terminal.print_status(&text_report(&comparison, false));
            }
            None => terminal.print_output(&text),
        }
        let count = comparison.count();
        Ok(ExitStatus {
            errors: if count > self.max_differences {
                count
            } else {
                0
            },
            ..ExitStatus::default()
        })
    }

    fn text(&self, comparison: &Comparison) -> String {
        match self.format {
            CompareFormat::Text => text_report(comparison, self.out.is_some()),
            CompareFormat::Html => html_report(comparison, &self.old_site.display().to_string()),
            // Texts and numbers can always be written.
            CompareFormat::Json => {
                serde_json::to_string_pretty(comparison).unwrap_or_default() + "\n"
            }
        }
    }

    /// The old site, if it is within the content: its pages are no sources.
    fn skipped(&self) -> Vec<SitePath> {
        let (Ok(root), Ok(old)) = (self.root.root.canonicalize(), self.old_site.canonicalize())
        else {
            return Vec::new();
        };
        let Ok(below) = old.strip_prefix(&root) else {
            return Vec::new();
        };
        let path = below.to_string_lossy().replace('\\', "/");
        SitePath::new(&path).into_iter().collect()
    }
}

fn read_folder(folder: &Path) -> Result<BuiltSite, CommandError> {
    disk::read_built_site(folder).map_err(|error| CommandError {
        message: format!("`{}` can't be read: {error}", folder.display()),
        help: "give the folder of a built site".into(),
    })
}

/// The files of the site, the text of those that are compared rendered in memory.
fn built(snapshot: &Snapshot) -> Result<BuiltSite, CommandError> {
    let plan = snapshot.plan();
    let rendered: Vec<Result<(String, Option<String>), CommandError>> = plan
        .outputs
        .par_iter()
        .map(|output| rendered(snapshot, output))
        .collect();
    let mut site = BuiltSite::default();
    for file in rendered {
        let (path, text) = file?;
        site.add(path, text);
    }
    for (_, to) in &plan.copies {
        site.add(to.to_string(), None);
    }
    for file in &plan.ready {
        site.add(file.path.to_string(), None);
    }
    Ok(site)
}

fn rendered(
    snapshot: &Snapshot,
    output: &Output,
) -> Result<(String, Option<String>), CommandError> {
    let path = output.path.to_string();
    if !BuiltSite::is_compared(&path) {
        return Ok((path, None));
    }
    match snapshot.render(output) {
        Ok(file) => {
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            Ok((path, Some(text)))
        }
        Err(problem) => Err(CommandError {
            message: format!("`{path}` can't be built: {}", problem.message),
            help: "run `hjelp build` for the place of the problem".into(),
        }),
    }
}
