//! `hjelp clean`: removes the files that hjelp wrote into the output folder. `disk` knows which these are; files of others stay.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use clap::Args;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::disk::{self, OutputPlace};
use crate::report::counted;

/// Remove the site that hjelp built; files that hjelp didn't write stay
#[derive(Debug, Args)]
// Nothing is checked here, so the flag of all commands that read a site would only confuse in
// `--help`.
#[command(mut_arg("strict", |argument| argument.hide(true)))]
pub(super) struct Clean {
    #[command(flatten)]
    root: SiteArgs,

    /// The output folder [default: the one in the configuration, else `_site` in ROOT]
    #[arg(short, long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Clean {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let place = self.place(terminal)?;
        let out = place.path();
        // Not `exists`, which follows links: a broken one is something else than a missing folder.
        let removed = match fs::symlink_metadata(&out) {
            Err(error) if error.kind() == ErrorKind::NotFound => 0,
            _ if !disk::is_output_folder(&out) => return Err(foreign(&out)),
            _ => disk::remove_output(&place)?,
        };
        terminal.print_status(&match removed {
            0 => format!("There is no site in {}\n", out.display()),
            count => format!(
                "Removed {} from {}\n",
                counted(count, "file"),
                out.display()
            ),
        });
        Ok(ExitStatus::default())
    }

    fn place(&self, terminal: &Terminal) -> Result<OutputPlace, CommandError> {
        if let Some(out) = &self.out {
            return Ok(OutputPlace::Named(out.clone()));
        }
        let snapshot = self.root.sources(&[], terminal)?;
        let config = match snapshot.config {
            Ok(config) => config,
            Err(_) => {
                return Err(CommandError {
                    message: "the configuration can't be used, so the output folder is unknown"
                        .into(),
                    help: "name the output folder with `--out`".into(),
                });
            }
        };
        Ok(OutputPlace::Inside {
            root: self.root.root.clone(),
            path: config.output.clone(),
            surroundings: config.surroundings.clone(),
        })
    }
}

fn foreign(out: &Path) -> CommandError {
    CommandError {
        message: format!("`{}` is no folder that hjelp built into", out.display()),
        help: "name the output folder with `--out`".into(),
    }
}
