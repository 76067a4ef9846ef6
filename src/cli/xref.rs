//! `hjelp xref`: the addresses of xref maps in the configuration -> files of the site, and a lock file that says what was taken. The only
//! command that uses the network for them; `web` does the requests.

use clap::{Args, Subcommand};
use serde::Serialize;
use xxhash_rust::xxh3::xxh3_128;

use super::exit_status::{CommandError, ExitStatus, expect_tls};
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::config::publish::{FETCHED_MAPS, RemoteMap};
use crate::disk;
use crate::report::counted;
use crate::source::SitePath;
use crate::source::yaml::{self, YamlNode};
use crate::web::download;

/// The lock file, in the folder of the maps.
const LOCK_FILE: &str = "xref.lock";

/// Xref maps of other sites
#[derive(Debug, Args)]
pub(super) struct Xref {
    #[command(subcommand)]
    command: XrefCommand,
}

#[derive(Debug, Subcommand)]
enum XrefCommand {
    Fetch(Fetch),
}

/// Download the xref maps that `xref` in the configuration names by their addresses
#[derive(Debug, Args)]
struct Fetch {
    #[command(flatten)]
    root: SiteArgs,

    /// Print what would be downloaded, and download nothing
    #[arg(long)]
    dry_run: bool,
}

/// One map in the lock file.
#[derive(Debug, Serialize)]
struct LockedMap<'a> {
    address: &'a str,
    file: String,
    bytes: usize,
    uids: usize,
    /// XXH3 of the text, with 128 bits.
    hash: String,
}

impl Xref {
    pub(super) fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        match &self.command {
            XrefCommand::Fetch(fetch) => fetch.run(terminal),
        }
    }
}

impl Fetch {
    fn run(&self, terminal: &Terminal) -> Result<ExitStatus, CommandError> {
        let snapshot = self.root.open(&[], terminal)?;
        let maps = &snapshot.site.config.publish.remote_maps;
        if maps.is_empty() {
            terminal.print_status("The configuration names no xref map by its address\n");
            return Ok(ExitStatus::default());
        }
        if self.dry_run {
            for map in maps {
                terminal.print_output(&format!("{} -> {}\n", map.address, map.file));
            }
            return Ok(ExitStatus::default());
        }
        expect_tls(maps.iter().map(|map| &map.address))?;
        let mut locked = Vec::new();
        let mut failures = Vec::new();
        for map in maps {
            match self.fetch(map) {
                Ok(entry) => {
                    let uids = counted(entry.uids, "uid");
                    terminal.print_status(&format!("{} -> {}: {uids}\n", map.address, map.file));
                    locked.push(entry);
                }
                Err(why) => failures.push(format!("`{}`: {why}", map.address)),
            }
        }
        if !failures.is_empty() {
            // The lock file would say less than what was taken before.
            return Err(CommandError {
                message: format!(
                    "{} could not be downloaded: {}",
                    counted(failures.len(), "xref map"),
                    failures.join("; ")
                ),
                help: "check the addresses under `xref`; maps that were downloaded are up to date"
                    .into(),
            });
        }
        self.write_lock(maps, &locked)?;
        Ok(ExitStatus::default())
    }

    /// Downloads one map and writes it; a text that is no map is refused, so that it replaces no map.
    fn fetch<'m>(&self, map: &'m RemoteMap) -> Result<LockedMap<'m>, String> {
        let text = download(&map.address)?;
        let uids = count_uids(&text)?;
        let root = &self.root.root;
        if let Err(error) = disk::write_file_below(root, &map.file, text.as_bytes()) {
            return Err(error.to_string());
        }
        Ok(LockedMap {
            address: &map.address,
            file: map.file.to_string(),
            bytes: text.len(),
            uids,
            hash: format!("{:032x}", xxh3_128(text.as_bytes())),
        })
    }

    fn write_lock(&self, maps: &[RemoteMap], locked: &[LockedMap<'_>]) -> Result<(), CommandError> {
        let folder = match maps.first() {
            Some(map) => map.file.parent(),
            None => SitePath::root(),
        };
        let Ok(file) = folder.join(LOCK_FILE) else {
            return Ok(());
        };
        // Texts and numbers can always be written.
        let mut text = serde_json::to_string_pretty(locked).unwrap_or_default();
        text.push('\n');
        disk::write_file_below(&self.root.root, &file, text.as_bytes())?;
        Ok(())
    }
}

/// The number of uids in an xref map.
fn count_uids(text: &str) -> Result<usize, String> {
    // JSON is YAML but for tabs between its values.
    let text = text.replace('\t', " ");
    let (root, _) = yaml::parse(&text, 0);
    let references = match &root {
        Some(root) => root.get("references").or(root.get("redirections")),
        None => None,
    };
    match references {
        Some(references) => Ok(references.items().iter().filter(|one| has_uid(one)).count()),
        None => Err(format!(
            "this is no xref map, so nothing was written to `{FETCHED_MAPS}`"
        )),
    }
}

fn has_uid(reference: &YamlNode) -> bool {
    reference.get("uid").is_some()
}
