//! `hjelp helpmap`: a site -> the ids by which programs open help pages, as data or constants; and ids a program uses -> those that don't
//! exist. Knows the command line; the formats are in `render`.

use std::fs;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::render::help_map::HelpMap;
use crate::render::inputs::SummarizedGraph;

/// List the ids by which programs open help pages
#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Helpmap {
    #[command(subcommand)]
    check: Option<HelpmapCommand>,

    #[command(flatten)]
    root: SiteArgs,

    /// The output format
    #[arg(short, long, default_value = "json")]
    format: HelpMapFormat,
}

#[derive(Debug, Subcommand)]
enum HelpmapCommand {
    Check(Check),
}

/// Check that every id in a file belongs to a page
#[derive(Debug, Args)]
struct Check {
    /// A text file with one id per line; `#` begins a comment
    ids: PathBuf,

    #[command(flatten)]
    root: SiteArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum HelpMapFormat {
    /// The content of `helpmap.json`
    Json,
    /// TypeScript constants
    Ts,
    /// C# constants
    Cs,
}

impl Helpmap {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        if let Some(HelpmapCommand::Check(check)) = &self.check {
            return check.run(terminal);
        }
        let snapshot = self.root.open(&[], terminal)?;
        let map = HelpMap::of(&SummarizedGraph::new(&snapshot.site));
        terminal.print_output(&match self.format {
            HelpMapFormat::Json => map.to_json(),
            HelpMapFormat::Ts => map.to_typescript(),
            HelpMapFormat::Cs => map.to_csharp(),
        });
        Ok(ExitStatus::default())
    }
}

impl Check {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let text = fs::read_to_string(&self.ids).map_err(|error| CommandError {
            message: format!("`{}` can't be read: {error}", self.ids.display()),
            help: "give a text file with one id per line".into(),
        })?;
        let snapshot = self.root.open(&[], terminal)?;
        let map = HelpMap::of(&SummarizedGraph::new(&snapshot.site));
        let unknown = unknown(&text, &map);
        let count = unknown.len();
        for (line, id) in unknown {
            let meant = match map.nearest(id) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => String::new(),
            };
            terminal.warn(&format!(
                "{}:{line}: no page has the id `{}`{meant}\n",
                self.ids.display(),
                id.escape_debug()
            ));
        }
        // On stdout, because it is the result; unknown ids went to stderr like all problems.
        if count == 0 {
            terminal.print_status("All ids have a page\n");
        }
        Ok(ExitStatus {
            errors: count,
            ..ExitStatus::default()
        })
    }
}

/// The ids that no page has, with their line numbers.
fn unknown<'t>(text: &'t str, map: &HelpMap) -> Vec<(usize, &'t str)> {
    let mut unknown = Vec::new();
    // Editors on Windows write a byte order mark.
    let text = text.trim_start_matches('\u{feff}');
    for (index, line) in text.lines().enumerate() {
        let id = match line.split_once('#') {
            Some((id, _comment)) => id.trim(),
            None => line.trim(),
        };
        if !id.is_empty() && !map.contains(id) {
            unknown.push((index + 1, id));
        }
    }
    unknown
}
