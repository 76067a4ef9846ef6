//! `hjelp impact`: a file, or an anchor in it -> everything that refers to it, in all languages, as text or JSON. Knows the command line;
//! `refactor` finds it.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::exit_status::{CommandError, ExitStatus};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::refactor::impact::{Use, uses};
use crate::report::counted;
use crate::site::Site;
use crate::source::{LineIndex, SitePath};

/// List what refers to a page, include, picture or anchor, in all languages
#[derive(Debug, Args)]
pub(super) struct Impact {
    /// The file as seen from the folder with `hjelp.yml`, with `#anchor` if only that is meant
    path: String,

    /// A configuration file elsewhere; its paths are still relative to the current folder
    #[arg(short, long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// The output format
    #[arg(short, long, default_value = "text")]
    format: ImpactFormat,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum ImpactFormat {
    /// `file:line:column: kind: address`, a line each
    Text,
    /// A list of objects
    Json,
}

/// A reference as JSON.
#[derive(Debug, Serialize)]
struct UseRecord<'u> {
    file: &'u str,
    line: usize,
    column: usize,
    kind: &'u str,
    address: &'u str,
}

impl Impact {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = SiteArgs::at(".".as_ref(), self.config.clone()).open(&[], terminal)?;
        let site = &snapshot.site;
        let (path, anchor) = match self.path.split_once('#') {
            Some((path, anchor)) => (path, Some(anchor)),
            None => (self.path.as_str(), None),
        };
        let path = match SitePath::new(path) {
            Ok(path) if site.sources.contains(path.as_str()) => path,
            _ => {
                return Err(CommandError {
                    message: format!("there is no file `{path}`"),
                    help: "give its path as seen from the folder with `hjelp.yml`".into(),
                });
            }
        };
        let uses = uses(site, &path, anchor);
        let records = records(site, &uses);
        terminal.print_output(&match self.format {
            ImpactFormat::Text => text(&records),
            ImpactFormat::Json => json(&records),
        });
        Ok(ExitStatus::default())
    }
}

fn records<'u>(site: &Site, uses: &'u [Use]) -> Vec<UseRecord<'u>> {
    let mut records = Vec::new();
    for found in uses {
        let path = &found.location.path;
        let Some(id) = site.sources.find(path.as_str()) else {
            continue;
        };
        let text = &site.source(id).text;
        let start = found.location.span.start as usize;
        let position = LineIndex::new(text).position(text, start);
        records.push(UseRecord {
            file: path.as_str(),
            line: position.line,
            column: position.column,
            kind: found.kind,
            address: &found.typed,
        });
    }
    records
}

fn text(records: &[UseRecord<'_>]) -> String {
    let mut out = String::new();
    for record in records {
        let UseRecord {
            file,
            line,
            column,
            kind,
            address,
        } = record;
        out.push_str(&format!("{file}:{line}:{column}: {kind}: {address}\n"));
    }
    out.push_str(&format!("{}\n", counted(records.len(), "reference")));
    out
}

fn json(records: &[UseRecord<'_>]) -> String {
    // A list of plain records can always be written.
    let mut out = serde_json::to_string_pretty(records).unwrap_or_default();
    out.push('\n');
    out
}
