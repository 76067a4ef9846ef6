//! The external addresses of a site -> the status of each, from a cache file or by asking their servers. Knows the arguments and the cache
//! file; the requests are made in `web`.

use std::collections::BTreeMap;
use std::fs;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use clap::Args;

use super::exit_status::CommandError;
use super::progress::Progress;
use super::site_args::SiteArgs;
use super::terminal::Terminal;
use crate::check::{UrlStatus, external_addresses};
use crate::disk;
use crate::report::grouped;
use crate::site::Site;
use crate::web::{RateLimit, ResponseCache, ask};

/// The cache of answers, in ROOT.
const CACHE_FILE: &str = ".hjelp-external";

/// The arguments about external links.
#[derive(Debug, Args)]
pub(super) struct ExternalArgs {
    /// Also check external links by requesting them
    #[arg(long, conflicts_with_all = ["dry_run", "since"])]
    external: bool,

    /// Reuse earlier results for DAYS days; failures for one day at most
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    external_expiry: u32,
}

impl ExternalArgs {
    /// The status of the external addresses of a site; empty if they are not checked.
    pub(super) fn answers(
        &self,
        site: &Site,
        root: &SiteArgs,
        terminal: &Terminal,
    ) -> Result<BTreeMap<String, UrlStatus>, CommandError> {
        if !self.external {
            return Ok(BTreeMap::new());
        }
        let file = root.join(CACHE_FILE);
        let mut memory = fs::read_to_string(&file).map_or_else(
            |_| ResponseCache::default(),
            |text| ResponseCache::read(&text),
        );
        let now = SystemTime::now()
            .duration_since(UNIX_EPOCH)
            .map_or(0, |since| since.as_secs());
        memory.forget(
            now,
            Duration::from_secs(u64::from(self.external_expiry) * 24 * 60 * 60),
        );

        let addresses = external_addresses(site);
        let unknown: Vec<String> = addresses
            .iter()
            .filter(|address| memory.get(address).is_none())
            .cloned()
            .collect();
        let progress = Progress::counting(
            "addresses",
            Instant::now(),
            unknown.len(),
            terminal.is_interactive(),
        );
        let heard = ask(&unknown, RateLimit::default(), || progress.step());
        drop(progress);
        memory.add(now, heard);
        disk::write_file(&file, memory.text().as_bytes())?;

        let answer = |address: String| {
            memory
                .get(&address)
                .cloned()
                .map(|answer| (address, answer))
        };
        let answers: BTreeMap<String, UrlStatus> =
            addresses.into_iter().filter_map(answer).collect();
        let unsure = answers
            .values()
            .filter(|answer| **answer == UrlStatus::Unknown)
            .count();
        terminal.print_status(&summary(answers.len(), unknown.len(), unsure));
        Ok(answers)
    }
}

fn summary(all: usize, asked: usize, unsure: usize) -> String {
    let unsure = if unsure == 0 {
        String::new()
    } else {
        format!(", {} can't be told", grouped(unsure))
    };
    format!(
        "{} addresses outside the site: {} asked, {} known{unsure}\n",
        grouped(all),
        grouped(asked),
        grouped(all - asked)
    )
}
