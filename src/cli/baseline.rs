//! The baseline file: problems -> those that are not in it, and the file with all problems there are now. Knows the arguments and where the
//! file is; `check` decides which problems are the same.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit_status::CommandError;
use super::site_args::SiteArgs;
use crate::check::Baseline;
use crate::diagnostic::{Diagnostic, sort};
use crate::disk::{self, Folder};
use crate::refactor::moves::Relocation;
use crate::source::edit::FileChange;
use crate::source::{SitePath, Sources};

/// The baseline file that is used by default, if it exists.
const DEFAULT: &str = ".hjelp-baseline";

/// The arguments about known problems.
#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// The baseline: known problems that are not reported again [default: `.hjelp-baseline` in ROOT, if it exists]
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,

    /// Write all current problems to the baseline
    #[arg(long, conflicts_with_all = ["fix", "dry_run"])]
    pub(super) update_baseline: bool,
}

impl BaselineArgs {
    /// The problems that are not in the baseline, and notes about entries of the baseline that are fixed.
    pub(super) fn without(
        &self,
        problems: Vec<Diagnostic>,
        sources: &Sources,
        root: &SiteArgs,
    ) -> Result<Vec<Diagnostic>, CommandError> {
        let Some(baseline) = self.read(root)? else {
            return Ok(problems);
        };
        let (mut new, fixed) = baseline.new_in(problems, sources);
        // Reported, because an entry that matches nothing would hide the same problem when it comes back.
        new.extend(fixed.stale(&self.path_in_notes()));
        sort(&mut new);
        Ok(new)
    }

    /// Writes `problems` to the baseline. Returns their number and the path of the file.
    pub(super) fn update(
        &self,
        problems: &[Diagnostic],
        sources: &Sources,
        root: &SiteArgs,
    ) -> Result<(usize, String), CommandError> {
        let baseline = Baseline::of(problems, sources);
        let file = self.file(root);
        match &self.baseline {
            Some(named) => disk::write_file(named, baseline.text().as_bytes())?,
            None => disk::write_file_below(&root.root, &default(), baseline.text().as_bytes())?,
        }
        Ok((baseline.len(), file.display().to_string()))
    }

    /// The baseline; `None` if there is none at the default path.
    fn read(&self, root: &SiteArgs) -> Result<Option<Baseline>, CommandError> {
        let file = self.file(root);
        let text = match self.text(root) {
            Ok(text) => text,
            // A file that the user names has to exist: without it, all known problems would fail the command.
            Err(error) if error.kind() == ErrorKind::NotFound && self.baseline.is_none() => {
                return Ok(None);
            }
            Err(error) => {
                let file = file.display();
                return Err(bad_baseline(format!(
                    "the baseline `{file}` can't be read: {error}"
                )));
            }
        };
        match Baseline::read(&text) {
            Ok(baseline) => Ok(Some(baseline)),
            Err(line) => Err(bad_baseline(format!(
                "`{}` is not a baseline: invalid line {line}",
                file.display()
            ))),
        }
    }

    fn text(&self, root: &SiteArgs) -> io::Result<String> {
        match &self.baseline {
            Some(named) => fs::read_to_string(named),
            // It comes with the content, so it may be a link to anything.
            None => Folder::open(&root.root)?.read_text(Path::new(DEFAULT)),
        }
    }

    fn file(&self, root: &SiteArgs) -> PathBuf {
        match &self.baseline {
            // Relative to the working directory, as all paths in arguments.
            Some(file) => file.clone(),
            None => root.join(DEFAULT),
        }
    }

    /// The path of the baseline in notes about its entries.
    fn path_in_notes(&self) -> SitePath {
        let name = match &self.baseline {
            Some(file) => file.display().to_string(),
            None => DEFAULT.to_owned(),
        };
        // Problems have paths of the site; for a file outside, the note is about the site as a whole.
        SitePath::new(&name).unwrap_or_else(|_| SitePath::root())
    }
}

/// The change by which the baseline goes on naming files that move; nothing if there is none, or it names none of them.
pub(super) fn moved_baseline(
    root: &SiteArgs,
    relocation: &Relocation,
) -> Result<Option<FileChange>, CommandError> {
    let read = Folder::open(&root.root).and_then(|folder| folder.read_text(Path::new(DEFAULT)));
    // What is no baseline is reported by what reads its problems.
    let Ok(before) = read else {
        return Ok(None);
    };
    let Ok(baseline) = Baseline::read(&before) else {
        return Ok(None);
    };
    let mut renames = BTreeMap::new();
    for (from, to) in relocation.files() {
        renames.insert(from.clone(), to.clone());
    }
    let after = baseline.renamed(&renames).text();
    if after == before {
        return Ok(None);
    }
    let change = FileChange::write(default(), Some(before.into_bytes()), after.into_bytes());
    Ok(Some(change))
}

fn default() -> SitePath {
    SitePath::new(DEFAULT).unwrap_or_else(|_| SitePath::root())
}

fn bad_baseline(message: String) -> CommandError {
    CommandError {
        message,
        help: "give a file that `--update-baseline` wrote, or write a new one with it".into(),
    }
}
