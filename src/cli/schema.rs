//! `hjelp schema`: the JSON schemas by which editors complete and check the YAML files of a site. Knows where `hjelp init` puts them; what the
//! files mean is up to the rooms that read them.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::exit_status::{CommandError, ExitStatus};
use super::terminal::Terminal;
use crate::disk;
use crate::source::SitePath;

/// Print the JSON schema of a kind of file, for editors
#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The kind of file
    #[arg(required_unless_present = "write")]
    kind: Option<SchemaKind>,

    /// Write all schemas to `.hjelp/schemas`, where the files that `hjelp init` makes look for them
    #[arg(long, conflicts_with = "kind")]
    write: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum SchemaKind {
    /// `hjelp.yml`
    Hjelp,
    /// `toc.yml`
    Toc,
    /// Landing pages
    Landing,
    /// `redirects.yml`
    Redirects,
}

impl SchemaKind {
    fn name(self) -> &'static str {
        match self {
            SchemaKind::Hjelp => "hjelp",
            SchemaKind::Toc => "toc",
            SchemaKind::Landing => "landing",
            SchemaKind::Redirects => "redirects",
        }
    }

    fn text(self) -> &'static str {
        match self {
            SchemaKind::Hjelp => include_str!("schemas/hjelp.json"),
            SchemaKind::Toc => include_str!("schemas/toc.json"),
            SchemaKind::Landing => include_str!("schemas/landing.json"),
            SchemaKind::Redirects => include_str!("schemas/redirects.json"),
        }
    }
}

impl Schema {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        if let Some(kind) = self.kind {
            terminal.print_output(kind.text());
            return Ok(ExitStatus::default());
        }
        for (path, text) in files() {
            disk::write_file(&PathBuf::from(path.as_str()), text.as_bytes())?;
            terminal.print_status(&format!("Wrote {path}\n"));
        }
        Ok(ExitStatus::default())
    }
}

/// The schemas, at the paths below the folder of a site that its files name.
pub(super) fn files() -> Vec<(SitePath, &'static str)> {
    let mut files = Vec::new();
    for kind in SchemaKind::value_variants() {
        if let Ok(path) = SitePath::new(&format!(".hjelp/schemas/{}.json", kind.name())) {
            files.push((path, kind.text()));
        }
    }
    files
}
