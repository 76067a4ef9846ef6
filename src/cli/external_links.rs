//! Whether and how addresses outside the site are asked, and where the answers are kept.

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

/// Where answers are kept, in ROOT.
const MEMORY: &str = ".hjelp-external";

/// What is done about addresses outside the site.
#[derive(Debug, Args)]
pub(super) struct ExternalArgs {
    /// Also ask every address outside the site whether anything is there
    #[arg(long, conflicts_with_all = ["diff", "since"])]
    external: bool,

    /// Believe an earlier answer for so many days; a bad one for at most one
    #[arg(long, value_name = "DAYS", default_value_t = 7, requires = "external")]
    external_expiry: u32,
}

impl ExternalArgs {
    /// What is known of the addresses of a site, if that is to be found out.
    pub(super) fn answers(
        &self,
        site: &Site,
        root: &SiteArgs,
        terminal: &Terminal,
    ) -> Result<BTreeMap<String, UrlStatus>, CommandError> {
        if !self.external {
            return Ok(BTreeMap::new());
        }
        let file = root.join(MEMORY);
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
