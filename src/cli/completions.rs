//! `hjelp completions` and `hjelp man`: the command line as clap knows it -> a script for a shell, and pages for `man`. Knows no command.

use std::fs;
use std::io;
use std::path::PathBuf;

use clap::{Args, Command};
use clap_complete::Shell;

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;

/// Print a script that completes commands and flags in a shell
#[derive(Debug, Args)]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

/// Print the manual page, or write one for each command
#[derive(Debug, Args)]
pub(super) struct Man {
    /// The folder to write `hjelp.1`, `hjelp-build.1` and so on to
    dir: Option<PathBuf>,
}

impl Completions {
    pub(super) fn run(&self, mut line: Command, terminal: &Terminal) -> ExitStatus {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut line, "hjelp", &mut script);
        terminal.print_output(&String::from_utf8_lossy(&script));
        ExitStatus::default()
    }
}

impl Man {
    pub(super) fn run(
        &self,
        line: Command,
        terminal: &Terminal,
    ) -> Result<ExitStatus, CommandError> {
        // Without a date: the pages of one version are the same wherever they are made.
        let line = line.disable_help_subcommand(true);
        let Some(folder) = &self.dir else {
            let page = page(line).map_err(|error| failed(&error))?;
            terminal.print_output(&page);
            return Ok(ExitStatus::default());
        };
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
        let mut commands = vec![("hjelp".to_owned(), line)];
        while let Some((name, command)) = commands.pop() {
            for below in command.get_subcommands() {
                let below_name = format!("{name}-{}", below.get_name());
                // The name that the page is about, and that its usage begins with.
                let below = below.clone().display_name(below_name.clone());
                commands.push((below_name, below));
            }
            let file = folder.join(format!("{name}.1"));
            let page = page(command.name(name)).map_err(|error| failed(&error))?;
            fs::write(&file, page).map_err(|error| failed(&error))?;
            terminal.print_status(&format!("Wrote {}\n", file.display()));
        }
        Ok(ExitStatus::default())
    }
}

fn page(command: Command) -> io::Result<String> {
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    Ok(String::from_utf8_lossy(&page).into_owned())
}

fn failed(error: &io::Error) -> CommandError {
    CommandError {
        message: format!("the manual pages can't be written: {error}"),
        help: "give a folder that you may write to".into(),
    }
}
